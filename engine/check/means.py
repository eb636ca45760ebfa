"""How plays end after each option of a decision, by plays that are drawn: the same plays each time, on every machine.

At every decision of a drawn play each option is tried, and from there on the play goes on alike, decision for decision. So what an
option does not touch comes out the same to the hundredth, and what is left is what it does in the end: at once, through what it
brings later, and through the ways that it opens and shuts. It is an estimate, and only findings that are no errors rest on it.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b

from engine.check.outcomes import DIALS, MOST_WAYS, Dials, ways_of
from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.story.model import END, Story

PLAYS = 60
ALIKE = 5
"""Hundredths of a point: ends that differ by no more, on average, are taken for alike."""
STEPS = 60_000
"""So many decisions are taken in all; a very long story is judged by fewer plays."""


class Means:
    """Compares the options of decisions by how drawn plays end."""

    def __init__(self, story: Story, plays: int = PLAYS) -> None:
        self.story = story
        self.stepper = Stepper(story)
        self.tried: dict[str, list[dict[str, Dials]]] = defaultdict(list)
        """Scene to what was tried there: option to the dials at the end of that play."""
        self._steps = 0
        self._ways: dict[tuple[str, tuple[str, ...]], list[Input]] = {}
        if all(ways_of(scene) <= MOST_WAYS for scene in story.scenes.values()):
            for number in range(plays):
                if self._steps < STEPS:
                    self._draw(number)

    def compare(self, scene: str, one: str, other: str) -> tuple[int, ...] | None:
        """By each dial: 1 when plays end higher after `one` than after `other`, -1 lower, 0 alike. None when that is not known."""
        both = [(ends[one], ends[other]) for ends in self.tried.get(scene, ()) if one in ends and other in ends]
        if not both:
            return None
        signs: list[int] = []
        for dial in range(DIALS):
            more = sum(first[dial] - second[dial] for first, second in both)
            signs.append(0 if abs(more) <= ALIKE * len(both) else 1 if more > 0 else -1)
        return tuple(signs)

    def _draw(self, number: int) -> None:
        state = self.stepper.start()
        while state.scene != END:
            scene = self.story.scenes[state.scene]
            if scene.choices:
                options = [one for one in self._onward(state) if one.how == "choose"]
                if len(options) > 1:
                    self.tried[scene.id].append(
                        {one.choice: self._end(self.stepper.step(state, one), number) for one in options}
                    )
            state = self.stepper.step(state, self._drawn(number, state))

    def _end(self, state: State, number: int) -> Dials:
        while state.scene != END:
            self._steps += 1
            state = self.stepper.step(state, self._drawn(number, state))
        return state.values[:DIALS]

    def _drawn(self, number: int, state: State) -> Input:
        """What play `number` does in a scene: the same wherever it comes from, as long as the same is on offer."""
        onward = self._onward(state)
        digest = blake2b(f"{number} {state.scene}".encode(), digest_size=8).digest()
        return onward[int.from_bytes(digest, "big") * len(onward) >> 64]

    def _onward(self, state: State) -> list[Input]:
        """What leads on from a decision. Ways to pick are many, so they are listed once for what is there to be picked."""
        scene = self.story.scenes[state.scene]
        if scene.choices:
            return [one for one in self.stepper.inputs(state) if one.how != "choose" or not scene.choices[one.choice].stay]
        pieces = scene.pick.pieces.values() if scene.pick is not None else ()
        cards = scene.board.cards.values() if scene.board is not None else ()
        there = [one.id for one in (*pieces, *cards) if one.guard is None or one.guard.test(state.values)]
        key = (scene.id, tuple(there))
        known = self._ways.get(key)
        if known is None:
            known = self._ways[key] = self.stepper.inputs(state)
        return known
