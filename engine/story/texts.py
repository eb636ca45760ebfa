"""Texts of one scenario compiled to templates, with what is wrong reported at its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.script.findings import Path, did_you_mean
from engine.story.model import Template
from engine.story.registry import Registry
from engine.story.slots import CAST_PARTS, PLAYER_WORDS, compile_text


@dataclass
class Texts:
    """Compiles texts against the slots and cast of a scenario."""

    registry: Registry
    slots: dict[str, str]
    used: set[str] = field(default_factory=set)

    def compile(self, text: str | None, path: Path, *, row: int = 0, col: int = 0) -> Template:
        """The template of a text; None is the empty text."""
        if not text:
            return ""
        if "{" not in text and "}" not in text and "masked:" not in text:
            return text.strip("\n")

        def problem(offset: int, message: str, hint: str) -> None:
            before = text[:offset]
            down = before.count("\n")
            across = offset - (before.rfind("\n") + 1) if down else offset
            self.registry.source.add("SB220", path, message, hint, row=row + down, col=across if down else col + across)

        return compile_text(text.strip("\n"), self._known, problem)

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
