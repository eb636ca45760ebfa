"""Scenes that have happened without anything to see are not shown: no heading, no empty page, no moment of time passing."""

from __future__ import annotations

from pathlib import Path

from engine import load_story
from engine.play import events as ev
from engine.play.events import Event
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from game.narrate import Narrator
from game.play.manner import Manner
from game.quiet import to_be_seen
from game.session import Session
from tests.game.shell import inputs
from tests.game.stage import PlayApp, said, text_of

HOUR = 3600
ROOT = Path(__file__).parents[2]
LEFT = """
seenby: 1
id: gone
title: Gone
minutes: 2
begins: Monday 10:00
cast: {col: {name: Col}, jo: {name: Jo}}
places:
  team: {group: Team, members: 9, with: [col, jo]}
  jo-dm: {dm: jo}
scenes:
  first:
    title: First
    in: team
    script: |
      Col: hello
    choices:
      go:
        label: Leave
        action: leave
        do: [leave team]
        dials: {own: +1}
        because: You went.
        later:
          - {after: 2 hours, scene: echo, dials: {team: -1}, because: They noticed.}
      silence: {}
    next: second
  second:
    title: Second
    when: +5 hours
    in: jo-dm
    script: |
      Jo: still there?
    choices:
      yes: {label: Say yes}
      silence: {}
    next: end
  echo:
    title: Echo
    in: team
    script: |
      Col: where did they go
endings:
  all: {title: All, epilogue: That was it.}
"""


def began(at: int, scene: str, place: str = "team") -> ev.SceneBegan:
    return ev.SceneBegan(at=at, scene=scene, title=scene, place=place)


def passed(since: int, at: int) -> ev.TimePassed:
    return ev.TimePassed(at=at, since=since, words="some time")


def message(at: int) -> ev.MessageShown:
    return ev.MessageShown(at=at, id=f"m{at}", place="team", sender="col", name="Col", kind="text", text="hello")


def gone() -> Story:
    return compile_story(read(LEFT.encode(), "gone.yaml"))


def test_a_scene_with_something_to_see_stays_as_it_is() -> None:
    events: list[Event] = [passed(0, HOUR), began(HOUR, "one"), message(HOUR), ev.SceneEnded(at=HOUR, scene="one")]
    assert to_be_seen(events) == events


def test_an_empty_scene_goes_and_its_time_is_added_to_what_follows() -> None:
    dials = ev.DialsChanged(at=HOUR, changes={"own": 100}, because="So it was.", source="one")
    events: list[Event] = [
        passed(0, HOUR), began(HOUR, "one"), ev.Breath(at=HOUR, seconds=60), dials, ev.SceneEnded(at=HOUR, scene="one"),
        passed(HOUR, 3 * HOUR), began(3 * HOUR, "two"), message(3 * HOUR), ev.SceneEnded(at=3 * HOUR, scene="two"),
    ]  # fmt: skip
    seen = to_be_seen(events)
    assert seen[0] is dials, "what it changed has happened"
    assert seen[1] == ev.TimePassed(at=3 * HOUR, since=0, words="3 hours")
    assert [event.scene for event in seen if isinstance(event, ev.SceneBegan | ev.SceneEnded)] == ["two", "two"]


def test_time_is_told_where_no_more_of_it_passes() -> None:
    lost = [passed(0, HOUR), began(HOUR, "one"), ev.SceneEnded(at=HOUR, scene="one")]
    offered = ev.DecisionOffered(at=HOUR, scene="two", place="team", kind="one")
    assert to_be_seen([*lost, began(HOUR, "two"), offered]) == [lost[0], began(HOUR, "two"), offered]


def test_a_decision_without_words_is_no_empty_scene() -> None:
    events: list[Event] = [began(0, "one"), ev.DecisionOffered(at=0, scene="one", place="team", kind="one")]
    assert to_be_seen(events) == events


def test_plain_lines_say_nothing_of_a_place_that_was_left() -> None:
    story = gone()
    play = Play.begin(story, seed=7, name="Sam")
    narrator = Narrator(story, play.phone(empty=True))
    narrator.tell(play.events)
    lines = narrator.tell(play.take(inputs(["first: go"])[0]))
    assert any(isinstance(event, ev.SceneBegan) and event.scene == "echo" for event in play.events), "it has happened"
    assert not any(line.startswith("Team,") for line in lines)
    assert lines.index("5 hours later.") < lines.index("Jo, Monday 15:00.")


async def test_the_screen_goes_past_it() -> None:
    app = PlayApp(gone(), Manner("off", reduced_motion=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "space")
        for _turn in range(6):
            await pilot.pause()
            if "still there?" in said(app.play_screen):
                break
            assert "Two hours later" not in text_of(app)
            await pilot.press("enter")
        assert app.play_screen.pane.viewing == "jo-dm"


async def test_what_is_answered_elsewhere_is_read_there_and_then_the_decision_stands_in_its_place() -> None:
    story = load_story(ROOT / "scenarios" / "induction" / "nights-team-4.yaml")
    app = PlayApp(story, session=Session.unsaved(story, 7, "Sam"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        screen = app.play_screen
        row = next(row for row in screen.dock.panel.list.rows if row.label == "Look at who is in the group")  # type: ignore[attr-defined]
        await pilot.press(row.key)
        await pilot.pause()
        assert screen.pane.viewing == "team-names"
        assert "Enter to go on" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.pane.viewing == "team", "it is the group that is decided about"
        assert screen.deciding
