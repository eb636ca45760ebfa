"""Reading a scenario: bytes in, a typed scenario and everything that is wrong with it out.

A file with nothing to say about it takes the quick way (the `fast` of each reader). Anything else is read again, thoroughly, and all findings
come at once. `Source` keeps the text, so that later stages can say where in the file something stands.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath

import yaml
from yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent, StreamStartEvent

from engine.script.codes import CODES
from engine.script.emoji import RISKY, risky
from engine.script.findings import Finding, Path, Severity, Unread
from engine.script.format import Scenario
from engine.script.readers import MISSING, MOST_FOUND, Sink, Stream
from engine.script.typed import scenario_reader
from engine.script.yaml12 import LARGEST, Tree, events, unsafe_scalar, walk
from engine.text import clean, unsafe_at

_SAFE = bytes(range(0x20, 0x7F)) + b"\n"
_HASH = re.compile(rb"[ \t]#[^\s#]")
_ESCAPE = re.compile(rb"\\[0abtnvfreNLP_xuU \t\n]")
_STRAY = re.compile("[\ufffe\uffff]")
_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
LONGEST_MESSAGE = 400
"""Characters of a message or a hint."""
MOST_ALIKE = 20
"""So many findings of one kind are listed of characters and tabs."""


class Source:
    """A scenario file: what was read, what was found, and where things stand."""

    def __init__(
        self, name: str, text: str, scenario: Scenario | None, findings: list[Finding], tree: Tree | None = None
    ) -> None:
        self.name = name
        self.text = text
        self.scenario = scenario
        """None when the file holds no scenario that could be made sense of. With errors among the findings, it is only what could be read."""
        self.findings = findings
        self._tree = tree

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the text with its line ends made alike, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def ok(self) -> bool:
        """Whether there is a scenario and no finding is an error."""
        return self.scenario is not None and not any(finding.severity == "error" for finding in self.findings)

    @property
    def tree(self) -> Tree:
        """The values with their places; made when somebody asks."""
        if self._tree is None:
            self._tree = Tree(self.text)
        return self._tree

    def find(self, path: Path, row: int = 0, col: int = 0, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at a path of YAML keys, of its key, or of a place (from 0) inside its text.

        A path that leads nowhere gives the place of what there is of it.
        """
        node = self.tree.find(path, key)
        return (1, 1) if node is None else self.tree.place(node, row, col)

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        hint: str = "",
        severity: Severity = "error",
        row: int = 0,
        col: int = 0,
        key: bool = False,
    ) -> None:
        """Add a finding at the value (or key) at a path."""
        line, column = self.find(path, row, col, key)
        found = _finding(self.name, code, message, hint, line, column, severity)
        self.findings.append(found)


def read(source: bytes, name: str) -> Source:
    """Read a scenario. Never raises because of what the file holds: whatever is wrong is in the findings."""
    if len(source) > LARGEST:
        message = f"the file has {len(source):,} bytes, more than {LARGEST:,}"
        return _broken(name, [_finding(name, "SB103", message, "a scenario is text; split a long story into several")])
    source = source.removeprefix(b"\xef\xbb\xbf")
    text = _decoded(source)
    if text is None:
        return _broken(name, [_encoding(source, name)])
    if b"\r" in source:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        source = text.encode()
    scenario = _quick(source)
    if scenario is not None:
        return Source(name, text, scenario, [])
    return _thorough(text, name)


def read_file(path: FilePath | Traversable) -> Source:
    """Read a scenario file. Raises OSError when the file cannot be opened."""
    with path.open("rb") as file:
        return read(file.read(LARGEST + 1), str(path))


def _finding(
    name: str, code: str, message: str, hint: str, line: int = 1, column: int = 1, severity: Severity | None = None
) -> Finding:
    """A finding whose words are safe to show and not too long, whatever stands in the file."""
    return Finding(
        code=code,
        severity=severity or CODES[code].severity,
        message=_shown(message),
        file=name,
        line=line,
        column=column,
        hint=_shown(hint),
    )


def _shown(words: str) -> str:
    words = clean(words).replace("\n", " ")
    return words if len(words) <= LONGEST_MESSAGE else words[: LONGEST_MESSAGE - 1] + "…"


def _broken(name: str, findings: list[Finding]) -> Source:
    return Source(name, "", None, findings)


def _decoded(source: bytes) -> str | None:
    if source[:2] in (b"\xff\xfe", b"\xfe\xff") or source[:4] == b"\x00\x00\xfe\xff":
        return None
    try:
        return source.decode()
    except UnicodeDecodeError:
        return None


def _encoding(source: bytes, name: str) -> Finding:
    """What is wrong with the encoding of a file, and where."""
    hint = "save the file as UTF-8"
    if source[:2] in (b"\xff\xfe", b"\xfe\xff") or source[:4] == b"\x00\x00\xfe\xff":
        return _finding(name, "SB101", "the file is UTF-16 or UTF-32 text", hint)
    try:
        source.decode()
    except UnicodeDecodeError as error:
        before = source[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        byte = source[error.start]
        guess = bytes((byte,)).decode("cp1252", errors="replace")
        meant = f" ('{guess}' in Windows-1252)" if guess.isprintable() and guess != "\ufffd" else ""
        message = f"byte {error.start + 1} of the file, {byte:#04x}, is no UTF-8{meant}"
        return _finding(name, "SB101", message, hint, line, column)
    raise AssertionError


def _quick(source: bytes) -> Scenario | None:
    """The scenario, when there is nothing at all to say about the file."""
    strange = source.translate(None, _SAFE)
    if strange:
        if b"\t" in strange:
            return None
        marks = strange.decode()
        if unsafe_at(marks) is not None or RISKY.search(marks):
            return None
    if b"\\" in source and _ESCAPE.search(source):
        return None
    get = events(source)
    stream = Stream(get)
    try:
        if get().__class__ is not StreamStartEvent or get().__class__ is not DocumentStartEvent:
            return None
        scenario: Scenario = scenario_reader().fast(stream, get())
        if get().__class__ is not DocumentEndEvent or get().__class__ is not StreamEndEvent:
            return None
    except (Unread, LookupError, AttributeError, TypeError, yaml.YAMLError):
        return None
    if b" #" in source and len(_HASH.findall(source)) != stream.hashes:
        return None
    return scenario


def _thorough(text: str, name: str) -> Source:
    """Read with places, and find everything that is wrong."""
    findings: list[Finding] = []
    tabs = list(_LEADING_TAB.finditer(text))
    if tabs:
        for found in tabs[:MOST_ALIKE]:
            line = text.count("\n", 0, found.end()) + 1
            column = found.end() - found.start()
            findings.append(_finding(name, "SB105", "a tab indents this line", "indent with spaces, two a level", line, column))
        return Source(name, text, None, findings)
    readable = _without_controls(text, name, findings)
    tree = Tree(readable)
    findings += (_finding(name, s.code, s.message, s.hint, s.line + 1, s.column + 1) for s in tree.slips[:MOST_FOUND])
    scenario: Scenario | None = None
    if tree.root is None:
        if not findings:
            findings.append(_finding(name, "SB113", "the file is empty", "begin it with `seenby: 1`"))
    elif tree.root.kind != "map":
        findings.append(
            _finding(name, "SB113", "the file holds no keys", "begin it with `seenby: 1`, then `id: …`, `title: …`")
        )
    else:
        sink = Sink(tree)
        made = scenario_reader().slow(tree.root, sink)
        scenario = None if made is MISSING else made
        findings += (
            _finding(name, code, message, hint, line, column) for (line, column, code, message), hint in sink.found.items()
        )
        if sink.full or len(tree.slips) > MOST_FOUND:
            findings.append(_finding(name, "SB117", f"more is wrong than the first {MOST_FOUND} findings", "mend these first"))
        for node in walk(tree.root):
            at = unsafe_scalar(node)
            if at is not None:
                char = node.value.split("\n")[at[0]][at[1]]
                message = f"an escape makes the character U+{ord(char):04X}, which can take over a terminal"
                findings.append(_finding(name, "SB102", message, "take it away", *tree.place(node, *at)))
    if scenario is None and not any(finding.severity == "error" for finding in findings):
        findings.append(_finding(name, "SB113", "no scenario could be made of this file", "mend the findings above first"))
    _emoji(text, name, findings)
    findings.sort(key=lambda finding: (finding.line, finding.column, finding.code))
    return Source(name, text, scenario, findings, tree)


def _without_controls(text: str, name: str, findings: list[Finding]) -> str:
    """The text with each control character replaced, after reporting them."""
    if unsafe_at(text) is None and _STRAY.search(text) is None:
        return text.replace("\t", " ")
    bad = [at for at, char in enumerate(text) if unsafe_at(char) is not None or _STRAY.match(char)]
    for at in bad[:MOST_ALIKE]:
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        message = f"the character U+{ord(text[at]):04X} stands here; it is not seen, and can take over a terminal"
        findings.append(_finding(name, "SB102", message, "take it away", line, column))
    chars = list(text)
    for at in bad:
        chars[at] = "\ufffd"
    return "".join(chars).replace("\t", " ")


def _emoji(text: str, name: str, findings: list[Finding]) -> None:
    """Warn of emoji that are wider in one terminal than in another."""
    if not RISKY.search(text):
        return
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        for column, emoji, why, safe in risky(line):
            message = f"'{emoji}' {why}: it moves the rest of the line in some terminals"
            findings.append(_finding(name, "SB115", message, f"write {safe}", number, column + 1))
            count += 1
            if count == MOST_FOUND:
                return
