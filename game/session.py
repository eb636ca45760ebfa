"""One play at the table: engine and saves joined, without a screen.

A decision goes onto the disk before anybody sees what comes of it. When the disk refuses, the decision has not been taken: the
play stands where it stood, and the error says so.

    session = Session.new(store, "Alex", story, seed=7, name="Alex")
    events = session.take(Input("meme", choice="speak-up"), took_ms=4200)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.play import events as ev
from engine.play.events import DecisionOffered, DecisionTaken, Event, SceneBegan
from engine.play.inputs import Input
from engine.play.phone import Phone
from engine.play.play import NotPossible, Play
from engine.story.model import Story
from game.clock import moment_words
from game.words import _
from saves.errors import NothingToUndo, SaveError

if TYPE_CHECKING:
    from saves.store import Store

    from saves.journal import Journal

_RECAP = 4
"""Decisions that a recap tells; the earlier ones are many and known."""


class Draft(NamedTuple):
    """Something written after `depth` decisions and taken back."""

    depth: int
    choice: str
    text: str


class Step(NamedTuple):
    """One decision that was taken, as one can go back to it. `number` decisions came before it."""

    number: int
    moment: str
    scene: str
    words: str


class Session:
    """A play with its journal. Without a journal nothing is kept."""

    def __init__(self, play: Play, journal: Journal | None, changes: Sequence[str] = (), drafts: Sequence[Draft] = ()) -> None:
        self.play = play
        self.journal = journal
        self.resumed_changes: tuple[str, ...] = tuple(changes)
        """What an edit of the scenario changed for this play, one sentence each."""
        self.told = 0
        """How many events were told before this point; a screen shows them at once and animates what follows."""
        self.trouble: SaveError | None = None
        """Something that could not be written down although the decision was; a screen shows it once."""
        self._drafts: list[Draft] = list(drafts)

    # Ways in

    @classmethod
    def new(cls, store: Store, player: str, story: Story, seed: int, name: str) -> Session:
        """Begin a play and its journal. Raises SaveError when the journal cannot be made."""
        play = Play.begin(story, seed, name)
        return cls(play, store.begin(player, story, seed=seed, name=name))

    @classmethod
    def unsaved(cls, story: Story, seed: int, name: str) -> Session:
        """Begin a play that is not kept."""
        return cls(Play.begin(story, seed, name), None)

    @property
    def story(self) -> Story:
        """The story that is played."""
        return self.play.story

    @property
    def offer(self) -> DecisionOffered | None:
        """The decision that is waited for; None when the play is over."""
        return self.play.offer

    @property
    def ended(self) -> bool:
        """The play is over."""
        return self.play.ending is not None

    @property
    def saved(self) -> bool:
        """What is decided here is kept."""
        return self.journal is not None

    def phone(self) -> Phone:
        """The phone with everything applied that was told before this point."""
        phone = self.play.phone(empty=True)
        phone.apply_all(self.play.events[: self.told])
        return phone

    # Deciding

    def take(self, given: Input, took_ms: int = 0) -> list[Event]:
        """Take a decision; it is on the disk when this returns. Returns what comes of it.

        Raises NotPossible when it is not on offer, and SaveError when it could not be written down. In both cases nothing has
        been decided.
        """
        play = self.play
        before = len(play.inputs)
        mark = len(play.events)
        events = play.take(given)
        if self.journal is not None:
            leads_to = play.offer.scene if play.offer is not None else ""
            try:
                self.journal.take(given, took_ms=took_ms, leads_to=leads_to)
            except BaseException:
                # Whoever sees these events would believe that they are kept.
                self._stand(before)
                raise
        self.told = mark
        self._finish()
        return events

    def note_draft(self, choice: str = "") -> Event:
        """Note that what was written was not sent. Raises SaveError, with nothing noted, when it cannot be written down."""
        offer = self.play.offer
        scene = offer.scene if offer is not None else self.play.scene
        text = self._draft_text(choice)
        if self.journal is not None:
            self.journal.note_draft(scene, choice, text)
        event = self.play.note_draft(choice, text)
        self._drafts.append(Draft(len(self.play.inputs), choice, text))
        self.told = len(self.play.events)
        return event

    def undo(self) -> None:
        """Take back the last decision, as a mis-tap. Raises NothingToUndo at the beginning, and SaveError."""
        if not self.play.inputs:
            raise NothingToUndo
        if self.journal is not None:
            self.journal.undo()
        self._stand(len(self.play.inputs) - 1)

    def rewind(self, count: int) -> None:
        """Go back to where `count` decisions had been taken; the branch that is left stays in the journal.

        Raises ValueError for a count that the play has not, and SaveError.
        """
        if not 0 <= count <= len(self.play.inputs):
            raise ValueError(f"cannot rewind to {count} decisions, the play has {len(self.play.inputs)}")
        if self.journal is not None:
            self.journal.rewind(count)
        self._stand(count)

    def _draft_text(self, choice: str) -> str:
        offer = self.play.offer
        if offer is None:
            return ""
        option = next((option for option in offer.options if option.id == choice), None)
        return (option.send if option is not None else offer.send) or ""

    def _stand(self, count: int) -> None:
        """Be where `count` of the decisions were taken, with the drafts of that path."""
        old = self.play
        drafts = [draft for draft in self._drafts if draft.depth <= count]
        self.play = replayed(old.story, old.seed, old.inputs[:count], old.name, drafts)
        self._drafts = drafts
        self.told = len(self.play.events)

    def _finish(self) -> None:
        """Write the ending down, once. The decision is kept already, so a refusal waits for the next opening."""
        if self.journal is None or self.play.ending is None or self.journal.ending() is not None:
            return
        try:
            self.journal.reached(self.play.ending, self.play.dials)
        except SaveError as trouble:
            self.trouble = trouble

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
        """Where you are, in a few short lines: the last decisions in words, then the moment and the place."""
        lines = [
            _("{moment}, {scene}: {choice}").format(moment=step.moment, scene=step.scene, choice=step.words)
            for step in self.steps()[-_RECAP:]
        ]
        play = self.play
        if play.ending is not None:
            end = next((event for event in reversed(play.events) if isinstance(event, ev.EndingReached)), None)
            lines.append(_("This play is over: {ending}").format(ending=end.title if end is not None else play.ending))
            return lines
        offer = play.offer
        moment = moment_words(self.story, play.clock)
        place = play.teller.place_names.get(offer.place, "") if offer is not None and offer.place is not None else ""
        lines.append(
            _("It is {moment}. You are in {place}.").format(moment=moment, place=place)
            if place
            else _("It is {moment}.").format(moment=moment)
        )
        return lines


def taken_words(event: DecisionTaken) -> str:
    """A decision in words: its label, and what was picked."""
    if not event.labels:
        return event.label
    return _("{label} ({picks})").format(label=event.label, picks="; ".join(event.labels))


def replayed(story: Story, seed: int, inputs: Sequence[Input], name: str | None, drafts: Sequence[Draft] = ()) -> Play:
    """The play that these inputs give, with the drafts that were taken back along the way.

    Raises NotPossible, with `index`, at the first input that does not fit.
    """
    play = Play.begin(story, seed, name)
    waiting = list(drafts)
    for index, given in enumerate((*inputs, None)):
        while waiting and waiting[0].depth <= index and play.offer is not None:
            draft = waiting.pop(0)
            play.note_draft(draft.choice, draft.text)
        if given is None:
            break
        try:
            play.take(given)
        except NotPossible as problem:
            raise NotPossible(problem.reason, given, index) from None
    return play
