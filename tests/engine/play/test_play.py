"""How a play goes: what is offered and refused, what comes when, and how it ends."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.play import events as ev
from engine.play.events import encode
from engine.play.inputs import Input
from engine.play.offer import shuffled
from engine.play.play import NotPossible, Play
from engine.play.stepper import Stepper
from engine.play.world import World
from engine.text import MASK_CLOSE, MASK_OPEN
from tests.engine.base import story_of
from tests.engine.play.stage import DAY, HOUR, MINUTE, NINE, of, play, stage

ONE = """
  one:
    in: team
    script: |
      Col [quip]: a joke
    choices:
      say: {label: Say it, send: "Not for me, {col}.", set: {spoke: yes}}
      silence: {}
    next: NEXT
"""


def scenes(played: Play) -> list[str]:
    return [event.scene for event in of(played, ev.SceneBegan)]


def offered(played: Play) -> dict[str, ev.Option]:
    assert played.offer is not None
    return {option.id: option for option in played.offer.options}


# Offers


def test_a_play_begins_with_its_head_and_runs_to_the_first_decision() -> None:
    played = play(stage(ONE.replace("NEXT", "end")), seed=9)
    first, *_rest, last = played.events
    assert first == ev.PlayBegan(at=NINE, scenario="stage", title="A stage", seed=9)
    assert last is played.offer
    assert not played.ended
    assert played.ending is None
    assert played.inputs == []


def test_an_offer_says_what_would_be_sent_and_to_whom() -> None:
    say = offered(play(stage(ONE.replace("NEXT", "end"))))["say"]
    assert say.send == "Not for me, Col."
    assert say.audience == "9 people in this group, and whoever they show it to"
    assert (say.available, say.look, say.stay, say.action) == (True, False, False, "reply")


@pytest.mark.parametrize(
    ("to", "audience"),
    [
        ("team", "9 people in this group, and whoever they show it to"),
        ("jo-dm", "Jo, and whoever they show it to"),
        ("page", "100 followers, and anyone they share it with"),
        ("inbox", "those it is addressed to, and whoever they show it to"),
        ("room", "whoever is in earshot"),
    ],
)
def test_audiences(to: str, audience: str) -> None:
    story = stage(ONE.replace("NEXT", "end").replace("send:", f"to: {to}, send:"))
    assert offered(play(story))["say"].audience == audience


def test_a_feed_that_nobody_follows_is_not_said_to_have_none() -> None:
    story = stage(ONE.replace("NEXT", "end").replace("send:", "to: page, send:"))
    story.places["page"].members = 0
    assert offered(play(story))["say"].audience == "anyone who looks"


def test_an_audience_in_words_of_the_author() -> None:
    story = stage(ONE.replace("NEXT", "end"), place=', audience: "and {jo}"')
    assert offered(play(story))["say"].audience == "9 people in this group, and Jo"


def test_options_are_shuffled_by_the_seed_and_silence_stands_last() -> None:
    choices = "".join(f"      c{number}: {{label: L{number}}}\n" for number in range(5))
    story = stage(f"  one:\n    in: team\n    choices:\n      silence: {{}}\n{choices}    next: end\n")
    orders = {tuple(offered(play(story, seed=seed))) for seed in range(12)}
    assert len(orders) > 6
    assert all(order[-1] == "silence" for order in orders)
    assert list(offered(play(story, seed=3))) == list(offered(play(story, seed=3)))
    assert sorted(shuffled(["a", "b", "c"], 1, "x")) == ["a", "b", "c"]


def test_a_silence_of_another_name_is_known_by_its_action() -> None:
    story = stage(
        "  one:\n    in: team\n    choices:\n      go-home: {label: Go home, action: wait}\n      b: {label: B}\n    next: end\n"
    )
    played = play(story)
    assert played.offer is not None
    assert played.offer.silence == "go-home"
    story = stage(
        '  one:\n    in: team\n    no-silence: "{col} looks at you."\n    choices:\n      b: {label: B}\n    next: end\n'
    )
    played = play(story)
    assert played.offer is not None
    assert (played.offer.silence, played.offer.no_silence) == (None, "Col looks at you.")


def test_reasons_for_what_cannot_be_done_now() -> None:
    story = stage("  one:\n    in: team\n    not-now: {forward: Not now.}\n    choices:\n      silence: {}\n    next: end\n")
    offer = play(story).offer
    assert offer is not None
    assert offer.not_now == {"forward": "Not now."}


def test_what_does_not_hold_is_hidden_or_shown_with_its_reason() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      hidden: {label: H, if: days > 0}
      shut: {label: S, if: days > 0, else: Too early.}
      silence: {}
    next: end
"""
    )
    played = play(story)
    assert "hidden" not in offered(played)
    assert (offered(played)["shut"].available, offered(played)["shut"].why_not) == (False, "Too early.")
    with pytest.raises(NotPossible, match=r"Too early\."):
        played.take(Input("one", choice="shut"))
    with pytest.raises(NotPossible, match="'hidden' is not on offer here"):
        played.take(Input("one", choice="hidden"))


def test_plays_of_one_story_do_not_share_their_offers() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      up: {label: Up, stay: yes, set: {days: 3}}
      down: {label: Down, if: days = 0, else: Up first.}
      silence: {}
    next: end
"""
    )
    fresh, used = play(story), play(story, "one: up")
    assert offered(used)["down"].available is False
    assert "up" not in offered(used)
    assert offered(fresh)["down"].available is True
    assert "up" in offered(play(story))


def test_a_message_that_is_gone_cannot_be_acted_on() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      Col [quip] (expires 1 hour): a joke
    choices:
      on-it: {label: Ask Col to take it down, on: quip}
      pass-on: {label: Show Jo, forward: quip, to: jo-dm}
      wait: {label: Wait two hours, stay: yes, takes: 2 hours}
      silence: {}
    next: end
"""
    )
    played = play(story)
    assert offered(played)["on-it"].available
    played = play(story, "one: wait")
    (expired,) = of(played, ev.Expired)
    assert expired.at == NINE + HOUR
    assert played.clock == NINE + 2 * HOUR
    for gone in ("on-it", "pass-on"):
        assert (offered(played)[gone].available, offered(played)[gone].why_not) == (False, "That message is gone.")
        with pytest.raises(NotPossible, match="That message is gone"):
            played.take(Input("one", choice=gone))


def test_nothing_can_be_sent_to_where_one_has_left() -> None:
    story = stage(
        """
  one:
    in: room
    choices:
      leave: {label: Leave, do: leave team, stay: yes}
      say: {label: Say it there, to: team, send: Bye all.}
      silence: {}
    next: two
  two:
    in: team
    choices:
      go: {label: Leave, do: leave team, stay: yes}
      say: {label: Say it here, send: Bye all.}
      silence: {}
    next: end
"""
    )
    assert offered(play(story))["say"].available
    played = play(story, "one: leave")
    assert (offered(played)["say"].available, offered(played)["say"].why_not) == (False, "You are not in there any more.")
    played = play(story, "one: silence", "two: go")
    assert not offered(played)["say"].available


# What is refused


REFUSED = [
    ("meme", [], Input("several", "pick"), "'several' is not on; 'meme' is"),
    ("meme", [], Input("meme", choice="nothing"), "'nothing' is not on offer here"),
    ("meme", [], Input("meme", "pick", picks=("speak",)), "One choice is wanted here"),
    ("meme", [], Input("meme", "link"), "One choice is wanted here"),
    ("meme", [], Input("meme", "skip"), "This scene cannot be skipped"),
    ("several", ["meme: silence"], Input("several", choice="one"), "Several are to be picked here"),
    ("several", ["meme: silence"], Input("several", "lapse"), "Several are to be picked here"),
    ("several", ["meme: silence"], Input("several", "pick", picks=("one", "one")), "Something is picked twice"),
    ("several", ["meme: silence"], Input("several", "pick", picks=("two",)), "'two' is not on offer here"),
    ("several", ["meme: silence"], Input("several", "pick", picks=("four",)), "'four' is not on offer here"),
    ("several", ["meme: speak"], Input("several", "pick", picks=("one", "two", "three")), "That is more than 2"),
    ("wall", ["meme: silence", "several: pick"], Input("wall", choice="post"), "Cards are to be pinned here"),
    ("wall", ["meme: silence", "several: pick"], Input("wall", "link", picks=("where=map",)), "'where=map' is not on offer"),
    ("wall", ["meme: silence", "several: pick"], Input("wall", "link", picks=("why=post",)), "'why=post' is not on offer"),
    ("wall", ["meme: silence", "several: pick"], Input("wall", "link", picks=("where=post", "where=post")), "not on offer"),
    ("wall", ["meme: silence", "several: pick"], Input("wall", "link", picks=("where",)), "'where' is not on offer"),
    ("last", ["meme: silence", "several: pick", "wall: link"], Input("last", "lapse"), "There is no time limit here"),
    ("(end)", ["meme: silence", "several: pick", "wall: link", "last: bye"], Input("last", choice="bye"), "The story is over"),
]


@pytest.mark.parametrize(
    ("scene", "lines", "given", "reason"), REFUSED, ids=lambda one: str(one) if isinstance(one, Input) else None
)
def test_what_is_not_possible_says_why_and_changes_nothing(scene: str, lines: list[str], given: Input, reason: str) -> None:
    played = play(story_of(), *lines)
    assert played.scene == scene
    before = (
        encode(played.events),
        played.state,
        list(played.inputs),
        played.offer,
        played.picked,
        played.linked,
        played.ending,
    )
    with pytest.raises(NotPossible, match=reason) as caught:
        played.take(given)
    assert caught.value.index == -1
    assert caught.value.input == given
    assert caught.value.reason == str(caught.value)
    assert before == (
        encode(played.events),
        played.state,
        played.inputs,
        played.offer,
        played.picked,
        played.linked,
        played.ending,
    )


def test_at_least_so_many_must_be_picked() -> None:
    story = story_of(
        ("      most: 2\n", "      least: 1\n      most: 2\n"), ("    pick:\n", "    no-silence: No.\n    pick:\n")
    )
    with pytest.raises(NotPossible, match="Pick at least 1"):
        play(story, "meme: silence").take(Input("several", "pick"))


def test_a_replay_says_which_input_does_not_fit() -> None:
    inputs = [Input("meme", choice="silence"), Input("several", "pick", picks=("two",)), Input("wall", "link")]
    with pytest.raises(NotPossible, match="'two' is not on offer") as caught:
        Play.replay(story_of(), 1, inputs)
    assert (caught.value.index, caught.value.input) == (1, inputs[1])


def test_the_stepper_refuses_what_is_not_on_offer() -> None:
    stepper = Stepper(story_of())
    state = stepper.start()
    for wrong in (Input("meme", choice="nothing"), Input("several", "pick"), "meme.nothing"):
        with pytest.raises(KeyError, match="not on offer"):
            stepper.step(state, wrong)


def test_where_the_order_does_not_count_the_same_pieces_are_the_same_decision() -> None:
    story = story_of(("      ordered: yes\n", ""))
    one = play(story, "meme: silence", "several: pick three, one")
    other = play(story, "meme: silence", "several: pick one, three")
    assert encode(one.events) == encode(other.events)
    taken = of(one, ev.DecisionTaken)[-1]
    assert (taken.picks, taken.labels) == (("one", "three"), ("The one", "The three"))


def test_links_are_kept_in_the_order_of_the_questions() -> None:
    story = story_of()
    one = play(story, "meme: speak", "several: pick", "wall: link when=map, where = post")
    other = play(story, "meme: speak", "several: pick", "wall: link where=post, when=map")
    assert encode(one.events) == encode(other.events)
    taken = of(one, ev.DecisionTaken)[-1]
    assert taken.picks == ("where=post", "when=map")
    assert taken.labels == ("Where? A post", "When? A map")


# Drafts and rewinding


def test_a_draft_taken_back_changes_nothing_else() -> None:
    story = stage(ONE.replace("NEXT", "end"))
    plain, second = play(story), play(story)
    note = second.note_draft("say")
    assert note == ev.DraftTakenBack(at=NINE, scene="one", choice="say", text="Not for me, Col.")
    assert second.note_draft("say", "Something else").text == "Something else"  # type: ignore[attr-defined]
    assert second.note_draft("silence").text == ""  # type: ignore[attr-defined]
    assert (second.state, second.offer, second.inputs) == (plain.state, plain.offer, plain.inputs)
    for each in (plain, second):
        each.take(Input("one", choice="say"))
    assert second.state == plain.state
    assert [event for event in second.events if not isinstance(event, ev.DraftTakenBack)] == plain.events
    assert second.note_draft("say").scene == "(end)"  # type: ignore[attr-defined]


def test_a_draft_of_a_pick_is_what_the_pick_sends() -> None:
    story = story_of(("ask: Two of them.", "ask: Two of them.\n      send: All of it."))
    assert play(story, "meme: silence").note_draft("").text == "All of it."  # type: ignore[attr-defined]


def test_rewinding_is_a_new_play_with_fewer_inputs() -> None:
    played = play(story_of(), "meme: speak", "several: pick one", "wall: link")
    back = played.rewound(1)
    assert back.inputs == played.inputs[:1]
    assert len(played.inputs) == 3
    assert (back.seed, back.name, back.words) == (played.seed, played.name, played.words)
    assert encode(played.events).startswith(encode(back.events))


# Time


def test_a_moment_that_is_past_does_not_turn_the_clock_back() -> None:
    story = stage(
        """
  one:
    when: day 2, 10:00
    in: team
    next: two
  two:
    when: day 1, 10:00
    in: team
    next: three
  three:
    when: +20 minutes
    in: team
    script: |
      ... day 1, 08:00
      Col: hm
      ... day 2, 11:00
      Col: hm
    next: end
"""
    )
    played = play(story)
    assert [(event.scene, event.at) for event in of(played, ev.SceneBegan)] == [
        ("one", DAY + 10 * HOUR),
        ("two", DAY + 10 * HOUR),
        ("three", DAY + 10 * HOUR + 20 * MINUTE),
    ]
    assert [event.seconds for event in of(played, ev.Breath)] == [0, 40 * MINUTE]
    assert played.clock == DAY + 11 * HOUR
    passed = of(played, ev.TimePassed)
    assert [(event.since, event.at, event.words, event.after_end) for event in passed] == [
        (NINE, DAY + 10 * HOUR, "1 day", False),
        (DAY + 10 * HOUR, DAY + 10 * HOUR + 20 * MINUTE, "20 minutes", False),
    ]


def test_a_time_of_day_is_the_last_time_that_it_was_so_late() -> None:
    story = stage(
        """
  one:
    when: day 3, 00:10
    in: team
    script: |
      Col (at 00:05): just now
      Col (at 23:50): before midnight
      Col (at day 1, 12:00): long ago
      Col (archived): an old one
    choices:
      silence: {}
    next: end
"""
    )
    shown = of(play(story), ev.MessageShown)
    assert [event.at for event in shown] == [
        2 * DAY + 5 * MINUTE,
        DAY + 23 * HOUR + 50 * MINUTE,
        12 * HOUR,
        2 * DAY + 10 * MINUTE,
    ]
    assert [event.past for event in shown] == [False, False, False, True]


def test_a_scene_in_a_muted_place_is_seen_later() -> None:
    story = stage(
        """
  one:
    in: room
    choices:
      mute: {label: Mute it, do: mute team 2 hours}
      silence: {}
    next: two
  two:
    when: +10 minutes
    in: team
    script: |
      Col: anyone
    choices:
      unmute: {label: Unmute, do: unmute team}
      silence: {}
    next: three
  three:
    when: +10 minutes
    in: team
    choices:
      silence: {if: muted team}
      other: {label: O}
    no-silence: No.
    next: end
"""
    )
    played = play(story, "one: mute")
    assert played.clock == NINE + 10 * MINUTE + 2 * HOUR
    (late,) = of(played, ev.SeenLate)
    assert (late.place, late.seconds, late.at) == ("team", 2 * HOUR, played.clock)
    order = [type(event).__name__ for event in played.events[-5:]]
    assert order == ["TimePassed", "SeenLate", "SceneBegan", "MessageShown", "DecisionOffered"]
    assert [(event.place, event.seconds) for event in of(played, ev.Muted)] == [("team", 2 * HOUR)]
    still = play(story, "one: mute", "two: silence")
    assert still.clock == played.clock + 10 * MINUTE + 2 * HOUR
    assert "silence" in offered(still)
    loud = play(story, "one: mute", "two: unmute")
    assert loud.clock == played.clock + 10 * MINUTE
    assert len(of(loud, ev.SeenLate)) == 1
    assert "silence" not in offered(loud)
    assert play(story, "one: silence").clock == NINE + 10 * MINUTE


def test_a_message_goes_in_the_middle_of_a_scene() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      * Col turns on disappearing messages: 1 hour
      Col [quip]: a joke
      ... 30 minutes
      {if not gone quip} > It is still there.
      ... 30 minutes
      {if gone quip} > It is gone.
      Jo: what was it
    choices:
      silence: {}
    next: end
"""
    )
    played = play(story)
    words = [event.text for event in of(played, ev.MessageShown)]
    assert words == ["a joke", "It is still there.", "It is gone.", "what was it"]
    kinds = [type(event).__name__ for event in played.events]
    assert kinds.index("Expired") == kinds.index("Breath", kinds.index("Breath") + 1) + 1, (
        "right after the wait in which it went"
    )
    assert of(played, ev.Expired)[0].at == NINE + HOUR


def test_messages_of_the_past_go_too_and_the_past_counts() -> None:
    past = """, timer: 24 hours, past: "... day 0, 08:30
          \\n* Col deletes gone-one\\nCol [old]: long ago\\n... day 0, 22:00\\nCol [new]: last night\\n* Jo leaves" """
    scenes = """
  one:
    in: team
    script: |
      Jo [gone-one]: x
      {if seen old and gone old and not gone new} > As it should be.
      ... 14 hours
      {if gone new} > Gone by now.
    choices:
      silence: {if: jo in team}
    no-silence: No.
    next: end
"""
    story = stage(
        scenes.replace("silence: {if: jo in team}", "silence: {}").replace("no-silence: No.\n    ", ""), place=past.strip()
    )
    played = play(story)
    assert [event.text for event in of(played, ev.MessageShown) if event.kind == "prose"] == [
        "As it should be.",
        "Gone by now.",
    ]
    assert [(event.message, event.at) for event in of(played, ev.Expired)] == [
        ("old", 8 * HOUR + 30 * MINUTE),
        ("new", 22 * HOUR),
    ]
    assert [event.at for event in of(played, ev.MessageShown) if event.past] == [8 * HOUR + 30 * MINUTE - DAY, 22 * HOUR - DAY]
    (left,) = of(played, ev.Left)
    assert left.past
    view = played.phone().places["team"]
    assert (view.members, [person.id for person in view.people]) == (9, ["col", "jo"]), (
        "`with` and `members` say who is in it now"
    )


def test_a_past_without_a_moment_leads_up_to_the_beginning() -> None:
    past = ', past: "Col: first\\n... 2 hours\\nCol: second\\n... 30 minutes\\nCol: third"'
    story = stage("  one:\n    in: team\n    choices:\n      silence: {}\n    next: end\n", place=past)
    shown = of(play(story), ev.MessageShown)
    assert [event.at for event in shown] == [NINE - 150 * MINUTE, NINE - 30 * MINUTE, NINE]
    dated = ', past: "Col: first\\n... 2 hours\\nCol: second\\n... day 0, 10:00\\nCol: third\\n... 3 days\\nCol: fourth"'
    story = stage("  one:\n    in: team\n    choices:\n      silence: {}\n    next: end\n", place=dated)
    shown = of(play(story), ev.MessageShown)
    ten = 10 * HOUR - DAY
    assert [event.at for event in shown] == [ten - 2 * HOUR, ten, ten, NINE], "and no line of it is later than the beginning"
    assert not of(play(story), ev.Breath)


def test_the_past_knows_conditions_and_who_was_removed() -> None:
    past = ', past: "{if days = 0} Col: yes\\n{if days > 0} Col: no\\n* Col removes you"'
    story = stage(
        "  one:\n    in: room\n    script: |\n      {if left team} > You are out.\n      in team:\n      Col [m]: unheard\n"
        "      * Col adds you\n      Col: heard\n    choices:\n      silence: {}\n    next: end\n",
        place=past,
    )
    played = play(story)
    assert [event.text for event in of(played, ev.MessageShown)] == ["yes", "You are out.", "heard"]
    assert [(event.text, event.why) for event in of(played, ev.Missed)] == [("unheard", "removed")]
    view = played.phone().places["team"]
    assert (view.left, view.members) == (False, 10)


# Consequences


DUE = """
  one:
    in: team
    choices:
      all:
        label: All
        later:
          - {after: 2 days, scene: second}
          - {after: 1 day, scene: first, set: {days: +1}, dials: {own: -1}, because: It came.}
          - {after: 2 days, scene: third}
          - {after: 1 hour, scene: never, if: days > 3}
          - {after: 90 days, scene: much-later, if: days = 1, otherwise: other}
      silence: {}
    next: two
  two:
    when: day 4, 09:00
    in: team
    choices:
      silence: {}
    next: end
  first: {in: team, script: "Col: first"}
  second: {in: team, script: "Col: second"}
  third: {in: team, script: "Col: third"}
  never: {in: team, script: "Col: never"}
  much-later: {in: team, script: "Col: much later"}
  other: {in: team, script: "Col: other"}
  in-the-end: {in: team, script: "Col: in the end"}
  at-the-same-time: {in: team, script: "Col: at the same time"}
reckoning:
  b: {after: 4 years, scene: in-the-end}
  a: {after: 1 year, scene: at-the-same-time, set: {days: 5}, dials: {own: +2}, because: A year on.}
  c: {after: 1 year, scene: other, if: days = 5}
"""


def test_consequences_come_by_the_clock_and_together_as_declared() -> None:
    played = play(stage(DUE), "one: all", "two: silence")
    assert scenes(played) == ["one", "first", "second", "third", "two", "much-later", "at-the-same-time", "other", "in-the-end"]
    due = {event.id: event for event in of(played, ev.ConsequenceDue)}
    assert due["one.all>first"].at == NINE + DAY
    assert due["one.all>second"].at == due["one.all>third"].at == NINE + 2 * DAY
    assert due["one.all>never"].prevented
    assert due["one.all>never"].scene is None
    assert of(played, ev.ConsequenceDue)[0].id == "one.all>never"
    assert due["reckoning>a"].made_by == "reckoning"
    assert due["reckoning>c"].prevented is False, "what came before it counts"
    pending = {event.id: event.due for event in of(played, ev.ConsequencePending)}
    assert pending["one.all>much-later"] == NINE + 90 * DAY
    assert len(pending) == 5, "the reckoning is nobody's choice"
    assert played.values[played.story.var_index["days"]] == 5
    assert played.dials["own"] == 100


def test_what_comes_after_the_end_is_marked() -> None:
    played = play(stage(DUE), "one: all", "two: silence")
    assert [event.after_end for event in of(played, ev.TimePassed)] == [False, False, False, True, True, True]
    assert [event.consequence for event in of(played, ev.SceneBegan)] == [
        False,
        True,
        True,
        True,
        False,
        True,
        True,
        True,
        True,
    ]
    ends = [event.scene for event in of(played, ev.SceneEnded)]
    assert ends == [scene for scene in scenes(played) if scene not in ("one", "two")], "a scene that asks ends with the answer"


def test_events_of_a_play_are_in_the_order_of_time() -> None:
    played = play(stage(DUE), "one: all", "two: silence")
    assert all(one.at <= other.at for one, other in pairwise(played.events))


def test_a_consequence_at_a_time_of_day() -> None:
    story = stage(DUE.replace("{after: 1 day, scene: first", '{after: 1 day, at: "08:00", scene: first'))
    due = {event.id: event.at for event in of(play(story, "one: all", "two: silence"), ev.ConsequenceDue)}
    assert due["one.all>first"] == 2 * DAY + 8 * HOUR, "the first eight o'clock after that delay"


def test_delays_count_from_the_choice_not_from_what_it_took() -> None:
    story = stage(
        DUE.replace("        label: All\n", "        label: All\n        takes: 3 hours\n        script: '... 1 hour'\n")
    )
    played = play(story, "one: all")
    assert {event.id: event.due for event in of(played, ev.ConsequencePending)}["one.all>first"] == NINE + DAY
    never = of(played, ev.ConsequenceDue)[0]
    assert (never.id, never.at) == ("one.all>never", NINE + 4 * HOUR), "what was due in the scene comes when it is over"


def test_a_consequence_waits_until_a_scene_is_over() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      a: {label: A, stay: yes, takes: 2 hours, later: [{after: 1 hour, scene: soon}]}
      silence: {}
    next: two
  two:
    in: team
    choices:
      silence: {}
    next: end
  soon: {in: team, script: "Col: soon"}
"""
    )
    played = play(story, "one: a")
    assert scenes(played) == ["one"]
    played = play(story, "one: a", "one: silence")
    assert scenes(played) == ["one", "soon", "two"]


def test_the_reckoning_of_a_consequence_can_bring_another() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      silence: {}
    next: end
  first: {in: team, script: "Col: first", later: [{after: 1 day, scene: second}], set: {days: 1}}
  second: {in: team, script: "Col: second"}
reckoning:
  a: {after: 1 day, scene: first}
"""
    )
    played = play(story, "one: silence")
    assert scenes(played) == ["one", "first", "second"]
    assert of(played, ev.ConsequenceDue)[-1].made_by == "first"


# Endings


def test_the_first_ending_that_holds_and_every_coda() -> None:
    endings = """
endings:
  a: {title: "A for {you}", if: days > 3, epilogue: One.}
  b: {title: B, if: days > 1, epilogue: "Two, {col}.", support: yes}
  c: {title: C, epilogue: Three.}
codas:
  x: {text: "Always, {you}."}
  y: {if: days > 3, text: Much.}
  z: {if: days < 3, text: Little.}
"""
    scenes = """
  one:
    in: team
    choices:
      much: {label: M, set: {days: +9}}
      some: {label: S, set: {days: 2}}
      silence: {set: {days: -1}}
    next: end
"""
    story = stage(scenes, endings=endings)
    ends = {line: of(play(story, f"one: {line}"), ev.EndingReached)[0] for line in ("much", "some", "silence")}
    assert (ends["much"].ending, ends["much"].title, ends["much"].codas) == ("a", "A for Alex", ("Always, Alex.", "Much."))
    assert (ends["some"].ending, ends["some"].epilogue, ends["some"].support) == ("b", "Two, Col.", True)
    assert (ends["silence"].ending, ends["silence"].codas, ends["silence"].support) == (
        "c",
        ("Always, Alex.", "Little."),
        False,
    )


def test_numbers_stay_in_their_bounds_and_dials_have_none() -> None:
    scenes = "".join(
        f"  s{number}:\n    in: team\n    choices:\n      up: {{label: U, set: {{days: +3}}, dials: {{own: +3, team: -3}}, because: B}}\n"
        f"      silence: {{set: {{days: -3}}}}\n    next: {f's{number + 1}' if number < 5 else 'end'}\n"
        for number in range(6)
    )
    story = stage(scenes)
    played = play(story, *(f"s{number}: up" for number in range(6)))
    assert played.values[story.var_index["days"]] == 5
    assert (played.dials["own"], played.dials["team"]) == (1800, -1800)
    assert played.values[story.var_index["days"]] == of(played, ev.FlagSet)[-1].value
    low = play(story, *(f"s{number}: silence" for number in range(6)))
    assert low.values[story.var_index["days"]] == 0


# What is told


def test_scripts_tell_every_kind_of_line() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      Col is typing
      Col stops typing
      Col [a] (picture, forwarded many times, view once): masked: a joke
      Jo (reply to a, edited): no
      Jo (voice note 0:12): says no
      You: hm
      Col and 3 others react 😂 to a
      a read by 7
      ...
      * Jo edits a: another joke
      * Jo changes the name: Team {col}
      * Jo leaves
      * Jo joins
      * Col removes Jo
      * Col adds Jo
      * Col turns on disappearing messages: 1 day
      * Col turns off disappearing messages
      * A notice about {jo}.
      > Prose about {jo}.
      in page:
      Jo [post]: a post
      post gets 4 likes, 2 shares
      Col (on post): a comment
      in inbox:
      Jo (subject: "{col}, again", to: all of {org}): a mail
      in room:
      Jo: speech
      {if days > 3}
      Jo: unsaid
      {else}
      Jo: said
      {end}
    choices:
      silence: {}
    next: end
"""
    )
    told = [event for event in play(story).events[2:-1] if not isinstance(event, ev.SceneBegan)]
    shape = [
        (
            type(event).__name__,
            getattr(event, "kind", ""),
            getattr(event, "text", getattr(event, "name", "")),
            getattr(event, "place", ""),
        )
        for event in told
    ]
    assert shape == [
        ("Typing", "", "Col", "team"),
        ("Typing", "", "Col", "team"),
        ("MessageShown", "picture", f"{MASK_OPEN}a joke{MASK_CLOSE}", "team"),
        ("MessageShown", "text", "no", "team"),
        ("MessageShown", "voice", "says no", "team"),
        ("MessageShown", "text", "hm", "team"),
        ("Reacted", "", "Col", "team"),
        ("ReadBy", "", "", "team"),
        ("Breath", "", "", ""),
        ("Edited", "", "another joke", "team"),
        ("Renamed", "", "Team Col", "team"),
        ("Left", "", "Jo", "team"),
        ("Joined", "", "Jo", "team"),
        ("Left", "", "Jo", "team"),
        ("Joined", "", "Jo", "team"),
        ("TimerSet", "", "Col", "team"),
        ("TimerSet", "", "Col", "team"),
        ("MessageShown", "notice", "A notice about Jo.", "team"),
        ("MessageShown", "prose", "Prose about Jo.", "team"),
        ("MessageShown", "post", "a post", "page"),
        ("Counted", "", "", "page"),
        ("MessageShown", "comment", "a comment", "page"),
        ("MessageShown", "mail", "a mail", "inbox"),
        ("MessageShown", "speech", "speech", "room"),
        ("MessageShown", "speech", "said", "room"),
    ]
    shown = [event for event in told if isinstance(event, ev.MessageShown)]
    assert (shown[0].forwarded, shown[0].view_once, shown[1].reply_to, shown[1].edited, shown[2].length) == (
        2,
        True,
        "a",
        True,
        12,
    )
    assert (shown[3].sender, shown[3].name) == ("you", "Alex")
    mail = next(event for event in shown if event.kind == "mail")
    assert (mail.subject, mail.to) == ("Col, again", "all of our organisation")
    reacted = of(play(story), ev.Reacted)[0]
    assert (reacted.count, reacted.emoji, reacted.message) == (4, "😂", "a")


def test_nothing_is_told_of_messages_that_are_not_there() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      {if days > 0} Col [a]: a joke
      Jo reacts 😂 to a
      a gets 4 likes
      a read by 3
      * Col edits a: another
      * Col deletes a
      Col [b]: here
      * Col deletes b
      Jo reacts 😂 to b
      b read by 4
      * Col edits b: another
      * Col deletes b
    choices:
      silence: {do: delete b}
    next: end
"""
    )
    kinds = [type(event).__name__ for event in play(story, "one: silence").events]
    assert kinds.count("Deleted") == 1
    assert not {"Reacted", "Counted", "ReadBy", "Edited"} & set(kinds)


def test_what_the_player_does_is_told() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      Col [quip] (picture, forwarded): a joke
      * Col turns on disappearing messages: 1 day
    choices:
      laugh: {label: Laugh, react: 😂, on: quip}
      reply: {label: Reply, on: quip, send: No.}
      pass-on: {label: Pass it on, forward: quip, to: jo-dm}
      post: {label: Post, to: page, send: "Look, {col}."}
      comment: {label: Comment, to: page, on: quip, send: Look.}
      mail: {label: Mail, to: inbox, send: Dear all}
      speak: {label: Speak, to: room, send: I say}
      all: {label: All, do: [mute jo-dm 1 hour, unmute jo-dm, remove col from team, add col to team, delete quip, timer team off, leave team]}
      silence: {}
    next: end
"""
    )

    def told(choice: str) -> list[ev.Event]:
        played = play(story, f"one: {choice}")
        taken = next(index for index, event in enumerate(played.events) if isinstance(event, ev.DecisionTaken))
        return played.events[taken + 1 : -1]

    (reacted,) = told("laugh")
    assert isinstance(reacted, ev.Reacted)
    assert (reacted.sender, reacted.name, reacted.emoji, reacted.place) == ("you", "You", "😂", "team")
    for choice, kind, place, expires in (
        ("reply", "text", "team", NINE + DAY), ("post", "post", "page", None), ("comment", "comment", "page", None),
        ("mail", "mail", "inbox", None), ("speak", "speech", "room", None), ("pass-on", "picture", "jo-dm", None),
    ):  # fmt: skip
        (sent,) = told(choice)
        assert isinstance(sent, ev.MessageShown)
        assert (sent.kind, sent.place, sent.sender, sent.name, sent.expires) == (kind, place, "you", "Alex", expires), choice
        assert sent.reply_to == ("quip" if choice == "reply" else None)
        assert sent.on == ("quip" if choice == "comment" else None)
        assert sent.forwarded == (1 if choice == "pass-on" else 0)
    names = [type(event).__name__ for event in told("all")]
    assert names == ["Muted", "Muted", "Left", "Joined", "Deleted", "TimerSet", "Left"]


def test_nobody_goes_twice_and_nobody_comes_twice() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      again: {label: A, stay: yes, do: [remove jo from team, remove jo from team, add jo to team, add jo to team, add col to team]}
      out: {label: O, stay: yes, do: [leave team, leave team]}
      silence: {}
    next: end
"""
    )
    played = play(story, "one: again", "one: out")
    told = [(type(event).__name__, event.who) for event in of(played, ev.Left, ev.Joined)]
    assert told == [("Left", "jo"), ("Joined", "jo"), ("Left", "you")]
    assert played.phone().places["team"].members == 8


def test_what_is_told_where_one_was_removed() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      * Col removes you
      Jo: now that we are alone
      Col reacts 😂 to quip
      > Prose of the room.
    choices:
      silence: {}
    next: two
  two:
    when: day 3, 10:00
    in: team
    tellings:
      a: {script: "Jo: one way"}
    next: end
""".replace("Jo: now", "Col [quip]: x\n      Jo: now")
    )
    played = play(story, "one: silence")
    assert [(event.text, event.why, event.at) for event in of(played, ev.Missed)] == [
        ("x", "removed", NINE),
        ("now that we are alone", "removed", NINE),
        ("one way", "removed", 2 * DAY + 10 * HOUR),
    ]
    assert of(played, ev.MessageShown) == of(played, ev.Reacted) == []


def test_a_draw_decides_only_what_is_told() -> None:
    story = stage(
        """
  one:
    in: team
    tellings:
      often: {weight: 3, script: "Col: often\\n... 2 hours"}
      seldom: {script: "Col: seldom"}
    choices:
      silence: {}
    next: end
"""
    )
    plays = [play(story, seed=seed) for seed in range(60)]
    told = [of(played, ev.MessageShown)[0].text for played in plays]
    assert 30 < told.count("often") < 58
    assert {played.state for played in plays} == {plays[0].state}
    assert plays[0].clock == NINE + 2 * HOUR, "the longest telling counts, whichever is drawn"


def test_a_scene_can_be_skipped_at_its_decision() -> None:
    story = stage(
        '  one:\n    in: team\n    skip: "You look away, {col}."\n    choices:\n      silence: {}\n      b: {label: B, set: {days: 1}}\n'
        "    next: end\n"
    )
    played = play(story, "one: (skip)")
    assert of(played, ev.Skipped) == [ev.Skipped(at=NINE, scene="one", told="You look away, Col.")]
    assert of(played, ev.DecisionTaken)[0].label == "Skipped"
    assert played.ended
    assert Input("one", "skip") in Stepper(story).inputs(Stepper(story).start())


def test_a_story_may_begin_with_a_scene_that_is_passed_over() -> None:
    story = stage("  zero:\n    in: team\n    if: days > 3\n    next: one\n" + ONE.replace("NEXT", "end"))
    played = play(story)
    assert scenes(played) == ["one"]


def test_what_is_picked_is_sent() -> None:
    scenes = """
  one:
    in: team
    pick:
      as: pieces
      from: {a: {label: A}, b: {label: "B, {col}"}, c: {label: C, set: {days: 2}}}
      SEND
      rules: {r: {if: one.a > one.b and one.b, script: "Col: b first"}}
    next: end
"""
    pieces = stage(scenes.replace("SEND", "ordered: yes"))
    played = play(pieces, "one: pick b, a")
    assert [event.text for event in of(played, ev.MessageShown)] == ["B, Col\nA", "b first"]
    offer = of(played, ev.DecisionOffered)[0]
    assert (offer.audience, offer.send) == ("9 people in this group, and whoever they show it to", None)
    assert of(play(pieces, "one: pick"), ev.MessageShown) == []
    assert of(play(pieces, "one: pick"), ev.DecisionTaken)[0].action == "wait"
    words = stage(scenes.replace("SEND", 'send: "So, {col}."\n      to: jo-dm\n      takes: 1 hour\n      script: "Jo: ok"'))
    played = play(words, "one: pick a")
    assert [(event.text, event.place) for event in of(played, ev.MessageShown)] == [("So, Col.", "jo-dm"), ("ok", "jo-dm")]
    assert played.clock == NINE + HOUR
    silent = stage(scenes.replace("as: pieces", "as: list").replace("SEND", "ordered: no"))
    assert of(play(silent, "one: pick a, b"), ev.MessageShown) == []


# Odds and ends


def test_what_is_sent_can_have_an_id_and_go_like_any_other() -> None:
    story = stage(
        """
  one:
    in: team
    choices:
      say: {label: S, send: So., sent: mine}
      show: {label: Sh, forward: quip, to: jo-dm, sent: shown-on}
      silence: {}
    next: two
  two:
    in: team
    pick:
      from: {a: {label: A}, b: {label: B}}
      send: Two.
      sent: both
    next: three
  three:
    when: +3 hours
    in: room
    script: |
      {if seen mine and gone mine} > Mine is gone.
      {if seen both and not gone both} > Both are there.
      {if gone both} > Both are gone.
      {if not seen both} > Nothing was sent.
      {if seen shown-on} > It was shown on.
      Jo reacts 😂 to mine
    choices:
      silence: {}
    next: end
""",
        place=', timer: 1 hour, past: "Col [quip]: old"',
    )
    played = play(story, "one: say", "two: pick")
    assert [event.text for event in of(played, ev.MessageShown) if event.kind == "speech" or event.kind == "prose"] == [
        "Mine is gone.",
        "Nothing was sent.",
    ]
    assert [event.message for event in of(played, ev.Expired)] == ["mine", "quip"]
    assert of(played, ev.Reacted) == []
    other = play(story, "one: show", "two: pick a")
    assert "It was shown on." in [event.text for event in of(other, ev.MessageShown)]
    assert "Both are gone." in [event.text for event in of(other, ev.MessageShown)]


def test_a_timer_that_is_off_lets_messages_stay() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      Col [a]: short
      * Col turns off disappearing messages
      Col [b]: long
      ... 3 days
      {if gone a and not gone b} > As it should be.
    choices:
      off: {label: O, do: timer team off}
      silence: {}
    next: end
""",
        place=", timer: 1 day",
    )
    played = play(story, "one: off")
    assert of(played, ev.MessageShown)[-1].text == "As it should be."
    assert [event.message for event in of(played, ev.Expired)] == ["a"]
    assert [event.seconds for event in of(played, ev.TimerSet)] == [0, 0]


def test_a_question_that_was_answered_can_be_asked_for() -> None:
    story = story_of(("    if: spoke\n    text", "    if: wall.where and not wall.when\n    text"))
    lines = ("meme: speak", "several: pick")
    found = play(story, *lines, "wall: link where=map, when=post", "last: bye")
    assert of(found, ev.EndingReached)[0].codas == ("A biscuit.",)
    not_found = play(story, *lines, "wall: link where=map, when=map", "last: bye")
    assert of(not_found, ev.EndingReached)[0].codas == ()


def test_scenes_of_no_place() -> None:
    story = stage(
        """
  one:
    choices:
      laugh: {label: L, react: 😂, on: quip}
      other: {label: O}
      silence: {}
    next: two
  two:
    pick:
      as: pieces
      from: {a: {label: A}}
    next: three
  three:
    script: |
      in team:
      Col: so
    next: end
""",
        place=', past: "Col [quip]: old"',
    )
    played = play(story, "one: laugh")
    assert of(played, ev.Reacted)[0].place == "team"
    assert played.offer is not None
    assert (played.offer.place, played.offer.audience) == (None, "")
    played = play(story, "one: laugh", "two: pick a")
    assert [event.text for event in of(played, ev.MessageShown)] == ["old", "so"], "pieces that go nowhere are not sent"


def test_the_player_can_be_taken_out_by_their_own_hand() -> None:
    story = stage(
        "  one:\n    in: room\n    choices:\n      out: {label: O, do: remove you from team}\n      silence: {}\n    next: two\n"
        "  two:\n    in: team\n    if: days < 3\n    choices:\n      silence: {}\n    next: end\n"
    )
    played = play(story, "one: out")
    assert played.ended
    assert [(event.who, event.by) for event in of(played, ev.Left)] == [("you", "you")]
    assert not play(story, "one: silence").ended


def test_a_story_that_begins_where_one_was_removed() -> None:
    story = stage(
        "  one:\n    in: team\n    script: |\n      Col: are we alone\n    next: two\n"
        "  two:\n    in: room\n    choices:\n      silence: {}\n    next: end\n",
        place=', past: "* Col removes you"',
    )
    played = play(story)
    assert scenes(played) == ["two"]
    assert [event.text for event in of(played, ev.Missed)] == ["are we alone"]


def test_what_stands_only_where_it_was_not_shown_is_not_forwarded() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      {if days > 3} Col [quip]: a joke
    choices:
      show: {label: Sh, forward: quip, to: jo-dm}
      laugh: {label: L, react: 😂, on: quip}
      clear: {label: C, do: delete quip}
      silence: {}
    next: end
"""
    )
    for choice in ("show", "laugh", "clear"):
        played = play(story, f"one: {choice}")
        assert not of(played, ev.MessageShown, ev.Reacted, ev.Deleted)


def test_what_is_asked_for_counts_only_where_it_arrives() -> None:
    story = stage(
        """
  one:
    in: team
    script: |
      * Col removes you
      Col [unheard]: x
      in room:
      {if not seen unheard and not seen never and seen old} > As it should be.
    choices:
      silence: {}
    next: end
""",
        place=', past: "{if days > 3} Col [never]: x\\nCol [old]: y"',
    )
    assert of(play(story), ev.MessageShown)[-1].text == "As it should be."


def test_a_board_need_not_count() -> None:
    story = story_of(("      count: clues\n      found: found\n", ""))
    played = play(story, "meme: speak", "several: pick", "wall: link where=post")
    assert played.values[story.var_index["found"]] == played.values[story.var_index["clues"]] == 0


# The stepper in parts


def test_a_step_in_two_halves_is_a_step() -> None:
    story = story_of()
    stepper = Stepper(story)
    state = stepper.start()
    world = World(story)
    stepper.settle(world, stepper.first())
    assert world.state == state
    while inputs := stepper.inputs(state):
        for given in inputs:
            world.restore(state)
            stepper.settle(world, stepper.act(world, given))
            assert world.state == stepper.step(state, given)
            if given.how == "choose":
                assert stepper.step(state, f"{given.scene}.{given.choice}") == world.state
        with pytest.raises(KeyError, match="not on offer"):
            stepper.act(world, Input("nowhere", choice="nothing"))
        state = stepper.step(state, inputs[0])
    assert stepper.ended(state)


def test_a_lapse_is_a_step_of_its_own() -> None:
    stepper = Stepper(story_of())
    start = stepper.start()
    assert stepper.step(start, Input("meme", "lapse")) == stepper.step(start, Input("meme", choice="silence"))


def test_quick_steps_wait_for_what_is_pending() -> None:
    chain = "".join(
        f"  s{number}:\n    when: day {number + 1}, 10:00\n    in: team\n    choices:\n"
        f"      on: {{label: On, set: {{days: +1}}}}\n      silence: {{}}\n"
        + (f"    next: [{{if: days > 2, go: s{number + 2}}}, {{go: s{number + 1}}}]\n" if number < 4 else "    next: end\n")
        for number in range(1, 6)
    )
    first = "  zero:\n    in: team\n    choices:\n      later: {label: L, later: [{after: 2 days, scene: call}]}\n      silence: {}\n    next: s1\n"
    story = stage(first + chain + '  call: {in: room, script: "Jo: hello", set: {days: 5}}\n')
    stepper = Stepper(story)
    assert stepper.quick(Input("s1", choice="on"))
    assert not stepper.quick(Input("zero", choice="later"))
    for lines in (["zero: later"], ["zero: silence"]):
        played = play(story, *lines)
        while played.offer is not None:
            given = Input(played.offer.scene, choice="on")
            state = stepper.step(played.state, given)
            assert state == (stepper.leap(played.state, f"{given.scene}.on") or state)
            played.take(given)
            assert state == played.state
    assert stepper.leap(stepper.start(), "s1.on") is None


def test_every_way_of_the_machine_is_listed() -> None:
    story = story_of()
    ways = list(Stepper(story).ways())
    assert {source for source, *_rest in ways} >= {"meme", "several", "wall", "wall>", "last?", "last"}
    assert ("meme", "meme.look", "meme") in {(source, trigger, dest) for source, trigger, _guard, dest, _do in ways}


def test_time_in_which_something_unseen_came_due_is_told_whole() -> None:
    """What was prevented moves the clock and shows nothing; the next scene says how long it has been since the last one."""
    story = stage(
        """
  one:
    title: One
    in: team
    choices:
      say: {label: Say it, later: [{after: 2 hours, scene: echo, if: days > 4}]}
      silence: {}
    next: two
  two:
    title: Two
    when: +3 hours
    in: team
    choices: {say: {label: B}, silence: {}}
    next: end
  echo: {title: Echo, in: team, script: "Col: again"}
"""
    )
    played = play(story, "one: say")
    assert [event.prevented for event in of(played, ev.ConsequenceDue)] == [True]
    assert [event.words for event in of(played, ev.TimePassed)] == ["3 hours"]
