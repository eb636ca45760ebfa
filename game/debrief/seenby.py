"""The same thread with other eyes. One looks on: nothing here can be sent, answered or taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from engine.debrief.model import Debrief
from engine.debrief.seenby import seen_by
from engine.debrief.witness import Seen, Witness
from game.clock import DAY, day_name
from game.debrief.page import Page
from game.debrief.paper import Block, Line, Paper
from game.debrief.witnessed import document, hidden_words, thread, who_words
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.play.panel import Words
from game.session import Session
from game.themes import Palette, ink
from game.widgets.conversation import Conversation
from game.widgets.wrap import cells
from game.words import _


def seen_by_line(debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """Who else read it, as a part of the debrief."""
    if not debrief.witnesses:
        return
    lines: list[Line] = [[("  " + _("Seen by"), paper.strong)], []]
    names = "\xa0· ".join(witness.name for witness in debrief.witnesses)  # a line ends with the point and begins with a name
    lines += paper.write(names, paper.text, indent=2)
    lines.append([("  s ", paper.own), (_("read it with their eyes"), paper.dim)])
    yield Block([*lines, []], id="seen-by")


class Names(Painted):
    """The line at the top: who can be asked, and whose eyes these are."""

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, witnesses: Sequence[Witness], **how: Any) -> None:
        """The witnesses in their order."""
        super().__init__(**how)
        self._names = [witness.name for witness in witnesses]
        self.chosen = 0
        self._spans: list[tuple[int, int, int]] = []

    def choose(self, index: int) -> None:
        """These eyes now."""
        self.chosen = index
        self.refresh()

    def paint(self, width: int) -> Text:
        """One line; when it is too narrow for all, those around the chosen one."""
        skin, palette = self.palette.ground, self.palette
        accent = palette.accent_other
        text = Text(no_wrap=True, overflow="crop", end="")
        text.append(f" {_('Seen by')}  ", ink(skin.dim))
        room = width - cells(text.plain) - 6
        first = last = self.chosen
        used = cells(self._names[self.chosen]) + 3 if self._names else 0
        while True:
            more = [index for index in (last + 1, first - 1) if 0 <= index < len(self._names)]
            index = next((one for one in more if used + cells(self._names[one]) + 3 <= room), None)
            if index is None:
                break
            used += cells(self._names[index]) + 3
            first, last = min(first, index), max(last, index)
        text.append("‹ " if first > 0 else "", ink(skin.dim))
        self._spans = []
        for index in range(first, last + 1) if self._names else ():
            at = cells(text.plain)
            if index == self.chosen:
                text.append(f" {self._names[index]} ", ink(skin.back, accent, bold=True, reverse=accent is None))
            else:
                text.append(f" {self._names[index]} ", ink(skin.sign))
            self._spans.append((at, cells(text.plain), index))
            text.append(" ")
        text.append("›" if last + 1 < len(self._names) else "", ink(skin.dim))
        return text

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the mouse."""
        for start, end, index in self._spans:
            if start <= event.x < end:
                event.stop()
                self.post_message(self.Chosen(index))


class OtherRule(Painted):
    """A thin line in the colour of somebody else's phone."""

    def paint(self, width: int) -> Text:
        """One line."""
        return Text("─" * width, ink(self.palette.accent_other or self.palette.rule), no_wrap=True, end="")


class Leaf(Page):
    """A page without anything to choose: the arrows scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("up", "roll(-1)", show=False), Binding("down", "roll(1)", show=False)]

    def action_roll(self, by: int) -> None:
        """A line up or down."""
        self.scroll_relative(y=by, animate=False)


class SeenByScreen(Screen[None]):
    """Whose eyes: the arrows change them. Dismisses with None."""

    CSS_PATH = "seenby.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(-1)", show=False, priority=True),
        Binding("right", "other(1)", show=False, priority=True),
        Binding("space,pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("up", "line(-1)", show=False, priority=True),
        Binding("down", "line(1)", show=False, priority=True),
        Binding("home", "end(-1)", show=False, priority=True),
        Binding("end", "end(1)", show=False, priority=True),
        Binding("q,escape,s", "leave", show=False),
        *(Binding(str(number), f"choose({number - 1})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, session: Session, witnesses: Sequence[Witness], *, reduced_motion: bool = True) -> None:
        """The play, and who can be asked. There is at least one."""
        super().__init__()
        self.session = session
        self.witnesses = list(witnesses)
        self.index = 0
        self._seen: dict[str, Seen] = {}
        self.names = Names(self.witnesses)
        self.who = Words("", "dim", classes="who")
        self.conversation = Conversation(self._day, reduced_motion=reduced_motion)
        self.export = Leaf(self._document)
        self.hidden = Words("", "dim", classes="hidden")
        self.keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Names, the thread or the document, what could not be seen, the keys."""
        yield self.names
        yield OtherRule()
        yield self.who
        yield self.conversation
        yield self.export
        yield self.hidden
        yield self.keys

    def on_mount(self) -> None:
        """Begin with the first."""
        self.conversation.can_focus = False
        self.export.can_focus = False
        self.keys.show(
            (
                Key("←→", _("other eyes")),
                Key("↑↓", _("scroll")),
                Key("space", _("page"), "space"),
                Key("q", _("back"), "q"),
            )
        )
        self._show()

    def _day(self, at: int) -> str:
        words = _("{day}, day {n}").format(day=day_name(self.session.story, at), n=f"{at // DAY + 1:,}")
        return words if at >= 0 else day_name(self.session.story, at)

    @property
    def seen(self) -> Seen:
        """The thread as the chosen one had it."""
        witness = self.witnesses[self.index]
        if witness.id not in self._seen:
            self._seen[witness.id] = seen_by(self.session.play, witness)
        return self._seen[witness.id]

    @property
    def is_document(self) -> bool:
        """The chosen one has an export and no phone."""
        return self.witnesses[self.index].kind == "investigator"

    def _document(self, palette: Palette, width: int) -> Sequence[Block]:
        return document(self.seen, Paper(palette, width, self.session.story)) if self.is_document else []

    def _show(self) -> None:
        seen = self.seen
        self.names.choose(self.index)
        self.who.display = self.conversation.display = not self.is_document
        self.export.display = self.is_document
        self.who.say(who_words(seen))
        self.hidden.say(hidden_words(seen))
        if self.is_document:
            self.export.rewrite()
            self.export.scroll_to(y=0, animate=False)
            return
        view, entries = thread(seen, self.session.story)
        self.conversation.show(view, entries)
        self.conversation.to_oldest()

    @property
    def _front(self) -> Page | Conversation:
        return self.export if self.is_document else self.conversation

    def action_other(self, by: int) -> None:
        """Somebody else's eyes; after the last comes the first."""
        self.index = (self.index + by) % len(self.witnesses)
        self._show()

    def action_choose(self, index: int) -> None:
        """These eyes."""
        if index < len(self.witnesses):
            self.index = index
            self._show()

    def on_names_chosen(self, event: Names.Chosen) -> None:
        """A name was clicked."""
        self.action_choose(event.index)

    def action_line(self, by: int) -> None:
        """A line up or down."""
        self._front.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A page up or down."""
        self._front.scroll_relative(y=by * max(self._front.size.height - 2, 1), animate=False)

    def action_end(self, by: int) -> None:
        """To the beginning or the end."""
        self._front.scroll_to(y=0 if by < 0 else self._front.max_scroll_y, animate=False)

    def action_leave(self) -> None:
        """Back to the debrief."""
        self.dismiss(None)
