"""The play screen: joins a session, the director, the phone and one panel. Has no story logic of its own."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from engine.play import events as ev
from engine.play.events import DecisionOffered, Event, Option
from engine.play.inputs import Input
from engine.play.phone import Entry
from engine.play.play import NotPossible
from engine.script.times import duration_words
from game.clock import clock_words, day_name
from game.play.board import BoardPanel
from game.play.cards import HelpScreen, RecapScreen
from game.play.director import Cancel, Director, Doing, Scheduler
from game.play.dock import ComposerLine, Dock, writable
from game.play.draft import Draft, DraftPanel
from game.play.keyline import Key, KeyLine
from game.play.look import beginning_of
from game.play.manner import Manner
from game.play.menu import Closed, MenuPanel, SayPanel, SelectPanel
from game.play.options import ChoicePanel
from game.play.pane import PhonePane
from game.play.panel import KeysChanged, Panel, ReadingPanel, TellingPanel, UndoPanel
from game.play.passing import TimeScreen
from game.play.pick import PickPanel, pick_panel
from game.play.places import PlaceChosen, PlacesLeft, PlacesPanel, first_words, unread
from game.play.seen import InfoScreen, audience_of
from game.play.status import StatusLine, TopRule
from game.play.taps import message_menu, sayable
from game.session import Session
from game.widgets.conversation import Conversation
from game.widgets.lines import speaker
from game.widgets.wrap import shorten
from game.words import _, n_
from saves.errors import OpenElsewhere, SaveError

WIDE, BROAD, TALL = 100, 150, 30
"""From these sizes on, in cells: the places beside the conversation, who can see this, air."""
HASTE = 0.35
"""Seconds after a key that goes on in which Enter takes no option."""
RINGS = 9.0
"""Seconds for which a notification stands."""


class PlayScreen(Screen[bool]):
    """One play, from where it stands to its end. Dismisses with True when it was played to its end, False when it was left."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (WIDE, "-wide"), (BROAD, "-broad")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-low"), (TALL, "-tall")]
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "next", show=False),
        Binding("enter", "next", show=False),
        Binding("f", "hurry", show=False),
        Binding("m", "messages", show=False),
        Binding("r", "say", show=False),
        Binding("tab", "places", show=False, priority=True),
        Binding("g", "jump", show=False),
        Binding("escape,backspace", "back", show=False),
        Binding("i", "info", show=False),
        Binding("s", "skip_beat", show=False),
        Binding("p", "pause", show=False),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("question_mark", "help", show=False),
        Binding("q", "leave", show=False),
    ]

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
        self._ended: ev.EndingReached | None = None
        self._ringing: Cancel | None = None
        self._decision: Panel | None = None
        self._clock_stood = False
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
        told = self.session.play.events[: self.session.told]
        self.director.begin(told)
        for event in told:
            self._note(event)
        self._show_told()
        rest = self.session.play.events[self.session.told :]
        if rest:
            self._wait()
            self.director.tell(rest)
        else:
            self.caught_up()

    # What the director calls

    def show(self, event: Event) -> None:
        """Let one event show."""
        self._note(event)
        self.pane.apply(event)
        if isinstance(event, ev.Skipped) and event.told:
            self.pane.tell(event.told, event.at)
        elif isinstance(event, ev.SeenLate):
            words = _("You see this {how_long} later.").format(how_long=duration_words(event.seconds))
            self.pane.tell(words, event.at, event.place)
        elif isinstance(event, ev.SceneBegan) and self._skippable:
            self.dock.say(" ".join(part for part in (self.session.story.note, _("s skips this.")) if part))
            self.refresh_keys()
        self._show_head()

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

    def wait_for_reader(self) -> None:
        """A scene to read is over."""
        self._put(ReadingPanel())

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
            self._put(ReadingPanel() if self.director.doing is Doing.READING else TellingPanel(), answer)
            return
        kept = self._decision
        if isinstance(kept, PickPanel | BoardPanel):
            again = kept.again()
            self._decision = again
            self._put(again, answer)
            return
        self._decide(offer, answer)

    @property
    def deciding(self) -> bool:
        """The player can decide now."""
        return self.session.offer is not None and self.director.doing is Doing.NOTHING

    # Deciding

    @on(ChoicePanel.Chosen)
    @on(MenuPanel.Tapped)
    @on(SayPanel.Tapped)
    def _chosen(self, event: ChoicePanel.Chosen | MenuPanel.Tapped | SayPanel.Tapped) -> None:
        event.stop()
        if self.deciding:
            self.choose(event.option)

    def choose(self, option: Option) -> None:
        """An option was tapped: what is sent stands as a draft first, the rest happens."""
        offer = self.session.offer
        if offer is None:
            return
        if not option.available:
            self.dock.say(option.why_not)
            return
        given = Input(offer.scene, choice=option.id)
        if option.send is not None or option.forward is not None:
            self._pending = given
            self._put(DraftPanel(self._draft_of(option, offer)))
        else:
            self._take(given, hold=not option.look)

    def _draft_of(self, option: Option, offer: DecisionOffered) -> Draft:
        phone = self.pane.phone
        to = phone.places.get(option.to or offer.place or "")
        text, whose = option.send or "", ""
        if option.forward is not None:
            found = next((e for place in phone.places.values() if (e := place.find(option.forward)) is not None), None)
            if found is not None:
                whose = speaker(found)
                text = "\n".join(part for part in (first_words(found), option.send or "") if part)
        return Draft(to.name if to is not None else "", option.audience, text, option.id, option.forward is not None, whose)

    @on(PickPanel.Done)
    def _picked(self, event: PickPanel.Done) -> None:
        event.stop()
        offer = self.session.offer
        if offer is None or not self.deciding:
            return
        given = Input(offer.scene, "pick", picks=event.picks)
        if event.picks and (offer.send is not None or event.text):
            place = self.pane.phone.places.get(offer.to or offer.place or "")
            name = place.name if place is not None else ""
            self._pending = given
            audience = offer.audience or (audience_of(place) if place is not None else "")
            self._put(DraftPanel(Draft(name, audience, offer.send or event.text)))
        else:
            self._take(given)

    @on(BoardPanel.Done)
    def _linked(self, event: BoardPanel.Done) -> None:
        event.stop()
        if self.session.offer is not None and self.deciding:
            self._take(Input(self.session.offer.scene, "link", picks=event.links))

    @on(DraftPanel.Sent)
    def _sent(self, event: DraftPanel.Sent) -> None:
        event.stop()
        if self._pending is not None:
            self._take(self._pending)

    @on(DraftPanel.TakenBack)
    def _taken_back(self, event: DraftPanel.TakenBack) -> None:
        event.stop()
        self._pending = None
        answer = _("You took it back.")
        try:
            self.session.note_draft(event.draft.choice)
        except SaveError as trouble:
            answer = f"{answer} {trouble}"
        self._to_decision(answer)

    def _take(self, given: Input, *, hold: bool = False) -> None:
        took = max(int((self._now() - self._offered_at) * 1000), 0)
        self._pending = None
        try:
            new = self.session.take(given, took_ms=took)
        except OpenElsewhere as elsewhere:
            self.session.reload()
            self.begin()
            self.dock.say(str(elsewhere))
            return
        except (NotPossible, SaveError) as refused:
            self._to_decision(str(refused))
            return
        self.pane.conversation.clear_selection()
        self._wait()
        self.director.tell(new, hold=hold)

    def _lapsed(self) -> None:
        offer = self.session.offer
        if offer is not None and self.deciding:
            self._take(Input(offer.scene, "lapse"))
            self.dock.say(_("The moment has passed."))

    @on(UndoPanel.Undo)
    def _undo(self) -> None:
        if self.director.doing is not Doing.HOLDING:
            return
        try:
            self.session.undo()
        except SaveError as trouble:
            self.dock.say(str(trouble))
            return
        self.begin()
        self.dock.say(_("Not done. Choose again."))

    @on(ReadingPanel.GoOn)
    def _read_on(self) -> None:
        self.action_next()

    @on(UndoPanel.Released)
    def _any_key(self) -> None:
        self.director.next()

    @on(ChoicePanel.Refused)
    @on(MenuPanel.Refused)
    @on(SayPanel.Refused)
    @on(PickPanel.Refused)
    @on(BoardPanel.Refused)
    def _refused(self, event: ChoicePanel.Refused) -> None:
        event.stop()
        self.dock.say(event.why)

    # Messages and their menu

    @on(Conversation.Picked)
    def _message_picked(self, event: Conversation.Picked) -> None:
        event.stop()
        self._open_menu(event.entry)

    @on(SelectPanel.Step)
    def _step(self, event: SelectPanel.Step) -> None:
        conversation = self.pane.conversation
        if event.by < 0:
            conversation.select_previous()
        else:
            conversation.select_next()
            if conversation.selected is None:
                self._to_decision()

    @on(SelectPanel.Open)
    def _open_selected(self) -> None:
        selected = self.pane.conversation.selected
        if selected is not None:
            self._open_menu(selected)

    def _open_menu(self, entry: Entry) -> None:
        place = self.pane.place
        if place is None or self.director.doing in (Doing.HOLDING, Doing.TIME):
            return
        if self.dock.panel.dims:
            return
        offer = self.session.offer if self.deciding else None
        self.pane.conversation.select(entry.id)
        words = first_words(entry)
        about = shorten(f"{speaker(entry)}: {words}" if speaker(entry) else words, 60)
        taps = message_menu(offer, place, entry)
        self._put(MenuPanel(about, taps))

    @on(Closed)
    def _closed(self) -> None:
        self._to_decision()

    # Places

    @on(PlaceChosen)
    def _place_chosen(self, event: PlaceChosen) -> None:
        event.stop()
        self._go_to(event.place)

    @on(PlacesLeft)
    def _places_left(self) -> None:
        self._back_to_panel()

    def _go_to(self, place: str) -> None:
        self.pane.look(place)
        if self.rule.place == place:
            self._stop_ringing()
        self._back_to_panel()

    def _back_to_panel(self) -> None:
        if isinstance(self.dock.panel, PlacesPanel | MenuPanel | SelectPanel | SayPanel):
            self._to_decision()
        else:
            self.dock.panel.enter()
        self.refresh_keys()

    @on(PhonePane.Turned)
    def _turned(self) -> None:
        self._show_head()
        self.refresh_keys()

    @on(PhonePane.Arrived)
    def _arrived(self, event: PhonePane.Arrived) -> None:
        self.rule.notify_of(event.place, event.who, event.words)
        if self._ringing is not None:
            self._ringing()
        self._ringing = self._after(RINGS, self._stop_ringing)
        self.refresh_keys()

    def _stop_ringing(self) -> None:
        if self._ringing is not None:
            self._ringing()
            self._ringing = None
        self.rule.clear()

    @on(TopRule.Clicked)
    def _ring_clicked(self, event: TopRule.Clicked) -> None:
        self._go_to(event.place)

    @on(ComposerLine.Clicked)
    def _composer_clicked(self) -> None:
        if self.check_action("say", ()):
            self.action_say()

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

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now."""
        doing, panel = self.director.doing, self.dock.panel
        if action == "leave":
            return not isinstance(panel, SayPanel)
        if action in ("help", "page"):
            return True
        if doing is Doing.HOLDING:
            return action in ("next", "hurry")
        if action in ("next", "hurry"):
            return doing in (Doing.TELLING, Doing.READING) and isinstance(panel, TellingPanel | ReadingPanel)
        if panel.dims:
            return action == "info"
        if isinstance(panel, SayPanel | MenuPanel | SelectPanel | PlacesPanel):
            return action in ("info", "page") and not isinstance(panel, SayPanel)
        return self._check_free(action)

    def _check_free(self, action: str) -> bool:
        if action == "messages":
            return bool(self.pane.conversation.entries)
        if action == "say":
            return self._can_say()
        if action == "jump":
            return bool(self.pane.ringing)
        if action == "back":
            return self.pane.away
        if action == "skip_beat":
            return self._can_skip()
        if action == "pause":
            return self.dock.limit.running
        return True

    def _can_say(self) -> bool:
        offer, place = self.session.offer, self.pane.place
        if not self.deciding or offer is None or not isinstance(self.dock.panel, ChoicePanel):
            return False
        return bool(sayable(offer.options)) or (place is not None and writable(place))

    def _can_skip(self) -> bool:
        """A beat can be skipped while it is told, and while it waits for its decision."""
        if not self._skippable:
            return False
        offer = self.session.offer
        return self.director.doing is Doing.TELLING or (self.deciding and offer is not None and offer.scene == self._skippable)

    def refresh_keys(self) -> None:
        """Show the keys that work now."""
        keys = [*self.dock.panel.keys()]
        phone = self.pane.phone
        new = unread(phone, self.pane.viewing)
        places = n_("places ({n} new)", "places ({n} new)", new).format(n=new) if new else _("places")
        more = (
            ("back", Key("Esc", _("back"), "escape")),
            ("jump", Key("g", _("look"), "g")),
            ("pause", Key("p", _("go on") if self.dock.limit.paused else _("stop the clock"), "p")),
            ("skip_beat", Key("s", _("skip this"), "s")),
            ("messages", Key("m", _("messages"), "m")),
            ("places", Key("Tab", places, "tab")),
            ("info", Key("i", _("who sees it"), "i")),
            ("say", Key("r", _("say"), "r")),
            ("leave", Key("q", _("leave"), "q")),
        )
        shown = {key.key for key in keys}
        for action, key in more:
            if key.key not in shown and self.check_action(action, ()):
                keys.append(key)
        keys.append(Key("?", _("help"), "question_mark"))
        self.key_line.show(keys)

    @on(KeysChanged)
    def _keys_changed(self) -> None:
        self.refresh_keys()

    def on_screen_suspend(self, _event: events.ScreenSuspend) -> None:
        """While something lies over the phone the clock of a decision stands still."""
        self._clock_stood = self.dock.limit.paused
        self.dock.limit.pause(True)

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Go on."""
        if not self._clock_stood:
            self.dock.limit.pause(False)
        self.refresh_keys()

    def action_next(self) -> None:
        """Show the next thing now."""
        self._went_on = self._now()
        if self.director.doing is Doing.READING:
            self._wait()
        self.director.next()

    def action_hurry(self) -> None:
        """Show everything up to the decision now."""
        if self.director.doing is Doing.READING:
            self._wait()
        self.director.hurry()

    def action_messages(self) -> None:
        """Go to a message."""
        self._put(SelectPanel())
        self.pane.conversation.select_previous()

    def action_say(self) -> None:
        """What could be said here."""
        offer = self.session.offer
        if offer is not None:
            self._put(SayPanel(sayable(offer.options)))

    def action_places(self) -> None:
        """The places of the phone."""
        if self.pane.side.list.has_focus:
            self._back_to_panel()
        elif self.size.width >= WIDE:
            self.pane.side.list.focus(scroll_visible=False)
        else:
            self._put(PlacesPanel(self.pane.phone, self.pane.viewing, self.pane.scene_place))

    def action_jump(self) -> None:
        """Go to what has just arrived."""
        if self.pane.ringing:
            self._go_to(self.pane.ringing[-1])

    def action_back(self) -> None:
        """Back to the place where the story is."""
        if self.pane.scene_place is not None:
            self._go_to(self.pane.scene_place)

    def action_info(self) -> None:
        """Who can see this."""
        place = self.pane.place
        offer = self.session.offer
        if self.dock.panel.dims and offer is not None and self._pending is not None:
            option = next((one for one in offer.options if one.id == self._pending.choice), None)
            to = option.to if option is not None else offer.to
            place = self.pane.phone.places.get(to or offer.place or "", place)  # type: ignore[arg-type]
        if place is not None:
            self.app.push_screen(InfoScreen(place))

    def action_skip_beat(self) -> None:
        """Pass over the rest of this scene."""
        if not self._can_skip():
            return
        scene, offer = self._skippable, self.session.offer
        self._skippable = ""
        if offer is not None and offer.scene == scene:
            self.director.forget()
            self._take(Input(scene, "skip"))
            return
        # A scene without a decision: it has happened, and one has not read it.
        for event in self.director.drop_scene():
            if not isinstance(event, ev.MessageShown | ev.Reacted | ev.Counted | ev.ReadBy | ev.Edited | ev.Typing):
                self.pane.apply(event)
        told = self.session.story.scenes[scene].skip
        self.pane.tell(self.session.play.text(told or ""), self.pane.phone.clock)
        self.dock.say("")
        self.director.resume()

    def action_pause(self) -> None:
        """Stop the clock of a decision, or let it go on."""
        self.dock.limit.pause(not self.dock.limit.paused)
        self.refresh_keys()

    def action_page(self, by: int) -> None:
        """Scroll the conversation."""
        conversation = self.pane.conversation
        if by < 0:
            conversation.action_page_up()
        else:
            conversation.action_page_down()

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(HelpScreen())

    def action_leave(self) -> None:
        """Everything is kept already; go home."""
        self.director.forget()
        self.dock.limit.end()
        self.dismiss(False)

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
