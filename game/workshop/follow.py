"""The notes side of a room: reads what the projector did, and asks it to do things."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from game.words import _
from game.workshop.host import read_room
from game.workshop.steering import Command, encode_command
from saves.errors import SaveError
from saves.rooms import NoProjector

if TYPE_CHECKING:
    from engine.room.room import Room
    from engine.story.model import Story
    from saves.rooms import Answer, RoomInfo, RoomJournal
    from saves.store import Store

LOOK_SECONDS = 1.0
"""How often, at most, it is looked whether a projector is there."""


class NoRoom(SaveError):
    """There is no room to follow."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no room here to follow."),
            _("Begin one in the other window: `seenby workshop SCENARIO`. Use the same --saves in both."),
        )


class SeveralRooms(SaveError):
    """More than one room is on a projector."""

    def __init__(self, rooms: Sequence[RoomInfo]) -> None:
        self.rooms = tuple(rooms)
        named = ", ".join(f"{info.id} ({info.title})" for info in rooms)
        super().__init__(
            _("Several rooms are open: {rooms}.").format(rooms=named),
            _("Say which: `seenby workshop --notes {id}`.").format(id=rooms[0].id),
        )


def find_room(store: Store, room_id: str | None = None) -> RoomInfo:
    """The room to follow: the one that was named, else the one on a projector, else the one used last. Raises SaveError."""
    rooms = store.rooms
    if room_id is not None:
        return rooms.find(room_id)
    known = rooms.all()
    live = [info for info in known if rooms.live(info.id)]
    if len(live) > 1:
        raise SeveralRooms(live)
    if not known:
        raise NoRoom
    return live[0] if live else known[0]


class RoomFollower:
    """A room as the projector has it, a moment later. Nothing here changes it but by asking."""

    def __init__(self, store: Store, journal: RoomJournal, story: Story, now: Callable[[], float] = time.time) -> None:
        self._rooms = store.rooms
        self._journal = journal
        self._story = story
        self._now = now
        self._version: object = None
        self._live = False
        self._looked = float("-inf")
        # What was said to notes before these is no news here.
        self._answered = journal.last_command()
        self.room: Room
        self._read()

    @classmethod
    def find(
        cls,
        store: Store,
        load: Callable[[RoomInfo], Story],
        room_id: str | None = None,
        now: Callable[[], float] = time.time,
    ) -> RoomFollower:
        """Follow the room that was named, or the one that is open. `load` finds its story. Raises SaveError."""
        info = find_room(store, room_id)
        return cls(store, store.rooms.open(info.id), load(info), now)

    @property
    def id(self) -> str:
        """Id of the room."""
        return self._journal.room_id

    @property
    def info(self) -> RoomInfo:
        """The room at a glance, as it was when this began to follow it."""
        return self._journal.info

    @property
    def started(self) -> datetime:
        """When the room began."""
        return self._journal.info.created

    def elapsed(self) -> float:
        """Seconds that the session has gone on; long breaks in which nothing was done do not count."""
        return self._journal.elapsed(self._now())

    def countdown_left(self) -> float | None:
        """Seconds left of the countdown; None: there is none."""
        found = self.room.state.countdown
        return None if found is None else found.at(self._now())

    @property
    def live(self) -> bool:
        """A projector shows the room. Looked at once a second at most."""
        now = self._now()
        if not 0 <= now - self._looked < LOOK_SECONDS:
            self._looked = now
            self._live = self._rooms.live(self.id)
        return self._live

    def poll(self) -> bool:
        """Take in what the projector has done. Returns whether there was anything. Raises SaveError."""
        version = self._rooms.version()
        if version == self._version:
            return False
        before = self._journal.seq
        change = self._journal.read()
        self._version = version
        if change == "other":
            self._read()
        elif change == "more":
            try:
                for given in self._journal.inputs[len(self.room.inputs) :]:
                    self.room.apply(given)
            except ValueError:  # what no longer fits; `_read` stands before it, as the projector does
                self._read()
        return self._journal.seq != before

    def _read(self) -> None:
        self.room = read_room(self._journal.info, self._journal.inputs, self._story).room

    # Steering

    def send(self, command: Command) -> int:
        """Ask the projector to do something. Returns the number under which the answer comes.

        Raises SaveError: NoProjector when nobody shows the room.
        """
        self._looked, self._live = self._now(), False
        number = self._journal.send(encode_command(command))
        self._live = True
        self._answered = min(self._answered, number - 1)  # a file that was mended counts anew
        return number

    def answers(self) -> list[Answer]:
        """What became of what was asked for, each once, oldest first."""
        found = self._journal.answers(self._answered)
        if found:
            self._answered = found[-1].number
        return found


__all__ = ["NoProjector", "NoRoom", "RoomFollower", "SeveralRooms", "find_room"]
