"""The base scenario with changes, checked."""

from __future__ import annotations

from dataclasses import replace

from engine.check import DEFAULTS, check
from engine.script.findings import Finding
from engine.script.read import read
from tests.engine.base import MARK, text_of


def found(*edits: tuple[str, str], states: int = 50_000) -> list[Finding]:
    """Everything that is found of the base with changes. They leave it playable."""
    return _check(text_of(*edits).replace(MARK, ""), states)


def _check(text: str, states: int) -> list[Finding]:
    source = read(text.encode(), "base.yaml")
    findings = check(source, limits=replace(DEFAULTS, states=states))
    broken = [str(finding) for finding in findings if finding.code < "SB300" and finding.severity == "error"]
    assert not broken, broken
    return findings


def said(code: str, *edits: tuple[str, str]) -> list[Finding]:
    """The findings with a code."""
    return [finding for finding in found(*edits) if finding.code == code]


def only(code: str, *edits: tuple[str, str]) -> Finding:
    """The finding with a code that the changes make: one more than the base has, where the mark stands."""
    text = text_of(*edits)
    assert text.count(MARK) == 1, "the case says where"
    at = text.index(MARK)
    place = (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    there = [finding for finding in _check(text.replace(MARK, ""), 50_000) if finding.code == code]
    here = [finding for finding in there if (finding.line, finding.column) == place]
    assert len(here) == 1, (place, [str(finding) for finding in there])
    return here[0]
