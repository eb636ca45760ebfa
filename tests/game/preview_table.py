"""What the tests of the preview share: a file that is edited by hand, and an app whose time a test moves."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from engine.play.inputs import Input, parse_input
from game.preview.app import PreviewApp
from game.preview.editor import Editor
from game.preview.screen import PreviewScreen
from game.preview.trial import Trial
from game.preview.watch import POLL
from tests.game.shell import settle

TEXT = """\
seenby: 1
id: small
title: Small
minutes: 5
begins: Monday 09:00
you: {is: new}
flags:
  clues: {from: 0, to: 5}
cast: {ana: {name: Ana, is: your tutor}}
places: {team: {group: Team, members: 4, with: [ana]}, ana-dm: {dm: ana}}
scenes:
  first:
    in: team
    script: |
      Ana [hi]: hello there
    choices:
      speak:
        label: Speak up
        set: {spoke: yes, clues: 1}
        dials: {team: +1}
        because: |
          Somebody spoke.
        later:
          - {after: 3 days, scene: thanks, if: clues >= 3}
          - {after: 2 days, scene: nudge}
      pass:
        label: Pass it on
      silence: {thought: "No."}
    next: morning
  morning:
    in: team
    script: |
      Ana: good morning
    next: locked
  locked:
    in: team
    if: clues >= 4 or spoke and not clues > 0
    script: |
      Ana: you found it
    next: second
  second:
    in: ana-dm
    when: day 2, 10:00
    set: {clues: +1}
    script: |
      {if clues >= 3} Ana: three at least
      {if not clues >= 3} Ana: hardly any
    choices:
      open: {label: Open it, if: clues >= 3}
      shut: {label: Shut it}
      ask: {label: Ask again, if: spoke, else: You never spoke.}
      silence:
    next: third
  third:
    in: team
    when: day 5, 10:00
    script: |
      Ana: the last of it
    choices:
      yes-of-course: {label: "Yes, of course"}
      silence:
    next: end
  thanks:
    in: team
    script: |
      Ana: thank you
  nudge:
    in: team
    script: |
      Ana: a nudge
  never:
    in: team
    script: |
      Ana: nobody comes here
    next: end
endings:
  over: {title: Over, epilogue: Done.}
"""


class Desk:
    """A file and a preview of it. Nothing sleeps: `beat` is the time between two looks at the file."""

    def __init__(self, folder: Path, text: str = TEXT, **how: Any) -> None:
        self.file = folder / "small.yaml"
        self.time = 100.0
        self._stamp = 1_000_000_000
        self._beats: list[Callable[[], None]] = []
        self.ran: list[list[str]] = []
        self.write(text)
        inputs: Sequence[Input] = [parse_input(line) for line in how.pop("decisions", ())]
        environ = how.pop("environ", {})
        self.app = PreviewApp(
            self.file,
            seed=how.pop("seed", 7),
            inputs=inputs,
            every=lambda seconds, act: self._every(seconds, act),
            now=lambda: self.time,
            editor=Editor(environ, self._run),
            checks=how.pop("checks", False),
            **how,
        )

    def _every(self, seconds: float, act: Callable[[], None]) -> None:
        assert seconds == POLL
        self._beats.append(act)

    def _run(self, words: list[str]) -> int:
        self.ran.append(words)
        return 0

    def write(self, text: str) -> None:
        """Write the file in place, a moment later than before."""
        self.file.write_text(text, "utf-8")
        self.touch()

    def touch(self) -> None:
        """Give the file a moment of its own, whatever the clock of the disk can tell apart."""
        self._stamp += 1_000_000
        os.utime(self.file, ns=(self._stamp, self._stamp))

    def replace(self, text: str) -> None:
        """Put another file in its stead, as careful editors do."""
        other = self.file.with_suffix(".tmp")
        other.write_text(text, "utf-8")
        self._stamp += 1_000_000
        os.utime(other, ns=(self._stamp, self._stamp))
        other.replace(self.file)

    def edit(self, old: str, new: str) -> None:
        """Change one thing in the file."""
        text = self.file.read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        self.write(text.replace(old, new))

    def beat(self, times: int = 1) -> None:
        """So many looks at the file go by."""
        for _number in range(times):
            self.time += POLL
            for beat in self._beats:
                beat()

    async def saved(self, pilot: Pilot[Any]) -> None:
        """The file was saved; it is looked at twice."""
        self.beat(2)
        await settle(pilot)

    @property
    def screen(self) -> PreviewScreen:
        screen = self.app.play_screen
        assert screen is not None
        return screen

    @property
    def trial(self) -> Trial:
        trial = self.app.trial
        assert trial is not None
        return trial

    @property
    def taken(self) -> list[str]:
        """The decisions, as lines."""
        return [str(given) for given in self.trial.play.inputs]

    @property
    def offered(self) -> str:
        """The scene that waits."""
        offer = self.trial.offer
        return offer.scene if offer is not None else ""

    def take(self, *lines: str) -> None:
        """Take decisions without the screen, and show where it stands then."""
        for line in lines:
            self.trial.take(parse_input(line))
        self.trial.told = len(self.trial.play.events)
        self.screen.over()


def picture(app: PreviewApp) -> str:
    """The whole screen as text."""
    width, height = app.size
    lines = [" " * width] * height
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        lines[y] = strip.text
    return "\n".join(line.rstrip() for line in lines)


def said(screen: PreviewScreen) -> list[str]:
    """What stands in the conversation in front."""
    return [entry.text for entry in screen.pane.conversation.entries]
