"""Somebody goes through a career: where it stands, what comes next, and what an edit of pack or scenarios makes of it.

    way = Way(store, store.career(id), parts, story_of)
    for words in way.changed(): ...
    part = way.go_on()                      # the part that is being played, or the next one, begun now
    Sitting.resume(store.journal(part.play), story_of(part.scenario))

`parts` are those of the pack as it is now; what was begun stays as it was begun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.play.career import handed_on
from engine.play.events import ConsequenceDue
from engine.text import clean
from engine.words import _
from saves.resume import Resumed, resume

if TYPE_CHECKING:
    from engine.play.play import Play
    from engine.story.given import Given
    from engine.story.model import Story
    from saves.careers import CareerInfo, PartInfo
    from saves.store import Store

Outline = Sequence[tuple[str, int]]
"""Scenario of each part, and seconds after the last decision of the part before."""


class Way:
    """One career, as it stands. Make another when something was written elsewhere."""

    def __init__(self, store: Store, info: CareerInfo, parts: Outline, story_of: Callable[[str], Story]) -> None:
        """`story_of` gives the story of a scenario, and may raise what reading one raises."""
        self.info = info
        self._store = store
        self._parts = tuple(parts)
        self._story_of = story_of
        self._resumed: dict[str, Resumed] = {}

    # Where it stands

    @property
    def playing(self) -> PartInfo | None:
        """The part to go on with: one that is not over, or one whose story was edited so that it is not over any more."""
        if self.info.playing is not None:
            return self.info.playing
        last = self.info.parts[-1]
        return None if self.play(last).ending is not None and self._resumed[last.play].complete else last

    @property
    def following(self) -> tuple[str, int] | None:
        """The part that comes next, as the pack is now; None while one is played and at the end."""
        if self.playing is not None:
            return None
        return next(iter(self._ahead()), None)

    @property
    def ended(self) -> bool:
        """All parts have been played to their ends."""
        return self.playing is None and self.following is None

    def ahead(self) -> Outline:
        """The parts that have not been begun, as the pack is now."""
        return self._ahead()

    def _ahead(self) -> Outline:
        done = {part.scenario for part in self.info.parts}
        at = max((number for number, (scenario, _after) in enumerate(self._parts) if scenario in done), default=-1)
        return self._parts[at + 1 :]

    def play(self, part: PartInfo) -> Play:
        """A part's play as it stands."""
        if part.play not in self._resumed:
            self._resumed[part.play] = resume(self._store.journal(part.play), self._story_of(part.scenario))
        return self._resumed[part.play].play

    def plays(self) -> list[Play]:
        """The plays of all parts that were begun, first to last."""
        return [self.play(part) for part in self.info.parts]

    def given(self) -> Given:
        """What the next part begins with."""
        return handed_on(self.play(self.info.parts[-1]))

    # Going on

    def go_on(self) -> PartInfo:
        """The part to play now: the one that is open, else the next, which is begun. Raises SaveError, and ValueError at the end."""
        open_ = self.playing
        if open_ is not None:
            return open_
        following = self.following
        if following is None:
            raise ValueError(f"career {self.info.id} is over")
        scenario, after = following
        beyond = self._ahead()[1:2]
        horizon = beyond[0][1] if beyond else None
        self.info = self._store.begin_part(self.info, self._story_of(scenario), after, self.given(), horizon)
        return self.info.parts[-1]

    # What was edited

    def changed(self) -> list[str]:
        """What is not as it was when this was played, in sentences for the player; empty when all is."""
        return [*self._pack_changed(), *self._earlier_changed(), *self._told_otherwise()]

    def _pack_changed(self) -> list[str]:
        then = {scenario for scenario, _after in self.info.outline}
        now = {scenario for scenario, _after in self._parts}
        done = [part.scenario for part in self.info.parts]
        words = [
            _("“{part}” is no longer a part of this career. What you played of it stays.").format(part=clean(part.title))
            for part in self.info.parts
            if part.scenario not in now
        ]
        ahead = {scenario for scenario, _after in self._ahead()}
        passed = [scenario for scenario, _after in self._parts if scenario not in then and scenario not in {*ahead, *done}]
        words += [
            _("A part was added before the point where you stand, “{part}”. It is passed over.").format(
                part=self._title(scenario)
            )
            for scenario in passed
        ]
        if [one for one in self.info.outline if one[0] not in done] != [*self._ahead()]:
            titles = ", ".join(f"“{self._title(scenario)}”" for scenario, _after in self._ahead())
            words.append(
                _("What is still to come was changed since you began: {parts}.").format(parts=titles)
                if titles
                else _("What was still to come was taken out since you began. The career ends here now.")
            )
        return words

    def _earlier_changed(self) -> list[str]:
        """Earlier parts that were edited: whether they still lead to where later ones began."""
        words: list[str] = []
        for part, later in zip(self.info.parts, self.info.parts[1:], strict=False):
            play = self.play(part)
            resumed = self._resumed[part.play]
            names = {"part": clean(part.title), "later": clean(later.title)}
            if not resumed.complete or play.ending is None:
                words.append(
                    _(
                        "“{part}” was edited and does not come to the end that you reached. “{later}” goes on as it began."
                    ).format(**names)
                )
            elif handed_on(play) != self._store.journal(later.play).given:
                words.append(
                    _("“{part}” was edited and would hand on something else now. “{later}” goes on as it began.").format(
                        **names
                    )
                )
        if self.info.playing is None and self.playing is not None:
            resumed = self._resumed[self.playing.play]
            words += [change.words for change in resumed.changed]
        return words

    def _told_otherwise(self) -> list[str]:
        """Parts that were told further, or less far, than to where the next one begins: they stay as they were told."""
        words: list[str] = []
        coming = [(part.scenario, part.after) for part in self.info.parts[1:]]
        following = self.following
        for part, (later, after) in zip(self.info.parts, [*coming, *([following] if following else [])], strict=False):
            play = self.play(part)
            if play.ending is None or play.story.horizon == after:
                continue
            names = {"part": clean(part.title), "later": self._title(later)}
            begins = play.ended_at + after
            if any(isinstance(event, ConsequenceDue) and event.scene and event.at >= begins for event in play.events):
                words.append(
                    _(
                        "“{part}” told what came of it beyond the point where “{later}” begins now. It stays as it was told."
                    ).format(**names)
                )
            elif any(at < begins for at, _index in play.pending):
                words.append(
                    _("“{later}” begins later now than when you played “{part}”. What lies between is not told.").format(
                        **names
                    )
                )
        return words

    def _title(self, scenario: str) -> str:
        try:
            return clean(self._story_of(scenario).title)
        except Exception:
            return clean(scenario)  # a scenario that cannot be read is told of when it is to be played


__all__ = ["Outline", "Way"]
