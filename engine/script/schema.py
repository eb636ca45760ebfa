"""The JSON Schema of a scenario, for editors: made from the types of `format.py`, so that it never says anything else.

`python -m engine.script.schema` writes it to `engine/schema/scenario.schema.json`. It describes what a YAML 1.2 editor sees, in which
`23:40` is a text and `007` a number: wherever words are wanted, numbers and yes or no will do too.
"""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from engine.script.conditions import Condition
from engine.script.format import Change, Lasting, Scenario
from engine.script.ids import ID
from engine.script.lines import Script
from engine.script.passage import Passage
from engine.script.times import Duration, Moment
from engine.script.typed import unwrapped

FILE = Path(__file__).parent.parent / "schema" / "scenario.schema.json"
_YES_NO: list[Any] = [True, False, "yes", "no", "on", "off"]
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": ["string", "number", "boolean"]},
    int: {"type": "integer"},
    bool: {"enum": _YES_NO},
    Condition: {"type": ["string", "boolean"]},
    Script: {"type": "string"},
    Passage: {"type": ["string", "number", "boolean"]},
    Duration: {"type": "string", "pattern": "^[0-9]+ *[A-Za-z]+"},
    Moment: {"type": "string", "pattern": "^([dD]ay +-?[0-9]+ *,? *[0-9]{1,2}:[0-9]{2}|\\+ *[0-9]+ *[A-Za-z]+)"},
    Change: {"anyOf": [{"enum": _YES_NO}, {"type": "integer"}]},
    Lasting: {"type": "string", "pattern": "^(leave|mute|unmute|remove|add|delete|timer) "},
}
_KINDS: dict[str, dict[str, Any]] = {
    "begins": {"type": "string", "pattern": "^[A-Za-z]{3,},? +[0-9]{1,2}:[0-9]{2}"},
    "id": {"type": "string", "pattern": f"^{ID}$"},
}


def schema() -> dict[str, Any]:
    """The schema of a whole scenario (JSON Schema 2020-12)."""
    definitions: dict[str, dict[str, Any]] = {}
    _struct(Scenario, definitions)
    top = definitions.pop("Scenario")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Seenby scenario, version 1",
        **top,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def text() -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _struct(cls: type[msgspec.Struct], definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A reference to the schema of a struct, which goes into the definitions."""
    fields = msgspec.structs.fields(cls)
    required = [info.encode_name for info in fields if info.required]
    if cls.__name__ not in definitions:
        made: dict[str, Any] = {"description": (cls.__doc__ or "").split("\n")[0], "type": "object"}
        definitions[cls.__name__] = made
        made["properties"] = {info.encode_name: _schema(info.type, definitions) for info in fields}
        if required:
            made["required"] = required
        made["additionalProperties"] = False
    reference = {"$ref": f"#/$defs/{cls.__name__}"}
    return reference if required else {"anyOf": [reference, {"type": "null"}]}


def _schema(annotation: Any, definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema of one type, with its description."""
    kind, meta = unwrapped(annotation)
    made = dict(_bare(kind, meta, definitions))
    return {"description": meta["description"], **made} if "description" in meta else made


def _bare(kind: Any, meta: dict[str, Any], definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema of a type without its annotations."""
    if meta.get("kind") in _KINDS:
        return _KINDS[meta["kind"]]
    if kind is int:
        bounds = {"ge": "minimum", "le": "maximum"}
        return {**_PLAIN[int], **{name: meta[key] for key, name in bounds.items() if key in meta}}
    if kind is float:
        bounds = {"ge": "minimum", "le": "maximum"}
        number = {"type": "number", **{name: meta[key] for key, name in bounds.items() if key in meta}}
        return {"anyOf": [number, {"type": "string", "pattern": "^[0-9.]+ ?%$"}]}
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(kind, definitions)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        item = _schema(arguments[0], definitions)
        return {"anyOf": [{"type": "array", "items": item}, item]}
    if origin is dict:
        value = _schema(arguments[1], definitions)
        names = _schema(arguments[0], definitions)
        if "enum" in names:
            return {"type": "object", "properties": dict.fromkeys(names["enum"], value), "additionalProperties": False}
        return {"type": "object", "propertyNames": {"pattern": names["pattern"]}, "additionalProperties": value}
    if origin in (Union, types.UnionType):
        if arguments == (float, types.NoneType):
            return _bare(float, meta, definitions)
        parts = [_schema(argument, definitions) for argument in arguments if argument is not types.NoneType]
        return parts[0] if len(parts) == 1 else {"anyOf": parts}
    raise TypeError(f"no schema for {kind!r}")


def write(path: Path = FILE) -> None:
    """Write the schema to its file. Raises OSError when that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(), encoding="utf-8")


if __name__ == "__main__":  # pragma: no cover - run by hand
    write()
