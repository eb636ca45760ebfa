"""How likely something is to get out of the place where it was said, and by which way first.

Two channels. *Passed on*: each member may show it to somebody, most of those who ever do within days:
`P = 1 - prod(1 - q_i (1 - 2^(-t/h)))`. *Found later*: a phone that is examined for another reason, an old backup, a former
friend: `P = 1 - exp(-n λ t)` for n others. Nobody breaks the encryption (F3.1).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, get_args

from engine.futures.show import MONTH, OUR_GUESS, TIMES, Line, checked, in_worlds, percent, put, within
from engine.story.model import DAY
from engine.words import _, n_

Content = Literal["dull", "ordinary", "picture", "striking"]
"""`dull`: rotas and lifts. `ordinary`: what people say. `picture`: any picture. `striking`: what a scenario masks."""

Forwarded = Literal[0, 1, 2]
"""As the app labels it: not forwarded, forwarded, forwarded many times (F4.1)."""


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


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `share` is its part of the worlds in which it got out by then; the shares of all ways add up to 1."""

    id: str
    words: str
    share: float


def kind_words() -> dict[str, str]:
    """The kinds of members, and the ways of being found, in words."""
    return {
        "ordinary": _("a member shows it to somebody"),
        "careful": _("a careful member shows it to somebody"),
        "talker": _("somebody who shows things round"),
        "outsider": _("somebody who belongs elsewhere shows it"),
        "phone": _("a phone is examined for another reason"),
        "backup": _("an old backup or device turns up"),
        "former": _("somebody who is no longer a friend brings it out"),
    }


@dataclass(frozen=True)
class Leak:
    """The odds that something gets out. Times are in seconds after it was sent; chances run from 0 to 1."""

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

    def series(self, times: Iterable[float] = TIMES) -> tuple[tuple[float, float], ...]:
        """(time, chance that it is out by then) for each time."""
        return tuple((seconds, self.at(seconds)) for seconds in times)

    def ways(self, seconds: float = TIMES[-1], steps: int = 400) -> tuple[Way, ...]:
        """The first way out among the worlds in which it is out by then, the likeliest first; nothing where it cannot be.

        Adds up over `steps` spans of time how much each way adds to the danger in each, so that a way that is quick comes first
        more often than one that is slow.
        """
        if self.audience.public:
            return (Way("public", _("it is public from the first minute"), 1.0),)
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
        words = kind_words()
        rows = [Way(way, words[way], share / out) for way, share in first.items() if share > 0]
        return tuple(sorted(rows, key=lambda way: -way.share))

    # In words

    def who(self) -> str:
        """`40 others, 2 % each`, or kind by kind."""
        if len(self.members) == 1:
            _kind, count, chance = self.members[0]
            return put(
                n_("{count} other, {chance}", "{count} others, {chance} each", count), count=count, chance=percent(chance)
            )
        parts = ", ".join(f"{count} × {percent(chance)}" for _kind, count, chance in self.members)
        return put(_("{count} others ({parts})"), count=self.others, parts=parts)

    def explain(self, seconds: int = MONTH) -> str:
        """One sentence for people: who has it, and in how many worlds it is out by then."""
        if self.audience.public:
            return _("It is public: whoever looks has it already.")
        if not self.others:
            return _("Nobody else has it.")
        text = put(
            _("{who}: {passed} {within}"), who=self.who(), passed=in_worlds(self.passed(seconds)), within=within(seconds)
        )
        both = in_worlds(self.at(seconds))
        if both != in_worlds(self.passed(seconds)):
            text = put(_("{text}; with what is found later, {both}"), text=text, both=both)
        return f"{text}."

    def working(self, seconds: int = MONTH) -> tuple[Line, ...]:
        """The numbers behind the sentence, line by line."""
        if self.audience.public:
            return (Line(_("public"), "P", "1", "F4.18, F4.24"),)
        habits, around = self.habits, self.circumstances
        rows = [Line(_("an ordinary member passes it on, ever"), "q", percent(habits.pass_on), OUR_GUESS)]
        for name, there in (
            (around.content, around.content != "ordinary"),
            ("rule", around.rule),
            ("many_times", around.forwarded == 2),
            ("anger", around.left_in_anger),
            ("newcomer", bool(around.newcomers)),
        ):
            if there:
                rows.append(_row(habits, name, f"× {getattr(habits, name):g}"))
        for kind, count, chance in self.members:
            if kind != "ordinary":
                rows.append(_row(habits, kind, f"× {getattr(habits, kind):g}"))
            rows.append(Line(put(_("{count} {kind}"), count=count, kind=kind), "q_i", percent(chance), "q × …"))
        if around.taken_down is not None:
            rows.append(_row(habits, "survives", f"× {habits.survives:g} after"))
        rows.append(
            Line(
                put(_("of those who ever do, so many have {within}"), within=within(seconds)),
                f"1 - 2^(-t/h), h = {habits.half_life:g} d",
                percent(self._acted(seconds)),
                OUR_GUESS,
            )
        )
        rows.append(Line(_("passed on"), "1 - prod(1 - q_i (1 - 2^(-t/h)))", percent(self.passed(seconds)), "F3.1"))
        if around.timer:
            rows.append(_row(habits, "kept", f"× {habits.kept:g} after"))
        rows.append(Line(_("months in which it can be found"), "t", f"{self.findable(seconds):.3g}", "F3.2"))
        formula = f"1 - exp(-n λ t), n = {self.others}, λ = {habits.found * self.fallout:.3g}"
        rows.append(Line(_("found later"), formula, percent(self.found(seconds)), OUR_GUESS))
        rows.append(Line(_("out, one way or the other"), "1 - (1 - P1)(1 - P2)", percent(self.at(seconds)), "F3.1"))
        return tuple(rows)


def _row(habits: Habits, name: str, formula: str) -> Line:
    found = next(each for each in fields(habits) if each.name == name)
    return Line(found.metadata["says"], formula, f"{getattr(habits, name):g}", found.metadata["source"])
