"""How far a player has come with each scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.words import _, n_

if TYPE_CHECKING:
    from game.packs import Card
    from saves.store import Player, PlayInfo, Store


@dataclass(slots=True)
class Progress:
    """What a player has played of one scenario."""

    open: list[PlayInfo] = field(default_factory=list)
    """Plays that are not over, the newest first."""
    endings: set[str] = field(default_factory=set)
    """Ids of the endings reached, in any branch of any play."""
    plays: int = 0


def progress_of(store: Store, player: Player) -> dict[str, Progress]:
    """A player's progress by scenario. Raises SaveError."""
    found: dict[str, Progress] = {}
    for info in store.plays(player):
        one = found.setdefault(info.scenario, Progress())
        one.plays += 1
        if not info.ended and info.career is None:  # a part goes on with its career, not by itself
            one.open.append(info)
    for reached in store.endings(player):
        found.setdefault(reached.scenario, Progress()).endings.add(reached.ending)
    return found


def progress_words(card: Card, progress: Progress | None, moment: str = "") -> str:
    """Progress in words: `New`, `In play, Thursday 03:40`, `Endings found: 2 of 6`. `moment` is where the open play stands."""
    if progress is None or not progress.plays:
        return _("New")
    words: list[str] = []
    if progress.open:
        if moment:
            words.append(_("In play, {moment}").format(moment=moment))
        elif progress.open[0].progress:
            count = progress.open[0].progress
            words.append(n_("In play, {count} decision", "In play, {count} decisions", count).format(count=count))
        else:
            words.append(_("In play"))
    if progress.endings:
        # An ending that was since taken out of the scenario is not one of those that can be found.
        found = len(progress.endings & set(card.endings)) if card.endings else len(progress.endings)
        if card.endings:
            words.append(_("Endings found: {count} of {all}").format(count=found, all=len(card.endings)))
        else:
            words.append(_("Endings found: {count}").format(count=found))
    return " · ".join(words) or _("New")
