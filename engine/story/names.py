"""Names for the cast: what the author gave, and what is made up for the rest.

Made-up names come from Faker by locale, the same for the same seed, never two alike in a play (the player's own name counts).
Faker is imported only when somebody needs it. Telephone numbers come from ranges that regulators keep free for fiction
(Ofcom: 07700 900000 to 900999; NANP: 555-0100 to 555-0199; ACMA: 0491 570 006, 156, 157, 158, 159 and 110).
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
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
    """Every word that a text of this play may ask for: slots, names of the cast and their parts, the player's own.

    `name` is the player's own; a protagonist with a name goes before it. What nobody gave and no text asks for is not made up.
    """
    scenario = story.scenario
    own = clean_name(story.head.get("you") or name or "") or DEFAULT_NAME
    words: dict[str, str] = dict(story.slots.items())
    words["you"] = own
    words.update(zip(("they", "them", "their"), PRONOUNS.get(pronouns, PRONOUNS["they"]), strict=True))
    taken = set(_parts(own))
    for given in story.cast.values():
        taken.update(_parts(given.get("name", "")))
    handles: set[str] = set()
    numbers: set[str] = {given["phone"] for given in story.cast.values() if "phone" in given}
    for person, given in story.cast.items():
        maker = _Maker(seed, person, (scenario.cast[person].locale or scenario.language).replace("-", "_"))
        if "name" in given:
            first = full = clean_name(given["name"])
        else:
            first, full = maker.name(taken)
            taken.update(_parts(full))
        words[person] = first
        words[f"{person}.full"] = full
        words[f"{person}.handle"] = clean_name(given.get("handle", "")) or _handle(full, person, handles)
        words[f"{person}.phone"] = clean_name(given.get("phone", "")) or _phone(seed, person, maker.locale, numbers)
        words[f"{person}.is"] = given.get("is", "")
        if "job" in given:
            words[f"{person}.job"] = given["job"]
        elif f"{person}.job" in story.slots_used:
            words[f"{person}.job"] = maker.job()
        theirs = PRONOUNS.get(given.get("pronouns", "they").split("/")[0].strip().lower(), PRONOUNS["they"])
        words.update(zip((f"{person}.they", f"{person}.them", f"{person}.their"), theirs, strict=True))
    return words


def made_up(seed: int, key: str, locale: str, taken: set[str]) -> tuple[str, str]:
    """A first and a whole name for somebody who is not in the cast; `taken` (words of names, small letters) grows by them."""
    first, full = _Maker(seed, key, locale.replace("-", "_")).name(taken)
    taken.update(_parts(full))
    return first, full


def _parts(name: str) -> list[str]:
    """The words of a name, as they are compared: two people are alike when they share one."""
    return [part.casefold() for part in re.findall(r"\w+", name)]


_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def _handle(full: str, person: str, taken: set[str]) -> str:
    """A handle made from a name, or from the id where the name has no letters for one; never one twice."""
    letters = unicodedata.normalize("NFKD", full.casefold().translate(_PLAIN_LETTERS))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    handle = base = re.sub(r"[^a-z0-9]+", "_", letters).strip("_") or person.replace("-", "_")
    number = 2
    while handle in taken:
        handle = f"{base}_{number}"
        number += 1
    taken.add(handle)
    return handle


def _phone(seed: int, person: str, locale: str, taken: set[str]) -> str:
    """A number that is kept free for fiction where the person lives; not one twice while there are others."""
    country = locale.rpartition("_")[2].upper()
    if country in ("US", "CA"):
        form, first, count = "(555) 555-{}", 100, 100
    elif country == "AU":
        form, first, count = "", 0, len(_AU_NUMBERS)
    else:
        form, first, count = "07700 900{}", 0, 1000
    drawn = int(stream(seed, "phone", person).random() * count)
    for step in range(count):
        index = (drawn + step) % count
        digits = f"{first + index:0{4 if first else 3}}"
        number = form.replace("{}", digits) if form else _AU_NUMBERS[index]
        if number not in taken:
            break
    taken.add(number)
    return number


class _Maker:
    """Makes names for one person. Each has a stream of their own, so that adding a person renames nobody else."""

    def __init__(self, seed: int, person: str, locale: str) -> None:
        self.seed = seed
        self.person = person
        self.locale = locale
        self._faker: Faker | None = None

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
        """A first and a whole name. No word of the first is among `taken`."""
        faker = self._make()
        first = ""
        for _ in range(200):
            first = clean_name(str(faker.first_name()))
            if first and taken.isdisjoint(_parts(first)):
                last = clean_name(str(faker.last_name()))
                return first, clean_name(f"{first} {last}")
        number = 2
        while f"{first}{number}".casefold() in taken:
            number += 1
        return f"{first}{number}", f"{first}{number}"

    def job(self) -> str:
        """A job title, small letters."""
        faker = self._make()
        faker.seed_instance(int(stream(self.seed, "job", self.person).random() * 2**48))
        return clean_name(str(faker.job()).lower(), 60)
