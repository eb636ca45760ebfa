"""What stands under a decision on each of the roads: section by section, each beside its like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.style import Style

from engine.debrief import dial_labels, shown_points
from engine.roads import Crossing, Hanging, Odds, Outlook, Road
from engine.roads.out import DOTS
from engine.script.format import DIALS
from game.debrief.dials import HALF
from game.debrief.paper import Block, Line, Paper, flat
from game.debrief.road_words import (
    again_words,
    capital,
    compared_words,
    dots,
    endings_of,
    hanging_words,
    left_out_words,
    motion_words,
    odds_words,
    outlook_words,
    parting_words,
    said_words,
    shut_words,
    signed,
    span_short,
    span_words,
    stake_words,
)
from game.widgets.lines import measure
from game.words import _, n_

MARGIN, GAP = 2, 3
"""Cells before the first column and between two."""
SAID = 3
"""Lines of what is said at once."""
BAR = 2 * HALF + 1
NUMBER = 4

Told = Callable[[int], Sequence[Line]]
"""Lines of a section for the road of this number."""


class RoadSheet:
    """The sections of a crossing, each beside its like."""

    def __init__(
        self,
        crossing: Crossing,
        paper: Paper,
        shown: Sequence[int],
        wide: int,
        hung: Sequence[Hanging] = (),
        outlooks: Sequence[Outlook] = (),
        odds: Sequence[Odds | None] = (),
    ) -> None:
        """`shown` are the numbers of the roads in sight, each `wide` cells across; what is not found yet is empty."""
        self.crossing = crossing
        self.paper = paper
        self.hung, self.outlooks, self.odds = hung, outlooks, odds
        self.shown = shown
        self.wide = wide

    def blocks(self) -> Iterator[Block]:
        """From top to bottom."""
        yield self._section(_("At once"), self._at_once, first=True)
        yield self._section(_("Set going"), self._set_going)
        yield self._section(_("How far the dials could still go"), self._dials)
        yield self._section(_("Where it could still end"), self._endings)
        yield self._section(_("One way on"), self._way_on)
        if any(one.stakes for one in self.hung):
            yield self._section(_("What hangs on it"), self._hanging)
        yield from self._below()

    def _section(self, title: str, told: Told, *, first: bool = False) -> Block:
        columns = [list(told(number)) for number in self.shown]
        lines: list[Line] = [*([] if first else [[]]), [(" " * MARGIN + title, self.paper.soft)]]
        for row in range(max(len(column) for column in columns)):
            line: Line = []
            for number, column in enumerate(columns):
                at = MARGIN + number * (self.wide + GAP)
                line.append((" " * max(at - measure(line), 0), Style()))
                line += column[row] if row < len(column) else []
            lines.append(line)
        return Block(lines)

    def _write(self, words: str, style: Style, first: str = "", indent: int = 0) -> list[Line]:
        return self.paper.write(words, style, width=self.wide, first=first, indent=indent)

    def _road(self, number: int) -> Road:
        return self.crossing.roads[number]

    def _at_once(self, number: int) -> list[Line]:
        road, paper = self._road(number), self.paper
        lines: list[Line] = []
        said = said_words(road)
        for words, message in zip(said[:SAID], [one for one in road.said if one.text], strict=False):
            mine = message.sender == "you"
            lines += self._write(words, paper.own if mine else paper.voice if message.kind == "prose" else paper.dim)
        if len(said) > SAID:
            more = len(said) - SAID
            lines += self._write(n_("… {n} more line", "… {n} more lines", more).format(n=more), paper.dim)
        for reason in road.moment.reasons:
            if reason.because:
                lines += self._write(reason.because, paper.text, first="→ ")
        for flag in road.flags:
            lines += self._write(_("From then on: {flag}").format(flag=flat(flag)), paper.text, first="· ")
        return lines or self._write(_("Nothing that anybody could see."), paper.dim)

    def _set_going(self, number: int) -> list[Line]:
        road, paper = self._road(number), self.paper
        lines: list[Line] = []
        for motion in road.moment.motions:
            if motion.title or motion.came == "beyond":
                lines += self._write(motion_words(road, motion), paper.time, first="↳ ")
        return lines or self._write(_("Nothing that would come later by itself."), paper.dim)

    def _dials(self, number: int) -> list[Line]:
        road, paper = self._road(number), self.paper
        labels = dial_labels()
        if not self.outlooks:
            return [*self._write(_("Looking down every way on…"), paper.dim), *([[]] * (len(DIALS)))]
        outlook = self.outlooks[number]
        name = max(len(label) for label in labels.values()) + 1
        lines: list[Line] = []
        for dial, low, high in zip(DIALS, outlook.low, outlook.high, strict=True):
            end = road.shown[dial]
            if self.wide < name + BAR + NUMBER:
                lines += self._write(f"{labels[dial]}: {span_words(low, high)}", paper.text)
                continue
            lines.append([(f"{labels[dial]:<{name}}", paper.text), *self._bar(shown_points(low), shown_points(high), end)])
            lines[-1].append((f"{signed(end):>{NUMBER}}", paper.strong))
            words = f"  {span_short(low, high)}"
            if len(self.shown) == 1 and not road.yours:
                words += _("; yours ended at {value}").format(value=signed(self.crossing.yours.shown[dial]))
            if len(words) <= self.wide - name - BAR - NUMBER:
                lines[-1].append((words, paper.dim))
        words = _("┅ {how}. ◆ and the number: where the one way on below ends").format(how=outlook_words(outlook))
        lines += self._write(words, paper.dim)
        return lines

    def _bar(self, low: int, high: int, end: int) -> Line:
        """From -10 to +10: the range, the middle, and where one way on ends."""
        paper = self.paper
        line: Line = []
        for point in range(-HALF, HALF + 1):
            inside = low <= point <= high
            if point == end:
                line.append(("◆", paper.strong))
            elif point == 0:
                line.append(("┃", paper.own if inside else paper.dim))
            else:
                line.append(("┅", paper.own) if inside else ("·", paper.rule))
        return line

    def _endings(self, number: int) -> list[Line]:
        paper = self.paper
        if not self.outlooks:
            return []
        reached, closed = endings_of(self._road(number), self.outlooks[number])
        lines: list[Line] = []
        for title, share in reached:
            lines += self._write(f"{title}: {share}", paper.text, first="● ")
        if closed:
            lines += self._write(_("closed for good: {endings}").format(endings="; ".join(closed)), paper.dim, first="○ ")
        return lines

    def _way_on(self, number: int) -> list[Line]:
        road, paper = self._road(number), self.paper
        lines: list[Line] = []
        if road.yours:
            lines += self._write(_("What you did."), paper.dim)
        else:
            lines += self._write(again_words(road), paper.dim)
        for parting in road.partings:
            lines += self._write(parting_words(parting), paper.dim, first="– ")
        lines += self._write(_("It ends with “{ending}”.").format(ending=flat(road.ending_title)), paper.strong)
        if compared_words(self.crossing, road):
            lines += self._write(compared_words(self.crossing, road), paper.text)
        return lines

    def _hanging(self, number: int) -> list[Line]:
        paper, one = self.paper, self.hung[number]
        lines: list[Line] = []
        odds = self.odds[number] if number < len(self.odds) else None
        if odds is not None:
            lines.append([(dots(odds), paper.time)])
        elif any(each.stakes and not each.public for each in self.hung):
            lines.append([("○" * DOTS if not one.stakes else "", paper.dim)])
        lines += self._write(capital(hanging_words(one)), paper.text if one.stakes else paper.dim)
        if number and len(self.shown) == 1 and self.hung[0].stakes:
            lines += self._write(_("On yours: {odds}").format(odds=hanging_words(self.hung[0])), paper.text)
        for stake in one.stakes if len(one.stakes) > 1 or one.public else one.stakes[:1]:
            words = stake_words(stake) if len(one.stakes) > 1 else flat(stake.title())
            lines += self._write(words, paper.dim, first="– ")
        if odds_words(odds):
            lines += self._write(odds_words(odds), paper.dim)
        return lines

    def _below(self) -> Iterator[Block]:
        paper, crossing = self.paper, self.crossing
        lines: list[Line] = []
        if crossing.shut:
            lines += [[], [(" " * MARGIN + _("Not on offer"), paper.soft)]]
            for shut in crossing.shut:
                lines += paper.write(shut_words(crossing.yours.play, shut), paper.dim, first="– ", indent=MARGIN)
        if left_out_words(crossing):
            lines += [[], *paper.write(left_out_words(crossing), paper.dim, indent=MARGIN)]
        lines.append([])
        yield Block(lines)


__all__ = ["GAP", "MARGIN", "RoadSheet"]
