"""Where one can go from here: decisions that were taken, other roads, what is still to come in this part."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from engine.room.inputs import AnyInput, Go, Tell
from engine.room.recap import other_roads, road, to_come
from engine.room.room import Room
from game.clock import clock_words, day_name
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.play.rows import Row, Rows
from game.words import _


class JumpScreen(ModalScreen["AnyInput | None"]):
    """Dismisses with what is to be done, or None."""

    DEFAULT_CSS = """
    JumpScreen { align: center middle; background: $background; }
    JumpScreen > Vertical { width: 100%; max-width: 110; height: 100%; padding: 1 3; }
    JumpScreen Rows { height: 1fr; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,j,backspace,left", "back", show=False)]

    def __init__(self, room: Room) -> None:
        """The room as it stands."""
        super().__init__()
        self.ways = ways(room)

    def compose(self) -> ComposeResult:
        """A list."""
        with Vertical():
            yield Words(_("Where to?"), "strong", indent=0)
            rows = [
                Row(str(at), words, str(at + 1) if at < 9 else "", second=note, strong=here)
                for at, (_given, words, note, here) in enumerate(self.ways)
            ]
            cursor = next((at for at, way in enumerate(self.ways) if way[3]), 0)
            yield Rows(rows, cursor=cursor, most=1.0)
            keys = KeyLine()
            keys.show((Key("↑↓", _("choose")), Key("Enter", _("go there"), "enter"), Key("Esc", _("stay"), "escape")))
            yield keys

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(Rows).focus()

    @on(Rows.Taken)
    def _taken(self, event: Rows.Taken) -> None:
        event.stop()
        self.dismiss(self.ways[int(event.row.id)][0])

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)


def ways(room: Room) -> list[tuple[AnyInput, str, str, bool]]:
    """What can be gone to: (what is done, what it is called, more about it, the room is there)."""
    story = room.story
    found: list[tuple[AnyInput, str, str, bool]] = [(Go(0, 0), _("The beginning"), "", False)]
    for step in road(room).steps:
        at = f"{day_name(story, step.at)[:3]} {clock_words(step.at)}"
        words = _("{when}  {scene}").format(when=at, scene=step.title)
        found.append((Go(step.node), words, _("you did: {what}").format(what=step.words), False))
    state = room.state
    if room.phase == "telling":
        for scene in to_come(room):
            at_stop = next(at for at, stop in enumerate(room.stops) if stop.scene == scene and at >= state.told)
            title = room.play.text(story.scenes[scene].title)
            found.append(
                (Tell(at_stop + 1), _("On to: {scene}").format(scene=title), _("what comes before it is passed over"), False)
            )
    if room.question is not None:
        title = room.play.text(story.scenes[room.question.scene].title)
        words = _("The next decision: {scene}") if room.phase == "telling" else _("This decision again: {scene}")
        found.append((Tell(len(room.stops)), words.format(scene=title), "", True))
    elif room.phase == "telling":
        found.append((Tell(len(room.stops)), _("The end"), "", True))
    for tip in other_roads(room):
        other = road(room, tip)
        last = other.steps[-1] if other.steps else None
        note = _("it ended: {title}").format(title=other.ending_title) if other.ending else _("left on the way")
        words = _("The other road, with “{what}”").format(what=last.label if last is not None else "")
        found.append((Go(tip), words, note, False))
    return found


__all__ = ["JumpScreen", "ways"]
