"""What hangs on a decision: the messages whose odds differ from road to road, and how likely any of them gets out.

The odds are the futures ledger's (`engine.futures.ledger`), read off each road's play and compared message by message, a month
after each was sent. What is the same on every road is left out: the decision did nothing about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from statistics import median_low
from typing import TYPE_CHECKING

from engine.futures.ledger import Ledger, Stake, ledger
from engine.futures.network import LARGEST, Network, people_around
from engine.futures.show import MONTH
from engine.roads.crossing import Crossing
from engine.story.names import stream

if TYPE_CHECKING:
    from engine.futures.worlds import Worlds

NEAR = 1e-9
WORLDS = 1_000
"""Worlds that are imagined for each message."""
DOTS = 20
"""A bar of worlds: each dot stands for one in so many."""
PEOPLE = 600
"""People around a small place; three times its members around a larger one."""
MOST_IMAGINED = 4
"""Messages of one road that are imagined, the likeliest to get out first."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on the decision on one road."""

    stakes: tuple[Stake, ...]
    """The likeliest to get out first."""
    public: bool
    """One of them is on a page that anybody can open."""

    @property
    def chance(self) -> float:
        """That at least one of them is out a month after it was sent: `1 - prod(1 - P_k)`, taken as independent."""
        return 1 - prod(1 - stake.leak.at(MONTH) for stake in self.stakes)


@dataclass(frozen=True, slots=True)
class Odds:
    """The same in imagined worlds."""

    out: int
    """Dots out of `DOTS`: worlds in which one of them is out a month after it was sent."""
    share: float
    """Share of the worlds."""
    hops: int
    """From hand to hand so often, in the middle one of the worlds in which somebody outside has it by then; 0: there is none."""
    people: int
    """People outside who have it by then, in the middle one of these worlds."""


def hanging(crossing: Crossing) -> list[Hanging]:
    """What hangs on a decision, road by road: the messages that are not everywhere as likely to get out within a month."""
    ledgers = [ledger(road.play) for road in crossing.roads]
    return [_of_road(one, _differing(ledgers)) for one in ledgers]


def _differing(ledgers: list[Ledger]) -> frozenset[str]:
    odds = [{stake.id: stake.leak.at(MONTH) for stake in one.stakes} for one in ledgers]
    names = {name for one in odds for name in one}
    return frozenset(
        name for name in names if max(one.get(name, 0.0) for one in odds) - min(one.get(name, 0.0) for one in odds) > NEAR
    )


def _of_road(one: Ledger, names: frozenset[str]) -> Hanging:
    stakes = sorted((stake for stake in one.stakes if stake.id in names), key=lambda stake: (-stake.leak.at(MONTH), stake.at))
    return Hanging(tuple(stakes), any(stake.leak.audience.public for stake in stakes))


def odds_of(one: Hanging, seed: int) -> Odds | None:
    """What hangs on a road in `WORLDS` worlds, the same for the same seed. None where nothing does, or it is public anyway.

    Needs NumPy, which comes with the first call.
    """
    if not one.stakes or one.public:
        return None
    out = [False] * WORLDS
    hops, people = [0] * WORLDS, [0] * WORLDS
    for place, stake in enumerate(one.stakes[:MOST_IMAGINED]):
        worlds = imagined(stake, seed, place)
        if worlds is None:
            return None
        for number, (first, found) in enumerate(zip(worlds.first_out.tolist(), worlds.found.tolist(), strict=True)):
            out[number] = out[number] or min(first, found) <= MONTH
        _hop(worlds, hops, people)
    reached = [number for number in range(WORLDS) if hops[number]]
    count = sum(out)
    return Odds(
        round(DOTS * count / WORLDS),
        count / WORLDS,
        median_low(hops[number] for number in reached) if reached else 0,
        median_low(people[number] for number in reached) if reached else 0,
    )


_NETWORKS: dict[tuple[int, int], Network] = {}


def imagined(stake: Stake, seed: int, place: int = 0) -> Worlds | None:
    """One message in `WORLDS` worlds; None where nobody else has it, or too many for a network.

    `place` is its place on its road: those at the same place are imagined with the same draws, so that the same odds look the same.
    """
    from engine.futures.worlds import imagine

    others = stake.leak.others
    size = max(PEOPLE, 3 * others)
    if not others or size > LARGEST:
        return None
    key = seed, others
    if key not in _NETWORKS:
        if len(_NETWORKS) > 32:
            _NETWORKS.clear()
        _NETWORKS[key] = people_around(seed, others, size)
    draw = int(stream(seed, "road", str(place)).random() * 2**31)
    return imagine(stake.leak, _NETWORKS[key], draw, WORLDS)


def _hop(worlds: Worlds, hops: list[int], people: list[int]) -> None:
    """For each world the longest way from hand to hand, and how many outside have it, within a month."""
    cascades = worlds.cascades
    parents, of, when = cascades.parent.tolist(), cascades.world.tolist(), cascades.at.tolist()
    deep = [0] * len(parents)
    for entry in range(len(parents)):
        way: list[int] = []
        at = entry
        while at >= 0 and not deep[at]:
            way.append(at)
            at = parents[at]
        depth = deep[at] if at >= 0 else 0
        for step in reversed(way):
            depth += 1
            deep[step] = depth
        if when[entry] <= MONTH:
            hops[of[entry]] = max(hops[of[entry]], deep[entry])
            people[of[entry]] += 1


__all__ = ["DOTS", "WORLDS", "Hanging", "Odds", "hanging", "imagined", "odds_of"]
