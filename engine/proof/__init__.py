"""What holds of every possible play of a story: `prove(story)` gives a `Proof`."""

from __future__ import annotations

from engine.proof.model import Claim, DialRange, EndingProof, Proof
from engine.proof.prover import prove

__all__ = ["Claim", "DialRange", "EndingProof", "Proof", "prove"]
