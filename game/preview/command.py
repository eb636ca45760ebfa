"""`seenby preview PATH` and `seenby schema`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from game.words import _


class PreviewProblem(Exception):
    """What was given cannot be previewed. The text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser, whole: Callable[[str], int]) -> None:
    """The arguments of `seenby preview`. `whole` reads a whole number."""
    parser.add_argument("path", metavar="PATH", type=Path, help=_("a scenario file; it is read again whenever you save it"))
    parser.add_argument("--at", metavar="SCENE", help=_("begin at this scene"))
    parser.add_argument("--decisions", metavar="FILE", type=Path, help=_("take the decisions in this file first"))
    parser.add_argument(
        "--seed", type=whole, default=0, metavar="N", help=_("a number that decides names and the order of options")
    )


def preview(args: argparse.Namespace) -> int:
    """Run `seenby preview`. Raises PreviewProblem and OSError for what cannot be used."""
    from game.decisions_file import ScriptProblem, script_of

    file: Path = args.path.expanduser()
    if file.is_dir():
        raise PreviewProblem(_("{path} is a folder. Name a scenario file in it.").format(path=file))
    if not file.is_file():
        raise PreviewProblem(
            _("There is no file {path}. Check the name; `seenby new` writes a first scenario.").format(path=file)
        )
    with file.open("rb"):
        pass  # one that may not be read is said so now
    try:
        inputs = [one.input for one in script_of(args.decisions)]
    except ScriptProblem as problem:
        raise PreviewProblem(str(problem)) from None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PreviewProblem(_("A preview needs a terminal. In a pipe, use `seenby play FILE --plain --no-save`."))
    if os.environ.get("TERM") == "dumb":
        raise PreviewProblem(_("This terminal can show no screen. Use `seenby play FILE --plain --no-save`."))
    from game.preview.app import PreviewApp

    app = PreviewApp(file, seed=args.seed, at=args.at, inputs=inputs)
    app.run()
    return app.return_code or 0


def schema() -> Path:
    """The file that editors check a scenario by. Raises PreviewProblem when it is not a file of its own."""
    from engine.script.schema import FILE

    if not FILE.is_file():
        raise PreviewProblem(_("The schema is not here as a file: Seenby runs from an archive. Install it, and ask again."))
    return FILE


__all__ = ["PreviewProblem", "add_arguments", "preview", "schema"]
