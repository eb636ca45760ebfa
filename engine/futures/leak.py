"""How likely something is to get out of the place where it was said, and by which way first: in words, with the numbers behind them.

Two channels. *Passed on*: each member may show it to somebody, most of those who ever do within days:
`P = 1 - prod(1 - q_i (1 - 2^(-t/h)))`. *Found later*: a phone that is examined for another reason, an old backup, a former
friend: `P = 1 - exp(-n λ t)` for n others. Nobody breaks the encryption (F3.1). The arithmetic is in `engine.odds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from engine.futures.show import MONTH, TIMES, Line, in_worlds, percent, put, within
from engine.odds import DEFAULTS, Audience, Circumstances, Content, Forwarded, Habits, Odds
from engine.words import _, n_

WORTH_SAYING = 0.025
"""What is found later is told apart where it adds so much to the chance."""

SET = "set for this story"
"""What stands for the source of a number that a scenario, a pack or an organisation set."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `share` is its part of the worlds in which it got out by then; the shares of all ways add up to 1."""

    id: str
    words: str
    share: float


def kind_words() -> dict[str, str]:
    """The kinds of members, and the ways of being found, in words."""
    return {
        "public": _("it is public from the first minute"),
        "ordinary": _("a member shows it to somebody"),
        "careful": _("a careful member shows it to somebody"),
        "talker": _("somebody who shows things round"),
        "outsider": _("somebody who belongs elsewhere shows it"),
        "phone": _("a phone is examined for another reason"),
        "backup": _("an old backup or device turns up"),
        "former": _("somebody who is no longer a friend brings it out"),
    }


@dataclass(frozen=True)
class Leak(Odds):
    """The odds that something gets out, and how they are said. Times are in seconds after it was sent."""

    def series(self, times: Iterable[float] = TIMES) -> tuple[tuple[float, float], ...]:
        """(time, chance that it is out by then) for each time."""
        return super().series(times)

    def ways(self, seconds: float = TIMES[-1], steps: int = 400) -> tuple[Way, ...]:
        """The first way out among the worlds in which it is out by then, the likeliest first; nothing where it cannot be."""
        words = kind_words()
        rows = [Way(way, words[way], share) for way, share in self.first_ways(seconds, steps)]
        return tuple(sorted(rows, key=lambda way: -way.share))

    # In words

    def who(self) -> str:
        """`40 others, 2 % each`; where they differ, `39 others, 1.3 % each on average`. Kind by kind they stand in `working`."""
        if len(self.members) == 1:
            _kind, count, chance = self.members[0]
            return put(
                n_("{count} other, {chance}", "{count} others, {chance} each", count), count=count, chance=percent(chance)
            )
        mean = sum(count * chance for _kind, count, chance in self.members) / self.others
        return put(_("{count} others, {chance} each on average"), count=self.others, chance=f"{mean * 100:.2g} %")

    def explain(self, seconds: int = MONTH) -> str:
        """One sentence for people: who has it, and in how many worlds it is out by then."""
        if self.audience.public:
            return _("It is public: whoever looks has it already.")
        if not self.others:
            return _("Nobody else has it.")
        text = put(
            _("{who}: {passed} {within}"), who=self.who(), passed=in_worlds(self.passed(seconds)), within=within(seconds)
        )
        if self.at(seconds) - self.passed(seconds) >= WORTH_SAYING:
            both = in_worlds(self.at(seconds))
            text = put(_("{text}; with what is found later, {both}"), text=text, both=both)
        return f"{text}."

    def working(self, seconds: int = MONTH) -> tuple[Line, ...]:
        """The numbers behind the sentence, line by line."""
        if self.audience.public:
            return (Line(_("public"), "P", "1", "F4.18, F4.24"),)
        habits, around = self.habits, self.circumstances
        rows = [Line(_("an ordinary member passes it on, ever"), "q", percent(habits.pass_on), _source(habits, "pass_on"))]
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
            rows.append(Line(_members_in_words(kind, count), "q_i", percent(chance), "q × …"))
        if around.taken_down is not None:
            rows.append(_row(habits, "survives", f"× {habits.survives:g} after"))
        rows.append(
            Line(
                put(_("of those who ever do, so many have {within}"), within=within(seconds)),
                f"1 - 2^(-t/h), h = {habits.half_life:g} d",
                percent(self._acted(seconds)),
                _source(habits, "half_life"),
            )
        )
        rows.append(Line(_("passed on"), "1 - prod(1 - q_i (1 - 2^(-t/h)))", percent(self.passed(seconds)), "F3.1"))
        if around.timer:
            rows.append(_row(habits, "kept", f"× {habits.kept:g} after"))
        rows.append(Line(_("months in which it can be found"), "t", f"{self.findable(seconds):.3g}", "F3.2"))
        formula = f"1 - exp(-n λ t), n = {self.others}, λ = {habits.found * self.fallout:.3g}"
        rows.append(Line(_("found later"), formula, percent(self.found(seconds)), _source(habits, "found")))
        rows.append(Line(_("out, one way or the other"), "1 - (1 - P1)(1 - P2)", percent(self.at(seconds)), "F3.1"))
        return tuple(rows)


def _members_in_words(kind: str, count: int) -> str:
    """So many members of a kind."""
    words = {
        "ordinary": _("{count} ordinary"),
        "careful": _("{count} careful"),
        "talker": n_("{count} who shows things round", "{count} who show things round", count),
        "outsider": n_("{count} who belongs elsewhere", "{count} who belong elsewhere", count),
    }
    return put(words[kind], count=count)


def _row(habits: Habits, name: str, formula: str) -> Line:
    found = next(each for each in fields(habits) if each.name == name)
    return Line(found.metadata["says"], formula, f"{getattr(habits, name):g}", _source(habits, name))


def _source(habits: Habits, name: str) -> str:
    """Where a number is from: its own source, unless somebody set another number."""
    found = next(each for each in fields(habits) if each.name == name)
    return str(found.metadata["source"]) if getattr(habits, name) == found.default else SET


__all__ = ["DEFAULTS", "Audience", "Circumstances", "Content", "Forwarded", "Habits", "Leak", "Way", "kind_words"]
