"""Plays that a preview meddles with: set down anywhere, values set directly, what is pending let come."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import load_story
from engine.debrief import build
from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.rehearsal import Footing, Meddling, Rehearsal
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

TEXT = """
seenby: 1
id: small
title: Small
minutes: 5
begins: Monday 09:00
you: {is: new}
flags:
  clues: {from: 0, to: 5}
cast: {ana: {name: Ana, is: your tutor}}
places: {team: {group: Team, members: 4, with: [ana]}}
scenes:
  first:
    in: team
    script: |
      Ana [hi]: hello
    choices:
      speak:
        label: Speak
        set: {spoke: yes, clues: 1}
        later:
          - {after: 3 days, scene: thanks, if: clues >= 3}
          - {after: 2 days, scene: nudge}
      silence: {thought: "No."}
    next: locked
  locked:
    in: team
    if: clues >= 4
    script: |
      Ana: you found it
    next: second
  second:
    in: team
    when: day 2, 10:00
    set: {clues: +1}
    script: |
      {if clues >= 3} Ana: three at least
      {if not clues >= 3} Ana: hardly any
    choices:
      open: {label: Open, if: clues >= 3}
      shut: {label: Shut}
      silence:
    next: end
  thanks:
    in: team
    script: |
      Ana: thank you
  nudge:
    in: team
    script: |
      Ana: a nudge
endings:
  over: {title: Over, epilogue: Done.}
"""


@pytest.fixture(scope="module")
def story() -> Story:
    return compile_story(read(TEXT.encode(), "small.yaml"))


def said(play: Play) -> list[str]:
    return [event.text for event in play.events if isinstance(event, ev.MessageShown)]


def value(play: Play, name: str) -> int:
    return play.values[play.story.var_index[name]]


def test_a_play_can_be_set_down_in_a_scene(story: Story) -> None:
    play = Play.at(story, 7, "second", {"clues": 2, "team": 250})
    assert play.offer is not None
    assert play.offer.scene == "second"
    assert play.clock == 86_400 + 10 * 3600
    assert said(play) == ["three at least"]
    assert play.dials["team"] == 250
    assert [event for event in play.events if isinstance(event, ev.SetDown)] == [
        ev.SetDown(at=story.start_clock, scene="second", values={"clues": 2, "team": 250})
    ]
    assert {option.id for option in play.offer.options} == {"open", "shut", "silence"}
    assert play.inputs == []
    play.take(Input("second", choice="open"))
    assert play.ending == "over"
    build(play)  # a debrief can be made of it


def test_a_scene_whose_if_does_not_hold_can_be_set_down_in(story: Story) -> None:
    play = Play.at(story, 7, "locked")
    assert said(play) == ["you found it", "hardly any"]


def test_after_a_consequence_the_story_goes_on(story: Story) -> None:
    play = Play.at(story, 7, "thanks")
    assert said(play) == ["thank you", "hello"]
    play = Play.at(story, 7, "thanks", then="second", clock=86_400 * 9)
    assert said(play) == ["thank you", "hardly any"]
    assert play.clock == 86_400 * 9


@pytest.mark.parametrize(
    ("scene", "values", "then", "words"),
    [
        ("nowhere", {}, None, "no scene 'nowhere'"),
        ("thanks", {}, "nudge", "no scene 'nudge'"),
        ("second", {"nothing": 1}, None, "no value 'nothing'"),
        ("second", {"clues": 6}, None, "from 0 to 5"),
        ("second", {"spoke": -1}, None, "from 0 to 1"),
    ],
)
def test_what_is_not_there_cannot_be_set(
    story: Story, scene: str, values: dict[str, int], then: str | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Play.at(story, 7, scene, values, then=then)


def test_events_of_it_can_be_kept(story: Story) -> None:
    play = Play.at(story, 7, "second", {"clues": 2})
    assert ev.decode(ev.encode(play.events)) == play.events


def opened(story: Story, meddling: Meddling, *choices: str) -> Rehearsal:
    play = Rehearsal.open(story, 7, None, "they", meddling)
    for choice in choices:
        assert play.offer is not None
        play.take(Input(play.offer.scene, choice=choice))
    return play


def test_without_meddling_it_is_the_play(story: Story) -> None:
    play = Play.begin(story, 7)
    play.take(Input("first", choice="speak"))
    other = opened(story, Meddling(), "speak")
    assert other.events == play.events
    assert other.state == play.state


def test_values_are_set_in_a_scene_after_its_own_effect(story: Story) -> None:
    play = opened(story, Meddling(sets={"second": {"clues": 3}}), "speak")
    assert value(play, "clues") == 3
    assert said(play)[-1] == "three at least"
    assert ev.SetDown(at=play.clock, scene="second", values={"clues": 3}) in play.events
    again = opened(story, Meddling(sets={"second": {"clues": 3}}), "speak")
    assert again.events == play.events


def test_what_cannot_be_set_is_said_and_nothing_stops(story: Story) -> None:
    play = opened(story, Meddling(sets={"second": {"clues": 9, "gone": 1, "spoke": 0}}), "speak")
    assert play.unset == ["'clues' goes from 0 to 5.", "There is no value 'gone'."]
    assert value(play, "spoke") == 0
    assert value(play, "clues") == 2


def test_what_is_pending_can_be_let_come(story: Story) -> None:
    plain = opened(story, Meddling(), "speak")
    assert len(plain.pending) == 2
    play = opened(story, Meddling(rushed=frozenset({"second"})), "speak")
    assert play.pending == []
    assert said(play)[-2:] == ["a nudge", "hardly any"]
    assert play.clock == 9 * 3600 + 3 * 86_400
    assert [(one.id, one.scene, one.condition) for one in play.not_come if one.scene == "thanks"] == [
        (play.not_come[-1].id, "thanks", "clues >= 3")
    ]


def test_what_was_passed_over_is_remembered_as_things_stood(story: Story) -> None:
    play = opened(story, Meddling(), "speak")
    (passed,) = play.not_come
    assert (passed.scene, passed.condition, passed.left) == ("locked", "clues >= 4", False)
    assert passed.values[story.var_index["clues"]] == 1


def test_a_rehearsal_can_be_set_down_too(story: Story) -> None:
    play = opened(story, Meddling(Footing("second", {"clues": 1}), {"second": {"clues": 5}}))
    assert play.offer is not None
    assert play.offer.scene == "second"
    assert value(play, "clues") == 5


def test_the_beats_can_be_set_down_in_every_scene() -> None:
    """Every scene of the hardest stories, forced: none of them may fail."""
    beats = sorted((Path(__file__).parents[2] / "fixtures" / "beats").glob("*.yaml"))
    assert beats
    for file in beats:
        story = load_story(file)
        for scene in story.scenes:
            play = Play.at(story, 7, scene)
            assert any(isinstance(event, ev.SceneBegan) and event.scene == scene for event in play.events)
