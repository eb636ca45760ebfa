"""What no tool can settle when a story moves to another country or trade: lines that want a human eye.

A list of patterns, not a proof. It says where to look; it cannot say that nothing else is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.text import clean
from game.words import _

_MONEY = re.compile(r"[£€$₹¥]|\b(?:quid|pence|pounds?|euros?|dollars?|rupees?|cents?|tenner|fiver|payslip|tax)\b", re.I)
_NUMBERS = re.compile(r"(?<![\d,.])(?:999|911|112|101|000|111)(?![\d,]|\.\d)|\b0\d{3,4} ?\d{3} ?\d{3,4}\b")
_RANKS = re.compile(
    r"\b(?:PC|DC|DS|DI|WPC|PCSO|Sgt|Insp|Ch Insp|Supt|Cllr|Councillor|Alderman|Lord|Lady|Sir|Dame|MP|Sergeant|Inspector|Constable|"
    r"Superintendent|Chief|Matron|Consultant|Registrar|Deputy Head|sarge|guv|ma'am|mayor|vicar|constable|sergeant|inspector|councillor)\b"
)
_LAW = re.compile(
    r"\b(?:law|legal|unlawful|Act|Acts|GDPR|tribunal|court|magistrates?|judge|hearing|panel|election|purdah|misconduct|gross|caution|"
    r"arrest(?:ed)?|prosecut\w+|offence|statutory|regulator|ombudsman|Ofcom|ICO|NHS|FOI|freedom of information|union|probation\w*|"
    r"dismiss\w*|data protection|warrant|swearing-in|inquest|coroner|police)\b"
)
_PLACES = re.compile(
    r"\b[A-Z][\w'’]+(?: [A-Z][\w'’]+)* (?:Lane|Road|Street|Avenue|Close|Hill|Green|Park|Square|Bridge|School|Church|Council|County|Hospital|"
    r"Station|House|Court|Gate|Way|Row|Terrace|Estate|Primary|Chapel|Hall)\b"
    r"|\bSt\.? [A-Z][\w'’]+|\b(?:North|South|East|West) [A-Z]\w+"
)
_DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekend|January|February|March|April|June|July|August|September|October|November|"
    r"December|Christmas|Easter|Boxing Day|bank holiday|half[- ]term|winter|summer|frost|snow|tonight)\b"
)
_TIMES = re.compile(
    r"\b(?:(?:half|quarter|five|ten|twenty(?:[- ]five)?) (?:past|to) (?:\w+)|\d{1,2}[:.]\d{2}|\w+ o[’']clock|midnight|noon|midday|dawn|dusk|"
    r"(?:this|in the|of the|every|a) (?:morning|afternoon|evening|night)|tonight|(?:early|late|night|day) shift|nights|breakfast|lunch\w*|dinner)\b",
    re.I,
)
_WAYS = re.compile(
    r"\b(?:kettle|tea ?time|tea|biscuits?|chips|cake|pub|queue|miles?|mph|stone|pints?|lorry|flat|car park|rota|redundan\w+|fortnight|council|"
    r"mum|mam|nan|mate|bloke|whip-round|payslip|GCSE|Year \d+)\b"
)
_CAPITAL = re.compile(r"(?<![.!?:>“\"'(\[] )(?<![.!?:>“\"'(\[])(?<=[\w,;’] )(?!I[’'])[A-Z][a-z’']{2,}(?: [A-Z][a-z’']+)*")


@dataclass(frozen=True, slots=True)
class Look:
    """A line that wants a human eye. `line` counts from 1; `words` are what was noticed."""

    line: int
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of thing to look at, with the lines."""

    kind: str
    why: str
    looks: tuple[Look, ...]


def concerns(text: str, spans: Iterable[tuple[int, int]], known: Collection[str] = (), *, times: bool = False) -> list[Concern]:
    """What to look at in the words at `spans` of a file. `known` are names that were chosen on purpose. `times`: it begins at another time of day.

    Each line is listed once for each kind.
    """
    kinds = (
        ("places", _("Names of places and bodies: is there such a place where you are?"), _PLACES),
        ("money", _("Money and tax"), _MONEY),
        ("numbers", _("Numbers to ring"), _NUMBERS),
        ("ranks", _("Ranks, titles and forms of address"), _RANKS),
        ("law", _("Law, duty and discipline: ask somebody who knows it where you are"), _LAW),
        ("days", _("Days, feasts and seasons"), _DAYS),
        *([("times", _("Times of day: it begins at another one now"), _TIMES)] if times else []),
        ("ways", _("Everyday words that belong to one country"), _WAYS),
        ("capitals", _("Other words with a capital: names that nobody was asked about?"), _CAPITAL),
    )
    rows = _rows(text, spans)
    small = {part.casefold() for name in known for part in re.findall(r"\w+", name)}
    found: list[Concern] = []
    for kind, why, pattern in kinds:
        looks = []
        for line, words in rows:
            hits = dict.fromkeys(re.sub(r"['’]+s$", "", hit[0].strip()) for hit in pattern.finditer(words))
            if kind in ("capitals", "places"):
                hits = {hit: None for hit in hits if not {part.casefold() for part in re.findall(r"\w+", hit)} <= small}
            if kind == "capitals":
                hits = {hit: None for hit in hits if not any(other[2].search(hit) for other in kinds[:-1])}
            if hits:
                looks.append(Look(line, tuple(hits), _short(words)))
        if looks:
            found.append(Concern(kind, why, tuple(looks)))
    return found


def _rows(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """The words of a file, line by line, without slots."""
    rows: dict[int, str] = {}
    for start, end in spans:
        line = text.count("\n", 0, start) + 1
        inside = text[start:end].replace("''", "'") if text[start] == "'" else text[start:end]
        for number, words in enumerate(inside.split("\n"), line):
            words = re.sub(r"\{[^{}]*\}", "…", words).strip()
            if words.strip("|> -"):
                rows[number] = f"{rows[number]} {words}" if number in rows else words
    return sorted(rows.items())


def _short(words: str, limit: int = 100) -> str:
    words = clean(words).strip()
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


def told(found: Iterable[Concern], most: int | None = 12) -> list[str]:
    """Concerns as lines for a person; of each kind at most `most` lines of the file."""
    lines: list[str] = []
    for concern in found:
        lines.append(f"{concern.why} ({len(concern.looks)})")
        shown = concern.looks if most is None else concern.looks[:most]
        lines += (
            _("  line {line}: {words}    {text}").format(line=look.line, words=", ".join(look.words), text=look.text)
            for look in shown
        )
        if len(shown) < len(concern.looks):
            lines.append(_("  … and {count} more lines").format(count=len(concern.looks) - len(shown)))
    return lines
