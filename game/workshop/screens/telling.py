"""What is told: one message or two at a time, the newest as large as it fits, with air around it."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style

from engine.play import events as ev
from engine.play.phone import Entry, PlaceView
from engine.script.times import duration_words
from engine.story.model import DAY
from game.clock import clock_words, day_name
from game.play.passing import later_words
from game.themes import ink
from game.widgets.contents import contents, gone, label
from game.widgets.lines import Sheet, flat, flow, measure, name_style, skin_ink, speaker
from game.widgets.wrap import cells, shorten
from game.words import _, n_
from game.workshop.screens.pen import (
    MARGIN,
    MEASURE,
    Line,
    Page,
    Pen,
    at_foot,
    bare,
    centred,
    indented,
    lowered,
    spaced,
)  # fmt: skip
from game.workshop.screens.view import View

BEST = 80
"""Cells across that can be read from the back row of a usual room."""
LINES = 3
"""Lines of large letters that are still read at a glance; longer words stand in spaced lines of ordinary type."""
RECENT = 6 * 60 * 60
"""Story seconds after which what was said before says nothing about what is said now."""
LARGE = ("text", "speech", "post", "comment", "notice", "prose", "mail")
"""Kinds of entries whose words alone are what there is to see."""


def telling(view: View, pen: Pen) -> Page:
    """The newest stop, or what stands before the first of a stretch."""
    room = view.room
    if not room.state.told or not room.stops:
        return title_card(view, pen) if room.state.node == 0 else decided(view, pen)
    stop = room.stops[min(room.state.told, len(room.stops)) - 1]
    if stop.kind == "time":
        page = _leap(view, pen)
    elif stop.kind == "line":
        page = _line(view, pen)
    else:
        page = _arrived(view, pen)
    _head(view, pen, page, leaps=stop.kind == "time")
    return page


def _head(view: View, pen: Pen, page: Page, *, leaps: bool) -> None:
    """Place and time in one line. While time passes one is nowhere."""
    phone = view.phone
    place = phone.places[phone.here] if phone.here is not None else None
    if place is not None and not leaps:
        page.left = _place_words(place, pen)
        came = view.came()
        if came:
            page.left.append((f"  ↳ {came}", pen.time))
    page.right = [*rehearsal_words(view, pen), (moment(view), pen.time)]


def rehearsal_words(view: View, pen: Pen) -> list[tuple[str, Style]]:
    """That nobody votes here."""
    return [(_("rehearsal") + "   ", pen.dim)] if view.room.setup.rehearsal else []


def moment(view: View) -> str:
    """The story's clock: `Wednesday 03:05`."""
    clock = view.phone.clock
    return f"{day_name(view.room.story, clock)} {clock_words(clock)}"


def _place_words(place: PlaceView, pen: Pen) -> list[tuple[str, Style]]:
    words = [(place.name, pen.strong)]
    if place.phone is not None:
        words = [(_("{name}’s phone").format(name=place.phone), pen.chip), ("  ", Style()), *words]
    if place.members and place.kind in ("group", "feed"):
        count = (
            n_("{n} follower", "{n} followers", place.members)
            if place.kind == "feed"
            else n_("{n} member", "{n} members", place.members)
        )
        words.append((f"  · {count.format(n=f'{place.members:,}')}", pen.dim))
    return words


# What arrives


def _arrived(view: View, pen: Pen) -> Page:
    """The message or the change of the newest stop, and what stands above it."""
    place, entry = _newest(view)
    if entry is None or place is None:
        return Page(lowered(centred(pen.poster(moment(view), pen.room, pen.height), pen.width), pen.height))
    above = _above(place, entry, pen)
    foot = _late(view, pen)
    free = pen.height - len(above) - len(foot) - 1
    body = _entry(place, entry, pen, free)
    parts = 1
    if len(body) > free:
        step = max(free - 1, 1)
        parts = -(-len(body) // step)
        part = min(view.part, parts - 1)
        body = [*body[part * step : (part + 1) * step]]
        if part < parts - 1:
            body.append([(" " * (MARGIN + 2), Style()), ("…", pen.strong)])
        above = above if part == 0 else []
    lines = [*above, *lowered(body, pen.height - len(above) - len(foot), 0.38)]
    return Page(at_foot(lines, foot, pen.height), parts=parts)


def _newest(view: View) -> tuple[PlaceView | None, Entry | None]:
    """What the newest stop is about."""
    phone = view.phone
    for event in reversed(view.seen()):
        if isinstance(event, ev.MessageShown) and not event.past:
            place = phone.places[event.place]
            return place, place.find(event.id)
        message = getattr(event, "message", None)
        if message is not None and not isinstance(event, ev.MessageShown):
            for place in (phone.places[event.place], *phone.places.values()):  # type: ignore[attr-defined]
                entry = place.find(message)
                if entry is not None:
                    return place, entry
        if isinstance(event, ev.Joined | ev.Left | ev.Renamed | ev.TimerSet):
            place = phone.places[event.place]
            return place, place.entries[-1] if place.entries else None
        if isinstance(event, ev.Muted):
            place = phone.places[event.place]
            words = (
                _("You muted {place}: you read it {time} later.").format(place=place.name, time=duration_words(event.seconds))
                if event.seconds
                else _("You hear {place} again.").format(place=place.name)
            )
            return place, Entry("muted", "notice", words, event.at)
    return None, None


def _above(place: PlaceView, entry: Entry, pen: Pen) -> list[Line]:
    """The message before, stepped back: a line or two."""
    before: Entry | None = None
    for one in place.entries:
        if one is entry:
            break
        if one.kind != "notice" or one.state != "live":
            before = one
    if before is None or before.past or entry.at - before.at > RECENT:
        return []
    words = gone(before) or flat(before.text)
    name = speaker(before) if before.name or before.own else ""
    said = f"{name}: {words}" if name else words
    kind = label(before)
    if kind and not gone(before):
        said = f"{name} [{kind}] {words}"
    most = 2 if pen.height < 30 else 3
    lines = flow([(said, pen.dim)], min(pen.room, MEASURE))
    if len(lines) > most:
        room = min(pen.room, MEASURE)
        kept = lines[: most - 1]
        rest = " ".join("".join(text for text, _style in line) for line in lines[most - 1 :])
        lines = [*kept, [(shorten(rest, room), pen.dim)]]
    if before.reactions:
        more: Line = [("  " + _reactions_flat(before), pen.dim)]
        lines = [*lines[:-1], [*lines[-1], *more]] if measure([*lines[-1], *more]) <= pen.room else [*lines, more]
    return [*indented(lines), []]


def _reactions_flat(entry: Entry) -> str:
    return "  ".join(f"{one.emoji} {one.count}" for one in entry.reactions)


def _entry(place: PlaceView, entry: Entry, pen: Pen, height: int) -> list[Line]:
    """An entry with its name, as large as it fits."""
    told = entry.kind in ("prose", "notice")
    head = [] if told else [_name(place, entry, pen)]
    if entry.reply_name and (entry.reply_text or entry.reply_name):
        quoted = shorten(f"{entry.reply_name}: {flat(entry.reply_text)}", min(pen.room - 6, MEASURE))
        head.append([("↪ " + quoted, pen.dim)])
    if entry.subject:
        head.append([(shorten(entry.subject, pen.room - 4), pen.strong)])
    tail = _reactions(entry, pen)
    free = height - len(head) - len(tail) - (1 if head else 0)
    edge = "" if told else "▌ "
    body = _body(place, entry, pen, free, pen.room - len(edge))
    lines = [*head, *([[]] if head and len(body) + 1 <= free + 1 else []), *body, *tail]
    if told:
        return indented(lines)
    skin = pen.palette.ground
    style = ink(pen.palette.accent) if entry.own else name_style(pen.palette, entry.name, skin)
    side = Style(color=style.color)
    return [[(" " * MARGIN, Style()), (edge, side), *line] for line in lines]


def _name(place: PlaceView, entry: Entry, pen: Pen) -> Line:
    skin = pen.palette.ground
    style = pen.accent if entry.own else name_style(pen.palette, entry.name, skin)
    words: Line = [(speaker(entry), style + Style(bold=True))]
    about = []
    if entry.to:
        about.append(_("to {name}").format(name=entry.to))
    if entry.forwarded == 2:
        about.append(_("forwarded many times"))
    elif entry.forwarded:
        about.append(_("forwarded"))
    if entry.edited == "cropped":
        about.append(_("cropped"))
    elif entry.edited:
        about.append(_("edited"))
    if entry.expires is not None and entry.state == "live":
        about.append(_("disappears"))
    if place.kind in ("dm",) and entry.own:
        about.append(_("to {name}").format(name=place.name))
    words += [(f"   {part}", pen.dim) for part in about]
    return words


def _body(place: PlaceView, entry: Entry, pen: Pen, height: int, room: int) -> list[Line]:
    """The words: large letters, spaced lines, or lines."""
    style = pen.voice if entry.kind == "prose" else pen.strong
    left = gone(entry)
    if left:
        return at_a_glance(left, pen, height, room, style=pen.voice) or pen.words(left, pen.voice, room)
    said = flat(entry.text) if bare(entry.text) is None else entry.text
    mask = pen.masked if said is not entry.text else style
    if entry.kind in LARGE and not entry.view_once:
        lines = at_a_glance(said, pen, height, room, style=mask)
        if lines is not None:
            return lines
        lines = pen.words(entry.text, style, room)
    else:
        sheet = Sheet(place, pen.palette, pen.width, False, str)
        skin = pen.palette.ground
        strong = skin_ink(skin, skin.text, bold=True)
        # What it is in a line, and what is seen or heard in it as large as any words.
        above = flow([(text, one) for text, one in contents(sheet, replace(entry, text=""), skin, strong) if text], room)
        large = at_a_glance(said, pen, height - len(above), room, style=mask) if said else None
        if large is not None:
            return [*above, *large]
        pieces = contents(sheet, entry, skin, strong)
        lines = flow([(text, one + Style(bold=True)) for text, one in pieces], min(room, MEASURE))
    aired = spaced(lines)
    return aired if len(aired) <= height else lines


def glance(pen: Pen, more: int = 0) -> int:
    """Lines of the paper that are taken by as many lines of large letters as are read at a glance, and `more`."""
    return ((LINES if pen.height < 30 else LINES + 1 if pen.height < 40 else 2 * LINES) + more) * 5


def at_a_glance(text: str, pen: Pen, height: int, room: int, *, style: Style, more: int = 0) -> list[Line] | None:
    """Words in large letters, where they are few enough to be read at a glance; None where they are not."""
    lines = pen.large(text, Style(color=style.color), room, "narrow", 1)
    return lines if lines is not None and len(lines) <= min(height, glance(pen, more)) else None


def _reactions(entry: Entry, pen: Pen) -> list[Line]:
    """Reactions and counters with large numbers."""
    parts: list[tuple[str, int]] = [(one.emoji, one.count) for one in entry.reactions]
    parts += [(sign, count) for sign, count in (("♡", entry.likes), ("↻", entry.shares), ("💬", entry.comments)) if count]
    lines: list[Line] = []
    if parts and pen.height >= 16:
        rows: list[Line] = [[], [], []]
        for sign, count in parts[:5]:
            figures = pen.number(str(count), pen.strong, 3)
            start = max(measure(row) for row in rows)
            for at, row in enumerate(rows):
                row.append((" " * (start - measure(row)), Style()))
                row += [(f"{sign} " if at == 1 else " " * (cells(sign) + 1), pen.text), *figures[at], ("    ", Style())]
        lines = [[], *rows]
    elif parts:
        lines = [[("   ".join(f"{sign} {count}" for sign, count in parts), pen.strong)]]
    if entry.read_by:
        lines += [[], [(n_("read by {n}", "read by {n}", entry.read_by).format(n=f"{entry.read_by:,}"), pen.dim)]]
    return lines


def _late(view: View, pen: Pen) -> list[Line]:
    """That it is seen later than it was sent; what was left out on the way here."""
    lines: list[Line] = []
    for event in view.seen():
        if isinstance(event, ev.SeenLate):
            words = _("You see this {how_long} later.").format(how_long=duration_words(event.seconds))
            lines.append([(" " * MARGIN, Style()), (words, pen.time)])
    return lines


# Time, and what is told in a line


def _leap(view: View, pen: Pen) -> Page:
    """Time passes."""
    passed = [event for event in view.room.fresh if isinstance(event, ev.TimePassed)]
    since, at = passed[0].since, passed[-1].at
    story = view.room.story
    words = pen.poster(later_words(duration_words(at - since)), pen.room, pen.height - 6, style=pen.time)
    day = at // DAY + 1
    when = [
        [(f"{day_name(story, at)} {clock_words(at)}", pen.strong)],
        [],
        [(n_("day {n}", "day {n}", day).format(n=f"{day:,}"), pen.dim)],
    ]
    lines = [*_middle(words, pen), [], [], *centred(when, pen.width)]
    return Page(lowered(lines, pen.height, 0.42))


def _line(view: View, pen: Pen) -> Page:
    """What a short session leaves out, or what was skipped, in a line."""
    told = [
        (event.line if isinstance(event, ev.SceneCut) else event.told, isinstance(event, ev.SceneCut))
        for event in view.seen()
        if isinstance(event, ev.SceneCut | ev.Skipped)
    ]
    lines: list[Line] = []
    for text, cut in told:
        if not text:
            continue
        lines += [[]] if lines else []
        lines.append([(_("Meanwhile, in short") if cut else _("Skipped"), pen.dim)])
        lines.append([])
        large = at_a_glance(text, pen, pen.height - len(lines), pen.room, style=pen.strong) if len(told) == 1 else None
        body = pen.words(text, pen.strong)
        aired = spaced(body)
        lines += large or (aired if len(aired) + len(lines) <= pen.height else body)
    return Page(lowered(indented(lines), pen.height, 0.38))


def _middle(lines: list[Line], pen: Pen) -> list[Line]:
    widest = max((measure(line) for line in lines), default=0)
    return indented(lines, max((pen.width - widest) // 2, 0))


# Before the first stop


def title_card(view: View, pen: Pen) -> Page:
    """The title, and how large the letters should be."""
    story = view.room.story
    play = view.room.play
    foot = ruler(pen)
    lines: list[Line] = []
    room = pen.height - len(foot) - 1
    blurb = pen.words(play.text(story.blurb), pen.text)
    note = pen.words(play.text(story.note), pen.dim) if story.note else []
    rest = len(blurb) + (len(note) + 1 if note else 0) + 2
    title = pen.poster(story.title, pen.room, max(room - rest, 3))
    aired = spaced(blurb)
    if len(title) + 2 + len(aired) + (len(note) + 1 if note else 0) <= room:
        blurb = aired
    lines = [*title, [], *blurb]
    if note and len(lines) + 1 + len(note) <= room:
        lines += [[], *note]
    lines = indented(lines)
    return Page(at_foot(lowered(lines, room, 0.4), foot, pen.height), right=rehearsal_words(view, pen))


def ruler(pen: Pen) -> list[Line]:
    """A line of eighty cells to measure by, and how to make it fit."""
    words = f" {BEST} "
    side = (BEST - 2 - len(words)) // 2
    line = f"├{'─' * side}{words}{'─' * (BEST - 2 - side - len(words))}┤"
    keys = _("Ctrl and + makes letters larger, Ctrl and - smaller.")
    if pen.width > BEST + 8:
        said = _("Can the back row read this? {keys} Best for a room: until this line just fits the width.")
    elif pen.width < BEST:
        said = _("{keys} A little smaller: until this line just fits the width.")
        line = f"├{'─' * max(pen.width - 2, 0)}"
    else:
        said = _("The letters have the right size for a room. {keys}")
    return [[], *indented(pen.words(said.format(keys=keys), pen.dim, pen.room), MARGIN), [(line, pen.time)]]


def decided(view: View, pen: Pen) -> Page:
    """What was decided a moment ago, before anything comes of it."""
    room = view.room
    taken = next((event for event in room.play.events[room.stops[0].first :] if isinstance(event, ev.DecisionTaken)), None)
    visit = room.decided_visit(room.state.node)
    by = visit.by if visit is not None else ""
    if by == "facilitator" and visit is not None and not visit.first:
        said = _("So you do it.")  # by a look at the hands
    else:
        said = {
            "room": _("Most of you want this. So you do it."),
            "tie": _("You were of two minds. It is done like this."),
            "lapse": _("Time ran out."),
            "skip": _("This part is skipped."),
        }.get(by, _("This is the road that is taken."))
    lines: list[Line] = [[(said, pen.dim)], []]
    if taken is not None and by != "skip":
        free = pen.height - 4
        if taken.labels:
            lines += [*pen.words(taken.label, pen.strong), []]
            for number, one in enumerate(taken.labels, 1):
                lines += [*pen.words(f"{number}  {one}", pen.strong), []]
        else:
            lines += pen.poster(taken.label, pen.room, free)
    page = Page(lowered(indented(lines), pen.height, 0.38))
    page.right = [*rehearsal_words(view, pen), (moment(view), pen.time)]
    return page


__all__ = ["BEST", "at_a_glance", "decided", "glance", "moment", "rehearsal_words", "ruler", "telling", "title_card"]
