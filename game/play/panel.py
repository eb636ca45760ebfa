"""What may stand under the conversation: one panel at a time, which has the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from game.play.keyline import Key
from game.play.painted import Painted, two_ends
from game.themes import ink
from game.widgets.wrap import wrapped
from game.words import _


class KeysChanged(Message):
    """Which keys work has changed."""


class Panel(Vertical):
    """One thing to do. The screen shows its keys in the bottom line."""

    DEFAULT_CSS = """
    Panel { height: auto; width: 1fr; }
    """

    dims = False
    """The rest of the screen steps back."""

    def on_mount(self) -> None:
        """Take the keys."""
        self.enter()

    def keys(self) -> Sequence[Key]:
        """The panel's own keys that work now."""
        return ()

    def enter(self) -> None:
        """Take the focus."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus(scroll_visible=False)
                return
        if self.focusable:
            self.focus(scroll_visible=False)


class Words(Painted):
    """A line or more of text, wrapped, in one of a few looks."""

    DEFAULT_CSS = """
    Words { height: auto; }
    """

    def __init__(self, words: str, look: str = "dim", *, indent: int = 2, **how: Any) -> None:
        """`look` is dim, strong, soft, voice or time."""
        super().__init__(**how)
        self._words = words
        self._look = look
        self._indent = indent

    def say(self, words: str, look: str | None = None) -> None:
        """Show other words."""
        self._words = words
        self._look = look or self._look
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """What it shows."""
        return self._words

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as the words take."""
        return max(len(wrapped(self._words, max(width - 2 * self._indent, 8))), 1) if self._words else 0

    def paint(self, width: int) -> Text:
        """The words."""
        skin, palette = self.palette.ground, self.palette
        style = {
            "dim": ink(skin.dim),
            "strong": ink(skin.text, bold=True),
            "soft": ink(skin.sign),
            "voice": ink(skin.dim, italic=True),
            "time": ink(palette.time),
        }[self._look]
        text = Text(no_wrap=True, end="")
        for index, line in enumerate(wrapped(self._words, max(width - 2 * self._indent, 8))):
            text.append(("\n" if index else "") + " " * self._indent + line, style)
        return text


class TellingPanel(Panel, can_focus=True):
    """While things arrive there is nothing to do but read."""

    DEFAULT_CSS = """
    TellingPanel { height: 1; }
    """

    def keys(self) -> Sequence[Key]:
        """Hurrying."""
        return (Key(_("space"), _("next"), "space"), Key("f", _("all of it"), "f"))


class ReadingPanel(Panel, can_focus=True):
    """The end of a scene to read."""

    class GoOn(Message):
        """The reader has read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "go_on", show=False)]

    def __init__(self, new: str = "") -> None:
        """`new` says what has arrived elsewhere."""
        super().__init__()
        self.line = GoOnLine(new)

    def compose(self) -> Any:
        """One line."""
        yield self.line

    def action_go_on(self) -> None:
        """Go on."""
        self.post_message(self.GoOn())

    def on_click(self) -> None:
        """A click goes on too."""
        self.action_go_on()

    def keys(self) -> Sequence[Key]:
        """One key."""
        return (Key("Enter", _("go on"), "enter"),)


class GoOnLine(Painted):
    """`Enter to go on`, quietly at the right; at the left what one has not seen yet."""

    def __init__(self, new: str = "") -> None:
        """`new` says what has arrived elsewhere."""
        super().__init__()
        self.new = new

    def tell(self, new: str) -> None:
        """Say what has arrived elsewhere; empty: it has been seen."""
        if new != self.new:
            self.new = new
            self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        left = [("  ● ", ink(self.palette.accent)), (self.new, ink(self.palette.ground.text))] if self.new else [("", ink())]
        return two_ends(left, [(_("Enter to go on") + "  ", ink(self.palette.accent))], width)


class UndoPanel(Panel, can_focus=True):
    """A tap has been made and the world has not answered yet."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u,ctrl+z,escape,backspace", "undo", show=False)]

    class Undo(Message):
        """It was a mis-tap."""

    class Released(Message):
        """Another key: it was meant."""

    def __init__(self, label: str) -> None:
        """`label` is what was done."""
        super().__init__()
        self._label = label

    def compose(self) -> Any:
        """One line."""
        yield UndoLine(self._label)

    def on_key(self, event: events.Key) -> None:
        """Any other key goes on, but for those that one must be able to press at any time."""
        if event.key not in ("u", "ctrl+z", "escape", "backspace", "f", "q", "question_mark"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Released())

    def action_undo(self) -> None:
        """Take it back."""
        self.post_message(self.Undo())

    def keys(self) -> Sequence[Key]:
        """Undo, or on."""
        return (Key("u", _("undo"), "u"), Key(_("any key"), _("go on"), "space"))


class UndoLine(Painted):
    """What was just done, and that it can be undone."""

    def __init__(self, label: str) -> None:
        """`label` is what was done."""
        super().__init__()
        self._label = label

    def paint(self, width: int) -> Text:
        """One line."""
        skin = self.palette.ground
        return two_ends(
            [("  ✓ ", ink(self.palette.accent, bold=True)), (self._label, ink(skin.text))],
            [(" u ", ink(self.palette.accent, bold=True)), (_("undo") + "  ", ink(skin.dim))],
            width,
        )
