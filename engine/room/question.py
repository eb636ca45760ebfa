"""What a room is asked at a decision: the items that can be voted for, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.play.events import DecisionOffered, Option
from engine.play.inputs import Input
from engine.words import _

OPEN = ""
"""The card that leaves a question of a board open."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be voted for."""

    key: str
    """The choice's or piece's id; on a board `question=card`."""
    number: int
    """As it is numbered on the screen, within its group: 0 is the silence, and on a board leaving it open."""
    label: str
    thought: str = ""
    """The inner voice. Not shown before the split is."""
    available: bool = True
    why_not: str = ""
    look: bool = False
    stay: bool = False
    cost: int = 1
    send: str = ""
    """What would be sent, if something is."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is voted on together: on a board each question, else the only one."""

    id: str
    ask: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A decision as a room is asked it."""

    scene: str
    kind: Literal["one", "several", "board"]
    ask: str
    groups: tuple[Group, ...]
    least: int = 0
    most: int = 0
    ordered: bool = False
    limit: int = 0
    """Seconds that a player on their own would have; 0: no limit."""
    skip: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, group by group."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """The items that can be taken now."""
        return tuple(item for item in self.items if item.available)

    @property
    def capped(self) -> bool:
        """Not all pieces can be picked together."""
        return self.kind == "several" and sum(item.cost for item in self.open_items) > self.most

    def item(self, key: str) -> Item | None:
        """The item of this key."""
        return next((item for item in self.items if item.key == key), None)

    def group_of(self, key: str) -> Group | None:
        """The group that an item stands in."""
        return next((group for group in self.groups if any(item.key == key for item in group.items)), None)

    def input(self, items: tuple[str, ...]) -> Input:
        """The decision that these items are, in their order."""
        if self.kind == "one":
            return Input(self.scene, "choose", items[0] if items else "")
        if self.kind == "several":
            return Input(self.scene, "pick", picks=items)
        return Input(self.scene, "link", picks=tuple(item for item in items if not item.endswith("=")))

    def chosen(self, given: Input) -> tuple[str, ...]:
        """The items that a decision is; what was skipped is none, and a lapse is not looked into."""
        if given.how == "choose":
            return (given.choice,)
        if self.kind == "board" and given.how == "link":
            pinned = {pick.partition("=")[0]: pick for pick in given.picks}
            return tuple(pinned.get(group.id, f"{group.id}=") for group in self.groups)
        return given.picks


def question_of(offer: DecisionOffered) -> Question:
    """The question that an offer puts to a room."""
    if offer.kind == "board":
        groups = tuple(
            Group(
                question.id,
                question.ask,
                (
                    *(Item(f"{question.id}={card.id}", number, card.text) for number, card in enumerate(offer.cards, 1)),
                    Item(f"{question.id}={OPEN}", 0, _("Leave it open")),
                ),
            )
            for question in offer.questions
        )
    else:
        groups = (Group("", offer.ask, _numbered(offer)),)
    return Question(
        offer.scene, offer.kind, offer.ask, groups, offer.least, offer.most, offer.ordered, offer.limit, offer.skip
    )  # fmt: skip


def _numbered(offer: DecisionOffered) -> tuple[Item, ...]:
    """The options with the numbers that they have everywhere: the silence is 0, and last."""
    items: list[Item] = []
    silence: list[Item] = []
    for option in offer.options:
        if offer.kind == "one" and option.id == offer.silence:
            silence.append(_item(option, 0))
        else:
            items.append(_item(option, len(items) + 1))
    return (*items, *silence)


def _item(option: Option, number: int) -> Item:
    return Item(
        option.id, number, option.label, option.thought, option.available, option.why_not, option.look, option.stay, option.cost,
        option.send or "",
    )  # fmt: skip


__all__ = ["OPEN", "Group", "Item", "Question", "question_of"]
