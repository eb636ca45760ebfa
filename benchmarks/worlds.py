"""Worlds a message can end up in: ten thousand at once, against NDlib's independent cascade on the same graph."""

from __future__ import annotations

import random
import warnings
from statistics import fmean

import numpy as np

from benchmarks.measure import Table, best_time
from engine.futures.leak import Audience, Circumstances, Leak
from engine.futures.network import Network, people_around
from engine.futures.worlds import cascade, imagine

PEOPLE, MEMBERS, WORLDS = 2_000, 40, 10_000
BATCHES, RUNS = 5, 20
"""Batches of runs of NDlib for each row; the best batch counts."""

LOOPS = 400
"""Worlds of the plain loop in one batch."""

ROWS: tuple[tuple[str, float, float], ...] = (
    ("what people say: 0.2 % a tie inside, 3.2 % outside", 0.002, 0.032),
    ("what mocks or shocks: 0.5 % inside, 8 % outside", 0.005, 0.08),
    ("2 % a tie, everywhere", 0.02, 0.02),
    ("5 % a tie, everywhere", 0.05, 0.05),
    ("8 % a tie, everywhere", 0.08, 0.08),
)
"""What, chance for each tie of the members, chance for each tie of the others."""


def ndlib(network: Network, inside: float, outside: float) -> tuple[float, float]:
    """(seconds a run, people outside a run) of NDlib. Only what each run needs is timed: putting the members back, and its iterations
    until nobody passes it on any more, without the status of every node in each answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import networkx as nx
        from ndlib.models.epidemics import IndependentCascadesModel
        from ndlib.models.ModelConfig import Configuration

    graph = nx.Graph()
    graph.add_nodes_from(range(network.size))
    graph.add_edges_from((one, other) for one, other, _kind in network.ties)
    members = list(range(network.members))
    model = IndependentCascadesModel(graph, seed=1)
    settings = Configuration()
    for one, other in graph.edges():
        settings.add_edge_configuration("threshold", (one, other), inside if min(one, other) < network.members else outside)
    settings.add_model_initial_configuration("Infected", members)
    model.set_initial_status(settings)
    reached = []

    def batch() -> None:
        for _ in range(RUNS):
            model.reset(members)
            while True:
                step = model.iteration(node_status=False)
                if not step["node_count"][1]:
                    break
            reached.append(step["node_count"][2] - network.members)

    return best_time(batch, BATCHES) / RUNS, fmean(reached)


def plain(network: Network, inside: float, outside: float) -> float:
    """Seconds a world of a loop in plain Python that keeps nothing: no times, no paths."""
    known = [[other for other, _kind in row if other >= network.members] for row in network.neighbours()]
    draw = random.Random(1).random

    def batch() -> None:
        for _ in range(LOOPS):
            heard: set[int] = set()
            front = list(range(network.members))
            while front:
                following = []
                for one in front:
                    chance = inside if one < network.members else outside
                    for other in known[one]:
                        if draw() < chance and other not in heard:
                            heard.add(other)
                            following.append(other)
                front = following

    return best_time(batch, 5) / LOOPS


def run() -> Table:
    """Measure them all."""
    network = people_around(1, MEMBERS, PEOPLE)
    ties = np.array([(one, other) for one, other, _kind in network.ties], dtype=np.int64)
    members = range(network.members)
    rows = []
    for what, inside, outside in ROWS:
        theirs, their_reach = ndlib(network, inside, outside)
        reach = []
        bare, timed = (
            best_time(lambda: reach.append(len(cascade(PEOPLE, ties, members, inside, outside, WORLDS, 3, half).world)), 7)  # noqa: B023
            for half in (None, 172_800.0)
        )
        rows.append(
            (
                what, f"{reach[0] / WORLDS:.1f}", f"{their_reach:.1f}", f"{bare * 1e3:.1f}", f"{timed * 1e3:.1f}", f"{plain(network, inside, outside) * WORLDS * 1e3:,.0f}",
                f"{theirs * 1e3:.2f}", f"{theirs * WORLDS / bare:,.0f}", f"{theirs * WORLDS / timed:,.0f}",
            )
        )  # fmt: skip
    leak = Leak(Audience(MEMBERS, talkers=3, outsiders=2), Circumstances("striking"))
    made = best_time(lambda: people_around(1, MEMBERS, PEOPLE), 5)

    def whole() -> None:
        worlds = imagine(leak, network, 3, WORLDS)
        worlds.reach(), worlds.out(), worlds.first_ways(), [worlds.reached(role) for role in network.roles]

    all_of_it = best_time(whole, 5)
    says = (
        f"{WORLDS:,} worlds of {PEOPLE:,} people, {MEMBERS} of whom have it from the start. The worst case that a scenario meets by default, "
        f"with times, first ways out and all summaries, takes {all_of_it * 1e3:.0f} ms, and {(all_of_it + made) * 1e3:.0f} ms with making up the people "
        "(bound 200). NDlib runs the same cascade on the same graph with the same chances and the same first people; its setting "
        f"up is not counted; a run of it is the mean of the best of {BATCHES} batches of {RUNS}, ours the best of 7 times all worlds. The bound is 1,000 times as fast a run."
    )
    head = (
        "chances", "reach, ours", "reach, NDlib", "ours, ms for all", "with times, ms for all", "plain Python, ms for all", "NDlib, ms a run",
        "times as fast a run", "with times",
    )  # fmt: skip
    return Table("Worlds", says, head, rows)


if __name__ == "__main__":
    print(run())
