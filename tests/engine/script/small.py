"""A small scenario to break in many ways."""

from __future__ import annotations

from engine.script.findings import Finding
from engine.script.read import Source, read

SMALL = """\
seenby: 1
id: small
title: Small
minutes: 5
begins: Monday 21:10
cast:
  col: {name: Col}
places:
  team: {group: Team 4, with: col}
scenes:
  meme:
    in: team
    script: |
      Col [meme]: hi
    choices:
      speak:
        label: fine
      silence:
    next: end
endings:
  only: {title: Only, epilogue: That is all.}
"""


def changed(old: str, new: str) -> Source:
    """The small scenario with `old` replaced by `new`."""
    assert SMALL.count(old) == 1, old
    return read(SMALL.replace(old, new).encode(), "small.yaml")


def labelled(value: str) -> Source:
    """The small scenario with another label."""
    return changed("label: fine", f"label: {value}")


def only(source: Source) -> Finding:
    """The one finding there is."""
    assert len(source.findings) == 1, "\n".join(map(str, source.findings))
    return source.findings[0]


def where(source: Source) -> list[tuple[str, int, int]]:
    """Code, line and column of every finding."""
    return [(finding.code, finding.line, finding.column) for finding in source.findings]
