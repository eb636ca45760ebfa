"""Walkthroughs: the text files beside a scenario that say which decisions lead to which ending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from engine.script.findings import ScenarioError
from engine.story.model import Story
from game.words import _

_ENDING = re.compile(r"^#\s*ending:\s*(\S+)\s*$", re.MULTILINE)
_SEED = re.compile(r"^#\s*seed:\s*(-?\d{1,18})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Walk:
    """A walkthrough as it stands in its file."""

    name: str
    text: str

    @property
    def ending(self) -> str:
        """The ending that it should reach; empty when it does not say."""
        found = _ENDING.search(self.text)
        return found[1] if found else ""

    @property
    def seed(self) -> int:
        """The seed to play it with; 7 when it does not say."""
        found = _SEED.search(self.text)
        return int(found[1]) if found else 7


def walks_beside(file: Path | Traversable) -> list[Walk]:
    """The walkthroughs in the folder that has the name of the scenario file and stands beside it."""
    name = file.name.rpartition(".")[0]
    parent = getattr(file, "parent", None)
    folder = parent / name if parent is not None else None
    if folder is None or not folder.is_dir():
        return []
    return [
        Walk(one.name, one.read_text("utf-8"))
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".txt") and one.is_file()
    ]


def trouble_of(story: Story, walk: Walk) -> str:
    """Why a walkthrough no longer fits a story, in a sentence; empty when it does."""
    from engine.play.play import NotPossible, Play
    from engine.play.reading import only_reading
    from game.decisions_file import ScriptProblem, read_script

    try:
        play = Play.begin(story, seed=walk.seed)
        for given in read_script(walk.text, walk.name):
            if not only_reading(story, given.input):
                play.take(given.input)
    except ScriptProblem as problem:
        return str(problem)
    except NotPossible as problem:
        return _("{file}: it does not fit any more: {reason}").format(file=walk.name, reason=problem.reason)
    except ScenarioError as error:
        return str(error)
    if not play.ended:
        return _("{file}: it stops before the end").format(file=walk.name)
    if walk.ending and play.ending is not None and _id_of(play.ending) != walk.ending:
        return _("{file}: it leads to “{found}”, not to “{wanted}”").format(
            file=walk.name, found=_id_of(play.ending), wanted=walk.ending
        )
    return ""


def _id_of(ending: object) -> str:
    return ending if isinstance(ending, str) else str(getattr(ending, "id", ending))
