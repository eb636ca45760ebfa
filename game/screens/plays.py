"""Past plays: look back on one, go on with one, forget one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from game.clock import when_words
from game.keys import bindings, key_help, key_line
from game.play.keyline import KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.words import _, n_
from saves.errors import SaveError

if TYPE_CHECKING:
    from game.app import SeenbyApp
    from game.packs import Library
    from saves.careers import CareerInfo
    from saves.journal import Branch
    from saves.store import PlayInfo


class PlaysScreen(Screen[None]):
    """The plays of whoever plays, the newest first."""

    CSS_PATH = "screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("plays")
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        """Reads the plays when it is shown."""
        super().__init__()
        self._plays: dict[str, PlayInfo] = {}
        self._ways: dict[str, tuple[PlayInfo, Branch]] = {}
        """The rows of ways that ended and are not where their play stands."""
        self._rules: dict[str, str] = {}
        """The rules that were written, as sentences, by play."""
        self._careers: dict[str, CareerInfo] = {}
        """Careers by id."""
        self._library: Library | None = None
        self._keys = KeyLine()

    @property
    def seenby(self) -> SeenbyApp:
        """The app."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="page-of-rows"):
            yield Words(_("Past plays"), "strong", indent=1)
            yield Words(
                _("Nothing yet. Whatever you play stands here afterwards, to look back on or to go on with."),
                "soft",
                indent=1,
                id="nothing",
                classes="paragraph",
            )
            yield Rows(grows=False)
        yield self._keys

    def on_mount(self) -> None:
        """Read the plays."""
        self._again()

    def on_screen_resume(self) -> None:
        """One may have gone on, or been forgotten."""
        self._again()

    def _again(self) -> None:
        from game.debrief.rules import rule_words
        from game.packs import PackError, library
        from game.settings import own_files
        from saves.ways import ended_ways

        app = self.seenby
        plays: list[PlayInfo] = []
        ways: dict[str, list[Branch]] = {}
        if app.store is not None and app.player is not None:
            try:
                plays = app.store.plays(app.player)
                self._careers = {career.id: career for career in app.store.careers(app.player)}
                ways = ended_ways(app.store, app.player)
                self._rules = {rule.play: rule_words(rule.situation, rule.action) for rule in app.store.rules(app.player)}
                if self._library is None:
                    self._library = library(app.pack_folders, user=app.user_packs, files=own_files(app.store))
            except (SaveError, PackError) as error:
                app.tell(str(error))
        self._plays = {info.id: info for info in plays}
        self._ways = {f"{info.id}/{way.tip}": (info, way) for info in plays for way in ways.get(info.id, ())}
        listed: list[Row] = []
        for info in plays:
            listed.append(self._row(info))
            listed += [self._way_row(info, way) for way in ways.get(info.id, ())]
        rows = self.query_one(Rows)
        rows.fill(listed)
        rows.display = bool(plays)
        self.query_one("#nothing").display = not plays
        self._keys.show(key_line("plays", *(() if plays else ("forget",))))

    def _row(self, info: PlayInfo) -> Row:
        card = self._library.find(info.scenario) if self._library is not None else None
        when = when_words(info.updated, self.seenby.wall_clock())
        if info.ended:
            title = card.endings.get(info.ending or "") if card is not None else None
            state = _("ended with “{ending}”").format(ending=title or info.ending)
        elif info.progress:
            state = n_("open after {count} decision", "open after {count} decisions", info.progress).format(count=info.progress)
        else:
            state = _("open, nothing decided yet")
        return Row(
            info.id,
            info.title,
            badge="" if info.ended else _("open"),
            second=" · ".join(part for part in (when, self._title_of(info), state) if part),
            aside=self._rules.get(info.id, ""),
        )

    def _title_of(self, info: PlayInfo) -> str:
        """The title of the career that a play is a part of."""
        career = self._careers.get(info.career or "")
        return career.title if career is not None else ""

    def _way_row(self, info: PlayInfo, way: Branch) -> Row:
        """A way of a play that ended, and that somebody went back from."""
        card = self._library.find(info.scenario) if self._library is not None else None
        title = card.endings.get(way.ending or "") if card is not None else None
        when = when_words(way.at, self.seenby.wall_clock())
        label = _("↳ ended with “{ending}”, before you went back").format(ending=title or way.ending)
        count = len(way.inputs)
        second = f"{when} · {n_('{count} decision', '{count} decisions', count).format(count=count)}"
        return Row(f"{info.id}/{way.tip}", label, second=second)

    def _lit(self, row: Row | None) -> tuple[PlayInfo | None, Branch | None]:
        """The play of a row, and the way of it that the row is about."""
        if row is not None and row.id in self._ways:
            return self._ways[row.id]
        return (self._plays.get(row.id) if row is not None else None), None

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        info, way = self._lit(event.row)
        if info is None:
            return
        career = self._careers.get(info.career or "")
        whole = self._library.find_career(career.key) if self._library is not None and career is not None else None
        if career is not None and whole is not None and way is None and any(part.play == info.id for part in career.parts):
            # Its page leads on, and back to each of its parts; what hangs on a way that was left is looked at by itself.
            self.seenby.career(whole, which=career.id)
            return
        card = self._library.find(info.scenario) if self._library is not None else None
        if card is None:
            self.seenby.tell(
                _("The scenario “{id}” is not here any more. Put its file back, or start with --pack DIR.").format(
                    id=info.scenario
                )
            )
            return
        self.seenby.go_on(info, card, look_back=info.ended or way is not None, way=way.tip if way is not None else None)

    def action_forget(self) -> None:
        """Remove the play that is lit, for good."""
        from game.screens.sheet import Choice, Sheet

        app = self.seenby
        info, _way = self._lit(self.query_one(Rows).row)
        if info is None or app.store is None:
            return
        store = app.store

        def sure(answer: str | None) -> None:
            if answer != "yes":
                return
            try:
                kept = store.forget_career(info.career) if info.career is not None else store.forget(info.id)
            except SaveError as error:
                app.tell(str(error))
                return
            app.stands.pop(info.id, None)
            for file in kept:
                app.tell(_("A damaged file from earlier may still hold it: {file}").format(file=file))
            self._again()

        words = [
            _("Played {when}. Its decisions are removed for good.").format(when=when_words(info.updated, app.wall_clock()))
        ]
        if any(info.id == other.id for other, _branch in self._ways.values()):
            words.append(_("All the ways that you played of it go with it."))
        title = info.title
        if info.career is not None:
            # Later parts begin from it, so it cannot go by itself.
            title = self._title_of(info) or title
            words.append(_("It is a part of this career, and all the parts go with it."))
        answers = [Choice("no", _("Keep it")), Choice("yes", _("Forget it"))]
        app.push_screen(Sheet(_("Forget “{title}”?").format(title=title), words, answers), sure)

    def action_back(self) -> None:
        """Back."""
        self.dismiss()

    def key_lines(self) -> list[tuple[str, str]]:
        """The keys of this screen, for the help."""
        return key_help("plays")
