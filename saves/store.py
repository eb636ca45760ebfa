"""Where plays are kept: players by pseudonym, their plays, settings, and the way out (export, forget).

    with Store.open() as store:
        journal = store.begin(store.player("Mara"), story, seed=7, name="Mara")
        journal.take(Input("meme", choice="speak-up"), took_ms=4200)

`saves.sitting` keeps a play and its journal together and is what a front end wants.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.text import clean_name
from saves.errors import BadName, NoSuchCareer, NoSuchPlay, NoSuchPlayer, PartOfCareer, SaveError
from saves.file import SavesFile
from saves.journal import Journal, Reached, outline_text, reached_from
from saves.rows import (
    EndingRow,
    PlayerRow,
    PlayRow,
    columns,
    insert,
    moment,
    read_input,
    read_json,
    read_row,
    stamp,
    to_json,
    values,
)

if TYPE_CHECKING:
    from types import TracebackType

    from engine.story.given import Given
    from engine.story.model import Story
    from saves.careers import CareerInfo
    from saves.rooms import Rooms
    from saves.rules import Rule

FOLDER_VARIABLE = "SEENBY_SAVES"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who plays on this machine, by pseudonym. `key` is the name as it is compared."""

    key: str
    name: str
    created: datetime


@dataclass(frozen=True, slots=True)
class PlayInfo:
    """A play at a glance."""

    id: str
    player: str
    """The player's pseudonym."""
    scenario: str
    title: str
    progress: int
    """Decisions taken on the way to where it stands."""
    scene: str
    """The scene of the last of them; "" before the first."""
    created: datetime
    updated: datetime
    ended: bool
    ending: str | None
    """Id of the ending that it stands at."""
    career: str | None = None
    """Id of the career that it is a part of."""


def saves_folder(folder: Path | None = None) -> Path:
    """The folder of the saves: the one given, else `SEENBY_SAVES`, else the user's data folder."""
    if folder is not None:
        return folder.expanduser()
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    if named:
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_data_path("seenby", appauthor=False)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """All that is saved in one folder. May be used from several threads."""

    def __init__(self, file: SavesFile, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    @classmethod
    def open(cls, folder: Path | None = None, *, now: Callable[[], datetime] = _utc_now, patience: float = 2.0) -> Store:
        """Open the saves, and begin them where there are none.

        `folder` goes before the environment. `now` is the clock on the wall. `patience` is how many seconds to wait for another
        program that is writing. Raises SaveError; a damaged file raises nothing, it is mended and `told` says so.
        """

        def clock() -> datetime:
            return moment(now())

        return cls(SavesFile(saves_folder(folder), now=clock, patience=patience), clock)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file that everything is in."""
        return self._file.path

    @property
    def told(self) -> tuple[SaveError, ...]:
        """What the player should hear about the opening: damage that was mended, and what could be read back."""
        return tuple(self._file.told)

    # Players

    def players(self) -> list[Player]:
        """Everybody who has played here, who played last first."""
        with self._file.reading() as connection:
            rows = connection.execute(
                f"SELECT {columns('players')} FROM players "
                "ORDER BY coalesce((SELECT max(updated) FROM plays WHERE plays.player = players.key), created) DESC, key"
            ).fetchall()
        return [self._player(row) for row in rows]

    def player(self, name: str) -> Player:
        """The player of this name, made when there is none. Capital letters make no other player. Raises BadName."""
        name = pseudonym(name)
        key = key_of(name)
        if not key:
            raise BadName
        found = self._find(key)
        if found is None:
            row = PlayerRow(key, name, self._now())
            with self._file.writing() as connection:
                connection.execute(insert("players", ignore=True), values(row))
            found = self._find(key)
        assert found is not None
        return found

    def setting(self, player: Player | None, key: str, default: Any = None) -> Any:
        """What was set for a player, or for everybody on this machine (None)."""
        with self._file.reading() as connection:
            found = connection.execute(
                "SELECT value FROM settings WHERE player = ? AND key = ?", (_player_key(player), key)
            ).fetchone()
        if found is None:
            return default
        try:
            return read_json(found[0])
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error

    def set_setting(self, player: Player | None, key: str, value: Any) -> None:
        """Remember a JSON-able value for a player, or for everybody on this machine (None)."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM settings WHERE player = ? AND key = ?", (_player_key(player), key))
            connection.execute(insert("settings"), (_player_key(player), key, to_json(value), stamp(self._now())))

    # Plays

    def begin(self, player: Player, story: Story, seed: int, name: str = "", pronouns: str = "they") -> Journal:
        """Begin a play. `name` and `pronouns` are the player's own as the story is to use them.

        Of a story that is a cut, it is kept which scenes are left out.
        """
        at = self._now()
        play_id = os.urandom(6).hex()
        row = PlayRow(
            play_id,
            player.key,
            story.id,
            story.title,
            story.hash,
            str(int(seed)),
            pseudonym(name),
            pseudonym(pronouns),
            at,
            at,
            0,
            0,
        )
        with self._file.writing() as connection:
            # Another window may have forgotten the player by now.
            connection.execute(insert("players", ignore=True), (player.key, player.name, stamp(at)))
            connection.execute(insert("plays"), values(row))
            connection.execute(insert("stories", ignore=True), (story.hash, outline_text(story)))
            if story.cut:
                connection.execute(insert("cuts"), (play_id, to_json(story.cut)))
        return self.journal(play_id)

    # Careers

    def begin_career(
        self,
        player: Player,
        key: tuple[str, str],
        title: str,
        outline: Sequence[tuple[str, int]],
        story: Story,
        seed: int,
        name: str = "",
        pronouns: str = "they",
    ) -> CareerInfo:
        """Begin a career with its first part, `story`. `key` is pack and id, `outline` each part's scenario and its distance in seconds."""
        from saves.careers import begin_career

        return begin_career(
            self._file, self._now, player, key, title, outline, story, seed, pseudonym(name), pseudonym(pronouns)
        )

    def begin_part(self, career: CareerInfo, story: Story, after: int, given: Given, horizon: int | None = None) -> CareerInfo:
        """Begin the next part of a career; see `saves.careers.begin_part`."""
        from saves.careers import begin_part

        return begin_part(self._file, self._now, career, story, after, given, horizon)

    def career(self, career_id: str) -> CareerInfo:
        """A career as it stands now. Raises NoSuchCareer."""
        from saves.careers import read_one

        return read_one(self._file, career_id)

    def careers(self, player: Player | None = None) -> list[CareerInfo]:
        """The careers of a player, or of everybody, the one played last first."""
        from saves.careers import read_all

        return read_all(self._file, player.key if player is not None else None)

    def forget_career(self, career_id: str) -> tuple[Path, ...]:
        """Remove a career with all its plays, for good. Raises NoSuchCareer. Returns what `forget` returns."""
        from saves.careers import forget

        with self._file.writing() as connection:
            if not forget(connection, career_id):
                raise NoSuchCareer(career_id)
            connection.execute(_UNUSED_STORIES)
        self._file.shrink()
        return self._file.kept_aside()

    def journal(self, play_id: str) -> Journal:
        """The journal of a play. Raises NoSuchPlay."""
        return Journal(self._file, play_id, self._now)

    def plays(self, player: Player | None = None) -> list[PlayInfo]:
        """The plays of a player, or of everybody, the one played last first."""
        wanted, given = ("WHERE p.player = ?", (player.key,)) if player is not None else ("", ())
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT p.id, s.name, p.scenario, p.title, coalesce(n.depth, 0), n.input, p.created, p.updated, e.ending, "
                "a.career FROM plays p JOIN players s ON s.key = p.player LEFT JOIN parts a ON a.play = p.id "
                "LEFT JOIN nodes n ON n.play = p.id AND n.node = p.head "
                f"LEFT JOIN endings e ON e.play = p.id AND e.node = p.head {wanted} ORDER BY p.updated DESC, p.n DESC",
                given,
            ).fetchall()
        try:
            return [_info(read_row(row, _Glance)) for row in rows]
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error

    def endings(self, player: Player | None = None, scenario: str | None = None) -> list[Reached]:
        """The endings that were reached, in any branch of any play, oldest first."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT e.play, e.node, e.ending, e.dials, e.at, p.scenario FROM endings e JOIN plays p ON p.id = e.play "
                "WHERE (?1 IS NULL OR p.player = ?1) AND (?2 IS NULL OR p.scenario = ?2) ORDER BY e.at, e.n",
                (player.key if player is not None else None, scenario),
            ).fetchall()
        try:
            return [reached_from(read_row(row[:5], EndingRow), str(row[5])) for row in rows]
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error

    def rules(self, player: Player | None = None, scenario: str | None = None) -> list[Rule]:
        """The rules that were written at the end of plays, the one written last first."""
        from saves.rules import read_all

        return read_all(self._file, player.key if player is not None else None, scenario)

    @property
    def rooms(self) -> Rooms:
        """The rooms of workshops."""
        from saves.rooms import Rooms

        return Rooms(self._file, self._now)

    # Out

    def forget(self, play_id: str) -> tuple[Path, ...]:
        """Remove a play and everything about it, for good. Raises NoSuchPlay, and PartOfCareer for a part of one.

        Returns damaged files that were kept aside earlier: they may still hold it, and removing those is for the player to decide.
        """
        from saves.careers import career_of

        with self._file.writing() as connection:
            career = career_of(connection, play_id)
            if career is not None:
                title = connection.execute("SELECT title FROM careers WHERE id = ?", (career,)).fetchone()
                raise PartOfCareer(career, str(title[0]) if title is not None else "")
            if not connection.execute("DELETE FROM plays WHERE id = ?", (play_id,)).rowcount:
                raise NoSuchPlay(play_id)
            connection.execute(_UNUSED_STORIES)
        self._file.shrink()
        return self._file.kept_aside()

    def forget_player(self, name: str) -> tuple[Path, ...]:
        """Remove a player with all plays and settings, for good. Raises NoSuchPlayer.

        Removed rows are overwritten with zeros and the file is written anew: no byte of the name stays in it.
        Returns what `forget` returns.
        """
        key = key_of(name)
        with self._file.writing() as connection:
            if not connection.execute("DELETE FROM players WHERE key = ?", (key,)).rowcount:
                raise NoSuchPlayer(pseudonym(name))
            connection.execute("DELETE FROM settings WHERE player = ?", (key,))
            connection.execute(_UNUSED_STORIES)
        self._file.shrink()
        return self._file.kept_aside()

    def export(self, what: Player | str) -> dict[str, Any]:
        """A play (by its id) or a player with all plays and settings, as a JSON-able dict. Raises NoSuchPlay, NoSuchPlayer."""
        from saves.export import export

        return export(self._file, what)

    def import_(self, data: Any, *, player: Player | None = None) -> list[str]:
        """Take in what `export` gave; returns the ids of its plays here.

        Plays go to the player named in it, or to `player`. A play that is here already, and went on differently, stays as it is and the
        imported one gets an id of its own. Settings that exist here are kept. Raises BadExport, and has changed nothing.
        """
        from saves.export import import_

        return import_(self._file, data, self._now(), player)

    # Inside

    def _find(self, key: str) -> Player | None:
        with self._file.reading() as connection:
            row = connection.execute(f"SELECT {columns('players')} FROM players WHERE key = ?", (key,)).fetchone()
        return None if row is None else self._player(row)

    def _player(self, row: tuple[Any, ...]) -> Player:
        try:
            found = read_row(row, PlayerRow)
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error
        return Player(found.key, found.name, found.created)


_UNUSED_STORIES = "DELETE FROM stories WHERE hash NOT IN (SELECT hash FROM plays UNION SELECT hash FROM nodes)"


class _Glance(msgspec.Struct, array_like=True, frozen=True):
    """A row of `plays`."""

    id: str
    player: str
    scenario: str
    title: str
    progress: int
    input: str | None
    created: datetime
    updated: datetime
    ending: str | None
    career: str | None


def _info(row: _Glance) -> PlayInfo:
    return PlayInfo(
        row.id,
        row.player,
        row.scenario,
        row.title,
        row.progress,
        read_input(row.input).scene if row.input is not None else "",
        row.created,
        row.updated,
        row.ending is not None,
        row.ending,
        row.career,
    )


def pseudonym(name: str) -> str:
    """A name as it is kept: cleaned, on one line. Bytes that are no text (a command line may hold some) become question marks."""
    return clean_name(name.encode("utf-8", "replace").decode())


def key_of(name: str) -> str:
    """A name as it is compared."""
    return clean_name(pseudonym(name).casefold())


def _player_key(player: Player | None) -> str:
    return "" if player is None else player.key
