"""Which colour a name has, always the same one, and how well colours can be told apart.

Ten hues stand evenly round the colour circle at one lightness (OKLCH: .80 for night, .46 for day), so that no name is louder
than another. Where there is no colour, ten ways of weight, line and slant take their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class NameInk:
    """How a name is written. `color` None is the colour of the text around it."""

    color: str | None = None
    bold: bool = True
    underline: bool = False
    italic: bool = False


def _inks(*colors: str) -> tuple[NameInk, ...]:
    return tuple(NameInk(color) for color in colors)


NIGHT = _inks(
    "#f5a5a4", "#f1ab88", "#cebf76", "#acca87", "#88d1a6", "#6cd1cd", "#78caee", "#9cbefc", "#c7b0f2", "#e6a6d3"
)  # fmt: skip
DAY = _inks(
    "#8d393c", "#8a4011", "#695700", "#45630a", "#006a3e", "#006b68", "#00628a", "#335698", "#63478e", "#7f3b6e"
)  # fmt: skip
WEIGHTS = tuple(
    NameInk(None, bold, underline, italic)
    for bold, underline, italic in (
        (True, False, False), (True, True, False), (True, False, True), (True, True, True), (False, True, False),
        (False, True, True), (True, False, False), (True, True, False), (True, False, True), (False, True, False),
    )
)  # fmt: skip
"""Without colour: weight, line and slant. Fewer than ten can be told apart, so some come twice."""


def hue_index(name: str, count: int = 10) -> int:
    """Which of `count` hues a name has: the same on every machine and in every play."""
    return crc32(name.casefold().encode()) % count


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
