"""How a room stands: a value, made from the inputs alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.play.inputs import Input
from engine.room.ballot import NO_VOTES, Ballot
from engine.room.inputs import Phase

By = Literal["", "room", "tie", "facilitator", "lapse", "skip"]
"""Who decided: nobody yet; most of the room; the facilitator among what was tied; the facilitator; the time limit; nobody, it was skipped."""


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the story where the room has been: after `input` was done at node `parent`. Node 0 is the beginning."""

    id: int
    parent: int
    input: Input | None
    visit: int
    """The visit that led here first; -1 for the beginning."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A decision as a room met it once. Coming back to it is another visit; nothing of this one is lost."""

    id: int
    node: int
    """Where in the story the question stood."""
    scene: str
    first: Ballot = NO_VOTES
    second: Ballot = NO_VOTES
    revealed: bool = False
    """The split of the first round was shown."""
    shifted: bool = False
    """The split of the second round was shown."""
    talked: bool = False
    """The room was asked to talk about it."""
    decided: Input | None = None
    by: By = ""
    led_to: int = -1
    """The node after what was decided; -1: nothing was."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A countdown, by the clock on the wall of whoever started it."""

    left: float
    """Seconds left at `since`."""
    running: bool
    since: float
    """Wall-clock time, seconds."""

    def at(self, now: float) -> float:
        """Seconds left at the wall-clock time `now`; never less than none."""
        return max(self.left - (max(now - self.since, 0.0) if self.running else 0.0), 0.0)


@dataclass(frozen=True, slots=True)
class State:
    """How a room stands."""

    phase: Phase = "telling"
    node: int = 0
    """Where in the story: the decisions on the way to it are `Room.path`."""
    told: int = 0
    """How many stops of the stretch after `node` are told."""
    visit: int = -1
    """The visit that is on; -1 while none has begun."""
    nodes: tuple[Node, ...] = (Node(0, -1, None, -1),)
    visits: tuple[Visit, ...] = ()
    countdown: Countdown | None = None
    skipped: tuple[tuple[int, int], ...] = ()
    """What was passed over: (node, number of the first stop of it in that stretch, as the story has them)."""
    page: int = 0
    """Which page of the looking back is shown, from 0."""


__all__ = ["By", "Countdown", "Node", "State", "Visit"]
