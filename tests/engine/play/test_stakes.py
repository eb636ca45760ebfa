"""The telling of a leak: drawn by the odds, one world a seed, and nothing but what is shown depends on it."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.odds import DAY, FINE, YEAR, Audience, Circumstances, Fate, Habits, Odds
from engine.play import events as ev
from engine.play.events import encode
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stakes import Stakes, fate
from engine.story.model import Story
from tests.engine.base import story_of

TOLD = """\
  frost:
    in: team
    leak: quip
    tellings:
      shown: {way: passed-on, script: "> Somebody showed it."}
      phone: {way: found, script: "> A phone was looked into."}
      never: {way: never, script: "> Nobody ever saw it."}
"""
FROST = """\
  frost:
    in: team
    tellings:
      cold: {weight: 2, script: "Col: hm"}
      colder: {script: "> Nobody says anything."}
"""
ONCE = (("  years: {after: 4 years, scene: years-on, if: spoke}", "  years: {after: 4 years, scene: years-on, if: spoke}\n  cold: {after: 8 months, scene: frost}"), ("otherwise: frost", "otherwise: thaw"))  # fmt: skip
WORDS: dict[str, Fate] = {
    "Somebody showed": "passed-on",
    "A phone was": "found",
    "Nobody ever": "never",
    "It came": "passed-on",
}


def told_story(text: str = TOLD, *edits: tuple[str, str]) -> Story:
    return story_of((FROST, text), *ONCE, *edits)


def finished(story: Story, seed: int, first: str = "silence") -> Play:
    play = Play.begin(story, seed, "Alex")
    inputs = (
        Input("meme", choice=first),
        Input("several", how="pick"),
        Input("wall", how="link"),
        Input("last", choice="silence"),
    )
    for each in inputs:
        if play.offer is not None and play.offer.scene == each.scene:  # who left is not asked everything
            play.take(each)
    assert play.ending is not None
    return play


def became(play: Play) -> Fate:
    last = [event.text for event in play.events if isinstance(event, ev.MessageShown) and event.kind == "prose"][-1]
    return next(fate for words, fate in WORDS.items() if last.startswith(words))


def at_stake(play: Play, message: str) -> Odds:
    return Stakes.of(play.story, play.events).seen[message].odds(play.story.stake.habits)


def surely_within(hits: int, runs: int, chance: float) -> None:
    """Exact binomial: so few or so many would happen less than once in a million test runs."""
    terms = [math.comb(runs, k) * chance**k * (1 - chance) ** (runs - k) for k in range(runs + 1)]
    assert sum(terms[: hits + 1]) > 5e-7, (hits, runs, chance)
    assert sum(terms[hits:]) > 5e-7, (hits, runs, chance)


def test_over_many_seeds_the_tellings_come_as_often_as_the_odds_say() -> None:
    story, runs = told_story(), 500
    play = finished(story, 0)
    when = next(event.at for event in play.events if isinstance(event, ev.SceneBegan) and event.scene == "frost")
    odds = at_stake(play, "quip")
    seconds = when - Stakes.of(story, play.events).seen["quip"].event.at
    ways = dict(odds.first_ways(seconds))
    found = sum(ways[way] for way in ("phone", "backup", "former")) * odds.at(seconds)
    counts = Counter(became(finished(story, seed)) for seed in range(runs))
    assert sum(counts.values()) == runs
    assert set(counts) == {"passed-on", "found", "never"}
    surely_within(counts["never"], runs, 1 - odds.at(seconds))
    surely_within(counts["found"], runs, found)
    surely_within(counts["passed-on"], runs, odds.at(seconds) - found)


def test_the_same_seed_tells_the_same_and_nothing_but_what_is_shown_depends_on_it() -> None:
    story = told_story()
    plays = [finished(story, seed) for seed in range(60)]
    assert all(encode(play.events) == encode(finished(story, play.seed).events) for play in plays[:5])
    assert len({became(play) for play in plays}) == 3
    assert len({play.state for play in plays}) == 1
    assert len({play.ending for play in plays}) == 1
    assert len({play.clock for play in plays}) == 1


def test_two_scenes_that_tell_of_one_message_tell_of_the_same_world() -> None:
    later = TOLD.replace("frost", "thaw-too")
    story = story_of(
        (FROST, TOLD + later),
        ("  years: {after: 4 years, scene: years-on, if: spoke}", "  years: {after: 4 years, scene: years-on, if: spoke}\n  a: {after: 3 weeks, scene: frost}\n  b: {after: 4 years, scene: thaw-too}"),
        ("otherwise: frost", "otherwise: thaw"),
    )  # fmt: skip
    pairs: Counter[tuple[Fate, Fate]] = Counter()
    for seed in range(300):
        play = finished(story, seed)
        told = [event.text for event in play.events if isinstance(event, ev.MessageShown) and event.kind == "prose"][-2:]
        one, two = (next(fate for words, fate in WORDS.items() if text.startswith(words)) for text in told)
        assert one == "never" or one == two, "what is out stays out, by the way by which it came"
        pairs[one, two] += 1
    assert pairs["never", "found"] > 0
    assert pairs["passed-on", "passed-on"] > 0


def test_habits_a_rule_and_the_content_move_the_telling() -> None:
    def never(*edits: tuple[str, str]) -> int:
        story = told_story(TOLD, *edits)
        return sum(became(finished(story, seed)) == "never" for seed in range(80))

    plain = never()
    talkers = never(("admin: [col], audience: and the cat}", "habits: {talker: 5}}"))
    quiet = never(("codas:\n", "leaks: {pass-on: 0, found: 0}\ncodas:\n"))
    loud = never(("codas:\n", "leaks: {pass-on: 100 %}\ncodas:\n"))
    dull = never(("Col [quip] (picture)", "Col [quip] (picture, content: dull)"))
    ruled = never(("admin: [col], audience: and the cat}", "rule: nothing leaves the group}"))
    assert loud == 0 < talkers < plain < ruled < dull < quiet == 80  # the same draws, so that each is comparable


def test_where_the_story_says_that_it_came_out_only_the_way_is_drawn() -> None:
    sure = TOLD.replace('      never: {way: never, script: "> Nobody ever saw it."}\n', "")
    ways = Counter(became(finished(told_story(sure), seed)) for seed in range(120))
    assert set(ways) == {"passed-on", "found"}
    either = """\
  frost:
    in: team
    leak: quip
    tellings:
      one: {way: out, weight: 3, script: "> It came out."}
      two: {way: out, script: "> It came out too."}
"""
    assert {became(finished(told_story(either), seed)) for seed in range(8)} == {"passed-on"}


def test_a_message_that_was_never_sent_never_came_out() -> None:
    mine = TOLD.replace("leak: quip", "leak: mine")
    sent = ("send: |\n          Not for me, {col}.", "sent: mine\n        send: |\n          Not for me, {col}.")
    loud = ("codas:\n", "leaks: {pass-on: 100 %}\ncodas:\n")
    story = told_story(mine, sent, loud)
    assert became(finished(story, 3)) == "never"
    assert became(finished(story, 3, "speak")) == "passed-on"
    assert fate(story, 3, "mine", [], 0) == "never"
    assert fate(story, 3, "mine", [], 0, certain=True) == "passed-on"


def test_what_was_said_where_the_player_no_longer_was_can_come_out_too() -> None:
    leaves = ("        label: Laugh\n        react: 😂\n        on: quip", "        label: Leave\n        do: [leave team]")
    extra = (
        "  last:\n    in: jo-dm\n    if: not (left team)",
        "  after:\n    in: team\n    if: not (left team)\n    script: |\n      Col [more]: masked: it mocks\n    next: last\n  last:\n    in: jo-dm",
    )
    story = told_story(
        TOLD.replace("in: team", "in: page").replace("quip", "more"), leaves, extra, ("{go: last}]", "{go: after}]")
    )
    play = finished(story, 1, "laugh")
    risk = Stakes.of(story, play.events).seen["more"]
    assert (risk.why, risk.content, risk.others) == ("missed", "striking", 7)
    assert len({became(finished(story, seed, "laugh")) for seed in range(40)}) > 1


ODDS = st.builds(
    Odds,
    st.builds(lambda n, talkers: Audience(n + talkers, talkers=talkers), st.integers(1, 60), st.integers(0, 5)),
    st.builds(
        Circumstances, st.sampled_from(("dull", "ordinary", "picture", "striking")), st.booleans(), st.integers(0, 3), st.booleans(),
        st.sampled_from((0, DAY)), st.none() | st.integers(0, 20 * DAY),
    ),
    st.builds(Habits, pass_on=st.sampled_from((0, 0.01, 0.05, 1)), half_life=st.sampled_from((0.01, 2, 60)), found=st.sampled_from((0, 0.0025, 0.02))),
)  # fmt: skip
DRAW = st.floats(0, 1, exclude_max=True)


@settings(max_examples=60, deadline=None)
@given(odds=ODDS, out=DRAW, way=DRAW, times=st.lists(st.integers(0, 6 * YEAR), min_size=2, max_size=4))
def test_in_one_world_what_is_out_stays_out_by_the_same_way(odds: Odds, out: float, way: float, times: list[int]) -> None:
    became = [odds.fate(at, out, way) for at in sorted(times)]
    known = [each for each in became if each != "never"]
    assert became == ["never"] * (len(became) - len(known)) + known
    assert len(set(known)) <= 1


@settings(max_examples=25, deadline=None)
@given(odds=ODDS, seconds=st.sampled_from((3 * DAY, 240 * DAY, 4 * YEAR)))
def test_over_all_draws_the_ways_have_the_shares_of_the_formula(odds: Odds, seconds: int) -> None:
    chance = odds.at(seconds)
    grid = 60
    found = out = 0.0
    for step in range(grid):
        draw = (step + 0.5) / grid
        if odds.fate(seconds, draw, 0.0) == "never":
            continue
        out += 1 / grid
        low, high = 0, 64  # the share of `way` below which it was passed on
        while low < high:
            middle = (low + high) // 2
            if odds.fate(seconds, draw, (middle + 0.5) / 64) == "passed-on":
                low = middle + 1
            else:
                high = middle
        found += (1 - low / 64) / grid
    assert out == pytest.approx(chance, abs=1 / grid)
    expected = sum(share for way, share in odds.first_ways(seconds) if way in ("phone", "backup", "former")) * chance
    assert found == pytest.approx(expected, abs=2.5 / grid)


@settings(max_examples=60, deadline=None)
@given(odds=ODDS, at=st.integers(1, 4 * YEAR))
def test_the_rates_are_the_slopes_of_the_channels(odds: Odds, at: int) -> None:
    step = max(1.0, at / 1e6)
    if any(abs(at - when) <= 2 * step for when, _share in odds.closings()) or not odds.passed(at) < 0.999:
        return
    passed, found = odds.rates(at)
    for slope, channel in ((passed, odds.passed), (found, odds.found)):
        if channel(at) < 0.999:
            measured = (math.log1p(-channel(at - step)) - math.log1p(-channel(at + step))) / (2 * step)
            assert slope == pytest.approx(measured, rel=1e-2, abs=1e-12)


def test_the_ends_of_a_fate() -> None:
    public = Odds(Audience(9, public=True))
    assert {public.fate(0, 0.999, way) for way in (0.0, 0.999)} == {"passed-on"}
    nobody = Odds(Audience(0))
    assert nobody.fate(9 * YEAR, 0.0, 0.0) == "never"
    sure = Odds(Audience(3), habits=Habits(pass_on=1, half_life=0.01, found=0))
    assert sure.fate(YEAR, 0.9999999, 0.9) == "passed-on", "whoever surely does it has done it in the end"
    # At a share that is rounded up to the next millionth nothing may be left to happen: then the whole of both channels decides.
    small = Odds(Audience(1), Circumstances(taken_down=60), Habits(survives=0, pass_on=0.0004, found=0))
    late = [small.fate(YEAR, draw / FINE, 0.5) for draw in range(3)]
    assert late == sorted(late, key=["passed-on", "never"].index)
