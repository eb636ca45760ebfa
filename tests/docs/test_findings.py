"""The pages of the findings: one for every code there is, with examples that do what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.check import DEFAULTS, check, coverage
from engine.check.careers import check_careers
from engine.check.codes import ALL_CODES
from engine.script.career import read_careers
from engine.script.findings import Finding
from engine.script.read import read
from engine.story.compile import compile_story
from game.check import explained

PAGES = Path(__file__).parents[2] / "docs" / "findings"
INDEX = PAGES / "README.md"
SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Information"}
_EXAMPLE = re.compile(
    r"^## (Bad|Good)\n\n(?:\((?:.*?)\)\n\n|The whole file is shown\.\n\n)?(?:<!-- (.*?) -->\n)?```yaml\n(.*?)^```$", re.M | re.S
)
_TOP = re.compile(r"^([a-z-]+):", re.M)


class Example(NamedTuple):
    """An example of a page: its text, and what is said of it."""

    text: str
    mark: str


def frame() -> str:
    """The file around an example."""
    found = re.search(r"<!-- frame -->\n```yaml\n(.*?)^```$", INDEX.read_text("utf-8"), re.M | re.S)
    assert found is not None
    return found[1]


def examples(code: str) -> dict[str, Example]:
    """The bad and the good example of a page."""
    text = (PAGES / f"{code}.md").read_text("utf-8")
    return {found[1]: Example(found[3], found[2] or "") for found in _EXAMPLE.finditer(text)}


def filled(example: Example) -> str:
    """The file of an example: its own keys, and the frame's for the rest."""
    text = example.text
    times = re.fullmatch(r"the last line ([\d,]+) times", example.mark)
    if times is not None:
        lines = text.splitlines()
        text = "\n".join([*lines[:-1], *[lines[-1]] * int(times[1].replace(",", ""))]) + "\n"
    if example.mark == "whole file":
        return text
    own = set(_TOP.findall(text))
    around = frame()
    starts = [*_TOP.finditer(around)]
    ends = [*(start.start() for start in starts[1:]), len(around)]
    kept = [around[start.start() : end] for start, end in zip(starts, ends, strict=True) if start[1] not in own]
    head = [part for part in kept if part.startswith("seenby:")]
    rest = [part for part in kept if not part.startswith("seenby:")]
    return "".join([*head, *rest, text])


def pack_findings(example: Example) -> list[Finding]:
    """The findings of the careers of a pack: its `pack.yaml`, and the scenarios of the example, each with the frame around it."""
    parts = re.split(r"^# ([a-z]+)\.yaml\n", example.text, flags=re.M)[1:]
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    stories = {}
    for name in ("first", "middle", "second"):
        text = filled(Example(f"id: {name}\n{texts.get(name, '')}", ""))
        stories[name] = compile_story(read(text.encode(), f"{name}.yaml"))
    return check_careers(read_careers(texts["pack"], "pack.yaml", stories), stories)


def findings_of(example: Example) -> list[Finding]:
    if example.mark == "a pack":
        return pack_findings(example)
    text = filled(example)
    limits = DEFAULTS
    bound = re.fullmatch(r"looking at no more than (\d+) states", example.mark)
    if bound is not None:
        limits = replace(DEFAULTS, states=int(bound[1]))
    source = read(text.encode("cp1252" if example.mark == "saved as Windows-1252" else "utf-8"), "example.yaml")
    found = check(source, limits=limits)
    if example.mark == "as a folder" and source.scenario is not None:
        whole = coverage("pack", [source.scenario.covers])
        found = [*found, *([whole] if whole is not None else [])]
    return found


@pytest.mark.parametrize("code", ALL_CODES)
def test_the_bad_example_has_the_finding(code: str) -> None:
    found = [finding for finding in findings_of(examples(code)["Bad"]) if finding.code == code]
    assert found, [str(finding) for finding in findings_of(examples(code)["Bad"])]
    assert {finding.severity for finding in found} == {ALL_CODES[code].severity}
    assert all(finding.line >= 1 and finding.column >= 1 and finding.message for finding in found)


@pytest.mark.parametrize("code", ALL_CODES)
def test_the_good_example_does_not(code: str) -> None:
    found = findings_of(examples(code)["Good"])
    assert code not in {finding.code for finding in found}
    assert [str(finding) for finding in found if finding.severity == "error"] == []


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in PAGES.glob("SB*.md")} == set(ALL_CODES)


@pytest.mark.parametrize("code", ALL_CODES)
def test_a_page_says_what_the_finding_is(code: str) -> None:
    text = (PAGES / f"{code}.md").read_text("utf-8")
    meaning = ALL_CODES[code]
    assert text.startswith(f"# {code}: {meaning.title}\n\n**{SEVERITIES[meaning.severity]}**")
    assert set(examples(code)) == {"Bad", "Good"}
    mend = text.partition("## How to mend it\n\n")[2]
    assert mend.strip()
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if "://" not in link:
            assert (PAGES / link).exists(), link
    assert explained(code) == text
    assert explained(f" {code.lower()} ") == text


def test_the_index_names_every_code_once() -> None:
    rows = re.findall(r"^\| \[(SB\d{3})\]\((SB\d{3})\.md\) \| (\w+) \| (.*) \|$", INDEX.read_text("utf-8"), re.M)
    assert [row[0] for row in rows] == sorted(ALL_CODES)
    for code, link, severity, title in rows:
        assert (link, severity, title) == (code, *ALL_CODES[code])


def test_nothing_is_said_of_the_frame() -> None:
    assert [str(finding) for finding in findings_of(Example(frame(), "whole file"))] == []
