"""Which scenes to read the player chose to read. A scene with `skip` and no decision asks before anything of it is told.

The answer is no decision: what happens in the scene holds all the same, no play becomes another by it, and nothing is reckoned
with it. A `ReadingChosen` stands among the events for whoever looks back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.play import events as ev
from engine.play.events import Event
from engine.play.inputs import Input
from engine.story.model import Scene, Story

WORDS = (ev.MessageShown, ev.Reacted, ev.Counted, ev.ReadBy, ev.Edited, ev.Typing)
"""What is said in a scene, and what belongs to it: nothing of it is seen where the scene is skipped."""


def asks_first(scene: Scene | None) -> bool:
    """Whether the player is asked before this scene is told: it can be skipped, and it has no decision to skip it at."""
    return scene is not None and scene.skip is not None and not scene.decides


def only_reading(story: Story, given: Input) -> bool:
    """Whether a line of a transcript skips a scene to read. It stands in its place among the decisions, and is none."""
    return given.how == "skip" and asks_first(story.scenes.get(given.scene))


def chosen(events: Sequence[Event]) -> dict[int, bool]:
    """The number of the event that began a scene, to whether the player read it, for every scene that they answered for, or skipped."""
    found: dict[int, bool] = {}
    begun: dict[str, list[int]] = {}
    latest: dict[str, int] = {}
    for index, event in enumerate(events):
        if isinstance(event, ev.SceneBegan):
            begun.setdefault(event.scene, []).append(index)
            latest[event.scene] = index
        elif isinstance(event, ev.DecisionTaken):
            begun.clear()
            if event.how == "skip" and event.scene in latest:
                found[latest[event.scene]] = False
        elif isinstance(event, ev.ReadingChosen) and event.scene in begun:
            came = begun[event.scene]
            found[next((at for at in came if at not in found), came[-1])] = event.read
    return found


def unanswered(story: Story, events: Sequence[Event]) -> int | None:
    """The number of the event that began the first scene since the last decision that the player is still to be asked about."""
    answered = chosen(events)
    first: int | None = None
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if isinstance(event, ev.DecisionTaken):
            break
        if isinstance(event, ev.SceneBegan) and asks_first(story.scenes.get(event.scene)) and index not in answered:
            first = index
    return first


def in_sight(events: Sequence[Event]) -> Iterator[tuple[int, Event]]:
    """Events with their numbers, without what was said in scenes that the player chose not to read; who came and went is kept."""
    answered = chosen(events)
    unread = False
    for index, event in enumerate(events):
        if isinstance(event, ev.SceneBegan):
            unread = not answered.get(index, True)
        elif isinstance(event, ev.SceneEnded | ev.DecisionTaken):
            yield index, event
            unread = False
            continue
        if not (unread and isinstance(event, WORDS)):
            yield index, event


__all__ = ["WORDS", "asks_first", "chosen", "in_sight", "only_reading", "unanswered"]
