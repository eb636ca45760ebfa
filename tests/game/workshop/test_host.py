"""The projector's side and the notes' side of a room, in one process and in two; killed; with a disk that refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import load_story
from engine.play.inputs import Input
from engine.room.inputs import Clock, Decide, Hands, Page, Setup, Tell, Turn, Undo, Vote
from engine.room.room import NotNow
from engine.story.model import Story
from game.workshop.follow import NoProjector, NoRoom, RoomFollower, SeveralRooms, find_room
from game.workshop.host import RoomHost
from game.workshop.steering import BackOne, CountdownDo, Cover, Onward, decode_command, encode_command
from saves.errors import DiskFull, SaveError
from saves.rooms import RoomBusy
from saves.store import Store
from tests.killing import killed
from tests.saves.conftest import TEA

KILLS = 10


class Wall:
    """A clock on the wall that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "tea.yaml"
    path.write_text(TEA, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def story(tea: Path) -> Story:
    return load_story(tea)


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def open_() -> Store:
        opened.append(Store.open(tmp_path / "saves", patience=0.05))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


def test_a_room_is_resumed_at_the_same_half_entered_vote(open_store, story):
    wall = Wall()
    host = RoomHost.begin(open_store(), story, Setup(7), now=wall)
    host.do(Tell(99), Turn("first"), Hands("laugh", 4))
    host.countdown_start(60)
    wall.time += 20
    assert host.countdown_left() == 40
    host.close()  # as the system does when the process is killed
    wall.time += 500
    again = RoomHost.resume(open_store(), host.id, story, now=wall)
    assert (again.room.phase, again.room.ballot().counted("laugh")) == ("first", 4)
    # What was left when it stopped is not known; it stands still, and never runs on by itself.
    assert again.room.state.countdown is not None
    assert not again.room.state.countdown.running
    assert again.room.missing().items
    again.countdown_extend(30)
    assert again.countdown_left() == 30
    again.countdown_resume()
    wall.time += 5
    again.countdown_pause()
    again.countdown_pause()
    assert again.countdown_left() == 25
    again.countdown_stop()
    assert again.countdown_left() is None
    again.close()


def test_one_projector_for_a_room(open_store, story):
    with RoomHost.begin(open_store(), story, Setup(7)) as host, pytest.raises(RoomBusy):
        RoomHost.resume(open_store(), host.id, story)
    RoomHost.resume(open_store(), host.id, story).close()


def test_what_cannot_be_written_has_not_been_done(open_store, story, monkeypatch):
    host = RoomHost.begin(open_store(), story, Setup(7, tables=2))
    host.do(Tell(99), Turn("first"), Vote("table-a", ("laugh",)))
    before = host.room.state

    def refuse(*_args: object, **_more: object) -> None:
        raise DiskFull(Path("seenby.db"))

    monkeypatch.setattr(host._journal, "append", refuse)
    with pytest.raises(SaveError):
        host.do(Decide(Input("joke", choice="laugh")))
    assert host.room.state == before
    assert host.room.play.inputs == []
    monkeypatch.undo()
    host.do(Decide(Input("joke", choice="laugh")))
    assert RoomFollower.find(open_store(), lambda _info: story).room.state == host.room.state
    host.close()


def test_the_notes_follow_and_steer(open_store, story):
    wall = Wall()
    host = RoomHost.begin(open_store(), story, Setup(7, tables=2), now=wall)
    notes = RoomFollower.find(open_store(), lambda _info: story, now=wall)
    assert notes.id == host.id
    assert notes.live
    assert not notes.poll() or notes.room.state == host.room.state
    host.do(Tell(99))
    assert notes.poll()
    assert not notes.poll()
    assert notes.room.state == host.room.state
    assert host.poll() == []
    numbers = [
        notes.send(command)
        for command in (
            Turn("first"),
            Vote("table-a", ("laugh",)),
            Onward(),
            CountdownDo("start", 60),
            BackOne(),
            Hands("sing", 1),
        )
    ]
    assert numbers == [1, 2, 3, 4, 5, 6]
    steered = host.poll()
    problems = [one.problem for one in steered]
    assert problems[:2] == ["", ""]
    assert "has not said" in problems[2]
    assert problems[3:5] == ["", ""]
    assert problems[5]
    assert host.poll() == []
    assert [(one.number, one.problem) for one in notes.answers()] == list(zip(numbers, problems, strict=True))
    assert notes.answers() == []
    assert notes.poll()
    assert notes.room.state == host.room.state
    assert notes.countdown_left() == 60
    for what, left in (("pause", 60.0), ("extend", 90.0), ("resume", 90.0), ("stop", None)):
        notes.send(CountdownDo(what, 30 if what == "extend" else 0))  # type: ignore[arg-type]
        assert host.poll()[0].problem == ""
        assert host.countdown_left() == left
    notes.send(CountdownDo("pause"))
    assert host.poll()[0].problem == "There is no countdown."
    host.close()
    assert notes.live  # looked at a moment ago
    wall.time += 2
    assert not notes.live
    with pytest.raises(NoProjector, match="No projector"):
        notes.send(Onward())


def test_what_was_asked_of_a_dead_projector_is_refused_later(open_store, story):
    host = RoomHost.begin(open_store(), story, Setup(7))
    notes = RoomFollower.find(open_store(), lambda _info: story)
    notes.send(Onward())
    host._hold.release()  # as the system does when the process is killed
    again = RoomHost.resume(open_store(), host.id, story)
    assert again.poll() == []
    assert again.room.state.told == 0
    assert "Nobody showed" in notes.answers()[0].problem
    notes.send(Onward())
    # What was said to other notes, earlier, is no news to those who open theirs now.
    late = RoomFollower.find(open_store(), lambda _info: story)
    again.close()
    assert "was closed before" in notes.answers()[0].problem
    assert late.answers() == []


def test_commands_that_make_no_sense_are_answered(open_store, story):
    host = RoomHost.begin(open_store(), story, Setup(7))
    journal = open_store().rooms.open(host.id)
    journal.send("{")
    journal.send('{"do":"Tell","to":"x"}')
    assert [(one.command, bool(one.problem)) for one in host.poll()] == [(None, True)] * 2
    assert not host.room.inputs
    host.close()


def test_which_room_is_followed(open_store, story):
    store = open_store()
    with pytest.raises(NoRoom):
        find_room(store)
    first = RoomHost.begin(store, story, Setup(1))
    first.close()
    assert find_room(store).id == first.id
    second = RoomHost.begin(open_store(), story, Setup(2))
    assert find_room(store).id == second.id
    assert find_room(store, first.id[:5]).id == first.id
    third = RoomHost.begin(open_store(), story, Setup(3))
    with pytest.raises(SeveralRooms, match="Several rooms are open") as caught:
        find_room(store)
    assert {info.id for info in caught.value.rooms} == {second.id, third.id}
    second.close()
    third.close()


def test_an_edited_scenario_takes_the_room_as_far_as_it_goes(open_store, story, tmp_path):
    host = RoomHost.begin(open_store(), story, Setup(7, tables=2))
    host.do(
        Tell(99), Turn("first"), Vote("table-a", ("laugh",)), Decide(Input("joke", choice="laugh")), Tell(99), Turn("first")
    )
    host.close()
    edited = tmp_path / "tea.yaml"
    edited.write_text(TEA.replace("laugh:", "giggle:"), encoding="utf-8")
    follower = RoomFollower.find(open_store(), lambda _info: load_story(edited))
    assert follower.room.phase == "first"
    again = RoomHost.resume(open_store(), host.id, load_story(edited))
    assert [words for words in again.changed if "edited" in words]
    assert any("The last 4 steps no longer fit" in words for words in again.changed)
    again.do(Vote("table-a", ("giggle",)))
    again.close()
    assert follower.poll()
    assert follower.room.state == again.room.state
    third = RoomHost.resume(open_store(), host.id, load_story(edited))
    assert third.room.state == again.room.state
    assert not [words for words in third.changed if "fit" in words]
    third.close()


def test_the_session_clock_stands_in_breaks(tmp_path, story):
    from datetime import UTC, datetime

    wall = Wall()
    with Store.open(tmp_path / "saves", now=lambda: datetime.fromtimestamp(wall.time, UTC)) as store:
        host = RoomHost.begin(store, story, Setup(7), now=wall)
        wall.time += 600
        assert host.elapsed() == pytest.approx(600)
        host.do(Tell(1))
        wall.time += 24 * 3600
        assert host.elapsed() == pytest.approx(600)
        host.do(Tell(0))
        wall.time += 60
        assert host.elapsed() == pytest.approx(660)
        host.close()
        assert RoomHost.resume(store, host.id, story, now=wall).elapsed() == pytest.approx(660)


def test_an_unsaved_room_leaves_nothing(story, tmp_path):
    wall = Wall()
    host = RoomHost.unsaved(story, Setup(7, rehearsal=True), now=wall)
    while host.room.phase != "ended":
        assert host.onward()
    host.do(Page(3))
    assert host.back()
    assert host.room.state.page == 2
    assert host.poll() == []
    wall.time += 5
    assert (host.id, host.saved, host.elapsed()) == ("", False, 5)
    host.do(Clock())
    with pytest.raises(NotNow):
        host.do(Turn("first"))
    fresh = RoomHost.unsaved(story, Setup(7))
    assert not fresh.back()


@pytest.mark.parametrize(
    "command", [Onward(), BackOne(), Cover("pause"), CountdownDo("extend", 30.5), Tell(3), Undo(), Vote("table-a", None, 2)]
)
def test_commands_survive_the_way(command):
    assert decode_command(encode_command(command)) == command


def test_killing_the_projector_loses_nothing_that_was_shown(tmp_path, tea):
    result = killed("tests.game.workshop.killed_room", tmp_path / "saves", tea, KILLS, 20260304)
    assert result["kills"] == KILLS
    assert result["shown"] > 2 * KILLS
    assert result["asked"] > result["refused"]
