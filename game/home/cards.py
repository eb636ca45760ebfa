"""Cards: a scenario, or the play that is open, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from game.play.painted import Painted
from game.themes import ink
from game.widgets.wrap import cells, shorten, wrapped
from game.words import _, n_

WIDEST = 96
"""Cells; a longer line is hard to read."""
LEAD = 3
"""Cells before the words of a card."""
TAIL = 3
"""Cells after them."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows. Plain texts."""

    title: str
    state: str = ""
    """At the right of the title."""
    warm: bool = False
    """The state is about time going on: amber."""
    blurb: str = ""
    facts: str = ""
    note: str = ""
    trouble: str = ""
    steps: str = ""
    """The parts of a career, on lines of their own."""


class CardView(Painted, can_focus=True):
    """A card to choose. Enter and a click open it."""

    DEFAULT_CSS = """
    CardView { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", show=False)]

    @dataclass
    class Opened(Message):
        """A card was taken."""

        card: CardView

        @property
        def control(self) -> CardView:
            """The card."""
            return self.card

    def __init__(self, face: Face, what: Any, *, key: str, **how: Any) -> None:
        """`what` is what the card stands for, and `key` by what it is found again when the cards are made anew."""
        super().__init__(**how)
        self.face = face
        self.what = what
        self.key = key
        self._lit = False
        self.brief = False
        """Its note is shown only while it is chosen, so that more cards fit."""
        self.noticed = False
        """It is chosen, and its note has been in sight."""

    def show(self, face: Face) -> None:
        """Show something else."""
        if face != self.face:
            self.face = face
            self.refresh(layout=True)

    def action_open(self) -> None:
        """Take it."""
        self.post_message(self.Opened(self))

    def on_click(self) -> None:
        """Take it; where its note was not in sight so far, show that first."""
        self.focus()
        if self.brief and self.face.note and not self.noticed:
            self.noticed = True
            self.call_after_refresh(self.scroll_visible, animate=False)
        else:
            self.action_open()

    def on_enter(self, _event: events.Enter) -> None:
        """The mouse is over it."""
        self._lit = True
        self.refresh()

    def on_leave(self, _event: events.Leave) -> None:
        """The mouse has gone."""
        self._lit = False
        self.refresh()

    def be_brief(self, brief: bool) -> None:
        """Show the note only while it is chosen, or always."""
        if brief != self.brief:
            self.brief = brief
            self.refresh(layout=True)

    def on_focus(self) -> None:
        """It is lit."""
        self.refresh(layout=self.brief)

    def on_blur(self) -> None:
        """It is quiet."""
        self.noticed = False
        self.refresh(layout=self.brief)

    # Drawing

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as the words take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[tuple[str, str]]:
        """The words below each other, each line with what it is."""
        face = self.face
        room = max(min(width, WIDEST) - LEAD - TAIL, 10)
        lines = [("title", face.title)]
        if face.state and cells(face.title) + cells(face.state) + 3 > room:
            lines = [("title", shorten(face.title, room)), ("state", face.state)]
        for kind, words, most in (
            ("blurb", face.blurb, 3),
            ("trouble", face.trouble, 4),
            ("facts", face.facts, 2),
            ("facts", face.steps, 3),
            ("note", face.note if self.has_focus or not self.brief else "", 8),
        ):
            if words:
                parts = wrapped(words, room)
                if len(parts) > most:
                    parts = [*parts[: most - 1], shorten(" ".join(parts[most - 1 :]), room)]
                lines += [(kind, part) for part in parts]
        return lines

    def paint(self, width: int) -> Text:
        """The card."""
        palette = self.palette
        lit = self.has_focus
        skin = palette.ground
        # Lit, a card has the ground of a bubble; where bubbles have none of their own, the title says it.
        bare = palette.incoming.back == skin.back
        raised = None if bare else palette.incoming.back if lit else palette.raised if self._lit else None
        styles: dict[str, Style] = {
            "title": ink(skin.text, raised, bold=True, reverse=lit and bare),
            "state": ink(palette.time if self.face.warm else skin.sign, raised),
            "blurb": ink(skin.text, raised),
            "facts": ink(skin.dim, raised),
            "note": ink(skin.masked, raised, italic=True),
            "trouble": ink(palette.time, raised),
        }
        bar = ink(palette.accent, raised, bold=True)
        room = min(width, WIDEST) - LEAD - TAIL
        text = Text(no_wrap=True, overflow="crop", end="")
        lines = self._lines(width)
        for index, (kind, words) in enumerate(lines):
            if index:
                text.append("\n")
            text.append("▌" if lit else " ", bar)
            text.append(" " * (LEAD - 1), ink(None, raised))
            used = LEAD
            text.append(words, styles[kind])
            used += cells(words)
            if kind == "title" and self.face.state and (len(lines) < 2 or lines[1][0] != "state"):
                gap = LEAD + room - used - cells(self.face.state)
                text.append(" " * gap, ink(None, raised))
                text.append(self.face.state, styles["state"])
                used += gap + cells(self.face.state)
            text.append(" " * max(width - used, 0), ink(None, raised))
        return text


def facts_words(minutes: int, tone: str) -> str:
    """`25 minutes · serious, warm at first`."""
    parts = [n_("{count} minute", "{count} minutes", minutes).format(count=minutes)] if minutes else []
    if tone:
        parts.append(tone)
    return " · ".join(parts)


def note_words(note: str) -> str:
    """A content note as the card says it."""
    return _("Beforehand: {note}").format(note=note) if note else ""
