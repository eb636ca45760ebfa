"""The list of places: name, last line, how many are unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from engine.play.phone import Entry, Phone, PlaceView
from game.play.keyline import Key
from game.play.panel import Panel, Words
from game.play.rows import Row, Rows
from game.widgets.contents import gone, label
from game.widgets.lines import flat, speaker
from game.words import _, n_


def first_words(entry: Entry) -> str:
    """An entry on one line, without who said it."""
    left = gone(entry)
    if left:
        return left
    kind = label(entry)
    if entry.kind == "voice":
        kind = _("voice note")
    text = flat(entry.text)
    return f"[{kind}] {text}" if kind else text


def last_line(place: PlaceView) -> str:
    """The newest thing in a place, on one line."""
    if place.typing:
        return _("{name} is typing…").format(name=place.typing[-1])
    entry = place.last
    if entry is None:
        return ""
    words = first_words(entry)
    who = speaker(entry) if entry.kind not in ("prose", "notice") else ""
    if who and (place.kind in ("group", "feed") or entry.own):
        return f"{who}: {words}"
    return words


def listed(phone: Phone, viewing: str | None) -> list[PlaceView]:
    """The places to list: what has been used on the phone that is in front, the newest first, what was left last."""
    whose = phone.places[viewing].phone if viewing is not None else None
    found = [place for place in phone.places.values() if (place.used or place.id == viewing) and place.phone == whose]
    return sorted(found, key=lambda place: (place.left, -(place.entries[-1].at if place.entries else -(1 << 40))))


def list_name(place: PlaceView) -> str:
    """A place as the list calls it: a call says so, for most people who ring also write."""
    return _("{name} (call)").format(name=place.name) if place.kind == "call" else place.name


def place_rows(phone: Phone, viewing: str | None, scene_place: str | None) -> list[Row]:
    """The list's rows."""
    return [
        Row(
            place.id,
            list_name(place),
            sign="▸" if place.id == scene_place else " ",
            second=_("you left") if place.left else last_line(place),
            badge=str(place.unread) if place.unread and place.id != viewing else "",
            strong=bool(place.unread) or place.id == viewing,
        )
        for place in listed(phone, viewing)
    ]


def unread(phone: Phone, viewing: str | None) -> int:
    """How many things wait in other places."""
    return sum(place.unread for place in listed(phone, viewing) if place.id != viewing)


@dataclass
class PlaceChosen(Message):
    """A place is to be looked at."""

    place: str


class PlacesLeft(Message):
    """The list was left without a choice."""


class Places(Vertical):
    """The list, wherever it stands."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,tab", "leave", show=False)]

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.post_message(PlaceChosen(event.row.id))

    def action_leave(self) -> None:
        """Back to the decision."""
        self.post_message(PlacesLeft())

    def keys(self) -> Sequence[Key]:
        """Choosing, and back."""
        return (Key("↑↓", _("choose")), Key("Enter", _("open"), "enter"), Key("Esc", _("back"), "escape"))


class PlacesSide(Places):
    """The list at the left of a wide terminal."""

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self.list = Rows(grows=False)

    def compose(self) -> ComposeResult:
        """A word, then the list."""
        yield Words(_("Places"), "dim", indent=2)
        yield self.list

    def show(self, phone: Phone, viewing: str | None, scene_place: str | None) -> None:
        """Show the places as they are now."""
        rows = place_rows(phone, viewing, scene_place)
        cursor = None
        if not self.list.has_focus:
            cursor = next((index for index, row in enumerate(rows) if row.id == viewing), None)
        if rows != self.list.rows or cursor not in (None, self.list.cursor):
            self.list.fill(rows, cursor)


class PlacesPanel(Places, Panel):
    """The list where there is no room beside the conversation: it takes the conversation's place."""

    def __init__(self, phone: Phone, viewing: str | None, scene_place: str | None) -> None:
        """The phone to list."""
        super().__init__()
        rows = place_rows(phone, viewing, scene_place)
        at = next((index for index, row in enumerate(rows) if row.id == viewing), 0)
        self.list = Rows(rows, cursor=at, most=0.9)
        count = unread(phone, viewing)
        self._words = n_("Places · {n} new", "Places · {n} new", count).format(n=count) if count else _("Places")

    def compose(self) -> Iterator[Widget]:
        """A word, then the list."""
        yield Words(self._words, "dim")
        yield self.list
