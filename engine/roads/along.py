"""The player's own road, decision by decision: how many had it, how far it was out, and what was no longer possible afterwards.

*It* is the newest thing by then that the scenario masks; in a play without any, the message that is likeliest to get out, open pages
apart. What acting would still have done is asked of it in one way that holds for every story: if it had been taken down at that
moment, how likely would it be to get out within a month of being sent? The rest comes from every way on (`engine.roads.ahead`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.debrief import shown_points
from engine.futures.leak import Leak
from engine.futures.ledger import Stake, ledger
from engine.futures.show import MONTH
from engine.play.events import DecisionTaken, SceneBegan
from engine.play.inputs import Input
from engine.play.play import Play
from engine.roads.ahead import Ahead, Outlook, Spot

DIAL_NAMES = ("trust", "team", "people", "own", "security")


@dataclass(frozen=True, slots=True)
class Had:
    """Who had it at a decision, and what taking it down then would have changed."""

    id: str
    """Of the message."""
    title: str
    """What it is: `What Col posted in Team 4`."""
    others: int
    """How many others had it."""
    out: float
    """Chance that it was out by then."""
    stopped: float
    """Chance that it is out a month after it was sent, if it is taken down at that moment."""
    alone: float
    """Chance that it is out a month after it was sent, as the play went."""
    over: bool
    """More than a month has gone by since."""


@dataclass(frozen=True, slots=True)
class Passed:
    """An option that was on offer and was not taken."""

    label: str
    at_once: tuple[tuple[str, int], ...]
    """The dials that it would have moved at once, in hundredths of a point: what it would have cost and gained then and there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on the player's road."""

    number: int
    """How many decisions came before it."""
    scene: str
    title: str
    at: int
    """Story time, seconds."""
    did: tuple[str, ...]
    """What the player did, in words."""
    had: Had | None
    """None before it was sent."""
    before: Outlook
    after: Outlook
    passed: tuple[Passed, ...]
    """What was on offer here and not taken."""
    lost: tuple[tuple[str, str], ...]
    """What could still be chosen later before this decision, and not any more after it: (option, title of its scene)."""

    @property
    def closed(self) -> list[str]:
        """Endings that could be reached before this decision and not after it."""
        return [ending for ending in self.before.open if not self.after.endings[ending]]

    @property
    def lowered(self) -> dict[str, tuple[int, int]]:
        """Dial to (most that it could come to before, most afterwards), in whole points, where that has become less."""
        found: dict[str, tuple[int, int]] = {}
        for dial, before, after in zip(DIAL_NAMES, self.before.high, self.after.high, strict=True):
            most, now = shown_points(before), shown_points(after)
            if now < most:
                found[dial] = most, now
        return found


@dataclass(slots=True)
class Along:
    """The player's road."""

    steps: list[Step] = field(default_factory=list)
    complete: bool = True
    """Every way on was looked at."""


def along(play: Play, ahead: Ahead) -> Along:
    """The road of a play. `ahead` is of its story, and has found what it looks for. Raises KeyError for one of another story."""
    alone = {stake.id: stake.leak.at(MONTH) for stake in _private(play)}
    result = Along(complete=ahead.complete)
    now = Play.begin(play.story, play.seed, play.name, play.pronouns)
    spot = ahead.spot(())
    inputs = list(play.inputs)
    number = 0
    while number < len(inputs):
        end = number + 1
        while end < len(inputs) and inputs[end].scene == inputs[number].scene:
            end += 1
        step, spot = _step(now, ahead, spot, inputs[number:end], number, alone)
        result.steps.append(step)
        number = end
    return result


def _step(now: Play, ahead: Ahead, spot: Spot, taken: list[Input], number: int, alone: dict[str, float]) -> tuple[Step, Spot]:
    """Go one scene on; `now` is taken along."""
    assert now.offer is not None
    scene, at, had, before = now.offer.scene, now.clock, _had(now, alone), ahead.outlook(spot)
    title = next(event.title for event in reversed(now.events) if isinstance(event, SceneBegan) and event.scene == scene)
    did: dict[str, None] = {}
    offered: dict[str, str] = {}
    for given in taken:
        if now.offer.kind == "one":
            offered |= {option.id: option.label for option in now.offer.options if option.available and not option.look}
        event = next(one for one in now.take(given) if isinstance(one, DecisionTaken))
        did |= dict.fromkeys(event.labels or (event.label,))
        offered.pop(event.choice, None)
        spot = ahead.after(spot, given)
    after = ahead.outlook(spot)
    choices = now.story.scenes[scene].choices
    passed = tuple(
        Passed(label, tuple((dial, change) for dial, change in choices[name].effect.dials.items() if change))
        for name, label in offered.items()
        if label not in did
    )
    return Step(number, scene, title, at, tuple(did), had, before, after, passed, _lost(now, before, after, scene)), spot


def _had(now: Play, alone: dict[str, float]) -> Had | None:
    """Who had it at this moment of the play."""
    stakes = [stake for stake in _private(now) if stake.id in alone]
    if not stakes:
        return None
    stake = max(stakes, key=_newest if stakes[0].why == "masked" else _likeliest)
    since = max(0, now.clock - stake.at)
    leak = stake.leak
    stopped = leak
    if leak.circumstances.taken_down is None:
        stopped = Leak(leak.audience, replace(leak.circumstances, taken_down=since), leak.habits)
    return Had(stake.id, stake.title(), leak.others, leak.at(since), stopped.at(MONTH), alone[stake.id], since > MONTH)


def _private(play: Play) -> list[Stake]:
    """What is at stake and on no open page: what is masked, where anything is in the whole play."""
    stakes = [stake for stake in ledger(play).stakes if not stake.leak.audience.public and stake.leak.others]
    return [stake for stake in stakes if stake.why == "masked"] or stakes


def _newest(stake: Stake) -> tuple[int, str]:
    return stake.at, stake.id


def _likeliest(stake: Stake) -> tuple[float, int]:
    return stake.leak.at(MONTH), -stake.at


def _lost(now: Play, before: Outlook, after: Outlook, scene: str) -> tuple[tuple[str, str], ...]:
    """Options of later scenes that could be taken before and cannot any more, in the story's order."""
    if before.choices is None or after.choices is None:
        return ()
    gone = before.choices - after.choices
    story = now.story
    return tuple(
        (now.text(choice.label), now.text(one.title))
        for one in story.scenes.values()
        if one.id != scene
        for choice in one.choices.values()
        if choice.ref in gone
    )


__all__ = ["Along", "Had", "Passed", "Step", "along"]
