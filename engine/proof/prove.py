"""Counts and bounds over the graph of merged states: what holds of every possible play."""

from __future__ import annotations

import time
from fractions import Fraction
from math import gcd

from engine.play.stepper import Stepper
from engine.proof.explore import Graph, explore
from engine.proof.merge import DIALS
from engine.proof.model import DialRange, EndingProof, Proof, Witness
from engine.script.format import DIALS as DIAL_NAMES
from engine.story.model import END, Story

MAX_STATES = 1_000_000
MAX_SECONDS = 60.0


def prove(story: Story, *, max_states: int = MAX_STATES, seconds: float = MAX_SECONDS) -> Proof:
    """Prove what holds of every play of `story`.

    Stops after `max_states` merged states or `seconds` of searching; the proof then says that it is not complete, and what it
    covered. It never guesses.
    """
    begun = time.perf_counter()
    stepper = Stepper(story)
    graph = explore(stepper, max_states=max_states, seconds=seconds)
    counts = _Counts(stepper, graph) if graph.complete else None
    endings = {ending.id: EndingProof(ending.id, 0, Fraction(0), None) for ending in story.endings}
    proof = Proof(
        story.id,
        story.hash,
        graph.complete,
        graph.stopped_by,
        len(graph.states),
        0.0,
        0,
        0,
        0,
        endings,
        {name: graph.witness(f"scene {name}") for name in story.scenes},
        {ref: graph.witness(f"choice {ref}") for ref in _choices(story)},
        _consequences(story, graph),
        {},
        {graph.states[node].scene: graph.way_to(node) for node in reversed(graph.stuck)},
        {graph.states[node].scene: graph.way_to(node) for node in reversed(graph.no_lapse)},
    )
    ends = [node for node, state in enumerate(graph.states) if state.scene == END]
    coda_nodes: dict[str, int | None] = {coda.id: None for coda in story.codas}
    for node in ends:
        state = graph.states[node]
        ending = endings[stepper.ending(state)]
        if ending.witness is None:
            ending.witness = graph.way_to(node)
        for coda in story.codas:
            if coda_nodes[coda.id] is None and (coda.guard is None or coda.guard.test(state.values)):
                coda_nodes[coda.id] = node
    proof.codas = {coda: graph.way_to(node) if node is not None else None for coda, node in coda_nodes.items()}
    if counts is not None:
        counts.fill(proof, ends)
    proof.seconds = time.perf_counter() - begun
    return proof


def _choices(story: Story) -> list[str]:
    refs: list[str] = []
    for scene in story.scenes.values():
        refs += [choice.ref for choice in scene.choices.values()]
        if scene.pick is not None:
            refs += [f"{scene.id}.{piece}" for piece in scene.pick.pieces]
        if scene.board is not None:
            refs += [f"{scene.id}.{question}" for question in scene.board.questions]
        if scene.skip is not None and scene.decides:
            refs.append(f"{scene.id}.(skip)")
    return refs


def _consequences(story: Story, graph: Graph) -> dict[str, dict[str, Witness | None]]:
    found: dict[str, dict[str, Witness | None]] = {}
    for due in story.dues:
        if due.scene is None:
            continue
        ways = {"came": graph.witness(f"due {due.id} came")}
        if due.guard is not None:
            other = "otherwise" if due.otherwise is not None else "prevented"
            ways[other] = graph.witness(f"due {due.id} {other}")
        found[due.id] = ways
    return found


class _Counts:
    """Passes over the graph in the order of the story: counts of plays, odds, lengths, and one dial at a time."""

    def __init__(self, stepper: Stepper, graph: Graph) -> None:
        self.stepper = stepper
        self.graph = graph
        self.order = self._order()
        self.plays = self._plays()

    def _order(self) -> list[int]:
        """States such that every edge leads onward. Looks and choices that stay lead to the same scene, but are used up then."""
        waiting = [0] * len(self.graph.states)
        for edges in self.graph.edges:
            for edge in edges:
                waiting[edge.to] += 1
        ready = [node for node, count in enumerate(waiting) if not count]
        order: list[int] = []
        while ready:
            node = ready.pop()
            order.append(node)
            for edge in self.graph.edges[node]:
                waiting[edge.to] -= 1
                if not waiting[edge.to]:
                    ready.append(edge.to)
        assert len(order) == len(self.graph.states), "scenes never go round in a circle"
        return order

    def _plays(self) -> list[int]:
        plays = [0] * len(self.graph.states)
        plays[0] = 1
        for node in self.order:
            count = plays[node]
            for edge in self.graph.edges[node]:
                plays[edge.to] += count * edge.inputs
        return plays

    def fill(self, proof: Proof, ends: list[int]) -> None:
        """Fill in the counts of a complete proof."""
        ending_of = {node: self.stepper.ending(self.graph.states[node]) for node in ends}
        odds = self._odds()
        for node in ends:
            ending = proof.endings[ending_of[node]]
            ending.plays += self.plays[node]
            ending.odds += odds[node]
        proof.plays = sum(self.plays[node] for node in ends)
        proof.longest, proof.shortest = self._lengths(ends)
        for number, dial in enumerate(DIAL_NAMES[:DIALS]):
            for ending_id, counts in self._dial(number, ends, ending_of, proof.plays).items():
                if counts:
                    proof.endings[ending_id].dials[dial] = DialRange(min(counts), max(counts), dict(sorted(counts.items())))

    def _odds(self) -> list[Fraction]:
        """How likely a player at random comes to each state. Whole numbers over a common denominator, since they are many."""
        odds = [Fraction(0)] * len(self.graph.states)
        odds[0] = Fraction(1)
        for node in self.order:
            edges = self.graph.edges[node]
            ways = sum(edge.random for edge in edges)
            if not ways or not odds[node]:
                continue
            share = odds[node] / ways
            for edge in edges:
                if edge.random:
                    odds[edge.to] += share * edge.random
        return odds

    def _lengths(self, ends: list[int]) -> tuple[int, int]:
        longest = [-1] * len(self.graph.states)
        shortest = [-1] * len(self.graph.states)
        longest[0] = shortest[0] = 0
        for node in self.order:
            for edge in self.graph.edges[node]:
                longest[edge.to] = max(longest[edge.to], longest[node] + 1)
                known = shortest[edge.to]
                shortest[edge.to] = shortest[node] + 1 if known < 0 else min(known, shortest[node] + 1)
        return max((longest[node] for node in ends), default=0), min((shortest[node] for node in ends), default=0)

    def _dial(self, dial: int, ends: list[int], ending_of: dict[int, str], plays: int) -> dict[str, dict[int, int]]:
        """For each ending: value of one dial to the number of plays with it.

        A distribution is one big whole number: a slot of `width` bits for each step of the dial, counted from the state's own
        lowest value. To move the dial is to move the lowest; to add up is to add.
        """
        edges = self.graph.edges
        unit = 0
        for row in edges:
            for edge in row:
                unit = gcd(unit, edge.deltas[dial])
        unit = unit or 1
        width = plays.bit_length() + 1
        counts = [0] * len(edges)
        lowest = [0] * len(edges)
        counts[0], lowest[0] = 1, 0
        for node in self.order:
            mine, base = counts[node], lowest[node]
            for edge in edges[node]:
                low = base + edge.deltas[dial] // unit
                moved = mine * edge.inputs if edge.inputs > 1 else mine
                to = edge.to
                if not counts[to]:
                    counts[to], lowest[to] = moved, low
                elif low >= lowest[to]:
                    counts[to] += moved << (width * (low - lowest[to]))
                else:
                    counts[to] = (counts[to] << (width * (lowest[to] - low))) + moved
                    lowest[to] = low
        found: dict[str, dict[int, int]] = {}
        mask = (1 << width) - 1
        begun = self.graph.start_deltas[dial]
        for node in ends:
            into = found.setdefault(ending_of[node], {})
            packed, step = counts[node], lowest[node]
            while packed:
                count = packed & mask
                if count:
                    value = begun + step * unit
                    into[value] = into.get(value, 0) + count
                packed >>= width
                step += 1
        return found
