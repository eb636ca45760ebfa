"""Every scenario that ships, as a workshop: each picture that a room would see fits on its paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import load_story
from engine.room.inputs import Setup
from engine.room.room import Room
from engine.room.steps import onward
from game.themes import PALETTES
from game.workshop.screens import asking, showing
from game.workshop.screens.lookback import LookBack
from game.workshop.screens.pen import Pen, measure
from game.workshop.screens.telling import telling
from game.workshop.screens.view import Hand, View

INDUCTION = Path(__file__).parents[3] / "scenarios" / "induction"
DRAW = {
    "telling": telling, "ask": asking.asking, "first": asking.counting, "second": asking.counting, "reveal": showing.revealing,
    "shift": showing.shifting, "talk": showing.talking, "decide": showing.deciding,
}  # fmt: skip
PAPERS = ((80, 21), (120, 33), (160, 45))


@pytest.mark.slow
@pytest.mark.parametrize(
    "setup", [Setup(7, tables=6, rehearsal=True), Setup(9, size=24, rehearsal=True)], ids=["tables", "hands"]
)
@pytest.mark.parametrize("name", sorted(file.stem for file in INDUCTION.glob("*.yaml") if file.name != "pack.yaml"))
def test_every_picture_fits(name: str, setup: Setup) -> None:
    room = Room(load_story(INDUCTION / f"{name}.yaml"), setup)
    view = View(room)
    back: LookBack | None = None
    while back is None or room.state.page < back.last:
        if room.phase == "ended" and back is None:
            back = LookBack(room)
        for width, height in PAPERS:
            pen = Pen(PALETTES["seenby-contrast"], width, height)
            view.part = 0
            while True:
                page = back.page(room.state.page, view.part, pen) if back is not None else DRAW[room.phase](view, pen)
                assert len(page.lines) <= height, (room.phase, width)
                assert max((measure(line) for line in page.lines), default=0) <= width, (room.phase, width)
                view.part += 1
                if view.part >= page.parts:
                    break
            view.part = 0
        for given in onward(room):
            room.apply(given)
        view.hand = Hand()
    assert room.phase == "ended"
