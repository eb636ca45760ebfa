"""A text from pieces: picked in order, and it builds up beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text
from textual.containers import Horizontal
from textual.widget import Widget

from engine.play.events import DecisionOffered, Option
from game.play.painted import Painted
from game.play.pick import PickPanel
from game.themes import ink
from game.widgets.wrap import wrapped
from game.words import _, n_

ROOM = 6
"""Cells beside the words of the text: air at both sides and the edges of its bubble."""


class PiecesPanel(PickPanel):
    """Pieces at the left, the text at the right."""

    DEFAULT_CSS = """
    PiecesPanel Horizontal { height: auto; }
    PiecesPanel Rows { width: 3fr; }
    PiecesPanel Built { width: 2fr; }
    """

    def __init__(
        self, offer: DecisionOffered, people: Mapping[str, str] | None = None, picks: Sequence[str] = (), cursor: int = 0
    ) -> None:
        """As any pick."""
        super().__init__(offer, people, picks, cursor)
        self.built = Built(self.sentences())

    def compose(self) -> Iterator[Widget]:
        """The question, then both sides."""
        yield self.head
        with Horizontal():
            yield self.list
            yield self.built

    def sentences(self) -> list[str]:
        """The picked pieces in their order."""
        return [self.options[name].label for name in self.picks]

    def sign(self, option: Option) -> str:
        """Its place in the text."""
        return f"[{self.picks.index(option.id) + 1}]" if option.id in self.picks else "[ ]"

    def badge(self, option: Option) -> str:
        """The sign says it already."""
        return ""

    def verb(self, picked: bool) -> str:
        """What Enter does with a piece."""
        return _("take out") if picked else _("put in")

    def left_words(self) -> str:
        """Sentences left."""
        return n_("{n} sentence left", "{n} sentences left", self.left).format(n=self.left)

    def full_words(self) -> str:
        """The text is full."""
        return _("There is no room for more. Take one out first.")

    def text(self) -> str:
        """The text as it would go out."""
        return "\n".join(self.sentences())

    def changed(self) -> None:
        """Show the text as it is now."""
        super().changed()
        self.built.show(self.sentences())


class Built(Painted):
    """The text so far, as it would go out."""

    DEFAULT_CSS = """
    Built { height: auto; }
    """

    def __init__(self, sentences: Sequence[str], **how: Any) -> None:
        """The sentences in their order."""
        super().__init__(**how)
        self._sentences = list(sentences)

    def show(self, sentences: Sequence[str]) -> None:
        """Other sentences."""
        self._sentences = list(sentences)
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[str]:
        lines: list[str] = []
        for sentence in self._sentences:
            lines += wrapped(sentence, max(width - ROOM, 8))
        return lines

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the text takes."""
        return max(len(self._lines(width)), 1)

    def paint(self, width: int) -> Text:
        """The text in an own bubble."""
        palette = self.palette
        skin = palette.own
        if not self._sentences:
            return Text("  " + _("Nothing yet."), ink(palette.ground.dim, italic=True), no_wrap=True, end="")
        text = Text(no_wrap=True, end="")
        edge = ink(skin.text, skin.back, reverse=skin.reverse)
        for index, line in enumerate(self._lines(width)):
            text.append("\n " if index else " ")
            text.append(skin.left, edge)
            text.append(f" {line.ljust(max(width - ROOM, 8))} ", ink(skin.text, skin.back, reverse=skin.reverse))
            text.append(skin.right, edge)
        return text
