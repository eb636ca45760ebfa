"""The picture itself: one widget that draws what it is told to, and says what was clicked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rich.text import Text
from textual import events
from textual.message import Message

from game.play.painted import Painted, two_ends
from game.workshop.screens.pen import MARGIN, Act, Page, Pen

HEAD = 2
"""Lines of the line above, with the empty one under it."""


class Slide(Painted):
    """Draws a page. `make` is asked again whenever it is drawn."""

    DEFAULT_CSS = """
    Slide { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Clicked(Message):
        """Something was clicked on; an empty act is the paper itself."""

        act: Act

    def __init__(self, make: Callable[[Pen], Page], **how: Any) -> None:
        """`make` draws on a pen."""
        super().__init__(**how)
        self.make = make
        self.page = Page()
        """The page as it was drawn last."""

    def draw(self, width: int, height: int) -> Page:
        """The page at a size, in cells."""
        return self.make(Pen(self.palette, width, max(height - HEAD, 4)))

    def paint(self, width: int) -> Text:
        """The line above, and the page."""
        page = self.page = self.draw(width, self.size.height)
        text = Text(no_wrap=True, overflow="crop", end="")
        gap = " " * MARGIN
        if page.left or page.right:
            text.append_text(two_ends([(gap, self.rich_style), *page.left], [*page.right, (gap, self.rich_style)], width))
        text.append("\n")
        for line in page.lines[: max(self.size.height - HEAD, 0)]:
            text.append("\n")
            for words, style in line:
                text.append(words, style)
        return text

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked on."""
        event.stop()
        x, y = event.x, event.y - HEAD
        spot = next((one for one in self.page.spots if one.top <= y < one.bottom and one.left <= x < one.right), None)
        self.post_message(self.Clicked(spot.act if spot is not None else ()))


__all__ = ["HEAD", "Slide"]
