"""The share of worlds in which something is out, by when: points to plot. Pure arithmetic, no NumPy."""

from __future__ import annotations

from engine.futures.leak import Leak
from engine.futures.ledger import Stake
from engine.futures.show import TIMES

FIRST = 60
"""The first point after the beginning, seconds: a logarithmic scale has no nought."""


def curve(
    stake: Stake | Leak, until: int = TIMES[-1], points: int = 48, *, even: bool = False
) -> tuple[tuple[int, float], ...]:
    """(seconds after it was sent, chance that it is out by then), from the beginning to `until`, soonest first.

    The points lie as on a logarithmic scale, so that the first hour and the fourth year both have room; evenly with `even`. What
    changes the course on the way (it disappears, it is taken down) is a point too, so there can be a few more than `points`.
    Chances never fall. Raises ValueError for fewer than two points, and for an end before the first.
    """
    if points < 2:
        raise ValueError(f"points is {points}; it must be at least 2")
    if until < FIRST:
        raise ValueError(f"until is {until}; it must be at least {FIRST} seconds")
    leak = stake.leak if isinstance(stake, Stake) else stake
    last = points - 1
    if even:
        times = {round(until * step / last) for step in range(points)}
    else:
        times = {0} | {round(FIRST * (until / FIRST) ** (step / last)) for step in range(points)}
    times.update(round(at) for at, _share in leak.closings() if 0 < at < until)
    rows: list[tuple[int, float]] = []
    highest = 0.0
    for at in sorted(times):
        highest = max(highest, leak.at(at))  # the last digit of a sum may waver
        rows.append((at, highest))
    return tuple(rows)
