"""Forwarding has a cap: five chats at once, one for what was forwarded many times."""

from __future__ import annotations

import pytest

from engine.play.events import MessageShown
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.play.stepper import Stepper
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

FILE = """\
seenby: 1
id: caps
title: Caps
minutes: 1
begins: Monday 09:00
cast:
  ana: {name: Ana}
  ben: {name: Ben}
  cal: {name: Cal}
places:
  team: {group: Team, members: 5, with: [ana, ben, cal]}
  ana-dm: {dm: ana}
  ben-dm: {dm: ben}
scenes:
  one:
    in: team
    script: |
      Cal [meme] (picture, LABEL): A goose in a hat.
    choices:
      to-ana: {label: Send it to Ana, forward: meme, to: ana-dm, stay: yes}
      to-ben: {label: Send it to Ben, forward: meme, to: ben-dm, send: Look at this, stay: yes}
      silence: {thought: It is only a goose.}
    next: end
endings:
  over: {title: Over, epilogue: So it goes.}
"""


def story(label: str) -> Story:
    return compile_story(read(FILE.replace("LABEL", label).encode(), "caps.yaml"))


def test_many_times_forwarded_goes_to_one_chat() -> None:
    viral = story("forwarded many times")
    play = Play.begin(viral, 1)
    play.take(Input("one", choice="to-ana"))
    assert play.offer is not None
    (ben,) = (option for option in play.offer.options if option.id == "to-ben")
    assert not ben.available
    assert ben.why_not == "The app sends this to one chat at a time: it has been forwarded many times."
    stepper = Stepper(viral)
    assert [one.choice for one in stepper.inputs(play.state)] == ["silence"]
    with pytest.raises(NotPossible, match="one chat at a time"):
        play.take(Input("one", choice="to-ben"))


def test_an_ordinary_forward_goes_to_several_and_keeps_its_label() -> None:
    play = Play.begin(story("forwarded"), 1)
    play.take(Input("one", choice="to-ana"))
    play.take(Input("one", choice="to-ben"))
    shown = {
        event.place: event
        for event in play.events
        if isinstance(event, MessageShown) and event.forwarded and event.place != "team"
    }
    assert {place: event.forwarded for place, event in shown.items()} == {"ana-dm": 1, "ben-dm": 1}
    sent = [event.id for event in play.events if isinstance(event, MessageShown) and event.sender == "you"]
    assert sent == ["one.to-ana", "one.to-ben.forward", "one.to-ben"], "a forward and the words beside it are two messages"
