"""From YAML to the types of `format.py`.

Each type is turned into a reader once. A reader has two ways through a file that share every check of a single value: `fast` builds
the objects straight from parser events and gives up at the first thing that is not as it should be (`Unread` or a lookup error);
`slow` walks a tree with places and reports everything that is wrong, all at once, building what it can.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from engine.script.conditions import Condition, parse_condition
from engine.script.findings import did_you_mean, words_list
from engine.script.format import Change, Lasting, Scenario
from engine.script.lines import Script
from engine.script.passage import Passage
from engine.script.readers import (
    MISSING,
    IntReader,
    LiteralReader,
    NumberReader,
    ParsedReader,
    PassageReader,
    Reader,
    ScriptReader,
    Sink,
    Stream,
    TextReader,
    refuse,
)
from engine.script.times import Duration, Moment, parse_duration, parse_moment
from engine.script.values import NOTHING, parse_bool, parse_change, parse_id, parse_lasting, parse_start
from engine.script.yaml12 import Node, quoted


class UnionReader(Reader):
    """A scalar of one kind, or a list of another."""

    def __init__(self, single: Reader, several: ListReader) -> None:
        self.single = single
        self.several = several
        self.wants = single.wants
        self.scalar = single.scalar  # type: ignore[method-assign]
        self.fast = several.fast  # type: ignore[method-assign]

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node; what is wrong goes to the sink."""
        return (self.single if node.kind == "scalar" else self.several).slow(node, sink)


class ListReader(Reader):
    """A list; a single item is a list of one."""

    wants = "a list"

    def __init__(self, item: Reader) -> None:
        self.item = item

    def scalar(self, value: str, style: str) -> list[Any]:
        """The value of a scalar."""
        if not style and value in NOTHING:
            raise refuse("SB130", "nothing stands here", "write a list, `[one, two]`, or take the key away")
        return [self.item.scalar(value, style)]

    def fast(self, stream: Stream, event: Any) -> list[Any]:
        """The value that begins with `event`."""
        if event.__class__ is not SequenceStartEvent:
            return [self.item.fast(stream, event)]
        get = stream.get
        scalar = self.item.scalar
        found: list[Any] = []
        while True:
            event = get()
            if event.__class__ is ScalarEvent:
                value = event.value
                style = event.style or ""
                if event.tag is not None or event.anchor is not None:
                    raise refuse("SB110", "a tag or an anchor")
                if style and " #" in value:
                    stream.tally(value)
                found.append(scalar(value, style))
            elif event.__class__ is SequenceEndEvent:
                return found
            else:
                found.append(self.item.fast(stream, event))

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node; what is wrong goes to the sink."""
        if node.empty:
            return super().slow(node, sink)
        read = [self.item.slow(part, sink) for part in (node.items if node.kind == "list" else [node])]
        return [value for value in read if value is not MISSING]


class DictReader(Reader):
    """A mapping whose keys are ids or known words."""

    wants = "a mapping"

    def __init__(self, key: Reader, value: Reader) -> None:
        self.key = key
        self.value = value

    def scalar(self, value: str, style: str) -> dict[str, Any]:
        """The value of a scalar."""
        if not style and value in NOTHING:
            raise refuse("SB130", "nothing stands here", "write what belongs under the key, indented, or take the key away")
        hint = _glued(value) or "write `key: value`, indented below, or `{key: value}`"
        raise refuse("SB122", f"a mapping is wanted here, not '{value[:40]}'", hint)

    def fast(self, stream: Stream, event: Any) -> dict[str, Any]:
        """The value that begins with `event`."""
        if event.__class__ is not MappingStartEvent or event.tag is not None or event.anchor is not None:
            raise refuse("SB122", "a mapping is wanted")
        get = stream.get
        key = self.key.scalar
        scalar = self.value.scalar
        found: dict[str, Any] = {}
        while True:
            event = get()
            if event.__class__ is MappingEndEvent:
                return found
            if event.tag is not None or event.anchor is not None:
                raise refuse("SB110", "a tag or an anchor")
            name = key(event.value, event.style)
            if name in found:
                raise refuse("SB109", "twice")
            event = get()
            if event.__class__ is ScalarEvent:
                value = event.value
                style = event.style or ""
                if event.tag is not None or event.anchor is not None:
                    raise refuse("SB110", "a tag or an anchor")
                if style and " #" in value:
                    stream.tally(value)
                found[name] = scalar(value, style)
            else:
                found[name] = self.value.fast(stream, event)

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node; what is wrong goes to the sink."""
        if node.kind == "list":
            hint = "take the dashes away: everything has an id, `col: {name: Col}`"
            sink.add("SB122", "a mapping is wanted here, not a list", hint, node)
            return MISSING
        if node.kind == "scalar":
            return super().slow(node, sink)
        found: dict[str, Any] = {}
        for key, node_value in swallowed(node, sink):
            name = self.key.slow(key, sink)
            value = self.value.slow(node_value, sink)
            if name is not MISSING and value is not MISSING:
                found[name] = value
        return found


class StructReader(Reader):
    """A mapping with known keys."""

    def __init__(self, cls: type[msgspec.Struct]) -> None:
        self.cls = cls
        self.wants = f"a mapping ({(cls.__doc__ or '').split('.')[0].lower()})"
        self.fields: dict[str, tuple[str, Reader]] = {}
        self.scalars: dict[str, tuple[str, Callable[[str, str], Any], Reader]] = {}
        self.required: list[str] = []
        for info in msgspec.structs.fields(cls):
            inner = reader_for(info.type)
            self.fields[info.encode_name] = (info.name, inner)
            self.scalars[info.encode_name] = (info.name, inner.scalar, inner)
            if info.required:
                self.required.append(info.encode_name)

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar."""
        if not style and value in NOTHING and not self.required:
            return self.cls()
        if not style and value in NOTHING:
            raise refuse("SB121", f"{_listed(self.required)} missing here", "write it below, indented")
        first = self.required[0] if self.required else "name" if "name" in self.fields else next(iter(self.fields))
        hint = _glued(value) or f"write `{first}: …`, indented below"
        raise refuse("SB122", f"{self.wants} is wanted here, not '{value[:40]}'", hint)

    def fast(self, stream: Stream, event: Any) -> Any:
        """The value that begins with `event`."""
        if event.__class__ is not MappingStartEvent or event.tag is not None or event.anchor is not None:
            raise refuse("SB122", "a mapping is wanted")
        get = stream.get
        scalars = self.scalars
        found: dict[str, Any] = {}
        while True:
            event = get()
            if event.__class__ is MappingEndEvent:
                return self.cls(**found)
            if event.tag is not None or event.anchor is not None:
                raise refuse("SB110", "a tag or an anchor")
            name, scalar, reader = scalars[event.value]
            if name in found:
                raise refuse("SB109", "twice")
            event = get()
            if event.__class__ is ScalarEvent:
                value = event.value
                style = event.style or ""
                if event.tag is not None or event.anchor is not None:
                    raise refuse("SB110", "a tag or an anchor")
                if style and " #" in value:
                    stream.tally(value)
                found[name] = scalar(value, style)
            else:
                found[name] = reader.fast(stream, event)

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node; what is wrong goes to the sink."""
        if node.kind == "list":
            sink.add("SB122", f"{self.wants} is wanted here, not a list", "write `key: value` without dashes", node)
            return MISSING
        if node.kind == "scalar":
            if node.empty and self.lost_hashtag(node, sink):
                return MISSING
            return super().slow(node, sink)
        found: dict[str, Any] = {}
        written = {key.value for key, _value in node.pairs}
        before: tuple[Node, Node] | None = None
        for key, value_node in swallowed(node, sink, self.fields):
            field = self.fields.get(key.value)
            if field is None:
                self.unknown(key, before, written, sink)
            before = (key, value_node)
            if field is None:
                continue
            if value_node.empty and key.value in self.required and not isinstance(field[1], StructReader):
                if not self.lost_hashtag(value_node, sink):
                    hint = "write the text" if isinstance(field[1], TextReader) else f"{field[1].wants} belongs there"
                    sink.add("SB121", f"nothing stands after `{key.value}`", hint, key)
                continue
            value = field[1].slow(value_node, sink)
            if value is not MISSING:
                found[field[0]] = value
        absent = [name for name in self.required if name not in written]
        if absent:
            hint = "begin the file with `seenby: 1`" if "seenby" in absent else f"write `{absent[0]}: …` here"
            sink.add("SB121", f"{_listed(absent)} missing here", hint, node)
        for name in self.required:
            attribute, reader = self.fields[name]
            if attribute not in found:
                # Something to go on with, so that the rest of the file can be judged too.
                found[attribute] = reader.instead
        return MISSING if MISSING in found.values() else self.cls(**found)

    def unknown(self, key: Node, before: tuple[Node, Node] | None, written: set[str], sink: Sink) -> None:
        """Report a key that is not known here; `before` is the pair above it, `written` all keys of the mapping."""
        if sink.full:
            return
        word = key.value[:80]
        here = [name for name in self.fields if name not in written]
        owners = _owners().get(word)
        if before is not None and before[1].style in ("|", ">") and not before[1].value.strip():
            hint = f"the lines of `{before[0].value}` are indented further than `{before[0].value}` itself"
        elif word == "<<":
            hint = "nothing can be merged; write things out"
        elif near := did_you_mean(word, here) or did_you_mean(word.lower().replace("_", "-").replace(" ", "-"), here):
            hint = near
        elif owners:
            hint = f"`{word}` belongs to {' or '.join(owners)}; is it indented as it should be?"
        else:
            hint = did_you_mean(word, self.fields) or f"known here: {', '.join(self.fields)}"
        sink.add("SB120", f"'{word[:40]}' is not known here", hint, key)


def _glued(value: str) -> str:
    """A hint when a key has no space behind its colon."""
    found = re.match(r"([a-z][a-z-]*):(\S.*)", value)
    return f"a space is missing after the colon: `{found[1]}: {found[2][:40]}`" if found else ""


def _listed(names: list[str]) -> str:
    """`a` is, `a` and `b` are."""
    return f"{words_list(f'`{name}`' for name in names)} {'is' if len(names) == 1 else 'are'}"


def swallowed(node: Node, sink: Sink, known: dict[str, Any] | None = None) -> list[tuple[Node, Node]]:
    """The pairs of a mapping, without keys that are the rest of a text with a comma in it: `{thought: Not my place, mate}`."""
    if not node.flow or not any(value.empty for _key, value in node.pairs):
        return node.pairs
    pairs: list[tuple[Node, Node]] = []
    cut: dict[int, tuple[Node, list[Node]]] = {}
    for key, value in node.pairs:
        last = pairs[-1][1] if pairs else None
        is_cut = last is not None and last.kind == "scalar" and not last.empty and value.empty and not key.style
        if is_cut and (known is None or key.value not in known) and sink.tree.text[key.end : key.end + 1] != ":":
            cut.setdefault(len(pairs) - 1, (key, []))[1].append(key)
            continue
        pairs.append((key, value))
    for index, (first, parts) in cut.items():
        owner, last = pairs[index]
        # Quotes round the part before the comma are no part of the text; those inside it are.
        begun = last.value if last.style else sink.tree.text[last.start : last.end]
        whole = begun + sink.tree.text[last.end : parts[-1].end]
        hint = f"put the whole text in quotes: `{owner.value}: {quoted(whole)}`"
        sink.add("SB114", f"the comma cuts this text in two, and '{first.value[:40]}' becomes a key", hint, first)
    return pairs


@cache
def _owners() -> dict[str, list[str]]:
    """Which things have a key, in words."""
    words = {
        "Later": "`later`", "Choice": "a choice", "Piece": "a piece of `pick`", "Pick": "`pick`", "Card": "a card", "Board": "`board`",
        "Telling": "a telling", "Limit": "`limit`", "Scene": "a scene", "CastMember": "`cast`", "Place": "a place", "Flag": "`flags`",
        "Reckon": "`reckoning`", "Ending": "an ending", "Coda": "a coda", "Debrief": "`debrief`", "You": "`you`",
        "Scenario": "the top of the file", "Rule": "a rule", "Witness": "somebody under `seen-by`", "Leaks": "`leaks`",
        "Stakeholder": "a stakeholder", "Saw": "what a stakeholder `saw`",
    }  # fmt: skip
    owners: dict[str, list[str]] = {}
    for reader in list(_structs.values()):
        for name in reader.fields:
            if reader.cls.__name__ in words:
                owners.setdefault(name, []).append(words[reader.cls.__name__])
    return {name: found for name, found in owners.items() if len(found) <= 3}


_structs: dict[type, StructReader] = {}
_parsed: dict[Any, tuple[Any, ...]] = {
    Condition: ("a condition", parse_condition),
    Duration: ("a length of time", parse_duration, Duration(0)),
    Moment: ("a moment", parse_moment),
    Change: ("a change", parse_change),
    Lasting: ("something that lasts", parse_lasting),
    bool: ("yes or no", parse_bool),
}


def reader_for(annotation: Any) -> Reader:
    """The reader of a type of `format.py`. Raises TypeError for a type that no reader is known for."""
    kind, meta = unwrapped(annotation)
    extra = meta.get("kind")
    if extra == "begins":
        return ParsedReader("a weekday and a time", parse_start, "Monday 09:00")
    if extra == "id":
        return ParsedReader("an id", parse_id)
    if kind is str:
        return TextReader()
    if kind is int:
        return IntReader(meta.get("ge"), meta.get("le"))
    if kind is float:
        return NumberReader(meta.get("ge"), meta.get("le"))
    if kind is Script:
        return ScriptReader()
    if kind is Passage:
        return PassageReader()
    if kind in _parsed:
        return ParsedReader(*_parsed[kind])
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind not in _structs:
            _structs[kind] = StructReader(kind)
        return _structs[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return LiteralReader(arguments, extra == "version")
    if origin is list:
        return ListReader(reader_for(arguments[0]))
    if origin is dict:
        return DictReader(reader_for(arguments[0]), reader_for(arguments[1]))
    if origin in (Union, types.UnionType):
        if arguments == (float, types.NoneType):  # bounds on what may be left out are bounds on what is written
            return NumberReader(meta.get("ge"), meta.get("le"))
        readers = [reader_for(argument) for argument in arguments if argument is not types.NoneType]
        if len(readers) == 1:
            return readers[0]
        single, several = readers
        if isinstance(several, ListReader):
            return UnionReader(single, several)
    raise TypeError(f"no reader for {annotation!r}")


def unwrapped(annotation: Any) -> tuple[Any, dict[str, Any]]:
    """A type without its `Annotated` and, for `X | None`, what is known of X: bounds, kind and description."""
    meta: dict[str, Any] = {}
    while hasattr(annotation, "__metadata__"):
        for one in annotation.__metadata__:
            for name in ("ge", "le", "description", "pattern"):
                value = getattr(one, name, None)
                if value is not None:
                    meta[name] = value
            meta.update(getattr(one, "extra", None) or {})
        annotation = annotation.__origin__
    return annotation, meta


@cache
def scenario_reader() -> StructReader:
    """The reader of a whole scenario."""
    reader = reader_for(Scenario)
    assert isinstance(reader, StructReader)
    return reader
