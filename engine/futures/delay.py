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


def explain(seconds: int, asked: bool = False) -> str:
    """One sentence: how late it is, and how much of the good still counts. The harm counts in full either way."""
    share = f"{int(counts(seconds, asked) * 100 + 0.5)} %"
    if asked:
        return put(_("Said only when asked: {share} of the good still counts."), share=share)
    if counts(seconds) == 1:
        return _("The same day: all of the good counts.")
    return put(_("{time} late: {share} of the good still counts."), time=duration_words(seconds, 2), share=share)


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
