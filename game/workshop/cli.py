"""`seenby workshop`: what it takes and what it does. Nothing heavy is imported before it is wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from game.words import _

if TYPE_CHECKING:
    from engine.story.model import Story
    from game.packs import Card, Library
    from game.plain import Read
    from game.settings import Settings
    from game.workshop.host import RoomHost
    from game.workshop.plan import SessionPlan
    from saves.rooms import RoomInfo
    from saves.store import Store

MOST_TABLES = 26
MOST_PEOPLE = 999


class WorkshopProblem(Exception):
    """What was asked for cannot be done. The text says why and what to do."""


class Ways(NamedTuple):
    """What the command line lends: how it finds scenarios, opens saves and reads lines."""

    library: Callable[[argparse.Namespace, Store | None], Library]
    card: Callable[[argparse.Namespace, Library], Card]
    open_store: Callable[[argparse.Namespace], Store]
    reader: Callable[[bool], Read]
    speak: Callable[[str], None]


def add_arguments(parser: argparse.ArgumentParser, whole: Callable[[str], int]) -> None:
    """What `seenby workshop` takes."""
    parser.add_argument("scenario", nargs="?", metavar="ID|FILE", help=_("a scenario's id, or a scenario file"))
    parser.add_argument(
        "--minutes", type=int, choices=(30, 60, 90), help=_("plan for so long, and leave out what does not fit")
    )
    parser.add_argument("--tables", type=whole, metavar="N", help=_("tables A, B, … vote; without it hands are counted"))
    parser.add_argument("--people", type=whole, metavar="N", help=_("how many people vote, if you know it"))
    parser.add_argument(
        "--seed", type=whole, metavar="N", help=_("a number that decides made-up names and the order of options")
    )
    parser.add_argument("--rehearse", action="store_true", help=_("go through it alone: the votes are drawn"))
    parser.add_argument(
        "--continue",
        dest="go_on",
        metavar="ROOM",
        nargs="?",
        const="",
        help=_("go on with a room; without an id with the last one"),
    )
    parser.add_argument(
        "--notes",
        metavar="ROOM",
        nargs="?",
        const="",
        help=_("the facilitator's notes, in a second terminal; follows the room that is open"),
    )
    parser.add_argument("--plain", action="store_true", help=_("plain lines instead of a screen"))
    parser.add_argument("--plan", action="store_true", help=_("say the plan of the session by the minute, and no more"))
    parser.add_argument("--report", metavar="ROOM", help=_("write what a room did to --html, --csv, or both"))
    parser.add_argument("--handout", metavar="ID|FILE", help=_("write a page to print for everybody in the room, with -o"))
    parser.add_argument("--html", metavar="FILE", type=Path, help=_("the report as a page"))
    parser.add_argument("--csv", metavar="FILE", type=Path, help=_("the report as a table"))
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=_("where to write the handout"))
    parser.add_argument("--force", action="store_true", help=_("replace files that are there"))


def run(args: argparse.Namespace, ways: Ways) -> int:
    """Do what was asked for. Returns the exit status. Raises WorkshopProblem, SaveError and what finding a scenario raises."""
    for name, most in (("tables", MOST_TABLES), ("people", MOST_PEOPLE)):
        given = getattr(args, name)
        if given is not None and not 0 <= given <= most:
            raise WorkshopProblem(_("--{name} goes from 0 to {most}.").format(name=name, most=most))
    if args.handout is not None:
        return _handout(args, ways)
    if args.report is not None:
        return _report(args, ways)
    if args.notes is not None:
        return _notes(args, ways)
    if args.go_on is not None:
        return _continue(args, ways)
    if args.scenario is None:
        raise WorkshopProblem(_("Say which scenario: `seenby workshop ID`. `seenby list` shows what there is."))
    card, story = _story(args, ways, args.scenario)
    plan = _plan(story, args.minutes)
    if args.plan:
        return _say_plan(plan, ways)
    if plan is not None:
        _say_fit(plan, story)
    return _begin(args, ways, card, story, plan)


def _story(args: argparse.Namespace, ways: Ways, wanted: str) -> tuple[Card, Story]:
    from game.packs import load

    named = argparse.Namespace(**{**vars(args), "scenario": wanted})
    card = ways.card(named, ways.library(args, None))
    return card, load(card)


def _plan(story: Story, minutes: int | None) -> SessionPlan | None:
    from game.workshop.plan import plan_for

    return plan_for(story, minutes) if minutes else None


def _say_plan(plan: SessionPlan | None, ways: Ways) -> int:
    from game.workshop.plan import plan_lines

    if plan is None:
        raise WorkshopProblem(_("Say how long the session is: --minutes 30, 60 or 90."))
    for line in plan_lines(plan):
        ways.speak(line)
    return 0


def _say_fit(plan: SessionPlan, story: Story) -> None:
    """Say before the screen opens what is left out, and whether it fits."""
    from engine.story.cut import cut_story
    from game.guide.timings import cut_words

    for line in cut_words(cut_story(story, plan.cut), plan.minutes):
        sys.stderr.write(f"{line}\n")


def _begin(args: argparse.Namespace, ways: Ways, card: Card, story: Story, plan: SessionPlan | None) -> int:
    from engine.room.inputs import Setup
    from game.packs import OWN
    from game.session import fresh_seed
    from game.workshop.host import RoomHost

    seed = args.seed if args.seed is not None else fresh_seed()
    tables = args.tables or 0
    if args.rehearse and args.tables is None and args.people is None:
        tables = 6
    cut = plan.cut if plan is not None else ()
    setup = Setup(seed, tables, args.people or 0, args.minutes or 0, cut, bool(args.rehearse))
    store = ways.open_store(args)
    if args.rehearse:
        # Kept while it lasts, so that the notes can follow it; the next one takes its place.
        for info in store.rooms.all():
            if info.setup.rehearsal and not store.rooms.live(info.id):
                store.rooms.forget(info.id)
    file = str(card.file.resolve()) if card.pack == OWN and isinstance(card.file, Path) else ""
    return _show(args, ways, RoomHost.begin(store, story, setup, file), plan, store)


def _continue(args: argparse.Namespace, ways: Ways) -> int:
    from game.workshop.follow import NoRoom
    from game.workshop.host import RoomHost

    store = ways.open_store(args)
    rooms = store.rooms
    if args.go_on:
        info = rooms.find(args.go_on)
    else:
        known = [info for info in rooms.all() if not info.setup.rehearsal]
        if not known:
            raise NoRoom
        info = known[0]
    story = story_of(args, ways, info)
    host = RoomHost.resume(store, info.id, story)
    return _show(args, ways, host, _plan(story, info.setup.minutes), store, resumed=True)


def story_of(args: argparse.Namespace, ways: Ways, info: RoomInfo) -> Story:
    """The story of a room that was kept. Raises WorkshopProblem when its scenario is not to be found."""
    from game.packs import card_of_file, load

    if info.file and Path(info.file).is_file():
        return load(card_of_file(Path(info.file)))
    card = ways.library(args, None).find(info.scenario)
    if card is None:
        raise WorkshopProblem(
            _("The scenario “{id}” of this room is not here. Put its file back, or say where it is with --pack DIR.").format(
                id=info.scenario
            )
        )
    return load(card)


def _show(
    args: argparse.Namespace,
    ways: Ways,
    host: RoomHost,
    plan: SessionPlan | None,
    store: Store | None,
    *,
    resumed: bool = False,
) -> int:
    with host:
        if args.plain:
            from game.workshop.plain import PlainRoom

            PlainRoom(host, ways.reader(sys.stdin.isatty()), ways.speak, plan=plan, resumed=resumed).run()
            return 0
        from game.workshop.screens.app import run_projector

        status: Any = run_projector(host, plan, _settings(store))
    if host.saved and not args.rehearse:
        ways.speak(_("Saved. To go on: seenby workshop --continue {id}").format(id=host.id))
        ways.speak(_("For the report: seenby workshop --report {id} --html report.html").format(id=host.id))
    return int(status or 0)


def _settings(store: Store | None) -> Settings:
    from game.settings import Settings, last_player, load_settings

    player = last_player(store) if store is not None else None
    return load_settings(store, player) if store is not None else Settings()


def _notes(args: argparse.Namespace, ways: Ways) -> int:
    from game.workshop.follow import RoomFollower
    from game.workshop.screens.app import run_notes

    store = ways.open_store(args)
    follower = RoomFollower.find(store, lambda info: story_of(args, ways, info), args.notes or args.scenario or None)
    if not follower.live:
        sys.stderr.write(
            _("No projector shows this room just now. `seenby workshop --continue {id}` opens it again.\n").format(
                id=follower.id
            )
        )
    plan = _plan(story_of(args, ways, follower.info), follower.info.setup.minutes)
    status: Any = run_notes(follower, plan, _settings(store))
    return int(status or 0)


def _report(args: argparse.Namespace, ways: Ways) -> int:
    from game.debrief.export.writing import hand_out
    from game.workshop.host import read_room
    from game.workshop.report import as_csv, as_html, report

    wanted = [(form, path) for form, path in (("html", args.html), ("csv", args.csv)) if path is not None]
    if not wanted:
        raise WorkshopProblem(_("Say where to: `seenby workshop --report ROOM --html FILE`, or --csv FILE."))
    store = ways.open_store(args)
    journal = store.rooms.open(args.report)
    found = read_room(journal.info, journal.inputs, story_of(args, ways, journal.info))
    for line in found.changed:
        sys.stderr.write(f"{line}\n")
    content = report(found.room, journal.info.created)
    for form, path in wanted:
        hand_out(path, as_html(content) if form == "html" else as_csv(content), replace=args.force)
    return 0


def _handout(args: argparse.Namespace, ways: Ways) -> int:
    from game.debrief.export.writing import hand_out
    from game.workshop.handout import handout

    if args.output is None:
        raise WorkshopProblem(_("Say where to: `seenby workshop --handout ID -o handout.html`."))
    _card, story = _story(args, ways, args.handout)
    hand_out(args.output, handout(story, args.minutes), replace=args.force)
    if str(args.output) != "-":
        ways.speak(_("Print it from a browser."))
    return 0


__all__ = ["Ways", "WorkshopProblem", "add_arguments", "run", "story_of"]
