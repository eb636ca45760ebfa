"""Seenby's engine: stories and plays. Knows no screen, no files of saves, no network and no wall clock.

from engine import load_story
from engine.play.play import Play

play = Play.begin(load_story("my-story.yaml"), seed=7)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from engine.story.model import Story

__all__ = ["load_story"]


def load_story(
    path: str | Path | Traversable, slots: Mapping[str, str] | None = None, defaults: Mapping[str, str] | None = None
) -> Story:
    """The story in a scenario file, ready to play.

    `slots` are the organisation's words and go before the scenario's own; `defaults` are its pack's and go after them. Raises `ScenarioError` with every finding
    when the file cannot be played, and OSError when it cannot be opened.
    """
    from engine.script.read import read_file
    from engine.story.compile import compile_story

    if isinstance(path, str):
        from pathlib import Path

        path = Path(path)
    return compile_story(read_file(path), slots, defaults)
