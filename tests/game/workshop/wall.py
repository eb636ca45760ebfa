"""What the tests of the pictures share: a room on a wall whose clock a test moves, and what stands on it as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from engine import load_story
from engine.room.inputs import Setup
from engine.story.model import Story
from game.workshop.host import RoomHost
from game.workshop.screens.app import ProjectorApp
from tests.game.stage import Hand, text_of

STORY = Path(__file__).parents[1] / "stories" / "roomful.yaml"
LOW, MIDDLE, BROAD = (80, 24), (120, 36), (160, 48)


def roomful() -> Story:
    return load_story(STORY)


class Wall:
    """A projector, and the clock on the wall."""

    def __init__(self, setup: Setup | None = None, *, theme: str = "contrast", host: RoomHost | None = None) -> None:
        self.now = 1_000_000.0
        self.hand = Hand()
        self.host = host or RoomHost.unsaved(roomful(), setup or Setup(7, tables=3), now=lambda: self.now)
        self.app = ProjectorApp(self.host, theme=theme, every=lambda _seconds, _act: None, scheduler=self.hand)

    @property
    def phase(self) -> str:
        return self.host.room.phase

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def said(self) -> str:
        return self.app.stage.said.words

    async def press(self, pilot: Pilot[Any], *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    async def on_to(self, pilot: Pilot[Any], phase: str, scene: str = "") -> None:
        """Space, until the room is in this phase (of this scene)."""
        for _turn in range(80):
            question = self.host.room.question
            there = self.phase == phase and not self.app.stage.lingering
            if there and (not scene or (question is not None and question.scene == scene)):
                await pilot.pause()
                return
            await pilot.press("space")
        raise AssertionError(f"the room never came to {phase}: it is at {self.phase}")

    def number(self, key: str) -> str:
        """The number under which an item stands."""
        assert self.host.room.question is not None
        item = self.host.room.question.item(key)
        assert item is not None
        return str(item.number)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.app.stage.beat()


__all__ = ["BROAD", "LOW", "MIDDLE", "STORY", "Wall", "roomful"]
