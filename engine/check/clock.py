"""Scenes that begin later than they say, since what comes before them takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import NamedTuple

from engine.check.case import Case, Check, Found
from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.play.taking import NotPossible
from engine.proof.chart import moves_in
from engine.script.times import duration_words
from engine.story.model import END, UNTIL, WAIT, Move, Next, Scene, Story

GRACE = 15 * 60
"""Story seconds by which a scene may begin late without anybody being told: nobody looks at a clock that closely. A rule of thumb."""


class _Option(NamedTuple):
    """Something that a player does in a scene, or going on from one that is only read (``name`` is empty)."""

    scene: str
    name: str
    moves: tuple[Move, ...] = ()
    takes: int = 0
    next: Next = ()


class _Way(NamedTuple):
    """A way into a scene: by this option, at this moment at the latest."""

    by: _Option
    at: int


def late(case: Case) -> Iterator[Found]:
    """Scenes with a moment of their own that begin later in some play. Each was played: nothing is named that never happens."""
    if case.proof is None:
        return
    ways = _ways(case.story)
    found: dict[tuple[str, str, str], int] = {}
    for name, into in ways.items():
        scene = case.story.scenes[name]
        if scene.when is None or scene.relative:
            continue
        for way in into:
            if way.at <= scene.when + GRACE:
                continue
            chain = _chain(case.story, ways, way.by)
            span = _played(case, chain, scene)
            if span > GRACE:
                slow = max(chain, key=lambda one: _end(one, 0))
                key = (name, slow.scene, slow.name)
                found[key] = max(found.get(key, 0), span)
    for (name, where, option), span in found.items():
        what = f"'{option}' in '{where}'" if option else f"'{where}'"
        message = f"'{name}' can begin {duration_words(span)} later than it says, after {what}"
        hint = "shorten what is waited for there, let this scene begin later, or write when it begins as `+10 minutes`"
        yield Found("SB334", ("scenes", name, "when"), message, hint, key=True)


def _played(case: Case, chain: list[_Option], scene: Scene) -> int:
    """By how many seconds the scene begins late in a play that goes this way; 0 when it does not come, or no such play is found."""
    assert case.proof is not None
    latest, stepper = 0, Stepper(case.story)
    for first in dict.fromkeys((0, len(chain) - 1)):
        one = chain[first]
        begin = case.proof.choices.get(f"{one.scene}.{one.name}") if one.name else case.proof.scenes.get(one.scene)
        if begin is None:
            continue
        try:
            play = Play.replay(case.story, 0, begin)
            for step in chain[first + 1 if one.name else first :]:
                if step.name:
                    play.take(Input(step.scene, "choose", step.name))
                elif play.offer is not None and play.offer.scene == step.scene:
                    play.take(stepper.inputs(play.state)[-1])
        except NotPossible:
            continue
        began = (event for event in play.events if isinstance(event, ev.SceneBegan) and event.scene == scene.id)
        latest = max(latest, *(event.at - (scene.when or 0) for event in began), 0)
    return latest


def _chain(story: Story, ways: dict[str, list[_Way]], last: _Option) -> list[_Option]:
    """The steps from a scene that begins in time up to `last`, each by the slowest way."""
    chain = [last]
    while True:
        scene = story.scenes[chain[0].scene]
        before = max(ways[scene.id], key=lambda way: way.at, default=None)
        in_time = scene.when is not None and not scene.relative and (before is None or before.at <= scene.when)
        if before is None or in_time:
            return chain
        chain.insert(0, before.by)


def _ways(story: Story) -> dict[str, list[_Way]]:
    """For every scene on the way the ways into it, with the clock at the latest: as if all that may be waited for were."""
    order = TopologicalSorter({scene.id: set() for scene in story.scenes.values()})
    for scene in story.scenes.values():
        for option in _options(scene):
            for name in _following(story, option.next):
                order.add(name, scene.id)
    ways: dict[str, list[_Way]] = {name: [] for name in story.scenes}
    for name in order.static_order():
        scene = story.scenes[name]
        if name != story.start and not ways[name]:
            continue
        at = max((way.at for way in ways[name]), default=story.start_clock)
        if scene.when is not None:
            at = at + scene.when if scene.relative else max(at, scene.when)
        at = _after(scene.moves, at) + scene.told_for
        at = max([at, *(_end(option, at) for option in _options(scene) if not option.next and option.name)])
        for option in _options(scene):
            for following in dict.fromkeys(_following(story, option.next)):
                ways[following].append(_Way(option, _end(option, at)))
    return ways


def _options(scene: Scene) -> Iterator[_Option]:
    """All that leads on from a scene. What one can do and stay has no way on."""
    for choice in scene.choices.values():
        onward = () if choice.stay else choice.next or scene.next
        yield _Option(scene.id, choice.id, (*choice.moves, *moves_in(choice.script)), choice.takes, onward)
    several = scene.pick or scene.board
    if several is not None:
        scripts = [several.script, *(rule.script for rule in several.rules)]
        moves = tuple(move for script in scripts for move in moves_in(script))
        own = scene.pick.moves if scene.pick is not None else ()
        yield _Option(scene.id, "", (*own, *moves), scene.pick.takes if scene.pick is not None else 0, scene.next)
    elif not scene.choices:
        yield _Option(scene.id, "", next=scene.next)


def _following(story: Story, onward: Next) -> Iterator[str]:
    """The scenes that may come next; what may be passed over leads to what comes after it as well."""
    for branch in onward:
        if branch.to != END:
            yield branch.to
            scene = story.scenes[branch.to]
            if scene.guard is not None or scene.left >= 0 or scene.cut:
                yield from _following(story, scene.next)


def _end(option: _Option, at: int) -> int:
    return _after(option.moves, at) + option.takes


def _after(moves: tuple[Move, ...], at: int) -> int:
    for _guard, code, amount, *_rest in moves:
        if code == WAIT:
            at += amount
        elif code == UNTIL:
            at = max(at, amount)
    return at


CHECKS: tuple[Check, ...] = (late,)
