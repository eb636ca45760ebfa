"""The play screen with what an author needs around it: a line about the file, the findings, and ways to meddle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from engine.play.inputs import Input
from game.debrief.screen import DebriefScreen
from game.play.cards import HelpScreen
from game.play.director import Doing, Scheduler
from game.play.draft import DraftPanel
from game.play.ending import EndingScreen
from game.play.keyline import Key
from game.play.manner import Manner
from game.play.menu import SayPanel
from game.play.passing import TimeScreen
from game.play.screen import PlayScreen
from game.preview.findings import FindingsPanel
from game.preview.help import PreviewHelp
from game.preview.strip import Standing, Strip
from game.preview.trial import Spot, Trial
from game.words import _

if TYPE_CHECKING:
    from game.preview.app import PreviewApp

_HERE = Path(__file__).parent
_OF_THE_PLAY = (TimeScreen, EndingScreen, DebriefScreen)
_OWN = ("scenes", "values", "why", "time", "findings", "edit", "again", "seed", "take_up")


class PreviewScreen(PlayScreen):
    """One play of the file, done over each time the file is saved."""

    app: PreviewApp
    CSS_PATH: ClassVar[list[Path]] = [_HERE.parent / "play" / "screen.tcss", _HERE / "preview.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "scenes", show=False),
        Binding("v", "values", show=False),
        Binding("w", "why", show=False),
        Binding("t", "time", show=False),
        Binding("x", "findings", show=False),
        Binding("e", "edit", show=False),
        Binding("b", "again", show=False),
        Binding("n", "seed", show=False),
        Binding("k", "take_up", show=False),
    ]

    def __init__(
        self,
        trial: Trial,
        manner: Manner,
        *,
        scheduler: Scheduler | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Shows `trial` as the play screen shows a session."""
        super().__init__(trial, manner, scheduler=scheduler, clock=clock)
        self.trial = trial
        self.strip = Strip(id="strip")
        self.findings = FindingsPanel(self._copied, id="findings")
        self.asked = False
        """The findings are shown because somebody asked for them."""
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """The play, then the findings, then the line about the file."""
        yield self.status
        yield self.rule
        yield self.pane
        yield self.findings
        yield self.key_line
        yield self.strip

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]
        """Begin where the trial stands, without a recap."""
        event.prevent_default()
        self.findings.display = False
        self.begin()
        self.app.tell_screen()

    # Where it is

    @property
    def told(self) -> int:
        """How many events have been told."""
        events_ = len(self.trial.play.events)
        return events_ if self.director.doing is Doing.NOTHING else events_ - self.director.waiting

    @property
    def spot(self) -> Spot:
        """How far the play was told."""
        return self.trial.spot(self.told)

    @property
    def scene_in_front(self) -> str:
        """The scene that is being told, or that waits for its decision."""
        return self.spot.scene

    # Done over

    def over(self, spot: Spot | None = None, *, scene: str = "") -> None:
        """Show the trial as it stands after it was done over: told up to `spot`, or to the end of `scene`, else as far as it says."""
        was_debrief = self._leave_own_screens()
        if spot is not None:
            self.trial.tell_to(spot)
        elif scene:
            self.trial.tell_scene(scene)
        looking = self.pane.viewing if self.pane.away else None
        draft = self._drop_draft()
        self.pane.retell(self.trial.story)
        if was_debrief and self.trial.ended:
            self._quietly()
            self.app.push_screen(DebriefScreen(self.trial), self._after_debrief)
        else:
            self.begin()
            self._draft_again(draft)
        if looking is not None and looking in self.pane.phone.places:
            self.pane.look(looking)
        self.app.tell_screen()

    def _quietly(self) -> None:
        """Stand at the end without showing the ending."""
        self._ended = None
        self.director.begin(self.trial.play.events)
        self._show_told()

    def _drop_draft(self) -> Input | None:
        """Take away the draft that is open, and give back what would be sent."""
        pending, self._pending = self._pending, None
        self.remove_class("drafting")
        return pending if isinstance(self.dock.panel, DraftPanel) else None

    def _draft_again(self, draft: Input | None) -> None:
        """Open a draft again, with the words that the file has for it now."""
        offer = self.trial.offer
        if draft is None or offer is None or offer.scene != draft.scene or not self.deciding:
            return
        option = next((one for one in offer.options if one.id == draft.choice and one.available), None)
        if option is not None:
            self.choose(option)

    def _leave_own_screens(self) -> bool:
        """Take away screens of the play that lie over it: they show what was. True when the debrief was among them."""
        debrief = False
        while any(isinstance(screen, _OF_THE_PLAY) for screen in self.app.screen_stack):
            debrief = debrief or isinstance(self.app.screen, DebriefScreen)
            self.app.pop_screen()
        return debrief

    # Findings

    def show_findings(self) -> None:
        """Show what was found. With errors the list is there by itself; so is a line about what no longer fits."""
        reading = self.app.reading
        assert reading is not None
        said = tuple(self.trial.misfit_words())
        listed = self.asked or reading.story is None
        shown = (reading, self.scene_in_front, said, listed)
        if shown == self._shown:
            return
        self._shown = shown
        focused = self.findings.list.has_focus
        self.findings.display = listed or bool(said)
        self.findings.set_class(listed, "-listed")
        self._enlarge(focused and listed)
        if self.findings.display:
            self.findings.show(reading, self.scene_in_front, said)
        if focused and not listed:
            self.to_play()

    def _copied(self, place: str) -> None:
        self.app.tell(_("Copied: {place}").format(place=place))

    @on(FindingsPanel.Left)
    def _findings_left(self) -> None:
        self.asked = False
        self.to_play()
        self.show_findings()

    def to_play(self) -> None:
        """Give the keys back to the play."""
        self.dock.panel.enter()
        self.refresh_keys()

    def on_descendant_focus(self) -> None:
        """The list of findings is larger while it has the keys."""
        self._enlarge(self.findings.list.has_focus)

    def _enlarge(self, entered: bool) -> None:
        self.findings.set_class(entered, "-entered")
        self.set_class(entered, "-findings")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now. Letters are letters where something is typed."""
        if action in _OWN:
            if action == "take_up":
                return bool(self.trial.parked) and not isinstance(self.dock.panel, SayPanel)
            return action == "scenes" or not isinstance(self.dock.panel, SayPanel)
        return super().check_action(action, parameters)

    def refresh_keys(self) -> None:
        """Show the keys, and where the play is now."""
        super().refresh_keys()
        if self.is_attached and self.app.reading is not None:
            self.show_findings()
            self.app.tell_screen()

    def strip_keys(self) -> tuple[Key, ...]:
        """The keys that stand on the bottom line, the most wanted first."""
        keys = [
            Key("Ctrl+G", _("go to"), "ctrl+g"),
            Key("w", _("why"), "w"),
            Key("v", _("values"), "v"),
            Key("t", _("time"), "t"),
            Key("x", _("findings"), "x"),
            Key("e", _("edit"), "e"),
            Key("b", _("again"), "b"),
            Key("n", _("seed"), "n"),
        ]
        if self.trial.parked:
            keys.insert(0, Key("k", _("later decisions"), "k"))
        return tuple(keys)

    def tell(self, standing: Standing) -> None:
        """Show the line about the file."""
        self.strip.show(standing, self.strip_keys())

    def action_help(self) -> None:
        """All keys, the preview's first."""
        self.app.push_screen(PreviewHelp())

    def action_scenes(self) -> None:
        """Go to a scene."""
        self.app.ask_scene()

    def action_values(self) -> None:
        """Set flags, numbers and dials."""
        self.app.show_values()

    def action_why(self) -> None:
        """Why something is on offer or not."""
        self.app.show_why()

    def action_time(self) -> None:
        """What is pending, and ways to let time pass."""
        self.app.show_time()

    def action_findings(self) -> None:
        """Go to the findings."""
        self.asked = True
        self.show_findings()
        self.findings.enter()
        self._enlarge(True)

    def action_edit(self) -> None:
        """Open the file at the line."""
        found = self.findings.finding if self.findings.list.has_focus else None
        self.app.edit(found.line if found is not None else 0)

    def action_again(self) -> None:
        """Begin again."""
        self.app.begin_again()

    def action_seed(self) -> None:
        """The next seed."""
        self.app.next_seed()

    def action_take_up(self) -> None:
        """Take the decisions that were kept."""
        self.app.take_up()

    # The end is not the end

    def _after_ending(self, look_back: bool | None) -> None:
        if look_back:
            self.app.push_screen(DebriefScreen(self.session), self._after_debrief)
        else:
            self._at_the_end()

    def _after_debrief(self, rewound: int | None) -> None:
        if rewound is None:
            self._at_the_end()
        else:
            self.begin()
            self.app.tell_screen()

    def _at_the_end(self) -> None:
        self.dock.say(_("The play is over. b begins again, Ctrl+G goes to a scene."))
        self.refresh_keys()


__all__ = ["HelpScreen", "PreviewScreen"]
