"""What the tests of the play screen share: time that is moved by hand, and an app around the screen."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path

from textual.app import App

from engine import load_story
from engine.story.model import Story
from game.play.manner import Manner
from game.play.screen import PlayScreen
from game.session import Session
from game.themes import dress, variable_defaults

HERE = Path(__file__).parent
BEATS = HERE.parent / "fixtures" / "beats"


class Hand:
    """A scheduler whose time a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._gone: set[int] = set()
        self._number = count()

    def __call__(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        number = next(self._number)
        heapq.heappush(self._waiting, (self.now + seconds, number, act))
        return lambda: self._gone.add(number)

    @property
    def pending(self) -> int:
        return sum(1 for _at, number, _act in self._waiting if number not in self._gone)

    def advance(self, seconds: float) -> None:
        until = self.now + seconds
        while self._waiting and self._waiting[0][0] <= until + 1e-9:
            at, number, act = heapq.heappop(self._waiting)
            self.now = at
            if number not in self._gone:
                act()
        self.now = until


@cache
def evening() -> Story:
    return load_story(HERE / "stories" / "evening.yaml")


@cache
def beat(name: str) -> Story:
    return load_story(BEATS / f"{name}.yaml")


class Dressed(App[object]):
    """An app that wears one of our themes, and has nothing else."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str | None = "night") -> None:
        super().__init__()
        dress(self, theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()


class PlayApp(Dressed):
    """Shows one play, as the app does, and remembers what came of it."""

    def __init__(
        self, story: Story, manner: Manner | None = None, *, theme: str = "night", session: Session | None = None, seed: int = 7
    ) -> None:
        super().__init__(theme)
        self.hand = Hand()
        self.session = session or Session.unsaved(story, seed, "Sam")
        self.play_screen = PlayScreen(
            self.session, manner or Manner("off", reduced_motion=True), scheduler=self.hand, clock=lambda: self.hand.now
        )
        self.outcome: object = "running"

    def on_mount(self) -> None:
        self.push_screen(self.play_screen, self._left)

    def _left(self, outcome: object) -> None:
        self.outcome = outcome


def rows(screen: PlayScreen) -> list[str]:
    """The labels of the list in the panel."""
    return [row.label for row in screen.dock.panel.list.rows]  # type: ignore[attr-defined]


def said(screen: PlayScreen) -> list[str]:
    """What stands in the conversation in front."""
    return [entry.text for entry in screen.pane.conversation.entries]


def text_of(app: App[object]) -> str:
    """The whole screen as text."""
    width, height = app.size
    lines = [[" "] * width for _row in range(height)]
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        lines[y] = list(strip.text)
    return "\n".join("".join(line).rstrip() for line in lines)
