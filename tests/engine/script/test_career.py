"""Careers as a pack file has them."""

from __future__ import annotations

import pytest

from engine.script.career import read_careers
from engine.script.times import DAY

GOOD = """\
id: tea
careers:
  tea:
    title: A year of tea
    blurb: You pay, or you do not.
    parts:
      - first
      - {scenario: second, after: 11 months}
  other:
    title: The other way round
    parts:
      - second
      - {scenario: first, after: 2 days}
"""
KNOWN = ("first", "second")


def test_careers_are_read() -> None:
    found = read_careers(GOOD, "pack.yaml", KNOWN)
    assert found.findings == []
    tea = found.careers["tea"]
    assert [(part.scenario, part.after.seconds if part.after else 0) for part in tea.parts] == [
        ("first", 0),
        ("second", 330 * DAY),
    ]
    assert found.sound("tea")
    assert found.sound("other")


def test_what_is_wrong_is_said_with_its_place_and_the_other_careers_stay_sound() -> None:
    found = read_careers(GOOD.replace("scenario: second", "scenario: secnod"), "pack.yaml", KNOWN)
    assert str(found.findings[0]) == (
        "pack.yaml:8:9: SB341 error: there is no scenario 'secnod' in this pack\n    did you mean 'second'?"
    )
    assert not found.sound("tea")
    assert found.sound("other")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("    title: A year of tea\n", "", ["SB121"]),
        ("11 months", "11 moons", ["SB128", "SB343"]),
        ("      - first\n      - {", "      - {", ["SB340", "SB343"]),
        ("- first\n      - {scenario: second", "- First\n      - {scenario: second", ["SB127", "SB340"]),
        ("{scenario: second, after: 11 months}", "first", ["SB342", "SB343"]),
        ("careers:\n  tea:", "careers:\n  - tea:", ["SB106"]),
        (GOOD[GOOD.index("  tea:") :], "", ["SB130"]),
        (GOOD[GOOD.index("  tea:") :], "  tea: yes\n", ["SB122"]),
    ],
)
def test_bad_careers(old: str, new: str, codes: list[str]) -> None:
    assert old in GOOD
    found = read_careers(GOOD.replace(old, new, 1), "pack.yaml", KNOWN)
    assert sorted({finding.code for finding in found.findings} & set(codes)) == codes
    assert not found.sound("tea")


def test_a_file_without_careers_has_none() -> None:
    assert read_careers("id: tea\n", "pack.yaml", KNOWN).careers == {}
    assert read_careers("- careers\n", "pack.yaml", KNOWN).findings == []
