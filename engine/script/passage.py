"""A passage: words that are told as they stand, of which some rows may depend on something.

An epilogue, a coda, what nobody saw. Every row is kept as it was written; rows that hold nothing but an `{if}`, `{else}` or `{end}`
are gone. A passage without blocks is one row of as many lines as it has, and is never looked at closer than that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from engine.script.blocks import HEAD, Blocks, misspelled
from engine.script.conditions import Condition
from engine.script.findings import Unread

_NEAR = re.compile(r"\{\s*(?:(?:if|elif|elseif|elsif)[\s}]|(?:else|end|endif|/if)\s*\})", re.IGNORECASE)
"""What begins a line and was meant to be an `{if}`, `{else}` or `{end}`. `{ending}` is a slot like any other."""


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A row of a passage; an empty one parts paragraphs.

    `row` is its number in the text as written and `col` the column at which its words begin there (both from 0). Rows that
    follow each other have numbers that do.
    """

    row: int
    col: int = 0
    cond: Condition | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, read."""

    rows: tuple[Row, ...] = ()
    text: str = field(default="", compare=False)
    """As it was written."""


def has_blocks(text: str) -> bool:
    """Whether some line of a text begins with an `{if}`, an `{else}` or an `{end}`, or with what was meant to be one."""
    if "{" not in text:
        return False
    lines = [line.lstrip() for line in text.split("\n")]
    return any(HEAD.match(line) or _NEAR.match(line) for line in lines)


def parse_passage(text: str) -> Passage:
    """Read a passage.

    Raises `Unread` with all problems (SB14., SB15.); its `best` is the passage without the rows that cannot be read.
    """
    if not has_blocks(text):
        words = text.strip("\n")
        lead = len(text) - len(text.lstrip("\n"))
        return Passage((Row(row=lead, text=words),) if words else (), text)
    reader = _Reader()
    reader.read(text)
    passage = Passage(tuple(reader.rows), text)
    if reader.problems:
        raise Unread(*reader.problems, best=passage)
    return passage


class _Reader(Blocks):
    """Reads one passage from top to bottom."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def read(self, text: str) -> None:
        """Read all rows. Inside a block, spaces at the beginning of a row are the author's, not the reader's."""
        for row, whole in enumerate(text.split("\n")):
            line = whole.strip()
            if not line:
                self.rows.append(Row(row=row, cond=self.cond))
            elif line[0] == "{" and (HEAD.match(line) or _NEAR.match(line)):
                self._headed(line, row, len(whole) - len(whole.lstrip()))
            elif self.open:
                self.rows.append(Row(row=row, col=len(whole) - len(whole.lstrip()), cond=self.cond, text=line))
            else:
                self.rows.append(Row(row=row, text=whole))
        self.close()

    def _headed(self, line: str, row: int, col: int) -> None:
        """A row that begins with an `{if}`, an `{else}` or an `{end}`, or with what was meant to be one."""
        if not self.open:
            self.base = col
        behind = self.heads(line, row, col)
        if behind is None:
            return
        words, col, cond = behind
        near = misspelled(words) if _NEAR.match(words) else None
        if near is not None:
            self.problem("SB152", *near, row, col)
        else:
            self.rows.append(Row(row=row, col=col, cond=cond, text=words))
