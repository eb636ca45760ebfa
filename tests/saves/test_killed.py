from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 300


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killing_the_process_300_times_loses_no_decision(folder):
    script = Path(__file__).with_name("killed.py")
    root = script.parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(KILLS), "20260302"],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["kills"] == KILLS
    # Otherwise the test would prove nothing: many decisions were written, and many kills fell into the middle of a write.
    assert result["acknowledged"] > 2 * KILLS
    assert result["mid_write"] > KILLS // 20
