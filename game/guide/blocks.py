"""What a guide is made of, before anybody decides whether it becomes a page or a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Style = Literal["", "strong", "soft", "quiet", "later", "fill"]


class Run(NamedTuple):
    """Words in one style: strong, soft (an inner voice), quiet (an aside), later (what comes back), fill (to be filled in)."""

    text: str
    style: Style = ""


Words = tuple[Run, ...]


def words(*runs: str | Run) -> Words:
    """Runs from strings and runs; empty ones are left out."""
    made = (run if isinstance(run, Run) else Run(run) for run in runs)
    return tuple(run for run in made if run.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. `id` is where a link leads; `fresh` begins a new page."""

    level: int
    text: str
    id: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: plain, a lead, an aside, or a quotation."""

    words: Words
    kind: Literal["", "lead", "aside", "quote", "keep"] = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: Sequence[Words]
    ordered: bool = False


Cell = Sequence[Words]
"""A cell of a table: its paragraphs."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` are percentages; `kind` says what it is for."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of a script."""

    who: str
    text: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be read in a scene."""

    lines: Sequence[ScriptLine]


@dataclass(frozen=True, slots=True)
class Box:
    """Something set apart: `spoiler` for the facilitator only, `care` for safety."""

    kind: Literal["spoiler", "care"]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG and as PNG, with words for those who do not see it. `wide` and `high` are inches."""

    svg: bytes
    png: bytes
    words: str
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines that we drew ourselves, as SVG in the colours of the page; `words` are its caption, and stand where there are no pictures."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines of fixed width."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Contents:
    """Where things are: (id, text), with links where the form has them."""

    entries: Sequence[tuple[str, str]]


Block = Heading | Para | Bullets | Table | Script | Box | Picture | Chart | Outline | Contents


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole guide."""

    title: str
    subtitle: str
    language: str
    blocks: list[Block] = field(default_factory=list)
