"""The same thread with other eyes: who could see what of a play, from its events alone.

Who had what follows a few rules, none of which looks into anybody's private messages with others:

* a group, and a direct message, are had by those who were in them at that moment; whoever comes later has not what came before;
* a phone that is not the player's is had by its owner and by whom they write with;
* what is said in person is heard by those who speak in that scene, and a call by those on the line;
* a mail or a letter is had by who wrote it, by those it is addressed to, and by whom it answers;
* a feed is had by everybody; somebody of the cast has it when they are in it or write there;
* what is only told (prose) is the player's own eye, and nobody else's.

An author may say otherwise for a witness of their own: what reached them then did so as a copy. Nothing is ever shown that was not in this play,
and a scene that the player chose not to read stays unread here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec

from engine.debrief.export import chats, export, player_name
from engine.debrief.visits import Visit, in_sight
from engine.debrief.witness import Glimpse, Hidden, Seen, Witness, WitnessKind
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.phone import Entry
from engine.play.play import Play
from engine.story import model
from engine.story.model import Cue, Place
from engine.words import _, put

PLAYER = "(player)"
"""The player's id as a sender on somebody else's phone: there the player is one more name."""
TALK = frozenset(("in-person", "call"))
ABOUT = (ev.Reacted, ev.ReadBy, ev.Counted, ev.Edited, ev.Deleted, ev.Expired)
"""What happens to a message."""


def witnesses(play: Play) -> list[Witness]:
    """Who can be asked, the author's first and in the author's order; then whoever else had something to read."""
    found = [_authored(play, one) for one in play.story.witnesses]
    known = {one.id for one in found}
    for who in _owners(play):
        if who not in known:
            found.append(_cast(play, who))
            known.add(who)
    for who in _silent(play):
        if who not in known:
            found.append(_cast(play, who))
            known.add(who)
    for kind in ("public", "investigator", "stranger"):
        if kind not in known:
            witness = _usual(play, kind)
            if not seen_by(play, witness).empty:
                found.append(witness)
    return found


def seen_by(play: Play, witness: Witness | str) -> Seen:
    """The thread as one witness had it. Raises KeyError for an id that is nobody who can be asked."""
    if isinstance(witness, str):
        witness = next(one for one in witnesses(play) if one.id == witness) if _known(play, witness) else _nobody(witness)
    written = next((one for one in play.story.witnesses if one.id == witness.id), None)
    seen = Seen(witness)
    view = play.phone()
    seen.names = {place.id: place.name for place in view.places.values()}
    seen.members = {place.id: place.members if place.kind in ("group", "feed") else 0 for place in view.places.values()}
    reader = _Reader(play, witness, written)
    if witness.kind == "investigator":
        places = (
            chats(play)
            if written is None or written.places is None
            else [one for one in play.story.places if one in written.places]
        )
        seen.records = export(play, places, _Words(play, written))
        shown = {
            event.id for _index, event, _visit in in_sight(play) if isinstance(event, ev.MessageShown) and event.place in places
        }
    else:
        seen.glimpses = reader.read()
        whole = {glimpse.place for glimpse in seen.glimpses if glimpse.entry is not None and not glimpse.copy}
        shown = {glimpse.entry.id for glimpse in seen.glimpses if glimpse.entry is not None}
        shown |= {event.id for event in play.events if isinstance(event, ev.MessageShown) and event.place in whole}
    seen.hidden = _hidden(play, shown, seen.names)
    for place in play.story.places.values():
        if place.own:
            seen.names[place.id] = put(_("{name}’s page"), name=player_name(play))
    seen.drafts = sum(isinstance(event, ev.DraftTakenBack) and bool(event.text.strip()) for event in play.events)
    return seen


def _known(play: Play, witness: str) -> bool:
    return any(one.id == witness for one in witnesses(play))


def _nobody(witness: str) -> Witness:
    raise KeyError(witness)


# Who can be asked


def _authored(play: Play, written: model.Witness) -> Witness:
    if written.id in play.story.cast:
        base = _cast(play, written.id)
    elif written.id in ("public", "investigator", "stranger"):
        base = _usual(play, written.id)
    else:
        base = Witness(written.id, "other", written.id, "", True)
    return replace(base, name=play.text(written.name) or base.name, what=play.text(written.what) or base.what, asked=True)


def _cast(play: Play, who: str) -> Witness:
    return Witness(who, "member", play.words[who], play.words[f"{who}.is"], False)


def _usual(play: Play, kind: str) -> Witness:
    names: dict[str, tuple[WitnessKind, str, str]] = {
        "public": ("public", _("A member of the public"), _("has what came out, and nothing around it")),
        "investigator": ("investigator", _("An investigator"), _("has the chat as it was exported, and no voices")),
        "stranger": ("stranger", _("A stranger"), _("joins the dots that can be seen from outside")),
    }
    what, name, words = names[kind]
    return Witness(kind, what, name, words, False)


def _owners(play: Play) -> list[str]:
    """Those whose own phone was read in this play: the ones concerned."""
    owners = [
        place.phone
        for _index, event, _visit in in_sight(play)
        if isinstance(event, ev.MessageShown) and (place := play.story.places[event.place]).phone is not None
    ]
    return list(dict.fromkeys(owner for owner in owners if owner is not None))


def _silent(play: Play) -> list[str]:
    """Those who were in a group of the player's and wrote nothing in it."""
    groups = [place for place in play.story.places.values() if place.kind == "group" and place.phone is None]
    spoke = {(event.place, event.sender) for event in play.events if isinstance(event, ev.MessageShown) and not event.past}
    missed = {(event.place, event.name) for event in play.events if isinstance(event, ev.Missed)}
    used = {event.place for _index, event, _visit in in_sight(play) if isinstance(event, ev.MessageShown) and not event.past}
    return list(
        dict.fromkeys(
            person
            for place in groups
            if place.id in used
            for person in place.people
            if (place.id, person) not in spoke and (place.id, play.words[person]) not in missed
        )
    )


# What they had


class _Words:
    """What a witness says, where it holds in this play."""

    def __init__(self, play: Play, written: model.Witness | None) -> None:
        self.play = play
        self.before = self._told(written.before) if written is not None else []
        self.after = self._told(written.after) if written is not None else []
        self._on = {message: self._told(cues) for message, cues in written.on.items()} if written is not None else {}

    def on(self, message: str) -> list[str]:
        """What they say under a message, once."""
        return self._on.pop(message, [])

    def _told(self, cues: Iterable[Cue]) -> list[str]:
        return [self.play.text(cue.text) for cue in cues if cue.guard is None or cue.guard.test(self.play.values)]


class _Reader:
    """Folds the events that reached one witness into what they had."""

    def __init__(self, play: Play, witness: Witness, written: model.Witness | None) -> None:
        self.play = play
        self.witness = witness
        self.written = written
        self.words = _Words(play, written)
        self.phone = play.phone(empty=True)
        self.people = {place.id: set(place.people) for place in play.story.places.values()}
        self.heard = _speakers(play)
        self.writes = {
            (event.place, event.sender)
            for event in play.events
            if isinstance(event, ev.MessageShown | ev.Reacted) and event.sender is not None
        }
        self.answers = _answers(play)
        self.homes = {event.id: event.place for event in play.events if isinstance(event, ev.MessageShown | ev.Missed)}
        self.senders = {event.id: event.sender for event in play.events if isinstance(event, ev.MessageShown)}
        self.had: dict[str, bool] = {}
        """The messages that reached them, and whether as a copy."""
        self.cut = (
            frozenset(self.homes[message] for message in written.only if message in self.homes)
            if written is not None
            else frozenset()
        )
        """The places of which only some messages reached them."""
        self.begun = written is None or written.since is None
        self.glimpses: list[Glimpse] = []

    def read(self) -> list[Glimpse]:
        """The thread, from the first thing that reached them to the last."""
        self.glimpses += [Glimpse(self.play.story.start_clock, "", words=words) for words in self.words.before]
        sighted = {index: visit for index, _event, visit in in_sight(self.play)}
        for index, event in enumerate(self.play.events):
            visit = sighted.get(index)
            if isinstance(event, ev.MessageShown) and self.written is not None and event.id == self.written.since:
                self.begun = True
            if visit is not None and self.begun:
                self._event(event, visit)
            if isinstance(event, ev.Joined | ev.Left) and not event.past:
                (self.people[event.place].add if isinstance(event, ev.Joined) else self.people[event.place].discard)(event.who)
        at = self.glimpses[-1].at if self.glimpses else self.play.story.start_clock
        self.glimpses += [Glimpse(at, "", words=words) for words in self.words.after]
        return self.glimpses

    def _event(self, event: ev.Event, visit: Visit) -> None:
        if isinstance(event, ev.MessageShown | ev.Missed):
            if not (isinstance(event, ev.MessageShown) and event.past):
                self._message(_shown(event, self.play), visit)
        elif isinstance(event, ABOUT):
            self._about(event)
        elif isinstance(event, ev.Joined | ev.Left | ev.Renamed | ev.TimerSet):
            past = isinstance(event, ev.Joined | ev.Left) and event.past
            joins = isinstance(event, ev.Joined) and event.who == self.witness.id
            there = joins or self._there(event.place)
            if there and not past and self._whole(event.place):
                self._apply(_named(event, self.play), event.place)
        elif isinstance(event, ev.DecisionOffered) and self.witness.kind == "stranger":
            self._cards(event)

    def _message(self, event: ev.MessageShown, visit: Visit) -> None:
        written = self.written
        if written is not None and visit.scene in written.scenes:
            self._keep(event, copy=False)
            return
        if event.kind == "prose":
            return
        rule = self._sees(event, visit)
        if written is None or (written.places is None and not written.only):
            if rule:
                self._keep(event, copy=False)
            return
        if event.id in written.only or (written.places is not None and event.place in written.places - self.cut):
            self._keep(event, copy=not rule)

    def _sees(self, event: ev.MessageShown, visit: Visit) -> bool:
        """Whether a message reached this witness by the rules."""
        place = self.play.story.places[event.place]
        if self.witness.kind != "member":
            return self._there(event.place)
        who = self.witness.id
        if event.sender == who:
            return True
        if place.phone is None and place.kind == "in-person":
            return who in self.heard.get((visit.first, place.id), ())
        if place.phone is None and place.kind in ("mail", "letter"):
            answered = self.answers.get(event.id)
            named = event.to is not None and self.play.words[who].casefold() in event.to.casefold()
            return named or (answered is not None and self.senders.get(answered) == who)
        return self._there(event.place)

    def _there(self, name: str) -> bool:
        """Whether this witness is in a place now, so that all that comes in it reaches them."""
        place = self.play.story.places[name]
        kind = self.witness.kind
        if kind != "member":
            if place.kind != "feed" or place.phone is not None:
                return False
            wide = kind == "stranger" or not place.own
            return wide if kind != "other" or self._unsaid() else False
        who = self.witness.id
        if place.phone is not None:
            return who == place.phone or who in place.people
        if place.kind in ("group", "dm", "call"):
            return who in self.people[name]
        if place.kind == "feed":
            return who in self.people[name] or (name, who) in self.writes
        return False

    def _unsaid(self) -> bool:
        """The author says nothing of what reached them, so that they have what everybody has."""
        written = self.written
        return written is None or (written.places is None and not written.only and not written.scenes)

    def _whole(self, place: str) -> bool:
        """They had all of a place, as far as they were in it, and not only some of its messages."""
        written = self.written
        if written is None or (written.places is None and not written.only):
            return True
        return written.places is not None and place in written.places - self.cut

    def _about(self, event: ev.Event) -> None:
        assert isinstance(event, ABOUT)
        copy = self.had.get(event.message)
        if copy is None or (copy and not isinstance(event, ev.Edited | ev.Counted)):
            return
        if not copy and self.witness.kind == "member" and not self._there(event.place):
            return
        if isinstance(event, ev.Deleted | ev.Expired):
            self._gone(event)
        else:
            self._apply(_named(event, self.play), event.place)

    def _gone(self, event: ev.Deleted | ev.Expired) -> None:
        """It had been read by then: the words stay with the reader, and a line says that they went."""
        entry = self.phone.places[event.place].find(event.message)
        if entry is None:
            return
        if isinstance(event, ev.Expired):
            words = _("What had been on the timer went")
            last = self.phone.places[event.place].entries[-1]
            if last.kind == "notice" and last.text == words:
                return
        else:
            who = player_name(self.play) if event.by == YOU else event.name
            words = put(_("{name} deleted what was sent at {time}"), name=who, time=_clock(entry.at))
        self.phone.notice(event.place, words, event.at)
        self.glimpses.append(Glimpse(event.at, event.place, self.phone.places[event.place].entries[-1]))

    def _keep(self, event: ev.MessageShown, *, copy: bool) -> None:
        if event.id in self.had and self.phone.places[event.place].find(event.id) is not None:
            return
        self.had[event.id] = copy
        self._apply(event, event.place, copy=copy)
        self.glimpses += [Glimpse(event.at, event.place, words=words) for words in self.words.on(event.id)]

    def _apply(self, event: ev.Event, place: str, *, copy: bool = False) -> None:
        entries = self.phone.places[place].entries
        before = len(entries)
        self.phone.apply(event)
        for entry in entries[before:]:
            if entry.reply_to is not None and not entry.reply_name:
                entry.reply_to = None  # they never had what it answers
            self.glimpses.append(Glimpse(entry.at, place, entry, copy=copy))

    def _cards(self, event: ev.DecisionOffered) -> None:
        for card in event.cards:
            if card.id not in self.had and event.place is not None:
                self.had[card.id] = True
                entry = Entry(f"card {card.id}", "text", card.text, event.at, None, card.owner)
                self.glimpses.append(Glimpse(event.at, event.place, entry, copy=True))


def _speakers(play: Play) -> dict[tuple[int, str], set[str]]:
    """Who of the cast speaks, by scene as it came (its first event) and place."""
    found: dict[tuple[int, str], set[str]] = {}
    for _index, event, visit in in_sight(play):
        if isinstance(event, ev.MessageShown) and event.sender not in (None, YOU) and not event.past:
            found.setdefault((visit.first, event.place), set()).add(str(event.sender))
    return found


def _answers(play: Play) -> dict[str, str]:
    """What each message that the player can send answers."""
    return {
        choice.sent: choice.on
        for scene in play.story.scenes.values()
        for choice in scene.choices.values()
        if choice.on is not None and choice.sent
    }


def _shown(event: ev.MessageShown | ev.Missed, play: Play) -> ev.MessageShown:
    """A message as anybody but the player had it; what the player missed is only missing on one phone."""
    if isinstance(event, ev.Missed):
        place: Place = play.story.places[event.place]
        kind: Any = {"feed": "post", "mail": "mail", "letter": "mail"}.get(place.kind, "text")
        who = next((person for person in play.story.cast if play.words[person] == event.name), None)
        return ev.MessageShown(
            at=event.at, id=event.id, place=event.place, sender=who, name=event.name, kind=kind, text=event.text
        )
    shown = _named(event, play)
    assert isinstance(shown, ev.MessageShown)
    return shown


def _named(event: ev.Event, play: Play) -> ev.Event:
    """An event as it shows on a phone on which the player is one more name."""
    name = player_name(play)
    changes: dict[str, Any] = {}
    if isinstance(event, ev.MessageShown | ev.Reacted) and event.sender == YOU:
        place = play.story.places[event.place]
        page = place.kind == "feed" and place.official  # a page speaks under its own name, whoever is typing
        changes = {"sender": PLAYER, "name": play.text(place.name) if page else name}
    elif isinstance(event, ev.Joined | ev.Left):
        if event.who == YOU:
            changes = {"who": PLAYER, "name": name}
        if event.by == YOU:
            changes["by"] = name
    elif isinstance(event, ev.TimerSet) and event.by == YOU:
        changes = {"by": PLAYER, "name": name}
    return msgspec.structs.replace(event, **changes) if changes else event


def _clock(at: int) -> str:
    minutes = at % model.DAY // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _hidden(play: Play, shown: set[str], names: dict[str, str]) -> list[Hidden]:
    counts: dict[str, int] = {}
    for _index, event, _visit in in_sight(play):
        if isinstance(event, ev.MessageShown) and event.sender == YOU and not event.past and event.id not in shown:
            counts[event.place] = counts.get(event.place, 0) + 1
    kinds = {place: play.story.places[place].kind for place in counts}
    return [Hidden(names.get(place, place), kinds[place] in ("dm", "call"), count) for place, count in counts.items()]
