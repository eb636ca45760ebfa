"""What the phone shows: events folded into places."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play import events as ev
from engine.play.phone import Entry, Person, Phone, PlaceView
from tests.engine.play.stage import DAY, HOUR, NINE, play, stage


def phone() -> Phone:
    """A phone with a group, a direct message and a feed, standing in the group."""
    made = Phone(
        [
            PlaceView("team", "group", "Team", 9, [Person("col", "Col", "on your team"), Person("jo", "Jo")]),
            PlaceView("jo-dm", "dm", "Jo", 2),
            PlaceView("page", "feed", "The page", 100),
            PlaceView("room", "in-person", "A room"),
        ]
    )
    made.apply(ev.SceneBegan(at=10, scene="one", title="One", place="team"))
    return made


def shown(message: str = "a", place: str = "team", **more: Any) -> ev.MessageShown:
    fields: dict[str, Any] = {"at": 10, "sender": "col", "name": "Col", "kind": "text", "text": f"text of {message}"}
    return ev.MessageShown(id=message, place=place, **{**fields, **more})


def entry(made: Phone, message: str = "a") -> Entry:
    for view in made.places.values():
        found = view.find(message)
        if found is not None:
            return found
    raise AssertionError(f"{message} is not on the phone")


def notices(made: Phone, place: str = "team") -> list[str]:
    return [one.text for one in made.places[place].entries if one.kind == "notice"]


def test_a_message_becomes_an_entry() -> None:
    made = phone()
    made.apply(
        shown(kind="voice", length=12, forwarded=2, view_once=True, edited=True, subject="s", to="t", expires=99, text="hello")
    )
    one = entry(made)
    assert (one.kind, one.text, one.at, one.name, one.length, one.forwarded) == ("voice", "hello", 10, "Col", 12, 2)
    assert (one.view_once, one.edited, one.subject, one.to, one.expires, one.state, one.own) == (
        True,
        "edited",
        "s",
        "t",
        99,
        "live",
        False,
    )
    made.apply(shown("b", sender="you", name="Alex"))
    assert entry(made, "b").own
    assert made.places["team"].used
    assert not made.places["page"].used


def test_unread_counts_what_others_say_where_one_is_not() -> None:
    made = phone()
    made.apply(shown("here"))
    made.apply(shown("one", "jo-dm"))
    made.apply(shown("two", "jo-dm"))
    made.apply(shown("mine", "jo-dm", sender="you"))
    made.apply(shown("old", "jo-dm", past=True))
    made.apply(shown("seen", "jo-dm", kind="prose", sender=None, name=""))
    made.apply(shown("note", "jo-dm", kind="notice", sender=None, name=""))
    made.apply(ev.Left(at=11, place="jo-dm", who="jo", name="Jo"))
    assert (made.places["team"].unread, made.places["jo-dm"].unread) == (0, 2)
    made.apply(ev.SceneBegan(at=12, scene="two", title="Two", place="jo-dm"))
    assert made.places["jo-dm"].unread == 0
    assert (made.here, made.scene) == ("jo-dm", "two")
    made.apply(ev.SceneBegan(at=13, scene="three", title="Three", place=None))
    assert (made.here, made.scene) == ("jo-dm", "three"), "a scene of no place of its own leaves the phone where it is"


def test_reactions_gather_by_emoji() -> None:
    made = phone()
    made.apply(shown())
    for name, emoji, count in (("Jo", "😂", 1), ("Rashid", "😂", 6), ("You", "❤", 1)):
        made.apply(ev.Reacted(at=11, place="team", message="a", sender=name.lower(), name=name, emoji=emoji, count=count))
    assert [(one.emoji, one.count, one.names) for one in entry(made).reactions] == [
        ("😂", 7, ["Jo", "Rashid"]),
        ("❤", 1, ["You"]),
    ]


def test_counters_and_receipts_grow() -> None:
    made = phone()
    made.apply(shown("a", "page", kind="post"))
    made.apply(ev.Counted(at=11, place="page", message="a", likes=4, shares=1))
    made.apply(ev.Counted(at=12, place="page", message="a", likes=9, comments=2))
    assert (entry(made).likes, entry(made).shares, entry(made).comments) == (9, 1, 2)
    made.apply(ev.ReadBy(at=12, place="page", message="a", count=7))
    made.apply(ev.ReadBy(at=13, place="page", message="a", count=3))
    assert entry(made).read_by == 7, "what was read stays read"


def test_a_quote_says_what_it_answers() -> None:
    made = phone()
    made.apply(shown("a", "jo-dm"))
    made.apply(shown("b", reply_to="a"))
    assert (entry(made, "b").reply_name, entry(made, "b").reply_text) == ("Col", "text of a"), "from another place too"
    made.apply(ev.Deleted(at=11, place="jo-dm", message="a", by="col", name="Col"))
    made.apply(shown("c", reply_to="a"))
    assert (entry(made, "c").reply_name, entry(made, "c").reply_text) == ("Col", ""), "of a tombstone nothing is quoted"
    assert entry(made, "b").reply_text == "text of a"
    made.apply(shown("d", reply_to="nothing"))
    assert entry(made, "d").reply_name == ""


def test_comments_are_counted_under_their_post() -> None:
    made = phone()
    made.apply(shown("a", "page", kind="post"))
    made.apply(shown("b", "page", kind="comment", on="a"))
    made.apply(shown("c", "page", kind="comment", on="a"))
    made.apply(shown("d", "page", kind="comment", on="nothing"))
    assert entry(made).comments == 2
    assert entry(made, "b").on == "a"


def test_a_tombstone_stays_and_nothing_happens_to_it() -> None:
    made = phone()
    made.apply(shown())
    made.apply(ev.Reacted(at=11, place="team", message="a", sender="jo", name="Jo", emoji="😂"))
    made.apply(ev.Deleted(at=12, place="team", message="a", by="col", name="Col"))
    one = entry(made)
    assert (one.state, one.deleted_by, one.reactions) == ("deleted", "Col", [])
    for event in (
        ev.Reacted(at=13, place="team", message="a", sender="jo", name="Jo", emoji="😂"),
        ev.Edited(at=13, place="team", message="a", text="other"),
        ev.Counted(at=13, place="team", message="a", likes=3),
        ev.ReadBy(at=13, place="team", message="a", count=3),
        ev.Expired(at=13, place="team", message="a"),
    ):
        made.apply(event)
    assert (one.state, one.reactions, one.text, one.likes, one.read_by) == ("deleted", [], "text of a", 0, 0)


def test_an_expired_message_can_still_be_deleted_and_is_gone_at_once() -> None:
    made = phone()
    made.apply(shown(expires=20))
    made.apply(ev.Reacted(at=11, place="team", message="a", sender="jo", name="Jo", emoji="😂"))
    made.apply(ev.Expired(at=20, place="team", message="a"))
    assert (entry(made).state, entry(made).reactions) == ("expired", [])
    made.apply(ev.Deleted(at=21, place="team", message="a", by="you", name="You"))
    assert (entry(made).state, entry(made).deleted_by) == ("deleted", "You")


@pytest.mark.parametrize("how", ["edited", "cropped"])
def test_an_edit_shows(how: Any) -> None:
    made = phone()
    made.apply(shown())
    made.apply(ev.Edited(at=11, place="team", message="a", text="better", how=how))
    assert (entry(made).text, entry(made).edited) == ("better", how)


def test_what_happens_to_a_message_is_found_wherever_it_stands() -> None:
    made = phone()
    made.apply(shown("a", "jo-dm"))
    made.apply(ev.Edited(at=11, place="team", message="a", text="better"))
    assert entry(made).text == "better"
    for event in (
        ev.Edited(at=12, place="team", message="nothing", text="x"),
        ev.Deleted(at=12, place="nowhere", message="nothing", by="col", name="Col"),
        ev.Expired(at=12, place="nowhere", message="nothing"),
        ev.Reacted(at=12, place="team", message="nothing", sender="jo", name="Jo", emoji="😂"),
        ev.ReadBy(at=12, place="team", message="nothing", count=3),
        ev.Counted(at=12, place="team", message="nothing", likes=3),
    ):
        made.apply(event)
    assert [len(view.entries) for view in made.places.values()] == [0, 1, 0, 0]


def test_typing_ends_with_the_message_or_by_itself() -> None:
    made = phone()
    typing = made.places["team"].typing
    made.apply(ev.Typing(at=10, place="team", sender="col", name="Col", on=True))
    made.apply(ev.Typing(at=10, place="team", sender="col", name="Col", on=True))
    made.apply(ev.Typing(at=10, place="team", sender="jo", name="Jo", on=True))
    assert typing == ["Col", "Jo"]
    made.apply(shown())
    assert typing == ["Jo"]
    made.apply(ev.Typing(at=10, place="team", sender="jo", name="Jo", on=False))
    made.apply(ev.Typing(at=10, place="team", sender="jo", name="Jo", on=False))
    assert typing == []


def test_members_come_and_go_with_a_notice() -> None:
    made = phone()
    team = made.places["team"]
    made.apply(ev.Left(at=11, place="team", who="col", name="Col"))
    assert (team.members, [person.id for person in team.people]) == (8, ["jo"])
    made.apply(ev.Left(at=11, place="team", who="jo", name="Jo", by="Marnie"))
    made.apply(ev.Left(at=11, place="team", who="pizza", name="Pizza", by="you"))
    made.apply(ev.Joined(at=12, place="team", who="col", name="Col"))
    made.apply(ev.Joined(at=12, place="team", who="col", name="Col", by="Marnie"))
    made.apply(ev.Joined(at=12, place="team", who="jo", name="Jo", by="you"))
    assert [person.id for person in team.people] == ["col", "jo"], "nobody is listed twice"
    assert notices(made) == [
        "Col left", "Marnie removed Jo", "You removed Pizza", "Col joined", "Marnie added Col", "You added Jo",
    ]  # fmt: skip


def test_the_player_comes_and_goes() -> None:
    made = phone()
    team = made.places["team"]
    made.apply(ev.Joined(at=10, place="team", who="you", name="You", by="Marnie"))
    assert (team.members, team.left) == (9, False), "who plays is counted from the start"
    made.apply(ev.Left(at=11, place="team", who="you", name="You"))
    assert (team.members, team.left) == (8, True)
    made.apply(ev.Joined(at=12, place="team", who="you", name="You", by="Marnie"))
    assert (team.members, team.left) == (9, False)
    made.apply(ev.Left(at=13, place="team", who="you", name="You", by="Marnie"))
    made.apply(ev.Joined(at=14, place="team", who="you", name="You"))
    assert notices(made) == ["Marnie added you", "You left", "Marnie added you", "Marnie removed you", "You joined"]


def test_who_came_and_went_in_the_past_is_only_told() -> None:
    made = phone()
    team = made.places["team"]
    made.apply(ev.Left(at=-99, place="team", who="col", name="Col", past=True))
    made.apply(ev.Joined(at=-98, place="team", who="zed", name="Zed", past=True))
    made.apply(ev.Left(at=-97, place="team", who="you", name="You", by="Col", past=True))
    assert (team.members, [person.id for person in team.people], team.left) == (9, ["col", "jo"], True)
    made.apply(ev.Joined(at=-96, place="team", who="you", name="You", past=True))
    assert (team.members, team.left) == (9, False)
    assert notices(made) == ["Col left", "Zed joined", "Col removed you", "You joined"]


def test_places_whose_members_say_nothing_stay_so() -> None:
    made = phone()
    made.apply(ev.Left(at=11, place="room", who="col", name="Col"))
    made.apply(ev.Joined(at=12, place="room", who="col", name="Col"))
    assert made.places["room"].members == 0


def test_names_timers_and_muting() -> None:
    made = phone()
    team = made.places["team"]
    made.apply(ev.Renamed(at=11, place="team", name="Hub Heroes 2"))
    made.apply(ev.TimerSet(at=11, place="team", seconds=DAY, by="col", name="Col"))
    assert (team.name, team.timer) == ("Hub Heroes 2", DAY)
    made.apply(ev.TimerSet(at=11, place="team", seconds=0, by="you", name="You"))
    made.apply(ev.Muted(at=11, place="team", seconds=2 * HOUR))
    assert (team.timer, team.muted) == (0, 2 * HOUR)
    made.apply(ev.Muted(at=11, place="team", seconds=0))
    assert team.muted == 0
    assert notices(made) == [
        "The name is now “Hub Heroes 2”",
        "Col turned on disappearing messages: 1 day",
        "You turned off disappearing messages",
    ]


def test_names_are_not_taken_for_places_to_fill() -> None:
    made = phone()
    made.apply(ev.Joined(at=11, place="team", who="x", name="{by}", by="{who}"))
    made.apply(ev.TimerSet(at=11, place="team", seconds=HOUR, by="x", name="{time} 100%"))
    made.apply(ev.Renamed(at=11, place="team", name="{name} [b]"))
    assert notices(made) == [
        "{who} added {by}",
        "{time} 100% turned on disappearing messages: 1 hour",
        "The name is now “{name} [b]”",
    ]


def test_the_newest_entry_is_no_notice_if_it_can_be_helped() -> None:
    made = phone()
    team = made.places["team"]
    assert team.last is None
    made.notice("team", "Quiet here", 9)
    assert team.last is not None
    assert team.last.text == "Quiet here"
    made.apply(shown())
    made.apply(ev.Left(at=11, place="team", who="jo", name="Jo"))
    assert team.last.id == "a"
    assert team.find("nothing") is None
    ids = [one.id for one in team.entries]
    assert len(set(ids)) == len(ids)


def test_the_clock_goes_on_and_what_was_missed_does_not_turn_it() -> None:
    made = phone()
    made.apply(shown(at=50))
    made.apply(shown("old", at=-99, past=True))
    assert made.clock == 50
    made.apply(ev.Missed(at=5000, id="m", place="team", name="Col", text="x", why="left"))
    assert made.clock == 50
    made.apply(ev.FlagSet(at=60, flag="spoke", value=1, source="s"))
    assert made.clock == 60
    assert len(made.places["team"].entries) == 2


def test_a_play_shows_its_phone_before_and_after() -> None:
    story = stage(
        "  one:\n    in: team\n    script: |\n      Col: hello\n    choices:\n      say: {label: S, to: jo-dm, send: Hm}\n      silence: {}\n    next: end\n",
        place=', timer: 24 hours, official: yes, audience: "and {jo}"',
    )
    played = play(story, "one: say")
    before, after = played.phone(empty=True), played.phone()
    team = before.places["team"]
    assert (team.kind, team.name, team.members, team.audience, team.timer, team.official, team.own) == (
        "group", "Team", 9, "and Jo", DAY, True, False,
    )  # fmt: skip
    assert [(person.id, person.name, person.what) for person in team.people] == [
        ("col", "Col", "on your team"),
        ("jo", "Jo", "in the control room"),
    ]
    assert (before.clock, team.entries, before.here) == (NINE, [], None)
    assert [one.text for one in after.places["team"].entries] == ["hello"]
    assert [one.text for one in after.places["jo-dm"].entries] == ["Hm"]
    assert after.here == "team"
