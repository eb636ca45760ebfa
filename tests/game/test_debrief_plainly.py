"""The rule, the numbers and the export in plain mode."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from game.session import Session
from saves.errors import SaveError
from saves.rules import LONGEST
from saves.store import Store
from tests.game.shell import SPOKE, plainly, tour


def fresh() -> Session:
    return Session.unsaved(tour(), 7, "Mara")


def test_the_rule_is_asked_for_and_may_be_left_empty() -> None:
    session = fresh()
    lines = plainly(session, ["", "q"], script=SPOKE)
    assert any(line.startswith("One rule for next time") for line in lines)
    assert session.rule is None
    # One of the keys is no rule.
    for way in (["q"], ["b", "0", "q"], ["o 1", "q"]):
        session = fresh()
        plainly(session, way, script=SPOKE)
        assert session.rule is None


def test_a_rule_in_ones_own_words_and_another_later() -> None:
    session = fresh()
    lines = plainly(session, ["If it rains,", "then I go in.", "w", "2", "q"], script=SPOKE)
    assert "If it rains, then I go in." in lines
    assert "So far: If it rains, then I go in." in lines
    assert session.rule not in (None, ("it rains", "go in"))


def test_what_is_no_rule_is_said_and_asked_again() -> None:
    session = fresh()
    lines = plainly(session, ["x" * (LONGEST + 1), "wait", "99", "it rains", "", "q"], script=SPOKE)
    assert any(f"at most {LONGEST} are kept" in line for line in lines)
    assert "There is no 99 here." in lines
    assert "No rule was written." in lines
    assert session.rule is None


def test_a_pipe_is_not_asked() -> None:
    lines = plainly(fresh(), [], script=SPOKE, interactive=False)
    assert not any("One rule" in line for line in lines)


def test_it_is_said_before_the_next_play(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        plainly(Session.new(store, "Mara", tour(), 7, "Mara"), ["it rains", "go in", "q"], script=SPOKE)
        assert (
            plainly(Session.new(store, "Mara", tour(), 8, "Mara"), ["q"])[0]
            == "Last time you wrote: If it rains, then I go in."
        )
        assert not any("Last time" in line for line in plainly(Session.new(store, "Ben", tour(), 8, "Ben"), ["q"]))


def test_the_numbers_over_time() -> None:
    lines = plainly(fresh(), ["", "g", "q"], script=SPOKE)
    assert "The dials over time, from -10 to +10." in lines
    assert any(line.startswith("  start, the beginning: Public trust 0, ") for line in lines)
    assert any("3 wk " in line for line in lines)


def test_the_export(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    lines = plainly(
        fresh(), ["", "e", str(file), "e", str(file), "no", "e", str(tmp_path / "a.pdf"), "e", "", "q"], script=SPOKE
    )
    assert f"Written to {file}." in lines
    assert f"There is a file {file} already." in lines
    assert "It stays as it is." in lines
    assert any("neither a page nor Markdown" in line for line in lines)
    assert file.read_bytes().startswith(b"# ")
    file.write_bytes(b"old")
    plainly(fresh(), ["", "e", str(file), "yes", "q"], script=SPOKE)
    assert file.read_bytes() != b"old"


class Broken(Session):
    def write_rule(self, situation: str, action: str, scene: str = "") -> None:
        raise SaveError("The disk is gone.", "Find it.")


def test_a_disk_that_refuses_says_so() -> None:
    lines = plainly(Broken.unsaved(tour(), 7, "Mara"), ["1", "q"], script=SPOKE)
    assert "The disk is gone." in lines


def test_plain_mode_loads_no_screen_for_it() -> None:
    code = "import sys, game.plain, game.debrief.plainly; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
