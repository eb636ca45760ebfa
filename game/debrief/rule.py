"""The rule that the debrief ends with: if this happens, then I do that. The player writes it; a few are there to begin from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from engine.debrief.model import Debrief
from engine.script.rules import first_half, second_half
from engine.words import put
from game.debrief.paper import Block, Line, Paper
from game.debrief.rules import hardest, kept_rule, rule_words, starters
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.words import _
from saves.errors import BadRule, SaveError

if TYPE_CHECKING:
    from game.session import Session

OWN = "own"
"""Row id for writing without a starter."""


def rule(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """The rule as it stands, or the place for one; at the end of the page."""
    if debrief.ending is None:
        return
    lines: list[Line] = [[("  " + _("One rule for next time"), paper.strong)], []]
    if paper.written is not None:
        lines += paper.write(rule_words(*paper.written), paper.own, indent=2)
        lines.append([("  w ", paper.own), (_("change it"), paper.dim)])
    else:
        if paper.written_before is not None:
            words = put(_("Last time you wrote: {rule}"), rule=rule_words(*paper.written_before))
            lines += paper.write(words, paper.soft, indent=2)
        lines += paper.write(_("What will you do when something like this comes up?"), paper.text, indent=2)
        lines.append([("  w ", paper.own), (_("write it down"), paper.dim)])
    yield Block([*lines, []], id="rule")


class RuleScreen(ModalScreen[bool]):
    """Two short fields, and what one may begin from. Dismisses with True when something was kept."""

    CSS_PATH = "rule.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, session: Session, debrief: Debrief) -> None:
        """`session` keeps the rule."""
        super().__init__()
        self._session = session
        self._moment = hardest(debrief)
        self._starters = starters(session.play, debrief)
        kept = kept_rule(session)
        self._is_new = kept is None
        situation, action = kept or ("", "")
        # No bound on the fields: what is too long is said, and never cut off behind one's back.
        self._if = Input(situation, id="if", select_on_focus=False)
        self._then = Input(action, id="then", select_on_focus=False)
        self._answer = Words("", "time", indent=1)
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """What one may begin from, and the two halves."""
        with Vertical(classes="rule"):
            yield Words(_("One rule for next time"), "strong", indent=1)
            yield Words(
                _("Something that will happen, and one thing that you do then. In your own words it works best."),
                "soft",
                indent=1,
            )
            if self._is_new and self._starters:
                rows = [Row(str(index), one.words, str(index + 1)) for index, one in enumerate(self._starters)]
                yield Rows([*rows, Row(OWN, _("In my own words"), "0")])
            with Horizontal():
                yield Words(_("If"), "dim", indent=1, classes="before")
                yield self._if
            with Horizontal():
                yield Words(_("then I"), "dim", indent=1, classes="before")
                yield self._then
            yield self._answer
            yield self._keys

    def on_mount(self) -> None:
        """Where there is something to begin from, that first."""
        found = self.query(Rows)
        if found:
            found.first().focus()
        else:
            self._if.focus()
        self._show_keys()

    def on_descendant_focus(self) -> None:
        """Other keys work elsewhere."""
        self._show_keys()

    def _show_keys(self) -> None:
        if isinstance(self.focused, Rows):
            keys = [Key("↑↓", _("choose")), Key("Enter", _("begin from it"), "enter")]
        elif self.focused is self._if:
            keys = [Key("Enter", _("the next line"), "enter"), Key("↑↓", _("other line"))]
        else:
            keys = [Key("Enter", _("keep it"), "enter"), Key("↑↓", _("other line"))]
        self._keys.show((*keys, Key("Esc", _("back"), "escape")))

    @on(Rows.Taken)
    def _begin_from(self, event: Rows.Taken) -> None:
        event.stop()
        if event.row.id != OWN:
            self._if.value, self._then.value = self._starters[int(event.row.id)]
        self._if.cursor_position = len(self._if.value)
        self._then.cursor_position = len(self._then.value)
        self._if.focus()

    @on(Input.Changed)
    def _changed(self) -> None:
        self._answer.say("")

    @on(Input.Submitted, "#if")
    def _on_to_then(self, event: Input.Submitted) -> None:
        event.stop()
        self._then.focus()

    @on(Input.Submitted, "#then")
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._session.write_rule(
                first_half(self._if.value),
                second_half(self._then.value),
                self._moment.scene if self._moment is not None else "",
            )
        except BadRule as bad:
            self._answer.say(f"{bad.message} {bad.mend}")
            return
        except SaveError as trouble:
            self._answer.say(str(trouble))
            return
        self.dismiss(True)

    def action_step(self, by: int) -> None:
        """To the line above or below."""
        lines = [*self.query(Rows), self._if, self._then]
        here = next((index for index, line in enumerate(lines) if line is self.focused), 0)
        lines[max(0, min(len(lines) - 1, here + by))].focus()

    def action_back(self) -> None:
        """As it was."""
        self.dismiss(False)
