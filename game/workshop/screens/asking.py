"""A decision before anything is shown of it: the question, the hands or tables that are counted, and who is still missing."""

from __future__ import annotations

from re import findall

from engine.room.inputs import Setup
from engine.room.question import Item, Question
from game.words import _, n_
from game.workshop.screens import letters
from game.workshop.screens.options import CLOSE, LARGE, Entry, lay
from game.workshop.screens.pen import MARGIN, Line, Page, Pen, Spot, at_foot, beside, indented, ink_only, lowered, measure
from game.workshop.screens.telling import moment, rehearsal_words
from game.workshop.screens.view import Hand, View, minutes_words


def asking(view: View, pen: Pen) -> Page:
    """The question and what can be done. No inner voices, no counts."""
    question, group = view.question, view.group
    clock = countdown(view, pen)
    entries = [_plain(item, pen) for item in group.items]
    head = _head(view, pen, clock, large=False)
    laid = lay(entries, pen, pen.height - len(head), top=len(head))
    foot = _how(view, pen)
    if len(head) + len(laid.lines) + len(foot) > pen.height:
        foot = []  # numbers that can be read before a line that is said anyway
    larger = _head(view, pen, clock, large=True)
    again = lay(entries, pen, pen.height - len(larger) - len(foot), least=laid.level, top=len(larger))
    if len(larger) > len(head) and again.level == laid.level and len(larger) + len(again.lines) + len(foot) <= pen.height:
        head, laid = larger, again
    page = Page(at_foot([*head, *laid.lines], foot, pen.height), [*laid.spots])
    page.parts = len(question.groups)
    return headed(page, view, pen, _("Decide for yourself first"))


def _head(view: View, pen: Pen, clock: list[Line], *, large: bool) -> list[Line]:
    """The question, and the countdown at its right."""
    wide = max(map(measure, clock), default=0)
    room = pen.room - (wide + 3 if clock else 0)
    lines = question_lines(view, pen, room, large=large)
    if clock:
        # The figures end in half a line of air.
        return [*indented(beside(lines, pen.room - wide, clock)), *([[]] if pen.height >= 24 or len(clock) > 3 else [])]
    return [*indented(lines), []]


def headed(page: Page, view: View, pen: Pen, words: str) -> Page:
    """The line above: what is to be done, and when it is in the story."""
    page.left = [(words, pen.time)]
    page.right = [*rehearsal_words(view, pen), (moment(view), pen.time)]
    return page


def question_lines(view: View, pen: Pen, room: int, most: int = 3, *, large: bool = False) -> list[Line]:
    """What is asked; on a board the question whose turn it is. `large`: in large letters, where that can be."""
    question, group = view.question, view.group
    ask = group.ask or question.ask or _("What do you do?")
    lines: list[Line] = []
    if question.kind == "board" and question.ask and question.ask != ask:
        lines += pen.words(question.ask, pen.dim, room)
    if large:
        drawn = pen.large(ask, ink_only(pen.text), room, "narrow")
        if drawn is not None and len(drawn) <= pen.height // 3:
            return [*lines, *drawn, []]
    return [*lines, *pen.words(ask, pen.strong, room)[:most]]


def _plain(item: Item, pen: Pen) -> Entry:
    def more(_level: int, room: int) -> list[Line]:
        return pen.words(item.why_not, pen.dim, room) if not item.available and item.why_not else []

    aside: Line = [(_("only looking"), pen.dim)] if item.look else [(words, pen.strong)] if (words := cost_words(item)) else []
    return Entry(str(item.number), item.label, more, aside, dim=not item.available, act=("item", item.key))


def cost_words(item: Item) -> str:
    """What an option costs, where that is more than one and its label does not say it: `(10 min)` needs no `costs 10` beside it."""
    if item.cost == 1 or str(item.cost) in findall(r"\d+", item.label):
        return ""
    return _("costs {n}").format(n=item.cost)


def _how(view: View, pen: Pen) -> list[Line]:
    """How to vote here, in a line."""
    return [[], *indented(pen.words(how_words(view.question, view.room.setup), pen.dim))] if pen.height >= 16 else []


def how_words(question: Question, setup: Setup) -> str:
    """How many can be chosen, and how."""
    if question.kind == "board":
        return _("Pin one card under this question, or leave it open (0).")
    if question.kind == "one":
        if setup.tables:
            return _("One choice for each table. Write its number down, and show nobody.")
        return _("One choice each. Write its number down, and say nothing yet.")
    most = question.most
    if not question.capped:
        words = _("As many as you like.")
    elif any(item.cost != 1 for item in question.open_items):
        words = n_("What you choose may cost {n} in all.", "What you choose may cost {n} in all.", most).format(n=most)
    else:
        words = n_("At most {n} of them.", "At most {n} of them.", most).format(n=most)
    if question.least:
        words += " " + n_("At least {n}.", "At least {n}.", question.least).format(n=question.least)
    if question.ordered:
        words += " " + _("In the order in which you would do it.")
    return words + " " + _("Write it down first.")


def countdown(view: View, pen: Pen, *, large: bool = False) -> list[Line]:
    """The time that is left, in big figures; nothing where nobody started it."""
    if view.countdown is None:
        return []
    words = minutes_words(view.countdown)
    over = view.countdown <= 0
    style = pen.time if view.running or over else pen.dim
    lines = [[(row, style)] for row in letters.draw(words, "wide")] if large else pen.number(words, style, 3)
    if over:
        lines = [*lines, [(_("time is up"), pen.time)]]
    elif not view.running:
        lines = [*lines, [(_("paused"), pen.dim)]]
    return lines


# Counting


def counting(view: View, pen: Pen) -> Page:
    """Hands or tables are counted. What is in is ticked and not shown."""
    page = _hush(view, pen) if view.hushed else _tables(view, pen) if view.room.setup.tables else _hands(view, pen)
    words = _("Second vote") if view.round == 2 else _("The vote")
    return headed(page, view, pen, words)


def _hush(view: View, pen: Pen) -> Page:
    """The moment before it is shown: what one thinks that the others did is half of what there is to learn. No clock any more."""
    foot: list[Line] = [[], *indented(pen.words(_("Space shows it. ↑ looks at the counts again."), pen.dim))]
    if view.round == 2:
        words = _("All in again. What do you think: has anything moved?")
    elif view.question.kind == "board":
        words = _("All in. Before we look: where do you think you differ?")
    else:
        words = _("All in. Before we look: which one did most of you choose? And which one nobody?")
    free = pen.height - len(foot)
    lines = lowered(indented(pen.poster(words, pen.room, free - 1)), free, 0.4)
    return Page(at_foot(lines, foot, pen.height))


def _hands(view: View, pen: Pen) -> Page:
    group, here = view.row
    ballot = view.room.ballot(view.round)
    foot = _status(view, pen)
    clock = countdown(view, pen)
    entries: list[Entry] = []
    for item in group.items:
        if not item.available:
            entries.append(Entry(str(item.number), item.label, dim=True))
            continue
        count = ballot.counted(item.key)
        chosen = item.key == here.key
        if chosen:
            shown = view.hand.typed or ("" if count is None else str(count))
            aside: Line = [(f" {shown or '…'} ", pen.chip)]
        else:
            aside = [(" ✓ " if count is not None else " · ", pen.strong if count is not None else pen.dim)]
        entries.append(Entry(str(item.number), item.label, aside=aside, here=chosen, act=("row", item.key)))
    board = pen.words(group.ask, pen.dim) if view.question.kind == "board" else []
    head: list[Line] = indented([*board, *([[]] if board else [])])
    listing = lay(entries, pen, 0)
    free = pen.height - len(head) - len(listing.lines) - len(foot) - 3
    call = _call(view, here, pen, free, clock)
    head = [*head, *call, []]
    least = CLOSE if pen.height < 40 else LARGE
    laid = lay(entries, pen, pen.height - len(head) - len(foot), least=least, top=len(head))
    return Page(at_foot([*head, *laid.lines], foot, pen.height), laid.spots)


def _call(view: View, item: Item, pen: Pen, height: int, clock: list[Line]) -> list[Line]:
    """Whose hands go up now: the option as large as there is room for, and the count as it is typed."""
    ballot = view.room.ballot(view.round)
    count = ballot.counted(item.key)
    shown = view.hand.typed or ("" if count is None else str(count))
    lines: list[Line] = [[(_("Hands up for"), pen.dim)]]
    right: list[Line] = clock
    if not clock and shown and pen.height >= 30:
        right = pen.number(shown, pen.time, 4)
    room = pen.room - (max(map(measure, right)) + 3 if right else 0)
    number = pen.number(str(item.number), pen.strong, 4 if height >= 5 else 3)
    column = max(map(measure, number)) + 3
    cuts: tuple[letters.Cut, ...] = ("wide", "narrow") if pen.height >= 40 else ("narrow",)
    label = pen.poster(item.label, room - column, max(height - 1, 3), cuts=cuts)
    if len(label) < 3:
        label = [[], *label]
    block = beside(number, column, label)
    if right:
        block = beside(block, room + 3, right)
    return indented([*lines, *block])


def _status(view: View, pen: Pen) -> list[Line]:
    """How many are in, and how many are missing where that can be known."""
    room, question = view.room, view.question
    ballot, gap = room.ballot(view.round), room.missing(view.round)
    size = room.setup.size
    if not gap and ballot:
        words = _("All in. Space shows how you voted.") if view.round == 1 else _("All in. Space shows what has moved.")
        return [[], *indented([[(words, pen.time)]])]
    parts: list[str] = []
    if size and question.kind != "several":
        tally = ballot.tally(question)
        count = sum(tally[item.key] for item in view.group.items)
        parts.append(_("{count} of {size} hands are in.").format(count=count, size=size))
    elif size:
        parts.append(n_("{n} person votes.", "{n} people vote.", size).format(n=size))
    if gap:
        parts.append(room.missing_words(gap))
    return [[], *indented([[(" ".join(parts), pen.strong)]])]


def tiles(names: list[tuple[str, str]], pen: Pen, here: str, room: int, *, high: bool) -> tuple[list[Line], list[Spot]]:
    """Tables side by side, each with a sign, the one in hand underlined; spots are counted from the first line."""
    lines: list[Line] = []
    spots: list[Spot] = []
    rows: list[Line] = []
    used = 0
    for letter, sign in names:
        chosen = letter == here
        block = letters.figures(letter) if high else [letter]
        wide = len(block[0])
        if rows and used + wide + 6 > room:
            lines += rows
            rows, used = [], 0
        if not rows:
            rows = [[] for _ in range(len(block) + (1 if high else 0))]
        spots.append(Spot(len(lines), len(lines) + len(rows), ("table", letter.lower()), used, used + wide + 4))
        style = pen.accent if high else pen.chip if chosen else pen.strong
        for at, row in enumerate(rows):
            if at < len(block):
                row.append((block[at] if high else f" {block[at]} ", ink_only(style) if high else style))
            else:
                row.append(("▀" * wide if chosen else " " * wide, pen.time if not high else ink_only(pen.time)))
            row.append((f" {sign}   " if at == (1 if high else 0) else " " * (len(sign) + 4), pen.strong))
        used += wide + len(sign) + 4 + (0 if high else 2)
    return [*lines, *rows], spots


def _tables(view: View, pen: Pen) -> Page:
    room, question, hand = view.room, view.question, view.hand
    ballot = room.ballot(view.round)
    here = view.voter.rpartition("-")[2].upper()
    names = [(voter.rpartition("-")[2].upper(), "✓" if ballot.vote(voter) is not None else "·") for voter in room.setup.voters]
    foot = _status(view, pen)
    high = pen.height >= 20
    marks, spots = tiles(names, pen, here, pen.room, high=high)
    clock = countdown(view, pen)
    ask: list[Line] = [[(_("What does table {name} want?").format(name=here), pen.strong)]]
    if question.kind == "board" or question.kind == "several":
        ask += pen.words(view.group.ask or question.ask, pen.dim, pen.room - 20)
    if clock:
        ask = beside(ask, pen.room - max(map(measure, clock)), clock)
    head = [*indented(marks), [], *indented(ask), []]
    spots = [Spot(one.top, one.bottom, one.act, one.left + MARGIN, one.right + MARGIN) for one in spots]
    done = _picked(view)
    entries = [
        Entry(
            str(item.number),
            item.label,
            aside=[
                (f"{cost_words(item)} ", pen.dim),
                *([(f" {done.index(item.key) + 1 if question.ordered else '✓'} ", pen.chip)] if item.key in done else []),
            ],
            here=item.key in done,
            dim=not item.available,
            act=("item", item.key),
        )
        for item in view.group.items
    ]
    laid = lay(entries, pen, pen.height - len(head) - len(foot), top=len(head))
    if question.kind == "several" and hand.tray and len(head) + len(laid.lines) + len(foot) < pen.height:
        foot = [*indented([[(_("Enter takes it for this table."), pen.accent)]]), *foot]
    return Page(at_foot([*head, *laid.lines], foot, pen.height), [*spots, *laid.spots])


def _picked(view: View) -> tuple[str, ...]:
    """What the table under the cursor has picked so far; what is in already shows to who goes back to look."""
    hand: Hand = view.hand
    if hand.tray or hand.touched:
        return hand.tray
    return () if not hand.looking else view.room.ballot(view.round).vote(view.voter) or ()


__all__ = ["asking", "cost_words", "countdown", "counting", "headed", "how_words", "question_lines", "tiles"]
