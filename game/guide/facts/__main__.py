"""Write docs/facts.md from the facts. A test holds the page to them."""

from __future__ import annotations

from pathlib import Path

from game.guide.facts import chapters
from game.guide.statements import statements

PAGE = Path(__file__).parents[3] / "docs" / "facts.md"

HEAD = """# Facts

What the scenarios lean on, so that a trainer can look behind them. Each fact has an id, which a scenario names under `facts`; each statement of what
is to be taught has one, which it names under `covers`. The guide that `seenby guide` writes quotes those that a scenario names.

* It is training material and no legal advice. Check it against your own policy and your own law.
* Only what was read stands here, in our own words, and nothing from memory. It was read in November 2026, in copies of different ages.
* What apps do changes fastest. Look again before you quote it, twice a year at least.
* Nobody is named. Cases are types: what could point at a person or a place is left out, and so is the address of the report. Courts are given by their neutral citation.
* Where a line says “ours” or “drawn from”, it is a conclusion of ours and can be argued with.
"""


def page() -> str:
    """The page as Markdown."""
    lines = [HEAD, "## What is to be taught", "", *(f"* **{id_}** {text}" for id_, text in statements().items())]
    for heading, chapter in chapters():
        lines += ["", f"## {heading}", "", *(f"* **{id_}** {fact.text} *{fact.source}*" for id_, fact in chapter.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
