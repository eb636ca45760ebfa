"""A session: what is decided is kept before it is seen, and nothing is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import load_story
from engine.play import events as ev
from engine.play.events import encode
from engine.play.inputs import Input
from engine.play.play import NotPossible
from game.session import Session
from saves.errors import NothingToUndo, SaveError
from saves.store import Store
from tests.game.shell import NOON, SPOKE, inputs, tour

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store.open(tmp_path / "saves", now=lambda: NOON) as store:
        yield store


def begun(store: Store | None) -> Session:
    return Session.unsaved(tour(), 7, "Mara") if store is None else Session.new(store, "Mara", tour(), 7, "Mara")


def again(store: Store, session: Session) -> Session:
    assert session.journal is not None
    return Session.resume(store, session.journal.play_id, tour())


def test_a_decision_is_on_the_disk_when_its_events_come(store: Store) -> None:
    session = begun(store)
    events = session.take(Input("hello", choice="speak"), took_ms=1200)
    assert any(isinstance(event, ev.DecisionTaken) for event in events)
    kept = again(store, session)
    assert kept.play.inputs == session.play.inputs
    assert kept.journal is not None
    assert kept.journal.nodes[-1].took_ms == 1200


def test_what_comes_back_is_told_at_once_and_not_again(store: Store) -> None:
    session = begun(store)
    assert session.told == 0
    session.take(Input("hello", choice="silence"))
    kept = again(store, session)
    assert kept.told == len(kept.play.events)
    assert kept.phone().clock == session.play.clock


def test_new_events_are_those_after_told(store: Store) -> None:
    session = begun(store)
    new = session.take(Input("hello", choice="silence"))
    assert session.play.events[session.told :] == new


def test_a_disk_that_refuses_takes_no_decision(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begun(store)
    before = encode(session.play.events)

    def refuse(*_args: object, **_more: object) -> int:
        raise SaveError("No room.", "Make some.")

    monkeypatch.setattr(session.journal, "take", refuse)
    with pytest.raises(SaveError, match="No room"):
        session.take(Input("hello", choice="speak"))
    assert encode(session.play.events) == before
    assert session.offer is not None
    assert session.offer.scene == "hello"


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_not_on_offer_changes_nothing(store: Store, kept: bool) -> None:
    session = begun(store if kept else None)
    with pytest.raises(NotPossible):
        session.take(Input("hello", choice="nonsense"))
    assert session.play.inputs == []


@pytest.mark.parametrize("kept", [True, False])
def test_undo_and_rewind_stand_where_they_say(store: Store, kept: bool) -> None:
    session = begun(store if kept else None)
    stands = [encode(session.play.events)]
    for given in inputs(SPOKE[:3]):
        session.take(given)
        stands.append(encode(session.play.events))
    session.undo()
    assert encode(session.play.events) == stands[2]
    session.rewind(0)
    assert encode(session.play.events) == stands[0]
    assert session.told == len(session.play.events)
    with pytest.raises(NothingToUndo):
        session.undo()
    with pytest.raises(ValueError, match="cannot rewind to 4"):
        session.rewind(4)


@pytest.mark.parametrize("kept", [True, False])
def test_a_draft_taken_back_survives_a_rewind_to_it_and_not_one_before_it(store: Store, kept: bool) -> None:
    session = begun(store if kept else None)
    session.take(Input("hello", choice="silence"))
    session.take(Input("taps", "pick"))
    session.note_draft("comment")
    session.take(Input("post", choice="silence"))
    session.undo()
    assert [event.text for event in session.play.events if isinstance(event, ev.DraftTakenBack)] == ["See you there."]
    session.rewind(1)
    assert not any(isinstance(event, ev.DraftTakenBack) for event in session.play.events)


def test_the_branch_that_is_left_is_kept(store: Store) -> None:
    session = begun(store)
    for given in inputs():
        session.take(given)
    assert session.ended
    session.rewind(0)
    session.take(Input("hello", choice="silence"))
    branches = session.branches()
    assert [branch.ending for branch in branches] == [None, "spoke"]
    session.go_to(branches[1].tip)
    assert session.play.ending == "spoke"


def test_an_ending_is_counted(store: Store) -> None:
    session = begun(store)
    for given in inputs():
        session.take(given)
    assert [reached.ending for reached in store.endings()] == ["spoke"]
    assert session.recap()[-1] == "This play is over: Said"


def test_recap_says_where_one_is_in_words() -> None:
    session = begun(None)
    assert session.recap() == ["It is Monday 21:10. You are in Team 9."]
    session.take(Input("hello", choice="silence"))
    session.take(Input("taps", "pick", picks=("friends",)))
    assert session.recap() == [
        "Monday 21:10, Hello: Let it scroll by",
        "Monday 21:10, Taps: Put the phone down (Hide the friends list)",
        "It is Monday 21:30. In front of you: Town page.",
    ]


def test_recap_says_with_whom_one_writes_or_speaks() -> None:
    story = load_story(ROOT / "scenarios" / "induction" / "nights-team-4.yaml")
    session = Session.unsaved(story, 7, "Sam")
    way = ("welcome: hi", "swap: lift", "meme: keys")
    for given in inputs(way):
        session.take(given)
    assert session.here_words() == "You are writing with Rashid."
    for given in inputs(("rashid-writes: gif", "flat: silence", "photo: silence", "corridor: silence")):
        session.take(given)
    for given in inputs(("what-photo: silence", "jo-asks: silence")):
        session.take(given)
    assert session.here_words() == "You are on the telephone with Marnie."


def test_only_what_came_in_this_scene_is_new_when_one_comes_back() -> None:
    story = load_story(ROOT / "scenarios" / "induction" / "nights-team-4.yaml")
    session = Session.unsaved(story, 7, "Sam")
    for given in inputs(("welcome: hi", "swap: take", "meme: keys")):
        session.take(given)
    session.told = len(session.play.events)
    assert session.phone().places["dev-dm"].entries, "Dev has written"
    assert {place.id: place.unread for place in session.phone().places.values() if place.unread} == {}


def test_an_edited_scenario_is_told(store: Store, tmp_path: Path) -> None:
    from engine import load_story
    from tests.game.shell import TOUR

    session = begun(store)
    session.take(Input("hello", choice="speak"))
    file = tmp_path / "tour.yaml"
    file.write_text(
        TOUR.read_text("utf-8").replace("      speak:", "      speak-up:").replace("hello.speak", "hello.speak-up"), "utf-8"
    )
    assert session.journal is not None
    changed = Session.resume(store, session.journal.play_id, load_story(file))
    assert changed.play.inputs == []
    assert any("Say it is not for you" in words for words in changed.resumed_changes)
