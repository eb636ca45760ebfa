"""Turns script lines, lasting effects and what the player sends into events."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

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
from engine.story.model import DAY, Choice, Cue, Lasting, Place, Scene
from engine.words import _

if TYPE_CHECKING:
    from engine.play.play import Play

_KINDS: dict[str, ev.MessageKind] = {"feed": "post", "mail": "mail", "letter": "mail", "in-person": "speech", "call": "speech"}


class Teller:
    """Tells one play. Keeps what only the telling needs: names of places, what is to expire, what is shown where."""

    __slots__ = ("_fuses", "_gone", "_in_past", "_out", "members", "people", "place_names", "play", "shown", "timers")

    def __init__(self, play: Play) -> None:
        self.play = play
        self.place_names = {place.id: play.text(place.name) for place in play.story.places.values()}
        self.members = {place.id: place.members for place in play.story.places.values()}
        self.people = {place.id: set(place.people) for place in play.story.places.values()}
        """Those of the cast who are known to be in each place at present."""
        self._out: dict[str, Literal["left", "removed"]] = {}
        """How the player came to be out of a place."""
        self._gone: set[tuple[str, str]] = set()
        """(place, who) of the cast who went."""
        self.shown: set[str] = set()
        """Messages that were shown and are not gone."""
        self.timers: dict[str, tuple[str, int]] = {}
        """By place, who set the timer last, and to how many seconds."""
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
            if message in self.shown:
                self.shown.discard(message)
                self._emit(ev.Expired(at=at, place=place, message=message))

    def past(self, place: Place) -> None:
        """Tell what could be scrolled back to when the story began."""
        play = self.play
        clock = play.clock
        self._in_past = True
        for cue, play.clock in zip(place.past, place.past_times, strict=True):
            if not isinstance(cue.line, Wait) and (cue.guard is None or cue.guard.test(play.values)):
                _TELL[type(cue.line)](self, cue, cue.line)
        self._in_past = False
        play.clock = clock

    def cue(self, cue: Cue) -> None:
        """Tell one line, and do what it does."""
        line = cue.line
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
                self._missed(cue, self.play.clock)
        else:
            _TELL[type(line)](self, cue, line)
        if cue.moves:
            self.play.move(cue.moves)

    def missed_scene(self, scene: Scene, at: int) -> None:
        """A scene was passed over because its place was left: what was said there at `at` is told in the debrief only."""
        if scene.left < 0 or not self.play.values[scene.left]:
            return
        for cue in (*scene.script, *self.play.drawn(scene)):
            if isinstance(cue.line, Say) and self._left(cue.place) and (cue.guard is None or cue.guard.test(self.play.values)):
                self._missed(cue, max(at, self.play.clock))

    def _missed(self, cue: Cue, at: int) -> None:
        why = self._out.get(cue.place, "left")
        text = self.play.text(cue.text)
        self._emit(ev.Missed(at=at, id=cue.id, place=cue.place, name=self._name(cue.who), text=text, why=why))

    # Lines

    def _say(self, cue: Cue, line: Say) -> None:
        play = self.play
        place = play.story.places[cue.place]
        if cue.simple and place.timer_at < 0 and not place.timer and not self._in_past:
            # Most lines are only said: no picture, no quote, no label, nothing that goes.
            self.shown.add(cue.id)
            play.events.append(
                ev.MessageShown(
                    at=play.clock,
                    id=cue.id,
                    place=cue.place,
                    sender=cue.who,
                    name=self._name(cue.who),
                    kind=_KINDS.get(place.kind, "text"),
                    text=play.text(cue.text),
                )
            )
            return
        kind: ev.MessageKind = line.kind
        if kind == "text":
            kind = "comment" if place.kind == "feed" and line.on is not None else _KINDS.get(place.kind, "text")
        lasts = line.expires or self._timer(cue.place)
        at = play.clock
        if line.at is not None and not line.at.relative:
            at = line.at.seconds
            if line.at.clock:  # the last time that it was so late
                at += play.clock - play.clock % DAY
                at -= DAY if at > play.clock else 0
        expires = play.clock + lasts if lasts else None
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
        if expires is not None:
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
            self.shown.discard(cue.id)
            self._emit(ev.Deleted(at=play.clock, place=cue.place, message=cue.id, by=cue.who or "", name=self._name(cue.who)))
        else:
            self._emit(ev.Edited(at=play.clock, place=cue.place, message=cue.id, text=play.text(cue.text), how=line.how))

    def _membership(self, cue: Cue, line: Membership) -> None:
        self._move(cue.place, cue.who or "", cue.by, gone=line.how in ("leaves", "removes"))

    def _move(self, place: str, who: str, by: str | None, *, gone: bool) -> None:
        """Tell that somebody goes or comes. Who is known to be gone does not go again, and who is there does not come again."""
        at, past = self.play.clock, self._in_past
        people = self.people[place]
        if who == YOU:
            was_out = place in self._out
            if gone:
                if was_out:
                    return
                self._out[place] = "left" if by in (None, YOU) else "removed"
            else:
                self._out.pop(place, None)
            change = -1 if gone else int(was_out)  # the players themselves are counted from the start
        else:
            if not past and (who in people if not gone else (place, who) in self._gone):
                return
            change = -1 if gone else 1
            if not past:  # `with` and `members` say who is in it when the story begins
                (people.discard if gone else people.add)(who)
                (self._gone.add if gone else self._gone.discard)((place, who))
        if self.members[place] and not past:
            self.members[place] += change
        name, by_name = self._name(who) if who != YOU else _("You"), self._by(by)
        if gone:
            self._emit(ev.Left(at=at, place=place, who=who, name=name, by=by_name, past=past))
        else:
            self._emit(ev.Joined(at=at, place=place, who=who, name=name, by=by_name, past=past))

    def _by(self, by: str | None) -> str | None:
        """Who did it, as events say it: `you` for the player, else the name."""
        return by if by is None or by == YOU else self._name(by)

    def _set_timer(self, cue: Cue, line: Timer) -> None:
        self._timer_set(cue.place, cue.who or "", self._name(cue.who), line.seconds)

    def _timer_set(self, place: str, by: str, name: str, seconds: int) -> None:
        """Tell that somebody set a timer. What they have set so already is not told again."""
        if self.timers.get(place) != (by, seconds):
            self.timers[place] = (by, seconds)
            self._emit(ev.TimerSet(at=self.play.clock, place=place, seconds=seconds, by=by, name=name))

    def _rename(self, cue: Cue, line: Rename) -> None:
        name = self.play.text(cue.text)
        self.place_names[cue.place] = name
        self._emit(ev.Renamed(at=self.play.clock, place=cue.place, name=name))

    # The player

    def say(self, choice: Choice, scene: str) -> None:
        """Show what the player sends or does with a choice."""
        play = self.play
        place = choice.to or play.story.scenes[scene].place
        reacted_to = self._shown_message(choice.on) if choice.react is not None and choice.on in self.shown else None
        if reacted_to is not None:
            self._emit(
                ev.Reacted(
                    at=play.clock, place=reacted_to.place, message=reacted_to.id, sender=YOU, name=_("You"),
                    emoji=choice.react or "",
                )
            )  # fmt: skip
        if place is None:
            return
        if choice.forward is not None:
            original = self._shown_message(choice.forward)
            if original is not None:
                self._show(
                    choice.sent if choice.send is None else f"{choice.ref}.forward", place, YOU, original.kind, original.text, at=play.clock,
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

    def _shown_message(self, message: str | None) -> ev.MessageShown | None:
        shown = (event for event in reversed(self.play.events) if isinstance(event, ev.MessageShown) and event.id == message)
        return next(shown, None)

    def lasting(self, lasting: Lasting) -> None:
        """Tell a lasting effect of the player's own doing."""
        at = self.play.clock
        place, person = lasting.place, lasting.person
        if lasting.verb == "leave":
            self._move(place, YOU, None, gone=True)
        elif lasting.verb in ("mute", "unmute"):
            self._emit(ev.Muted(at=at, place=place, seconds=lasting.seconds if lasting.verb == "mute" else 0))
        elif lasting.verb in ("remove", "add"):
            self._move(place, person, YOU, gone=lasting.verb == "remove")
        elif lasting.verb == "delete":
            if lasting.message in self.shown:
                self.shown.discard(lasting.message)
                self._emit(ev.Deleted(at=at, place=place, message=lasting.message, by=YOU, name=_("You")))
        elif lasting.verb == "timer":
            self._timer_set(place, YOU, _("You"), lasting.seconds)


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
}
