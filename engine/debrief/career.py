"""Looks back at a career: what each part began with and left, the dials over all of it, and what is still out there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.debrief.build import build, shown_points
from engine.debrief.model import Debrief
from engine.futures.ledger import Stake, ledger
from engine.futures.show import in_worlds
from engine.play.events import FlagSet
from engine.play.play import Play
from engine.play.world import FOREVER
from engine.script.format import DIALS
from engine.script.times import duration_words
from engine.story.given import Given
from engine.story.horizon import beyond
from engine.story.model import Story
from engine.story.slots import filled
from engine.text import plain
from engine.words import _

SAID = 60
"""So many characters of what is out there are told, on one line."""
MOST_OUT = 12
"""Things still out there that are told; the likeliest to get out come first."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that came from an earlier part."""

    flag: str
    words: str
    """What it stands for, as the part says that asks for it; a number with its value."""
    value: int
    since: int = -1
    """The part, from 0, that it comes from; -1: not known."""


@dataclass(frozen=True, slots=True)
class OutThere:
    """Something at stake from a part, some time after it."""

    stake: Stake
    part: int
    age: int
    """Seconds since it was sent."""
    chance: float
    """That it has got out by now."""

    @property
    def what(self) -> str:
        """`Your message in Team 4, 3 years ago`."""
        text = _("{what}, {ago} ago")
        return text.replace("{ago}", duration_words(self.age)).replace("{what}", plain(self.stake.title()))

    @property
    def words(self) -> str:
        """`Your message in Team 4, 3 years ago: out by now in about 40 in 100 worlds.`"""
        text = _("{what}: out by now in {worlds}.")
        return text.replace("{worlds}", in_worlds(self.chance)).replace("{what}", self.what)

    @property
    def told(self) -> str:
        """The same on one line, with how it begins."""
        said = " ".join(plain(self.stake.text).split())
        if len(said) > SAID:
            said = said[:SAID].rpartition(" ")[0] + " …"
            said += "]" if said.count("[") > said.count("]") else ""
        return f"{self.words} “{said}”" if said else self.words


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Something that a part would have told by itself, and that lies beyond the beginning of the next."""

    part: int
    title: str
    """Of the part."""
    after: int
    """Seconds after its last decision."""
    past: bool
    """By the end of the career its time has come: the years in which it lies were played."""

    @property
    def words(self) -> str:
        """What is said of it, and never what it is."""
        text = (
            _("“{part}” by itself looks {time} ahead. You have played these years instead.")
            if self.past
            else _("“{part}” has something {time} ahead, and its time has not come.")
        )
        return text.replace("{time}", duration_words(self.after)).replace("{part}", plain(self.title))


@dataclass(slots=True)
class PartDebrief:
    """One part, looked back at."""

    scenario: str
    title: str
    play: Play
    debrief: Debrief
    after: int
    """Story seconds since the last decision of the part before."""
    begins: int
    """Story seconds from the beginning of the career to that of the part."""
    carried: list[Carried] = field(default_factory=list)
    dials: dict[str, int] = field(default_factory=dict)
    """As shown at its end: whole points from -10 to +10."""


@dataclass(slots=True)
class CareerDebrief:
    """A career, looked back at."""

    title: str
    player: str
    parts: list[PartDebrief]
    lasted: int
    """Story seconds from the beginning of the first part to the end of the last one's last decision."""
    out_there: list[OutThere] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    """What parts left untold, the earliest first; at most one thing for each part and moment."""

    @property
    def handed_on(self) -> list[tuple[str, int, int]]:
        """What came back from where: (words, part that it comes from, part in which it came back)."""
        return [(one.words, one.since, number) for number, part in enumerate(self.parts) for one in part.carried]


def carried_words(story: Story, given: Given | None, since: dict[str, int] | None = None) -> list[Carried]:
    """What a story begins with that it would not have by itself, in words; in the order in which it declares it."""
    if given is None:
        return []
    values = given.values_for(story)
    found: list[Carried] = []
    for name, flag in story.scenario.flags.items():
        if name not in values or not flag.carried:
            continue
        var = story.vars[story.var_index[name]]
        value = values[name]
        alone = max(var.low, min(0, var.high)) if flag.starts is None else flag.starts
        if value == alone:
            continue
        words = plain(filled(flag.is_, story.slots)) if flag.is_ else name.replace("-", " ").replace("_", " ")
        if var.kind == "number":
            words = f"{words}: {value}"
        elif not value:
            words = _("not any more: {words}").replace("{words}", words)
        found.append(Carried(name, words, value, (since or {}).get(name, -1)))
    return found


def moved_in(play: Play) -> dict[str, int]:
    """The flags that a play set, with the values that they have at its end."""
    values = {var.name: play.values[var.index] for var in play.story.vars}
    return {event.flag: values[event.flag] for event in play.events if isinstance(event, FlagSet) and event.flag in values}


def clocks(plays: Sequence[Play], gaps: Sequence[int]) -> list[int]:
    """For each part the moment of the career, seconds, at which its story time 0 lies; the first begins at its own.

    `gaps` are the seconds between the last decision of the part before and the beginning of each part.
    """
    bases = [0] if plays else []
    for before, play, gap in zip(plays, plays[1:], gaps[1:], strict=False):
        bases.append(bases[-1] + last_decision(before) + gap - play.story.start_clock)
    return bases


def last_decision(play: Play) -> int:
    """Story time of the last decision, seconds; before the end, now."""
    return play.clock if play.ended_at == FOREVER else play.ended_at


def out_there(plays: Sequence[Play], gaps: Sequence[int], now: int, parts: int | None = None) -> list[OutThere]:
    """What was put at stake in the first `parts` parts (all), at moment `now` of the career: the likeliest to be out first."""
    found: list[OutThere] = []
    for number, (play, base) in enumerate(zip(plays, clocks(plays, gaps), strict=True)):
        if parts is not None and number >= parts:
            break
        for stake in ledger(play).stakes:
            age = max(now - base - stake.at, 1)
            found.append(OutThere(stake, number, age, stake.leak.series((age,))[0][1]))
    found.sort(key=lambda one: (-one.chance, one.part, one.stake.at))
    return found


def held_back(plays: Sequence[Play], gaps: Sequence[int], now: int) -> list[HeldBack]:
    """What parts that are over have left untold, since later ones begin before it. `now` is a moment of the career."""
    found: dict[HeldBack, int] = {}
    for number, (play, base) in enumerate(zip(plays, clocks(plays, gaps), strict=True)):
        if play.ending is not None:
            for after, _index in beyond(play.story, play.values, play.pending, play.ended_at):
                at = base + play.ended_at + after
                found.setdefault(HeldBack(number, play.story.title, after, at <= now), at)
    return sorted(found, key=lambda one: found[one])


def build_career(title: str, plays: Sequence[Play], gaps: Sequence[int]) -> CareerDebrief:
    """The debrief of a career, at its end or on the way. `gaps` are as for `clocks`."""
    bases = clocks(plays, gaps)
    since: dict[str, int] = {}
    parts: list[PartDebrief] = []
    start = plays[0].story.start_clock if plays else 0
    for number, (play, base, gap) in enumerate(zip(plays, bases, gaps, strict=True)):
        debrief = build(play)
        begins = base + play.story.start_clock - start
        part = PartDebrief(
            play.story.id, debrief.title, play, debrief, gap, begins, carried_words(play.story, play.given, since)
        )
        part.dials = {dial: shown_points(play.dials[dial]) for dial in DIALS}
        parts.append(part)
        since.update(dict.fromkeys(moved_in(play), number))
    lasted = bases[-1] + last_decision(plays[-1]) - start if plays else 0
    now = bases[-1] + last_decision(plays[-1]) if plays else 0
    player = plays[-1].words["you"] if plays else ""
    out = out_there(plays, gaps, now)[:MOST_OUT]
    return CareerDebrief(title, player, parts, lasted, out, held_back(plays, gaps, now))


__all__ = [
    "CareerDebrief", "Carried", "HeldBack", "OutThere", "PartDebrief", "build_career", "carried_words", "clocks", "held_back",
    "last_decision", "moved_in", "out_there",
]  # fmt: skip
