"""What happens in a play, as typed events.

A front end renders these and computes nothing. Every event has `at`: the story's clock in seconds since the midnight that
begins day 1 (so 86,400 is the midnight between day 1 and day 2; the past before the story has negative times).
Texts are plain: slots and names are filled in, nothing is markup. A part of a text that is described instead of spelled out
stands between `engine.text.MASK_OPEN` and `MASK_CLOSE`; `engine.text.segments` splits it.

Events are encoded with `engine.play.events.encode`, which gives the same bytes for the same play on every machine.
"""

from __future__ import annotations

from typing import Literal

import msgspec

YOU = "you"
"""Sender id of the player. No cast member may be called so."""

MessageKind = Literal[
    "text", "picture", "voice", "video", "document", "sticker", "gif", "link", "location", "poll",
    "post", "comment", "mail", "speech", "prose", "notice",
]  # fmt: skip


class Event(msgspec.Struct, kw_only=True, frozen=True, tag=True, omit_defaults=True, gc=False):
    """Something that happened. `at` is in seconds of story time."""

    at: int


class PlayBegan(Event, frozen=True):
    """The first event of every play."""

    scenario: str
    title: str
    seed: int


class SetDown(Event, frozen=True):
    """No decision led here: a preview set the play down in this scene, or set values in it directly (`Play.at`)."""

    scene: str
    values: dict[str, int] = {}
    """Name to number; dials in hundredths of a point."""


class SceneBegan(Event, frozen=True):
    """A scene opens on a place (None: no place of its own). `consequence` is true for what came due."""

    scene: str
    title: str
    place: str | None
    consequence: bool = False


class SceneEnded(Event, frozen=True):
    """A scene with nothing to choose is over; a front end waits here for the reader."""

    scene: str


class TimePassed(Event, frozen=True):
    """The clock moved from `since` to `at` between scenes; `words` says how long, in words."""

    since: int
    words: str
    after_end: bool = False


class MessageShown(Event, frozen=True):
    """A message, post, mail, line of speech or prose appears in a place."""

    id: str
    place: str
    sender: str | None
    name: str
    kind: MessageKind
    text: str
    forwarded: Literal[0, 1, 2] = 0
    """0 no, 1 forwarded, 2 forwarded many times."""
    reply_to: str | None = None
    on: str | None = None
    """The post that a comment stands under."""
    subject: str | None = None
    to: str | None = None
    length: int = 0
    """Length of a voice note or video, seconds."""
    view_once: bool = False
    edited: bool = False
    past: bool = False
    """Part of what could be scrolled back to when the story began."""
    expires: int | None = None
    """When a disappearing message goes, in story time."""


class Missed(Event, frozen=True):
    """A message that did not reach the player: they had left, were removed, or blocked. Only the debrief shows it."""

    id: str
    place: str
    name: str
    text: str
    why: Literal["left", "removed"]


class Typing(Event, frozen=True):
    """Somebody begins (`on`) or stops typing."""

    place: str
    sender: str
    name: str
    on: bool


class Breath(Event, frozen=True):
    """A pause in the telling; `seconds` of story time went by (0: only a breath)."""

    seconds: int = 0


class Reacted(Event, frozen=True):
    """`count` people (named first: `name`) reacted to a message."""

    place: str
    message: str
    sender: str
    name: str
    emoji: str
    count: int = 1


class ReadBy(Event, frozen=True):
    """A message has been read by this many people."""

    place: str
    message: str
    count: int


class Counted(Event, frozen=True):
    """Counters of a post grew to these figures; None leaves one as it is."""

    place: str
    message: str
    likes: int | None = None
    shares: int | None = None
    comments: int | None = None


class Edited(Event, frozen=True):
    """A message was changed by its sender; `how` is edited or cropped."""

    place: str
    message: str
    text: str
    how: Literal["edited", "cropped"] = "edited"


class Deleted(Event, frozen=True):
    """A message was deleted; a tombstone stays. `name` is who deleted it."""

    place: str
    message: str
    by: str
    name: str


class Expired(Event, frozen=True):
    """A disappearing message went."""

    place: str
    message: str


class Joined(Event, frozen=True):
    """Somebody joined or was added (`by`)."""

    place: str
    who: str
    name: str
    by: str | None = None
    """Name of who added them; `you` when the player did."""
    past: bool = False
    """Part of what could be scrolled back to when the story began; counts no members."""


class Left(Event, frozen=True):
    """Somebody left, or was removed (`by`). `who` may be the player."""

    place: str
    who: str
    name: str
    by: str | None = None
    """Name of who removed them; `you` when the player did."""
    past: bool = False
    """Part of what could be scrolled back to when the story began; counts no members."""


class Renamed(Event, frozen=True):
    """A place got another name."""

    place: str
    name: str


class TimerSet(Event, frozen=True):
    """Disappearing messages were switched on (`seconds`) or off (0)."""

    place: str
    seconds: int
    by: str
    name: str


class Muted(Event, frozen=True):
    """The player muted a place; its scenes are seen later by `seconds`. 0 is unmuted."""

    place: str
    seconds: int


class Option(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True, gc=False):
    """One thing that the player could do."""

    id: str
    label: str
    action: str
    thought: str = ""
    on: str | None = None
    to: str | None = None
    send: str | None = None
    """Text that stands as a draft before it goes; None: nothing is sent."""
    forward: str | None = None
    react: str | None = None
    audience: str = ""
    """Who would see what is sent, in words."""
    look: bool = False
    stay: bool = False
    available: bool = True
    why_not: str = ""
    cost: int = 1
    """For `pick`: how many of the cap it uses."""


class CardShown(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True, gc=False):
    """A clue card in sight."""

    id: str
    text: str
    owner: str = ""


class QuestionShown(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True, gc=False):
    """A question of a board."""

    id: str
    ask: str


class DecisionOffered(Event, frozen=True):
    """The story waits for the player. Options stand in the order to show them (shuffled by the seed)."""

    scene: str
    place: str | None
    kind: Literal["one", "several", "board"]
    ask: str = ""
    options: tuple[Option, ...] = ()
    silence: str | None = None
    """The id of the silence among the options."""
    no_silence: str = ""
    """Why silence is not possible here."""
    limit: int = 0
    """Seconds until it lapses; 0 is no limit."""
    least: int = 0
    most: int = 0
    ordered: bool = False
    looks: str = ""
    """For `several`: switches, pieces, members or list."""
    done: str = ""
    send: str | None = None
    to: str | None = None
    audience: str = ""
    cards: tuple[CardShown, ...] = ()
    questions: tuple[QuestionShown, ...] = ()
    skip: bool = False
    not_now: dict[str, str] = {}
    """Action to reason, for taps that lead to no choice here."""


class DecisionTaken(Event, frozen=True):
    """The player decided. `label` says what, in words."""

    scene: str
    how: Literal["choose", "pick", "link", "lapse", "skip"]
    choice: str
    label: str
    action: str = "wait"
    picks: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class DraftTakenBack(Event, frozen=True):
    """The player wrote it and did not send it. Changes nothing; the debrief mentions it."""

    scene: str
    choice: str
    text: str


class DialsChanged(Event, frozen=True):
    """Dials moved, with the reason. Values in hundredths of a point; `source` is the id of what moved them."""

    changes: dict[str, int]
    because: str
    source: str
    late: int = 100
    """Percent at which the good of `changes` counted, for being late; 100 where nothing was late, or nothing good."""


class FlagSet(Event, frozen=True):
    """A flag changed. Yes is 1, no is 0."""

    flag: str
    value: int
    source: str


class ConsequencePending(Event, frozen=True):
    """Something will come due at `due`, unless something prevents it. Not for the player's eyes before the debrief."""

    id: str
    due: int
    made_by: str
    promise: bool = False


class ConsequenceDue(Event, frozen=True):
    """Something came due, made by an earlier choice or by the story (`reckoning`)."""

    id: str
    scene: str | None
    made_by: str
    promise: bool = False
    prevented: bool = False


class SeenLate(Event, frozen=True):
    """A muted place: the player sees what follows this many seconds after it was sent."""

    place: str
    seconds: int


class Skipped(Event, frozen=True):
    """A beat was skipped; one line tells what it was."""

    scene: str
    told: str


class ReadingChosen(Event, frozen=True):
    """Asked before a scene to read, the player said whether to read it. Stands after all that the last decision led to; changes nothing."""

    scene: str
    read: bool


class SceneCut(Event, frozen=True):
    """A scene that would have come is left out, since a cut is played; `line` tells what one misses."""

    scene: str
    line: str


class EndingReached(Event, frozen=True):
    """The play is over."""

    ending: str
    title: str
    epilogue: str
    codas: tuple[str, ...] = ()
    support: bool = False


AnyEvent = (
    PlayBegan | SetDown | SceneBegan | SceneEnded | TimePassed | MessageShown | Missed | Typing | Breath | Reacted | ReadBy | Counted
    | Edited | Deleted | Expired | Joined | Left | Renamed | TimerSet | Muted | DecisionOffered | DecisionTaken | DraftTakenBack
    | DialsChanged | FlagSet | ConsequencePending | ConsequenceDue | SeenLate | Skipped | ReadingChosen | SceneCut
    | EndingReached
)  # fmt: skip

_encoder = msgspec.json.Encoder(order="deterministic")


def encode(events: list[Event] | tuple[Event, ...]) -> bytes:
    """Events as JSON lines, byte for byte the same for the same play."""
    return b"".join(_encoder.encode(event) + b"\n" for event in events)


_decoder: msgspec.json.Decoder[AnyEvent] | None = None


def decode(lines: bytes) -> list[Event]:
    """Events back from what `encode` gave. Raises msgspec.DecodeError on anything else."""
    global _decoder
    if _decoder is None:
        _decoder = msgspec.json.Decoder(AnyEvent)
    return [_decoder.decode(line) for line in lines.splitlines()]
