"""The shipped scenarios play: walkthroughs reach their endings, and random plays find nothing strange."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.debrief import build
from engine.play import events as ev
from engine.play.events import encode
from engine.play.inputs import Input, parse_input
from engine.play.play import Play
from engine.play.reading import only_reading
from engine.play.stepper import Stepper
from engine.script.read import read_file
from engine.story.compile import compile_story
from engine.story.model import Story
from tests.engine.searching import random_play

ROOT = Path(__file__).parent.parent.parent / "scenarios"
SCENARIOS = sorted(path for path in ROOT.glob("*/*.yaml") if path.name != "pack.yaml")
TRANSCRIPTS = sorted(path for path in ROOT.glob("*/*/*.txt"))
RANDOM_PLAYS = 120


class Transcript(NamedTuple):
    """A play written down: one decision a line, `# ending: id` and `# seed: n` above."""

    ending: str
    seed: int
    inputs: tuple[Input, ...]


@cache
def story_in(path: Path) -> Story:
    return compile_story(read_file(path))


@cache
def stepper_of(path: Path) -> Stepper:
    return Stepper(story_in(path))


def transcript(path: Path) -> Transcript:
    head: dict[str, str] = {}
    inputs: list[Input] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, colon, value = line[1:].partition(":")
            if colon:
                head.setdefault(key.strip(), value.strip())
        elif line.strip():
            inputs.append(parse_input(line))
    return Transcript(head["ending"], int(head["seed"]), tuple(inputs))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_are_scenarios_and_every_transcript_belongs_to_one() -> None:
    assert SCENARIOS
    assert {path.parent for path in TRANSCRIPTS} <= {path.with_suffix("") for path in SCENARIOS}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=name)
def test_a_transcript_reaches_its_ending(path: Path) -> None:
    wanted = transcript(path)
    story = story_in(path.parent.with_suffix(".yaml"))
    inputs = [given for given in wanted.inputs if not only_reading(story, given)]
    play = Play.replay(story, wanted.seed, inputs, "Alex")
    assert play.ending == wanted.ending, f"the play stands at {play.scene}"
    assert [str(given) for given in play.inputs] == [str(given) for given in inputs]
    assert build(play).ending == wanted.ending


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_reads_without_errors(path: Path) -> None:
    source = read_file(path)
    compile_story(source)
    assert [str(finding) for finding in source.findings if finding.severity != "info"] == []


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_has_four_transcripts_with_different_endings(path: Path) -> None:
    endings = {transcript(each).ending for each in TRANSCRIPTS if each.parent == path.with_suffix("")}
    assert len(endings) >= 4, f"{path.stem} has transcripts for {sorted(endings)}"
    assert endings <= {ending.id for ending in story_in(path).endings}


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_the_head_says_what_the_home_screen_shows(path: Path) -> None:
    story = story_in(path)
    assert story.id == path.stem
    assert story.title
    assert story.blurb
    assert story.tone
    assert story.covers
    assert 1 <= story.minutes <= 60


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_silence_is_possible_or_the_scene_says_why_not(path: Path) -> None:
    for scene in story_in(path).scenes.values():
        if scene.choices:
            silent = any(choice.action == "wait" and choice.open is None for choice in scene.choices.values())
            assert silent or scene.no_silence, scene.id
        elif scene.pick is not None:
            assert scene.pick.least == 0 or scene.no_silence, scene.id


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_random_plays(path: Path) -> None:
    """They end, time never runs back, and every change of a dial has its reason and adds up."""
    story, stepper = story_in(path), stepper_of(path)
    draw = random.Random(path.stem)
    endings = set()
    for number in range(RANDOM_PLAYS):
        play = random_play(story, draw, number, stepper)
        assert play.ending is not None
        endings.add(play.ending)
        assert stepper.play(list(play.inputs)) == play.state
        clock = story.start_clock
        totals = dict.fromkeys(play.dials, 0)
        for event in play.events:
            # Old messages and those with a time of their own say when they were sent; what was missed, when it was said.
            if event.at >= story.start_clock and not isinstance(event, ev.MessageShown | ev.Missed):
                assert event.at >= clock, event
                clock = event.at
            if isinstance(event, ev.DialsChanged):
                assert event.because, event
                for dial, change in event.changes.items():
                    totals[dial] += change
        assert totals == play.dials
        phone = play.phone()
        assert phone.clock == play.clock
    assert len(endings) >= 2, "chance alone finds more than one ending"


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_a_random_play_resumes_anywhere(path: Path) -> None:
    story = story_in(path)
    draw = random.Random(f"{path.stem} again")
    play = random_play(story, draw, 3, stepper_of(path))
    whole = encode(play.events)
    assert encode(ev.decode(whole)) == whole
    for count in sorted(draw.sample(range(len(play.inputs)), min(4, len(play.inputs)))):
        part = play.rewound(count)
        assert whole.startswith(encode(part.events))
        for given in play.inputs[count:]:
            part.take(given)
        assert encode(part.events) == whole


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_another_seed_tells_otherwise_and_changes_nothing_that_counts(path: Path) -> None:
    story = story_in(path)
    play = random_play(story, random.Random(f"{path.stem} seeds"), 1, stepper_of(path))
    for seed in (2, 3, 4):
        twin = Play.replay(story, seed, play.inputs, "Alex")
        assert twin.state == play.state
        assert (twin.ending, twin.dials) == (play.ending, play.dials)


@pytest.mark.parametrize("path", SCENARIOS, ids=name)
def test_no_slot_and_no_brace_is_left_in_what_is_shown(path: Path) -> None:
    story = story_in(path)
    play = random_play(story, random.Random(f"{path.stem} words"), 5, stepper_of(path))
    for event in play.events:
        for word in ("text", "label", "title", "epilogue", "name", "because", "told"):
            shown = getattr(event, word, "")
            assert not isinstance(shown, str) or ("{" not in shown and "}" not in shown), event
