"""The courses behind the plots, as data: the dials over the story's time, and the share of worlds in which something is out.

What is drawn on the screen, read out in plain mode and exported is made from the same courses, so that it says the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.debrief.build import shown_points
from engine.debrief.model import Debrief, Reason
from engine.futures.curve import curve
from engine.futures.ledger import Stake, ledger
from engine.futures.show import HOUR, TIMES, YEAR
from engine.play.play import Play
from engine.story.model import DAY
from engine.words import put
from game.debrief.dials import signed
from game.words import _, n_

BREAK = 7 * DAY
"""Seconds: a gap longer than this is marked as a break in the axis."""
MOST_STAKES = 4
"""Lines in the plot of worlds. More cannot be told apart."""
LETTERS = "ABCD"


class Step(NamedTuple):
    """The dials from a moment on, in whole points as they are shown."""

    at: int
    """Story time, seconds."""
    what: str
    """What moved them."""
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DialCourse:
    """The dials over the story's time. The first step is the beginning, the last the end; times never go back."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def moved(self) -> bool:
        """Whether any dial is ever elsewhere than at the beginning."""
        return any(step.values != self.steps[0].values for step in self.steps)

    @property
    def reach(self) -> tuple[int, int]:
        """The lowest and the highest value of any dial; nought is between them, and they are at least 2 apart."""
        values = [0, *(value for step in self.steps for value in step.values)]
        low, high = min(values), max(values)
        return (low, high) if high - low >= 2 else (min(low, -1), max(high, 1))


def dial_course(debrief: Debrief) -> DialCourse:
    """The course of the dials in a play. A dial begins where its changes do not explain where it stands."""
    reasons: dict[int, Reason] = {id(reason): reason for dial in debrief.dials for reason in dial.reasons}
    times = [moment.at for moment in debrief.moments] + [reason.at for reason in reasons.values()]
    begins, ends = min(times, default=0), max(times, default=0)
    values = {dial.name: dial.value - sum(reason.changes[dial.name] for reason in dial.reasons) for dial in debrief.dials}

    def shown() -> tuple[int, ...]:
        return tuple(shown_points(values[dial.name]) for dial in debrief.dials)

    steps = [Step(begins, _("the beginning"), shown())]
    for reason in sorted(reasons.values(), key=lambda reason: reason.at):
        for name, change in reason.changes.items():
            if name in values:
                values[name] += change
        steps.append(Step(reason.at, reason.what, shown()))
    if ends > steps[-1].at:
        steps.append(Step(ends, _("the end"), shown()))
    return DialCourse(tuple(dial.label for dial in debrief.dials), tuple(steps))


@dataclass(frozen=True, slots=True)
class Axis:
    """Story time squeezed onto 0 to 1: a gap takes the more room the longer it is, but far less than its share.

    Room grows with the logarithm of the gap in minutes, so that minutes, weeks and years all show.
    """

    times: tuple[int, ...]
    places: tuple[float, ...]

    @classmethod
    def of(cls, times: Sequence[int]) -> Axis:
        """The axis on which these moments have places."""
        from math import log2

        ordered = sorted(set(times))
        rooms = [log2(1 + (after - before) / 60) for before, after in itertools.pairwise(ordered)]
        whole = sum(rooms) or 1.0
        places = [0.0]
        for room in rooms:
            places.append(min(places[-1] + room / whole, 1.0))
        if len(places) > 1:
            places[-1] = 1.0
        return cls(tuple(ordered), tuple(places) if ordered else ())

    def place(self, at: int) -> float:
        """Where one of its moments stands."""
        return self.places[self.times.index(at)]

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middles of the gaps that are longer than a week."""
        pairs = zip(self.times, self.times[1:], self.places, self.places[1:], strict=False)
        return tuple((here + there) / 2 for before, after, here, there in pairs if after - before > BREAK)

    def ticks(self, room: int, width: int) -> list[tuple[float, str]]:
        """(place, how long after the beginning) for moments whose words fit.

        `width` is the cells of the axis, `room` those that one label takes. The end goes before the beginning, then what follows
        the longest gaps.
        """
        if not self.times:
            return []
        gaps = {after: after - before for before, after in zip(self.times, self.times[1:], strict=False)}
        wanted = [self.times[-1], self.times[0], *sorted(self.times[1:-1], key=lambda at: -gaps[at])]
        taken: list[tuple[float, str]] = []
        for at in dict.fromkeys(wanted):
            place = self.place(at)
            if all(abs(place - other) * width >= room for other, _label in taken):
                taken.append((place, since_words(at - self.times[0])))
        return sorted(taken)


def since_words(seconds: int) -> str:
    """A time since the beginning, as short as an axis wants it: `+5 h`, `+3 wk`, `+8 mo`, `+4 y`."""
    if seconds <= 0:
        return _("start")
    units = (
        (YEAR, _("+{n} y")),
        (YEAR // 12, _("+{n} mo")),
        (7 * DAY, _("+{n} wk")),
        (DAY, _("+{n} d")),
        (HOUR, _("+{n} h")),
        (60, _("+{n} min")),
    )
    for unit, words in units:
        count = round(seconds / unit)
        if seconds >= unit or unit == 60:
            return words.format(n=max(count, 1))
    raise AssertionError


@dataclass(frozen=True, slots=True)
class WorldsCourse:
    """In what share of the worlds one thing is out, by when."""

    letter: str
    title: str
    text: str
    """What it said, on one line."""
    alike: int
    """How many things of the play have this same course."""
    yours: bool
    points: tuple[tuple[int, float], ...]
    """(seconds after it was sent, chance)."""
    odds: tuple[tuple[int, float], ...]
    """The same at the times of the table."""

    @property
    def name(self) -> str:
        """What it is, and how many are like it."""
        if self.alike == 1:
            return self.title
        return put(
            n_("{title}, and {count} more like it", "{title}, and {count} more like it", self.alike - 1),
            title=self.title,
            count=str(self.alike - 1),
        )


def worlds_courses(play: Play, most: int = MOST_STAKES) -> list[WorldsCourse]:
    """The main things at stake, yours first, then the likeliest to get out. What is alike is one line."""
    groups: dict[tuple[object, ...], list[Stake]] = {}
    for stake in ledger(play).stakes:
        groups.setdefault((stake.why == "yours", stake.leak), []).append(stake)
    ordered = sorted(groups.values(), key=lambda alike: (alike[0].why != "yours", -alike[0].odds[-1][1]))
    found: list[WorldsCourse] = []
    for letter, alike in zip(LETTERS, ordered[:most], strict=False):
        stake = alike[0]
        found.append(
            WorldsCourse(
                letter,
                stake.title(),
                stake.text,
                len(alike),
                stake.why == "yours",
                curve(stake),
                tuple((int(at), chance) for at, chance in stake.leak.series(TIMES)),
            )
        )
    return found


def worlds_place(seconds: float) -> float:
    """Where a time stands on the logarithmic axis of the worlds, 0 to 1: from ten minutes to the last of the times."""
    from math import log

    first = 600.0
    return max(0.0, log(max(seconds, first) / first) / log(TIMES[-1] / first))


# As tables: for screen readers, plain mode and exports


class Grid(NamedTuple):
    """A table: what it shows, its head, and its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    labels: int
    """How many of the columns say what a row is about; the others are numbers."""


def dials_table(course: DialCourse) -> Grid:
    """The dials at each moment at which one of them moved, in points."""
    begins = course.steps[0].at
    rows = []
    before: tuple[int, ...] | None = None
    for step in course.steps:
        if step.values != before or step is course.steps[-1]:
            rows.append((since_words(step.at - begins), step.what, *(signed(value) for value in step.values)))
        before = step.values
    return Grid(_("The dials over time, from -10 to +10"), (_("When"), _("What moved them"), *course.names), tuple(rows), 2)


def worlds_table(courses: Sequence[WorldsCourse]) -> Grid:
    """Of 100 worlds, in how many it is out, at each of the times."""
    rows = tuple(
        (one.letter, one.name, _quoted(one.text), *(worlds_words(chance) for _at, chance in one.odds)) for one in courses
    )
    head = (_("Line"), _("What"), _("What it said"), *(times_words(at) for at in TIMES))
    return Grid(_("Out, in how many of 100 worlds, and by when"), head, rows, 3)


def _quoted(text: str) -> str:
    """What was said, in quotation marks; a picture that is described has brackets already."""
    return text if not text or text.startswith("[") else f"“{text}”"


def times_words(seconds: int) -> str:
    """One of the times, short: `1 h`, `4 y`."""
    return since_words(seconds).removeprefix("+")


def worlds_words(chance: float) -> str:
    """A chance in worlds of a hundred; never sharper, and never quite none or all where it is not."""
    count = int(chance * 100 + 0.5)
    if count == 0 and chance > 0:
        return "<1"
    if count == 100 and chance < 1:
        return ">99"
    return str(count)


def read_out(grid: Grid) -> list[str]:
    """A table as sentences, one row a line, for those who hear it."""
    lines = [f"{grid.caption}."]
    for row in grid.rows:
        about = ", ".join(cell for cell in row[: grid.labels] if cell)
        numbers = ", ".join(f"{name} {cell}" for name, cell in zip(grid.head[grid.labels :], row[grid.labels :], strict=True))
        lines.append(f"  {about}: {numbers}.")
    return lines
