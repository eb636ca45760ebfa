"""The documentation is true: its blocks load, play and say what it says they do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine import load_story
from engine.play.play import Play
from engine.play.reading import only_reading
from engine.script import format as form
from engine.script.read import read, read_file
from game.decisions_file import read_script
from tests.docs.blocks import (
    DOCS,
    PLAYER,
    ROOT,
    SEED,
    Block,
    Stumble,
    blocks,
    findings_of,
    stumble_says,
    stumbles,
    wanted,
    with_line,
)
from tests.engine.script.test_schema import check

TUTORIAL = DOCS / "writing-scenarios.md"
FORMAT = DOCS / "format.md"
DEPENDENCIES = DOCS / "dependencies.md"
DOCUMENTS = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
BLOCKS = list(blocks(TUTORIAL))
EXAMPLES = sorted((DOCS / "examples").glob("*.yaml"))
WALKS = sorted((DOCS / "examples").glob("*/*.txt"))
FORMS = [
    kind
    for kind in vars(form).values()
    if isinstance(kind, type) and issubclass(kind, form.Form) and kind is not form.Form and kind is not form.Effects
]
KEYS = [(kind, field.encode_name) for kind in FORMS for field in msgspec.structs.fields(kind)]


# The tutorial's blocks


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "yaml"], ids=str)
def test_every_yaml_block_says_where_it_comes_from(block: Block) -> None:
    assert block.kind in ("file", "fragment")
    assert (DOCS / block.about).is_file()


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.kind != "fragment" and block.kind], ids=str)
def test_what_is_quoted_is_what_comes(block: Block) -> None:
    """Whole files, plain output, findings. `python -m tests.docs.blocks` writes them anew."""
    made = wanted(block)
    assert made is not None, f"no block is of the kind “{block.kind}”"
    assert made.strip()
    assert block.text == made


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.kind == "fragment"], ids=str)
def test_fragments_occur_in_their_file(block: Block) -> None:
    lines = (DOCS / block.about).read_text("utf-8").splitlines()
    wanted_lines = block.text.splitlines()
    assert any(_same(lines[at : at + len(wanted_lines)], wanted_lines) for at in range(len(lines)))


def _same(lines: list[str], fragment: list[str]) -> bool:
    """The same lines, all indented by as much more."""
    more = len(lines[0]) - len(lines[0].lstrip()) - (len(fragment[0]) - len(fragment[0].lstrip()))
    return more >= 0 and lines == [" " * more + line if line else "" for line in fragment]


def test_the_tutorial_shows_every_kind_of_block() -> None:
    kinds = {block.kind for block in BLOCKS}
    assert {"file", "fragment", "plain", "finding", "walk"} <= kinds
    assert {block.language for block in BLOCKS if not block.kind} == {"sh"}


# Stumbles

STUMBLES = stumbles(TUTORIAL.read_text("utf-8"))


def test_there_is_a_table_of_stumbles() -> None:
    table = TUTORIAL.read_text("utf-8").partition("<!-- stumbles -->")[2].partition("\n\n")[0].strip().splitlines()
    assert len(STUMBLES) == len(table) - 2 >= 12


@pytest.mark.parametrize("row", STUMBLES, ids=[row.wrong for row in STUMBLES])
def test_a_stumble_says_that(row: Stumble) -> None:
    assert row.says == stumble_says(row)
    assert row.says


@pytest.mark.parametrize("row", STUMBLES, ids=[row.right for row in STUMBLES])
def test_what_to_write_instead_reads(row: Stumble) -> None:
    assert findings_of(with_line(row.right, row.where), "first.yaml") == []


# Examples


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_example_loads_without_a_finding(file: Path) -> None:
    assert read_file(file).findings == []
    assert load_story(file).endings


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_editor_finds_nothing_wrong_with_an_example(file: Path) -> None:
    assert check(file.read_text("utf-8")) == []


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.parent.name}/{walk.name}")
def test_a_walkthrough_comes_to_its_ending(walk: Path) -> None:
    text = walk.read_text("utf-8")
    head = dict(re.findall(r"^# (ending|seed): (\S+)$", text, re.M))
    assert int(head["seed"]) == SEED
    story = load_story(walk.parent.with_suffix(".yaml"))
    inputs = [one.input for one in read_script(text, walk.name)]
    play = Play.begin(story, seed=SEED, name=PLAYER)
    for given in inputs:
        if not only_reading(story, given):
            play.take(given)
    assert play.ended
    assert play.ending == head["ending"]


def test_the_finished_example_is_walked_to_every_ending() -> None:
    story = load_story(DOCS / "examples" / "marrow.yaml")
    walked = {
        re.search(r"^# ending: (\S+)$", walk.read_text("utf-8"), re.M)[1] for walk in WALKS if walk.parent.name == "marrow"
    }  # type: ignore[index]
    assert walked == {ending.id for ending in story.endings}


def _worth(choice: form.Choice) -> tuple[int, ...]:
    """What a choice comes to on each dial, with all that it may bring later."""
    return tuple(
        choice.dials.get(dial, 0) + sum(later.dials.get(dial, 0) for later in choice.later)  # type: ignore[call-overload]
        for dial in form.DIALS
    )


def test_no_choice_of_the_example_beats_all_others() -> None:
    """The tutorial says that three colleagues would disagree: no choice is at least as good as every other on every dial."""
    scenario = read_file(DOCS / "examples" / "marrow.yaml").scenario
    assert scenario is not None
    leading = []
    for name, scene in scenario.scenes.items():
        worth = {one: _worth(choice) for one, choice in scene.choices.items() if not choice.look}
        for one, mine in worth.items():
            others = [theirs for other, theirs in worth.items() if other != one]
            if others and all(a >= b for theirs in others for a, b in zip(mine, theirs, strict=True)):
                leading.append(f"{name}.{one}")
    assert leading == []


# Links


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _links(document: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
    for found in re.finditer(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", found[1]):
            yield found[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in _links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists():
            broken.append(link)
        elif anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.M)
            if anchor not in map(_slug, headings):
                broken.append(link)
    assert not broken


def test_the_documents_name_no_place_of_one_machine() -> None:
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        assert not re.search(r"(?<![\w.])/(work|tmp|home|root)/", text), document.name


# The format

PLACEHOLDERS = (
    ("{…}", "{}"),
    ("[…]", "[]"),
    ("if: …", "if: challenged"),
    ("    choices: …", "    # "),
    ("next: …", "next: end"),
)


def _format_scenarios() -> dict[str, form.Scenario]:
    """The YAML blocks of the reference, put together: once for each kind of decision."""
    parts = [block.text for block in blocks(FORMAT) if block.language == "yaml"]
    for placeholder, words in PLACEHOLDERS:
        parts = [part.replace(placeholder, words) for part in parts]
    heads = [part for part in parts if not part.startswith((" ", "scenes:"))]
    scenes = next(part for part in parts if part.startswith("scenes:"))
    tellings = next(part for part in parts if part.startswith("  surfaced:"))
    decisions = [part for part in parts if part.startswith("    ")]
    assert len(heads) + 2 + len(decisions) == len(parts)
    made = {}
    for decision in decisions:
        source = read("".join([*heads, scenes, decision, tellings]).encode(), "format.md")
        assert [str(finding) for finding in source.findings] == []
        assert source.scenario is not None
        made[decision.split(":")[0].strip()] = source.scenario
    return made


def test_the_blocks_of_the_reference_read_without_a_finding() -> None:
    assert len(_format_scenarios()) == 3


def _said(value: object) -> Iterator[tuple[type, str]]:
    """Every key that is written in a scenario, with the type it belongs to."""
    if isinstance(value, form.Form):
        for field in msgspec.structs.fields(type(value)):
            inner = getattr(value, field.name)
            if inner != (field.default if field.default is not msgspec.NODEFAULT else ...) or field.required:
                yield type(value), field.encode_name
            yield from _said(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _said(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _said(inner)


@pytest.fixture(scope="module")
def shown() -> set[tuple[type, str]]:
    return {said for scenario in _format_scenarios().values() for said in _said(scenario)}


@pytest.fixture(scope="module")
def spans() -> set[str]:
    """The words that stand as code in the reference's sentences."""
    text = re.sub(r"^```.*?^```$", "", FORMAT.read_text("utf-8"), flags=re.M | re.S)
    found: set[str] = set()
    for span in re.findall(r"`([^`\n]+)`", text):
        found |= set(re.findall(r"[a-z][a-z-]*", span))
    return found


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=[f"{kind.__name__}.{key}" for kind, key in KEYS])
def test_the_reference_names_every_key(kind: type, key: str, shown: set[tuple[type, str]], spans: set[str]) -> None:
    assert (kind, key) in shown or key in spans


def test_the_reference_names_no_key_that_is_not_there() -> None:
    known = {key for _kind, key in KEYS} | {"subject", "to", "masked", "in"} | {"lapse"}
    text = re.sub(r"^```.*?^```$", "", FORMAT.read_text("utf-8"), flags=re.M | re.S)
    named = set(re.findall(r"`([a-z][a-z-]*):", text))
    assert named
    ids = set(read_ids())
    assert named - known - ids == set()


def read_ids() -> Iterator[str]:
    """Slots, which stand like keys in the sentence on `slots.yaml`."""
    from engine.story.slots import standard_slots

    yield from standard_slots()
    yield from ("reporting_route", "reporting")


def test_the_reference_names_every_action_place_and_slot(spans: set[str]) -> None:
    from typing import get_args

    from engine.story.compile import PLACE_KINDS
    from engine.story.slots import standard_slots

    assert set(get_args(form.Action)) <= spans
    assert {kind for _attribute, kind in PLACE_KINDS} <= spans
    assert set(form.DIALS) <= spans
    text = FORMAT.read_text("utf-8")
    assert [slot for slot in standard_slots() if f"`{{{slot}}}`" not in text] == []
    assert [slot for slot in standard_slots() if f"`{{{slot}}}`" not in TUTORIAL.read_text("utf-8")] == []


def test_the_reference_tells_the_table_of_late_reports() -> None:
    from engine.story.late import LATE_TABLE, LATEST

    for document in (FORMAT, TUTORIAL):
        text = document.read_text("utf-8")
        assert [percent for _seconds, percent in LATE_TABLE[1:] if f"{percent} %" not in text] == []
        assert f"{LATEST} %" in text


# Dependencies


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted_names = [
        re.match(r"[\w-]+", requirement)[0].lower()  # type: ignore[index]
        for requirement in (
            *project["dependencies"],
            *project["optional-dependencies"]["dev"],
            *project["optional-dependencies"]["bench"],
            *project["optional-dependencies"]["author"],
        )
        if not requirement.startswith("seenby[")  # one list that takes in another
    ]
    rows = re.findall(r"^\| \*\*([\w-]+)\*\* \|", DEPENDENCIES.read_text("utf-8"), re.M)
    assert sorted(row.lower() for row in rows) == sorted(wanted_names)


# The commands that the documents give


@pytest.mark.parametrize(
    "arguments",
    [
        ["docs/examples/first.yaml", "--plain", "--no-save"],
        ["docs/examples/marrow.yaml", "--decisions", "docs/examples/marrow/third-result.txt", "--seed", "7", "--no-save"],
    ],
    ids=["plain", "decisions"],
)
def test_the_commands_of_the_tutorial_work(arguments: list[str], tmp_path: Path) -> None:
    done = _seenby("play", *arguments, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The end:" in done.stdout


def _seenby(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "game", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        check=False,
    )


def test_a_warning_is_said_before_the_play(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(with_line("title: The Marrow #plots", "a title"), "utf-8")
    done = _seenby("play", str(tmp_path / "mine.yaml"), "--plain", "--no-save", home=tmp_path)
    assert done.returncode == 0
    assert "mine.yaml:3:19: SB108 warning: '#plots' is lost" in done.stderr
    assert "The end:" in done.stdout
