"""Scenes that begin later than they say."""

from __future__ import annotations

import pytest

from engine.check import check
from engine.script.read import read

STORY = """\
seenby: 1
id: late
title: Late
blurb: Somebody is late.
minutes: 5
begins: Monday 08:00
start: first
cast:
  col: {name: Col}
places:
  team: {group: Team, members: 9, with: [col]}
flags:
  slow: {is: you took your time}
scenes:
  first:
    in: team
    script: |
      Col: Who counts it?
    choices:
      count: {label: Count it, takes: 2 hours, set: {slow: yes}}
      glance: {label: Look at it, takes: 70 minutes}
      ask:
        label: Ask
        script: |
          ... day 1, 09:30
          Col: Nobody.
      silence: {}
    next: NEXT
  between:
    in: team
    if: not slow
    script: |
      Col: So it is short.
    choices:
      wait: {label: Wait, takes: 20 minutes}
      silence: {}
    next: last
  read:
    in: team
    script: |
      ... 50 minutes
      Col: So it is short.
    next: last
  pieces:
    in: team
    pick:
      ask: What do you take?
      takes: 40 minutes
      from:
        tin: {label: The tin}
        key: {label: The key}
    next: last
  last:
    in: team
    when: day 1, 09:00
    script: |
      Col: Good morning.
    next: end
endings:
  home: {title: Home, epilogue: You went home.}
"""


def said(onward: str, story: str = STORY) -> list[str]:
    found = check(read(story.replace("NEXT", onward).encode(), "late.yaml"))
    assert not [one for one in found if one.code.startswith("SB2")]
    return [one.message for one in found if one.code == "SB334"]


def test_what_takes_too_long_is_named_with_how_late_the_scene_is() -> None:
    assert said("last") == [
        "'last' can begin 1 hour later than it says, after 'count' in 'first'",
        "'last' can begin 30 minutes later than it says, after 'ask' in 'first'",
    ]


def test_what_cannot_happen_in_one_play_is_not_named() -> None:
    # Who counts is never asked to wait.
    assert said("between") == ["'last' can begin 1 hour later than it says, after 'count' in 'first'"]
    never = (
        STORY.replace("takes: 2 hours", "takes: 1 hour")
        .replace("takes: 70 minutes", "takes: 5 minutes")
        .replace("09:30", "08:10")
    )
    assert said("between", never) == []


@pytest.mark.parametrize("scene", ["read", "pieces"])
def test_waits_add_up_over_scenes(scene: str) -> None:
    calm = STORY.replace("takes: 2 hours, ", "takes: 40 minutes, ").replace("takes: 70 minutes", "takes: 1 minute")
    (late,) = said(scene, calm.replace("09:30", "08:10"))
    assert late.startswith("'last' can begin ")


def test_a_moment_after_what_came_before_is_never_late() -> None:
    assert said("last", STORY.replace("when: day 1, 09:00", "when: +10 minutes")) == []
