"""What is in the box: what the pack covers, how long it takes, and the page that says so."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest

from engine.check.run import STATEMENTS
from engine.play import events as ev
from engine.play.play import Play
from engine.script.read import read_file
from engine.text import plain
from game.guide.timings import WORDS_A_MINUTE
from game.home.shelf import gather
from game.packs import Card
from tests.scenarios.test_transcripts import SCENARIOS, TRANSCRIPTS, name, story_in, transcript

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
CURLY = ("’", "'")
DECISION_MINUTES = 0.5
"""Half a minute to choose, once all is read: a rule of thumb."""


def words_read(play: Play) -> int:
    """Words that came before the player's eyes until the end of the story; the debrief is not counted."""
    count = 0
    for event in play.events:
        for field in ("text", "line", "epilogue"):
            said = getattr(event, field, None)
            count += len(said.split()) if isinstance(said, str) else 0
        if isinstance(event, ev.DecisionOffered):
            count += len(event.ask.split()) + sum(len(f"{option.label} {option.thought}".split()) for option in event.options)
            count += sum(len(question.ask.split()) for question in event.questions)
            count += sum(len(card.text.split()) for card in event.cards)
    return count


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_a_careful_reader_takes_the_minutes_that_it_says_within_a_third(path: Path) -> None:
    story = story_in(path)
    took = []
    for file in TRANSCRIPTS:
        if file.parent == path.with_suffix(""):
            wanted = transcript(file)
            play = Play.replay(story, wanted.seed, wanted.inputs, "Alex")
            took.append(words_read(play) / WORDS_A_MINUTE + len(play.inputs) * DECISION_MINUTES)
    assert story.minutes * 2 / 3 <= mean(took) <= story.minutes * 4 / 3, f"{mean(took):.1f} minutes"


def test_the_pack_covers_every_statement() -> None:
    covered = {statement for path in SCENARIOS for statement in read_file(path).scenario.covers}
    assert covered == set(STATEMENTS)


def test_there_are_twelve_and_the_page_says_what_they_are() -> None:
    cards = standing_alone()
    assert len(cards) == 12
    rows = re.findall(r"^\| \*\*.+?\*\* `([\w-]+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert rows == [(card.id, str(card.minutes)) for card in cards]
    for card in cards:
        assert f"**{plain(card.title)}** `{card.id}`".replace(*CURLY) in PAGE.replace(*CURLY)


def standing_alone() -> list[Card]:
    """What home has a card for, in its order: all but the later parts of a career."""
    shelf = gather(None, None, (), ROOT / "nowhere")
    (pack,) = shelf.library.packs
    return shelf.cards_of(pack)
