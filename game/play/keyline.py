"""The bottom line: the keys that work now, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.text import Text
from textual import events

from game.play.painted import Painted
from game.themes import ink
from game.widgets.wrap import cells


class Key(NamedTuple):
    """A key and what it does, in a word or two. `press` is Textual's name of the key, for a click on it."""

    key: str
    words: str
    press: str = ""


class Pressed(Painted):
    """A line with keys on it that a click presses. Whoever paints it says from which cell to which each key stands."""

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self.keys: tuple[Key, ...] = ()
        self._spans: list[tuple[int, int, Key]] = []

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        for start, end, key in self._spans:
            if start <= event.x < end and key.press:
                event.stop()
                self.app.simulate_key(key.press)
                return


class KeyLine(Pressed):
    """Shows keys from left to right, the most wanted first; those that do not fit are left out (`?` lists them all)."""

    def show(self, keys: Sequence[Key]) -> None:
        """Show these keys."""
        found = tuple(keys)
        if found != self.keys:
            self.keys = found
            self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        skin, palette = self.palette.ground, self.palette
        text = Text(" ", no_wrap=True, end="")
        self._spans = []
        last = self.keys[-1] if self.keys and self.keys[-1].key == "?" else None
        kept = cells(f"{last.key} {last.words}") + 5 if last is not None else 1
        for key in self.keys:
            size = cells(key.key) + 1 + cells(key.words)
            at = cells(text.plain)
            if key is not last and at + size + kept > width:
                continue
            text.append(f" {key.key}", ink(palette.accent, bold=True))
            text.append(f" {key.words}  ", ink(skin.dim))
            self._spans.append((at, at + size + 1, key))
        return text
