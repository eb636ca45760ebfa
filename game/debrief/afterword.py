"""What stands at the beginning and at the end of the debrief."""

from __future__ import annotations

from collections.abc import Iterator

from engine.debrief.model import Debrief
from game.debrief.along import road_along
from game.debrief.paper import Block, Line, Paper, flat
from game.lookback import left_out_words, second_thoughts
from game.play.ending import support_words
from game.words import _, n_


def opening(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """The title, and how it ended."""
    lines: list[Line] = [[], [("  " + debrief.title, paper.dim)]]
    if debrief.ending is not None:
        lines.append([("  " + debrief.ending_title, paper.strong)])
    count = len(debrief.decisions())
    words = n_("You decided once.", "You decided {n} times.", count).format(n=count)
    if debrief.second_thoughts:
        words += " " + second_thoughts(debrief.second_thoughts)
    lines += paper.write(words, paper.dim, indent=2)
    if debrief.left_out:
        lines.append([])
        lines += paper.write(left_out_words(), paper.dim, indent=2)
        for told in debrief.left_out:
            lines += paper.write(flat(told), paper.dim, first="– ", indent=2)
    lines.append([])
    yield Block(lines, id="opening")


def cheapest(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """Where acting was cheapest, as the author sees it; and the player's own road, as every way on shows it."""
    lines: list[Line] = [[("  " + _("When was it cheapest to act?"), paper.strong)], []]
    if debrief.cheapest_title:
        lines += paper.write(
            _("It was cheapest to act at “{scene}”.").format(scene=debrief.cheapest_title), paper.time, indent=2
        )
        if debrief.cheapest_because:
            lines += paper.write(debrief.cheapest_because, paper.soft, indent=2)
        lines.append([])
    if debrief.cheapest_title or paper.roads is not None:
        yield Block(lines, id="cheapest")
    if paper.roads is not None:
        yield from road_along(paper.roads.play, paper.roads.found, paper)


def questions(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """What to think about, or to talk about."""
    if not debrief.questions:
        return
    lines: list[Line] = [[("  " + _("To think about, or to talk about"), paper.strong)], []]
    for question in debrief.questions:
        lines += paper.write(question, paper.text, first="– ", indent=2)
    yield Block([*lines, []], id="questions")


def support(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """Where to turn, when it came close to home."""
    if debrief.support:
        yield Block([*paper.write(support_words(debrief.support_line), paper.time, indent=2), []], id="support")
