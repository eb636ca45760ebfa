"""Pages that lie over the room's own for a moment: what has happened so far, the keys, a break."""

from __future__ import annotations

from game.words import _
from game.workshop.screens.asking import countdown
from game.workshop.screens.pen import Line, Page, Pen, at_foot, centred, indented, lowered, one_line, spaced
from game.workshop.screens.telling import moment, rehearsal_words
from game.workshop.screens.view import View
from game.workshop.words import recap_lines


def page(what: str, view: View, pen: Pen) -> Page:
    """The page of that name: recap, help, plan or pause."""
    if what == "pause":
        return _pause(view, pen)
    if what == "plan":
        return _plan(view, pen)
    return _help(pen) if what == "help" else recap(view, pen)


def _pause(view: View, pen: Pen) -> Page:
    words = pen.poster(_("A short break"), pen.room, pen.height // 2, style=pen.dim)
    clock = countdown(view, pen, large=True)
    lines = [*centred(words, pen.width), [], [], *centred(clock, pen.width)]
    return Page(lowered(lines, pen.height, 0.4))


def _plan(view: View, pen: Pen) -> Page:
    """How long it has been, and what the plan says; for a facilitator without a second window."""
    lines = pen.poster(view.clock_words[0], pen.room, max(pen.height // 3, 4))
    for words in view.clock_words[1:]:
        if words:
            lines += [[], *pen.words(words, pen.strong)]
    found = Page(lowered(indented(lines), pen.height, 0.35))
    found.left = [(_("The plan"), pen.time)]
    return found


def recap(view: View, pen: Pen) -> Page:
    """What has happened so far, for those who come late."""
    lines: list[Line] = []
    for words in recap_lines(view.room):
        lines += [[]] if lines else []
        lines += pen.words(words, pen.strong)
    found = Page(lowered(indented(lines[-pen.height :]), pen.height, 0.35))
    found.left = [(_("So far"), pen.time)]
    found.right = [*rehearsal_words(view, pen), (moment(view), pen.time)]
    return found


def help_lines() -> list[tuple[str, str]]:
    """Every key of the projector, and what it does."""
    return [
        (_("space"), _("on: the next message, the vote, the result, the next page; → PgDn and a click too")),
        ("← ⌫", _("back; PgUp too")),
        ("a", _("goes on by itself while a part is told; any key stops it")),
        ("0–9", _("hands for an option, or the choice of a table; + and - too")),
        ("↑ ↓", _("another option, another table; A to H go to a table")),
        ("-", _("takes the choice of a table away")),
        ("v", _("a second vote")),
        ("d", _("decide now; a number picks another option")),
        ("t x T", _("time: begin, stop, go on · fifteen seconds more · none")),
        ("l", _("let the time limit of the story run out")),
        ("u", _("undo the last thing")),
        ("j", _("jump: to a decision, another road, what comes")),
        ("r", _("so far, for those who come late")),
        ("p", _("the time and the plan")),
        ("s", _("skip a part, where the story offers it")),
        ("b", _("a break: the story leaves the wall; t gives it a time")),
        ("c", _("colours")),
        ("q", _("leave; everything is kept")),
    ]


def _help(pen: Pen) -> Page:
    lines: list[Line] = []
    for key, words in help_lines():
        lines.append([(f"{key:<7}", pen.accent), (one_line(words, pen.room - 8), pen.text)])
    aired = spaced(lines)
    lines = aired if len(aired) <= pen.height else lines
    foot = indented(pen.words(_("The notes beside it: `seenby workshop --notes` in another window."), pen.dim))
    found = Page(at_foot(lowered(indented(lines), pen.height - len(foot), 0.3), foot, pen.height))
    found.left = [(_("Keys"), pen.time)]
    return found


__all__ = ["help_lines", "page", "recap"]
