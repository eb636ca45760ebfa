"""Letters that are drawn out of blocks, for those who sit in the back row: a terminal has one size of type, and this is a larger one.

Every letter is a grid of eight rows (the last is below the line) and up to five columns. It is set in half blocks (square points, four
lines of the terminal high) or, narrower, in quarter blocks. Figures and capitals also exist three lines high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from game.widgets.wrap import cells, graphemes

Cut = Literal["wide", "narrow"]
"""wide: up to six cells a letter. narrow: up to three. Both are four lines high."""

HEIGHT = 4
"""Lines that a line of large letters takes."""
SMALL_HEIGHT = 3
"""Lines of the small figures."""

_BANDS = """
A     B     C     D     E     F     G     H     I   J     K     L     M
.###. ####. .###. ####. ##### ##### .###. #...# ### ..### #...# #.... #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. ...#. #..#. #.... ##.##
#...# #...# #.... #...# #.... #.... #.... #...# .#. ...#. #.#.. #.... #.#.#
##### ####. #.... #...# ####. ####. #.### ##### .#. ...#. ##... #.... #.#.#
#...# #...# #.... #...# #.... #.... #...# #...# .#. ...#. #.#.. #.... #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. #..#. #..#. #.... #...#
#...# ####. .###. ####. ##### #.... .#### #...# ### .##.. #...# ##### #...#
..... ..... ..... ..... ..... ..... ..... ..... ... ..... ..... ..... .....

N     O     P     Q     R     S     T     U     V     W     X     Y     Z
#...# .###. ####. .###. ####. .#### ##### #...# #...# #...# #...# #...# #####
##..# #...# #...# #...# #...# #.... ..#.. #...# #...# #...# #...# #...# ....#
#.#.# #...# #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#.
#..## #...# ####. #...# ####. .###. ..#.. #...# #...# #.#.# ..#.. ..#.. ..#..
#...# #...# #.... #.#.# #.#.. ....# ..#.. #...# #...# #.#.# .#.#. ..#.. .#...
#...# #...# #.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...# ..#.. #....
#...# .###. #.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. #####
..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

a     b     c     d     e     f    g     h     i   j    k    l   m
..... #.... ..... ....# ..... ..## ..... #.... .#. ..#. #... ##. .....
..... #.... ..... ....# ..... .#.. ..... #.... ... .... #... .#. .....
.###. ####. .###. .#### .###. ###. .#### ####. ##. .##. #..# .#. ##.#.
....# #...# #.... #...# #...# .#.. #...# #...# .#. ..#. #.#. .#. #.#.#
.#### #...# #.... #...# ##### .#.. #...# #...# .#. ..#. ##.. .#. #.#.#
#...# #...# #...# #...# #.... .#.. .#### #...# .#. ..#. #.#. .#. #.#.#
.#### ####. .###. .#### .###. .#.. ....# #...# ### ..#. #..# ### #...#
..... ..... ..... ..... ..... .... .###. ..... ... ##.. .... ... .....

n     o     p     q     r    s     t    u     v     w     x     y     z
..... ..... ..... ..... .... ..... .#.. ..... ..... ..... ..... ..... .....
..... ..... ..... ..... .... ..... .#.. ..... ..... ..... ..... ..... .....
####. .###. ####. .#### #.## .#### ###. #...# #...# #...# #...# #...# #####
#...# #...# #...# #...# ##.. #.... .#.. #...# #...# #...# .#.#. #...# ...#.
#...# #...# #...# #...# #... .###. .#.. #...# #...# #.#.# ..#.. #...# ..#..
#...# #...# ####. .#### #... ....# .#.. #...# .#.#. #.#.# .#.#. .#### .#...
#...# .###. #.... ....# #... ####. ..## .#### ..#.. .#.#. #...# ....# #####
..... ..... #.... ....# .... ..... .... ..... ..... ..... ..... .###. .....

0     1   2     3     4     5     6     7     8     9     % + = #
.###. .#. .###. ##### ...#. ##### .###. ##### .###. .###. ##..# ..... ..... .#.#.
#...# ##. #...# ....# ..##. #.... #.... ....# #...# #...# ##..# ..#.. ..... .#.#.
#..## .#. ....# ...#. .#.#. ####. #.... ...#. #...# #...# ...#. ..#.. ##### #####
#.#.# .#. ...#. ..##. #..#. ....# ####. ..#.. .###. .#### ..#.. ##### ..... .#.#.
##..# .#. ..#.. ....# ##### ....# #...# ..#.. #...# ....# .#... ..#.. ##### #####
#...# .#. .#... #...# ...#. #...# #...# ..#.. #...# ....# #..## ..#.. ..... .#.#.
.###. ### ##### .###. ...#. .###. .###. ..#.. .###. .###. #..## ..... ..... .#.#.
..... ... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

< > ~ ^ { }
...# #... ..... ..#.. .## ##.
..#. .#.. ..... .#.#. .#. .#.
.#.. ..#. ..... ..... .#. .#.
#... ...# .##.# ..... #.. ..#
.#.. ..#. #.##. ..... .#. .#.
..#. .#.. ..... ..... .#. .#.
...# #... ..... ..... .## ##.
.... .... ..... ..... ... ...

. , : ; ! ? ' " ( ) [ ] / - –
. .. . .. # .###. # #.# .# #. ## ## ....# ... ....
. .. . .. # #...# # #.# #. .# #. .# ....# ... ....
. .. # .# # ....# . ... #. .# #. .# ...#. ... ....
. .. . .. # ...#. . ... #. .# #. .# ..#.. ### ####
. .. . .. # ..#.. . ... #. .# #. .# .#... ... ....
. .. . .. . ..... . ... #. .# #. .# #.... ... ....
# .# # .# # ..#.. . ... .# #. ## ## #.... ... ....
. #. . #. . ..... . ... .. .. .. .. ..... ... ....

— … & £ € @ * _ → ▒ · “ ” ’ ↑ ↓ ✓
..... ..... .##.. ..##. ..### .###. ..... .... ..... ..... . #.# #.# # ..#.. ..#.. .....
..... ..... #..#. .#..# .#... #...# #.#.# .... ..#.. #.#.# . #.# #.# # .###. ..#.. ....#
..... ..... #..#. .#... ####. #.### .###. .... ...#. .#.#. . ... ... . #.#.# ..#.. ....#
##### ..... .##.. ####. .#... #.#.# #.#.# .... ##### #.#.# # ... ... . ..#.. ..#.. ...#.
..... ..... #.#.# .#... ####. #.### ..... .... ...#. .#.#. . ... ... . ..#.. #.#.# #..#.
..... ..... #..#. .#... .#... #.... ..... .... ..#.. #.#.# . ... ... . ..#.. .###. .##..
..... #.#.# .##.# ##### ..### .###. ..... .... ..... ..... . ... ... . ..#.. ..#.. ..#..
..... ..... ..... ..... ..... ..... ..... #### ..... ..... . ... ... . ..... ..... .....
"""

_ACCENTS = {
    "\u0300": (".#...", "..#.."), "\u0301": ("...#.", "..#.."), "\u0302": ("..#..", ".#.#."), "\u0303": (".##.#", "#.##."),
    "\u0308": (".....", ".#.#."), "\u030a": ("..#..", ".#.#."), "\u030c": (".#.#.", "..#.."), "\u0304": (".....", ".###."),
}  # fmt: skip
"""Marks above a small letter, in its two upper rows. Capitals go without: they have no room above them."""

_BELOW = {"\u0327": "..#..", "\u0328": "...##"}
"""Marks below a letter."""

_SMALL = """
0   1   2   3   4   5   6   7   8   9   + - : × % .
### .#. ### ### #.# ### ### ### ### ### ... ... . ... #.# .
#.# ##. ..# ..# #.# #.. #.. ..# #.# #.# .#. ... # #.# ..# .
#.# .#. ### ### ### ### ### ..# ### ### ### ### . .#. .#. .
#.# .#. #.. ..# ..# ..# #.# ..# #.# ..# .#. ... # #.# #.. .
### ### ### ### ..# ### ### ..# ### ### ... ... . ... #.# #

A   B   C   D   E   F   G   H   I   J   K   L   M
### ##. ### ##. ### ### ### #.# ### ..# #.# #.. #...#
#.# #.# #.. #.# #.. #.. #.. #.# .#. ..# #.# #.. ##.##
### ##. #.. #.# ##. ##. #.# ### .#. ..# ##. #.. #.#.#
#.# #.# #.. #.# #.. #.. #.# #.# .#. #.# #.# #.. #...#
#.# ##. ### ##. ### #.. ### #.# ### ### #.# ### #...#

N    O   P   Q   R   S   T   U   V   W     X   Y   Z
#..# ### ### ### ### ### ### #.# #.# #...# #.# #.# ###
##.# #.# #.# #.# #.# #.. .#. #.# #.# #...# #.# #.# ..#
#.## #.# ### #.# ##. ### .#. #.# #.# #.#.# .#. ### .#.
#..# #.# #.. ### #.# ..# .#. #.# #.# ##.## #.# .#. #..
#..# ### #.. ..# #.# ### .#. ### .#. #...# #.# .#. ###
"""

Glyph = tuple[str, ...]


def _read(bands: str) -> dict[str, Glyph]:
    """The letters of a table: a line of names, then their rows beside each other."""
    found: dict[str, Glyph] = {}
    for band in bands.strip().split("\n\n"):
        head, *rows = band.splitlines()
        parts = [row.split() for row in rows]
        for index, name in enumerate(head.split()):
            found[name] = tuple(row[index] for row in parts)
    return found


@lru_cache(maxsize=1)
def _letters() -> dict[str, Glyph]:
    found = _read(_BANDS)
    found[" "] = ("...",) * 8
    found["\xa0"] = found[" "]
    found["‘"] = found["’"]
    found["`"] = found["’"]
    found["×"] = found["x"]
    return found


@lru_cache(maxsize=1)
def _small() -> dict[str, Glyph]:
    found = _read(_SMALL)
    found[" "] = ("..",) * 5
    found["–"] = found["-"]
    return found


@lru_cache(maxsize=512)
def _glyph(letter: str) -> Glyph | None:
    """The rows of a letter; None for one that is not here."""
    known = _letters().get(letter)
    if known is not None:
        return known
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[:1], parts[1:]
    glyph = _letters().get(base)
    if glyph is None or not marks:
        return None
    rows = [row.ljust(5, ".") if len(row) > 3 else row for row in glyph]
    for mark in marks:
        if mark in _BELOW:
            rows[7] = _BELOW[mark][: len(rows[7])]
        elif mark not in _ACCENTS:
            return None
        elif base in "aceinorsuyz":
            shift = (5 - len(rows[0])) // 2
            rows[:2] = [row[shift : shift + len(rows[0])] for row in _ACCENTS[mark]]
    return tuple(rows)


def can_draw(text: str) -> bool:
    """Whether there is a letter for all that stands in a text, or a sign (an emoji) that can stand in its line as it is."""
    return all(_glyph(letter) is not None or _is_sign(letter) for letter in graphemes(text))


@lru_cache(maxsize=512)
def _is_sign(grapheme: str) -> bool:
    """Neither a letter nor a figure of any script."""
    return bool(grapheme.strip()) and not any(character.isalnum() for character in grapheme) and cells(grapheme) in (1, 2)


def _runs(text: str) -> list[tuple[str, bool]]:
    """A text in runs of letters that are drawn, and single signs that stand as they are (True)."""
    found: list[tuple[str, bool]] = []
    for grapheme in graphemes(text):
        drawn = len(grapheme) == 1 and _glyph(grapheme) is not None
        drawn = drawn or (_glyph(grapheme) is not None and not _is_sign(grapheme))
        if not drawn:
            if _is_sign(grapheme):
                found.append((grapheme, True))
        elif found and not found[-1][1]:
            found[-1] = (found[-1][0] + grapheme, False)
        else:
            found.append((grapheme, False))
    return found


_HALVES = {(".", "."): " ", ("#", "."): "▀", (".", "#"): "▄", ("#", "#"): "█"}
_QUARTERS = dict(
    zip(
        (f"{number:04b}".replace("0", ".").replace("1", "#") for number in range(16)),
        " ▗▖▄▝▐▞▟▘▚▌▙▀▜▛█",
        strict=True,
    )
)
"""Upper left, upper right, lower left, lower right."""


def _advance(glyph: Glyph, cut: Cut) -> int:
    """Columns of points to the next letter. In the narrow cut every letter begins with a cell of its own, or it looks different each time."""
    columns = len(glyph[0]) + 1
    return columns + columns % 2 if cut == "narrow" else columns


def width(text: str, cut: Cut) -> int:
    """Cells across."""
    runs = _runs(text)
    return sum(cells(run) if sign else _width(run, cut) for run, sign in runs) + max(len(runs) - 1, 0)


def _width(text: str, cut: Cut) -> int:
    glyphs = [glyph for letter in graphemes(text) if (glyph := _glyph(letter)) is not None]
    if not glyphs:
        return 0
    columns = sum(_advance(glyph, cut) for glyph in glyphs[:-1]) + len(glyphs[-1][0])
    return columns if cut == "wide" else (columns + 1) // 2


def draw(text: str, cut: Cut) -> list[str]:
    """A line of text as four lines of the terminal. What cannot be drawn is left out; ask `can_draw` before."""
    found = [""] * HEIGHT
    for number, (run, sign) in enumerate(_runs(text)):
        gap = " " if number else ""
        if sign:
            empty = " " * cells(run)
            rows = [empty, empty, run, empty]
        else:
            rows = _drawn(run, cut)
        found = [f"{row}{gap}{more}" for row, more in zip(found, rows, strict=True)]
    return found


def _drawn(text: str, cut: Cut) -> list[str]:
    glyphs = [glyph for letter in graphemes(text) if (glyph := _glyph(letter)) is not None]
    rows = ["".join(f"{glyph[row]:.<{_advance(glyph, cut)}}" for glyph in glyphs[:-1]) + glyphs[-1][row] for row in range(8)]
    return _halved(rows) if cut == "wide" else _quartered(rows)


def _halved(rows: Sequence[str]) -> list[str]:
    if len(rows) % 2:
        rows = [*rows, "." * len(rows[0])]
    return ["".join(_HALVES[pair] for pair in zip(rows[at], rows[at + 1], strict=True)) for at in range(0, len(rows), 2)]


def _quartered(rows: Sequence[str]) -> list[str]:
    if len(rows[0]) % 2:
        rows = [row + "." for row in rows]
    return [
        "".join(_QUARTERS[rows[at][x : x + 2] + rows[at + 1][x : x + 2]] for x in range(0, len(rows[0]), 2))
        for at in range(0, len(rows), 2)
    ]


def figures(text: str) -> list[str]:
    """Figures or capitals, three lines high (the lowest is half empty). What is not here is left out."""
    glyphs = [glyph for letter in text if (glyph := _small().get(letter)) is not None]
    if not glyphs:
        return [""] * SMALL_HEIGHT
    return _halved([".".join(glyph[row] for glyph in glyphs) for row in range(5)])


def wrap(text: str, cut: Cut, room: int) -> list[str] | None:
    """Lines of a text that fit into so many cells; None when a single word does not."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if width(longer, cut) <= room:
                line = longer
                continue
            if not line or width(word, cut) > room:
                return None
            lines.append(line)
            line = word
        lines.append(line)
    return lines


__all__ = ["HEIGHT", "SMALL_HEIGHT", "Cut", "can_draw", "draw", "figures", "width", "wrap"]
