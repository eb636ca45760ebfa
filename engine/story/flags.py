"""The flags of a story: which there are, which may come from an earlier part, and which something in it may change."""

from __future__ import annotations

from engine.script.parts import flags_set_in
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
    return set(flags_set_in(story.scenario))


__all__ = ["carried_flags", "flags_set", "known_flags"]
