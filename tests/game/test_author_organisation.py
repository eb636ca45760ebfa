"""The organisation's words: shown, written, used in every pack."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from engine import load_story
from game.author.organisation import Missing, missing_slots, template, uses
from game.cli import main
from game.own_words import words_of_file
from game.packs import card_of_file, library, load, read_card

STORY = (
    "seenby: 1\nid: one\ntitle: One\nminutes: 1\nbegins: Monday 08:00\ncast: {a: {name: Ann}}\nplaces: {g: {group: G}}\n"
    "slots: {policy: page nine, shed: the good shed}\n"
    "scenes:\n  s:\n    in: g\n    script: |\n      Ann: See {policy}, {you}, or ask {union} behind {shed}. {a} has.\n    next: end\n"
    "endings: {e: {title: E, epilogue: Done.}}\n"
)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    for module in ("game.packs", "game.author.own", "game.author.organisation"):
        monkeypatch.setattr(f"{module}.user_folder", lambda: folder)
    monkeypatch.setenv("SEENBY_ORGANISATION", "")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_what_is_missing_is_what_is_asked_for_and_not_filled(tmp_path: Path) -> None:
    story = load_story(put(tmp_path, "one.yaml", STORY))
    assert missing_slots(story, {"union": "Unison", "org": "Elm"}) == [
        Missing("policy", "page nine"),
        Missing("shed", "the good shed"),
    ]
    assert missing_slots(story, {"union": "U", "policy": "P", "shed": "S"}) == []
    assert [one.slot for one in missing_slots(story, {"policy": "  "})] == ["policy", "shed", "union"], "blank words are none"


def test_the_words_reach_every_pack(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "organisation.yaml", "policy: the yellow book\nunion: Unison\n")
    put(own / "mine", "one.yaml", STORY)
    for card in library().cards:
        story = load(card)
        assert story.slots["policy"] == "the yellow book"
        assert story.slots["union"] == "Unison"
    assert main(["play", "one", "--plain", "--no-save"]) == 0
    assert "See the yellow book" in capsys.readouterr().out


def test_the_file_is_no_scenario(own: Path) -> None:
    put(own, "organisation.yaml", "org: Elm\n")
    put(own / "mine", "one.yaml", STORY)
    put(own / "mine", "organisation.yaml", "policy: ours\n")
    assert [card.id for card in library().packs[0].cards] == ["one"]


def test_the_older_name_is_still_read_and_the_newer_goes_before_it(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "slots.yaml", "org: Old\npolicy: old policy\n")
    put(own, "organisation.yaml", "org: New\n")
    words = library().cards[0].slots
    assert (words["org"], words["policy"]) == ("New", "old policy")
    assert main(["organisation"]) == 0
    assert "is still read. Its name is organisation.yaml now" in capsys.readouterr().out


def test_a_file_that_is_named_goes_before_all(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "organisation.yaml", "org: New\n")
    put(own / "mine", "one.yaml", STORY)
    named = put(tmp_path, "ours.yaml", "policy: the blue one\n")
    assert main(["play", "one", "--plain", "--no-save", "--organisation", str(named)]) == 0
    assert "See the blue one" in capsys.readouterr().out
    assert card_of_file(own / "mine" / "one.yaml").slots["policy"] == "the blue one"


@pytest.mark.parametrize(("text", "says"), [("- a\n", "names with words"), ("a: [\n", "ours.yaml"), (None, "There is no file")])
def test_a_named_file_that_cannot_be_used_is_told(
    text: str | None, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.yaml"
    if text is not None:
        file.write_text(text, "utf-8")
    assert main(["list", "--organisation", str(file)]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err


def test_it_is_shown_who_fills_what(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "organisation.yaml", "union: Unison\npolcy: typo\n")
    put(own / "mine", "one.yaml", STORY)
    assert main(["organisation"]) == 0
    said = capsys.readouterr().out
    assert "“Unison”, your words (one)" in said
    assert "“page nine”, the scenario's own words (one)" in said
    assert "“the messaging policy”" in said
    assert "{shed}" in said
    assert "No scenario here asks for {polcy}. Did you mean 'policy'?" in said


def test_the_template_can_be_read_back_and_keeps_what_is_filled(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "--write"]) == 0
    file = own / "organisation.yaml"
    assert words_of_file(file) == ({}, "")
    assert "#reporting_route: professional standards" in file.read_text("utf-8")
    words = 'Elm: the "big" one # 1'
    file.write_text(f"org: '{words}'\nmine: my own\n", "utf-8")
    assert main(["organisation", "--write"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["organisation", "--write", "--force"]) == 0
    assert words_of_file(file) == ({"org": words, "mine": "my own"}, "")


def test_a_template_can_be_written_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "--write", str(tmp_path / "x.yaml")]) == 0
    assert "--organisation" in capsys.readouterr().out
    assert (tmp_path / "x.yaml").is_file()


def test_every_line_of_the_template_is_yaml_once_it_is_opened(tmp_path: Path) -> None:
    found = uses(library().cards)
    opened = "".join(
        line[1:] if line.startswith("#") and line[1:2] != " " else line
        for line in template(found, {}).splitlines(keepends=True)
    )
    words, trouble = words_of_file(put(tmp_path, "o.yaml", opened))
    assert not trouble
    assert words["support_line"] == "the staff support line"
    assert set(found) <= set(words)


def test_a_file_that_cannot_be_read_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "organisation.yaml", "- no\n")
    assert main(["organisation"]) == 2
    assert "names with words" in capsys.readouterr().err


def test_a_broken_scenario_is_passed_over(tmp_path: Path) -> None:
    assert uses([read_card(put(tmp_path, "b.yaml", "seenby: 1\nid: b\n"))]) == {}


def test_numbers_of_the_leak_model_reach_the_story_in_the_order_of_words(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own, "organisation.yaml", "org: Elm\nleaks: {half-life: 1}\n")
    put(own / "mine", "one.yaml", STORY + "leaks: {pass-on: 5 %}\n")
    put(own / "mine", "pack.yaml", "title: Mine\nleaks: {pass-on: 0.5, half-life: 9, found: 0.01}\n")
    habits = load(library().get("one")).stake.habits
    assert (habits.half_life, habits.pass_on, habits.found) == (1, 0.05, 0.01), "the organisation, the scenario, the pack"
    assert main(["organisation"]) == 0
    said = capsys.readouterr().out
    assert "Numbers of the leak model that are yours: half-life 1." in said
    assert "asks for {leaks" not in said
    assert main(["organisation", "--write", "--force"]) == 0
    assert words_of_file(own / "organisation.yaml") == ({"org": "Elm", "leaks.half-life": "1"}, "")


@pytest.mark.parametrize(
    ("leaks", "says"),
    [
        ("{pass_on: 0.1}", "there is no number 'pass_on' in the leak model; known are pass-on"),
        ("{pass-on: 3}", "it must lie between 0 and 1"),
        ("{pass-on: often}", "'often' is no number"),
        ("[1]", "numbers of the leak model"),
    ],
)
def test_a_number_that_will_not_do_is_told_and_the_rest_counts(own: Path, leaks: str, says: str) -> None:
    file = put(own, "organisation.yaml", f"org: Elm\nleaks: {leaks}\n")
    words, trouble = words_of_file(file)
    assert words == {"org": "Elm"}
    assert says in trouble
    put(own / "mine", "one.yaml", STORY)
    put(own / "mine", "pack.yaml", f"title: Mine\nleaks: {leaks}\n")
    pack = library().packs[0]
    assert says in "".join(pack.trouble)
    assert load(pack.cards[0]).stake.habits.pass_on == 0.02
