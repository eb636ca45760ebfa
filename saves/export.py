"""Plays as JSON: to keep, to move to another machine, to hand in."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from engine.play.inputs import Input
from engine.text import clean_name
from engine.words import _
from saves import rules
from saves.careers import career_of
from saves.errors import BadExport, BadRule, NoSuchPlay, NoSuchPlayer
from saves.file import SavesFile
from saves.rows import (
    CareerOutline,
    CareerRow,
    CutRow,
    Dials,
    DraftRow,
    EndingRow,
    GivenJson,
    NodeRow,
    Outcome,
    Outline,
    PartRow,
    PlayerRow,
    PlayRow,
    RuleRow,
    SettingRow,
    StoryRow,
    T,
    columns,
    insert,
    read_career,
    read_cut,
    read_dials,
    read_given,
    read_input,
    read_json,
    read_outcome,
    read_outline,
    read_row,
    tidy,
    to_json,
    values,
)

if TYPE_CHECKING:
    import sqlite3

    from saves.store import Player

VERSION = 3
"""Version of the exported form."""

_LONGEST = 10_000
"""Characters of any one text."""


class NodeOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision. `parent` 0 is the beginning."""

    id: int
    parent: int
    input: Input
    at: datetime
    took_ms: int
    hash: str
    outcome: Outcome | None = None
    mistap: bool = False


class DraftOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft taken back after decision `node`; with `(read)` or `(skip)` as its choice, what was said of a scene to read."""

    node: int
    scene: str
    choice: str
    text: str
    at: datetime


class EndingOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ending, reached with decision `node`."""

    node: int
    ending: str
    dials: Dials
    at: datetime


class RuleOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rule of a play, written after decision `node`."""

    node: int
    scene: str
    situation: str
    action: str
    created: datetime
    updated: datetime


class PlayOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One play with its tree."""

    id: str
    scenario: str
    title: str
    hash: str
    seed: str
    name: str
    pronouns: str
    created: datetime
    updated: datetime
    head: int
    nodes: list[NodeOut]
    drafts: list[DraftOut] = []
    endings: list[EndingOut] = []
    rule: RuleOut | None = None
    """Since version 2."""
    cut: list[str] = []
    """The scenes that it leaves out."""


class PartOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of a career: see `saves.rows.PartRow`."""

    number: int
    scenario: str
    after: int
    play: str
    from_play: str
    from_node: int
    given: GivenJson
    created: datetime


class CareerOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One career; its plays stand among the others."""

    id: str
    pack: str
    career: str
    title: str
    outline: CareerOutline
    seed: str
    name: str
    pronouns: str
    created: datetime
    updated: datetime
    parts: list[PartOut]


class Exported(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is exported. `whole` says that it is everything about the player."""

    seenby: Literal["saves"]
    version: int
    player: str
    created: datetime
    whole: bool
    plays: list[PlayOut]
    settings: dict[str, Any] = {}
    stories: dict[str, Outline] = {}
    careers: list[CareerOut] = []
    """Since version 3."""


def export(file: SavesFile, what: Player | str) -> dict[str, Any]:
    """See `Store.export`."""
    try:
        with file.reading() as connection:
            found = _export(connection, what)
    except (msgspec.DecodeError, KeyError) as error:
        raise file.damaged() from error
    if found is None:
        raise NoSuchPlay(what) if isinstance(what, str) else NoSuchPlayer(what.name)
    return dict(msgspec.json.decode(msgspec.json.encode(found)))


def import_(file: SavesFile, data: Any, now: datetime, player: Player | None) -> list[str]:
    """See `Store.import_`."""
    from saves.store import key_of

    exported = _read(data)
    name = player.name if player is not None else clean_name(exported.player)
    key = player.key if player is not None else key_of(name)
    try:
        with file.writing() as connection:
            connection.execute(insert("players", ignore=True), values(PlayerRow(key, name, exported.created)))
            ids = _put_all(connection, key, exported)
            for setting, value in exported.settings.items():
                connection.execute(insert("settings", ignore=True), values(SettingRow(key, setting, to_json(value), now)))
            for story, outline in exported.stories.items():
                connection.execute(insert("stories", ignore=True), (story, to_json(outline)))
    except OverflowError:
        raise BadExport(_("a number or a time in it is out of range")) from None
    except UnicodeEncodeError:
        raise BadExport(_("a text in it is no text")) from None
    return ids


# Out


def _export(connection: sqlite3.Connection, what: Player | str) -> Exported | None:
    if isinstance(what, str):
        # A part of a career says nothing without the others, so the whole career goes.
        career = career_of(connection, what) or what
        careers = _rows(connection, CareerRow, "careers", "id = ?", career)
        wanted = "id IN (SELECT play FROM parts WHERE career = ?)" if careers else "id = ?"
        plays = _rows(connection, PlayRow, "plays", wanted, career if careers else what)
        owner = plays[0].player if plays else ""
    else:
        careers = _rows(connection, CareerRow, "careers", "player = ?", what.key)
        plays = _rows(connection, PlayRow, "plays", "player = ?", what.key)
        owner = what.key
    players = _rows(connection, PlayerRow, "players", "key = ?", owner)
    if not players:
        return None
    out = [_play_out(connection, play) for play in plays]
    hashes = {play.hash for play in out} | {node.hash for play in out for node in play.nodes}
    stories = {
        row.hash: read_outline(row.outline) for row in _rows(connection, StoryRow, "stories", "1 = ?", 1) if row.hash in hashes
    }
    settings: dict[str, Any] = {}
    if not isinstance(what, str):
        settings = {row.key: read_json(row.value) for row in _rows(connection, SettingRow, "settings", "player = ?", owner)}
    return Exported(
        seenby="saves",
        version=VERSION,
        player=players[0].name,
        created=players[0].created,
        whole=not isinstance(what, str),
        plays=out,
        settings=settings,
        stories=stories,
        careers=[_career_out(connection, career) for career in careers],
    )


def _career_out(connection: sqlite3.Connection, career: CareerRow) -> CareerOut:
    return CareerOut(
        id=career.id,
        pack=career.pack,
        career=career.career,
        title=career.title,
        outline=read_career(career.outline),
        seed=career.seed,
        name=career.name,
        pronouns=career.pronouns,
        created=career.created,
        updated=career.updated,
        parts=[
            PartOut(
                number=part.number,
                scenario=part.scenario,
                after=part.after,
                play=part.play,
                from_play=part.from_play,
                from_node=part.from_node,
                given=read_given(part.given),
                created=part.created,
            )
            for part in _rows(connection, PartRow, "parts", "career = ?", career.id)
        ],
    )


def _rows(connection: sqlite3.Connection, kind: type[T], table: str, where: str, given: str | int) -> list[T]:
    found = connection.execute(f"SELECT {columns(table)} FROM {table} WHERE {where} ORDER BY n", (given,))
    return [read_row(row, kind) for row in found]


def _play_out(connection: sqlite3.Connection, play: PlayRow) -> PlayOut:
    nodes = [
        NodeOut(
            id=row.node,
            parent=row.parent,
            input=read_input(row.input),
            at=row.at,
            took_ms=row.took_ms,
            hash=row.hash,
            outcome=read_outcome(row.outcome),
            mistap=bool(row.mistap),
        )
        for row in _rows(connection, NodeRow, "nodes", "play = ?", play.id)
    ]
    drafts = [
        DraftOut(node=row.node, scene=row.scene, choice=row.choice, text=row.text, at=row.at)
        for row in _rows(connection, DraftRow, "drafts", "play = ?", play.id)
    ]
    endings = [
        EndingOut(node=row.node, ending=row.ending, dials=read_dials(row.dials), at=row.at)
        for row in _rows(connection, EndingRow, "endings", "play = ?", play.id)
    ]
    written = rules.of_play(connection, play.id)
    rule = None
    if written is not None:
        rule = RuleOut(
            node=written.node,
            scene=written.scene,
            situation=written.situation,
            action=written.action,
            created=written.created,
            updated=written.updated,
        )
    return PlayOut(
        id=play.id,
        scenario=play.scenario,
        title=play.title,
        hash=play.hash,
        seed=play.seed,
        name=play.name,
        pronouns=play.pronouns,
        created=play.created,
        updated=play.updated,
        head=play.head,
        nodes=nodes,
        drafts=drafts,
        endings=endings,
        rule=rule,
        cut=[scene for row in _rows(connection, CutRow, "cuts", "play = ?", play.id) for scene in read_cut(row.scenes)],
    )


# In


def _read(data: Any) -> Exported:
    """What `export` gave, checked: types, texts without control characters, trees that hang together."""
    if (
        isinstance(data, dict)
        and data.get("seenby") == "saves"
        and isinstance(data.get("version"), int)
        and data["version"] > VERSION
    ):
        raise BadExport(_("it comes from a newer Seenby"))
    try:
        exported = msgspec.convert(cleaned(data), Exported)
    except msgspec.ValidationError as error:
        raise BadExport(str(error)) from None
    except RecursionError:
        raise BadExport(_("it is nested too deeply")) from None
    if not clean_name(exported.player):
        raise BadExport(_("it names no player"))
    for play in exported.plays:
        _check_tree(play)
    _check_careers(exported)
    return exported


def cleaned(data: Any) -> Any:
    """The same, with every text fit for a terminal: a file may come from anywhere. Raises BadExport for a text without an end."""
    if isinstance(data, str):
        if len(data) > _LONGEST:
            raise BadExport(_("a text in it is longer than {count} characters").format(count=_LONGEST))
        return tidy(data)
    if isinstance(data, dict):
        return {cleaned(key): cleaned(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [cleaned(value) for value in data]
    return data


def _check_tree(play: PlayOut) -> None:
    try:
        int(play.seed)
    except ValueError:
        raise BadExport(_("the seed of play {play} is no number").format(play=play.id)) from None
    known = {0}
    for node in sorted(play.nodes, key=lambda node: node.id):
        if node.id < 1 or node.id in known or node.parent not in known:
            raise BadExport(_("decision {node} of play {play} hangs in the air").format(node=node.id, play=play.id))
        known.add(node.id)
    if play.rule is not None:
        _check_rule(play.rule)
    for place in [
        play.head,
        *([play.rule.node] if play.rule is not None else []),
        *(draft.node for draft in play.drafts),
        *(ending.node for ending in play.endings),
    ]:
        if place not in known:
            raise BadExport(_("play {play} refers to decision {node}, which is not in it").format(play=play.id, node=place))
    if len({ending.node for ending in play.endings}) < len(play.endings):
        raise BadExport(_("a decision of play {play} has two endings").format(play=play.id))


def _check_careers(exported: Exported) -> None:
    """Every part is a play that is in it, of one career only, and begins at a decision of another part."""
    plays = {play.id: {0, *(node.id for node in play.nodes)} for play in exported.plays}
    taken: set[str] = set()
    for career in exported.careers:
        try:
            int(career.seed)
        except ValueError:
            raise BadExport(_("the seed of career {career} is no number").format(career=career.id)) from None
        own = {part.play for part in career.parts}
        starts = {(part.from_play, part.from_node) for part in career.parts}
        if len(own) < len(career.parts) or own & taken or not own <= plays.keys() or ("", 0) not in starts:
            raise BadExport(_("the parts of career {career} are not what they should be").format(career=career.id))
        for part in career.parts:
            begins = part.from_play in own and part.from_node in plays[part.from_play]
            if not (begins or (part.from_play, part.from_node) == ("", 0)) or len(starts) < len(career.parts):
                raise BadExport(_("part {play} of career {career} hangs in the air").format(play=part.play, career=career.id))
        taken |= own


def _check_rule(rule: RuleOut) -> None:
    try:
        kept = rules.checked(rule.situation, rule.action)
    except BadRule as error:
        raise BadExport(error.message) from None
    if kept != (rule.situation, rule.action) or not rule.situation:
        raise BadExport(_("a rule in it is empty, or more than a line"))


def _put_rule(connection: sqlite3.Connection, play_id: str, rule: RuleOut | None) -> None:
    """Put a rule in, where the play has none yet."""
    if rule is not None:
        row = RuleRow(play_id, rule.node, rule.scene, rule.situation, rule.action, rule.created, rule.updated)
        connection.execute(insert("rules", ignore=True), values(row))


def _put_all(connection: sqlite3.Connection, owner: str, exported: Exported) -> list[str]:
    """Put plays and careers in, and return the ids of the plays here, in their order."""
    plays = {play.id: play for play in exported.plays}
    ids: dict[str, str] = {}
    for career in exported.careers:
        own = [plays[part.play] for part in career.parts]
        there = _rows(connection, CareerRow, "careers", "id = ?", career.id)
        if there and there[0].player == owner and _same_career(connection, there[0], career, own):
            ids.update({play.id: _put_play(connection, owner, play) for play in own})
            continue
        # What is here already and went on differently stays as it is, as a whole; so does what is imported.
        known = any(_rows(connection, PlayRow, "plays", "id = ?", play.id) for play in own)
        fresh = bool(there) or known
        ids.update({play.id: _put_play(connection, owner, play, fresh=fresh) for play in own})
        _put_career(connection, owner, career, ids, fresh=fresh)
    return [ids[play.id] if play.id in ids else _put_play(connection, owner, play) for play in exported.plays]


def _same_career(connection: sqlite3.Connection, here: CareerRow, career: CareerOut, plays: list[PlayOut]) -> bool:
    there = _career_out(connection, here)
    rows = {row.id: row for play in plays for row in _rows(connection, PlayRow, "plays", "id = ?", play.id)}
    return there == career and all(
        play.id in rows and msgspec.structs.replace(_play_out(connection, rows[play.id]), rule=play.rule) == play
        for play in plays
    )


def _put_career(connection: sqlite3.Connection, owner: str, career: CareerOut, ids: dict[str, str], *, fresh: bool) -> None:
    """Put a career in whose plays are there; `ids` are what they are called here."""
    career_id = os.urandom(6).hex() if fresh else career.id
    row = CareerRow(
        career_id,
        owner,
        career.pack,
        career.career,
        clean_name(career.title, 120),
        to_json(career.outline),
        career.seed,
        clean_name(career.name),
        clean_name(career.pronouns),
        career.created,
        career.updated,
    )
    connection.execute(insert("careers"), values(row))
    for part in career.parts:
        play, start = ids[part.play], ids.get(part.from_play, "")
        given = to_json(part.given)
        one = PartRow(career_id, part.number, part.scenario, part.after, play, start, part.from_node, given, part.created)
        connection.execute(insert("parts"), values(one))


def _put_play(connection: sqlite3.Connection, owner: str, play: PlayOut, *, fresh: bool = False) -> str:
    """Put a play in, and return its id here. `fresh`: under an id of its own, whatever there is."""
    play_id = os.urandom(6).hex() if fresh else play.id
    there = _rows(connection, PlayRow, "plays", "id = ?", play_id)
    if there:
        here = _play_out(connection, there[0])
        # A rule that was edited since makes it no other play.
        if there[0].player == owner and msgspec.structs.replace(here, rule=play.rule) == play:
            _put_rule(connection, play_id, play.rule)
            return play_id
        play_id = os.urandom(6).hex()
    row = PlayRow(
        play_id, owner, play.scenario, play.title, play.hash, play.seed, clean_name(play.name), play.pronouns,
        play.created, play.updated, play.head, 0,
    )  # fmt: skip
    connection.execute(insert("plays"), values(row))
    depth = {0: 0}
    for node in sorted(play.nodes, key=lambda node: node.id):
        depth[node.id] = depth[node.parent] + 1
        outcome = None if node.outcome is None else to_json(node.outcome)
        connection.execute(
            insert("nodes"),
            values(
                NodeRow(
                    play_id,
                    node.id,
                    node.parent,
                    depth[node.id],
                    to_json(node.input),
                    node.at,
                    node.took_ms,
                    node.hash,
                    outcome,
                    int(node.mistap),
                )
            ),
        )
    for draft in play.drafts:
        connection.execute(
            insert("drafts"), values(DraftRow(play_id, draft.node, draft.scene, draft.choice, draft.text, draft.at))
        )
    for ending in play.endings:
        row_of_ending = EndingRow(play_id, ending.node, ending.ending, to_json(ending.dials), ending.at)
        connection.execute(insert("endings"), values(row_of_ending))
    _put_rule(connection, play_id, play.rule)
    if play.cut:
        connection.execute(insert("cuts"), (play_id, to_json(play.cut)))
    return play_id
