"""Picking several: what all looks of it share, and which look an offer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import findall, search
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from engine.play.events import DecisionOffered, Option
from game.play.keyline import Key
from game.play.painted import Painted, two_ends
from game.play.panel import KeysChanged, Panel
from game.play.rows import GAP, Row, Rows, number_keys
from game.themes import ink
from game.widgets.wrap import cells, wrapped
from game.words import _, n_

MARGIN = 2
"""Cells left empty on both sides of a question."""
DONE = "(done)"
"""The id of the row that ends picking; no piece can be called so."""


def done_key(count: int) -> str:
    """The key of the row after so many numbered ones: `0`, or `d` where the tenth of them has that."""
    return "0" if count < 10 else "d"


class PickPanel(Panel):
    """Pick some of several, then be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign,shift+up,left_square_bracket", "shift(-1)", show=False),
        Binding("greater_than_sign,shift+down,right_square_bracket", "shift(1)", show=False),
    ]

    @dataclass
    class Done(Message):
        """That is all. `text` is what the pieces say together, where they make a text."""

        picks: tuple[str, ...]
        text: str = ""

    @dataclass
    class Refused(Message):
        """Something that cannot be picked was tried."""

        why: str

    def __init__(
        self,
        offer: DecisionOffered,
        people: Mapping[str, str] | None = None,
        picks: Sequence[str] = (),
        cursor: int | None = None,
    ) -> None:
        """`people` are names and what those are, for a list of members. Without a `cursor` it stands on the first row that can be taken."""
        super().__init__()
        self.offer = offer
        self.people = dict(people or {})
        self.picks: list[str] = list(picks)
        self.options = {option.id: option for option in offer.options}
        rows = self.rows()
        at = next((index for index, row in enumerate(rows) if row.enabled), 0) if cursor is None else cursor
        self.list = Rows(rows, cursor=at, most=0.6)
        self.head = Head(offer.ask, self.left_words())

    def again(self) -> PickPanel:
        """The same panel as it stands, to be put there again."""
        return type(self)(self.offer, self.people, self.picks, self.list.cursor)

    # What a look may change

    def compose(self) -> Iterator[Widget]:
        """The question and what is left, then the list."""
        yield self.head
        yield self.list

    def sign(self, option: Option) -> str:
        """What stands before a piece."""
        return "[x]" if option.id in self.picks else "[ ]"

    def note(self, option: Option) -> str:
        """What stands after a piece."""
        if not option.available:
            return option.why_not
        return _("costs {n}").format(n=option.cost) if option.cost > 1 and not self.says_cost(option) else ""

    @staticmethod
    def says_cost(option: Option) -> bool:
        """Its label tells what it costs: `(10 min)` needs no `costs 10` beside it."""
        return str(option.cost) in findall(r"\d+", option.label)

    def badge(self, option: Option) -> str:
        """Its place, where the order counts."""
        return str(self.picks.index(option.id) + 1) if self.offer.ordered and option.id in self.picks else ""

    def verb(self, picked: bool) -> str:
        """What Enter does with a piece."""
        return _("put back") if picked else _("pick")

    def left_words(self) -> str:
        """How many may still be picked."""
        if self.left >= sum(option.cost for option in self.offer.options if option.id not in self.picks):
            return n_("{n} picked", "{n} picked", len(self.picks)).format(n=len(self.picks))
        if self.unit:
            return _("{n} {unit} left").format(n=self.left, unit=self.unit)
        return n_("{n} left", "{n} left", self.left).format(n=self.left)

    @property
    def unit(self) -> str:
        """What all labels count what they cost in: `min` of `(10 min)`; empty: nothing, or not the same."""
        found = [(search(rf"\b{option.cost} (min)\b", option.label)) for option in self.offer.options]
        return found[0][1] if found and found[0] is not None and all(found) else ""

    def full_words(self) -> str:
        """Why no more can be picked."""
        all_ = f"{self.offer.most} {self.unit}".strip()
        return n_("That is all you have: {n}.", "That is all you have: {n}.", self.offer.most).format(n=all_)

    def text(self) -> str:
        """What the pieces say together; empty where they make no text."""
        return ""

    # What they share

    @property
    def left(self) -> int:
        """How much of the cap is left."""
        return self.offer.most - sum(self.options[name].cost for name in self.picks)

    def rows(self) -> list[Row]:
        """A row for each piece, and the one that ends it."""
        rows = [
            Row(
                option.id,
                option.label,
                key,
                aside=option.thought if option.available else "",
                note=self.note(option),
                enabled=option.available,
                sign=self.sign(option),
                badge=self.badge(option),
            )
            for key, option in zip(number_keys(len(self.offer.options), zero=True), self.offer.options, strict=True)
        ]
        rows.append(Row(DONE, self.offer.done, done_key(len(rows)), sign=" →", strong=True))
        return rows

    def changed(self) -> None:
        """Show what is picked now."""
        self.list.fill(self.rows())
        self.head.say(self.left_words())
        self.post_message(KeysChanged())

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        if event.row.id == DONE:
            self._finish()
        else:
            self.toggle(event.row.id)

    @on(Rows.Refused)
    def _refused(self, event: Rows.Refused) -> None:
        event.stop()
        self.post_message(self.Refused(event.row.note))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self.post_message(KeysChanged())

    def toggle(self, name: str) -> None:
        """Pick a piece, or put it back."""
        if name in self.picks:
            self.picks.remove(name)
        elif self.options[name].cost > self.left:
            self.post_message(self.Refused(self.full_words()))
            return
        else:
            self.picks.append(name)
        self.post_message(self.Refused(""))
        self.changed()

    def action_shift(self, by: int) -> None:
        """Move the piece under the cursor earlier or later in the order."""
        row = self.list.row
        if not self.offer.ordered or row is None or row.id not in self.picks:
            return
        at = self.picks.index(row.id)
        to = max(min(at + by, len(self.picks) - 1), 0)
        self.picks.insert(to, self.picks.pop(at))
        self.changed()

    def _finish(self) -> None:
        if len(self.picks) < self.offer.least:
            words = n_("Pick at least {n} first.", "Pick at least {n} first.", self.offer.least)
            self.post_message(self.Refused(self.offer.no_silence or words.format(n=self.offer.least)))
            return
        self.post_message(self.Done(tuple(self.picks), self.text()))

    def keys(self) -> Sequence[Key]:
        """Picking, ordering, being done."""
        row = self.list.row
        picked = row is not None and row.id in self.picks
        done = row is not None and row.id == DONE
        words = _("done") if done else self.verb(picked)
        over = done_key(len(self.offer.options))
        keys = [Key("↑↓", _("choose")), Key("Enter", words, "enter"), Key(over, _("done"), over)]
        if self.offer.ordered and picked and len(self.picks) > 1:
            keys.insert(2, Key("< >", _("earlier, later")))
        return keys


class Head(Painted):
    """The question at the left, on as many lines as it needs; what is left at the right of the first."""

    def __init__(self, ask: str, left: str, **how: Any) -> None:
        """Two texts."""
        super().__init__(**how)
        self._ask, self._left = ask, left

    def say(self, left: str, ask: str | None = None) -> None:
        """What is left now; and another question, where one is given."""
        self._left = left
        self._ask = self._ask if ask is None else ask
        self._fit()
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """As high as the question is at this width."""
        self._fit()

    def _fit(self) -> None:
        if self.size.width:
            self.styles.height = len(self._asked(self.size.width))

    def _asked(self, width: int) -> list[str]:
        """The lines of the question: what is left has its own column."""
        return wrapped(self._ask, max(width - cells(self._left) - 2 * MARGIN - GAP, 12)) or [""]

    def paint(self, width: int) -> Text:
        """The question, and what is left."""
        edge, voice = (" " * MARGIN, ink()), ink(self.palette.ground.sign)
        first, *more = self._asked(width)
        text = two_ends([edge, (first, voice)], [(self._left + " " * MARGIN, ink(self.palette.time))], width)
        for line in more:
            text.append(f"\n{edge[0]}")
            text.append(line, voice)
        return text


def pick_panel(offer: DecisionOffered, people: Mapping[str, str]) -> PickPanel:
    """The panel for the look of an offer."""
    from game.play.members import MembersPanel
    from game.play.pieces import PiecesPanel
    from game.play.switches import SwitchesPanel

    kinds: dict[str, type[PickPanel]] = {"switches": SwitchesPanel, "pieces": PiecesPanel, "members": MembersPanel}
    return kinds.get(offer.looks, PickPanel)(offer, people)
