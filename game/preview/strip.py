"""The bottom line of a preview: the file and the line, what was found, and when it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.style import Style
from rich.text import Text

from game.play.keyline import Key, Pressed
from game.preview.reading import Reading
from game.themes import ink
from game.widgets.wrap import cells, shorten
from game.words import _, n_


@dataclass(frozen=True, slots=True)
class Standing:
    """What the strip says. Two that are alike need no new picture."""

    file: str = ""
    line: int = 0
    scene: str = ""
    findings: str = ""
    broken: bool = False
    news: str = ""
    doing: str = ""
    """What is being done just now; goes before the news."""


class Strip(Pressed):
    """One calm line; what needs a look is in amber. The keys stand on it when there is room."""

    DEFAULT_CSS = """
    Strip { background: $panel; }
    """

    def __init__(self, **how: Any) -> None:
        """Takes what any widget takes."""
        super().__init__(**how)
        self.standing = Standing()

    def show(self, standing: Standing, keys: tuple[Key, ...]) -> None:
        """Show this; nothing is drawn again when nothing has changed."""
        if (standing, keys) != (self.standing, self.keys):
            self.standing, self.keys = standing, keys
            self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        palette, now = self.palette, self.standing
        skin = palette.ground
        dim, soft, warm = ink(skin.dim), ink(skin.sign), ink(palette.time, bold=True)
        right: list[tuple[str, Style]] = []
        if now.findings:
            right.append((now.findings, warm if now.broken else soft))
            right.append((" · ", dim))
        right.append((now.doing or now.news, warm if now.broken and not now.doing else dim))
        right.append((" ", dim))
        size = sum(cells(words) for words, _style in right)
        if size > width - 12:
            right = [(shorten("".join(words for words, _style in right), max(width - 14, 4)), right[0][1])]
            size = cells(right[0][0])
        line = f":{now.line}" if now.line else ""
        scene = f" · {now.scene}" if now.scene else ""
        room = width - size - 3
        name = now.file if cells(now.file) + cells(line) <= room else shorten(now.file, max(room - cells(line), 4))
        text = Text(f" {name}", ink(skin.text, bold=True), no_wrap=True, end="")
        text.stylize(ink(skin.text, bold=True), 0, len(text))
        text.append(line, soft)
        if cells(text.plain) + cells(scene) <= room:
            text.append(scene, dim)
        self._spans = []
        gap = "   "
        for key in self.keys:
            words = f"{key.key} {key.words}"
            at = cells(text.plain)
            if at + cells(words) + len(gap) > room:
                break
            text.append(gap)
            text.append(key.key, ink(palette.accent, bold=True))
            text.append(f" {key.words}", dim)
            self._spans.append((at + len(gap), at + len(gap) + cells(words), key))
        text.append(" " * max(width - cells(text.plain) - size, 0))
        for words, style in right:
            text.append(words, style)
        text.style = Style()
        return text


def findings_words(reading: Reading) -> str:
    """How many findings there are: `2 errors, 1 warning`; nothing when there are none."""
    counts = (
        n_("{n} error", "{n} errors", reading.count("error")).format(n=reading.count("error"))
        if reading.count("error")
        else "",
        n_("{n} warning", "{n} warnings", reading.count("warning")).format(n=reading.count("warning"))
        if reading.count("warning")
        else "",
        n_("{n} note", "{n} notes", reading.count("info")).format(n=reading.count("info")) if reading.count("info") else "",
    )
    return ", ".join(words for words in counts if words)


def ago_words(seconds: float) -> str:
    """How long ago, roughly, so that the line changes seldom."""
    if seconds < 1.5:
        return _("just now")
    if seconds < 10:
        return _("{n} s ago").format(n=round(seconds))
    if seconds < 60:
        return _("{n} s ago").format(n=int(seconds // 10) * 10)
    if seconds < 3600:
        return _("{n} min ago").format(n=int(seconds // 60))
    return _("{n} h ago").format(n=int(seconds // 3600))


__all__ = ["Standing", "Strip", "ago_words", "findings_words"]
