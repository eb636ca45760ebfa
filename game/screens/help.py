"""The keys, and how it plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from game.keys import key_help
from game.play.keyhelp import KeyHelp
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _


def how_words() -> tuple[str, ...]:
    """How it plays, in a few sentences."""
    return (
        _("You hold a phone. Messages arrive; you answer, forward, report, check, wait, or let them scroll by."),
        _("What you are about to send stands as a draft first, with who will see it. Sending is a second act."),
        _(
            "Then time passes. Some of it comes back, after an hour or after four years. At the end you look back on your own play."
        ),
    )


class KeysScreen(ModalScreen[None]):
    """The help: the keys of the screen in front, the keys that work everywhere, how it plays."""

    CSS_PATH = "screens.tcss"
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-low"), (34, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,f1", "close", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        """`keys` are those of the screen in front, with what they do."""
        super().__init__()
        self._own = list(keys)

    def compose(self) -> ComposeResult:
        """Keys, then words."""
        with Vertical(classes="card"):
            with VerticalScroll(classes="words", can_focus=False):
                if self._own:
                    yield Words(_("Here"), "strong", indent=0)
                    yield KeyHelp(self._own)
                yield Words(_("Everywhere"), "strong", indent=0, classes="paragraph" if self._own else "")
                yield KeyHelp(key_help("app"))
                yield Words(_("How it plays"), "strong", indent=0, classes="paragraph")
                for words in how_words():
                    yield Words(words, "soft", indent=0, classes="paragraph")
            keys = KeyLine()
            keys.show((Key("↑↓", _("read on")), Key("Esc", _("back"), "escape")))
            yield keys

    def action_close(self) -> None:
        """Back."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Read on."""
        self.query_one(".words", VerticalScroll).scroll_relative(y=by, animate=False)


__all__ = ["KeysScreen", "how_words"]
