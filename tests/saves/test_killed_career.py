"""Whoever is killed on the way through a career, between two parts or within one, goes on where they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed


@pytest.mark.parametrize("kills", [12, pytest.param(60, marks=pytest.mark.slow)])
def test_killing_the_process_within_and_between_parts_loses_nothing(folder: Path, kills: int) -> None:
    result = killed("tests.saves.killed_career", folder, kills, 20260304)
    assert result["kills"] == kills
    # Otherwise the test would prove nothing: parts were begun, decisions taken, and some lives ended between two parts.
    assert result["decisions"] > kills
    assert result["parts"] > kills // 3
    assert kills < 60 or result["between"] > 2
