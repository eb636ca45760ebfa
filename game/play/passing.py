"""Time passes: the screen clears, the date counts forward, one line says how long."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from engine.play.events import TimePassed
from engine.story.model import Story
from game.clock import DAY, clock_words, day_name
from game.play.director import Cancel, Scheduler
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.themes import ink
from game.widgets.wrap import cells
from game.words import _, n_

STEPS = 28
"""Pictures of the date on its way."""
STEP = 0.065
"""Seconds between two of them."""
REST = 1.5
"""Seconds for which the new date stands."""


def later_words(words: str) -> str:
    """`3 weeks` as a sentence: `Three weeks later`."""
    numbers = {
        "1": _("one"), "2": _("two"), "3": _("three"), "4": _("four"), "5": _("five"), "6": _("six"),
        "7": _("seven"), "8": _("eight"), "9": _("nine"), "10": _("ten"), "11": _("eleven"), "12": _("twelve"),
    }  # fmt: skip
    words = re.sub(r"\d+", lambda found: numbers.get(found[0], found[0]), words, count=1)
    return _("{how_long} later").format(how_long=words[:1].upper() + words[1:])


def between(since: int, at: int, part: float) -> int:
    """A moment on the way from `since` to `at`: quick in the middle, slow at both ends."""
    eased = part * part * (3 - 2 * part)
    return since + round((at - since) * eased)


class TimeScreen(ModalScreen[None]):
    """A calm full screen. Any key goes on."""

    CSS_PATH = "pages.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space,escape,f", "go_on", show=False)]

    def __init__(
        self,
        story: Story,
        passed: TimePassed,
        place: str,
        *,
        comes_back: bool = False,
        still: bool = False,
        scheduler: Scheduler,
        factor: float = 1.0,
    ) -> None:
        """`still`: nothing moves and nothing goes on by itself."""
        super().__init__()
        self._passed = passed
        self._still = still
        self._after = scheduler
        self._factor = factor
        self._cancel: Cancel | None = None
        self._step = STEPS if still else 0
        self.face = _Face(story, passed, place, comes_back)

    def compose(self) -> ComposeResult:
        """The date in the middle, a key at the foot."""
        yield self.face
        keys = KeyLine()
        keys.show((Key("Enter", _("go on"), "enter"),))
        yield keys

    def on_mount(self) -> None:
        """Begin."""
        self.face.at = self._passed.at if self._still else self._passed.since
        self.face.arrived = self._still
        if not self._still:
            self._cancel = self._after(STEP * 4 * self._factor, self._tick)

    def _tick(self) -> None:
        self._step += 1
        self.face.at = between(self._passed.since, self._passed.at, self._step / STEPS)
        self.face.arrived = self._step >= STEPS
        self.face.refresh()
        again: Callable[[], None] = self._tick if self._step < STEPS else self.action_go_on
        self._cancel = self._after((STEP if self._step < STEPS else REST) * self._factor, again)

    def action_go_on(self) -> None:
        """On with the story."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self.is_current:
            self.dismiss()

    def on_click(self, _event: events.Click) -> None:
        """A click goes on too."""
        self.action_go_on()


class _Face(Painted):
    """The date, how long it took, and where it comes back."""

    DEFAULT_CSS = """
    _Face { height: 1fr; }
    """

    def __init__(self, story: Story, passed: TimePassed, place: str, comes_back: bool) -> None:
        super().__init__()
        self._story = story
        self._passed = passed
        self._place = place
        self._comes_back = comes_back
        self.at = passed.since
        self.arrived = False

    def paint(self, width: int) -> Text:
        """Lines in the middle."""
        palette, skin = self.palette, self.palette.ground
        long = self._passed.at - self._passed.since >= 2 * DAY
        day = self.at // DAY + 1
        lines = [
            (day_name(self._story, self.at), ink(skin.text, bold=True)),
            (clock_words(self.at) if not long or self.arrived else "·", ink(skin.dim)),
            (n_("day {n}", "day {n}", day).format(n=f"{day:,}"), ink(skin.dim)),
            ("", ink()),
            (later_words(self._passed.words) if self.arrived else "", ink(palette.time)),
        ]
        if self.arrived:
            lines.append(("", ink()))
            lines.append((self._place, ink(skin.dim, italic=True)))
        text = Text("\n" * max((self.size.height - 7) // 2, 0), no_wrap=True, end="")
        for words, style in lines:
            text.append(" " * max((width - cells(words)) // 2, 0))
            text.append(words + "\n", style)
        return text
