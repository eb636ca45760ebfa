"""The pause: what is about to be sent stands as a draft, with those who will see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from engine.text import segments
from game.play.keyline import Key
from game.play.painted import Painted
from game.play.panel import Panel
from game.themes import ink
from game.widgets.wrap import cells, shorten, wrapped
from game.words import _


@dataclass(frozen=True, slots=True)
class Draft:
    """Something written and not sent yet."""

    to: str
    """Name of the place it would go to."""
    audience: str
    text: str
    choice: str = ""
    forwarded: bool = False
    whose: str = ""
    """Who wrote what is forwarded."""
    spoken: bool = False
    """It is said aloud, not sent."""


class DraftPanel(Panel, can_focus=True):
    """The composer, grown. Sending is the second act."""

    dims = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", show=False),
        Binding("escape,backspace", "take_back", show=False),
    ]

    @dataclass
    class Sent(Message):
        """It goes."""

        draft: Draft

    @dataclass
    class TakenBack(Message):
        """It does not go."""

        draft: Draft

    def __init__(self, draft: Draft) -> None:
        """The draft to stand there."""
        super().__init__()
        self.draft = draft

    def compose(self) -> Iterator[Widget]:
        """To whom, who sees it, and the words."""
        yield _To(self.draft)
        yield _Bubble(self.draft)

    def action_send(self) -> None:
        """Send it."""
        self.post_message(self.Sent(self.draft))

    def action_take_back(self) -> None:
        """Take it back."""
        self.post_message(self.TakenBack(self.draft))

    def keys(self) -> Sequence[Key]:
        """The two acts, and a look."""
        act, who = (_("say it"), _("who can hear this")) if self.draft.spoken else (_("send"), _("who can see this"))
        return (Key("Enter", act, "enter"), Key("Esc", _("take it back"), "escape"), Key("i", who, "i"))


def _lead(draft: Draft) -> str:
    """What stands before the name of the place."""
    return _("Aloud") if draft.spoken else _("To")


class _To(Painted):
    """To whom, and who will see it."""

    DEFAULT_CSS = """
    _To { height: auto; }
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def _split(self, width: int) -> bool:
        return cells(self._draft.to) + cells(self._draft.audience) + cells(_lead(self._draft)) + 10 > width

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One line, or two when the audience needs its own."""
        return 1 + (len(wrapped(self._draft.audience, max(width - 8, 8))) if self._split(width) else 0)

    def paint(self, width: int) -> Text:
        """One line or more."""
        skin, palette = self.palette.ground, self.palette
        text = Text(no_wrap=True, end="")
        draft = self._draft
        lead = _lead(draft)
        text.append(f"  {lead}  ", ink(skin.dim))
        if not self._split(width):
            text.append(draft.to, ink(skin.text, bold=True))
            gap = width - cells(text.plain) - cells(draft.audience) - 2
            text.append(" " * gap + draft.audience, ink(palette.time))
            return text
        text.append(shorten(draft.to, width - cells(lead) - 6), ink(skin.text, bold=True))
        for line in wrapped(draft.audience, max(width - 8, 8)):
            text.append("\n" + " " * (cells(lead) + 4) + line, ink(palette.time))
        return text


class _Bubble(Painted):
    """The words in an own bubble, as they will stand."""

    DEFAULT_CSS = """
    _Bubble { height: auto; }
    """
    LONGEST: ClassVar[int] = 8

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def _lines(self, width: int) -> list[tuple[str, bool]]:
        room = max(min(width - 10, 72), 10)
        lines: list[tuple[str, bool]] = []
        if self._draft.forwarded:
            head = _("↪ Forwarded from {name}").format(name=self._draft.whose) if self._draft.whose else _("↪ Forwarded")
            lines.append((shorten(head, room), True))
        text = "".join(f"▒ {run.text.strip()} ▒" if run.masked else run.text for run in segments(self._draft.text.rstrip("\n")))
        lines += [(line, False) for line in wrapped(text, room)]
        if len(lines) > self.LONGEST:
            lines = [*lines[: self.LONGEST - 1], ("…", True)]
        return lines

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the words take."""
        return len(self._lines(width))

    def paint(self, width: int) -> Text:
        """The bubble, on the left where it is being written."""
        palette = self.palette
        skin = palette.own
        lines = self._lines(width)
        size = max(cells(line) for line, _dim in lines)
        edge = ink(skin.text, skin.back, reverse=skin.reverse)
        text = Text(no_wrap=True, end="")
        for index, (line, dim) in enumerate(lines):
            text.append(("\n" if index else "") + "      ")
            text.append(skin.left, edge)
            style = ink(skin.dim if dim else skin.text, skin.back, italic=dim, reverse=skin.reverse)
            text.append(f" {line}{' ' * (size - cells(line))} ", style)
            text.append(skin.right, edge)
        return text
