"""What a debrief is made of. Plain data: every front end shows it in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.debrief.witness import Witness


@dataclass(slots=True)
class TranscriptLine:
    """One line of what the player saw."""

    at: int
    """Story time, seconds."""
    place: str
    """Name of the place it was shown in."""
    name: str
    text: str
    kind: str
    own: bool = False
    note: str = ""
    """`deleted`, `expired`, `edited`, `forwarded`, or nothing."""


@dataclass(slots=True)
class Reason:
    """Why dials moved."""

    at: int
    changes: dict[str, int]
    """Dial to change, in hundredths of a point."""
    because: str
    source: str
    what: str
    """What moved them, in words: the decision's label, or the title of what came due."""
    late: int = 100
    """Percent at which the good of it counted, for being late."""


@dataclass(slots=True)
class Motion:
    """Something that a decision set in motion."""

    id: str
    made_by: str
    due: int
    """Story time at which it was due, seconds."""
    delay: int
    """Seconds after the decision."""
    came: Literal["came", "prevented", "otherwise", "pending", "beyond"]
    """`beyond`: it lies where the next part of a career has begun by then. It stays out there, and what it is is not told."""
    title: str = ""
    """Title of what came; of what would have come or is to come, where nothing did."""
    scene: str | None = None
    promise: bool = False
    lines: list[TranscriptLine] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    affects: list[str] = field(default_factory=list)
    """Names of those whom the author says it touched, once it came."""
    people: list[str] = field(default_factory=list)
    """Names of the cast who are to be met in what came: who speaks there, and whose phone it is on."""


@dataclass(slots=True)
class Moment:
    """A scene of the play: what was shown, what the player did, and what that set in motion."""

    scene: str
    title: str
    at: int
    place: str
    """Name of the place, or nothing."""
    phone: str | None = None
    """Whose phone it was, when it was not the player's."""
    consequence: bool = False
    after_end: bool = False
    made_by: str = ""
    decision: int = -1
    """How many decisions came before this one; -1 for a scene without a decision. Rewinding to it takes this number."""
    lines: list[TranscriptLine] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """What the player decided, in words (several for looks and choices that stay)."""
    before: int = 0
    """How many of the lines were shown before the first decision; the others answer it."""
    how: str = ""
    thought: str = ""
    alternatives: list[str] = field(default_factory=list)
    """Labels of what else was on offer."""
    drafts: list[str] = field(default_factory=list)
    """Written and taken back."""
    reasons: list[Reason] = field(default_factory=list)
    motions: list[Motion] = field(default_factory=list)
    unseen: str = ""
    """What went on elsewhere."""
    missed: list[TranscriptLine] = field(default_factory=list)
    """What was said where the player no longer was."""
    affects: list[str] = field(default_factory=list)
    """Names of those whom the decision touched: as the author says; where the author says nothing, those to be met in what came of it."""
    waiting: list[tuple[str, int]] = field(default_factory=list)
    """Other places on the player's phone in which something had come in unread since the decision before, and how many things."""
    elsewhere: list[TranscriptLine] = field(default_factory=list)
    """What others said within the hour where the player could not see it; of somebody else's phone, the place says whose it is."""
    first: int = 0
    """The first event of this moment in the play."""
    last: int = 0
    """The event after the last one of this moment."""
    covered: bool = False
    """It was not read, and is told in one line."""


@dataclass(slots=True)
class DialLine:
    """One dial at the end, with all that moved it."""

    name: str
    label: str
    value: int
    """Sum of all changes, hundredths of a point, without bounds."""
    shown: int
    """Whole points, from -10 to +10."""
    reasons: list[Reason] = field(default_factory=list)


@dataclass(slots=True)
class Debrief:
    """A play, looked back at."""

    scenario: str
    title: str
    player: str
    seed: int
    moments: list[Moment]
    dials: list[DialLine]
    ending: str | None = None
    """None while the story is not over."""
    ending_title: str = ""
    epilogue: str = ""
    codas: tuple[str, ...] = ()
    support: bool = False
    support_line: str = ""
    questions: list[str] = field(default_factory=list)
    cheapest: str | None = None
    """Scene where acting was cheapest, as the author sees it."""
    cheapest_title: str = ""
    cheapest_because: str = ""
    second_thoughts: int = 0
    """Drafts taken back."""
    left_out: list[str] = field(default_factory=list)
    """Of a short session: what scenes that it left out would have told, where they would have come, in one line each."""
    carried: list[str] = field(default_factory=list)
    """What came from earlier parts of a career, in words."""
    still_out: list[str] = field(default_factory=list)
    """What was put at stake in earlier parts, as it stands now, in sentences; whoever knows these parts puts it in."""
    witnesses: list[Witness] = field(default_factory=list)
    """Who can be asked how the same thread read to them: see `engine.debrief.seenby`."""

    def decisions(self) -> list[Moment]:
        """The moments at which something was decided."""
        return [moment for moment in self.moments if moment.decision >= 0]
