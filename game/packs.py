"""Where scenarios are found: packs that came with Seenby, packs of the player's own, and single files.

A card is read from the head of a file and the names of its endings only: listing thirty scenarios compiles none of them.
A file that cannot be read becomes a card that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.script.findings import ScenarioError, did_you_mean
from engine.text import clean, clean_name
from game.own_words import (
    LARGEST_PACK,
    ORGANISATION_FILE,
    SLOTS_FILE,
    first_words,
    folder_words,
    leak_numbers,
    line_of,
    named_trouble,
    slots_trouble,
    strings,
)
from game.words import _

if TYPE_CHECKING:
    from engine.story.model import Story

PACK_FILE = "pack.yaml"
OWN = "own"
"""Id of the pack that holds single files."""
_TOP_KEY = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:", re.MULTILINE)
_BODY = frozenset(("cast", "places", "flags", "scenes", "reckoning", "codas", "debrief", "not-now", "slots"))
_ID = re.compile(r"[a-z][a-z0-9_-]*")

Source = Path | Traversable


class PackError(Exception):
    """Something about packs that a person can put right. `message` says what, `mend` says how."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(f"{message} {mend}")


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario at a glance."""

    id: str
    title: str
    file: Source
    pack: str = ""
    blurb: str = ""
    minutes: int = 0
    tone: str = ""
    sector: str = ""
    note: str = ""
    endings: Mapping[str, str] = field(default_factory=dict)
    """Id and title of each ending."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """The organisation's words: they go before the scenario's own."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """The pack's words: they go after the scenario's own."""
    shipped: bool = False
    trouble: tuple[str, ...] = ()
    """Why it cannot be played, as findings in words; empty when nothing is known against it."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of scenarios."""

    id: str
    title: str
    folder: Source
    cards: tuple[Card, ...]
    blurb: str = ""
    author: str = ""
    licence: str = ""
    shipped: bool = False
    trouble: tuple[str, ...] = ()
    careers: tuple[CareerCard, ...] = ()
    careers_text: str = ""
    """The text of the `pack.yaml`, when it has careers."""


@dataclass(frozen=True, slots=True)
class CareerPart:
    """One part of a career at a glance."""

    scenario: str
    title: str
    after: int = 0
    """Seconds after the last decision of the part before."""


@dataclass(frozen=True, slots=True)
class CareerCard:
    """A career at a glance."""

    id: str
    title: str
    pack: str
    blurb: str = ""
    minutes: int = 0
    parts: tuple[CareerPart, ...] = ()
    shipped: bool = False
    trouble: tuple[str, ...] = ()
    """Why it cannot be played, as findings in words; empty when nothing is known against it."""

    @property
    def key(self) -> str:
        """What saves know it by: pack and id."""
        return f"{self.pack}/{self.id}"


@dataclass(frozen=True, slots=True)
class Library:
    """All packs there are."""

    packs: tuple[Pack, ...]
    trouble: tuple[str, ...] = ()
    """What is wrong with the files of the organisation's words; the scenarios have their own words then."""

    @property
    def cards(self) -> list[Card]:
        """All cards, pack after pack."""
        return [card for pack in self.packs for card in pack.cards]

    def find(self, scenario: str) -> Card | None:
        """The card of a scenario by its id, or as `pack/id`. What a player added goes before what was shipped."""
        pack, _slash, name = scenario.rpartition("/")
        found = [card for card in self.cards if card.id == name and pack in ("", card.pack)]
        return min(found, key=lambda card: (bool(card.trouble), card.shipped), default=None)

    @property
    def careers(self) -> list[CareerCard]:
        """All careers, pack after pack."""
        return [career for pack in self.packs for career in pack.careers]

    def find_career(self, career: str) -> CareerCard | None:
        """A career by its id, or as `pack/id`. What a player added goes before what was shipped."""
        pack, _slash, name = career.rpartition("/")
        found = [one for one in self.careers if one.id == name and pack in ("", one.pack)]
        return min(found, key=lambda one: (bool(one.trouble), one.shipped), default=None)

    def get_career(self, career: str) -> CareerCard:
        """A career. Raises PackError, with a guess, when there is none."""
        found = self.find_career(career)
        if found is None:
            guess = did_you_mean(career.lower(), [one.id for one in self.careers])
            message = _("There is no career “{name}”.").format(name=clean_name(career, 80))
            hint = _("`seenby career` shows what there is.")
            raise PackError(message, f"{guess[0].upper()}{guess[1:]} {hint}" if guess else hint)
        return found

    def card_of(self, career: CareerCard, scenario: str) -> Card:
        """The card of one of a career's parts. Raises PackError when it is not there any more."""
        return self.get(f"{career.pack}/{scenario}")

    def get(self, scenario: str) -> Card:
        """The card of a scenario. Raises PackError, with a guess, when there is none."""
        card = self.find(scenario)
        if card is None:
            guess = did_you_mean(scenario.lower(), [card.id for card in self.cards])
            if not guess:
                guess = did_you_mean(scenario.lower(), [card.title.lower() for card in self.cards])
            message = _("There is no scenario “{name}”.").format(name=clean_name(scenario, 80))
            hint = _("`seenby list` shows what there is.")
            raise PackError(message, f"{guess[0].upper()}{guess[1:]} {hint}" if guess else hint)
        return card


def user_folder() -> Path:
    """Where the player's own packs are looked for."""
    import platformdirs

    return platformdirs.user_data_path("seenby", appauthor=False) / "packs"


def library(extra: Sequence[Path] = (), *, user: Path | None = None, files: Sequence[Path] = ()) -> Library:
    """All packs: those in `extra`, the player's own, and those that came with Seenby, in this order.

    `files` are single scenarios that were played by their path; those that are no longer there are left out. A folder of `extra` is a pack when it holds scenarios, else a folder of packs. Raises PackError when one is not there.
    """
    own = user if user is not None else user_folder()
    trouble = [*named_trouble(), *slots_trouble(own)]
    first = first_words()
    words = {**folder_words(own), **first}
    packs: list[Pack] = []
    for folder in extra:
        folder = folder.expanduser()
        if not folder.is_dir():
            raise PackError(
                _("There is no folder {folder}.").format(folder=folder),
                _("--pack wants a folder with scenarios, or a folder of such folders."),
            )
        found = list(_packs_in(folder, {**words, **folder_words(folder), **first}))
        if not found:
            raise PackError(
                _("There are no scenarios in {folder}.").format(folder=folder),
                _("A scenario is a file that ends in .yaml."),
            )
        packs.extend(found)
        trouble += slots_trouble(folder)
    if own.is_dir():
        packs.extend(_packs_in(own, words))
    packs.extend(sorted(shipped(words), key=lambda pack: pack.id))
    known = {card.file for pack in packs for card in pack.cards}
    single = [read_card(file, pack=OWN, slots=words) for file in files if file.is_file() and file not in known]
    if single:
        packs.insert(0, Pack(OWN, _("Your own files"), own, tuple(single)))
    return Library(tuple(packs), tuple(trouble))


def shipped(words: Mapping[str, str] | None = None) -> Iterator[Pack]:
    """The packs that came with Seenby, from a wheel or from a checkout."""
    from importlib import resources

    for folder in resources.files("scenarios").iterdir():
        if folder.is_dir() and not folder.name.startswith(("_", ".")):
            pack = read_pack(folder, words or {}, shipped=True)
            if pack is not None:
                yield pack


def _packs_in(folder: Path, words: Mapping[str, str]) -> Iterator[Pack]:
    pack = read_pack(folder, words)
    if pack is not None:
        yield pack
        return
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not inner.name.startswith((".", "_")):
            pack = read_pack(inner, words)
            if pack is not None:
                yield pack


def read_pack(folder: Source, words: Mapping[str, str], *, shipped: bool = False) -> Pack | None:
    """The pack in a folder, or None when no scenario is in it. `words` are the organisation's."""
    files = {
        entry.name: entry
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith((".yaml", ".yml")) and not entry.name.startswith((".", "_")) and entry.is_file()
    }
    about = files.pop(PACK_FILE, None)
    files.pop(SLOTS_FILE, None)
    files.pop(ORGANISATION_FILE, None)
    if not files:
        return None
    facts, trouble = _pack_facts(about)
    defaults = facts.get("slots", {})
    name = str(facts.get("id", "")) or folder.name
    careers_text = facts.get("careers", "")
    cards = [read_card(file, pack=name, slots=words, defaults=defaults, shipped=shipped) for file in files.values()]
    order = {scenario: number for number, scenario in enumerate(facts.get("order", ()))}
    cards.sort(key=lambda card: (order.get(card.id, len(order)), card.title))
    return Pack(
        name,
        str(facts.get("title", "")) or name.replace("-", " ").capitalize(),
        folder,
        tuple(cards),
        blurb=str(facts.get("blurb", "")),
        author=str(facts.get("author", "")),
        licence=str(facts.get("licence", "")),
        shipped=shipped,
        trouble=trouble,
        careers=_careers(careers_text, str(about), name, cards, shipped=shipped) if careers_text else (),
        careers_text=careers_text,
    )


def _careers(text: str, file: str, pack: str, cards: Sequence[Card], *, shipped: bool) -> tuple[CareerCard, ...]:
    """The careers of a pack at a glance. What is wrong with one stands in its `trouble`."""
    from engine.script.career import read_careers

    known = {card.id: card for card in cards}
    careers = read_careers(text, file, known)
    found = []
    for name, career in careers.careers.items():
        parts = tuple(
            CareerPart(
                part.scenario,
                known[part.scenario].title if part.scenario in known else part.scenario,
                part.after.seconds if part.after is not None else 0,
            )
            for part in career.parts
        )
        trouble = () if careers.sound(name) else tuple(str(one) for one in careers.findings if one.severity == "error")
        if not trouble:
            trouble = tuple(line for part in parts for line in known[part.scenario].trouble)
        minutes = sum(known[part.scenario].minutes for part in parts if part.scenario in known)
        found.append(
            CareerCard(name, line_of(career.title) or name, pack, line_of(career.blurb, 400), minutes, parts, shipped, trouble)
        )
    if not found and careers.findings:
        trouble = tuple(str(one) for one in careers.findings if one.severity == "error")
        found.append(CareerCard("careers", _("Careers"), pack, shipped=shipped, trouble=trouble))
    return tuple(found)


def read_card(
    file: Source,
    *,
    pack: str = "",
    slots: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    shipped: bool = False,
) -> Card:
    """The card of one file. Never raises: what is wrong with the file stands in `trouble`."""
    name = file.name.rpartition(".")[0]
    try:
        head, endings = _head(_text_of(file))
        scenario = head.get("id")
        if not isinstance(scenario, str) or not _ID.fullmatch(scenario):
            raise ValueError
    except (OSError, ValueError):
        return Card(
            clean_name(name),
            clean_name(name),
            file,
            pack,
            slots=slots or {},
            defaults=defaults or {},
            shipped=shipped,
            trouble=findings_of(file),
        )
    return Card(
        scenario,
        line_of(head.get("title")) or scenario,
        file,
        pack,
        line_of(head.get("blurb"), 400),
        _number(head.get("minutes")),
        line_of(head.get("tone")),
        line_of(head.get("sector")),
        line_of(head.get("note"), 400),
        endings,
        slots or {},
        defaults or {},
        shipped,
    )


def card_of_file(file: Path) -> Card:
    """The card of a scenario file that was named by its path, with the organisation's words of its folder and the player's own."""
    pack_file = file.parent / PACK_FILE
    facts, _trouble = _pack_facts(pack_file if pack_file.is_file() else None)
    words = {**folder_words(file.parent), **folder_words(user_folder()), **first_words()}
    return read_card(file, pack=OWN, slots=words, defaults=facts.get("slots", {}))


def load(card: Card) -> Story:
    """The story of a card. Raises ScenarioError with every finding, and OSError."""
    from engine import load_story

    return load_story(card.file, card.slots, card.defaults)


def findings_of(file: Source) -> tuple[str, ...]:
    """Why a file cannot be played, each finding as `file:line:column: CODE severity: message`."""
    from engine import load_story

    try:
        load_story(file)
    except ScenarioError as error:
        return tuple(str(finding) for finding in error.findings if finding.severity == "error")
    except OSError as error:
        return (
            _("{file}: it cannot be opened ({reason})").format(file=file.name, reason=clean_name(error.strerror or "", 80)),
        )
    return (_("{file}: its head cannot be read").format(file=file.name),)


# Reading


def _text_of(file: Source) -> str:
    data = file.read_bytes()
    if len(data) > 2_000_000:
        raise ValueError
    return data.decode("utf-8-sig")


def _head(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The keys of a card and the endings with their titles. Only these parts of the text are parsed."""
    keys = list(_TOP_KEY.finditer(text))
    starts = [*(found.start() for found in keys), len(text)]
    parts = [text[starts[at] : starts[at + 1]] for at, found in enumerate(keys) if found[1] not in _BODY]
    # A file in braces has no keys at the left edge; then all of it is read.
    data = strings("".join(parts) if parts else text)
    if not isinstance(data, dict):
        raise ValueError
    endings = data.pop("endings", None)
    titles: dict[str, str] = {}
    for name, ending in endings.items() if isinstance(endings, dict) else ():
        titles[line_of(name)] = line_of(ending.get("title") if isinstance(ending, dict) else None) or line_of(name)
    return data, titles


def _number(value: Any) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else 0


_PACK_KEYS = ("seenby", "id", "title", "blurb", "author", "licence", "order", "slots", "leaks", "careers")


def _pack_facts(file: Source | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What a `pack.yaml` says, and what is wrong with it."""
    if file is None:
        return {}, ()
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return {}, (_("{file}: this is not a text file that can be read").format(file=file.name),)
    if len(text) > LARGEST_PACK:
        return {}, (_("{file}: this file is too large").format(file=file.name),)
    try:
        data = strings(text)
    except ValueError as error:
        return {}, (_("{file}: {problem}").format(file=file.name, problem=line_of(str(error), 200)),)
    if not isinstance(data, dict):
        return {}, (_("{file}: it should hold keys such as `title: Induction`").format(file=file.name),)
    trouble: list[str] = []
    facts: dict[str, Any] = {}
    for key, value in data.items():
        problem = _check(str(key), value)
        if problem:
            trouble.append(f"{file.name}: {problem}")
        else:
            facts[str(key)] = value
    for key in ("title", "author", "licence"):
        facts[key] = line_of(facts.get(key))
    facts["blurb"] = line_of(facts.get("blurb"), 400)
    numbers, problem = leak_numbers(facts.pop("leaks", {}))
    if problem:
        trouble.append(f"{file.name}: {problem}")
    facts["slots"] = {name: clean(words).strip() for name, words in facts.get("slots", {}).items()} | numbers
    if facts.get("careers"):
        facts["careers"] = text
    return facts, tuple(trouble)


def _check(key: str, value: Any) -> str:
    """What is wrong with one key of a `pack.yaml`."""
    if key not in _PACK_KEYS:
        return _("there is no key “{key}”; {hint}").format(
            key=clean_name(key), hint=did_you_mean(key, _PACK_KEYS) or _("known are {keys}").format(keys=", ".join(_PACK_KEYS))
        )
    if key == "careers":
        return ""  # read with line and column, by itself
    if key == "order":
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return _("`order` is a list of scenario ids")
    elif key == "slots":
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            return _("`slots` are names with words: `policy: the messaging policy`")
    elif key == "leaks":
        return ""  # each number is looked at by itself
    elif not isinstance(value, str):
        return _("`{key}` is one line of text").format(key=key)
    elif key == "id" and not _ID.fullmatch(value):
        return _("`id` has lower case letters, digits, - and _, and begins with a letter")
    return ""
