"""The other road: the screen, the player's road at the end of the page, and plain mode."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.play.inputs import Input
from engine.play.play import Play
from game.debrief.road import RoadScreen
from game.debrief.roads_at_hand import RoadsAtHand
from game.debrief.roads_plain import PlainRoads
from game.session import Session
from tests.game.shell import SPOKE, inputs, plainly, tour
from tests.game.stage import beat, text_of
from tests.game.test_debrief_screen import Back, page, played


async def settle(pilot: Pilot[object]) -> None:
    """Wait until what was looked for has been found and shown."""
    for _time in range(2):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot: Pilot[object], *keys: str) -> RoadScreen:
    """The other road of the decision that these keys choose."""
    await settle(pilot)
    await pilot.press(*keys, "o")
    await settle(pilot)
    assert isinstance(pilot.app.screen, RoadScreen)
    return pilot.app.screen


def sheet(screen: RoadScreen) -> str:
    """All of the roads in sight, top to bottom, without their head."""
    return "\n".join(strip.text.rstrip() for _block, strip in screen.page._lines)


def photo() -> Session:
    session = Session.unsaved(beat("leave-expiry"), 7, "Sam")
    session.take(Input("photo", choice="leave-it"))
    session.take(Input("corridor", choice="silence"))
    session.take(Input("jo-asks", choice="silence"))
    return session


async def test_one_road_at_a_time_where_it_is_narrow_and_yours_is_the_first() -> None:
    app = Back(photo())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "down")
        assert screen.crossing is not None
        assert screen.shown() == [0]
        assert "◆ Yours" in text_of(app)
        seen = []
        for _road in screen.crossing.others:
            await pilot.press("right")
            await pilot.pause()
            seen += screen.shown()
            assert "◇ Other road" in text_of(app)
            assert "◆ Yours" not in text_of(app)
        assert seen == list(range(1, len(screen.crossing.roads)))
        await pilot.press("right")
        assert screen.shown() == seen[-1:], "it ends there"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.debrief


@pytest.mark.parametrize(("width", "many"), [(120, 2), (160, 3)])
async def test_side_by_side_where_it_is_wide_and_yours_stays(width: int, many: int) -> None:
    app = Back(photo())
    async with app.run_test(size=(width, 40)) as pilot:
        screen = await opened(pilot, "down")
        assert screen.shown() == list(range(many))
        for _turn in range(4):
            await pilot.press("right")
        await pilot.pause()
        assert screen.crossing is not None
        count = len(screen.crossing.roads)
        assert screen.shown() == [0, *range(count - many + 1, count)]
        head = text_of(app).splitlines()[1]
        assert head.index("◆ Yours") < head.index("◇ Other road")


async def test_it_tells_all_that_there_is_to_tell() -> None:
    app = Back(photo())
    async with app.run_test(size=(160, 48)) as pilot:
        screen = await opened(pilot, "down")
        told = sheet(screen)
        for title in (
            "At once",
            "Set going",
            "How far the dials",
            "Where it could still end",
            "One way on",
            "What hangs on it",
        ):
            assert title in told
        assert "What you did." in told
        assert "Had you then done the same again" in told
        assert told.count("Public trust") == 3
        assert "●●" in told
        assert "○○" in told
        assert "within a month" in told
        assert "Looking down" not in told, "everything has been found"
        low, high = screen.outlooks[0].low, screen.outlooks[0].high
        assert all(a <= value <= b for a, value, b in zip(low, screen.roads.play.dials.values(), high, strict=True))


async def test_playing_from_there_asks_and_goes_back() -> None:
    session = photo()
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "down", "down")
        await pilot.press("p", "escape")
        await pilot.pause()
        assert isinstance(app.screen, RoadScreen)
        assert len(session.play.inputs) == 3
        await pilot.press("y")
        assert isinstance(app.screen, RoadScreen), "y answers a question, and none was asked"
        await pilot.press("p", "y")
        await settle(pilot)
        assert app.outcome == 1
        assert len(session.play.inputs) == 1


async def test_looking_changes_nothing() -> None:
    session = photo()
    before = list(session.play.events)
    app = Back(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, "down")
        await pilot.press("right", "space", "left", "q", "q")
        await settle(pilot)
    assert session.play.events == before
    assert len(session.play.inputs) == 3


async def test_a_decision_is_chosen_first_and_an_open_play_has_no_other_road() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "Choose a decision first" in text_of(app)
    session = Session.unsaved(beat("leave-expiry"), 7, "Sam")
    session.take(Input("photo", choice="leave-it"))
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "o")
        await pilot.pause()
        assert app.screen is app.debrief
        assert "Your road" not in await page(app, pilot), "nothing is given away before the end"


async def test_the_page_ends_with_your_own_road() -> None:
    app = Back(photo())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        told = await page(app, pilot)
        road = told[told.index("Your road, decision by decision") :]
        assert told.index("When was it cheapest to act?") < told.index("Your road, decision by decision")
        assert "had it" in road
        assert "It: " in road
        assert "From here on no longer possible:\n             – “" in road
        assert "(at once: " in " ".join(road.split())
        assert len(re.findall(r"^  \w{3} \d\d:\d\d  .* \d of \d$", road, re.MULTILINE)) == 3, "a line for each decision"


def test_leaving_stops_the_search() -> None:
    roads = RoadsAtHand(photo().play)
    assert roads.along(lambda: True) is None
    assert roads.outlooks(0, lambda: True) is None
    assert roads.odds(0, lambda: True) is None
    assert roads.found is None
    assert roads.along() is roads.found
    assert roads.crossing(0)[0] is roads.crossing(0)[0]


def test_plain_mode_lists_the_road_and_each_crossing() -> None:
    roads = PlainRoads(photo().play)
    road = roads.answer("o")
    assert road is not None
    assert [line[:2] for line in road if line[:1].isdigit()] == ["1.", "2.", "3."]
    told = roads.answer("o 1")
    assert told is not None
    assert told == roads.answer(" O1 ")
    yours = next(number for number, line in enumerate(told) if line.startswith("Yours: "))
    others = [number for number, line in enumerate(told) if line.startswith("Other road ")]
    assert yours < min(others)
    text = "\n".join(told)
    assert "It could end with: " in text
    assert "within a month" in text
    assert "▒" not in text
    assert roads.answer("o 9") == ["You came to 3 decisions. Type o 1 to o 3."]
    assert roads.answer("x") is None
    assert roads.answer("o what") is None


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [
        ("night", (80, 24), ("right",)),
        ("day", (120, 36), ()),
        ("night", (160, 48), ("right",)),
        ("plain", (80, 24), ("space",)),
    ],
    ids=lambda value: str(value),
)
def test_looks(snap_compare: Callable[..., bool], theme: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async def before(pilot: Pilot[object]) -> None:
        await opened(pilot, "down")
        await pilot.press(*keys)
        await settle(pilot)

    assert snap_compare(Back(photo(), theme), terminal_size=size, run_before=before)


async def test_where_something_was_set_by_hand_there_is_no_other_road() -> None:
    story = beat("leave-expiry")
    play = Play.at(story, 7, "jo-asks")
    play.take(Input("jo-asks", choice="silence"))
    app = Back(Session(story, None, play))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Your road" not in await page(app, pilot)
        await pilot.press("down", "o")
        await pilot.pause()
        assert "set by hand" in text_of(app)
        assert app.screen is app.debrief


async def test_what_goes_wrong_is_said_and_the_screen_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_error: BaseException) -> str:
        return "It is written down."

    def fail(_self: RoadsAtHand, _number: int) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("game.mishap.mishap_words", broken)
    monkeypatch.setattr(RoadsAtHand, "crossing", fail)
    app = Back(photo())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "down")
        assert screen.answer.words == "It is written down."
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.debrief


def test_plain_mode_answers_after_the_debrief() -> None:
    session = Session.unsaved(tour(), 7, "Mara")
    said = plainly(session, ("o", "o 1", "o 77", "q"), script=SPOKE)
    assert PlainRoads.hint() in said
    asked = said.index("> o")
    assert "Your road, decision by decision." in said[asked:]
    assert said[said.index("> o 1") + 2].startswith("The other road, from “")
    assert said[said.index("> o 77") + 2] == "You came to 5 decisions. Type o 1 to o 5."
    assert list(session.play.inputs) == inputs(SPOKE)
