"""Turns script lines, lasting effects and what the player sends into events."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.play import events as ev
from engine.play.events import YOU
from engine.script.lines import (
    AnyLine,
    Change,
    Count,
    Membership,
    Notice,
    Prose,
    React,
    Read,
    Rename,
    Say,
    Timer,
    Type,
    Wait,
)  # fmt: skip
from engine.story.model import Choice, Cue, Lasting, Place, Scene
from engine.words import _

if TYPE_CHECKING:
    from engine.play.play import Play

_KINDS: dict[str, ev.MessageKind] = {"feed": "post", "mail": "mail", "letter": "mail", "in-person": "speech", "call": "speech"}


DAY = 86_400


class Teller:
    """Tells one play. Keeps what only the telling needs: names of places, what is to expire, what is shown where."""

    __slots__ = ("_fuses", "_in_past", "members", "place_names", "play", "shown")

    def __init__(self, play: Play) -> None:
        self.play = play
        self.place_names = {place.id: play.text(place.name) for place in play.story.places.values()}
        self.members = {place.id: place.members for place in play.story.places.values()}
        self.shown: set[str] = set()
        self._fuses: list[tuple[int, str, str]] = []
        self._in_past = False

    def _emit(self, event: ev.Event) -> None:
        self.play.events.append(event)

    def _name(self, who: str | None) -> str:
        if who is None:
            return ""
        return self.play.words.get(who, who)

    def _left(self, place: str) -> bool:
        index = self.play.story.places[place].left_at
        return index >= 0 and bool(self.play.values[index])

    def _timer(self, place: str) -> int:
        found = self.play.story.places[place]
        return self.play.values[found.timer_at] if found.timer_at >= 0 else found.timer

    def burn(self) -> None:
        """Let what is to expire by now go."""
        fuses = self._fuses
        while fuses and fuses[0][0] <= self.play.clock:
            at, place, message = fuses.pop(0)
            self._emit(ev.Expired(at=at, place=place, message=message))

    def past(self, place: Place) -> None:
        """Tell what could be scrolled back to when the story began."""
        play = self.play
        clock = play.clock
        play.clock = min(
            [clock, *(cue.line.until.seconds for cue in place.past if isinstance(cue.line, Wait) and cue.line.until)]
        )
        self._in_past = True
        for cue in place.past:
            if cue.guard is not None and not cue.guard.test(play.values):
                continue
            if isinstance(cue.line, Wait) and cue.line.until is not None:
                play.clock = min(clock, cue.line.until.seconds)
            else:
                self.cue(cue)
        self._in_past = False
        play.clock = clock

    def cue(self, cue: Cue) -> None:
        """Tell one line, and do what it does."""
        line = cue.line
        tell = _TELL[type(line)]
        if isinstance(line, Wait):
            since = self.play.clock
            self.play.move(cue.moves)
            self._emit(ev.Breath(at=self.play.clock, seconds=self.play.clock - since))
            self.burn()
            return
        place = cue.place
        gone = self._left(place)
        you = cue.who == YOU and isinstance(line, Membership)
        if gone and not you:
            if isinstance(line, Say):
                self._missed(cue)
        else:
            tell(self, cue, line)
        if cue.moves:
            self.play.move(cue.moves)

    def missed_scene(self, scene: Scene) -> None:
        """A scene was passed over because its place was left: what was said there is told in the debrief only."""
        if scene.left < 0 or not self.play.values[scene.left]:
            return
        for cue in scene.script:
            if isinstance(cue.line, Say) and self._left(cue.place) and (cue.guard is None or cue.guard.test(self.play.values)):
                self._missed(cue)

    def _missed(self, cue: Cue) -> None:
        play = self.play
        self._emit(
            ev.Missed(at=play.clock, id=cue.id, place=cue.place, name=self._name(cue.who), text=play.text(cue.text), why="left")
        )

    # Lines

    def _say(self, cue: Cue, line: Say) -> None:
        play = self.play
        place = play.story.places[cue.place]
        kind: ev.MessageKind = line.kind
        if kind == "text":
            kind = "comment" if place.kind == "feed" and line.on is not None else _KINDS.get(place.kind, "text")
        lasts = line.expires or self._timer(cue.place)
        at = play.clock
        if line.at is not None and not line.at.relative:
            at = line.at.seconds + (play.clock - play.clock % DAY if line.at.clock else 0)
        expires = at + lasts if lasts and place.kind in ("group", "dm") else None
        self._show(
            cue.id, cue.place, cue.who, kind, play.text(cue.text), at=at, forwarded=line.forwarded, reply_to=line.reply_to,
            on=line.on, subject=play.text(cue.subject) or None, to=play.text(cue.to) or None, length=line.length,
            view_once=line.view_once, edited=line.edited, expires=expires, past=self._in_past or line.archived,
        )  # fmt: skip

    def _show(
        self,
        message: str,
        place: str,
        who: str | None,
        kind: ev.MessageKind,
        text: str,
        *,
        at: int,
        expires: int | None = None,
        **more: Any,
    ) -> None:
        if expires is not None and not self._in_past:
            insort(self._fuses, (expires, place, message))
        self.shown.add(message)
        self._emit(
            ev.MessageShown(
                at=at,
                id=message,
                place=place,
                sender=who,
                name=self._name(who),
                kind=kind,
                text=text,
                expires=expires,
                **more,
            )
        )

    def _prose(self, cue: Cue, line: Prose) -> None:
        self._show(cue.id, cue.place, None, "prose", self.play.text(cue.text), at=self.play.clock, past=self._in_past)

    def _notice(self, cue: Cue, line: Notice) -> None:
        self._show(cue.id, cue.place, None, "notice", self.play.text(cue.text), at=self.play.clock, past=self._in_past)

    def _react(self, cue: Cue, line: React) -> None:
        if cue.id in self.shown:
            self._emit(
                ev.Reacted(
                    at=self.play.clock, place=cue.place, message=cue.id, sender=cue.who or "", name=self._name(cue.who),
                    emoji=line.emoji, count=line.count,
                )
            )  # fmt: skip

    def _count(self, cue: Cue, line: Count) -> None:
        if cue.id in self.shown:
            self._emit(
                ev.Counted(
                    at=self.play.clock,
                    place=cue.place,
                    message=cue.id,
                    likes=line.likes,
                    shares=line.shares,
                    comments=line.comments,
                )
            )

    def _read(self, cue: Cue, line: Read) -> None:
        if cue.id in self.shown:
            self._emit(ev.ReadBy(at=self.play.clock, place=cue.place, message=cue.id, count=line.count))

    def _type(self, cue: Cue, line: Type) -> None:
        self._emit(ev.Typing(at=self.play.clock, place=cue.place, sender=cue.who or "", name=self._name(cue.who), on=line.on))

    def _change(self, cue: Cue, line: Change) -> None:
        play = self.play
        if cue.id not in self.shown:
            return
        if line.how == "deleted":
            self._emit(ev.Deleted(at=play.clock, place=cue.place, message=cue.id, by=cue.who or "", name=self._name(cue.who)))
        else:
            self._emit(ev.Edited(at=play.clock, place=cue.place, message=cue.id, text=play.text(cue.text), how=line.how))

    def _membership(self, cue: Cue, line: Membership) -> None:
        who, name, by = cue.who or "", self._name(cue.who), self._name(cue.by) if cue.by else None
        gone = line.how in ("leaves", "removes")
        if gone or who != YOU:  # the players themselves are counted from the start
            self._count_members(cue.place, -1 if gone else 1)
        if gone:
            self._emit(ev.Left(at=self.play.clock, place=cue.place, who=who, name=name, by=by))
        else:
            self._emit(ev.Joined(at=self.play.clock, place=cue.place, who=who, name=name, by=by))

    def _count_members(self, place: str, change: int) -> None:
        if self.members[place]:
            self.members[place] += change

    def _set_timer(self, cue: Cue, line: Timer) -> None:
        self._emit(
            ev.TimerSet(at=self.play.clock, place=cue.place, seconds=line.seconds, by=cue.who or "", name=self._name(cue.who))
        )

    def _rename(self, cue: Cue, line: Rename) -> None:
        name = self.play.text(cue.text)
        self.place_names[cue.place] = name
        self._emit(ev.Renamed(at=self.play.clock, place=cue.place, name=name))

    # The player

    def say(self, choice: Choice, scene: str) -> None:
        """Show what the player sends or does with a choice."""
        play = self.play
        place = choice.to or play.story.scenes[scene].place
        if choice.react is not None and choice.on is not None and choice.on in self.shown:
            at_place = self._place_of(choice.on, place)
            self._emit(
                ev.Reacted(at=play.clock, place=at_place, message=choice.on, sender=YOU, name=_("You"), emoji=choice.react)
            )
        if place is None:
            return
        if choice.forward is not None:
            original = self._shown_message(choice.forward)
            if original is not None:
                self._show(
                    choice.sent, place, YOU, original.kind, original.text, at=play.clock,
                    forwarded=2 if original.forwarded == 2 else 1, expires=self._expiry(place),
                )  # fmt: skip
        if choice.send is not None:
            self._send(choice.sent, place, play.text(choice.send), choice.on)

    def say_picked(self, scene: Scene, picked: tuple[str, ...]) -> None:
        """Show what the player sends with a pick: its own words, or the pieces in their order."""
        pick = scene.pick
        place = (pick.to if pick is not None else None) or scene.place
        if pick is None or place is None or not picked:
            return
        if pick.send is not None:
            self._send(pick.sent, place, self.play.text(pick.send), None)
        elif pick.looks == "pieces":
            text = "\n".join(self.play.text(pick.pieces[name].label) for name in picked)
            self._send(pick.sent, place, text, None)

    def _send(self, message: str, place: str, text: str, on: str | None) -> None:
        kind = self.play.story.places[place].kind
        what: ev.MessageKind = "comment" if kind == "feed" and on is not None else _KINDS.get(kind, "text")
        reply_to = on if kind in ("group", "dm") and on in self.shown else None
        self._show(
            message, place, YOU, what, text, at=self.play.clock, reply_to=reply_to, on=on if what == "comment" else None,
            expires=self._expiry(place),
        )  # fmt: skip

    def _expiry(self, place: str) -> int | None:
        lasts = self._timer(place)
        return self.play.clock + lasts if lasts else None

    def _shown_message(self, message: str) -> ev.MessageShown | None:
        for event in reversed(self.play.events):
            if isinstance(event, ev.MessageShown) and event.id == message:
                return event
        return None

    def _place_of(self, message: str, default: str | None) -> str:
        found = self._shown_message(message)
        return found.place if found is not None else (default or "")

    def lasting(self, lasting: Lasting) -> None:
        """Tell a lasting effect of the player's own doing."""
        at = self.play.clock
        place, person = lasting.place, lasting.person
        if lasting.verb in ("leave", "remove", "add"):
            self._count_members(place, 1 if lasting.verb == "add" else -1)
        if lasting.verb == "leave":
            self._emit(ev.Left(at=at, place=place, who=YOU, name=_("You")))
        elif lasting.verb in ("mute", "unmute"):
            self._emit(ev.Muted(at=at, place=place, seconds=lasting.seconds if lasting.verb == "mute" else 0))
        elif lasting.verb == "remove":
            self._emit(ev.Left(at=at, place=place, who=person, name=self._name(person), by=YOU))
        elif lasting.verb == "add":
            self._emit(ev.Joined(at=at, place=place, who=person, name=self._name(person), by=_("You")))
        elif lasting.verb == "delete":
            if lasting.message in self.shown:
                self._emit(ev.Deleted(at=at, place=place, message=lasting.message, by=YOU, name=_("You")))
        elif lasting.verb == "timer":
            self._emit(ev.TimerSet(at=at, place=place, seconds=lasting.seconds, by=YOU, name=_("You")))


_TELL: dict[type[AnyLine], Callable[[Teller, Cue, Any], None]] = {
    Say: Teller._say,
    Prose: Teller._prose,
    Notice: Teller._notice,
    React: Teller._react,
    Count: Teller._count,
    Read: Teller._read,
    Type: Teller._type,
    Change: Teller._change,
    Membership: Teller._membership,
    Timer: Teller._set_timer,
    Rename: Teller._rename,
    Wait: Teller._prose,
}
