"""Looking back at a career: what came from where, the dials, and what is still out there."""

from __future__ import annotations

import pytest

from engine.debrief import build
from engine.debrief.career import build_career, carried_words, clocks, last_decision, out_there
from engine.play.career import handed_on, part_seed
from engine.play.inputs import Input
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.given import Given
from engine.story.horizon import up_to
from tests.tea import tea_story

DAY = 86_400
FIRST = tea_story(
    "first",
    "The first week",
    """\
slots: {drink: tea}
scenes:
  joke:
    when: day 3, 10:00
    in: team
    script: |
      Col [quip] (picture): masked: it mocks the new one
    choices:
      pay:
        label: Answer him
        send: Here is four pounds for the tea
        set: {paid: yes, roses: +2}
        dials: {team: +2}
        because: They had tea.
      silence: {thought: It is four pounds.}
    next: end
flags:
  roses: {from: 0, to: 3}
endings:
  home: {title: Home, epilogue: You went home.}
""",
)
SECOND = (
    FIRST.replace("id: first", "id: second")
    .replace("The first week", "A year on")
    .replace(
        "  roses: {from: 0, to: 3}",
        '  paid: {is: "you paid for the {drink}", carried: yes}\n  roses: {is: roses on the sill, from: 0, to: 3, carried: yes}\n'
        "  loved: {starts: 1, carried: yes}\n  mine: {is: not carried}",
    )
)
GAPS = (0, 330 * DAY)
PAY, WAIT = Input("joke", choice="pay"), Input("joke", choice="silence")


@pytest.fixture(scope="module")
def plays() -> list[Play]:
    first, second = (compile_story(read(text.encode(), "part.yaml")) for text in (FIRST, SECOND))
    one = Play.replay(first, part_seed(3, "first"), [PAY], "Alex")
    return [one, Play.replay(second, part_seed(3, "second"), [WAIT], "Alex", given=handed_on(one))]


def test_dials_that_came_from_before_are_named_as_such(plays: list[Play]) -> None:
    debrief = build(plays[1])
    team = next(dial for dial in debrief.dials if dial.name == "team")
    assert team.value == 200
    assert [(reason.what, reason.changes) for reason in team.reasons] == [("From before", {"team": 200})]
    assert all(sum(reason.changes[dial.name] for reason in dial.reasons) == dial.value for dial in debrief.dials)
    assert [reason.what for dial in build(plays[0]).dials for reason in dial.reasons] == ["Answer him"]
    assert debrief.carried == ["you paid for the tea", "roses on the sill: 2"]
    assert build(plays[0]).carried == []


def test_what_came_from_where(plays: list[Play]) -> None:
    career = build_career("Two years", plays, GAPS)
    assert career.handed_on == [("you paid for the tea", 0, 1), ("roses on the sill: 2", 0, 1)]
    assert [(part.title, part.begins // DAY, part.dials["team"]) for part in career.parts] == [
        ("The first week", 0, 2),
        ("A year on", 332, 2),
    ]
    assert career.player == "Alex"
    assert [line.words for line in carried_words(plays[1].story, Given.of({"loved": 0, "roses": 0, "paid": 0}, {}))] == [
        "not any more: loved"
    ]
    assert carried_words(plays[0].story, None) == []


def test_the_time_goes_on_from_the_last_decision(plays: list[Play]) -> None:
    first, second = plays
    assert last_decision(first) == 2 * DAY + 10 * 3600
    bases = clocks(plays, GAPS)
    assert bases[1] + second.story.start_clock == last_decision(first) + 330 * DAY
    assert build_career("Two years", plays, GAPS).lasted == 330 * DAY + 2 * (2 * DAY + 3600)
    assert build_career("Three", [first, second], (0, 800 * DAY)).parts[1].begins // DAY == 802


def test_what_is_still_out_there_ages_from_part_to_part(plays: list[Play]) -> None:
    out = build_career("Two years", plays, GAPS).out_there
    mine = next(one for one in out if one.stake.why == "yours")
    assert (mine.part, mine.age // DAY) == (0, 332)
    assert mine.chance == pytest.approx(mine.stake.leak.series((mine.age,))[0][1])
    assert mine.told == f"{mine.words} “Here is four pounds for the tea”"
    assert mine.words.startswith("Your message in Team 4, 11 months ago: out by now in ")
    assert [one.chance for one in out] == sorted((one.chance for one in out), reverse=True)
    before = out_there(plays, GAPS, clocks(plays, GAPS)[1] + plays[1].clock, parts=1)
    assert {one.part for one in before} == {0}
    later = out_there(plays, (0, 1000 * DAY), clocks(plays, (0, 1000 * DAY))[1] + plays[1].clock, parts=1)
    assert all(old.chance <= new.chance for old, new in zip(before, later, strict=True))


def test_what_a_part_left_untold_is_named_and_not_told() -> None:
    reckoning = """\
  years: {in: team, title: Years, script: "Col: Years."}
reckoning:
  years: {after: 4 years, if: roses = 2, scene: years}
  more: {after: 4 years, scene: years}
  never: {after: 5 years, if: roses = 3, scene: years}
endings:
"""
    far = compile_story(read(FIRST.replace("flags:\n  roses: {from: 0, to: 3}\nendings:\n", reckoning + "", 1).replace(
        "scenes:", "flags:\n  roses: {from: 0, to: 3}\nscenes:", 1).encode(), "part.yaml"))  # fmt: skip
    second = compile_story(read(SECOND.encode(), "part.yaml"))
    one = Play.replay(up_to(far, 330 * DAY), 3, [PAY], "Alex")
    two = Play.replay(second, 4, [WAIT], "Alex", given=handed_on(one))
    early, late = (build_career("Years", [one, two], (0, days * DAY)).held_back for days in (330, 5 * 365))
    assert [(held.part, held.after, held.past) for held in early] == [(0, 4 * 365 * DAY, False)]
    assert early[0].words == "“The first week” has something 4 years ahead, and its time has not come."
    assert late[0].words == "“The first week” by itself looks 4 years ahead. You have played these years instead."
    assert build_career("Years", [Play.replay(far, 3, [PAY], "Alex")], (0,)).held_back == []


def test_a_career_that_has_not_begun_is_empty() -> None:
    assert build_career("None", [], ()).parts == []
