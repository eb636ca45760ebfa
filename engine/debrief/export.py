"""A chat as an investigator has it: a flat list with the time of everything, and no voices.

It is put together from the phones of all who were in it. So it has what the player had left behind, or never had; and where a message was deleted or
went with a timer, it says so, and who still has the words: in a quote, in a picture of the screen, in another chat.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from engine.debrief.visits import Visit, visits
from engine.debrief.witness import Copy, Record, What
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.play import Play
from engine.words import _, put


class Remarks(Protocol):
    """What the one who reads it says."""

    before: list[str]
    after: list[str]

    def on(self, message: str) -> list[str]:
        """What they say under a message, once."""


class NoRemarks:
    """Nobody says anything."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self.after: list[str] = []

    def on(self, message: str) -> list[str]:
        """Nothing."""
        return []


def player_name(play: Play) -> str:
    """The player as a name among names: told apart from somebody of the cast who is called the same."""
    name = play.words["you"]
    return put(_("{name} (you)"), name=name) if any(play.words[person] == name for person in play.story.cast) else name


def chats(play: Play) -> list[str]:
    """The chats that would be exported: the groups that were used; where there is none, the direct messages."""
    used = {event.place for event in play.events if isinstance(event, ev.MessageShown | ev.Missed)}
    for kind in ("group", "dm"):
        found = [
            place.id for place in play.story.places.values() if place.kind == kind and place.phone is None and place.id in used
        ]
        if found:
            return found
    return []


def export(play: Play, places: list[str], remarks: Remarks | None = None) -> list[Record]:
    """The export of these chats, one after another; lines are numbered through."""
    return _Export(play, remarks or NoRemarks()).write(places)


class _Export:
    def __init__(self, play: Play, remarks: Remarks) -> None:
        self.play = play
        self.remarks = remarks
        self.you = player_name(play)
        self.records: list[Record] = []
        self.count = 0
        self.lines: dict[str, Record] = {}
        """The latest line of each message."""
        self.sent: list[tuple[str, Record]] = []
        """Every message with its line; what comes due twice is said twice."""
        self.homes: dict[str, str] = {}
        """The place of each message."""
        self.members = 0
        self.chat = ""
        self.all = visits(play)

    def write(self, places: list[str]) -> list[Record]:
        self._say(self.remarks.before, self.play.story.start_clock)
        for name in places:
            place = self.play.story.places[name]
            self.chat = self.play.text(place.name)
            self.members = place.members
            if len(places) > 1:
                self.records.append(
                    Record(0, self.play.story.start_clock, self.chat, "place", text=self.chat, members=self.members)
                )
            for visit in self.all:
                self._visit(visit, name)
        self._copies()
        at = max((record.at for record in self.records), default=self.play.story.start_clock)
        self._say(self.remarks.after, at)
        return self.records

    def _say(self, words: list[str], at: int) -> None:
        self.records += [Record(0, at, self.chat, "words", text=text) for text in words]

    def _visit(self, visit: Visit, place: str) -> None:
        """The lines of one scene in a chat, and where the player had read it and sent nothing."""
        asked: ev.DecisionOffered | None = None
        for index in range(visit.first, visit.last):
            event = self.play.events[index]
            if isinstance(event, ev.DecisionOffered):
                asked = event if event.place == place and not self._out(event) else None
            elif isinstance(event, ev.DecisionTaken) and asked is not None:
                if not visit.covered and not self._looks(event) and not self._acted(index, visit, place):
                    self._line(ev.Event(at=asked.at), "silence", who=self.you, own=True)
                asked = None
            elif getattr(event, "place", None) == place:
                self._event(event, covered=visit.covered)

    def _out(self, asked: ev.DecisionOffered) -> bool:
        """The player was no longer in the chat when this was decided."""
        out = False
        for event in self.play.events:
            if event is asked:
                break
            if isinstance(event, ev.Joined | ev.Left) and event.who == YOU and event.place == asked.place:
                out = isinstance(event, ev.Left)
        return out

    def _looks(self, taken: ev.DecisionTaken) -> bool:
        """Only a look round, after which the same decision stands."""
        scene = self.play.story.scenes[taken.scene]
        choice = scene.choices.get(taken.choice)
        return taken.how == "skip" or (choice is not None and (choice.look or choice.stay))

    def _acted(self, index: int, visit: Visit, place: str) -> bool:
        """Whether the decision left anything of the player's in this chat."""
        for event in self.play.events[index + 1 : visit.last]:
            if isinstance(event, ev.DecisionTaken):
                break
            if isinstance(event, ev.MessageShown | ev.Reacted) and event.place == place and event.sender == YOU:
                return True
            if isinstance(event, ev.Left | ev.Joined) and event.place == place and YOU in (event.who, event.by):
                return True
            if isinstance(event, ev.Deleted | ev.TimerSet) and event.place == place and event.by == YOU:
                return True
        return False

    def _line(self, event: ev.Event, what: What, **more: object) -> Record:
        self.count += 1
        record = Record(self.count, event.at, self.chat, what, members=self.members, **more)  # type: ignore[arg-type]
        self.records.append(record)
        return record

    def _who(self, sender: str | None, name: str) -> str:
        return self.you if sender == YOU else name

    def _event(self, event: ev.Event, *, covered: bool) -> None:
        """One line, and what it does to lines before it. Of a scene that was not read only the numbers change."""
        if isinstance(event, ev.Joined | ev.Left) and not event.past:
            self._membership(event, covered)
        elif covered:
            return
        elif isinstance(event, ev.MessageShown):
            self._shown(event)
        elif isinstance(event, ev.Missed):
            self._sent(event, self._line(event, "message", who=event.name, text=event.text, missed=True))
            self._say(self.remarks.on(event.id), event.at)
        elif isinstance(event, ev.Reacted | ev.ReadBy | ev.Edited | ev.Deleted | ev.Expired):
            self._about(event)
        elif isinstance(event, ev.Renamed):
            self._line(event, "renamed", text=event.name)
        elif isinstance(event, ev.TimerSet):
            who = self._who(event.by, event.name)
            self._line(event, "timer", who=who, count=event.seconds, own=event.by == YOU)

    def _membership(self, event: ev.Joined | ev.Left, covered: bool) -> None:
        came = isinstance(event, ev.Joined)
        if event.who != YOU or self._again(event):
            self.members = max(self.members + (1 if came else -1), 0) if self.members else 0
        if not covered:
            who = self._who(event.who, event.name)
            by = self.you if event.by == YOU else event.by or ""
            self._line(event, "joined" if came else "left", who=who, text=by, own=event.who == YOU)

    def _again(self, event: ev.Joined | ev.Left) -> bool:
        """Whether the player's going or coming changes the number: they are counted from the start, and are counted once."""
        if isinstance(event, ev.Left):
            return True
        before = [
            other
            for other in self.play.events[: self.play.events.index(event)]
            if isinstance(other, ev.Joined | ev.Left) and other.who == YOU and other.place == event.place
        ]
        return bool(before) and isinstance(before[-1], ev.Left)

    def _shown(self, event: ev.MessageShown) -> None:
        if event.past or event.kind == "prose":
            return
        what: What = "notice" if event.kind == "notice" else "message"
        record = self._line(
            event, what, who=self._who(event.sender, event.name), text=event.text, own=event.sender == YOU, kind=event.kind,
            forwarded=event.forwarded,
        )  # fmt: skip
        if what == "message":
            self._sent(event, record)
        self._say(self.remarks.on(event.id), event.at)

    def _sent(self, event: ev.MessageShown | ev.Missed, record: Record) -> None:
        self.lines[event.id] = record
        self.homes[event.id] = event.place
        self.sent.append((event.id, record))

    def _about(self, event: ev.Reacted | ev.ReadBy | ev.Edited | ev.Deleted | ev.Expired) -> None:
        line = self.lines.get(event.message)
        if line is None:
            return
        if isinstance(event, ev.ReadBy):
            line.read_by = max(line.read_by, event.count)
        elif isinstance(event, ev.Reacted):
            who = self._who(event.sender, event.name)
            self._line(
                event, "reaction", who=who, text=event.emoji, about=line.number, count=event.count, own=event.sender == YOU
            )
        elif isinstance(event, ev.Edited):
            self._line(event, "edited", who=line.who, text=event.text, former=line.text, about=line.number, kind=event.how)
            line.former = line.former or line.text
        else:
            line.gone_at = event.at
            if isinstance(event, ev.Deleted):  # somebody did it, so it is a line of its own
                line.gone = "deleted"
                self._line(event, "deleted", who=self._who(event.by, event.name), about=line.number)
            else:
                line.gone = "expired"

    # What is left of what is gone

    def _copies(self) -> None:
        for message, line in self.sent:
            if line.gone:
                line.copies = list(self._copies_of(message))
                line.kept = bool(line.copies)
                if not line.kept:
                    line.text = ""
                    for record in self.records:
                        if record.what == "edited" and record.about == line.number:
                            record.text = record.former = ""
                    line.former = ""

    def _copies_of(self, message: str) -> Iterator[Copy]:
        names = {place.id: self.play.text(place.name) for place in self.play.story.places.values()}
        gone = {
            event.message for event in self.play.events if isinstance(event, ev.Deleted | ev.Expired)
        }  # a quote goes with the message that it stands in
        covered = {index for visit in self.all if visit.covered for index in range(visit.first, visit.last)}
        for index, event in enumerate(self.play.events):
            if index in covered:
                continue
            if isinstance(event, ev.MessageShown) and event.reply_to == message and event.id not in gone:
                elsewhere = names[event.place] if event.place != self.homes[message] else ""
                yield Copy("quoted", event.at, self._who(event.sender, event.name), elsewhere)
            elif isinstance(event, ev.DecisionTaken):
                choice = self.play.story.scenes[event.scene].choices.get(event.choice)
                if choice is not None and choice.forward == message and choice.to is not None:
                    yield Copy("forwarded", event.at, self.you, names[choice.to])
                elif choice is not None and choice.action == "screenshot" and choice.on == message:
                    yield Copy("screenshot", event.at, self.you)
