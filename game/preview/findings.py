"""What is wrong with the file, under the play: one finding a line, with its place; the lit one with its hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from engine.script.findings import Finding
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.preview.reading import Reading
from game.words import _

_SIGNS = {"error": "✗", "warning": "!", "info": "·"}


class FindingsPanel(Vertical):
    """A list of findings. It is there when there are errors, or when somebody asks for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False),
        Binding("escape,x,backspace", "leave", show=False),
    ]

    class Left(Message):
        """Back to the play."""

    def __init__(self, copied: Callable[[str], None], *, most: float = 0.3, **how: Any) -> None:
        """`copied` is told what was copied."""
        super().__init__(**how)
        self._copied = copied
        self._findings: list[Finding] = []
        self.head = Words("", "time", indent=1, classes="head")
        self.list = Rows(most=most)
        self.hint = Words("", "soft", indent=3, classes="hint")
        self.keys = KeyLine()

    def compose(self) -> ComposeResult:
        """What no longer fits, the findings, the hint of the lit one."""
        yield self.head
        yield self.list
        yield self.hint
        yield self.keys

    def show(self, reading: Reading, scene: str, said: Sequence[str] = ()) -> None:
        """Show the findings of a reading; those of `scene` are marked. `said` stands above them."""
        here = self._here
        self._findings = reading.ordered
        self.head.say(" ".join(said))
        self.head.display = bool(said)
        rows = [_row(number, finding, reading, scene) for number, finding in enumerate(self._findings)]
        self.list.fill(rows)
        again = [number for number, finding in enumerate(self._findings) if here is not None and finding == here]
        if again:
            self.list.fill(rows, again[0])
        self._tell()

    @property
    def _here(self) -> Finding | None:
        return self._findings[self.list.cursor] if 0 <= self.list.cursor < len(self._findings) else None

    @property
    def finding(self) -> Finding | None:
        """The finding that is lit."""
        return self._here

    def enter(self) -> None:
        """Take the keys."""
        self.list.focus(scroll_visible=False)
        self._tell()

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._tell()

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        # There is nothing to open here; the place is said, for those who look for it.
        event.stop()
        if self._here is not None:
            self.hint.say(where_words(self._here))

    def _tell(self) -> None:
        found = self._here
        if found is None:
            self.hint.say(_("Nothing is found."))
        else:
            self.hint.say(found.hint or where_words(found))
        self.keys.show(
            (
                Key("↑↓", _("go through")),
                Key("y", _("copy the place"), "y"),
                Key("e", _("open there"), "e"),
                Key("Esc", _("back"), "escape"),
            )
        )

    def action_copy(self) -> None:
        """Copy `file:line:column`."""
        if self._here is not None:
            place = where_words(self._here)
            self.app.copy_to_clipboard(place)
            self._copied(place)

    def action_leave(self) -> None:
        """Back to the play."""
        self.post_message(self.Left())


def where_words(finding: Finding) -> str:
    """`file:line:column`, as editors read it."""
    return f"{finding.file}:{finding.line}:{finding.column}"


def _row(number: int, finding: Finding, reading: Reading, scene: str) -> Row:
    mine = bool(scene) and reading.scene_at(finding.line) == scene
    return Row(
        str(number),
        f"{finding.line}:{finding.column}  {finding.code}  {finding.message}",
        note=_("in this scene") if mine else "",
        sign=_SIGNS[finding.severity],
        strong=finding.severity == "error",
    )


__all__ = ["FindingsPanel", "where_words"]
