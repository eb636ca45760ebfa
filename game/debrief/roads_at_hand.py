"""The roads of one ended play, found when they are asked for and kept: for one debrief, on any thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from engine.play.events import SetDown
from engine.play.play import Play

if TYPE_CHECKING:
    from engine.roads import Ahead, Along, Crossing, Hanging, Odds, Outlook


def never() -> bool:
    """Nobody has left."""
    return False


def roads_of(play: Play) -> RoadsAtHand | None:
    """The roads of a play that is over; None where it is not, and where something was set in it by hand (a preview can)."""
    return RoadsAtHand(play) if has_roads(play) else None


def has_roads(play: Play) -> bool:
    """The play is over, and its decisions alone lead there."""
    return play.ending is not None and not any(isinstance(event, SetDown) for event in play.events)


class RoadsAtHand:
    """Finds the roads of a play. Each method takes as long as it takes; a second call has it at hand."""

    def __init__(self, play: Play, patience: float | None = None) -> None:
        """The play, which is only read; and how many seconds every way on may take, where somebody can wait longer than at a screen."""
        self.play = play
        self._patience = patience
        self._here = Lock()
        """For what is found for one decision."""
        self._far = Lock()
        """For every way on: that takes longer, and what is quick must not wait for it."""
        self._ahead: Ahead | None = None
        self._along: Along | None = None
        self._crossings: dict[int, tuple[Crossing, list[Hanging]]] = {}
        self._odds: dict[int, list[Odds | None]] = {}

    @property
    def found(self) -> Along | None:
        """The player's own road, where it has been found by now."""
        return self._along

    def crossing(self, number: int) -> tuple[Crossing, list[Hanging]]:
        """The decision before which `number` had been taken, and what hangs on it, road by road."""
        from engine.roads import crossing, hanging

        with self._here:
            if number not in self._crossings:
                found = crossing(self.play, number)
                self._crossings[number] = found, hanging(found)
            return self._crossings[number]

    def outlooks(self, number: int, stop: Callable[[], bool] = never) -> list[Outlook] | None:
        """What may come from each road of a decision; None when `stop` said that nobody waits any more."""
        found, _hung = self.crossing(number)
        with self._far:
            ahead = self._find(stop)
            if ahead is None:
                return None
            return [ahead.outlook(ahead.spot((*found.before, road.given))) for road in found.roads]

    def odds(self, number: int, stop: Callable[[], bool] = never) -> list[Odds | None] | None:
        """What hangs on each road of a decision, in imagined worlds; None when nobody waits any more."""
        from engine.roads import odds_of

        _found, hung = self.crossing(number)
        with self._here:
            if number not in self._odds:
                rows: list[Odds | None] = []
                for one in hung:
                    if stop():
                        return None
                    rows.append(odds_of(one, self.play.seed))
                self._odds[number] = rows
            return self._odds[number]

    def along(self, stop: Callable[[], bool] = never) -> Along | None:
        """The player's own road; None when nobody waits any more."""
        from engine.roads import along

        with self._far:
            if self._along is None:
                ahead = self._find(stop)
                if ahead is None:
                    return None
                self._along = along(self.play, ahead)
            return self._along

    def _find(self, stop: Callable[[], bool]) -> Ahead | None:
        from engine.roads import Ahead
        from engine.roads.ahead import SECONDS

        if self._ahead is None:
            ahead = Ahead(self.play.story)
            if not ahead.find(SECONDS if self._patience is None else self._patience, stop):
                return None
            self._ahead = ahead
        return self._ahead
