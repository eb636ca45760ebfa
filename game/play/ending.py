"""The end of a story, as a quiet page."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from engine.play.events import EndingReached
from engine.text import segments
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.play.panel import Words
from game.themes import ink
from game.widgets.wrap import wrapped
from game.words import _


def support_words(own: str = "") -> str:
    """What is said under an ending that may have come close to home. `own` are the organisation's words."""
    if own:
        return _("If something here came close to home: {line}.").format(line=own.rstrip("."))
    return _("If something here came close to home, talk to somebody you trust, today if you can.")


class EndingScreen(Screen[bool]):
    """Title, epilogue, codas. Dismisses with True to go on to the debrief, with False to leave."""

    CSS_PATH = "pages.tcss"
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-low"), (30, "-tall")]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", show=False),
        Binding("q,escape", "leave", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, ended: EndingReached, story_title: str, support_line: str = "") -> None:
        """The event that ended the story."""
        super().__init__()
        self._ended = ended
        self._story_title = story_title
        self._support = support_line

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="page", can_focus=False):
            yield Words(self._story_title, "dim", indent=0)
            yield Words(self._ended.title, "strong", indent=0, id="title")
            yield Prose(self._ended.epilogue)
            for coda in self._ended.codas:
                yield Prose(coda)
            if self._ended.support:
                yield Words(support_words(self._support), "time", indent=0, id="support")
        keys = KeyLine()
        keys.show((Key("Enter", _("look back on it"), "enter"), Key("q", _("leave"), "q")))
        yield keys

    def action_go_on(self) -> None:
        """To the debrief."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Home."""
        self.dismiss(False)

    def action_scroll(self, by: int) -> None:
        """Up or down."""
        self.query_one("#page").scroll_relative(y=by, animate=False)


class Prose(Painted):
    """Paragraphs of a story's text."""

    DEFAULT_CSS = """
    Prose { height: auto; }
    """

    def __init__(self, words: str, **how: Any) -> None:
        """Lines that stand close together make one paragraph; an empty line parts two."""
        super().__init__(**how)
        plain = "".join(f"▒ {run.text.strip()} ▒" if run.masked else run.text for run in segments(words.strip()))
        self._paragraphs = [" ".join(part.split()) for part in plain.split("\n\n")]

    def _lines(self, width: int) -> list[str]:
        lines: list[str] = []
        for index, part in enumerate(self._paragraphs):
            lines += [""] if index else []
            lines += wrapped(part, max(width, 10))
        return lines

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the words take."""
        return max(len(self._lines(width)), 1)

    def paint(self, width: int) -> Text:
        """The paragraphs."""
        return Text("\n".join(self._lines(width)), ink(self.palette.ground.text), no_wrap=True, end="")
