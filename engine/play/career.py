"""From one part of a career to the next: what a play hands on, and the seed of each part."""

from __future__ import annotations

import hashlib

from engine.play.play import Play
from engine.story.given import Given, flags_of


def part_seed(seed: int, scenario: str) -> int:
    """The seed of a part: from that of the career, and its own for each scenario, wherever it stands. From 0 to 2^31 - 1."""
    digest = hashlib.sha256(f"{seed}\x1fcareer\x1f{scenario}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def handed_on(play: Play) -> Given:
    """What the next part begins with: every flag with its latest value, those of earlier parts too, and the dials.

    Dials go on from part to part as they stand, but never beyond what is shown: from -10 to +10.
    """
    before = dict(play.given.flags) if play.given is not None else {}
    return Given.of({**before, **flags_of(play.story, play.values)}, play.dials)


__all__ = ["handed_on", "part_seed"]
