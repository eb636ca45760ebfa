"""The parts of the preview: the play that is done over, conditions taken apart, editors, the line at the bottom, the commands."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from engine import load_story
from engine.play.events import ReadingChosen
from engine.play.inputs import Input, parse_input
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from game.cli import main
from game.preview.editor import Editor, command
from game.preview.panels import matches
from game.preview.reading import look_at
from game.preview.strip import ago_words, findings_words
from game.preview.trial import Trial, around, dial_words
from game.preview.ways import walk_to, way_to
from game.preview.why import did_not_come, lines_at_the_end, lines_of, options_of, pending_of, pieces_of
from tests.game.preview_table import TEXT

BEATS = sorted((Path(__file__).parents[1] / "fixtures" / "beats").glob("*.yaml"))
TOUR = Path(__file__).parent / "stories" / "tour.yaml"


@pytest.fixture(scope="module")
def story() -> Story:
    return story_of(TEXT)


def story_of(text: str) -> Story:
    return compile_story(read(text.encode(), "small.yaml"))


def inputs(*lines: str) -> list[Input]:
    return [parse_input(line) for line in lines]


# The play that is done over


def test_a_trial_is_the_play(story: Story) -> None:
    trial = Trial(story, 7, "Sam", inputs("first: speak", "second: ask"))
    play = Play.replay(story, 7, inputs("first: speak", "second: ask"), "Sam")
    assert trial.play.events == play.events
    assert not trial.saved


def test_what_is_wanted_comes_back_with_the_file(story: Story) -> None:
    trial = Trial(story, 7, "", inputs("first: speak", "second: ask", "third: silence"))
    shorter = story_of(TEXT.replace("      ask: {label: Ask again, if: spoke, else: You never spoke.}\n", ""))
    trial.restage(shorter)
    assert trial.misfit is not None
    assert (trial.misfit.number, trial.misfit.kept) == (1, 1)
    trial.restage(shorter)
    assert len(trial.wanted) == 3, "nothing is forgotten by saving twice"
    trial.restage(story)
    assert trial.misfit is None
    assert trial.ended


def test_a_decision_of_ones_own_parks_the_rest(story: Story) -> None:
    trial = Trial(story, 7, "", inputs("first: speak", "second: open", "third: silence"))
    assert trial.misfit is not None
    assert trial.misfit.why == "'open' is not on offer here."
    trial.take(parse_input("second: shut"))
    assert trial.parked == inputs("third: silence")
    assert trial.misfit is None
    trial.restage()
    assert not trial.ended
    assert trial.take_up()
    assert trial.ended
    assert not trial.take_up()


def test_going_back_parks_what_came_after(story: Story) -> None:
    trial = Trial(story, 7, "", inputs("first: speak", "second: shut", "third: silence"))
    trial.rewind(1)
    assert [str(one) for one in trial.wanted] == ["first: speak"]
    assert [str(one) for one in trial.parked] == ["second: shut", "third: silence"]
    trial.rewind(1)
    trial.take(parse_input("second: ask"))
    trial.undo()
    assert [str(one) for one in trial.wanted] == ["first: speak"]


def test_whether_a_scene_was_read_is_remembered_over_a_reload_and_forgotten_from_the_beginning() -> None:
    story = load_story(Path(__file__).parent / "stories" / "evening.yaml")
    trial = Trial(story, 7, "Sam", inputs("keys: silence", "late: silence", "sisters: (skip)"))
    assert [str(one) for one in trial.wanted] == ["keys: silence", "late: silence"], (
        "a line of a transcript that is no decision"
    )

    def read_or_not() -> list[bool]:
        return [event.read for event in trial.play.events if isinstance(event, ReadingChosen)]

    trial.note_reading("sisters", True)
    trial.restage(story)
    assert read_or_not() == [True]
    trial.rewind(1)
    assert read_or_not() == []
    trial.go(inputs("keys: silence", "late: silence"))
    assert read_or_not() == []


def test_everything_is_told_to_the_end_of_the_scene_in_front(story: Story) -> None:
    trial = Trial(story, 7)
    trial.take(parse_input("first: speak"))
    at = next(n for n, event in enumerate(trial.play.events) if getattr(event, "text", "") == "good morning")
    spot = trial.spot(at + 1)
    assert (spot.decisions, spot.scene, spot.ended) == (1, "morning", False)
    trial.restage(story_of(TEXT.replace("good morning", "good morning\n      Ana: again, good morning")))
    trial.tell_to(spot)
    assert trial.spot(trial.told).scene == "morning"
    assert getattr(trial.play.events[trial.told - 1], "text", "") == "again, good morning"


def test_a_scene_in_front_that_is_gone_is_told_anew_from_the_decision(story: Story) -> None:
    trial = Trial(story, 7)
    trial.take(parse_input("first: speak"))
    at = next(n for n, event in enumerate(trial.play.events) if getattr(event, "text", "") == "good morning")
    spot = trial.spot(at + 1)
    trial.restage(story_of(TEXT.replace("next: morning", "next: second").replace("  morning:\n", "  evening:\n")))
    trial.tell_to(spot)
    assert trial.spot(trial.told).scene == "first"
    assert trial.told < len(trial.play.events)


def test_the_quietest_thing_plays_every_story_to_its_end() -> None:
    for file in (*BEATS, TOUR):
        trial = Trial(load_story(file), 7)
        for _number in range(200):
            quietest = trial.quietest()
            if quietest is None:
                break
            trial.take(quietest)
            assert len(options_of(trial, trial.spot(len(trial.play.events)).scene)) >= 0
        assert trial.ended, file.name


def test_every_scene_of_the_hard_stories_can_be_set_down_in_and_asked_about() -> None:
    for file in BEATS:
        story = load_story(file)
        for scene in story.scenes:
            trial = Trial(story, 7)
            trial.set_down(scene)
            trial.tell_scene(scene)
            assert trial.spot(trial.told).scene == scene
            for about in (*options_of(trial, scene), *lines_of(trial, scene), *did_not_come(trial)):
                assert about.words
            pending_of(trial)


def test_about_when_a_scene_plays(story: Story) -> None:
    assert around(story, "second") == 86_400 + 10 * 3600
    assert around(story, "third") == 4 * 86_400 + 10 * 3600


# Why


def test_a_condition_is_taken_apart(story: Story) -> None:
    values = list(story.start_values())
    values[story.var_index["clues"]] = 2
    values[story.var_index["team"]] = -150
    found = pieces_of("not (spoke or clues >= 2) and team > -2", story, values)
    assert [(piece.words, piece.holds, piece.now, piece.depth) for piece in found] == [
        ("not this", False, "", 0),
        ("one of these", True, "", 1),
        ("spoke", False, "spoke is no", 2),
        ("clues >= 2", True, "clues is 2", 2),
        ("team > -2", True, "team is -1.5", 0),
    ]


def test_what_is_no_condition_has_no_pieces(story: Story) -> None:
    assert pieces_of("(spoke) and still here", story, story.start_values()) == ()


def test_pieces_hold_exactly_when_the_condition_does() -> None:
    """Over the shipped stories: the parts of a condition say what the engine says of the whole."""
    from scenarios import __file__ as here

    for file in sorted(Path(here).parent.glob("induction/*.yaml"))[:2]:
        if file.name == "pack.yaml":
            continue
        story = load_story(file)
        trial = Trial(story, 3)
        while (quietest := trial.quietest()) is not None:
            trial.take(quietest)
            for scene in story.scenes.values():
                for choice in scene.choices.values():
                    if choice.guard is None:
                        continue
                    found = pieces_of(choice.guard.text, story, trial.play.values)
                    top = [piece.holds for piece in found if piece.depth == 0]
                    whole = bool(choice.guard.test(trial.play.values))
                    assert all(top) is whole or not found, choice.guard.text


def test_a_choice_that_was_taken_already_says_so() -> None:
    trial = Trial(load_story(TOUR), 7)
    offer = trial.offer
    assert offer is not None
    trial.take(Input("hello", choice="who"))
    words = {one.id: one.words for one in options_of(trial, "hello")}
    assert words["laugh"] == "on offer"
    again = Trial(load_story(TOUR), 7)
    assert {one.id: one.words for one in options_of(again, "hello")}["laugh"].startswith("shown, and refused")


def test_what_is_typed_finds_scenes() -> None:
    assert matches("mor gar", "morning-2 In the garden")
    assert not matches("mor kitchen", "morning-2 In the garden")


# Ways


def test_ways(story: Story) -> None:
    way = way_to(story, "third")
    assert way.inputs is not None
    play = Play.replay(story, 7, way.inputs)
    assert play.offer is not None
    assert play.offer.scene == "third"
    assert len(way.inputs) == 2
    none = way_to(story, "never")
    assert none.inputs is None
    assert none.proved
    assert none.states > 1


def test_a_prover_that_fails_finds_no_way(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_more: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("game.preview.ways.prove", fails)
    monkeypatch.setattr("game.preview.ways.walk_to", partial(walk_to, steps=5000))
    monkeypatch.setattr("game.preview.ways._known", {})
    way = way_to(story, "third")
    assert way.inputs is not None
    assert (way.proved, way.shortest) == (False, False)
    assert way_to(story, "never").inputs is None


def test_a_walk_at_random_comes_to_where_plays_come(story: Story) -> None:
    for scene in story.scenes:
        way = walk_to(story, scene, seconds=5, steps=3000)
        assert (way is None) is (scene in ("never", "locked", "thanks")), scene
        if way is not None:
            play = Play.replay(story, 7, way)
            assert any(getattr(event, "scene", "") == scene for event in play.events)
            proved = way_to(story, scene).inputs
            assert proved is not None
            assert len(way) == len(proved)


def test_lines_of_what_is_told_afterwards(story: Story) -> None:
    assert lines_at_the_end(Trial(story, 7)) == []
    plain, ending = TEXT.split("endings:\n")[0], "{if spoke} You spoke, {you}.\n      {if clues >= 4} You knew."
    text = f"""{plain}endings:
  early: {{title: Early, if: clues >= 5, epilogue: Early.}}
  late:
    title: Late
    epilogue: |
      So.
      {ending}
codas:
  told: {{text: "{{if not spoke}} Nobody."}}
  never: {{if: clues >= 5, text: "{{if spoke}} Never."}}
debrief:
  unseen: {{second: "{{if spoke}} Ana looked up."}}
"""
    trial = Trial(story_of(text), 7, "Sam", inputs("first: speak"))
    at_the_end = [(one.path, one.row, one.label, one.standing) for one in lines_at_the_end(trial)]
    assert at_the_end == [
        (("endings", "late", "epilogue"), 1, "You spoke, Sam.", "offered"),
        (("endings", "late", "epilogue"), 2, "You knew.", "hidden"),
        (("codas", "told", "text"), 0, "Nobody.", "hidden"),
    ]
    assert [one.pieces[0].now for one in lines_at_the_end(trial)][:2] == ["spoke is yes", "clues is 2"]
    unseen = lines_of(trial, "second")[-1]
    assert (unseen.path, unseen.row, unseen.label, unseen.standing) == (
        ("debrief", "unseen", "second"),
        0,
        "Ana looked up.",
        "offered",
    )


# Reading


def test_lines_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(TEXT, "utf-8")
    reading = look_at(file)
    lines = TEXT.split("\n")
    assert lines[reading.line("scenes", "second") - 1] == "  second:"
    assert lines[reading.line("scenes", "second", "choices", "ask") - 1].startswith("      ask:")
    assert reading.line("scenes", "nowhere") == 0
    assert reading.line("scenes", "second", "choices", "nothing") == 0
    for number, line in enumerate(lines, 1):
        if line.strip() == "Ana: hello there":
            assert reading.scene_at(number) == "first"
    assert reading.scene_at(3) == ""
    assert reading.scene_at(lines.index("endings:") + 1) == ""


def test_a_packs_words_are_used(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(TEXT.replace("hello there", "ask {policy}"), "utf-8")
    (tmp_path / "pack.yaml").write_text("id: p\ntitle: P\nslots: {policy: the blue book}\n", "utf-8")
    reading = look_at(file)
    assert reading.story is not None
    trial = Trial(reading.story, 7)
    assert "ask the blue book" in [getattr(event, "text", "") for event in trial.play.events]


def test_what_was_found_in_words(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(TEXT, "utf-8")
    assert findings_words(look_at(file)) == ""
    file.write_text(TEXT.replace("next: morning", "next: m").replace("next: third", "next: t"), "utf-8")
    assert findings_words(look_at(file)) == "2 errors"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (1.4, "just now"), (2, "2 s ago"), (9.4, "9 s ago"), (19, "10 s ago"), (59, "50 s ago"),
     (61, "1 min ago"), (3599, "59 min ago"), (7300, "2 h ago")],
)  # fmt: skip
def test_how_long_ago(seconds: float, words: str) -> None:
    assert ago_words(seconds) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (100, "+1"), (-250, "-2.5"), (25, "+0.25")])
def test_a_dial_in_points(number: int, words: str) -> None:
    assert dial_words(number) == words


# Editors


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", "a b.yaml"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "a b.yaml"]),
        ("code --wait", ["code", "--wait", "--goto", "a b.yaml:7"]),
        ("hx", ["hx", "a b.yaml:7"]),
        (
            "'C:/Program Files/Microsoft VS Code/Code.exe'",
            ["C:/Program Files/Microsoft VS Code/Code.exe", "--goto", "a b.yaml:7"],
        ),
        ("my-editor", ["my-editor", "a b.yaml"]),
    ],
)
def test_an_editor_is_opened_at_the_line(editor: str, words: list[str]) -> None:
    assert command(editor, Path("a b.yaml"), 7) == words


class _Room:
    """An app that can make room for an editor, or cannot."""

    def __init__(self) -> None:
        self.made = 0

    def suspend(self) -> _Room:
        return self

    def __enter__(self) -> None:
        self.made += 1

    def __exit__(self, *_given: object) -> None:
        pass


@pytest.mark.parametrize(
    ("environ", "status", "words", "room"),
    [
        ({"EDITOR": "vim"}, 0, "", 1),
        ({"VISUAL": "code", "EDITOR": "vim"}, 0, "", 0),
        ({"EDITOR": "vim"}, 3, "Line 7 of a.yaml. “vim” ended with status 3.", 1),
        ({}, 0, "Line 7 of a.yaml. Set $VISUAL or $EDITOR, and e opens it there.", 0),
        ({"EDITOR": "vim 'x"}, 0, "Line 7 of a.yaml. “vim 'x” cannot be run: No closing quotation.", 0),
    ],
)
def test_what_comes_of_opening_an_editor(environ: dict[str, str], status: int, words: str, room: int) -> None:
    app = _Room()
    assert Editor(environ, lambda _words: status).open(app, Path("a.yaml"), 7) == words  # type: ignore[arg-type]
    assert app.made == room


def test_an_editor_that_is_not_there() -> None:
    said = Editor({"EDITOR": "/nowhere/vim"}).open(_Room(), Path("a.yaml"), 7)  # type: ignore[arg-type]
    assert said.startswith("Line 7 of a.yaml. “/nowhere/vim” cannot be run:")


# The commands


def test_the_schema_is_where_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.is_file()
    assert json.loads(path.read_text("utf-8"))["title"].startswith("Seenby scenario")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["nowhere.yaml"], "There is no file nowhere.yaml."),
        (["."], ". is a folder."),
        (["small.yaml"], "A preview needs a terminal."),
        (["small.yaml", "--decisions", "bad.txt"], "bad.txt:1: this is no decision"),
        (["small.yaml", "--decisions", "nowhere.txt"], "nowhere.txt cannot be opened"),
        (["small.yaml", "--decisions", "bytes.txt"], "bytes.txt is not UTF-8 text."),
        (["small.yaml", "--seed", "x"], "A whole number is wanted"),
    ],
)
def test_what_cannot_be_previewed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(TEXT, "utf-8")
    Path("bad.txt").write_text("what is this", "utf-8")
    Path("bytes.txt").write_bytes(b"\xff\xfe\x00")
    try:
        status = main(["preview", *given])
    except SystemExit as left:
        status = int(str(left.code))
    assert status == 2
    assert words.lower() in capsys.readouterr().err.lower()
