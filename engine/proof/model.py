"""What a proof says. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from engine.play.inputs import Input

Witness = tuple[Input, ...]
"""Decisions that lead there from the beginning, as few as possible."""


@dataclass(slots=True)
class DialRange:
    """One dial over all plays that come to one ending. Values in hundredths of a point."""

    lowest: int
    highest: int
    counts: dict[int, int]
    """Value to the number of plays with it."""


@dataclass(slots=True)
class EndingProof:
    """What holds of one ending."""

    id: str
    plays: int
    """Number of different plays that come to it."""
    odds: Fraction
    """How likely it is for a player who takes every decision at random (no skipping)."""
    witness: Witness | None
    """The shortest play that comes to it; None when no play does."""
    dials: dict[str, DialRange] = field(default_factory=dict)


@dataclass(slots=True)
class Proof:
    """What holds of every possible play of a story, or of as much of it as was covered."""

    scenario: str
    hash: str
    complete: bool
    """Every play was looked at. When it is False, what is reached is reached, and nothing else is claimed."""
    stopped_by: str
    """What stopped it, in words; empty when nothing did."""
    states: int
    """States looked at, after merging."""
    seconds: float
    plays: int
    """Number of different plays (0 when not complete)."""
    longest: int
    """Decisions of the longest play (0 when not complete)."""
    shortest: int
    endings: dict[str, EndingProof]
    scenes: dict[str, Witness | None]
    """Every scene, consequences too: the shortest way to see it, or None when no play does."""
    choices: dict[str, Witness | None]
    """Every choice (`scene.choice`), piece and skip: the shortest play that takes it last, or None."""
    consequences: dict[str, dict[str, Witness | None]]
    """For everything that may come due: `came`, and `otherwise` or `prevented` where it has an `if`."""
    codas: dict[str, Witness | None]
    strands: dict[str, Witness]
    """Scenes in which a player can be stuck, with the way there. Empty: none, ever."""
    no_lapse: dict[str, Witness]
    """Scenes with a time limit whose lapse can be impossible, with the way there. Empty: none, ever."""

    def unreachable(self) -> dict[str, list[str]]:
        """What no play reaches, by kind. Says nothing unless the proof is complete."""
        if not self.complete:
            return {}
        found = {
            "scenes": [name for name, witness in self.scenes.items() if witness is None],
            "choices": [name for name, witness in self.choices.items() if witness is None],
            "endings": [name for name, ending in self.endings.items() if ending.witness is None],
            "codas": [name for name, witness in self.codas.items() if witness is None],
            "consequences": [
                f"{name} ({how})"
                for name, ways in self.consequences.items()
                for how, witness in ways.items()
                if witness is None
            ],
        }
        return {kind: names for kind, names in found.items() if names}
