"""What a room wants by its votes, what is missing, what moved; who decided; where a telling stops."""

from __future__ import annotations

import pytest

from engine.debrief import build
from engine.play.events import Left, MessageShown, SceneCut, Skipped, TimePassed
from engine.play.inputs import Input
from engine.room.ballot import Ballot, Missing, outcome
from engine.room.inputs import MOST_HANDS, Clock, Decide, Go, Hands, Page, Setup, Skip, Tell, Turn, Undo, Vote, table
from engine.room.recap import compare, other_roads, road, to_come
from engine.room.rehearse import drawn_choice, drawn_votes
from engine.room.room import NotNow, Room
from engine.room.steps import back, onward, skipping
from tests.engine.play.stage import stage

ONE = """
  joke:
    in: team
    discuss: Who could have stopped it?
    skip: You look away.
    limit: {seconds: 60}
    script: |
      Col [quip]: a joke
      Jo reacts 😂 to quip
      Jo: ha
    choices:
      speak: {label: Say no, thought: "Somebody goes first.", send: "No."}
      laugh: {label: Laugh, react: 😂, on: quip}
      gone: {label: Ask for it, if: days > 3, else: Nobody has it.}
      look: {label: Who is here, look: yes}
      silence: {thought: Not my place.}
    next: later
  later:
    when: +2 days
    in: team
    script: |
      Col: tea
    choices:
      tea: {label: Tea}
      silence: {}
    next: end
"""
SEVERAL = """
  taps:
    in: team
    pick:
      ask: Some taps.
      least: 0
      most: {most}
      ordered: {ordered}
      from:
        one: {{label: One}}
        two: {{label: Two}}
        three: {{label: Three, cost: 2}}
        four: {{label: Four}}
    next: end
"""
BOARD = """
  wall:
    in: room
    board:
      ask: Who is it?
      cards:
        post: {text: A post, tells: [where]}
        photo: {text: A photo, tells: [when]}
      questions:
        where: {ask: Where?}
        when: {ask: When?}
    next: end
"""


def room(scenes: str, **setup: object) -> Room:
    """A room at its first question."""
    found = Room(stage(scenes), Setup(**{"seed": 1, **setup}))  # type: ignore[arg-type]
    found.apply(Tell(99))
    found.apply(Turn("first"))
    return found


def several(most: int = 2, ordered: str = "no", **setup: object) -> Room:
    return room(SEVERAL.format(most=most, ordered=ordered), **setup)


def hands(found: Room, round_: int = 1, **counts: int) -> Room:
    for item, count in counts.items():
        found.apply(Hands(item, count, round_))
    return found


def test_most_hands_decide_and_a_tie_asks():
    found = hands(room(ONE), speak=3, laugh=3, silence=1)
    assert (found.outcome().why, found.outcome().input) == ("tie", None)
    assert set(found.outcome().tied) == {"speak", "laugh"}
    found.apply(Hands("laugh", 2))
    assert found.outcome().input == Input("joke", choice="speak")
    assert room(ONE).outcome().why == "nobody"


def test_nothing_is_shown_until_all_are_in():
    found = hands(room(ONE, size=10), speak=3, laugh=3)
    assert found.split is None
    assert found.missing().hands == 4
    with pytest.raises(NotNow, match="4 hands are missing"):
        found.apply(Turn("reveal"))
    hands(found, silence=5)
    with pytest.raises(NotNow, match="1 hand more than there are people"):
        found.apply(Turn("reveal"))
    with pytest.raises(NotNow, match="First show how the room voted"):
        found.apply(Turn("talk"))
    with pytest.raises(NotNow, match="First show how the room voted"):
        found.apply(Turn("shift"))
    hands(found, silence=4)
    assert not found.missing()
    found.apply(Turn("reveal"))
    assert found.split is not None
    assert {row.key: row.first for row in found.split.rows} == {"speak": 3, "laugh": 3, "gone": 0, "look": 0, "silence": 4}
    assert found.split.most() == 4


def test_without_a_size_each_option_wants_a_count():
    found = hands(room(ONE), speak=3, laugh=0, look=0)
    assert found.missing() == Missing(items=("silence",))
    with pytest.raises(NotNow, match="Nobody has counted yet: "):
        found.apply(Turn("reveal"))
    found.apply(Hands("look", None))
    with pytest.raises(NotNow, match="2 counts are missing"):
        found.apply(Turn("reveal"))
    found.apply(Turn("reveal", anyway=True))
    assert found.split is not None
    with pytest.raises(NotNow, match="Nothing is counted yet"):
        room(ONE).apply(Turn("reveal", anyway=True))


def test_tables_say_what_they_want_and_who_moved_is_seen():
    found = room(ONE, tables=3)
    found.apply(Vote(table("A"), ("speak",)))
    with pytest.raises(NotNow, match="Tables B and C have not said yet"):
        found.apply(Turn("reveal"))
    found.apply(Vote("table-b", ("laugh",)))
    with pytest.raises(NotNow, match="Table C has not said yet"):
        found.apply(Turn("reveal"))
    found.apply(Vote("table-c", ("laugh",)))
    found.apply(Turn("reveal"))
    found.apply(Turn("talk"))
    found.apply(Turn("second"))
    for voter, choice in (("table-a", "speak"), ("table-b", "speak"), ("table-c", "laugh")):
        found.apply(Vote(voter, (choice,), 2))
    assert found.split is not None
    assert not found.split.moves  # not before all are in and it is shown
    found.apply(Turn("shift"))
    assert [(move.voter, move.first, move.second) for move in found.split.moves] == [("table-b", ("laugh",), ("speak",))]
    rows = {row.key: row for row in found.split.rows}
    assert (rows["speak"].first, rows["speak"].second, rows["speak"].change) == (1, 2, 1)
    assert rows["laugh"].voters == ("table-b", "table-c")
    assert rows["laugh"].voters_second == ("table-c",)
    assert found.outcome().input == Input("joke", choice="speak")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (Vote("table-d", ("speak",)), "no table D"),
        (Vote("Kit Marlow", ("speak",)), "is no voter"),
        (Vote("table-a", ("speak", "laugh")), "One choice"),
        (Vote("table-a", ("speak", "speak")), "twice"),
        (Vote("table-a", ("gone",)), "Nobody has it"),
        (Vote("table-a", ("sing",)), "not on offer"),
        (Vote("table-a", ("speak",), 2), "not open"),
        (Hands("sing", 1), "not on offer"),
        (Hands("gone", 1), "Nobody has it"),
        (Hands("speak", MOST_HANDS + 1), "from 0 to"),
        (Hands("speak", 1, 3), "not open"),
        (Turn("ended"), "nothing to turn to"),
        (Page(1), "not over yet"),
        (Go(7), "has not been there"),
        (Decide(Input("joke", choice="sing")), "not on offer"),
        (Decide(Input("later", choice="tea")), "is not on"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(given, reason):
    found = room(ONE, tables=3)
    before = found.state
    with pytest.raises(NotNow, match=reason):
        found.apply(given)
    assert found.state == before


def test_the_second_vote_goes_before_the_first():
    found = hands(room(ONE), speak=1, laugh=5)
    found.apply(Turn("reveal", anyway=True))
    found.apply(Turn("second"))
    hands(found, 2, speak=4, laugh=2)
    assert found.outcome().input == Input("joke", choice="laugh")
    found.apply(Turn("shift", anyway=True))
    found.apply(Decide(found.outcome().input))  # type: ignore[arg-type]
    assert [(visit.by, visit.decided) for visit in found.state.visits[:1]] == [("room", Input("joke", choice="speak"))]


@pytest.mark.parametrize(
    ("counts", "taken", "by"),
    [
        ({"speak": 2, "laugh": 1}, Input("joke", choice="speak"), "room"),
        ({"speak": 2, "laugh": 1}, Input("joke", choice="laugh"), "facilitator"),
        ({"speak": 2, "laugh": 2}, Input("joke", choice="laugh"), "tie"),
        ({"speak": 2, "laugh": 2}, Input("joke", choice="silence"), "facilitator"),
        ({"speak": 2}, Input("joke", "lapse"), "lapse"),
        ({"speak": 2}, Input("joke", "skip"), "skip"),
        ({}, Input("joke", choice="look"), "facilitator"),
    ],
)
def test_who_decided_is_kept(counts, taken, by):
    found = hands(room(ONE), **counts)
    if counts:
        found.apply(Turn("reveal", anyway=True))
    found.apply(Decide(taken))
    assert found.state.visits[0].by == by
    assert found.play.inputs == [taken]
    assert found.phase in ("telling", "ask")


def said(found: Room) -> list[str]:
    """What the room has been told so far, in words."""
    return [event.text for event in found.told_events if isinstance(event, MessageShown)]


def test_a_decision_is_skipped_before_or_while_it_is_told():
    for told in (0, 1, 2):
        found = Room(stage(ONE), Setup(1))
        found.apply(Tell(told))
        assert skipping(found) == Decide(Input("joke", "skip"))
        with pytest.raises(NotNow, match="nothing to decide"):
            found.apply(Decide(Input("joke", choice="speak")))
        found.apply(Decide(Input("joke", "skip")))
        assert found.stops[0].kind == "line"
        found.apply(Tell(99))
        assert said(found) == [*["a joke"][:told], "tea"]
        assert skipping(found) is None
        # Whoever goes back hears it after all.
        found.apply(Go(0))
        assert said(found) == ["a joke", "ha"]
        assert skipping(found) == Decide(Input("joke", "skip"))
    late = Room(
        stage("  before:\n    in: team\n    script: |\n      Jo: first\n      Jo: second\n    next: joke" + ONE), Setup(1)
    )
    assert skipping(late) is None
    with pytest.raises(NotNow, match="nothing to decide"):
        late.apply(Decide(Input("joke", "skip")))


READING = """
  photo:
    in: team
    skip: You do not look.
    script: |
      Col [pic] (picture): something bad
      Jo reacts 😂 to pic
      * Jo leaves
    next: after
  after:
    in: team
    script: |
      Col: sorry
    choices:
      go: {label: Go}
      silence: {}
    next: end
"""


def test_what_is_only_read_can_be_passed_over():
    found = Room(stage(READING), Setup(1))
    assert skipping(found) == Skip("photo")
    with pytest.raises(NotNow, match="cannot be skipped"):
        found.apply(Skip("after"))
    found.apply(Skip("photo"))
    assert (found.phase, found.state.told, [stop.kind for stop in found.stops]) == ("telling", 1, ["line", "message"])
    assert [event.told for event in found.fresh if isinstance(event, Skipped)] == ["You do not look."]
    assert any(isinstance(event, Left) for event in found.told_events)
    with pytest.raises(NotNow, match="nothing to skip"):
        found.apply(Skip("photo"))
    found.apply(Tell(99))
    assert said(found) == ["sorry"]
    assert Room.replay(stage(READING), Setup(1), found.inputs).told_events == found.told_events
    found.apply(Decide(Input("after", choice="go")))
    found.apply(Tell(99))
    assert said(found) == ["sorry"]
    found.apply(Undo())
    found.apply(Undo())
    found.apply(Undo())
    found.apply(Undo())
    assert (found.state.told, len(found.stops)) == (0, 3)
    found.apply(Tell(1))
    found.apply(Skip("photo"))
    found.apply(Tell(99))
    assert said(found) == ["something bad", "sorry"]
    alone = Room(stage(READING.replace("    next: after", "    next: end")[: READING.index("  after:") - 2]), Setup(1))
    alone.apply(Skip("photo"))
    assert [stop.kind for stop in alone.stops] == ["line", "end"]


def test_looking_back_gives_the_words_to_a_room_that_heard_them_and_the_line_to_one_that_did_not():
    for passes, told in ((False, "something bad"), (True, "You do not look.")):
        found = Room(stage(READING), Setup(1))
        if passes:
            found.apply(Skip("photo"))
        assert build(found.as_read()).moments[0].lines[0].text == "You do not look.", "nothing of what has not been told"
        found.apply(Tell(99))
        found.apply(Decide(Input("after", choice="go")))
        found.apply(Tell(99))
        assert found.phase == "ended"
        moment = next(one for one in build(found.as_read()).moments if one.scene == "photo")
        assert moment.lines[0].text == told
        assert found.as_read().ending == found.play.ending
        assert found.as_read().inputs == found.play.inputs


def test_pieces_go_in_by_hands_as_far_as_the_cap_goes():
    found = hands(several(2), one=5, two=4, four=3)
    assert found.outcome().input == Input("taps", "pick", picks=("one", "two"))
    hands(found, four=4)
    tie = found.outcome()
    assert (tie.why, tie.sure, set(tie.tied), tie.room) == ("tie", ("one",), {"two", "four"}, 1)
    # What costs more than is left is passed over; what fits is in.
    assert hands(several(2), one=5, three=4, four=3).outcome().sure == ("one", "four")
    assert hands(several(2), one=5, three=4, four=4).outcome().sure == ("one", "four")


def test_without_a_cap_more_than_half_of_the_room_decides():
    found = hands(several(5, size=10), one=6, two=5, three=4, four=0)
    tie = found.outcome()
    assert (tie.why, tie.sure, tie.tied) == ("tie", ("one",), ("two",))
    assert hands(several(5, size=10), one=6, two=2, three=0, four=0).outcome().sure == ("one",)
    none = several(5, tables=2)
    none.apply(Vote("table-a", ()))
    none.apply(Vote("table-b", ()))
    assert none.outcome().input == Input("taps", "pick")
    assert several(5).outcome().why == "nobody"


def test_an_order_is_by_votes_then_by_places_and_a_tie_asks():
    found = several(3, "yes", tables=3)
    found.apply(Vote("table-a", ("two", "one")))
    found.apply(Vote("table-b", ("two", "one")))
    assert found.outcome().input == Input("taps", "pick", picks=("two", "one"))
    found.apply(Vote("table-a", ("one", "two")))
    tie = found.outcome()
    assert (tie.why, set(tie.tied)) == ("tie", {"one", "two"})
    found.apply(Vote("table-c", ("four",)))
    found.apply(Turn("reveal"))
    found.apply(Decide(Input("taps", "pick", picks=("one", "two", "four"))))
    assert found.state.visits[0].by == "tie"


def test_too_many_pieces_are_no_vote():
    found = several(2, tables=2)
    with pytest.raises(NotNow, match="more than 2"):
        found.apply(Vote("table-a", ("three", "one")))
    least = room(
        SEVERAL.format(most=2, ordered="no")
        .replace("least: 0", "least: 2")
        .replace("    pick:", "    no-silence: They wait.\n    pick:"),
        tables=2,
    )
    with pytest.raises(NotNow, match="at least 2"):
        least.apply(Vote("table-a", ("one",)))
    least.apply(Vote("table-a", ("one", "two")))
    hands(several(2, size=3), one=3, two=3, three=0, four=0).apply(Turn("reveal"))
    with pytest.raises(NotNow, match="1 hand more"):
        hands(several(2, size=3), one=4, two=3, three=0, four=0).apply(Turn("reveal"))


def test_a_board_is_a_vote_for_each_question():
    found = room(BOARD, tables=2)
    found.apply(Vote("table-a", ("where=post", "when=")))
    assert found.question is not None
    assert [item.number for item in found.question.groups[0].items] == [1, 2, 0]
    assert found.outcome().input == Input("wall", "link", picks=("where=post",))
    with pytest.raises(NotNow, match="One card for each question"):
        found.apply(Vote("table-b", ("where=post", "where=photo")))
    found.apply(Vote("table-b", ("where=photo", "when=photo")))
    assert set(found.outcome().tied) == {"where=post", "where=photo", "when=", "when=photo"}
    found.apply(Turn("reveal"))
    found.apply(Decide(Input("wall", "link", picks=("where=post",))))
    assert found.state.visits[0].by == "tie"
    assert found.question is None or found.phase == "ended"
    counted = room(BOARD, size=4)
    hands(counted, **{"where=post": 4, "where=photo": 0, "where=": 0, "when=photo": 2})
    assert counted.missing().hands == 2
    with pytest.raises(NotNow, match="2 hands are missing"):
        counted.apply(Turn("reveal"))


def test_going_back_keeps_the_votes_and_grows_a_road():
    found = hands(room(ONE), speak=3, laugh=1)
    found.apply(Turn("reveal", anyway=True))
    found.apply(Decide(Input("joke", choice="speak")))
    assert back(found) == Go(0, keep=True)
    found.apply(Go(0, keep=True))
    assert found.phase == "first"
    assert found.ballot().counted("speak") == 3
    hands(found, laugh=7)
    found.apply(Turn("reveal", anyway=True))
    found.apply(Decide(Input("joke", choice="laugh")))
    assert [visit.first.counted("laugh") for visit in found.state.visits[:2]] == [1, 7]
    fork = compare(found, found.state.node, other_roads(found)[0])
    mine, theirs = fork.parted
    assert mine is not None
    assert theirs is not None
    assert (fork.same, mine.words, theirs.words) == ((), "Laugh", "Say no")
    assert mine.discuss == ""
    # The road that was left is there to go on with.
    found.apply(Go(1))
    assert found.play.inputs == [Input("joke", choice="speak")]
    step = road(found).steps[0]
    assert step.split is not None
    assert {row.key: row.first for row in step.split.rows}["laugh"] == 1


def test_a_telling_stops_at_messages_changes_and_leaps():
    found = Room(stage(ONE), Setup(1))
    assert [stop.kind for stop in found.stops] == ["message", "change", "message"]
    assert list(found.fresh) == []
    found.apply(Tell(1))
    assert [event.text for event in found.fresh if isinstance(event, MessageShown)] == ["a joke"]
    assert to_come(found) == ("joke",)
    found.apply(Tell(99))
    found.apply(Decide(Input("joke", choice="speak")))
    assert [stop.kind for stop in found.stops] == ["message", "time", "message"]
    found.apply(Tell(2))
    assert isinstance(found.fresh[-1], TimePassed)
    assert found.told_events[-1] == found.fresh[-1]
    assert to_come(found) == ("later",)


def test_what_is_left_out_is_told_in_a_line():
    scenes = ONE.replace("  later:\n", "  later:\n    optional: They had tea.\n")
    found = Room(stage(scenes), Setup(1, cut=("later",)))
    found.apply(Tell(99))
    found.apply(Decide(Input("joke", choice="speak")))
    assert [stop.kind for stop in found.stops] == ["message", "line", "end"]
    assert any(isinstance(event, SceneCut) for event in found.play.events)
    with pytest.raises(ValueError, match="may be left out"):
        Room(stage(ONE), Setup(1, cut=("later",)))


def test_prompts_are_the_authors_or_fit_everywhere():
    found = room(ONE)
    assert found.discuss == "Who could have stopped it?"
    found.apply(Decide(Input("joke", choice="speak")))
    found.apply(Tell(99))
    assert "decent person" in found.discuss
    assert "leave out" in several().discuss
    assert "know before" in room(BOARD).discuss
    found.apply(Decide(Input("later", choice="tea")))
    found.apply(Tell(99))
    assert (found.phase, found.discuss, found.outcome().why, found.missing()) == ("ended", "", "nobody", Missing())
    with pytest.raises(NotNow, match="nothing to decide"):
        found.apply(Decide(Input("later", choice="tea")))
    with pytest.raises(NotNow, match="nothing to vote on"):
        found.apply(Turn("first"))
    assert onward(found) == (Page(1),)
    found.apply(Page(1))
    assert back(found) == Page(0)


def test_a_countdown_runs_by_the_clock_of_whoever_started_it():
    found = room(ONE)
    found.apply(Clock(60.0, True, 1000.0))
    countdown = found.state.countdown
    assert countdown is not None
    assert [countdown.at(now) for now in (990.0, 1000.0, 1030.0, 1090.0)] == [60.0, 60.0, 30.0, 0.0]
    found.apply(Clock(30.0, False, 1030.0))
    found.apply(Undo())
    assert found.state.countdown is not None
    assert found.state.countdown.at(9999.0) == 30.0
    found.apply(Clock())
    assert found.state.countdown is None


def test_keys_wait_for_the_facilitator_unless_it_is_a_rehearsal():
    found = room(ONE, tables=2)
    assert onward(found) == ()
    found.apply(Vote("table-a", ("speak",)))
    found.apply(Vote("table-b", ("laugh",)))
    found.apply(*onward(found))
    found.apply(*onward(found))
    found.apply(*onward(found))
    assert (found.phase, onward(found)) == ("decide", ())
    drawn = drawn_choice(found)
    assert drawn is not None
    assert drawn.choice in ("speak", "laugh")


def test_drawn_votes_are_the_same_for_the_same_seed():
    one, other, third = (drawn_votes(room(ONE, seed=seed, size=40)) for seed in (1, 1, 2))
    assert one == other != third
    assert sum(vote.count or 0 for vote in one if isinstance(vote, Hands)) == 40
    ballot = Ballot().with_vote("table-a", ("one", "two"))
    found = several(2)
    assert found.question is not None
    assert outcome(found.question, ballot, found.setup).sure == ("one", "two")


def test_one_key_back_shows_what_was_shown_before():
    found = room(ONE, tables=2, rehearsal=True)
    phases = []
    while found.phase != "telling":
        phases.append(found.phase)
        for one in onward(found):
            found.apply(one)
    assert [*dict.fromkeys(phases)] == ["first", "reveal", "talk", "second", "shift", "decide"]
    found.apply(Undo())
    gone = []
    while found.phase != "telling":
        gone.append(found.phase)
        before = back(found)
        assert before is not None
        found.apply(before)
    assert gone == ["decide", "shift", "second", "talk", "reveal", "first", "ask"]


def test_the_player_has_a_name_only_where_the_story_says_one():
    named = ONE.replace("Jo: ha", "Jo: ha, {you}")
    one, again, other = (Room(stage(named), Setup(seed)) for seed in (1, 1, 2))
    assert one.name is not None
    assert one.name == again.name != other.name
    one.apply(Tell(99))
    assert said(one)[-1] == f"ha, {one.name}"
    one.apply(Decide(Input("joke", choice="speak")))
    assert road(one).steps[0].words == "Say no"
    assert Room(stage(ONE), Setup(1)).name is None
