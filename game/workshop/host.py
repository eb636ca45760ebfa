"""The projector's side of a room: what is done goes to the disk first, then into the room, and then it is shown.

When the disk refuses, nothing has been done: the room stands where it stood, and the error says so. What a notes terminal asks for is
taken here too, each command once and in order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from engine.room.inputs import AnyInput, Clock, Setup
from engine.room.room import NotNow, Room
from engine.room.steps import back, onward
from engine.story.cut import optional_scenes
from game.words import _, n_
from game.workshop.steering import BackOne, Command, CountdownDo, Cover, Onward, decode_command
from saves.errors import SaveError

if TYPE_CHECKING:
    from engine.story.model import Story
    from saves.rooms import Hold, RoomInfo, RoomJournal
    from saves.store import Store


@dataclass(frozen=True, slots=True)
class Steered:
    """A command from the notes terminal that was taken. `problem` says why it was not done; empty: it was."""

    command: Command | None
    """None: it could not be read."""
    problem: str


@dataclass(frozen=True, slots=True)
class Read:
    """A room as its journal gives it."""

    room: Room
    kept: int
    """How many of the inputs fit the story; all of them, unless it was edited."""
    changed: tuple[str, ...]
    """What an edit of the scenario changed, in sentences."""


def read_room(info: RoomInfo, inputs: Sequence[AnyInput], story: Story) -> Read:
    """The room of a journal. Where an edited story has no place for something, the room stands before that."""
    setup = info.setup
    may = optional_scenes(story)
    gone = [scene for scene in setup.cut if scene not in may]
    if gone:
        setup = msgspec.structs.replace(setup, cut=tuple(scene for scene in setup.cut if scene in may))
    room = Room(story, setup)
    kept = 0
    for given in inputs:
        try:
            room.apply(given)
        except NotNow:
            break
        kept += 1
    changed: list[str] = []
    if info.hash != story.hash:
        changed.append(_("The scenario has been edited since this room began."))
    if gone:
        changed.append(_("What was to be left out is played now: {scenes}.").format(scenes=", ".join(gone)))
    lost = len(inputs) - kept
    if lost:
        changed.append(
            n_(
                "{count} step no longer fits; the room stands before it.",
                "The last {count} steps no longer fit; the room stands before them.",
                lost,
            ).format(count=lost)
        )
    return Read(room, kept, tuple(changed))


def _stale() -> str:
    """What is said to a command that nobody was there for."""
    return _("Nobody showed the room when this was asked for.")


class RoomHost:
    """A room on a projector. Made by `begin`, `resume` and `unsaved`."""

    def __init__(
        self,
        room: Room,
        journal: RoomJournal | None,
        hold: Hold | None,
        version: Callable[[], object],
        now: Callable[[], float],
        changed: tuple[str, ...] = (),
    ) -> None:
        self.room = room
        self.changed = changed
        """What an edited scenario changed, to be told before the room goes on."""
        self.covered = False
        """A page lies over the room's picture: a key on or back takes that away, and no more."""
        self._journal = journal
        self._hold = hold
        self._version = version
        self._seen: object = None
        self._now = now
        self._began = now()

    # Ways in

    @classmethod
    def begin(cls, store: Store, story: Story, setup: Setup, file: str = "", now: Callable[[], float] = time.time) -> RoomHost:
        """A new room. `now` is the clock on the wall, in seconds. Raises ValueError for a cut that cannot be, and SaveError."""
        room = Room(story, setup)
        journal = store.rooms.begin(story, setup, file)
        return cls(room, journal, journal.show(_stale()), store.rooms.version, now)

    @classmethod
    def resume(cls, store: Store, room_id: str, story: Story, now: Callable[[], float] = time.time) -> RoomHost:
        """Go on with a room where it stood, with the countdown paused. Raises RoomBusy, NoSuchRoom and other SaveErrors."""
        rooms = store.rooms
        journal = rooms.open(room_id)
        hold = journal.show(_stale())
        try:
            found = read_room(journal.info, journal.inputs, story)
            if found.kept < len(journal.inputs):
                journal.leave(found.kept)
            host = cls(found.room, journal, hold, rooms.version, now, found.changed)
            host.countdown_pause()
        except BaseException:
            with suppress(SaveError):
                journal.leave_off(hold, _stale())
            raise
        return host

    @classmethod
    def unsaved(cls, story: Story, setup: Setup, now: Callable[[], float] = time.time) -> RoomHost:
        """A room that is not kept."""
        return cls(Room(story, setup), None, None, lambda: 0, now)

    def close(self) -> None:
        """Let go of the room. Twice is no error."""
        hold, self._hold = self._hold, None
        if hold is not None and self._journal is not None:
            with suppress(SaveError):  # nothing is lost: whoever opens the room next answers it
                self._journal.leave_off(hold, _("The projector was closed before it came to this."))

    def __enter__(self) -> RoomHost:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # What it is

    @property
    def id(self) -> str:
        """Id of the room; empty when it is not kept."""
        return self._journal.room_id if self._journal is not None else ""

    @property
    def saved(self) -> bool:
        """What is done here is kept."""
        return self._journal is not None

    @property
    def started(self) -> datetime:
        """When the room began."""
        return self._journal.info.created if self._journal is not None else datetime.fromtimestamp(self._began, UTC)

    def elapsed(self) -> float:
        """Seconds that the session has gone on; long breaks in which nothing was done do not count."""
        now = self._now()
        return self._journal.elapsed(now) if self._journal is not None else max(now - self._began, 0.0)

    # Doing

    def do(self, *given: AnyInput) -> None:
        """Do something, one thing after another; all of it goes to the disk in one step.

        Raises NotNow for the first that cannot be done now: what came before it is done, it and what follows are not. Raises SaveError
        when it could not be written down, and has done nothing.
        """
        self._do(given)

    def _do(self, given: Sequence[AnyInput], *, command: int | None = None) -> None:
        """See `do`. With `command`, what became of it is written down in the same step."""
        # Tried first on the room, so that nothing is written that does not fit; put back when the disk refuses.
        done = len(self.room.inputs)
        problem: NotNow | None = None
        for one in given:
            try:
                self.room.apply(one)
            except NotNow as reason:
                problem = reason
                break
        if self._journal is not None and (command is not None or len(self.room.inputs) > done):
            try:
                self._journal.append(
                    self.room.inputs[done:], ending=self._ending(), command=command, problem=str(problem) if problem else ""
                )
            except BaseException:
                self.room = Room.replay(self.room.full_story, self.room.setup, self.room.inputs[:done])
                raise
        if problem is not None:
            raise problem

    def _ending(self) -> str:
        return (self.room.play.ending or "") if self.room.phase == "ended" else ""

    def onward(self) -> bool:
        """One key on. Returns whether anything came next by itself; where not, somebody has to count or to choose."""
        coming = onward(self.room)
        self.do(*coming)
        return bool(coming)

    def back(self) -> bool:
        """One key back. Returns whether there was anything before."""
        before = back(self.room)
        if before is not None:
            self.do(before)
        return before is not None

    # The countdown

    def countdown_left(self) -> float | None:
        """Seconds left; None: there is no countdown."""
        found = self.room.state.countdown
        return None if found is None else found.at(self._now())

    def countdown_start(self, seconds: float) -> None:
        """Begin to count down."""
        self.do(Clock(float(seconds), True, self._now()))

    def countdown_pause(self) -> None:
        """Stop where it is."""
        left = self.countdown_left()
        if left is not None and self.room.state.countdown is not None and self.room.state.countdown.running:
            self.do(Clock(left, False, self._now()))

    def countdown_resume(self) -> None:
        """Run on."""
        left = self.countdown_left()
        if left is not None and self.room.state.countdown is not None and not self.room.state.countdown.running:
            self.do(Clock(left, True, self._now()))

    def countdown_extend(self, seconds: float) -> None:
        """Give it more time; it runs, or stands, as before."""
        left, found = self.countdown_left(), self.room.state.countdown
        if left is not None and found is not None:
            self.do(Clock(max(left + seconds, 0.0), found.running, self._now()))

    def countdown_stop(self) -> None:
        """Take it away."""
        if self.room.state.countdown is not None:
            self.do(Clock())

    # Being steered

    def poll(self) -> list[Steered]:
        """Do what a notes terminal asked for since. Costs next to nothing when nobody wrote. Raises SaveError."""
        if self._journal is None:
            return []
        version = self._version()
        if version == self._seen:
            return []
        done: list[Steered] = []
        for waiting in self._journal.waiting():
            try:
                command = decode_command(waiting.text)
            except msgspec.DecodeError:
                done.append(Steered(None, _("This command cannot be read.")))
                self._journal.append([], ending=self._ending(), command=waiting.number, problem=done[-1].problem)
                continue
            problem = self._steered(command, waiting.number)
            done.append(Steered(command, problem))
        self._seen = version
        return done

    def _steered(self, command: Command, number: int) -> str:
        """Do a command, and write down in the same step that it was taken. Returns why it was not done; empty: it was."""
        assert self._journal is not None
        inputs = self._inputs(command)
        if isinstance(inputs, str):
            self._journal.append([], ending=self._ending(), command=number, problem=inputs)
            return inputs
        try:
            self._do(inputs, command=number)
        except NotNow as reason:
            return str(reason)
        return ""

    def _inputs(self, command: Command) -> Sequence[AnyInput] | str:
        """What a command comes to as the room stands; or why it comes to nothing."""
        if isinstance(command, Cover) or (self.covered and isinstance(command, Onward | BackOne)):
            self.covered = isinstance(command, Cover)
            return ()
        if isinstance(command, Onward):
            return onward(self.room) or self.waits_for()
        if isinstance(command, BackOne):
            before = back(self.room)
            return (before,) if before is not None else _("This is the beginning.")
        if not isinstance(command, CountdownDo):
            return (command,)
        now, found = self._now(), self.room.state.countdown
        if command.what == "start":
            return (Clock(float(command.seconds), True, now),)
        if found is None:
            return _("There is no countdown.")
        if command.what == "stop":
            return (Clock(),)
        left = found.at(now)
        if command.what == "extend":
            return (Clock(max(left + command.seconds, 0.0), found.running, now),)
        return (Clock(left, command.what == "resume", now),)

    def waits_for(self) -> str:
        """What the facilitator has to do before it goes on, as a sentence; empty where one key goes on."""
        room = self.room
        if onward(room):
            return ""
        if room.phase in ("first", "second"):
            round_ = 1 if room.phase == "first" else 2
            gap = room.missing(round_)
            return room.missing_words(gap) if gap else _("Nothing is counted yet.")
        found = room.outcome()
        if not room.ballot(1):
            return _("Nothing was counted: take what most want, by its number.")
        return _("It is a tie: choose.") if found.why == "tie" else _("The votes decide nothing: choose.")


__all__ = ["Read", "RoomHost", "Steered", "read_room"]
