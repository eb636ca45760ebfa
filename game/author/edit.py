"""Changing a scenario file at exact places: its comments and its layout stay as their author left them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.script.findings import Path
from engine.script.yaml12 import Node, Tree
from engine.story.stakes import NUMBERS
from engine.text import clean_name

_PLAIN = re.compile(r"[^\W\d_][\w .…’'&/()!?+-]*", re.UNICODE)
_WORDS_OF_YAML = frozenset(("yes", "no", "true", "false", "on", "off", "null", "~", "y", "n"))
_IDS = frozenset((
    "seenby", "id", "minutes", "covers", "facts", "language", "begins", "start", "pronouns", "locale", "in", "on", "dm", "call", "with",
    "admin", "timer", "next", "go", "scene", "otherwise", "set", "action", "forward", "sent", "lapse", "cheapest", "count", "found",
    "tells", "after", "at", "when", "takes", "late", "react", "as", "dials", "handle", "licence", "author", "members", "followers", "cost",
    "least", "most", "weight", "seconds", "starts", "ordered", "look", "stay", "promise", "support", "official", "own",
    "habit", "content", "leak", "way", "gain", "severity", "reach",
    *(name for name in NUMBERS if name not in ("rule", "phone")),  # those are also texts of a place and of a person
))  # fmt: skip
"""Keys whose values are ids, times and numbers, not words; and those that say who wrote it and on what terms."""


class AuthorProblem(Exception):
    """What a trainer asked for cannot be done. The text says why and what to do."""


def quoted(words: str) -> str:
    """Words as a YAML value on one line, in quotes where YAML could misread them. Line ends become spaces."""
    words = one_line(words)
    if _PLAIN.fullmatch(words) and words.casefold() not in _WORDS_OF_YAML and not words.endswith(" "):
        return words
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return "'" + words.replace("'", "''") + "'"


def one_line(words: str) -> str:
    """Words on one line, without what a scenario file may not hold."""
    return clean_name(re.sub("[\ufffe\uffff]", "", words), 100_000)


def braced(words: str) -> str:
    """Words in which a brace is a brace, and begins no slot."""
    return words.replace("{", "{{").replace("}", "}}")


class Edits:
    """Changes to one text, collected first and made all at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = Tree(text)
        self._changes: dict[tuple[int, int], str] = {}

    def replace(self, start: int, end: int, words: str) -> None:
        """Put `words` where the text from `start` to `end` stands. A change inside a larger one is left out."""
        self._changes[start, end] = words

    def value(self, path: Path, words: str) -> bool:
        """Put a value in the place of the scalar at a path. Says whether there is one."""
        node = self._at(path)
        if node is None or node.kind != "scalar":
            return False
        self.replace(node.start, _end(self.text, node), words + ("\n" if node.style in ("|", ">") else ""))
        return True

    def put(self, path: Path, words: str, after: str) -> None:
        """Set a key of a mapping, also when it is not there yet.

        A new key of the whole file goes below the key `after`; a new key of an inner mapping goes to its end.
        """
        if self.value(path, words):
            return
        key = str(path[-1])
        if len(path) == 1:
            start = self._line_after(after)
            self._insert(start, f"{key}: {words}\n")
            return
        parent = self._at(path[:-1])
        if parent is None or parent.kind != "map" or not parent.pairs:
            above = ", ".join(f"{one}: {{{key}: {words}}}" for one in path[-2:-1])
            if parent is None and len(path) == 2:
                self._insert(self._line_after(after), f"{above}\n")
            elif parent is not None:
                self.replace(parent.start, max(parent.end, parent.start), f"{{{key}: {words}}}")
            return
        if parent.flow:
            self._insert(parent.end - 1, f", {key}: {words}")
        else:
            last = parent.pairs[-1][1]
            at = self.text.find("\n", _end(self.text, last) - 1) + 1 or len(self.text)
            self._insert(at, f"{' ' * parent.pairs[0][0].column}{key}: {words}\n")

    def _insert(self, at: int, words: str) -> None:
        self._changes[at, at] = self._changes.get((at, at), "") + words

    def _at(self, path: Path) -> Node | None:
        node = self.tree.root
        for step in path:
            if node is None or node.kind != "map":
                return None
            node = next((value for key, value in node.pairs if key.value == str(step)), None)
        return node

    def _line_after(self, key: str) -> int:
        """The offset of the line below a key of the whole file and everything that it holds."""
        root = self.tree.root
        for name, value in root.pairs if root is not None else ():
            if name.value == key:
                return self.text.find("\n", max(_end(self.text, value) - 1, name.end)) + 1 or len(self.text)
        return 0

    def words(self) -> Iterator[tuple[int, int, Node | None]]:
        """Where words stand that a person reads: (from, to, value), or (from, to, None) for a comment."""
        if self.tree.root is None:
            return
        spans = sorted((node.start, _end(self.text, node), node, text) for node, text in _scalars(self.tree.root, ""))
        end = 0
        for start, stop, node, text in spans:
            if start > end:
                yield from self._comments(end, start)
            if text:
                yield start, stop, node
            end = max(end, stop)
        yield from self._comments(end, len(self.text))

    def _comments(self, start: int, stop: int) -> Iterator[tuple[int, int, None]]:
        for found in re.finditer(r"(?<!\S)#[^\n]*", self.text[start:stop]):
            yield start + found.start(), start + found.end(), None

    def done(self) -> str:
        """The text with all changes made."""
        parts: list[str] = []
        at = 0
        for (start, end), words in sorted(self._changes.items()):
            if start < at:
                continue
            parts += (self.text[at:start], words)
            at = end
        parts.append(self.text[at:])
        return "".join(parts)


def _end(text: str, node: Node) -> int:
    """Where a value ends. A block ends with its last line, not where the next key begins."""
    if node.kind != "scalar" or node.style not in ("|", ">"):
        return node.end
    inside = text[node.start : node.end]
    return node.start + len(inside.rstrip(" "))


def _scalars(node: Node, key: str) -> Iterator[tuple[Node, bool]]:
    """All scalars below a node, keys too, each with whether a person reads it."""
    if node.kind == "scalar":
        yield node, key not in _IDS
    for item in node.items:
        yield from _scalars(item, key)
    for name, value in node.pairs:
        yield name, False
        # Under `unseen` and `not-now` the keys are ids, and what they hold is text.
        within = "text" if key in ("unseen", "not-now", "slots") else key if key in ("dials", "set") else name.value
        yield from _scalars(value, within)
