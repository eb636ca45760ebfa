"""What a play has put at stake, and the odds that it gets out: a ledger of its own beside the dials.

What is at stake is read from the events of a play by `engine.play.stakes`; here it gets its odds and its words. Nothing here
changes the play.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.futures import delay
from engine.futures.leak import Habits, Leak
from engine.futures.show import HOUR, TIMES, Line, in_worlds, put
from engine.play import events as ev
from engine.play.play import Play
from engine.play.stakes import Stakes, Why
from engine.script.times import duration_words
from engine.text import plain
from engine.words import _

LATEST = ""
"""Where the words of the latest decision stand: a rule of a pick goes by them."""


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
    rule: str = ""
    """What was said there about passing things on."""

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
class Late:
    """Something of which the dials got less, since it came late: what it was called, and how much of the good of it counted."""

    at: int
    label: str
    percent: int
    source: str
    """Id of what moved the dials."""

    def explain(self) -> str:
        """One sentence: how much of the good counted."""
        return delay.explain(self.percent)


@dataclass(slots=True)
class Ledger:
    """What is at stake, the likeliest to get out first, and what came late, in order."""

    stakes: list[Stake] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)

    @property
    def yours(self) -> list[Stake]:
        """What the player sent."""
        return [stake for stake in self.stakes if stake.why == "yours"]


def ledger(play: Play, habits: Habits | None = None, times: tuple[int, ...] = TIMES) -> Ledger:
    """The ledger of a play, at its end or on the way, or of one that was only rehearsed. `times` are seconds after each message.

    `habits` are the scenario's own (`leaks`) unless others are given.
    """
    habits = habits if habits is not None else play.story.stake.habits
    stakes = Stakes(play.story)
    names = {place.id: play.text(place.name) for place in play.story.places.values()}
    called: dict[str, str] = {}
    labels: dict[str, str] = {}
    result = Ledger()
    for event in play.events:
        stakes.read(event)
        if isinstance(event, ev.Renamed):
            names[event.place] = event.name
        elif isinstance(event, ev.MessageShown):
            called[event.id] = names[event.place]
        elif isinstance(event, ev.SceneBegan):
            labels[event.scene] = event.title
        elif isinstance(event, ev.DecisionTaken):
            labels |= {f"{event.scene}.{piece}": label for piece, label in zip(event.picks, event.labels, strict=False)}
            labels[f"{event.scene}.{event.choice}"] = labels[LATEST] = ", ".join(event.labels) or event.label
        elif isinstance(event, ev.DialsChanged) and event.late != 100:
            label = labels.get(event.source) or labels[LATEST]
            result.late.append(Late(event.at, label, event.late, event.source))
    for risk in stakes.seen.values():
        if risk.why == "missed":
            continue
        event = risk.event
        leak = Leak(risk.audience(), risk.circumstances(), habits)
        text = " ".join(plain(event.text).split())
        rule = play.text(play.story.places[event.place].rule)
        stake = Stake(
            event.id, event.place, called[event.id], event.at, risk.why, text, event.name, risk.direct, leak, rule=rule
        )
        stake.odds = leak.series(times)
        result.stakes.append(stake)
    result.stakes.sort(key=lambda stake: (-stake.odds[-1][1], stake.at))
    return result


__all__ = ["HOUR", "Late", "Ledger", "Stake", "ledger"]
