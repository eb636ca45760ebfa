"""What stands in the round brackets of a message: `(picture, forwarded many times, at 03:05)`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar, get_args

from engine.odds import Content
from engine.script.findings import Problem, Unread, did_you_mean
from engine.script.ids import is_id
from engine.script.lines import LineKind
from engine.script.times import parse_clock, parse_duration

_KINDS: dict[str, LineKind] = {
    "picture": "picture", "photo": "picture", "voice note": "voice", "voice": "voice", "video": "video", "document": "document",
    "sticker": "sticker", "gif": "gif", "link": "link", "location": "location", "poll": "poll",
}  # fmt: skip
_CONTENTS: tuple[str, ...] = get_args(Content)
_BRACKETS = (
    "picture", "voice note", "video", "document", "sticker", "gif", "link", "location", "poll", "forwarded",
    "forwarded many times", "reply to", "on", "subject:", "to:", "view once", "edited", "at", "expires", "archived",
    "content:",
)  # fmt: skip
_LENGTH = re.compile(r"(voice note|voice|video)\s+(\d{1,3}):(\d{2})")


def read_brackets(text: str, values: dict[str, object]) -> list[Problem]:
    """Take `picture, forwarded many times` into the fields of a message; what is wrong has columns from the beginning of `text`."""
    problems: list[Problem] = []
    open_text: str | None = None  # `subject` or `to`, which may have commas of its own
    parts = _commas(text)
    index = 0
    while index < len(parts):
        part, at = parts[index]
        index += 1
        word = part.lower()
        if word.startswith("at day") and index < len(parts) and ":" not in part:
            part = word = f"{part}, {parts[index][0]}"
            index += 1
        try:
            known = _bracket(part, word, values)
        except Unread as error:
            problem = error.problems[0]
            problems.append(Problem("SB153", problem.message, problem.hint, col=at + problem.col))
            continue
        if known:
            open_text = known if known in ("subject", "to") else None
        elif open_text is not None:
            values[open_text] = f"{values[open_text]}, {part}".strip('"')
        else:
            message = f"'{part}' is not known in round brackets" if part else "nothing stands between the commas"
            known_words = ", ".join(f"`{known_word}`" for known_word in _BRACKETS)
            hint = did_you_mean(word, _BRACKETS) or f"known are {known_words}"
            problems.append(Problem("SB153", message, hint, col=at))
    return problems


def _commas(text: str) -> list[tuple[str, int]]:
    """The parts between commas, stripped, with their places; commas inside double quotes and brackets do not count."""
    parts: list[tuple[str, int]] = []
    start = depth = 0
    quoted = False
    for index, char in enumerate(f"{text},"):
        if char == '"':
            quoted = not quoted
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if index == len(text) or (char == "," and not quoted and depth == 0):
            part = text[start:index]
            parts.append((part.strip(), start + len(part) - len(part.lstrip())))
            start = index + 1
    return parts


def _bracket(part: str, word: str, values: dict[str, object]) -> str:
    """Take one part of the round brackets into `values`; returns the name of the field, or nothing when it is not known."""
    if word in _KINDS:
        return _kind(_KINDS[word], values)
    if word in ("forwarded", "forwarded many times"):
        values["forwarded"] = 1 if word == "forwarded" else 2
        return "forwarded"
    if word in ("view once", "edited", "archived"):
        values[word.replace(" ", "_")] = True
        return word
    if (found := _LENGTH.fullmatch(word)) is not None:
        values["length"] = int(found[2]) * 60 + int(found[3])
        return _kind(_KINDS[found[1]], values)
    for lead, field_name in (("subject:", "subject"), ("to:", "to")):
        if word.startswith(lead):
            text = part[len(lead) :].strip()
            if not text.strip('"'):
                raise Unread(Problem("SB153", f"nothing stands after `{lead}`", f"write `{lead} some words`"))
            values[field_name] = text.strip('"') if text.endswith('"') or not text.startswith('"') else text[1:]
            return field_name
    if word.startswith("content:"):
        name = word[len("content:") :].strip()
        if name not in _CONTENTS:
            hint = did_you_mean(name, _CONTENTS) or f"known are {', '.join(_CONTENTS)}"
            raise Unread(Problem("SB153", f"'{name[:40]}' is no kind of content", f"write `content: striking`; {hint}"))
        values["content"] = name
        return "content"
    for lead, field_name in (("reply to ", "reply_to"), ("on ", "on")):
        if f"{word} ".startswith(lead):
            name = part[len(lead) :].strip()
            if not is_id(name):
                message = f"'{name}' is no id of a message" if name else f"`{lead.strip()}` lacks the id of a message"
                raise Unread(Problem("SB153", message, f"write `{lead}meme`", col=min(len(lead), len(part))))
            values[field_name] = name
            return field_name
    if f"{word} ".startswith("at "):
        values["at"] = _inner(parse_clock, part, 3)
        return "at"
    if f"{word} ".startswith("expires "):
        lead = "expires after " if word.startswith("expires after ") else "expires "
        values["expires"] = _inner(parse_duration, part, len(lead)).seconds
        return "expires"
    return ""


def _kind(kind: LineKind, values: dict[str, object]) -> str:
    """Say what kind of message it is; only once."""
    if "kind" in values:
        raise Unread(Problem("SB153", f"a message is one thing, not a {values['kind']} and a {kind}", "keep one of them"))
    values["kind"] = kind
    return "kind"


_Time = TypeVar("_Time")


def _inner(parse: Callable[[str], _Time], part: str, lead: int) -> _Time:
    """Parse the rest of a part, with places that count from the start of the part."""
    rest = part[lead:].strip()
    try:
        return parse(rest)
    except Unread as error:
        at = part.index(rest, lead) if rest else len(part)
        raise Unread(*(p._replace(col=p.col + at) for p in error.problems)) from None
