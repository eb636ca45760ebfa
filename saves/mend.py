"""Make a new file of saves from what can be read of a damaged one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.words import _, n_
from saves.errors import decisions_words
from saves.rows import TABLES, insert, sound
from saves.salvage import Value, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container

_BY_WIDTH: dict[int, list[str]] = {}
"""Number of columns, the row id too, to the tables that have so many."""
for _table, _kind in TABLES.items():
    _BY_WIDTH.setdefault(len(_kind.__struct_fields__) + 1, []).append(_table)
_FIRST_NODES = 9
"""How many columns the nodes of version 1 had."""

Values = tuple[Value, ...]


class Found(NamedTuple):
    """What could be read back, and how many decisions are known to be lost."""

    plays: int
    decisions: int
    lost: int

    @property
    def words(self) -> str:
        """In words, for a message."""
        if not self.plays:
            return _("No play could be read from it, so a new file was begun.")
        plays = n_("{count} play", "{count} plays", self.plays).format(count=self.plays)
        back = _("{plays} with {decisions} could be read back").format(plays=plays, decisions=decisions_words(self.decisions))
        if not self.lost:
            return back + "."
        return _("{back}, {lost} could not.").format(back=back, lost=decisions_words(self.lost))


def refill(connection: sqlite3.Connection, data: bytes) -> Found:
    """Put every sound row of a damaged file's bytes into the new, empty tables of `connection`.

    A decision is kept when every decision before it is there. A play whose head is lost stands at its latest decision.
    """
    tables = _read(data)
    connection.executemany(insert("players", ignore=True), tables["players"])
    nodes: dict[Value, list[Values]] = {}
    for row in tables["nodes"]:
        nodes.setdefault(row[0], []).append(row)
    kept_of: dict[Value, dict[int, Values]] = {}
    lost = 0
    # The newest state of a play first, should an old page hold another.
    for row in sorted(tables["plays"], key=lambda row: -_whole(row[11])):
        play, player, created, head = row[0], row[1], row[8], _whole(row[10])
        if play in kept_of:
            continue
        kept = kept_of[play] = _tree(nodes.get(play, []))
        highest = max([head, *(_whole(node[1]) for node in nodes.get(play, []))])
        lost += highest - len(kept)
        if head and head not in kept:
            head = max((number for number, node in kept.items() if not node[9]), default=0)
        # A player whose own row is lost keeps the plays, under the name as it was compared.
        connection.execute(insert("players", ignore=True), (player, player, created))
        connection.execute(insert("plays"), (*row[:10], head, row[11]))
        connection.executemany(insert("nodes"), kept.values())
    for table in ("drafts", "endings", "rules"):
        for row in tables[table]:
            if row[0] in kept_of and (row[1] == 0 or row[1] in kept_of[row[0]]):
                connection.execute(insert(table, ignore=True), row)
    for row in tables["cuts"]:
        if row[0] in kept_of:
            connection.execute(insert("cuts", ignore=True), row)
    _careers(connection, tables, kept_of)
    _rooms(connection, tables)
    connection.executemany(insert("settings", ignore=True), tables["settings"])
    connection.executemany(insert("stories", ignore=True), tables["stories"])
    return Found(len(kept_of), sum(map(len, kept_of.values())), lost)


def _careers(connection: sqlite3.Connection, tables: dict[str, list[Values]], plays: Container[Value]) -> None:
    """Careers, and those of their parts whose plays are there. A play whose career is lost stays, and stands by itself."""
    for row in sorted(tables["careers"], key=lambda row: str(row[10]), reverse=True):
        connection.execute(insert("players", ignore=True), (row[1], row[1], row[9]))
        connection.execute(insert("careers", ignore=True), row)
    known = {row[0] for row in tables["careers"]}
    for row in tables["parts"]:
        if row[0] in known and row[4] in plays:
            connection.execute(insert("parts", ignore=True), row)


def _rooms(connection: sqlite3.Connection, tables: dict[str, list[Values]]) -> None:
    """Rooms, with their entries up to the first that is lost. What the notes terminal asked for is not kept."""
    for row in sorted(tables["rooms"], key=lambda row: str(row[12]), reverse=True):
        connection.execute(insert("rooms", ignore=True), row)
    entries: dict[Value, dict[int, Values]] = {}
    for row in tables["room_entries"]:
        entries.setdefault(row[0], {})[_whole(row[1])] = row
    for room in {row[0] for row in tables["rooms"]}:
        number = 1
        while (found := entries.get(room, {}).get(number)) is not None:
            connection.execute(insert("room_entries", ignore=True), found)
            number += 1


def _read(data: bytes) -> dict[str, list[Values]]:
    """The sound rows in the bytes, by table."""
    tables: dict[str, list[Values]] = {table: [] for table in TABLES}
    for _rowid, values in rows(data):
        # The first column of every table of ours is the row id, which SQLite stores as nothing.
        if not values or values[0] is not None:
            continue
        row = values[1:]
        if len(values) == _FIRST_NODES:
            row = (*row, None, 0)
        table = next((one for one in _BY_WIDTH.get(len(row) + 1, ()) if sound(one, row)), None)
        if table is not None:
            tables[table].append(row)
    return tables


def _tree(nodes: list[Values]) -> dict[int, Values]:
    """The nodes that hang together from the beginning, by number."""
    kept: dict[int, Values] = {}
    for row in sorted(nodes, key=lambda row: _whole(row[1])):
        number, parent = _whole(row[1]), _whole(row[2])
        if number > parent and number not in kept and (parent == 0 or parent in kept):
            depth = 1 if parent == 0 else _whole(kept[parent][3]) + 1
            kept[number] = (*row[:3], depth, *row[4:])
    return kept


def _whole(value: Value) -> int:
    """A whole number of a sound row, as one."""
    assert isinstance(value, int)
    return value
