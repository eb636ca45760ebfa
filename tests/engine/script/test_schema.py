import json
from pathlib import Path

import jsonschema
import pytest

from engine.script.schema import FILE, _schema, schema, text, write
from engine.script.yaml12 import Node, Tree
from tests.engine.script.small import SMALL

ROOT = Path(__file__).parents[3]
SCENARIOS = sorted(
    path
    for folder in (ROOT / "scenarios", ROOT / "tests" / "fixtures")
    for path in folder.rglob("*.yaml")
    if path.name != "pack.yaml"
)


def plain(node: Node):
    """What an editor sees: YAML 1.2 with its core schema."""
    if node.kind == "map":
        return {key.value: plain(value) for key, value in node.pairs}
    if node.kind == "list":
        return [plain(item) for item in node.items]
    if node.style:
        return node.value
    if node.value in ("", "~", "null"):
        return None
    if node.value in ("true", "false"):
        return node.value == "true"
    for kind in (int, float):
        try:
            return kind(node.value.replace("_", "x"))
        except ValueError:
            pass
    return node.value


def check(source: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [error.message for error in validator.iter_errors(plain(Tree(source).root))]


def test_the_file_is_what_the_types_say():
    assert FILE.read_text(encoding="utf-8") == text(), "run: python -m engine.script.schema"


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_type_without_a_schema():
    with pytest.raises(TypeError):
        _schema(bytes, {})


def test_writing_it(tmp_path):
    write(tmp_path / "schema" / "x.json")
    assert json.loads((tmp_path / "schema" / "x.json").read_text(encoding="utf-8")) == schema()


def test_there_are_scenarios():
    assert len(SCENARIOS) >= 9


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios_fit(path):
    assert check(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: fine", "label: 2026"),
        ("label: fine", "label: 1.5"),
        ("label: fine", "label: true"),
        ("label: fine", "label: no"),
        ("label: fine", "look: yes"),
        ("label: fine", "dials: {team: +1}"),
        ("label: fine", "set: {a: yes, b: +1, c: -2, d: 3}"),
        ("label: fine", "next: [{if: a, go: b}, {go: c}]"),
        ("with: col", "with: [col, jo]"),
        ("in: team", "when: day 3, 03:05"),
        ("in: team", "when: +20 minutes"),
    ],
)
def test_what_fits(old, new):
    assert check(SMALL.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: fine", "labl: fine"),
        ("label: fine", "action: repl"),
        ("label: fine", "dials: {team: +4}"),
        ("label: fine", "dials: {tem: +1}"),
        ("label: fine", "set: {a: maybe}"),
        ("label: fine", "to: Team 4"),
        ("label: fine", "takes: soon"),
        ("in: team", "when: 03:05"),
        ("seenby: 1", "seenby: 2"),
        ("minutes: 5", "minutes: five"),
        ("minutes: 5\n", ""),
        ("begins: Monday 21:10", "begins: 21:10"),
        ("title: Only, ", ""),
    ],
)
def test_what_does_not_fit(old, new):
    assert check(SMALL.replace(old, new)) != []


def test_every_key_has_a_description():
    made = schema()
    for kind in [made, *made["$defs"].values()]:
        assert kind["description"]
        for name, value in kind["properties"].items():
            assert value["description"], name
