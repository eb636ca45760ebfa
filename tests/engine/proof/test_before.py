"""Ways to begin, as decisions before a story: what holds of the one holds of the other."""

from __future__ import annotations

from engine.check import check
from engine.proof import prove
from engine.proof.before import BEFORE, apart, carried, from_any, from_these, start_of
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

TEXT = """\
seenby: 1
id: one-year
title: One year
minutes: 5
begins: Monday 09:00
covers: [S16]
cast:
  col: {name: Col, is: "on your team, makes the tea"}
places:
  team: {group: Team 4, members: 9, with: [col]}
flags:
  laughed: {is: you laughed at the meme, carried: yes}
  roses: {is: roses on the sill, from: 0, to: 4, starts: 1, carried: yes}
scenes:
  tin:
    in: team
    if: laughed
    script: |
      Col: The tea money is short again.
    choices:
      pay: {label: Pay what is missing, if: roses >= 3}
      silence: {thought: It is four pounds.}
    next: end
endings:
  paid: {title: Paid, if: tin.pay and roses < 3, epilogue: You paid.}
  sold: {title: Sold, if: tin.pay, epilogue: You paid with roses.}
  home: {title: Home, epilogue: You bring your own tea bags after that.}
debrief:
  questions: [Who could have asked first?]
"""


def _story(text: str = TEXT) -> Story:
    return compile_story(read(text.encode(), "one-year.yaml"))


def test_what_may_be_carried_is_free_to_begin_as_anything() -> None:
    story = _story()
    assert carried(story) == {"laughed": (0, 1), "roses": (0, 4)}
    assert prove(story).scenes["tin"] is None
    proof = apart(prove(from_any(story)))
    assert proof.complete
    assert proof.unreachable() == {"endings": ["paid"]}
    assert set(proof.scenes) == {"tin"}
    assert proof.endings["sold"].witness is not None
    assert [given.scene for given in proof.endings["sold"].witness] == ["tin"]
    assert (proof.shortest, proof.longest) == (0, 1)


def test_a_witness_says_how_the_story_begins() -> None:
    story = _story()
    starts = [{"laughed": 0, "roses": 4}, {"laughed": 1, "roses": 2}, {"laughed": 1, "roses": 3}]
    proof = prove(from_these(story, starts))
    witness = proof.endings["sold"].witness
    assert witness is not None
    assert start_of(witness, starts) == starts[2]
    assert prove(from_these(story, starts[:2])).endings["sold"].witness is None
    assert not any(name.startswith(BEFORE) for name in apart(proof).choices)


def test_a_story_that_carries_nothing_is_the_story_itself() -> None:
    story = _story(TEXT.replace(", carried: yes", ""))
    assert from_any(story) is story


def test_the_checker_does_not_ask_for_what_another_part_sets() -> None:
    codes = {finding.code: finding for finding in check(read(TEXT.encode(), "one-year.yaml"))}
    assert not {"SB301", "SB302", "SB312", "SB313", "SB325"} & codes.keys()
    assert "'paid'" in codes["SB303"].message
    alone = {finding.code for finding in check(read(TEXT.replace(", carried: yes", "").encode(), "one-year.yaml"))}
    assert {"SB301", "SB312"} <= alone
