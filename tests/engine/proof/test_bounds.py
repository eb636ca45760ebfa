"""Where a bound stops a proof it says so; what it found by then is true."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.proof import Proof, prove
from engine.proof.model import DECISIONS, ENDINGS
from engine.proof.pareto import dominating_play, obvious
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

HEAD = "seenby: 1\nid: wide\ntitle: Wide\nminutes: 5\nbegins: Monday 09:00\ncast: {ana: {name: Ana}}\nplaces:\n  page: {feed: Page, followers: 9}\n"
DIALS = "dials: {team: +1}, because: So."


def story_of(text: str) -> Story:
    return compile_story(read((HEAD + text).encode(), "wide.yaml"))


def wide(scenes: int = 24) -> Story:
    """As many flags as scenes, and an end that asks for each beside another: nothing can be left out before it."""
    flags = "".join(f"  f{number}: {{}}\n" for number in range(scenes))
    half = scenes // 2
    story = "".join(
        f"  s{number}:\n    in: page\n    choices:\n      on: {{label: On, set: {{f{number}: yes}}, {DIALS}}}\n"
        f"      silence: {{}}\n    next: {f's{number + 1}' if number + 1 < scenes else 'end'}\n"
        for number in range(scenes)
    )
    same = " and ".join(f"f{number} = f{number + half}" for number in range(half))
    ends = f"endings:\n  mirror: {{title: M, if: {same}, epilogue: M.}}\n  other: {{title: O, epilogue: O.}}\n"
    return story_of(
        f"flags:\n{flags}scenes:\n{story}{ends}codas:\n  first: {{text: F., if: f0}}\n  never: {{text: N., if: f0 and not f0}}\n"
    )


def several(what: str) -> Story:
    """One decision that can be taken in more ways than anybody can look at."""
    names = [f"p{number}" for number in range(20)]
    if what == "pick":
        pieces = "".join(f"        {name}: {{label: Piece {name}, set: {{{name}-is: yes}}}}\n" for name in names)
        decision = f"    pick:\n      most: 20\n      from:\n{pieces}"
        flags = "".join(f"  {name}-is: {{}}\n" for name in names)
        asks = " and ".join(f"{one}-is = {other}-is" for one, other in pairwise(names))
    else:
        questions = "".join(f"        {name}: {{ask: Where is {name}?}}\n" for name in names)
        decision = f"    board:\n      cards:\n        a: {{text: A, tells: [p0]}}\n        b: {{text: B}}\n      questions:\n{questions}"
        flags = "  spare: {}\n"
        asks = "s.p0 or spare"
    return story_of(
        f"flags:\n{flags}scenes:\n  s:\n    in: page\n{decision}    next: end\n"
        f"endings:\n  all: {{title: A, if: {asks}, epilogue: A.}}\n  other: {{title: O, epilogue: O.}}\n"
    )


def honest(proof: Proof, story: Story) -> None:
    """Nothing is claimed of what was not looked at, and every way that is shown is one."""
    assert not proof.complete
    assert proof.not_proved()
    for claim in proof.not_proved().values():
        assert claim.stopped_by
    for ending in proof.endings.values():
        if ending.witness is not None:
            assert Play.replay(story, 1, list(ending.witness)).ending == ending.id
    for way in proof.scenes.values():
        if way is not None:
            Play.replay(story, 1, list(way))


def test_too_many_states_are_reported_claim_by_claim() -> None:
    story = wide()
    proof = prove(story, max_states=2_000)
    honest(proof, story)
    assert not proof.proved(ENDINGS)
    assert proof.claims[ENDINGS].stopped_by == "more than 2,000 states"
    assert all(ending.plays is None and ending.odds is None and not ending.dials for ending in proof.endings.values())
    assert "endings" not in proof.unreachable()
    # What needs less is proved all the same.
    assert proof.proved(DECISIONS, "coda first", "coda never")
    assert proof.plays == 2**24
    assert (proof.longest, proof.shortest) == (24, 24)
    assert proof.unreachable() == {"codas": ["never"]}


def test_time_and_memory_are_bounded() -> None:
    story = wide(40)
    begun = time.perf_counter()
    tracemalloc.start()
    try:
        proof = prove(story, seconds=1.0, max_states=20_000)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    honest(proof, story)
    assert time.perf_counter() - begun < 10
    assert peak < 100e6
    quick = prove(story, seconds=0.05)
    assert quick.claims[ENDINGS].stopped_by == "the time allowed (0.05 s in all)"
    honest(quick, story)


def test_one_decision_with_too_many_ways() -> None:
    for what, words in (("pick", "ways of picking"), ("board", "ways of answering s")):
        story = several(what)
        proof = prove(story)
        honest(proof, story)
        assert words in proof.claims[ENDINGS].stopped_by


def test_many_pieces_that_come_to_the_same_are_counted_at_once() -> None:
    pieces = "".join(f"        p{number}: {{label: Piece {number}, set: {{days: +1}}, {DIALS}}}\n" for number in range(30))
    story = story_of(
        f"flags:\n  days: {{from: 0, to: 40}}\nscenes:\n  s:\n    in: page\n    pick:\n      most: 30\n      least: 2\n      from:\n{pieces}"
        "    no-silence: It is a test.\n    next: end\nendings:\n  many: {title: M, if: days >= 29, epilogue: M.}\n  few: {title: F, epilogue: F.}\n"
    )
    proof = prove(story)
    assert proof.complete
    assert proof.plays == 2**30 - 31
    assert proof.endings["many"].plays == 31
    assert proof.endings["many"].dials["team"].counts == {2900: 30, 3000: 1}


def test_what_cannot_be_counted_is_sampled_and_says_so() -> None:
    story = wide(16)
    exact = obvious(story)
    sampled = obvious(story, max_states=5)
    assert [one.scene for one in exact] == [one.scene for one in sampled]
    assert not any(one.sampled for one in exact)
    assert all(one.sampled for one in sampled)
    assert {one.leader for one in exact} == {"on"}
    for one in exact:
        assert abs(one.means["on"][1] - one.means["silence"][1] - 100) < 1e-6
    assert sampled == obvious(story, max_states=5)
    found = dominating_play(wide(12), seconds=0.0)
    assert found.witness is None
    assert not found.exact


def test_means_are_those_of_playing_on_at_random() -> None:
    story = story_of(
        "flags: {x: {}}\nscenes:\n  a:\n    in: page\n    choices:\n      one: {label: One, dials: {team: +2}, because: B., set: {x: yes}}\n"
        "      silence: {}\n    next: b\n  b:\n    in: page\n    choices:\n"
        "      gain: {label: Gain, if: x, dials: {team: +3, own: -1}, because: B.}\n      silence: {}\n    next: end\n"
        "endings:\n  e: {title: E, epilogue: E.}\n"
    )
    first, second = obvious(story)
    assert first.means["one"][1] == 350.0  # two, and half of three
    assert first.means["silence"][1] == 0.0
    assert first.leader is None  # it costs half a point of one's own
    assert second.means["gain"] == (0.0, 500.0, 0.0, -100.0, 0.0)
    assert second.leader is None


def test_a_story_without_decisions() -> None:
    story = story_of("scenes:\n  a: {in: page, next: end}\nendings:\n  e: {title: E, epilogue: E.}\n")
    proof = prove(story)
    assert proof.complete
    assert (proof.plays, proof.longest, proof.shortest) == (1, 0, 0)
    assert proof.scenes == {"a": ()}
    assert proof.endings["e"].odds == 1
    assert Stepper(story).ended(Stepper(story).start())
