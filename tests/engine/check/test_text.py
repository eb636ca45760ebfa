"""The words: length, size, reading age, and what ought to be masked or made up."""

from __future__ import annotations

import pytest

from engine.check.case import Limits
from engine.check.text import Measure, measure, rows_of
from tests.engine.check.helper import found, only, said

LONG = "It was said before and it will be said again. " * 12


def test_a_message_that_is_a_speech() -> None:
    finding = only("SB401", ("Col: all right?", f"‸Col: {LONG}"))
    assert finding.message.startswith("this message has 551 characters; more than 500")
    assert only("SB401", ("send: Bye.", f"send: ‸{LONG}"))
    # A page takes longer posts, and prose is nobody's message.
    assert said("SB401", ("Col: well, well", f"Col: {LONG}"), ("> Nobody looks up.", f"> {LONG}")) == []


def test_labels_thoughts_and_titles() -> None:
    assert "this label has 61 characters" in only("SB402", ("label: Say bye", f"label: ‸{'a' * 61}")).message
    assert said("SB402", ("label: Say bye", f"label: {'a' * 60}")) == []
    assert only("SB402", ("one: {label: The one}", f"one: {{label: ‸{'a' * 61}}}"))
    assert only("SB403", ("thought: Not my place.", f"thought: ‸{'a' * 121}"))
    assert only("SB404", ("title: The base", f"title: ‸{'a' * 41}"))
    assert only("SB404", ("title: Good,", f"title: ‸{'a' * 41},"))
    # Why an option is not there may take a sentence.
    assert said("SB402", ("else: You said nothing.", f"else: {'a' * 90}")) == []


def test_what_a_small_terminal_cannot_show() -> None:
    finding = only("SB405", ("Col: well, well", f"‸Col: {LONG * 2}"))
    assert finding.message == "this takes 19 rows; a terminal of 80 by 24 shows 18 at once"
    options = "".join(f"        more{n}: {{label: {'a' * 50}, thought: {'b' * 90}}}\n" for n in range(7))
    decision = only("SB405", ("    pick:\n", "    ‸pick:\n"), ("        three: {label", f"{options}        three: {{label"))
    assert "the options of 'several' take" in decision.message
    assert only("SB405", ("    choices:\n      bye:", "    ‸choices:\n" + "".join(f"      o{n}: {{label: {'a' * 50}, thought: {'b' * 90}}}\n" for n in range(8)) + "      bye:"))  # fmt: skip


def test_rows() -> None:
    assert rows_of("", 10) == 1
    assert rows_of("one two", 10) == 1
    assert rows_of("one two three", 10) == 2
    assert rows_of("one\n\ntwo", 10) == 3
    assert rows_of("a" * 25, 10) == 3
    assert rows_of("a" * 25 + " b", 10) == 3
    assert rows_of("x " + "a" * 20, 10) == 3


def test_the_reading_age_is_the_index_and_five() -> None:
    assert measure("") == Measure(0, 0, 0)
    assert measure("The cat sat. It was 3.5 kilos!") == Measure(22, 7, 2)
    assert measure("one\ntwo\n\nthree") == Measure(11, 3, 3), "each line of a chat is a sentence"
    assert measure("{policy} masked: words") == Measure(13, 3, 1)
    assert measure("It's ... well.") == Measure(8, 2, 2)
    assert Measure(450, 100, 10).age == pytest.approx(4.71 * 4.5 + 0.5 * 10 - 21.43 + 5)


HARD = (
    "Notwithstanding considerable organisational inconvenience, participating individuals should demonstrate appropriate accountability "
    "regarding contributions, withdrawals, reimbursements and miscellaneous irregularities "
)


def test_texts_that_are_hard_to_read() -> None:
    hard = ("> Nobody looks up.", f"‸> {HARD * 5}")
    assert "reading age of about" in only("SB407", hard).message
    assert [finding.line for finding in said("SB406", ("> Nobody looks up.", f"> {HARD * 9}"))] == [2]
    assert "SB406" not in {finding.code for finding in found()}
    # The index knows English only.
    other = ("begins: ", "language: pl-PL\nbegins: ")
    assert {"SB406", "SB407"}.isdisjoint(finding.code for finding in found(("> Nobody looks up.", f"> {HARD * 9}"), other))


@pytest.mark.parametrize("words", ["what b******s", "oh f**k", "you @#$%&", "sh** happens", 'masked: "the word itself"'])
def test_what_is_half_masked(words: str) -> None:
    assert only("SB408", ("Col: all right?", f"‸Col: {words}"))


@pytest.mark.parametrize("words", ["5 * 3 ** 2", "masked: a word for them", "what?!", "*nods*", "see # 4 & 5", "!!!!", "a*b"])
def test_what_is_not(words: str) -> None:
    assert said("SB408", ("Col: all right?", f"Col: {words}")) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("write to jo.smith@bigcorp.com", "e-mail address"),
        ("see https://www.bigcorp.com/page", "link"),
        ("see www.bigcorp.co.uk", "link"),
        ("ring 07911 123456", "number"),
        ("ring +44 20 7946 9999", "number"),
        ("ring (555) 123-4567", "number"),
    ],
)
def test_what_may_be_somebodys_own(words: str, what: str) -> None:
    finding = only("SB409", ("Col: all right?", f"‸Col: {words}"))
    assert f"this {what} may be somebody's own" in finding.message


@pytest.mark.parametrize(
    "words",
    [
        "write to jo@example.org or jo@office.example", "see https://page.example/x or www.example.com", "ring 07700 900123", "ring +44 7700 900123",
        "ring (555) 555-0142", "ring 020 7946 0123", "ring 0491 570 156", "11,300 of 20000000 at 03:05 on 2026-01-01", "room 0114",
    ],
)  # fmt: skip
def test_what_is_nobodys(words: str) -> None:
    assert said("SB409", ("Col: all right?", f"Col: {words}")) == []


def test_the_limits_are_as_the_pages_say() -> None:
    limits = Limits()
    assert (limits.message, limits.label, limits.thought, limits.title, limits.reading_age) == (500, 60, 120, 40, 14)
