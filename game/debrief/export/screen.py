"""Asks where the export goes, and puts it there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from game.debrief.export.writing import ExportProblem, form_of, put_into
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _
from saves.errors import SaveError

if TYPE_CHECKING:
    from game.session import Session


class ExportScreen(ModalScreen["Path | None"]):
    """One line for the name of the file. Dismisses with the file that was written, or None."""

    CSS_PATH = "screen.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("tab,shift+tab", "other", show=False, priority=True),
    ]

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        """`folder` is where the file is to go unless somebody says otherwise; default the folder that Seenby was started in."""
        super().__init__()
        self._session = session
        name = f"seenby-{session.story.id}.html"
        self._input = Input(str((folder or Path.cwd()) / name), id="file", select_on_focus=False)
        self._answer = Words("", "time", indent=1)
        self._replace: str | None = None
        """The name for which it was said that the file there may go."""

    def compose(self) -> ComposeResult:
        """What is exported, and the line."""
        with Vertical(classes="export"):
            yield Words(_("Keep this debrief as a file"), "strong", indent=1)
            yield Words(
                _("A page to print (.html) or Markdown (.md). Nothing in it says who played, or when."), "soft", indent=1
            )
            yield self._input
            yield self._answer
            keys = KeyLine()
            keys.show(
                (
                    Key("Enter", _("write it"), "enter"),
                    Key("Tab", _("page or Markdown"), "tab"),
                    Key("Esc", _("back"), "escape"),
                )
            )
            yield keys

    def on_mount(self) -> None:
        """Ready to write."""
        self._input.focus()
        self._input.cursor_position = len(self._input.value)

    def action_other(self) -> None:
        """The other form, under the same name."""
        path = Path(self._input.value)
        self._input.value = (
            str(path.with_suffix(".md" if path.suffix.lower() in (".html", ".htm") else ".html")) if path.name else ""
        )
        self._input.cursor_position = len(self._input.value)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._answer.say("")

    @on(Input.Submitted)
    def _write(self, event: Input.Submitted) -> None:
        event.stop()
        from game.debrief.export.making import made

        given = self._input.value.strip()
        if not given:
            self._answer.say(_("Give the file a name."))
            return
        path = Path(given).expanduser()
        journal = self._session.journal
        try:
            form = form_of(path)
            data = made(self._session, form, pseudonym=journal.player if journal is not None else "")
            put_into(path, data, replace=self._replace == given)
        except ExportProblem as problem:
            if problem.there:
                self._replace = given
                self._answer.say(_("There is such a file already. Enter once more replaces it; another name keeps it."))
            else:
                self._answer.say(f"{problem.message} {problem.mend}")
            return
        except SaveError as trouble:
            self._answer.say(str(trouble))
            return
        self.dismiss(path)

    def action_back(self) -> None:
        """No file."""
        self.dismiss(None)
