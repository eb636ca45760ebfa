"""Epilogues, codas and what nobody saw, of which some lines depend on something: compiled, told in a play and in its debrief."""

from __future__ import annotations

import pytest

from engine.debrief import build
from engine.play import events as ev
from engine.play.play import Play
from engine.text import MASK_CLOSE, MASK_OPEN
from tests.engine.base import changed
from tests.engine.play.stage import of, play, stage

SCENES = """
  one:
    in: team
    script: "Col [quip]: a joke"
    choices:
      say: {label: S, set: {spoke: yes, days: 2}}
      leave: {label: L, do: [leave team]}
      silence: {}
    next: end
"""
EPILOGUE = """\
      You were there.

      {if spoke}
        You said it, {you}.
        {if days >= 2} And {jo} did: masked: a word.
      {else}

      {if left team} You left.
      {end}

      That was all."""


def told(text: str, line: str, *, more: str = "") -> ev.EndingReached:
    """The end of a play with this epilogue (a block, its rows indented by six)."""
    endings = f"endings:\n  only:\n    title: The end\n    epilogue: |\n{text}\n{more}"
    (ended,) = of(play(stage(SCENES, endings=endings), f"one: {line}"), ev.EndingReached)
    return ended


def test_what_does_not_hold_is_left_out_with_its_paragraph() -> None:
    last = "\n\nThat was all."
    said = f"You said it, Alex. And Jo did: {MASK_OPEN}a word.{MASK_CLOSE}"
    assert told(EPILOGUE, "say").epilogue == f"You were there.\n\n{said}{last}"
    assert told(EPILOGUE, "leave").epilogue == f"You were there.\n\nYou left.{last}"
    assert told(EPILOGUE, "silence").epilogue == f"You were there.{last}"


@pytest.mark.parametrize(
    ("rows", "spoken", "silent"),
    [
        ("A|{if spoke}|B|{end}|C", "A B C", "A C"),
        ("A||{if spoke}||B||{end}||C", "A||B||C", "A||C"),
        ("A|||{if spoke} B||C", "A||B||C", "A||C"),
        ("{if spoke} A||B||{if spoke} C", "A||B||C", "B"),
        ("{if spoke}|A|{end}", "A", ""),
        ("||A||{if spoke}||{end}||", "A", "A"),
        ("A|{if spoke}||{end}|B", "A||B", "A B"),
        ("A||{if not spoke}|X|{end}||{if spoke} B", "A||B", "A||X"),
    ],
)
def test_empty_lines(rows: str, spoken: str, silent: str) -> None:
    text = "\n".join(f"      {row}" if row else "" for row in rows.split("|"))
    assert told(text, "say").epilogue == spoken.replace("|", "\n")
    assert told(text, "silence").epilogue == silent.replace("|", "\n")


def test_codas_and_what_nobody_saw() -> None:
    more = """\
codas:
  always:
    text: |
      {if spoke} A biscuit.
      {if not spoke} No biscuit.
debrief:
  unseen:
    one: |
      Jo was asleep.
      {if spoke}
      Col was not.
      {end}
"""
    ended = told("      It is over.", "say", more=more)
    assert ended.codas == ("A biscuit.",)
    assert told("      It is over.", "silence", more=more).codas == ("No biscuit.",)
    story = stage(SCENES, endings=f"endings:\n  only: {{title: E, epilogue: E.}}\n{more}")
    (moment, *_rest) = build(play(story, "one: say")).moments
    assert moment.unseen == "Jo was asleep. Col was not."
    (moment, *_rest) = build(Play.begin(story, 1)).moments
    assert moment.unseen == "Jo was asleep.", "on the way it is told as things stand"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("It went.\n      {if ‸spokes} Well.", "SB205", "there is no flag 'spokes'"),
        ("It went.\n      {if spoke}\n        Well, ‸{them.on}.\n      {end}", "SB220", "there is no slot"),
        ("It went.\n      {if spoke} To ‸{canten}.", "SB220", "there is no slot '{canten}'"),
        ("‸{if spoke}\n      Well.", "SB152", "this {if} is never closed"),
        ("It went.\n      {if seen ‸quib} Well.", "SB203", "there is no message 'quib'"),
        ("{if spoke} It went. ‸{end}", "SB220", "'{end}' stands in the middle of a line"),
        (
            "{if meme.speak}\n      It went.\n      {else}\n      It ‸{if spoke} went.\n      {end}",
            "SB220",
            "in the middle of a line",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place_in_the_file(text: str, code: str, message: str) -> None:
    made = changed(
        ("text: A biscuit.", f"text: |\n      {text}"),
    )
    (finding,) = made.findings
    assert (finding.code, [(finding.line, finding.column)]) == (code, made.marks)
    assert message in finding.message
    assert finding.hint


def test_a_folded_block_has_no_room_for_an_if() -> None:
    made = changed(("text: A biscuit.", "text: >\n      ‸{if spoke} A biscuit."))
    (finding,) = made.findings
    assert (finding.code, [(finding.line, finding.column)]) == ("SB134", made.marks)
    assert changed(("text: A biscuit.", "text: >\n      A biscuit,\n      {you}.")).story is not None


def test_a_flag_that_only_an_epilogue_asks_for_is_known() -> None:
    made = changed(("text: A biscuit.", "text: |\n      {if gone quip and col in team} A biscuit.\n      {if meme.laugh} Ha."))
    assert made.story is not None
    assert {"col in team", "meme.laugh"} <= set(made.story.var_index)
