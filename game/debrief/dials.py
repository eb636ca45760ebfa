"""Five quiet bars from -10 to +10, and why each moved. No colour says good or bad: a bar leans left or right."""

from __future__ import annotations

from collections.abc import Iterator

from engine.debrief.model import Debrief, DialLine
from engine.story.model import DIAL_UNIT
from game.debrief.paper import Block, Line, Paper
from game.words import _

HALF = 10
"""Points, and cells, on each side of the middle."""
NAME = 24


def dials(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """One block with all five, and the reasons when they are wanted."""
    lines: list[Line] = [[("  " + _("Where it left you"), paper.strong)], []]
    for dial in debrief.dials:
        lines.append(bar(dial, paper))
        if paper.reasons:
            lines += _reasons(dial, paper)
            lines.append([])
    if not paper.reasons:
        lines.append([])
        lines.append([("  d ", paper.own), (_("why each of them moved"), paper.dim)])
    lines.append([])
    yield Block(lines, id="dials")


def bar(dial: DialLine, paper: Paper, margin: int = 2) -> Line:
    """The name of a dial, where it stands between -10 and +10, and the number."""
    shown = dial.shown
    left, right = max(-shown, 0), max(shown, 0)
    return [
        (f"{'':{margin}}{dial.label:<{NAME}}", paper.text),
        ("·" * (HALF - left), paper.rule),
        ("━" * left, paper.own),
        ("┃", paper.dim),
        ("━" * right, paper.own),
        ("·" * (HALF - right), paper.rule),
        (f"  {signed(shown):>3}", paper.strong),
    ]


def _reasons(dial: DialLine, paper: Paper) -> list[Line]:
    if not dial.reasons:
        return paper.write(_("Nothing that you did moved it."), paper.dim, indent=4)
    lines: list[Line] = []
    for reason in dial.reasons:
        points = hundredths(reason.changes[dial.name])
        lines += paper.write(reason.what, paper.text, first=f"{points:>5}  ", indent=2)
        if reason.because:
            lines += paper.write(reason.because, paper.soft, indent=9)
    return lines


def signed(value: int) -> str:
    """A whole number with its sign; nought has none."""
    return f"{value:+d}" if value else "0"


def hundredths(value: int) -> str:
    """A change in hundredths of a point: `+1`, `-0.25`."""
    number = f"{value / DIAL_UNIT:+.2f}".rstrip("0").rstrip(".")
    return number if value else "0"
