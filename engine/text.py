"""Text is text: what may come out of a scenario, a name or a file, and how a masked part is told from the rest."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MASK_OPEN = "\ue000"
MASK_CLOSE = "\ue001"

_ESCAPES = re.compile(
    # OSC, DCS, PM, APC, SOS strings with their end; CSI sequences; any other escape pair.
    "\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\|\x9c|$)|\x1b\\[[0-?]*[ -/]*[@-~]|\x1b.?|[\x90\x98\x9d\x9e\x9f].*?(?:\x9c|\x07|$)|\x9b[0-?]*[ -/]*[@-~]",
    re.DOTALL,
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff" + MASK_OPEN + MASK_CLOSE + "]"
)


def unsafe_at(text: str) -> int | None:
    """Index of the first character that must not reach a terminal (controls, escapes, bidi marks), or None."""
    found = _UNSAFE.search(text)
    return found.start() if found else None


def clean(text: str) -> str:
    """`text` without escape sequences and control characters; tabs become spaces, line ends become newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return _UNSAFE.sub("", _ESCAPES.sub("", text))


def clean_name(name: str, limit: int = 40) -> str:
    """A name or nickname on one line, cleaned and at most `limit` characters long."""
    one_line = " ".join(clean(name).split())
    return unicodedata.normalize("NFC", one_line)[:limit].rstrip()


_EMPTY = re.compile(r"\n(?:[ \t]*\n)+")
"""One or more empty lines."""


class Segment(NamedTuple):
    """A run of text; `masked` when it describes what is not spelled out."""

    text: str
    masked: bool


def segments(text: str) -> list[Segment]:
    """Split a text of an event into plain and masked runs, in order. Empty runs are left out."""
    if MASK_OPEN not in text:
        return [Segment(text, False)] if text else []
    runs: list[Segment] = []
    for index, part in enumerate(text.split(MASK_OPEN)):
        if index == 0:
            if part:
                runs.append(Segment(part, False))
            continue
        inside, _, after = part.partition(MASK_CLOSE)
        if inside:
            runs.append(Segment(inside, True))
        if after:
            runs.append(Segment(after, False))
    return runs


def paragraphs(text: str) -> str:
    """A text as it is read: where its author broke a line is no matter, and an empty line parts two paragraphs."""
    parts = (" ".join(line.strip() for line in part.split("\n")) for part in _EMPTY.split(text.strip()))
    return "\n\n".join(parts)


def plain(text: str) -> str:
    """A text of an event for a plain terminal: a masked run reads `[masked: what it is]`."""
    return "".join(f"[masked: {run.text}]" if run.masked else run.text for run in segments(text))
