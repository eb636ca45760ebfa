"""What a play has put at stake, and the odds that it gets out: a ledger of its own beside the dials.

Read from the events of a play and from nothing else: what the player sent, and what others sent that a scenario masks or that is a
picture, in groups, direct messages and feeds on the player's own phone. Nothing here changes the play.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.futures import delay
from engine.futures.leak import DEFAULTS, Audience, Circumstances, Content, Habits, Leak
from engine.futures.show import HOUR, TIMES, Line, in_worlds, put
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.play import Play
from engine.script.times import duration_words
from engine.story.model import DAY
from engine.text import plain, segments
from engine.words import _

PICTURES = frozenset({"picture", "video", "voice", "gif", "document"})
"""Kinds of messages that count as pictures."""

NEVER = frozenset({"prose", "notice", "speech", "mail"})
"""Kinds that nobody passes on from a chat: they are told, said aloud, or sent by mail, which is not modelled."""

HISTORY = 14 * DAY
"""How far back a newcomer may be sent the history, seconds (F4.10)."""

ANGER = 3 * DAY
"""Who leaves of their own accord within this time after a message is taken to have left over it, seconds: our guess."""

Why = Literal["yours", "masked", "picture"]


@dataclass(slots=True)
class Stake:
    """One thing at stake: a message, who has it, and the odds that it gets out. `odds` is (seconds after it was sent, chance)."""

    id: str
    place: str
    place_name: str
    at: int
    """Story time at which it was sent, seconds."""
    why: Why
    text: str
    """What it said, on one line; what a scenario masks is described."""
    sender: str
    direct: bool
    """A message to one person."""
    leak: Leak
    odds: tuple[tuple[float, float], ...] = ()

    def title(self) -> str:
        """`Your message in Team 4`, `Your message to Mika`, `Col's picture in Team 4`."""
        if self.why == "yours":
            text = _("Your message to {place}") if self.direct else _("Your message in {place}")
        else:
            text = _("{who}'s picture in {place}") if self.why == "picture" else _("What {who} posted in {place}")
        return put(text, who=self.sender, place=self.place_name)

    def explain(self) -> str:
        """The sentence of the leak, and where it stands after each time."""
        if self.leak.audience.public or not self.leak.others:
            return self.leak.explain()
        rows = ", ".join(
            put("{time}: {worlds}", time=duration_words(int(at)), worlds=in_worlds(chance)) for at, chance in self.odds
        )
        return put(_("{leak} Out after {rows}."), leak=self.leak.explain(), rows=rows)

    def working(self) -> tuple[Line, ...]:
        """The numbers behind it, at the last of the times."""
        return self.leak.working(int(self.odds[-1][0]))


@dataclass(frozen=True, slots=True)
class Report:
    """A report that the player made: what it was called, and how late it was after the newest masked thing before it."""

    at: int
    label: str
    late: int
    """Seconds."""
    share: float
    """Share of the good of it that still counts."""

    def explain(self) -> str:
        """One sentence: how late, and how much of the good still counts."""
        return delay.explain(self.late)


@dataclass(slots=True)
class Ledger:
    """What is at stake, the likeliest to get out first, and the reports that were made, in order."""

    stakes: list[Stake] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @property
    def yours(self) -> list[Stake]:
        """What the player sent."""
        return [stake for stake in self.stakes if stake.why == "yours"]


@dataclass(slots=True)
class _Seen:
    """A message, with what happened to it so far."""

    event: ev.MessageShown
    why: Why
    content: Content
    others: int
    public: bool
    direct: bool
    place_name: str
    newcomers: int = 0
    angry: bool = False
    taken_down: int | None = None


def ledger(play: Play, habits: Habits = DEFAULTS, times: tuple[int, ...] = TIMES) -> Ledger:
    """The ledger of a play, at its end or on the way. `times` are seconds after each message."""
    reader = _Reader(play)
    for event in play.events:
        reader.read(event)
    result = Ledger(reports=reader.reports)
    for seen in reader.seen.values():
        event = seen.event
        leak = Leak(
            Audience(seen.others, public=seen.public),
            Circumstances(
                seen.content,
                left_in_anger=seen.angry,
                newcomers=seen.newcomers,
                timer=max(0, (event.expires or event.at) - event.at),
                taken_down=seen.taken_down,
                forwarded=event.forwarded,
            ),
            habits,
        )
        text = " ".join(plain(event.text).split())
        stake = Stake(event.id, event.place, seen.place_name, event.at, seen.why, text, event.name, seen.direct, leak)
        stake.odds = leak.series(times)
        result.stakes.append(stake)
    result.stakes.sort(key=lambda stake: (-stake.odds[-1][1], stake.at))
    return result


class _Reader:
    """Reads events; keeps how many are in each place and what was said there."""

    def __init__(self, play: Play) -> None:
        self.places = play.story.places
        self.names = {view.id: view.name for view in play.phone(empty=True).places.values()}
        self.members = {place.id: place.members or len(place.people) + 1 for place in self.places.values()}
        self.seen: dict[str, _Seen] = {}
        self.reports: list[Report] = []

    def read(self, event: ev.Event) -> None:
        """Take one event in."""
        if isinstance(event, ev.MessageShown):
            self._shown(event)
        elif isinstance(event, ev.Deleted):
            seen = self.seen.get(event.message)
            if seen is not None and seen.taken_down is None:
                seen.taken_down = max(0, event.at - seen.event.at)
        elif isinstance(event, ev.Joined | ev.Left):
            self._moved(event)
        elif isinstance(event, ev.Renamed):
            self.names[event.place] = event.name
        elif isinstance(event, ev.DecisionTaken) and event.action == "report":
            self._reported(event)

    def _shown(self, event: ev.MessageShown) -> None:
        place = self.places[event.place]
        if place.kind not in ("group", "dm", "feed") or place.phone is not None or event.kind in NEVER:
            return
        own = event.sender == YOU
        masked = any(run.masked for run in segments(event.text))
        picture = event.kind in PICTURES
        if not (own or masked or picture):
            return
        others = 1 if place.kind == "dm" else max(0, self.members[event.place] - 1)
        if not own:  # neither who sent it nor the player, whose own doing stands in the play
            others -= 1
        if others <= 0 and place.kind != "feed":
            return
        why: Why = "yours" if own else "masked" if masked else "picture"
        content: Content = "striking" if masked else "picture" if picture else "ordinary"
        self.seen[event.id] = _Seen(
            event, why, content, max(0, others), place.kind == "feed", place.kind == "dm", self.names[event.place]
        )

    def _moved(self, event: ev.Joined | ev.Left) -> None:
        if event.past:
            return
        joined = isinstance(event, ev.Joined)
        self.members[event.place] = max(0, self.members[event.place] + (0 if event.who == YOU else 1 if joined else -1))
        if event.who == YOU:
            return
        for seen in self.seen.values():
            since = event.at - seen.event.at
            if seen.event.place != event.place or since < 0 or seen.taken_down is not None:
                continue
            if joined:
                seen.newcomers += since <= HISTORY
            else:
                seen.angry = seen.angry or (event.by is None and event.who != seen.event.sender and since <= ANGER)

    def _reported(self, event: ev.DecisionTaken) -> None:
        before = [seen.event.at for seen in self.seen.values() if seen.content == "striking" and seen.event.at <= event.at]
        if before:
            late = event.at - max(before)
            label = ", ".join(event.labels) or event.label
            self.reports.append(Report(event.at, label, late, delay.counts(late)))


__all__ = ["HOUR", "Ledger", "Report", "Stake", "ledger"]
