"""The story's map for paper: cut into parts that each fit a page."""

from __future__ import annotations

import re
from typing import Literal

from game.graph.storymap import FINISH, Node, StoryMap
from game.guide.blocks import Block, Outline, Picture
from game.words import _

PAGE_POINTS, FIRST_POINTS = 590, 440
"""Height of a part, in points, that fits a page of A4; the first shares its page with a heading."""
_LINE, _BOX, _GAP = 11, 24, 16
_SIZE = re.compile(rb'<svg width="(\d+)pt" height="(\d+)pt"')
PNG_DPI = 180


def map_blocks(found: StoryMap, form: Literal["svg", "png"]) -> list[Block]:
    """The map as pictures when Graphviz is there, else as an outline."""
    try:
        from game.graph.dot import digraph, draw, has_graphviz
    except ModuleNotFoundError as error:
        if error.name != "graphviz":
            raise
        return [_outline(found)]
    if not has_graphviz():
        return [_outline(found)]
    blocks: list[Block] = []
    parts = _parts(found)
    for number, keys in enumerate(parts, 1):
        end = FINISH in keys
        drawn = digraph(found, "none", "scenes", down=not end, legend=False, only=keys)
        words = _("How it ends") if end else _("Map, part {number} of {count}").format(number=number, count=len(parts))
        if not end:
            first, last = (found.nodes[key] for key in (_edge(found, keys, 0), _edge(found, keys, -1)))
            words = _("{map}: from “{first}” to “{last}”").format(map=words, first=first.title, last=last.title)
        svg = draw(drawn, "svg")
        size = _SIZE.search(svg)
        wide, high = (int(size[1]) / 72, int(size[2]) / 72) if size is not None else (6.0, 8.0)
        png = draw(drawn, "png", PNG_DPI) if form == "png" else b""
        blocks.append(Picture(svg if form == "svg" else b"", png, words, wide, high))
    return blocks


def _edge(found: StoryMap, keys: frozenset[str], which: int) -> str:
    return [key for key in found.nodes if key in keys][which]


def _outline(found: StoryMap) -> Block:
    from game.graph.outline import outline

    return Outline(outline(found, 92))


def _parts(found: StoryMap) -> list[frozenset[str]]:
    """The scenes in the order of the story, in parts about a page high; the end of the story is a part of its own."""
    parts: list[list[str]] = []
    height = room = PAGE_POINTS
    for node in found.of_kind("decision", "reading"):
        size = _height(found, node)
        if height + size > room:
            parts.append([])
            height, room = 0, FIRST_POINTS if len(parts) == 1 else PAGE_POINTS
        parts[-1].append(node.key)
        height += size
    ending = [FINISH, *(node.key for node in found.of_kind("ending"))]
    return [frozenset(part) for part in parts] + [frozenset(ending)]


def _height(found: StoryMap, node: Node) -> int:
    """About how many points a scene takes with the note beside it."""
    own = _BOX + _LINE * (1 + bool(node.condition) + node.optional)
    note = sum(2 + len(way.options) + 2 * len(way.conditions()) for way in found.from_node(node.key, "later"))
    return max(own, note * _LINE) + _GAP
