"""Looking back with a room: one thing a page, in large figures, and at the end the questions one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rich.style import Style

from engine.debrief.build import build
from engine.debrief.seenby import seen_by
from engine.play import events as ev
from engine.room.recap import Fork, Step, compare, other_roads, road
from engine.room.room import Room
from engine.script.times import duration_words
from game.clock import clock_words, day_name
from game.debrief.dials import signed
from game.play.ending import support_words
from game.words import _
from game.workshop.screens import letters
from game.workshop.screens.pen import (
    MARGIN,
    Line,
    Page,
    Pen,
    at_foot,
    beside,
    indented,
    ink_only,
    lowered,
    measure,
    one_line,
    spaced,
)  # fmt: skip
from game.workshop.screens.telling import at_a_glance, glance
from game.workshop.words import room_words

if TYPE_CHECKING:
    from engine.debrief.model import Debrief
    from engine.futures.outlook import Forecast, Outlook

Drawn = tuple[list[Line], list[Line]]
"""What stays on every part of a page, and what goes on from part to part."""
Draw = Callable[[Pen], Drawn]

EYES = 6
"""So many of those who read it too get a page."""
HELD = 4
"""So many whose trust it was."""
BROAD = 40
"""From this height of the paper on, in lines, names of dials and people stand in large letters too."""


class LookBack:
    """The pages of a room that has come to an end. What costs time is worked out when its page is first drawn."""

    def __init__(self, room: Room) -> None:
        """Raises nothing; the room has ended."""
        self.room = room
        self.story = room.story
        self.debrief: Debrief = build(room.as_read())
        self._outlook: Outlook | None = None
        self._fork: Fork | None = None
        self._words: dict[str, list[str]] = {}
        self.pages: list[tuple[str, Draw]] = list(self._pages())
        """(what it is, how it is drawn)."""

    def _pages(self) -> list[tuple[str, Draw]]:
        debrief, ended = self.debrief, _ended(self.room)
        pages: list[tuple[str, Draw]] = [(_("How it ended"), self._ending)]
        if ended is not None and ended.codas:
            pages.append((_("How it ended"), self._codas))
        pages += [(_("What it did"), self._dials), (_("Your road"), self._road)]
        pages.append((_("What could have become of it"), self._worlds))
        pages.append((_("Whose trust it was"), self._trust))
        for witness in [one for one in debrief.witnesses if one.asked][:EYES]:
            pages.append((_("Seen by"), partial(self._eyes, who=witness.id)))
        if debrief.cheapest_title:
            pages.append((_("When was it cheapest to act?"), self._cheapest))
        pages.append((_("The other road"), self._other))
        for number, question in enumerate(debrief.questions, 1):
            words = _("To talk about, {n} of {count}").format(n=number, count=len(debrief.questions))
            pages.append((words, partial(self._question, words=question)))
        if room_words(self.room):
            pages.append((_("This room"), self._of_the_room))
        pages.append((_("Your own rule"), self._rule))
        pages.append((_("The end"), self._close))
        return pages

    @property
    def last(self) -> int:
        """The number of the last page."""
        return len(self.pages) - 1

    def page(self, number: int, part: int, pen: Pen) -> Page:
        """A page, or the part of it that is asked for."""
        title, draw = self.pages[min(number, self.last)]
        fixed, flowing = draw(pen)
        free = pen.height - len(fixed)
        parts = 1
        if len(flowing) > free:
            step = max(free - 1, 1)
            parts = -(-len(flowing) // step)
            at = min(part, parts - 1)
            flowing = flowing[at * step : (at + 1) * step]
            if at < parts - 1:
                flowing = [*flowing, [(" " * MARGIN, Style()), ("…", pen.strong)]]
        page = Page([*fixed, *flowing], parts=parts)
        page.left = [(title, pen.time)]
        page.right = [(f"{min(number, self.last) + 1}/{len(self.pages)}", pen.dim)]
        return page

    # How it ended

    def _ending(self, pen: Pen) -> Drawn:
        debrief = self.debrief
        title = pen.poster(debrief.ending_title or self.story.title, pen.room, max(pen.height // 3, 4))
        words = _prose(debrief.epilogue, pen, pen.height - len(title) - 1)
        if len(title) + len(words) + 1 <= pen.height:
            return [], lowered([*indented(title), [], *words], pen.height, 0.3)
        return [*indented(title), []], words

    def _codas(self, pen: Pen) -> Drawn:
        return [], lowered(_prose("\n\n".join(self.debrief.codas), pen, pen.height), pen.height, 0.3)

    # The dials

    def _dials(self, pen: Pen) -> Drawn:
        dials = self.debrief.dials
        labels = [_label(dial.label, pen) for dial in dials]
        high = letters.HEIGHT if pen.height >= BROAD else letters.SMALL_HEIGHT
        column = max(measure(line) for label in labels for line in label) + 3
        wide = max((pen.room - column - 16) // 2, 5)
        gap = 1 if len(dials) * (high + 1) <= pen.height else 0
        lines: list[Line] = []
        for dial, label in zip(dials, labels, strict=True):
            filled = round(abs(dial.shown) / 10 * wide)
            left = " " * (wide - filled) + "█" * filled if dial.shown < 0 else " " * wide
            right = "█" * filled + " " * (wide - filled) if dial.shown > 0 else " " * wide
            axis: Line = [(left, ink_only(pen.text)), ("│", pen.dim), (right, ink_only(pen.text))]
            under: Line = [(" " * wide, pen.text), ("│", pen.dim)]
            number = pen.number(signed(dial.shown), pen.strong, high)
            block = beside(beside(label, column, [*[axis] * (high - 1), under]), column + 2 * wide + 3, number)
            lines += [[]] * (gap if lines else 0) + block
        return [], lowered(indented(lines), pen.height, 0.4)

    # The road

    def _road(self, pen: Pen) -> Drawn:
        came: dict[str, list[str]] = {}
        for moment in self.debrief.moments:
            for motion in moment.motions:
                if motion.came in ("came", "otherwise") and motion.title:
                    words = _("{time} later: {title}").format(time=duration_words(motion.delay), title=motion.title)
                    came.setdefault(moment.scene, []).append(words)
        lines: list[Line] = []
        for step in road(self.room).steps:
            at = f"{day_name(self.story, step.at)[:3]} {clock_words(step.at)}"
            lines += [[]] if lines else []
            lines.append([(f"{at}  ", pen.time), (one_line(step.title, pen.room - 12), pen.dim)])
            lines += pen.words(step.words, pen.strong)
            voted = split_words(step, self.room)
            if voted:
                lines.append([(voted, pen.dim)])
            lines += [line for words in came.pop(step.scene, []) for line in pen.words(f"↳ {words}", pen.time)]
        return [], indented(lines)

    # Worlds and trust

    @property
    def outlook(self) -> Outlook:
        """What could have become of it."""
        if self._outlook is None:
            from engine.futures.outlook import outlook

            self._outlook = outlook(self.room.play)
        return self._outlook

    def _worlds(self, pen: Pen) -> Drawn:
        found = self.outlook
        if not found.forecasts:
            words = _("Nothing that you sent here was for a few eyes only: what is public is out from the first minute.")
            return [], lowered(indented(spaced(pen.words(words, pen.strong))), pen.height, 0.4)
        forecast = next(
            (one for one in found.forecasts if found.main is not None and one.stake is found.main), found.forecasts[0]
        )
        return [], self._world(forecast, pen)

    def _world(self, forecast: Forecast, pen: Pen) -> list[Line]:
        stake = forecast.stake
        chance = stake.odds[-1][1]
        count = min(int(chance * 100 + 0.5), 100)
        airy = pen.height >= 30
        dots = _hundred(count, pen, airy)
        column = max(map(measure, dots)) + 4
        room = pen.room - column
        number = [[(row, ink_only(pen.strong))] for row in letters.draw(_few(chance), "wide")]
        said = [
            *number,
            [],
            *pen.words(_("of 100 worlds: it is out within {time}.").format(time=_span(stake.odds[-1][0])), pen.strong, room),
            [],
            *pen.words(one_line(_it(stake.text), int(room * 2.6)), pen.voice, room)[:4],
            [],
        ]
        rows = [(_span(seconds), _few(odds)) for seconds, odds in stake.odds]
        said += [[(f"{when:<12}", pen.dim), (f"{out:>4}", pen.strong)] for when, out in rows]
        first = forecast.first_way()
        note = pen.words(first, pen.dim, pen.room) if first else []
        lines = indented(beside(dots, column, said))
        return at_foot(lowered(lines, pen.height - len(note) - 1, 0.3), indented(note), pen.height)

    def _trust(self, pen: Pen) -> Drawn:
        held = self.outlook.trust
        if not held:
            words = _("Who trusted you at the beginning, and who does now?")
            return [], lowered(indented(pen.poster(words, pen.room, pen.height)), pen.height, 0.4)
        lines: list[Line] = []
        for one in held[:HELD]:
            wide = max(pen.room - 16, 10)
            filled, before = round(one.now * wide), round(one.starts * wide)
            bar = "█" * filled + "▒" * max(before - filled, 0)
            lines += [[]] if lines else []
            large = pen.large(one.name, ink_only(pen.text), wide, "narrow") if pen.height >= BROAD else None
            lines += large or [[(one.name, pen.strong)]]
            number = pen.number(f"{one.now:.2f}", pen.strong, 3)
            lines += beside([[(bar, pen.text)], [(bar, pen.text)]], wide + 3, number)
        foot = pen.words(
            _("Filled: at the end. Hatched: what was lost since the beginning. How much each thing weighs is a guess."), pen.dim
        )
        return [], at_foot(lowered(indented(lines), pen.height - len(foot) - 1, 0.3), indented(foot), pen.height)

    # Other eyes

    def _eyes(self, pen: Pen, who: str) -> Drawn:
        witness = next(one for one in self.debrief.witnesses if one.id == who)
        if who not in self._words:
            seen = seen_by(self.room.play, who)
            self._words[who] = [glimpse.words for glimpse in seen.glimpses if glimpse.entry is None and glimpse.words]
            self._words[who] += [record.text for record in seen.records if record.what == "words"]
        fixed: list[Line] = [
            *indented(pen.poster(witness.name, pen.room, 9, cuts=("narrow",))),
            *indented(pen.words(witness.what, pen.dim)),
            [],
        ]
        words = self._words[who] or [_("Nothing of it reached them.")]
        return fixed, _prose("\n\n".join(words), pen, pen.height - len(fixed))

    # When, and what else

    def _cheapest(self, pen: Pen) -> Drawn:
        debrief = self.debrief
        because = spaced(pen.words(debrief.cheapest_because, pen.strong))
        title = pen.poster(debrief.cheapest_title, pen.room, max(pen.height - len(because) - 3, 3))
        lines: list[Line] = [[(_("It was cheapest at"), pen.dim)], *title, [], [], *because]
        return [], lowered(indented(lines), pen.height, 0.3)

    def _other(self, pen: Pen) -> Drawn:
        tips = other_roads(self.room)
        if not tips:
            words = _("Is there a decision that you would take again?")
            hint = _("j goes back to it and takes the other road; here you then see both.")
            lines = [*pen.poster(words, pen.room, pen.height - 4), [], *pen.words(hint, pen.dim)]
            return [], lowered(indented(lines), pen.height, 0.35)
        if self._fork is None:
            self._fork = compare(self.room, self.room.state.node, tips[0])
        return [], _forked(self._fork, self.debrief, pen)

    # To close

    def _question(self, pen: Pen, words: str) -> Drawn:
        return [], lowered(indented(pen.poster(words, pen.room, pen.height - 1)), pen.height, 0.4)

    def _of_the_room(self, pen: Pen) -> Drawn:
        said = room_words(self.room)
        cuts: tuple[letters.Cut, ...]
        for cuts in (("wide", "narrow"), ("narrow",)):
            apart = [line for words in said for line in ([], *pen.poster(words, pen.room, pen.height, cuts=cuts))][1:]
            if len(apart) <= pen.height:
                return [], lowered(indented(apart), pen.height, 0.4)
        # On a small paper the first of them give way: what is left is to be read from the back row.
        few = [" ".join(said[start:]) for start in range(len(said))]
        large = (pen.large(words, ink_only(pen.strong), pen.room, "narrow") for words in few)
        words = next(
            (one for one, drawn in zip(few, large, strict=True) if drawn is not None and len(drawn) < pen.height), few[0]
        )
        return [], lowered(indented(pen.poster(words, pen.room, pen.height - 1)), pen.height, 0.4)

    def _rule(self, pen: Pen) -> Drawn:
        lines: list[Line] = [*pen.poster(_("If … happens, then I …"), pen.room, max(pen.height // 2, 4)), []]
        lines += [*pen.words(_("Everybody writes their own, on the handout. It is nobody else’s business."), pen.strong), []]
        rules = [self.room.play.text(rule) for rule in self.story.rules]
        if rules:
            more: list[Line] = [[(_("To begin from:"), pen.dim)]]
            for rule in rules[:3]:
                more += pen.words(f"– {rule}", pen.text)
            if len(lines) + len(more) <= pen.height:
                lines += more
        return [], lowered(indented(lines), pen.height, 0.3)

    def _close(self, pen: Pen) -> Drawn:
        debrief = self.debrief
        lines: list[Line] = [*pen.poster(_("Thank you."), pen.room, 9), []]
        said = [support_words(debrief.support_line)]
        said.append(_("Nobody’s name was asked for, and none is kept."))
        for words in said:
            lines += [*spaced(pen.words(words, pen.strong)), []]
        return [], lowered(indented(lines), pen.height, 0.35)


def _ended(room: Room) -> ev.EndingReached | None:
    return next((event for event in reversed(room.play.events) if isinstance(event, ev.EndingReached)), None)


def _prose(text: str, pen: Pen, height: int) -> list[Line]:
    """Paragraphs: in large letters where they are few words, else with as much air as there is room for."""
    lines: list[Line] = []
    parts = text.strip().split("\n\n")
    large = [at_a_glance(" ".join(part.split()), pen, height, pen.room, style=pen.strong, more=1) for part in parts]
    drawn = [line for part in large if part is not None for line in ([], [], *part)][2:]
    if None not in large and len(drawn) <= min(height, glance(pen, 1)):
        return indented(drawn)
    aired: list[Line] = []
    for part in parts:
        said = pen.words(" ".join(part.split()), pen.strong)
        lines += [[], *said] if lines else said
        aired += [[], [], *spaced(said)] if aired else spaced(said)
    return indented(aired if len(aired) <= height else lines)


def split_words(step: Step, room: Room) -> str:
    """How a room voted at a step, in a line."""
    if step.split is None or step.visit is None:
        return ""
    taken = set(step.question.chosen(step.taken))
    rows = [row for row in step.split.rows if row.key in taken]
    if not rows or step.question.kind != "one":
        return ""
    row = rows[0]
    whole = sum(one.first for one in step.split.rows)
    unit = _("tables") if room.setup.tables else _("hands")
    if row.second is None:
        return _("{n} of {count} {unit}").format(n=row.first, count=whole, unit=unit)
    again = sum(one.second or 0 for one in step.split.rows)
    return _("{n} of {count} {unit}, then {m} of {again}").format(
        n=row.first, count=whole, unit=unit, m=row.second, again=again
    )


def _hundred(count: int, pen: Pen, airy: bool) -> list[Line]:
    """A hundred worlds in ten rows: filled ones are those in which it is out."""
    rows: list[Line] = []
    for row in range(10):
        line: Line = []
        for column in range(10):
            out = row * 10 + column < count
            line.append(("▄▄" if out else "··", pen.text if out else pen.dim))
            line.append(("  " if airy else " ", Style()))
        rows.append(line)
    return spaced(rows) if airy else rows


def _few(chance: float) -> str:
    if 0 < chance < 0.005:
        return "<1" if letters.can_draw("<1") else "0"
    return str(int(chance * 100 + 0.5))


def _span(seconds: float) -> str:
    return duration_words(int(seconds))


def _it(text: str) -> str:
    return text if text.startswith("[") else f"“{text}”"


def _forked(fork: Fork, debrief: Debrief, pen: Pen) -> list[Line]:
    """Two roads beside each other: where they part, how they end, where the dials stand."""
    half = (pen.room - 4) // 2
    mine, theirs = fork.parted
    lines: list[Line] = []
    step = mine or theirs
    if step is not None:
        lines += [[(_("They part at “{scene}”").format(scene=one_line(step.title, pen.room - 20)), pen.dim)], []]
    tall = pen.height >= 30

    def column(title: str, step: Step | None, ending: str) -> list[Line]:
        ends = ending or _("not played to the end")
        return [
            [(title, pen.time)],
            *(pen.words(step.words, pen.strong, half) if step is not None else []),
            [],
            *(pen.poster(ends, half, 9, cuts=("narrow",)) if tall else pen.words(ends, pen.voice, half)),
        ]

    one = column(_("This road"), mine, fork.one.ending_title)
    other = column(_("The other"), theirs, fork.other.ending_title)
    lines += [*beside(one, half + 4, other), []]
    wide = max(len(dial.label) for dial in debrief.dials) + 3
    for number, dial in enumerate(debrief.dials):
        here, there = (_shown(roads.dials.get(dial.name, 0)) for roads in (fork.one, fork.other))
        side = max((half - wide - 8) // 2, 3)
        label: list[Line] = [[], [(dial.label, pen.text)]] if tall else [[(dial.label, pen.text)]]
        row = beside(beside(label, wide, _dial_bar(here, side, pen, tall)), half + 4, _dial_bar(there, side, pen, tall))
        lines += [[], *row] if number and (tall or len(lines) + 2 * len(debrief.dials) - number < pen.height) else row
    if fork.other.ending is None:
        lines += [[], *pen.words(_("The other road was left before its end."), pen.dim)]
    return lowered(indented(lines), pen.height, 0.25)


def _shown(hundredths: int) -> int:
    from engine.debrief.build import shown_points

    return shown_points(hundredths)


def _dial_bar(value: int, side: int, pen: Pen, tall: bool) -> list[Line]:
    """A bar around nought, `side` cells to either side, with its number; one line, or three with a large number."""
    filled = round(abs(value) / 10 * side)
    left = " " * (side - filled) + "█" * filled if value < 0 else " " * side
    right = "█" * filled + " " * (side - filled) if value > 0 else " " * side
    axis: Line = [(left, ink_only(pen.text)), ("│", pen.dim), (right, ink_only(pen.text))]
    if not tall:
        return [[(f"{signed(value):>4} ", pen.strong), *axis]]
    return beside(pen.number(signed(value), pen.strong, letters.SMALL_HEIGHT), 8, [axis, axis])


def _label(text: str, pen: Pen) -> list[Line]:
    """The name of a dial, in the middle of its lines."""
    if pen.height >= BROAD:
        large = pen.large(text, ink_only(pen.text), pen.room // 2, "narrow")
        if large is not None:
            return large
    return [[], [(text, pen.strong)], []]


__all__ = ["LookBack", "split_words"]
