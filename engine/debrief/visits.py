"""A play cut into its scenes as they came, and which of them the player chose not to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.play import events as ev
from engine.play.play import Play


@dataclass(slots=True)
class Visit:
    """One time that a scene came: the events from `first` up to, and without, `last`."""

    scene: str
    """Empty for what was told before the first scene."""
    place: str | None
    first: int
    last: int
    covered: bool = False
    """It was skipped, or could be and nothing was decided in it. It is told in its one line, wherever one looks back."""


def visits(play: Play) -> list[Visit]:
    """The scenes of a play, in the order in which they came."""
    found = [Visit("", None, 0, 0)]
    decided = skipped = False
    for index, event in enumerate(play.events):
        if isinstance(event, ev.SceneBegan):
            _close(play, found[-1], index, decided, skipped)
            found.append(Visit(event.scene, event.place, index, index))
            decided = skipped = False
        elif isinstance(event, ev.DecisionTaken):
            decided = True
            skipped = skipped or event.how == "skip"
    _close(play, found[-1], len(play.events), decided, skipped)
    return found


def _close(play: Play, visit: Visit, last: int, decided: bool, skipped: bool) -> None:
    visit.last = last
    scene = play.story.scenes.get(visit.scene)
    visit.covered = scene is not None and scene.skip is not None and (skipped or not decided)


def in_sight(play: Play) -> Iterator[tuple[int, ev.Event, Visit]]:
    """Every event with its number and the scene that it came in, but for what the player chose not to read."""
    for visit in visits(play):
        if not visit.covered:
            for index in range(visit.first, visit.last):
                yield index, play.events[index], visit
