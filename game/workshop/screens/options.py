"""A list of options for the wall: big numbers, and as much beside each as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.style import Style

from game.workshop.screens import letters
from game.workshop.screens.pen import MARGIN, Act, Line, Pen, Spot, beside, ink_only, measure

LEVELS = ("poster", "packed", "large", "clear", "close", "aired", "tight")
"""How an option may be set, the largest first: label in large letters, with air · without · number four lines high · three, with air ·
three · number of one line, with air · the same without."""


AIRED = ("poster", "large", "clear", "aired")
"""Those with a free line between the options."""


@dataclass(slots=True)
class Laid:
    """A list as it was set."""

    lines: list[Line]
    spots: list[Spot]
    level: int

    @property
    def aired(self) -> bool:
        """There is a free line between the options."""
        return LEVELS[self.level] in AIRED


@dataclass(slots=True)
class Entry:
    """One option."""

    number: str
    label: str
    more: Callable[[int, int], list[Line]] = field(default=lambda _level, _room: [])
    """What stands under the label, at a level and with so many cells."""
    aside: Line = field(default_factory=list)
    """What stands at the right end of its first line."""
    here: bool = False
    """It is chosen, or under the cursor."""
    dim: bool = False
    act: Act = ()


def lay(entries: Sequence[Entry], pen: Pen, height: int, *, least: int = 0, top: int = 0) -> Laid:
    """The list at the largest level at which all of it fits; else at the tightest. `top` is the line at which it begins."""
    laid = Laid([], [], 0)
    for level in range(least, len(LEVELS)):
        laid = _at_level(entries, pen, level, top)
        if len(laid.lines) <= height:
            break
    return laid


def _at_level(entries: Sequence[Entry], pen: Pen, level: int, top: int) -> Laid:
    gap = 1 if LEVELS[level] in AIRED else 0
    lines: list[Line] = []
    spots: list[Spot] = []
    column = max((_number_width(one, level) for one in entries), default=1) + (3 if _number_lines(level) > 1 else 2)
    for index, one in enumerate(entries):
        if index and gap:
            lines.append([])
        block = _block(one, pen, level, column)
        if one.act:
            spots.append(Spot(top + len(lines), top + len(lines) + len(block), one.act))
        lines += block
    return Laid(lines, spots, level)


def _number_lines(level: int) -> int:
    name = LEVELS[level]
    return (
        letters.HEIGHT if name in ("poster", "packed", "large") else letters.SMALL_HEIGHT if name in ("clear", "close") else 1
    )


def _number_width(one: Entry, level: int) -> int:
    high = _number_lines(level)
    if high == letters.HEIGHT:
        return letters.width(one.number, "wide")
    return max(len(line) for line in letters.figures(one.number)) if high > 1 else len(one.number) + 2


def _block(one: Entry, pen: Pen, level: int, column: int) -> list[Line]:
    style = pen.dim if one.dim else pen.accent if one.here else pen.strong
    high = _number_lines(level)
    number = pen.number(one.number, style, high) if high > 1 else [[(f" {one.number} ", pen.chip if not one.dim else pen.dim)]]
    room = pen.width - 2 * MARGIN - column
    aside = measure(one.aside)
    label = _label(one, pen, level, room - (aside + 2 if aside else 0))
    if one.aside:
        first = label[0] if label else []
        label = [[*first, (" " * max(room - measure(first) - aside, 1), Style()), *one.aside], *label[1:]]
    right = [*label, *one.more(level, room)]
    if high > 1 and len(right) < len(number) - 1:
        right = [*([] for _ in range((high - len(right)) // 2)), *right]
    sign = ("▸ ", pen.accent) if one.here else ("  ", Style())
    rows = beside(number, column, right)
    return [[(" " * (MARGIN - 2), Style()), sign if not at else ("  ", Style()), *row] for at, row in enumerate(rows)]


def _label(one: Entry, pen: Pen, level: int, room: int) -> list[Line]:
    style = pen.dim if one.dim else pen.accent if one.here else pen.strong
    if LEVELS[level] in ("poster", "packed"):
        large = pen.large(one.label, ink_only(style), room, "narrow")
        if large is not None:
            return large
    return pen.words(one.label, style, room)


LARGE = LEVELS.index("large")
CLOSE = LEVELS.index("close")


__all__ = ["CLOSE", "LARGE", "LEVELS", "Entry", "Laid", "lay"]
