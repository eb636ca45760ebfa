"""A career on a page: its parts, what is carried, the dials over the years, and what is still out there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.style import Style

from game.career.words import came_from_words, gap_words
from game.debrief.dials import bar, signed
from game.debrief.paper import Block, Line, Paper, flat
from game.words import _, n_

if TYPE_CHECKING:
    from engine.debrief.career import CareerDebrief, PartDebrief
    from game.career.table import PartFace, Table

HALF = 10
"""Points, and cells, on each side of a dial's middle."""
MARGIN = 2


def career_blocks(table: Table, debrief: CareerDebrief, changed: list[str], paper: Paper) -> Iterator[Block]:
    """The whole page."""
    yield _head(table, debrief, paper)
    if changed:
        lines: list[Line] = []
        for words in changed:
            lines += paper.write(words, paper.time, indent=MARGIN)
        yield Block([*lines, []], id="changed")
    for face in table.faces():
        part = debrief.parts[face.number] if face.number < len(debrief.parts) else None
        yield _part(face, part, debrief, paper)
    following = table.following
    if following is not None:
        yield _brings(table.carried_on(), paper)
    yield _dials(debrief, paper)
    yield from _out_there(debrief, paper)
    yield from _held_back(debrief, paper)


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


def _part(face: PartFace, part: PartDebrief | None, debrief: CareerDebrief, paper: Paper) -> Block:
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
            body += paper.write(f"{flat(moment.title)}: {taken}", paper.text, width=width, first="◆ ")
    lines += [[(" " * MARGIN, Style()), bar, ("  ", Style()), *line] for line in body]
    if face.state != "ahead":
        lines.append([(" " * MARGIN, Style()), bar])
    chosen = face.number if part is not None else -1
    return Block(lines, chosen, face.title, f"part-{face.number}")


def _brings(words: list[str], paper: Paper) -> Block:
    """What the next part begins with."""
    lines: list[Line] = [[], [(" " * MARGIN + _("You bring with you"), paper.strong)]]
    for one in words:
        lines += paper.write(f"{one[:1].upper()}{one[1:]}.", paper.text, first="– ", indent=MARGIN)
    if not words:
        lines += paper.write(_("Nothing that anybody asks about."), paper.dim, indent=MARGIN)
    return Block([*lines, []], id="brings")


def _dials(debrief: CareerDebrief, paper: Paper) -> Block:
    """The five dials as they stand, and how they stood after each part."""
    lines: list[Line] = [[], [(" " * MARGIN + _("How it stands"), paper.strong)], []]
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
    lines: list[Line] = [[(" " * MARGIN + _("Still out there"), paper.strong)], []]
    for one in debrief.out_there:
        lines += paper.write(one.words, paper.text, first="– ", indent=MARGIN)
        said = flat(one.stake.text)
        if said:
            lines += paper.write(f"“{said}”", paper.voice, indent=MARGIN + 2)
    yield Block([*lines, []], id="out-there")


def _held_back(debrief: CareerDebrief, paper: Paper) -> Iterator[Block]:
    """What parts left untold, since later ones began before it."""
    if debrief.held_back:
        lines: list[Line] = [[], [(" " * MARGIN + _("Not told"), paper.strong)], []]
        for one in debrief.held_back:
            lines += paper.write(one.words, paper.text, first="– ", indent=MARGIN)
        yield Block([*lines, []], id="held-back")


__all__ = ["career_blocks"]
