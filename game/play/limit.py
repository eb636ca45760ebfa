"""The time limit of a decision: the line above it gets shorter. Stopping the clock is always allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.text import Text

from game.play.director import Cancel, Scheduler
from game.play.painted import Painted
from game.themes import ink
from game.words import _


class LimitLine(Painted):
    """A thin line; with a limit running, what is left of it is warm. Counts in whole seconds."""

    def __init__(self, scheduler: Scheduler, lapsed: Callable[[], None], **how: Any) -> None:
        """`lapsed` is called when the time has run out."""
        super().__init__(**how)
        self._after = scheduler
        self._lapsed = lapsed
        self._cancel: Cancel | None = None
        self.total = 0
        self.left = 0
        self.paused = False

    @property
    def running(self) -> bool:
        """There is a limit, stopped or not."""
        return self.total > 0

    def begin(self, seconds: int) -> None:
        """Begin a limit of this many seconds; 0 is none."""
        self.end()
        self.total = self.left = seconds
        self.paused = False
        self.set_class(seconds > 0, "-running")
        if seconds:
            self._cancel = self._after(1.0, self._tick)
        self.refresh()

    def end(self) -> None:
        """No limit any more."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        self.total = self.left = 0
        self.set_class(False, "-running")
        self.refresh()

    def pause(self, paused: bool) -> None:
        """Stop the clock, or let it go on."""
        if not self.total or paused == self.paused:
            return
        self.paused = paused
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if not paused:
            self._cancel = self._after(1.0, self._tick)
        self.refresh()

    def _tick(self) -> None:
        self._cancel = None
        self.left -= 1
        self.refresh()
        if self.left <= 0:
            self.end()
            self._lapsed()
        else:
            self._cancel = self._after(1.0, self._tick)

    def paint(self, width: int) -> Text:
        """One line."""
        palette = self.palette
        if not self.total:
            return Text("─" * width, ink(palette.rule), no_wrap=True, end="")
        words = _(" stopped, {n} s left ").format(n=self.left) if self.paused else _(" {n} s ").format(n=self.left)
        room = max(width - len(words) - 1, 0)
        long = round(room * self.left / self.total)
        text = Text("━" * long, ink(palette.time), no_wrap=True, end="")
        text.append("─" * (room - long), ink(palette.rule))
        text.append(words, ink(palette.time, italic=self.paused))
        return text
