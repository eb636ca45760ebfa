"""The plots of the debrief: their courses as data, the screen, and the same numbers as lines to read."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from engine import load_story
from engine.debrief import build
from engine.futures.show import TIMES
from engine.play.inputs import Input
from engine.play.play import Play
from engine.story.model import DAY
from game.debrief.courses import (
    Axis,
    DialCourse,
    Step,
    WorldsCourse,
    dial_course,
    dials_table,
    read_out,
    since_words,
    worlds_courses,
    worlds_place,
    worlds_table,
    worlds_words,
)
from game.session import Session
from tests.game.stage import beat, evening, text_of
from tests.game.test_debrief_rule import Alone
from tests.game.test_debrief_screen import Back, played

INDUCTION = Path(__file__).parents[2] / "scenarios" / "induction"


def a_play(name: str) -> Play:
    """A play of a scenario that ships, by its first walkthrough."""
    from game.decisions_file import read_script

    story = load_story(INDUCTION / f"{name}.yaml")
    file = sorted((INDUCTION / name).glob("*.txt"))[0]
    inputs = [one.input for one in read_script(file.read_text("utf-8"), file.name)]
    return Play.replay(story, 7, inputs, "Sam")


@pytest.fixture(scope="module")
def nights() -> Play:
    return a_play("nights-team-4")


def test_the_dials_end_where_the_debrief_says(nights: Play) -> None:
    debrief = build(nights)
    course = dial_course(debrief)
    assert course.steps[-1].values == tuple(dial.shown for dial in debrief.dials)
    assert course.steps[0].values == (0, 0, 0, 0, 0)
    assert [step.at for step in course.steps] == sorted(step.at for step in course.steps)
    assert course.moved
    low, high = course.reach
    assert low <= 0 <= high
    assert high - low >= 2
    assert all(low <= value <= high for step in course.steps for value in step.values)


def test_each_step_is_what_the_reasons_add_up_to() -> None:
    debrief = build(played().play)
    course = dial_course(debrief)
    at = {step.at: step.values for step in course.steps}
    for index, dial in enumerate(debrief.dials):
        value = dial.value - sum(reason.changes[dial.name] for reason in dial.reasons)
        for reason in dial.reasons:
            value += reason.changes[dial.name]
        assert at[course.steps[-1].at][index] == dial.shown


def test_a_play_in_which_nothing_moved() -> None:
    play = Play.begin(evening(), 7, "Sam")
    course = dial_course(build(play))
    assert not course.moved
    assert course.reach == (-1, 1)
    assert worlds_courses(play) == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
@settings(max_examples=80)
def test_the_squeezed_axis_keeps_the_order_and_fits_its_labels(times: list[int]) -> None:
    axis = Axis.of(times)
    places = [axis.place(at) for at in sorted(set(times))]
    assert places[0] == 0.0
    assert places == sorted(places)
    assert len(places) == 1 or places[-1] == 1.0
    gaps = sorted(
        (after - before, there - here)
        for before, after, here, there in zip(axis.times, axis.times[1:], places, places[1:], strict=False)
    )
    assert all(one[1] <= other[1] + 1e-9 for one, other in itertools.pairwise(gaps))
    ticks = axis.ticks(8, 50)
    assert ticks[-1][0] == places[-1]
    assert all(there - here >= 8 / 50 for (here, _one), (there, _other) in itertools.pairwise(ticks))
    assert len(axis.breaks) == sum(after - before > 7 * DAY for before, after in zip(axis.times, axis.times[1:], strict=False))


def test_times_in_few_cells() -> None:
    words = [since_words(at) for at in (0, 20, 40 * 60, 3600, DAY, 20 * DAY, 240 * DAY, 4 * 365 * DAY)]
    assert words == ["start", "+1 min", "+40 min", "+1 h", "+1 d", "+3 wk", "+8 mo", "+4 y"]
    assert all(len(word) <= 8 for word in words)


def test_worlds_yours_first_and_what_is_alike_once(nights: Play) -> None:
    courses = worlds_courses(nights)
    assert 1 <= len(courses) <= 4
    assert [one.yours for one in courses] == sorted((one.yours for one in courses), reverse=True)
    assert len({(one.yours, one.points) for one in courses}) == len(courses)
    for one in courses:
        chances = [chance for _at, chance in one.points]
        assert chances == sorted(chances)
        assert dict(one.points)[TIMES[-1]] == pytest.approx(one.odds[-1][1])
    assert worlds_place(60) == 0.0
    assert worlds_place(TIMES[-1]) == 1.0
    assert [worlds_words(chance) for chance in (0, 0.004, 0.41, 0.997, 1)] == ["0", "<1", "41", ">99", "100"]


def test_the_tables_say_the_same(nights: Play) -> None:
    debrief = build(nights)
    grid = dials_table(dial_course(debrief))
    assert grid.rows[-1][2:] == tuple(f"{dial.shown:+d}" if dial.shown else "0" for dial in debrief.dials)
    lines = read_out(grid)
    assert len(lines) == len(grid.rows) + 1
    assert f": Public trust {grid.rows[-1][2]}, " in lines[-1]
    courses = worlds_courses(nights)
    rows = worlds_table(courses).rows
    assert [row[0] for row in rows] == [one.letter for one in courses]
    assert rows[0][-1] == worlds_words(courses[0].odds[-1][1])


async def opened(pilot: Pilot[object], *keys: str) -> None:
    await pilot.pause()
    for key in ("g", *keys):
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


async def test_one_at_a_time_on_a_low_terminal(nights: Play) -> None:
    app = Back(Session(nights.story, None, nights))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        seen = text_of(app)
        for dial in app.debrief.debrief.dials:
            line = next(line for line in seen.splitlines() if dial.label in line)
            assert f"{dial.shown:+d}" in line or dial.shown == 0
        assert "Time is squeezed" in seen
        assert "╱╱" in seen
        assert "start" in seen
        assert any("\u2801" <= letter <= "\u28ff" for letter in seen)
        await pilot.press("tab")
        await pilot.pause()
        await pilot.pause()
        seen = text_of(app)
        assert "logarithmic" in seen
        for one in worlds_courses(nights):
            # On the line twice, and once beside its name.
            assert sum(line[8:].count(one.letter) for line in seen.splitlines()[2:14] if "│" in line or "┤" in line) >= 1
        assert "8 mo" in seen
        await pilot.press("t")
        await pilot.pause()
        assert "Out, in how many" in text_of(app) or "The dials over time" in text_of(app)
        await pilot.press("down", "space", "pageup", "up", "escape")
        await pilot.pause()
        assert app.screen is app.debrief


async def test_both_on_a_tall_one_and_again_in_another_theme(nights: Play) -> None:
    app = Back(Session(nights.story, None, nights))
    async with app.run_test(size=(160, 48)) as pilot:
        await opened(pilot)
        seen = text_of(app)
        assert "Public trust" in seen
        assert "logarithmic" in seen
        assert "Tab" not in seen.splitlines()[-1]
        app.theme = "seenby-day"
        await pilot.pause()
        await pilot.pause()
        assert text_of(app) == seen


async def test_a_play_that_is_not_over_and_sent_nothing() -> None:
    session = Session.unsaved(beat("leave-expiry"), 7, "Sam")
    app = Back(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "No dial moved." in text_of(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "logarithmic" in text_of(app) or "nothing that others sent" in " ".join(text_of(app).split())
    session = Session.unsaved(evening(), 7, "Sam")
    session.take(Input("keys", choice="silence"))
    app = Back(session)
    async with app.run_test(size=(60, 12)) as pilot:
        await opened(pilot, "tab")
        assert "nothing that others sent" in " ".join(text_of(app).split())


def test_the_widget_is_imported_when_the_plots_are_opened() -> None:
    code = "import sys, game.debrief.screen, game.app; sys.exit('textual_plot' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [
        ("night", (80, 24), ()),
        ("day", (120, 36), ("tab",)),
        ("night", (160, 48), ()),
        ("plain", (80, 24), ("tab",)),
        ("contrast", (80, 24), ("t",)),
    ],
    ids=lambda value: str(value),
)
def test_looks(
    snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """Of courses that are written here, so that no story changes the picture."""
    import game.debrief.plots as plots

    hour, week, year = 3600, 7 * DAY, 365 * DAY
    steps = (
        (0, 0, 0, 0, 0, 0),
        (hour, 0, 1, -1, 0, 0),
        (2 * DAY, 1, -1, 1, 0, 1),
        (3 * week, 1, -2, 3, -1, 1),
        (4 * year, 2, -2, 6, -3, 0),
    )
    course = DialCourse(
        ("Public trust", "Team safety", "People affected", "Own standing", "Operational security"),
        tuple(Step(at, "something", tuple(values)) for at, *values in steps),
    )
    worlds = []
    for letter, yours, high in (("A", True, 0.6), ("B", True, 0.1), ("C", False, 0.95)):
        points = tuple(
            (int(at), high * at / (at + 20 * DAY)) for at in (60 * 1.3**step for step in range(57)) if at < TIMES[-1]
        )
        points += ((TIMES[-1], high),)
        odds = tuple((at, high * at / (at + 20 * DAY)) for at in TIMES)
        worlds.append(
            WorldsCourse(letter, f"Thing {letter} in a place", "what it said, in a few words", 1, yours, points, odds)
        )
    monkeypatch.setattr(plots, "dial_course", lambda _debrief: course)
    monkeypatch.setattr(plots, "worlds_courses", lambda _play: worlds)

    async def before(pilot: Pilot[object]) -> None:
        for key in keys:
            await pilot.pause()
            await pilot.press(key)
        await pilot.pause()
        await pilot.pause()

    play = Play.begin(evening(), 7, "Sam")
    assert snap_compare(Alone(lambda: plots.PlotsScreen(play, build(play)), theme), terminal_size=size, run_before=before)
