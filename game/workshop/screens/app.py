"""The two apps of a workshop: the projector's picture and the facilitator's notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from game.play.director import Scheduler
from game.themes import CONTRAST, NIGHT, dress, variable_defaults
from game.workshop.host import RoomHost
from game.workshop.screens.stage import Every, StageScreen

if TYPE_CHECKING:
    from game.settings import Settings

_CSS = Path(__file__).parents[2] / "app.tcss"


class ProjectorApp(App[int]):
    """What the room sees. It opens no saves of its own: the host has them."""

    TITLE = "Seenby"
    CSS_PATH: ClassVar[list[Path]] = [_CSS]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        host: RoomHost,
        *,
        theme: str = CONTRAST.name,
        every: Every | None = None,
        scheduler: Scheduler | None = None,
        recap: bool = False,
    ) -> None:
        """`theme` is a look; a projector washes colours out, so black and white is the one to begin with."""
        super().__init__()
        dress(self, theme)  # type: ignore[arg-type]
        self.stage = StageScreen(host, every=every, scheduler=scheduler, recap=recap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, under a theme that is not ours too."""
        return variable_defaults()

    def on_mount(self) -> None:
        """There is one screen."""
        self.push_screen(self.stage)


def projector_theme(settings: Settings | None) -> str:
    """The look for the wall: black and white, unless somebody has chosen another than the usual night."""
    wanted = settings.theme if settings is not None else NIGHT.name
    return CONTRAST.name if wanted == NIGHT.name else wanted


def run_projector(host: RoomHost, plan: object = None, settings: Settings | None = None) -> int:
    """Show a room until the facilitator leaves. Returns what the command returns."""
    app = ProjectorApp(host, theme=projector_theme(settings), recap=bool(host.room.inputs))
    app.run()
    return app.return_code or 0


__all__ = ["ProjectorApp", "projector_theme", "run_projector"]
