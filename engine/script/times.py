"""Durations and moments of story time, read from and turned into words. All in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of story time, in seconds."""

    seconds: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of story time: `seconds` since the midnight that begins day 1, or after the clock when `relative`."""

    seconds: int
    relative: bool = False
    text: str = ""


_UNITS = (
    (365 * 86400, "year"),
    (30 * 86400, "month"),
    (7 * 86400, "week"),
    (86400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
)


def duration_words(seconds: int, parts: int = 1) -> str:
    """A length of time in words, rounded down to its `parts` largest units: `3 weeks`, `1 day 2 hours`."""
    words: list[str] = []
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {unit}{'' if count == 1 else 's'}")
            if len(words) == parts:
                break
    return " ".join(words) or "a moment"
