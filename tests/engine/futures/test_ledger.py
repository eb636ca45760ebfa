"""What plays put at stake: read from their events, and nothing of the play changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.futures.leak import Habits
from engine.futures.ledger import Ledger, Stake, ledger
from engine.futures.show import TIMES
from engine.play.events import encode
from engine.play.inputs import Input
from engine.play.play import Play
from engine.story.model import DAY
from tests.engine.base import story_of
from tests.scenarios.test_transcripts import ROOT, story_in, transcript

NIGHTS = ROOT / "induction" / "nights-team-4"


@cache
def played(name: str) -> Play:
    wanted = transcript(NIGHTS / f"{name}.txt")
    return Play.replay(story_in(NIGHTS.with_suffix(".yaml")), wanted.seed, wanted.inputs, "Alex")


@cache
def told(name: str) -> Ledger:
    return ledger(played(name))


def stake(name: str, message: str) -> Stake:
    return next(each for each in told(name).stakes if each.id == message)


@pytest.mark.parametrize("path", sorted(NIGHTS.glob("*.txt")), ids=lambda path: Path(path).stem)
def test_every_transcript_has_the_joke_and_the_photo_at_stake_and_changes_nothing(path: Path) -> None:
    play = played(path.stem)
    before, state, dials = encode(play.events), play.state, play.dials
    found = ledger(play)
    assert (encode(play.events), play.state, play.dials) == (before, state, dials)
    stakes = {each.id: each for each in found.stakes}
    assert {"joke", "photo"} <= set(stakes)
    sent = [each for each in found.stakes if each.why == "yours"]
    assert found.yours == sent
    for each in found.stakes:
        assert [at for at, _chance in each.odds] == list(TIMES)
        chances = [chance for _at, chance in each.odds]
        assert chances == sorted(chances)
        assert all(0 <= chance <= 1 for chance in chances)
        assert each.explain()
        assert each.working()
    last = [each.odds[-1][1] for each in found.stakes]
    assert last == sorted(last, reverse=True)


def test_the_joke_is_forty_one_members_without_its_sender_and_the_player() -> None:
    joke = stake("file", "joke")
    assert joke.leak.audience.others == 39
    assert joke.leak.circumstances.content == "striking"
    assert joke.leak.circumstances.forwarded == 2
    assert joke.title() == "What Col posted in Team 4"
    audience = joke.leak.audience
    assert (audience.careful, audience.talkers, audience.outsiders) == (25, 1, 5), (
        "those of the place, and Marnie, Alder and Jo"
    )
    assert joke.leak.habits.pass_on == 0.01
    assert joke.explain().startswith("39 others, 1.3 % each on average: about 40 in 100 worlds within a month")
    assert "Out after 1 hour: about 1 in 100 worlds, 3 days:" in joke.explain()
    assert stake("file", "dog").title() == "Col's picture in Team 4"


def test_a_photo_taken_down_within_minutes_gets_out_less_often_than_one_left_for_hours() -> None:
    soon, late, never = stake("room", "photo"), stake("file", "photo"), stake("app-report", "photo")
    assert soon.leak.circumstances.taken_down == 70
    assert late.leak.circumstances.taken_down == 31_500
    assert never.leak.circumstances.taken_down is None
    assert soon.leak.circumstances.timer == DAY
    for one, other in zip(soon.odds[1:], late.odds[1:], strict=True):
        assert one[1] < other[1]
    assert late.odds[-1][1] < never.odds[-1][1]


def test_what_the_player_forwards_and_writes_is_theirs() -> None:
    forwarded = stake("app-report", "meme.flatmate")
    assert forwarded.why == "yours"
    assert forwarded.title() == "Your message to Mika"
    assert forwarded.leak.others == 1
    assert forwarded.leak.circumstances.content == "striking"
    own = stake("room", "meme.speak-up")
    assert own.title() == "Your message in Team 4"
    assert own.leak.others == 40
    assert own.leak.circumstances.content == "ordinary"


def test_late_is_what_the_story_counted_as_late_and_nothing_else() -> None:
    (ticked,) = told("late-but-true").late
    assert ticked.label == "Tick yes, and write down what you saw"
    assert ticked.percent == 50
    assert ticked.explain() == "It was late: 50 % of the good of it counted."
    (kept,) = told("promise-kept").late
    assert (kept.label, kept.percent) == ("The parking ticket", 80), "what came due goes by its title"
    assert told("file").late == [], "it was reported the same day"
    assert told("passenger").late == []


def test_worse_habits_leave_every_stake_worse() -> None:
    mild, wild = ledger(played("room")), ledger(played("room"), Habits(pass_on=0.05, found=0.01))
    odds = {each.id: each.odds[-1][1] for each in mild.stakes}
    assert all(each.odds[-1][1] >= odds[each.id] for each in wild.stakes)


def small(script: str) -> Play:
    """The small scenario with more in its first scene, played to its first decision."""
    lines = "".join(f"      {line}\n" for line in script.splitlines())
    return Play.begin(story_of(("      > Nobody looks up.\n", lines)), 1)


def of(play: Play) -> dict[str, Stake]:
    return {each.id: each for each in ledger(play).stakes}


def test_somebody_who_leaves_over_it_and_somebody_who_joins_make_it_worse() -> None:
    plain = of(small("> Nobody looks up."))["quip"]
    angry = of(small("... 1 day\n* Jo leaves"))["quip"]
    assert angry.leak.circumstances.left_in_anger
    assert angry.odds[-2][1] > plain.odds[-2][1]
    calm = of(small("... 4 days\n* Jo leaves"))["quip"]
    assert not calm.leak.circumstances.left_in_anger
    author = of(small("... 1 day\n* Col leaves"))["quip"]
    assert not author.leak.circumstances.left_in_anger
    newcomer = of(small("... 13 days\n* Sgt joins"))["quip"]
    assert newcomer.leak.circumstances.newcomers == 1
    assert newcomer.leak.others == plain.leak.others + 1
    late = of(small("... 15 days\n* Sgt joins"))["quip"]
    assert late.leak.circumstances.newcomers == 0
    gone = of(small("... 1 minute\n* Col deletes quip\n... 1 minute\n* Jo leaves"))["quip"]
    assert gone.leak.circumstances.taken_down == 360
    assert not gone.leak.circumstances.left_in_anger


def test_places_keep_their_count_and_their_new_name() -> None:
    play = small("* Jo leaves\n* Col changes the name: Team Four\nCol [second] (picture): a kettle")
    stakes = of(play)
    assert stakes["second"].leak.others == stakes["quip"].leak.others - 1
    assert stakes["second"].title() == "Col's picture in Team Four"


def test_a_feed_is_public_and_another_ones_phone_is_not_the_players() -> None:
    play = small(
        "in page:\nJo [post] (picture): a bridge\nin theirs:\nJo [private] (picture): a cat\nin jo-dm:\nJo [dm] (picture): a dog"
    )
    stakes = of(play)
    assert stakes["post"].explain() == "It is public: whoever looks has it already."
    assert [chance for _at, chance in stakes["post"].odds] == [1] * len(TIMES)
    assert "private" not in stakes
    assert "dm" not in stakes, "nobody has it but the sender and the player"


def test_on_the_way_and_with_other_times() -> None:
    play = Play.begin(story_of(), 1)
    assert [each.id for each in ledger(play).stakes] == ["quip"]
    play.take(Input("meme", choice="speak"))
    found = ledger(play, times=(60, 120))
    assert {each.id for each in found.stakes} == {"quip", "meme.speak"}
    assert [at for at, _chance in found.stakes[0].odds] == [60, 120]


SAYS = "        label: Say it is not for you\n"


@pytest.mark.parametrize(
    ("how", "dial", "wanted"),
    [("action: report", "+1", []), ("late: 1 day", "+1", []), ("late: 3 days", "+1", [80]), ("late: 3 days", "-1", [])],
)
def test_the_clock_makes_nothing_late_and_harm_counts_in_full(how: str, dial: str, wanted: list[int]) -> None:
    moved = (
        "dials: {team: -1}\n        because: |\n          One line",
        f"dials: {{team: {dial}}}\n        because: |\n          One line",
    )
    play = Play.begin(story_of((SAYS, f"{SAYS}        {how}\n"), moved), 1)
    play.take(Input("meme", choice="speak"))
    assert [late.percent for late in ledger(play).late] == wanted
    assert ledger(play).stakes[-1].working()


HABITS = (
    ("col: {name: Col, is", "col: {name: Col, habit: talker, is"),
    ("admin: [col], audience: and the cat}", 'habits: {careful: 5, outsider: 1}, rule: "what {col} says stays here"}'),
)


def test_habits_a_rule_and_contents_are_the_authors() -> None:
    play = Play.begin(story_of(*HABITS, ("send: |\n          Not", "content: dull\n        send: |\n          Not")), 1)
    play.take(Input("meme", choice="speak"))
    quip, mine = sorted(ledger(play).stakes, key=lambda each: each.at)
    counts = [(each.leak.audience.careful, each.leak.audience.talkers, each.leak.audience.outsiders) for each in (quip, mine)]
    assert counts == [(5, 0, 1), (5, 1, 1)], "who sent it is not among them"
    assert [each.leak.circumstances.content for each in (quip, mine)] == ["striking", "dull"]
    assert all(each.leak.circumstances.rule for each in (quip, mine))
    assert mine.rule == "what Col says stays here"
    assert ledger(play, Habits(pass_on=0, found=0)).stakes[0].odds[-1][1] == 0, "others may be given"


def test_marked_words_of_others_are_at_stake_and_dull_pictures_are_not() -> None:
    dull = ("Col [quip] (picture): masked: it mocks {canteen}", "Col [quip] (picture, content: dull): the rota")
    marked = ("    > Nobody looks up.", "    Col (content: striking): guess who")
    play = Play.begin(story_of(dull, marked), 1)
    (stake,) = ledger(play).stakes
    assert (stake.why, stake.leak.circumstances.content, stake.title()) == ("marked", "striking", "What Col posted in Team 4")


def test_what_is_forwarded_is_what_it_was() -> None:
    plain = ("Col [quip] (picture): masked: it mocks {canteen}", "Col [quip] (content: striking): guess")
    play = Play.begin(story_of(plain, ("send: Bye.", "forward: quip\n        to: jo-dm\n        send: Bye.")), 1)
    for given in (
        Input("meme", choice="silence"),
        Input("several", how="pick"),
        Input("wall", how="link"),
        Input("last", choice="bye"),
    ):
        play.take(given)
    stakes = {each.id: each.leak.circumstances.content for each in ledger(play).stakes}
    assert stakes == {"quip": "striking", "last.bye.forward": "striking", "last.bye": "ordinary"}


def test_fewer_people_than_habits_are_left() -> None:
    leaves = ("      ... 5 minutes\n", "      * Jo leaves\n      ... 5 minutes\n")
    crowd = ("admin: [col], audience: and the cat}", "habits: {careful: 7}}")
    story = story_of(crowd, leaves, ("members: 9", "members: 8"))
    play = Play.begin(story, 1)
    play.take(Input("meme", choice="speak"))
    mine = next(each for each in ledger(play).stakes if each.why == "yours")
    assert (mine.leak.others, mine.leak.audience.careful) == (6, 6)
