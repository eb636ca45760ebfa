"""The plots as SVG in the page: plain lines in the page's own colours, with words for those who do not see them.

Everything that is text is escaped; nothing has an id, so that two charts on a page do not meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.futures.show import TIMES
from game.debrief.courses import Axis, DialCourse, WorldsCourse, times_words, worlds_place
from game.debrief.dials import signed
from game.words import _

WIDE = 760
LEFT, RIGHT = 170, 60
"""Room for names at the left and for values or letters at the right."""
LANE = 58
_QUIET = "stroke:var(--line);fill:none"
_LINE = "stroke:var(--accent);fill:none;stroke-width:2"
_DASHES = ("none", "7 3", "2 3", "9 3 2 3")


def dials_chart(course: DialCourse) -> str:
    """Five lanes of the same scale over squeezed time."""
    low, high = course.reach
    axis = Axis.of([step.at for step in course.steps])
    across = WIDE - LEFT - RIGHT
    lane = LANE - 14
    parts: list[str] = []
    for number, name in enumerate(course.names):
        top = 8 + number * LANE

        def up(value: int, top: int = top) -> float:
            return top + lane * (high - value) / (high - low)

        zero = up(0)
        parts.append(f'<line x1="{LEFT}" y1="{zero:.1f}" x2="{LEFT + across}" y2="{zero:.1f}" style="{_QUIET}"/>')
        parts.append(_text(LEFT - 12, zero + 4, name, "end"))
        path = f"M {LEFT} {up(course.steps[0].values[number]):.1f}"
        for step in course.steps[1:]:
            path += f" H {LEFT + across * axis.place(step.at):.1f} V {up(step.values[number]):.1f}"
        path += f" H {LEFT + across}"
        parts.append(f'<path d="{path}" style="{_LINE}"/>')
        last = course.steps[-1].values[number]
        parts.append(_text(LEFT + across + 10, up(last) + 4, signed(last), "start"))
    bottom = 8 + len(course.names) * LANE
    parts.append(f'<line x1="{LEFT}" y1="{bottom}" x2="{LEFT + across}" y2="{bottom}" style="{_QUIET}"/>')
    for place in axis.breaks:
        x = LEFT + across * place
        parts += [
            f'<line x1="{x + step:.1f}" y1="{bottom + 6}" x2="{x + step + 6:.1f}" y2="{bottom - 6}" style="stroke:var(--later)"/>'
            for step in (-6, 0)
        ]
    parts += _ticks(axis.ticks(64, across), bottom, across)
    what = _("Five lanes, one for each dial, from {low} to {high}. The table below has the same numbers.").format(
        low=signed(low), high=signed(high)
    )
    return _svg(_("The dials, from the beginning to the end"), what, bottom + 30, parts)


def worlds_chart(courses: Sequence[WorldsCourse]) -> str:
    """In how many of a hundred worlds things are out, over a logarithmic time."""
    high = 240
    across = WIDE - 60 - RIGHT
    parts: list[str] = []
    for share in (0, 50, 100):
        y = 10 + high * (1 - share / 100)
        parts.append(f'<line x1="60" y1="{y:.1f}" x2="{60 + across}" y2="{y:.1f}" style="{_QUIET}"/>')
        parts.append(_text(50, y + 4, str(share), "end"))
    ends = _spread([10 + high * (1 - one.points[-1][1]) for one in courses], 15)
    for index, one in enumerate(courses):
        points = " ".join(f"{60 + across * worlds_place(at):.1f},{10 + high * (1 - chance):.1f}" for at, chance in one.points)
        dashes = _DASHES[index % len(_DASHES)]
        parts.append(f'<polyline points="{points}" style="{_LINE};stroke-dasharray:{dashes}"/>')
        parts.append(_text(60 + across + 10, ends[index] + 4, one.letter, "start"))
    bottom = 10 + high
    labels = [(worlds_place(at), times_words(at)) for at in TIMES]
    parts += _ticks(labels, bottom, across, 60)
    what = _("A line for each thing at stake, with its letter at the end. The table below has the same numbers.")
    return _svg(_("In how many of 100 worlds it is out, by when"), what, bottom + 30, parts)


def _ticks(labels: Sequence[tuple[float, str]], bottom: float, across: float, left: float = LEFT) -> list[str]:
    parts: list[str] = []
    for place, words in labels:
        x = left + across * place
        parts.append(f'<line x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 5}" style="{_QUIET}"/>')
        parts.append(_text(x, bottom + 20, words, "middle"))
    return parts


def _spread(places: Sequence[float], apart: float) -> list[float]:
    """The same places, at least so far apart, in the same order; from the lowest on the page upwards."""
    spread = dict.fromkeys(range(len(places)), 0.0)
    last = float("inf")
    for index in sorted(range(len(places)), key=lambda index: -places[index]):
        last = spread[index] = min(places[index], last - apart)
    return [spread[index] for index in range(len(places))]


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="fill:var(--ink)">{escape(words)}</text>'


def _svg(title: str, words: str, high: float, parts: Sequence[str]) -> str:
    label = escape(f"{title}. {words}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:.0f}" role="img" aria-label="{label}" '
        f'style="font:13px sans-serif"><title>{escape(title)}</title><desc>{escape(words)}</desc>{"".join(parts)}</svg>'
    )
