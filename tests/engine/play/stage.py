"""Small scenarios for tests of plays: a frame with people and places, and scenes that a test writes."""

from __future__ import annotations

from typing import TypeVar

from engine.play.events import Event
from engine.play.inputs import parse_input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

Kind = TypeVar("Kind", bound=Event)
MINUTE, HOUR, DAY = 60, 3600, 86_400
NINE = 9 * HOUR
"""When these stories begin."""

FRAME = """\
seenby: 1
id: stage
title: A stage
minutes: 1
begins: Monday 09:00
cast:
  col: {name: Col, is: on your team}
  jo: {name: Jo, is: in the control room}
places:
  team: {group: Team, members: 9, with: [col, jo]PLACE}
  jo-dm: {dm: jo}
  page: {feed: The page, followers: 100}
  inbox: {mail: Inbox}
  room: {in-person: A room}
flags:
  days: {from: 0, to: 5}
scenes:
SCENES
ENDINGS
"""
ENDINGS = """\
endings:
  only: {title: The end, epilogue: It is over.}
"""


def stage(scenes: str, *, endings: str = ENDINGS, place: str = "") -> Story:
    """A story with these scenes; `place` is added to the keys of the group."""
    text = FRAME.replace("PLACE", place).replace("SCENES", scenes.strip("\n")).replace("ENDINGS", endings.strip("\n"))
    return compile_story(read(text.encode(), "stage.yaml"))


def play(story: Story, *lines: str, seed: int = 1, name: str = "Alex") -> Play:
    """A play with these inputs; the stepper goes along and must stand where the play stands."""
    played = Play.begin(story, seed, name)
    stepper = Stepper(story)
    state = stepper.start()
    assert state == played.state
    for line in lines:
        given = parse_input(line)
        played.take(given)
        state = stepper.step(state, given)
        assert state == played.state, line
    return played


def of(played: Play, *kinds: type[Kind]) -> list[Kind]:
    """The events of some kinds, in order."""
    return [event for event in played.events if isinstance(event, kinds)]
