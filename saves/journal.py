"""The journal of a play: the stored tree of inputs, with a head where one is.

Rewinding moves the head; another decision there grows a branch; nothing is ever taken out. Every method that changes something is
on the disk when it returns, or raises a SaveError and has changed nothing, in memory neither.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from engine.play.inputs import Input
from saves import rules
from saves.errors import NoSuchPlay, NothingToUndo, OpenElsewhere
from saves.file import SavesFile
from saves.rows import (
    DraftRow,
    EndingRow,
    NodeRow,
    Outcome,
    Outline,
    PartRow,
    PlayRow,
    columns,
    insert,
    read_cut,
    read_dials,
    read_given,
    read_input,
    read_outcome,
    read_outline,
    read_row,
    stamp,
    tidy,
    to_json,
    values,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from engine.play.play import Play
    from engine.story.given import Given
    from engine.story.model import Story
    from saves.rules import Rule

START = 0
"""The node before the first decision."""
READ, SKIPPED = "(read)", "(skip)"
"""In the place of a choice that was not taken: what was said before a scene to read. No choice can be called so."""


@dataclass(frozen=True, slots=True)
class Node:
    """One decision in the tree. `parent` START is the beginning."""

    id: int
    parent: int
    depth: int
    """How many decisions lead here, this one too."""
    input: Input
    at: datetime
    """Real time of the decision."""
    took_ms: int
    """Milliseconds from offer to decision."""
    hash: str
    """Content hash of the scenario that it was made under."""
    outcome: Outcome | None
    """What it led to, where that was recorded."""
    mistap: bool
    """Undone at once."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something written after decision `node` and taken back; or a scene to read, and whether it was read."""

    node: int
    scene: str
    choice: str
    text: str
    at: datetime

    @property
    def read(self) -> bool | None:
        """Whether a scene to read was read; None: it is a draft."""
        return self.choice == READ if self.choice in (READ, SKIPPED) else None


@dataclass(frozen=True, slots=True)
class Reached:
    """An ending that was reached with decision `node`. `dials` in hundredths of a point, as in the engine's events."""

    play: str
    scenario: str
    node: int
    ending: str
    dials: dict[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Branch:
    """A way through the tree, to a decision after which none was taken."""

    tip: int
    inputs: tuple[Input, ...]
    shared: int
    """How many of its first inputs are those of the path to the head too."""
    at: datetime
    """Real time of its last decision."""
    mistap: bool
    ending: str | None


def outcome_of(play: Play) -> Outcome:
    """What the last decision of a play led to."""
    from engine.play.events import DecisionTaken, FlagSet

    flags: dict[str, int] = {}
    for event in reversed(play.events):
        if isinstance(event, DecisionTaken):
            break
        if isinstance(event, FlagSet):
            flags.setdefault(event.flag, event.value)
    return Outcome(play.offer.scene if play.offer is not None else "", flags, play.dials)


def outline_text(story: Story) -> str:
    """The outline of a story as it is stored."""
    from saves.outline import outline_of

    return to_json(outline_of(story))


class Journal:
    """One play's journal, as it was when opened and as changed here since.

    Two windows may have the same play open. The first to write goes on; the other's next write raises OpenElsewhere, and after
    `reload` it goes on from where the first one stands.
    """

    def __init__(self, file: SavesFile, play_id: str, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._head = START
        self._load(play_id)
        self.story_hash = self._row.hash
        """Content hash of the scenario that new decisions are made under."""
        self._outline: str | None = None
        self._outlines: dict[str, Outline | None] = {}

    # What it is

    @property
    def play_id(self) -> str:
        """Id of the play, the same on every machine that it is imported to."""
        return self._row.id

    @property
    def scenario(self) -> str:
        """Id of the scenario."""
        return self._row.scenario

    @property
    def title(self) -> str:
        """Title of the scenario when the play was begun."""
        return self._row.title

    @property
    def begun_hash(self) -> str:
        """Content hash of the scenario when the play was begun."""
        return self._row.hash

    @property
    def seed(self) -> int:
        """Seed of the play."""
        return int(self._row.seed)

    @property
    def player(self) -> str:
        """The pseudonym of whoever plays, as it is compared."""
        return self._row.player

    @property
    def name(self) -> str:
        """The player's name as the story uses it."""
        return self._row.name

    @property
    def pronouns(self) -> str:
        """The player's pronouns as the story uses them."""
        return self._row.pronouns

    @property
    def created(self) -> datetime:
        """Real time of the beginning."""
        return self._row.created

    @property
    def cut(self) -> tuple[str, ...]:
        """The scenes that the play leaves out; nothing for the whole story."""
        return self._cut

    @property
    def given(self) -> Given | None:
        """What it began with, as a part of a career."""
        return self._given

    @property
    def horizon(self) -> int | None:
        """How far it is told, as a part of a career: seconds after its last decision. None: to its very end."""
        return self._horizon

    @property
    def career(self) -> str | None:
        """Id of the career that it is a part of, the same on every machine; None when it stands by itself."""
        return self._part.career if self._part is not None else None

    @property
    def part(self) -> int:
        """Which part of the career it is, from 0; 0 for a play that stands by itself."""
        return self._part.number if self._part is not None else 0

    @property
    def head(self) -> int:
        """The node where one is: the last decision, or START."""
        return self._head

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All decisions of all branches, in the order taken."""
        return tuple(self._nodes.values())

    # The path

    def path(self) -> tuple[Input, ...]:
        """The inputs that lead to the head."""
        return tuple(node.input for node in self.path_nodes())

    def path_nodes(self) -> tuple[Node, ...]:
        """The decisions that lead to the head."""
        return self._path_to(self._head)

    def drafts_at(self, node: int) -> tuple[Draft, ...]:
        """Drafts taken back right after a node, and what was said of scenes to read, in the order written."""
        return tuple(draft for draft in self._drafts if draft.node == node)

    def ending(self) -> Reached | None:
        """The ending that was reached at the head."""
        return self._endings.get(self._head)

    def branches(self) -> list[Branch]:
        """Every way through the tree, the newest first."""
        here = self.path_nodes()
        parents = {node.parent for node in self._nodes.values()}
        found = []
        for node in self._nodes.values():
            if node.id in parents:
                continue
            way = self._path_to(node.id)
            shared = sum(1 for one, other in zip(way, here, strict=False) if one.id == other.id)
            ending = self._endings.get(node.id)
            inputs = tuple(step.input for step in way)
            found.append(Branch(node.id, inputs, shared, node.at, node.mistap, ending.ending if ending else None))
        return sorted(found, key=lambda branch: -branch.tip)

    # Changing it

    def take(self, input: Input, *, took_ms: int = 0, play: Play | None = None) -> int:  # noqa: A002
        """Record a decision at the head, and move the head to it. Returns the node's id; it is on the disk then.

        `took_ms` is how long the player took. `play` is the play after the same decision: with it the journal keeps what the decision
        led to (by which `resume` notices an edited scenario) and the ending, when there is one.
        """
        number = max(self._nodes, default=START) + 1
        outcome = None if play is None else outcome_of(play)
        depth = self._nodes[self._head].depth + 1 if self._head != START else 1
        ending: EndingRow | None = None
        with self._write(head=number) as (connection, at):
            row = NodeRow(
                self.play_id,
                number,
                self._head,
                depth,
                to_json(input),
                at,
                max(0, int(took_ms)),
                self.story_hash,
                None if outcome is None else to_json(outcome),
                0,
            )
            connection.execute(insert("nodes"), values(row))
            if self._outline is not None:
                connection.execute(insert("stories", ignore=True), (self.story_hash, self._outline))
            if play is not None and play.ending is not None:
                ending = EndingRow(self.play_id, number, play.ending, to_json(play.dials), at)
                connection.execute(insert("endings"), values(ending))
        self._outline = None
        self._nodes[number] = _node(row)
        self._head = number
        if ending is not None:
            self._endings[number] = reached_from(ending, self.scenario)
        return number

    def rewind(self, count: int) -> None:
        """Move the head to where `count` decisions of the path had been taken. Raises ValueError for a count that it has not."""
        path = self.path_nodes()
        if not 0 <= count <= len(path):
            raise ValueError(f"cannot rewind to {count} decisions, the path has {len(path)}")
        self.go_to(path[count - 1].id if count else START)

    def go_to(self, node: int) -> None:
        """Move the head to a node of any branch (the `tip` of a Branch goes on there). Raises ValueError for an unknown one."""
        if node != START and node not in self._nodes:
            raise ValueError(f"there is no node {node} in play {self.play_id}")
        with self._write(head=node):
            pass
        self._head = node

    def undo(self) -> Input:
        """Take back a mis-tap: the head goes one back and the decision is marked. Returns its input.

        A decision that was played on from before is not marked: it was no mis-tap. Raises NothingToUndo at the beginning.
        """
        if self._head == START:
            raise NothingToUndo
        node = self._nodes[self._head]
        mistap = all(other.parent != node.id for other in self._nodes.values())
        with self._write(head=node.parent) as (connection, _at):
            if mistap:
                connection.execute("UPDATE nodes SET mistap = 1 WHERE play = ? AND node = ?", (self.play_id, node.id))
        if mistap:
            self._nodes[node.id] = replace(node, mistap=True)
        self._head = node.parent
        return node.input

    def note_draft(self, scene: str, choice: str, text: str) -> None:
        """Record that something was written at the head and not sent."""
        self._note(scene, choice, text)

    def note_reading(self, scene: str, read: bool) -> None:
        """Record whether a scene to read, which came after the decision at the head, was read."""
        self._note(scene, READ if read else SKIPPED, "")

    def _note(self, scene: str, choice: str, text: str) -> None:
        with self._write(head=self._head) as (connection, at):
            row = DraftRow(self.play_id, self._head, scene, choice, tidy(text), at)
            connection.execute(insert("drafts"), values(row))
        self._drafts.append(_draft(row))

    def reached(self, ending: str, dials: Mapping[str, int]) -> None:
        """Record that the play ended here, when `take` was not given the play. `dials` in hundredths of a point.

        Recording it again replaces it.
        """
        with self._write(head=self._head) as (connection, at):
            connection.execute("DELETE FROM endings WHERE play = ? AND node = ?", (self.play_id, self._head))
            row = EndingRow(self.play_id, self._head, ending, to_json(dict(dials)), at)
            connection.execute(insert("endings"), values(row))
        self._endings[self._head] = reached_from(row, self.scenario)

    def rule(self) -> Rule | None:
        """The rule that was written for this play, as it is on the disk now."""
        return rules.read(self._file, self.play_id)

    def last_rule(self) -> Rule | None:
        """The rule that the same player wrote last in another play of this scenario."""
        found = rules.read_all(self._file, self._row.player, self.scenario)
        return next((rule for rule in found if rule.play != self.play_id), None)

    def write_rule(self, situation: str, action: str, scene: str = "") -> Rule | None:
        """Keep the rule for this play; two empty halves remove it. See `saves.rules.write`."""
        return rules.write(self._file, self.play_id, situation, action, scene, self._now)

    def stand(self, count: int) -> None:
        """Stand at `count` decisions of the path without writing that down; the next decision grows a branch there.

        For a scenario that was edited: looking at an old play changes nothing until one goes on. Raises ValueError like `rewind`.
        """
        path = self.path_nodes()
        if not 0 <= count <= len(path):
            raise ValueError(f"cannot stand at {count} decisions, the path has {len(path)}")
        self._head = path[count - 1].id if count else START

    def look_from(self, node: int) -> None:
        """Stand at a node of any branch without writing that down; a decision, a rewind or a draft does.

        For looking back on a way that ended, while the play itself stands elsewhere. Raises ValueError for an unknown node.
        """
        if node != START and node not in self._nodes:
            raise ValueError(f"there is no node {node} in play {self.play_id}")
        self._head = node

    def under(self, story: Story) -> None:
        """From here on, decisions are made under this (edited) story."""
        if story.hash != self.story_hash:
            self.story_hash = story.hash
            self._outline = outline_text(story)

    def outline(self, story_hash: str) -> Outline | None:
        """What the scenario looked like under a hash, where that was recorded."""
        if story_hash in self._outlines:
            return self._outlines[story_hash]
        with self._file.reading() as connection:
            found = connection.execute("SELECT outline FROM stories WHERE hash = ?", (story_hash,)).fetchone()
        try:
            outline = self._outlines[story_hash] = None if found is None else read_outline(found[0])
        except msgspec.DecodeError as error:
            raise self._file.damaged() from error
        return outline

    def reload(self) -> None:
        """Read the journal again, as it is on the disk now."""
        self._load(self.play_id)

    # Inside

    def _path_to(self, node: int) -> tuple[Node, ...]:
        way = []
        while node != START:
            step = self._nodes[node]
            way.append(step)
            node = step.parent
        return tuple(reversed(way))

    @contextmanager
    def _write(self, *, head: int) -> Iterator[tuple[sqlite3.Connection, datetime]]:
        """A transaction that first sees that nobody else went on with this play."""
        at = self._now()
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE plays SET seq = seq + 1, head = ?, updated = ? WHERE id = ? AND seq = ?",
                (head, stamp(at), self.play_id, self._seq),
            ).rowcount
            if not changed:
                raise self._conflict(connection)
            yield connection, at
        self._seq += 1

    def _conflict(self, connection: sqlite3.Connection) -> NoSuchPlay | OpenElsewhere:
        there = connection.execute(
            "SELECT coalesce(n.depth, 0) FROM plays p LEFT JOIN nodes n ON n.play = p.id AND n.node = p.head WHERE p.id = ?",
            (self.play_id,),
        ).fetchone()
        if there is None:
            return NoSuchPlay(self.play_id)
        return OpenElsewhere(here=len(self.path_nodes()), there=there[0])

    def _load(self, play_id: str) -> None:
        with self._file.reading() as connection:
            play = connection.execute(f"SELECT {columns('plays')} FROM plays WHERE id = ?", (play_id,)).fetchone()
            parts = [
                connection.execute(f"SELECT {columns(table)} FROM {table} WHERE play = ? ORDER BY n", (play_id,)).fetchall()
                for table in ("nodes", "drafts", "endings")
            ]
            part = connection.execute(f"SELECT {columns('parts')} FROM parts WHERE play = ?", (play_id,)).fetchone()
            cut = connection.execute("SELECT scenes FROM cuts WHERE play = ?", (play_id,)).fetchone()
        if play is None:
            raise NoSuchPlay(play_id)
        try:
            row = read_row(play, PlayRow)
            int(row.seed)  # a seed that is no number is damage, like any other value that makes no sense
            nodes: dict[int, Node] = {}
            for each in sorted((read_row(one, NodeRow) for one in parts[0]), key=lambda one: one.node):
                if each.parent != START and each.parent not in nodes:
                    raise ValueError
                nodes[each.node] = _node(each)
            drafts = [_draft(read_row(each, DraftRow)) for each in parts[1]]
            endings = {each[1]: reached_from(read_row(each, EndingRow), row.scenario) for each in parts[2]}
            if row.head != START and row.head not in nodes:
                raise ValueError
            of_career = None if part is None else read_row(part, PartRow)
            begins = None if of_career is None else read_given(of_career.given)
            left_out = () if cut is None else read_cut(cut[0])
        except (msgspec.DecodeError, ValueError) as error:
            raise self._file.damaged() from error
        self._row = row
        self._part = of_career
        self._given = begins.given() if begins is not None else None
        self._horizon = begins.horizon if begins is not None else None
        self._cut = left_out
        self._nodes = nodes
        self._drafts = drafts
        self._endings = endings
        self._head = row.head
        self._seq = row.seq


def _node(row: NodeRow) -> Node:
    return Node(
        row.node,
        row.parent,
        row.depth,
        read_input(row.input),
        row.at,
        row.took_ms,
        row.hash,
        read_outcome(row.outcome),
        bool(row.mistap),
    )


def _draft(row: DraftRow) -> Draft:
    return Draft(row.node, row.scene, row.choice, row.text, row.at)


def reached_from(row: EndingRow, scenario: str) -> Reached:
    """An ending from its row."""
    return Reached(row.play, scenario, row.node, row.ending, read_dials(row.dials), row.at)
