"""Checking: everything that is found of a scenario, and what a pack covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.check import choices, clock, cuts, flow, lost, passages, text, twice, witnesses
from engine.check import slots as words
from engine.check.case import Case, Limits
from engine.check.codes import ALL_CODES
from engine.proof import prove
from engine.proof.before import apart, from_any
from engine.proof.prover import Kind
from engine.script.findings import Finding, ScenarioError
from engine.script.read import Source
from engine.story.compile import compile_story

__all__ = ["DEFAULTS", "STATEMENTS", "Limits", "check", "coverage"]

DEFAULTS = Limits()
STATEMENTS = tuple(f"S{number}" for number in range(1, 35))
"""The statements of the source text."""


def check(
    source: Source,
    slots: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    limits: Limits = DEFAULTS,
) -> list[Finding]:
    """Every finding of a scenario, in the order of the file: what the reader and the compiler say, and, when it can be played, the rest.

    `slots` and `defaults` are as for `load_story`. Never raises because of what the file holds.
    """
    try:
        story = compile_story(source, slots, defaults)
    except ScenarioError as error:
        return error.findings
    # Flags that an earlier part of a career may bring are free to begin as anything: what no play comes to is asked of all of them.
    # Where the dials end is no finding's business; options are compared by means of their own.
    asked: frozenset[Kind] = frozenset(("consequences", "codas"))
    proof = apart(prove(from_any(story), max_states=limits.states, seconds=limits.seconds, beside=asked))
    case = Case(source, story, proof, limits)
    for one in (
        *flow.CHECKS,
        *passages.CHECKS,
        *lost.CHECKS,
        *words.CHECKS,
        *cuts.CHECKS,
        *clock.CHECKS,
        *twice.CHECKS,
        *witnesses.CHECKS,
        *text.CHECKS,
        *choices.CHECKS,
    ):
        for found in one(case):
            source.add(
                found.code,
                found.path,
                found.message,
                found.hint,
                ALL_CODES[found.code].severity,
                found.row,
                found.col,
                found.key,
            )
    findings = dict.fromkeys(source.findings)
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def coverage(name: str, covers: Iterable[Iterable[str]]) -> Finding | None:
    """What a pack covers of the statements of the source text, or None when it is all of them; `covers` are its scenarios' lists."""
    there = {statement for one in covers for statement in one}
    missing = [statement for statement in STATEMENTS if statement not in there]
    if not missing:
        return None
    covered = [statement for statement in STATEMENTS if statement in there]
    message = (
        f"{len(covered)} of {len(STATEMENTS)} statements are covered ({', '.join(covered)}); not covered: {', '.join(missing)}"
    )
    hint = "name under `covers` what a scenario shows, and write one for what nothing shows yet"
    return Finding(code="SB330", severity="info", message=message, file=name, hint=hint)
