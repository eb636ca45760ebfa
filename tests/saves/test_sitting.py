from __future__ import annotations

import pytest

from engine.play.events import DecisionTaken, DraftTakenBack, ReadingChosen, encode
from engine.play.inputs import Input
from engine.play.play import NotPossible
from saves.errors import DiskFull, OpenElsewhere
from saves.sitting import Sitting
from tests.saves.test_trouble import fill_up

SPEAK, LAUGH = Input("joke", choice="speak-up"), Input("joke", choice="laugh")
ASK, TEA = Input("after", choice="ask"), Input("after", choice="tea")
ROTA = Input("rota", "pick", picks=("early",))


@pytest.fixture
def sitting(store, story) -> Sitting:
    return Sitting.begin(store, store.player("Mara"), story, 7, "Mara")


def test_a_decision_is_on_the_disk_when_its_events_come_back(store, sitting, story):
    events = sitting.take(SPEAK, took_ms=1500)
    assert isinstance(events[0], DecisionTaken)
    (node,) = store.journal(sitting.journal.play_id).nodes
    assert (node.input, node.took_ms, node.hash) == (SPEAK, 1500, story.hash)
    assert (node.outcome.scene, node.outcome.flags, node.outcome.dials["team"]) == ("after", {"spoke": 1}, -100)


def test_an_ending_is_recorded_with_the_decision_that_led_to_it(store, sitting):
    for given in (SPEAK, TEA, ROTA):
        sitting.take(given)
    (info,) = store.plays()
    assert (info.ended, info.ending, info.progress) == (True, "spoke", 3)
    assert store.endings()[0].dials == sitting.play.dials
    assert sitting.journal.ending() == store.journal(info.id).ending()
    assert sitting.journal.nodes[-1].outcome.scene == ""


def test_what_is_not_on_offer_is_not_recorded(store, sitting):
    with pytest.raises(NotPossible):
        sitting.take(ASK)
    assert store.journal(sitting.journal.play_id).nodes == ()


def test_when_saving_fails_the_play_is_as_before(store, sitting):
    sitting.take(LAUGH)
    sitting.note_draft("tea")
    before = encode(sitting.play.events)

    fill_up(store)

    def go_on() -> None:
        for _turn in range(500):
            sitting.note_draft("tea", "x" * 3000)

    with pytest.raises(DiskFull):
        go_on()
    noted = sum(isinstance(event, DraftTakenBack) for event in sitting.play.events)
    assert noted == 1 + len(sitting.journal.drafts_at(1)) - 1
    assert encode(sitting.play.events)[: len(before)] == before
    store._file._current().execute("PRAGMA max_page_count = 100000")
    sitting.take(TEA)
    assert encode(Sitting.resume(store.journal(sitting.journal.play_id), sitting.story).play.events) == encode(
        sitting.play.events
    )


def test_whether_a_scene_was_read_is_kept_beside_the_drafts(open_store, store, sitting, story, tmp_path):
    sitting.note_reading("joke", True)
    sitting.take(LAUGH)
    sitting.note_reading("after", False)
    sitting.note_draft("tea")
    assert [(one.scene, one.read) for one in sitting.journal.drafts_at(1)] == [("after", False), ("after", None)]
    other = open_store(tmp_path / "other")
    (play_id,) = other.import_(store.export(sitting.journal.play_id))
    for journal in (store.journal(sitting.journal.play_id), other.journal(play_id)):
        assert encode(Sitting.resume(journal, story).play.events) == encode(sitting.play.events)
    sitting.rewind(0)
    sitting.take(SPEAK)
    assert [event.scene for event in sitting.play.events if isinstance(event, ReadingChosen)] == ["joke"], "of this branch only"
    before = encode(sitting.play.events)
    Sitting.resume(store.journal(sitting.journal.play_id), story).take(TEA)
    with pytest.raises(OpenElsewhere):
        sitting.note_reading("after", True)
    assert encode(sitting.play.events) == before


def test_a_second_window_is_told_and_goes_on_after_reloading(open_store, store, sitting, story):
    sitting.take(LAUGH)
    other = Sitting.resume(open_store().journal(sitting.journal.play_id), story)
    other.take(TEA)
    with pytest.raises(OpenElsewhere):
        sitting.take(Input("after", choice="silence"))
    assert tuple(sitting.play.inputs) == (LAUGH,)
    sitting.reload()
    assert sitting.play.offer.scene == "rota"
    assert sitting.changed == ()
    sitting.take(ROTA)
    with pytest.raises(OpenElsewhere):
        other.note_draft("early", "x")
    assert tuple(other.play.inputs) == (LAUGH, TEA)
    other.reload()
    assert other.play.ending == "quiet"


def test_rewinding_and_undoing_give_the_play_there(store, sitting, story):
    start = encode(sitting.play.events)
    sitting.take(LAUGH)
    sitting.note_draft("tea", "Milk")
    there = encode(sitting.play.events)
    sitting.take(TEA)
    assert encode(sitting.rewind(1).events) == there
    sitting.take(Input("after", choice="silence"))
    assert encode(sitting.undo().events) == there
    assert sitting.journal.nodes[-1].mistap
    assert encode(sitting.rewind(0).events) == start
    sitting.take(SPEAK)
    assert {branch.inputs for branch in sitting.journal.branches()} == {
        (LAUGH, TEA),
        (LAUGH, Input("after", choice="silence")),
        (SPEAK,),
    }
    sitting.go_to(2)
    assert tuple(sitting.play.inputs) == (LAUGH, TEA)
    assert sitting.changed == ()
