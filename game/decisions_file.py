"""Decisions in a file, one a line: what a transcript, a walkthrough and `--decisions` are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.play.inputs import Input, parse_input
from game.words import _


@dataclass(frozen=True, slots=True)
class Scripted:
    """A decision read from a file. `line` counts from 1."""

    line: int
    input: Input


class ScriptProblem(Exception):
    """A decision of a file does not fit. Says which line and why."""


def script_of(file: Path | None) -> list[Scripted]:
    """The decisions of a file that was named, if one was. Raises ScriptProblem and OSError."""
    if file is None:
        return []
    try:
        return read_script(file.read_text("utf-8"), str(file))
    except UnicodeDecodeError:
        raise ScriptProblem(
            _("{file} is not UTF-8 text. Write one decision a line: `scene: choice`.").format(file=file)
        ) from None


def read_script(text: str, name: str) -> list[Scripted]:
    """Decisions from a transcript: one a line as `scene: choice`; `#` begins a comment. Raises ScriptProblem with line and hint."""
    found: list[Scripted] = []
    # Some editors put a mark before the first word.
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        try:
            found.append(Scripted(number, parse_input(line)))
        except ValueError:
            raise ScriptProblem(
                _(
                    "{file}:{line}: this is no decision: “{text}”. Write `scene: choice`, `scene: pick one, two`, `scene: (lapse)`."
                ).format(file=name, line=number, text=line[:80])
            ) from None
    return found


__all__ = ["ScriptProblem", "Scripted", "read_script", "script_of"]
