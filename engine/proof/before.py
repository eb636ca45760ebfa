"""What was before a story: the ways in which it may begin, as decisions that stand before its first scene.

A story that goes on from another may begin in many ways. So that one proof speaks of all of them, they become decisions: first comes a
scene that has a choice for each way to begin, and then the story. Nothing else is new, so what holds of every play of that story holds
of every play of this one, however it begins; and the first decision of a witness says how it has to begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.proof.model import Proof, Witness
from engine.script.format import DIALS
from engine.story.flags import carried_flags
from engine.story.model import Branch, Choice, Effect, Op, Scene, Story, Var

BEFORE = "(before)"
"""Id of the scene that stands before a story, or what it begins with: no author can write it."""

Start = Mapping[str, int]
"""Values by their names in `Story.vars`; what is not in it begins as in the story."""


def carried(story: Story) -> dict[str, tuple[int, int]]:
    """The flags that may come from an earlier part, each with its bounds."""
    return {name: (var.low, var.high) for name, var in carried_flags(story).items()}


def from_any(story: Story) -> Story:
    """The story with every flag that may be carried free to begin as anything within its bounds; the story itself when there is none."""
    steps = [[{name: value} for value in range(low, high + 1)] for name, (low, high) in carried(story).items()]
    return _before(story, steps) if steps else story


def from_these(story: Story, *steps: Iterable[Start]) -> Story:
    """The story that may begin in these ways: one of the first, and with it one of each of the others."""
    return _before(story, [list(starts) for starts in steps]) if steps else story


def _before(story: Story, steps: Sequence[Sequence[Start]]) -> Story:
    scenes: dict[str, Scene] = {}
    for number, starts in enumerate(steps):
        name = BEFORE if len(steps) == 1 else f"{BEFORE}{number}"
        following = f"{BEFORE}{number + 1}" if number + 1 < len(steps) else story.start
        choices = {}
        for way, start in enumerate(starts):
            assert not any(story.vars[story.var_index[one]].start for one in start if one in DIALS)
            ref = f"{name}.{way}"
            ops = tuple(_op(story.vars[story.var_index[name]], value) for name, value in start.items())
            choices[str(way)] = Choice(str(way), ref, "", "wait", Effect(ref, ops))
        scenes[name] = Scene(name, "", None, Effect(name), choices=choices, next=(Branch(following),))
    return replace(story, scenes={**scenes, **story.scenes}, start=next(iter(scenes)), machine=None)


def _op(var: Var, value: int) -> Op:
    # Dials begin at nothing, and a change of them is something that the prover counts along the way.
    return (var.index, var.kind == "dial", value, var.low, var.high)


def how_many(witness: Witness | None) -> int:
    """How many decisions of a witness stand before the story."""
    return sum(1 for given in witness or () if given.scene.startswith(BEFORE))


def start_of(witness: Witness, starts: Sequence[Start]) -> Start:
    """The way to begin that a witness of `from_these` tells of."""
    return starts[int(witness[0].choice)]


def apart(proof: Proof) -> Proof:
    """The proof without the scenes that stand before the story, and the witnesses without the decisions there."""

    def cut(witness: Witness | None) -> Witness | None:
        return None if witness is None else witness[how_many(witness) :]

    def ours(name: str) -> bool:
        return not name.startswith(BEFORE)

    longest = max((how_many(way) for way in _witnesses(proof)), default=0)
    return replace(
        proof,
        longest=None if proof.longest is None else proof.longest - longest,
        shortest=None if proof.shortest is None else proof.shortest - longest,
        endings={name: replace(ending, witness=cut(ending.witness)) for name, ending in proof.endings.items()},
        scenes={name: cut(way) for name, way in proof.scenes.items() if ours(name)},
        choices={name: cut(way) for name, way in proof.choices.items() if ours(name)},
        consequences={name: {how: cut(way) for how, way in ways.items()} for name, ways in proof.consequences.items()},
        codas={name: cut(way) for name, way in proof.codas.items()},
        strands={name: way[how_many(way) :] for name, way in proof.strands.items()},
        no_lapse={name: way[how_many(way) :] for name, way in proof.no_lapse.items()},
        claims_of_scenes={name: claims for name, claims in proof.claims_of_scenes.items() if ours(name)},
    )


def _witnesses(proof: Proof) -> Iterable[Witness]:
    yield from (way for way in (*proof.scenes.values(), *proof.choices.values()) if way is not None)
    yield from (ending.witness for ending in proof.endings.values() if ending.witness is not None)
