"""`seenby copy`: the text is edited in place, the copy plays, and its walkthroughs still reach their endings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import load_story
from engine.proof import prove
from engine.script.read import read, read_file
from engine.story.compile import compile_story
from engine.story.model import Story
from game.author.copying import Wishes, copied
from game.author.edit import AuthorProblem, Edits, quoted
from game.author.walks import Walk, trouble_of, walks_beside
from game.cli import main
from game.packs import Card, library, load

NOWHERE = Path("/nonexistent")
SHIPPED = library(user=NOWHERE).cards
RESET = {
    "nights-team-4": ["--name", "marnie=Priya", "--name", "alder=Matron Osei", "--slot", 'org=St Brigid\'s: "A" # 1'],
    "grit-happens": ["--new-names", "--locale", "en_IN", "--slot", "org=Pune Roads Board", "--word", "Mizzledale=Pune"],
}
PLAINLY = ["--new-names", "--slot", "org=Elm House"]
"""For all others."""


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("game.packs.user_folder", lambda: tmp_path / "own")
    monkeypatch.setattr("game.author.own.user_folder", lambda: tmp_path / "own")
    monkeypatch.delenv("SEENBY_ORGANISATION", raising=False)
    return tmp_path / "own"


def made(card: Card, **wishes: object) -> object:
    return copied(read_file(card.file), load(card), walks_beside(card.file), Wishes(**wishes), card.defaults)  # type: ignore[arg-type]


def reached_alone(story: Story) -> set[str]:
    """The endings that some play of the scenario by itself comes to: where flags are carried, some need what an earlier part brings."""
    found = {ending.id for ending in prove(story, beside=frozenset()).endings.values() if ending.witness is not None}
    assert found == {ending.id for ending in story.endings} or any(flag.carried for flag in story.scenario.flags.values())
    return found


@pytest.mark.parametrize("card", SHIPPED, ids=lambda card: card.id)
def test_a_copy_set_elsewhere_plays_keeps_its_layout_and_its_walkthroughs_reach_their_endings(
    card: Card, own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copy", card.id, "--id", "elsewhere", *RESET.get(card.id, PLAINLY)]) == 0
    said = capsys.readouterr().out
    assert "every walkthrough still reaches its ending" in said
    file = own_data / "my-scenarios" / "elsewhere.yaml"
    before, after = card.file.read_text("utf-8").splitlines(), own_lines(card, file.read_text("utf-8"))
    assert len(after) - len(before) in (0, 1)
    assert indents(before)[:20] == indents(after)[:20]
    story = load_story(file)
    walks = walks_beside(file)
    assert len(walks) == len(walks_beside(card.file))
    assert len(walks) > 5 or card.id not in RESET
    assert [trouble_of(story, walk) for walk in walks] == [""] * len(walks)
    if walks:
        assert {walk.ending for walk in walks} == reached_alone(story)


def own_lines(card: Card, text: str) -> list[str]:
    """The lines of a copy, without words of the pack that went with it because its texts ask for them."""
    known = card.file.read_text("utf-8").splitlines()
    words = tuple(word for name in card.defaults if not any(line.startswith(word := f"  {name}: ") for line in known))
    return [line for line in text.splitlines() if not line.startswith(words)]


def indents(lines: list[str]) -> list[int]:
    return [len(line) - len(line.lstrip()) for line in lines if line.strip()]


def test_a_copy_with_no_wish_is_the_same_but_for_the_schema() -> None:
    for card in SHIPPED:
        copy = made(card)
        unlike = [
            (one, other)
            for one, other in zip(card.file.read_text("utf-8").splitlines(), own_lines(card, copy.text), strict=True)  # type: ignore[attr-defined]
            if one != other
        ]
        assert all("yaml-language-server" in one for one, _other in unlike)


def test_old_names_are_gone_wherever_people_read_them() -> None:
    card = SHIPPED[0]
    copy = made(card, names={"rashid": "Tomasz", "alder": "Matron Osei"})
    words = "\n".join(copy.text[start:end] for start, end, _node in Edits(copy.text).words())  # type: ignore[attr-defined]
    assert not re.search(r"\bRashid\b|\bAlder\b", words)
    assert "Tomasz" in words
    assert "Matron Osei" in words
    ids = copy.story.scenario.cast  # type: ignore[attr-defined]
    assert "rashid" in ids, "ids are the author's own, and walkthroughs know them"


def test_names_can_be_swapped() -> None:
    copy = made(SHIPPED[0], names={"alder": "Insp Obi", "obi": "Sgt Alder"})
    cast = copy.story.cast  # type: ignore[attr-defined]
    assert (cast["alder"]["name"], cast["obi"]["name"]) == ("Insp Obi", "Sgt Alder")


def test_words_of_the_pack_go_with_the_copy(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text("id: p\ntitle: P\nslots: {policy: page nine, org: Elm}\n", "utf-8")
    (pack / "one.yaml").write_text(
        "seenby: 1\nid: one\ntitle: One\nminutes: 1\nbegins: Monday 08:00\ncast: {a: {name: Ann}}\nplaces: {g: {group: G}}\n"
        "scenes:\n  s:\n    in: g\n    script: |\n      Ann: See {policy}.\n    next: end\nendings: {e: {title: E, epilogue: Done.}}\n",
        "utf-8",
    )
    card = library([pack], user=NOWHERE).cards[0]
    copy = made(card)
    assert copy.story.slots["policy"] == "page nine"  # type: ignore[attr-defined]
    assert "Elm" not in copy.text, "what no text asks for stays behind"  # type: ignore[attr-defined]


def test_nothing_is_written_over_without_being_told_to(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copy", "grit-happens"]) == 0
    file = own_data / "my-scenarios" / "grit-happens.yaml"
    file.write_text("mine", "utf-8")
    assert main(["copy", "nights-team-4", "--id", "grit-happens"]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text("utf-8") == "mine"
    assert main(["copy", "nights-team-4", "--id", "grit-happens", "--force"]) == 0
    assert load_story(file).title == "Nights, Team 4"


def test_a_copy_stands_beside_the_shipped_ones(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copy", "grit-happens", "--id", "salt", "--title", 'Salt: "it\'s" # {x}'.replace("{x}", "now")]) == 0
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert "My scenarios" in said
    assert 'Salt: "it\'s" # now' in said
    assert library(user=own_data).get("salt").pack == "my-scenarios"


def test_a_folder_may_be_named(tmp_path: Path) -> None:
    assert main(["copy", "grit-happens", str(tmp_path / "here")]) == 0
    assert (tmp_path / "here" / "grit-happens.yaml").is_file()
    assert (tmp_path / "here" / "grit-happens" / "the-spade.txt").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--name", "marni=Priya"], "did you mean 'marnie'?"),
        (["--name", "marnie=Dev"], "is taken"),
        (["--name", "marnie=Gail", "--name", "gail=Gail B"], "is taken"),
        (["--name", "marnie=A: b"], "cannot be a name"),
        (["--name", "marnie=you"], "means something else"),
        (["--name", "marnie"], "Write it as"),
        (["--slot", "orgg=x"], "did you mean 'org'?"),
        (["--slot", "org={x}"], "hold a brace"),
        (["--id", "Not An Id"], "is no id"),
        (["--locale", "xx_YY", "--new-names"], "no made-up names"),
        (["--begins", "noonish"], "could not be played"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_and_nothing_is_written(
    words: list[str], says: str, own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["copy", "nights-team-4", *words])
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert status == 2
    assert says in err
    assert not own_data.exists()


def test_the_report_points_at_what_belongs_to_a_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["copy", "grit-happens", str(tmp_path), "--all"]) == 0
    said = capsys.readouterr().out
    assert "Mill Lane" in said
    assert "St Wilfrid" in said
    assert "Cllr" in said
    assert "election" in said


def test_another_beginning_moves_the_days_and_says_what_it_does_to_times(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["copy", "nights-team-4", str(tmp_path), "--begins", "Thursday 21:10"]) == 0
    said = capsys.readouterr().out
    assert "Day 1 was a Monday and is a Thursday; every day of the story moves with it." in said
    assert "Times of day" not in said
    assert main(["copy", "grit-happens", str(tmp_path), "--id", "late", "--begins", "Tuesday 23:30", "--all"]) == 0
    said = capsys.readouterr().out
    moved = load_story(tmp_path / "late.yaml")
    early = [
        scene.id
        for scene in moved.scenes.values()
        if scene.when is not None and 0 <= scene.when < moved.start_clock and not scene.relative
    ]
    assert early
    assert f"It now begins after the moment of {', '.join(early)}, so they come at once: give them another `when`." in said
    assert "Times of day stay as they were" in said
    assert "half past five" in said.partition("Times of day: it begins at another one now")[2]


def test_a_walkthrough_that_no_longer_fits_is_named() -> None:
    story = load(SHIPPED[1])
    assert "not to" in trouble_of(story, Walk("w.txt", walks_beside(SHIPPED[1].file)[0].text.replace("ending: ", "ending: x")))
    assert "before the end" in trouble_of(story, Walk("w.txt", "forecast: cab"))
    assert "does not fit" in trouble_of(story, Walk("w.txt", "forecast: no-such"))


TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), blacklist_characters="{}\u2028\u2029"), min_size=1, max_size=40
)


@given(words=TEXT)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_for_a_slot_come_out_as_they_went_in(words: str) -> None:
    from engine.text import clean_name

    wanted = clean_name(words, 100_000)
    text = (
        "seenby: 1\nid: one\ntitle: One\nminutes: 1\nbegins: Monday 08:00\ncast: {a: {name: Ann}}\nplaces: {g: {group: G}}\n"
        f"slots: {{org: Elm, policy: {quoted('x, y')}}}\n"
        "scenes:\n  s:\n    in: g\n    script: |\n      Ann: {org}\n    next: end\nendings: {e: {title: E, epilogue: Done.}}\n"
    )
    source = read(text.encode(), "one.yaml")
    story = compile_story(source)
    if not wanted.strip():
        with pytest.raises(AuthorProblem):
            copied(source, story, (), Wishes(slots={"org": words, "policy": words}))
        return
    copy = copied(source, story, (), Wishes(slots={"org": words, "union": words}))
    assert copy.story.slots["org"].strip() == wanted
    assert copy.story.slots["union"].strip() == wanted
    assert copy.story.slots["policy"] == "x, y"
