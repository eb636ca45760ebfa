"""What is said of a room by the way it decided."""

from __future__ import annotations

import pytest

from engine import load_story
from engine.room.inputs import Decide, Setup, Tell, Turn, Vote, table
from engine.room.room import Room
from engine.story.model import Story
from game.workshop.words import room_words
from tests.saves.conftest import TEA


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    path = tmp_path_factory.mktemp("story") / "tea.yaml"
    path.write_text(TEA, encoding="utf-8")
    return load_story(path)


def voted(story: Story, *rounds: tuple[str, str]) -> list[str]:
    """What is said of two tables that voted so: on the joke in the first two pairs, on the tea in the next two."""
    room = Room(story, Setup(7, tables=2))
    for first, second in zip(rounds[::2], rounds[1::2], strict=True):
        room.apply(Tell(99))
        for number, phase, shown, votes in ((1, "first", "reveal", first), (2, "second", "shift", second)):
            if votes:
                room.apply(Turn(phase))  # type: ignore[arg-type]
                for letter, wanted in zip("ab", votes, strict=True):
                    room.apply(Vote(table(letter), (wanted,), number))
                room.apply(Turn(shown))  # type: ignore[arg-type]
        question = room.question
        assert question is not None
        room.apply(Decide(room.outcome().input or question.input((first[0],))))
    return room_words(room)


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        ((), []),
        ((("laugh", "silence"), ()), ["You voted on 1 decision.", "Once you were of two minds."]),
        (
            (("laugh", "silence"), ("laugh", "laugh")),
            [
                "You voted on 1 decision.",
                "Once all of you wanted the same.",
                "After one talk minds changed, and with them what most wanted.",
            ],
        ),
        (
            (("laugh", "laugh"), ("laugh", "laugh")),
            [
                "You voted on 1 decision.",
                "Once all of you wanted the same.",
                "When you voted again nobody had moved: you were sure, or you were polite.",
            ],
        ),
        (
            (("laugh", "silence"), ("silence", "laugh"), ("tea", "silence"), ("silence", "silence")),
            [
                "You voted on 2 decisions.",
                "Once all of you wanted the same.",
                "Once you were of two minds.",
                "After 2 talks minds changed; once what most wanted changed too.",
            ],
        ),
        (
            (("laugh", "silence"), ("silence", "laugh")),
            [
                "You voted on 1 decision.",
                "Once you were of two minds.",
                "After one talk minds changed, though not what most wanted.",
            ],
        ),
    ],
)
def test_a_room_hears_how_it_decided(story: Story, rounds: tuple[tuple[str, str], ...], said: list[str]) -> None:
    assert voted(story, *rounds) == said
