"""The time line: what you saw and did, and what each decision set in motion."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style

from engine.debrief.model import Debrief, Moment, Motion, TranscriptLine
from engine.futures import delay
from engine.script.times import duration_words
from game.clock import DAY, clock_words, day_name
from game.debrief.paper import BESIDE, STAMP, Block, Line, Paper, flat
from game.widgets.lines import beside
from game.words import _, n_

NARROW = 60
"""In less room than this, cells, a list does not hang under its first words."""
SHORT = 4
"""Lines of a transcript that are shown before it is unfolded."""


def timeline(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """A block for each moment."""
    for number, moment in enumerate(debrief.moments):
        yield _block(f"moment-{number}", moment, paper)


def _block(name: str, moment: Moment, paper: Paper) -> Block:
    wide = paper.width >= BESIDE
    words = (paper.width - STAMP - 4) * 3 // 5 if wide else paper.width - STAMP - 4
    left = _told(name, moment, paper, words)
    right = set_in_motion(moment, paper, paper.width - STAMP - words - 10 if wide else words, whole=name in paper.open)
    if wide and right:
        body = beside(left, words + 4, [[], *right], gap=2)
    elif right:
        body = [*left, *right]
    else:
        body = left
    return Block(_on_line(moment, body, paper), moment.decision, moment.title, name)


def _on_line(moment: Moment, body: list[Line], paper: Paper) -> list[Line]:
    """The body beside the time line."""
    stamps: list[Line] = [
        [(f" {day_name(paper.story, moment.at)[:3]} {clock_words(moment.at)}", paper.time)],
        [(" " + _("day {n}").format(n=f"{moment.at // DAY + 1:,}"), paper.dim)],
    ]
    sign = "◆" if moment.decision >= 0 else "●" if moment.consequence else "│"
    lines: list[Line] = []
    for number, line in enumerate([*body, []]):
        stamp = stamps[number] if number < min(len(stamps), len(body)) else []
        size = sum(len(part) for part, _style in stamp)
        mark = (sign, paper.time if sign != "│" else paper.rule) if number == 0 else ("│", paper.rule)
        lines.append([*stamp, (" " * (STAMP - 3 - size), Style()), mark, ("  ", Style()), *line])
    return lines


def _told(name: str, moment: Moment, paper: Paper, width: int) -> list[Line]:
    head: Line = [(moment.title, paper.time if moment.consequence else paper.strong)]
    where = _("{name}’s phone, {place}").format(name=moment.phone, place=moment.place) if moment.phone else moment.place
    if where not in ("", moment.title):  # a scene may be called as its place is
        head.append((f"  {where}", paper.dim))
    lines: list[Line] = [head]
    shown, left = _shown(moment, name in paper.open)
    for number in shown:
        if number >= moment.before and moment.decision >= 0:
            break
        lines += _said(moment.lines[number], paper, width)
    lines += decided(moment, paper, width)
    for number in shown:
        if number >= moment.before and moment.decision >= 0:
            lines += _said(moment.lines[number], paper, width)
    if left:
        lines += paper.write(n_("… {n} more line", "… {n} more lines", left).format(n=left), paper.dim, width=width, indent=2)
    return lines


def decided(moment: Moment, paper: Paper, width: int) -> list[Line]:
    """What was written and taken back, what was done, and the inner voice."""
    lines: list[Line] = []
    for draft in moment.drafts:
        if draft.strip():
            words = _("You wrote, and took back: “{text}”").format(text=flat(draft))
            lines += paper.write(words, paper.voice, width=width, first="◇ ")
    for taken in moment.taken:
        lines += paper.write(taken, paper.strong, width=width, first="◆ ")
    if moment.how == "lapse":
        lines += paper.write(_("The time ran out."), paper.dim, width=width, indent=2)
    if moment.thought:
        lines += paper.write(moment.thought, paper.voice, width=width, indent=2)
    return lines


def _said(line: TranscriptLine, paper: Paper, width: int) -> list[Line]:
    who = _("You") if line.own else line.name
    words = f"{who}: {flat(line.text)}" if who and line.kind not in ("prose", "notice") else flat(line.text)
    if line.note:
        words += f" ({note_words(line.note)})"
    style = paper.own if line.own else paper.voice if line.kind == "prose" else paper.dim
    return paper.write(words, style, width=width, indent=2)


def _shown(moment: Moment, whole: bool) -> tuple[list[int], int]:
    """Which lines of a moment are shown, and how many are not: one's own, what stood before the decision, what answered it."""
    count = len(moment.lines)
    if whole or count <= SHORT + 1:
        return list(range(count)), 0
    kept = {number for number, line in enumerate(moment.lines) if line.own}
    at = moment.before if moment.decision >= 0 else 0
    near = sorted(range(count), key=lambda number: abs(2 * (number - at) + 1))
    for number in near:
        if len(kept) >= SHORT:
            break
        kept.add(number)
    return sorted(kept), count - len(kept)


def note_words(note: str) -> str:
    """What became of a message, in a word."""
    return {
        "deleted": _("deleted"),
        "expired": _("gone"),
        "edited": _("edited"),
        "cropped": _("cropped"),
        "forwarded": _("forwarded"),
    }.get(note, note)


def set_in_motion(moment: Moment, paper: Paper, width: int, *, whole: bool = False) -> list[Line]:
    """What came of it: reasons, later things, whom it touched, what was not seen. With `whole` also what else there was."""
    lines: list[Line] = []
    for reason in moment.reasons:
        if reason.because:
            lines += paper.write(reason.because, paper.soft, width=width, first="→ ")
            late = delay.explain(reason.late)
            if late:
                lines += paper.write(late, paper.dim, width=width, indent=2)
    for motion in moment.motions:
        lines += _motion(motion, paper, width)
    if moment.affects and moment.decision >= 0:
        lines += paper.write(
            _("It touched {people}.").format(people=listed(moment.affects)), paper.text, width=width, first="○ "
        )
    if moment.missed:
        lines += paper.write(_("Said where you no longer were:"), paper.dim, width=width, first="◌ ")
        for line in moment.missed[:SHORT]:
            lines += paper.write(f"{line.name}: {flat(line.text)}", paper.voice, width=width, indent=2)
    if moment.unseen:
        lines += paper.write(moment.unseen, paper.voice, width=width, first="◌ ")
    if whole:
        lines += elsewhere(moment, paper, width)
    if moment.alternatives and whole:
        words = "; ".join(moment.alternatives)
        if width >= NARROW:
            lines += paper.write(words, paper.dim, width=width, first=_("You could also have: "))
        else:
            lines += paper.write(_("You could also have: {choices}").format(choices=words), paper.dim, width=width)
    return lines


def elsewhere(moment: Moment, paper: Paper, width: int) -> list[Line]:
    """What was going on elsewhere when it was decided: what had come in, and what others said within the hour."""
    lines: list[Line] = []
    if moment.waiting:
        places = ", ".join(f"{place} ({count})" for place, count in moment.waiting)
        lines += paper.write(
            _("Meanwhile something had come in from: {places}").format(places=places), paper.dim, width=width, first="◌ "
        )
    where = ""
    for line in moment.elsewhere:
        if line.place != where:
            where = line.place
            words = _("Within the hour, {place}:").format(place=where)
            lines += paper.write(words, paper.dim, width=width, first="◌ ")
        lines += paper.write(f"{line.name}: {flat(line.text)}", paper.voice, width=width, indent=2)
    return lines


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def _motion(motion: Motion, paper: Paper, width: int) -> list[Line]:
    if not motion.title and motion.came not in ("prevented", "beyond"):
        return []
    how_long = duration_words(motion.delay)
    title = flat(motion.title)
    if motion.came == "prevented":
        words = _("{time} later something would have come. It did not.").format(time=how_long)
    elif motion.came == "beyond":
        words = _("{time} later: still out there").format(time=how_long)
    elif motion.came == "pending":
        words = _("{time} later, still to come: {title}").format(time=how_long, title=title)
    elif motion.promise and motion.came == "came":
        words = _("{time} later you did what you had put off: {title}").format(time=how_long, title=title)
    elif motion.promise:
        words = _("{time} later it was too late for what you had put off: {title}").format(time=how_long, title=title)
    else:
        words = _("{time} later: {title}").format(time=how_long, title=title)
    lines = paper.write(words, paper.time, width=width, first="↳ ")
    for reason in motion.reasons:
        if reason.because:
            lines += paper.write(reason.because, paper.soft, width=width, indent=2)
    return lines
