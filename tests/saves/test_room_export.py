"""Rooms out and in: the same there as here, or refused with nothing changed."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from engine.room.inputs import Clock, Decide, Hands, Setup, Tell, Turn, Undo, Vote
from saves.errors import BadExport
from saves.room_export import VERSION
from saves.store import Store
from tests.saves.spoiling import spoilt

SETUP = Setup(seed=2**62, tables=6, size=23, minutes=60, cut=("tea",), rehearsal=True)
SOME = (
    Tell(99),
    Turn("first"),
    Vote("table-a", ("tea",)),
    Hands("silence", 0),
    Clock(30.5, True, 1e9),
    Undo(),
    Decide(Input("joke", choice="silence")),
)


@pytest.fixture(scope="module")
def out(tmp_path_factory, story):
    with Store.open(tmp_path_factory.mktemp("out")) as store:
        journal = store.rooms.begin(story, SETUP, "/home/kit/tea.yaml")
        journal.append(SOME[:3])
        journal.leave(2)
        journal.append(SOME[3:], ending="quiet")
        data = store.rooms.export(journal.room_id)
    return json.loads(json.dumps(data))


def test_a_room_goes_out_and_comes_back_the_same(out, store, open_store, tmp_path):
    assert (out["seenby"], out["version"], out["ending"]) == ("room", VERSION, "quiet")
    assert "kit" not in json.dumps(out)
    rooms = store.rooms
    assert rooms.import_(out) == out["id"]
    assert rooms.export(out["id"]) == out
    assert tuple(rooms.open(out["id"]).inputs) == (*SOME[:2], *SOME[3:])
    info = rooms.find(out["id"])
    assert (info.setup, info.file, info.decisions, info.ending) == (SETUP, "", 1, "quiet")
    assert store.players() == [] == store.plays()
    # Twice is once.
    assert rooms.import_(out) == out["id"]
    assert len(rooms.all()) == 1


def test_a_room_that_went_on_here_stays_as_it_is(out, store):
    rooms = store.rooms
    journal = rooms.open(rooms.import_(out))
    journal.append([Tell(3)])
    other = rooms.import_(out)
    assert other != out["id"]
    assert len(rooms.open(other).inputs) == len(rooms.open(out["id"]).inputs) - 1
    rooms.open(other).append([Tell(4)])
    assert rooms.export(other)["entries"][:-1] == out["entries"]


def test_a_room_of_an_older_export_is_taken_in(out, store):
    older = {key: value for key, value in out.items() if key != "ending"} | {"version": 1}
    assert store.rooms.import_(older) == out["id"]
    assert store.rooms.find(out["id"]).ending == ""
    store.rooms.forget(out["id"])
    store.rooms.import_(out)
    assert store.rooms.import_(older) == out["id"]


def test_seeds_have_no_end(store, story, open_store, tmp_path):
    out = json.loads(json.dumps(store.rooms.export(store.rooms.begin(story, Setup(2**80)).room_id)))
    other = open_store(tmp_path / "other").rooms
    assert other.find(other.import_(out)).setup.seed == 2**80


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: data.update(seenby="saves"), "seenby"),
        (lambda data: data.update(version=99), "newer Seenby"),
        (lambda data: data.update(version=99, later=1), "newer Seenby"),
        (lambda data: data.update(extra=1), "extra"),
        (lambda data: data.update(id="../../x"), "is no id of a room"),
        (lambda data: data.update(scenario="\x1b"), "names no scenario"),
        (lambda data: data.update(updated="yesterday"), "updated"),
        (lambda data: data.update(created="0001-01-01T00:00:00+23:59"), "out of range"),
        (lambda data: data.update(created="9999-12-31T23:59:59Z"), "out of range"),
        (lambda data: data.update(title="\ud800"), "is no text"),
        (lambda data: data["setup"].update(seed="seven"), "setup"),
        (lambda data: data["setup"].update(people=["Anna"]), "setup has something"),
        (lambda data: data["setup"].update(tables=27), "tables, people or minutes"),
        (lambda data: data["setup"].update(minutes=2**70), "out of range"),
        (lambda data: data["entries"].pop(2), "entry 3 is missing"),
        (lambda data: data["entries"][1].update(seq="2"), "entry 2 is missing"),
        (lambda data: data["entries"][1].update(at="soon"), "entry 2 is none"),
        (lambda data: data["entries"][1].update(do="Dance"), "entry 2 is none"),
        (lambda data: data["entries"][1].pop("do"), "entry 2 is none"),
        (lambda data: data["entries"][0].update(name="Anna"), "entry 1 is none"),
        (lambda data: data["entries"][3].update(after=4), "entry 4 is none"),
        (lambda data: data["entries"][3].update(after=-1), "entry 4 is none"),
        (lambda data: data["entries"][4].update(count=True), "entry 5 is none"),
    ],
)
def test_what_is_no_room_is_refused_and_changes_nothing(out, store, spoil, said):
    data = copy.deepcopy(out)
    spoil(data)
    with pytest.raises(BadExport, match=said):
        store.rooms.import_(data)
    assert store.rooms.all() == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_change_to_a_room_is_taken_in_whole_or_refused(out, tmp_path_factory, data):
    changed = spoilt(data, out)
    with Store.open(tmp_path_factory.mktemp("in")) as store:
        try:
            room = store.rooms.import_(changed)
        except BadExport:
            assert store.rooms.all() == []
            return
        store.rooms.open(room).append([Tell(1)])
        again = store.rooms.export(room)
        assert again["entries"][:-1] == [
            {**entry, "at": mine["at"]} for entry, mine in zip(changed["entries"], again["entries"], strict=False)
        ]
