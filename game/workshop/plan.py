"""A plan for a session by the minute, from the same estimates as the facilitator's guide.

A vote that is counted, shown and talked about takes longer than the 45 seconds that the guide's estimates give a decision. So the
minutes that a session has to spare are given to votes: first to those most worth a talk, then to as many counted ones as fit. For
the others the facilitator looks at the hands and takes what most want, without counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.room.room import Room
from engine.story.model import Story
from game.graph.storymap import story_map
from game.guide.timings import PLANS, Timings
from game.words import _

TALK_SECONDS = 240
"""A vote with a talk and a second vote, beside what the guide gives a decision. A rule of thumb."""
COUNT_SECONDS = 45
"""Counting hands and showing the split, beside the same. A rule of thumb."""

MOST_TALKS = {30: 1, 60: 3, 90: 6}
"""Votes with a talk in a session of so many minutes. What is left is better spent on counting the others than on one talk more."""

Kind = Literal["opening", "scene", "rest", "debrief", "close"]
How = Literal["", "talk", "count", "eye"]


@dataclass(frozen=True, slots=True)
class Beat:
    """A part of a session. `start` and `end` are in seconds from its beginning."""

    kind: Kind
    title: str
    start: int
    end: int
    scene: str = ""
    how: How = ""
    """What is done with its decision: vote, talk and vote again; count; or look at the hands. Empty: there is none."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session of so many minutes. The scenes are those of the longest way; a room may go a shorter one."""

    minutes: int
    beats: tuple[Beat, ...]
    cut: tuple[str, ...]
    """Scenes that are left out and told in a line."""
    fits: bool
    """The story fits."""
    until: str
    """Where it does not: title of the last scene that does."""
    questions: int
    """Questions of the debrief for which there is time."""

    def beat_of(self, scene: str) -> Beat | None:
        """The beat of a scene; None for one that is not on the longest way."""
        return next((beat for beat in self.beats if beat.scene == scene), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session is in its plan. All in seconds."""

    beat: Beat
    """What the room is at."""
    left: int
    """Of the whole session; less than nothing: it is over time."""
    behind: int
    """How much later it is than the plan has it; less than nothing: earlier."""
    left_in_beat: int
    """Until the plan has the next beat; less than nothing: it should be there."""


def plan_for(story: Story, minutes: int) -> SessionPlan:
    """The plan for a session of 30, 60 or 90 minutes. Raises ValueError for another length."""
    if minutes not in PLANS:
        raise ValueError(f"a session takes {PLANS} minutes, not {minutes}")
    times = Timings(story_map(story))
    plan = times.plan(minutes)
    out = frozenset(plan.left_out)
    path = times.path(out)
    decisions = [key for key in path if times.map.nodes[key].kind == "decision"]
    spare = plan.talk * 60
    how: dict[str, How] = dict.fromkeys(decisions, "eye")
    for key in plan.stops[: MOST_TALKS[minutes]]:
        if spare >= TALK_SECONDS:
            how[key] = "talk"
            spare -= TALK_SECONDS
    for key in times.stops(out):
        if how.get(key) == "eye" and spare >= COUNT_SECONDS:
            how[key] = "count"
            spare -= COUNT_SECONDS
    at = plan.opening * 60
    beats = [Beat("opening", _("Welcome, the rules of the session, letters large enough"), 0, at)]
    end = at + plan.play * 60 + plan.talk * 60
    more = {"talk": TALK_SECONDS, "count": COUNT_SECONDS, "eye": 0, "": 0}
    lengths = {key: times.scenes[key] + times.coming[key] + more[how.get(key, "")] for key in path}
    # Told to the minutes of the plan, which are rounded up.
    scale = (end - at) / max(sum(lengths.values()) + times.after, 1) if plan.fits else 1.0
    clock = float(at)
    for key in path:
        node = times.map.nodes[key]
        clock += lengths[key] * scale
        if round(clock) > end:
            break
        beats.append(Beat("scene", node.title, beats[-1].end, round(clock), node.id, how.get(key, "")))
    rest = _("What comes of it, and how it ends") if plan.fits else _("Stop where you are, and tell how it ends")
    beats.append(Beat("rest", rest, beats[-1].end, end))
    beats.append(Beat("debrief", _("Looking back, with questions"), end, end + plan.debrief * 60))
    beats.append(Beat("close", _("Each writes their own rule"), end + plan.debrief * 60, minutes * 60))
    until = times.map.nodes[plan.until].title if plan.until else ""
    return SessionPlan(minutes, tuple(beats), plan.left_out, plan.fits, until, plan.questions)


def standing(plan: SessionPlan, room: Room, elapsed: float) -> Standing:
    """Where a room is in its plan after so many seconds; it is the caller who knows the time."""
    beat = _beat(plan, room)
    behind = round(elapsed - beat.end) if elapsed > beat.end else min(round(elapsed - beat.start), 0)
    return Standing(beat, round(plan.minutes * 60 - elapsed), behind, round(beat.end - elapsed))


def _beat(plan: SessionPlan, room: Room) -> Beat:
    by_kind = {beat.kind: beat for beat in plan.beats if beat.kind != "scene"}
    if room.phase == "ended":
        return by_kind["debrief"]
    state = room.state
    if not state.node and not state.told:
        return by_kind["opening"]
    # The scene that is told now; of one that is not on the longest way (or came due), the one before it that is.
    scenes = [room.stops[state.told - 1].scene] if state.told and room.stops else []
    scenes += [node.input.scene for node in reversed(room.path) if node.input is not None]
    if room.offer is None and state.told:
        return by_kind["rest"]
    found = (plan.beat_of(scene) for scene in scenes)
    return next((beat for beat in found if beat is not None), plan.beats[1])


def how_words(how: How) -> str:
    """What is done with a decision, in words."""
    if how == "talk":
        return _("vote, talk, vote again")
    if how == "count":
        return _("count the hands, show the split")
    return _("look at the hands, take what most want") if how == "eye" else ""


def plan_lines(plan: SessionPlan) -> list[str]:
    """The plan in lines, minute by minute."""
    lines = []
    for beat in plan.beats:
        start, end = round(beat.start / 60), round(beat.end / 60)
        words = how_words(beat.how)
        line = _("{start} to {end}: {title}").format(start=start, end=end, title=beat.title)
        lines.append(f"{line} ({words})" if words else line)
    if not plan.fits:
        lines.append(
            _("The whole story does not fit; at this pace the session comes to “{scene}”.").format(scene=plan.until)
            if plan.until
            else _("The story does not fit into this session.")
        )
    return lines


__all__ = ["Beat", "SessionPlan", "Standing", "how_words", "plan_for", "plan_lines", "standing"]
