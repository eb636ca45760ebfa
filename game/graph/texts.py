"""Texts of a story before anybody plays it: slots with their default words, people without a made-up name by what they are called in the file.

Nothing here draws a name, so the same file gives the same words every time.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.story.model import Story, Template
from engine.story.slots import fill
from engine.text import clean_name, plain
from game.widgets.wrap import cells, graphemes
from game.words import _


def paper_words(story: Story) -> dict[str, str]:
    """What stands for each slot on paper. The player is “you”; somebody whose name is made up for each play has the id as a name."""
    words: dict[str, str] = dict(story.slots)
    words.update(you=clean_name(story.head.get("you", "")) or _("you"), they=_("they"), them=_("them"), their=_("their"))
    for person, given in story.cast.items():
        name = clean_name(given.get("name", "")) or name_of_id(person)
        words[person] = words[f"{person}.full"] = name
        words[f"{person}.handle"] = given.get("handle", "") or person
        words[f"{person}.phone"] = given.get("phone", "") or _("(a number)")
        words[f"{person}.job"] = given.get("job", "") or _("(a job)")
        words[f"{person}.is"] = given.get("is", "")
        words[f"{person}.they"], words[f"{person}.them"], words[f"{person}.their"] = _("they"), _("them"), _("their")
    return words


def name_of_id(name: str) -> str:
    """An id as one would say it: `marnie-dm` is “Marnie dm”."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def on_paper(template: Template, words: Mapping[str, str]) -> str:
    """A text with its slots filled; a masked part reads `[masked: what it is]`."""
    return plain(fill(template, words))


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def shortened(text: str, limit: int) -> str:
    """The text on one line, at most `limit` terminal cells wide; what is cut ends in an ellipsis, at a word where there is one."""
    line = one_line(text)
    if cells(line) <= limit:
        return line
    kept, width = "", 0
    for grapheme in graphemes(line):
        width += cells(grapheme)
        if width > limit - 1:
            break
        kept += grapheme
    cut = kept.rsplit(" ", 1)[0] if " " in kept[limit // 2 :] else kept
    return f"{cut.rstrip(' ,.;:')}…"


def folded(text: str, limit: int, lines: int) -> list[str]:
    """The text on at most so many lines of at most `limit` cells; what does not fit ends in an ellipsis."""
    rows: list[str] = []
    words = one_line(text).split(" ")
    while words and len(rows) < lines - 1:
        row = words.pop(0)
        while words and cells(f"{row} {words[0]}") <= limit:
            row = f"{row} {words.pop(0)}"
        rows.append(shortened(row, limit))
    if words:
        rows.append(shortened(" ".join(words), limit))
    return rows
