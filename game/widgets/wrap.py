"""Text cut into lines by terminal cells, never through a grapheme.

Widths are those that Textual itself counts with (`rich.cells`), so that what is measured here is what is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

_WORDS = re.compile(r" +|[^ ]+")
_JOINER = "\u200d"
_CONTROLS = frozenset("\n\r\t")
_SPACING_LETTERS = frozenset("\u0e33\u0eb3")
"""Thai and Lao AM: letters by category, yet part of the grapheme before them."""
_NO_LINE_START = frozenset("、。，．・：；？！）」』】〕〉》”’…ー々,.!?;:)]}%")
_NO_LINE_END = frozenset("（「『【〔〈《“‘([{")
_GOOD_ENDS = frozenset("/-?&=._,;:@#+")
"""Where a web address may be broken without looking broken."""


def cells(text: str) -> int:
    """Width of a text on a terminal, in cells."""
    return len(text) if text.isascii() else cell_len(text)


def _extends(character: str, before: str, regional: int) -> bool:
    """Whether `character` belongs to the grapheme that ends with `before`."""
    if character in _CONTROLS or before in _CONTROLS:
        return False
    if before == _JOINER:
        return True
    code = ord(character)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return regional % 2 == 1
    if 0x1F3FB <= code <= 0x1F3FF or character == _JOINER or character in _SPACING_LETTERS:
        return True
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc"):
        return True
    if category == "Lo" and unicodedata.combining(before) == 9:
        return True  # a conjunct: the virama before it ties the two letters together
    return get_character_cell_size(character) == 0


def graphemes(text: str) -> Iterator[str]:
    """The user-perceived characters of a text, in order; together they are the text."""
    if text.isascii():
        yield from text
        return
    start = 0
    regional = 0
    for index, character in enumerate(text):
        if index and not _extends(character, text[index - 1], regional):
            yield text[start:index]
            start = index
            regional = 0
        if "\U0001f1e6" <= character <= "\U0001f1ff":
            regional += 1
    if start < len(text):
        yield text[start:]


def _breakable(before: str, after: str) -> bool:
    """Whether a line may end between two graphemes that no space parts: around wide ones, as in Chinese or Japanese."""
    if before[-1] in _NO_LINE_END or after[0] in _NO_LINE_START:
        return False
    return cells(before) > 1 or cells(after) > 1


def _pieces(word: str) -> list[str]:
    """A word without spaces, cut where a line may end inside it."""
    if word.isascii() or cells(word) == len(word):
        return [word]
    pieces: list[str] = []
    last = ""
    for grapheme in graphemes(word):
        if last and not _breakable(last, grapheme):
            pieces[-1] += grapheme
        else:
            pieces.append(grapheme)
        last = grapheme
    return pieces


def _chop(word: str, width: int) -> list[str]:
    """A word that is wider than the line, cut into lines; the last may have room left."""
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for grapheme in graphemes(word):
        size = cells(grapheme)
        if used + size > width and line:
            keep = len(line)
            for back in range(len(line) - 1, max(len(line) * 2 // 3, 1) - 1, -1):
                if line[back] in _GOOD_ENDS:
                    keep = back + 1
                    break
            lines.append("".join(line[:keep]))
            line = line[keep:]
            used = sum(map(cells, line))
        line.append(grapheme)
        used += size
    lines.append("".join(line))
    return lines


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Lines of a text as (start, end) into it, none wider than `width` cells.

    Newlines end a line. The spaces at which a line is broken belong to no line; everything else does, once, in order.
    A single grapheme that is wider than `width` gets a line of its own. At least one line comes back.
    """
    width = max(width, 1)
    lines: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        _wrap_paragraph(paragraph, at, width, lines)
        at += len(paragraph) + 1
    return lines


def _wrap_paragraph(paragraph: str, at: int, width: int, lines: list[tuple[int, int]]) -> None:
    if (len(paragraph) <= width and paragraph.isascii()) or cells(paragraph) <= width:
        lines.append((at, at + len(paragraph)))
        return
    start = end = at  # the line being filled, as positions in the whole text
    used = 0  # cells from start to end
    here = at
    gap = 0  # cells of the spaces between end and here
    for match in _WORDS.finditer(paragraph):
        word = match.group()
        if word[0] == " ":
            gap = len(word)
            here += gap
            if start == end and not used:
                # Indentation of the first line is kept as far as it fits.
                if here - gap == at and gap < width:
                    end, used, gap = here, gap, 0
                else:
                    start = end = here
                    gap = 0
            continue
        for piece in _pieces(word):
            size = cells(piece)
            if used + gap + size <= width:
                used += gap + size
                here += len(piece)
                end, gap = here, 0
                continue
            if end > start:
                lines.append((start, end))
            start = here
            gap = 0
            if size > width:
                chopped = _chop(piece, width)
                for part in chopped[:-1]:
                    lines.append((start, start + len(part)))
                    start += len(part)
                size = cells(chopped[-1])
            here += len(piece)
            end, used = here, size
    if end > start:
        lines.append((start, end))
    elif not lines or lines[-1][1] < at:
        lines.append((at, at))


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text as strings."""
    return [text[start:end] for start, end in wrap(text, width)]


def shorten(text: str, width: int) -> str:
    """A text on one line, at most `width` cells wide, ending in `…` when something was left out."""
    text = " ".join(text.split())
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept: list[str] = []
    used = 1
    for grapheme in graphemes(text):
        used += cells(grapheme)
        if used > width:
            break
        kept.append(grapheme)
    return "".join(kept).rstrip() + "…"
