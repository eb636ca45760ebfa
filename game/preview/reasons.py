"""The page that says why: why an option is hidden, why a scene did not come, which lines are told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from game.play.keyline import Key, KeyLine
from game.preview.lines import Line, Lines, piece_line
from game.preview.reading import Reading
from game.preview.trial import Trial
from game.preview.why import About, did_not_come, lines_at_the_end, lines_of, options_of
from game.words import _

_STYLE = Path(__file__).parent / "preview.tcss"


class WhyScreen(ModalScreen[None]):
    """Everything that could be chosen here and is not, and what did not come, each with its `if` and what that asks for."""

    CSS_PATH: ClassVar[list[Path]] = [_STYLE]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w", "back", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("home", "scroll(-9999)", show=False),
        Binding("end", "scroll(9999)", show=False),
    ]

    def __init__(self, trial: Trial, reading: Reading, scene: str) -> None:
        """`scene` is the one in front."""
        super().__init__()
        self._trial = trial
        self._reading = reading
        self._scene = scene
        self.page = Lines()

    def compose(self) -> ComposeResult:
        """One page."""
        with Vertical(classes="why"):
            with VerticalScroll(can_focus=False):
                yield self.page
            keys = KeyLine()
            keys.show((Key("↑↓", _("read on")), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """Fill the page."""
        self.renew(self._reading)

    def renew(self, reading: Reading) -> None:
        """The file was read again, or the play was done over."""
        self._reading = reading
        if self._scene not in self._trial.story.scenes:
            self.dismiss(None)
            return
        self.page.show(list(self._lines()))

    def _lines(self) -> Iterable[Line]:
        trial, scene = self._trial, self._scene
        line = self._reading.line("scenes", scene)
        where = f"   {self._reading.file.name}:{line}" if line else ""
        yield Line((("strong", _("“{scene}”: what can be chosen").format(scene=scene)), ("dim", where)))
        options = options_of(trial, scene)
        for one in options:
            yield from self._about(one)
        if not options:
            yield Line((("dim", _("Nothing is chosen here: it is a scene to read.")),), 2)
        for title, said in (
            (_("Lines that depend on something"), lines_of(trial, scene)),
            (_("At the end, were it now"), lines_at_the_end(trial)),
        ):
            if said:
                yield Line(())
                yield Line((("strong", title),))
            for one in said:
                yield from self._about(one)
        missed = did_not_come(trial)
        if missed:
            yield Line(())
            yield Line((("strong", _("What did not come, the latest first")),))
            for one in missed:
                yield from self._about(one)

    def _about(self, one: About) -> Iterable[Line]:
        sign = {"offered": "✓", "refused": "–", "hidden": "✗"}[one.standing]
        line = self._reading.line(*one.path) if one.path else 0
        if line and one.row >= 0:
            line = self._reading.source.find(one.path, one.row)[0]
        name = f"{sign} {one.id}" if one.id else sign
        parts = [("strong" if one.standing == "offered" else "time", name), ("soft", f"  {one.label}" if one.label else "")]
        if line:
            parts.append(("dim", "   " + _("line {n}").format(n=line)))
        plain = one.standing == "offered" and not one.condition
        if plain:
            parts.append(("dim", f"   {one.words}"))
        yield Line(tuple(parts), 2)
        if not plain:
            yield Line((("dim", one.words),), 6)
        if len(one.pieces) == 1:
            yield piece_line(one.pieces[0], 6, _("if:") + " ")
        elif one.condition:
            yield Line((("soft", f"{_('if:')} {one.condition}"),), 6)
            for piece in one.pieces:
                yield piece_line(piece, 8)

    def action_back(self) -> None:
        """Back to the play."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


__all__ = ["WhyScreen"]
