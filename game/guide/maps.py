"""The story's map for paper: cut into parts that each fit a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from game.graph.storymap import FINISH, StoryMap
from game.guide.blocks import Block, Outline, Picture
from game.guide.writer import Pictures
from game.words import _

if TYPE_CHECKING:
    import graphviz

PAGE_POINTS, FIRST_POINTS = 625, 480
"""Height of a part, in points, that fits a page of A4; the first shares its page with a heading."""
WIDEST_POINTS = 640
"""Wider parts would be printed in letters that are too small."""
GUESS = 6
"""So many scenes are tried first for a part."""
PNG_DPI = 180
_SIZE = re.compile(rb'<svg width="(\d+)pt" height="(\d+)pt"')


def map_blocks(found: StoryMap, form: Pictures, say: Callable[[str], str]) -> list[Block]:
    """The map as pictures when Graphviz is there, else as an outline. `say` puts conditions into words."""
    try:
        from game.graph.dot import has_graphviz
    except ModuleNotFoundError as error:
        if error.name != "graphviz":
            raise
        return [_outline(found)]
    from game.graph.dot import GraphvizFailed

    try:
        return _Cutter(found, form, say).blocks() if has_graphviz() else [_outline(found)]
    except GraphvizFailed:
        return [_outline(found)]


def _outline(found: StoryMap) -> Block:
    from game.graph.outline import outline

    return Outline(outline(found, 92))


class _Cutter:
    def __init__(self, found: StoryMap, form: Pictures, say: Callable[[str], str]) -> None:
        self.map = found
        self.form = form
        self.say = say

    def blocks(self) -> list[Block]:
        keys = [node.key for node in self.map.of_kind("decision", "reading")]
        parts: list[list[str]] = []
        while keys:
            parts.append(self._fitting(keys, PAGE_POINTS if parts else FIRST_POINTS))
            keys = keys[len(parts[-1]) :]
        blocks: list[Block] = []
        for number, part in enumerate(parts, 1):
            words = _("Map, part {number} of {count}: from “{first}” to “{last}”").format(
                number=number, count=len(parts), first=self.map.nodes[part[0]].title, last=self.map.nodes[part[-1]].title
            )
            blocks.append(self._picture(self._drawn(part), words))
        ending = [FINISH, *(node.key for node in self.map.of_kind("ending"))]
        blocks.append(self._picture(self._drawn(ending), _("How it ends")))
        return blocks

    def _fitting(self, keys: list[str], room: int) -> list[str]:
        """As many of the scenes, from the first on, as fit into `room` points of height when drawn; one at least."""
        count = min(GUESS, len(keys))
        while count > 1 and not self._fits(keys[:count], room):
            count -= 1
        if count < GUESS:
            return keys[:count]
        while count < len(keys) and self._fits(keys[: count + 1], room):
            count += 1
        return keys[:count]

    def _fits(self, part: list[str], room: int) -> bool:
        from game.graph.dot import draw

        wide, high = _points(draw(self._drawn(part), "svg"))
        return wide <= WIDEST_POINTS and high <= room

    def _drawn(self, part: list[str]) -> graphviz.Digraph:
        from game.graph.dot import digraph

        down = FINISH not in part
        return digraph(self.map, "none", "scenes", down=down, legend=False, only=frozenset(part), say=self.say)

    def _picture(self, drawn: graphviz.Digraph, words: str) -> Picture:
        from game.graph.dot import draw

        svg = draw(drawn, "svg")
        wide, high = _points(svg)
        png = draw(drawn, "png", PNG_DPI) if self.form == "png" else b""
        return Picture(svg if self.form == "svg" else b"", png, words, wide / 72, high / 72)


def _points(svg: bytes) -> tuple[int, int]:
    """Width and height of a picture that Graphviz drew, in points."""
    size = _SIZE.search(svg)
    assert size is not None
    return int(size[1]), int(size[2])
