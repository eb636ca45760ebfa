"""Readers of single values, and where what is wrong with them is collected.

What reads lists and mappings of them, and finds the reader of a type, is in `typed.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from engine.script.findings import Problem, Unread, did_you_mean
from engine.script.lines import Script
from engine.script.parse import parse_script
from engine.script.passage import Passage, has_blocks, parse_passage
from engine.script.values import NOTHING, parse_int, parse_number
from engine.script.yaml12 import Node, Tree, quoted

MISSING: Any = object()
"""What `Reader.slow` yields where nothing could be made of a value."""


_LOST = re.compile(r"[ \t]+(#[^\s#!][^\n]*)")
MOST_FOUND = 300
"""So many problems of one file are listed."""


class Stream:
    """The events of one file, on the way through it."""

    __slots__ = ("get", "hashes")

    def __init__(self, get: Callable[[], Any]) -> None:
        self.get = get
        self.hashes = 0

    def tally(self, value: str) -> None:
        """Count what could be a lost hashtag were it not inside this text."""
        at = value.find(" #")
        while at >= 0:
            self.hashes += value[at + 2 : at + 3].strip() not in ("", "#")
            at = value.find(" #", at + 1)


class Sink:
    """Collects what is wrong, with its place (line and column from 1)."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.found: dict[tuple[int, int, str, str], str] = {}

    @property
    def full(self) -> bool:
        """Whether there is so much wrong that no more is listed."""
        return len(self.found) >= MOST_FOUND

    def add(self, code: str, message: str, hint: str, node: Node, row: int = 0, col: int = 0) -> None:
        """Record a problem at a node, or at a row and column of its value."""
        if not self.full:
            self.found.setdefault((*self.tree.place(node, row, col), code, message), hint)

    def add_at(self, code: str, message: str, hint: str, index: int) -> None:
        """Record a problem at an offset in the text."""
        if not self.full:
            self.found.setdefault((*self.tree.at(index), code, message), hint)

    def unread(self, error: Unread, node: Node) -> None:
        """Record the problems of a value."""
        for problem in error.problems:
            self.add(problem.code, problem.message, problem.hint, node, problem.row, problem.col)


def refuse(code: str, message: str, hint: str = "", best: object = None) -> Unread:
    """The error of a value that will not do; `best` is what can be made of it all the same."""
    return Unread(Problem(code, message, hint), best=best)


class Reader:
    """Reads one kind of value."""

    wants = "a value"
    instead: Any = MISSING
    """What stands in for a required value that is wrong, while the rest of the file is judged."""

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar. Raises `Unread`."""
        raise AssertionError(type(self))

    def fast(self, stream: Stream, event: Any) -> Any:
        """The value that begins with `event`, which is no scalar. Raises `Unread`."""
        raise refuse("SB122", f"{self.wants} is wanted here")

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node, or MISSING; what is wrong goes to the sink."""
        if node.kind == "scalar":
            try:
                return self.scalar(node.value, node.style)
            except Unread as error:
                if not node.style and node.value in NOTHING and self.lost_hashtag(node, sink):
                    return MISSING
                sink.unread(error, node)
                return MISSING if error.best is None else error.best
        self.misfit(node, sink)
        return MISSING

    def misfit(self, node: Node, sink: Sink) -> None:
        """Say that a list or a mapping stands where this was wanted."""
        is_map = node.kind == "map"
        source = sink.tree.text[node.start : node.end].split("\n", 1)[0].strip()
        hint = ""
        if node.flow and isinstance(self, WordsReader):
            sink.add(
                "SB107",
                f"YAML takes '{source[:40]}' for a {'mapping' if is_map else 'list'}",
                f"put it in quotes: `{quoted(source[:60])}`",
                node,
            )
            return
        if self.wants == "a script":
            hint = "begin it with `script: |` and write one line a message below, indented"
        elif self.wants == "a text":
            hint = "a text of several lines stands in a block: `|`, and the lines below, indented"
        elif is_map and len(node.pairs) == 1:
            hint = "is something indented too far?"
        sink.add("SB122", f"{self.wants} is wanted here, not a {'mapping' if is_map else 'list'}", hint, node)

    @staticmethod
    def lost_hashtag(node: Node, sink: Sink) -> bool:
        """Warn when a `#word` directly behind a plain scalar was lost as a comment."""
        found = None if node.style else _LOST.match(sink.tree.text, node.end)
        if found is None:
            return False
        tag = found[1].rstrip()
        whole = f"{node.value} {tag}".strip()
        hint = f"put the text in quotes: `{quoted(whole[:60])}`, or move it to a `|` block; for a comment, put a space after the `#`"
        sink.add_at("SB108", f"'{tag[:40]}' is lost: it is a comment to YAML", hint, found.start(1))
        return True


class WordsReader(Reader):
    """Words that people read, in which a hashtag may be lost."""

    def slow(self, node: Node, sink: Sink) -> Any:
        """The value of a node; what is wrong goes to the sink."""
        if node.kind == "scalar" and node.value:
            self.lost_hashtag(node, sink)
        return super().slow(node, sink)


class TextReader(WordsReader):
    """Words. Everything is text: numbers, dates, yes and no."""

    wants = "a text"
    instead = ""

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar."""
        if style:
            return value.rstrip("\n") if style in "|>" else value
        if value in NOTHING:
            raise refuse("SB130", "nothing stands here", "write the text, or take the key away")
        return value


class ParsedReader(Reader):
    """A value with a little language of its own."""

    def __init__(self, wants: str, parse: Callable[[str], Any], instead: Any = MISSING) -> None:
        self.wants = wants
        self.parse = parse
        self.instead = instead

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar."""
        if not style and value in NOTHING:
            raise refuse("SB130", "nothing stands here", f"{self.wants} is wanted, or take the key away")
        return self.parse(value if not style else value.strip())


class ScriptReader(WordsReader):
    """A script: one line a message."""

    wants = "a script"

    def scalar(self, value: str, style: str) -> Script:
        """The value of a scalar."""
        if style == ">":
            raise refuse("SB134", "a block that begins with `>` joins its lines", "begin the script with `|`", Script())
        if not value.strip():
            raise refuse("SB130", "this script is empty", "write its lines below, indented, or take the key away", Script())
        return parse_script(value)


class PassageReader(TextReader):
    """Words of which some may depend on something."""

    instead: Any = Passage()

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar."""
        words = super().scalar(value, style)
        if style == ">" and has_blocks(words):
            hint = "begin the text with `|`: each {if}, {else} and {end} stands at the beginning of a line"
            raise refuse("SB134", "a block that begins with `>` joins its lines", hint, Passage())
        return parse_passage(words)


class IntReader(Reader):
    """A whole number, perhaps within bounds."""

    wants = "a whole number"

    def __init__(self, low: int | None, high: int | None) -> None:
        self.low = low
        self.high = high
        self.instead = low or 0
        self.known: dict[str, int] = {}

    def scalar(self, value: str, style: str) -> int:
        """The value of a scalar."""
        number = self.known.get(value)
        if number is not None:
            return number
        if not value.strip():
            raise refuse("SB130", "nothing stands here", "a whole number is wanted, or take the key away")
        number = parse_int(value.strip())
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            if self.low is not None and self.high is not None:
                span = f"from {self.low} to {self.high}"
            else:
                span = f"at least {self.low}" if self.high is None else f"at most {self.high}"
            raise refuse("SB124", f"{number} is out of range", f"it can be {span}")
        if -100 <= number <= 100 and len(value) < 8:
            self.known[value] = number
        return number


class NumberReader(Reader):
    """A number, perhaps within bounds; a share may be written per cent."""

    wants = "a number"

    def __init__(self, low: float | None, high: float | None) -> None:
        self.low = -math.inf if low is None else low
        self.high = math.inf if high is None else high
        self.instead = low or 0.0

    def scalar(self, value: str, style: str) -> float:
        """The value of a scalar."""
        if not value.strip():
            raise refuse("SB130", "nothing stands here", "a number is wanted, or take the key away")
        number = parse_number(value.strip())
        if not self.low <= number <= self.high:
            shares = ", or from 0 % to 100 %" if (self.low, self.high) == (0, 1) else ""
            span = f"from {self.low:g} to {self.high:g}{shares}"
            raise refuse("SB124", f"{value.strip()[:24]} is out of range", f"it can be {span}")
        return number


class LiteralReader(Reader):
    """One of some words (or numbers)."""

    def __init__(self, words: tuple[Any, ...], version: bool) -> None:
        self.words = {str(word): word for word in words}
        self.instead = words[0]
        self.version = version
        self.wants = "the version of the format" if version else "one of the known words"

    def scalar(self, value: str, style: str) -> Any:
        """The value of a scalar."""
        word = self.words.get(value)
        if word is not None:
            return word
        if self.version:
            hint = "write `seenby: 1`"
            if value.isdecimal() and int(value[:9]) > 1:
                hint = "get a newer Seenby, or ask its author for a file of version 1"
            raise refuse("SB133", f"this Seenby reads version 1 of the format, not '{value[:20]}'", hint)
        if not style and value in NOTHING:
            raise refuse("SB130", "nothing stands here", f"write one of: {', '.join(self.words)}")
        near = did_you_mean(value.lower().replace("_", "-").replace(" ", "-"), self.words)
        raise refuse("SB126", f"'{value[:40]}' is not known here", near or f"known are: {', '.join(self.words)}")
