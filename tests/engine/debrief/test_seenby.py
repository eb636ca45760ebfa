"""The same thread with other eyes: who could see what, what an export has, and that nothing is shown that was not there."""

from __future__ import annotations

import random

import pytest

from engine.debrief import build
from engine.debrief.export import chats, export
from engine.debrief.replay import steps, stops
from engine.debrief.seenby import seen_by, witnesses
from engine.debrief.visits import in_sight, visits
from engine.debrief.witness import Record, Seen
from engine.play import events as ev
from engine.play.events import YOU
from engine.play.play import Play
from engine.script.findings import ScenarioError
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story
from tests.engine.play.stage import HOUR, play
from tests.engine.random_story import scenario
from tests.engine.searching import random_play

STORY = """\
seenby: 1
id: eyes
title: Eyes
minutes: 3
begins: Monday 09:00
cast:
  col: {name: Col, is: makes the tea}
  jo: {name: Jo, is: in the control room}
  dev: {name: Dev, is: your tutor}
  nan: {name: Nan, is: lives on the second floor}
  eve: {name: Eve, is: her daughter}
places:
  team: {group: Team, members: 9, with: [col, jo, dev]}
  dev-dm: {dm: dev}
  jo-dm: {dm: jo}
  page: {feed: The page, followers: 100}
  mine: {feed: Your page, followers: 12, own: yes}
  inbox: {mail: Inbox}
  flat: {in-person: The flat}
  eve-home: {dm: nan, phone: eve}
  wall: {board: The wall}
flags: {kind: {is: you were kind}}
scenes:
  flat:
    in: flat
    script: |
      > A small flat.
      Nan: What is that for?
      Col: The file.
    choices:
      say: {send: Nobody else needs it., set: {kind: yes}, affects: [nan]}
      silence: {}
    next: post
  post:
    in: team
    when: +1 hour
    skip: A picture comes into the group.
    script: |
      * Col turns on disappearing messages: 24 hours
      Col [photo] (picture): a room
      Jo reacts 😂 to photo
      photo read by 5
      in dev-dm:
      Dev: are you up
    choices:
      down: {on: photo, send: Take it down., script: "* Col deletes photo"}
      private: {on: photo, to: dev-dm, send: Have you seen this?, script: "* Col deletes photo"}
      shot: {action: screenshot, on: photo, label: Keep a picture, later: [{after: 40 minutes, scene: home, affects: [eve]}]}
      pass: {forward: photo, to: jo-dm, label: Send it to Jo, script: "* Col deletes photo"}
      cut: {label: Say that a name shows, to: dev-dm, send: a name shows, script: "in team:\\n* photo is cropped: a tidy room"}
      go: {label: Leave, do: [leave team]}
      silence: {}
    next: after
  after:
    in: team
    if: not left team
    when: +10 minutes
    script: |
      Col [ask]: what photo
      * Dev leaves
      Col: more of this
      * Jo adds Dev
      Col: and the rest
    choices:
      laugh: {react: 😇, on: ask}
      write: {to: inbox, send: Dear Sergeant}
      silence: {}
    next: out
  out:
    in: page
    when: day 4, 10:00
    script: |
      Eve [cutting]: this is what they send
      cutting gets 40 likes
      > Everybody has seen it.
    choices:
      own: {action: post, to: mine, send: It was me.}
      silence: {}
    next: wall
  wall:
    in: wall
    board:
      cards: {bea: {text: So proud, from: nan, tells: [where]}}
      questions: {where: {ask: Where?}}
    next: end
  home: {in: eve-home, script: "Nan: they came\\nEve: who"}
endings:
  only: {title: The end, epilogue: It is over.}
debrief:
  seen-by:
    nan:
      is: the woman whose room it is
      in: flat
      only: [photo]
      scenes: [home]
      on: {photo: "> That is my cat."}
      after: |
        {if kind} > You said that nobody else needed it.
        {if not kind} > You said nothing.
    reader: {name: A reader, in: page, from: cutting, before: "> I follow the page."}
    late: {name: Somebody late, scenes: [home]}
    investigator: {on: {photo: "> Line by line."}, after: "> That is all there is."}
"""
ORDER = ("down", "private", "shot", "pass", "cut", "go", "silence")


def story(text: str = STORY) -> Story:
    return compile_story(read(text.encode(), "eyes.yaml"))


def played(*lines: str) -> Play:
    return play(story(), *lines)


def said(seen: Seen) -> list[str]:
    """What stands in a thread: `Name: words`, notices bare, a witness's own words in guillemets."""
    found = []
    for glimpse in seen.glimpses:
        entry = glimpse.entry
        found.append(f"«{glimpse.words}»" if entry is None else f"{entry.name}: {entry.text}" if entry.name else entry.text)
    return found


def lines(play: Play) -> list[Record]:
    return seen_by(play, "investigator").records


FULL = ("flat: say", "post: down", "after: laugh", "out: own", "wall: link where=bea")


def test_who_can_be_asked() -> None:
    assert [(one.id, one.kind, one.asked) for one in witnesses(played(*FULL))] == [
        ("nan", "member", True),
        ("reader", "other", True),
        ("late", "other", True),
        ("investigator", "investigator", True),
        ("jo", "member", False),
        ("dev", "member", False),
        ("public", "public", False),
        ("stranger", "stranger", False),
    ]
    with_home = witnesses(played("flat: say", "post: shot", "after: silence", "out: silence", "wall: link"))
    assert "eve" in [one.id for one in with_home]
    nan, reader = witnesses(played(*FULL))[:2]
    assert (nan.name, nan.what, reader.name) == ("Nan", "the woman whose room it is", "A reader")


def test_nobody_else_can_be_asked() -> None:
    with pytest.raises(KeyError):
        seen_by(played(*FULL), "bob")


def test_a_colleague_has_the_group_and_the_player_is_one_more_name() -> None:
    seen = seen_by(played(*FULL), "jo")
    assert said(seen) == [
        "Col turned on disappearing messages: 1 day",
        "Col: a room",
        "Alex: Take it down.",
        "Col deleted what was sent at 10:00",
        "Col: what photo",
        "Dev left",
        "Col: more of this",
        "Jo added Dev",
        "Col: and the rest",
        "What had been on the timer went",
    ]
    photo = next(glimpse.entry for glimpse in seen.glimpses if glimpse.entry is not None and glimpse.entry.id == "photo")
    assert photo.state == "live"
    assert [reaction.names for reaction in photo.reactions] == [["Jo"]]
    assert not any(glimpse.entry.own for glimpse in seen.glimpses if glimpse.entry is not None)
    assert [(one.place, one.to) for one in seen.hidden] == [("The flat", False), ("Your page", False)]


def test_who_comes_back_has_not_what_was_said_meanwhile() -> None:
    seen = seen_by(played(*FULL), "dev")
    assert "Col: more of this" not in said(seen)
    assert "Col: and the rest" in said(seen)
    assert "Dev: are you up" in said(seen)
    assert "Dev: are you up" not in said(seen_by(played(*FULL), "jo"))


def test_what_the_player_missed_the_others_had() -> None:
    seen = seen_by(played("flat: say", "post: go", "out: own", "wall: link"), "jo")
    assert "Alex left" in said(seen)
    assert "Col: what photo" in said(seen)


def test_the_one_concerned_has_what_was_said_in_the_room_and_a_copy_of_the_picture() -> None:
    seen = seen_by(played("flat: say", "post: shot", "after: silence", "out: silence", "wall: link"), "nan")
    assert said(seen) == [
        "Nan: What is that for?",
        "Col: The file.",
        "Alex: Nobody else needs it.",
        "Col: a room",
        "«That is my cat.»",
        "Nan: they came",
        "Eve: who",
        "«You said that nobody else needed it.»",
    ]
    assert [glimpse.copy for glimpse in seen.glimpses if glimpse.entry is not None] == [False, False, False, True, False, False]
    assert said(seen_by(played("flat: silence", "post: go", "out: own", "wall: link"), "nan"))[-1] == "«You said nothing.»"


def test_of_a_place_with_single_messages_nothing_else_reached_them() -> None:
    text = STORY.replace("      in: flat\n      only: [photo]\n", "      in: [flat, team]\n      only: [photo]\n")
    seen = seen_by(play(story(text), *FULL), "nan")
    assert said(seen)[2:] == [
        "Alex: Nobody else needs it.",
        "Col: a room",
        "«That is my cat.»",
        "«You said that nobody else needed it.»",
    ]


def test_in_person_those_who_speak_have_heard_it_and_nobody_has_the_prose() -> None:
    text = STORY.replace("      in: flat\n      only: [photo]\n      scenes: [home]\n", "").replace(
        '      on: {photo: "> That is my cat."}\n', ""
    )
    seen = seen_by(play(story(text), *FULL), "nan")
    assert said(seen)[:3] == ["Nan: What is that for?", "Col: The file.", "Alex: Nobody else needs it."]


def test_the_public_has_what_came_out_and_a_stranger_also_joins_the_dots() -> None:
    over = played(*FULL)
    assert said(seen_by(over, "public")) == ["Eve: this is what they send"]
    assert said(seen_by(over, "stranger")) == ["Eve: this is what they send", "Alex: It was me.", "Nan: So proud"]
    (entry,) = [glimpse.entry for glimpse in seen_by(over, "public").glimpses]
    assert entry is not None
    assert entry.likes == 40


def test_from_begins_where_it_reached_them() -> None:
    assert said(seen_by(played(*FULL), "reader")) == ["«I follow the page.»", "Eve: this is what they send"]
    assert seen_by(played(*FULL), "late").empty
    assert not seen_by(played("flat: say", "post: shot", "after: silence", "out: silence", "wall: link"), "late").empty


def test_a_scene_that_was_not_read_stays_unread() -> None:
    over = play(story(), "flat: say", "post: (skip)", "after: silence", "out: silence", "wall: link")
    for witness in witnesses(over):
        seen = seen_by(over, witness)
        assert not any("room" in text or "cat" in text for text in said(seen))
        assert not any("room" in record.text for record in seen.records)


# The export


def test_the_export_is_numbered_and_has_every_time() -> None:
    found = lines(played(*FULL))
    assert [record.number for record in found if record.number] == list(range(1, 12))
    assert [(record.what, record.who) for record in found][:5] == [
        ("timer", "Col"),
        ("message", "Col"),
        ("words", ""),
        ("reaction", "Jo"),
        ("message", "Alex"),
    ]
    assert found[-1].what == "words"
    photo = found[1]
    assert (photo.read_by, photo.gone, photo.members, photo.at) == (5, "deleted", 9, 10 * HOUR)
    gone = next(record for record in found if record.what == "deleted")
    assert (gone.who, gone.about) == ("Col", photo.number)


@pytest.mark.parametrize(
    ("decision", "how"), [("private", "quoted"), ("pass", "forwarded"), ("shot", "screenshot")], ids=lambda value: str(value)
)
def test_what_is_gone_may_be_there_all_the_same(decision: str, how: str) -> None:
    photo = next(
        record
        for record in lines(played("flat: say", f"post: {decision}", "after: silence", "out: silence", "wall: link"))
        if record.text == "a room"
    )
    assert photo.kept
    assert [copy.how for copy in photo.copies] == [how]
    assert photo.gone == ("expired" if decision == "shot" else "deleted")


def test_a_quote_goes_with_the_message_that_it_stands_in() -> None:
    photo = lines(played(*FULL))[1]
    assert (photo.kept, photo.text, photo.copies) == (False, "", [])


def test_edits_keep_what_stood_there_as_long_as_anybody_has_it() -> None:
    text = STORY.replace("* Col turns on disappearing messages: 24 hours\n      ", "")
    found = lines(play(story(text), "flat: say", "post: cut", "after: silence", "out: silence", "wall: link"))
    edit = next(record for record in found if record.what == "edited")
    assert (edit.former, edit.text, edit.kind) == ("a room", "a tidy room", "cropped")


def test_silence_stands_in_the_record() -> None:
    silent = [
        record
        for record in lines(played("flat: say", "post: silence", "after: silence", "out: own", "wall: link"))
        if record.what == "silence"
    ]
    assert [(record.who, record.at) for record in silent] == [("Alex", 10 * HOUR), ("Alex", 10 * HOUR + 600)]
    acted = [record for record in lines(played(*FULL)) if record.what == "silence"]
    assert acted == []
    elsewhere = [
        record
        for record in lines(played("flat: say", "post: down", "after: write", "out: own", "wall: link"))
        if record.what == "silence"
    ]
    assert len(elsewhere) == 1


def test_how_many_had_it_follows_who_comes_and_goes() -> None:
    found = lines(played("flat: say", "post: go", "out: own", "wall: link"))
    left = next(record for record in found if record.what == "left" and record.own)
    assert left.members == 8
    missed = [record for record in found if record.missed]
    assert [record.text for record in missed] == ["", "", ""] or {record.text for record in missed} >= {"what photo"}
    back = lines(played(*FULL))
    assert [record.members for record in back if record.what in ("left", "joined")] == [8, 9]


def test_without_a_group_the_direct_messages_are_exported() -> None:
    text = (
        STORY.replace("team: {group: Team, members: 9, with: [col, jo, dev]}", "team: {dm: col}")
        .replace("      * Dev leaves\n", "")
        .replace("      * Jo adds Dev\n", "")
        .replace("Jo reacts", "Col reacts")
        .replace(", do: [leave team]", "")
        .replace("    if: not left team\n", "")
    )
    over = play(story(text), "flat: say", "post: down", "after: silence", "out: silence", "wall: link")
    assert set(chats(over)) == {"team", "dev-dm"}
    assert {record.place for record in lines(over) if record.number} == {"Col", "Dev"}
    assert sum(record.what == "place" for record in lines(over)) == 2


# Whom it touched, and what was going on


def test_whom_a_decision_touched() -> None:
    debrief = build(played("flat: say", "post: shot", "after: silence", "out: silence", "wall: link"))
    touched = {moment.scene: moment.affects for moment in debrief.moments}
    assert touched["flat"] == ["Nan"]
    assert touched["post"] == ["Eve"]
    quiet = build(
        play(
            story(STORY.replace(", affects: [eve]", "")),
            "flat: silence",
            "post: shot",
            "after: silence",
            "out: silence",
            "wall: link",
        )
    )
    touched = {moment.scene: moment.affects for moment in quiet.moments}
    assert touched["flat"] == []
    assert touched["post"] == ["Eve", "Nan"]


def test_what_was_going_on_elsewhere() -> None:
    debrief = build(played("flat: say", "post: shot", "after: silence", "out: silence", "wall: link"))
    post = next(moment for moment in debrief.moments if moment.scene == "post")
    assert post.waiting == [("Dev", 1)]
    assert [(line.place, line.name) for line in post.elsewhere] == [("Eve’s phone", "Nan"), ("Eve’s phone", "Eve")]


def test_what_was_going_on_elsewhere_is_told_under_the_first_decision_of_that_hour() -> None:
    again = STORY.replace("day 4, 10:00", "+40 minutes")
    debrief = build(play(story(again), "flat: say", "post: shot", "after: silence", "out: silence", "wall: link"))
    near = [moment for moment in debrief.moments if moment.decision >= 0 and 10 * HOUR <= moment.at <= 11 * HOUR]
    assert [moment.scene for moment in near] == ["post", "after", "out", "wall"]
    assert [[line.text for line in moment.elsewhere] for moment in near] == [["they came", "who"], [], [], []]


# Any play of any story


def random_eyes(draw: random.Random) -> Story | None:
    """A random story, sometimes with a phone of somebody else's and with witnesses of its author's."""
    text = scenario(draw)
    if draw.random() < 0.5:
        text = text.replace("  room: {in-person: A room}", "  room: {dm: ben, phone: cal}")
    text += "debrief:\n  seen-by:\n"
    text += f"    ana: {{in: [{draw.choice(['team', 'room', 'page'])}], after: '> So.'}}\n"
    text += f"    nobody: {{name: Nobody, scenes: [s0, later-{draw.randint(0, 3)}], before: '{{if bold}} > I saw.'}}\n"
    try:
        return compile_story(read(text.encode(), "random.yaml"))
    except ScenarioError:
        return None  # the player would act on another's phone


def could_see(play: Play, who: str, index: int, place: str) -> bool:
    """Whether somebody of the cast was in a group or a direct message at an event; asked anew from the beginning each time."""
    found = play.story.places[place]
    if found.phone is not None:
        return who == found.phone or who in found.people
    people = set(found.people)
    for event in play.events[: index + 1]:
        if isinstance(event, ev.Joined | ev.Left) and event.place == place and not event.past:
            (people.add if isinstance(event, ev.Joined) else people.discard)(event.who)
    return who in people


@pytest.mark.parametrize("seed", range(60))
def test_nobody_is_shown_what_they_could_not_see(seed: int) -> None:
    draw = random.Random(f"eyes {seed}")
    built = random_eyes(draw)
    if built is None:
        return
    over = random_play(built, draw, seed)
    covered = {id(event) for visit in visits(over) if visit.covered for event in over.events[visit.first : visit.last]}
    shown = {
        event.id: (index, event)
        for index, event in reversed(list(enumerate(over.events)))
        if isinstance(event, ev.MessageShown | ev.Missed) and id(event) not in covered
    }
    edits = {event.text for event in over.events if isinstance(event, ev.Edited)}
    for witness in witnesses(over):
        seen = seen_by(over, witness)
        assert seen == seen_by(Play.replay(built, seed, over.inputs, over.name), witness.id)
        for glimpse in seen.glimpses:
            if glimpse.entry is None or glimpse.entry.kind == "notice" or glimpse.entry.id.startswith("card "):
                continue
            _index, event = shown[glimpse.entry.id]
            assert glimpse.place == event.place
            assert glimpse.entry.text == event.text or glimpse.entry.text in edits
            kind = built.places[event.place].kind
            if witness.kind == "member" and not witness.asked and kind in ("group", "dm"):
                assert any(
                    could_see(over, witness.id, at, event.place)
                    for at, other in enumerate(over.events)
                    if isinstance(other, ev.MessageShown | ev.Missed) and other.id == event.id
                ) or (isinstance(event, ev.MessageShown) and event.sender == witness.id)
            if witness.kind in ("public", "stranger"):
                assert kind == "feed"
        records = [record for record in seen.records if record.number]
        assert [record.number for record in records] == list(range(1, len(records) + 1))
        for record in records:
            assert 0 <= record.about < record.number
            assert record.members >= 0
            if record.what == "message" and record.text and not record.former:
                assert record.text in {event.text for _index, event in shown.values()}
            assert not (record.gone and record.text and not record.copies)


@pytest.mark.parametrize("seed", range(30))
def test_a_replay_goes_through_all_of_a_play_and_never_back(seed: int) -> None:
    draw = random.Random(f"again {seed}")
    built = random_eyes(draw)
    if built is None:
        return
    over = random_play(built, draw, seed)
    debrief = build(over)
    found = steps(over, debrief)
    phone = over.phone(empty=True)
    done = 0
    for step in found:
        assert done <= step.upto <= len(over.events)
        phone.apply_all(over.events[done : step.upto])
        done = step.upto
    decided = sum(
        isinstance(event, ev.DecisionTaken)
        for visit in visits(over)
        if not visit.covered
        for event in over.events[visit.first : visit.last]
    )
    assert sum(step.what == "decision" for step in found) == decided
    assert {step.moment for step in found} == set(range(len(debrief.moments)))
    assert all(found[stop].what != "told" for stop in stops(found))


def test_the_events_in_sight_are_those_of_the_play() -> None:
    over = played(*FULL)
    assert [event for _index, event, _visit in in_sight(over)] == over.events
    assert all(event.sender != YOU for event in over.events if isinstance(event, ev.MessageShown) and event.id == "photo")
    assert export(over, []) == []


def test_an_official_page_speaks_under_its_own_name() -> None:
    text = STORY.replace("followers: 100}", "followers: 100, official: yes}").replace(
        "to: mine, send: It was me.", "to: page, send: We are sorry."
    )
    over = play(story(text), *FULL)
    assert said(seen_by(over, "public")) == ["Eve: this is what they send", "The page: We are sorry."]
    assert seen_by(over, "public").names["mine"] == "Alex’s page"


def test_a_place_that_one_had_is_not_said_to_be_hidden() -> None:
    text = (
        STORY.replace("from: cutting", "from: cutting")
        .replace("      is: the woman whose room it is\n      in: flat", "      in: team\n      from: ask")
        .replace("      only: [photo]\n", "")
        .replace('      on: {photo: "> That is my cat."}\n', "")
    )
    seen = seen_by(play(story(text), *FULL), "nan")
    assert "Alex: Take it down." not in said(seen)
    assert "Col: what photo" in said(seen)
    assert "Team" in [one.place for one in seen.hidden]  # it reached her as copies only


def test_a_player_who_is_called_like_somebody_is_told_apart() -> None:
    over = play(story(), *FULL, name="Jo")
    assert "Jo (you): Take it down." in said(seen_by(over, "jo"))
    assert "Jo (you)" in {record.who for record in lines(over) if record.own}
