"""Single values of a scenario file, read from their raw text: numbers, yes and no, ids, changes of flags, lines of `do`.

Every reader takes the raw text and the YAML style of the scalar (empty when plain) and raises `Unread` when the text will not do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from engine.script.findings import Problem, Unread, did_you_mean
from engine.script.format import Change, Lasting, Verb
from engine.script.ids import ID_RULE, is_id, slug
from engine.script.times import parse_begins, parse_duration

YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
"""What stands for nothing in a plain scalar."""
HIGHEST = 10**9
"""No number of a scenario is larger."""

_INT = re.compile(r"[+-]?[0-9]+(?:_[0-9]+)*")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[,. '][0-9]{3})+")
_NUMBER = re.compile(r"\+?([0-9]+(?:\.[0-9]+)?|\.[0-9]+)( ?%)?")
_DECIMAL = re.compile(r"[+-]?[0-9]*[.,][0-9]+")


@lru_cache(maxsize=8192)
def parse_id(text: str) -> str:
    """An id. Raises `Unread` (SB127)."""
    if len(text) > 80:
        raise Unread(Problem("SB127", "this id is longer than 80 characters", "ids are short"))
    if is_id(text) is None:
        near = slug(text)
        raise Unread(
            Problem("SB127", f"'{text}' is no id", f"did you mean '{near}'? {ID_RULE.capitalize()}" if near else ID_RULE)
        )
    return text


def parse_bool(text: str) -> bool:
    """Yes or no. Raises `Unread` (SB125)."""
    known = YES_NO.get(text.lower())
    if known is None:
        raise Unread(Problem("SB125", f"'{text}' is neither yes nor no", "write `yes` or `no`"))
    return known


def parse_int(text: str) -> int:
    """A whole number, also `+2` and `11_300`. Raises `Unread` (SB123, SB124)."""
    if _INT.fullmatch(text) is None:
        if _THOUSANDS.fullmatch(text):
            hint = f"write `{re.sub(r'[^0-9+-]', '', text)}`"
        elif _DECIMAL.fullmatch(text):
            hint = "only whole numbers can stand here"
        else:
            hint = "write a number in figures"
        raise Unread(Problem("SB123", f"'{text}' is no whole number", hint))
    if len(text) > 20 or abs(number := int(text)) > HIGHEST:
        raise Unread(Problem("SB124", f"{text[:24]} is too large", "numbers go up to a thousand million"))
    return number


def parse_number(text: str) -> float:
    """A number with or without decimals, also `40 %` (0.4). Raises `Unread` (SB135)."""
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > 20:
        hint = (
            f"write `{text.replace(',', '.')}`"
            if _NUMBER.fullmatch(text.replace(",", "."))
            else "write it in figures: `0.4` or `40 %`"
        )
        raise Unread(Problem("SB135", f"'{text[:24]}' is no number", hint))
    return float(found[1]) / 100 if found[2] else float(found[1])


@lru_cache(maxsize=1024)
def parse_change(text: str) -> Change:
    """What becomes of a flag: `yes`, `no`, `3`, `+1`, `-1`. Raises `Unread` (SB131)."""
    known = YES_NO.get(text.lower())
    if known is not None:
        return Change(int(known), text=text)
    try:
        number = parse_int(text)
    except Unread as error:
        hint = "write `yes`, `no`, a number (`3`), or a change (`+1`, `-1`)"
        raise Unread(*(p._replace(code="SB131", hint=hint) for p in error.problems)) from None
    return Change(number, by=text[0] in "+-", text=text)


_DO_HINTS = {
    "leave": "`leave team`",
    "mute": "`mute team 2 hours`",
    "unmute": "`unmute team`",
    "remove": "`remove jo from team`",
    "add": "`add jo to team`",
    "delete": "`delete meme`",
    "timer": "`timer team 24 hours` or `timer team off`",
}
_DO = re.compile(
    r"(?P<alone>leave|unmute)\s+(?P<place>\S+)"
    r"|(?P<long>mute|timer)\s+(?P<where>\S+)\s+(?:for\s+)?(?P<time>.+)"
    r"|(?P<move>remove|add)\s+(?P<person>\S+)\s+(?P<way>from|to)\s+(?P<group>\S+)"
    r"|(?P<gone>delete)\s+(?P<message>\S+)"
)


@lru_cache(maxsize=1024)
def parse_lasting(text: str) -> Lasting:
    """One line of `do`. Raises `Unread` (SB132)."""
    if len(text) > 300:
        raise Unread(Problem("SB132", "this is too long for a line of `do`", "write one thing a line"))
    found = _DO.fullmatch(text)
    verb = text.split(" ", 1)[0]
    if found is None or (found["move"] and found["way"] != {"remove": "from", "add": "to"}[found["move"]]):
        usage = _DO_HINTS.get(verb)
        if usage:
            raise Unread(Problem("SB132", f"'{text}' lacks something", f"write {usage}"))
        hint = did_you_mean(verb, _DO_HINTS) or f"known are {', '.join(_DO_HINTS.values())}"
        raise Unread(Problem("SB132", f"'{verb}' is nothing that lasts", hint))
    names = {}
    for field, part in (
        ("place", "place"),
        ("place", "where"),
        ("place", "group"),
        ("person", "person"),
        ("message", "message"),
    ):
        name = found[part]
        if name is not None:
            if is_id(name) is None:
                raise Unread(Problem("SB132", f"'{name}' is no id", ID_RULE, col=found.start(part)))
            names[field] = name
    seconds = 0
    if found["time"] and not (found["time"] == "off" and verb == "timer"):
        try:
            seconds = parse_duration(found["time"]).seconds
        except Unread as error:
            at = found.start("time")
            raise Unread(*(p._replace(code="SB132", col=p.col + at) for p in error.problems)) from None
    return Lasting(cast(Verb, verb), seconds=seconds, text=text, **names)


def parse_start(text: str) -> str:
    """The text of `begins`, once it is known to be a weekday and a time. Raises `Unread` (SB129)."""
    parse_begins(text)
    return text
