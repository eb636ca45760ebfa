"""The hardest beat of each outline, as a fixture: it reads, plays, saves, resumes, and does what is special in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from engine import load_story
from engine.debrief import build
from engine.play import events as ev
from engine.play.events import Event, encode
from engine.play.inputs import Input, parse_input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.script.read import read_file
from engine.story.compile import compile_story
from engine.story.model import Story
from saves.resume import resume
from saves.store import Store
from tests.engine.searching import ways_to_endings

FOLDER = Path(__file__).parent.parent / "fixtures" / "beats"
BEATS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
DAY, HOUR, MINUTE = 86_400, 3600, 60
Kind = TypeVar("Kind", bound=Event)


@cache
def beat(name: str) -> Story:
    return load_story(FOLDER / f"{name}.yaml")


@cache
def ways(name: str) -> dict[str, list[Input]]:
    return ways_to_endings(beat(name))


def played(name: str, *lines: str, seed: int = 7) -> Play:
    return Play.replay(beat(name), seed, [parse_input(line) for line in lines], "Alex")


def of(play: Play, kind: type[Kind]) -> list[Kind]:
    return [event for event in play.events if isinstance(event, kind)]


def at(day: int, clock: str) -> int:
    hours, minutes = clock.split(":")
    return (day - 1) * DAY + int(hours) * HOUR + int(minutes) * MINUTE


def shown(play: Play, message: str) -> ev.MessageShown:
    return next(event for event in of(play, ev.MessageShown) if event.id == message)


def said(play: Play, scene: str) -> list[str]:
    """The texts that were shown in a scene, before its decision too."""
    found: list[str] = []
    here = ""
    for event in play.events:
        if isinstance(event, ev.SceneBegan):
            here = event.scene
        elif isinstance(event, ev.MessageShown) and here == scene:
            found.append(event.text)
    return found


def scenes(play: Play) -> list[str]:
    return [event.scene for event in of(play, ev.SceneBegan)]


# Every beat


def test_there_is_a_fixture_for_each_of_the_nine_beats() -> None:
    assert len(BEATS) >= 9


@pytest.mark.parametrize("name", BEATS)
def test_reads_and_compiles_without_a_finding(name: str) -> None:
    source = read_file(FOLDER / f"{name}.yaml")
    compile_story(source)
    assert source.findings == []


@pytest.mark.parametrize("name", BEATS)
def test_every_ending_can_be_reached(name: str) -> None:
    story = beat(name)
    assert set(ways(name)) == {ending.id for ending in story.endings}
    for ending, inputs in ways(name).items():
        play = Play.replay(story, 3, inputs)
        assert play.ending == ending
        assert of(play, ev.EndingReached)[0].ending == ending


@pytest.mark.parametrize("name", BEATS)
def test_the_stepper_goes_where_the_play_goes(name: str) -> None:
    story = beat(name)
    stepper = Stepper(story)
    for ending, inputs in ways(name).items():
        play, state = Play.begin(story, 5), stepper.start()
        for given in inputs:
            assert state == play.state
            assert given in stepper.inputs(state)
            play.take(given)
            state = stepper.step(state, given)
        assert state == play.state
        assert stepper.ending(state) == ending


@pytest.mark.parametrize("name", BEATS)
def test_resumes_after_every_input_with_the_same_bytes(name: str) -> None:
    story = beat(name)
    for inputs in ways(name).values():
        whole = encode(Play.replay(story, 11, inputs, "Alex").events)
        for count in range(len(inputs) + 1):
            play = Play.replay(story, 11, inputs[:count], "Alex")
            assert whole.startswith(encode(play.events))
            for given in inputs[count:]:
                play.take(given)
            assert encode(play.events) == whole


@pytest.mark.parametrize("name", BEATS)
def test_saved_after_every_input_reopened_and_resumed_it_is_the_same_play(name: str, tmp_path: Path) -> None:
    story = beat(name)
    wall = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now() -> datetime:
        nonlocal wall
        wall += timedelta(seconds=1)
        return wall

    for ending, inputs in ways(name).items():
        play = Play.begin(story, 13, "Alex")
        with Store.open(tmp_path, now=now) as store:
            play_id = store.begin(store.player("Alex"), story, seed=13, name="Alex").play_id
        for count, given in enumerate(inputs, 1):
            with Store.open(tmp_path, now=now) as store:
                journal = store.journal(play_id)
                resumed = resume(journal, story)
                assert (resumed.complete, resumed.changed, resumed.taken) == (True, (), count - 1)
                assert encode(resumed.play.events) == encode(play.events)
                resumed.play.take(given)
                play.take(given)
                journal.take(given, took_ms=1500, play=resumed.play)
        with Store.open(tmp_path, now=now) as store:
            journal = store.journal(play_id)
            again = resume(journal, story).play
            assert journal.path() == tuple(inputs)
            assert journal.ending() is not None
        assert encode(again.events) == encode(play.events)
        assert again.ending == ending


@pytest.mark.parametrize("name", BEATS)
def test_the_phone_and_the_debrief_take_every_play(name: str) -> None:
    for ending, inputs in ways(name).items():
        play = Play.replay(beat(name), 1, inputs, "Alex")
        phone = play.phone()
        assert phone.clock == play.clock
        look_back = build(play)
        assert look_back.ending == ending
        assert sum(1 for moment in look_back.moments if moment.decision >= 0) >= 1
        for dial in look_back.dials:
            assert dial.value == play.dials[dial.name] == sum(reason.changes[dial.name] for reason in dial.reasons)


# 1-B6 to B8: leaving, expiry, tombstone


def test_after_leaving_messages_are_only_missed() -> None:
    play = played("leave-expiry", "photo: leave-it", "corridor: silence", "jo-asks: route")
    left = next(index for index, event in enumerate(play.events) if isinstance(event, ev.Left))
    after = play.events[left:]
    assert not [event for event in after if isinstance(event, ev.MessageShown) and event.place == "team"]
    missed = of(play, ev.Missed)
    assert [(event.id, event.text, event.why) for event in missed] == [("angel", "what photo? 😇", "left")]
    assert missed[0].at == at(6, "13:00"), "when it was said, though nobody was there to read it"
    assert "what-photo" not in scenes(play)
    assert said(play, "jo-asks")[:3] == [
        "was that Mrs P's flat?? my aunt's on that landing",
        "You scroll up to look. There is nothing to look at.",
        "You cannot scroll up. You left.",
    ], "what was there before leaving went with the timer"
    view = play.phone().places["team"]
    assert view.left
    assert view.members == 40
    assert view.entries[-1].text == "You left"
    assert play.ending == "left"


def test_who_left_has_their_missed_messages_in_the_debrief_only() -> None:
    play = played("leave-expiry", "photo: leave-it", "corridor: silence", "jo-asks: route")
    missed = [line.text for moment in build(play).moments for line in moment.missed]
    assert missed == ["what photo? 😇"]
    assert all(entry.text != "what photo? 😇" for view in play.phone().places.values() for entry in view.entries)


def test_the_disappearing_photo_goes_a_day_after_it_was_sent() -> None:
    play = played("leave-expiry", "photo: leave-it", "corridor: silence")
    photo = shown(play, "photo")
    assert photo.at == at(6, "04:15")
    assert photo.expires == at(7, "04:15")
    (expired,) = of(play, ev.Expired)
    assert (expired.message, expired.at) == ("photo", at(7, "04:15"))
    entry = play.phone().places["team"].find("photo")
    assert entry is not None
    assert (entry.state, entry.reactions) == ("expired", [])
    note = [line.note for moment in build(play).moments for line in moment.lines if line.text.startswith("A cluttered room")]
    assert note == ["expired"]


def test_a_deleted_photo_leaves_a_tombstone_and_does_not_expire_as_well() -> None:
    play = played("leave-expiry", "photo: take-down", "what-photo: silence", "jo-asks: silence")
    assert [(event.message, event.name) for event in of(play, ev.Deleted)] == [("photo", "Col")]
    assert of(play, ev.Expired)  # the player's own line in a group with a timer goes like any other
    assert "photo" not in {event.message for event in of(play, ev.Expired)}
    entry = play.phone().places["team"].find("photo")
    assert entry is not None
    assert (entry.state, entry.deleted_by) == ("deleted", "Col")
    assert "You scroll up to look. There is nothing to look at." in said(play, "jo-asks")


def test_a_cropped_photo_shows_its_new_description() -> None:
    play = played("leave-expiry", "photo: crop")
    (edited,) = of(play, ev.Edited)
    assert edited.how == "cropped"
    entry = play.phone().places["team"].find("photo")
    assert entry is not None
    assert entry.edited == "cropped"
    assert entry.text.startswith("The same room and the same boxes")


def test_skipping_tells_the_one_line_and_goes_on() -> None:
    play = played("leave-expiry", "photo: (skip)")
    (skipped,) = of(play, ev.Skipped)
    assert skipped.told.startswith("A photo from a welfare check")
    assert play.offer is not None
    assert play.offer.scene == "what-photo", "the corridor asks for something that was done"


# 3-B6: the board


def board_cards(*taps: str) -> Play:
    return played("board", f"switches: pick {', '.join(taps)}".rstrip(), "mum: like")


def test_the_board_counts_the_cards_in_sight() -> None:
    play = board_cards("friends", "covers")
    assert play.offer is not None
    assert [card.id for card in play.offer.cards] == ["bea-post", "kit-post", "run-map", "five-a-side"]
    assert [card.owner for card in play.offer.cards] == ["Bea", "Kit", "", ""]
    assert play.values[play.story.var_index["clues"]] == 4
    play = played("board", "switches: pick friends, ends", "mum: call")
    assert play.offer is not None
    assert [card.id for card in play.offer.cards] == ["kit-post", "gate", "five-a-side"]
    assert play.values[play.story.var_index["clues"]] == 3


def test_only_a_card_that_tells_it_answers_a_question() -> None:
    play = board_cards()
    play.take(parse_input("the-flip: link where=kit-post, when=gate, who=run-map"))
    assert play.values[play.story.var_index["answered"]] == 2
    assert play.ending == "found"
    play = board_cards()
    play.take(parse_input("the-flip: link where=gate, when=gate, who=gate"))
    assert play.values[play.story.var_index["answered"]] == 0
    assert play.ending == "loose-ends"
    play = board_cards()
    play.take(parse_input("the-flip: link"))
    assert play.values[play.story.var_index["answered"]] == 0
    taken = of(play, ev.DecisionTaken)[-1]
    assert (taken.label, taken.labels) == ("That is all there is", ())


def test_the_edited_post_says_less() -> None:
    play = played("board", "switches: pick", "mum: call")
    entry = play.phone().places["bea-page"].find("proud")
    assert entry is not None
    assert (entry.text, entry.edited, entry.likes) == ("So proud of my Robin today 🎉", "edited", 61)


# 5-B9: the promise


def test_a_promise_that_nothing_prevents_is_kept_when_due() -> None:
    play = played("promise", "what-now: after", "saturday: no-delete", "gym: silence")
    (pending,) = of(play, ev.ConsequencePending)
    assert (pending.promise, pending.due) == (True, at(4, "20:00"))
    (due,) = of(play, ev.ConsequenceDue)
    assert (due.scene, due.prevented, due.promise, due.at) == ("sent-late", False, True, at(4, "20:00"))
    late = next(event for event in of(play, ev.DialsChanged) if event.source == "sent-late")
    assert late.late == 80
    assert late.changes == {"people": 160, "own": 160, "team": -100}, "the good counts four fifths, the harm all"
    assert play.ending == "kept-faith"


def test_a_promise_is_overtaken_by_what_happened_meanwhile() -> None:
    play = played("promise", "what-now: after", "saturday: silence", "gym: tell-her-how")
    (due,) = of(play, ev.ConsequenceDue)
    assert (due.scene, due.prevented) == ("overtaken-scene", True)
    assert "sent-late" not in scenes(play)
    assert play.ending == "overtaken"
    (motion,) = [motion for moment in build(play).moments for motion in moment.motions]
    assert (motion.came, motion.title, motion.promise) == ("otherwise", "Somebody was quicker", True)


def test_without_the_promise_nothing_is_due() -> None:
    play = played("promise", "what-now: silence", "saturday: silence", "gym: silence")
    assert of(play, ev.ConsequencePending) == of(play, ev.ConsequenceDue) == []
    assert play.ending == "waited"


# 7-B7: ordered pieces


@pytest.mark.parametrize(
    ("pieces", "sources"),
    [
        ("what, age, wrong", {"what", "wrong", "age-first"}),
        ("what, wrong, age", {"what", "wrong", "age-after"}),
        ("age", {"age-first", "nothing-said"}),
        ("", {"nothing-said"}),
        ("wrong, what, next-step", {"wrong", "what", "next-step"}),
    ],
)
def test_rules_judge_the_order_of_the_pieces(pieces: str, sources: set[str]) -> None:
    play = played("pieces", "deadline: mine", f"statement: pick {pieces}".rstrip())
    reasons = {
        event.source.removeprefix("statement.") for event in of(play, ev.DialsChanged) if event.source != "deadline.mine"
    }
    assert reasons == sources


def test_pieces_are_sent_in_their_order() -> None:
    play = played("pieces", "deadline: mine", "statement: pick next-step, what")
    post = shown(play, "statement.pick")
    assert post.kind == "post"
    assert post.place == "page"
    assert post.text == "What I will do next, and when\nWhat I wrote, without repeating it"
    taken = of(play, ev.DecisionTaken)[-1]
    assert taken.picks == ("next-step", "what")
    assert taken.labels == ("What I will do next, and when", "What I wrote, without repeating it")


def test_more_than_three_pieces_do_not_fit() -> None:
    play = played("pieces", "deadline: (lapse)")
    assert of(play, ev.DecisionTaken)[0].how == "lapse"
    before = encode(play.events)
    with pytest.raises(ValueError, match="more than 3"):
        play.take(Input("statement", "pick", picks=("what", "age", "wrong", "since")))
    assert encode(play.events) == before


# 8-B5: somebody else's phone


def test_another_phone_is_read_and_asks_nothing() -> None:
    play = played("other-phone", "tap: like", "inbox: tell-truth")
    assert "Nadia" in {view.phone for view in play.phone().places.values()}
    moments = {moment.scene: moment for moment in build(play).moments}
    assert moments["sisters"].phone == "Nadia"
    assert moments["sisters"].decision == -1
    assert moments["tap"].phone is None
    assert "look what our officer likes" in said(play, "sisters")
    ended = [event.scene for event in of(play, ev.SceneEnded)]
    assert ended == ["sisters", "the-form"], "a front end waits here for the reader"
    other = played("other-phone", "tap: silence", "inbox: promise-answer")
    assert "look what our officer likes" not in said(other, "sisters")
    assert other.ending == "door"


def test_nothing_can_be_decided_on_another_phone() -> None:
    story = beat("other-phone")
    theirs = {place.id for place in story.places.values() if place.phone}
    assert theirs == {"nadia-dm", "nadia-form"}
    assert not [scene.id for scene in story.scenes.values() if scene.decides and scene.place in theirs]


# 9-B3: members


def test_removing_people_shrinks_the_group_and_its_audience() -> None:
    play = played("members", "admin: silence", "purge: pick take-sunny, take-pizza, take-tiger")
    assert play.offer is not None
    keep_quiet = next(option for option in play.offer.options if option.id == "keep-quiet")
    assert keep_quiet.audience == "139 people in this group, and twelve who no longer work here", (
        "143, Raju and three more gone"
    )
    view = play.phone().places["hub"]
    assert view.members == 139
    assert {person.name for person in view.people}.isdisjoint({"Raju", "Sunny", "Pizza", "Tiger 🐯"})
    assert [event.by for event in of(play, ev.Left)] == [None, "you", "you", "you"]
    assert "me. everybody out by the east door. counting heads" not in said(play, "fire")
    play.take(parse_input("fire: add-back"))
    view = play.phone().places["hub"]
    assert view.members == 140
    assert [person.name for person in view.people].count("Tiger 🐯") == 1
    assert [entry.text for entry in view.entries if entry.kind == "notice"][-1] == "You added Tiger 🐯"


def test_who_was_removed_says_goodbye_in_the_reckoning() -> None:
    play = played("members", "admin: silence", "purge: pick take-pizza", "fire: silence")
    assert scenes(play)[-1] == "goodbye"
    assert next(event for event in of(play, ev.TimePassed) if event.after_end).words == "1 hour"
    stayed = played("members", "admin: silence", "purge: pick take-sunny", "fire: silence")
    assert "goodbye" not in scenes(stayed)
    assert of(stayed, ev.ConsequenceDue)[-1].prevented


def test_roses_are_safe_once_it_was_announced() -> None:
    play = played("members", "admin: announce")
    assert play.offer is not None
    roses = next(option for option in play.offer.options if option.id == "take-shinde")
    assert not roses.available
    assert roses.why_not == "You have just told everybody you would only take out leavers."


# 10-B7: routes, one after another


def test_routes_come_back_to_the_same_decision_and_each_is_there_once() -> None:
    play = played("routes")
    offered: list[list[str]] = []
    for choice in ("line", "staff"):
        assert play.offer is not None
        offered.append([option.id for option in play.offer.options if option.available])
        play.take(Input("which-door", choice=choice))
    assert play.offer is not None
    last = {option.id: option.available for option in play.offer.options}
    assert set(offered[0]) == {"line", "speak-up", "staff", "newspaper", "silence"}
    assert set(offered[1]) == {"speak-up", "staff", "enough", "silence"}, "the paper is shut once it is reported"
    assert last == {"speak-up": True, "newspaper": False, "enough": True, "silence": True}
    assert play.clock == at(1, "10:30"), "twenty minutes and ten"
    assert play.offer.at == play.clock
    assert scenes(play) == ["which-door"]


def test_a_route_that_takes_weeks_looks_at_what_happened_since() -> None:
    heard = played("routes", "which-door: speak-up", "which-door: enough", "tuesday: stand")
    assert of(heard, ev.ConsequenceDue)[0].scene == "guardian-rings"
    assert of(heard, ev.ConsequenceDue)[0].at == at(22, "10:00"), (
        "three weeks after the choice, not after the half hour it took"
    )
    stopped = played("routes", "which-door: newspaper", "which-door: speak-up", "which-door: enough", "tuesday: stand")
    assert of(stopped, ev.ConsequenceDue)[0].scene == "guardian-stops"
    assert stopped.ending == "public"


# 11-B5: owning up, in order


def test_the_order_of_owning_up_counts() -> None:
    first = played("own-up", "scroll-back: now", "tell-it: pick tired, what")
    after = played("own-up", "scroll-back: now", "tell-it: pick what, tired")
    assert "tell-it.excuse-first" in {event.source for event in of(first, ev.DialsChanged)}
    assert "tell-it.context" in {event.source for event in of(after, ev.DialsChanged)}
    assert after.dials["own"] - first.dials["own"] == 200


def test_what_is_left_out_is_found_or_was_said_in_time() -> None:
    hidden = played("own-up", "scroll-back: now", "tell-it: pick what", "cora: all")
    assert hidden.ending == "hidden"
    assert "Your name is on a line that your form does not mention." in said(hidden, "audit")
    added = played("own-up", "scroll-back: now", "tell-it: pick what", "cora: add")
    assert added.ending == "hours"
    assert "As you said. Closed." in said(added, "audit")
    late = next(event for event in of(added, ev.DialsChanged) if event.source == "cora.add")
    assert (late.late, late.changes) == (80, {"own": 160, "trust": 80})
    due = of(added, ev.ConsequenceDue)[-1]
    assert (due.id, due.prevented) == ("tell-it.left-out>audit", True)
    assert not [event for event in of(added, ev.DialsChanged) if event.source == due.id], "the price was for what stays hidden"


def test_an_old_message_of_ones_own_can_be_deleted() -> None:
    play = played("own-up", "scroll-back: clear-first")
    entry = play.phone().places["football"].find("screen")
    assert entry is not None
    assert (entry.past, entry.state, entry.deleted_by) == (True, "deleted", "You")
    assert entry.at == at(-1, "23:47")


# 12-B4: undone in part


@pytest.mark.parametrize(
    ("lines", "percent", "people"),
    [
        (("it-is-out: down-now",), 100, 200),
        (("it-is-out: silence", "morning: down-late"), 80, 160),
        (("it-is-out: silence", "morning: silence", "three-weeks: down-at-last"), 50, 100),
    ],
)
def test_taking_it_down_late_counts_less(lines: tuple[str, ...], percent: int, people: int) -> None:
    play = played("partial-undo", "furious: thread", *lines)
    change = of(play, ev.DialsChanged)[-1]
    assert change.late == percent
    assert change.changes["people"] == people
    assert [event.message for event in of(play, ev.Deleted)] == ["own-thread"]


def test_what_was_undone_cannot_be_undone_again() -> None:
    play = played("partial-undo", "furious: thread", "it-is-out: down-now")
    assert play.offer is not None
    again = next(option for option in play.offer.options if option.id == "down-late")
    assert (again.available, again.why_not) == (False, "There is nothing left to take down.")
    play.take(parse_input("morning: answer"))
    assert play.ending == "half"
    assert played("partial-undo", "furious: portal", "it-is-out: ask-ines", "morning: silence").ending == "her-say"
