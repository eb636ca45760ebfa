"""The file of saves: opened, written so that a decision stays, and mended when it is damaged.

**How a write becomes durable.** The file uses SQLite's rollback journal (`journal_mode=TRUNCATE`) with `synchronous=FULL`:
when `writing()` is left, the change has been synced to the disk, and so has the end of the rollback journal. A write-ahead
log with FULL would be as safe and quicker (0.1 ms against 1.3 ms measured on a solid-state disk, where a decision comes every
few seconds). The rollback journal was chosen because

* a write-ahead log needs shared memory, which network folders do not have, and in many workplaces the home folder is one;
* between two decisions everything is in one file: who copies `seenby.db` copies all of it, and after forgetting somebody there
  is no second file in which the name lives on;
* a file in a folder that has become read-only can still be read.

TRUNCATE and not DELETE, because with DELETE the directory would have to be synced too (`EXTRA`) before a commit survives
a power cut.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from saves import schema
from saves.errors import Corrupt, DiskFull, DiskTrouble, Emptied, Foreign, Locked, Newer, ReadOnly, SaveError

if TYPE_CHECKING:
    import sqlite3

FILE_NAME = "seenby.db"
_KEPT = "seenby-corrupt-"


class SavesFile:
    """One connection to the file of saves. May be used from several threads; one at a time goes through."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime], patience: float) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.told: list[SaveError] = []
        """What the player should hear about the opening: what was damaged, what was read back."""
        self.opened = 0
        """How often the file was opened: again, when another one stands in its place."""
        self._now = now
        self._patience = patience
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        try:
            with self._explained():
                self._open()
        except Corrupt as damage:
            self.told.append(damage)

    def close(self) -> None:
        """Let go of the file. Closing twice is no error; using it again opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading: one unchanging view. Raises SaveError."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: on the disk when the block is left, or nothing of it has happened. Raises SaveError."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def shrink(self) -> None:
        """Write the file anew, without the room that removed rows took.

        What was removed is zeros already, so this is left out without a word when another window reads or the disk is full.
        """
        with contextlib.suppress(Locked, DiskFull), self._lock, self._explained():
            self._current().execute("VACUUM")

    def damaged(self) -> Corrupt:
        """For rows that make no sense: mend the file, and return what to raise."""
        with self._lock, self._explained(mends=False):
            return self._mend()

    def kept_aside(self) -> tuple[Path, ...]:
        """The damaged files that were kept, oldest first."""
        return tuple(sorted(self.folder.glob(f"{_KEPT}*"), key=lambda path: (path.stat().st_mtime, path.name)))

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        import sqlite3

        with self._lock, self._explained():
            connection = self._begin(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # After some errors, a full disk among them, SQLite has rolled back by itself.
                with contextlib.suppress(sqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise

    # Opening

    def _begin(self, begin: str) -> sqlite3.Connection:
        """Begin on the file that stands in the folder, which may have been mended while we waited for it."""
        while True:
            connection = self._current()
            connection.execute(begin)
            if self._inode == _inode(self.path):
                return connection
            connection.execute("ROLLBACK")

    def _current(self) -> sqlite3.Connection:
        """The connection, opened again when the file is no longer the one that stands in the folder.

        Without this, decisions would go on into a file that another window has set aside, or that somebody has deleted.
        """
        if self._connection is None or self._inode != _inode(self.path):
            return self._open()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        self.close()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        was_there = self.path.exists()
        self._inode = _inode(self.path)
        connection = self._connect(self.path)
        try:
            self._check(connection)
            if schema.version(connection) < schema.VERSION:
                self._bring_up(connection, was_there=was_there)
            if not schema.is_whole(connection):
                raise _Damage
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._inode = _inode(self.path)
        self.opened += 1
        return connection

    def _connect(self, path: Path) -> sqlite3.Connection:
        import sqlite3

        connection = sqlite3.connect(path, timeout=self._patience, isolation_level=None, check_same_thread=False)
        # Damaged text is read as it is; what makes no sense is found by those who read it.
        connection.text_factory = _text
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        """See that the file is whole, ours and not from the future."""
        import sqlite3

        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            # One view of the file: another window may be making it, or bringing it up to now.
            connection.execute("BEGIN")
            version = schema.version(connection)
            empty = not connection.execute("PRAGMA page_count").fetchone()[0]
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.OperationalError as error:
            # A header that SQLite can do nothing with comes without a code of its own.
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                raise _Damage from error
            raise
        if version > schema.VERSION:
            raise Newer(self.path, version, schema.VERSION)
        if not empty and owner != schema.APPLICATION:
            raise Foreign(self.path)
        # All of it, the indexes too: 2 ms for 200 plays of 30 decisions (1.9 MB), 24 ms for 2,000.
        if not empty and connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise _Damage
        if not empty and (version < 1 or (version < schema.VERSION and schema.is_whole(connection))):
            # The tables are there, so it is the number that is damaged.
            raise _Damage
        connection.execute("COMMIT")

    def _bring_up(self, connection: sqlite3.Connection, *, was_there: bool) -> None:
        """Make the tables, or bring those of an older version up to now."""
        connection.execute("BEGIN IMMEDIATE")
        # Another window may have done it by now, so look again.
        empty = schema.version(connection) == 0
        schema.migrate(connection)
        connection.execute("COMMIT")
        if was_there and empty:
            self.told.append(Emptied(self.path))

    # Mending

    def _mend(self) -> Corrupt:
        """Keep the damaged file aside, make a new one from what can be read, and open that.

        At no moment is there neither: the damaged file is copied first, the new one is written beside it and then put in its place
        in one step. Another window that finds the same damage waits, and then finds the mended file.
        """
        import sqlite3

        self.close()
        damaged = self._inode
        turn = self.folder / "seenby-mending.lock"
        guard = sqlite3.connect(turn, timeout=self._patience, isolation_level=None)
        try:
            guard.execute("BEGIN EXCLUSIVE")
            if _inode(self.path) == damaged:
                error = self._replace()
            else:
                error = Corrupt(self.path, (*self.kept_aside(), self.path)[-2], "")
            self._open()
            return error
        finally:
            guard.close()
            turn.unlink(missing_ok=True)

    def _replace(self) -> Corrupt:
        import sqlite3

        from saves.mend import refill

        fresh = self.folder / "seenby-mended.db"
        # Nobody may write to the damaged file while it is read. When its first page is gone nobody can.
        # (Closing any handle on the file lets go of this process's locks on it, so the reading handle stays open until the end.)
        with self.path.open("rb") as reading:
            holding = sqlite3.connect(self.path, timeout=self._patience, isolation_level=None)
            try:
                try:
                    holding.execute("BEGIN EXCLUSIVE")
                except sqlite3.DatabaseError as error:
                    if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                        raise
                data = reading.read()
                kept = self._keep(data)
                fresh.unlink(missing_ok=True)
                connection = self._connect(fresh)
                try:
                    self._check(connection)
                    connection.execute("BEGIN IMMEDIATE")
                    schema.migrate(connection)
                    found = refill(connection, data)
                    connection.execute("COMMIT")
                finally:
                    connection.close()
            finally:
                holding.close()
        # What is left of a rollback journal (SQLite has played it back by now) must not be played into the new file.
        for path in (self.path, fresh):
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        fresh.replace(self.path)
        _sync(self.folder)
        return Corrupt(self.path, kept, found.words)

    def _keep(self, data: bytes) -> Path:
        """Write the bytes under a name of their own."""
        day = self._now().strftime("%Y-%m-%d")
        for number in range(1, 1_000_000):
            kept = self.folder / f"{_KEPT}{day}{'' if number == 1 else f'-{number}'}.db"
            with contextlib.suppress(FileExistsError):
                _write(kept, data)
                break
        _sync(self.folder)
        return kept

    # Errors

    @contextlib.contextmanager
    def _explained(self, *, mends: bool = True) -> Iterator[None]:
        """Turn what SQLite and the system raise into a SaveError; mend the file when it turns out damaged."""
        import sqlite3

        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError, _Damage) as error:
            # SQLite quotes damaged names in its messages, and Python then fails to read the message.
            code = getattr(error, "sqlite_errorcode", None) or 0
            if not isinstance(error, sqlite3.Error) or self._is_damage(code):
                if not mends:
                    raise DiskTrouble(self.path, str(error)) from error
                with self._explained(mends=False):
                    damage = self._mend()
                raise damage from error
            explained = self._explain(code & 0xFF, str(error))
            if explained is None:
                raise
            raise explained from error
        except OSError as error:
            raise self._explain_system(error) from error

    def _is_damage(self, code: int) -> bool:
        import sqlite3

        if code == sqlite3.SQLITE_READONLY and os.access(self.path, os.W_OK):
            # The header says that a later SQLite wrote this; only damage says so in a file of ours.
            return True
        return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

    def _explain(self, code: int, detail: str) -> SaveError | None:
        import sqlite3

        if code == sqlite3.SQLITE_FULL:
            return DiskFull(self.path)
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return ReadOnly(self.folder)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return Locked(self.path)
        if code == sqlite3.SQLITE_IOERR:
            return DiskTrouble(self.path, detail)
        return None

    def _explain_system(self, error: OSError) -> SaveError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull(self.path)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR):
            return ReadOnly(self.folder)
        return DiskTrouble(self.path, error.strerror or str(error))


_PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "cell_size_check = ON",
    "trusted_schema = OFF",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
)


class _Damage(Exception):
    """The file is damaged in a way that SQLite itself does not report as an error."""


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write(path: Path, data: bytes) -> None:
    """Write a new file, down to the disk. Raises FileExistsError."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Sync a directory, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
