"""Whatever is in a file, checking it yields findings and never raises.

A few hundred files go through in the ordinary run. For ten thousand, and for as many as you have patience for:

    SEENBY_FUZZ=10000 python -m pytest tests/engine/check/test_fuzz.py
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from engine.check import check
from engine.check.case import Limits
from engine.check.codes import ALL_CODES
from engine.script.read import read
from engine.text import unsafe_at
from tests.engine.base import BASE
from tests.engine.check.mutate import mutated

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "tests" / "fixtures" / "beats").glob("*.yaml"), *(ROOT / "docs" / "examples").glob("*.yaml")])
SEEDS = [BASE, *(path.read_text("utf-8") for path in FILES)]
COUNT = int(os.environ.get("SEENBY_FUZZ", "300"))
SHARES = 10
QUICK = Limits(states=300, seconds=0.2)


@pytest.mark.parametrize("share", range(SHARES))
def test_files_with_something_wrong(share: int) -> None:
    draw = random.Random(f"files with something wrong {share}")
    played = 0
    for number in range(share, COUNT, SHARES):
        data = mutated(draw.choice(SEEDS), draw)
        try:
            source = read(data, "x.yaml")
            findings = check(source, limits=QUICK)
        except Exception as error:
            raise AssertionError(f"file {number} of share {share}: {data!r}") from error
        played += source.ok
        rows = data.count(b"\n") + data.count(b"\r") + 2
        for finding in findings:
            assert finding.severity == ALL_CODES[finding.code].severity, (number, str(finding))
            assert 1 <= finding.line <= rows
            assert finding.column >= 1
            assert finding.message
            assert unsafe_at(str(finding)) is None
    assert played, "some of them can be played, and are checked to the end"
