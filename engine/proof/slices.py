"""A story reduced to what one question hangs on: a slice. It has the decisions of the whole story, and runs on the same engine.

Every question about all plays needs the decisions on offer: what they ask for, and whatever may change that, is in every slice. On top
of it comes what the question asks for. The rest is taken out of the story: changes of other values, consequences that change nothing
that matters, and, where no consequence is left that matters, the time. What remains is a story, stepped by the same `Stepper`
and `World` as any. Why a play of the slice is a play of the story, decision for decision, stands in docs/proving.md.

Two things are not taken out but settled at once:

* A consequence that comes whatever happens, and does no more than move dials that nothing asks for before the end, moves them
  when it is set going.
* The waits in the scripts of consequences that were taken out could make later things a little later. Their sum is `slack`: the
  slice says when a moment stands so near another that this could turn their order (`Undecided`), and is then made with those
  consequences in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from engine.play.stepper import Stepper
from engine.play.world import State, World
from engine.story.machine import Do
from engine.story.model import (
    SET,
    SHOWN,
    UNTIL,
    WAIT,
    Choice,
    Cue,
    Due,
    Effect,
    Guard,
    Move,
    Op,
    Rule,
    Scene,
    Story,
)

DIALS = 5


class Undecided(Exception):
    """The order of two moments hangs on waits that were taken out."""


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


# Where something is changed


@dataclass(slots=True)
class _Site:
    """A place in a story where values are changed and consequences set going."""

    scene: str
    """The scene that it belongs to; empty: none."""
    due: int = -1
    """The consequence whose own effect it is."""
    when: frozenset[int] = frozenset()
    """Values that decide whether it happens, beside the player's decision."""
    ops: tuple[Op, ...] = ()
    later: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()


class Map:
    """All that changes anything in a story, found once and used for every slice of it."""

    def __init__(self, stepper: Stepper) -> None:
        self.stepper = stepper
        self.story = stepper.story
        self.flow = self._find_flow()
        """Values that the decisions on offer, and the way from scene to scene, hang on."""
        self.sites = list(self._find_sites())
        self.brought: dict[str, list[int]] = {}
        """Consequence scene to the dues that bring it."""
        for due in self.story.dues:
            for name in (due.scene, due.otherwise):
                if name is not None:
                    self.brought.setdefault(name, []).append(due.index)
        self.reckoning = frozenset(self.story.reckoning)
        self.writers: dict[int, list[_Site]] = {}
        self.makers: dict[int, list[_Site]] = {}
        for site in self.sites:
            for op in site.ops:
                self.writers.setdefault(op[0], []).append(site)
            for index in site.later:
                self.makers.setdefault(index, []).append(site)
        for scene in self.story.scenes.values():
            if scene.board is not None and scene.board.count >= 0:
                reads = frozenset().union(*(card.guard.reads for card in scene.board.cards.values() if card.guard is not None))
                self.writers.setdefault(scene.board.count, []).append(_Site(scene.id, when=reads))
        self.shown: dict[int, list[tuple[_Site, Move]]] = {}
        """Value, or -1 - due, to the moves of scripts that change it."""
        for site in self.sites:
            for move in site.moves:
                _guard, code, a, _b, _c, d, _e = move
                if code in (SET, SHOWN) and a >= 0:
                    self.shown.setdefault(a, []).append((site, move))
                if code == SHOWN and d >= 0:
                    self.shown.setdefault(-1 - d, []).append((site, move))
        self.waits = [self._waits_of(due) for due in self.story.dues]
        """How long the script of each consequence takes at most, in story seconds; None: it waits until a moment."""
        self._times: dict[int, int] = {}

    def _find_flow(self) -> frozenset[int]:
        reads: set[int] = set()
        for _source, _trigger, guard, _dest, _do in self.stepper.ways():
            if guard is not None:
                reads |= guard.reads
        for scene in self.story.scenes.values():
            for guard in offer_guards(scene):
                reads |= guard.reads
        return frozenset(reads)

    def _find_sites(self) -> Iterator[_Site]:
        for scene in self.story.scenes.values():
            name = scene.id
            yield _Site(name, -1, frozenset(), scene.effect.ops, scene.effect.later, scene.moves)
            for choice in scene.choices.values():
                moves = (*choice.moves, *_moves(choice.script))
                yield _Site(name, -1, frozenset(), choice.effect.ops, choice.effect.later, moves)
            for several in (scene.pick, scene.board):
                if several is None:
                    continue
                yield _Site(name, -1, frozenset(), several.effect.ops, several.effect.later, _moves(several.script))
                for rule in several.rules:
                    yield _Site(name, -1, rule.guard.reads, rule.effect.ops, rule.effect.later, _moves(rule.script))
            if scene.pick is not None:
                yield _Site(name, -1, frozenset(), (), (), scene.pick.moves)
                for piece in scene.pick.pieces.values():
                    yield _Site(name, -1, frozenset(), piece.effect.ops, piece.effect.later, ())
        for due in self.story.dues:
            if due.effect is not None:
                yield _Site("", due.index, frozenset(), due.effect.ops, due.effect.later, ())

    def _waits_of(self, due: Due) -> int | None:
        longest = 0
        for name in (due.scene, due.otherwise):
            if name is not None:
                scene = self.story.scenes[name]
                if any(move[1] == UNTIL for move in scene.moves):
                    return None
                longest = max(longest, scene.told_for + sum(move[2] for move in scene.moves if move[1] == WAIT))
        return longest

    def times(self, due: int) -> int:
        """How often a consequence can come in one play, at most."""
        if due not in self._times:
            makers = self.makers.get(due, [])
            self._times[due] = sum(self.runs(site) for site in makers) + (due in self.reckoning)
        return self._times[due]

    def runs(self, site: _Site) -> int:
        """How often something can happen in one play, at most."""
        if site.due >= 0:
            return self.times(site.due)
        brought = self.brought.get(site.scene)
        return sum(self.times(due) for due in brought) if brought is not None else 1


def offer_guards(scene: Scene) -> Iterator[Guard]:
    """What decides which pieces and cards are there."""
    if scene.pick is not None:
        yield from (piece.guard for piece in scene.pick.pieces.values() if piece.guard is not None)
    if scene.board is not None:
        yield from (card.guard for card in scene.board.cards.values() if card.guard is not None)


def _moves(cues: tuple[Cue, ...]) -> tuple[Move, ...]:
    return tuple(move for cue in cues for move in cue.moves)


# What matters


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
    """Nothing was taken out that could move the clock."""
    slack: int
    """By how many story seconds what was taken out may delay things, at most."""


def need(chart: Map, question: Question, *, exact: bool = False) -> Need:
    """What a question hangs on. With `exact` every consequence that takes time is kept where time matters."""
    story = chart.story
    start = set(chart.flow) | set(question.dials)
    if question.endings:
        for ending in story.endings:
            start |= ending.guard.reads if ending.guard is not None else frozenset()
    for coda in story.codas:
        if coda.id == question.coda and coda.guard is not None:
            start |= coda.guard.reads
    early: frozenset[int] = frozenset()
    while True:
        closure = _Closure(chart, early)
        closure.ask(start, question.dues)
        # Time matters while something may still come that matters.
        timed = bool(closure.dues - chart.reckoning)
        slack = 0
        if timed:
            slack = closure.keep_time(exact=exact)
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
            return Need(frozenset(closure.values), frozenset(closure.dues), early, timed, exact or not timed, slack)
        early |= more


def _only_dials(chart: Map, index: int, closure: _Closure, asked: set[int], watched: frozenset[int]) -> bool:
    """The consequence comes whatever happens, and all that it does that matters is to move dials that are asked for at the end only."""
    due = chart.story.dues[index]
    if due.guard is not None or due.scene is None or index in watched:
        return False
    scene = chart.story.scenes[due.scene]
    if _slice_moves(scene.moves, closure.values, closure.dues, timed=False):
        return False
    for effect in (due.effect, scene.effect):
        if effect is None:
            continue
        for op in effect.ops:
            if op[0] in closure.values and (op[0] >= DIALS or not op[1] or op[0] in asked):
                return False
        for other in effect.later:
            if other in closure.dues and not _only_dials(chart, other, closure, asked, watched):
                return False
    return True


class _Closure:
    """Everything that may influence what is asked for: found by going back from reader to writer until nothing is added."""

    def __init__(self, chart: Map, early: frozenset[int]) -> None:
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
                if -1 - one in self.dues:
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

    def _site(self, site: _Site) -> list[int]:
        found = self._ask(site.when)
        brought = [site.due] if site.due >= 0 else self.chart.brought.get(site.scene, [])
        for due in brought:
            if due not in self.early:
                found.append(-1 - due)
            else:  # it is settled where it is set going, so what decides about that matters
                for maker in self.chart.makers.get(due, []):
                    found += self._site(maker)
        return found

    def keep_time(self, *, exact: bool) -> int:
        """Time matters: keep what it hangs on. Returns by how much what was left out may delay things, in story seconds."""
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
            late = any(self._follows_reckoning(due) for due in self.dues)
            for due in story.dues:
                if (exact or chart.waits[due.index] is None) and (late or not self._only_reckoning(due.index)):
                    self.ask((), [due.index])
            if (len(self.values), len(self.dues)) == before:
                break
        slack = 0
        for due in story.dues:
            if due.index not in self.dues:
                slack += (chart.waits[due.index] or 0) * chart.times(due.index)
        for site in chart.sites:
            for guard, code, seconds, *_rest in site.moves:
                reads = (guard.reads if guard is not None else frozenset()) | site.when
                if code == WAIT and not reads <= self.values:
                    slack += seconds * chart.runs(site)
        return slack

    def _only_reckoning(self, due: int) -> bool:
        """It comes in the reckoning only, or is brought by something that does."""
        makers = self.chart.makers.get(due, [])
        return all(self._in_reckoning(site) for site in makers) and (bool(makers) or due in self.chart.reckoning)

    def _follows_reckoning(self, due: int) -> bool:
        """Something that comes in the reckoning brings it."""
        return any(self._may_be_in_reckoning(site) for site in self.chart.makers.get(due, [])) or any(
            self._may_be_in_reckoning(site) for site, _move in self.chart.shown.get(-1 - due, [])
        )

    def _bringing(self, site: _Site) -> list[int]:
        return [site.due] if site.due >= 0 else self.chart.brought.get(site.scene, [])

    def _in_reckoning(self, site: _Site) -> bool:
        brought = self._bringing(site)
        return bool(brought) and all(self._only_reckoning(due) for due in brought)

    def _may_be_in_reckoning(self, site: _Site) -> bool:
        return any(due in self.chart.reckoning or self._follows_reckoning(due) for due in self._bringing(site))

    def asked_before_the_end(self) -> set[int]:
        """Values that something other than endings and codas asks for, in what matters."""
        return self._asked


# The slice


def _slice_moves(moves: tuple[Move, ...], values: Iterable[int], dues: Iterable[int], *, timed: bool) -> tuple[Move, ...]:
    found: list[Move] = []
    for move in moves:
        guard, code, a, b, c, d, e = move
        if code == WAIT:
            if timed and (guard is None or guard.reads <= values):  # type: ignore[operator]
                found.append(move)
        elif code == UNTIL:
            if timed:
                found.append(move)
        elif code == SET:
            if a in values:  # type: ignore[operator]
                found.append(move)
        else:
            a, d = (a if a in values else -1), (d if d in dues else -1)  # type: ignore[operator]
            if a >= 0 or d >= 0:
                found.append((guard, SHOWN, a, b, c if d >= 0 else -1, d, e))
    return tuple(found)


class _Slicer:
    def __init__(self, chart: Map, needed: Need, question: Question) -> None:
        self.chart = chart
        self.needed = needed
        self.question = question

    def story(self) -> Story:
        story = self.chart.story
        return replace(
            story,
            scenes={name: self.scene(scene) for name, scene in story.scenes.items()},
            dues=tuple(self.due(due) for due in story.dues),
            reckoning=tuple(index for index in story.reckoning if index in self.needed.dues),
            endings=story.endings if self.question.endings else (),
            codas=tuple(coda for coda in story.codas if coda.id == self.question.coda),
            machine=None,
        )

    def scene(self, scene: Scene) -> Scene:
        timed = self.needed.timed
        pick, board = scene.pick, scene.board
        if pick is not None:
            pick = replace(
                pick,
                pieces={
                    name: replace(piece, effect=self.effect(piece.effect), at=self.value(piece.at))
                    for name, piece in pick.pieces.items()
                },
                effect=self.effect(pick.effect),
                rules=self.rules(pick.rules),
                moves=self.moves(pick.moves),
                script=self.script(pick.script),
                takes=pick.takes if timed else 0,
            )
        if board is not None:
            board = replace(
                board,
                effect=self.effect(board.effect),
                rules=self.rules(board.rules),
                script=self.script(board.script),
                count=self.value(board.count),
                found=self.value(board.found),
                questions={name: replace(one, at=self.value(one.at)) for name, one in board.questions.items()},
            )
        return replace(
            scene,
            effect=self.effect(scene.effect),
            when=scene.when if timed else None,
            relative=scene.relative and timed,
            muted=scene.muted if timed else -1,
            told_for=scene.told_for if timed else 0,
            moves=self.moves(scene.moves),
            choices={name: self.choice(choice) for name, choice in scene.choices.items()},
            pick=pick,
            board=board,
            script=(),
            tellings=(),
        )

    def choice(self, choice: Choice) -> Choice:
        return replace(
            choice,
            effect=self.effect(choice.effect),
            moves=self.moves(choice.moves),
            script=self.script(choice.script),
            takes=choice.takes if self.needed.timed else 0,
        )

    def due(self, due: Due) -> Due:
        if due.index not in self.needed.dues:
            return due
        return replace(due, effect=self.effect(due.effect)) if due.effect is not None else due

    def value(self, index: int) -> int:
        return index if index in self.needed.values else -1

    def effect(self, effect: Effect) -> Effect:
        ops = [op for op in effect.ops if op[0] in self.needed.values]
        for index in effect.later:
            if index in self.needed.early:
                ops += self.early(index)
        later = tuple(index for index in effect.later if index in self.needed.dues)
        return Effect(effect.source, tuple(ops), later=later)

    def early(self, index: int) -> Iterator[Op]:
        """What a consequence that surely comes does to the dials, and what those do that it brings."""
        due = self.chart.story.dues[index]
        assert due.scene is not None
        for effect in (due.effect, self.chart.story.scenes[due.scene].effect):
            if effect is None:
                continue
            yield from (op for op in effect.ops if op[0] in self.needed.values)
            for other in effect.later:
                yield from self.early(other)

    def moves(self, moves: tuple[Move, ...]) -> tuple[Move, ...]:
        return _slice_moves(moves, self.needed.values, self.needed.dues, timed=self.needed.timed)

    def script(self, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        moves = self.moves(_moves(cues))
        return (replace(cues[0], moves=moves),) if moves else ()

    def rules(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        found = []
        for rule in rules:
            if not rule.guard.reads <= self.needed.values:
                continue
            sliced = replace(rule, effect=self.effect(rule.effect), script=self.script(rule.script))
            if sliced.effect.ops or sliced.effect.later or sliced.script:
                found.append(sliced)
        return tuple(found)


class Slice:
    """A slice of a story, with the stepper of the whole story's table over it."""

    def __init__(self, chart: Map, question: Question, needed: Need) -> None:
        self.question = question
        self.needed = needed
        self.story = _Slicer(chart, needed, question).story()
        self.stepper = chart.stepper.over(self.story, self._bound)
        self.spread = self._find_spread(chart)
        """Dial to the least and the most that anything beside choices and pieces may add to it in one play."""
        self.together = chart.reckoning
        """Consequences that are all set going at one moment, so that nothing can change their order."""
        self.brings_late = any(self._brings(index) for index in self.story.reckoning)
        """After the last decision something is set going by what comes then."""

    def _bound(self, do: Do) -> Do:
        what: Any = do.what
        if isinstance(what, Choice):
            return Do(do.verb, self.story.scenes[what.ref[: -len(what.id) - 1]].choices[what.id])
        return Do(do.verb, self.story.scenes[what.id]) if what is not None else do

    def _find_spread(self, chart: Map) -> dict[int, tuple[int, int]]:
        story = self.story
        moving: list[tuple[Effect, int]] = []
        for due in story.dues:
            if due.effect is not None and due.index in self.needed.dues:
                moving.append((due.effect, chart.times(due.index)))
        for scene in story.scenes.values():
            brought = chart.brought.get(scene.id)
            kept = [due for due in brought if due in self.needed.dues] if brought is not None else []
            moving.append((scene.effect, 1 if brought is None else sum(chart.times(due) for due in kept)))
            for several in (scene.pick, scene.board):
                if several is not None:
                    moving.append((several.effect, 1))
                    moving += [(rule.effect, 1) for rule in several.rules]
        spread: dict[int, tuple[int, int]] = {}
        for effect, times in moving:
            for index, _add, amount, _low, _high in effect.ops:
                if index < DIALS:
                    low, high = spread.get(index, (0, 0))
                    spread[index] = (low + min(0, amount) * times, high + max(0, amount) * times)
        return spread

    def _brings(self, index: int) -> bool:
        due = self.story.dues[index]
        scenes = [self.story.scenes[name] for name in (due.scene, due.otherwise) if name is not None]
        effects = [due.effect, *(scene.effect for scene in scenes)]
        return any(effect is not None and effect.later for effect in effects) or any(
            move[1] in (UNTIL, SHOWN) for scene in scenes for move in scene.moves
        )

    def world(self, alive: frozenset[str]) -> SliceWorld:
        """A world to step in. `alive` are the scenes on whose arrival, or later, something may still be set going."""
        if self.needed.exact:
            return SliceWorld(self.story)
        world = CarefulWorld(self)
        world.alive = alive
        return world


class SliceWorld(World):
    """A world that remembers which scenes were shown and what came due since it was restored."""

    __slots__ = ("came", "scenes")

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.scenes: list[str] = []
        self.came: list[tuple[int, bool]] = []

    def restore(self, state: State) -> None:
        """Be in `state`."""
        super().restore(state)
        self.scenes.clear()
        self.came.clear()

    def on_scene(self, scene: Scene, since: int) -> None:
        """Remember the scene."""
        self.scenes.append(scene.id)

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Remember how it came."""
        self.came.append((due.index, holds))


class CarefulWorld(SliceWorld):
    """A world from which consequences were taken out that move the clock: every order of two moments is held against `slack`.

    With everything in it, each moment would be as late as here, or later by `slack` seconds at most. Raises Undecided when that
    could change what comes first.
    """

    __slots__ = ("_gap", "_part", "alive")

    def __init__(self, part: Slice) -> None:
        super().__init__(part.story)
        self._part = part
        self.alive: frozenset[str] = frozenset()
        """Scenes from which on something may still be set going."""
        self._gap = -1
        """Up to when something that was taken out may have moved the clock on the way to a scene that was passed over."""

    def restore(self, state: State) -> None:
        """Be in `state`."""
        super().restore(state)
        self._gap = -1

    def pass_over(self, scene: Scene) -> None:
        """A scene that was approached is not entered after all: but time may have passed, up to its moment."""
        if self._target is not None:
            self._gap = max(self._gap, self._target)
        super().pass_over(scene)

    def finish(self) -> None:
        """After the last decision time runs on until nothing is left to come."""
        if self._gap > self.clock and (self.pending or self._part.brings_late):
            raise Undecided
        super().finish()

    def _time_of(self, scene: Scene) -> int:
        if (
            self._gap > self.clock
            and (scene.when is None or scene.relative or scene.when < self._gap)
            and (self.pending or scene.id in self.alive)
        ):
            raise Undecided
        self._gap = -1
        return super()._time_of(scene)

    def _due_until(self, target: int) -> None:
        pending, slack, together = self.pending, self._part.needed.slack, self._part.together
        while pending:
            at, index = pending[0]
            if at > target:
                if at <= target + slack:
                    raise Undecided
                return
            if at + slack > target:
                raise Undecided
            if len(pending) > 1 and pending[1][0] <= at + slack and not {index, pending[1][1]} <= together:
                raise Undecided
            pending.pop(0)
            since = self.clock
            self.clock = max(self.clock, at)
            self._come_due(self.story.dues[index], since)
