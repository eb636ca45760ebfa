"""What is told and not sent: prose, speech, notices. A call and a corridor are drawn with these alone."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from engine.play.phone import Entry
from game.themes import ink
from game.widgets.contents import contents
from game.widgets.lines import (
    EMPTY,
    Laid,
    Sheet,
    centred,
    clock,
    day_line,
    ends_in_air,
    flow,
    margin,
    measure,
    new_day,
    runs,
    said_by,
    skin_ink,
    speaker,
    strip,
)
from game.widgets.wrap import cells

MEASURE = 68
"""Most cells in a line of prose."""
SPEAKER = 10
"""Cells kept for the name before speech; a longer one gets a line of its own."""
QUIET = frozenset(("prose", "notice", "speech"))
"""Kinds of entries that are told, wherever they stand."""


def lay_told(sheet: Sheet, entry: Entry, before: Entry | None, selected: bool) -> Laid:
    """Draw prose, speech or a notice."""
    if entry.kind == "notice":
        return _notice(sheet, entry, before)
    if entry.kind == "speech":
        return _speech(sheet, entry, before, selected)
    return _prose(sheet, entry, before, selected)


def estimate_told(sheet: Sheet, entry: Entry, before: Entry | None) -> int:
    """About how many lines prose, speech or a notice takes."""
    return 2 + len(entry.text) // max(min(MEASURE, sheet.width - 12), 1)


def indent(sheet: Sheet) -> int:
    """Where prose begins."""
    return max((sheet.width - 2 * sheet.margin - MEASURE) // 2, 6 if sheet.width >= 60 else 4)


def _dated(sheet: Sheet, entry: Entry, before: Entry | None) -> bool:
    """Whether a new day is named above what is told.

    In a chat it is, whatever the day begins with. Where people meet or ring it is when they do so again: the first time the head of the
    phone has just said it. Elsewhere prose says so itself, where it matters.
    """
    kind = sheet.place.kind
    return new_day(entry, before) and (kind in ("group", "dm") or (kind in ("in-person", "call") and before is not None))


def _notice(sheet: Sheet, entry: Entry, before: Entry | None) -> Laid:
    """A centred dim line."""
    above = day_line(sheet, entry, before) if new_day(entry, before) else []
    if before is not None and not above and before.kind != "notice" and not ends_in_air(sheet, before):
        above = [EMPTY]
    lines = centred(sheet, entry.text, ink(sheet.palette.ground.dim))
    return Laid([*above, *lines], len(above), 0, sheet.width)


def _prose(sheet: Sheet, entry: Entry, before: Entry | None, selected: bool) -> Laid:
    skin = sheet.palette.ground
    above: list[Strip] = [] if before is not None and ends_in_air(sheet, before) else [EMPTY]
    if _dated(sheet, entry, before):
        above = [*day_line(sheet, entry, before), *([] if sheet.airy else [EMPTY])]
    at = indent(sheet)
    width = min(MEASURE, sheet.width - at - 4)
    style = ink(skin.text if selected else skin.sign, italic=True)
    lines = flow(runs(entry.text, style, ink(skin.masked, italic=True)), width)
    first, blank = margin(sheet, entry, at, selected), [(" " * at, Style())]
    strips = [strip([*(blank if index else first), *line]) for index, line in enumerate(lines)]
    return Laid([*above, *strips], len(above), at, at + width)


def _speech(sheet: Sheet, entry: Entry, before: Entry | None, selected: bool) -> Laid:
    """Name and words as in a script: the words hang in a column of their own."""
    skin = sheet.palette.ground
    goes_on = before is not None and before.kind == "speech" and before.sender == entry.sender and not new_day(entry, before)
    above: list[Strip] = [] if goes_on or (before is not None and ends_in_air(sheet, before)) else [EMPTY]
    if _dated(sheet, entry, before):
        above = [*day_line(sheet, entry, before), *([] if sheet.airy else [EMPTY])]
    at = indent(sheet)
    name = "" if goes_on else speaker(entry)
    hang = SPEAKER + 2 if sheet.width >= 60 else 4
    words = at + hang
    width = max(min(MEASURE - 8, sheet.width - words - 4), 8)
    own = ink(sheet.palette.accent if entry.own else skin.text)
    body = contents(sheet, entry, skin, own)
    lines = flow(body, width)
    blank = [(" " * at, Style())]
    strips: list[Strip] = []
    style = said_by(sheet, entry, skin)
    if name and cells(name) > hang - 2:
        strips.append(strip([*margin(sheet, entry, at, selected), (name, style)]))
        name = ""
    for index, line in enumerate(lines):
        label = name if index == 0 else ""
        here = index == 0 and not strips
        strips.append(
            strip(
                [
                    *(margin(sheet, entry, at, selected) if here else blank),
                    (label, style),
                    (" " * (hang - cells(label)), Style()),
                    *line,
                ]
            )
        )
    return Laid([*above, *strips], len(above), at, words + width)


class Telling:
    """In person and on a call: prose and speech, no bubbles."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """As they come."""
        return list(entries)

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """Anything that is not prose or a notice is spoken here."""
        if entry.kind in ("prose", "notice"):
            return lay_told(sheet, entry, before, selected)
        return _speech(sheet, entry, before, selected)

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        return estimate_told(sheet, entry, before)


class Notes:
    """Records, forms, settings, a board: who and when on one line, the words under it."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """As they come."""
        return list(entries)

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """A note on the ground, no bubble."""
        if entry.kind in QUIET:
            return lay_told(sheet, entry, before, selected)
        skin = sheet.palette.ground
        above = day_line(sheet, entry, before) if new_day(entry, before) else [EMPTY]
        at = sheet.margin + 2
        width = min(88, sheet.width - 2 * at)
        head = [(speaker(entry), said_by(sheet, entry, skin))] if entry.name else []
        if entry.subject:
            head += [("  ", Style())] if head else []
            head.append((entry.subject, ink(skin.text, bold=True)))
        head += [("  ", Style())] if head else []
        head.append((clock(entry.at), ink(skin.stamp)))
        body = flow(contents(sheet, entry, skin, skin_ink(skin, skin.text)), width)
        first, blank = margin(sheet, entry, at, selected), [(" " * at, Style())]
        strips = [strip([*(blank if index else first), *line]) for index, line in enumerate([*flow(head, width), *body])]
        return Laid([*above, *strips], len(above), at, at + max([measure(line) for line in body] + [measure(head)]))

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        return 3 + len(entry.text) // max(min(88, sheet.width - 8), 1)
