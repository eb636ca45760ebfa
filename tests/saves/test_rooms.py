"""Rooms on the disk: entries in order, commands once, one projector, out again."""

from __future__ import annotations

import sqlite3

import pytest

from engine.play.inputs import Input
from engine.room.inputs import Clock, Decide, Hands, Setup, Tell, Turn, Undo, Vote
from saves.errors import SaveError
from saves.rooms import NoProjector, NoSuchRoom, RoomBusy, RoomElsewhere, Rooms
from saves.store import Store

SETUP = Setup(seed=2**62, tables=6, size=23, minutes=60, cut=("tea",), rehearsal=True)
SOME = (
    Tell(99),
    Turn("first"),
    Vote("table-a", ("tea",)),
    Hands("silence", 0),
    Hands("silence", None),
    Clock(30.0, True, 1e9),
    Undo(),
)


@pytest.fixture
def rooms(store: Store) -> Rooms:
    return store.rooms


def test_what_was_done_is_there_again_and_no_player_comes_of_it(rooms, store, story, open_store):
    journal = rooms.begin(story, SETUP, "/home/kit/tea.yaml")
    for one in SOME:
        journal.append([one])
    journal.append([])
    journal.append([Decide(Input("joke", choice="silence"))], ending="quiet")
    again = open_store().rooms.open(journal.room_id[:4])
    assert tuple(again.inputs) == (*SOME, Decide(Input("joke", choice="silence")))
    info = again.info
    assert (info.setup, info.scenario, info.title, info.hash) == (SETUP, "tea", "The tea round", story.hash)
    assert (info.file, info.decisions, info.ending) == ("/home/kit/tea.yaml", 1, "quiet")
    assert store.players() == [] == store.plays()


def test_a_reader_is_told_of_what_is_new(rooms, story, open_store):
    journal = rooms.begin(story, SETUP)
    follower = open_store().rooms
    reading = follower.open(journal.room_id)
    before = follower.version()
    assert reading.read() == "same"
    assert follower.version() == before
    journal.append(SOME[:2])
    assert follower.version() != before
    assert reading.read() == "more"
    assert tuple(reading.inputs) == SOME[:2]
    journal.leave(1)
    assert reading.read() == "other"
    assert tuple(reading.inputs) == SOME[:1] == tuple(journal.inputs)
    journal.append([Tell(2)])
    assert reading.read() == "more"
    assert tuple(reading.inputs) == (*SOME[:1], Tell(2))
    assert tuple(open_store().rooms.open(journal.room_id).inputs) == (*SOME[:1], Tell(2))


def test_a_file_that_was_opened_again_may_hold_anything(rooms, story, store):
    rooms.begin(story, SETUP)
    before = rooms.version()
    store.close()
    assert rooms.version() != before  # SQLite counts from the beginning again, and might come to the same number


def test_two_who_write_find_out(rooms, story, open_store):
    journal = rooms.begin(story, SETUP)
    other = open_store().rooms.open(journal.room_id)
    other.append([Tell(1)])
    with pytest.raises(RoomElsewhere, match="went on in another window"):
        journal.append([Tell(1)])
    assert not journal.inputs
    journal.read()
    journal.append([Tell(2)])
    assert tuple(journal.inputs) == (Tell(1), Tell(2))


def test_only_one_projector_shows_a_room(rooms, story, open_store):
    journal = rooms.begin(story, SETUP)
    others = open_store().rooms
    assert not others.live(journal.room_id)
    hold = journal.show("late")
    assert others.live(journal.room_id)
    with pytest.raises(RoomBusy, match="shows the room"):
        others.open(journal.room_id).show("late")
    hold.release()
    hold.release()
    assert not others.live(journal.room_id)
    others.open(journal.room_id).show("late").release()
    rooms.forget(journal.room_id)
    with pytest.raises(NoSuchRoom):
        journal.show("late")
    assert not rooms.live(journal.room_id)


def test_whoever_only_looks_does_not_look_like_a_projector(rooms, story, folder):
    journal = rooms.begin(story, SETUP)
    path = folder / f"room-{journal.room_id}.lock"
    path.touch()  # as a killed projector leaves it
    looking = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    looking.execute("BEGIN")
    looking.execute("SELECT * FROM sqlite_master").fetchall()
    assert not rooms.live(journal.room_id)
    looking.close()
    hold = journal.show("late")
    assert rooms.live(journal.room_id)
    hold.release()
    assert not path.exists()


def test_a_lock_on_a_file_that_was_taken_away_keeps_nobody_out(rooms, story, folder, monkeypatch):
    """The last projector removes its lock's file between the moment at which the next opens it and the moment at which it locks it."""
    journal = rooms.begin(story, SETUP)
    path = folder / f"room-{journal.room_id}.lock"
    path.touch()
    connect, opened = sqlite3.connect, []

    def slow(where, **how):
        connection = connect(where, **how)
        if where == path:
            opened.append(path.stat().st_ino)
            if len(opened) == 1:
                path.rename(folder / "gone")
                path.touch()
        return connection

    monkeypatch.setattr(sqlite3, "connect", slow)
    hold = journal.show("late")
    assert len(opened) == 2
    assert rooms.live(journal.room_id)
    hold.release()


def test_commands_are_taken_once_in_order_and_answered(rooms, story, open_store):
    journal = rooms.begin(story, SETUP)
    notes = open_store().rooms.open(journal.room_id)
    with pytest.raises(NoProjector, match="No projector"):
        notes.send('"none"')
    hold = journal.show("late")
    assert [notes.send(f'"{word}"') for word in ("one", "two", "three")] == [1, 2, 3]
    first, second, third = journal.waiting()
    assert [first.text, second.text, third.text] == ['"one"', '"two"', '"three"']
    journal.append([Tell(1)], command=first.number)
    journal.append([], command=second.number, problem="Not now.")
    assert [one.number for one in journal.waiting()] == [3]
    assert [(one.number, one.problem) for one in notes.answers(0)] == [(1, ""), (2, "Not now.")]
    assert [one.number for one in notes.answers(1)] == [2]
    journal.leave_off(hold, "It was closed.")
    assert journal.waiting() == []
    assert notes.answers(2)[0].problem == "It was closed."
    hold = journal.show("late")
    assert notes.send('"four"') == 4 == notes.last_command()
    hold.release()  # as the system does for a process that was killed
    journal.show("late").release()
    assert notes.answers(3)[0].problem == "late"


def test_rooms_are_exported_and_forgotten(rooms, story, store, folder):
    journal = rooms.begin(story, SETUP)
    journal.append(SOME)
    data = rooms.export(journal.room_id)
    assert data["setup"] == {"seed": 2**62, "tables": 6, "size": 23, "minutes": 60, "cut": ["tea"], "rehearsal": True}
    assert [entry["do"] for entry in data["entries"]] == ["Tell", "Turn", "Vote", "Hands", "Hands", "Clock", "Undo"]
    other = rooms.begin(story, Setup(1))
    assert [info.id for info in rooms.all()] == [other.room_id, journal.room_id]
    rooms.forget(journal.room_id)
    assert [info.id for info in rooms.all()] == [other.room_id]
    with pytest.raises(NoSuchRoom, match=journal.room_id):
        journal.append([Tell(1)])
    for call in (rooms.open, rooms.forget, rooms.export):
        with pytest.raises(SaveError, match="There is no room"):
            call(journal.room_id)
    store.close()
    look = sqlite3.connect(folder / "seenby.db")
    assert look.execute("SELECT count(*) FROM room_entries").fetchone() == (0,)
    look.close()
    assert b"table-a" not in (folder / "seenby.db").read_bytes()


def test_a_damaged_file_gives_rooms_back_up_to_what_is_lost(rooms, story, store, folder, open_store):
    journal = rooms.begin(story, SETUP)
    for number in range(0, 400, 20):
        journal.append([Tell(told) for told in range(number, number + 20)])
    store.close()
    path = folder / "seenby.db"
    data = bytearray(path.read_bytes())
    data[:100] = b"\xff" * 100  # the header and with it every name of a table
    path.write_bytes(bytes(data))
    again = open_store()
    assert len(again.told) == 1
    back = again.rooms.open(journal.room_id)
    assert back.info.setup == SETUP
    assert tuple(back.inputs) == tuple(Tell(number) for number in range(len(back.inputs)))
    assert len(back.inputs) > 300


def test_an_entry_that_makes_no_sense_mends_the_file(rooms, story, store, folder, open_store):
    journal = rooms.begin(story, SETUP)
    journal.append(SOME)
    store.close()
    connection = sqlite3.connect(folder / "seenby.db")
    connection.execute("UPDATE room_entries SET entry = 'no json' WHERE seq = 3")
    connection.commit()
    connection.close()
    again = open_store().rooms
    with pytest.raises(SaveError, match="damaged"):
        again.open(journal.room_id)
    assert tuple(again.open(journal.room_id).inputs) == SOME[:2]
