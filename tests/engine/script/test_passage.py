"""Passages: texts of which some lines depend on something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.script.findings import Unread
from engine.script.passage import Passage, Row, has_blocks, parse_passage


def rows(text):
    return [(row.row, row.col, row.cond.text if row.cond else "", row.text) for row in parse_passage(text).rows]


@given(st.text(alphabet="ab {}:#>*/.\n\t…é", max_size=60))
def test_a_text_without_blocks_is_one_row_as_it_was_written(text):
    passage = parse_passage(text)
    assert not has_blocks(text)
    assert "\n".join(row.text for row in passage.rows) == text.strip("\n")
    assert len(passage.rows) == bool(text.strip("\n"))
    assert passage.text == text


def test_slots_and_braces_begin_no_block():
    text = "{ending} is a slot.\n{else-where} too, {end_date}, {{if it rains}}\n{{end}}\n> no prose\n// no note\n  indented  "
    assert rows(text) == [(0, 0, "", text)]


def test_blocks_and_single_lines():
    text = """\
Always, as it stands.

{if spoke}
  Spoke.
  {if late} Late.

  {if left team}
    Left.
  {else}
  Stayed.
  {end}
{else}
Silent.
{end}
   Always.  """
    assert rows(text) == [
        (0, 0, "", "Always, as it stands."),
        (1, 0, "", ""),
        (3, 2, "spoke", "Spoke."),
        (4, 12, "(spoke) and (late)", "Late."),
        (5, 0, "spoke", ""),
        (7, 4, "(spoke) and (left team)", "Left."),
        (9, 2, "(spoke) and (not (left team))", "Stayed."),
        (12, 0, "not (spoke)", "Silent."),
        (14, 0, "", "   Always.  "),
    ]


@pytest.mark.parametrize(
    ("text", "code", "row", "col", "message", "hint"),
    [
        ("One.\n{if spoke}\nTwo.", "SB152", 1, 0, "this {if} is never closed", "{end}"),
        ("  {if spoke}\nTwo.", "SB152", 0, 2, "this {if} is never closed", "{end}"),
        ("One.\n{else}\nTwo.", "SB152", 1, 0, "this {else} belongs to no {if}", "stands alone"),
        ("One.\n{end}", "SB152", 1, 0, "this {end} belongs to no {if}", "stands alone"),
        ("{if spoke}\nOne.\n{end} Two.", "SB152", 2, 0, "something stands behind {end}", "line of its own"),
        ("{if spoke}\nOne.\n{else if late}\nTwo.\n{end}", "SB152", 2, 0, "{else} has no condition", "an {if} of its own"),
        ("{if spoke}\nOne.\n{elif late}\nTwo.\n{end}", "SB152", 2, 0, "there is no {elif}", "an {if} of its own"),
        ("{if spoke}\nOne.\n{endif}\n{end}", "SB152", 2, 0, "an {if} is closed with {end}", "write `{end}`"),
        ("One.\n {If spoke} Two.", "SB152", 1, 1, "'{If spoke}' is not known", "small letters"),
        ("{if spoke} {If late} Two.", "SB152", 0, 11, "'{If late}' is not known", "small letters"),
        ("One.\n{if spoke Two.", "SB152", 1, 0, "this brace is never closed", "{if challenged}"),
        ("One.\n{if spoke ==} Two.", "SB141", 1, 10, "", ""),
        ("One.\n{if } Two.", "SB140", 1, 4, "", ""),
        ("{if a} {if b}\nOne.\n{end}", "SB152", 0, 7, "this {if} stands behind another", "line of its own"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(text, code, row, col, message, hint):
    with pytest.raises(Unread) as raised:
        parse_passage(text)
    (problem,) = raised.value.problems
    assert (problem.code, problem.row, problem.col) == (code, row, col)
    assert message in problem.message
    assert hint in problem.hint
    assert isinstance(raised.value.best, Passage)


def test_an_empty_text_has_no_rows():
    assert parse_passage("").rows == parse_passage("\n\n").rows == ()
    assert parse_passage("\n\nTwo.\n").rows == (Row(row=2, text="Two."),)
