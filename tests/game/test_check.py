"""`seenby check`: formats, exit status, folders, and findings explained."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from engine.check.codes import ALL_CODES
from engine.script.findings import Finding
from game.check import CheckProblem, explained, github, pages, scenario_files, summary, told
from game.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SECOND = EXAMPLES / "second.yaml"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with a good scenario, one with a warning, one that cannot be played, and things that are no scenarios."""
    folder = tmp_path / "pack"
    (folder / "more").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    text = SECOND.read_text("utf-8")
    (folder / "good.yaml").write_text(text.replace("begins:", "covers: [S1, S2]\nbegins:"), "utf-8")
    (folder / "more" / "long.yml").write_text(
        text.replace("title: The Marrow", f"title: The {'very ' * 9}long Marrow"), "utf-8"
    )
    (folder / "broken.yaml").write_text(text.replace("next: torch", "next: lantern"), "utf-8")
    (folder / "pack.yaml").write_text("seenby: 1\nid: mine\ntitle: Mine\n", "utf-8")
    (folder / "slots.yaml").write_text("policy: the blue book\n", "utf-8")
    (folder / "notes.yaml").write_text("what: a list for shopping\n", "utf-8")
    (folder / ".hidden" / "old.yaml").write_text("seenby: 1\n", "utf-8")
    return folder


def test_a_clean_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SECOND)]) == 0
    out, err = capsys.readouterr()
    assert f"{SECOND}:47:1: SB315 info: there are no questions for the debrief\n    write `debrief:`" in out
    assert re.fullmatch(r"1 scenario checked: \d for information\.", out.splitlines()[-1])
    assert err == ""


def test_what_fails_is_asked_for(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statuses = {
        (name, level): main(["check", str(pack / name), "--fail-on", level])
        for name in ("good.yaml", "more/long.yml", "broken.yaml")
        for level in ("error", "warning", "info")
    }
    assert statuses == {
        ("good.yaml", "error"): 0, ("good.yaml", "warning"): 0, ("good.yaml", "info"): 1,
        ("more/long.yml", "error"): 0, ("more/long.yml", "warning"): 1, ("more/long.yml", "info"): 1,
        ("broken.yaml", "error"): 1, ("broken.yaml", "warning"): 1, ("broken.yaml", "info"): 1,
    }  # fmt: skip
    assert "SB204 error: there is no scene 'lantern'" in capsys.readouterr().out


def test_a_folder_checks_every_scenario_and_tells_what_they_cover(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [path.relative_to(pack).as_posix() for path in scenario_files(pack)] == ["broken.yaml", "good.yaml", "more/long.yml"]
    assert main(["check", str(pack)]) == 1
    out = capsys.readouterr().out
    for code in (
        "broken.yaml:39:11: SB204",
        "long.yml:3:8: SB404 warning",
        f"{pack}:1:1: SB330 info: 2 of 34 statements are covered (S1, S2); not covered: S3,",
    ):
        assert code in out, out
    assert out.splitlines()[-1].startswith("3 scenarios checked: 1 error, 1 warning, ")


def test_words_that_the_pack_gives_are_given(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (pack / "good.yaml").read_text("utf-8").replace("Bev: which marrow", "Bev: read {policy}")
    (pack / "good.yaml").write_text(text, "utf-8")
    main(["check", str(pack / "good.yaml")])
    assert "SB322" not in capsys.readouterr().out
    (pack / "slots.yaml").unlink()
    main(["check", str(pack / "good.yaml")])
    assert (
        "SB322 info: these slots have only their standard words: {policy} (“the messaging policy”)" in capsys.readouterr().out
    )


def test_json_is_a_list_of_findings(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(pack / "broken.yaml"), str(pack / "good.yaml"), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert list(found[0]) == ["file", "line", "column", "code", "severity", "message", "hint"]
    assert (found[0]["code"], found[0]["line"], found[0]["severity"]) == ("SB204", 39, "error")
    assert {one["file"] for one in found} == {str(pack / "broken.yaml"), str(pack / "good.yaml")}
    assert told([], "json", 1) == "[]\n"


def test_github_shows_it_beside_the_line(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(pack), "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=SB\d{3}::.", line) for line in lines)
    finding = Finding(code="SB999", severity="info", message="100 %, a: b\r", file="a,b:c%.yaml", line=3, column=4, hint="x::y")
    assert github(finding) == "::notice file=a%2Cb%3Ac%25.yaml,line=3,col=4,title=SB999::100 %25, a: b%0D%0Ax::y"
    assert told([], "github", 1) == ""


def test_the_last_line_counts() -> None:
    one = [Finding(code="SB1", severity=severity, message="m", file="f") for severity in ("error", "info", "info")]  # type: ignore[arg-type]
    assert summary(one, 2) == "2 scenarios checked: 1 error, 2 for information."
    assert summary([], 1) == "1 scenario checked: nothing found."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Say which file or folder to check"),
        (["nowhere.yaml"], "There is no file or folder nowhere.yaml"),
        (["--explain", "SB999"], "There is no finding “SB999”"),
        (["--explain", "what"], "codes look like SB301"),
        (["x.yaml", "--reading-age", "old"], "an age from 6 to 25"),
        (["x.yaml", "--reading-age", "99"], "an age from 6 to 25"),
        (["x.yaml", "--fail-on", "nothing"], "nothing"),
    ],
)
def test_what_cannot_be_used(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(["check", *arguments])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_a_folder_without_scenarios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["check", str(tmp_path / "empty")]) == 2
    assert "There is no scenario in" in capsys.readouterr().err


def test_a_file_that_holds_anything_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, data in enumerate((b"", b"\xff\xfe\x00", b"- a\n- b\n", b"{" * 300, b"seenby: 1\n", b"\x1b]0;x\x07")):
        file = tmp_path / f"f{number}.yaml"
        file.write_bytes(data)
        assert main(["check", str(file)]) == 1
        out = capsys.readouterr().out
        assert "error: " in out
        assert "\x1b" not in out


def test_another_reading_age(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "Notwithstanding considerable inconvenience, everybody ought to remember the arrangements that were made. " * 6
    file = tmp_path / "hard.yaml"
    file.write_text(SECOND.read_text("utf-8").replace("Bev: which marrow", f"Bev: which marrow\n      > {line}"), "utf-8")
    main(["check", str(file), "--reading-age", "20"])
    assert "SB406" not in capsys.readouterr().out
    main(["check", str(file), "--reading-age", "9"])
    assert "SB406 warning: the texts need a reading age of about" in capsys.readouterr().out


def test_findings_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "sb301"]) == 0
    assert capsys.readouterr().out.startswith("# SB301: No play comes to a scene\n")


def test_findings_explained_without_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.check.pages", lambda: tmp_path)
    assert explained("SB301") == "SB301 (warning): No play comes to a scene.\n"
    with pytest.raises(CheckProblem, match="did you mean 'SB"):
        explained("SB399")


def test_pages_are_found_where_they_were_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages() == ROOT / "docs" / "findings"
    installed = tmp_path / "engine" / "check" / "pages"
    installed.mkdir(parents=True)
    shutil.copy(pages() / "SB301.md", installed)
    monkeypatch.setattr("engine.__file__", str(tmp_path / "engine" / "__init__.py"))
    assert pages() == installed
    assert {path.stem for path in installed.glob("*.md")} <= set(ALL_CODES)
