"""Script lines compiled to cues: people and places resolved, slots found, and what each line does to state."""

from __future__ import annotations

from dataclasses import dataclass

from engine.script.findings import Path
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
from engine.script.parts import placed
from engine.story.guards import compile_condition
from engine.story.model import SET, SHOWN, UNTIL, WAIT, Cue, Due, Effect, Guard, Move
from engine.story.registry import At, Registry
from engine.story.texts import Texts, Where


@dataclass
class ScriptCompiler:
    """Compiles script blocks of one scenario."""

    registry: Registry
    texts: Texts
    dues: list[Due]
    rows: tuple[str, ...] = ()
    """The rows of the script that is being compiled."""

    def compile(self, script: Script | None, path: Path, place: str | None, owner: str) -> tuple[Cue, ...]:
        """The cues of a script that begins in `place`; `owner` names it, for messages without an id."""
        if script is None:
            return ()
        self.rows = tuple(script.text.split("\n"))
        cues: list[Cue] = []
        for now, line in placed(script.lines, place):
            if isinstance(line, Goto):
                self.registry.place(line.place, path, row=line.row, col=self._col(line, line.place))
                continue
            if now is None:
                hint = "give the scene `in: place`, or write a line `in place:` before this one"
                self.registry.source.add("SB215", path, "nobody can say where this is said", hint, row=line.row, col=line.col)
                return tuple(cues)
            if now in self.registry.scenario.places:
                cues.append(self._cue(line, path, now, f"{owner}#{len(cues) + 1}"))
        return tuple(cues)

    def words(self, script: Script | None, path: Path) -> tuple[Cue, ...]:
        """The cues of a script that only tells: prose, with conditions. Any other line is reported."""
        if script is None:
            return ()
        self.rows = tuple(script.text.split("\n"))
        cues: list[Cue] = []
        for line in script.lines:
            if isinstance(line, Prose):
                cues.append(self._cue(line, path, "", ""))
            else:
                hint = "write what they say as prose: `> I had only seen the cat.`"
                self.registry.source.add(
                    "SB281", path, "a witness only tells; this line is no prose", hint, row=line.row, col=line.col
                )
        return tuple(cues)

    def _col(self, line: AnyLine, word: str) -> int:
        """The column at which a word of a line stands."""
        return max(self.rows[line.row].find(word, line.col), line.col)

    def _who(self, who: str, line: AnyLine, path: Path) -> str | None:
        return self.registry.who(who, path, row=line.row, col=self._col(line, who))

    def _where(self, line: AnyLine, text: str) -> Where:
        rows = self.rows
        return lambda offset: written_at(rows, line.row, line.col, text, offset)

    def _cue(self, line: AnyLine, path: Path, place: str, fallback: str) -> Cue:
        registry = self.registry
        guard = compile_condition(line.cond, At(registry, path, line.row, line.col, self.rows))
        cue = Cue(line, fallback, place, guard=guard)
        if isinstance(line, Say):
            return self._say(line, cue, path)
        if isinstance(line, Prose | Notice):
            cue.text = self.texts.compile(line.text, path, where=self._where(line, line.text))
        elif isinstance(line, React):
            cue.who = self._who(line.who, line, path)
            cue.id = self._message(line.message, cue, path)
        elif isinstance(line, Count | Read):
            cue.id = self._message(line.message, cue, path)
        elif isinstance(line, Type):
            cue.who = self._who(line.who, line, path)
        elif isinstance(line, Wait):
            cue.moves = _wait(line, guard)
        elif isinstance(line, Change):
            self._change(line, cue, path)
        elif isinstance(line, Membership):
            self._membership(line, cue, path)
        elif isinstance(line, Timer):
            cue.who = self._who(line.who, line, path)
            cue.moves = ((guard, SET, registry.index.get(f"timer {place}", -1), line.seconds, -1, -1, -1),)
        elif isinstance(line, Rename):
            cue.who = self._who(line.who, line, path)
            cue.text = self.texts.compile(line.name, path, where=self._where(line, line.name))
        return cue

    def _message(self, message: str, cue: Cue, path: Path) -> str:
        found = self.registry.message(message, path, row=cue.line.row, col=self._col(cue.line, message))
        if found is not None and self.registry.messages[found]:
            cue.place = self.registry.messages[found]
        return message

    def _say(self, line: Say, cue: Cue, path: Path) -> Cue:
        cue.who = self._who(line.who, line, path)
        cue.text = self.texts.compile(line.text, path, where=self._where(line, line.text))
        cue.simple = line.kind == "text" and not (
            line.forwarded or line.reply_to or line.on or line.subject or line.to or line.length or line.view_once or line.edited
            or line.archived or line.at is not None or line.expires
        )  # fmt: skip
        for attribute in ("subject", "to"):
            words = getattr(line, attribute)
            if words:
                setattr(cue, attribute, self.texts.compile(words, path, where=self._where(line, words)))
        for lead, reference in (("reply to ", line.reply_to), ("on ", line.on)):
            if reference is not None:
                at = self._col(line, lead + reference) + len(lead)
                self.registry.message(reference, path, row=line.row, col=at)
        if line.id is None:
            return cue
        cue.id = line.id
        cue.moves = self.shown(line.id, cue.place, cue.guard, line.expires or 0)
        return cue

    def shown(self, message: str, place: str, guard: Guard | None = None, expires: int = 0) -> tuple[Move, ...]:
        """What it does to state that a message is shown in a place; it goes after `expires` seconds (0: by the place's timer)."""
        registry = self.registry
        seen = registry.index.get(f"seen {message}", -1)
        gone = registry.index.get(f"gone {message}", -1)
        if seen < 0 and gone < 0:
            return ()
        timer = registry.index.get(f"timer {place}", -1)
        due = -1
        if gone >= 0 and (timer >= 0 or expires):
            due = len(self.dues)
            effect = Effect(f"expiry of {message}", ((gone, False, 1, 0, 1),))
            self.dues.append(Due(effect.source, due, message, after=expires, effect=effect))
        left = registry.index.get(f"left {place}", -1)
        return ((guard, SHOWN, seen, gone, timer, due, left),)

    def _change(self, line: Change, cue: Cue, path: Path) -> None:
        registry = self.registry
        cue.id = self._message(line.message, cue, path)
        if line.who is not None:
            cue.who = self._who(line.who, line, path)
        cue.text = self.texts.compile(line.text, path, where=self._where(line, line.text))
        gone = registry.index.get(f"gone {line.message}", -1)
        if line.how == "deleted" and gone >= 0:
            cue.moves = ((cue.guard, SET, gone, 1, -1, -1, -1),)

    def _membership(self, line: Membership, cue: Cue, path: Path) -> None:
        registry = self.registry
        cue.who = self._who(line.who, line, path)
        if line.by is not None:
            cue.by = self._who(line.by, line, path)
        gone = line.how in ("leaves", "removes")
        if cue.who == "you":
            index = registry.index.get(f"left {cue.place}", -1)
            value = int(gone)
        else:
            index = registry.index.get(f"{cue.who} in {cue.place}", -1)
            value = int(not gone)
        if index >= 0:
            cue.moves = ((cue.guard, SET, index, value, -1, -1, -1),)


def written_at(rows: tuple[str, ...], row: int, col: int, text: str, offset: int) -> tuple[int, int]:
    """Row and column in a script of an offset in a text that was read from the line at `row`.

    The text is what its first row ends with, and the rows that go on with it, joined by a space or an empty line. A text in round
    brackets is looked for in the row.
    """
    first = rows[row].rstrip()
    for start in range(col, len(first) + 1):
        part = first[start:]
        if text.startswith(part):
            places = _aligned(rows, row, start, text, len(part))
            if places:
                begin, at_row, at_col = next(place for place in reversed(places) if place[0] <= offset)
                return at_row, at_col + offset - begin
    found = rows[row].find(text, col)
    return (row, found + offset) if found >= 0 else (row, col)


def _aligned(rows: tuple[str, ...], row: int, start: int, text: str, length: int) -> list[tuple[int, int, int]]:
    """Where the parts of a text stand, as (offset, row, column); nothing when the rows do not make this text."""
    places = [(0, row, start)]
    at = length
    for number in range(row + 1, len(rows)):
        if at >= len(text):
            break
        part = rows[number].strip()
        if not part or part.startswith("//"):
            continue
        at += len(text[at:]) - len(text[at:].lstrip(" \n"))
        if not text.startswith(part, at):
            return []
        places.append((at, number, len(rows[number]) - len(rows[number].lstrip())))
        at += len(part)
    return places if at >= len(text) else []


def _wait(line: Wait, guard: Guard | None) -> tuple[Move, ...]:
    if line.until is not None and not line.until.relative:
        return ((guard, UNTIL, line.until.seconds, 0, -1, -1, -1),)
    seconds = line.until.seconds if line.until is not None else line.seconds
    return ((guard, WAIT, seconds, 0, -1, -1, -1),) if seconds else ()


def moves_of(cues: tuple[Cue, ...]) -> tuple[Move, ...]:
    """All that a script does to state, in order; unconditional waits that follow each other are one."""
    moves: list[Move] = []
    for cue in cues:
        for move in cue.moves:
            last = moves[-1] if moves else None
            if last is not None and last[0] is None and move[0] is None and last[1] == WAIT == move[1]:
                moves[-1] = (None, WAIT, last[2] + move[2], 0, -1, -1, -1)
            else:
                moves.append(move)
    return tuple(moves)


def seconds_of(cues: tuple[Cue, ...]) -> int:
    """Story seconds that a script's waits take, conditions aside (moments in it count as nothing)."""
    return sum(move[2] for cue in cues for move in cue.moves if move[1] == WAIT)
