"""A decision after the vote: the split with the thought behind each option, the question to talk about, what moved, what is done."""

from __future__ import annotations

from rich.style import Style

from engine.room.ballot import Row, Split
from engine.room.question import Group, Item, Question
from game.words import _, n_
from game.workshop.screens import letters
from game.workshop.screens.asking import countdown, headed, question_lines
from game.workshop.screens.options import LARGE, LEVELS, Entry, Laid, lay
from game.workshop.screens.pen import Line, Page, Pen, at_foot, beside, centred, indented, ink_only, lowered, measure, one_line
from game.workshop.screens.view import View

CLEAR = LEVELS.index("clear")
"""From this level on a thought has one line."""


def revealing(view: View, pen: Pen) -> Page:
    """How the room voted, and what stands behind each option."""
    return _split(view, pen, _("How you voted"), shifted=False)


def shifting(view: View, pen: Pen) -> Page:
    """The second vote beside the first."""
    return _split(view, pen, _("What has moved"), shifted=True)


def _split(view: View, pen: Pen, words: str, *, shifted: bool) -> Page:
    """A page, or several: first the bars alone, as large as they go, then what stands behind each option."""
    split = view.room.split
    assert split is not None
    question = view.question
    pages: list[Page] = []
    groups: list[int] = []
    for number, group in enumerate(question.groups):
        thoughts = not shifted and any(item.thought for item in group.items)
        for bare in (True, False) if thoughts else (False,):
            found = _part(view, split, group, pen, words, shifted=shifted, bare=bare)
            pages += found
            groups += [number] * len(found)
    part = min(view.part, len(pages) - 1)
    view.hand.group = groups[part]
    pages[part].parts = len(pages)
    return pages[part]


def _part(view: View, split: Split, group: Group, pen: Pen, words: str, *, shifted: bool, bare: bool) -> list[Page]:
    """How the room voted under one question. `bare`: without the thoughts."""
    number = view.question.groups.index(group)
    view.hand.group = number
    head = [*indented(question_lines(view, pen, pen.room, 2)), []]
    most = max([1, *(max(row.first, row.second or 0) for row in split.rows if row.group == group.id)])
    rows = {row.key: row for row in split.rows if row.group == group.id}

    def entries(thick: int) -> list[Entry]:
        return [
            _bars(item, rows[item.key], most, pen, view, shifted=shifted, bare=bare, thick=thick)
            for item in group.items
            if item.key in rows
        ]

    moved = _moves(split, view.question, group.id) if shifted else ""
    foot: list[Line] = [[], *indented(pen.words(moved, pen.time))] if moved else []
    # What is to be seen from the back row is how they voted: high bars come before a high question.
    laid, thick = Laid([], [], 0), 1
    for thick in (letters.SMALL_HEIGHT, 2, 1):
        laid = _best(entries(thick), pen, pen.height - len(head) - len(foot), len(head), bare=bare)
        apart = laid.aired or thick == 1 or view.room.setup.tables  # high bars without air between them are one block
        if len(head) + len(laid.lines) + len(foot) <= pen.height and apart:
            break
    else:
        foot, words = [], f"{words}   {moved}" if moved else words
    larger = [*indented(question_lines(view, pen, pen.room, 2, large=True)), []]
    again = _best(entries(thick), pen, pen.height - len(larger) - len(foot), len(larger), bare=bare)
    if again.level == laid.level and len(larger) + len(again.lines) + len(foot) <= pen.height:
        head, laid = larger, again
    some = _paged(laid, entries(thick), pen, pen.height - len(head))
    if len(some) > 1:  # more options than the paper holds: some keys more
        foot = []
    return [headed(Page(at_foot([*head, *one.lines], foot, pen.height), one.spots), view, pen, words) for one in some]


def _best(entries: list[Entry], pen: Pen, height: int, top: int, *, bare: bool) -> Laid:
    return lay(entries, pen, height, least=0 if bare or pen.height >= 40 else LARGE, top=top)


def _paged(laid: Laid, entries: list[Entry], pen: Pen, height: int) -> list[Laid]:
    """The list in pieces that fit; one piece where all of it does."""
    if len(laid.lines) <= height or len(entries) < 2:
        return [laid]
    half = (len(entries) + 1) // 2
    found: list[Laid] = []
    for some in (entries[:half], entries[half:]):
        found += _paged(lay(some, pen, height, least=LARGE), some, pen, height)
    return found


def _bars(item: Item, row: Row, most: int, pen: Pen, view: View, *, shifted: bool, bare: bool, thick: int) -> Entry:
    """An option with its votes, in bars of so many lines."""
    tables = bool(view.room.setup.tables)

    def more(level: int, room: int) -> list[Line]:
        old, new = (_("first"), _("now")) if shifted else ("", "")
        lines: list[Line] = []
        if tables:
            lines += _letters(row.voters, pen, room, old, old=shifted, thick=1 if shifted else thick)
            if shifted:
                lines += _letters(row.voters_second, pen, room, new, old=False, thick=thick)
        else:
            lines += _bar(row.first, most, pen, room, old, old=shifted, thick=1 if shifted else thick)
            if shifted:
                lines += _bar(row.second or 0, most, pen, room, new, old=False, thick=thick, change=row.change)
        if item.thought and not shifted and not bare:
            said = pen.words(f"“{item.thought}”", pen.voice, room)
            if level >= CLEAR and len(said) > 1:
                said = [[(one_line(f"“{item.thought}”", min(room, 110)), pen.voice)]]
            lines += said
        return lines

    aside: Line = [(_("cannot be taken now"), pen.dim)] if not item.available else []
    return Entry(str(item.number), item.label, more, aside, dim=not item.available)


def _bar(
    count: int, most: int, pen: Pen, room: int, tag: str, *, old: bool, thick: int, change: int | None = None
) -> list[Line]:
    """A bar with its number behind it. The first of two votes is hatched, so that they are told apart without colours."""
    arrow = ""
    if change:
        arrow = f"  ▲ {change:+}" if change > 0 else f"  ▼ −{-change}"
    left: Line = [(f"{tag:<6}", pen.dim)] if tag else []
    blank: Line = [(" " * 6, Style())] if tag else []
    style = pen.dim if old else pen.text
    after: Line = [(arrow, pen.time)]
    if not count:
        return [[*left, ("–", style), *after]]
    number = pen.number(str(count), style if old else pen.strong, thick)
    wide = max(room - max(map(measure, number)) - 11 - measure(left), 6)
    bar = pen.bar(count, most, wide, ink_only(style), "▒" if old else "█")
    number = [*number, *([] for _ in range(thick - len(number)))]
    middle = (thick - 1) // 2
    return [
        [*(left if at == middle else blank), bar, (" ", Style()), *row, *(after if at == middle else [])]
        for at, row in enumerate(number)
    ]


def _letters(voters: tuple[str, ...], pen: Pen, room: int, tag: str, *, old: bool, thick: int) -> list[Line]:
    """The tables that want an option, as a bar of their letters, with their number behind it."""
    names = [voter.rpartition("-")[2].upper() for voter in voters]
    left: Line = [(f"{tag:<6}", pen.dim)] if tag else []
    if not names:
        return [[*left, ("–", pen.dim)]]
    if thick >= letters.SMALL_HEIGHT:
        blank: Line = [(" " * 6, Style())] if tag else []
        rows: list[Line] = [[*(left if at == 1 else blank)] for at in range(letters.SMALL_HEIGHT)]
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
    elif not room.ballot(1):
        words = _("What do most of you want?")
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
            aside = [(f" {_('tied')} ", pen.chip)]
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
    laid = lay(entries, pen, pen.height - len(head) - len(foot), top=len(head))
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
