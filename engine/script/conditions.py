"""`if`: a closed little language. Names, `and or not`, brackets, comparisons with whole numbers. Nothing is ever evaluated as code.

Positions (`at`) are 0-based character offsets in the condition's own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Op = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Name:
    """A flag, a dial, `scene.choice` or `scene.piece`. Alone it asks for more than zero."""

    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number (`yes` is 1, `no` is 0)."""

    value: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Asks:
    """`left PLACE`, `muted PLACE`, `seen MESSAGE`, `gone MESSAGE`."""

    what: Literal["left", "muted", "seen", "gone"]
    target: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class IsIn:
    """`PERSON in PLACE`."""

    person: str
    place: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values."""

    left: Name | Number
    op: Op
    right: Name | Number
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    parts: tuple[Node, ...]


Node = Name | Number | Asks | IsIn | Compare | Not | And | Or


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, and what it means."""

    text: str
    node: Node
