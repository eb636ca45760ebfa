"""`seenby saves`: list, show, export, import and forget plays and rooms, and keep a debrief."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.words import _, n_
from saves.errors import BadExport, NoSuchPlay, NoSuchPlayer, SaveError

if TYPE_CHECKING:
    from game.packs import Library
    from game.session import Session
    from saves.careers import CareerInfo
    from saves.rooms import RoomInfo
    from saves.store import Player, PlayInfo, Store

LARGEST = 50_000_000
"""Bytes that a file to import may have."""


def run(args: argparse.Namespace, store: Store | None, library: Callable[[argparse.Namespace, Store | None], Library]) -> int:
    """Do what was asked for. Returns the exit status; raises SaveError."""
    command = args.saves_command or "list"
    if store is None:
        if command == "list":
            _out(_("Nothing is saved yet."))
            return 0
        if getattr(args, "play", None):
            raise NoSuchPlay(args.play)
        raise NoSuchPlayer(getattr(args, "player", None) or "")
    if command == "list":
        return _list(args, store, library(args, store))
    if command == "show":
        return _show(args, store, library(args, store))
    if command == "debrief":
        return _debrief(args, store, library(args, store))
    if command == "export":
        return _export(args, store)
    if command == "import":
        return _import(args, store)
    return _forget(args, store)


def _out(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")


def find_play(store: Store, given: str) -> PlayInfo:
    """The play of an id, or of the beginning of one that no other has. Raises NoSuchPlay."""
    wanted = given.strip().lower()
    found = [info for info in store.plays() if info.id == wanted] or [
        info for info in store.plays() if wanted and info.id.startswith(wanted)
    ]
    if len(found) != 1:
        raise NoSuchPlay(given)
    return found[0]


def find_career(store: Store, given: str) -> CareerInfo | None:
    """The career of an id, or of the beginning of one that nothing else has; None when there is none."""
    wanted = given.strip().lower()
    found = [info for info in store.careers() if wanted and info.id.startswith(wanted)]
    others = [info for info in store.plays() if wanted and info.id.startswith(wanted)]
    exact = [info for info in found if info.id == wanted]
    if exact:
        return exact[0]
    return found[0] if len(found) == 1 and not others else None


def _player(store: Store, name: str) -> Player:
    from saves.store import key_of

    for player in store.players():
        if player.key == key_of(name):
            return player
    raise NoSuchPlayer(name)


def _list(args: argparse.Namespace, store: Store, library: Library) -> int:
    from game.career.command import progress_words
    from saves.ways import ended_ways

    player = _player(store, args.player) if args.player else None
    plays = store.plays(player)
    rooms_kept = store.rooms.all() if player is None else []
    if not plays and not rooms_kept:
        _out(_("Nothing is saved yet."))
        return 0
    ways = ended_ways(store, player)
    careers = store.careers(player)
    parts = {part.play: (career, part.number) for career in careers for part in career.parts}
    titles = {career.id: career.title for career in careers}
    rows = []
    for career in careers:
        state = _("career: {state}").format(state=progress_words(career))
        rows.append((career.id, f"{career.updated.astimezone():%Y-%m-%d %H:%M}", career.player, career.title, state))
    for info in plays:
        card = library.find(info.scenario)
        if info.ended:
            title = card.endings.get(info.ending or "", info.ending) if card is not None else info.ending
            state = _("ended: {ending}").format(ending=title)
        else:
            state = n_("{count} decision", "{count} decisions", info.progress).format(count=info.progress)
        called = info.title
        if info.id in parts:
            career, part = parts[info.id]
            called = _("{career}, part {number}: {title}").format(career=career.title, number=part + 1, title=info.title)
        elif info.career in titles:
            called = _("{career}, on a way that was left: {title}").format(career=titles[info.career], title=info.title)
        rows.append((info.id, f"{info.updated.astimezone():%Y-%m-%d %H:%M}", info.player, called, state))
        for number, way in enumerate(ways.get(info.id, ()), 1):
            title = card.endings.get(way.ending or "", way.ending) if card is not None else way.ending
            state = _("way {number}, before going back, ended: {ending}").format(number=number, ending=title)
            rows.append(("", f"{way.at.astimezone():%Y-%m-%d %H:%M}", "", "", state))
    rows += [_room_row(info, library) for info in rooms_kept]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        _out("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]))
    return 0


def _room_row(info: RoomInfo, library: Library) -> tuple[str, str, str, str, str]:
    """A room of a workshop, as a line of the list."""
    card = library.find(info.scenario)
    if info.ending:
        title = card.endings.get(info.ending, info.ending) if card is not None else info.ending
        state = _("ended: {ending}").format(ending=title)
    else:
        state = n_("{count} decision", "{count} decisions", info.decisions).format(count=info.decisions)
    return (
        info.id,
        f"{info.updated.astimezone():%Y-%m-%d %H:%M}",
        _("(a rehearsal)") if info.setup.rehearsal else _("(a room)"),
        info.title,
        state,
    )


def _room(store: Store, given: str) -> RoomInfo | None:
    """The room of this id, or of the beginning of one that no other room has, where no play is meant."""
    from saves.rooms import NoSuchRoom

    try:
        find_play(store, given)
    except NoSuchPlay:
        with suppress(NoSuchRoom):
            return store.rooms.find(given)
    return None


def _show_room(store: Store, info: RoomInfo, library: Library) -> int:
    """What was decided in a room, and where it stands. No counts: the report has them, without the small ones."""
    from engine.room.recap import road
    from game.packs import card_of_file, load
    from game.workshop.host import read_room
    from game.workshop.words import here_words, one_line

    card = card_of_file(Path(info.file)) if info.file and Path(info.file).is_file() else library.find(info.scenario)
    _out(
        _("{title}, played by a room, begun {date}.").format(
            title=info.title, date=f"{info.created.astimezone():%Y-%m-%d %H:%M}"
        )
    )
    if card is None:
        _out(_("The scenario “{id}” is not here, so what was decided cannot be told.").format(id=info.scenario))
        return 0
    found = read_room(info, store.rooms.open(info.id).inputs, load(card))
    for line in found.changed:
        _out(line)
    for number, step in enumerate(road(found.room).steps, 1):
        _out(_("  {number}. {scene}: {choice}").format(number=number, scene=one_line(step.title), choice=one_line(step.words)))
    _out(here_words(found.room))
    return 0


def _show(args: argparse.Namespace, store: Store, library: Library) -> int:
    from game.packs import load
    from game.session import Session

    career = find_career(store, args.play)
    if career is not None:
        return _show_career(career, store, library)
    room = _room(store, args.play)
    if room is not None:
        return _show_room(store, room, library)
    info = find_play(store, args.play)
    journal = store.journal(info.id)
    tip = _way(args, store, info)
    if tip is not None:
        journal.look_from(tip)
    _out(
        _("{title}, played by {player}, begun {date}.").format(
            title=info.title, player=info.player, date=f"{info.created.astimezone():%Y-%m-%d %H:%M}"
        )
    )
    card = library.find(info.scenario)
    if card is None:
        _out(_("The scenario “{id}” is not here, so only the ids can be shown.").format(id=info.scenario))
        for given in journal.path():
            _out(f"  {given}")
        return 0
    session = Session.resume(store, info.id, load(card), tip)
    for words in session.resumed_changes:
        _out(words)
    for step in session.steps():
        _out(
            _("  {number}. {moment}, {scene}: {choice}").format(
                number=step.number + 1, moment=step.moment, scene=step.scene, choice=step.words
            )
        )
    _out(session.recap()[-1])
    branches = len(session.branches())
    if branches > 1:
        _out(_("{count} ways were tried.").format(count=branches))
    return 0


def _debrief(args: argparse.Namespace, store: Store, library: Library) -> int:
    from game.debrief.export.making import made
    from game.debrief.export.writing import hand_out
    from game.packs import load
    from game.session import Session

    wanted = [(form, path) for form, path in (("html", args.html), ("markdown", args.markdown)) if path is not None]
    if not wanted:
        sys.stderr.write(_("Say where to: `seenby saves debrief PLAY --html FILE`, or `--markdown FILE`.\n"))
        return 2
    info = find_play(store, args.play)
    card = library.find(info.scenario)
    if card is None:
        words = _("The scenario “{id}” is not here, and without it the play cannot be told.").format(id=info.scenario)
        raise SaveError(words, _("Put its file back, or say where it is with --pack DIR."))
    session = _as_part(info, store, library) or Session.resume(store, info.id, load(card))
    for words in session.resumed_changes:
        sys.stderr.write(f"{words}\n")
    for form, path in wanted:
        data = made(session, form, pseudonym=info.player, played=info.updated if args.date else None)
        hand_out(path, data, replace=args.force)
    return 0


def _as_part(info: PlayInfo, store: Store, library: Library) -> Session | None:
    """The play as a part of its career, which knows what earlier parts left; None for a play by itself, or on a way that was left."""
    from game.career.command import story_of
    from game.career.table import Table

    if info.career is None:
        return None
    career = store.career(info.career)
    card = library.find_career(career.key)
    number = next((part.number for part in career.parts if part.play == info.id), None)
    if card is None or card.trouble or number is None:
        return None
    return Table.resume(card, story_of(library, card), store, career).session(number)


def _way(args: argparse.Namespace, store: Store, info: PlayInfo) -> int | None:
    """The tip of the way that is asked for; None for where the play stands. Raises SaveError when there is no such way."""
    from saves.ways import ended_ways

    if args.way is None:
        return None
    ways = ended_ways(store).get(info.id, [])
    number: int = args.way
    if not 1 <= number <= len(ways):
        problem = n_(
            "This play has {count} other way that ended.", "This play has {count} other ways that ended.", len(ways)
        ).format(count=len(ways))
        raise SaveError(problem, _("`seenby saves list` shows them with their numbers."))
    return ways[number - 1].tip


def _show_career(info: CareerInfo, store: Store, library: Library) -> int:
    """The career looked back at, as far as it was played."""
    from game.career.command import story_of
    from game.career.table import Table
    from game.career.words import career_lines, faces_lines

    _out(
        _("{title}, played by {player}, begun {date}.").format(
            title=info.title, player=info.player, date=f"{info.created.astimezone():%Y-%m-%d %H:%M}"
        )
    )
    card = library.find_career(info.key)
    if card is None or card.trouble:
        _out(_("The career “{id}” is not here, or cannot be played, so only its parts can be named.").format(id=info.key))
        for part in info.parts:
            _out(f"  {part.number + 1}. {part.title} ({part.play})")
        return 0
    table = Table.resume(card, story_of(library, card), store, info)
    for line in [*table.changed(), *faces_lines(table), "", *career_lines(table.debrief())]:
        _out(line)
    return 0


def _export(args: argparse.Namespace, store: Store) -> int:
    what: Player | str
    room = _room(store, args.play) if args.play and find_career(store, args.play) is None else None
    if room is not None:
        what = room.id
    elif args.play:
        career = find_career(store, args.play)
        what = career.id if career is not None else find_play(store, args.play).id
    elif args.player:
        what = _player(store, args.player)
    else:
        sys.stderr.write(_("Say which: `seenby saves export PLAY`, or `--player NAME` for everything of somebody.\n"))
        return 2
    data = store.rooms.export(room.id) if room is not None else store.export(what)
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
    if args.output is None:
        sys.stdout.write(text)
    else:
        args.output.write_text(text, "utf-8")
        sys.stderr.write(_("Written to {file}.\n").format(file=args.output))
    return 0


def _import(args: argparse.Namespace, store: Store) -> int:
    from saves.room_export import is_room

    file: Path = args.file
    if file.stat().st_size > LARGEST:
        raise BadExport(_("it is larger than {size} MB").format(size=LARGEST // 1_000_000))
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadExport(_("it is no JSON ({problem})").format(problem=str(error)[:80])) from None
    if is_room(data):
        return _import_room(args, store, data)
    player = store.player(args.player) if args.player else None
    ids = store.import_(data, player=player)
    _out(
        n_("{count} play is here now: {ids}", "{count} plays are here now: {ids}", len(ids)).format(
            count=len(ids), ids=", ".join(ids)
        )
    )
    return 0


def _import_room(args: argparse.Namespace, store: Store, data: Any) -> int:
    if args.player:
        sys.stderr.write(_("This is a room, which belongs to nobody: leave out --player.\n"))
        return 2
    room = store.rooms.import_(data)
    _out(_("The room is here now: {id}").format(id=room))
    _out(_("To go on: seenby workshop --continue {id}").format(id=room))
    return 0


def _forget(args: argparse.Namespace, store: Store) -> int:
    if bool(args.play) == bool(args.player):
        sys.stderr.write(
            _("Say what to forget: `seenby saves forget PLAY`, or `--player NAME` for somebody with everything.\n")
        )
        return 2
    career = find_career(store, args.play) if args.play else None
    room = _room(store, args.play) if args.play and career is None else None
    if room is not None:
        question = _("Forget the room “{title}” ({id}) for good?").format(title=room.title, id=room.id)
    elif career is not None:
        question = _("Forget the career “{title}” ({id}) with all its parts for good?").format(title=career.title, id=career.id)
    elif args.play:
        info = find_play(store, args.play)
        question = _("Forget “{title}” ({id}) for good?").format(title=info.title, id=info.id)
    else:
        player = _player(store, args.player)
        count = len(store.plays(player))
        question = n_("Forget {name} with {count} play for good?", "Forget {name} with {count} plays for good?", count).format(
            name=player.name, count=count
        )
    if not args.yes and not _sure(question):
        _out(_("Nothing was forgotten."))
        return 1
    if career is not None:
        kept = store.forget_career(career.id)
    elif room is not None:
        kept = store.rooms.forget(room.id)
    else:
        kept = store.forget(info.id) if args.play else store.forget_player(args.player)
    _out(_("Forgotten."))
    for file in kept:
        _out(_("A damaged file from earlier may still hold it: {file}. Remove it if you are sure.").format(file=file))
    return 0


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        raise SaveError(question, _("Say --yes to do it without being asked."))
    sys.stdout.write(f"{question} {_('(yes/no)')} ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", _("yes"))
