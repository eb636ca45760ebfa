"""Settings: looks, pace, motion, time limits, and who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from game.keys import bindings, key_help, key_line
from game.play.keyline import KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.settings import choices
from game.widgets.wrap import cells
from game.words import _

if TYPE_CHECKING:
    from game.app import SeenbyApp


class SettingsScreen(Screen[None]):
    """A list of settings; what is changed shows at once."""

    CSS_PATH = "screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    AUTO_FOCUS = "Rows"

    @property
    def seenby(self) -> SeenbyApp:
        """The app."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """Title, the list, where things are kept."""
        with Vertical(classes="page-of-rows"):
            yield Words(_("Settings"), "strong", indent=1)
            yield Rows(self._rows(), most=0.8)
            store = self.seenby.store
            if store is not None:
                yield Words(_("Kept on this machine, in {file}").format(file=store.path), "dim", indent=1, classes="paragraph")
        keys = KeyLine()
        keys.show(key_line("settings"))
        yield keys

    def _rows(self) -> list[Row]:
        app = self.seenby
        settings = app.settings
        words = {key: dict(some) for key, some in choices().items()}
        look = _("No colour (NO_COLOR is set)") if app.no_color else words["theme"][settings.theme]
        table = [
            ("theme", _("Look"), look, _("High contrast is black and white, bold and underlined.")),
            (
                "pace",
                _("Pace"),
                words["pace"][settings.pace],
                _("How quickly messages arrive. Space shows the next one at once."),
            ),
            (
                "reduced_motion",
                _("Motion"),
                _("Reduced") if settings.reduced_motion else _("As drawn"),
                _("Reduced: nothing moves by itself."),
            ),
            (
                "limits",
                _("Time limits"),
                words["limits"][settings.limits],
                _("A few decisions have one. Letting it lapse decides too."),
            ),
            ("pronouns", _("Pronouns"), words["pronouns"][settings.pronouns], _("For stories that speak of you.")),
            (
                "player",
                _("Who plays"),
                app.player.name if app.player else _("nobody yet"),
                _("Everybody has their own plays and settings."),
            ),
        ]
        if app.player is not None:
            table.append(("forget", _("Your data"), _("Forget me"), _("Your plays, your settings and your name, for good.")))
        wide = max(cells(name) for _key, name, _value, _aside in table) + 2
        return [Row(key, value, sign=name + " " * (wide - cells(name)), aside=aside) for key, name, value, aside in table]

    def _again(self) -> None:
        self.query_one(Rows).fill(self._rows())

    def on_screen_resume(self) -> None:
        """Somebody else may play by now."""
        self._again()

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        if event.row.id == "player":
            self.seenby.action_players()
        elif event.row.id == "forget":
            self._forget()
        else:
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """The next or the previous value."""
        app = self.seenby
        row = self.query_one(Rows).row
        if row is None:
            return
        if row.id == "reduced_motion":
            app.change(row.id, not app.settings.reduced_motion)
        elif row.id in choices():
            values = [value for value, _words in choices()[row.id]]
            now = values.index(getattr(app.settings, row.id))
            app.change(row.id, values[(now + by) % len(values)])
        self._again()

    def _forget(self) -> None:
        from game.screens.sheet import Choice, Sheet
        from saves.errors import SaveError

        app = self.seenby
        player, store = app.player, app.store
        if player is None or store is None:
            return

        def sure(answer: str | None) -> None:
            if answer != "yes":
                return
            try:
                kept = store.forget_player(player.name)
            except SaveError as error:
                app.tell(str(error))
                return
            app.play_as(None)
            app.tell(_("Forgotten."))
            for file in kept:
                app.tell(_("A damaged file from earlier may still hold it: {file}").format(file=file))
            self._again()

        words = [_("All plays of {name}, the settings and the name are removed for good.").format(name=player.name)]
        answers = [Choice("no", _("Keep everything")), Choice("yes", _("Forget me"))]
        app.push_screen(Sheet(_("Forget {name}?").format(name=player.name), words, answers), sure)

    def action_back(self) -> None:
        """Back."""
        self.dismiss()

    def key_lines(self) -> list[tuple[str, str]]:
        """The keys of this screen, for the help."""
        return key_help("settings")
