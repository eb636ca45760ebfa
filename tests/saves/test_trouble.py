"""Disk full, folders that cannot be written, files that others hold: a clear message, and the old data kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from engine.play.inputs import Input
from saves.errors import DiskFull, DiskTrouble, Locked, NoSuchPlay, ReadOnly
from saves.store import Store

TAKEN = Input("joke", choice="laugh")


@contextlib.contextmanager
def as_nobody():
    """Without the rights of root, whom permission bits do not bind."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def public_folder():
    """A folder that an account without rights can come to."""
    with tempfile.TemporaryDirectory(prefix="seenby-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def fill_up(store: Store) -> None:
    """From now on the file cannot grow: to SQLite, a full disk."""
    with store._file.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    store._file._current().execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_keeps_what_was_saved(store, story, folder, open_store):
    journal = store.begin(store.player("Mara"), story, 1)
    journal.take(TAKEN)
    fill_up(store)

    def write_on() -> None:
        for _turn in range(1000):
            journal.note_draft("joke", "a", "x" * 2000)

    with pytest.raises(DiskFull, match="no room left") as caught:
        write_on()
    assert "take the step again" in caught.value.mend
    drafts = len(journal.drafts_at(1))
    assert journal.path() == (TAKEN,)
    # The journal in memory and the one on the disk agree, and when there is room again it goes on.
    store._file._current().execute("PRAGMA max_page_count = 1000000")
    assert len(store.journal(journal.play_id).drafts_at(1)) == drafts
    journal.take(TAKEN)
    again = open_store()
    assert again.told == ()
    assert again.journal(journal.play_id).path() == (TAKEN, TAKEN)


def test_a_full_disk_stops_new_plays_and_imports_as_a_whole(store, story):
    mara = store.player("Mara")
    journal = store.begin(mara, story, 1)
    for _turn in range(100):
        journal.take(TAKEN)
    out = store.export(mara)
    store.forget_player("Mara")
    fill_up(store)
    with pytest.raises(DiskFull):
        store.import_(out)
    assert store.plays() == []
    assert store.players() == []


LIMITED = """
import resource, sys
from pathlib import Path
from engine.play.inputs import Input
from saves.errors import SaveError
from saves.store import Store
store = Store.open(Path(sys.argv[1]))
journal = store.journal(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
taken = 0
try:
    while True:
        journal.take(Input("joke", choice="laugh"))
        taken += 1
except SaveError as error:
    print(type(error).__name__, taken, len(journal.path()), error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_when_the_system_refuses_to_write_nothing_acknowledged_is_lost(store, story, folder, open_store):
    journal = store.begin(store.player("Mara"), story, 1)
    store.close()
    limit = (folder / "seenby.db").stat().st_size + 8192
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder), journal.play_id, str(limit)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    kind, taken, known, message = done.stdout.strip().split(" ", 3)
    assert kind in ("DiskTrouble", "DiskFull")
    assert int(taken) == int(known) > 5
    assert "Traceback" not in done.stderr
    assert "was not saved" in message
    again = open_store()
    assert again.told == ()
    assert len(again.journal(journal.play_id).path()) == int(taken)


def test_a_folder_that_cannot_be_made_is_said(public_folder, clock):
    with as_nobody(), pytest.raises(ReadOnly, match="may not write there") as caught:
        Store.open(public_folder / "saves", now=clock)
    assert "SEENBY_SAVES" in caught.value.mend
    assert not (public_folder / "saves").exists()


def test_a_folder_without_a_file_that_cannot_be_written_is_said(public_folder, clock):
    with as_nobody(), pytest.raises(ReadOnly):
        Store.open(public_folder, now=clock)


def test_a_file_where_the_folder_should_be_is_said(tmp_path, clock):
    (tmp_path / "saves").write_text("a note")
    for folder in (tmp_path / "saves", tmp_path / "saves" / "deeper"):
        with pytest.raises(ReadOnly):
            Store.open(folder, now=clock)
    assert (tmp_path / "saves").read_text() == "a note"


def test_in_a_read_only_folder_old_plays_can_be_read_and_nothing_is_written(public_folder, story, clock):
    with Store.open(public_folder, now=clock) as store:
        journal = store.begin(store.player("Mara"), story, 1)
        journal.take(TAKEN)
    (public_folder / "seenby.db").chmod(0o444)
    public_folder.chmod(0o555)
    before = (public_folder / "seenby.db").read_bytes()
    with as_nobody(), Store.open(public_folder, now=clock) as store:
        assert store.told == ()
        assert store.plays()[0].progress == 1
        journal = store.journal(journal.play_id)
        assert store.export(journal.play_id)["plays"][0]["nodes"]
        for change in (
            lambda: journal.take(TAKEN),
            journal.undo,
            lambda: store.player("Ben"),
            lambda: store.forget(journal.play_id),
            lambda: store.set_setting(None, "a", 1),
        ):
            with pytest.raises(ReadOnly):
                change()
        assert journal.path() == (TAKEN,)
    public_folder.chmod(0o755)
    assert (public_folder / "seenby.db").read_bytes() == before


def test_a_damaged_file_in_a_read_only_folder_is_left_as_it_is(public_folder, clock):
    (public_folder / "seenby.db").write_bytes(b"not a database" * 100)
    (public_folder / "seenby.db").chmod(0o444)
    with as_nobody(), pytest.raises(ReadOnly):
        Store.open(public_folder, now=clock)
    assert [path.name for path in public_folder.iterdir()] == ["seenby.db"]


def test_a_file_that_another_program_holds_is_said_to_be_held(store, story, folder, open_store):
    journal = store.begin(store.player("Mara"), story, 1)
    holder = sqlite3.connect(folder / "seenby.db")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Locked, match="Another program is holding"):
        journal.take(TAKEN)
    assert store.journal(journal.play_id).path() == ()
    holder.rollback()
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked):
        store.plays()
    with pytest.raises(Locked):
        open_store()
    holder.close()
    assert journal.take(TAKEN) == 1


def test_a_file_that_was_deleted_under_us_takes_no_decision_with_it_unsaid(store, story, folder):
    journal = store.begin(store.player("Mara"), story, 1)
    journal.take(TAKEN)
    (folder / "seenby.db").unlink()
    with pytest.raises(NoSuchPlay):
        journal.take(TAKEN)
    assert store.plays() == []


def test_a_file_that_was_put_back_from_a_copy_is_the_one_that_counts(store, story, folder, tmp_path):
    journal = store.begin(store.player("Mara"), story, 1)
    copy = tmp_path / "copy.db"
    copy.write_bytes((folder / "seenby.db").read_bytes())
    journal.take(TAKEN)
    copy.replace(folder / "seenby.db")
    assert store.plays()[0].progress == 0


def test_a_decision_that_waited_while_the_file_was_replaced_goes_into_the_new_one(open_store, story, folder, tmp_path):
    from threading import Thread

    waiting = open_store(patience=20)
    journal = waiting.begin(waiting.player("Mara"), story, 1)
    copy = tmp_path / "copy.db"
    copy.write_bytes((folder / "seenby.db").read_bytes())
    holder = sqlite3.connect(folder / "seenby.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    begun = waiting._file._current()
    looked: list[str] = []
    begun.set_trace_callback(looked.append)
    thread = Thread(target=journal.take, args=(TAKEN,))
    thread.start()
    while not looked:
        thread.join(0.001)
    copy.replace(folder / "seenby.db")
    holder.close()
    thread.join(20)
    assert journal.path() == (TAKEN,)
    assert open_store().journal(journal.play_id).path() == (TAKEN,)


def test_a_disk_that_goes_away_is_said(store, monkeypatch):
    def gone(*_args: object, **_keywords: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(store._file, "_current", gone)
    with pytest.raises(DiskTrouble, match="Input/output error"):
        store.plays()


def test_a_disk_that_is_full_for_the_system_is_full_for_us(store, monkeypatch):
    def full(*_args: object, **_keywords: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store._file, "_current", full)
    with pytest.raises(DiskFull):
        store.plays()


def test_a_mistake_in_our_own_statements_is_not_dressed_up(store):
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store._file.reading() as connection:
        connection.execute("SELECT 1 FROM nowhere")
    with pytest.raises(ValueError, match="ours"), store._file.writing():
        raise ValueError("ours")
    assert store.players() == []
