"""The small decisions of the play screen that need no screen."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play.events import YOU, DecisionOffered, MessageShown, Option
from engine.play.phone import Entry, Person, PlaceView
from game.play.look import where_to_look
from game.play.manner import Manner
from game.play.options import option_rows
from game.play.panel import Panel
from game.play.passing import between, later_words
from game.play.pick import PickPanel
from game.play.places import last_line
from game.play.seen import audience_of, seen_lines, unknown_count
from game.play.status import battery
from game.play.taps import message_menu, reason, sayable
from game.themes import NIGHT

HOUR = 3600
TEAM = PlaceView("team", "group", "Team 4", 41, [Person("col", "Col", "calm"), Person("dev", "Dev")])


def entry(**how: Any) -> Entry:
    return Entry(how.pop("id", "ask"), how.pop("kind", "text"), how.pop("text", "hello"), 0, name="Col", **how)


def offer(*options: Option, **how: Any) -> DecisionOffered:
    return DecisionOffered(at=0, scene="s", place="team", kind="one", options=options, **how)


def option(name: str, action: str, **how: Any) -> Option:
    return Option(id=name, label=name.capitalize(), action=action, **how)


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("3 weeks", "Three weeks later"),
        ("1 day", "One day later"),
        ("40 years", "40 years later"),
        ("a moment", "A moment later"),
        ("about a day and a half", "About a day and a half later"),
        ("about 2 and a half weeks", "About two and a half weeks later"),
    ],
)
def test_how_long(words: str, later: str) -> None:
    assert later_words(words) == later


def test_a_list_begins_on_what_can_be_taken_and_stays_where_it_was() -> None:
    pieces = offer(option("mop", "settings", available=False), option("bell", "settings"), option("urn", "settings"), most=2)
    panel = PickPanel(pieces)
    assert panel.list.row is not None
    assert panel.list.row.id == "bell"
    panel.list.cursor = 2
    again = panel.again()
    assert again.list.row is not None
    assert again.list.row.id == "urn"


def test_the_date_goes_from_one_end_to_the_other_without_turning_back() -> None:
    ats = [between(1000, 9_000_000, part / 50) for part in range(51)]
    assert ats[0] == 1000
    assert ats[-1] == 9_000_000
    assert ats == sorted(ats)


def test_the_battery_is_full_in_the_morning_and_low_at_night() -> None:
    assert battery(7 * HOUR) == 100
    assert battery(12 * HOUR) > battery(23 * HOUR) > battery(27 * HOUR) >= 14
    assert battery(30 * HOUR) == battery(6 * HOUR)


@pytest.mark.parametrize(("limits", "seconds"), [("normal", 60), ("longer", 180), ("off", 0)])
def test_limits(limits: Any, seconds: int) -> None:
    assert Manner(limits=limits).limit(60) == seconds


def test_a_menu_leads_to_what_acts_on_the_message_first() -> None:
    taps = message_menu(
        offer(
            option("call-out", "challenge", on="ask"),
            option("answer", "reply", on="ask"),
            option("elsewhere", "reply", on="other"),
            option("desk", "report"),
            option("pass", "forward", forward="ask"),
        ),
        TEAM,
        entry(),
    )
    found = {tap.action: tap.option.id for tap in taps if tap.option is not None}
    assert found == {"challenge": "call-out", "reply": "answer", "report": "desk", "forward": "pass"}
    assert taps[0].action == "challenge"
    assert all(tap.why for tap in taps if tap.option is None)


def test_two_options_of_one_action_are_two_items() -> None:
    taps = message_menu(offer(option("one", "reply", on="ask"), option("two", "reply", on="ask")), TEAM, entry())
    assert [tap.option.id for tap in taps if tap.option is not None] == ["one", "two"]


def test_the_story_says_why_not_before_we_do() -> None:
    taps = message_menu(offer(not_now={"forward": "Not after last time."}), TEAM, entry())
    whys = {tap.action: tap.why for tap in taps}
    assert whys["forward"] == "Not after last time."
    assert whys["react"] == reason("react")
    assert "" not in whys.values()


def test_an_option_that_is_closed_keeps_its_reason() -> None:
    closed = option("answer", "reply", on="ask", available=False, why_not="Too late.")
    tap = next(tap for tap in message_menu(offer(closed), TEAM, entry()) if tap.action == "reply")
    assert tap.option is closed
    assert tap.why == "Too late."


def test_options_of_the_scene_do_not_act_in_another_place() -> None:
    other = PlaceView("dev", "dm", "Dev")
    taps = message_menu(offer(option("desk", "report")), other, entry())
    assert all(tap.option is None for tap in taps)


@pytest.mark.parametrize("state", ["deleted", "expired"])
def test_what_is_gone_is_gone(state: Any) -> None:
    taps = message_menu(offer(), TEAM, entry(state=state))
    assert {tap.why for tap in taps} == {"That message is gone."}


def test_nothing_is_tapped_on_another_persons_phone() -> None:
    theirs = PlaceView("dm", "dm", "Efua", phone="Nadia")
    taps = message_menu(offer(option("answer", "reply", on="ask")), theirs, entry())
    assert taps
    assert {tap.why for tap in taps} == {"It is not your phone."}


def test_prose_has_no_menu() -> None:
    assert message_menu(offer(option("a", "reply")), TEAM, entry(kind="prose")) == []


def test_in_a_feed_a_reaction_is_a_like() -> None:
    feed = PlaceView("team", "feed", "Feed", 200)
    taps = message_menu(offer(option("heart", "react", react="❤", on="ask")), feed, entry(kind="post"))
    assert next(tap.option.id for tap in taps if tap.action == "like" and tap.option is not None) == "heart"


def test_what_one_could_say_is_what_is_sent_or_spoken() -> None:
    options = [option("a", "reply", send="x"), option("b", "ask"), option("c", "react", react="👍"), option("d", "wait")]
    assert [one.id for one in sayable(options)] == ["a", "b"]


def test_rows_are_numbered_to_nine_and_the_silence_is_nought() -> None:
    options = [option(f"o{number}", "reply") for number in range(11)] + [option("silence", "wait")]
    assert [row.key for row in option_rows(options, "silence")] == [*"123456789", "", "", "0"]


def shown(place: str = "team", **how: Any) -> MessageShown:
    return MessageShown(at=0, id="m", place=place, sender=how.pop("sender", "col"), name="Col", kind="text", text="x", **how)


@pytest.mark.parametrize(
    ("event", "kind", "answering", "where"),
    [
        (shown("here"), "group", False, "here"),
        (shown(), "group", False, "notify"),
        (shown(), "group", True, "follow"),
        (shown(sender=YOU), "dm", False, "follow"),
        (shown(), "call", False, "follow"),
        (shown(), "in-person", False, "follow"),
        (shown(past=True), "group", True, "quiet"),
    ],
)
def test_where_one_looks(event: MessageShown, kind: Any, answering: bool, where: str) -> None:
    assert where_to_look(event, PlaceView(event.place, kind, "P"), "here", answering) == where


def test_somebody_elses_phone_turns_to_where_it_rings() -> None:
    theirs = PlaceView("home", "dm", "Her mother", phone="Zofia")
    assert where_to_look(shown(place="home"), theirs, "here", False) == "follow"
    assert where_to_look(shown(place="home"), theirs, "home", False) == "here"
    assert where_to_look(shown(place="home", past=True), theirs, "here", False) == "quiet"
    notice = MessageShown(at=0, id="m", place="home", sender=None, name="", kind="notice", text="x")
    assert where_to_look(notice, theirs, "here", False) == "quiet"


def test_a_muted_place_does_not_ring() -> None:
    assert where_to_look(shown(), PlaceView("team", "group", "T", muted=7200), "here", False) == "quiet"


def words(place: PlaceView) -> str:
    return " ".join("".join(part for part, _style in line) for line in seen_lines(place, NIGHT, 60))


def test_who_can_see_a_group() -> None:
    assert unknown_count(TEAM) == 38
    told = words(TEAM)
    assert "41 people, and whoever they show it to" in told
    assert "Col" in told
    assert "calm" in told
    assert "38 others" in told


def test_who_can_see_other_places() -> None:
    assert audience_of(PlaceView("f", "feed", "F", 11300)) == "11,300 followers, and anyone they share it with"
    assert audience_of(PlaceView("f", "feed", "F", 0)) == "Anyone who looks."
    assert audience_of(PlaceView("f", "feed", "Notifications", 0, phone="Zofia")) == "Zofia"
    assert audience_of(PlaceView("d", "dm", "Dev", audience="and his wife")) == "Dev, and his wife"
    left = PlaceView("t", "group", "T", 40, left=True, timer=86400)
    assert "You left." in words(left)
    assert "disappear after 1 day" in words(left)
    read = PlaceView("t", "group", "T", 3, entries=[Entry("m", "text", "x", 0, sender=YOU, read_by=14)])
    assert "What you wrote last was read by 14." in words(read)


def test_the_last_line_of_a_place() -> None:
    place = PlaceView("t", "group", "T", entries=[entry(text="look", kind="picture")])
    assert last_line(place) == "Col: [picture] look"
    place.typing.append("Dev")
    assert last_line(place) == "Dev is typing…"


# Small words on the way


def test_a_call_says_so_in_the_list_of_places() -> None:
    from engine.play.phone import Phone, PlaceView
    from game.play.places import place_rows

    phone = Phone([PlaceView("marnie-dm", "dm", "Marnie", used=True), PlaceView("marnie-call", "call", "Marnie", used=True)])
    assert {row.label for row in place_rows(phone, None, None)} == {"Marnie", "Marnie (call)"}


def test_a_line_that_is_cut_keeps_the_gap_between_its_parts() -> None:
    from game.play.painted import two_ends
    from game.themes import ink

    line = two_ends([("Team 4 · 41 members", ink()), ("   Esc back to Rashid", ink())], [("Thu 03:40   61% ", ink())], 56)
    assert line.plain.startswith("Team 4 · 41 members   Esc back")
    assert len(line.plain) == 56


def test_who_hears_what_is_said_aloud_and_who_reads_a_letter() -> None:
    from engine.play.phone import PlaceView
    from game.play.seen import audience_of

    assert audience_of(PlaceView("hall", "in-person", "The corridor")) == "Whoever is in earshot."
    assert audience_of(PlaceView("inbox", "mail", "Inbox")).startswith("Those a letter is addressed to, and")
    assert (
        audience_of(PlaceView("work", "mail", "Work", audience="Harriet, and whoever she asks"))
        == "Harriet, and whoever she asks"
    )


def words_of(panel: Panel) -> list[str]:
    keys = panel.keys()
    return [key.words for key in keys]


def test_what_is_said_aloud_is_not_sent() -> None:
    from game.play.draft import Draft, DraftPanel

    spoken = DraftPanel(Draft("The corridor", "whoever is in earshot", "All quiet.", spoken=True))
    assert words_of(spoken) == ["say it", "take it back", "who can hear this"]
    sent = DraftPanel(Draft("Team 4", "41 people", "All quiet."))
    assert words_of(sent) == ["send", "take it back", "who can see this"]


def test_a_menu_with_nothing_in_it_shows_only_the_way_back() -> None:
    from game.play.menu import MenuPanel

    assert words_of(MenuPanel("A line", [])) == ["back"]


def test_how_often_something_was_taken_back() -> None:
    from game.lookback import second_thoughts

    assert [second_thoughts(count).split(" you")[0] for count in (1, 2, 3)] == ["Once", "Twice", "3 times"]


def test_a_scene_that_is_called_as_its_place_is_named_once() -> None:
    from engine.debrief.model import Debrief, Moment
    from game.lookback import lookback
    from tests.game.stage import evening

    moments = [
        Moment("one", "The kitchen", HOUR, "The kitchen", decision=0),
        Moment("two", "Tea", HOUR, "The kitchen", decision=1),
    ]
    lines = lookback(Debrief("evening", "One evening", "Sam", 7, moments, []), evening())
    assert [line.count("The kitchen") for line in lines if "kitchen" in line] == [1, 1]
