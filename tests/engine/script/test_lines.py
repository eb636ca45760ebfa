import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.script.blocks import both
from engine.script.conditions import Name
from engine.script.findings import Unread
from engine.script.lines import (
    Change,
    Count,
    Goto,
    Membership,
    Notice,
    Prose,
    React,
    Read,
    Rename,
    Say,
    Script,
    Timer,
    Type,
    Wait,
)
from engine.script.parse import LONGEST_ODD, parse_script
from engine.script.times import Moment, parse_moment


def lines(text):
    return parse_script(text).lines


def line(text):
    (one,) = lines(text)
    return one


def problems(text):
    with pytest.raises(Unread) as caught:
        parse_script(text)
    return caught.value


def problem(text):
    (one,) = problems(text).problems
    return one


def cond(one):
    return one.cond and one.cond.text


# --- messages ---------------------------------------------------------------------------------------------------


def test_a_message():
    assert line("Col: hello there ") == Say(row=0, who="Col", text="hello there")


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("You: hello", "you", "hello"),
        ("you: hello", "you", "hello"),
        ("Uncle Shinde: good morning", "Uncle Shinde", "good morning"),
        ("the guardian: I have it.", "the guardian", "I have it."),
        ("Tiger 🐯: miaow", "Tiger 🐯", "miaow"),
        ("own-up_2: hello", "own-up_2", "hello"),
        ("O'Neil: hello", "O'Neil", "hello"),
        ("Café Ole: hello", "Café Ole", "hello"),
        ("Col: see https://example.org/x?y=1", "Col", "see https://example.org/x?y=1"),
        ("Col: https://example.org", "Col", "https://example.org"),
        ("Col: Correction 08:41: I wrote", "Col", "Correction 08:41: I wrote"),
        ("Col: {policy} says so", "Col", "{policy} says so"),
        ("Col: @all *wow* #nights", "Col", "@all *wow* #nights"),
        ("Col: masked: what it is", "Col", "masked: what it is"),
        ("Col: see this. masked: what it is", "Col", "see this. masked: what it is"),
        ("Col: Rashid reacts 😂 to meme", "Col", "Rashid reacts 😂 to meme"),
        ("Col: is typing", "Col", "is typing"),
        ("Col: [sic] (yes)", "Col", "[sic] (yes)"),
        ("Col : hello", "Col", "hello"),
        ("3rd Floor: hello", "3rd Floor", "hello"),
    ],
)
def test_who_and_what(text, who, words):
    one = line(text)
    assert isinstance(one, Say)
    assert (one.who, one.text) == (who, words)


def test_a_message_with_everything():
    text = (
        "Col [meme] (picture, forwarded many times, reply to note-1, on post, subject: Re: you, me, to: All of us, "
        'view once, edited, archived, at 03:05, expires 24 hours): look "here"'
    )
    assert line(text) == Say(
        row=0,
        who="Col",
        text='look "here"',
        id="meme",
        kind="picture",
        forwarded=2,
        reply_to="note-1",
        on="post",
        subject="Re: you, me",
        to="All of us",
        view_once=True,
        edited=True,
        archived=True,
        at=Moment(11100, text="03:05", clock=True),
        expires=86400,
    )


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("picture", "kind", "picture"),
        ("photo", "kind", "picture"),
        ("voice note 1:12", "kind", "voice"),
        ("voice note 1:12", "length", 72),
        ("video 0:30", "length", 30),
        ("voice note", "kind", "voice"),
        ("Sticker", "kind", "sticker"),
        ("gif", "kind", "gif"),
        ("document", "kind", "document"),
        ("link", "kind", "link"),
        ("location", "kind", "location"),
        ("poll", "kind", "poll"),
        ("forwarded", "forwarded", 1),
        ('subject: "The whiteboard"', "subject", "The whiteboard"),
        ('subject: "One, two"', "subject", "One, two"),
        ("subject: One, two, picture", "subject", "One, two"),
        ("subject: One (two, three)", "subject", "One (two, three)"),
        ("at day 2, 03:05", "at", parse_moment("day 2, 03:05")),
        ("expires after 2 days", "expires", 172800),
    ],
)
def test_round_brackets(words, field, value):
    assert getattr(line(f"Col ({words}): text"), field) == value


def test_brackets_may_stand_in_either_order():
    assert line("Col (picture) [meme]: text") == line("Col [meme] (picture): text")


@pytest.mark.parametrize(
    ("text", "code", "col", "words"),
    [
        ("Col (pictur): x", "SB153", 5, "did you mean 'picture'?"),
        ("Col (banana): x", "SB153", 5, "known are"),
        ("Col (picture,, edited): x", "SB153", 13, "nothing stands"),
        ("Col (): x", "SB153", 5, "nothing stands"),
        ("Col (picture, video): x", "SB153", 14, "not a picture and a video"),
        ("Col (reply to The Meme): x", "SB153", 14, "no id"),
        ("Col (on ): x", "SB153", 7, "lacks the id"),
        ("Col (at): x", "SB153", 7, "moment is missing"),
        ("Col (expires): x", "SB153", 12, "length of time is missing"),
        ("Col (subject:): x", "SB153", 5, "nothing stands after"),
        ("Col (at noon): x", "SB153", 8, "no moment"),
        ("Col (edited, at 25:00): x", "SB153", 16, "25:00"),
        ("Col (expires soon): x", "SB153", 13, "no length of time"),
        ("Col (voice note 0:12: x", "SB153", 4, "never closed"),
        ("Col [meme: x", "SB153", 4, "never closed"),
        ("Col [Meme 1]: x", "SB158", 5, "`[meme-1]`"),
        ("Col []: x", "SB158", 5, "empty"),
        ("Col [a] [b]: x", "SB158", 9, "one id"),
        ("Col [!!!]: x", "SB158", 5, "`[meme]`"),
        ("Col:", "SB157", 0, "what is said"),
        ("Col (picture):", "SB157", 0, "what the picture shows"),
        (f"Col ({'x, ' * 2000}): y", "SB153", 0, "too long"),
    ],
)
def test_what_is_wrong_in_brackets(text, code, col, words):
    one = problem(text)
    assert (one.code, one.row, one.col) == (code, 0, col)
    assert words in f"{one.message} {one.hint}"


def test_a_message_with_a_wrong_bracket_is_kept_for_what_refers_to_it():
    error = problems("Col [meme] (pictur): x")
    assert isinstance(error.best, Script)
    assert error.best.lines == (Say(row=0, who="Col", text="x", id="meme"),)


# --- other lines ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> She puts the phone down.", Prose(row=0, text="She puts the phone down.")),
        (">Close.", Prose(row=0, text="Close.")),
        ("Rashid reacts 😂 to meme", React(row=0, who="Rashid", emoji="😂", message="meme")),
        ("You react 👍 to meme", React(row=0, who="you", emoji="👍", message="meme")),
        ("Rashid and 6 others react 😂 to meme", React(row=0, who="Rashid", emoji="😂", message="meme", count=7)),
        ("Uncle Shinde and 1 other react 😂 to meme", React(row=0, who="Uncle Shinde", emoji="😂", message="meme", count=2)),
        ("meme gets 41 likes, 12 shares, 6 comments", Count(row=0, message="meme", likes=41, shares=12, comments=6)),
        ("meme gets 1 like", Count(row=0, message="meme", likes=1)),
        ("meme gets 11,300 shares and 2 comments", Count(row=0, message="meme", shares=11300, comments=2)),
        ("meme read by 14", Read(row=0, message="meme", count=14)),
        ("meme is read by 1,400", Read(row=0, message="meme", count=1400)),
        ("Farah is typing", Type(row=0, who="Farah", on=True)),
        ("Farah is typing…", Type(row=0, who="Farah", on=True)),
        ("Farah stops typing", Type(row=0, who="Farah", on=False)),
        ("...", Wait(row=0)),
        ("…", Wait(row=0)),
        ("... 40 seconds", Wait(row=0, seconds=40)),
        ("... +20 minutes", Wait(row=0, seconds=1200)),
        ("... day 3, 04:00", Wait(row=0, until=parse_moment("day 3, 04:00"))),
        ("* Col deletes meme", Change(row=0, how="deleted", message="meme", who="Col")),
        ("* You delete meme", Change(row=0, how="deleted", message="meme", who="you")),
        ("* Col edits meme: 08:41: new", Change(row=0, how="edited", message="meme", who="Col", text="08:41: new")),
        ("* meme is cropped: less", Change(row=0, how="cropped", message="meme", text="less")),
        ("* Col leaves", Membership(row=0, how="leaves", who="Col")),
        ("* Jo joins", Membership(row=0, how="joins", who="Jo")),
        ("* Marnie adds you", Membership(row=0, how="adds", who="you", by="Marnie")),
        ("* Marnie removes Sgt Alder", Membership(row=0, how="removes", who="Sgt Alder", by="Marnie")),
        ("* You remove Jo", Membership(row=0, how="removes", who="Jo", by="you")),
        ("* Col turns on disappearing messages: 24 hours", Timer(row=0, who="Col", seconds=86400)),
        ("* Col turns off disappearing messages", Timer(row=0, who="Col", seconds=0)),
        ("* Col changes the name: Hub Heroes 2", Rename(row=0, who="Col", name="Hub Heroes 2")),
        ("* Anything else.", Notice(row=0, text="Anything else.")),
        ("* You are now an admin.", Notice(row=0, text="You are now an admin.")),
        (
            "* Everybody in the whole long building leaves the room",
            Notice(row=0, text="Everybody in the whole long building leaves the room"),
        ),
        ("* Messages and calls: 24 hours", Notice(row=0, text="Messages and calls: 24 hours")),
        ("in dev:", Goto(row=0, place="dev")),
        ("In col-dm :", Goto(row=0, place="col-dm")),
    ],
)
def test_every_shape(text, expected):
    assert line(text) == expected


def test_notes_and_empty_rows_are_nothing():
    assert lines("// a note\n\n  \n//another: note\n") == ()


def test_rows_count_all_rows():
    assert [one.row for one in lines("// a\nCol: x\n\n> y\n")] == [1, 3]


@pytest.mark.parametrize(
    ("text", "code", "col", "words"),
    [
        ("She puts the phone down.", "SB150", 0, "Begin it with `>`"),
        ("@all look here", "SB150", 0, "who says this?"),
        ("#nights", "SB150", 0, "who says this?"),
        ("- Col: x", "SB150", 0, "dash"),
        ("08:41: I wrote", "SB150", 0, "`Name (at 08:41): text`"),
        ("[08:41] Col: x", "SB150", 0, "`Name (at 08:41): text`"),
        ("masked: what it is", "SB150", 0, "`Col: masked: …`"),
        ("if challenged: x", "SB150", 0, "stands in braces"),
        ("https://example.org", "SB150", 0, "who sends this link?"),
        ("Col:text", "SB150", 0, "space is missing"),
        ("She said to everyone in the whole room: hello", "SB150", 0, "prose"),
        ("“So proud”: hello", "SB150", 0, "prose"),
        (": hello", "SB150", 0, "prose"),
        ("{jo}: hello", "SB150", 0, "`jo: …`"),
        ("{policy} says so", "SB150", 0, "who says this?"),
        ("{endif}", "SB150", 0, "`{end}`"),
        ("{elif a}", "SB150", 0, "no {elif}"),
        ("{If a} Col: x", "SB150", 0, "small letters"),
        ("{if a", "SB150", 0, "never closed"),
        ("{", "SB150", 0, "who says this?"),
        ("Col [meme", "SB150", 0, "no known shape"),
        (">", "SB157", 0, "empty"),
        ("*", "SB157", 0, "empty"),
        ("... banana", "SB154", 4, "until when"),
        ("... 3 weks", "SB154", 4, "did you mean 'weeks'?"),
        ("... day 3", "SB154", 4, "`day 3, 09:00`"),
        ("...and then", "SB154", 3, "until when"),
        ("Rashid reacts badly to meme", "SB155", 14, "emoji"),
        ("meme gets 3 hugs", "SB155", 0, "3 hugs"),
        ("meme gets 3 likes, 4 likes", "SB155", 0, "4 likes"),
        ("meme read by all", "SB155", 0, "by how many"),
        ("* Col turns on disappearing messages", "SB156", 0, "after how long"),
        ("* Col turns on disappearing messages: soon", "SB156", 0, "no length of time"),
        ("* Col changes the name:", "SB156", 0, "new name"),
        ("* Col edits meme:", "SB156", 0, "after it is edited"),
        ("* Col leaves.", "SB159", 0, "`* Col leaves`"),
        (f"x{' y' * LONGEST_ODD}", "SB150", 0, "no known shape"),
    ],
)
def test_what_cannot_be_read(text, code, col, words):
    one = problem(text)
    assert (one.code, one.row, one.col) == (code, 0, col)
    assert words in f"{one.message} {one.hint}"


def test_a_notice_with_a_full_stop_is_shown_all_the_same():
    assert problems("* Col leaves.").best == Script((Notice(row=0, text="Col leaves."),))


def test_everything_wrong_is_found_at_once():
    error = problems("hello\nCol: fine\n{if a == 2} Col: x\n{if b}\n... banana\nCol (pictur): y")
    assert [(one.code, one.row, one.col) for one in error.problems] == [
        ("SB150", 0, 0),
        ("SB141", 2, 6),
        ("SB154", 4, 4),
        ("SB153", 5, 5),
        ("SB152", 3, 0),
    ]
    assert isinstance(error.best, Script)
    assert [one.text for one in error.best.lines if isinstance(one, Say)] == ["fine", "x", "y"]


# --- going on ---------------------------------------------------------------------------------------------------


def test_an_indented_line_goes_on():
    text = "Col: one\n  two\n    three\n\n  four\n// note\nJo: x"
    first, second = lines(text)
    assert first.text == "one two three\n\nfour"
    assert (second.who, second.row) == ("Jo", 6)


def test_a_note_within_a_message_is_left_out():
    assert line("Col: one\n  // note\n  two").text == "one two"


@pytest.mark.parametrize("start", ["> one", "* one", "{if a} Col: one", "Col (picture): one"])
def test_prose_and_notices_go_on_too(start):
    assert line(f"{start}\n   two").text == "one two"


def test_a_message_may_begin_on_the_next_line():
    assert line("Col (subject: Hello):\n  Dear all").text == "Dear all"
    assert line(">\n  one").text == "one"
    assert line("* Col edits meme:\n  new").text == "new"


def test_what_is_indented_without_reason():
    error = problems("Col: x\n...\n  Jo: y\n> z")
    assert [(one.code, one.row, one.col) for one in error.problems] == [("SB151", 2, 2)]
    assert len(error.best.lines) == 4


def test_an_unindented_continuation_names_the_mend():
    one = problem("Col: hello\nand more of it")
    assert (one.row, one.code) == (1, "SB150")
    assert "indent it" in one.hint


def test_a_script_that_is_indented_as_a_whole():
    assert [one.col for one in lines("  Col: x\n  Jo: y")] == [2, 2]


# --- conditions -------------------------------------------------------------------------------------------------


def test_a_condition_before_a_line():
    one = line("{if challenged}  Rashid: ta")
    assert (cond(one), one.col, one.who) == ("challenged", 17, "Rashid")
    assert one.cond.node == Name("challenged", 0)


def test_two_conditions_before_a_line():
    assert cond(line("{if a} {if b} Col: x")) == "(a) and (b)"


def test_blocks():
    text = "{if a}\nCol: 1\n{if b} Col: 2\n{if c}\nCol: 3\n{else}\nCol: 4\n{end}\n{else}\nCol: 5\n{end}\nCol: 6"
    assert [cond(one) for one in lines(text)] == [
        "a",
        "(a) and (b)",
        "(a) and (c)",
        "(a) and (not (c))",
        "not (a)",
        None,
    ]


def test_blocks_may_be_indented():
    text = "{if a}\n  Col: 1\n    and more\n  {if b}\n    Col: 2\n  {end}\n{else}\n  Col: 3\n{end}\nCol: 4\n  more"
    assert [(cond(one), one.text, one.col) for one in lines(text)] == [
        ("a", "1 and more", 2),
        ("(a) and (b)", "2", 4),
        ("not (a)", "3", 2),
        (None, "4 more", 0),
    ]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("{if a}\nCol: x", 0, "never closed"),
        ("{end}", 0, "belongs to no {if}"),
        ("{else}", 0, "belongs to no {if}"),
        ("{if a} Col: x\n{end}", 1, "stands alone on its line"),
        ("{if a}\n{else}\n{else}\n{end}", 2, "already"),
        ("{if a}\n{else} Col: x\n{end}", 1, "a line of its own"),
        ("{if a}\n{end} Col: x", 1, "a line of its own"),
        ("{if a}\n{else if b}\n{end}", 1, "no condition of its own"),
        ("{if a}\n{end if}", 1, "`{end}`"),
        ("{if a} {if b}\nCol: x\n{end}", 0, "behind another"),
        ("{if a}" * 21 + " Col: x", 0, "more than 20"),
    ],
)
def test_blocks_that_do_not_fit(text, row, words):
    one = problem(text)
    assert (one.code, one.row) == ("SB152", row)
    assert words in f"{one.message} {one.hint}"


def test_blocks_in_blocks_have_an_end():
    codes = {one.code for one in problems("{if a}\n" * 30).problems}
    assert codes == {"SB152"}


def test_a_bad_condition_in_a_block():
    error = problems("Col: x\n{if  a == 2}\nCol: y\n{else}\nCol: z\n{end}")
    assert [(one.code, one.row, one.col) for one in error.problems] == [("SB141", 1, 7)]
    assert [cond(one) for one in error.best.lines] == [None, None, None]
    assert problem("{if }\nCol: x\n{end}").code == "SB140"


def test_both():
    one = line("{if a} Col: x").cond
    assert both(None, None) is None
    assert both(one, None) is one
    assert both(None, one) is one


# --- anything ---------------------------------------------------------------------------------------------------

PIECES = [
    "Col", ": ", ":", "[meme]", "(picture)", "(", ")", "[", "]", "{if a}", "{else}", "{end}", "{", "}", "> ", "* ", "...", " 3 days", "\n", "\n  ",
    "//", "in dev:", " reacts 😂 to meme", " leaves", ".", " gets 3 likes", "masked:", "@all", "  ", ",", "at 3", '"', "subject:", "é", "day 3, 04:00",
]  # fmt: skip
pieces = st.sampled_from(PIECES)


@given(st.lists(pieces, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    rows = text.split("\n")
    try:
        script = parse_script(text)
        wrong = ()
    except Unread as error:
        script, wrong = error.best, error.problems
    for one in wrong:
        assert one.code.startswith("SB1")
        assert one.message
        assert 0 <= one.row < len(rows)
        assert 0 <= one.col <= len(rows[one.row])
    for one in script.lines:
        assert 0 <= one.row < len(rows)
        assert 0 <= one.col <= len(rows[one.row])
        assert msgspec.structs.asdict(one)
