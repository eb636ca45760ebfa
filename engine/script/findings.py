"""What is found out about a scenario: data, never just a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

Severity = Literal["error", "warning", "info"]
Path = tuple[str | int, ...]
"""Where something stands in the file: the keys that lead to it, e.g. `("scenes", "meme", "choices", "speak-up", "next")`."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing found. `line` and `column` count from 1."""

    code: str
    severity: Severity
    message: str
    file: str
    line: int = 1
    column: int = 1
    hint: str = ""

    def __str__(self) -> str:
        """As one line, with the hint on a second."""
        head = f"{self.file}:{self.line}:{self.column}: {self.code} {self.severity}: {self.message}"
        return f"{head}\n    {self.hint}" if self.hint else head


class ScenarioError(Exception):
    """A scenario that cannot be played; `findings` say why, all at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings, key=lambda finding: (finding.file, finding.line, finding.column, finding.code))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Problem(NamedTuple):
    """Something wrong inside one value. `row` and `col` count from 0 in the value's own text."""

    code: str
    message: str
    hint: str = ""
    row: int = 0
    col: int = 0


class Unread(ValueError):
    """A value that cannot be taken as it stands: all its problems, and the best that could be made of it (or None)."""

    def __init__(self, *problems: Problem, best: object = None) -> None:
        self.problems = problems
        self.best = best
        super().__init__("; ".join(problem.message for problem in problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'marnie'?`, or nothing when nothing known is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def words_list(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    given = list(words)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} and {given[-1]}" if given else ""
