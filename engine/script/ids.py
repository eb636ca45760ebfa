"""How ids are spelled, and what id somebody may have meant."""

from __future__ import annotations

import re

ID = r"[a-z][a-z0-9_-]*"
"""The pattern of an id."""
ID_RULE = "ids have lower case letters, digits, `-` and `_`, and begin with a letter"
is_id = re.compile(ID).fullmatch


def slug(words: str) -> str:
    """The id that somebody may have meant by these words; empty when there is none in them."""
    return re.sub(r"[^a-z0-9_-]+", "-", words.lower()).strip("-_").lstrip("0123456789-_")
