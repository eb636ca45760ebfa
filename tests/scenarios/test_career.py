"""The career of the constable: years apart, what was done comes back, and nothing of it is a dead end."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.check.careers import check_careers
from engine.debrief.career import build_career
from engine.play.career import handed_on, part_seed
from engine.play.inputs import Input
from engine.play.play import Play
from engine.proof.career import CareerProof, prove_career
from engine.script.career import read_careers
from engine.story.horizon import fates, up_to
from tests.scenarios.test_transcripts import ROOT, story_in, transcript

PACK = ROOT / "induction"
CAREERS = read_careers((PACK / "pack.yaml").read_text("utf-8"), "pack.yaml", [path.stem for path in PACK.glob("*.yaml")])
PARTS = CAREERS.careers["constable"].parts
STORIES = [story_in(PACK / f"{part.scenario}.yaml") for part in PARTS]
GAPS = [part.after.seconds if part.after is not None else 0 for part in PARTS]
YEAR = 365 * 86_400
WALKS = sorted((PACK / PARTS[0].scenario).glob("*.txt"))


def test_nothing_is_found_of_it() -> None:
    assert [str(one) for one in check_careers(CAREERS, {story.id: story for story in STORIES})] == []


def test_a_part_is_told_up_to_the_next_whatever_is_decided() -> None:
    """What looks four years ahead lies beyond; of all else it is known that it comes in time, so that the proof need not mind the clock."""
    late = [fates(up_to(story, gap)) for story, gap in zip(STORIES, GAPS[1:], strict=False)]
    assert [{STORIES[0].dues[index].after // YEAR for index in one.out} for one in late] == [{4}, set()]
    assert not any(one.unsure for one in late)


@pytest.mark.parametrize("walk", WALKS, ids=lambda path: path.stem)
def test_every_way_through_the_first_part_leads_on_to_the_last(walk: Path) -> None:
    """After each walkthrough of the first part the later ones are played by their first open options, and come to their ends."""
    first, *later = [up_to(story, gap) for story, gap in zip(STORIES, [*GAPS[1:], None], strict=True)]
    plays = [Play.replay(first, part_seed(5, first.id), transcript(walk).inputs, "Alex")]
    for story in later:
        play = Play.begin(story, part_seed(5, story.id), "Alex", given=handed_on(plays[-1]))
        while play.offer is not None:
            play.take(_first(play))
        plays.append(play)
    debrief = build_career("Four years", plays, GAPS)
    assert [part.debrief.ending for part in debrief.parts].count(None) == 0
    assert [round(part.begins / YEAR) for part in debrief.parts] == [0, 1, 4]
    assert {(held.part, held.past) for held in debrief.held_back} <= {(0, True)}
    again = Play.replay(STORIES[2], part_seed(5, STORIES[2].id), plays[2].inputs, "Alex", given=plays[2].given)
    assert again.events == plays[2].events


def _first(play: Play) -> Input:
    offer = play.offer
    assert offer is not None
    open_ = [option for option in offer.options if option.available]
    if offer.kind == "one":
        return Input(offer.scene, choice=next(option for option in open_ if not option.look).id)
    if offer.kind == "several":
        return Input(offer.scene, "pick", picks=tuple(option.id for option in open_[: offer.least or 1]))
    return Input(offer.scene, "link")


@pytest.fixture(scope="module")
def proof() -> CareerProof:
    return prove_career(STORIES, GAPS)


@pytest.mark.slow
def test_everything_arrives_and_every_ending_is_reached(proof: CareerProof) -> None:
    assert proof.complete
    for part in proof.parts:
        assert (part.never, part.only_alone) == ({}, [])
        assert part.unreachable() == {}
        assert part.beyond_flags == {}
    assert [sorted(part.beyond) for part in proof.parts] == [["consequences", "scenes"], [], []]


@pytest.mark.slow
def test_some_endings_only_the_career_has(proof: CareerProof) -> None:
    assert any(part.only_career for part in proof.parts)
    for part, story in zip(proof.parts[1:], STORIES[1:], strict=True):
        for ending in part.only_career:
            assert any(value != story.vars[story.var_index[flag]].start for flag, value in part.begins[ending].items())
