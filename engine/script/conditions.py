"""`if`: a closed little language. Names, `and or not`, brackets, comparisons with whole numbers. Nothing is ever evaluated as code.

Positions (`at`) are 0-based character offsets in the condition's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NoReturn, cast

from engine.script.findings import Problem, Unread
from engine.script.ids import ID

Op = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Name:
    """A flag, a dial, `scene.choice` or `scene.piece`. Alone it asks for more than zero."""

    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number (`yes` is 1, `no` is 0)."""

    value: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Asks:
    """`left PLACE`, `muted PLACE`, `seen MESSAGE`, `gone MESSAGE`."""

    what: Literal["left", "muted", "seen", "gone"]
    target: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class IsIn:
    """`PERSON in PLACE`."""

    person: str
    place: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values."""

    left: Name | Number
    op: Op
    right: Name | Number
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    parts: tuple[Node, ...]


Node = Name | Number | Asks | IsIn | Compare | Not | And | Or


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, and what it means."""

    text: str
    node: Node


WORDS = frozenset(("and", "or", "not", "in", "yes", "no", "left", "muted", "seen", "gone"))
"""Words of the language; no flag can have such a name."""
LONGEST = 1000
DEEPEST = 40
_OPS: frozenset[str] = frozenset(("=", "!=", "<", "<=", ">", ">="))
_ASKS = {"left": "a place", "muted": "a place", "seen": "a message", "gone": "a message"}
_NAME = rf"{ID}(?:\.{ID})?"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<name>{_NAME})(?![\w.])|(?P<number>[+-]?\d+)(?![\w.%]|,\d)|(?P<op><=|>=|!=|[<>=](?![=<>]))|(?P<bracket>[()])"
)
_PLAIN = re.compile(rf"(?:(not) +)?({_NAME})")
_SIGNS = (
    ("===", "write a single `=`"),
    ("==", "write a single `=`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("<>", "write `!=`"),
    ("&", "write `and`"),
    ("|", "write `or`"),
    ("!", "write `not` before it"),
    ("≥", "write `>=`"),
    ("≤", "write `<=`"),
    ("≠", "write `!=`"),
    (",", "join conditions with `and` or `or`"),
    ('"', "names stand without quotes"),
    ("'", "names stand without quotes"),
    ("‘", "names stand without quotes"),
    ("’", "names stand without quotes"),
    ("“", "names stand without quotes"),
    ("{", "names stand without braces"),
    ("}", "names stand without braces"),
    ("[", "use round brackets"),
    ("]", "use round brackets"),
    ("%", "only whole numbers can be compared"),
    ("+", "there is no arithmetic; compare a flag with a whole number or another flag"),
    ("-", "there is no arithmetic; compare a flag with a whole number or another flag"),
    ("*", "there is no arithmetic; compare a flag with a whole number or another flag"),
    ("/", "there is no arithmetic; compare a flag with a whole number or another flag"),
)


@lru_cache(maxsize=8192)
def parse_condition(text: str) -> Condition:
    """Read a condition. Raises `Unread` (SB140 to SB143), whose `col` is the place in `text`."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None and plain[2] not in WORDS:
        name = Name(plain[2], plain.start(2))
        return Condition(text, Not(name) if plain[1] else name)
    if len(text) > LONGEST:
        raise Unread(
            Problem("SB143", f"this condition is longer than {LONGEST} characters", "set a flag earlier and ask for that")
        )
    return Condition(text, _Parser(text).whole())


class _Token:
    """A piece of a condition."""

    __slots__ = ("at", "kind", "text")

    def __init__(self, kind: str, text: str, at: int) -> None:
        self.kind = kind
        self.text = text
        self.at = at


def _fail(code: str, message: str, hint: str, at: int) -> NoReturn:
    raise Unread(Problem(code, message, hint, col=at))


def _tokens(text: str) -> list[_Token]:
    """The pieces of a condition, with an end token."""
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            _strange(text, at)
        at = found.end()
        kind = found.lastgroup or ""
        if kind != "space":
            tokens.append(_Token("word" if found[0] in WORDS else kind, found[0], found.start()))
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _strange(text: str, at: int) -> NoReturn:
    """Say what is wrong with the text from `at` on."""
    rest = text[at:]
    decimal = re.match(r"[+-]?\d+(?:[.,]\d+|\s*%)", rest)
    if decimal:
        _fail("SB140", f"'{decimal[0]}' is no whole number", "only whole numbers can be compared", at)
    for sign, hint in _SIGNS:
        if rest.startswith(sign):
            _fail("SB141", f"'{sign}' means nothing here", hint, at)
    word = re.match(r"[\w.-]+", rest)
    if word is None:
        _fail("SB140", f"'{rest[0]}' means nothing here", "a condition has names, `and or not`, brackets and comparisons", at)
    if word[0].lower() in WORDS:
        _fail("SB140", f"'{word[0]}' is written in small letters", f"write `{word[0].lower()}`", at)
    if word[0].count(".") > 1:
        _fail("SB140", f"'{word[0]}' has too many dots", "write `scene.choice` or `scene.piece`", at)
    if word[0][0].isdigit():
        _fail("SB140", f"'{word[0]}' is neither a name nor a number", "names begin with a letter", at)
    hint = "names are lower case: letters, digits, `-` and `_`"
    lower = word[0].lower()
    if re.fullmatch(_NAME, lower):
        hint = f"did you mean '{lower}'? {hint.capitalize()}"
    _fail("SB140", f"'{word[0]}' is no name", hint, at)


class _Parser:
    """Recursive descent over the pieces of one condition."""

    __slots__ = ("depth", "index", "tokens")

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.index = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.index]

    def take(self) -> _Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def word(self, text: str) -> bool:
        """Step over the word `text` if it comes next."""
        if self.now.kind == "word" and self.now.text == text:
            self.index += 1
            return True
        return False

    def whole(self) -> Node:
        if self.now.kind == "end":
            _fail("SB140", "the condition is empty", "name a flag: `if: challenged`", 0)
        node = self.either()
        rest = self.now
        if rest.kind == "end":
            if isinstance(node, Number) and self.tokens[0].kind == "number":
                _fail("SB142", f"'{node.value}' alone asks nothing", "compare a flag with it: `clues >= 3`", node.at)
            return node
        if rest.text == ")":
            _fail("SB140", "this bracket closes nothing", "take it away, or open one before it", rest.at)
        if rest.text == "in":
            _fail("SB140", "`in` comes after a person", "write `jo in team`", rest.at)
        if rest.kind == "op":
            _fail("SB142", "one comparison at a time", "join two with `and`: `clues > 1 and clues < 5`", rest.at)
        before = self.tokens[self.index - 1]
        if rest.kind == "name" and rest.text in ("is", "equals", "has", "was"):
            _fail("SB141", f"'{rest.text}' means nothing here", "write `=`, or the name of a yes/no flag alone", rest.at)
        if rest.kind == "number" and rest.text[0] in "+-":
            _fail(
                "SB141", f"'{rest.text}' after '{before.text}' means nothing", "there is no arithmetic in conditions", rest.at
            )
        if rest.text == "(" and before.kind == "name":
            _fail(
                "SB140", f"'{before.text}(' means nothing", "there are no functions; write `left team`, `seen meme`", before.at
            )
        _fail("SB140", f"'{rest.text}' comes where the condition could end", "join the two with `and` or `or`", rest.at)

    def either(self) -> Node:
        parts = [self.every()]
        while self.word("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def every(self) -> Node:
        parts = [self.negated()]
        while self.word("and"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negated(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            _fail(
                "SB143", f"more than {DEEPEST} levels of brackets and `not`", "set a flag earlier and ask for that", self.now.at
            )
        node: Node = Not(self.negated()) if self.word("not") else self.test()
        self.depth -= 1
        return node

    def test(self) -> Node:
        token = self.now
        if token.text == "(":
            self.index += 1
            node = self.either()
            if self.now.text != ")":
                if self.now.kind != "end":
                    self.whole_rest()
                _fail("SB140", "this bracket is never closed", "add `)`", token.at)
            self.index += 1
            if self.now.kind == "op":
                _fail("SB142", "a bracket cannot be compared", "compare names and whole numbers", self.now.at)
            return node
        if token.kind == "word" and token.text in _ASKS:
            return self.asks()
        left = self.value("SB140")
        if self.now.kind == "op":
            op = self.take()
            right = self.value("SB142")
            return Compare(left, cast(Op, op.text), right, left.at)
        if isinstance(left, Name) and self.now.kind == "name" and self.now.text in ("is", "equals", "has", "was"):
            self.whole_rest()
        if isinstance(left, Name) and self.word("in"):
            place = self.take()
            if place.kind != "name" or "." in place.text or "." in left.name:
                _fail("SB140", "`in` stands between a person and a place", "write `jo in team`", place.at)
            return IsIn(left.name, place.text, left.at)
        return left

    def whole_rest(self) -> NoReturn:
        """Complain about the piece that comes next, inside brackets."""
        rest = self.now
        if rest.kind == "name" and rest.text in ("is", "equals", "has", "was"):
            _fail("SB141", f"'{rest.text}' means nothing here", "write `=`, or the name of a yes/no flag alone", rest.at)
        _fail("SB140", f"'{rest.text}' comes where a bracket could close", "join the two with `and` or `or`", rest.at)

    def asks(self) -> Node:
        word = self.take()
        target = self.now
        if target.kind != "name" or "." in target.text:
            thing = _ASKS[word.text]
            hint = f"write `{word.text} team`" if thing == "a place" else f"write `{word.text} meme`"
            _fail("SB140", f"`{word.text}` asks for {thing}, and none follows", hint, target.at)
        self.index += 1
        return Asks(cast(Literal["left", "muted", "seen", "gone"], word.text), target.text, word.at)

    def value(self, code: str) -> Name | Number:
        token = self.take()
        if token.kind == "number":
            if len(token.text) > 9:
                _fail("SB143", f"'{token.text}' is too large", "numbers here have at most eight digits", token.at)
            return Number(int(token.text), token.at)
        if token.kind == "name":
            return Name(token.text, token.at)
        if token.text in ("yes", "no"):
            return Number(int(token.text == "yes"), token.at)
        if token.kind == "end":
            message = "the condition ends too early"
        else:
            message = f"'{token.text}' comes where a name or a number is wanted"
        hint = {"=": "write a single `=`", ")": "nothing stands between the brackets"}.get(token.text, "")
        _fail(code, message, hint or "write a flag, `scene.choice`, a dial or a whole number there", token.at)
