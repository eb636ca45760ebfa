"""The decision: numbered options, the inner voice of the one under the cursor, `0` the silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from engine.play.events import DecisionOffered, Option
from game.play.keyline import Key
from game.play.panel import Panel, Words
from game.play.rows import Row, Rows, number_keys
from game.words import _


def option_rows(options: Sequence[Option], silence: str | None) -> list[Row]:
    """Options as rows: numbered from one, the silence last with `0`. Where there is no silence, the tenth has it."""
    rows: list[Row] = []
    numbered = [one for one in options if one.id != silence]
    keys = number_keys(len(numbered), zero=len(numbered) == len(options))
    rows += [_row(option, key) for option, key in zip(numbered, keys, strict=True)]
    rows += [_row(option, "0") for option in options if option.id == silence]
    return rows


def _row(option: Option, key: str) -> Row:
    return Row(
        option.id,
        option.label,
        key,
        aside=option.thought if option.available else "",
        note="" if option.available else option.why_not,
        enabled=option.available,
    )


class ChoicePanel(Panel):
    """Pick one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("0", "silence", show=False)]

    @dataclass
    class Chosen(Message):
        """An option was chosen."""

        option: Option

    @dataclass
    class Refused(Message):
        """Something that cannot be done was tried; `why` says why not."""

        why: str

    def __init__(self, offer: DecisionOffered, cursor: str = "") -> None:
        """`cursor` is the id of the option to stand on."""
        super().__init__()
        self.offer = offer
        rows = option_rows(offer.options, offer.silence)
        at = next((index for index, row in enumerate(rows) if row.id == cursor), -1)
        if at < 0:
            at = next((index for index, row in enumerate(rows) if row.enabled), 0)
        self.list = Rows(rows, cursor=at)

    def compose(self) -> Iterator[Widget]:
        """The question, then the options."""
        if self.offer.ask:
            yield Words(self.offer.ask, "soft", classes="ask")
        yield self.list

    @property
    def cursor(self) -> str:
        """The id of the option under the cursor."""
        return self.list.row.id if self.list.row is not None else ""

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        option = next(option for option in self.offer.options if option.id == event.row.id)
        self.post_message(self.Chosen(option))

    @on(Rows.Refused)
    def _refused(self, event: Rows.Refused) -> None:
        event.stop()
        self.post_message(self.Refused(event.row.note))

    def action_silence(self) -> None:
        """There is no silence here, and a reason why."""
        self.post_message(self.Refused(self.offer.no_silence or _("Saying nothing is one of the lines above here.")))

    def keys(self) -> Sequence[Key]:
        """Choosing."""
        return (Key("↑↓", _("choose")), Key("Enter", _("take it"), "enter"))
