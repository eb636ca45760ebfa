"""The report of a room, its handout and its plan."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import load_story
from engine.play.inputs import Input
from engine.room.inputs import Decide, Go, Hands, Setup, Tell, Turn
from engine.room.room import Room
from engine.room.steps import onward
from engine.story.cut import optional_scenes
from engine.story.model import Story
from game.packs import library, load
from game.workshop.handout import MOST_QUESTIONS, asking, handout
from game.workshop.plan import plan_for, plan_lines, standing
from game.workshop.report import as_csv, as_html, report
from game.workshop.words import RECAP_LINES, recap_lines
from tests.saves.conftest import TEA

ROOT = Path(__file__).parents[3]
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHIPPED = [card for card in library().cards if card.shipped and not card.trouble]


@pytest.fixture(scope="module")
def nights() -> Story:
    return load_story(ROOT / "scenarios" / "induction" / "nights-team-4.yaml")


def rehearsed(story: Story, **setup: object) -> Room:
    room = Room(story, Setup(5, rehearsal=True, **setup))  # type: ignore[arg-type]
    while room.phase != "ended":
        for one in onward(room):
            room.apply(one)
    return room


def counts_in(page: str) -> set[str]:
    return {
        cell
        for cell in re.findall(r"<td[^>]*><p>([^<]*)</p></td>", page)
        if re.fullmatch(r"\d+|fewer than five|five or more", cell)
    }


def test_a_report_tells_what_was_done_and_no_small_count(nights):
    room = rehearsed(nights, size=31)
    room.apply(Go(1))
    while room.phase != "ended":
        for one in onward(room):
            room.apply(one)
    found = report(room, BEGAN)
    page = as_html(found).decode()
    assert "What a room did, 2 March 2026" in page
    assert "This was a rehearsal" in page
    assert "Another road" in page
    assert "When it was cheapest to act" in page
    assert not {cell for cell in counts_in(page.split("Where it left you")[0]) if cell.isdigit() and int(cell) < 5}
    rows = list(csv.DictReader(io.StringIO(as_csv(found).decode("utf-8-sig"))))
    assert {row["road"] for row in rows} == {"1", "2"}
    assert len({row["number"] for row in rows if row["road"] == "1"}) == len(found.decisions) == len(room.path)
    votes = {row[name] for row in rows for name in ("first_vote", "second_vote")}
    assert "fewer than five" in votes
    assert all(int(vote) >= 5 for vote in votes if vote.isdigit())
    assert all(
        sum(row["taken"] == "yes" for row in rows if (row["road"], row["number"]) == ("1", str(one.number)))
        for one in found.decisions
    )


def test_who_decided_is_told_only_where_every_count_is(nights):
    room = Room(nights, Setup(5))
    for counts, told in (((9, 8, 7, 6, 5), "most of the room"), ((30, 1, 1, 1, 1), "")):
        room.apply(Go(0))
        room.apply(Tell(99))
        room.apply(Turn("first"))
        assert room.question is not None
        for item, count in zip(room.question.items, counts, strict=True):
            room.apply(Hands(item.key, count))
        room.apply(Turn("reveal"))
        room.apply(Decide(room.outcome().input))  # type: ignore[arg-type]
        assert report(room, BEGAN).decisions[0].by == told
    early = report(Room(nights, Setup(5)), BEGAN)
    assert (early.decisions, early.ending) == ((), "")
    assert "Nothing has been decided yet" in as_html(early).decode()


def test_a_cell_is_no_formula_and_no_markup(tmp_path, nights):
    path = tmp_path / "tea.yaml"
    path.write_text(TEA.replace("label: React with a laugh", 'label: "=HYPERLINK(1) <b>x</b>"'), "utf-8")
    room = Room(load_story(path), Setup(1))
    room.apply(Tell(99))
    room.apply(Decide(Input("joke", choice="laugh")))
    found = report(room, BEGAN)
    assert "'=HYPERLINK(1) <b>x</b>" in as_csv(found).decode("utf-8-sig")
    page = as_html(found).decode()
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.id)
def test_every_shipped_scenario_can_be_run_as_a_workshop(card):
    story = load(card)
    for minutes in (30, 60, 90):
        plan = plan_for(story, minutes)
        assert plan.beats[0].start == 0
        assert plan.beats[-1].end == minutes * 60
        for one, other in zip(plan.beats, plan.beats[1:], strict=False):
            assert one.end == other.start <= other.end
        assert set(plan.cut) <= set(optional_scenes(story))
        assert len(plan_lines(plan)) == len(plan.beats) + (not plan.fits)
    plan = plan_for(story, 60)
    room = rehearsed(story, tables=6, minutes=60, cut=plan.cut)
    assert room.play.ending
    assert len(recap_lines(room)) <= RECAP_LINES
    assert as_html(report(room, BEGAN)).startswith(b"<!doctype html>")
    page = handout(story, 60).decode()
    labels = [choice.label for scene in story.scenes.values() for choice in scene.choices.values()]
    assert not [label for label in labels if isinstance(label, str) and len(label) > 12 and f">{label}<" in page]
    told = [row.text for ending in story.endings for row in ending.epilogue.rows if isinstance(row.text, str) and row.text]
    assert not [text for text in told if text[:40] in page]


def test_a_plan_says_where_the_session_stands(nights):
    plan = plan_for(nights, 60)
    room = Room(nights, Setup(5, minutes=60, cut=plan.cut, rehearsal=True))
    now = standing(plan, room, 120)
    assert (now.beat.kind, now.left, now.behind, now.left_in_beat) == ("opening", 58 * 60, 0, 180)
    room.apply(Tell(1))
    assert standing(plan, room, 120).behind == 120 - plan.beats[1].start
    assert standing(plan, room, 120).beat.scene == "welcome"
    late = standing(plan, room, 3700)
    assert (late.left, late.behind) == (-100, 3700 - late.beat.end)
    while room.phase != "ended":
        for one in onward(room):
            room.apply(one)
        assert standing(plan, room, 1800).beat.kind in ("opening", "scene", "rest", "debrief")
    assert standing(plan, room, 1800).beat.kind == "debrief"
    with pytest.raises(ValueError, match="not 45"):
        plan_for(nights, 45)


def test_a_recap_is_five_lines_at_most(nights):
    room = Room(nights, Setup(5, tables=6, rehearsal=True))
    assert recap_lines(room)[-1].endswith("nothing has happened yet.")
    seen = set()
    while room.phase != "ended":
        for one in onward(room):
            room.apply(one)
        if room.phase not in ("telling", "ask") or len(room.inputs) % 3:
            continue
        lines = recap_lines(room)
        assert 2 <= len(lines) <= RECAP_LINES
        assert all(line and "\n" not in line for line in lines)
        seen.add(lines[-1])
    assert "The story is over" in recap_lines(room)[-1]
    assert len(seen) > 5


def test_a_handout_asks_and_tells_nothing(nights):
    page = handout(nights).decode()
    assert page.count("<tr>") - 1 <= MOST_QUESTIONS + 2
    assert "My rule" in page
    assert "Her aunt did everything right" not in page
    assert asking("It disappears in a day. What do you do? Whom do you ask?") == "Whom do you ask?"
    assert asking("Ten past nine.") == ""
