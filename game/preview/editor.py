"""The author's own editor, at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from game.words import _

_COLON = ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf")
"""Editors that want `--goto file:line`."""
_FILE_COLON = ("subl", "hx", "helix", "zed", "micro")
"""Editors that want `file:line`; micro takes `+line` too, before the file."""
_PLUS = (
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "kak",
    "joe",
    "jed",
    "mg",
    "ne",
    "mcedit",
    "gvim",
    "gedit",
)
"""Editors that want `+line file`."""
_APART = frozenset((*_COLON, "subl", "zed", "gvim", "gedit"))
"""Editors with a window of their own: the preview stays on."""

Run = Callable[[list[str]], int]


def command(editor: str, file: Path, line: int) -> list[str]:
    """The command that opens a file at a line (from 1). An editor that is not known gets the file only. Raises ValueError."""
    words = shlex.split(editor)
    if not words:
        raise ValueError("no editor is named")
    name = program(editor)
    if name in _COLON:
        return [*words, "--goto", f"{file}:{line}"]
    if name in _FILE_COLON:
        return [*words, f"{file}:{line}"]
    if name in _PLUS:
        return [*words, f"+{line}", str(file)]
    return [*words, str(file)]


def program(editor: str) -> str:
    """The name of an editor's program, without folder and ending."""
    words = shlex.split(editor)
    return Path(words[0]).name.removesuffix(".exe").lower() if words else ""


class Editor:
    """Opens the author's editor, as `$VISUAL` or `$EDITOR` say."""

    def __init__(self, environ: Mapping[str, str] | None = None, run: Run | None = None) -> None:
        """`run` runs a command and gives its exit status."""
        self._environ = os.environ if environ is None else environ
        self._run = run or _run

    def open(self, app: App[Any], file: Path, line: int) -> str:
        """Open a file at a line. Returns what is to be said: nothing when all went well."""
        editor = self._environ.get("VISUAL", "").strip() or self._environ.get("EDITOR", "").strip()
        here = _("Line {line} of {file}.").format(line=line, file=file.name)
        if not editor:
            return _("{here} Set $VISUAL or $EDITOR, and e opens it there.").format(here=here)
        try:
            words = command(editor, file, line)
            if program(editor) in _APART:
                status = self._run(words)
            else:
                with app.suspend():
                    status = self._run(words)
        except SuspendNotSupported:
            return _("{here} This terminal cannot make room for an editor.").format(here=here)
        except (OSError, ValueError) as error:
            return _("{here} “{editor}” cannot be run: {reason}.").format(here=here, editor=editor, reason=error)
        if status:
            return _("{here} “{editor}” ended with status {status}.").format(here=here, editor=editor, status=status)
        return ""


def _run(words: list[str]) -> int:
    return subprocess.call(words)


__all__ = ["Editor", "command"]
