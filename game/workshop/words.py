"""A room in words: tables, what was decided, and what happened so far for those who come late."""

from __future__ import annotations

from engine.play import events as ev
from engine.room.ballot import outcome
from engine.room.recap import Step, road
from engine.room.room import Room
from engine.text import plain
from game.clock import moment_words
from game.words import _, n_

RECAP_LINES = 5


def table_name(voter: str) -> str:
    """A voter as one says it: `A` for table A; a token as it is."""
    return voter.rpartition("-")[2].upper() if voter.startswith("table-") else voter


def one_line(text: str) -> str:
    """A text on one line, with what is masked in square brackets."""
    return " ".join(plain(text).split())


def decided_words(step: Step) -> str:
    """A decision in words, with how the room voted: `You said it is not for you (12 of 20)`."""
    words = one_line(step.words)
    if step.split is None or step.question.kind != "one":
        return words
    row = next((row for row in step.split.rows if row.key == step.taken.choice), None)
    if row is None:
        return words
    second = any(other.second is not None for other in step.split.rows)
    mine = (row.second or 0) if second else row.first
    total = sum((other.second or 0) if second else other.first for other in step.split.rows)
    return _("{decision} ({count} of {total})").format(decision=words, count=mine, total=total) if total else words


def by_words(step: Step) -> str:
    """Who decided it, in words."""
    by = step.visit.by if step.visit is not None else ""
    if by == "room":
        return _("most of the room")
    if by == "tie":
        return _("a tie; the facilitator chose")
    if by == "lapse":
        return _("the time ran out")
    if by == "skip":
        return _("skipped")
    return _("the facilitator")


def room_words(room: Room) -> list[str]:
    """What can be said of a room by the way it decided, in sentences; none where nothing was counted. No count of people is among it."""
    steps = [step for step in road(room).steps if step.split is not None and step.visit is not None]
    if not steps:
        return []
    said = [n_("You voted on {count} decision.", "You voted on {count} decisions.", len(steps)).format(count=len(steps))]
    agreed = sum(1 for step in steps if step.question.kind == "one" and _all_one(step))
    if agreed:
        said.append(
            n_("Once all of you wanted the same.", "{count} times all of you wanted the same.", agreed).format(count=agreed)
        )
    tied = sum(1 for step in steps if step.visit is not None and step.visit.by == "tie")
    if tied:
        said.append(n_("Once you were of two minds.", "{count} times you were of two minds.", tied).format(count=tied))
    again = [step for step in steps if step.visit is not None and step.visit.shifted]
    moved = [
        step for step in again if step.split is not None and (step.split.moves or any(row.change for row in step.split.rows))
    ]
    turned = sum(1 for step in moved if _turned(step, room))
    if moved:
        words = n_("After one talk minds changed", "After {count} talks minds changed", len(moved)).format(count=len(moved))
        if not turned:
            said.append(_("{words}, though not what most wanted.").format(words=words))
        elif turned == len(moved) == 1:
            said.append(_("{words}, and with them what most wanted.").format(words=words))
        else:
            more = n_("once what most wanted changed too", "{count} times what most wanted changed too", turned).format(
                count=turned
            )
            said.append(_("{words}; {more}.").format(words=words, more=more))
    elif again:
        said.append(_("When you voted again nobody had moved: you were sure, or you were polite."))
    return said


def _all_one(step: Step) -> bool:
    """Everybody wanted one thing, in the last round that was shown."""
    rows = step.split.rows if step.split is not None else ()
    counts = [(row.second if row.second is not None else row.first) for row in rows]
    return sum(count > 0 for count in counts) == 1


def _turned(step: Step, room: Room) -> bool:
    """What most wanted was another thing after the talk."""
    assert step.visit is not None
    before, after = (outcome(step.question, ballot, room.setup) for ballot in (step.visit.first, step.visit.second))
    return (before.sure, before.tied) != (after.sure, after.tied)


def recap_lines(room: Room) -> list[str]:
    """What happened so far, in at most five lines: what it is about, the last decisions, where it stands now."""
    found = road(room)
    lines = [one_line(f"{room.story.title}. {room.story.blurb}")]
    steps = list(found.steps)
    if len(steps) > RECAP_LINES - 2:
        lines[0] += " " + n_("{count} decision so far.", "{count} decisions so far.", len(steps)).format(count=len(steps))
    lines += [
        _("{moment}, {scene}: {decision}").format(
            moment=moment_words(room.story, step.at), scene=one_line(step.title), decision=decided_words(step)
        )
        for step in steps[-(RECAP_LINES - 2) :]
    ]
    lines.append(here_words(room))
    return lines


def here_words(room: Room) -> str:
    """Where the room stands, as a sentence."""
    events = room.told_events
    if room.phase == "ended":
        end = next((event for event in reversed(events) if isinstance(event, ev.EndingReached)), None)
        return _("The story is over: {ending}.").format(ending=end.title if end is not None else room.play.ending)
    scene = next((event for event in reversed(events) if isinstance(event, ev.SceneBegan)), None)
    at = events[-1].at if events else room.story.start_clock
    moment = moment_words(room.story, at)
    if scene is None:
        return _("It is {moment}, and nothing has happened yet.").format(moment=moment)
    if room.phase == "telling":
        return _("It is {moment}: {scene}.").format(moment=moment, scene=one_line(scene.title))
    ask = one_line(room.question.ask) if room.question is not None else ""
    words = _("It is {moment}: {scene}. The room is deciding.").format(moment=moment, scene=one_line(scene.title))
    return f"{words} {ask}".strip()


__all__ = ["RECAP_LINES", "by_words", "decided_words", "here_words", "one_line", "recap_lines", "room_words", "table_name"]
