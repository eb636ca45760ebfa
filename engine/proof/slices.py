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

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.proof.chart import Chart, moves_in
from engine.proof.doubt import find_doubts
from engine.proof.need import Need, Question, kept_moves
from engine.proof.world import CarefulWorld, SliceWorld
from engine.story.machine import Do
from engine.story.model import DIAL_COUNT, SHOWN, UNTIL, Choice, Cue, Due, Effect, Move, Op, Rule, Scene, Story


class _Slicer:
    def __init__(self, chart: Chart, needed: Need, question: Question) -> None:
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
        return kept_moves(moves, self.needed.values, self.needed.dues, timed=self.needed.timed)

    def script(self, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        moves = self.moves(moves_in(cues))
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

    def __init__(self, chart: Chart, question: Question, needed: Need) -> None:
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

    def _find_spread(self, chart: Chart) -> dict[int, tuple[int, int]]:
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
                if index < DIAL_COUNT:
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
            return self.exact_world()
        doubts = find_doubts(self._chart, self.needed, order)
        return CarefulWorld(self.story, self.asked_at_end, doubts, self._chart.reckoning, brings_late=self.brings_late)

    def exact_world(self) -> SliceWorld:
        """A world to step in where nothing was taken out that moves the clock, or where the clock does not matter."""
        return SliceWorld(self.story, self.asked_at_end, brings_late=self.brings_late)
