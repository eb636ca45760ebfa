"""Lines that a choice itself makes idle: told where it has just left, or asking for what it has just set."""

from __future__ import annotations

import pytest

from engine.check.lost import CHECKS
from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import Play
from tests.engine.base import story_of
from tests.engine.check.helper import found, only

SPEAK = "        set: {spoke: yes, days: +1}\n"
LAUGH = "        react: 😂\n        on: quip\n", "        react: 😂\n        on: quip\n        set: {laughed: yes}\n"
"""So that there is another flag to ask for."""


def script(*lines: str, rest: str = "") -> tuple[str, str]:
    """The choice `speak` with a script of these lines, and more."""
    return SPEAK, SPEAK + rest + "        script: |\n" + "".join(f"          {line}\n" for line in lines)


def told(*edits: tuple[str, str]) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in found(LAUGH, *edits) if each.code in ("SB335", "SB336")]


LEAVE = "        do: [leave team]\n"
GONE = "nobody sees this: the player has left 'team' by then"


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (("‸> It is quiet.",), LEAVE),
        (("‸* The group is gone.",), LEAVE),
        (("in jo-dm:", "> Here it is seen.", "in team:", "‸> It is quiet."), LEAVE),
        (("> Here it is seen.", "* You leave", "‸> It is quiet."), ""),
        (("> Here it is seen.", "* Col removes you", "‸> It is quiet."), ""),
        (("{if laughed}", "* You leave", "‸> It is quiet.", "{end}"), ""),
    ],
)
def test_what_is_told_in_a_place_that_was_left_is_found(lines: tuple[str, ...], rest: str) -> None:
    finding = only("SB335", LAUGH, script(*lines, rest=rest))
    assert finding.message == GONE
    assert "`in " in finding.hint


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (("Col: where are you off to",), LEAVE),
        (("in jo-dm:", "> It is quiet."), LEAVE),
        (("* Col adds you", "> It is quiet."), LEAVE),
        (("> It is quiet.",), "        do: [leave team, add you to team]\n"),
        (("> It is quiet.", "* You leave"), ""),
        (("{if laughed} * You leave", "> It is quiet."), ""),
    ],
)
def test_what_is_seen_or_kept_for_the_debrief_is_not(lines: tuple[str, ...], rest: str) -> None:
    assert told(script(*lines, rest=rest)) == []


def test_what_is_found_is_indeed_never_shown() -> None:
    play = Play.begin(story_of(script("> It is quiet.", "Col: where are you off to", rest=LEAVE)), 1)
    play.take(Input("meme", choice="speak"))
    words = [event.text for event in play.events if isinstance(event, ev.MessageShown | ev.Missed)]
    assert "It is quiet." not in words
    assert "where are you off to" in words


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("{if not spoke} Col: hm", "never"),
        ("{if spoke} Col: hm", "always"),
        ("{if laughed and not spoke} Col: hm", "never"),
        ("{if spoke or laughed} Col: hm", "always"),
    ],
)
def test_a_condition_that_the_choice_has_settled(line: str, answer: str) -> None:
    assert f"this is {answer} told" in only("SB336", LAUGH, script(line.replace("Col:", "‸Col:"))).message


def test_a_condition_that_the_choice_needed_to_be_there() -> None:
    needs = ("        label: Say it is not for you\n", "        label: Say it is not for you\n        if: not laughed\n")
    assert "never" in only("SB336", LAUGH, needs, script("{if laughed} ‸Col: hm")).message


def test_of_two_halves_the_dead_one_is_told() -> None:
    ((_code, message),) = told(script("{if spoke}", "Col: hm", "{else}", "Col: oh", "{end}"))
    assert message == "this is never told: 'not (spoke)' cannot hold here"


@pytest.mark.parametrize(
    "line",
    [
        "{if laughed} Col: hm",
        "{if spoke and laughed} Col: hm",
        "{if days >= 2} Col: hm",
        "{if trust >= 1} Col: hm",
        "{if seen quip} Col: hm",
        "{if laughed and not laughed} Col: hm",
    ],
)
def test_what_may_be_one_or_the_other_is_not_found(line: str) -> None:
    """A sum may be anything afterwards; what has nothing to do with the choice is none of its business."""
    assert told(script(line)) == []


def test_what_is_found_is_what_plays_do() -> None:
    for line, wanted in (("{if not spoke} Col: hm", False), ("{if spoke} Col: hm", True)):
        play = Play.begin(story_of(script(line)), 1)
        play.take(Input("meme", choice="speak"))
        assert any(isinstance(event, ev.MessageShown) and event.text == "hm" for event in play.events) == wanted


def test_rules_and_what_a_scene_sets_on_arrival() -> None:
    scene = (
        "    in: page\n    script: |\n      Col: well, well\n",
        "    in: page\n    set: {spoke: no}\n    script: |\n      {if spoke} ‸Col: well, well\n",
    )
    assert "never" in only("SB336", LAUGH, scene).message
    assert len(CHECKS) == 2
