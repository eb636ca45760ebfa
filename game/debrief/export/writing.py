"""Putting an export into a file: never over another without being told to, and never half of one."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from game.words import _
from saves.errors import SaveError


class ExportProblem(Exception):
    """The file could not be written. `message` says what, `mend` what to do. `there` is True when a file stands in the way."""

    def __init__(self, message: str, mend: str, *, there: bool = False) -> None:
        super().__init__(f"{message} {mend}")
        self.message = message
        self.mend = mend
        self.there = there


def form_of(path: Path) -> str:
    """`html` or `markdown`, by how the name ends. Raises ExportProblem for another ending."""
    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        return "html"
    if ending in (".md", ".markdown"):
        return "markdown"
    raise ExportProblem(
        _("“{name}” is neither a page nor Markdown.").format(name=path.name), _("Let the name end in .html or in .md.")
    )


def put_into(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write `data` beside `path` and then put it there in one step. Raises ExportProblem, and has left nothing behind then."""
    path = path.expanduser()
    if path.is_symlink():  # what it leads to is replaced, and not the link
        path = path.resolve()
    if path.is_dir():
        raise ExportProblem(_("{path} is a folder.").format(path=path), _("Give the name of a file in it."))
    if path.exists() and not path.is_file():
        raise ExportProblem(_("{path} is no file to write a text into.").format(path=path), _("Give another name."))
    if path.exists() and not replace:
        raise ExportProblem(
            _("There is a file {path} already.").format(path=path),
            _("Give another name, or say that it may be replaced."),
            there=True,
        )
    beside = path.with_name(f".{path.name}.part")
    try:
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _explained(path, error) from error


def hand_out(path: Path, data: bytes, *, replace: bool = False) -> None:
    """For a command: write `data` where it was asked for, `-` being what it prints itself, and say so. Raises SaveError."""
    if str(path) == "-":
        sys.stdout.write(data.decode())
        return
    try:
        put_into(path, data, replace=replace)
    except ExportProblem as problem:
        mend = _("Give another name, or say --force to replace it.") if problem.there else problem.mend
        raise SaveError(problem.message, mend) from None
    sys.stderr.write(_("Written to {file}.\n").format(file=path))


def _explained(path: Path, error: OSError) -> ExportProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ExportProblem(
            _("There is no room left for {path}.").format(path=path), _("Make some room, or choose another disk.")
        )
    if error.errno == errno.ENOENT:
        return ExportProblem(
            _("There is no folder {folder}.").format(folder=path.parent), _("Make it first, or choose one that is there.")
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ExportProblem(
            _("{folder} cannot be written to: this account may not.").format(folder=path.parent),
            _("Choose another folder, such as your own."),
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.ENOTDIR):
        return ExportProblem(_("{path} cannot be the name of a file here.").format(path=path), _("Give another name."))
    return ExportProblem(
        _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error), _("Choose another place.")
    )
