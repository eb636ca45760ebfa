"""Text with slots: `{policy}`, `{Policy}` where a sentence begins, `{you}`, `{jo.handle}`, and `masked:`.

Filled by looking words up, never by format strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from engine.story.model import Template
from engine.text import MASK_CLOSE, MASK_OPEN
from engine.words import _

CAST_PARTS = ("full", "handle", "phone", "job", "is", "they", "them", "their")
PLAYER_WORDS = ("you", "they", "them", "their")


def standard_slots() -> dict[str, str]:
    """The words that every organisation has, in plain default wording."""
    return {
        "org": _("our organisation"),
        "policy": _("the messaging policy"),
        "reporting_route": _("the reporting line"),
        "speak_up_person": _("the speak-up guardian"),
        "data_route": _("the data protection officer"),
        "security_route": _("the security desk"),
        "approved_app": _("the approved app"),
        "staff_body": _("the staff association"),
        "union": _("the union"),
        "support_line": _("the staff support line"),
        "official_page": _("the official page"),
    }


_MASK = re.compile(r"(?<![\w-])masked:[ \t]*([^\n]+)")
_SLOT = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_HEAD = re.compile(r"\s*if\s")
_NAME = re.compile(r"[A-Za-z][a-z0-9_-]*(?:\.[a-z]+)?\Z")


def compile_text(text: str, known: Callable[[str], str | None], problem: Callable[[int, str, str], None]) -> Template:
    """A template for `text`.

    `known(name)` says None when a slot of that name exists, else a hint; it is asked in small letters.
    `problem(offset, message, hint)` hears of a bad slot.
    """
    marks: list[tuple[int, int, str]] = []  # what stands for something else: from, to, instead
    for found in _MASK.finditer(text) if "masked:" in text else ():
        said = found[1].rstrip()
        marks += ((found.start(), found.start(1), MASK_OPEN), (found.start(1) + len(said), found.end(), MASK_CLOSE))
    if "{" not in text and "}" not in text:
        for start, end, instead in reversed(marks):
            text = text[:start] + instead + text[end:]
        return text
    runs: list[str | tuple[str, str]] = []
    end = 0

    def plain_until(stop: int) -> None:
        nonlocal end
        while marks and marks[0][0] < stop:
            start, after, instead = marks.pop(0)
            runs.extend((text[end:start], instead))
            end = after
        if stop > end:
            runs.append(text[end:stop])
            end = stop

    for found in _SLOT.finditer(text):
        plain_until(found.start())
        end = max(end, found.end())
        mark = found[0]
        if mark in ("{{", "}}"):
            runs.append(mark[0])
            continue
        name = found[1]
        if name is None:
            problem(found.start(), f"a lone '{mark}'", f"write '{mark}{mark}' for a brace that is shown")
            continue
        if _HEAD.match(name):
            message = f"'{mark}' stands in the middle of a line, or where nothing can be asked"
            problem(
                found.start(), message, "in scripts, epilogues, codas and `unseen` an {if} stands at the beginning of a line"
            )
            continue
        if not _NAME.match(name):
            problem(found.start(), f"'{mark}' is not the name of a slot", "a slot is one word, such as {policy} or {jo}")
            continue
        hint = known(_small(name))
        if hint is not None and name in ("else", "end"):
            hint = (
                "a block begins with an {if} alone on its line and ends with such an {end}; one line behind an {if} has no end"
            )
            problem(found.start(), f"'{mark}' stands in the middle of a line", hint)
            continue
        if hint is not None:
            problem(found.start(), f"there is no slot '{{{name}}}'", hint)
            continue
        runs.append(("slot", name))
    plain_until(len(text) + 1)
    return _joined(runs)


def _joined(runs: list[str | tuple[str, str]]) -> Template:
    parts: list[str | tuple[str, str]] = []
    for run in runs:
        if isinstance(run, str):
            if not run:
                continue
            if parts and isinstance(parts[-1], str):
                parts[-1] += run
                continue
        parts.append(run)
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return tuple(parts)


def fill(template: Template, words: Mapping[str, str]) -> str:
    """The text with its slots filled from `words`."""
    if isinstance(template, str):
        return template
    return "".join(part if isinstance(part, str) else _word(part[1], words) for part in template)


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text that was found in order when its scenario was compiled, with its slots filled from `words`."""
    return fill(compile_text(text, lambda _name: None, lambda _offset, _message, _hint: None), words)


def _word(name: str, words: Mapping[str, str]) -> str:
    """What stands for a slot. `{Org}` begins a sentence: an organisation's own words mostly begin small ("the duty desk")."""
    small = _small(name)
    found = words.get(small, small)
    return found if small == name else found[:1].upper() + found[1:]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
