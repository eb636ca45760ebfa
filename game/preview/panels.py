"""Panels over the preview: go to a scene, set values, let time pass, see why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from engine.play import events as ev
from engine.story.model import Var
from game.play.cards import HelpScreen, help_lines
from game.play.keyhelp import KeyHelp
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.preview.reading import Reading
from game.preview.trial import SET, Trial, dial_words, value_words
from game.preview.why import About, Piece, did_not_come, lines_at_the_end, lines_of, options_of, pending_of
from game.themes import Palette, ink
from game.widgets.wrap import cells, wrapped
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


# Why


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


class PreviewHelp(HelpScreen):
    """All keys: those of the preview, then those of the play."""

    CSS_PATH: ClassVar[list[Path]] = [_HERE.parent / "play" / "pages.tcss"]  # type: ignore[assignment]

    def compose(self) -> ComposeResult:
        """Key and meaning, one a line."""
        with Vertical(classes="card"):
            with VerticalScroll(can_focus=False):
                for title, rows in ((_("The preview"), preview_keys()), (_("The play"), help_lines())):
                    yield Words(title, "strong", indent=0)
                    yield KeyHelp(rows)
                    yield Words(" ", "dim", indent=0)
            keys = KeyLine()
            keys.show((Key("↑↓", _("read on")), Key("Esc", _("back"), "escape")))
            yield keys


def preview_keys() -> list[tuple[str, str]]:
    """The keys of the preview, with what they do."""
    return [
        ("Ctrl+G", _("go to a scene: by decisions, or directly")),
        ("w", _("why an option is hidden, why a scene did not come")),
        ("v", _("flags, numbers and dials: see them, set them")),
        ("t", _("what is pending; let it come; on to the next scene")),
        ("x", _("what was found in the file; y copies the place")),
        ("e", _("open the file in your editor, at the line")),
        ("b", _("begin again")),
        ("k", _("take the decisions that were kept")),
        ("n", _("the next seed: other names, another order")),
        ("Ctrl+P", _("all of this by name, looks and pace too")),
        ("q", _("leave; nothing is kept")),
    ]


# Drawing


class Line:
    """A line of a page: runs of (look, words), and how far it stands in."""

    __slots__ = ("indent", "runs")

    def __init__(self, runs: Sequence[tuple[str, str]], indent: int = 0) -> None:
        """`look` is strong, soft, dim, time."""
        self.runs = tuple(runs)
        self.indent = indent


def piece_line(piece: Piece, indent: int, before: str = "") -> Line:
    """A piece of a condition: whether it holds, and what is asked for."""
    sign = "✓" if piece.holds else "✗"
    now = f"   {piece.now}" if piece.now else ""
    look = "soft" if piece.holds else "time"
    return Line((("soft", before), (look, f"{sign} {piece.words}"), ("dim", now)), indent + 2 * piece.depth)


class Lines(Painted):
    """A page of lines, each wrapped under its own beginning."""

    DEFAULT_CSS = """
    Lines { height: auto; }
    """

    def __init__(self, **how: Any) -> None:
        """Empty at first."""
        super().__init__(**how)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these."""
        self.lines = lines
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """Everything that it shows, a line a line."""
        return "\n".join(" " * line.indent + "".join(words for _look, words in line.runs) for line in self.lines)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as the words take."""
        return max(sum(len(self._wrapped(line, width)) for line in self.lines), 1)

    @staticmethod
    def _wrapped(line: Line, width: int) -> list[str]:
        words = "".join(words for _look, words in line.runs)
        return wrapped(words, max(width - line.indent - 2, 8)) or [""]

    def paint(self, width: int) -> Text:
        """The page."""
        looks = _looks(self.palette)
        page = Text(no_wrap=True, end="")
        first = True
        for line in self.lines:
            whole = "".join(words for _look, words in line.runs)
            styles = [looks[look] for look, words in line.runs for _char in words]
            at = 0
            for part in self._wrapped(line, width):
                page.append("" if first else "\n")
                first = False
                page.append(" " * (line.indent + 1))
                start = whole.find(part, at) if part else at
                start = at if start < 0 else start
                for offset, char in enumerate(part):
                    page.append(char, styles[min(start + offset, len(styles) - 1)] if styles else None)
                at = start + len(part)
        return page


def _looks(palette: Palette) -> dict[str, Style]:
    skin = palette.ground
    return {
        "strong": ink(skin.text, bold=True),
        "soft": ink(skin.sign),
        "dim": ink(skin.dim),
        "time": ink(palette.time),
    }


__all__ = [
    "Lines",
    "PreviewHelp",
    "ScenesScreen",
    "TimesScreen",
    "ValuesScreen",
    "WhyScreen",
    "dial_words",
    "matches",
    "preview_keys",
]
