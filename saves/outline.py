"""What a story looks like from outside, kept with the journals made under it: which scenes and choices there are, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import text
from saves.rows import Outline, SceneOutline

if TYPE_CHECKING:
    from engine.story.model import Scene, Story, Template


def outline_of(story: Story) -> Outline:
    """The scenes of a story in which something is decided, with what can be decided."""
    return {
        scene.id: SceneOutline(plain(story, scene.title), _choices(story, scene))
        for scene in story.scenes.values()
        if scene.decides
    }


def plain(story: Story, template: Template) -> str:
    """A text as plain words. What depends on the play (made-up names) is left as an ellipsis."""
    if isinstance(template, str):
        return text.plain(template)
    return text.plain("".join(part if isinstance(part, str) else story.slots.get(part[1], "…") for part in template))


def _choices(story: Story, scene: Scene) -> dict[str, str]:
    if scene.pick is not None:
        return {piece.id: plain(story, piece.label) for piece in scene.pick.pieces.values()}
    if scene.board is not None:
        return {card.id: plain(story, card.text) for card in scene.board.cards.values()}
    return {choice.id: plain(story, choice.label) for choice in scene.choices.values()}
