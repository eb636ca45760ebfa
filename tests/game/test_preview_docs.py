"""What `docs/previewing.md` shows is what happens."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest

from engine.play.inputs import parse_input
from engine.script.schema import FILE, schema
from game.preview.command import schema as schema_path
from game.preview.help import preview_keys
from game.preview.reading import look_at
from game.preview.reasons import WhyScreen
from game.preview.trial import Trial
from game.words import _
from tests.engine.script.test_schema import check

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "previewing.md").read_text("utf-8")
MARROW = DOCS / "examples" / "marrow.yaml"
EDITOR_KEYS = {
    "yaml.schemas", "yaml.schemaStore.enable", "[yaml]", "editor.insertSpaces", "editor.tabSize", "editor.detectIndentation",
    "editor.wordWrap", "editor.quickSuggestions", "files.autoSave", "files.autoSaveDelay",
}  # fmt: skip
"""Settings as Visual Studio Code and its YAML extension spell them."""


def block(name: str) -> str:
    found = re.search(rf"<!-- preview: {name} -->\n```\w+\n(.*?)```", PAGE, re.S)
    assert found is not None, name
    return found[1]


def test_the_keys_are_the_keys() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", PAGE, re.M)
    assert rows == preview_keys()


def test_what_no_longer_fits_is_said_so(tmp_path: Path) -> None:
    file = Path(shutil.copy(MARROW, tmp_path))
    decisions = [parse_input(line) for line in ("missing: soup", "photo: to-page", "the-page: silence")]
    story = look_at(file).story
    assert story is not None
    trial = Trial(story, 7, "", decisions)
    assert trial.misfit is None
    text = file.read_text("utf-8")
    assert text.count("      to-page:\n") == 1
    file.write_text(text.replace("      to-page:\n", "      the-page:\n"), "utf-8")
    edited = look_at(file).story
    assert edited is not None, look_at(file).findings
    trial.restage(edited)
    assert " ".join(trial.misfit_words()) == block("renamed").strip()


def test_why_looks_like_that() -> None:
    reading = look_at(MARROW)
    assert reading.story is not None
    trial = Trial(reading.story, 7, "", [parse_input(line) for line in ("missing: soup", "photo: silence")])
    assert trial.misfit is None
    assert trial.offer is not None
    page = WhyScreen(trial, reading, trial.offer.scene)
    lines = [" " * line.indent + "".join(words for _look, words in line.runs) for line in page._lines()]
    wanted = block("why").rstrip("\n").split("\n")
    assert any([line[2:] for line in lines[at : at + len(wanted)]] == wanted for at in range(len(lines))), "\n".join(lines)


def test_the_settings_are_settings() -> None:
    settings = json.loads(block("settings"))
    keys = {*settings, *settings["[yaml]"]}
    assert keys == EDITOR_KEYS
    ((path, globs),) = settings["yaml.schemas"].items()
    assert Path(path).name == schema_path().name == FILE.name
    matched = {
        name
        for name in ("marrow.yaml", "pack.yaml", "organisation.yaml", "notes.txt")
        if any(fnmatch.fnmatch(name, glob) for glob in globs if glob[0] != "!")
        and not any(fnmatch.fnmatch(name, glob[1:]) for glob in globs if glob[0] == "!")
    }
    assert matched == {"marrow.yaml"}
    line = block("modeline").strip()
    assert line == f"# yaml-language-server: $schema={path}"


def test_the_schema_is_one_that_the_extension_can_read() -> None:
    """It reads draft 7: nothing newer than that may carry meaning, and references are plain pointers."""
    whole = schema()
    jsonschema.Draft7Validator.check_schema(whole)
    newer = {"prefixItems", "unevaluatedProperties", "unevaluatedItems", "dependentSchemas", "dependentRequired", "$dynamicRef"}
    stack: list[object] = [whole]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            assert not newer & set(node)
            reference = node.get("$ref")
            if isinstance(reference, str):
                assert reference.startswith("#/$defs/")
                assert reference.rpartition("/")[2] in whole["$defs"]
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


@pytest.mark.parametrize("key", ["nxet", "minuets"])
def test_a_key_that_does_not_exist_is_underlined(key: str) -> None:
    right = {"nxet": "next", "minuets": "minutes"}[key]
    text = MARROW.read_text("utf-8")
    assert check(text) == []
    assert any(key in message for message in check(re.sub(rf"\b{right}:", f"{key}:", text, count=1)))


def test_words_of_the_page_are_words_of_the_screen() -> None:
    for words in (_("On to the next scene"), _("Let what is pending come now")):
        assert f"*{words}*" in PAGE
