"""What the tests share that kill a process again and again: a life that is forked and killed, and a program of such lives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


class Life:
    """A process of its own (forked, so that a life costs milliseconds) that goes on until it is killed.

    What it does is given a pipe. It writes a line there for each thing that came back: one write, made only afterwards, so that a line
    that arrives is an acknowledgement.
    """

    def __init__(self, live: Callable[[int], object]) -> None:
        self._reading, writing = os.pipe()
        self._heard = b""
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._reading)
            try:
                live(writing)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(3)  # only an error comes here; the parent sees that the life ended by itself
        os.close(writing)

    def hears(self, lines: int) -> bool:
        """Wait for more, unless so many lines have come. False: they have, or nothing more comes."""
        more = os.read(self._reading, 4096) if self._heard.count(b"\n") < lines else b""
        self._heard += more
        return bool(more)

    def listen(self, lines: int) -> None:
        """Wait for so many lines."""
        while self.hears(lines):
            pass

    def kill(self) -> list[str]:
        """Kill it at once. Returns all the lines that it wrote."""
        os.kill(self._pid, signal.SIGKILL)
        status = os.waitpid(self._pid, 0)[1]
        assert os.WIFSIGNALED(status), "a life ended by itself"
        with os.fdopen(self._reading, "rb") as rest:
            self._heard += rest.read()
        return self._heard.decode().splitlines()


def killed(module: str, *words: object) -> dict[str, Any]:
    """Run a program of lives, which imports as little as a player's process does. Returns the JSON line that it prints in the end."""
    if sys.platform == "win32":
        import pytest

        pytest.skip("needs fork and SIGKILL")
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result
