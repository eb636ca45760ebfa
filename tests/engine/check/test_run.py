"""All of it together: order, what a broken file gets, the shipped scenarios, and what a pack covers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.check import check, coverage
from engine.check.codes import ALL_CODES, CHECK_CODES
from engine.check.run import STATEMENTS
from engine.script.codes import CODES
from engine.script.read import read, read_file
from tests.engine.base import BASE

ROOT = Path(__file__).parents[3]
CLEAN = sorted([*(ROOT / "docs" / "examples").glob("*.yaml"), *(ROOT / "scenarios" / "induction").glob("*.yaml")])


@pytest.mark.parametrize("path", [path for path in CLEAN if path.name != "pack.yaml"], ids=lambda path: path.stem)
def test_what_is_shipped_has_no_errors_and_no_warnings(path: Path) -> None:
    assert [str(finding) for finding in check(read_file(path)) if finding.severity != "info"] == []


def test_findings_stand_in_the_order_of_the_file_and_once() -> None:
    found = check(read(BASE.encode(), "base.yaml"))
    places = [(finding.line, finding.column, finding.code) for finding in found]
    assert places == sorted(places)
    assert len(set(found)) == len(found)
    again = read(BASE.encode(), "base.yaml")
    check(again)
    assert check(again) == found, "checking twice says it once"


def test_a_file_that_cannot_be_played_gets_what_the_reader_and_the_compiler_say() -> None:
    assert {finding.code for finding in check(read(b"", "x.yaml"))} == {"SB113"}
    broken = check(read(BASE.replace("next: several", "next: sevral").encode(), "x.yaml"))
    assert [finding.code for finding in broken] == ["SB204"]


def test_words_of_the_organisation_and_the_pack() -> None:
    text = BASE.replace("It went.}", "'It went. See {policy}.'}")
    codes = lambda **words: {finding.code for finding in check(read(text.encode(), "x.yaml"), **words)}  # noqa: E731
    assert "SB322" in codes()
    assert "SB322" not in codes(slots={"policy": "the blue book"})
    assert "SB322" not in codes(defaults={"policy": "the blue book"})


def test_what_a_pack_covers() -> None:
    finding = coverage("pack", [["S1", "S2"], ["S2", "S4", "S99"]])
    assert finding is not None
    assert finding.message.startswith("3 of 34 statements are covered (S1, S2, S4); not covered: S3, S5, ")
    assert (finding.file, finding.code, finding.severity) == ("pack", "SB330", "info")
    assert coverage("pack", [STATEMENTS[:20], STATEMENTS[20:]]) is None


def test_every_code_is_used_and_known() -> None:
    used = set()
    for path in (ROOT / "engine" / "check").glob("*.py"):
        if path.name != "codes.py":
            used |= set(re.findall(r'"(SB[345]\d\d)"', path.read_text("utf-8")))
    assert used == set(CHECK_CODES)
    assert set(ALL_CODES) == set(CODES) | set(CHECK_CODES)
    assert set(CODES).isdisjoint(CHECK_CODES)
    for meaning in CHECK_CODES.values():
        assert meaning.severity in ("error", "warning", "info")
        assert meaning.title[0].isupper()
        assert not meaning.title.endswith(".")
