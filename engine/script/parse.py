"""Reads the lines of a `script` block, one shape after the other; what is wrong is said at its row and column."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from engine.script.blocks import BRACES, DEEPEST, HEAD, Blocks, misspelled
from engine.script.brackets import read_brackets
from engine.script.conditions import Condition
from engine.script.findings import Unread
from engine.script.ids import ID, is_id, slug
from engine.script.lines import (
    AnyLine,
    Change,
    Count,
    Goto,
    Membership,
    Notice,
    Prose,
    React,
    Read,
    Rename,
    Say,
    Script,
    Timer,
    Type,
    Wait,
)  # fmt: skip
from engine.script.times import parse_duration, parse_moment

# The shape of almost every line. Who: letters first, no brackets; a colon and a space; then the words.
_PLAIN_SAY = re.compile(r"([^\W\d_][^\[\](){}:<>/\n]*): +(\S.*)")
_WHO_PART = re.compile(r"[^\[\](){}:]*")
_REACT = re.compile(rf"(.+?)(?: and (\d{{1,6}}) others?)? reacts? (\S+) to ({ID})\.?")
_GETS = re.compile(rf"({ID}) gets? (\d.*)")
_TALLY = re.compile(r"(\d{1,3}(?:[,_]\d{3})+|\d{1,9}) (like|share|comment)s?")
_READ = re.compile(rf"({ID}) (?:is )?read by (.+)")
_TYPE = re.compile(r"(.+?) (is typing|stops typing)(?:\.|\.\.\.|…)?")
_GOTO = re.compile(rf"in ({ID}) ?:", re.IGNORECASE)
_CLOCK_FIRST = re.compile(r"\[?\(?(\d{1,2}:\d{2})\b")
_ANY_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W_]")

_WHO = r"(?P<who>[^\s:.]\S*(?: \S+){0,4}?)"
_BY = r"(?P<by>[^\s:.]\S*(?: \S+){0,4}?)"
_NOTICES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_WHO} deletes? (?P<message>{ID})"), "deleted"),
    (re.compile(rf"{_WHO} edits? (?P<message>{ID}) ?:(?P<text>.*)"), "edited"),
    (re.compile(rf"(?P<message>{ID}) is cropped ?:(?P<text>.*)"), "cropped"),
    (re.compile(rf"{_WHO} turns? on disappearing messages(?: ?:(?P<time>.*))?"), "timer"),
    (re.compile(rf"{_WHO} turns? off disappearing messages"), "timer-off"),
    (re.compile(rf"{_WHO} changes? the name ?:(?P<text>.*)"), "rename"),
    (re.compile(rf"{_WHO} leaves?"), "leaves"),
    (re.compile(rf"{_WHO} joins?"), "joins"),
    (re.compile(rf"{_BY} adds? {_WHO}"), "adds"),
    (re.compile(rf"{_BY} removes? {_WHO}"), "removes"),
)
_NOTICE_WORDS = re.compile(r"\b(?:delete|edit|cropped|disappearing|change|leave|join|add|remove)")

_SHAPES = (
    "a line is `Name: text`, `> prose`, `* a notice`, `... 20 minutes`, `Name reacts 👍 to meme`, `in place:` or `// a note`"
)


EXAMPLE = "meme"
"""An id for a hint where nothing else is known."""
LONGEST_ODD = 4000
"""A line that is no message, prose or notice is at most this long."""


@lru_cache(maxsize=8192)
def _name(who: str) -> str | None:
    """A person as written, on one line; the player is always `you`. None when this can be nobody's name."""
    who = _ANY_SPACE.sub(" ", who.strip())
    if not who or len(who) > 40 or who.count(" ") > 4 or who[0] in "#@\"'“‘-–•":
        return None
    small = who.lower()
    if small == "masked" or small.startswith("if "):
        return None
    return "you" if small == "you" else who


def parse_script(text: str) -> Script:
    """Read the lines of a script.

    Raises `Unread` with all problems (SB14., SB15.); its `best` is the script without the lines that cannot be read.
    """
    reader = _Reader()
    reader.read(text)
    script = Script(tuple(reader.lines), text)
    if reader.problems:
        raise Unread(*reader.problems, best=script)
    return script


class _Reader(Blocks):
    """Reads one script from top to bottom."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[AnyLine] = []

    def read(self, text: str) -> None:
        """Read all rows."""
        rows = text.split("\n")
        if "\n " in text or text[:1] == " ":
            self.indented(rows)
        else:
            add = self.lines.append
            row = -1
            for line in rows:
                row += 1
                found = _PLAIN_SAY.fullmatch(line)
                if found is not None:
                    who, words = found.groups()
                    name = _name(who)
                    if name is not None:
                        add(Say(row=row, cond=self.cond, who=name, text=words.rstrip()))
                        continue
                line = line.rstrip()
                if line:
                    self.line(line, row, 0, "")
        self.close()

    def indented(self, rows: list[str]) -> None:
        """Read rows of which some are indented: those go on with the message above, or stand inside an `{if}`."""
        row = 0
        while row < len(rows):
            line = rows[row].strip()
            if not line:
                row += 1
                continue
            col = len(rows[row]) - len(rows[row].lstrip())
            if col > self.base and not self.fresh and not line.startswith(("{end", "{else", "//")):
                hint = "only a message, prose or a notice can go on in an indented line; take the spaces away"
                self.problem("SB151", "this line is indented, and nothing above it can go on", hint, row, col)
            elif not line.startswith("//"):
                self.base = col
                self.fresh = False
            more: list[str] = []
            after = row + 1
            if self.goes_on(line):
                after = self.gather(rows, after, more)
            self.line(line, row, col, "".join(more))
            row = after

    def gather(self, rows: list[str], row: int, more: list[str]) -> int:
        """Collect the rows that go on with a message; returns the row after them."""
        after = row
        glue = " "
        while row < len(rows):
            line = rows[row].strip()
            if not line:
                glue = "\n\n"
            elif line.startswith("//"):
                pass
            elif len(rows[row]) - len(rows[row].lstrip()) > self.base:
                more += (glue, line)
                glue = " "
                after = row + 1
            else:
                break
            row += 1
        return after

    @staticmethod
    def goes_on(line: str) -> bool:
        """Whether a line is one that an indented line may go on with."""
        for _ in range(DEEPEST):
            head = HEAD.match(line)
            if head is None:
                break
            line = line[head.end() :]
        if line.startswith((">", "*")):
            return True
        if not line or line.startswith(("//", "...", "…", "{")) or _GOTO.fullmatch(line):
            return False
        return ":" in line

    def line(self, line: str, row: int, col: int, more: str) -> None:
        """Read one line; `more` is what indented lines below add to it."""
        cond = self.cond
        if line[0] == "{":
            behind = self.heads(line, row, col)
            if behind is None:
                return
            line, col, cond = behind
            if line[0] == "{":
                self.odd(line, row, col)
                return
        first = line[0]
        if first == ">":
            words = line[1:].strip() + more
            if not words:
                self.problem("SB157", "this prose is empty", "write what is to be seen after the `>`", row, col)
            self.lines.append(Prose(row=row, col=col, cond=cond, text=words.strip()))
        elif first == "*":
            self.notice(line, row, col, cond, more)
        elif first == "/" and line[:2] == "//":
            pass
        elif first == "…" or line[:3] == "...":
            self.wait(line, row, col, cond)
        else:
            self.speech(line, row, col, cond, more)

    def wait(self, line: str, row: int, col: int, cond: Condition | None) -> None:
        """`...`, `... 40 seconds`, `... day 3, 04:00`."""
        rest = line.lstrip(".…").strip()
        if not rest:
            self.lines.append(Wait(row=row, col=col, cond=cond))
            return
        words = rest.removeprefix("+").strip()
        try:
            if words[:3].lower() == "day":
                self.lines.append(Wait(row=row, col=col, cond=cond, until=parse_moment(words)))
            else:
                self.lines.append(Wait(row=row, col=col, cond=cond, seconds=parse_duration(words).seconds))
        except Unread as error:
            hint = error.problems[0].hint if words[0].isdigit() or words[:3].lower() == "day" else ""
            hint = hint or "after `...` comes how long, `... 20 minutes`, or until when, `... day 3, 04:00`"
            self.problem("SB154", error.problems[0].message, hint, row, col + line.index(rest))

    def notice(self, line: str, row: int, col: int, cond: Condition | None, more: str) -> None:
        """`* Col deletes meme` and the like; anything else stands as it is."""
        words = line[1:].strip()
        if not words:
            self.problem("SB157", "this notice is empty", "write what the notice says after the `*`", row, col)
            return
        if _NOTICE_WORDS.search(words) and len(words) <= LONGEST_ODD:
            for pattern, how in _NOTICES:
                found = pattern.fullmatch(_ANY_SPACE.sub(" ", words))
                if found is not None:
                    self.effect(how, found.groupdict(), more, row, col, cond)
                    return
            short = words.rstrip(".")
            if (
                short != words
                and not more
                and any(p.fullmatch(short) for p, how in _NOTICES if how in ("deleted", "leaves", "joins"))
            ):
                hint = f"to make it happen, leave the full stop out: `* {short}`"
                self.problem("SB159", "this notice is only shown; it has no effect", hint, row, col)
        self.lines.append(Notice(row=row, col=col, cond=cond, text=words + more))

    def effect(self, how: str, parts: dict[str, str | None], more: str, row: int, col: int, cond: Condition | None) -> None:
        """A notice that does something."""
        who = _name(parts.get("who") or "") or ""
        text = ((parts.get("text") or "") + more).strip()
        if how == "timer":
            time = (parts.get("time") or "").strip()
            try:
                seconds = parse_duration(time).seconds
            except Unread as error:
                message = error.problems[0].message if time else "after how long do the messages disappear?"
                self.problem("SB156", message, "write `* Col turns on disappearing messages: 24 hours`", row, col)
                return
            self.lines.append(Timer(row=row, col=col, cond=cond, who=who, seconds=seconds))
        elif how == "timer-off":
            self.lines.append(Timer(row=row, col=col, cond=cond, who=who, seconds=0))
        elif how == "rename":
            if not text:
                self.problem("SB156", "the new name is missing", "write `* Col changes the name: Hub Heroes 2`", row, col)
                return
            self.lines.append(Rename(row=row, col=col, cond=cond, who=who, name=text))
        elif how in ("deleted", "edited", "cropped"):
            if not text and how != "deleted":
                self.problem("SB156", f"what does it say after it is {how}?", "write the new text after the colon", row, col)
            self.lines.append(
                Change(
                    row=row,
                    col=col,
                    cond=cond,
                    how=cast(Literal["deleted", "edited", "cropped"], how),
                    message=parts["message"] or "",
                    who=who or None,
                    text=text,
                )
            )
        else:
            change = cast(Literal["leaves", "joins", "adds", "removes"], how)
            by = _name(parts.get("by") or "")
            self.lines.append(Membership(row=row, col=col, cond=cond, how=change, who=who, by=by))

    def speech(self, line: str, row: int, col: int, cond: Condition | None, more: str) -> None:
        """A message by somebody, or one of the lines that begin with a word."""
        found = _WHO_PART.match(line)
        at = found.end() if found is not None else 0
        who = _name(line[:at])
        groups: list[tuple[str, int]] = []
        while at < len(line) and line[at] in "[(":
            end = _closing(line, at)
            if end < 0:
                bracket = line[at]
                shut = "]" if bracket == "[" else ")"
                if who is not None and ":" in line[at:]:
                    self.problem(
                        "SB153", f"this bracket '{bracket}' is never closed", f"put `{shut}` before the colon", row, col + at
                    )
                    return
                break
            groups.append((line[at : end + 1], at))
            at = end + 1
            while at < len(line) and line[at] == " ":
                at += 1
        if at >= len(line) or line[at] != ":" or _GOTO.fullmatch(line):
            self.other(line, row, col, cond)
            return
        if who is None or line[at + 1 : at + 2].strip():
            self.odd(line, row, col)
            return
        values: dict[str, object] = {}
        if len(line) > LONGEST_ODD and any(len(text) > 1000 for text, _start in groups):
            self.problem("SB153", "these brackets are too long", "say briefly what the message is", row, col)
            return
        for text, start in groups:
            if text[0] == "[":
                self.message_id(text[1:-1], values, row, col + start + 1)
            else:
                for problem in read_brackets(text[1:-1], values):
                    self.problem(problem.code, problem.message, problem.hint, row, col + start + 1 + problem.col)
        words = (line[at + 1 :] + more).strip()
        if not words:
            kind = values.get("kind", "text")
            hint = "write what is said after the colon" if kind == "text" else f"say in words what the {kind} shows or says"
            self.problem("SB157", "this message is empty", hint, row, col)
        self.lines.append(Say(row=row, col=col, cond=cond, who=who, text=words, **values))  # type: ignore[arg-type]

    def message_id(self, text: str, values: dict[str, object], row: int, col: int) -> None:
        """`[meme]`: the id of a message."""
        name = text.strip()
        if "id" in values:
            self.problem("SB158", "a message has one id", "keep one of the square brackets", row, col)
        elif is_id(name):
            values["id"] = name
        else:
            message = f"'{name}' is no id" if name else "the square brackets are empty"
            hint = "lower case letters, digits, `-` and `_`, beginning with a letter"
            self.problem(
                "SB158",
                message,
                f"write `[{slug(name) or EXAMPLE}]`: {hint}" if name else f"an id goes between them: {hint}",
                row,
                col,
            )

    def other(self, line: str, row: int, col: int, cond: Condition | None) -> None:
        """A reaction, a counter, a receipt, typing, or `in place:`."""
        if len(line) > LONGEST_ODD:
            self.odd(line, row, col)
            return
        flat = _ANY_SPACE.sub(" ", line)
        if (found := _GOTO.fullmatch(flat)) is not None:
            self.lines.append(Goto(row=row, col=col, cond=cond, place=found[1].lower()))
        elif (found := _REACT.fullmatch(flat)) is not None and (who := _name(found[1])) is not None:
            if _LETTER.search(found[3]):
                hint = "write an emoji there; prose begins with `>`"
                self.problem("SB155", f"'{found[3]}' is no reaction", hint, row, col + max(line.find(found[3]), 0))
                return
            self.lines.append(
                React(row=row, col=col, cond=cond, who=who, emoji=found[3], message=found[4], count=1 + int(found[2] or 0))
            )
        elif (found := _GETS.fullmatch(flat)) is not None:
            self.tally(found[1], found[2], row, col, cond)
        elif (found := _READ.fullmatch(flat)) is not None:
            number = found[2].replace(",", "").rstrip(".")
            if not number.isdecimal() or len(number) > 9:
                self.problem("SB155", f"'{found[2]}' is no number", "say by how many: `meme read by 14`", row, col)
                return
            self.lines.append(Read(row=row, col=col, cond=cond, message=found[1], count=int(number)))
        elif (found := _TYPE.fullmatch(flat)) is not None and (who := _name(found[1])) is not None:
            self.lines.append(Type(row=row, col=col, cond=cond, who=who, on=found[2] == "is typing"))
        else:
            self.odd(line, row, col)

    def tally(self, message: str, rest: str, row: int, col: int, cond: Condition | None) -> None:
        """`meme gets 41 likes, 12 shares`."""
        counts: dict[str, int] = {}
        for part in re.split(r"(?<=[a-z]), ?(?:and )?| and ", rest.rstrip(".")):
            found = _TALLY.fullmatch(part)
            if found is None or f"{found[2]}s" in counts:
                hint = "write `meme gets 41 likes, 12 shares, 6 comments`"
                self.problem("SB155", f"'{part}' is no count of likes, shares or comments", hint, row, col)
                return
            counts[f"{found[2]}s"] = int(re.sub(r"[,_]", "", found[1]))
        self.lines.append(Count(row=row, col=col, cond=cond, message=message, **counts))

    def odd(self, line: str, row: int, col: int) -> None:
        """A line of no known shape: say what it may have been meant to be."""
        message, hint = _odd(line)
        self.problem("SB150", message, hint, row, col)


def _closing(line: str, at: int) -> int:
    """Where the bracket at `at` closes, or -1. Round brackets may hold round brackets."""
    if line[at] == "[":
        return line.find("]", at)
    depth = 0
    for index in range(at, len(line)):
        if line[index] == "(":
            depth += 1
        elif line[index] == ")":
            depth -= 1
            if depth == 0:
                return index
    return -1


def _odd(line: str) -> tuple[str, str]:
    """What to say about a line of no known shape: message and hint."""
    if line[0] == "{":
        near = misspelled(line)
        if near is not None:
            return near
        found = BRACES.match(line)
        if found is not None and ":" in line[found.end() :]:
            return "a name in braces cannot speak", f"write the id without braces: `{slug(found[1]) or EXAMPLE}: …`"
        return "who says this?", "begin it with a name and a colon, or with `>` if it is prose"
    if line[0] in "@#":
        return "who says this?", f"begin it with a name and a colon: `Marnie: {line[:20]}…`"
    if line[0] in "-•–" and len(line) > 1:
        return "a line of a script has no dash", "take the dash away; one line is one message"
    found = _CLOCK_FIRST.match(line)
    if found is not None:
        return (
            "a line does not begin with a time",
            f"write `Name (at {found[1]}): text`, or a line `... day 2, {found[1]}` before it",
        )
    if re.match(r"(?i)masked ?:", line):
        return "who says this?", "`masked:` stands inside a message or prose: `Col: masked: …` or `> masked: …`"
    if re.match(r"(?i)if\b", line):
        return "an `if` in a script stands in braces", "write `{if challenged} Name: text`"
    if re.match(r"\w+://", line):
        return "who sends this link?", "write `Name (link): …`"
    if (found := re.match(r"([^:]{1,40}):(?=\S)", line)) is not None:
        return "a space is missing after the colon", f"write `{found[1]}: …`"
    if ":" in line[:60]:
        return "this does not begin with a name", "is this prose? Begin it with `>`"
    return (
        "this line has no known shape",
        f"is this prose? Begin it with `>`. To go on with the message above, indent it. Else {_SHAPES}",
    )
