"""The blocks of a guide or a debrief as Markdown: CommonMark with tables. Every text is escaped; no HTML is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.guide.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Contents,
    Guide,
    Heading,
    Outline,
    Para,
    Picture,
    Run,
    Script,
    Table,
    Words,
)

_ALWAYS = re.compile(r"([\\`*_\[\]<>&|~$])")
_FIRST = re.compile(r"^([-+#=>:]|\d{1,9}[.)])")
_LINKS = re.compile(r"(://|\bwww\.)", re.IGNORECASE)


def markdown(guide: Guide) -> bytes:
    """The whole as Markdown, in UTF-8."""
    lines = [f"# {_line(guide.title)}", "", f"*{_line(guide.subtitle)}*" if guide.subtitle else ""]
    for block in guide.blocks:
        lines += ["", *_block(block)]
    text = "\n".join(line.rstrip() for line in lines)
    return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()


def escaped(text: str) -> str:
    """A text on one line in which nothing is markup, wherever in a line it stands."""
    line = " ".join(text.split())
    line = _ALWAYS.sub(r"\\\1", line)
    return _LINKS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)


def _line(text: str) -> str:
    """The same at the beginning of a line."""
    line = escaped(text)
    return _FIRST.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_line(block.text)}"
    elif isinstance(block, Para):
        words = _inline(block.words)
        yield f"> {words}" if block.kind == "quote" else words
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            yield f"{f'{number}.' if block.ordered else '-'} {_inline(item)}"
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Script):
        for line in block.lines:
            said = f"**{escaped(line.who)}:** {escaped(line.text)}" if line.who else f"*{_line(line.text)}*"
            yield f"> {f'({escaped(line.condition)}) ' if line.condition else ''}{said}  "
            yield ">"
    elif isinstance(block, Box):
        for inner in block.blocks:
            yield from (f"> {line}".rstrip() for line in _block(inner))
            yield ">"
    elif isinstance(block, Picture | Chart):
        yield f"*{_line(block.words)}*"
    elif isinstance(block, Outline):
        yield from (f"    {line}" for line in block.lines)
    elif isinstance(block, Contents):
        yield from (f"- {_line(text)}" for _id, text in block.entries)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"{_line(table.caption)}"
        yield ""
    yield _row(table.head)
    yield _row(["---"] * len(table.head), bare=True)
    for row in table.rows:
        yield _row([" ".join(_inline(part) for part in cell) for cell in row], bare=True)


def _row(cells: Iterable[str], *, bare: bool = False) -> str:
    return "| " + " | ".join(cell if bare else escaped(cell) for cell in cells) + " |"


def _inline(runs: Words) -> str:
    made = []
    for number, run in enumerate(runs):
        made.append(_run(run, first=number == 0))
    return "".join(made)


def _run(run: Run, *, first: bool) -> str:
    """A run with its mark; blanks at its ends stand outside the mark, where Markdown wants them."""
    words = _line(run.text) if first else escaped(run.text)
    if not words:
        return " " if run.text else ""
    before = " " if run.text[:1].isspace() else ""
    after = " " if run.text[-1:].isspace() else ""
    mark = {"strong": "**", "soft": "*", "quiet": "", "later": "*", "fill": "*"}.get(run.style, "")
    return f"{before}{mark}{words}{mark}{after}"
