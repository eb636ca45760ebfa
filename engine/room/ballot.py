"""Votes, what they add up to, and what a room wants by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.play.inputs import Input
from engine.room.inputs import Setup
from engine.room.question import Question
from engine.words import _, n_, put


@dataclass(frozen=True, slots=True)
class Ballot:
    """One round: hands in bulk by item, and the items of each voter who voted by name of table or token."""

    hands: tuple[tuple[str, int], ...] = ()
    votes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hands or self.votes)

    def with_hands(self, item: str, count: int | None) -> Ballot:
        """The ballot with this count of hands."""
        rest = tuple(pair for pair in self.hands if pair[0] != item)
        return Ballot(rest if count is None else tuple(sorted((*rest, (item, count)))), self.votes)

    def with_vote(self, voter: str, items: tuple[str, ...] | None) -> Ballot:
        """The ballot with this vote."""
        rest = tuple(pair for pair in self.votes if pair[0] != voter)
        return Ballot(self.hands, rest if items is None else tuple(sorted((*rest, (voter, items)))))

    def counted(self, item: str) -> int | None:
        """The hands that were counted for an item; None: nobody has counted yet."""
        return next((count for key, count in self.hands if key == item), None)

    def vote(self, voter: str) -> tuple[str, ...] | None:
        """What a voter wants; None: not in yet."""
        return next((items for key, items in self.votes if key == voter), None)

    def tally(self, question: Question) -> dict[str, int]:
        """Item to how many want it, in the order in which the items stand."""
        found = {item.key: 0 for item in question.items}
        for item, count in self.hands:
            if item in found:
                found[item] += count
        for _voter, items in self.votes:
            for item in items:
                if item in found:
                    found[item] += 1
        return found


NO_VOTES = Ballot()


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not in yet. Nothing of it: all are in."""

    hands: int = 0
    """Hands short of the size of the room, in the group that has the fewest; less than nothing: more than there are people."""
    items: tuple[str, ...] = ()
    """Items for which nobody has counted yet, where hands are counted."""
    voters: tuple[str, ...] = ()
    """Tables that have not said."""

    def __bool__(self) -> bool:
        return bool(self.hands or self.items or self.voters)


def missing(question: Question, ballot: Ballot, setup: Setup) -> Missing:
    """What is not in yet.

    Of hands: with a known size and one to choose they must add up to it; else each item wants its count, and 0 is one.
    """
    voters = tuple(voter for voter in setup.voters if ballot.vote(voter) is None)
    if setup.tables:
        return Missing(voters=voters)
    items = tuple(item.key for item in question.open_items if ballot.counted(item.key) is None)
    if not setup.size:
        return Missing(items=items)
    if question.kind == "several":
        tally = ballot.tally(question)
        over = setup.size - max(tally.values(), default=0)
        return Missing(min(over, 0), items)
    tally = ballot.tally(question)
    gaps = [setup.size - sum(tally[item.key] for item in group.items) for group in question.groups]
    gap = min(min(gaps, default=0), 0) or max(gaps, default=0)
    return Missing(gap, items if gap > 0 else ())


def missing_words(gap: Missing, question: Question | None) -> str:
    """What is not in yet, as a sentence for the facilitator."""
    if gap.voters:
        names = [voter.rpartition("-")[2].upper() for voter in gap.voters]
        if len(names) == 1:
            return put(_("Table {name} has not said yet."), name=names[0])
        return put(_("Tables {names} and {last} have not said yet."), names=", ".join(names[:-1]), last=names[-1])
    if gap.hands < 0:
        words = n_("{count} hand more than there are people.", "{count} hands more than there are people.", -gap.hands)
        return words.replace("{count}", str(-gap.hands))
    if gap.hands > 0:
        return n_("{count} hand is missing.", "{count} hands are missing.", gap.hands).replace("{count}", str(gap.hands))
    labels = [item.label for item in (question.items if question else ()) if item.key in gap.items]
    if len(labels) == 1:
        return put(_("Nobody has counted yet: {label}"), label=labels[0])
    count = len(labels)
    return n_("{count} count is missing.", "{count} counts are missing.", count).replace("{count}", str(count))


def refusal(question: Question, wanted: Sequence[str]) -> str:
    """Why nobody can vote for these items, as a sentence for the facilitator; empty: they can."""
    if len(set(wanted)) != len(wanted):
        return _("Something is picked twice.")
    cost = 0
    for key in wanted:
        item = question.item(key)
        if item is None:
            return put(_("'{choice}' is not on offer here."), choice=key)
        if not item.available:
            return item.why_not
        cost += item.cost
    if question.kind == "one" and len(wanted) != 1:
        return _("One choice is wanted here.")
    if question.kind == "several" and cost > question.most:
        return put(_("That is more than {count}."), count=str(question.most))
    if question.kind == "several" and len(wanted) < question.least:
        return put(_("Pick at least {count}."), count=str(question.least))
    groups = [group.id for key in wanted if (group := question.group_of(key)) is not None]
    if question.kind == "board" and len(set(groups)) != len(groups):
        return _("One card for each question.")
    return ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a room wants by its votes."""

    why: Literal["majority", "tie", "nobody"]
    """majority: `input` is what most want. tie: the facilitator picks among `tied`. nobody: no votes that decide it."""
    input: Input | None = None
    sure: tuple[str, ...] = ()
    """Items that are in whatever a tie brings, the most wanted first."""
    tied: tuple[str, ...] = ()
    """Items of which some may be in."""
    room: int = 0
    """Of several: how much of the cap is left for those that are tied."""


def outcome(question: Question, ballot: Ballot, setup: Setup) -> Outcome:
    """What the room wants.

    Pick one: what has the most votes. A board: so for each question. Several: where there is a cap, what has the most votes, as far
    as the cap goes; where there is none, what more than half of the room wants. In an order: the more wanted first.
    """
    if question.kind == "several":
        return _several(question, ballot, setup)
    tally = ballot.tally(question)
    sure: list[str] = []
    tied: list[str] = []
    silent = False
    for group in question.groups:
        open_ = [item.key for item in group.items if item.available]
        most = max((tally[key] for key in open_), default=0)
        if not most:
            silent = True
            continue
        first = [key for key in open_ if tally[key] == most]
        (sure if len(first) == 1 else tied).extend(first)
    if silent:
        return Outcome("nobody", None, tuple(sure), tuple(tied))
    if tied:
        return Outcome("tie", None, tuple(sure), tuple(tied))
    return Outcome("majority", question.input(tuple(sure)), tuple(sure))


def _several(question: Question, ballot: Ballot, setup: Setup) -> Outcome:
    tally = ballot.tally(question)
    items = {item.key: item for item in question.open_items}
    wanted = sorted((key for key in items if tally[key]), key=lambda key: -tally[key])
    left = question.most
    sure: list[str] = []
    tied: list[str] = []
    if question.capped:
        while wanted and not tied:
            level = [key for key in wanted if tally[key] == tally[wanted[0]]]
            wanted = wanted[len(level) :]
            cost = sum(items[key].cost for key in level)
            if cost <= left:
                sure.extend(level)
                left -= cost
            else:
                fitting = [key for key in level if items[key].cost <= left]
                if len(fitting) == 1:
                    sure.extend(fitting)
                    left -= items[fitting[0]].cost
                elif fitting:
                    tied.extend(fitting)
    else:
        people = _voters(ballot, tally, setup)
        sure = [key for key in wanted if 2 * tally[key] > people]
        tied = [key for key in wanted if 2 * tally[key] == people]
        left -= sum(items[key].cost for key in sure)
    if tied:
        return Outcome("tie", None, tuple(sure), tuple(tied), left)
    if len(sure) < question.least or not ballot:
        return Outcome("nobody", None, tuple(sure), (), left)
    if question.ordered:
        sure.sort(key=lambda key: (-tally[key], _places(ballot, key)))
        same = {key for key in sure for other in sure if key != other and _alike(ballot, tally, key, other)}
        if same:
            return Outcome("tie", None, tuple(sure), tuple(key for key in sure if key in same), left)
    return Outcome("majority", question.input(tuple(sure)), tuple(sure), (), left)


def _voters(ballot: Ballot, tally: Mapping[str, int], setup: Setup) -> int:
    """How many vote: the tables and tokens that did, and the people of the room. Where nobody knows: as many as the most wanted has."""
    if ballot.hands or not ballot.votes:
        return max([setup.size + len(ballot.votes) if setup.size else 0, *tally.values()])
    return len(ballot.votes)


def _places(ballot: Ballot, key: str) -> tuple[int, int]:
    """Where a piece stands in the orders of those who gave one: (sum of the places, of how many), the earlier first."""
    places = [items.index(key) for _voter, items in ballot.votes if key in items]
    return sum(places), len(places)


def _alike(ballot: Ballot, tally: Mapping[str, int], one: str, other: str) -> bool:
    return tally[one] == tally[other] and _places(ballot, one) == _places(ballot, other)


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a split."""

    key: str
    group: str
    first: int
    second: int | None
    """None: there was no second vote."""
    voters: tuple[str, ...]
    """Who of the tables chose it first."""
    voters_second: tuple[str, ...]

    @property
    def change(self) -> int:
        """How many more wanted it in the second vote."""
        return 0 if self.second is None else self.second - self.first


@dataclass(frozen=True, slots=True)
class Move:
    """A table that changed its mind."""

    voter: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """How a room voted: shown only once all are in."""

    rows: tuple[Row, ...]
    moves: tuple[Move, ...]

    def most(self) -> int:
        """The highest count of either round, to scale bars by; at least 1."""
        return max([1, *(row.first for row in self.rows), *(row.second or 0 for row in self.rows)])


def split(question: Question, first: Ballot, second: Ballot | None) -> Split:
    """The split of the first round, and of the second beside it."""
    before = first.tally(question)
    after = second.tally(question) if second is not None else None

    def who(ballot: Ballot | None, key: str) -> tuple[str, ...]:
        return tuple(voter for voter, items in ballot.votes if key in items) if ballot is not None else ()

    rows = tuple(
        Row(
            item.key,
            group.id,
            before[item.key],
            None if after is None else after[item.key],
            who(first, item.key),
            who(second, item.key),
        )
        for group in question.groups
        for item in group.items
    )
    moves: list[Move] = []
    for voter, items in second.votes if second is not None else ():
        was = first.vote(voter)
        if was is not None and was != items:
            moves.append(Move(voter, was, items))
    return Split(rows, tuple(moves))


__all__ = [
    "NO_VOTES", "Ballot", "Missing", "Move", "Outcome", "Row", "Split", "missing", "missing_words", "outcome", "refusal", "split",
]  # fmt: skip
