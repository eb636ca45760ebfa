"""What a check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from engine.check.outcomes import too_wide
from engine.proof import Proof
from engine.proof.pareto import Decision, obvious
from engine.script import format as form
from engine.script.findings import Path
from engine.script.lines import AnyLine, Script
from engine.script.parts import placed, scripts_of, start_place
from engine.script.read import Source
from engine.story.model import Story


class Found(NamedTuple):
    """One thing found, at a path of the file. `row` and `col` count from 0 inside the value there; `key`: at the key itself."""

    code: str
    path: Path
    message: str
    hint: str = ""
    row: int = 0
    col: int = 0
    key: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How long texts may be, and how hard."""

    message: int = 500
    """Characters of a message in a group or a direct message. The longest of both shipped scenarios has 289."""
    label: int = 60
    thought: int = 120
    title: int = 40
    rows: int = 18
    """Rows that a conversation has on a terminal of 80 by 24, its frame taken off."""
    columns: int = 60
    """Columns of a text there."""
    reading_age: int = 14
    """Years of age. The target is 13 to 14, which most public guidance for plain language asks for or goes below."""
    long_text: int = 60
    """Words from which on a text is looked at by itself."""
    states: int = 300_000
    """Merged states that one question of a proof may take."""
    seconds: float = 20.0
    """Seconds that the proof of one scenario may take."""


@dataclass
class Case:
    """A scenario that compiles, and what is known of it."""

    source: Source
    story: Story
    proof: Proof | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def scenario(self) -> form.Scenario:
        """The scenario as it was written."""
        return self.story.scenario

    @cached_property
    def never(self) -> dict[str, list[str]]:
        """What no play comes to, by kind; only what is proved."""
        return self.proof.unreachable() if self.proof is not None else {}

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """What the options of each decision come to in the end; empty when the story is too large to know."""
        if too_wide(self.story):
            return {}
        return {decision.scene: decision for decision in obvious(self.story, seconds=self.limits.seconds / 2)}

    @cached_property
    def scripts(self) -> list[tuple[Path, Script]]:
        """Every script of the scenario with its path."""
        return list(scripts_of(self.scenario))


Check = Callable[[Case], Iterable[Found]]


def lines_of(case: Case) -> Iterator[tuple[Path, str | None, AnyLine]]:
    """Every line of every script: the script's path, the place that the line is in, the line."""
    for path, script in case.scripts:
        for place, line in placed(script.lines, start_place(case.scenario, path)):
            yield path, place, line
