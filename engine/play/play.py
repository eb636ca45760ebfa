"""A play: one person's (or room's) way through a story. Seed and inputs decide everything.

play = Play.begin(story, seed=7, name="Alex")
while play.offer is not None:
    play.take(Input(play.offer.scene, choice=play.offer.options[0].id))
play.ending
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.play import events as ev
from engine.play.events import YOU, DecisionOffered, Event
from engine.play.inputs import Input
from engine.play.offer import Offerer
from engine.play.phone import Person, Phone, PlaceView
from engine.play.stakes import telling
from engine.play.taking import NotPossible, taking
from engine.play.tell import Teller
from engine.play.world import World
from engine.script.times import duration_words
from engine.story.cut import comes
from engine.story.given import Given, begun_with
from engine.story.machine import GO, machine_of
from engine.story.model import DIAL_COUNT, END, Choice, Cue, Due, Effect, Passage, Scene, Story, Template
from engine.story.names import words_for
from engine.story.slots import fill
from engine.text import paragraphs
from engine.words import _, put


class Play(World):
    """A world that tells what happens. Made by `Play.begin` or `Play.replay`."""

    __slots__ = (
        "_machine",
        "_offerer",
        "_unseen",
        "ending",
        "events",
        "inputs",
        "name",
        "offer",
        "pronouns",
        "seed",
        "teller",
        "words",
    )

    def __init__(self, story: Story, seed: int, name: str | None = None, pronouns: str = "they") -> None:
        super().__init__(story)
        self.seed = seed
        self.name = name
        self.pronouns = pronouns
        self.events: list[Event] = []
        self.inputs: list[Input] = []
        self.offer: DecisionOffered | None = None
        """The decision that the story waits for; None when it is over."""
        self.ending: str | None = None
        self.words = words_for(story, seed, name, pronouns)
        self._machine = machine_of(story)
        self._unseen: int | None = None
        """The clock before something came due that nobody sees; the time since then is told with the next scene."""
        self.teller = Teller(self)
        self._offerer = Offerer(self, seed, self.words, self.teller.place_names, self.teller.members)

    # Beginning and going on

    @classmethod
    def begin(
        cls, story: Story, seed: int, name: str | None = None, pronouns: str = "they", given: Given | None = None
    ) -> Play:
        """Begin a play and run it to its first decision.

        `seed` decides made-up names, the order of options and the tellings; `name` is the player's own, used where the
        scenario has no protagonist. `given` is what came before, in a career.
        """
        play = cls(begun_with(story, given), seed, name, pronouns)
        play._open()
        return play

    @classmethod
    def at(
        cls,
        story: Story,
        seed: int,
        scene: str,
        values: Mapping[str, int] | None = None,
        name: str | None = None,
        pronouns: str = "they",
        *,
        clock: int | None = None,
        then: str | None = None,
    ) -> Play:
        """A play that is set down in a scene. For previews and tests only: no decisions lead here, and perhaps none can.

        `values` are set directly, by their names in `Story.vars`: flags 0 or 1, numbers within their bounds, dials in hundredths of a
        point. All others are as at the beginning, and nothing is pending but what the past left. The scene's own `if` is not asked.
        `clock` is the story time before the scene, seconds; default: the beginning. After a scene that comes as a consequence the
        story goes on in `then` (default: where it begins). The events say so: `SetDown`. `replay` does not know of it.

        Raises ValueError for a scene that is not there, and for a value that is not there or out of its bounds.
        """
        play = cls(story, seed, name, pronouns)
        play.set_down(scene, values or {}, clock, then)
        return play

    def _open(self) -> None:
        """Begin, in a play just made."""
        self._tell_past()
        self._go_in(self.story.start)

    def set_down(self, scene: str, values: Mapping[str, int], clock: int | None = None, then: str | None = None) -> None:
        """Begin in a scene, in a play just made. See `at`."""
        found = self.story.scenes.get(scene)
        if found is None or (then is not None and (then not in self.story.scenes or self.story.scenes[then].consequence)):
            raise ValueError(_("There is no scene '{scene}'.").replace("{scene}", scene if found is None else str(then)))
        for value in values:
            self.set_value(value, values[value])
        if clock is not None:
            self.clock = max(clock, self.clock)
        self._tell_past()
        self.events.append(ev.SetDown(at=self.clock, scene=scene, values=dict(values)))
        if not found.consequence:
            self._enter(scene)
            return
        since = self.clock
        self.on_scene(found, since)
        self._play_scene(found)
        self._go_in(then if then is not None else self.story.start)

    def set_value(self, name: str, number: int) -> None:
        """Set a value directly: for previews and tests only. Raises ValueError for one that is not there or out of its bounds."""
        index = self.story.var_index.get(name)
        if index is None:
            raise ValueError(put(_("There is no value '{name}'."), name=name))
        var = self.story.vars[index]
        if not var.low <= number <= var.high:
            words = put(_("'{name}' goes from {low} to {high}."), name=name)
            raise ValueError(words.replace("{low}", str(var.low)).replace("{high}", str(var.high)))
        self.values[index] = number

    def _tell_past(self) -> None:
        self.events.append(ev.PlayBegan(at=self.clock, scenario=self.story.id, title=self.story.title, seed=self.seed))
        for place in self.story.places.values():
            if place.past:
                self.teller.past(place)

    def _go_in(self, scene: str) -> None:
        """Enter a scene by its gate, where it has one."""
        gate = f"{scene}?"
        self.scene = scene
        self._enter(gate if gate in self._machine.states else scene)

    def _enter(self, name: str) -> None:
        """Enter a state of the machine and run to the first decision."""
        state = self._machine.get_state(name)
        self._machine.set_state(state, self)
        for callback in state.on_enter:
            callback(self)  # type: ignore[operator]
        self._run_on()

    @classmethod
    def replay(
        cls,
        story: Story,
        seed: int,
        inputs: Iterable[Input],
        name: str | None = None,
        pronouns: str = "they",
        given: Given | None = None,
    ) -> Play:
        """The play that these inputs give. Raises NotPossible, with `index`, at the first that does not fit."""
        play = cls.begin(story, seed, name, pronouns, given)
        for index, taken in enumerate(inputs):
            try:
                play.take(taken)
            except NotPossible as problem:
                raise NotPossible(problem.reason, taken, index) from None
        return play

    def rewound(self, count: int) -> Play:
        """A new play with only the first `count` inputs taken."""
        return Play.replay(self.story, self.seed, self.inputs[:count], self.name, self.pronouns)

    def take(self, given: Input) -> list[Event]:
        """Take a decision and run to the next. Returns the new events.

        Raises NotPossible, with nothing changed, when the input is not on offer.
        """
        scene = self.story.scenes[self.offer.scene] if self.offer is not None else None
        taken = taking(given, self.offer, scene, self.clock)
        if taken.picked is not None:
            self.picked = taken.picked
        if taken.linked is not None:
            self.linked = taken.linked
        mark = len(self.events)
        self.events.append(taken.event)
        self.inputs.append(given)
        self.offer = None
        self._machine.events[taken.trigger].trigger(self, self)
        self._run_on()
        return self.events[mark:]

    def note_draft(self, choice: str, text: str = "") -> Event:
        """Note that the player wrote something and took it back. Changes nothing else."""
        offer = self.offer
        scene = offer.scene if offer is not None else self.scene
        if not text and offer is not None:
            option = next((option for option in offer.options if option.id == choice), None)
            text = (option.send if option is not None else offer.send) or ""
        event = ev.DraftTakenBack(at=self.clock, scene=scene, choice=choice, text=text)
        self.events.append(event)
        return event

    def note_reading(self, scene: str, read: bool) -> Event:
        """Note whether the player reads a scene to read that can be skipped. Changes nothing else: it has happened all the same."""
        event = ev.ReadingChosen(at=self.clock, scene=scene, read=read)
        self.events.append(event)
        return event

    def phone(self, *, empty: bool = False) -> Phone:
        """The phone as it stands after all events, or before the first."""
        phone = Phone(self._place_views())
        phone.clock = self.story.start_clock
        if not empty:
            phone.apply_all(self.events)
        return phone

    @property
    def given(self) -> Given | None:
        """What came before, in a career."""
        return self.story.given

    @property
    def dials(self) -> dict[str, int]:
        """The five dials in hundredths of a point."""
        return {var.name: self.values[var.index] for var in self.story.vars[:DIAL_COUNT]}

    def text(self, template: Template) -> str:
        """A text with its slots filled."""
        return template if isinstance(template, str) else fill(template, self.words)

    def passage(self, passage: Passage) -> str:
        """A passage with its slots filled, and what does not hold as things stand left out, a paragraph to a line."""
        return paragraphs("\n".join(self.text(line) for line in passage.told(self.values)))

    def _place_views(self) -> list[PlaceView]:
        views: list[PlaceView] = []
        for place in self.story.places.values():
            people = [Person(person, self.words[person], self.words[f"{person}.is"]) for person in place.people]
            views.append(
                PlaceView(
                    place.id,
                    place.kind,  # type: ignore[arg-type]
                    self.text(place.name),
                    place.members,
                    people,
                    self.text(place.audience),
                    self.words[place.phone] if place.phone else None,
                    place.official,
                    place.own,
                    timer=place.timer,
                )
            )
        return views

    # Running on

    def _run_on(self) -> None:
        machine = self._machine
        scenes = self.story.scenes
        while True:
            name = self.scene
            scene = scenes.get(name)
            if scene is not None and scene.decides:
                if self.offer is None:
                    self.offer = self._offerer.offer(scene)
                    self.events.append(self.offer)
                return
            if name == END:
                return
            machine.events[GO].trigger(self, self)

    def pass_time(self, seconds: int) -> None:
        """Let time pass inside a scene, and tell which messages go."""
        if seconds:
            super().pass_time(seconds)
        self.teller.burn()

    def pass_over(self, scene: Scene) -> None:
        """A scene is passed over; what was said there without the player is kept for the debrief."""
        at = self._target if self._target is not None else self.clock
        super().pass_over(scene)
        if scene.cut and comes(scene, self.values):
            self.events.append(ev.SceneCut(at=self.clock, scene=scene.id, line=self.text(scene.optional or "")))
        self.teller.missed_scene(scene, at)

    def skip(self, scene: Scene) -> None:
        """The player skips the rest of a scene; one line tells what it was."""
        assert scene.skip is not None
        self.events.append(ev.Skipped(at=self.clock, scene=scene.id, told=self.text(scene.skip)))

    def finish(self) -> None:
        """Let the reckoning come, then find the ending."""
        super().finish()
        self.teller.burn()
        story = self.story
        ending = story.ending_at(self.values)
        codas = tuple(words for coda in story.codas_at(self.values) if (words := self.passage(coda.text)))
        self.ending = ending.id
        self.events.append(
            ev.EndingReached(
                at=self.clock,
                ending=ending.id,
                title=self.text(ending.title),
                epilogue=self.passage(ending.epilogue),
                codas=codas,
                support=ending.support,
            )
        )

    # Telling what happens

    def effect(self, effect: Effect, at: int) -> None:
        """Apply an effect and say so."""
        super().effect(effect, at)
        events = self.events
        for flag, index in effect.flags:
            events.append(ev.FlagSet(at=self.clock, flag=flag, value=self.values[index], source=effect.source))
        if effect.dials:
            events.append(
                ev.DialsChanged(
                    at=self.clock,
                    changes=effect.dials,
                    because=self.text(effect.because),
                    source=effect.source,
                    late=effect.late,
                )
            )
        for index in effect.later:
            due = self.story.dues[index]
            events.append(
                ev.ConsequencePending(at=self.clock, id=due.id, due=due.due_at(at), made_by=due.made_by, promise=due.promise)
            )
        for lasting in effect.lasting:
            self.teller.lasting(lasting)

    def script(self, cues: tuple[Cue, ...]) -> None:
        """Play a script line by line."""
        for cue in cues:
            if cue.guard is None or cue.guard.test(self.values):
                self.teller.cue(cue)

    def scene_script(self, scene: Scene) -> None:
        """Play a scene's script, and one of its tellings."""
        self.script(scene.script)
        if scene.tellings:
            clock = self.clock
            self.script(self.drawn(scene))
            self.clock = clock

    def drawn(self, scene: Scene) -> tuple[Cue, ...]:
        """The telling of a scene that this seed draws; empty where there is none to draw."""
        if not scene.tellings:
            return ()
        return telling(scene, self.story, self.seed, self.events, self.clock).script

    def say(self, choice: Choice) -> None:
        """Show what the player sends."""
        self.teller.say(choice, self.scene)

    def say_picked(self, scene: Scene) -> None:
        """Show what the player sends with a pick."""
        self.teller.say_picked(scene, self.picked)

    def _come_due(self, due: Due, since: int) -> None:
        """Let something come due. What shows no scene moves the clock all the same."""
        if self._unseen is None and since < self.clock:
            self._unseen = since
        super()._come_due(due, since)

    def on_scene(self, scene: Scene, since: int) -> None:
        """A scene begins."""
        if self._unseen is not None:
            since, self._unseen = min(since, self._unseen), None
        self.teller.burn()
        muted = self.values[scene.muted] if scene.muted >= 0 and not scene.consequence else 0
        if self.clock > since:
            self.events.append(
                ev.TimePassed(
                    at=self.clock, since=since, words=duration_words(self.clock - since), after_end=self.clock > self.ended_at
                )
            )
        if muted and scene.place is not None:
            self.events.append(ev.SeenLate(at=self.clock, place=scene.place, seconds=muted))
        self.events.append(
            ev.SceneBegan(
                at=self.clock, scene=scene.id, title=self.text(scene.title), place=scene.place, consequence=scene.consequence
            )
        )

    def on_scene_over(self, scene: Scene) -> None:
        """A scene's script is over."""
        if not scene.decides:
            self.events.append(ev.SceneEnded(at=self.clock, scene=scene.id))

    def on_due(self, due: Due, scene: Scene | None, holds: bool, since: int) -> None:
        """Something comes due."""
        self.teller.burn()
        self.events.append(
            ev.ConsequenceDue(
                at=self.clock,
                id=due.id,
                scene=scene.id if scene is not None else None,
                made_by=due.made_by,
                promise=due.promise,
                prevented=not holds,
            )
        )


__all__ = ["YOU", "NotPossible", "Play"]
