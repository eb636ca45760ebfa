"""The keys of the screens around a play, in one table: what they do, how they are called, and which stand on the bottom line."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType

from game.play.keyline import Key
from game.words import _


class Act(NamedTuple):
    """One thing that a key does. `label` is the key as it is shown; an empty one is understood."""

    keys: str
    action: str
    label: str
    words: str
    line: bool = True
    """It stands on the bottom line."""
    help: str = ""
    """What the help says, where it says more than the bottom line."""


def _table() -> dict[str, tuple[Act, ...]]:
    """All acts by screen, the most wanted first. Made when asked for, so that the words are in the language in use."""
    back = Act("escape,q", "back", "Esc", _("back"))
    return {
        "app": (
            Act("ctrl+q", "leave", "Ctrl+Q", _("leave"), help=_("save and leave, from anywhere")),
            Act("f1", "help", "F1", _("help"), help=_("the keys of the screen in front")),
            Act("f2", "home", "F2", _("home"), help=_("home; an open play is kept")),
            Act("", "", "Ctrl+P", _("all commands"), help=_("everything else, by name: looks, plays, settings")),
        ),
        "home": (
            Act("up", "move(0, -1)", "↑↓", _("choose"), help=_("from card to card; ← → too, in two columns")),
            Act("down", "move(0, 1)", "", ""),
            Act("left", "move(-1, 0)", "", ""),
            Act("right", "move(1, 0)", "", ""),
            Act("home", "to(0)", "", ""),
            Act("end", "to(-1)", "", ""),
            Act("", "", "Enter", _("play"), help=_("play the card that is lit")),
            Act("c", "go_on", "c", _("go on"), help=_("go on with the play that is open")),
            Act("p", "plays", "p", _("plays"), help=_("what you have played: look back, go on, forget")),
            Act("s", "settings", "s", _("settings"), help=_("looks, pace, time limits, your name")),
            Act("n", "players", "n", _("who plays"), line=False, help=_("somebody else plays")),
            Act("pageup", "page(-1)", "", ""),
            Act("pagedown", "page(1)", "", ""),
            Act("q", "app.leave", "q", _("leave"), help=_("leave Seenby")),
            Act("question_mark", "app.help", "?", _("help"), help=_("this page")),
        ),
        "plays": (
            Act("", "", "↑↓", _("choose")),
            Act("", "", "Enter", _("open"), help=_("look back on it, or go on with it")),
            Act("f,delete", "forget", "f", _("forget"), help=_("remove a play for good")),
            back,
            Act("question_mark", "app.help", "?", _("help"), line=False),
        ),
        "settings": (
            Act("", "", "↑↓", _("choose")),
            Act("right,space", "turn(1)", "← →", _("change"), help=_("the next or the previous value; Enter too")),
            Act("left", "turn(-1)", "", ""),
            back,
            Act("question_mark", "app.help", "?", _("help"), line=False),
        ),
        "welcome": (
            Act("enter", "next", "Enter", _("go on")),
            Act("escape", "back", "Esc", _("back"), line=False),
        ),
    }


def acts(screen: str) -> tuple[Act, ...]:
    """The acts of a screen."""
    return _table()[screen]


def bindings(screen: str) -> list[BindingType]:
    """The key bindings of a screen, for its `BINDINGS`."""
    return [Binding(act.keys, act.action, act.words, show=False, priority=screen == "app") for act in acts(screen) if act.keys]


def key_line(screen: str, *without: str) -> list[Key]:
    """The keys for the bottom line. `without` are actions that mean nothing just now."""
    return [
        Key(act.label, act.words, act.keys.split(",")[0] if act.keys and act.label[0] not in "↑←" else "")
        for act in acts(screen)
        if act.line and act.label and act.action not in without
    ]


def key_help(screen: str) -> list[tuple[str, str]]:
    """Keys and what they do, for the help."""
    return [(act.label, act.help or act.words) for act in acts(screen) if act.label]
