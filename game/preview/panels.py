"""Panels over the preview: go to a scene, set values, let time pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from engine.play import events as ev
from engine.story.model import Var
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.preview.lines import Line, Lines, piece_line
from game.preview.reading import Reading
from game.preview.trial import SET, Trial, value_words
from game.preview.why import pending_of
from game.widgets.wrap import cells
from game.words import _, n_

_HERE = Path(__file__).parent
_STYLE = _HERE / "preview.tcss"


class Renewed(Protocol):
    """A panel that can show what has changed under it."""

    def renew(self, reading: Reading) -> None:
        """The file was read again, or the play was done over."""


# Going to a scene


class ScenesScreen(ModalScreen["tuple[str, bool] | None"]):
    """A list of all scenes that one types into. Dismisses with (scene, set down there directly?)."""

    CSS_PATH: ClassVar[list[Path]] = [_STYLE]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("ctrl+o", "take(True)", show=False, priority=True),
    ]

    def __init__(self, trial: Trial, reading: Reading, here: str) -> None:
        """`here` is the scene in front."""
        super().__init__()
        self._trial = trial
        self._reading = reading
        self._here = here
        self.list = Rows(most=0.5)
        self.list.stays_lit = True

    def compose(self) -> ComposeResult:
        """A line to type in, and the scenes."""
        with Vertical(classes="sheet"):
            yield Words(_("Go to which scene?"), "strong", indent=1)
            yield Input(placeholder=_("type a part of its name"))
            yield self.list
            keys = KeyLine()
            keys.show(
                (
                    Key("↑↓", _("choose")),
                    Key("Enter", _("go there by decisions"), "enter"),
                    Key("Ctrl+O", _("set down there directly"), "ctrl+o"),
                    Key("Esc", _("back"), "escape"),
                )
            )
            yield keys

    def on_mount(self) -> None:
        """The line has the keys; the scene in front is lit."""
        self._fill("")
        names = [row.id for row in self.list.rows]
        if self._here in names:
            self.list.fill(self.list.rows, names.index(self._here))
        self.query_one(Input).focus()

    def renew(self, reading: Reading) -> None:
        """The file was read again."""
        if reading.story is not None:
            self._reading = reading
            self._fill(self.query_one(Input).value)

    def _fill(self, typed: str) -> None:
        came = {event.scene for event in self._trial.play.events if isinstance(event, ev.SceneBegan)}
        rows = []
        for scene in self._trial.story.scenes.values():
            title = self._trial.play.text(scene.title)
            if not matches(typed, f"{scene.id} {title}"):
                continue
            notes = [title] if title.casefold().replace(" ", "-") != scene.id else []
            if scene.id == self._here:
                notes.append(_("you are here"))
            elif scene.id in came:
                notes.append(_("came"))
            if scene.consequence:
                notes.append(_("a consequence"))
            line = self._reading.line("scenes", scene.id)
            rows.append(Row(scene.id, scene.id, note=" · ".join(notes), badge=str(line) if line else ""))
        self.list.fill(rows, None if typed else self.list.cursor)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_take(False)

    @on(Rows.Taken)
    def _clicked(self, event: Rows.Taken) -> None:
        event.stop()
        self.action_take(False)

    def action_move(self, by: int) -> None:
        """Up or down."""
        self.list.action_move(by)

    def action_take(self, directly: bool) -> None:
        """Go there."""
        row = self.list.row
        if row is not None:
            self.dismiss((row.id, directly))

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)


def matches(typed: str, name: str) -> bool:
    """Whether every word that was typed is somewhere in a name."""
    name = name.casefold()
    return all(word in name for word in typed.casefold().split())


# Values


class ValuesScreen(ModalScreen[None]):
    """Flags, numbers and dials as they are, to be changed. A change plays the scene in front again."""

    CSS_PATH: ClassVar[list[Path]] = [_STYLE]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v", "back", show=False),
        Binding("right,plus,equals_sign", "turn(1)", show=False, priority=True),
        Binding("left,minus", "turn(-1)", show=False, priority=True),
        Binding("space", "turn(1)", show=False),
    ]

    def __init__(self, trial: Trial, scene: str, change: Callable[[str, str, int], str]) -> None:
        """`change(scene, name, number)` sets a value and returns what is to be said."""
        super().__init__()
        self._trial = trial
        self._scene = scene
        self._change = change
        self.list = Rows(most=0.5)
        self.said = Words("", "time", indent=1)

    def compose(self) -> ComposeResult:
        """The values."""
        with Vertical(classes="sheet"):
            head = _("What is known in “{scene}”").format(scene=self._scene)
            yield Words(head, "strong", indent=1)
            yield Words(_("A change plays the scene again with it."), "dim", indent=1)
            yield self.list
            yield self.said
            keys = KeyLine()
            keys.show((Key("↑↓", _("choose")), Key("← →", _("change")), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """The list has the keys."""
        self._fill()
        self.list.focus()

    def renew(self, _reading: Reading) -> None:
        """The file was read again."""
        if self._scene not in self._trial.story.scenes:
            self.dismiss(None)
            return
        self._fill()

    @property
    def _vars(self) -> list[Var]:
        order = {"flag": 0, "number": 1, "dial": 2}
        return sorted((var for var in self._trial.story.vars if var.kind in SET), key=lambda var: order[var.kind])

    def _fill(self) -> None:
        trial = self._trial
        changed = trial.sets.get(self._scene, {})
        rows = []
        wide = max((cells(var.name) for var in self._vars), default=0)
        for var in self._vars:
            number = trial.play.values[var.index]
            note = ""
            if var.kind == "number":
                note = _("{low} to {high}").format(low=var.low, high=var.high)
            elif var.kind == "dial":
                note = _("dial")
            if var.name in changed:
                note = " · ".join(part for part in (note, _("set here")) if part)
            label = f"{var.name:<{wide}}  {value_words(trial.story, var.name, number)}"
            rows.append(Row(var.name, label, note=note, strong=var.name in changed))
        self.list.fill(rows)

    def action_turn(self, by: int) -> None:
        """One more or one less; a flag turns; a dial moves by a point."""
        row = self.list.row
        if row is None:
            return
        trial = self._trial
        var = trial.story.vars[trial.story.var_index[row.id]]
        now = trial.play.values[var.index]
        if var.kind == "flag":
            number = 0 if now else 1
        elif var.kind == "dial":
            number = now + by * 100
        else:
            number = min(max(now + by, var.low), var.high)
        if number == now:
            bound = var.high if by > 0 else var.low
            self.said.say(_("“{name}” goes no further than {bound}.").format(name=var.name, bound=bound))
            return
        self.said.say(self._change(self._scene, var.name, number))
        self._fill()

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.action_turn(1)

    def action_back(self) -> None:
        """Back to the play."""
        self.dismiss(None)


# Time


class TimesScreen(ModalScreen["str | None"]):
    """What is pending, and two ways to let time pass. Dismisses with `next`, `rush` or None."""

    CSS_PATH: ClassVar[list[Path]] = [_STYLE]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,t", "back", show=False)]

    def __init__(self, trial: Trial, quietest: str) -> None:
        """`quietest` says what is done on the way to the next scene; empty when the play is over."""
        super().__init__()
        self._trial = trial
        self._quietest = quietest
        self.page = Lines()
        self.list = Rows()

    def compose(self) -> ComposeResult:
        """What is pending, then what can be done."""
        with Vertical(classes="sheet"):
            yield Words(_("What is to come"), "strong", indent=1)
            with VerticalScroll(classes="words", can_focus=False):
                yield self.page
            yield self.list
            keys = KeyLine()
            keys.show((Key("↑↓", _("choose")), Key("Enter", _("take it"), "enter"), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """The list has the keys."""
        self.renew(None)
        self.list.focus()

    def renew(self, _reading: Reading | None) -> None:
        """The play was done over."""
        pending = pending_of(self._trial)
        lines: list[Line] = []
        for one in pending:
            made = _("made by {id}").format(id=one.made_by)
            words = [one.moment, made]
            if one.promise:
                words.append(_("a promise"))
            lines.append(Line((("strong", one.scene), ("dim", "   " + " · ".join(words)))))
            if one.condition:
                if one.holds:
                    said = _("comes if {condition}: that holds now").format(condition=one.condition)
                else:
                    said = _("comes if {condition}: that does not hold now").format(condition=one.condition)
                    if one.otherwise:
                        said = f"{said}; " + _("else “{scene}” comes").format(scene=one.otherwise)
                lines.append(Line((("soft" if one.holds else "time", said),), 2))
                lines += [piece_line(piece, 4) for piece in one.pieces]
        if not pending:
            lines.append(Line((("dim", _("Nothing is pending.")),)))
        self.page.show(lines)
        rows = []
        if self._quietest:
            rows.append(Row("next", _("On to the next scene"), "1", note=self._quietest))
        if pending:
            note = n_("{n} consequence, then this scene again", "{n} consequences, then this scene again", len(pending))
            rows.append(Row("rush", _("Let what is pending come now"), "2", note=note.format(n=len(pending))))
        rows.append(Row("back", _("Leave time alone"), "0"))
        self.list.fill(rows)

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.dismiss(None if event.row.id == "back" else event.row.id)

    def action_back(self) -> None:
        """Leave time alone."""
        self.dismiss(None)


__all__ = ["ScenesScreen", "TimesScreen", "ValuesScreen", "matches"]
