"""Whether a file was saved. Editors write in place, in pieces, or put another file in its stead; all of that is one save."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

POLL = 0.1
"""Seconds between two looks, which cost next to nothing. A save is read at the second look that sees it alike: within 0.2 seconds. That wait is
longer than all that follows: reading, playing again and drawing a shipped scenario take less than 0.1."""
EMPTY_LOOKS = 10
"""A file of no length is most likely about to be written; so many looks it is waited for."""

Stamp = tuple[int, int, int] | None
"""When it was changed (nanoseconds), its size, its inode. None: it is not there."""
Stat = Callable[[Path], os.stat_result]


class News(Enum):
    """What a look gives."""

    SAME = "same"
    SETTLING = "settling"
    """Something changes; it is not read before it has come to rest."""
    SAVED = "saved"
    """Read it now, then call `took`."""
    GONE = "gone"


class Watch:
    """Watches one file, and others that count with it."""

    def __init__(self, file: Path, beside: Sequence[Path] = (), stat: Stat = os.stat) -> None:
        """`beside` are files that need not be there: a pack's words."""
        self.file = file
        self.gone = False
        """It is not there now."""
        self._files = (file, *beside)
        self._stat = stat
        self._read: tuple[Stamp, ...] = ()
        self._last: tuple[Stamp, ...] = ()
        self._empty = 0

    def stamps(self) -> tuple[Stamp, ...]:
        """How the files stand now."""
        return tuple(self._stamp(file) for file in self._files)

    def took(self, stamps: tuple[Stamp, ...]) -> None:
        """The file was read as it stood with these stamps."""
        self._read = self._last = stamps
        self.gone = stamps[0] is None

    def look(self) -> News:
        """Look once."""
        now = self.stamps()
        mine = now[0]
        self.gone = mine is None
        if mine is None:
            self._last = now
            return News.GONE
        if now == self._read:
            self._last = now
            return News.SAME
        settled, self._last = now == self._last, now
        if not settled:
            self._empty = 0
            return News.SETTLING
        if mine[1] == 0 and self._empty < EMPTY_LOOKS:
            self._empty += 1
            return News.SETTLING
        return News.SAVED

    def _stamp(self, file: Path) -> Stamp:
        try:
            found = self._stat(file)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


__all__ = ["POLL", "News", "Stamp", "Watch"]
