"""The play screen: looking round the phone, and the keys. Has no story logic of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from engine.play.events import Event
from engine.play.inputs import Input
from engine.play.phone import Entry
from engine.play.reading import WORDS
from game.play.asking import AskFirstPanel
from game.play.cards import HelpScreen
from game.play.deciding import DecidingScreen
from game.play.director import Doing
from game.play.dock import ComposerLine, writable
from game.play.keyline import Key
from game.play.menu import Closed, MenuPanel, SayPanel, SelectPanel
from game.play.options import ChoicePanel
from game.play.pane import PhonePane
from game.play.panel import KeysChanged, ReadingPanel, TellingPanel
from game.play.places import PlaceChosen, PlacesLeft, PlacesPanel, first_words, unread
from game.play.seen import InfoScreen
from game.play.status import TopRule
from game.play.taps import menu_actions, message_menu, sayable
from game.widgets.conversation import Conversation
from game.widgets.lines import speaker
from game.widgets.wrap import shorten
from game.words import _, n_
from saves.errors import SaveError

WIDE, BROAD, TALL = 100, 150, 30
"""From these sizes on, in cells: the places beside the conversation, who can see this, air."""
RINGS = 9.0
"""Seconds for which a notification stands."""


class PlayScreen(DecidingScreen):
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
    def _panel_closed(self) -> None:
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
        if isinstance(self.dock.panel, ReadingPanel):
            self.dock.panel.line.tell(self._new_elsewhere())
        self._show_head()
        self.refresh_keys()

    @on(PhonePane.Arrived)
    def _arrived(self, event: PhonePane.Arrived) -> None:
        self.rule.notify_of(event.place, event.who, event.words, told=event.told)
        if self._ringing is not None:
            self._ringing()
        self._ringing = self._after(RINGS, self._stop_ringing)
        self.refresh_keys()

    @on(TopRule.Clicked)
    def _ring_clicked(self, event: TopRule.Clicked) -> None:
        self._go_to(event.place)

    @on(ComposerLine.Clicked)
    def _composer_clicked(self) -> None:
        if self.check_action("say", ()):
            self.action_say()

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
        if self.director.doing is Doing.ASKING:
            return not isinstance(self.dock.panel, AskFirstPanel)  # which has the key itself
        return self.director.doing is Doing.TELLING or (self.deciding and offer is not None and offer.scene == self._skippable)

    def refresh_keys(self) -> None:
        """Show the keys that work now."""
        listing = self.pane.side.list.has_focus
        keys = [*(self.pane.side.keys() if listing else self.dock.panel.keys())]
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
            if key.key not in shown and self.check_action(action, ()) and not (listing and action == "places"):
                keys.append(key)
        keys.append(Key("?", _("help"), "question_mark"))
        self.key_line.show(keys)

    @on(ReadingPanel.GoOn)
    def _read_on(self) -> None:
        self.action_next()

    @on(KeysChanged)
    def _keys_changed(self) -> None:
        self.refresh_keys()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
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
            self.pane.rang.clear()
            self._wait()
        self.director.next()

    def action_hurry(self) -> None:
        """Show the rest of the scene now."""
        if self.director.doing is Doing.READING:
            self.pane.rang.clear()
            self._wait()
        self.director.hurry()

    def action_messages(self) -> None:
        """Go to a message."""
        self._put(SelectPanel())
        conversation = self.pane.conversation
        conversation.select_previous()
        lowest = found = conversation.selected
        place = self.pane.place
        while found is not None and place is not None and not menu_actions(place, found):
            conversation.select_previous()
            if conversation.selected is found:  # nothing here has a menu
                conversation.select(lowest.id if lowest is not None else None)
                return
            found = conversation.selected

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
            place = self.pane.phone.places.get(to or offer.place or "", place)
        if place is not None:
            self.app.push_screen(InfoScreen(place))

    def action_skip_beat(self) -> None:
        """Pass over the rest of this scene."""
        if not self._can_skip():
            return
        scene, offer = self._skippable, self.session.offer
        self._skippable = ""
        if offer is not None and offer.scene == scene:
            self._pass_by(self.director.forget())
            self._take(Input(scene, "skip"))
            return
        # A scene without a decision: it has happened, and one has not read it.
        self.dock.say("")
        self._note_reading(scene, False)
        self._pass_by(self.director.drop_scene())
        told = self.session.story.scenes[scene].skip
        self.pane.tell(self.session.play.text(told or ""), self.pane.phone.clock)
        self.director.resume()

    def _pass_by(self, dropped: Iterable[Event]) -> None:
        """What happened in it holds; its words are not told."""
        for event in dropped:
            if not isinstance(event, WORDS):
                self.pane.apply(event)

    @on(AskFirstPanel.Answered)
    def _asked_first(self, event: AskFirstPanel.Answered) -> None:
        event.stop()
        if self.director.doing is not Doing.ASKING:
            return
        self._wait()
        if not event.read:
            self.action_skip_beat()
            return
        self._note_reading(self._skippable, True)
        self.director.go_on()

    def _note_reading(self, scene: str, read: bool) -> None:
        try:
            self.session.note_reading(scene, read)
        except SaveError as trouble:
            self.dock.say(str(trouble))

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
