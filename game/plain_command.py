"""`seenby play` and `seenby career` on plain lines: for a pipe, a file of decisions, or somebody who would rather hear it read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.command import Unusable, card_of, err, library_of, open_store, out, player_named, reader, speak
from game.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.story.model import Story
    from game.career.table import Table
    from game.decisions_file import Scripted
    from game.packs import Card, Library
    from game.session import Session
    from saves.store import Player, Store


def play_plain(args: argparse.Namespace) -> int:
    """Play a scenario. Returns the exit status."""
    from game.packs import load
    from game.plain import Plain
    from game.session import Session, fresh_seed
    from game.settings import GUEST

    interactive = sys.stdin.isatty()
    script = _script(args)
    store = None if args.no_save else open_store(args)
    library = library_of(args, store)
    if args.scenario is None and not args.resume:
        args.scenario = _ask_scenario(library, interactive)
        if args.scenario is None:
            return 0
    if args.resume:
        session = _resumed(args, store, library)
    else:
        card = card_of(args, library)
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

    plain = Plain(
        session,
        reader(interactive),
        speak,
        script=script,
        script_name=str(args.decisions or ""),
        interactive=interactive,
    )
    return _to_the_end(plain.run, session)


def _to_the_end(play: Callable[[], object], kept: Session | Table) -> int:
    """Play until it is over or left. Returns the exit status; raises Unusable for a file of decisions that does not fit."""
    from game.decisions_file import ScriptProblem

    try:
        play()
    except ScriptProblem as problem:
        raise Unusable(str(problem)) from None
    except KeyboardInterrupt:
        out()
        out(_("Saved. See you.") if kept.saved else _("See you."))
        return 130
    return 0


def career_plain(args: argparse.Namespace) -> int:
    """Play a career, part after part. Returns the exit status."""
    from game.career.command import newest, story_of
    from game.career.command import play_plain as play_parts
    from game.career.table import Table
    from game.session import fresh_seed
    from game.settings import GUEST

    interactive = sys.stdin.isatty()
    script = _script(args)
    store = None if args.no_save else open_store(args)
    library = library_of(args, store)
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
    file = str(args.decisions or "")
    return _to_the_end(
        lambda: play_parts(table, reader(interactive), speak, script=script, script_name=file, interactive=interactive), table
    )


def _script(args: argparse.Namespace) -> list[Scripted]:
    """The decisions of the file that was named, if one was."""
    from game.decisions_file import ScriptProblem, script_of

    try:
        return script_of(args.decisions)
    except ScriptProblem as problem:
        raise Unusable(str(problem)) from None


def _cut(story: Story, minutes: int) -> Story:
    """The story for a session of so many minutes; says what is left out."""
    from game.guide.timings import cut_to_fit, cut_words

    cut = cut_to_fit(story, minutes)
    for line in cut_words(cut, minutes):
        err(line)
    return cut


def _warn(card: Card) -> None:
    """Tell trainers what is odd about a file of their own that plays all the same, such as a hashtag that is lost."""
    from engine.script.read import read_file
    from game.packs import OWN

    if card.pack == OWN:
        for finding in read_file(card.file).findings:
            err(str(finding))


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
    player = player_named(store, args.player) if args.player else last_player(store)
    card = card_of(args, library) if args.scenario is not None else None
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
        out(_("What shall we call you? A pseudonym will do; it stays on this machine."))
        answer = reader(interactive)(_("Name:") + " ")
        if answer and answer.strip():
            return store.player(answer)
    return store.player(GUEST)


def _ask_scenario(library: Library, interactive: bool) -> str | None:
    """Which scenario, by number. None when nobody answers."""
    if not interactive:
        raise Unusable(_("Say which scenario: `seenby play ID --plain`. `seenby list` shows what there is."))
    cards = [card for card in library.cards if not card.trouble]
    for number, card in enumerate(cards, 1):
        out(f"{number}. {card.title}. {card.blurb}")
    read = reader(interactive)
    while True:
        answer = read(_("Which one?") + " ")
        if answer is None or answer.strip().lower() in ("q", "0"):
            return None
        answer = answer.strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(cards):
            card = cards[int(answer) - 1]
            return f"{card.pack}/{card.id}"
        out(_("Type a number from 1 to {count}, or q to leave.").format(count=len(cards)))


__all__ = ["career_plain", "play_plain"]
