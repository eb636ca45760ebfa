"""A line or a few that a widget paints from the palette of the theme: what the small bars of the play screen share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from game.themes import NIGHT, Palette, palette_of
from game.widgets.wrap import cells, shorten


class Painted(Widget):
    """Paints itself with `paint` and again when the theme changes."""

    DEFAULT_CSS = """
    Painted { height: 1; width: 1fr; }
    """

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self.palette: Palette = NIGHT
        self._strips: list[Strip] = []

    def on_mount(self) -> None:
        """Take the palette, and change with it."""
        self.palette = palette_of(self.app)
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: object) -> None:
        self.palette = palette_of(self.app)
        self.refresh()

    def paint(self, width: int) -> Text:
        """What to show, at most `width` cells wide."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint once for all lines."""
        painted = self.paint(self.size.width)
        console = self.app.console
        lines = painted.split("\n", allow_blank=True)
        for line in lines:
            line.stylize_before(line.style)
        self._strips = [Strip(parted(line.render(console))) for line in lines]
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line."""
        width, back = self.size.width, self.rich_style
        strip = self._strips[y] if y < len(self._strips) else Strip([])
        return strip.adjust_cell_length(width, back).apply_style(back)


def parted(segments: Iterable[Segment]) -> list[Segment]:
    """Segments with the blanks at their beginnings in segments of their own: pictures of a screen are drawn badly otherwise."""
    found: list[Segment] = []
    for segment in segments:
        text = segment.text
        bare = text.lstrip(" ")
        if bare and len(bare) < len(text):
            found.append(Segment(text[: len(text) - len(bare)], segment.style))
            found.append(Segment(bare, segment.style))
        elif text:
            found.append(segment)
    return found


def two_ends(left: list[tuple[str, Style]], right: list[tuple[str, Style]], width: int) -> Text:
    """Runs at the left and at the right end of a line. The left ones are cut when both do not fit."""
    text = Text(no_wrap=True, overflow="crop", end="")
    size = sum(cells(part) for part, _style in right)
    room = max(width - size - 2, 4)
    for part, style in left:
        if cells(part) > room:
            bare = part.lstrip(" ")
            gap = min(len(part) - len(bare), room)
            part = " " * gap + (shorten(bare, room - gap) if room > gap else "")
        text.append(part, style)
        room -= cells(part)
        if room <= 0:
            break
    text.append(" " * max(width - cells(text.plain) - size, 1))
    for part, style in right:
        text.append(part, style)
    return text
