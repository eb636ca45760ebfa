"""What a room did, for those who were not there: a page and a table. Nobody is named, and no small count can be worked out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.room.ballot import Split
from engine.room.recap import Road, Step, other_roads, road
from engine.room.room import Room
from game.clock import moment_words, month_names
from game.debrief.export import content
from game.debrief.export.nameless import nameless
from game.guide.blocks import Block, Bullets, Guide, Heading, Para, Run, Table, words
from game.words import _, n_
from game.workshop.few import Shown, shown
from game.workshop.words import by_words, one_line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula."""


@dataclass(frozen=True, slots=True)
class Line:
    """An option of a decision, as it may be shown."""

    question: str
    """Of a board: which of its questions; else empty."""
    label: str
    first: Shown | None
    """None: there was no vote."""
    second: Shown | None
    taken: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, as it may be shown."""

    number: int
    scene: str
    title: str
    moment: str
    ask: str
    lines: tuple[Line, ...]
    taken: str
    by: str
    """Who decided; empty where that would say more about the votes than is shown."""
    discussed: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says."""

    room: Room
    date: str
    how: str
    """Hands or tables."""
    decisions: tuple[Decided, ...]
    ending: str
    others: tuple[tuple[Decided, ...], ...]
    """Decisions of the other roads that were taken, from where they part."""
    other_endings: tuple[str, ...]


def report(room: Room, began: datetime) -> Report:
    """What may be said of a room. `began` is when; only the day is told."""
    day = began.astimezone()
    date = _("{day} {month} {year}").format(day=day.day, month=month_names()[day.month - 1], year=day.year)
    mine = road(room)
    own = {step.to for step in mine.steps}
    roads = [road(room, tip) for tip in reversed(other_roads(room))]
    how = n_("{count} table", "{count} tables", room.setup.tables).format(count=room.setup.tables) if room.setup.tables else ""
    return Report(
        room,
        date,
        how or _("hands"),
        _decisions(room, mine, set()),
        mine.ending_title,
        tuple(_decisions(room, other, own) for other in roads),
        tuple(other.ending_title for other in roads),
    )


def _decisions(room: Room, found: Road, without: set[int]) -> tuple[Decided, ...]:
    return tuple(_decided(room, number, step) for number, step in enumerate(found.steps, 1) if step.to not in without)


def _decided(room: Room, number: int, step: Step) -> Decided:
    first, second = _rounds(step)
    taken = set(step.question.chosen(step.taken)) if step.taken.how != "lapse" else set()
    lines = tuple(
        Line(
            one_line(group.ask) if step.question.kind == "board" else "",
            one_line(item.label),
            first.get(item.key) if first is not None else None,
            second.get(item.key) if second is not None else None,
            item.key in taken,
        )
        for group in step.question.groups
        for item in group.items
    )
    open_ = all(isinstance(line.first, int | None) and isinstance(line.second, int | None) for line in lines)
    return Decided(
        number,
        step.scene,
        one_line(step.title),
        moment_words(room.story, step.at),
        one_line(step.question.ask),
        lines,
        one_line(step.words),
        by_words(step) if open_ else "",
        one_line(step.discuss),
    )


def _rounds(step: Step) -> tuple[dict[str, Shown] | None, dict[str, Shown] | None]:
    """What may be shown of the first vote and of the second. None: there was none."""
    if step.split is None:
        return None, None
    second = any(row.second is not None for row in step.split.rows)
    return _masked(step, step.split, 1), _masked(step, step.split, 2) if second else None


def _masked(step: Step, split: Split, round_: int) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    for group in step.question.groups:
        counts = {
            row.key: row.first if round_ == 1 else row.second or 0
            for row in split.rows
            if row.group == group.id and (item := step.question.item(row.key)) is not None and item.available
        }
        found.update(shown(counts, adds_up=step.question.kind != "several"))
    return found


def count_words(count: Shown | None) -> str:
    """A count in words."""
    if count is None:
        return "–"
    if count == "few":
        return _("fewer than five")
    if count == "many":
        return _("five or more")
    return _("not shown") if count == "hidden" else str(count)


# The page


def as_html(found: Report) -> bytes:
    """The report as one page, without anything from elsewhere."""
    from game.guide.page import page

    story = found.room.story
    return page(
        Guide(
            one_line(story.title),
            _("What a room did, {date}").format(date=found.date),
            story.scenario.language,
            list(_blocks(found)),
        )
    )


def _blocks(found: Report) -> Iterator[Block]:
    room = found.room
    yield Para(words(one_line(room.story.blurb)), "lead")
    if room.setup.rehearsal:
        yield Para(words(Run(_("This was a rehearsal: the votes were drawn, nobody voted."), "strong")))
    if not room.decided_visit(room.state.node):
        yield Para(words(_("Nothing has been decided yet.")))
    else:
        yield Para(words(_("Votes: {how}.").format(how=found.how), " ", few_words()), "aside")
    if found.decisions:
        yield Heading(2, _("The road in short"), "road")
        yield Bullets(
            [
                words(Run(f"{one.title}: ", "quiet"), one.taken, "." if one.taken[-1:] not in ".?!…" else "")
                for one in found.decisions
            ],
            ordered=True,
        )
        if found.ending:
            yield Para(words(Run(_("It ended: {ending}").format(ending=one_line(found.ending)), "strong")))
    yield Heading(2, _("What was decided, and how"), "decided", fresh=bool(found.decisions))
    for decision in found.decisions:
        yield from _decision(decision)
    if room.phase == "ended":
        source = content.Source(nameless(room.play))
        yield from content.dials(source)
        yield from content.worlds(source)
        yield from content.cheapest(source)
    for decisions, ending in zip(found.others, found.other_endings, strict=True):
        yield Heading(2, _("Another road"), "", fresh=False)
        for decision in decisions:
            yield from _decision(decision)
        yield Para(
            words(_("It ended: {ending}").format(ending=one_line(ending)) if ending else _("It was not gone to its end."))
        )
    questions = [one_line(room.play.text(one)) for one in room.story.questions]
    if questions and room.phase == "ended":
        yield Heading(2, _("To go on talking about"), "questions")
        yield Bullets([words(one) for one in questions])


def few_words() -> str:
    """What is said about small counts."""
    return _(
        "A count below five is shown as “fewer than five”; now and then a larger one is not shown either, so that no small one can be worked out."
    )


def _decision(decision: Decided) -> Iterator[Block]:
    yield Heading(3, f"{decision.number}. {decision.title}", f"decision-{decision.number}" if decision.number else "")
    yield Para(words(Run(f"{decision.moment}. ", "quiet"), decision.ask), "keep")
    voted = any(line.first is not None for line in decision.lines)
    again = any(line.second is not None for line in decision.lines)
    if voted and all({line.first, line.second} <= {"hidden", None} for line in decision.lines):
        yield Para(words(_("There were too few votes to show how they were split.")), "aside")
    elif voted:
        rows = [
            [
                [
                    words(
                        Run(line.question, "quiet"),
                        " " if line.question else "",
                        Run(line.label, "strong") if line.taken else line.label,
                    )
                ],
                [words(count_words(line.first))],
                *([[words(count_words(line.second))]] if again else []),
            ]
            for line in decision.lines
            if line.first is not None
        ]
        if again:
            yield Table([_("Option"), _("First vote"), _("After the talk")], rows, [56, 22, 22])
        else:
            yield Table([_("Option"), _("Votes")], rows, [70, 30])
    did = _("Done: {what}").format(what=decision.taken)
    yield Para(words(Run(did, "strong"), f" ({decision.by})" if decision.by else ""))
    if decision.discussed:
        yield Para(words(Run(_("Talked about: "), "quiet"), decision.discussed))


# The table


def as_csv(found: Report) -> bytes:
    """The report as a table, one line for each option of each decision. UTF-8 with a mark, so that spreadsheets read it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        (
            "road", "number", "scene", "title", "moment", "question", "option", "first_vote", "second_vote", "taken", "decided_by", "talked_about",
        )
    )  # fmt: skip
    for number, decisions in enumerate((found.decisions, *found.others), 1):
        for one in decisions:
            for line in one.lines:
                row = (
                    number, one.number, one.scene, one.title, one.moment, line.question or one.ask, line.label, _cell(line.first),
                    _cell(line.second), "yes" if line.taken else "no", one.by, one.discussed,
                )  # fmt: skip
                writer.writerow([_harmless(str(cell)) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(count: Shown | None) -> str:
    return "" if count is None else count_words(count)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


__all__ = ["Decided", "Line", "Report", "as_csv", "as_html", "count_words", "few_words", "report"]
