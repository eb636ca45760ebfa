"""The rule that a player writes: kept with the play, edited, taken out and in, mended and forgotten with it."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from saves.errors import BadExport, BadRule, NoSuchPlay, OpenElsewhere
from saves.rules import LONGEST, checked
from saves.sitting import Sitting

IF, THEN = "a picture lands that somebody could be known by", "ask whose it is before I laugh"


@pytest.fixture
def sitting(store, story):
    sitting = Sitting.begin(store, store.player("Mara"), story, 7, "Mara")
    sitting.take(Input("joke", choice="laugh"))
    return sitting


def test_a_rule_is_kept_with_its_play_and_edited_later(store, sitting, open_store):
    journal = sitting.journal
    assert journal.rule() is None
    first = journal.write_rule(IF, THEN, "joke")
    assert first is not None
    assert (first.situation, first.action, first.scene, first.node) == (IF, THEN, "joke", 1)
    again = open_store().journal(journal.play_id)
    assert again.rule() == first
    second = again.write_rule(IF, "wait a minute")
    assert second is not None
    assert (second.action, second.created) == ("wait a minute", first.created)
    assert second.updated > first.updated
    assert journal.rule() == second
    assert journal.write_rule("", "  ") is None
    assert journal.rule() is None


def test_writing_a_rule_is_no_move(store, sitting, open_store):
    """Another window may go on with the play, and nothing is newer for it."""
    other = open_store().journal(sitting.journal.play_id)
    before = store.plays()
    other.write_rule(IF, THEN)
    assert store.plays() == before
    sitting.take(Input("after", choice="tea"))
    with pytest.raises(OpenElsewhere):
        other.take(Input("after", choice="silence"))


def test_rules_of_a_player_and_of_a_scenario(store, sitting, story, make_story):
    mara = store.player("Mara")
    other = make_story(("id: tea\n", "id: coffee\n"))
    coffee = Sitting.begin(store, mara, other, 7, "Mara")
    bens = Sitting.begin(store, store.player("Ben"), story, 7, "Ben")
    for number, one in enumerate((sitting, coffee, bens)):
        one.journal.write_rule("if", f"rule {number}")
    assert [rule.action for rule in store.rules()] == ["rule 2", "rule 1", "rule 0"]
    assert [rule.action for rule in store.rules(mara)] == ["rule 1", "rule 0"]
    assert [rule.action for rule in store.rules(mara, "tea")] == ["rule 0"]
    again = Sitting.begin(store, mara, story, 8, "Mara")
    assert again.journal.last_rule() == sitting.journal.rule()
    again.journal.write_rule("if", "rule 3")
    assert again.journal.last_rule() == sitting.journal.rule()
    assert sitting.journal.last_rule() == again.journal.rule()
    assert bens.journal.last_rule() is None


@pytest.mark.parametrize(
    ("situation", "action", "says"),
    [
        ("x" * (LONGEST + 1), "wait", f"has {LONGEST + 1} characters; at most {LONGEST}"),
        ("something lands", "", "two halves"),
        ("\x1b[31m \u200b", "wait", "two halves"),
    ],
)
def test_what_is_no_rule_is_refused_and_the_old_one_stays(sitting, situation, action, says):
    kept = sitting.journal.write_rule(IF, THEN)
    with pytest.raises(BadRule, match=says):
        sitting.journal.write_rule(situation, action)
    assert sitting.journal.rule() == kept


def test_a_rule_is_data(sitting):
    rule = sitting.journal.write_rule("[red]a {you}\n\x1b]0;x\x07 %s\tlands\ud800", "<b>wait</b>\u202e")
    assert (rule.situation, rule.action) == ("[red]a {you} %s lands?", "<b>wait</b>")


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60)
def test_whatever_is_kept_is_kept_as_it_is(situation, action):
    try:
        kept = checked(situation, action)
    except BadRule:
        return
    assert checked(*kept) == kept
    assert all(len(part) <= LONGEST and "\n" not in part for part in kept)


def test_a_forgotten_play_has_no_rule(store, sitting):
    journal = sitting.journal
    journal.write_rule("zebrafinch", "okapi")
    store.forget_player("Mara")
    assert store.rules() == []
    store.close()
    data = store.path.read_bytes()
    assert b"zebrafinch" not in data
    assert b"okapi" not in data
    with pytest.raises(NoSuchPlay):
        journal.write_rule(IF, THEN)


def test_rules_go_out_and_come_in(store, sitting, open_store, tmp_path):
    play = sitting.journal.play_id
    bare = store.export(play)
    assert bare["plays"][0]["rule"] is None
    sitting.journal.write_rule(IF, THEN, "joke")
    out = json.loads(json.dumps(store.export(play)))
    other = open_store(tmp_path / "other")
    assert other.import_(out) == [play]
    assert other.journal(play).rule() == sitting.journal.rule()
    # The same play with another rule is the same play, and the rule that is here stays.
    other.journal(play).write_rule(IF, "wait")
    assert other.import_(out) == [play]
    assert other.journal(play).rule().action == "wait"
    # Where there is none yet, the imported one is taken.
    other.journal(play).write_rule("", "")
    assert other.import_(out) == [play]
    assert other.journal(play).rule().action == THEN


def test_an_export_of_version_1_is_read(store, sitting, open_store, tmp_path):
    out = store.export(sitting.journal.play_id)
    out["version"] = 1
    del out["plays"][0]["rule"]
    other = open_store(tmp_path / "other")
    (play,) = other.import_(out)
    assert other.journal(play).rule() is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": ""}, "two halves"),
        ({"situation": "", "action": ""}, "empty"),
        ({"action": "two\nlines"}, "more than a line"),
        ({"action": "x" * (LONGEST + 1)}, "characters"),
        ({"node": 9}, "refers to decision 9"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_rule_is_not_taken_in(store, sitting, open_store, tmp_path, change, says):
    sitting.journal.write_rule(IF, THEN)
    out = store.export(sitting.journal.play_id)
    out["plays"][0]["rule"].update(change)
    other = open_store(tmp_path / "other")
    with pytest.raises(BadExport, match=says):
        other.import_(out)
    assert other.plays() == []


def test_a_rule_survives_a_damaged_file(store, sitting, folder, open_store):
    sitting.journal.write_rule(IF, THEN, "joke")
    kept = sitting.journal.rule()
    store.close()
    connection = sqlite3.connect(folder / "seenby.db")
    connection.execute("DROP TABLE settings")
    connection.commit()
    connection.close()
    mended = open_store()
    assert mended.told
    assert mended.journal(kept.play).rule() == kept


def test_a_rule_that_makes_no_sense_is_damage(store, sitting, folder):
    from saves.errors import Corrupt

    sitting.journal.write_rule(IF, THEN)
    connection = sqlite3.connect(folder / "seenby.db")
    connection.execute("UPDATE rules SET updated = 'yesterday'")
    connection.commit()
    connection.close()
    with pytest.raises(Corrupt):
        sitting.journal.rule()
