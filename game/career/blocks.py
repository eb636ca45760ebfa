"""A career on a page: its parts, what is carried, the dials over the years, and what is still out there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.style import Style

from game.career.words import came_from_words, gap_words
from game.debrief.courses import worlds_words
from game.debrief.dials import bar, signed
from game.debrief.paper import MEASURE, Block, Line, Paper, flat, quoted
from game.widgets.lines import beside, flow
from game.words import _, n_

if TYPE_CHECKING:
    from engine.debrief.career import CareerDebrief, PartDebrief
    from game.career.table import PartFace, Table

MARGIN = 2
GAP = 2
"""Cells between the parts and what stands beside them; each has its margin besides."""
WIDE = 118
"""From this width on, how it stands has room beside the parts: a dial with its ways through three of them takes 70 cells."""
WORLDS = 3
"""Cells of a number of worlds."""


def career_blocks(table: Table, debrief: CareerDebrief, changed: list[str], paper: Paper) -> Iterator[Block]:
    """The whole page: the parts, and after them, or beside them where there is room, how it stands."""
    yield _head(table, debrief, paper)
    if changed:
        lines: list[Line] = []
        for words in changed:
            lines += paper.write(words, paper.time, indent=MARGIN)
        yield Block([*lines, []], id="changed")
    wide = paper.width >= WIDE
    left = replace(paper, width=(paper.width - GAP) * 2 // 5) if wide else paper
    right = replace(paper, width=paper.width - GAP - left.width - MARGIN) if wide else paper
    parts = []
    faces = table.faces()
    for face in faces:
        part = debrief.parts[face.number] if face.number < len(debrief.parts) else None
        parts.append(_part(face, part, debrief, left, last=face is faces[-1]))
    stands = _stands(table, debrief, right)
    yield from _side_by_side(parts, stands, left.width + GAP) if wide else [*parts, Block([[]]), *stands]


def _stands(table: Table, debrief: CareerDebrief, paper: Paper) -> list[Block]:
    """What is carried on, the dials, what is out there and what was not told."""
    found = [_brings(table.carried_on(), paper)] if table.following is not None else []
    return [*found, _dials(debrief, paper), *_out_there(debrief, paper), *_held_back(debrief, paper)]


def _side_by_side(left: list[Block], right: list[Block], at: int) -> Iterator[Block]:
    """Blocks that can be chosen, and beside them, from cell `at`, others that cannot."""
    beside_them = [line for block in right for line in block.lines]
    for block in left:
        here, beside_them = beside_them[: len(block.lines)], beside_them[len(block.lines) :]
        yield replace(block, lines=beside(block.lines, at, here))
    yield Block(beside([], at, beside_them), id="beside")


def _head(table: Table, debrief: CareerDebrief, paper: Paper) -> Block:
    lines: list[Line] = [[], [(" " * MARGIN + table.card.title, paper.strong)]]
    if table.card.blurb:
        lines += paper.write(table.card.blurb, paper.dim, indent=MARGIN)
    if table.ended:
        count = sum(len(part.debrief.decisions()) for part in debrief.parts)
        words = n_("It is over. You decided once.", "It is over. You decided {n} times.", count).format(n=count)
        lines += paper.write(words, paper.dim, indent=MARGIN)
    aside = table.aside()
    if aside:
        words = n_(
            "One part that you played is kept on a way that you left.",
            "{n} parts that you played are kept on ways that you left.",
            aside,
        ).format(n=aside)
        lines += paper.write(words, paper.dim, indent=MARGIN)
    return Block([*lines, []], id="head")


def _part(face: PartFace, part: PartDebrief | None, debrief: CareerDebrief, paper: Paper, *, last: bool) -> Block:
    """One part on the line of time."""
    lines: list[Line] = []
    later = gap_words(face.after) if face.number else ""
    bar = ("│", paper.rule)
    if later:
        lines.append([(" " * MARGIN, Style()), bar, (f"  {later}", paper.time if face.state != "ahead" else paper.dim)])
        lines.append([(" " * MARGIN, Style()), bar])
    sign = {"over": "◆", "open": "◈", "next": "◇", "ahead": "◇"}[face.state]
    style = paper.strong if face.state != "ahead" else paper.dim
    state = {
        "over": _("“{ending}”").format(ending=flat(face.ending)),
        "open": _("you are here"),
        "next": _("comes next"),
        "ahead": _("still to come"),
    }[face.state]
    head: Line = [(" " * MARGIN, Style()), (sign, paper.time), (f"  {face.title}", style)]
    lines.append([*head, (f"  {state}", paper.time if face.state in ("open", "next") else paper.dim)])
    body: list[Line] = []
    width = paper.width - MARGIN - 4
    if part is not None:
        for origin in dict.fromkeys(one.since for one in part.carried):
            words = came_from_words(debrief.parts[origin].title if origin >= 0 else "")
            body += paper.write(words, paper.dim, width=width)
            for one in part.carried:
                if one.since == origin:
                    body += paper.write(f"{one.words[:1].upper()}{one.words[1:]}.", paper.time, width=width, first="↳ ")
        for moment in part.debrief.decisions() if f"part-{face.number}" in paper.open or paper.reasons else ():
            taken = "; ".join(flat(words) for words in moment.taken)
            said = flow([(f"{flat(moment.title)}: ", paper.dim), (taken, paper.text)], min(width, MEASURE) - 2)
            body += [[("  " if number else "◆ ", paper.dim), *line] for number, line in enumerate(said)]
    lines += [[(" " * MARGIN, Style()), bar, ("  ", Style()), *line] for line in body]
    if not last:
        lines.append([(" " * MARGIN, Style()), bar])
    chosen = face.number if part is not None else -1
    return Block(lines, chosen, face.title, f"part-{face.number}")


def _brings(words: list[str], paper: Paper) -> Block:
    """What the next part begins with."""
    lines: list[Line] = [[(" " * MARGIN + _("You bring with you"), paper.strong)], []]
    for one in words:
        lines += paper.write(f"{one[:1].upper()}{one[1:]}.", paper.text, first="– ", indent=MARGIN)
    if not words:
        lines += paper.write(_("Nothing that anybody asks about."), paper.dim, indent=MARGIN)
    return Block([*lines, []], id="brings")


def _dials(debrief: CareerDebrief, paper: Paper) -> Block:
    """The five dials as they stand, and how they stood after each part."""
    lines: list[Line] = [[(" " * MARGIN + _("How it stands"), paper.strong)], []]
    if not debrief.parts:
        return Block(lines, id="dials")
    for dial in debrief.parts[-1].debrief.dials:
        line = bar(dial, paper, MARGIN)
        if len(debrief.parts) > 1:
            line.append(("   " + " → ".join(signed(part.dials[dial.name]) for part in debrief.parts), paper.dim))
        lines.append(line)
    return Block([*lines, []], id="dials")


def _out_there(debrief: CareerDebrief, paper: Paper) -> Iterator[Block]:
    """What was put at stake, with the years added."""
    if not debrief.out_there:
        return
    lines: list[Line] = [[(" " * MARGIN + _("Still out there"), paper.strong)]]
    lines += [*paper.write(_("In how many of 100 worlds it is out by now."), paper.dim, indent=MARGIN), []]
    for one in debrief.out_there:
        worlds = f"{worlds_words(one.chance):>{WORLDS}}"
        told = paper.write(one.what, paper.text, indent=MARGIN + WORLDS + 2)
        if one.stake.text:
            told += paper.write(quoted(one.stake.text), paper.voice, indent=MARGIN + WORLDS + 2)
        told[0][0] = (" " * MARGIN + worlds + "  ", paper.time)
        lines += told
    yield Block([*lines, []], id="out-there")


def _held_back(debrief: CareerDebrief, paper: Paper) -> Iterator[Block]:
    """What parts left untold, since later ones began before it."""
    if debrief.held_back:
        lines: list[Line] = [[(" " * MARGIN + _("Not told"), paper.strong)], []]
        for one in debrief.held_back:
            lines += paper.write(one.words, paper.text, first="– ", indent=MARGIN)
        yield Block([*lines, []], id="held-back")


__all__ = ["career_blocks"]
