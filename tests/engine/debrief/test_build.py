"""Looking back at a play: who moved which dial, what was set in motion, and what could not be seen at the time."""

from __future__ import annotations

import pytest

from engine.debrief import build, dial_labels, shown_points
from engine.debrief.model import Debrief, Moment
from engine.play import events as ev
from engine.play.inputs import Input
from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from tests.engine.base import story_of
from tests.engine.play.stage import DAY, HOUR, NINE, play, stage

STORY = """
  one:
    title: The first
    in: team
    script: |
      Col [quip]: a joke
    dials: {own: -1}
    because: You were there.
    choices:
      look: {look: yes, label: Look around, script: "> Nine people."}
      ring:
        label: Ring Jo
        stay: yes
        dials: {team: +1}
        because: She picked up.
        thought: She is up anyway.
      write:
        label: Write to Col
        stay: yes
        takes: 1 hour
        dials: {team: -1, trust: +1}
        because: He read it.
        later: [{after: 1 day, scene: answer}]
      say:
        label: Say it in the group
        send: Not for me.
        thought: Somebody has to.
        dials: {people: +2}
        because: It was heard.
        set: {days: 2}
        later:
          - {after: 2 days, scene: thanks, dials: {own: +1}, because: It came back.}
          - {after: 3 days, scene: grudge, if: days > 4}
          - {after: 4 days, scene: quarrel, if: days > 4, otherwise: peace, promise: yes}
          - {after: 400 days, scene: long-after}
      shut: {label: Not now, if: days > 4, else: Too early.}
      silence: {thought: Not my place.}
    next: two
  two:
    title: The second
    when: day 6, 09:00
    in: page
    pick:
      ask: Two of them.
      from:
        a: {label: The a, thought: A is good., dials: {own: +1}, because: A helped.}
        b: {label: The b, dials: {own: -1}, because: B did not.}
        c: {label: The c}
      rules:
        both: {if: two.a and two.b, dials: {security: -2}, because: Both at once.}
    next: three
  three:
    title: The third
    in: team
    script: |
      Col: well
    skip: You look away.
    choices:
      b: {label: B}
      silence: {}
    next: end
  answer: {title: An answer, in: jo-dm, script: "Jo: he is hurt"}
  thanks: {title: Thanks, in: jo-dm, script: "Jo: thank you", dials: {team: +1}, because: You read it twice.}
  grudge: {title: A grudge, in: team, script: "Col: you again"}
  quarrel: {title: A quarrel, in: team, script: "Col: outside, now"}
  peace: {title: Peace, in: team, script: "Col: fair enough"}
  long-after: {title: Long after, in: room, script: "Jo: do you remember"}
reckoning:
  years: {after: 4 years, scene: long-after, dials: {trust: +3}, because: Years on.}
"""
TAIL = """
endings:
  good: {title: "Good, {you}", if: people >= 2, epilogue: It was heard., support: yes}
  other: {title: Other, epilogue: Nothing.}
codas:
  x: {text: "A biscuit, {you}."}
debrief:
  questions: ["When was it cheapest, {you}?", "And for whom?"]
  cheapest: one
  cheapest-because: "Nobody but {col} had to hear it."
  unseen:
    one: Meanwhile {jo} was asleep.
    peace: Col had asked somebody.
"""


def look_back(*lines: str) -> Debrief:
    return build(play(stage(STORY, endings=TAIL), *lines))


def moment(debrief: Debrief, scene: str) -> Moment:
    (found,) = [one for one in debrief.moments if one.scene == scene]
    return found


FULL = ("one: look", "one: ring", "one: write", "one: say", "two: pick b, a", "three: silence")


def test_the_head() -> None:
    debrief = look_back(*FULL)
    assert (debrief.scenario, debrief.title, debrief.player, debrief.seed) == ("stage", "A stage", "Alex", 1)
    assert (debrief.ending, debrief.ending_title, debrief.epilogue) == ("good", "Good, Alex", "It was heard.")
    assert (debrief.codas, debrief.support, debrief.support_line) == (("A biscuit, Alex.",), True, "the staff support line")
    assert debrief.questions == ["When was it cheapest, Alex?", "And for whom?"]
    assert (debrief.cheapest, debrief.cheapest_title, debrief.cheapest_because) == (
        "one",
        "The first",
        "Nobody but Col had to hear it.",
    )


def test_without_what_an_author_may_leave_out() -> None:
    debrief = build(play(stage(STORY), *FULL))
    assert (debrief.questions, debrief.cheapest, debrief.cheapest_title) == ([], None, "")
    assert {one.unseen for one in debrief.moments} == {""}


def test_moments_stand_in_the_order_in_which_they_came() -> None:
    debrief = look_back(*FULL)
    assert [one.scene for one in debrief.moments] == [
        "one",
        "answer",
        "thanks",
        "peace",
        "two",
        "three",
        "long-after",
        "long-after",
    ]
    assert [one.consequence for one in debrief.moments] == [False, True, True, True, False, False, True, True]
    assert [one.after_end for one in debrief.moments] == [False] * 6 + [True, True]
    assert [one.made_by for one in debrief.moments] == ["", "one.write", "one.say", "one.say", "", "", "one.say", "reckoning"]
    assert moment(debrief, "one").place == "Team"
    assert moment(debrief, "two").place == "The page"


def test_looks_and_stays_belong_to_their_moment_and_rewinding_takes_what_came_before() -> None:
    debrief = look_back(*FULL)
    assert [(one.scene, one.decision) for one in debrief.decisions()] == [("one", 0), ("two", 4), ("three", 5)]
    one = moment(debrief, "one")
    assert one.taken == ["Look around", "Ring Jo", "Write to Col", "Say it in the group"]
    assert (one.how, one.thought) == ("choose", "Somebody has to.")
    assert set(one.alternatives) == {"Let it scroll by"}, "what was open at the last of them, and was not taken"
    story = stage(STORY, endings=TAIL)
    played = play(story, *FULL)
    for each in debrief.decisions():
        back = played.rewound(each.decision)
        assert back.offer is not None
        assert back.offer.scene == each.scene
        assert not [given for given in back.inputs if given.scene == each.scene]


def test_alternatives_are_what_could_have_been_taken() -> None:
    assert set(moment(look_back("one: silence"), "one").alternatives) == {
        "Look around", "Ring Jo", "Write to Col", "Say it in the group",
    }  # fmt: skip
    assert "Not now" not in moment(look_back("one: silence"), "one").alternatives
    assert moment(look_back(*FULL), "two").alternatives == ["The c"]
    assert moment(look_back("one: look"), "one").alternatives == [], "nothing is decided by a look"
    skipped = moment(look_back("one: silence", "two: pick", "three: (skip)"), "three")
    assert (skipped.how, skipped.taken, set(skipped.alternatives)) == ("skip", ["Skipped"], {"B", "Let it scroll by"})


def test_a_beat_that_was_skipped_is_told_in_its_line() -> None:
    skipped = moment(look_back("one: silence", "two: pick", "three: (skip)"), "three")
    assert [line.text for line in skipped.lines] == ["You look away."]
    read = moment(look_back("one: silence", "two: pick", "three: silence"), "three")
    assert [line.text for line in read.lines] == ["well"], "whoever decided in it has read it"


def test_a_beat_without_a_decision_that_may_be_skipped_is_told_in_its_line() -> None:
    text = STORY.replace('script: "Jo: he is hurt"}', 'script: "Jo: he is hurt", skip: You look away from it.}')
    assert text != STORY
    debrief = build(play(stage(text, endings=TAIL), *FULL))
    assert [line.text for line in moment(debrief, "answer").lines] == ["You look away from it."]


def test_the_transcript_says_what_the_player_saw_and_said() -> None:
    one = moment(look_back(*FULL), "one")
    assert [(line.name, line.text, line.kind, line.own, line.place) for line in one.lines] == [
        ("Col", "a joke", "text", False, "Team"),
        ("", "Nine people.", "prose", False, "Team"),
        ("Alex", "Not for me.", "text", True, "Team"),
    ]
    assert one.at == one.lines[0].at == NINE
    assert one.lines[2].at == NINE + HOUR


def test_each_reason_says_which_decision_it_belongs_to() -> None:
    debrief = look_back(*FULL)
    assert [(reason.because, reason.what, reason.source) for reason in moment(debrief, "one").reasons] == [
        ("You were there.", "The first", "one"),
        ("She picked up.", "Ring Jo", "one.ring"),
        ("He read it.", "Write to Col", "one.write"),
        ("It was heard.", "Say it in the group", "one.say"),
    ]
    assert [(reason.because, reason.what) for reason in moment(debrief, "two").reasons] == [
        ("A helped.", "The a"),
        ("B did not.", "The b"),
        ("Both at once.", "The a, The b"),
    ]


def test_what_came_due_has_reasons_of_its_own() -> None:
    debrief = look_back(*FULL)
    assert moment(debrief, "thanks").reasons == []
    motions = {motion.id: motion for motion in moment(debrief, "one").motions}
    thanks = motions["one.say>thanks"]
    assert [(reason.because, reason.what, reason.changes) for reason in thanks.reasons] == [
        ("It came back.", "Thanks", {"own": 100}),
        ("You read it twice.", "Thanks", {"team": 100}),
    ]
    assert [line.text for line in thanks.lines] == ["thank you"]
    assert [(reason.because, reason.what) for reason in debrief.dials[0].reasons][-1] == ("Years on.", "Long after")


def test_motions_link_a_decision_to_what_came_of_it() -> None:
    debrief = look_back(*FULL)
    motions = {
        motion.id: (motion.came, motion.title, motion.delay, motion.scene, motion.promise)
        for motion in moment(debrief, "one").motions
    }
    assert motions == {
        "one.write>answer": ("came", "An answer", DAY, "answer", False),
        "one.say>thanks": ("came", "Thanks", 2 * DAY, "thanks", False),
        "one.say>grudge": ("prevented", "A grudge", 3 * DAY, None, False),
        "one.say>long-after": ("came", "Long after", 400 * DAY, "long-after", False),
        "one.say>quarrel": ("otherwise", "Peace", 4 * DAY, "peace", True),
    }


def test_what_is_still_to_come_is_pending() -> None:
    debrief = look_back("one: write", "one: say")
    motions = {motion.id: (motion.came, motion.title) for motion in moment(debrief, "one").motions}
    assert motions["one.say>long-after"] == ("pending", "Long after")
    assert motions["one.write>answer"] == ("came", "An answer")
    assert debrief.ending is None
    assert (debrief.ending_title, debrief.epilogue, debrief.codas) == ("", "", ())


def test_the_same_consequence_twice_is_told_twice() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      a: {label: A, stay: yes, later: [{after: 1 day, scene: call}]}
      b: {label: B, stay: yes, later: [{after: 2 days, scene: call}]}
      silence: {}
    next: end
  call: {title: A call, in: room, script: "Jo: hello", later: [{after: 10 days, scene: after-call}]}
  after-call: {title: After the call, in: room, script: "Jo: so"}
"""
    )
    debrief = build(play(story, "one: a", "one: b", "one: silence"))
    assert [one.scene for one in debrief.moments] == ["one", "call", "call", "after-call", "after-call"]
    first, second = (one for one in debrief.moments if one.scene == "call")
    assert [motion.due for motion in first.motions + second.motions] == [NINE + 11 * DAY, NINE + 12 * DAY]
    assert {motion.came for motion in first.motions + second.motions} == {"came"}
    assert [one.made_by for one in debrief.moments][1:] == ["one.a", "one.b", "call", "call"]


def test_dials_are_the_sum_of_their_reasons() -> None:
    debrief = look_back(*FULL)
    assert [dial.name for dial in debrief.dials] == list(dial_labels()) == ["trust", "team", "people", "own", "security"]
    assert {dial.name: (dial.value, dial.shown) for dial in debrief.dials} == {
        "trust": (400, 4), "team": (100, 1), "people": (200, 2), "own": (0, 0), "security": (-200, -2),
    }  # fmt: skip
    for dial in debrief.dials:
        assert dial.label == dial_labels()[dial.name]
        assert dial.value == sum(reason.changes[dial.name] for reason in dial.reasons)
        assert [reason.at for reason in dial.reasons] == sorted(reason.at for reason in dial.reasons)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, 0), (49, 0), (50, 1), (149, 1), (150, 2), (-49, 0), (-50, -1), (-149, -1), (-150, -2), (999, 10), (1000, 10), (1050, 10),
        (9999, 10), (-950, -10), (-9999, -10),
    ],
)  # fmt: skip
def test_dials_are_shown_in_whole_points_within_ten(value: int, shown: int) -> None:
    assert shown_points(value) == shown


def test_a_late_report_says_its_percent() -> None:
    story = stage(
        "  one:\n    in: team\n    choices:\n      late: {label: L, late: 3 weeks, dials: {own: +3, team: -1}, because: Late.}\n"
        "      silence: {}\n    next: end\n"
    )
    (reason,) = moment(build(play(story, "one: late")), "one").reasons
    assert (reason.late, reason.changes) == (50, {"own": 150, "team": -100})
    assert [dial.shown for dial in build(play(story, "one: late")).dials if dial.name == "own"] == [2]


def test_what_could_not_be_seen_stands_beside_its_scene() -> None:
    debrief = look_back(*FULL)
    assert moment(debrief, "one").unseen == "Meanwhile Jo was asleep."
    assert moment(debrief, "peace").unseen == "Col had asked somebody."


def test_drafts_taken_back_are_mentioned_where_they_were_written() -> None:
    played = play(stage(STORY, endings=TAIL))
    played.note_draft("say")
    played.note_draft("say", "Or perhaps")
    played.take(Input("one", choice="silence"))
    played.note_draft("", "A thought")
    debrief = build(played)
    assert moment(debrief, "one").drafts == ["Not for me.", "Or perhaps"]
    assert moment(debrief, "two").drafts == ["A thought"]
    assert debrief.second_thoughts == 3


def test_what_happened_to_a_line_is_noted() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      Col [a]: one
      Col [b] (forwarded, expires 1 hour): two
      Col [c]: three
      Col [d] (expires 1 hour): four
      Col [e] (forwarded): five
      * Col edits a: one more
      * Col deletes c
      * d is cropped: less
      * Jo deletes old
      ... 2 hours
      * Col changes the name: The new name
      Col: six
    choices:
      silence: {}
    next: end
""",
        place=', past: "Jo [old]: long ago"',
    )
    debrief = build(play(story, "one: silence"))
    lines = moment(debrief, "one").lines
    assert [(line.text, line.note) for line in lines] == [
        ("one", "edited"), ("two", "expired"), ("three", "deleted"), ("four", "expired"), ("five", "forwarded"), ("six", ""),
    ]  # fmt: skip
    assert [line.place for line in lines] == ["Team"] * 5 + ["The new name"]
    assert "long ago" not in [line.text for line in lines], "what was there before is not part of the play"


def test_what_was_missed_is_told_at_last() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      leave: {label: Leave, do: leave team, script: "Col: and off they go"}
      silence: {}
    next: two
  two:
    when: day 2, 10:00
    in: team
    script: |
      Col: talking about you
      > Nothing to see.
    next: three
  three:
    when: day 3, 10:00
    in: room
    choices:
      silence: {}
    next: end
"""
    )
    debrief = build(play(story, "one: leave", "three: silence"))
    assert [(line.text, line.at, line.name, line.place) for one in debrief.moments for line in one.missed] == [
        ("and off they go", NINE, "Col", "Team"),
        ("talking about you", DAY + 10 * HOUR, "Col", "Team"),
    ]
    assert [line.text for one in debrief.moments for line in one.lines] == []


def test_what_was_missed_before_the_first_scene_is_told_as_well() -> None:
    story = stage(
        "  one:\n    in: team\n    script: |\n      Col: are we alone\n    next: two\n"
        "  two:\n    in: room\n    choices:\n      silence: {}\n    next: end\n",
        place=', past: "* Col removes you"',
    )
    first, *_rest = build(play(story)).moments
    assert (first.scene, [line.text for line in first.missed]) == ("", ["are we alone"])


def test_another_phone_is_named() -> None:
    story = story_of(("  thaw:\n    in: team", "  thaw:\n    in: theirs"))
    played = play(story, "meme: speak", "several: pick", "wall: link where=post", "last: bye")
    debrief = build(played)
    assert moment(debrief, "thaw").phone == "Sgt Alder"
    assert moment(debrief, "wall").phone is None
    assert (moment(debrief, "wall").how, moment(debrief, "wall").taken) == ("link", ["Where? A post"])


def test_a_lapse_is_a_decision_too() -> None:
    played = play(story_of(), "meme: (lapse)")
    meme = moment(build(played), "meme")
    assert (meme.how, meme.taken, meme.thought) == ("lapse", ["Let it scroll by"], "Not my place.")


def test_a_debrief_can_be_built_before_anything_was_decided() -> None:
    debrief = look_back()
    assert [one.scene for one in debrief.moments] == ["one"]
    assert debrief.decisions() == []
    assert debrief.second_thoughts == 0


def test_scenes_in_which_nothing_was_said_are_left_out() -> None:
    story = stage(
        "  quiet:\n    in: team\n    next: one\n  one:\n    in: team\n    choices:\n      silence: {}\n    next: end\n"
    )
    assert [one.scene for one in build(play(story, "one: silence")).moments] == ["one"]


def test_building_it_changes_nothing() -> None:
    played = play(stage(STORY, endings=TAIL), *FULL)
    before = (list(played.events), played.state)
    assert build(played) == build(played)
    assert (played.events, played.state) == before
    assert isinstance(played, Play)
    assert isinstance(played.events[-1], ev.EndingReached)


UNREAD = """\
seenby: 1
id: unread
title: Unread
minutes: 2
begins: Monday 09:00
cast: {col: {name: Col}, dev: {name: Dev}}
places:
  team: {group: Team, members: 9, with: [col, dev]}
  other: {group: Other, members: 3, with: [col]}
  dev-dm: {dm: dev}
  hall: {in-person: The hall}
  hers: {dm: dev, phone: col}
scenes:
  one:
    in: team
    script: |
      Col: Hello.
    choices:
      ask:
        to: dev-dm
        send: Are you there?
        script: |
          in dev-dm:
          Dev: I am.
          in other:
          Col: Anybody?
          Col: Nobody, then.
      silence: {}
    next: read
  read:
    in: hall
    script: |
      Col: Morning.
      in hers:
      Dev: Nobody answers me.
      in team:
      Col: Who has the keys?
    next: two
  two: {in: hall, choices: {nod: {label: Nod}, silence: {}}, next: three}
  three: {in: hall, choices: {nod: {label: Nod}, silence: {}}, next: end}
endings: {over: {title: Over, epilogue: It is over.}}
"""


@pytest.mark.parametrize(("first", "waiting"), [("ask", [("Other", 2), ("Team", 1)]), ("silence", [("Team", 1)])])
def test_what_came_in_unread_is_told_at_the_next_decision_and_once(first: str, waiting: list[tuple[str, int]]) -> None:
    story = compile_story(read(UNREAD.encode(), "unread.yaml"))
    play = Play.replay(story, 1, [Input("one", choice=first), Input("two", choice="nod"), Input("three", choice="nod")])
    told = {moment.scene: moment.waiting for moment in build(play).moments if moment.decision >= 0}
    # What was said to the player's face, what they wrote to and had answered, and what is on another phone is not waiting.
    assert told == {"one": [], "two": waiting, "three": []}
