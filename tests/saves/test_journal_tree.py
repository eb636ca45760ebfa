"""The journal against a simple model of a tree, through every change and through closing and opening."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.play.inputs import Input
from saves.rows import tidy
from saves.store import Store
from tests.saves.conftest import Clock


class _Story:
    id, title, hash = "tea", "Tea", "h1"
    scenes: ClassVar[dict[str, object]] = {}
    slots: ClassVar[dict[str, str]] = {}
    cut = ()


inputs = st.builds(
    Input,
    st.sampled_from(["joke", "after", "rota"]),
    st.sampled_from(["choose", "pick", "link", "lapse", "skip"]),
    st.sampled_from(["", "a", "speak-up"]),
    st.lists(st.sampled_from(["x", "y", "q=c"]), max_size=3).map(tuple),
)


class Tree(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="seenby-tree-"))
        self.clock = Clock()
        self.store = Store.open(self.folder, now=self.clock)
        self.journal = self.store.begin(self.store.player("Mara"), _Story(), 1)  # type: ignore[arg-type]
        # The model: every node with its whole path, the head, what is marked and noted.
        self.paths: dict[int, tuple[int, ...]] = {0: ()}
        self.inputs: dict[int, Input] = {}
        self.head = 0
        self.mistaps: set[int] = set()
        self.drafts: list[tuple[int, str]] = []
        self.endings: dict[int, str] = {}

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @initialize(given=inputs)
    def first(self, given: Input) -> None:
        self.take(given, 1)

    @rule(given=inputs, took=st.integers(0, 10**7))
    def take(self, given: Input, took: int) -> None:
        node = self.journal.take(given, took_ms=took)
        assert node not in self.paths
        self.paths[node] = (*self.paths[self.head], node)
        self.inputs[node] = given
        self.head = node

    @rule(data=st.data())
    def rewind(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(0, len(self.paths[self.head])))
        self.journal.rewind(count)
        self.head = self.paths[self.head][count - 1] if count else 0

    @precondition(lambda self: self.head)
    @rule()
    def undo(self) -> None:
        assert self.journal.undo() == self.inputs[self.head]
        if not any(len(path) > 1 and path[-2] == self.head for path in self.paths.values()):
            self.mistaps.add(self.head)
        path = self.paths[self.head]
        self.head = path[-2] if len(path) > 1 else 0

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        self.head = data.draw(st.sampled_from(sorted(self.paths)))
        self.journal.go_to(self.head)

    @rule(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    def draft(self, text: str) -> None:
        self.journal.note_draft("joke", "a", text)
        self.drafts.append((self.head, tidy(text)))

    @rule(ending=st.sampled_from(["quiet", "spoke"]))
    def reach(self, ending: str) -> None:
        self.journal.reached(ending, {"team": 1})
        self.endings[self.head] = ending

    @rule()
    def close_and_open(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder, now=self.clock)
        self.journal = self.store.journal(self.journal.play_id)

    @rule()
    def export_and_import(self) -> None:
        out = self.store.export(self.journal.play_id)
        self.store.forget(self.journal.play_id)
        assert self.store.import_(out) == [self.journal.play_id]
        assert self.store.export(self.journal.play_id) == out
        self.journal = self.store.journal(self.journal.play_id)

    @rule()
    def reload(self) -> None:
        self.journal.reload()

    @invariant()
    def agrees(self) -> None:
        journal = self.journal
        assert journal.head == self.head
        assert journal.path() == tuple(self.inputs[node] for node in self.paths[self.head])
        assert {node.id for node in journal.nodes} == set(self.inputs)
        assert {node.id for node in journal.nodes if node.mistap} == self.mistaps
        assert all(node.depth == len(self.paths[node.id]) for node in journal.nodes)
        inner = {step for path in self.paths.values() for step in path[:-1]}
        here = self.paths[self.head]
        assert {(branch.tip, branch.inputs, branch.shared) for branch in journal.branches()} == {
            (
                node,
                tuple(self.inputs[step] for step in path),
                sum(1 for one, other in zip(path, here, strict=False) if one == other),
            )
            for node, path in self.paths.items()
            if node and node not in inner
        }
        for node in self.paths:
            assert [draft.text for draft in journal.drafts_at(node)] == [text for at, text in self.drafts if at == node]
        assert (journal.ending().ending if journal.ending() else None) == self.endings.get(self.head)
        (info,) = self.store.plays()
        assert info.progress == len(here)
        assert info.ending == self.endings.get(self.head)


TestTree = Tree.TestCase
TestTree.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
