"""Looks back at a play: the player's own transcript, with what each decision set in motion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.debrief.model import Debrief, DialLine, Moment, Motion, Reason, TranscriptLine
from engine.debrief.seenby import witnesses
from engine.debrief.visits import visits
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.play import Play
from engine.story.flow import effects_of_scene
from engine.story.horizon import beyond, fates
from engine.story.model import DIAL_UNIT
from engine.words import _, put

SHOWN_LIMIT = 10
BEFORE = "(before)"
"""Source of what a dial began with, in a later part of a career."""
NEAR = 3600
"""What others did within so many seconds of a decision was going on at that moment."""
COMES_IN = ("group", "dm", "feed", "mail")
"""Kinds of places in which something may come in while one is elsewhere; what is said in a room is heard or is not."""
FEW = 3
"""So many things that were going on elsewhere are told."""


def dial_labels() -> dict[str, str]:
    """The dials' names in words."""
    return {
        "trust": _("Public trust"),
        "team": _("Team safety"),
        "people": _("People affected"),
        "own": _("Own standing"),
        "security": _("Operational security"),
    }


def shown_points(value: int) -> int:
    """A dial as it is shown: whole points from -10 to +10, halves away from zero. `value` is in hundredths."""
    sign = -1 if value < 0 else 1
    points = sign * ((abs(value) * 2 + DIAL_UNIT) // (2 * DIAL_UNIT))
    return max(-SHOWN_LIMIT, min(SHOWN_LIMIT, points))


def build(play: Play) -> Debrief:
    """The debrief of a play, at its end or on the way."""
    return _Builder(play).build()


class _Builder:
    def __init__(self, play: Play) -> None:
        self.play = play
        self.story = play.story
        self.moments: list[Moment] = []
        self.reasons: list[Reason] = []
        self.motions: dict[str, list[Motion]] = {}
        """What is still to come, by id, the first made first."""
        self.by_message: dict[str, TranscriptLine] = {}
        self.by_source: dict[str, Moment] = {}
        self.labels: dict[str, str] = {}
        """What each decision, and each piece of one, was called."""
        self.latest = ""
        self.names = {view.id: view.name for view in play.phone(empty=True).places.values()}
        self.decisions = 0
        self.after_end = False
        self.offer: ev.DecisionOffered | None = None
        self.due: Motion | None = None
        self.drafts = 0
        self.debrief: Debrief | None = None
        self.here: set[str] = set()
        """The place in which the player is, and those in which they wrote since they came there: what comes in there is read."""
        self.arrived: dict[str, int] = {}
        """What has come in on the player's phone and was neither read nor told of since, by place."""
        self.asked_at: dict[int, int] = {}
        """When the player was first asked, by the moment's first event."""
        self.told: set[int] = set()
        """What was going on elsewhere and stands under a decision already, by its event: it is told there and not again."""
        self.touching = {
            effect.source: effect.affects for scene in play.story.scenes.values() for effect in effects_of_scene(scene)
        }
        """Whom everything that can change something touches, by its id."""
        self.all = visits(play)

    def build(self) -> Debrief:
        play, story = self.play, self.story
        result = Debrief(story.id, story.title, play.words["you"], play.seed, self.moments, [])
        self.debrief = result
        covered = {visit.first: visit.covered for visit in self.all}
        for index, event in enumerate(play.events):
            handler = _HANDLERS.get(type(event))
            if handler is not None:
                handler(self, event)
            if isinstance(event, ev.SceneBegan):
                self.moments[-1].first = index
                self.moments[-1].covered = covered.get(index, False)
            if self.moments:
                self.moments[-1].last = index + 1
        self._held_back()
        for moment in self.moments:
            self._cover(moment)
            self._touched(moment)
            if moment.decision >= 0:
                self._elsewhere(moment)
        self.moments[:] = [moment for moment in self.moments if _says_something(moment)]
        labels = dial_labels()
        for var in story.vars[: len(labels)]:
            value = play.values[var.index]
            moved = [reason for reason in self.reasons if var.name in reason.changes]
            if story.given is not None and var.start:
                before = Reason(story.start_clock, {var.name: var.start}, "", BEFORE, _("From before"))
                moved.insert(0, before)
            result.dials.append(DialLine(var.name, labels[var.name], value, shown_points(value), moved))
        result.questions = [play.text(question) for question in story.questions]
        cheapest = story.scenario.debrief.cheapest
        if cheapest is not None:
            result.cheapest = cheapest
            result.cheapest_title = play.text(story.scenes[cheapest].title)
            result.cheapest_because = play.text(story.cheapest_because)
        result.support_line = play.words.get("support_line", "")
        result.second_thoughts = self.drafts
        if story.given is not None:
            from engine.debrief.career import carried_words

            result.carried = [one.words for one in carried_words(story, story.given)]
        result.witnesses = witnesses(play)
        return result

    def _held_back(self) -> None:
        """What lies beyond the beginning of the next part of a career: that it is still to come is told, and not what."""
        play = self.play
        if self.story.horizon is None:
            return
        if play.ending is None:
            out = {self.story.dues[index].id for index in fates(self.story).out}
            for motion in (motion for moment in self.moments for motion in moment.motions):
                if motion.came == "pending" and motion.id in out:
                    motion.came, motion.title = "beyond", ""
            return
        ahead = beyond(self.story, play.values, play.pending, play.ended_at)
        ids = {self.story.dues[index].id for _after, index in ahead}
        for moment in self.moments:
            moment.motions[:] = [motion for motion in moment.motions if motion.came != "pending" or motion.id in ids]
            for motion in moment.motions:
                if motion.came == "pending":
                    motion.came, motion.title = "beyond", ""
        last = next((moment for moment in reversed(self.moments) if moment.decision >= 0), None)
        reckoned: dict[int, Motion] = {}
        for after, index in ahead:
            due = self.story.dues[index]
            if index in self.story.reckoning:
                reckoned.setdefault(after, Motion(due.id, due.made_by, play.ended_at + after, after, "beyond"))
        if last is not None:
            last.motions += reckoned.values()

    def _cover(self, moment: Moment) -> None:
        """A beat that may be skipped is told in its one line, where it was skipped and where nothing says that it was read."""
        scene = self.story.scenes.get(moment.scene)
        if not moment.covered or scene is None or scene.skip is None:
            return
        moment.lines[:] = [TranscriptLine(moment.at, moment.place, "", self.play.text(scene.skip), "notice")]
        moment.before = 0

    def _touched(self, moment: Moment) -> None:
        """Whom it touched, as the author says; else those who are to be met in what came of it."""
        said = [*moment.affects, *(name for motion in moment.motions for name in motion.affects)]
        met = [name for motion in moment.motions for name in motion.people]
        moment.affects = list(dict.fromkeys(said or met))

    def _elsewhere(self, moment: Moment) -> None:
        """What others said in other places about then: nearest in time first, told in the order in which it was.

        Decisions within an hour of each other have the same few beside them: the first has them, the others what is left.
        """
        asked = self.asked_at.get(moment.first, moment.at)
        place = next((visit.place for visit in self.all if visit.first == moment.first), None)
        near: list[tuple[int, int, TranscriptLine]] = []
        for visit in self.all:
            if visit.covered or visit.first == moment.first:
                continue
            for index in range(visit.first, visit.last):
                event = self.play.events[index]
                if not isinstance(event, ev.MessageShown | ev.Missed) or event.place == place:
                    continue
                if isinstance(event, ev.MessageShown) and (event.past or event.sender in (None, YOU)):
                    continue
                if isinstance(event, ev.MessageShown) and self.story.places[event.place].phone is None:
                    continue  # the player had it before them, then or soon
                if abs(event.at - asked) <= NEAR:
                    near.append((abs(event.at - asked), index, self._heard(event)))
        few = sorted(sorted(near, key=lambda one: one[:2])[:FEW], key=lambda one: one[1])
        moment.elsewhere = [line for _distance, index, line in few if index not in self.told]
        self.told.update(index for _distance, index, _line in few)

    def _heard(self, event: ev.MessageShown | ev.Missed) -> TranscriptLine:
        phone = self.story.places[event.place].phone
        name = self.names.get(event.place, event.place)
        where = put(_("{name}’s phone"), name=self.play.words[phone]) if phone is not None else name
        kind = event.kind if isinstance(event, ev.MessageShown) else "text"
        return TranscriptLine(event.at, where, event.name, event.text, kind)

    def _names(self, people: Iterable[str]) -> list[str]:
        return [self.play.words[person] for person in people]

    # Events

    def _moment(self) -> Moment:
        if not self.moments:
            self.moments.append(Moment("", "", self.story.start_clock, ""))
        return self.moments[-1]

    def _scene(self, event: ev.SceneBegan) -> None:
        place = self.story.places[event.place] if event.place is not None else None
        if event.place is not None:
            self.here = {event.place}
            self.arrived.pop(event.place, None)
        phone = self.play.words.get(place.phone) if place is not None and place.phone else None
        moment = Moment(
            event.scene,
            event.title,
            event.at,
            self.names.get(event.place or "", ""),
            phone,
            event.consequence,
            self.after_end,
        )
        unseen = self.story.unseen.get(event.scene)
        if unseen is not None:
            moment.unseen = self.play.passage(unseen)
        if event.consequence and self.due is not None:
            moment.made_by = self.due.made_by
            self.due.title = event.title
            self.due.lines = moment.lines
            self.due.affects += self._names(self.touching.get(event.scene, ()))
            if place is not None and place.phone is not None:
                self.due.people.append(self.play.words[place.phone])
        elif not event.consequence:
            moment.affects += self._names(self.touching.get(event.scene, ()))
        self.moments.append(moment)

    def _passed(self, event: ev.TimePassed) -> None:
        self.after_end = event.after_end

    def _shown(self, event: ev.MessageShown) -> None:
        if event.past:
            return
        line = TranscriptLine(
            event.at,
            self.names.get(event.place, event.place),
            event.name,
            event.text,
            event.kind,
            event.sender == YOU,
            "forwarded" if event.forwarded else "",
        )
        self.by_message[event.id] = line
        place = self.story.places[event.place]
        if event.sender == YOU:
            self.here.add(event.place)
            self.arrived.pop(event.place, None)
        elif event.sender and event.place not in self.here and place.phone is None and place.kind in COMES_IN:
            self.arrived[event.place] = self.arrived.get(event.place, 0) + 1
        moment = self._moment()
        moment.lines.append(line)
        if (
            moment.consequence
            and self.due is not None
            and event.sender in self.story.cast
            and event.name not in self.due.people
        ):
            self.due.people.append(event.name)

    def _note(self, event: ev.Deleted | ev.Expired | ev.Edited) -> None:
        line = self.by_message.get(event.message)
        if line is None:  # it was there before the story began
            return
        if isinstance(event, ev.Edited):
            line.note = event.how
        else:
            line.note = "deleted" if isinstance(event, ev.Deleted) else "expired"

    def _missed(self, event: ev.Missed) -> None:
        self._moment().missed.append(
            TranscriptLine(event.at, self.names.get(event.place, event.place), event.name, event.text, "text")
        )

    def _renamed(self, event: ev.Renamed) -> None:
        self.names[event.place] = event.name

    def _offered(self, event: ev.DecisionOffered) -> None:
        self.offer = event
        moment = self._moment()
        if moment.decision >= 0:
            return
        self.asked_at.setdefault(moment.first, event.at)
        moment.waiting = [(self.names.get(place, place), count) for place, count in self.arrived.items()]
        self.arrived.clear()

    def _taken(self, event: ev.DecisionTaken) -> None:
        moment = self._moment()
        if moment.decision < 0:
            moment.decision = self.decisions
            moment.before = len(moment.lines)
        self.decisions += 1
        moment.how = event.how
        moment.taken.extend(event.labels or (event.label,))
        self.latest = ", ".join(event.labels or (event.label,))
        self.labels[f"{event.scene}.{event.choice}"] = self.latest
        self.labels.update(zip((f"{event.scene}.{piece}" for piece in event.picks), event.labels, strict=False))
        self.by_source[f"{event.scene}.{event.choice}"] = moment
        self.by_source[event.scene] = moment
        moment.affects += self._names(self.touching.get(f"{event.scene}.{event.choice}", ()))
        for piece in event.picks:
            self.by_source[f"{event.scene}.{piece}"] = moment
            moment.affects += self._names(self.touching.get(f"{event.scene}.{piece}", ()))
        if self.offer is not None and self.offer.scene == event.scene:
            chosen = {event.choice, *event.picks}
            for option in self.offer.options:
                if option.id in chosen:
                    moment.thought = option.thought or moment.thought
            if not any(option.look or option.stay for option in self.offer.options if option.id in chosen):
                moment.alternatives = [
                    option.label for option in self.offer.options if option.id not in chosen and option.available
                ]

    def _cut(self, event: ev.SceneCut) -> None:
        if self.debrief is not None and event.line:
            self.debrief.left_out.append(event.line)

    def _draft(self, event: ev.DraftTakenBack) -> None:
        self.drafts += 1
        self._moment().drafts.append(event.text)

    def _dials(self, event: ev.DialsChanged) -> None:
        moment = self._moment()
        due = self.due
        if due is not None and event.source == due.id:
            what = due.title
        elif event.source == moment.scene:
            what = moment.title
        else:
            what = self.labels.get(event.source, self.latest)
        reason = Reason(event.at, dict(event.changes), event.because, event.source, what, event.late)
        self.reasons.append(reason)
        touched = self._names(self.touching.get(event.source, ()))
        moment.affects += [] if moment.consequence else touched
        if due is not None and (moment.consequence or event.source == due.id):
            due.reasons.append(reason)
        else:
            moment.reasons.append(reason)

    def _pending(self, event: ev.ConsequencePending) -> None:
        due = next(due for due in self.story.dues if due.id == event.id)
        title = self.play.text(self.story.scenes[due.scene].title) if due.scene is not None else ""
        motion = Motion(event.id, event.made_by, event.due, event.due - event.at, "pending", title=title, promise=event.promise)
        self.motions.setdefault(event.id, []).append(motion)
        self._owner(event.made_by).motions.append(motion)

    def _owner(self, made_by: str) -> Moment:
        scene = made_by.partition(".")[0]
        return self.by_source.get(made_by) or self.by_source.get(scene) or self._moment()

    def _came(self, event: ev.ConsequenceDue) -> None:
        waiting = self.motions.get(event.id)
        motion = waiting.pop(0) if waiting else Motion(event.id, event.made_by, event.at, 0, "came")
        motion.scene = event.scene
        if event.prevented:
            motion.came = "otherwise" if event.scene is not None else "prevented"
        else:
            motion.came = "came"
            due = next(due for due in self.story.dues if due.id == event.id)
            motion.affects += self._names(due.effect.affects if due.effect is not None else ())
        motion.due = event.at
        if event.scene is not None:
            motion.title = self.play.text(self.story.scenes[event.scene].title)
        self.due = motion

    def _ended(self, event: ev.EndingReached) -> None:
        result = self.debrief
        assert result is not None
        result.ending, result.ending_title, result.epilogue = event.ending, event.title, event.epilogue
        result.codas, result.support = event.codas, event.support


def _says_something(moment: Moment) -> bool:
    return bool(moment.lines or moment.taken or moment.reasons or moment.missed or moment.drafts)


_HANDLERS: dict[type[ev.Event], Callable[[_Builder, Any], None]] = {
    ev.SceneBegan: _Builder._scene,
    ev.TimePassed: _Builder._passed,
    ev.MessageShown: _Builder._shown,
    ev.Deleted: _Builder._note,
    ev.Expired: _Builder._note,
    ev.Edited: _Builder._note,
    ev.Missed: _Builder._missed,
    ev.Renamed: _Builder._renamed,
    ev.DecisionOffered: _Builder._offered,
    ev.DecisionTaken: _Builder._taken,
    ev.SceneCut: _Builder._cut,
    ev.DraftTakenBack: _Builder._draft,
    ev.DialsChanged: _Builder._dials,
    ev.ConsequencePending: _Builder._pending,
    ev.ConsequenceDue: _Builder._came,
    ev.EndingReached: _Builder._ended,
}
