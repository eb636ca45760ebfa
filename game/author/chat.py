"""Reading an exported group chat: the text that the common messenger writes, in both of its styles.

    12/11/2026, 21:10 - Name: text
    [12/11/2026, 21:10:33] Name: text

Twelve hours with am and pm (also behind a narrow no-break space), dots and dashes in dates, years of two digits, messages of several
lines, media, deleted and edited messages, and the lines that nobody wrote. The order of day and month is found out over the whole file.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from game.words import _

Order = Literal["dmy", "mdy", "ymd"]
Kind = Literal[
    "text", "picture", "voice", "video", "document", "sticker", "gif", "location", "poll", "contact", "deleted", "notice"
]
LARGEST = 20_000_000
"""Bytes that an exported chat may have."""

_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_HEAD = re.compile(
    r"(?P<open>\[)?(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})\.?,? +"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?: ?(?P<half>[AaPp])\.? ?[Mm]\.?)?(?(open)\]| ?[-–—]) ?(?P<rest>.*)"
)
_SAYS = re.compile(r"(?P<who>[^:]{1,80}?):(?: (?P<text>.*)|$)")
_SYSTEM = re.compile(
    r"messages and calls are end-to-end encrypted|messages (?:to this group|you send)[^\n]*secured|only people in this chat can read|"
    r"\bcreated (?:this )?group\b|\bcreated this community\b|\badded\b.{0,80}$|\bwas added\b|\bwere added\b|\bremoved\b.{0,80}$|"
    r"^(?:.{1,60} )?left(?: the group)?\.?$|\bjoined (?:using|from|via|the group)\b|\bchanged (?:the|this|to|their|your|group)\b|"
    r"security code .* changed|\bnow an admin\b|no longer an admin|turned (?:on|off) disappearing messages|updated the message timer|"
    r"deleted this group's (?:icon|description)|pinned a message|\bstarted a (?:video |voice )?call\b|missed (?:voice|video|group) call|"
    r"(?:voice|video) call[,.]|requested to join|reset this group's invite link|is a contact|blocked this contact|waiting for this message",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:changed the (?:subject|group name)|created (?:this )?group)\b(.*)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^“”\"\n]+)[”\"]")
_OBJECT = re.compile(r"^(?P<by>.{1,60}?) (?:added|removed) (?P<who>.{1,120}?)\.?$", re.IGNORECASE)
_SUBJECT_OF = re.compile(
    r"^(?P<by>.{1,60}?) (?:left|joined|created|changed|was added|was removed|turned|deleted|pinned|is now|requested|updated|reset|started)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<(?:this message was edited|edited)>\s*$", re.IGNORECASE)
_DELETED = re.compile(r"(?:this message was deleted|you deleted this message|this message was deleted by .*)\.?", re.IGNORECASE)
_OMITTED = re.compile(
    r"<?(?P<what>media|image|photo|picture|video(?: note)?|audio|voice message|sticker|gif|document|contact card|[^<>\n]{1,120}?document) omitted>?\.?",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"<attached: (?P<one>[^<>\n]+)>|(?P<two>[^\n]{1,200}?\.\w{2,5}) \(file attached\)", re.IGNORECASE)
_BY_ENDING = {
    "jpg": "picture", "jpeg": "picture", "png": "picture", "heic": "picture", "webp": "sticker", "gif": "gif", "mp4": "video", "mov": "video",
    "3gp": "video", "opus": "voice", "ogg": "voice", "m4a": "voice", "mp3": "voice", "aac": "voice", "vcf": "contact",
}  # fmt: skip
_BY_WORD: dict[str, Kind] = {
    "image": "picture", "photo": "picture", "picture": "picture", "media": "picture", "video": "video", "video note": "video",
    "audio": "voice", "voice message": "voice", "sticker": "sticker", "gif": "gif", "contact card": "contact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a chat. `who` is None for a line that nobody wrote; `line` counts from 1 in the exported file."""

    line: int
    at: datetime
    who: str | None
    text: str
    kind: Kind = "text"
    edited: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """An exported chat."""

    messages: tuple[Message, ...]
    order: Order
    sure: bool
    """Whether the order of day and month is certain."""
    passed_over: int = 0
    """Lines at the top that belong to no message, and messages whose date cannot be."""

    @property
    def senders(self) -> list[str]:
        """Who wrote, in the order of their first message."""
        return list(dict.fromkeys(message.who for message in self.messages if message.who is not None))

    @property
    def named(self) -> list[str]:
        """People whom the lines that nobody wrote speak of: who was added, who left."""
        found: list[str] = []
        for message in self.messages:
            if message.who is None:
                for pattern in (_OBJECT, _SUBJECT_OF):
                    hit = pattern.search(message.text)
                    for part in ("by", "who"):
                        if hit is not None and part in pattern.groupindex:
                            found += re.split(r", | and ", hit[part])
        return [name for name in dict.fromkeys(one.strip() for one in found) if name and name.casefold() not in ("you", "your")]

    @property
    def subjects(self) -> list[str]:
        """What the group was called."""
        found: list[str] = []
        for message in self.messages:
            hit = _SUBJECT.search(message.text) if message.who is None else None
            if hit is not None:
                found += _QUOTED.findall(hit[1])
        return list(dict.fromkeys(found))


class NoChat(ValueError):
    """No exported chat: the text says why."""


@dataclass(slots=True)
class _Raw:
    line: int
    date: tuple[str, str, str]
    time: tuple[int, int, int]
    rest: list[str]
    marked: bool


def read_chat(data: bytes, order: Order | None = None) -> Chat:
    """Read an exported chat. `order` says how its dates are written, for a file that does not tell. Raises NoChat."""
    if len(data) > LARGEST:
        raise NoChat(_("the file is larger than {size} MB").format(size=LARGEST // 1_000_000))
    text = chat_text(data)
    raws, passed = _raw(text)
    if not raws:
        raise NoChat(_("no line begins with a date and a time, as in `12/11/2026, 21:10 - Name: text`"))
    found, sure = _order([raw.date for raw in raws])
    if order is not None and found != "ymd":
        found, sure = order, True
    messages: list[Message] = []
    for raw in raws:
        at = _moment(raw.date, raw.time, found)
        if at is None:
            passed += 1
            continue
        messages.append(_message(raw, at))
    if not messages:
        raise NoChat(_("none of its dates can be a date"))
    return Chat(tuple(_senders_known(messages)), found, sure, passed)


def chat_text(data: bytes) -> str:
    """The text of an exported file, whatever its encoding, with line ends and accents made alike."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _raw(text: str) -> tuple[list[_Raw], int]:
    """The messages with all their lines."""
    raws: list[_Raw] = []
    passed = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = _SPACES.sub(" ", _MARKS.sub("", line))
        head = _HEAD.match(bare.lstrip())
        hour = _hour(head) if head is not None else None
        if head is not None and hour is not None:
            time = (hour, int(head["minute"]), int(head["second"] or 0))
            raws.append(_Raw(number, (head["a"], head["b"], head["c"]), time, [head["rest"]], ": \u200e" in line))
        elif raws:
            raws[-1].rest.append(bare.rstrip())
        elif bare.strip():
            passed += 1
    return raws, passed


def _hour(head: re.Match[str]) -> int | None:
    hour, minute, second = int(head["hour"]), int(head["minute"]), int(head["second"] or 0)
    if head["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if head["half"] in "pP" else 0)
    return hour if hour < 24 and minute < 60 and second < 60 else None


def _order(dates: Sequence[tuple[str, str, str]]) -> tuple[Order, bool]:
    """How the dates are written, and whether that is certain.

    A number over 12 cannot be a month. When there is none, the order in which time does not run backwards is the right one.
    """
    if any(len(a) == 4 for a, _b, _c in dates):
        return "ymd", True
    if any(int(a) > 12 for a, _b, _c in dates):
        return "dmy", True
    if any(int(b) > 12 for _a, b, _c in dates):
        return "mdy", True
    backwards: dict[Order, int] = {}
    orders: tuple[Order, ...] = ("dmy", "mdy")
    for order in orders:
        days = [day for date in dates if (day := _moment(date, (0, 0, 0), order)) is not None]
        backwards[order] = sum(later < earlier for earlier, later in itertools.pairwise(days))
    if backwards["dmy"] != backwards["mdy"]:
        return min(orders, key=lambda order: backwards[order]), True
    return "dmy", len(set(dates)) == 1 and dates[0][0] == dates[0][1]


def _moment(date: tuple[str, str, str], time: tuple[int, int, int], order: Order) -> datetime | None:
    one, two, three = (int(part) for part in date)
    year, month, day = {"dmy": (three, two, one), "mdy": (three, one, two), "ymd": (one, two, three)}[order]
    if year < 100:
        year += 2000
    try:
        return datetime(year, month, day, *time)
    except ValueError:
        return None


def _message(raw: _Raw, at: datetime) -> Message:
    rest = "\n".join(raw.rest).strip()
    said = _SAYS.match(raw.rest[0])
    first = raw.rest[0]
    # A line without a sender, or one whose first colon stands in its own words: “changed the subject to “Lates: week 2””.
    head_is_system = said is not None and bool(_SYSTEM.search(said["who"]))
    if said is None or head_is_system:
        return Message(raw.line, at, None, _one_line(rest), "notice")
    who = said["who"].strip().lstrip("~").strip()
    text = "\n".join([said["text"] or "", *raw.rest[1:]]).strip()
    if not who:
        return Message(raw.line, at, None, _one_line(first), "notice")
    if raw.marked and _SYSTEM.search(text) and not _DELETED.fullmatch(text):
        return Message(raw.line, at, None, _one_line(text), "notice")
    return _kind(Message(raw.line, at, who, text))


def _kind(message: Message) -> Message:
    text = message.text
    edited = _EDITED.search(text) is not None
    text = _EDITED.sub("", text)
    if _DELETED.fullmatch(text.strip()):
        return replace(message, text="", kind="deleted")
    if not text.strip() or text.strip().casefold() in ("null", "view once voice message", "<view once>"):
        # An empty message is a picture or a voice note that could be seen once.
        return replace(message, text="", kind="picture", once=True)
    attached = _ATTACHED.search(text)
    if attached is not None:
        name = attached["one"] or attached["two"]
        kind = _BY_ENDING.get(name.rpartition(".")[2].lower(), "document")
        words = (text[: attached.start()] + text[attached.end() :]).strip()
        return replace(message, text=words, kind=kind, edited=edited)  # type: ignore[arg-type]
    omitted = _OMITTED.match(text)
    if omitted is not None:
        words = text[omitted.end() :].strip()
        return replace(message, text=words, kind=_BY_WORD.get(omitted["what"].lower(), "document"), edited=edited)
    if re.match(r"(?:live )?location(?: shared)?: ", text, re.IGNORECASE):
        return replace(message, text="", kind="location")
    if text.startswith("POLL:"):
        return replace(message, text=text.removeprefix("POLL:").strip(), kind="poll")
    return replace(message, text=text.strip(), edited=edited)


def _senders_known(messages: list[Message]) -> Iterator[Message]:
    """Once all senders are known: a notice of the second style stands under somebody's name, also without a mark."""
    for message in messages:
        if message.who is not None and message.kind == "text" and "\n" not in message.text:
            text = message.text
            encrypted = text.casefold().startswith("messages and calls are end-to-end encrypted")
            if encrypted or (text.startswith(message.who + " ") and _SYSTEM.search(text)):
                yield replace(message, who=None, kind="notice")
                continue
        yield message


def _one_line(text: str) -> str:
    return " ".join(text.split())
