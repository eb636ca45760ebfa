"""How numbers are shown: in worlds out of a hundred, and line by line with formula and source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.odds import DAY, MONTH, OUR_GUESS, YEAR, checked
from engine.script.times import duration_words
from engine.words import _

HOUR = 3_600
"""Seconds of an hour."""

TIMES: tuple[int, ...] = (HOUR, 3 * DAY, 21 * DAY, 240 * DAY, 4 * YEAR)
"""When the reckoning looks, in seconds: an hour, three days, three weeks, eight months, four years (fact base, section 8)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a working: what, how it is reckoned, what comes out, and where the formula or the number is from."""

    what: str
    formula: str
    value: str
    source: str

    def __str__(self) -> str:
        return f"{self.what}: {self.formula} = {self.value} [{self.source}]"


_SLOT = re.compile(r"\{(\w+)\}")


def put(text: str, /, **words: object) -> str:
    """`text` with its slots filled in one pass; what is put in is never read again. An unknown slot stays as it is."""
    return _SLOT.sub(lambda found: str(words.get(found[1], found[0])), text)


def percent(share: float) -> str:
    """A share as a percentage with as many digits as say something: `2 %`, `0.25 %`."""
    return f"{share * 100:.3g} %"


def inner(text: str) -> str:
    """A text that is about to stand in quotes: its own become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def in_worlds(chance: float) -> str:
    """A chance in worlds out of a hundred, never sharper than that."""
    if chance <= 0:
        return _("no world")
    if chance >= 1:
        return _("every world")
    if chance < 0.005:
        return _("fewer than 1 in 100 worlds")
    if chance >= 0.995:
        return _("more than 99 in 100 worlds")
    return put(_("about {count} in 100 worlds"), count=int(chance * 100 + 0.5))


def within(seconds: int) -> str:
    """`within 3 weeks`, `within an hour`."""
    words = duration_words(seconds)
    if words.startswith("1 "):
        words = f"an {words[2:]}" if words == "1 hour" else f"a {words[2:]}"
    return put(_("within {time}"), time=words)


__all__ = [
    "HOUR", "MONTH", "OUR_GUESS", "TIMES", "YEAR", "Line", "checked", "in_worlds", "inner", "percent", "put", "within",
]  # fmt: skip
