"""A decision after the vote: the split with the thought behind each option, the question to talk about, what moved, what is done."""

from __future__ import annotations

from rich.style import Style

from engine.room.ballot import Row, Split
from engine.room.question import Item, Question
from game.words import _, n_
from game.workshop.screens import letters
from game.workshop.screens.asking import countdown, headed, question_lines
from game.workshop.screens.options import LARGE, LEVELS, Entry, Laid, lay
from game.workshop.screens.pen import Line, Page, Pen, at_foot, beside, centred, indented, ink_only, lowered, measure, one_line
from game.workshop.screens.view import View

THIN = LEVELS.index("clear")
"""From this level on bars have one line."""


def revealing(view: View, pen: Pen) -> Page:
    """How the room voted, and what stands behind each option."""
    return _split(view, pen, _("How you voted"), shifted=False)


def shifting(view: View, pen: Pen) -> Page:
    """The second vote beside the first."""
    return _split(view, pen, _("What has moved"), shifted=True)


def _split(view: View, pen: Pen, words: str, *, shifted: bool) -> Page:
    split = view.room.split
    assert split is not None
    question = view.question
    groups = question.groups
    part = min(view.part, len(groups) - 1)
    view.hand.group = part
    group = groups[part]
    head = [*indented(question_lines(view, pen, pen.room, 2)), []]
    most = max([1, *(max(row.first, row.second or 0) for row in split.rows if row.group == group.id)])
    rows = {row.key: row for row in split.rows if row.group == group.id}
    entries = [_bars(item, rows[item.key], most, pen, view, shifted=shifted) for item in group.items if item.key in rows]
    laid = _best(entries, pen, pen.height - len(head), len(head))
    moved = _moves(split, question, group.id) if shifted else ""
    foot: list[Line] = [[], *indented(pen.words(moved, pen.time))] if moved else []
    if len(head) + len(laid.lines) + len(foot) > pen.height:
        foot, words = [], f"{words}   {moved}" if moved else words
    larger = [*indented(question_lines(view, pen, pen.room, 2, large=True)), []]
    if len(larger) + len(laid.lines) + len(foot) <= pen.height:
        head = larger
        laid = _best(entries, pen, pen.height - len(head) - len(foot), len(head))
    pages = _paged(laid, entries, pen, pen.height - len(head))
    count = len(pages)
    if count > 1:  # more options than the paper holds: some keys more
        laid = pages[min(view.part, count - 1) if len(groups) == 1 else 0]
        foot = []
    page = Page(at_foot([*head, *laid.lines], foot, pen.height), laid.spots)
    page.parts = len(groups) if len(groups) > 1 else count
    return headed(page, view, pen, words)


def _best(entries: list[Entry], pen: Pen, height: int, top: int) -> Laid:
    return lay(entries, pen, height, least=0 if pen.height >= 40 else LARGE, top=top)


def _paged(laid: Laid, entries: list[Entry], pen: Pen, height: int) -> list[Laid]:
    """The list in pieces that fit; one piece where all of it does."""
    if len(laid.lines) <= height or len(entries) < 2:
        return [laid]
    half = (len(entries) + 1) // 2
    found: list[Laid] = []
    for some in (entries[:half], entries[half:]):
        found += _paged(lay(some, pen, height, least=LARGE), some, pen, height)
    return found


def _bars(item: Item, row: Row, most: int, pen: Pen, view: View, *, shifted: bool) -> Entry:
    tables = bool(view.room.setup.tables)

    def more(level: int, room: int) -> list[Line]:
        lines: list[Line] = []
        thick = 1 if level >= THIN or shifted else 2
        if tables:
            lines += _letters(row.voters, pen, level, room, _("first") if shifted else "", old=shifted)
            if shifted:
                lines += _letters(row.voters_second, pen, level, room, _("now"), old=False)
        else:
            lines += _bar(row.first, most, pen, room, thick, _("first") if shifted else "", old=shifted)
            if shifted:
                lines += _bar(row.second or 0, most, pen, room, thick, _("now"), old=False, change=row.change)
        if item.thought and not shifted:
            said = pen.words(f"“{item.thought}”", pen.voice, room)
            if level >= THIN and len(said) > 1:
                said = [[(one_line(f"“{item.thought}”", min(room, 110)), pen.voice)]]
            lines += said
        return lines

    aside: Line = [(_("cannot be taken now"), pen.dim)] if not item.available else []
    return Entry(str(item.number), item.label, more, aside, dim=not item.available)


def _bar(
    count: int, most: int, pen: Pen, room: int, thick: int, tag: str, *, old: bool, change: int | None = None
) -> list[Line]:
    """A bar with its number behind it. The first of two votes is hatched, so that they are told apart without colours."""
    after = f" {count}"
    arrow = ""
    if change:
        arrow = f"  ▲ {change:+}" if change > 0 else f"  ▼ −{-change}"
    left: Line = [(f"{tag:<6}", pen.dim)] if tag else []
    wide = max(room - len(after) - 10 - measure(left), 6)
    style = pen.dim if old else pen.text
    bar = pen.bar(count, most, wide, ink_only(style), "▒" if old else "█")
    first: Line = [*left, bar, (after if count else "–", pen.dim if old else pen.strong), (arrow, pen.time)]
    return [first] if thick == 1 else [first, [*left, bar]]


def _letters(voters: tuple[str, ...], pen: Pen, level: int, room: int, tag: str, *, old: bool) -> list[Line]:
    """The tables that want an option, as a bar of their letters, with their number behind it."""
    names = [voter.rpartition("-")[2].upper() for voter in voters]
    left: Line = [(f"{tag:<6}", pen.dim)] if tag else []
    if not names:
        return [[*left, ("–", pen.dim)]]
    high = level < THIN and not tag
    if high:
        rows: list[Line] = [[] for _ in range(letters.SMALL_HEIGHT)]
        for name in names:
            for row, text in zip(rows, letters.figures(name), strict=True):
                row += [(text, ink_only(pen.text)), ("   ", Style())]
        rows[1].append((n_("{n} table", "{n} tables", len(names)).format(n=len(names)), pen.strong))
        if measure(rows[1]) <= room:
            return rows
    line: Line = list(left)
    for name in names:
        line += [(f" {name} ", pen.strong if old else pen.chip), (" ", Style())]
    line.append((f" {len(names)}", pen.dim if old else pen.strong))
    return [line]


def _moves(split: Split, question: Question, group: str) -> str:
    """Who changed their mind: tables by name, hands by how many."""
    if split.moves:
        said: list[str] = []
        for move in split.moves:
            name = move.voter.rpartition("-")[2].upper()
            before, after = (_numbers(question, items, group) for items in (move.first, move.second))
            if before != after:
                said.append(f"{name} {before} → {after}")
        words = "    ".join(said)
    else:
        words = ""
    if not words:
        changed = sum(max(row.change, 0) for row in split.rows if row.group == group)
        words = (
            n_("{n} hand has moved.", "{n} hands have moved.", changed).format(n=changed)
            if changed
            else _("Nothing has moved.")
        )
    return words


def _numbers(question: Question, items: tuple[str, ...], group: str) -> str:
    found = [item for key in items if (item := question.item(key)) is not None and _in(question, key, group)]
    return "+".join(str(item.number) for item in found) or "–"


def _in(question: Question, key: str, group: str) -> bool:
    owner = question.group_of(key)
    return owner is not None and owner.id == group


# Talking


def talking(view: View, pen: Pen) -> Page:
    """What to talk about, on a page of its own."""
    clock = countdown(view, pen, large=pen.height >= 30)
    foot = [[], *centred(clock, pen.width), []] if clock else []
    free = pen.height - len(foot)
    words = pen.poster(view.room.discuss, pen.room, free - 1)
    page = Page(at_foot(lowered(indented(words), free, 0.4), foot, pen.height))
    return headed(page, view, pen, _("Talk about it"))


# Deciding


def deciding(view: View, pen: Pen) -> Page:
    """What most want; the facilitator may pick something else, and must where it is a tie."""
    room, question, hand = view.room, view.question, view.hand
    found = room.outcome()
    part = min(hand.group, len(question.groups) - 1)
    group = question.groups[part]
    chosen = marked(view)
    if hand.touched:
        words = _("Enter does this.")
    elif found.why == "majority":
        words = _("This is what most of you want.")
    elif found.why == "tie":
        words = _("A tie. Which of these is it to be?")
    else:
        words = _("The votes decide nothing. Which is it to be?")
    head: list[Line] = [*indented(pen.words(words, pen.time)), []]
    shown = [item for item in group.items if item.available]
    if found.why == "majority" and not hand.touched:
        return headed(_wanted(question, chosen, head, pen), view, pen, _("What you do"))
    if question.kind == "board":
        head += [*indented(pen.words(group.ask, pen.strong)), []]
    entries: list[Entry] = []
    for item in shown:
        tied = item.key in found.tied
        aside: Line = []
        if item.key in chosen:
            aside = [(f" {chosen.index(item.key) + 1 if question.ordered else '✓'} ", pen.chip)]
        elif tied:
            aside = [(_("tied"), pen.time)]
        entries.append(
            Entry(
                str(item.number),
                item.label,
                aside=aside,
                here=item.key in chosen,
                dim=found.why == "tie" and not tied and item.key not in chosen,
                act=("item", item.key),
            )
        )
    foot = [[], *indented(pen.words(_choose_words(question), pen.dim))]
    laid = lay(entries, pen, pen.height - len(head) - len(foot), least=LARGE, top=len(head))
    page = Page(at_foot([*head, *laid.lines], foot, pen.height), laid.spots)
    return headed(page, view, pen, _("What you do"))


def _wanted(question: Question, chosen: tuple[str, ...], head: list[Line], pen: Pen) -> Page:
    """What most want, as large as it goes."""
    foot: list[Line] = [[], *indented(pen.words(_("Space does it. Another number picks something else."), pen.dim))]
    free = pen.height - len(head) - len(foot)
    items = [item for key in chosen if (item := question.item(key)) is not None]
    lines: list[Line]
    if question.kind == "one":
        number = pen.number(str(items[0].number), pen.text, 4)
        column = max(map(measure, number)) + 5
        label = pen.poster(items[0].label, pen.room - column, free - 2)
        lines = lowered(indented(beside(number, column, label)), free, 0.3)
    elif question.kind == "several":
        entries = [
            Entry(str(place if question.ordered else item.number), item.label) for place, item in enumerate(items, 1)
        ]  # fmt: skip
        lines = lay(entries, pen, free).lines if entries else indented(pen.poster(_("None of them."), pen.room, free))
    else:
        lines = []
        for group, item in zip(question.groups, items, strict=False):
            lines += [*pen.words(group.ask, pen.dim), *pen.words(f"{item.number}  {item.label}", pen.strong), []]
        lines = lowered(indented(lines), free, 0.3)
    return Page(at_foot([*head, *lines], foot, pen.height))


def _choose_words(question: Question) -> str:
    if question.kind == "one":
        return _("Its number, then Enter.")
    if question.kind == "board":
        return _("A number for each question, then Enter.")
    return _("Numbers put them in and take them out. Enter does it.")


def marked(view: View) -> tuple[str, ...]:
    """What the facilitator has picked; untouched, what the votes are sure of."""
    return view.hand.tray if view.hand.touched else view.room.outcome().sure


__all__ = ["deciding", "marked", "revealing", "shifting", "talking"]
