"""What a picture is made from: the room, its phone, the clock, and what the facilitator has under their hands."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.play import events as ev
from engine.play.phone import Phone
from engine.room.inputs import AnyInput, table
from engine.room.question import Group, Item, Question
from engine.room.room import Room
from engine.room.steps import skipping
from game.play.telling import came_words
from game.quiet import to_be_seen

DEFAULT_COUNTDOWN = 60
"""Seconds of a countdown where the story names none."""
TALK_COUNTDOWN = 120
"""Seconds of one for talking."""


@dataclass(slots=True)
class Hand:
    """What is being typed and has not been done yet. It is no part of the room: a power cut takes it."""

    cursor: int = 0
    """Which row (hands) or which table (tables) is being counted."""
    typed: str = ""
    """Figures typed so far."""
    tray: tuple[str, ...] = ()
    """Items picked so far: of a table, or by the facilitator."""
    group: int = 0
    """Which question of a board."""
    touched: bool = False
    """The facilitator has picked something by hand."""
    looking: bool = False
    """The facilitator went back to a table to look at what it said."""
    opened: bool = False
    """All are in, and the facilitator looks at the list all the same."""


@dataclass(slots=True)
class View:
    """A room, looked at."""

    room: Room
    countdown: float | None = None
    """Seconds left; None: there is none."""
    running: bool = False
    part: int = 0
    """Which part of a picture that does not fit at once."""
    hand: Hand = field(default_factory=Hand)
    automatic: bool = False
    """It goes on by itself."""
    clock_words: tuple[str, ...] = ()
    """How long the session has gone on, and what its plan says; filled when it is to be shown."""
    stood: tuple[object, ...] = ()
    """Where the room stood when it was looked at last: phase, node, what is told, page and visit."""
    _phone: Phone | None = None
    _of: tuple[int, int, int] = (-1, -1, -1)

    def look(self, room: Room, countdown: float | None) -> tuple[object, ...] | None:
        """Look at the room as it stands, with so many seconds left. When it has come to another place: where it stood before."""
        self.room = room
        self.countdown = countdown
        state = room.state
        self.running = state.countdown is not None and state.countdown.running
        before, self.stood = self.stood, (state.phase, state.node, state.told, state.page, state.visit)
        if before == self.stood:
            return None
        self.hand = Hand()
        return before

    @property
    def phone(self) -> Phone:
        """The phone as far as it is told."""
        state = self.room.state
        of = (id(self.room), state.node, state.told)
        if self._phone is None or self._of != of:
            self._phone = self.room.play.phone(empty=True)
            self._phone.apply_all(self.room.told_events)
            self._of = of
        return self._phone

    @property
    def round(self) -> int:
        """The round that is being counted; 1 where none is."""
        return 2 if self.room.phase in ("second", "shift") else 1

    @property
    def counting(self) -> bool:
        """Votes are being typed in."""
        return self.room.phase in ("first", "second")

    @property
    def hushed(self) -> bool:
        """All are in, nothing is shown of it yet, and nobody is looking at the counts or typing."""
        hand = self.hand
        busy = hand.typed or hand.tray or hand.touched or hand.looking or hand.opened
        return self.counting and bool(self.room.ballot(self.round)) and not self.room.missing(self.round) and not busy

    @property
    def question(self) -> Question:
        """The question that stands. Only where one does."""
        assert self.room.question is not None
        return self.room.question

    @property
    def rows(self) -> tuple[tuple[Group, Item], ...]:
        """What hands are counted for, in order."""
        return tuple((group, item) for group in self.question.groups for item in group.items if item.available)

    @property
    def row(self) -> tuple[Group, Item]:
        """The row under the cursor."""
        return self.rows[min(self.hand.cursor, len(self.rows) - 1)]

    @property
    def voter(self) -> str:
        """The table under the cursor."""
        voters = self.room.setup.voters
        return voters[min(self.hand.cursor, len(voters) - 1)] if voters else table("a")

    @property
    def group(self) -> Group:
        """The question of a board that is being answered; else the only one there is."""
        groups = self.question.groups
        if self.counting and not self.room.setup.tables:
            return self.row[0]
        return groups[min(self.hand.group, len(groups) - 1)]

    @property
    def countdown_default(self) -> int:
        """How long a countdown begins with here, in seconds."""
        if self.room.phase == "talk":
            return TALK_COUNTDOWN
        return (self.room.question.limit if self.room.question is not None else 0) or DEFAULT_COUNTDOWN

    def skip(self) -> AnyInput | None:
        """What skips the part that is told or comes next, where the story offers that."""
        return skipping(self.room)

    def seen(self) -> list[ev.Event]:
        """The events of the newest stop, without the frames of what shows nothing."""
        return to_be_seen(self.room.fresh)

    def came(self) -> str:
        """Where the scene that is told comes from, in a word or two; empty for one that comes in its turn."""
        due: ev.ConsequenceDue | None = None
        words = ""
        for event in self.room.told_events:
            if isinstance(event, ev.ConsequenceDue):
                due = event
            elif isinstance(event, ev.SceneBegan):
                words = came_words(due) if event.consequence and due is not None else ""
                due = None
        return words


def minutes_words(seconds: float) -> str:
    """Seconds as `1:05`; what is left of a second counts as one."""
    whole = int(-(-max(seconds, 0.0) // 1))
    return f"{whole // 60}:{whole % 60:02}"


__all__ = ["DEFAULT_COUNTDOWN", "TALK_COUNTDOWN", "Hand", "View", "minutes_words"]
