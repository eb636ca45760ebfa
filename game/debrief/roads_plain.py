"""The other road in plain mode: what somebody may ask for after the debrief, and the lines that answer."""

from __future__ import annotations

from collections.abc import Iterator

from engine.play.play import Play
from engine.text import plain
from game.words import _, n_


class PlainRoads:
    """Answers `o` and `o 3`. Nothing is looked for before somebody asks."""

    def __init__(self, play: Play, patience: float | None = None) -> None:
        """The play, which is over, and is only read; `patience` in seconds, for a file that is read later."""
        from game.debrief.roads_at_hand import RoadsAtHand

        self.play = play
        self._roads = RoadsAtHand(play, patience)

    @staticmethod
    def hint() -> str:
        """What may be asked for."""
        return _("o shows your road, decision by decision; o 3 shows the other road from your third decision.")

    def answer(self, given: str) -> list[str] | None:
        """The lines that answer; None when it was no question of this kind."""
        word, _space, rest = given.strip().lower().partition(" ")
        number = rest.strip()
        if word.startswith("o") and word[1:].isdigit() and not number:
            word, number = "o", word[1:]
        if word != "o" or (number and not (number.isascii() and number.isdigit() and len(number) < 5)):
            return None
        return [plain(line) for line in self._lines(int(number) if number else None)]

    def _lines(self, number: int | None) -> Iterator[str]:
        from game.debrief.along import plain_along
        from game.debrief.road_words import plain_roads

        found = self._roads.along()
        assert found is not None, "nobody stops it here"
        if number is None:
            yield from plain_along(self.play, found)
            return
        if not 1 <= number <= len(found.steps):
            yield n_(
                "You came to {count} decision. Type o 1.",
                "You came to {count} decisions. Type o 1 to o {count}.",
                len(found.steps),
            ).format(count=len(found.steps))
            return
        at = found.steps[number - 1].number
        crossing, hung = self._roads.crossing(at)
        outlooks, odds = self._roads.outlooks(at), self._roads.odds(at)
        assert outlooks is not None
        assert odds is not None
        yield from plain_roads(crossing, outlooks, hung, odds)
