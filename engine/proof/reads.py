"""What the parts of a story ask for, and what they change: by this states are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.proof.chart import offer_guards
from engine.story.model import SET, SHOWN, Choice, Cue, Effect, Guard, Move, Scene, Story

Atom = int | Guard
"""What asks for values: a condition, or something that asks for one value as it is."""


class Reads:
    """What is asked for in a story, part by part: by what is done there, and by all that this sets going."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.dues = [self._of_due(index) for index in range(len(story.dues))]
        """For each consequence: what is asked for when it comes, and by what it brings."""

    def of_offer(self, scene: Scene) -> set[Atom]:
        """By the pieces and cards of a decision."""
        reads: set[Atom] = set()
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                reads |= reads_of(piece.guard)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= reads_of(card.guard)
        return reads

    def of_arrival(self, scene: Scene) -> set[Atom]:
        """When a scene begins."""
        reads = self._of_effect(scene.effect) | _of_moves(scene.moves)
        if scene.muted >= 0:
            reads.add(scene.muted)
        if scene.board is not None:
            for card in scene.board.cards.values():
                reads |= reads_of(card.guard)
        return reads

    def of_choice(self, choice: Choice) -> set[Atom]:
        """When a choice is taken."""
        return _of_moves(choice.moves) | _of_cues(choice.script) | self._of_effect(choice.effect)

    def of_several(self, scene: Scene) -> set[Atom]:
        """When a pick or a board is done."""
        several = scene.pick or scene.board
        assert several is not None
        reads = self._of_effect(several.effect) | _of_cues(several.script)
        for rule in several.rules:
            reads |= reads_of(rule.guard) | self._of_effect(rule.effect) | _of_cues(rule.script)
        if scene.pick is not None:
            reads |= _of_moves(scene.pick.moves)
            for piece in scene.pick.pieces.values():
                reads |= self._of_effect(piece.effect)
        return reads

    def _of_effect(self, effect: Effect) -> set[Atom]:
        reads: set[Atom] = set()
        for index in effect.later:
            reads |= self.dues[index]
        return reads

    def _of_due(self, index: int) -> set[Atom]:
        due = self._story.dues[index]
        reads = reads_of(due.guard)
        if due.effect is not None:
            for other in due.effect.later:
                reads |= self._of_due(other)
        for name in (due.scene, due.otherwise):
            if name is not None:
                scene = self._story.scenes[name]
                reads |= _of_moves(scene.moves)
                for other in scene.effect.later:
                    reads |= self._of_due(other)
        return reads


def reads_of(guard: Guard | None) -> set[Atom]:
    """A condition as what it asks for; nothing where there is none."""
    return {guard} if guard is not None else set()


def values_of(atoms: Iterable[Atom]) -> set[int]:
    """The values that are asked for."""
    found: set[int] = set()
    for atom in atoms:
        found |= {atom} if isinstance(atom, int) else atom.reads
    return found


def _of_moves(moves: tuple[Move, ...]) -> set[Atom]:
    reads: set[Atom] = set()
    for guard, code, _a, _b, c, _d, e in moves:
        reads |= reads_of(guard)
        if code == SHOWN:
            reads |= {index for index in (c, e) if index >= 0}
    return reads


def _of_cues(cues: tuple[Cue, ...]) -> set[Atom]:
    reads: set[Atom] = set()
    for cue in cues:
        reads |= _of_moves(cue.moves)
    return reads


def brings(moves: tuple[Move, ...], script: tuple[Cue, ...]) -> bool:
    """Whether a script sets something going."""
    return any(move[1] == SHOWN and move[5] >= 0 for moves in (moves, *(cue.moves for cue in script)) for move in moves)


def writes_of(effect: Effect, moves: tuple[Move, ...], script: tuple[Cue, ...]) -> set[int]:
    """The values that may be changed there."""
    written = {op[0] for op in effect.ops}
    for move in (*moves, *(move for cue in script for move in cue.moves)):
        if move[1] in (SET, SHOWN):
            written.add(move[2])
    return written


def writes_of_several(scene: Scene) -> set[int]:
    """The values that a pick or a board may change."""
    written: set[int] = set()
    if scene.pick is not None:
        written |= writes_of(scene.pick.effect, scene.pick.moves, scene.pick.script)
        for piece in scene.pick.pieces.values():
            written |= {piece.at, *writes_of(piece.effect, (), ())}
    if scene.board is not None:
        written |= {scene.board.found, *(question.at for question in scene.board.questions.values())}
        written |= writes_of(scene.board.effect, (), scene.board.script)
    for several in (scene.pick, scene.board):
        for rule in several.rules if several is not None else ():
            written |= writes_of(rule.effect, (), rule.script)
    return written


def writes_of_due(story: Story, index: int) -> set[int]:
    """The values that a consequence may change, and what it brings."""
    due = story.dues[index]
    effects: list[tuple[Effect, tuple[Move, ...]]] = [(due.effect, ())] if due.effect is not None else []
    effects += [
        (story.scenes[name].effect, story.scenes[name].moves) for name in (due.scene, due.otherwise) if name is not None
    ]
    written: set[int] = set()
    for effect, moves in effects:
        written |= writes_of(effect, moves, ())
        for other in (*effect.later, *(move[5] for move in moves if move[1] == SHOWN and move[5] >= 0)):
            written |= writes_of_due(story, other)
    return written


def arrival_guards(scene: Scene) -> list[Guard | None]:
    """The conditions of a scene that begins."""
    return [scene.guard, *(move[0] for move in scene.moves)]


def several_guards(scene: Scene) -> list[Guard | None]:
    """The conditions of a pick or a board that is done."""
    guards: list[Guard | None] = []
    for several in (scene.pick, scene.board):
        if several is not None:
            guards += [cue.guard for cue in several.script]
            for rule in several.rules:
                guards += [rule.guard, *(cue.guard for cue in rule.script)]
    return guards


def guards_within(scene: Scene) -> Iterator[Guard]:
    """Every condition of a scene."""
    guards = [*offer_guards(scene), *arrival_guards(scene), *several_guards(scene)]
    for choice in scene.choices.values():
        guards += [move[0] for move in choice.moves] + [cue.guard for cue in choice.script]
    yield from (guard for guard in guards if guard is not None)
