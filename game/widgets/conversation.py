"""A place on the screen: one widget on the line API that stays quick at any length.

Entries on or near the screen are laid out exactly; the others only have an estimated height, so opening a conversation of
10,000 messages costs little more than one of fifty. What the reader sees stays where it is while estimates become exact:
the position is kept as an entry and a line in it, not as a number of lines from the top.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import SELECT_ALL, Selection
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from engine.play.phone import Entry, PlaceKind, PlaceView
from engine.script.times import DAY
from game.themes import NIGHT, Palette, ink, palette_of
from game.widgets.bubbles import COLUMN, Chat
from game.widgets.cards import Feed
from game.widgets.contents import gone
from game.widgets.letters import Letter, Mail
from game.widgets.lines import EMPTY, Laid, Renderer, Sheet, flat, speaker
from game.widgets.telling import Notes, Telling
from game.widgets.wrap import cells, shorten
from game.words import _, n_

KEPT = 256
"""Entries that stay laid out; more than any screen shows."""
AIRY = 44
"""From this height of the terminal on, in lines, bubbles get rounded ends and space.

The terminal's height decides and not the widget's, so that bubbles do not change their shape when a decision takes some lines."""
BREATH = 0.5
"""Seconds between two states of the typing dots."""
_EDGES = str.maketrans("", "", "▐▌▗▖▝▘▄▀▎│┃▸◆")


def renderer_for(kind: PlaceKind) -> Renderer:
    """What draws a kind of place."""
    if kind in ("group", "dm"):
        return Chat()
    if kind == "feed":
        return Feed()
    if kind == "mail":
        return Mail()
    if kind == "letter":
        return Letter()
    if kind in ("in-person", "call"):
        return Telling()
    return Notes()


def _day(at: int) -> str:
    """Without anybody who knows the calendar, days are counted."""
    return _("Day {n}").format(n=at // DAY + 1)


class Conversation(ScrollView, can_focus=True):
    """The entries of a place, from the oldest to the newest."""

    DEFAULT_CSS = """
    Conversation {
        overflow-y: scroll;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: $background;
        height: 1fr;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Scroll up", show=False),
        Binding("down", "scroll_down", "Scroll down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "Oldest", show=False),
        Binding("end", "to_newest", "Newest", show=False),
    ]

    @dataclass
    class Picked(Message):
        """The reader chose an entry: Enter on the selected one, or a click on it."""

        conversation: Conversation
        entry: Entry

        @property
        def control(self) -> Conversation:
            """The conversation."""
            return self.conversation

    @dataclass
    class ScrolledToEnd(Message):
        """The reader came back to the newest entry."""

        conversation: Conversation

        @property
        def control(self) -> Conversation:
            """The conversation."""
            return self.conversation

    def __init__(
        self,
        day_name: Callable[[int], str] | None = None,
        *,
        reduced_motion: bool = False,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's word
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`day_name` turns a moment of story time (seconds since the midnight that begins day 1) into the name of its day."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._day_name = day_name or _day
        self.reduced_motion = reduced_motion
        """No breathing dots."""
        self._place = PlaceView("", "group", "")
        self._renderer: Renderer = Chat()
        self._palette: Palette = NIGHT
        self._sheet = Sheet(self._place, NIGHT, 1, False, self._day_name)
        self._came: list[Entry] = []  # in the order they came
        self._entries: list[Entry] = []  # in the order they stand
        self._index: dict[str, int] = {}
        self._heights: list[int] = []
        self._exact: bytearray = bytearray()
        self._tops: list[int] = [0]  # first line of each entry, and the end; valid unless _tops_old
        self._tops_old = False
        self._lead = 0  # free lines above the first entry: a chat stands at the bottom
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._marks: frozenset[str] = frozenset()
        self._selected: str | None = None
        self._typing: list[str] = []
        self._breath = 0
        self._breathing: Timer | None = None
        self._following = True
        self._anchor = (0, 0)  # entry and line in it at the top of the screen, when not following
        self._reveal: int | None = None  # entry to be kept in sight while following, when it is not the last
        self._new = 0
        self._settling = False
        self._view = Size(0, 0)
        self._pressed: tuple[int, int] | None = None
        self._chosen: Selection | None = None
        self._chosen_style = Style()
        self._base = Style()

    # What a screen calls.

    def show(
        self, place: PlaceView, entries: Sequence[Entry] | None = None, day_name: Callable[[int], str] | None = None
    ) -> None:
        """Show a place from its newest entry. Without `entries`, those of the place."""
        if day_name is not None:
            self._day_name = day_name
        self._place = place
        self._renderer = renderer_for(place.kind)
        self._came = list(place.entries if entries is None else entries)
        self._selected = None
        self._marks = frozenset()
        self._following, self._reveal, self._new = True, None, 0
        self._anchor = (0, 0)
        self._arrange()
        self._restart()
        self.set_typing(place.typing)

    def append(self, entry: Entry) -> None:
        """Add what just arrived. The view follows unless the reader has scrolled up."""
        self._came.append(entry)
        last = self._entries[-1] if self._entries else None
        if self._place.kind == "feed" and entry.on is not None:
            self._insert(entry)
        else:
            self._entries.append(entry)
            self._index[entry.id] = len(self._entries) - 1
            self._heights.append(self._renderer.estimate(self._sheet, entry, last))
            self._exact.append(0)
            self._tops_old = True
            self._reveal = None
        if not self._following:
            self._new += 1
        self._settle()
        self.refresh()

    def refresh_entry(self, entry_id: str) -> None:
        """An entry has changed: draw it again. An id that is not here is none of our business."""
        index = self._index.get(entry_id)
        if index is None:
            return
        self._forget(index)
        if index + 1 < len(self._entries):
            self._forget(index + 1)  # whether its name is due may hang on this one
        self._settle()
        self.refresh()

    def set_typing(self, names: Iterable[str]) -> None:
        """Who is typing; nobody clears the line. Costs one line, never a layout."""
        names = list(names)
        if names == self._typing:
            return
        self._typing = names
        self._breath = 0
        if self._breathing is not None:
            if names and self._moves:
                self._breathing.resume()
            else:
                self._breathing.pause()
        elif names and self.is_attached and self._moves:
            self._breathing = self.set_interval(BREATH, self._breathe)
        self._refresh_last_line()

    def mark(self, entry_id: str) -> None:
        """Put the mark of an own decision beside an entry."""
        self._marks |= {entry_id}
        self._sheet.marks = self._marks
        self.refresh_entry(entry_id)

    @property
    def place(self) -> PlaceView:
        """The place in sight."""
        return self._place

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries in the order in which they stand."""
        return self._entries

    @property
    def new_below(self) -> int:
        """How many entries arrived below while the reader had scrolled up."""
        return self._new

    @property
    def following(self) -> bool:
        """The view is at the newest entry and stays there."""
        return self._following

    # The cursor.

    @property
    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        index = self._index.get(self._selected) if self._selected is not None else None
        return None if index is None else self._entries[index]

    def select(self, entry_id: str | None) -> None:
        """Put the cursor on an entry and bring it into sight; None takes the cursor away."""
        old = self._index.get(self._selected) if self._selected is not None else None
        index = self._index.get(entry_id) if entry_id is not None else None
        self._selected = entry_id if index is not None else None
        for changed in {old, index} - {None}:
            self._laid.pop(changed, None)  # the height stays: only the colours change
        if index is not None and self._view.height:
            self._bring(index)
        self.refresh()

    def select_previous(self) -> None:
        """The cursor to the entry above; to the lowest in sight when there is none yet."""
        self._step(-1)

    def select_next(self) -> None:
        """The cursor to the entry below; past the newest it goes away."""
        self._step(1)

    def clear_selection(self) -> None:
        """Take the cursor away."""
        self.select(None)

    def pick(self) -> None:
        """Choose the selected entry, as Enter does."""
        chosen = self.selected
        if chosen is not None:
            self.post_message(self.Picked(self, chosen))

    def _step(self, by: int) -> None:
        index = self._index.get(self._selected) if self._selected is not None else None
        if index is None:
            if by > 0 or not self._entries:
                return
            bottom = self.scroll_offset.y + self._view.height - 1
            index = min(self._at_line(bottom)[0], len(self._entries) - 1) + 1
        index += by
        while 0 <= index < len(self._entries) and self._entries[index].kind == "notice":
            index += by
        if index < 0:
            return
        if index >= len(self._entries):
            self.clear_selection()
            self._to_end()
            return
        self.select(self._entries[index].id)

    def _bring(self, index: int) -> None:
        """Scroll as little as needed to show an entry whole, or its beginning."""
        self._exactly(index)
        self._measure_tops()
        top, bottom = self._tops[index], self._tops[index + 1]
        first = self.scroll_offset.y
        if index == len(self._entries) - 1:
            bottom += 1
        if top < first:
            self._scroll_to(y=top)
        elif bottom > first + self._view.height:
            self._scroll_to(y=min(top, bottom - self._view.height))

    # Order and heights.

    def _arrange(self) -> None:
        self._entries = self._renderer.arrange(self._came)
        self._index = {entry.id: index for index, entry in enumerate(self._entries)}

    def _insert(self, entry: Entry) -> None:
        """A comment goes under its post, which may be far up."""
        self._arrange()
        index = self._index[entry.id]
        before = self._entries[index - 1] if index else None
        self._heights.insert(index, self._renderer.estimate(self._sheet, entry, before))
        self._exact.insert(index, 0)
        self._laid = OrderedDict((at + (at >= index), laid) for at, laid in self._laid.items())
        self._tops_old = True
        if index + 1 < len(self._entries):
            self._forget(index + 1)
        self._reveal = index if index + 1 < len(self._entries) else None
        if not self._following and self._anchor[0] >= index:
            self._anchor = (self._anchor[0] + 1, self._anchor[1])
        post = self._index.get(entry.on or "")
        if post is not None:
            self._forget(post)  # its counter has changed

    def _has_air(self) -> bool:
        """The terminal is high enough for space around bubbles (not yet known before the widget is mounted)."""
        return self.is_attached and self.app.size.height >= AIRY

    def _restart(self) -> None:
        """Forget all that was laid out: another place, width or palette."""
        width = max(self.scrollable_content_region.width, 0)
        self._laid.clear()
        self._view = Size(width, self.scrollable_content_region.height)
        self._sheet = Sheet(self._place, self._palette, max(width, 20), self._has_air(), self._day_name, self._marks)
        estimate, sheet = self._renderer.estimate, self._sheet
        before: Entry | None = None
        heights: list[int] = []
        for entry in self._entries:
            heights.append(estimate(sheet, entry, before))
            before = entry
        self._heights = heights
        self._exact = bytearray(len(heights))
        self._tops_old = True
        self._settle()
        self.refresh()

    def _forget(self, index: int) -> None:
        self._laid.pop(index, None)
        self._exact[index] = 0

    def _lay(self, index: int) -> Laid:
        """The entry as drawn, from memory when it is still there."""
        laid = self._laid.get(index)
        if laid is not None:
            return laid
        entry = self._entries[index]
        before = self._entries[index - 1] if index else None
        laid = self._renderer.lay(self._sheet, entry, before, entry.id == self._selected)
        self._laid[index] = laid
        if len(self._laid) > KEPT:
            self._laid.popitem(last=False)
        return laid

    def _exactly(self, index: int) -> int:
        """The height of an entry, laid out if it had only been estimated."""
        if not self._exact[index]:
            height = self._lay(index).height
            self._exact[index] = 1
            if height != self._heights[index]:
                self._heights[index] = height
                self._tops_old = True
        return self._heights[index]

    def _measure_tops(self) -> None:
        if self._tops_old:
            lead = 0
            if self._place.kind in ("group", "dm"):
                lead = max(self._view.height - 1 - sum(self._heights), 0)
            self._lead = lead
            self._tops = list(accumulate(self._heights, initial=lead))
            self._tops_old = False

    def _at_line(self, line: int) -> tuple[int, int]:
        """Entry and line in it at a line of the whole conversation; past the end, one more than the last entry."""
        self._measure_tops()
        index = min(max(bisect_right(self._tops, line) - 1, 0), len(self._entries))
        return index, line - self._tops[index]

    def _settle(self) -> None:
        """Make exact what is on and near the screen and keep the reader's place while lines above change their number."""
        if self._settling or not self._view.height:
            return
        self._settling = True
        try:
            self._measure_tops()
            height = self._view.height
            count = len(self._entries)
            if self._following and self._reveal is None:
                room, index = 2 * height, count
                while index and room > 0:
                    index -= 1
                    room -= self._exactly(index)
                self._measure_tops()
                top = max(self._tops[count] + 1 - height, 0)
            elif self._following:
                index = self._reveal or 0
                for near in range(max(index - 8, 0), min(index + 8, count)):
                    self._exactly(near)
                self._measure_tops()
                top = min(self._tops[index], max(self._tops[index + 1] - height, 0))
                self._around(*self._at_line(top))
                self._measure_tops()
                top = min(self._tops[index], max(self._tops[index + 1] - height // 2, 0))
            else:
                index, inner = self._anchor
                index = min(index, max(count - 1, 0))
                self._around(index, inner)
                self._measure_tops()
                top = self._tops[index] + (min(inner, max(self._heights[index] - 1, 0)) if count else 0)
            total = self._tops[count] + 1  # the last line is for those who are typing
            size = Size(self._view.width, total)
            if size != self.virtual_size:
                # Other widgets do not move when this one gets longer, so no layout: only the scroll bar learns of it.
                self.set_reactive(Widget.virtual_size, size)
                self._scroll_update(size)
            top = min(top, max(total - height, 0))
            if top != self.scroll_y:
                self.scroll_target_y = self.scroll_y = top
        finally:
            self._settling = False

    def _around(self, index: int, inner: int) -> None:
        """Lay out exactly a screen above and two below a line of an entry."""
        height, count = self._view.height, len(self._entries)
        room = 2 * height + inner
        below = index
        while below < count and room > 0:
            room -= self._exactly(below)
            below += 1
        room = height
        above = index
        while above and room > 0:
            above -= 1
            room -= self._exactly(above)

    # Scrolling.

    def _scroll_to(self, x: float | None = None, y: float | None = None, **how: Any) -> bool:
        """Scroll at once. Sliding would fight with lines whose number becomes exact on the way."""
        how["animate"] = False
        return super()._scroll_to(x, y, **how)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember where the reader is, and lay out what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if self._settling or self._view.height == 0 or self._view != self.scrollable_content_region.size:
            return
        was, before = self._following, self._new
        self._following = new_value >= self.max_scroll_y
        self._reveal = None
        if self._following:
            self._new = 0
            if not was:
                self.post_message(self.ScrolledToEnd(self))
        else:
            self._anchor = self._at_line(round(new_value))
        self._settle()
        if before != self._new or was != self._following:
            self.refresh()

    def to_oldest(self) -> None:
        """Read from the oldest entry, also when the widget has yet to learn its size."""
        self._following, self._reveal, self._new = False, None, 0
        self._anchor = (0, 0)
        self._settle()
        self.refresh()

    def action_to_newest(self) -> None:
        """Jump to the newest entry."""
        self._to_end()

    def _to_end(self) -> None:
        was = self._following
        self._following, self._reveal, self._new = True, None, 0
        self._settle()
        self.refresh()
        if not was:
            self.post_message(self.ScrolledToEnd(self))

    def on_mount(self) -> None:
        """Take the palette of the theme, and change with it."""
        self._palette = palette_of(self.app)
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)
        if self._typing and self._moves and self._breathing is None:
            self._breathing = self.set_interval(BREATH, self._breathe)

    def _theme_changed(self, _theme: object) -> None:
        self._palette = palette_of(self.app)
        self._restart()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again for another width; keep the reader's place."""
        size = self.scrollable_content_region.size
        airy = self._has_air()
        if size.width != self._view.width or airy != self._sheet.airy or not self._view.height:
            self._restart()
        elif size != self._view:
            self._view = size
            self._tops_old = True
            self._settle()
            self.refresh()

    # The line of those who type.

    @property
    def _moves(self) -> bool:
        return not self.reduced_motion and self.app.animation_level != "none"

    def _breathe(self) -> None:
        self._breath += 1
        if self._following:
            self._refresh_last_line()

    def _refresh_last_line(self) -> None:
        row = self.virtual_size.height - 1 - self.scroll_offset.y
        if 0 <= row < self._view.height:
            self.refresh(Region(0, row, self._view.width, 1))

    def _typing_line(self) -> Strip:
        names = self._typing
        if not names:
            return EMPTY
        if len(names) == 1:
            words = _("{name} is typing").format(name=names[0])
        elif len(names) == 2:
            words = _("{one} and {other} are typing").format(one=names[0], other=names[1])
        else:
            words = n_("{name} and {n} other are typing", "{name} and {n} others are typing", len(names) - 1)
            words = words.format(name=names[0], n=len(names) - 1)
        skin = self._palette.ground
        at = (self._view.width - min(self._view.width, COLUMN)) // 2 + 3 + len(self._palette.incoming.left)
        words = shorten(words, max(self._view.width - at - 6, 1))
        dim, lit = ink(skin.dim), ink(self._palette.accent_other if self._place.phone else self._palette.accent, bold=True)
        pieces = [Segment(" " * at), Segment(words, ink(skin.dim, italic=True)), Segment(" ")]
        if not self._moves:
            pieces.append(Segment("…", dim))
            return Strip(pieces)
        bright = (0, 1, 2, -1)[self._breath % 4]
        pieces += [Segment("•", lit if dot == bright else dim) for dot in range(3)]
        return Strip(pieces)

    # Painting.

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint. What all lines share is looked up once."""
        self._base = ink(self._palette.ground.text, self._palette.ground.back)
        self._measure_tops()  # entries may have changed while nothing could be seen
        self._chosen = self.text_selection
        if self._chosen is not None:
            self._chosen_style = self.screen.get_component_rich_style("screen--selection")
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = self.scroll_offset.y + y
        width = self._view.width
        strip = self._line(line)
        if self._chosen is not None:
            found = self._chosen.get_span(line)
            if found is not None:
                strip = _restyled(strip, *found, self._chosen_style)
        strip = strip.apply_style(self._base).apply_offsets(0, line).adjust_cell_length(width, self._base)
        if self._new and y == self._view.height - 1:
            return self._with_marker(strip, width)
        return strip

    def _line(self, line: int) -> Strip:
        if not self._entries or line < self._lead or line >= self._tops[-1]:
            return self._typing_line() if line == self.virtual_size.height - 1 else EMPTY
        index, inner = self._at_line(line)
        strips = self._lay(index).strips
        return strips[inner] if inner < len(strips) else EMPTY

    def _with_marker(self, strip: Strip, width: int) -> Strip:
        words = n_("{n} new", "{n} new", self._new).format(n=self._new)
        skin = self._palette.pill
        text = f" ↓ {words} "
        size = cells(text) + 2
        look = ink(self._palette.time, skin.back, bold=True, reverse=skin.back is None)
        if skin.back == self._palette.time:
            look = ink(skin.text, skin.back, bold=True)
        sign = Strip([Segment(" ", self._base), Segment(text, look), Segment(" ", self._base)], size)
        return Strip.join([strip.crop(0, max(width - size, 0)), sign])

    # Mouse and keys.

    def entry_at(self, x: int, y: int) -> Entry | None:
        """The entry under a cell of the widget, if there is one."""
        if not self._entries:
            return None
        line = self.scroll_offset.y + y
        if not self._lead <= line < self._tops[-1]:
            return None
        index, inner = self._at_line(line)
        laid = self._lay(index)
        return self._entries[index] if inner >= laid.top and laid.left <= x < laid.right else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where, so that the end of a drag is no click."""
        self._pressed = (event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Choose the entry under the mouse."""
        if self._pressed != (event.x, event.y):
            return
        if self._new and event.y == self._view.height - 1 and event.x >= self._view.width - 16:
            self._to_end()
            return
        found = self.entry_at(event.x, event.y)
        if found is not None and found.kind != "notice":
            self.select(found.id)
            self.post_message(self.Picked(self, found))

    def on_key(self, event: events.Key) -> None:
        """Enter chooses what the cursor is on."""
        if event.key == "enter" and self.selected is not None:
            event.stop()
            self.pick()

    # Text selection of Textual.

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words under a selection, without the edges of bubbles."""
        if not self._entries:
            return None
        if selection == SELECT_ALL:
            said = [f"{speaker(entry)}: {gone(entry) or flat(entry.text)}".removeprefix(": ") for entry in self._entries]
            return "\n".join(said), "\n"
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else self._tops[-1]
        words = []
        for line in range(max(first, 0), min(last + 1, self._tops[-1])):
            found = selection.get_span(line)
            if found is not None:
                text = self._line(line).text
                start, end = found
                words.append(text[start : len(text) if end == -1 else end].translate(_EDGES).strip())
        return "\n".join(words), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected."""
        self.refresh()


def _restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """A strip with `style` over its characters from `start` to `end` (-1: to the last)."""
    segments: list[Segment] = []
    at = 0
    for text, own, _control in strip:
        stop = at + len(text)
        low, high = max(start - at, 0), (len(text) if end == -1 else min(max(end - at, 0), len(text)))
        if low >= high:
            segments.append(Segment(text, own))
        else:
            parts = ((text[:low], own), (text[low:high], own + style if own else style), (text[high:], own))
            segments += [Segment(part, look) for part, look in parts if part]
        at = stop
    return Strip(segments)
