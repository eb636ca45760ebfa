"""Cards that lie over the phone for a moment: where you were, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from game.play.keyhelp import KeyHelp
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _


class RecapScreen(ModalScreen[None]):
    """Where the player was, before the story goes on."""

    CSS_PATH = "pages.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[str], changes: Sequence[str] = ()) -> None:
        """`changes` say what an edit of the scenario changed for this play."""
        super().__init__()
        self._title = title
        self._lines = list(lines)
        self._changes = list(changes)

    def compose(self) -> ComposeResult:
        """A few lines."""
        with Vertical(classes="card"):
            yield Words(_("Welcome back to {title}").format(title=self._title), "strong", indent=0)
            yield Words(" ", "dim", indent=0)
            with VerticalScroll(can_focus=False):
                for index, line in enumerate(self._lines):
                    last = index == len(self._lines) - 1
                    if last and index:
                        yield Words(" ", "dim", indent=0)
                    yield Words(line, "time" if last else "soft", indent=0)
                if self._changes:
                    yield Words(" ", "dim", indent=0)
                    yield Words(_("The scenario was edited since you were here:"), "strong", indent=0)
                    for change in self._changes:
                        yield Words(f"· {change}", "soft", indent=0)
            keys = KeyLine()
            keys.show((Key("Enter", _("go on"), "enter"),))
            yield keys

    def action_scroll(self, by: int) -> None:
        """Up or down, where the terminal is low."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """On with it."""
        self.dismiss()


class HelpScreen(ModalScreen[None]):
    """All keys of the play screen."""

    CSS_PATH = "pages.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,question_mark,q", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Key and meaning, one a line."""
        with Vertical(classes="card"):
            yield Words(_("Keys"), "strong", indent=0)
            yield Words(" ", "dim", indent=0)
            with VerticalScroll(can_focus=False):
                yield KeyHelp(help_lines())
            keys = KeyLine()
            keys.show((Key("↑↓", _("scroll")), Key("Esc", _("back"), "escape")))
            yield keys

    def action_scroll(self, by: int) -> None:
        """Up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Back."""
        self.dismiss()


def help_lines() -> list[tuple[str, str]]:
    """Every key, and what it does."""
    return [
        ("↑ ↓ Enter", _("move through the options, take one")),
        ("1 to 9, 0", _("take an option by its number; 0 lets it be")),
        ("m", _("go to a message; Enter opens its menu")),
        ("r", _("what you could say here")),
        ("Tab", _("the places of your phone")),
        ("g", _("go to what has just arrived")),
        ("Esc", _("back to where the story is")),
        ("PgUp PgDn", _("scroll; Home and End too")),
        ("i", _("who can see this")),
        ("Space", _("show the next thing now")),
        ("f", _("show the rest of the scene at once")),
        ("u", _("take back a mis-tap, until somebody answers")),
        ("p", _("stop the clock of a decision")),
        ("s", _("skip this beat, where that is offered")),
        ("q", _("save and leave")),
        ("F2", _("home; the play is kept")),
        ("Ctrl+P", _("everything else, by name: looks, pace, settings")),
    ]
