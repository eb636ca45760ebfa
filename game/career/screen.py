"""A career: where it stands, what is carried on, and, at its end, all of it looked back at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from game.career.blocks import career_blocks
from game.career.table import standing_words
from game.career.words import gap_words
from game.debrief.frame import PageScreen
from game.debrief.paper import Block, Paper
from game.play.keyline import Key
from game.themes import Palette
from game.words import _

if TYPE_CHECKING:
    from game.career.table import Table


class CareerScreen(PageScreen["tuple[str, int]"]):
    """Dismisses with what is wanted: `("on", -1)` to go on, `("look", part)` to look back on a part, `("anew", -1)`, `("leave", -1)`."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("l", "look", show=False),
        Binding("d", "decisions", show=False),
        Binding("n", "anew", show=False),
    ]

    def __init__(self, table: Table) -> None:
        """The career as it stands."""
        super().__init__()
        self.table = table
        self.debrief = table.debrief()
        self._changed = table.changed()
        self._decisions = table.ended

    def blocks(self, palette: Palette, width: int) -> Sequence[Block]:
        """The career as a page."""
        paper = Paper(palette, width, self.debrief.parts[-1].play.story, reasons=self._decisions)
        return list(career_blocks(self.table, self.debrief, self._changed, paper))

    def yes_words(self) -> str:
        """What `y` does."""
        return _("yes, begin anew")

    def usual_keys(self) -> Sequence[Key]:
        """What can be done with a career that stands so."""
        keys: list[Key] = []
        following = self.table.following
        if not self.table.ended:
            words = gap_words(following[1]).lower() if following is not None else _("go on")
            keys.append(Key("Enter", words or _("go on"), "enter"))
        if any(part.debrief.ending is not None for part in self.debrief.parts):
            keys += [Key("↑↓", _("parts")), Key("l", _("look back"), "l")]
        keys += [
            Key("q", _("home"), "q"),
            Key("d", _("hide decisions") if self._decisions else _("decisions"), "d"),
            Key("n", _("begin anew"), "n"),
            Key("space", _("page"), "space"),
        ]
        return keys

    @property
    def standing(self) -> str:
        """`part 2 of 3`."""
        return standing_words(len(self.debrief.parts), len(self.table.faces()))

    def action_go_on(self) -> None:
        """On with the part that is open, or with the next; at the end, look back on the chosen part."""
        if self.asked:
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
        self.show_keys()

    def action_anew(self) -> None:
        """Ask whether to begin the whole career anew."""
        self.ask(_("Begin it anew, from the first part? What you have played stays in your saves."))

    def yes(self) -> None:
        """Begin it anew."""
        self.dismiss(("anew", -1))

    def leave(self) -> None:
        """Home."""
        self.dismiss(("leave", -1))


__all__ = ["CareerScreen"]
