from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from saves.errors import BadExport, NoSuchPlay, NoSuchPlayer
from saves.export import VERSION
from saves.sitting import Sitting
from saves.store import Store
from tests.saves.spoiling import spoilt


@pytest.fixture
def mara(store, story):
    player = store.player("Mara")
    store.set_setting(player, "look", {"theme": "day"})
    for seed in (1, 2**80):
        sitting = Sitting.begin(store, player, story, seed, "Mara", "she")
        sitting.note_draft("speak-up")
        sitting.take(Input("joke", choice="laugh"), took_ms=1200)
        sitting.take(Input("after", choice="tea"))
        sitting.undo()
        sitting.take(Input("after", choice="silence"))
        sitting.take(Input("rota", "pick", picks=("early", "night")))
        sitting.rewind(1)
    return player


def test_a_player_goes_out_and_comes_back_the_same(store, mara, open_store, tmp_path):
    out = json.loads(json.dumps(store.export(mara)))
    assert (out["seenby"], out["version"], out["player"], out["whole"]) == ("saves", VERSION, "Mara", True)
    other = open_store(tmp_path / "other")
    ids = other.import_(out)
    assert sorted(ids) == sorted(info.id for info in store.plays())
    assert other.export(other.player("mara")) == out
    for play_id in ids:
        here, there = store.journal(play_id), other.journal(play_id)
        assert (here.nodes, here.branches(), here.head, here.ending()) == (
            there.nodes,
            there.branches(),
            there.head,
            there.ending(),
        )
        assert (here.seed, here.name, here.pronouns, here.begun_hash) == (
            there.seed,
            there.name,
            there.pronouns,
            there.begun_hash,
        )
        assert here.drafts_at(0) == there.drafts_at(0)
        assert here.outline(here.begun_hash) == there.outline(there.begun_hash)
    assert other.plays() == store.plays()
    assert other.setting(other.player("Mara"), "look") == {"theme": "day"}
    # Twice is once.
    assert other.import_(out) == ids
    assert len(other.plays()) == 2


def test_one_play_goes_out_without_the_rest(store, mara):
    play_id = store.plays()[0].id
    out = store.export(play_id)
    assert [play["id"] for play in out["plays"]] == [play_id]
    assert (out["whole"], out["settings"]) == (False, {})


def test_a_play_that_went_on_here_stays_as_it_is(store, mara):
    play_id = store.plays()[0].id
    out = store.export(play_id)
    store.journal(play_id).take(Input("after", choice="tea"))
    (imported,) = store.import_(out)
    assert imported != play_id
    assert len(store.journal(imported).path()) == 1
    assert len(store.journal(play_id).path()) == 2


def test_plays_may_be_given_to_another_player(store, mara, open_store):
    out = store.export(mara)
    ben = store.player("Ben")
    ids = store.import_(out, player=ben)
    assert {info.id for info in store.plays(ben)} == set(ids)
    assert len(store.plays(mara)) == 2
    assert store.setting(ben, "look") == {"theme": "day"}


def test_what_is_not_there_cannot_go_out(store, mara):
    with pytest.raises(NoSuchPlay):
        store.export("abc")
    store.forget_player("Mara")
    with pytest.raises(NoSuchPlayer):
        store.export(mara)


def first(data):
    return data["plays"][0]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: data.update(seenby="recipes"), "seenby"),
        (lambda data: data.update(version=99), "newer Seenby"),
        (lambda data: data.update(player="\x1b[0m"), "names no player"),
        (lambda data: data.update(extra=1), "extra"),
        (lambda data: data.pop("plays"), "plays"),
        (lambda data: first(data).update(seed="seven"), "is no number"),
        (lambda data: first(data).update(head=77), "refers to decision 77"),
        (lambda data: first(data)["nodes"][0].update(parent=5), "decision 1 of play"),
        (lambda data: first(data)["nodes"][0].update(id=2), "hangs in the air"),
        (lambda data: first(data)["nodes"][0].update(id=0), "hangs in the air"),
        (lambda data: first(data)["nodes"][0].update(at="yesterday"), r"plays\[0\].nodes\[0\].at"),
        (lambda data: first(data)["nodes"][0].update(at="0001-01-01T00:00:00+23:59"), "out of range"),
        (lambda data: first(data)["nodes"][0].update(at="9999-12-31T23:59:59Z"), "out of range"),
        (lambda data: first(data)["nodes"][0].update(took_ms=2**70), "out of range"),
        (lambda data: first(data)["nodes"][0]["input"].update(how="guess"), "guess"),
        (lambda data: first(data)["nodes"][0]["input"].update(choice="\ud800"), "is no text"),
        (lambda data: first(data)["drafts"][0].update(node=77), "refers to decision 77"),
        (lambda data: first(data)["drafts"][0].update(text="x" * 20_000), "longer than"),
        (lambda data: first(data)["endings"].append(first(data)["endings"][0]), "two endings"),
    ],
)
def test_what_is_no_export_is_refused_and_changes_nothing(store, mara, open_store, tmp_path, spoil, said):
    out = json.loads(json.dumps(store.export(mara)))
    spoil(out)
    other = open_store(tmp_path / "other")
    with pytest.raises(BadExport, match=said):
        other.import_(out)
    assert (other.players(), other.plays()) == ([], [])


def test_nests_of_brackets_are_refused(store):
    deep: list[object] = []
    for _level in range(100_000):
        deep = [deep]
    with pytest.raises(BadExport, match="nested too deeply"):
        store.import_(deep)
    while deep:
        deep = deep.pop()


def test_texts_of_an_import_reach_no_terminal_as_commands(store, mara, open_store, tmp_path):
    out = json.loads(json.dumps(store.export(mara)).replace("The tea round", "\\u001b[2JThe \\u202etea round"))
    other = open_store(tmp_path / "other")
    other.import_(out)
    assert {info.title for info in other.plays()} == {"The tea round"}


@pytest.fixture(scope="module")
def exported(tmp_path_factory, story):
    with Store.open(tmp_path_factory.mktemp("out")) as store:
        journal = store.begin(store.player("Mara"), story, 1)
        journal.take(Input("joke", choice="laugh"))
        journal.note_draft("after", "tea", "Milk")
        journal.reached("quiet", {"team": 1})
        return store.export(journal.play_id)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_change_to_an_export_is_taken_in_whole_or_refused(exported, tmp_path_factory, data):
    out = spoilt(data, exported)
    with Store.open(tmp_path_factory.mktemp("in")) as store:
        try:
            ids = store.import_(out)
        except BadExport:
            assert store.players() == []
            return
        for play_id in ids:
            store.journal(play_id).take(Input("joke", choice="on"))
            store.export(play_id)
        assert len(store.plays()) == len(ids)
