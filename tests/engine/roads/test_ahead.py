"""What may still come is what taking every way on, one by one, comes to."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.roads import Ahead
from engine.roads import ahead as roads_ahead
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from tests.engine.proof.test_truth import small, tight
from tests.engine.random_story import random_story

MOST = 4_000


class TooMany(Exception):
    """More ways on than the test has time for."""


def ways_on(story: Story, stepper: Stepper, state: State) -> tuple[Counter[str], set[str], list[tuple[int, ...]]]:
    """Every way on: how many lead to each ending, what is chosen on any of them, and the dials at all their ends."""
    endings: Counter[str] = Counter()
    choices: set[str] = set()
    ends: list[tuple[int, ...]] = []
    stack, steps = [state], 0
    while stack:
        now = stack.pop()
        if stepper.ended(now):
            endings[stepper.ending(now)] += 1
            ends.append(now.values[:5])
            continue
        for one in stepper.inputs(now):
            steps += 1
            if steps > MOST:
                raise TooMany
            if one.how == "choose":
                choices.add(f"{one.scene}.{one.choice}")
            stack.append(stepper.step(now, one))
    return endings, choices, ends


def some_play(stepper: Stepper, draw: random.Random) -> list[Input]:
    """A play of somebody who lets the time run out now and then."""
    state, taken = stepper.start(), []
    while not stepper.ended(state):
        one = draw.choice(stepper.inputs(state))
        scene = stepper.story.scenes[state.scene]
        if scene.limit and one.choice == scene.lapse:
            one = Input(scene.id, "lapse")
        taken.append(one)
        state = stepper.step(state, one)
    return taken


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32), st.booleans())
def test_every_way_on_is_known(story_seed: int, play_seed: int, soon: bool) -> None:
    story = compile_story(read((tight if soon else small)(story_seed).encode(), "random.yaml"))
    stepper, ahead = Stepper(story), Ahead(story)
    assert ahead.find(60)
    assert ahead.complete
    inputs = some_play(stepper, random.Random(play_seed))
    for count in range(len(inputs) + 1):
        outlook = ahead.outlook(ahead.spot(inputs[:count]))
        try:
            endings, choices, ends = ways_on(story, stepper, stepper.play(inputs[:count]))
        except TooMany:
            continue
        assert {ending: ways for ending, ways in outlook.endings.items() if ways} == endings
        assert outlook.ways == len(ends)
        assert outlook.open == [ending.id for ending in story.endings if endings[ending.id]]
        assert outlook.choices == choices
        for dial in range(5):
            assert outlook.low[dial] == min(end[dial] for end in ends)
            assert outlook.high[dial] == max(end[dial] for end in ends)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_the_range_encloses_every_random_way_on(story_seed: int, play_seed: int) -> None:
    story = random_story(random.Random(story_seed))
    stepper, ahead = Stepper(story), Ahead(story)
    ahead.find(60)
    draw = random.Random(play_seed)
    inputs = some_play(stepper, draw)
    cut = draw.randrange(len(inputs) + 1)
    outlook = ahead.outlook(ahead.spot(inputs[:cut]))
    for _way in range(10):
        state = stepper.play(inputs[:cut])
        while not stepper.ended(state):
            state = stepper.step(state, draw.choice(stepper.inputs(state)))
        assert all(low <= value <= high for low, value, high in zip(outlook.low, state.values, outlook.high, strict=False))
        assert stepper.ending(state) in outlook.open


def test_each_decision_closes_and_never_opens() -> None:
    story = random_story(random.Random(5))
    stepper, ahead = Stepper(story), Ahead(story)
    ahead.find(60)
    inputs = some_play(stepper, random.Random(1))
    looks = [ahead.outlook(ahead.spot(inputs[:count])) for count in range(len(inputs) + 1)]
    for before, after in pairwise(looks):
        assert set(after.open) <= set(before.open)
        assert after.ways <= before.ways
        assert after.choices is not None
        assert before.choices is not None
        assert after.choices <= before.choices
        assert all(a >= b for a, b in zip(after.low, before.low, strict=True))
        assert all(a <= b for a, b in zip(after.high, before.high, strict=True))
    assert looks[-1].ways == 1
    assert looks[-1].low == looks[-1].high


def test_what_is_out_of_reach_is_drawn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads_ahead, "MOST_STATES", 2)
    story = random_story(random.Random(11))
    whole, drawn = Ahead(story), Ahead(story)
    drawn.find(60)
    monkeypatch.undo()
    whole.find(60)
    assert not drawn.complete
    rough, exact = drawn.outlook(drawn.spot(())), whole.outlook(whole.spot(()))
    assert not rough.counted
    assert rough.choices is None
    assert not any(rough.exact)
    assert sum(rough.endings.values()) == roads_ahead.DRAWN
    assert all(low <= mine for low, mine in zip(exact.low, rough.low, strict=True))
    assert all(mine <= high for mine, high in zip(rough.high, exact.high, strict=True))
    again = Ahead(story)
    monkeypatch.setattr(roads_ahead, "MOST_STATES", 2)
    again.find(60)
    assert again.outlook(again.spot(())) == rough


def test_asking_can_be_stopped_and_asked_again() -> None:
    ahead = Ahead(random_story(random.Random(2)))
    asked = iter((False, False, True))
    assert not ahead.find(60, lambda: next(asked))
    assert ahead.find(60)
    assert ahead.find(60, lambda: True)
    assert ahead.outlook(ahead.spot(())).ways


def test_a_decision_that_was_not_on_offer_is_refused() -> None:
    ahead = Ahead(random_story(random.Random(2)))
    ahead.find(60)
    with pytest.raises(KeyError):
        ahead.spot((Input("nowhere", choice="nothing"),))
