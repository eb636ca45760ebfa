"""Rooms over random stories: they end, they can be done again, no vote is lost, and the play is the one that was decided."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.events import Skipped
from engine.play.inputs import Input
from engine.play.play import Play
from engine.room.inputs import AnyInput, Clock, Decide, Go, Hands, Page, Setup, Tell, Turn, Undo, Vote, decode, encode
from engine.room.recap import compare, other_roads, road
from engine.room.rehearse import drawn_choice
from engine.room.room import NotNow, Room
from engine.room.steps import back, onward, skipping
from tests.engine.random_story import random_story

PHASES = ("ask", "first", "reveal", "talk", "second", "shift", "decide")
SETUPS = st.builds(
    Setup,
    seed=st.integers(-5, 2**60),
    tables=st.sampled_from([0, 0, 3, 8]),
    size=st.sampled_from([0, 11, 40]),
    rehearsal=st.just(True),
)


def anything(draw: random.Random, room: Room) -> AnyInput:
    """Something that somebody might do, wise or not."""
    kind = draw.random()
    question = room.question
    keys = [item.key for item in question.items] if question is not None else ["nothing"]
    if kind < 0.25:
        return Tell(draw.randint(-1, len(room.stops) + 1))
    if kind < 0.5:
        return Turn(draw.choice(PHASES), draw.random() < 0.5)  # type: ignore[arg-type]
    if kind < 0.6:
        return Hands(draw.choice(keys), draw.choice([None, 0, 3, 12]), draw.choice([1, 2]))
    if kind < 0.7:
        items = tuple(draw.sample(keys, min(len(keys), draw.choice([1, 1, 2]))))
        return Vote(draw.choice(["table-a", "table-c", "token-1"]), draw.choice([items, None]), draw.choice([1, 2]))
    if kind < 0.8 and question is not None:
        return Decide(drawn_choice(room) or question.input((draw.choice(keys),)))
    if kind < 0.87:
        return Go(draw.randint(0, len(room.state.nodes)), draw.choice([-1, 0, 1]), draw.random() < 0.5)
    if kind < 0.91:
        return skipping(room) or Undo()
    if kind < 0.94:
        return Undo()
    return draw.choice([Clock(30.0, True, 5.0), Clock(), Page(2)])


def finish(room: Room) -> int:
    """Press one key until the story is over. Returns how often that was."""
    for count in range(3000):
        if room.phase == "ended":
            return count
        coming = onward(room)
        assert coming
        for one in coming:
            room.apply(one)
    raise AssertionError("the room does not end")


@settings(max_examples=60, deadline=None)
@given(story=st.integers(0, 10_000), setup=SETUPS, seed=st.integers(0, 2**32))
def test_whatever_a_room_does(story, setup, seed):
    draw = random.Random(seed)
    found = random_story(random.Random(story), rich=True)
    room = Room(found, setup)
    for _step in range(60):
        given_ = anything(draw, room) if draw.random() < 0.6 else None
        before, events, done = room.state, list(room.play.events), len(room.inputs)
        if given_ is None:
            coming = onward(room)
            if room.phase != "ended":
                for one in coming:
                    room.apply(one)
            continue
        try:
            room.apply(given_)
        except NotNow:
            assert room.state == before
            assert room.play.events == events
            assert len(room.inputs) == done
            continue
        # No vote is lost: only the visit that is on can change, and nothing that was there is gone.
        if not isinstance(given_, Undo):
            assert len(room.state.visits) >= len(before.visits)
            assert room.state.nodes[: len(before.nodes)] == before.nodes
            for old, new in zip(before.visits, room.state.visits, strict=False):
                if old.id not in (before.visit, room.state.visit):
                    assert (new.first, new.second) == (old.first, old.second)
                    assert new == old or not old.by
        # The play is the one that the decided inputs give, as far as the room has been told.
        assert tuple(room.play.inputs) == room.inputs_to(room.state.node)
        told = room.told_events
        if room.state.skipped:
            assert [event for event in told if event not in room.play.events and not isinstance(event, Skipped)] == []
        else:
            assert list(room.play.events[: len(told)]) == list(told)
    again = Room.replay(found, setup, [decode(encode(one)) for one in room.inputs])
    assert again.state == room.state
    assert again.play.events == room.play.events
    finish(room)
    alone = Play.replay(room.story, setup.seed, room.inputs_to(room.state.node), room.name)
    assert alone.events == room.play.events
    assert alone.ending is not None
    assert road(room).ending == alone.ending
    assert [step.taken for step in road(room).steps] == list(alone.inputs)
    for tip in other_roads(room):
        fork = compare(room, room.state.node, tip)
        mine, theirs = fork.parted
        assert mine is None or theirs is None or (mine.node, mine.scene) == (theirs.node, theirs.scene)
        assert mine is None or theirs is None or mine.taken != theirs.taken


@settings(max_examples=25, deadline=None)
@given(story=st.integers(0, 10_000), setup=SETUPS)
def test_back_leads_to_the_beginning_and_forth_to_an_end(story, setup):
    room = Room(random_story(random.Random(story), rich=True), setup)
    finish(room)
    nodes = room.state.nodes
    for _step in range(3000):
        before = back(room)
        if before is None:
            break
        room.apply(before)
    assert (room.state.node, room.state.told) == (0, 0)
    assert room.state.nodes == nodes
    finish(room)
    assert room.phase == "ended"


@settings(max_examples=25, deadline=None)
@given(story=st.integers(0, 10_000), setup=SETUPS, seed=st.integers(0, 2**32))
def test_undo_goes_back_through_everything(story, setup, seed):
    draw = random.Random(seed)
    room = Room(random_story(random.Random(story), rich=True), setup)
    states = [room.state]
    for _step in range(40):
        one = anything(draw, room) if draw.random() < 0.5 else None
        for given_ in (one,) if one is not None else onward(room):
            if isinstance(given_, Undo | Clock | Page):
                continue
            before = room.state
            try:
                room.apply(given_)
            except NotNow:
                continue
            if room.state != before:
                states.append(room.state)
    while len(states) > 1:
        assert room.state == states.pop()
        room.apply(Undo())
    assert room.state == states[0]
    with pytest.raises(NotNow, match="nothing to take back"):
        room.apply(Undo())


@settings(max_examples=40, deadline=None)
@given(story=st.integers(0, 10_000), seed=st.integers(0, 2**60))
def test_every_event_is_told_at_one_stop(story, seed):
    room = Room(random_story(random.Random(story), rich=True), Setup(seed, rehearsal=True))
    seen = 0
    while True:
        if room.stops:
            assert room.stops[0].first == seen
            for one, other in zip(room.stops, room.stops[1:], strict=False):
                assert one.last == other.first
            assert room.stops[-1].last == len(room.play.events)
            seen = room.stops[-1].last
        else:
            seen = len(room.play.events)
        room.apply(Tell(10_000))
        if room.phase == "ended":
            break
        room.apply(Decide(drawn_choice(room)))  # type: ignore[arg-type]
    assert seen == len(room.play.events)


def test_nothing_is_skipped_when_what_is_told_is_the_last_of_it():
    room = Room(random_story(random.Random(3), rich=True), Setup(7, rehearsal=True))
    while room.offer is not None:
        for one in onward(room):
            room.apply(one)
    assert room.phase == "telling"
    before = room.state
    with pytest.raises(NotNow, match="nothing to decide"):
        room.apply(Decide(Input(room.stops[0].scene, "skip")))
    assert room.state == before
