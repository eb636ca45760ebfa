"""What an entry says, as styled runs: words, described pictures, voice notes, tombstones."""

from __future__ import annotations

from zlib import crc32

from rich.style import Style

from engine.play.phone import Entry
from game.themes import Skin
from game.widgets.lines import Line, Sheet, runs, skin_ink, span
from game.words import _

_BARS = "▁▂▃▄▅▆▇"


def label(entry: Entry) -> str:
    """The word that says what an entry is when it is no plain text."""
    return {
        "picture": _("picture"),
        "video": _("video"),
        "document": _("document"),
        "sticker": _("sticker"),
        "gif": _("gif"),
        "link": _("link"),
        "location": _("location"),
        "poll": _("poll"),
    }.get(entry.kind, "")


def wave(entry: Entry, bars: int = 12) -> str:
    """The shape of a voice note: always the same for the same note, and higher in the middle, as speech is."""
    bits = crc32(entry.id.encode())
    shape = []
    for index in range(bars):
        bits = (bits * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        middle = 1 - abs(2 * index / (bars - 1) - 1)
        shape.append(_BARS[min(int((bits >> 16) % 4 + 3 * middle), 6)])
    return "".join(shape)


def gone(entry: Entry) -> str:
    """The line that stays of a deleted or expired entry; empty while it lives."""
    if entry.state == "expired":
        return _("This message disappeared")
    if entry.state == "deleted":
        who = entry.deleted_by or entry.name
        if entry.own and who == entry.name:
            return _("You deleted this message")
        if who and entry.name and who != entry.name:
            return _("{who} deleted a message by {name}").format(who=who, name=entry.name)
        return _("{who} deleted this message").format(who=who) if who else _("This message was deleted")
    return ""


def contents(sheet: Sheet, entry: Entry, skin: Skin, style: Style) -> Line:
    """The runs of an entry's text, its label before them."""
    left = gone(entry)
    if left:
        return [(left, skin_ink(skin, skin.dim, italic=True))]
    masked = skin_ink(skin, skin.masked, italic=True)
    sign = skin_ink(skin, skin.sign)
    pieces: Line = []
    if entry.view_once:
        pieces.append((f"① {_('view once')}\n", skin_ink(skin, skin.stamp)))
    if entry.kind == "voice":
        quiet = skin_ink(skin, skin.dim)
        pieces += [("▶ ", sign), (wave(entry), sign)]
        if entry.length:
            pieces += [(" ", quiet), (span(entry.length), quiet)]
        style = skin_ink(skin, skin.text, italic=True)
        if entry.text:
            pieces.append(("\n", style))
    elif entry.kind == "video":
        length = f" {span(entry.length)}" if entry.length else ""
        pieces.append((f"▶ {_('video')}{length}" + ("\n" if entry.text else ""), sign))
        style = skin_ink(skin, skin.text, italic=True)
    elif entry.kind == "link":
        pieces.append((f"[{label(entry)}] ", sign))
        style = skin_ink(skin, skin.sign, underline=True)
    elif word := label(entry):
        pieces.append((f"[{word}] ", sign))
    return [*pieces, *runs(entry.text, style, masked)] or [("", style)]
