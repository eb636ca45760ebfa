"""What a tap on a message or on the composer leads to: an authored option, or the reason why there is none.

Nothing here knows a screen. A tap is never silently ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.play.events import DecisionOffered, Option
from engine.play.phone import Entry, PlaceView
from game.words import _

SAYING = frozenset(("reply", "post", "comment", "challenge", "ask", "correct", "own-up", "write", "call"))
"""Actions that put words into a place."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One item of a menu: an action, and the option that it leads to, or why it leads nowhere."""

    action: str
    word: str
    option: Option | None = None
    why: str = ""


def action_words() -> dict[str, str]:
    """Each action in a word or two."""
    return {
        "reply": _("Reply"),
        "react": _("React"),
        "forward": _("Forward"),
        "post": _("Post"),
        "share": _("Share"),
        "comment": _("Comment"),
        "like": _("Like"),
        "report": _("Report"),
        "challenge": _("Speak up"),
        "check": _("Check"),
        "ask": _("Ask"),
        "delete": _("Delete"),
        "leave": _("Leave"),
        "mute": _("Mute"),
        "remove": _("Remove"),
        "settings": _("Settings"),
        "screenshot": _("Screenshot"),
        "correct": _("Correct"),
        "own-up": _("Own up"),
        "call": _("Call"),
        "go": _("Go"),
        "write": _("Write"),
        "sign": _("Sign"),
        "wait": _("Wait"),
        "look": _("Look"),
    }


def reason(action: str, entry: Entry | None = None) -> str:
    """Why a tap leads nowhere, where the scenario does not say."""
    if entry is not None and entry.state != "live":
        return _("That message is gone.")
    if action == "delete":
        return _("It is not yours to delete.") if entry is None or not entry.own else _("It has been read. Leave it.")
    return {
        "reply": _("You have nothing to say to this."),
        "comment": _("You have nothing to add under this."),
        "react": _("No face fits this one."),
        "like": _("Your thumb stays where it is."),
        "forward": _("You have nobody you would show this to."),
        "share": _("Not on your page."),
        "report": _("There is nobody to take it to, not from here."),
        "check": _("You see nothing that you could look up."),
        "screenshot": _("You do not need a picture of this."),
    }.get(action, _("Not here, not now."))


def menu_actions(place: PlaceView, entry: Entry) -> tuple[str, ...]:
    """The items that the menu of a message has, as on any phone."""
    if entry.kind in ("prose", "speech", "notice"):
        return ()
    if place.kind == "feed":
        return ("like", "comment", "share", "screenshot", "check", "report", "delete")
    if place.kind == "mail":
        return ("reply", "forward", "check", "report", "delete")
    if place.kind in ("group", "dm"):
        return ("reply", "react", "forward", "screenshot", "check", "report", "delete")
    return ("check", "screenshot", "report")


def _acts_on(option: Option, entry: Entry) -> bool:
    return entry.id in (option.on, option.forward)


def _slot(option: Option, actions: tuple[str, ...]) -> str:
    """Under which item of the menu an option stands."""
    if option.react is not None:
        return "like" if "like" in actions else "react"
    if option.forward is not None:
        return "share" if "share" in actions and "forward" not in actions else "forward"
    return option.action


def message_menu(offer: DecisionOffered | None, place: PlaceView, entry: Entry) -> list[Tap]:
    """The menu of a message: what acts on it first, then the usual items, each with an option or a reason."""
    words = action_words()
    actions = menu_actions(place, entry)
    options = offer.options if offer is not None and offer.kind == "one" else ()
    if place.phone is not None:
        return [Tap(action, words[action], why=_("It is not your phone.")) for action in actions]
    not_now = offer.not_now if offer is not None else {}
    here = [option for option in options if _acts_on(option, entry)]
    in_scene = offer is not None and place.id == offer.place
    loose = [option for option in options if option.on is None and option.forward is None and in_scene]
    taps: list[Tap] = []
    used: set[str] = set()
    for option in here:
        if _slot(option, actions) not in actions:
            taps.append(_tap(option.action, option, words))
            used.add(option.id)
    for action in actions:
        found = [option for option in here if _slot(option, actions) == action]
        found = found or [option for option in loose if _slot(option, actions) == action and option.id not in used]
        if found:
            taps += [_tap(action, option, words) for option in found]
            used |= {option.id for option in found}
        else:
            why = reason(action, entry) if entry.state != "live" else not_now.get(action) or reason(action, entry)
            taps.append(Tap(action, words[action], why=why))
    return taps


def _tap(action: str, option: Option, words: dict[str, str]) -> Tap:
    return Tap(action, words.get(action, action), option, option.why_not)


def sayable(options: Iterable[Option]) -> list[Option]:
    """The options that put words somewhere: what the composer offers."""
    return [option for option in options if option.send is not None or (option.action in SAYING and option.forward is None)]
