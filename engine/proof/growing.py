"""Numbers that only grow, and where it is settled by now on which side of a limit they end up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.proof.chart import offer_guards
from engine.proof.reads import arrival_guards, several_guards
from engine.story.model import DIAL_COUNT, END, Choice, Guard, Op, Scene, Story

Span = tuple[int, int]
Ways = dict[str, list[tuple[Guard | None, str, Scene | Choice | None, str]]]
"""State of the machine to the ways out of it: (condition, where to, what is done, how)."""


class Growing:
    """The values of a story that are only ever added to, and asked for only on which side of a limit they lie, by nothing that comes due.

    A number is raised by choices and pieces alone, since it stops at its bounds. A dial has none: it may be lowered, and moved
    by anything.
    """

    def __init__(
        self, story: Story, ways: Ways, *, kept: frozenset[int], due_values: set[int], guards: Iterable[Guard]
    ) -> None:
        """`kept` are the consequences that are kept, `due_values` what those ask for, `guards` all other conditions."""
        self._story = story
        self._ways = ways
        self.values = self._find(kept) - due_values
        for guard in guards:
            if guard.limits is None:
                self.values -= guard.reads

    def _find(self, kept: frozenset[int]) -> set[int]:
        story = self._story
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
            if due.index in kept and due.effect is not None:
                strike(due.effect.ops, own=False)
        return candidates

    def settled(
        self, order: list[str], spread: dict[int, Span], end_guards: list[Guard | None]
    ) -> dict[str, list[tuple[int, list[int]]]]:
        """For each state of the machine and growing value: the borders of the spans in which a limit is not settled yet.

        `order` are the states from first to last, `spread` what anything beside choices and pieces may add to each dial, at least and at
        most, `end_guards` the conditions at the end.
        """
        if not self.values:
            return {}
        tests: dict[str, dict[tuple[int, int], Span]] = {}
        """Machine state to (value, limit) to the least and most that may be added before it is asked."""
        for name in reversed(order):
            mine: dict[tuple[int, int], Span] = {}
            for index, limit in self._asked_at(name, end_guards):
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
        highs = {var.index: var.high for var in self._story.vars}
        for name, mine in tests.items():
            for index in sorted(self.values):
                low, high = spread.get(index, (0, 0))
                spans = sorted(
                    (limit - most - high, limit - least - low)
                    for (which, limit), (least, most) in mine.items()
                    if which == index and limit <= highs[index]
                )
                settled.setdefault(name, []).append((index, _borders(spans)))
        return settled

    def _asked_at(self, name: str, end_guards: list[Guard | None]) -> Iterator[tuple[int, int]]:
        guards = [guard for guard, _dest, _what, _verb in self._ways.get(name, ())]
        scene = self._story.scenes.get(name)
        if scene is not None:
            guards += [*offer_guards(scene), *arrival_guards(scene)]
        if name == END:
            guards += end_guards
        yield from self._limits(guards)

    def _asked_after(self, what: Scene | Choice | None, verb: str) -> Iterator[tuple[int, int]]:
        guards: list[Guard | None] = []
        if verb == "choose" and isinstance(what, Choice):
            guards = [move[0] for move in what.moves] + [cue.guard for cue in what.script]
        elif verb in ("pick", "link") and isinstance(what, Scene):
            guards = several_guards(what)
        yield from self._limits(guards)

    def _limits(self, guards: list[Guard | None]) -> Iterator[tuple[int, int]]:
        for guard in guards:
            if guard is not None and guard.limits is not None:
                yield from (pair for pair in guard.limits if pair[0] in self.values)

    def _gains(self, what: Scene | Choice | None, verb: str) -> dict[int, Span]:
        """For each growing value: the least and most that a transition adds to it."""
        if verb == "choose" and isinstance(what, Choice):
            gains: dict[int, Span] = {}
            for index, add, amount, _low, _high in what.effect.ops:
                if add and index in self.values:
                    low, high = gains.get(index, (0, 0))
                    gains[index] = (low + amount, high + amount)
            return gains
        if verb == "pick" and isinstance(what, Scene) and what.pick is not None:
            gains = {}
            for piece in what.pick.pieces.values():
                for index, add, amount, _low, _high in piece.effect.ops:
                    if add and index in self.values:
                        low, high = gains.get(index, (0, 0))
                        gains[index] = (low + min(0, amount), high + max(0, amount))
            return gains
        return {}


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
