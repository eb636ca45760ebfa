"""`docs/futures.md` says of the other road what the code does."""

from __future__ import annotations

from pathlib import Path

from engine.futures.leak import Audience, Circumstances, Leak
from engine.futures.show import MONTH
from engine.roads import ahead, out
from engine.roads.crossing import MOST_ROADS, MOST_TRIED
from engine.story.model import DAY

TEXT = (Path(__file__).parents[3] / "docs" / "futures.md").read_text(encoding="utf-8")
SECTION = " ".join(TEXT.partition("## The other road")[2].partition("## What is not modelled")[0].split())


def test_the_bounds_are_those_of_the_code() -> None:
    for words in (
        f"at most {['', '', '', '', '', '', 'six'][MOST_ROADS]} beside yours",
        f"the first {MOST_TRIED:,} ways",
        f"{ahead.MOST_STATES:,} merged states or {['', '', '', 'three'][int(ahead.SECONDS)]} seconds in all",
        f"{ahead.DRAWN} ways on that are drawn",
        f"** are {out.DOTS} for {out.WORLDS:,} worlds of the {['', '', '', '', 'four'][out.MOST_IMAGINED]} likeliest",
        f"among {out.PEOPLE} people",
    ):
        assert words in SECTION, words


def test_the_table_of_what_is_taken_down_later() -> None:
    rows = (("at once", 0), ("1 hour", 3_600), ("1 day", DAY), ("3 days", 3 * DAY), ("1 week", 7 * DAY), ("never", None))
    for words, after in rows:
        chance = Leak(Audience(40), Circumstances(taken_down=after)).at(MONTH)
        assert f"| {words} | {chance * 100:.0f} |" in SECTION
