"""An if-then rule as an author or a player writes it, and its two halves."""

from __future__ import annotations

import re

_THEN = re.compile(r",\s*then\b", re.IGNORECASE)
_IF = re.compile(r"^(?:if|when)\b\s*", re.IGNORECASE)
_LEAD = re.compile(r"^(?:then\b\s*)?(?:I\b(?!')\s*)?", re.IGNORECASE)


def halves(rule: str) -> tuple[str, str] | None:
    """What happens, and what one does then: `If it lands, then I wait.` is `it lands` and `wait`.

    It parts at `, then`, else at the first comma, so that other languages may say it their way. None where there is nothing to part.
    """
    words = " ".join(rule.split())
    found = _THEN.search(words)
    at, end = found.span() if found is not None else (words.find(","), words.find(",") + 1)
    if at < 0:
        return None
    parts = first_half(words[:at]), second_half(words[end:])
    return parts if all(parts) else None


def first_half(text: str) -> str:
    """What happens, without the `If` before it."""
    return _IF.sub("", text.strip()).rstrip(" ,;")


def second_half(text: str) -> str:
    """What one does then, without `then I` before it and without the full stop."""
    return _LEAD.sub("", text.strip()).rstrip(" .")
