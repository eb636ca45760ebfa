"""A play for previews: it can be set down anywhere, values can be set in it, and it remembers what did not come, and why.

A rehearsal is a function of (story, seed, script, decisions), as a play is of (story, seed, decisions): done again with the same, it is the
same. What is set directly is said by the event `SetDown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.play import events as ev
from engine.play.play import Play
from engine.story.model import Due, Effect, Scene, Story


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a play is set down; see `Play.at`."""

    scene: str
    values: Mapping[str, int] = field(default_factory=dict)
    clock: int | None = None
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Meddling:
    """What a preview does to a play beside taking decisions."""

    footing: Footing | None = None
    sets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Scene to the values that are set in it, by name: after its own effect, before anything is said."""
    rushed: frozenset[str] = frozenset()
    """Scenes before which everything comes that is pending then."""


@dataclass(frozen=True, slots=True)
class NotCome:
    """A scene that was passed over, or a consequence that was prevented, and how things stood."""

    id: str
    """Of the scene, or of the consequence."""
    scene: str | None
    """The scene that did not come; of a consequence, its own."""
    condition: str
    """The `if` that did not hold, as written; empty when it was something else."""
    left: bool
    """The player had left the place of the scene."""
    values: tuple[int, ...]
    at: int
    instead: str | None = None
    """The scene that came instead."""


class Rehearsal(Play):
    """A play that is meddled with."""

    __slots__ = ("_entering", "meddling", "not_come", "unset")

    def __init__(
        self, story: Story, seed: int, name: str | None = None, pronouns: str = "they", meddling: Meddling | None = None
    ) -> None:
        super().__init__(story, seed, name, pronouns)
        self.meddling = meddling or Meddling()
        self.not_come: list[NotCome] = []
        self.unset: list[str] = []
        """Why something could not be set, in sentences."""
        self._entering: Scene | None = None

    @classmethod
    def open(cls, story: Story, seed: int, name: str | None, pronouns: str, meddling: Meddling) -> Rehearsal:
        """Begin a rehearsal and run it to its first decision. Raises ValueError as `Play.at` does."""
        play = cls(story, seed, name, pronouns, meddling)
        footing = meddling.footing
        if footing is None:
            play._open()
        else:
            play.set_down(footing.scene, footing.values, footing.clock, footing.then)
        return play

    def arrive(self, scene: Scene) -> None:
        """Enter a scene, after what is to come before it."""
        if scene.id in self.meddling.rushed:
            self.events.append(ev.SetDown(at=self.clock, scene=scene.id))
            while any(self.story.dues[index].scene is not None for _at, index in self.pending):
                self._due_until(next(at for at, index in self.pending if self.story.dues[index].scene is not None))
        super().arrive(scene)

    def on_scene(self, scene: Scene, since: int) -> None:
        """A scene begins."""
        super().on_scene(scene, since)
        self._entering = scene if scene.id in self.meddling.sets else None

    def effect(self, effect: Effect, at: int) -> None:
        """Apply an effect; after that of a scene, what is to be set in it."""
        super().effect(effect, at)
        scene = self._entering
        if scene is None or effect is not scene.effect:
            return
        self._entering = None
        done: dict[str, int] = {}
        for name, number in self.meddling.sets[scene.id].items():
            try:
                self.set_value(name, number)
            except ValueError as problem:
                self.unset.append(str(problem))
            else:
                done[name] = number
        self.events.append(ev.SetDown(at=self.clock, scene=scene.id, values=done))

    def pass_over(self, scene: Scene) -> None:
        """A scene is passed over; remember how things stood."""
        left = scene.left >= 0 and bool(self.values[scene.left])
        guard = scene.guard
        failed = guard is not None and not guard.test(self.values)
        text = guard.text if guard is not None and failed else ""
        self.not_come.append(NotCome(scene.id, scene.id, text, left, tuple(self.values), self.clock))
        super().pass_over(scene)

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Something comes due; remember what was prevented."""
        if not holds:
            text = due.guard.text if due.guard is not None else ""
            instead = scene.id if scene is not None else None
            self.not_come.append(NotCome(due.id, due.scene, text, False, tuple(self.values), self.clock, instead))
        super().on_due(due, scene, holds, since)


__all__ = ["Footing", "Meddling", "NotCome", "Rehearsal"]
