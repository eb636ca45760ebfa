"""Names: what the author gave, and what is made up for the rest."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from engine.play.play import Play
from engine.story.model import Story
from engine.story.names import made_up, stream, words_for
from tests.engine.base import story_of

ROOT = Path(__file__).parent.parent.parent.parent


def with_cast(*lines: str, text: str = "A biscuit.", head: str = "") -> Story:
    """The base with more people in it, and a text that may ask for them."""
    edits = [("cast:\n", head + "cast:\n" + "".join(f"  {line}\n" for line in lines)), ("A biscuit.", text)]
    return story_of(*edits)


def test_what_the_author_gave_stands() -> None:
    words = words_for(
        with_cast(
            'ada: {name: Ada Voss, is: "at {canteen}", handle: adaonline, phone: "020 7946 0000", job: cook, pronouns: she/her}'
        ),
        1,
    )
    assert words["ada"] == words["ada.full"] == "Ada Voss"
    assert words["ada.is"] == "at the canteen"
    assert (words["ada.handle"], words["ada.phone"], words["ada.job"]) == ("adaonline", "020 7946 0000", "cook")
    assert (words["ada.they"], words["ada.them"], words["ada.their"]) == ("she", "her", "her")
    assert (words["col.they"], words["sgt"]) == ("they", "Sgt Alder")


def test_made_up_names_are_the_same_for_the_same_seed() -> None:
    one, again, other = (words_for(story_of(), seed) for seed in (1, 1, 2))
    assert one == again
    assert one["jo"] != other["jo"]
    assert one["jo.full"].startswith(f"{one['jo']} ")
    assert len({words_for(story_of(), seed)["jo"] for seed in range(20)}) > 10


def test_another_person_renames_nobody() -> None:
    before = words_for(story_of(), 4)
    after = words_for(with_cast("zed: {is: last}", "abe: {is: first}"), 4)
    assert before["jo"] == after["jo"]
    assert before["jo.phone"] == after["jo.phone"]


def test_nobody_is_like_another() -> None:
    story = with_cast(*(f"p{number}: {{locale: en_GB}}" for number in range(60)), "smith: {name: Ann Smith}")
    for seed in range(3):
        words = words_for(story, seed, "Peter Jones")
        people = [*(f"p{number}" for number in range(60)), "jo", "col", "sgt", "smith", "you"]
        parts = {person: {part.casefold() for part in re.findall(r"\w+", words[person])} for person in people}
        for one, other in combinations(people, 2):
            assert parts[one].isdisjoint(parts[other]), (words[one], words[other])
        numbers = [words[f"{person}.phone"] for person in people if person != "you"]
        handles = [words[f"{person}.handle"] for person in people if person != "you"]
        assert len(set(numbers)) == len(numbers)
        assert len(set(handles)) == len(handles)


def test_when_there_are_more_people_than_names_they_are_numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    from faker import Faker

    monkeypatch.setattr(Faker, "first_name", lambda self: "Ann", raising=False)
    words = words_for(with_cast("a: {}", "b: {}", "c: {}"), 1)
    assert [words[one] for one in ("a", "b", "c")] == ["Ann", "Ann2", "Ann3"]
    assert words["b.full"] == "Ann2"
    assert [words[f"{one}.handle"] for one in ("b", "c")] == ["ann2", "ann3"]


def test_the_players_own_name_is_kept_and_goes_to_nobody_else() -> None:
    story = story_of()
    made_up = words_for(story, 9)["jo"]
    words = words_for(story, 9, made_up)
    assert words["you"] == made_up
    assert words["jo"] != made_up
    assert words_for(story, 9)["you"] == "You"
    assert words_for(story, 9, "  \x1b[1m ")["you"] == "You"
    assert words_for(story, 9, "A\x1b[31mlex ")["you"] == "Alex"
    assert words_for(story_of(("you: {is", "you: {name: Sam, is")), 9, "Alex")["you"] == "Sam"


@pytest.mark.parametrize(
    ("pronouns", "words"),
    [
        ("she", ("she", "her", "her")),
        ("he", ("he", "him", "his")),
        ("they", ("they", "them", "their")),
        ("xe", ("they", "them", "their")),
    ],
)
def test_pronouns_of_the_player(pronouns: str, words: tuple[str, str, str]) -> None:
    story = story_of(("begins:", "pronouns: yes\nbegins:"), ("A biscuit.", '"{they}, {them}, {their} biscuit."'))
    play = Play.begin(story, 1, pronouns=pronouns)
    assert play.passage(story.codas[0].text) == "{}, {}, {} biscuit.".format(*words)


@pytest.mark.parametrize(
    ("locale", "pattern"),
    [
        ("en_GB", r"07700 900\d{3}"),
        ("de_DE", r"07700 900\d{3}"),
        ("en_US", r"\(555\) 555-01\d\d"),
        ("en_CA", r"\(555\) 555-01\d\d"),
        ("en_AU", r"0491 570 (006|156|157|158|159|110)"),
    ],
)
def test_phone_numbers_are_kept_free_for_fiction(locale: str, pattern: str) -> None:
    story = with_cast(*(f"p{number}: {{locale: {locale}}}" for number in range(5)))
    numbers = {words_for(story, seed)[f"p{number}.phone"] for seed in range(8) for number in range(5)}
    assert all(re.fullmatch(pattern, number) for number in numbers)
    assert len(numbers) > 4


def test_when_the_numbers_run_out_they_come_again() -> None:
    words = words_for(with_cast(*(f"p{number}: {{locale: en_AU}}" for number in range(9))), 1)
    assert len({words[f"p{number}.phone"] for number in range(9)}) == 6


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Inés Ortiz", "ines_ortiz"),
        ("Łukasz Ø", "lukasz_o"),
        ("Großmann", "grossmann"),
        ("王伟", "the_person"),
        ("Al-Amin O'Neil", "al_amin_o_neil"),
    ],
)
def test_handles_are_made_from_names(name: str, handle: str) -> None:
    assert words_for(with_cast(f'the-person: {{name: "{name}"}}'), 1)["the-person.handle"] == handle


def test_handles_are_never_alike() -> None:
    words = words_for(with_cast("a: {name: Ann Lee}", "b: {name: Ann-Lee}", "c: {name: Ann.Lee}"), 1)
    assert [words[f"{person}.handle"] for person in "abc"] == ["ann_lee", "ann_lee_2", "ann_lee_3"]


def test_a_locale_decides_what_names_are_like() -> None:
    japanese = words_for(with_cast("aki: {locale: ja_JP}"), 3)
    assert not japanese["aki"].isascii()
    assert japanese["aki.handle"] == "aki"
    unknown = words_for(with_cast("aki: {locale: xx_XX}"), 3)
    british = words_for(with_cast("aki: {locale: en_GB}"), 3)
    assert unknown["aki"] == british["aki"], "an unknown locale is read as en_GB"
    assert words_for(with_cast("aki: {locale: pl-PL}"), 3)["aki"] == words_for(with_cast("aki: {locale: pl_PL}"), 3)["aki"]
    default = story_of(("begins:", "language: pl-PL\nbegins:"))
    assert words_for(default, 3)["jo"] == words_for(story_of(("jo: {is: in", "jo: {locale: pl_PL, is: in")), 3)["jo"]


def test_a_job_is_made_up_when_a_text_asks_for_it() -> None:
    asked = with_cast(text='"{jo.job}, {col.job}"')
    assert asked.slots_used >= {"jo.job", "col.job"}
    play = Play.begin(asked, 5)
    jobs = play.passage(asked.codas[0].text).split(", ", 1)
    assert all(job and job == job.lower() and "job" not in job for job in jobs)
    assert words_for(asked, 5)["jo.job"] == words_for(asked, 5)["jo.job"]
    assert len({words_for(asked, seed)["jo.job"] for seed in range(10)}) > 5
    assert words_for(asked, 5)["jo"] == words_for(story_of(), 5)["jo"], "a job takes nothing from the name"
    assert "jo.job" not in words_for(story_of(), 5)


ALL_NAMED = """
import sys
from tests.engine.base import story_of
from engine.play.play import Play
story = story_of(("  jo: {is", "  jo: {name: Jo, is"))
play = Play.begin(story, 3, "Alex")
print("faker" in sys.modules)
story = story_of(("  jo: {is", "  jo: {name: Jo, is"), ("A biscuit.", "A {jo.handle} biscuit, {jo.phone}."))
Play.begin(story, 3, "Alex")
print("faker" in sys.modules)
story = story_of(("  jo: {is", "  jo: {name: Jo, is"), ("A biscuit.", "A {jo.job} biscuit."))
Play.begin(story, 3, "Alex")
print("faker" in sys.modules)
"""


def test_faker_is_imported_only_when_somebody_needs_it() -> None:
    ran = subprocess.run([sys.executable, "-c", ALL_NAMED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False", "True"]


def test_streams_are_apart() -> None:
    draws = {stream(seed, purpose, key).random() for seed in (1, 2) for purpose in ("name", "phone") for key in ("a", "b")}
    assert len(draws) == 8
    assert stream(1, "name", "a").random() == stream(1, "name", "a").random()
    assert stream(7, "telling", "meme").random() == 0.3415130859044727, "the same on every machine"


def test_somebody_who_is_not_in_the_cast_is_like_nobody_either() -> None:
    taken = {"alex"}
    one = made_up(3, "guest-1", "en-GB", taken)
    other = made_up(3, "guest-2", "en_GB", taken)
    assert one == made_up(3, "guest-1", "en_GB", {"alex"})
    assert one[1].startswith(one[0])
    assert {part.casefold() for part in one[1].split()} <= taken
    assert one[0] != other[0]
