"""Whoever is killed while they play has lost no decision that came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed


@pytest.mark.parametrize("kills", [100, pytest.param(300, marks=pytest.mark.slow)])
def test_killing_the_process_again_and_again_loses_no_decision(folder: Path, kills: int) -> None:
    """A hundred times here; three hundred times with `make test-slow`."""
    result = killed("tests.saves.killed", folder, kills, 20260302)
    assert result["kills"] == kills
    # Otherwise the test would prove nothing: many decisions were written, and many kills fell into the middle of a write.
    assert result["acknowledged"] > 2 * kills
    assert result["mid_write"] > kills // 20
