"""`seenby new`: questions on plain lines, and a scenario that plays at once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.inputs import Input
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from engine.story.slots import fill
from game.author.edit import braced, one_line, quoted
from game.author.kinds import TROUBLES
from game.author.people import name_trouble
from game.author.wizard import Answers, Wizard, story_text
from game.cli import main

TWO = (("Ada", "first"), ("Bo", "second"))
FOUR = (*TWO, ("Cy Dee", "third"), ("Dr O'Hara", "fourth"))


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in ("game.packs", "game.author.own", "game.author.organisation"):
        monkeypatch.setattr(f"{module}.user_folder", lambda: tmp_path / "own")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path / "own"


def story(answers: Answers) -> Story:
    source = read(story_text(answers.whole(), "new-one").encode(), "new-one.yaml")
    assert source.findings == []
    return compile_story(source)


def all_plays(made: Story) -> list[tuple[tuple[str, ...], Play]]:
    scenes = ("opening", "moment", "price")
    plays = []
    for choices in product(*(made.scenario.scenes[scene].choices for scene in scenes)):
        play = Play.begin(made, seed=3)
        for scene, choice in zip(scenes, choices, strict=True):
            play.take(Input(scene, choice=choice))
        plays.append((choices, play))
    return plays


@pytest.mark.parametrize("kind", TROUBLES)
@pytest.mark.parametrize("people", [TWO, FOUR[:3], FOUR], ids=len)
@pytest.mark.parametrize("where", ["group", "feed", "mail"])
def test_every_skeleton_plays_to_every_ending(kind: str, people: tuple[tuple[str, str], ...], where: str) -> None:
    made = story(Answers(kind=kind, people=people, where=where))
    plays = all_plays(made)
    assert all(play.ended for _choices, play in plays)
    endings = Counter(getattr(play.ending, "id", play.ending) for _choices, play in plays)
    assert set(endings) == {ending.id for ending in made.endings}
    assert len(endings) == 4


@pytest.mark.parametrize("count", [2, 3, 4])
def test_two_to_four_endings_are_all_reached(count: int) -> None:
    titles = tuple(f"Ending {number}" for number in range(count))
    made = story(Answers(endings=titles))
    assert [fill(ending.title, {}) for ending in made.endings] == list(titles)
    assert {getattr(play.ending, "id", play.ending) for _choices, play in all_plays(made)} == {one.id for one in made.endings}


@pytest.mark.parametrize("kind", TROUBLES)
def test_no_option_leads_everywhere_and_waiting_is_beaten(kind: str) -> None:
    made = story(Answers(kind=kind))
    ends = {choices: tuple(play.state.values[:5]) for choices, play in all_plays(made)}
    waiting = ends["silence", "silence", "silence"]
    assert any(dials != waiting and all(a >= b for a, b in zip(dials, waiting, strict=True)) for dials in ends.values())
    for at in range(3):
        # For no option is it true that, with the rest alike, it is at least as good as every other by every dial.
        options = {choices[at] for choices in ends}
        leads = [
            option
            for option in options
            if all(
                all(a >= b for a, b in zip(ends[(*rest[:at], option, *rest[at + 1 :])], dials, strict=True))
                for rest, dials in ends.items()
            )
        ]
        assert leads == []


@pytest.mark.parametrize("kind", TROUBLES)
def test_the_checker_has_nothing_against_it(kind: str, tmp_path: Path) -> None:
    from game.check import check_file

    file = tmp_path / "new-one.yaml"
    file.write_text(story_text(Answers(kind=kind).whole(), "new-one"), "utf-8")
    assert [str(one) for one in check_file(file)[0] if one.severity != "info"] == []


def test_nobody_speaks_who_is_not_in_it() -> None:
    for kind in TROUBLES:
        text = story_text(Answers(kind=kind, people=TWO).whole(), "new-one")
        assert "@" not in text.replace("@all", "")
        assert "# " in text, "it teaches"


def wizard(lines: Iterable[str], answers: Answers | None = None) -> tuple[Answers | None, list[str]]:
    given = iter(lines)
    said: list[str] = []
    return Wizard(answers or Answers(), lambda _prompt: next(given, None), said.append).run(), said


ALL = ["A title", "care", "a porter", "Ada: one; Bo: two", "2", "The page", "3", "Something is closing", "One; Two"]


def test_answers_are_taken_one_a_line() -> None:
    answers, _said = wizard(ALL)
    assert answers == Answers(
        title="A title", sector="care", you="a porter", people=(("Ada", "one"), ("Bo", "two")), where="feed", place="The page",
        kind="rumour", what="Something is closing", endings=("One", "Two"),
    )  # fmt: skip


def test_b_goes_back_a_question() -> None:
    answers, said = wizard(["Wrong", "b", "Right", "care", "b", "b", "Righter", *ALL[1:]])
    assert answers is not None
    assert answers.title == "Righter"
    assert wizard(["b", *ALL])[1].count("This is the first question.") == 1
    assert said[0].startswith("An empty line keeps")


def test_empty_lines_keep_what_stands_in_brackets() -> None:
    answers, _said = wizard([""] * 9)
    assert answers is not None
    assert story(answers).title == "An ordinary day"


@pytest.mark.parametrize("count", range(9))
def test_when_the_input_ends_nothing_is_written(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in ALL[:count])))
    assert main(["new", str(tmp_path / "x.yaml")]) == 2
    assert "Nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize(
    ("at", "bad", "says"),
    [
        (3, "Ada", "Two to four people"),
        (3, "Ada: x; Ada: y", "is like another name"),
        (3, "A[da: x; Bo: y", "cannot be a name"),
        (3, "You: x; Bo: y", "means something else"),
        (4, "town", "a number from 1 to 3"),
        (6, "9", "a number from 1 to 5"),
        (8, "One", "Two to four endings"),
        (8, "One; one", "same title"),
    ],
)
def test_what_cannot_be_is_asked_again(at: int, bad: str, says: str) -> None:
    answers, said = wizard([*ALL[:at], bad, *ALL[at:]])
    assert answers is not None
    assert any(says in line for line in said)


def test_it_works_in_a_pipe(own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in ALL)))
    assert main(["new"]) == 0
    assert (own / "my-scenarios" / "a-title.yaml").is_file()
    assert main(["list"]) == 0
    assert "A title" in capsys.readouterr().out


def test_options_answer_and_only_the_rest_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("care\n\n\n\n"))
    file = tmp_path / "x.yaml"
    args = ["--title", "T", "--person", "Ada: one", "--person", "Bo: two", "--kind", "photo", "--where", "mail"]
    assert main(["new", str(file), *args]) == 2, "two questions are left"
    monkeypatch.setattr("sys.stdin", io.StringIO("care\n\n\n\n\n"))
    assert main(["new", str(file), *args, "--what", "A photo", "--ending", "One", "--ending", "Two"]) == 0
    assert main(["new", str(file), "--yes"]) == 2, "never over what is there"
    assert main(["new", str(file), "--yes", "--force"]) == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--person", "Ada: x"], "Two to four"),
        (["--person", "Ada", "--person", "Ada"], "like another"),
        (["--where", "moon"], "group, feed, mail"),
        (["--kind", "moon"], "joke, photo"),
        (["--ending", "One"], "Two to four endings"),
        (["--id", "A B"], "is no id"),
    ],
)
def test_options_that_cannot_be_are_told(args: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--yes", *args]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert main(["new", "--yes", str(tmp_path / "file" / "x.yaml")]) == 2
    assert main(["new", "--yes", str(tmp_path)]) == 2
    assert main(["new", "--yes", str(tmp_path / "x.txt")]) == 2
    assert "Traceback" not in capsys.readouterr().err


TEXT = st.text(min_size=1, max_size=60).filter(lambda text: one_line(text) and "masked:" not in text)
TRICKY = st.sampled_from(
    [
        'it\'s: "odd" # yes',
        "{x}",
        "- a",
        "? b",
        "| c",
        "&d",
        "*e",
        "!f",
        "%g",
        "@h",
        "`i`",
        "no",
        "23:40",
        "{a, b}",
        "\\n \\",
        "x\ny",
        "null",
        "#",
        "'",
        '"',
        "a, b: c",
        "{{",
        "...",
    ]
)


@given(words=st.one_of(TEXT, TRICKY))
@settings(max_examples=300, deadline=None)
def test_every_answer_comes_out_as_it_went_in(words: str) -> None:
    wanted = one_line(words)
    answers = Answers(
        title=wanted, sector=wanted, you=wanted, place=wanted, what=wanted, kind="own", endings=(wanted, f"{wanted} 2"),
        people=(("Ada", wanted), ("Bo", wanted)),
    )  # fmt: skip
    source = read(story_text(answers.whole(), "new-one").encode(), "new-one.yaml")
    made = compile_story(source)
    shown = made.head
    assert shown["title"] == wanted
    assert shown["sector"] == wanted
    scenario = made.scenario
    assert scenario.you.is_ == braced(wanted)
    assert scenario.places["main"].group == braced(wanted)
    assert scenario.cast["ada"].is_ == braced(wanted)
    assert [fill(ending.title, {}) for ending in made.endings] == [wanted, f"{wanted} 2"]
    play = Play.begin(made, seed=1)
    assert play.events
    play.take(Input("opening", choice="silence"))
    texts = [getattr(event, "text", "") for event in play.events]
    assert wanted.rstrip(".").strip() in " ".join(texts)


@given(words=st.one_of(TEXT, TRICKY))
@settings(max_examples=200, deadline=None)
def test_quoting_is_one_scalar_that_reads_back(words: str) -> None:
    import yaml

    loaded = yaml.load(
        f"key: {quoted(words)}\nlist: [{quoted(words) if quoted(words)[0] in chr(34) + chr(39) else 'x'}, y]",
        Loader=yaml.BaseLoader,
    )
    assert loaded["key"] == one_line(words)


@given(name=st.text(min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_name_that_is_let_through_can_speak(name: str) -> None:
    name = one_line(name)
    if name_trouble(name) or name.casefold() in ("bo", "onlooker", "manager"):
        return
    source = read(story_text(Answers(people=((name, "x"), ("Bo", "y"))).whole(), "new-one").encode(), "new-one.yaml")
    compile_story(source)
