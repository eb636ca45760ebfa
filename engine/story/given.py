"""What a story begins with when it goes on from another: flags by name, and the dials as they were left.

A story that begins so is a story of its own that differs in where its values start. Whatever steps, proves or tells it needs to know
no more: a play of it is a function of (story, given, seed, decisions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.script.format import DIALS

if TYPE_CHECKING:
    from engine.story.model import Story

DIAL_LIMIT = 1000
"""A dial is handed on as it is shown at most: from -10 to +10 points. In hundredths."""


@dataclass(frozen=True, slots=True)
class Given:
    """What came before. Hashable and small."""

    flags: tuple[tuple[str, int], ...] = ()
    """Flags with their latest values (yes is 1), by name, in the order of their names. Those that a story does not carry are no concern of it."""
    dials: tuple[int, ...] = ()
    """The five dials in hundredths of a point, each from -1000 to +1000; empty: all at nothing."""

    @classmethod
    def of(cls, flags: Mapping[str, int], dials: Mapping[str, int]) -> Given:
        """From flags and dials by name. Dials beyond what is shown are brought to the bound."""
        found = tuple(max(-DIAL_LIMIT, min(DIAL_LIMIT, dials.get(name, 0))) for name in DIALS)
        return cls(tuple(sorted(flags.items())), found if any(found) else ())

    def values_for(self, story: Story) -> dict[str, int]:
        """What it changes at the beginning of a story: values by their names in `Story.vars`. Numbers are kept within their bounds."""
        values = dict(zip(DIALS, self.dials, strict=False))
        for name, value in self.flags:
            declared = story.scenario.flags.get(name)
            if declared is not None and declared.carried and name in story.var_index:
                var = story.vars[story.var_index[name]]
                values[name] = max(var.low, min(var.high, value))
        return values


def begun_with(story: Story, given: Given | None) -> Story:
    """The story as it begins with what came before; the story itself for nothing."""
    if given is None or given == story.given:
        return story
    starts = given.values_for(story)
    variables = tuple(replace(var, start=starts[var.name]) if var.name in starts else var for var in story.vars)
    return replace(story, vars=variables, given=given)


def flags_of(story: Story, values: tuple[int, ...] | list[int]) -> dict[str, int]:
    """The flags of a story by name, as they stand in these values."""
    return {var.name: values[var.index] for var in story.vars if var.kind in ("flag", "number")}


__all__ = ["DIAL_LIMIT", "Given", "begun_with", "flags_of"]
