"""The story's clock in words: `Wednesday`, `03:05`, `Wednesday 03:05`."""

from __future__ import annotations

from engine.story.model import Story
from game.words import _

DAY = 86_400
"""Seconds of a day of story time."""


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
