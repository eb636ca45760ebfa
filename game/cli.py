"""The command line. What it imports before it knows what is wanted costs next to nothing; the screen comes last of all.

Status 0: all went well. 1: it could not be done (saves, disk). 2: what was given cannot be used. 130: interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from game.command import (
    Unusable,
    card_of,
    err,
    existing_store,
    library_of,
    open_store,
    out,
    pack_folders,
    plain_streams,
    player_named,
    reader,
    speak,
)
from game.options import Parser, parser_of, spelled
from game.words import _, n_


def main(argv: Sequence[str] | None = None) -> int:
    """Run `seenby`. Returns the exit status."""
    plain_streams()
    args = _parser().parse_args(spelled(list(sys.argv[1:] if argv is None else argv)))
    # Not as defaults of the parser: those of a command would undo what was said before it.
    for name, value in (("saves", None), ("pack", []), ("no_colour", False), ("organisation", None)):
        if name not in args:
            setattr(args, name, value)
    if args.no_colour:
        os.environ["NO_COLOR"] = "1"
    try:
        if args.organisation is not None:
            _use_words(args.organisation)
        status: int = args.run(args)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        # Whoever read us has stopped; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from game.hangup import end_quietly, is_hangup

        if is_hangup(error):
            end_quietly()
        return _explain(error, args.saves)
    return status


def _use_words(file: Path) -> None:
    """Let the organisation's words in this file go before all others, in every process that we start too."""
    from game.own_words import ORGANISATION_VARIABLE, words_of_file

    file = file.expanduser().absolute()
    if not file.is_file():
        raise Unusable(
            _("There is no file {file}. `seenby organisation --write {file}` makes one to fill in.").format(file=file)
        )
    trouble = words_of_file(file)[1]
    if trouble:
        raise Unusable(trouble)
    os.environ[ORGANISATION_VARIABLE] = str(file)


def _explain(error: Exception, folder: Path | None) -> int:
    """Say in plain sentences what went wrong. Returns the exit status. `folder` is the one that was given for the saves."""
    from engine.script.findings import ScenarioError
    from game.packs import PackError
    from saves.errors import BadExport, BadName, NoSuchPlay, NoSuchPlayer, SaveError

    if isinstance(error, ScenarioError):
        for finding in error.findings:
            err(str(finding))
        return 2
    if isinstance(error, (Unusable, PackError)):
        err(str(error))
        return 2
    if isinstance(error, SaveError):
        err(error.message, error.mend)
        return 2 if isinstance(error, (BadExport, BadName, NoSuchPlay, NoSuchPlayer)) else 1
    if isinstance(error, OSError) and error.filename is not None:
        err(
            _("{file} cannot be opened: {reason}.").format(file=error.filename, reason=error.strerror or error),
            _("Check the name, and that you may read it."),
        )
        return 2
    from game.mishap import mishap_words
    from saves.store import saves_folder

    err(mishap_words(error, saves_folder(folder)))
    return 1


# Commands


def _version() -> int:
    from importlib import metadata

    try:
        version = metadata.version("seenby")
    except metadata.PackageNotFoundError:
        version = _("(not installed)")
    out(f"Seenby {version}")
    return 0


def _home(args: argparse.Namespace) -> int:
    if args.version:
        return _version()
    return _screen(args)


def _list(args: argparse.Namespace) -> int:
    from game.progress import progress_of, progress_words
    from game.settings import last_player

    store = existing_store(args)
    library = library_of(args, store)
    err(*library.trouble)
    player = None
    if store is not None:
        player = player_named(store, args.player) if args.player else last_player(store)
    progress = progress_of(store, player) if store is not None and player is not None else {}
    first = True
    for pack in library.packs:
        if not first:
            out()
        first = False
        out(pack.title)
        for line in pack.trouble:
            out(f"  {line}")
        wide = max(len(card.id) for card in pack.cards)
        for card in pack.cards:
            if card.trouble:
                out(_("  {id}  cannot be played:").format(id=card.id.ljust(wide)))
                for line in card.trouble[:3]:
                    out(f"  {'':{wide}}  {line}")
                continue
            about = [card.title]
            if card.minutes:
                about.append(n_("{count} minute", "{count} minutes", card.minutes).format(count=card.minutes))
            if card.tone:
                about.append(card.tone)
            about.append(progress_words(card, progress.get(card.id)))
            out(f"  {card.id:{wide}}  {' · '.join(about)}")
    return 0


def _preview(args: argparse.Namespace) -> int:
    from game.preview.command import PreviewProblem, preview

    try:
        return preview(args)
    except PreviewProblem as problem:
        raise Unusable(str(problem)) from None


def _schema(args: argparse.Namespace) -> int:
    from game.preview.command import PreviewProblem, schema

    try:
        out(str(schema()))
    except PreviewProblem as problem:
        raise Unusable(str(problem)) from None
    return 0


def _graph(args: argparse.Namespace) -> int:
    from game.graph.command import GraphProblem, graph
    from game.packs import load

    try:
        return graph(args, load(card_of(args, library_of(args))))
    except GraphProblem as problem:
        raise Unusable(str(problem)) from None


def _prove(args: argparse.Namespace) -> int:
    from game.prove import ProveProblem, run

    try:
        return run(args)
    except ProveProblem as problem:
        raise Unusable(str(problem)) from None


def _check(args: argparse.Namespace) -> int:
    from game.check import CheckProblem, run

    try:
        return run(args)
    except CheckProblem as problem:
        raise Unusable(str(problem)) from None


def _workshop(args: argparse.Namespace) -> int:
    from game.workshop.cli import Ways, WorkshopProblem, run

    try:
        return run(args, Ways(library_of, card_of, open_store, reader, speak))
    except WorkshopProblem as problem:
        raise Unusable(str(problem)) from None


def _guide(args: argparse.Namespace) -> int:
    from game.guide.command import GuideProblem, write_guide
    from game.packs import load

    try:
        write_guide(load(card_of(args, library_of(args))), args.output)
    except GuideProblem as problem:
        raise Unusable(str(problem)) from None
    out(_("The guide is in {file}.").format(file=args.output))
    return 0


def _play(args: argparse.Namespace) -> int:
    if args.decisions is not None or args.plain:
        from game.plain_command import play_plain

        return play_plain(args)
    return _screen(args)


def _career(args: argparse.Namespace) -> int:
    from game.career.command import list_careers
    from game.settings import last_player

    if args.career is None:
        store = existing_store(args)
        player = None
        if store is not None:
            player = player_named(store, args.player) if args.player else last_player(store)
        list_careers(library_of(args, store), store, player)
        return 0
    if args.plain or args.decisions is not None:
        from game.plain_command import career_plain

        return career_plain(args)
    return _screen(args)


def _screen(args: argparse.Namespace) -> int:
    """Open the app, at home or in a play."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Unusable(_("Seenby's screen needs a terminal. In a pipe, use `seenby play ID --plain`."))
    if os.environ.get("TERM") == "dumb":
        raise Unusable(_("This terminal can show no screen. Use `seenby play ID --plain`."))
    card = None
    career = None
    if getattr(args, "career", None) is not None and args.command == "career":
        career = library_of(args).get_career(args.career)
        if career.trouble:
            for line in career.trouble:
                err(line)
            return 2
    if getattr(args, "scenario", None) is not None:
        card = card_of(args, library_of(args))
        if card.trouble:
            for line in card.trouble:
                err(line)
            return 2
    from game.app import Begin, SeenbyApp

    begin = None
    if args.command == "play":
        begin = Begin(card, args.seed, args.name, args.resume, args.no_save, cut=args.cut)
    elif career is not None:
        begin = Begin(None, args.seed, args.name, not args.new, args.no_save, career=career)
    app = SeenbyApp(saves=args.saves, packs=pack_folders(args.pack), player=getattr(args, "player", None), begin=begin)
    app.run()
    if app.farewell:
        out(app.farewell)
    return app.return_code or 0


def _copy(args: argparse.Namespace) -> int:
    from game.author.commands import copy

    return copy(args, card_of(args, library_of(args, existing_store(args))))


def _new(args: argparse.Namespace) -> int:
    from game.author.commands import new

    interactive = sys.stdin.isatty()
    return new(args, reader(interactive), interactive=interactive)


def _organisation(args: argparse.Namespace) -> int:
    from game.author.commands import organisation

    return organisation(args, library_of(args, existing_store(args)))


def _saves(args: argparse.Namespace) -> int:
    from game.saves_command import run

    return run(args, open_store(args) if args.saves_command == "import" else existing_store(args), library_of)


def _parser() -> Parser:
    return parser_of(
        {
            "home": _home,
            "list": _list,
            "play": _play,
            "career": _career,
            "workshop": _workshop,
            "graph": _graph,
            "preview": _preview,
            "schema": _schema,
            "guide": _guide,
            "check": _check,
            "prove": _prove,
            "saves": _saves,
            "copy": _copy,
            "new": _new,
            "organisation": _organisation,
        }
    )


__all__ = ["main"]
