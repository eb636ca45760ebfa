"""What stands in a guide: a story turned into blocks. The first part may be shown to anybody; the second gives the story away."""

from __future__ import annotations

from engine.story.model import Story
from game.graph.texts import one_line
from game.guide.aftermath import Aftermath
from game.guide.blocks import Block, Contents, Guide, Heading
from game.guide.front import Front
from game.guide.scenes import Scenes
from game.guide.writer import Pictures
from game.words import _


def guide(story: Story, pictures: Pictures) -> Guide:
    """The guide to a story, with its map as SVG (for a page) or PNG (for Word)."""
    return _Guide(story, pictures).guide()


class _Guide(Front, Scenes, Aftermath):
    """All parts together."""

    def guide(self) -> Guide:
        made = Guide(one_line(self.story.title), _("Facilitator’s guide"), self.story.scenario.language)
        parts: list[Block] = []
        for part in (
            self._before, self._running, self._covers, self._people,
            self._map, self._scenes, self._comes_back, self._endings, self._debrief, self._fiction,
        ):  # fmt: skip
            parts += part()
        made.blocks.extend(self._synopsis())
        made.blocks.append(
            Contents([(block.id, block.text) for block in parts if isinstance(block, Heading) and block.level == 2])
        )
        made.blocks.extend(parts)
        return made
