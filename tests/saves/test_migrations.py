"""An older file is brought up to now; a newer or foreign one is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from engine.play.inputs import Input
from saves import schema
from saves.errors import Emptied, Foreign, Newer
from saves.rows import TABLES, sound
from saves.store import Store

# Frozen: the tables as version 1 made them. Never to be edited, whatever becomes of saves/schema.py.
VERSION_1 = """
CREATE TABLE players (
    n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE plays (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, player TEXT NOT NULL REFERENCES players (key) ON DELETE CASCADE,
    scenario TEXT NOT NULL, title TEXT NOT NULL, hash TEXT NOT NULL, seed TEXT NOT NULL, name TEXT NOT NULL,
    pronouns TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, head INTEGER NOT NULL, seq INTEGER NOT NULL);
CREATE INDEX plays_of ON plays (player);
CREATE TABLE nodes (
    n INTEGER PRIMARY KEY, play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE, node INTEGER NOT NULL,
    parent INTEGER NOT NULL, depth INTEGER NOT NULL, input TEXT NOT NULL, at TEXT NOT NULL, took_ms INTEGER NOT NULL,
    hash TEXT NOT NULL);
CREATE UNIQUE INDEX nodes_of ON nodes (play, node);
CREATE TABLE drafts (
    n INTEGER PRIMARY KEY, play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE, node INTEGER NOT NULL,
    scene TEXT NOT NULL, choice TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX drafts_of ON drafts (play);
CREATE TABLE endings (
    n INTEGER PRIMARY KEY, play TEXT NOT NULL REFERENCES plays (id) ON DELETE CASCADE, node INTEGER NOT NULL,
    ending TEXT NOT NULL, dials TEXT NOT NULL, at TEXT NOT NULL);
CREATE UNIQUE INDEX endings_of ON endings (play, node);
CREATE TABLE settings (
    n INTEGER PRIMARY KEY, player TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL);
CREATE UNIQUE INDEX settings_of ON settings (player, key);

INSERT INTO players VALUES (1, 'mara', 'Mara', '2025-01-01T08:00:00.000+00:00');
INSERT INTO plays VALUES (1, 'aa11', 'mara', 'tea', 'The tea round', 'old', '7', 'Mara', 'they',
    '2025-01-01T08:00:00.000+00:00', '2025-01-01T08:05:00.000+00:00', 2, 3);
INSERT INTO nodes VALUES
    (1, 'aa11', 1, 0, 1, '{"scene":"joke","choice":"laugh"}', '2025-01-01T08:01:00.000+00:00', 1200, 'old'),
    (2, 'aa11', 2, 1, 2, '{"scene":"after","choice":"tea"}', '2025-01-01T08:02:00.000+00:00', 900, 'old'),
    (3, 'aa11', 3, 1, 2, '{"scene":"after","choice":"silence"}', '2025-01-01T08:03:00.000+00:00', 900, 'old');
INSERT INTO drafts VALUES (1, 'aa11', 1, 'after', 'ask', 'What was that', '2025-01-01T08:02:30.000+00:00');
INSERT INTO endings VALUES (1, 'aa11', 3, 'quiet', '{"team":100}', '2025-01-01T08:04:00.000+00:00');
INSERT INTO settings VALUES (1, 'mara', 'theme', '"day"', '2025-01-01T08:00:00.000+00:00');
PRAGMA application_id = 1396864561;
PRAGMA user_version = 1;
"""


@pytest.fixture
def old_file(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "seenby.db"
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1)
    connection.close()
    return path


def tables_of(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: "".join(sql.split()) for name, sql in rows}


def test_a_file_of_version_1_is_brought_up_to_now_with_all_that_is_in_it(old_file, open_store, tmp_path):
    store = open_store()
    assert store.told == ()
    journal = store.journal("aa11")
    assert journal.path() == (Input("joke", choice="laugh"), Input("after", choice="tea"))
    assert [(node.mistap, node.outcome, node.hash) for node in journal.nodes] == [(False, None, "old")] * 3
    assert journal.drafts_at(1)[0].text == "What was that"
    assert [end.ending for end in store.endings()] == ["quiet"]
    assert store.setting(store.player("Mara"), "theme") == "day"
    assert journal.undo() == Input("after", choice="tea")
    journal.take(Input("after", choice="silence"))
    assert store.journal("aa11").nodes[1].mistap
    new = open_store(tmp_path / "new")
    assert tables_of(old_file) == tables_of(new.path)


def test_bringing_up_to_now_happens_once(old_file, open_store):
    open_store()
    before = old_file.read_bytes()
    open_store().players()
    assert old_file.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_file_as_it_was(old_file, open_store, monkeypatch):
    broken = (*schema.STEPS[:1], (*schema.STEPS[1], "INSERT INTO nowhere VALUES (1)"))
    monkeypatch.setattr(schema, "STEPS", broken)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        open_store()
    monkeypatch.undo()
    connection = sqlite3.connect(old_file)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM nodes").fetchone() == (3,)
    connection.close()
    assert len(open_store().journal("aa11").nodes) == 3


def test_a_newer_file_is_left_alone(store, folder, open_store):
    store.player("Mara")
    store.close()
    connection = sqlite3.connect(folder / "seenby.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (folder / "seenby.db").read_bytes()
    with pytest.raises(Newer, match=f"version 99, this one knows up to {schema.VERSION}") as caught:
        open_store()
    assert caught.value.version == 99
    assert (folder / "seenby.db").read_bytes() == before


def test_another_programs_file_is_left_alone(folder, open_store):
    folder.mkdir()
    connection = sqlite3.connect(folder / "seenby.db")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    before = (folder / "seenby.db").read_bytes()
    with pytest.raises(Foreign, match="belongs to another program"):
        open_store()
    assert (folder / "seenby.db").read_bytes() == before


def test_rows_and_tables_agree_and_no_two_tables_are_taken_for_each_other(store):
    """`saves.mend` tells rows of a damaged file apart by their number of columns, and where that is the same, by their JSON."""
    widths = []
    with store._file.reading() as connection:
        made = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table, kind in TABLES.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            assert names == ["n", *kind.__struct_fields__]
            widths.append(len(names))
    assert made == set(TABLES)
    alike = [{"stories", "cuts"}, {"settings", "room_entries"}, {"drafts", "room_commands"}]
    by_width = {width: {table for table, own in zip(TABLES, widths, strict=True) if own == width} for width in widths}
    assert [tables for tables in by_width.values() if len(tables) > 1] == [one for one in by_width.values() if one in alike]
    for kind, own in (("stories", '{"tea": {"title": "Tea"}}'), ("stories", "{}"), ("cuts", '["tea"]'), ("cuts", "[]")):
        assert [table for table in ("stories", "cuts") if sound(table, ("id", own))] == [kind]
    at = "2026-03-02T09:00:00.000+00:00"
    rows: dict[str, tuple[object, ...]] = {
        "settings": ("mara", "theme", '"day"', at),
        "room_entries": ("r1", 1, '{"do":"Undo"}', at),
        "drafts": ("p1", 1, "joke", "{}", "{}", at),
        "room_commands": ("r1", 1, "{}", at, 1, ""),
    }
    for pair in alike[1:]:
        for table in pair:
            assert [one for one in pair if sound(one, rows[table])] == [table]
    # The nodes of version 1 are read too.
    assert 9 not in widths


def test_steps_do_not_widen_tables_in_place():
    """Rows from before an ALTER TABLE ADD COLUMN stay short on the disk."""
    for step in schema.STEPS:
        for statement in step:
            assert "ADD COLUMN" not in statement.upper()


def test_windows_that_open_at_once_agree(folder, old_file, clock, tmp_path):
    """A file of version 1 and no file at all: whoever comes first makes it, the others find it whole."""
    from concurrent.futures import ThreadPoolExecutor

    old = old_file.read_bytes()

    def look(where: Path) -> int:
        with Store.open(where, now=clock, patience=20) as store:
            # Who comes between the making of the file and its first page is told that it is empty, which it was.
            assert all(isinstance(told, Emptied) and where != folder for told in store.told)
            store.player("Ben")
            return len(store.plays())

    with ThreadPoolExecutor(4) as pool:
        for turn in range(15):
            old_file.write_bytes(old)
            assert set(pool.map(look, [folder] * 4)) == {1}
            assert set(pool.map(look, [tmp_path / str(turn)] * 4)) == {0}
