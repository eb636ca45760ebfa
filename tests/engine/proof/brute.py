"""All plays of a story, one by one, with nothing merged and nothing left out: what a proof is held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State, World
from engine.story.model import Due, Scene, Story


class Watching(World):
    """A world that writes down what is shown and what comes."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.tags: list[str] = []

    def on_scene(self, scene: Scene, since: int) -> None:
        self.tags.append(f"scene {scene.id}")

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        self.tags.append(f"due {due.id} {'came' if holds else 'otherwise' if due.otherwise is not None else 'prevented'}")


class TooMany(Exception):
    """More plays than the test has time for."""


@dataclass
class Truth:
    """What holds of all plays."""

    plays: int = 0
    longest: int = 0
    shortest: int = 10**9
    lengths: dict[str, int] = field(default_factory=dict)
    """Scene, choice, consequence, ending or coda to the decisions of the shortest play that meets it."""
    by_ending: Counter[str] = field(default_factory=Counter)
    odds: dict[str, Fraction] = field(default_factory=dict)
    dials: dict[str, list[Counter[int]]] = field(default_factory=dict)
    vectors: set[tuple[int, ...]] = field(default_factory=set)
    """The five dials with which plays end."""
    strands: set[str] = field(default_factory=set)
    no_lapse: set[str] = field(default_factory=set)

    def meet(self, tag: str, length: int) -> None:
        self.lengths[tag] = min(length, self.lengths.get(tag, length))


def all_plays(story: Story, most: int = 20_000) -> Truth:
    """Play everything. Raises TooMany beyond `most` decisions."""
    stepper = Stepper(story)
    truth = Truth()
    steps = 0
    world = Watching(story)
    stepper.settle(world, stepper.first())
    for tag in world.tags:
        truth.meet(tag, 0)
    stack: list[tuple[State, int, Fraction]] = [(world.state, 0, Fraction(1))]
    while stack:
        state, length, odds = stack.pop()
        if stepper.ended(state):
            _end(story, stepper, truth, state, length, odds)
            continue
        inputs = stepper.inputs(state)
        scene = story.scenes[state.scene]
        if not inputs:
            truth.strands.add(scene.id)
        if scene.limit and not any(one.choice == scene.lapse for one in inputs):
            truth.no_lapse.add(scene.id)
        ways = sum(one.how != "skip" for one in inputs)
        for given in inputs:
            steps += 1
            if steps > most:
                raise TooMany
            for tag in _names(given):
                truth.meet(f"choice {given.scene}.{tag}", length + 1)
            world = Watching(story)
            world.restore(state)
            stepper.settle(world, stepper.act(world, given))
            for tag in world.tags:
                truth.meet(tag, length + 1)
            assert world.state == stepper.step(state, given)
            stack.append((world.state, length + 1, odds / ways if given.how != "skip" else Fraction(0)))
    return truth


def _names(given: Input) -> list[str]:
    if given.how == "choose":
        return [given.choice]
    if given.how == "skip":
        return ["(skip)"]
    return [pick.partition("=")[0] for pick in given.picks]


def _end(story: Story, stepper: Stepper, truth: Truth, state: State, length: int, odds: Fraction) -> None:
    ending = stepper.ending(state)
    truth.plays += 1
    truth.vectors.add(tuple(state.values[:5]))
    truth.longest = max(truth.longest, length)
    truth.shortest = min(truth.shortest, length)
    truth.by_ending[ending] += 1
    truth.odds[ending] = truth.odds.get(ending, Fraction(0)) + odds
    truth.meet(f"ending {ending}", length)
    counters = truth.dials.setdefault(ending, [Counter() for _ in range(5)])
    for dial in range(5):
        counters[dial][state.values[dial]] += 1
    for coda in story.codas:
        if coda.guard is None or coda.guard.test(state.values):
            truth.meet(f"coda {coda.id}", length)
