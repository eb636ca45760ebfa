"""The years between two parts: the screen clears, the months count forward, one line says how long."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text

from engine.play.events import TimePassed
from engine.script.times import duration_words
from engine.story.model import Story
from game.career.words import gap_words, since_words
from game.play.director import Scheduler
from game.play.painted import Painted
from game.play.passing import TimeScreen
from game.themes import ink
from game.widgets.wrap import cells


class GapScreen(TimeScreen):
    """A calm full screen. Any key goes on."""

    CSS_PATH: ClassVar[list[Path]] = [Path(__file__).parents[1] / "play" / "pages.tcss"]  # type: ignore[assignment]

    def __init__(
        self,
        story: Story,
        career: str,
        part: str,
        since: int,
        after: int,
        *,
        still: bool,
        scheduler: Scheduler,
        factor: float = 1.0,
    ) -> None:
        """From moment `since` of the career, seconds, `after` seconds go by to `part`. `still`: nothing moves."""
        passed = TimePassed(at=since + after, since=since, words=duration_words(after))
        super().__init__(story, passed, part, still=still, scheduler=scheduler, factor=factor)
        self.face = GapFace(career, part, since, after)  # type: ignore[assignment]


class GapFace(Painted):
    """How long it has been since the beginning, how long it took, and what comes."""

    DEFAULT_CSS = """
    GapFace { height: 1fr; }
    """

    def __init__(self, career: str, part: str, since: int, after: int) -> None:
        super().__init__()
        self._career = career
        self._part = part
        self._after = after
        self.at = since
        self.arrived = False

    def paint(self, width: int) -> Text:
        """Lines in the middle."""
        palette, skin = self.palette, self.palette.ground
        lines = [
            (self._career, ink(skin.dim)),
            ("", ink()),
            (since_words(self.at), ink(skin.text, bold=True)),
            ("", ink()),
            (gap_words(self._after) if self.arrived else "", ink(palette.time)),
            ("", ink()),
            (self._part if self.arrived else "", ink(skin.text, bold=True)),
        ]
        text = Text("\n" * max((self.size.height - len(lines)) // 2, 0), no_wrap=True, end="")
        for words, style in lines:
            text.append(" " * max((width - cells(words)) // 2, 0))
            text.append(words + "\n", style)
        return text


__all__ = ["GapFace", "GapScreen"]
