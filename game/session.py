"""One play at the table: engine and saves joined, without a screen.

A decision goes onto the disk before anybody sees what comes of it. When the disk refuses, the decision has not been taken: the
play stands where it stood, and the error says so.

    session = Session.new(store, "Alex", story, seed=7, name="Alex")
    events = session.take(Input("meme", choice="speak-up"), took_ms=4200)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from engine.play import events as ev
from engine.play.events import DecisionOffered, DecisionTaken, Event, SceneBegan
from engine.play.inputs import Input
from engine.play.phone import Phone
from engine.play.play import Play
from engine.play.reading import in_sight, unanswered
from engine.story.cut import known_cut
from engine.story.model import Story
from game.clock import moment_words
from game.words import _

if TYPE_CHECKING:
    from saves.errors import SaveError
    from saves.journal import Branch, Journal
    from saves.sitting import Sitting
    from saves.store import Player, Store

_RECAP = 4
"""Decisions that a recap tells; the earlier ones are many and known."""


class Noted(NamedTuple):
    """Something noted after `depth` decisions: a draft taken back, or whether a scene to read was read."""

    depth: int
    event: ev.DraftTakenBack | ev.ReadingChosen

    def again(self, play: Play) -> None:
        """Note it in a play that was done over."""
        if isinstance(self.event, ev.ReadingChosen):
            play.note_reading(self.event.scene, self.event.read)
        else:
            play.note_draft(self.event.choice, self.event.text)


class Step(NamedTuple):
    """One decision that was taken, as one can go back to it. `number` decisions came before it."""

    number: int
    moment: str
    scene: str
    words: str


class Session:
    """A play with its journal, or without one: then nothing is kept. Made by `new`, `resume` and `unsaved`."""

    def __init__(self, story: Story, sitting: Sitting | None, play: Play) -> None:
        self.story = story
        self.trouble: SaveError | None = None
        """Something beside a decision that could not be written down; a screen says so once."""
        self.told = 0
        """How many events were told before this point; a screen shows them at once and animates what follows."""
        self.career = ""
        """Title of the career that it is a part of."""
        self.later_parts = 0
        """How many later parts of its career were begun from where it stands."""
        self.still_out: Callable[..., list[str]] | None = None
        """What earlier parts of its career put at stake, as it stands now, in sentences; with `nameless=True` as of somebody called "You"."""
        self._sitting = sitting
        self._play = play
        self._noted: list[Noted] = []
        self._rule: tuple[str, str] | None = None
        """The rule of a play that is not kept."""

    # Ways in

    @classmethod
    def new(
        cls, store: Store, player: Player | str, story: Story, seed: int, name: str = "", pronouns: str = "they"
    ) -> Session:
        """Begin a play and its journal. Raises SaveError when the journal cannot be made."""
        from saves.sitting import Sitting

        owner = store.player(player) if isinstance(player, str) else player
        sitting = Sitting.begin(store, owner, story, seed, name, pronouns)
        return cls(story, sitting, sitting.play)

    @classmethod
    def resume(cls, store: Store, play_id: str, story: Story, way: int | None = None) -> Session:
        """Go on with a saved play. `resumed_changes` says what an edited scenario makes of it.

        `way` is the tip of another branch to look back on: the play stays where it stands until one plays on from there.
        Raises SaveError, and ValueError when the story is another scenario than the play's, or has no such branch.
        """
        from saves.sitting import Sitting

        journal = store.journal(play_id)
        if way is not None:
            journal.look_from(way)
        sitting = Sitting.resume(journal, story)
        session = cls(known_cut(story, sitting.journal.cut), sitting, sitting.play)
        session.told = session.where_left()
        session._mend_ending()
        return session

    @classmethod
    def unsaved(cls, story: Story, seed: int, name: str = "", pronouns: str = "they") -> Session:
        """Begin a play that is not kept."""
        return cls(story, None, Play.begin(story, seed, name or None, pronouns))

    # What it is

    @property
    def play(self) -> Play:
        """The engine's play. Another object after `undo`, `rewind`, `go_to`, and after a decision that could not be saved."""
        return self._sitting.play if self._sitting is not None else self._play

    @property
    def journal(self) -> Journal | None:
        """What is saved of the play; None when nothing is."""
        return self._sitting.journal if self._sitting is not None else None

    @property
    def saved(self) -> bool:
        """What is decided here is kept."""
        return self._sitting is not None

    @property
    def resumed_changes(self) -> tuple[str, ...]:
        """What an edit of the scenario changed for this play, to be told before it goes on."""
        return tuple(change.words for change in self._sitting.changed) if self._sitting is not None else ()

    @property
    def offer(self) -> DecisionOffered | None:
        """The decision that is waited for; None when the play is over."""
        return self.play.offer

    @property
    def ended(self) -> bool:
        """The play is over."""
        return self.play.ending is not None

    def phone(self) -> Phone:
        """The phone with everything applied that was told before this point, but for what one chose not to read.

        New is only what has come in this scene.
        """
        phone = self.play.phone(empty=True)
        told = self.play.events[: self.told]
        scene = next((at for at in range(len(told) - 1, -1, -1) if isinstance(told[at], SceneBegan)), 0)
        seen = list(in_sight(self.play.events))
        phone.apply_all(event for at, event in seen if at < scene)
        for place in phone.places.values():
            place.unread = 0
        phone.apply_all(event for at, event in seen if scene <= at < self.told)
        return phone

    def where_left(self) -> int:
        """How many events were told when a play is taken up again: a scene that one was not asked about yet is still to come."""
        asks = None if self.ended else unanswered(self.story, self.play.events)
        return len(self.play.events) if asks is None else asks

    def _asked_about(self) -> SceneBegan | None:
        """The scene that comes next and that one is to be asked about; None: another, or none."""
        events = self.play.events
        event = events[self.told] if self.told < len(events) and self.told == self.where_left() else None
        return event if isinstance(event, SceneBegan) else None

    # Deciding

    def take(self, given: Input, took_ms: int = 0) -> list[Event]:
        """Take a decision; it is on the disk when this returns, and an ending with it. Returns what comes of it.

        `took_ms` is the real time from the offer to the decision, milliseconds.
        Raises NotPossible when it is not on offer, and SaveError when it could not be written down. In both cases nothing has
        been decided.
        """
        told = len(self.play.events)
        events = self._sitting.take(given, took_ms=took_ms) if self._sitting is not None else self._play.take(given)
        self.told = told
        return events

    def note_draft(self, choice: str = "") -> Event:
        """Note that what was written was not sent. Raises SaveError, with nothing noted, when it cannot be written down."""
        if self._sitting is not None:
            event = self._sitting.note_draft(choice)
        else:
            event = self._play.note_draft(choice)
            assert isinstance(event, ev.DraftTakenBack)
            self._noted.append(Noted(len(self._play.inputs), event))
        self.told = len(self.play.events)
        return event

    def content_note(self, scene: str) -> str:
        """What is said beside the question whether to read a scene: its own note, or what the scenario says of all of it; empty: nothing."""
        own = self.story.scenes[scene].note
        return self.story.note or "" if own is None else self.play.text(own)

    def note_reading(self, scene: str, read: bool) -> None:
        """Note whether a scene to read is read. It is no decision. Raises SaveError, with nothing noted, when it cannot be written down."""
        if self._sitting is not None:
            self._sitting.note_reading(scene, read)
            return
        event = self._play.note_reading(scene, read)
        assert isinstance(event, ev.ReadingChosen)
        self._noted.append(Noted(len(self._play.inputs), event))

    def undo(self) -> None:
        """Take back the last decision, as a mis-tap. Raises NothingToUndo at the beginning, and SaveError."""
        from saves.errors import NothingToUndo

        if not self.play.inputs:
            raise NothingToUndo
        if self._sitting is not None:
            self._sitting.undo()
        else:
            self._stand(len(self._play.inputs) - 1)
        self.told = self.where_left()

    def rewind(self, count: int) -> None:
        """Go back to where `count` decisions had been taken; the branch that is left stays in the journal.

        Raises ValueError for a count that the play has not, and SaveError.
        """
        if not 0 <= count <= len(self.play.inputs):
            raise ValueError(f"cannot rewind to {count} decisions, the play has {len(self.play.inputs)}")
        if self._sitting is not None:
            self._sitting.rewind(count)
        else:
            self._stand(count)
        self.told = self.where_left()

    def branches(self) -> list[Branch]:
        """Every way that was gone in this play, the newest first; empty when nothing is kept."""
        return self._sitting.journal.branches() if self._sitting is not None else []

    def go_to(self, tip: int) -> None:
        """Go on with another branch. Raises ValueError for an unknown one, and SaveError."""
        if self._sitting is None:
            raise ValueError("a play that is not kept has one branch only")
        self._sitting.go_to(tip)
        self.told = self.where_left()

    def reload(self) -> None:
        """Go on from where another window stands, after OpenElsewhere. Raises SaveError."""
        if self._sitting is not None:
            self._sitting.reload()
            self.told = self.where_left()

    # The rule

    @property
    def rule(self) -> tuple[str, str] | None:
        """The rule that was written for this play: if what, and then I do what. Raises SaveError."""
        if self._sitting is None:
            return self._rule
        found = self._sitting.journal.rule()
        return None if found is None else (found.situation, found.action)

    @property
    def last_rule(self) -> tuple[str, str] | None:
        """The rule that the same player wrote last in another play of this story. Raises SaveError."""
        found = self._sitting.journal.last_rule() if self._sitting is not None else None
        return None if found is None else (found.situation, found.action)

    def write_rule(self, situation: str, action: str, scene: str = "") -> None:
        """Keep a rule with this play; two empty halves remove it. Raises BadRule, and SaveError with nothing changed."""
        if self._sitting is not None:
            self._sitting.journal.write_rule(situation, action, scene)
            return
        from saves.rules import checked

        kept = checked(situation, action)
        self._rule = kept if all(kept) else None

    def _mend_ending(self) -> None:
        """Write an ending down that an imported journal lacks, so that it counts among those found."""
        from saves.errors import SaveError

        journal = self.journal
        if journal is None or self.play.ending is None or journal.ending() is not None or self.resumed_changes:
            return
        try:
            journal.reached(self.play.ending, self.play.dials)
        except SaveError as trouble:
            self.trouble = trouble

    def _stand(self, count: int) -> None:
        """Be where `count` of the decisions were taken, with what was noted on that path."""
        old = self._play
        play = Play.begin(self.story, old.seed, old.name, old.pronouns)
        self._noted = [noted for noted in self._noted if noted.depth <= count]
        for index in range(count + 1):
            for noted in self._noted:
                if noted.depth == index:
                    noted.again(play)
            if index < count:
                play.take(old.inputs[index])
        self._play = play

    # Telling where one is

    def steps(self) -> list[Step]:
        """The decisions taken so far, oldest first, in words."""
        found: list[Step] = []
        titles: dict[str, str] = {}
        for event in self.play.events:
            if isinstance(event, SceneBegan):
                titles[event.scene] = event.title
            elif isinstance(event, DecisionTaken):
                moment = moment_words(self.story, event.at)
                found.append(Step(len(found), moment, titles.get(event.scene, event.scene), taken_words(event)))
        return found

    def recap(self) -> list[str]:
        """Where you are, in a few short lines: the last decisions in words, then the moment and the place.

        A scene that one is still to be asked about is where one is, and not what comes after it.
        """
        lines = [
            _("{moment}, {scene}: {choice}").format(moment=step.moment, scene=step.scene, choice=step.words)
            for step in self.steps()[-_RECAP:]
        ]
        play = self.play
        if play.ending is not None:
            end = next((event for event in reversed(play.events) if isinstance(event, ev.EndingReached)), None)
            lines.append(_("This play is over: {ending}").format(ending=end.title if end is not None else play.ending))
            return lines
        asks = self._asked_about()
        moment = moment_words(self.story, play.clock if asks is None else asks.at)
        here = self.here_words()
        words = _("It is {moment}.").format(moment=moment)
        lines.append(f"{words} {here}" if here else words)
        return lines

    def here_words(self) -> str:
        """Where the decision stands that is waited for, or the scene to read, as a sentence; nothing where that is no place."""
        stands = self._asked_about() or self.play.offer
        if stands is None or stands.place is None or self.story.places[stands.place].phone is not None:
            return ""  # on somebody else's phone one is not
        name = self.play.teller.place_names.get(stands.place, "")
        kind = self.story.places[stands.place].kind
        if kind == "dm":
            return _("You are writing with {name}.").format(name=name)
        if kind == "call":
            return _("You are on the telephone with {name}.").format(name=name)
        if kind == "group":
            return _("You are in {place}.").format(place=name)
        if name.startswith("The "):
            name = f"the {name[4:]}"
        if kind == "in-person":
            return _("You are here: {place}.").format(place=name)
        return _("In front of you: {place}.").format(place=name)


def taken_words(event: DecisionTaken) -> str:
    """A decision in words: its label, and what was picked."""
    if not event.labels:
        return event.label
    return _("{label} ({picks})").format(label=event.label, picks="; ".join(event.labels))


def fresh_seed() -> int:
    """A seed for a new play: a number that nobody can guess and anybody can type."""
    import secrets

    return secrets.randbelow(2**31)
