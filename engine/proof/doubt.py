"""By how much what was taken out of a story may delay what was left in it."""

from __future__ import annotations

from typing import NamedTuple

from engine.play.world import FOREVER
from engine.proof.chart import Chart, moves_in
from engine.proof.need import Need
from engine.proof.world import Doubts
from engine.story.machine import Do
from engine.story.model import UNTIL, WAIT, Board, Choice, Move, Pick, Scene


def find_doubts(chart: Chart, needed: Need, order: list[str]) -> Doubts:
    """The doubts of the slice that keeps what is `needed`. `order` are the states of the machine from first to last."""
    return _Doubter(chart, needed, order).find()


class _Span(NamedTuple):
    """The clock at a state of the machine, in story seconds."""

    low: int
    """It is at least this, in the slice."""
    high: int
    """It is at most this in the whole story, waits of consequences apart."""
    doubt: int
    """It is at most so much later in the whole story than in the slice, waits of consequences apart."""
    passed: int
    """What was due until here has come, in the slice."""

    def join(self, other: _Span | None) -> _Span:
        if other is None:
            return self
        return _Span(
            min(self.low, other.low),
            max(self.high, other.high),
            max(self.doubt, other.doubt),
            min(self.passed, other.passed),
        )


class _Doubter:
    """Follows the clock through the machine, with bounds, to find by how much what was taken out may delay anything."""

    def __init__(self, chart: Chart, needed: Need, order: list[str]) -> None:
        self.chart = chart
        self.needed = needed
        self.order = order
        story = chart.story
        waits = [(chart.waits[due.index], due.index) for due in story.dues]
        self.dropped = any(due.index not in needed.dues for due in story.dues)
        early = [(wait or 0, index) for wait, index in waits if not chart.only_reckoning(index)]
        self.all_delay = sum(wait * chart.times(index) for wait, index in early)
        """What consequences may wait before the last decision, all together."""
        self.delay = sum(wait * chart.times(index) for wait, index in early if index not in needed.dues)
        """What those may wait that were taken out."""
        self.late_delay = sum((wait or 0) * chart.times(index) for wait, index in waits if index not in needed.dues)
        """The same, with the reckoning."""
        moments = [
            move[2]
            for scene in story.scenes.values()
            if scene.consequence and not all(chart.only_reckoning(due) for due in chart.brought.get(scene.id, []))
            for move in scene.moves
            if move[1] == UNTIL
        ]
        self.moment = max(moments, default=0)
        """The last moment that a consequence waits for."""
        self.mutes: dict[int, int] = {}
        for site in chart.sites:
            for index, _add, amount, _low, _high in site.ops:
                self.mutes[index] = max(self.mutes.get(index, 0), amount)

    def find(self) -> Doubts:
        chart, story = self.chart, self.chart.story
        ways: dict[str, list[tuple[str, Do | None]]] = {}
        for source, _trigger, _guard, dest, do in chart.stepper.ways():
            ways.setdefault(source, []).append((dest, do))
        before: dict[str, _Span] = {self.order[0]: _Span(story.start_clock, story.start_clock, 0, story.start_clock)}
        waits = self._all_waits()
        outs: dict[str, tuple[int, int, int]] = {}
        for name in self.order:
            span = before[name]
            scene = story.scenes.get(name)
            gate = story.scenes[name[:-1]] if name.endswith("?") else None
            if scene is not None:
                span = self._arrive(span, scene)
                for choice in scene.choices.values():
                    if choice.stay:
                        span = self._wait(span, (*choice.moves, *moves_in(choice.script)), choice.takes)
            elif gate is not None:
                span = span._replace(passed=max(span.passed, self._target(span, gate).low))
            highest, highest_clock = span.doubt, span.high
            for dest, do in ways.get(name, ()):
                after = span
                if do is not None and do.verb == "pass_over" and gate is not None:
                    high = self._target(span, gate).high
                    after = span._replace(high=high, doubt=max(span.doubt, high - span.low) if self.dropped else span.doubt)
                elif do is not None and isinstance(do.what, Choice):
                    after = self._wait(span, (*do.what.moves, *moves_in(do.what.script)), do.what.takes)
                elif do is not None and do.verb in ("pick", "link") and isinstance(do.what, Scene):
                    several = do.what.pick or do.what.board
                    assert several is not None
                    after = self._several(span, several)
                highest, highest_clock = max(highest, after.doubt), max(highest_clock, after.high)
                if dest != name:
                    before[dest] = after.join(before.get(dest))
            outs[name] = highest, span.passed, highest_clock
        scripts = [wait or 0 for wait in chart.waits]
        return Doubts(waits, self._dues(outs), scripts, self.delay, self.dropped)

    def _all_waits(self) -> dict[str, int]:
        """The waits that were taken out of scripts."""
        zero = _Span(0, 0, 0, 0)
        waits: dict[str, int] = {}
        for scene in self.chart.story.scenes.values():
            waits[scene.id] = self._wait(zero, scene.moves, 0).doubt
            for choice in scene.choices.values():
                waits[choice.ref] = self._wait(zero, (*choice.moves, *moves_in(choice.script)), 0).doubt
            for several in (scene.pick, scene.board):
                if several is not None:
                    waits[f"{scene.id}."] = self._several(zero, several).doubt
        return waits

    def _several(self, span: _Span, several: Pick | Board) -> _Span:
        moves, takes = (several.moves, several.takes) if isinstance(several, Pick) else ((), 0)
        span = self._wait(span, (*moves, *moves_in(several.script)), takes)
        for rule in several.rules:
            span = self._wait(span, moves_in(rule.script), 0, rule.guard.reads)
        return span

    def _dues(self, outs: dict[str, tuple[int, int, int]]) -> list[int]:
        """The doubt of each consequence. `outs`: for each state its doubt, until when all that was due has come, its latest clock."""
        chart, story = self.chart, self.chart.story
        found: dict[int, tuple[int, int]] = {}
        everything = max(doubt for doubt, _passed, _high in outs.values()) + self.late_delay

        def look(index: int) -> tuple[int, int]:
            """Its doubt; and when it comes at the latest."""
            if index not in found:
                doubt, latest, after = 0, 0, story.dues[index].after
                sites = [*chart.makers.get(index, []), *(site for site, _move in chart.shown.get(-1 - index, []))]
                for site in sites:
                    bringing = chart.bringing(site)
                    for one in bringing:
                        before, comes = look(one)
                        # While it comes the clock may stand later than its moment: by the waits of what came before it on the same
                        # way, or by what is in doubt where it may still come.
                        still = max((lag for lag, passed, _high in outs.values() if passed < comes), default=0)
                        doubt, latest = max(doubt, before + self.all_delay, still + self.delay), FOREVER
                    if not bringing and site.scene in outs:
                        lag, _passed, high = outs[site.scene]
                        doubt, latest = max(doubt, lag + self.delay), max(latest, high + self.all_delay + after)
                if index in chart.reckoning or chart.follows_reckoning(index):
                    doubt, latest = everything, FOREVER
                found[index] = doubt, latest if after else FOREVER
            return found[index]

        return [look(due.index)[0] for due in story.dues]

    def _target(self, span: _Span, scene: Scene) -> _Span:
        """The moment of a scene."""
        when, doubt = scene.when or 0, span.doubt
        if scene.when is None or scene.relative:
            low, high = span.low + when, span.high + when
        else:
            low, high = max(span.low, when), max(span.high, when)
            # What came before may be over by then.
            doubt = min(doubt, max(0, max(span.high, self.moment) + self.all_delay - when))
        # What came on the way may have been late by its own waits.
        doubt = max(doubt, self.all_delay - self.delay)
        if scene.muted >= 0:
            high += self.mutes.get(scene.muted, 0)
        return _Span(low, high, doubt, max(span.passed, low))

    def _arrive(self, span: _Span, scene: Scene) -> _Span:
        return self._wait(self._target(span, scene), scene.moves, scene.told_for)

    def _wait(self, span: _Span, moves: tuple[Move, ...], takes: int, when: frozenset[int] = frozenset()) -> _Span:
        high, doubt = span.high + takes, span.doubt
        for guard, code, amount, *_rest in moves:
            if code == UNTIL:
                high = max(high, amount)
            elif code == WAIT:
                high += amount
                reads = (guard.reads if guard is not None else frozenset()) | when
                if not reads <= self.needed.values:
                    doubt += amount
        return span._replace(high=high, doubt=doubt)
