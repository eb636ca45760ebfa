"""Where a telling stops for the facilitator's key: one message, or one change, or one leap of time at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.play import events as ev
from engine.play.events import Event

Kind = Literal["message", "change", "time", "line", "end"]

LEAP = 60 * 60
"""Story seconds from which a leap of time is a stop of its own."""

_CHANGES = (
    ev.Reacted, ev.ReadBy, ev.Counted, ev.Edited, ev.Deleted, ev.Expired, ev.Joined, ev.Left, ev.Renamed, ev.TimerSet, ev.Muted,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """What one key brings: the events from `first` up to `last`, which is not among them, as places in `Play.events`."""

    kind: Kind
    """message; change (reactions, counters, comings and goings); time (a leap); line (what was left out or skipped); end."""
    first: int
    last: int
    scene: str
    """The scene that is told; empty before the first."""


def _kind(event: Event) -> Kind | None:
    if isinstance(event, ev.MessageShown):
        return None if event.past else "message"
    if isinstance(event, _CHANGES):
        return None if getattr(event, "past", False) else "change"
    if isinstance(event, ev.Skipped | ev.SceneCut):
        return "line"
    return "end" if isinstance(event, ev.EndingReached) else None


def stops(events: Sequence[Event], start: int, scene: str = "") -> tuple[Stop, ...]:
    """The stops of the events from `start` on; `scene` is the one they begin in. Every event belongs to one, unless there is no stop."""
    found: list[Stop] = []
    first = start
    leap: int | None = None
    """One past the last leap of time that nothing has followed yet."""
    passed = 0
    for index in range(start, len(events)):
        event = events[index]
        if isinstance(event, ev.SceneBegan):
            scene = event.scene
        elif isinstance(event, ev.TimePassed):
            leap, passed = index + 1, passed + event.at - event.since
        kind = _kind(event)
        if kind is None:
            continue
        if leap is not None and passed >= LEAP:
            found.append(Stop("time", first, leap, scene))
            first = leap
        elif kind == "change" and leap is None and found and found[-1].kind == "change" and found[-1].scene == scene:
            first = found.pop().first
        found.append(Stop(kind, first, index + 1, scene))
        first, leap, passed = index + 1, None, 0
    if found and first < len(events):
        last = found[-1]
        found[-1] = Stop(last.kind, last.first, len(events), last.scene)
    return tuple(found)


SAID = (
    ev.MessageShown, ev.Reacted, ev.Counted, ev.ReadBy, ev.Edited, ev.Typing, ev.Deleted, ev.Expired,
)  # fmt: skip
"""What belongs to words, and is not told of what is passed over; who came and went is."""


def passed_over(found: Sequence[Stop], at: int) -> Stop:
    """The one stop that stands for those of a scene from `found[at]` on."""
    first = found[at]
    last = first
    for stop in found[at:]:
        if stop.scene != first.scene or stop.kind == "end":
            break
        last = stop
    return Stop("line", first.first, last.last, first.scene)


__all__ = ["LEAP", "SAID", "Kind", "Stop", "passed_over", "stops"]
