"""Many worlds at once: they agree with exact chances, with the formulas of the leak, and with themselves."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.futures import worlds as worlds_module
from engine.futures.leak import Audience, Circumstances, Habits, Leak
from engine.futures.network import people_around
from engine.futures.show import MONTH, TIMES, YEAR
from engine.futures.worlds import Cascades, cascade, imagine
from engine.story.model import DAY

WORLDS = 40_000
SIGMAS = 4.5
"""With fixed seeds this either holds or does not; four and a half standard deviations leave no room for luck."""


def close(share: float, exact: float, count: int = WORLDS) -> bool:
    return abs(share - exact) <= SIGMAS * math.sqrt(max(exact * (1 - exact), 1 / count) / count)


def shares(found: Cascades, size: int, count: int = WORLDS) -> list[float]:
    return [float(each) for each in np.bincount(found.person, minlength=size) / count]


def exactly(size: int, ties: list[tuple[int, int]], first: list[int], inside: float, outside: float) -> list[float]:
    """Chance that each person gets it, by going through every set of ties that could be used."""
    arcs = [arc for one, other in ties for arc in ((one, other), (other, one)) if arc[1] not in first]
    chances = [0.0] * size
    for used in itertools.product((False, True), repeat=len(arcs)):
        weight, live = 1.0, []
        for (one, other), is_used in zip(arcs, used, strict=True):
            chance = inside if one in first else outside
            weight *= chance if is_used else 1 - chance
            if is_used:
                live.append((one, other))
        heard, grew = set(first), True
        while grew:
            more = {other for one, other in live if one in heard} - heard
            grew = bool(more)
            heard |= more
        for person in heard - set(first):
            chances[person] += weight
    return chances


TINY = {
    "a line": (3, [(0, 1), (1, 2)], [0]),
    "a triangle": (3, [(0, 1), (1, 2), (0, 2)], [0]),
    "two ways round": (4, [(0, 1), (0, 2), (1, 3), (2, 3)], [0]),
    "a knot": (5, [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (3, 4)], [0]),
    "two at once": (5, [(0, 2), (1, 2), (0, 3), (2, 3), (3, 4), (0, 1)], [0, 1]),
    "nobody to tell": (3, [(1, 2)], [0]),
}


@pytest.mark.parametrize("half_life", [None, 100.0])
@pytest.mark.parametrize(("inside", "outside"), [(0.3, 0.4), (0.9, 0.15), (1.0, 0.5), (0.2, 1.0), (0.5, 0.0), (0.0, 0.5)])
@pytest.mark.parametrize("name", TINY)
def test_tiny_worlds_agree_with_exact_chances(name: str, inside: float, outside: float, half_life: float | None) -> None:
    size, ties, first = TINY[name]
    found = cascade(size, ties, first, inside, outside, WORLDS, 17, half_life)
    for person, exact in enumerate(exactly(size, ties, first, inside, outside)):
        assert close(shares(found, size)[person], exact), (person, exact)
    keys = found.world * size + found.person
    assert len(np.unique(keys)) == len(keys), "nobody hears twice in one world"


def test_every_person_may_have_a_chance_of_their_own() -> None:
    ties = [(0, 2), (1, 3), (2, 4), (3, 5)]
    found = cascade(6, ties, [0, 1], [0.2, 0.6], [0, 0, 0.5, 0.1, 0, 0], WORLDS, 5)
    for person, exact in zip(range(2, 6), (0.2, 0.6, 0.1, 0.06), strict=True):
        assert close(shares(found, 6)[person], exact)


def test_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    size, ties, first = TINY["a knot"]
    monkeypatch.setattr(worlds_module, "_TABLE", 37 * size)
    found = cascade(size, ties, first, 0.3, 0.4, 5_000, 17, 100.0)
    for person, exact in enumerate(exactly(size, ties, first, 0.3, 0.4)):
        assert close(shares(found, size, 5_000)[person], exact, 5_000)
    assert set(found.world.tolist()) <= set(range(5_000))


def test_a_race_of_two_ways_is_won_by_the_sooner_and_not_by_the_shorter() -> None:
    """Straight there, or by way of a friend: P(T > t) = e^(-rt) · e^(-rt) (1 + rt)."""
    found = cascade(3, [(0, 1), (0, 2), (1, 2)], [0], 1.0, 1.0, WORLDS, 3, half_life=math.log(2))
    at = np.sort(found.at[found.person == 2])
    assert len(at) == WORLDS
    for seconds in (0.1, 0.5, 1.0, 2.0):
        exact = 1 - math.exp(-2 * seconds) * (1 + seconds)
        assert close(float(np.mean(at <= seconds)), exact), seconds
    by_friend = found.parent[found.person == 2] >= 0
    assert close(float(np.mean(by_friend)), 1 / 4), "the friend's way is E + E' < E''"


def test_hops_are_counted_without_a_delay() -> None:
    found = cascade(4, [(0, 1), (1, 2), (2, 3), (0, 2)], [0], 1.0, 1.0, 10, 1)
    hops = dict(zip(found.person.tolist(), found.at.tolist(), strict=True))
    assert hops == {1: 1, 2: 1, 3: 2}


def test_what_comes_after_it_was_taken_down_comes_seldom() -> None:
    found = cascade(2, [(0, 1)], [0], 0.5, 0.0, WORLDS, 8, half_life=100.0, closing=(100.0, 0.3))
    assert close(shares(found, 2)[1], 0.5 * (0.5 + 0.5 * 0.3))


@given(st.integers(0, 2**40), st.sampled_from(["ordinary", "striking"]), st.booleans())
@settings(max_examples=15, deadline=None)
def test_every_path_is_a_way_through_the_network(seed: int, content: str, many: bool) -> None:
    town = people_around(seed, 12, 300)
    leak = Leak(Audience(12, talkers=4), Circumstances(content, forwarded=2 if many else 0), Habits(pass_on=0.2, onward=1))  # type: ignore[arg-type]
    result = imagine(leak, town, seed, 60)
    again = imagine(leak, town, seed, 60)
    for name in ("world", "person", "at", "parent"):
        assert np.array_equal(getattr(result.cascades, name), getattr(again.cascades, name))
    assert np.array_equal(result.found, again.found)
    known = town.neighbours()
    for world in range(60):
        people = result.people(world)
        assert [at for _person, at in people] == sorted(at for _person, at in people)
        for person, at in people:
            assert person >= town.members
            path = result.path(world, person)
            assert path[0][0] < town.members
            assert path[-1] == (person, at)
            for (one, earlier), (other, later) in itertools.pairwise(path):
                assert later > earlier
                assert other in {each for each, _kind in known[one]}
    assert result.path(0, 0) == ()


def test_another_seed_gives_other_worlds() -> None:
    town, leak = people_around(1, 40, 500), Leak(Audience(40))
    assert not np.array_equal(imagine(leak, town, 1, 500).found, imagine(leak, town, 2, 500).found)


AROUND = [
    Circumstances(),
    Circumstances("striking", forwarded=2),
    Circumstances("dull", rule=True),
    Circumstances("picture", left_in_anger=True, timer=DAY),
    Circumstances("striking", taken_down=3_600),
    Circumstances(timer=7 * DAY, taken_down=DAY),
]


@pytest.mark.parametrize("around", AROUND, ids=str)
def test_the_worlds_agree_with_the_formulas(around: Circumstances) -> None:
    leak = Leak(Audience(30, careful=5, talkers=5, outsiders=2), around)
    result = imagine(leak, people_around(9, 30, 400), 21, WORLDS)
    for (seconds, share), (_at, chance) in zip(result.out(), leak.series(), strict=True):
        # A member with several ties tries each with a delay of its own, which is a little slower than one try for all: up to half a percent.
        assert abs(share - chance) <= SIGMAS * math.sqrt(0.25 / WORLDS) + 0.005, seconds
    for seconds in (*TIMES, 10 * YEAR):
        assert close(float(np.mean(result.found <= seconds)), leak.found(seconds)), seconds
    ways = {way.id: way.share for way in leak.ways(1000 * YEAR)}
    ways["found"] = ways.pop("phone") + ways.pop("backup") + ways.pop("former")
    drawn = result.first_ways()
    assert math.isclose(sum(way.share for way in drawn), 1)
    for way in drawn:
        assert abs(way.share - ways[way.id]) < 0.02, way


def test_what_cannot_be_found_never_is() -> None:
    town = people_around(2, 5, 60)
    result = imagine(Leak(Audience(5), habits=Habits(found=0)), town, 1, 200)
    assert np.all(np.isinf(result.found))
    gone = imagine(Leak(Audience(5), Circumstances(timer=DAY), Habits(found=1, kept=0)), town, 1, WORLDS)
    assert close(float(np.mean(np.isfinite(gone.found))), -math.expm1(-5 * DAY / MONTH))
    assert gone.found[np.isfinite(gone.found)].max() <= DAY
    calm = imagine(Leak(Audience(5), habits=Habits(pass_on=0, found=0)), town, 1, 200)
    assert calm.first_ways() == ()
    assert calm.reach().none == 1
    assert calm.people(3) == ()


def test_mostly_nothing_with_a_long_tail() -> None:
    town = people_around(7, 40)
    result = imagine(Leak(Audience(40), Circumstances("striking")), town, 3)
    reach = result.reach()
    assert reach.median < reach.mean < reach.p90 < reach.p99 < reach.most
    assert reach.p99 > 8 * reach.median
    early = result.reach(3_600)
    assert early.mean < reach.mean
    assert early.none > reach.none
    for role in town.roles:
        odds = [share for _at, share in result.reached(role)]
        assert odds == sorted(odds)
        assert 0 < odds[-1] < 0.2
    near = town.neighbours()[0][-1][0]
    assert result.reached(near)[-1][1] >= 0
    told = result.explain()
    assert told.startswith("10,000 worlds: out within a month in about ")
    assert f"In half of the worlds {reach.median} people outside had it or fewer." in told
    rows = result.working()
    assert rows[0].value == "2000"
    assert all(row.source for row in rows)
    with pytest.raises(KeyError):
        result.reached("mayor")


def test_worse_never_reaches_fewer_on_average() -> None:
    town = people_around(7, 30, 800)
    means = [
        imagine(Leak(Audience(30), Circumstances(content)), town, 3, 4_000).reach().mean  # type: ignore[arg-type]
        for content in ("dull", "ordinary", "picture", "striking")
    ]
    assert means == sorted(means)
    sooner = [share for _at, share in imagine(Leak(Audience(30)), town, 3, 4_000).out()]
    assert sooner == sorted(sooner)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: cascade(2, [(0, 1)], [0], 1.5, 0, 10, 1), "a chance must lie between 0 and 1"),
        (lambda: cascade(2, [(0, 1)], [0], 0.5, math.nan, 10, 1), "a chance must lie between 0 and 1"),
        (lambda: cascade(2, [(0, 1)], [0], 0.5, 0, 0, 1), "worlds is 0"),
        (lambda: imagine(Leak(Audience(4)), people_around(1, 5, 60), 1), "the network has 5 members and the leak 4 others"),
        (lambda: imagine(Leak(Audience(5)), people_around(1, 5, 60), 1, 10**8), "worlds times people is 6e"),
        (lambda: imagine(Leak(Audience(5)), people_around(1, 5, 60), 1, 10).people(10), "world is 10"),
    ],
)
def test_what_cannot_be_is_refused(make: object, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{says}"):
        make()  # type: ignore[operator]


def test_ten_thousand_worlds_take_no_time_to_speak_of() -> None:
    """The bound is 0.2 seconds on a quiet machine, and the benchmark holds it; here a busy one must not fail."""
    town, leak, best = people_around(1, 40), Leak(Audience(40), Circumstances("striking")), math.inf
    for _ in range(3):
        begun = time.perf_counter()
        imagine(leak, town, 1).reach()
        best = min(best, time.perf_counter() - begun)
    assert best < 1


def test_numpy_is_imported_for_the_worlds_and_for_nothing_else() -> None:
    script = (
        "import sys, engine.futures.ledger, engine.futures.network, engine.futures.tell, engine.futures.exposure, engine.futures.trust\n"
        "assert 'numpy' not in sys.modules\nimport engine.futures.worlds\nassert 'numpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
