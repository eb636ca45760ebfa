"""What would be seen twice, looks alike, or is never read: places, notices beside `do`, words of witnesses."""

from __future__ import annotations

import pytest

from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import Play
from tests.engine.base import story_of
from tests.engine.check.helper import only, said

PLACES = "  page: {feed: The page, followers: 100}\n"
LEAVE = "        label: Say it is not for you\n"


@pytest.mark.parametrize(
    "place",
    [
        "  ‸nights: {group: Team 4, members: 5, with: [col]}\n",
        "  ‸nights: {mail: team  4}\n",
        '  ‸jo-mail: {mail: Jo, name: "{jo}"}\n',
    ],
)
def test_places_that_are_called_alike(place: str) -> None:
    assert only("SB331", (PLACES, PLACES + place)).severity == "warning"


@pytest.mark.parametrize(
    "place",
    [
        "  jo-call: {call: jo}\n",
        "  his-team: {group: Team 4, members: 5, phone: sgt}\n",
        "  nights: {group: Team 5, members: 5, with: [col]}\n",
    ],
)
def test_places_that_can_be_told_apart(place: str) -> None:
    assert said("SB331", (PLACES, PLACES + place)) == []


def doing(do: str, *lines: str) -> tuple[str, str]:
    script = "".join(f"          {line}\n" for line in lines)
    return LEAVE, f"{LEAVE}        do: [{do}]\n        script: |\n{script}"


@pytest.mark.parametrize(
    ("do", "line"),
    [
        ("remove col from team", "‸* You removed Col."),
        ("remove col from team", "‸* {col} was removed."),
        ("add sgt to team", "‸* You have added Sgt Alder."),
        ("leave team", "‸* You left."),
        ("delete quip", "‸* This message was deleted."),
        ("delete quip", "‸* You deleted a picture."),
        ("timer team 24 hours", "‸* You turned on disappearing messages."),
    ],
)
def test_a_notice_beside_what_it_tells(do: str, line: str) -> None:
    found = only("SB332", doing(do, line, "Jo: Oh"))
    assert f"`do: {do}`" in found.message


def test_a_deletion_is_told_twice_in_another_place_too() -> None:
    only("SB332", doing("delete quip", "in page:", "‸* You deleted a picture."))


@pytest.mark.parametrize(
    ("do", "lines"),
    [
        ("remove col from team", ["* You remove Col"]),
        ("remove col from team", ["* Jo is an admin now."]),
        ("remove col from team", ["* Jo was removed by mistake."]),
        ("remove col from team", ["in page:", "* The page removed what Col wrote."]),
        ("mute team 2 hours", ["* You left."]),
        ("delete quip", ["* Col deleted something too."]),
        ("leave team", ["* Col leaves"]),
    ],
)
def test_a_notice_of_something_else(do: str, lines: list[str]) -> None:
    assert said("SB332", doing(do, *lines)) == []


def seen_by(words: str) -> tuple[str, str]:
    return "  cheapest: meme\n", f"  cheapest: meme\n  seen-by:\n    {words}\n"


JOINS = (
    "  several:\n    in: team\n",
    "  several:\n    in: team\n    script: |\n      * Sgt Alder joins\n      Col [late]: well\n",
)
ON = 'on: {‸quip: "> So."}'


def test_words_on_what_was_before_the_story() -> None:
    past = ("audience: and the cat}", 'audience: and the cat, past: "Col [old]: hello"}')
    found = only("SB282", past, seen_by('jo: {on: {‸old: "> So."}}'))
    assert "before the story" in found.message
    assert "`before`" in found.hint
    assert (
        "before the story"
        in only("SB282", ("Col [quip] (picture)", "Col [quip] (picture) (archived)"), seen_by(f"jo: {{{ON}}}")).message
    )


def test_words_on_what_was_said_where_somebody_was_not() -> None:
    assert only("SB282", seen_by(f"sgt: {{{ON}}}")).message.startswith("sgt is never in 'team'")
    assert said("SB282", seen_by(f"jo: {{{ON}}}".replace("‸", ""))) == []
    assert said("SB282", seen_by(f"sgt: {{scenes: [meme], {ON}}}".replace("‸", ""))) == []
    assert said("SB282", seen_by(f"sgt: {{in: team, {ON}}}".replace("‸", ""))) == []
    assert said("SB282", seen_by(f"sgt: {{only: quip, {ON}}}".replace("‸", ""))) == []
    assert said("SB282", seen_by(f"public: {{{ON}}}".replace("‸", ""))) == []


def test_words_on_what_was_said_before_somebody_joined() -> None:
    found = only("SB282", JOINS, seen_by(f"sgt: {{{ON}}}"))
    assert found.message == "sgt joins 'team' later; what they say of 'quip' is never read"
    assert said("SB282", JOINS, seen_by('sgt: {on: {late: "> So."}}')) == []
    thaw = ("Col: all right?", "Col [warm]: all right?")
    assert said("SB282", JOINS, thaw, seen_by('sgt: {on: {warm: "> So."}}')) == [], "a consequence may come at any time"
    added = ("      laugh:\n        label: Laugh\n", "      laugh:\n        label: Laugh\n        do: [add sgt to team]\n")
    assert said("SB282", added, seen_by('sgt: {on: {quip: "> So."}}')) == []


@pytest.mark.parametrize(
    ("do", "line", "kind"),
    [
        ("timer team 24 hours", "* You turn on disappearing messages: 24 hours", ev.TimerSet),
        ("remove col from team", "* You remove Col", ev.Left),
        ("add sgt to team", "* You add Sgt Alder", ev.Joined),
        ("delete quip", "* You delete quip", ev.Deleted),
        ("leave team", "* You leave", ev.Left),
    ],
)
def test_what_is_written_as_something_that_happens_is_told_once(do: str, line: str, kind: type[ev.Event]) -> None:
    """As the page of the finding says."""
    play = Play.begin(story_of(doing(do, line)), 1, "Alex")
    assert sum(isinstance(event, kind) for event in play.take(Input("meme", choice="speak"))) == 1
