"""The lines of a `script` block, as the author wrote them.

Every line has `row` (0-based row in its block) and `col` (0-based column in that row, after the block's own indentation),
and `cond`: the condition under which it is played (blocks of `{if}`, `{else}`, `{end}` are already worked in).
People stand as written (`who`: an id or a name, or `you`); the compiler resolves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.script.conditions import Condition, Node
from engine.script.times import Moment

LineKind = Literal["text", "picture", "voice", "video", "document", "sticker", "gif", "link", "location", "poll"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What every line has."""

    row: int
    col: int = 0
    cond: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Line):
    """`Col [meme] (picture, forwarded): text`."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose(Line):
    """`> She puts the phone down.`"""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class React(Line):
    """`Rashid and 6 others react 😂 to meme`. `count` includes the one named."""

    who: str
    emoji: str
    message: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Line):
    """`meme gets 41 likes, 12 shares, 6 comments`."""

    message: str
    likes: int | None = None
    shares: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Line):
    """`meme read by 14`."""

    message: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Type(Line):
    """`Farah is typing`, `Farah stops typing`."""

    who: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Line):
    """`... 40 seconds`, `... day 3, 04:00`, `...` (a breath: no seconds and no moment)."""

    seconds: int = 0
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Line):
    """`* Col deletes meme`, `* Col edits meme: text`, `* meme is cropped: text`."""

    how: Literal["deleted", "edited", "cropped"]
    message: str
    who: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Line):
    """`* Col leaves`, `* Jo joins`, `* Marnie adds you`, `* Marnie removes Jo`."""

    how: Literal["leaves", "joins", "adds", "removes"]
    who: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer(Line):
    """`* Col turns on disappearing messages: 24 hours`; 0 seconds is off."""

    who: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Line):
    """`* Col changes the name: Hub Heroes 2`."""

    who: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Line):
    """`* Anything else.`"""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goto(Line):
    """`in dev:`: the lines after it happen in that place."""

    place: str


AnyLine = Say | Prose | React | Count | Read | Type | Wait | Change | Membership | Timer | Rename | Notice | Goto


@dataclass(frozen=True, slots=True)
class Script:
    """A script block, read."""

    lines: tuple[AnyLine, ...] = ()
    text: str = field(default="", compare=False)


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """The condition that asks for both."""
    if one is None or other is None:
        return one or other
    from engine.script.conditions import And

    parts: tuple[Node, ...] = (one.node, other.node)
    return Condition(f"({one.text}) and ({other.text})", And(parts))
