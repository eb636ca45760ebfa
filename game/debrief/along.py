"""The player's own road at the end of the page: who had it when, what could still be stopped, and what was no longer possible.

Quiet: a line for each decision, and under it what was lost there. The numbers come a moment after the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.style import Style

from engine.debrief import dial_labels
from engine.futures.show import in_worlds
from engine.play.play import Play
from game.clock import clock_words, day_name
from game.debrief.dials import hundredths
from game.debrief.paper import MEASURE, Block, Line, Paper, flat
from game.debrief.road_words import line as one_line
from game.debrief.road_words import signed
from game.widgets.wrap import cells, shorten
from game.words import _, n_

if TYPE_CHECKING:
    from engine.roads import Along, Had, Passed, Step

MOMENT = 11
NUMBERS = (6, 6, 9, 9)
"""Cells of the columns of numbers: had it, out by then, out if stopped then, endings still open."""
NAMED = 2
"""Options that are named where several were lost; the others are counted."""


def road_along(play: Play, along: Along | None, paper: Paper) -> Iterator[Block]:
    """The table, or that it is on its way."""
    lines: list[Line] = [[("  " + _("Your road, decision by decision"), paper.strong)], []]
    if along is None:
        yield Block([*lines, *paper.write(_("Looking down every way on…"), paper.dim, indent=2), []], id="along")
        return
    for words in caption(along):
        lines += paper.write(words, paper.dim, indent=2)
    lines.append([])
    lines.append(_row(paper, "", "", heads(), paper.dim))
    before = ""
    for step in along.steps:
        had = step.had
        moment = f"{day_name(paper.story, step.at)[:3]} {clock_words(step.at)}"
        lines.append(_row(paper, moment, flat(step.title), figures(step, len(paper.story.endings)), paper.text))
        if had is not None and had.id != before:
            lines += paper.write(stake_words(had), paper.time, indent=2 + MOMENT)
            before = had.id
        for words in lost_words(play, step):
            item = words.startswith("– ")
            lines += paper.write(words.removeprefix("– "), paper.dim, first="– " if item else "", indent=2 + MOMENT)
        lines.append([])
    yield Block([*lines, []], id="along")


def _row(paper: Paper, moment: str, title: str, numbers: tuple[str, ...], style: Style) -> Line:
    room = min(paper.width, MEASURE) - 2 - MOMENT - sum(NUMBERS)
    title = shorten(title, room)
    line: Line = [
        (f"  {moment:<{MOMENT}}", paper.time),
        (title + " " * (room - cells(title)), style),
    ]
    line += [(f"{number:>{width}}", style) for number, width in zip(numbers, NUMBERS, strict=True)]
    return line


def heads() -> tuple[str, ...]:
    """The heads of the columns of numbers."""
    return _("had it"), _("out"), _("stopped"), _("endings")


def caption(along: Along) -> Iterator[str]:
    """What the columns of numbers say."""
    if any(step.had is not None for step in along.steps):
        yield _(
            "How many others had it; in how many of 100 worlds it was out by then; in how many it is out within a month of being sent if it is taken down at that moment; and how many endings could be reached afterwards."
        )
    else:
        yield _("How many endings could be reached after each decision.")
    if not along.complete:
        yield _("There are too many ways on to try all: what could be reached is what was found among some.")


def stake_words(had: Had) -> str:
    """What it is that others had, and what becomes of it as the play went."""
    return _("It: {what}. As it went, out within a month in {worlds}").format(
        what=one_line(had.title), worlds=in_worlds(had.alone)
    )


def figures(step: Step, endings: int) -> tuple[str, ...]:
    """The numbers of a decision. Worlds out of a hundred."""
    left = _("{n} of {count}").format(n=len(step.after.open), count=endings)
    had = step.had
    if had is None:
        return "–", "–", "–", left
    return f"{had.others:,}", _worlds(had.out), "–" if had.over else _worlds(had.stopped), left


def _worlds(chance: float) -> str:
    """A chance in worlds out of a hundred; never sharper than that."""
    if 0 < chance < 0.005:
        return "<1"
    if 0.995 <= chance < 1:
        return ">99"
    return str(int(chance * 100 + 0.5))


def lost_words(play: Play, step: Step) -> Iterator[str]:
    """What was no longer possible after a decision: options, endings, how high a dial could still come."""
    labels = dial_labels()
    here = [_passed_words(one, labels) for one in step.passed]
    later = [_("“{option}” at “{scene}”").format(option=one_line(option), scene=one_line(scene)) for option, scene in step.lost]
    if here or later:
        named = [*here[:NAMED], *later[:NAMED]]
        rest = len(here) + len(later) - len(named)
        if rest:
            named.append(n_("and {n} more", "and {n} more", rest).format(n=rest))
        yield _("From here on no longer possible:")
        yield from (f"– {words}" for words in named)
    if step.closed:
        titles = {ending.id: play.text(ending.title) for ending in play.story.endings}
        names = ", ".join(f"“{one_line(titles[ending])}”" for ending in step.closed)
        yield _("No longer an ending: {endings}.").format(endings=names)
    if step.lowered:
        dials = ", ".join(
            _("{dial} {now} ({before} before)").format(dial=labels[dial], now=signed(now), before=signed(before))
            for dial, (before, now) in step.lowered.items()
        )
        yield _("At most from here on: {dials}.").format(dials=dials)


def _passed_words(passed: Passed, labels: dict[str, str]) -> str:
    """An option that went by, with what it would have cost and gained at once."""
    words = _("“{option}”").format(option=one_line(passed.label))
    if not passed.at_once:
        return words
    dials = ", ".join(f"{labels[dial]} {hundredths(change)}" for dial, change in passed.at_once)
    return _("{option} (at once: {dials})").format(option=words, dials=dials)


def plain_along(play: Play, along: Along) -> Iterator[str]:
    """The same as plain lines, each decision with its number."""
    story = play.story
    yield _("Your road, decision by decision.")
    yield from caption(along)
    before = ""
    for number, step in enumerate(along.steps, 1):
        had = step.had
        yield ""
        numbers = figures(step, len(story.endings))
        told = ", ".join(f"{head} {value}" for head, value in zip(heads(), numbers, strict=True) if value != "–")
        moment = f"{day_name(story, step.at)} {clock_words(step.at)}"
        yield _("{number}. {moment}, {scene}: {told}.").format(
            number=number, moment=moment, scene=one_line(step.title), told=told
        )
        if had is not None and had.id != before:
            yield f"   {stake_words(had)}."
            before = had.id
        for words in lost_words(play, step):
            yield f"   {words}"
