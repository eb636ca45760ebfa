"""Where the player's eyes go when something happens elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.play.events import YOU, Event, MessageShown, SceneBegan
from engine.play.phone import PlaceView

Where = Literal["here", "follow", "notify", "quiet"]

_CANNOT_RING = frozenset(("in-person", "call", "letter", "form", "records", "board", "settings"))
"""Kinds of places that send no notification: what happens there is seen or missed."""


def where_to_look(event: MessageShown, place: PlaceView, viewing: str | None, answering: bool) -> Where:
    """What to do about a message. `answering`: it is the first answer to what the player has just done."""
    if event.past:
        return "quiet"
    if event.place == viewing:
        return "here"
    if event.sender == YOU or place.kind in _CANNOT_RING or answering or turns(event, place, viewing):
        return "follow"
    if place.muted or event.kind == "notice":
        return "quiet"
    return "notify"


def turns(event: MessageShown, place: PlaceView, viewing: str | None) -> bool:
    """Whether somebody else's phone turns to another place by itself: one only reads over their shoulder, and they look where it rings."""
    return place.phone is not None and event.place != viewing and not event.past and event.kind != "notice"


def beginning_of(events: Iterable[Event]) -> SceneBegan | None:
    """The next scene among events that are still to be shown."""
    return next((event for event in events if isinstance(event, SceneBegan)), None)
