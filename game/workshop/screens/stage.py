"""The projector's screen: one picture, a line of keys, and a facilitator at the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from engine.play import events as ev
from engine.play.inputs import Input
from engine.room.inputs import AnyInput, Decide, Hands, Phase, Turn, Undo, Vote
from engine.room.question import Item
from engine.room.room import NotNow
from game.play.director import Cancel, Scheduler
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _
from game.workshop.host import RoomHost
from game.workshop.screens import aside, asking, showing
from game.workshop.screens.lookback import LookBack
from game.workshop.screens.pen import Page as Picture
from game.workshop.screens.pen import Pen
from game.workshop.screens.slide import Slide
from game.workshop.screens.telling import telling
from game.workshop.screens.view import Hand, View
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
MOST_TYPED = 3
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
        *,
        every: Every | None = None,
        scheduler: Scheduler | None = None,
        recap: bool = False,
    ) -> None:
        """`every` calls back again and again, `scheduler` once; `recap`: begin with what has happened so far."""
        super().__init__()
        self.host = host
        self.view = View(host.room)
        self.aside = ""
        """A page that lies over the room's: recap, help or pause."""
        self.slide = Slide(self._draw, id="slide")
        self.said = Words("", "time", indent=3, id="said")
        self.key_line = KeyLine()
        self._every: Every = every or (lambda seconds, act: self.set_interval(seconds, act))
        self._after: Scheduler = scheduler or (lambda seconds, act: self.set_timer(seconds, act).stop)
        self._moving: Cancel | None = None
        self._stood: tuple[object, ...] = ()
        self._look_back: tuple[int, LookBack] | None = None
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
        view, room = self.view, self.host.room
        view.room = room
        state = room.state
        view.countdown = self.host.countdown_left()
        view.running = state.countdown is not None and state.countdown.running
        stood = (state.phase, state.node, state.told, state.page, state.visit)
        if stood != self._stood:
            self._clear_clock(self._stood[0] if self._stood else "", room.phase)
            self._stood = stood
            view.part, view.hand = 0, Hand()
            self._second_try = False
            if view.counting:
                view.hand.cursor = self._first_missing()
            if room.phase == "decide":
                view.hand.group = self._open_group()
        self.slide.refresh()
        self._show_keys()

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
        try:
            steered = self.host.poll()
        except SaveError as error:
            self.tell(str(error))
            return
        if steered:
            self._stop()
            if self.aside:
                self.aside = ""
            self.said.say("")
            self.show()
        elif self.view.countdown is not None:
            before = self.view.countdown
            self.view.countdown = self.host.countdown_left()
            if (
                self.view.countdown is None
                or int(self.view.countdown + 1) != int(before + 1)
                or self.view.countdown <= 0 < before
            ):
                self.slide.refresh()

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
        if self.aside == "pause" and key in ("t", "T", "x", "upper_t"):
            self._clock("T" if key == "upper_t" else key, PAUSE)
        else:
            self.aside = ""
        self.show()
        return True

    def _act(self, key: str, character: str) -> bool:
        view = self.view
        if view.counting and self._count(key, character):
            return True
        if self.host.room.phase == "decide" and self._choose(key, character):
            return True
        if key in ("space", "right", "pagedown", "enter"):
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
            "question_mark": lambda: self._aside("help"),
            "f1": lambda: self._aside("help"),
            "u": lambda: self.host.do(Undo()),
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

    # On and back

    def onward(self) -> None:
        """One key on."""
        view, room = self.view, self.host.room
        if self.slide.page.parts > view.part + 1:
            view.part += 1
            view.hand.group = min(view.part, len(room.question.groups) - 1) if room.phase == "ask" and room.question else 0
            return
        if room.phase == "ended" and room.state.page >= self.look_back.last:
            self.tell(_("That was the last page. Everything is kept; q leaves, j goes back to a decision."))
            return
        if view.counting and not room.setup.rehearsal:
            gap = room.missing(view.round)
            if gap and room.ballot(view.round) and self._second_try:
                self.host.do(Turn("reveal" if view.round == 1 else "shift", anyway=True))
                return
            if gap:
                self._second_try = bool(room.ballot(view.round))
                if self._second_try:
                    self.tell(_("Somebody is missing. Space again goes on all the same."))
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
        if not self.host.back():
            self.tell(_("This is the beginning."))

    # Counting

    def _first_missing(self) -> int:
        view = self.view
        ballot = view.room.ballot(view.round)
        if view.room.setup.tables:
            voters = view.room.setup.voters
            return next((at for at, voter in enumerate(voters) if ballot.vote(voter) is None), len(voters) - 1)
        return next((at for at, (_group, item) in enumerate(view.rows) if ballot.counted(item.key) is None), 0)

    def _count(self, key: str, character: str) -> bool:
        if self.view.room.setup.tables:
            return self._count_tables(key, character)
        view = self.view
        hand = view.hand
        if character.isascii() and character.isdigit():
            hand.typed = (hand.typed + character)[-MOST_TYPED:]
            return True
        if hand.typed and key in ("backspace", "delete"):
            hand.typed = hand.typed[:-1]
            return True
        if key in ("up", "down", "enter", "space", "tab", "right", "pagedown"):
            typed = bool(hand.typed)
            self._put_count()
            if key == "up":
                hand.cursor = max(hand.cursor - 1, 0)
                return True
            if key in ("down", "enter", "tab") or typed:
                at = hand.cursor
                hand.cursor = min(at + 1, len(view.rows) - 1)
                return key != "enter" or typed or at < len(view.rows) - 1
            return False
        if key in ("plus", "minus", "equals_sign"):
            item = view.row[1].key
            count = int(hand.typed) if hand.typed else view.room.ballot(view.round).counted(item) or 0
            hand.typed = ""
            self.host.do(Hands(item, max(count + (-1 if key == "minus" else 1), 0), view.round))
            return True
        return False

    def _put_count(self) -> None:
        """What was typed is counted."""
        view = self.view
        if view.hand.typed:
            given = Hands(view.row[1].key, int(view.hand.typed), view.round)
            view.hand.typed = ""
            self.host.do(given)

    def _count_tables(self, key: str, character: str) -> bool:
        view = self.view
        hand, voters = view.hand, view.room.setup.voters
        letters = [voter.rpartition("-")[2] for voter in voters]
        if key in letters:
            self._to_table(letters.index(key), looking=True)
            return True
        if key in ("up", "down", "tab", "shift+tab"):
            self._to_table((hand.cursor + (1 if key in ("down", "tab") else -1)) % len(voters), looking=True)
            return True
        if key in ("backspace", "delete") and (hand.tray or hand.typed or hand.touched):
            hand.tray, hand.typed, hand.touched, hand.group = (), "", False, 0
            return True
        if key == "minus":
            self.host.do(Vote(view.voter, None, view.round))
            hand.tray, hand.touched, hand.group = (), False, 0
            return True
        item = self._numbered(key, character)
        if item is not None:
            self._pick(item)
            return True
        if key == "enter" and view.question.kind != "one":
            if not hand.touched and view.room.ballot(view.round).vote(view.voter) is not None:
                return False
            self._cast(hand.tray)
            return True
        return bool(hand.typed)

    def _to_table(self, at: int, *, looking: bool = False) -> None:
        hand = self.view.hand
        hand.cursor, hand.tray, hand.typed, hand.touched, hand.group, hand.looking = at, (), "", False, 0, looking

    def _numbered(self, key: str, character: str) -> Item | None:
        """The item whose number was typed; numbers of two figures wait for the second, or for Enter."""
        view = self.view
        items, hand = view.group.items, view.hand
        if not (character.isascii() and character.isdigit()):
            if key == "enter" and hand.typed:
                found = next((item for item in items if str(item.number) == hand.typed), None)
                hand.typed = ""
                if found is None:
                    raise NotNow(_("There is no such number here."))
                return found
            return None
        typed = hand.typed + character
        longer = [item for item in items if str(item.number).startswith(typed) and str(item.number) != typed]
        found = next((item for item in items if str(item.number) == typed), None)
        if longer:
            hand.typed = typed
            return None
        hand.typed = ""
        if found is None:
            raise NotNow(_("There is no {number} here.").format(number=typed))
        return found

    def _pick(self, item: Item) -> None:
        """A number was typed: for a table, or by the facilitator in deciding."""
        view = self.view
        hand, question = view.hand, view.question
        if not item.available:
            raise NotNow(item.why_not)
        counting = view.counting
        if question.kind == "one":
            if counting:
                self._cast((item.key,))
            else:
                hand.tray, hand.touched = (item.key,), True
            return
        before = hand.tray if hand.touched or counting else view.room.outcome().sure
        if question.kind == "several":
            tray = tuple(key for key in before if key != item.key) if item.key in before else (*before, item.key)
            hand.tray, hand.touched = tray, True
            return
        group = question.group_of(item.key)
        tray = (*(key for key in before if question.group_of(key) is not group), item.key)
        hand.tray, hand.touched = tray, True
        if hand.group < len(question.groups) - 1:
            hand.group += 1
        elif counting:
            self._cast(tray)

    def _cast(self, items: tuple[str, ...]) -> None:
        """A table's choice is in; on to the next that is missing."""
        view = self.view
        self.host.do(Vote(view.voter, items, view.round))
        view.room = self.host.room
        self._to_table(self._first_missing() if view.room.missing(view.round) else view.hand.cursor)

    # Deciding

    def _open_group(self) -> int:
        """The first question of a board about which the votes are not sure."""
        room = self.host.room
        if room.question is None or room.question.kind != "board":
            return 0
        sure = {key.partition("=")[0] for key in room.outcome().sure}
        return next((at for at, group in enumerate(room.question.groups) if group.id not in sure), 0)

    def _choose(self, key: str, character: str) -> bool:
        view = self.view
        hand, question = view.hand, view.question
        if key in ("up", "down", "tab") and len(question.groups) > 1:
            hand.group = (hand.group + (-1 if key == "up" else 1)) % len(question.groups)
            return True
        if key in ("backspace", "delete") and hand.touched:
            hand.tray, hand.touched, hand.typed = (), False, ""
            return True
        item = self._numbered(key, character)
        if item is not None:
            self._pick(item)
            return True
        if key in ("enter", "space") and hand.touched:
            if question.kind == "board":
                given = {question.group_of(pick): pick for pick in hand.tray}
                tray = tuple(given[group] for group in question.groups if group in given)
                open_ = [group for group in question.groups if group not in given]
                if open_:
                    hand.group = question.groups.index(open_[0])
                    raise NotNow(_("One question is still open; 0 leaves it open."))
            else:
                tray = hand.tray
            self.host.do(Decide(question.input(tray)))
            return True
        return bool(hand.typed)

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

    def _skip(self) -> None:
        scene = self.skippable()
        if not scene:
            raise NotNow(_("There is nothing to skip here."))
        self.host.do(Decide(Input(scene, "skip")))

    def skippable(self) -> str:
        """The scene that can be skipped now; empty: none."""
        room = self.host.room
        question = room.question
        if question is None or not question.skip:
            return ""
        if room.phase in DECIDING:
            return question.scene
        told = room.state.told
        return question.scene if told and room.stops[told - 1].scene == question.scene else ""

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
            self._put_count() if self.view.counting and not self.view.room.setup.tables else None
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
        if what == "row" and view.counting:
            self._put_count()
            view.hand.cursor = next(at for at, (_group, item) in enumerate(view.rows) if item.key == name)
        elif what == "table":
            self._to_table([voter.rpartition("-")[2] for voter in view.room.setup.voters].index(name), looking=True)
        elif what == "item" and (view.counting or view.room.phase == "decide"):
            item = view.question.item(name)
            if item is not None:
                self._pick(item)
        elif view.room.phase in ("telling", "reveal", "talk", "shift", "ended"):
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
        if phase == "telling":
            skip = [Key("s", _("skip this part"), "s")] if self.skippable() else []
            return [space, back, *skip, Key("a", _("by itself"), "a"), Key("r", _("so far"), "r"), *rest]
        clock = Key("t", _("time") if view.countdown is None else _("stop the clock") if view.running else _("go on"), "t")
        more = [Key("x", _("more"), "x")] if view.countdown is not None else []
        if phase == "ask":
            skip = [Key("s", _("skip this part"), "s")] if self.skippable() else []
            return [Key(_("space"), _("vote"), "space"), back, clock, *more, *skip, *rest]
        if view.counting:
            if room.setup.tables:
                keys = [Key("A–" + room.setup.voters[-1][-1].upper(), _("table")), Key("1–9", _("its choice"))]
            else:
                keys = [Key("0–9", _("hands")), Key("↑↓", _("option"))]
            return [*keys, space, back, clock, *more, Key("u", _("undo"), "u"), *rest]
        if phase in ("reveal", "shift"):
            again = [Key("v", _("second vote"), "v")] if phase == "reveal" else [Key("v", _("count again"), "v")]
            return [space, back, *again, *rest]
        if phase == "talk":
            return [Key(_("space"), _("decide"), "space"), Key("v", _("second vote"), "v"), back, clock, *more, *rest]
        if phase == "decide":
            return [
                Key(_("space"), _("do it"), "space"),
                Key("1–9", _("another")),
                Key("v", _("second vote"), "v"),
                back,
                *rest,
            ]
        return [space, back, *rest]

    def action_nothing(self) -> None:
        """Tab moves no focus here: there is only one thing on the wall."""


__all__ = ["BEAT", "MORE", "StageScreen"]
