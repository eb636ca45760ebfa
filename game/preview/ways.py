"""The way to a scene: the fewest decisions that lead there, found by the prover, within a bound; else any that a walk at random finds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import World
from engine.proof import prove
from engine.story.model import Scene, Story

SECONDS = 2.0
"""The longest that a way is looked for."""
STATES = 200_000
"""The most states that are looked at; what they take of memory stays within some hundred megabytes."""


WALK_STEPS = 200_000
WALK_SECONDS = 1.0
"""Bounds of a walk at random, where the prover was stopped before it came to a scene."""


@dataclass(frozen=True, slots=True)
class Way:
    """What was found. `proved`: when there is no way here, there is none at all."""

    inputs: tuple[Input, ...] | None
    proved: bool
    states: int
    shortest: bool = True
    """There is none with fewer decisions."""


_known: dict[str, dict[str, tuple[Input, ...] | None]] = {}
_sizes: dict[str, tuple[bool, int]] = {}


def way_to(story: Story, scene: str) -> Way:
    """The fewest decisions that lead to a scene. Takes up to about `SECONDS`; a story that was looked at is remembered."""
    if story.hash not in _known:
        try:
            proof = prove(story, max_states=STATES, seconds=SECONDS)
        except Exception:
            # A prover's own mistake must not end a preview: the walk goes by the game's own steps.
            return Way(walk_to(story, scene), False, 0, False)
        _known.clear()
        _sizes.clear()
        _known[story.hash] = proof.scenes
        _sizes[story.hash] = (proof.complete, proof.states)
    complete, states = _sizes[story.hash]
    found = _known[story.hash].get(scene)
    if found is None and not complete:
        return Way(walk_to(story, scene), False, states, False)
    return Way(found, complete, states)


class _Seen(World):
    """A world that remembers which scenes came."""

    __slots__ = ("came",)

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.came: set[str] = set()

    def on_scene(self, scene: Scene, since: int) -> None:
        self.came.add(scene.id)


def walk_to(story: Story, scene: str, *, steps: int = WALK_STEPS, seconds: float = WALK_SECONDS) -> tuple[Input, ...] | None:
    """Decisions that lead to a scene, found by playing at random; the fewest of those found. None when no play came there.

    Stops after `steps` decisions or `seconds`.
    """
    stepper = Stepper(story)
    draw = Random(story.hash)
    until = time.monotonic() + seconds
    best: tuple[Input, ...] | None = None
    taken: list[Input] = []
    world = _Seen(story)
    stepper.settle(world, stepper.first())
    if scene in world.came:
        return ()
    state = start = world.state
    for number in range(steps):
        if number % 64 == 0 and time.monotonic() > until:
            break
        choices = stepper.inputs(state)
        if not choices or (best is not None and len(taken) + 1 >= len(best)):
            taken, state = [], start
            if not choices and state == start and not stepper.inputs(start):
                break
            continue
        given = choices[draw.randrange(len(choices))]
        world = _Seen(story)
        world.restore(state)
        stepper.settle(world, stepper.act(world, given))
        state = world.state
        taken.append(given)
        if scene in world.came:
            best = tuple(taken)
            taken, state = [], start
    return best


__all__ = ["Way", "walk_to", "way_to"]
