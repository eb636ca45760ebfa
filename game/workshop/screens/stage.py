"""The projector's screen: one picture, a line of keys, and a facilitator at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from engine.play import events as ev
from engine.play.inputs import Input
from engine.room.inputs import AnyInput, Decide, Page, Phase, Turn, Undo
from engine.room.room import NotNow
from engine.room.state import State
from game.play.director import Cancel, Scheduler
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _
from game.workshop.host import RoomHost, Steered
from game.workshop.plan import SessionPlan
from game.workshop.screens import aside, asking, showing
from game.workshop.screens.keyboard import Keyboard
from game.workshop.screens.lookback import LookBack
from game.workshop.screens.pen import Page as Picture
from game.workshop.screens.pen import Pen
from game.workshop.screens.slide import Slide
from game.workshop.screens.telling import telling
from game.workshop.screens.times import time_words
from game.workshop.screens.view import View
from game.workshop.steering import CountdownDo, Cover, Onward
from saves.errors import SaveError

BEAT = 0.2
"""Seconds between two looks at the clock and at what the notes terminal sent."""
MORE = 15
"""Seconds that a countdown is given or loses with one key."""
PAUSE = 600
"""Seconds of a break, where a countdown is begun in one."""
READING = 13.0
"""Letters a second that a room reads."""
SETTLE = 2.5
"""Seconds that a picture stands at least, when it goes on by itself."""
DECIDING: tuple[Phase, ...] = ("ask", "first", "reveal", "talk", "second", "shift", "decide")

Every = Callable[[float, Callable[[], None]], object]


class StageScreen(Screen[None]):
    """What the room sees."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "nothing", show=False),
    ]
    DEFAULT_CSS = """
    StageScreen { background: $background; layout: vertical; }
    StageScreen #said { height: auto; }
    StageScreen KeyLine { dock: bottom; }
    """

    def __init__(
        self,
        host: RoomHost,
        plan: SessionPlan | None = None,
        *,
        every: Every | None = None,
        scheduler: Scheduler | None = None,
        recap: bool = False,
    ) -> None:
        """`plan` says how long things should take. `every` calls back again and again, `scheduler` once; `recap`: begin with what has happened so far."""
        super().__init__()
        self.host = host
        self.plan = plan
        self.view = View(host.room)
        self.keyboard = Keyboard(self.view, host.do)
        self.aside = ""
        """A page that lies over the room's: recap, help or pause."""
        self.slide = Slide(self._draw, id="slide")
        self.said = Words("", "time", indent=3, id="said")
        self.key_line = KeyLine()
        self._every: Every = every or (lambda seconds, act: self.set_interval(seconds, act))
        self._after: Scheduler = scheduler or (lambda seconds, act: self.set_timer(seconds, act).stop)
        self._moving: Cancel | None = None
        self._look_back: tuple[int, LookBack] | None = None
        self.lingering = False
        """The question stands already, and the wall still shows what was told last; a key shows the question."""
        self._break_clock = False
        """The countdown was begun in a break, and ends with it."""
        self._second_try = False
        """Space was pressed while somebody was missing: pressed again, it goes on all the same."""
        if recap:
            self.aside = "recap"

    def compose(self) -> ComposeResult:
        """The picture, what is said to the facilitator, the keys."""
        yield self.slide
        yield self.said
        yield self.key_line

    def on_mount(self) -> None:
        """Show where the room stands."""
        self.show()
        if self.host.changed:
            self.tell(" ".join(self.host.changed))
        self._every(BEAT, self.beat)

    # Showing

    def tell(self, words: str) -> None:
        """Say something to the facilitator, in a line under the picture; the next key takes it away."""
        self.said.say(words)

    def show(self) -> None:
        """Draw the room as it stands."""
        room = self.host.room
        before = self.view.look(room, self.host.countdown_left())
        if before is not None:
            self.lingering = self._told_last(before)
            self._clear_clock(before[0] if before else "", room.phase)
            self.view.part = 0
            self._second_try = False
            self.keyboard.settle()
        self.slide.refresh()
        self._show_keys()

    def _told_last(self, before: tuple[object, ...]) -> bool:
        """The last stop of a stretch was told just now, one key after the one before it."""
        state = self.host.room.state
        return state.phase == "ask" and before[:3] == ("telling", state.node, state.told - 1)

    def _clear_clock(self, before: object, phase: Phase) -> None:
        """A countdown is over when its vote is shown, or its talk: the next begins anew."""
        over = phase in ("reveal", "shift", "decide") or (before == "talk" and phase != "talk")
        if over and self.view.countdown is not None:
            try:
                self.host.countdown_stop()
            except SaveError as error:
                self.tell(str(error))
            self.view.countdown, self.view.running = None, False

    def _draw(self, pen: Pen) -> Picture:
        view = self.view
        if self.aside:
            return aside.page(self.aside, view, pen)
        phase = self.host.room.phase
        if self.lingering:
            return telling(view, pen)
        if phase == "ended":
            return self.look_back.page(self.host.room.state.page, view.part, pen)
        draw = {
            "telling": telling, "ask": asking.asking, "first": asking.counting, "second": asking.counting,
            "reveal": showing.revealing, "shift": showing.shifting, "talk": showing.talking, "decide": showing.deciding,
        }[phase]  # fmt: skip
        return draw(view, pen)

    @property
    def look_back(self) -> LookBack:
        """The pages after the end, made once for each end of a road and number of roads."""
        room = self.host.room
        of = (room.state.node << 16) + len(room.state.nodes)
        if self._look_back is None or self._look_back[0] != of:
            self._look_back = (of, LookBack(room))
        return self._look_back[1]

    def beat(self) -> None:
        """Take in what the notes terminal sent, and let the countdown be seen."""
        before = self.host.room.state
        self.host.covered = bool(self.aside)
        try:
            steered = self.host.poll()
        except SaveError as error:
            self.tell(str(error))
            return
        if steered:
            self._stop()
            self.said.say("")
            self._second_try = False
            self._over_aside(steered)
            if isinstance(steered[-1].command, Onward) and not steered[-1].problem and self.host.room.state != before:
                self._catch_up(before)
            self.show()
            view = self.view
            if view.counting and view.room.missing(view.round) and not (view.hand.typed or view.hand.touched):
                self.keyboard.settle()  # who counts in the notes has gone on to the next
        elif self.view.countdown is not None:
            earlier = self.view.countdown
            self.view.countdown = left = self.host.countdown_left()
            if left is None or int(left + 1) != int(earlier + 1) or left <= 0 < earlier:
                self.slide.refresh()

    def _over_aside(self, steered: Sequence[Steered]) -> None:
        """What lies over the picture goes, unless it was asked for; a break stays while nothing but its clock is touched."""
        for one in steered:
            command = one.command
            if self.aside == "pause" and isinstance(command, CountdownDo):
                self._break_clock = self._break_clock or command.what == "start"
                continue
            wanted = command.what if isinstance(command, Cover) and command.what != self.aside else ""
            try:
                self._end_break()
            except SaveError as error:
                self.tell(str(error))
            self.aside = wanted

    def _catch_up(self, before: State) -> None:
        """One key on in the notes is one key on here: what the wall has not shown yet of where it was comes before the next thing."""
        view, state = self.view, self.host.room.state
        more = self.slide.page.parts > view.part + 1
        again: AnyInput | None = None
        if before.phase == "ask" and state.phase == "first" and (self.lingering or more):
            again = Turn("ask")
        elif before.phase in ("reveal", "shift") and more:
            again = Turn(before.phase)
        elif before.phase == "ended" and more:
            again = Page(before.page)
        elif state.phase == "ended" and state.page > self.look_back.last:
            again, more = Page(self.look_back.last), False
        if again is None:
            return
        try:
            self.host.do(again)
        except (NotNow, SaveError) as why:
            self.tell(str(why))
            return
        if self.lingering:
            self.lingering, view.part = False, 0
        elif more:
            view.part += 1
            view.hand.group = view.part if before.phase == "ask" else view.hand.group

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Everything is done from here, so that a key means one thing at a time."""
        if self._press(event.key, event.character or ""):
            event.stop()
            event.prevent_default()

    def _press(self, key: str, character: str) -> bool:
        if key in ("ctrl+q", "ctrl+c", "q"):
            self.leave()
            return True
        if self.aside:
            return self._press_aside(key)
        self.said.say("")
        if self.view.automatic:
            self._stop()
            if key == "a":
                self.show()
                return True
        try:
            done = self._act(key, character)
        except NotNow as why:
            self.tell(str(why))
            done = True
        except SaveError as error:
            self.tell(_("This could not be written down, so it is not done: {why}").format(why=error))
            done = True
        self.show()
        return done

    def _press_aside(self, key: str) -> bool:
        """Over the room's picture lies another: almost any key takes it away."""
        try:
            if self.aside == "pause" and key in ("t", "T", "x", "upper_t"):
                self._break_clock = self._break_clock or self.view.countdown is None
                self._clock("T" if key == "upper_t" else key, PAUSE)
            else:
                self._end_break()
                self.aside = ""
        except SaveError as error:
            self.aside = ""
            self.tell(str(error))
        self.show()
        return True

    def _end_break(self) -> None:
        """Its clock is no clock of a vote."""
        over, self._break_clock = self._break_clock, False
        if over:
            self.host.countdown_stop()

    def _act(self, key: str, character: str) -> bool:
        view = self.view
        second, self._second_try = self._second_try, False
        if self.keyboard.press(key, character):
            return True
        if key in ("space", "right", "pagedown", "enter"):
            self._second_try = second
            self.onward()
            return True
        if key in ("backspace", "left", "pageup", "delete"):
            self.back()
            return True
        acts: dict[str, Callable[[], None]] = {
            "a": self._begin_moving,
            "b": lambda: self._aside("pause"),
            "full_stop": lambda: self._aside("pause"),
            "r": lambda: self._aside("recap"),
            "p": lambda: self._aside("plan"),
            "question_mark": lambda: self._aside("help"),
            "f1": lambda: self._aside("help"),
            "u": self._undo,
            "j": self._jump,
            "v": self._vote_again,
            "d": lambda: self.host.do(Turn("decide")),
            "s": self._skip,
            "l": self._lapse,
            "c": self._colours,
        }
        if key in acts:
            acts[key]()
            return True
        if key in ("t", "x", "T", "upper_t"):
            self._clock("T" if key == "upper_t" else key, view.countdown_default)
            return True
        return False

    def _aside(self, what: str) -> None:
        self.aside = what
        if what == "plan":
            self.view.clock_words = time_words(self.plan, self.host.room, self.host.elapsed())

    # On and back

    def onward(self) -> None:
        """One key on."""
        view, room = self.view, self.host.room
        if self.lingering and self.slide.page.parts <= view.part + 1:
            self.lingering, view.part = False, 0
            return
        if self.slide.page.parts > view.part + 1:
            view.part += 1
            view.hand.group = min(view.part, len(room.question.groups) - 1) if room.phase == "ask" and room.question else 0
            return
        if room.phase == "ended" and room.state.page >= self.look_back.last:
            if not self.host.saved:
                kept = _("Nothing of this is kept.")
            elif room.setup.rehearsal:
                kept = _("A rehearsal is kept until the next one.")
            else:
                kept = _("Everything is kept.")
            self.tell(_("That was the last page. {kept} q leaves, j goes back to a decision.").format(kept=kept))
            return
        if view.counting and not room.setup.rehearsal:
            gap = room.missing(view.round)
            if gap and room.ballot(view.round) and self._second_try:
                self.host.do(Turn("reveal" if view.round == 1 else "shift", anyway=True))
                return
            if gap:
                self._second_try = bool(room.ballot(view.round))
                if self._second_try:
                    self.tell(_("{why} Space again goes on all the same.").format(why=room.missing_words(gap)))
                return
        if not self.host.onward():
            self.tell(self.host.waits_for())

    def back(self) -> None:
        """One key back."""
        view = self.view
        if view.part:
            view.part -= 1
            view.hand.group = view.part if self.host.room.phase == "ask" else view.hand.group
            return
        if self.host.room.phase == "ask" and self.host.room.stops and not self.lingering:
            self.lingering = True
            return
        if not self.host.back():
            self.tell(_("This is the beginning."))

    # Other keys

    def _clock(self, key: str, seconds: int) -> None:
        host = self.host
        if key == "t":
            if host.countdown_left() is None or host.countdown_left() == 0:
                host.countdown_start(seconds)
            elif self.view.running:
                host.countdown_pause()
            else:
                host.countdown_resume()
        elif key == "x":
            if host.countdown_left() is None:
                host.countdown_start(seconds)
            else:
                host.countdown_extend(MORE)
        else:
            host.countdown_stop()

    def _vote_again(self) -> None:
        visit = self.host.room.visit
        self.host.do(Turn("second" if visit is not None and visit.revealed else "first"))

    def _undo(self) -> None:
        self.host.do(Undo())
        self.view.room = self.host.room
        if self.view.counting:
            self.keyboard.settle()  # what is to be counted again

    def _skip(self) -> None:
        given = self.view.skip()
        if given is None:
            raise NotNow(_("There is nothing to skip here."))
        self.host.do(given)

    def _lapse(self) -> None:
        question = self.host.room.question
        if question is None or not question.limit or self.host.room.phase not in DECIDING:
            raise NotNow(_("No time limit is set here."))
        self.host.do(Decide(Input(question.scene, "lapse")))

    def _colours(self) -> None:
        from game.themes import CONTRAST, DAY, NIGHT, PALETTES, PLAIN

        names = [CONTRAST.name, NIGHT.name, DAY.name, PLAIN.name]
        if self.app.no_color or self.app.theme not in PALETTES:
            raise NotNow(_("This terminal shows no colours."))
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]

    def _jump(self) -> None:
        from game.workshop.screens.jump import JumpScreen

        def gone(given: AnyInput | None) -> None:
            if given is not None:
                self.do(given)
                self.lingering = False
                self.show()

        self._stop()
        self.app.push_screen(JumpScreen(self.host.room), gone)

    def do(self, given: AnyInput) -> None:
        """Do something, and say why where it cannot be done."""
        try:
            self.host.do(given)
        except (NotNow, SaveError) as why:
            self.tell(str(why))
        self.show()

    def leave(self) -> None:
        """Everything is kept already."""
        try:
            if self.view.counting and not self.view.room.setup.tables:
                self.keyboard.put_count()
            self.host.countdown_pause()
        except (NotNow, SaveError):
            pass  # what was being typed goes; the room itself is on the disk
        self._stop()
        self.app.exit(0)

    # By itself

    def _begin_moving(self) -> None:
        if self.host.room.phase != "telling":
            raise NotNow(_("It goes on by itself while a part is told."))
        self.view.automatic = True
        self.onward()
        self._wait()

    def _wait(self) -> None:
        self._moving = self._after(self.reading_time(), self._move)

    def reading_time(self) -> float:
        """Seconds that the picture needs."""
        letters = sum(len(event.text) for event in self.host.room.fresh if isinstance(event, ev.MessageShown))
        return SETTLE + letters / READING

    def _move(self) -> None:
        self._moving = None
        if not self.view.automatic:
            return
        if self.host.room.phase != "telling":
            self._stop()
            self.show()
            return
        try:
            self.onward()
        except (NotNow, SaveError) as why:
            self.tell(str(why))
            self._stop()
        self.show()
        if self.view.automatic and self.host.room.phase == "telling":
            self._wait()
        else:
            self._stop()
            self.show()

    def _stop(self) -> None:
        self.view.automatic = False
        if self._moving is not None:
            self._moving()
            self._moving = None

    # The mouse

    @on(Slide.Clicked)
    def _clicked(self, event: Slide.Clicked) -> None:
        event.stop()
        if self.aside:
            self._press_aside("escape")
            return
        self.said.say("")
        try:
            self._click(event.act)
        except NotNow as why:
            self.tell(str(why))
        except SaveError as error:
            self.tell(str(error))
        self.show()

    def _click(self, act: tuple[str, ...]) -> None:
        view = self.view
        what, name = act if act else ("", "")
        if self.keyboard.click(what, name):
            return
        if view.room.phase in ("telling", "reveal", "talk", "shift", "ended") or self.lingering:
            self._stop()
            self.onward()

    # The line of keys

    def _show_keys(self) -> None:
        self.key_line.show(self._keys())

    def _keys(self) -> list[Key]:
        room, view = self.host.room, self.view
        phase = room.phase
        space, back = Key(_("space"), _("on"), "space"), Key("←", _("back"), "left")
        rest = [
            Key("j", _("jump"), "j"),
            Key("b", _("break"), "b"),
            Key("q", _("leave"), "q"),
            Key("?", _("keys"), "question_mark"),
        ]
        if self.aside:
            return [Key(_("any key"), _("back"), "escape"), *([Key("t", _("time"), "t")] if self.aside == "pause" else [])]
        if view.automatic:
            return [Key(_("any key"), _("stops it"), "a")]
        if phase == "telling" or self.lingering:
            skip = [Key("s", _("skip this part"), "s")] if self.view.skip() else []
            return [space, back, *skip, Key("a", _("by itself"), "a"), Key("r", _("so far"), "r"), *rest]
        clock = Key("t", _("time") if view.countdown is None else _("stop the clock") if view.running else _("go on"), "t")
        more = [Key("x", _("more"), "x")] if view.countdown is not None else []
        if phase == "ask":
            skip = [Key("s", _("skip this part"), "s")] if self.view.skip() else []
            return [Key(_("space"), _("vote"), "space"), back, clock, *more, *skip, *rest]
        if view.counting:
            if room.setup.tables:
                last = room.setup.voters[-1][-1].upper()
                keys = [Key("A" if last == "A" else f"A–{last}", _("table")), Key("1–9", _("its choice"))]
            else:
                keys = [Key("0–9", _("hands")), Key("↑↓", _("option"))]
            return [*keys, space, back, clock, *more, Key("u", _("undo"), "u"), *rest]
        if phase in ("reveal", "shift"):
            again = [Key("v", _("second vote"), "v")] if phase == "reveal" else [Key("v", _("count again"), "v")]
            return [space, back, *again, *rest]
        if phase == "talk":
            return [Key(_("space"), _("decide"), "space"), Key("v", _("second vote"), "v"), back, clock, *more, *rest]
        if phase == "decide":
            open_ = not view.hand.touched and room.outcome().why != "majority"
            return [
                *([Key("1–9", _("choose"))] if open_ else [Key(_("space"), _("do it"), "space"), Key("1–9", _("another"))]),
                Key("v", _("second vote"), "v"),
                back,
                *rest,
            ]
        return [space, back, *rest]

    def action_nothing(self) -> None:
        """Tab moves no focus here: there is only one thing on the wall."""


__all__ = ["BEAT", "MORE", "PAUSE", "StageScreen"]
