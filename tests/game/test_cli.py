"""The command line: what it says, what it costs, and that nobody ever meets a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from game import cli
from saves.store import Store
from tests.game.shell import BEATS, SPOKE, TOUR, person, played, small_pack

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `seenby` in this process; `typed` is what stands on its standard input."""
    monkeypatch.setenv("SEENBY_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("SEENBY_PACKS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def go(*argv: object, typed: str = "", status: int | None = 0) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            found = cli.main([str(word) for word in argv])
        except SystemExit as leaving:
            found = int(leaving.code or 0)
        said = capsys.readouterr()
        if status is not None:
            assert found == status, said.err
        assert "Traceback" not in said.err + said.out
        return found, said.out, said.err

    return go


def outside(*argv: str, typed: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "game", *argv], input=typed, capture_output=True, text=True, cwd=ROOT, timeout=60,
        env={**os.environ, **(env or {})}, check=False,
    )  # fmt: skip


def test_version(run: Run) -> None:
    assert run("--version")[1].startswith("Seenby ")


def test_list_shows_packs_with_minutes_tone_and_progress(run: Run) -> None:
    _status, out, _err = run("list")
    assert out.splitlines()[0] == "Induction"
    line = next(line for line in out.splitlines() if line.startswith("  grit-happens "))
    assert line.endswith("  Grit Happens · 15 minutes · light, with one sober turn · New")


def test_list_knows_what_was_played(run: Run, tmp_path: Path) -> None:
    saves = tmp_path / "saves"
    played(saves)
    played(saves, SPOKE[:2])
    _status, out, _err = run("list", "--pack", small_pack(tmp_path / "packs"))
    assert "tour   The tour · 5 minutes · brisk · In play, 2 decisions · Endings found: 1 of 2" in out


def test_looking_makes_no_saves(run: Run, tmp_path: Path) -> None:
    run("list")
    run("saves")
    assert not (tmp_path / "saves").exists()


def test_list_shows_a_broken_file_with_its_finding(run: Run, tmp_path: Path) -> None:
    folder = small_pack(tmp_path / "packs")
    (folder / "evening" / "odd.yaml").write_text("id: [\n", "utf-8")
    _status, out, _err = run("list", "--pack", folder)
    assert "odd    cannot be played:" in out
    assert "odd.yaml:" in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["play", "grit-hapens", "--plain"], "There is no scenario “grit-hapens”. Did you mean 'grit-happens'?"),
        (["play", "nope.yaml", "--plain"], "There is no file nope.yaml."),
        (["play", "--plain"], "Say which scenario"),
        (["play", "--plain", "--resume"], "No play is open."),
        (["play", "tour", "--plain", "--resume", "--no-save"], "--resume needs saves."),
        (["play", "grit-happens", "--plain", "--decisions", "nope.txt"], "nope.txt cannot be opened"),
        (["play", "--seed", "seven"], "a whole number is wanted, not “seven”"),
        (["play", "--seed", str(10**30)], "too large"),
        (["lst"], "There is no command “lst”; did you mean 'list'?"),
        (["--nonsense"], "nonsense"),
        (["list", "--pack", "/nonexistent/packs"], "There is no folder /nonexistent/packs."),
        (["list", "--player", "Nobody"], "Nothing"),
        ([], "Seenby's screen needs a terminal."),
        (["play", "grit-happens"], "Seenby's screen needs a terminal."),
        (["saves", "show", "abc"], "There is no saved play “abc”."),
        (["saves", "export", "--player", "Nobody"], "Nobody called “Nobody” has saved anything here."),
        (["saves", "import", "nope.json"], "nope.json cannot be opened"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_plain_sentences(run: Run, argv: list[str], says: str) -> None:
    if argv == ["list", "--player", "Nobody"]:
        # Without any saves there is nobody to look for.
        assert run(*argv)[0] == 0
        return
    status, _out, err = run(*argv, status=None)
    assert status == 2
    assert says in err


def test_findings_are_printed_with_file_line_and_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(TOUR.read_text("utf-8").replace("in: team\n    script", "in: teem\n    script"), "utf-8")
    status, out, err = run("play", file, "--plain", status=None)
    assert status == 2
    assert out == ""
    assert err.startswith(f"{file}:")
    assert " error: " in err
    assert "did you mean 'team'?" in err


def test_a_play_on_plain_lines_is_saved_and_gone_on_with(run: Run) -> None:
    _status, out, _err = run("play", TOUR, "--plain", "--seed", "7", "--player", "Mara", typed="0\n")
    assert "Ana: hello Mara, welcome" in out
    assert out.splitlines()[-1] == "Saved. See you."
    _status, out, _err = run("play", "--plain", "--resume", typed="0\n")
    assert "  Monday 21:10, Hello: Let it scroll by" in out
    _status, out, _err = run("saves")
    assert "Mara  The tour  2 decisions" in out


def test_no_save_keeps_nothing(run: Run, tmp_path: Path) -> None:
    _status, out, _err = run("play", TOUR, "--plain", "--no-save", "--name", "Jo", typed="0\n")
    assert "hello Jo, welcome" in out
    assert out.splitlines()[-1] == "See you."
    assert not (tmp_path / "saves").exists()


def test_a_cut_leaves_out_what_does_not_fit_and_is_gone_on_with(run: Run, tmp_path: Path) -> None:
    from game.guide.timings import cut_for
    from game.packs import library, load

    card = library().get("grit-happens")
    out = cut_for(load(card), 30)
    assert out
    saves = tmp_path / "cut"
    _status, said, err = run("play", "grit-happens", "--plain", "--cut", "30", "--name", "Jo", "--saves", saves, typed="0\n")
    assert err.startswith("Left out for 30 minutes: “")
    assert "See you." in said
    _status, _said, err = run("play", "grit-happens", "--plain", "--cut", "90", "--no-save", "--saves", saves)
    assert "Nothing has to be left out for 90 minutes." in err
    with Store.open(saves) as store:
        (info,) = store.plays()
        assert store.journal(info.id).cut == out
    _status, said, _err = run("play", "--plain", "--resume", "--saves", saves)
    assert "Where you were:" in said
    assert "invalid choice" in run("play", "grit-happens", "--cut", "45", status=2)[2].lower()


def test_the_same_seed_tells_the_same(run: Run) -> None:
    first = run("play", BEATS / "members.yaml", "--plain", "--no-save", "--seed", "3", typed="1\n")[1]
    assert run("play", BEATS / "members.yaml", "--plain", "--no-save", "--seed", "3", typed="1\n")[1] == first


def test_decisions_from_a_file(run: Run, tmp_path: Path) -> None:
    way = tmp_path / "way.txt"
    way.write_text("# ending: spoke\n" + "\n".join(SPOKE), "utf-8")
    _status, out, _err = run("play", TOUR, "--decisions", way, "--no-save")
    assert "The end: Said." in out
    assert "Looking back." in out


def test_a_decision_that_does_not_fit_ends_with_status_2(run: Run, tmp_path: Path) -> None:
    way = tmp_path / "way.txt"
    way.write_text("hello: speak\ntaps: nonsense\n", "utf-8")
    status, out, err = run("play", TOUR, "--decisions", way, "--no-save", status=None)
    assert status == 2
    assert f"{way}:2: “taps: nonsense” cannot be taken here" in err
    assert "Two taps before bed." in out


def test_what_is_no_transcript_is_refused(run: Run, tmp_path: Path) -> None:
    way = tmp_path / "way.txt"
    way.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text" in run("play", TOUR, "--decisions", way, status=2)[2]
    way.write_text("hello\n", "utf-8")
    assert "this is no decision" in run("play", TOUR, "--decisions", way, status=2)[2]


def test_a_file_that_was_played_is_remembered(run: Run) -> None:
    run("play", TOUR, "--plain", typed="")
    assert "tour" in run("list")[1]


def test_show_export_import_and_forget(run: Run, tmp_path: Path) -> None:
    play = played(tmp_path / "saves", SPOKE[:2])
    packs = small_pack(tmp_path / "packs")
    _status, out, _err = run("saves", "show", play[:6], "--pack", packs)
    assert out.startswith("The tour, played by Mara, begun 2026-11-20")
    assert "1. Monday 21:10, Hello: Say it is not for you" in out
    assert "hello: speak" in run("saves", "show", play)[1]
    file = tmp_path / "out.json"
    run("saves", "export", play, "-o", file)
    assert json.loads(file.read_text("utf-8"))["seenby"] == "saves"
    run("saves", "forget", play, "--yes")
    assert run("saves")[1] == "Nothing is saved yet.\n"
    assert "1 play is here now" in run("saves", "import", file)[1]
    assert play in run("saves", "list")[1]
    assert "Mara" in run("saves", "export", "--player", "mara")[1]
    run("saves", "forget", "--player", "Mara", "--yes")
    assert run("saves")[1] == "Nothing is saved yet.\n"


def test_nothing_is_forgotten_without_being_sure(run: Run, tmp_path: Path) -> None:
    play = played(tmp_path / "saves", SPOKE[:1])
    assert "--yes" in run("saves", "forget", play, status=1)[2]
    assert "Say what to forget" in run("saves", "forget", status=2)[2]
    assert play in run("saves")[1]


@pytest.mark.parametrize("data", ["{", "[]", '{"seenby": "saves"}', "[" * 100_000])
def test_what_is_no_export_is_refused(run: Run, tmp_path: Path, data: str) -> None:
    file = tmp_path / "in.json"
    file.write_text(data, "utf-8")
    assert "not something that Seenby exported" in run("saves", "import", file, status=2)[2]


def test_a_folder_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "saves").write_text("in the way", "utf-8")
    status, _out, err = run("play", TOUR, "--plain", status=None)
    assert status == 1
    assert str(tmp_path / "saves") in err


def test_global_options_stand_before_or_after(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    played(other, SPOKE[:1])
    assert "The tour" in run("--saves", other, "saves")[1]
    assert "The tour" in run("saves", "list", "--saves", other)[1]
    assert "The tour" in run("saves", "--saves", other, "list")[1]


def test_something_unexpected_is_written_down_and_not_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the kettle")

    monkeypatch.setattr("game.packs.load", broken)
    status, _out, err = run("play", TOUR, "--plain", "--no-save", status=None)
    assert status == 1
    assert "Something went wrong that should not have." in err
    assert "the kettle" not in err
    (log,) = (tmp_path / "saves").glob("mishap-*.log")
    assert str(log) in err
    assert "RuntimeError: the kettle" in log.read_text("utf-8")


def test_who_plays_is_who_played_last_or_a_guest(run: Run, tmp_path: Path) -> None:
    run("play", TOUR, "--plain", typed="")
    with Store.open(tmp_path / "saves") as store:
        assert [player.name for player in store.players()] == ["Guest"]
    person(tmp_path / "more", "Mara")
    out = run("--saves", tmp_path / "more", "play", TOUR, "--plain", typed="")[1]
    assert "hello Mara, welcome" in out


def test_lean_imports() -> None:
    """Listing, the version and a mistake load no screen, no engine and no maker of names."""
    code = (
        "import sys; from game.cli import main\n"
        "for argv in (['list'], ['--version'], ['saves']):\n"
        "    main(argv)\n"
        "heavy = [name for name in ('textual', 'rich', 'faker', 'transitions', 'engine.play.play') if name in sys.modules]\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_as_a_module_with_a_pipe_that_closes(tmp_path: Path) -> None:
    env = {"SEENBY_SAVES": str(tmp_path / "saves"), "XDG_DATA_HOME": str(tmp_path)}
    done = outside("play", str(TOUR), "--plain", "--seed", "7", "--name", "Jo", typed="0\n", env=env)
    assert done.returncode == 0
    assert done.stdout.startswith("The tour\n\nTeam 9, Monday 21:10.\n")
    assert done.stderr == ""
    reader = subprocess.run(
        f"{sys.executable} -m game play {TOUR} --plain --no-save < /dev/null | head -1",
        shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, env={**os.environ, **env}, check=False,
    )  # fmt: skip
    assert reader.stdout == "The tour\n"
    assert "Traceback" not in reader.stderr


def test_a_terminal_that_lacks_letters(tmp_path: Path) -> None:
    env = {"SEENBY_SAVES": str(tmp_path), "PYTHONIOENCODING": "ascii", "XDG_DATA_HOME": str(tmp_path)}
    done = outside("play", str(TOUR), "--plain", "--no-save", env=env)
    assert done.returncode == 0
    assert "Ana and 2 others react ?." in done.stdout
