"""Home: go on, choose a scenario, or see to the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from game.home.cards import CardView
from game.keys import bindings, key_line
from game.play.keyline import KeyLine
from game.play.painted import Painted, two_ends
from game.play.panel import Words
from game.themes import ink
from game.words import _

if TYPE_CHECKING:
    from game.app import SeenbyApp
    from game.home.shelf import Shelf, Standing
    from game.packs import CareerCard
    from saves.store import PlayInfo

COLUMNS, TALL = 120, 28
"""From these sizes on, in cells: the cards in two columns, and air between them."""


def _is_career(what: object) -> bool:
    from game.packs import CareerCard

    return isinstance(what, CareerCard)


class ShelfList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The cards. The keys that go from card to card are the screen's: a list that is longer than the screen must not take them to scroll."""


class Top(Painted):
    """The name of the game, and who plays."""

    DEFAULT_CSS = """
    Top { height: 2; }
    """

    player = ""

    def call(self, player: str) -> None:
        """Show who plays."""
        self.player = player
        self.refresh()

    def paint(self, width: int) -> Text:
        """Two lines; on a low terminal one, and one that stays free above what scrolls under it."""
        skin, palette = self.palette.ground, self.palette
        name = [("   ", ink()), ("Seenby", ink(palette.accent, bold=True))]
        words = ("   " + _("A message is seen by more people than you sent it to."), ink(skin.dim))
        who = [(f"{self.player}  ", ink(skin.dim))]
        if self.screen.size.height < TALL:
            return two_ends([*name, words], who, width)
        return Text.assemble(two_ends(name, who, width), "\n", words, end="")


class HomeScreen(Screen[None]):
    """The scenarios, and the play that is open. `home.tcss` is loaded by the app, as this screen is the first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (COLUMNS, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-low"), (TALL, "-tall")]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        """Empty until `fill`."""
        super().__init__()
        self.shelf: Shelf | None = None
        self._top = Top()
        self._list = ShelfList(id="shelf")
        self._keys = KeyLine()

    @property
    def seenby(self) -> SeenbyApp:
        """The app."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """The frame; the cards come when they have been read."""
        yield self._top
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """The frame stands first."""
        self._keys.show(key_line("home", "go_on"))

    def on_screen_resume(self) -> None:
        """It comes to the front: somebody starts, has played, or changed something."""
        self.call_after_refresh(self._fetch_in_front)

    def _fetch_in_front(self) -> None:
        if self.is_current:
            self.fetch()

    # The cards

    @work(thread=True, exclusive=True, group="shelf")
    def fetch(self) -> None:
        """Read packs and progress, and show them."""
        from game.home.shelf import gather

        app = self.seenby
        shelf = gather(app.store, app.player, app.pack_folders, app.user_packs)
        app.call_from_thread(self.fill, shelf)
        for info in self._first_open(shelf):
            stands = app.standing_of(info, shelf)
            if stands is not None:
                app.call_from_thread(self.stands, info, stands)

    @staticmethod
    def _first_open(shelf: Shelf) -> Iterable[PlayInfo]:
        """The newest open play of each scenario."""
        seen: set[str] = set()
        for info in shelf.plays:
            if not info.ended and info.career is None and info.scenario not in seen:
                seen.add(info.scenario)
                yield info

    async def fill(self, shelf: Shelf) -> None:
        """Show these cards; what had the focus keeps it."""
        from game.home.shelf import card_face, career_face, open_career_face, open_face

        app = self.seenby
        before = self.focused if isinstance(self.focused, CardView) else None
        self.shelf = shelf
        self._top.call(app.player.name if app.player is not None else "")
        widgets: list[Widget] = [Words(line, "time", indent=3, classes="trouble") for line in [*app.trouble, *shelf.trouble]]
        career, info = shelf.open_career, shelf.open
        if career is not None:
            widgets.append(Words(_("Go on"), "dim", indent=3, classes="heading"))
            whole = shelf.library.get_career(career.key)
            widgets.append(CardView(open_career_face(career, whole, self._now()), whole, key="open", id="open"))
        elif info is not None:
            card = shelf.library.get(info.scenario)
            widgets.append(Words(_("Go on"), "dim", indent=3, classes="heading"))
            face = open_face(info, card, app.stands.get(info.id), self._now())
            widgets.append(CardView(face, info, key="open", id="open"))
        for number, pack in enumerate(shelf.library.packs):
            if not pack.cards:
                continue
            widgets.append(Words(pack.title, "dim", indent=3, classes="heading"))
            cards = [CardView(career_face(one, shelf.career(one)), one, key=one.key) for one in pack.careers]
            for card in shelf.cards_of(pack):
                progress = shelf.progress.get(card.id)
                stands = app.stands.get(progress.open[0].id) if progress is not None and progress.open else None
                cards.append(CardView(card_face(card, progress, stands), card, key=f"{pack.id}/{card.id}"))
            widgets.append(Grid(*cards, id=f"pack-{number}", classes="pack"))
        if not shelf.library.cards:
            widgets.append(
                Words(
                    _("There are no scenarios here. Put some into {folder}, or start with --pack DIR.").format(
                        folder=app.packs_home()
                    ),
                    "soft",
                    indent=3,
                )
            )
        async with self.batch():
            await self._list.remove_children()
            await self._list.mount_all(widgets)
            self._be_brief()
        self._keys.show(key_line("home", *(() if info is not None or career is not None else ("go_on",))))
        cards = self._cards()
        again = self._same(before, cards) or self._first(cards, shelf)
        if again is not None and (self.focused is None or before is not None):
            again.focus(scroll_visible=before is not None)

    @staticmethod
    def _first(cards: Sequence[CardView], shelf: Shelf) -> CardView | None:
        """The card that is lit to begin with: the first, but whoever has played nothing yet begins with a story, and not with years of them."""
        stories = (card for card in cards if not _is_career(card.what)) if not shelf.plays else iter(())
        return next(stories, cards[0] if cards else None)

    @staticmethod
    def _same(before: CardView | None, cards: Sequence[CardView]) -> CardView | None:
        """The card that had the focus, made anew; for a play that is open no more, that of its scenario or career."""
        if before is None:
            return None
        same = next((card for card in cards if card.key == before.key), None)
        if same is not None or before.key != "open":
            return same
        what = before.what
        of = what.key if _is_career(what) else what.scenario
        return next((card for card in cards if card.key == of or getattr(card.what, "id", "") == of), None)

    def stands(self, info: PlayInfo, stands: Standing) -> None:
        """Where an open play stands is known now."""
        from game.home.shelf import card_face, open_face

        shelf = self.shelf
        if shelf is None:
            return
        for view in self._cards():
            if _is_career(view.what):
                continue
            if view.key == "open" and view.what.id == info.id:
                view.show(open_face(info, shelf.library.get(info.scenario), stands, self._now()))
            elif view.key != "open" and view.what.id == info.scenario:
                view.show(card_face(view.what, shelf.progress.get(info.scenario), stands))

    def on_resize(self) -> None:
        """One column or two."""
        self._be_brief()

    def _be_brief(self) -> None:
        """Where the cards stand in one column, notes would push all but two of them off the screen."""
        for card in self._cards():
            card.be_brief(self.size.width < COLUMNS)
        self.call_after_refresh(self._in_sight)

    def _now(self) -> datetime:
        return self.seenby.wall_clock()

    def _cards(self) -> list[CardView]:
        return list(self.query(CardView))

    @on(CardView.Opened)
    def _opened(self, event: CardView.Opened) -> None:
        event.stop()
        card = event.card
        if _is_career(card.what):
            self._open_career(card.what)
        elif card.key == "open":
            self.seenby.go_on(card.what)
        else:
            self.seenby.choose(card.what)

    def _open_career(self, card: CareerCard) -> None:
        self.seenby.choose_career(card, self.shelf.career(card) if self.shelf is not None else None)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going on wants something open."""
        if action == "go_on":
            return self.shelf is not None and (self.shelf.open is not None or self.shelf.open_career is not None)
        return True

    def action_move(self, right: int, down: int) -> None:
        """To the nearest card in a direction."""
        cards = self._cards()
        here = self.focused
        if not cards:
            return
        if not isinstance(here, CardView):
            self._choose(cards[0])
            return
        at = here.region
        best: tuple[int, CardView] | None = None
        for card in cards:
            to = card.region
            if right:
                ahead = (to.x - at.x) * right
                if ahead <= 0 or to.y >= at.bottom or to.bottom <= at.y:
                    continue
                far = ahead
            else:
                ahead = (to.y - at.y) * down
                if ahead <= 0:
                    continue
                sideways = 0 if to.x < at.right and at.x < to.right else 1
                far = ahead * 4 + sideways * 3
            if best is None or far < best[0]:
                best = (far, card)
        if best is not None:
            self._choose(best[1])
        elif down < 0:
            self._list.scroll_home(animate=False)

    def _choose(self, card: CardView) -> None:
        """Light a card and bring all of it into sight, once it is as high as it is when it is lit."""
        card.focus(scroll_visible=False)
        self.call_after_refresh(self._in_sight)

    def _in_sight(self) -> None:
        cards = self._cards()
        if not isinstance(self.focused, CardView):
            return
        self.focused.noticed = True
        if self.focused is cards[0]:  # with what stands above it
            self._list.scroll_home(animate=False)
        else:
            self._list.scroll_to_widget(self.focused, animate=False)

    def action_to(self, index: int) -> None:
        """To the first or the last card."""
        cards = self._cards()
        if cards:
            self._choose(cards[index])

    def action_page(self, by: int) -> None:
        """A page up or down: to the last card that is not further than that, or to the next."""
        here = self.focused
        if not isinstance(here, CardView):
            self.action_to(0)
            return
        at, most = here.region, max(self._list.size.height - 2, 1)
        ahead = [
            ((card.region.y - at.y) * by, card)
            for card in self._cards()
            if (card.region.y - at.y) * by > 0 and card.region.x < at.right and at.x < card.region.right
        ]
        near = [(far, card) for far, card in ahead if far <= most]
        if near:
            self._choose(max(near, key=lambda one: one[0])[1])
        elif ahead:
            self._choose(min(ahead, key=lambda one: one[0])[1])

    def action_go_on(self) -> None:
        """Go on with the open play, or the open career."""
        career = self.shelf.open_career if self.shelf is not None else None
        if career is not None and self.shelf is not None:
            self._open_career(self.shelf.library.get_career(career.key))
        elif self.shelf is not None and self.shelf.open is not None:
            self.seenby.go_on(self.shelf.open)

    def action_plays(self) -> None:
        """Past plays."""
        self.seenby.action_plays()

    def action_settings(self) -> None:
        """Settings."""
        self.seenby.action_settings()

    def action_players(self) -> None:
        """Who plays."""
        self.seenby.action_players()

    def key_lines(self) -> list[tuple[str, str]]:
        """The keys of this screen, for the help."""
        from game.keys import key_help

        return key_help("home")
