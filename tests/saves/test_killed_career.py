"""Whoever is killed on the way through a career, between two parts or within one, goes on where they were."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("kills", [12, pytest.param(60, marks=pytest.mark.slow)])
def test_killing_the_process_within_and_between_parts_loses_nothing(folder: Path, kills: int) -> None:
    script = Path(__file__).with_name("killed_career.py")
    root = script.parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(kills), "20260304"],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["kills"] == kills
    # Otherwise the test would prove nothing: parts were begun, decisions taken, and some lives ended between two parts.
    assert result["decisions"] > kills
    assert result["parts"] > kills // 3
    assert kills < 60 or result["between"] > 2
