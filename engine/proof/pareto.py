"""Plays compared by all five dials: whether some play beats waiting, and which decisions have one option that leads them all.

"Better" is Pareto: no dial lower at the end of the play, and one higher. There is no total.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.proof.chart import Chart
from engine.proof.counts import Counts
from engine.proof.explore import Bounds, Graph, explore
from engine.proof.merge import Merger
from engine.proof.model import Witness
from engine.proof.need import Question, need
from engine.proof.slices import Slice
from engine.proof.world import Undecided
from engine.script.format import DIALS as DIAL_NAMES
from engine.story.model import DIAL_COUNT, END, Story

Dials = tuple[int, ...]
"""The five dials, hundredths of a point."""

BEAM = 96
"""States that are kept, of each number of decisions, when a better play is looked for."""
MOST_WAYS = 60
"""Ways of taking one decision that are looked at then."""
MOST_FRONT = 400_000
"""Sets of dials that are kept, in all, when every play is looked at."""
MOST_FRONT_OF_ONE = 5_000
"""The same for one state."""
MOST_STATES = 40_000
SAMPLE = 300
"""Plays through each option where a story is too large to count."""
MOST_TRIED = 6_000
"""Options that are tried then, in all: a very long story is judged by fewer plays."""
NEAR = 1e-9
"""Means that differ by less are one: they are sums of floating-point numbers."""


@dataclass(frozen=True)
class Dominance:
    """Whether some play beats the one that always waits."""

    waiting: Dials
    """The dials at the end of the play that always waits."""
    witness: Witness | None
    """A play that is nowhere worse and somewhere better; None when none was found."""
    dials: Dials | None
    """Its dials at the end."""
    exact: bool
    """A witness was found, or every play was looked at. Otherwise nothing is known."""


@dataclass(frozen=True)
class Decision:
    """One decision and what its options come to."""

    scene: str
    means: dict[str, tuple[float, ...]]
    """For each option the mean of each dial at the end, hundredths of a point, over all who can take it."""
    leader: str | None
    """The option that leads every dial, if there is one."""
    sampled: bool
    """The means come from a seeded sample, since the story was too large to count."""


def better(one: Dials, other: Dials) -> bool:
    """Pareto: no dial lower, and one higher."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def waiting_play(story: Story) -> tuple[Input, ...]:
    """The play of somebody who always waits.

    They take the choice `silence`, or one whose action is `wait`; pick or pin as little as is possible; and where one cannot stay
    silent, take the first option that leads on.
    """
    stepper = Stepper(story)
    state = stepper.start()
    taken: list[Input] = []
    while not stepper.ended(state):
        inputs = [given for given in stepper.inputs(state) if given.how != "skip"]
        given = min(inputs, key=lambda one: _loudness(story, one))
        taken.append(given)
        state = stepper.step(state, given)
    return tuple(taken)


def _loudness(story: Story, given: Input) -> int:
    if given.how != "choose":
        return len(given.picks)
    choice = story.scenes[given.scene].choices[given.choice]
    if choice.stay:
        return 3
    return 0 if given.choice == "silence" else 1 if choice.action == "wait" else 2


def dominating_play(story: Story, *, max_states: int = MOST_STATES, seconds: float = 10.0) -> Dominance:
    """Whether some play ends nowhere worse and somewhere better than the play that always waits.

    First the likeliest plays are tried, those ahead by their worst dial; a play that is found settles it. Where none is, every
    play is looked at: on the merged states, keeping of each only the sets of dials that no other way there beats. What comes
    after adds the same to each, so that one that is beaten on the way stays beaten.
    """
    until = time.perf_counter() + seconds
    stepper = Stepper(story)
    waiting = stepper.play(list(waiting_play(story))).values[:DIAL_COUNT]
    found = _nearby(stepper, waiting, until)
    if found is not None:
        return Dominance(waiting, found, stepper.play(list(found)).values[:DIAL_COUNT], True)
    graph = _graph(Chart(stepper), Question("dials", dials=frozenset(range(DIAL_COUNT))), Bounds(max_states, until, ""))
    if not graph.complete:
        return Dominance(waiting, None, None, False)
    fronts = _fronts(graph, until)
    if fronts is None:
        return Dominance(waiting, None, None, False)
    for node, front in fronts.items():
        for dials in front if graph.states[node].scene == END else ():
            if better(dials, waiting):
                way = _way(graph, fronts, node, dials)
                return Dominance(waiting, way, dials, True)
    return Dominance(waiting, None, None, True)


def _graph(chart: Chart, question: Question, bounds: Bounds, *, options: bool = False) -> Graph:
    try:
        return explore(Slice(chart, question, need(chart, question)), bounds, options=options)
    except Undecided:
        return explore(Slice(chart, question, need(chart, question, exact=True)), bounds, options=options)


def _nearby(stepper: Stepper, waiting: Dials, until: float) -> Witness | None:
    """A play that beats waiting, among the likeliest."""
    ranked: dict[State, tuple[Input, ...]] = {stepper.start(): ()}
    while ranked and time.perf_counter() < until:
        onward: dict[State, tuple[Input, ...]] = {}
        for state, way in ranked.items():
            if state.scene == END:
                continue
            inputs = stepper.inputs(state)
            step = max(1, len(inputs) // MOST_WAYS)
            for given in inputs[::step]:
                after = stepper.step(state, given)
                if after.scene == END and better(after.values[:DIAL_COUNT], waiting):
                    return (*way, given)
                onward.setdefault(after, (*way, given))
        best = sorted(onward, key=lambda state: _lead(state.values, waiting), reverse=True)[:BEAM]
        ranked = {state: onward[state] for state in best}
    return None


def _lead(values: Dials, waiting: Dials) -> tuple[int, int]:
    ahead = [value - other for value, other in zip(values[:DIAL_COUNT], waiting, strict=True)]
    return sum(min(one, 0) for one in ahead), sum(min(one, 300) for one in ahead)


def _fronts(graph: Graph, until: float) -> dict[int, dict[Dials, tuple[int, Dials] | None]] | None:
    """For each end: the sets of dials that no other beats, each with the state and the set that it came from. None: too many, or too late."""
    fronts: list[dict[Dials, tuple[int, Dials] | None]] = [{} for _ in graph.states]
    fronts[0][graph.start_deltas] = None
    kept = 0
    for node in Counts(graph).order:
        if len(fronts[node]) > MOST_FRONT_OF_ONE or time.perf_counter() > until:
            return None
        front = _unbeaten(fronts[node])
        fronts[node] = front
        kept += len(front)
        if kept > MOST_FRONT:
            return None
        for edge in graph.edges[node]:
            into = fronts[edge.to]
            for dials in front:
                into.setdefault(tuple(a + b for a, b in zip(dials, edge.deltas, strict=True)), (node, dials))
    return dict(enumerate(fronts))


def _unbeaten(front: dict[Dials, tuple[int, Dials] | None]) -> dict[Dials, tuple[int, Dials] | None]:
    kept: dict[Dials, tuple[int, Dials] | None] = {}
    for dials in sorted(front, key=sum, reverse=True):  # what beats it has a greater sum, so it comes before it
        if not any(better(other, dials) for other in kept):
            kept[dials] = front[dials]
    return kept


def _way(graph: Graph, fronts: dict[int, dict[Dials, tuple[int, Dials] | None]], node: int, dials: Dials) -> Witness:
    """Decisions that lead to a state with these dials, found by going back along what each set of dials came from."""
    merger = Merger(graph.part)
    way: list[Input] = []
    came = fronts[node][dials]
    while came is not None:
        before, had = came
        moved = tuple(a - b for a, b in zip(dials, had, strict=True))
        way.append(_decision(graph, merger, before, node, moved))
        node, dials = came
        came = fronts[node][dials]
    return tuple(reversed(way))


def _decision(graph: Graph, merger: Merger, before: int, node: int, moved: Dials) -> Input:
    """A decision that leads from one merged state to another and moves the dials so."""
    stepper, state, target = graph.part.stepper, graph.states[before], graph.states[node]
    for given in stepper.inputs(state):
        after = stepper.step(state, given)
        if (
            after.scene == target.scene
            and merger.key(after) == merger.key(target)
            and tuple(a - b for a, b in zip(after.values[:DIAL_COUNT], state.values[:DIAL_COUNT], strict=True)) == moved
        ):
            return given
    raise AssertionError("every edge is a decision")


# The obvious


def obvious(story: Story, *, max_states: int = MOST_STATES, seconds: float = 20.0) -> list[Decision]:
    """For each scene with at least two choices that lead on: whether one of them leads every dial in its final outcomes.

    A player comes to the scene by taking every decision before it at random, takes the option, and goes on at random. The mean of
    a dial at the end is taken over all such plays. One option leads another in a dial when its mean is at least as high over the
    states in which both are on offer; it is the leader when it leads every other in all five dials and is higher in at least
    one. The means are counted on merged states, one dial at a time; where a dial is out of reach, all come from plays drawn with
    a fixed seed, and the decision says so.
    """
    scenes = {
        scene.id: [choice.id for choice in scene.choices.values() if not choice.stay]
        for scene in story.scenes.values()
        if not scene.consequence and sum(not choice.stay for choice in scene.choices.values()) > 1
    }
    until = time.perf_counter() + seconds
    chart = Chart(Stepper(story))
    pairs: list[dict[str, dict[tuple[str, str], tuple[float, float]]]] = []
    for dial in range(DIAL_COUNT):
        bounds = Bounds(max_states, until, "the time allowed")
        graph = _graph(chart, Question(DIAL_NAMES[dial], dials=frozenset((dial,))), bounds, options=True)
        if not graph.complete:
            return _sampled(story, scenes)
        pairs.append(_means(graph, scenes))
    return [_decision_of(scene, options, [one[scene] for one in pairs], sampled=False) for scene, options in scenes.items()]


def _means(graph: Graph, scenes: dict[str, list[str]]) -> dict[str, dict[tuple[str, str], tuple[float, float]]]:
    """For each scene and pair of options (an option with itself: it alone): the means of both, where both are on offer."""
    counts = Counts(graph)
    arrive = [0.0] * len(graph.states)
    so_far = [0.0] * len(graph.states)
    arrive[0], so_far[0] = 1.0, float(graph.start_deltas[0])
    ahead = [0.0] * len(graph.states)
    for node in counts.order:
        ways = sum(edge.random for edge in graph.edges[node])
        for edge in graph.edges[node]:
            if edge.random:
                share = arrive[node] * edge.random / ways
                arrive[edge.to] += share
                so_far[edge.to] += share * (so_far[node] / arrive[node] + edge.deltas[0]) if arrive[node] else 0.0
    for node in reversed(counts.order):
        ways = sum(edge.random for edge in graph.edges[node])
        if ways:
            ahead[node] = sum(edge.random * (edge.deltas[0] + ahead[edge.to]) for edge in graph.edges[node]) / ways
    by_node: dict[int, dict[str, float]] = {}
    for node, ref, to, deltas in graph.options:
        by_node.setdefault(node, {})[ref.partition(".")[2]] = deltas[0] + ahead[to]
    sums: dict[str, dict[tuple[str, str], list[float]]] = {scene: {} for scene in scenes}
    for node, values in by_node.items():
        scene, weight = graph.states[node].scene, arrive[node]
        if scene not in scenes or not weight:
            continue
        here = so_far[node] / weight
        offered = [option for option in scenes[scene] if option in values]
        for one in offered:
            for other in offered:
                total = sums[scene].setdefault((one, other), [0.0, 0.0, 0.0])
                total[0] += weight
                total[1] += weight * (here + values[one])
                total[2] += weight * (here + values[other])
    return {
        scene: {pair: (total[1] / total[0], total[2] / total[0]) for pair, total in found.items()}
        for scene, found in sums.items()
    }


def _decision_of(
    scene: str, options: list[str], dials: list[dict[tuple[str, str], tuple[float, float]]], *, sampled: bool
) -> Decision:
    means = {option: tuple(one[option, option][0] for one in dials) for option in options if (option, option) in dials[0]}
    leader = next((option for option in means if _leads(option, means, dials)), None)
    return Decision(scene, means, leader if len(means) > 1 else None, sampled)


def _leads(option: str, means: dict[str, tuple[float, ...]], dials: list[dict[tuple[str, str], tuple[float, float]]]) -> bool:
    for other in means:
        if other == option:
            continue
        gaps = [one[option, other][0] - one[option, other][1] for one in dials if (option, other) in one]
        if not gaps or min(gaps) < -NEAR or max(gaps) <= NEAR:
            return False
    return True


def _sampled(story: Story, scenes: dict[str, list[str]]) -> list[Decision]:
    """The same from plays drawn with a fixed seed: at each decision every option that is on offer is taken once, and played on."""
    stepper = Stepper(story)
    draw = random.Random(1)
    sums: list[dict[str, dict[tuple[str, str], list[float]]]] = [{scene: {} for scene in scenes} for _ in range(DIAL_COUNT)]
    tried = 0
    for _ in range(SAMPLE):
        if tried > MOST_TRIED:
            break
        state = stepper.start()
        while not stepper.ended(state):
            inputs = [given for given in stepper.inputs(state) if given.how != "skip"]
            if state.scene in scenes:
                ends = {
                    given.choice: _end(stepper, stepper.step(state, given), draw)
                    for given in inputs
                    if given.choice in scenes[state.scene]
                }
                tried += len(ends)
                for one, mine in ends.items():
                    for other, theirs in ends.items():
                        for dial in range(DIAL_COUNT):
                            total = sums[dial][state.scene].setdefault((one, other), [0.0, 0.0, 0.0])
                            total[0] += 1
                            total[1] += mine[dial]
                            total[2] += theirs[dial]
            state = stepper.step(state, draw.choice(inputs))
    pairs = [
        {scene: {pair: (one[1] / one[0], one[2] / one[0]) for pair, one in found.items()} for scene, found in dial.items()}
        for dial in sums
    ]
    return [_decision_of(scene, options, [one[scene] for one in pairs], sampled=True) for scene, options in scenes.items()]


def _end(stepper: Stepper, state: State, draw: random.Random) -> Dials:
    while not stepper.ended(state):
        inputs = [given for given in stepper.inputs(state) if given.how != "skip"]
        state = stepper.step(state, draw.choice(inputs))
    return state.values[:DIAL_COUNT]


__all__ = ["Decision", "Dominance", "better", "dominating_play", "obvious", "waiting_play"]
