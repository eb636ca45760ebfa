"""`seenby prove`: what it tells, what it writes, and that every play it shows can be played."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from game.cli import main
from game.prove import histogram, odds_words
from tests.engine.play.test_cut import STORY as CUT

BEATS = Path(__file__).parents[1] / "fixtures" / "beats"
ROUTES = str(BEATS / "routes.yaml")
GAP = """\
seenby: 1
id: gap
title: Gap
minutes: 5
begins: Monday 09:00
cast: {ana: {name: Ana}}
places:
  page: {feed: Page, followers: 9}
flags: {met: {}, other: {}}
scenes:
  a:
    in: page
    choices:
      look: {label: Look, set: {met: yes}, dials: {team: +1}, because: So.}
      never: {label: Never, if: other}
      silence: {}
    next: end
endings:
  lost: {title: Lost, if: met and not met, epilogue: L.}
  found: {title: Found, if: met, epilogue: F.}
  usual: {title: Usual, epilogue: U.}
codas:
  gone: {text: G., if: other}
"""


def proved(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["prove", *words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def gap(tmp_path: Path) -> str:
    file = tmp_path / "gap.yaml"
    file.write_text(GAP, "utf-8")
    return str(file)


def test_what_can_be_reached_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = proved(capsys, ROUTES)
    assert status == 0
    assert "proved for every play" in out
    assert "219 different plays, of 2 to 6 decisions; every one of them ends" in out
    assert "nobody is ever stuck, and time that runs out always leads on" in out
    assert "sign-off: 28.00 % at random, 9 plays, shortest play 2 decisions" in out


def test_what_cannot_is_told_as_such(capsys: pytest.CaptureFixture[str], gap: str) -> None:
    status, out, _err = proved(capsys, gap)
    assert status == 1
    assert "cannot be reached, whatever anybody decides: choices a.never" in out
    assert "cannot be reached, whatever anybody decides: endings lost" in out
    assert "    lost: cannot be reached" in out
    assert "found: 50.00 % at random, 1 play, shortest play 1 decisions" in out


def test_a_cut_is_proved_as_what_is_played(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("game.guide.timings.cut_for", lambda _story, minutes: ("first",) if minutes == 30 else ())
    file = tmp_path / "cut.yaml"
    file.write_text(CUT, "utf-8")
    status, out, _err = proved(capsys, str(file), "--cut", "30")
    assert status == 1
    assert "a cut: first left out" in out
    assert "cannot be reached, whatever anybody decides: endings bright" in out
    assert "choices first.answer" not in out
    status, out, _err = proved(capsys, str(file), "--cut", "90")
    assert status == 0
    assert "a cut" not in out
    for minutes, left_out in (("30", ["first"]), ("90", [])):
        _status, out, _err = proved(capsys, str(file), "--cut", minutes, "--format", "json")
        assert json.loads(out)["left_out"] == left_out


def test_what_was_not_looked_at_is_not_claimed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = proved(capsys, ROUTES, "--states", "3")
    assert status == 1
    assert "not proved in full" in out
    assert "not proved: endings, stopped by more than 3 states" in out
    assert "not found so far" in out
    assert "cannot be reached" not in out


def test_as_data(capsys: pytest.CaptureFixture[str], gap: str) -> None:
    status, out, _err = proved(capsys, gap, "--format", "json")
    data = json.loads(out)
    assert status == 1
    assert data["proved"] is True
    assert data["plays"] == 2
    assert data["unreachable"] == {"choices": ["a.never"], "endings": ["lost"], "codas": ["gone"]}
    assert data["endings"]["found"]["odds"] == "1/2"
    assert data["endings"]["found"]["witness"] == ["a: look"]
    assert data["endings"]["found"]["dials"]["team"] == {"lowest": 1.0, "highest": 1.0, "plays": {"1": 1}}
    assert data["claims"]["endings"]["proved"] is True


def test_a_folder_is_proved_file_by_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "gap.yaml").write_text(GAP, "utf-8")
    (tmp_path / "again.yaml").write_text(GAP.replace("Gap", "Again"), "utf-8")
    status, out, _err = proved(capsys, str(tmp_path))
    assert status == 1
    assert out.index("Again: proved") < out.index("Gap: proved")
    _status, out, _err = proved(capsys, str(tmp_path), "--format", "json")
    assert len(json.loads(out)) == 2
    status, _out, err = proved(capsys, str(tmp_path), "--witness", "found")
    assert status == 2
    assert "for one scenario" in err


@pytest.mark.parametrize("what", ["paper-trail", "which-door", "which-door.speak-up"])
def test_a_witness_can_be_played(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody goes on from where it leads
    status, out, _err = proved(capsys, ROUTES, "--witness", what)
    assert status == 0
    decisions = tmp_path / "way.txt"
    decisions.write_text(out, "utf-8")
    assert main(["play", ROUTES, "--plain", "--no-save", "--seed", "1", "--decisions", str(decisions)]) == 0
    capsys.readouterr()


def test_no_way_is_said_to_be_none(capsys: pytest.CaptureFixture[str], gap: str) -> None:
    status, out, err = proved(capsys, gap, "--witness", "lost")
    assert (status, out) == (1, "")
    assert "No play comes to “lost”." in err
    status, _out, err = proved(capsys, gap, "--witness", "fuond")
    assert status == 2
    assert "did you mean 'found'?" in err
    status, _out, err = proved(capsys, gap, "--witness", "lost", "--states", "1")
    assert status == 1
    assert "none is ruled out" in err


@pytest.mark.parametrize("file", sorted(BEATS.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_play_to_each_ending_is_written_and_ends_so(capsys: pytest.CaptureFixture[str], tmp_path: Path, file: Path) -> None:
    proved(capsys, str(file), "--decisions-dir", str(tmp_path / "ways"))
    written = sorted((tmp_path / "ways").glob("*.txt"))
    assert written
    for one in written:
        text = one.read_text("utf-8")
        ending = text.splitlines()[0].removeprefix("# ending: ")
        assert text.splitlines()[1] == "# seed: 1"
        assert main(["play", str(file), "--plain", "--no-save", "--seed", "1", "--decisions", str(one)]) == 0
        from engine import load_story

        title = next(found.title for found in load_story(file).endings if found.id == ending)
        assert str(title) in capsys.readouterr().out


def test_what_cannot_be_used_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert proved(capsys, str(tmp_path / "none.yaml"))[0] == 2
    assert proved(capsys, str(tmp_path))[0] == 2
    bad = tmp_path / "bad.yaml"
    bad.write_text(GAP.replace("next: end", "next: nowhere"), "utf-8")
    status, _out, err = proved(capsys, str(bad))
    assert status == 2
    assert "SB204" in err
    for words in (("--states", "0"), ("--seconds", "soon")):
        with pytest.raises(SystemExit) as left:
            main(["prove", ROUTES, *words])
        assert left.value.code == 2
    capsys.readouterr()


def test_rare_odds_are_not_rounded_away() -> None:
    assert odds_words(1.0) == "100.00 %"
    assert odds_words(0.0) == "0.00 %"
    assert odds_words(1e-9) == "1 in 1e+09"
    assert odds_words(1 - 1e-6) == "all but 1 in 1e+06"


def test_a_single_play_shows_in_a_histogram() -> None:
    from engine.proof import DialRange

    assert histogram(DialRange(-100, 100, {-100: 1, 0: 10**9, 100: 1})) == "▂█▂"
    assert histogram(DialRange(-100, 100, {-100: 1, 100: 7})) == "▂ █"
    assert histogram(DialRange(50, 50, {50: 3})) == ""
    assert histogram(DialRange(20, 60, {20: 1, 60: 1})) == "██"
