"""Lines of scripts that their own choice makes idle: told in a place that was just left, or on a condition that it has just settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.check.case import Case, Check, Found
from engine.check.passages import idle, standings
from engine.play.events import YOU
from engine.script.findings import Path
from engine.script.lines import Membership, Notice, Prose
from engine.script.parts import inside
from engine.story.model import SET, SHOWN, Cue, Effect, Guard, Move, Story

WORN = frozenset(("seen", "gone", "timer"))
"""Kinds of values that change as time goes by in a script, without a line that says so."""


@dataclass(frozen=True, slots=True)
class _Site:
    """A script, and what has just been done when it is told."""

    path: Path
    cues: tuple[Cue, ...]
    effect: Effect
    guard: Guard | None = None
    """What held before."""
    moves: tuple[Move, ...] = ()
    """What else moved before."""


def _sites(story: Story) -> Iterator[_Site]:
    """Every script that stands beside effects; these come first, and then the script."""
    for name, scene in story.scenes.items():
        path: Path = ("scenes", name)
        yield _Site((*path, "script"), scene.script, scene.effect)
        for choice in scene.choices.values():
            where = (*path, "choices", choice.id, "script")
            yield _Site(where, choice.script, choice.effect, choice.guard, choice.moves)
        for kind, several in (("pick", scene.pick), ("board", scene.board)):
            if several is None:
                continue
            yield _Site((*path, kind, "script"), several.script, several.effect)
            for rule in several.rules:
                yield _Site((*path, kind, "rules", rule.id, "script"), rule.script, rule.effect, rule.guard)


def told_to_nobody(case: Case) -> Iterator[Found]:
    """Prose and notices in a place that the player has left by then, with this choice or by a line above."""
    for site in _sites(case.story):
        gone: dict[str, list[str]] = {}
        for lasting in site.effect.lasting:
            if lasting.verb == "leave" or (lasting.verb == "remove" and lasting.person == YOU):
                gone[lasting.place] = [""]
            elif lasting.verb == "add" and lasting.person == YOU:
                gone.pop(lasting.place, None)
        for cue in site.cues:
            line = cue.line
            if isinstance(line, Membership) and cue.who == YOU:
                if line.how in ("leaves", "removes"):
                    gone.setdefault(cue.place, []).append(line.cond.text if line.cond is not None else "")
                else:
                    gone.pop(cue.place, None)
            elif isinstance(line, Prose | Notice) and any(
                not block or inside(line.cond, block) for block in gone.get(cue.place, ())
            ):
                message = f"nobody sees this: the player has left '{cue.place}' by then"
                hint = f"tell it before they leave, or elsewhere: put a line such as `in {_another(case.story, cue.place)}:` above it"
                yield Found("SB335", site.path, message, hint, line.row, line.col)


def _another(story: Story, left: str) -> str:
    """A place that is not left: one where people meet, if there is one."""
    own = [place for place in story.places.values() if place.id != left and place.phone is None]
    own.sort(key=lambda place: place.kind != "in-person")
    return own[0].id if own else "another-place"


def settled(case: Case) -> Iterator[Found]:
    """Conditions in a script that what was done just before it leaves no choice."""
    for site in _sites(case.story):
        answers: dict[str, set[bool]] = {}
        for cue in site.cues:
            if cue.guard is not None and cue.guard.text not in answers:
                answers[cue.guard.text] = _answers(case.story, site, cue.guard)
        for asked, line, holds in idle(((cue.guard, cue.line) for cue in site.cues), answers):
            if not holds:
                message = f"this is never told: '{asked}' cannot hold here"
                hint = "what a choice sets and does comes before its script; ask for something that tells what was before, or leave these lines out"
            else:
                message = f"this is always told: '{asked}' cannot fail here"
                hint = "what a choice sets and does comes before its script; leave the condition out"
            yield Found("SB336", site.path, message, hint, line.row, line.col)


def _answers(story: Story, site: _Site, guard: Guard) -> set[bool]:
    """What a condition may come to in a script; where that is not sure, both."""
    both = {False, True}
    fixed: dict[int, int] = {}
    unsure = {index for index in guard.reads if story.vars[index].kind in WORN}
    for move in (*site.moves, *(move for cue in site.cues for move in cue.moves)):
        unsure.update(move[2:4] if move[1] == SHOWN else (move[2],) if move[1] == SET else ())
    for index, add, amount, _low, _high in site.effect.ops:
        if add:
            unsure.add(index)
        else:
            fixed[index] = amount
    before = site.guard.reads if site.guard is not None else frozenset()
    if unsure & guard.reads or not guard.reads & (fixed.keys() | before):
        return both
    given = (site.guard,) if site.guard is not None else ()
    standing = standings(story, (guard, *given))
    if standing is None:  # too many, or two numbers are compared
        return both
    found: set[bool] = set()
    for values in standing:
        if all(one.test(values) for one in given):
            after = list(values)
            for index, number in fixed.items():
                after[index] = number
            found.add(bool(guard.test(after)))
    return found


CHECKS: tuple[Check, ...] = (told_to_nobody, settled)
