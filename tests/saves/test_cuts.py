"""A play of a cut stays one: when it is resumed, exported, read back from a damaged file, and when the scenario is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.events import SceneCut
from engine.play.inputs import Input
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.cut import cut_story
from engine.story.model import Story
from saves.sitting import Sitting
from saves.store import Store
from tests.engine.play.test_cut import STORY, told


def story(text: str = STORY) -> Story:
    return compile_story(read(text.encode(), "cut.yaml"))


@pytest.fixture
def sitting(store: Store) -> Sitting:
    found = Sitting.begin(store, store.player("Mara"), cut_story(story(), ["first"]), 7, "Mara")
    found.take(Input("second", choice="nod"))
    return found


def test_a_cut_is_resumed_as_one_from_the_whole_story(store: Store, sitting: Sitting) -> None:
    assert sitting.journal.cut == ("first",)
    again = Sitting.resume(store.journal(sitting.journal.play_id), story())
    assert told(again.play) == ["(first)", "second", "third"]
    assert again.play.events == sitting.play.events
    again.undo()
    assert told(again.play) == ["(first)", "second"]
    again.take(Input("second", choice="off"))
    assert [event.scene for event in again.play.events if isinstance(event, SceneCut)] == ["first"]


def test_a_whole_play_has_no_cut(store: Store) -> None:
    assert Sitting.begin(store, store.player("Mara"), story(), 7).journal.cut == ()


def test_what_an_edit_has_made_no_optional_scene_any_more_is_played(store: Store, sitting: Sitting) -> None:
    edited = story(STORY.replace("    optional: Somebody says hello, {you}.\n", ""))
    again = Sitting.resume(store.journal(sitting.journal.play_id), edited)
    assert told(again.play)[0] == "first"
    assert again.changed


def test_a_cut_goes_with_an_export(store: Store, sitting: Sitting, tmp_path: Path) -> None:
    play_id = sitting.journal.play_id
    data = store.export(play_id)
    assert data["plays"][0]["cut"] == ["first"]
    with Store.open(tmp_path / "elsewhere") as other:
        assert other.import_(data) == [play_id]
        assert other.journal(play_id).cut == ("first",)
        assert other.import_(data) == [play_id]


def test_forgetting_a_play_forgets_its_cut(store: Store, sitting: Sitting) -> None:
    store.forget(sitting.journal.play_id)
    with store._file.reading() as connection:
        assert connection.execute("SELECT count(*) FROM cuts").fetchone() == (0,)


def test_a_damaged_file_gives_cuts_back(store: Store, sitting: Sitting) -> None:
    play_id, path = sitting.journal.play_id, store.path
    store.close()
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    with Store.open(path.parent) as mended:
        assert mended.told
        assert mended.journal(play_id).cut == ("first",)
