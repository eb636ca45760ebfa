"""Pictures of the play screen's main states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.play.inputs import Input
from game.play.manner import Manner
from tests.game.stage import PlayApp, beat, evening

LOW, MIDDLE, BROAD = (80, 24), (120, 36), (160, 48)
Look = Callable[..., bool]


def compare(snap: Look, app: PlayApp, size: tuple[int, int], *keys: str, wait: float = 0) -> bool:
    async def before(pilot: Pilot[object]) -> None:
        for _turn in range(3):
            await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        if wait:
            app.hand.advance(wait)
        for _turn in range(3):
            await pilot.pause()

    return snap(app, terminal_size=size, run_before=before)


def number(choice: str) -> str:
    """The key of a choice in the first scene; the seed decides their order."""
    offer = PlayApp(evening()).session.offer
    assert offer is not None
    return str([option.id for option in offer.options].index(choice) + 1)


@pytest.mark.parametrize("theme", ["night", "day"])
@pytest.mark.parametrize("size", [LOW, MIDDLE, BROAD], ids=str)
def test_the_decision(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    assert compare(snap_compare, PlayApp(evening(), theme=theme), size, "down", "down")


@pytest.mark.parametrize("theme", ["contrast", "plain"])
def test_the_decision_in_other_looks(snap_compare: Look, theme: str) -> None:
    assert compare(snap_compare, PlayApp(evening(), theme=theme), LOW, "down", "down")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_somebody_types(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening(), Manner("normal", reduced_motion=True)), size, wait=0.4)


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_the_pause(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening()), size, number("answer"))


def test_the_pause_by_day(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening(), theme="day"), LOW, number("answer"))


def test_the_pause_without_colour(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening(), theme="plain"), LOW, number("answer"))


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_a_tap_that_can_be_undone(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening()), size, number("laugh"))


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_the_menu_of_a_message(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening()), size, "m", "enter")


def test_what_one_could_say(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "r", "x")


def test_the_places(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "tab", "down")


def test_looking_round(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "g")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_who_can_see_it(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening()), size, "i")


@pytest.mark.parametrize("theme", ["night", "day"])
def test_time_passes(snap_compare: Look, theme: str) -> None:
    assert compare(snap_compare, PlayApp(evening(), theme=theme), LOW, "0", "space")


def test_a_limit(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "0", "space", "enter", wait=8)


def test_a_part_that_need_not_be_read(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "0", "space", "enter", "0", "space")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_another_persons_phone(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(evening()), size, "0", "space", "enter", "0", "space", "1")


def test_what_comes_back(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "0", "space", "enter", "0", "space", "1", "enter", "enter")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_in_person(snap_compare: Look, size: tuple[int, int]) -> None:
    keys = (number("laugh"), "space", "enter", "enter", "0", "space", "1", "enter", "enter")
    assert compare(snap_compare, PlayApp(evening()), size, *keys)


def test_the_recap(snap_compare: Look) -> None:
    app = PlayApp(evening())
    app.session.take(Input("keys", choice="laugh"))
    app.session.told = len(app.session.play.events)
    assert compare(snap_compare, app, LOW)


def test_the_keys(snap_compare: Look) -> None:
    assert compare(snap_compare, PlayApp(evening()), LOW, "question_mark")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_switches(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(beat("board")), size, "2", "down")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_a_board(snap_compare: Look, size: tuple[int, int]) -> None:
    keys = ("0", "f", "space", "enter", "0", "f", "space", "enter", "enter", "1", "2", "2")
    assert compare(snap_compare, PlayApp(beat("board")), size, *keys)


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_pieces(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(beat("pieces")), size, "0", "f", "space", "enter", "enter", "1", "7", "4")


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
def test_members(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, PlayApp(beat("members")), size, "0", "f", "space", "enter", "2", "down")


@pytest.mark.parametrize("theme", ["night", "day"])
def test_the_ending(snap_compare: Look, theme: str) -> None:
    app = PlayApp(evening(), theme=theme)
    for given in ("keys: answer", "late: silence", "yard: no-me"):
        scene, _colon, choice = given.partition(": ")
        app.session.take(Input(scene, choice=choice))
    app.session.told = len(app.session.play.events)
    assert compare(snap_compare, app, LOW, "enter")
