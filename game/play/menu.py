"""The menu of a message, what one could say, and moving from message to message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from engine.play.events import Option
from game.play.keyline import Key
from game.play.panel import Panel, Words
from game.play.rows import Row, Rows, number_keys
from game.play.taps import Tap
from game.words import _


class Closed(Message):
    """A panel was closed without anything chosen."""


class _ListPanel(Panel):
    """A list that one can leave again."""

    dims = False

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace", "close", show=False)]

    @dataclass
    class Tapped(Message):
        """An option was chosen here."""

        option: Option

    @dataclass
    class Refused(Message):
        """Something that cannot be done was tried."""

        why: str

    def action_close(self) -> None:
        """Close it."""
        self.post_message(Closed())

    def keys(self) -> Sequence[Key]:
        """Choosing, and back."""
        return (Key("↑↓", _("choose")), Key("Enter", _("take it"), "enter"), Key("Esc", _("back"), "escape"))


class MenuPanel(_ListPanel):
    """What can be done with a message."""

    def __init__(self, about: str, taps: Sequence[Tap]) -> None:
        """`about` says which message, in a few words."""
        super().__init__()
        self._about = about
        self._taps = list(taps)
        rows = []
        for (index, tap), key in zip(enumerate(self._taps), number_keys(len(self._taps), zero=True), strict=True):
            label = tap.word if tap.option is None else f"{tap.word}: {tap.option.label}"
            thought = tap.option.thought if tap.option is not None and not tap.why else ""
            enabled = tap.option is not None and not tap.why
            rows.append(Row(str(index), label, key, thought, tap.why, enabled))
        first = next((index for index, row in enumerate(rows) if row.enabled), 0)
        self.list = Rows(rows, cursor=first, most=0.6)

    def compose(self) -> Iterator[Widget]:
        """The message in a few words, then the items."""
        yield Words(self._about, "dim")
        yield self.list if self._taps else Words(_("There is nothing to tap here."), "dim")

    def enter(self) -> None:
        """Take the focus, with nothing to choose too."""
        self.can_focus = not self._taps
        super().enter()

    def keys(self) -> Sequence[Key]:
        """Choosing, where there is something to choose."""
        return super().keys() if self._taps else (Key("Esc", _("back"), "escape"),)

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        option = self._taps[int(event.row.id)].option
        if option is not None:
            self.post_message(self.Tapped(option))

    @on(Rows.Refused)
    def _refused(self, event: Rows.Refused) -> None:
        event.stop()
        self.post_message(self.Refused(event.row.note))


class SayPanel(_ListPanel):
    """The things that one could say here."""

    def __init__(self, options: Sequence[Option]) -> None:
        """The options that put words somewhere."""
        super().__init__()
        self._options = {option.id: option for option in options}
        self.list = Rows(
            [
                Row(
                    option.id,
                    option.label,
                    key,
                    note="" if option.available else option.why_not,
                    aside=option.thought if option.available else "",
                    enabled=option.available,
                )
                for key, option in zip(number_keys(len(options), zero=True), options, strict=True)
            ]
        )
        self._line = Words(_("What you could say:"), "dim")

    def compose(self) -> Iterator[Widget]:
        """A line, then what can be said."""
        yield self._line
        if self._options:
            yield self.list
        else:
            yield Words(_("Nothing that you would say here, not now."), "soft")

    def enter(self) -> None:
        """Take the focus, with nothing to say too."""
        self.can_focus = not self._options
        super().enter()

    def on_key(self, event: events.Key) -> None:
        """Free typing is answered kindly."""
        if event.character is not None and event.character.isalpha():
            event.stop()
            words = _("These are the words that you have here. Keep yours for the talk afterwards.")
            self._line.say(words, "time")

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.post_message(self.Tapped(self._options[event.row.id]))

    @on(Rows.Refused)
    def _refused(self, event: Rows.Refused) -> None:
        event.stop()
        self.post_message(self.Refused(event.row.note))


class SelectPanel(Panel, can_focus=True):
    """Moving from message to message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter,m", "open", show=False),
        Binding("escape,backspace", "close", show=False),
    ]

    @dataclass
    class Step(Message):
        """To another message: -1 up, 1 down."""

        by: int

    class Open(Message):
        """Open the menu of the message."""

    def compose(self) -> Iterator[Widget]:
        """One line."""
        yield Words(_("Choose a message."), "dim")

    def action_step(self, by: int) -> None:
        """Another message."""
        self.post_message(self.Step(by))

    def action_open(self) -> None:
        """Its menu."""
        self.post_message(self.Open())

    def action_close(self) -> None:
        """Back to the decision."""
        self.post_message(Closed())

    def keys(self) -> Sequence[Key]:
        """Moving, opening, back."""
        return (Key("↑↓", _("message")), Key("Enter", _("its menu"), "enter"), Key("Esc", _("back"), "escape"))
