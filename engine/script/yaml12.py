"""YAML as a plain tree whose scalars stay the text that the author wrote.

PyYAML's C parser finds the structure; no tag is ever resolved, so `no`, `23:40`, `007` and `2026-01-01` are just words until somebody
wants a number of them. `events` is the quick way through a file. `Tree` is the thorough one: it knows where everything stands, mends
what can be guessed at in order to find what else is wrong, and maps a place inside a value back to its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser as _PureParser
from yaml.reader import Reader as _PureReader
from yaml.scanner import Scanner as _PureScanner

from engine.script.findings import Path
from engine.text import unsafe_at


class PureParser(_PureReader, _PureScanner, _PureParser):
    """PyYAML's parser in Python, for where its C parser is missing: the same events, many times slower."""

    def __init__(self, stream: bytes) -> None:
        _PureReader.__init__(self, stream)
        _PureScanner.__init__(self)
        _PureParser.__init__(self)


_Parser: Callable[[bytes], Any] = PureParser
if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    _Parser = CParser

LARGEST = 2_000_000
"""Bytes that a file may have."""
DEEPEST = 50
"""Levels that a file may be nested."""
MOST_ALIASES = 50
MOST_NODES = 400_000
"""Values that a file may have once all aliases are written out."""
_BLANK = re.compile(r"[ \t]*\n")
FURTHEST = 20_000
"""So many characters into a value its places are exact."""
MOST_MENDS = 25
"""So many syntax errors are mended in order to find the next one."""


def events(data: bytes) -> Callable[[], Any]:
    """The next-event function of a parser over `data`; it raises `yaml.YAMLError`."""
    getter: Callable[[], Any] = _Parser(data).get_event
    return getter


class Node:
    """A value of the file with its place. `line` and `column` count from 0, `start` and `end` are offsets in the text."""

    __slots__ = ("column", "end", "flow", "height", "items", "kind", "line", "pairs", "size", "start", "style", "value")

    def __init__(self, kind: str, event: Any, value: str = "", style: str = "") -> None:
        self.kind = kind  # "scalar", "list" or "map"
        self.value = value
        self.style = style
        self.flow = bool(getattr(event, "flow_style", False))
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []
        self.line: int = event.start_mark.line
        self.column: int = event.start_mark.column
        self.start: int = event.start_mark.index
        self.end: int = event.end_mark.index
        self.size = 1
        self.height = 1

    @property
    def empty(self) -> bool:
        """Nothing stands here at all."""
        return self.kind == "scalar" and not self.style and not self.value


class Slip(NamedTuple):
    """A problem of the YAML itself, at a place that counts from 0."""

    code: str
    message: str
    hint: str
    line: int
    column: int


class _Stop(Exception):
    """Reading cannot go on; the slip says why."""

    def __init__(self, slip: Slip) -> None:
        self.slip = slip


class Tree:
    """All values of a file with their places, and what is wrong with its YAML."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.text = text
        self.slips: list[Slip] = []
        self.mended: set[int] = set()
        self.root: Node | None = None
        for _ in range(MOST_MENDS if len(text) < 200_000 else 5):
            try:
                builder = _Builder(self)
                self.root = builder.build()
            except yaml.YAMLError as error:
                if not self.mend(error):
                    return
            except _Stop as stop:
                self.slips.append(stop.slip)
                return
            else:
                self.slips += builder.slips
                return

    # --- places -------------------------------------------------------------------------------------------------

    def find(self, path: Path, key: bool = False) -> Node | None:
        """The value at a path, or its key; as near as one can get to it."""
        node = self.root
        found_key = None
        for step in path:
            if node is None:
                return None
            if step == 0 and node.kind != "list":
                continue  # a single item stands for a list of one
            if node.kind == "map":
                for name, value in node.pairs:
                    if name.value == str(step):
                        found_key, node = name, value
                        break
                else:
                    return found_key or node
            elif node.kind == "list" and isinstance(step, int) and 0 <= step < len(node.items):
                found_key = node = node.items[step]
            else:
                return found_key or node
        if found_key is not None and (key or (node is not None and node.empty)):
            return found_key
        return node

    def place(self, node: Node, row: int = 0, col: int = 0) -> tuple[int, int]:
        """Line and column (from 1) of a row and column in the value of a scalar, or of the value itself."""
        if node.kind != "scalar" or not node.value.strip() or not (row or col or node.style in ("|", ">")):
            return node.line + 1, node.column + 1
        if node.style == "|":
            line = node.line + 1 + row
            return line + 1, self.indent(node) + col + 1
        value_lines = node.value.split("\n")
        offset = sum(len(value_line) + 1 for value_line in value_lines[:row]) + col
        at = self.offset(node, min(offset, len(node.value)))
        return self.at(at)

    def at(self, index: int) -> tuple[int, int]:
        """Line and column (from 1) of an offset in the text."""
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)

    def indent(self, node: Node) -> int:
        """How far the content of a block scalar is indented."""
        header = self.text[node.start : self.text.find("\n", node.start) % (len(self.text) + 1)]
        explicit = re.match(r"[|>][+-]?([1-9])", header)
        first = next((line for line in self.lines[node.line + 1 :] if line.strip()), "")
        indent = len(first) - len(first.lstrip(" "))
        if explicit and node.value:
            content = next((line for line in node.value.split("\n") if line.strip()), "")
            indent -= len(content) - len(content.lstrip(" "))
        return max(indent, 0)

    def offset(self, node: Node, index: int) -> int:
        """Where the character at `index` of a scalar's value stands in the text (quoted, plain and folded scalars).

        Far into a long value it is the place of the value itself: walking there would take too long.
        """
        if index > FURTHEST:
            return node.start
        text, at, end = self.text, node.start, node.end
        indent = len(text)
        if node.style == ">":
            indent = self.indent(node)
            at = text.find("\n", at) + 1 + indent
        elif node.style:
            at += 1
        value = node.value
        for number, char in enumerate(value[:index]):
            while node.style == '"' and text.startswith("\\\n", at):
                at = self.past_break(at + 1, indent)
            if at >= end:
                break
            if node.style == '"' and text[at] == "\\":
                at += {"x": 4, "u": 6, "U": 10}.get(text[at + 1], 2)
            elif node.style == "'" and text[at] == "'":
                at += 2
            elif char in " \n" and _BLANK.match(text, at):
                at = self.past_break(at, indent)
                # Folding turns a run of line breaks into a run that is one shorter, or not: the last one takes all that are left.
                while char == "\n" and value[number + 1 : number + 2] != "\n" and _BLANK.match(text, at):
                    at = self.past_break(at, indent)
            else:
                at += 1
        while node.style == '"' and text.startswith("\\\n", at):
            at = self.past_break(at + 1, indent)
        return min(at, max(end - 1, node.start))

    def past_break(self, at: int, indent: int) -> int:
        """The offset behind blanks, one line break and the indentation of the next line."""
        at = self.text.index("\n", at) + 1
        most = at + indent
        while at < most and self.text[at : at + 1] in (" ", "\t"):
            at += 1
        return at

    # --- mending ------------------------------------------------------------------------------------------------

    def mend(self, error: yaml.YAMLError) -> bool:
        """Record a syntax error and, when one can guess what was meant, put that into the text; False when one cannot."""
        mark = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        problem = str(getattr(error, "problem", None) or error)
        line = min(mark.line if mark else 0, len(self.lines) - 1)
        column = mark.column if mark else 0
        tried = dict.fromkeys((line, context.line if context else line, max(line - 1, 0)))
        for candidate in tried:
            if candidate >= len(self.lines):
                continue
            found = (_flow_stumble if candidate in self.mended else _stumble)(self.lines[candidate], problem)
            if found is None:
                continue
            self.mended.add(candidate)
            self.slips.append(Slip(found.code, found.message, found.hint, candidate, found.column))
            self.lines[candidate] = found.mended
            self.text = "\n".join(self.lines)
            return True
        during = str(getattr(error, "context", None) or "")
        if context is not None and (
            "expected ':'" in problem or "flow" in during or ("quoted" in during and "escape" not in problem)
        ):
            line, column = min(context.line, len(self.lines) - 1), context.column
        message, hint = _explain(problem, during, self.lines, line)
        if message.startswith("this line"):
            column = _indent(self.lines[line])
        self.slips.append(Slip("SB106", message, hint, line, column))
        return False


class _Builder:
    """Makes the tree of one document."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.slips: list[Slip] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0
        self.names: list[dict[str, Node]] = []  # the keys of each open mapping

    def slip(self, code: str, message: str, hint: str, event: Any) -> None:
        mark = event.start_mark
        self.slips.append(Slip(code, message, hint, mark.line, mark.column))

    def build(self) -> Node | None:
        get = events(self.tree.text.encode())
        root: Node | None = None
        stack: list[Node] = []
        keys: list[Node | None] = []
        names: list[str | None] = []
        documents = 0
        while True:
            event = get()
            kind = event.__class__
            if kind is StreamEndEvent:
                return root
            if kind is DocumentStartEvent:
                documents += 1
                if documents == 2:
                    message, hint = "a second document begins here", "a file holds one scenario; take the line `---` away"
                    raise _Stop(Slip("SB112", message, hint, event.start_mark.line, event.start_mark.column))
                continue
            node: Node
            if kind is ScalarEvent:
                self.check(event)
                node = Node("scalar", event, event.value, event.style or "")
                if event.anchor:
                    self.anchors[event.anchor] = node
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.check(event)
                stack.append(Node("map" if kind is MappingStartEvent else "list", event))
                keys.append(None)
                self.names.append({})
                names.append(event.anchor)
                if len(stack) > DEEPEST:
                    message = f"the file is nested more than {DEEPEST} levels deep here"
                    mark = event.start_mark
                    raise _Stop(Slip("SB104", message, "is a bracket or an indentation repeated?", mark.line, mark.column))
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = stack.pop()
                keys.pop()
                self.names.pop()
                name = names.pop()
                node.end = event.end_mark.index
                if name:
                    self.anchors[name] = node
            elif kind is AliasEvent:
                node = self.alias(event)
            else:
                continue
            if not stack:
                root = root or node
                continue
            parent = stack[-1]
            parent.size += node.size
            parent.height = max(parent.height, node.height + 1)
            if parent.kind == "list":
                parent.items.append(node)
            elif keys[-1] is None:
                keys[-1] = node
            else:
                self.pair(parent, keys[-1], node)
                keys[-1] = None
            if self.aliases and (parent.size > MOST_NODES or parent.height + len(stack) - 1 > DEEPEST):
                raise _Stop(
                    Slip("SB111", "the aliases of this file unfold into too much", "write things out", node.line, node.column)
                )

    def check(self, event: Any) -> None:
        """Refuse tags; warn of anchors, which eat the first word of a text."""
        if event.tag is None and event.anchor is None:
            return
        mark = event.start_mark
        rest = self.tree.lines[mark.line][mark.column :]
        word = rest.split(" ", 1)[0][:40]
        if event.tag is not None:
            self.slip("SB110", f"'{word}' is a tag to YAML", f"put the text in quotes: `{quoted(rest[:60])}`", event)
        if event.anchor is not None and event.__class__ is ScalarEvent and not event.style and event.value:
            self.slip(
                "SB111", f"'&{event.anchor}' is an anchor to YAML", f"put the text in quotes: `{quoted(rest[:60])}`", event
            )

    def alias(self, event: Any) -> Node:
        """What an alias stands for."""
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            mark = event.start_mark
            hint = "write things out"
            raise _Stop(Slip("SB111", f"the file has more than {MOST_ALIASES} aliases", hint, mark.line, mark.column))
        node = self.anchors.get(event.anchor)
        if node is None:
            rest = self.tree.lines[event.start_mark.line][event.start_mark.column :]
            hint = f"a text that begins with `*` needs quotes: `{quoted(rest[:60])}`"
            self.slip("SB107", f"'*{event.anchor}' is an alias to YAML, and there is no such anchor", hint, event)
            node = Node("scalar", event, f"*{event.anchor}", "'")
            node.style = '"'
        return node

    def pair(self, parent: Node, key: Node, value: Node) -> None:
        """Put a key and its value into a mapping."""
        if key.kind != "scalar":
            hint = "a text that begins with a brace or a bracket needs quotes"
            self.slips.append(Slip("SB107", "a key must be a word", hint, key.line, key.column))
            return
        names = self.names[-1]
        other = names.setdefault(key.value, key)
        if other is not key:
            message = f"'{key.value[:40]}' stands here twice; the first is on line {other.line + 1}"
            self.slips.append(Slip("SB109", message, "take one of them away, or give it another name", key.line, key.column))
            return
        parent.pairs.append((key, value))


def quoted(text: str) -> str:
    """`text` in YAML quotes, for a hint or a mend."""
    text = text.strip()
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


class _Stumble(NamedTuple):
    """A guess at what was meant in a line that YAML cannot read."""

    code: str
    message: str
    hint: str
    column: int
    mended: str


_KEY_VALUE = re.compile(r"(\s*(?:-\s+)*(?:[\w.-]+|\"[^\"]*\"|'[^']*')\s*:\s+)(\S.*)")
_NO_COLON = re.compile(r"(\s*(?:-\s+)*)([a-z][a-z-]*)\s+(\S.*)")
_ITEM = re.compile(r"(\s*(?:-\s+)+)(\S.*)")
_OUTSET = {
    "@": "`@` cannot begin a text",
    "`": "a backtick cannot begin a text",
    "%": "`%` cannot begin a text",
    "*": "`*` at the beginning is an alias to YAML",
    "&": "`&` at the beginning is an anchor to YAML",
    "!": "`!` at the beginning is a tag to YAML",
    "|": "text stands behind the `|`",
    ">": "text stands behind the `>`",
    "]": "`]` cannot begin a text",
    "}": "`}` cannot begin a text",
    ",": "`,` cannot begin a text",
    "{": "YAML takes the brace for the beginning of a mapping",
    "[": "YAML takes the bracket for the beginning of a list",
    '"': "the quotes end before the text does",
    "'": "the quotes end before the text does",
}


def _reads(line: str) -> bool:
    """Whether a line can be read on its own, so that whatever is wrong is wrong elsewhere."""
    get = events(line.strip().encode())
    try:
        while get().__class__ is not StreamEndEvent:
            pass
    except yaml.YAMLError:
        return False
    return True


def _stumble(line: str, problem: str) -> _Stumble | None:
    """What an author may have meant by a line, when a value in it wants quotes."""
    missing = _NO_COLON.fullmatch(line) if "expected ':'" in problem else None
    if missing is not None:
        lead, word, rest = missing.groups()
        message, hint = f"a colon is missing after '{word}'", f"write `{word}: {rest.strip()[:60]}`"
        return _Stumble("SB106", message, hint, len(lead), f"{lead}{word}: {quoted(rest)}")
    found = _KEY_VALUE.fullmatch(line) or _ITEM.fullmatch(line)
    if found is None or _reads(line):
        return None
    lead, value = found[1], found[2].rstrip()
    key = lead.strip().lstrip("- ").rstrip(": ")
    inside = value[0] in "{[" and value[-1] in "}]" and ":" in value
    if inside or (value[0] == "{" and re.match(r"\{\s*[\w-]+\s*:\s", value)):
        return _flow_stumble(line, problem)
    if value[0] in _OUTSET or value[:2] in ("- ", "? ", "-", "?"):
        why = _OUTSET.get(value[0], f"`{value[0]}` cannot begin a text")
        if value[0] in "\"'":
            if "escape" in problem:
                why = "a backslash in double quotes begins an escape"
                value = value[1:-1] if len(value) > 1 and value[-1] == value[0] else value[1:]
            elif value.count(value[0]) == 1:
                why = "the quote at the beginning is never closed"
                value = value if re.match(r"'[^\W\d_]", value) else value[1:] or value  # that may be an apostrophe
        if value[0] in "|>":
            text = value[1:].strip()
            return _Stumble(
                "SB107", why, f"move it to the next line, indented further than `{key}`", len(lead), lead + quoted(text)
            )
    elif (at := re.search(r":(?=\s|$)", value)) is not None:
        why = f"the second colon is a new key to YAML ('{value[: at.start()][-30:]}:')"
    else:
        return None
    text = value
    begin = f"{key}: " if key else "- "
    hint = f"put it in quotes: `{begin}{quoted(text[:60])}`, or move it to a block: `{begin}|` with the text on the next line"
    return _Stumble("SB107", why, hint, len(lead), lead + quoted(text))


_FLOW_PART = re.compile(
    r"([{,]\s*(?:[\w.-]+)\s*:\s+)"
    r"([^\s\"'{\[][^,}]*|(?:\{[\w.-]*\}|\[[\w.-]*\]|\"[^\"]*\"|'[^']*')(?=\s*[^\s,}\]])[^,}]+)"
)


def _flow_stumble(line: str, _problem: str) -> _Stumble | None:
    """The same inside `{…}`: quote the values that YAML cannot take."""
    for found in _FLOW_PART.finditer(line):
        value = found[2].rstrip()
        bad = value[0] in "@`%*&!|>{[\"'" or re.search(r":(?=\s|$)|\s#", value) is not None
        if bad:
            why = _OUTSET.get(value[0]) or (
                "YAML takes the hashtag for a comment" if " #" in value else "the second colon is a new key to YAML"
            )
            start = found.start(2)
            key = found[1].strip("{,: \t")
            mended = line[:start] + quoted(value) + line[start + len(value) :]
            return _Stumble("SB107", why, f"put it in quotes: `{key}: {quoted(value[:60])}`", start, mended)
    return None


def _explain(problem: str, context: str, lines: list[str], row: int) -> tuple[str, str]:
    """What the parser says, in words for somebody who writes stories: message and hint."""
    line = lines[row]
    if "quoted scalar" in context:
        if "escape" in problem:
            return "a backslash in double quotes begins an escape", "use single quotes, or a `|` block"
        return "the quote here is never closed", "add the closing quote; a text with an apostrophe goes in double quotes"
    if "flow mapping" in context:
        return "this `{` is never closed, or a comma is missing", 'a text with braces needs quotes: `"{policy} says"`'
    if "flow sequence" in context:
        return "this `[` is never closed, or a comma is missing", "write `[one, two]`; a text with brackets needs quotes"
    if "expected ':'" in problem:
        return "a colon is missing", "a key is followed by `: `; a text of several lines stands in a `|` block"
    if "mapping values are not allowed" in problem:
        above = next((other for other in reversed(lines[:row]) if other.strip()), "")
        if _indent(above) < _indent(line) and not above.rstrip().endswith(":"):
            return "this line is indented further than the one above it", "keys of the same thing stand under each other"
        return "a colon stands where no key can be", "put a text with a colon in quotes, or in a `|` block"
    if "block mapping" in context:
        hint = "keys of the same thing stand under each other; the lines of a `|` block are indented further than its key"
        return "this line is not indented as the ones above it", hint
    if "block collection" in context:
        return "this line is not indented as the list above it", "the dashes of a list stand under each other"
    return f"YAML cannot read this: {problem}", "put the text in quotes, or in a `|` block"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it; shared ones once."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        now = stack.pop()
        if id(now) in seen:
            continue
        seen.add(id(now))
        yield now
        stack += now.items
        for key, value in now.pairs:
            stack += (key, value)


def unsafe_scalar(node: Node) -> tuple[int, int] | None:
    """Row and column (from 0) where a double-quoted scalar makes a character that must not reach a terminal."""
    at = unsafe_at(node.value) if node.style == '"' else None
    return None if at is None else (node.value.count("\n", 0, at), at - node.value.rfind("\n", 0, at) - 1)
