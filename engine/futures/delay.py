"""How much a late report still counts, with the reason. The rule itself is `engine.story.late`, which the story applies."""

from __future__ import annotations

from engine.futures.show import TIMES, Line, put
from engine.script.times import duration_words
from engine.story.late import LATE_TABLE, LATEST, late_percent
from engine.words import _

SOURCE = "F5.19; table of section 8, a design guess"


def counts(seconds: int, asked: bool = False) -> float:
    """Share of the good that still counts of a report `seconds` late, or one that was only made when `asked`."""
    return (LATEST if asked else late_percent(max(0, seconds))) / 100


def explain(percent: int) -> str:
    """One sentence: how much of the good of something counted, percent, for being late; nothing where all of it did.

    It is told of what the dials got, and of nothing else: the story alone knows what was late. The harm counts in full either way.
    """
    return "" if percent == 100 else put(_("It was late: {percent} % of the good of it counted."), percent=percent)


def working() -> tuple[Line, ...]:
    """The whole table."""
    rows = [
        Line(put(_("at most {time} late"), time=duration_words(limit)), "share", f"{percent} %", SOURCE)
        for limit, percent in LATE_TABLE
    ]
    return (*rows, Line(_("later, or only when asked"), "share", f"{LATEST} %", SOURCE))


def series(times: tuple[int, ...] = TIMES) -> tuple[tuple[int, float], ...]:
    """(seconds late, share that still counts) for each time."""
    return tuple((seconds, counts(seconds)) for seconds in times)
