"""What tests of the shell ask for by name: a small pack of their own, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.game.shell import small_pack


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return small_pack(tmp_path / "packs")


@pytest.fixture
def nothing_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenarios that are shipped change; and colours are not for the shell around the tests to take away."""
    monkeypatch.setattr("game.packs.shipped", lambda _words=None: iter(()))
    monkeypatch.delenv("NO_COLOR", raising=False)
