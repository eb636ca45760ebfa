"""What is fixed by now: what certain values come to, at the end or in conditions, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import product
from operator import itemgetter
from typing import Any

from engine.play.world import State
from engine.proof.slices import Slice
from engine.story.model import DIAL_COUNT, END, SET, SHOWN, Guard, Op, Story, Test, Values

Fate = Callable[[Values], int]
"""A number for what values come to: equal for two states that come to the same."""
Odd = tuple[Test, tuple[int, ...], list[int], list[tuple[int, ...]]]
"""A condition of which some values are fixed: (its test, these, those that may still change, numbers that stand for all of those)."""
MOST_ODDS = 32
MOST_FATES = 16
"""How many ways in which the rest of a story may turn out are tried to find what is fixed by now."""


class Ends:
    """What comes of the values with which a play arrives at the end: its ending, codas, dials, and what comes in the reckoning."""

    def __init__(
        self, part: Slice, outcome: Callable[[Values], Hashable], asked: frozenset[int], limits: dict[int, frozenset[int]]
    ) -> None:
        self._world = part.exact_world()
        self._start = self._world.state
        self._outcome = outcome
        self._asked = sorted(asked)
        self._limits = limits
        self._vars = part.story.vars
        self._ops = list(_ops_of_reckoning(part.story))
        self._dials = sorted(part.question.dials)
        self._watched = part.question.dues
        self._known: dict[tuple[int, ...], Hashable] = {}

    def fate(self, fixed: list[int], moving: list[int]) -> Fate | None:
        """A number for what `fixed` values come to, whatever becomes of `moving` ones. None where that takes too long."""
        if not fixed or any(index not in self._limits for index in moving):
            return None
        ways = 1
        sides: list[tuple[int, ...]] = []
        for index in moving:
            side = self._side(index)
            if side is None:
                return None
            sides.append(side)
            ways *= len(side)
            if ways > MOST_FATES:
                return None
        here = tuple(fixed)
        numbers: dict[Hashable, int] = {}
        memory: dict[tuple[int, ...], int] = {}

        def fate(values: Values) -> int:
            now = tuple([values[index] for index in here])
            found = memory.get(now)
            if found is None:
                trial = list(self._start.values)
                for index, value in zip(here, now, strict=True):
                    trial[index] = value
                comes = []
                for combination in product(*sides):
                    for index, value in zip(moving, combination, strict=True):
                        trial[index] = value
                    comes.append(self._come(trial))
                found = memory[now] = numbers.setdefault(tuple(comes), len(numbers))
            return found

        return fate

    def _side(self, index: int) -> tuple[int, ...] | None:
        """Numbers that stand for all that a value can be on arrival at the end. None where they are too many.

        The reckoning may change it before it is asked for, so each limit counts from before any of these changes as well.
        """
        limits = self._limits[index]
        adds = [op for op in self._ops if op[0] == index]
        if not adds:
            return (min(limits) - 1, *sorted(limits)) if limits else (0,)
        var = self._vars[index]
        if index >= DIAL_COUNT:  # it stops at its bounds
            return tuple(range(var.low, var.high + 1)) if var.high - var.low < MOST_FATES else None
        sums = {0}
        for op in adds:
            sums |= {known + op[2] for known in sums}
            if len(sums) * len(limits) > MOST_FATES:
                return None
        moved = {limit - known for limit in limits for known in sums}
        return (min(moved) - 1, *sorted(moved)) if moved else (0,)

    def _come(self, values: list[int]) -> Hashable:
        key = tuple([values[index] for index in self._asked])
        found = self._known.get(key)
        if found is None:
            world = self._world
            world.restore(State(END, tuple(values), self._start.clock))
            world.finish()
            came = tuple(one for one in world.came if one[0] in self._watched)
            moved = tuple(world.values[dial] - values[dial] for dial in self._dials)
            found = self._known[key] = (self._outcome(world.values), moved, came)
        return found


def _ops_of_reckoning(story: Story) -> Iterator[Op]:
    """What the reckoning may change, each change as often as it may come."""
    for index in story.reckoning:
        due = story.dues[index]
        if due.effect is not None:
            yield from due.effect.ops
        for name in (due.scene, due.otherwise):
            if name is not None:
                yield from story.scenes[name].effect.ops
                for move in story.scenes[name].moves:
                    if move[1] in (SET, SHOWN) and move[2] >= 0:
                        yield move[2], False, 0, 0, 0


def sides_of(guard: Guard, moving: list[int]) -> list[tuple[int, ...]] | None:
    """For values that may still change: one number for each of its answers. None where they are too many, or not known."""
    if not moving:
        return []
    if guard.limits is None:
        return None
    sides: list[tuple[int, ...]] = []
    ways = 1
    for index in moving:
        limits = sorted(limit for which, limit in guard.limits if which == index)
        sides.append((limits[0] - 1, *limits) if limits else (0,))
        ways *= len(sides[-1])
    return sides if ways <= MOST_ODDS else None


def fate_of(odds: list[Odd], count: int) -> Fate:
    """A number for what the fixed values of conditions come to, whatever becomes of the others."""
    here = sorted({index for _test, fixed, _moving, _sides in odds for index in fixed})
    get = itemgetter(*here)
    single = len(here) == 1
    memory: dict[Any, int] = {}
    numbers: dict[Hashable, int] = {}
    trial = [0] * count

    def fate(values: Values) -> int:
        now = get(values)
        found = memory.get(now)
        if found is None:
            answers = []
            for index, value in zip(here, (now,) if single else now, strict=True):
                trial[index] = value
            for test, _fixed, moving, sides in odds:
                if not moving:
                    answers.append(bool(test(trial)))
                    continue
                before = [trial[index] for index in moving]
                for combination in product(*sides):
                    for index, value in zip(moving, combination, strict=True):
                        trial[index] = value
                    answers.append(bool(test(trial)))
                for index, value in zip(moving, before, strict=True):
                    trial[index] = value
            found = memory[now] = numbers.setdefault(tuple(answers), len(numbers))
        return found

    return fate
