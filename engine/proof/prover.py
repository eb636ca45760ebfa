"""Every question about all plays of a story, each over its own slice."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Literal

from engine.play.stepper import Stepper
from engine.proof.chart import Chart
from engine.proof.counts import Counts
from engine.proof.explore import Bounds, Graph, explore
from engine.proof.model import (
    DECISIONS,
    ENDINGS,
    Claim,
    DialRange,
    EndingProof,
    Proof,
    Witness,
    coda_claim,
    consequence_claim,
    dial_claim,
)
from engine.proof.need import Need, Question, need
from engine.proof.slices import Slice
from engine.proof.world import Undecided
from engine.script.format import DIALS as DIAL_NAMES
from engine.story.model import DIAL_COUNT, Due, Story

MAX_STATES = 300_000
"""Merged states that one question may take, by default: less than half a gigabyte."""
MAX_SECONDS = 60.0
Kind = Literal["consequences", "codas", "dials"]
EVERYTHING: frozenset[Kind] = frozenset(("consequences", "codas", "dials"))
"""What may be asked beside which scenes, choices and endings there are."""


def prove(
    story: Story,
    *,
    max_states: int = MAX_STATES,
    seconds: float = MAX_SECONDS,
    beside: frozenset[Kind] = EVERYTHING,
) -> Proof:
    """Prove what holds of every play of `story`.

    Each question stops after `max_states` merged states, or when its share of `seconds` is over; its claim then says so, and
    what was covered. Nothing is guessed. Scenes, choices and endings are always asked for, the rest as far as it is in `beside`: what
    was not asked has no claim and stands nowhere in the proof, nor do scenes that come as a consequence when consequences are not asked for.
    """
    return _Prover(story, max_states, seconds, beside).run()


class _Prover:
    def __init__(self, story: Story, max_states: int, seconds: float, beside: frozenset[Kind]) -> None:
        self.begun = time.perf_counter()
        self.story = story
        self.max_states = max_states
        self.seconds = seconds
        self.dials = range(DIAL_COUNT if "dials" in beside else 0)
        self.codas = story.codas if "codas" in beside else ()
        self.consequences = "consequences" in beside
        self.chart = Chart(Stepper(story))
        self.proof = Proof(story.id, story.hash)
        self.left = 0
        """Questions that are still to be answered."""

    def run(self) -> Proof:
        proof, story = self.proof, self.story
        proof.endings = {ending.id: EndingProof(ending.id) for ending in story.endings}
        dues = [due for due in story.dues if due.scene is not None and self.consequences]
        self.left = 2 + len(dues) + len(self.codas) + len(self.dials)
        dials = self._ask_endings()
        for due in dues:
            self._ask_due(due)
        self._scenes(dues)
        for coda in self.codas:
            question = Question(coda_claim(coda.id), coda=coda.id)
            graph = self._explore(question, frozenset((f"coda {coda.id}",)))
            proof.codas[coda.id] = graph.witness(f"coda {coda.id}")
        for dial in self.dials:
            if dial in dials:
                continue
            graph = self._explore(self._dial_question(frozenset((dial,)), dial_claim(DIAL_NAMES[dial])))
            if graph.complete:
                self._fill_dials(Counts(graph), frozenset((dial,)))
        proof.seconds = time.perf_counter() - self.begun
        return proof

    # Asking

    def _need(self, question: Question, *, exact: bool = False) -> Need:
        return need(self.chart, question, exact=exact)

    def _explore(self, question: Question, wanted: frozenset[str] = frozenset()) -> Graph:
        """The graph of a question, and its claim."""
        now = time.perf_counter()
        rest = max(0.0, self.begun + self.seconds - now)
        # The first questions are what the others stand on: they may take half of what is left.
        share = rest / (2 if question.name in (DECISIONS, ENDINGS) else max(1, min(self.left, 4)))
        self.left -= 1
        bounds = Bounds(self.max_states, now + share, f"the time allowed ({self.seconds:g} s in all)")
        try:
            graph = explore(Slice(self.chart, question, self._need(question)), bounds, wanted=wanted)
        except Undecided:
            graph = explore(Slice(self.chart, question, self._need(question, exact=True)), bounds, wanted=wanted)
        self.proof.claims[question.name] = Claim(
            graph.complete or (bool(wanted) and wanted <= graph.first.keys()), len(graph.states), graph.stopped_by
        )
        return graph

    @staticmethod
    def _dial_question(dials: frozenset[int], name: str) -> Question:
        return Question(name, dials=dials, endings=True)

    def _ask_endings(self) -> frozenset[int]:
        """Endings, with the dials that need nothing more; and the decisions. Returns these dials."""
        plain = Question(ENDINGS, endings=True)
        least = self._need(plain)
        free: set[int] = set()
        for dial in self.dials:
            more = self._need(self._dial_question(frozenset((dial,)), ENDINGS))
            if more.dues == least.dues and more.values - {dial} == least.values - {dial}:
                free.add(dial)
        dials = frozenset(free)
        graph = self._explore(replace(plain, dials=dials))
        claim = self.proof.claims[ENDINGS]
        for dial in dials:
            self.proof.claims[dial_claim(DIAL_NAMES[dial])] = claim if claim.proved else replace(claim)
        if graph.complete:
            counts = Counts(graph)
            self._fill_endings(counts)
            self._fill_dials(counts, dials)
        for node, state in enumerate(graph.states):
            if state.scene == "(end)":
                ending = self.proof.endings[graph.part.stepper.ending(state)]
                if ending.witness is None:
                    ending.witness = graph.way_to(node)
        if graph.complete:
            self.proof.claims[DECISIONS] = Claim(True, 0)
            self._fill_decisions(graph, counts)
        else:
            graph = self._explore(Question(DECISIONS))
            self._fill_decisions(graph, Counts(graph) if graph.complete else None)
        return dials

    def _ask_due(self, due: Due) -> None:
        ways = {"came": f"due {due.index} True"}
        if due.guard is not None:
            ways["otherwise" if due.otherwise is not None else "prevented"] = f"due {due.index} False"
        question = Question(consequence_claim(due.id), dues=frozenset((due.index,)))
        if due.index in self.chart.fates.out:  # however one plays, the next part of the career has begun by then
            self.left -= 1
            self.proof.claims[question.name] = Claim(True, 0)
            self.proof.consequences[due.id] = dict.fromkeys(ways)
            return
        graph = self._explore(question, frozenset(ways.values()))
        self.proof.consequences[due.id] = {how: graph.witness(tag) for how, tag in ways.items()}

    # Filling in

    def _fill_decisions(self, graph: Graph, counts: Counts | None) -> None:
        proof, story = self.proof, self.story
        for scene in story.scenes.values():
            if not scene.consequence:
                proof.scenes[scene.id] = graph.witness(f"scene {scene.id}")
        proof.choices = {ref: graph.witness(f"choice {ref}") for ref in _choices(story)}
        for node in reversed(graph.no_lapse):
            proof.no_lapse[graph.states[node].scene] = graph.way_to(node)
        if counts is not None:
            proof.plays = sum(counts.plays[node] for node in counts.ends)
            proof.longest, proof.shortest = counts.lengths()
            for node in reversed(range(len(graph.states))):
                if not graph.edges[node] and graph.states[node].scene != "(end)":
                    proof.strands[graph.states[node].scene] = graph.way_to(node)

    def _fill_endings(self, counts: Counts) -> None:
        odds = counts.odds()
        for ending in self.proof.endings.values():
            ending.plays, ending.odds = 0, 0 * next(iter(odds.values()), 0)  # type: ignore[assignment]
        for node in counts.ends:
            ending = self.proof.endings[counts.graph.part.stepper.ending(counts.graph.states[node])]
            assert ending.plays is not None
            assert ending.odds is not None
            ending.plays += counts.plays[node]
            ending.odds += odds[node]

    def _fill_dials(self, counts: Counts, dials: frozenset[int]) -> None:
        graph = counts.graph
        for dial in dials:
            found: dict[str, dict[int, int]] = {}
            for node, values in counts.dial(dial).items():
                into = found.setdefault(graph.part.stepper.ending(graph.states[node]), {})
                for value, count in values.items():
                    into[value] = into.get(value, 0) + count
            for ending, values in found.items():
                if values:
                    ordered = dict(sorted(values.items()))
                    self.proof.endings[ending].dials[DIAL_NAMES[dial]] = DialRange(min(values), max(values), ordered)

    def _scenes(self, dues: list[Due]) -> None:
        """A consequence is seen when something that may come due brings it."""
        proof, story = self.proof, self.story
        for scene in story.scenes.values():
            if not scene.consequence:
                proof.claims_of_scenes[scene.id] = (DECISIONS,)
                continue
            if not self.consequences:
                continue
            ways: list[Witness] = []
            claims: list[str] = []
            for due in dues:
                for how, way in proof.consequences[due.id].items():
                    if scene.id == (due.scene if how == "came" else due.otherwise):
                        claims.append(consequence_claim(due.id))
                        if way is not None:
                            ways.append(way)
            proof.scenes[scene.id] = min(ways, key=len, default=None)
            proof.claims_of_scenes[scene.id] = tuple(dict.fromkeys(claims))


def _choices(story: Story) -> list[str]:
    refs: list[str] = []
    for scene in story.scenes.values():
        if scene.consequence:
            continue
        refs += [choice.ref for choice in scene.choices.values()]
        if scene.pick is not None:
            refs += [f"{scene.id}.{piece}" for piece in scene.pick.pieces]
        if scene.board is not None:
            refs += [f"{scene.id}.{question}" for question in scene.board.questions]
        if scene.skip is not None and scene.decides:
            refs.append(f"{scene.id}.(skip)")
    return refs
