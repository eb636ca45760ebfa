"""Passages compiled: words of which some may depend on something."""

from __future__ import annotations

from engine.script import passage as written
from engine.script.findings import Path
from engine.story.guards import compile_condition
from engine.story.model import Passage, Row
from engine.story.registry import At, Registry
from engine.story.texts import Texts


def compile_passage(registry: Registry, texts: Texts, passage: written.Passage, path: Path) -> Passage:
    """A passage as it was read, with its slots found and its conditions compiled; what is wrong is reported at its place."""
    rows = tuple(passage.text.split("\n"))
    return Passage(tuple(_row(registry, texts, row, rows, path) for row in passage.rows))


def _row(registry: Registry, texts: Texts, row: written.Row, rows: tuple[str, ...], path: Path) -> Row:
    def where(offset: int) -> tuple[int, int]:
        before = row.text.count("\n", 0, offset)
        return row.row + before, offset - (row.text.rfind("\n", 0, offset) + 1) + (0 if before else row.col)

    guard = compile_condition(row.cond, At(registry, path, row.row, row.col, rows))
    return Row(row.row, texts.compile(row.text, path, where=where), guard)
