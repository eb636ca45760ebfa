"""The phone in front: the conversation of one place, the list of places, who can see it. Applies events; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from engine.play import events as ev
from engine.play.events import YOU, Event
from engine.play.phone import Phone, PlaceView
from engine.story.model import Story
from game.clock import day_name
from game.play.look import where_to_look
from game.play.places import PlacesSide, first_words
from game.play.seen import SeenSide
from game.widgets.conversation import Conversation


class PhonePane(Horizontal):
    """Shows a phone, one place at a time."""

    @dataclass
    class Arrived(Message):
        """Something arrived in a place that is not in front."""

        place: PlaceView
        who: str
        words: str
        told: bool
        """It is what the player notices, and nobody's words."""

    class Turned(Message):
        """Another place is in front, or the one in front has changed its head."""

    def __init__(self, story: Story, phone: Phone, foot: Widget, *, reduced_motion: bool = False, **how: Any) -> None:
        """`foot` stands under the conversation."""
        super().__init__(**how)
        self.phone = phone
        self.viewing: str | None = None
        """The place in front."""
        self.scene_place: str | None = None
        """The place that the story is in."""
        self.arrived: list[str] = []
        """Places with something new, the newest last."""
        self.rang: set[str] = set()
        """Places in which something arrived since the reader last went on, and that were not looked at."""
        self._story = story
        self._foot = foot
        self._answering = False
        self._decided = False
        self.followed = False
        """The place in front came there by itself, with the answer to what the player did."""
        self.conversation = Conversation(lambda at: day_name(self._story, at), reduced_motion=reduced_motion, id="conversation")
        self.conversation.can_focus = False  # the panel has the keys; the screen scrolls
        self.side = PlacesSide(id="places")
        self.seen = SeenSide(id="seen")

    def compose(self) -> ComposeResult:
        """Left, middle, right."""
        yield self.side
        with Vertical(id="front"):
            yield self.conversation
            yield self._foot
        yield self.seen

    @property
    def place(self) -> PlaceView | None:
        """The place in front."""
        return self.phone.places[self.viewing] if self.viewing is not None else None

    @property
    def away(self) -> bool:
        """Another place is looked at than the one the story is in."""
        return self.scene_place is not None and self.viewing != self.scene_place

    @property
    def ringing(self) -> list[str]:
        """Places with something new on the phone that is in front, the newest last."""
        whose = self.place.phone if self.place is not None else None
        return [place for place in self.arrived if self.phone.places[place].phone == whose]

    def retell(self, story: Story) -> None:
        """From now on the phone is of this story, which was edited; `reset` shows it."""
        self._story = story

    def reset(self, phone: Phone) -> None:
        """Show another phone as it stands, in the place where its story is."""
        self.phone = phone
        self.arrived = []
        self.rang.clear()
        self._answering = self._decided = False
        self.scene_place = phone.here
        self.viewing = None
        if phone.here is not None:
            self.look(phone.here)
        else:
            self.refresh_sides()

    def look(self, place: str) -> None:
        """Put a place in front."""
        view = self.phone.places[place]
        self.phone.here = place
        self.followed = False
        view.unread = 0
        self.rang.discard(place)
        if place in self.arrived:
            self.arrived.remove(place)
        if self.viewing != place:
            self.viewing = place
            self._put()
        self.refresh_sides()
        self.post_message(self.Turned())

    def tell(self, words: str, at: int, place: str | None = None) -> None:
        """Say a line as a notice: in a place, or in the one where the story is, which then comes to the front."""
        where = place or self.scene_place
        if where is None:
            return
        self.phone.notice(where, words, at)
        if self.viewing == where:
            self.conversation.append(self.phone.places[where].entries[-1])
        elif place is None:
            self.look(where)

    def _put(self) -> None:
        view = self.place
        if view is not None:
            self.conversation.show(view)

    def apply(self, event: Event) -> None:
        """Let one event show, where it belongs."""
        phone = self.phone
        if isinstance(event, ev.DecisionTaken):
            self._answering = self._decided = True
            return
        if isinstance(event, ev.DecisionOffered):
            self._answering = self._decided = False
            return
        if isinstance(event, ev.SceneBegan):
            self._begin_scene(event)
            return
        counts = {place.id: len(place.entries) for place in phone.places.values()}
        where = "here"
        if isinstance(event, ev.MessageShown):
            where = where_to_look(event, phone.places[event.place], self.viewing, self._answering)
            if where == "follow":
                phone.here = event.place
        phone.apply(event)
        if isinstance(event, ev.MessageShown):
            if event.sender == YOU and self._decided and not event.past:
                phone.places[event.place].entries[-1].decided = True
            if event.sender != YOU:
                self._answering = False
        if where == "follow" and isinstance(event, ev.MessageShown):
            self.look(event.place)
            self.followed = self.away
            return
        self._update(event, counts)
        if where == "notify" and isinstance(event, ev.MessageShown):
            self._ring(event)
        self.refresh_sides()

    def _begin_scene(self, event: ev.SceneBegan) -> None:
        self._answering = self._decided = False
        self.phone.apply(event)
        if event.place is not None:
            self.scene_place = event.place
            self.look(event.place)
        else:
            self.phone.here = self.viewing

    def _update(self, event: Event, counts: dict[str, int]) -> None:
        """Redraw what an event has changed in the place in front."""
        view = self.place
        if view is None:
            return
        for entry in view.entries[counts.get(view.id, 0) :]:
            self.conversation.append(entry)
        changed = getattr(event, "message", None)
        if changed is not None:
            self.conversation.refresh_entry(changed)
        self.conversation.set_typing(view.typing)
        if isinstance(event, ev.Joined | ev.Left | ev.Renamed | ev.TimerSet | ev.Muted):
            self.post_message(self.Turned())

    def _ring(self, event: ev.MessageShown) -> None:
        view = self.phone.places[event.place]
        if event.place in self.arrived:
            self.arrived.remove(event.place)
        self.arrived.append(event.place)
        self.rang.add(event.place)
        entry = view.entries[-1]
        self.post_message(self.Arrived(view, event.name, first_words(entry), event.kind == "prose"))

    def refresh_sides(self) -> None:
        """Show the lists at both sides as they are now."""
        if self.is_attached:
            self.side.show(self.phone, self.viewing, self.scene_place)
            self.seen.show(self.place)
