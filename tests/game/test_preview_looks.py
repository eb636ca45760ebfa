"""How the preview looks, at the sizes and in the looks of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.game.preview_table import TEXT, Desk
from tests.game.shell import press, settle

BROKEN = TEXT.replace("next: third", "next: thirst")
RENAMED = TEXT.replace("      shut: {label: Shut it}", "      close: {label: Shut it}")


LOOKS: dict[str, tuple[str, tuple[int, int], str, str, tuple[str, ...]]] = {
    "quiet": ("night", (120, 36), TEXT, TEXT, ()),
    "broken": ("night", (80, 24), TEXT, BROKEN, ()),
    "findings": ("day", (120, 36), TEXT, BROKEN, ("x",)),
    "misfit": ("night", (80, 24), TEXT, RENAMED, ()),
    "why": ("night", (80, 24), TEXT, TEXT, ("w",)),
    "values": ("contrast", (80, 24), TEXT, TEXT, ("v", "down", "right")),
    "time": ("day", (80, 24), TEXT, TEXT, ("t",)),
    "scenes": ("plain", (80, 24), TEXT, TEXT, ("ctrl+g", "n")),
    "waiting": ("night", (160, 48), BROKEN, BROKEN, ()),
    "help": ("night", (80, 24), TEXT, TEXT, ("question_mark",)),
}
"""Name to the look, the size, the file at first, the file as it is saved then, and the keys."""


@pytest.fixture(autouse=True)
def _plain_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("SEENBY_ORGANISATION", raising=False)


@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Callable[..., bool], tmp_path: Path, name: str) -> None:
    look, size, text, saved, keys = LOOKS[name]
    decisions = ["first: speak", "second: shut"] if name == "misfit" else ["first: speak"]
    desk = Desk(tmp_path, text, look=look, decisions=decisions)

    async def before(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        desk.write(saved)
        await desk.saved(pilot)
        await press(pilot, *keys)

    assert snap_compare(desk.app, terminal_size=size, run_before=before)
