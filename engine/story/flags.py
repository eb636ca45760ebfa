"""The flags of a story: which there are, which may come from an earlier part, and which something in it may change."""

from __future__ import annotations

from engine.script.parts import effects_of
from engine.story.model import Story, Var


def known_flags(story: Story) -> dict[str, Var]:
    """The flags of a story: yes or no, and numbers."""
    return {var.name: var for var in story.vars if var.kind in ("flag", "number")}


def carried_flags(story: Story) -> dict[str, Var]:
    """Those that may come from an earlier part."""
    flags = story.scenario.flags
    return {name: var for name, var in known_flags(story).items() if name in flags and flags[name].carried}


def flags_set(story: Story) -> set[str]:
    """The flags that something in a story may change."""
    found: set[str] = set()
    for _path, effects in effects_of(story.scenario):
        found |= set(effects.set)
        for later in effects.later:
            found |= set(later.set)
    for scene in story.scenario.scenes.values():
        if scene.board is not None:
            found |= {flag for flag in (scene.board.count, scene.board.found) if flag is not None}
    return found


__all__ = ["carried_flags", "flags_set", "known_flags"]
