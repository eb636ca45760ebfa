"""Who shows a room just now: a lock that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine.words import _
from saves.errors import SaveError

if TYPE_CHECKING:
    import sqlite3

    from saves.file import SavesFile


PATIENCE = 0.3
"""Seconds to wait for the lock: whoever only looks whether it is taken reads it for a moment."""


class RoomBusy(SaveError):
    """Another projector shows this room."""

    def __init__(self, room_id: str) -> None:
        super().__init__(
            _("Another window shows the room “{id}” already.").format(id=room_id),
            _("Go on there, or close that window first. `seenby workshop --notes` steers it from here."),
        )


class Hold:
    """A lock on a room, which only the projector has: a small file of its own, so that whoever shows a room keeps nobody from saving."""

    def __init__(self, file: SavesFile, room_id: str) -> None:
        self._path = lock_path(file, room_id)
        self._room = room_id
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Take it. Raises RoomBusy, and SaveError when the lock cannot be made."""
        import sqlite3

        while self._connection is None:
            before = _which(self._path)
            connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                connection.close()
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                    raise RoomBusy(self._room) from None
                raise SaveError(
                    _("The lock {path} could not be made ({detail}).").format(path=self._path, detail=str(error)),
                    _("Choose another folder with --saves DIR, one that this account may write to."),
                ) from error
            if before is not None and before == _which(self._path):
                self._connection = connection
            else:  # made just now; or whoever had it before has taken the file away, and a lock on that would keep nobody out
                connection.close()

    def taken(self) -> bool:
        """Whether somebody has it. Makes no file, and does not look taken to others who look."""
        import sqlite3

        if not self._path.exists():
            return False
        try:
            connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.0, isolation_level=None
            )
        except sqlite3.OperationalError:
            return False
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        finally:
            connection.close()
        return False

    def release(self) -> None:
        """Let go. Twice is no error."""
        if self._connection is None:
            return
        # While it is held still: later it may be the next one's file.
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._connection.close()
        self._connection = None
        if os.name == "nt":  # where a file that is open stays
            with contextlib.suppress(OSError):
                self._path.unlink()


def lock_path(file: SavesFile, room_id: str) -> Path:
    """The file that is locked while a room is shown."""
    return file.folder / f"room-{room_id}.lock"


def _which(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None: none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


__all__ = ["Hold", "RoomBusy", "lock_path"]
