"""Plain mode: everything said once, in an order that can be listened to; numbers decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import events as ev
from engine.play.events import encode
from engine.play.inputs import Input
from game.decisions_file import ScriptProblem, read_script
from game.packs import library, load
from game.plain import Plain
from game.session import Session
from saves.errors import SaveError
from saves.store import Store
from tests.game.shell import BEATS, NOON, SPOKE, plainly, tour
from tests.game.stage import evening

ROOT = Path(__file__).parents[2]


def fresh() -> Session:
    return Session.unsaved(tour(), 7, "Mara")


def number_of(lines: list[str], label: str) -> str:
    """The number that stands before an option."""
    return next(line.partition(".")[0] for line in lines if line.partition(". ")[2].startswith(label))


def offered() -> list[str]:
    return plainly(fresh())


def test_what_the_card_says_is_said_first_where_somebody_reads_it() -> None:
    note = "Somebody is mocked, out of sight."
    assert plainly(fresh()).index(note) < plainly(fresh()).index("Team 9, Monday 21:10.")
    assert note not in plainly(fresh(), interactive=False), "a pipe"
    assert note not in plainly(fresh(), script=SPOKE), "a file of decisions"


def test_the_first_scene_is_told_in_reading_order() -> None:
    lines = offered()
    assert lines[:17] == [
        "The tour",
        "",
        "One of everything, on one evening.",
        "",
        "Somebody is mocked, out of sight.",
        "",
        "Team 9, Monday 21:10.",
        "(1 earlier message. Type h to read it.)",
        "Ana: hello Mara, welcome",
        "Bo, picture, forwarded many times: [masked: it mocks somebody's teeth]",
        "Ana and 2 others react 😂.",
        "Read by 9.",
        "Bo was typing, and stopped.",
        "",
        "Ana, 21:10.",
        "Ana: ignore him",
        "",
    ]


def test_the_end_of_the_input_leaves_and_says_so() -> None:
    assert offered()[-1] == "See you."
    assert plainly(fresh(), ["q"])[-1] == "See you."


def test_a_kept_play_says_that_it_is_saved(tmp_path: Path) -> None:
    with Store.open(tmp_path, now=lambda: NOON) as store:
        session = Session.new(store, "Mara", tour(), 7, "Mara")
        lines = plainly(session, ["0"], clock=iter((10.0, 13.5, 20.0, 20.0)).__next__)
        assert lines[-1] == "Saved. See you."
        assert [node.took_ms for node in store.journal(store.plays()[0].id).nodes] == [3500]


def test_silence_is_nought_and_a_thought_stands_beside_its_option() -> None:
    assert "0. Let it scroll by. “First day.”" in offered()
    assert any(line.endswith("Say it is not for you. “Somebody goes first.”") for line in offered())


def test_an_option_that_is_closed_says_why_and_cannot_be_taken() -> None:
    lines = offered()
    number = number_of(lines, "Laugh")
    assert f"{number}. Laugh. Not possible: You have not understood it yet." in lines
    session = fresh()
    said = plainly(session, [number])
    assert "Not possible: You have not understood it yet." in said[said.index(f"> {number}") :]
    assert session.play.inputs == []


def test_what_is_sent_stands_as_a_draft_with_its_audience() -> None:
    session = fresh()
    lines = plainly(session, [number_of(offered(), "Say it"), "1"])
    draft = lines.index("Your draft: Not for me, that one.")
    assert lines[draft + 1] == "To Team 9: 12 people in this group, and whoever they show it to."
    assert lines[draft + 2 : draft + 4] == ["1. Send it.", "2. Take it back."]
    assert session.play.inputs == [Input("hello", choice="speak")]


def test_a_draft_taken_back_is_recorded_and_the_decision_is_offered_again() -> None:
    session = fresh()
    lines = plainly(session, [number_of(offered(), "Say it"), "maybe", "2"])
    assert "Type 1 to send it or 2 to take it back." in lines
    assert lines.count("0. Let it scroll by. “First day.”") == 2
    assert session.play.inputs == []
    assert [event.choice for event in session.play.events if isinstance(event, ev.DraftTakenBack)] == ["speak"]


def test_a_forward_shows_what_would_be_passed_on() -> None:
    lines = plainly(fresh(), [number_of(offered(), "Pass it on")])
    assert "Your draft: (forwarded) Bo: [masked: it mocks somebody's teeth]" in lines
    assert any(line.startswith("To Ana") for line in lines)


def test_several_are_picked_with_commas_within_their_cap() -> None:
    session = fresh()
    lines = plainly(session, ["0"])
    friends, tags, locked = (number_of(lines, label) for label in ("Hide the friends", "Check every tag", "Lock it"))
    maps = number_of(lines, "Hide the map")
    assert "Pick at most 2, or 0 for none." in lines
    assert f"{tags}. Check every tag (counts 2)." in lines
    more = plainly(session, [f"{friends},{tags}", f"{friends},{friends}", locked, "9", "x", f"{friends}, {maps}"])
    assert "That is more than 2." in more
    assert f"{friends} stands there twice." in more
    assert f"{locked} is not possible: That would look odd." in more
    assert "There are only 4 here." in more
    assert "“x” is no number. Type ? for help." in more
    assert session.play.inputs[-1] == Input("taps", "pick", picks=("friends", "maps"))


def test_an_order_is_kept_and_pieces_stand_as_a_draft() -> None:
    session = fresh()
    for line in SPOKE[:3]:
        session.take(read_script(line, "x")[0].input)
    shown = plainly(session)
    assert "Pick at least 1 and at most 2. The order counts." in shown
    assert "Waiting is not possible: She is waiting with a pen." not in shown
    sorry, what = number_of(shown, "That you are sorry"), number_of(shown, "What happened")
    lines = plainly(session, ["0", f"{sorry},{what}", "1"])
    assert "Pick at least 1." in lines
    draft = lines.index("Your draft: That you are sorry")
    assert lines[draft + 1] == "What happened"
    assert session.play.inputs[-1].picks == ("sorry", "what")


def test_a_board_is_asked_question_by_question() -> None:
    session = fresh()
    for line in SPOKE[:4]:
        session.take(read_script(line, "x")[0].input)
    lines = plainly(session, ["7", "1", "0"])
    assert "1. A photo with a badge (from Bo)" in lines
    assert "There are only 2 here." in lines
    assert lines.index("Where do you work?") < lines.index("When are you out?")
    assert session.play.inputs[-1] == Input("board", "link", picks=("where=badge",))


def test_a_time_limit_is_said_to_be_off_and_a_beat_that_was_told_can_still_be_skipped() -> None:
    session = fresh()
    lines = plainly(session, ["0", "0", "x", "s"])
    assert "s. Skip this part." in lines
    assert any("In plain mode there is none" in line for line in lines)
    assert "You put the page away." in lines
    assert session.play.inputs[-1] == Input("post", "skip")


def test_a_beat_can_be_skipped_before_it_is_told() -> None:
    session = fresh()
    lines = plainly(session, ["0", "0", "s", "h"])
    asked = lines.index("> s")
    assert lines[asked - 1] == session.story.note
    assert lines[asked + 1 : asked + 3] == ["", "You put the page away."]
    assert session.play.inputs[-1] == Input("post", "skip")
    assert not any("The fair is on" in line for line in lines), "nothing of it is heard, in the history neither"


def answered(session: Session, *answers: str) -> list[str]:
    """What is said when these are all the answers, those before parts that can be skipped among them."""
    said: list[str] = []
    waiting = iter(answers)
    Plain(session, lambda _prompt: next(waiting, None), said.append).run()
    assert next(waiting, None) is None
    return said


def test_before_a_beat_that_can_be_skipped_the_letters_work() -> None:
    said = answered(Session.unsaved(evening(), 7, "Sam"), "0", "1", "?", "u", "0", "q")
    assert "Type s to skip it, or press Enter to read it." in said
    assert "You took that decision back." in said
    assert not any("done it again" in line for line in said)
    assert said[-1] == "See you."


def test_a_scene_to_read_can_be_skipped_before_it_is_told() -> None:
    said = answered(Session.unsaved(evening(), 7, "Sam"), "0", "", "0", "s")
    assert any("done it again" in line for line in said)
    assert "You put the other phone down." in said
    assert "Somebody upstairs has heard it, Sam." in said
    assert said.count("Somebody is laughed at.") == 2, "at the beginning, and before the beat that has no note of its own"
    assert not any("always" in line for line in said)
    assert any("Was that you?" in line for line in said)


def test_who_skipped_a_scene_to_read_does_not_meet_it_when_going_on(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        session = Session.new(store, "Sam", evening(), 7, "Sam")
        words = "It is Tuesday 23:50."
        assert words in answered(session, "0", "", "0", "w"), "and not three weeks later, which comes next"
        assert session.journal is not None
        again = Session.resume(store, session.journal.play_id, evening())
        said = answered(again, "s", "w")
        assert said.count(f"  {words}") == 1, "when one goes on"
        assert said.count(f"{words} You are here: the yard.") == 1
        assert "You put the other phone down." in said
        assert not any("always" in line for line in said)
        last = Session.resume(store, session.journal.play_id, evening())
        assert last.told == len(last.play.events), "answered once is enough"
        assert encode(last.play.events) == encode(again.play.events)
        assert not any("always" in line for line in answered(last, "h"))


def test_a_file_of_decisions_may_skip_a_scene_to_read() -> None:
    walk = ["keys: silence", "late: silence", "sisters: (skip)"]
    assert "You put the other phone down." in plainly(Session.unsaved(evening(), 7, "Sam"), script=walk)
    assert any("always" in line for line in plainly(Session.unsaved(evening(), 7, "Sam"), script=walk[:-1]))
    with pytest.raises(ScriptProblem, match=r"sisters: \(skip\)” cannot be taken here"):
        plainly(Session.unsaved(evening(), 7, "Sam"), script=[walk[0], walk[2], walk[1]])


def test_where_a_file_of_decisions_ends_before_a_part_that_can_be_skipped_the_letters_work() -> None:
    said: list[str] = []
    waiting = iter(["u", "0", "b", "1", "q"])
    walk = read_script("keys: silence", "way.txt")
    Plain(Session.unsaved(evening(), 7, "Sam"), lambda _prompt: next(waiting), said.append, script=walk).run()
    assert "You took that decision back." in said
    assert any(line.startswith("You are back at") for line in said)
    assert said[-1] == "See you."


def test_in_a_pipe_and_from_a_file_a_beat_is_told_and_then_may_be_skipped() -> None:
    lines = plainly(fresh(), ["0", "0", "s"], interactive=False)
    assert lines.index("> s") > lines.index("s. Skip this part.")
    assert "You put the page away." in lines
    assert "You put the page away." in plainly(fresh(), script=["hello: silence", "taps: pick", "post: (skip)"])


def test_feed_edit_mail_deletion_and_another_phone_are_told() -> None:
    lines = plainly(fresh(), script=SPOKE)
    for expected in (
        "Ana posts: The fair is on Saturday",
        "41 likes, 3 shares.",
        "Bo comments: is it though",
        "Ana's “The fair is on Saturday” now reads: The fair is on Sunday",
        "Bo deletes what they wrote: “[masked: it mocks somebody's teeth]”.",
        "You, replying to Bo, “[masked: it mocks somebody's teeth]”: Not for me, that one.",
        "Mail from Ana.",
        "Subject: Your words, please.",
        "On Bo's phone, Ana, 09:00.",
        "About 2 and a half days later.",
    ):
        assert expected in lines


def test_each_message_is_printed_once() -> None:
    session = fresh()
    lines = plainly(session, script=SPOKE)
    shown = [
        event.text.splitlines()[0] for event in session.play.events if isinstance(event, ev.MessageShown) and not event.past
    ]
    told = lines[: lines.index("Looking back.")]
    for text in shown:
        if "\ue000" not in text:
            assert sum(line == text or line.endswith(f": {text}") for line in told) == 1, text


def test_nothing_is_drawn_with_control_sequences() -> None:
    text = "\n".join(plainly(fresh(), ["?", "w", "m", "h", "o", "d"], script=()))
    assert all(character == "\n" or character.isprintable() for character in text)


def test_the_end_has_codas_a_debrief_and_the_support_line() -> None:
    lines = plainly(fresh(), script=SPOKE)
    at = lines.index("The end: Said.")
    assert lines[at + 2] == "You said it once. It was enough."
    assert "The stapler turned up." in lines
    assert "  You decided: Say it is not for you" in lines
    assert "  You may have thought: “Somebody goes first.”" in lines
    assert "  People affected +1. One line is a line." in lines
    assert "  3 days later it led to: Thanks." in lines
    assert "  What you did not see: Bo was nervous too." in lines
    assert "People affected: +1." in lines
    assert "It was cheapest to act at “Hello”." in lines
    assert "- When was it cheapest to act?" in lines
    assert "If any of this was close to home: the staff support line." in lines


def test_dials_are_not_told_before_the_end() -> None:
    lines = plainly(fresh(), ["d", "0"])
    assert "How things stand is shown at the end, with the reasons." in lines
    assert not any("Own standing" in line for line in lines)


def test_undo_takes_the_last_decision_back() -> None:
    session = fresh()
    lines = plainly(session, ["u", "0", "u"])
    assert "There is nothing to undo." in lines
    assert "You took that decision back." in lines
    assert session.play.inputs == []


def test_going_back_to_an_earlier_decision() -> None:
    session = fresh()
    lines = plainly(session, ["b", "0", "0", "b", "9", "0", "b", "1"])
    assert "You are at the beginning." in lines
    assert "2. Monday 21:10, Taps: Put the phone down" in lines
    assert "You are back at Monday 21:10, Hello." in lines
    assert session.play.inputs == []


def test_after_the_end_one_may_go_back_or_leave() -> None:
    session = fresh()
    lines = plainly(session, ["", "1", "b", "1", "q"], script=SPOKE)
    assert any("the story is over" in line for line in lines)
    assert "You are back at Monday 21:10, Hello." in lines
    assert session.play.inputs == []


def test_members_and_history() -> None:
    lines = plainly(fresh(), ["m", "h"])
    assert "Team 9: 12 people." in lines
    assert "Ana, your tutor." in lines
    assert "Bo: anyone seen the good stapler" in lines
    assert "😂 3" in lines


def test_what_cannot_be_saved_is_told_and_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path, now=lambda: NOON) as store:
        session = Session.new(store, "Mara", tour(), 7, "Mara")

        def refuse(*_args: object, **_more: object) -> int:
            raise SaveError("There is no room.", "Make some.")

        monkeypatch.setattr(session.journal, "take", refuse)
        lines = plainly(session, ["0"])
        assert "There is no room." in lines
        assert session.play.inputs == []


def test_another_window_that_went_on_is_followed(tmp_path: Path) -> None:
    with Store.open(tmp_path, now=lambda: NOON) as store:
        session = Session.new(store, "Mara", tour(), 7, "Mara")
        assert session.journal is not None
        other = Session.resume(store, session.journal.play_id, tour())
        other.take(Input("hello", choice="silence"))
        lines = plainly(session, ["0"])
        assert any("went on in another window" in line for line in lines)
        assert "Here is where it stands." in lines
        assert session.play.inputs == [Input("hello", choice="silence")]


def test_coming_back_gives_a_recap_and_no_message_again(tmp_path: Path) -> None:
    with Store.open(tmp_path, now=lambda: NOON) as store:
        session = Session.new(store, "Mara", tour(), 7, "Mara")
        session.take(Input("hello", choice="silence"))
        assert session.journal is not None
        lines = plainly(Session.resume(store, session.journal.play_id, tour()))
    assert "Where you were:" in lines
    assert "  Monday 21:10, Hello: Let it scroll by" in lines
    assert not any("welcome" in line for line in lines)
    assert "Two taps before bed." in lines


def test_decisions_of_a_file_are_taken_then_it_asks() -> None:
    session = fresh()
    lines = plainly(session, ["0"], script=SPOKE[:1])
    assert "You decide: Say it is not for you." in lines
    assert session.play.inputs == [Input("hello", choice="speak"), Input("taps", "pick")]


def test_without_a_person_it_stops_with_what_is_on_offer() -> None:
    session = fresh()
    lines = plainly(session, ["0"], script=SPOKE[:1], interactive=False)
    assert "Two taps before bed." in lines
    assert len(session.play.inputs) == 1


def test_a_decision_that_does_not_fit_names_its_line() -> None:
    with pytest.raises(ScriptProblem, match=r"way\.txt:2: “taps: nonsense” cannot be taken here"):
        plainly(fresh(), script=["hello: silence", "taps: nonsense"])
    with pytest.raises(ScriptProblem, match=r"way\.txt:6: .* after the end of the story"):
        plainly(fresh(), script=[*SPOKE, "hello: speak"])


def test_a_file_of_decisions_may_have_comments_and_says_where_it_is_wrong() -> None:
    found = read_script("\ufeff# a way\n\nhello: speak  # the brave one\ntaps: pick friends, maps\npost: (lapse)\n", "way.txt")
    assert [(one.line, str(one.input)) for one in found] == [
        (3, "hello: speak"),
        (4, "taps: pick friends, maps"),
        (5, "post: (lapse)"),
    ]
    with pytest.raises(ScriptProblem, match=r"way\.txt:2: this is no decision: “hello”"):
        read_script("# a\nhello\n", "way.txt")


def transcripts() -> list[tuple[str, Path]]:
    folder = ROOT / "scenarios" / "induction"
    return [(file.parent.name, file) for file in sorted(folder.glob("*/*.txt"))]


@pytest.mark.parametrize(
    ("scenario", "file"), transcripts(), ids=lambda value: value.stem if isinstance(value, Path) else value
)
def test_every_shipped_transcript_plays_on_plain_lines_to_its_end(scenario: str, file: Path) -> None:
    story = load(library(user=Path("/nonexistent")).get(scenario))
    session = Session.unsaved(story, 1, "Mara")
    script = [str(one.input) for one in read_script(file.read_text("utf-8"), file.name)]
    lines = plainly(session, script=script, interactive=False)
    assert session.ended
    assert any(line.startswith("The end: ") for line in lines)
    assert "Looking back." in lines
    assert all(character.isprintable() for line in lines for character in line)


@pytest.mark.parametrize("file", sorted(BEATS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_beat_plays_to_its_end_by_numbers(file: Path) -> None:
    """Whoever types 1 and sends, and picks the first, comes to an end: no prompt is a dead end."""
    from engine import load_story

    session = Session.unsaved(load_story(file), 3, "Mara")
    plainly(session, ["1", "2", "0", "3"] * 60)
    session = Session.unsaved(load_story(file), 3, "Mara")
    for _ in range(80):
        offer = session.offer
        if offer is None:
            break
        number = len(session.play.inputs)
        if offer.kind == "one":
            plainly(session, ["0" if offer.silence else "1", "1"])
        elif offer.kind == "several":
            plainly(session, [",".join(str(n) for n in range(1, offer.least + 1)) or "0", "1"])
        else:
            plainly(session, ["1"] * len(offer.questions) or ["0"])
        assert len(session.play.inputs) > number
    assert session.ended
