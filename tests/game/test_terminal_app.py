"""What every app of ours does on a terminal, beside going away with it."""

from __future__ import annotations

import subprocess
import sys

TIDY = """\
import gc
from game.terminal_app import OBJECTS_BETWEEN_LOOKS, TerminalApp

class Shown(TerminalApp[None]):
    is_headless = False

import game.terminal_app
game.terminal_app.watch = lambda: None
before = gc.get_threshold()
Shown().on_mount()
assert before[0] < OBJECTS_BETWEEN_LOOKS == gc.get_threshold()[0]
assert gc.get_freeze_count() > 10_000
loop = []
loop.append(loop)
del loop
assert gc.collect() > 0, "what can go still goes"
"""


def test_memory_is_seldom_tidied_while_somebody_plays_and_still_is() -> None:
    done = subprocess.run([sys.executable, "-c", TIDY], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
