"""The app of a preview: watches the file, reads it when it was saved, and does the play over. It opens no saves.

Reading and doing over take some hundredths of a second and are done at once; the proof behind a way to a scene and the check of the whole story
take longer and are done beside.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from engine.play.inputs import Input
from engine.play.play import NotPossible
from engine.script.findings import did_you_mean
from engine.story.model import Story
from game.play.director import Scheduler
from game.play.keyline import Key, KeyLine
from game.play.manner import PACES, Manner
from game.play.panel import Words
from game.preview.editor import Editor
from game.preview.findings import FindingsPanel
from game.preview.panels import ScenesScreen, TimesScreen, ValuesScreen
from game.preview.reading import Reading, checked, look_at
from game.preview.reasons import WhyScreen
from game.preview.screen import PreviewScreen
from game.preview.strip import Standing, Strip, ago_words, findings_words
from game.preview.trial import Trial
from game.preview.watch import POLL, News, Watch
from game.preview.ways import Way, way_to
from game.screens.sheet import Choice, Sheet
from game.terminal_app import TerminalApp
from game.themes import dress, theme_name
from game.words import _, n_

_HERE = Path(__file__).parent
CHECK_AFTER = 10
"""So many looks after a reading, about a second, the whole story is checked: nobody wants findings between two quick saves."""
Every = Callable[[float, Callable[[], None]], object]
"""Calls back again and again after so many seconds."""


class WaitingScreen(Screen[None]):
    """There is nothing to play yet: what is wrong with the file, until it is mended."""

    CSS_PATH: ClassVar[list[Path]] = [_HERE / "preview.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.leave", show=False),
        Binding("e", "edit", show=False),
    ]

    def __init__(self) -> None:
        """Filled by `show`."""
        super().__init__()
        self.head = Words("", "strong", indent=1)
        self.findings = FindingsPanel(lambda place: self.preview.tell(_("Copied: {place}").format(place=place)), most=0.6)
        self.strip = Strip(id="strip")
        self.keys = KeyLine()

    @property
    def preview(self) -> PreviewApp:
        """The app."""
        assert isinstance(self.app, PreviewApp)
        return self.app

    def compose(self) -> ComposeResult:
        """A sentence and the findings."""
        with Vertical(id="page"):
            yield self.head
            yield Words(_("It begins by itself as soon as the file is saved and can be played."), "dim", indent=1)
            yield self.findings
        yield self.keys
        yield self.strip

    def on_mount(self) -> None:
        """The list has the keys."""
        self.findings.add_class("-entered")
        self.keys.show(
            (
                Key("↑↓", _("go through")),
                Key("y", _("copy the place"), "y"),
                Key("e", _("open there"), "e"),
                Key("q", _("leave"), "q"),
            )
        )
        self.preview.tell_screen()
        self.findings.enter()

    def show(self, reading: Reading) -> None:
        """Show the findings of a reading."""
        self.head.say(_("{file} cannot be played yet.").format(file=reading.file.name))
        self.findings.show(reading, "")

    @on(FindingsPanel.Left)
    def _left(self) -> None:
        self.findings.enter()

    def action_edit(self) -> None:
        """Open the file at the finding."""
        found = self.findings.finding
        self.preview.edit(found.line if found is not None else 1)


class PreviewApp(TerminalApp[None]):
    """The game beside one file."""

    CSS_PATH: ClassVar[list[Path]] = [_HERE.parent / "app.tcss"]  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("f1", "help", show=False, priority=True),
    ]

    def __init__(
        self,
        file: Path,
        *,
        seed: int = 0,
        at: str | None = None,
        inputs: Sequence[Input] = (),
        name: str = "",
        look: str | None = None,
        manner: Manner | None = None,
        every: Every | None = None,
        now: Callable[[], float] = monotonic,
        scheduler: Scheduler | None = None,
        editor: Editor | None = None,
        checks: bool = True,
    ) -> None:
        """`at` is a scene to go to, `inputs` are decisions to take first.

        `every` is called with the seconds between two looks at the file and what does one; `now` is a clock in seconds. With `checks`, the
        whole story is checked after each reading.
        """
        super().__init__()
        dress(self, look)  # type: ignore[arg-type]
        self.file = file
        self.file_watch = Watch(file, [file.parent / name for name in ("pack.yaml", "organisation.yaml", "slots.yaml")])
        self.reading: Reading | None = None
        """The file as it was last read."""
        self.good: Reading | None = None
        """The last reading that can be played; the play is of this."""
        self.trial: Trial | None = None
        self.play_screen: PreviewScreen | None = None
        self.doing = ""
        self.trouble = ""
        """Why the file cannot be read at all."""
        self._seed = seed
        self._at = at
        self._inputs = list(inputs)
        self._player = name
        self._manner = manner or Manner("off", limits="off")
        self._every = every or (lambda seconds, act: self.set_interval(seconds, act))
        self._now = now
        self._scheduler = scheduler
        self._editor = editor or Editor()
        self._checks = checks
        self._unchecked = 0
        """How many looks are left until the whole story is checked."""
        self._read_at = 0.0
        self._good_at = 0.0
        self._waiting: WaitingScreen | None = None

    def on_mount(self) -> None:
        """Read the file, and watch it from now on."""
        self._read()
        self._every(POLL, self._beat)

    # Watching

    def _beat(self) -> None:
        """Look at the file once."""
        if self.file_watch.look() is News.SAVED:
            self._read()
        elif self._unchecked:
            self._unchecked -= 1
            if not self._unchecked and self._checks and self.reading is not None:
                self._check(self.reading)
        self.tell_screen()

    def _read(self) -> None:
        stamps = self.file_watch.stamps()
        try:
            reading = look_at(self.file)
        except OSError as error:
            if stamps[0] is not None:  # it is there and cannot be opened
                self.trouble = _("{file} cannot be opened: {reason}.").format(
                    file=self.file.name, reason=error.strerror or error
                )
                self.file_watch.took(stamps)
            return
        if self.file_watch.stamps() != stamps and self.reading is not None:
            return  # it was being written; the next look sees it at rest
        self.file_watch.took(stamps)
        self.trouble = ""
        self._read_at = self._now()
        before, self.reading = self.reading, reading
        if reading.story is None:
            self._broken(reading)
        elif before is not None and self.good is not None and _alike(self.good, reading):
            self._good_at = self._read_at
            self.reading = self.good
            self._renew()
        else:
            self._good_at = self._read_at
            self.good = reading
            self._play(reading.story)
        self._unchecked = CHECK_AFTER

    def _broken(self, reading: Reading) -> None:
        if self.play_screen is not None:
            self._renew()
            return
        if self._waiting is None:
            self._waiting = WaitingScreen()
            self.push_screen(self._waiting)
        self._waiting.show(reading)
        self.tell_screen()

    def _play(self, story: Story) -> None:
        """Play a story that was read: for the first time, or again."""
        screen = self.play_screen
        if screen is None or self.trial is None:
            self.trial = Trial(story, self._seed, self._player, self._inputs)
            self.play_screen = PreviewScreen(
                self.trial, self._manner, **({"scheduler": self._scheduler} if self._scheduler else {}), clock=self._now
            )
            self.trial.told = len(self.trial.play.events) if self.trial.play.inputs or self.trial.misfit else 0
            if self._waiting is not None:
                self.pop_screen()
                self._waiting = None
            self.push_screen(self.play_screen, lambda _ended: self.action_leave())
            self.call_after_refresh(self._begun)
            return
        self._over(lambda trial: trial.restage(story))

    def _begun(self) -> None:
        assert self.trial is not None
        self._renew()
        at, self._at = self._at, None
        if at is None:
            return
        if at not in self.trial.story.scenes:
            guess = did_you_mean(at, self.trial.story.scenes)
            words = _("There is no scene “{scene}”.").format(scene=at)
            self.tell(f"{words} {guess[:1].upper()}{guess[1:]}".strip())
        else:
            self.go_to(at)

    def _over(self, act: Callable[[Trial], object], *, stay: bool = True, scene: str = "") -> None:
        """Do the play over and show it: with `stay` told as far as before, else to the end of `scene`, or to where it waits."""
        screen, trial = self.play_screen, self.trial
        if screen is None or trial is None:
            return
        spot = screen.spot if stay else None
        act(trial)
        screen.over(spot, scene=scene)
        self._renew()

    def _renew(self) -> None:
        """Let everything that is open show what has changed."""
        if self.play_screen is None or self.trial is None:
            return
        if self.play_screen.is_attached:
            self.play_screen.show_findings()
        shown = self.good
        for screen in self.screen_stack:
            if isinstance(screen, ScenesScreen | ValuesScreen | TimesScreen | WhyScreen) and shown is not None:
                screen.renew(self._newest(shown))
        self.tell_screen()

    def _newest(self, shown: Reading) -> Reading:
        """The reading whose lines are right in the editor now."""
        newest = self.reading
        return newest if newest is not None and newest.source.scenario is not None else shown

    @work(exclusive=True, group="check")
    async def _check(self, reading: Reading) -> None:
        found = await checked(reading)
        if self.reading is not reading or found is reading:
            return
        self.reading = found
        if self.good is reading:
            self.good = found
        self._renew()

    # Telling

    def tell(self, words: str, seconds: float = 6) -> None:
        """Say something in passing."""
        self.notify(words, markup=False, timeout=seconds)

    def tell_screen(self) -> None:
        """Show how the file stands, on the line at the bottom."""
        screen = self.play_screen if self.play_screen is not None else self._waiting
        if screen is None or not screen.is_attached:
            return
        scene = self.play_screen.scene_in_front if self.play_screen is not None else ""
        reading = self.reading
        standing = Standing(
            self.file.name,
            self.line_of(scene),
            scene,
            findings_words(reading) if reading is not None else "",
            self._troubled,
            self._news(),
            self.doing,
        )
        if self.play_screen is not None:
            self.play_screen.tell(standing)
        elif self._waiting is not None:
            self._waiting.strip.show(standing, ())

    @property
    def _troubled(self) -> bool:
        return self.file_watch.gone or bool(self.trouble) or (self.reading is not None and self.reading.story is None)

    def _news(self) -> str:
        now = self._now()
        if self.file_watch.gone:
            return _("the file is gone; waiting for it")
        if self.trouble:
            return self.trouble
        if self.reading is not None and self.reading.story is None and self.good is not None:
            return _("playing what was saved {ago}").format(ago=ago_words(now - self._good_at))
        misfit = self.trial.misfit if self.trial is not None else None
        read = _("read {ago}").format(ago=ago_words(now - self._read_at))
        if misfit is not None:
            where = _("decision {n} of {all}").format(n=misfit.number, all=misfit.number + 1 + misfit.kept)
            return f"{where} · {read}"
        return read

    def line_of(self, scene: str) -> int:
        """The line of a scene in the file as it is now; 0 when it is not known."""
        if not scene or self.good is None:
            return 0
        line = self._newest(self.good).line("scenes", scene)
        return line or self.good.line("scenes", scene)

    # Going places

    def ask_scene(self) -> None:
        """Ask which scene to go to."""
        if self.trial is None or self.good is None or self.play_screen is None:
            return

        def chosen(answer: tuple[str, bool] | None) -> None:
            if answer is not None:
                scene, directly = answer
                if directly:
                    self.set_down(scene)
                else:
                    self.go_to(scene)

        self.push_screen(ScenesScreen(self.trial, self._newest(self.good), self.play_screen.scene_in_front), chosen)

    @work(exclusive=True, group="way")
    async def go_to(self, scene: str) -> None:
        """Go to a scene by the shortest decisions; ask what to do when none are found."""
        trial = self.trial
        if trial is None:
            return
        self.doing = _("looking for the way to {scene} …").format(scene=scene)
        self.tell_screen()
        try:
            way = await asyncio.to_thread(way_to, trial.story, scene)
        finally:
            self.doing = ""
        if way.inputs is None:
            self._ask_set_down(scene, way)
            return
        self._over(lambda trial: trial.go(way.inputs or ()), stay=False, scene=scene)
        count = len(way.inputs)
        words = n_("{n} decision leads here.", "{n} decisions lead here.", count).format(n=count)
        self.tell(words if way.shortest else _("{words} There may be a shorter way.").format(words=words))

    def _ask_set_down(self, scene: str, way: Way) -> None:
        if way.proved:
            head = _("No play leads to “{scene}”: all {n} states were looked at.").format(scene=scene, n=f"{way.states:,}")
        else:
            head = _("No way to “{scene}” was found among the first {n} states; there may be one.").format(
                scene=scene, n=f"{way.states:,}"
            )
        answers = [
            Choice("down", _("Set the play down there all the same"), _("with the values as they are now")),
            Choice("stay", _("Stay here")),
        ]

        def chosen(answer: str | None) -> None:
            if answer == "down":
                self.set_down(scene)

        self.push_screen(Sheet(_("There is no way there"), [head], answers), chosen)
        self.tell_screen()

    def set_down(self, scene: str) -> None:
        """Set the play down in a scene, with the values as they are now."""
        self._over(lambda trial: trial.set_down(scene), stay=False, scene=scene)
        self.tell(_("Set down in “{scene}”: no decisions led here, and the phone is new.").format(scene=scene))

    def begin_again(self) -> None:
        """Begin again, with nothing set."""
        self._over(lambda trial: trial.restart(), stay=False)

    def next_seed(self) -> None:
        """The same decisions with the next seed."""
        if self.trial is not None:
            self._over(lambda trial: trial.reseed(trial.seed + 1))
            self.tell(_("Seed {n}.").format(n=self.trial.seed))

    def take_up(self) -> None:
        """Take the decisions that were kept."""
        if self.trial is not None and self.trial.parked:
            count = len(self.trial.play.inputs)
            self._over(lambda trial: trial.take_up(), stay=False)
            taken = len(self.trial.play.inputs) - count
            if self.trial.misfit is None:
                self.tell(n_("{n} decision taken up.", "{n} decisions taken up.", taken).format(n=taken))

    # Looking and setting

    def show_values(self) -> None:
        """Flags, numbers and dials."""
        if self.trial is not None and self.play_screen is not None and self.play_screen.scene_in_front:
            self.push_screen(ValuesScreen(self.trial, self.play_screen.scene_in_front, self._set_value))

    def _set_value(self, scene: str, name: str, number: int) -> str:
        said: list[str] = []
        self._over(lambda trial: said.append(trial.set_value(scene, name, number)))
        return said[0] if said else ""

    def show_why(self) -> None:
        """Why something is on offer or not."""
        if (
            self.trial is not None
            and self.good is not None
            and self.play_screen is not None
            and self.play_screen.scene_in_front
        ):
            self.push_screen(WhyScreen(self.trial, self._newest(self.good), self.play_screen.scene_in_front))

    def show_time(self) -> None:
        """What is pending, and ways to let time pass."""
        if self.trial is None:
            return
        quietest = self.trial.quietest()

        def chosen(answer: str | None) -> None:
            if answer == "next":
                self.skip_on()
            elif answer == "rush":
                self.rush()

        self.push_screen(TimesScreen(self.trial, _quiet_words(quietest) if quietest is not None else ""), chosen)

    def skip_on(self) -> None:
        """On to the next scene, as quietly as can be."""
        trial, screen = self.trial, self.play_screen
        if trial is None or screen is None:
            return
        quietest = trial.quietest()
        if quietest is None:
            self.tell(_("The play is over."))
            return
        try:
            trial.take(quietest)
        except NotPossible as refused:
            self.tell(refused.reason)
            return
        screen.over()
        self._renew()

    def rush(self) -> None:
        """Let what is pending come, then play the scene that waits again."""
        trial = self.trial
        if trial is None or trial.offer is None:
            self.tell(_("The play is over; everything has come."))
            return
        scene = trial.offer.scene
        pending = len(trial.rehearsal.pending)
        self._over(lambda trial: trial.rush(scene), stay=False)
        if len(trial.rehearsal.pending) >= pending:
            self.tell(_("Nothing more could come before “{scene}”.").format(scene=scene))

    def edit(self, line: int = 0) -> None:
        """Open the file in the author's editor, at a line (0: that of the scene in front); without one, say the line."""
        if not line and self.play_screen is not None:
            line = self.line_of(self.play_screen.scene_in_front)
        said = self._editor.open(self, self.file, line or 1)
        if said:
            self.tell(said)

    # Leaving, help, palette

    def action_leave(self) -> None:
        """Leave; there is nothing to keep."""
        self.exit()

    async def action_quit(self) -> None:
        """Leave."""
        self.action_leave()

    def action_help(self) -> None:
        """The keys."""
        from game.preview.help import PreviewHelp

        if not isinstance(self.screen, PreviewHelp):
            self.push_screen(PreviewHelp())

    def set_manner(self, manner: Manner) -> None:
        """Another pace from now on."""
        self._manner = manner
        if self.play_screen is not None:
            self.play_screen.set_manner(manner)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        if self.trial is not None:
            yield SystemCommand(_("Go to a scene"), _("By the shortest decisions, or directly"), self.ask_scene)
            yield SystemCommand(_("Why"), _("Why an option is hidden, why a scene did not come"), self.show_why)
            yield SystemCommand(_("Values"), _("Set flags, numbers and dials"), self.show_values)
            yield SystemCommand(_("Time"), _("What is pending, and to let it come"), self.show_time)
            yield SystemCommand(_("On to the next scene"), _("As quietly as can be"), self.skip_on)
            yield SystemCommand(_("Let what is pending come"), _("Then this scene again"), self.rush)
            yield SystemCommand(_("Findings"), _("What was found in the file"), self._palette_findings)
            yield SystemCommand(_("Begin again"), _("With nothing set"), self.begin_again)
            yield SystemCommand(_("Next seed"), _("Other names, another order, the same decisions"), self.next_seed)
            if self.trial.parked:
                yield SystemCommand(_("Take up the later decisions"), _("Those that were kept"), self.take_up)
        yield SystemCommand(_("Edit"), _("Open the file in your editor at the line"), self.edit)
        from game.settings import choices

        for value, words in choices()["theme"]:
            yield SystemCommand(
                _("Look: {look}").format(look=words), _("Change the colours"), lambda value=value: self._look(value)
            )
        for value, words in choices()["pace"]:
            if value in PACES:
                manner = Manner(value, self._manner.reduced_motion, self._manner.limits)
                yield SystemCommand(
                    _("Pace: {pace}").format(pace=words),
                    _("How quickly messages arrive"),
                    lambda manner=manner: self.set_manner(manner),
                )
        yield SystemCommand(_("Help"), _("The keys"), self.action_help)
        yield SystemCommand(_("Leave"), _("Nothing is kept"), self.action_leave)

    def _palette_findings(self) -> None:
        if self.play_screen is not None:
            self.play_screen.action_findings()

    def _look(self, value: str) -> None:
        self.theme = theme_name(value, no_color=self.no_color)

    # When something goes wrong that should not

    def _fatal_error(self) -> None:
        """Instead of a traceback on the terminal: write it down, and say where."""
        from rich.text import Text

        from game.mishap import mishap_words

        error = self._exception
        words = mishap_words(error if error is not None else RuntimeError("unknown"), None)
        if not self._exit_renderables:
            self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()


def _alike(one: Reading, other: Reading) -> bool:
    """Whether two readings give the same play."""
    return (one.data, dict(one.slots), dict(one.defaults)) == (other.data, dict(other.slots), dict(other.defaults))


def _quiet_words(given: Input) -> str:
    if given.how == "skip":
        return _("skips this beat")
    if given.how == "choose":
        return _("takes “{choice}”").format(choice=given.choice)
    if given.picks:
        return _("picks {picks}").format(picks=", ".join(given.picks))
    return _("picks nothing")


__all__ = ["PreviewApp", "WaitingScreen"]
