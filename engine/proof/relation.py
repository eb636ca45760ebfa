"""A set of sets of flags, written as a product where it is one.

After some years there are many ways in which twenty flags can stand, and most of these flags know nothing of each other. Kept as a product
of small sets, one for flags that hang together, all of them take no more room than the small sets do. Nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import prod
from operator import itemgetter

Row = tuple[int, ...]
MOST_LOOKED_AT = 256
"""Rows that are looked at before it is asked whether that will do."""


@dataclass(frozen=True, slots=True)
class Group:
    """Flags that hang together, and the ways in which they can stand."""

    flags: tuple[str, ...]
    rows: frozenset[Row]

    def onto(self, wanted: Collection[str]) -> Group:
        """Only some of its flags."""
        places = [place for place, flag in enumerate(self.flags) if flag in wanted]
        return Group(tuple(self.flags[place] for place in places), frozenset(_seen(self.rows, places)))

    def starts(self) -> list[dict[str, int]]:
        """Its ways, each as flags by name."""
        return [dict(zip(self.flags, row, strict=True)) for row in sorted(self.rows)]


@dataclass(frozen=True, slots=True)
class Relation:
    """Any way of one group may come with any way of another."""

    groups: tuple[Group, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, flags: Iterable[str], rows: Collection[Row]) -> Relation:
        """From all the ways in which these flags can stand. `rows` is not empty."""
        names = tuple(flags)
        groups = _apart(len(names), rows)
        return cls(tuple(Group(tuple(names[place] for place in group), frozenset(_seen(rows, group))) for group in groups))

    @classmethod
    def free(cls, bounds: Mapping[str, tuple[int, int]]) -> Relation:
        """Each of these flags by itself, anywhere within its bounds."""
        return cls(
            tuple(Group((flag,), frozenset((value,) for value in range(low, high + 1))) for flag, (low, high) in bounds.items())
        )

    @property
    def flags(self) -> set[str]:
        """All its flags."""
        return {flag for group in self.groups for flag in group.flags}

    @property
    def count(self) -> int:
        """How many ways there are in all."""
        return prod(len(group.rows) for group in self.groups)

    def onto(self, wanted: Collection[str]) -> Relation:
        """Only some of its flags."""
        seen = (group.onto(wanted) for group in self.groups)
        return Relation(tuple(group for group in seen if group.flags))

    def values(self, flag: str) -> set[int]:
        """The values that a flag can have."""
        return {row[0] for group in self.onto((flag,)).groups for row in group.rows}

    def joined(self, other: Relation) -> Relation:
        """With flags of another that know nothing of these."""
        return Relation((*self.groups, *other.groups))

    def holds(self, flags: Mapping[str, int]) -> bool:
        """These flags can stand so, together."""
        return all(tuple(flags[flag] for flag in part.flags) in part.rows for part in self.onto(flags).groups)

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)


def _seen(rows: Collection[Row], places: Collection[int]) -> set[Row]:
    if len(places) == 1:
        (place,) = places
        return {(value,) for value in set(map(itemgetter(place), rows))}
    return set(map(itemgetter(*places), rows)) if places else {()}


def _all_seen(rows: Collection[Row], places: tuple[int, ...], count: int) -> bool:
    """All `count` ways in which these places could stand are among the rows. Looks no further than it has to."""
    get = itemgetter(*places)
    seen: set[Row] = set()
    left = iter(rows)
    while some := tuple(islice(left, MOST_LOOKED_AT)):
        seen.update(map(get, some))
        if len(seen) == count:
            return True
    return False


def _apart(count: int, rows: Collection[Row]) -> list[tuple[int, ...]]:
    """Places that hang together: as small sets of them as can be found such that the rows are their product."""
    sizes = [len(_seen(rows, (place,))) for place in range(count)]
    group_of = list(range(count))
    for one, other in combinations(range(count), 2):
        known = group_of[one] == group_of[other] or sizes[one] == 1 or sizes[other] == 1
        if not known and not _all_seen(rows, (one, other), sizes[one] * sizes[other]):
            old, new = group_of[other], group_of[one]
            group_of = [new if group == old else group for group in group_of]
    groups = [tuple(place for place in range(count) if group_of[place] == name) for name in dict.fromkeys(group_of)]
    many = {group: len(_seen(rows, group)) for group in groups}
    while prod(many.values()) != len(set(rows)):  # some hang together by threes and more, and not by twos
        loose = [group for group in groups if many[group] > 1]
        pair = next(
            (
                (one, other)
                for one, other in combinations(loose, 2)
                if not _all_seen(rows, (*one, *other), many[one] * many[other])
            ),
            None,
        )
        merged = pair if pair is not None else tuple(loose)
        whole = tuple(sorted(place for group in merged for place in group))
        groups = [group for group in groups if group not in merged] + [whole]
        many = {group: many[group] if group in many else len(_seen(rows, group)) for group in groups}
    return groups


__all__ = ["Group", "Relation", "Row"]
