import re

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

HOUR = 3600


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


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a moment"),
        (1, "1 second"),
        (59, "59 seconds"),
        (90, "a minute and a half"),
        (119, "2 minutes"),
        (59 * 60, "59 minutes"),
        (3599, "1 hour"),
        (67 * 60, "1 hour"),
        (70 * 60, "about an hour and a quarter"),
        (75 * 60, "an hour and a quarter"),
        (85 * 60, "about an hour and a half"),
        (90 * 60, "an hour and a half"),
        (100 * 60, "about an hour and three quarters"),
        (113 * 60, "2 hours"),
        (210 * 60, "3 and a half hours"),
        (23 * HOUR, "23 hours"),
        (int(23.6 * HOUR), "1 day"),
        (DAY + 7200, "1 day"),
        (36 * HOUR, "a day and a half"),
        (38 * HOUR, "about a day and a half"),
        (44 * HOUR, "2 days"),
        (61 * HOUR, "about 2 and a half days"),
        (6 * DAY + 10 * HOUR, "6 days"),
        (7 * DAY, "1 week"),
        (7 * DAY + HOUR, "1 week"),
        (10 * DAY, "10 days"),
        (14 * DAY - HOUR, "2 weeks"),
        (17 * DAY, "about 2 and a half weeks"),
        (21 * DAY, "3 weeks"),
        (45 * DAY, "a month and a half"),
        (240 * DAY, "8 months"),
        (540 * DAY, "about a year and a half"),
        (4 * 365 * DAY, "4 years"),
    ],
)
def test_a_length_of_time_is_said_as_one_says_it(seconds, words):
    assert duration_words(seconds) == words


def test_no_length_of_time_is_far_from_its_words():
    for seconds in (*range(1, 4000), *range(4000, 900_000, 777), *range(900_000, 200_000_000, 777_777)):
        words = duration_words(seconds).removeprefix("about ")
        for said, share in ((" and a half", ".5"), (" and a quarter", ".25"), (" and three quarters", ".75")):
            words = words.replace(said, share)
        number, unit = re.sub(r"^an? (\w+)(\.\d+)$", r"1\2 \1s", re.sub(r"^(\d+)\.5", r"\1.5", words)).split()
        said = float(number) * parse_duration(f"1 {unit}").seconds
        assert abs(said - seconds) <= seconds / 4, f"{seconds} seconds: {words}"


def test_with_more_parts_it_is_rounded_down():
    assert duration_words(DAY + 7200, parts=2) == "1 day 2 hours"
    assert duration_words(DAY + 7200 + 59, parts=2) == "1 day 2 hours"
    assert duration_words(0, parts=2) == "a moment"
