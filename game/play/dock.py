"""The foot of the conversation: a line, a word of answer, and one panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from engine.play.phone import PlaceView
from game.play.director import Scheduler
from game.play.limit import LimitLine
from game.play.painted import Painted
from game.play.panel import KeysChanged, Panel, TellingPanel, Words
from game.themes import ink
from game.widgets.wrap import shorten
from game.words import _

_WRITABLE = frozenset(("group", "dm", "feed", "mail"))


def writable(place: PlaceView) -> bool:
    """Whether one writes in this place at all."""
    return place.kind in _WRITABLE and place.phone is None and not place.left


class ComposerLine(Painted):
    """Where one writes on a phone. A click opens what one could say."""

    class Clicked(Message):
        """The line was clicked."""

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self._place: PlaceView | None = None

    def show(self, place: PlaceView | None) -> None:
        """Show it for a place that one can write in."""
        self._place = place
        self.set_class(place is not None and writable(place), "-open")
        self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        skin = self.palette.ground
        name = self._place.name if self._place is not None else ""
        words = shorten(_("Write to {place} …").format(place=name), max(width - 14, 8))
        text = Text("   ", no_wrap=True, end="")
        text.append(words, ink(skin.dim, italic=True))
        text.append("   r", ink(self.palette.accent, bold=True))
        return text

    def on_click(self, event: events.Click) -> None:
        """Open it."""
        event.stop()
        self.post_message(self.Clicked())


class Dock(Vertical):
    """Holds one panel at a time."""

    def __init__(self, scheduler: Scheduler, lapsed: Callable[[], None], **how: Any) -> None:
        """`lapsed` is called when a time limit has run out."""
        super().__init__(**how)
        self.limit = LimitLine(scheduler, lapsed)
        self.answer = Words("", "time", classes="answer")
        self.composer = ComposerLine()
        self.panel: Panel = TellingPanel()

    def compose(self) -> ComposeResult:
        """A line, an answer, the panel."""
        yield self.composer
        yield self.limit
        yield self.answer
        yield self.panel

    def put(self, panel: Panel, answer: str = "") -> None:
        """Put a panel there instead of the one before."""
        self.say(answer)
        old = self.panel
        if panel is not old:
            old.display = False
            self.panel = panel
            self.mount(panel)
            old.remove()
        self.screen.set_class(panel.dims, "drafting")
        self.post_message(KeysChanged())

    def say(self, words: str) -> None:
        """Say a line above the panel; empty takes it away."""
        self.answer.say(words)
