"""What the command line takes: the commands, their options, and what is said of a word that is none of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from game.words import _

Run = Callable[[argparse.Namespace], int]
"""Does what was asked for and returns the exit status."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are two plain sentences."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is. Exits with status 2."""
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if wrong is not None:
            from engine.script.findings import did_you_mean
            from engine.text import clean_name

            guess = did_you_mean(wrong[1], re.findall(r"[a-z]+", wrong[2]))
            message = _("There is no command “{word}”").format(word=clean_name(wrong[1]))
            message = f"{message}; {guess}" if guess else message
        message = message.replace("unrecognized arguments", _("not understood"))  # argparse is American
        message = message[:1].upper() + message[1:]
        message = message if message.endswith((".", "?")) else f"{message}."
        self.exit(2, _("{message}\n`{program} --help` shows how.\n").format(message=message, program=self.prog))


def spelled(argv: list[str]) -> list[str]:
    """The words as we spell them."""
    return ["--no-colour" if word == "--no-color" else word for word in argv]


def parser_of(runs: Mapping[str, Run]) -> Parser:
    """Reads what was asked for; `runs` does it, by the name of the command. Without a command it is `home`."""
    from game.author.commands import add_copy_arguments, add_new_arguments, add_organisation_arguments
    from game.check import add_arguments as add_check_arguments

    everywhere = Parser(add_help=False)
    group = everywhere.add_argument_group(_("everywhere"))
    group.add_argument("--saves", metavar="DIR", type=Path, default=argparse.SUPPRESS, help=_("keep plays in this folder"))
    group.add_argument(
        "--pack", metavar="DIR", type=Path, action="append", default=argparse.SUPPRESS, help=_("also look here for scenarios")
    )
    group.add_argument(
        "--organisation",
        metavar="FILE",
        type=Path,
        default=argparse.SUPPRESS,
        help=_("your organisation's words are in this file"),
    )
    group.add_argument("--no-colour", action="store_true", default=argparse.SUPPRESS, help=_("no colours"))

    parser = Parser(
        prog="seenby",
        description=_("A game about what we send and post. Without a command it opens on the screen."),
        parents=[everywhere],
    )
    parser.add_argument("--version", action="store_true", help=_("say which version this is"))
    parser.set_defaults(run=runs["home"])
    commands = parser.add_subparsers(title=_("commands"), metavar="", dest="command")

    listing = commands.add_parser("list", help=_("the scenarios there are"), parents=[everywhere])
    listing.add_argument("--player", metavar="NAME", help=_("whose progress to show"))
    listing.set_defaults(run=runs["list"])

    play = commands.add_parser("play", help=_("play a scenario"), parents=[everywhere])
    play.add_argument("scenario", nargs="?", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    play.add_argument("--seed", type=whole, metavar="N", help=_("a number that decides made-up names and the order of options"))
    play.add_argument("--plain", action="store_true", help=_("plain lines instead of a screen; numbers instead of keys"))
    play.add_argument("--name", metavar="NAME", help=_("what the story calls you"))
    play.add_argument("--player", metavar="NAME", help=_("whose play it is; a pseudonym will do"))
    play.add_argument("--decisions", metavar="FILE", type=Path, help=_("take the decisions in this file, on plain lines"))
    play.add_argument("--resume", action="store_true", help=_("go on with the play that is open"))
    play.add_argument("--no-save", action="store_true", help=_("keep nothing of this play"))
    play.add_argument(
        "--cut",
        metavar="MINUTES",
        type=int,
        choices=(30, 60, 90),
        help=_("leave out what does not fit into a session of 30, 60 or 90 minutes, its opening and debrief included"),
    )
    play.set_defaults(run=runs["play"])

    from game.career import command as career_command

    career = commands.add_parser("career", help=_("play a career: several scenarios, years apart"), parents=[everywhere])
    career_command.add_arguments(career, whole)
    career.set_defaults(run=runs["career"])

    from game.workshop import cli as workshop_cli

    workshop = commands.add_parser("workshop", help=_("play with a room, on a projector"), parents=[everywhere])
    workshop_cli.add_arguments(workshop, whole)
    workshop.set_defaults(run=runs["workshop"])

    from game.graph import command as graph_command

    graph = commands.add_parser("graph", help=_("draw a scenario as a map"), parents=[everywhere])
    graph_command.add_arguments(graph)
    graph.set_defaults(run=runs["graph"])

    from game.preview import command as preview_command

    beside = commands.add_parser(
        "preview", help=_("play a file beside your editor, read again at each save"), parents=[everywhere]
    )
    preview_command.add_arguments(beside, whole)
    beside.set_defaults(run=runs["preview"])
    schema = commands.add_parser(
        "schema", help=_("say where the schema is that editors check scenarios by"), parents=[everywhere]
    )
    schema.set_defaults(run=runs["schema"])

    from game.guide import command as guide_command

    guide = commands.add_parser("guide", help=_("write the facilitator's guide to a scenario"), parents=[everywhere])
    guide_command.add_arguments(guide)
    guide.set_defaults(run=runs["guide"])

    checking = commands.add_parser("check", help=_("say what is wrong with scenarios"), parents=[everywhere])
    add_check_arguments(checking)
    checking.set_defaults(run=runs["check"])

    from game.prove import add_arguments as add_prove_arguments

    proving = commands.add_parser("prove", help=_("say what holds of every possible play"), parents=[everywhere])
    add_prove_arguments(proving)
    proving.set_defaults(run=runs["prove"])

    saves = commands.add_parser("saves", help=_("list, show, export, import or forget plays and rooms"), parents=[everywhere])
    saves.set_defaults(run=runs["saves"], saves_command="list", player=None)
    inner = saves.add_subparsers(title=_("commands"), metavar="", dest="saves_command")
    one = inner.add_parser("list", help=_("all plays, and the rooms of workshops"), parents=[everywhere])
    one.add_argument("--player", metavar="NAME", help=_("only this player's"))
    one = inner.add_parser("show", help=_("what was decided in a play or a room"), parents=[everywhere])
    one.add_argument("play", metavar="PLAY")
    one.add_argument(
        "--way", metavar="N", type=int, help=_("another way of it that ended before somebody went back; `list` numbers them")
    )
    one = inner.add_parser(
        "debrief", help=_("the debrief of a play as a file, without the player's name"), parents=[everywhere]
    )
    one.add_argument("play", metavar="PLAY")
    one.add_argument("--html", metavar="FILE", type=Path, help=_("a page to read or to print"))
    one.add_argument("--markdown", metavar="FILE", type=Path, help=_("the same as Markdown; - for standard output"))
    one.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    one.add_argument("--date", action="store_true", help=_("put the day of playing into it"))
    one = inner.add_parser("export", help=_("a play, a room, or all of a player's, as JSON"), parents=[everywhere])
    one.add_argument("play", metavar="PLAY", nargs="?")
    one.add_argument("--player", metavar="NAME", help=_("everything of this player"))
    one.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("write it here"))
    one = inner.add_parser("import", help=_("plays or a room that were exported"), parents=[everywhere])
    one.add_argument("file", metavar="FILE", type=Path)
    one.add_argument("--player", metavar="NAME", help=_("give the plays to this player"))
    one = inner.add_parser(
        "forget", help=_("remove a play, a room, or a player with everything, for good"), parents=[everywhere]
    )
    one.add_argument("play", metavar="PLAY", nargs="?")
    one.add_argument("--player", metavar="NAME", help=_("forget this player"))
    one.add_argument("--yes", action="store_true", help=_("do not ask"))

    copying = commands.add_parser(
        "copy", help=_("take a scenario into your own folder, set somewhere else"), parents=[everywhere]
    )
    add_copy_arguments(copying)
    copying.set_defaults(run=runs["copy"])

    fresh = commands.add_parser("new", help=_("begin a scenario: by questions, or from an exported chat"), parents=[everywhere])
    add_new_arguments(fresh)
    fresh.set_defaults(run=runs["new"])
    words = commands.add_parser(
        "organisation", help=_("your organisation's words: what is asked for, what fills it"), parents=[everywhere]
    )
    add_organisation_arguments(words)
    words.set_defaults(run=runs["organisation"])
    return parser


def whole(text: str) -> int:
    """A whole number that the saves can hold."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("a whole number is wanted, not “{text}”").format(text=text)) from None
    if not -(2**63) <= number < 2**63:
        raise argparse.ArgumentTypeError(_("this number is too large"))
    return number


__all__ = ["Parser", "Run", "parser_of", "spelled", "whole"]
