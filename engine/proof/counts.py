"""Counting over the graph of merged states: plays, odds, lengths, and one dial at a time."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from engine.proof.explore import Graph
from engine.story.model import END


class Counts:
    """Passes over a complete graph, in an order in which every edge leads onward."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.order = self._order()
        self.ends = [node for node, state in enumerate(graph.states) if state.scene == END]
        self.plays = self._plays()
        """For each state: how many ways lead there."""

    def _order(self) -> list[int]:
        """Looks and choices that stay lead to the same scene, but are used up then: so there are no circles."""
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
            for to, _deltas, inputs, _random in self.graph.edges[node]:
                plays[to] += count * inputs
        return plays

    def odds(self) -> dict[int, Fraction]:
        """For each end: how likely a player at random comes there.

        Counted in whole numbers, in parts of one: a scene's parts are those of the scenes before it, times what its decisions
        divide by. That is exact, and far quicker than fractions.
        """
        graph = self.graph
        divides: dict[str, int] = {}
        visits: dict[str, int] = {}
        depth = [0] * len(graph.states)
        for node in self.order:
            scene = graph.states[node].scene
            ways = sum(edge.random for edge in graph.edges[node])
            if ways:
                divides[scene] = lcm(divides.get(scene, 1), ways)
            visits[scene] = max(visits.get(scene, 0), depth[node] + 1)
            for edge in graph.edges[node]:
                if graph.states[edge.to].scene == scene:
                    depth[edge.to] = max(depth[edge.to], depth[node] + 1)
        parts: dict[tuple[str, int], int] = {}
        whole = 1
        for scene in sorted(visits, key=lambda name: graph.order[name]):
            for visit in range(visits[scene]):
                parts[scene, visit] = whole
                whole *= divides.get(scene, 1)
        places = [parts[state.scene, depth[node]] for node, state in enumerate(graph.states)]
        odds = [0] * len(graph.states)
        odds[0] = places[0]
        for node in self.order:
            ways = sum(edge.random for edge in graph.edges[node])
            if not ways or not odds[node]:
                continue
            # A share of this state's odds, in the parts of the state that it goes to.
            mine, base = odds[node], places[node] * ways
            for edge in graph.edges[node]:
                if edge.random:
                    odds[edge.to] += mine * edge.random * (places[edge.to] // base)
        return {node: Fraction(odds[node], places[node]) for node in self.ends}

    def lengths(self) -> tuple[int, int]:
        """Decisions of the longest play and of the shortest."""
        longest = [-1] * len(self.graph.states)
        shortest = [-1] * len(self.graph.states)
        longest[0] = shortest[0] = 0
        for node in self.order:
            far, near = longest[node] + 1, shortest[node] + 1
            for edge in self.graph.edges[node]:
                to = edge.to
                longest[to] = max(longest[to], far)
                shortest[to] = near if shortest[to] < 0 else min(shortest[to], near)
        return max((longest[node] for node in self.ends), default=0), min((shortest[node] for node in self.ends), default=0)

    def dial(self, dial: int) -> dict[int, dict[int, int]]:
        """For each end: value of a dial to the number of plays that come there with it. `dial` is one that the graph watches.

        A distribution is one big whole number: a slot of `width` bits for each step of the dial, counted from the state's own
        lowest value. To move the dial is to move the lowest; to add up is to add.
        """
        which = self.graph.dials.index(dial)
        edges = self.graph.edges
        begun = self.graph.start_deltas[which]
        unit = gcd(*(edge.deltas[which] for row in edges for edge in row)) if len(edges) > 1 else 0
        if not unit:
            return {node: {begun: self.plays[node]} for node in self.ends if self.plays[node]}
        width = max(self.plays).bit_length() + 1
        counts = [0] * len(edges)
        lowest = [0] * len(edges)
        counts[0] = 1
        for node in self.order:
            mine, base = counts[node], lowest[node]
            if not mine:
                continue
            for to, deltas, inputs, _random in edges[node]:
                low = base + deltas[which] // unit
                moved = mine * inputs if inputs > 1 else mine
                if not counts[to]:
                    counts[to], lowest[to] = moved, low
                elif low >= lowest[to]:
                    counts[to] += moved << (width * (low - lowest[to]))
                else:
                    counts[to] = (counts[to] << (width * (lowest[to] - low))) + moved
                    lowest[to] = low
        found: dict[int, dict[int, int]] = {}
        mask = (1 << width) - 1
        for node in self.ends:
            into = found.setdefault(node, {})
            packed, step = counts[node], lowest[node]
            while packed:
                count = packed & mask
                if count:
                    into[begun + step * unit] = count
                packed >>= width
                step += 1
        return found
