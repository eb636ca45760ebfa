"""The time of a session in words: how long it has been, how long there is, and what the plan says."""

from __future__ import annotations

from engine.room.room import Room
from game.words import _
from game.workshop.plan import SessionPlan, how_words, standing
from game.workshop.screens.view import minutes_words
from game.workshop.words import here_words, one_line

LATE = 120
"""Seconds from which being behind the plan, or ahead of it, is said."""


def time_words(plan: SessionPlan | None, room: Room, elapsed: float) -> tuple[str, str]:
    """How it stands after so many seconds, and what the room is at. Without a plan: how long it has been, and where it is."""
    if plan is None:
        return _("{time} so far").format(time=minutes_words(elapsed)), here_words(room)
    found = standing(plan, room, elapsed)
    parts = [_("{time} of {all}").format(time=minutes_words(elapsed), all=f"{plan.minutes}:00")]
    if found.left >= 0:
        parts.append(_("{left} left").format(left=minutes_words(found.left)))
    else:
        parts.append(_("{over} over").format(over=minutes_words(-found.left)))
    if found.behind >= LATE:
        parts.append(_("{n} minutes behind the plan").format(n=round(found.behind / 60)))
    elif found.behind <= -LATE:
        parts.append(_("{n} minutes ahead of it").format(n=round(-found.behind / 60)))
    else:
        parts.append(_("on time"))
    beat = found.beat
    about = [
        _("{start} to {end}: {title}").format(
            start=minutes_words(beat.start), end=minutes_words(beat.end), title=one_line(beat.title)
        ),
        how_words(beat.how),
        _("{left} left for it").format(left=minutes_words(found.left_in_beat)) if found.left_in_beat >= 0 else "",
    ]
    return " · ".join(parts), " · ".join(part for part in about if part)


__all__ = ["LATE", "time_words"]
