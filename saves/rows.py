"""The rows of the tables, typed: what is read is checked, so that a damaged value is found where it is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import msgspec

from engine.play.inputs import Input
from engine.story.given import Given
from engine.text import MASK_CLOSE, MASK_OPEN, clean, segments

T = TypeVar("T", bound=msgspec.Struct)

CareerOutline = list[tuple[str, int]]
"""The parts of a career: scenario, and seconds after the part before."""
Dials = dict[str, int]
"""Dial to value, in hundredths of a point."""


class PlayerRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `players`. `key` is the name as it is compared."""

    key: str
    name: str
    created: datetime


class PlayRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `plays`. `seq` counts the writes, so that two windows on one play find out."""

    id: str
    player: str
    scenario: str
    title: str
    hash: str
    seed: str
    name: str
    pronouns: str
    created: datetime
    updated: datetime
    head: int
    seq: int


class NodeRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `nodes`: one decision. `parent` 0 is the beginning; `input` and `outcome` are JSON."""

    play: str
    node: int
    parent: int
    depth: int
    input: str
    at: datetime
    took_ms: int
    hash: str
    outcome: str | None
    mistap: int


class DraftRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `drafts`: what was written after decision `node` and not sent; or, with `(read)` or `(skip)` as its choice, a scene to read."""

    play: str
    node: int
    scene: str
    choice: str
    text: str
    at: datetime


class EndingRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `endings`: reached with decision `node`. `dials` is JSON."""

    play: str
    node: int
    ending: str
    dials: str
    at: datetime


class SettingRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `settings`. Player "" is the machine; `value` is JSON."""

    player: str
    key: str
    value: str
    at: datetime


class StoryRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `stories`: what a scenario looked like under a hash. `outline` is JSON."""

    hash: str
    outline: str


class RuleRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `rules`: what somebody means to do next time, written when the play stood at `node`."""

    play: str
    node: int
    scene: str
    situation: str
    action: str
    created: datetime
    updated: datetime


class CareerRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `careers`. `outline` is JSON: the parts when it was begun."""

    id: str
    player: str
    pack: str
    career: str
    title: str
    outline: str
    seed: str
    name: str
    pronouns: str
    created: datetime
    updated: datetime


class PartRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `parts`: a play that is part `number` (from 0) of a career.

    It began where `from_play` had ended with decision `from_node` (nothing and 0: the first part), `after` seconds of story time later,
    with what is `given` (JSON: see `GivenJson`).
    """

    career: str
    number: int
    scenario: str
    after: int
    play: str
    from_play: str
    from_node: int
    given: str
    created: datetime


class CutRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `cuts`: the scenes that a play leaves out. `scenes` is JSON: a list of ids."""

    play: str
    scenes: str


class RoomRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `rooms`: how a room plays; no word of who is in it. `cut` is JSON: a list of scenes; `rehearsal` is 0 or 1."""

    id: str
    scenario: str
    title: str
    hash: str
    file: str
    seed: str
    tables: int
    size: int
    minutes: int
    cut: str
    rehearsal: int
    created: datetime
    updated: datetime
    ending: str


class RoomEntryRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `room_entries`: entry `seq` (from 1) of a room. `entry` is JSON."""

    room: str
    seq: int
    entry: str
    at: datetime


class RoomCommandRow(msgspec.Struct, array_like=True, frozen=True):
    """Table `room_commands`: what the notes terminal asks the projector to do. `command` is JSON, `done` 0 or 1."""

    room: str
    number: int
    command: str
    at: datetime
    done: int
    answer: str


class GivenJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a part begins, as it is kept: flags by name, dials in hundredths of a point, and how far it is told."""

    flags: dict[str, int] = {}
    dials: tuple[int, ...] = ()
    horizon: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Seconds after its last decision at which the next part was to begin; None: it was the last, or is older than horizons."""

    def given(self) -> Given:
        """As the engine has it."""
        return Given(tuple(sorted(self.flags.items())), self.dials)

    @classmethod
    def of(cls, given: Given, horizon: int | None) -> GivenJson:
        """From the engine's."""
        return cls(dict(given.flags), given.dials, horizon)


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a decision led to: enough to notice when an edited scenario makes something else of it."""

    scene: str
    """The scene that was on offer next; "" when the play had ended."""
    flags: dict[str, int] = {}
    """Flags that were set on the way there."""
    dials: Dials = {}
    """The dials then."""


class SceneOutline(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a scene with a decision was called, and what could be decided, by id."""

    title: str
    choices: dict[str, str] = {}


Outline = dict[str, SceneOutline]
"""The scenes of a scenario by id, so that a later reader can say what was removed or added since."""


TABLES: dict[str, type[msgspec.Struct]] = {
    "stories": StoryRow,
    "players": PlayerRow,
    "settings": SettingRow,
    "endings": EndingRow,
    "drafts": DraftRow,
    "rules": RuleRow,
    "nodes": NodeRow,
    "plays": PlayRow,
    "careers": CareerRow,
    "parts": PartRow,
    "cuts": CutRow,
    "rooms": RoomRow,
    "room_entries": RoomEntryRow,
    "room_commands": RoomCommandRow,
}
"""Table to its row. The table itself has one column more, the row id `n`."""


def columns(table: str) -> str:
    """The columns of a table, for a statement."""
    return ", ".join(TABLES[table].__struct_fields__)


def insert(table: str, *, ignore: bool = False) -> str:
    """The statement that puts a row into a table; `ignore` leaves out what is there already."""
    marks = ", ".join("?" * len(TABLES[table].__struct_fields__))
    return f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({columns(table)}) VALUES ({marks})"


_input_decoder = msgspec.json.Decoder(Input)
_outcome_decoder = msgspec.json.Decoder(Outcome)
_outline_decoder = msgspec.json.Decoder(Outline)
_dials_decoder = msgspec.json.Decoder(Dials)
_given_decoder = msgspec.json.Decoder(GivenJson)
_cut_decoder = msgspec.json.Decoder(list[str])
_career_decoder = msgspec.json.Decoder(CareerOutline)


def read_row(row: Sequence[Any], kind: type[T]) -> T:
    """A row as its type. Raises msgspec.ValidationError when a value makes no sense."""
    return msgspec.convert(tuple(row), kind)


def read_input(text: str) -> Input:
    """An input from its JSON. Raises msgspec.DecodeError."""
    return _input_decoder.decode(text)


def read_outcome(text: str | None) -> Outcome | None:
    """An outcome from its JSON, where one was recorded. Raises msgspec.DecodeError."""
    return None if text is None else _outcome_decoder.decode(text)


def read_dials(text: str) -> Dials:
    """Dials from their JSON. Raises msgspec.DecodeError."""
    return _dials_decoder.decode(text)


def read_given(text: str) -> GivenJson:
    """How a part begins, from its JSON. Raises msgspec.DecodeError."""
    return _given_decoder.decode(text)


def read_cut(text: str) -> tuple[str, ...]:
    """The scenes that a play leaves out, from their JSON. Raises msgspec.DecodeError."""
    return tuple(_cut_decoder.decode(text))


def read_career(text: str) -> CareerOutline:
    """The parts of a career, from their JSON. Raises msgspec.DecodeError."""
    return _career_decoder.decode(text)


def read_outline(text: str) -> Outline:
    """An outline from its JSON. Raises msgspec.DecodeError."""
    return _outline_decoder.decode(text)


def read_json(text: str) -> Any:
    """Any JSON value. Raises msgspec.DecodeError."""
    return msgspec.json.decode(text)


def to_json(value: Any) -> str:
    """A value as JSON text, the same for the same value."""
    return msgspec.json.encode(value, order="deterministic").decode()


def tidy(text: str) -> str:
    """A text that a terminal can be given, with what was masked in it still masked."""
    return "".join(f"{MASK_OPEN}{clean(run.text)}{MASK_CLOSE}" if run.masked else clean(run.text) for run in segments(text))


def moment(at: datetime) -> datetime:
    """A moment as it is kept: UTC, to the millisecond. A moment without a time zone is local time.

    Raises OverflowError at either end of what a calendar holds, where no other time zone could tell it.
    """
    at = at.astimezone(UTC)
    if not datetime.min.year < at.year < datetime.max.year:
        raise OverflowError("the year is out of range")
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def stamp(at: datetime) -> str:
    """A moment as text; later moments sort later."""
    return moment(at).isoformat(timespec="milliseconds")


def values(row: msgspec.Struct) -> tuple[Any, ...]:
    """A row as the values of `insert`."""
    return tuple(stamp(value) if isinstance(value, datetime) else value for value in msgspec.structs.astuple(row))


def sound(table: str, row: Sequence[Any]) -> bool:
    """Whether a row can be read, the JSON inside it too."""
    try:
        read = read_row(row, TABLES[table])
        if isinstance(read, PlayRow):
            int(read.seed)
        elif isinstance(read, NodeRow):
            read_input(read.input)
            read_outcome(read.outcome)
        elif isinstance(read, EndingRow):
            read_dials(read.dials)
        elif isinstance(read, SettingRow):
            read_json(read.value)
        elif isinstance(read, StoryRow):
            read_outline(read.outline)
        elif isinstance(read, CareerRow):
            int(read.seed)
            read_career(read.outline)
        elif isinstance(read, PartRow):
            read_given(read.given)
        elif isinstance(read, CutRow):
            read_cut(read.scenes)
        elif isinstance(read, RoomRow):
            int(read.seed)
            read_cut(read.cut)
        elif isinstance(read, (RoomEntryRow, RoomCommandRow)):
            read_json(read.entry if isinstance(read, RoomEntryRow) else read.command)
    except (msgspec.DecodeError, ValueError):
        return False
    return True
