"""Script lines compiled to cues: people and places resolved, slots found, and what each line does to state."""

from __future__ import annotations

from dataclasses import dataclass

from engine.script.conditions import Condition
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
from engine.story.guards import compile_condition
from engine.story.model import SET, SHOWN, UNTIL, WAIT, Cue, Due, Effect, Guard, Move
from engine.story.registry import At, Registry
from engine.story.texts import Texts


@dataclass
class ScriptCompiler:
    """Compiles script blocks of one scenario."""

    registry: Registry
    texts: Texts
    dues: list[Due]

    def compile(self, script: Script | None, path: Path, place: str | None, owner: str) -> tuple[Cue, ...]:
        """The cues of a script that begins in `place`; `owner` names it, for messages without an id."""
        if script is None:
            return ()
        cues: list[Cue] = []
        base: str | None = None
        block = ""
        for line in script.lines:
            if block and not _inside(line.cond, block):
                place, block = base, ""
            if isinstance(line, Goto):
                if line.cond is not None and not block:  # it holds to the end of its `{if}`
                    base, block = place, line.cond.text
                place = self.registry.place(line.place, path, row=line.row, col=line.col) or place
                continue
            if place is None:
                self.registry.source.add(
                    "SB215", path, "nobody can say where this is said", "give the scene `in: place`", row=line.row, col=line.col
                )
                return tuple(cues)
            cue = self._cue(line, path, place, f"{owner}#{len(cues) + 1}")
            if cue is not None:
                cues.append(cue)
        return tuple(cues)

    def _cue(self, line: AnyLine, path: Path, place: str, fallback: str) -> Cue | None:
        registry = self.registry
        guard = compile_condition(line.cond, At(registry, path, line.row, line.col, in_script=True))
        cue = Cue(line, fallback, place, guard=guard)
        if isinstance(line, Say):
            return self._say(line, cue, path)
        if isinstance(line, Prose | Notice):
            cue.text = self.texts.compile(line.text, path, row=line.row, col=line.col)
        elif isinstance(line, React):
            cue.who = registry.who(line.who, path, row=line.row, col=line.col)
            cue.id = self._message(line.message, cue, path)
        elif isinstance(line, Count | Read):
            cue.id = self._message(line.message, cue, path)
        elif isinstance(line, Type):
            cue.who = registry.who(line.who, path, row=line.row, col=line.col)
        elif isinstance(line, Wait):
            cue.moves = _wait(line, guard)
        elif isinstance(line, Change):
            self._change(line, cue, path)
        elif isinstance(line, Membership):
            self._membership(line, cue, path)
        elif isinstance(line, Timer):
            cue.who = registry.who(line.who, path, row=line.row, col=line.col)
            cue.moves = ((guard, SET, registry.index.get(f"timer {place}", -1), line.seconds, -1, -1, -1),)
        elif isinstance(line, Rename):
            cue.who = registry.who(line.who, path, row=line.row, col=line.col)
            cue.text = self.texts.compile(line.name, path, row=line.row, col=line.col)
        return cue

    def _message(self, message: str, cue: Cue, path: Path) -> str:
        found = self.registry.message(message, path, row=cue.line.row, col=cue.line.col)
        if found is not None and self.registry.messages[found]:
            cue.place = self.registry.messages[found]
        return message

    def _say(self, line: Say, cue: Cue, path: Path) -> Cue:
        registry = self.registry
        cue.who = registry.who(line.who, path, row=line.row, col=line.col)
        cue.text = self.texts.compile(line.text, path, row=line.row, col=line.col)
        for attribute in ("subject", "to"):
            words = getattr(line, attribute)
            if words:
                setattr(cue, attribute, self.texts.compile(words, path, row=line.row, col=line.col))
        for reference in (line.reply_to, line.on):
            if reference is not None:
                registry.message(reference, path, row=line.row, col=line.col)
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
            cue.who = registry.who(line.who, path, row=line.row, col=line.col)
        cue.text = self.texts.compile(line.text, path, row=line.row, col=line.col)
        gone = registry.index.get(f"gone {line.message}", -1)
        if line.how == "deleted" and gone >= 0:
            cue.moves = ((cue.guard, SET, gone, 1, -1, -1, -1),)

    def _membership(self, line: Membership, cue: Cue, path: Path) -> None:
        registry = self.registry
        cue.who = registry.who(line.who, path, row=line.row, col=line.col)
        if line.by is not None:
            cue.by = registry.who(line.by, path, row=line.row, col=line.col)
        gone = line.how in ("leaves", "removes")
        if cue.who == "you":
            index = registry.index.get(f"left {cue.place}", -1)
            value = int(gone)
        else:
            index = registry.index.get(f"{cue.who} in {cue.place}", -1)
            value = int(not gone)
        if index >= 0:
            cue.moves = ((cue.guard, SET, index, value, -1, -1, -1),)


def _inside(condition: Condition | None, block: str) -> bool:
    """The condition is the block's own, or one within it."""
    return condition is not None and (condition.text == block or condition.text.startswith(f"({block}) and "))


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
