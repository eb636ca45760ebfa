"""Welcome, settings, past plays, who plays, help, and the palette."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from game.app import SeenbyApp
from game.clock import when_words
from game.home.screen import HomeScreen
from game.keys import _table, key_line
from game.play.keyhelp import KeyHelp
from game.play.rows import Rows
from game.play.screen import PlayScreen
from game.screens.help import KeysScreen
from game.screens.players import PlayersScreen
from game.screens.plays import PlaysScreen
from game.screens.sheet import Sheet
from game.screens.welcome import WelcomeScreen
from game.settings import Settings, load_settings, settings_from
from saves.store import Store
from tests.game.shell import NOON, SPOKE, make_app, person, played, press, settle

pytestmark = pytest.mark.usefixtures("nothing_shipped")


@pytest.fixture
def saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose name is the same in every run, for the pictures."""
    monkeypatch.chdir(tmp_path)
    person(Path("saves"))
    return Path("saves")


def words_of(app: SeenbyApp) -> str:
    return "\n".join(str(widget.words) for widget in app.screen.query("Words"))  # type: ignore[attr-defined]


# Welcome


async def test_a_first_start_greets_once(tmp_path: Path, packs: Path) -> None:
    app = make_app(tmp_path / "new", packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await press(pilot, *"Mara", "enter", "enter")
        assert str(tmp_path / "new") in words_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.player is not None
        assert app.player.name == "Mara"
    again = make_app(tmp_path / "new", packs)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert isinstance(again.screen, HomeScreen)


async def test_nobody_needs_a_name(tmp_path: Path, packs: Path) -> None:
    app = make_app(tmp_path / "new", packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter", "enter", "enter")
        assert app.player is not None
        assert app.player.name == "Guest"
        await press(pilot, "enter")
        assert isinstance(app.screen, PlayScreen)
        assert app.screen.session.play.words["you"] == "You"


async def test_pages_go_back_too_and_one_may_leave(tmp_path: Path, packs: Path) -> None:
    app = make_app(tmp_path / "new", packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter", "escape")
        assert app.screen.query_one("#page-0").display
        assert isinstance(app.focused, Input)
        await press(pilot, "ctrl+q")
    with Store.open(tmp_path / "new") as store:
        assert store.players() == []


async def test_a_name_with_control_characters_is_cleaned(tmp_path: Path, packs: Path) -> None:
    app = make_app(tmp_path / "new", packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one(Input).value = "[b]Ma\x1b[31mra\u202e[/]"
        await press(pilot, "enter", "enter", "enter")
        assert app.player is not None
        assert app.player.name == "[b]Mara[/]"


# Settings


async def test_settings_are_kept_for_the_player(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s", "right", "down", "right", "down", "enter", "down", "left")
        assert app.theme == "seenby-day"
        assert app.settings == Settings("seenby-day", "fast", True, "off", True)
    with Store.open(saves) as store:
        assert load_settings(store, store.player("Mara")) == app.settings
        assert load_settings(store, store.player("Jo")) == Settings()
    again = make_app(saves, packs, player="Mara")
    assert again.theme == "seenby-day"


async def test_a_play_is_told_as_set(saves: Path, packs: Path) -> None:
    person(saves, pace="off", reduced_motion=True, limits="longer")
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlayScreen)
        assert (app.screen.manner.pace, app.screen.manner.reduced_motion, app.screen.manner.limits) == ("off", True, "longer")


async def test_a_play_that_is_open_hears_of_a_change(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlayScreen)
        app.change("pace", "off")
        assert app.screen.director.manner.pace == "off"


async def test_no_color_goes_before_what_was_set(saves: Path, packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.theme == "seenby-plain"
        await press(pilot, "s")
        assert "NO_COLOR" in app.screen.query_one(Rows).rows[0].label
        assert [type(one).__name__ for one in app.get_line_filters()] == ["NoColor"], "greys would be black on black"
        await press(pilot, "right")
        assert app.theme == "seenby-plain"


async def test_forgetting_oneself_asks_and_leaves_nothing(saves: Path, packs: Path) -> None:
    played(saves, SPOKE[:2])
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s", "end", "enter")
        assert isinstance(app.screen, Sheet)
        await press(pilot, "enter")
        assert app.player is not None
        await press(pilot, "enter", "2")
        assert app.player is None
        assert app.store is not None
        assert app.store.players() == []
        assert b"Mara" not in app.store.path.read_bytes()


@pytest.mark.parametrize(
    "data", [None, 3, [], {"theme": "pink", "pace": 3, "welcomed": "yes", "limits": None}, {"nonsense": 1}]
)
def test_settings_that_make_no_sense_count_as_not_set(data: object) -> None:
    assert settings_from(data) == Settings()


# Past plays


async def test_past_plays_are_listed_the_newest_first(saves: Path, packs: Path) -> None:
    played(saves)
    played(saves, SPOKE[:1], at=NOON + timedelta(hours=1))
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p")
        rows = app.screen.query_one(Rows).rows
        assert [row.second for row in rows] == ["today 13:00 · open after 1 decision", "today 12:00 · ended with “Said”"]


async def test_a_play_that_ended_opens_on_its_debrief(saves: Path, packs: Path) -> None:
    from game.debrief.screen import DebriefScreen

    played(saves)
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p", "enter")
        assert isinstance(app.screen, DebriefScreen)


async def test_an_open_play_goes_on(saves: Path, packs: Path) -> None:
    played(saves, SPOKE[:1])
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p", "enter")
        assert any(isinstance(screen, PlayScreen) for screen in app.screen_stack)


async def test_forgetting_a_play_asks(saves: Path, packs: Path) -> None:
    played(saves, SPOKE[:1])
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p", "f", "1")
        assert app.store is not None
        assert len(app.store.plays()) == 1
        await press(pilot, "f", "2")
        assert app.store.plays() == []
        assert "Nothing yet." in words_of(app)
        await press(pilot, "f", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_play_whose_scenario_is_gone_stays_listed(saves: Path, tmp_path: Path) -> None:
    played(saves)
    app = make_app(saves, tmp_path / "none")
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p", "enter")
        assert isinstance(app.screen, PlaysScreen)
        assert app.screen.query_one(Rows).rows[0].label == "The tour"


# Who plays


async def test_somebody_else_plays_with_their_own_settings(saves: Path, packs: Path) -> None:
    person(saves, "Jo", theme="seenby-day")
    app = make_app(saves, packs, player="Mara")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.theme == "seenby-night"
        await press(pilot, "n")
        assert isinstance(app.screen, PlayersScreen)
        names = [row.label for row in app.screen.query_one(Rows).rows]
        assert sorted(names) == ["Jo", "Mara", "Somebody else…"]
        await press(pilot, *["down"] * names.index("Jo"), "enter")
        assert app.player is not None
        assert app.player.name == "Jo"
        assert app.theme == "seenby-day"


async def test_a_new_name_makes_a_new_player(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "n", "end", "enter", "enter")
        assert isinstance(app.screen, PlayersScreen)
        assert app.player is not None
        assert app.player.name == "Mara"
        await press(pilot, "enter", "K", "i", "m", "enter")
        assert app.player.name == "Kim"
        assert isinstance(app.screen, HomeScreen)


# Help and commands


@pytest.mark.parametrize(("first", "key"), [("", "question_mark"), ("", "f1"), ("p", "question_mark"), ("s", "f1")])
async def test_help_shows_the_keys_of_the_screen_in_front(saves: Path, packs: Path, first: str, key: str) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *([first] if first else []), key)
        assert isinstance(app.screen, KeysScreen)
        assert ["leave, from anywhere" in str(widget.paint(60)) for widget in app.screen.query(KeyHelp)][-1]
        await press(pilot, "f1")
        await press(pilot, "escape")
        assert not any(isinstance(screen, KeysScreen) for screen in app.screen_stack)


async def test_the_palette_offers_our_own_commands(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        names = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Home", "Past plays", "Settings", "Who plays", "Help", "Leave", "Look: Day", "Pace: All at once"} <= set(names)
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await press(pilot, *"look: day", "enter")
        await settle(pilot)
        assert app.settings.theme == "seenby-day"


def test_no_two_acts_of_a_screen_share_a_key() -> None:
    for screen, acts in _table().items():
        keys = [key for act in acts for key in act.keys.split(",") if key]
        assert len(keys) == len(set(keys)), screen
        assert all(key.words for key in key_line(screen)), screen


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=1), "today 11:00"),
        (timedelta(hours=13), "yesterday 23:00"),
        (timedelta(days=3), "Tuesday 12:00"),
        (timedelta(days=40), "11 October"),
        (timedelta(days=400), "16 October 2025"),
    ],
)
def test_when_words(ago: timedelta, words: str) -> None:
    assert when_words(NOON - ago, NOON) == words


# Looked at


def _snap(snap_compare: Any, app: SeenbyApp, size: tuple[int, int], *keys: str) -> bool:
    async def ready(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for widget in pilot.app.screen.query(Input):
            widget.cursor_blink = False
        await press(pilot, *keys)

    return bool(snap_compare(app, terminal_size=size, run_before=ready))


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


@SIZES
def test_settings_look_as_drawn(snap_compare: Any, saves: Path, packs: Path, size: tuple[int, int]) -> None:
    assert _snap(snap_compare, make_app(saves, packs), size, "s", "down")


@SIZES
def test_help_looks_as_drawn(snap_compare: Any, saves: Path, packs: Path, size: tuple[int, int]) -> None:
    assert _snap(snap_compare, make_app(saves, packs), size, "question_mark")


@pytest.mark.parametrize("page", [0, 1, 2])
@SIZES
def test_welcome_looks_as_drawn(
    snap_compare: Any, packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _snap(snap_compare, make_app(Path("new"), packs), size, *["enter"] * page)


def test_plays_look_as_drawn(snap_compare: Any, saves: Path, packs: Path) -> None:
    played(saves)
    played(saves, SPOKE[:1], at=NOON + timedelta(hours=1))
    assert _snap(snap_compare, make_app(saves, packs), (80, 24), "p")


def test_no_plays_look_as_drawn(snap_compare: Any, saves: Path, packs: Path) -> None:
    assert _snap(snap_compare, make_app(saves, packs), (80, 24), "p")
