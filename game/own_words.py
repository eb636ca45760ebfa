"""The words that an organisation puts in the place of a pack's, and the numbers of its own: files that a trainer writes by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from engine.text import clean, clean_name
from game.words import _

ORGANISATION_FILE = "organisation.yaml"
"""In the player's packs folder: the organisation's words, for every pack."""
SLOTS_FILE = "slots.yaml"
"""What that file was called at first; it is still read, and the other goes before it."""
ORGANISATION_VARIABLE = "SEENBY_ORGANISATION"
"""A file with the organisation's words that goes before those in folders."""
LARGEST_PACK = 200_000
"""Bytes that a `pack.yaml` or `organisation.yaml` may have."""


def folder_words(folder: Path) -> dict[str, str]:
    """The organisation's words in a folder. A file that cannot be read counts for nothing here; `slots_trouble` says why."""
    return {**words_of_file(folder / SLOTS_FILE)[0], **words_of_file(folder / ORGANISATION_FILE)[0]}


def first_words() -> dict[str, str]:
    """The words of the file that the environment names."""
    named = organisation_file()
    return words_of_file(named)[0] if named is not None else {}


def organisation_file() -> Path | None:
    """The file with the organisation's words that was named, if one was."""
    named = os.environ.get(ORGANISATION_VARIABLE, "").strip()
    return Path(named).expanduser() if named else None


def named_trouble() -> list[str]:
    """What is wrong with the file that the environment names."""
    named = organisation_file()
    problem = words_of_file(named)[1] if named is not None else ""
    return [problem] if problem else []


def slots_trouble(folder: Path) -> list[str]:
    """What is wrong with the organisation's words in a folder."""
    found = (words_of_file(folder / name)[1] for name in (ORGANISATION_FILE, SLOTS_FILE))
    return [problem for problem in found if problem]


def words_of_file(file: Path) -> tuple[dict[str, str], str]:
    """The organisation's words in one file, and what is wrong with it (or nothing). A name without words counts as left out."""
    try:
        text = file.read_text("utf-8-sig") if file.is_file() else ""
        data = strings(text) if len(text) <= LARGEST_PACK else None
    except (OSError, ValueError) as error:
        return {}, _("{file}: {problem}").format(file=file, problem=line_of(str(error), 200))
    if not text.strip() or (data is None and len(text) <= LARGEST_PACK):
        return {}, ""  # nothing, or comments only
    leaks = data.pop("leaks", {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        return {}, _("{file}: it should hold names with words: `policy: the messaging policy`").format(file=file)
    numbers, problem = leak_numbers(leaks)
    words = {str(key): said for key, value in data.items() if (said := clean(value).strip())}
    for name in words:
        if name[:1].isupper() and not problem:
            small = name[:1].lower() + name[1:]
            problem = _("write “{small}”, with a small letter: {{{name}}} in a text stands for the same words").format(
                name=line_of(name), small=line_of(small)
            )
    return words | numbers, _("{file}: {problem}").format(file=file, problem=problem) if problem else ""


def leak_numbers(value: Any) -> tuple[dict[str, str], str]:
    """The numbers of the leak model under `leaks`, as they go among the words: those that will do, and what is wrong with the first other."""
    if value in ({}, ""):
        return {}, ""
    if not isinstance(value, dict):
        return {}, _("`leaks` are numbers of the leak model: `pass-on: 0.05`")
    from engine.story.stakes import LEAKS, leak_number

    numbers: dict[str, str] = {}
    problem = ""
    for name, words in value.items():
        try:
            leak_number(str(name), words if isinstance(words, str) else "")
            numbers[f"{LEAKS}{name}"] = words
        except ValueError as error:
            problem = problem or line_of(str(error), 300)
    return numbers, problem


def strings(text: str) -> Any:
    """YAML in which every scalar stays text. Raises ValueError."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from error


def line_of(value: Any, limit: int = 120) -> str:
    """A text on one line, fit for a terminal; nothing for anything else."""
    return clean_name(value, limit) if isinstance(value, str) else ""


__all__ = [
    "LARGEST_PACK", "ORGANISATION_FILE", "ORGANISATION_VARIABLE", "SLOTS_FILE", "first_words", "folder_words", "leak_numbers", "line_of",
    "named_trouble", "organisation_file", "slots_trouble", "strings", "words_of_file",
]  # fmt: skip
