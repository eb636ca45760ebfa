"""Scenes to read that can be skipped: what was answered, and what is seen of them."""

from __future__ import annotations

import pytest

from engine.debrief import build
from engine.debrief.visits import visits
from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.play.reading import asks_first, chosen, in_sight, only_reading, unanswered
from engine.proof.prover import prove
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

TEXT = """
seenby: 1
id: hard
title: A hard part
minutes: 5
begins: Monday 10:00
cast:
  col: {name: Col, is: a colleague}
places:
  team: {group: Team, members: 8, with: [col]}
  dm: {dm: col}
flags:
  heard: {is: you were told}
scenes:
  first:
    in: team
    script: |
      Col: morning
    choices:
      ask: {label: Ask, later: {after: 2 days, scene: night}}
      silence: {label: Say nothing}
    next: letter
  letter:
    when: +1 hours
    in: dm
    skip: You put it away.
    script: |
      Col [words]: masked: it says what they did
    set: {heard: yes}
    next: last
  night:
    in: dm
    skip: You do not look.
    script: |
      Col: i am not well
  last:
    when: +3 days
    in: team
    script: |
      Col: evening
    choices:
      silence: {label: Go home}
    next: end
endings:
  fine: {title: Fine, epilogue: It was.}
"""


@pytest.fixture(scope="module")
def story() -> Story:
    return compile_story(read(TEXT.encode(), "hard.yaml"))


def begun(story: Story) -> Play:
    return Play.replay(story, 7, [Input("first", choice="ask")], "Alex")


def texts(play: Play) -> list[str]:
    return [event.text for _index, event in in_sight(play.events) if isinstance(event, ev.MessageShown)]


def lines(play: Play, scene: str) -> list[str]:
    return [line.text for moment in build(play).moments if moment.scene == scene for line in moment.lines]


def test_a_scene_to_read_asks_and_one_with_a_decision_does_not(story: Story) -> None:
    assert [name for name, scene in story.scenes.items() if asks_first(scene)] == ["letter", "night"]
    assert not asks_first(None)


def test_the_answer_changes_nothing_but_what_is_read(story: Story) -> None:
    """Neither what follows nor what is reckoned knows of it."""
    stories = [begun(story) for _each in range(3)]
    stories[1].note_reading("letter", True)
    stories[2].note_reading("letter", False)
    for play in stories:
        assert play.offer is not None
        assert play.dials == stories[0].dials
        assert play.values == stories[0].values
        assert play.values[story.var_index["heard"]] == 1, "what the scene sets holds all the same"
        play.take(Input("last", choice="silence"))
        assert play.ending == "fine"
        assert [str(given) for given in play.inputs] == ["first: ask", "last: silence"]
    with pytest.raises(NotPossible):
        begun(story).take(Input("letter", "skip"))
    assert prove(story).plays == 2


def test_only_what_was_answered_stands_open_in_the_debrief(story: Story) -> None:
    for answer, told in ((None, ["You put it away."]), (False, ["You put it away."]), (True, ["it says what they did"])):
        play = begun(story)
        if answer is not None:
            play.note_reading("letter", answer)
        assert [line.strip("\ue000\ue001") for line in lines(play, "letter")] == told
        assert lines(play, "night") == ["You do not look."]
        assert [visit.scene for visit in visits(play) if visit.covered] == ["night"] if answer else ["letter", "night"]


def test_the_first_that_is_not_answered_is_asked_about_and_none_before_the_last_decision(story: Story) -> None:
    play = begun(story)
    first = unanswered(story, play.events)
    assert first is not None
    assert play.events[first] == next(one for one in play.events if isinstance(one, ev.SceneBegan) and one.scene == "letter")
    play.note_reading("letter", False)
    second = unanswered(story, play.events)
    assert second is not None
    assert second > first
    play.note_reading("night", True)
    assert unanswered(story, play.events) is None
    assert chosen(play.events) == {first: False, second: True}
    unasked = begun(story)
    unasked.take(Input("last", choice="silence"))
    assert unanswered(story, unasked.events) is None


def test_another_answer_to_the_same_scene_counts(story: Story) -> None:
    """It was begun, and skipped in the middle."""
    play = begun(story)
    play.note_reading("letter", True)
    play.note_reading("letter", False)
    assert list(chosen(play.events).values()) == [False]
    play.note_reading("nowhere", True)
    play.take(Input("last", choice="silence"))
    play.note_reading("letter", True)
    assert list(chosen(play.events).values()) == [False], "once the story has gone on, it is too late"


def test_what_is_skipped_is_not_seen_and_the_rest_is(story: Story) -> None:
    play = begun(story)
    assert [text.strip("\ue000\ue001") for text in texts(play)] == [
        "morning",
        "it says what they did",
        "i am not well",
        "evening",
    ]
    play.note_reading("letter", False)
    play.note_reading("night", True)
    assert texts(play) == ["morning", "i am not well", "evening"]
    assert len(play.events) - len(list(in_sight(play.events))) == 1, "only its words are out of sight"


def test_what_is_skipped_at_its_decision_is_not_seen_either() -> None:
    skips = TEXT.replace("  first:\n    in: team\n", "  first:\n    in: team\n    skip: It is morning.\n").replace(
        "      ask: {", '      look: {label: Look, look: yes, script: "Col: look"}\n      ask: {'
    )
    story = compile_story(read(skips.encode(), "hard.yaml"))
    play = Play.replay(story, 7, [Input("first", choice="look"), Input("first", "skip")], "Alex")
    assert [text.strip("\ue000\ue001") for text in texts(play)] == ["look", "it says what they did", "evening"]
    assert [visit.scene for visit in visits(play) if visit.covered] == ["first", "letter"]
    kept = Play.replay(story, 7, [Input("first", choice="look"), Input("first", choice="silence")], "Alex")
    assert texts(kept)[:2] == ["morning", "look"]


def test_a_line_of_a_transcript_may_skip_it(story: Story) -> None:
    assert only_reading(story, Input("letter", "skip"))
    assert not only_reading(story, Input("last", "skip"))
    assert not only_reading(story, Input("letter"))
    assert not only_reading(story, Input("nowhere", "skip"))
