from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.play.inputs import Input
from saves.errors import BadName, NoSuchPlay, NoSuchPlayer, SaveError
from saves.store import Store, saves_folder


def test_the_folder_given_goes_before_the_environment_and_that_before_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SEENBY_SAVES", str(tmp_path / "named"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert saves_folder(tmp_path / "given") == tmp_path / "given"
    assert saves_folder(Path("~/there")) == tmp_path / "there"
    assert saves_folder() == tmp_path / "named"
    monkeypatch.setenv("SEENBY_SAVES", "~/home-made")
    assert saves_folder() == tmp_path / "home-made"
    monkeypatch.setenv("SEENBY_SAVES", " ")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert saves_folder() == tmp_path / "data" / "seenby"


def test_opening_makes_the_folder_for_its_owner_only(open_store, tmp_path):
    store = open_store(tmp_path / "a" / "b")
    assert store.path == tmp_path / "a" / "b" / "seenby.db"
    assert store.path.exists()
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0
    assert store.told == ()


def test_the_default_clock_is_the_wall(folder, story):
    from datetime import UTC, datetime

    before = datetime.now(UTC)
    with Store.open(folder) as store:
        created = store.player("Mara").created
    assert abs((created - before).total_seconds()) < 60
    assert created.tzinfo is UTC


def test_players_are_made_on_demand_and_capital_letters_make_no_other(store, story):
    mara = store.player("  Mara \x1b[31m\n Lind ")
    assert mara.name == "Mara Lind"
    assert store.player("MARA LIND") == mara
    # Two ways to write the same letters are one name, and the long s of old prints folds to an s.
    assert store.player("Zoe\u0308") == store.player("ZO\u00cb")
    assert [player.name for player in store.players()] == ["Zo\u00eb", "Mara Lind"]
    store.begin(mara, story, 1)
    assert [player.name for player in store.players()] == ["Mara Lind", "Zo\u00eb"]


@pytest.mark.parametrize("name", ["", "  ", "\x1b[0m", "\u200b\u202e"])
def test_a_name_needs_something_to_see(store, name):
    with pytest.raises(BadName, match="needs a name"):
        store.player(name)
    assert store.players() == []


def test_a_name_that_is_no_text_is_still_a_name(store):
    # What Python makes of a byte on the command line that is no UTF-8.
    assert store.player("Mar\udce4").name == "Mar?"


def test_a_play_at_a_glance(store, story, clock):
    mara = store.player("Mara")
    journal = store.begin(mara, story, 2**70, name="Mara", pronouns="she")
    (info,) = store.plays(mara)
    assert (info.id, info.player, info.scenario, info.title) == (journal.play_id, "Mara", "tea", "The tea round")
    assert (info.progress, info.scene, info.ended, info.ending) == (0, "", False, None)
    assert info.created == info.updated == journal.created
    journal.take(Input("joke", choice="laugh"))
    journal.take(Input("after", choice="tea"))
    journal.take(Input("rota", "pick", picks=("early",)))
    journal.reached("quiet", {"team": 100})
    (info,) = store.plays()
    assert (info.progress, info.scene, info.ended, info.ending) == (3, "rota", True, "quiet")
    assert info.updated == clock.time
    journal.rewind(1)
    (info,) = store.plays()
    assert (info.progress, info.scene, info.ended, info.ending) == (1, "joke", False, None)
    again = store.journal(journal.play_id)
    assert (again.seed, again.name, again.pronouns, again.title, again.scenario) == (2**70, "Mara", "she", story.title, "tea")
    assert again.begun_hash == story.hash


def test_plays_come_newest_first_and_by_player(store, story):
    mara, ben = store.player("Mara"), store.player("Ben")
    first, second, third = (store.begin(player, story, 1).play_id for player in (mara, ben, mara))
    assert [info.id for info in store.plays()] == [third, second, first]
    store.journal(first).take(Input("joke", choice="laugh"))
    assert [info.id for info in store.plays(mara)] == [first, third]
    assert [info.id for info in store.plays(ben)] == [second]


def test_endings_of_all_branches_are_kept_for_later(store, story):
    mara, ben = store.player("Mara"), store.player("Ben")
    journal = store.begin(mara, story, 1)
    journal.take(Input("joke", choice="laugh"))
    journal.reached("quiet", {"team": 100, "people": -50})
    journal.rewind(0)
    journal.take(Input("joke", choice="speak-up"))
    journal.reached("spoke", {})
    store.begin(ben, story, 1).reached("quiet", {})
    assert [(end.ending, end.node, end.dials) for end in store.endings(mara)] == [
        ("quiet", 1, {"team": 100, "people": -50}),
        ("spoke", 2, {}),
    ]
    assert len(store.endings()) == len(store.endings(scenario="tea")) == 3
    assert store.endings(scenario="coffee") == []


def test_settings_are_anybodys_or_one_players(store):
    mara, ben = store.player("Mara"), store.player("Ben")
    assert store.setting(None, "greeted", default=False) is False
    store.set_setting(None, "greeted", True)
    store.set_setting(mara, "look", {"theme": "day", "sizes": [80, 24]})
    store.set_setting(mara, "look", {"theme": "night"})
    assert store.setting(None, "greeted") is True
    assert store.setting(mara, "look") == {"theme": "night"}
    assert store.setting(ben, "look") is None


def test_what_is_not_there_is_said_by_name(store):
    with pytest.raises(NoSuchPlay, match="no saved play “abc”"):
        store.journal("abc")
    with pytest.raises(NoSuchPlay):
        store.forget("abc")
    with pytest.raises(NoSuchPlayer, match="Nobody called “Zed”"):
        store.forget_player(" Zed\n")


def test_every_error_says_what_happened_and_what_to_do(store):
    with pytest.raises(SaveError) as caught:
        store.journal("abc")
    assert caught.value.message
    assert caught.value.mend
    assert str(caught.value) == f"{caught.value.message} {caught.value.mend}"


def test_forgetting_a_play_leaves_the_others(store, story):
    mara = store.player("Mara")
    kept, gone = store.begin(mara, story, 1), store.begin(mara, story, 2)
    for journal in (kept, gone):
        journal.take(Input("joke", choice="laugh"))
        journal.note_draft("after", "tea", "two sugars")
        journal.reached("quiet", {})
    assert store.forget(gone.play_id) == ()
    assert [info.id for info in store.plays()] == [kept.play_id]
    assert store.journal(kept.play_id).path() == kept.path()
    assert len(store.endings()) == 1
    with pytest.raises(NoSuchPlay):
        gone.take(Input("after", choice="tea"))


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("others_first", [True, False])
def test_forgetting_a_player_leaves_no_byte_of_the_name_in_the_files(store, story, folder, others_first):
    secret = "Quillfeather-77"
    names = [f"Other {n}" for n in range(30)]
    for name in [*names, secret] if others_first else [secret, *names]:
        player = store.player(name)
        store.set_setting(player, "nickname", f"{name} too")
        for seed in range(3):
            journal = store.begin(player, story, seed, name=name)
            journal.take(Input("joke", choice="speak-up"), took_ms=seed)
            journal.note_draft("after", "ask", f"Sincerely, {name}" * 400)
            journal.undo()
    assert everything(folder).count(secret.encode()) > 10
    store.forget_player(secret.upper())
    bytes_left = everything(folder)
    for part in (secret, secret.casefold(), "Quillfeather", "quillfeather"):
        assert part.encode() not in bytes_left
    assert sorted(player.name for player in store.players()) == sorted(names)
    assert len(store.plays()) == 90
    assert all(store.setting(player, "nickname") == f"{player.name} too" for player in store.players())


def test_forgetting_works_while_another_window_reads(store, story, folder, open_store):
    player = store.player("Quillfeather")
    store.begin(player, story, 1)
    other = open_store()
    with other._file.reading() as connection:
        rows = connection.execute("SELECT 1 FROM players")
        # The reader is done when it lets go; until then nobody can change the file, and nothing is half forgotten.
        with pytest.raises(SaveError, match="Another program is holding"):
            store.forget_player("Quillfeather")
        rows.close()
    assert len(store.plays()) == 1
    store.forget_player("Quillfeather")
    assert b"Quillfeather" not in everything(folder)
    assert other.players() == []


def test_forgetting_names_the_damaged_files_that_were_kept(store, story, folder):
    store.begin(store.player("Mara"), story, 1)
    kept = folder / "seenby-corrupt-2026-01-01.db"
    kept.write_bytes(b"Mara")
    assert store.forget_player("Mara") == (kept,)
    assert kept.exists()


def test_shrinking_is_left_out_when_another_window_reads(store, story, folder, open_store, monkeypatch):
    player = store.player("Quillfeather")
    store.begin(player, story, 1)
    other = open_store()
    shrink = store._file.shrink

    def shrink_while_reading() -> None:
        with other._file.reading() as connection:
            connection.execute("SELECT 1 FROM plays").fetchone()
            shrink()

    monkeypatch.setattr(store._file, "shrink", shrink_while_reading)
    store.forget_player("Quillfeather")
    assert b"Quillfeather" not in everything(folder)


def test_a_story_that_nothing_needs_is_forgotten_too(store, story, folder):
    journal = store.begin(store.player("Mara"), story, 1)
    assert journal.outline(story.hash)["joke"].title == "The joke"
    store.forget(journal.play_id)
    assert b"The joke" not in everything(folder)


def test_a_store_may_be_used_from_several_threads(store, story):
    from concurrent.futures import ThreadPoolExecutor

    player = store.player("Mara")

    def play(seed: int) -> int:
        journal = store.begin(player, story, seed)
        for _turn in range(5):
            journal.take(Input("joke", choice="laugh"))
        return len(store.journal(journal.play_id).path())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(play, range(24))) == {5}
    assert len(store.plays()) == 24


def test_a_closed_store_opens_again_when_asked(store, story):
    journal = store.begin(store.player("Mara"), story, 1)
    store.close()
    store.close()
    journal.take(Input("joke", choice="laugh"))
    assert store.plays()[0].progress == 1


def test_importing_the_saves_costs_little():
    code = "import sys, json, saves.store; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
    heavy = {"sqlite3", "platformdirs", "transitions", "yaml", "textual", "faker", "engine.play.play", "engine.story.model"}
    assert heavy.isdisjoint(loaded)
