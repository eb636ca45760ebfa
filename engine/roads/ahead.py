"""What may still come from any decision of any play of a story: every way on, found once with the prover's merged states.

Six questions are asked of all plays, each over its own slice (`engine.proof`): which endings there are, and how far each of the
five dials goes. On the graph of each the answer is found backwards, exactly: the least and the most that a dial still moves, the
number of ways on to each ending, and the choices that may still be taken. A question that is out of reach is answered from
plays that are drawn, and the answer says so.

    ahead = Ahead(story)
    ahead.find()
    outlook = ahead.outlook(ahead.spot(play.inputs[:3]))
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.proof.chart import Chart
from engine.proof.counts import Counts
from engine.proof.explore import Bounds, Explorer
from engine.proof.need import Question, need
from engine.proof.slices import Slice
from engine.proof.world import Undecided
from engine.story.model import DIAL_COUNT, END, Story

MOST_STATES = 40_000
"""Merged states that one question may take here; the pack's own stories take a quarter of it at most."""
SECONDS = 3.0
"""For all questions together: somebody is waiting."""
DRAWN = 240
"""Ways on that are drawn where the whole is out of reach."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may come from one spot on. Dials in hundredths of a point, at the end of the play."""

    low: tuple[int, ...]
    high: tuple[int, ...]
    endings: dict[str, int]
    """Ending to the number of ways on that lead there; those that none leads to have 0."""
    exact: tuple[bool, ...]
    """For each dial: every way on was looked at. Else the range is that of the ways that were drawn, and the true one may be wider."""
    counted: bool
    """Every way on was counted. Else `endings` counts those that were drawn."""
    choices: frozenset[str] | None
    """Choices (`scene.choice`) that may still be taken; None where that is not known."""

    @property
    def ways(self) -> int:
        """Number of ways on, all decisions told apart."""
        return sum(self.endings.values())

    @property
    def open(self) -> list[str]:
        """The endings that can still be reached, in the story's order."""
        return [ending for ending, ways in self.endings.items() if ways]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a play stands, in every question's graph. Made by `Ahead.spot`."""

    state: State
    nodes: tuple[int, ...]
    """The state of each question's graph; -1: it has none."""
    dials: tuple[int, ...]
    """Each dial as its slice counts it, hundredths of a point."""


class _Asked:
    """One question, asked of every play, and answered from every state on."""

    def __init__(self, chart: Chart, question: Question, until: float, *, options: bool) -> None:
        self.dial = next(iter(question.dials), -1)
        bounds = Bounds(MOST_STATES, until, "the time allowed")
        try:
            self.explorer = self._explore(chart, question, bounds, exact=False, options=options)
        except Undecided:
            self.explorer = self._explore(chart, question, bounds, exact=True, options=options)
        graph = self.explorer.graph
        self.complete = graph.complete
        self.low: list[int] = []
        self.high: list[int] = []
        self.ways: list[tuple[int, ...]] = []
        self.choices: list[int] = []
        """For each state the choices ahead, as bits."""
        self.bits: dict[str, int] = {}
        if not graph.complete:
            return
        if self.dial >= 0:
            self._find_range()
        else:
            self._count(chart.story)
            self._find_choices()

    @staticmethod
    def _explore(chart: Chart, question: Question, bounds: Bounds, *, exact: bool, options: bool) -> Explorer:
        explorer = Explorer(Slice(chart, question, need(chart, question, exact=exact)), bounds, options=options)
        explorer.run()
        return explorer

    def _backwards(self) -> Iterable[int]:
        return reversed(Counts(self.explorer.graph).order)

    def _find_range(self) -> None:
        """The least and the most that the dial still moves, state by state."""
        edges = self.explorer.graph.edges
        self.low, self.high = [0] * len(edges), [0] * len(edges)
        for node in self._backwards():
            if edges[node]:
                self.low[node] = min(edge.deltas[0] + self.low[edge.to] for edge in edges[node])
                self.high[node] = max(edge.deltas[0] + self.high[edge.to] for edge in edges[node])

    def _count(self, story: Story) -> None:
        """The ways on to each ending, state by state."""
        graph = self.explorer.graph
        stepper = graph.part.stepper
        number = {ending.id: place for place, ending in enumerate(story.endings)}
        self.ways = [()] * len(graph.states)
        for node in self._backwards():
            counts = [0] * len(number)
            if graph.states[node].scene == END:
                counts[number[stepper.ending(graph.states[node])]] = 1
            for edge in graph.edges[node]:
                for place, ways in enumerate(self.ways[edge.to]):
                    counts[place] += ways * edge.inputs
            self.ways[node] = tuple(counts)

    def _find_choices(self) -> None:
        graph = self.explorer.graph
        self.choices = [0] * len(graph.states)
        here: dict[int, int] = {}
        for node, ref, _to, _deltas in graph.options:
            here[node] = here.get(node, 0) | 1 << self.bits.setdefault(ref, len(self.bits))
        for node in self._backwards():
            found = here.get(node, 0)
            for edge in graph.edges[node]:
                found |= self.choices[edge.to]
            self.choices[node] = found


class Ahead:
    """Every way on, of one story. Not for several threads at once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.stepper = Stepper(story)
        self.complete = False
        """Every question was answered in full."""
        self._asked: list[_Asked] = []
        self._drawn: dict[State, tuple[tuple[int, ...], tuple[int, ...], dict[str, int]]] = {}

    def find(self, seconds: float = SECONDS, stop: Callable[[], bool] = lambda: False) -> bool:
        """Ask all questions, within about so many seconds. `stop` is asked between them; False: it said yes, and nothing is known."""
        if self._asked:
            return True
        chart = Chart(self.stepper)
        until = time.perf_counter() + seconds
        questions = [
            Question("endings", endings=True),
            *(Question(f"dial {dial}", dials=frozenset((dial,))) for dial in range(DIAL_COUNT)),
        ]
        asked: list[_Asked] = []
        for number, question in enumerate(questions):
            if stop():
                return False
            now = time.perf_counter()
            share = max(0.0, until - now) / (len(questions) - number) * 2
            asked.append(_Asked(chart, question, min(now + share, max(now, until)), options=question.endings))
        self._asked = asked
        self.complete = all(one.complete for one in asked)
        return True

    def spot(self, inputs: Iterable[Input]) -> Spot:
        """Where a play stands after these decisions. Raises KeyError when one is not on offer."""
        spot = Spot(self.stepper.start(), (0,) * len(self._asked), self._begun())
        for given in inputs:
            spot = self.after(spot, given)
        return spot

    def _begun(self) -> tuple[int, ...]:
        return tuple(one.explorer.graph.start_deltas[0] for one in self._asked if one.dial >= 0)

    def after(self, spot: Spot, given: Input) -> Spot:
        """Where a decision leads. Raises KeyError when it is not on offer."""
        state = self.stepper.step(spot.state, given)
        nodes: list[int] = []
        dials = list(spot.dials)
        for one, node in zip(self._asked, spot.nodes, strict=True):
            if node < 0 or not one.complete:
                nodes.append(-1)
                continue
            node, deltas = one.explorer.after(node, given)
            nodes.append(node)
            if one.dial >= 0:
                dials[one.dial] += deltas[0]
        return Spot(state, tuple(nodes), tuple(dials))

    def outlook(self, spot: Spot) -> Outlook:
        """What may come from a spot on."""
        low, high, exact = [0] * DIAL_COUNT, [0] * DIAL_COUNT, [False] * DIAL_COUNT
        endings: dict[str, int] = {}
        choices: frozenset[str] | None = None
        for one, node in zip(self._asked, spot.nodes, strict=True):
            known = node >= 0 and one.complete
            if one.dial >= 0:
                exact[one.dial] = known
                if known:
                    now = spot.dials[one.dial]
                    low[one.dial], high[one.dial] = now + one.low[node], now + one.high[node]
                else:
                    low[one.dial], high[one.dial] = (end[one.dial] for end in self._draw(spot.state)[:2])
            elif known:
                endings = {ending.id: ways for ending, ways in zip(self.story.endings, one.ways[node], strict=True)}
                choices = frozenset(ref for ref, bit in one.bits.items() if one.choices[node] >> bit & 1)
            else:
                endings = dict(self._draw(spot.state)[2])
        return Outlook(tuple(low), tuple(high), endings, tuple(exact), choices is not None, choices)

    def _draw(self, state: State) -> tuple[tuple[int, ...], tuple[int, ...], dict[str, int]]:
        """The dials' lowest and highest, and the endings, over ways on that are drawn with a fixed seed."""
        if state not in self._drawn:
            draw, stepper = Random(1), self.stepper
            endings = {ending.id: 0 for ending in self.story.endings}
            ends: list[tuple[int, ...]] = []
            for _way in range(DRAWN):
                now = state
                while not stepper.ended(now):
                    now = stepper.step(now, draw.choice(stepper.inputs(now)))
                ends.append(now.values[:DIAL_COUNT])
                endings[stepper.ending(now)] += 1
            columns = list(zip(*ends, strict=True))
            self._drawn[state] = tuple(map(min, columns)), tuple(map(max, columns)), endings
        return self._drawn[state]


__all__ = ["Ahead", "Outlook", "Spot"]
