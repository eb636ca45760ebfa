"""One fact."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """What is so, and where it was read."""

    text: str
    source: str
