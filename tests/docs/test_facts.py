"""The page of facts, and what the scenarios ask of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.script.read import read_file
from game.guide.facts import chapters, facts
from game.guide.facts.__main__ import PAGE, page
from game.guide.statements import statements
from tests.scenarios.test_transcripts import SCENARIOS, name


def test_the_page_is_what_the_facts_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m game.guide.facts"


def test_every_fact_stands_once_and_has_a_source() -> None:
    ids = [id_ for _heading, chapter in chapters() for id_ in chapter]
    assert len(ids) == len(set(ids)) == len(facts())
    assert all(re.fullmatch(r"F[1-7]\.\d+|C\d+", id_) for id_ in ids)
    assert all(fact.text.endswith((".", "?")) and fact.source for fact in facts().values())


def test_nothing_stands_there_that_was_not_read() -> None:
    from_memory = {
        "F1.9",
        "F1.21",
        "F1.25",
        "F1.26",
        "F2.5",
        "F2.9",
        "F2.10",
        "F2.11",
        "F2.23",
        "F4.15",
        "F4.21",
        "F4.22",
        "F5.29",
        "C30",
    }
    assert not from_memory & set(facts())


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_what_a_scenario_names_exists(path: Path) -> None:
    scenario = read_file(path).scenario
    assert set(scenario.facts) <= set(facts()), sorted(set(scenario.facts) - set(facts()))
    assert set(scenario.covers) <= set(statements())
