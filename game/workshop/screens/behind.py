"""What is behind a decision, for the facilitator alone: thoughts, what an option changes and why, what it sets in motion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.debrief import dial_labels
from engine.play import events as ev
from engine.room.question import Item
from engine.room.room import Room
from engine.room.stops import Stop
from engine.script.times import duration_words
from engine.story.model import DIAL_UNIT, Effect
from game.play.passing import later_words
from game.words import _
from game.workshop.words import one_line


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind one option. All on single lines, masks in square brackets."""

    item: Item
    changes: str
    """What it does to the dials."""
    because: str
    motions: tuple[str, ...]
    """What it sets in motion."""


def behind(room: Room) -> list[Behind]:
    """What is behind each option of the decision that this stretch leads to."""
    question = room.question
    if question is None:
        return []
    scene = room.story.scenes[question.scene]
    pieces = scene.pick.pieces if scene.pick is not None else {}
    found: list[Behind] = []
    for item in question.items:
        chosen = scene.choices.get(item.key) or pieces.get(item.key)
        effect = chosen.effect if chosen is not None else None
        found.append(
            Behind(
                item,
                changes(effect) if effect is not None else "",
                one_line(room.play.text(effect.because)) if effect is not None else "",
                tuple(_motions(room, effect)) if effect is not None else (),
            )
        )
    return found


def changes(effect: Effect) -> str:
    """What an effect does to the dials: `Public trust +1, Team safety −2`."""
    labels = dial_labels()
    words = ", ".join(f"{labels[dial]} {change / DIAL_UNIT:+g}".replace("-", "−") for dial, change in effect.dials.items())
    if words and effect.late != 100:
        words += _(" (late: the good counts {percent} %)").format(percent=effect.late)
    return words


def _motions(room: Room, effect: Effect) -> Iterator[str]:
    story = room.story
    for index in effect.later:
        due = story.dues[index]
        if due.scene is None:
            continue
        title = one_line(room.play.text(story.scenes[due.scene].title))
        words = _("{time} later: {title}").format(time=duration_words(due.after), title=title)
        if due.guard is not None:
            words += _(" (not in every case)")
        more = changes(due.effect) if due.effect is not None else ""
        yield f"{words}. {more}" if more else words


def stop_words(room: Room, stop: Stop) -> str:
    """What a stop brings, on one line."""
    words = ""
    for event in room.play.events[stop.first : stop.last]:
        if isinstance(event, ev.MessageShown) and not event.past:
            text = one_line(event.text)
            words = f"{event.name}: {text}" if event.name and event.kind not in ("prose", "notice") else text
        elif isinstance(event, ev.Reacted):
            words = _("{name} reacts {emoji}").format(name=event.name, emoji=event.emoji)
        elif isinstance(event, ev.Joined):
            words = (
                _("{name} is in the group now").format(name=event.name)
                if event.who != ev.YOU
                else _("you are in the group now")
            )
        elif isinstance(event, ev.Left):
            words = (
                _("{name} is out of the group").format(name=event.name)
                if event.who != ev.YOU
                else _("you are out of the group")
            )
        elif isinstance(event, ev.Deleted | ev.Edited):
            words = _("a message is changed or deleted")
        elif isinstance(event, ev.SceneCut):
            words = _("left out: {line}").format(line=one_line(event.line))
        elif isinstance(event, ev.Skipped):
            words = one_line(event.told)
        elif isinstance(event, ev.EndingReached):
            words = _("the end: {title}").format(title=one_line(event.title))
    if stop.kind == "time":
        passed = [event for event in room.play.events[stop.first : stop.last] if isinstance(event, ev.TimePassed)]
        if passed:
            words = later_words(duration_words(passed[-1].at - passed[0].since))
    if not words:
        words = {"change": _("something changes on the phone"), "line": _("a line")}.get(stop.kind, "…")
    return words


__all__ = ["Behind", "behind", "changes", "stop_words"]
