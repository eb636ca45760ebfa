"""What a question about all plays hangs on: found by going back from what is asked to all that may change it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from engine.proof.chart import Chart, Site
from engine.story.model import DIAL_COUNT, SET, SHOWN, UNTIL, WAIT, Move


@dataclass(frozen=True)
class Question:
    """What is asked of all plays, beside which decisions there are."""

    name: str
    dues: frozenset[int] = frozenset()
    """Consequences whose coming is watched."""
    dials: frozenset[int] = frozenset()
    """Dials whose way through the play is watched."""
    endings: bool = False
    coda: str = ""
    marks: frozenset[str] = frozenset()
    """More codas, by id: which of them hold at the end is kept apart. For what is handed on to the next part of a career."""


@dataclass(frozen=True)
class Need:
    """What a question hangs on."""

    values: frozenset[int]
    dues: frozenset[int]
    """Consequences that are kept."""
    early: frozenset[int]
    """Consequences whose dials are moved when they are set going."""
    timed: bool
    exact: bool
    """Nothing was taken out that could move the clock while it matters."""


def need(chart: Chart, question: Question, *, exact: bool = False) -> Need:
    """What a question hangs on. With `exact` every consequence that takes time is kept where time matters."""
    story = chart.story
    start = set(chart.flow) | set(question.dials)
    if question.endings:
        for ending in story.endings:
            start |= ending.guard.reads if ending.guard is not None else frozenset()
    for coda in story.codas:
        if (coda.id == question.coda or coda.id in question.marks) and coda.guard is not None:
            start |= coda.guard.reads
    early: frozenset[int] = frozenset()
    while True:
        closure = _Closure(chart, early)
        closure.ask(start, question.dues)
        # Where it hangs on the clock whether something comes before the horizon, the clock has to be right.
        unsure = bool(closure.dues & chart.fates.unsure)
        exact = exact or unsure
        # Time matters while something may still come that matters.
        timed = unsure or bool(closure.dues - chart.reckoning)
        if timed:
            closure.keep_time(exact=exact)
        asked = closure.asked_before_the_end()
        more = frozenset(
            due.index
            for due in story.dues
            if due.index in closure.dues
            and due.index not in question.dues
            and due.index not in chart.reckoning
            and _only_dials(chart, due.index, closure, asked, question.dues)
            and not (exact and timed)
        )
        if more <= early:
            return Need(frozenset(closure.values), frozenset(closure.dues), early, timed, exact or not timed)
        early |= more


def _only_dials(chart: Chart, index: int, closure: _Closure, asked: set[int], watched: frozenset[int]) -> bool:
    """The consequence comes whatever happens, and all that it does that matters is to move dials that are asked for at the end only."""
    due = chart.story.dues[index]
    if due.guard is not None or due.scene is None or index in watched:
        return False
    scene = chart.story.scenes[due.scene]
    if kept_moves(scene.moves, closure.values, closure.dues, timed=False):
        return False
    for effect in (due.effect, scene.effect):
        if effect is None:
            continue
        for op in effect.ops:
            if op[0] in closure.values and (op[0] >= DIAL_COUNT or not op[1] or op[0] in asked):
                return False
        for other in effect.later:
            if other in closure.dues and not _only_dials(chart, other, closure, asked, watched):
                return False
    return True


class _Closure:
    """Everything that may influence what is asked for: found by going back from reader to writer until nothing is added."""

    def __init__(self, chart: Chart, early: frozenset[int]) -> None:
        self.chart = chart
        self.early = early
        self.values: set[int] = set()
        self.dues: set[int] = set()
        self._asked: set[int] = set(chart.flow)
        """Values that something other than endings and codas asks for."""

    def ask(self, values: Iterable[int], dues: Iterable[int] = ()) -> None:
        """These matter, and so does what changes them."""
        chart = self.chart
        todo: list[int] = [*values, *(-1 - due for due in dues)]
        while todo:
            one = todo.pop()
            if one >= 0:
                if one in self.values:
                    continue
                self.values.add(one)
                makers = chart.writers.get(one, [])
            else:
                if -1 - one in self.dues or -1 - one in chart.fates.out:
                    continue
                self.dues.add(-1 - one)
                guard = chart.story.dues[-1 - one].guard
                if guard is not None:
                    todo += self._ask(guard.reads)
                makers = chart.makers.get(-1 - one, [])
            for site in makers:
                todo += self._site(site)
            for site, (guard, _code, _a, _b, c, d, e) in chart.shown.get(one, []):
                todo += self._site(site)
                reads = set(guard.reads) if guard is not None else set()
                if e >= 0 and _code == SHOWN:
                    reads.add(e)
                if one < 0 and d >= 0 and c >= 0:
                    reads.add(c)
                todo += self._ask(reads)

    def _ask(self, values: Iterable[int]) -> list[int]:
        values = list(values)
        self._asked.update(values)
        return values

    def _site(self, site: Site) -> list[int]:
        brought = [site.due] if site.due >= 0 else self.chart.brought.get(site.scene, [])
        if brought and self.chart.fates.out.issuperset(brought):
            return []
        found = self._ask(site.when)
        for due in brought:
            if due not in self.early:
                found.append(-1 - due)
            else:  # it is settled where it is set going, so what decides about that matters
                for maker in self.chart.makers.get(due, []):
                    found += self._site(maker)
        return found

    def keep_time(self, *, exact: bool) -> None:
        """Time matters: keep what it hangs on, beside waits that can be left in doubt."""
        chart, story = self.chart, self.chart.story
        while True:
            before = len(self.values), len(self.dues)
            for scene in story.scenes.values():
                if scene.muted >= 0:
                    self.ask(self._ask([scene.muted]))
            for site in chart.sites:
                brought = chart.brought.get(site.scene, [])
                if brought and not any(due in self.dues for due in brought):
                    continue
                for move in site.moves:
                    if move[1] == UNTIL or (exact and move[1] == WAIT):
                        self.ask(self._ask(move[0].reads if move[0] is not None else ()))
                        self.ask(self._ask(site.when))
            late = any(chart.follows_reckoning(due) for due in self.dues)
            for due in story.dues:
                if (exact or chart.waits[due.index] is None) and (late or not chart.only_reckoning(due.index)):
                    self.ask((), [due.index])
            if (len(self.values), len(self.dues)) == before:
                break

    def asked_before_the_end(self) -> set[int]:
        """Values that something other than endings and codas asks for, in what matters."""
        return self._asked


def kept_moves(moves: tuple[Move, ...], values: Set[int], dues: Set[int], *, timed: bool) -> tuple[Move, ...]:
    """The moves that change what matters; of waits, those of which it is known whether they happen."""
    found: list[Move] = []
    for move in moves:
        guard, code, a, b, c, d, e = move
        if code == WAIT:
            if timed and (guard is None or guard.reads <= values):
                found.append(move)
        elif code == UNTIL:
            if timed:
                found.append(move)
        elif code == SET:
            if a in values:
                found.append(move)
        else:
            a, d = (a if a in values else -1), (d if d in dues else -1)
            if a >= 0 or d >= 0:
                found.append((guard, SHOWN, a, b, c if d >= 0 else -1, d, e))
    return tuple(found)
