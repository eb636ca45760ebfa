"""One world as a story: its actual path, in two or three sentences, the same every time."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.futures.leak import Audience, Circumstances, Habits, Leak
from engine.futures.network import CLUB, FAMILY, FAR, FRIEND, NEIGHBOUR, WORK, Network, people_around
from engine.futures.tell import Cast, Teller
from engine.futures.worlds import Cascades, Worlds, imagine
from engine.play.play import Play
from engine.story.model import DAY
from tests.engine.base import story_of

CAST = Cast({"priya": "Priya", "obi": "Insp Obi"}, {"priya": "her"})


def line(*kinds: int, roles: dict[str, int] | None = None, who: dict[int, str] | None = None) -> Network:
    """One person in the place, and a line of people behind them."""
    ties = tuple((person, person + 1, kind) for person, kind in enumerate(kinds))
    return Network(len(kinds) + 1, 1, ties, who if who is not None else {0: "priya"}, roles or {})


def one_world(network: Network, found: float = np.inf) -> Worlds:
    """The world in which it goes all along the line, a day a hop."""
    count = network.size - 1
    persons = np.arange(1, count + 1, dtype=np.int64)
    parents = np.arange(-1, count - 1, dtype=np.int64)
    cascades = Cascades(np.zeros(count, dtype=np.int64), persons, persons * float(DAY), parents)
    return Worlds(network, Leak(Audience(1)), 7, 2, cascades, np.array([np.inf, found]))


def test_a_brother_and_a_reporter() -> None:
    told = Teller(one_world(line(FAMILY, CLUB, roles={"reporter": 2})), CAST).tell(0)
    assert re.fullmatch(
        r"Priya showed it to her (brother|sister|mother|father|aunt|uncle)\. "
        r"(He|She) (plays five-a-side|sings in a choir|runs on Sundays) with a reporter, who had it 2 days after it was sent\.",
        told,
    ), told


def test_a_colleague_an_old_friend_and_the_person_it_was_about() -> None:
    told = Teller(one_world(line(WORK, FRIEND, NEIGHBOUR, roles={"concerned": 3})), CAST).tell(0)
    first, second, third = told.split(". ")
    name = re.fullmatch(r"Priya showed it to ([\w'-]+), (a colleague|the one at the next desk)", first)
    assert name, told
    other = re.fullmatch(rf"{name[1]} passed it on to ([\w'-]+), (an old friend|a friend from school)", second)
    assert other, told
    assert third.startswith(f"{other[1]} ")
    assert third.endswith("the person it was about, who had it 3 days after it was sent.")


def test_more_hands_are_counted() -> None:
    told = Teller(one_world(line(*[FAR] * 6)), CAST).tell(0)
    assert re.search(r"It went through 4 more hands to [\w'-]+\. 6 people outside had seen it in the end", told), told
    told = Teller(one_world(line(*[FAR] * 3)), CAST).tell(0)
    assert "It went through one more pair of hands to " in told
    short = Teller(one_world(line(NEIGHBOUR)), CAST).tell(0)
    assert short.endswith("One person outside had seen it, and it went no further.")


def test_the_brothers_sister_is_his() -> None:
    told = Teller(one_world(line(FAMILY, FAMILY)), CAST).tell(0)
    his = "his" if re.search(r"her (brother|father|uncle)\.", told) else "her"
    assert re.search(rf"(He|She) passed it on to {his} \w+\.", told), told


def test_the_cast_has_its_names_and_nobody_else_has_them() -> None:
    town = line(WORK, WORK, roles={"manager": 2}, who={0: "priya", 1: "col", 2: "obi"})
    told = Teller(one_world(town), Cast({"priya": "Priya", "col": "Col", "obi": "Insp Obi"})).tell(0)
    assert told.startswith("Priya showed it to Col. Col ")
    assert "Insp Obi, who had it" in told
    names = [Teller(one_world(line(FRIEND)), Cast({"priya": "Priya"}, locale="xx_XX")).tell(0)]
    assert "Priya, " not in names[0]


def test_nothing_came_of_it_or_it_was_found() -> None:
    assert Teller(one_world(line(WORK))).tell(1) == "Nobody showed it to anybody. It was never seen again."
    found = Teller(one_world(line(WORK), found=425 * DAY)).tell(1)
    assert found == "Nobody showed it to anybody. 1 year later a phone was examined for another reason, and there it was."


def test_stories_of_many_worlds_are_the_same_every_time() -> None:
    town = people_around(7, 20, 400, ["priya"])
    leak = Leak(Audience(20), Circumstances("striking"), Habits(pass_on=0.05))
    one, other = (Teller(imagine(leak, town, 3, 200), CAST) for _ in range(2))
    stories = [one.tell(world) for world in range(200)]
    assert stories == [other.tell(world) for world in range(200)]
    assert len(set(stories)) > 100
    for world, story in enumerate(stories):
        assert 1 <= len(re.findall(r"[.](?= |$)", story)) <= 4, story
        assert "{" not in story
        had = {person for person, _at in one.worlds.people(world)}
        assert ("a reporter" in story) == (town.roles["reporter"] in had)
    with pytest.raises(ValueError, match="world is 200"):
        one.tell(200)


def test_the_cast_of_a_play() -> None:
    play = Play.begin(story_of(), 4)
    cast = Cast.of(play)
    assert cast.names["col"] == "Col"
    assert cast.names["jo"] == play.words["jo"]
    assert cast.their["col"] == "their"
    assert cast.locale == play.story.scenario.language
