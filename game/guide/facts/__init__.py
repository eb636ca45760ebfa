"""The facts that scenarios lean on, in short and in our own words, with where they come from.

Only what was read stands here, and nothing from memory. As read in November 2026. What apps do changes fastest: look again before you
quote it. Cases are types, with everything left out that could point at a person. `python -m game.guide.facts` writes docs/facts.md.
"""

from __future__ import annotations

from game.guide.facts.apps import apps
from game.guide.facts.cases import cases, together
from game.guide.facts.fact import Fact
from game.guide.facts.guidance import guidance
from game.guide.facts.inference import inference
from game.guide.facts.law import law
from game.guide.facts.people import people
from game.guide.facts.use import use
from game.words import _

__all__ = ["Fact", "chapters", "facts"]


def chapters() -> tuple[tuple[str, dict[str, Fact]], ...]:
    """The facts in their order, by chapter: (heading, facts by id)."""
    return (
        (_("What those who set standards say"), guidance()),
        (_("Law that training mentions"), law()),
        (_("Types of case"), cases()),
        (_("What the cases say together"), together()),
        (_("How the apps work"), apps()),
        (_("Silence, speaking, reporting, trust, rumours"), people()),
        (_("What a locked account gives away"), inference()),
        (_("Good use"), use()),
    )


def facts() -> dict[str, Fact]:
    """Each fact by its id."""
    return {id_: fact for _heading, chapter in chapters() for id_, fact in chapter.items()}
