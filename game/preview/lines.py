"""Pages of a preview that are read: lines of runs, each in a look, that hang under themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.style import Style
from rich.text import Text

from game.play.painted import Painted
from game.preview.why import Piece
from game.themes import Palette, ink
from game.widgets.wrap import wrapped


class Line:
    """A line of a page: runs of (look, words), and how far it stands in."""

    __slots__ = ("indent", "runs")

    def __init__(self, runs: Sequence[tuple[str, str]], indent: int = 0) -> None:
        """`look` is strong, soft, dim, time."""
        self.runs = tuple(runs)
        self.indent = indent


def piece_line(piece: Piece, indent: int, before: str = "") -> Line:
    """A piece of a condition: whether it holds, and what is asked for."""
    sign = "✓" if piece.holds else "✗"
    now = f"   {piece.now}" if piece.now else ""
    look = "soft" if piece.holds else "time"
    return Line((("soft", before), (look, f"{sign} {piece.words}"), ("dim", now)), indent + 2 * piece.depth)


class Lines(Painted):
    """A page of lines, each wrapped under its own beginning."""

    DEFAULT_CSS = """
    Lines { height: auto; }
    """

    def __init__(self, **how: Any) -> None:
        """Empty at first."""
        super().__init__(**how)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these."""
        self.lines = lines
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """Everything that it shows, a line a line."""
        return "\n".join(" " * line.indent + "".join(words for _look, words in line.runs) for line in self.lines)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as the words take."""
        return max(sum(len(self._wrapped(line, width)) for line in self.lines), 1)

    @staticmethod
    def _wrapped(line: Line, width: int) -> list[str]:
        words = "".join(words for _look, words in line.runs)
        return wrapped(words, max(width - line.indent - 2, 8)) or [""]

    def paint(self, width: int) -> Text:
        """The page."""
        looks = _looks(self.palette)
        page = Text(no_wrap=True, end="")
        first = True
        for line in self.lines:
            whole = "".join(words for _look, words in line.runs)
            styles = [looks[look] for look, words in line.runs for _char in words]
            at = 0
            for part in self._wrapped(line, width):
                page.append("" if first else "\n")
                first = False
                page.append(" " * (line.indent + 1))
                start = whole.find(part, at) if part else at
                start = at if start < 0 else start
                for offset, char in enumerate(part):
                    page.append(char, styles[min(start + offset, len(styles) - 1)] if styles else None)
                at = start + len(part)
        return page


def _looks(palette: Palette) -> dict[str, Style]:
    skin = palette.ground
    return {
        "strong": ink(skin.text, bold=True),
        "soft": ink(skin.sign),
        "dim": ink(skin.dim),
        "time": ink(palette.time),
    }


__all__ = ["Line", "Lines", "piece_line"]
