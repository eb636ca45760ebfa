"""Careers as a `pack.yaml` has them: packs played in sequence by one protagonist.

    careers:
      constable:
        title: Four years
        parts:
          - nights-team-4
          - {scenario: one-year, after: 11 months}

What is wrong is found with line and column, as in a scenario. Other keys of the file are no concern of this module.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated

from engine.script.codes import CODES
from engine.script.findings import Finding, Path, Severity, did_you_mean
from engine.script.format import Form, Id, Text, meta
from engine.script.readers import MISSING, Sink
from engine.script.times import Duration
from engine.script.typed import DictReader, ListReader, StructReader, reader_for
from engine.script.values import parse_id
from engine.script.yaml12 import Node, Tree
from engine.text import clean

FEWEST = 2
"""Parts that make a career."""


class Part(Form, frozen=True, kw_only=True):
    """One part of a career."""

    scenario: Annotated[Id, meta("The id of a scenario of this pack.")]
    after: Annotated[Duration | None, meta("How long after the last decision of the part before: `11 months`.")] = None


class Career(Form, frozen=True, kw_only=True):
    """A pack played in sequence by one protagonist."""

    title: Annotated[Text, meta("The title.")]
    parts: Annotated[list[Part], meta("The scenarios, first to last.")]
    blurb: Annotated[Text, meta("One or two sentences for the card.")] = ""


class _PartReader(StructReader):
    """A part: the id alone, or a mapping."""

    def scalar(self, value: str, style: str) -> Part:
        """The id of a scenario."""
        return Part(scenario=parse_id(value))


def _reader() -> DictReader:
    career = StructReader(Career)
    parts = ListReader(_PartReader(Part))
    career.fields["parts"] = ("parts", parts)
    return DictReader(reader_for(Id), career)


@dataclass
class Careers:
    """The careers of a pack file, what was found, and where things stand."""

    name: str
    """Of the file."""
    careers: dict[str, Career] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tree: Tree | None = None

    def add(
        self, code: str, path: Path, message: str, hint: str, severity: Severity | None = None, *, key: bool = False
    ) -> None:
        """Add a finding at the value (or key) at a path below `careers`. Codes of later stages come with their `severity`."""
        node = self.tree.find(("careers", *path), key) if self.tree is not None else None
        line, column = self.tree.place(node) if self.tree is not None and node is not None else (1, 1)
        self.findings.append(_finding(self.name, code, message, hint, line, column, severity))

    def sound(self, career: str) -> bool:
        """Nothing that stands in the way of playing it was found of a career."""
        if self.tree is None or career not in self.careers:
            return False
        first, last = self._lines(career)
        return not any(finding.severity == "error" and first <= finding.line <= last for finding in self.findings)

    def _lines(self, career: str) -> tuple[int, int]:
        """First and last line (from 1) of a career."""
        assert self.tree is not None
        here = self.tree.find(("careers", career), key=True)
        first = here.line + 1 if here is not None else 1
        following = [
            node.line + 1 for name in self.careers if (node := self.tree.find(("careers", name), key=True)) is not None
        ]
        return first, min((line - 1 for line in following if line > first), default=len(self.tree.lines))


def read_careers(text: str, name: str, known: Collection[str]) -> Careers:
    """The careers in the text of a `pack.yaml`; `known` are the ids of the pack's scenarios. Never raises because of the text."""
    found = Careers(name)
    if "careers" not in text:
        return found
    tree = found.tree = Tree(text.replace("\r\n", "\n").replace("\t", " "))
    found.findings += (
        _finding(name, slip.code, slip.message, slip.hint, slip.line + 1, slip.column + 1) for slip in tree.slips
    )
    node = _careers_node(tree)
    if node is None:
        return found
    sink = Sink(tree)
    made = _reader().slow(node, sink)
    found.careers = {} if made is MISSING else made
    found.findings += (
        _finding(name, code, message, hint, line, column) for (line, column, code, message), hint in sink.found.items()
    )
    for career, written in found.careers.items():
        _judge(found, career, written, known)
    found.findings.sort(key=lambda finding: (finding.line, finding.column, finding.code))
    return found


def _careers_node(tree: Tree) -> Node | None:
    if tree.root is None or tree.root.kind != "map":
        return None
    return next((value for key, value in tree.root.pairs if key.value == "careers"), None)


def _judge(found: Careers, career: str, written: Career, known: Collection[str]) -> None:
    """What can be said without reading the scenarios."""
    if len(written.parts) < FEWEST:
        count = "no parts" if not written.parts else "one part only"
        hint = "name two scenarios at least, in order: what was done in the first can then return in the second"
        found.add("SB340", (career, "parts"), f"'{career}' has {count}", hint, key=True)
    seen: set[str] = set()
    for number, part in enumerate(written.parts):
        path: Path = (career, "parts", number)
        if part.scenario not in known:
            hint = did_you_mean(part.scenario, known) or f"known are: {', '.join(sorted(known)[:12])}"
            found.add("SB341", path, f"there is no scenario '{part.scenario}' in this pack", hint)
        elif part.scenario in seen:
            found.add("SB342", path, f"'{part.scenario}' is a part of '{career}' already", "take one of the two out")
        seen.add(part.scenario)
        if number and part.after is None:
            hint = f"write how much later it is: `{{scenario: {part.scenario}, after: 11 months}}`"
            found.add("SB343", path, f"nothing says how long after the part before '{part.scenario}' comes", hint)
        elif not number and part.after is not None:
            found.add("SB343", (*path, "after"), "nothing comes before the first part", "leave the `after` out")


def _finding(
    name: str, code: str, message: str, hint: str, line: int, column: int, severity: Severity | None = None
) -> Finding:
    words = clean(message).replace("\n", " "), clean(hint).replace("\n", " ")
    return Finding(
        code=code,
        severity=severity or CODES[code].severity,
        message=words[0][:400],
        file=name,
        line=line,
        column=column,
        hint=words[1][:400],
    )


__all__ = ["Career", "Careers", "Part", "read_careers"]
