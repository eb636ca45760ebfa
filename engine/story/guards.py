"""Conditions compiled to tests over the tuple of values. Closures only: nothing is evaluated as code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.script.conditions import And, Asks, Compare, Condition, IsIn, Name, Node, Not, Number, Op
from engine.story.model import DIAL_UNIT, Guard, Test, Values


class Names(Protocol):
    """Resolves the names of a condition to indices of values. Returns -1 after reporting an unknown one."""

    def value(self, name: str, at: int) -> int: ...  # noqa: D102

    def asks(self, what: str, target: str, at: int) -> int: ...  # noqa: D102

    def is_in(self, person: str, place: str, at: int) -> int: ...  # noqa: D102


DIAL_COUNT = 5


def compile_condition(condition: Condition | None, names: Names) -> Guard | None:
    """A guard for a condition; None stays None."""
    if condition is None:
        return None
    reads: set[int] = set()
    test = _compile(condition.node, names, reads)
    return Guard(test, frozenset(reads), condition.text, _at_least(condition.node, reads))


def none_of(guard: Guard | None, flag: int) -> Guard | None:
    """`guard` and not the value at `flag` (-1: only the guard)."""
    if flag < 0:
        return guard
    if guard is None:
        return Guard(lambda values: not values[flag], frozenset((flag,)), "still here")
    inner = guard.test
    return Guard(lambda values: not values[flag] and inner(values), guard.reads | {flag}, f"({guard.text}) and still here")


def _at_least(node: Node, reads: set[int]) -> tuple[int, int]:
    if len(reads) == 1:
        (index,) = reads
        if isinstance(node, Name | Asks | IsIn):
            return index, 1
        if isinstance(node, Compare) and node.op == ">=" and isinstance(node.left, Name) and isinstance(node.right, Number):
            return index, node.right.value * (DIAL_UNIT if index < DIAL_COUNT else 1)
    return -1, 0


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
