"""The notes terminal: it follows the projector, shows what is behind each option, and steers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.room.inputs import Hands, Setup, Vote
from game.workshop.follow import RoomFollower
from game.workshop.host import RoomHost
from game.workshop.plan import plan_for
from game.workshop.screens.app import NotesApp
from game.workshop.screens.notes import help_lines
from game.workshop.steering import Cover
from saves.store import Store
from tests.game.stage import text_of
from tests.game.workshop.wall import LOW, MIDDLE, roomful


class Desk:
    """A projector without its picture, and the notes beside it. One clock for both."""

    def __init__(self, folder: Path, setup: Setup | None = None, minutes: int = 0) -> None:
        self.now = 1_000_000.0
        story = roomful()

        def wall() -> datetime:
            return datetime.fromtimestamp(self.now, UTC)

        self.host = RoomHost.begin(
            Store.open(folder, now=wall), story, setup or Setup(7, tables=2, minutes=minutes), now=lambda: self.now
        )
        self.follower = RoomFollower.find(Store.open(folder, now=wall), lambda _info: story, now=lambda: self.now)
        plan = plan_for(story, minutes) if minutes else None
        self.app = NotesApp(self.follower, plan, every=lambda _seconds, _act: None)

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def room(self) -> Any:
        return self.host.room

    async def beat(self, pilot: Pilot[Any]) -> None:
        """Both look once: the projector at what was asked for, the notes at what came of it."""
        self.host.poll()
        self.app.notes.beat()
        await pilot.pause()

    async def press(self, pilot: Pilot[Any], *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
            await self.beat(pilot)

    async def on_to(self, pilot: Pilot[Any], phase: str) -> None:
        while self.room.phase != phase:
            assert self.host.onward()
        await self.beat(pilot)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    yield found
    found.host.close()


async def test_what_is_behind_each_option_and_what_comes_next(desk: Desk) -> None:
    async with desk.app.run_test(size=MIDDLE) as pilot:
        await pilot.pause()
        assert "Marnie: who has the keys for 14" in desk.text
        assert "“Somebody goes first.”" in desk.text
        assert "People affected +2, Team safety −1" in desk.text
        assert "One plain line changes what is posted next." in desk.text
        assert "2 days later: A seat in the van" in desk.text
        await pilot.press("pagedown")
        await pilot.pause()
        assert "Who could have stopped it with one line?" in desk.text


async def test_it_steers_and_follows(desk: Desk) -> None:
    async with desk.app.run_test(size=LOW) as pilot:
        await desk.press(pilot, "space")
        assert desk.room.state.told == 1
        await desk.press(pilot, "space", "left")
        assert desk.room.state.told == 1
        await desk.on_to(pilot, "ask")
        assert "nobody speaks" in desk.text
        await desk.press(pilot, "t")
        assert desk.host.countdown_left() == 75
        desk.now += 10
        await desk.beat(pilot)
        assert "countdown 1:05" in desk.text
        await desk.press(pilot, "t", "x")
        assert desk.host.countdown_left() == 80
        await desk.press(pilot, "T", "space")
        assert desk.host.countdown_left() is None
        assert desk.room.phase == "first"


async def test_votes_are_counted_out_of_sight(desk: Desk) -> None:
    async with desk.app.run_test(size=LOW) as pilot:
        await desk.on_to(pilot, "first")
        question = desk.room.question
        speak, laugh = (str(question.item(key).number) for key in ("speak", "laugh"))
        await desk.press(pilot, "space")
        assert "Tables A and B have not said yet." in desk.text
        await desk.press(pilot, speak, laugh)
        assert desk.room.ballot().vote("table-b") == ("laugh",)
        assert "1  B" in desk.text
        await desk.press(pilot, "space", "v", speak, speak, "space")
        assert desk.room.phase == "shift"
        assert "1 → 2  A B" in desk.text
        await desk.press(pilot, "d", laugh, "enter")
        assert desk.room.state.visits[0].by == "facilitator"
        await desk.press(pilot, "u")
        assert desk.room.phase == "decide"


async def test_hands_are_counted_here_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Setup(7, size=5))
    async with desk.app.run_test(size=LOW) as pilot:
        await desk.on_to(pilot, "first")
        await desk.press(pilot, "4")
        assert "[4]" in desk.text
        await desk.press(pilot, "enter", "1", "space", "space")
        assert desk.room.phase == "reveal"
    desk.host.close()


async def test_what_the_projector_refuses_is_said_here(desk: Desk) -> None:
    async with desk.app.run_test(size=LOW) as pilot:
        await desk.press(pilot, "d")
        assert "There is nothing to vote on yet." in desk.text
        desk.host.close()
        desk.now += 5
        await desk.press(pilot, "space")
        assert "No projector shows this room" in desk.text
        assert "no projector" in desk.text


async def test_a_count_that_was_typed_while_nobody_shows_the_room_is_not_typed_in_vain(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Setup(7, size=5))
    async with desk.app.run_test(size=LOW) as pilot:
        await desk.on_to(pilot, "first")
        desk.host.close()
        await desk.press(pilot, "4", "enter")
        assert "No projector shows this room" in desk.text
        assert "[4]" in desk.text
        desk.host = RoomHost.resume(Store.open(tmp_path), desk.host.id, roomful(), now=lambda: desk.now)
        await desk.press(pilot, "enter")
        assert desk.room.ballot().counted(desk.room.question.items[0].key) == 4
    desk.host.close()


async def test_a_break_is_called_from_the_notes(desk: Desk) -> None:
    async with desk.app.run_test(size=LOW) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert "On the wall: A short break." in desk.text
        assert [one.command for one in desk.host.poll()] == [Cover("pause")]
        await desk.press(pilot, "t")
        assert desk.host.countdown_left() == 600
        await desk.press(pilot, "space", "T", "t")
        assert desk.host.countdown_left() == 75
        await desk.on_to(pilot, "first")
        await pilot.press("b")  # a table
        await pilot.press("full_stop", "r")
        assert [one.command for one in desk.host.poll()] == [Cover("pause"), Cover("recap")]
        assert desk.room.phase == "first"


async def test_the_time_of_the_plan(tmp_path: Path) -> None:
    desk = Desk(tmp_path, minutes=30)
    async with desk.app.run_test(size=MIDDLE) as pilot:
        await pilot.pause()
        assert "0:00 of 30:00 · 30:00 left · on time" in desk.text
        for _minute in range(20):  # a break of more than 45 minutes would not count
            desk.now += 60
            desk.host.do(Vote("table-a", None)) if desk.room.phase == "first" else desk.host.onward()
        await desk.beat(pilot)
        assert "20:00 of 30:00 · 10:00 left" in desk.text
    desk.host.close()


async def test_the_notes_for_looking_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Setup(7, size=1))
    async with desk.app.run_test(size=MIDDLE) as pilot:
        while desk.room.phase != "ended":
            if not desk.host.onward():
                room = desk.room
                desk.host.do(*(Hands(item.key, int(not index)) for index, item in enumerate(room.question.open_items)))
                if room.question.kind == "board":
                    desk.host.do(*(Hands(group.items[0].key, 1) for group in room.question.groups))
        await desk.beat(pilot)
        assert "Who paid for it?" in desk.text
        assert "Two people had seen it." in desk.text
        assert "The dials, and why" in desk.text
        await desk.press(pilot, "question_mark")
        assert all(words in desk.text for _key, words in help_lines())
        await desk.press(pilot, "space")
        assert desk.room.state.page == 0
        await desk.press(pilot, "q")
    assert desk.app.return_code == 0
    desk.host.close()
