"""What a facilitator and a room do: the only thing, besides the story and the setup, that decides how a room stands.

Each is a fact with stable ids, not a key press: `Tell(to=3)` and not "next". So doing one twice does no harm, a journal of them can
be read by a person, and whoever votes later by telephone hands in a `Vote` like any table.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.play.inputs import Input

Phase = Literal["telling", "ask", "first", "reveal", "talk", "second", "shift", "decide", "ended"]
"""Where a room is: something is told; the question stands; hands are counted; the split is shown; the room talks; hands are counted
again; what moved is shown; what is to be done is confirmed; the story is over and is looked back at."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_HANDS = 999
"""More hands than this are a slip of the finger."""


def table(letter: str) -> str:
    """The voter that is a table: `table-a` for A."""
    return f"table-{letter.lower()}"


class Setup(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a room plays. It never changes; with the story it decides what there is to tell."""

    seed: int
    tables: int = 0
    """How many tables give their choice, A onwards; 0: hands are counted."""
    size: int = 0
    """How many people vote, if that is known; 0: it is not."""
    minutes: int = 0
    """Length of the session; 0: none was said."""
    cut: tuple[str, ...] = ()
    """Scenes that are left out."""
    rehearsal: bool = False
    """Nobody votes: the votes are drawn by the seed."""

    @property
    def voters(self) -> tuple[str, ...]:
        """The tables, as voters."""
        return tuple(table(letter) for letter in LETTERS[: self.tables])


class RoomInput(msgspec.Struct, frozen=True, tag=True, tag_field="do", omit_defaults=True, gc=False):
    """Something that is done in a room."""


class Tell(RoomInput, frozen=True):
    """So many stops of this stretch of the story are told; see `engine.room.stops`. More than there are: all of them."""

    to: int


class Turn(RoomInput, frozen=True):
    """Go to another phase of this decision, forward or back. Ballots stay as they are.

    `anyway`: though not everybody is in. A split that was shown once can be shown again.
    """

    to: Phase
    anyway: bool = False


class Hands(RoomInput, frozen=True):
    """So many hands for an item, counted in round 1 or 2; None takes the count away."""

    item: str
    count: int | None
    round: int = 1


class Vote(RoomInput, frozen=True):
    """What a voter wants: items, in their order; None takes the vote away. A voter is a table (`table-a`) or any token of a telephone."""

    voter: str
    items: tuple[str, ...] | None
    round: int = 1


class Decide(RoomInput, frozen=True):
    """So it is done, and the story goes on. What is not what most wanted is the facilitator's choice, and is kept as such."""

    input: Input


class Skip(RoomInput, frozen=True):
    """What is left of a scene that is only read is passed over; one line tells what it was. A scene with a decision is skipped by `Decide`."""

    scene: str


class Go(RoomInput, frozen=True):
    """Stand somewhere in the story where the room has been: at a decision (`node`), with so many stops before it told; -1: all.

    `keep` begins with the votes that were cast there last, to correct a count. What was decided from there stays a road of its own.
    """

    node: int
    told: int = -1
    keep: bool = False


class Clock(RoomInput, frozen=True):
    """The countdown: `left` seconds at the wall-clock time `since` (seconds), running down from then if `running`; `left` None: none."""

    left: float | None = None
    running: bool = False
    since: float = 0.0


class Page(RoomInput, frozen=True):
    """Look at a page of what is said after the end."""

    to: int


class Undo(RoomInput, frozen=True):
    """As if the last thing had not been done. Done again, the one before. A countdown and pages are left as they are."""


AnyInput = Tell | Turn | Hands | Vote | Decide | Skip | Go | Clock | Page | Undo

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[AnyInput] | None = None


def encode(given: RoomInput) -> str:
    """An input as one line of JSON."""
    return _encoder.encode(given).decode()


def decode(text: str | bytes) -> AnyInput:
    """The input that `encode` wrote. Raises msgspec.DecodeError for anything else."""
    global _decoder
    if _decoder is None:
        _decoder = msgspec.json.Decoder(AnyInput)
    return _decoder.decode(text)


__all__ = [
    "LETTERS", "MOST_HANDS", "AnyInput", "Clock", "Decide", "Go", "Hands", "Page", "Phase", "RoomInput", "Setup", "Skip", "Tell", "Turn",
    "Undo", "Vote", "decode", "encode", "table",
]  # fmt: skip
