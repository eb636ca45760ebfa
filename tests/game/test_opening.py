"""From a card to a play, and back to its card."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.app import SeenbyApp
from game.debrief.screen import DebriefScreen
from game.home.cards import CardView
from game.home.screen import HomeScreen
from game.play.panel import Words
from game.screens.sheet import Sheet
from game.session import Session
from tests.game.shell import SPOKE, inputs, make_app, person, played, settle, small_pack, tour


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SeenbyApp:
    """Somebody who may have played the tour."""
    monkeypatch.setattr("game.packs.shipped", lambda _words=None: iter(()))
    person(tmp_path / "saves")
    return make_app(tmp_path / "saves", small_pack(tmp_path / "packs"))


def focused(app: SeenbyApp) -> str:
    return app.focused.key if isinstance(app.focused, CardView) else ""


async def test_what_was_played_to_its_end_is_looked_back_on_from_its_card(app: SeenbyApp, tmp_path: Path) -> None:
    played(tmp_path / "saves")
    async with app.run_test(size=(100, 36)) as pilot:
        await settle(pilot)
        next(card for card in app.screen.query(CardView) if card.key == "evening/tour").focus()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Sheet)
        said = " ".join(words.words for words in app.screen.query(Words))
        assert "You played it today 12:00. It ended with “" in said
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("q")
        await settle(pilot)
        assert focused(app) == "evening/tour"


async def test_the_card_of_what_has_just_ended_stays_lit(app: SeenbyApp, tmp_path: Path) -> None:
    played(tmp_path / "saves", SPOKE[:-1])
    async with app.run_test(size=(100, 36)) as pilot:
        await settle(pilot)
        assert focused(app) == "open"
        assert app.store is not None
        session = Session.resume(app.store, app.store.plays()[0].id, tour())
        session.take(inputs(SPOKE[-1:])[0])
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        screen.fetch()
        await settle(pilot)
        assert focused(app) == "evening/tour"
