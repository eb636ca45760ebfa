"""What the debrief of a part of a career says of earlier parts: what was brought along, and what is still out there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.debrief.model import Debrief
from game.debrief.paper import Block, Line, Paper
from game.words import _


def brought(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """What the part began with."""
    if debrief.carried:
        lines: list[Line] = [[("  " + _("What you brought with you"), paper.strong)]]
        for words in debrief.carried:
            lines += paper.write(f"{words[:1].upper()}{words[1:]}.", paper.time, first="↳ ", indent=2)
        yield Block([*lines, []], id="brought")


def still_out(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """What earlier parts put at stake, as it stands now."""
    if debrief.still_out:
        lines: list[Line] = [[("  " + _("Still out there, from earlier parts"), paper.strong)], []]
        for words in debrief.still_out:
            lines += paper.write(words, paper.text, first="– ", indent=2)
        yield Block([*lines, []], id="still-out")


__all__ = ["brought", "still_out"]
