"""What all renderers of a conversation share: styled runs, the lines they flow into, and the sheet they are drawn on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.play.phone import Entry, PlaceView
from engine.script.times import DAY
from engine.text import segments
from game.themes import Palette, Skin, ink
from game.widgets.wrap import cells, wrap
from game.words import _

RUN = 15 * 60
"""A longer silence than this, in seconds, and the next message says again whose it is."""
HATCH = "▒"
"""Stands on both sides of what is described instead of spelled out."""

Piece = tuple[str, Style]
Line = list[Piece]


@dataclass(slots=True)
class Laid:
    """An entry as it is drawn: its lines, and where among them the entry itself stands (the rest is names and days)."""

    strips: list[Strip]
    top: int = 0
    """First line of the entry itself, for the mouse."""
    left: int = 0
    right: int = 0
    """Columns from `left` up to `right` belong to it."""

    @property
    def height(self) -> int:
        """Lines."""
        return len(self.strips)


@dataclass(slots=True)
class Sheet:
    """What a renderer draws on: the place, the palette, the room there is."""

    place: PlaceView
    palette: Palette
    width: int
    """Cells across."""
    airy: bool
    """There is room for rounded ends and for space between bubbles."""
    day_name: Callable[[int], str]
    marks: frozenset[str] = field(default_factory=frozenset)
    """Entries with the mark of an own decision."""

    @property
    def margin(self) -> int:
        """Cells left free on both sides; the cursor and the marks stand there."""
        return 2


class Renderer(Protocol):
    """Draws the entries of one kind of place."""

    def arrange(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries in the order in which they stand on the screen."""

    def lay(self, sheet: Sheet, entry: Entry, before: Entry | None, selected: bool = False) -> Laid:
        """Draw an entry that stands under `before`. The height must not depend on `selected`."""

    def estimate(self, sheet: Sheet, entry: Entry, before: Entry | None) -> int:
        """About how many lines the entry takes; cheap."""


def clock(at: int) -> str:
    """A moment of story time as hours and minutes, 24 hours."""
    minutes = at % DAY // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span(seconds: int) -> str:
    """A length as minutes and seconds: 0:12."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def new_day(entry: Entry, before: Entry | None) -> bool:
    """Whether a day line stands above the entry."""
    return before is None or before.at // DAY != entry.at // DAY


def speaker(entry: Entry) -> str:
    """Whose name stands at an entry."""
    return _("You") if entry.own else entry.name


def runs(text: str, style: Style, masked: Style) -> Line:
    """A text of the story as styled runs; what is masked stands between hatching."""
    hatch = masked + Style(italic=False)
    pieces: Line = []
    for run in segments(text):
        if run.masked:
            # No-break spaces keep the hatching with its words.
            pieces += [(f"{HATCH}\xa0", hatch), (run.text.strip(), masked), (f"\xa0{HATCH}", hatch)]
        else:
            pieces.append((run.text, style))
    return pieces


def flat(text: str) -> str:
    """A text of the story on one line, without styles; what is masked stands between hatching."""
    return " ".join(f"{HATCH} {run.text.strip()} {HATCH}" if run.masked else run.text for run in segments(text))


def flow(pieces: Line, width: int) -> list[Line]:
    """Styled runs as lines of at most `width` cells."""
    if len(pieces) == 1:
        text, style = pieces[0]
        return [[(text[start:end], style)] if end > start else [] for start, end in wrap(text, width)]
    text = "".join(piece[0] for piece in pieces)
    lines: list[Line] = []
    index = 0  # the run that holds `base`
    base = 0  # where that run begins in the text
    for start, end in wrap(text, width):
        while index < len(pieces) - 1 and base + len(pieces[index][0]) <= start:
            base += len(pieces[index][0])
            index += 1
        line: Line = []
        run, at = index, base
        while run < len(pieces) and at < end:
            words, style = pieces[run]
            part = words[max(start - at, 0) : end - at]
            if part:
                line.append((part, style))
            at += len(words)
            run += 1
        lines.append(line)
    return lines


def measure(line: Line) -> int:
    """Width of a line in cells."""
    return sum(cells(text) for text, _style in line)


def beside(left: Sequence[Line], at: int, right: Sequence[Line], gap: int = 0) -> list[Line]:
    """Two columns, the right one from cell `at`, with at least `gap` cells between them. Ends with the longer."""
    lines: list[Line] = []
    for number in range(max(len(left), len(right))):
        line = list(left[number]) if number < len(left) else []
        if number < len(right) and right[number]:
            line += [(" " * max(at - measure(line), gap), Style()), *right[number]]
        lines.append(line)
    return lines


def strip(pieces: Line, width: int | None = None) -> Strip:
    """A line as Textual draws it. With `width` the cells are not counted again."""
    return Strip([Segment(text, style) for text, style in pieces if text], width if width is not None else measure(pieces))


EMPTY = Strip([], 0)
"""A line with nothing on it."""


def centred(sheet: Sheet, text: str, style: Style, most: int = 64) -> list[Strip]:
    """A text in the middle of the sheet."""
    lines = flow([(text, style)], min(most, sheet.width - 4))
    return [strip([(" " * ((sheet.width - measure(line)) // 2), Style()), *line]) for line in lines]


def day_line(sheet: Sheet, entry: Entry, before: Entry | None) -> list[Strip]:
    """The name of a new day in the middle, with air around it."""
    skin = sheet.palette.ground
    word = centred(sheet, sheet.day_name(entry.at), ink(skin.stamp))
    above = [EMPTY] if sheet.airy or before is not None else []
    if before is not None and ends_in_air(sheet, before):
        above = []
    return [*above, *word, EMPTY] if sheet.airy else [*above, *word]


def said_by(sheet: Sheet, entry: Entry, skin: Skin) -> Style:
    """How the name at an entry is written; the player's own has no hue."""
    if not entry.own:
        return name_style(sheet.palette, entry.name, skin)
    return skin_ink(skin, sheet.palette.accent if skin is sheet.palette.ground else skin.sign, bold=True)


def ends_in_air(sheet: Sheet, before: Entry) -> bool:
    """Whether an entry of a chat brought an empty line under it, so that the next needs none above."""
    if not sheet.airy or sheet.place.kind not in ("group", "dm") or before.kind in ("prose", "notice", "speech"):
        return False
    return bool(before.reactions) or before.state != "live" or not sheet.palette.incoming.filled


def margin(sheet: Sheet, entry: Entry, width: int, selected: bool = False) -> Line:
    """The free cells before an entry's first line, with the cursor or the mark of an own decision in them."""
    if selected:
        sign = ("▸", ink(sheet.palette.time, bold=True))
    elif entry.decided or entry.id in sheet.marks:
        sign = ("◆", ink(sheet.palette.time))
    else:
        return [(" " * width, Style())]
    return [(" " * (width - 2), Style()), sign, (" ", Style())]


def on_right(sheet: Sheet, entry: Entry) -> bool:
    """Whether the entry was said by the person whose phone this is."""
    if sheet.place.phone is not None:
        return entry.name == sheet.place.phone
    return entry.own


def surface(sheet: Sheet, entry: Entry, selected: bool) -> Skin:
    """What a bubble or a card is made of."""
    palette = sheet.palette
    if selected:
        return palette.selected
    if not on_right(sheet, entry):
        return palette.incoming
    return palette.own if sheet.place.phone is None else palette.other


def caps(sheet: Sheet, skin: Skin, width: int) -> tuple[Piece, Piece]:
    """Half a line of a surface above and below it. The ground is what is drawn, so the ends stand flush in every font."""
    style = ink(sheet.palette.ground.back, skin.back)
    return ("▀" * width, style), ("▄" * width, style)


def skin_ink(skin: Skin, color: str | None, *, italic: bool = False, underline: bool = False, bold: bool = False) -> Style:
    """A style for text on a surface."""
    return ink(color, skin.back, bold=bold or skin.bold, italic=italic, underline=underline, reverse=skin.reverse)


def name_style(palette: Palette, name: str, skin: Skin) -> Style:
    """How a name is written on a surface."""
    found = palette.name_ink(name)
    return ink(
        found.color or skin.text,
        skin.back,
        bold=found.bold or skin.bold,
        italic=found.italic,
        underline=found.underline,
        reverse=skin.reverse,
    )
