"""The shipped scenarios in another country: with an organisation's words for every slot they come to the same endings, and no word of ours is left."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from engine.debrief import build
from engine.play.play import Play
from engine.script.read import read_file
from engine.story.compile import compile_story
from engine.story.model import Story
from engine.story.slots import standard_slots
from tests.scenarios.test_transcripts import SCENARIOS, TRANSCRIPTS, name, transcript

ELSEWHERE = {
    "org": "Te Puna Services",
    "policy": "the digital conduct standard",
    "reporting_route": "Integrity Services",
    "speak_up_person": "the contact officer",
    "data_route": "the privacy officer",
    "security_route": "the protective security team",
    "approved_app": "the work messenger",
    "staff_body": "the delegates",
    "union": "the federation",
    "support_line": "the wellbeing service",
    "official_page": "the department's page",
    "welfare_office": "the family liaison cell",
}
"""Words as they might be in New Zealand; `welfare_office` is a slot of one scenario's own."""


@cache
def story_elsewhere(path: Path) -> Story:
    return compile_story(read_file(path), ELSEWHERE)


def own_words(path: Path) -> re.Pattern[str]:
    """The words that the scenario has by itself for the slots that it asks for."""
    given = {**standard_slots(), **read_file(path).scenario.slots}
    used = [given[slot] for slot in story_elsewhere(path).slots_used if slot in given and given[slot] != ELSEWHERE[slot]]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, used))})(?!\w)", re.IGNORECASE)


def test_every_slot_that_a_shipped_scenario_gives_words_for_has_words_elsewhere() -> None:
    assert {slot for path in SCENARIOS for slot in read_file(path).scenario.slots} <= set(ELSEWHERE)


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_with_the_words_of_another_country_it_is_the_same_story(path: Path) -> None:
    story = story_elsewhere(path)
    ours = own_words(path)
    for file in TRANSCRIPTS:
        if file.parent == path.with_suffix(""):
            wanted = transcript(file)
            play = Play.replay(story, wanted.seed, wanted.inputs, "Alex")
            assert play.ending == wanted.ending
            left = ours.search(repr((play.events, build(play))))
            assert left is None, f"{name(file)}: “{left[0]}” is left"
