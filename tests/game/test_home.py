"""Home: cards, what is open, and the way into a play and back."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from game.app import Begin, SeenbyApp
from game.home.cards import CardView, Face
from game.home.screen import HomeScreen
from game.packs import read_card
from game.play.keyline import KeyLine
from game.play.screen import PlayScreen
from game.screens.sheet import Sheet
from saves.errors import SaveError
from saves.store import Store
from tests.game.shell import NOON, SPOKE, TOUR, make_app, person, played, settle, small_pack
from tests.game.stage import text_of

pytestmark = pytest.mark.usefixtures("nothing_shipped")


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    person(tmp_path / "saves")
    return tmp_path / "saves"


def cards(app: SeenbyApp) -> list[CardView]:
    return list(app.screen.query(CardView))


def focused(app: SeenbyApp) -> str:
    return app.focused.key if isinstance(app.focused, CardView) else ""


async def test_cards_show_title_minutes_tone_note_and_that_they_are_new(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        first = cards(app)[0]
        assert first.face == Face(
            "The tour", "new", False, "One of everything, on one evening.", "5 minutes · brisk",
            "Beforehand: Somebody is mocked, out of sight.",
        )  # fmt: skip
        assert focused(app) == "evening/tour"


async def test_an_open_play_is_the_first_card_and_says_where_it_stands(saves: Path, packs: Path) -> None:
    played(saves)
    played(saves, SPOKE[:1], at=NOON + timedelta(hours=1))
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        first = cards(app)[0]
        assert first.key == "open"
        assert first.face.state == "Monday 21:10"
        assert first.face.blurb == "In front of you: Privacy. Last: Say it is not for you"
        assert first.face.facts == "last played today 13:00"
        assert cards(app)[1].face.state == "in play, Mon 21:10 · 1 of 2 endings"


async def test_arrows_go_by_what_is_seen(saves: Path, packs: Path) -> None:
    played(saves, SPOKE[:1])
    app = make_app(saves, packs)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        steps = []
        for key in ("down", "right", "right", "left", "up", "up", "end", "home"):
            await pilot.press(key)
            steps.append(focused(app))
        assert steps == [
            "evening/tour", "evening/quiet", "evening/quiet", "evening/tour", "open", "open", "evening/quiet", "open",
        ]  # fmt: skip


async def test_in_one_column_down_goes_down(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down")
        assert focused(app) == "evening/quiet"
        assert cards(app)[0].region.x == cards(app)[1].region.x


async def test_a_long_list_goes_along_with_the_card_that_is_chosen(saves: Path, tmp_path: Path) -> None:
    many = small_pack(tmp_path / "many")
    tour = (many / "evening" / "tour.yaml").read_text("utf-8")
    for number in range(15):
        text = tour.replace("id: tour", f"id: tour-{number}").replace("title: The tour", f"title: Tour {number}")
        (many / "evening" / f"tour-{number}.yaml").write_text(text, "utf-8")
    played(saves, SPOKE[:1])
    app = make_app(saves, many)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shelf = app.screen.query_one("#shelf")
        seen = []
        for key in ("home", *["down"] * 17, *["up"] * 3, "end", "pageup", "pagedown", "home"):
            await pilot.press(key)
            await settle(pilot)
            card = app.focused
            assert isinstance(card, CardView)
            assert shelf.region.contains_region(card.region), "all of it is in sight"
            noted = [one.key for one in app.screen.query(CardView) if one._lines(79)[-1][0] == "note"]
            assert noted == ([card.key] if card.face.note else []), "the chosen card alone has its note"
            seen.append(card.key)
        assert seen[0] == "open"
        assert len(set(seen[:18])) == 18, "each step is another card"
        assert seen[18:21] == seen[16:13:-1]
        assert seen[21] == seen[17]
        assert seen[22] in seen[13:17]
        assert seen[23] == seen[17]
        assert seen[-1] == "open"
        assert shelf.scroll_offset.y == 0
        await pilot.resize_terminal(160, 48)
        await settle(pilot)
        assert all(one._lines(70)[-1][0] == "note" for one in app.screen.query(CardView) if one.face.note), (
            "there is room for all"
        )


async def test_enter_begins_a_play_and_leaving_says_that_it_is_saved(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen)
        assert app.screen.session.play.seed == 7
        assert app.screen.session.play.name == "Mara"
        await pilot.press("q")
        await settle(pilot)
    assert app.farewell == "Saved. See you."
    with Store.open(saves) as store:
        assert [info.scenario for info in store.plays()] == ["tour"]


@pytest.mark.parametrize(("size", "clicks"), [((80, 24), 2), ((160, 48), 1)])
async def test_a_click_begins_too_once_the_note_is_in_sight(
    saves: Path, packs: Path, size: tuple[int, int], clicks: int
) -> None:
    app = make_app(saves, packs)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _ in range(clicks):
            assert isinstance(app.screen, HomeScreen)
            await pilot.click(cards(app)[1])
            await settle(pilot)
        assert isinstance(app.screen, PlayScreen)
        assert app.screen.session.story.id == "quiet"


async def test_going_on_resumes_the_play(saves: Path, packs: Path) -> None:
    play = played(saves, SPOKE[:2])
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        session = next(screen.session for screen in app.screen_stack if isinstance(screen, PlayScreen))
        assert session.journal is not None
        assert session.journal.play_id == play
        assert len(session.play.inputs) == 2


@pytest.mark.parametrize(("answer", "count", "inputs"), [("1", 1, 1), ("2", 2, 0), ("escape", 1, None)])
async def test_a_scenario_with_an_open_play_asks(saves: Path, packs: Path, answer: str, count: int, inputs: int | None) -> None:
    played(saves, SPOKE[:1])
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Sheet)
        await pilot.press(answer)
        await settle(pilot)
        playing = [screen for screen in app.screen_stack if isinstance(screen, PlayScreen)]
        assert [len(screen.session.play.inputs) for screen in playing] == ([] if inputs is None else [inputs])
        assert app.store is not None
        assert len(app.store.plays()) == count


async def test_home_from_a_play_keeps_it(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert cards(app)[0].key == "open"


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_home_is_one_key(saves: Path, packs: Path, key: str) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert not app.is_running
    assert app.farewell == "See you."


async def test_a_broken_scenario_is_a_card_that_says_why(saves: Path, packs: Path) -> None:
    file = packs / "evening" / "odd.yaml"
    file.write_text("seenby: 1\nid: [\n", "utf-8")
    app = make_app(saves, packs)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        view = next(card for card in cards(app) if card.what.title == "odd")
        assert view.face.state == "cannot be played"
        assert "odd.yaml:" in view.face.trouble
        view.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Sheet)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_scenario_that_breaks_when_it_is_opened_shows_every_finding(saves: Path, packs: Path) -> None:
    file = packs / "evening" / "tour.yaml"
    file.write_text(file.read_text("utf-8").replace("in: team\n    script", "in: teem\n    script"), "utf-8")
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert cards(app)[0].face.state == "new"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Sheet)
        words = " ".join(str(widget.words) for widget in app.screen.query("Words"))  # type: ignore[attr-defined]
        assert "tour.yaml:" in words
        assert "did you mean 'team'?" in words


async def test_something_unexpected_on_the_way_into_a_play_is_written_down(
    saves: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("the kettle")

    monkeypatch.setattr("game.packs.load", broken)
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Sheet)
    (log,) = saves.glob("mishap-*.log")
    assert "the kettle" in log.read_text("utf-8")


async def test_saves_that_cannot_be_opened_are_told_and_one_may_play_on(tmp_path: Path, packs: Path) -> None:
    (tmp_path / "blocked").write_text("in the way", "utf-8")
    app = make_app(tmp_path / "blocked", packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert any("blocked" in words for words in app.trouble)
        assert app.screen.query(".trouble")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen)
        assert not app.screen.session.saved
        await pilot.press("q")
        await settle(pilot)
    assert app.farewell == "See you."


async def test_a_play_that_cannot_be_saved_asks_first(saves: Path, packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise SaveError("There is no room.", "Make some.")

    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.store is not None
        monkeypatch.setattr(app.store, "begin", refuse)
        await pilot.press("enter")
        for _ in range(5):
            await pilot.pause()
        assert isinstance(app.screen, Sheet)
        await pilot.press("2")
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen)
        assert not app.screen.session.saved


async def test_without_scenarios_home_says_where_to_put_them(saves: Path, tmp_path: Path) -> None:
    app = make_app(saves, tmp_path / "empty")
    async with app.run_test() as pilot:
        await settle(pilot)
        words = " ".join(str(widget.words) for widget in app.screen.query("Words"))  # type: ignore[attr-defined]
        assert f"Put some into {tmp_path / 'empty'}" in words


async def test_the_bottom_line_offers_going_on_only_when_something_is_open(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "c" not in [key.key for key in app.screen.query_one(KeyLine).keys]
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_play_can_be_opened_at_once_and_gone_on_with(saves: Path, packs: Path) -> None:
    app = make_app(saves, packs, begin=Begin(read_card(TOUR), 11, "Jo"))
    async with app.run_test() as pilot:
        for _turn in range(200):
            if isinstance(app.screen, Sheet):
                break
            await pilot.pause()
        assert "Somebody is mocked, out of sight." in text_of(app), "who never saw the card reads what is in it"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen)
        assert (app.screen.session.play.seed, app.screen.session.play.name) == (11, "Jo")
    app = make_app(saves, packs, begin=Begin(None, resume=True))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert any(isinstance(screen, PlayScreen) for screen in app.screen_stack)


async def test_the_stories_text_is_never_markup(saves: Path, packs: Path) -> None:
    file = packs / "evening" / "tour.yaml"
    file.write_text(
        file.read_text("utf-8").replace("title: The tour", 'title: "[bold]x[/] [@click=app.quit]y[/] [/]"'), "utf-8"
    )
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "[@click=app.quit]y[/] [/]" in cards(app)[0].paint(80).plain
        await pilot.click(cards(app)[0])
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen)


def test_the_first_frame_imports_nothing_heavy() -> None:
    code = (
        "import sys, game.app\n"
        "heavy = ('faker', 'transitions', 'yaml', 'engine.play.play', 'engine.story.compile', 'game.play.screen', 'textual.widgets._markdown')\n"
        "sys.exit(repr([name for name in heavy if name in sys.modules]) if any(name in sys.modules for name in heavy) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


# Looked at


def _snap(snap_compare: Any, app: SeenbyApp, size: tuple[int, int], *keys: str) -> bool:
    async def ready(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return bool(snap_compare(app, terminal_size=size, run_before=ready))


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


@SIZES
def test_home_looks_as_drawn(snap_compare: Any, saves: Path, packs: Path, size: tuple[int, int]) -> None:
    played(saves)
    played(saves, SPOKE[:1], at=NOON + timedelta(hours=1))
    assert _snap(snap_compare, make_app(saves, packs), size)


def test_home_by_day(snap_compare: Any, tmp_path: Path, packs: Path) -> None:
    person(tmp_path / "day", theme="seenby-day")
    assert _snap(snap_compare, make_app(tmp_path / "day", packs), (120, 36), "down")


def test_home_without_colour(snap_compare: Any, tmp_path: Path, packs: Path) -> None:
    person(tmp_path / "plain", theme="seenby-plain")
    assert _snap(snap_compare, make_app(tmp_path / "plain", packs), (80, 24))


def test_a_question_looks_as_drawn(snap_compare: Any, saves: Path, packs: Path) -> None:
    played(saves, SPOKE[:1])
    assert _snap(snap_compare, make_app(saves, packs), (80, 24), "down", "enter")


async def test_a_mistake_of_ours_is_written_down_and_no_traceback_is_shown(
    saves: Path, packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(saves, packs)

    def kettle() -> None:
        raise RuntimeError("the kettle")

    with pytest.raises(RuntimeError, match="the kettle"):  # noqa: PT012 - the app itself raises it, on the way out
        async with app.run_test() as pilot:
            await settle(pilot)
            app.call_later(kettle)
            await settle(pilot)
    (log,) = saves.glob("mishap-*.log")
    assert "RuntimeError: the kettle" in log.read_text("utf-8")
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out


async def test_what_is_odd_about_a_file_of_ones_own_is_told_once_before_it_plays(
    saves: Path, packs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(TOUR.read_text("utf-8").replace("tone: brisk", "tone: brisk #nights"), "utf-8")
    card = read_card(file, pack="own")
    assert not card.trouble
    app = make_app(saves, packs)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.begin(card)
        for _turn in range(200):
            await pilot.pause()
            if isinstance(app.screen, Sheet):
                break
        assert isinstance(app.screen, Sheet)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen), "rather mended than played"
        app.begin(card)
        await settle(pilot)
        assert isinstance(app.screen, PlayScreen), "it has been said"
