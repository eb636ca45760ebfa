"""The director: order, rhythm, skipping, holding. No screen, no clock."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play import events as ev
from engine.play.events import YOU, Event
from game.play.director import HOLD, LONGEST, READING, Director, Doing
from game.play.manner import Manner
from tests.game.stage import Hand


class Log:
    """A stage that writes down what happens on it."""

    def __init__(self) -> None:
        self.shown: list[Event] = []
        self.calls: list[str] = []
        self.rang = False

    def show(self, event: Event) -> None:
        self.shown.append(event)

    def types(self, place: str) -> bool:
        return place == "team"

    def time_passes(self, passed: ev.TimePassed, comes_back: bool) -> None:
        self.calls.append(f"time {passed.words}{' back' if comes_back else ''}")

    def wait_for_reader(self) -> None:
        self.calls.append("read")

    def asks_first(self, scene: ev.SceneBegan) -> bool:
        if scene.scene != "hard":
            return False
        self.calls.append("asks")
        return True

    def turns(self, event: ev.MessageShown) -> bool:
        return event.place == "theirs"

    def elsewhere(self) -> bool:
        return False

    def unseen(self) -> bool:
        return self.rang

    def held(self) -> None:
        self.calls.append("held")

    def released(self) -> None:
        self.calls.append("released")

    def caught_up(self) -> None:
        self.calls.append("caught up")

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.shown if isinstance(event, ev.MessageShown)]


def message(text: str, **how: Any) -> ev.MessageShown:
    return ev.MessageShown(
        at=how.pop("at", 100),
        id=text,
        place=how.pop("place", "team"),
        sender=how.pop("sender", "col"),
        name="Col",
        kind=how.pop("kind", "text"),
        text=text,
        **how,
    )


def scene(name: str = "one", place: str | None = "team", **how: Any) -> ev.SceneBegan:
    return ev.SceneBegan(at=100, scene=name, title=name, place=place, **how)


def passed(seconds: int) -> ev.TimePassed:
    return ev.TimePassed(at=100 + seconds, since=100, words="a while")


OFFER = ev.DecisionOffered(at=100, scene="one", place="team", kind="one")
TAKEN = ev.DecisionTaken(at=100, scene="one", how="choose", choice="a", label="A")


def directed(*events: Event, manner: Manner | None = None, hold: bool = False) -> tuple[Director, Log, Hand]:
    log, hand = Log(), Hand()
    director = Director(log, hand, manner or Manner())
    director.tell(events, hold=hold)
    return director, log, hand


def test_everything_is_shown_once_and_in_order() -> None:
    told = [scene(), message("a"), message("b" * 200), message("c", sender=None, kind="prose"), OFFER]
    _director, log, hand = directed(*told)
    hand.advance(60)
    assert [event for event in log.shown if not isinstance(event, ev.Typing)] == told
    assert log.calls == ["caught up"]


def test_what_turns_somebody_elses_phone_waits_until_one_has_read() -> None:
    director, log, hand = directed(scene(), message("a"), message("b", place="theirs"), OFFER)
    hand.advance(60)
    assert (log.texts, log.calls, director.doing) == (["a"], ["read"], Doing.READING)
    director.go_on()
    hand.advance(60)
    assert (log.texts, log.calls) == (["a", "b"], ["read", "caught up"])
    _director, log, hand = directed(scene(), message("b", place="theirs"))
    hand.advance(60)
    assert log.texts == ["b"], "with nothing to read before it there is nothing to wait for"


def test_a_hard_scene_asks_first_and_is_told_or_dropped() -> None:
    told = (scene("hard"), message("a"), message("b"), ev.SceneEnded(at=100, scene="hard"), OFFER)
    director, log, hand = directed(*told)
    director.hurry()
    hand.advance(60)
    assert (log.texts, log.calls, director.doing) == ([], ["asks"], Doing.ASKING), "however much in a hurry"
    director.next()
    director.hurry()
    assert director.doing is Doing.ASKING
    director.go_on()
    hand.advance(60)
    assert (log.texts, log.calls) == (["a", "b"], ["asks", "read"])
    director, log, hand = directed(*told)
    hand.advance(60)
    assert [event.text for event in director.drop_scene() if isinstance(event, ev.MessageShown)] == ["a", "b"]
    director.resume()
    hand.advance(60)
    assert (log.texts, log.calls) == ([], ["asks", "read"])


def test_a_message_is_typed_before_it_is_there() -> None:
    _director, log, hand = directed(scene(), message("hello there"))
    hand.advance(0.3)
    assert log.texts == []
    assert [type(event) for event in log.shown][-1] is ev.Typing
    hand.advance(1)
    assert log.texts == ["hello there"]


def test_prose_and_places_without_typing_are_not_typed() -> None:
    _director, log, hand = directed(scene(), message("x", sender=None, kind="prose"), message("y", place="yard", kind="speech"))
    hand.advance(10)
    assert not any(isinstance(event, ev.Typing) for event in log.shown)


@pytest.mark.parametrize("length", [4, 60, 4000])
def test_the_pause_is_the_time_to_read_what_came_before_and_is_capped(length: int) -> None:
    _director, log, hand = directed(message("m" * length), message("next"))
    while not log.texts:
        hand.advance(0.05)
    assert len(log.texts) == 1
    began = hand.now
    expected = min(max(length / READING, 0.55), LONGEST)
    while len(log.texts) < 2:
        hand.advance(0.05)
        assert hand.now - began < 10
    assert hand.now - began <= expected + 0.1
    assert hand.now - began > expected - 1.1


def test_a_reaction_comes_quickly() -> None:
    reacted = ev.Reacted(at=100, place="team", message="a", sender="x", name="X", emoji="😂")
    _director, log, hand = directed(message("a" * 400), reacted)
    hand.advance(0.4)
    assert log.texts
    hand.advance(0.75)
    assert log.shown[-1] == reacted


@pytest.mark.parametrize(("pace", "factor"), [("slow", 1.7), ("fast", 0.45)])
def test_the_pace_stretches_every_pause(pace: Any, factor: float) -> None:
    def length(manner: Manner) -> float:
        _director, log, hand = directed(*(message(f"{n} {'x' * 70}") for n in range(4)), OFFER, manner=manner)
        while "caught up" not in log.calls:
            hand.advance(0.01)
        return hand.now

    assert length(Manner(pace)) == pytest.approx(length(Manner()) * factor, rel=0.05)


def test_without_pace_everything_is_there_at_once() -> None:
    _director, log, hand = directed(scene(), message("a"), message("b"), OFFER, manner=Manner("off"))
    assert log.texts == ["a", "b"]
    assert hand.pending == 0
    assert log.calls == ["caught up"]


def test_what_could_be_scrolled_back_to_is_there_at_once() -> None:
    _director, log, _hand = directed(message("old", past=True), message("older", past=True), scene(), message("new"))
    assert log.texts == ["old", "older"]


def test_space_shows_the_next_thing_now() -> None:
    director, log, hand = directed(scene(), message("a"), ev.Breath(at=100), message("b" * 90), message("c"), OFFER)
    director.next()
    assert log.texts == ["a"]
    director.next()
    assert log.texts == ["a", "b" * 90]
    hand.advance(0.2)
    assert len(log.texts) == 2
    director.next()
    director.next()
    assert log.calls == ["caught up"]
    director.next()
    assert log.calls == ["caught up"]


def test_hurrying_stops_at_the_end_of_each_scene_to_read_and_at_the_decision() -> None:
    director, log, hand = directed(
        scene(), message("a"), message("b"), ev.SceneEnded(at=100, scene="one"),
        passed(90_000), scene("two", "yard"), message("c"), ev.SceneEnded(at=100, scene="two"),
        scene("three"), message("d"), message("e"), OFFER,
    )  # fmt: skip
    director.hurry()
    assert log.texts == ["a", "b"]
    assert (log.calls, hand.pending) == (["read"], 0)
    director.hurry()
    assert log.texts == ["a", "b", "c"]
    assert (log.calls, hand.pending) == (["read", "read"], 0)
    director.hurry()
    assert log.texts == ["a", "b", "c", "d", "e"]
    assert (log.calls, hand.pending) == (["read", "read", "caught up"], 0)


def test_hurrying_lets_an_answer_be_read_before_another_place_comes() -> None:
    director, log, _hand = directed(message("answer"), scene("two", "yard"), message("b"), OFFER)
    director.hurry()
    assert (log.texts, log.calls) == (["answer"], ["read"])


def test_who_goes_on_after_hurrying_is_told_in_their_pace() -> None:
    director, log, hand = directed(
        scene(), message("a"), ev.SceneEnded(at=100, scene="one"), passed(90_000), scene("two"), OFFER
    )
    director.hurry()
    director.next()
    hand.advance(30)
    assert log.calls == ["read", "time a while"]


def test_hurrying_holds_for_one_decision_only() -> None:
    director, log, _hand = directed(scene(), message("a"), OFFER)
    director.hurry()
    director.tell([message("b"), ev.SceneEnded(at=1, scene="one"), OFFER])
    assert log.texts == ["a"]


def test_a_scene_to_read_waits_for_its_reader() -> None:
    director, log, hand = directed(scene(), message("a"), ev.SceneEnded(at=100, scene="one"), scene("two"), message("b"))
    hand.advance(30)
    assert log.calls == ["read"]
    assert director.doing is Doing.READING
    director.next()
    hand.advance(30)
    assert log.texts == ["a", "b"]


def test_an_hour_is_a_moment_and_a_minute_is_not() -> None:
    _director, log, hand = directed(scene(), passed(3599), scene("two"), OFFER)
    hand.advance(30)
    assert log.calls == ["caught up"]
    director, log, hand = directed(scene(), passed(3600), scene("two"), OFFER)
    hand.advance(30)
    assert log.calls == ["time a while"]
    assert director.doing is Doing.TIME
    director.next()
    assert log.calls == ["time a while"]
    director.go_on()
    hand.advance(30)
    assert log.calls == ["time a while", "caught up"]


def test_no_time_passes_before_the_first_scene() -> None:
    _director, log, hand = directed(passed(9000), scene(), OFFER)
    hand.advance(30)
    assert log.calls == ["caught up"]


def test_a_moment_says_when_something_comes_back() -> None:
    due = ev.ConsequenceDue(at=100, id="x", scene="two", made_by="one.a")
    _director, log, hand = directed(scene(), due, passed(9000), scene("two", consequence=True))
    hand.advance(30)
    assert log.calls == ["time a while back"]


@pytest.mark.parametrize(
    "turn", [passed(9000), scene("two", "yard"), ev.EndingReached(at=1, ending="e", title="E", epilogue="")]
)
@pytest.mark.parametrize("pace", ["normal", "off"])
def test_nothing_takes_away_what_has_not_been_read(turn: Event, pace: Any) -> None:
    director, log, hand = directed(scene(), message("a"), turn, manner=Manner(pace))
    hand.advance(60)
    assert log.calls == ["read"]
    assert turn not in log.shown
    director.next()
    hand.advance(60)
    assert turn in log.shown


def test_the_clock_does_not_run_ahead_of_what_is_being_read() -> None:
    """What comes due later is told before the time that passes until then, and would set the clock to it."""
    dues = [ev.ConsequenceDue(at=at, id="x", scene="two", made_by="one.a") for at in (4000, 9000)]
    moved = ev.DialsChanged(at=9000, changes={"team": 100}, because="It came.", source="x")
    at_once = ev.DialsChanged(at=0, changes={"team": 100}, because="It was said.", source="one.a")
    director, log, hand = directed(scene(), message("a"), at_once, *dues, moved, passed(9000), scene("two", consequence=True))
    hand.advance(60)
    assert log.calls == ["read"]
    assert log.shown[-1] == at_once
    director.next()
    hand.advance(60)
    assert log.calls == ["read", "time a while back"]


@pytest.mark.parametrize(
    "onward",
    [scene("two", "dev"), ev.EndingReached(at=1900, ending="x", title="x", epilogue="x", codas=())],
    ids=("scene", "ending"),
)
@pytest.mark.parametrize(
    "before",
    [
        (passed(1800),),
        (ev.Expired(at=900, place="team", message="a"), passed(1800)),
        (ev.ConsequenceDue(at=1900, id="x", scene=None, made_by="one.a", prevented=True),),
        (passed(1800), ev.SeenLate(at=1900, place="dev", seconds=900)),
    ],
    ids=lambda events: "-".join(type(each).__name__ for each in events),
)
def test_the_clock_stands_until_another_place_is_turned_to(before: tuple[Event, ...], onward: Event) -> None:
    """A stretch too short for a moment of its own leads to the next place, and is told after one has read."""
    director, log, hand = directed(scene(), message("a"), *before, onward)
    hand.advance(60)
    assert log.calls == ["read"]
    assert {event.at for event in log.shown} == {100}
    director.next()
    hand.advance(60)
    assert log.shown[-1] == onward
    assert log.calls.count("read") == 1


def test_a_short_while_in_one_place_flows_on() -> None:
    _director, log, hand = directed(scene(), message("a"), passed(1800), scene("two"), message("b", at=1900))
    hand.advance(60)
    assert log.texts == ["a", "b"]
    assert "read" not in log.calls


def test_what_arrived_elsewhere_is_not_passed_by() -> None:
    director, log, hand = directed(scene(), message("a", place="dev"), scene("two"), message("b"))
    log.rang = True
    hand.advance(60)
    assert (log.calls, log.texts) == (["read"], ["a"])
    director.next()
    hand.advance(60)
    assert log.texts == ["a", "b"]


def test_the_next_scene_in_the_same_place_flows_on() -> None:
    _director, log, _hand = directed(scene(), message("a"), scene("two"), message("b"), OFFER, manner=Manner("off"))
    assert log.calls == ["caught up"]


def test_the_own_act_is_held_until_the_world_answers() -> None:
    own = message("mine", sender=YOU)
    director, log, hand = directed(TAKEN, own, message("answer"), OFFER, hold=True)
    assert log.texts == ["mine"]
    assert log.calls == ["held"]
    assert director.doing is Doing.HOLDING
    hand.advance(HOLD - 0.1)
    assert log.calls == ["held"]
    hand.advance(0.2)
    assert log.calls == ["held", "released"]
    hand.advance(20)
    assert log.texts == ["mine", "answer"]


def test_any_key_ends_the_hold_and_forgetting_drops_the_answer() -> None:
    director, log, _hand = directed(TAKEN, message("answer"), OFFER, hold=True)
    director.next()
    assert log.calls == ["held", "released"]
    director, log, hand = directed(TAKEN, message("answer"), OFFER, hold=True)
    assert [type(event) for event in director.forget()] == [ev.MessageShown, ev.DecisionOffered]
    hand.advance(60)
    assert log.texts == []
    assert director.doing is Doing.NOTHING


def test_the_hold_comes_at_any_pace() -> None:
    _director, log, hand = directed(TAKEN, OFFER, manner=Manner("off"), hold=True)
    assert log.calls == ["held"]
    hand.advance(HOLD)
    assert log.calls == ["held", "released", "caught up"]


def test_a_scene_can_be_dropped_while_it_is_told() -> None:
    end = ev.SceneEnded(at=100, scene="one")
    director, log, hand = directed(scene(), message("a"), message("b"), end, scene("two"), message("c"))
    director.next()
    dropped = director.drop_scene()
    assert [event.text for event in dropped if isinstance(event, ev.MessageShown)] == ["b"]
    director.resume()
    hand.advance(10)
    assert log.calls == ["read"]
    assert log.texts == ["a"]
