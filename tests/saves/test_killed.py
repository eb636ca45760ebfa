"""Whoever is killed while they play has lost no decision that came back."""

from __future__ import annotations

from pathlib import Path

from tests.killing import killed


def test_killing_the_process_300_times_loses_no_decision(folder: Path) -> None:
    kills = 300
    result = killed("tests.saves.killed", folder, kills, 20260302)
    assert result["kills"] == kills
    # Otherwise the test would prove nothing: many decisions were written, and many kills fell into the middle of a write.
    assert result["acknowledged"] > 2 * kills
    assert result["mid_write"] > kills // 20
