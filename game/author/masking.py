"""Everything in a chat that points at somebody is replaced: names, numbers, addresses, links.

The same original becomes the same made-up word everywhere. Nothing made up is a word of the chat, so that no original comes back by
chance. What is left over is listed for a human eye: no tool knows every name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from engine.text import clean_name
from game.author.people import TITLES, Namer
from game.words import _

_SMALL = frozenset((
    "a", "an", "the", "and", "of", "from", "at", "in", "on", "for", "to", "de", "la", "le", "van", "von", "der", "den", "al", "el", "bin",
    "big", "little", "old", "young", "mad", "wee", "new", "work", "works", "office", "home", "team", "group", "mobile", "you", "i", "me", "my",
))  # fmt: skip
"""Words in the name of a contact that name nobody, in small letters."""

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_DOMAINS = (
    "com|org|net|edu|gov|mil|int|info|biz|io|co|uk|ie|de|fr|es|it|nl|be|pl|pt|se|no|fi|dk|ch|at|cz|ro|hu|gr|eu|us|ca|au|nz|in|pk|za|ke|ng|gh|jp|cn|"
    "br|mx|ar|me|ly|gg|tv|app|dev|ai|xyz|site|online|shop|page|link|news|blog|cloud|scot|wales|london"
)
_LINK = re.compile(
    r"(?:\w{2,10}://|www\.)[^\s<>\"”]+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:" + _DOMAINS + r")(?![\w-])(?:[/?#:][^\s<>\"”]*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w@])@[\w.+-]*\w")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)", re.IGNORECASE)
_INSURANCE = re.compile(r"(?<!\w)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)", re.IGNORECASE)
_VEHICLE = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,4}[A-Z]?|\d{2,3}-[A-Z]{1,2}-\d{1,6})(?!\w)"
)
_DIGITS = re.compile(r"(?<![\w])\+?\(?\d(?:[\s().\-/]{0,2}\d){4,}(?!\w)")
_REFERENCE = re.compile(r"(?<!\w)(?=[\w-]*\d[\w-]*\d)(?=[\w-]*[^\W\d_])\w[\w-]{3,}\w(?!\w)")
_MEASURE = re.compile(r"\d+(?:am|pm|st|nd|rd|th|k|m|km|kg|cm|mm|mph|ml|gb|mb|hrs?|mins?|secs?|s|p|x|ish)", re.IGNORECASE)
_CLOCKS = re.compile(r"[\d:.\-–/\s]*\d{1,2}[:.]\d{2}[\d:.\-–/\s]*")


@dataclass(slots=True)
class Ledger:
    """What was replaced by what, by kind. The originals are in here: it is for a report that somebody asked for."""

    made: dict[str, dict[str, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, original: str, instead: str) -> str:
        """Remember one replacement; returns what stands instead."""
        self.made.setdefault(kind, {})[original] = instead
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return instead


KINDS = {
    "name": "names", "nickname": "names that you listed", "group": "names of the group", "phone": "phone numbers", "e-mail": "e-mail addresses",
    "link": "links", "mention": "mentions", "account": "bank and card numbers", "postcode": "postcodes", "vehicle": "vehicle numbers",
    "number": "other long numbers", "reference": "references and codes",
}  # fmt: skip


class Masker:
    """Replaces what points at somebody, consistently.

    `senders` are names or numbers as they stand in the chat; `also` are further names, each alone or as `Big Dave=Dave Smith`.
    `everything` is the whole chat: no word of it is ever made up.
    """

    def __init__(
        self, senders: Sequence[str], also: Iterable[str], groups: Iterable[str], everything: str, *, locale: str, seed: int
    ) -> None:
        self.ledger = Ledger()
        self._text = _folded(everything)
        self._words = frozenset(re.findall(r"\w+", self._text))
        self._digits = frozenset(re.sub(r"\D", "", found[0]) for found in _DIGITS.finditer(everything))
        self._site = ""
        self._namer = Namer(seed, locale, [])
        self._namer.taken = {*self._words, "you", "masked"}
        self._known: dict[str, tuple[str, str]] = {}  # folded word or phrase: kind, what stands instead
        self._numbers: dict[str, str] = {}
        self._free: list[str] = []
        self.people: dict[str, str] = {}
        """What each sender is called now: a first name of one word."""
        self.full: dict[str, str] = {}
        for sender in senders:
            self._person(sender)
        for given in also:
            self._also(given)
        self.group = ""
        for name in groups:
            self._group(name)
        self._pattern = self._names()

    # People

    def _person(self, sender: str) -> None:
        if sender in self.people:
            return
        words = [word for word in re.findall(r"\w+", sender) if not word.isdigit()]
        tellings = [word for word in words if word.casefold() not in TITLES | _SMALL and not _is_number(word)]
        first = next(
            (self._known[_folded(word)][1] for word in tellings if _folded(word) in self._known and len(tellings) == 1), ""
        )
        if first and first in self.people.values():
            first = ""
        first = first or self._namer.first()
        first = first.split()[0] if " " in first else first
        self.people[sender] = first
        if _is_number(sender):
            self.full[sender] = first
            self._numbers[_key(sender)] = ""  # made when it is asked for
            return
        family = [self._namer.last() for _word in tellings[1:]]
        self.full[sender] = " ".join([first, *family])
        for word, instead in zip(tellings, [first, *family], strict=False):
            self._learn(word, "name", instead)
        if len(words) > 1 or not tellings:
            self._learn(clean_name(sender, 200), "name", self.full[sender])

    def _also(self, given: str) -> None:
        name, equals, whose = (part.strip() for part in given.partition("="))
        words = [word for word in re.findall(r"\w+", name) if word.casefold() not in TITLES | _SMALL]
        instead = ""
        if equals:
            instead = self.people.get(whose, "") or self._known.get(_folded(whose), ("", ""))[1]
        for word in words:
            instead = instead or self._known.get(_folded(word), ("", ""))[1]
        instead = instead or self._namer.first()
        self._learn(name, "nickname", instead)
        for word in words:
            self._learn(word, "nickname", instead)

    def _group(self, name: str) -> None:
        if not self.group:
            self.group = f"{self._namer.last()} {_('Group')}"
        self._learn(name, "group", self.group)

    def _learn(self, name: str, kind: str, instead: str) -> None:
        for variant in (_folded(name), _bare(_folded(name))):
            if variant.strip():
                self._known.setdefault(variant, (kind, instead))

    def _names(self) -> re.Pattern[str] | None:
        names = sorted(self._known, key=len, reverse=True)
        if not names:
            return None
        some = "|".join(re.sub(r"(?:\\ |\s)+", r"\\s+", re.escape(name)) for name in names)
        return re.compile(rf"(?<!\w)({some})(?=(?:['’]?s)?(?!\w))", re.IGNORECASE)

    # Texts

    def mask(self, text: str) -> str:
        """A text in which nothing is left that we know to point at somebody."""
        text = unicodedata.normalize("NFC", text)
        runs: list[tuple[str, bool]] = [(text, False)]
        runs = _each(runs, _EMAIL, lambda found: self._consistent("e-mail", found[0], self._email))
        runs = _each(runs, _LINK, self._link)
        if self._pattern is not None:
            runs = _each(runs, self._pattern, self._name)
        runs = _each(runs, _MENTION, self._mention)
        for kind, pattern in (("account", _IBAN), ("reference", _INSURANCE), ("postcode", _POSTCODE), ("vehicle", _VEHICLE)):
            runs = _each(runs, pattern, lambda found, kind=kind: self._shaped(kind, found[0]))  # type: ignore[misc]
        runs = _each(runs, _DIGITS, self._number)
        runs = _each(runs, _REFERENCE, self._reference)
        return "".join(run for run, _done in runs)

    def _name(self, found: re.Match[str]) -> str:
        folded = re.sub(r"\s+", " ", _folded(found[1]))
        kind, instead = self._known.get(folded) or self._known.get(_bare(folded)) or ("name", "")
        if not instead:
            instead = next((new for name, (_kind, new) in self._known.items() if _folded(found[1]) == name), _("somebody"))
        if found[1].isupper() and len(found[1]) > 1:
            return self._noted(kind, found[1], instead.upper())
        return self._noted(kind, found[1], instead.lower() if found[1].islower() else instead)

    def _noted(self, kind: str, original: str, instead: str) -> str:
        return self.ledger.note(kind, original, instead)

    def _consistent(self, kind: str, original: str, make: Callable[[], str]) -> str:
        key = f"{kind}\0{_folded(original)}"
        if key not in self._numbers:
            self._numbers[key] = make()
        return self._noted(kind, original, self._numbers[key])

    def _email(self) -> str:
        return f"{self._word()}@{self._domain()}"

    def _link(self, found: re.Match[str]) -> str:
        link = found[0].rstrip(".,;:!?)]}'’")
        return self._consistent("link", link, lambda: f"https://{self._domain()}/{self._word()}") + found[0][len(link) :]

    def _mention(self, found: re.Match[str]) -> str:
        key = _key(found[0])
        for sender, name in self.people.items():
            if len(key) >= 7 and _is_number(sender) and _key(sender)[-9:] == key[-9:]:
                return self._noted("mention", found[0], f"@{name}")
        return self._consistent("mention", found[0], lambda: f"@{self._word()}")

    def _number(self, found: re.Match[str]) -> str | None:
        original = found[0]
        digits = re.sub(r"\D", "", original)
        if _CLOCKS.fullmatch(original) and len(digits) < 13 and not re.search(r"\d{5}", original):
            return None
        if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}|\d{4}[-/]\d{2,4}", original):
            return None  # a date; it is listed for a human eye
        if len(digits) >= 13 or re.fullmatch(r"\d{2}[- ]\d{2}[- ]\d{2}(?:[ /]+\d{8})?", original):
            return self._shaped("account", original)
        if 9 <= len(digits) <= 12 or (original.startswith(("+", "0")) and len(digits) >= 7):
            return self._noted("phone", original, self._phone(original))
        return self._shaped("number", original)

    def _phone(self, original: str) -> str:
        key = _key(original)[-9:]
        if not self._numbers.get(f"phone\0{key}"):
            self._numbers[f"phone\0{key}"] = self._fiction()
        return self._numbers[f"phone\0{key}"]

    def _fiction(self) -> str:
        """A number that regulators keep free for fiction and that does not stand in the chat; one twice when they are used up."""
        if not self._free:
            american = self._namer.locale.rpartition("_")[2] in ("US", "CA")
            numbers = (
                [f"(555) 555-01{tail:02}" for tail in range(100)]
                if american
                else [f"07700 900{tail:03}" for tail in range(1000)]
            )
            start = self._namer.faker.random_int(0, len(numbers) - 1)
            self._free = [one for one in (*numbers[start:], *numbers[:start]) if not self._stands(one)] or ["07700 900 ..."]
        return self._free.pop()

    def _reference(self, found: re.Match[str]) -> str | None:
        return None if _MEASURE.fullmatch(found[0]) else self._shaped("reference", found[0])

    def _shaped(self, kind: str, original: str) -> str:
        """Other letters and digits in the same shape."""

        def make() -> str:
            for attempt in range(200):
                made = "".join(self._other(letter) for letter in original)
                if attempt < 199 and not self._stands(made):
                    return made
            return "#" * len(original)

        return self._consistent(kind, original, make)

    def _other(self, letter: str) -> str:
        faker = self._namer.faker
        if letter.isdigit():
            return str(faker.random_digit())
        if letter.isalpha():
            made = str(faker.random_element("ABCDEFGHJKLMNPRSTUVWXY"))
            return made if letter.isupper() else made.lower()
        return letter

    def _word(self) -> str:
        """A word that does not stand in the chat."""
        for _try in range(400):
            word = str(self._namer.faker.word()) + str(self._namer.faker.random_int(2, 9))
            if word.isascii() and word not in self._namer.taken:
                self._namer.taken.add(word)
                return word
        return "word" + str(len(self._namer.taken))

    def _domain(self) -> str:
        """A site that is kept free for examples and does not stand in the chat."""
        if not self._site:
            number = 1
            self._site = next((one for one in ("example.org", "example.com", "example.net") if one not in self._text), "")
            while not self._site or self._site in self._text:
                self._site, number = f"nowhere{number}.example", number + 1
        return self._site

    def _stands(self, made: str) -> bool:
        """Whether this stands in the chat, as written or as the same digits."""
        folded = _folded(made)
        pieces = re.findall(r"\w+", folded)
        if all(piece in self._words for piece in pieces) and folded in self._text:
            return True
        return re.sub(r"\D", "", made) in self._digits


def _each(
    runs: list[tuple[str, bool]], pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str | None]
) -> list[tuple[str, bool]]:
    """Replace in what has not been replaced yet. None leaves a hit as it stands."""
    found: list[tuple[str, bool]] = []
    for text, done in runs:
        if done:
            found.append((text, True))
            continue
        at = 0
        for hit in pattern.finditer(text):
            new = instead(hit)
            if new is None:
                continue
            found += ((text[at : hit.start()], False), (new, True))
            at = hit.end()
        found.append((text[at:], False))
    return [(text, done) for text, done in found if text]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _bare(text: str) -> str:
    """Without accents: what is typed in a hurry."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _is_number(name: str) -> bool:
    return re.fullmatch(r"\+?[\d\s().\-/]{5,}", name.strip()) is not None


def _key(number: str) -> str:
    return re.sub(r"\D", "", number)


# What a human has to look at

_CAPITAL = re.compile(r"(?<![\w'’])[^\W\d_a-z][\w’']+(?:[ -][^\W\d_a-z][\w’']+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]\s+|[“\"(]\s*|\n\s*)$")
_DATES = re.compile(
    r"(?<!\w)(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{1,2}"
    r"|\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:January|February|March|April|June|July|August|September|October|November|December)|(?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
_RARE = re.compile(r"(?<![\w:.])\d{3,4}(?![\w:]|\.\d)")
_PLAIN_CAPITALS = frozenset((
    "i", "i'm", "i’m", "i'll", "i’ll", "i've", "i’ve", "i'd", "i’d", "ok", "lol", "omg", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "asap", "fyi", "btw", "tbh", "wtf", "am", "pm", "tv", "write", "christmas", "easter",
))  # fmt: skip


def wants_an_eye(text: str, own: Collection[str], usual: Collection[str] = ()) -> dict[str, list[str]]:
    """What in a masked text may still point at somebody: `capital`, `date` and `number`, each with the words.

    `own` are the words of what was made up, `usual` are words that the chat writes small as well: at the beginning of a sentence they are no names.
    """
    found: dict[str, list[str]] = {}
    for hit in _CAPITAL.finditer(text):
        words = [word for word in re.split(r"[ -]", hit[0]) if word]
        left = [
            word for word in words
            if re.sub(r"['’]s$", "", word).casefold() not in own | _PLAIN_CAPITALS and len(word) > 1
        ]  # fmt: skip
        if left and _SENTENCE_START.search(text[: hit.start()]) and left[0] == words[0] and left[0].casefold() in usual:
            left = left[1:]
        if left:
            found.setdefault("capital", []).append(" ".join(left))
    dates = [hit[0] for hit in _DATES.finditer(text)]
    if dates:
        found["date"] = dates
    rare = [hit[0] for hit in _RARE.finditer(_DATES.sub(" ", text))]
    if rare:
        found["number"] = rare
    return {kind: list(dict.fromkeys(words)) for kind, words in found.items()}
