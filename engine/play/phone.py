"""What the phone shows: events folded into places with their entries.

A front end keeps a `Phone`, applies each event when it is shown, and draws from it. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.play import events as ev
from engine.play.events import YOU, Event, MessageKind
from engine.script.times import duration_words
from engine.words import _, put


@dataclass(slots=True)
class Reaction:
    """One emoji under an entry."""

    emoji: str
    count: int
    names: list[str]


@dataclass(slots=True)
class Entry:
    """One thing in a place: a message, a post, a line of prose, a notice."""

    id: str
    kind: MessageKind
    text: str
    at: int
    sender: str | None = None
    name: str = ""
    forwarded: Literal[0, 1, 2] = 0
    reply_to: str | None = None
    reply_name: str = ""
    reply_text: str = ""
    on: str | None = None
    subject: str | None = None
    to: str | None = None
    length: int = 0
    view_once: bool = False
    edited: Literal["", "edited", "cropped"] = ""
    past: bool = False
    expires: int | None = None
    state: Literal["live", "deleted", "expired"] = "live"
    deleted_by: str = ""
    reactions: list[Reaction] = field(default_factory=list)
    read_by: int = 0
    likes: int = 0
    shares: int = 0
    comments: int = 0
    decided: bool = False
    """Marks the player's own decision."""

    @property
    def own(self) -> bool:
        """The player said it."""
        return self.sender == YOU


PlaceKind = Literal["group", "dm", "feed", "mail", "settings", "in-person", "call", "letter", "form", "records", "board"]


@dataclass(slots=True)
class Person:
    """Somebody in a place."""

    id: str
    name: str
    what: str = ""


@dataclass(slots=True)
class PlaceView:
    """A place as the phone shows it."""

    id: str
    kind: PlaceKind
    name: str
    members: int = 0
    """How many people are in it, the player too (followers, for a feed); 0 when that says nothing."""
    people: list[Person] = field(default_factory=list)
    audience: str = ""
    phone: str | None = None
    """Name of the person whose phone this is; None: the player's."""
    official: bool = False
    own: bool = False
    entries: list[Entry] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    unread: int = 0
    muted: int = 0
    left: bool = False
    timer: int = 0
    used: bool = False
    """Something has been shown here."""

    @property
    def last(self) -> Entry | None:
        """The newest entry that is not a notice."""
        for entry in reversed(self.entries):
            if entry.kind != "notice":
                return entry
        return self.entries[-1] if self.entries else None

    def find(self, message: str) -> Entry | None:
        """The entry with this id."""
        for entry in reversed(self.entries):
            if entry.id == message:
                return entry
        return None


class Phone:
    """All places, the clock, and where one is."""

    def __init__(self, places: Iterable[PlaceView]) -> None:
        self.places: dict[str, PlaceView] = {place.id: place for place in places}
        self.clock = 0
        self.here: str | None = None
        """The place in front."""
        self.scene: str | None = None
        self._serial = 0

    def notice(self, place: str, text: str, at: int) -> None:
        """A centred line in a place."""
        self._serial += 1
        view = self.places[place]
        view.entries.append(Entry(f"notice-{self._serial}", "notice", text, at))
        view.used = True

    def apply_all(self, events: Iterable[Event]) -> None:
        """Apply many events."""
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Let one event show. Unknown kinds change nothing, and what was missed is never seen here."""
        if not isinstance(event, ev.Missed):
            self.clock = max(self.clock, event.at)
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            handler(self, event)

    def _entry(self, place: str, message: str) -> Entry | None:
        view = self.places.get(place)
        found = view.find(message) if view else None
        if found is None:
            for other in self.places.values():
                found = other.find(message)
                if found is not None:
                    break
        return found

    def _live(self, place: str, message: str) -> Entry | None:
        """The entry with this id, unless it is gone: nothing happens to a tombstone."""
        found = self._entry(place, message)
        return found if found is not None and found.state == "live" else None

    def _scene(self, event: ev.SceneBegan) -> None:
        self.scene = event.scene
        if event.place is not None:
            self.here = event.place
            view = self.places[event.place]
            view.unread = 0
            view.used = True

    def _shown(self, event: ev.MessageShown) -> None:
        view = self.places[event.place]
        entry = Entry(
            event.id, event.kind, event.text, event.at, event.sender, event.name,
            forwarded=event.forwarded, reply_to=event.reply_to, on=event.on, subject=event.subject, to=event.to,
            length=event.length, view_once=event.view_once, edited="edited" if event.edited else "", past=event.past,
            expires=event.expires,
        )  # fmt: skip
        if event.reply_to is not None:
            quoted = self._entry(event.place, event.reply_to)
            if quoted is not None:
                entry.reply_name = quoted.name
                entry.reply_text = quoted.text if quoted.state == "live" else ""
        if event.on is not None:
            post = self._entry(event.place, event.on)
            if post is not None:
                post.comments += 1
        if event.name in view.typing:
            view.typing.remove(event.name)
        view.entries.append(entry)
        view.used = True
        unread = event.place != self.here and not event.past and event.sender != YOU
        if unread and event.kind not in ("prose", "notice"):
            view.unread += 1

    def _typing(self, event: ev.Typing) -> None:
        typing = self.places[event.place].typing
        if event.on and event.name not in typing:
            typing.append(event.name)
        elif not event.on and event.name in typing:
            typing.remove(event.name)

    def _reacted(self, event: ev.Reacted) -> None:
        entry = self._live(event.place, event.message)
        if entry is None:
            return
        for reaction in entry.reactions:
            if reaction.emoji == event.emoji:
                reaction.count += event.count
                reaction.names.append(event.name)
                return
        entry.reactions.append(Reaction(event.emoji, event.count, [event.name]))

    def _read(self, event: ev.ReadBy) -> None:
        entry = self._live(event.place, event.message)
        if entry is not None:
            entry.read_by = max(entry.read_by, event.count)

    def _counted(self, event: ev.Counted) -> None:
        entry = self._live(event.place, event.message)
        if entry is None:
            return
        entry.likes = entry.likes if event.likes is None else event.likes
        entry.shares = entry.shares if event.shares is None else event.shares
        entry.comments = entry.comments if event.comments is None else event.comments

    def _edited(self, event: ev.Edited) -> None:
        entry = self._live(event.place, event.message)
        if entry is not None:
            entry.text, entry.edited = event.text, event.how

    def _deleted(self, event: ev.Deleted) -> None:
        entry = self._entry(event.place, event.message)
        if entry is not None:
            entry.state, entry.deleted_by = "deleted", event.name
            entry.reactions = []

    def _expired(self, event: ev.Expired) -> None:
        entry = self._live(event.place, event.message)
        if entry is not None:
            entry.state = "expired"
            entry.reactions = []

    def _joined(self, event: ev.Joined) -> None:
        view = self.places[event.place]
        if event.who == YOU:
            view.members += int(view.left and view.members > 0 and not event.past)
            view.left = False
        elif not event.past:
            view.members += int(view.members > 0)
            view.people = [*(person for person in view.people if person.id != event.who), Person(event.who, event.name)]
        text = _words(event.who, event.by, (_("{who} joined"), _("You joined"), _("{by} added {who}"), _("{by} added you")))
        self.notice(event.place, put(text, who=event.name, by=_by(event.by)), event.at)

    def _left(self, event: ev.Left) -> None:
        view = self.places[event.place]
        if not event.past:
            view.members -= int(view.members > 0)
            view.people = [person for person in view.people if person.id != event.who]
        view.left = view.left or event.who == YOU
        text = _words(event.who, event.by, (_("{who} left"), _("You left"), _("{by} removed {who}"), _("{by} removed you")))
        self.notice(event.place, put(text, who=event.name, by=_by(event.by)), event.at)

    def _renamed(self, event: ev.Renamed) -> None:
        self.places[event.place].name = event.name
        self.notice(event.place, put(_("The name is now “{name}”"), name=event.name), event.at)

    def _timer(self, event: ev.TimerSet) -> None:
        self.places[event.place].timer = event.seconds
        if event.seconds:
            text = _("{who} turned on disappearing messages: {time}")
        else:
            text = _("{who} turned off disappearing messages")
        who = _by(event.by) if event.by == YOU else event.name
        self.notice(event.place, put(text, who=who, time=duration_words(event.seconds)), event.at)

    def _muted(self, event: ev.Muted) -> None:
        self.places[event.place].muted = event.seconds


def _words(who: str, by: str | None, texts: tuple[str, str, str, str]) -> str:
    """Which of the texts fits: somebody, you; somebody by somebody, you by somebody."""
    return texts[2 * (by is not None) + (who == YOU)]


def _by(by: str | None) -> str:
    return _("You") if by == YOU else by or ""


_HANDLERS: dict[type[Event], Callable[[Phone, Any], None]] = {
    ev.SceneBegan: Phone._scene,
    ev.MessageShown: Phone._shown,
    ev.Typing: Phone._typing,
    ev.Reacted: Phone._reacted,
    ev.ReadBy: Phone._read,
    ev.Counted: Phone._counted,
    ev.Edited: Phone._edited,
    ev.Deleted: Phone._deleted,
    ev.Expired: Phone._expired,
    ev.Joined: Phone._joined,
    ev.Left: Phone._left,
    ev.Renamed: Phone._renamed,
    ev.TimerSet: Phone._timer,
    ev.Muted: Phone._muted,
}
