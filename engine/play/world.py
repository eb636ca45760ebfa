"""The state of a play and all that changes it. Knows nothing of what is shown.

`World` holds the one semantics of a story. A `Play` is a world that also tells what happens, as events; the table-driven stepper
runs bare worlds. The hooks (`on_...`, `say`, `script`) do nothing here but what state needs.
"""

from __future__ import annotations

from bisect import insort
from typing import NamedTuple

from engine.story.model import END, SET, SHOWN, UNTIL, WAIT, Choice, Cue, Due, Effect, Move, Op, Scene, Story

FOREVER = 1 << 62


class State(NamedTuple):
    """All that decides what can still happen: small, hashable, apart from history."""

    scene: str
    values: tuple[int, ...]
    clock: int
    pending: tuple[tuple[int, int], ...] = ()
    """What may come due: (story time, index into `Story.dues`), soonest first."""


class World:
    """A play's state, and what changes it."""

    __slots__ = ("_target", "clock", "ended_at", "linked", "pending", "picked", "scene", "story", "values")

    def __init__(self, story: Story, state: State | None = None) -> None:
        """Be at the start, or in `state`."""
        self.story = story
        self.scene, values, self.clock, pending = (
            state if state is not None else ("", story.start_values(), story.start_clock, story.start_pending)
        )
        self.values = list(values)
        self.pending: list[tuple[int, int]] = list(pending)
        self.picked: tuple[str, ...] = ()
        """The pieces of the pick that is being taken, in order."""
        self.linked: tuple[tuple[str, str], ...] = ()
        """The (question, card) pairs of the board that is being taken."""
        self.ended_at = FOREVER
        self._target: int | None = None

    @property
    def state(self) -> State:
        """The state now."""
        return State(self.scene, tuple(self.values), self.clock, tuple(self.pending))

    def restore(self, state: State) -> None:
        """Be in `state`."""
        self.scene, self.clock = state.scene, state.clock
        self.values = list(state.values)
        self.pending = list(state.pending)
        self._target = None

    # What the machine asks for

    def approach(self, scene: Scene) -> None:
        """Let time pass up to a scene that may yet be passed over."""
        self._target = self._time_of(scene)
        self._due_until(self._target)

    def arrive(self, scene: Scene) -> None:
        """Enter a scene: time passes, what is due comes, and it is played."""
        target = self._target if self._target is not None else self._time_of(scene)
        self._target = None
        self._due_until(target)
        since = self.clock
        self.clock = max(self.clock, target)
        self.on_scene(scene, since)
        self._play_scene(scene)

    def pass_over(self, scene: Scene) -> None:
        """A scene that was approached is not entered after all."""
        self._target = None

    def choose(self, choice: Choice) -> None:
        """Take a choice."""
        taken_at = self.clock
        self.say(choice)
        if choice.moves:
            self.move(choice.moves)
        self.effect(choice.effect, taken_at)
        self.script(choice.script)
        self.pass_time(choice.takes)

    def pick(self, scene: Scene) -> None:
        """Take the pieces in `picked`."""
        pick = scene.pick
        assert pick is not None
        taken_at = self.clock
        for number, name in enumerate(self.picked, 1):
            at = pick.pieces[name].at
            if at >= 0:
                self.values[at] = number
        for name in self.picked:
            self.effect(pick.pieces[name].effect, taken_at)
        self.say_picked(scene)
        if pick.moves and self.picked:
            self.move(pick.moves)
        self.effect(pick.effect, taken_at)
        self.script(pick.script)
        for rule in pick.rules:
            if rule.guard.test(self.values):
                self.effect(rule.effect, taken_at)
                self.script(rule.script)
        self.pass_time(pick.takes)

    def link(self, scene: Scene) -> None:
        """Pin the cards in `linked`."""
        board = scene.board
        assert board is not None
        taken_at = self.clock
        found = 0
        for question, card in self.linked:
            if question in board.cards[card].tells:
                found += 1
                at = board.questions[question].at
                if at >= 0:
                    self.values[at] = 1
        if board.found >= 0:
            self.values[board.found] = min(found, self.story.vars[board.found].high)
        self.effect(board.effect, taken_at)
        self.script(board.script)
        for rule in board.rules:
            if rule.guard.test(self.values):
                self.effect(rule.effect, taken_at)
                self.script(rule.script)

    def skip(self, scene: Scene) -> None:
        """Pass over the rest of a scene."""

    def finish(self) -> None:
        """After the last decision time runs on until nothing is left to come, or until the next part of a career begins.

        What would come then or later stays in `pending`.
        """
        self.ended_at = self.clock
        for index in self.story.reckoning:
            insort(self.pending, (self.story.dues[index].due_at(self.clock), index))
        horizon = self.story.horizon
        self.reckon(FOREVER if horizon is None else self.clock + horizon - 1)

    def reckon(self, last: int) -> None:
        """Let everything come that is due until story time `last`."""
        self._due_until(last)

    # Time

    def pass_time(self, seconds: int) -> None:
        """Let time pass inside a scene: messages whose time is over go; consequences wait until the scene is over."""
        if seconds:
            self.clock += seconds
            self._expire()

    def _expire(self) -> None:
        pending = self.pending
        if pending and pending[0][0] <= self.clock:
            dues = self.story.dues
            over = [entry for entry in pending if entry[0] <= self.clock and dues[entry[1]].scene is None]
            for entry in over:
                pending.remove(entry)
                self._come_due(dues[entry[1]], self.clock)

    def _time_of(self, scene: Scene) -> int:
        if scene.when is None:
            target = self.clock
        elif scene.relative:
            target = self.clock + scene.when
        else:
            target = max(self.clock, scene.when)
        if scene.muted >= 0:
            target += self.values[scene.muted]
        return target

    def _due_until(self, target: int) -> None:
        pending = self.pending
        while pending and pending[0][0] <= target:
            at, index = pending.pop(0)
            since = self.clock
            self.clock = max(self.clock, at)
            self._come_due(self.story.dues[index], since)

    def _come_due(self, due: Due, since: int) -> None:
        effect = due.effect
        if due.scene is None:  # a disappearing message goes
            self.apply(effect.ops if effect is not None else ())
            return
        holds = due.guard is None or bool(due.guard.test(self.values))
        name = due.scene if holds else due.otherwise
        scene = self.story.scenes[name] if name is not None else None
        self.on_due(due, scene, holds, since)
        if holds and effect is not None:
            self.effect(effect, self.clock)
        if scene is not None:
            self.on_scene(scene, since)
            self._play_scene(scene)

    def _play_scene(self, scene: Scene) -> None:
        self.effect(scene.effect, self.clock)
        board = scene.board
        if board is not None and board.count >= 0:
            in_sight = sum(1 for card in board.cards.values() if card.guard is None or card.guard.test(self.values))
            self.values[board.count] = min(in_sight, self.story.vars[board.count].high)
        self.scene_script(scene)
        self.pass_time(scene.told_for)
        self.on_scene_over(scene)

    # Changes

    def apply(self, ops: tuple[Op, ...]) -> None:
        """Change values."""
        values = self.values
        for index, add, amount, low, high in ops:
            if add:
                amount += values[index]
                values[index] = low if amount < low else high if amount > high else amount
            else:
                values[index] = amount

    def effect(self, effect: Effect, at: int) -> None:
        """Apply an effect whose consequences count from story time `at`."""
        if effect.ops:
            self.apply(effect.ops)
        if effect.later:
            dues = self.story.dues
            for index in effect.later:
                insort(self.pending, (dues[index].due_at(at), index))

    def move(self, moves: tuple[Move, ...]) -> None:
        """Run what a script does to state."""
        values = self.values
        for guard, code, a, b, c, d, e in moves:
            if guard is not None and not guard.test(values):
                continue
            if code == WAIT:
                self.clock += a
                self._expire()
            elif code == UNTIL:
                self.clock = max(self.clock, a)
                self._expire()
            elif code == SET:
                values[a] = b
            elif code == SHOWN and (e < 0 or not values[e]):
                if a >= 0:
                    values[a] = 1
                if d >= 0:
                    lasts = self.story.dues[d].after or (values[c] if c >= 0 else 0)
                    if lasts:
                        insort(self.pending, (self.clock + lasts, d))

    # Hooks

    def script(self, cues: tuple[Cue, ...]) -> None:
        """Play a script."""
        for cue in cues:
            if cue.moves:
                self.move(cue.moves)

    def scene_script(self, scene: Scene) -> None:
        """Play a scene's script (a telling changes nothing but the time, which `told_for` has)."""
        if scene.moves:
            self.move(scene.moves)

    def say(self, choice: Choice) -> None:
        """The player sends what a choice sends."""

    def say_picked(self, scene: Scene) -> None:
        """The player sends what a pick sends."""

    def on_scene(self, scene: Scene, since: int) -> None:
        """A scene begins; the clock was at `since` before."""

    def on_scene_over(self, scene: Scene) -> None:
        """A scene's script is over."""

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Something comes due."""

    @property
    def ended(self) -> bool:
        """The story is over."""
        return self.scene == END
