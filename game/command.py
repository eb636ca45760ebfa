"""What the commands share: how they speak and read, the saves, the scenarios and the players that they find."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _

if TYPE_CHECKING:
    from game.packs import Card, Library
    from game.plain import Read
    from saves.store import Player, Store

PACKS_VARIABLE = "SEENBY_PACKS"
"""Folders with packs, separated as in PATH."""


class Unusable(Exception):
    """What was given cannot be used. The text says why and what to do."""


# Speaking and reading


def err(*lines: str) -> None:
    """Say these lines on standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def out(line: str = "") -> None:
    """Say a line on standard output."""
    sys.stdout.write(f"{line}\n")


def reader(interactive: bool) -> Read:
    """Reads a line from standard input; a prompt is for a person only."""

    def read(prompt: str) -> str | None:
        if interactive:
            sys.stdout.write(prompt)
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            if interactive:
                out()
            return None
        return line.rstrip("\n")

    return read


def speak(line: str) -> None:
    """Say a line of a play, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def plain_streams() -> None:
    """A terminal that lacks a character shows a question mark, and is no reason to stop."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


# Saves, scenarios, players


def open_store(args: argparse.Namespace) -> Store:
    """The saves; made where there are none. Raises SaveError."""
    from saves.store import Store

    return _told(Store.open(args.saves))


def library_of(args: argparse.Namespace, store: Store | None = None) -> Library:
    """The scenarios there are; with `store` also the single files that were played."""
    from game.packs import library
    from game.settings import own_files

    return library(pack_folders(args.pack), files=own_files(store) if store is not None else ())


def pack_folders(given: Sequence[Path]) -> list[Path]:
    """The folders that were given, then those of the environment that are there."""
    named = [Path(one).expanduser() for one in os.environ.get(PACKS_VARIABLE, "").split(os.pathsep) if one.strip()]
    return [*given, *(folder for folder in named if folder.is_dir())]


def existing_store(args: argparse.Namespace) -> Store | None:
    """The saves, when there are any: looking makes none."""
    from saves.file import FILE_NAME
    from saves.store import Store, saves_folder

    if not (saves_folder(args.saves) / FILE_NAME).is_file():
        return None
    return _told(Store.open(args.saves))


def _told(store: Store) -> Store:
    for trouble in store.told:
        err(trouble.message, trouble.mend)
    return store


def card_of(args: argparse.Namespace, library: Library) -> Card:
    """The scenario that was asked for: an id, or a file."""
    from game.packs import card_of_file

    wanted = args.scenario
    path = Path(wanted).expanduser()
    if path.suffix.lower() in (".yaml", ".yml") or (os.sep in wanted and path.exists()):
        if path.is_dir():
            raise Unusable(_("{path} is a folder. Use --pack for a folder of scenarios.").format(path=path))
        if not path.is_file():
            raise Unusable(
                _("There is no file {path}. Check the name; `seenby list` shows the scenarios there are.").format(path=path)
            )
        from game.own_words import slots_trouble

        err(*slots_trouble(path.parent))
        return card_of_file(path)
    return library.get(wanted)


def player_named(store: Store, name: str) -> Player:
    """The player of this name. Raises NoSuchPlayer."""
    from saves.errors import NoSuchPlayer
    from saves.store import key_of

    for player in store.players():
        if player.key == key_of(name):
            return player
    raise NoSuchPlayer(name)


__all__ = [
    "Unusable", "card_of", "err", "existing_store", "library_of", "open_store", "out", "pack_folders", "plain_streams", "player_named",
    "reader", "speak",
]  # fmt: skip
