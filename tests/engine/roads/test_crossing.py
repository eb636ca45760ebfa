"""The roads from a decision: what they tell, and that every decision of every play can be asked."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import load_story
from engine.debrief import build
from engine.play.events import MessageShown, encode
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.roads import Ahead, Crossing, Shut, along, crossing, hanging, odds_of
from engine.roads.out import DOTS
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from tests.engine.proof.test_truth import FIXTURES
from tests.engine.random_story import random_story
from tests.engine.roads.test_ahead import some_play


def beat(name: str) -> Story:
    return load_story(next(file for file in FIXTURES if file.stem == name))


def facts(found: Crossing) -> list[object]:
    """All that a crossing tells, as values that can be compared."""
    return [
        found.scene, found.title, found.at, found.number, found.before, found.shut, found.kind, found.left_out,
        [
            (
                road.given, road.labels, road.yours, road.said, road.flags, road.same, road.partings, road.why, road.ending_title,
                road.shown, road.moment, encode(road.play.events),
            )
            for road in found.roads
        ],
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_every_decision_of_every_play_has_its_roads(story_seed: int, play_seed: int) -> None:
    story = random_story(random.Random(story_seed))
    inputs = some_play(Stepper(story), random.Random(play_seed))
    play = Play.replay(story, 7, inputs)
    ahead = Ahead(story)
    ahead.find(60)
    told = encode(play.events)
    for moment in build(play).decisions():
        found = crossing(play, moment.decision)
        assert found.yours.play.dials == play.dials
        assert found.yours.play.ending == play.ending
        assert found.yours.play.inputs == play.inputs
        assert not found.yours.partings
        assert found.number == moment.decision
        for road in found.roads:
            assert road.play.ending is not None
            assert road.moment.decision == found.number
            assert road.play.inputs[: len(found.before) + 1] == [*found.before, road.given]
            outlook = ahead.outlook(ahead.spot((*found.before, road.given)))
            dials = [road.play.values[dial] for dial in range(5)]
            assert all(low <= value <= high for low, value, high in zip(outlook.low, dials, outlook.high, strict=True))
            assert road.play.ending in outlook.open
        assert len(hanging(found)) == len(found.roads)
    steps = along(play, ahead).steps
    assert [step.number for step in steps] == [moment.decision for moment in build(play).decisions()]
    assert encode(play.events) == told, "the play itself stays as it was"


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_the_same_play_has_the_same_roads(story_seed: int) -> None:
    story = random_story(random.Random(story_seed))
    inputs = some_play(Stepper(story), random.Random(3))
    play = Play.replay(story, 7, inputs)
    for number in range(len(inputs)):
        assert facts(crossing(play, number)) == facts(crossing(Play.replay(story, 7, inputs), number))


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_the_hardest_beats(file: Path) -> None:
    story = load_story(file)
    ahead = Ahead(story)
    ahead.find(60)
    for seed in range(3):
        play = Play.replay(story, seed, some_play(Stepper(story), random.Random(seed)))
        for moment in build(play).decisions():
            for road in crossing(play, moment.decision).roads:
                assert road.play.ending is not None
        assert along(play, ahead).steps


def decided(story: Story, *lines: tuple[str, str]) -> Play:
    return Play.replay(story, 7, [Input(scene, choice=choice) for scene, choice in lines], "Sam")


def test_a_road_says_what_it_sets_going_and_where_it_parts() -> None:
    story = beat("leave-expiry")
    play = decided(story, ("photo", "leave-it"), ("corridor", "silence"), ("jo-asks", "silence"))
    found = crossing(play, 0)
    assert [road.yours for road in found.roads] == [True] + [False] * (len(found.roads) - 1)
    assert found.yours.labels
    assert len({road.given for road in found.roads}) == len(found.roads)
    offer = play.rewound(0).offer
    assert offer is not None
    assert {road.given.choice for road in found.roads} == {option.id for option in offer.options if option.available}
    sending = [road for road in found.others if any(isinstance(one, MessageShown) and one.sender == "you" for one in road.said)]
    assert sending
    for road in found.roads:
        assert road.same + len(road.partings) == len({given.scene for given in road.play.inputs}) - 1


def test_what_was_not_on_offer_says_why() -> None:
    shut: list[Shut] = []
    seed = 0
    while not (any(one.condition for one in shut) and any(one.why for one in shut)):
        assert seed < 100, "among so many plays both kinds are found"
        story = random_story(random.Random(seed))
        play = Play.replay(story, 7, some_play(Stepper(story), random.Random(seed)))
        for moment in build(play).decisions():
            shut += crossing(play, moment.decision).shut
        seed += 1
    assert all(one.label and (one.why or one.condition) for one in shut)


def test_a_pick_has_the_empty_one_everything_and_what_the_rules_single_out() -> None:
    story = beat("pieces")
    play = Play.replay(story, 7, some_play(Stepper(story), random.Random(0)))
    moment = next(one for one in build(play).decisions() if story.scenes[play.inputs[one.decision].scene].pick is not None)
    found = crossing(play, moment.decision)
    assert found.kind == "several"
    whys = [road.why for road in found.others]
    assert set(whys) <= {"nothing", "everything", "rule"}
    assert len({frozenset(road.given.picks) for road in found.roads}) == len(found.roads)
    assert found.left_out > 0


def test_it_is_only_for_a_play_that_is_over() -> None:
    story = beat("leave-expiry")
    play = Play.begin(story, 7)
    with pytest.raises(ValueError, match="over"):
        crossing(play, 0)
    done = decided(story, ("photo", "leave-it"), ("corridor", "silence"), ("jo-asks", "silence"))
    with pytest.raises(ValueError, match="no decision 9"):
        crossing(done, 9)


def test_what_hangs_on_a_decision_is_what_differs() -> None:
    story = beat("leave-expiry")
    play = decided(story, ("photo", "leave-it"), ("corridor", "silence"), ("jo-asks", "silence"))
    found = crossing(play, 0)
    hung = hanging(found)
    ids = [{stake.id for stake in one.stakes} for one in hung]
    assert any(ids)
    sent = [any(one.sender == "you" for one in road.said) for road in found.roads]
    for one, did in zip(hung, sent, strict=True):
        assert 0 <= one.chance <= 1
        if did:
            assert one.chance > 0
    for one in hung:
        odds = odds_of(one, 7)
        assert odds == odds_of(one, 7)
        if odds is not None:
            assert 0 <= odds.out <= DOTS
            assert abs(odds.share - one.chance) < 0.06, "a thousand worlds and the formula say the same"
            assert (odds.hops > 0) == (odds.people > 0)


def test_taking_it_down_later_never_gains_more() -> None:
    story = beat("leave-expiry")
    play = decided(story, ("photo", "leave-it"), ("corridor", "silence"), ("jo-asks", "silence"))
    ahead = Ahead(story)
    ahead.find(60)
    road = along(play, ahead)
    had = [step.had for step in road.steps if step.had is not None]
    assert had
    for before, after in pairwise(had):
        assert before.id == after.id == "photo"
        assert before.out <= after.out
        assert before.stopped <= after.stopped + 1e-9
    assert all(one.stopped <= one.alone + 1e-9 for one in had if not one.over)
    for step in road.steps:
        assert all(now < most for most, now in step.lowered.values())
        assert replace(step, after=step.before).closed == []


def test_a_play_in_which_something_was_set_by_hand_has_none() -> None:
    story = beat("leave-expiry")
    play = Play.at(story, 7, "jo-asks")
    play.take(Input("jo-asks", choice="silence"))
    assert play.ending is not None
    with pytest.raises(ValueError, match="by hand"):
        crossing(play, 0)


PICK = """
seenby: 1
id: picks
title: Picks
minutes: 3
begins: Monday 09:00
cast:
  ana: {name: Ana}
places:
  team: {group: Team, members: 9, with: [ana]}
  page: {feed: The page, followers: 100}
flags:
  loud: {is: everybody heard}
scenes:
  first:
    in: team
    script: "Ana: well"
    choices:
      loud: {label: Say it loudly, set: {loud: yes}, send: Oi.}
      post: {label: Put it on the page, to: page, send: Look at this.}
      silence: {label: Say nothing}
    next: tidy
  tidy:
    in: team
    pick:
      ask: What goes
      from:
        one: {label: The one, dials: {own: +1}, because: It went.}
        two: {label: The two, if: not loud, else: Too late for that.}
        three: {label: The three, cost: 2}
      most: 3
      rules:
        both: {if: tidy.one and tidy.three, dials: {team: -2}, because: Both went.}
    next: end
endings:
  loud: {title: Loud, if: loud, epilogue: Loud.}
  quiet: {title: Quiet, epilogue: Quiet.}
"""


def picks() -> Story:
    return compile_story(read(PICK.encode(), "picks.yaml"))


def test_of_a_pick_what_is_still_there_is_picked_again() -> None:
    play = Play.replay(picks(), 7, [Input("first", choice="silence"), Input("tidy", "pick", picks=("one", "two"))])
    loud = next(road for road in crossing(play, 0).others if road.given.choice == "loud")
    assert loud.flags == ("everybody heard",)
    assert loud.play.inputs[-1].picks == ("one",)
    (parting,) = loud.partings
    assert parting.known
    assert parting.did == "The one"
    assert "Too late for that." in parting.why or "not on offer" in parting.why
    assert (loud.later, loud.same) == (1, 0)


def test_the_roads_of_a_pick_are_documented_ones() -> None:
    play = Play.replay(picks(), 7, [Input("first", choice="loud"), Input("tidy", "pick", picks=("one",))])
    found = crossing(play, 1)
    assert [(road.labels, road.why) for road in found.roads] == [
        (("The one",), ""),
        ((), "nothing"),
        (("The one", "The three"), "rule"),
    ]
    assert found.left_out == 1, "the three alone"
    assert [(shut.label, shut.why) for shut in found.shut] == [("The two", "Too late for that.")]
    assert found.roads[2].moment.reasons[-1].because == "Both went."


def test_what_is_public_is_out_and_is_not_imagined() -> None:
    play = Play.replay(picks(), 7, [Input("first", choice="post"), Input("tidy", "pick", picks=("one",))])
    found = crossing(play, 0)
    hung = dict(zip((road.given.choice for road in found.roads), hanging(found), strict=True))
    assert hung["post"].public
    assert hung["post"].chance == 1
    assert odds_of(hung["post"], 7) is None
    assert hung["silence"].stakes == ()
    assert odds_of(hung["silence"], 7) is None
    assert 0 < hung["loud"].chance < 1
    again = hanging(crossing(Play.replay(picks(), 7, [Input("first", choice="loud"), Input("tidy", "pick")]), 0))
    assert odds_of(hung["loud"], 7) == odds_of(again[0], 7), "the same odds look the same"
    ahead = Ahead(play.story)
    ahead.find(60)
    steps = along(play, ahead).steps
    assert all(step.had is None for step in steps), "a page has no audience to stop it in"
    assert {one.label for one in steps[0].passed} == {"Say it loudly", "Say nothing"}


def test_an_audience_too_large_for_a_network_has_odds_and_no_worlds() -> None:
    story = compile_story(read(PICK.replace("members: 9", "members: 4000").encode(), "picks.yaml"))
    play = Play.replay(story, 7, [Input("first", choice="loud"), Input("tidy", "pick", picks=())])
    hung = hanging(crossing(play, 0))[0]
    assert hung.chance > 0.9
    assert odds_of(hung, 7) is None
