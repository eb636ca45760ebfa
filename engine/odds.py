"""The odds that something gets out, as bare arithmetic: habits, audience, circumstances, and the closed formulas over them.

A leaf: it imports nothing of the engine, so that the script stage can hold a scenario's numbers to its bounds, the play can draw a
telling by the odds, and `engine.futures.leak` can put them into words, all from the same formulas.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, get_args

DAY = 86_400
"""Seconds of a day."""

YEAR = 365 * DAY
"""Seconds of a year."""

MONTH = YEAR // 12
"""Seconds of a month, a twelfth of a year: rates by the month are meant so."""

OUR_GUESS = "our guess"
"""What stands for a source where there is none."""

Content = Literal["dull", "ordinary", "picture", "striking"]
"""`dull`: rotas and lifts. `ordinary`: what people say. `picture`: any picture. `striking`: what a scenario masks."""

Fate = Literal["passed-on", "found", "never"]
"""What became of something in one world: a member passed it on, it was found later, or neither."""

FINE = 1_000_000
"""Into so many parts a chance is cut before a seed draws by it."""

Habit = Literal["careful", "talker", "outsider"]
"""What a member may be other than ordinary."""

Forwarded = Literal[0, 1, 2]
"""As the app labels it: not forwarded, forwarded, forwarded many times (F4.1)."""


def checked(name: str, value: float, low: float, high: float) -> float:
    """`value`, when it lies from `low` to `high`. Raises ValueError with what is wrong (also for what is no number)."""
    if not low <= value <= high:
        raise ValueError(f"{name} is {value:g}; it must lie between {low:g} and {high:g}")
    return value


def _habit(default: float, low: float, high: float, says: str, source: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "says": says, "source": source})


@dataclass(frozen=True, slots=True)
class Habits:
    """How people behave with what they were sent: every number of the leak, with its bounds and its source.

    Raises ValueError when a number is out of its bounds. `Habits.table()` lists them for people.
    """

    pass_on: float = _habit(
        0.02, 0, 1, "chance that an ordinary member ever shows an ordinary message to somebody outside", OUR_GUESS
    )
    half_life: float = _habit(2, 0.01, 365, "days within which half of those who ever pass it on have done so", OUR_GUESS)
    found: float = _habit(
        0.0025, 0, 1, "chance a month, for each member, that it is found on their side for another reason (C2, C7)", OUR_GUESS
    )
    careful: float = _habit(0.25, 0, 1, "times `pass_on` for a member who is careful", OUR_GUESS)
    talker: float = _habit(3, 1, 20, "times `pass_on` for a member who shows things round", OUR_GUESS)
    outsider: float = _habit(
        2, 1, 20, "times `pass_on` for a member who belongs elsewhere: an old member, a wrong number (C7, C11, C20)", OUR_GUESS
    )
    dull: float = _habit(0.25, 0, 1, "times `pass_on` for rotas, lifts and lost keys", OUR_GUESS)
    picture: float = _habit(1.5, 1, 20, "times `pass_on` for a picture, clip or voice note", OUR_GUESS)
    striking: float = _habit(2.5, 1, 20, "times `pass_on` for what mocks, shocks or is private", OUR_GUESS)
    anger: float = _habit(2, 1, 10, "times `pass_on` and `found` when somebody left in anger", "section 8, a design guess")
    newcomer: float = _habit(
        1.5, 1, 10, "times `pass_on` and `found` when a newcomer was sent the history (F4.10)", "section 8, a design guess"
    )
    rule: float = _habit(0.6, 0, 1, "times `pass_on` where it was said that nothing leaves the place", OUR_GUESS)
    many_times: float = _habit(
        0.75, 0, 1, "times `pass_on` for what is labelled forwarded many times: one chat at a time (F4.1)", OUR_GUESS
    )
    kept: float = _habit(
        0.25, 0, 1, "share of a disappearing message that stays findable: screenshots, backups, quotes (F4.2)", OUR_GUESS
    )
    survives: float = _habit(
        0.7, 0, 1, "share of what could still happen that happens although it was taken down (F4.5, F4.13)",
        "section 8, a design guess",
    )  # fmt: skip
    phone: float = _habit(0.6, 0, 1, "share of `found` that is a phone examined for something else (C2, C3, C7)", OUR_GUESS)
    backup: float = _habit(0.2, 0, 1, "share of `found` that is a backup or an old device (F4.13)", OUR_GUESS)

    onward: float = _habit(
        0.35,
        0,
        3,
        "how many further people one who has it outside shows an ordinary message to, on average (worlds)",
        OUR_GUESS,
    )
    chats: float = _habit(5, 0, 20, "most people that one who has it outside shows it to, on average (worlds)", "F4.1")
    chats_many: float = _habit(1, 0, 20, "the same for what is labelled forwarded many times (worlds)", "F4.1")

    def __post_init__(self) -> None:
        for each in fields(self):
            checked(each.name, getattr(self, each.name), each.metadata["low"], each.metadata["high"])
        checked("phone + backup", self.phone + self.backup, 0, 1)

    @classmethod
    def table(cls) -> list[tuple[str, float, float, float, str, str]]:
        """Every parameter: name, default, lowest, highest, what it says, source."""
        return [
            (each.name, float(each.default), each.metadata["low"], each.metadata["high"], each.metadata["says"], each.metadata["source"])  # type: ignore[arg-type]
            for each in fields(cls)
        ]  # fmt: skip


DEFAULTS = Habits()
"""The habits where nobody set any."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who else has it. `others` counts neither the sender nor the player; the kinds are among them.

    `public` is a page that anybody can open. Raises ValueError for counts that cannot be.
    """

    others: int
    careful: int = 0
    talkers: int = 0
    outsiders: int = 0
    public: bool = False

    def __post_init__(self) -> None:
        for name in ("others", "careful", "talkers", "outsiders"):
            checked(name, getattr(self, name), 0, 10_000_000)
        if self.careful + self.talkers + self.outsiders > self.others:
            raise ValueError("there are more careful members, talkers and outsiders than others in all")

    @classmethod
    def of_members(cls, members: int) -> Audience:
        """The others in a place with this many members, the sender among them."""
        return cls(max(0, members - 1))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was sent and what happened around it. Times are in seconds after it was sent; raises ValueError for negative ones."""

    content: Content = "ordinary"
    left_in_anger: bool = False
    newcomers: int = 0
    """How many joined and were sent the history (F4.10); each has it as well."""
    rule: bool = False
    """It was said that nothing leaves the place."""
    timer: int = 0
    """After how long it disappears (F4.2); 0: it does not."""
    taken_down: int | None = None
    """When it was deleted for everyone (F4.5)."""
    forwarded: Forwarded = 0

    def __post_init__(self) -> None:
        if self.content not in get_args(Content):
            raise ValueError(f"content is {self.content!r}; it must be one of {', '.join(get_args(Content))}")
        if self.forwarded not in get_args(Forwarded):
            raise ValueError(f"forwarded is {self.forwarded!r}; it must be 0, 1 or 2")
        checked("newcomers", self.newcomers, 0, 10_000_000)
        checked("timer", self.timer, 0, math.inf)
        checked("taken_down", self.taken_down or 0, 0, math.inf)


@dataclass(frozen=True)
class Odds:
    """The odds that something gets out. Times are in seconds after it was sent; chances run from 0 to 1.

    `engine.futures.leak.Leak` says them in words.
    """

    audience: Audience
    circumstances: Circumstances = Circumstances()
    habits: Habits = DEFAULTS

    # The numbers that go in

    @cached_property
    def times_passed(self) -> float:
        """What `pass_on` is multiplied by, whoever the member is."""
        habits, around = self.habits, self.circumstances
        product = 1.0 if around.content == "ordinary" else float(getattr(habits, around.content))
        product *= habits.rule if around.rule else 1
        product *= habits.many_times if around.forwarded == 2 else 1
        return product * self.fallout

    @cached_property
    def fallout(self) -> float:
        """What both channels are multiplied by for what went on in the group."""
        habits, around = self.habits, self.circumstances
        return (habits.anger if around.left_in_anger else 1) * (habits.newcomer if around.newcomers else 1)

    @cached_property
    def others(self) -> int:
        """How many others have it, newcomers too."""
        return self.audience.others + self.circumstances.newcomers

    @cached_property
    def members(self) -> tuple[tuple[str, int, float], ...]:
        """(kind, how many, chance that one of them ever passes it on), only kinds that are there."""
        audience, habits = self.audience, self.habits
        ordinary = self.others - audience.careful - audience.talkers - audience.outsiders
        rows = (
            ("ordinary", ordinary, 1.0),
            ("careful", audience.careful, habits.careful),
            ("talker", audience.talkers, habits.talker),
            ("outsider", audience.outsiders, habits.outsider),
        )
        return tuple(
            (kind, count, min(1.0, habits.pass_on * times * self.times_passed)) for kind, count, times in rows if count
        )

    def _acted(self, seconds: float) -> float:
        """Share of those who ever pass it on who have done so by then."""
        half = self.habits.half_life * DAY
        down = self.circumstances.taken_down
        acted = -math.expm1(-seconds / half * math.log(2))
        if down is None or seconds <= down:
            return acted
        before = -math.expm1(-down / half * math.log(2))
        return before + self.habits.survives * (acted - before)

    def closings(self) -> tuple[tuple[float, float], ...]:
        """(when, share that stays findable after it): taken down, disappeared. Soonest first."""
        around = self.circumstances
        rows: list[tuple[float, float]] = []
        if around.taken_down is not None:
            rows.append((around.taken_down, self.habits.survives))
        if around.timer:
            rows.append((around.timer, self.habits.kept))
        return tuple(sorted(rows))

    def findable(self, seconds: float) -> float:
        """Months during which it could be found by then, weighed by how much of it is still there."""
        done, weight, total = 0.0, 1.0, 0.0
        for at, share in self.closings():
            if at >= seconds:
                break
            total += weight * (at - done)
            done, weight = at, weight * share
        return (total + weight * (seconds - done)) / MONTH

    @cached_property
    def onward(self) -> float:
        """How many further people one who has it outside shows it to, on average; what went on in the group says nothing there."""
        habits, around = self.habits, self.circumstances
        times = 1.0 if around.content == "ordinary" else float(getattr(habits, around.content))
        return min(habits.onward * times, habits.chats_many if around.forwarded == 2 else habits.chats)

    @cached_property
    def found_rate(self) -> float:
        """Chance a month that it is found on anybody's side, as a rate."""
        return self.others * self.habits.found * self.fallout

    # The odds

    def _hazards(self, seconds: float) -> dict[str, float]:
        """Minus the logarithm of each way's chance of not having happened by then."""
        acted = self._acted(seconds)
        hazards: dict[str, float] = {}
        for kind, count, chance in self.members:
            hazards[kind] = -count * math.log1p(-chance * acted) if chance * acted < 1 else math.inf
        found = self.found_rate * self.findable(seconds)
        habits = self.habits
        hazards["phone"] = found * habits.phone
        hazards["backup"] = found * habits.backup
        hazards["former"] = found * max(0.0, 1 - habits.phone - habits.backup)
        return hazards

    def passed(self, seconds: float) -> float:
        """Chance that a member has passed it on by then."""
        hazards = self._hazards(max(0.0, seconds))
        return -math.expm1(-sum(hazards[kind] for kind, _count, _chance in self.members))

    def found(self, seconds: float) -> float:
        """Chance that it has been found by then."""
        return -math.expm1(-self.found_rate * self.findable(max(0.0, seconds)))

    def at(self, seconds: float) -> float:
        """Chance that it is out by then, one way or the other."""
        if self.audience.public:
            return 1.0
        return 1 - (1 - self.passed(seconds)) * (1 - self.found(seconds))

    def series(self, times: Iterable[float]) -> tuple[tuple[float, float], ...]:
        """(time, chance that it is out by then) for each time."""
        return tuple((seconds, self.at(seconds)) for seconds in times)

    def rates(self, seconds: float) -> tuple[float, float]:
        """How fast the danger grows then, a second: (by being passed on, by being found). The slopes of the two channels."""
        half = self.habits.half_life * DAY
        down = self.circumstances.taken_down
        acted = self._acted(seconds)
        pace = math.log(2) / half * 2 ** (-seconds / half)
        if down is not None and seconds > down:
            pace *= self.habits.survives
        passed = 0.0
        for _kind, count, chance in self.members:
            left = 1 - chance * acted
            passed += count * chance * pace / left if left > 0 else math.inf
        still = math.prod(share for at, share in self.closings() if at < seconds)
        return passed, self.found_rate * still / MONTH

    def first_ways(self, seconds: float, steps: int = 400) -> tuple[tuple[str, float], ...]:
        """(way, its share of the worlds in which it is out by then): by which way it came out first; nothing where it cannot be.

        The ways are the kinds of members, then `phone`, `backup` and `former`; or `public` alone.

        Adds up over `steps` spans of time how much each way adds to the danger in each, so that a way that is quick comes first
        more often than one that is slow.
        """
        if self.audience.public:
            return (("public", 1.0),)
        if self.at(seconds) <= 0:
            return ()
        grid = {seconds * (step / steps) ** 4 for step in range(1, steps + 1)}
        grid.update(at for at, _share in self.closings() if 0 < at < seconds)
        before, left = dict.fromkeys(self._hazards(0), 0.0), 1.0
        first = dict.fromkeys(before, 0.0)
        for at in sorted(grid):
            now = self._hazards(at)
            certain = [way for way, hazard in now.items() if hazard == math.inf]
            steps_ = {way: float(way in certain) if certain else now[way] - before[way] for way in now}
            after = 0.0 if certain else math.exp(-sum(now.values()))
            total = sum(steps_.values())
            if total > 0:
                for way, step in steps_.items():
                    first[way] += (left - after) * step / total
            before, left = now, after
            if certain:
                break
        out = sum(first.values())
        return tuple((way, share / out) for way, share in first.items() if share > 0)

    # What a seed draws

    def fate(self, seconds: float, out: float, way: float) -> Fate:
        """What became of it by then in the world of two draws from 0 to 1: `out` decides whether and when, `way` by which channel.

        In that world it is out from the moment T at which the chance reaches `out`, by one channel or the other as their rates at T say.
        So what is out stays out: a later look at the same world never takes it back. Both draws are cut to a millionth, and so is
        the chance, so that the last digit of a machine's arithmetic decides nothing.
        """
        mark = int(out * FINE)
        if mark >= round(self.at(seconds) * FINE):
            return "never"
        if self.audience.public:
            return "passed-on"
        passed, found = self.rates(self.moment((mark + 0.5) / FINE, seconds))
        if not passed + found:  # the chance was rounded up, to a moment after which nothing happens any more
            passed, found = self.passed(seconds), self.found(seconds)
        if passed == math.inf:
            return "passed-on"
        return "passed-on" if int(way * FINE) < round(passed / (passed + found) * FINE) else "found"

    def moment(self, chance: float, latest: float) -> float:
        """When the chance that it is out reaches `chance`, in seconds; `latest` where that is not before it."""
        low, high = 0.0, latest
        for _step in range(64):
            middle = (low + high) / 2
            if self.at(middle) < chance:
                low = middle
            else:
                high = middle
        return high
