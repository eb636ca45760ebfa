"""The top of the phone: where one is, what time it is, how the battery stands; and what arrives elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message

from engine.play.phone import PlaceView
from game.clock import DAY
from game.play.painted import Painted, two_ends
from game.themes import ink
from game.widgets.wrap import cells, shorten, wrapped
from game.words import _, n_

_SIGN = " ● "
"""What stands before a notification."""
_LASTS = 17 * 3600
"""Seconds from a full battery to an almost empty one; it is charged while its owner sleeps, before seven."""


def battery(at: int) -> int:
    """How full the battery is at a moment of story time, percent: full at seven in the morning, low late at night."""
    since = (at - 7 * 3600) % DAY
    return max(100 - round(since * 82 / _LASTS), 14)


def head_words(place: PlaceView) -> str:
    """How many people a place holds, or what it is."""
    if place.kind == "group" and place.members:
        return n_("{n} member", "{n} members", place.members).format(n=f"{place.members:,}")
    if place.kind == "feed" and place.members:
        return n_("{n} follower", "{n} followers", place.members).format(n=f"{place.members:,}")
    if place.kind == "call":
        return _("on the line")
    return ""


def _look() -> str:
    """The key that goes to what has arrived."""
    return _("g look") + " "


def on_screen(place: PlaceView) -> bool:
    """Whether the place is on a phone at all: a corridor is not."""
    return place.kind not in ("in-person", "letter", "board")


class StatusLine(Painted):
    """Place and members on the left, day, time and battery on the right."""

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self._place: PlaceView | None = None
        self._moment = ""
        self._at = 0
        self._away = ""

    def show(self, place: PlaceView | None, at: int, moment: str, away: str = "") -> None:
        """Show a place and a moment. `away` is the name of the place that the story is in, when another is looked at."""
        self._place, self._at, self._moment, self._away = place, at, moment, away
        self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        skin, palette = self.palette.ground, self.palette
        place = self._place
        left: list[tuple[str, Style]] = []
        right: list[tuple[str, Style]] = []
        if place is not None:
            accent = palette.accent_other if place.phone else palette.accent
            if place.phone:
                phone = _("{name}’s phone").format(name=place.phone)
                left.append((f" {phone} ", ink(palette.ground.back, accent, bold=True, reverse=accent is None)))
            left.append((f" {place.name}", ink(skin.text, bold=True)))
            words = head_words(place)
            if words:
                left.append((f" · {words}", ink(skin.dim)))
            if place.left:
                left.append((" · " + _("you left"), ink(skin.dim, italic=True)))
            elif place.muted:
                left.append((" · " + _("muted"), ink(skin.dim, italic=True)))
            if place.timer and not place.left:
                left.append((" · ◷", ink(skin.stamp)))
            if self._away:
                left.append(("   " + _("Esc back to {place}").format(place=self._away), ink(accent)))
        right.append((self._moment, ink(skin.stamp)))
        if place is None or on_screen(place):
            right.append((f"   ▂▄▆ {battery(self._at)}%", ink(skin.dim)))
        right.append((" ", Style()))
        return two_ends(left, right, width)


LOW = 20
"""Lines of a terminal on which a notification keeps to one line."""


class TopRule(Painted):
    """The thin line under the status line. What arrives elsewhere slides in on it; what comes back colours it."""

    DEFAULT_CSS = """
    TopRule { height: auto; }
    """

    @dataclass
    class Clicked(Message):
        """The notification was clicked."""

        place: str

    def __init__(self, *, moves: bool = True, **how: Any) -> None:
        """With `moves`, a notification slides in."""
        super().__init__(**how)
        self._moves = moves
        self.place = ""
        self._where = self._who = self._words = ""
        self._told = False
        self._in = 0
        self.from_earlier = ""
        self._other = False

    def notify_of(self, place: PlaceView, who: str, words: str, *, told: bool = False) -> None:
        """Something arrived in another place. `told`: nobody says it, least of all the one whom the place is called after."""
        self.place, self._where, self._who, self._words, self._told = place.id, place.name, who, words, told
        self._in = 0 if self._moves else 1000
        self.refresh(layout=True)
        if self._moves:
            self._slide()

    def clear(self) -> None:
        """Nothing arrives."""
        self.place = ""
        self.refresh(layout=True)

    def mark_earlier(self, words: str) -> None:
        """What is in front came from something earlier; empty takes the mark away."""
        if words != self.from_earlier:
            self.from_earlier = words
            self.refresh()

    def mark_phone(self, other: bool) -> None:
        """Whether somebody else's phone is in front."""
        if other != self._other:
            self._other = other
            self.refresh()

    def _slide(self) -> None:
        if not self.place or self._in >= self.size.width:
            return
        self._in += max((self.size.width - self._in) // 3, 4)
        self.refresh()
        self.set_timer(0.03, self._slide)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """A second line for words that do not fit on the first, where the terminal is not too low for it."""
        return len(self._rows(width)) if self.place else 1

    def _head(self) -> tuple[str, str]:
        """Where something arrived, and what stands between that and its words."""
        who = f" · {self._who}" if self._who and self._who != self._where else ""
        return self._where, " · " if self._told else f"{who}: "

    def _rows(self, width: int) -> list[str]:
        """A notification on as few lines as it takes, two at most; the last is cut where it must be."""
        room = max(width - cells(_SIGN) - cells(_look()) - 2, 8)
        whole = "".join((*self._head(), self._words))
        rows = wrapped(whole, room)
        most = 2 if self.app.size.height > LOW else 1
        if len(rows) > most:
            rows[most - 1 :] = [shorten(" ".join(rows[most - 1 :]), room)]
        return rows

    def paint(self, width: int) -> Text:
        """One line; two while a long notification stands."""
        palette = self.palette
        if not self.place:
            text = Text("─" * width, ink(palette.accent_other if self._other else palette.rule), no_wrap=True, end="")
            if self.from_earlier:
                words = f" ◆ {self.from_earlier} "
                text = Text("─" * max(width - len(words) - 2, 0), ink(palette.time), no_wrap=True, end="")
                text.append(words, ink(palette.time, italic=True))
                text.append("─" * 2, ink(palette.time))
            return text
        skin = palette.pill
        strong = ink(skin.text, skin.back, bold=True, reverse=skin.back is None)
        dim = ink(skin.dim, skin.back, reverse=skin.back is None)
        back = ink(skin.text, skin.back, reverse=skin.back is None)
        said = ink(skin.text, skin.back, italic=self._told, reverse=skin.back is None)
        first, *more = self._rows(width)
        where, between = self._head()
        named = first.startswith(where)
        line = two_ends(
            [
                (_SIGN, ink(skin.stamp, skin.back, reverse=skin.back is None)),
                (first[: len(where)], strong if named else said),
                (first[len(where) :][: len(between)], dim if named else said),
                (first[len(where) + len(between) :], said),
            ],
            [(_look(), dim)],
            width,
        )
        lines = [line, *(two_ends([(" " * cells(_SIGN), back), (words, said)], [("", back)], width) for words in more)]
        shift = max(width - self._in, 0)
        painted = Text(no_wrap=True, end="")
        for index, one in enumerate(lines):
            if index:
                painted.append("\n")
            if shift:
                painted.append(("─" if index == 0 else " ") * shift, ink(palette.rule))
                painted.append_text(one[: max(len(one) - shift, 0)])
            else:
                painted.append_text(Text(one.plain, style=back, spans=one.spans, no_wrap=True, end=""))
        return painted

    def on_click(self, event: events.Click) -> None:
        """Jump there."""
        if self.place:
            event.stop()
            self.post_message(self.Clicked(self.place))
