"""The odds of a leak: the numbers that were agreed, what never leaks less, and what is said."""

from __future__ import annotations

import math
import random
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.futures.leak import DEFAULTS, Audience, Circumstances, Habits, Leak
from engine.futures.show import MONTH, TIMES, YEAR, Line, in_worlds, percent, put, within
from engine.story.model import DAY

chances = st.floats(0, 1)
times = st.floats(0, 10 * YEAR)


@st.composite
def audiences(draw: st.DrawFn) -> Audience:
    kinds = [draw(st.integers(0, 40)) for _ in range(3)]
    return Audience(sum(kinds) + draw(st.integers(0, 200)), *kinds)


circumstances = st.builds(
    Circumstances,
    content=st.sampled_from(["dull", "ordinary", "picture", "striking"]),
    left_in_anger=st.booleans(),
    newcomers=st.integers(0, 3),
    rule=st.booleans(),
    timer=st.sampled_from([0, DAY, 7 * DAY, 90 * DAY]),
    taken_down=st.none() | st.integers(0, 90 * DAY),
    forwarded=st.sampled_from([0, 1, 2]),
)


@st.composite
def habits(draw: st.DrawFn) -> Habits:
    given_ = {
        each.name: draw(st.floats(each.metadata["low"], each.metadata["high"]))
        for each in fields(Habits)
        if each.name not in ("phone", "backup")
    }
    return Habits(**given_)


leaks = st.builds(Leak, audiences(), circumstances, habits())
SLACK = 1e-12


@pytest.mark.parametrize(
    ("members", "month", "two_years"),
    # Two years among thirty are 90.2 by these formulas, which rounds to 90; "91" was said of it once.
    [(8, 15, 43), (30, 48, 90), (120, 93, 100)],
)
def test_the_numbers_that_were_agreed(members: int, month: int, two_years: int) -> None:
    leak = Leak(Audience.of_members(members))
    assert round(leak.at(30 * DAY) * 100) == month
    assert round(leak.at(2 * YEAR) * 100) == two_years


def test_it_is_told_in_one_sentence() -> None:
    leak = Leak(Audience(40))
    assert leak.explain() == (
        "40 others, 2 % each: about 55 in 100 worlds within a month; with what is found later, about 60 in 100 worlds."
    )
    assert Leak(Audience(1)).explain(3600) == "1 other, 2 %: fewer than 1 in 100 worlds within an hour."
    assert Leak(Audience(0)).explain() == "Nobody else has it."
    assert Leak(Audience(5, public=True)).explain() == "It is public: whoever looks has it already."
    assert Leak(Audience(40, talkers=3, outsiders=2)).who() == "40 others, 2.4 % each on average"


def test_the_working_names_every_factor_with_its_source() -> None:
    around = Circumstances("striking", left_in_anger=True, newcomers=1, rule=True, timer=DAY, taken_down=3600, forwarded=2)
    leak = Leak(Audience(40, careful=5, talkers=3, outsiders=2), around)
    rows = leak.working(21 * DAY)
    told = " ".join(row.what for row in rows)
    for name in ("striking", "anger", "newcomer", "rule", "many_times", "careful", "talker", "outsider", "survives", "kept"):
        says = next(each.metadata["says"] for each in fields(Habits) if each.name == name)
        assert says in told, name
    assert all(row.source for row in rows)
    assert rows[-1].value == percent(leak.at(21 * DAY))
    assert str(Line("a", "b", "c", "d")) == "a: b = c [d]"
    assert len(Leak(Audience(4, public=True)).working()) == 1


@given(leaks, times)
def test_odds_are_odds_and_never_more_than_both_channels_together(leak: Leak, at: float) -> None:
    passed, found, out = leak.passed(at), leak.found(at), leak.at(at)
    for chance in (passed, found, out):
        assert 0 <= chance <= 1
    assert max(passed, found) - SLACK <= out <= passed + found + SLACK


@given(leaks, times, times)
def test_more_time_never_leaks_less(leak: Leak, one: float, other: float) -> None:
    assert leak.at(min(one, other)) <= leak.at(max(one, other)) + SLACK


@given(leaks, times, st.integers(0, 50), st.integers(0, 5))
def test_more_members_never_leak_less(leak: Leak, at: float, more: int, newcomers: int) -> None:
    bigger = replace(leak, audience=replace(leak.audience, others=leak.audience.others + more))
    assert leak.at(at) <= bigger.at(at) + SLACK
    around = replace(leak.circumstances, newcomers=leak.circumstances.newcomers + newcomers)
    assert leak.at(at) <= replace(leak, circumstances=around).at(at) + SLACK


@given(leaks, times, st.sampled_from([each.name for each in fields(Habits)]), chances)
def test_a_worse_habit_never_leaks_less(leak: Leak, at: float, name: str, far: float) -> None:
    """Every number of the habits makes it worse when it grows, but for the half-life, where slower is better."""
    if name in ("phone", "backup"):
        return
    habit = next(each for each in fields(Habits) if each.name == name)
    now = getattr(leak.habits, name)
    low, high = habit.metadata["low"], habit.metadata["high"]
    worse = min(max(now + far * ((low if name == "half_life" else high) - now), low), high)  # a sum may miss its end by a hair
    assert leak.at(at) <= replace(leak, habits=replace(leak.habits, **{name: worse})).at(at) + 1e-9


@given(leaks, times)
def test_what_calms_never_leaks_more(leak: Leak, at: float) -> None:
    around = leak.circumstances
    for calmer in (
        replace(around, rule=True),
        replace(around, timer=min(around.timer or DAY, DAY)),
        replace(around, taken_down=0),
        replace(around, left_in_anger=False),
        replace(around, content="dull"),
        replace(around, forwarded=2),
    ):
        assert replace(leak, circumstances=calmer).at(at) <= leak.at(at) + SLACK, calmer


@given(leaks, st.floats(60, 4 * YEAR))
def test_the_first_way_out_adds_up(leak: Leak, at: float) -> None:
    ways = leak.ways(at, steps=50)
    if not ways:
        assert leak.at(at) <= 0
        return
    assert math.isclose(sum(way.share for way in ways), 1, rel_tol=1e-9)
    assert [way.share for way in ways] == sorted((way.share for way in ways), reverse=True)
    assert all(way.words for way in ways)


def test_the_first_way_out_agrees_with_ten_thousand_draws() -> None:
    """Each member's own time and the time of the finding are drawn; who is first is counted."""
    leak = Leak(Audience(30, talkers=5, careful=5))
    draw, counted, worlds = random.Random(11), dict.fromkeys(("ordinary", "careful", "talker", "found"), 0), 10_000
    for _ in range(worlds):
        moments = [(draw.expovariate(leak.found_rate) * MONTH, "found")]
        for kind, count, chance in leak.members:
            acting = sum(draw.random() < chance for _member in range(count))
            moments.extend((-math.log2(1 - draw.random()) * 2 * DAY, kind) for _member in range(acting))
        first, how = min(moments)
        if first <= 4 * YEAR:
            counted[how] += 1
    out = sum(counted.values())
    assert abs(out / worlds - leak.at(4 * YEAR)) < 4 * math.sqrt(0.25 / worlds)
    ways = {way.id: way.share for way in leak.ways(4 * YEAR)}
    ways["found"] = ways.pop("phone") + ways.pop("backup") + ways.pop("former")
    for how, count in counted.items():
        assert abs(count / out - ways[how]) < 4 * math.sqrt(0.25 / out), how


def test_a_member_who_surely_shows_it_is_the_way() -> None:
    leak = Leak(Audience(3, talkers=1), Circumstances("striking"), Habits(pass_on=1))
    assert leak.at(100 * YEAR) == 1
    ways = leak.ways(400 * YEAR, steps=5)
    assert math.isclose(sum(way.share for way in ways), 1)
    assert {way.id for way in ways[:2]} == {"ordinary", "talker"}


def test_public_is_out_from_the_first_minute() -> None:
    leak = Leak(Audience(100, public=True))
    assert leak.at(0) == 1
    assert [way.id for way in leak.ways()] == ["public"]


def test_nobody_else_means_no_leak() -> None:
    leak = Leak(Audience(0))
    assert [chance for _at, chance in leak.series()] == [0] * len(TIMES)
    assert leak.ways() == ()


def test_disappearing_caps_what_can_be_found_and_not_what_was_copied() -> None:
    plain, timed = Leak(Audience(20)), Leak(Audience(20), Circumstances(timer=DAY))
    assert timed.passed(30 * DAY) == plain.passed(30 * DAY)
    assert timed.found(DAY) == plain.found(DAY)
    assert timed.found(YEAR) < plain.found(YEAR)
    assert math.isclose(timed.findable(MONTH), (DAY + DEFAULTS.kept * (MONTH - DAY)) / MONTH)


def test_taken_down_at_once_leaves_seven_tenths_of_the_danger() -> None:
    plain, gone = Leak(Audience(20)), Leak(Audience(20), Circumstances(taken_down=0))
    assert math.isclose(gone._acted(30 * DAY), DEFAULTS.survives * plain._acted(30 * DAY))
    assert math.isclose(gone.findable(MONTH), DEFAULTS.survives)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Habits(pass_on=1.2), "pass_on is 1.2; it must lie between 0 and 1"),
        (lambda: Habits(found=math.nan), "found is nan; it must lie between 0 and 1"),
        (lambda: Habits(phone=0.8, backup=0.4), "phone + backup is 1.2; it must lie between 0 and 1"),
        (lambda: Audience(-1), "others is -1; it must lie between 0 and 1e+07"),
        (lambda: Audience(2, talkers=3), "there are more careful members, talkers and outsiders than others in all"),
        (lambda: Circumstances("loud"), "content is 'loud'; it must be one of dull, ordinary, picture, striking"),  # type: ignore[arg-type]
        (lambda: Circumstances(forwarded=3), "forwarded is 3; it must be 0, 1 or 2"),  # type: ignore[arg-type]
        (lambda: Circumstances(taken_down=-1), "taken_down is -1; it must lie between 0 and inf"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(make: object, says: str) -> None:
    with pytest.raises(ValueError, match="^" + says.replace("+", r"\+")):
        make()  # type: ignore[operator]


def test_every_parameter_has_bounds_words_and_a_source() -> None:
    for name, default, low, high, says, source in Habits.table():
        assert low <= default <= high, name
        assert says, name
        assert source, name


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0, "no world"),
        (0.001, "fewer than 1 in 100 worlds"),
        (0.554, "about 55 in 100 worlds"),
        (0.999, "more than 99 in 100 worlds"),
        (1, "every world"),
    ],
)
def test_chances_in_words(chance: float, said: str) -> None:
    assert in_worlds(chance) == said


def test_words_put_in_are_never_read_again() -> None:
    assert put("{a} and {b}", a="{b}", b="{a}") == "{b} and {a}"
    assert put("{a} {text}", text=1) == "{a} 1"
    assert [within(3600), within(DAY), within(21 * DAY), within(240 * DAY)] == [
        "within an hour", "within a day", "within 3 weeks", "within 8 months",
    ]  # fmt: skip


CROWDS = st.builds(
    Audience,
    st.integers(8, 120),
    careful=st.integers(0, 2),
    talkers=st.integers(0, 2),
    outsiders=st.integers(0, 2),
)
AROUND = st.builds(
    Circumstances,
    st.sampled_from(("dull", "ordinary", "picture", "striking")),
    rule=st.booleans(),
    timer=st.sampled_from((0, DAY)),
    taken_down=st.none() | st.integers(0, 9 * DAY),
)
MOMENTS = st.integers(0, 5 * YEAR)


@given(crowd=CROWDS, around=AROUND, at=MOMENTS)
def test_a_worse_habit_of_one_member_never_leaks_less(crowd: Audience, around: Circumstances, at: int) -> None:
    ordinary = Leak(crowd, around).at(at)
    for kind in ("talkers", "outsiders"):
        assert Leak(replace(crowd, **{kind: getattr(crowd, kind) + 1}), around).at(at) >= ordinary - 1e-12
    assert Leak(replace(crowd, careful=crowd.careful + 1), around).at(at) <= ordinary + 1e-12
    assert Leak(crowd, replace(around, rule=True)).at(at) <= ordinary + 1e-12


@given(crowd=CROWDS, around=AROUND, at=MOMENTS)
def test_the_more_striking_it_is_the_more_it_leaks(crowd: Audience, around: Circumstances, at: int) -> None:
    chances = [Leak(crowd, replace(around, content=content)).at(at) for content in ("dull", "ordinary", "picture", "striking")]
    assert chances == sorted(chances)


@given(crowd=CROWDS, around=AROUND, at=MOMENTS, more=st.floats(1, 40))
def test_every_number_that_an_author_raises_works_one_way(crowd: Audience, around: Circumstances, at: int, more: float) -> None:
    crowd = replace(crowd, careful=2, talkers=2, outsiders=2)
    base = Leak(crowd, around).at(at)
    for name in (
        "pass_on",
        "found",
        "careful",
        "talker",
        "outsider",
        "dull",
        "picture",
        "striking",
        "rule",
        "kept",
        "survives",
    ):
        _name, _default, _low, high, *_rest = next(row for row in Habits.table() if row[0] == name)
        raised = min(high, getattr(DEFAULTS, name) * more)
        assert Leak(crowd, around, replace(DEFAULTS, **{name: raised})).at(at) >= base - 1e-12, name
    assert Leak(crowd, around, replace(DEFAULTS, half_life=min(365, 2 * more))).at(at) <= base + 1e-12


def test_what_was_set_says_so_in_the_working() -> None:
    set_here = Leak(Audience(29, outsiders=2), Circumstances("picture"), Habits(pass_on=0.05, outsider=4))
    rows = {str(row.what): row.source for row in set_here.working()}
    assert rows["an ordinary member passes it on, ever"] == "set for this story"
    assert rows["times `pass_on` for a picture, clip or voice note"] == "our guess"
    assert (
        rows["times `pass_on` for a member who belongs elsewhere: an old member, a wrong number (C7, C11, C20)"]
        == "set for this story"
    )
    assert "2 who belong elsewhere" in rows
