"""A room on plain lines, and `seenby workshop` on the command line."""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from engine import load_story
from engine.room.inputs import Setup
from engine.story.model import Story
from game.cli import _parser, main
from game.packs import library
from game.workshop.host import RoomHost
from game.workshop.plain import PlainRoom
from game.workshop.plan import plan_for
from saves.errors import DiskFull
from saves.rooms import Rooms
from saves.store import Store
from tests.game.shell import TOUR

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def story() -> Story:
    return load_story(TOUR)


def told(host: RoomHost, answers: Iterable[str], **how: object) -> list[str]:
    """What is said when these lines are typed; each stands in it after its prompt."""
    said: list[str] = []
    waiting = list(answers)

    def read(prompt: str) -> str | None:
        if not waiting:
            return None
        said.append(f"{prompt}{waiting[0]}")
        return waiting.pop(0)

    PlainRoom(host, read, said.append, **how).run()  # type: ignore[arg-type]
    return said


def after(said: list[str], answer: str) -> str:
    """What came next after a line that was typed."""
    at = next(index for index, line in enumerate(said) if line.endswith(f" {answer}"))
    end = next(
        (index for index in range(at + 1, len(said)) if said[index].startswith((">", "Count", "Decide", "["))), len(said)
    )
    return "\n".join(said[at + 1 : end])


def test_hands_are_counted_before_anything_is_shown(story):
    steps = [
        "",
        "b",
        "2=1",
        "j",
        "",
        "r",
        "9=1",
        "1=7",
        "1=-",
        "1=4",
        "2=9",
        "3=0",
        "4=3",
        "r !",
        "t",
        "v",
        "1=2",
        "4=5",
        "r ! ",
        "g",
        "",
        "",
    ]
    said = told(RoomHost.unsaved(story, Setup(7)), steps)
    text = "\n".join(said)
    assert after(said, "2=1") == "There is nothing to vote on yet."
    assert after(said, "9=1") == "There is no number 9 here."
    assert after(said, "r") == "Nothing is counted yet."
    assert after(said, "2=9") == "You have not understood it yet."
    assert after(said, "3=0") == "2 counts are missing."
    assert "To talk about:" in after(said, "t")
    before, _sign, later = text.partition("How the room voted:")
    # The inner voices come with the split and not before.
    assert "Somebody goes first." not in before
    assert "“Somebody goes first.”" in later
    assert "1. Say it is not for you: 4 then 2 (-2)" in text
    assert "The room goes for: 4. Pass it on to Ana." in after(said, "g")
    assert "Decided. Enter goes on." in text
    assert "You decide: Pass it on to Ana." in text


def test_tables_vote_and_a_tie_asks(story):
    host = RoomHost.unsaved(story, Setup(7, tables=2))
    answers = ["j", "", "C=1", "A=1", "r", "B=1.", "B=4", "r ", "g", "", "d", "d 5", "d 1", "u", "?", "nonsense", "b", "q"]
    said = told(host, answers)
    assert after(said, "C=1") == "There is no table C here."
    assert after(said, "r") == "Table B has not said yet."
    assert after(said, "B=1.") == "“1.” is no number."
    assert after(said, "B=4") == "All are in. r reveals."
    assert "A tie between: 1." in after(said, "g")
    assert after(said, "d") == "Say which: d and a number."
    assert after(said, "d 5") == "There is no number 5 here."
    assert host.room.play.inputs == []  # taken back
    assert "twelve hands" in after(said, "?")
    assert "nothing to do here" in after(said, "nonsense")
    assert said[-1] == "See you."


def test_everything_of_the_tour_on_plain_lines(story):
    """A choice, switches, letters with an order and a board; a countdown; back, another road, and both beside each other."""
    host = RoomHost.unsaved(story, Setup(7, minutes=30))
    keys = ["w", "p", "j", "c 60", "c", "c ", "c +30", "c x", "c stop", "l", "s", "h", "x now", "d 1"]
    road = ["j", "d 1", "j", "d 0", "j", "d 1,2", "j", "d 1.1 2.0"]
    said = told(host, [*keys, *road, "j", "o", "o 99", "o 1", "d 4", *road, "j", "x "], plan=plan_for(story, 30))
    assert after(said, "c 60") == "60 seconds left."
    assert after(said, "c +30") == "90 seconds left."
    assert "c starts" in after(said, "c x")
    assert after(said, "c stop") == "No countdown."
    assert "minutes left." in after(said, "p")
    assert after(said, "l") == "There is no time limit here."
    assert after(said, "s") == "There is nothing to skip here."
    assert "anyone seen the good stapler" in after(said, "h")
    assert "one road only" in after(said, "x now")
    assert host.room.phase == "ended"
    text = "\n".join(said)
    assert "Looking back." in text
    assert "Go back to which decision?" in after(said, "o")
    assert after(said, "o 99") == "There is no decision 99."
    assert "The room is here:" in after(said, "o 1")
    assert "This road: Pass it on to Ana." in after(said, "x ")
    assert "The other road: Say it is not for you." in after(said, "x ")


def test_a_rehearsal_is_one_key(story):
    host = RoomHost.unsaved(story, Setup(7, tables=4, rehearsal=True))
    said = told(host, [""] * 200)
    assert host.room.phase == "ended"
    assert sum(line == "How the room voted, first and then:" for line in said) == len(host.room.path)


def test_a_disk_that_refuses_is_told_and_nothing_is_done(story, tmp_path, monkeypatch):
    with Store.open(tmp_path) as store:
        host = RoomHost.begin(store, story, Setup(7))

        def refuse(*_args: object, **_more: object) -> None:
            raise DiskFull(tmp_path / "seenby.db")

        monkeypatch.setattr(host._journal, "append", refuse)
        said = told(host, ["j"])
        assert "no room left" in after(said, "j")
        assert host.room.state.told == 0
        host.close()


# The command line


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`seenby …` with saves of its own and what is typed; (status, out, err)."""
    monkeypatch.setenv("SEENBY_SAVES", str(tmp_path / "saves"))

    def run_(*argv: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            status = main(list(argv))
        except SystemExit as leaving:
            status = int(str(leaving.code))
        out, err = capsys.readouterr()
        return status, out, err

    return run_


def rooms_in(tmp_path: Path) -> list[str]:
    with Store.open(tmp_path / "saves") as store:
        found: Rooms = store.rooms
        return [info.id for info in found.all()]


def test_a_room_is_kept_gone_on_with_reported_and_forgotten(run, tmp_path):
    status, out, _err = run("workshop", str(TOUR), "--plain", "--seed", "7", "--tables", "2", typed="j\n\nA=1\n")
    assert status == 0
    (room,) = rooms_in(tmp_path)
    assert f"seenby workshop --continue {room}" in out
    status, out, _err = run("workshop", "--continue", "--plain", typed="B=1\nr\ng\n\n")
    assert status == 0
    assert "Where the room was:" in out
    assert "How the room voted:" in out
    page, table = tmp_path / "room.html", tmp_path / "room.csv"
    status, _out, err = run("workshop", "--report", room[:5], "--html", str(page), "--csv", str(table))
    assert (status, err.count("Written to")) == (0, 2)
    assert "The road in short" in page.read_text("utf-8")
    assert next(csv.reader(table.open(encoding="utf-8-sig")))[0] == "road"
    status, _out, err = run("workshop", "--report", room, "--html", str(page))
    assert (status, "--force" in err) == (1, True)
    assert run("workshop", "--report", room, "--csv", "-")[1].startswith("\ufeffroad,")
    status, out, _err = run("saves")
    assert "(a room)" in out
    assert "1 decision" in out
    assert '"seenby": "room"' in run("saves", "export", room)[1]
    shown = run("saves", "show", room)[1]
    assert "played by a room" in shown
    assert "  1. Hello: Say it is not for you" in shown
    assert "It is Monday 21:10" in shown
    kept = tmp_path / "room.json"
    run("saves", "export", room, "-o", str(kept))
    assert run("saves", "forget", room, "--yes")[:2] == (0, "Forgotten.\n")
    assert run("saves")[1] == "Nothing is saved yet.\n"
    # Elsewhere, or later: there it is again, to go on with and to report on.
    assert run("saves", "import", str(kept), "--player", "Mara")[0] == 2
    status, out, _err = run("saves", "import", str(kept))
    assert (status, f"seenby workshop --continue {room}" in out) == (0, True)
    assert run("saves", "show", room, "--pack", str(TOUR.parent))[1] == shown
    kept.write_text(kept.read_text("utf-8").replace('"Turn"', '"Tern"'), "utf-8")
    assert "not something that Seenby exported" in run("saves", "import", str(kept))[2]


def test_a_rehearsal_takes_the_place_of_the_one_before(run, tmp_path):
    for _time in range(2):
        status, out, err = run("workshop", str(TOUR), "--plain", "--rehearse", "--minutes", "60", typed="\n" * 20)
        assert status == 0
        assert "How the room voted" in out
        assert "60 minutes" in err
    assert len(rooms_in(tmp_path)) == 1
    assert "(a rehearsal)" in run("saves")[1]
    status, _out, err = run("workshop", "--continue", "--plain")
    assert (status, "no room here" in err) == (1, True)


def test_the_plan_and_the_handout(run, tmp_path):
    status, out, _err = run("workshop", str(TOUR), "--minutes", "30", "--plan")
    assert status == 0
    assert out.startswith("0 to 3: Welcome")
    paper = tmp_path / "handout.html"
    assert run("workshop", "--handout", str(TOUR), "-o", str(paper))[0] == 0
    assert "My rule" in paper.read_text("utf-8")
    paper.write_text("notes of my own", "utf-8")
    status, _out, err = run("workshop", "--handout", str(TOUR), "-o", str(paper))
    assert (status, "--force" in err, paper.read_text("utf-8")) == (1, True, "notes of my own")
    assert run("workshop", "--handout", str(TOUR), "-o", str(paper), "--force")[0] == 0
    assert "My rule" in paper.read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["workshop"], "Say which scenario"),
        (["workshop", str(TOUR), "--tables", "27"], "--tables goes from 0 to 26"),
        (["workshop", str(TOUR), "--people", "-1"], "--people goes from 0"),
        (["workshop", str(TOUR), "--plan"], "Say how long the session is"),
        (["workshop", str(TOUR), "--minutes", "45"], "--help"),
        (["workshop", "nothing-like-it"], "nothing-like-it"),
        (["workshop", "--report", "abc"], "Say where to"),
        (["workshop", "--report", "abc", "--csv", "x.csv"], "There is no room “abc”"),
        (["workshop", "--handout", str(TOUR)], "Say where to"),
        (["workshop", "--continue", "abc"], "There is no room “abc”"),
        (["workshop", "--notes"], "There is no room here to follow"),
    ],
)
def test_what_cannot_be_done_is_said(run, argv, says):
    status, _out, err = run(*argv)
    assert status in (1, 2)
    assert says in err
    assert "Traceback" not in err


def test_a_room_whose_scenario_is_gone(run, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(TOUR.read_text("utf-8"), "utf-8")
    assert run("workshop", str(own), "--plain")[0] == 0
    own.unlink()
    status, _out, err = run("workshop", "--continue", "--plain")
    assert (status, "is not here" in err) == (2, True)


def test_every_command_of_the_guide_is_one():
    guide = (Path(__file__).parents[3] / "docs" / "running-a-workshop.md").read_text("utf-8")
    lines = [line.strip() for line in guide.splitlines() if line.startswith("seenby ")]
    lines += [found[1:-1] for found in re.findall(r"`seenby [^`]+`", guide)]
    assert len(lines) > 8
    for line in lines:
        assert _parser().parse_args(shlex.split(line)[1:]).run is not None
    shipped = {card.id for card in library().cards}
    assert {word for line in lines for word in shlex.split(line) if word.count("-") >= 2 and word[0] != "-"} <= shipped
