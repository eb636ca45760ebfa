"""Looking back at a play. Each part of the page is a function that gives blocks; another part is another line in `PARTS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.worker import Worker, get_current_worker

from engine.debrief import Debrief, build
from game.debrief.afterword import cheapest, opening, questions, support
from game.debrief.career import brought, still_out
from game.debrief.dials import dials
from game.debrief.frame import PageScreen, from_here_words, go_back
from game.debrief.futures import ID, FuturesAtHand, futures
from game.debrief.paper import Block, Paper
from game.debrief.replay import ReplayScreen, replay_line
from game.debrief.roads_at_hand import roads_of
from game.debrief.rule import RuleScreen, rule
from game.debrief.rules import earlier_rule, kept_rule
from game.debrief.seenby import SeenByScreen, seen_by_line
from game.debrief.timeline import timeline
from game.play.keyline import Key
from game.session import Session
from game.themes import Palette
from game.words import _

Part = Callable[[Debrief, Paper], Iterator[Block]]
PARTS: tuple[Part, ...] = (
    opening, brought, timeline, replay_line, seen_by_line, dials, futures, still_out, cheapest, questions, rule, support,
)  # fmt: skip
"""The page, from top to bottom."""


class DebriefScreen(PageScreen["int | None"]):
    """Dismisses with None, or, when the player went back, with how many decisions then had been taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unfold", show=False),
        Binding("d", "reasons", show=False),
        Binding("p", "play_from", show=False),
        Binding("o", "other_road", show=False),
        Binding("s", "seen_by", show=False),
        Binding("r", "replay", show=False),
        Binding("w", "write_rule", show=False),
        Binding("e", "export", show=False),
        Binding("f", "futures", show=False),
        Binding("g", "plots", show=False),
        Binding("question_mark", "app.help", show=False),
    ]

    def __init__(self, session: Session) -> None:
        """The play to look back at."""
        super().__init__()
        self.session = session
        self.debrief = build(session.play)
        if session.still_out is not None:
            self.debrief.still_out = session.still_out()
        self.roads = roads_of(session.play)
        self.futures = FuturesAtHand(session.play)
        self._open: frozenset[str] = frozenset()
        self._reasons = False
        self._from: Block | None = None
        """The decision from which it was asked to play on."""
        self._rule = kept_rule(session)
        self._last_rule = earlier_rule(session)

    def on_mount(self) -> None:
        """Look along the other roads when the page stands."""
        self.call_after_refresh(self._look_along)

    @work(thread=True, exclusive=True, group="roads")
    def _look_along(self) -> None:
        """Find what was still possible when, beside the reading; the page is written anew then."""
        worker: Worker[None] = get_current_worker()
        try:
            found = self.roads.along(lambda: worker.is_cancelled) if self.roads is not None else None
        except Exception as error:
            from game.mishap import mishap_words

            words = mishap_words(error)
            if not worker.is_cancelled:
                self.app.call_from_thread(self.answer.say, words)
            return
        if found is not None and not worker.is_cancelled:
            self.app.call_from_thread(self.page.rewrite)

    def blocks(self, palette: Palette, width: int) -> Sequence[Block]:
        """The debrief as a page."""
        paper = Paper(
            palette, width, self.session.story, self._open, self._reasons, self._rule, self._last_rule, self.roads, self.futures
        )
        return [block for part in PARTS for block in part(self.debrief, paper)]

    def usual_keys(self) -> Sequence[Key]:
        """What can be looked at, and from where one can play on."""
        words = _("hide the reasons") if self._reasons else _("why the dials moved")
        return (
            Key("↑↓", _("decisions")),
            Key("Enter", _("more"), "enter"),
            Key("p", _("from here"), "p"),
            Key("o", _("other road"), "o"),
            Key("s", _("seen by"), "s"),
            Key("r", _("replay"), "r"),
            Key("q", _("leave"), "q"),
            Key("space", _("page"), "space"),
            Key("d", words, "d"),
            *((Key("f", _("what if it got out"), "f"),) if not self.futures.outlook().empty else ()),
            Key("g", _("plots"), "g"),
            Key("w", _("your rule"), "w"),
            Key("e", _("export"), "e"),
            Key("?", _("all keys"), "question_mark"),
        )

    def key_lines(self) -> list[tuple[str, str]]:
        """The keys of this screen, for the help."""
        return [
            ("↑↓", _("from decision to decision")),
            ("space", _("a page down; PgUp a page up")),
            ("Enter", _("all that was said at the chosen decision, or less of it again")),
            ("p", _("play on from the chosen decision")),
            ("o", _("the other road from the chosen decision")),
            ("s", _("the same thread with other eyes")),
            ("r", _("the play once more, step by step")),
            ("d", _("why each of the dials moved")),
            ("f", _("what if it got out")),
            ("g", _("plots: the dials over time, and by when things are out")),
            ("w", _("your rule for next time")),
            ("e", _("keep all this as a file, without your name")),
            ("q", _("leave")),
            ("◆", _("what you did; ◇ is what you wrote and took back")),
            ("→", _("what came of it, and ↳ what came of it later")),
            ("○", _("whom it touched, and ◌ what nobody saw")),
        ]

    def action_unfold(self) -> None:
        """Show the whole transcript of the chosen moment, or fold it again."""
        if self.asked:
            return
        chosen = self.page.chosen
        if chosen is None:
            self.page.action_step(1)
            return
        self._open = self._open ^ {chosen.id}
        self.page.rewrite()

    def action_reasons(self) -> None:
        """Why each dial moved."""
        self._reasons = not self._reasons
        self.page.rewrite()
        index = next((number for number, block in enumerate(self.page.blocks) if block.id == "dials"), 0)
        self.page.scroll_to(y=self.page.top_of(index), animate=False)
        self.show_keys()

    def action_play_from(self) -> None:
        """Ask whether to go back to the chosen decision."""
        chosen = self.page.chosen
        if chosen is None:
            self.answer.say(_("Choose a decision first, with the arrow keys."))
            return
        self._from = chosen
        self.ask(from_here_words(chosen.name, self.session.later_parts))

    def action_futures(self) -> None:
        """The numbers behind the odds and one world as a story, or fold them again."""
        if self.asked or self.futures.outlook().empty:
            return
        self._open = self._open ^ {ID}
        self.page.rewrite()
        index = next((number for number, block in enumerate(self.page.blocks) if block.id == ID), 0)
        self.page.scroll_to(y=self.page.top_of(index), animate=False)
        if ID in self._open and self.futures.untold:
            self._tell_a_world()

    @work(thread=True, exclusive=True, group="futures")
    def _tell_a_world(self) -> None:
        """Tell the one world beside the reading; the page is written anew then."""
        worker: Worker[None] = get_current_worker()
        self.futures.tell()
        if not worker.is_cancelled:
            self.app.call_from_thread(self.page.rewrite)

    def action_plots(self) -> None:
        """The dials over time, and when things are out."""
        if self.asked:
            return
        from game.debrief.plots import PlotsScreen

        self.app.push_screen(PlotsScreen(self.session.play, self.debrief))

    def action_export(self) -> None:
        """The debrief as a file, without the player's name."""
        if self.asked:
            return
        from game.debrief.export.screen import ExportScreen

        def written(path: Path | None) -> None:
            if path is not None:
                self.answer.say(_("Written to {file}.").format(file=path))

        self.app.push_screen(ExportScreen(self.session), written)

    def action_seen_by(self) -> None:
        """The same thread with other eyes."""
        if not self.asked and self.debrief.witnesses:
            self.app.push_screen(SeenByScreen(self.session, self.debrief.witnesses))

    def action_replay(self) -> None:
        """Once more, step by step, from the chosen decision or from the beginning."""
        if self.asked or not self.debrief.moments:
            return

        def back(count: int | None) -> None:
            if count is not None:
                self.dismiss(count)

        chosen = self.page.chosen
        self.app.push_screen(ReplayScreen(self.session, self.debrief, chosen.id if chosen is not None else ""), back)

    def action_write_rule(self) -> None:
        """The rule for next time."""
        if self.asked:
            return
        if self.debrief.ending is None:
            self.answer.say(_("The rule comes at the end of the story."))
            return

        def written(kept: bool | None) -> None:
            if kept:
                self._rule = kept_rule(self.session)
                self.page.rewrite()
                index = next((number for number, block in enumerate(self.page.blocks) if block.id == "rule"), 0)
                self.page.scroll_to(y=self.page.top_of(index), animate=False)

        self.app.push_screen(RuleScreen(self.session, self.debrief), written)

    def yes(self) -> None:
        """Go back to it."""
        if self._from is not None:
            go_back(self, self.session, self._from.decision)

    def action_other_road(self) -> None:
        """What the other options of the chosen decision would have come to."""
        from game.debrief.road import RoadScreen

        chosen = self.page.chosen
        if self.asked:
            return
        if self.roads is None:
            words = _("Something was set by hand in this play, so there is no other road to show.")
            self.answer.say(words if self.session.ended else _("The other road can be seen when the play is over."))
            return
        if chosen is None:
            self.answer.say(_("Choose a decision first, with the arrow keys."))
            return
        self.answer.say("")

        def back(count: int | None) -> None:
            if count is not None:
                go_back(self, self.session, count)

        self.app.push_screen(RoadScreen(self.roads, chosen.decision, chosen.name, self.session.later_parts), back)
