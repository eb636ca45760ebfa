"""The app: home, the screens around it, and the way into a play.

Before the first frame it opens the saves (a few milliseconds, and the look is in there) and nothing else; packs are read after it, stories
when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from game.home.screen import HomeScreen
from game.keys import bindings
from game.opening import Opening
from game.settings import GUEST, Settings, keep_settings, last_player, load_settings
from game.terminal_app import TerminalApp
from game.themes import dress, theme_name
from game.words import _
from saves.errors import SaveError

if TYPE_CHECKING:
    from engine.story.model import Story
    from game.home.shelf import Shelf, Standing
    from game.packs import Card, CareerCard
    from game.session import Session
    from saves.careers import CareerInfo
    from saves.store import Player, PlayInfo, Store

_HERE = Path(__file__).parent


class Begin:
    """A play to open at once, from the command line."""

    def __init__(
        self,
        card: Card | None,
        seed: int | None = None,
        name: str | None = None,
        resume: bool = False,
        unsaved: bool = False,
        career: CareerCard | None = None,
        *,
        cut: int | None = None,
    ) -> None:
        """`card` None with `resume`: whatever is open. With `career` it is a career, and `resume`: go on with it when one is open."""
        self.career = career
        self.card = card
        self.seed = seed
        self.name = name
        self.resume = resume
        self.unsaved = unsaved
        self.cut = cut
        """The minutes of a session that the play is to fit into."""


class SeenbyApp(TerminalApp[None]):
    """Seenby on a terminal."""

    CSS_PATH: ClassVar[list[Path]] = [_HERE / "app.tcss", _HERE / "home" / "home.tcss"]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")

    def __init__(
        self,
        saves: Path | None = None,
        packs: Sequence[Path] = (),
        *,
        player: str | None = None,
        begin: Begin | None = None,
        user_packs: Path | None = None,
        now: Callable[[], datetime] | None = None,
        fresh_seed: Callable[[], int] | None = None,
    ) -> None:
        """`saves` is the folder of the saves, `packs` are more folders with scenarios, `user_packs` is where the player's own are.

        `now` is the clock on the wall, `fresh_seed` draws the seed of a new play.
        """
        super().__init__()
        self.pack_folders = list(packs)
        self.user_packs = user_packs
        self.store: Store | None = None
        self.player: Player | None = None
        self.settings = Settings()
        self.trouble: list[str] = []
        """What is wrong with the saves, for the home screen."""
        self.stands: dict[str, Standing] = {}
        """Where open plays stand, by play; forgotten when one goes on."""
        self.farewell = ""
        """What stands on the terminal when the screen is gone."""
        self._begin = begin
        self._now = now or (lambda: datetime.now().astimezone())
        self._fresh_seed = fresh_seed
        self._stories: dict[str, tuple[float, Story]] = {}
        self.opening = Opening(self)
        self._open_saves(saves, player)
        dress(self, self.settings.theme)

    def _open_saves(self, folder: Path | None, name: str | None) -> None:
        from saves.store import Store

        try:
            self.store = Store.open(folder)
            self.trouble.extend(str(told) for told in self.store.told)
            self.player = self.store.player(name) if name else last_player(self.store)
            self.settings = load_settings(self.store, self.player)
        except SaveError as error:
            self.trouble.append(str(error))

    def wall_clock(self) -> datetime:
        """The time on the wall."""
        return self._now()

    def get_default_screen(self) -> Screen[None]:
        """Home."""
        return HomeScreen()

    def on_mount(self) -> None:
        """The frame of home first; what comes then costs more."""
        self.call_after_refresh(self._greet)

    def _greet(self) -> None:
        """Greet whoever is new, then open what was asked for."""
        if self.store is not None and not self.settings.welcomed:
            from game.screens.welcome import WelcomeScreen

            self.push_screen(
                WelcomeScreen(self.player.name if self.player else "", str(self.store.path.parent)), self._welcomed
            )
        else:
            self._begin_what_was_asked()

    def _welcomed(self, name: str | None) -> None:
        """The welcome was read; `name` is what the player is called."""
        if self.store is not None and name is not None:
            try:
                self.player = self.store.player(name or GUEST)
                self.settings = load_settings(self.store, self.player).with_("welcomed", True)
                keep_settings(self.store, self.player, self.settings)
            except SaveError as error:
                self.tell(str(error))
        self._begin_what_was_asked()

    def _begin_what_was_asked(self) -> None:
        begin, self._begin = self._begin, None
        if begin is None:
            return
        if begin.career is not None:
            self.career(begin.career, seed=begin.seed, name=begin.name, unsaved=begin.unsaved, anew=not begin.resume)
        elif begin.resume:
            info = self.opening.last_play(begin.card, open_only=True)
            if info is None:
                self.tell(_("No play is open. Choose a scenario."))
            else:
                self.go_on(info, begin.card)
        elif begin.card is not None:
            self.begin(begin.card, seed=begin.seed, name=begin.name, unsaved=begin.unsaved, cut=begin.cut, noted=False)

    def tell(self, words: str) -> None:
        """Say something in passing."""
        self.notify(words, markup=False, timeout=6)

    # Stories

    def story(self, card: Card) -> Story:
        """The story of a card, compiled once while its file stays as it is. Raises ScenarioError, OSError. May be called in a thread."""
        from game.packs import load

        stamp = card.file.stat().st_mtime if isinstance(card.file, Path) else 0.0
        key = str(card.file)
        found = self._stories.get(key)
        if found is None or found[0] != stamp:
            found = self._stories[key] = (stamp, load(card))
        return found[1]

    def standing_of(self, info: PlayInfo, shelf: Shelf) -> Standing | None:
        """Where an open play stands; None when that cannot be found out. To be called in a thread."""
        from game.home.shelf import standing

        known = self.stands.get(info.id)
        card = shelf.library.find(info.scenario)
        if known is not None or card is None or card.trouble or self.store is None:
            return known
        try:
            found = standing(self.store, info, self.story(card))
        except Exception:
            # Opening the play says what is wrong; until then the card only says less. One scenario must not shut the door to home.
            return None
        self.stands[info.id] = found
        return found

    def packs_home(self) -> Path:
        """Where the player's own packs are."""
        from game.packs import user_folder

        return self.user_packs if self.user_packs is not None else user_folder()

    # Into a play

    def choose(self, card: Card) -> None:
        """A scenario was chosen: go on with it, look back on it, or begin."""
        self.opening.choose(card)

    @work(exclusive=True, group="play")
    async def begin(
        self,
        card: Card,
        *,
        seed: int | None = None,
        name: str | None = None,
        unsaved: bool = False,
        cut: int | None = None,
        told: bool = False,
        noted: bool = True,
    ) -> None:
        """Begin a play; `cut` is the minutes of a session that it is to fit into.

        `told`: the rule of last time was shown already. `noted`: so was what is in the story, on its card.
        """
        await self.opening.begin(card, seed=seed, name=name, unsaved=unsaved, cut=cut, told=told, noted=noted)

    @work(exclusive=True, group="play")
    async def go_on(self, info: PlayInfo, card: Card | None = None, *, look_back: bool = False, way: int | None = None) -> None:
        """Go on with a saved play, or look back on it: on the way that ends with `way`, where that is not where it stands."""
        await self.opening.go_on(info, card, look_back=look_back, way=way)

    def new_seed(self) -> int:
        """The seed of a new play."""
        from game.session import fresh_seed

        return (self._fresh_seed or fresh_seed)()

    def open_session(self, session: Session) -> None:
        """Show a play."""
        from game.play.screen import PlayScreen

        if session.journal is not None:
            self.stands.pop(session.journal.play_id, None)

        def over(ended: bool | None) -> None:
            if session.journal is not None:
                self.stands.pop(session.journal.play_id, None)
            if not ended:
                self.leave(saved=session.saved)

        self.push_screen(PlayScreen(session, self.settings.manner()), over)

    def look_back(self, session: Session) -> None:
        """Show the debrief of a play."""
        from game.debrief.screen import DebriefScreen

        def seen(rewound: int | None) -> None:
            if rewound is not None:
                self.open_session(session)

        self.push_screen(DebriefScreen(session), seen)

    # Careers

    def choose_career(self, card: CareerCard, info: CareerInfo | None) -> None:
        """A career was chosen: look where it stands, or begin it."""
        self.career(card, begin=info is None)

    @work(exclusive=True, group="play")
    async def career(
        self,
        card: CareerCard,
        *,
        seed: int | None = None,
        name: str | None = None,
        unsaved: bool = False,
        anew: bool = False,
        begin: bool = False,
        which: str | None = None,
    ) -> None:
        """Go through a career: the one that is open, or a new one. `begin`: straight into the first part of a new one.

        Of several of a kind it is the one that was played last, or the one with the id `which`.
        """
        from game.career.going import Going

        if card.trouble:
            self.opening.show_findings(card, card.trouble)
            return
        await Going(self, card, name=name, unsaved=unsaved).open(seed=seed, anew=anew, begin=begin, which=which)

    # Settings and players

    def change(self, key: str, value: object) -> None:
        """Change a setting, for this player and from now on."""
        self.settings = self.settings.with_(key, value)
        self.theme = theme_name(self.settings.theme, no_color=self.no_color)
        for screen in self.screen_stack:
            set_manner = getattr(screen, "set_manner", None)
            if set_manner is not None:
                set_manner(self.settings.manner())
        if self.store is None or self.player is None:
            return
        try:
            keep_settings(self.store, self.player, self.settings)
        except SaveError as error:
            self.tell(str(error))

    def play_as(self, player: Player | None) -> None:
        """Somebody else plays from now on."""
        self.player = player
        self.stands.clear()
        self.settings = Settings()
        if self.store is not None and player is not None:
            try:
                self.settings = load_settings(self.store, player).with_("welcomed", True)
                keep_settings(self.store, player, self.settings)
            except SaveError as error:
                self.tell(str(error))
        self.theme = theme_name(self.settings.theme, no_color=self.no_color)

    # Leaving

    def leave(self, *, saved: bool) -> None:
        """Clear the screen and go."""
        self.farewell = _("Saved. See you.") if saved else _("See you.")
        self.exit()

    def action_leave(self) -> None:
        """Leave from wherever one is. Every decision is saved already."""
        session = next((getattr(screen, "session", None) for screen in reversed(self.screen_stack)), None)
        self.leave(saved=session is not None and session.saved)

    async def action_quit(self) -> None:
        """Leave."""
        self.action_leave()

    def action_home(self) -> None:
        """Home; an open play is saved as it stands."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.stands.clear()

    def action_help(self) -> None:
        """The keys of the screen in front, or its own help."""
        screen = self.screen
        from game.screens.help import KeysScreen

        if isinstance(screen, KeysScreen):
            return
        own = getattr(screen, "action_help", None)
        if own is not None:
            own()
            return
        lines = getattr(screen, "key_lines", None)
        self.push_screen(KeysScreen(lines() if lines is not None else []))

    def action_plays(self) -> None:
        """Past plays."""
        from game.screens.plays import PlaysScreen

        self._show(PlaysScreen)

    def action_settings(self) -> None:
        """Settings."""
        from game.screens.settings import SettingsScreen

        self._show(SettingsScreen)

    def action_players(self) -> None:
        """Who plays."""
        from game.screens.players import PlayersScreen

        self._show(PlayersScreen)

    def _show(self, kind: type[Screen[None]]) -> None:
        """Show a screen, unless it lies there already."""
        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            self.push_screen(kind())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        yield SystemCommand(_("Home"), _("Back to the scenarios; an open play is kept"), self.action_home)
        yield SystemCommand(_("Past plays"), _("Look back, go on, forget"), self.action_plays)
        yield SystemCommand(_("Settings"), _("Looks, pace, time limits, your name"), self.action_settings)
        yield SystemCommand(_("Who plays"), _("Somebody else plays"), self.action_players)
        yield SystemCommand(_("Help"), _("The keys of this screen"), self.action_help)
        from game.settings import choices

        for value, words in choices()["theme"]:
            yield SystemCommand(
                _("Look: {look}").format(look=words), _("Change the colours"), lambda value=value: self.change("theme", value)
            )
        for value, words in choices()["pace"]:
            yield SystemCommand(
                _("Pace: {pace}").format(pace=words),
                _("How quickly messages arrive"),
                lambda value=value: self.change("pace", value),
            )
        yield SystemCommand(_("Leave"), _("Save and leave"), self.action_leave)

    # When something goes wrong that should not

    def _fatal_error(self) -> None:
        """Instead of a traceback on the terminal: write it down, and say where."""
        from rich.text import Text

        from game.mishap import mishap_words

        error = self._exception
        words = mishap_words(error if error is not None else RuntimeError("unknown"), self.mishap_folder())
        if not self._exit_renderables:
            self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()

    def mishap_folder(self) -> Path | None:
        """Where it is written down when something goes wrong; None: where that is done without saves."""
        return self.store.path.parent if self.store is not None else None
