"""What came before: a story that begins with it, played, stepped and gone back in."""

from __future__ import annotations

import random

import pytest

from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.proof.before import carried
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.given import Given, begun_with, flags_of
from engine.story.model import Story
from tests.engine.random_story import DIALS, FLAGS, NUMBERS, scenario

TEXT = """\
seenby: 1
id: one-year
title: One year
minutes: 5
begins: Monday 09:00
cast:
  col: {name: Col, is: "on your team, makes the tea"}
places:
  team: {group: Team 4, members: 9, with: [col]}
flags:
  laughed: {is: you laughed at the meme, carried: yes}
  mine: {is: "nobody's business"}
  roses: {is: roses on the sill, from: 0, to: 4, starts: 1, carried: yes}
scenes:
  tin:
    in: team
    if: laughed or mine
    script: |
      Col: The tea money is short again.
    choices:
      pay: {label: Pay what is missing, if: roses >= 3, set: {roses: -3}, dials: {team: +2}, because: You paid.}
      silence: {thought: It is four pounds.}
    next: end
endings:
  high: {title: High, if: team >= 3, epilogue: They like you.}
  home: {title: Home, epilogue: You bring your own tea bags after that.}
"""


PAY = Input("tin", choice="pay")


@pytest.fixture(scope="module")
def story() -> Story:
    return compile_story(read(TEXT.encode(), "one-year.yaml"))


def test_a_play_begins_as_it_was_left(story: Story) -> None:
    given = Given.of({"laughed": 1, "roses": 4, "mine": 1, "gone": 1}, {"team": 150, "trust": -1700})
    assert hash(given) == hash(Given.of({"gone": 1, "mine": 1, "roses": 4, "laughed": 1}, {"trust": -1000, "team": 150}))
    play = Play.begin(story, 7, given=given)
    assert play.given == given
    assert flags_of(play.story, play.values) == {"laughed": 1, "mine": 0, "roses": 4}
    assert play.dials == {"trust": -1000, "team": 150, "people": 0, "own": 0, "security": 0}
    play.take(PAY)
    assert (play.ending, flags_of(play.story, play.values)["roses"], play.dials["team"]) == ("high", 1, 350)


def test_played_alone_it_is_what_it_starts_as(story: Story) -> None:
    play = Play.begin(story, 7)
    assert play.ending == "home"
    assert play.given is None
    assert flags_of(story, play.values) == {"laughed": 0, "mine": 0, "roses": 1}
    assert begun_with(story, None) is story
    again = begun_with(story, Given())
    assert begun_with(again, Given()) is again


def test_a_number_is_kept_within_its_bounds(story: Story) -> None:
    assert Given.of({"roses": 99}, {}).values_for(story) == {"roses": 4}


def test_the_same_beginning_gives_the_same_events_and_going_back_keeps_it(story: Story) -> None:
    given = Given.of({"laughed": 1, "roses": 3}, {"people": 40})
    play = Play.begin(story, 7, "Alex", given=given)
    play.take(PAY)
    again = Play.replay(story, 7, play.inputs, "Alex", given=given)
    assert again.events == play.events
    assert again.state == play.state
    back = play.rewound(0)
    assert (back.given, back.dials["people"]) == (given, 40)
    assert back.offer is not None


@pytest.mark.parametrize("seed", range(30))
def test_play_and_stepper_agree_whatever_came_before(seed: int) -> None:
    chance = random.Random(seed)
    text = scenario(chance, rich=bool(seed % 2)).replace("to: 4}", "to: 4, carried: yes}").replace(": {}", ": {carried: yes}")
    story = compile_story(read(text.encode(), "random.yaml"))
    flags = {name: chance.randint(*bounds) for name, bounds in carried(story).items()}
    given = Given.of(flags, {dial: chance.randrange(-1200, 1200) for dial in DIALS})
    play, stepper = Play.begin(story, 1, given=given), Stepper(begun_with(story, given))
    assert set(flags) == {*FLAGS, *NUMBERS}
    state = stepper.start()
    while True:
        assert play.state == state
        inputs = stepper.inputs(state)
        if not inputs:
            break
        one = chance.choice(inputs)
        play.take(one)
        state = stepper.step(state, one)
    assert play.ending == stepper.ending(state)
