"""Rooms as JSON: to keep, to move to another machine, to hand in. What a file says is checked before anything of it is taken in."""

from __future__ import annotations

import os
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from engine.room.inputs import AnyInput, Setup, encode
from engine.words import _
from saves.errors import BadExport
from saves.export import cleaned
from saves.rooms import Left, NoSuchRoom, RoomInfo, entries, room_row
from saves.rows import RoomEntryRow, RoomRow, columns, insert, moment, read_row, to_json, values

if TYPE_CHECKING:
    import sqlite3

    from saves.file import SavesFile

VERSION = 2
"""Version of the exported form."""

_ID = re.compile(r"[0-9a-f]{8}")
_MOST_TABLES = 26
_MOST_PEOPLE = 999


class RoomOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room with all that was done in it. Where its scenario's file lies is no business of another machine."""

    seenby: Literal["room"]
    version: int
    id: str
    scenario: str
    title: str
    hash: str
    setup: dict[str, Any]
    created: datetime
    updated: datetime
    ending: str = ""
    """Since version 2."""
    entries: list[dict[str, Any]]
    """Each is an input, with its number `seq` and its time `at`."""


def is_room(data: Any) -> bool:
    """Whether this is what `export` gave, and not a player's plays."""
    return isinstance(data, dict) and data.get("seenby") == "room"


def export(file: SavesFile, info: RoomInfo) -> dict[str, Any]:
    """See `Rooms.export`."""
    with file.reading() as connection:
        out = _out(connection, info.id)
    if out is None:
        raise NoSuchRoom(info.id)
    return dict(msgspec.json.decode(msgspec.json.encode(out)))


def import_(file: SavesFile, data: Any) -> str:
    """See `Rooms.import_`."""
    out = _read(data)
    try:
        setup = _setup(out)
        rows = [_entry(out, number) for number in range(1, len(out.entries) + 1)]
        with file.writing() as connection:
            there = _out(connection, out.id)
            if there is not None and _same(there, out):
                return out.id
            # What is here already and went on differently stays as it is, and so does what comes.
            room_id = out.id if there is None else os.urandom(4).hex()
            row = RoomRow(
                room_id, out.scenario, out.title, out.hash, "", str(setup.seed), setup.tables, setup.size, setup.minutes,
                to_json(list(setup.cut)), int(setup.rehearsal), moment(out.created), moment(out.updated), out.ending,
            )  # fmt: skip
            connection.execute(insert("rooms"), values(row))
            for entry in rows:
                connection.execute(insert("room_entries"), values(msgspec.structs.replace(entry, room=room_id)))
    except OverflowError:
        raise BadExport(_("a number or a time in it is out of range")) from None
    except UnicodeEncodeError:
        raise BadExport(_("a text in it is no text")) from None
    return room_id


def _out(connection: sqlite3.Connection, room_id: str) -> RoomOut | None:
    found = connection.execute(f"SELECT {columns('rooms')} FROM rooms WHERE id = ?", (room_id,)).fetchone()
    if found is None:
        return None
    info = room_row(read_row(found, RoomRow), 0)
    return RoomOut(
        seenby="room",
        version=VERSION,
        id=info.id,
        scenario=info.scenario,
        title=info.title,
        hash=info.hash,
        setup=msgspec.json.decode(msgspec.json.encode(info.setup)),
        created=info.created,
        updated=info.updated,
        ending=info.ending,
        entries=[{"seq": row.seq, "at": row.at, **msgspec.json.decode(row.entry)} for row in entries(connection, room_id, 0)],
    )


def _same(here: RoomOut, there: RoomOut) -> bool:
    """The same room, wherever its times were written down; a room that an older Seenby exported says nothing of its ending."""
    ending = there.ending or here.ending
    plain = msgspec.structs.replace(there, version=VERSION, ending=ending)
    return bool(msgspec.to_builtins(here) == msgspec.to_builtins(plain))


def _read(data: Any) -> RoomOut:
    """What `export` gave, checked: types, texts without control characters, entries one after another."""
    if is_room(data) and isinstance(data.get("version"), int) and data["version"] > VERSION:
        raise BadExport(_("it comes from a newer Seenby"))
    try:
        out = msgspec.convert(cleaned(data), RoomOut)
    except msgspec.ValidationError as error:
        raise BadExport(str(error)) from None
    except RecursionError:
        raise BadExport(_("it is nested too deeply")) from None
    if not _ID.fullmatch(out.id):
        raise BadExport(_("“{id}” is no id of a room").format(id=out.id[:40]))
    if not out.scenario:
        raise BadExport(_("it names no scenario"))
    return out


def _setup(out: RoomOut) -> Setup:
    try:
        setup = msgspec.convert(out.setup, Setup)
    except msgspec.ValidationError as error:
        raise BadExport(f"{error} - `$.setup`") from None
    if not set(out.setup) <= set(Setup.__struct_fields__):
        raise BadExport(_("its setup has something in it that a room has not"))
    if not (0 <= setup.tables <= _MOST_TABLES and 0 <= setup.size <= _MOST_PEOPLE and setup.minutes >= 0):
        raise BadExport(_("its tables, people or minutes are none that a room can have"))
    return setup


def _entry(out: RoomOut, number: int) -> RoomEntryRow:
    """Entry `number` as a row."""
    given = dict(out.entries[number - 1])
    problem = BadExport(_("entry {number} is none that a room has").format(number=number))
    if given.pop("seq", None) != number:
        raise BadExport(_("entry {number} is missing").format(number=number))
    try:
        at = msgspec.convert(given.pop("at", None), datetime)
        read: AnyInput | Left = msgspec.convert(given, Left if given.get("do") == "Left" else AnyInput)
    except msgspec.ValidationError:
        raise problem from None
    text = encode(read)
    # A field that we do not know would be lost without a word.
    if msgspec.json.decode(text) != given or (isinstance(read, Left) and not 0 <= read.after < number):
        raise problem
    return RoomEntryRow(out.id, number, text, moment(at))


__all__ = ["VERSION", "export", "import_", "is_room"]
