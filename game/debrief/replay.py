"""A play once more, as it was, under the reader's hand; what each decision set in motion stands in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from engine.debrief.model import Debrief, Moment
from engine.debrief.replay import Step, steps, stops
from engine.play.phone import Entry, Phone, PlaceView
from game.clock import day_name, moment_words
from game.debrief.frame import AskingScreen, from_here_words, go_back
from game.debrief.page import Page
from game.debrief.paper import Block, Line, Paper
from game.debrief.seenby import Leaf
from game.debrief.timeline import decided, set_in_motion
from game.play.keyline import Key
from game.play.status import StatusLine, TopRule
from game.session import Session
from game.themes import Palette
from game.widgets.conversation import Conversation
from game.words import _

WIDE = 112
"""From this width on the margin is beside the conversation, else under it."""
SIDE = 46
"""Cells of the margin when it is beside."""
LOW = 8
"""Most lines of the margin when it is under, on a terminal of 24 lines; a higher one gives it a third."""


def replay_line(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """That it can be read once more, as a part of the debrief."""
    if debrief.moments:
        yield Block([[("  r ", paper.own), (_("go through it once more, step by step"), paper.dim)], []], id="replay")


class ReplayScreen(AskingScreen["int | None"]):
    """Dismisses with None, or, when the player went back, with how many decisions then had been taken."""

    CSS_PATH = "replay.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "step(1)", show=False, priority=True),
        Binding("backspace", "step(-1)", show=False, priority=True),
        Binding("right", "stop(1)", show=False, priority=True),
        Binding("left", "stop(-1)", show=False, priority=True),
        Binding("up", "line(-1)", show=False, priority=True),
        Binding("down", "line(1)", show=False, priority=True),
        Binding("home", "edge(0)", show=False, priority=True),
        Binding("end", "edge(-1)", show=False, priority=True),
        Binding("p", "play_from", show=False),
        Binding("y", "yes", show=False),
        Binding("q,escape,r", "leave", show=False),
    ]

    def __init__(self, session: Session, debrief: Debrief, scene: str = "", *, reduced_motion: bool = True) -> None:
        """The play and its debrief, which has at least one moment. It begins with the moment of `scene` (`moment-3`), else with the first."""
        super().__init__()
        self.session = session
        self.debrief = debrief
        self.steps: list[Step] = steps(session.play, debrief)
        self.stops = stops(self.steps)
        wanted = int(scene.removeprefix("moment-")) if scene.startswith("moment-") else 0
        self.at = next((index for index, step in enumerate(self.steps) if step.moment == wanted), 0)
        self._phone: tuple[int, Phone] = (0, session.play.phone(empty=True))
        self.status = StatusLine()
        self.rule = TopRule(moves=False)
        self.conversation = Conversation(self._day, reduced_motion=reduced_motion)
        self.margin = Leaf(self._notes, classes="margin")

    def compose(self) -> ComposeResult:
        """The phone as it was, the margin, the keys."""
        yield self.status
        yield self.rule
        with Container(classes="both"):
            yield self.conversation
            yield self.margin
        yield self.answer
        yield self.keys

    def on_mount(self) -> None:
        """Begin."""
        self.conversation.can_focus = False
        self.margin.can_focus = False
        self._show()

    def on_resize(self) -> None:
        """The margin beside or under."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self._height()

    def _day(self, at: int) -> str:
        return day_name(self.session.story, at)

    @property
    def step(self) -> Step:
        """Where one stands."""
        return self.steps[self.at]

    @property
    def moment(self) -> Moment:
        """The moment that it is in."""
        return self.debrief.moments[self.step.moment]

    # Showing

    def _phone_now(self) -> Phone:
        """The phone as it stood. Forwards only what is new is applied."""
        done, phone = self._phone
        if done > self.step.upto:
            done, phone = 0, self.session.play.phone(empty=True)
        phone.apply_all(self.session.play.events[done : self.step.upto])
        self._phone = (self.step.upto, phone)
        return phone

    def _show(self) -> None:
        step, moment = self.step, self.moment
        phone = self._phone_now()
        view = phone.places[step.place] if step.place is not None else None
        clock = max(phone.clock, moment.at)
        self.status.show(view, clock, moment_words(self.session.story, clock))
        self.rule.mark_phone(bool(view is not None and view.phone))
        if view is None:
            view = PlaceView("nowhere", "in-person", "")
        if step.what == "covered":
            told = [Entry(f"covered-{number}", "notice", line.text, line.at) for number, line in enumerate(moment.lines)]
            self.conversation.show(view, told)
        else:
            self.conversation.show(view)
        self.margin.rewrite()
        self.margin.scroll_to(y=0, animate=False)
        self._height()
        self.show_keys()

    def _height(self) -> None:
        """Under the conversation the margin takes what its words take, up to a bound."""
        if self.size.width >= WIDE:
            self.margin.styles.height = "1fr"
            return
        count = sum(len(block.lines) for block in self.margin.blocks)
        self.margin.styles.height = 1 + min(max(count, 2), max(LOW, self.size.height // 3))  # and the line above it

    def _notes(self, palette: Palette, width: int) -> Sequence[Block]:
        """The margin at this step."""
        step, moment = self.step, self.moment
        paper = Paper(palette, width - 2, self.session.story)
        room = width - 4
        number = _("{n} of {all}").format(n=step.moment + 1, all=len(self.debrief.moments))
        head: Line = [(f" {moment.title}", paper.time if moment.consequence else paper.strong), (f"  {number}", paper.dim)]
        lines: list[Line] = [head]
        if step.taken:
            lines += [[(" ", paper.dim), *line] for line in decided(moment, paper, room)]
        if step.taken or step.what in ("done", "covered"):
            whole = step.what != "told" and bool(step.taken)
            lines += [[(" ", paper.dim), *line] for line in set_in_motion(moment, paper, room, whole=whole)]
        elif step.what == "told":
            lines.append([(" " + _("You have yet to decide."), paper.dim)] if moment.decision >= 0 else [])
        return [Block(lines, moment.decision, moment.title, "margin")]

    def usual_keys(self) -> Sequence[Key]:
        """On, back, and play from here where something was decided."""
        found = [
            Key("space", _("next"), "space"),
            Key("←→", _("by decisions")),
            Key("↑↓", _("margin")),
            Key("q", _("back"), "q"),
        ]
        if self.moment.decision >= 0:
            found.insert(2, Key("p", _("play from here"), "p"))
        return found

    # Going

    def action_step(self, by: int) -> None:
        """The next thing that happened, or the one before."""
        self._go(self.at + by)

    def action_stop(self, by: int) -> None:
        """The next decision or the end of the moment, or the one before."""
        ahead = [stop for stop in self.stops if (stop > self.at if by > 0 else stop < self.at)]
        if ahead:
            self._go(ahead[0] if by > 0 else ahead[-1])
        elif by < 0:
            self._go(0)

    def action_edge(self, index: int) -> None:
        """The beginning or the end."""
        self._go(index % len(self.steps))

    def _go(self, index: int) -> None:
        if self.asked:
            return
        if index >= len(self.steps):
            self.answer.say(_("That was all of it."))
            return
        if index < 0:
            return
        self.answer.say("")
        self.at = index
        self._show()

    def action_line(self, by: int) -> None:
        """Scroll the margin; what is not longer than its room leaves the arrows to the conversation."""
        front: Page | Conversation = self.margin if self.margin.max_scroll_y else self.conversation
        front.scroll_relative(y=by, animate=False)

    # Playing from here

    def action_play_from(self) -> None:
        """Ask whether to go back to this decision."""
        if self.moment.decision < 0:
            self.answer.say(_("Nothing was decided here. Go on to a decision first."))
            return
        self.ask(from_here_words(self.moment.title, self.session.later_parts))

    def yes(self) -> None:
        """Go back to it."""
        go_back(self, self.session, self.moment.decision)
