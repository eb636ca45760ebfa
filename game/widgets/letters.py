"""Mail and letters: who to whom about what, then the words, in a wider measure."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from engine.play.phone import Entry
from game.themes import Skin, ink
from game.widgets.contents import contents
from game.widgets.lines import EMPTY, Laid, Line, Sheet, clock, flow, margin, measure, said_by, skin_ink, speaker, strip
from game.widgets.telling import QUIET, estimate_told, lay_told
from game.widgets.wrap import cells, shorten
from game.words import _


class Mail:
    """An inbox opened: one mail after the other."""

    measure = 88
    """Most cells in a line."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """As they come."""
        return list(entries)

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """The head of a mail and its body."""
        if entry.kind in QUIET:
            return lay_told(sheet, entry, before, selected)
        palette, skin = sheet.palette, sheet.palette.ground
        width = max(min(self.measure, sheet.width - 8), 8)
        left = (sheet.width - width) // 2
        above = [EMPTY]
        if before is not None:
            rule = strip([(" " * left, Style()), ("─" * width, ink(palette.rule))])
            above = [EMPTY, rule, EMPTY]
        back = palette.selected if selected else skin
        body = flow(contents(sheet, entry, back, skin_ink(back, back.text)), width)
        lines = [*self._head(sheet, entry, back, width), [], *body]
        at = left - selected
        first, blank = margin(sheet, entry, at, selected), [(" " * at, Style())]
        strips = []
        for index, line in enumerate(lines):
            if selected:
                base = skin_ink(back, back.text)
                line = [(" ", base), *line, (" " * (width - measure(line) + 1), base)]
            strips.append(strip([*(blank if index else first), *line]))
        return Laid([*above, *strips, EMPTY], len(above), left, left + width)

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        if entry.kind in QUIET:
            return estimate_told(sheet, entry, before)
        return 8 + len(entry.text) // max(min(self.measure, sheet.width - 8), 1) + entry.text.count("\n")

    def _head(self, sheet: Sheet, entry: Entry, skin: Skin, width: int) -> list[Line]:
        """From, to, subject and when; labels dim, in a column."""
        who = speaker(entry)
        when = f"{sheet.day_name(entry.at)} {clock(entry.at)}"
        rows: list[tuple[str, str, Style]] = []
        if who:
            rows.append((_("From"), who, said_by(sheet, entry, skin)))
        rows.append((_("To"), entry.to or (_("You") if not entry.own else ""), skin_ink(skin, skin.text)))
        if entry.subject:
            rows.append((_("Subject"), entry.subject, skin_ink(skin, skin.text, bold=True)))
        rows = [row for row in rows if row[1]]
        column = max(cells(label) for label, _words, _style in rows) + 3
        dim = skin_ink(skin, skin.dim)
        lines: list[Line] = []
        for index, (label, words, style) in enumerate(rows):
            room = width - column - (cells(when) + 2 if not index else 0)
            parts = flow([(words, style)], max(room, 8)) if index else [[(shorten(words, max(room, 8)), style)]]
            for at, part in enumerate(parts):
                head = label if not at else ""
                lines.append([(head, dim), (" " * (column - cells(head)), dim), *part])
        gap = max(width - measure(lines[0]) - cells(when), 2)
        lines[0] = [*lines[0], (" " * gap, dim), (when, skin_ink(skin, skin.stamp))]
        return lines


class Letter:
    """A letter on paper: a sheet of its own, with air around the words."""

    measure = 64
    """Most cells in a line."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """As they come."""
        return list(entries)

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """The sheet of paper."""
        if entry.kind in QUIET:
            return lay_told(sheet, entry, before, selected)
        palette = sheet.palette
        skin = palette.selected if selected else palette.incoming
        pad = 6 if sheet.width >= 76 else 3
        inner = max(min(self.measure, sheet.width - 2 * sheet.margin - 2 - 2 * pad), 8)
        width = inner + 2 * pad + len(skin.left) + len(skin.right)
        left = max((sheet.width - width) // 2, sheet.margin)
        base, dim = skin_ink(skin, skin.text), skin_ink(skin, skin.dim)
        when = f"{sheet.day_name(entry.at)} {clock(entry.at)}"
        lines: list[Line] = [[], [(" " * max(inner - cells(when), 0), base), (when, skin_ink(skin, skin.stamp))]]
        who = speaker(entry)
        if who:
            lines.append([(shorten(who, inner), said_by(sheet, entry, skin))])
        if entry.to:
            lines += flow([(_("To"), dim), ("  ", dim), (entry.to, base)], inner)
        lines.append([])
        if entry.subject:
            lines += [*flow([(entry.subject, skin_ink(skin, skin.text, bold=True))], inner), []]
        lines += [*flow(contents(sheet, entry, skin, base), inner), []]
        first, blank = margin(sheet, entry, left, selected), [(" " * left, Style())]
        strips = []
        for index, line in enumerate(lines):
            end = (" " * (inner - measure(line) + pad) + skin.right, base)
            strips.append(strip([*(blank if index else first), (skin.left + " " * pad, base), *line, end]))
        return Laid([EMPTY, *strips, EMPTY], 1, left, left + width)

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines."""
        if entry.kind in QUIET:
            return estimate_told(sheet, entry, before)
        return 9 + len(entry.text) // max(min(self.measure, sheet.width - 16), 1) + entry.text.count("\n")
