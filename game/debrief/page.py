"""A long page on the line API, with a cursor that goes from decision to decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.debrief.paper import Block
from game.play.painted import parted
from game.themes import NIGHT, Palette, ink, palette_of

Compose = Callable[[Palette, int], Sequence[Block]]
"""Makes the blocks for a palette and a width."""


class Page(ScrollView, can_focus=True):
    """Shows blocks one under another."""

    DEFAULT_CSS = """
    Page { height: 1fr; overflow-y: scroll; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, make: Compose, **how: Any) -> None:
        """`make` gives the blocks."""
        super().__init__(**how)
        self._make = make
        self.blocks: list[Block] = []
        self.cursor = -1
        """Index of the block of the chosen decision; -1 none."""
        self._lines: list[tuple[int, Strip]] = []
        self._palette: Palette = NIGHT

    def on_mount(self) -> None:
        """Take the palette, and change with it."""
        self._palette = palette_of(self.app)
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: object) -> None:
        self._palette = palette_of(self.app)
        self.rewrite()

    def on_resize(self, _event: events.Resize) -> None:
        """Write it for another width."""
        self.rewrite()

    def rewrite(self) -> None:
        """Write the page anew; the cursor and the place stay."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self.blocks = list(self._make(self._palette, width))
        self._lines = [
            (number, Strip(parted(Segment(text, style) for text, style in line)))
            for number, block in enumerate(self.blocks)
            for line in block.lines
        ]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    @property
    def chosen(self) -> Block | None:
        """The block of the chosen decision."""
        return self.blocks[self.cursor] if 0 <= self.cursor < len(self.blocks) else None

    def top_of(self, index: int) -> int:
        """The first line of a block."""
        return next((at for at, (number, _strip) in enumerate(self._lines) if number == index), 0)

    def action_step(self, by: int) -> None:
        """To another decision; beyond the last one the page scrolls."""
        stops = [number for number, block in enumerate(self.blocks) if block.decision >= 0]
        ahead = [number for number in stops if (number > self.cursor if by > 0 else number < self.cursor)]
        if not ahead:
            if by < 0:
                self.cursor = -1
                self.refresh()
                self.scroll_to(y=0, animate=False)
            else:
                self.scroll_relative(y=3 * by, animate=False)
            return
        self.go_to(ahead[0] if by > 0 else ahead[-1])

    def go_to(self, index: int) -> None:
        """Choose a block and bring it into sight."""
        self.cursor = index
        top = self.top_of(index)
        height = len(self.blocks[index].lines)
        first, room = self.scroll_offset.y, self.size.height
        if top < first or top + min(height, room) > first + room:
            self.scroll_to(y=max(top - 2, 0), animate=False)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the decision under the mouse."""
        line = event.y + self.scroll_offset.y
        if 0 <= line < len(self._lines):
            number = self._lines[line][0]
            if self.blocks[number].decision >= 0:
                self.go_to(number)

    def render_line(self, y: int) -> Strip:
        """One line."""
        at = y + self.scroll_offset.y
        width = self.size.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        number, strip = self._lines[at]
        back = self.rich_style
        if number == self.cursor:
            mark = Strip([Segment("▌", ink(self._palette.time, bold=True))])
            strip = Strip.join([mark, strip.crop(1)]) if strip.cell_length else mark
        return strip.adjust_cell_length(width, back).apply_style(back)
