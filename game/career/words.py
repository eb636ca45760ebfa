"""What is said of careers, in every front end alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.script.times import duration_words
from engine.text import plain
from game.play.passing import later_words
from game.words import _, n_

if TYPE_CHECKING:
    from engine.debrief.career import CareerDebrief, PartDebrief
    from game.career.table import Table
    from game.session import Session

YEAR = 365 * 86_400
MONTH = YEAR // 12
"""Seconds."""


def gap_words(after: int) -> str:
    """`Eleven months later`; nothing for no time at all."""
    return later_words(duration_words(after)) if after > 0 else ""


def since_words(seconds: int) -> str:
    """`4 years in`; `the beginning`."""
    words = elapsed_words(seconds)
    return _("{how_long} in").format(how_long=words) if seconds >= MONTH // 2 else words


def elapsed_words(seconds: int) -> str:
    """How long a career has lasted, to the nearest month: `4 years`, `1 year 2 months`; `the beginning`."""
    years, months = divmod((seconds + MONTH // 2) // MONTH, 12)
    parts = [n_("{n} year", "{n} years", years).format(n=years)] if years else []
    parts += [n_("{n} month", "{n} months", months).format(n=months)] if months else []
    return " ".join(parts) or _("the beginning")


def left_parts_words(count: int) -> str:
    """What becomes of later parts when one goes back in an earlier one."""
    return n_(
        "The part that came after this one stays in your saves too, on the way that you leave. The career goes on from here.",
        "The {n} parts that came after this one stay in your saves too, on the way that you leave. The career goes on from here.",
        count,
    ).format(n=count)


def before_words(session: Session) -> list[str]:
    """What a later part's debrief says of earlier ones; nothing for a play that stands by itself."""
    from engine.debrief.career import carried_words

    lines: list[str] = []
    carried = carried_words(session.play.story, session.play.given)
    if carried:
        lines += ["", _("What you brought with you:"), *(f"  {one.words[:1].upper()}{one.words[1:]}." for one in carried)]
    out = session.still_out() if session.still_out is not None else []
    if out:
        lines += ["", _("Still out there, from earlier parts:"), *(f"  {line}" for line in out)]
    return lines


def onward_words(title: str, after: int) -> str:
    """What the end of a part offers."""
    later = gap_words(after)
    return _("n goes on: {later}, “{title}”.").format(later=later[:1].lower() + later[1:], title=title)


def between_lines(table: Table) -> Iterator[str]:
    """Between two parts: what is carried on, and the dials."""
    following = table.following
    if following is None:
        return
    titles = {part.scenario: part.title for part in table.card.parts}
    yield from ("", gap_words(following[1]) + ".", titles.get(following[0], following[0]))
    carried = table.carried_on()
    if carried:
        yield _("What you bring with you:")
        yield from (f"  {words[:1].upper()}{words[1:]}." for words in carried)
    else:
        yield _("You bring nothing with you that anybody asks about.")
    yield dials_words(table.debrief().parts[-1])


def dials_words(part: PartDebrief) -> str:
    """The dials after a part, on one line."""
    values = [f"{dial.label} {_signed(part.dials[dial.name])}" for dial in part.debrief.dials]
    return _("How it stands: {dials}.").format(dials=", ".join(values))


def _signed(value: int) -> str:
    return f"{value:+d}" if value else "0"


def career_lines(debrief: CareerDebrief) -> Iterator[str]:
    """The whole career looked back at, as plain lines."""
    yield debrief.title
    count = len(debrief.parts)
    yield n_("{n} part, {years}.", "{n} parts, {years}.", count).format(n=count, years=elapsed_words(debrief.lasted))
    for number, part in enumerate(debrief.parts):
        yield ""
        later = gap_words(part.after) if number else ""
        head = f"{number + 1}. {plain(part.title)}"
        yield _("{later}: {title}").format(later=later, title=head) if later else head
        for origin in dict.fromkeys(one.since for one in part.carried):
            yield "  " + came_from_words(plain(debrief.parts[origin].title) if origin >= 0 else "")
            yield from (f"    {one.words[:1].upper()}{one.words[1:]}." for one in part.carried if one.since == origin)
        for moment in part.debrief.decisions():
            yield _("  {scene}: {taken}").format(scene=plain(moment.title), taken="; ".join(plain(one) for one in moment.taken))
        if part.debrief.ending_title:
            yield _("  It ended with “{ending}”.").format(ending=plain(part.debrief.ending_title))
        yield "  " + dials_words(part)
    if debrief.out_there:
        yield ""
        yield _("Still out there:")
        for out in debrief.out_there:
            yield _("  From “{part}”: {words}").format(words=out.told, part=plain(debrief.parts[out.part].title))
    if debrief.held_back:
        yield ""
        yield _("Not told:")
        yield from (f"  {held.words}" for held in debrief.held_back)


def came_from_words(origin: str) -> str:
    """Above what a part began with: where it came from."""
    return _("What came back from “{part}”:").format(part=origin) if origin else _("What came back:")


def faces_lines(table: Table) -> Iterator[str]:
    """The parts at a glance."""
    for face in table.faces():
        words = {
            "over": _("ended with “{ending}”").format(ending=plain(face.ending)),
            "open": _("you are here"),
            "next": _("comes next"),
            "ahead": _("still to come"),
        }[face.state]
        later = f"{gap_words(face.after)}: " if face.number and face.after else ""
        yield f"{face.number + 1}. {later}{plain(face.title)} ({words})"


def changed_lines(lines: Sequence[str]) -> list[str]:
    """What was edited, for a paragraph of its own."""
    return ["", *lines] if lines else []


__all__ = [
    "before_words", "between_lines", "came_from_words", "career_lines", "changed_lines", "dials_words", "elapsed_words", "faces_lines", "gap_words",
    "left_parts_words", "onward_words", "since_words",
]  # fmt: skip
