"""The way through a career in the app: its page, the years between, a part's play, and back to its page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from game.career.gap import GapScreen
from game.career.screen import CareerScreen
from game.career.table import Table
from saves.errors import SaveError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from engine.story.model import Story
    from game.app import SeenbyApp
    from game.packs import CareerCard
    from game.session import Session


class Going:
    """Somebody goes through a career on the screen. Nothing waits here: each screen says what is wanted next."""

    def __init__(self, app: SeenbyApp, card: CareerCard, *, name: str | None = None, unsaved: bool = False) -> None:
        self.app = app
        self.card = card
        self._name = name
        self._unsaved = unsaved
        self._table: Table | None = None

    async def open(self, *, seed: int | None = None, anew: bool = False, begin: bool = False, which: str | None = None) -> None:
        """The career that is open (the one with the id `which`), or a new one. `begin`: straight into the part that is to be played."""
        table = await _open(self.app, self.card, seed=seed, name=self._name, unsaved=self._unsaved, anew=anew, which=which)
        if table is None:
            return
        self._table = table
        if anew or begin:
            await self._on()
        else:
            await self._show()

    # One screen after another

    @property
    def table(self) -> Table:
        """The career as it stands."""
        assert self._table is not None
        return self._table

    def _work(self, what: Coroutine[Any, Any, None]) -> None:
        self.app.run_worker(what, group="play", exclusive=True)

    async def _show(self) -> None:
        self.app.push_screen(CareerScreen(self.table), self._wanted)

    def _wanted(self, answer: tuple[str, int] | None) -> None:
        what, part = answer or ("leave", -1)
        if what == "on":
            self._work(self._on())
        elif what == "look":
            self._work(self._look(part))
        elif what == "anew":
            self._work(self.open(anew=True))

    async def _on(self) -> None:
        """The part that is open, or the next, after the years that lie between."""
        try:
            gap = await asyncio.to_thread(_gap, self.table)
            session = await asyncio.to_thread(self.table.session)
        except SaveError as error:
            self.app.tell(str(error))
            await self._again()
            return
        if gap is None or gap[1] <= 0:
            self._play(session)
            return
        since, after, title = gap
        manner = self.app.settings.manner()

        def later(seconds: float, act: Callable[[], None]) -> Callable[[], None]:
            return self.app.set_timer(seconds, act).stop

        screen = GapScreen(
            session.story,
            self.card.title,
            title,
            since,
            after,
            still=manner.reduced_motion or not manner.factor,
            scheduler=later,
            factor=manner.factor or 1.0,
        )
        self.app.push_screen(screen, lambda _none: self._play(session))

    def _play(self, session: Session) -> None:
        from game.play.screen import PlayScreen

        app = self.app

        def over(ended: bool | None) -> None:
            if session.journal is not None:
                app.stands.pop(session.journal.play_id, None)
            if ended:
                self._work(self._again())
            else:
                app.leave(saved=session.saved)

        app.push_screen(PlayScreen(session, app.settings.manner()), over)

    async def _look(self, part: int) -> None:
        """Look back on a part; who goes back in it plays on from there."""
        from game.debrief.screen import DebriefScreen

        try:
            session = await asyncio.to_thread(self.table.session, part)
        except SaveError as error:
            self.app.tell(str(error))
            await self._again()
            return

        def seen(rewound: int | None) -> None:
            if rewound is None:
                self._work(self._again())
            else:
                self._play(session)

        self.app.push_screen(DebriefScreen(session), seen)

    async def _again(self) -> None:
        """Back to the page of the career, as it stands now."""
        try:
            await asyncio.to_thread(self.table.reload)
        except SaveError as error:
            self.app.tell(str(error))
            return
        await self._show()


async def _open(
    app: SeenbyApp, card: CareerCard, *, seed: int | None, name: str | None, unsaved: bool, anew: bool, which: str | None
) -> Table | None:
    """The career as it stands, or a new one; None when it cannot be played, which is shown then."""
    from game.settings import GUEST, own_files

    from game.packs import library  # isort: skip

    cards = library(app.pack_folders, user=app.user_packs, files=own_files(app.store) if app.store is not None else ())

    def story_of(scenario: str) -> Story:
        return app.story(cards.card_of(card, scenario))

    for part in card.parts:
        if await app.opening.load(cards.card_of(card, part.scenario)) is None:
            return None
    seed = seed if seed is not None else app.new_seed()
    pronouns = app.settings.pronouns
    called = name or (app.player.name if app.player is not None and app.player.name != GUEST else "")
    if app.store is None or unsaved:
        return await asyncio.to_thread(Table.unsaved, card, story_of, seed, called, pronouns)
    store = app.store
    try:
        player = app.player or store.player(GUEST)
        app.player = player
        infos = [] if anew else [info for info in store.careers(player) if info.key == card.key and which in (None, info.id)]
        if infos:
            return await asyncio.to_thread(Table.resume, card, story_of, store, infos[0])
        return await asyncio.to_thread(Table.new, card, story_of, store, player, seed, called, pronouns)
    except SaveError as error:
        if not await app.opening.ask_unsaved(error):
            return None
        return await asyncio.to_thread(Table.unsaved, card, story_of, seed, called, pronouns)


def _gap(table: Table) -> tuple[int, int, str] | None:
    """Between two parts: the moment of the career, the seconds that go by, and the title of what comes."""
    from engine.debrief.career import clocks, last_decision

    following = table.following
    if following is None:
        return None
    plays = table.plays()
    since = clocks(plays, table.gaps())[-1] + last_decision(plays[-1]) - plays[0].story.start_clock
    titles = {part.scenario: part.title for part in table.card.parts}
    return since, following[1], titles.get(following[0], following[0])


__all__ = ["Going"]
