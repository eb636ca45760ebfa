"""The stepper and the machine are one semantics: same inputs on offer, same state after each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.events import DecisionOffered, decode, encode
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.play.stepper import Stepper
from engine.script.findings import ScenarioError
from engine.story.model import Story
from tests.engine.random_story import random_story, scenario


def story_of(draw: random.Random) -> Story:
    try:
        return random_story(draw)
    except ScenarioError as problem:
        raise AssertionError(f"{problem}\n{scenario}") from problem


def offered(offer: DecisionOffered) -> set[str]:
    return {option.id for option in offer.options if option.available}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_stepper_equals_machine(story_seed: int, play_seed: int) -> None:
    story = story_of(random.Random(story_seed))
    stepper = Stepper(story)
    draw = random.Random(play_seed)
    for seed in range(3):
        play = Play.begin(story, seed)
        state = stepper.start()
        assert state == play.state
        while play.offer is not None:
            inputs = stepper.inputs(state)
            assert inputs, "a play never strands"
            if play.offer.kind == "one":
                assert {one.choice for one in inputs if one.how == "choose"} == offered(play.offer)
            chosen = draw.choice(inputs)
            play.take(chosen)
            state = stepper.step(state, chosen)
            assert state == play.state
        assert stepper.ended(state)
        assert stepper.inputs(state) == []
        assert stepper.ending(state) == play.ending
        assert stepper.play(list(play.inputs)) == state


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_a_simulated_player_goes_the_way_of_single_steps(story_seed: int, play_seed: int) -> None:
    story = story_of(random.Random(story_seed))
    stepper = Stepper(story)
    draw = random.Random(play_seed)
    for _ in range(6):
        drawn: list[float] = []

        def one_more(drawn: list[float] = drawn) -> float:
            drawn.append(draw.random())
            return drawn[-1]

        last, taken = stepper.wander(one_more)
        assert stepper.ended(last)
        assert len(drawn) == len(taken)
        state = stepper.start()
        for number, took in zip(drawn, taken, strict=True):
            on_offer = stepper.inputs(state)
            expected = on_offer[int(number * len(on_offer))]
            named = f"{expected.scene}.{expected.choice}" if expected.how == "choose" else expected
            assert (f"{took.scene}.{took.choice}" if isinstance(took, Input) and took.how == "choose" else took) == named
            state = stepper.step(state, expected)
        assert state == last


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_same_inputs_same_bytes_and_any_prefix_resumes(story_seed: int, play_seed: int) -> None:
    story = story_of(random.Random(story_seed))
    stepper = Stepper(story)
    draw = random.Random(play_seed)
    play = Play.begin(story, play_seed, "Alex")
    while play.offer is not None:
        play.take(draw.choice(stepper.inputs(play.state)))
    whole = encode(play.events)
    again = Play.replay(story_of(random.Random(story_seed)), play_seed, play.inputs, "Alex")
    assert encode(again.events) == whole
    assert encode(decode(whole)) == whole
    for count in range(len(play.inputs)):
        part = play.rewound(count)
        assert whole.startswith(encode(part.events)), "what was shown before a decision does not depend on what follows"
        for one in play.inputs[count:]:
            part.take(one)
        assert encode(part.events) == whole


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32), st.integers(0, 2**32))
def test_the_seed_changes_only_the_telling(story_seed: int, one: int, other: int) -> None:
    story = story_of(random.Random(story_seed))
    stepper = Stepper(story)
    draw = random.Random(one)
    play = Play.begin(story, one)
    while play.offer is not None:
        play.take(draw.choice(stepper.inputs(play.state)))
    twin = Play.replay(story, other, play.inputs)
    assert twin.state == play.state
    assert (twin.ending, twin.dials) == (play.ending, play.dials)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_time_never_runs_back_and_every_change_of_a_dial_has_a_reason(story_seed: int, play_seed: int) -> None:
    story = story_of(random.Random(story_seed))
    stepper = Stepper(story)
    draw = random.Random(play_seed)
    play = Play.begin(story, play_seed)
    clock = play.clock
    while play.offer is not None:
        play.take(draw.choice(stepper.inputs(play.state)))
        assert play.clock >= clock
        clock = play.clock
    total = dict.fromkeys(play.dials, 0)
    for event in play.events:
        if type(event).__name__ == "DialsChanged":
            assert event.because
            for dial, change in event.changes.items():
                total[dial] += change
    assert total == play.dials


def test_what_is_not_on_offer_is_refused_and_changes_nothing() -> None:
    story = story_of(random.Random(4))
    play = Play.begin(story, 1)
    assert play.offer is not None
    before = encode(play.events), play.state
    for wrong in (
        Input("nowhere", choice="one"),
        Input(play.offer.scene, choice="nothing"),
        Input(play.offer.scene, "pick", picks=("x", "x")),
    ):
        with pytest.raises(NotPossible):
            play.take(wrong)
        assert (encode(play.events), play.state) == before
    with pytest.raises(KeyError):
        Stepper(story).step(play.state, f"{play.offer.scene}.nothing")
