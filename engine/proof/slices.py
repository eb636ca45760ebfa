"""A story reduced to what one question hangs on: a slice. It has the decisions of the whole story, and runs on the same engine.

Every question about all plays needs the decisions on offer: what they ask for, and whatever may change that, is in every slice. On top
of it comes what the question asks for. The rest is taken out of the story: changes of other values, consequences that change nothing
that matters, and, where no consequence is left that matters, the time. What remains is a story, stepped by the same `Stepper`
and `World` as any. Why a play of the slice is a play of the story, decision for decision, stands in docs/proving.md.

Two things are not taken out but settled at once:

* A consequence that comes whatever happens, and does no more than move dials that nothing asks for before the end, moves them
  when it is set going.
* The waits in the scripts of what was taken out could make later things a little later. By how much at most is known for every
  moment: its doubt. The slice says when two moments stand so near each other that this could turn their order (`Undecided`), and is
  then made with all that takes time in it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

from engine.play.stepper import Stepper
from engine.play.world import FOREVER, State, World
from engine.story.horizon import fates
from engine.story.machine import Do
from engine.story.model import (
    SET,
    SHOWN,
    UNTIL,
    WAIT,
    Board,
    Choice,
    Cue,
    Due,
    Effect,
    Guard,
    Move,
    Op,
    Pick,
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
    marks: frozenset[str] = frozenset()
    """More codas, by id: which of them hold at the end is kept apart. For what is handed on to the next part of a career."""


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
        self.fates = fates(self.story)

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

    def only_reckoning(self, due: int) -> bool:
        """It comes in the reckoning only, or is brought by what does."""
        sites = self.makers.get(due, [])
        if not all(self.bringing(site) and all(self.only_reckoning(one) for one in self.bringing(site)) for site in sites):
            return False
        return bool(sites) or due in self.reckoning

    def follows_reckoning(self, due: int) -> bool:
        """Something that may come in the reckoning brings it."""
        sites = [*self.makers.get(due, []), *(site for site, _move in self.shown.get(-1 - due, []))]
        return any(one in self.reckoning or self.follows_reckoning(one) for site in sites for one in self.bringing(site))

    def bringing(self, site: _Site) -> list[int]:
        """The consequences with which something happens; none when it happens in the story itself."""
        return [site.due] if site.due >= 0 else self.brought.get(site.scene, [])


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
    """Nothing was taken out that could move the clock while it matters."""


def need(chart: Map, question: Question, *, exact: bool = False) -> Need:
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

    def _site(self, site: _Site) -> list[int]:
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


# The slice


def _slice_moves(moves: tuple[Move, ...], values: Set[int], dues: Set[int], *, timed: bool) -> tuple[Move, ...]:
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
            codas=tuple(coda for coda in story.codas if coda.id == self.question.coda or coda.id in self.question.marks),
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
                if other not in self.chart.fates.out:
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
        self._chart = chart
        self.asked_at_end = self._find_asked()
        """Values that endings, codas and the reckoning ask for."""
        unsure = bool(needed.dues & chart.fates.unsure)
        self.brings_late = unsure or any(self._brings(index) for index in self.story.reckoning)
        """After the last decision something is set going by what comes then, or the clock decides what still comes."""

    def _bound(self, do: Do) -> Do:
        what: Any = do.what
        if isinstance(what, Choice):
            return Do(do.verb, self.story.scenes[what.ref[: -len(what.id) - 1]].choices[what.id])
        return Do(do.verb, self.story.scenes[what.id]) if what is not None else do

    def _find_asked(self) -> frozenset[int]:
        story = self.story
        guards = [ending.guard for ending in story.endings] + [coda.guard for coda in story.codas]
        for index in story.reckoning:
            due = story.dues[index]
            guards.append(due.guard)
            for name in (due.scene, due.otherwise):
                if name is not None:
                    guards += [move[0] for move in story.scenes[name].moves]
        return frozenset().union(*(guard.reads for guard in guards if guard is not None))

    def _find_spread(self, chart: Map) -> dict[int, tuple[int, int]]:
        story = self.story
        moving: list[tuple[Effect, int]] = []
        moving += [
            (due.effect, chart.times(due.index))
            for due in story.dues
            if due.effect is not None and due.index in self.needed.dues
        ]
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

    def without_time(self) -> Slice:
        """The same slice for states from which on nothing is set going before the end: when things happen does not matter there."""
        return Slice(self._chart, self.question, replace(self.needed, timed=False, exact=True))

    def world(self, order: list[str]) -> SliceWorld:
        """A world to step in. `order` are the states of the machine from first to last."""
        if self.needed.exact:
            return SliceWorld(self)
        return CarefulWorld(self, _Doubter(self._chart, self.needed, order).find(), self._chart.reckoning)


def _nothing(_values: list[int]) -> Hashable:
    return ()


class _Finish(NamedTuple):
    """What comes of the values at the end."""

    values: tuple[tuple[int, int], ...]
    dials: tuple[int, ...]
    scenes: list[str]
    came: list[tuple[int, bool]]


class SliceWorld(World):
    """A world that remembers which scenes were shown and what came due since it was restored."""

    __slots__ = ("_asked", "_finishes", "_now", "came", "doubt", "scenes")

    def __init__(self, part: Slice) -> None:
        super().__init__(part.story)
        self._asked = tuple(sorted(part.asked_at_end))
        self._now: Callable[[list[int]], Hashable] = itemgetter(*self._asked) if self._asked else _nothing
        self._finishes: dict[Hashable, _Finish] | None = None if part.brings_late else {}
        self.scenes: list[str] = []
        self.came: list[tuple[int, bool]] = []
        self.doubt = 0
        """By how many story seconds the clock may stand later in the whole story, `Doubts.delay` apart."""

    def picked_up(self, scene: Scene) -> None:
        """What a pick or a board does was done elsewhere."""

    def restore(self, state: State) -> None:
        """Be in `state`."""
        super().restore(state)
        self.scenes.clear()
        self.came.clear()

    def finish(self) -> None:
        """After the last decision time runs on until nothing is left to come.

        Where nothing is pending, what comes of it hangs on the values alone that are asked for: so it is done once for each of them.
        """
        if self.pending or self._finishes is None:
            super().finish()
            return
        values = self.values
        key = self._now(values)
        found = self._finishes.get(key)
        if found is None:
            before, scenes, came = list(values), len(self.scenes), len(self.came)
            super().finish()
            found = self._finishes[key] = _Finish(
                tuple([(index, values[index]) for index in self._asked if index >= DIALS]),
                tuple([values[dial] - before[dial] for dial in range(DIALS)]),
                self.scenes[scenes:],
                self.came[came:],
            )
            return
        for index, value in found.values:
            values[index] = value
        for dial in range(DIALS):
            values[dial] += found.dials[dial]
        self.scenes += found.scenes
        self.came += found.came

    def on_scene(self, scene: Scene, since: int) -> None:
        """Remember the scene."""
        self.scenes.append(scene.id)

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Remember how it came."""
        self.came.append((due.index, holds))


@dataclass(frozen=True)
class Doubts:
    """By how many story seconds moments may be later than a slice says, at most."""

    waits: dict[str, int]
    """Waits that were taken out of the script of each scene (`meme`), choice (`meme.laugh`), and pick or board (`meme.`)."""
    dues: list[int]
    """The moment at which each consequence comes."""
    scripts: list[int]
    """How long the script of each consequence takes at most."""
    delay: int
    """Beside all that: the waits of the consequences that were taken out, together."""
    dropped: bool
    """A consequence was taken out."""


class CarefulWorld(SliceWorld):
    """A world from which something was taken out that moves the clock: every order of two moments is held against the doubt.

    With everything in it, each moment would be as late as here, or later by its doubt at most. Raises Undecided when that could
    change what comes first.
    """

    __slots__ = ("_doubts", "_together", "_waited")

    def __init__(self, part: Slice, doubts: Doubts, together: frozenset[int]) -> None:
        super().__init__(part)
        self._doubts = doubts
        self._waited = 0
        """What has come on the way to a scene, and may come later in the whole story, waited so long."""
        self._together = together
        """Consequences that are all set going at one moment, so that nothing can change their order."""

    def picked_up(self, scene: Scene) -> None:
        """What a pick or a board does was done elsewhere."""
        self.doubt += self._doubts.waits[f"{scene.id}."]

    def choose(self, choice: Choice) -> None:
        """Take a choice."""
        super().choose(choice)
        self.doubt += self._doubts.waits[choice.ref]

    def pick(self, scene: Scene) -> None:
        """Take the pieces in `picked`."""
        super().pick(scene)
        self.doubt += self._doubts.waits[f"{scene.id}."]

    def link(self, scene: Scene) -> None:
        """Pin the cards in `linked`."""
        super().link(scene)
        self.doubt += self._doubts.waits[f"{scene.id}."]

    def approach(self, scene: Scene) -> None:
        """Let time pass up to a scene that may yet be passed over."""
        self._waited = 0
        self._target = self._time_of(scene)
        self._until(self._target, self._doubt_of(scene))

    def pass_over(self, scene: Scene) -> None:
        """A scene that was approached is not entered after all. What was taken out may have moved the clock on the way there."""
        assert self._target is not None
        if self._doubts.dropped:
            self.doubt = max(self.doubt, self._waited, self._target + self._doubt_of(scene) - self.clock)
        super().pass_over(scene)

    def arrive(self, scene: Scene) -> None:
        """Enter a scene: time passes, what is due comes, and it is played."""
        doubt = self._after(scene, 0)
        if self._target is None:
            self._waited = 0
            self._target = self._time_of(scene)
            self._until(self._target, self._doubt_of(scene))
        # What came on the way came before this moment, so its waits are all by which it can have been late.
        self.doubt = max(doubt, self._waited) + self._doubts.waits[scene.id]
        super().arrive(scene)

    def _after(self, scene: Scene, delay: int) -> int:
        """The doubt of the moment of a scene, `delay` being that of the clock beside its own: none when all that is over by then."""
        doubt = self.doubt + delay
        if scene.when is None or scene.relative:
            return doubt
        return max(0, min(doubt, self.clock + doubt - scene.when))

    def _doubt_of(self, scene: Scene) -> int:
        return self._after(scene, self._doubts.delay)

    def _due_until(self, target: int) -> None:
        """What is due on the way to a scene has come by then: see `_until`."""

    def reckon(self, last: int) -> None:
        """Let everything come that is left. What lies beyond the horizon for sure was taken out, and what may was never made so."""
        self._until(FOREVER, 0)

    def _until(self, target: int, doubt: int) -> None:
        pending, doubts = self.pending, self._doubts.dues
        while pending:
            at, index = pending[0]
            latest = at + doubts[index]
            if at > target:
                if at <= target + doubt:
                    raise Undecided
                return
            if latest > target:
                raise Undecided
            if len(pending) > 1 and pending[1][0] <= latest and not {index, pending[1][1]} <= self._together:
                raise Undecided
            pending.pop(0)
            since = self.clock
            self.clock = max(self.clock, at)
            self._come_due(self.story.dues[index], since)
            if doubts[index]:
                self._waited += self._doubts.scripts[index]


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

    def __init__(self, chart: Map, needed: Need, order: list[str]) -> None:
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
                        span = self._wait(span, (*choice.moves, *_moves(choice.script)), choice.takes)
            elif gate is not None:
                span = span._replace(passed=max(span.passed, self._target(span, gate).low))
            highest, highest_clock = span.doubt, span.high
            for dest, do in ways.get(name, ()):
                after = span
                if do is not None and do.verb == "pass_over" and gate is not None:
                    high = self._target(span, gate).high
                    after = span._replace(high=high, doubt=max(span.doubt, high - span.low) if self.dropped else span.doubt)
                elif do is not None and isinstance(do.what, Choice):
                    after = self._wait(span, (*do.what.moves, *_moves(do.what.script)), do.what.takes)
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
                waits[choice.ref] = self._wait(zero, (*choice.moves, *_moves(choice.script)), 0).doubt
            for several in (scene.pick, scene.board):
                if several is not None:
                    waits[f"{scene.id}."] = self._several(zero, several).doubt
        return waits

    def _several(self, span: _Span, several: Pick | Board) -> _Span:
        moves, takes = (several.moves, several.takes) if isinstance(several, Pick) else ((), 0)
        span = self._wait(span, (*moves, *_moves(several.script)), takes)
        for rule in several.rules:
            span = self._wait(span, _moves(rule.script), 0, rule.guard.reads)
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
