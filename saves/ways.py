"""The ways of a play that ended and are not where it stands: what was played before somebody went back and played from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saves.journal import Branch
    from saves.store import Player, Store


def ended_ways(store: Store, player: Player | None = None) -> dict[str, list[Branch]]:
    """For each play of a player, or of everybody, that has any: its other ways that ended, the newest first.

    Those that were taken back at once are left out: they were mis-taps. Raises SaveError.
    """
    found: dict[str, list[Branch]] = {}
    for play in dict.fromkeys(reached.play for reached in store.endings(player)):
        journal = store.journal(play)
        ways = [way for way in journal.branches() if way.ending is not None and not way.mistap and way.tip != journal.head]
        if ways:
            found[play] = ways
    return found
