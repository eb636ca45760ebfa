"""`seenby graph`: what it takes and what it does. Nothing heavy is imported before it is wanted."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.words import _

if TYPE_CHECKING:
    from engine.story.model import Story

FORMATS = ("mermaid", "dot", "svg", "png", "tree")
_ENDINGS = {
    ".mmd": "mermaid", ".mermaid": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg", ".png": "png", ".txt": "tree",
}  # fmt: skip


class GraphProblem(Exception):
    """The picture cannot be made. The text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby graph` takes."""
    parser.add_argument("scenario", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    parser.add_argument(
        "--format", choices=FORMATS, help=_("default: by the ending of -o, else a tree on a terminal and Mermaid in a pipe")
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("write it here"))
    parser.add_argument(
        "--cluster", choices=("day", "place", "none"), default="day", help=_("what stands together (default: day)")
    )
    parser.add_argument("--scenes", action="store_true", help=_("scenes only, without their options"))
    parser.add_argument("--down", action="store_true", help=_("from top to bottom instead of left to right"))


def graph(args: argparse.Namespace, story: Story) -> int:
    """Draw a story. Returns the exit status. Raises GraphProblem and OSError."""
    data = picture(story, wanted(args.format, args.output, terminal=sys.stdout.isatty()), args)
    if args.output is not None:
        args.output.write_bytes(data)
        return 0
    if data.startswith(b"\x89PNG") and sys.stdout.isatty():
        raise GraphProblem(_("A PNG cannot be shown here. Say where to write it: -o story.png"))
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None or sys.stdout.isatty() or not (data.startswith(b"\x89PNG")):
        sys.stdout.write(data.decode())
    else:
        stream.write(data)
    return 0


def wanted(form: str | None, output: Path | None, *, terminal: bool) -> str:
    """The format: as asked, else by the file's ending, else what suits where it goes. Raises GraphProblem."""
    if form is not None:
        return form
    if output is None:
        return "tree" if terminal else "mermaid"
    found = _ENDINGS.get(output.suffix.lower())
    if found is None:
        raise GraphProblem(
            _(
                "“{name}” does not tell which format you want. Let it end in .svg, .png, .dot, .mmd or .txt, or say --format."
            ).format(name=output.name)
        )
    return found


def picture(story: Story, form: str, args: Any) -> bytes:
    """The story drawn in `form`, as bytes. Raises GraphProblem."""
    from game.graph.storymap import story_map

    found = story_map(story)
    if form == "tree":
        return _tree(found, args)
    detail = "scenes" if args.scenes else "full"
    if form == "mermaid":
        from game.graph.mermaid import mermaid

        source = mermaid(found, args.cluster, detail, down=args.down)
        fenced = args.output is not None and args.output.suffix.lower() == ".md"
        return (f"```mermaid\n{source}```\n" if fenced else source).encode()
    try:
        from game.graph.dot import GraphvizFailed, NoGraphviz, digraph, draw
    except ModuleNotFoundError as error:
        if error.name != "graphviz":
            raise
        raise GraphProblem(
            _(
                "DOT, SVG and PNG need the Python package `graphviz`: `pip install 'seenby[author]'`. Mermaid and tree do without."
            )
        ) from None
    drawn = digraph(found, args.cluster, detail, down=args.down)
    if form == "dot":
        return drawn.source.encode()
    try:
        return draw(drawn, form)
    except (NoGraphviz, GraphvizFailed) as error:
        raise GraphProblem(str(error)) from None


def _tree(found: Any, args: Any) -> bytes:
    from game.graph.outline import outline, signs_for

    if args.output is not None:
        width, signs = 100, signs_for("utf-8")
    else:
        width = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
        signs = signs_for(sys.stdout.encoding)
    return ("\n".join(outline(found, width, args.cluster, signs)) + "\n").encode()
