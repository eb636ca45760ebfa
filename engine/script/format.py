"""What an author may write: the types of a scenario file.

These types are the single source of the format. The reader walks them to check a file, the JSON Schema for editors is made
from them, and every `meta(...)` description is what a trainer sees while typing.

Fields whose YAML key differs from the Python name are renamed to kebab case (`not_now` is `not-now`).
Keys that are Python keywords end in an underscore here (`if_`, `in_`, `is_`, `with_`, `from_`, `else_`, `do_`).
Text stays text; conditions, moments, durations, scripts, changes and `do` lines (`Condition`, `Moment`, ...) are
objects that the reader makes from what is written (it keeps line and column for each).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from engine.script.conditions import Condition
from engine.script.lines import Script
from engine.script.times import Duration, Moment

Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_-]*$", extra={"kind": "id"})]
Text = Annotated[str, msgspec.Meta(extra={"kind": "text"})]
"""Words shown to a player: may hold `{slots}`, `{you}`, names and `masked:`."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a flag: `yes`, `no`, `3` (to that value) or `+1`, `-1` (`by` that much)."""

    value: int
    by: bool = False
    text: str = ""


Verb = Literal["leave", "mute", "unmute", "remove", "add", "delete", "timer"]


@dataclass(frozen=True, slots=True)
class Lasting:
    """One line of `do`: `leave team`, `mute team 2 hours`, `remove jo from team`, `delete meme`, `timer team off`."""

    verb: Verb
    place: str | None = None
    person: str | None = None
    message: str | None = None
    seconds: int = 0
    text: str = ""


DialName = Literal["trust", "team", "people", "own", "security"]
DIALS: tuple[str, ...] = ("trust", "team", "people", "own", "security")
Action = Literal[
    "reply", "react", "forward", "post", "share", "comment", "like", "report", "challenge", "check", "ask", "delete",
    "leave", "mute", "remove", "settings", "screenshot", "correct", "own-up", "call", "go", "write", "sign", "wait", "look",
]  # fmt: skip


class Form(msgspec.Struct, kw_only=True, frozen=True, rename="kebab", omit_defaults=True, forbid_unknown_fields=True):
    """Common behaviour of everything that an author writes."""


class Later(Form, frozen=True, kw_only=True):
    """Something that comes due after a delay."""

    after: Duration
    scene: Id
    if_: Condition | None = msgspec.field(name="if", default=None)
    otherwise: Id | None = None
    promise: bool = False
    dials: dict[DialName, int] = {}
    because: Text | None = None
    set: dict[str, Change] = {}


class NextIf(Form, frozen=True, kw_only=True):
    """One branch of `next`."""

    go: Id
    if_: Condition | None = msgspec.field(name="if", default=None)


class Effects(Form, frozen=True, kw_only=True):
    """What a choice, a piece, a rule or an arrival changes."""

    dials: dict[DialName, int] = {}
    because: Text | None = None
    late: Duration | None = None
    set: dict[str, Change] = {}
    do_: list[Lasting] = msgspec.field(name="do", default=[])
    later: list[Later] = []


class Choice(Effects, frozen=True, kw_only=True):
    """What the player can do in a scene."""

    label: Text | None = None
    action: Action | None = None
    on: Id | None = None
    to: Id | None = None
    send: Text | None = None
    react: Text | None = None
    forward: Id | None = None
    thought: Text | None = None
    if_: Condition | None = msgspec.field(name="if", default=None)
    else_: Text | None = msgspec.field(name="else", default=None)
    script: Script | None = None
    takes: Duration | None = None
    look: bool = False
    stay: bool = False
    next: Id | list[NextIf] | None = None


class Piece(Effects, frozen=True, kw_only=True):
    """One thing that can be picked."""

    label: Text
    thought: Text | None = None
    if_: Condition | None = msgspec.field(name="if", default=None)
    else_: Text | None = msgspec.field(name="else", default=None)
    cost: int = 1


class Rule(Effects, frozen=True, kw_only=True):
    """Judges what was picked or pinned."""

    if_: Condition = msgspec.field(name="if")
    script: Script | None = None


class Pick(Effects, frozen=True, kw_only=True):
    """Pick several: N of M, with caps and order."""

    from_: dict[Id, Piece] = msgspec.field(name="from")
    ask: Text | None = None
    least: int = 0
    most: int | None = None
    ordered: bool = False
    as_: Literal["switches", "pieces", "members", "list"] | None = msgspec.field(name="as", default=None)
    done: Text | None = None
    rules: dict[Id, Rule] = {}
    send: Text | None = None
    to: Id | None = None
    script: Script | None = None
    takes: Duration | None = None


class Card(Form, frozen=True, kw_only=True):
    """A clue card on a board."""

    text: Text
    from_: Text | None = msgspec.field(name="from", default=None)
    if_: Condition | None = msgspec.field(name="if", default=None)
    tells: list[Id] = []


class Question(Form, frozen=True, kw_only=True):
    """A question of a board."""

    ask: Text


class Board(Effects, frozen=True, kw_only=True):
    """Cards left by earlier choices and by other people, to be pinned under questions."""

    cards: dict[Id, Card]
    questions: dict[Id, Question]
    ask: Text | None = None
    count: Id | None = None
    found: Id | None = None
    done: Text | None = None
    rules: dict[Id, Rule] = {}
    script: Script | None = None


class Telling(Form, frozen=True, kw_only=True):
    """One way in which a scene is told; a draw decides which."""

    script: Script
    weight: int = 1


class Limit(Form, frozen=True, kw_only=True):
    """A time limit on a decision; its lapse is the silence."""

    seconds: int
    lapse: Id = "silence"


class Scene(Effects, frozen=True, kw_only=True):
    """A moment in the story."""

    in_: Id | None = msgspec.field(name="in", default=None)
    title: Text | None = None
    when: Moment | None = None
    if_: Condition | None = msgspec.field(name="if", default=None)
    optional: Text | None = None
    skip: Text | None = None
    script: Script | None = None
    tellings: dict[Id, Telling] = {}
    ask: Text | None = None
    limit: Limit | None = None
    choices: dict[Id, Choice] = {}
    pick: Pick | None = None
    board: Board | None = None
    no_silence: Text | None = None
    not_now: dict[Action, Text] = {}
    next: Id | list[NextIf] | None = None


class CastMember(Form, frozen=True, kw_only=True):
    """Somebody in the story."""

    name: Text | None = None
    is_: Text | None = msgspec.field(name="is", default=None)
    locale: str | None = None
    handle: Text | None = None
    phone: Text | None = None
    job: Text | None = None
    pronouns: Text | None = None


class Place(Form, frozen=True, kw_only=True):
    """Where things are said or shown."""

    group: Text | None = None
    dm: Id | None = None
    feed: Text | None = None
    mail: Text | None = None
    settings: Text | None = None
    in_person: Text | None = None
    call: Id | None = None
    letter: Text | None = None
    form: Text | None = None
    records: Text | None = None
    board: Text | None = None
    name: Text | None = None
    members: int | None = None
    followers: int | None = None
    with_: list[Id] = msgspec.field(name="with", default=[])
    audience: Text | None = None
    admin: list[Id] = []
    timer: Duration | None = None
    official: bool = False
    own: bool = False
    phone: Id | None = None
    past: Script | None = None


class Flag(Form, frozen=True, kw_only=True):
    """A fact that a later scene can ask for."""

    is_: Text | None = msgspec.field(name="is", default=None)
    from_: int | None = msgspec.field(name="from", default=None)
    to: int | None = None
    starts: int | None = None


class Reckon(Effects, frozen=True, kw_only=True):
    """What comes due after the last decision."""

    after: Duration
    scene: Id
    if_: Condition | None = msgspec.field(name="if", default=None)
    otherwise: Id | None = None


class Ending(Form, frozen=True, kw_only=True):
    """How a play ends."""

    title: Text
    epilogue: Text
    if_: Condition | None = msgspec.field(name="if", default=None)
    support: bool = False


class Coda(Form, frozen=True, kw_only=True):
    """A short piece after any ending."""

    text: Text
    if_: Condition | None = msgspec.field(name="if", default=None)


class Debrief(Form, frozen=True, kw_only=True):
    """What the debrief adds to the transcript."""

    questions: list[Text] = []
    cheapest: Id | None = None
    cheapest_because: Text | None = None
    unseen: dict[Id, Text] = {}


class You(Form, frozen=True, kw_only=True):
    """The player's part."""

    name: Text | None = None
    is_: Text | None = msgspec.field(name="is", default=None)


class Scenario(Form, frozen=True, kw_only=True):
    """One story with its cast, places, scenes and endings."""

    seenby: Literal[1]
    id: Id
    title: Text
    minutes: int
    begins: Text
    cast: dict[Id, CastMember]
    places: dict[Id, Place]
    scenes: dict[Id, Scene]
    endings: dict[Id, Ending]
    blurb: Text = ""
    tone: Text = ""
    sector: Text = ""
    note: Text | None = None
    covers: list[str] = []
    facts: list[str] = []
    language: str = "en-GB"
    author: Text | None = None
    licence: Text | None = None
    you: You = You()
    pronouns: bool = False
    slots: dict[Id, Text] = {}
    not_now: dict[Action, Text] = {}
    start: Id | None = None
    flags: dict[Id, Flag] = {}
    reckoning: dict[Id, Reckon] = {}
    codas: dict[Id, Coda] = {}
    debrief: Debrief = Debrief()
