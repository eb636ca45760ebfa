"""The graph of all merged states of a slice, found from the beginning, nearest first."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import NamedTuple, TypeVar

from engine.play.inputs import Input
from engine.play.world import State, World
from engine.proof.merge import Merger
from engine.proof.slices import Slice
from engine.proof.world import SliceWorld
from engine.story.model import END, Board, Effect, Pick, Scene

Deltas = tuple[int, ...]
_Key = TypeVar("_Key")
_Half = tuple[int, int, int, tuple[int, ...], tuple[tuple[int, int], ...]]
MOST_WAYS = 200_000
"""How many ways of answering one board, or of half answering one pick, are looked at."""
LOOK = 64
"""States between two looks at the clock on the wall."""


class OutOfReach(Exception):
    """A bound stops the search. The text says which."""


class Edge(NamedTuple):
    """One or several decisions that do the same: they lead from one merged state to another and move the watched dials alike."""

    to: int
    deltas: Deltas
    """What it does to the watched dials, hundredths of a point."""
    inputs: int
    """How many decisions it stands for."""
    random: int
    """How many of them a player at random may take (all but skipping)."""


@dataclass(slots=True)
class Graph:
    """All merged states, and what leads where."""

    part: Slice
    dials: tuple[int, ...]
    states: list[State] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    parents: list[tuple[int, Input | str] | None] = field(default_factory=list)
    """How each state was first reached: by as few decisions as possible."""
    first: dict[str, tuple[int, Input | str] | None] = field(default_factory=dict)
    """Scene, choice or consequence to the (state, decision) at which it was first met."""
    start_deltas: Deltas = ()
    no_lapse: list[int] = field(default_factory=list)
    complete: bool = True
    stopped_by: str = ""
    order: dict[str, int] = field(default_factory=dict)
    """Scenes in the order of the story."""
    options: list[tuple[int, str, int, Deltas]] = field(default_factory=list)
    """Every choice by itself, where that was asked for: (state, `scene.choice`, the state that follows, dials)."""

    def way_to(self, node: int) -> tuple[Input, ...]:
        """The decisions that lead to a state first."""
        way: list[Input] = []
        parent = self.parents[node]
        while parent is not None:
            node, given = parent
            way.append(_input(given))
            parent = self.parents[node]
        return tuple(reversed(way))

    def witness(self, tag: str) -> tuple[Input, ...] | None:
        """The shortest way at whose end `tag` is met, or None."""
        if tag not in self.first:
            return None
        met = self.first[tag]
        return () if met is None else (*self.way_to(met[0]), _input(met[1]))


def _input(given: Input | str) -> Input:
    if isinstance(given, str):
        scene, _dot, choice = given.partition(".")
        return Input(scene, "choose", choice)
    return given


class Bounds(NamedTuple):
    """Where a search stops."""

    states: int
    until: float
    """A moment of `time.perf_counter`."""
    words: str
    """What to say when the time is over."""


def explore(part: Slice, bounds: Bounds, *, wanted: frozenset[str] = frozenset(), options: bool = False) -> Graph:
    """Find every merged state. Stops, and says so, at a bound; and as soon as all of `wanted` have been met, if anything is wanted.

    With `options` every choice is kept by itself too.

    Raises Undecided when the slice cannot tell the order of two moments.
    """
    return Explorer(part, bounds, wanted, options=options).run()


class Explorer:
    """The search, kept for those who go on asking where a decision leads from what it found."""

    def __init__(self, part: Slice, bounds: Bounds, wanted: frozenset[str] = frozenset(), *, options: bool = False) -> None:
        """`explore` says what these are."""
        self.options = options
        self.part = part
        self.stepper = part.stepper
        self.story = part.story
        self.merger = Merger(part)
        self.dials = tuple(sorted(part.question.dials))
        self.graph = Graph(part, self.dials, order=self.merger.rank)
        self.bounds = bounds
        self.wanted = set(wanted)
        self.watched = part.question.dues
        self.known: dict[str, dict[Hashable, int]] = {name: {} for name in self.merger.rank}
        self.seen: set[str] = set()
        self.whole = self.stepper, part.world(self.merger.order)
        self.rest = self.whole if not part.needed.timed else None
        """For states from which on time does not matter any more; None until there is one."""
        self.world: SliceWorld = self.whole[1]
        self.rests: dict[int, Scene] = {}
        self.sides: dict[int, tuple[int, ...] | None] | None = None
        """What asks for the places of pieces, found when a pick is come to."""
        self.placed: dict[str, dict[int, list[int]]] = {}
        self.careful = not part.needed.exact
        self.doubts: list[int] = []
        """For each state by how much its clock may be late, where that matters."""

    def run(self) -> Graph:
        """Find every merged state, as `explore` says."""
        graph, some = self.graph, bool(self.wanted)
        world = self.world
        self.stepper.settle(world, self.stepper.first())
        graph.start_deltas = tuple(world.values[dial] for dial in self.dials)
        self._meet(world, None)
        self._node(world.state, None, world.doubt)
        node, most = 0, self.bounds.states
        try:
            while node < len(graph.states) and not (some and not self.wanted):
                if len(graph.states) > most:
                    raise OutOfReach(f"more than {most:,} states")
                if node % LOOK == 0 and time.perf_counter() > self.bounds.until:
                    raise OutOfReach(self.bounds.words)
                graph.edges.append(self._expand(node, graph.states[node]))
                node += 1
        except OutOfReach as stop:
            graph.complete = False
            graph.stopped_by = str(stop)
        graph.edges += [[] for _ in range(len(graph.states) - len(graph.edges))]
        return graph

    def after(self, node: int, given: Input) -> tuple[int, Deltas]:
        """The state to which a decision leads from one that was found, and what it does to the watched dials.

        It may be any decision that is on offer there, a lapse too. Raises KeyError for one that is not, and where the search was stopped before.
        """
        before = self.graph.states[node]
        self._turn_to(before)
        world = self.world
        world.restore(before)
        world.doubt = self.doubts[node]
        dest = self.stepper.act(world, given)
        for at, places in self._places(before.scene).items() if given.how == "pick" else ():
            world.values[at] = places[world.values[at]]
        self.stepper.settle(world, dest)
        after = world.state
        deltas = tuple([after.values[dial] - before.values[dial] for dial in self.dials])
        return self.known[after.scene][self._key(after, world.doubt)], deltas

    def _turn_to(self, state: State) -> None:
        """Step with the time where it matters, and without it where it does not any more."""
        if state.pending or state.scene in self.merger.timed:
            self.stepper, self.world = self.whole
            return
        if self.rest is None:
            rest = self.part.without_time()
            self.rest = rest.stepper, rest.world(self.merger.order)
        self.stepper, self.world = self.rest

    def _key(self, state: State, doubt: int) -> Hashable:
        key = self.merger.key(state)
        if self.careful and (state[3] or state[0] in self.merger.timed):
            return key, doubt
        return key

    def _node(self, state: State, parent: tuple[int, Input | str] | None, doubt: int) -> int:
        known = self.known[state[0]]
        key = self._key(state, doubt)
        node = known.get(key)
        if node is None:
            graph = self.graph
            node = known[key] = len(graph.states)
            graph.states.append(state)
            graph.parents.append(parent)
            self.doubts.append(doubt)
            if self.story.codas and state[0] == END and not self.part.question.marks:
                for coda in self.story.codas:
                    if coda.guard is None or coda.guard.test(state[1]):
                        self._first(f"coda {coda.id}", parent)
        return node

    def _expand(self, node: int, state: State) -> list[Edge]:
        if state.scene == END:
            return []
        self._turn_to(state)
        scene = self.stepper.story.scenes[state.scene]
        found: dict[tuple[int, Deltas], tuple[int, int]] = {}
        if scene.pick is not None:
            self._expand_pick(node, state, scene, scene.pick, found)
        elif scene.board is not None:
            self._expand_board(node, state, scene, found)
        else:
            self._expand_choices(node, state, scene, found)
        if scene.skip is not None:
            given = Input(scene.id, "skip")
            self._first(f"choice {scene.id}.(skip)", (node, given))
            self._add(node, state, self._step(node, state, given), given, 1, 0, found, self.world.doubt)
        return [Edge(to, deltas, inputs, random) for (to, deltas), (inputs, random) in found.items()]

    def _step(self, node: int, state: State, given: Input) -> State:
        world = self.world
        world.restore(state)
        world.doubt = self.doubts[node]
        self.stepper.settle(world, self.stepper.act(world, given))
        self._meet(world, (node, given))
        return world.state

    def _expand_choices(self, node: int, state: State, scene: Scene, found: dict[tuple[int, Deltas], tuple[int, int]]) -> None:
        stepper, first, seen = self.stepper, self.graph.first, self.seen
        minded = self.careful and self.world is self.whole[1]
        lapse = f"{scene.id}.{scene.lapse}" if scene.limit else ""
        for ref in stepper.triggers(state):
            tag = f"choice {ref}"
            if tag not in first:
                self._first(tag, (node, ref))
            if ref == lapse:
                lapse = ""
            leap = None if state.pending else stepper.glide(state, ref)
            if leap is None or (minded and leap[0][0] in self.merger.timed):
                after = self._step(node, state, _input(ref))
                doubt = self.world.doubt
            else:
                after, doubt = leap[0], 0
                for name in leap[1]:
                    if name not in seen:
                        seen.add(name)
                        self._first(f"scene {name}", (node, ref))
            self._add(node, state, after, ref, 1, 1, found, doubt)
        if lapse:
            self.graph.no_lapse.append(node)

    def _expand_board(self, node: int, state: State, scene: Scene, found: dict[tuple[int, Deltas], tuple[int, int]]) -> None:
        """Many ways of answering change the same values: the world goes on from each outcome once."""
        assert scene.board is not None
        if 3 ** len(scene.board.questions) > MOST_WAYS:
            raise OutOfReach(f"more than {MOST_WAYS:,} ways of answering {scene.id}")
        outcomes: dict[State, tuple[Input, int]] = {}
        dest: str | None = None
        world = self.world
        for given, count in self._answers(node, state, scene.id, scene.board):
            world.restore(state)
            dest = self.stepper.act(world, given)
            after = world.state
            known = outcomes.get(after)
            outcomes[after] = (given, count) if known is None else (known[0], known[1] + count)
        for outcome, (given, count) in outcomes.items():
            self._settle(node, state, outcome, dest, given, count, found)

    def _answers(self, node: int, state: State, scene: str, board: Board) -> Iterator[tuple[Input, int]]:
        """The ways of answering a board that may do different things, each with how many of those that `Stepper.inputs` lists it stands for.

        A card that does not tell does what an open question does; and where neither the answers nor how many there are is asked for,
        any card does.
        """
        in_sight = [card for card in board.cards.values() if card.guard is None or card.guard.test(state.values)]
        ways: list[list[tuple[str, int]]] = []
        for question, one in board.questions.items():
            telling = next((card.id for card in in_sight if question in card.tells), None)
            other = next((card.id for card in in_sight if question not in card.tells), None)
            if telling is not None or other is not None:
                tag, link = f"choice {scene}.{question}", f"{question}={telling or other}"
                self._first(tag, (node, Input(scene, "link", picks=(link,))))
            silent = 1 + (other is not None)
            if telling is None:
                ways.append([("", silent)])
            elif board.found < 0 and one.at < 0:
                ways.append([("", silent + 1)])
            else:
                ways.append([("", silent), (f"{question}={telling}", 1)])
        for answers in product(*ways):
            given = Input(scene, "link", picks=tuple([link for link, _count in answers if link]))
            yield given, prod([count for _link, count in answers])

    def _settle(
        self,
        node: int,
        state: State,
        outcome: State,
        dest: str | None,
        given: Input,
        count: int,
        found: dict[tuple[int, Deltas], tuple[int, int]],
    ) -> None:
        self.world.restore(outcome)
        self.world.doubt = self.doubts[node]
        self.world.picked_up(self.stepper.story.scenes[state.scene])
        self.stepper.settle(self.world, dest)
        self._meet(self.world, (node, given))
        self._add(node, state, self.world.state, given, count, count, found, self.world.doubt)

    # Picks

    def _expand_pick(
        self, node: int, state: State, scene: Scene, pick: Pick, found: dict[tuple[int, Deltas], tuple[int, int]]
    ) -> None:
        """Pieces are taken one by one, and what has come to the same is counted together; then the rest of the pick is played."""
        open_ = [name for name, piece in pick.pieces.items() if piece.guard is None or piece.guard.test(state.values)]
        if id(scene) not in self.rests:
            self.rests[id(scene)] = _rest(scene)
        rest = self.rests[id(scene)]
        self._first_pieces(node, scene, pick, open_)
        outcomes: dict[State, tuple[tuple[str, ...], int]] = {}
        world = World(self.stepper.story)
        for (values, pending), (names, count) in self._partial(state, pick, open_).items():
            world.restore(State(state.scene, values, state.clock, pending))
            world.picked = names
            world.pick(rest)
            known = outcomes.get(world.state)
            outcomes[world.state] = (names, count) if known is None else (known[0], known[1] + count)
        given = Input(scene.id, "pick")
        for outcome, (names, count) in outcomes.items():
            dest = self.stepper.way_on(state, given)
            self._settle(node, state, outcome, dest, Input(scene.id, "pick", picks=names), count, found)

    def _places(self, scene: str) -> dict[int, list[int]]:
        """For each piece of a pick whose place in the order is asked for: to each place the first that gives all the same answers."""
        if scene not in self.placed:
            pick = self.story.scenes[scene].pick
            assert pick is not None
            if self.sides is None:
                self.sides = self.merger.sides()
            found: dict[int, list[int]] = {}
            for at in (piece.at for piece in pick.pieces.values() if piece.at >= 0):
                sides, places = self.sides.get(at, ()), range(1, len(pick.pieces) + 1)
                found[at] = [
                    0,
                    *(one if sides is None else max([1, *(side for side in sides if side <= one)]) for one in places),
                ]
            self.placed[scene] = found
        return self.placed[scene]

    def _first_pieces(self, node: int, scene: Scene, pick: Pick, open_: list[str]) -> None:
        for name in open_:
            tag = f"choice {scene.id}.{name}"
            if tag in self.graph.first:
                continue
            others = sorted((one for one in open_ if one != name), key=lambda one: pick.pieces[one].cost)
            names = {name, *others[: max(0, pick.least - 1)]}
            if len(names) >= pick.least and sum(pick.pieces[one].cost for one in names) <= pick.most:
                taken = tuple(one for one in pick.pieces if one in names)
                self._first(tag, (node, Input(scene.id, "pick", picks=taken)))

    def _partial(
        self, state: State, pick: Pick, open_: list[str]
    ) -> dict[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], tuple[tuple[str, ...], int]]:
        """What the pieces alone come to: (values, pending) to (an example, how many ways)."""
        places = self._places(state.scene)
        world = World(self.story)
        world.scene, world.clock = state.scene, state.clock
        # How far one has come: pieces used (or passed), how many were taken (as far as that matters), and what they cost.
        halves: dict[_Half, tuple[tuple[str, ...], int]] = {(0, 0, 0, state.values, state.pending): ((), 1)}
        done: dict[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], tuple[tuple[str, ...], int]] = {}
        capped = max([pick.least, *(max(row) - 1 for row in places.values())])

        def take(half: _Half, name: str, used: int, into: dict[_Half, tuple[tuple[str, ...], int]]) -> None:
            _used, taken, cost, values, pending = half
            piece = pick.pieces[name]
            if cost + piece.cost > pick.most:
                return
            names, count = halves[half]
            world.values, world.pending = list(values), list(pending)
            if piece.at >= 0:
                world.values[piece.at] = places[piece.at][taken + 1]
            world.effect(piece.effect, state.clock)
            after = (used, min(taken + 1, capped), cost + piece.cost, tuple(world.values), tuple(world.pending))
            _count(into, after, (*names, name), count)

        if not pick.ordered:
            for name in open_:
                onward = dict(halves)
                for half in halves:
                    take(half, name, 0, onward)
                halves = onward
                self._mind(len(halves))
            complete = halves
        else:
            complete = dict(halves)
            while halves:
                onward = {}
                for half in halves:
                    for number, name in enumerate(open_):
                        if not half[0] >> number & 1:
                            take(half, name, half[0] | 1 << number, onward)
                    self._mind(len(onward))
                complete.update(onward)
                halves = onward
        for (_used, taken, _cost, values, pending), (names, count) in complete.items():
            if taken >= pick.least:
                _count(done, (values, pending), names, count)
        return done

    def _mind(self, ways: int) -> None:
        if ways > MOST_WAYS:
            raise OutOfReach(f"more than {MOST_WAYS:,} ways of picking")
        if time.perf_counter() > self.bounds.until:
            raise OutOfReach(self.bounds.words)

    # What is met

    def _first(self, tag: str, met: tuple[int, Input | str] | None) -> None:
        if tag not in self.graph.first:
            self.graph.first[tag] = met
            self.wanted.discard(tag)

    def _meet(self, world: SliceWorld, met: tuple[int, Input] | None) -> None:
        seen = self.seen
        for name in world.scenes:
            if name not in seen:
                seen.add(name)
                self._first(f"scene {name}", met)
        if self.watched:
            for index, holds in world.came:
                if index in self.watched:
                    self._first(f"due {index} {holds}", met)

    def _add(
        self,
        node: int,
        before: State,
        after: State,
        given: Input | str,
        inputs: int,
        random: int,
        found: dict[tuple[int, Deltas], tuple[int, int]],
        doubt: int,
    ) -> None:
        values, then = after[1], before[1]
        deltas = tuple([values[dial] - then[dial] for dial in self.dials]) if self.dials else ()
        where = self._node(after, (node, given), doubt), deltas
        if self.options and isinstance(given, str):
            self.graph.options.append((node, given, *where))
        known = found.get(where)
        found[where] = (inputs, random) if known is None else (known[0] + inputs, known[1] + random)


def _count(into: dict[_Key, tuple[tuple[str, ...], int]], key: _Key, names: tuple[str, ...], count: int) -> None:
    known = into.get(key)
    into[key] = (names, count) if known is None else (known[0], known[1] + count)


def _rest(scene: Scene) -> Scene:
    """A scene whose pick does only what follows when the pieces have been counted."""
    assert scene.pick is not None
    pieces = {name: replace(piece, effect=Effect(piece.effect.source), at=-1) for name, piece in scene.pick.pieces.items()}
    return replace(scene, pick=replace(scene.pick, pieces=pieces))
