"""A question at the foot of the screen, with its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.words import _


class Choice(NamedTuple):
    """An answer. `note` says more about it."""

    id: str
    words: str
    note: str = ""


class Sheet(ModalScreen[str | None]):
    """Asks; dismisses with the id of the answer, or None when it was left."""

    CSS_PATH = "screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[str], choices: Sequence[Choice], *, here: str = "") -> None:
        """`here` is the answer that is lit first; default the first."""
        super().__init__()
        self._title = title
        self._text = list(lines)
        self._choices = list(choices)
        self._here = next((index for index, choice in enumerate(choices) if choice.id == here), 0)

    def compose(self) -> ComposeResult:
        """Title, words, answers."""
        with Vertical(classes="sheet"):
            yield Words(self._title, "strong", indent=1)
            if self._text:
                with VerticalScroll(classes="words", can_focus=False):
                    for line in self._text:
                        yield Words(line or " ", "soft", indent=1)
            rows = [
                Row(choice.id, choice.words, str(number), aside=choice.note) for number, choice in enumerate(self._choices, 1)
            ]
            yield Rows(rows, cursor=self._here)
            keys = KeyLine()
            keys.show((Key("↑↓", _("choose")), Key("Enter", _("take it"), "enter"), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """The answers have the keys."""
        self.query_one(Rows).focus()

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.dismiss(event.row.id)

    def action_back(self) -> None:
        """No answer."""
        self.dismiss(None)

    def action_page(self, by: int) -> None:
        """Read on."""
        for scroll in self.query(".words").results(VerticalScroll):
            scroll.scroll_relative(y=by * max(scroll.size.height - 1, 1), animate=False)
