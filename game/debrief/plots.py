"""The plots of a play: the five dials over the story's time, and in how many worlds things are out by when.

On a low terminal one of them at a time, on a tall one both. Nothing depends on colours: each dial has a lane with its name, each line
of the worlds has a letter on it. The same numbers are one key away, as lines to read.

This module is imported when the plots are opened, and with it the plotting widget and NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual_hires_canvas import Canvas
from textual_plot import HiResMode, PlotWidget
from textual_plot.axis_formatter import AxisFormatter

from engine.debrief.model import Debrief
from engine.futures.show import TIMES
from engine.play.play import Play
from game.debrief.courses import (
    Axis,
    DialCourse,
    Grid,
    WorldsCourse,
    dial_course,
    dials_table,
    read_out,
    times_words,
    worlds_courses,
    worlds_place,
    worlds_table,
    worlds_words,
)
from game.debrief.dials import signed
from game.debrief.paper import quoted
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.play.panel import Words
from game.themes import ink, palette_of
from game.widgets.wrap import cells, shorten
from game.words import _

TALL = 38
"""Lines from which on both plots are shown, one above the other."""
NAMES = 28
"""Cells for the names of the dials and where they end."""
LABEL = 8
"""Cells that a label of the time axis takes."""


_THIN = {"━": "─", "┳": "┬", "┃": "│", "┫": "┤", "┻": "┴", "┏": "│", "╋": "┬", "┣": "│"}
"""Lines of the widget's frame, and what we have in their place."""


class Labels(AxisFormatter):
    """Ticks where we say, with the words that we give."""

    def __init__(self, labels: Sequence[tuple[float, str]]) -> None:
        self._labels = list(labels)

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """The places."""
        return [place for place, _words in self._labels]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """The words at the places."""
        words = dict(self._labels)
        return [words[tick] for tick in ticks]


class Plot(PlotWidget):
    """A plot that stays where it is, in our colours. Draws itself anew with its size and with the theme."""

    DEFAULT_CSS = """
    Plot { background: $background; height: 1fr; }
    Plot > .plot--axis, Plot:focus > .plot--axis { color: $rule; }
    Plot > .plot--tick { color: $dim; text-style: none; }
    Plot > .plot--label { color: $dim; text-style: none; }
    """

    def __init__(self, left: int, **how: Any) -> None:
        """`left` is how many cells stand before the axis."""
        super().__init__(allow_pan_and_zoom=False, **how)
        self.breaks: Sequence[float] = ()
        """Where the time axis is marked as broken, from 0 to 1."""
        self.can_focus = False
        self.set_reactive(PlotWidget.margin_left, left)
        self.set_reactive(PlotWidget.margin_top, 0)
        self.set_reactive(PlotWidget.margin_bottom, 1)

    def on_mount(self) -> None:
        """Draw, and again when the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Other labels fit."""
        self.call_after_refresh(self.draw)

    def _theme_changed(self, _theme: object) -> None:
        self.draw()

    @property
    def room(self) -> int:
        """Cells between the two sides of the frame."""
        return max(self.size.width - self.margin_left - 2, 10)

    def draw(self) -> None:
        """Put everything onto the plot."""
        raise NotImplementedError

    def style_of(self, color: str | None, *, bold: bool = False) -> str:
        """A style as the widget wants it: in words. Without colours it is the terminal's own."""
        return f"{'bold ' if bold else ''}{color or 'default'}"

    def _render_plot(self) -> None:
        """Draw, and leave of the frame the two thin lines that are axes."""
        super()._render_plot()
        canvas = self.query_one("#plot", Canvas)
        width, height = canvas.size
        if width < 3 or height < 3:
            return
        style = str(self.get_component_rich_style("plot--axis"))
        for x in range(width):
            canvas.set_pixel(x, 0, " ")
            canvas.set_pixel(x, height - 1, _THIN.get(canvas.get_pixel(x, height - 1)[0], "─"), style=style)
        for y in range(height):
            canvas.set_pixel(width - 1, y, " ")
            canvas.set_pixel(0, y, _THIN.get(canvas.get_pixel(0, y)[0], "│"), style=style)
        canvas.set_pixel(0, height - 1, "└", style=style)
        broken = self.style_of(palette_of(self.app).time, bold=True)
        for place in self.breaks:
            x = 1 + round(place * (width - 3))
            for step in (0, 1):
                if 1 <= x + step < width - 1:
                    canvas.set_pixel(x + step, height - 1, "╱", style=broken)

    def _render_x_label(self) -> None:
        """There is none: the axis says what it is in words below."""

    def _render_y_label(self) -> None:
        """There is none."""


class DialsPlot(Plot):
    """Five lanes, one under another, all of the same scale."""

    def __init__(self, course: DialCourse) -> None:
        """The course to draw."""
        super().__init__(NAMES + 2)
        self._course = course
        self._axis = Axis.of([step.at for step in course.steps])

    def draw(self) -> None:
        """Lanes with a middle line, the course in steps, breaks where time was left out."""
        if not self.is_mounted:
            return
        palette = palette_of(self.app)
        course, axis = self._course, self._axis
        self.clear()
        count, (low, high) = len(course.names), course.reach
        height = 1.15 * (high - low)
        middles = [(count - 1 - lane) * height for lane in range(count)]
        quiet = self.style_of(palette.rule or palette.ground.dim)
        across = [(cell + 0.5) / self.room for cell in range(self.room)]
        for lane, middle in enumerate(middles):
            self.scatter(across, [middle] * len(across), marker="┈", marker_style=quiet)
            xs, ys = [], []
            before = course.steps[0].values[lane]
            for step in course.steps:
                xs += [axis.place(step.at)] * 2
                ys += [middle + before, middle + step.values[lane]]
                before = step.values[lane]
            line = self.style_of(palette.accent, bold=True)
            self.plot(xs, ys, line_style=line, hires_mode=HiResMode.BRAILLE)
        ends = course.steps[-1].values
        names = [
            (middle, f"{name:<{NAMES - 5}} {signed(end):>3} ")
            for middle, name, end in zip(middles, course.names, ends, strict=True)
        ]
        self.breaks = axis.breaks
        self.set_y_formatter(Labels(names))
        self.set_yticks([middle for middle, _name in names])
        ticks = axis.ticks(LABEL, self.room)
        self.set_x_formatter(Labels(ticks))
        self.set_xticks([place for place, _words in ticks])
        self.set_xlimits(0.0, 1.0)
        margin = 0.075 * (high - low)
        self.set_ylimits(middles[-1] + low - margin, middles[0] + high + margin)


class WorldsPlot(Plot):
    """In how many of a hundred worlds things are out, over a logarithmic time."""

    def __init__(self, courses: Sequence[WorldsCourse]) -> None:
        """The lines to draw."""
        super().__init__(7)
        self._courses = courses

    def draw(self) -> None:
        """A line for each, with its letter on it in two places."""
        if not self.is_mounted:
            return
        palette = palette_of(self.app)
        self.clear()
        colors = (palette.accent, palette.time, palette.ground.sign, palette.ground.text)
        # The last line drawn lies on top, and the first is the one that matters most.
        for index in reversed(range(len(self._courses))):
            one = self._courses[index]
            places = [(worlds_place(at), chance * 100) for at, chance in one.points]
            style = self.style_of(colors[index % len(colors)], bold=True)
            self.plot([x for x, _y in places], [y for _x, y in places], line_style=style, hires_mode=HiResMode.BRAILLE)
        for index, one in enumerate(self._courses):
            style = self.style_of(colors[index % len(colors)], bold=True)
            spots = [one.points[int((len(one.points) - 1) * share)] for share in (0.62 + 0.04 * index, 0.86 + 0.03 * index)]
            self.scatter(
                [worlds_place(at) for at, _chance in spots],
                [chance * 100 for _at, chance in spots],
                marker=one.letter,
                marker_style=style,
            )
        ticks = [(worlds_place(at), times_words(at)) for at in TIMES]
        self.set_x_formatter(Labels(ticks))
        self.set_xticks([place for place, _words in ticks])
        self.set_y_formatter(Labels([(0.0, "0"), (50.0, "50"), (100.0, "100")]))
        self.set_yticks([0.0, 50.0, 100.0])
        self.set_xlimits(0.0, 1.0)
        self.set_ylimits(0.0, 100.0)


class Legend(Painted):
    """What the letters stand for, with the numbers: a line for each."""

    DEFAULT_CSS = """
    Legend { height: auto; margin: 0 2; }
    """

    def __init__(self, courses: Sequence[WorldsCourse]) -> None:
        """The lines of the plot."""
        super().__init__()
        self._courses = courses

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """A head and a line for each."""
        return 1 + len(self._courses)

    def paint(self, width: int) -> Text:
        """The lines."""
        palette = self.palette
        colors = (palette.accent, palette.time, palette.ground.sign, palette.ground.text)
        column = 6
        room = max(width - column * len(TIMES), 16)
        text = Text(" " * room, no_wrap=True, end="")
        for at in TIMES:
            text.append(f"{times_words(at):>{column}}", ink(palette.ground.dim))
        for index, one in enumerate(self._courses):
            name = shorten(f"{one.name}: {quoted(one.text)}" if one.text else one.name, room - 3)
            text.append(f"\n{one.letter} ", ink(colors[index % len(colors)], bold=True))
            text.append(name, ink(palette.ground.text))
            text.append(" " * (room - 2 - cells(name)))
            for _at, chance in one.odds:
                text.append(f"{worlds_words(chance):>{column}}", ink(palette.ground.text))
        return text


class PlotsScreen(Screen[None]):
    """Both plots, or one of them at a time, or their numbers."""

    CSS_PATH = "plots.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,g", "back", show=False),
        Binding("tab,shift+tab,left,right", "turn", show=False),
        Binding("t", "numbers", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-low"), (TALL, "-tall")]

    def __init__(self, play: Play, debrief: Debrief) -> None:
        """The play to draw, with its debrief."""
        super().__init__()
        self._dials = dial_course(debrief)
        self._worlds = worlds_courses(play)
        self._keys = KeyLine()
        self._front = 0

    def compose(self) -> ComposeResult:
        """The two plots, their numbers, and the keys."""
        with Vertical(id="dials", classes="plot"):
            yield Words(_("The dials, from the beginning to the end"), "strong", indent=2)
            yield DialsPlot(self._dials)
            yield Words(self._dials_words(), "dim", indent=2)
        with Vertical(id="worlds", classes="plot"):
            yield Words(_("In how many of 100 worlds it is out, by when"), "strong", indent=2)
            if self._worlds:
                yield WorldsPlot(self._worlds)
                yield Legend(self._worlds)
                words = _("Time after it was sent, on a logarithmic axis. Guesses with sources: none of this moved a dial.")
            else:
                words = _("You sent nothing, and nothing that others sent was of the kind that gets out.")
            yield Words(words, "dim", indent=2)
        with VerticalScroll(id="numbers", can_focus=False):
            for grid in self.tables():
                for line in read_out(grid):
                    yield Words(line.strip(), "soft" if line.startswith(" ") else "strong", indent=2)
                yield Words(" ")
        yield self._keys

    def tables(self) -> list[Grid]:
        """The numbers behind the plots."""
        found = [dials_table(self._dials)]
        if self._worlds:
            found.append(worlds_table(self._worlds))
        return found

    def _dials_words(self) -> str:
        if not self._dials.moved:
            return _("No dial moved.")
        low, high = self._dials.reach
        words = _("Each lane goes from {low} to {high}. Time is squeezed: the longer a gap, the more.").format(
            low=signed(low), high=signed(high)
        )
        return words + (
            " " + _("╱╱ marks a gap of more than a week.") if Axis.of([step.at for step in self._dials.steps]).breaks else ""
        )

    def on_mount(self) -> None:
        """The dials first."""
        self.set_class(True, "dials-first")
        self._show_keys()

    def on_resize(self) -> None:
        """Other keys work where both are shown."""
        self._show_keys()

    def _show_keys(self) -> None:
        numbers = self.has_class("as-numbers")
        keys = [Key("t", _("the plots") if numbers else _("the numbers"), "t")]
        if not numbers and self.size.height < TALL:
            keys.insert(0, Key("Tab", _("when it is out") if self._front == 0 else _("the dials"), "tab"))
        if numbers:
            keys.insert(0, Key("↑↓", _("read on")))
        self._keys.show((*keys, Key("Esc", _("back"), "escape")))

    def action_turn(self) -> None:
        """The other plot."""
        self._front = 1 - self._front
        self.set_class(self._front == 0, "dials-first")
        self._show_keys()

    def action_numbers(self) -> None:
        """The numbers in place of the plots, or the plots again."""
        self.toggle_class("as-numbers")
        self._show_keys()

    def action_scroll(self, by: int) -> None:
        """Read on in the numbers."""
        self.query_one("#numbers").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A page of the numbers."""
        numbers = self.query_one("#numbers")
        numbers.scroll_relative(y=by * max(numbers.size.height - 2, 1), animate=False)

    def action_back(self) -> None:
        """To the debrief."""
        self.dismiss(None)
