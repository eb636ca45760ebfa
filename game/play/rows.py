"""A short list of lines that one moves through and takes: options, menu items, places, people.

One widget on the line API for all of them, so that arrows, numbers, Enter, the wheel and the mouse behave the same everywhere.
What belongs to the line under the cursor (an inner voice, a reason) stands beside it when there is room, else under it; the room
for that is kept free all the time, so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.play.painted import parted
from game.themes import NIGHT, Palette, ink, palette_of
from game.widgets.wrap import cells, shorten, wrapped

GAP = 3
"""Cells between a label and what stands beside it."""
MARGIN = 2
"""Cells left empty at the right of what stands beside or under a label."""
COLUMN = 96
"""What stands beside a label ends here at the latest, in cells, so that the eye finds it."""


def number_keys(count: int, *, zero: bool) -> list[str]:
    """Keys for so many rows: `1` to `9`, then `0` where `zero` says that it is free; what comes after has none."""
    keys = [str(number) for number in range(1, 10)]
    keys += ["0"] if zero else []
    return [*keys, *[""] * count][:count]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    id: str
    label: str
    key: str = ""
    """The key that takes it: `1`, `0`, `d`; empty: none."""
    aside: str = ""
    """Shown dim and slanted while the cursor is here."""
    note: str = ""
    """Always shown, dim, after the label: why it cannot be taken, what a person is."""
    enabled: bool = True
    sign: str = ""
    """Stands before the label: `[x]`, `◆`."""
    badge: str = ""
    """Stands at the right edge, bright: unread, a place in the order."""
    strong: bool = False
    second: str = ""
    """A second line, dim and cut to fit."""


@dataclass(slots=True)
class _Lines:
    """A row as it is drawn: the index, and for each of its lines the runs."""

    row: int
    runs: list[tuple[str, Style]]


class Rows(ScrollView, can_focus=True):
    """A list to take one thing from."""

    DEFAULT_CSS = """
    Rows {
        height: auto;
        background: transparent;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("enter", "take", show=False),
    ]

    @dataclass
    class Taken(Message):
        """A row was taken: a number key, Enter, or a click."""

        rows: Rows
        row: Row

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    @dataclass
    class Refused(Message):
        """A row that cannot be taken was taken all the same."""

        rows: Rows
        row: Row

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: Rows
        row: Row

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        cursor: int = 0,
        most: float = 0.5,
        grows: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's word
        classes: str | None = None,
    ) -> None:
        """With `grows` it is as high as its rows, up to the part `most` of the screen; else as high as its style says."""
        super().__init__(id=id, classes=classes)
        self.rows: list[Row] = list(rows)
        self.cursor = cursor
        self.stays_lit = False
        """The line under the cursor is lit without the keys too: for a list that one goes through from a line to type in."""
        self.marks_idle = True
        """The line under the cursor has a faint mark without the keys too."""
        self._most = most
        self._grows = grows
        self.ready: Callable[[], bool] | None = None
        """Asked before Enter takes a row: a key that was meant for something else must not take one."""
        self._palette: Palette = NIGHT
        self._lines: list[_Lines] = []
        self._width = 0

    # What a panel calls.

    def fill(self, rows: Sequence[Row], cursor: int | None = None) -> None:
        """Show other rows; the cursor stays on the row with the same id, when there is one."""
        here = self.row.id if self.row is not None else None
        self.rows = list(rows)
        if cursor is not None:
            self.cursor = cursor
        else:
            self.cursor = next((index for index, row in enumerate(self.rows) if row.id == here), self.cursor)
        self.cursor = max(min(self.cursor, len(self.rows) - 1), 0)
        self._arrange()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def take(self, index: int) -> None:
        """Take the row with this index, as Enter on it does."""
        if not 0 <= index < len(self.rows):
            return
        self._move_to(index)
        row = self.rows[index]
        self.post_message(self.Taken(self, row) if row.enabled else self.Refused(self, row))

    def take_key(self, key: str) -> bool:
        """Take the row with this key. False when there is none."""
        for index, row in enumerate(self.rows):
            if row.key == key:
                self.take(index)
                return True
        return False

    # Keys and mouse.

    def action_move(self, by: int) -> None:
        """The cursor up or down; it stops at the ends."""
        self._move_to(max(min(self.cursor + by, len(self.rows) - 1), 0))

    def action_to(self, index: int) -> None:
        """The cursor to the first or the last row."""
        self._move_to(index % len(self.rows) if self.rows else 0)

    def action_take(self) -> None:
        """Take the row under the cursor."""
        if self.ready is None or self.ready():
            self.take(self.cursor)

    def on_key(self, event: events.Key) -> None:
        """The key of a row takes it: a number, or a letter where the numbers are used up."""
        if event.character is not None and event.character.isalnum() and self.take_key(event.character):
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Take the row under the mouse."""
        index = self._row_at(event.y)
        if index is not None:
            event.stop()
            self.take(index)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor follows the mouse."""
        index = self._row_at(event.y)
        if index is not None and (event.delta_x or event.delta_y):
            self._move_to(index)

    def _row_at(self, y: int) -> int | None:
        line = y + self.scroll_offset.y
        if 0 <= line < len(self._lines) and self._lines[line].row >= 0:
            return self._lines[line].row
        return None

    def _move_to(self, index: int) -> None:
        if index == self.cursor or not 0 <= index < len(self.rows):
            return
        self.cursor = index
        self._arrange()
        self.post_message(self.Moved(self, self.rows[index]))

    # Drawing.

    def on_mount(self) -> None:
        """Take the palette, and change with it."""
        self._palette = palette_of(self.app)
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)
        self._arrange()

    def _theme_changed(self, _theme: object) -> None:
        self._palette = palette_of(self.app)
        self._arrange()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out again for another width."""
        if self.size.width != self._width:
            self._arrange()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor shows, or is quiet."""
        super().watch_has_focus(_has_focus)
        self._arrange()

    def _room(self) -> int:
        scrolls = 1 if self.show_vertical_scrollbar else 0
        return max(self.size.width - scrolls, 10)

    def _arrange(self) -> None:
        if not self.is_attached:
            return
        self._width = self.size.width
        if not self._width:
            return
        width = self._room()
        lines: list[_Lines] = []
        most_below = 0
        below_now = 0
        for index, row in enumerate(self.rows):
            drawn, below = self._draw(index, row, width)
            lines += [_Lines(index, runs) for runs in drawn]
            most_below = max(most_below, below)
            if index == self.cursor:
                below_now = below
        lines += [_Lines(-1, [])] * (most_below - below_now)
        self._lines = lines
        self.virtual_size = Size(width, len(lines))
        if self._grows:
            self.styles.height = max(min(len(lines), int(self.screen.size.height * self._most)), 1)
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self) -> None:
        mine = [at for at, line in enumerate(self._lines) if line.row == self.cursor]
        if mine and self.size.height:
            self.scroll_to_region(Region(0, mine[0], 1, len(mine)), animate=False, force=True)

    def _draw(self, index: int, row: Row, width: int) -> tuple[list[list[tuple[str, Style]]], int]:
        """A row's lines, and how many lines its aside would take under it."""
        palette = self._palette
        here = index == self.cursor
        lit = here and (self.has_focus or self.stays_lit)
        edge_sign = "▌" if here and (lit or self.marks_idle) else " "
        skin = palette.selected if lit else palette.ground
        back = skin.back if lit else None
        reverse = lit and skin.reverse
        text = skin.text if row.enabled else skin.dim
        base = ink(text, back, bold=lit or row.strong, reverse=reverse)
        dim = ink(skin.dim, back, reverse=reverse)
        mark = ink(palette.accent if not lit else skin.text, back, bold=True, reverse=reverse)
        voice = ink(skin.dim if not lit else skin.sign, back, italic=True, reverse=reverse)
        amber = ink(palette.time if not lit else skin.text, back, bold=True, reverse=reverse)
        has_keys = any(other.key for other in self.rows)
        has_signs = any(other.sign for other in self.rows)
        first: list[tuple[str, Style]] = [(edge_sign, mark if lit else ink(palette.rule, None))]
        lead = 1
        if has_keys:
            first.append((f" {row.key or ' '}  ", mark if row.enabled else dim))
            lead += 4
        elif not has_signs:
            first.append((" ", base))
            lead += 1
        if has_signs:
            size = max(cells(other.sign) for other in self.rows)
            first.append(
                (f"{' ' if not has_keys else ''}{row.sign}{' ' * (size - cells(row.sign))}  ", mark if row.enabled else dim)
            )
            lead += size + 2 + (not has_keys)
        badge = f" {row.badge} " if row.badge else ""
        room = max(width - lead - 1 - cells(badge), 6)
        label = wrapped(row.label, room) or [""]
        lines = [[*first, (label[0], base)]]
        lines += [[(edge_sign, first[0][1]), (" " * (lead - 1), base), (part, base)] for part in label[1:]]
        used = cells(label[-1])
        if row.note:
            if used + GAP + cells(row.note) <= room:
                lines[-1].append((" " * GAP + row.note, dim))
                used += GAP + cells(row.note)
            else:
                for part in wrapped(row.note, room):
                    lines.append([(edge_sign, first[0][1]), (" " * (lead - 1), base), (part, dim)])
                    used = cells(part)
        if row.second:
            lines.append([(edge_sign, first[0][1]), (" " * (lead - 1), base), (shorten(row.second, room - (MARGIN - 1)), dim)])
        below = 0
        if row.aside:
            single = len(lines) == 1
            edge_in = room - (MARGIN - 1)
            if single and used + GAP + cells(row.aside) <= edge_in:
                if here:
                    end = max(min(edge_in, COLUMN - lead), used + GAP + cells(row.aside))
                    lines[0].append((" " * (end - used - cells(row.aside)), base))
                    lines[0].append((row.aside, voice))
                    used = end
            else:
                parts = wrapped(row.aside, max(edge_in - 2, 6))
                below = len(parts)
                if here:
                    edge = (edge_sign, first[0][1])
                    lines += [[edge, (" " * (lead + 1), base), (part, voice)] for part in parts]
        if badge:
            lines[0].append((" " * max(width - 1 - sum(cells(part) for part, _style in lines[0]) - cells(badge), 0), base))
            lines[0].append((badge, amber))
        for line in lines:
            line.append((" " * max(width - sum(cells(part) for part, _style in line), 0), base))
        return lines, below

    def render_line(self, y: int) -> Strip:
        """One line."""
        at = y + self.scroll_offset.y
        width = self.size.width
        if width != self._width:  # not every change of size is told: a list that was filled before there was room
            self._width = width
            self.call_later(self._arrange)
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        strip = Strip(parted(Segment(text, style) for text, style in self._lines[at].runs))
        return strip.adjust_cell_length(width, self.rich_style).apply_style(self.rich_style)
