from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine import load_story
from engine.story.model import Story
from saves.store import Store
from tests.tea import tea_story

TEA = tea_story(
    "tea",
    "The tea round",
    """\
flags:
  spoke: {is: you said something}
scenes:
  joke:
    title: The joke
    in: team
    script: |
      Col [quip]: masked: it mocks the new one
    choices:
      speak-up:
        label: Say it is not for you
        send: |
          Not for me, that one.
        dials: {team: -1, people: +1}
        because: |
          One line was enough.
        set: {spoke: yes}
      laugh:
        label: React with a laugh
        react: 😂
        on: quip
        dials: {team: +1}
        because: |
          It was counted.
      silence:
        label: Let it scroll by
    next: after
  after:
    title: Afterwards
    in: team
    script: |
      Col: tea anyone
    choices:
      tea:
        label: Ask for tea
      ask:
        label: Ask Col what that was
        if: spoke
        else: You laughed. It is late to ask.
      silence:
        label: Say nothing
    next: rota
  rota:
    title: The rota
    in: team
    pick:
      ask: Two shifts.
      most: 2
      from:
        early: {label: The early}
        late: {label: The late}
        night: {label: The night}
    next: end
endings:
  spoke: {title: You spoke, if: spoke, epilogue: "Somebody heard."}
  quiet: {title: Quiet, epilogue: "Nobody asked."}
""",
)


class Clock:
    """A clock on the wall that goes on a second each time it is looked at."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saves"


@pytest.fixture
def open_store(folder: Path, clock: Clock) -> Iterator[Callable[..., Store]]:
    """Open the store in the test's folder, as often as wanted; all are closed in the end."""
    opened: list[Store] = []

    def open_(where: Path | None = None, patience: float = 0.05) -> Store:
        opened.append(Store.open(where or folder, now=clock, patience=patience))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture(scope="session")
def make_story(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Story]:
    """A story from YAML: the tea round, with pieces of its text replaced."""

    def make(*edits: tuple[str, str], text: str = TEA) -> Story:
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path_factory.mktemp("story") / "tea.yaml"
        path.write_text(text, encoding="utf-8")
        return load_story(path)

    return make


@pytest.fixture(scope="session")
def story(make_story: Callable[..., Story]) -> Story:
    return make_story()
