"""Pictures of the wall and of the notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.room.inputs import Setup
from tests.game.workshop.test_notes import Desk
from tests.game.workshop.wall import BROAD, LOW, MIDDLE, Wall

Look = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)


def compare(snap: Look, wall: Wall, size: tuple[int, int], phase: str, *keys: str) -> bool:
    async def before(pilot: Pilot[Any]) -> None:
        await wall.on_to(pilot, phase)
        await wall.press(pilot, *keys)
        await pilot.pause()

    return snap(wall.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [LOW, MIDDLE, BROAD], ids=str)
def test_the_title(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(), size, "telling")


@SIZES
def test_a_message(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(), size, "telling", "space", "space")


@pytest.mark.parametrize("size", [LOW, MIDDLE, BROAD], ids=str)
def test_the_question_with_a_countdown(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(), size, "ask", "t")


@SIZES
def test_hands(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(Setup(7, size=12)), size, "first", "4", "enter", "3")


@SIZES
@pytest.mark.parametrize(
    "setup", [Setup(7, tables=5, rehearsal=True), Setup(7, size=24, rehearsal=True)], ids=["tables", "hands"]
)
def test_the_split(snap_compare: Look, size: tuple[int, int], setup: Setup) -> None:
    assert compare(snap_compare, Wall(setup), size, "reveal")


@SIZES
def test_what_to_talk_about(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(Setup(7, tables=5, rehearsal=True)), size, "talk", "t")


@pytest.mark.parametrize("theme", ["night", "day", "plain"])
def test_what_has_moved_in_other_looks(snap_compare: Look, theme: str) -> None:
    assert compare(snap_compare, Wall(Setup(7, size=24, rehearsal=True), theme=theme), LOW, "shift")


@SIZES
def test_the_dials(snap_compare: Look, size: tuple[int, int]) -> None:
    assert compare(snap_compare, Wall(Setup(7, tables=5, rehearsal=True)), size, "ended", "space", "space")


@SIZES
def test_the_notes(snap_compare: Look, size: tuple[int, int], tmp_path: Path) -> None:
    desk = Desk(tmp_path, minutes=30)

    async def before(pilot: Pilot[Any]) -> None:
        await desk.on_to(pilot, "ask")

    assert snap_compare(desk.app, terminal_size=size, run_before=before)
    desk.host.close()
