"""A career: where it stands, what is carried on, and, at its end, all of it looked back at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from game.career.blocks import career_blocks
from game.career.table import standing_words
from game.career.words import gap_words
from game.debrief.page import Page
from game.debrief.paper import Block, Paper
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.themes import Palette
from game.words import _

if TYPE_CHECKING:
    from game.career.table import Table


class CareerScreen(Screen["tuple[str, int]"]):
    """Dismisses with what is wanted: `("on", -1)` to go on, `("look", part)` to look back on a part, `("anew", -1)`, `("leave", -1)`."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("l", "look", show=False),
        Binding("d", "decisions", show=False),
        Binding("n", "anew", show=False),
        Binding("y", "yes", show=False),
        Binding("q,escape", "leave", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, table: Table) -> None:
        """The career as it stands."""
        super().__init__()
        self.table = table
        self.debrief = table.debrief()
        self._changed = table.changed()
        self._decisions = table.ended
        self._asked = False
        self.page = Page(self._blocks)
        self.answer = Words("", "time", classes="answer")
        self.keys = KeyLine()

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        yield self.page
        yield self.answer
        yield self.keys

    def on_mount(self) -> None:
        """Begin at the top."""
        self.page.focus()
        self._show_keys()

    def _blocks(self, palette: Palette, width: int) -> Sequence[Block]:
        paper = Paper(palette, width, self.debrief.parts[-1].play.story, reasons=self._decisions)
        return list(career_blocks(self.table, self.debrief, self._changed, paper))

    def _show_keys(self) -> None:
        if self._asked:
            self.keys.show((Key("y", _("yes, begin anew"), "y"), Key("Esc", _("stay here"), "escape")))
            return
        keys: list[Key] = []
        following = self.table.following
        if not self.table.ended:
            words = gap_words(following[1]).lower() if following is not None else _("go on")
            keys.append(Key("Enter", words or _("go on"), "enter"))
        keys += [
            Key("↑↓", _("parts")),
            Key("l", _("look back"), "l"),
            Key("q", _("home"), "q"),
            Key("d", _("hide decisions") if self._decisions else _("decisions"), "d"),
            Key("n", _("begin anew"), "n"),
            Key("space", _("page"), "space"),
        ]
        self.keys.show(keys)

    @property
    def standing(self) -> str:
        """`part 2 of 3`."""
        return standing_words(len(self.debrief.parts), len(self.table.faces()))

    def action_go_on(self) -> None:
        """On with the part that is open, or with the next; at the end, look back on the chosen part."""
        if self._asked:
            return
        if self.table.ended:
            self.action_look()
        else:
            self.dismiss(("on", -1))

    def action_look(self) -> None:
        """Look back on the chosen part."""
        chosen = self.page.chosen
        if chosen is None or chosen.decision < 0:
            self.answer.say(_("Choose a part first, with the arrow keys."))
            return
        if self.debrief.parts[chosen.decision].debrief.ending is None:
            self.answer.say(_("This part is not over yet. Enter goes on with it."))
            return
        self.dismiss(("look", chosen.decision))

    def action_decisions(self) -> None:
        """Show what was decided, or hide it."""
        self._decisions = not self._decisions
        self.page.rewrite()
        self._show_keys()

    def action_page(self, by: int) -> None:
        """A page down or up."""
        self.page.scroll_relative(y=by * max(self.page.size.height - 2, 1), animate=False)

    def action_anew(self) -> None:
        """Ask whether to begin the whole career anew."""
        self._asked = True
        self.answer.say(_("Begin it anew, from the first part? What you have played stays in your saves."))
        self._show_keys()

    def action_yes(self) -> None:
        """Begin it anew."""
        if self._asked:
            self.dismiss(("anew", -1))

    def action_leave(self) -> None:
        """Home, or away from the question."""
        if self._asked:
            self._asked = False
            self.answer.say("")
            self._show_keys()
            return
        self.dismiss(("leave", -1))


__all__ = ["CareerScreen"]
