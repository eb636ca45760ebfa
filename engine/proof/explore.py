"""The graph of all merged states of a story, found from the beginning, nearest first."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State, World
from engine.proof.merge import DIALS, Merger
from engine.story.model import END, Due, Scene, Story

Tags = tuple[str, ...]
Deltas = tuple[int, ...]


class Recorder(World):
    """A world that remembers what was shown and what came due."""

    __slots__ = ("tags",)

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.tags: list[str] = []

    def on_scene(self, scene: Scene, since: int) -> None:
        """Remember the scene."""
        self.tags.append(f"scene {scene.id}")

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Remember how it came."""
        self.tags.append(f"due {due.id} {'came' if holds else 'otherwise' if scene is not None else 'prevented'}")


@dataclass(slots=True)
class Edge:
    """One or several decisions that do the same: they lead from one merged state to another and move the dials alike."""

    to: int
    deltas: Deltas
    """What it does to the five dials, hundredths of a point."""
    inputs: int
    """How many decisions it stands for."""
    random: int
    """How many of them a player at random may take (all but skipping)."""


@dataclass(slots=True)
class Graph:
    """All merged states, and what leads where."""

    states: list[State] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    parents: list[tuple[int, Input] | None] = field(default_factory=list)
    """How each state was first reached: by as few decisions as possible."""
    first: dict[str, tuple[int, Input] | None] = field(default_factory=dict)
    """Scene, choice or due tag to the (state, decision) at which it was first met."""
    start_deltas: Deltas = (0,) * DIALS
    stuck: list[int] = field(default_factory=list)
    no_lapse: list[int] = field(default_factory=list)
    complete: bool = True
    stopped_by: str = ""
    rank: dict[str, int] = field(default_factory=dict)

    def way_to(self, node: int) -> tuple[Input, ...]:
        """The decisions that lead to a state first."""
        way: list[Input] = []
        parent = self.parents[node]
        while parent is not None:
            node, given = parent
            way.append(given)
            parent = self.parents[node]
        return tuple(reversed(way))

    def witness(self, tag: str) -> tuple[Input, ...] | None:
        """The shortest way at whose end `tag` is met, or None."""
        if tag not in self.first:
            return None
        met = self.first[tag]
        return () if met is None else (*self.way_to(met[0]), met[1])


def explore(stepper: Stepper, *, max_states: int, seconds: float) -> Graph:
    """Find every merged state. Stops, and says so, at `max_states` states or after `seconds`."""
    return _Explorer(stepper, max_states, time.perf_counter() + seconds).run()


class _Explorer:
    def __init__(self, stepper: Stepper, max_states: int, deadline: float) -> None:
        self.stepper = stepper
        self.story = stepper.story
        self.merger = Merger(stepper)
        self.graph = Graph(rank=self.merger.rank)
        self.known: dict[State, int] = {}
        self.max_states = max_states
        self.deadline = deadline

    def run(self) -> Graph:
        graph = self.graph
        world = Recorder(self.story)
        self.stepper.settle(world, self.stepper.first())
        graph.start_deltas = tuple(world.values[:DIALS])
        for tag in world.tags:
            graph.first.setdefault(tag, None)
        self._node(world.state, None)
        node = 0
        while node < len(graph.states):
            if len(graph.states) > self.max_states:
                return self._stop(f"more than {self.max_states:,} states")
            if node % 256 == 0 and time.perf_counter() > self.deadline:
                return self._stop("the time allowed")
            graph.edges.append(self._expand(node, graph.states[node]))
            node += 1
        return graph

    def _stop(self, by: str) -> Graph:
        self.graph.complete = False
        self.graph.stopped_by = by
        self.graph.edges += [[] for _ in range(len(self.graph.states) - len(self.graph.edges))]
        return self.graph

    def _node(self, state: State, parent: tuple[int, Input] | None) -> int:
        form = self.merger.form(state)
        node = self.known.get(form)
        if node is None:
            node = self.known[form] = len(self.graph.states)
            self.graph.states.append(form)
            self.graph.parents.append(parent)
        return node

    def _expand(self, node: int, state: State) -> list[Edge]:
        if state.scene == END:
            return []
        scene = self.story.scenes[state.scene]
        found: dict[tuple[int, Deltas], Edge] = {}
        if scene.pick is not None or scene.board is not None:
            self._expand_several(node, state, scene, found)
        else:
            self._expand_choices(node, state, scene, found)
        if not any(edge.to != node and self.graph.states[edge.to].scene != state.scene for edge in found.values()):
            self.graph.stuck.append(node)
        return list(found.values())

    def _expand_choices(self, node: int, state: State, scene: Scene, found: dict[tuple[int, Deltas], Edge]) -> None:
        inputs = self.stepper.inputs(state)
        if scene.limit and not any(one.choice == scene.lapse for one in inputs):
            self.graph.no_lapse.append(node)
        for given in inputs:
            if given.how == "choose":
                self.graph.first.setdefault(f"choice {scene.id}.{given.choice}", (node, given))
            if self.stepper.quick(given) and not state.pending:
                after = self.stepper.step(state, given)
                self.graph.first.setdefault(f"scene {after.scene}", (node, given))
            else:
                world = Recorder(self.story)
                world.restore(state)
                self.stepper.settle(world, self.stepper.act(world, given))
                after = world.state
                self._meet(world.tags, node, given)
            self._edge(node, state, after, given, 1, found)

    def _expand_several(self, node: int, state: State, scene: Scene, found: dict[tuple[int, Deltas], Edge]) -> None:
        """Many picks change the same values: the world goes on from each outcome once."""
        outcomes: dict[State, list[Input]] = {}
        onward: dict[State, str | None] = {}
        for given in self.stepper.inputs(state):
            world = World(self.story)
            world.restore(state)
            dest = self.stepper.act(world, given)
            after = world.state
            outcomes.setdefault(after, []).append(given)
            onward[after] = dest
            for piece in given.picks:
                self.graph.first.setdefault(f"choice {scene.id}.{piece.partition('=')[0].strip()}", (node, given))
        for outcome, givens in outcomes.items():
            settled = Recorder(self.story)
            settled.restore(outcome)
            self.stepper.settle(settled, onward[outcome])
            self._meet(settled.tags, node, givens[0])
            skips = sum(1 for given in givens if given.how == "skip")
            self._edge(node, state, settled.state, givens[0], len(givens), found, skips)

    def _meet(self, tags: list[str], node: int, given: Input) -> None:
        first = self.graph.first
        for tag in tags:
            if tag not in first:
                first[tag] = (node, given)

    def _edge(
        self,
        node: int,
        before: State,
        after: State,
        given: Input,
        inputs: int,
        found: dict[tuple[int, Deltas], Edge],
        skips: int = -1,
    ) -> None:
        if skips < 0:
            skips = int(given.how == "skip")
            if skips:
                self.graph.first.setdefault(f"choice {given.scene}.(skip)", (node, given))
        deltas = tuple(now - then for now, then in zip(after.values[:DIALS], before.values[:DIALS], strict=True))
        to = self._node(after, (node, given))
        edge = found.get((to, deltas))
        if edge is None:
            found[to, deltas] = Edge(to, deltas, inputs, inputs - skips)
        else:
            edge.inputs += inputs
            edge.random += inputs - skips
