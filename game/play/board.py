"""A board: cards in sight, and questions to pin them under. A question may stay open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from engine.play.events import DecisionOffered
from game.play.keyline import Key
from game.play.panel import KeysChanged, Panel
from game.play.pick import DONE, Head, done_key
from game.play.rows import Row, Rows, number_keys
from game.words import _, n_

OPEN = "(open)"
"""The id of the row that leaves a question open."""


class BoardPanel(Panel):
    """Questions at the left, cards at the right: choose a question, then the card that answers it."""

    DEFAULT_CSS = """
    BoardPanel Horizontal { height: auto; }
    BoardPanel .half { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,left", "to_questions", show=False),
        Binding("right", "to_cards", show=False),
        Binding("delete,minus", "unpin", show=False),
    ]

    @dataclass
    class Done(Message):
        """That is all. Each link reads `question=card`."""

        links: tuple[str, ...]

    @dataclass
    class Refused(Message):
        """Something that cannot be done was tried, or an earlier word is taken back (empty)."""

        why: str

    def __init__(self, offer: DecisionOffered, links: Mapping[str, str] | None = None) -> None:
        """`links` are questions and their cards."""
        super().__init__()
        self.offer = offer
        self.links: dict[str, str] = dict(links or {})
        self._cards = {card.id: card for card in offer.cards}
        self.questions = Rows(self._question_rows(), most=0.6, classes="questions")
        self.cards = Rows(self._card_rows(), most=0.6, classes="cards")
        self.cards.marks_idle = False  # it would stand between the two lists like a piece of a scroll bar
        self.head = Head(offer.ask, self._left_words())

    def again(self) -> BoardPanel:
        """The same panel as it stands, to be put there again."""
        return type(self)(self.offer, self.links)

    def compose(self) -> Iterator[Widget]:
        """The question of the board, then both sides."""
        yield self.head
        with Horizontal():
            with Vertical(classes="half"):
                yield self.questions
            with Vertical(classes="half"):
                yield self.cards

    def enter(self) -> None:
        """Begin with the questions."""
        self.questions.focus(scroll_visible=False)

    def _left_words(self) -> str:
        count = len(self._cards)
        return n_("{n} card in sight", "{n} cards in sight", count).format(n=count)

    def _question_rows(self) -> list[Row]:
        rows = []
        for number, question in enumerate(self.offer.questions, 1):
            card = self._cards.get(self.links.get(question.id, ""))
            pinned = f"↳ {card.text}" if card is not None else "↳ " + _("open")
            rows.append(Row(question.id, question.ask, str(number), second=pinned, strong=card is not None))
        rows.append(Row(DONE, self.offer.done, "0", strong=True))
        return rows

    def _card_rows(self) -> list[Row]:
        pinned = set(self.links.values())
        rows = [
            Row(
                card.id,
                card.text,
                key,
                note=_("from {name}").format(name=card.owner) if card.owner else "",
                sign="◆" if card.id in pinned else "◇",
            )
            for key, card in zip(number_keys(len(self.offer.cards), zero=True), self.offer.cards, strict=True)
        ]
        rows.append(Row(OPEN, _("Leave it open"), done_key(len(rows)), sign=" "))
        return rows

    @property
    def asking(self) -> str:
        """The question under the cursor; empty on the last row."""
        row = self.questions.row
        return row.id if row is not None and row.id != DONE else ""

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.post_message(self.Refused(""))
        if event.rows is self.cards:
            self._pin(event.row.id)
        elif event.row.id == DONE:
            order = [question.id for question in self.offer.questions]
            self.post_message(self.Done(tuple(f"{name}={self.links[name]}" for name in order if name in self.links)))
        else:
            self.action_to_cards()

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()

    def _pin(self, card: str) -> None:
        question = self.asking
        if not question:
            self.post_message(self.Refused(_("Choose a question first.")))
            self.action_to_questions()
            return
        if card == OPEN:
            self.links.pop(question, None)
        else:
            self.links[question] = card
        self._changed()
        order = [one.id for one in self.offer.questions]
        self.questions.fill(self._question_rows(), min(order.index(question) + 1, len(order)))
        self.action_to_questions()

    def action_unpin(self) -> None:
        """Leave the question under the cursor open."""
        if self.asking and self.questions.has_focus:
            self.links.pop(self.asking, None)
            self._changed()

    def _changed(self) -> None:
        self.questions.fill(self._question_rows())
        self.cards.fill(self._card_rows())

    def action_to_cards(self) -> None:
        """To the cards, for the question under the cursor."""
        if not self.asking:
            self.questions.fill(self.questions.rows, 0)
        self.cards.focus(scroll_visible=False)
        ask = next(one.ask for one in self.offer.questions if one.id == self.asking)
        self.head.say(self._left_words(), ask)
        self.post_message(KeysChanged())

    def action_to_questions(self) -> None:
        """Back to the questions."""
        self.questions.focus(scroll_visible=False)
        self.head.say(self._left_words(), self.offer.ask)
        self.post_message(KeysChanged())

    def keys(self) -> Sequence[Key]:
        """A question, then a card."""
        if self.cards.has_focus:
            return (Key("↑↓", _("card")), Key("Enter", _("pin it"), "enter"), Key("Esc", _("back"), "escape"))
        return (Key("↑↓", _("question")), Key("Enter", _("choose a card"), "enter"), Key("0", _("done"), "0"))
