"""The play screen with its keys and its mouse. Time is moved by hand; nothing sleeps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from engine import load_story
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.inputs import Input
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.cut import cut_story
from engine.story.model import Story
from game.debrief.screen import DebriefScreen
from game.play.board import BoardPanel
from game.play.cards import HelpScreen, RecapScreen
from game.play.director import Doing
from game.play.draft import DraftPanel
from game.play.ending import EndingScreen
from game.play.manner import Manner
from game.play.menu import MenuPanel, SayPanel, SelectPanel
from game.play.options import ChoicePanel
from game.play.panel import Panel, ReadingPanel, TellingPanel, UndoPanel
from game.play.passing import TimeScreen
from game.play.pick import PickPanel
from game.play.places import PlacesPanel
from game.play.screen import PlayScreen
from game.play.seen import InfoScreen
from game.play.switches import SwitchesPanel
from game.session import Session
from saves.errors import SaveError
from tests.engine.play.test_cut import STORY as CUT
from tests.game.stage import Dressed, PlayApp, beat, evening, rows, said, text_of

LOW = (80, 24)
ROOT = Path(__file__).parents[2]


def keys_shown(screen: PlayScreen) -> set[str]:
    return {key.key for key in screen.key_line.keys}


def inputs(app: PlayApp) -> list[str]:
    return [str(one) for one in app.session.play.inputs]


async def settle(pilot: Pilot[object], seconds: float = 0) -> None:
    """Let time pass in the story's telling, and the screen catch up."""
    app = pilot.app
    assert isinstance(app, PlayApp)
    if seconds:
        app.hand.advance(seconds)
    await pilot.pause()
    await pilot.pause()


@asynccontextmanager
async def playing(
    story: Story | None = None, manner: Manner | None = None, *, session: Session | None = None, size: tuple[int, int] = LOW
) -> AsyncIterator[tuple[PlayApp, Pilot[object]]]:
    """The evening, or another story, on the screen as it begins."""
    app = PlayApp(story or evening(), manner, session=session)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


# Arriving


async def test_messages_arrive_one_after_another_and_then_the_decision_stands() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        screen = app.play_screen
        assert isinstance(screen.dock.panel, TellingPanel)
        assert keys_shown(screen) >= {"space", "f"}
        await settle(pilot, 0.3)
        assert said(screen) == []
        assert "Marnie is typing" in text_of(app)
        await settle(pilot, 2)
        assert said(screen) == ["who has the keys for 14"]
        await settle(pilot, 20)
        assert isinstance(screen.dock.panel, ChoicePanel)


async def test_space_shows_the_next_and_f_the_decision() -> None:
    app = PlayApp(evening(), Manner("slow"))
    async with app.run_test(size=LOW) as pilot:
        screen = app.play_screen
        await pilot.press("space")
        assert said(screen) == ["who has the keys for 14"]
        assert isinstance(screen.dock.panel, TellingPanel)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert app.hand.pending <= 1  # only the notification that goes away


async def test_the_options_stand_numbered_with_the_silence_last() -> None:
    async with playing() as (app, _pilot):
        panel = app.play_screen.dock.panel
        assert isinstance(panel, ChoicePanel)
        assert [row.key for row in panel.list.rows] == ["1", "2", "3", "4", "5", "6", "0"]
        assert rows(app.play_screen)[-1] == "Let it scroll by"
        assert "Somebody has to say it." in text_of(app)
        assert "It is too late for shouting." in text_of(app)


async def test_the_inner_voice_is_that_of_the_option_under_the_cursor() -> None:
    async with playing() as (app, pilot):
        labels = rows(app.play_screen)
        for _step in range(labels.index("Laugh along")):
            await pilot.press("down")
        await settle(pilot)
        assert "Everybody does." in text_of(app)
        assert "I saw them ten minutes ago." not in text_of(app)
        for _step in range(6):
            if app.play_screen.dock.panel.cursor != "answer":  # type: ignore[attr-defined]
                await pilot.press("up" if labels.index("Say where they are") < labels.index("Laugh along") else "down")
        await settle(pilot)
        assert "I saw them ten minutes ago." in text_of(app)


async def test_what_is_told_elsewhere_is_not_put_into_the_mouth_of_whom_the_place_is_called_after() -> None:
    async with playing() as (app, pilot):
        rule, place = app.play_screen.rule, app.play_screen.pane.phone.places["dev-dm"]
        for told, words in ((False, f"{place.name}: It rings."), (True, f"{place.name} · It rings.")):
            rule.notify_of(place, "", "It rings.", told=told)
            await settle(pilot)
            assert words in text_of(app)


# Choosing


def key_of(screen: PlayScreen, label: str) -> str:
    panel = screen.dock.panel
    return next(row.key for row in panel.list.rows if row.label == label)  # type: ignore[attr-defined]


@pytest.mark.parametrize("how", ["number", "enter", "click"])
async def test_an_option_is_taken_by_number_by_enter_and_by_a_click(how: str) -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        label = "Laugh along"
        if how == "number":
            await pilot.press(key_of(screen, label))
        else:
            at = rows(screen).index(label)
            if how == "enter":
                await pilot.press("home", *["down"] * at, "enter")
            else:
                line = next(y for y, found in enumerate(text_of(app).splitlines()) if label in found)
                await pilot.click(offset=(12, line))
        assert inputs(app) == ["keys: laugh"]


async def test_zero_is_the_silence() -> None:
    async with playing() as (app, pilot):
        await pilot.press("0")
        assert inputs(app) == ["keys: silence"]


async def test_what_cannot_be_done_says_why_and_changes_nothing() -> None:
    async with playing() as (app, pilot):
        await pilot.press(key_of(app.play_screen, "Shout across the yard"))
        assert inputs(app) == []
        assert app.play_screen.dock.answer.words == "It is too late for shouting."


async def test_looking_is_free_and_comes_back_to_the_same_decision() -> None:
    async with playing() as (app, pilot):
        await pilot.press(key_of(app.play_screen, "Look behind the door"))
        await settle(pilot)
        assert "There is a hook. There are keys on it." in said(app.play_screen)
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        assert "Look behind the door" not in rows(app.play_screen)


# The pause


async def test_what_is_sent_stands_as_a_draft_first() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        await pilot.press(key_of(screen, "Say where they are"))
        await settle(pilot)
        assert isinstance(screen.dock.panel, DraftPanel)
        assert screen.has_class("drafting")
        shown = text_of(app)
        assert "On the hook behind the door." in shown
        assert "41 people in this group, and whoever they show it to" in shown
        assert inputs(app) == []
        assert keys_shown(screen) >= {"Enter", "Esc", "i"}
        await pilot.press("enter")
        await settle(pilot)
        assert inputs(app) == ["keys: answer"]
        assert not screen.has_class("drafting")
        assert "On the hook behind the door." in said(screen)


async def test_taking_it_back_is_noted_and_changes_nothing() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        await pilot.press(key_of(screen, "Say where they are"), "escape")
        await settle(pilot)
        assert inputs(app) == []
        back = [event for event in app.session.play.events if isinstance(event, ev.DraftTakenBack)]
        assert [event.choice for event in back] == ["answer"]
        assert screen.dock.answer.words == "You took it back."
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert screen.dock.panel.cursor == "answer"


async def test_who_can_see_it_is_one_key_away_from_a_draft() -> None:
    async with playing() as (app, pilot):
        await pilot.press(key_of(app.play_screen, "Show it to Dev"), "i")
        await settle(pilot)
        assert isinstance(app.screen, InfoScreen)
        assert "your tutor" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.play_screen.dock.panel, DraftPanel)


async def test_forwarding_shows_whose_words_go_where() -> None:
    async with playing() as (app, pilot):
        await pilot.press(key_of(app.play_screen, "Show it to Dev"))
        await settle(pilot)
        shown = text_of(app)
        assert "↪ Forwarded from Marnie" in shown
        assert "Dev, and whoever they show it to" in shown
        await pilot.press("enter")
        await settle(pilot)
        assert app.play_screen.pane.viewing == "dev-dm"
        assert app.play_screen.pane.conversation.entries[-1].forwarded == 1


# Undo


@pytest.mark.parametrize("undo", ["u", "escape"])
async def test_a_mis_tap_can_be_undone_until_the_world_answers(undo: str) -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        screen = app.play_screen
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(key_of(screen, "Laugh along"))
        await settle(pilot)
        assert isinstance(screen.dock.panel, UndoPanel)
        assert "u" in keys_shown(screen)
        assert screen.pane.conversation.entries[-1].reactions[0].names == ["Col", "You"]
        await pilot.press(undo)
        await settle(pilot)
        assert inputs(app) == []
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert screen.pane.conversation.entries[-1].reactions[0].names == ["Col"]
        await settle(pilot, 20)
        assert said(screen) == ["who has the keys for 14"]


@pytest.mark.parametrize("key", ["space", "x", "enter", "wait"])
async def test_undo_ends_with_time_or_with_any_key(key: str) -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        screen = app.play_screen
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(key_of(screen, "Laugh along"))
        if key == "wait":
            await settle(pilot, 1.6)
        else:
            await pilot.press(key)
        assert screen.director.doing is Doing.TELLING
        await pilot.press("u")
        await settle(pilot, 5)
        assert inputs(app) == ["keys: laugh"]
        assert said(screen)[-1] == "ha"


async def test_a_message_that_was_sent_cannot_be_undone() -> None:
    async with playing() as (app, pilot):
        await pilot.press(key_of(app.play_screen, "Say where they are"), "enter", "u")
        await settle(pilot)
        assert inputs(app) == ["keys: answer"]


# The message menu and the composer


async def test_the_menu_of_a_message_leads_to_the_authored_options() -> None:
    async with playing(size=(80, 30)) as (app, pilot):
        screen = app.play_screen
        await pilot.press("m")
        assert isinstance(screen.dock.panel, SelectPanel)
        assert screen.pane.conversation.selected is not None
        await pilot.press("enter")
        await settle(pilot)
        labels = rows(screen)
        assert "Reply: Say where they are" in labels
        assert "React: Laugh along" in labels
        assert "Forward: Show it to Dev" in labels
        shown = text_of(app)
        assert "There is nothing to report about keys." in shown
        assert "It is not yours to delete." in shown
        await pilot.press(key_of(screen, "React: Laugh along"))
        assert inputs(app) == ["keys: laugh"]


async def test_an_item_that_leads_nowhere_says_why() -> None:
    async with playing(size=(80, 30)) as (app, pilot):
        screen = app.play_screen
        await pilot.press("m", "enter")
        await pilot.press(key_of(screen, "Report"))
        assert inputs(app) == []
        assert screen.dock.answer.words == "There is nothing to report about keys."
        await pilot.press("escape")
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert screen.pane.conversation.selected is None


async def test_m_begins_at_a_message_that_has_a_menu() -> None:
    story = load_story(ROOT / "scenarios" / "induction" / "nights-team-4.yaml")
    async with playing(story, session=Session.unsaved(story, 7, "Sam")) as (app, pilot):
        await pilot.press("f")
        await settle(pilot)
        screen = app.play_screen
        assert screen.pane.conversation.entries[-1].kind == "prose"
        await pilot.press("m", "enter")
        panel = screen.dock.panel
        assert isinstance(panel, MenuPanel)
        assert panel.list.rows


async def test_a_click_on_a_bubble_opens_its_menu() -> None:
    async with playing() as (app, pilot):
        lines = text_of(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "who has the keys" in line)
        await pilot.click(offset=(lines[y].index("who has"), y))
        assert isinstance(app.play_screen.dock.panel, MenuPanel)


async def test_down_past_the_newest_message_goes_back_to_the_decision() -> None:
    async with playing() as (app, pilot):
        await pilot.press("m", "down")
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)


async def test_the_composer_offers_what_can_be_said_and_answers_typing_kindly() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        await pilot.press("r")
        assert isinstance(screen.dock.panel, SayPanel)
        assert rows(screen) == ["Say where they are"]
        await pilot.press("h", "i", "q", "m")
        await settle(pilot)
        assert isinstance(screen.dock.panel, SayPanel)
        assert "Keep yours for the talk afterwards." in text_of(app)
        await pilot.press("enter")
        assert isinstance(screen.dock.panel, DraftPanel)


async def test_a_click_on_the_line_to_write_in_opens_it_too() -> None:
    async with playing(size=(100, 36)) as (app, pilot):
        y = next(y for y, line in enumerate(text_of(app).splitlines()) if "Write to Team 4" in line)
        await pilot.click(offset=(40, y))
        assert isinstance(app.play_screen.dock.panel, SayPanel)


# Places


async def test_a_notification_says_what_arrived_elsewhere_and_g_goes_there() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        top = text_of(app).splitlines()[1]
        assert "Dev" in top
        assert "[brackets] are only brackets" in top
        assert "g" in keys_shown(screen)
        await pilot.press("g")
        await settle(pilot)
        assert screen.pane.viewing == "dev-dm"
        assert said(screen) == ["[brackets] are only brackets"]
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert "Esc" in keys_shown(screen)
        await pilot.press("escape")
        assert screen.pane.viewing == "team"
        assert "g" not in keys_shown(screen)


async def test_a_notification_goes_away_by_itself_and_can_be_clicked() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        await pilot.click(offset=(10, 1))
        assert screen.pane.viewing == "dev-dm"
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await settle(pilot, 10)
        assert "brackets" not in text_of(app)
        assert app.play_screen.pane.phone.places["dev-dm"].unread == 1


async def test_tab_lists_the_places_and_one_may_look_round() -> None:
    async with playing() as (app, pilot):
        screen = app.play_screen
        await pilot.press("tab")
        await settle(pilot)
        assert isinstance(screen.dock.panel, PlacesPanel)
        assert rows(screen) == ["Team 4", "Dev"]
        assert "Places · 1 new" in text_of(app)
        assert not any(set(line) == {"─"} for line in text_of(app).splitlines()[2:])
        await pilot.press("down", "enter")
        assert screen.pane.viewing == "dev-dm"
        assert isinstance(screen.dock.panel, ChoicePanel)
        await pilot.press("tab", "tab")
        assert isinstance(screen.dock.panel, ChoicePanel)
        assert inputs(app) == []


async def test_on_a_wide_screen_the_places_stand_beside_the_conversation() -> None:
    async with playing(size=(120, 36)) as (app, pilot):
        screen = app.play_screen
        assert "Dev" in text_of(app).splitlines()[6]
        await pilot.press("tab")
        assert screen.pane.side.list.has_focus
        await settle(pilot)
        assert "↑↓ choose   Enter open   Esc back" in text_of(app).splitlines()[-1]
        assert "Tab" not in keys_shown(screen)
        await pilot.press("tab")
        await settle(pilot)
        assert "↑↓ choose   Enter take it" in text_of(app).splitlines()[-1]
        await pilot.press("tab", "down", "enter")
        assert screen.pane.viewing == "dev-dm"
        await pilot.press("1")
        assert inputs(app) or isinstance(screen.dock.panel, DraftPanel) or screen.dock.answer.words


async def test_who_can_see_it_on_a_key_and_beside_a_broad_screen() -> None:
    async with playing() as (app, pilot):
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, InfoScreen)
        assert "fourteen years in, calm" in text_of(app)
        assert "and 37 others whom you could not name" in text_of(app)
        await pilot.press("escape")
        assert app.screen is app.play_screen
    async with playing(size=(160, 48)) as (app, pilot):
        assert "Who can see this" in text_of(app)
        assert "fourteen years in, calm" in text_of(app)


async def test_the_conversation_scrolls_with_the_page_keys() -> None:
    async with playing(size=(80, 14)) as (app, pilot):
        screen = app.play_screen
        bottom = screen.pane.conversation.scroll_y
        await pilot.press("pageup")
        assert screen.pane.conversation.scroll_y < bottom
        await pilot.press("pagedown")
        assert screen.pane.conversation.scroll_y == bottom


# Time, limits, skipping


async def to_late(pilot: Pilot[object]) -> None:
    """To the second scene, its decision standing."""
    await settle(pilot)
    await pilot.press("f")
    await settle(pilot)
    await pilot.press("0", "space")
    await settle(pilot)
    while not isinstance(pilot.app.screen, PlayScreen):
        await pilot.press("enter")
        await settle(pilot)
    await pilot.press("f")
    await settle(pilot)


async def test_time_passing_clears_the_screen_and_goes_on_with_a_key() -> None:
    async with playing() as (app, pilot):
        await pilot.press("0", "space")
        await settle(pilot)
        assert isinstance(app.screen, TimeScreen)
        shown = text_of(app)
        assert "Tuesday" in shown
        assert "23:30" in shown
        assert "One day later" in shown
        await settle(pilot, 60)
        assert isinstance(app.screen, TimeScreen)  # with reduced motion nothing goes on by itself
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is app.play_screen


async def test_the_date_counts_forward_and_goes_on_by_itself() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("0", "space")
        await settle(pilot, 3)
        moment = app.screen
        assert isinstance(moment, TimeScreen)
        ats = []
        while app.screen is moment and len(ats) < 200:
            ats.append(moment.face.at)
            await settle(pilot, 0.1)
        assert ats == sorted(ats)
        assert len(set(ats)) > 10
        assert app.screen is app.play_screen


async def test_a_limit_lapses_to_the_silence() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        screen = app.play_screen
        assert screen.dock.limit.left == 20
        await settle(pilot, 5)
        assert "15 s" in text_of(app)
        await settle(pilot, 15)
        assert inputs(app)[-1] == "late: (lapse)"


async def test_the_clock_can_be_stopped_and_stands_still_under_a_card() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        screen = app.play_screen
        await pilot.press("p")
        await settle(pilot, 500)
        assert screen.dock.limit.left == 20
        assert "stopped" in text_of(app)
        await pilot.press("p")
        await settle(pilot, 3)
        assert screen.dock.limit.left == 17
        await pilot.press("i")
        await settle(pilot, 500)
        assert screen.dock.limit.left == 17
        await pilot.press("escape")
        await settle(pilot, 2)
        assert screen.dock.limit.left == 15


@pytest.mark.parametrize(("limits", "seconds"), [("longer", 60), ("off", 0)])
async def test_limits_can_be_longer_or_off(limits: str, seconds: int) -> None:
    app = PlayApp(evening(), Manner("off", reduced_motion=True, limits=limits))  # type: ignore[arg-type]
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        assert app.play_screen.dock.limit.left == seconds
        assert ("p" in keys_shown(app.play_screen)) == bool(seconds)
        await settle(pilot, 1000 if not seconds else 1)
        assert inputs(app)[-1] == "keys: silence"


async def test_a_limit_runs_out_in_the_middle_of_a_draft() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("1")
        assert isinstance(app.play_screen.dock.panel, DraftPanel)
        await settle(pilot, 30)
        assert inputs(app)[-1] == "late: (lapse)"
        assert not app.play_screen.has_class("drafting")


async def test_a_beat_can_be_skipped_with_a_note_and_a_line() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("0", "space")
        await settle(pilot, 3)
        await pilot.press("enter")
        await settle(pilot, 0.1)
        screen = app.play_screen
        assert screen.director.doing is Doing.TELLING
        assert screen.dock.answer.words == "Somebody is laughed at. s skips this."
        assert "s" in keys_shown(screen)
        await pilot.press("s")
        await settle(pilot, 2)
        assert inputs(app)[-1] == "late: (skip)"
        assert "You do not read what they wrote about Dev." in said(screen)
        assert "poor dev" not in said(screen)
        team = app.session.phone().places["team"]
        assert not [entry for entry in team.entries if entry.text == "poor dev"], "nor when one comes back to it"


async def test_what_a_cut_leaves_out_is_told_in_a_line() -> None:
    story = compile_story(read(CUT.encode(), "cut.yaml"))
    async with playing(story, session=Session.unsaved(cut_story(story, ["first", "third"]), 7, "Sam")) as (app, pilot):
        screen = app.play_screen
        assert said(screen)[0] == "Somebody says hello, Sam.", "told where the first place comes to the front"
        await pilot.press("1", "space")
        await settle(pilot, 30)
        assert "Col asks about the keys." in said(screen)
        assert "Keys?" not in said(screen)


async def test_a_scene_without_a_decision_can_be_skipped_too() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("0", "space")
        for _turn in range(20):
            if app.play_screen.pane.viewing == "nadia-dm":
                break
            await settle(pilot, 0.5)
        screen = app.play_screen
        await settle(pilot, 10)
        assert screen.director.doing is Doing.ASKING
        assert said(screen) == [], "nothing of it is told before one has answered"
        assert rows(screen) == ["Read it", "Skip this part"]
        assert "Somebody upstairs has heard it, Sam." in text_of(app), "what is in this scene"
        assert "Somebody is laughed at." not in text_of(app)
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert rows(screen) == ["Read it", "Skip this part"], "still, after one has looked round"
        assert "Somebody upstairs has heard it, Sam." in text_of(app)
        await pilot.press("2")
        await settle(pilot, 10)
        assert said(screen) == ["You put the other phone down."]
        assert isinstance(screen.dock.panel, ReadingPanel)
        assert inputs(app)[-1] == "late: silence"
        assert read_or_not(app) == {"sisters": False}
        assert not any(one.text == "always" for place in app.session.phone().places.values() for one in place.entries)


def read_or_not(app: PlayApp) -> dict[str, bool]:
    return {event.scene: event.read for event in app.session.play.events if isinstance(event, ev.ReadingChosen)}


async def test_a_scene_to_read_is_read_and_can_be_skipped_in_the_middle() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("0", "space")
        for _turn in range(20):
            if app.play_screen.director.doing is Doing.ASKING:
                break
            await settle(pilot, 0.5)
        screen = app.play_screen
        await settle(pilot, 1)
        await pilot.press("enter")
        assert read_or_not(app) == {"sisters": True}
        while not said(screen):
            await settle(pilot, 0.2)
        assert said(screen) == ["are they always this loud"]
        assert "s" in keys_shown(screen)
        await pilot.press("s")
        await settle(pilot, 10)
        assert said(screen) == ["are they always this loud", "You put the other phone down."]
        assert isinstance(screen.dock.panel, ReadingPanel)
        assert read_or_not(app) == {"sisters": False}
        await pilot.press("enter")
        while not isinstance(app.screen, PlayScreen):
            await pilot.press("enter")
            await settle(pilot)
        await settle(pilot, 10)
        assert app.session.offer is not None
        assert app.session.offer.scene == "yard"


async def test_who_leaves_at_the_question_is_asked_again() -> None:
    first = Session.unsaved(evening(), 7, "Sam")
    for scene in (first.play.scene, "late", "yard"):
        first.take(Input(scene, choice="no-me" if scene == "yard" else "silence"))
    first.undo()
    async with playing(session=first) as (app, pilot):
        await pilot.press("enter")
        await settle(pilot, 10)
        assert app.play_screen.director.doing is Doing.ASKING
        assert said(app.play_screen) == []


async def test_another_persons_phone_says_whose_it_is() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("0", "space")
        await settle(pilot)
        for _turn in range(20):
            if app.play_screen.pane.viewing == "nadia-dm":
                break
            await pilot.press("enter")
            await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        screen = app.play_screen
        assert "Nadia’s phone" in text_of(app).splitlines()[0]
        assert screen.has_class("other-phone")
        await pilot.press("m", "enter")
        await settle(pilot)
        assert "It is not your phone." in text_of(app)


# What comes back, and the end


async def play_to_end(pilot: Pilot[object]) -> None:
    app = pilot.app
    assert isinstance(app, PlayApp)
    await settle(pilot)
    for _turn in range(60):
        if isinstance(app.screen, EndingScreen):
            return
        await pilot.press("0" if app.session.offer is not None and app.session.offer.silence else "1", "enter", "f")
        await settle(pilot)
    raise AssertionError("never came to an end")


async def test_what_comes_back_is_marked() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("0", "space")
        seen = ""
        for _turn in range(12):
            await settle(pilot)
            if app.screen is app.play_screen and "all night" in text_of(app):
                seen = text_of(app)
                break
            await pilot.press("enter")
        assert "◆ from earlier" in seen


async def test_without_silence_zero_says_why() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await to_late(pilot)
        await pilot.press("0", "space", "f")
        await settle(pilot)
        for _turn in range(20):
            if isinstance(app.play_screen.dock.panel, ChoicePanel) and app.play_screen.deciding:
                break
            await pilot.press("enter")
            await settle(pilot)
        await pilot.press("0")
        assert app.play_screen.dock.answer.words == "She has asked you by name."


async def test_the_ending_is_a_page_and_leads_to_the_debrief_and_back_into_the_play() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await play_to_end(pilot)
        shown = text_of(app)
        assert "They hang where they hung." in shown
        assert "Somebody has painted the hook." in shown
        assert "If something here came close to home: the staff support line." in " ".join(shown.split())
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("down", "p")
        await settle(pilot)
        assert "Play on from “The keys”?" in text_of(app)
        await pilot.press("y")
        await settle(pilot)
        assert app.screen is app.play_screen
        assert inputs(app) == []
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        assert said(app.play_screen) == ["who has the keys for 14"]


async def test_leaving_the_debrief_leaves_the_play() -> None:
    app = PlayApp(evening())
    async with app.run_test(size=LOW) as pilot:
        await play_to_end(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert app.outcome is True


# Leaving and coming back


async def test_q_leaves() -> None:
    async with playing() as (app, pilot):
        await pilot.press("q")
        await settle(pilot)
        assert app.outcome is False


def been_before() -> Session:
    session = Session.unsaved(evening(), 7, "Sam")
    session.take(Input("keys", choice="laugh"))
    session.told = len(session.play.events)
    return session


async def test_coming_back_says_where_one_is_and_then_shows_all_at_once() -> None:
    session = been_before()
    async with playing(evening(), Manner("normal"), session=session) as (app, pilot):
        assert isinstance(app.screen, RecapScreen)
        assert "Laugh along" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is app.play_screen
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        assert said(app.play_screen)[-2:] == ["dev has done it again", "poor dev"]


class Edited(Session):
    """A session whose scenario was edited."""

    @property
    def resumed_changes(self) -> tuple[str, ...]:
        return ("“The keys” is gone; you go on from “Late”.",)


async def test_an_edited_scenario_is_told_plainly() -> None:
    session = Edited.unsaved(evening(), 7, "Sam")
    async with playing(session=session) as (app, _pilot):
        assert "The scenario was edited since you were here:" in text_of(app)
        assert "“The keys” is gone" in text_of(app)


class FullDisk(Session):
    """A session that cannot save."""

    def take(self, given: Input, took_ms: int = 0) -> list[ev.Event]:
        raise SaveError("There is no room left.", "Make some.")


async def test_a_decision_that_could_not_be_saved_is_not_taken() -> None:
    async with playing(session=FullDisk.unsaved(evening(), 7, "Sam")) as (app, pilot):
        await pilot.press("0")
        await settle(pilot)
        assert app.play_screen.dock.answer.words == "There is no room left. Make some."
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        assert inputs(app) == []


async def test_how_long_a_decision_took_is_passed_on() -> None:
    took: list[int] = []

    class Timed(Session):
        def take(self, given: Input, took_ms: int = 0) -> list[ev.Event]:
            took.append(took_ms)
            return super().take(given, took_ms)

    app = PlayApp(evening(), session=Timed.unsaved(evening(), 7, "Sam"))
    async with app.run_test(size=LOW) as pilot:
        await settle(pilot, 4.2)
        await pilot.press("0")
        assert took == [4200]


async def test_help_lists_the_keys() -> None:
    async with playing() as (app, pilot):
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        assert "take back a mis-tap" in text_of(app)


async def test_text_of_a_scenario_is_text() -> None:
    async with playing() as (app, pilot):
        await pilot.press("g")
        await settle(pilot)
        assert "[brackets] are only brackets" in text_of(app)


# The other kinds of decision


async def test_switches_count_their_taps() -> None:
    async with playing(beat("board")) as (app, pilot):
        panel = app.play_screen.dock.panel
        assert isinstance(panel, PickPanel)
        assert "2 taps left" in text_of(app)
        await pilot.press("1", "2")
        await settle(pilot)
        assert "0 taps left" in text_of(app)
        await pilot.press("3")
        assert app.play_screen.dock.answer.words == "No tap left. Switch one back first."
        await pilot.press("1")
        await settle(pilot)
        assert "1 tap left" in text_of(app)
        assert app.play_screen.dock.answer.words == ""
        picked = panel.picks[0]
        await pilot.press("0")
        assert app.session.play.inputs == [Input("switches", "pick", picks=(picked,))]


async def test_done_with_nothing_picked_is_the_silence() -> None:
    async with playing(beat("board")) as (app, pilot):
        await pilot.press("0")
        assert app.session.play.inputs == [Input("switches", "pick")]


async def test_a_pick_survives_a_look_at_the_places() -> None:
    async with playing(beat("board")) as (app, pilot):
        await pilot.press("2", "tab", "escape")
        panel = app.play_screen.dock.panel
        assert isinstance(panel, PickPanel)
        assert len(panel.picks) == 1


async def board(pilot: Pilot[object]) -> BoardPanel:
    """To the board, with nothing locked down."""
    app = pilot.app
    assert isinstance(app, PlayApp)
    await settle(pilot)
    await pilot.press("0", "f")
    await settle(pilot)
    await pilot.press("0", "f")
    for _turn in range(10):
        await settle(pilot)
        if isinstance(app.play_screen.dock.panel, BoardPanel):
            return app.play_screen.dock.panel
        await pilot.press("enter")
    raise AssertionError("no board")


LONG_ASK = (
    "Three people have looked at your page this week, and one of them has a notebook and plenty of time. What do they know?"
)
ASKED = {
    "board": "board:\n      cards: {a: {text: A, tells: [q]}}\n      questions: {q: {ask: Where?}}",
    "pick": "pick:\n      from: {a: {label: Hide the list}}",
}


@pytest.mark.parametrize("kind", ASKED)
async def test_a_long_question_is_asked_whole_on_a_small_terminal(kind: str) -> None:
    decision = ASKED[kind].replace(":\n", f":\n      ask: {LONG_ASK}\n", 1)
    text = (
        "seenby: 1\nid: asked\ntitle: Asked\nminutes: 1\nbegins: Monday 08:00\ncast: {a: {name: Ann}}\nplaces: {g: {group: G}}\n"
        f"scenes:\n  s:\n    in: g\n    {decision}\n    next: end\nendings: {{e: {{title: E, epilogue: Done.}}}}\n"
    )
    async with playing(compile_story(read(text.encode(), "asked.yaml"))) as (app, pilot):
        panel = app.play_screen.dock.panel
        assert isinstance(panel, BoardPanel if kind == "board" else PickPanel)
        shown = " ".join(text_of(app).replace("1 card in sight", "").replace("0 picked", "").split())
        assert LONG_ASK in shown
        high = panel.head.size.height
        await pilot.resize_terminal(240, 40)
        await settle(pilot)
        assert panel.head.size.height < high, "fewer lines, where there is room"


async def test_a_board_is_worked_with_the_keys() -> None:
    app = PlayApp(beat("board"))
    async with app.run_test(size=LOW) as pilot:
        panel = await board(pilot)
        assert panel.questions.has_focus
        await pilot.press("1")
        await settle(pilot)
        assert panel.cards.has_focus
        assert text_of(app).count(panel.offer.questions[0].ask) == 2, "above the cards stands what they are pinned to"
        await pilot.press("2")
        await settle(pilot)
        assert panel.links == {"where": "kit-post"}
        assert panel.questions.has_focus
        assert text_of(app).count(panel.offer.questions[0].ask) == 1
        assert panel.asking == "when"
        await pilot.press("enter", "escape")
        assert panel.questions.has_focus
        await pilot.press("up", "enter", "0")
        assert panel.links == {}
        await pilot.press("1", "1", "0")
        assert app.session.play.inputs[-1] == Input("the-flip", "link", picks=("where=bea-post",))


async def test_a_board_is_worked_with_the_mouse() -> None:
    app = PlayApp(beat("board"))
    async with app.run_test(size=(98, 36)) as pilot:
        panel = await board(pilot)

        async def click(words: str) -> None:
            await settle(pilot)
            lines = text_of(app).splitlines()
            y = next(y for y, line in enumerate(lines) if words in line)
            await pilot.click(offset=(lines[y].index(words) + 1, y))

        await click("When is Robin on the road?")
        await click("Team photo, Thursdays at seven")
        assert panel.links == {"when": "five-a-side"}
        await click("That is all there is")
        assert app.session.play.inputs[-1].picks == ("when=five-a-side",)


async def pieces(pilot: Pilot[object]) -> PickPanel:
    app = pilot.app
    assert isinstance(app, PlayApp)
    for _turn in range(20):
        await settle(pilot)
        panel = app.play_screen.dock.panel
        if isinstance(panel, PickPanel):
            return panel
        await pilot.press("0" if isinstance(panel, ChoicePanel) else "enter", "f")
    raise AssertionError("no pieces")


def ten(**how: Any) -> ev.DecisionOffered:
    options = tuple(ev.Option(id=f"o{number}", label=f"The {number}", action="look") for number in range(1, 11))
    return ev.DecisionOffered(at=0, scene="x", place="team", options=options, done="Done", **how)


class Lone(Dressed):
    """One panel, and what it says was taken."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self.panel = panel
        self.taken: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.panel

    def on_choice_panel_chosen(self, event: ChoicePanel.Chosen) -> None:
        self.taken.append(event.option.id)

    def on_pick_panel_done(self, event: PickPanel.Done) -> None:
        self.taken.append(event.picks)


async def test_the_tenth_option_has_a_number_where_zero_is_free() -> None:
    app = Lone(ChoicePanel(ten(kind="one")))
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("0")
        await settle_lone(pilot)
        assert app.taken == ["o10"]
    with_silence = ChoicePanel(ten(kind="one", silence="o3"))
    assert [row.key for row in with_silence.list.rows] == [*"123456789", "0"], "the silence keeps it"
    assert with_silence.list.rows[-1].id == "o3"


async def test_the_tenth_piece_has_a_number_and_done_another_key() -> None:
    app = Lone(PickPanel(ten(kind="several", most=3, looks="list")))
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("0", "2")
        assert app.panel.picks == ["o10", "o2"]  # type: ignore[attr-defined]
        shown = app.panel.keys()
        assert "d" in [key.key for key in shown]
        await pilot.press("d")
        await settle_lone(pilot)
        assert app.taken == [("o10", "o2")]


async def test_a_list_is_drawn_though_nobody_told_it_of_its_size() -> None:
    app = Lone(ChoicePanel(ten(kind="one")))
    async with app.run_test(size=LOW) as pilot:
        rows_ = app.panel.list  # type: ignore[attr-defined]
        rows_._lines, rows_._width = [], 0
        rows_.refresh()
        await settle_lone(pilot)
        assert "The 10" in text_of(app)


def test_a_switch_whose_label_counts_needs_no_taps_beside_it() -> None:
    options = (
        ev.Option(id="a", label="Hide it (2 min)", action="look", cost=2),
        ev.Option(id="b", label="Look", action="look", cost=3),
    )
    offer = ev.DecisionOffered(
        at=0, scene="x", place=None, kind="several", options=options, most=4, looks="switches", done="Done"
    )
    panel = SwitchesPanel(offer)
    assert [row.note for row in panel.rows()] == ["", "3 taps", ""]
    assert panel.left_words() == "4 left"


def test_what_labels_count_in_is_what_is_left() -> None:
    options = tuple(ev.Option(id=f"o{n}", label=f"Do it ({n} min)", action="look", cost=n) for n in (5, 15, 25))
    offer = ev.DecisionOffered(at=0, scene="x", place=None, kind="several", options=options, most=40, looks="list", done="Done")
    panel = PickPanel(offer, picks=("o5", "o15"))
    assert [row.note for row in panel.rows()] == ["", "", "", ""]
    assert (panel.left_words(), panel.full_words()) == ("20 min left", "That is all you have: 40 min.")


async def settle_lone(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


async def test_pieces_make_a_text_in_their_order_and_wait_as_a_draft() -> None:
    app = PlayApp(beat("pieces"))
    async with app.run_test(size=(100, 36)) as pilot:
        panel = await pieces(pilot)
        first, second = panel.offer.options[0], panel.offer.options[3]
        await pilot.press("1", "4")
        assert panel.picks == [first.id, second.id]
        await pilot.press("less_than_sign")
        assert panel.picks == [second.id, first.id]
        assert panel.text() == f"{second.label}\n{first.label}"
        await pilot.press("1", "1")
        assert panel.picks == [second.id, first.id]
        await pilot.press("0")
        await settle(pilot)
        assert isinstance(app.play_screen.dock.panel, DraftPanel)
        assert "5,200 followers" in text_of(app)
        await pilot.press("escape")
        await settle(pilot)
        again = app.play_screen.dock.panel
        assert isinstance(again, PickPanel)
        assert again.picks == [second.id, first.id]
        await pilot.press("0", "enter")
        assert app.session.play.inputs[-1].picks == (second.id, first.id)
        shown = [event for event in app.session.play.events if isinstance(event, ev.MessageShown) and event.sender == YOU]
        assert shown[-1].text == f"{second.label}\n{first.label}"


async def test_members_say_what_people_are() -> None:
    async with playing(beat("members"), size=(100, 36)) as (app, pilot):
        await pilot.press("0", "f")
        panel = await pieces(pilot)
        shown = text_of(app)
        assert "left for a competitor in spring" in shown
        sunny = next(number for number, option in enumerate(panel.offer.options, 1) if option.id == "take-sunny")
        await pilot.press(str(sunny), "0")
        assert app.session.play.inputs[-1].picks == ("take-sunny",)


async def test_enter_that_goes_on_takes_no_option_by_mistake() -> None:
    app = PlayApp(evening(), Manner("normal"))
    async with app.run_test(size=LOW) as pilot:
        for _turn in range(8):
            await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        await pilot.press("enter")
        assert isinstance(app.play_screen.dock.panel, ChoicePanel)
        assert inputs(app) == []
        await settle(pilot, 0.5)
        await pilot.press("enter")
        await settle(pilot)
        assert inputs(app) or isinstance(app.play_screen.dock.panel, DraftPanel)


async def test_a_muted_place_is_seen_later_and_says_so() -> None:
    session = Session.unsaved(evening(), 7, "Sam")
    session.take(Input("keys", choice="hush"))
    session.told = 0
    app = PlayApp(evening(), session=session)
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("f")
        await settle(pilot)
        assert "You see this 2 hours later." in said(app.play_screen)
        assert "Team 4 · 41 members · muted" in text_of(app)


@pytest.mark.parametrize("name", ["leave-expiry", "board", "pieces", "members"])
async def test_no_key_at_any_time_breaks_anything(name: str) -> None:
    draw = Random(name)
    app = PlayApp(beat(name), Manner(draw.choice(["off", "fast"]), reduced_motion=True))  # type: ignore[arg-type]
    keys = ["enter"] * 5 + ["0", "1", "2", "3", "up", "down", "m", "r", "tab", "g", "escape", "i", "s", "p", "space", "f", "u"]
    keys += ["question_mark", "pageup", "less_than_sign", "x", "right", "left", "ctrl+z", "d"]
    async with app.run_test(size=draw.choice([(60, 18), LOW, (120, 36), (160, 48)])) as pilot:
        for _press in range(55):
            await pilot.press(draw.choice(keys))
            if draw.random() < 0.3:
                app.hand.advance(draw.random() * 8)
            if app.outcome != "running":
                break
        await settle(pilot)
    told = {entry.id for place in app.session.play.phone().places.values() for entry in place.entries}
    shown = {entry.id for place in app.play_screen.pane.phone.places.values() for entry in place.entries}
    assert app.play_screen.pane.viewing is not None
    assert {name for name in shown if not name.startswith("notice-")} <= told


TWENTY = """\
seenby: 1
id: twenty
title: Twenty minutes
minutes: 1
begins: Monday 08:00
cast: {a: {name: Ann}, b: {name: Ben}}
places: {g: {group: G, with: [a, b]}, d: {dm: b}}
scenes:
  one:
    in: g
    choices:
      say: {label: Say it, send: So there it is., script: "Ann: I see"}
      silence: {}
    next: two
  two: {when: +20 minutes, in: d, script: "Ben: was that about me", next: end}
endings: {e: {title: E, epilogue: Done.}}
"""


async def test_the_clock_goes_on_with_the_place_and_not_before_one_has_read() -> None:
    async with playing(compile_story(read(TWENTY.encode(), "twenty.yaml")), Manner("normal")) as (app, pilot):
        await settle(pilot, 5)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, 30)
        assert isinstance(app.play_screen.dock.panel, ReadingPanel)
        assert app.play_screen.pane.viewing == "g"
        assert "Mon 08:00" in text_of(app)
        await pilot.press("enter")
        await settle(pilot, 30)
        assert app.play_screen.pane.viewing == "d"
        assert "Mon 08:20" in text_of(app)


LONG = "They have asked me for the list of who was in on Friday night, and I have said that it is with you, so look for it before nine."
ELSEWHERE = f"""\
seenby: 1
id: elsewhere
title: Elsewhere
minutes: 1
begins: Monday 08:00
cast: {{a: {{name: Ann}}, b: {{name: Ben}}}}
places: {{g: {{group: G, with: [a, b]}}, d: {{dm: b}}}}
scenes:
  one:
    in: g
    choices:
      say:
        label: Say it
        send: So there it is.
        script: |
          Ann: I see
          in d:
          Ben: {LONG}
      silence: {{}}
    next: two
  two: {{in: g, script: "Ann: well then", next: end}}
endings: {{e: {{title: E, epilogue: Done.}}}}
"""


@pytest.mark.parametrize("size", [LOW, (80, 18), (160, 48)], ids=str)
async def test_what_arrives_elsewhere_is_read_or_waits_to_be(size: tuple[int, int]) -> None:
    async with playing(compile_story(read(ELSEWHERE.encode(), "e.yaml")), Manner("normal", reduced_motion=True), size=size) as (
        app,
        pilot,
    ):
        screen = app.play_screen
        await settle(pilot, 5)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, 6)
        banner = text_of(app).splitlines()[1:3]
        words = " ".join(line.replace("g look", "").strip() for line in banner)
        assert (LONG in words) == (size != (80, 18)), "on two lines, where the terminal is not too low"
        await settle(pilot, 30)
        assert isinstance(screen.dock.panel, ReadingPanel), "the next scene is in the same place, and waits all the same"
        assert "New from Ben: g to look" in text_of(app)
        assert said(screen)[-1] == "I see"
        await pilot.press("g")
        await settle(pilot)
        assert said(screen)[-1] == LONG
        assert "New from Ben" not in text_of(app)
        await pilot.press("enter")
        await settle(pilot, 30)
        assert screen.pane.viewing == "g"
        assert said(screen)[-1] == "well then"


async def test_nobody_has_to_look_at_what_arrives_elsewhere() -> None:
    async with playing(compile_story(read(ELSEWHERE.encode(), "e.yaml")), Manner("normal", reduced_motion=True)) as (
        app,
        pilot,
    ):
        screen = app.play_screen
        await settle(pilot, 5)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, 60)
        assert "New from Ben: g to look" in text_of(app)
        await pilot.press("enter")
        await settle(pilot, 60)
        assert said(screen)[-1] == "well then"
        assert "New from" not in text_of(app), "it is said once; the list of places goes on saying it"
        assert "places (1 new)" in text_of(app)
