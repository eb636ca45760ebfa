"""What a reading of the thread with other eyes is made of. Plain data: every front end shows it in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.play.phone import Entry

WitnessKind = Literal["member", "public", "investigator", "stranger", "other"]
"""`member`: somebody of the cast. `public` has what came out, `stranger` what can be seen from outside, `investigator` an export;
`other` is somebody whom only the author knows."""

What = Literal[
    "message", "reaction", "edited", "deleted", "joined", "left", "renamed", "timer", "silence", "notice", "words", "place"
]  # fmt: skip


@dataclass(slots=True)
class Witness:
    """Somebody who can be asked how it read to them."""

    id: str
    kind: WitnessKind
    name: str
    what: str
    """Who they are, in a few words."""
    asked: bool
    """The author says what they make of it."""


@dataclass(slots=True)
class Glimpse:
    """One thing in the thread as a witness had it: an entry of a place, or words of their own (`entry` None)."""

    at: int
    """Story time, seconds."""
    place: str
    """Id of the place that it stood in; empty for words before anything was seen."""
    entry: Entry | None = None
    words: str = ""
    copy: bool = False
    """It reached them as a copy: they were not in the place."""


@dataclass(slots=True)
class Copy:
    """What is left of a message elsewhere."""

    how: Literal["quoted", "forwarded", "screenshot"]
    at: int
    by: str
    """Name of who made it."""
    to: str = ""
    """Name of the place that it stands in, when that is another one."""


@dataclass(slots=True)
class Record:
    """A line of an exported chat."""

    number: int
    """Counts the lines of the export; 0 for words that are no part of it, and for a heading."""
    at: int
    place: str
    """Name of the chat."""
    what: What
    who: str = ""
    text: str = ""
    """The words as far as anybody still has them; empty where nobody has."""
    former: str = ""
    """For an edit: what stood there before."""
    about: int = 0
    """The number of the line that a reaction, an edit or a deletion is about; 0 for one that is not in the export."""
    count: int = 1
    """How many reacted."""
    members: int = 0
    """How many had the chat on a phone at that moment; 0 when nobody can say."""
    read_by: int = 0
    """By how many it had been read, as far as the export says."""
    gone: Literal["", "deleted", "expired"] = ""
    gone_at: int = 0
    """When it went, story seconds."""
    copies: list[Copy] = field(default_factory=list)
    kept: bool = False
    """It is gone, and a copy of the words exists."""
    missed: bool = False
    """The player's phone never had it."""
    own: bool = False
    """The player's."""
    kind: str = "text"
    forwarded: int = 0


@dataclass(slots=True)
class Hidden:
    """What the player sent where this witness could not see it."""

    place: str
    """Name of the place."""
    to: bool
    """It is with one person: a direct message, a call."""
    count: int


@dataclass(slots=True)
class Seen:
    """The thread as one witness had it."""

    witness: Witness
    glimpses: list[Glimpse] = field(default_factory=list)
    """In the order in which it reached them. Empty for an investigator."""
    records: list[Record] = field(default_factory=list)
    """The export, for an investigator."""
    hidden: list[Hidden] = field(default_factory=list)
    drafts: int = 0
    """What the player wrote and took back; nobody saw that."""
    names: dict[str, str] = field(default_factory=dict)
    """Name of each place, by id."""
    members: dict[str, int] = field(default_factory=dict)
    """How many were in each place at the end, by id; 0 when that says nothing."""

    @property
    def empty(self) -> bool:
        """Nothing of it reached them."""
        return not any(glimpse.entry is not None for glimpse in self.glimpses) and not any(
            record.number for record in self.records
        )
