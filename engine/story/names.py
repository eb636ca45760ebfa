"""Names for the cast: what the author gave, and what is made up for the rest.

Made-up names come from Faker by locale, the same for the same seed, never two alike in a play (the player's own name counts).
Faker is imported only when somebody needs it. Telephone numbers come from ranges that regulators keep free for fiction
(Ofcom: 07700 900000 to 900999; NANP: 555-0100 to 555-0199; ACMA: 0491 570 006, 156, 157, 158, 159 and 110).
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.story.model import Story
from engine.text import clean_name

if TYPE_CHECKING:
    from faker import Faker

DEFAULT_NAME = "You"
_AU_NUMBERS = ("0491 570 006", "0491 570 156", "0491 570 157", "0491 570 158", "0491 570 159", "0491 570 110")
PRONOUNS: Mapping[str, tuple[str, str, str]] = {
    "they": ("they", "them", "their"),
    "she": ("she", "her", "her"),
    "he": ("he", "him", "his"),
}


def stream(seed: int, purpose: str, key: str = "") -> random.Random:
    """A random stream of its own for one purpose. The same on every machine; only `random()` may be drawn from it."""
    digest = hashlib.sha256(f"{seed}\x1f{purpose}\x1f{key}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def words_for(story: Story, seed: int, name: str | None = None, pronouns: str = "they") -> dict[str, str]:
    """Every word that a text of this play may ask for: slots, names of the cast and their parts, the player's own."""
    scenario = story.scenario
    own = clean_name(scenario.you.name or name or "") or DEFAULT_NAME
    words: dict[str, str] = dict(story.slots.items())
    words["you"] = own
    words.update(zip(("they", "them", "their"), PRONOUNS.get(pronouns, PRONOUNS["they"]), strict=True))
    taken = {own.casefold()} | {member.name.casefold() for member in scenario.cast.values() if member.name}
    for person, member in scenario.cast.items():
        maker = _Maker(seed, person, (member.locale or scenario.language).replace("-", "_"))
        if member.name is not None:
            first = full = clean_name(member.name)
        else:
            first, full = maker.name(taken)
            taken.add(first.casefold())
        words[person] = first
        words[f"{person}.full"] = full
        asked = maker.asked
        words[f"{person}.handle"] = member.handle or _handle(full)
        words[f"{person}.phone"] = member.phone or _phone(seed, person, maker.locale)
        words[f"{person}.is"] = member.is_ or ""
        if member.job is not None:
            words[f"{person}.job"] = member.job
        elif asked or _wants_job(story, person):
            words[f"{person}.job"] = maker.job()
        theirs = PRONOUNS.get((member.pronouns or "they").split("/")[0].strip().lower(), PRONOUNS["they"])
        words.update(zip((f"{person}.they", f"{person}.them", f"{person}.their"), theirs, strict=True))
    return words


def _wants_job(story: Story, person: str) -> bool:
    return f"{person}.job" in story.wants_names


def _handle(full: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", full.casefold()).strip("_") or "someone"


def _phone(seed: int, person: str, locale: str) -> str:
    draw = stream(seed, "phone", person).random()
    country = locale.rpartition("_")[2].upper()
    if country in ("US", "CA"):
        return f"(555) 555-01{int(draw * 100):02}"
    if country == "AU":
        return _AU_NUMBERS[int(draw * len(_AU_NUMBERS))]
    return f"07700 900{int(draw * 1000):03}"


class _Maker:
    """Makes names for one person. Each has a stream of their own, so that adding a person renames nobody else."""

    def __init__(self, seed: int, person: str, locale: str) -> None:
        self.seed = seed
        self.person = person
        self.locale = locale
        self._faker: Faker | None = None
        self.asked = False

    def _make(self) -> Faker:
        if self._faker is None:
            from faker import Faker

            try:
                self._faker = Faker(self.locale)
            except AttributeError:  # Faker has no such locale
                self._faker = Faker("en_GB")
            self._faker.seed_instance(int(stream(self.seed, "name", self.person).random() * 2**48))
        return self._faker

    def name(self, taken: set[str]) -> tuple[str, str]:
        faker = self._make()
        for _ in range(200):
            first = clean_name(str(faker.first_name()))
            if first and first.casefold() not in taken:
                return first, clean_name(f"{first} {faker.last_name()}")
        number = 2
        while f"{first} {number}".casefold() in taken:
            number += 1
        return f"{first} {number}", f"{first} {number}"

    def job(self) -> str:
        return str(self._make().job()).lower()
