"""Where in the story a room stands: the play up to there, the stops in which its last stretch is told, and what is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.play.events import Event, SceneBegan, Skipped
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.reading import asks_first
from engine.room.question import Question, question_of
from engine.room.state import State
from engine.room.stops import SAID, Stop, passed_over, stops
from engine.story.model import Story


class Way:
    """A play at one node of a room's tree, put to another when the room goes there."""

    def __init__(self, story: Story, seed: int, name: str | None) -> None:
        """At the beginning. `name` is what the story calls the player."""
        self._story = story
        self._seed = seed
        self._name = name
        self.play = Play.begin(story, seed, name)
        """With everything in it that comes before the next decision, told or not."""
        self.node = 0
        """Where it stands."""
        self._marks: list[int] = [0]
        """Where in the play's events each stretch of the way begins."""
        self._raw: tuple[Stop, ...] = ()
        self.stops: tuple[Stop, ...] = ()
        """The stops of the last stretch, with one for what is passed over."""
        self._hushed: tuple[Stop, ...] = ()
        """What is passed over on the way, oldest first."""
        self.question: Question | None = None
        """What the stretch leads to; None when it leads to the end."""

    # Going

    def take(self, taken: Input, node: int) -> None:
        """Go on to a node by a decision. Raises NotPossible, and stands where it stood."""
        mark = len(self.play.events)
        self.play.take(taken)
        self._marks.append(mark)
        self.node = node

    def go(self, node: int, inputs: Sequence[Input]) -> bool:
        """Stand at the node to which these decisions lead. Returns whether that is another one."""
        if self.node == node:
            return False
        play = Play.begin(self._story, self._seed, self._name)
        marks = [0]
        for taken in inputs:
            marks.append(len(play.events))
            play.take(taken)
        self.play, self._marks, self.node = play, marks, node
        return True

    # Stops

    def look(self, state: State) -> None:
        """Find the stops and the question anew, with what a state passes over."""
        self._raw = self._stretch(len(self._marks) - 1)
        self.stops = self.stops_with(state)
        self.question = question_of(self.play.offer) if self.play.offer is not None else None
        way: list[int] = []
        here = self.node
        while here >= 0:
            way.insert(0, here)
            here = state.nodes[here].parent
        self._hushed = tuple(
            passed_over(self._stretch(way.index(node)), number) for node, number in state.skipped if node in way
        )

    def stops_with(self, state: State) -> tuple[Stop, ...]:
        """The stops of this stretch, with one for each thing that a state passes over."""
        found = self._raw
        for node, number in sorted(state.skipped, reverse=True):
            if node == self.node:
                one = passed_over(self._raw, number)
                found = (
                    *(stop for stop in found if stop.first < one.first),
                    one,
                    *(stop for stop in found if stop.first >= one.last),
                )
        return found

    def hushing(self, state: State) -> State:
        """The state that passes over what comes next of the scene that is told."""
        first = self.stops[state.told].first
        number = next(at for at, stop in enumerate(self._raw) if stop.first == first)
        return replace(state, skipped=(*state.skipped, (state.node, number)))

    def _stretch(self, number: int) -> tuple[Stop, ...]:
        """The stops of a stretch of the way, as the story has them; 0 is the first."""
        start = self._marks[number]
        end = self._marks[number + 1] if number + 1 < len(self._marks) else len(self.play.events)
        began = (event.scene for event in reversed(self.play.events[:start]) if isinstance(event, SceneBegan))
        return stops(self.play.events[:end], start, next(began, ""))

    # What is told

    def told(self, state: State) -> Sequence[Event]:
        """All events that are told at a state, from the beginning."""
        return self._visible(0, self._until(state))

    def fresh(self, state: State) -> Sequence[Event]:
        """The events of the last stop that was told; none at the beginning of a stretch."""
        stop = self._stop(state)
        return () if stop is None else self._visible(stop.first, stop.last)

    def as_read(self, state: State, inputs: Sequence[Input]) -> Play:
        """The play of these decisions once more: it knows of each scene to read whether it was told or passed over."""
        play = Play.begin(self._story, self._seed, self._name)
        ends = [*self._marks[1:], len(self.play.events)]
        until = self._until(state)
        for number, (start, end) in enumerate(zip(self._marks, ends, strict=True)):
            if number:
                play.take(inputs[number - 1])
            passed = {stop.scene for stop in self._hushed if start <= stop.first < end}
            for event in self.play.events[start : min(end, until)]:
                if isinstance(event, SceneBegan) and asks_first(self._story.scenes.get(event.scene)):
                    play.note_reading(event.scene, event.scene not in passed)
        return play

    def _until(self, state: State) -> int:
        """Up to where the play's events are told."""
        stop = self._stop(state)
        if stop is not None:
            return stop.last
        return self._marks[-1] if self.stops else len(self.play.events)

    def _stop(self, state: State) -> Stop | None:
        """The stop that was told last."""
        return self.stops[min(state.told, len(self.stops)) - 1] if state.told and self.stops else None

    def _visible(self, first: int, last: int) -> Sequence[Event]:
        """The events from `first` up to `last` without what is passed over; a line tells what it was."""
        hushed = [stop for stop in self._hushed if stop.first < last and first < stop.last]
        if not hushed:
            return self.play.events[first:last]
        found: list[Event] = []
        for index in range(first, last):
            event = self.play.events[index]
            over = next((stop for stop in hushed if stop.first <= index < stop.last), None)
            if over is None or not isinstance(event, SAID):
                found.append(event)
            if over is not None and index == over.last - 1:
                scene = self._story.scenes[over.scene]
                if not scene.decides:  # else the play tells it
                    found.append(Skipped(at=event.at, scene=scene.id, told=self.play.text(scene.skip or "")))
        return found


__all__ = ["Way"]
