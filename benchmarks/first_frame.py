"""First frame of the game against a minimal Textual app, each a fresh process, in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks.measure import Table

MINIMAL = """
import time, sys
begun = time.perf_counter()
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("Hello")
    def on_mount(self):
        self.call_after_refresh(self.shown)
    def shown(self):
        self.exit(time.perf_counter() - begun)
print(Minimal().run(headless=True))
"""

OURS = """
import time, sys
begun = time.perf_counter()
from game.app import SeenbyApp
class Timed(SeenbyApp):
    def on_mount(self, *args):
        super().on_mount() if hasattr(super(), "on_mount") else None
        self.call_later(self.screen_shown)
    def screen_shown(self):
        self.call_after_refresh(self.shown)
    def shown(self):
        self.exit(time.perf_counter() - begun)
print(Timed().run(headless=True))
"""

RUNS = 9


def seconds(code: str, env: dict[str, str]) -> float:
    """What one fresh process says its first frame took, from its first import on."""
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout.strip().splitlines()[-1])


def run() -> Table:
    """Measure both in turn."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "SEENBY_SAVES": folder, "TERM": "xterm-256color"}
        seconds(OURS, env)  # compiled once, and the first start's welcome made known
        pairs = [(seconds(MINIMAL, env), seconds(OURS, env)) for _ in range(RUNS)]
    minimal = statistics.median(pair[0] for pair in pairs)
    ours = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    rows = [
        ("a minimal Textual app", f"{minimal * 1000:.0f} ms", "1.00"),
        ("Seenby, home screen", f"{ours * 1000:.0f} ms", f"{ratio:.2f}"),
    ]
    says = (
        f"Fresh processes in turn, median of {RUNS}; from the first import to the first frame. Ratio {ratio:.2f} (bound 1.5)."
    )
    return Table("First frame", says, ("app", "first frame", "÷ minimal"), rows)


if __name__ == "__main__":
    print(run())
