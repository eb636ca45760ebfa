"""The story's clock in words: `Wednesday`, `03:05`, `Wednesday 03:05`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.script.times import DAY
from game.words import _

if TYPE_CHECKING:
    from engine.story.model import Story


def weekday_names() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def day_name(story: Story, at: int) -> str:
    """The weekday of a moment. `at` is in seconds since the midnight that begins day 1."""
    return weekday_names()[(story.weekday + at // DAY) % 7]


def clock_words(at: int) -> str:
    """The time of day, `03:05`."""
    minutes = at % DAY // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def moment_words(story: Story, at: int) -> str:
    """Weekday and time: `Wednesday 03:05`."""
    return f"{day_name(story, at)} {clock_words(at)}"


def when_words(then: datetime, now: datetime) -> str:
    """A real moment as one speaks of it: `today 14:05`, `yesterday 14:05`, `Tuesday 14:05`, `3 November`, `3 November 2024`.

    Both have a time zone; the words are in that of `now`.
    """
    then = then.astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    if days == 0:
        return _("today {time}").format(time=f"{then:%H:%M}")
    if days == 1:
        return _("yesterday {time}").format(time=f"{then:%H:%M}")
    if 1 < days < 7:
        return _("{day} {time}").format(day=weekday_names()[then.weekday()], time=f"{then:%H:%M}")
    month = month_names()[then.month - 1]
    if then.year == now.year:
        return _("{day} {month}").format(day=then.day, month=month)
    return _("{day} {month} {year}").format(day=then.day, month=month, year=then.year)


def month_names() -> tuple[str, ...]:
    """The months, January first."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
        _("October"), _("November"), _("December"),
    )  # fmt: skip
