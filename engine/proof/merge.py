"""Which states may be taken for one: values that nothing asks for any more, and numbers whose answers are settled.

Two states are merged only when every play from the one is a play from the other: the same decisions on offer, the same things
shown, the same dials moved, the same ending. The argument stands in docs/proving.md.

* A value that no condition asks for from here on is left out (set to 0). What may be asked for is found backwards over the
  machine, and per state for what is pending.
* A number that is only ever added to (by choices and pieces, never lowered, never set) is asked for only on which side of certain
  limits it lies. Where every limit ahead is settled, whatever is chosen, the value is replaced by the lowest with the same answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from operator import itemgetter
from typing import Any

from engine.play.world import State
from engine.proof.answers import Ends, Fate, Odd, fate_of, sides_of
from engine.proof.growing import Growing, Ways
from engine.proof.reads import (
    Atom,
    Reads,
    brings,
    guards_within,
    reads_of,
    values_of,
    writes_of,
    writes_of_due,
    writes_of_several,
)
from engine.proof.slices import Slice
from engine.story.model import END, Choice, Guard, Scene, Story, Values

Plan = tuple[Callable[[Values], Any], tuple[tuple[int, list[int]], ...]]
"""How to take the values that matter, and the numbers that matter by their side of limits only."""


class Merger:
    """Tells which states of a slice are one: those with equal keys."""

    def __init__(self, part: Slice) -> None:
        self.story: Story = part.story
        self.question = part.question
        self._kept = part.needed.dues
        self._late = part.brings_late
        self._ways: Ways = {}
        for source, _trigger, guard, dest, do in part.stepper.ways():
            verb = do.verb if do is not None else ""
            self._ways.setdefault(source, []).append((guard, dest, do.what if do is not None else None, verb))
        self.order = self._topological(part.stepper.first())
        """Machine states from first to last."""
        self.rank = {name: number for number, name in enumerate(self.order)}
        told_apart = self._find_told_apart()
        self._get_told_apart: Callable[[Values], Hashable] | None = itemgetter(*told_apart) if told_apart else None
        self._reads = Reads(self.story)
        end: set[Atom] = set()
        for guard in self._end_guards():
            end |= reads_of(guard)
        for index in self.story.reckoning:
            end |= self._reads.dues[index]
        self._end = frozenset(end)
        self._asked_at_end = frozenset(values_of(end))
        self._live = self._find_live(self._end)
        self._near = self._find_live(frozenset())
        """As `_live`, the end and the reckoning apart."""
        self._written = self._find_written()
        self._written_late = frozenset().union(*(writes_of_due(self.story, index) for index in self.story.reckoning))
        self._written_due = frozenset().union(*(writes_of_due(self.story, index) for index in self._kept))
        self._kept_apart = frozenset(told_apart) - self._written_late
        """Values whose every difference shows at the end, and that nothing in the reckoning changes."""
        due_values = set().union(*(values_of(self._reads.dues[index]) for index in self._kept))
        growing = Growing(self.story, self._ways, kept=self._kept, due_values=due_values, guards=self._guards())
        self._settled = growing.settled(self.order, part.spread, self._end_guards())
        self.timed = self._find_timed()
        self._ends = Ends(part, self._outcome, self._asked_at_end, self._all_limits())
        self._plans: dict[str, Plan] = {}
        self._plans_of: dict[tuple[str, tuple[int, ...]], Plan] = {}

    def key(self, state: State) -> Hashable:
        """What a state is taken for, among those of its scene."""
        scene, values, clock, pending = state
        if scene == END:
            return self._outcome(values)
        if pending:
            which = (scene, tuple([index for _at, index in pending]))
            plan = self._plans_of.get(which)
            if plan is None:
                plan = self._plans_of[which] = self._plan(*which)
            get, classes = plan
            if classes:
                return get(values), _places(values, classes), clock, pending
            return get(values), clock, pending
        plan = self._plans.get(scene)
        if plan is None:
            plan = self._plans[scene] = self._plan(scene, ())
        get, classes = plan
        if classes:
            if scene in self.timed:
                return get(values), _places(values, classes), clock
            return get(values), _places(values, classes)
        return (get(values), clock) if scene in self.timed else get(values)

    def ending(self, values: Values) -> int:
        """The number of the ending that these values lead to."""
        return next(number for number, one in enumerate(self.story.endings) if one.guard is None or one.guard.test(values))

    def _find_told_apart(self) -> tuple[int, ...]:
        """The values that the marks of a question tell apart, each of them, where the marks are all that is asked for at the end."""
        marks = self.question.marks
        found: dict[int, set[int]] = {}
        for coda in self.story.codas:
            if coda.id not in marks or coda.guard is None or coda.guard.at_least[0] < 0:
                return ()
            index, number = coda.guard.at_least
            found.setdefault(index, set()).add(number)
        spans = {index: set(range(self.story.vars[index].low + 1, self.story.vars[index].high + 1)) for index in found}
        return tuple(sorted(found)) if found == spans and not self.story.endings else ()

    def _outcome(self, values: Values) -> Hashable:
        """After the end only what it is matters, and which coda follows."""
        if self._get_told_apart is not None:
            return self._get_told_apart(values)
        ending = self.ending(values) if self.story.endings else -1
        return ending, *(coda.guard is None or bool(coda.guard.test(values)) for coda in self.story.codas)

    def _plan(self, scene: str, pending: tuple[int, ...]) -> Plan:
        whole = scene in self.timed or bool(pending)
        classes = tuple((index, borders) for index, borders in self._settled.get(scene, ()) if borders)
        counted = {index for index, _borders in classes}
        growing = {index for index, _borders in self._settled.get(scene, ())}
        written = self._written[scene] | (self._written_due if whole else self._written_late)
        atoms = set(self._live[scene])
        for index in pending:
            atoms |= self._reads.dues[index]
        fates: list[Fate] = []
        exact: set[int] = set()
        if not whole and not self._late and scene != END:
            moving = sorted(self._asked_at_end & (written | counted))
            fixed = self._asked_at_end - written - growing
            apart = self._kept_apart.issuperset(fixed)
            fate = self._ends.fate(sorted(fixed), moving) if not apart else None
            if apart:  # what comes of them at the end is what they are
                atoms = set(self._near[scene])
                exact |= fixed | set(moving) - growing
            elif fate is not None:
                fates.append(fate)
                atoms = set(self._near[scene])
                exact |= set(moving) - growing
        odds: list[Odd] = []
        for atom in atoms:
            if isinstance(atom, int):
                exact.add(atom)
                continue
            fixed = atom.reads - written - growing
            moving = sorted(atom.reads & (written | counted))
            exact |= set(moving) - growing
            sides = sides_of(atom, moving)
            if sides is None:
                exact |= fixed
            elif fixed:
                odds.append((atom.test, tuple(sorted(fixed)), moving, sides))
        exact -= growing
        odds = [odd for odd in odds if not exact.issuperset(odd[1])]
        if odds:
            fates.append(fate_of(odds, len(self.story.vars)))
        get: Callable[[Values], Any] = itemgetter(*sorted(exact)) if exact else _nothing
        if len(fates) == 1:
            get = _with_one(get, fates[0])
        elif fates:
            get = _with_two(get, *fates)
        return get, classes

    def _find_timed(self) -> frozenset[str]:
        """The states of the machine from which something may still be set going, so that it matters when."""
        after: dict[str, bool] = {}
        inside: set[str] = set()
        for name in reversed(self.order):
            found = False
            for _guard, dest, what, verb in self._ways.get(name, ()):
                found = found or (dest != name and after[dest])
                if verb == "choose" and isinstance(what, Choice):
                    found = found or bool(what.effect.later) or brings(what.moves, what.script)
                elif verb in ("pick", "link") and isinstance(what, Scene):
                    several = what.pick or what.board
                    assert several is not None
                    moves = what.pick.moves if what.pick is not None else ()
                    pieces = what.pick.pieces.values() if what.pick is not None else ()
                    found = found or bool(several.effect.later) or brings(moves, several.script)
                    found = found or any(rule.effect.later or brings((), rule.script) for rule in several.rules)
                    found = found or any(piece.effect.later for piece in pieces)
            if found:
                inside.add(name)
            scene = self.story.scenes.get(name)
            if scene is not None:
                found = found or bool(scene.effect.later) or brings(scene.moves, ())
            after[name] = found or (name == END and self._late)
        return frozenset(inside)

    # What is asked for

    def _topological(self, first: str) -> list[str]:
        done: list[str] = []
        seen: set[str] = set()
        stack: list[tuple[str, Iterator[str]]] = []

        def visit(name: str) -> None:
            seen.add(name)
            onward = {dest for _guard, dest, _what, _verb in self._ways.get(name, ()) if dest != name}
            stack.append((name, iter(sorted(onward))))

        visit(first)
        while stack:
            name, onward = stack[-1]
            following = next(onward, None)
            if following is None:
                stack.pop()
                done.append(name)
            elif following not in seen:
                visit(following)
        return done[::-1]

    def _find_live(self, end: frozenset[Atom]) -> dict[str, frozenset[Atom]]:
        """For each state of the machine: the values that may be asked for once one has arrived there; `end` are those at the end."""
        story = self.story
        inside: dict[str, frozenset[Atom]] = {}
        """Asked for after arriving (the decision stands)."""
        arriving: dict[str, frozenset[Atom]] = {END: end}
        for name in reversed(self.order):
            if name == END:
                inside[name] = end
                continue
            live: set[Atom] = set()
            for guard, dest, what, verb in self._ways.get(name, ()):
                live |= reads_of(guard)
                if dest != name:
                    live |= arriving[dest]
                if verb == "choose":
                    assert isinstance(what, Choice)
                    live |= self._reads.of_choice(what)
                elif verb in ("pick", "link"):
                    assert isinstance(what, Scene)
                    live |= self._reads.of_several(what)
            scene = story.scenes.get(name)
            if scene is not None:
                live |= self._reads.of_offer(scene)
            inside[name] = frozenset(live)
            if scene is not None:
                live |= self._reads.of_arrival(scene)
            gate = story.scenes.get(name[:-1]) if name.endswith("?") else None
            if gate is not None and gate.muted >= 0:
                live.add(gate.muted)
            arriving[name] = frozenset(live)
        return inside

    def _find_written(self) -> dict[str, frozenset[int]]:
        """For each state of the machine: the values that decisions and scenes may change from there on, consequences apart."""
        inside: dict[str, frozenset[int]] = {}
        arriving: dict[str, set[int]] = {}
        for name in reversed(self.order):
            written: set[int] = set()
            for _guard, dest, what, verb in self._ways.get(name, ()):
                if dest != name:
                    written |= arriving[dest]
                if verb == "choose" and isinstance(what, Choice):
                    written |= writes_of(what.effect, what.moves, what.script)
                elif verb in ("pick", "link") and isinstance(what, Scene):
                    written |= writes_of_several(what)
            inside[name] = frozenset(written)
            scene = self.story.scenes.get(name)
            if scene is not None:
                written |= writes_of(scene.effect, scene.moves, ())
                if scene.board is not None:
                    written.add(scene.board.count)
            arriving[name] = written
        return inside

    def sides(self) -> dict[int, tuple[int, ...] | None]:
        """For each value that anything asks for: the numbers at which an answer changes; None where it is compared with another value."""
        asked: dict[int, set[int] | None] = {}
        dues = [due.guard for due in self.story.dues if due.guard is not None]
        for guard in (*self._guards(), *dues):
            if guard.limits is None:
                asked.update(dict.fromkeys(guard.reads))
                continue
            for index, limit in guard.limits:
                known = asked.setdefault(index, set())
                if known is not None:
                    known.add(limit)
        return {index: tuple(sorted(limits)) if limits is not None else None for index, limits in asked.items()}

    def _guards(self) -> Iterator[Guard]:
        for ways in self._ways.values():
            yield from (guard for guard, _dest, _what, _verb in ways if guard is not None)
        yield from (guard for guard in self._end_guards() if guard is not None)
        for scene in self.story.scenes.values():
            yield from guards_within(scene)

    def _end_guards(self) -> list[Guard | None]:
        return [ending.guard for ending in self.story.endings] + [coda.guard for coda in self.story.codas]

    def _all_limits(self) -> dict[int, frozenset[int]]:
        """For each value that is asked for at the end: the numbers at which answers change. One that is compared otherwise is not in it."""
        guards = self._end_guards()
        for index in self._kept:
            due = self.story.dues[index]
            guards.append(due.guard)
            for name in (due.scene, due.otherwise):
                if name is not None:
                    guards += [move[0] for move in self.story.scenes[name].moves]
        limits: dict[int, set[int]] = {index: set() for index in self._asked_at_end}
        odd: set[int] = set()
        for guard in guards:
            if guard is None:
                continue
            if guard.limits is None:
                odd |= guard.reads
            else:
                for index, limit in guard.limits:
                    limits.setdefault(index, set()).add(limit)
        return {index: frozenset(found) for index, found in limits.items() if index not in odd}


def _with_one(get: Callable[[Values], Any], fate: Fate) -> Callable[[Values], Any]:
    return lambda values: (get(values), fate(values))


def _with_two(get: Callable[[Values], Any], one: Fate, two: Fate) -> Callable[[Values], Any]:
    return lambda values: (get(values), one(values), two(values))


def _nothing(_values: Values) -> tuple[int, ...]:
    return ()


def _places(values: Values, classes: tuple[tuple[int, list[int]], ...]) -> tuple[int, ...]:
    """For each number: the lowest with the same answers."""
    found = []
    for index, borders in classes:
        value = values[index]
        place = bisect_right(borders, value)
        # Borders come in pairs: below an odd one the answers still hang on the exact value.
        if place % 2 == 0:
            value = borders[place - 1] if place else borders[0] - 1
        found.append(value)
    return tuple(found)


__all__ = ["Merger"]
