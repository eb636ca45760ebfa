"""Careers as they are kept: parts that are plays, each of which begins where another one ended.

Nothing says where a career stands but the plays themselves. Its way leads from the first part to the decision that this play stands at;
when it ended there, and a part begins from that decision, on to that part, and so on. So whoever goes back in an earlier part is in that
part again; the later parts hang on the branch that was left, kept in the journal, and are there again for whoever goes back to it.

A part and the play that it is are written in one step, and a play's ending with the decision that led to it: however a machine stops,
a career stands either before a part, or in it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from engine.story.given import Given
from saves.errors import NoSuchCareer, NotThere
from saves.journal import outline_text
from saves.rows import (
    CareerOutline,
    CareerRow,
    GivenJson,
    PartRow,
    PlayRow,
    columns,
    insert,
    read_career,
    read_row,
    stamp,
    to_json,
    values,
)

if TYPE_CHECKING:
    import sqlite3

    from engine.story.model import Story
    from saves.file import SavesFile
    from saves.store import Player


@dataclass(frozen=True, slots=True)
class PartInfo:
    """One part of a career that was begun, as it stands."""

    number: int
    """From 0."""
    scenario: str
    title: str
    play: str
    after: int
    """Story seconds since the last decision of the part before."""
    progress: int
    """Decisions taken on the way to where it stands."""
    head: int
    """The decision where it stands."""
    ended: bool
    ending: str | None
    updated: datetime


@dataclass(frozen=True, slots=True)
class CareerInfo:
    """A career at a glance."""

    id: str
    player: str
    """The player's pseudonym."""
    pack: str
    career: str
    """Its id in the pack."""
    title: str
    seed: int
    name: str
    """The player's name as the stories use it."""
    pronouns: str
    created: datetime
    updated: datetime
    outline: tuple[tuple[str, int], ...]
    """The parts when it was begun: scenario, and seconds after the part before."""
    parts: tuple[PartInfo, ...]
    """Its way: the parts that were begun, first to last, on the branches where they stand now."""
    aside: int
    """Parts that hang on branches that were left."""

    @property
    def key(self) -> str:
        """Pack and id."""
        return f"{self.pack}/{self.career}"

    @property
    def playing(self) -> PartInfo | None:
        """The part that is being played; None between two parts and after the last."""
        return self.parts[-1] if self.parts and not self.parts[-1].ended else None

    @property
    def following(self) -> str | None:
        """The scenario that comes next when the pack is as it was; None while one is played and at the end."""
        if self.playing is not None:
            return None
        done = {part.scenario for part in self.parts}
        return next((scenario for scenario, _after in self.outline if scenario not in done), None)

    @property
    def ended(self) -> bool:
        """All parts have been played to their ends."""
        return self.playing is None and self.following is None


def begin_career(
    file: SavesFile,
    now: Callable[[], datetime],
    player: Player,
    key: tuple[str, str],
    title: str,
    outline: Sequence[tuple[str, int]],
    story: Story,
    seed: int,
    name: str,
    pronouns: str,
) -> CareerInfo:
    """Begin a career with its first part, `story`. `key` is its pack and id. Raises SaveError."""
    at = now()
    career = CareerRow(_new_id(), player.key, *key, title, to_json(list(outline)), str(int(seed)), name, pronouns, at, at)
    with file.writing() as connection:
        # Another window may have forgotten the player by now.
        connection.execute(insert("players", ignore=True), (player.key, player.name, stamp(at)))
        connection.execute(insert("careers"), values(career))
        _put_part(connection, career, story, 0, 0, ("", 0), GivenJson.of(Given(), outline[1][1] if outline[1:] else None), at)
    return read_one(file, career.id)


def begin_part(
    file: SavesFile,
    now: Callable[[], datetime],
    career: CareerInfo,
    story: Story,
    after: int,
    given: Given,
    horizon: int | None = None,
) -> CareerInfo:
    """Begin the next part, where the way of `career` has ended. When another window has begun it by now, that is the part.

    It is told up to `horizon`, seconds after its last decision, where the part after it begins; None: to its very end.

    Raises NotThere when the career no longer stands there, and other SaveErrors.
    """
    last = career.parts[-1]
    at = now()
    with file.writing() as connection:
        row = _career_row(connection, career.id)
        there = connection.execute("SELECT head FROM plays WHERE id = ?", (last.play,)).fetchone()
        if row is None or there is None:
            raise NoSuchCareer(career.id)
        if there[0] != last.head or not last.ended:
            raise NotThere
        begun = connection.execute(
            "SELECT play FROM parts WHERE career = ? AND from_play = ? AND from_node = ?", (career.id, last.play, last.head)
        ).fetchone()
        if begun is None:
            _put_part(connection, row, story, last.number + 1, after, (last.play, last.head), GivenJson.of(given, horizon), at)
    return read_one(file, career.id)


def _put_part(
    connection: sqlite3.Connection,
    career: CareerRow,
    story: Story,
    number: int,
    after: int,
    start: tuple[str, int],
    begins: GivenJson,
    at: datetime,
) -> None:
    from engine.play.career import part_seed

    play_id = _new_id()
    seed = str(part_seed(int(career.seed), story.id))
    play = PlayRow(play_id, career.player, story.id, story.title, story.hash, seed, career.name, career.pronouns, at, at, 0, 0)
    connection.execute(insert("plays"), values(play))
    connection.execute(insert("stories", ignore=True), (story.hash, outline_text(story)))
    part = PartRow(career.id, number, story.id, after, play_id, *start, to_json(begins), at)
    connection.execute(insert("parts"), values(part))
    connection.execute("UPDATE careers SET updated = ? WHERE id = ?", (stamp(at), career.id))


def _new_id() -> str:
    return os.urandom(6).hex()


# Reading


def read_one(file: SavesFile, career_id: str) -> CareerInfo:
    """A career by its id. Raises NoSuchCareer."""
    found = _read(file, "c.id = ?", career_id)
    if not found:
        raise NoSuchCareer(career_id)
    return found[0]


def read_all(file: SavesFile, player: str | None = None) -> list[CareerInfo]:
    """The careers of a player (by key), or of everybody, the one played last first."""
    found = _read(file, "?1 IS NULL OR c.player = ?1", player)
    return sorted(found, key=lambda career: career.updated, reverse=True)


def _career_row(connection: sqlite3.Connection, career_id: str) -> CareerRow | None:
    row = connection.execute(f"SELECT {columns('careers')} FROM careers WHERE id = ?", (career_id,)).fetchone()
    return None if row is None else read_row(row, CareerRow)


class _PartGlance(msgspec.Struct, array_like=True, frozen=True):
    """A part, and how its play stands."""

    career: str
    number: int
    scenario: str
    play: str
    after: int
    from_play: str
    from_node: int
    title: str
    progress: int
    head: int
    ending: str | None
    updated: datetime


def _read(file: SavesFile, where: str, given: str | None) -> list[CareerInfo]:
    wanted = ", ".join(f"c.{column}" for column in CareerRow.__struct_fields__)
    with file.reading() as connection:
        rows = connection.execute(
            f"SELECT {wanted}, s.name FROM careers c JOIN players s ON s.key = c.player WHERE {where} ORDER BY c.n", (given,)
        ).fetchall()
        parts = connection.execute(
            "SELECT a.career, a.number, a.scenario, a.play, a.after, a.from_play, a.from_node, p.title, coalesce(n.depth, 0), "
            "p.head, e.ending, p.updated FROM parts a JOIN careers c ON c.id = a.career JOIN plays p ON p.id = a.play "
            "LEFT JOIN nodes n ON n.play = p.id AND n.node = p.head LEFT JOIN endings e ON e.play = p.id AND e.node = p.head "
            f"WHERE {where} ORDER BY a.n",
            (given,),
        ).fetchall()
    try:
        glances: dict[str, list[_PartGlance]] = {}
        for part in parts:
            one = read_row(part, _PartGlance)
            glances.setdefault(one.career, []).append(one)
        return [_info(read_row(row[:-1], CareerRow), str(row[-1]), glances.get(row[0], [])) for row in rows]
    except (msgspec.DecodeError, ValueError) as error:
        raise file.damaged() from error


def _info(row: CareerRow, player: str, glances: list[_PartGlance]) -> CareerInfo:
    begins = {(one.from_play, one.from_node): one for one in glances}
    way: list[_PartGlance] = []
    here = begins.get(("", 0))
    while here is not None and here not in way:
        way.append(here)
        here = begins.get((here.play, here.head)) if here.ending is not None else None
    outline: CareerOutline = read_career(row.outline)
    return CareerInfo(
        row.id,
        player,
        row.pack,
        row.career,
        row.title,
        int(row.seed),
        row.name,
        row.pronouns,
        row.created,
        max([row.updated, *(one.updated for one in way)]),
        tuple(outline),
        tuple(
            PartInfo(
                one.number, one.scenario, one.title, one.play, one.after, one.progress, one.head, one.ending is not None,
                one.ending, one.updated,
            )
            for one in way
        ),
        len(glances) - len(way),
    )  # fmt: skip


# Out


def forget(connection: sqlite3.Connection, career_id: str) -> bool:
    """Remove a career with all its plays. Returns whether it was there."""
    connection.execute("DELETE FROM plays WHERE id IN (SELECT play FROM parts WHERE career = ?)", (career_id,))
    return bool(connection.execute("DELETE FROM careers WHERE id = ?", (career_id,)).rowcount)


def career_of(connection: sqlite3.Connection, play_id: str) -> str | None:
    """The career that a play is a part of."""
    found: Any = connection.execute("SELECT career FROM parts WHERE play = ?", (play_id,)).fetchone()
    return None if found is None else str(found[0])


__all__ = ["CareerInfo", "PartInfo", "begin_career", "begin_part", "career_of", "forget", "read_all", "read_one"]
