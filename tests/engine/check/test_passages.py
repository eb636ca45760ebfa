"""What is found of epilogues, codas and `unseen` of which some lines depend on something."""

from __future__ import annotations

import pytest

from engine.check.case import Case
from engine.check.passages import lines
from engine.check.text import texts_of
from tests.engine.base import changed
from tests.engine.check.helper import only, said

GOOD = (
    "good: {title: Good, if: spoke and trust >= 0, epilogue: It went well.}",
    "good:\n    title: Good\n    if: spoke and trust >= 0\n    epilogue: |\n      ",
)
OTHER = ("other: {title: Other, epilogue: It went.}", "other:\n    title: Other\n    epilogue: |\n      ")


def good(*rows: str) -> tuple[str, str]:
    return GOOD[0], GOOD[1] + "\n      ".join(rows)


def other(*rows: str) -> tuple[str, str]:
    return OTHER[0], OTHER[1] + "\n      ".join(rows)


@pytest.mark.parametrize(
    ("code", "edit", "asked"),
    [
        ("SB309", good("So.", "{if not spoke} ‸No."), "'not spoke'"),
        ("SB309", good("So.", "{if spoke}", "Yes.", "{else}", "  ‸No.", "  {if days > 2} No.", "{end}"), "'not (spoke)'"),
        ("SB309", good("So.", "{if trust <= -1} ‸No."), "'trust <= -1'"),
        ("SB309", other("So.", "{if spoke and trust >= 2} ‸No."), "cannot hold here"),
        ("SB309", other("So.", "{if days > 5} ‸No."), "'days > 5'"),
        ("SB309", ("text: A biscuit.", "text: |\n      {if not spoke} ‸No."), "'not spoke'"),
        ("SB310", good("So.", "{if spoke} ‸Yes."), "'spoke' cannot fail"),
        ("SB310", ("meme: Somebody looked away.", "meme: |\n      {if days >= 0} ‸Somebody."), "'days >= 0'"),
    ],
)  # fmt: skip
def test_lines_that_are_never_or_always_told(code: str, edit: tuple[str, str], asked: str) -> None:
    assert asked in only(code, edit).message


def test_endings_before_that_cannot_be_tried_are_left_aside() -> None:
    compared = ("if: spoke and trust >= 0, epilogue", "if: spoke and days > clues, epilogue")
    assert "'days > 5'" in only("SB309", compared, other("So.", "{if days > 5} ‸No.")).message
    assert said("SB309", compared, other("So.", "{if spoke and days > clues} No.")) == []


def test_a_line_that_depends_on_something_is_nothing_to_be_found() -> None:
    edits = (
        good("So.", "{if days > 2} Days.", "{if trust > days} Even so."),
        other("{if spoke} Said.", "{if not spoke} Not said."),
    )
    assert [said(code, *edits) for code in ("SB309", "SB310", "SB314")] == [[], [], []]
    # What hangs on too much, or on two values against each other, is not judged; nor is what no play comes to.
    made = changed(good(*(f"{{if meme.{one}}} So." for one in ("speak", "laugh")), "{if days > clues and days < clues} No."))
    assert made.story is not None
    assert list(lines(Case(made.source, made.story))) == []


def test_an_epilogue_that_comes_out_empty_in_some_play() -> None:
    rows = "{if meme.speak} You spoke.", "{if meme.silence or meme.laugh}", "You did not.", "{end}"
    assert said("SB314", good(*rows), other(*rows)) == [], "one of the three it is"
    finding = only(
        "SB314",
        (
            "other: {title: Other, epilogue: It went.}",
            "other:\n    title: Other\n    epilogue: |\n      ‸" + "{if meme.laugh} You laughed.",
        ),
    )
    assert finding.message.startswith(
        "the ending 'other' tells nothing in some plays, for instance: meme: silence; several: pick"
    )
    assert "{else}" in finding.hint


def test_a_flag_that_only_an_epilogue_asks_for_is_of_use() -> None:
    declared = ("  found: {from: 0, to: 2}\n", "  found: {from: 0, to: 2}\n  quiet: {is: nobody spoke}\n")
    sets = ("        thought: Not my place.\n", "        thought: Not my place.\n        set: {quiet: yes}\n")
    assert "'quiet' is set" in [one.message[:14] for one in said("SB311", declared, sets)]
    assert "'quiet' is set" not in [
        one.message[:14] for one in said("SB311", declared, sets, other("So.", "{if quiet} Quiet."))
    ]


def test_the_texts_of_a_passage_are_looked_at_condition_by_condition() -> None:
    story_of_it = changed(other("One,", "two.", "", "{if spoke}", "Three.", "", "Four.", "{else}", "Five.", "{end}", "  Six."))
    assert story_of_it.story is not None
    found = [one for one in texts_of(Case(story_of_it.source, story_of_it.story)) if one.path[1:] == ("other", "epilogue")]
    assert [(one.words, one.row, one.col, one.kind) for one in found] == [
        ("One,\ntwo.", 0, 0, "epilogue"),
        ("Three.\n\nFour.", 4, 0, "epilogue"),
        ("Five.", 8, 0, "epilogue"),
        ("  Six.", 10, 0, "epilogue"),
    ]
