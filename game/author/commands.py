"""`seenby copy`, `seenby new` and `seenby organisation`: what they take and what they do. Nothing heavy is imported before it is wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _, n_

if TYPE_CHECKING:
    from game.packs import Card, Library

Reader = Callable[[str], str | None]
"""Asks for a line; None when the input has ended."""


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
    parser.add_argument(
        "--begins",
        default="",
        help=_('the weekday and time at which it begins, "Monday 08:00"; days move with it, times of day stay'),
    )
    parser.add_argument("--all", action="store_true", help=_("list every line that wants a human eye"))
    parser.add_argument("--force", action="store_true", help=_("write over what is there"))


def add_new_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby new` takes."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", type=Path, help=_("the new file; without it, one among your own scenarios")
    )
    parser.add_argument("--title", default="", help=_("what it is called"))
    parser.add_argument("--id", default="", help=_("its id; without it, made from the title"))
    parser.add_argument("--force", action="store_true", help=_("write over what is there"))
    parser.add_argument("--locale", default="", help=_("where made-up names come from: en_IN"))
    asked = parser.add_argument_group(_("answers to the questions, so that they are not asked"))
    asked.add_argument("--sector", default="", help=_("the trade it plays in"))
    asked.add_argument("--you", default="", help=_("who the player is"))
    asked.add_argument(
        "--person", metavar="NAME: WHO", action="append", default=[], help=_("somebody in it; two to four of them")
    )
    asked.add_argument("--where", default="", help="group, feed, mail")
    asked.add_argument("--place", default="", help=_("what that place is called"))
    asked.add_argument("--kind", default="", help="joke, photo, rumour, account, own")
    asked.add_argument("--what", default="", help=_("what goes wrong, in your own words"))
    asked.add_argument(
        "--ending", metavar="TITLE", action="append", default=[], help=_("how it may come out; two to four of them")
    )
    asked.add_argument("--yes", action="store_true", help=_("ask nothing; what was not answered is as it would be"))
    chat = parser.add_argument_group(_("from an exported chat"))
    chat.add_argument("--from", dest="chat", metavar="CHAT.txt", type=Path, help=_("the text export of a group chat"))
    chat.add_argument(
        "--also",
        metavar="NAME",
        action="append",
        default=[],
        help=_('a nickname to replace as well: "Big Dave", or "Big Dave=Dave Smith"'),
    )
    chat.add_argument("--me", metavar="NAME", default="", help=_("who in the chat the player stands for"))
    chat.add_argument(
        "--dates", choices=("dmy", "mdy", "ymd"), help=_("how the export writes its dates, when the file does not tell")
    )
    chat.add_argument(
        "--most", metavar="N", type=int, default=200, help=_("take so many messages, the last ones (default 200)")
    )
    chat.add_argument("--seed", type=int, default=None, metavar="N", help=_("another number makes up other names"))
    chat.add_argument(
        "--report", metavar="FILE", type=Path, help=_("write what was replaced, and what to look at, into this file")
    )
    chat.add_argument("--show", action="store_true", help=_("with the originals in the report; keep it to yourself"))


def new(args: argparse.Namespace, read: Reader, *, interactive: bool) -> int:
    """Begin a scenario, by questions or from a chat. Returns the exit status. Raises OSError."""
    from game.author.edit import AuthorProblem

    try:
        return (
            _from_chat(args, read, interactive=interactive)
            if args.chat is not None
            else _asked(args, read, interactive=interactive)
        )
    except AuthorProblem as problem:
        err(str(problem))
        return 2


def _from_chat(args: argparse.Namespace, read: Reader, *, interactive: bool) -> int:
    from game.author.chat import NoChat, chat_text, read_chat
    from game.author.edit import AuthorProblem
    from game.author.importing import imported, report

    if args.most < 1:
        raise AuthorProblem(_("--most is how many messages to take: 1 or more."))
    data = args.chat.expanduser().read_bytes()
    try:
        chat = read_chat(data, args.dates)
        if not chat.sure and interactive:
            answer = read(_("Its dates may be day first or month first. Which? (d/m):") + " ")
            if answer is None:
                err(_("Nothing was written."))
                return 2
            chat = read_chat(data, "mdy" if answer.strip().lower().startswith("m") else "dmy")
    except NoChat as problem:
        raise AuthorProblem(_("{file} is no exported chat: {reason}.").format(file=args.chat, reason=problem)) from None
    if args.me and args.me.strip().casefold() not in (sender.casefold() for sender in chat.senders):
        raise AuthorProblem(
            _("Nobody called “{name}” wrote in this chat. Write the name as it stands in the export.").format(name=args.me)
        )
    title = args.title or _("A chat")
    file, scenario = _new_file(args, title)
    seed = args.seed if args.seed is not None else _own_seed()
    try:
        made = imported(
            chat,
            chat_text(data),
            scenario=scenario,
            title=title,
            me=args.me,
            also=args.also,
            locale=args.locale or "en_GB",
            seed=seed,
            most=args.most,
        )
    except ValueError as problem:
        raise AuthorProblem(str(problem)) from None
    _must_play(made.text, file)
    _write(file, made.text)
    lines = report(made, show=args.show)
    if not chat.sure and not interactive:
        lines.insert(0, _("Its dates were read with the day first. If that is wrong: --dates mdy"))
    if chat.passed_over:
        lines.append(
            n_(
                "{count} line of the export belongs to no message.",
                "{count} lines of the export belong to no message.",
                chat.passed_over,
            ).format(count=chat.passed_over)
        )
    out(_("Written: {file}").format(file=file))
    if args.report is not None:
        _write(args.report.expanduser(), "\n".join(lines) + "\n")
        out(_("The report is in {file}.").format(file=args.report))
        if args.show:
            out(_("It holds the originals. Do not pass it on."))
    else:
        for line in lines:
            out(line)
    out()
    out(
        _("Read it all before anybody else does, and ask those who wrote it. Then: seenby play {file} --plain").format(
            file=file
        )
    )
    return 0


def _own_seed() -> int:
    """A seed that cannot be guessed: whoever has the new file cannot make the same names from it and compare."""
    import secrets

    return secrets.randbelow(2**31)


def _new_file(args: argparse.Namespace, title: str) -> tuple[Path, str]:
    """Where to write, and the id. Raises AuthorProblem when something is there already."""
    import re
    import unicodedata

    from game.author.edit import AuthorProblem
    from game.author.own import own_folder

    words = args.id or (args.file.stem if args.file is not None and not args.title else title)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    scenario = args.id or re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:60].rstrip("-") or "my-scenario"
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", scenario):
        raise AuthorProblem(
            _("“{id}” is no id. An id has small letters, digits, - and _, and begins with a letter.").format(id=args.id)
        )
    file = args.file.expanduser() if args.file is not None else own_folder() / f"{scenario}.yaml"
    if file.is_dir():
        raise AuthorProblem(_("{file} is a folder. Say which file in it.").format(file=file))
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise AuthorProblem(_("{file} should end in .yaml.").format(file=file))
    if file.exists() and not args.force:
        raise AuthorProblem(
            _("{file} is there already. Choose another name, or say --force to write over it.").format(file=file)
        )
    return file, scenario


def _must_play(text: str, file: Path) -> None:
    """Refuse to write a scenario that does not compile. Raises AuthorProblem."""
    from engine.script.findings import ScenarioError
    from engine.script.read import read
    from engine.story.compile import compile_story
    from game.author.edit import AuthorProblem

    try:
        compile_story(read(text.encode(), file.name))
    except ScenarioError as error:
        raise AuthorProblem(
            _("This cannot be made into a scenario, so nothing was written:\n{findings}").format(findings=error)
        ) from None


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def _asked(args: argparse.Namespace, read: Reader, *, interactive: bool) -> int:
    from game.author.wizard import Answers, Wizard, story_text

    answers = Answers.given(args)
    if not args.yes:
        answered = Wizard(answers, read, out, prompts=interactive).run()
        if answered is None:
            err(_("Nothing was written."))
            return 2
        answers = answered
    answers = answers.whole()
    file, scenario = _new_file(args, answers.title)
    text = story_text(answers, scenario)
    _must_play(text, file)
    _write(file, text)
    out(_("Written: {file}").format(file=file))
    out(_("It plays as it is: seenby play {file} --plain").format(file=file))
    out(_("Now make it yours. The lines that begin with # say what each part is for."))
    return 0


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
    from game.own_words import ORGANISATION_FILE, words_of_file
    from game.packs import user_folder

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


__all__ = ["add_copy_arguments", "add_new_arguments", "add_organisation_arguments", "copy", "err", "new", "organisation", "out"]
