"""The preview: a file that is saved again and again while it is played."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.widgets import Input as Line

from game.debrief.screen import DebriefScreen
from game.play.director import HOLD
from game.play.draft import DraftPanel
from game.play.ending import EndingScreen
from game.play.panel import ReadingPanel
from game.play.rows import Rows
from game.preview.app import CHECK_AFTER, WaitingScreen
from game.preview.help import PreviewHelp
from game.preview.panels import ScenesScreen, TimesScreen, ValuesScreen
from game.preview.reasons import WhyScreen
from game.preview.watch import EMPTY_LOOKS
from game.screens.sheet import Sheet
from tests.game.preview_table import TEXT, Desk, picture, said
from tests.game.shell import press, settle
from tests.game.stage import Hand

SIZE = (100, 34)
MARROW = Path(__file__).parents[2] / "docs" / "examples" / "marrow.yaml"


@pytest.fixture(autouse=True)
def _plain_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No words of an organisation of this machine, no folder of saves of its user."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("SEENBY_ORGANISATION", raising=False)


def news(desk: Desk) -> str:
    return desk.screen.strip.standing.news


# The loop


async def test_it_plays_the_file_and_says_where_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert said(desk.screen)[-1] == "hello there"
        shown = picture(desk.app)
        assert "small.yaml:12 · first" in shown
        assert "read just now" in shown
        assert not desk.screen.findings.display
        desk.time += 120
        desk.beat()
        await settle(pilot)
        assert "read 2 min ago" in picture(desk.app)
    assert not (tmp_path / "data").exists(), "no saves are made"


async def test_saving_does_the_play_over_at_the_same_place(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.take("first: speak")
        await settle(pilot)
        assert desk.offered == "second"
        desk.edit("hardly any", "hardly any, so far")
        before = desk.time
        await desk.saved(pilot)
        assert desk.time - before <= 1.0
        assert desk.taken == ["first: speak"]
        assert desk.offered == "second"
        assert said(desk.screen)[-1] == "hardly any, so far"
        assert news(desk) == "read just now"
        assert desk.screen.deciding


async def test_a_file_put_in_its_stead_is_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.replace(TEXT.replace("hello there", "good evening"))
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "good evening"


async def test_a_half_written_file_shows_no_errors(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        whole = TEXT.replace("hello there", "good evening")
        for part in (0, 200, 700, 1300):
            desk.write(whole[:part])
            desk.beat()
            await settle(pilot)
            assert not desk.screen.findings.display
            assert said(desk.screen)[-1] == "hello there"
        desk.write(whole)
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "good evening"
        assert not desk.screen.findings.display


async def test_a_file_that_is_written_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.preview import app as module

    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        look_at = module.look_at

        def slow(file: Path) -> Any:
            found = look_at(file)
            desk.write(TEXT.replace("hello there", "good evening"))
            return found

        desk.write("seenby: [")
        monkeypatch.setattr(module, "look_at", slow)
        desk.beat(2)
        monkeypatch.setattr(module, "look_at", look_at)
        await settle(pilot)
        assert not desk.screen.findings.display
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "good evening"


async def test_a_deleted_file_is_waited_for(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.file.unlink()
        desk.beat(3)
        await settle(pilot)
        assert news(desk) == "the file is gone; waiting for it"
        assert said(desk.screen)[-1] == "hello there"
        await pilot.press("1")
        desk.write(TEXT.replace("hello there", "back again"))
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "back again" or desk.taken
        assert news(desk).startswith("read")


async def test_a_save_that_changes_nothing_disturbs_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        play = desk.trial.play
        desk.touch()
        await desk.saved(pilot)
        assert desk.trial.play is play
        assert news(desk) == "read just now"


async def test_a_scene_to_read_stays_in_front(tmp_path: Path) -> None:
    """The author mends a text in a scene to read: it must not run on to the next decision."""
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *_keys_to(desk, "speak"))
        assert desk.screen.scene_in_front == "morning"
        assert isinstance(desk.screen.dock.panel, ReadingPanel)
        desk.edit("good morning", "a very good morning")
        await desk.saved(pilot)
        assert desk.screen.scene_in_front == "morning"
        assert isinstance(desk.screen.dock.panel, ReadingPanel)
        assert said(desk.screen)[-1] == "a very good morning"
        assert "small.yaml:30 · morning" in picture(desk.app)


def _keys_to(desk: Desk, option: str) -> list[str]:
    """The keys that take an option: its number, then whatever lets the world answer."""
    rows = desk.screen.dock.panel.list.rows  # type: ignore[attr-defined]
    label = next(one.label for one in desk.trial.offer.options if one.id == option)  # type: ignore[union-attr]
    return [next(row.key for row in rows if row.label == label), "space"]


async def test_another_place_stays_in_front(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.screen._go_to("ana-dm")
        desk.edit("hello there", "good evening")
        await desk.saved(pilot)
        assert desk.screen.pane.viewing == "ana-dm"


async def test_a_draft_stays_open_with_its_new_words(tmp_path: Path) -> None:
    text = TEXT.replace("        label: Pass it on\n", "        label: Pass it on\n        send: |\n          have a look\n")
    desk = Desk(tmp_path, text)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, _keys_to(desk, "pass")[0])
        assert isinstance(desk.screen.dock.panel, DraftPanel)
        desk.edit("have a look", "have a look at this")
        await desk.saved(pilot)
        assert isinstance(desk.screen.dock.panel, DraftPanel)
        assert "have a look at this" in picture(desk.app)
        await press(pilot, "enter")
        assert desk.taken == ["first: pass"]


# What no longer fits


async def test_a_renamed_scene(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.take("first: speak", "second: shut", "third: silence")
        text = TEXT.replace("  second:\n", "  the-second:\n").replace("next: second", "next: the-second")
        desk.write(text)
        await desk.saved(pilot)
        assert desk.taken == ["first: speak"]
        assert desk.offered == "the-second"
        words = " ".join(desk.trial.misfit_words())
        assert "Decision 2, “second: shut”, no longer fits: there is no scene “second”. Did you mean 'the-second'?" in words
        assert "It stands at “the-second” now." in words
        assert "1 later decision is kept and tried again." in words
        assert "no longer fits" in picture(desk.app)
        assert "decision 1 of 3" in news(desk)
        desk.write(TEXT)
        await desk.saved(pilot)
        assert desk.taken == ["first: speak", "second: shut", "third: silence"]
        assert desk.trial.misfit is None
        assert "no longer fits" not in picture(desk.app)


async def test_a_removed_choice_and_going_on_from_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.take("first: speak", "second: shut", "third: silence")
        desk.edit("      shut: {label: Shut it}\n", "")
        await desk.saved(pilot)
        assert desk.taken == ["first: speak"]
        assert desk.trial.misfit is not None
        assert desk.trial.misfit.why == "there is no choice “shut” in “second”."
        assert desk.offered == "second"
        # The author decides anew: what came after is kept for the asking, not taken behind their back.
        desk.take("second: ask")
        desk.screen.refresh_keys()
        await settle(pilot)
        assert not desk.screen.findings.display
        desk.edit("the last of it", "the very last")
        await desk.saved(pilot)
        assert desk.taken == ["first: speak", "second: ask"]
        await press(pilot, "k")
        assert desk.taken == ["first: speak", "second: ask", "third: silence"]
        assert isinstance(desk.app.screen, EndingScreen)


async def test_a_choice_that_is_no_longer_open(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: speak", "second: ask"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert desk.offered == "third"
        desk.edit("if: spoke, else", "if: clues = 5, else")
        await desk.saved(pilot)
        assert desk.taken == ["first: speak"]
        assert "you never spoke." in " ".join(desk.trial.misfit_words()).lower()


# Findings


async def test_with_errors_the_last_good_version_stays_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.time += 30
        desk.edit("next: morning", "next: mourning")
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "hello there"
        assert desk.screen.deciding
        shown = picture(desk.app)
        assert "29:11  SB204  there is no scene 'mourning'" in shown
        assert "in this scene" in shown
        assert "1 error" in shown
        assert "playing what was saved 30 s ago" in shown
        await press(pilot, *_keys_to(desk, "speak"))
        assert desk.taken == ["first: speak"], "it goes on all the same"
        assert "in this scene" not in picture(desk.app)
        desk.edit("next: mourning", "next: morning")
        await desk.saved(pilot)
        assert not desk.screen.findings.display
        assert "error" not in picture(desk.app)
        assert desk.taken == ["first: speak"]


async def test_broken_yaml_and_then_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.take("first: speak")
        desk.write(TEXT.replace("scenes:\n", "scenes: [\n"))
        await desk.saved(pilot)
        assert desk.screen.findings.display
        assert desk.app.reading is not None
        assert desk.app.reading.story is None
        assert desk.screen.strip.standing.line == 41, "the line of the last good version"
        desk.write(TEXT)
        await desk.saved(pilot)
        assert not desk.screen.findings.display
        assert desk.offered == "second"


async def test_findings_are_gone_through_and_their_place_is_copied(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.write(TEXT.replace("next: morning", "next: mourning").replace("next: third", "next: thirst"))
        await desk.saved(pilot)
        await press(pilot, "x")
        assert desk.screen.findings.list.has_focus
        assert "did you mean 'morning'?" in picture(desk.app)
        await press(pilot, "down")
        assert "did you mean 'third'?" in picture(desk.app)
        await press(pilot, "y")
        assert desk.app.clipboard == f"{desk.file}:53:11"
        await press(pilot, "enter")
        assert f"{desk.file}:53:11" in desk.screen.findings.hint.words
        assert desk.app.screen is desk.screen, "Enter opens nothing"
        await press(pilot, "e")
        assert "Line 53 of small.yaml." in _toasts(desk)
        await press(pilot, "escape")
        assert not desk.screen.findings.list.has_focus
        assert desk.screen.findings.display, "errors stay in sight"
        assert desk.screen.deciding


def _toasts(desk: Desk) -> str:
    return " ".join(str(note.message) for note in desk.app._notifications)


async def test_warnings_are_told_when_asked_for(tmp_path: Path) -> None:
    desk = Desk(tmp_path, TEXT.replace("hello there", "hello there #tag").replace("title: Small", "title: Small  #lost"))
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert desk.app.reading is not None
        count = desk.app.reading.count("warning")
        assert count
        assert f"{count} warning" in picture(desk.app)
        assert not desk.screen.findings.display
        await press(pilot, "x")
        assert desk.screen.findings.display
        await press(pilot, "x")
        assert not desk.screen.findings.display


async def test_a_file_that_cannot_be_played_at_first(tmp_path: Path) -> None:
    desk = Desk(tmp_path, TEXT.replace("next: morning", "next: mourning"))
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(desk.app.screen, WaitingScreen)
        shown = picture(desk.app)
        assert "small.yaml cannot be played yet." in shown
        assert "29:11  SB204" in shown
        await press(pilot, "y")
        assert desk.app.clipboard == f"{desk.file}:29:11"
        desk.write("")
        desk.beat(EMPTY_LOOKS + 3)
        await settle(pilot)
        assert "SB113" in picture(desk.app)
        desk.write(TEXT)
        await desk.saved(pilot)
        assert desk.app.screen is desk.screen
        assert said(desk.screen)[-1] == "hello there"


async def test_the_check_of_the_whole_story_adds_its_findings(tmp_path: Path) -> None:
    pytest.importorskip("engine.check")
    desk = Desk(tmp_path, checks=True)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.beat(CHECK_AFTER - 1)
        await settle(pilot)
        assert desk.app.reading is not None
        assert desk.app.reading.findings == (), "not before it has been quiet for a second"
        desk.beat()
        await settle(pilot)
        assert desk.app.reading.story is not None
        found = {(finding.code, finding.line) for finding in desk.app.reading.findings}
        line = TEXT.split("\n").index("  never:") + 1
        assert ("SB301", line) in found
        play = desk.trial.play
        desk.touch()
        await desk.saved(pilot)
        desk.beat(CHECK_AFTER)
        await settle(pilot)
        assert desk.trial.play is play
        assert ("SB301", line) in {(finding.code, finding.line) for finding in desk.app.reading.findings}


@pytest.mark.parametrize("program", ["/bin/false", "/bin/echo", "/nowhere"])
async def test_a_checker_that_fails_does_not_stop_the_preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr("sys.executable", program)
    desk = Desk(tmp_path, checks=True)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.beat(CHECK_AFTER)
        await settle(pilot)
        assert said(desk.screen)[-1] == "hello there"
        assert desk.app.reading is not None
        assert desk.app.reading.findings == ()


# Going places


async def test_going_to_a_scene_by_the_shortest_decisions(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+g")
        assert isinstance(desk.app.screen, ScenesScreen)
        assert "you are here" in picture(desk.app)
        await press(pilot, *"third", "enter")
        assert desk.app.screen is desk.screen
        assert desk.offered == "third"
        assert len(desk.taken) == 2
        assert desk.screen.scene_in_front == "third"
        assert "2 decisions lead here." in _toasts(desk)


async def test_going_to_a_scene_to_read_stops_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.app.go_to("nudge")
        await settle(pilot)
        assert desk.screen.scene_in_front == "nudge"
        assert said(desk.screen)[-1] == "a nudge"
        assert isinstance(desk.screen.dock.panel, ReadingPanel)
        desk.edit("a nudge", "a gentle nudge")
        await desk.saved(pilot)
        assert desk.screen.scene_in_front == "nudge"
        assert said(desk.screen)[-1] == "a gentle nudge"


async def test_a_scene_that_no_play_reaches_can_be_set_down_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.app.go_to("never")
        await settle(pilot)
        assert isinstance(desk.app.screen, Sheet)
        assert "No play leads to “never”" in picture(desk.app)
        await press(pilot, "enter")
        assert desk.screen.scene_in_front == "never"
        assert said(desk.screen)[-1] == "nobody comes here"
        desk.edit("nobody comes here", "nobody ever comes here")
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "nobody ever comes here"
        desk.write(TEXT.replace("  never:\n", "  nevers:\n"))
        await desk.saved(pilot)
        assert "There is no scene “never” any more" in " ".join(desk.trial.misfit_words())
        assert "Did you mean 'nevers'?" in " ".join(desk.trial.misfit_words())
        desk.write(TEXT)
        await desk.saved(pilot)
        assert desk.screen.scene_in_front == "never"
        assert desk.trial.lost == []


async def test_setting_down_directly_takes_the_values_along(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.take("first: speak")
        await press(pilot, "ctrl+g", *"third")
        await press(pilot, "ctrl+o")
        assert desk.offered == "third"
        assert desk.taken == []
        values = desk.trial.play.values
        assert values[desk.trial.story.var_index["spoke"]] == 1
        assert values[desk.trial.story.var_index["clues"]] == 2
        assert desk.trial.play.pending == []
        assert "no decisions led here" in _toasts(desk)


async def test_it_can_begin_at_a_scene(tmp_path: Path) -> None:
    desk = Desk(tmp_path, at="second")
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert desk.offered == "second"
    desk = Desk(tmp_path, at="secnod")
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "There is no scene “secnod”. Did you mean 'second'?" in _toasts(desk)
        assert desk.offered == "first"


async def test_beginning_again_and_the_next_seed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: speak", "second: shut"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert desk.offered == "third"
        await press(pilot, "n")
        assert desk.trial.play.seed == 8
        assert desk.offered == "third"
        await press(pilot, "b")
        assert desk.taken == []
        assert desk.screen.deciding
        await press(pilot, "k")
        assert desk.taken == ["first: speak", "second: shut"]


# Values, time, why


async def test_a_flag_is_set_and_the_scene_plays_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: silence"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert said(desk.screen)[-1] == "hardly any"
        assert not _option(desk, "ask").available
        await press(pilot, "v")
        assert isinstance(desk.app.screen, ValuesScreen)
        names = [row.id for row in desk.app.screen.list.rows]
        assert names == ["spoke", "clues", "trust", "team", "people", "own", "security"]
        await press(pilot, "right")
        assert _option(desk, "ask").available
        await press(pilot, "down", "right", "right")
        assert "clues" in picture(desk.app)
        assert "set here" in picture(desk.app)
        await press(pilot, "escape")
        assert said(desk.screen)[-1] == "three at least"
        assert _option(desk, "open").available
        assert desk.taken == ["first: silence"], "decisions are as they were"
        desk.edit("three at least", "three or more")
        await desk.saved(pilot)
        assert said(desk.screen)[-1] == "three or more", "what was set stays set"
        desk.write(TEXT.replace("  clues: {from: 0, to: 5}", "  clues: {from: 0, to: 2}").replace("clues >=", "clues <="))
        await desk.saved(pilot)
        assert "'clues' goes from 0 to 2." in desk.trial.misfit_words()


def _option(desk: Desk, name: str) -> Any:
    offer = desk.trial.offer
    assert offer is not None
    return next(option for option in offer.options if option.id == name)


async def test_a_number_stops_at_its_bounds_and_a_dial_moves_by_points(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "v", "down", "left")
        assert "“clues” goes no further than 0." in picture(desk.app)
        await press(pilot, "down", "down", "minus", "minus")
        assert desk.trial.play.dials["team"] == -200
        assert "-2" in picture(desk.app)


async def test_what_is_pending_is_shown_and_can_be_let_come(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: speak"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "t")
        assert isinstance(desk.app.screen, TimesScreen)
        shown = picture(desk.app)
        assert "nudge   Wednesday 09:00, in 23 hours · made by first.speak" in shown
        assert "thanks   Thursday 09:00, in 2 days" in shown
        assert "comes if clues >= 3: that does not hold now" in shown
        assert "clues is 2" in shown
        await press(pilot, "2")
        assert desk.app.screen is desk.screen
        assert desk.trial.play.pending == []
        assert desk.offered == "second"
        shown = [event.text for event in desk.trial.play.events if hasattr(event, "text")]
        assert "a nudge" in shown
        assert "thank you" not in shown


async def test_on_to_the_next_scene(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "t", "1")
        assert desk.taken == ["first: silence"]
        assert desk.offered == "second"
        for _number in range(2):
            desk.app.skip_on()
            await settle(pilot)
        assert desk.trial.ended
        assert isinstance(desk.app.screen, EndingScreen)
        desk.app.skip_on()
        await settle(pilot)
        assert "The play is over." in _toasts(desk)


async def test_why_says_what_is_asked_for_and_how_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: pass"])
    async with desk.app.run_test(size=(100, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        assert isinstance(desk.app.screen, WhyScreen)
        shown = picture(desk.app)
        for words in (
            "✗ open  Open it   line 49",
            "hidden: its `if` does not hold",
            "if: ✗ clues >= 3   clues is 1",
            "✓ shut  Shut it   line 50   on offer",
            "– ask  Ask again   line 51",
            "shown, and refused: You never spoke.",
            "if: ✗ spoke   spoke is no",
            "✗ ana  three at least   line 46",
            "does not come as things stand",
            "What did not come, the latest first",
            "✗ locked   line 35",
            "passed over, Monday 09:00",
            "one of these",
            "✗ clues >= 4   clues is 0",
            "all of these",
            "✓ not clues > 0   clues is 0",
        ):
            assert words in shown, words
        desk.edit("open: {label: Open it, if: clues >= 3}", "open: {label: Open it, if: clues >= 1}")
        await desk.saved(pilot)
        assert "if: ✓ clues >= 1   clues is 1" in picture(desk.app), "it follows the file"
        await press(pilot, "escape")
        assert desk.app.screen is desk.screen


async def test_a_panel_about_a_scene_that_is_gone_closes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: pass"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "v")
        desk.write(TEXT.replace("  second:\n", "  other:\n").replace("next: second", "next: other"))
        await desk.saved(pilot)
        assert desk.app.screen is desk.screen


# The end, the editor, leaving


async def test_at_the_end_one_looks_back_and_the_file_can_still_be_saved(tmp_path: Path) -> None:
    desk = Desk(tmp_path, decisions=["first: speak", "second: shut", "third: silence"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(desk.app.screen, EndingScreen)
        desk.edit("epilogue: Done.", "epilogue: It is done.")
        await desk.saved(pilot)
        assert isinstance(desk.app.screen, EndingScreen)
        assert "It is done." in picture(desk.app)
        await press(pilot, "enter")
        assert isinstance(desk.app.screen, DebriefScreen)
        desk.edit("Somebody spoke.", "Somebody spoke at last.")
        await desk.saved(pilot)
        assert isinstance(desk.app.screen, DebriefScreen)
        await press(pilot, "q")
        assert desk.app.screen is desk.screen
        assert desk.app.is_running
        desk.edit("next: morning", "next: second")
        await desk.saved(pilot)
        assert desk.taken == ["first: speak", "second: shut", "third: silence"]


async def test_a_moment_of_time_passing_does_not_outlive_a_save(tmp_path: Path) -> None:
    hand = Hand()  # the moment would be over by itself, on a slow machine before it is looked at
    desk = Desk(tmp_path, scheduler=hand)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *_keys_to(desk, "speak"))
        await press(pilot, "enter")
        if desk.app.screen is desk.screen:
            hand.advance(HOLD)
            await settle(pilot)
        assert desk.app.screen is not desk.screen, "time passes"
        desk.edit("good morning", "a good morning")
        await desk.saved(pilot)
        assert desk.app.screen is desk.screen
        assert desk.screen.scene_in_front == "morning"
        for _number in range(3):
            await press(pilot, "enter")
        assert desk.screen.scene_in_front == "second"


async def test_the_editor_opens_at_the_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path, environ={"EDITOR": "code -w"}, decisions=["first: pass"])
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        assert desk.ran == [["code", "-w", "--goto", f"{desk.file}:41"]]


async def test_without_an_editor_the_line_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        assert "Line 12 of small.yaml. Set $VISUAL or $EDITOR" in _toasts(desk)


async def test_letters_are_letters_where_something_is_typed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        await press(pilot, "v")
        assert desk.app.screen is desk.screen
        await press(pilot, "escape", "ctrl+g", "v", "e")
        assert desk.app.screen.query_one(Line).value == "ve"
        assert [row.id for row in desk.app.screen.query_one(Rows).rows] == ["never"]


async def test_help_lists_the_keys(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=(100, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert isinstance(desk.app.screen, PreviewHelp)
        shown = picture(desk.app)
        assert "go to a scene: by decisions, or directly" in shown
        await press(pilot, "escape", "f1")
        assert isinstance(desk.app.screen, PreviewHelp)


async def test_every_way_stands_in_the_palette(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        names = [command.title for command in desk.app.get_system_commands(desk.app.screen)]
        for name in ("Go to a scene", "Why", "Values", "Time", "Findings", "Begin again", "Next seed", "Edit", "Leave"):
            assert name in names
        pace = next(command for command in desk.app.get_system_commands(desk.app.screen) if command.title.startswith("Pace: F"))
        pace.callback()
        assert desk.screen.manner.pace == "fast"


async def test_leaving_is_one_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert not desk.app.is_running or desk.app._exit


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_the_strip_takes_one_line_and_the_play_has_the_rest(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path)
    async with desk.app.run_test(size=size) as pilot:
        await settle(pilot)
        assert desk.screen.strip.region.height == 1
        assert desk.screen.strip.region.y == size[1] - 1
        assert desk.screen.findings.region.height == 0
        desk.edit("next: morning", "next: mourning")
        await desk.saved(pilot)
        assert 1 <= desk.screen.findings.region.height <= 4
        assert desk.screen.pane.region.height >= size[1] - 8


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_saved_and_pressed_nothing_breaks(tmp_path: Path, seed: int) -> None:
    """Saves of a file with lines lost, doubled, cut and moved, and keys of the preview between them."""
    draw = Random(seed)
    lines = MARROW.read_text("utf-8").split("\n")
    keys = ("1", "2", "0", "enter", "space", "f", "w", "v", "right", "down", "t", "ctrl+g", "ctrl+o", "x", "y", "e", "b", "n", "k",
            "m", "tab", "i", "r", "escape", "escape", "escape", "question_mark")  # fmt: skip
    desk = Desk(tmp_path, "\n".join(lines))
    played = 0
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _number in range(25):
            changed = list(lines)
            for _change in range(draw.choice([0, 1, 1, 2])):
                at = draw.randrange(len(changed))
                how = draw.randrange(4)
                if how == 0:
                    del changed[at]
                elif how == 1:
                    changed.insert(at, changed[draw.randrange(len(changed))])
                elif how == 2:
                    changed[at] = changed[at][: draw.randrange(len(changed[at]) + 1)]
                else:
                    changed[at] = changed[at].replace(": ", ": the-", 1)
            desk.write("\n".join(changed))
            desk.beat(2)
            assert desk.app.reading is not None
            played += desk.app.reading.story is not None
            for _key in range(3):
                await pilot.press(draw.choice(keys))
            await pilot.pause()
            assert desk.app.is_running
            assert desk.trial.play.events
    assert 0 < played < 25, "some saves can be played, some cannot"
