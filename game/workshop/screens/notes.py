"""The facilitator's notes: a second window that follows the room, shows what nobody else should see, and steers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from engine.debrief.build import build
from engine.room.inputs import AnyInput, Turn, Undo
from engine.room.room import NotNow, Room
from game.debrief.dials import signed
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted, two_ends
from game.play.panel import Words
from game.words import _
from game.workshop.follow import RoomFollower
from game.workshop.plan import SessionPlan
from game.workshop.screens.behind import Behind, behind, stop_words
from game.workshop.screens.keyboard import Keyboard
from game.workshop.screens.pen import Line, Pen, indented
from game.workshop.screens.stage import MORE, PAUSE, Every
from game.workshop.screens.times import time_words
from game.workshop.screens.view import View, minutes_words
from game.workshop.steering import BackOne, Command, CountdownDo, Cover, Onward
from game.workshop.words import decided_words, here_words, one_line, table_name
from saves.errors import SaveError
from saves.rooms import Answer

BEAT = 0.25
"""Seconds between two looks at the room."""
AHEAD = 4
"""Stops that are shown ahead."""


class Sheet(Painted):
    """Lines as high as they are."""

    DEFAULT_CSS = """
    Sheet { height: auto; }
    """

    def __init__(self, make: Callable[[Pen], list[Line]], **how: Any) -> None:
        """`make` draws on a pen."""
        super().__init__(**how)
        self._make = make

    def _lines(self, width: int) -> list[Line]:
        return self._make(Pen(self.palette, width, 0))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as there are."""
        return max(len(self._lines(width)), 1)

    def paint(self, width: int) -> Text:
        """The lines."""
        text = Text(no_wrap=True, overflow="crop", end="")
        for index, line in enumerate(self._lines(width)):
            text.append("\n" if index else "")
            for words, style in line:
                text.append(words, style)
        return text


class TimeLine(Painted):
    """How long it has been, how long there is, and what the plan says."""

    DEFAULT_CSS = """
    TimeLine { height: 2; }
    """

    def __init__(self, screen: NotesScreen) -> None:
        """The notes that it stands on."""
        super().__init__()
        self._notes = screen

    def paint(self, width: int) -> Text:
        """Two lines."""
        first, second, right = self._notes.time_words()
        pen = Pen(self.palette, width, 0)
        text = two_ends([(" ", pen.text), (first, pen.strong)], [(right + " ", pen.time)], width)
        text.append("\n")
        text.append_text(two_ends([(" ", pen.text), (second, pen.dim)], [], width))
        return text


class NotesScreen(Screen[None]):
    """What the facilitator alone sees."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "nothing", show=False)]
    DEFAULT_CSS = """
    NotesScreen { background: $background; layout: vertical; }
    NotesScreen TimeLine { background: $panel; }
    NotesScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1 0 0 0; }
    NotesScreen #said { height: auto; }
    NotesScreen KeyLine { dock: bottom; }
    """

    def __init__(self, follower: RoomFollower, plan: SessionPlan | None, *, every: Every | None = None) -> None:
        """`every` calls back again and again."""
        super().__init__()
        self.follower = follower
        self.plan = plan
        self.view = View(follower.room)
        self.keyboard = Keyboard(self.view, self.send, hushes=False)
        self.helping = False
        self._pausing = False
        """A break was called from here, and nothing but its clock was touched since."""
        self.clock = TimeLine(self)
        self.sheet = Sheet(self._lines)
        self.said = Words("", "time", indent=1, id="said")
        self.key_line = KeyLine()
        self._every: Every = every or (lambda seconds, act: self.set_interval(seconds, act))
        self._asked: dict[int, bool] = {}

    def compose(self) -> ComposeResult:
        """The time, the notes, what is said, the keys."""
        yield self.clock
        with VerticalScroll(can_focus=False):
            yield self.sheet
        yield self.said
        yield self.key_line

    def on_mount(self) -> None:
        """Show the room."""
        self.show()
        self._every(BEAT, self.beat)

    # Following

    def beat(self) -> None:
        """Take in what the projector did."""
        moved = False
        answers: list[Answer] = []
        try:
            moved = self.follower.poll()
            answers = self.follower.answers()
        except SaveError as error:
            self.said.say(str(error))
        for answer in answers:
            if answer.problem:
                self.said.say(answer.problem)
        if moved or answers:
            self.show()
        else:
            self.clock.refresh()

    def show(self) -> None:
        """Draw the room as it stands."""
        if self.view.look(self.follower.room, self.follower.countdown_left()) is not None:
            self.keyboard.settle()
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self.sheet.refresh(layout=True)
        self.clock.refresh()
        self._show_keys()

    def time_words(self) -> tuple[str, str, str]:
        """The two lines at the top, and what stands at their right."""
        elapsed = self.follower.elapsed()
        left = self.follower.countdown_left()
        right = _("countdown {left}").format(left=minutes_words(left)) if left is not None else ""
        if not self.follower.live:
            right = _("no projector")
        first, second = time_words(self.plan, self.follower.room, elapsed)
        return first, second, right

    # What is shown

    def _lines(self, pen: Pen) -> list[Line]:
        if self.helping:
            return indented([[(f"{key:<9}", pen.accent), (words, pen.text)] for key, words in help_lines()], 1)
        room = self.view.room
        if room.phase == "ended":
            return indented(self._after(pen), 1)
        lines: list[Line] = [*self._wall(pen), []]
        if room.phase == "telling":
            lines += [*self._next(pen), []]
        if room.question is not None:
            lines += self._question(pen)
        return indented(lines, 1)

    def _wall(self, pen: Pen) -> list[Line]:
        """What the room sees now."""
        room = self.view.room
        state, visit = room.state, room.visit
        lines: list[Line] = [[(_("On the wall"), pen.time)]]
        if room.phase == "telling":
            if state.told and room.stops:
                lines += self._write(pen, stop_words(room, room.stops[min(state.told, len(room.stops)) - 1]), pen.text)
            elif state.node:
                lines += self._write(pen, _("What was decided, before anything comes of it."), pen.text)
            else:
                lines += self._write(pen, _("The title. Can the back row read it?"), pen.text)
            return lines
        said = {
            "ask": _("The question. Everybody decides alone; nobody speaks."),
            "first": _("The vote is counted. Nothing of it is shown."),
            "reveal": _(
                "How they voted; one key more, and the thought behind each option. Ask those of the smallest bar first."
            ),
            "talk": _("What to talk about. Let it be quiet for ten seconds before you help."),
            "second": _("The second vote is counted."),
            "shift": _("What has moved. Ask somebody who changed their mind what did it."),
            "decide": _("What is done. Space takes it; a number, then Enter, takes another."),
        }[room.phase]
        lines += self._write(pen, said, pen.text)
        if room.phase in ("first", "second"):
            gap = room.missing(self.view.round)
            all_in = _("All in, and the wall is quiet: let them guess before you show it.")
            lines += self._write(pen, room.missing_words(gap) if gap else all_in, pen.strong)
        if room.phase == "decide" and visit is not None:
            why = room.outcome().why
            if why != "majority":
                nothing = (
                    _("The votes decide nothing: pick one.")
                    if room.ballot(1)
                    else _("Take what most hands are up for: its number, then Enter.")
                )
                words = _("A tie: pick one.") if why == "tie" else nothing
                lines += self._write(pen, words, pen.strong)
        return lines

    def _next(self, pen: Pen) -> list[Line]:
        """What comes."""
        room = self.view.room
        told = room.state.told
        coming = room.stops[told : told + AHEAD]
        lines: list[Line] = [[(_("Next"), pen.time)]]
        for index, stop in enumerate(coming):
            lines += self._write(pen, stop_words(room, stop), pen.text if not index else pen.dim)
        rest = len(room.stops) - told - len(coming)
        if rest > 0:
            lines += self._write(pen, _("{n} more before it.").format(n=rest), pen.dim)
        return lines

    def _question(self, pen: Pen) -> list[Line]:
        room, view = self.view.room, self.view
        question = view.question
        title = one_line(room.play.text(room.story.scenes[question.scene].title))
        lines: list[Line] = [[(_("The decision: {title}").format(title=title), pen.time)]]
        if question.ask:
            lines += self._write(pen, question.ask, pen.strong)
        if question.limit:
            lines += self._write(pen, _("Alone one would have {n} seconds.").format(n=question.limit), pen.dim)
        lines += self._options(pen, whole=False) if view.counting else self._options(pen, whole=True)
        lines += [[], [(_("To talk about"), pen.time)], *self._write(pen, room.discuss, pen.text)]
        unseen = room.story.unseen.get(question.scene)
        words = one_line(room.play.passage(unseen)) if unseen is not None else ""
        if words:
            lines += [[], [(_("What nobody saw"), pen.time)], *self._write(pen, words, pen.dim)]
        return lines

    def _options(self, pen: Pen, *, whole: bool) -> list[Line]:
        """The options with their votes; `whole`: with all that is behind them. While votes are counted there is no time to read that."""
        room, view = self.view.room, self.view
        question = view.question
        first, second = room.ballot(1), room.ballot(2)
        tally, again = first.tally(question), second.tally(question)
        lines: list[Line] = []
        if room.setup.tables and view.counting:
            lines += [[], *self._write(pen, _("Table {name}:").format(name=table_name(view.voter)), pen.accent)]
        group = None
        for one in behind(room):
            item = one.item
            owner = question.group_of(item.key)
            if owner is not group and question.kind == "board" and owner is not None:
                mark = "▸ " if view.counting and view.group is owner else ""
                lines += [[], *self._write(pen, f"{mark}{owner.ask}", pen.strong)]
            group = owner
            row = view.counting and not room.setup.tables and view.row[1].key == item.key
            picked = item.key in view.hand.tray and (view.counting or view.hand.touched)
            votes = self._votes(item.key, tally, again, bool(first), bool(second), row)
            style = pen.strong if item.available else pen.dim
            label = pen.words(f"{item.number}  {one_line(item.label)}", style, pen.width - 20)
            lines += [[]] if whole else []
            lines.append([("▸ " if row or picked else "  ", pen.accent), *label[0], ("   ", pen.text), (votes, pen.accent)])
            lines += indented(label[1:], 5)
            if not item.available:
                lines += self._write(pen, item.why_not, pen.dim, 5)
            elif whole:
                lines += self._behind(pen, one)
        return lines

    def _behind(self, pen: Pen, one: Behind) -> list[Line]:
        """What is behind an option."""
        item, lines = one.item, []
        if item.thought:
            lines += self._write(pen, f"“{one_line(item.thought)}”", pen.voice, 5)
        if item.send and one_line(item.send) != one_line(item.label):
            lines += self._write(pen, _("sends: {text}").format(text=one_line(item.send)), pen.dim, 5)
        if item.look:
            lines += self._write(pen, _("only looks, and comes back to this decision"), pen.dim, 5)
        if one.changes:
            lines += self._write(pen, one.changes, pen.text, 5)
        if one.because:
            lines += self._write(pen, one.because, pen.dim, 5)
        for words in one.motions:
            lines += self._write(pen, f"↳ {words}", pen.time, 5)
        return lines

    def _votes(self, key: str, tally: dict[str, int], again: dict[str, int], one: bool, two: bool, here: bool) -> str:
        room, view = self.view.room, self.view
        if here and view.hand.typed:
            return f"[{view.hand.typed}]"
        if not one:
            return "[ ]" if here else ""
        if room.setup.tables:
            ballot = room.ballot(view.round if two or view.round == 2 else 1)
            names = " ".join(table_name(voter) for voter, items in ballot.votes if key in items)
            return f"{tally[key]} → {again[key]}  {names}" if two else f"{tally[key]}  {names}"
        counted = room.ballot(1).counted(key)
        words = "–" if counted is None else str(counted)
        if two:
            later = room.ballot(2).counted(key)
            words += f" → {'–' if later is None else later}"
        return words

    def _after(self, pen: Pen) -> list[Line]:
        """The notes for looking back."""
        room = self.view.room
        debrief = _debrief(room)
        lines: list[Line] = [[(_("Looking back"), pen.time)], *self._write(pen, here_words(room), pen.text), []]
        if debrief.questions:
            lines.append([(_("The questions"), pen.time)])
            for number, words in enumerate(debrief.questions, 1):
                lines += self._write(pen, f"{number}  {words}", pen.text)
            lines.append([])
        if debrief.cheapest_title:
            lines.append([(_("Cheapest to act"), pen.time)])
            lines += [*self._write(pen, f"{debrief.cheapest_title}. {debrief.cheapest_because}", pen.text), []]
        lines.append([(_("The dials, and why"), pen.time)])
        for dial in debrief.dials:
            lines.append([(f"{dial.label} {signed(dial.shown)}", pen.strong)])
            for reason in dial.reasons:
                change = f"{reason.changes[dial.name] / 100:+g}".replace("-", "−")
                lines += self._write(pen, f"{change}  {one_line(reason.what)}: {one_line(reason.because)}", pen.dim, 2)
        lines += [[], [(_("The road"), pen.time)]]
        from engine.room.recap import road

        for step in road(room).steps:
            lines += self._write(pen, f"{step.title}: {decided_words(step)}", pen.text)
        return lines

    @staticmethod
    def _write(pen: Pen, words: str, style: Any, indent: int = 2) -> list[Line]:
        return indented(pen.words(words, style, pen.width - indent - 3), indent)

    # Steering

    def send(self, command: Command | AnyInput) -> None:
        """Ask the projector for something."""
        self.follower.send(command)

    async def on_key(self, event: events.Key) -> None:
        """Everything is done from here."""
        if self._press(event.key, event.character or ""):
            event.stop()
            event.prevent_default()

    def _press(self, key: str, character: str) -> bool:
        if key in ("q", "ctrl+q", "ctrl+c"):
            self.app.exit(0)
            return True
        scroll = self.query_one(VerticalScroll)
        if self.helping:
            self.helping = False
            self.show()
            return True
        moves = {"up": -2, "down": 2, "pageup": -scroll.size.height + 2, "pagedown": scroll.size.height - 2}
        if key in moves and not (self.view.counting and key in ("up", "down")):
            scroll.scroll_relative(y=moves[key], animate=False)
            return True
        self.said.say("")
        try:
            done = self._act(key, character)
        except NotNow as why:
            self.said.say(str(why))
            done = True
        except SaveError as error:
            self.said.say(str(error))
            done = True
        self.show()
        return done

    def _act(self, key: str, character: str) -> bool:
        pausing, self._pausing = self._pausing, False
        if self.keyboard.press(key, character):
            return True
        commands: dict[str, Command] = {
            "space": Onward(), "right": Onward(), "enter": Onward(), "left": BackOne(), "backspace": BackOne(), "u": Undo(),
            "d": Turn("decide"), "x": CountdownDo("extend", MORE), "T": CountdownDo("stop"), "upper_t": CountdownDo("stop"),
        }  # fmt: skip
        if key in ("x", "t", "T", "upper_t"):
            self._pausing = pausing
        if key in commands:
            self.send(commands[key])
        elif key == "v":
            visit = self.view.room.visit
            self.send(Turn("second" if visit is not None and visit.revealed else "first"))
        elif key == "t":
            self.send(self._clock())
        elif key in ("b", "full_stop", "r"):
            self.send(Cover("recap" if key == "r" else "pause"))
            self._pausing = key != "r" and not pausing
            what = _("So far") if key == "r" else _("A short break")
            self.said.say(_("On the wall: {what}. The same key again, or space, takes it away.").format(what=what))
        elif key == "s":
            given = self.view.skip()
            if given is None:
                raise NotNow(_("There is nothing to skip here."))
            self.send(given)
        elif key in ("question_mark", "f1"):
            self.helping = True
        else:
            return False
        return True

    def _clock(self) -> CountdownDo:
        left = self.follower.countdown_left()
        if left is None or left <= 0:
            return CountdownDo("start", PAUSE if self._pausing else self.view.countdown_default)
        return CountdownDo("pause" if self.view.running else "resume")

    def _show_keys(self) -> None:
        room = self.view.room
        keys = [Key(_("space"), _("on"), "space"), Key("←", _("back"), "left")]
        if self.view.counting:
            keys.insert(0, Key("0–9", _("count"), ""))
        if room.phase == "decide":
            keys.insert(0, Key("1–9", _("another"), ""))
        keys += [
            Key("t", _("time"), "t"), Key("x", _("more"), "x"), Key("v", _("second vote"), "v"), Key("u", _("undo"), "u"),
            Key("↑↓", _("scroll")), Key("q", _("close"), "q"), Key("?", _("keys"), "question_mark"),
        ]  # fmt: skip
        self.key_line.show(keys)

    def action_nothing(self) -> None:
        """F1 is dealt with among the keys."""


def _debrief(room: Room) -> Any:
    """The debrief of a room that has ended."""
    return build(room.as_read())


def help_lines() -> list[tuple[str, str]]:
    """Every key of the notes, and what it does."""
    return [
        (_("space →"), _("on, on the projector: what one key there does")),
        ("← ⌫", _("back")),
        ("0–9 ↑↓", _("while hands or tables are counted: count here, so that nobody sees it")),
        ("1–9 Enter", _("when it is decided: take another option")),
        ("t x T", _("time: begin, stop, go on · fifteen seconds more · none")),
        ("v", _("a second vote")),
        ("d", _("decide now")),
        ("s", _("skip this part, where the story offers it")),
        ("b . r", _("on the wall: a short break · so far; again, or space, ends it")),
        ("u", _("undo the last thing")),
        ("PgUp PgDn", _("scroll")),
        ("q", _("close the notes; the projector goes on")),
    ]


__all__ = ["NotesScreen", "help_lines"]
