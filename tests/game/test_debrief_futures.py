"""What could have become of it, in the debrief: the panel, and the same in plain lines."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from textual.app import ComposeResult

from engine.debrief import build
from engine.futures.outlook import outlook
from engine.odds import Habits
from engine.play.inputs import Input
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from engine.text import MASK_OPEN
from game.debrief.futures import ID, FuturesAtHand, futures, hundred, plain_hint, plain_lines, step
from game.debrief.page import Page
from game.debrief.paper import Paper
from game.session import Session
from tests.engine.play.test_stakes import TOLD, finished, told_story
from tests.game.shell import plainly
from tests.game.stage import Dressed
from tests.game.test_debrief_screen import Back, page
from tests.scenarios.test_transcripts import ROOT, story_in, transcript


def session(scenario: str, name: str) -> Session:
    base = ROOT / "induction" / scenario
    wanted = transcript(base / f"{name}.txt")
    made = Session.unsaved(story_in(base.with_suffix(".yaml")), wanted.seed, "Alex")
    for given in wanted.inputs:
        made.take(given)
    return made


def panel(app: Back) -> str:
    blocks = app.debrief.page.blocks
    block = next(block for block in blocks if block.id == "futures")
    return "\n".join("".join(part for part, _style in line).rstrip() for line in block.lines)


async def test_the_panel_has_a_sentence_a_row_and_a_first_way_for_each() -> None:
    app = Back(session("nights-team-4", "room"))
    async with app.run_test(size=(80, 24)) as pilot:
        told = await page(app, pilot)
        assert told.index("Where it left you") < told.index("What could have become of it") < told.index("cheapest to act")
        shown = panel(app)
        for forecast in outlook(app.debrief.session.play).forecasts:
            flat = " ".join(shown.split())
            assert forecast.stake.leak.explain() in flat
            assert forecast.first_way() in flat
            assert " ".join(hundred(chance) for _at, chance in forecast.stake.odds) in re.sub(
                r"[▁▂▃▄▅▆▇█]\s", "", flat
            ).replace("  ", " ")
        assert "and 2 more of yours there" in shown
        assert "▒ it mocks the people of one estate and the way they talk ▒" in shown
        assert MASK_OPEN not in shown
        assert "Her name was" not in shown
        assert "There was a picture of her room" in shown
        assert "an ordinary member passes it on" not in shown
        assert all(len(line) <= 80 for line in shown.splitlines())


async def test_one_key_unfolds_the_numbers_with_their_sources_and_one_world() -> None:
    app = Back(session("nights-team-4", "room"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = panel(app)
        world = app.debrief.futures.world
        assert world is not None
        assert world.text in " ".join(shown.split())
        assert "q = 1 %  [set for this story]" in shown
        assert "[our guess]" in shown
        assert "[F3.1]" in shown
        assert "λ · severity · reach · T = 4 × 0.08" in shown
        assert "`" not in shown
        assert "fold the numbers" in shown
        await pilot.press("f")
        assert "[F3.1]" not in panel(app)


async def test_trust_stands_beside_where_there_is_room() -> None:
    app = Back(session("nights-team-4", "room"))
    async with app.run_test(size=(160, 48)) as pilot:
        await pilot.pause()
        assert any("Your message in Team 4" in line and "Whose trust it was" in line for line in panel(app).splitlines())


QUIET = b"""\
seenby: 1
id: quiet
title: Quiet
minutes: 1
begins: Monday 08:00
cast: {ann: {name: Ann}}
places: {team: {group: Team, with: ann}}
scenes:
  one:
    in: team
    script: "Ann: The kettle is on."
    choices: {silence: {}, tea: {label: Make the tea}}
    next: end
endings: {e: {title: Tea, epilogue: There was tea.}}
"""


LONG_NAME = (
    b"stakeholders: {them: {name: The people who live on the third floor, saw: {it: {what: They heard., gain: 0.1}}}}\nendings:"
)


@pytest.mark.parametrize("width", [80, 120])
async def test_a_long_name_keeps_off_its_bar(width: int) -> None:
    made = Session.unsaved(compile_story(read(QUIET.replace(b"endings:", LONG_NAME), "quiet.yaml")), 3, "Alex")
    made.take(Input("one", choice="tea"))
    app = Back(made)
    async with app.run_test(size=(width, 36)) as pilot:
        await pilot.pause()
        assert re.search(r"The people who live on the third\S* \u2501", panel(app)), panel(app)


async def test_nothing_at_stake_shows_no_panel_and_the_key_does_nothing() -> None:
    made = Session.unsaved(compile_story(read(QUIET, "quiet.yaml")), 3, "Alex")
    made.take(Input("one", choice="tea"))
    app = Back(made)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "What could have become of it" not in await page(app, pilot)
        await pilot.press("f")
        assert "What could have become of it" not in await page(app, pilot)
    assert list(plain_lines(FuturesAtHand(made.play))) == []
    assert plain_hint(FuturesAtHand(made.play)) == ()


class Alone(Dressed):
    """The panel alone, so that its looks hang on nothing else of the page."""

    CSS = "Page { background: $background; }"

    def __init__(self, theme: str, unfolded: bool) -> None:
        super().__init__(theme)
        saw = "stakeholders:\n  flats:\n    name: The flats on the hill\n    starts: 0.6\n    saw:\n      joke: {what: They read what had been found funny about them., severity: 0.1, reach: 0.5}\n      said: {what: Somebody had said that it was not., if: spoke, gain: 0.15}\ncodas:\n"
        story = told_story(
            TOLD,
            ("admin: [col], audience: and the cat}", "rule: nothing leaves the group, habits: {careful: 3}}"),
            ("codas:\n", saw),
            ("col: {name: Col, is", "col: {name: Col, habit: talker, is"),
            ("jo: {is:", "jo: {name: Jo, is:"),
        )
        self.play = finished(story, 4, "speak")
        self.at_hand = FuturesAtHand(self.play)
        if unfolded:
            self.at_hand.tell()
        self._open = frozenset({ID}) if unfolded else frozenset()

    def compose(self) -> ComposeResult:
        debrief = build(self.play)
        yield Page(
            lambda palette, width: list(
                futures(debrief, Paper(palette, width, self.play.story, self._open, futures=self.at_hand))
            )
        )


LOOKS = (
    ("night", (80, 24), False), ("day", (80, 50), False), ("day", (120, 60), True), ("night", (160, 48), False), ("contrast", (160, 48), True),
)  # fmt: skip


@pytest.mark.parametrize(("theme", "size", "unfolded"), LOOKS, ids=str)
def test_looks(theme: str, size: tuple[int, int], unfolded: bool, snap_compare) -> None:  # type: ignore[no-untyped-def]
    assert snap_compare(Alone(theme, unfolded), terminal_size=size)


def test_plain_lines_say_the_same() -> None:
    at_hand = FuturesAtHand(session("nights-team-4", "file").play)
    told = "\n".join(plain_lines(at_hand))
    for forecast in at_hand.outlook().forecasts:
        assert forecast.stake.leak.explain() in told
        assert forecast.first_way() in told
    assert "What came late" not in told
    assert "Mrs P and her daughter: trust goes from 0.60 to 0.44, over 3 things that reached them." in told
    assert "▒" not in told
    assert at_hand.world is None, "no worlds before they are asked for"
    whole = "\n".join(plain_lines(at_hand, whole=True))
    assert at_hand.world is not None
    assert at_hand.world.text in whole
    late = FuturesAtHand(session("nights-team-4", "late-but-true").play)
    told = "\n".join(plain_lines(late))
    assert "What came late:\n- Tick yes, and write down what you saw. It was late: 50 % of the good of it counted." in told
    assert "at most 3 days late: share = 80 %" in "\n".join(plain_lines(late, whole=True))
    assert "f tells the numbers behind it, and one world as a story." in plain_hint(at_hand)


def test_a_board_is_told_with_its_weights() -> None:
    told = list(plain_lines(FuturesAtHand(finished(told_story(), 1)), whole=True))
    assert "Wall, to a stranger who looks:" in told
    assert any(line.startswith("- Where? 1 clue in sight: 30 % of strangers") for line in told)


def test_a_rule_that_was_stated_is_said() -> None:
    story = told_story(TOLD, ("admin: [col], audience: and the cat}", "rule: what is said here stays here}"))
    told = list(plain_lines(FuturesAtHand(finished(story, 1))))
    assert "It was said there: “what is said here stays here”." in told
    assert story.stake.habits == Habits()


def test_numbers_are_never_sharper_than_a_world_in_a_hundred() -> None:
    assert [hundred(chance) for chance in (0, 0.001, 0.014, 0.5, 0.994, 0.999, 1)] == ["0", "<1", "1", "50", "99", ">99", "100"]
    assert [step(chance) for chance in (0, 0.5, 0.999, 1)] == ["▁", "▅", "█", "█"]


def test_the_debrief_opens_without_numpy() -> None:
    code = (
        "import sys\n"
        "from tests.game.test_debrief_futures import session\n"
        "from game.debrief.futures import FuturesAtHand, plain_lines\n"
        "at_hand = FuturesAtHand(session('grit-happens', 'the-spade').play)\n"
        "assert list(plain_lines(at_hand))\n"
        "assert 'numpy' not in sys.modules\n"
        "at_hand.tell()\n"
        "assert 'numpy' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_play_on_the_way_can_be_looked_at() -> None:
    play = Play.begin(told_story(), 1)
    assert list(plain_lines(FuturesAtHand(play)))


def test_plain_mode_reads_it_out_and_f_tells_the_numbers() -> None:
    play = session("nights-team-4", "file")
    lines = plainly(play, ["", "f", "q"])
    told = lines.index("What could have become of it.")
    assert told < lines.index("To think about, or to talk about:")
    assert "f tells the numbers behind it, and one world as a story." in lines
    again = lines.index("What could have become of it.", told + 1)
    assert any("q = 1 % [set for this story]" in line for line in lines[again:])
    assert any(line.startswith("One world. What Col posted in Team 4.") for line in lines[again:])
