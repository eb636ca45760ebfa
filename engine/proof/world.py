"""Worlds to step in through a slice: one in which everything is known, and one that minds by how much a moment may be later."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from engine.play.world import FOREVER, State, World
from engine.story.model import DIAL_COUNT, Choice, Due, Scene, Story


class Undecided(Exception):
    """The order of two moments hangs on waits that were taken out."""


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

    def __init__(self, story: Story, asked_at_end: frozenset[int], *, brings_late: bool) -> None:
        """`asked_at_end` and `brings_late` are as in `Slice`."""
        super().__init__(story)
        self._asked = tuple(sorted(asked_at_end))
        self._now: Callable[[list[int]], Hashable] = itemgetter(*self._asked) if self._asked else _nothing
        self._finishes: dict[Hashable, _Finish] | None = None if brings_late else {}
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
                tuple([(index, values[index]) for index in self._asked if index >= DIAL_COUNT]),
                tuple([values[dial] - before[dial] for dial in range(DIAL_COUNT)]),
                self.scenes[scenes:],
                self.came[came:],
            )
            return
        for index, value in found.values:
            values[index] = value
        for dial in range(DIAL_COUNT):
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

    def __init__(
        self, story: Story, asked_at_end: frozenset[int], doubts: Doubts, together: frozenset[int], *, brings_late: bool
    ) -> None:
        super().__init__(story, asked_at_end, brings_late=brings_late)
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
