"""What the debrief says of being late is what the dials got: no more, no less, and of nothing else."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from engine.debrief import build
from engine.futures import delay
from engine.futures.ledger import ledger
from engine.play import events as ev
from engine.play.play import Play
from engine.script import format as form
from engine.script.parts import effects_of
from engine.script.read import read_file
from tests.engine.searching import random_play
from tests.scenarios.test_transcripts import SCENARIOS, TRANSCRIPTS, name, stepper_of, story_in, transcript

LATE = [path for path in SCENARIOS if re.search(r"^ +late: (?!1 day)", path.read_text("utf-8"), re.MULTILINE)]
KINDS = ("scenes", "choices", "pick", "from", "rules", "board")


def as_written(path: Path) -> dict[str, form.Effects]:
    """What the author wrote, by the id that the events give it."""
    scenario = read_file(path).scenario
    assert scenario is not None
    return {".".join(str(part) for part in where if part not in KINDS): each for where, each in effects_of(scenario)}


def agrees(play: Play, written: dict[str, form.Effects]) -> int:
    """The words of a play about being late, held against the dials that its author wrote and those that it got."""
    told = [(late.at, late.source, late.percent) for late in ledger(play).late]
    got = [event for event in play.events if isinstance(event, ev.DialsChanged)]
    assert told == [(event.at, event.source, event.late) for event in got if event.late != 100]
    for event in got:
        effect = written.get(event.source)
        points = effect.dials if effect is not None else {}
        good = [event.changes[dial] / points[dial] for dial in points if points[dial] > 0]
        harm = [event.changes[dial] / points[dial] for dial in points if points[dial] < 0]
        assert all(share == event.late for share in good), event
        assert all(share == 100 for share in harm), event
        assert event.late == 100 or good, "nothing good was late"
        assert (f"{event.late} %" in delay.explain(event.late)) == (event.late != 100)
    moments = build(play).moments
    reasons = [
        each for moment in moments for each in (*moment.reasons, *(r for motion in moment.motions for r in motion.reasons))
    ]
    assert sorted((each.at, each.source, each.late) for each in reasons if each.late != 100) == sorted(told)
    return len(told)


@pytest.mark.parametrize("path", LATE, ids=name)
def test_what_is_said_to_be_late_is_what_the_dials_got(path: Path) -> None:
    story, written, draw = story_in(path), as_written(path), random.Random(path.stem)
    plays = [random_play(story, draw, number, stepper_of(path)) for number in range(12)]
    walks = [transcript(each) for each in TRANSCRIPTS if each.parent == path.with_suffix("")]
    plays += [Play.replay(story, walk.seed, walk.inputs, "Alex") for walk in walks]
    assert sum(agrees(play, written) for play in plays) > 0, "one of them at least was late"


def test_a_call_on_the_same_evening_is_not_late() -> None:
    path = next(each for each in TRANSCRIPTS if each.stem == "owned-in-hours")
    walk = transcript(path)
    play = Play.replay(story_in(path.parent.with_suffix(".yaml")), walk.seed, walk.inputs, "Alex")
    assert "report" in [event.action for event in play.events if isinstance(event, ev.DecisionTaken)]
    assert ledger(play).late == []
