"""A cut is a story: what is left out is passed over and told in a line, and everything else is as ever."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.debrief import build
from engine.play.events import DecisionTaken, EndingReached, FlagSet, SceneBegan, SceneCut, decode, encode
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.proof import prove
from engine.script.findings import ScenarioError
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.cut import choose, cut_story, optional_scenes
from engine.story.model import Story
from tests.engine.proof.brute import TooMany, all_plays
from tests.engine.proof.test_truth import hold_equal
from tests.engine.random_story import random_story, scenario

STORY = """\
seenby: 1
id: cut
title: Cut
blurb: Three beats.
minutes: 3
begins: Monday 09:00
cast:
  col: {name: Col}
places:
  team: {group: Team, with: [col]}
  hall: {in-person: The hall}
flags:
  bold: {is: you spoke}
scenes:
  first:
    in: team
    optional: Somebody says hello, {you}.
    script: |
      Col [hello]: Hello.
    choices:
      answer: {label: Answer, set: {bold: yes}, next: second}
      silence: {}
    next: second
  second:
    in: hall
    when: day 1, 10:00
    script: |
      Col: There you are.
      {if bold} Col: And awake.
    choices:
      off: {label: Go, do: [leave team]}
      nod: {label: Nod}
      silence: {}
    next: third
  third:
    in: team
    optional: Col asks about the keys.
    when: day 1, 11:00
    script: |
      Col: Keys?
    choices:
      keys: {label: Here they are, later: [{after: 1 hour, scene: found}]}
      silence: {}
    next: last
  last:
    in: hall
    script: |
      Col: Good night.
    next: end
  found:
    in: hall
    optional: A consequence is never left out.
    script: |
      Col: Found.
endings:
  bright: {title: Bright, if: bold, epilogue: You spoke.}
  quiet: {title: Quiet, epilogue: You did not.}
"""


def story() -> Story:
    return compile_story(read(STORY.encode(), "cut.yaml"))


def played(found: Story, *choices: str) -> Play:
    play = Play.begin(found, 1, "Sam")
    for choice in choices:
        assert play.offer is not None
        play.take(Input(play.offer.scene, choice=choice))
    return play


def told(play: Play) -> list[str]:
    """The scenes that were played, and those that were left out in brackets."""
    shown = [event for event in play.events if isinstance(event, SceneBegan | SceneCut)]
    return [f"({event.scene})" if isinstance(event, SceneCut) else event.scene for event in shown]


def test_what_is_left_out_is_passed_over_and_told_in_a_line() -> None:
    play = played(cut_story(story(), ["third", "first"]), "nod")
    assert told(play) == ["(first)", "second", "(third)", "last"]
    lines = [event.line for event in play.events if isinstance(event, SceneCut)]
    assert lines == ["Somebody says hello, Sam.", "Col asks about the keys."]
    assert not any(isinstance(event, FlagSet | DecisionTaken) and event.at < 10 * 3600 for event in play.events)
    assert "awake" not in encode(play.events).decode()
    assert play.ending == "quiet"
    # No time passes in it: the clock never stands at eleven.
    assert play.clock == 10 * 3600
    assert decode(encode(play.events)) == play.events
    assert build(play).left_out == lines


def test_what_would_not_have_come_is_not_told() -> None:
    play = played(cut_story(story(), ["third"]), "answer", "off")
    assert told(play) == ["first", "second", "last"]
    assert build(play).left_out == []
    assert isinstance(play.events[-1], EndingReached)


def test_a_cut_is_of_the_whole_story() -> None:
    whole = story()
    assert optional_scenes(whole) == ("first", "third")
    both = cut_story(whole, {"third", "first"})
    assert both.cut == ("first", "third")
    assert cut_story(both, both.cut) is both
    one = cut_story(both, ["third"])
    assert one.cut == ("third",)
    assert told(played(one, "answer", "nod"))[0] == "first"
    assert cut_story(one, ()).cut == ()
    assert whole.cut == ()
    assert told(played(whole, "answer", "nod", "keys")) == ["first", "second", "third", "last", "found"]


@pytest.mark.parametrize("scene", ["second", "found", "nowhere"])
def test_what_is_not_optional_stays(scene: str) -> None:
    with pytest.raises(ValueError, match=f"'{scene}' is no scene that may be left out"):
        cut_story(story(), [scene])


def test_what_may_be_left_out_leads_on_by_itself() -> None:
    text = STORY.replace("      silence: {}\n    next: second\n", "      silence: {next: second}\n")
    with pytest.raises(ScenarioError) as refused:
        compile_story(read(text.encode(), "cut.yaml"))
    assert [(finding.code, finding.message) for finding in refused.value.findings] == [("SB243", "'first' leads nowhere")]


def length_of(first: int, third: int, rest: int = 100) -> Callable[[frozenset[str]], int]:
    return lambda out: rest + first * ("first" not in out) + third * ("third" not in out)


@pytest.mark.parametrize(
    ("first", "third", "room", "out"),
    [
        (30, 20, 150, ()),
        (30, 20, 120, ("first",)),
        (20, 30, 120, ("third",)),
        (30, 30, 130, ("third",)),
        (30, 20, 149, ("first",)),
        (30, 20, 119, ("first", "third")),
        (30, 20, 10, ("first", "third")),
    ],
)
def test_as_few_are_left_out_as_will_do(first: int, third: int, room: int, out: tuple[str, ...]) -> None:
    assert choose(story(), room, length_of(first, third)) == out


def any_cut(found: Story, draw: random.Random) -> Story:
    """The story with some of its scenes left out."""
    may = [scene.id for scene in found.scenes.values() if scene.next and not scene.consequence]
    marked = replace(
        found,
        scenes={name: replace(scene, optional="Missed." if name in may else None) for name, scene in found.scenes.items()},
    )
    return cut_story(marked, [name for name in may if draw.random() < 0.5])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_stepper_plays_cuts_as_the_machine_does(seed: int) -> None:
    draw = random.Random(seed)
    cut = any_cut(random_story(draw), draw)
    stepper = Stepper(cut)
    play = Play.begin(cut, seed)
    state = stepper.start()
    while play.offer is not None:
        assert state == play.state
        inputs = stepper.inputs(state)
        assert inputs, "a cut never strands"
        chosen = draw.choice(inputs)
        play.take(chosen)
        state = stepper.step(state, chosen)
    assert state == play.state
    assert stepper.ending(state) == play.ending
    assert not {event.scene for event in play.events if isinstance(event, SceneBegan)} & set(cut.cut)
    assert {event.scene for event in play.events if isinstance(event, SceneCut)} <= set(cut.cut)
    assert Play.replay(cut, seed, play.inputs).events == play.events


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_cut_is_proved_as_any_story(seed: int) -> None:
    draw = random.Random(seed)
    cut = any_cut(compile_story(read(scenario(draw, most_scenes=4, rich=True).encode(), "random.yaml")), draw)
    try:
        truth = all_plays(cut)
    except TooMany:
        return
    hold_equal(prove(cut), truth, cut)
