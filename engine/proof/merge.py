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
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product
from operator import itemgetter
from typing import Any

from engine.play.world import State
from engine.proof.chart import offer_guards
from engine.proof.slices import Slice
from engine.story.model import DIAL_COUNT, END, SET, SHOWN, Choice, Cue, Effect, Guard, Move, Op, Scene, Story, Test, Values

Span = tuple[int, int]
Fate = Callable[[Values], int]
Atom = int | Guard
"""What asks for values: a condition, or something that asks for one value as it is."""
Odd = tuple[Test, tuple[int, ...], list[int], list[tuple[int, ...]]]
"""A condition of which some values are fixed: (its test, these, those that may still change, numbers that stand for all of those)."""
MOST_ODDS = 32
MOST_FATES = 16
"""How many ways in which the rest of a story may turn out are tried to find what is fixed by now."""
Plan = tuple[Callable[[Values], Any], tuple[tuple[int, list[int]], ...]]
"""How to take the values that matter, and the numbers that matter by their side of limits only."""


class Merger:
    """Tells which states of a slice are one: those with equal keys."""

    def __init__(self, part: Slice) -> None:
        self.story: Story = part.story
        self.question = part.question
        self._spread = part.spread
        self._kept = part.needed.dues
        self._late = part.brings_late
        self._ways: dict[str, list[tuple[Guard | None, str, Scene | Choice | None, str]]] = {}
        for source, _trigger, guard, dest, do in part.stepper.ways():
            verb = do.verb if do is not None else ""
            self._ways.setdefault(source, []).append((guard, dest, do.what if do is not None else None, verb))
        self.order = self._topological(part.stepper.first())
        """Machine states from first to last."""
        self.rank = {name: number for number, name in enumerate(self.order)}
        told_apart = self._find_told_apart()
        self._get_told_apart: Callable[[Values], Hashable] | None = itemgetter(*told_apart) if told_apart else None
        self._due_reads = [self._reads_of_due(index) for index in range(len(self.story.dues))]
        end: set[Atom] = set()
        for guard in self._end_guards():
            end |= _reads(guard)
        for index in self.story.reckoning:
            end |= self._due_reads[index]
        self._end = frozenset(end)
        self._asked_at_end = frozenset(_values(end))
        self._live = self._find_live(self._end)
        self._near = self._find_live(frozenset())
        """As `_live`, the end and the reckoning apart."""
        self._written = self._find_written()
        self._written_late = frozenset().union(*(self._writes_of_due(index) for index in self.story.reckoning))
        self._written_due = frozenset().union(*(self._writes_of_due(index) for index in self._kept))
        self._kept_apart = frozenset(told_apart) - self._written_late
        """Values whose every difference shows at the end, and that nothing in the reckoning changes."""
        self._growing = self._find_growing()
        self._settled = self._find_settled()
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
            atoms |= self._due_reads[index]
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
            sides = _sides(atom, moving)
            if sides is None:
                exact |= fixed
            elif fixed:
                odds.append((atom.test, tuple(sorted(fixed)), moving, sides))
        exact -= growing
        odds = [odd for odd in odds if not exact.issuperset(odd[1])]
        if odds:
            fates.append(_fate(odds, len(self.story.vars)))
        get: Callable[[Values], Any] = itemgetter(*sorted(exact)) if exact else _nothing
        if len(fates) == 1:
            get = _with_one(get, fates[0])
        elif fates:
            get = _with_two(get, *fates)
        return get, classes

    def _writes_of_due(self, index: int) -> set[int]:
        due = self.story.dues[index]
        effects: list[tuple[Effect, tuple[Move, ...]]] = [(due.effect, ())] if due.effect is not None else []
        effects += [
            (self.story.scenes[name].effect, self.story.scenes[name].moves)
            for name in (due.scene, due.otherwise)
            if name is not None
        ]
        written: set[int] = set()
        for effect, moves in effects:
            written |= _writes(effect, moves, ())
            for other in (*effect.later, *(move[5] for move in moves if move[1] == SHOWN and move[5] >= 0)):
                written |= self._writes_of_due(other)
        return written

    def _find_timed(self) -> frozenset[str]:
        """The states of the machine from which something may still be set going, so that it matters when."""
        after: dict[str, bool] = {}
        inside: set[str] = set()
        for name in reversed(self.order):
            found = False
            for _guard, dest, what, verb in self._ways.get(name, ()):
                found = found or (dest != name and after[dest])
                if verb == "choose" and isinstance(what, Choice):
                    found = found or bool(what.effect.later) or _brings(what.moves, what.script)
                elif verb in ("pick", "link") and isinstance(what, Scene):
                    several = what.pick or what.board
                    assert several is not None
                    moves = what.pick.moves if what.pick is not None else ()
                    pieces = what.pick.pieces.values() if what.pick is not None else ()
                    found = found or bool(several.effect.later) or _brings(moves, several.script)
                    found = found or any(rule.effect.later or _brings((), rule.script) for rule in several.rules)
                    found = found or any(piece.effect.later for piece in pieces)
            if found:
                inside.add(name)
            scene = self.story.scenes.get(name)
            if scene is not None:
                found = found or bool(scene.effect.later) or _brings(scene.moves, ())
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
                live |= _reads(guard)
                if dest != name:
                    live |= arriving[dest]
                if verb == "choose":
                    assert isinstance(what, Choice)
                    live |= self._reads_of_choice(what)
                elif verb in ("pick", "link"):
                    assert isinstance(what, Scene)
                    live |= self._reads_of_several(what)
            scene = story.scenes.get(name)
            if scene is not None:
                live |= self._reads_of_offer(scene)
            inside[name] = frozenset(live)
            if scene is not None:
                live |= self._reads_of_arrival(scene)
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
                    written |= _writes(what.effect, what.moves, what.script)
                elif verb in ("pick", "link") and isinstance(what, Scene):
                    written |= _writes_of_several(what)
            inside[name] = frozenset(written)
            scene = self.story.scenes.get(name)
            if scene is not None:
                written |= _writes(scene.effect, scene.moves, ())
                if scene.board is not None:
                    written.add(scene.board.count)
            arriving[name] = written
        return inside

    def _reads_of_offer(self, scene: Scene) -> set[Atom]:
        reads: set[Atom] = set()
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                reads |= _reads(piece.guard)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= _reads(card.guard)
        return reads

    def _reads_of_arrival(self, scene: Scene) -> set[Atom]:
        reads = self._reads_of_effect(scene.effect) | _reads_of_moves(scene.moves)
        if scene.muted >= 0:
            reads.add(scene.muted)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= _reads(card.guard)
        return reads

    def _reads_of_choice(self, choice: Choice) -> set[Atom]:
        return _reads_of_moves(choice.moves) | _reads_of_cues(choice.script) | self._reads_of_effect(choice.effect)

    def _reads_of_several(self, scene: Scene) -> set[Atom]:
        several = scene.pick or scene.board
        assert several is not None
        reads = self._reads_of_effect(several.effect) | _reads_of_cues(several.script)
        for rule in several.rules:
            reads |= _reads(rule.guard) | self._reads_of_effect(rule.effect) | _reads_of_cues(rule.script)
        if scene.pick is not None:
            reads |= _reads_of_moves(scene.pick.moves)
            for piece in scene.pick.pieces.values():
                reads |= self._reads_of_effect(piece.effect)
        return reads

    def _reads_of_effect(self, effect: Effect) -> set[Atom]:
        reads: set[Atom] = set()
        for index in effect.later:
            reads |= self._due_reads[index]
        return reads

    def _reads_of_due(self, index: int) -> set[Atom]:
        due = self.story.dues[index]
        reads = _reads(due.guard)
        if due.effect is not None:
            for other in due.effect.later:
                reads |= self._reads_of_due(other)
        for name in (due.scene, due.otherwise):
            if name is not None:
                scene = self.story.scenes[name]
                reads |= _reads_of_moves(scene.moves)
                for other in scene.effect.later:
                    reads |= self._reads_of_due(other)
        return reads

    # Numbers that only grow

    def _find_growing(self) -> set[int]:
        """Values that are only ever added to, and asked for only on which side of a limit they lie, by nothing that comes due.

        A number is raised by choices and pieces alone, since it stops at its bounds. A dial has none: it may be lowered, and moved
        by anything.
        """
        story = self.story
        candidates = {var.index for var in story.vars if var.kind in ("dial", "number")}

        def strike(ops: tuple[Op, ...], *, own: bool) -> None:
            for index, add, amount, _low, _high in ops:
                if index >= DIAL_COUNT and (not own or not add or amount < 0):
                    candidates.discard(index)

        for scene in story.scenes.values():
            strike(scene.effect.ops, own=False)
            for choice in scene.choices.values():
                strike(choice.effect.ops, own=True)
            if scene.pick is not None:
                for piece in scene.pick.pieces.values():
                    strike(piece.effect.ops, own=True)
            for several in (scene.pick, scene.board):
                if several is None:
                    continue
                strike(several.effect.ops, own=False)
                for rule in several.rules:
                    strike(rule.effect.ops, own=False)
            if scene.board is not None:
                candidates -= {scene.board.count, scene.board.found}
        for due in story.dues:
            if due.index not in self._kept:
                continue
            candidates -= _values(self._due_reads[due.index])
            if due.effect is not None:
                strike(due.effect.ops, own=False)
        for guard in self._guards():
            if guard.limits is None:
                candidates -= guard.reads
        return candidates

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
            yield from _guards_within(scene)

    def _end_guards(self) -> list[Guard | None]:
        return [ending.guard for ending in self.story.endings] + [coda.guard for coda in self.story.codas]

    def _find_settled(self) -> dict[str, list[tuple[int, list[int]]]]:
        """For each state of the machine and growing value: the borders of the spans in which a limit is not settled yet."""
        if not self._growing:
            return {}
        tests: dict[str, dict[tuple[int, int], Span]] = {}
        """Machine state to (value, limit) to the least and most that may be added before it is asked."""
        for name in reversed(self.order):
            mine: dict[tuple[int, int], Span] = {}
            for index, limit in self._asked_at(name):
                mine[index, limit] = (0, 0)
            for _condition, dest, what, verb in self._ways.get(name, ()):
                gains = self._gains(what, verb)
                for (index, limit), (least, most) in tests.get(dest, {}).items() if dest != name else ():
                    low, high = gains.get(index, (0, 0))
                    _join(mine, (index, limit), (least + low, most + high))
                for index, limit in self._asked_after(what, verb):
                    low, high = gains.get(index, (0, 0))
                    _join(mine, (index, limit), (min(0, low), max(0, high)))
            # Staying choices may be taken before another: what they add comes on top.
            for _condition, dest, what, verb in self._ways.get(name, ()):
                if dest == name:
                    for index, (low, high) in self._gains(what, verb).items():
                        for key, (least, most) in list(mine.items()):
                            if key[0] == index:
                                mine[key] = (least + min(0, low), most + max(0, high))
            tests[name] = mine
        settled: dict[str, list[tuple[int, list[int]]]] = {}
        highs = {var.index: var.high for var in self.story.vars}
        for name, mine in tests.items():
            for index in sorted(self._growing):
                low, high = self._spread.get(index, (0, 0))
                spans = sorted(
                    (limit - most - high, limit - least - low)
                    for (which, limit), (least, most) in mine.items()
                    if which == index and limit <= highs[index]
                )
                settled.setdefault(name, []).append((index, _borders(spans)))
        return settled

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

    def _asked_at(self, name: str) -> Iterator[tuple[int, int]]:
        guards = [guard for guard, _dest, _what, _verb in self._ways.get(name, ())]
        scene = self.story.scenes.get(name)
        if scene is not None:
            guards += [*offer_guards(scene), *_arrival_guards(scene)]
        if name == END:
            guards += self._end_guards()
        yield from self._limits(guards)

    def _asked_after(self, what: Scene | Choice | None, verb: str) -> Iterator[tuple[int, int]]:
        guards: list[Guard | None] = []
        if verb == "choose" and isinstance(what, Choice):
            guards = [move[0] for move in what.moves] + [cue.guard for cue in what.script]
        elif verb in ("pick", "link") and isinstance(what, Scene):
            guards = _several_guards(what)
        yield from self._limits(guards)

    def _limits(self, guards: list[Guard | None]) -> Iterator[tuple[int, int]]:
        for guard in guards:
            if guard is not None and guard.limits is not None:
                yield from (pair for pair in guard.limits if pair[0] in self._growing)

    def _gains(self, what: Scene | Choice | None, verb: str) -> dict[int, Span]:
        """For each growing value: the least and most that a transition adds to it."""
        if verb == "choose" and isinstance(what, Choice):
            gains: dict[int, Span] = {}
            for index, add, amount, _low, _high in what.effect.ops:
                if add and index in self._growing:
                    low, high = gains.get(index, (0, 0))
                    gains[index] = (low + amount, high + amount)
            return gains
        if verb == "pick" and isinstance(what, Scene) and what.pick is not None:
            gains = {}
            for piece in what.pick.pieces.values():
                for index, add, amount, _low, _high in piece.effect.ops:
                    if add and index in self._growing:
                        low, high = gains.get(index, (0, 0))
                        gains[index] = (low + min(0, amount), high + max(0, amount))
            return gains
        return {}


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


def _sides(guard: Guard, moving: list[int]) -> list[tuple[int, ...]] | None:
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


def _fate(odds: list[Odd], count: int) -> Fate:
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


def _brings(moves: tuple[Move, ...], script: tuple[Cue, ...]) -> bool:
    """The script sets something going."""
    return any(move[1] == SHOWN and move[5] >= 0 for moves in (moves, *(cue.moves for cue in script)) for move in moves)


def _writes(effect: Effect, moves: tuple[Move, ...], script: tuple[Cue, ...]) -> set[int]:
    written = {op[0] for op in effect.ops}
    for move in (*moves, *(move for cue in script for move in cue.moves)):
        if move[1] in (SET, SHOWN):
            written.add(move[2])
    return written


def _writes_of_several(scene: Scene) -> set[int]:
    written: set[int] = set()
    if scene.pick is not None:
        written |= _writes(scene.pick.effect, scene.pick.moves, scene.pick.script)
        for piece in scene.pick.pieces.values():
            written |= {piece.at, *_writes(piece.effect, (), ())}
    if scene.board is not None:
        written |= {scene.board.found, *(question.at for question in scene.board.questions.values())}
        written |= _writes(scene.board.effect, (), scene.board.script)
    for several in (scene.pick, scene.board):
        for rule in several.rules if several is not None else ():
            written |= _writes(rule.effect, (), rule.script)
    return written


def _join(into: dict[tuple[int, int], Span], key: tuple[int, int], span: Span) -> None:
    known = into.get(key)
    into[key] = span if known is None else (min(known[0], span[0]), max(known[1], span[1]))


def _borders(spans: list[Span]) -> list[int]:
    """Sorted borders, in pairs: from the first of a pair up to (not with) the second, some limit is not settled.

    Limits that are settled at once, whatever is added, have an empty span: it still parts the values on its two sides.
    """
    borders: list[int] = []
    for low, high in spans:
        if borders and low <= borders[-1] and not (low == high == borders[-1]):
            borders[-1] = max(borders[-1], high)
        elif not (borders and low == high == borders[-1]):
            borders += [low, high]
    return borders


def _reads(guard: Guard | None) -> set[Atom]:
    return {guard} if guard is not None else set()


def _values(atoms: Iterable[Atom]) -> set[int]:
    found: set[int] = set()
    for atom in atoms:
        found |= {atom} if isinstance(atom, int) else atom.reads
    return found


def _reads_of_moves(moves: tuple[Move, ...]) -> set[Atom]:
    reads: set[Atom] = set()
    for guard, code, _a, _b, c, _d, e in moves:
        reads |= _reads(guard)
        if code == SHOWN:
            reads |= {index for index in (c, e) if index >= 0}
    return reads


def _reads_of_cues(cues: tuple[Cue, ...]) -> set[Atom]:
    reads: set[Atom] = set()
    for cue in cues:
        reads |= _reads_of_moves(cue.moves)
    return reads


def _arrival_guards(scene: Scene) -> list[Guard | None]:
    return [
        scene.guard,
        *(move[0] for move in scene.moves),
    ]


def _several_guards(scene: Scene) -> list[Guard | None]:
    guards: list[Guard | None] = []
    for several in (scene.pick, scene.board):
        if several is not None:
            guards += [cue.guard for cue in several.script]
            for rule in several.rules:
                guards += [rule.guard, *(cue.guard for cue in rule.script)]
    return guards


def _guards_within(scene: Scene) -> Iterator[Guard]:
    guards = [*offer_guards(scene), *_arrival_guards(scene), *_several_guards(scene)]
    for choice in scene.choices.values():
        guards += [move[0] for move in choice.moves] + [cue.guard for cue in choice.script]
    yield from (guard for guard in guards if guard is not None)


__all__ = ["Merger"]
