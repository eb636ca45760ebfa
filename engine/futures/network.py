"""People around a cast, made up: who knows whom, and from where.

Everybody has a family and neighbours; most have colleagues and old friends, some a club. Families, neighbours and clubs are local:
their people live close by and know each other. Colleagues and friends come from further away, and a few ties lead right
across: those are the bridges. All of it is a synthetic picture, our own, made to have short ways between strangers and tight circles
around each person; it is no survey of any town.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.futures.show import checked
from engine.story.names import stream

LARGEST = 5_000
"""The most people that are made up, the members of the place among them."""

SMALLEST = 50
"""The fewest."""

KINDS: tuple[str, ...] = ("family", "neighbour", "club", "work", "friend", "far")
"""What a tie is made of. A tie keeps the place of its kind in this list."""

FAMILY, NEIGHBOUR, CLUB, WORK, FRIEND, FAR = range(len(KINDS))


class Circle(NamedTuple):
    """How the circles of one kind are drawn; every number is our guess."""

    kind: int
    share: float
    """Share of the people who are in one."""
    low: int
    """Fewest people in a circle."""
    high: int
    """Most."""
    ties: int
    """Ties that each person strikes up in it; each of them counts for both."""
    spread: float
    """How far apart its people live: 0 next door, 1 anywhere."""


CIRCLES: tuple[Circle, ...] = (
    Circle(FAMILY, 1.0, 2, 5, 4, 0.0),
    Circle(NEIGHBOUR, 1.0, 20, 60, 1, 0.0),
    Circle(CLUB, 0.35, 8, 16, 3, 0.05),
    Circle(WORK, 0.65, 6, 30, 2, 1.0),
    Circle(FRIEND, 0.8, 5, 12, 2, 0.4),
)
BRIDGES = 0.05
"""Share of the people with one tie right across."""

ROLES: Mapping[str, tuple[int, int]] = {"manager": (2, WORK), "concerned": (2, NEIGHBOUR), "reporter": (3, CLUB)}
"""Role to (distance from the place in ties, kind of the last tie, where there is such a person)."""


@dataclass(frozen=True, slots=True)
class Network:
    """People by number. The first `members` are the others in the place, who have the message from the start.

    `ties` are (person, person, kind), each pair once. `who` is a person's id in the cast, where they have one; `roles` is
    the number of the manager, the person concerned and the reporter.
    """

    size: int
    members: int
    ties: tuple[tuple[int, int, int], ...]
    who: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)

    def neighbours(self) -> list[list[tuple[int, int]]]:
        """For each person, (person, kind) of those whom they know."""
        known: list[list[tuple[int, int]]] = [[] for _ in range(self.size)]
        for one, other, kind in self.ties:
            known[one].append((other, kind))
            known[other].append((one, kind))
        return known

    def distances(self) -> list[int]:
        """Ties from the nearest member of the place to each person; -1 where there is no way."""
        return _distances(self.neighbours(), self.members)


def people_around(
    seed: int, members: int, size: int = 2_000, cast: Sequence[str] = (), roles: Mapping[str, str] | None = None
) -> Network:
    """A network of `size` people around a place with this many others in it, the same for the same seed.

    `cast` are ids of those of the others whom the story knows; `roles` gives a cast id to `manager`, `concerned` or `reporter`.
    Raises ValueError when there are more members than people, or more of a cast than members.
    """
    checked("size", size, SMALLEST, LARGEST)
    checked("members", members, 1, size // 2)
    if len(cast) > members:
        raise ValueError(f"the cast in the place has {len(cast)} people, but there are only {members} others in it")
    draw = stream(seed, "network").random
    # Where each lives, on a ring: the members of the place live all over it.
    at = [draw() for _ in range(size)]
    ties: dict[tuple[int, int], int] = {}
    _tie_circle(list(range(members)), 3, WORK, ties, draw)
    for circle in CIRCLES:
        those: list[tuple[float, int]] = []
        for person in range(size):
            if circle.kind == WORK and person < members:  # the place is where they work
                continue
            if circle.share >= 1 or draw() < circle.share:
                near = at[person] + circle.spread * (draw() - 0.5) if circle.spread < 1 else draw()
                those.append((near, person))
        those.sort()
        begun = 0
        while begun < len(those):
            wide = circle.low + int(draw() * (circle.high - circle.low + 1))
            _tie_circle([person for _at, person in those[begun : begun + wide]], circle.ties, circle.kind, ties, draw)
            begun += wide
    for person in range(size):
        if draw() < BRIDGES:
            _tie(person, int(draw() * size), FAR, ties)
    ways_out = {one for one, other in ties if one < members <= other}
    for person in range(members):
        if person not in ways_out:  # everybody knows somebody who is not in the place
            _tie(person, members + int(draw() * (size - members)), FAR, ties)
    listed = tuple((one, other, kind) for (one, other), kind in ties.items())
    found = _roles(Network(size, members, listed), seed)
    who = dict(enumerate(cast))
    who.update({found[role]: person for role, person in (roles or {}).items()})
    return Network(size, members, listed, who, found)


def _tie(one: int, other: int, kind: int, ties: dict[tuple[int, int], int]) -> None:
    """Two people know each other; the first reason stays."""
    if one != other:
        ties.setdefault((one, other) if one < other else (other, one), kind)


def _tie_circle(people: list[int], each: int, kind: int, ties: dict[tuple[int, int], int], draw: Callable[[], float]) -> None:
    """Everybody in a circle knows `each` others in it; all of them, when it is small."""
    count = len(people)
    if count <= each + 1:
        for place, one in enumerate(people):
            for other in people[place + 1 :]:
                _tie(one, other, kind, ties)
        return
    for one in people:
        for _ in range(each):
            _tie(one, people[int(draw() * count)], kind, ties)


def _distances(known: list[list[tuple[int, int]]], members: int) -> list[int]:
    far = [-1] * len(known)
    front = list(range(members))
    for person in front:
        far[person] = 0
    steps = 0
    while front:
        steps += 1
        following: list[int] = []
        for person in front:
            for other, _kind in known[person]:
                if far[other] < 0:
                    far[other] = steps
                    following.append(other)
        front = following
    return far


def _roles(network: Network, seed: int) -> dict[str, int]:
    """Who plays which role: at the role's distance with a tie of its kind, or else as near to that as there is anybody."""
    known = network.neighbours()
    far = _distances(known, network.members)
    taken: dict[str, int] = {}
    for role, (distance, kind) in ROLES.items():
        best: list[int] = []
        best_fit = (LARGEST, 2)
        for person in range(network.members, network.size):
            if far[person] < 1 or person in taken.values():
                continue
            linked = any(tie == kind and far[other] < far[person] for other, tie in known[person])
            fit = (abs(far[person] - distance), int(not linked))
            if fit < best_fit:
                best, best_fit = [], fit
            if fit == best_fit:
                best.append(person)
        if best:
            taken[role] = best[int(stream(seed, "role", role).random() * len(best))]
    return taken
