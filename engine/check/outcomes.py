"""Whether a player who always waits is beaten, and which stories are too wide to look at."""

from __future__ import annotations

from math import comb, perm

from engine.proof.pareto import dominating_play
from engine.story.flow import effects_of_scene
from engine.story.model import DIAL_COUNT, Scene, Story

MOST_WAYS = 5_000
"""A story with a decision that can be taken in more ways than this is too wide to compare plays."""


def ways_of(scene: Scene) -> int:
    """How many ways there are to take the decision of a scene, at most: a pick of many pieces in any order has very many."""
    if scene.pick is not None:
        pieces = len(scene.pick.pieces)
        count = perm if scene.pick.ordered else comb
        free = any(piece.cost < 1 for piece in scene.pick.pieces.values())
        most = pieces if free else min(pieces, scene.pick.most)
        return sum(count(pieces, number) for number in range(scene.pick.least, most + 1))
    if scene.board is not None:
        return int(3 ** len(scene.board.questions))
    return len(scene.choices)


def too_wide(story: Story) -> bool:
    """Some decision of the story can be taken in too many ways."""
    return any(ways_of(scene) > MOST_WAYS for scene in story.scenes.values())


def nothing_beats_waiting(story: Story, seconds: float = 10.0) -> bool:
    """True when the play that always waits is beaten by no other, and every play was looked at.

    False where waiting is beaten, where nothing is at stake since no dial ever moves, and where the story is too large for that
    to be known.
    """
    if too_wide(story) or not _at_stake(story):
        return False
    found = dominating_play(story, seconds=seconds)
    return found.exact and found.witness is None


def _at_stake(story: Story) -> bool:
    """Some decision moves a dial, at once or later."""
    effects = [effect for scene in story.scenes.values() for effect in effects_of_scene(scene)]
    effects += [due.effect for due in story.dues if due.effect is not None]
    return any(op[0] < DIAL_COUNT for effect in effects for op in effect.ops)
