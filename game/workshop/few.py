"""Counts that may be shown to people who were not there, so that no small one can be worked out.

A count below five is shown as "fewer than five". That alone is not enough where the counts of a vote add up to the number of people in
the room, which those who were there know: one hidden count is what the others leave, and several hidden ones may have only one way to
add up. So one or more larger counts are hidden too ("five or more"), until each small one could be anything from 0 to 4 for all that
is shown. Where that cannot be reached, nothing of the vote is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

FEW = 5
"""A count below this is small."""

Shown = int | Literal["few", "many", "hidden"]
"""A count; or: fewer than five; five or more; not shown at all."""


def shown(counts: Mapping[str, int], *, adds_up: bool) -> dict[str, Shown]:
    """What may be shown of the counts of one vote.

    `adds_up`: each person counts once, so that whoever knows how many there were knows the sum. Where everybody may want several
    things nobody knows it, and small counts need no company.
    """
    small = [key for key in counts if counts[key] < FEW]
    if not small:
        return dict(counts)
    if not adds_up:
        return {key: "few" if key in small else count for key, count in counts.items()}
    large = sorted((key for key in counts if key not in small), key=lambda key: counts[key])
    loose = sum(counts[key] for key in small)
    # What the larger counts that are hidden leave open must be enough for any small one to be 4, and the rest none.
    alone = next((key for key in large if loose + counts[key] - FEW >= FEW - 1), None)
    masked = [alone] if alone is not None else list(large)
    if not masked or loose + sum(counts[key] - FEW for key in masked) < FEW - 1:
        return dict.fromkeys(counts, "hidden")
    return {key: "few" if key in small else "many" if key in masked else count for key, count in counts.items()}


__all__ = ["FEW", "Shown", "shown"]
