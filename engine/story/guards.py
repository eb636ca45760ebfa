"""Conditions compiled to tests over the tuple of values. Closures only: nothing is evaluated as code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.script.conditions import And, Asks, Compare, Condition, IsIn, Name, Node, Not, Number, Op, Or
from engine.story.model import DIAL_COUNT, DIAL_UNIT, Guard, Test, Values


class Names(Protocol):
    """Resolves the names of a condition to indices of values. Returns -1 after reporting an unknown one."""

    def value(self, name: str, at: int) -> int: ...  # noqa: D102

    def asks(self, what: str, target: str, at: int) -> int: ...  # noqa: D102

    def is_in(self, person: str, place: str, at: int) -> int: ...  # noqa: D102


class _Once:
    """Resolves each name once, so that an unknown one is reported once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[str, ...], int] = {}

    def value(self, name: str, at: int) -> int:
        key = (name, str(at))
        if key not in self._known:
            self._known[key] = self._names.value(name, at)
        return self._known[key]

    def asks(self, what: str, target: str, at: int) -> int:
        key = (what, target, str(at))
        if key not in self._known:
            self._known[key] = self._names.asks(what, target, at)
        return self._known[key]

    def is_in(self, person: str, place: str, at: int) -> int:
        key = ("in", person, place, str(at))
        if key not in self._known:
            self._known[key] = self._names.is_in(person, place, at)
        return self._known[key]


def compile_condition(condition: Condition | None, names: Names) -> Guard | None:
    """A guard for a condition; None stays None."""
    if condition is None:
        return None
    names = _Once(names)
    reads: set[int] = set()
    test = _compile(condition.node, names, reads)
    return Guard(test, frozenset(reads), condition.text, _at_least(condition.node, reads), _limits(condition.node, names))


def none_of(guard: Guard | None, flag: int, below: int = 1) -> Guard | None:
    """`guard`, and the value at `flag` is less than `below` (-1: only the guard)."""
    if flag < 0:
        return guard
    if guard is None:
        return Guard(lambda values: values[flag] < below, frozenset((flag,)), "still here", limits=frozenset(((flag, below),)))
    inner = guard.test
    limits = guard.limits | {(flag, below)} if guard.limits is not None else None
    text = f"({guard.text}) and still here"
    return Guard(lambda values: values[flag] < below and inner(values), guard.reads | {flag}, text, limits=limits)


def _at_least(node: Node, reads: set[int]) -> tuple[int, int]:
    if len(reads) == 1:
        (index,) = reads
        if isinstance(node, Name | Asks | IsIn):
            return index, 1
        if isinstance(node, Compare) and node.op == ">=" and isinstance(node.left, Name) and isinstance(node.right, Number):
            return index, node.right.value * (DIAL_UNIT if index < DIAL_COUNT else 1)
    return -1, 0


def _limits(node: Node, names: Names) -> frozenset[tuple[int, int]] | None:
    """The numbers at which the answers of a condition may change, value by value; None when two values are compared."""
    found: set[tuple[int, int]] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, And | Or):
            stack.extend(part.parts)
        elif isinstance(part, Not):
            stack.append(part.part)
        elif isinstance(part, Name):
            found.add((names.value(part.name, part.at), 1))
        elif isinstance(part, Asks):
            found.add((names.asks(part.what, part.target, part.at), 1))
        elif isinstance(part, IsIn):
            found.add((names.is_in(part.person, part.place, part.at), 1))
        elif isinstance(part, Compare):
            if not isinstance(part.left, Name) or not isinstance(part.right, Number):
                return None
            index = names.value(part.left.name, part.left.at)
            number = part.right.value * (DIAL_UNIT if index < DIAL_COUNT else 1)
            found |= {
                ">=": {(index, number)}, "<": {(index, number)}, ">": {(index, number + 1)}, "<=": {(index, number + 1)},
                "=": {(index, number), (index, number + 1)}, "!=": {(index, number), (index, number + 1)},
            }[part.op]  # fmt: skip
    return frozenset(found)


def _compile(node: Node, names: Names, reads: set[int]) -> Test:
    if isinstance(node, Name):
        return _truth(_read(names.value(node.name, node.at), reads))
    if isinstance(node, Number):
        truth = node.value > 0
        return lambda values: truth
    if isinstance(node, Asks):
        return _truth(_read(names.asks(node.what, node.target, node.at), reads))
    if isinstance(node, IsIn):
        return _truth(_read(names.is_in(node.person, node.place, node.at), reads))
    if isinstance(node, Not):
        inner = _compile(node.part, names, reads)
        return lambda values: not inner(values)
    if isinstance(node, Compare):
        return _comparison(node, names, reads)
    parts = tuple(_compile(part, names, reads) for part in node.parts)
    if isinstance(node, And):
        if len(parts) == 2:
            one, two = parts
            return lambda values: one(values) and two(values)
        return lambda values: all(part(values) for part in parts)
    if len(parts) == 2:
        one, two = parts
        return lambda values: one(values) or two(values)
    return lambda values: any(part(values) for part in parts)


def _read(index: int, reads: set[int]) -> int:
    if index >= 0:
        reads.add(index)
    return index


def _truth(index: int) -> Test:
    if index < 0:
        return lambda values: False
    return lambda values: values[index] > 0


_OPS: dict[Op, Callable[[Callable[[Values], int], Callable[[Values], int]], Test]] = {
    "=": lambda a, b: lambda values: a(values) == b(values),
    "!=": lambda a, b: lambda values: a(values) != b(values),
    "<": lambda a, b: lambda values: a(values) < b(values),
    "<=": lambda a, b: lambda values: a(values) <= b(values),
    ">": lambda a, b: lambda values: a(values) > b(values),
    ">=": lambda a, b: lambda values: a(values) >= b(values),
}

_WITH_NUMBER: dict[Op, Callable[[int, int], Test]] = {
    "=": lambda i, n: lambda values: values[i] == n,
    "!=": lambda i, n: lambda values: values[i] != n,
    "<": lambda i, n: lambda values: values[i] < n,
    "<=": lambda i, n: lambda values: values[i] <= n,
    ">": lambda i, n: lambda values: values[i] > n,
    ">=": lambda i, n: lambda values: values[i] >= n,
}


def _comparison(node: Compare, names: Names, reads: set[int]) -> Test:
    left = _operand(node.left, names, reads)
    right = _operand(node.right, names, reads)
    if isinstance(node.left, Name) and isinstance(node.right, Number) and left[0] >= 0:
        scale = DIAL_UNIT if left[0] < DIAL_COUNT else 1
        return _WITH_NUMBER[node.op](left[0], node.right.value * scale)
    # Dials count in hundredths, flags in ones: bring both sides to hundredths.
    return _OPS[node.op](_scaled(left), _scaled(right))


def _operand(part: Name | Number, names: Names, reads: set[int]) -> tuple[int, int]:
    if isinstance(part, Number):
        return -1, part.value
    return _read(names.value(part.name, part.at), reads), 0


def _scaled(operand: tuple[int, int]) -> Callable[[Values], int]:
    index, number = operand
    if index < 0:
        constant = number * DIAL_UNIT
        return lambda values: constant
    if index < DIAL_COUNT:
        return lambda values: values[index]
    return lambda values: values[index] * DIAL_UNIT
