"""What the home screen shows, gathered away from the screen: packs, progress, and where the open plays stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from game.clock import clock_words, day_name, moment_words, when_words
from game.home.cards import Face, facts_words, note_words
from game.packs import Card, CareerCard, Library, Pack, PackError, library
from game.progress import Progress, progress_of
from game.settings import own_files
from game.words import _, n_
from saves.errors import SaveError

if TYPE_CHECKING:
    from engine.story.model import Story
    from saves.careers import CareerInfo
    from saves.store import Player, PlayInfo, Store


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open play stands."""

    moment: str
    short: str
    """The moment with the weekday cut to three letters."""
    here: str = ""
    """The place, in a sentence."""
    last: str = ""
    """The last decision in words."""


@dataclass(slots=True)
class Shelf:
    """All that the home screen shows."""

    library: Library
    progress: Mapping[str, Progress] = field(default_factory=dict)
    plays: Sequence[PlayInfo] = ()
    trouble: list[str] = field(default_factory=list)
    careers: Sequence[CareerInfo] = ()

    @property
    def open(self) -> PlayInfo | None:
        """The play to go on with: the newest that is not over and whose scenario is there. Parts of careers are none."""
        for info in self.plays:
            card = self.library.find(info.scenario) if not info.ended and info.career is None else None
            if card is not None and not card.trouble:
                return info
        return None

    @property
    def open_career(self) -> CareerInfo | None:
        """The career to go on with, when it was played later than the open play."""
        for info in self.careers:
            card = self.library.find_career(info.key) if not info.ended else None
            if card is not None and not card.trouble:
                return info if self.open is None or info.updated >= self.open.updated else None
        return None

    def career(self, card: CareerCard) -> CareerInfo | None:
        """The career of this kind that was played last."""
        return next((info for info in self.careers if info.key == card.key), None)

    def cards_of(self, pack: Pack) -> list[Card]:
        """The scenarios that have a card of their own: all but those that a career leads to after its beginning."""
        later = {part.scenario for career in pack.careers if not career.trouble for part in career.parts[1:]}
        return [card for card in pack.cards if card.id not in later or card.trouble]


def gather(store: Store | None, player: Player | None, folders: Sequence[Path], user: Path | None = None) -> Shelf:
    """Read the packs and the player's progress. What cannot be read is told in `trouble`."""
    trouble: list[str] = []
    files: list[Path] = []
    progress: Mapping[str, Progress] = {}
    plays: Sequence[PlayInfo] = ()
    careers: Sequence[CareerInfo] = ()
    if store is not None:
        try:
            files = own_files(store)
            if player is not None:
                progress = progress_of(store, player)
                plays = store.plays(player)
                careers = store.careers(player)
        except SaveError as error:
            trouble.append(str(error))
    try:
        found = library(folders, user=user, files=files)
    except PackError as error:
        trouble.append(str(error))
        found = library((), user=user, files=files)
    trouble.extend(found.trouble)
    for pack in found.packs:
        trouble.extend(pack.trouble)
    return Shelf(found, progress, plays, trouble, careers)


def standing(store: Store, info: PlayInfo, story: Story) -> Standing:
    """Where a play stands. Nothing is written. Raises SaveError."""
    from game.session import Session

    session = Session.resume(store, info.id, story)
    play = session.play
    steps = session.steps()
    short = f"{day_name(story, play.clock)[:3]} {clock_words(play.clock)}"
    return Standing(moment_words(story, play.clock), short, session.here_words(), steps[-1].words if steps else "")


def card_face(card: Card, progress: Progress | None, stands: Standing | None = None) -> Face:
    """A scenario's card."""
    if card.trouble:
        return Face(
            card.title,
            _("cannot be played"),
            warm=True,
            blurb=card.blurb,
            trouble=" ".join(card.trouble[0].split()),
            note=_trouble_more(card),
        )
    return Face(
        card.title,
        _state(card, progress, stands),
        warm=bool(progress and progress.open),
        blurb=card.blurb,
        facts=facts_words(card.minutes, card.tone),
        note=note_words(card.note),
    )


def _trouble_more(card: Card) -> str:
    more = len(card.trouble) - 1
    return (
        n_("And {count} more. Enter shows all.", "And {count} more. Enter shows all.", more).format(count=more)
        if more > 0
        else ""
    )


def _state(card: Card, progress: Progress | None, stands: Standing | None) -> str:
    if progress is None or not progress.plays:
        return _("new")
    words: list[str] = []
    if progress.open:
        words.append(_("in play, {moment}").format(moment=stands.short) if stands is not None else _("in play"))
    found = len(progress.endings & set(card.endings)) if card.endings else len(progress.endings)
    if found:
        words.append(
            _("{count} of {all} endings").format(count=found, all=len(card.endings))
            if card.endings
            else n_("{count} ending", "{count} endings", found).format(count=found)
        )
    return " · ".join(words) or _("begun")


def career_face(card: CareerCard, info: CareerInfo | None) -> Face:
    """A career's card: its parts in order, and how far one has come."""
    if card.trouble:
        return Face(card.title, _("cannot be played"), warm=True, blurb=card.blurb, trouble=" ".join(card.trouble[0].split()))
    done = len(info.parts) - (info.playing is not None) if info is not None else 0
    signs = ["◆" if number < done else "◇" for number in range(len(card.parts))]
    if info is not None and info.playing is not None and done < len(signs):
        signs[done] = "◈"
    # Titles are not torn apart: an unbreakable space for each of theirs.
    steps = "   ".join(
        f"{sign} {part.title}".replace(" ", "\N{NO-BREAK SPACE}") for sign, part in zip(signs, card.parts, strict=True)
    )
    count = n_("{count} part", "{count} parts", len(card.parts)).format(count=len(card.parts))
    facts = " · ".join(one for one in (_("a career"), count, facts_words(card.minutes, "")) if one)
    warm = info is not None and not info.ended
    return Face(card.title, career_state(card, info), warm=warm, blurb=card.blurb, facts=facts, steps=steps)


def career_state(card: CareerCard, info: CareerInfo | None) -> str:
    """`part 2 of 3`, `eleven months later`, `played to its end`."""
    from game.career.words import gap_words

    if info is None:
        return _("new")
    if info.playing is not None:
        return _("part {number} of {count}").format(number=len(info.parts), count=len(card.parts))
    if info.ended:
        return _("played to its end")
    after = dict(info.outline).get(info.following or "", 0)
    later = gap_words(after)
    part = _("part {number} of {count}").format(number=len(info.parts) + 1, count=len(card.parts))
    return f"{later[:1].lower()}{later[1:]}, {part}" if later else part


def open_career_face(info: CareerInfo, card: CareerCard, now: datetime) -> Face:
    """The card of the career that is open."""
    titles = {part.scenario: part.title for part in card.parts}
    if info.playing is not None:
        here = _("In “{part}”.").format(part=titles.get(info.playing.scenario, info.playing.title))
    else:
        here = _("Next is “{part}”.").format(part=titles.get(info.following or "", info.following or ""))
    when = _("last played {when}").format(when=when_words(info.updated, now))
    return Face(card.title, career_state(card, info), warm=True, blurb=here, facts=when)


def open_face(info: PlayInfo, card: Card, stands: Standing | None, now: datetime) -> Face:
    """The card of the play that is open."""
    when = _("last played {when}").format(when=when_words(info.updated, now))
    if stands is None:
        count = n_("{count} decision so far", "{count} decisions so far", info.progress).format(count=info.progress)
        return Face(card.title, "", warm=True, blurb=count, facts=when)
    last = _("Last: {words}").format(words=stands.last) if stands.last else _("Nothing decided yet.")
    return Face(card.title, stands.moment, warm=True, blurb=f"{stands.here} {last}".strip(), facts=when)
