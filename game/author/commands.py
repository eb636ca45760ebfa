"""`seenby copy`, `seenby new` and `seenby organisation`: what they take and what they do. Nothing heavy is imported before it is wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _, n_

if TYPE_CHECKING:
    from game.packs import Card, Library


def add_copy_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby copy` takes."""
    parser.add_argument("scenario", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    parser.add_argument("folder", nargs="?", metavar="DIR", type=Path, help=_("where to; without it, your own scenarios"))
    parser.add_argument("--id", default="", help=_("an id of its own for the copy"))
    parser.add_argument("--title", default="", help=_("a new title"))
    parser.add_argument("--sector", default="", help=_("the trade it plays in"))
    parser.add_argument(
        "--slot", metavar="SLOT=WORDS", action="append", default=[], help=_('words for a slot: org="Kingsport Care"')
    )
    parser.add_argument(
        "--name", metavar="WHO=NAME", action="append", default=[], help=_("another name for one of the cast: marnie=Priya")
    )
    parser.add_argument(
        "--word",
        metavar="OLD=NEW",
        action="append",
        default=[],
        help=_("another word wherever it stands: Mizzledale=Kingsport"),
    )
    parser.add_argument("--locale", default="", help=_("where made-up names come from: en_IN"))
    parser.add_argument("--new-names", action="store_true", help=_("make up new names for everybody"))
    parser.add_argument("--begins", default="", help=_('the weekday and time at which it begins: "Monday 08:00"'))
    parser.add_argument("--all", action="store_true", help=_("list every line that wants a human eye"))
    parser.add_argument("--force", action="store_true", help=_("write over what is there"))


def add_organisation_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby organisation` takes."""
    parser.add_argument(
        "--write",
        metavar="FILE",
        type=Path,
        nargs="?",
        const=Path(),
        help=_("write a file to fill in; without FILE, where Seenby looks"),
    )
    parser.add_argument("--force", action="store_true", help=_("write it anew; words that are filled in are kept"))


def organisation(args: argparse.Namespace, library: Library) -> int:
    """Show the organisation's words, or write a file for them. Returns the exit status. Raises OSError."""
    from game.author.edit import AuthorProblem
    from game.author.organisation import given_words, report, template, uses, write_template
    from game.packs import ORGANISATION_FILE, user_folder, words_of_file

    try:
        words, source = given_words()
        found = uses(library.cards)
        if args.write is None:
            for line in report(found, words, source):
                out(line)
            return 0
        file = args.write.expanduser() if args.write != Path() else user_folder() / ORGANISATION_FILE
        there, trouble = words_of_file(file) if file.is_file() else ({}, "")
        if trouble:
            raise AuthorProblem(trouble)
        write_template(file, template(found, {**words, **there}), force=args.force)
    except AuthorProblem as problem:
        err(str(problem))
        return 2
    out(_("Written: {file}").format(file=file))
    if file != user_folder() / ORGANISATION_FILE:
        out(_("Use it with --organisation {file}, or put it beside the scenarios.").format(file=file))
    return 0


def copy(args: argparse.Namespace, card: Card) -> int:
    """Copy a scenario. Returns the exit status. Raises ScenarioError and OSError."""
    from engine.script.findings import ScenarioError
    from engine.script.read import read_file
    from game.author.copying import Wishes, copied, write_copy
    from game.author.edit import AuthorProblem
    from game.author.eye import told
    from game.author.own import own_folder
    from game.author.walks import walks_beside
    from game.packs import load

    try:
        wishes = Wishes(
            id=args.id,
            title=args.title,
            sector=args.sector,
            begins=args.begins,
            locale=args.locale,
            new_names=args.new_names,
            names=_pairs(args.name, "--name marnie=Priya"),
            slots=_pairs(args.slot, '--slot org="Kingsport Care"'),
            words=_pairs(args.word, "--word Mizzledale=Kingsport"),
        )
        story = load(card)
        source = read_file(card.file)
        made = copied(source, story, walks_beside(card.file), wishes, card.defaults, card.slots)
        folder = args.folder.expanduser() if args.folder is not None else own_folder()
        files = write_copy(made, folder, force=args.force)
    except AuthorProblem as problem:
        err(str(problem))
        return 2
    except ScenarioError as error:
        err(_("With these words the copy could not be played, so nothing was written."), *(str(one) for one in error.findings))
        return 2
    out(_("Written: {file}").format(file=files[0]))
    if made.walks:
        out(
            n_("and {count} walkthrough beside it.", "and {count} walkthroughs beside it.", len(made.walks)).format(
                count=len(made.walks)
            )
        )
    for line in made.changes:
        out(f"  {line}")
    hidden = sorted(slot for slot in wishes.slots if slot in card.slots and card.slots[slot] != wishes.slots[slot])
    for slot in hidden:
        out(
            _("Your organisation's words say “{words}” for {{{slot}}}, and go before this file.").format(
                words=card.slots[slot], slot=slot
            )
        )
    for line in made.broken_walks:
        out(line)
    out()
    out(_("It plays, and every walkthrough still reaches its ending.") if not made.broken_walks else _("It plays."))
    if wishes.begins:
        out(_("Times in the scenes stay as they were; those that have gone by when the story begins are shown at once."))
    if made.concerns:
        out()
        out(_("What wants your eye. This is where we would look; you know the place."))
        for line in told(made.concerns, None if args.all else 4):
            out(line)
        if not args.all:
            out(_("--all lists every line (with --force, to write it again)."))
    out()
    if card.shipped and made.id == card.id:
        out(_("It has the id of the one that came with Seenby and goes before it. --id gives it one of its own."))
    out(_("Try it: seenby play {file} --plain").format(file=files[0]))
    return 0


def _pairs(given: Sequence[str], example: str) -> dict[str, str]:
    """What was given as `key=words`."""
    from game.author.edit import AuthorProblem

    found: dict[str, str] = {}
    for one in given:
        key, equals, words = one.partition("=")
        if not equals or not key.strip() or not words.strip():
            raise AuthorProblem(_("“{given}” lacks a part. Write it as {example}.").format(given=one, example=example))
        if key.strip() in found:
            raise AuthorProblem(_("“{key}” was given twice.").format(key=key.strip()))
        found[key.strip()] = words.strip()
    return found


def out(line: str = "") -> None:
    """A line for whoever reads."""
    sys.stdout.write(f"{line}\n")


def err(*lines: str) -> None:
    """Lines about what went wrong."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


__all__ = ["add_copy_arguments", "add_organisation_arguments", "copy", "err", "organisation", "out"]
