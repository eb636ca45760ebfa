"""All that changes anything in a story, found once: where values are changed, consequences set going, and time taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.play.stepper import Stepper
from engine.story.horizon import fates
from engine.story.model import SET, SHOWN, UNTIL, WAIT, Cue, Due, Guard, Move, Op, Scene


@dataclass(slots=True)
class Site:
    """A place in a story where values are changed and consequences set going."""

    scene: str
    """The scene that it belongs to; empty: none."""
    due: int = -1
    """The consequence whose own effect it is."""
    when: frozenset[int] = frozenset()
    """Values that decide whether it happens, beside the player's decision."""
    ops: tuple[Op, ...] = ()
    later: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()


class Chart:
    """All that changes anything in a story, found once and used for every slice of it."""

    def __init__(self, stepper: Stepper) -> None:
        self.stepper = stepper
        self.story = stepper.story
        self.flow = self._find_flow()
        """Values that the decisions on offer, and the way from scene to scene, hang on."""
        self.sites = list(self._find_sites())
        self.brought: dict[str, list[int]] = {}
        """Consequence scene to the dues that bring it."""
        for due in self.story.dues:
            for name in (due.scene, due.otherwise):
                if name is not None:
                    self.brought.setdefault(name, []).append(due.index)
        self.reckoning = frozenset(self.story.reckoning)
        self.writers: dict[int, list[Site]] = {}
        self.makers: dict[int, list[Site]] = {}
        for site in self.sites:
            for op in site.ops:
                self.writers.setdefault(op[0], []).append(site)
            for index in site.later:
                self.makers.setdefault(index, []).append(site)
        for scene in self.story.scenes.values():
            if scene.board is not None and scene.board.count >= 0:
                reads = frozenset().union(*(card.guard.reads for card in scene.board.cards.values() if card.guard is not None))
                self.writers.setdefault(scene.board.count, []).append(Site(scene.id, when=reads))
        self.shown: dict[int, list[tuple[Site, Move]]] = {}
        """Value, or -1 - due, to the moves of scripts that change it."""
        for site in self.sites:
            for move in site.moves:
                _guard, code, a, _b, _c, d, _e = move
                if code in (SET, SHOWN) and a >= 0:
                    self.shown.setdefault(a, []).append((site, move))
                if code == SHOWN and d >= 0:
                    self.shown.setdefault(-1 - d, []).append((site, move))
        self.waits = [self._waits_of(due) for due in self.story.dues]
        """How long the script of each consequence takes at most, in story seconds; None: it waits until a moment."""
        self._times: dict[int, int] = {}
        self.fates = fates(self.story)

    def _find_flow(self) -> frozenset[int]:
        reads: set[int] = set()
        for _source, _trigger, guard, _dest, _do in self.stepper.ways():
            if guard is not None:
                reads |= guard.reads
        for scene in self.story.scenes.values():
            for guard in offer_guards(scene):
                reads |= guard.reads
        return frozenset(reads)

    def _find_sites(self) -> Iterator[Site]:
        for scene in self.story.scenes.values():
            name = scene.id
            yield Site(name, -1, frozenset(), scene.effect.ops, scene.effect.later, scene.moves)
            for choice in scene.choices.values():
                moves = (*choice.moves, *moves_in(choice.script))
                yield Site(name, -1, frozenset(), choice.effect.ops, choice.effect.later, moves)
            for several in (scene.pick, scene.board):
                if several is None:
                    continue
                yield Site(name, -1, frozenset(), several.effect.ops, several.effect.later, moves_in(several.script))
                for rule in several.rules:
                    yield Site(name, -1, rule.guard.reads, rule.effect.ops, rule.effect.later, moves_in(rule.script))
            if scene.pick is not None:
                yield Site(name, -1, frozenset(), (), (), scene.pick.moves)
                for piece in scene.pick.pieces.values():
                    yield Site(name, -1, frozenset(), piece.effect.ops, piece.effect.later, ())
        for due in self.story.dues:
            if due.effect is not None:
                yield Site("", due.index, frozenset(), due.effect.ops, due.effect.later, ())

    def _waits_of(self, due: Due) -> int | None:
        longest = 0
        for name in (due.scene, due.otherwise):
            if name is not None:
                scene = self.story.scenes[name]
                if any(move[1] == UNTIL for move in scene.moves):
                    return None
                longest = max(longest, scene.told_for + sum(move[2] for move in scene.moves if move[1] == WAIT))
        return longest

    def times(self, due: int) -> int:
        """How often a consequence can come in one play, at most."""
        if due not in self._times:
            makers = self.makers.get(due, [])
            self._times[due] = sum(self.runs(site) for site in makers) + (due in self.reckoning)
        return self._times[due]

    def runs(self, site: Site) -> int:
        """How often something can happen in one play, at most."""
        if site.due >= 0:
            return self.times(site.due)
        brought = self.brought.get(site.scene)
        return sum(self.times(due) for due in brought) if brought is not None else 1

    def only_reckoning(self, due: int) -> bool:
        """It comes in the reckoning only, or is brought by what does."""
        sites = self.makers.get(due, [])
        if not all(self.bringing(site) and all(self.only_reckoning(one) for one in self.bringing(site)) for site in sites):
            return False
        return bool(sites) or due in self.reckoning

    def follows_reckoning(self, due: int) -> bool:
        """Something that may come in the reckoning brings it."""
        sites = [*self.makers.get(due, []), *(site for site, _move in self.shown.get(-1 - due, []))]
        return any(one in self.reckoning or self.follows_reckoning(one) for site in sites for one in self.bringing(site))

    def bringing(self, site: Site) -> list[int]:
        """The consequences with which something happens; none when it happens in the story itself."""
        return [site.due] if site.due >= 0 else self.brought.get(site.scene, [])


def offer_guards(scene: Scene) -> Iterator[Guard]:
    """What decides which pieces and cards are there."""
    if scene.pick is not None:
        yield from (piece.guard for piece in scene.pick.pieces.values() if piece.guard is not None)
    if scene.board is not None:
        yield from (card.guard for card in scene.board.cards.values() if card.guard is not None)


def moves_in(cues: tuple[Cue, ...]) -> tuple[Move, ...]:
    """All that the lines of a script do to state, line by line."""
    return tuple(move for cue in cues for move in cue.moves)
