"""`docs/futures.md` says what the code does: its tables and worked examples are reckoned again here."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.futures import delay
from engine.futures.exposure import WEIGHT, Clue, expose
from engine.futures.leak import Audience, Circumstances, Habits, Leak
from engine.futures.network import BRIDGES, CIRCLES, KINDS, LARGEST, SMALLEST, people_around
from engine.futures.show import TIMES, percent
from engine.futures.trust import LOSS, Happening, series
from engine.story.model import DAY

TEXT = (Path(__file__).parents[3] / "docs" / "futures.md").read_text(encoding="utf-8")


def habits() -> list[str]:
    return [
        f"| `{name}` | {default:g} | {low:g} | {high:g} | {says} | {source} |"
        for name, default, low, high, says, source in Habits.table()
    ]


def example() -> list[str]:
    leak = Leak(Audience(29))
    return [leak.explain(30 * DAY), *map(str, leak.working(30 * DAY))]


def odds() -> list[str]:
    return [
        f"| {others} | " + " | ".join(f"{chance * 100:.0f}" for _at, chance in Leak(Audience(others)).series(TIMES)) + " |"
        for others in (1, 7, 29, 40, 119)
    ]


def circles() -> list[str]:
    return [
        f"| {KINDS[each.kind]} | {each.share:g} | {each.low} to {each.high} | {each.ties} | {each.spread:g} |"
        for each in CIRCLES
    ]


def delays() -> list[str]:
    return [f"| {row.what} | {row.value} |" for row in delay.working()]


def words() -> list[str]:
    exposed = expose([Clue("a", "a", weights={"q": 0.5}), Clue("b", "b", weights={"q": 0.4})], "q")
    trusted = series(0.5, [Happening("a", gain=0.1), Happening("b", severity=0.2, reach=0.5)])
    return [
        f"{percent(BRIDGES)} of the people have one more tie right across",
        f"{SMALLEST} to {LARGEST:,} of them",
        f"may be given {WEIGHT:g}.",
        f"make {percent(exposed.chance)}; without the lanyard it is {percent(exposed.helps[0].without)}",
        f"`λ` = {LOSS:g} is a default",
        f"makes it {trusted[0].after:g}; then a photo of severity 0.2 that half of them hear of takes it to {trusted[1].after:g}.",
    ]


@pytest.mark.parametrize("part", [habits, example, odds, circles, delays, words], ids=lambda part: part.__name__)
def test_the_page_has_what_the_code_says(part: object) -> None:
    for line in part():  # type: ignore[operator]
        assert line in TEXT


def test_the_page_says_what_the_defaults_make_of_going_on() -> None:
    for content, said in (
        ("ordinary", "0.35 for what people say"),
        ("picture", "0.525 for a picture"),
        ("striking", "0.875 for"),
    ):
        assert Leak(Audience(1), Circumstances(content)).onward == pytest.approx(float(said.split()[0]))  # type: ignore[arg-type]
        assert said in TEXT
    town = people_around(1, 40)
    assert round(2 * len(town.ties) / town.size) == 11
    assert "about eleven acquaintances each" in TEXT


def test_every_number_on_screen_has_a_formula_on_the_page() -> None:
    for formula in (
        "1 - prod(1 - q_i a(t))", "1 - 2^(-t/h)", "1 - exp(-n λ m(t))", "1 - (1 - P1)(1 - P2)", "1 - prod(1 - w_k)", "g (1 - T)",
        "λ · severity · reach · T", "min(R / mean, cap / degree)", "1 - (1 - q_i)^(1/d)", "-h log2(U)",
    ):  # fmt: skip
        assert formula in TEXT, formula
