"""The way to a scene: the fewest decisions that lead there, found by the prover, within a bound."""

from __future__ import annotations

from dataclasses import dataclass

from engine.play.inputs import Input
from engine.proof import prove
from engine.story.model import Story

SECONDS = 2.0
"""The longest that a way is looked for."""
STATES = 200_000
"""The most states that are looked at; what they take of memory stays within some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Way:
    """What was found. `proved`: when there is no way here, there is none at all."""

    inputs: tuple[Input, ...] | None
    proved: bool
    states: int


_known: dict[str, dict[str, tuple[Input, ...] | None]] = {}
_sizes: dict[str, tuple[bool, int]] = {}


def way_to(story: Story, scene: str) -> Way:
    """The fewest decisions that lead to a scene. Takes up to about `SECONDS`; a story that was looked at is remembered."""
    if story.hash not in _known:
        try:
            proof = prove(story, max_states=STATES, seconds=SECONDS)
        except Exception:
            # A prover's own mistake must not end a preview; a scene can be set down in without a way.
            return Way(None, False, 0)
        _known.clear()
        _sizes.clear()
        _known[story.hash] = proof.scenes
        _sizes[story.hash] = (proof.complete, proof.states)
    complete, states = _sizes[story.hash]
    return Way(_known[story.hash].get(scene), complete, states)


__all__ = ["Way", "way_to"]
