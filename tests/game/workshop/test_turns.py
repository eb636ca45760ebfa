"""What is pressed in the notes while a projector comes, goes or dies: in every order of what the processes do."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import load_story
from engine.room.inputs import Hands, Setup, Tell, Turn
from engine.story.model import Story
from game.workshop.follow import NoProjector, RoomFollower
from game.workshop.host import RoomHost
from saves import file as saves_file
from saves import hold
from saves.rooms import RoomBusy
from saves.store import Store
from tests.game.workshop.turns import Turns, orders, watched
from tests.saves.conftest import TEA


class Machine:
    """A machine on which a projector was killed in the middle of a vote, with a half-entered count and the clock running."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "tea.yaml").write_text(TEA, encoding="utf-8")
        self.story: Story = load_story(folder / "tea.yaml")
        with Store.open(folder / "before") as store, RoomHost.begin(store, self.story, Setup(7)) as host:
            host.do(Tell(99), Turn("first"), Hands("laugh", 4))
            host.countdown_start(60)
            self.room = host.id
        self._numbers = itertools.count()
        self._opened: list[Store] = []

    def start(self) -> Callable[[], Store]:
        """The machine as it was then; opens its saves, as often as there are processes."""
        for store in self._opened:
            store.close()
        self._opened.clear()
        here = self._folder / f"run-{next(self._numbers)}"
        shutil.copytree(self._folder / "before", here)
        (here / f"room-{self.room}.lock").touch()  # the dead leave it

        def open_() -> Store:
            self._opened.append(Store.open(here, patience=0.2))
            return self._opened[-1]

        return open_

    def notes(self, store: Store) -> RoomFollower:
        return RoomFollower.find(store, lambda _info: self.story)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saves_file, "_PRAGMAS", (*saves_file._PRAGMAS, "synchronous = OFF"))  # nobody pulls the plug here
        patch.setattr(hold, "PATIENCE", 0.0)  # nobody gives way while it waits
        found = Machine(tmp_path_factory.mktemp("machine"))
        yield found
        found.start()


def test_a_key_pressed_while_the_projector_comes_back_is_done_or_refused_at_once(machine: Machine) -> None:
    """What the notes could send was sent to a projector that was there, so it is done; it is never called stale."""
    seen: set[bool] = set()

    def run(turns: Turns) -> None:
        open_ = machine.start()
        mine, theirs = open_(), open_()
        notes = machine.notes(theirs)
        hosts: list[RoomHost] = []
        sent: list[int] = []

        def projector() -> None:
            hosts.append(RoomHost.resume(mine, machine.room, machine.story))
            hosts[0].poll()

        def press() -> None:
            try:
                sent.append(notes.send(Hands("silence", 7)))
            except NoProjector:
                assert not hosts

        with watched(turns):
            turns.run(projector, press)
        host = hosts[0]
        host.poll()
        ballot = host.room.ballot()
        assert (ballot.counted("laugh"), ballot.counted("silence")) == (4, 7 if sent else None)
        assert [(one.number, one.problem) for one in notes.answers()] == [(number, "") for number in sent]
        assert host.room.inputs.count(Hands("silence", 7)) == len(sent)
        notes.poll()
        assert notes.room.state == host.room.state
        seen.add(bool(sent))
        host.close()

    assert orders(run, switches=99) > 8
    assert seen == {True, False}


@pytest.mark.parametrize("switches", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_keys_pressed_while_one_projector_goes_and_another_comes_are_each_answered_once(
    machine: Machine, switches: int
) -> None:
    """Done once, in order, by the one or the other; or refused, and told so. Two projectors never have the room."""
    ways: set[str] = set()

    def run(turns: Turns) -> None:
        open_ = machine.start()
        one, other, theirs = open_(), open_(), open_()
        old = RoomHost.resume(one, machine.room, machine.story)
        notes = machine.notes(theirs)
        sent: list[int] = []
        counts: list[int] = []
        came: list[RoomHost] = []

        def goes() -> None:
            old.poll()
            old.close()

        def comes() -> None:
            try:
                came.append(RoomHost.resume(other, machine.room, machine.story))
            except RoomBusy:
                return
            came[0].poll()

        def press() -> None:
            for count in (1, 2):
                try:
                    sent.append(notes.send(Hands("silence", count)))
                except NoProjector:
                    ways.add("nobody there")
                else:
                    counts.append(count)

        with watched(turns):
            turns.run(goes, comes, press)
        ways.add("busy" if not came else "came")
        host = came[0] if came else RoomHost.resume(other, machine.room, machine.story)
        host.poll()
        answers = notes.answers()
        assert [answer.number for answer in answers] == sent
        ways.update(answer.problem for answer in answers)
        done = [count for count, answer in zip(counts, answers, strict=True) if not answer.problem]
        kept = [given.count for given in host.room.inputs if isinstance(given, Hands) and given.item == "silence"]
        assert kept == done
        assert not theirs.rooms.open(machine.room).waiting()
        host.close()

    assert orders(run, switches=switches) > 50
    assert {"nobody there", "busy", "came", ""} <= ways
    assert any("closed before" in words for words in ways)
