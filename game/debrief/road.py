"""The other road, as a screen: what you did at a decision, and beside it what the other options would have come to.

Columns side by side where the terminal is wide, one road at a time where it is not; yours is always the first, and is marked by a
word and a full diamond. What is quick to find is shown at once; how far everything could still go comes a moment later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.worker import Worker, get_current_worker

from engine.roads import Crossing, Hanging, Odds, Outlook
from game.clock import moment_words
from game.debrief.frame import PageScreen, from_here_words
from game.debrief.page import Page
from game.debrief.paper import Block, Paper, flat
from game.debrief.road_sheet import GAP, MARGIN, RoadSheet
from game.debrief.road_words import (
    label_of,
    whose,
)
from game.debrief.roads_at_hand import RoadsAtHand
from game.play.keyline import Key
from game.play.painted import Painted
from game.themes import Palette, ink
from game.widgets.wrap import cells, shorten, wrapped
from game.words import _

TWO, THREE = 110, 150
"""Columns of the terminal from which on two roads, and three, stand side by side."""
LABEL_LINES, TALL = 2, 36
"""Most lines of what a road is called; twice as many on a terminal of so many lines."""


class RoadPage(Page):
    """Scrolls; there is nothing in it to choose."""

    def action_step(self, by: int) -> None:
        """Three lines on or back."""
        self.scroll_relative(y=3 * by, animate=False)


class RoadHead(Painted):
    """What stays in sight: the decision, and over each column whose road it is."""

    def __init__(self) -> None:
        """Shows nothing yet."""
        super().__init__()
        self._title = ""
        self._columns: list[tuple[str, str, bool]] = []
        self._wide = 0
        self._lines = 1

    def show(self, title: str, columns: list[tuple[str, str, bool]], wide: int) -> None:
        """Show the decision and the columns: whose, what it is called, and whether it is the player's."""
        self._title, self._columns, self._wide = title, columns, wide
        self._lines = max((len(wrapped(label, max(wide, 8))) for _who, label, _mine in columns), default=1)
        self._lines = min(self._lines, LABEL_LINES * (2 if self.app.size.height >= TALL else 1))
        self.styles.height = self._lines + 3
        self.refresh()

    def paint(self, width: int) -> Text:
        """Title, then the head of each column, then a line."""
        palette = self.palette
        dim, strong, own = ink(palette.ground.dim), ink(palette.ground.text, bold=True), ink(palette.accent, bold=True)
        text = Text(no_wrap=True, overflow="crop", end="")
        text.append(" " * MARGIN)
        text.append(shorten(self._title, max(width - MARGIN, 4)), dim)
        text.append("\n")
        rows: list[list[tuple[str, Style]]] = [[] for _row in range(1 + self._lines)]
        for who, label, mine in self._columns:
            style = own if mine else ink(palette.time, bold=True)
            rows[0].append((f"{'◆' if mine else '◇'} {shorten(who, max(self._wide - 2, 4))}", style))
            lines = wrapped(label, max(self._wide, 8)) if label else []
            for number in range(self._lines):
                line = lines[number] if number < len(lines) else ""
                if number == self._lines - 1 and len(lines) > self._lines:
                    line = shorten(" ".join(lines[number:]), self._wide)
                rows[1 + number].append((line, strong))
        for row in rows:
            for number, (part, style) in enumerate(row):
                text.append(" " * (GAP if number else MARGIN))
                text.append(part, style)
                if number < len(row) - 1:
                    text.append(" " * max(self._wide - cells(part), 0))
            text.append("\n")
        text.append("─" * width, ink(palette.rule or palette.ground.dim))
        return text


class RoadScreen(PageScreen["int | None"]):
    """Dismisses with None, or with how many decisions had been taken where the player wants to play from."""

    PAGE = RoadPage

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("p", "play_from", show=False),
        Binding("o", "leave", show=False),
        Binding("question_mark", "app.help", show=False),
    ]

    def __init__(self, roads: RoadsAtHand, number: int, title: str, later_parts: int = 0) -> None:
        """The roads of a play, and the decision before which `number` had been taken, which is called so; `later_parts` of a career follow."""
        super().__init__()
        self.roads = roads
        self.number = number
        self.called = title
        self.later_parts = later_parts
        self.crossing: Crossing | None = None
        self.hung: list[Hanging] = []
        self.outlooks: list[Outlook] = []
        self.odds: list[Odds | None] = []
        self.at = 0
        """The road that is shown where one is shown at a time; else the first of the others that are."""
        self.head = RoadHead()

    def compose(self) -> ComposeResult:
        """Head, roads and keys."""
        yield self.head
        yield from super().compose()

    def on_mount(self) -> None:
        """Begin to look."""
        self._show()
        self.call_after_refresh(self._look)

    def on_resize(self) -> None:
        """More or fewer columns may fit."""
        self._show()

    # Finding

    @work(thread=True, exclusive=True, group="roads")
    def _look(self) -> None:
        """Find everything, the quickest first; stops when the screen is left."""
        worker: Worker[None] = get_current_worker()

        def gone() -> bool:
            return worker.is_cancelled

        try:
            crossing, hung = self.roads.crossing(self.number)
            self._tell(worker, crossing, hung)
            odds = self.roads.odds(self.number, gone)
            self._tell(worker, crossing, hung, odds=odds)
            self._tell(worker, crossing, hung, self.roads.outlooks(self.number, gone), odds)
        except Exception as error:
            from game.mishap import mishap_words

            words = mishap_words(error)
            if not worker.is_cancelled:
                self.app.call_from_thread(self.answer.say, words)

    def _tell(
        self,
        worker: Worker[None],
        crossing: Crossing,
        hung: list[Hanging],
        outlooks: list[Outlook] | None = None,
        odds: list[Odds | None] | None = None,
    ) -> None:
        if not worker.is_cancelled:
            self.app.call_from_thread(self._have, crossing, hung, outlooks or [], odds or [])

    def _have(self, crossing: Crossing, hung: list[Hanging], outlooks: list[Outlook], odds: list[Odds | None]) -> None:
        self.crossing, self.hung, self.outlooks, self.odds = crossing, hung, outlooks, odds
        self._show()
        self.page.rewrite()

    # Showing

    @property
    def many(self) -> int:
        """How many roads stand side by side."""
        width = self.app.size.width
        most = 3 if width >= THREE else 2 if width >= TWO else 1
        return min(most, len(self.crossing.roads)) if self.crossing is not None else most

    @property
    def wide(self) -> int:
        """Cells of a column; the page's scroll bar has one more."""
        many = self.many
        return max((self.app.size.width - 1 - 2 * MARGIN - GAP * (many - 1)) // many, 20)

    def shown(self) -> list[int]:
        """The numbers of the roads in sight; 0 is the player's."""
        if self.crossing is None:
            return []
        count = len(self.crossing.roads)
        if self.many == 1:
            return [min(self.at, count - 1)]
        first = max(1, min(self.at, count - self.many + 1))
        return [0, *range(first, first + self.many - 1)]

    def _show(self) -> None:
        crossing = self.crossing
        title = _("The other road, from “{scene}”").format(scene=flat(self.called))
        columns: list[tuple[str, str, bool]] = []
        if crossing is not None:
            title = f"{title}, {moment_words(self.roads.play.story, crossing.at)}"
            columns = [(whose(crossing, one), flat(label_of(crossing.roads[one])), one == 0) for one in self.shown()]
        self.head.show(title, columns, self.wide)
        self.show_keys()

    def usual_keys(self) -> Sequence[Key]:
        """To other roads when not all are in sight, and away."""
        keys = [Key("↑↓", _("scroll"))]
        if self.crossing is not None and len(self.crossing.roads) > self.many:
            keys.insert(0, Key("← →", _("another road")))
        return (*keys, Key("p", _("play from here"), "p"), Key("Esc", _("back"), "escape"))

    def blocks(self, palette: Palette, width: int) -> Sequence[Block]:
        """The roads in sight, section by section."""
        paper = Paper(palette, width, self.roads.play.story)
        if self.crossing is None:
            return [Block([[], [("  " + _("Looking down the roads…"), paper.dim)]])]
        return list(RoadSheet(self.crossing, paper, self.shown(), self.wide, self.hung, self.outlooks, self.odds).blocks())

    # Keys

    def key_lines(self) -> list[tuple[str, str]]:
        """The keys of this screen, for the help."""
        return [
            ("← →", _("another road; yours is the first")),
            ("↑↓", _("scroll")),
            ("space", _("a page down; PgUp a page up")),
            ("p", _("play on from this decision")),
            ("Esc", _("back to the debrief")),
        ]

    def action_turn(self, by: int) -> None:
        """Another road, or others beside yours."""
        if self.crossing is None or self.asked:
            return
        count = len(self.crossing.roads)
        if self.many == 1:
            self.at = max(0, min(self.at + by, count - 1))
        else:
            self.at = max(1, min(max(self.at, 1) + by, count - self.many + 1))
        self._show()
        self.page.rewrite()

    def action_play_from(self) -> None:
        """Ask whether to go back to this decision."""
        self.ask(from_here_words(flat(self.called), self.later_parts))

    def yes(self) -> None:
        """Go back to it."""
        self.dismiss(self.crossing.number if self.crossing is not None else self.number)
