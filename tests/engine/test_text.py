"""Text is text: nothing that a terminal would obey comes through, and masks are told from the rest."""

from __future__ import annotations

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import words
from engine.text import MASK_CLOSE, MASK_OPEN, Segment, clean, clean_name, paragraphs, plain, segments, unsafe_at

UNSAFE = ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", MASK_OPEN, MASK_CLOSE]


@pytest.mark.parametrize("mark", UNSAFE)
def test_what_must_not_reach_a_terminal_is_found_and_taken_out(mark: str) -> None:
    assert unsafe_at(f"ab{mark}c") == 2
    assert unsafe_at(clean(f"ab{mark}c")) is None


def test_plain_words_are_left_alone() -> None:
    for text in ("Zoë said “no”.", "two\nlines", "[/] {x} *wow* #tag", "👍🏽 ❤ Łukasz 王", "[bold]x[/bold]"):
        assert unsafe_at(text) is None
        assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07words", "words"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("\x9b31mred", "red"),
        ("\x9d0;title\x9cwords", "words"),
        ("\x1b]0;never closed", ""),
        ("\x1bcreset", "reset"),
        ("end\x1b", "end"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_escape_sequences_go_with_all_that_belongs_to_them(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_whatever_is_cleaned_is_safe_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert unsafe_at(once) is None
    assert clean(once) == once


def test_a_name_is_one_short_line() -> None:
    assert clean_name("  Al \n\t Ex\x1b[1m ") == "Al Ex"
    assert clean_name("x" * 90) == "x" * 40
    assert clean_name(f"{'x' * 39} y") == "x" * 39, "no blank at the end"
    assert clean_name("Zoe\u0308") == "Zoë"
    assert clean_name("\x1b]0;x\x07") == ""
    assert clean_name("Łukasz", 3) == "Łuk"


def test_masks_are_split_off() -> None:
    text = f"It is {MASK_OPEN}a joke{MASK_CLOSE}, {MASK_OPEN}{MASK_CLOSE}he says"
    assert segments(text) == [
        Segment("It is ", False),
        Segment("a joke", True),
        Segment(", ", False),
        Segment("he says", False),
    ]
    assert plain(text) == "It is [masked: a joke], he says"
    assert segments(f"{MASK_OPEN}all of it{MASK_CLOSE}") == [Segment("all of it", True)]
    assert segments("nothing") == [Segment("nothing", False)]
    assert segments("") == []
    assert plain("") == ""
    assert segments(f"{MASK_OPEN}to the end") == [Segment("to the end", True)], "a mask that is not closed goes to the end"


class Backwards(gettext.NullTranslations):
    """A language in which everything is written backwards."""

    def gettext(self, message: str) -> str:
        return message[::-1]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2)[::-1]


def test_what_is_put_in_is_never_looked_at_again() -> None:
    assert words.put("{a} and {b}, {c}", a="{b}", b="{a} %s {0}") == "{b} and {a} %s {0}, {c}"


def test_words_speak_with_the_catalogue_that_was_installed() -> None:
    assert words._("You") == "You"
    assert (words.n_("one", "many", 1), words.n_("one", "many", 2)) == ("one", "many")
    words.use(Backwards())
    try:
        assert words._("You") == "uoY"
        assert (words.n_("one", "many", 1), words.n_("one", "many", 2)) == ("eno", "ynam")
    finally:
        words.use(gettext.NullTranslations())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("One\n  line. \nTwo.\n", "One line. Two."),
        ("\nOne.\n\n  \n\nTwo\nlines.", "One.\n\nTwo lines."),
        ("Ten\u00a0per  cent.", "Ten\u00a0per  cent."),
        ("", ""),
    ],
)
def test_an_empty_line_parts_paragraphs_and_other_line_ends_are_no_matter(written: str, read: str) -> None:
    assert paragraphs(written) == read
    assert paragraphs(read) == read
