from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.play.inputs import Input
from saves.errors import NoSuchPlay, NothingToUndo, OpenElsewhere
from saves.journal import START, Journal
from saves.store import Store

A, B, C, D = (Input("joke", choice=name) for name in "abcd")


@pytest.fixture
def journal(store, story) -> Journal:
    return store.begin(store.player("Mara"), story, 7, "Mara")


def on_disk(store: Store, journal: Journal) -> Journal:
    return store.journal(journal.play_id)


def test_a_decision_is_kept_with_its_times_and_the_story_it_was_made_under(store, journal, clock, story):
    pick = Input("rota", "pick", picks=("early", "night"))
    assert journal.take(A, took_ms=4200) == 1
    assert journal.take(pick, took_ms=-5) == 2
    second = on_disk(store, journal).nodes[1]
    assert (second.id, second.parent, second.depth, second.input, second.took_ms) == (2, 1, 2, pick, 0)
    assert (second.at, second.hash, second.outcome, second.mistap) == (clock.time, story.hash, None, False)
    assert on_disk(store, journal).nodes == journal.nodes
    assert journal.nodes[0].took_ms == 4200


def test_times_are_kept_in_utc_to_the_millisecond(folder, story):
    at = datetime(2026, 7, 1, 23, 30, 1, 123_987, tzinfo=timezone(timedelta(hours=2)))
    with Store.open(folder, now=lambda: at) as store:
        journal = store.begin(store.player("Mara"), story, 1)
        journal.take(A)
        assert (
            on_disk(store, journal).nodes[0].at == journal.nodes[0].at == datetime(2026, 7, 1, 21, 30, 1, 123_000, tzinfo=UTC)
        )


def test_rewinding_moves_the_head_and_another_decision_grows_a_branch(store, journal):
    for taken in (A, B, C):
        journal.take(taken)
    journal.rewind(1)
    assert journal.path() == (A,)
    assert on_disk(store, journal).path() == (A,)
    journal.take(D)
    assert on_disk(store, journal).path() == journal.path() == (A, D)
    newest, oldest = on_disk(store, journal).branches()
    assert (newest.inputs, newest.shared, newest.tip) == ((A, D), 2, 4)
    assert (oldest.inputs, oldest.shared, oldest.tip) == ((A, B, C), 1, 3)
    journal.go_to(oldest.tip)
    assert on_disk(store, journal).path() == (A, B, C)
    journal.rewind(0)
    assert journal.path() == ()
    assert journal.head == START


def test_the_same_decision_taken_again_is_a_branch_of_its_own(journal):
    journal.take(A)
    journal.rewind(0)
    journal.take(A)
    assert [branch.inputs for branch in journal.branches()] == [(A,), (A,)]


@pytest.mark.parametrize("count", [-1, 2])
def test_there_is_no_rewinding_beyond_the_path(journal, count):
    journal.take(A)
    with pytest.raises(ValueError, match="the path has 1"):
        journal.rewind(count)
    with pytest.raises(ValueError, match="the path has 1"):
        journal.stand(count)
    with pytest.raises(ValueError, match="no node 9"):
        journal.go_to(9)
    assert journal.path() == (A,)


def test_undo_marks_the_mistap(store, journal):
    journal.take(A)
    journal.take(B)
    assert journal.undo() == B
    journal.take(C)
    for seen in (journal, on_disk(store, journal)):
        assert seen.path() == (A, C)
        assert [node.mistap for node in seen.nodes] == [False, True, False]
        assert [branch.mistap for branch in seen.branches()] == [False, True]


def test_undo_of_what_was_played_on_from_is_a_rewind(store, journal):
    journal.take(A)
    journal.take(B)
    journal.rewind(1)
    assert journal.undo() == A
    assert not any(node.mistap for node in on_disk(store, journal).nodes)


def test_there_is_nothing_to_undo_at_the_beginning(journal):
    with pytest.raises(NothingToUndo):
        journal.undo()


def test_drafts_stand_where_they_were_written(store, journal):
    journal.note_draft("joke", "speak-up", "Oi")
    journal.take(A)
    journal.note_draft("after", "ask", "What was")
    journal.note_draft("after", "ask", "What\x1b[31m was that?")
    for seen in (journal, on_disk(store, journal)):
        assert [draft.text for draft in seen.drafts_at(START)] == ["Oi"]
        assert [(draft.scene, draft.choice, draft.text) for draft in seen.drafts_at(1)] == [
            ("after", "ask", "What was"),
            ("after", "ask", "What was that?"),
        ]


def test_an_ending_belongs_to_the_place_where_it_was_reached(store, journal):
    journal.take(A)
    journal.reached("quiet", {"team": 100})
    journal.reached("quiet", {"team": 200})
    for seen in (journal, on_disk(store, journal)):
        assert (seen.ending().ending, seen.ending().dials) == ("quiet", {"team": 200})
        assert seen.branches()[0].ending == "quiet"
    journal.rewind(0)
    assert journal.ending() is None


def test_standing_somewhere_is_not_written_until_one_goes_on(store, journal):
    journal.take(A)
    journal.take(B)
    journal.stand(1)
    assert journal.path() == (A,)
    assert on_disk(store, journal).path() == (A, B)
    journal.take(C)
    assert on_disk(store, journal).path() == (A, C)


def test_two_windows_on_one_play_find_out_and_lose_nothing(store, open_store, journal):
    journal.take(A)
    other = open_store().journal(journal.play_id)
    other.take(B)
    before = journal.nodes
    with pytest.raises(OpenElsewhere, match="stands at 2 decisions there and at 1 decision here"):
        journal.take(C)
    for change in (
        lambda: journal.rewind(0),
        journal.undo,
        lambda: journal.note_draft("joke", "a", "x"),
        lambda: journal.reached("quiet", {}),
    ):
        with pytest.raises(OpenElsewhere):
            change()
    assert journal.nodes == before
    assert on_disk(store, journal).path() == (A, B)
    journal.reload()
    assert journal.path() == (A, B)
    journal.take(C)
    with pytest.raises(OpenElsewhere):
        other.take(D)
    other.reload()
    other.take(D)
    assert on_disk(store, journal).path() == (A, B, C, D)


def test_a_play_that_was_forgotten_in_another_window_is_said_to_be_gone(store, open_store, journal):
    open_store().forget(journal.play_id)
    with pytest.raises(NoSuchPlay):
        journal.take(A)
    with pytest.raises(NoSuchPlay):
        journal.reload()
    assert journal.path() == ()
