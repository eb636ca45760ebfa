"""How a person wants to be told a story: pace, motion, time limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pace = Literal["slow", "normal", "fast", "off"]
Limits = Literal["normal", "longer", "off"]

PACES: dict[Pace, float] = {"slow": 1.7, "normal": 1.0, "fast": 0.45, "off": 0.0}
"""By how much every pause is multiplied."""
LIMITS: dict[Limits, int] = {"normal": 1, "longer": 3, "off": 0}
"""By how much a time limit is multiplied; 0 is no limit."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The settings of the play screen."""

    pace: Pace = "normal"
    reduced_motion: bool = False
    limits: Limits = "normal"

    @property
    def factor(self) -> float:
        """What pauses are multiplied by; 0 is no pauses."""
        return PACES[self.pace]

    def limit(self, seconds: int) -> int:
        """A decision's time limit in seconds as this person has it; 0 is none."""
        return seconds * LIMITS[self.limits]
