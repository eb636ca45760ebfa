"""Damaged files: kept aside, read back as far as they can be, and told."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from saves import salvage
from saves.errors import Corrupt, DiskTrouble, Emptied, Foreign, Locked, Newer
from saves.journal import Node
from saves.store import Store
from tests.saves.conftest import Clock

PAGE = 4096


@pytest.fixture(scope="module")
def filled(tmp_path_factory, story) -> tuple[Path, dict[str, tuple[Node, ...]]]:
    """A file with several players and long trees, written once; what was in it."""
    folder = tmp_path_factory.mktemp("full")
    draw = random.Random(3)
    plays: dict[str, tuple[Node, ...]] = {}
    with Store.open(folder, now=Clock()) as store:
        for name in ("Mara", "Ben", "Zoë"):
            player = store.player(name)
            store.set_setting(player, "theme", "day")
            for seed in range(4):
                journal = store.begin(player, story, seed, name)
                for turn in range(25):
                    if turn % 7 == 6:
                        journal.rewind(draw.randrange(len(journal.path())))
                    journal.take(Input("joke", choice=f"choice-{turn}"), took_ms=turn)
                # Long enough for overflow pages.
                journal.note_draft("joke", "a", f"{seed}" * 9000)
                journal.reached("quiet", {"team": seed})
                plays[journal.play_id] = journal.nodes
    return the_file(folder), plays


@pytest.fixture
def full(filled, folder) -> dict[str, tuple[Node, ...]]:
    """That file where the store of the test will look; what is in it."""
    file, plays = filled
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, the_file(folder))
    return plays


def the_file(folder: Path) -> Path:
    return folder / "seenby.db"


def corrupt_told(store: Store) -> Corrupt:
    (told,) = store.told
    assert isinstance(told, Corrupt)
    return told


def usable(store: Store) -> None:
    """Everything works, and the file is whole."""
    connection = sqlite3.connect(store.path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    for info in store.plays():
        journal = store.journal(info.id)
        journal.take(Input("joke", choice="on"))
        assert store.journal(info.id).path()[-1] == Input("joke", choice="on")
    for player in store.players():
        store.export(player)
    store.player("Somebody new")


def test_a_file_that_is_no_database_is_kept_and_a_new_one_begun(folder, open_store):
    folder.mkdir()
    the_file(folder).write_bytes(b"To whom it may concern. " * 400)
    store = open_store()
    told = corrupt_told(store)
    assert told.kept == folder / "seenby-corrupt-2026-03-02.db"
    assert told.kept.read_bytes() == b"To whom it may concern. " * 400
    assert "No play could be read" in told.message
    assert "seenby-corrupt-2026-03-02.db" in told.message
    usable(store)
    assert open_store().told == ()


def test_each_damaged_file_gets_a_name_of_its_own(folder, open_store):
    folder.mkdir()
    for number in range(3):
        the_file(folder).write_bytes(f"nonsense {number} ".encode() * 200)
        open_store()
    names = [path.name for path in open_store()._file.kept_aside()]
    assert names == ["seenby-corrupt-2026-03-02.db", "seenby-corrupt-2026-03-02-2.db", "seenby-corrupt-2026-03-02-3.db"]
    assert (folder / names[2]).read_bytes().startswith(b"nonsense 2")
    # Nothing that was needed for mending is left behind (an empty rollback journal is SQLite's own).
    assert {path.name for path in folder.iterdir()} - {"seenby.db-journal"} == {*names, "seenby.db"}


def test_an_empty_file_is_told_and_begun_anew(full, folder, open_store):
    the_file(folder).write_bytes(b"")
    store = open_store()
    (told,) = store.told
    assert isinstance(told, Emptied)
    assert "put back a copy" in told.mend
    usable(store)
    assert open_store().told == ()


@pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
def test_a_truncated_file_gives_back_what_is_in_the_rest(full, folder, open_store, part):
    data = the_file(folder).read_bytes()
    the_file(folder).write_bytes(data[: int(len(data) * part)])
    store = open_store()
    told = corrupt_told(store)
    assert told.kept.read_bytes() == data[: int(len(data) * part)]
    compare(store, full, least=0 if part < 0.5 else 1)
    usable(store)


def compare(store: Store, full: dict[str, tuple[Node, ...]], least: int) -> int:
    """What was read back is what was there; at least so many plays, and how many decisions."""
    infos = store.plays()
    assert len(infos) >= least
    decisions = 0
    for info in infos:
        before = {node.id: node for node in full[info.id]}
        nodes = store.journal(info.id).nodes
        for node in nodes:
            assert before[node.id] == node
        decisions += len(nodes)
    return decisions


def test_one_lost_page_costs_little(full, folder, open_store):
    """Whichever page is lost, the first with the names of the tables and the roots of the trees too, most is read back."""
    data = the_file(folder).read_bytes()
    everything = sum(map(len, full.values()))
    kept = []
    for page in range(len(data) // PAGE):
        for path in folder.iterdir():
            path.unlink()
        the_file(folder).write_bytes(data[: page * PAGE] + random.Random(page).randbytes(PAGE) + data[(page + 1) * PAGE :])
        store = open_store()
        if store.told:
            corrupt_told(store)
            kept.append(compare(store, full, least=0) / everything)
            usable(store)
    assert len(kept) > 20
    assert sum(part > 0.6 for part in kept) / len(kept) > 0.8
    assert sum(kept) / len(kept) > 0.85


def test_the_message_counts_what_came_back_and_what_did_not(full, folder, open_store):
    data = bytearray(the_file(folder).read_bytes())
    data[:PAGE] = bytes(PAGE)
    the_file(folder).write_bytes(data)
    told = corrupt_told(open_store())
    everything = sum(map(len, full.values()))
    assert f"12 plays with {everything} decisions could be read back." in told.message
    assert told.mend == "Open your play again from the home screen."


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_bytes_are_damaged_the_store_opens_and_works(tmp_path_factory, sample_file, data):
    """Random bytes anywhere: what SQLite notices is mended, what it does not notice is found when it is read."""
    sample = sample_file.read_bytes()
    damaged = bytearray(sample)
    for _hit in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damage = data.draw(st.binary(min_size=1, max_size=64))
        damaged[at : at + len(damage)] = damage
    folder = tmp_path_factory.mktemp("damaged")
    the_file(folder).write_bytes(damaged[: len(sample)])
    try:
        store = Store.open(folder)
    except (Newer, Foreign):  # a version or an owner that the damage made up
        assert the_file(folder).read_bytes() == bytes(damaged[: len(sample)])
        return
    with store:
        if store.told:
            assert corrupt_told(store).kept.read_bytes() == bytes(damaged[: len(sample)])
        for _again in range(3):
            try:
                usable(store)
                break
            except Corrupt:
                continue
        else:
            pytest.fail("mended three times and still damaged")


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory, story) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with Store.open(folder) as store:
        for name in ("Mara", "Ben"):
            player = store.player(name)
            store.set_setting(player, "theme", "day")
            for seed in range(2):
                journal = store.begin(player, story, seed, name)
                for turn in range(12):
                    journal.take(Input("joke", choice=f"choice-{turn}"))
                journal.note_draft("joke", "a", "x" * 5000)
                journal.reached("quiet", {"team": 1})
    return the_file(folder)


def spoil(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(the_file(folder))
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "look"),
    [
        ("UPDATE nodes SET input = 'x' WHERE node = 5", lambda store, play: store.journal(play)),
        ("UPDATE nodes SET at = 'yesterday' WHERE node = 5", lambda store, play: store.journal(play)),
        ("UPDATE nodes SET outcome = '[]' WHERE node = 5", lambda store, play: store.export(play)),
        ("UPDATE nodes SET parent = 99 WHERE node = 5", lambda store, play: store.journal(play)),
        ("UPDATE plays SET head = 99", lambda store, play: store.journal(play)),
        ("UPDATE plays SET seed = 'seven' WHERE n = 2", lambda store, play: store.journal(store.plays()[-2].id)),
        ("UPDATE plays SET updated = 'x' WHERE n = 2", lambda store, play: store.plays()),
        ("UPDATE endings SET dials = '7'", lambda store, play: store.endings()),
        ("UPDATE settings SET value = '{'", lambda store, play: store.setting(store.players()[0], "theme")),
        ("UPDATE players SET created = ''", lambda store, play: store.players()),
        ("UPDATE stories SET outline = '7'", lambda store, play: store.journal(play).outline(store.journal(play).begun_hash)),
    ],
)
def test_values_that_make_no_sense_are_found_when_read_and_mended_once(full, folder, open_store, statement, look):
    spoil(folder, statement)
    before = the_file(folder).read_bytes()
    store = open_store()
    assert store.told == ()
    play = next(iter(full))
    with pytest.raises(Corrupt) as caught:
        look(store, play)
    assert caught.value.kept.read_bytes() == before
    look(store, play)
    usable(store)
    assert len(store.plays()) >= 11


def test_a_lost_table_is_damage(full, folder, open_store):
    spoil(folder, "DROP TABLE endings")
    store = open_store()
    corrupt_told(store)
    assert compare(store, full, least=12) == sum(map(len, full.values()))
    usable(store)


def test_a_play_whose_player_is_lost_keeps_a_player(full, folder, open_store):
    spoil(folder, "DELETE FROM players WHERE key = 'zoë'")
    spoil(folder, "DROP TABLE settings")
    store = open_store()
    corrupt_told(store)
    assert sorted(player.name for player in store.players()) == ["Ben", "Mara", "zoë"]
    assert len(store.plays(store.player("Zoë"))) == 4


def test_a_lost_decision_ends_its_branch_and_the_play_stands_at_the_latest(full, folder, open_store):
    play, nodes = next(iter(full.items()))
    lost = nodes[-1]
    spoil(folder, f"DELETE FROM nodes WHERE play = '{play}' AND node = {lost.id}")
    spoil(folder, "DROP TABLE settings")
    told = corrupt_told(store := open_store())
    assert f"{sum(map(len, full.values())) - 1} decisions could be read back, 1 decision could not." in told.message
    assert store.journal(play).head == nodes[-2].id


def test_a_damaged_file_of_version_1_is_read_too(folder, open_store):
    from tests.saves.test_migrations import VERSION_1

    folder.mkdir()
    connection = sqlite3.connect(the_file(folder))
    connection.executescript(VERSION_1)
    connection.close()
    spoil(folder, "DROP TABLE settings")
    data = bytearray(the_file(folder).read_bytes())
    data[20:100] = bytes(80)
    the_file(folder).write_bytes(data)
    store = open_store()
    corrupt_told(store)
    assert [node.input.choice for node in store.journal("aa11").nodes] == ["laugh", "tea", "silence"]
    assert store.journal("aa11").path()[-1] == Input("after", choice="tea")


def test_damage_that_shows_while_playing_is_told_and_mended(full, folder, open_store):
    store = open_store()
    play = next(iter(full))
    journal = store.journal(play)
    data = bytearray(the_file(folder).read_bytes())
    for page in range(1, len(data) // PAGE):
        data[page * PAGE : page * PAGE + 8] = b"\xff" * 8
    # The change counter, as another program's write would leave it; otherwise SQLite trusts the pages that it remembers.
    data[27] ^= 0xFF
    with the_file(folder).open("r+b") as file:
        file.write(data)
    with pytest.raises(Corrupt) as caught:
        journal.take(Input("joke", choice="now"))
    assert caught.value.kept.read_bytes() == bytes(data)
    usable(store)


def test_a_second_window_goes_on_in_the_mended_file(full, folder, open_store):
    """A window that has the damaged file open must not write on into what was set aside."""
    play = next(iter(full))
    first, second = open_store(), open_store()
    waiting = second.journal(play)
    spoil(folder, f"UPDATE nodes SET at = 'x' WHERE play <> '{play}' AND node = 25")
    with pytest.raises(Corrupt) as caught:
        first.journal(next(info.id for info in first.plays() if info.id != play))
    kept = caught.value.kept.read_bytes()
    waiting.take(Input("joke", choice="on"))
    assert caught.value.kept.read_bytes() == kept
    assert first.journal(play).path()[-1] == Input("joke", choice="on")


def test_a_window_that_comes_late_to_the_damage_finds_it_mended(full, folder, open_store):
    store = open_store()
    late = open_store()
    first = store._file.damaged()
    # What the second window knows is the file as it was.
    second = late._file.damaged()
    assert second.kept == first.kept
    assert len(store._file.kept_aside()) == 1
    assert len(late.plays()) == 12


def test_two_windows_do_not_mend_at_once(full, folder, open_store):
    store = open_store()
    holder = sqlite3.connect(folder / "seenby-mending.lock", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked):
        store._file.damaged()
    holder.close()
    assert store._file.kept_aside() == ()
    assert len(store.plays()) == 12


def test_nothing_is_mended_while_another_window_writes(full, folder, open_store):
    store = open_store()
    holder = sqlite3.connect(the_file(folder), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Locked):
        store._file.damaged()
    holder.close()
    assert store._file.kept_aside() == ()


def test_a_left_over_rollback_journal_is_not_played_into_the_new_file(folder, open_store):
    folder.mkdir()
    the_file(folder).write_bytes(b"nonsense" * 1000)
    (folder / "seenby.db-journal").write_bytes(b"old pages" * 1000)
    store = open_store()
    corrupt_told(store)
    usable(store)


def test_a_disk_that_damages_the_new_file_too_is_said(full, folder, open_store, monkeypatch):
    store = open_store()

    def still_bad(*_args: object, **_keywords: object) -> None:
        error = sqlite3.DatabaseError("still malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(store._file, "_check", still_bad)
    with pytest.raises(DiskTrouble, match="still malformed"):
        store._file.damaged()


# The reader of pages


@pytest.fixture
def sqlite_file(tmp_path) -> Callable[..., bytes]:
    def make(page_size: int, rows: list[tuple[object, ...]]) -> bytes:
        path = tmp_path / f"{page_size}.db"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("CREATE TABLE t (a, b, c)")
        connection.executemany("INSERT INTO t (rowid, a, b, c) VALUES (?, ?, ?, ?)", rows)
        connection.commit()
        connection.close()
        return path.read_bytes()

    return make


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_the_reader_reads_what_sqlite_wrote(sqlite_file, page_size):
    draw = random.Random(page_size)
    values: list[object] = [
        None,
        0,
        1,
        -1,
        127,
        300,
        -40_000,
        2**23,
        2**40,
        -(2**62),
        0.5,
        "",
        "ünï",
        "x" * 20_000,
        b"\x00\xff" * 300,
    ]
    rows = [(number * 97 - 3000, draw.choice(values), draw.choice(values), draw.choice(values)) for number in range(400)]
    found = [row for row in salvage.rows(sqlite_file(page_size, rows)) if len(row[1]) == 3]
    assert dict(found) == {row[0]: row[1:] for row in rows}
    assert len(found) == len(rows)


def test_the_reader_reads_nothing_out_of_noise():
    for seed in range(20):
        noise = random.Random(seed).randbytes(PAGE * 4)
        assert all(isinstance(values, tuple) for _rowid, values in salvage.rows(noise))
    assert list(salvage.rows(b"")) == []
    assert list(salvage.rows(b"SQLite format 3\x00" + b"\x00" * 100)) == []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600), st.integers(0, 40))
def test_the_reader_never_stumbles(noise, count):
    page = bytes(PAGE) + b"\x0d\x00\x00" + count.to_bytes(2, "big") + noise
    list(salvage.rows(page))
    list(salvage.rows(page.ljust(2 * PAGE, b"\x81")))


def leaf(cell: bytes) -> bytes:
    """A file of two pages (the first begins with the file's header) with one row on the second."""
    return (
        bytes(PAGE)
        + b"\x0d\x00\x00\x00\x01\x00\x00\x00"
        + (PAGE - len(cell)).to_bytes(2, "big")
        + bytes(PAGE - 10 - len(cell))
        + cell
    )


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (b"\x04\x01\x03\x00\x0fa", [(1, (None, "a"))]),
        (b"\x04" + b"\xff" * 9 + b"\x03\x00\x0fa", [(-1, (None, "a"))]),
        (b"\x04\x01\x03\x00\x0f\xff", []),  # no UTF-8
        (b"\x04\x01\x03\x00\x0ba", []),  # a kind of value that there is not
        (b"\x04\x01\x03\x00\x11a", []),  # a text longer than its row
        (b"\x04\x01\x09\x00\x0fa", []),  # a header longer than its row
        (b"\x05\x01\x03\x00\x0fab", []),  # a row longer than its values
        (b"\x43\x01" + b"\x42" + b"\x00" * 66, []),  # more columns than any table of ours
        (b"\x7f\x01\x03\x00\x0fa", []),  # a row longer than its page
        (b"\x81", []),  # a number that does not end
    ],
)
def test_the_reader_takes_whole_rows_only(cell, found):
    assert list(salvage.rows(leaf(cell))) == found


@pytest.mark.parametrize("chain", [0, 1, 2, 99])
def test_the_reader_leaves_out_long_rows_whose_rest_is_lost(sqlite_file, chain):
    data = bytearray(sqlite_file(PAGE, [(1, "x" * 20_000, None, None), (2, "short", 1, 2)]))
    for start in range(2 * PAGE, len(data), PAGE):
        data[start : start + 4] = chain.to_bytes(4, "big")
    assert [row for row in salvage.rows(bytes(data)) if len(row[1]) == 3] == [(2, ("short", 1, 2))]
