"""The rule at the end of the debrief: what one may begin from, the two fields, and where it is shown again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input as InputField

from engine import load_story
from engine.debrief import build
from engine.play.inputs import Input
from game.debrief.rule import RuleScreen
from game.debrief.rules import hardest, rule_words, starters
from game.debrief.screen import DebriefScreen
from game.home.screen import HomeScreen
from game.play.rows import Rows
from game.play.screen import PlayScreen
from game.screens.help import KeysScreen
from game.screens.sheet import Sheet
from game.session import Session
from saves.errors import SaveError
from saves.rules import LONGEST
from saves.store import Store
from tests.game.shell import NOON, make_app, person, settle, small_pack
from tests.game.shell import played as played_tour
from tests.game.stage import HERE, Dressed, evening, text_of
from tests.game.test_debrief_screen import Back, page, played

EVENING = (HERE / "stories" / "evening.yaml").read_text("utf-8")


def story_with(tmp_path: Path, rules: str):  # type: ignore[no-untyped-def]
    assert EVENING.count("\ndebrief:\n") == 1
    path = tmp_path / "evening.yaml"
    path.write_text(EVENING.replace("\ndebrief:\n", f"\ndebrief:\n  rules: {rules}\n"), "utf-8")
    return load_story(path)


def play_through(session: Session) -> Session:
    session.take(Input("keys", choice="silence"))
    session.take(Input("late", choice="speak"))
    session.take(Input("yard", choice="no-me"))
    return session


def test_the_hardest_moment_is_the_one_that_cost_most() -> None:
    session = played()
    debrief = build(session.play)
    found = hardest(debrief)
    assert found is not None
    lost = {
        moment.title: sum(
            -change
            for reason in [*moment.reasons, *(reason for motion in moment.motions for reason in motion.reasons)]
            for change in reason.changes.values()
            if change < 0
        )
        for moment in debrief.decisions()
    }
    assert lost[found.title] == max(lost.values()) > 0
    found.reasons.clear()
    for moment in debrief.decisions():
        moment.reasons.clear()
        moment.motions.clear()
    assert hardest(debrief) is next(moment for moment in debrief.decisions() if moment.drafts)
    debrief.moments.clear()
    assert hardest(debrief) is None


def test_neutral_starters_where_the_author_wrote_none() -> None:
    session = played()
    found = starters(session.play, build(session.play))
    assert 2 <= len(found) <= 3
    assert "“The yard”" in found[0].situation
    assert all(one.words.startswith("If ") and ", then I " in one.words for one in found)


def test_the_authors_starters_come_first(tmp_path: Path) -> None:
    story = story_with(tmp_path, '["If [b]a[/b] picture lands, then I ask {marnie}.", "If it is late, I sleep on it"]')
    session = play_through(Session.unsaved(story, 7, "Sam"))
    found = starters(session.play, build(session.play))
    assert [one.words for one in found] == [
        "If [b]a[/b] picture lands, then I ask Marnie.",
        "If it is late, then I sleep on it.",
    ]


def test_words_are_words() -> None:
    assert rule_words("{action}", "{situation}.") == "If {action}, then I {situation}."


async def type_in(pilot: Pilot[object], words: str) -> None:
    for letter in words:
        await pilot.press("space" if letter == " " else letter)


async def test_writing_a_rule_of_ones_own(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        session = play_through(Session.new(store, "Mara", evening(), 7, "Mara"))
        app = Back(session)
        async with app.run_test(size=(80, 24)) as pilot:
            assert "write it down" in await page(app, pilot)
            await pilot.press("w")
            await pilot.pause()
            assert isinstance(app.focused, Rows)
            await pilot.press("0")
            await type_in(pilot, "If it rains")
            await pilot.press("enter")
            await type_in(pilot, "then I go in")
            await pilot.press("enter")
            await pilot.pause()
            assert session.rule == ("it rains", "go in")
            told = await page(app, pilot)
            assert "If it rains, then I go in." in told
            assert "change it" in told
            # It is edited later: the fields hold it, and nothing is offered to begin from.
            await pilot.press("w")
            await pilot.pause()
            assert not app.screen.query(Rows)
            await pilot.press("enter")
            await type_in(pilot, " now")
            await pilot.press("enter")
            await pilot.pause()
        assert session.rule == ("it rains", "go in now")
        # Played again, it is there to be read.
        again = play_through(Session.new(store, "Mara", evening(), 8, "Mara"))
        app = Back(again)
        async with app.run_test(size=(80, 24)) as pilot:
            assert "Last time you wrote: If it rains, then I go in now." in await page(app, pilot)


async def test_beginning_from_a_starter_and_leaving_without_keeping() -> None:
    session = played()
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w", "1", "escape")
        await pilot.pause()
        assert session.rule is None
        await pilot.press("w", "down", "enter", "down", "up", "down", "enter")
        await pilot.pause()
    assert session.rule == tuple(starters(session.play, build(session.play))[1])


async def test_what_is_no_rule_is_said_and_stays_in_the_fields() -> None:
    session = played()
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w", "0", "x", "enter", "enter")
        await pilot.pause()
        assert "A rule has two halves" in text_of(app)
        screen = app.screen
        assert isinstance(screen, RuleScreen)
        screen._then.value = "y" * (LONGEST + 1)
        await pilot.press("enter")
        await pilot.pause()
        assert f"has {LONGEST + 1} characters; at most {LONGEST} are kept" in " ".join(text_of(app).split())
        assert session.rule is None
        screen._if.value = screen._then.value = ""
        await pilot.press("enter")
        await pilot.pause()
    assert session.rule is None


class Broken(Session):
    @property
    def rule(self) -> tuple[str, str] | None:
        raise SaveError("The disk is gone.", "Find it.")

    last_rule = rule

    def write_rule(self, situation: str, action: str, scene: str = "") -> None:
        raise SaveError("The disk is gone.", "Find it.")


async def test_a_disk_that_refuses_spoils_no_debrief() -> None:
    app = Back(played(Broken))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "write it down" in await page(app, pilot)
        await pilot.press("w", "1", "enter", "enter")
        await pilot.pause()
        assert "The disk is gone. Find it." in text_of(app)


async def test_no_rule_before_the_end() -> None:
    session = Session.unsaved(evening(), 7, "Sam")
    session.take(Input("keys", choice="silence"))
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "The rule comes at the end of the story." in text_of(app)


class Alone(Dressed):
    """One screen and nothing behind it."""

    def __init__(self, make: Callable[[], Screen[Any]], theme: str) -> None:
        super().__init__(theme)
        self.make = make

    async def on_mount(self) -> None:
        await self.push_screen(self.make())
        for field in self.screen.query(InputField):
            field.cursor_blink = False  # or the picture hangs on the moment


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [("night", (80, 24), ()), ("day", (120, 36), ("1",)), ("plain", (80, 24), ("0", "x", "enter", "enter"))],
    ids=lambda value: str(value),
)
def test_looks(snap_compare: Callable[..., bool], theme: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async def before(pilot: Pilot[object]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    session = played()
    assert snap_compare(Alone(lambda: RuleScreen(session, build(session.play)), theme), terminal_size=size, run_before=before)


# Where it is shown again


def kept(tmp_path: Path) -> tuple[Path, Path]:
    """Somebody who has played the tour twice, with a rule at the end of the first; the packs and the saves."""
    packs, saves = small_pack(tmp_path / "packs"), tmp_path / "saves"
    person(saves)
    first = played_tour(saves)
    played_tour(saves, at=NOON.replace(hour=15))
    with Store.open(saves) as store:
        store.journal(first).write_rule("[b]it[/b] rains", "go in")
    return packs, saves


async def test_past_plays_show_the_rule(tmp_path: Path) -> None:
    packs, saves = kept(tmp_path)
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "rains" not in text_of(app)
        await pilot.press("down")
        await settle(pilot)
        assert "If [b]it[/b] rains, then I go in." in text_of(app)


async def test_before_it_is_played_again(tmp_path: Path) -> None:
    packs, saves = kept(tmp_path)
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        # Not `settle`: the worker that begins the play waits for the answer.
        for key, there in (("escape", HomeScreen), ("enter", PlayScreen)):
            await pilot.press("enter")
            for _ in range(50):
                await pilot.pause()
                if isinstance(app.screen, Sheet):
                    break
            assert "Last time you wrote:" in text_of(app)
            assert "If [b]it[/b] rains, then I go in." in text_of(app)
            await pilot.press(key)
            for _ in range(50):
                await pilot.pause()
                if isinstance(app.screen, there):
                    break
            assert isinstance(app.screen, there)


async def test_every_key_of_the_debrief_is_in_its_help(tmp_path: Path) -> None:
    packs, saves = kept(tmp_path)
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("p", "down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        told = {key for key, _words in app.screen.key_lines()}
        bound = {key for binding in DebriefScreen.BINDINGS for key in binding.key.split(",") if len(key) == 1}  # type: ignore[union-attr]
        assert bound - told <= {"y"}, "y only answers a question"
        assert "? all keys" in text_of(app).splitlines()[-1]
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
