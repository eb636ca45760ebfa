"""A career at the table: its pack, its saves and the play that goes on, joined without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from engine.play.career import handed_on, part_seed
from engine.story.given import Given, begun_with
from engine.story.horizon import up_to
from game.session import Session
from game.words import _

if TYPE_CHECKING:
    from engine.debrief.career import CareerDebrief
    from engine.play.play import Play
    from engine.story.model import Story
    from game.packs import CareerCard
    from saves.careers import CareerInfo
    from saves.store import Player, Store
    from saves.way import Way

State = Literal["over", "open", "next", "ahead"]


@dataclass(frozen=True, slots=True)
class PartFace:
    """One part at a glance."""

    number: int
    scenario: str
    title: str
    after: int
    """Story seconds since the last decision of the part before."""
    state: State
    ending: str = ""
    """Title of its ending, when it is over."""


class Table:
    """One career that somebody goes through. Made by `new`, `resume` and `unsaved`."""

    def __init__(self, card: CareerCard, story_of: Callable[[str], Story], store: Store | None = None) -> None:
        """`story_of` gives the story of a scenario, and may raise what reading one raises."""
        self.card = card
        self._story_of = story_of
        self._store = store
        self._way: Way | None = None
        self._loose: list[Session] = []
        """The parts of a career that is not kept."""
        self._about = (0, "", "they")

    # Ways in

    @classmethod
    def new(
        cls, card: CareerCard, story_of: Callable[[str], Story], store: Store, player: Player, seed: int, name: str = "",
        pronouns: str = "they",
    ) -> Table:  # fmt: skip
        """Begin a career and its first part. Raises SaveError."""
        outline = [(part.scenario, part.after) for part in card.parts]
        story = story_of(card.parts[0].scenario)
        info = store.begin_career(player, (card.pack, card.id), card.title, outline, story, seed, name, pronouns)
        return cls.resume(card, story_of, store, info)

    @classmethod
    def resume(cls, card: CareerCard, story_of: Callable[[str], Story], store: Store, info: CareerInfo) -> Table:
        """Go on with a saved career."""
        table = cls(card, story_of, store)
        table._open(info)
        return table

    @classmethod
    def unsaved(
        cls, card: CareerCard, story_of: Callable[[str], Story], seed: int, name: str = "", pronouns: str = "they"
    ) -> Table:
        """Begin a career that is not kept."""
        table = cls(card, story_of)
        table._about = (seed, name, pronouns)
        table._begin_loose(card.parts[0].scenario, None)
        return table

    def _open(self, info: CareerInfo) -> None:
        from saves.way import Way

        assert self._store is not None
        self._way = Way(self._store, info, [(part.scenario, part.after) for part in self.card.parts], self._story_of)

    def _begin_loose(self, scenario: str, given: Given | None) -> None:
        seed, name, pronouns = self._about
        beyond = self.card.parts[len(self._loose) + 1 :]
        story = up_to(begun_with(self._story_of(scenario), given), beyond[0].after if beyond else None)
        self._loose.append(Session.unsaved(story, part_seed(seed, scenario), name, pronouns))

    # Where it stands

    @property
    def saved(self) -> bool:
        """What is decided here is kept."""
        return self._way is not None

    @property
    def info(self) -> CareerInfo | None:
        """What is saved of it."""
        return self._way.info if self._way is not None else None

    @property
    def following(self) -> tuple[str, int] | None:
        """The scenario that comes next, and after how long; None while a part is played and at the end."""
        if self._way is not None:
            return self._way.following
        if not self._loose[-1].ended or len(self._loose) >= len(self.card.parts):
            return None
        part = self.card.parts[len(self._loose)]
        return part.scenario, part.after

    @property
    def ended(self) -> bool:
        """All parts have been played to their ends."""
        return self._way.ended if self._way is not None else self._loose[-1].ended and self.following is None

    def plays(self) -> list[Play]:
        """The plays of the parts that were begun, first to last."""
        return self._way.plays() if self._way is not None else [session.play for session in self._loose]

    def gaps(self) -> list[int]:
        """For each of these the story seconds since the last decision of the part before."""
        if self._way is not None:
            return [part.after for part in self._way.info.parts]
        return [part.after for part in self.card.parts[: len(self._loose)]]

    def changed(self) -> list[str]:
        """What an edit of pack or scenarios makes of it, in sentences."""
        return self._way.changed() if self._way is not None else []

    def aside(self) -> int:
        """Parts that hang on ways that were left."""
        return self._way.info.aside if self._way is not None else 0

    def faces(self) -> list[PartFace]:
        """All parts, those ahead too."""
        faces: list[PartFace] = []
        for number, (play, after) in enumerate(zip(self.plays(), self.gaps(), strict=True)):
            over = play.ending is not None
            titles = {ending.id: play.text(ending.title) for ending in play.story.endings}
            faces.append(
                PartFace(
                    number,
                    play.story.id,
                    play.story.title,
                    after,
                    "over" if over else "open",
                    titles.get(play.ending or "", ""),
                )
            )
        titles = {part.scenario: part.title for part in self.card.parts}
        ahead = self._way.ahead() if self._way is not None else [
            (part.scenario, part.after) for part in self.card.parts[len(faces) :]
        ]  # fmt: skip
        for scenario, after in ahead:
            state: State = "next" if faces[-1].state == "over" else "ahead"
            faces.append(PartFace(len(faces), scenario, titles.get(scenario, scenario), after, state))
        return faces

    def debrief(self) -> CareerDebrief:
        """The career looked back at, as far as it was played."""
        from engine.debrief.career import build_career

        return build_career(self.card.title, self.plays(), self.gaps())

    def carried_on(self) -> list[str]:
        """What the next part begins with, in its own words; empty while one is played and at the end."""
        from engine.debrief.career import carried_words

        following = self.following
        if following is None:
            return []
        given = handed_on(self.plays()[-1])
        return [one.words for one in carried_words(self._story_of(following[0]), given)]

    # Going on

    def session(self, number: int | None = None) -> Session:
        """The part to play now: the one that is open, else the next, which is begun; or part `number`, to look back on.

        Raises SaveError, and ValueError at the end.
        """
        if self._way is None:
            if number is None and self.following is not None:
                self._begin_loose(self.following[0], handed_on(self._loose[-1].play))
            session = self._loose[-1 if number is None else number]
            number = self._loose.index(session)
            session.later_parts = len(self._loose) - 1 - number
        else:
            assert self._store is not None
            part = self._way.go_on() if number is None else self._way.info.parts[number]
            session = Session.resume(self._store, part.play, self._story_of(part.scenario))
            number = part.number
            if not session.play.inputs:
                session.told = 0
            session.later_parts = sum(one.number > number for one in self._way.info.parts)
            session.career = self.card.title
        self._tell_out(session, number)
        return session

    def _tell_out(self, session: Session, number: int) -> None:
        """Let a later part's debrief say what is still out there of earlier ones."""
        if number:
            session.still_out = partial(self._still_out, session, number)

    def _still_out(self, session: Session, number: int, *, nameless: bool = False) -> list[str]:
        from engine.debrief.career import MOST_OUT, clocks, last_decision, out_there

        plays = [*self.plays()[:number], session.play]
        if nameless:
            from game.debrief.export.nameless import nameless as unnamed

            plays = [unnamed(play) for play in plays]
        gaps = self.gaps()[: number + 1]
        now = clocks(plays, gaps)[-1] + last_decision(session.play)
        return [one.told for one in out_there(plays, gaps, now, parts=number)[:MOST_OUT]]

    def reload(self) -> None:
        """Look again where it stands: a part was played, or gone back in. Raises SaveError."""
        if self._way is not None:
            assert self._store is not None
            self._open(self._store.career(self._way.info.id))
            return
        # Who went back in an earlier part is in it again; what came after is left behind.
        for number, session in enumerate(self._loose):
            if not session.ended:
                del self._loose[number + 1 :]
                break


def standing_words(number: int, count: int) -> str:
    """`part 2 of 3`."""
    return _("part {number} of {count}").format(number=number, count=count)


__all__ = ["PartFace", "Table", "standing_words"]
