"""Keys with what they do, as every help shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from game.play.painted import Painted
from game.themes import ink
from game.widgets.wrap import cells, wrapped

COLUMN = 10
"""Fewest cells of the keys, with what is left free behind them."""


class KeyHelp(Painted):
    """One key a line, or a few that do one thing; words that take more lines hang under themselves."""

    DEFAULT_CSS = """
    KeyHelp { height: auto; }
    """

    def __init__(self, rows: Sequence[tuple[str, str]], **how: Any) -> None:
        """`rows` are keys and what they do."""
        super().__init__(**how)
        self._rows = list(rows)
        self._column = max([COLUMN, *(cells(key) + 2 for key, _words in rows)])

    def _lines(self, width: int) -> list[tuple[str, str]]:
        room = max(width - self._column, 8)
        return [
            (key if number == 0 else "", line)
            for key, words in self._rows
            for number, line in enumerate(wrapped(words, room) or [""])
        ]

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as they take."""
        return len(self._lines(width))

    def paint(self, width: int) -> Text:
        """The keys in the colour of keys."""
        text = Text(no_wrap=True, end="")
        for number, (key, words) in enumerate(self._lines(width)):
            text.append("\n" if number else "")
            text.append(key, ink(self.palette.accent, bold=True))
            text.append(" " * (self._column - cells(key)) + words, ink(self.palette.ground.sign))
        return text


__all__ = ["KeyHelp"]
