"""People who do not exist: everybody has somebody, ways are short, and the same seed makes the same town."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.futures.network import CIRCLES, CLUB, KINDS, LARGEST, ROLES, Network, people_around


@given(st.integers(0, 2**32), st.integers(1, 60), st.integers(120, 400))
@settings(max_examples=25, deadline=None)
def test_a_town_holds_together(seed: int, members: int, size: int) -> None:
    town = people_around(seed, members, size)
    assert town == people_around(seed, members, size)
    pairs = [(one, other) for one, other, _kind in town.ties]
    assert len(pairs) == len(set(pairs))
    assert all(0 <= one < other < size and 0 <= kind < len(KINDS) for one, other, kind in town.ties)
    outside = {one for one, other in pairs if one < members <= other}
    assert outside == set(range(members)), "everybody knows somebody who is not in the place"
    assert set(town.roles) == set(ROLES)
    assert len(set(town.roles.values())) == len(ROLES)
    assert min(town.roles.values()) >= members


def test_another_seed_is_another_town() -> None:
    assert people_around(1, 40).ties != people_around(2, 40).ties


def test_two_thousand_people_know_about_eleven_each_and_are_a_few_hops_away() -> None:
    town = people_around(3, 40)
    assert 9 < 2 * len(town.ties) / town.size < 13
    far = town.distances()
    assert far[:40] == [0] * 40
    assert sum(1 <= each <= 3 for each in far[40:]) > 0.98 * 1960
    assert far[town.roles["manager"]] == far[town.roles["concerned"]] == 2
    assert far[town.roles["reporter"]] == 3
    known = town.neighbours()[town.roles["reporter"]]
    assert any(kind == CLUB for _other, kind in known)


def test_locals_know_each_other() -> None:
    """The friends of somebody are tied among themselves many times as often as any two people."""
    town = people_around(4, 40, 1000)
    known = [{other for other, _kind in row} for row in town.neighbours()]
    closed = pairs = 0
    for mine in known:
        listed = sorted(mine)
        for place, one in enumerate(listed):
            pairs += len(listed) - place - 1
            closed += sum(other in known[one] for other in listed[place + 1 :])
    assert closed / pairs > 8 * (2 * len(town.ties) / 1000) / 1000


def test_the_cast_stands_where_it_belongs() -> None:
    town = people_around(5, 10, 200, cast=["marnie", "col"], roles={"manager": "obi"})
    assert town.who == {0: "marnie", 1: "col", town.roles["manager"]: "obi"}


def test_nobody_within_reach_is_minus_one() -> None:
    assert Network(4, 1, ((0, 1, 0),)).distances() == [0, 1, -1, -1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: people_around(1, 10, LARGEST + 1), "size is 5001"),
        (lambda: people_around(1, 10, 10), "size is 10"),
        (lambda: people_around(1, 0), "members is 0"),
        (lambda: people_around(1, 60, 100), "members is 60"),
        (lambda: people_around(1, 1, cast=["a", "b"]), "the cast in the place has 2 people, but there are only 1 others in it"),
    ],
)
def test_what_cannot_be_is_refused(make: object, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{says}"):
        make()  # type: ignore[operator]


def test_circles_are_plain_numbers() -> None:
    for circle in CIRCLES:
        assert 0 < circle.share <= 1
        assert 2 <= circle.low <= circle.high


def test_in_a_village_too_everybody_in_the_place_knows_somebody_outside() -> None:
    for seed in range(60):
        town = people_around(seed, 25, 50)
        assert {one for one, other, _kind in town.ties if one < 25 <= other} == set(range(25))
