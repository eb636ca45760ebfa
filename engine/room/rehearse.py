"""A rehearsal without a room: votes drawn by the seed, so that a facilitator can go through everything alone.

Nobody is simulated here in earnest. Each table leans to an option of its own, fewer to the silence, and in a second vote about a
third of those that were outvoted go over to what most wanted: enough for bars, ties and shifts to look as they will.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.play.inputs import Input
from engine.room import ballot as votes
from engine.room.inputs import AnyInput, Hands, Vote
from engine.room.question import Group, Item, Question
from engine.room.room import Room
from engine.story.names import stream

USUAL_SIZE = 24
"""People in a rehearsal whose size nobody gave."""
_GOES_OVER = 1 / 3
_SILENT = 0.4
"""How likely the silence and looking are, beside an ordinary option."""


def drawn_votes(room: Room, round_: int = 1) -> tuple[AnyInput, ...]:
    """Votes for a round that is open: of every table, or hands for every item. The same for the same room."""
    question = room.question
    assert question is not None
    voters = room.setup.voters or tuple(f"person-{number}" for number in range(1, (room.setup.size or USUAL_SIZE) + 1))
    taste = _stream(room, "taste")
    weights = {
        item.key: taste.random() ** 2 + 0.05 if item.number and not item.look else _SILENT * taste.random()
        for item in question.open_items
    }
    drawn: dict[str, tuple[str, ...]] = {}
    for voter in voters:
        drawn[voter] = _ballot(question, weights, _stream(room, f"vote\x1f{voter}"))
        if round_ == 2:
            drawn[voter] = _second(room, voter, drawn[voter])
    if room.setup.tables:
        return tuple(Vote(voter, items, round_) for voter, items in drawn.items())
    counts = {item.key: 0 for item in question.open_items}
    for items in drawn.values():
        for key in items:
            counts[key] += 1
    return tuple(Hands(key, count, round_) for key, count in counts.items())


def drawn_choice(room: Room) -> Input | None:
    """What a facilitator might take where the votes decide nothing; None when nothing can be taken."""
    question = room.question
    if question is None:
        return None
    found = room.outcome()
    stream = _stream(room, "tie")
    if question.kind == "several":
        sure = list(found.sure)
        left = question.most - sum(_cost(question, key) for key in sure)
        rest = [key for key in found.tied if key not in sure]
        rest += (
            [item.key for item in question.open_items if item.key not in (*sure, *rest)] if len(sure) < question.least else []
        )
        for key in rest:
            if _cost(question, key) <= left and (key in found.tied or len(sure) < question.least):
                sure.append(key)
                left -= _cost(question, key)
        return question.input(tuple(sure))
    chosen: list[str] = []
    for group in question.groups:
        keys = [item.key for item in group.items if item.available]
        likely = [key for key in keys if key in found.sure] or [key for key in keys if key in found.tied] or keys
        if likely:
            chosen.append(likely[int(stream.random() * len(likely))])
    return question.input(tuple(chosen)) if chosen or question.kind == "board" else None


def _cost(question: Question, key: str) -> int:
    item = question.item(key)
    return item.cost if item is not None else 0


def _stream(room: Room, purpose: str) -> random.Random:
    visit = room.visit
    number = visit.id if visit is not None else -1
    return stream(room.setup.seed, "rehearsal", f"{number}\x1f{purpose}")


def _ballot(question: Question, weights: dict[str, float], drawing: random.Random) -> tuple[str, ...]:
    """What one voter wants."""
    if question.kind != "several":
        return tuple(_one(group, weights, drawing) for group in question.groups if any(item.available for item in group.items))
    left = question.most
    wanted: list[str] = []
    items = list(question.open_items)
    while items and (left > 0):
        item = _weighted(items, weights, drawing)
        items.remove(item)
        if item.cost <= left and (len(wanted) < question.least or drawing.random() < 0.8):
            wanted.append(item.key)
            left -= item.cost
    return tuple(wanted)


def _one(group: Group, weights: dict[str, float], drawing: random.Random) -> str:
    return _weighted([item for item in group.items if item.available], weights, drawing).key


def _weighted(items: Sequence[Item], weights: dict[str, float], drawing: random.Random) -> Item:
    at = drawing.random() * sum(weights[item.key] for item in items)
    for item in items:
        at -= weights[item.key]
        if at < 0:
            return item
    return items[-1]


def _second(room: Room, voter: str, drawn: tuple[str, ...]) -> tuple[str, ...]:
    """What a voter wants after the talk: what they wanted first, or what most did."""
    visit, question = room.visit, room.question
    assert visit is not None
    assert question is not None
    before = visit.first.vote(voter) or drawn
    first = votes.outcome(question, visit.first, room.setup)
    if not first.sure or _stream(room, f"second\x1f{voter}").random() >= _GOES_OVER:
        return before
    if question.kind != "board":
        return first.sure
    sure = {key.partition("=")[0]: key for key in first.sure}
    return tuple(sure.get(key.partition("=")[0], key) for key in before)


__all__ = ["USUAL_SIZE", "drawn_choice", "drawn_votes"]
