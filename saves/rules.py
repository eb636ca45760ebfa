"""The rule that a player writes at the end of a debrief: if this happens, then I do that. One for each play."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from engine.text import clean
from saves.errors import BadRule, NoSuchPlay
from saves.rows import RuleRow, columns, insert, read_row, values

if TYPE_CHECKING:
    import sqlite3

    from saves.file import SavesFile

LONGEST = 160
"""Characters of each half. A rule that one cannot say in a breath is not remembered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """If `situation`, then I `action`. Both are data: one line each, cleaned, never markup."""

    play: str
    node: int
    """The decision where the play stood when it was last written; 0 the beginning."""
    scene: str
    """Id of the scene that it came from; "" for none."""
    situation: str
    action: str
    created: datetime
    updated: datetime


def half(text: str) -> str:
    """Half a rule as it is kept: cleaned and on one line. Bytes that are no text become question marks."""
    text = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", " ".join(clean(text).split()))


def checked(situation: str, action: str) -> tuple[str, str]:
    """Both halves as they are kept. Raises BadRule for one that is too long, and for a half without the other."""
    parts = half(situation), half(action)
    if max(map(len, parts)) > LONGEST:
        raise BadRule.too_long(max(map(len, parts)), LONGEST)
    if bool(parts[0]) != bool(parts[1]):
        raise BadRule.half_only()
    return parts


def read(file: SavesFile, play_id: str) -> Rule | None:
    """The rule of a play. Raises SaveError."""
    with file.reading() as connection:
        row = connection.execute(f"SELECT {columns('rules')} FROM rules WHERE play = ?", (play_id,)).fetchone()
    return None if row is None else _rule(file, row)


def read_all(file: SavesFile, player: str | None, scenario: str | None) -> list[Rule]:
    """The rules of a player (by key; None: of everybody), the one written last first. Raises SaveError."""
    named = ", ".join(f"r.{name}" for name in RuleRow.__struct_fields__)
    with file.reading() as connection:
        rows = connection.execute(
            f"SELECT {named} FROM rules r JOIN plays p ON p.id = r.play "
            "WHERE (?1 IS NULL OR p.player = ?1) AND (?2 IS NULL OR p.scenario = ?2) ORDER BY r.updated DESC, r.n DESC",
            (player, scenario),
        ).fetchall()
    return [_rule(file, row) for row in rows]


def write(file: SavesFile, play_id: str, situation: str, action: str, scene: str, now: Callable[[], datetime]) -> Rule | None:
    """Keep the rule of a play, in place of the one before; two empty halves remove it.

    On the disk when this returns. It moves nothing else: another window may go on with the play.
    Raises BadRule, NoSuchPlay and other SaveErrors, with nothing changed.
    """
    situation, action = checked(situation, action)
    at = now()
    with file.writing() as connection:
        play = connection.execute("SELECT head FROM plays WHERE id = ?", (play_id,)).fetchone()
        if play is None:
            raise NoSuchPlay(play_id)
        before = connection.execute(f"SELECT {columns('rules')} FROM rules WHERE play = ?", (play_id,)).fetchone()
        connection.execute("DELETE FROM rules WHERE play = ?", (play_id,))
        if not situation:
            return None
        created = at if before is None else _rule(file, before).created
        row = RuleRow(play_id, int(play[0]), half(scene), situation, action, created, at)
        connection.execute(insert("rules"), values(row))
    return rule_from(row)


def rule_from(row: RuleRow) -> Rule:
    """A rule from its row."""
    return Rule(row.play, row.node, row.scene, row.situation, row.action, row.created, row.updated)


def of_play(connection: sqlite3.Connection, play_id: str) -> RuleRow | None:
    """The row of a play's rule. Raises msgspec.DecodeError when it makes no sense."""
    found = connection.execute(f"SELECT {columns('rules')} FROM rules WHERE play = ?", (play_id,)).fetchone()
    return None if found is None else read_row(found, RuleRow)


def _rule(file: SavesFile, row: tuple[Any, ...]) -> Rule:
    try:
        return rule_from(read_row(row, RuleRow))
    except msgspec.DecodeError as error:
        raise file.damaged() from error
