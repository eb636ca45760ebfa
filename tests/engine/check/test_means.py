"""How plays end after each option: drawn plays, the same each time."""

from __future__ import annotations

from engine.check.means import Means
from engine.play.inputs import Input
from engine.play.stepper import Stepper
from tests.engine.base import story_of
from tests.engine.check.test_choices import SILENCE, dials, scene, story


def test_what_an_option_does_itself() -> None:
    made = Means(
        story(
            scene("one", "two", {"act": dials("team: +1, own: -1"), **SILENCE}),
            scene("two", "end", {"more": dials("trust: +1"), **SILENCE}),
        )
    )
    assert made.compare("one", "act", "silence") == (0, 1, 0, -1, 0)
    assert made.compare("one", "silence", "act") == (0, -1, 0, 1, 0)
    assert made.compare("two", "more", "silence") == (1, 0, 0, 0, 0)


def test_what_it_opens_and_what_comes_later() -> None:
    asked = "  two:\n    in: team\n    if: asked\n    dials: {people: +2}\n    because: It did.\n    script: |\n      Col: thank you\n    next: three\n"
    first = scene("one", "two", {"act": "label: Do it, set: {asked: yes}", **SILENCE})
    made = Means(story(first, asked, scene("three", "end", {"more": dials("trust: +1"), **SILENCE})))
    assert made.compare("one", "act", "silence") == (0, 0, 1, 0, 0), "what it does not touch is alike to the hundredth"


def test_what_is_not_known_is_not_compared() -> None:
    apart = "  one:\n    in: team\n    choices:\n      a: {label: A, if: odd}\n      b: {label: B, if: not odd}\n      silence: {set: {odd: yes}}\n    next: end\n"
    made = Means(story(apart))
    assert made.compare("one", "a", "b") is None, "no play has both"
    assert made.compare("one", "b", "silence") == (0,) * 5
    assert made.compare("nowhere", "a", "b") is None
    assert Means(story(apart), plays=0).compare("one", "b", "silence") is None


def test_the_same_plays_each_time_and_each_is_one() -> None:
    base = story_of()
    one, other = Means(base, plays=8), Means(base, plays=8)
    assert one.tried == other.tried
    assert len(one.tried["meme"]) == 8
    stepper = Stepper(base)
    for ends in one.tried["last"]:
        assert set(ends) == {"bye", "silence"}
    after = stepper.step(stepper.start(), Input("meme", choice="speak"))
    assert one.tried["meme"][0]["speak"][1] <= -100, after


def test_a_decision_with_too_many_ways_is_left_alone() -> None:
    pieces = ", ".join(f"p{n}: {{label: Piece {n}}}" for n in range(9))
    wide = f"  one:\n    in: team\n    pick:\n      ordered: yes\n      from: {{{pieces}}}\n    next: two\n"
    assert Means(story(wide, scene("two", "end", {"act": dials("team: +1"), **SILENCE}))).tried == {}
