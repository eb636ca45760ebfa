"""Points to plot."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.futures.curve import FIRST, curve
from engine.futures.leak import Audience, Circumstances, Leak
from engine.futures.show import TIMES, YEAR
from engine.story.model import DAY


@settings(max_examples=60, deadline=None)
@given(
    others=st.integers(0, 200),
    timer=st.sampled_from((0, DAY, 7 * DAY)),
    down=st.none() | st.integers(0, 30 * DAY),
    until=st.integers(FIRST, 10 * YEAR),
    points=st.integers(2, 80),
    even=st.booleans(),
)
def test_a_curve_rises_and_ends_where_it_is_asked_to(
    others: int, timer: int, down: int | None, until: int, points: int, even: bool
) -> None:
    leak = Leak(Audience(others), Circumstances(timer=timer, taken_down=down))
    found = curve(leak, until, points, even=even)
    times = [at for at, _chance in found]
    chances = [chance for _at, chance in found]
    assert times == sorted(set(times))
    assert times[0] == 0
    assert times[-1] == until
    assert len(found) <= points + 3
    assert chances == sorted(chances)
    assert chances[-1] == pytest.approx(leak.at(until))


def test_it_has_a_point_where_the_course_changes() -> None:
    leak = Leak(Audience(40), Circumstances(timer=7 * DAY, taken_down=5 * DAY))
    times = [at for at, _chance in curve(leak, TIMES[-1], 5)]
    assert 7 * DAY in times
    assert 5 * DAY in times


def test_what_is_public_is_out_at_once() -> None:
    assert all(chance == 1 for _at, chance in curve(Leak(Audience(0, public=True))))


def test_too_few_points_and_too_short_a_time_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        curve(Leak(Audience(4)), points=1)
    with pytest.raises(ValueError, match="at least 60"):
        curve(Leak(Audience(4)), until=5)
