"""Past plays name the ways that ended before somebody went back and played from there; each can be looked back at."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.debrief.screen import DebriefScreen
from game.play.rows import Rows
from game.screens.plays import PlaysScreen
from game.session import Session
from saves.store import Store
from tests.game.shell import NOON, SPOKE, inputs, make_app, person, played, press, settle, tour


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    folder = tmp_path / "saves"
    person(folder)
    return folder


def gone_back(saves: Path, count: int = 1) -> str:
    """A play that ended, and from which somebody played again from an earlier decision."""
    play = played(saves)
    with Store.open(saves, now=lambda: NOON) as store:
        Session.resume(store, play, tour()).rewind(count)
    return play


async def test_the_way_that_ended_stands_under_its_play_and_opens_on_its_debrief(saves: Path, packs: Path) -> None:
    gone_back(saves)
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p")
        rows = app.screen.query_one(Rows).rows
        assert [(row.label, row.second) for row in rows] == [
            ("The tour", "today 12:00 · open after 1 decision"),
            ("↳ ended with “Said”, before you went back", "today 12:00 · 5 decisions"),
        ]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, DebriefScreen)
        assert list(app.screen.session.play.inputs) == inputs(SPOKE)
        await press(pilot, "q")
        assert isinstance(app.screen, PlaysScreen)
        assert app.store is not None
        assert [info.progress for info in app.store.plays()] == [1], "looking back moves nothing"


async def test_forgetting_it_forgets_the_whole_play_and_says_so(saves: Path, packs: Path) -> None:
    gone_back(saves)
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p", "down", "f", "2")
        assert app.store is not None
        assert app.store.plays() == []
        assert app.screen.query_one(Rows).rows == []


def test_the_command_line_lists_the_ways_and_shows_each(saves: Path, packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from game.cli import main

    play = gone_back(saves)
    assert main(["saves", "list", "--saves", str(saves), "--pack", str(packs)]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "1 decision" in listed[0]
    assert "way 1, before going back, ended: Said" in listed[1]
    assert main(["saves", "show", play, "--way", "1", "--saves", str(saves), "--pack", str(packs)]) == 0
    shown = capsys.readouterr().out
    assert "This play is over: Said" in shown
    assert main(["saves", "show", play, "--saves", str(saves), "--pack", str(packs)]) == 0
    assert "This play is over" not in capsys.readouterr().out
    assert main(["saves", "show", play, "--way", "2", "--saves", str(saves), "--pack", str(packs)]) != 0
    assert "1 other way that ended" in capsys.readouterr().err
