"""A play in which nobody learns the player's name, and the player's own words without it.

The name is not searched for and cut out of a finished text: that would spare a nickname and mangle a team called as the player is.
The play is gone through again, with the same decisions, by somebody called "You"; so the name never gets in. Only what the player
wrote themselves, the rule, has to be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.play.events import DecisionTaken, DraftTakenBack, ReadingChosen
from engine.play.play import Play
from engine.story.names import DEFAULT_NAME

CUT = "…"
"""What stands in the player's own words where a name was. It has no letters, so that it can be nobody's name."""


def nameless(play: Play) -> Play:
    """The same play, by somebody called "You". A protagonist whom the author named keeps that name: it is nobody's own.

    The others are called what they were called: names made up for a play are made to differ from the player's, and stay.
    """
    story = play.story
    bare = Play(story, play.seed, None, play.pronouns)
    own = bare.words["you"] if story.head.get("you") else DEFAULT_NAME
    bare.words.update({**play.words, "you": own})
    bare.teller.place_names.update({place.id: bare.text(place.name) for place in story.places.values()})
    bare._open()
    inputs = iter(play.inputs)
    for event in play.events:
        if isinstance(event, DecisionTaken):
            bare.take(next(inputs))
        elif isinstance(event, DraftTakenBack):
            bare.note_draft(event.choice)
        elif isinstance(event, ReadingChosen):
            bare.note_reading(event.scene, event.read)
    return bare


def without_names(text: str, names: Iterable[str], known: str) -> str:
    """A player's own words without these names: whole, and each of their words, in capitals or not.

    What stands in `known`, the rest of the file, in just this spelling names nobody and stays: "will", "Team".
    """
    words = set(_words(known))
    wanted = {name.strip() for name in names if name.strip()}
    wanted |= {part for name in wanted for part in _words(name) if len(part) > 1}
    for name in sorted(wanted, key=lambda name: (-len(name), name)):
        text = _without(text, name, words, known)
    return text


def _without(text: str, name: str, words: set[str], known: str) -> str:
    """`text` without one name. It is compared letter by letter as capitals do not count, for which one letter may become two."""
    folded, origin = "", []
    for index, letter in enumerate(text):
        small = letter.casefold()
        folded += small
        origin += [index] * len(small)
    wanted = name.casefold()
    made, at, start = "", 0, folded.find(wanted)
    while start >= 0:
        first, last = origin[start], origin[start + len(wanted) - 1] + 1
        found = text[first:last]
        alone = _apart(text, first, name[0]) and _apart(text, last, name[-1], after=True)
        ordinary = found in words if found.isalnum() else found in known
        if alone and first >= at and not ordinary:
            made += text[at:first] + CUT
            at = last
        start = folded.find(wanted, start + 1)
    return made + text[at:]


def _apart(text: str, index: int, edge: str, *, after: bool = False) -> bool:
    """Whether the name ends here: a name that ends in a letter is no part of a longer word."""
    beside = text[index : index + 1] if after else text[index - 1 : index] if index else ""
    return not (edge.isalnum() and beside.isalnum())


def _words(text: str) -> Iterator[str]:
    """The words of a text: its runs of letters and digits."""
    word = ""
    for letter in text:
        if letter.isalnum():
            word += letter
        elif word:
            yield word
            word = ""
    if word:
        yield word
