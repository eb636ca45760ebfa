"""A proof says what playing every play one by one says: no more, no less."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import load_story
from engine.play.events import ConsequenceDue, SceneBegan
from engine.play.inputs import Input, parse_input
from engine.play.play import Play
from engine.proof import Proof, prove
from engine.proof.pareto import better, dominating_play, waiting_play
from engine.script.format import DIALS
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from tests.engine.proof.brute import TooMany, Truth, all_plays
from tests.engine.proof.stress import stressful
from tests.engine.random_story import scenario

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "beats").glob("*.yaml"))


def small(seed: int) -> str:
    return scenario(random.Random(seed), most_scenes=4, rich=True)


def tight(seed: int) -> str:
    """Everything happens within minutes, so that what comes first hangs on seconds."""
    draw = random.Random(seed)
    text = scenario(draw, most_scenes=4, rich=True)

    def near(found: re.Match[str]) -> str:
        return f"{found[1]}{draw.choice(('20 seconds', '40 seconds', '60 seconds', '2 minutes', '3 minutes', '5 minutes'))}"

    text = re.sub(r"(after: |\.\.\. |when: \+|takes: |messages: |timer team |mute team )\d+ \w+", near, text)
    return re.sub(r"when: day (\d), 10:00", lambda found: f"when: day 1, 09:0{2 * int(found[1])}", text)


def length(witness: tuple[Input, ...] | None) -> int | None:
    return len(witness) if witness is not None else None


def hold_equal(proof: Proof, truth: Truth, story: Story) -> None:
    assert proof.complete
    assert proof.plays == truth.plays
    if truth.plays:
        assert (proof.longest, proof.shortest) == (truth.longest, truth.shortest)
    found = {f"scene {name}": length(way) for name, way in proof.scenes.items()}
    found |= {f"choice {name}": length(way) for name, way in proof.choices.items()}
    found |= {f"coda {name}": length(way) for name, way in proof.codas.items()}
    found |= {f"ending {name}": length(ending.witness) for name, ending in proof.endings.items()}
    found |= {f"due {name} {how}": length(way) for name, ways in proof.consequences.items() for how, way in ways.items()}
    for tag, many in found.items():
        assert many == truth.lengths.get(tag), tag
    assert set(truth.lengths) <= set(found)
    for name, ending in proof.endings.items():
        assert ending.plays == truth.by_ending[name]
        assert ending.odds == truth.odds.get(name, 0)
        counters = truth.dials.get(name)
        for number, dial in enumerate(DIALS):
            if counters is None:
                assert dial not in ending.dials
            else:
                known = ending.dials[dial]
                assert known.counts == dict(counters[number]), (name, dial)
                assert (known.lowest, known.highest) == (min(counters[number]), max(counters[number]))
    assert set(proof.strands) == truth.strands
    assert set(proof.no_lapse) == truth.no_lapse
    hold_witnesses(proof, story)


def replayed(story: Story, witness: tuple[Input, ...]) -> Play:
    """The play of a witness, through the lines that a file of decisions holds, on the machine that plays."""
    return Play.replay(story, 3, [parse_input(str(given)) for given in witness])


def hold_witnesses(proof: Proof, story: Story) -> None:
    """Every witness is a play, and does what it is shown for: with its last decision, not before."""
    for scene, way in proof.scenes.items():
        if way is not None:
            began = [event.scene for event in replayed(story, way).events if isinstance(event, SceneBegan)]
            assert scene in began
    for ref, way in proof.choices.items():
        if way is not None:
            last = replayed(story, way).inputs[-1]
            name = "(skip)" if last.how == "skip" else last.choice
            assert ref in {f"{last.scene}.{one}" for one in (name, *(pick.partition("=")[0] for pick in last.picks))}
    for ending, one in proof.endings.items():
        if one.witness is not None:
            assert replayed(story, one.witness).ending == ending
    dues = {due.id: due for due in story.dues}
    for name, ways in proof.consequences.items():
        for how, way in ways.items():
            if way is not None:
                came = [event for event in replayed(story, way).events if isinstance(event, ConsequenceDue)]
                scene = {"came": dues[name].scene, "otherwise": dues[name].otherwise, "prevented": None}[how]
                assert any(event.id == name and event.scene == scene for event in came)
    for coda, way in proof.codas.items():
        if way is not None:
            play = replayed(story, way)
            found = next(one for one in story.codas if one.id == coda)
            assert play.ended
            assert found.guard is None or found.guard.test(play.values)


def caught_out(seed: int) -> str:
    """Made of what proofs got wrong before, or might."""
    return stressful(random.Random(seed))


def hold_true(text: str) -> None:
    """The proof of a story, if it is small, against all its plays."""
    story = compile_story(read(text.encode(), "random.yaml"))
    try:
        truth = all_plays(story, 6_000)
    except TooMany:
        return
    hold_equal(prove(story), truth, story)


@pytest.mark.parametrize("make", [tight, small, caught_out])
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_small_stories(make: Callable[[int], str], seed: int) -> None:
    """Some new ones each time; twice as many in `test_many_small_stories`."""
    hold_true(make(seed))


@pytest.mark.slow
@pytest.mark.parametrize("make", [tight, small, caught_out])
@settings(max_examples=600, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_many_small_stories(make: Callable[[int], str], seed: int) -> None:
    hold_true(make(seed))


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_the_hardest_beats(file: Path) -> None:
    story = load_story(file)
    truth = all_plays(story, 200_000)
    hold_equal(prove(story), truth, story)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_waiting_is_beaten_by_what_is_shown_and_by_nothing_else(seed: int) -> None:
    story = compile_story(read(small(seed).encode(), "random.yaml"))
    try:
        truth = all_plays(story, 6_000)
    except TooMany:
        return
    for nearby in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if not nearby:  # leave it to the search over all plays
                patch.setattr("engine.proof.pareto._nearby", lambda *_given: None)
            found = dominating_play(story)
        assert found.exact
        waiting = Play.replay(story, 1, waiting_play(story))
        assert waiting.ended
        assert found.waiting == tuple(waiting.values[:5])
        if found.witness is None:
            assert not any(better(dials, found.waiting) for dials in truth.vectors)
        else:
            play = replayed(story, found.witness)
            assert play.ended
            assert tuple(play.values[:5]) == found.dials
            assert better(found.dials, found.waiting)


def test_time_that_passed_on_the_way_to_a_scene_that_was_passed_over() -> None:
    """What comes on the way there moves the clock, and with it what follows, though it changes nothing else."""
    story = compile_story(
        read(
            b"""\
seenby: 1
id: gap
title: Gap
minutes: 5
begins: Monday 09:00
cast: {ana: {name: Ana}}
places:
  team: {group: Team, members: 9, with: [ana]}
flags: {a: {}, b: {}}
scenes:
  s0:
    in: team
    choices:
      both: {label: Both, later: [{after: 100 seconds, scene: late, set: {a: yes}}, {after: 60 seconds, scene: idle}]}
      one: {label: One, later: [{after: 100 seconds, scene: late, set: {a: yes}}]}
      silence: {}
    next: s1
  s1: {in: team, when: "day 1, 09:01", if: b, script: "Ana: so", next: s2}
  s2:
    in: team
    when: +50 seconds
    choices:
      now: {label: Now, if: a, set: {b: yes}}
      silence: {}
    next: end
  late: {in: team, script: "Ana: late"}
  idle: {in: team, script: "Ana: idle"}
endings:
  first: {title: F, if: b, epilogue: F.}
  second: {title: S, epilogue: S.}
""",
            "gap.yaml",
        )
    )
    truth = all_plays(story)
    assert truth.plays == 4
    hold_equal(prove(story), truth, story)


BOARD = """\
seenby: 1
id: wall
title: Wall
minutes: 5
begins: Monday 09:00
cast: {ana: {name: Ana}}
places: {wall: {board: Wall}, team: {group: Team, members: 9, with: [ana]}}
flags: {known: {from: 0, to: 2}, seen-b: {}}
scenes:
  s0: {in: team, choices: {look: {label: Look, set: {seen-b: yes}}, silence: {}}, next: s1}
  s1:
    in: wall
    board:
      cards: {a: {text: A, tells: [p, q]}, b: {text: B, if: seen-b, tells: [q]}, c: {text: C, tells: [r]}}
      questions: {p: {ask: P?}, q: {ask: Q?}, r: {ask: R?}}
      found: FOUND
      rules: {both: {if: s1.p and s1.q, dials: {security: -1}, because: So.}}
    next: end
endings:
  ASKED: {title: A, if: ASKED, epilogue: A.}
  other: {title: O, epilogue: O.}
"""


@pytest.mark.parametrize("asked", ["s1.r", "known = 2", "seen-b"])
@pytest.mark.parametrize("found", [True, False])
def test_answers_of_a_board_that_come_to_the_same_are_counted_at_once(asked: str, found: bool) -> None:
    text = BOARD.replace("if: ASKED", f"if: {asked}").replace("ASKED", "asked")
    text = text.replace("      found: FOUND\n", "      found: known\n" if found else "")
    story = compile_story(read(text.encode(), "wall.yaml"))
    truth = all_plays(story)
    assert truth.plays == 54
    hold_equal(prove(story), truth, story)


def test_what_is_not_asked_has_no_claim_and_the_rest_is_the_same() -> None:
    story = compile_story(read(small(3).encode(), "random.yaml"))
    whole, bare = prove(story), prove(story, beside=frozenset())
    assert set(bare.claims) == {"decisions", "endings"}
    assert bare.choices == whole.choices
    assert bare.scenes == {name: way for name, way in whole.scenes.items() if not story.scenes[name].consequence}
    assert [(one.witness, one.plays, one.odds) for one in bare.endings.values()] == [
        (one.witness, one.plays, one.odds) for one in whole.endings.values()
    ]
    assert not bare.consequences
    assert not bare.codas
    middle = prove(story, beside=frozenset(("consequences", "codas")))
    assert middle.unreachable() == whole.unreachable()
    assert set(middle.claims) == {name for name in whole.claims if not name.startswith("dial ")}
