"""What a proof says. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from engine.play.inputs import Input

Witness = tuple[Input, ...]
"""Decisions that lead there from the beginning, as few as possible."""

DECISIONS = "decisions"
ENDINGS = "endings"


def dial_claim(dial: str) -> str:
    """The name of the claim about a dial."""
    return f"dial {dial}"


def consequence_claim(name: str) -> str:
    """The name of the claim about a consequence."""
    return f"consequence {name}"


def coda_claim(name: str) -> str:
    """The name of the claim about a coda."""
    return f"coda {name}"


@dataclass(slots=True)
class Claim:
    """How far one question was answered. What it found is true in any case; what it did not find says something only when proved."""

    proved: bool
    states: int
    """Merged states looked at."""
    stopped_by: str = ""
    """The bound that stopped it, in words; empty when none did."""


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
    witness: Witness | None = None
    """The shortest play that comes to it; None when none was found."""
    plays: int | None = None
    """Number of different plays that come to it; None: not proved."""
    odds: Fraction | None = None
    """How likely it is for a player who takes every decision at random (no skipping); None: not proved."""
    dials: dict[str, DialRange] = field(default_factory=dict)
    """The dials that were proved. None is in it for an ending that no play comes to."""


@dataclass(slots=True)
class Proof:
    """What holds of every possible play of a story, claim by claim."""

    scenario: str
    hash: str
    claims: dict[str, Claim] = field(default_factory=dict)
    """`decisions` (scenes, choices, number and length of plays, stranding), `endings` (plays, odds), `dial …`, `consequence …`,
    `coda …`: each with its own bound."""
    seconds: float = 0.0
    plays: int | None = None
    """Number of different plays; None: not proved."""
    longest: int | None = None
    """Decisions of the longest play; None: not proved."""
    shortest: int | None = None
    endings: dict[str, EndingProof] = field(default_factory=dict)
    scenes: dict[str, Witness | None] = field(default_factory=dict)
    """Every scene, consequences too: the shortest way to see it, or None when none was found."""
    choices: dict[str, Witness | None] = field(default_factory=dict)
    """Every choice (`scene.choice`), piece, question and skip: the shortest play that takes it last, or None."""
    consequences: dict[str, dict[str, Witness | None]] = field(default_factory=dict)
    """For everything that may come due: `came`, and `otherwise` or `prevented` where it has an `if`."""
    codas: dict[str, Witness | None] = field(default_factory=dict)
    strands: dict[str, Witness] = field(default_factory=dict)
    """Scenes in which a player can be stuck, with the way there. Empty: none, ever."""
    no_lapse: dict[str, Witness] = field(default_factory=dict)
    """Scenes with a time limit whose lapse can be impossible, with the way there. Empty: none, ever."""
    claims_of_scenes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each scene the claims that speak of it."""

    @property
    def complete(self) -> bool:
        """Every claim is proved."""
        return all(claim.proved for claim in self.claims.values())

    @property
    def states(self) -> int:
        """Merged states looked at, in all."""
        return sum(claim.states for claim in self.claims.values())

    def proved(self, *claims: str) -> bool:
        """All these claims are proved."""
        return all(self.claims[claim].proved for claim in claims)

    def not_proved(self) -> dict[str, Claim]:
        """The claims that a bound stopped."""
        return {name: claim for name, claim in self.claims.items() if not claim.proved}

    def unreachable(self) -> dict[str, list[str]]:
        """What no play reaches, by kind: proved, every one of them."""
        found = {
            "scenes": [name for name, way in self.scenes.items() if way is None and self.proved(*self.claims_of_scenes[name])],
            "choices": [name for name, way in self.choices.items() if way is None and self.proved(DECISIONS)],
            "endings": [name for name, ending in self.endings.items() if ending.witness is None and self.proved(ENDINGS)],
            "codas": [name for name, way in self.codas.items() if way is None and self.proved(coda_claim(name))],
            "consequences": [
                f"{name} ({how})"
                for name, ways in self.consequences.items()
                for how, way in ways.items()
                if way is None and self.proved(consequence_claim(name))
            ],
        }
        return {kind: names for kind, names in found.items() if names}
