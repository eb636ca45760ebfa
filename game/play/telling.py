"""The telling half of the play screen: what the director plays is shown, and the panel that fits stands under it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.app import ComposeResult
from textual.screen import Screen

from engine.play import events as ev
from engine.play.events import DecisionOffered, Event
from engine.play.inputs import Input
from engine.play.reading import asks_first
from engine.script.times import duration_words
from game.clock import clock_words, day_name
from game.play.asking import AskFirstPanel
from game.play.board import BoardPanel
from game.play.cards import RecapScreen
from game.play.director import Cancel, Director, Doing, Scheduler
from game.play.dock import Dock
from game.play.keyline import KeyLine
from game.play.look import beginning_of, turns
from game.play.manner import Manner
from game.play.options import ChoicePanel
from game.play.pane import PhonePane
from game.play.panel import Panel, ReadingPanel, TellingPanel, UndoPanel
from game.play.passing import TimeScreen
from game.play.pick import PickPanel, pick_panel
from game.play.places import PlacesPanel
from game.play.status import StatusLine, TopRule
from game.quiet import to_be_seen
from game.session import Session
from game.words import _, n_

HASTE = 0.35
"""Seconds after a key that goes on in which Enter takes no option."""


class TellingScreen(Screen[bool]):
    """A stage for a director: the phone above, one panel below. What the player does is for the classes that follow."""

    def __init__(
        self,
        session: Session,
        manner: Manner | None = None,
        *,
        scheduler: Scheduler | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`scheduler` calls back later (default: the screen's own timers); `clock` measures how long a decision took, seconds."""
        super().__init__()
        self.session = session
        self.manner = manner or Manner()
        self._after = scheduler or self._in_time
        self._now = clock
        self.director = Director(self, self._after, self.manner)
        self.status = StatusLine()
        self.rule = TopRule(moves=not self.manner.reduced_motion)
        self.dock = Dock(self._after, self._lapsed, id="dock")
        phone = session.play.phone(empty=True)
        self.pane = PhonePane(session.story, phone, self.dock, reduced_motion=self.manner.reduced_motion, id="middle")
        self.key_line = KeyLine()
        self._offered_at = 0.0
        self._pending: Input | None = None
        self._due: ev.ConsequenceDue | None = None
        self._came = ""
        self._skippable = ""
        self._missed: list[ev.SceneCut] = []
        self._ended: ev.EndingReached | None = None
        self._ringing: Cancel | None = None
        self._decision: Panel | None = None
        self._clock_stood = False
        self._read_elsewhere = False
        self._went_on = float("-inf")

    def compose(self) -> ComposeResult:
        """Top, middle, bottom."""
        yield self.status
        yield self.rule
        yield self.pane
        yield self.key_line

    def _in_time(self, seconds: float, act: Callable[[], None]) -> Cancel:
        return self.set_timer(seconds, act).stop

    def set_manner(self, manner: Manner) -> None:
        """Other settings from now on."""
        self.manner = self.director.manner = manner

    # Beginning, and beginning again

    def on_mount(self) -> None:
        """Show what was told before, say where one is, and go on."""
        resumed = bool(self.session.told and self.session.play.inputs) or bool(self.session.resumed_changes)
        if resumed:
            lines = self.session.recap()
            card = RecapScreen(self.session.story.title, lines, self.session.resumed_changes)
            self.app.push_screen(card, lambda _none: self.begin())
            self._show_told()
        else:
            self.begin()

    def _show_told(self) -> None:
        self.pane.reset(self.session.phone())
        self._show_head()

    def begin(self) -> None:
        """Show at once what was told before, then tell the rest."""
        self._ended = None
        self._missed.clear()
        told = self.session.play.events[: self.session.told]
        self.director.begin(told)
        for event in told:
            self._note(event)
        self._show_told()
        rest = self.session.play.events[self.session.told :]
        if rest:
            self._wait()
            self.director.tell(to_be_seen(rest))
        else:
            self.caught_up()

    # What the director calls

    def show(self, event: Event) -> None:
        """Let one event show."""
        self._note(event)
        if isinstance(event, ev.DecisionOffered):
            self._back_to_scene()
        self.pane.apply(event)
        if isinstance(event, ev.Skipped) and event.told:
            self.pane.tell(event.told, event.at)
        elif isinstance(event, ev.SceneCut):
            self._missed.append(event)
            self._tell_missed()
        elif isinstance(event, ev.SeenLate):
            words = _("You see this {how_long} later.").format(how_long=duration_words(event.seconds))
            self.pane.tell(words, event.at, event.place)
        elif isinstance(event, ev.SceneBegan) and self._skippable and not asks_first(self.session.story.scenes[event.scene]):
            self.dock.say(" ".join(part for part in (self.session.content_note(event.scene), _("s skips this.")) if part))
            self.refresh_keys()
        if isinstance(event, ev.SceneBegan):
            self._tell_missed()
        self._show_head()

    def _tell_missed(self) -> None:
        """Tell what was left out, once there is a place to tell it in."""
        if self.pane.scene_place is None:
            return
        for missed in self._missed:
            if missed.line:
                self.pane.tell(missed.line, missed.at)
        self._missed.clear()

    def _back_to_scene(self) -> None:
        """Once an answer elsewhere has been read, the place that is decided about stands in front again."""
        if self._read_elsewhere and self.pane.followed and self.pane.scene_place is not None:
            self.pane.look(self.pane.scene_place)
        self._read_elsewhere = False

    def _note(self, event: Event) -> None:
        """Keep what later events are understood by."""
        if isinstance(event, ev.ConsequenceDue):
            self._due = event
        elif isinstance(event, ev.SceneBegan):
            self._stop_ringing()
            scene = self.session.story.scenes.get(event.scene)
            self._skippable = event.scene if scene is not None and scene.skip is not None else ""
            self._came = came_words(self._due) if event.consequence and self._due is not None else ""
            self._due = None
            self.rule.mark_earlier(self._came)
        elif isinstance(event, ev.DecisionTaken):
            self._skippable = ""
        elif isinstance(event, ev.DecisionOffered) and event.skip:
            self._skippable = event.scene
        elif isinstance(event, ev.EndingReached):
            self._ended = event

    def types(self, place: str) -> bool:
        """One sees somebody typing in a chat."""
        return self.pane.phone.places[place].kind in ("group", "dm")

    def time_passes(self, passed: ev.TimePassed, comes_back: bool) -> None:
        """Clear the screen for it."""
        scene = beginning_of(self.director.ahead)
        place = self.pane.phone.places.get(scene.place or "") if scene is not None else None
        name = place.name if place is not None else ""
        still = self.manner.reduced_motion or not self.manner.factor
        moment = TimeScreen(
            self.session.story,
            passed,
            name,
            comes_back=comes_back,
            still=still,
            scheduler=self._after,
            factor=self.manner.factor or 1.0,
        )
        self.app.push_screen(moment, lambda _none: self.director.go_on())

    def asks_first(self, scene: ev.SceneBegan) -> bool:
        """A scene that is only read, and can be skipped, asks first."""
        if not asks_first(self.session.story.scenes.get(scene.scene)):
            return False
        self._put(self._ask_first(scene.scene))
        return True

    def _ask_first(self, scene: str) -> AskFirstPanel:
        panel = AskFirstPanel(self.session.content_note(scene))
        panel.list.ready = self._meant
        return panel

    def wait_for_reader(self) -> None:
        """A scene to read is over, or an answer."""
        self._read_elsewhere = self.pane.followed
        self._put(ReadingPanel(self._new_elsewhere()))

    def unseen(self) -> bool:
        """Something rang, and nobody looked."""
        return bool(self.pane.rang.intersection(self.pane.ringing))

    def _new_elsewhere(self) -> str:
        """Where something new has arrived since one last went on, in words."""
        new = [place for place in self.pane.ringing if place in self.pane.rang]
        if not new:
            return ""
        if len(new) == 1:
            place = self.pane.phone.places[new[0]]
            words = _("New from {place}: g to look") if place.kind == "dm" else _("New in {place}: g to look")
            return words.format(place=place.name)
        return n_("New in {n} places: g to look", "New in {n} places: g to look", len(new)).format(n=len(new))

    def turns(self, event: ev.MessageShown) -> bool:
        """Somebody else's phone turns to where it rings."""
        return turns(event, self.pane.phone.places[event.place], self.pane.viewing)

    def elsewhere(self) -> bool:
        """A look or a question was answered in another place, which came to the front."""
        return self.pane.followed

    def held(self) -> None:
        """A tap may be taken back."""
        taken = next(event for event in reversed(self.session.play.events) if isinstance(event, ev.DecisionTaken))
        self._put(UndoPanel(taken.label))

    def released(self) -> None:
        """The world answers."""
        self._wait()

    def caught_up(self) -> None:
        """The decision stands, or the story is over."""
        offer = self.session.offer
        if offer is not None:
            self._offered_at = self._now()
            self._decide(offer)
            self.dock.limit.begin(self.manner.limit(offer.limit))
        elif self._ended is not None:
            self._end(self._ended)

    # Panels

    def _put(self, panel: Panel, answer: str = "") -> None:
        self.set_class(isinstance(panel, ChoicePanel), "deciding")
        self.set_class(isinstance(panel, PlacesPanel), "listing")
        self.dock.put(panel, answer)
        self.refresh_keys()

    def _wait(self) -> None:
        self._decision = None
        self.dock.limit.end()
        if not isinstance(self.dock.panel, TellingPanel):
            self._put(TellingPanel())

    def _decide(self, offer: DecisionOffered, answer: str = "") -> None:
        """Put the decision of an offer there."""
        panel: Panel
        if offer.kind == "several":
            panel = pick_panel(offer, self._people())
        elif offer.kind == "board":
            panel = BoardPanel(offer)
        else:
            before = self._decision
            cursor = before.cursor if isinstance(before, ChoicePanel) else ""
            panel = ChoicePanel(offer, cursor)
            panel.list.ready = self._meant
        self._decision = panel
        self._put(panel, answer)

    def _meant(self) -> bool:
        """Enter that was pressed to go on, a moment before the decision came, takes no option."""
        return self._now() - self._went_on > HASTE

    def _people(self) -> dict[str, str]:
        """Everybody by name, and what they are to the player."""
        return {one.name: one.what for place in self.pane.phone.places.values() for one in place.people if one.what}

    def _to_decision(self, answer: str = "") -> None:
        """Back from a menu or a draft."""
        self.pane.conversation.clear_selection()
        offer = self.session.offer
        if offer is None or self.director.doing is not Doing.NOTHING:
            self._put(self._while_telling(), answer)
            return
        kept = self._decision
        if isinstance(kept, PickPanel | BoardPanel):
            again = kept.again()
            self._decision = again
            self._put(again, answer)
            return
        self._decide(offer, answer)

    def _while_telling(self) -> Panel:
        """The panel of what the director is about."""
        if self.director.doing is Doing.ASKING:
            return self._ask_first(self._skippable)
        return ReadingPanel(self._new_elsewhere()) if self.director.doing is Doing.READING else TellingPanel()

    @property
    def deciding(self) -> bool:
        """The player can decide now."""
        return self.session.offer is not None and self.director.doing is Doing.NOTHING

    def _stop_ringing(self) -> None:
        if self._ringing is not None:
            self._ringing()
            self._ringing = None
        self.rule.clear()

    def _show_head(self) -> None:
        phone, place = self.pane.phone, self.pane.place
        story = self.session.story
        at = phone.clock
        moment = f"{day_name(story, at)[:3]} {clock_words(at)}"
        away = phone.places[self.pane.scene_place].name if self.pane.away and self.pane.scene_place else ""
        self.status.show(place, at, moment, away)
        self.dock.composer.show(place)
        self.rule.mark_phone(place is not None and place.phone is not None)
        self.set_class(place is not None and place.phone is not None, "other-phone")

    # For the classes that follow

    def refresh_keys(self) -> None:
        """Show the keys that work now."""
        raise NotImplementedError

    def _lapsed(self) -> None:
        """The time for a decision has run out."""
        raise NotImplementedError

    # The end

    def _end(self, ended: ev.EndingReached) -> None:
        from game.play.ending import EndingScreen

        line = self.session.play.words.get("support_line", "")
        self.app.push_screen(EndingScreen(ended, self.session.story.title, line), self._after_ending)

    def _after_ending(self, look_back: bool | None) -> None:
        if not look_back:
            self.dismiss(True)
            return
        from game.debrief.screen import DebriefScreen

        self.app.push_screen(DebriefScreen(self.session), self._after_debrief)

    def _after_debrief(self, rewound: int | None) -> None:
        if rewound is None:
            self.dismiss(True)
        else:
            self.begin()


def came_words(due: ev.ConsequenceDue) -> str:
    """Where something that comes back comes from, in a word or two."""
    if due.promise:
        return _("as you had meant to") if not due.prevented else _("what you had meant to do")
    return _("from earlier") if "." in due.made_by else _("what came of it")
