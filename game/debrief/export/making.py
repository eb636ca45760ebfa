"""From a play to the bytes of a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from game.clock import month_names
from game.debrief.export.content import exported
from game.words import _

if TYPE_CHECKING:
    from game.session import Session


def made(session: Session, form: str, *, pseudonym: str = "", played: datetime | None = None) -> bytes:
    """The debrief as `html` or `markdown`. `pseudonym` is what the saves call the player; `played` puts the day into it.

    Raises SaveError when the rule cannot be read.
    """
    date = ""
    if played is not None:
        day = played.astimezone()
        date = _("{day} {month} {year}").format(day=day.day, month=month_names()[day.month - 1], year=day.year)
    out = session.still_out(nameless=True) if session.still_out is not None else ()
    guide = exported(session.play, rule=session.rule, names=(pseudonym,), date=date, still_out=out)
    if form == "html":
        from game.guide.page import page

        return page(guide)
    from game.debrief.export.markdown import markdown

    return markdown(guide)
