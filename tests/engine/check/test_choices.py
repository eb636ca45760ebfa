"""Decisions: whether waiting is beaten, what is obvious, and wording that gives the answer away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.check import check
from engine.check.choices import at_least
from engine.check.outcomes import nothing_beats_waiting, ways_of
from engine.play.inputs import Input
from engine.play.stepper import Stepper
from engine.proof.pareto import better, obvious
from engine.script.findings import Finding
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import END, Story
from tests.engine.base import story_of

HEAD = """\
seenby: 1
id: small
title: Small
minutes: 5
begins: Monday 09:00
cast:
  col: {name: Col}
places:
  team: {group: Team 4, members: 9, with: [col]}
endings:
  home: {title: Home, epilogue: You go home.}
scenes:
"""


def scene(name: str, after: str, options: dict[str, str], ask: str = "") -> str:
    """A decision with options, each with what is written for it in braces."""
    written = "".join(f"      {option}: {{{more}}}\n" for option, more in options.items())
    asked = f"    ask: {ask}\n" if ask else ""
    return f"  {name}:\n    in: team\n{asked}    choices:\n{written}    next: {after}\n"


def dials(change: str, label: str = "Do it") -> str:
    """What is written for an option that moves dials."""
    return f"label: {label}, thought: Hm., dials: {{{change}}}, because: It did."


def story(*scenes: str) -> Story:
    return compile_story(read((HEAD + "".join(scenes)).encode(), "small.yaml"))


def said(code: str, *scenes: str) -> list[Finding]:
    return [finding for finding in check(read((HEAD + "".join(scenes)).encode(), "small.yaml")) if finding.code == code]


SILENCE = {"silence": "thought: Hm."}


# Over-caution


def test_waiting_that_nothing_beats_is_an_error() -> None:
    (finding,) = said("SB501", scene("one", "end", {"act": dials("team: +2, own: -1"), **SILENCE}))
    assert (finding.severity, finding.line, finding.column) == ("error", 12, 1)


def test_waiting_that_is_beaten_is_none() -> None:
    assert said("SB501", scene("one", "end", {"act": dials("team: +1"), **SILENCE})) == []
    # It is beaten by a play, not by an act: what one act costs, another may bring back.
    first = scene("one", "two", {"act": dials("team: +2, own: -1"), **SILENCE})
    assert said("SB501", first, scene("two", "end", {"mend": dials("own: +1"), **SILENCE})) == []


def test_where_nothing_is_at_stake_nothing_is_said() -> None:
    assert not nothing_beats_waiting(story(scene("one", "end", {"act": "label: Do it", **SILENCE})))
    assert not nothing_beats_waiting(story("  one:\n    in: team\n    script: |\n      Col: hm\n    next: end\n"))


def test_where_one_cannot_wait_every_way_is_followed() -> None:
    forced = "  one:\n    in: team\n    no-silence: He waits.\n    choices:\n      a: {%s}\n      b: {%s}\n    next: two\n"
    both = forced % (dials("team: +1"), dials("team: -1"))
    # The one who had to choose, chose well and waits from then on is beaten by nobody.
    assert nothing_beats_waiting(story(both, scene("two", "end", {"act": dials("own: -1"), **SILENCE})))
    assert not nothing_beats_waiting(story(both, scene("two", "end", {"act": dials("own: +1"), **SILENCE})))


def test_a_story_that_cannot_be_searched_is_not_judged() -> None:
    pieces = ", ".join(f"p{n}: {{label: Piece {n}, dials: {{team: -1}}, because: It did.}}" for n in range(9))
    wide = story(f"  one:\n    in: team\n    pick:\n      ordered: yes\n      from: {{{pieces}}}\n    next: end\n")
    assert ways_of(wide.scenes["one"]) == 986_410
    assert not nothing_beats_waiting(wide)


def test_how_many_ways_there_are() -> None:
    base = story_of()
    assert [ways_of(base.scenes[name]) for name in ("meme", "several", "wall", "thaw")] == [4, 10, 9, 0]
    free = story(
        "  one:\n    in: team\n    pick:\n      most: 1\n      from: {a: {label: A, cost: 0}, b: {label: B}}\n    next: end\n"
    )
    assert ways_of(free.scenes["one"]) == 4


def test_a_story_that_was_not_looked_at_as_a_whole_is_not_judged() -> None:
    lost = story(
        scene("one", "two", {"act": dials("team: +1, own: -1"), **SILENCE}),
        scene("two", "end", {"odd": dials("people: -1"), **SILENCE}),
    )
    assert nothing_beats_waiting(lost)
    assert not nothing_beats_waiting(lost, seconds=-1.0)


def test_the_search_agrees_with_playing_everything() -> None:
    one = scene("one", "two", {"a": dials("team: +2, own: -1"), "b": dials("trust: -1, people: +1"), **SILENCE})
    for last in ("own: +1", "own: -1", "trust: +1, team: +1", "people: -1"):
        made = story(one, scene("two", "end", {"c": dials(last), **SILENCE}))
        stepper = Stepper(made)
        ends = {}
        for first in ("a", "b", "silence"):
            for second in ("c", "silence"):
                state = stepper.play([Input("one", choice=first), Input("two", choice=second)])
                assert state.scene == END
                ends[first, second] = state.values[:5]
        waiting = ends.pop(("silence", "silence"))
        assert nothing_beats_waiting(made) == (not any(better(end, waiting) for end in ends.values())), last


# The obvious, and options that nobody takes


def test_how_many_decisions_are_obvious() -> None:
    clear = scene("one", "two", {"act": dials("team: +1"), **SILENCE})
    costly = scene("two", "three", {"act": dials("team: +1, own: -1"), **SILENCE})
    even = scene("three", "end", {"act": "label: Do it, thought: Hm.", **SILENCE})
    (info,) = said("SB502", clear, costly, even)
    assert info.message == "1 of 3 decisions have one option that leads every dial: 'one' (act)"
    assert said("SB503", clear, costly, even) == []
    third = scene("three", "end", {"act": dials("own: +1"), **SILENCE})
    (warning,) = said("SB503", clear, costly, third)
    assert warning.message.startswith("2 of 3 decisions")
    assert info.hint == "over all plays"
    (none,) = said("SB502", scene("one", "end", {"act": "label: Do it", **SILENCE}))
    assert none.message == "none of 1 decisions has one option that leads every dial"
    assert said("SB502", "  one:\n    in: team\n    script: |\n      Col: hm\n    next: end\n") == []


def test_many_obvious_decisions_are_told_in_short() -> None:
    names = [f"s{number}" for number in range(10)]
    (info,) = said(
        "SB502",
        *(scene(n, after, {"act": dials("team: +1"), **SILENCE}) for n, after in zip(names, [*names[1:], "end"], strict=True)),
    )
    assert info.message.endswith("and 's7' (act) and 2 more")


def test_what_options_do_themselves_is_what_is_left_where_plays_are_too_many() -> None:
    pieces = ", ".join(f"p{n}: {{label: Piece {n}}}" for n in range(9))
    wide = f"  wide:\n    in: team\n    pick:\n      ordered: yes\n      from: {{{pieces}}}\n    next: one\n"
    assert said("SB502", wide, decision("one", "end", "a", LABELS)) == []
    assert {"SB510", "SB511"} <= cues(wide, decision("one", "end", "a", LABELS))


def test_plays_that_are_drawn_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "engine.check.case.obvious", lambda story, seconds: [replace(one, sampled=True) for one in obvious(story)]
    )
    (info,) = said("SB502", scene("one", "end", {"act": dials("team: +1"), **SILENCE}))
    assert info.hint.startswith("by plays that were drawn")


def test_what_an_option_brings_later_counts() -> None:
    later = "label: Do it, thought: Hm., later: [{after: 1 day, scene: thanks, dials: {team: +1}, because: It did.}]"
    thanks = "  thanks:\n    in: team\n    script: |\n      Col: hm\n"
    (info,) = said("SB502", scene("one", "end", {"act": later, **SILENCE}), thanks)
    assert info.message.startswith("1 of 1")


def test_an_option_that_nobody_takes() -> None:
    (finding,) = said(
        "SB504",
        scene("one", "end", {"act": dials("team: +1"), "odd": "label: Shrug, dials: {own: -1}, because: It did.", **SILENCE}),
    )
    assert finding.message.startswith("'odd' has no thought")
    assert (finding.line, finding.column) == (17, 7)
    for reason in (
        "thought: Why not.",
        "dials: {own: +1}, because: It did.",
        "script: 'Col: hm'",
        "next: two",
        "set: {odd: yes}",
    ):
        two = "  two:\n    in: team\n    if: odd or one.act\n    script: |\n      Col: hm\n    next: end\n"
        more = {"odd": f"label: Shrug, {reason}", "act": "label: Do it, set: {odd: yes}", **SILENCE}
        assert said("SB504", scene("one", "end", more), two) == [], reason


# Wording


LABELS = {"a": "Make a joke of all that is short", "b": "Ask Col who had it", "c": "Put it right yourself today"}


def decision(name: str, after: str, best: str, labels: dict[str, str], ask: str = "") -> str:
    options = {
        option: dials("team: +1", label) if option == best else f"label: {label}, thought: Hm."
        for option, label in labels.items()
    }
    return scene(name, after, {**options, **SILENCE}, ask)


def cues(*scenes: str) -> set[str]:
    found = check(read((HEAD + "".join(scenes)).encode(), "small.yaml"))
    return {finding.code for finding in found if finding.code >= "SB510"}


def test_cues_of_one_decision() -> None:
    assert cues(decision("one", "end", "b", LABELS)) == set()
    assert cues(decision("one", "end", "a", LABELS)) == {"SB510", "SB511"}
    assert cues(decision("one", "end", "c", {**LABELS, "b": "Never ask", "c": "Pay"})) == {"SB512"}
    assert cues(decision("one", "end", "b", LABELS, ask="What do you say to Col now?")) == set(), "short words are no cue"
    assert cues(decision("one", "end", "c", LABELS, ask="What needs doing today?")) == {"SB513"}
    assert cues(decision("one", "end", "b", LABELS, ask="What you do is an")) == {"SB513"}
    assert cues(decision("one", "end", "b", LABELS, ask="What you do is a")) == set()
    assert cues(decision("one", "end", "b", {"a": "Make a joke of it", "b": "Ask"})) == set(), "two options give no pattern"


def test_a_pattern_is_one_when_chance_would_hardly_make_it() -> None:
    three = [decision(n, after, "a", LABELS) for n, after in (("one", "two"), ("two", "three"), ("three", "end"))]
    assert {"SB520", "SB521"} <= cues(*three)
    (finding,) = said("SB520", *three)
    assert finding.message == "the best option is the longest in 3 of 3 decisions; by chance that happens in 4 of 100 scenarios"
    assert cues(*three[:2], decision("three", "end", "b", LABELS)) == {"SB510", "SB511"}
    plain = {"a": "Never ask", "b": "Ask", "c": "Only pay"}
    assert "SB522" in cues(
        *(decision(n, after, "b", plain) for n, after in (("one", "two"), ("two", "three"), ("three", "end")))
    )


def test_the_odds_of_chance() -> None:
    third = Fraction(1, 3)
    assert at_least(0, []) == 1
    assert at_least(1, [third]) == third
    assert at_least(3, [third] * 3) == Fraction(1, 27)
    assert at_least(2, [third] * 3) == Fraction(7, 27)
    assert at_least(1, [Fraction(1, 2), third]) == Fraction(2, 3)
    assert at_least(4, [third] * 3) == 0
    assert (
        "less than 1 of 100"
        in said("SB520", *(decision(f"s{n}", f"s{n + 1}" if n < 5 else "end", "a", LABELS) for n in range(6)))[0].message
    )
