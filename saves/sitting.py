"""A play and its journal, kept together: what a front end holds while somebody plays.

A decision is on the disk when `take` returns its events, so whatever a screen shows as taken is saved. When saving fails,
the play is put back to where the journal stands: screen, play and disk never tell different stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play.events import DraftTakenBack
from saves.errors import SaveError
from saves.journal import Journal
from saves.resume import Change, replayed, resume

if TYPE_CHECKING:
    from engine.play.events import Event
    from engine.play.inputs import Input
    from engine.play.play import Play
    from engine.story.model import Story
    from saves.store import Player, Store


class Sitting:
    """Somebody plays. `play` is the engine's play, `journal` what is saved of it."""

    def __init__(self, story: Story, journal: Journal, play: Play, changed: tuple[Change, ...] = ()) -> None:
        self.story = story
        self.journal = journal
        self.play = play
        self.changed = changed
        """What an edited scenario changed, to be told before the play goes on."""

    @classmethod
    def begin(cls, store: Store, player: Player, story: Story, seed: int, name: str = "", pronouns: str = "they") -> Sitting:
        """A new play. Raises SaveError."""
        journal = store.begin(player, story, seed, name, pronouns)
        return cls(story, journal, replayed(journal, story))

    @classmethod
    def resume(cls, journal: Journal, story: Story) -> Sitting:
        """Go on with a saved play; see `saves.resume.resume`."""
        resumed = resume(journal, story)
        return cls(story, journal, resumed.play, resumed.changed)

    def take(self, given: Input, *, took_ms: int = 0) -> list[Event]:
        """Decide. The decision is on the disk when the events come back, and an ending with it.

        Raises NotPossible when it is not on offer, and SaveError when it could not be saved; the play is as before then
        (a new object, built from the journal).
        """
        events = self.play.take(given)
        try:
            self.journal.take(given, took_ms=took_ms, play=self.play)
        except SaveError:
            self.play = replayed(self.journal, self.story)
            raise
        return events

    def note_draft(self, choice: str, text: str = "") -> Event:
        """Something was written and taken back. Raises SaveError, with the play as before."""
        event = self.play.note_draft(choice, text)
        assert isinstance(event, DraftTakenBack)
        try:
            self.journal.note_draft(event.scene, event.choice, event.text)
        except SaveError:
            self.play = replayed(self.journal, self.story)
            raise
        return event

    def note_reading(self, scene: str, read: bool) -> Event:
        """A scene to read is read, or skipped. Raises SaveError, with the play as before."""
        event = self.play.note_reading(scene, read)
        try:
            self.journal.note_reading(scene, read)
        except SaveError:
            self.play = replayed(self.journal, self.story)
            raise
        return event

    def rewind(self, count: int) -> Play:
        """Back to where `count` decisions had been taken. Returns the play there. Raises ValueError, SaveError."""
        self.journal.rewind(count)
        self.play = replayed(self.journal, self.story)
        return self.play

    def undo(self) -> Play:
        """Take back a mis-tap. Returns the play before it. Raises NothingToUndo, SaveError."""
        self.journal.undo()
        self.play = replayed(self.journal, self.story)
        return self.play

    def go_to(self, tip: int) -> None:
        """Go on with another branch. Raises ValueError, SaveError; `changed` says what an edited scenario makes of it."""
        self.journal.go_to(tip)
        self._resume()

    def reload(self) -> None:
        """Go on from where another window stands (after OpenElsewhere). Raises SaveError."""
        self.journal.reload()
        self._resume()

    def _resume(self) -> None:
        resumed = resume(self.journal, self.story)
        self.play, self.changed = resumed.play, resumed.changed
