"""Durations and moments of story time, read from and turned into words. All in seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.script.findings import Problem, Unread, did_you_mean
from engine.words import _, n_

DAY = 86400
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST = 200 * 365 * DAY
"""No length of time and no moment is further away than this (200 years, in seconds)."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of story time, in seconds."""

    seconds: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of story time: `seconds` since the midnight that begins day 1, or after the clock when `relative`.

    When `clock`, only a time of day is known: `seconds` after the midnight of whatever day it then is.
    """

    seconds: int
    relative: bool = False
    text: str = ""
    clock: bool = False


_UNITS = (
    (365 * 86400, "year"),
    (30 * 86400, "month"),
    (7 * 86400, "week"),
    (86400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
)


_HALVES_BELOW = 6
"""From so many of a unit on, half a unit more or less is not said."""


def duration_words(seconds: int, parts: int = 1) -> str:
    """A length of time as one says it: `3 weeks`, `about a day and a half`, to the nearest half of its largest unit.

    Between one hour and two it is the nearest quarter, since three quarters of an hour are a train or a lesson. With more `parts`, that many of its largest units, rounded down: `1 day 2 hours`.
    """
    if parts == 1:
        return _about(seconds)
    words: list[str] = []
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(_count(count, unit))
            if len(words) == parts:
                break
    return " ".join(words) or _("a moment")


def _about(seconds: int) -> str:
    above: tuple[int, str] | None = None
    for size, unit in _UNITS:
        if seconds >= size and (unit != "week" or seconds >= 2 * size or seconds == size):  # ten days are no week and a half
            break
        if unit != "week" or seconds < size:
            above = size, unit
    else:
        return _("a moment")
    if unit == "hour" and (quarters := (4 * seconds + size // 2) // size) in (5, 7):
        words = _("an hour and a quarter") if quarters == 5 else _("an hour and three quarters")
        return words if quarters * size == 4 * seconds else _("about {time}").replace("{time}", words)
    halves = (2 * seconds + size // 2) // size
    if halves >= 2 * _HALVES_BELOW or unit == "second":
        halves = 2 * ((2 * seconds + size) // (2 * size))
    if above is not None and halves * size >= 2 * above[0]:  # 59 minutes and a half are an hour
        return _count(1, above[1])
    count, half = divmod(halves, 2)
    if not half and unit == "day" and count % 7 == 0:
        return _count(count // 7, "week")
    if not half:
        return _count(count, unit)
    words = _and_a_half(count, unit)
    return words if halves * size == 2 * seconds else _("about {time}").replace("{time}", words)


def _count(count: int, unit: str) -> str:
    one, many = {
        "year": ("{count} year", "{count} years"),
        "month": ("{count} month", "{count} months"),
        "week": ("{count} week", "{count} weeks"),
        "day": ("{count} day", "{count} days"),
        "hour": ("{count} hour", "{count} hours"),
        "minute": ("{count} minute", "{count} minutes"),
        "second": ("{count} second", "{count} seconds"),
    }[unit]
    return n_(one, many, count).replace("{count}", str(count))


def _and_a_half(count: int, unit: str) -> str:
    if count == 1:
        return {
            "year": _("a year and a half"), "month": _("a month and a half"), "week": _("a week and a half"), "day": _("a day and a half"),
            "hour": _("an hour and a half"), "minute": _("a minute and a half"),
        }[unit]  # fmt: skip
    words = {
        "year": _("{count} and a half years"), "month": _("{count} and a half months"), "week": _("{count} and a half weeks"),
        "day": _("{count} and a half days"), "hour": _("{count} and a half hours"), "minute": _("{count} and a half minutes"),
    }[unit]  # fmt: skip
    return words.replace("{count}", str(count))


_SIZES: dict[str, int] = {
    name: size
    for size, unit in _UNITS
    for name in (unit, f"{unit}s", *{"second": ("sec", "secs"), "minute": ("min", "mins"), "hour": ("hr", "hrs")}.get(unit, ()))
}
_PART = re.compile(r"(\d+)\s*([A-Za-z]+)\s*(?:,|and\b)?\s*")
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_DAY_CLOCK = re.compile(rf"day\s+(-?\d+)\s*,?\s+{_CLOCK}|day\s+(-?\d+),{_CLOCK}", re.IGNORECASE)
_CLOCK_ONLY = re.compile(_CLOCK)
_BEGINS = re.compile(rf"([A-Za-z]+),?\s+{_CLOCK}")
_HOW_LONG = "write a number and a unit: `40 seconds`, `20 minutes`, `3 hours`, `2 days`, `3 weeks`, `8 months`, `1 day 2 hours`"
_WHEN = "write `day 3, 03:05` (day 1 is the day of `begins`) or `+20 minutes` (after the clock on arrival)"


def _of_day(hours: str, minutes: str, seconds: str | None, code: str, at: int) -> int:
    """Seconds since midnight; an hour beyond 23 or a minute beyond 59 is refused."""
    if int(hours) > 23 or int(minutes) > 59 or int(seconds or 0) > 59:
        clock = ":".join(part for part in (hours, minutes, seconds) if part)
        raise Unread(Problem(code, f"there is no time {clock}", "times run from 00:00 to 23:59", col=at))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> Duration:
    """A length of time: `40 seconds`, `8 months` (of 30 days), `4 years` (of 365 days), `1 day 2 hours`.

    Raises `Unread` (SB128) when it is none, or longer than 200 years.
    """
    at = total = 0
    if len(text) > 100:
        raise Unread(Problem("SB128", "this is no length of time", _HOW_LONG))
    while at < len(text) or at == 0:
        part = _PART.match(text, at)
        if part is None:
            message = f"'{text}' is no length of time" if text else "a length of time is missing"
            raise Unread(Problem("SB128", message, _HOW_LONG, col=at))
        size = _SIZES.get(part[2].lower())
        if size is None:
            hint = did_you_mean(part[2].lower(), (f"{unit}s" for _size, unit in _UNITS)) or _HOW_LONG
            raise Unread(Problem("SB128", f"'{part[2]}' is no unit of time", hint, col=part.start(2)))
        if len(part[1]) > 12 or (total := total + int(part[1]) * size) > LONGEST:
            raise Unread(Problem("SB128", f"'{text}' is too long", "no story lasts longer than 200 years", col=at))
        at = part.end()
    return Duration(total, text)


@lru_cache(maxsize=4096)
def parse_moment(text: str) -> Moment:
    """A point of story time: `day 3, 03:05`, `day -2, 14:05` or `+20 minutes`. Raises `Unread` (SB129)."""
    if text.startswith("+"):
        rest = text[1:].lstrip()
        try:
            return Moment(parse_duration(rest).seconds, relative=True, text=text)
        except Unread as error:
            shift = len(text) - len(rest)
            raise Unread(*(p._replace(code="SB129", col=p.col + shift) for p in error.problems)) from None
    found = _DAY_CLOCK.fullmatch(text)
    if found is None:
        raise Unread(Problem("SB129", f"'{text}' is no moment" if text else "a moment is missing", _moment_hint(text)))
    day, *clock = found.groups()[:4] if found[1] is not None else found.groups()[4:]
    if len(day) > 6:
        raise Unread(Problem("SB129", f"day {day} is too far away", "no story lasts longer than 200 years", col=4))
    return Moment((int(day) - 1) * DAY + _of_day(clock[0], clock[1], clock[2], "SB129", found.start(2)), text=text)


def _moment_hint(text: str) -> str:
    """What to write instead of a moment that cannot be read."""
    if re.fullmatch(r"day\s+-?\d+", text, re.IGNORECASE):
        return f"add a time: `{text}, 09:00`"
    if _CLOCK_ONLY.fullmatch(text):
        return f"say which day: `day 2, {text}`"
    try:
        parse_duration(text)
    except Unread:
        return _WHEN
    return f"for a time after the one before, put a plus in front: `+{text}`"


@lru_cache(maxsize=1024)
def parse_clock(text: str) -> Moment:
    """A time of day alone, `03:05`, or a whole moment. Raises `Unread` (SB129)."""
    found = _CLOCK_ONLY.fullmatch(text)
    if found is None:
        return parse_moment(text)
    return Moment(_of_day(found[1], found[2], found[3], "SB129", 0), text=text, clock=True)


@lru_cache(maxsize=1024)
def parse_begins(text: str) -> tuple[int, int]:
    """`Monday 21:10` as (weekday, Monday is 0; seconds since midnight). Raises `Unread` (SB129)."""
    hint = "write the weekday and the time at which the story begins: `Monday 21:10`"
    found = _BEGINS.fullmatch(text)
    if found is None:
        raise Unread(Problem("SB129", f"'{text}' is no weekday with a time", hint))
    word = found[1].lower()
    for index, name in enumerate(WEEKDAYS):
        if word == name or (len(word) >= 3 and name.startswith(word)):
            return index, _of_day(found[2], found[3], found[4], "SB129", found.start(2))
    raise Unread(Problem("SB129", f"'{found[1]}' is no weekday", did_you_mean(word, WEEKDAYS) or hint))
