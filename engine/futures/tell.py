"""One world told as a story: who showed it to whom, from its actual path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from engine.futures.network import CLUB, FAMILY, FAR, FRIEND, NEIGHBOUR, WORK, Network
from engine.futures.show import put
from engine.script.times import duration_words
from engine.story.names import made_up, stream
from engine.words import _, n_

if TYPE_CHECKING:
    from engine.futures.worlds import Worlds
    from engine.play.play import Play

_T = TypeVar("_T")

ROLE_ORDER = ("reporter", "concerned", "manager")
"""Whose story is told first, where several of them had it."""

TOLD = 2
"""Of more people in between than this, the first and the last are told of."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The words of a play's cast, for those in the network who are in it: id to name, and id to `her`, `his` or `their`."""

    names: Mapping[str, str] = field(default_factory=dict)
    their: Mapping[str, str] = field(default_factory=dict)
    locale: str = "en_GB"

    @classmethod
    def of(cls, play: Play) -> Cast:
        """The cast of this play."""
        people = play.story.cast
        return cls(
            {person: play.words[person] for person in people},
            {person: play.words[f"{person}.their"] for person in people},
            play.story.scenario.language,
        )


def _kin() -> tuple[tuple[str, str, str], ...]:
    """(`{their} brother`, `He`, `his`)"""
    he, she = (_("He"), _("his")), (_("She"), _("her"))
    return (
        (_("{their} brother"), *he),
        (_("{their} sister"), *she),
        (_("{their} mother"), *she),
        (_("{their} father"), *he),
        (_("{their} aunt"), *she),
        (_("{their} uncle"), *he),
    )


def _shown_to() -> dict[int, tuple[str, ...]]:
    """What somebody is to the one who shows it to them."""
    return {
        NEIGHBOUR: (_("a neighbour"), _("the neighbour across the landing")),
        CLUB: (_("a friend from the choir"), _("somebody from five-a-side"), _("somebody from the running club")),
        WORK: (_("a colleague"), _("the one at the next desk")),
        FRIEND: (_("an old friend"), _("a friend from school")),
        FAR: (_("a friend in another town"), _("an old flatmate")),
    }


def _knows() -> dict[int, tuple[str, ...]]:
    """How somebody knows the last one."""
    return {
        FAMILY: (_("is related to"), _("is a cousin of")),
        NEIGHBOUR: (_("lives next door to"), _("shares a landing with"), _("walks the dog with")),
        CLUB: (_("plays five-a-side with"), _("sings in a choir with"), _("runs on Sundays with")),
        WORK: (_("works with"), _("sits next to"), _("has lunch with")),
        FRIEND: (_("was at school with"), _("goes back years with")),
        FAR: (_("once shared a flat with"), _("still writes to")),
    }


def _role_words() -> dict[str, str]:
    return {
        "reporter": _("a reporter"),
        "manager": _("a manager"),
        "concerned": _("the person it was about"),
    }


class Teller:
    """Tells worlds. Names are the cast's, or made up, the same for the same seed; made up only when they are told."""

    def __init__(self, worlds: Worlds, cast: Cast | None = None) -> None:
        self.worlds = worlds
        self.network: Network = worlds.network
        self.cast = cast or Cast()
        self._kinds = {(one, other): kind for one, other, kind in self.network.ties}

    def tell(self, world: int) -> str:
        """Two or three sentences on what became of it in this world, from its actual path. ValueError for a world there is not."""
        people = self.worlds.people(world)
        found = float(self.worlds.found[world])
        if not people:
            return self._found(found) if found < float("inf") else _("Nobody showed it to anybody. It was never seen again.")
        had = dict(people)
        roles = self.network.roles
        role = next((each for each in ROLE_ORDER if roles.get(each) in had), None)
        path = self.worlds.path(world, roles[role] if role is not None else people[-1][0])
        text = self._way(path, role)
        if role is None:
            text += " " + n_(
                "One person outside had seen it, and it went no further.",
                "{count} people outside had seen it in the end, and it went no further.",
                len(people),
            ).replace("{count}", str(len(people)))
        return text

    def _found(self, at: float) -> str:
        # How it was found is not drawn; the likeliest way is told.
        return put(
            _("Nobody showed it to anybody. {time} later a phone was examined for another reason, and there it was."),
            time=_upper(duration_words(int(at))),
        )

    def _way(self, path: tuple[tuple[int, float], ...], role: str | None) -> str:
        """The sentences of one path, from a member of the place to the last who is told of."""
        names = _Names(self)
        people = [person for person, _at in path]
        hands = people[1:-1] if role is not None else people[1:]
        left_out = max(0, len(hands) - TOLD)
        told: list[str] = []
        subject, before = names.name(people[0]), people[0]
        for number, person in enumerate(hands):
            last = number == len(hands) - 1
            if not left_out or number == 0:
                whom, following = names.introduced(before, person)
                text = _("{who} showed it to {whom}.") if number == 0 else _("{who} passed it on to {whom}.")
                told.append(put(text, who=subject, whom=whom))
                subject = following
            elif last:
                text = n_(
                    "It went through one more pair of hands to {whom}.",
                    "It went through {count} more hands to {whom}.",
                    left_out,
                )
                subject = names.name(person)
                told.append(put(text, count=left_out, whom=subject))
            before = person
        if role is not None:
            end = people[-1]
            told.append(
                put(
                    _("{who} {knows} {whom}, who had it {time} after it was sent."),
                    who=subject,
                    knows=self.pick("knows", before, end, _knows()[self.kind(before, end)]),
                    whom=names.name(end) if end in self.network.who else _role_words()[role],
                    time=duration_words(int(path[-1][1])),
                )
            )
        return " ".join(told)

    def kind(self, one: int, other: int) -> int:
        """What the tie of two people is made of."""
        return self._kinds[(one, other) if one < other else (other, one)]

    def pick(self, purpose: str, one: int, other: int, words: tuple[_T, ...]) -> _T:
        """One of the words, the same for the same two people."""
        return words[int(stream(self.worlds.seed, purpose, f"{one}-{other}").random() * len(words))]

    def taken(self) -> set[str]:
        """The words of the cast's names, small letters: nobody else is called so."""
        return {word.casefold() for name in self.cast.names.values() for word in name.split()}


class _Names:
    """What people are called within one story."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self._taken = teller.taken()
        self._names: dict[int, str] = {}
        self._their: dict[int, str] = {}

    def name(self, person: int) -> str:
        """The cast's name, or one that is made up."""
        cast, who = self.teller.cast, self.teller.network.who.get(person)
        if who is not None and who in cast.names:
            return cast.names[who]
        if person not in self._names:
            self._names[person] = made_up(self.teller.worlds.seed, f"world-{person}", cast.locale, self._taken)[0]
        return self._names[person]

    def introduced(self, one: int, other: int) -> tuple[str, str]:
        """(how `other` is called when `one` shows it to them, how they are called in the next sentence)."""
        teller = self.teller
        kind = teller.kind(one, other)
        if other in teller.network.who:
            return self.name(other), self.name(other)
        if kind == FAMILY:
            whom, subject, their = teller.pick("kin", one, other, _kin())
            self._their[other] = their
            who = teller.network.who.get(one)
            owner = self._their.get(one) or teller.cast.their.get(who or "", _("their"))
            return put(whom, their=owner), subject
        name = self.name(other)
        return put(_("{name}, {what}"), name=name, what=teller.pick("what", one, other, _shown_to()[kind])), name


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
