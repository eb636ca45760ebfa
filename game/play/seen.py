"""Who can see a place: the members by what they are, who is typing, who has read what you said."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from engine.play.phone import PlaceView
from engine.script.times import duration_words
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.themes import Palette, ink
from game.widgets.lines import name_style
from game.widgets.wrap import cells, shorten, wrapped
from game.words import _, n_

Line = list[tuple[str, Style]]


def audience_of(place: PlaceView) -> str:
    """How many see what is said here, in words."""
    more = place.audience
    if place.kind == "group":
        count = n_("1 person", "{n} people", place.members).format(n=f"{place.members:,}")
        return f"{count}, {more or _('and whoever they show it to')}"
    if place.kind == "feed" and not place.members:
        return more or (place.phone if place.phone else _("Anyone who looks."))
    if place.kind == "feed":
        count = n_("1 follower", "{n} followers", place.members).format(n=f"{place.members:,}")
        return f"{count}, {more or _('and anyone they share it with')}"
    if place.kind == "mail":
        return more or _("Those a letter is addressed to, and whoever they show it to")
    if place.kind == "dm":
        return _("{name}, {more}").format(name=place.name, more=more or _("and whoever they show it to"))
    if place.kind in ("in-person", "call"):
        return more or _("Whoever is in earshot.")
    if place.kind == "settings":
        return more or _("Only you.")
    return more or place.name


def unknown_count(place: PlaceView) -> int:
    """Members of a group whom the player does not know by name."""
    return max(place.members - len(place.people) - (0 if place.left else 1), 0) if place.kind == "group" else 0


def seen_lines(place: PlaceView, palette: Palette, width: int) -> list[Line]:
    """The panel's lines."""
    skin = palette.ground
    dim, text, soft, time = ink(skin.dim), ink(skin.text), ink(skin.sign), ink(palette.time)
    lines: list[Line] = []

    def add(words: str, style: Style, indent: int = 0) -> None:
        lines.extend([(" " * indent + part, style)] for part in wrapped(words, max(width - indent, 8)))

    if place.phone:
        add(_("You read this on {name}’s phone. You cannot write here.").format(name=place.phone), ink(palette.accent_other))
        lines.append([])
    add(audience_of(place), time)
    if place.left:
        add(_("You left. You see no more of it; they still see what you wrote."), soft)
    if place.muted:
        add(_("Muted: you see it {how_long} later.").format(how_long=duration_words(place.muted)), soft)
    if place.timer:
        add(
            _("Messages disappear after {how_long}. Pictures of them do not.").format(how_long=duration_words(place.timer)),
            soft,
        )
    if place.official:
        add(_("An official channel: what is said here is kept."), soft)
    lines.append([])
    for person in place.people:
        name = name_style(palette, person.name, skin)
        typing = person.name in place.typing
        lines.append([(shorten(person.name, width - 4), name), (" …" if typing else "", ink(palette.accent, bold=True))])
        if person.what:
            add(person.what, dim, 2)
    others = unknown_count(place)
    if others:
        if place.people:
            lines.append([])
        words = n_("and {n} other whom you could not name", "and {n} others whom you could not name", others)
        add(words.format(n=others) if place.people else words.format(n=others).removeprefix("and "), dim)
    own = next((entry for entry in reversed(place.entries) if entry.own and entry.state == "live" and entry.read_by), None)
    if own is not None:
        lines.append([])
        words = n_("What you wrote last was read by {n}.", "What you wrote last was read by {n}.", own.read_by)
        add(words.format(n=own.read_by), text)
    return lines


class SeenList(Painted):
    """The lines, painted."""

    DEFAULT_CSS = """
    SeenList { height: auto; }
    """

    def __init__(self, place: PlaceView | None = None, **how: Any) -> None:
        """The place to tell of."""
        super().__init__(**how)
        self._place = place

    def show(self, place: PlaceView | None) -> None:
        """Tell of a place as it is now."""
        self._place = place
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as there are."""
        return len(seen_lines(self._place, self.palette, max(width, 10))) if self._place is not None else 1

    def paint(self, width: int) -> Text:
        """The lines."""
        text = Text(no_wrap=True, end="")
        if self._place is None:
            return text
        for index, line in enumerate(seen_lines(self._place, self.palette, width)):
            if index:
                text.append("\n")
            for part, style in line:
                text.append(part, style)
        return text


class SeenSide(Vertical):
    """Who can see this, at the right of a broad terminal."""

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self.list = SeenList()
        self.words = _SideHead()

    def compose(self) -> ComposeResult:
        """A word, then the people."""
        yield self.words
        with VerticalScroll(can_focus=False):
            yield self.list

    def show(self, place: PlaceView | None) -> None:
        """Tell of a place as it is now."""
        self.list.show(place)


class _SideHead(Painted):
    """The words above the list."""

    def paint(self, width: int) -> Text:
        """One line."""
        return Text(_("Who can see this"), ink(self.palette.ground.dim), no_wrap=True, end="")


class InfoScreen(ModalScreen[None]):
    """Members and settings of a place: looking is free."""

    CSS_PATH = "pages.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,i,q,backspace", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, place: PlaceView) -> None:
        """The place to tell of."""
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Its name, then the people."""
        with Vertical(classes="card"):
            yield _Name(self._place.name)
            with VerticalScroll(can_focus=False, id="people"):
                yield SeenList(self._place)
            keys = KeyLine()
            keys.show((Key("↑↓", _("scroll")), Key("Esc", _("back"), "escape")))
            yield keys

    def action_scroll(self, by: int) -> None:
        """Up or down."""
        self.query_one("#people").scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Back."""
        self.dismiss()


class _Name(Painted):
    """A place's name, and under it how many."""

    DEFAULT_CSS = """
    _Name { height: 2; }
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = name

    def paint(self, width: int) -> Text:
        """One line and air."""
        text = Text(no_wrap=True, end="")
        text.append(shorten(self._words, width), ink(self.palette.ground.text, bold=True))
        text.append(" " * max(width - cells(self._words) - cells(_("who can see this")), 1))
        text.append(_("who can see this") if cells(self._words) + 20 < width else "", ink(self.palette.ground.dim))
        return text
