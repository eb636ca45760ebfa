"""The play beside the file: decisions that are wanted, tried again at each reload; values set, time hurried, scenes forced. Nothing is saved.

trial = Trial(story, seed=7)
trial.take(Input("meme", choice="speak-up"))
trial.restage(edited)       # the same decisions, as far as they fit
trial.misfit                # the first that does not, and why
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.play import events as ev
from engine.play.events import Event
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.play.reading import only_reading
from engine.play.rehearsal import Footing, Meddling, Rehearsal
from engine.script.findings import did_you_mean
from engine.story.flow import leads_to
from engine.story.model import END, Story
from game.session import Noted, Session
from game.words import _, n_

SET = ("dial", "flag", "number")
"""Kinds of values that an author may set."""
_CARRIED = (*SET, "taken", "piece")
"""Kinds of values that go along when the play is set down elsewhere; the others belong to a phone that is new then."""


class Misfit(NamedTuple):
    """A decision that no longer fits. `number` decisions fit before it, `kept` come after it."""

    number: int
    given: Input
    why: str
    kept: int


class Spot(NamedTuple):
    """How far a play was told: so many decisions, then up to this scene, or to the end."""

    decisions: int
    scene: str
    ended: bool


class Trial(Session):
    """A play that is not kept, and can be done over with another story."""

    def __init__(
        self, story: Story, seed: int = 0, name: str = "", inputs: Iterable[Input] = (), pronouns: str = "they"
    ) -> None:
        self.seed = seed
        self.name = name
        self.pronouns = pronouns
        self.wanted: list[Input] = [given for given in inputs if not only_reading(story, given)]
        """The decisions to take, those that do not fit among them."""
        self.parked: list[Input] = []
        """Decisions that were wanted once; `take_up` wants them again."""
        self.footing: Footing | None = None
        self.sets: dict[str, dict[str, int]] = {}
        self.rushed: set[str] = set()
        self.misfit: Misfit | None = None
        self.lost: list[str] = []
        """What else no longer fits: values that cannot be set, a scene to be set down in. In sentences."""
        self._noted: list[Noted] = []
        super().__init__(story, None, self._stage(story))

    # Doing it over

    def restage(self, story: Story | None = None) -> None:
        """Do the play over, in an edited story or as it is: every decision that is wanted, until the first that does not fit."""
        if story is not None:
            self.story = story
        self._noted = [noted for noted in self._noted if isinstance(noted.event, ev.ReadingChosen)]
        self._play = self._stage(self.story)
        self.told = len(self._play.events)

    def _stage(self, story: Story) -> Rehearsal:
        self.misfit = None
        self.lost = []
        play = self._opened(story)
        self._note_again(play, 0)
        for number, given in enumerate(self.wanted):
            try:
                play.take(given)
            except NotPossible as problem:
                why = _why_not(story, given, problem)
                self.misfit = Misfit(number, given, why, len(self.wanted) - number - 1)
                break
            self._note_again(play, number + 1)
        self.lost += play.unset
        for scene in (*self.sets, *self.rushed):
            if scene not in story.scenes:
                words = _("Something was set in “{scene}”, which is not there any more.").format(scene=scene)
                self.lost += [words] if words not in self.lost else []
        return play

    def _note_again(self, play: Play, depth: int) -> None:
        for noted in self._noted:
            if noted.depth == depth:
                noted.again(play)

    def _opened(self, story: Story) -> Rehearsal:
        footing = self.footing
        sets, rushed = self.sets, frozenset(self.rushed)
        if footing is not None and footing.scene not in story.scenes:
            guess = did_you_mean(footing.scene, story.scenes)
            words = _("There is no scene “{scene}” any more; the play begins at the beginning.").format(scene=footing.scene)
            self.lost.append(f"{words} {_sentence(guess)}".strip())
            footing = None
        if footing is not None:
            values = {}
            for name, number in footing.values.items():
                var = story.vars[story.var_index[name]] if name in story.var_index else None
                if var is not None and var.low <= number <= var.high:
                    values[name] = number
                else:
                    self.lost.append(_("“{name}” cannot be {number} any more.").format(name=name, number=number))
            then = footing.then if footing.then in story.scenes else None
            if then is not None and story.scenes[then].consequence:
                then = None
            footing = Footing(footing.scene, values, footing.clock, then)
        return Rehearsal.open(story, self.seed, self.name or None, self.pronouns, Meddling(footing, sets, rushed))

    @property
    def rehearsal(self) -> Rehearsal:
        """The play, as what it is."""
        assert isinstance(self._play, Rehearsal)
        return self._play

    # Deciding

    def take(self, given: Input, took_ms: int = 0) -> list[Event]:
        """Take a decision. What was wanted after this point is parked. Raises NotPossible."""
        events = super().take(given, took_ms)
        rest = self.wanted[len(self._play.inputs) - 1 :]
        if rest:
            self.parked = rest[1:] if rest[0].scene == given.scene else rest
        self._settle()
        return events

    def _settle(self) -> None:
        self.wanted = list(self._play.inputs)
        self.misfit = None

    def _stand(self, count: int) -> None:
        """Be where `count` of the decisions were taken."""
        inputs = self._play.inputs
        if count < len(inputs) - 1:
            self.parked = list(inputs[count:])
        self.wanted = list(inputs[:count])
        self._noted = [noted for noted in self._noted if noted.depth <= count]
        self._play = self._stage(self.story)

    def take_up(self) -> bool:
        """Want the parked decisions again. False when there are none."""
        if not self.parked:
            return False
        self.wanted = [*self._play.inputs, *self.parked]
        self.parked = []
        self.restage()
        return True

    def restart(self) -> None:
        """Begin again, with nothing set. The decisions are parked."""
        self.parked = list(self.wanted) or self.parked
        self._clear([])
        self.told = 0

    def reseed(self, seed: int) -> None:
        """The same decisions with another seed."""
        self.seed = seed
        self.restage()

    def go(self, inputs: Sequence[Input]) -> None:
        """Take these decisions from the beginning, with nothing set."""
        self.parked = []
        self._clear(list(inputs))

    def _clear(self, inputs: list[Input]) -> None:
        self.wanted = inputs
        self._noted = []
        self.footing = None
        self.sets = {}
        self.rushed = set()
        self.restage()

    def quietest(self) -> Input | None:
        """The quietest thing to do now: to skip, to stay silent, to pick as little as can be. None when the play is over."""
        offer = self.offer
        if offer is None:
            return None
        if offer.kind == "board":
            return Input(offer.scene, "link")
        if offer.kind == "several":
            picks: list[str] = []
            for option in sorted((one for one in offer.options if one.available), key=lambda one: one.cost):
                if len(picks) < offer.least:
                    picks.append(option.id)
            return Input(offer.scene, "pick", picks=tuple(picks))
        open_ = [option for option in offer.options if option.available]
        quiet = [option.id for option in open_ if option.id == offer.silence]
        onward = [option.id for option in open_ if not (option.look or option.stay)]
        name = next(iter([*quiet, *onward, *(option.id for option in open_)]), None)
        if name is None:
            return Input(offer.scene, "skip") if offer.skip else None
        return Input(offer.scene, choice=name)

    # Meddling

    def set_value(self, scene: str, name: str, number: int) -> str:
        """Set a value in a scene, and play that scene again with it. Returns what is to be said: nothing, or why it is not so."""
        self.sets.setdefault(scene, {})[name] = number
        self.restage()
        now = self._play.values[self.story.var_index[name]]
        if now == number:
            return ""
        words = _("“{name}” is {now} now: something after that sets it again.")
        return words.format(name=name, now=value_words(self.story, name, now))

    def rush(self, scene: str) -> None:
        """Let everything come that is pending before a scene, then play it again."""
        self.rushed.add(scene)
        self.restage()

    def set_down(self, scene: str) -> None:
        """Set the play down in a scene, with the values as they are now."""
        story, play = self.story, self._play
        values = {
            var.name: play.values[var.index]
            for var in story.vars
            if var.kind in _CARRIED and play.values[var.index] != var.start
        }
        then = None
        if story.scenes[scene].consequence:
            offer = self.offer
            then = offer.scene if offer is not None else None
        self.parked = []
        self.wanted = []
        self.sets = {}
        self.rushed = set()
        self.footing = Footing(scene, values, around(story, scene), then)
        self.restage()

    # Where one is

    def spot(self, told: int) -> Spot:
        """Where a play stands of which so many events were told."""
        events = self._play.events[:told]
        decisions = sum(1 for event in events if isinstance(event, ev.DecisionTaken))
        scene = next((event.scene for event in reversed(events) if isinstance(event, ev.SceneBegan)), "")
        return Spot(decisions, scene, any(isinstance(event, ev.EndingReached) for event in events))

    def tell_to(self, spot: Spot) -> None:
        """Count as told what was told at `spot`: all of its scene, and nothing after it. What is not there any more is told anew."""
        events = self._play.events
        if self.misfit is not None or (spot.ended and self.ended):
            self.told = len(events)
            return
        after = 0
        for _number in range(spot.decisions):
            found = next((at for at in range(after, len(events)) if isinstance(events[at], ev.DecisionTaken)), None)
            if found is None:
                break
            after = found + 1
        began = None
        for at in range(after, len(events)):
            event = events[at]
            if isinstance(event, ev.DecisionTaken):
                break
            if isinstance(event, ev.SceneBegan) and event.scene == spot.scene:
                began = at
                break
        if began is None and spot.decisions and self._last_scene(after) == spot.scene:
            began = after - 1  # still in the scene in which it was decided: a look, a choice that comes back
        if began is None:
            self.told = after
            return
        self.told = next(
            (at for at in range(began + 1, len(events)) if isinstance(events[at], _AFTER_SCENE)),
            len(events),
        )

    def tell_scene(self, scene: str) -> None:
        """Count as told all that came before the end of a scene, the last time that it came; everything when it never did."""
        events = self._play.events
        began = None
        for at, event in enumerate(events):
            if isinstance(event, ev.SceneBegan) and event.scene == scene:
                began = at
        if began is None:
            self.told = len(events)
            return
        self.told = next((at for at in range(began + 1, len(events)) if isinstance(events[at], _AFTER_SCENE)), len(events))

    def _last_scene(self, told: int) -> str:
        return self.spot(told).scene

    def misfit_words(self) -> list[str]:
        """What no longer fits and where it stands now, in sentences."""
        words: list[str] = []
        if self.misfit is not None:
            number, given, why, kept = self.misfit
            words.append(_("Decision {n}, “{decision}”, no longer fits: {why}").format(n=number + 1, decision=given, why=why))
            offer = self.offer
            words.append(
                _("It stands at “{scene}” now.").format(scene=offer.scene) if offer is not None else _("It is over now.")
            )
            if kept:
                words.append(
                    n_(
                        "{n} later decision is kept and tried again.", "{n} later decisions are kept and tried again.", kept
                    ).format(n=kept)
                )
        return [*words, *self.lost]


_AFTER_SCENE = (ev.SceneEnded, ev.DecisionOffered, ev.SceneBegan, ev.TimePassed, ev.ConsequenceDue, ev.EndingReached)


def _why_not(story: Story, given: Input, problem: NotPossible) -> str:
    """Why a decision does not fit, with a guess where a name was changed."""
    if given.scene not in story.scenes:
        words = _("there is no scene “{scene}”.").format(scene=given.scene)
        return f"{words} {_sentence(did_you_mean(given.scene, story.scenes))}".strip()
    scene = story.scenes[given.scene]
    if given.choice and scene.decides and given.choice not in scene.choices:
        words = _("there is no choice “{choice}” in “{scene}”.").format(choice=given.choice, scene=given.scene)
        return f"{words} {_sentence(did_you_mean(given.choice, scene.choices))}".strip()
    reason = problem.reason
    return reason[:1].lower() + reason[1:] if reason[:2].isascii() and not reason[1:2].isupper() else reason


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def around(story: Story, scene: str) -> int:
    """About when a scene plays, story seconds: the latest moment that scenes before it give; for the reckoning, that of the last scene."""
    at: dict[str, int] = {story.start: story.scenes[story.start].when or 0}
    waiting = [story.start]
    rounds = len(story.scenes) ** 2 + 1
    while waiting and rounds:
        rounds -= 1
        name = waiting.pop(0)
        found = story.scenes.get(name)
        if found is None:
            continue
        for onward in leads_to(story, found):
            following = story.scenes.get(onward)
            if onward == END or following is None:
                continue
            when = at[name]
            if following.when is not None:
                when = when + following.when if following.relative else max(when, following.when)
            if when > at.get(onward, -1):
                at[onward] = when
                waiting.append(onward)
    found = story.scenes[scene]
    known = at.get(scene)
    if known is None:
        return max(at.values())
    return known - (found.when or 0) if found.relative else known


def value_words(story: Story, name: str, number: int) -> str:
    """A value as an author writes it: yes and no, whole numbers, dials in points."""
    var = story.vars[story.var_index[name]]
    if var.kind == "dial":
        return dial_words(number)
    if var.kind == "number" or var.high > 1:
        return str(number)
    return _("yes") if number else _("no")


def dial_words(hundredths: int) -> str:
    """A dial in points, with its sign: +2, -1.5, 0."""
    points = f"{abs(hundredths) / 100:.2f}".rstrip("0").rstrip(".")
    return f"{'+' if hundredths > 0 else '-' if hundredths < 0 else ''}{points}"


__all__ = ["SET", "Misfit", "Spot", "Trial", "around", "dial_words", "value_words"]
