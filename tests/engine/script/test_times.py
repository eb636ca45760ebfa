import pytest

from engine.script.findings import Unread
from engine.script.times import (
    DAY,
    duration_words,
    parse_begins,
    parse_clock,
    parse_duration,
    parse_moment,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("40 seconds", 40),
        ("1 second", 1),
        ("20 minutes", 1200),
        ("3 hours", 10800),
        ("2 days", 2 * DAY),
        ("3 weeks", 21 * DAY),
        ("8 months", 240 * DAY),
        ("4 years", 1460 * DAY),
        ("1 day 2 hours", DAY + 7200),
        ("1 day, 2 hours", DAY + 7200),
        ("1 hour and 5 mins", 3900),
        ("2HRS", 7200),
        ("0 days", 0),
    ],
)
def test_durations(text, seconds):
    assert parse_duration(text).seconds == seconds
    assert parse_duration(text).text == text


@pytest.mark.parametrize(
    ("text", "col", "words"),
    [
        ("", 0, "missing"),
        ("soon", 0, "no length of time"),
        ("5", 0, "no length of time"),
        ("3 weks", 2, "no unit"),
        ("1 day 2 parsecs", 8, "no unit"),
        ("1 day soon", 6, "no length"),
        ("900 years", 0, "too long"),
        ("9999999999999 days", 0, "too long"),
        ("1 day " * 40, 0, "no length"),
    ],
)
def test_what_is_no_duration(text, col, words):
    with pytest.raises(Unread) as caught:
        parse_duration(text)
    (problem,) = caught.value.problems
    assert problem.code == "SB128"
    assert problem.col == col
    assert words in problem.message
    assert problem.hint


def test_a_misspelled_unit_gets_the_unit_that_was_meant():
    with pytest.raises(Unread) as caught:
        parse_duration("3 weks")
    assert caught.value.problems[0].hint == "did you mean 'weeks'?"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("day 1, 00:00", 0),
        ("day 3, 03:05", 2 * DAY + 11100),
        ("day 3 03:05", 2 * DAY + 11100),
        ("day 3,3:05", 2 * DAY + 11100),
        ("Day 0, 23:50", -600),
        ("day -2, 14:05", -3 * DAY + 50700),
        ("day 1, 00:00:30", 30),
    ],
)
def test_moments(text, seconds):
    moment = parse_moment(text)
    assert (moment.seconds, moment.relative, moment.clock, moment.text) == (seconds, False, False, text)


def test_a_moment_after_the_clock():
    moment = parse_moment("+ 20 minutes")
    assert (moment.seconds, moment.relative) == (1200, True)


@pytest.mark.parametrize(
    ("text", "col", "hint"),
    [
        ("", 0, "write `day 3, 03:05`"),
        ("day 3", 0, "`day 3, 09:00`"),
        ("03:05", 0, "`day 2, 03:05`"),
        ("20 minutes", 0, "`+20 minutes`"),
        ("noon", 0, "write `day 3, 03:05`"),
        ("day 2, 25:00", 7, "23:59"),
        ("day 2, 10:60", 7, "23:59"),
        ("day 12345678, 10:00", 4, "200 years"),
        ("+ 3 parsecs", 4, "write a number and a unit"),
    ],
)
def test_what_is_no_moment(text, col, hint):
    with pytest.raises(Unread) as caught:
        parse_moment(text)
    (problem,) = caught.value.problems
    assert problem.code == "SB129"
    assert problem.col == col
    assert hint in problem.hint


def test_a_time_of_day_alone():
    assert parse_clock("03:05").clock
    assert parse_clock("03:05").seconds == 11100
    assert not parse_clock("day 2, 03:05").clock
    with pytest.raises(Unread):
        parse_clock("24:00")


def test_begins():
    assert parse_begins("Monday 21:10") == (0, 76200)
    assert parse_begins("sun, 9:05") == (6, 32700)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("21:10", "Monday 21:10"), ("Mo 10:00", "Monday"), ("Thirsday 10:00", "'thursday'"), ("Monday 24:00", "23:59")],
)
def test_what_begins_nothing(text, hint):
    with pytest.raises(Unread) as caught:
        parse_begins(text)
    assert caught.value.problems[0].code == "SB129"
    assert hint in caught.value.problems[0].hint


def test_duration_words():
    assert duration_words(0) == "a moment"
    assert duration_words(21 * DAY) == "3 weeks"
    assert duration_words(DAY + 7200, parts=2) == "1 day 2 hours"
    assert duration_words(DAY + 7200) == "1 day"
