"""Trust is built slowly and lost quickly; a later report never counts more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.futures import delay
from engine.futures.show import TIMES
from engine.futures.trust import LOSS, Happening, moved, of_play, series
from engine.play.inputs import Input
from engine.play.play import Play
from engine.story.late import LATE_TABLE
from engine.story.model import DAY
from tests.engine.base import story_of

chances = st.floats(0, 1)


@given(chances, chances, chances, chances, st.floats(0, 100))
def test_trust_stays_between_nothing_and_all(trust: float, gain: float, severity: float, reach: float, loss: float) -> None:
    assert 0 <= moved(trust, Happening("it", gain, severity, reach), loss) <= 1


@given(chances, chances, chances, chances, chances)
def test_worse_and_wider_never_leaves_more(trust: float, severity: float, other: float, reach: float, wider: float) -> None:
    worse = Happening("it", 0, max(severity, other), max(reach, wider))
    assert moved(trust, worse) <= moved(trust, Happening("it", 0, min(severity, other), min(reach, wider))) + 1e-12


@given(chances, chances, chances)
def test_a_greater_good_never_leaves_less_and_never_lowers(trust: float, gain: float, other: float) -> None:
    less, more = sorted((gain, other))
    assert trust - 1e-12 <= moved(trust, Happening("it", less)) <= moved(trust, Happening("it", more)) + 1e-12


@given(chances, chances, st.floats(0, 100), st.floats(0, 100))
def test_more_aversion_never_leaves_more(trust: float, severity: float, one: float, other: float) -> None:
    bad = Happening("it", severity=severity)
    assert moved(trust, bad, max(one, other)) <= moved(trust, bad, min(one, other)) + 1e-12


def test_a_series_with_its_working() -> None:
    steps = series(0.5, [Happening("A visit", gain=0.1), Happening("A photo", severity=0.2, reach=0.5, at=DAY)])
    assert math.isclose(steps[0].after, 0.55)
    assert math.isclose(steps[1].after, 0.55 - LOSS * 0.2 * 0.5 * 0.55)
    assert steps[1].before == steps[0].after
    assert steps[1].explain() == "A photo: trust goes from 0.55 to 0.33."
    assert [row.value for row in steps[0].working()] == ["+0.050", "0.550"]
    assert [row.value for row in steps[1].working()] == ["-0.220", "0.330"]
    assert "λ · severity · reach · T = 4 × 0.2 × 0.5 × 0.550" in steps[1].working()[0].formula


def test_one_bad_thing_undoes_several_good_ones() -> None:
    steps = series(0.5, [*[Happening("A kindness", gain=0.05)] * 4, Happening("A leak", severity=0.1)])
    assert steps[-1].after < 0.5


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda: Happening("it", gain=1.5), "gain is 1.5"),
        (lambda: moved(1.5, Happening("it")), "trust is 1.5"),
        (lambda: moved(0.5, Happening("it"), -1), "loss is -1"),
    ],
)
def test_what_cannot_be_is_refused(what: object, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{says}"):
        what()  # type: ignore[operator]


@given(st.integers(-DAY, 2000 * DAY), st.integers(-DAY, 2000 * DAY))
def test_a_later_report_never_counts_more(one: int, other: int) -> None:
    assert delay.counts(max(one, other)) <= delay.counts(min(one, other))
    assert delay.counts(one, asked=True) <= delay.counts(other)


def test_the_table_of_delays() -> None:
    assert [share for _at, share in delay.series()] == [1, 0.8, 0.5, 0.25, 0.1]
    assert [at for at, _share in delay.series()] == list(TIMES)
    assert delay.explain(100) == ""
    assert delay.explain(50) == "It was late: 50 % of the good of it counted."
    rows = delay.working()
    assert [row.value for row in rows] == ["100 %", "80 %", "50 %", "25 %", "10 %"]
    assert rows[1].what == "at most 3 days late"
    assert len(rows) == len(LATE_TABLE) + 1


SEEN = """\
stakeholders:
  flats:
    name: The flats
    starts: 0.6
    saw:
      visit: {what: "{you} came round.", gain: 0.1}
      joke: {what: They read it., if: meme.laugh, severity: 0.5, reach: 0.5}
      rest: {what: Nobody came., if: meme.silence, severity: 20 %}
  cat: {name: The cat, saw: {fish: {what: There was fish., if: spoke, gain: 1}}}
codas:
"""


@pytest.mark.parametrize(("choice", "trust"), [("laugh", 0.0), ("silence", 0.64 * 0.2), ("speak", 0.64)])
def test_of_a_play_it_is_what_the_author_says_that_they_saw(choice: str, trust: float) -> None:
    play = Play.begin(story_of(("codas:\n", SEEN)), 1, "Alex")
    play.take(Input("meme", choice=choice))
    flats, cat = of_play(play)
    assert flats.now == pytest.approx(trust)
    assert flats.steps[0].happening.what == "Alex came round."
    assert str(len(flats.steps)) in flats.explain() or "one thing" in flats.explain()
    assert len(flats.working()) == 1 + sum(len(step.working()) for step in flats.steps)
    assert cat.now == (1 if choice == "speak" else 0.5)
    assert ("nothing of it reached them" in cat.explain()) == (choice != "speak")


@pytest.mark.parametrize(
    ("what", "told", "row"),
    [
        ("They read it.", "They read it. Trust goes from 0.50 to 0.55.", "They read it: g"),
        ("Who sent it?", "Who sent it? Trust goes from 0.50 to 0.55.", "Who sent it?: g"),
        ("a visit", "a visit: trust goes from 0.50 to 0.55.", "a visit: g"),
    ],
)
def test_a_sentence_of_an_author_is_followed_by_a_sentence(what: str, told: str, row: str) -> None:
    (step,) = series(0.5, [Happening(what, gain=0.1)])
    assert step.explain() == told
    assert str(step.working()[0]).startswith(row)
