"""Trust of one group of people, moved by what happens: built slowly, lost quickly.

A good thing adds `g (1 - T)`; a bad one takes `λ · severity · reach · T`. Both are kept from 0 to 1. That loss weighs more than gain is
well known of money and argued about for trust; `λ` = 4 is a stated choice and contested. It is shown beside the story and moves
no dial.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.futures.show import OUR_GUESS, Line, checked, percent, put
from engine.words import _, n_

if TYPE_CHECKING:
    from engine.play.play import Play

LOSS = 4.0
"""How much more a loss weighs than a gain: contested; our default."""

CONTESTED = "contested; our default"
"""What stands for a source of `LOSS`."""


ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”", ".)")
"""How a sentence ends that somebody wrote."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that people hear of. `gain`, `severity` and `reach` run from 0 to 1; ValueError for others.

    `gain` is the share of the missing trust that it builds, `severity` how bad it is and `reach` the share of these people who
    hear of the bad part. Both may be there: a mistake that was owned up to.
    """

    what: str
    gain: float = 0.0
    severity: float = 0.0
    reach: float = 1.0
    at: int = 0
    """Story time, seconds."""

    def __post_init__(self) -> None:
        for name in ("gain", "severity", "reach"):
            checked(name, getattr(self, name), 0, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """Trust before and after one happening."""

    happening: Happening
    before: float
    after: float
    loss: float
    """The λ that was used."""

    def explain(self) -> str:
        """What happened, and from what to what trust goes by it: two sentences where what happened is one, else one."""
        what = self.happening.what.rstrip()
        whole = what.endswith(ENDS)
        words = _("{what} Trust goes from {before} to {after}.") if whole else _("{what}: trust goes from {before} to {after}.")
        return put(words, what=what, before=f"{self.before:.2f}", after=f"{self.after:.2f}")

    def working(self) -> tuple[Line, ...]:
        """The numbers behind it."""
        it = self.happening
        what = it.what.rstrip().removesuffix(".")  # a colon follows
        rows = []
        if it.gain:
            value = f"+{it.gain * (1 - self.before):.3f}"
            rows.append(Line(what, f"g (1 - T) = {it.gain:g} × (1 - {self.before:.3f})", value, "F5.25, F5.30"))
        if it.severity:
            formula = f"λ · severity · reach · T = {self.loss:g} × {it.severity:g} × {it.reach:g} × {self.before:.3f}"
            rows.append(Line(what, formula, f"-{self.loss * it.severity * it.reach * self.before:.3f}", CONTESTED))
        rows.append(Line(what, "T, kept from 0 to 1", f"{self.after:.3f}", CONTESTED))
        return tuple(rows)


def moved(trust: float, happening: Happening, loss: float = LOSS) -> float:
    """Trust after a happening. `trust` runs from 0 to 1 and `loss` from 0 to 100; ValueError for others."""
    checked("trust", trust, 0, 1)
    checked("loss", loss, 0, 100)
    change = happening.gain * (1 - trust) - loss * happening.severity * happening.reach * trust
    return min(1.0, max(0.0, trust + change))


def series(start: float, happenings: Iterable[Happening], loss: float = LOSS) -> tuple[Step, ...]:
    """Trust step by step, the happenings in the order given."""
    steps: list[Step] = []
    trust = start
    for each in happenings:
        after = moved(trust, each, loss)
        steps.append(Step(each, trust, after, loss))
        trust = after
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Held:
    """The trust of some people in a play: what they came to know of, step by step. An author says what that is."""

    id: str
    name: str
    starts: float
    steps: tuple[Step, ...]

    @property
    def now(self) -> float:
        """Their trust after all of it."""
        return self.steps[-1].after if self.steps else self.starts

    def explain(self) -> str:
        """One sentence: from what to what, and after how many things."""
        if not self.steps:
            return put(_("{name}: nothing of it reached them; trust stays at {now}."), name=self.name, now=f"{self.starts:.2f}")
        return put(
            n_(
                "{name}: trust goes from {start} to {now}, over one thing that reached them.",
                "{name}: trust goes from {start} to {now}, over {count} things that reached them.",
                len(self.steps),
            ),
            name=self.name, start=f"{self.starts:.2f}", now=f"{self.now:.2f}", count=len(self.steps),
        )  # fmt: skip

    def working(self) -> tuple[Line, ...]:
        """The numbers behind it: where it began, then each step."""
        begins = Line(_("at the beginning"), "T", percent(self.starts), OUR_GUESS)
        return (begins, *(row for step in self.steps for row in step.working()))


def of_play(play: Play, loss: float = LOSS) -> tuple[Held, ...]:
    """Whose trust this play has moved, as the scenario's `stakeholders` say: all that they saw whose `if` holds as the play stands."""
    held: list[Held] = []
    for each in play.story.stake.stakeholders:
        happened = [
            Happening(play.text(saw.what), saw.gain, saw.severity, saw.reach)
            for saw in each.saw
            if saw.guard is None or saw.guard.test(play.values)
        ]
        held.append(Held(each.id, play.text(each.name), each.starts, series(each.starts, happened, loss)))
    return tuple(held)
