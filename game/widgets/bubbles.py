"""A chat: bubbles left and right, names once a run, ticks, quotes, reactions."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from engine.play.phone import Entry
from game.themes import Skin, ink
from game.widgets.contents import contents, gone
from game.widgets.lines import (
    EMPTY,
    RUN,
    Laid,
    Line,
    Sheet,
    caps,
    clock,
    day_line,
    flat,
    flow,
    margin,
    measure,
    name_style,
    new_day,
    on_right,
    skin_ink,
    speaker,
    strip,
    surface,
)
from game.widgets.telling import QUIET, estimate_told, lay_told
from game.widgets.wrap import cells, shorten
from game.words import _, n_

MEASURE = 72
"""Most cells of text in a bubble."""
COLUMN = 108
"""Most cells from the left bubbles to the right ones; a wider terminal gets margins."""
SHARE = 0.7
"""A bubble takes at most this part of the column."""


def pills(sheet: Sheet, entry: Entry, most: int) -> list[Line]:
    """Reactions as pills, in lines of at most `most` cells."""
    skin = sheet.palette.pill
    strong, quiet = skin_ink(skin, skin.text), skin_ink(skin, skin.dim)
    lines: list[Line] = []
    used = most
    for reaction in entry.reactions:
        count = f"{reaction.count} " if reaction.count > 1 else ""
        width = cells(reaction.emoji) + 2 + cells(count)
        if used + width + 1 > most:
            lines.append([])
            used = -1
        gap = [(" ", Style())] if lines[-1] else []
        sides = ("(", ")") if skin.back is None else (" ", " ")
        lines[-1] += [*gap, (f"{sides[0]}{reaction.emoji}", strong), (f" {count}".rstrip() + sides[1], quiet)]
        used += width + 1
    return lines


class Chat:
    """Groups and direct messages."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """As they come."""
        return list(entries)

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """A bubble, with a name and a day above it where they are due."""
        if entry.kind in QUIET:
            return lay_told(sheet, entry, before, selected)
        right = on_right(sheet, entry)
        column = min(sheet.width, COLUMN)
        start = (sheet.width - column) // 2 + sheet.margin
        room = column - 2 * sheet.margin
        strips = self._above(sheet, entry, before, right)
        if entry.state != "live":
            body, left, width = self._stone(sheet, entry, start, room, right, selected)
        else:
            body, left, width = self._bubble(sheet, entry, start, room, right, selected)
        if (
            not strips
            and not sheet.airy
            and before is not None
            and (len(body) - bool(entry.reactions) > 1 or len(before.text) > room * SHARE - 12)
        ):
            strips.append(EMPTY)  # two blocks of several lines would run into one
        top = len(strips)
        strips += body
        return Laid(strips, top, left, left + width)

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        if entry.kind in QUIET:
            return estimate_told(sheet, entry, before)
        inner = max(min(int((min(sheet.width, COLUMN) - 4) * SHARE) - 4, MEASURE), 8)
        lines = 1 + (len(entry.text) + 6) // inner + (2 if sheet.airy else 0)
        if before is None or before.sender != entry.sender:
            lines += 1
        return lines + bool(entry.reactions) + bool(entry.reply_to) + bool(entry.forwarded)

    def _above(self, sheet: Sheet, entry: Entry, before: Entry | None, right: bool) -> list[Strip]:
        """Day, air and name above a bubble."""
        day = new_day(entry, before)
        above = day_line(sheet, entry, before) if day else []
        told = before is not None and before.kind in QUIET
        goes_on = (
            before is not None
            and not told
            and not day
            and before.state == "live"
            and before.sender == entry.sender
            and before.name == entry.name
            and entry.at - before.at <= RUN
        )
        named = not goes_on and not right and sheet.place.kind != "dm" and bool(entry.name) and entry.state == "live"
        if before is not None and not day and not goes_on and (told or not sheet.airy) and (told or not named):
            above.append(EMPTY)
        if day and not named and not sheet.airy:
            above.append(EMPTY)
        if named:
            at = (sheet.width - min(sheet.width, COLUMN)) // 2 + sheet.margin + 1 + len(sheet.palette.incoming.left)
            style = name_style(sheet.palette, speaker(entry), sheet.palette.ground)
            above.append(strip([(" " * at, Style()), (shorten(speaker(entry), sheet.width - at - 2), style)]))
        return above

    def _stone(
        self, sheet: Sheet, entry: Entry, start: int, room: int, right: bool, selected: bool
    ) -> tuple[list[Strip], int, int]:
        """What stays of a message that is gone: one dim line where it stood."""
        skin = sheet.palette.ground
        dim = ink(skin.dim, italic=True)
        lines = flow([(f"⊘ {gone(entry)}", dim), ("  ", dim), (clock(entry.at), ink(skin.dim))], max(room - 4, 8))
        width = max(measure(line) for line in lines)
        side = 1 + len(sheet.palette.incoming.left)  # in line with the words of bubbles
        left = start + room - side - width if right else start + side
        first, blank = margin(sheet, entry, left, selected), [(" " * left, Style())]
        strips = [strip([*(blank if index else first), *line]) for index, line in enumerate(lines)]
        if sheet.airy:
            strips.append(EMPTY)
        return strips, left, width

    def _bubble(
        self, sheet: Sheet, entry: Entry, start: int, room: int, right: bool, selected: bool
    ) -> tuple[list[Strip], int, int]:
        skin = surface(sheet, entry, selected)
        sides = len(skin.left) + len(skin.right) + 2
        most = max(min(int(room * SHARE) - sides, MEASURE), 8)
        base = skin_ink(skin, skin.text)
        lines = self._head(sheet, entry, skin, most)
        lines += flow(contents(sheet, entry, skin, base), most)
        self._stamp(entry, skin, right, lines, most)
        sizes = [measure(line) for line in lines]
        inner = max(sizes)
        width = inner + sides
        left = start + room - width if right else start
        first, blank = margin(sheet, entry, left, selected), [(" " * left, Style())]
        strips = []
        for index, (line, size) in enumerate(zip(lines, sizes, strict=True)):
            rest = [(" " * (inner - size + 1), base), (skin.right, base)]
            strips.append(strip([*(blank if index else first), (skin.left + " ", base), *line, *rest], left + width))
        if sheet.airy:
            if surface(sheet, entry, False).filled:  # the cursor changes colours, never the height
                above, below = caps(sheet, skin, width)
                strips.insert(0, strip([*blank, above], left + width))
                strips.append(strip([*blank, below], left + width))
            else:
                strips.append(EMPTY)
        for pill in pills(sheet, entry, room - 4):
            size = measure(pill)
            at = left + width - 1 - len(skin.right) - size if right else left + 1 + len(skin.left)
            strips.append(strip([(" " * max(at, 0), Style()), *pill], max(at, 0) + size))
        if sheet.airy and entry.reactions:
            strips.append(EMPTY)
        return strips, left, width

    def _head(self, sheet: Sheet, entry: Entry, skin: Skin, most: int) -> list[Line]:
        """Forwarded, quoted, subject: what stands in a bubble above the words."""
        lines: list[Line] = []
        if entry.forwarded:
            words = _("Forwarded many times") if entry.forwarded == 2 else _("Forwarded")
            lines.append([(shorten(f"↪ {words}", most), skin_ink(skin, skin.dim, italic=True))])
        if entry.reply_to:
            style = name_style(sheet.palette, entry.reply_name, skin)
            bar = skin_ink(skin, sheet.palette.name_ink(entry.reply_name).color or skin.text)
            name = shorten(entry.reply_name, most // 2)
            said = flat(entry.reply_text) if entry.reply_text else _("a message that is gone")
            quiet = skin_ink(skin, skin.dim)
            lines.append([("▎", bar), (name, style), ("  ", quiet), (shorten(said, most - cells(name) - 3), quiet)])
        if entry.subject:
            lines += flow([(entry.subject, skin_ink(skin, skin.text, bold=True))], most)
        return lines

    def _stamp(self, entry: Entry, skin: Skin, right: bool, lines: list[Line], most: int) -> None:
        """The time, and what belongs to it, at the end of the last line; on a line of its own where it does not fit."""
        quiet = skin_ink(skin, skin.dim)
        stamp: Line = []
        if entry.edited:
            stamp.append(((_("edited") if entry.edited == "edited" else _("cropped")) + " · ", quiet))
        if right and entry.read_by:
            stamp.append((n_("read by {n}", "read by {n}", entry.read_by).format(n=entry.read_by) + " · ", quiet))
        stamp.append((clock(entry.at), skin_ink(skin, skin.stamp)))
        if right:
            stamp += [(" ", quiet), ("✓✓", skin_ink(skin, skin.sign if entry.read_by else skin.dim))]
        size = measure(stamp)
        last = measure(lines[-1])
        widest = max(measure(line) for line in lines)
        base = skin_ink(skin, skin.text)
        if last + 2 + size <= max(most, widest):
            gap = max(widest - last - size, 2)
        else:
            lines.append([])
            gap = max(widest - size, 0)
        lines[-1] = [*lines[-1], (" " * gap, base), *stamp]
