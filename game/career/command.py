"""`seenby career`: list careers, begin one, go on with one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from game.words import _, n_

if TYPE_CHECKING:
    from engine.story.model import Story
    from game.career.table import Table
    from game.decisions_file import Scripted
    from game.packs import CareerCard, Library
    from game.plain import Read
    from saves.careers import CareerInfo
    from saves.store import Player, Store


def add_arguments(parser: argparse.ArgumentParser, whole: Callable[[str], int]) -> None:
    """What `seenby career` takes."""
    from pathlib import Path

    parser.add_argument("career", nargs="?", metavar="ID", help=_("a career's id; without it, the careers there are"))
    parser.add_argument("--new", action="store_true", help=_("begin it anew, whatever is open"))
    parser.add_argument(
        "--seed", type=whole, metavar="N", help=_("a number that decides made-up names and the order of options")
    )
    parser.add_argument("--plain", action="store_true", help=_("plain lines instead of a screen; numbers instead of keys"))
    parser.add_argument("--name", metavar="NAME", help=_("what the stories call you"))
    parser.add_argument("--player", metavar="NAME", help=_("whose career it is; a pseudonym will do"))
    parser.add_argument(
        "--decisions", metavar="FILE", type=Path, help=_("take the decisions in this file, part after part, on plain lines")
    )
    parser.add_argument("--no-save", action="store_true", help=_("keep nothing of it"))


def story_of(library: Library, career: CareerCard) -> Callable[[str], Story]:
    """The stories of a career's parts, each compiled once. They raise PackError, ScenarioError and OSError."""
    from game.packs import load

    known: dict[str, Story] = {}

    def story(scenario: str) -> Story:
        if scenario not in known:
            known[scenario] = load(library.card_of(career, scenario))
        return known[scenario]

    return story


def newest(store: Store, player: Player, career: CareerCard) -> CareerInfo | None:
    """The career of this kind that was played last."""
    return next((info for info in store.careers(player) if info.key == career.key), None)


def list_careers(library: Library, store: Store | None, player: Player | None) -> None:
    """Tell which careers there are, and how far one has come."""
    infos = store.careers(player) if store is not None and player is not None else []
    if not library.careers:
        _out(_("No pack here has a career."))
        return
    wide = max(len(career.id) for career in library.careers)
    for career in library.careers:
        if career.trouble:
            _out(_("{id}  cannot be played:").format(id=career.id.ljust(wide)))
            for line in career.trouble[:3]:
                _out(f"{'':{wide}}  {line}")
            continue
        about = [career.title, n_("{count} part", "{count} parts", len(career.parts)).format(count=len(career.parts))]
        if career.minutes:
            about.append(n_("{count} minute", "{count} minutes", career.minutes).format(count=career.minutes))
        info = next((one for one in infos if one.key == career.key), None)
        about.append(progress_words(info))
        _out(f"{career.id:{wide}}  {' · '.join(about)}")


def progress_words(info: CareerInfo | None) -> str:
    """How far a career has come, in words."""
    if info is None:
        return _("New")
    count = len(info.outline)
    if info.ended:
        return _("Played to its end")
    if info.playing is not None:
        return _("In part {number} of {count}").format(number=len(info.parts), count=count)
    return _("Before part {number} of {count}").format(number=len(info.parts) + 1, count=count)


def play_plain(
    table: Table, read: Read, speak: Callable[[str], None], *, script: list[Scripted], script_name: str, interactive: bool
) -> None:
    """Go through a career on plain lines, from where it stands. Raises ScriptProblem, SaveError and what reading a story raises."""
    from game.career.words import between_lines, career_lines, changed_lines, faces_lines, onward_words
    from game.decisions_file import ScriptProblem
    from game.plain import Plain

    for line in [table.card.title, *faces_lines(table), *changed_lines(table.changed()), ""]:
        speak(line)
    left = list(script)
    while True:
        if table.ended:
            for line in ["", *career_lines(table.debrief())]:
                speak(line)
            if left:
                raise ScriptProblem(
                    _("{file}:{line}: “{decision}” comes after the end of the career.").format(
                        file=script_name, line=left[0].line, decision=left[0].input
                    )
                )
            return
        for line in between_lines(table):
            speak(line)
        session = table.session()
        speak("")
        scenarios = [part.scenario for part in table.card.parts]
        at = scenarios.index(session.story.id) if session.story.id in scenarios else len(scenarios)
        coming = table.card.parts[at + 1] if at + 1 < len(scenarios) else None
        onward = onward_words(coming.title, coming.after) if coming is not None else _("n looks back on all of it.")
        plain = Plain(
            session, read, speak, script=left, script_name=script_name, interactive=interactive, onward=onward,
            through=coming is None,
        )  # fmt: skip
        on = plain.run()
        left = plain.left
        table.reload()
        if not on:
            return


def _out(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")


__all__ = ["add_arguments", "list_careers", "newest", "play_plain", "progress_words", "story_of"]
