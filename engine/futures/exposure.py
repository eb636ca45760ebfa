"""What a locked account gives away: clues in sight, whose they are, and what taking one out of sight would help.

For each question (who do you work for, where do you live, when are you at work), `P = 1 - prod(1 - w_k)` over the clues in sight:
each clue alone is weak, together they are strong (F6.10). The weights say how likely a stranger who looks is to find the answer
through that clue alone. This shows what is exposed and never how to look (F6.13).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.futures.show import OUR_GUESS, Line, checked, inner, percent, put
from engine.play.events import DecisionOffered
from engine.words import _, n_

if TYPE_CHECKING:
    from engine.play.play import Play

WEIGHT = 0.3
"""Weight of a clue that nobody weighed: our guess (F6.11: figures of studies are for populations, not for you)."""

AUTHOR = "its author"
"""What stands for the source of a weight that an author gave."""

YOURS = "you"
"""Owner of a clue of the player's own."""

FROM_YOU = (("slot", YOURS),)
"""`from: you` on a card, compiled: on a screen it is the player's name."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in sight. `weights` is question to chance that this clue alone gives the answer away.

    Raises ValueError for a weight that is no chance.
    """

    id: str
    text: str
    owner: str = YOURS
    """`you`, or whose it is, as it is shown: a name, `your mother`."""
    weights: Mapping[str, float] = field(default_factory=dict)
    source: str = OUR_GUESS
    """Where the weights are from."""

    def __post_init__(self) -> None:
        for question, weight in self.weights.items():
            checked(f"the weight of {self.id} for {question}", weight, 0, 1)


@dataclass(frozen=True, slots=True)
class Help:
    """What taking one clue out of sight would do."""

    clue: Clue
    weight: float
    without: float
    """Chance that is left without it."""
    drop: float
    """By how much the chance falls."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the clues in sight say about one question. `helps` stands in the order in which removing one helps most."""

    question: str
    ask: str
    chance: float
    helps: tuple[Help, ...]

    @property
    def others(self) -> tuple[Clue, ...]:
        """The clues that are somebody else's, the one that helps most first."""
        return tuple(each.clue for each in self.helps if each.clue.owner != YOURS)

    def explain(self) -> str:
        """Two sentences for people: how much is in sight, and what would help most."""
        if not self.helps:
            return put(_("{ask} Nothing in sight says."), ask=self.ask)
        count = len(self.helps)
        text = put(
            n_(
                "{ask} {count} clue in sight: {chance} of strangers who look would know.",
                "{ask} {count} clues in sight: {chance} of strangers who look would know.",
                count,
            ),
            ask=self.ask, count=count, chance=_whole(self.chance),
        )  # fmt: skip
        best = self.helps[0]
        line = put(
            _("Without “{clue}” it would be {without}."), clue=inner(best.clue.text.rstrip(".")), without=_whole(best.without)
        )
        if self.others and count == 1:
            line += " " + _("It is not yours to remove.")
        elif self.others:
            line += " " + put(
                n_("{count} of them is not yours to remove.", "{count} of them are not yours to remove.", len(self.others)),
                count=len(self.others),
            )
        return f"{text} {line}"

    def working(self) -> tuple[Line, ...]:
        """The numbers behind it, line by line."""
        rows = [
            Line(
                each.clue.text,
                put("w, {owner}", owner=each.clue.owner),
                percent(each.weight),
                f"F6.10, weight: {each.clue.source}",
            )
            for each in self.helps
        ]
        product = " × ".join(f"{1 - each.weight:.3g}" for each in self.helps) or "1"
        return (*rows, Line(self.ask, f"1 - prod(1 - w_k) = 1 - {product}", percent(self.chance), "F6.1 to F6.10"))


def _whole(chance: float) -> str:
    """A chance as a whole percentage."""
    return f"{int(chance * 100 + 0.5)} %"


def expose(clues: Iterable[Clue], question: str, ask: str = "") -> Exposure:
    """How exposed the answer to `question` is with these clues in sight. `ask` is the question in words."""
    seen = [(clue, clue.weights[question]) for clue in clues if clue.weights.get(question, 0) > 0]
    chance = _known(weight for _clue, weight in seen)
    helps = []
    for index, (clue, weight) in enumerate(seen):
        without = _known(other for place, (_clue, other) in enumerate(seen) if place != index)
        helps.append(Help(clue, weight, without, max(0.0, chance - without)))
    helps.sort(key=lambda each: (-each.drop, each.without, each.clue.id))
    return Exposure(question, ask or question, chance, tuple(helps))


def expose_all(clues: Iterable[Clue], asks: Mapping[str, str]) -> tuple[Exposure, ...]:
    """One exposure for each question (id to words), in the order given."""
    seen = tuple(clues)
    return tuple(expose(seen, question, ask) for question, ask in asks.items())


def on_board(play: Play, scene: str, weight: float = WEIGHT) -> tuple[Exposure, ...]:
    """What the cards in sight on a scene's board say, question by question: as they lay there when it was asked, else as the play stands.

    A card that its author did not weigh has `weight` for each question that it tells; one from `you`, or from nobody, is the player's own.
    Raises ValueError for a scene without a board, and KeyError when there is no such scene.
    """
    board = play.story.scenes[scene].board
    if board is None:
        raise ValueError(f"the scene {scene} has no board")
    asked = next((each for each in reversed(play.events) if isinstance(each, DecisionOffered) and each.scene == scene), None)
    lay = None if asked is None else {card.id for card in asked.cards}
    clues = [
        Clue(
            card.id,
            play.text(card.text),
            YOURS if card.owner == FROM_YOU else play.text(card.owner) or YOURS,
            dict.fromkeys(card.tells, weight if card.weight is None else card.weight),
            OUR_GUESS if card.weight is None else AUTHOR,
        )
        for card in board.cards.values()
        if (card.id in lay if lay is not None else card.guard is None or card.guard.test(play.values))
    ]
    return expose_all(clues, {question.id: play.text(question.ask) for question in board.questions.values()})


def boards(play: Play) -> tuple[str, ...]:
    """The scenes with a board that this play came to, in order."""
    return tuple(
        dict.fromkeys(each.scene for each in play.events if isinstance(each, DecisionOffered) and each.kind == "board")
    )


def _known(weights: Iterable[float]) -> float:
    return 1 - math.prod(1 - weight for weight in weights)
