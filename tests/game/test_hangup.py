from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from game.app import SeenbyApp
from game.hangup import watch
from game.preview.app import PreviewApp
from game.terminal_app import TerminalApp
from game.workshop.screens.app import NotesApp, ProjectorApp
from saves.store import Store
from tests.game.shell import SPOKE, TOUR, inputs, person, played

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
PATIENCE = 30.0
"""Seconds that a busy machine may take for what is a matter of one or none."""
HOME = Path(__file__).parents[2]


class Terminal:
    """A terminal as a program on it has it (`theirs`), and as whoever shows it has it."""

    def __init__(self) -> None:
        self.ours, self.theirs = os.openpty()  # it does not say how large it is, and the game has to live with that
        self._open = {self.ours, self.theirs}

    def close(self, side: int) -> None:
        if side in self._open:
            self._open.remove(side)
            os.close(side)

    def shows(self, words: bytes) -> None:
        """Read what is shown until these words are in it."""
        end, shown = monotonic() + PATIENCE, b""
        while words not in shown:
            left = end - monotonic()
            assert left > 0, shown[-2000:]
            if select.select([self.ours], [], [], left)[0]:
                shown += os.read(self.ours, 65536)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close(made.ours)
    made.close(made.theirs)


def test_a_terminal_that_hangs_up_is_heard_at_once(terminal: Terminal) -> None:
    gone = Event()
    thread = watch(terminal.theirs, gone.set)
    assert thread is not None
    os.write(terminal.ours, b"typed\n")
    assert not gone.is_set()
    terminal.close(terminal.ours)
    assert gone.wait(PATIENCE)


def test_what_is_no_terminal_is_not_listened_to() -> None:
    with Path(os.devnull).open() as nothing:
        assert watch(nothing.fileno()) is None


@pytest.mark.parametrize("app", [SeenbyApp, PreviewApp, ProjectorApp, NotesApp])
def test_every_app_goes_with_its_terminal(app) -> None:
    assert issubclass(app, TerminalApp)
    assert "on_mount" in vars(TerminalApp)  # called beside the one that the app has


@pytest.mark.parametrize(
    ("more", "shown", "ignoring"),
    [
        pytest.param([], b"next", False, id="screen"),
        pytest.param([], b"next", True, id="screen, told to ignore a hangup"),
        pytest.param(["--plain"], b"Your choice", False, id="lines"),
    ],
)
def test_a_game_whose_terminal_is_gone_ends_by_itself_and_nothing_is_lost(
    terminal: Terminal, tmp_path: Path, more: list[str], shown: bytes, ignoring: bool
) -> None:
    saves = tmp_path / "saves"
    person(saves)
    play = played(saves, SPOKE[:2])
    running = subprocess.Popen(
        [sys.executable, "-m", "game", "play", str(TOUR), "--resume", "--saves", str(saves), *more],
        stdin=terminal.theirs,
        stdout=terminal.theirs,
        stderr=terminal.theirs,
        cwd=HOME,
        start_new_session=True,  # so that the system sends no SIGHUP
        preexec_fn=(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) if ignoring else None,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    terminal.close(terminal.theirs)
    try:
        terminal.shows(shown)
        terminal.close(terminal.ours)
        assert running.wait(PATIENCE) in (-signal.SIGHUP, 128 + signal.SIGHUP)
    finally:
        running.kill()
        running.wait()
    with Store.open(saves) as store:
        assert list(store.journal(play).path()) == inputs(SPOKE[:2])
    assert [file.name for file in saves.iterdir() if file.name.startswith("mishap")] == []
