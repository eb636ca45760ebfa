"""`seenby guide`: what it takes and what it does. Nothing heavy is imported before it is wanted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _

if TYPE_CHECKING:
    from engine.story.model import Story


class GuideProblem(Exception):
    """The guide cannot be made. The text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby guide` takes."""
    parser.add_argument("scenario", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=_("a file that ends in .html or .docx")
    )


def write_guide(story: Story, output: Path) -> None:
    """Write the guide to a story. Raises GuideProblem and OSError."""
    output.write_bytes(made(story, output.suffix.lower()))


def made(story: Story, ending: str) -> bytes:
    """The guide as `.html` or `.docx`. Raises GuideProblem."""
    if ending in (".html", ".htm"):
        from game.guide.content import guide
        from game.guide.page import page

        return page(guide(story, "svg"))
    if ending == ".docx":
        try:
            from game.guide.word import document
        except ModuleNotFoundError as error:
            if error.name not in ("docx", "lxml"):
                raise
            raise GuideProblem(
                _(
                    "A Word document needs the Python package `python-docx`: `pip install 'seenby[author]'`. An .html file does without."
                )
            ) from None
        from game.guide.content import guide

        return document(guide(story, "png"))
    raise GuideProblem(_("A guide is a file that ends in .html (a page to print) or .docx (for Word)."))
