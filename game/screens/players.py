"""Who plays: the pseudonyms on this machine, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from engine.text import clean_name
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.words import _, n_
from saves.errors import SaveError

if TYPE_CHECKING:
    from game.app import SeenbyApp

NEW = "(new)"
"""Row id for somebody new; no key of a player has brackets alone."""


class PlayersScreen(ModalScreen[None]):
    """Choose who plays."""

    CSS_PATH = "screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", show=False)]

    @property
    def seenby(self) -> SeenbyApp:
        """The app."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """The names."""
        with Vertical(classes="sheet"):
            yield Words(_("Who plays?"), "strong", indent=1)
            yield Rows(self._rows())
            keys = KeyLine()
            keys.show((Key("↑↓", _("choose")), Key("Enter", _("play as"), "enter"), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """The names have the keys."""
        self.query_one(Rows).focus()

    def _rows(self) -> list[Row]:
        app = self.seenby
        rows: list[Row] = []
        if app.store is not None:
            try:
                plays = app.store.plays()
                for player in app.store.players():
                    count = sum(1 for info in plays if info.player == player.name)
                    words = n_("{count} play", "{count} plays", count).format(count=count) if count else _("no plays yet")
                    here = app.player is not None and app.player.key == player.key
                    rows.append(
                        Row(f"player:{player.key}", player.name, note=words, strong=here, badge=_("now") if here else "")
                    )
            except SaveError as error:
                app.tell(str(error))
        rows.append(Row(NEW, _("Somebody else…"), note=_("a pseudonym will do")))
        return rows

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        app = self.seenby
        if event.row.id == NEW:
            app.push_screen(NameScreen(), self._named)
            return
        if app.store is not None:
            found = next((player for player in app.store.players() if f"player:{player.key}" == event.row.id), None)
            if found is not None:
                app.play_as(found)
        self.dismiss()

    def _named(self, name: str | None) -> None:
        app = self.seenby
        if not name or app.store is None:
            return
        try:
            app.play_as(app.store.player(name))
        except SaveError as error:
            app.tell(str(error))
            return
        self.dismiss()

    def action_back(self) -> None:
        """As before."""
        self.dismiss()


class NameScreen(ModalScreen[str | None]):
    """Asks for a name; dismisses with it, or None."""

    CSS_PATH = "screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def compose(self) -> ComposeResult:
        """One line to write on."""
        with Vertical(classes="sheet"):
            yield Words(_("What shall we call you? A pseudonym will do."), "strong", indent=1)
            yield Input(max_length=40, id="name")
            keys = KeyLine()
            keys.show((Key("Enter", _("that is me"), "enter"), Key("Esc", _("back"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """Ready to write."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(clean_name(event.value) or None)

    def action_back(self) -> None:
        """No name."""
        self.dismiss(None)
