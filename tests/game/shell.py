"""What the tests of the shell share: a small pack, a person who plays, an app at a known hour."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from engine import load_story
from engine.play.inputs import Input, parse_input
from engine.story.model import Story
from game.app import SeenbyApp
from game.decisions_file import Scripted
from game.plain import Plain, skip_prompt
from game.session import Session
from game.settings import Settings, keep_settings
from saves.store import Store

TOUR = Path(__file__).parent / "stories" / "tour.yaml"
BEATS = Path(__file__).parents[1] / "fixtures" / "beats"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday."""
SPOKE = ("hello: speak", "taps: pick friends", "post: silence", "letter: pick what, sorry", "board: link where=badge, when=run")
"""Decisions that lead to the ending `spoke` of the tour."""


def tour() -> Story:
    return load_story(TOUR)


def inputs(lines: Iterable[str] = SPOKE) -> list[Input]:
    return [parse_input(line) for line in lines]


def small_pack(folder: Path) -> Path:
    """A folder of packs with the tour and a quiet one."""
    pack = folder / "evening"
    pack.mkdir(parents=True)
    shutil.copy(TOUR, pack / "tour.yaml")
    quiet = TOUR.read_text("utf-8").replace("id: tour", "id: quiet").replace("title: The tour", "title: A quiet one")
    (pack / "quiet.yaml").write_text(
        quiet.replace("tone: brisk", "tone: quiet").replace("note: Somebody", "note: Nobody"), "utf-8"
    )
    (pack / "pack.yaml").write_text(
        "id: evening\ntitle: Evenings\nauthor: Nobody\nlicence: CC BY 4.0\norder: [tour, quiet]\nslots: {policy: the house rules}\n",
        "utf-8",
    )
    return folder


def person(saves: Path, name: str = "Mara", **settings: Any) -> None:
    """Somebody who has been welcomed."""
    with Store.open(saves, now=lambda: NOON) as store:
        keep_settings(store, store.player(name), Settings(welcomed=True, **settings))


def played(saves: Path, lines: Iterable[str] = SPOKE, *, at: datetime = NOON, name: str = "Mara") -> str:
    """A play of the tour on the disk. Returns its id."""
    with Store.open(saves, now=lambda: at) as store:
        session = Session.new(store, name, tour(), 7, name)
        for given in inputs(lines):
            session.take(given)
        assert session.journal is not None
        return session.journal.play_id


def make_app(saves: Path, packs: Path, **how: Any) -> SeenbyApp:
    """The app with the small pack as the player's own, and a clock that stands."""
    return SeenbyApp(saves, user_packs=packs, now=lambda: NOON.replace(hour=18), fresh_seed=lambda: 7, **how)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything has been read and drawn."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, one after another, and wait after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def plainly(
    session: Session,
    answers: Iterable[str] = (),
    *,
    script: Iterable[str] = (),
    interactive: bool = True,
    clock: Callable[[], float] = lambda: 0.0,
) -> list[str]:
    """Play on plain lines; returns the lines said, each prompt with its answer after `>`."""
    said: list[str] = []
    waiting = list(answers)

    def read(prompt: str) -> str | None:
        if prompt.startswith(skip_prompt()) and waiting[:1] != ["s"]:
            return ""  # who says nothing about it reads on
        if not waiting:
            return None
        answer = waiting.pop(0)
        said.append(f"> {answer}")
        return answer

    scripted = [Scripted(number, given) for number, given in enumerate(inputs(script), 1)]
    Plain(session, read, said.append, script=scripted, script_name="way.txt", interactive=interactive, clock=clock).run()
    return said
