"""The lines of a `script` block, as the author wrote them.

Every line has `row` (0-based row in its block) and `col` (0-based column in that row, after the block's own indentation),
and `cond`: the condition under which it is played (blocks of `{if}`, `{else}`, `{end}` are already worked in).
People stand as written (`who`: an id or a name, or `you`); the compiler resolves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from engine.odds import Content
from engine.script.conditions import Condition
from engine.script.times import Moment

LineKind = Literal["text", "picture", "voice", "video", "document", "sticker", "gif", "link", "location", "poll"]


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What every line has."""

    row: int
    col: int = 0
    cond: Condition | None = None


class Say(Line, frozen=True, kw_only=True, gc=False):
    """`Col [meme] (picture, forwarded): text`.

    `forwarded` is 1 for once and 2 for many times, `length` is in seconds, `expires` is in seconds after it is sent.
    `at` is the time that it shows: a whole moment, or only a time of day (`Moment.clock`).
    """

    who: str
    text: str
    id: str | None = None
    kind: LineKind = "text"
    forwarded: Literal[0, 1, 2] = 0
    reply_to: str | None = None
    on: str | None = None
    subject: str | None = None
    to: str | None = None
    length: int = 0
    view_once: bool = False
    edited: bool = False
    archived: bool = False
    at: Moment | None = None
    expires: int | None = None
    content: Content | None = None


class Prose(Line, frozen=True, kw_only=True, gc=False):
    """`> She puts the phone down.`"""

    text: str


class React(Line, frozen=True, kw_only=True, gc=False):
    """`Rashid and 6 others react 😂 to meme`. `count` includes the one named."""

    who: str
    emoji: str
    message: str
    count: int = 1


class Count(Line, frozen=True, kw_only=True, gc=False):
    """`meme gets 41 likes, 12 shares, 6 comments`."""

    message: str
    likes: int | None = None
    shares: int | None = None
    comments: int | None = None


class Read(Line, frozen=True, kw_only=True, gc=False):
    """`meme read by 14`."""

    message: str
    count: int


class Type(Line, frozen=True, kw_only=True, gc=False):
    """`Farah is typing`, `Farah stops typing`."""

    who: str
    on: bool


class Wait(Line, frozen=True, kw_only=True, gc=False):
    """`... 40 seconds`, `... day 3, 04:00`, `...` (a breath: no seconds and no moment)."""

    seconds: int = 0
    until: Moment | None = None


class Change(Line, frozen=True, kw_only=True, gc=False):
    """`* Col deletes meme`, `* Col edits meme: text`, `* meme is cropped: text`."""

    how: Literal["deleted", "edited", "cropped"]
    message: str
    who: str | None = None
    text: str = ""


class Membership(Line, frozen=True, kw_only=True, gc=False):
    """`* Col leaves`, `* Jo joins`, `* Marnie adds you`, `* Marnie removes Jo`."""

    how: Literal["leaves", "joins", "adds", "removes"]
    who: str
    by: str | None = None


class Timer(Line, frozen=True, kw_only=True, gc=False):
    """`* Col turns on disappearing messages: 24 hours`; 0 seconds is off."""

    who: str
    seconds: int


class Rename(Line, frozen=True, kw_only=True, gc=False):
    """`* Col changes the name: Hub Heroes 2`."""

    who: str
    name: str


class Notice(Line, frozen=True, kw_only=True, gc=False):
    """`* Anything else.`"""

    text: str


class Goto(Line, frozen=True, kw_only=True, gc=False):
    """`in dev:`: the lines after it happen in that place."""

    place: str


AnyLine = Say | Prose | React | Count | Read | Type | Wait | Change | Membership | Timer | Rename | Notice | Goto


@dataclass(frozen=True, slots=True)
class Script:
    """A script block, read."""

    lines: tuple[AnyLine, ...] = ()
    text: str = field(default="", compare=False)
