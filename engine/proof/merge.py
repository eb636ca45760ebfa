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
from engine.proof.slices import DIALS, Slice
from engine.story.model import END, SHOWN, Choice, Cue, Effect, Guard, Move, Op, Scene, Story, Values

Span = tuple[int, int]
Plan = tuple[Callable[[Values], Any], tuple[tuple[int, list[int]], ...]]
"""How to take the values that matter, and the numbers that matter by their side of limits only."""


class Merger:
    """Tells which states of a slice are one: those with equal keys."""

    def __init__(self, part: Slice) -> None:
        self.story: Story = part.story
        self.question = part.question
        self._spread = part.spread
        self._ways: dict[str, list[tuple[Guard | None, str, Scene | Choice | None, str]]] = {}
        for source, _trigger, guard, dest, do in part.stepper.ways():
            verb = do.verb if do is not None else ""
            self._ways.setdefault(source, []).append((guard, dest, do.what if do is not None else None, verb))
        self.order = self._topological(part.stepper.first())
        """Machine states from first to last."""
        self.rank = {name: number for number, name in enumerate(self.order)}
        self._due_reads = [self._reads_of_due(index) for index in range(len(self.story.dues))]
        self._live = self._find_live()
        self._growing = self._find_growing()
        self._settled = self._find_settled()
        self._late = part.brings_late
        self.timed = self._find_timed()
        self._plans = {name: self._plan(name, ()) for name in self.order}
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
        get, classes = self._plans[scene]
        if classes:
            if scene in self.timed:
                return get(values), _places(values, classes), clock
            return get(values), _places(values, classes)
        return (get(values), clock) if scene in self.timed else get(values)

    def ending(self, values: Values) -> int:
        """The number of the ending that these values lead to."""
        return next(number for number, one in enumerate(self.story.endings) if one.guard is None or one.guard.test(values))

    def _outcome(self, values: Values) -> Hashable:
        """After the end only what it is matters, and which coda follows."""
        ending = self.ending(values) if self.story.endings else -1
        return ending, *(coda.guard is None or bool(coda.guard.test(values)) for coda in self.story.codas)

    def _plan(self, scene: str, pending: tuple[int, ...]) -> Plan:
        live = set(self._live[scene])
        for index in pending:
            live |= self._due_reads[index]
        classes = []
        for index, borders in self._settled.get(scene, ()):
            live.discard(index)
            if borders:
                classes.append((index, borders))
        if not live:
            return _nothing, tuple(classes)
        return itemgetter(*sorted(live)), tuple(classes)

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

    def _find_live(self) -> dict[str, frozenset[int]]:
        """For each state of the machine: the values that may be asked for once one has arrived there."""
        story = self.story
        end: set[int] = set()
        for guard in self._end_guards():
            end |= _reads(guard)
        arrival_end: set[int] = set(end)
        for index in story.reckoning:
            arrival_end |= self._due_reads[index]
        inside: dict[str, frozenset[int]] = {}
        """Asked for after arriving (the decision stands)."""
        arriving: dict[str, frozenset[int]] = {END: frozenset(arrival_end)}
        for name in reversed(self.order):
            if name == END:
                inside[name] = frozenset(end)
                continue
            live: set[int] = set()
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

    def _reads_of_offer(self, scene: Scene) -> set[int]:
        reads: set[int] = set()
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                reads |= _reads(piece.guard)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= _reads(card.guard)
        return reads

    def _reads_of_arrival(self, scene: Scene) -> set[int]:
        reads = self._reads_of_effect(scene.effect) | _reads_of_moves(scene.moves)
        if scene.muted >= 0:
            reads.add(scene.muted)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= _reads(card.guard)
        return reads

    def _reads_of_choice(self, choice: Choice) -> set[int]:
        return _reads_of_moves(choice.moves) | _reads_of_cues(choice.script) | self._reads_of_effect(choice.effect)

    def _reads_of_several(self, scene: Scene) -> set[int]:
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

    def _reads_of_effect(self, effect: Effect) -> set[int]:
        reads: set[int] = set()
        for index in effect.later:
            reads |= self._due_reads[index]
        return reads

    def _reads_of_due(self, index: int) -> set[int]:
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
                if index >= DIALS and (not own or not add or amount < 0):
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
            candidates -= self._due_reads[due.index]
            if due.effect is not None:
                strike(due.effect.ops, own=False)
        for guard in self._guards():
            if guard.limits is None:
                candidates -= guard.reads
        return candidates

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

    def _asked_at(self, name: str) -> Iterator[tuple[int, int]]:
        guards = [guard for guard, _dest, _what, _verb in self._ways.get(name, ())]
        scene = self.story.scenes.get(name)
        if scene is not None:
            guards += [*_offer_guards(scene), *_arrival_guards(scene)]
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


def _reads(guard: Guard | None) -> set[int]:
    return set(guard.reads) if guard is not None else set()


def _reads_of_moves(moves: tuple[Move, ...]) -> set[int]:
    reads: set[int] = set()
    for guard, code, _a, _b, c, _d, e in moves:
        reads |= _reads(guard)
        if code == SHOWN:
            reads |= {index for index in (c, e) if index >= 0}
    return reads


def _reads_of_cues(cues: tuple[Cue, ...]) -> set[int]:
    reads: set[int] = set()
    for cue in cues:
        reads |= _reads_of_moves(cue.moves)
    return reads


def _offer_guards(scene: Scene) -> list[Guard | None]:
    guards: list[Guard | None] = []
    if scene.pick is not None:
        guards += [piece.guard for piece in scene.pick.pieces.values()]
    if scene.board is not None:
        guards += [card.guard for card in scene.board.cards.values()]
    return guards


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
    guards = [*_offer_guards(scene), *_arrival_guards(scene), *_several_guards(scene)]
    for choice in scene.choices.values():
        guards += [move[0] for move in choice.moves] + [cue.guard for cue in choice.script]
    yield from (guard for guard in guards if guard is not None)


__all__ = ["Merger"]
