"""Texts of one scenario compiled to templates, with what is wrong reported at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.script.findings import Path, did_you_mean
from engine.story.model import Template
from engine.story.registry import Registry
from engine.story.slots import CAST_PARTS, PLAYER_WORDS, compile_text

Where = Callable[[int], tuple[int, int]]
"""From an offset in a text to its row and column (from 0) in the value that holds it."""


@dataclass
class Texts:
    """Compiles texts against the slots and cast of a scenario."""

    registry: Registry
    slots: dict[str, str]
    used: set[str] = field(default_factory=set)
    """The slots that some text asks for."""

    def compile(self, text: str | None, path: Path, *, where: Where | None = None, people: bool = True) -> Template:
        """The template of a text; None is the empty text.

        Without `where` the text is the whole value at `path`. Without `people` only slots may stand in it: a title or a name is needed
        before anybody has one.
        """
        if not text:
            return ""
        if "{" not in text and "}" not in text and "masked:" not in text:
            return text.strip("\n")
        lead = len(text) - len(text.lstrip("\n"))

        def problem(offset: int, message: str, hint: str) -> None:
            row, col = where(offset) if where is not None else row_and_column(text, lead + offset)
            self.registry.source.add("SB220", path, message, hint, row=row, col=col)

        return compile_text(text.strip("\n"), self._known if people else self._known_before, problem)

    def _known(self, name: str) -> str | None:
        self.used.add(name)
        base, _, part = name.partition(".")
        if base in self.registry.scenario.cast:
            return None if not part or part in CAST_PARTS else f"a person has {', '.join(CAST_PARTS)}"
        if part:
            return f"only people have parts: {', '.join(CAST_PARTS)}"
        if base in PLAYER_WORDS:
            if base != "you" and not self.registry.scenario.pronouns:
                return "write `pronouns: yes` at the top to ask the player for theirs"
            return None
        if base in self.slots:
            return None
        return did_you_mean(base, [*self.slots, *self.registry.scenario.cast, "you"]) or (
            "give it a default under `slots`, or write '{{' for a brace that is shown"
        )

    def _known_before(self, name: str) -> str | None:
        if name in self.slots:
            self.used.add(name)
            return None
        if name.partition(".")[0] in (*self.registry.scenario.cast, *PLAYER_WORDS):
            return "names are not known here yet; only slots such as {org} can stand in this text"
        return did_you_mean(name, self.slots) or "give it a default under `slots`, or write '{{' for a brace that is shown"


def row_and_column(text: str, offset: int) -> tuple[int, int]:
    """Row and column (from 0) of an offset in a text."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
