"""The debrief as a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.play.inputs import Input
from game.debrief.dials import hundredths, signed
from game.debrief.screen import DebriefScreen
from game.session import Session
from saves.errors import SaveError
from tests.game.stage import Dressed, beat, evening, text_of


class Back(Dressed):
    def __init__(self, session: Session, theme: str = "night") -> None:
        super().__init__(theme)
        self.debrief = DebriefScreen(session)
        self.outcome: object = "open"

    def on_mount(self) -> None:
        self.push_screen(self.debrief, self._came_back)

    def _came_back(self, outcome: object) -> None:
        self.outcome = outcome


def played(kind: type[Session] = Session) -> Session:
    session = kind.unsaved(evening(), 7, "Sam")
    session.note_draft("answer")
    session.take(Input("keys", choice="silence"))
    session.take(Input("late", choice="speak"))
    session.take(Input("yard", choice="no-me"))
    return session


async def page(app: Back, pilot: Pilot[object]) -> str:
    """All of the page, top to bottom."""
    await pilot.pause()
    return "\n".join(strip.text.rstrip() for _block, strip in app.debrief.page._lines)


async def test_the_page_tells_what_you_did_and_what_came_of_it() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        told = await page(app, pilot)
        assert "You decided 3 times. Once you wrote something and took it back." in told
        assert "You wrote, and took back: “On the hook behind the door.”" in told
        assert "◆ Let it scroll by" in told
        assert "2 days later: The door" in told
        assert "the door of 14 was open all night" in told
        assert "Dev was asleep with the phone on his chest." in told
        assert "She knew." in told
        assert "It was cheapest to act at “The keys”." in told
        assert "Who else could have said it?" in told
        assert told.index("You wrote, and took back") < told.index("◆ Let it scroll by") < told.index("He can read this")
        assert told.index("◆ Say no") > told.index("Was that you?")


async def test_five_dials_and_their_reasons_one_key_away() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        told = await page(app, pilot)
        bars = [line for line in told.splitlines() if "┃" in line]
        assert len(bars) == 5
        assert bars[0].split("┃")[0].count("━") == 1
        assert bars[0].endswith("-1")
        assert "Say no" not in told[told.index("Where it left you") :]
        await pilot.press("d")
        told = await page(app, pilot)
        reasons = told[told.index("Where it left you") :]
        assert "-1  Say no" in reasons
        assert "Nothing that you did moved it." in reasons
        await pilot.press("d")
        assert "Say no" not in (await page(app, pilot))[told.index("Where it left you") :]


async def test_the_cursor_goes_from_decision_to_decision() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        names = []
        for _step in range(3):
            await pilot.press("down")
            assert app.debrief.page.chosen is not None
            names.append(app.debrief.page.chosen.name)
        assert names == ["The keys", "Late", "The yard"]
        await pilot.press("up")
        assert app.debrief.page.chosen.name == "Late"
        await pilot.press("up", "up")
        assert app.debrief.page.chosen is None
        assert app.debrief.page.scroll_offset.y == 0


async def test_play_from_here_asks_and_then_goes_back() -> None:
    session = played()
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "Choose a decision first" in text_of(app)
        await pilot.press("down", "down", "p", "escape")
        assert app.outcome == "open"
        assert len(session.play.inputs) == 3
        await pilot.press("p", "y")
        await pilot.pause()
        assert app.outcome == 1
        assert session.offer is not None
        assert session.offer.scene == "late"


class Broken(Session):
    def rewind(self, count: int) -> None:
        raise SaveError("The disk is gone.", "Find it.")


@pytest.mark.parametrize("there", ["", "r", "o"], ids=["the page", "a replay", "another road"])
async def test_wherever_one_goes_back_from_it_is_said_what_becomes_of_later_parts(there: str) -> None:
    session = played()
    session.later_parts = 2
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", *([there] if there else []))
        await pilot.app.workers.wait_for_complete()
        await pilot.press("p")
        await pilot.pause()
        assert "The 2 parts that came after this one stay in your saves too" in " ".join(text_of(app).split())
        await pilot.press("escape")
        await pilot.pause()
        assert "The 2 parts" not in text_of(app)
        assert app.outcome == "open"


async def test_a_disk_that_refuses_says_so() -> None:
    app = Back(played(Broken))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "p", "y")
        await pilot.pause()
        assert "The disk is gone. Find it." in text_of(app)
        assert app.outcome == "open"


async def test_a_click_chooses_a_decision() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        y = next(y for y, line in enumerate(text_of(app).splitlines()) if "The keys" in line and "◆" in line)
        await pilot.click(offset=(30, y))
        assert app.debrief.page.chosen is not None
        assert app.debrief.page.chosen.name == "The keys"


async def test_a_long_transcript_unfolds() -> None:
    session = Session.unsaved(beat("leave-expiry"), 7, "Sam")
    session.take(Input("photo", choice="leave-it"))
    session.take(Input("corridor", choice="silence"))
    session.take(Input("jo-asks", choice="silence"))
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        folded = await page(app, pilot)
        assert "You could also have" not in folded
        assert "Said where you no longer were:" in folded
        await pilot.press("down", "enter")
        assert "You could also have" in await page(app, pilot)
        await pilot.press("enter")
        assert await page(app, pilot) == folded


async def test_beside_on_a_broad_page_and_under_on_a_narrow_one() -> None:
    app = Back(played())
    async with app.run_test(size=(140, 30)) as pilot:
        line = next(line for line in (await page(app, pilot)).splitlines() if "2 days later" in line)
        assert line.index("2 days later") > 60
    app = Back(played())
    async with app.run_test(size=(80, 30)) as pilot:
        line = next(line for line in (await page(app, pilot)).splitlines() if "2 days later" in line)
        assert line.index("2 days later") < 30


async def test_q_leaves() -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert app.outcome is None


def test_figures() -> None:
    assert [signed(value) for value in (3, 0, -10)] == ["+3", "0", "-10"]
    assert [hundredths(value) for value in (100, -25, 150, 0)] == ["+1", "-0.25", "+1.5", "0"]


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [
        ("night", (80, 24), ("down",)),
        ("day", (120, 36), ("down", "down")),
        ("night", (160, 48), ("d",)),
        ("contrast", (80, 24), ("down", "p")),
        ("plain", (80, 24), ("down", "down", "down", "space")),
    ],
    ids=lambda value: str(value),
)
def test_looks(snap_compare: Callable[..., bool], theme: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async def before(pilot: Pilot[object]) -> None:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.press(*keys)
        await pilot.pause()

    assert snap_compare(Back(played(), theme), terminal_size=size, run_before=before)
