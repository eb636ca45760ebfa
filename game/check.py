"""`seenby check`: what it takes, and how findings are told.

Status 0: nothing found at or above `--fail-on`. 1: something was. 2: what was given cannot be used.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _, n_

if TYPE_CHECKING:
    from engine.script.findings import Finding

SEVERITIES = ("error", "warning", "info")
"""From worst to mildest."""
FORMATS = ("text", "json", "github")
_PARTS = ("pack.yaml", "slots.yaml", "organisation.yaml")
_SCENARIO = re.compile(rb"^[\"']?(?:seenby|scenes)[\"']?[ \t]*:", re.MULTILINE)
_CODE = re.compile(r"SB\d{3}")


class CheckProblem(Exception):
    """What was given cannot be checked. The text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby check` takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=_("a scenario file, or a folder of them"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=_("how to tell what was found (default: text)"))
    parser.add_argument(
        "--fail-on", choices=SEVERITIES, default="error", help=_("the mildest finding that makes the status 1 (default: error)")
    )
    parser.add_argument("--explain", metavar="CODE", help=_("tell what a finding such as SB301 means, with examples"))
    parser.add_argument(
        "--reading-age", metavar="YEARS", type=_age, help=_("how old a reader has to be, at most (default: 14)")
    )


def _age(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 6 <= int(text) <= 25:
        raise argparse.ArgumentTypeError(_("an age from 6 to 25 is wanted, not “{text}”").format(text=text))
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Check what was named and tell what was found. Returns the exit status. Raises CheckProblem and OSError."""
    if args.explain is not None:
        sys.stdout.write(explained(args.explain))
        return 0
    if not args.paths:
        raise CheckProblem(_("Say which file or folder to check: `seenby check my-story.yaml`."))
    found: list[Finding] = []
    count = 0
    for path in args.paths:
        one, files = check_path(path, args.reading_age)
        found += one
        count += files
    sys.stdout.write(told(found, args.format, count))
    worst = SEVERITIES[: SEVERITIES.index(args.fail_on) + 1]
    return int(any(finding.severity in worst for finding in found))


def check_path(path: Path, reading_age: int | None = None) -> tuple[list[Finding], int]:
    """The findings of a file, or of every scenario in a folder with what the folder covers; and how many files that were.

    Raises CheckProblem and OSError.
    """
    from engine.check import coverage

    if not path.is_dir():
        if not path.exists():
            raise CheckProblem(_("There is no file or folder {path}. Check the name.").format(path=path))
        return check_file(path, reading_age)[0], 1
    files = scenario_files(path)
    if not files:
        raise CheckProblem(_("There is no scenario in {path}. A scenario is a .yaml file with `seenby: 1`.").format(path=path))
    found: list[Finding] = []
    covers: list[list[str]] = []
    for file in files:
        findings, covered = check_file(file, reading_age)
        found += findings
        covers.append(covered)
    for pack in sorted(path.rglob("pack.yaml")):
        found += check_careers_of(pack)
    whole = coverage(str(path), covers)
    return [*found, *([whole] if whole is not None else [])], len(files)


def check_careers_of(pack: Path) -> list[Finding]:
    """The findings of the careers in a `pack.yaml`. Raises OSError."""
    from engine.check.careers import check_careers
    from engine.script.career import read_careers
    from engine.script.findings import ScenarioError
    from game.packs import load, read_pack

    about = read_pack(pack.parent, {})
    if about is None or not about.careers_text:
        return []
    careers = read_careers(about.careers_text, str(pack), [card.id for card in about.cards])
    asked = {part.scenario for career in careers.careers.values() for part in career.parts}
    stories = {}
    for card in about.cards:
        if card.id in asked and not card.trouble:
            try:
                stories[card.id] = load(card)
            except ScenarioError:
                continue  # told where its own file is checked
    return check_careers(careers, stories)


def scenario_files(folder: Path) -> list[Path]:
    """The scenario files in a folder and the folders below it."""
    found = []
    for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml"))):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.name not in _PARTS and not hidden and path.is_file() and _SCENARIO.search(path.read_bytes()):
            found.append(path)
    return found


def check_file(file: Path, reading_age: int | None = None) -> tuple[list[Finding], list[str]]:
    """The findings of one scenario, and the statements it covers. Raises OSError."""
    from dataclasses import replace

    from engine.check import DEFAULTS, check
    from engine.script.read import read_file
    from game.packs import card_of_file

    source = read_file(file)
    card = card_of_file(file)
    limits = DEFAULTS if reading_age is None else replace(DEFAULTS, reading_age=reading_age)
    findings = check(source, card.slots, card.defaults, limits)
    return findings, list(source.scenario.covers) if source.scenario is not None else []


# Telling


def told(found: Sequence[Finding], form: str, files: int) -> str:
    """The findings in a format; `files` is how many files were looked at."""
    if form == "json":
        import json

        return json.dumps([_plain(finding) for finding in found], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{github(finding)}\n" for finding in found)
    return "".join(f"{finding}\n" for finding in found) + f"{summary(found, files)}\n"


def _plain(finding: Finding) -> dict[str, object]:
    names = ("file", "line", "column", "code", "severity", "message", "hint")
    return {name: getattr(finding, name) for name in names}


def github(finding: Finding) -> str:
    """A finding as a workflow command, which GitHub shows beside the line."""
    level = {"error": "error", "warning": "warning"}.get(finding.severity, "notice")
    places = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
    shown = ",".join(f"{name}={_escaped(str(value), property_=True)}" for name, value in places.items())
    words = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{level} {shown}::{_escaped(words)}"


def _escaped(words: str, *, property_: bool = False) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *(((":", "%3A"), (",", "%2C")) if property_ else ())):
        words = words.replace(sign, code)
    return words


def summary(found: Iterable[Finding], files: int) -> str:
    """One line: how many files, how many findings of each severity."""
    severities = [finding.severity for finding in found]
    looked = n_("{count} scenario checked", "{count} scenarios checked", files).format(count=files)
    counts = (
        n_("{count} error", "{count} errors", severities.count("error")).format(count=severities.count("error")),
        n_("{count} warning", "{count} warnings", severities.count("warning")).format(count=severities.count("warning")),
        _("{count} for information").format(count=severities.count("info")),
    )
    said = [words for words, severity in zip(counts, SEVERITIES, strict=True) if severity in severities]
    return _("{looked}: {counts}.").format(looked=looked, counts=", ".join(said) if said else _("nothing found"))


# Explaining


def explained(code: str) -> str:
    """The page of a finding. Raises CheckProblem."""
    from engine.check.codes import ALL_CODES
    from engine.script.findings import did_you_mean
    from engine.text import clean_name

    wanted = code.strip().upper()
    if wanted not in ALL_CODES:
        guess = did_you_mean(wanted, ALL_CODES) if _CODE.fullmatch(wanted) else _("codes look like SB301")
        raise CheckProblem(
            _("There is no finding “{code}”; {hint}").format(code=clean_name(code), hint=guess or "").rstrip("; ")
        )
    page = pages() / f"{wanted}.md"
    if page.is_file():
        return page.read_text("utf-8")
    meaning = ALL_CODES[wanted]
    return f"{wanted} ({meaning.severity}): {meaning.title}.\n"


def pages() -> Path:
    """The folder with the findings' pages: beside the engine when installed, else among the documents."""
    import engine

    here = Path(engine.__file__).parent
    installed = here / "check" / "pages"
    return installed if installed.is_dir() else here.parent / "docs" / "findings"
