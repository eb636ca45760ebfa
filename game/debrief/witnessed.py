"""What a witness had, ready to be shown: entries for the conversation, lines for a document, sentences for either."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.debrief.witness import Copy, Record, Seen
from engine.play.phone import Entry, PlaceKind, PlaceView
from engine.script.times import duration_words
from engine.story.model import Story
from engine.words import put
from game.clock import DAY, clock_words, day_name
from game.debrief.paper import Block, Line, Paper, flat
from game.widgets.wrap import cells
from game.words import _, n_

NUMBER = 5
"""Cells of the number of a line."""
STAMP = 7
"""Cells of its time."""
TALK = ("in-person", "call")


def who_words(seen: Seen) -> str:
    """Who a witness is, in a line."""
    witness = seen.witness
    return put(_("{name}: {what}"), name=witness.name, what=witness.what) if witness.what else witness.name


def hidden_words(seen: Seen) -> str:
    """What of the player's they could not see, in a sentence; nothing when there is none."""
    parts = list(
        dict.fromkeys(put(_("to {place}") if one.to else _("in {place}"), place=_inside(one.place)) for one in seen.hidden)
    )
    words = put(_("Not seen from here, what you said {places}."), places=" · ".join(parts)) if parts else ""
    if seen.drafts:
        drafts = n_(
            "What you wrote and took back, once, nobody saw.",
            "What you wrote and took back, {n} times, nobody saw.",
            seen.drafts,
        )
        words = f"{words} {drafts.format(n=seen.drafts)}".strip()
    return words


def _inside(place: str) -> str:
    """A place's name within a sentence: in the car, in your page."""
    return place[0].lower() + place[1:] if place.startswith((_("The "), _("Your "))) else place


def thread(seen: Seen, story: Story) -> tuple[PlaceView, list[Entry]]:
    """The place to show and what stands in it: where it was is said when it changes, and words stand between."""
    kinds = {story.places[glimpse.place].kind for glimpse in seen.glimpses if glimpse.entry is not None}
    kind: PlaceKind = "group"
    if kinds and kinds <= {"feed"}:
        kind = "feed"
    elif kinds and kinds <= set(TALK):
        kind = "in-person"
    view = PlaceView("seen", kind, seen.witness.name, phone=seen.witness.name)
    return view, list(_entries(seen, story))


def _entries(seen: Seen, story: Story) -> Iterator[Entry]:
    first = seen.glimpses[0].at if seen.glimpses else story.start_clock
    here: tuple[str, bool] | None = None
    if seen.empty:
        yield Entry("nothing", "notice", _("Nothing of it reached them."), first)
    for number, glimpse in enumerate(seen.glimpses):
        if glimpse.entry is None:
            yield Entry(f"words-{number}", "prose", glimpse.words, glimpse.at)
            continue
        if here != (glimpse.place, glimpse.copy):
            here = (glimpse.place, glimpse.copy)
            yield Entry(f"place-{number}", "notice", where_words(seen, glimpse.place, story, copy=glimpse.copy), glimpse.at)
        yield glimpse.entry


def where_words(seen: Seen, place: str, story: Story, *, copy: bool = False) -> str:
    """Where something stood, and how it reached a witness."""
    found = story.places[place]
    name = seen.names.get(place, place)
    if found.kind == "board":
        return put(_("On the board: {place}"), place=name)
    if copy:
        return put(_("A cutting from {place}, without what stood around it"), place=name)
    if found.phone is not None and found.phone == seen.witness.id:
        return put(_("Their own phone: {place}"), place=name)
    if found.kind == "dm":
        return put(_("Between the two of you: {place}"), place=name) if name == seen.witness.name else name
    members = seen.members.get(place, 0)
    if found.kind == "group" and members:
        return put(n_("{place} · {n} member", "{place} · {n} members", members), place=name, n=f"{members:,}")
    if found.kind == "feed" and members:
        return put(n_("{place} · {n} follower", "{place} · {n} followers", members), place=name, n=f"{members:,}")
    return name


# The export


def record_words(record: Record, say: Callable[[str], str] = flat) -> str:
    """A line of an export, without its number and time. `say` writes a text of the story on one line."""
    who, text = record.who, say(record.text)
    if record.what == "message":
        if record.gone and not record.kept:
            return put(_("{who}: (gone; nobody has the words)"), who=who)
        sign = {1: "↪ ", 2: "↪↪ "}.get(record.forwarded, "")
        kind = {"picture": _("[picture] "), "voice": _("[voice note] "), "video": _("[video] "), "document": _("[document] ")}
        return f"{who}: {sign}{kind.get(record.kind, '')}{text}"
    if record.what == "reaction":
        many = record.count - 1
        some = put(n_("{who} and {n} other", "{who} and {n} others", many), who=who, n=str(many)) if many else who
        return put(_("{who} reacted {emoji} to line {n}"), who=some, emoji=text, n=str(record.about))
    if record.what == "edited":
        how = _("{who} cropped line {n}: {words}") if record.kind == "cropped" else _("{who} changed line {n}: {words}")
        return put(how, who=who, n=str(record.about), words=text or _("(nobody has the words)"))
    if record.what == "deleted":
        return put(_("{who} deleted line {n}"), who=who, n=str(record.about))
    if record.what == "joined":
        return put(_("{by} added {who}") if text else _("{who} joined"), who=who, by=text)
    if record.what == "left":
        return put(_("{by} removed {who}") if text else _("{who} left"), who=who, by=text)
    if record.what == "renamed":
        return put(_("The chat is now called “{name}”"), name=text)
    if record.what == "timer":
        if not record.count:
            return put(_("{who} turned off disappearing messages"), who=who)
        return put(_("{who} turned on disappearing messages: {time}"), who=who, time=duration_words(record.count))
    if record.what == "silence":
        return put(_("{who}: read {time}, nothing sent"), who=who, time=clock_words(record.at))
    return text


def record_notes(record: Record, story: Story, say: Callable[[str], str] = flat) -> list[str]:
    """What stands under a line of an export: what became of it, and who still has it. `say` as for `record_words`."""
    notes: list[str] = []
    if record.missed:
        notes.append(_("not on your phone; on the others"))
    if record.read_by and record.what == "message":
        notes.append(n_("read by {n}", "read by {n}", record.read_by).format(n=record.read_by))
    if record.gone:
        when = _when(record.gone_at, record.at, story)
        if record.gone == "deleted":
            notes.append(put(_("deleted {time}"), time=when))
        else:
            notes.append(put(_("gone with the timer {time}"), time=when))
        notes += [_copy(copy) for copy in record.copies]
    if record.what == "edited" and record.former:
        notes.append(put(_("before: {words}"), words=say(record.former)))
    return notes


def _when(at: int, since: int, story: Story) -> str:
    clock = clock_words(at)
    return clock if at // DAY == since // DAY else f"{day_name(story, at)} {clock}"


def _copy(copy: Copy) -> str:
    words = {
        "quoted": _("still there, as {who} quoted it, in {place}") if copy.to else _("still there, as {who} quoted it"),
        "forwarded": _("still there, as {who} sent it on, to {place}"),
        "screenshot": _("still there, in a picture of the screen by {who}"),
    }[copy.how]
    return put(words, who=copy.by, place=copy.to)


def document(seen: Seen, paper: Paper) -> list[Block]:
    """An export as a numbered document, dim, with the reader's words between the lines."""
    lines: list[Line] = [[], *paper.write(who_words(seen), paper.dim, indent=NUMBER + STAMP), []]
    day, had = "", -1
    for record in seen.records:
        today = put(_("{day}, day {n}"), day=day_name(paper.story, record.at), n=f"{record.at // DAY + 1:,}")
        if record.what == "words":
            said = paper.write(record.text, paper.voice, first="  ", indent=NUMBER + STAMP)
            lines += [*([] if lines[-1] == [] else [[]]), *([line[0], ("▏ ", paper.rule), *line[2:]] for line in said), []]
            continue
        if record.what == "place":
            head = put(
                n_("Export: {place}, {n} member", "Export: {place}, {n} members", record.members),
                place=record.place,
                n=str(record.members),
            )
            lines += [[], [(" " * (NUMBER + STAMP) + head, paper.soft)]]
            day, had = "", record.members
            continue
        if today != day or record.members != had:
            day, had = today, record.members
            words = put(n_("{day} · had by {n}", "{day} · had by {n}", had), day=today, n=str(had)) if had else today
            lines += [*([] if lines[-1] == [] else [[]]), [(" " * (NUMBER + STAMP) + words, paper.dim)]]
        lines += _record(record, paper)
    if seen.empty:
        lines += paper.write(_("There is no chat to export."), paper.dim, indent=NUMBER + STAMP)
    return [Block([*lines, []], id="export")]


def _record(record: Record, paper: Paper) -> list[Line]:
    style = paper.time if record.what == "silence" else paper.own if record.own else paper.soft
    style = (
        paper.dim if record.what in ("reaction", "joined", "left", "renamed", "timer", "notice") and not record.own else style
    )
    stamp = f"{record.number:>{NUMBER - 1}} {clock_words(record.at):<{STAMP}}"
    written = paper.write(record_words(record), style, indent=cells(stamp))
    written[0] = [(stamp, paper.dim), *written[0][1:]]
    notes = record_notes(record, paper.story)
    if notes:
        written += paper.write(" · ".join(notes), paper.dim, first="· ", indent=NUMBER + STAMP)
    return written


# Plain lines


def told(seen: Seen, story: Story) -> Iterator[str]:
    """What a witness had, as plain lines: for a screen reader, a pipe, or a file."""
    from engine.text import plain
    from game.clock import moment_words

    def read(words: str) -> str:
        return " ".join(plain(words).split())

    yield put(_("Seen by {who}."), who=who_words(seen).rstrip("."))
    if seen.empty:
        yield _("  There is no chat to export.") if seen.witness.kind == "investigator" else _("  Nothing of it reached them.")
    here: tuple[str, bool] | None = None
    for glimpse in seen.glimpses:
        if glimpse.entry is None:
            yield f"  “{read(glimpse.words)}”"
            continue
        if here != (glimpse.place, glimpse.copy):
            here = (glimpse.place, glimpse.copy)
            yield put("  [{where}]", where=where_words(seen, glimpse.place, story, copy=glimpse.copy))
        entry = glimpse.entry
        words = read(entry.text)
        yield f"  {moment_words(story, entry.at)}  {entry.name}: {words}" if entry.name else f"  {words}"
        for reaction in entry.reactions:
            yield f"    {reaction.emoji} {reaction.count}"
    for record in seen.records:
        if record.what == "words":
            yield f"  “{read(record.text)}”"
        elif record.what == "place":
            yield f"  [{record.place}]"
        else:
            yield f"  {record.number}. {moment_words(story, record.at)}  {record_words(record, read)}"
            for note in record_notes(record, story, read):
                yield f"     {note}"
    hidden = hidden_words(seen)
    if hidden:
        yield f"  {hidden}"
