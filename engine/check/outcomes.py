"""Whether a player who always waits is beaten: a search over whole plays that never claims more than it looked at."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, perm

from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.story.model import END, Scene, Story

DIALS = 5
MOST_STATES = 40_000
"""So many states are looked at before a story is called too large to look at as a whole."""
MOST_WAYS = 5_000
"""A story with a decision that can be taken in more ways than this is too large as well."""
BEAM = 64
"""So many states are kept, of each number of decisions, when a beating play is looked for in a large story."""

Dials = tuple[int, ...]


def waits(story: Story, given: Input) -> bool:
    """The input is a silence: the choice `silence` or one that waits, nothing picked, nothing pinned, a beat skipped."""
    if given.how == "choose":
        return given.choice == "silence" or story.scenes[given.scene].choices[given.choice].action == "wait"
    return given.how == "skip" or not given.picks


def beats(one: Dials, other: Dials) -> bool:
    """Pareto: no dial lower, and one higher."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def nothing_beats_waiting(story: Story) -> bool:
    """True when a play that waits wherever it can is beaten by no active play, and every play was looked at.

    Where one cannot stay silent, every option is followed. False where waiting is beaten, where no act ends otherwise than
    waiting, and where the story is too large for that to be known.
    """
    if any(ways_of(scene) > MOST_WAYS for scene in story.scenes.values()):
        return False
    stepper = Stepper(story)
    if stepper.start().scene == END:
        return False
    waiting = _waiting_ends(stepper)
    if not waiting:
        return False
    left = {dials for dials in waiting if not _beaten_nearby(stepper, dials)}
    if not left:
        return False
    active = _all_ends(stepper)
    if active is None or active <= waiting:  # no dial ever tells one from the other
        return False
    return any(not any(beats(end, dials) for end in active) for dials in left)


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


def _inputs(stepper: Stepper, state: State) -> list[Input]:
    """What can be done, looking around aside; of very many ways to pick, an even selection with the first and the last."""
    scene = stepper.story.scenes[state.scene]
    found = [given for given in stepper.inputs(state) if given.how != "choose" or not scene.choices[given.choice].look]
    if len(found) <= 64:
        return found
    step = (len(found) - 1) / 63
    return [found[round(number * step)] for number in range(64)]


def _silent(stepper: Stepper, state: State) -> list[Input]:
    story = stepper.story
    inputs = stepper.inputs(state)
    silent = [given for given in inputs if given.how != "skip" and waits(story, given)]
    return silent or [given for given in inputs if given.how != "skip"]


def _waiting_ends(stepper: Stepper) -> set[Dials]:
    """The dials at the end of every play that waits wherever it can; nothing when there are too many."""
    ends: set[Dials] = set()
    seen: set[State] = set()
    states = [stepper.start()]
    while states:
        state = states.pop()
        if state.scene == END:
            ends.add(state.values[:DIALS])
            continue
        for given in _silent(stepper, state):
            after = stepper.step(state, given)
            if after not in seen:
                seen.add(after)
                states.append(after)
        if len(seen) > MOST_STATES:
            return set()
    return ends


def _beaten_nearby(stepper: Stepper, dials: Dials) -> bool:
    """Look for a play that beats these dials, among the likeliest. Finding one settles it; finding none says nothing."""
    ranked: dict[State, None] = {stepper.start(): None}
    while ranked:
        onward: dict[State, None] = {}
        for state in ranked:
            for given in _inputs(stepper, state):
                after = stepper.step(state, given)
                if after.scene != END:
                    onward[after] = None
                elif beats(after.values[:DIALS], dials):
                    return True
        if len(onward) > BEAM:
            # Those that are furthest ahead by their worst dial beside the play that waits, then by all of them.
            order = sorted(onward, key=lambda state: _lead(state, dials), reverse=True)
            onward = dict.fromkeys(order[:BEAM])
        ranked = onward
    return False


def _lead(state: State, dials: Dials) -> tuple[int, int]:
    ahead = [value - other for value, other in zip(state.values[:DIALS], dials, strict=True)]
    return sum(min(one, 0) for one in ahead), sum(min(one, 300) for one in ahead)


def _all_ends(stepper: Stepper) -> set[Dials] | None:
    """The dials at the end of every play with at least one act in it; None when there are too many states."""
    ends: set[Dials] = set()
    seen: set[tuple[State, bool]] = set()
    states: list[tuple[State, bool]] = [(stepper.start(), False)]
    while states:
        state, acted = states.pop()
        if state.scene == END:
            if acted:
                ends.add(state.values[:DIALS])
            continue
        for after in _steps(stepper, state, acted):
            if after not in seen:
                seen.add(after)
                states.append(after)
        if len(seen) > MOST_STATES:
            return None
    return ends


def _steps(stepper: Stepper, state: State, acted: bool) -> Iterator[tuple[State, bool]]:
    silent = _silent(stepper, state)
    for given in stepper.inputs(state):
        yield stepper.step(state, given), acted or given not in silent
