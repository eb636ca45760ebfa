"""What could have become of a play, as data for whoever shows it: the odds of what was at stake, exposure, what came late, trust, one world.

Every number is worked out by the other modules of this package, each with its formula and its source. Nothing here changes the play.
Only `one_world` needs NumPy; it is imported when that is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.futures.exposure import Exposure, boards, on_board
from engine.futures.leak import Leak
from engine.futures.ledger import Late, Ledger, Stake, ledger
from engine.futures.show import TIMES, in_worlds, put
from engine.futures.trust import Held, of_play
from engine.odds import Fate
from engine.play import events as ev
from engine.play.play import Play
from engine.play.stakes import fate
from engine.script.times import duration_words
from engine.story.names import stream
from engine.story.scripts import seconds_of
from engine.words import _

if TYPE_CHECKING:
    from engine.futures.network import Network

FOUND = frozenset({"phone", "backup", "former"})
"""The ways of being found; all others are members who show it."""

YOURS = 2
"""So many stakes of the player's own are told of."""

THEIRS = 2
"""So many of what others sent."""

PEOPLE = 2_000
"""People in the network around a place."""

WORLDS = 4_000
"""Worlds from which one is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the story itself told of a message, once: what became of it, and how long after it was sent."""

    became: Fate
    seconds: int
    certain: bool
    """The story would have had it out in any case; only the way was drawn."""
    chance: float
    """That it is out by then."""

    def explain(self) -> str:
        """One sentence: what was told, and how often it comes out so."""
        words = {
            "passed-on": _("{time} later, in your story, somebody had passed it on."),
            "found": _("{time} later, in your story, it had been found."),
            "never": _("{time} later, in your story, it had not come out."),
        }[self.became]
        text = put(words, time=_upper(duration_words(self.seconds)))
        if self.certain:
            return text
        return f"{text} {put(_('By then it is out in {worlds}.'), worlds=in_worlds(self.chance))}"


@dataclass(frozen=True, slots=True)
class Forecast:
    """One thing that was at stake, with all that is said of it."""

    stake: Stake
    passed_first: float
    """The share of the worlds in which it comes out where a member showing it came first; the others found it. At the last of the times."""
    alike: tuple[Stake, ...] = ()
    """More of the player's own with the very same odds."""
    told: Told | None = None

    def first_way(self) -> str:
        """One sentence: by which way it comes out first. Nothing where it cannot come out."""
        if self.stake.odds[-1][1] <= 0:
            return ""
        count = int(self.passed_first * 100 + 0.5)
        text = _("First out by a member in {passed} of 100, found on a phone or a backup in {found}.")
        return put(text, passed=count, found=100 - count)


@dataclass(frozen=True, slots=True)
class BoardSeen:
    """A board of clues that was looked at."""

    title: str
    exposures: tuple[Exposure, ...]


@dataclass(slots=True)
class Outlook:
    """What could have become of a play."""

    forecasts: list[Forecast] = field(default_factory=list)
    """What is told of, the player's own first, each the likeliest to get out first."""
    public: list[Stake] = field(default_factory=list)
    """What was public from the first minute."""
    left_out: int = 0
    """How many things at stake are not told of: less likely to get out than those that are."""
    boards: list[BoardSeen] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    trust: tuple[Held, ...] = ()
    main: Stake | None = None
    """The one of which a world can be told."""

    @property
    def empty(self) -> bool:
        """There is nothing to show."""
        return not (self.forecasts or self.public or self.boards or self.late or self.trust)


def outlook(play: Play, times: Sequence[int] = TIMES) -> Outlook:
    """What could have become of a play, at its end or on the way."""
    book = ledger(play, times=tuple(times))
    shut = [stake for stake in book.stakes if not stake.leak.audience.public]
    yours = _alike([stake for stake in shut if stake.why == "yours"])
    theirs = [stake for stake in shut if stake.why != "yours"]
    theirs.sort(key=lambda stake: (stake.leak.circumstances.content != "striking", -stake.odds[-1][1], stake.at))
    shown = [*yours[:YOURS], *([stake] for stake in theirs[:THEIRS])]
    main = main_stake(play, book)
    if main is not None and all(main not in group for group in shown):
        shown.append([main])
    told = _told(play)
    forecasts = [Forecast(stake, _passed_first(stake), tuple(alike), told.get(stake.id)) for stake, *alike in shown]
    public = [stake for stake in book.stakes if stake.leak.audience.public]
    seen = [BoardSeen(play.text(play.story.scenes[scene].title), on_board(play, scene)) for scene in boards(play)]
    return Outlook(forecasts, public, len(shut) - sum(map(len, shown)), seen, book.late, of_play(play), main)


def _passed_first(stake: Stake) -> float:
    return sum(share for way, share in stake.leak.first_ways(stake.odds[-1][0]) if way not in FOUND)


def _alike(stakes: list[Stake]) -> list[list[Stake]]:
    """Those in one place with the very same odds together, each group where its first stood; the last that was sent stands for them."""
    groups: dict[tuple[str, Leak], list[Stake]] = {}
    for stake in stakes:
        groups.setdefault((stake.place, stake.leak), []).append(stake)
    return [sorted(group, key=lambda stake: -stake.at) for group in groups.values()]


def main_stake(play: Play, book: Ledger) -> Stake | None:
    """The stake of which a world is told: what mocks or shocks before all else, then what the story tells of, then the player's own."""
    shut = [stake for stake in book.stakes if not stake.leak.audience.public and stake.leak.others]
    return min(
        shut,
        key=lambda stake: (
            stake.leak.circumstances.content != "striking",
            stake.id not in play.story.stake.told,
            stake.why != "yours",
            -stake.odds[-1][1],
            stake.at,
        ),
        default=None,
    )


def _told(play: Play) -> dict[str, Told]:
    """What the story told of each message, the last time that it did."""
    found: dict[str, Told] = {}
    sent: dict[str, int] = {}
    for number, event in enumerate(play.events):
        if isinstance(event, ev.MessageShown):
            sent.setdefault(event.id, event.at)
        if not isinstance(event, ev.SceneBegan):
            continue
        scene = play.story.scenes[event.scene]
        if not scene.leak or scene.leak not in sent:
            continue
        clock = event.at + seconds_of(scene.script)
        certain = all(telling.way != "never" for telling in scene.tellings)
        became = fate(play.story, play.seed, scene.leak, play.events[:number], clock, certain=certain)
        seconds = max(0, clock - sent[scene.leak])
        stake = next((each for each in ledger(play, times=(seconds,)).stakes if each.id == scene.leak), None)
        if stake is not None:
            found[scene.leak] = Told(became, seconds, certain, stake.odds[-1][1])
    return found


# One world


@dataclass(frozen=True, slots=True)
class OneWorld:
    """One world of many, told as a story."""

    stake: Stake
    text: str
    share: float
    """Share of the worlds out of which this one was drawn."""
    far: bool
    """In those it reached the person concerned, a manager or a reporter; else it only came out. Where it never did, `share` is 0."""
    worlds: int
    reach: str
    """How far it went over all worlds, in words."""

    def opening(self) -> str:
        """Which world this is."""
        if not self.share:
            return put(_("It came out in none of {count} worlds. One of them:"), count=f"{self.worlds:,}")
        text = (
            _("In {share} it reaches the person it is about, a manager or a reporter within four years. One of them:")
            if self.far
            else _("In {share} it comes out within four years. One of them:")
        )
        return put(text, share=in_worlds(self.share))


def one_world(play: Play, stake: Stake, people: int = PEOPLE, worlds: int = WORLDS) -> OneWorld:
    """One world, drawn by the play's seed among those in which a stake came far, or came out. Takes some tenths of a second: make it when it is asked for.

    Raises ValueError for a stake that is public, or that nobody else has.
    """
    from engine.futures.network import SMALLEST, people_around
    from engine.futures.tell import Cast, Teller
    from engine.futures.worlds import imagine

    if stake.leak.audience.public or not stake.leak.others:
        raise ValueError("a world is told of what could come out and is not out yet")
    seed = int(stream(play.seed, "world", stake.id).random() * 2**32)
    others = min(stake.leak.others, people // 2)
    leak = stake.leak if others == stake.leak.others else _fewer(stake.leak, others)
    network = _named(play, stake, leak, people_around(seed, others, max(people, SMALLEST)))
    made = imagine(leak, network, seed, worlds)
    teller = Teller(made, Cast.of(play))
    far = made.reaching(network.roles.values(), TIMES[-1])
    drawn = far or made.coming_out(TIMES[-1])
    reach = made.reach(TIMES[-1]).explain()
    number = drawn[int(stream(play.seed, "world-told", stake.id).random() * len(drawn))] if drawn else 0
    return OneWorld(stake, teller.tell(number), len(drawn) / worlds, bool(far), worlds, reach)


def _fewer(leak: Leak, others: int) -> Leak:
    """The same leak among as many as the network has room for: a crowd of thousands is told among a thousand."""
    audience = leak.audience
    share = others / leak.others
    small = replace(
        audience,
        others=others,
        careful=int(audience.careful * share),
        talkers=int(audience.talkers * share),
        outsiders=int(audience.outsiders * share),
    )
    return Leak(small, replace(leak.circumstances, newcomers=0), leak.habits)


def _named(play: Play, stake: Stake, leak: Leak, network: Network) -> Network:
    """The network with the cast of the place in it, each where the members of their habit are."""
    begins: dict[str, int] = {}
    room: dict[str, int] = {}
    at = 0
    for kind, count, _chance in leak.members:
        begins[kind], room[kind] = at, count
        at += count
    who: dict[int, str] = {}
    sender = next((each.sender for each in play.events if isinstance(each, ev.MessageShown) and each.id == stake.id), None)
    for person in play.story.places[stake.place].people:
        kind = play.story.stake.people.get(person, "ordinary")
        if person != sender and room.get(kind, 0) > 0:
            who[begins[kind]] = person
            begins[kind] += 1
            room[kind] -= 1
    return replace(network, who=who)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
