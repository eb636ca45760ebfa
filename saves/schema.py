"""The tables of the file of saves, as steps from nothing to now.

`PRAGMA user_version` counts the steps that a file has had; a new file is made by all of them, so there is one way to come to
the tables and no second description to keep in line. A step that has been released is never edited: add the next one.

Two rules for steps, because `saves.salvage` reads rows from damaged files where the names of tables may be gone and
tells tables apart by how many columns a row has:
no two tables have the same number of columns (but `stories` and `cuts`, whose JSON is an object and a list; and the rooms' tables beside
`settings` and `drafts`, where a number stands in the place of a text), and a step that adds a column writes the table anew (`ALTER TABLE ADD COLUMN`
would leave the old rows short). A test holds both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

APPLICATION = 0x5342_7631
"""`PRAGMA application_id` of the files, so that another program's file is never taken for one."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE players (
            n INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            created TEXT NOT NULL
        )""",
        """CREATE TABLE plays (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            player TEXT NOT NULL REFERENCES players (key) ON DELETE CASCADE,
            scenario TEXT NOT NULL,
            title TEXT NOT NULL,
            hash TEXT NOT NULL,
            seed TEXT NOT NULL,
            name TEXT NOT NULL,
            pronouns TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            head INTEGER NOT NULL,
            seq INTEGER NOT NULL
        )""",
        "CREATE INDEX plays_of ON plays (player)",
        """CREATE TABLE nodes (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            node INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            depth INTEGER NOT NULL,
            input TEXT NOT NULL,
            at TEXT NOT NULL,
            took_ms INTEGER NOT NULL,
            hash TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX nodes_of ON nodes (play, node)",
        """CREATE TABLE drafts (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            node INTEGER NOT NULL,
            scene TEXT NOT NULL,
            choice TEXT NOT NULL,
            text TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE INDEX drafts_of ON drafts (play)",
        """CREATE TABLE endings (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            node INTEGER NOT NULL,
            ending TEXT NOT NULL,
            dials TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX endings_of ON endings (play, node)",
        """CREATE TABLE settings (
            n INTEGER PRIMARY KEY,
            player TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX settings_of ON settings (player, key)",
    ),
    (
        # Mis-taps, what a decision led to, and what a story looked like when it was played:
        # with these an edited scenario can be told apart from another branch.
        "DROP INDEX nodes_of",
        "ALTER TABLE nodes RENAME TO nodes_1",
        """CREATE TABLE nodes (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            node INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            depth INTEGER NOT NULL,
            input TEXT NOT NULL,
            at TEXT NOT NULL,
            took_ms INTEGER NOT NULL,
            hash TEXT NOT NULL,
            outcome TEXT,
            mistap INTEGER NOT NULL
        )""",
        "INSERT INTO nodes SELECT n, play, node, parent, depth, input, at, took_ms, hash, NULL, 0 FROM nodes_1",
        "DROP TABLE nodes_1",
        "CREATE UNIQUE INDEX nodes_of ON nodes (play, node)",
        """CREATE TABLE stories (
            n INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE,
            outline TEXT NOT NULL
        )""",
    ),
    (
        # The rule that a player writes at the end, one for each play.
        """CREATE TABLE rules (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            node INTEGER NOT NULL,
            scene TEXT NOT NULL,
            situation TEXT NOT NULL,
            action TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX rules_of ON rules (play)",
    ),
    (
        # Careers: each part is a play of its own that begins where another one ended.
        """CREATE TABLE careers (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            player TEXT NOT NULL REFERENCES players (key) ON DELETE CASCADE,
            pack TEXT NOT NULL,
            career TEXT NOT NULL,
            title TEXT NOT NULL,
            outline TEXT NOT NULL,
            seed TEXT NOT NULL,
            name TEXT NOT NULL,
            pronouns TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL
        )""",
        "CREATE INDEX careers_of ON careers (player)",
        """CREATE TABLE parts (
            n INTEGER PRIMARY KEY,
            career TEXT NOT NULL REFERENCES careers (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            scenario TEXT NOT NULL,
            after INTEGER NOT NULL,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            from_play TEXT NOT NULL,
            from_node INTEGER NOT NULL,
            given TEXT NOT NULL,
            created TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX parts_of ON parts (play)",
        "CREATE UNIQUE INDEX parts_from ON parts (career, from_play, from_node)",
    ),
    (
        # Which scenes a play leaves out, for those that leave out any.
        """CREATE TABLE cuts (
            n INTEGER PRIMARY KEY,
            play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE,
            scenes TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX cuts_of ON cuts (play)",
    ),
    (
        # Rooms of a workshop: apart from what players play, and nothing about anybody in them.
        """CREATE TABLE rooms (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            scenario TEXT NOT NULL,
            title TEXT NOT NULL,
            hash TEXT NOT NULL,
            file TEXT NOT NULL,
            seed TEXT NOT NULL,
            tables INTEGER NOT NULL,
            size INTEGER NOT NULL,
            minutes INTEGER NOT NULL,
            cut TEXT NOT NULL,
            rehearsal INTEGER NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            ending TEXT NOT NULL
        )""",
        """CREATE TABLE room_entries (
            n INTEGER PRIMARY KEY,
            room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            entry TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX room_entries_of ON room_entries (room, seq)",
        """CREATE TABLE room_commands (
            n INTEGER PRIMARY KEY,
            room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            command TEXT NOT NULL,
            at TEXT NOT NULL,
            done INTEGER NOT NULL,
            answer TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX room_commands_of ON room_commands (room, number)",
    ),
)

VERSION = len(STEPS)
"""The version of the tables that this program writes."""


def version(connection: sqlite3.Connection) -> int:
    """How many steps this file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether the tables and indexes are those that this program makes."""
    import sqlite3

    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(model)
        return _tables(connection) == _tables(model)
    finally:
        model.close()


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master")
    return {(name, "".join((sql or "").split())) for name, sql in found}


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file up to now. To be called inside a transaction: a step is whole or has not happened."""
    done = version(connection)
    for step in STEPS[done:]:
        for statement in step:
            connection.execute(statement)
    if done < VERSION:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
