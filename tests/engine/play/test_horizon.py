"""A story with a horizon is a story: what would come when the next part begins, or later, is neither shown nor counted."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.debrief import build
from engine.play.events import ConsequenceDue
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.proof import prove
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.horizon import beyond, fates, up_to
from engine.story.model import Story
from tests.engine.proof.brute import TooMany, all_plays
from tests.engine.proof.test_truth import hold_equal, small, tight
from tests.engine.random_story import random_story

DAY = 86_400
STORY = """\
seenby: 1
id: far
title: Far
minutes: 3
begins: Monday 09:00
cast:
  col: {name: Col}
places:
  team: {group: Team, with: [col]}
scenes:
  first:
    in: team
    script: |
      Col: Well?
    choices:
      speak:
        label: Speak
        later:
          - {after: 2 days, scene: soon, set: {heard: yes}, dials: {team: +1}, because: He heard.}
          - {after: 3 weeks, scene: noted, dials: {trust: +1}, because: It was noted.}
      silence: {}
    next: last
  last:
    in: team
    when: +10 days
    choices:
      go: {label: Go}
      silence: {}
    next: end
  soon: {in: team, title: Soon, script: "Col: I heard."}
  noted: {in: team, title: Noted, script: "Col: Noted.", later: [{after: 1 week, scene: filed, set: {file: yes}}]}
  filed: {in: team, title: Filed, script: "Col: Filed."}
  years: {in: team, title: Years, script: "Col: Years."}
reckoning:
  found: {after: 4 years, if: heard, scene: years, set: {found: yes}, dials: {people: -2}, because: It was found.}
  other: {after: 4 years, if: not heard, scene: filed}
endings:
  found: {title: Found, if: found, epilogue: They found it.}
  filed: {title: Filed, if: file, epilogue: They filed it.}
  home: {title: Home, epilogue: You went home.}
"""
SPOKE = [Input("first", choice="speak"), Input("last", choice="go")]
HORIZONS = (0, 60, 240, 3600, DAY, 20 * DAY, 21 * DAY + 600, 22 * DAY, 240 * DAY, 5 * 365 * DAY)


@pytest.fixture(scope="module")
def far() -> Story:
    return compile_story(read(STORY.encode(), "far.yaml"))


def played(story: Story) -> tuple[list[str], str | None, dict[str, int]]:
    play = Play.replay(story, 1, SPOKE)
    return [event.id for event in play.events if isinstance(event, ConsequenceDue)], play.ending, play.dials


def test_what_lies_beyond_is_neither_shown_nor_counted(far: Story) -> None:
    # The last decision falls ten days after the first: eleven days later the note comes, eighteen days later the file.
    soon, noted, filed, years = "first.speak>soon", "first.speak>noted", "noted>filed", "reckoning>found"
    whole = played(far)
    assert (whole[0], whole[1]) == ([soon, noted, filed, years, "reckoning>other"], "found")
    assert played(up_to(far, 4 * 365 * DAY + 1)) == whole
    for days, came, ending in ((4 * 365, [soon, noted, filed], "filed"), (18, [soon, noted], "home"), (11, [soon], "home")):
        ids, reached, dials = played(up_to(far, days * DAY))
        assert (ids, reached) == (came, ending)
        assert dials["people"] == 0
        assert dials["trust"] == 100 * (noted in came)
    assert up_to(up_to(far, 5), None).horizon is None
    with pytest.raises(ValueError, match="after the last decision"):
        up_to(far, -1)


def test_what_can_be_said_of_every_play(far: Story) -> None:
    names = {due.id: due.index for due in far.dues}
    years = frozenset(names[f"reckoning>{name}"] for name in ("found", "other"))
    assert fates(far) == fates(up_to(far, 9 * 365 * DAY))
    assert not fates(far).out
    assert fates(up_to(far, 330 * DAY)).out == years
    assert not fates(up_to(far, 330 * DAY)).unsure
    near = fates(up_to(far, 12 * DAY))
    assert near.out == years | {names["noted>filed"]}
    assert near.unsure == {names["first.speak>noted"]}


def test_the_debrief_says_that_something_is_still_to_come_and_not_what(far: Story) -> None:
    play = Play.replay(up_to(far, 12 * DAY), 1, SPOKE)
    assert beyond(play.story, play.values, play.pending, play.ended_at) == [
        (18 * DAY, next(due.index for due in far.dues if due.id == "noted>filed")),
        (4 * 365 * DAY, next(due.index for due in far.dues if due.id == "reckoning>found")),
    ]
    first, last = build(play).decisions()
    assert [(motion.came, motion.title) for motion in first.motions] == [("came", "Soon"), ("came", "Noted")]
    held = [motion for moment in build(play).moments for motion in moment.motions if motion.came == "beyond"]
    assert [(motion.delay // DAY, motion.title, motion.lines) for motion in held] == [(4 * 365, "", []), (7, "", [])]
    assert held[0] in last.motions
    early = build(Play.replay(up_to(far, 11 * DAY), 1, SPOKE)).decisions()[0]
    assert [(motion.came, motion.title) for motion in early.motions] == [("came", "Soon"), ("beyond", "")]
    # Before the end what is to come is told as ever, unless it surely lies beyond.
    for horizon, came in ((12 * DAY, "pending"), (0, "beyond")):
        motion = build(Play.replay(up_to(far, horizon), 1, SPOKE[:1])).decisions()[0].motions[1]
        assert (motion.came, bool(motion.title)) == (came, came == "pending")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(HORIZONS))
def test_the_stepper_stops_where_the_machine_does(seed: int, horizon: int) -> None:
    draw = random.Random(seed)
    story = random_story(draw)
    near = up_to(story, horizon)
    stepper = Stepper(near)
    play, whole = Play.begin(near, seed), Play.begin(story, seed)
    state = stepper.start()
    while play.offer is not None:
        assert state == play.state
        chosen = draw.choice(stepper.inputs(state))
        play.take(chosen)
        whole.take(chosen)
        state = stepper.step(state, chosen)
    assert state == play.state
    assert stepper.ending(state) == play.ending
    assert all(at >= play.ended_at + horizon for at, _index in play.pending)
    assert whole.pending == []
    came = [event for event in play.events if isinstance(event, ConsequenceDue)]
    assert came == [event for event in whole.events if isinstance(event, ConsequenceDue)][: len(came)]
    out = fates(near).out
    assert not {event.id for event in came} & {story.dues[index].id for index in out}
    assert Play.replay(near, seed, play.inputs).events == play.events


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(HORIZONS), st.booleans())
def test_a_story_with_a_horizon_is_proved_as_any(seed: int, horizon: int, close: bool) -> None:
    story = up_to(compile_story(read((tight if close else small)(seed).encode(), "random.yaml")), horizon)
    try:
        truth = all_plays(story, most=4_000)
    except TooMany:
        return
    hold_equal(prove(story), truth, story)
