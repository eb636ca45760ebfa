"""Names for people: what can be one, and made-up ones from Faker (which is imported only when asked)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from engine.text import clean_name
from game.words import _

if TYPE_CHECKING:
    from faker import Faker

TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "cllr", "rev", "fr", "sgt", "insp", "pc", "dc", "ds", "di",
    "supt", "capt", "lt", "col", "maj", "cpl", "nurse", "sister", "the", "and", "of", "mam", "mum", "dad", "nan", "gran", "auntie", "aunt", "uncle",
))  # fmt: skip
"""First words of a name that are no name themselves, in small letters."""
ALSO_WORDS = frozenset((
    "will", "may", "mark", "grace", "hope", "joy", "rose", "bill", "art", "ash", "rob", "pat", "sue", "jack", "frank", "dawn", "april", "june",
    "august", "summer", "autumn", "faith", "ray", "drew", "chance", "dean", "rich", "rusty", "sandy", "penny", "ruby", "pearl", "ivy", "holly",
    "olive", "daisy", "lily", "iris", "violet", "heather", "robin", "jay", "martin", "earl", "chuck", "gene", "guy", "lance", "miles", "nick",
    "norm", "peg", "pierce", "rod", "sky", "star", "stew", "tab", "ted", "tim", "van", "victor", "wade", "ward", "warren", "jo", "an", "so",
    "do", "my", "see", "sunny", "happy", "love", "precious", "angel", "star", "baker", "cook", "smith", "mason", "carter", "hunter", "taylor",
))  # fmt: skip
"""Names that are ordinary words too, in small letters."""
_NAME = re.compile(r"[^\W\d_](?:[\w .'’-]|[^\x00-\x7f])*")


def name_trouble(name: str) -> str:
    """Why this cannot be a name in a script, in a sentence; empty when it can."""
    if not name:
        return _("A name needs at least one letter.")
    if len(name) > 40 or name.count(" ") > 4:
        return _("“{name}” is too long for a name: at most 40 characters and five words.").format(name=name[:60])
    if not _NAME.fullmatch(name) or re.search(r"[{}\[\]():<>/“”\"#@|]", name):
        return _(
            "“{name}” cannot be a name here. A name has letters, spaces, hyphens and apostrophes, and begins with a letter."
        ).format(name=name)
    if name.casefold() in ("you", "masked", "in") or name.casefold().startswith(("if ", "masked")):
        return _("“{name}” means something else in a script. Choose another name.").format(name=name)
    return ""


class Namer:
    """Makes up names: the same for the same seed and the same questions in the same order, never one that is taken."""

    def __init__(self, seed: int, locale: str = "en_GB", taken: Collection[str] = ()) -> None:
        from engine.story.names import stream

        self._stream = stream
        self._seed = seed
        self.locale = locale.replace("-", "_")
        self.taken = {part for name in taken for part in words_of(name)}
        self._faker: Faker | None = None

    @property
    def faker(self) -> Faker:
        """The Faker for this locale. Raises ValueError when there is none."""
        if self._faker is None:
            from faker import Faker

            try:
                self._faker = Faker(self.locale)
            except AttributeError:
                raise ValueError(
                    _("There are no made-up names for “{locale}”. Locales look like en_GB, en_IN, pl_PL, de_DE.").format(
                        locale=clean_name(self.locale)
                    )
                ) from None
            self._faker.seed_instance(int(self._stream(self._seed, "author-names").random() * 2**48))
        return self._faker

    def first(self, pronouns: str = "") -> str:
        """A first name that nobody has; for `he` and `she` one that is given to them."""
        make = {"he": "first_name_male", "she": "first_name_female"}.get(pronouns.split("/")[0].strip().lower(), "first_name")
        return self._new(lambda: str(getattr(self.faker, make)()))

    def last(self) -> str:
        """A family name that nobody has."""
        return self._new(lambda: str(self.faker.last_name()))

    def _new(self, make: object) -> str:
        assert callable(make)
        name = ""
        for _try in range(400):
            name = clean_name(make())
            parts = words_of(name)
            if parts and not name_trouble(name) and self.taken.isdisjoint(parts) and not set(parts) & (ALSO_WORDS | TITLES):
                self.taken.update(parts)
                return name
        number = 2
        base = name if not name_trouble(name) else "Nomen"
        while f"{base}{number}".casefold() in self.taken:
            number += 1
        self.taken.add(f"{base}{number}".casefold())
        return f"{base}{number}"


def words_of(name: str) -> list[str]:
    """The words of a name, as they are compared."""
    return [part.casefold() for part in re.findall(r"\w+", unicodedata.normalize("NFC", name))]
