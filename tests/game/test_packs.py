"""Packs: found, listed cheaply, and broken ones shown instead of raised."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import pytest

from game import packs
from game.home.shelf import gather
from game.own_words import SLOTS_FILE, words_of_file
from game.packs import OWN, PackError, library, load, read_card
from tests.game.shell import BEATS, TOUR, small_pack

NOWHERE = Path("/nonexistent")


def test_what_was_shipped_is_found() -> None:
    found = library(user=NOWHERE)
    assert [pack.id for pack in found.packs] == ["induction"]
    assert [card.id for card in found.cards][:3] == ["nights-team-4", "grit-happens", "locked-down"]
    assert all(card.shipped and not card.trouble and card.blurb and card.minutes and card.endings for card in found.cards)


def test_shipped_scenarios_are_found_through_the_package() -> None:
    assert (resources.files("scenarios") / "induction" / "pack.yaml").is_file()


def test_every_shipped_card_says_what_its_story_says() -> None:
    for card in library(user=NOWHERE).cards:
        story = load(card)
        assert (card.id, card.title, card.blurb, card.minutes, card.tone) == (
            story.id, story.title, story.blurb, story.minutes, story.tone,
        )  # fmt: skip
        assert list(card.endings) == [ending.id for ending in story.endings]


def test_the_players_own_packs_come_first_and_a_pack_has_its_order(tmp_path: Path) -> None:
    found = library(user=small_pack(tmp_path))
    assert [pack.title for pack in found.packs][:1] == ["Evenings"]
    assert [card.id for card in found.packs[0].cards] == ["tour", "quiet"]
    assert found.packs[0].licence == "CC BY 4.0"


def test_a_folder_that_is_given_may_be_a_pack_or_hold_packs(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    assert library([folder], user=NOWHERE).packs[0].id == "evening"
    assert library([folder / "evening"], user=NOWHERE).packs[0].id == "evening"
    assert library([BEATS], user=NOWHERE).packs[0].title == "Beats"


def test_a_folder_that_is_not_there_or_holds_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="There is no folder"):
        library([tmp_path / "none"], user=NOWHERE)
    with pytest.raises(PackError, match="no scenarios in"):
        library([tmp_path], user=NOWHERE)


def test_listing_compiles_no_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("a story was read to list it")

    monkeypatch.setattr("engine.load_story", refuse)
    shipped = len(library(user=NOWHERE).cards)
    assert len(library(user=small_pack(tmp_path)).cards) == shipped + 2


def test_a_broken_file_is_a_card_with_its_finding(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("seenby: 1\ntitle: [\n", "utf-8")
    card = read_card(file)
    assert card.title == "broken"
    assert card.trouble
    assert card.trouble[0].startswith(f"{file}:")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"- a\n- b\n", b"id: Not An Id\n", b"just words\n", b"a" * 2_100_000])
def test_no_file_makes_listing_fail(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.yaml").write_bytes(data)
    found = library([tmp_path], user=NOWHERE)
    assert found.packs[0].cards[0].trouble


def test_titles_are_fit_for_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "loud.yaml"
    file.write_text('seenby: 1\nid: loud\ntitle: "Red \\e[31malert\\a"\nblurb: "one\\ntwo"\n', "utf-8")
    card = read_card(file)
    assert card.title == "Red alert"
    assert card.blurb == "one two"


def test_a_file_in_braces_is_listed_too(tmp_path: Path) -> None:
    file = tmp_path / "flow.yaml"
    file.write_text("{seenby: 1, id: flow, title: In braces, endings: {a: {title: A}, b: {title: B}}}\n", "utf-8")
    card = read_card(file)
    assert (card.title, dict(card.endings)) == ("In braces", {"a": "A", "b": "B"})


def test_a_name_that_is_nearly_right_gets_a_guess(tmp_path: Path) -> None:
    found = library(user=small_pack(tmp_path))
    with pytest.raises(PackError, match=r"“tuor”\. Did you mean 'tour'\?"):
        found.get("tuor")
    with pytest.raises(PackError, match="seenby list"):
        found.get("zzzz")
    assert found.get("evening/quiet").title == "A quiet one"


def test_the_players_own_goes_before_what_was_shipped(tmp_path: Path) -> None:
    pack = small_pack(tmp_path) / "evening"
    mine = (pack / "quiet.yaml").read_text("utf-8").replace("id: quiet", "id: grit-happens")
    (pack / "quiet.yaml").write_text(mine, "utf-8")
    assert not library(user=tmp_path).get("grit-happens").shipped


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel: Evenings\n", "there is no key “titel”; did you mean 'title'?"),
        ("order: tour\n", "`order` is a list"),
        ("slots: [a]\n", "`slots` are names"),
        ("id: Evening Pack\n", "`id` has lower case"),
        ("title: {a: b}\n", "`title` is one line"),
        ("- a\n", "it should hold keys"),
        ("a: [\n", "pack.yaml:"),
    ],
)
def test_a_pack_file_that_is_wrong_says_so_and_keeps_its_scenarios(tmp_path: Path, text: str, says: str) -> None:
    small_pack(tmp_path)
    (tmp_path / "evening" / "pack.yaml").write_text(text, "utf-8")
    pack = library(user=tmp_path).packs[0]
    assert len(pack.cards) == 2
    assert any(says in line for line in pack.trouble)


def test_words_of_the_organisation_go_before_those_of_the_pack(tmp_path: Path) -> None:
    small_pack(tmp_path)
    file = tmp_path / "evening" / "tour.yaml"
    file.write_text(file.read_text("utf-8").replace("slots: {policy: the messaging policy}\n", ""), "utf-8")
    assert load(library(user=tmp_path).get("tour")).slots["policy"] == "the house rules"
    (tmp_path / SLOTS_FILE).write_text("policy: page nine\n", "utf-8")
    assert load(library(user=tmp_path).get("tour")).slots["policy"] == "page nine"
    assert library(user=tmp_path).trouble == ()


def test_a_name_without_words_is_left_out_and_one_with_a_capital_is_told(tmp_path: Path) -> None:
    file = tmp_path / "organisation.yaml"
    file.write_text("org:\npolicy: ' '\nunion: the staff council\n", "utf-8")
    assert words_of_file(file) == ({"union": "the staff council"}, "")
    file.write_text("Org: Kingsport Care\n", "utf-8")
    assert "write “org”, with a small letter: {Org} in a text" in words_of_file(file)[1]


def test_words_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / SLOTS_FILE).write_text("- a\n", "utf-8")
    found = library(user=small_pack(tmp_path))
    assert found.get("tour").slots == {}
    assert ["names with words" in line for line in found.trouble] == [True]
    assert gather(None, None, (), tmp_path).trouble == [*found.trouble]


def test_single_files_are_a_pack_of_their_own_and_lost_ones_are_left_out(tmp_path: Path) -> None:
    found = library(user=NOWHERE, files=[TOUR, tmp_path / "gone.yaml"])
    assert next((pack.id, [card.id for card in pack.cards]) for pack in found.packs) == (OWN, ["tour"])


def test_packs_cost_no_screen() -> None:
    assert "game.packs" in sys.modules
    assert not any(name in vars(packs) for name in ("textual", "rich"))
