"""No small count can be worked out of what a report shows, not even by somebody who knows how many people were there."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.workshop.few import FEW, Shown, shown

COUNTS = st.lists(st.integers(0, 13), min_size=2, max_size=5)


def ways(found: dict[str, Shown], total: int) -> list[tuple[int, ...]]:
    """Every way in which the counts may have been, for all that is shown and the number of people: tried one by one."""
    ranges = {"few": range(FEW), "many": range(FEW, total + 1), "hidden": range(total + 1)}
    each = [ranges[one] if isinstance(one, str) else range(one, one + 1) for one in found.values()]
    *most, last = each
    return [(*some, rest) for some in product(*most) if (rest := total - sum(some)) in last]


@settings(max_examples=150, deadline=None)
@given(counts=COUNTS)
@example(counts=[12, 3, 20])
@example(counts=[5, 0, 5])
@example(counts=[4, 4])
@example(counts=[5, 0, 11])
@example(counts=[9, 6, 3, 1, 1])
def test_a_small_count_may_be_anything_below_five(counts):
    named = {str(number): count for number, count in enumerate(counts)}
    found = shown(named, adds_up=True)
    total = sum(counts)
    possible = ways(found, total)
    assert tuple(counts) in possible
    for place, count in enumerate(counts):
        what = found[str(place)]
        if count >= FEW:
            assert what in (count, "many", "hidden")
            continue
        assert what in ("few", "hidden")
        assert {one[place] for one in possible} >= set(range(min(FEW, total + 1)))


@given(counts=COUNTS)
def test_where_nothing_adds_up_only_the_small_are_hidden(counts):
    named = {str(number): count for number, count in enumerate(counts)}
    found = shown(named, adds_up=False)
    assert {key: "few" if count < FEW else count for key, count in named.items()} == found


def test_what_can_be_shown_is_shown():
    assert shown({"a": 9, "b": 6, "c": 20}, adds_up=True) == {"a": 9, "b": 6, "c": 20}
    assert shown({"a": 12, "b": 3, "c": 20}, adds_up=True) == {"a": "many", "b": "few", "c": 20}
    assert shown({"a": 2, "b": 1}, adds_up=True) == {"a": "hidden", "b": "hidden"}
