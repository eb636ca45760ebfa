"""Plays events to the phone one after another, with a human rhythm. Knows no screen and no clock of its own.

A pause stands before what arrives: the time to read what came before it, and somebody typing. The scheduler is given, so a test
moves time by hand. At each moment the director is in one of few states, and every call makes sense in each of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Protocol

from engine.play import events as ev
from engine.play.events import YOU, Event
from game.play.manner import Manner

READING = 40.0
"""Characters that are read in a second."""
LONGEST = 2.5
"""Seconds; no pause for reading or typing is longer."""
SHORTEST = 0.55
"""Seconds before a message, however short the one before it."""
QUICK = 0.35
"""Seconds before a reaction, a receipt, a counter."""
DOTS = 1.1
"""Seconds for which somebody is seen typing when the story says so."""
HOLD = 1.5
"""Seconds in which a tap can be taken back before the world answers."""
SHORT_BREATH, LONG_BREATH = 0.8, 1.6
"""Seconds that a pause in the script adds: a bare one, and one of minutes."""
MOMENT = 3600
"""From this much story time on, seconds, its passing is a moment of its own."""

Cancel = Callable[[], None]
Scheduler = Callable[[float, Callable[[], None]], Cancel]
"""Calls back after so many seconds, unless cancelled."""

_UNSEEN = (
    ev.PlayBegan,
    ev.SetDown,
    ev.DialsChanged,
    ev.FlagSet,
    ev.ConsequencePending,
    ev.Missed,
    ev.DraftTakenBack,
    ev.DecisionTaken,
    ev.ReadingChosen,
)
_BEFORE_A_MOMENT = (*_UNSEEN, ev.ConsequenceDue, ev.Expired, ev.SeenLate, ev.TimePassed)
"""What stands between two moments, and belongs to the later one: the clock that the reader sees goes on with it."""
_SMALL = (ev.Reacted, ev.ReadBy, ev.Counted)
_FRAMES = (ev.SceneBegan, ev.TimePassed, ev.Typing, ev.DecisionOffered, ev.EndingReached)
"""What stands around things that are said: no pause of its own, and a press of a key goes past it."""


class Stage(Protocol):
    """Where a director plays."""

    def show(self, event: Event) -> None:
        """Let one event show."""

    def types(self, place: str) -> bool:
        """Whether one sees somebody typing in this place."""

    def time_passes(self, passed: ev.TimePassed, comes_back: bool) -> None:
        """A stretch of time to look at; call `go_on` when it is over. `comes_back`: something comes due at its end."""

    def wait_for_reader(self) -> None:
        """A scene to read is over; call `go_on` when it has been read."""

    def asks_first(self, scene: ev.SceneBegan) -> bool:
        """Whether the reader is asked if they want to read this scene, which has just begun; call `go_on`, or `drop_scene` and `resume`."""

    def turns(self, event: ev.MessageShown) -> bool:
        """Whether this brings another place to the front, though nobody asked for it."""

    def elsewhere(self) -> bool:
        """Whether an answer stands in another place than the decision that is about to be shown."""

    def unseen(self) -> bool:
        """Whether something has arrived in another place that its reader may have had no time to see."""

    def held(self) -> None:
        """The player's own act is shown, the world has not answered yet."""

    def released(self) -> None:
        """The world answers: what was done is done."""

    def caught_up(self) -> None:
        """Everything there is has been shown."""


class Doing(Enum):
    """What a director is about."""

    NOTHING = "nothing"
    TELLING = "telling"
    HOLDING = "holding"
    ASKING = "asking"
    READING = "reading"
    TIME = "time"


class Director:
    """Tells events to a stage."""

    def __init__(self, stage: Stage, scheduler: Scheduler, manner: Manner) -> None:
        self.manner = manner
        self.doing = Doing.NOTHING
        self._stage = stage
        self._after = scheduler
        self._queue: deque[Event] = deque()
        self._cancel: Cancel | None = None
        self._reading = 0.0
        self._hold = False
        self._waited: Event | None = None
        self._hurried = False
        """No pause is made, and no moment of time passing, until there is something to read or to decide."""
        self._unread = False
        """Something has been shown since the reader was last waited for."""
        self._place: str | None = None
        self._begun = False
        """Some scene has been told; before that no time passes for anybody."""
        self._at = 0
        """What the clock shows, story seconds."""

    @property
    def waiting(self) -> int:
        """How many events are still to be shown."""
        return len(self._queue)

    @property
    def ahead(self) -> tuple[Event, ...]:
        """What is still to be shown."""
        return tuple(self._queue)

    def begin(self, told: Iterable[Event]) -> None:
        """Start anew after these events, which are not told again."""
        self.forget()
        told = list(told)
        self._at = max((event.at for event in told), default=0)
        scenes = [event for event in told if isinstance(event, ev.SceneBegan)]
        self._begun = bool(scenes)
        self._place = next((event.place for event in reversed(scenes) if event.place is not None), None)

    def tell(self, events: Iterable[Event], *, hold: bool = False) -> None:
        """Tell these events after those that are still waiting. `hold` gives a moment to take back the player's own act."""
        self._queue.extend(events)
        self._hurried = self._unread = False
        self._hold = hold
        if self.doing is Doing.NOTHING:
            self._go()

    def next(self) -> None:
        """Show the next thing now. At the end of a scene to read, go on."""
        if self.doing is Doing.TELLING:
            self._stop()
            self._step(now=True)
        elif self.doing is Doing.HOLDING:
            self._release()
        elif self.doing is Doing.READING:
            self.go_on()

    def hurry(self) -> None:
        """Show the rest of the scene now, up to its decision or to where its reader goes on."""
        if self.doing in (Doing.NOTHING, Doing.ASKING):
            return
        self._stop()
        self._hurried = True
        if self.doing is Doing.HOLDING:
            self._stage.released()
        self._hold = False
        self._go()

    def go_on(self) -> None:
        """The reader has read, has looked at time pass, or wants to read what comes."""
        if self.doing in (Doing.READING, Doing.TIME, Doing.ASKING):
            self._reading = 0.0
            self._go()

    def drop_scene(self) -> list[Event]:
        """Drop what is left of the scene that is being told, up to its end or its decision, and give it back."""
        self._stop()
        dropped: list[Event] = []
        while self._queue and not isinstance(
            self._queue[0], ev.SceneEnded | ev.DecisionOffered | ev.SceneBegan | ev.EndingReached
        ):
            dropped.append(self._queue.popleft())
        self._waited = None
        self._reading = 0.0
        return dropped

    def resume(self) -> None:
        """Go on after `drop_scene`."""
        self._go()

    def forget(self) -> list[Event]:
        """Drop what has not been shown yet, and give it back."""
        self._stop()
        dropped = list(self._queue)
        self._queue.clear()
        self._hold = False
        self._waited = None
        self._reading = 0.0
        self.doing = Doing.NOTHING
        return dropped

    # Inside

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _go(self) -> None:
        self.doing = Doing.TELLING
        self._step()

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        def done() -> None:
            self._cancel = None
            act()

        self._cancel = self._after(seconds, done)

    def _step(self, *, now: bool = False) -> None:
        """Show what is due without a pause, then wait for the next. `now`: the first pause is left out."""
        while self._queue:
            event = self._queue[0]
            if self._hold and not _own(event):
                self._hold = False
                self._begin_hold()
                return
            if self._turns_the_page(event):
                self._let_read()
                return
            pause = 0.0 if now else self._pause(event)
            if pause > 0 and self._waited is not event:
                self._wait(event, pause)
                return
            self._queue.popleft()
            if _visible(event) and not isinstance(event, _FRAMES):
                now = False
            if self._show(event):
                return
        if self._hold:
            self._hold = False
            self._begin_hold()
            return
        self.doing = Doing.NOTHING
        self._stage.caught_up()

    def _begin_hold(self) -> None:
        if self._hurried:
            self._stage.released()
            self._go()
            return
        self.doing = Doing.HOLDING
        self._stage.held()
        self._later(HOLD * (self.manner.factor or 1.0), self._release)

    def _release(self) -> None:
        self._stop()
        self._stage.released()
        self._go()

    def _wait(self, event: Event, pause: float) -> None:
        if isinstance(event, ev.MessageShown) and self._is_typed(event):
            typing = max(pause * 0.6, min(SHORTEST * self.manner.factor, pause))
            quiet = pause - typing

            def dots() -> None:
                self._stage.show(ev.Typing(at=event.at, place=event.place, sender=event.sender or "", name=event.name, on=True))
                self._waited = event
                self._later(typing, self._step)

            if quiet > 0.05:
                self._later(quiet, dots)
            else:
                dots()
            return
        self._waited = event
        self._later(pause, self._step)

    def _is_typed(self, event: ev.MessageShown) -> bool:
        return event.sender not in (None, YOU) and event.kind not in ("notice", "prose") and self._stage.types(event.place)

    def _show(self, event: Event) -> bool:
        """Show one event. True when the telling stops here for now."""
        self._waited = None
        self._at = max(self._at, event.at)
        if isinstance(event, ev.SceneBegan):
            self._begun = True
            self._place = event.place or self._place
        if isinstance(event, ev.TimePassed):
            if self._begun and event.at - event.since >= MOMENT and not self._hurried:
                self._reading = 0.0
                self.doing = Doing.TIME
                self._stage.show(event)
                self._stage.time_passes(event, self._comes_back())
                return True
        elif isinstance(event, ev.SceneEnded):
            self._stage.show(event)
            self._let_read()
            return True
        if isinstance(event, ev.DecisionOffered | ev.EndingReached):
            self._hurried = False
        self._stage.show(event)
        if isinstance(event, ev.SceneBegan) and self._stage.asks_first(event):
            self._unread = self._hurried = False
            self.doing = Doing.ASKING
            return True
        self._reading = self._time_for(event)
        if isinstance(event, ev.MessageShown | ev.Reacted | ev.Deleted | ev.Edited | ev.Skipped) and not _own(event):
            self._unread = not getattr(event, "past", False)
        elif isinstance(event, ev.SceneCut) and self._begun:  # before the first scene there is nowhere to read it
            self._unread = True
        return False

    def _let_read(self) -> None:
        """Stop until the reader goes on, in whatever hurry they were."""
        self._unread = self._hurried = False
        self.doing = Doing.READING
        self._stage.wait_for_reader()

    def _turns_the_page(self, event: Event) -> bool:
        """Whether an event would take away what the reader may not have read yet."""
        if not self._unread:
            return False
        if (
            isinstance(event, _BEFORE_A_MOMENT) and event.at > self._at
        ):  # to show it would set the clock to a moment that is yet to come
            event = next((one for one in self._queue if _is_page(one)), event)
        if isinstance(event, ev.TimePassed):
            return _is_page(event)
        if isinstance(event, ev.SceneBegan):
            return (event.place is not None and event.place != self._place) or self._stage.unseen()
        if isinstance(event, ev.DecisionOffered):
            return self._stage.elsewhere()
        if isinstance(event, ev.MessageShown):
            return self._stage.turns(event)
        return isinstance(event, ev.EndingReached)

    def _comes_back(self) -> bool:
        """Whether what follows the stretch of time was set in motion by the player."""
        for event in self._queue:
            if isinstance(event, ev.ConsequenceDue):
                return True
            if isinstance(event, ev.SceneBegan):
                return event.consequence
        return False

    def _time_for(self, event: Event) -> float:
        """Seconds that an event wants to be looked at, before the pace."""
        if isinstance(event, ev.MessageShown):
            if event.past:
                return 0.0
            if event.sender == YOU:
                return SHORTEST
            return min(max(len(event.text) / READING, SHORTEST), LONGEST)
        if isinstance(event, ev.Typing):
            return DOTS if event.on else SHORTEST
        if isinstance(event, ev.Breath):
            return min(self._reading, LONGEST) + (SHORT_BREATH if event.seconds < 60 else LONG_BREATH)
        if isinstance(event, ev.SceneCut):
            return min(max(len(event.line) / READING, SHORTEST), LONGEST)
        if isinstance(event, (*_SMALL, ev.Skipped)):
            return QUICK
        if isinstance(event, _UNSEEN):
            return self._reading
        return SHORTEST

    def _pause(self, event: Event) -> float:
        """Seconds to wait before an event."""
        factor = self.manner.factor
        if not factor or self._hurried or not _visible(event):
            return 0.0
        if _own(event) or (isinstance(event, ev.MessageShown) and event.past):
            return 0.0
        if isinstance(event, _SMALL):
            return max(min(self._reading, 2 * QUICK), QUICK) * factor
        if isinstance(event, _FRAMES):
            return min(self._reading, LONGEST + LONG_BREATH) * factor
        return min(max(self._reading, QUICK), LONGEST + LONG_BREATH) * factor


def _is_page(event: Event) -> bool:
    """Whether it is more than what leads up to another moment: something to see, or a stretch of time to look at."""
    return event.at - event.since >= MOMENT if isinstance(event, ev.TimePassed) else not isinstance(event, _BEFORE_A_MOMENT)


def _visible(event: Event) -> bool:
    """Whether showing it changes anything on the phone."""
    return not isinstance(event, (*_UNSEEN, ev.ConsequenceDue, ev.SeenLate, ev.Breath))


def _own(event: Event) -> bool:
    """Whether it is the player's own doing, not the world's answer."""
    if isinstance(event, _UNSEEN):
        return True
    if isinstance(event, ev.MessageShown | ev.Reacted):
        return event.sender == YOU
    if isinstance(event, ev.Left):
        return event.by == YOU or (event.who == YOU and event.by is None)
    if isinstance(event, ev.TimerSet | ev.Deleted):
        return event.by == YOU
    return isinstance(event, ev.Muted)
