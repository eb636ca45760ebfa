"""The same thread with other eyes, and the play once more, step by step: on the screen and as plain lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from engine.debrief import build
from engine.debrief.seenby import seen_by, witnesses
from engine.play.inputs import parse_input
from engine.script.read import read
from engine.story.compile import compile_story
from game.debrief.replay import ReplayScreen
from game.debrief.screen import DebriefScreen
from game.debrief.seenby import SeenByScreen
from game.debrief.witnessed import record_notes, record_words, told
from game.lookback import lookback
from game.plain import Plain
from game.session import Session
from saves.errors import SaveError
from tests.engine.debrief.test_seenby import FULL, STORY
from tests.game.stage import Dressed, text_of

SHOT = ("flat: say", "post: shot", "after: silence", "out: silence", "wall: link")


def session(*lines: str, kind: type[Session] = Session) -> Session:
    made = kind.unsaved(compile_story(read(STORY.encode(), "eyes.yaml")), 7, "Alex")
    for line in lines or FULL:
        made.take(parse_input(line))
    return made


class Alone(Dressed):
    """One screen, and what it came back with."""

    def __init__(self, make: Callable[[], Screen[object]], theme: str = "night") -> None:
        super().__init__(theme)
        self.front = make()
        self.outcome: object = "open"

    def on_mount(self) -> None:
        self.push_screen(self.front, self._came_back)

    def _came_back(self, outcome: object) -> None:
        self.outcome = outcome


def eyes(*lines: str, theme: str = "night") -> Alone:
    made = session(*lines)
    return Alone(lambda: SeenByScreen(made, witnesses(made.play)), theme)  # type: ignore[arg-type,return-value]


def again(*lines: str, theme: str = "night", scene: str = "", kind: type[Session] = Session) -> Alone:
    made = session(*lines, kind=kind)
    return Alone(lambda: ReplayScreen(made, build(made.play), scene), theme)  # type: ignore[arg-type,return-value]


async def test_the_arrows_change_whose_eyes_they_are() -> None:
    app = eyes()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nan: the woman whose room it is" in text_of(app)
        assert "That is my cat." in text_of(app)
        await pilot.press("right", "right", "right")
        await pilot.pause()
        shown = text_of(app)
        assert "   3 10:00  Jo reacted 😂 to line 2" in shown
        assert "Alex: (gone; nobody has the words)" in shown
        assert "Line by line." in shown
        await pilot.press("left")
        await pilot.pause()
        assert "Nothing of it reached them." in text_of(app)
        await pilot.press("left", "left", "left")
        await pilot.pause()
        assert "A stranger" in text_of(app)
        assert "So proud" in text_of(app)
        await pilot.press("5")
        await pilot.pause()
        assert "Not seen from here, what you said in the flat · in your page." in text_of(app)
        await pilot.press("9")
        await pilot.press("q")
        await pilot.pause()
        assert app.outcome is None


async def test_a_thread_begins_at_its_beginning_and_scrolls() -> None:
    app = eyes()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        screen = app.front
        assert isinstance(screen, SeenByScreen)
        assert screen.conversation.scroll_offset.y == 0
        await pilot.press("end")
        await pilot.pause()
        assert screen.conversation.scroll_offset.y == screen.conversation.max_scroll_y > 0
        assert "What had been on the timer went" in text_of(app)
        await pilot.press("home", "down", "down", "up")
        await pilot.pause()
        assert screen.conversation.scroll_offset.y == 1
        await pilot.press("space", "pageup")
        await pilot.pause()
        assert screen.conversation.scroll_offset.y <= 1


async def test_a_click_on_a_name() -> None:
    app = eyes()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = text_of(app).splitlines()[0]
        await pilot.click(offset=(line.index("Jo"), 0))
        await pilot.pause()
        assert "Jo: in the control room" in text_of(app)


async def test_more_names_than_fit() -> None:
    app = eyes()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        first = text_of(app).splitlines()[0]
        assert "›" in first
        assert "A stranger" not in first
        await pilot.press("left")
        await pilot.pause()
        last = text_of(app).splitlines()[0]
        assert "‹" in last
        assert "A stranger" in last


async def test_from_the_debrief_and_back() -> None:
    made = session()
    app = Alone(lambda: DebriefScreen(made))  # type: ignore[arg-type,return-value]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, SeenByScreen)
        await pilot.press("q", "down", "down", "r")
        await pilot.pause()
        assert isinstance(app.screen, ReplayScreen)
        assert app.screen.moment.scene == "post"
        await pilot.press("right", "p", "y")
        await pilot.pause()
        assert app.outcome == 1
        assert made.offer is not None
        assert made.offer.scene == "post"


async def test_a_replay_goes_from_thing_to_thing() -> None:
    app = again()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A small flat." in text_of(app)
        assert "What is that for?" not in text_of(app)
        assert "You have yet to decide." in text_of(app)
        await pilot.press("space", "space")
        await pilot.pause()
        assert "What is that for?" in text_of(app)
        assert "Nobody else needs it." not in text_of(app).split("◆")[0]
        await pilot.press("right")
        await pilot.pause()
        assert "◆ Nobody else needs it." in text_of(app)
        assert "It touched Nan." in text_of(app)
        await pilot.press("backspace", "left")
        await pilot.pause()
        assert "What is that for?" not in text_of(app)
        await pilot.press("end", "space")
        await pilot.pause()
        assert "That was all of it." in text_of(app)
        await pilot.press("home", "backspace", "down", "up")
        await pilot.pause()
        assert "A small flat." in text_of(app)
        await pilot.press("q")
        await pilot.pause()
        assert app.outcome is None


async def test_what_went_on_elsewhere_stands_in_the_margin() -> None:
    app = again(*SHOT, scene="moment-1")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        shown = text_of(app)
        assert "Meanwhile something had come in from: Dev" in shown
        assert "Within the hour, Eve’s phone:" in shown
        assert "It touched Eve." in shown
        assert "You could also have:" in shown


async def test_a_scene_that_was_not_read_is_one_line_in_the_replay() -> None:
    app = again("flat: say", "post: (skip)", "after: silence", "out: silence", "wall: link", scene="moment-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A picture comes into the group." in text_of(app)
        assert "a room" not in text_of(app)


class Broken(Session):
    def rewind(self, count: int) -> None:
        raise SaveError("The disk is gone.", "Find it.")


async def test_playing_from_here_asks_first() -> None:
    app = again(kind=Broken, scene="moment-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "p", "space", "q")
        await pilot.pause()
        assert app.outcome == "open"
        await pilot.press("p", "y")
        await pilot.pause()
        assert "The disk is gone. Find it." in text_of(app)


async def test_nothing_to_go_back_to() -> None:
    app = again(*SHOT)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.front
        assert isinstance(screen, ReplayScreen)
        home = next(index for index, step in enumerate(screen.steps) if screen.debrief.moments[step.moment].scene == "home")
        screen._go(home)
        await pilot.press("p")
        await pilot.pause()
        assert "Nothing was decided here." in text_of(app)


# Plain lines


def test_as_plain_lines() -> None:
    play = session(*SHOT).play
    lines = list(told(seen_by(play, "nan"), play.story))
    assert lines[0] == "Seen by Nan: the woman whose room it is."
    assert "  [A cutting from Team, without what stood around it]" in lines
    assert "  “That is my cat.”" in lines
    assert list(told(seen_by(session().play, "late"), play.story))[1] == "  Nothing of it reached them."
    chat = list(told(seen_by(play, "investigator"), play.story))
    assert "  2. Monday 10:00  Col: [picture] a room" in chat
    assert "     still there, in a picture of the screen by Alex" in chat
    assert "     gone with the timer Tuesday 10:00" in chat
    assert chat[-1].startswith("  Not seen from here")


def test_every_line_of_an_export_has_words() -> None:
    text = STORY.replace(
        "* Dev leaves",
        "* Jo removes Dev\n      * Col changes the name: The other team\n      * Col turns off disappearing messages",
    )
    story = compile_story(read(text.encode(), "eyes.yaml"))
    words: list[str] = []
    for decision in ("cut", "pass", "private", "go", "silence"):
        made = Session.unsaved(story, 7, "Alex")
        for line in ("flat: say", f"post: {decision}", "after: silence", "out: own", "wall: link"):
            if made.offer is not None and made.offer.scene == line.split(":")[0]:
                made.take(parse_input(line))
        for record in seen_by(made.play, "investigator").records:
            words += [record_words(record), *record_notes(record, story)]
    assert all(words)
    for expected in (
        "Jo removed Dev",
        "Jo added Dev",
        "The chat is now called “The other team”",
        "Col turned off disappearing messages",
        "Alex: read 10:10, nothing sent",
        "Alex left",
        "not on your phone; on the others",
        "still there, as Alex sent it on, to Jo",
        "still there, as Alex quoted it, in Dev",
        "Col deleted line 2",
        "deleted 10:00",
    ):
        assert expected in words, expected
    assert any(one.startswith("Col cropped line 2:") for one in words)


def test_plain_mode_offers_other_eyes() -> None:
    made = session(*SHOT)
    answers = iter(["s", "1", "s", "99", "0", "s", "x", "4", "q"])
    out: list[str] = []
    Plain(made, lambda _prompt: next(answers, None), out.append).run()
    assert "1. Nan, the woman whose room it is." in out
    assert "Seen by Nan: the woman whose room it is." in out
    assert "Seen by An investigator: has the chat as it was exported, and no voices." in out
    assert "There are only 9 here." in out


def test_the_plain_debrief_says_whom_it_touched() -> None:
    made = session(*SHOT)
    lines = lookback(build(made.play), made.story)
    assert "  It touched: Nan." in lines
    assert "  Meanwhile something had come in from: Dev (1)" in lines
    assert "    Eve’s phone, Nan: they came" in lines


@pytest.mark.parametrize(
    ("screen", "theme", "size", "keys"),
    [
        ("eyes", "night", (80, 24), ()),
        ("eyes", "day", (120, 36), ("right", "right", "right")),
        ("eyes", "contrast", (80, 24), ("5",)),
        ("again", "night", (80, 24), ("right", "right", "right")),
        ("again", "day", (160, 48), ("right", "right", "right")),
        ("again", "plain", (80, 24), ("right",)),
    ],
    ids=lambda value: str(value),
)
def test_looks(
    snap_compare: Callable[..., bool], screen: str, theme: str, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def before(pilot: Pilot[object]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    app = eyes(*SHOT, theme=theme) if screen == "eyes" else again(*SHOT, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=before)
