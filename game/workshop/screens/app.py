"""The two apps of a workshop: the projector's picture and the facilitator's notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from game.play.director import Scheduler
from game.terminal_app import TerminalApp
from game.themes import CONTRAST, NIGHT, dress
from game.workshop.follow import RoomFollower
from game.workshop.host import RoomHost
from game.workshop.screens.notes import NotesScreen
from game.workshop.screens.stage import Every, StageScreen

if TYPE_CHECKING:
    from game.settings import Settings
    from game.workshop.plan import SessionPlan

_CSS = Path(__file__).parents[2] / "app.tcss"


class ProjectorApp(TerminalApp[int]):
    """What the room sees. It opens no saves of its own: the host has them."""

    CSS_PATH: ClassVar[list[Path]] = [_CSS]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        host: RoomHost,
        plan: SessionPlan | None = None,
        *,
        theme: str = CONTRAST.name,
        every: Every | None = None,
        scheduler: Scheduler | None = None,
        recap: bool = False,
    ) -> None:
        """`theme` is a look; a projector washes colours out, so black and white is the one to begin with."""
        super().__init__()
        dress(self, theme)  # type: ignore[arg-type]
        self.stage = StageScreen(host, plan, every=every, scheduler=scheduler, recap=recap)

    def on_mount(self) -> None:
        """There is one screen."""
        self.push_screen(self.stage)


class NotesApp(TerminalApp[int]):
    """What the facilitator alone sees."""

    CSS_PATH: ClassVar[list[Path]] = [_CSS]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        follower: RoomFollower,
        plan: SessionPlan | None = None,
        *,
        theme: str = NIGHT.name,
        every: Every | None = None,
    ) -> None:
        """`follower` reads the room, `plan` says how long things should take."""
        super().__init__()
        dress(self, theme)  # type: ignore[arg-type]
        self.notes = NotesScreen(follower, plan, every=every)

    def on_mount(self) -> None:
        """There is one screen."""
        self.push_screen(self.notes)


def projector_theme(settings: Settings | None) -> str:
    """The look for the wall: black and white, unless somebody has chosen another than the usual night."""
    wanted = settings.theme if settings is not None else NIGHT.name
    return CONTRAST.name if wanted == NIGHT.name else wanted


def run_projector(host: RoomHost, plan: SessionPlan | None = None, settings: Settings | None = None) -> int:
    """Show a room until the facilitator leaves. Returns what the command returns."""
    app = ProjectorApp(host, plan, theme=projector_theme(settings), recap=bool(host.room.inputs))
    app.run()
    return app.return_code or 0


def run_notes(follower: RoomFollower, plan: SessionPlan | None = None, settings: Settings | None = None) -> int:
    """Show the notes until they are closed. Returns what the command returns."""
    app = NotesApp(follower, plan, theme=settings.theme if settings is not None else NIGHT.name)
    app.run()
    return app.return_code or 0


__all__ = ["NotesApp", "ProjectorApp", "projector_theme", "run_notes", "run_projector"]
