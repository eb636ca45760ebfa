"""A way that ended stays findable after somebody went back from it, and looking at it moves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.session import Session
from saves.store import Store
from saves.ways import ended_ways
from tests.game.shell import NOON, SPOKE, inputs, played, tour


def test_what_was_gone_back_from_is_found_and_looked_at_without_moving_anything(tmp_path: Path) -> None:
    play = played(tmp_path)
    with Store.open(tmp_path, now=lambda: NOON) as store:
        assert ended_ways(store) == {}
        session = Session.resume(store, play, tour())
        session.rewind(1)
        (way,) = ended_ways(store)[play]
        assert way.inputs == tuple(inputs(SPOKE))
        assert way.ending == "spoke"
        assert ended_ways(store, store.player("Somebody else")) == {}
        stood = store.journal(play).head
        looked = Session.resume(store, play, tour(), way.tip)
        assert looked.ended
        assert list(looked.play.inputs) == inputs(SPOKE)
        assert store.journal(play).head == stood
        assert [info.progress for info in store.plays()] == [1]
        looked.rewind(2)
        assert looked.journal is not None
        assert [info.progress for info in store.plays()] == [2], "playing on from there does move it"
        assert len(store.journal(play).branches()) == 1
        with pytest.raises(ValueError, match="no node 99"):
            Session.resume(store, play, tour(), 99)


def test_a_way_that_was_taken_back_at_once_is_no_way(tmp_path: Path) -> None:
    play = played(tmp_path)
    with Store.open(tmp_path, now=lambda: NOON) as store:
        Session.resume(store, play, tour()).undo()
        assert ended_ways(store) == {}
