"""`{if …}`, `{else}` and `{end}`: which blocks are open where a line stands, and under which condition it is read.

Scripts and passages read them by this, each with lines of its own kind.
"""

from __future__ import annotations

import re

from engine.script.conditions import And, Condition, Node, Not, parse_condition
from engine.script.findings import Problem, Unread

HEAD = re.compile(r"\{\s*(if|else|end)(?=[\s}])([^{}]*)\}\s*")
"""What begins a line that depends on something, or opens, turns or closes a block."""
BRACES = re.compile(r"\{\s*([^{}]*?)\s*\}")
"""Braces and what stands in them."""

DEEPEST = 20
"""So many `{if}` may stand in each other."""


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """The condition that asks for both."""
    if one is None or other is None:
        return one or other
    parts: tuple[Node, ...] = (one.node, other.node)
    return Condition(f"({one.text}) and ({other.text})", And(parts))


def opposite(condition: Condition) -> Condition:
    """The condition that holds when this one does not."""
    return Condition(f"not ({condition.text})", Not(condition.node))


class _Block:
    """An open `{if}`."""

    __slots__ = ("base", "cond", "has_else", "outside", "row")

    def __init__(self, cond: Condition | None, outside: Condition | None, base: int, row: int) -> None:
        self.cond = cond
        self.outside = outside
        self.base = base
        self.row = row
        self.has_else = False


class Blocks:
    """The blocks that are open while a text is read from top to bottom, and what is wrong with them."""

    __slots__ = ("base", "cond", "fresh", "open", "problems")

    def __init__(self) -> None:
        self.open: list[_Block] = []
        self.problems: list[Problem] = []
        self.cond: Condition | None = None
        """What holds inside all open blocks; None: nothing is asked."""
        self.base = 0
        """The column at which lines of the innermost block begin."""
        self.fresh = True
        """A deeper indentation may begin here."""

    def problem(self, code: str, message: str, hint: str, row: int, col: int) -> None:
        """Note what is wrong, with its row and column in the text (from 0)."""
        self.problems.append(Problem(code, message, hint, row, col))

    def heads(self, line: str, row: int, col: int) -> tuple[str, int, Condition | None] | None:
        """What stands behind the `{if}` that a line begins with, its column, and under which condition it is read.

        None where nothing is left: the line was only there for its blocks, or it is wrong.
        """
        depth = len(self.open)
        cond = self.cond
        while (head := HEAD.match(line)) is not None:
            depth += 1
            if depth > DEEPEST and head[1] == "if":
                message = f"more than {DEEPEST} {{if}} stand in each other"
                self.problem("SB152", message, "set a flag earlier and ask for that", row, col)
                return None
            rest = line[head.end() :]
            if head[1] != "if":
                self._turn(head[1], head[2], rest, row, col)
                return None
            asked = self._ask(head[2], row, col + head.start(2))
            if not rest:
                if cond is not self.cond:
                    self.problem("SB152", "this {if} stands behind another", "give each {if} a line of its own", row, col)
                self.open.append(_Block(asked, self.cond, self.base, row))
                self.cond = both(self.cond, asked)
                self.fresh = True
                return None
            cond = both(cond, asked)
            col += head.end()
            line = rest
        return line, col, cond

    def close(self) -> None:
        """The text is over: whatever is still open was forgotten."""
        for block in self.open:
            hint = "add a line `{end}`, or put the one line that depends on it behind the `{if}`"
            self.problem("SB152", "this {if} is never closed", hint, block.row, block.base)

    def _ask(self, text: str, row: int, col: int) -> Condition | None:
        """The condition of an `{if}`."""
        try:
            return parse_condition(text.strip())
        except Unread as error:
            col += len(text) - len(text.lstrip())
            self.problems += (p._replace(row=row, col=col + p.col) for p in error.problems)
            return None

    def _turn(self, word: str, words: str, rest: str, row: int, col: int) -> None:
        """`{else}` or `{end}`."""
        if words.strip():
            if word == "else":
                message, hint = "{else} has no condition of its own", "put an {if} of its own between {else} and {end}"
            else:
                message, hint = "{end} closes the last {if} that is open; it names nothing", "write `{end}`"
            self.problem("SB152", message, hint, row, col)
        elif rest:
            self.problem("SB152", f"something stands behind {{{word}}}", f"give `{{{word}}}` a line of its own", row, col)
        if not self.open:
            hint = "an {if} that has an {else} or {end} stands alone on its line"
            self.problem("SB152", f"this {{{word}}} belongs to no {{if}}", hint, row, col)
            return
        block = self.open[-1]
        self.base = block.base
        if word == "end":
            self.open.pop()
            self.cond = block.outside
            self.fresh = False
            return
        self.fresh = True
        if block.has_else:
            self.problem("SB152", "this {if} has an {else} already", "take one of them away", row, col)
            return
        block.has_else = True
        self.cond = both(block.outside, opposite(block.cond)) if block.cond is not None else block.outside


def misspelled(line: str) -> tuple[str, str] | None:
    """What to say of a line that begins with something like an `{if}` that is none: message and hint. None for any other line."""
    found = BRACES.match(line)
    word = (found[1] if found else line[1:]).strip().lower()
    if word.startswith(("elif", "elseif", "elsif")):
        return "there is no {elif}", "put an {if} of its own between {else} and {end}"
    if word.startswith(("endif", "/if", "fi")):
        return "an {if} is closed with {end}", "write `{end}`"
    if word.startswith(("if", "else", "end")):
        if found is None:
            return "this brace is never closed", "write `{if challenged}`, `{else}` or `{end}`"
        return f"'{{{found[1]}}}' is not known", "write `{if challenged}`, `{else}` or `{end}` in small letters"
    return None
