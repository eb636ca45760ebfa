"""What could have become of a play, as data for the screens."""

from __future__ import annotations

from functools import cache

import pytest

from engine.futures.outlook import THEIRS, YOURS, Outlook, one_world, outlook
from engine.futures.show import TIMES
from engine.play.events import encode
from engine.play.inputs import Input
from engine.play.play import Play
from tests.engine.base import story_of
from tests.engine.play.test_stakes import TOLD, finished, told_story
from tests.scenarios.test_transcripts import ROOT, story_in, transcript

INDUCTION = ROOT / "induction"


@cache
def played(scenario: str, name: str) -> Play:
    wanted = transcript(INDUCTION / scenario / f"{name}.txt")
    return Play.replay(story_in(INDUCTION / f"{scenario}.yaml"), wanted.seed, wanted.inputs, "Alex")


@cache
def seen(scenario: str, name: str) -> Outlook:
    return outlook(played(scenario, name))


def test_yours_come_first_and_what_is_alike_stands_together() -> None:
    found = seen("nights-team-4", "room")
    whys = [forecast.stake.why == "yours" for forecast in found.forecasts]
    assert whys == sorted(whys, reverse=True)
    assert sum(whys) <= YOURS
    assert len(whys) - sum(whys) <= THEIRS
    first = found.forecasts[0]
    assert len(first.alike) == 2
    assert all(each.leak == first.stake.leak and each.odds == first.stake.odds for each in first.alike)
    assert all(each.at < first.stake.at for each in first.alike), "the last that was sent stands for them"


def test_looking_changes_nothing_and_is_the_same_again() -> None:
    play = played("nights-team-4", "room")
    before = encode(play.events), play.state
    assert outlook(play) == outlook(play)
    assert (encode(play.events), play.state) == before


def test_the_two_ways_out_are_a_whole() -> None:
    for forecast in seen("nights-team-4", "room").forecasts:
        ways = dict(forecast.stake.leak.first_ways(TIMES[-1]))
        passed = sum(share for way, share in ways.items() if way in ("ordinary", "careful", "talker", "outsider"))
        assert forecast.passed_first == pytest.approx(passed)
        assert f"by a member in {passed * 100:.0f} of 100" in forecast.first_way()


@pytest.mark.parametrize("seed", range(12))
def test_what_the_story_told_of_a_message_is_said_beside_its_odds(seed: int) -> None:
    play = finished(told_story(), seed)
    words = next(event.text for event in reversed(play.events) if getattr(event, "kind", "") == "prose")
    (quip,) = (forecast for forecast in outlook(play).forecasts if forecast.stake.id == "quip")
    assert quip.told is not None
    wanted = {"Somebody showed it.": "passed-on", "A phone was looked into.": "found", "Nobody ever saw it.": "never"}
    assert quip.told.became == wanted[words]
    assert quip.told.chance == quip.stake.leak.at(quip.told.seconds)
    assert quip.told.explain().startswith("8 months later, in your story, ")
    assert "By then it is out in about" in quip.told.explain()


def test_where_the_story_says_that_it_came_out_no_odds_stand_beside() -> None:
    sure = TOLD.replace('      never: {way: never, script: "> Nobody ever saw it."}\n', "")
    (quip,) = (forecast for forecast in outlook(finished(told_story(sure), 1)).forecasts if forecast.stake.id == "quip")
    assert quip.told is not None
    assert quip.told.certain
    assert "out in" not in quip.told.explain()


def test_public_things_what_came_late_boards_and_trust_are_there() -> None:
    file = seen("nights-team-4", "file")
    assert file.late == []
    assert [late.percent for late in seen("nights-team-4", "late-but-true").late] == [50]
    assert {held.name for held in file.trust} == {"Mrs P and her daughter", "The people of the estate", "Team 4"}
    spade = seen("grit-happens", "the-spade")
    assert all(stake.leak.audience.public for stake in spade.public)
    assert len(spade.public) > 2
    play = Play.begin(story_of(), 1)
    for given in (Input("meme", choice="speak"), Input("several", how="pick"), Input("wall", how="link")):
        play.take(given)
    (board,) = outlook(play).boards
    assert [exposure.ask for exposure in board.exposures] == ["Where?", "When?"]


def test_nothing_at_stake_is_nothing_to_show() -> None:
    quiet = ("Col [quip] (picture): masked: it mocks {canteen}", "Col [quip]: so")
    play = Play.begin(story_of(quiet), 1)
    found = outlook(play)
    assert found.empty
    assert found.main is None


def test_the_world_is_of_what_matters_most_and_the_same_for_the_same_seed() -> None:
    play = played("nights-team-4", "room")
    main = seen("nights-team-4", "room").main
    assert main is not None
    assert main.id == "photo"
    one, again = one_world(play, main, worlds=600), one_world(play, main, worlds=600)
    assert one == again
    assert one.text
    assert 0 < one.share <= 1
    assert one.opening().endswith("One of them:")
    cast = {play.words[person] for person in play.story.places["team"].people}
    assert play.words["col"] not in one.text.split(" showed")[0], "who sent it is not who shows it"
    assert cast


def test_a_world_of_what_never_gets_out_says_so_and_a_crowd_is_told_among_fewer() -> None:
    sealed = ("codas:\n", "leaks: {pass-on: 0, found: 0}\ncodas:\n")
    play = finished(told_story(TOLD, sealed), 1)
    main = outlook(play).main
    assert main is not None
    world = one_world(play, main, worlds=50)
    assert (world.share, world.far) == (0.0, False)
    assert "It came out in none of 50 worlds" in world.opening()
    crowd = finished(
        told_story(TOLD, ("members: 9", "members: 3000"), ("admin: [col], audience: and the cat}", "habits: {talker: 600}}")), 1
    )
    stake = outlook(crowd).main
    assert stake is not None
    told = one_world(crowd, stake, worlds=20)
    assert told.far
    assert 0 < told.share < 1
    assert told.reach.startswith("In half of the worlds ")


def test_what_is_public_has_no_world_to_tell() -> None:
    play = played("grit-happens", "the-spade")
    with pytest.raises(ValueError, match="not out yet"):
        one_world(play, seen("grit-happens", "the-spade").public[0])
