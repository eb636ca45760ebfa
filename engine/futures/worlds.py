"""Thousands of worlds at once: a message travels hop by hop through a network of people, with times.

An independent cascade: who has it shows it to each person they know with a chance of their own, once, after a delay. All
worlds advance together, a layer of hops at a time. A tie whose chance is p is an interval of length -ln(1 - p) on a line; the
ties of everybody who has just heard lie end to end on it, and points are thrown at a rate of one a unit. A tie was used when a point
hit it, which has chance p exactly, and the work done is in proportion to the ties used and not to the ties there are.

The only module that needs NumPy. The same seed gives the same worlds with the same release of NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.futures.leak import Leak, Way, kind_words
from engine.futures.network import Network
from engine.futures.show import MONTH, OUR_GUESS, TIMES, Line, checked, in_worlds, percent, put, within
from engine.story.model import DAY
from engine.story.names import stream
from engine.words import _, n_

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST = 100_000_000
"""Most worlds times people in one go."""

_TABLE = 5_000_000
"""Entries of the table of who has heard in the worlds at hand: 20 MB."""

_AT_ONCE = 150_000
"""About how many people outside have it in all the worlds of one chunk."""

_FEWEST = 250
"""Fewest worlds of a chunk."""

_CERTAIN = 30.0
"""Length of a tie that is surely used: its chance is 1 - 1e-13."""


@dataclass(frozen=True, slots=True)
class Cascades:
    """Everybody outside who got it, in every world. One entry for each; parallel arrays."""

    world: Ints
    person: Ints
    at: Floats
    """Seconds after it was sent; how many hops when there are no delays."""
    parent: Ints
    """Entry of the person from whom they have it; -1 - number of the first person, when they have it from one of those."""


def cascade(
    size: int,
    ties: Sequence[tuple[int, int]] | Ints,
    first: Sequence[int],
    chance_first: Sequence[float] | float,
    chance: Sequence[float] | float,
    worlds: int,
    seed: int,
    half_life: float | None = None,
    closing: tuple[float, float] | None = None,
) -> Cascades:
    """Independent cascades from the `first` people over `ties` (each works both ways), in `worlds` worlds.

    `chance_first` is the chance for each tie of the first people, and `chance` that for each tie of the others: one number, or one a
    person. `half_life` is the half-life of the delay of a hop in seconds; None: a hop takes 1. `closing` is (when, share): of
    what the first people would do later, only that share happens. Raises ValueError for numbers that cannot be.
    """
    checked("worlds", worlds, 1, MOST)
    checked("worlds times people", worlds * size, 0, MOST)
    graph = _Graph(
        size, np.asarray(ties, dtype=np.int64).reshape(-1, 2), np.asarray(first, dtype=np.int64), chance_first, chance
    )
    return _run(graph, worlds, np.random.Generator(np.random.SFC64(seed)), half_life, closing)


class _Graph:
    """Ties as arrays, both ways, without those that lead back to the first people."""

    def __init__(self, size: int, ties: Ints, first: Ints, chance_first: Any, chance: Any) -> None:
        self.size = size
        is_first = np.zeros(size, dtype=bool)
        is_first[first] = True
        source = np.concatenate((ties[:, 0], ties[:, 1]))
        target = np.concatenate((ties[:, 1], ties[:, 0]))
        order = np.flatnonzero(~is_first[target])
        order = order[np.argsort(source[order], kind="stable")]
        source, self.target = source[order], target[order]
        self.degree = np.bincount(source, minlength=size)
        self.begin = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(self.degree)))[:-1]
        self.length = _lengths(chance, size)
        """Length of each tie of a person."""
        self.whole = self.length * self.degree
        self.last = self.degree - 1
        of_first = np.zeros(size)
        of_first[first] = _lengths(chance_first, len(first))
        self.first_ties = np.flatnonzero(is_first[source])
        self.first_source = source[self.first_ties]
        self.first_ends = np.cumsum(of_first[self.first_source])


def _lengths(chance: Any, count: int) -> Floats:
    """Lengths of ties for one chance, or one a person. Raises ValueError for what is no chance."""
    chances = np.broadcast_to(np.asarray(chance, dtype=np.float64), (count,))
    if not bool(np.all((chances >= 0) & (chances <= 1))):
        raise ValueError("a chance must lie between 0 and 1")
    with np.errstate(divide="ignore"):
        return np.minimum(-np.log1p(-chances.astype(np.float64)), np.float64(_CERTAIN))


def _points(rng: np.random.Generator, length: float) -> Floats:
    """Points at a rate of one a unit on a line of this length, in order."""
    gaps = rng.standard_exponential(int(rng.poisson(length)) + 1)
    np.cumsum(gaps, out=gaps)
    points: Floats = gaps[:-1] * (length / float(gaps[-1]))
    return points


def _once(who: Ints, tie: Ints) -> Ints | None:
    """Where a tie was hit for the first time, when some were hit twice; None when none was."""
    twice = np.flatnonzero(tie[1:] == tie[:-1]) + 1
    twice = twice[who[twice] == who[twice - 1]]
    if not len(twice):
        return None
    kept = np.ones(len(tie), dtype=bool)
    kept[twice] = False
    return np.flatnonzero(kept)


def _run(
    graph: _Graph, worlds: int, rng: np.random.Generator, half_life: float | None, closing: tuple[float, float] | None
) -> Cascades:
    size, mean = graph.size, None if half_life is None else half_life / math.log(2)
    room = max(1, _TABLE // size)
    table = np.zeros(min(room, worlds) * size, dtype=np.int32)
    """Entry of each (world, person) plus one; 0 while they have not heard."""
    chunks: list[tuple[Ints, Ints, Ints, Floats]] = []
    count = begun = 0
    while begun < worlds:
        # As many worlds at once as keep the arrays of a layer in the processor's cache, going by those before.
        chunk = min(room, worlds - begun, max(_FEWEST, int(_AT_ONCE * begun / max(count, 1))) if begun else _FEWEST)
        layers: list[tuple[Ints, Ints, Ints, Floats, Floats]] = []
        again: list[tuple[Ints, Ints, Floats]] = []
        base = count
        home, person, parent, delay = _first_hops(graph, chunk, rng, mean, closing)
        at = delay
        while len(home):
            keys = home + person
            fresh = np.flatnonzero(table[keys] == 0)
            mine = np.arange(count + 1, count + 1 + len(fresh), dtype=np.int32)
            heard = keys[fresh]
            table[heard] = mine
            won = table[heard] == mine
            if not won.all():  # somebody heard twice in one layer: the last one wrote
                fresh = fresh[won]
                heard = keys[fresh]
                table[heard] = mine[: len(fresh)]
            if len(fresh) < len(keys):
                rest = np.ones(len(keys), dtype=bool)
                rest[fresh] = False
                if mean is not None:
                    again.append((parent[rest], table[keys[rest]].astype(np.int64) - 1, delay[rest]))
                home, person, parent, delay, at = home[fresh], person[fresh], parent[fresh], delay[fresh], at[fresh]
            layers.append((home, person, parent, delay, at))
            shown_by, new = _next_hops(graph, person, rng)
            home, person, parent = home[shown_by], new, shown_by + count
            count += len(heard)
            delay = np.ones(len(new)) if mean is None else rng.standard_exponential(len(new)) * mean
            at = at[shown_by] + delay
        begun += chunk
        if not layers:
            continue
        homes, persons, parents, delays, ats = (np.concatenate(column) for column in zip(*layers, strict=True))
        table[homes + persons] = 0
        if again:
            _hasten(base, ats, parents, delays, [np.concatenate(column) for column in zip(*again, strict=True)])
        homes //= size
        homes += begun - chunk
        chunks.append((homes, persons, ats, parents))
    if not chunks:
        none = np.zeros(0, dtype=np.int64)
        return Cascades(none, none, np.zeros(0), none)
    return Cascades(*(np.concatenate(column) for column in zip(*chunks, strict=True)))


def _first_hops(
    graph: _Graph, worlds: int, rng: np.random.Generator, mean: float | None, closing: tuple[float, float] | None
) -> tuple[Ints, Ints, Ints, Floats]:
    """(world times people, person, parent, delay) of everybody to whom one of the first people shows it."""
    length = float(graph.first_ends[-1]) if len(graph.first_ends) else 0.0
    points = _points(rng, worlds * length)
    world = np.minimum((points / length).astype(np.int64) if length else points.astype(np.int64), worlds - 1)
    tie = np.searchsorted(graph.first_ends, points - world * length, side="right")
    np.minimum(tie, len(graph.first_ends) - 1, out=tie)
    once = _once(world, tie)
    if once is not None:
        world, tie = world[once], tie[once]
    delay = np.ones(len(tie)) if mean is None else rng.standard_exponential(len(tie)) * mean
    if closing is not None:
        kept = (delay <= closing[0]) | (rng.random(len(tie)) < closing[1])
        world, tie, delay = world[kept], tie[kept], delay[kept]
    return world * graph.size, graph.target[graph.first_ties[tie]], -1 - graph.first_source[tie], delay


def _next_hops(graph: _Graph, people: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """(index of who shows it, person) of everybody to whom these people show it."""
    ends = np.cumsum(graph.whole[people])
    if not len(ends) or not ends[-1]:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    points = _points(rng, float(ends[-1]))
    starts = np.concatenate((np.zeros(1), ends[:-1]))
    ends[-1] = np.inf
    who = np.searchsorted(ends, points, side="right")
    person = people[who]
    points -= starts[who]
    points /= graph.length[person]
    tie = points.astype(np.int64)
    np.minimum(tie, graph.last[person], out=tie)
    tie += graph.begin[person]
    once = _once(who, tie)
    if once is not None:
        who, tie = who[once], tie[once]
    return who, graph.target[tie]


def _hasten(base: int, at: Floats, parents: Ints, delays: Floats, again: Sequence[Any]) -> None:
    """Let each entry hear when it first could: fewer hops are not always sooner. Changes `at` and `parents`.

    `again` are the hops that came in a later layer, or as second in one: (parents, targets, delays). Entries are numbered from `base`.
    """
    entries = np.arange(len(parents), dtype=np.int64)
    sources = np.concatenate((parents, again[0]))
    targets = np.concatenate((entries, again[1] - base))
    lengths = np.concatenate((delays, again[2]))
    inner, from_entry = sources >= 0, np.maximum(sources - base, 0)
    hops = np.arange(len(parents), len(sources), dtype=np.int64)
    while True:
        reached = lengths[hops] + np.where(inner[hops], at[from_entry[hops]], 0.0)
        sooner = np.flatnonzero(reached < at[targets[hops]])
        if not len(sooner):
            return
        hops, reached = hops[sooner], reached[sooner]
        hastened = targets[hops]
        np.minimum.at(at, hastened, reached)
        won = reached == at[hastened]
        parents[hastened[won]] = sources[hops[won]]
        moved = np.zeros(len(parents), dtype=bool)
        moved[hastened] = True
        hops = np.flatnonzero(moved[from_entry] & inner)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people outside had it, over all worlds."""

    mean: float
    median: int
    p90: int
    p99: int
    most: int
    none: float
    """Share of the worlds in which nobody outside had it."""

    def explain(self) -> str:
        """One or two sentences: mostly little, with a long tail."""
        if not self.p90:
            return put(
                _("Nearly always nobody outside ever had it; in one world of a hundred {p99} or more had."), p99=self.p99
            )
        if not self.median:
            return put(
                _("In half of the worlds or more nobody outside ever had it. In one of ten it was {p90} or more, in one of a hundred {p99}."),
                p90=n_("{count} person", "{count} people", self.p90).replace("{count}", str(self.p90)), p99=self.p99,
            )  # fmt: skip
        return put(
            _("In half of the worlds {median} outside had it or fewer. In one of ten it was {p90} or more, in one of a hundred {p99}."),
            median=n_("{count} person", "{count} people", self.median).replace("{count}", str(self.median)),
            p90=self.p90, p99=self.p99,
        )  # fmt: skip


@dataclass(frozen=True)
class Worlds:
    """What became of one message in many worlds. Times are in seconds after it was sent."""

    network: Network
    leak: Leak
    seed: int
    count: int
    cascades: Cascades
    found: Floats
    """When it was found on somebody's side, world by world; infinite where it never was."""

    def reach(self, by: float = math.inf) -> Reach:
        """How many people outside had it by then."""
        there = self.cascades.world if by == math.inf else self.cascades.world[self.cascades.at <= by]
        counts = np.bincount(there, minlength=self.count)
        median, p90, p99 = (int(each) for each in np.quantile(counts, (0.5, 0.9, 0.99), method="higher"))
        return Reach(float(counts.mean()), median, p90, p99, int(counts.max()), float(np.mean(counts == 0)))

    @cached_property
    def first_out(self) -> Floats:
        """When somebody outside first had it, world by world; infinite where nobody ever had."""
        first = np.full(self.count, np.inf)
        np.minimum.at(first, self.cascades.world, self.cascades.at)
        return first

    def out(self, times: Iterable[float] = TIMES) -> tuple[tuple[float, float], ...]:
        """(time, share of the worlds in which it is out by then, passed on or found)."""
        return _shares(np.minimum(self.first_out, self.found), times)

    def reached(self, person: str | int, times: Iterable[float] = TIMES) -> tuple[tuple[float, float], ...]:
        """(time, share of the worlds in which this person has it by then). `person` is a number or a role. KeyError for no role."""
        return _shares(self._heard(person), times)

    def reaching(self, people: Iterable[int], by: float = math.inf) -> tuple[int, ...]:
        """The numbers of the worlds in which any of these people outside has it by then, in order."""
        cascades = self.cascades
        those = np.isin(cascades.person, np.fromiter(people, dtype=np.int64)) & (cascades.at <= by)
        return tuple(np.unique(cascades.world[those]).tolist())

    def coming_out(self, by: float = math.inf) -> tuple[int, ...]:
        """The numbers of the worlds in which it is out by then, passed on or found, in order."""
        moment = np.minimum(self.first_out, self.found)
        return tuple(np.flatnonzero((moment <= by) & (moment < np.inf)).tolist())

    def _heard(self, person: str | int) -> Floats:
        number = self.network.roles[person] if isinstance(person, str) else person
        heard = np.full(self.count, np.inf)
        those = self.cascades.person == number
        heard[self.cascades.world[those]] = self.cascades.at[those]
        return heard

    def first_ways(self) -> tuple[Way, ...]:
        """The first way out among the worlds in which it got out, the likeliest first: by member, or by a finding."""
        cascades, members = self.cascades, self.leak.members
        first = np.flatnonzero(cascades.at == self.first_out[cascades.world])
        first = first[(self.first_out < self.found)[cascades.world[first]]]
        kinds = np.repeat(np.arange(len(members)), [count for _kind, count, _chance in members])
        by_kind = np.bincount(kinds[-1 - cascades.parent[first]], minlength=len(members))
        found = int(np.count_nonzero((self.found <= self.first_out) & (self.found < np.inf)))
        total = int(by_kind.sum()) + found
        if not total:
            return ()
        words = kind_words()
        rows = [Way(kind, words[kind], int(by_kind[place]) / total) for place, (kind, _count, _chance) in enumerate(members)]
        rows.append(Way("found", _("it is found later"), found / total))
        return tuple(sorted((row for row in rows if row.share), key=lambda row: -row.share))

    def path(self, world: int, person: int) -> tuple[tuple[int, float], ...]:
        """(person, when they had it) from a member of the place to this person; empty where they never had it."""
        low, high = self._span(world)
        entry = next((place for place in self._order[low:high].tolist() if self.cascades.person[place] == person), -1)
        steps: list[tuple[int, float]] = []
        while entry >= 0:
            steps.append((int(self.cascades.person[entry]), float(self.cascades.at[entry])))
            entry = int(self.cascades.parent[entry])
        if steps:
            steps.append((-1 - entry, 0.0))
        return tuple(reversed(steps))

    def people(self, world: int) -> tuple[tuple[int, float], ...]:
        """(person, when they had it) of everybody outside who had it in this world, the first first."""
        low, high = self._span(world)
        entries = self._order[low:high]
        rows = zip(self.cascades.person[entries].tolist(), self.cascades.at[entries].tolist(), strict=True)
        return tuple(sorted(rows, key=lambda row: row[1]))

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.cascades.world, kind="stable")

    @cached_property
    def _begins(self) -> Ints:
        return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(self.cascades.world, minlength=self.count))))

    def _span(self, world: int) -> tuple[int, int]:
        checked("world", world, 0, self.count - 1)
        return int(self._begins[world]), int(self._begins[world + 1])

    def explain(self, seconds: int = MONTH) -> str:
        """Two sentences for people: in how many of the worlds it is out by then, and how far it went."""
        share = self.out((seconds,))[0][1]
        text = put(
            _("{count} worlds: out {within} in {share}."),
            count=f"{self.count:,}",
            within=within(seconds),
            share=in_worlds(share),
        )
        return f"{text} {self.reach().explain()}"

    def working(self) -> tuple[Line, ...]:
        """What went into the worlds."""
        network, leak = self.network, self.leak
        mean = 2 * len(network.ties) / network.size
        formula = f"1 - (1 - q_i)^(1/d_i), q_i: {leak.who()}"
        return (
            Line(_("people, those in the place among them"), "n", str(network.size), OUR_GUESS),
            Line(_("people each knows, on average"), "2 × ties / n", f"{mean:.1f}", OUR_GUESS),
            Line(_("chance that a member shows it to one of the d outside whom they know"), formula, _("by member"), OUR_GUESS),
            Line(
                _("people to whom one outside who has it shows it, on average"), "R", f"{leak.onward:g}", f"{OUR_GUESS}, F4.1"
            ),
            Line(_("chance for each tie outside"), "min(R / mean, cap / d)", percent(leak.onward / mean), OUR_GUESS),
            Line(_("delay of a hop"), "-h log2(U)", f"h = {leak.habits.half_life:g} d", OUR_GUESS),
            Line(_("found later, a month"), "n λ", percent(leak.found_rate), OUR_GUESS),
        )


def imagine(leak: Leak, network: Network, seed: int, worlds: int = 10_000) -> Worlds:
    """What becomes of it in this many worlds. The members of the network must be the others of the leak.

    Each member passes it on with the chance that the leak gives them, spread over those outside whom they know; who has it outside
    shows it to `leak.onward` people on average, and to nobody more than forwarding allows (F4.1). Raises ValueError when the network has
    another number of members, or for more than 100,000,000 worlds times people.
    """
    if network.members != leak.others:
        raise ValueError(f"the network has {network.members} members and the leak {leak.others} others")
    checked("worlds", worlds, 1, MOST)
    checked("worlds times people", worlds * network.size, 0, MOST)
    rng = np.random.Generator(np.random.SFC64(int(stream(seed, "worlds").random() * 2**52)))
    ties = np.array(network.ties, dtype=np.int64).reshape(-1, 3)[:, :2]
    ends = ties.ravel()
    degree = np.bincount(ends, minlength=network.size)
    across = ties[(ties < network.members).sum(axis=1) == 1]
    ways_out = np.maximum(np.bincount(across[across < network.members], minlength=network.members), 1)
    ever = np.repeat([chance for _kind, _count, chance in leak.members], [count for _kind, count, _chance in leak.members])
    chance_first = -np.expm1(np.log1p(-np.minimum(ever, 1 - 1e-13)) / ways_out)
    cap = leak.habits.chats_many if leak.circumstances.forwarded == 2 else leak.habits.chats
    chance = np.minimum(1.0, np.minimum(leak.onward / max(float(degree.mean()), 1e-9), cap / np.maximum(degree, 1)))
    graph = _Graph(network.size, ties, np.arange(network.members), chance_first, chance)
    down = leak.circumstances.taken_down
    closing = None if down is None else (float(down), leak.habits.survives)
    cascades = _run(graph, worlds, rng, leak.habits.half_life * DAY, closing)
    return Worlds(network, leak, seed, worlds, cascades, _found(leak, rng, worlds))


def _found(leak: Leak, rng: np.random.Generator, worlds: int) -> Floats:
    """When it is found, world by world: the moment at which the weighed months have brought the danger to a draw."""
    if leak.found_rate <= 0:
        return np.full(worlds, np.inf)
    needed = rng.standard_exponential(worlds) / leak.found_rate * MONTH
    at = np.zeros(worlds)
    done, weight = 0.0, 1.0
    for closes, share in leak.closings():
        room = weight * (closes - done)
        within_it = needed < room
        at = np.where(within_it & (at == 0), done + needed / max(weight, 1e-300), at)
        needed = np.where(at > 0, np.inf, needed - room)
        done, weight = closes, weight * share
    if weight <= 0:
        return np.where(at > 0, at, np.inf)
    return np.where(at > 0, at, done + needed / weight)


def _shares(moments: Floats, times: Iterable[float]) -> tuple[tuple[float, float], ...]:
    """(time, share of the worlds whose moment has come by then)."""
    return tuple((seconds, float(np.mean(moments <= seconds))) for seconds in times)
