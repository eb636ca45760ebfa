"""Scenarios with something wrong: pieces of a file swapped, dropped, doubled and misspelled, the same for the same seed."""

from __future__ import annotations

import random
import re

BITS = (
    "\n", " ", "  ", "\t", ":", ": ", "#", " #x", "- ", "{", "}", "[", "]", "'", '"', "\\", "|", ">", "&a ", "*a", "!t ", "---\n", "\x00", "\x1b",
    "é", "\u202e", "\ufe0f", "\r\n", "?", "%", "@", ",", "~", "yes", "no", "+1", "-3", "0", "99999999999999999999", "label: ", "script: |\n", "{if a}",
    "{end}", "{else}", "if: trust >= 1", "not ", " and ", "look: yes", "stay: yes", "next: end", "do: [leave team]", "least: 3", "ordered: yes",
    "after: 1 day", "at: 03:00", "when: +1 hour", "😂", "masked: ", "{you}", "{they}", "silence: {}", "skip: No.", "optional: No.", "language: pl",
)  # fmt: skip
_WORD = re.compile(r"[a-z][a-z0-9_-]+")


def mutated(text: str, draw: random.Random) -> bytes:
    """The text with one to four things done to it."""
    for _ in range(draw.choice((1, 1, 2, 2, 3, 4))):
        text = draw.choice((_line, _line, _word, _word, _number, _bit, _bit, _block))(text, draw)
    data = text.encode("utf-8", "surrogatepass")
    if draw.random() < 0.03:
        at = draw.randrange(len(data) + 1)
        data = data[:at] + draw.randbytes(draw.randint(1, 4)) + data[at:]
    return data


def _line(text: str, draw: random.Random) -> str:
    """A line is dropped, doubled, moved, or indented otherwise."""
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    how = draw.randrange(4)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(at, lines[at])
    elif how == 2:
        lines.insert(draw.randrange(len(lines)), lines.pop(at))
    else:
        lines[at] = draw.choice(("  ", " ", "", "    ")) + lines[at].strip()
    return "\n".join(lines)


def _word(text: str, draw: random.Random) -> str:
    """A word becomes another word of the file."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    one, other = draw.choice(words), draw.choice(words)
    return text[: one.start()] + other[0] + text[one.end() :]


def _number(text: str, draw: random.Random) -> str:
    """A number becomes another."""
    numbers = list(re.finditer(r"[+-]?\d+", text))
    if not numbers:
        return text
    one = draw.choice(numbers)
    return (
        text[: one.start()] + draw.choice(("0", "1", "2", "-1", "+3", "7", "100", "-3", "365", "999999999")) + text[one.end() :]
    )


def _bit(text: str, draw: random.Random) -> str:
    """Something is put in, and perhaps some letters go."""
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(BITS) + text[at + draw.choice((0, 0, 0, 1, 5, 20)) :]


def _block(text: str, draw: random.Random) -> str:
    """Some lines stand once more, somewhere else."""
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    block = lines[at : at + draw.randint(1, 12)]
    to = draw.randrange(len(lines))
    return "\n".join([*lines[:to], *block, *lines[to:]])
