"""What the parts of the debrief are written on: lines of styled runs, in the colours of a palette."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.style import Style

from engine.futures.show import inner
from engine.story.model import Story
from engine.text import segments
from game.inks import Inks
from game.themes import Palette, ink
from game.widgets.lines import Line
from game.widgets.wrap import cells, wrapped

if TYPE_CHECKING:
    from game.debrief.futures import FuturesAtHand
    from game.debrief.roads_at_hand import RoadsAtHand

_MASKED = re.compile(r"\[masked: ([^\]]*)\]")
STAMP = 17
"""Cells of the time line at the left: the moment."""
MEASURE = 76
"""Most cells of a line of words."""
BESIDE = 112
"""From this width on, what was set in motion stands beside the decision and not under it."""


@dataclass(slots=True)
class Block:
    """A part of the page that stays together."""

    lines: list[Line]
    decision: int = -1
    """How many decisions came before the one told here; -1: nothing to go back to."""
    name: str = ""
    """What the block is about, in words."""
    id: str = ""


@dataclass(slots=True)
class Paper(Inks):
    """Palette, width, and what is unfolded."""

    palette: Palette
    width: int
    story: Story
    open: frozenset[str] = field(default_factory=frozenset)
    """Ids of the blocks whose whole transcript is shown."""
    reasons: bool = False
    """Why each dial moved is shown."""
    written: tuple[str, str] | None = None
    """The rule that was written for this play: if what, and then I do what."""
    written_before: tuple[str, str] | None = None
    """The one that the same player wrote last in another play of this story."""

    roads: RoadsAtHand | None = None
    """Every way on, of a play that is over."""
    futures: FuturesAtHand | None = None
    """What could have become of it."""

    @property
    def voice(self) -> Style:
        """Inner voices, and what was not seen."""
        return ink(self.palette.ground.dim, italic=True)

    @property
    def soft(self) -> Style:
        """Reasons."""
        return ink(self.palette.ground.sign)

    @property
    def time(self) -> Style:
        """Times and consequences."""
        return ink(self.palette.time)

    @property
    def own(self) -> Style:
        """The player's words."""
        return ink(self.palette.accent)

    @property
    def rule(self) -> Style:
        """Thin lines."""
        return ink(self.palette.rule or self.palette.ground.dim)

    def write(self, words: str, style: Style, *, width: int | None = None, first: str = "", indent: int = 0) -> list[Line]:
        """Words on as many lines as they take; `first` stands before the first line, and the others hang under the words."""
        room = max(min(width or self.width, MEASURE) - indent - cells(first), 12)
        lines: list[Line] = []
        for number, part in enumerate(wrapped(flat(words), room)):
            lead = first if number == 0 else " " * cells(first)
            lines.append([(" " * indent, Style()), (lead, style), (part, style)])
        return lines


def flat(words: str) -> str:
    """A text of the story on one line; what is masked stands between hatching."""
    return " ".join("".join(f"▒ {run.text.strip()} ▒" if run.masked else run.text for run in segments(words)).split())


def quoted(text: str) -> str:
    """A message that was written down plainly, in quotes on one line; what is masked is described between hatching."""
    words = _MASKED.sub(r"▒ \1 ▒", inner(text))
    return flat(words if words.startswith("▒") else f"“{words}”")


__all__ = ["BESIDE", "MEASURE", "STAMP", "Block", "Line", "Paper", "flat", "quoted"]
