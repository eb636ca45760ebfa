"""How much a late report still counts.

Our rule, drawn from F5.19 ("late is better than never") and the table of the fact base, section 8: the same day all of it, three
days 80 %, three weeks 50 %, eight months 25 %, later or only when asked 10 %. Only the good that a report does is scaled.
"""

from __future__ import annotations

from engine.story.model import DAY

LATE_TABLE: tuple[tuple[int, int], ...] = (
    (1 * DAY, 100),
    (3 * DAY, 80),
    (21 * DAY, 50),
    (240 * DAY, 25),
)
"""(at most this many seconds late, percent of the good that still counts)"""

LATEST = 10
"""Percent when it is later than all of the table, or only said when asked."""


def late_percent(seconds: int) -> int:
    """Percent at which the good effects of a report count that is `seconds` late."""
    for limit, percent in LATE_TABLE:
        if seconds <= limit:
            return percent
    return LATEST


def late_change(points: int, percent: int) -> int:
    """A dial's change in hundredths of a point: good is scaled by `percent`, harm is not."""
    return points * percent if points > 0 else points * 100
