"""A play once more, step by step: where one can stop, and what has happened by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.debrief.model import Debrief, Moment
from engine.play import events as ev
from engine.play.play import Play


@dataclass(frozen=True, slots=True)
class Step:
    """A place to stop: the play as it stood after its first `upto` events."""

    upto: int
    moment: int
    """Index into `Debrief.moments`."""
    what: Literal["told", "decision", "done", "covered"]
    """`told`: something was shown. `decision`: the player is about to decide, and did. `done`: the last of the moment.
    `covered`: a moment that was not read."""
    place: str | None = None
    """The place in front."""
    taken: int = 0
    """How many of the moment's decisions have been taken by now, the one at this stop among them."""


SHOWS = (ev.MessageShown, ev.Reacted, ev.Edited, ev.Deleted, ev.Expired, ev.Joined, ev.Left, ev.Renamed, ev.TimerSet)
"""What can be seen to happen. Counters and receipts come with what is next."""


def steps(play: Play, debrief: Debrief) -> list[Step]:
    """Every stop of a play, in order; each has at least as many events as the one before. Empty for a play without moments."""
    found: list[Step] = []
    for number, moment in enumerate(debrief.moments):
        found += _of_moment(play, moment, number)
    return found


def _of_moment(play: Play, moment: Moment, number: int) -> list[Step]:
    began = play.events[moment.first] if moment.first < len(play.events) else None
    place = began.place if isinstance(began, ev.SceneBegan) else None
    if moment.covered:
        return [Step(moment.last, number, "covered", place)]
    found: list[Step] = []
    front, taken = place, 0
    for index in range(moment.first, moment.last):
        event = play.events[index]
        if isinstance(event, ev.DecisionTaken):
            taken += 1
            found.append(Step(index, number, "decision", place, taken))
            front = place
        elif isinstance(event, SHOWS) and not (isinstance(event, ev.MessageShown | ev.Joined | ev.Left) and event.past):
            front = event.place
            found.append(Step(index + 1, number, "told", front, taken))
    if taken or not found:
        found.append(Step(moment.last, number, "done", front, taken))
    elif found[-1].what == "told":
        last = found[-1]
        found[-1] = Step(moment.last, number, "done", last.place, taken)
    return found


def stops(found: list[Step]) -> list[int]:
    """The steps at which one is led from moment to moment: each decision, and the last of each moment."""
    return [index for index, step in enumerate(found) if step.what != "told"]
