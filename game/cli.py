"""The command line. What it imports before it knows what is wanted costs next to nothing; the screen comes last of all.

Status 0: all went well. 1: it could not be done (saves, disk). 2: what was given cannot be used. 130: interrupted.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from game.words import _, n_

if TYPE_CHECKING:
    from engine.story.model import Story
    from game.packs import Card, Library
    from game.plain import Read, Scripted
    from game.session import Session
    from saves.store import Player, Store

PACKS_VARIABLE = "SEENBY_PACKS"
"""Folders with packs, separated as in PATH."""


class Unusable(Exception):
    """What was given cannot be used. The text says why and what to do."""


class _Parser(argparse.ArgumentParser):
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run `seenby`. Returns the exit status."""
    _plain_streams()
    args = _parser().parse_args(_spelled(list(sys.argv[1:] if argv is None else argv)))
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
    from game.packs import ORGANISATION_VARIABLE, words_of_file

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
            _err(str(finding))
        return 2
    if isinstance(error, (Unusable, PackError)):
        _err(str(error))
        return 2
    if isinstance(error, SaveError):
        _err(error.message, error.mend)
        return 2 if isinstance(error, (BadExport, BadName, NoSuchPlay, NoSuchPlayer)) else 1
    if isinstance(error, OSError) and error.filename is not None:
        _err(
            _("{file} cannot be opened: {reason}.").format(file=error.filename, reason=error.strerror or error),
            _("Check the name, and that you may read it."),
        )
        return 2
    from game.mishap import mishap_words
    from saves.store import saves_folder

    _err(mishap_words(error, saves_folder(folder)))
    return 1


def _err(*lines: str) -> None:
    for line in lines:
        sys.stderr.write(f"{line}\n")


def _out(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")


def _plain_streams() -> None:
    """A terminal that lacks a character shows a question mark, and is no reason to stop."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _spelled(argv: list[str]) -> list[str]:
    """`saves --help` and the like work wherever a global option stands."""
    return ["--no-colour" if word == "--no-color" else word for word in argv]


# What can be asked for


def _parser() -> _Parser:
    from game.author.commands import add_copy_arguments, add_new_arguments, add_organisation_arguments
    from game.check import add_arguments as add_check_arguments

    everywhere = _Parser(add_help=False)
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

    parser = _Parser(
        prog="seenby",
        description=_("A game about what we send and post. Without a command it opens on the screen."),
        parents=[everywhere],
    )
    parser.add_argument("--version", action="store_true", help=_("say which version this is"))
    parser.set_defaults(run=_home)
    commands = parser.add_subparsers(title=_("commands"), metavar="", dest="command")

    listing = commands.add_parser("list", help=_("the scenarios there are"), parents=[everywhere])
    listing.add_argument("--player", metavar="NAME", help=_("whose progress to show"))
    listing.set_defaults(run=_list)

    play = commands.add_parser("play", help=_("play a scenario"), parents=[everywhere])
    play.add_argument("scenario", nargs="?", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    play.add_argument(
        "--seed", type=_whole, metavar="N", help=_("a number that decides made-up names and the order of options")
    )
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
    play.set_defaults(run=_play)

    from game.career import command as career_command

    career = commands.add_parser("career", help=_("play a career: several scenarios, years apart"), parents=[everywhere])
    career_command.add_arguments(career, _whole)
    career.set_defaults(run=_career)

    from game.workshop import cli as workshop_cli

    workshop = commands.add_parser("workshop", help=_("play with a room, on a projector"), parents=[everywhere])
    workshop_cli.add_arguments(workshop, _whole)
    workshop.set_defaults(run=_workshop)

    from game.graph import command as graph_command

    graph = commands.add_parser("graph", help=_("draw a scenario as a map"), parents=[everywhere])
    graph_command.add_arguments(graph)
    graph.set_defaults(run=_graph)

    from game.preview import command as preview_command

    beside = commands.add_parser(
        "preview", help=_("play a file beside your editor, read again at each save"), parents=[everywhere]
    )
    preview_command.add_arguments(beside, _whole)
    beside.set_defaults(run=_preview)
    schema = commands.add_parser(
        "schema", help=_("say where the schema is that editors check scenarios by"), parents=[everywhere]
    )
    schema.set_defaults(run=_schema)

    from game.guide import command as guide_command

    guide = commands.add_parser("guide", help=_("write the facilitator's guide to a scenario"), parents=[everywhere])
    guide_command.add_arguments(guide)
    guide.set_defaults(run=_guide)

    checking = commands.add_parser("check", help=_("say what is wrong with scenarios"), parents=[everywhere])
    add_check_arguments(checking)
    checking.set_defaults(run=_check)

    from game.prove import add_arguments as add_prove_arguments

    proving = commands.add_parser("prove", help=_("say what holds of every possible play"), parents=[everywhere])
    add_prove_arguments(proving)
    proving.set_defaults(run=_prove)

    saves = commands.add_parser("saves", help=_("list, show, export, import or forget plays and rooms"), parents=[everywhere])
    saves.set_defaults(run=_saves, saves_command="list", player=None)
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
    copying.set_defaults(run=_copy)

    fresh = commands.add_parser("new", help=_("begin a scenario: by questions, or from an exported chat"), parents=[everywhere])
    add_new_arguments(fresh)
    fresh.set_defaults(run=_new)
    words = commands.add_parser(
        "organisation", help=_("your organisation's words: what is asked for, what fills it"), parents=[everywhere]
    )
    add_organisation_arguments(words)
    words.set_defaults(run=_organisation)
    return parser


def _whole(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("a whole number is wanted, not “{text}”").format(text=text)) from None
    if not -(2**63) <= number < 2**63:
        raise argparse.ArgumentTypeError(_("this number is too large"))
    return number


# Commands


def _version() -> int:
    from importlib import metadata

    try:
        version = metadata.version("seenby")
    except metadata.PackageNotFoundError:
        version = _("(not installed)")
    _out(f"Seenby {version}")
    return 0


def _home(args: argparse.Namespace) -> int:
    if args.version:
        return _version()
    return _screen(args)


def _library(args: argparse.Namespace, store: Store | None = None) -> Library:
    from game.packs import library
    from game.settings import own_files

    return library(pack_folders(args.pack), files=own_files(store) if store is not None else ())


def pack_folders(given: Sequence[Path]) -> list[Path]:
    """The folders that were given, then those of the environment that are there."""
    named = [Path(one).expanduser() for one in os.environ.get(PACKS_VARIABLE, "").split(os.pathsep) if one.strip()]
    return [*given, *(folder for folder in named if folder.is_dir())]


def _existing_store(args: argparse.Namespace) -> Store | None:
    """The saves, when there are any: looking makes none."""
    from saves.file import FILE_NAME
    from saves.store import Store, saves_folder

    if not (saves_folder(args.saves) / FILE_NAME).is_file():
        return None
    return _told(Store.open(args.saves))


def _told(store: Store) -> Store:
    for trouble in store.told:
        _err(trouble.message, trouble.mend)
    return store


def _list(args: argparse.Namespace) -> int:
    from game.progress import progress_of, progress_words
    from game.settings import last_player

    store = _existing_store(args)
    library = _library(args, store)
    player = None
    if store is not None:
        player = _player_named(store, args.player) if args.player else last_player(store)
    progress = progress_of(store, player) if store is not None and player is not None else {}
    first = True
    for pack in library.packs:
        if not first:
            _out()
        first = False
        _out(pack.title)
        for line in pack.trouble:
            _out(f"  {line}")
        wide = max(len(card.id) for card in pack.cards)
        for card in pack.cards:
            if card.trouble:
                _out(_("  {id}  cannot be played:").format(id=card.id.ljust(wide)))
                for line in card.trouble[:3]:
                    _out(f"  {'':{wide}}  {line}")
                continue
            about = [card.title]
            if card.minutes:
                about.append(n_("{count} minute", "{count} minutes", card.minutes).format(count=card.minutes))
            if card.tone:
                about.append(card.tone)
            about.append(progress_words(card, progress.get(card.id)))
            _out(f"  {card.id:{wide}}  {' · '.join(about)}")
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
        _out(str(schema()))
    except PreviewProblem as problem:
        raise Unusable(str(problem)) from None
    return 0


def _graph(args: argparse.Namespace) -> int:
    from game.graph.command import GraphProblem, graph
    from game.packs import load

    try:
        return graph(args, load(_card(args, _library(args))))
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
        return run(args, Ways(_library, _card, _open_store, _reader, _speak))
    except WorkshopProblem as problem:
        raise Unusable(str(problem)) from None


def _guide(args: argparse.Namespace) -> int:
    from game.guide.command import GuideProblem, write_guide
    from game.packs import load

    try:
        write_guide(load(_card(args, _library(args))), args.output)
    except GuideProblem as problem:
        raise Unusable(str(problem)) from None
    _out(_("The guide is in {file}.").format(file=args.output))
    return 0


def _play(args: argparse.Namespace) -> int:
    if args.decisions is not None or args.plain:
        return _play_plain(args)
    return _screen(args)


def _career(args: argparse.Namespace) -> int:
    from game.career.command import list_careers
    from game.settings import last_player

    if args.career is None:
        store = _existing_store(args)
        player = None
        if store is not None:
            player = _player_named(store, args.player) if args.player else last_player(store)
        list_careers(_library(args, store), store, player)
        return 0
    if args.plain or args.decisions is not None:
        return _career_plain(args)
    return _screen(args)


def _career_plain(args: argparse.Namespace) -> int:
    from game.career.command import newest, play_plain, story_of
    from game.career.table import Table
    from game.plain import ScriptProblem
    from game.session import fresh_seed
    from game.settings import GUEST

    interactive = sys.stdin.isatty()
    script = _script(args)
    store = None if args.no_save else _open_store(args)
    library = _library(args, store)
    career = library.get_career(args.career)
    if career.trouble:
        raise Unusable("\n".join(career.trouble))
    stories = story_of(library, career)
    seed = args.seed if args.seed is not None else fresh_seed()
    if store is None:
        table = Table.unsaved(career, stories, seed, args.name or args.player or "")
    else:
        player = _who(args, store, interactive)
        info = None if args.new else newest(store, player, career)
        if info is None:
            name = args.name or (player.name if player.name != GUEST else "")
            table = Table.new(career, stories, store, player, seed, name)
        else:
            table = Table.resume(career, stories, store, info)
    try:
        play_plain(
            table, _reader(interactive), _speak, script=script, script_name=str(args.decisions or ""), interactive=interactive
        )
    except ScriptProblem as problem:
        raise Unusable(str(problem)) from None
    except KeyboardInterrupt:
        _out()
        _out(_("Saved. See you.") if table.saved else _("See you."))
        return 130
    return 0


def _card(args: argparse.Namespace, library: Library) -> Card:
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
        return card_of_file(path)
    return library.get(wanted)


def _player_named(store: Store, name: str) -> Player:
    from saves.errors import NoSuchPlayer
    from saves.store import key_of

    for player in store.players():
        if player.key == key_of(name):
            return player
    raise NoSuchPlayer(name)


def _script(args: argparse.Namespace) -> list[Scripted]:
    """The decisions of the file that was named, if one was."""
    from game.plain import ScriptProblem, read_script

    if args.decisions is None:
        return []
    try:
        return read_script(args.decisions.read_text("utf-8"), str(args.decisions))
    except ScriptProblem as problem:
        raise Unusable(str(problem)) from None
    except UnicodeDecodeError:
        raise Unusable(
            _("{file} is not UTF-8 text. Write one decision a line: `scene: choice`.").format(file=args.decisions)
        ) from None


def _play_plain(args: argparse.Namespace) -> int:
    from game.packs import load
    from game.plain import Plain, ScriptProblem
    from game.session import Session, fresh_seed
    from game.settings import GUEST

    interactive = sys.stdin.isatty()
    script = _script(args)
    store = None if args.no_save else _open_store(args)
    library = _library(args, store)
    if args.scenario is None and not args.resume:
        args.scenario = _ask_scenario(library, interactive)
        if args.scenario is None:
            return 0
    if args.resume:
        session = _resumed(args, store, library)
    else:
        card = _card(args, library)
        story = load(card)
        _warn(card)
        if args.cut is not None:
            story = _cut(story, args.cut)
        seed = args.seed if args.seed is not None else fresh_seed()
        if store is None:
            session = Session.unsaved(story, seed, args.name or args.player or "")
        else:
            player = _who(args, store, interactive)
            name = args.name or (player.name if player.name != GUEST else "")
            session = Session.new(store, player, story, seed, name)
            _keep_file(store, card)

    try:
        Plain(
            session,
            _reader(interactive),
            _speak,
            script=script,
            script_name=str(args.decisions or ""),
            interactive=interactive,
        ).run()
    except ScriptProblem as problem:
        raise Unusable(str(problem)) from None
    except KeyboardInterrupt:
        _out()
        _out(_("Saved. See you.") if session.saved else _("See you."))
        return 130
    return 0


def _cut(story: Story, minutes: int) -> Story:
    """The story for a session of so many minutes; says what is left out."""
    from game.guide.timings import cut_to_fit, cut_words

    cut = cut_to_fit(story, minutes)
    for line in cut_words(cut, minutes):
        _err(line)
    return cut


def _warn(card: Card) -> None:
    """Tell trainers what is odd about a file of their own that plays all the same, such as a hashtag that is lost."""
    from engine.script.read import read_file
    from game.packs import OWN

    if card.pack == OWN:
        for finding in read_file(card.file).findings:
            _err(str(finding))


def _open_store(args: argparse.Namespace) -> Store:
    from saves.store import Store

    return _told(Store.open(args.saves))


def _keep_file(store: Store, card: Card) -> None:
    from game.packs import OWN
    from game.settings import remember_file

    if card.pack == OWN and isinstance(card.file, Path):
        remember_file(store, card.file)


def _resumed(args: argparse.Namespace, store: Store | None, library: Library) -> Session:
    from game.packs import load
    from game.session import Session
    from game.settings import last_player

    if store is None:
        raise Unusable(_("--resume needs saves. Leave out --no-save."))
    player = _player_named(store, args.player) if args.player else last_player(store)
    card = _card(args, library) if args.scenario is not None else None
    for info in store.plays(player) if player is not None else ():
        if not info.ended and info.career is None and (card is None or info.scenario == card.id):
            found = card if card is not None else library.get(info.scenario)
            return Session.resume(store, info.id, load(found))
    if card is not None:
        raise Unusable(_("No play of “{title}” is open. Leave out --resume to begin one.").format(title=card.title))
    raise Unusable(_("No play is open. `seenby list` shows what you can play."))


def _who(args: argparse.Namespace, store: Store, interactive: bool) -> Player:
    """Whose play it is: named, or who played last, or asked for."""
    from game.settings import GUEST, last_player

    if args.player:
        return store.player(args.player)
    player = last_player(store)
    if player is not None:
        return player
    if args.name:
        return store.player(args.name)
    if interactive:
        _out(_("What shall we call you? A pseudonym will do; it stays on this machine."))
        answer = _reader(interactive)(_("Name:") + " ")
        if answer and answer.strip():
            return store.player(answer)
    return store.player(GUEST)


def _ask_scenario(library: Library, interactive: bool) -> str | None:
    """Which scenario, by number. None when nobody answers."""
    if not interactive:
        raise Unusable(_("Say which scenario: `seenby play ID --plain`. `seenby list` shows what there is."))
    cards = [card for card in library.cards if not card.trouble]
    for number, card in enumerate(cards, 1):
        _out(f"{number}. {card.title}. {card.blurb}")
    read = _reader(interactive)
    while True:
        answer = read(_("Which one?") + " ")
        if answer is None or answer.strip().lower() in ("q", "0"):
            return None
        answer = answer.strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(cards):
            card = cards[int(answer) - 1]
            return f"{card.pack}/{card.id}"
        _out(_("Type a number from 1 to {count}, or q to leave.").format(count=len(cards)))


def _reader(interactive: bool) -> Read:
    """Reads a line from standard input; a prompt is for a person only."""

    def read(prompt: str) -> str | None:
        if interactive:
            sys.stdout.write(prompt)
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            if interactive:
                _out()
            return None
        return line.rstrip("\n")

    return read


def _speak(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _screen(args: argparse.Namespace) -> int:
    """Open the app, at home or in a play."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Unusable(_("Seenby's screen needs a terminal. In a pipe, use `seenby play ID --plain`."))
    if os.environ.get("TERM") == "dumb":
        raise Unusable(_("This terminal can show no screen. Use `seenby play ID --plain`."))
    card = None
    career = None
    if getattr(args, "career", None) is not None and args.command == "career":
        career = _library(args).get_career(args.career)
        if career.trouble:
            for line in career.trouble:
                _err(line)
            return 2
    if getattr(args, "scenario", None) is not None:
        card = _card(args, _library(args))
        if card.trouble:
            for line in card.trouble:
                _err(line)
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
        _out(app.farewell)
    return app.return_code or 0


def _copy(args: argparse.Namespace) -> int:
    from game.author.commands import copy

    return copy(args, _card(args, _library(args, _existing_store(args))))


def _new(args: argparse.Namespace) -> int:
    from game.author.commands import new

    interactive = sys.stdin.isatty()
    return new(args, _reader(interactive), interactive=interactive)


def _organisation(args: argparse.Namespace) -> int:
    from game.author.commands import organisation

    return organisation(args, _library(args, _existing_store(args)))


def _saves(args: argparse.Namespace) -> int:
    from game.saves_command import run

    return run(args, _open_store(args) if args.saves_command == "import" else _existing_store(args), _library)


__all__ = ["Unusable", "main", "pack_folders"]
