"""What a picture for the wall is made of: lines, the largest letters that fit, numbers, bars, and places to click on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rich.style import Style

from engine.text import plain, segments
from game.inks import Inks
from game.themes import Palette, ink
from game.widgets.lines import Line, beside, flow, measure, runs
from game.widgets.wrap import cells, shorten
from game.workshop.screens import letters
from game.workshop.screens.letters import Cut

MARGIN = 3
"""Cells that stay free at both sides."""
MEASURE = 112
"""Most cells of a line of ordinary type: longer ones are not followed back from a distance."""

Act = tuple[str, ...]
"""What a click does, for whoever made the picture: `("item", "speak-up")`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Lines from `top` up to `bottom` that can be clicked on."""

    top: int
    bottom: int
    act: Act
    left: int = 0
    right: int = 10_000


@dataclass(slots=True)
class Page:
    """A picture: a line above it, the lines, and where to click. `parts`: so many keys on show all of it."""

    lines: list[Line] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    left: list[tuple[str, Style]] = field(default_factory=list)
    right: list[tuple[str, Style]] = field(default_factory=list)
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Pen(Inks):
    """Palette and paper. `height` are the lines of the picture without the one above it."""

    palette: Palette
    width: int
    height: int

    @property
    def room(self) -> int:
        """Cells between the margins."""
        return max(self.width - 2 * MARGIN, 10)

    @property
    def voice(self) -> Style:
        """Inner voices, prose."""
        return ink(self.palette.ground.sign, italic=True)

    @property
    def time(self) -> Style:
        """Time and consequences."""
        return ink(self.palette.time, bold=True)

    @property
    def accent(self) -> Style:
        """Keys, and what is chosen."""
        return ink(self.palette.accent, bold=True)

    @property
    def masked(self) -> Style:
        """What is described."""
        return ink(self.palette.ground.masked, italic=True)

    @property
    def chip(self) -> Style:
        """A letter or number on a ground of its own."""
        return ink(self.palette.ground.back, self.palette.ground.text, bold=True, reverse=self.palette.ground.back is None)

    # Words

    def words(self, text: str, style: Style, room: int | None = None) -> list[Line]:
        """A text of the story or of ours as lines of ordinary type."""
        width = max(min(room if room is not None else self.room, MEASURE), 8)
        pieces = runs(text, style, self.masked + Style(bold=style.bold))
        return flow(pieces, width) if pieces else []

    def large(self, text: str, style: Style, room: int, cut: Cut, gap: int = 0) -> list[Line] | None:
        """A text in large letters; None when there is no such letter or a word is too long."""
        said = bare(text)
        if not said or not letters.can_draw(said):
            return None
        wrapped = letters.wrap(said, cut, room)
        if wrapped is None:
            return None
        lines: list[Line] = []
        for index, line in enumerate(wrapped):
            if index and gap:
                lines += [[] for _ in range(gap)]
            lines += [[(row, style)] for row in letters.draw(line, cut)]
        return lines

    def poster(
        self, text: str, room: int, height: int, *, style: Style | None = None, cuts: Sequence[Cut] = ("wide", "narrow")
    ) -> list[Line]:
        """A text as large as it fits: large letters, else spaced lines of bold type, else bold type."""
        style = style if style is not None else self.strong
        # Wide letters with air, or on two lines at most; narrow ones with air; either without.
        tries: list[tuple[Cut, int, int]] = [("wide", 1, height), ("wide", 0, 8), ("narrow", 1, height)]
        tries += [("wide", 0, height), ("narrow", 0, height)]
        for cut, gap, most in tries:
            if cut not in cuts:
                continue
            large = self.large(text, ink_only(style), room, cut, gap)
            if large is not None and len(large) <= min(most, height):
                return large
        lines = self.words(text, style, room)
        aired = spaced(lines)
        return aired if len(aired) <= height else lines

    def number(self, text: str, style: Style, lines: int) -> list[Line]:
        """A number (or a capital) four lines high, three, or one."""
        if lines >= letters.HEIGHT:
            return [[(row, ink_only(style))] for row in letters.draw(text, "wide")]
        if lines >= letters.SMALL_HEIGHT:
            return [[(row, ink_only(style))] for row in letters.figures(text)]
        return [[(text, style)]]

    def bar(self, value: float, most: float, room: int, style: Style, sign: str = "█") -> tuple[str, Style]:
        """A bar; the smallest there is has half a cell, and nothing has none."""
        filled = round(value / most * room) if most else 0
        return (sign * max(filled, 1) if value else "", style)


def ink_only(style: Style) -> Style:
    """A style without weight: blocks are not drawn bold."""
    return Style(color=style.color, bgcolor=style.bgcolor, reverse=style.reverse)


def bare(text: str) -> str | None:
    """A text without masks, in plain characters; None when something in it is masked."""
    found = segments(text)
    if any(run.masked for run in found):
        return None
    return " ".join("".join(run.text for run in found).split())


def spaced(lines: Sequence[Line]) -> list[Line]:
    """Lines with an empty one between them."""
    found: list[Line] = []
    for index, line in enumerate(lines):
        found += [[], line] if index else [line]
    return found


def indented(lines: Iterable[Line], by: int = MARGIN) -> list[Line]:
    """Lines moved to the right."""
    return [[(" " * by, Style()), *line] if line else [] for line in lines]


def centred(lines: Sequence[Line], width: int) -> list[Line]:
    """Lines in the middle, each on its own."""
    return [[(" " * max((width - measure(line)) // 2, 0), Style()), *line] if line else [] for line in lines]


def blocked(lines: Sequence[Line], width: int) -> list[Line]:
    """Lines in the middle together: their left edges stay in line."""
    widest = max((measure(line) for line in lines), default=0)
    return indented(lines, max((width - widest) // 2, 0))


def lowered(lines: list[Line], height: int, share: float = 0.5) -> list[Line]:
    """Lines with so much of the free room above them."""
    free = max(height - len(lines), 0)
    return [*([] for _ in range(int(free * share))), *lines]


def at_foot(lines: list[Line], foot: Sequence[Line], height: int) -> list[Line]:
    """Lines, and others at the bottom of the paper."""
    gap = max(height - len(lines) - len(foot), 0)
    return [*lines, *([] for _ in range(gap)), *foot]


def one_line(text: str, room: int) -> str:
    """A text on one line, cut to fit; what is masked is described."""
    return shorten(plain(text), max(room, 1))


def first_that_fits(height: int, candidates: Iterable[Callable[[], list[Line]]]) -> list[Line]:
    """What the first of these makes that is not higher than `height`; else what the last makes."""
    lines: list[Line] = []
    for make in candidates:
        lines = make()
        if len(lines) <= height:
            break
    return lines


__all__ = [
    "MARGIN", "MEASURE", "Act", "Line", "Page", "Pen", "Spot", "at_foot", "bare", "beside", "blocked", "cells", "centred", "first_that_fits",
    "indented", "ink_only", "lowered", "measure", "one_line", "spaced",
]  # fmt: skip
