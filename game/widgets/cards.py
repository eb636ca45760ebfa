"""A feed: cards, counters, and comments under the post they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from engine.play.phone import Entry
from game.themes import Skin, ink
from game.widgets.bubbles import pills
from game.widgets.contents import contents, gone
from game.widgets.lines import (
    EMPTY,
    Laid,
    Line,
    Sheet,
    caps,
    clock,
    flow,
    margin,
    measure,
    said_by,
    skin_ink,
    speaker,
    strip,
    surface,
)
from game.widgets.telling import QUIET, estimate_told, lay_told
from game.widgets.wrap import cells, shorten
from game.words import _

MEASURE = 76
"""Most cells of text in a card."""


def counters(entry: Entry, skin: Skin) -> Line:
    """The signs under a post and their figures; a sign without a figure counts nothing yet."""
    quiet, strong = skin_ink(skin, skin.dim), skin_ink(skin, skin.text)
    line: Line = []
    for sign, figure in (("♡", entry.likes), ("↻", entry.shares), ("💬", entry.comments)):
        line += [(sign, quiet), (" ", quiet), (f"{figure:,}" if figure else "", strong), ("   ", quiet)]
    return line[:-1]


def name_and_handle(entry: Entry) -> tuple[str, str]:
    """A name in a feed, and the handle when the name carries one: `Bea Marsh @beam`."""
    name, _at, handle = speaker(entry).partition(" @")
    return name, f"@{handle}" if handle else ""


class Feed:
    """Public pages and profiles."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """Posts in the order they came, each with its comments under it."""
        roots = {entry.id: entry.id for entry in entries if entry.on is None}
        under: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.on is None:
                continue
            root = roots.get(entry.on)
            if root is not None:
                roots[entry.id] = root
                under.setdefault(root, []).append(entry)
        order: list[Entry] = []
        for entry in entries:
            if entry.id not in roots or entry.on is None:
                order.append(entry)
                order += under.get(entry.id, ())
        return order

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """A card, or a comment."""
        if entry.kind in QUIET:
            return lay_told(sheet, entry, before, selected)
        if entry.on is not None:
            return self._comment(sheet, entry, before, selected)
        return self._card(sheet, entry, before, selected)

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        if entry.kind in QUIET:
            return estimate_told(sheet, entry, before)
        words = 1 + len(entry.text) // max(min(MEASURE, sheet.width - 12), 1)
        return words + 1 if entry.on is not None else words + 5

    def _frame(self, sheet: Sheet) -> tuple[int, int]:
        """First column and inner width of a card."""
        inner = max(min(MEASURE, sheet.width - 2 * sheet.margin - 6), 8)
        return max((sheet.width - inner - 4) // 2, sheet.margin), inner

    def _card(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool) -> Laid:
        # A card says its own day; in a feed that is enough.
        above: list[Strip] = [EMPTY] if before is not None else []
        skin = surface(sheet, entry, selected)
        left, inner = self._frame(sheet)
        base = skin_ink(skin, skin.text)
        quiet = skin_ink(skin, skin.dim)
        when = f"{sheet.day_name(entry.at)} {clock(entry.at)}"
        if entry.edited:
            when = f"{_('edited') if entry.edited == 'edited' else _('cropped')} · {when}"
        lines = [self._byline(sheet, entry, skin, when, inner)]
        if entry.forwarded:
            shared = _("Shared many times") if entry.forwarded == 2 else _("Shared")
            lines.append([("↻ ", quiet), (shorten(shared, inner - 2), skin_ink(skin, skin.dim, italic=True))])
        if entry.subject:
            lines += flow([(entry.subject, skin_ink(skin, skin.text, bold=True))], inner)
        lines += flow(contents(sheet, entry, skin, base), inner)
        if not gone(entry):
            lines += [[], counters(entry, skin)]
        first, blank = margin(sheet, entry, left, selected), [(" " * left, Style())]
        strips: list[Strip] = []
        for index, line in enumerate(lines):
            end = (" " * (inner - measure(line) + 2) + skin.right, base)
            strips.append(strip([*(blank if index else first), (skin.left + "  ", base), *line, end]))
        wide = inner + 4 + len(skin.left) + len(skin.right)
        if surface(sheet, entry, False).filled:  # the cursor changes colours, never the height
            over, under = caps(sheet, skin, wide)
            strips.insert(0, strip([*blank, over]))
            strips.append(strip([*blank, under]))
        strips += [strip([(" " * (left + 2), Style()), *pill]) for pill in pills(sheet, entry, inner)]
        return Laid([*above, *strips], len(above), left, left + wide)

    def _byline(self, sheet: Sheet, entry: Entry, skin: Skin, when: str, inner: int) -> Line:
        """Name and handle, and at the right when."""
        name, handle = name_and_handle(entry)
        shown = shorten(name, inner - cells(when) - 2)
        line: Line = [(shown, said_by(sheet, entry, skin))]
        room = inner - cells(shown) - cells(when) - 4
        quiet = skin_ink(skin, skin.dim)
        if handle and room > 3:
            line += [("  ", quiet), (shorten(handle, room), quiet)]
        gap = max(inner - measure(line) - cells(when), 1)
        return [*line, (" " * gap, quiet), (when, skin_ink(skin, skin.stamp))]

    def _comment(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool) -> Laid:
        palette = sheet.palette
        skin = palette.selected if selected else palette.ground
        quiet = skin_ink(skin, skin.dim)
        left, inner = self._frame(sheet)
        at = left + 2
        width = max(inner - 4, 8)
        name, handle = name_and_handle(entry)
        head: Line = [(shorten(name, width - 8), said_by(sheet, entry, skin)), ("  ", quiet)]
        room = width - measure(head) - 8
        if handle and room > 3:
            head += [(shorten(handle, room), quiet), ("  ", quiet)]
        head.append((clock(entry.at), skin_ink(skin, skin.stamp)))
        lines = [head, *flow(contents(sheet, entry, skin, skin_ink(skin, skin.text)), width)]
        if entry.likes and not gone(entry):
            lines.append([("♡", quiet), (" ", quiet), (f"{entry.likes:,}", quiet)])
        lines += pills(sheet, entry, width)
        rule = [("│", ink(palette.rule)), (" ", Style())]
        first, blank = margin(sheet, entry, at, selected), [(" " * at, Style())]
        strips: list[Strip] = []
        if before is not None and (before.on is not None or before.reactions or not palette.incoming.filled):
            strips.append(strip([*blank, *rule]))
        above = len(strips)
        for index, line in enumerate(lines):
            fill = (" " * max(width - measure(line), 0), skin_ink(skin, skin.text))
            strips.append(strip([*(blank if index else first), *rule, *line, *([fill] if selected else [])]))
        return Laid(strips, above, at, at + 2 + width)
