"""What plain mode has of the debrief's keys: the rule, the numbers of the plots, and the export. Lines are said, never drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.script.rules import first_half, second_half
from engine.words import put
from game.debrief.rules import earlier_rule, hardest, kept_rule, rule_words, starters
from game.words import _
from saves.errors import BadRule, SaveError

if TYPE_CHECKING:
    from game.session import Session

Read = Callable[[str], str | None]
Say = Callable[..., None]

_OTHER = re.compile(r"[a-z?](?:\s*[\d,. ]+)?", re.IGNORECASE)
"""A letter, perhaps with a number: one of the keys, and nothing that anybody would resolve."""


def last_time(session: Session) -> list[str]:
    """What the same player wrote at the end of another play of this story, as a line; none when there is nothing."""
    last = earlier_rule(session)
    return [put(_("Last time you wrote: {rule}"), rule=rule_words(*last))] if last is not None else []


class PlainKeeping:
    """Asks, says and writes, for a play that is over. `read` gives None when the input has ended."""

    def __init__(self, session: Session, read: Read, say: Say) -> None:
        self._session = session
        self._read = read
        self._say = say

    def hint(self) -> str:
        """What can be typed."""
        return _("w writes a rule for next time, g says the numbers over time, e keeps the debrief as a file.")

    def answer(self, answer: str) -> bool:
        """Do what a letter stands for. Returns whether it stood for something."""
        word = answer.strip().lower()
        if word == "w":
            self.rule()
        elif word == "g":
            self._say("", *self.numbers())
        elif word == "e":
            self.export()
        else:
            return False
        return True

    def first(self) -> str:
        """Ask for the rule where there is none yet. Returns what `rule` returns."""
        return self.rule() if kept_rule(self._session) is None else ""

    def rule(self) -> str:
        """Ask for the rule. It may be left empty. Returns an answer that was no rule but one of the keys, else an empty text."""
        from engine.debrief import build

        debrief = build(self._session.play)
        moment = hardest(debrief)
        found = starters(self._session.play, debrief)
        self._say("", _("One rule for next time: something that will happen, and one thing that you do then."))
        kept = kept_rule(self._session)
        if kept is not None:
            self._say(put(_("So far: {rule}"), rule=rule_words(*kept)))
        for number, one in enumerate(found, 1):
            self._say(f"{number}. {one.words}")
        self._say(_("Type one of the numbers, or your own words after “If”. Enter alone leaves it."))
        while True:
            situation = (self._read(f"{_('If')} ") or "").strip()
            if not situation:
                return ""
            if situation.isdigit():
                if len(situation) > 3 or not 1 <= int(situation) <= len(found):
                    self._say(put(_("There is no {number} here."), number=situation[:9]))
                    continue
                situation, action = found[int(situation) - 1]
            elif _OTHER.fullmatch(situation):
                return situation
            else:
                action = (self._read(f"{_('then I')} ") or "").strip()
                if not action:
                    self._say(_("No rule was written."))
                    return ""
            try:
                scene = moment.scene if moment is not None else ""
                self._session.write_rule(first_half(situation), second_half(action), scene)
            except BadRule as bad:
                self._say(bad.message, bad.mend)
                continue
            except SaveError as trouble:
                self._say(trouble.message, trouble.mend)
                return ""
            written = kept_rule(self._session)
            if written is not None:
                self._say(rule_words(*written))
            return ""

    def numbers(self) -> Sequence[str]:
        """The numbers of the plots, as lines to read."""
        from engine.debrief import build
        from game.debrief.courses import dial_course, dials_table, read_out, worlds_courses, worlds_table

        lines = read_out(dials_table(dial_course(build(self._session.play))))
        courses = worlds_courses(self._session.play)
        return [*lines, "", *read_out(worlds_table(courses))] if courses else lines

    def export(self) -> None:
        """Ask for a file, and write the debrief into it."""
        from game.debrief.export.making import made
        from game.debrief.export.writing import ExportProblem, form_of, put_into

        self._say(
            "", _("A page to print (.html) or Markdown (.md). Nothing in it says who played, or when. Enter alone leaves it.")
        )
        name = (self._read(f"{_('File:')} ") or "").strip()
        if not name:
            return
        path = Path(name).expanduser()
        journal = self._session.journal
        try:
            data = made(self._session, form_of(path), pseudonym=journal.player if journal is not None else "")
            try:
                put_into(path, data)
            except ExportProblem as problem:
                if not problem.there:
                    raise
                self._say(problem.message)
                if (self._read(f"{_('Replace it (yes/no)?')} ") or "").strip().lower() not in ("y", "yes", _("yes")):
                    self._say(_("It stays as it is."))
                    return
                put_into(path, data, replace=True)
        except (ExportProblem, SaveError) as problem:
            self._say(problem.message, problem.mend)
            return
        self._say(put(_("Written to {file}."), file=str(path)))
