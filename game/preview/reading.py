"""The file as it stands: the story in it, all that is found about it, and where its scenes are."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import msgspec

from engine.script.findings import Finding, ScenarioError
from engine.script.findings import Path as Keys
from engine.script.read import Source, read
from engine.script.yaml12 import LARGEST
from engine.story.compile import compile_story
from engine.story.model import Story

_RANK = {"error": 0, "warning": 1, "info": 2}


class Order(msgspec.Struct):
    """What a check is asked for: the bytes of a file, its name, and the words of an organisation and a pack."""

    data: bytes
    name: str
    slots: dict[str, str]
    defaults: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """One reading of the file."""

    file: Path
    data: bytes
    source: Source
    story: Story | None
    """None when there is an error among the findings."""
    findings: tuple[Finding, ...]
    slots: Mapping[str, str]
    defaults: Mapping[str, str]

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(1 for finding in self.findings if finding.severity == severity)

    @property
    def ordered(self) -> list[Finding]:
        """The findings, errors first, then in the order of the file."""
        return sorted(self.findings, key=lambda one: (_RANK[one.severity], one.line, one.column, one.code))

    def line(self, *path: str | int) -> int:
        """The line of a key of the file, from 1; 0 when it is not there."""
        node = self.source.tree.find(path, True)
        return 0 if node is None or not self._there(path) else self.source.find(path, key=True)[0]

    def _there(self, path: Keys) -> bool:
        """Whether the whole path is in the file: a path that leads nowhere gives the place of what there is of it."""
        if len(path) < 2:
            return True
        return self.source.find(path, key=True) != self.source.find(path[:-1], key=True)

    @cached_property
    def _starts(self) -> list[tuple[int, str]]:
        """(line, scene) of every scene in the file, and (line, "") of whatever follows the scenes."""
        scenario = self.source.scenario
        if scenario is None:
            return []
        starts = [(self.line("scenes", name), name) for name in scenario.scenes]
        first = min((line for line, _name in starts), default=0)
        for key in ("endings", "reckoning", "codas", "debrief", "cast", "places", "flags", "slots", "not-now"):
            line = self.source.find((key,), key=True)[0]
            if line > first:
                starts.append((line, ""))
        return sorted(starts)

    def scene_at(self, line: int) -> str:
        """The scene in which a line of the file stands; empty when it stands in none."""
        found = ""
        for start, name in self._starts:
            if start > line:
                break
            found = name
        return found


def look_at(file: Path) -> Reading:
    """Read the file. Raises OSError when it cannot be opened; whatever is wrong in it is among the findings."""
    from game.packs import card_of_file

    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    card = card_of_file(file)
    source = read(data, str(file))
    try:
        story = compile_story(source, card.slots, card.defaults)
    except ScenarioError as error:
        return Reading(file, data, source, None, tuple(error.findings), card.slots, card.defaults)
    return Reading(file, data, source, story, tuple(source.findings), card.slots, card.defaults)


async def checked(reading: Reading) -> Reading:
    """The reading with what a check finds beside. The same when there is no checker, or when it fails: a preview goes on without it.

    The check takes seconds of work, so that it has a process of its own (`python -m game.preview.checking`); it ends with this call.
    """
    if reading.story is None:
        return reading
    order = Order(reading.data, str(reading.file), dict(reading.slots), dict(reading.defaults))
    pipe = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "game.preview.checking", stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
    except (OSError, NotImplementedError):
        return reading
    try:
        answer, _errors = await process.communicate(msgspec.json.encode(order))
        found = msgspec.json.decode(answer, type=tuple[Finding, ...])
    except (msgspec.MsgspecError, OSError):
        return reading
    finally:
        if process.returncode is None:
            process.kill()
    return replace(reading, findings=found) if process.returncode == 0 else reading


__all__ = ["Order", "Reading", "checked", "look_at"]
