"""Slots: words that nobody gave, that no text asks for, that are written out after all, or that begin a sentence small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.check.case import Case, Check, Found
from engine.check.text import Text, texts_of
from engine.script.findings import words_list
from engine.story.registry import PLACE_KINDS
from engine.story.slots import standard_slots

LEAST_WORDS = 8
"""So many characters that words of a slot must have before a text that holds them is taken to mean the slot."""
_BEGINS = re.compile(r"(?:\A|\n[ \t]*|[.!?…][\"”’')]*[ \t]+[\"“‘'(]*)\{([a-z][a-z0-9_]*)\}")


def slots(case: Case) -> Iterator[Found]:
    """Slots that only have their standard words, and words that no text asks for."""
    scenario = case.scenario
    used = {name.partition(".")[0] for name in case.story.slots_used}
    standard = [slot for slot, words in standard_slots().items() if slot in used and case.story.slots[slot] == words]
    plain = [slot for slot in standard if slot not in scenario.slots]
    if plain:
        shown = words_list(f"{{{slot}}} (“{case.story.slots[slot]}”)" for slot in plain)
        hint = "give your own words under `slots`, or once for all scenarios in organisation.yaml"
        yield Found("SB322", ("id",), f"these slots have only their standard words: {shown}", hint, key=True)
    if any(ending.support for ending in scenario.endings.values()):
        used.add("support_line")
    for slot in scenario.slots:
        if slot not in used:
            hint = f"write {{{slot}}} in a text, or leave it out"
            yield Found("SB323", ("slots", slot), f"no text asks for the slot '{slot}'", hint, key=True)


def written_out(case: Case) -> Iterator[Found]:
    """Words of a slot that a text spells out: with another organisation's words they stay behind, and the story speaks of two."""
    words = {slot: said for slot, said in case.scenario.slots.items() if len(said) >= LEAST_WORDS and " " in said.strip()}
    patterns = {slot: re.compile(rf"(?<!\w){re.escape(said)}(?!\w)", re.IGNORECASE) for slot, said in words.items()}
    for text in (*texts_of(case), *_names(case)):
        for slot, pattern in patterns.items():
            found = pattern.search(text.words)
            if found is not None:
                capital = found[0][:1].isupper() and words[slot][:1].islower()
                asked = slot.capitalize() if capital else slot
                message = f"“{found[0]}” is written out here, and is what the slot '{slot}' stands for"
                hint = f"write {{{asked}}}: another organisation has other words for it"
                yield Found("SB324", text.path, message, hint, text.row, text.col)


def small_beginnings(case: Case) -> Iterator[Found]:
    """Slots with small letters where a sentence begins. Messages aside: people who write do as they like."""
    for text in texts_of(case):
        for found in _BEGINS.finditer(text.words) if text.kind not in ("said", "send") else ():
            slot = found[1]
            if case.story.slots.get(slot, "X")[:1].islower():
                message = f"a sentence begins with {{{slot}}}, and its words “{case.story.slots[slot]}” begin small"
                yield Found("SB329", text.path, message, f"write {{{slot.capitalize()}}}", text.row, text.col)


def _names(case: Case) -> Iterator[Text]:
    """The names of people and places."""
    for person, member in case.scenario.cast.items():
        if member.name:
            yield Text(("cast", person, "name"), member.name, "name")
    for place, written in case.scenario.places.items():
        for attribute, kind in (*PLACE_KINDS, ("name", "name")):
            said = getattr(written, attribute)
            if said is not None and kind not in ("dm", "call"):
                yield Text(("places", place, kind), str(said), "name")


CHECKS: tuple[Check, ...] = (slots, written_out, small_beginnings)
