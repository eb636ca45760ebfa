"""The words: how long they are, how hard, what a small terminal can show, and what ought to be masked or made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.check.case import Case, Check, Found, lines_of
from engine.script import format as form
from engine.script.findings import Path
from engine.script.lines import Change, Notice, Prose, Rename, Say
from engine.script.parts import passages_of, witness_scripts
from engine.script.passage import Passage, Row

CHATS = ("group", "dm")
PANEL_COLUMNS = 72
"""Columns of an option on a terminal of 80."""
PANEL_ROWS = 21
"""Rows that a decision can have on a terminal of 24: a line of status above, one of keys and one of air below."""


class Text(NamedTuple):
    """A text that a player reads, and where it stands."""

    path: Path
    words: str
    kind: str
    row: int = 0
    col: int = 0
    place: str | None = None


def texts_of(case: Case) -> Iterator[Text]:
    """Every text that a player reads, with what kind it is: said, prose, notice, send, label, thought, title and so on."""
    scenario = case.scenario
    for path, place, line in lines_of(case):
        if isinstance(line, Say | Change) and line.text:
            yield Text(path, line.text, "said", line.row, line.col, place)
        elif isinstance(line, Prose):
            yield Text(path, line.text, "prose", line.row, line.col, place)
        elif isinstance(line, Notice):
            yield Text(path, line.text, "notice", line.row, line.col, place)
        elif isinstance(line, Rename):
            yield Text(path, line.name, "notice", line.row, line.col, place)
    yield Text(("title",), scenario.title, "title")
    for key in ("blurb", "note"):
        if words := getattr(scenario, key):
            yield Text((key,), words, "about")
    for name, scene in scenario.scenes.items():
        yield from _scene_texts(name, scene)
    for name, ending in scenario.endings.items():
        yield Text(("endings", name, "title"), ending.title, "title")
    for path, passage in passages_of(scenario):
        yield from _told_together(path, passage, "about" if path[0] == "debrief" else "epilogue")
    for number, question in enumerate(scenario.debrief.questions):
        yield Text(("debrief", "questions", number), question, "about")
    for path, script in witness_scripts(scenario):
        for line in script.lines:
            if isinstance(line, Prose):
                yield Text(path, line.text, "prose", line.row, line.col)
    for number, rule in enumerate(scenario.debrief.rules):
        yield Text(("debrief", "rules", number), rule, "about")


def _told_together(path: Path, passage: Passage, kind: str) -> Iterator[Text]:
    """The text of a passage: the whole of it, or where it has blocks what is told under one condition, each."""
    together: list[Row] = []
    for row in (*passage.rows, None):
        if together and (row is None or row.cond != together[0].cond or row.row != together[-1].row + 1):
            words = "\n".join(one.text for one in together).strip("\n")
            if words:
                first = next(one for one in together if one.text)
                yield Text(path, words, kind, first.row, first.col)
            together = []
        if row is not None:
            together.append(row)


def _scene_texts(name: str, scene: form.Scene) -> Iterator[Text]:
    path: Path = ("scenes", name)
    yield from _keyed(
        path,
        scene,
        {"title": "title", "ask": "ask", "skip": "prose", "note": "about", "discuss": "about", "because": "because"},
    )
    for choice_id, choice in scene.choices.items():
        to = choice.to or scene.in_
        for text in _keyed((*path, "choices", choice_id), choice, {**_OPTION, "send": "send"}):
            yield text._replace(place=to)
    if scene.pick is not None:
        for text in _keyed((*path, "pick"), scene.pick, {"ask": "ask", "send": "send", "because": "because"}):
            yield text._replace(place=scene.pick.to or scene.in_)
        for piece_id, piece in scene.pick.from_.items():
            yield from _keyed((*path, "pick", "from", piece_id), piece, _OPTION)
    if scene.board is not None:
        yield from _keyed((*path, "board"), scene.board, {"ask": "ask", "because": "because"})
        for card_id, card in scene.board.cards.items():
            yield Text((*path, "board", "cards", card_id, "text"), card.text, "card")
        for question_id, question in scene.board.questions.items():
            yield Text((*path, "board", "questions", question_id, "ask"), question.ask, "ask")


_OPTION = {"label": "label", "thought": "thought", "else_": "reason", "because": "because"}


def _keyed(path: Path, owner: object, kinds: dict[str, str]) -> Iterator[Text]:
    for attribute, kind in kinds.items():
        if words := getattr(owner, attribute):
            yield Text((*path, attribute.rstrip("_")), words, kind)


# Length


def messages(case: Case) -> Iterator[Found]:
    """Messages that are too long for a chat, whoever sends them."""
    most = case.limits.message
    for text in texts_of(case):
        place = case.story.places.get(text.place or "")
        if text.kind in ("said", "send") and place is not None and place.kind in CHATS and len(text.words) > most:
            message = f"this message has {len(text.words)} characters; more than {most} is a speech, not a message"
            yield Found("SB401", text.path, message, "send it in pieces, or as a mail or a document", text.row, text.col)


def labels(case: Case) -> Iterator[Found]:
    """Labels, thoughts and titles that are too long."""
    limits = {
        "label": ("SB402", case.limits.label, "say what is done in a few words; the reason belongs in `thought`"),
        "thought": ("SB403", case.limits.thought, "one thought, as it comes; what follows from it belongs in `because`"),
        "title": ("SB404", case.limits.title, "two to five words"),
    }
    for text in texts_of(case):
        if text.kind in limits:
            code, most, hint = limits[text.kind]
            length = len(" ".join(text.words.split()))
            if length > most:
                yield Found(code, text.path, f"this {text.kind} has {length} characters, more than {most}", hint)


def rows_of(words: str, columns: int) -> int:
    """How many rows a text needs, wrapped at words."""
    rows = 0
    for paragraph in words.strip("\n").split("\n"):
        used = 0
        rows += 1
        for word in paragraph.split():
            if used and used + 1 + len(word) > columns:
                rows += 1
                used = 0
            used += len(word) + (1 if used else 0)
            if used > columns:
                rows += (used - 1) // columns
                used = used % columns or columns
    return rows


def sizes(case: Case) -> Iterator[Found]:
    """Texts and decisions that do not fit a terminal of 80 by 24 as a whole."""
    limits = case.limits
    for text in texts_of(case):
        if text.kind in ("said", "send", "prose", "notice"):
            rows = rows_of(text.words, limits.columns)
            if rows > limits.rows:
                message = f"this takes {rows} rows; a terminal of 80 by 24 shows {limits.rows} at once"
                yield Found("SB405", text.path, message, "break it into two", text.row, text.col)
    for name, scene in case.scenario.scenes.items():
        path: Path = ("scenes", name)
        options: list[form.Choice | form.Piece] = [*scene.choices.values()]
        asked = scene.ask or ""
        if scene.pick is not None:
            options = [*scene.pick.from_.values()]
            asked = scene.pick.ask or asked
        rows = rows_of(asked, PANEL_COLUMNS) if asked else 0
        for option in options:
            rows += rows_of(option.label or "-", PANEL_COLUMNS)
            rows += rows_of(option.thought, PANEL_COLUMNS) if option.thought else 0
        if rows > PANEL_ROWS:
            message = f"the options of '{name}' take {rows} rows; a terminal of 80 by 24 shows {PANEL_ROWS} at once"
            key = "choices" if scene.choices else "pick"
            yield Found("SB405", (*path, key), message, "offer less, or say it shorter", key=True)


# Reading age

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_STOP = re.compile(r"[.!?…]+(?=\s|$)")
_SLOT = re.compile(r"\{\{|\}\}|\{[^{}\n]*\}|masked:")


class Measure(NamedTuple):
    """What a reading age is reckoned from."""

    letters: int
    words: int
    sentences: int

    @property
    def age(self) -> float:
        """Reading age in years: the grade of the Automated Readability Index, and five.

        Senter and Smith (1967), AMRL-TR-66-220: 4.71 letters a word + 0.5 words a sentence - 21.43 is a grade of an American school,
        and children begin the first grade at six.
        """
        return 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43 + 5


def measure(words: str) -> Measure:
    """Count letters, words and sentences. Each line ends a sentence: nobody puts full stops after a message."""
    letters = count = sentences = 0
    for line in _SLOT.sub(" word ", words).split("\n"):
        found = _WORD.findall(line)
        if found:
            letters += sum(len(word) for word in found)
            count += len(found)
            ends = [stop for stop in _STOP.finditer(line) if _WORD.search(line, stop.end())]
            sentences += len(ends) + 1
    return Measure(letters, count, sentences)


_READ = ("said", "prose", "notice", "send", "label", "thought", "reason", "ask", "epilogue", "because", "card", "about")


def reading_age(case: Case) -> Iterator[Found]:
    """How old a reader has to be for the whole scenario, and for each long text. English only: the index knows no other language."""
    if not case.scenario.language.casefold().startswith("en"):
        return
    target = case.limits.reading_age
    letters = words = sentences = 0
    long_ones: list[tuple[Text, float]] = []
    for text in texts_of(case):
        if text.kind not in _READ:
            continue
        one = measure(text.words)
        letters, words, sentences = letters + one.letters, words + one.words, sentences + one.sentences
        if one.words >= case.limits.long_text and one.age >= target + 3:
            long_ones.append((text, one.age))
    whole = Measure(letters, words, sentences)
    if words >= case.limits.long_text and whole.age >= target + 1:
        message = f"the texts need a reading age of about {int(whole.age)}; the target is {target}"
        yield Found("SB406", ("id",), message, "shorter sentences and everyday words", key=True)
    for text, age in long_ones:
        message = f"this text needs a reading age of about {int(age)}; the target is {target}"
        yield Found(
            "SB407", text.path, message, "break long sentences in two; say it as you would say it aloud", text.row, text.col
        )


# What ought to be masked or made up

_HALF = re.compile(
    r"(?<![\w*])[^\W\d_]\*{2,}[^\W\d_]?\w*|(?<![\w*])[^\W\d_]{2,}\*{2,}\w*|(?<!\S)(?=[@#$%&*!]*[@#$%&*])[@#$%&*!]{4,}(?!\w)"
)
_QUOTED = re.compile(r"masked:[ \t]*[\"“'‘]")
_MAIL = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[A-Za-z]{2,})")
_LINK = re.compile(r"(?:https?://|\bwww\.)((?:[\w-]+\.)+[A-Za-z]{2,})", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])(?:\+|0|\(0|\(\d{3}\))[\d ()-]{8,18}\d")
_RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|[\w-]+\.(?:example|test|invalid|localhost))", re.IGNORECASE)
_FICTION = re.compile(
    r"(?:44|0)(?:7700900\d{3}|1632960\d{3}|207946(?:0\d{3})|1134960\d{3}|1144960\d{3}|1154960\d{3}|1164960\d{3}|1174960\d{3}"
    r"|1184960\d{3}|1214960\d{3}|1314960\d{3}|1414960\d{3}|1514960\d{3}|1614960\d{3}|1914980\d{3}|2890180\d{3}|2896496\d{3}|2920180\d{3}"
    r"|8081570\d{3}|9098790\d{3}|3069990\d{3})|1?\d{3}55501\d{2}|0?491570(?:006|156|157|158|159|110)|61491570(?:006|156|157|158|159|110)"
)
"""Numbers that regulators keep free for fiction: Ofcom's for television and radio, 555-0100 to 555-0199, and the ACMA's."""


def masks(case: Case) -> Iterator[Found]:
    """Words that are half hidden, and masks that quote."""
    for text in texts_of(case):
        found = _HALF.search(text.words)
        if found is not None:
            message = f"'{found[0]}' is half hidden: everybody reads it all the same"
            hint = "mask it and say what it is: `masked: a slur for the people of one estate`"
            yield Found("SB408", text.path, message, hint, text.row, text.col)
        elif _QUOTED.search(text.words):
            hint = "describe it instead: who it is about and what it does to them"
            yield Found("SB408", text.path, "what is masked is quoted", hint, text.row, text.col)


def real_ones(case: Case) -> Iterator[Found]:
    """E-mail addresses, links and telephone numbers that may belong to somebody."""
    for text in texts_of(case):
        for what, pattern, hint in (
            ("e-mail address", _MAIL, "use one that is kept for examples: `jo@example.org`"),
            ("link", _LINK, "use one that is kept for examples: `https://page.example`"),
        ):
            for found in pattern.finditer(text.words):
                if _RESERVED.fullmatch(found[1]) is None:
                    message = f"this {what} may be somebody's own: '{found[0]}'"
                    yield Found("SB409", text.path, message, hint, text.row, text.col)
        for found in _NUMBER.finditer(text.words):
            if _FICTION.fullmatch(re.sub(r"\D", "", found[0])) is None:
                message = f"this number may be somebody's own: '{found[0]}'"
                hint = "leave it out: `{jo.phone}` is a number kept for fiction, made up for each play"
                yield Found("SB409", text.path, message, hint, text.row, text.col)


CHECKS: tuple[Check, ...] = (messages, labels, sizes, reading_age, masks, real_ones)
