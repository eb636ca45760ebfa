"""Scenes in which nothing is left to see: what was said there was said in a place that the player had left.

They have happened, with all that they change. A front end shows nothing of them: no moment of time passing, no empty page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from engine.play import events as ev
from engine.play.events import Event
from engine.script.times import duration_words

_SEEN = (
    ev.MessageShown,
    ev.Typing,
    ev.Reacted,
    ev.ReadBy,
    ev.Counted,
    ev.Edited,
    ev.Deleted,
    ev.Joined,
    ev.Left,
    ev.Renamed,
    ev.TimerSet,
    ev.Muted,
    ev.Skipped,
)
_FRAME = (ev.TimePassed, ev.SeenLate, ev.ConsequenceDue)


def to_be_seen(events: Iterable[Event]) -> list[Event]:
    """These events without the frames of scenes that show nothing. The time that such a scene took is added to what follows."""
    given = list(events)
    kept: list[Event] = []
    before: list[Event] = []
    """What leads to the next scene."""
    passed: ev.TimePassed | None = None
    """Time that has passed on the way to scenes that are not shown."""
    ends: Event | None = None
    for index, event in enumerate(given):
        if event is ends:
            ends = None
            continue
        if isinstance(event, ev.SceneBegan):
            end = _end_of_empty(given, index)
            if end is not None:
                ends = end
                passed = _without(kept, before, passed)
                before = []
                continue
            before = []
        elif ends is not None and isinstance(event, ev.Breath):
            continue
        if passed is not None and isinstance(event, ev.TimePassed):
            event = _together(passed, event)
            passed = None
        elif passed is not None and isinstance(event, ev.SceneBegan | ev.EndingReached):
            kept.append(passed)
            passed = None
        if isinstance(event, _FRAME):
            before.append(event)
        kept.append(event)
    return kept


def _end_of_empty(given: Sequence[Event], start: int) -> Event | None:
    """The event that ends the scene which begins at `start`; None when there is something to see in it."""
    scene = given[start]
    assert isinstance(scene, ev.SceneBegan)
    for event in given[start + 1 :]:
        if isinstance(event, ev.SceneEnded):
            return event if event.scene == scene.scene else None
        if isinstance(event, (*_SEEN, ev.SceneBegan, ev.DecisionOffered, ev.EndingReached)):
            return None
    return None


def _without(kept: list[Event], before: list[Event], passed: ev.TimePassed | None) -> ev.TimePassed | None:
    """Take what led to a scene out of `kept`; gives back the time that has passed so far."""
    for event in before:
        if isinstance(event, ev.ConsequenceDue) and event.scene is None:
            continue
        at = next(index for index in range(len(kept) - 1, -1, -1) if kept[index] is event)
        del kept[at]
        if isinstance(event, ev.TimePassed):
            passed = event if passed is None else _together(passed, event)
    return passed


def _together(first: ev.TimePassed, second: ev.TimePassed) -> ev.TimePassed:
    """Two stretches of time as one."""
    return msgspec.structs.replace(second, since=first.since, words=duration_words(second.at - first.since))
