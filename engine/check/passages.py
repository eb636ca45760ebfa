"""Epilogues, codas and what nobody saw: lines that are never told or always, and epilogues that come out empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TypeVar

from engine.check.case import Case, Check, Found
from engine.proof import prove
from engine.proof.before import apart, from_any
from engine.script import passage as written
from engine.script.findings import Path
from engine.script.parts import passages_of
from engine.story.model import Coda, Guard, Passage, Story, Test, Values

Line = TypeVar("Line")

MOST_WAYS = 20_000
"""So many ways in which values may stand are tried for one condition."""
EMPTY = "(empty)"
"""Id of a coda that no author can write: it is told where an epilogue comes out empty."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A passage, and when it comes to be told at all."""

    path: Path
    passage: Passage
    rows: tuple[written.Row, ...]
    """As they were written, one for each row of the passage."""
    holds: tuple[Guard, ...] = ()
    """All of these."""
    fails: tuple[Guard, ...] = ()
    """And none of these: the conditions of the endings before."""

    @property
    def guards(self) -> list[Guard]:
        """What lines of it ask for, each once."""
        return list({row.guard.text: row.guard for row in self.passage.rows if row.guard is not None}.values())

    @property
    def bare(self) -> bool:
        """Nothing of it is told in every case."""
        return not any(row.guard is None and row.text for row in self.passage.rows)

    def comes(self, values: Values) -> bool:
        """Whether it comes to be told."""
        return all(guard.test(values) for guard in self.holds) and not any(guard.test(values) for guard in self.fails)


def _told(case: Case) -> Iterator[_Told]:
    """Every passage of which some lines depend on something."""
    story = case.story
    compiled: dict[Path, tuple[Passage, tuple[Guard, ...], tuple[Guard, ...]]] = {}
    before: tuple[Guard, ...] = ()
    for ending in story.endings:
        own = (ending.guard,) if ending.guard is not None else ()
        compiled["endings", ending.id, "epilogue"] = ending.epilogue, own, before
        before += own
    for coda in story.codas:
        compiled["codas", coda.id, "text"] = coda.text, (coda.guard,) if coda.guard is not None else (), ()
    for scene, passage in story.unseen.items():
        compiled["debrief", "unseen", scene] = passage, (), ()
    for path, as_written in passages_of(case.scenario):
        passage, holds, fails = compiled[path]
        one = _Told(path, passage, as_written.rows, holds, fails)
        if one.guards:
            yield one


def standings(story: Story, guards: Iterable[Guard]) -> Iterator[Values] | None:
    """Every way in which the values that some conditions ask for may stand, as far as the conditions tell them apart.

    None when there are too many, or when a condition compares two values. Not every way need come about in a play.
    """
    sides: dict[int, set[int]] = {}
    for guard in guards:
        if guard.limits is None:
            return None
        for index in guard.reads:
            sides.setdefault(index, {story.vars[index].low})
        for index, limit in guard.limits:
            if story.vars[index].low < limit <= story.vars[index].high:
                sides[index].add(limit)
    if prod(len(side) for side in sides.values()) > MOST_WAYS:
        return None
    return _standing(story.start_values(), sides)


def _standing(start: Values, sides: dict[int, set[int]]) -> Iterator[Values]:
    for numbers in product(*(sorted(side) for side in sides.values())):
        values = list(start)
        for index, number in zip(sides, numbers, strict=True):
            values[index] = number
        yield tuple(values)


def lines(case: Case) -> Iterator[Found]:
    """Lines whose `if` fails whenever the text is told at all, and lines whose `if` then always holds."""
    for told in _told(case):
        # Where no play comes to the ending, neither is seen, and that is told by itself.
        yield from _dead(told, {guard.text: _answers(case.story, told, guard) for guard in told.guards})


def _answers(story: Story, told: _Told, guard: Guard) -> set[bool]:
    """What a condition may come to where a passage is told; nothing is left out, and where all cannot be tried, both are in it.

    The endings before are left aside where there are too many ways with them: then it may come to more than it does.
    """
    for one in (told, replace(told, fails=())):
        ways = standings(story, (guard, *one.holds, *one.fails))
        if ways is not None:
            return {bool(guard.test(values)) for values in ways if one.comes(values)}
    return {False, True}


def _dead(told: _Told, seen: dict[str, set[bool]]) -> Iterator[Found]:
    rows = ((row.guard, as_written) for row, as_written in zip(told.passage.rows, told.rows, strict=True) if row.text)
    for asked, as_written, holds in idle(rows, seen):
        if not holds:
            message = f"this is never told: '{asked}' cannot hold here"
            hint = "see what leads here: the `if` of the ending or the coda, and of the endings before; mend it, or take it out"
            yield Found("SB309", told.path, message, hint, as_written.row, as_written.col)
        else:
            message = f"this is always told: '{asked}' cannot fail here"
            yield Found("SB310", told.path, message, "leave its `if` out", as_written.row, as_written.col)


def idle(lines: Iterable[tuple[Guard | None, Line]], answers: Mapping[str, set[bool]]) -> Iterator[tuple[str, Line, bool]]:
    """Conditions that leave no choice: each once, with the first line that asks it, and whether it holds.

    `answers` are what each condition may come to, by its text. What stands within such a block is not named too, and neither is the
    other branch of a block of which one is never told.
    """
    never = [text for text, found in answers.items() if found == {False}]
    said: set[str] = set()
    for guard, line in lines:
        asked = guard.text if guard is not None else ""
        if not asked or asked in said or len(answers[asked]) != 1 or any(asked.startswith(f"({outer}) and ") for outer in said):
            continue
        said.add(asked)
        if asked in never:
            yield asked, line, False
        elif not any(text in (f"not ({asked})", asked.removeprefix("not (").removesuffix(")")) for text in never):
            yield asked, line, True


def empty_epilogues(case: Case) -> Iterator[Found]:
    """Endings that tell nothing in some play. Only what a play was found for is said."""
    story = case.story
    might: dict[str, _Told] = {}
    for told in _told(case):
        if told.path[0] == "endings" and told.bare:
            ways = standings(story, (*told.guards, *told.holds, *told.fails))
            if ways is None or any(_empty(told)(values) for values in ways):
                might[str(told.path[1])] = told
    if not might or case.proof is None:
        return
    codas = tuple(Coda(f"{EMPTY} {name}", Passage(), _guard(told)) for name, told in might.items())
    asked = replace(from_any(story), codas=codas, machine=None)
    limits = case.limits
    proof = apart(prove(asked, max_states=limits.states, seconds=limits.seconds / 2, beside=frozenset(("codas",))))
    for name, told in might.items():
        way = proof.codas.get(f"{EMPTY} {name}")
        if way is not None:
            shown = "; ".join(str(given) for given in way)
            message = f"the ending '{name}' tells nothing in some plays, for instance: {shown}"
            yield Found("SB314", told.path, message, "let a line of it stand without an `if`, or give its last block an {else}")


def _empty(told: _Told) -> Test:
    guards = [row.guard for row in told.passage.rows if row.text and row.guard is not None]
    return lambda values: told.comes(values) and not any(guard.test(values) for guard in guards)


def _guard(told: _Told) -> Guard:
    """The condition that the passage is told and is empty."""
    asked: Sequence[Guard] = (*told.guards, *told.holds, *told.fails)
    limits: frozenset[tuple[int, int]] | None = frozenset()
    for guard in asked:
        limits = None if limits is None or guard.limits is None else limits | guard.limits
    return Guard(_empty(told), frozenset().union(*(guard.reads for guard in asked)), EMPTY, limits=limits)


CHECKS: tuple[Check, ...] = (lines, empty_epilogues)
