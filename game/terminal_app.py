"""What every app of ours is on a terminal: in our colours, readable without any, and gone when the terminal is."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Sequence

from rich.console import ConsoleDimensions
from textual.app import App, ReturnType
from textual.filter import LineFilter

from game.hangup import watch
from game.themes import line_filters, variable_defaults

OBJECTS_BETWEEN_LOOKS = 20_000
"""How many more objects there may be before it is looked which of them can go; an app makes hundreds for every key."""
LOOKS_BETWEEN_DEEPER_ONES = 20


class TerminalApp(App[ReturnType]):
    """An app on a terminal. In its constructor it puts on its look with `dress`."""

    TITLE = "Seenby"

    def __init__(self) -> None:
        """A terminal that does not say how large it is counts as one of 80 x 24."""
        super().__init__()
        # Textual's own answer to that is 24 lines in one place and 25 in another, and it goes to and fro between them for ever.
        columns, lines = shutil.get_terminal_size((80, 24))
        if self.console.size != (columns, lines):
            self.console.size = ConsoleDimensions(columns, lines)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Readable without colours too."""
        return line_filters(self, super().get_line_filters())  # type: ignore[arg-type]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, under a theme that is not ours too."""
        return variable_defaults()

    def on_mount(self) -> None:
        """Listen whether the terminal goes away, and keep memory from being tidied under the player's fingers."""
        if not self.is_headless:
            watch()
            tidy_seldom()


def tidy_seldom() -> None:
    """Look for memory that nothing needs any more less often than Python does, and never in what has been there since the start.

    As Python does it, that takes a quarter of the time of every key, and now and then 100 milliseconds at once, which a hand notices.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, LOOKS_BETWEEN_DEEPER_ONES, LOOKS_BETWEEN_DEEPER_ONES)


__all__ = ["TerminalApp"]
