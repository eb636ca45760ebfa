"""Before a scene to read that can be skipped: whether to read it. Nothing of it has been told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from game.play.keyline import Key
from game.play.panel import Panel, Words
from game.play.rows import Row, Rows
from game.words import _


class AskFirstPanel(Panel):
    """Read it, or skip it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "skip", show=False)]

    @dataclass
    class Answered(Message):
        """The player said whether to read it."""

        read: bool

    def __init__(self, note: str) -> None:
        """`note` is what the scenario says of its content; empty: nothing."""
        super().__init__()
        self._note = note
        self.list = Rows([Row("read", _("Read it"), "1"), Row("skip", _("Skip this part"), "2")])

    def compose(self) -> Iterator[Widget]:
        """What is in the story, then the two lines."""
        if self._note:
            yield Words(self._note, "time")
        yield Words(_("You need not read what comes next."), "soft", classes="ask")
        yield self.list

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.post_message(self.Answered(event.row.id == "read"))

    def action_skip(self) -> None:
        """Skip it."""
        self.post_message(self.Answered(False))

    def keys(self) -> Sequence[Key]:
        """Choosing, and the key that skips everywhere."""
        return (Key("↑↓", _("choose")), Key("Enter", _("take it"), "enter"), Key("s", _("skip this"), "s"))


__all__ = ["AskFirstPanel"]
