"""A play cut into its scenes as they came, and which of them the player chose not to read.

A scene to read that can be skipped asks first, and what was answered counts. Where no answer is known (an old save, a file of
decisions), it is told in its one line like one that was skipped: nobody meets unasked what they may not want to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.play import events as ev
from engine.play.play import Play
from engine.play.reading import chosen


@dataclass(slots=True)
class Visit:
    """One time that a scene came: the events from `first` up to, and without, `last`."""

    scene: str
    """Empty for what was told before the first scene."""
    place: str | None
    first: int
    last: int
    covered: bool = False
    """It was skipped, or could be, nothing was decided in it and nobody said that they read it. It is told in its one line, wherever one
    looks back."""


def visits(play: Play) -> list[Visit]:
    """The scenes of a play, in the order in which they came."""
    answered = chosen(play.events)
    found = [Visit("", None, 0, 0)]
    decided = skipped = False
    for index, event in enumerate(play.events):
        if isinstance(event, ev.SceneBegan):
            _close(play, found[-1], index, decided, skipped, answered)
            found.append(Visit(event.scene, event.place, index, index))
            decided = skipped = False
        elif isinstance(event, ev.DecisionTaken):
            decided = True
            skipped = skipped or event.how == "skip"
    _close(play, found[-1], len(play.events), decided, skipped, answered)
    return found


def _close(play: Play, visit: Visit, last: int, decided: bool, skipped: bool, answered: dict[int, bool]) -> None:
    visit.last = last
    scene = play.story.scenes.get(visit.scene)
    unread = not answered.get(visit.first, decided)
    visit.covered = scene is not None and scene.skip is not None and (skipped or unread)


def in_sight(play: Play) -> Iterator[tuple[int, ev.Event, Visit]]:
    """Every event with its number and the scene that it came in, but for what the player chose not to read."""
    for visit in visits(play):
        if not visit.covered:
            for index in range(visit.first, visit.last):
                yield index, play.events[index], visit
