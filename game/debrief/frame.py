"""What the screens that look back have in common: a line that answers, the keys, and a question before there is no way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen, ScreenResultType

from game.career.words import left_parts_words
from game.debrief.page import Page
from game.debrief.paper import Block
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.session import Session
from game.themes import Palette
from game.words import _
from saves.errors import SaveError


class AskingScreen(Screen[ScreenResultType]):
    """One asks before one does what leads away: `y` does it, Escape stays."""

    def __init__(self) -> None:
        """Nothing is asked yet."""
        super().__init__()
        self.asked = False
        """A question stands on the line above the keys."""
        self.answer = Words("", "time", classes="answer")
        self.keys = KeyLine()

    def usual_keys(self) -> Sequence[Key]:
        """The keys while nothing is asked."""
        raise NotImplementedError

    def yes_words(self) -> str:
        """What `y` does."""
        return _("yes, from there")

    def yes(self) -> None:
        """Do what was asked."""
        raise NotImplementedError

    def leave(self) -> None:
        """Away from the screen."""
        self.dismiss(None)

    def show_keys(self) -> None:
        """The keys as things stand."""
        if self.asked:
            self.keys.show((Key("y", self.yes_words(), "y"), Key("Esc", _("stay here"), "escape")))
        else:
            self.keys.show(self.usual_keys())

    def ask(self, words: str) -> None:
        """Put a question."""
        self.asked = True
        self.answer.say(words)
        self.show_keys()

    def stay(self, words: str = "") -> None:
        """Take the question back."""
        self.asked = False
        self.answer.say(words)
        self.show_keys()

    def action_yes(self) -> None:
        """Do what was asked, when something was."""
        if self.asked:
            self.yes()

    def action_leave(self) -> None:
        """Away from the question, else from the screen."""
        if self.asked:
            self.stay()
        else:
            self.leave()


class PageScreen(AskingScreen[ScreenResultType]):
    """A page of blocks over the answer and the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", show=False),
        Binding("q,escape", "leave", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    DEFAULT_CSS = """
    PageScreen { background: $background; layout: vertical; }
    PageScreen KeyLine { dock: bottom; }
    PageScreen .answer { dock: bottom; margin-bottom: 1; }
    """

    PAGE: ClassVar[type[Page]] = Page
    """How the page is moved through."""

    def __init__(self) -> None:
        """The page is written when its width is known."""
        super().__init__()
        self.page = self.PAGE(self.blocks)

    def blocks(self, palette: Palette, width: int) -> Sequence[Block]:
        """What stands on the page."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        yield self.page
        yield self.answer
        yield self.keys

    def on_mount(self) -> None:
        """Begin at the top."""
        self.page.focus()
        self.show_keys()

    def action_page(self, by: int) -> None:
        """A page down or up."""
        self.page.scroll_relative(y=by * max(self.page.size.height - 2, 1), animate=False)


def from_here_words(scene: str, later_parts: int) -> str:
    """Asks whether to play on from a scene. `later_parts` is how many parts of a career come after it and are left then."""
    said = _("Play on from “{scene}”? What you have played stays in your saves.").format(scene=scene)
    return f"{said} {left_parts_words(later_parts)}" if later_parts else said


def go_back(screen: AskingScreen[int | None], session: Session, count: int) -> None:
    """Take the play back to where `count` decisions had been taken, and leave the screen with that."""
    try:
        session.rewind(count)
    except SaveError as trouble:
        screen.stay(str(trouble))
    else:
        screen.dismiss(count)


__all__ = ["AskingScreen", "PageScreen", "from_here_words", "go_back"]
