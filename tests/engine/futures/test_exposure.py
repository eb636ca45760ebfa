"""What clues give away together, and whose they are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.futures.exposure import WEIGHT, Clue, boards, expose, expose_all, on_board
from engine.futures.show import percent
from engine.play.inputs import Input
from engine.play.play import Play
from tests.engine.base import story_of

weights = st.lists(st.floats(0, 1), max_size=12)


def clues(given_: list[float]) -> list[Clue]:
    return [Clue(f"c{number}", f"Clue {number}", weights={"work": weight}) for number, weight in enumerate(given_)]


@given(weights)
def test_it_is_a_chance_and_removing_a_clue_never_exposes_more(given_: list[float]) -> None:
    found = expose(clues(given_), "work")
    assert 0 <= found.chance <= 1
    assert all(each.without <= found.chance + 1e-12 for each in found.helps)
    drops = [each.drop for each in found.helps]
    assert drops == sorted(drops, reverse=True)


@given(weights, st.floats(0, 1))
def test_more_clues_never_expose_less(given_: list[float], more: float) -> None:
    assert expose(clues(given_), "work").chance <= expose(clues([*given_, more]), "work").chance + 1e-12


@given(weights)
def test_the_order_of_the_clues_does_not_matter(given_: list[float]) -> None:
    assert math.isclose(expose(clues(given_), "work").chance, expose(clues(given_)[::-1], "work").chance, abs_tol=1e-12)


LANYARD = Clue("lanyard", "The lanyard in the selfie.", weights={"work": 0.5, "shift": 0.1})
MUM = Clue("mum", "A proud comment", "your mother", {"work": 0.4, "home": 0.3})
BIB = Clue("bib", "A running bib", "Priya", {"home": 0.2})


def test_three_clues_and_three_questions() -> None:
    work, home, shift, other = expose_all(
        [LANYARD, MUM, BIB],
        {"work": "Who do you work for?", "home": "Where do you live?", "shift": "When?", "car": "Which car?"},
    )
    assert math.isclose(work.chance, 1 - 0.5 * 0.6)
    assert [each.clue.id for each in work.helps] == ["lanyard", "mum"]
    assert math.isclose(work.helps[0].without, 0.4)
    assert work.explain() == (
        "Who do you work for? 2 clues in sight: 70 % of strangers who look would know. "
        "Without “The lanyard in the selfie” it would be 40 %. 1 of them is not yours to remove."
    )
    assert math.isclose(home.chance, 1 - 0.7 * 0.8)
    assert [each.id for each in home.others] == ["mum", "bib"]
    assert "2 of them are not yours to remove." in home.explain()
    assert shift.explain() == (
        "When? 1 clue in sight: 10 % of strangers who look would know. Without “The lanyard in the selfie” it would be 0 %."
    )
    assert other.explain() == "Which car? Nothing in sight says."
    rows = work.working()
    assert rows[0].formula == "w, you"
    assert rows[-1].formula == "1 - prod(1 - w_k) = 1 - 0.5 × 0.6"
    assert rows[-1].value == percent(work.chance)


def test_a_weight_is_a_chance() -> None:
    with pytest.raises(ValueError, match="the weight of c for work is 2; it must lie between 0 and 1"):
        Clue("c", "C", weights={"work": 2})


def test_a_board_of_a_scenario_is_exposed_as_the_play_stands() -> None:
    silent, spoken = Play.begin(story_of(), 1), Play.begin(story_of(), 1)
    silent.take(Input("meme", choice="silence"))
    spoken.take(Input("meme", choice="speak"))
    where, when = on_board(silent, "wall")
    assert (where.ask, when.ask) == ("Where?", "When?")
    assert [each.clue.owner for each in where.helps] == ["Col"]
    assert math.isclose(where.chance, WEIGHT)
    assert when.chance == 0
    where, when = on_board(spoken, "wall", 0.5)
    assert math.isclose(where.chance, 0.75)
    assert math.isclose(when.chance, 0.5)
    assert [each.clue.owner for each in when.helps] == ["you"]
    with pytest.raises(ValueError, match=r"the scene meme has no board"):
        on_board(silent, "meme")


def test_weights_of_cards_are_their_authors_and_the_board_is_read_as_it_lay() -> None:
    weighed = (
        "post: {text: A post, from: col, tells: [where]}",
        "post: {text: A post, from: col, tells: [where], weight: 40 %}",
    )
    play = Play.begin(story_of(weighed), 1)
    for given_input in (Input("meme", choice="speak"), Input("several", how="pick")):
        play.take(given_input)
    where, _when = on_board(play, "wall")
    assert math.isclose(where.chance, 1 - 0.6 * (1 - WEIGHT))
    assert [line.source for line in where.working()][:2] == ["F6.10, weight: its author", "F6.10, weight: our guess"]
    play.take(Input("wall", how="link"))
    play.values[play.story.var_index["spoke"]] = 0  # the map has gone from sight since, and lay there then
    assert on_board(play, "wall")[0].chance == where.chance
    assert boards(play) == ("wall",)
    assert boards(Play.begin(story_of(), 1)) == ()


def test_a_card_with_quotes_of_its_own_is_quoted_once() -> None:
    hers = Clue("post", "“So proud.” A lanyard.", "your mother", {"work": 0.7})
    told = expose([hers], "work", "Where?").explain()
    assert "Without “‘So proud.’ A lanyard” it would be 0 %. It is not yours to remove." in told
    two = expose([hers, Clue("b", "b", weights={"work": 0.1})], "work", "Where?").explain()
    assert two.endswith("1 of them is not yours to remove.")


@pytest.mark.parametrize(
    ("owner", "yours"), [("", True), (", from: you", True), (", from: '{you}'", True), (", from: col", False)]
)
def test_a_card_from_you_is_yours_to_remove(owner: str, yours: bool) -> None:
    play = Play.begin(story_of(("post: {text: A post, from: col, ", f"post: {{text: A post{owner}, ")), 1, "Alex")
    play.take(Input("meme", choice="silence"))
    where = on_board(play, "wall")[0]
    assert (where.helps[0].clue.owner == "you") == yours
    assert ("not yours to remove" in where.explain()) != yours
