"""What has happened so far, for those who come late, and two roads beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.play.events import DecisionOffered, DecisionTaken, EndingReached, SceneBegan
from engine.play.inputs import Input
from engine.play.play import Play
from engine.room import ballot as votes
from engine.room.ballot import Outcome, Split
from engine.room.question import Question, question_of
from engine.room.room import Room, generic
from engine.room.state import Visit


@dataclass(frozen=True, slots=True)
class Step:
    """A decision on a road: what was asked, how the room voted, what was done."""

    node: int
    """Where the question stood; going there asks it again."""
    to: int
    """The node after it."""
    at: int
    """Story time, seconds."""
    scene: str
    title: str
    """Of the scene."""
    question: Question
    taken: Input
    label: str
    labels: tuple[str, ...]
    """What was picked, piece by piece."""
    visit: Visit | None
    """The vote; None when nothing is known of one."""
    split: Split | None
    """None: no split was shown, the facilitator decided."""
    outcome: Outcome | None
    """What the votes said; None as with `split`."""
    discuss: str
    """What the room was asked to talk about; empty: it was not."""

    @property
    def words(self) -> str:
        """What was done."""
        return self.label if not self.labels else f"{self.label} ({'; '.join(self.labels)})"


@dataclass(frozen=True, slots=True)
class Road:
    """A way through the story that a room took, up to a node."""

    node: int
    steps: tuple[Step, ...]
    ending: str | None
    ending_title: str
    dials: Mapping[str, int]
    """Hundredths of a point."""


def road(room: Room, node: int | None = None) -> Road:
    """The way to where the room stands, or to a node. Costs a replay."""
    end = room.state.node if node is None else node
    path = room.path_to(end)
    play = Play.begin(room.story, room.setup.seed, room.name)
    titles: dict[str, str] = {}
    steps: list[Step] = []
    seen = 0
    for one in path:
        for event in play.events[seen:]:
            if isinstance(event, SceneBegan):
                titles[event.scene] = event.title
        seen = len(play.events)
        offer = play.offer
        assert isinstance(offer, DecisionOffered)
        assert one.input is not None
        question = question_of(offer)
        discuss = play.text(room.story.scenes[offer.scene].discuss or "") or generic(question)
        events = play.take(one.input)
        taken = next(event for event in events if isinstance(event, DecisionTaken))
        visit = room.decided_visit(one.id)
        shown = visit is not None and visit.revealed
        ballot = votes.NO_VOTES if visit is None else visit.second if visit.shifted else visit.first
        steps.append(
            Step(
                one.parent,
                one.id,
                offer.at,
                offer.scene,
                titles.get(offer.scene, ""),
                question,
                one.input,
                taken.label,
                taken.labels,
                visit,
                votes.split(question, visit.first, visit.second if visit.shifted else None) if visit and shown else None,
                votes.outcome(question, ballot, room.setup) if shown else None,
                discuss if visit is not None and visit.talked else "",
            )
        )
    ending = next((event for event in reversed(play.events) if isinstance(event, EndingReached)), None)
    return Road(
        end, tuple(steps), ending.ending if ending is not None else None, ending.title if ending is not None else "", play.dials
    )


@dataclass(frozen=True, slots=True)
class Fork:
    """Two roads beside each other."""

    same: tuple[Step, ...]
    """Decisions that both have in common, from the beginning."""
    one: Road
    other: Road

    @property
    def parted(self) -> tuple[Step | None, Step | None]:
        """The decisions at which they part; None for a road that ends before."""
        at = len(self.same)
        return (
            self.one.steps[at] if at < len(self.one.steps) else None,
            self.other.steps[at] if at < len(self.other.steps) else None,
        )


def compare(room: Room, one: int, other: int) -> Fork:
    """Two roads, to these nodes. Raises NotNow for a node that is not there."""
    first, second = road(room, one), road(room, other)
    same = 0
    for mine, theirs in zip(first.steps, second.steps, strict=False):
        if mine.to != theirs.to:
            break
        same += 1
    return Fork(first.steps[:same], first, second)


def other_roads(room: Room) -> tuple[int, ...]:
    """The ends of the roads that were taken beside the one where the room stands, newest first."""
    mine = {0, *(node.id for node in room.path)}
    return tuple(node.id for node in reversed(room.tips()) if node.id not in mine)


def to_come(room: Room) -> tuple[str, ...]:
    """Scenes of this stretch that begin at a stop which is not told yet, and so can be jumped to with `Tell`."""
    told = room.state.told
    return tuple(dict.fromkeys(stop.scene for stop in room.stops[told:] if stop.scene))


__all__ = ["Fork", "Road", "Step", "compare", "other_roads", "road", "to_come"]
