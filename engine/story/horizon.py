"""How far a story tells on after its last decision, when another part of a career follows it.

Played alone, a story tells everything that comes of it, however many years later. In a career the next part begins some time after the
last decision: what would come at that moment or later does not come due. It is neither shown nor counted, and stays out there. A story
with a horizon is a story of its own, as a cut is: it differs in where its reckoning stops. So whatever steps, proves or tells it needs
to know no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.story.model import DAY, SET, SHOWN, UNTIL, WAIT, Effect, Move, Scene, Story

_FAR = 1 << 60
"""Further than any story reaches, in seconds."""


def up_to(story: Story, horizon: int | None) -> Story:
    """The story as it is told when the next part begins `horizon` seconds after its last decision; None: to its very end.

    Raises ValueError for a horizon that lies before the last decision.
    """
    if horizon is not None and horizon < 0:
        raise ValueError(f"a horizon lies after the last decision, not {-horizon} s before it")
    return story if horizon == story.horizon else replace(story, horizon=horizon)


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of the consequences of a story with a horizon. All others come before it, if they come at all."""

    out: frozenset[int] = frozenset()
    """They lie beyond it, however one plays: indices into `Story.dues`."""
    unsure: frozenset[int] = frozenset()
    """It hangs on the play."""


def fates(story: Story) -> Fates:
    """What can be said of every play about which consequences come before the story's horizon."""
    if story.horizon is None:
        return Fates()
    reach = _Reach(story)
    out: set[int] = set()
    unsure: set[int] = set()
    for due in story.dues:
        span = reach.of(due.index)
        if span is None or span[1] < story.horizon:
            continue
        (out if span[0] >= story.horizon else unsure).add(due.index)
    return Fates(frozenset(out), frozenset(unsure))


def beyond(story: Story, values: Iterable[int], pending: Iterable[tuple[int, int]], ended_at: int) -> list[tuple[int, int]]:
    """What is still out there when a story has ended at its horizon: (seconds after the last decision, index into `Story.dues`).

    `values` and `pending` are those at the end. What would come to nothing as things stand is not in it.
    """
    now = tuple(values)
    found = []
    for at, index in pending:
        due = story.dues[index]
        holds = due.guard is None or bool(due.guard.test(now))
        if due.scene is not None and (holds or due.otherwise is not None):
            found.append((at - ended_at, index))
    return found


class _Reach:
    """For each consequence, how long after the last decision it may come: the least and the most, in seconds."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.brought: dict[str, list[int]] = {}
        for due in story.dues:
            for name in (due.scene, due.otherwise):
                if name is not None:
                    self.brought.setdefault(name, []).append(due.index)
        self.raised = self._raised()
        """Value to the most that it is ever set to, or that is ever added to it at once."""
        self.makers: dict[int, list[tuple[list[int], int, int]]] = {}
        """Consequence to what sets it going: (the consequences with which that happens; none: the story itself), least and most delay."""
        for scene in story.scenes.values():
            self._site(self.brought.get(scene.id, []), _effects(scene), _moves(scene))
        for due in story.dues:
            if due.effect is not None:
                self._site([due.index], [due.effect], ())
        self._known: dict[int, tuple[int, int] | None] = {}
        self._times: dict[int, int] = {}
        self.lag = sum(self._waits(due.index) * self.times(due.index) for due in story.dues)
        """How long the scripts of consequences take at most, all together."""
        self.length = self._length()

    def _site(self, brought: list[int], effects: Iterable[Effect], moves: Iterable[Move]) -> None:
        for effect in effects:
            for index in effect.later:
                due = self.story.dues[index]
                most = due.after + (DAY if due.time_of_day >= 0 else 0)
                self.makers.setdefault(index, []).append((brought, due.after, most))
        for _guard, code, _a, _b, timer, index, _e in moves:
            if code == SHOWN and index >= 0:
                after = self.story.dues[index].after
                most = after or (self.raised[timer] if timer >= 0 else 0)
                self.makers.setdefault(index, []).append((brought, after, most))

    def times(self, index: int) -> int:
        """How often it can come in one play, at most."""
        if index not in self._times:
            self._times[index] = 0
            makers = self.makers.get(index, [])
            found = sum(sum(self.times(one) for one in brought) if brought else 1 for brought, _least, _most in makers)
            self._times[index] = found + (index in self.story.reckoning)
        return self._times[index]

    def of(self, index: int) -> tuple[int, int] | None:
        """The least and the most; None for one that is never set going before the horizon."""
        if index not in self._known:
            self._known[index] = None
            spans = list(self._spans(index))
            self._known[index] = (min(low for low, _high in spans), max(high for _low, high in spans)) if spans else None
        return self._known[index]

    def _spans(self, index: int) -> Iterator[tuple[int, int]]:
        story = self.story
        due = story.dues[index]
        if index in story.reckoning:
            yield due.after, due.after + (DAY - 1 if due.time_of_day >= 0 else 0)
        for at, one in story.start_pending:
            if one == index:
                yield at - story.start_clock - self.length, at - story.start_clock
        for brought, least, most in self.makers.get(index, []):
            if not brought:
                yield least - self.length, most
            for one in brought:
                before = self.of(one)
                if before is not None and (story.horizon is None or before[0] < story.horizon):
                    # It comes on the way to the end, or after it and then late by what other scripts take.
                    yield max(before[0], -self.length) + least, max(before[1] + self.lag, 0) + most

    def _waits(self, index: int) -> int:
        due = self.story.dues[index]
        scenes = [self.story.scenes[name] for name in (due.scene, due.otherwise) if name is not None]
        return max((_takes(scene) for scene in scenes), default=0)

    def _raised(self) -> dict[int, int]:
        story = self.story
        most = {var.index: var.start for var in story.vars}
        effects = [effect for scene in story.scenes.values() for effect in _effects(scene)]
        for effect in (*effects, *(due.effect for due in story.dues if due.effect is not None)):
            for index, _add, amount, _low, _high in effect.ops:
                most[index] = max(most[index], amount)
        for scene in story.scenes.values():
            for move in _moves(scene):
                if move[1] == SET and move[2] >= 0:
                    most[move[2]] = max(most[move[2]], move[3])
        return most

    def _length(self) -> int:
        """How long the story takes at most from its beginning to its last decision."""
        story = self.story
        moments = [story.start_clock]
        total = self.lag
        for scene in story.scenes.values():
            if scene.id in self.brought:
                continue
            total += _takes(scene) + (self.raised[scene.muted] if scene.muted >= 0 else 0)
            if scene.when is not None:
                if scene.relative:
                    total += scene.when
                else:
                    moments.append(scene.when)
            moments += (move[2] for move in _moves(scene) if move[1] == UNTIL)
        return max(moments) - story.start_clock + total


def _takes(scene: Scene) -> int:
    """How long a scene takes at most, waits for a moment apart (in a consequence they may take for ever)."""
    moves = _moves(scene)
    takes = sum(choice.takes for choice in scene.choices.values()) + (scene.pick.takes if scene.pick is not None else 0)
    forever = _FAR if scene.consequence and any(move[1] == UNTIL for move in moves) else 0
    return scene.told_for + takes + sum(move[2] for move in moves if move[1] == WAIT) + forever


def _effects(scene: Scene) -> list[Effect]:
    found = [scene.effect, *(choice.effect for choice in scene.choices.values())]
    for several in (scene.pick, scene.board):
        if several is not None:
            found += [several.effect, *(rule.effect for rule in several.rules)]
    if scene.pick is not None:
        found += [piece.effect for piece in scene.pick.pieces.values()]
    return found


def _moves(scene: Scene) -> list[Move]:
    found = list(scene.moves)
    for choice in scene.choices.values():
        found += choice.moves
        found += (move for cue in choice.script for move in cue.moves)
    if scene.pick is not None:
        found += scene.pick.moves
    for several in (scene.pick, scene.board):
        if several is not None:
            scripts = (several.script, *(rule.script for rule in several.rules))
            found += (move for script in scripts for cue in script for move in cue.moves)
    return found


__all__ = ["Fates", "beyond", "fates", "up_to"]
