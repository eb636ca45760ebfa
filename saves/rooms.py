"""Rooms as they are kept: what a facilitator and a room did, one entry after another, and nothing about anybody in it.

A room is no player and has no name: its tables are letters, its hands are numbers. It stands in tables of its own, apart from what
players played. Every entry is on the disk when `append` returns, a half-entered count too, so that a room stands after a power cut
where it stood before.

A second terminal may send commands. They wait in a table; the projector takes each once, in order, and writes down what became of it
in the same step as what it did. Which rooms are on a projector just now is known by a lock that the system lets go of when the
process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from engine.room.inputs import AnyInput, RoomInput, Setup, decode, encode
from engine.words import _
from saves.errors import NoSuchPlay, SaveError
from saves.hold import Hold, RoomBusy, lock_path
from saves.rows import RoomCommandRow, RoomEntryRow, RoomRow, columns, insert, read_cut, read_row, stamp, to_json, values

if TYPE_CHECKING:
    import sqlite3

    from engine.story.model import Story
    from saves.file import SavesFile

BREAK_SECONDS = 45 * 60
"""When nothing is done for longer than this the session has a break: its clock stands."""


class NoSuchRoom(NoSuchPlay):
    """There is no room of this id."""

    def __init__(self, room_id: str) -> None:
        SaveError.__init__(
            self,
            _("There is no room “{id}”.").format(id=room_id),
            _("`seenby saves` lists the rooms there are."),
        )


class NoProjector(SaveError):
    """Nobody shows the room, so nobody would do what is asked for."""

    def __init__(self, room_id: str) -> None:
        super().__init__(
            _("No projector shows this room just now."),
            _("Open it again in the other window: `seenby workshop --continue {id}`.").format(id=room_id),
        )


class RoomElsewhere(SaveError):
    """The room went on in another process since it was read here. Nothing that was saved is lost."""

    def __init__(self, room_id: str) -> None:
        super().__init__(
            _(
                "The room “{id}” went on in another window. What was saved there is safe; the last step here was not saved."
            ).format(id=room_id),
            _("Open the room again: `seenby workshop --continue {id}`.").format(id=room_id),
        )


class Left(RoomInput, frozen=True, tag="Left"):
    """What stands after entry `after` is left: an edited scenario has no place for it. It stays in the file."""

    after: int


_left: msgspec.json.Decoder[Left] = msgspec.json.Decoder(Left)


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A room at a glance."""

    id: str
    scenario: str
    title: str
    hash: str
    """Content hash of the scenario when it was begun."""
    file: str
    """The scenario's file, where it was not one of a pack; else empty."""
    setup: Setup
    created: datetime
    updated: datetime
    decisions: int
    """Decisions that were taken, those that were gone back from too."""
    ending: str
    """Id of the ending where it stands; empty: its story is not over."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the notes terminal asks the projector to do."""

    number: int
    text: str
    """JSON."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command. `problem` is empty when it was done."""

    number: int
    problem: str


class Rooms:
    """The rooms of one file of saves."""

    def __init__(self, file: SavesFile, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    def begin(self, story: Story, setup: Setup, file: str = "") -> RoomJournal:
        """Begin a room. `file` is the scenario's, where no pack has it. Raises SaveError."""
        at = self._now()
        room_id = os.urandom(4).hex()
        row = RoomRow(
            room_id, story.id, story.title, story.hash, file, str(int(setup.seed)), setup.tables, setup.size, setup.minutes,
            to_json(list(setup.cut)), int(setup.rehearsal), at, at, "",
        )  # fmt: skip
        with self._file.writing() as connection:
            connection.execute(insert("rooms"), values(row))
        return self.open(room_id)

    def open(self, room_id: str) -> RoomJournal:
        """The journal of a room, of its id or of the beginning of one that no other has. Raises NoSuchRoom, SaveError."""
        found = self.find(room_id)
        return RoomJournal(self._file, self._now, found)

    def find(self, given: str) -> RoomInfo:
        """The room of an id, or of the beginning of one that no other has. Raises NoSuchRoom."""
        wanted = given.strip().lower()
        rooms = self.all()
        found = [info for info in rooms if info.id == wanted] or [
            info for info in rooms if wanted and info.id.startswith(wanted)
        ]
        if len(found) != 1:
            raise NoSuchRoom(given)
        return found[0]

    def all(self) -> list[RoomInfo]:
        """All rooms, the one used last first."""
        wanted = ", ".join(f"r.{column}" for column in RoomRow.__struct_fields__)
        with self._file.reading() as connection:
            rows = connection.execute(
                f'SELECT {wanted}, (SELECT count(*) FROM room_entries e WHERE e.room = r.id AND e.entry LIKE \'{{"do":"Decide"%\') '
                "FROM rooms r ORDER BY r.updated DESC, r.n DESC"
            ).fetchall()
        try:
            return [room_row(read_row(row[:-1], RoomRow), row[-1]) for row in rows]
        except (msgspec.DecodeError, ValueError) as error:
            raise self._file.damaged() from error

    def forget(self, room_id: str) -> tuple[Path, ...]:
        """Remove a room and everything about it, for good. Raises NoSuchRoom. Returns damaged files that were kept aside earlier."""
        with self._file.writing() as connection:
            if not connection.execute("DELETE FROM rooms WHERE id = ?", (room_id,)).rowcount:
                raise NoSuchRoom(room_id)
        with contextlib.suppress(OSError):
            lock_path(self._file, room_id).unlink()
        self._file.shrink()
        return self._file.kept_aside()

    def export(self, room_id: str) -> dict[str, Any]:
        """A room with all that was done in it, as a JSON-able dict. Raises NoSuchRoom."""
        from saves.room_export import export

        return export(self._file, self.find(room_id))

    def import_(self, data: Any) -> str:
        """Take in what `export` gave; returns the id of the room here.

        A room that is here already, and went on differently, stays as it is, and the imported one gets an id of its own. Raises BadExport,
        and has changed nothing.
        """
        from saves.room_export import import_

        return import_(self._file, data)

    def live(self, room_id: str) -> bool:
        """Whether a projector shows this room now."""
        return Hold(self._file, room_id).taken()

    def version(self) -> tuple[int, int]:
        """What changes when anybody else has written to the file. Cheap: no table is read."""
        with self._file.reading() as connection:
            # SQLite counts for each connection anew.
            return self._file.opened, int(connection.execute("PRAGMA data_version").fetchone()[0])


def room_row(row: RoomRow, decisions: int) -> RoomInfo:
    """A row of `rooms`, with how much was decided in it. Raises ValueError for one that makes no sense."""
    setup = Setup(int(row.seed), row.tables, row.size, row.minutes, read_cut(row.cut), bool(row.rehearsal))
    return RoomInfo(row.id, row.scenario, row.title, row.hash, row.file, setup, row.created, row.updated, decisions, row.ending)


def entries(connection: sqlite3.Connection, room_id: str, after: int) -> list[RoomEntryRow]:
    """What was done in a room after entry `after`, in order. Raises msgspec.ValidationError."""
    rows = connection.execute(
        f"SELECT {columns('room_entries')} FROM room_entries WHERE room = ? AND seq > ? ORDER BY seq", (room_id, after)
    ).fetchall()
    return [read_row(row, RoomEntryRow) for row in rows]


class RoomJournal:
    """One room's journal. Entries are numbered from 1 and are never changed."""

    def __init__(self, file: SavesFile, now: Callable[[], datetime], info: RoomInfo) -> None:
        self._file = file
        self._now = now
        self.info = info
        self.seq = 0
        """The last entry that was read or written here."""
        self._inputs: list[AnyInput] = []
        self._numbers: list[int] = []
        self._last = info.created
        self._breaks = 0.0
        self.read()

    @property
    def room_id(self) -> str:
        """Id of the room."""
        return self.info.id

    @property
    def inputs(self) -> Sequence[AnyInput]:
        """What was done, oldest first, without what was left."""
        return self._inputs

    def read(self) -> Literal["same", "more", "other"]:
        """Read what has been written since. `more`: `inputs` grew at its end; `other`: read all of it anew. Raises SaveError."""
        with self._file.reading() as connection:
            rows = entries(connection, self.room_id, self.seq)
            there = connection.execute("SELECT 1 FROM rooms WHERE id = ?", (self.room_id,)).fetchone()
        if there is None:
            raise NoSuchRoom(self.room_id)
        change: Literal["same", "more", "other"] = "same"
        for row in rows:
            try:
                given = _decoded(row.entry)
            except msgspec.DecodeError as error:
                raise self._file.damaged() from error
            if row.seq != self.seq + 1:
                raise self._file.damaged()
            self.seq = row.seq
            self._pass(row.at)
            if isinstance(given, Left):
                self._leave(given.after)
                change = "other"
            else:
                self._inputs.append(given)
                self._numbers.append(row.seq)
                change = change if change == "other" else "more"
        return change

    def append(self, given: Iterable[AnyInput], *, ending: str = "", command: int | None = None, problem: str = "") -> None:
        """Write down what was done; it is on the disk when this returns. With `command`, and what became of it, in one step.

        `ending` is the ending where the room stands after it. Raises RoomElsewhere when another process has written here since, NoSuchRoom when the room was forgotten, and SaveError.
        """
        wanted = list(given)
        at = self._now()
        with self._file.writing() as connection:
            if not connection.execute(
                "UPDATE rooms SET updated = ?, ending = ? WHERE id = ?", (stamp(at), ending, self.room_id)
            ).rowcount:
                raise NoSuchRoom(self.room_id)
            last = connection.execute("SELECT max(seq) FROM room_entries WHERE room = ?", (self.room_id,)).fetchone()[0] or 0
            if last != self.seq:
                raise RoomElsewhere(self.room_id)
            for number, one in enumerate(wanted, self.seq + 1):
                connection.execute(insert("room_entries"), values(RoomEntryRow(self.room_id, number, encode(one), at)))
            if command is not None:
                connection.execute(
                    "UPDATE room_commands SET done = 1, answer = ? WHERE room = ? AND number = ?",
                    (problem, self.room_id, command),
                )
                connection.execute(
                    "DELETE FROM room_commands WHERE room = ? AND done = 1 AND number <= ?",
                    (self.room_id, command - _ANSWERS_KEPT),
                )
        if wanted:
            self._pass(at)
        self._numbers.extend(range(self.seq + 1, self.seq + 1 + len(wanted)))
        self._inputs.extend(wanted)
        self.seq += len(wanted)

    def _pass(self, at: datetime) -> None:
        gap = (at - self._last).total_seconds()
        self._breaks += gap if gap > BREAK_SECONDS else 0.0
        self._last = max(at, self._last)

    def elapsed(self, now: float) -> float:
        """Seconds that the session has gone on at the wall-clock time `now` (seconds), without its breaks."""
        since = max(now - self._last.timestamp(), 0.0)
        until = (self._last - self.info.created).total_seconds() - self._breaks
        return max(until, 0.0) + (since if since <= BREAK_SECONDS else 0.0)

    def leave(self, count: int) -> None:
        """From now on only the first `count` of `inputs` count. Nothing is removed. Raises SaveError."""
        after = self._numbers[count - 1] if count else 0
        at = self._now()
        with self._file.writing() as connection:
            row = RoomEntryRow(self.room_id, self.seq + 1, encode(Left(after)), at)
            connection.execute(insert("room_entries"), values(row))
        self.seq += 1
        self._leave(after)

    def _leave(self, after: int) -> None:
        while self._numbers and self._numbers[-1] > after:
            self._numbers.pop()
            self._inputs.pop()

    # Commands

    def send(self, text: str) -> int:
        """Ask whoever shows the room to do something. Returns the number of the command.

        Raises NoProjector when nobody shows it, NoSuchRoom, SaveError. Whoever comes to show the room, or goes, writes too (see `show`):
        so what is asked for here is asked of whoever has the room now, and comes neither before they had it nor after.
        """
        at = self._now()
        with self._file.writing() as connection:
            if connection.execute("SELECT 1 FROM rooms WHERE id = ?", (self.room_id,)).fetchone() is None:
                raise NoSuchRoom(self.room_id)
            if not Hold(self._file, self.room_id).taken():
                raise NoProjector(self.room_id)
            last = connection.execute("SELECT max(number) FROM room_commands WHERE room = ?", (self.room_id,)).fetchone()[0]
            number = (last or 0) + 1
            connection.execute(insert("room_commands"), values(RoomCommandRow(self.room_id, number, text, at, 0, "")))
        return number

    def waiting(self) -> list[Command]:
        """Commands that nobody has taken yet, oldest first."""
        return [Command(row.number, row.command, row.at) for row in self._commands(0)]

    def answers(self, after: int) -> list[Answer]:
        """What became of the commands after number `after` that were taken, oldest first. The last hundred are kept."""
        return [Answer(row.number, row.answer) for row in self._commands(1) if row.number > after]

    def _commands(self, done: int) -> list[RoomCommandRow]:
        with self._file.reading() as connection:
            rows = connection.execute(
                f"SELECT {columns('room_commands')} FROM room_commands WHERE room = ? AND done = ? ORDER BY number",
                (self.room_id, done),
            ).fetchall()
        try:
            return [read_row(row, RoomCommandRow) for row in rows]
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error

    def last_command(self) -> int:
        """Number of the command that was sent last; 0: none was."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT max(number) FROM room_commands WHERE room = ?", (self.room_id,)).fetchone()
        return int(found[0] or 0)

    # Showing

    def show(self, problem: str) -> Hold:
        """Show this room from now on, until `leave_off` or the end of the process. Raises RoomBusy, NoSuchRoom, SaveError.

        What was asked of whoever had it before, and was not done, is stale: it is answered with `problem`. The room is taken and the
        stale is answered in one step, for which `send` has to wait: else what is asked in between would be taken for stale.
        """
        hold = Hold(self._file, self.room_id)
        try:
            with self._file.writing() as connection:
                hold.take()
                self._refuse(connection, problem)
            self.read()  # whoever had it may have written until they let go
        except BaseException:
            hold.release()
            raise
        return hold

    def leave_off(self, hold: Hold, problem: str) -> None:
        """Show it no longer. What was asked for and not done by now is answered with `problem`. Raises SaveError, and has let go."""
        try:
            with self._file.writing() as connection:
                self._refuse(connection, problem)
                hold.release()
        finally:
            hold.release()

    def _refuse(self, connection: sqlite3.Connection, problem: str) -> None:
        connection.execute("UPDATE room_commands SET done = 1, answer = ? WHERE room = ? AND done = 0", (problem, self.room_id))


_ANSWERS_KEPT = 100


def _decoded(text: str) -> AnyInput | Left:
    return _left.decode(text) if text.startswith('{"do":"Left"') else decode(text)


__all__ = [
    "Answer", "Command", "Hold", "Left", "NoProjector", "NoSuchRoom", "RoomBusy", "RoomElsewhere", "RoomInfo", "RoomJournal", "Rooms",
    "entries", "room_row",
]  # fmt: skip
