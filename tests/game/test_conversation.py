"""The conversation: what is drawn for each kind of entry, wrapping, scrolling, the cursor, and how it looks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection

from engine.play.phone import Entry, PlaceKind, PlaceView, Reaction
from engine.text import MASK_CLOSE, MASK_OPEN
from game import themes
from game.hues import contrast
from game.themes import NIGHT, PALETTES, PLAIN, Palette
from game.widgets import conversation as module
from game.widgets.bubbles import COLUMN, MEASURE, Chat
from game.widgets.cards import Feed
from game.widgets.conversation import Conversation, renderer_for
from game.widgets.letters import Letter, Mail
from game.widgets.lines import Laid, Sheet
from game.widgets.telling import Notes, Telling
from game.widgets.wrap import cells, graphemes, shorten, wrap, wrapped
from tests.game.stage import Dressed

DAY = 86_400
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_name(at: int) -> str:
    return WEEK[at // DAY % 7]


def at(day: int, hours: int, minutes: int) -> int:
    return (day - 1) * DAY + hours * 3600 + minutes * 60


def entry(name: str, text: str, when: int, kind: str = "text", **more: object) -> Entry:
    """An entry; its id is made from what it says unless given."""
    sender = {"You": "you", "": None}.get(name, name.lower())
    found = str(more.pop("id", f"{name}-{when}-{text[:12]}"))
    return Entry(found, kind, text, when, sender, name, **more)  # type: ignore[arg-type]


def masked(text: str) -> str:
    return f"{MASK_OPEN}{text}{MASK_CLOSE}"


def sheet(kind: PlaceKind = "group", width: int = 80, palette: Palette = NIGHT, airy: bool = False, **more: object) -> Sheet:
    return Sheet(PlaceView("p", kind, "Place", **more), palette, width, airy, day_name)  # type: ignore[arg-type]


def text_of(laid: Laid) -> list[str]:
    return [strip.text.rstrip() for strip in laid.strips]


def drawn(one: Entry, before: Entry | None = None, **how: object) -> str:
    """An entry of a group as text; `before` is by default one of the same day by somebody else."""
    before = before or entry("Tess", "hello", one.at - 60)
    on = sheet(**how)  # type: ignore[arg-type]
    return "\n".join(text_of(renderer_for(on.place.kind).lay(on, one, before)))


# Wrapping.

GRAPHEMES = st.sampled_from(
    ["a", "Z", "é", "e\u0301", "ñ", "-", "/", "7", "中", "文", "。", "（", "한", "𝒳", "ก\u0e33", "क्षि", "👍", "👍🏽", "👩‍👩‍👧", "❤\ufe0f", "🇬🇧", "1\ufe0f\u20e3", "…", "’", "\xa0"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(GRAPHEMES, GRAPHEMES, GRAPHEMES, st.just(" "), st.just("\n")), max_size=60)


@given(TEXTS, st.integers(min_value=4, max_value=30))
@settings(max_examples=400, deadline=None)
def test_wrapping_fits_loses_nothing_and_splits_no_grapheme(parts: list[str], width: int):
    text = "".join(parts)
    lines = wrap(text, width)
    assert lines, "even nothing is one line"
    edges = {0}
    for part in graphemes(text):
        edges.add(max(edges) + len(part))
    end = 0
    for start, stop in lines:
        assert cell_len(text[start:stop]) <= width
        assert start in edges
        assert stop in edges
        assert not text[end:start].strip(" \n"), "only spaces and ends of lines may go"
        end = stop
    assert not text[end:].strip(" \n")
    assert "\n" not in "".join(text[start:stop] for start, stop in lines)
    assert len(lines) >= text.count("\n") + 1


@given(st.lists(GRAPHEMES, max_size=30).map("".join))
def test_graphemes_are_whole(text: str):
    parts = list(graphemes(text))
    assert "".join(parts) == text
    for part in parts:
        assert not unicodedata.category(part[0]).startswith("M")
        assert part[0] not in "\u200d\ufe0f"
        assert not part.endswith("\u200d")


@pytest.mark.parametrize("whole", ["e\u0301", "👍🏽", "👩‍👩‍👧", "🇬🇧", "1\ufe0f\u20e3", "क्षि", "ก\u0e33", "한"])
def test_one_grapheme_stays_one(whole: str):
    assert list(graphemes(whole)) == [whole]
    assert list(graphemes(whole + whole)) == [whole, whole]


def test_words_break_at_spaces_and_addresses_where_they_look_whole():
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("https://example.org/policies/standards", 24) == ["https://example.org/", "policies/standards"]
    assert wrapped("aaaaaaaaaaaaaaa", 6) == ["aaaaaa", "aaaaaa", "aaa"]


def test_chinese_and_japanese_break_between_signs_but_not_before_a_stop():
    assert wrapped("今夜はもういい。", 14) == ["今夜はもうい", "い。"]


def test_lines_and_indentation_of_the_author_stay():
    assert wrapped("a\n\nb", 10) == ["a", "", "b"]
    assert wrapped("  - a list", 20) == ["  - a list"]
    assert wrapped("", 10) == [""]


@given(st.lists(GRAPHEMES, max_size=30).map("".join), st.integers(min_value=0, max_value=20))
def test_shortened_text_fits(text: str, width: int):
    short = shorten(text, width)
    assert cells(short) <= width
    assert short.rstrip("…") == "" or " ".join(text.split()).startswith(short.rstrip("…"))


# What is drawn.


def test_a_run_shows_the_name_once():
    first, second = entry("Rashid", "They were nice buttons", at(2, 19, 4)), entry("Rashid", "Pearl", at(2, 19, 5))
    assert "Rashid" in drawn(first)
    assert "Rashid" not in drawn(second, first)
    assert "Rashid" in drawn(entry("Rashid", "later", at(2, 19, 40)), first), "after a long silence the name comes again"
    assert "Rashid" in drawn(second, entry("You", "hm", at(2, 19, 4)))
    first.state, first.deleted_by = "deleted", "Marnie"
    assert "Rashid" in drawn(second, first), "a line that names two people leaves open who speaks next"


def test_a_direct_message_needs_no_names():
    assert drawn(entry("Dev", "You about?", at(3, 3, 20)), kind="dm").strip() == "You about?  03:20"


def test_a_new_day_is_named():
    shown = drawn(entry("Col", "morning", at(3, 7, 0)), entry("Col", "night", at(2, 23, 0)))
    assert "Wednesday" in shown
    assert "Wednesday" not in drawn(entry("Col", "b", at(3, 8, 0)), entry("Col", "a", at(3, 7, 0)))


def test_the_past_before_the_story_has_a_time():
    assert "14:05" in drawn(entry("Col", "old", at(-1, 14, 5)))


def test_own_bubbles_stand_right_with_ticks_and_readers():
    one = entry("You", "I can cover Thursday", at(3, 2, 31))
    lines = drawn(one).splitlines()
    assert lines[-1].endswith("02:31 ✓✓")
    assert lines[-1].index("I can") > 30
    assert "You" not in "".join(lines)
    one.read_by = 14
    assert "read by 14 · 02:31 ✓✓" in drawn(one)
    assert "✓" not in drawn(entry("Col", "x", at(3, 2, 31), read_by=3)), "ticks are for one's own"


def test_on_somebody_elses_phone_their_side_is_right():
    how = {"kind": "dm", "phone": "Nadia"}
    hers = drawn(entry("Nadia", "I saw it", at(3, 12, 1)), **how)
    yours = drawn(entry("You", "Sorry", at(3, 12, 2)), **how)
    assert hers.index("I saw") > 40
    assert "✓✓" in hers
    assert yours.strip("\n").index("Sorry") < 10
    on = sheet("dm", phone="Nadia")
    laid = Chat().lay(on, entry("Nadia", "I saw it", at(3, 12, 1)), None)
    colors = {
        segment.style.bgcolor.name for strip in laid.strips for segment in strip if segment.style and segment.style.bgcolor
    }
    assert NIGHT.other.back in colors
    assert NIGHT.own.back not in colors


@pytest.mark.parametrize("width", [40, 80, 120, 160])
def test_bubbles_keep_their_measure(width: int):
    one = entry("You", "word " * 80, at(3, 2, 31))
    laid = Chat().lay(sheet(width=width), one, None)
    assert laid.right - laid.left <= min(int(min(width, COLUMN) * 0.7) + 1, MEASURE + 2)
    assert all(strip.cell_length <= width - 2 for strip in laid.strips)
    assert laid.right <= width - 2


def test_strips_know_their_width():
    for airy in (True, False):
        for palette in PALETTES.values():
            for kind, entries in PLACES.values():
                on = sheet(kind, palette=palette, airy=airy)
                for one, before in zip(entries, [None, *entries], strict=False):
                    for strip in renderer_for(kind).lay(on, one, before).strips:
                        assert strip.cell_length == cell_len(strip.text) <= 80


def test_height_does_not_depend_on_the_cursor():
    for palette, airy in product(PALETTES.values(), (False, True)):
        for kind, entries in PLACES.values():
            on = sheet(kind, palette=palette, airy=airy)
            for one, before in zip(entries, [None, *entries], strict=False):
                renderer = renderer_for(kind)
                assert renderer.lay(on, one, before).height == renderer.lay(on, one, before, True).height


def test_forwarded_quoted_masked_and_described():
    many = drawn(entry("Col", "A meme. " + masked("it mocks the residents"), at(3, 3, 5), "picture", forwarded=2))
    assert "↪ Forwarded many times" in many
    assert "[picture] A meme. ▒\xa0it mocks the residents\xa0▒" in many
    assert "↪ Forwarded\n" in drawn(entry("Col", "x" * 30, at(3, 3, 5), forwarded=1))
    quoted = drawn(
        entry("You", "Yes", at(3, 3, 5), reply_to="m", reply_name="Dev", reply_text="I can\ndo " + masked("a thing"))
    )
    assert "▎Dev  I can do ▒ a thing ▒" in quoted
    gone = drawn(entry("You", "Yes", at(3, 3, 5), reply_to="m", reply_name="Dev", reply_text=""))
    assert "▎Dev  a message that is gone" in gone


def test_a_long_quote_takes_one_line():
    one = entry("You", "Yes", at(3, 3, 5), reply_to="m", reply_name="Dev", reply_text="word " * 80)
    assert len(drawn(one).strip("\n").splitlines()) == 2


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("picture", "[picture] it"), ("document", "[document] it"), ("sticker", "[sticker] it"), ("gif", "[gif] it"),
        ("link", "[link] it"), ("location", "[location] it"), ("poll", "[poll] it"), ("video", "▶ video 0:12"), ("post", "it"),
    ],
)  # fmt: skip
def test_kinds_say_what_they_are(kind: str, starts: str):
    lines = drawn(entry("Col", "it is", at(3, 3, 5), kind, length=12)).splitlines()
    assert lines[1].strip().startswith(starts)
    assert "it is" in "".join(lines)


def test_a_voice_note_has_a_wave_of_its_own():
    one, other = (drawn(entry("Col", "Listen", at(3, 3, 5), "voice", length=72, id=name)).splitlines() for name in ("a", "b"))
    assert one[1].strip().startswith("▶ ")
    assert one[1].endswith(" 1:12") or " 1:12 " in one[1]
    assert "Listen" in one[2]
    assert one[1] != other[1]
    assert one == drawn(entry("Col", "Listen", at(3, 3, 5), "voice", length=72, id="a")).splitlines()


def test_edited_cropped_and_view_once():
    assert "edited · 03:05" in drawn(entry("Col", "x", at(3, 3, 5), edited="edited"))
    assert "cropped · 03:05" in drawn(entry("Col", "x", at(3, 3, 5), "picture", edited="cropped"))
    assert "① view once" in drawn(entry("Col", "x", at(3, 3, 5), "picture", view_once=True))


def test_what_is_gone_leaves_a_line_and_none_of_its_words():
    deleted = drawn(entry("Jo", "secret", at(3, 3, 7), state="deleted", deleted_by="Jo"))
    assert "⊘ Jo deleted this message  03:07" in deleted
    assert "secret" not in deleted
    assert "Marnie deleted a message by Jo" in drawn(entry("Jo", "secret", at(3, 3, 7), state="deleted", deleted_by="Marnie"))
    assert "You deleted this message" in drawn(entry("You", "secret", at(3, 3, 7), state="deleted", deleted_by="You"))
    expired = drawn(entry("You", "secret", at(3, 3, 7), state="expired"))
    assert "This message disappeared" in expired
    assert "secret" not in expired


def test_reactions_are_pills_under_the_bubble():
    one = entry("Col", "x", at(3, 3, 5), reactions=[Reaction("😂", 7, ["Rashid"]), Reaction("🙄", 1, ["Jo"])])
    assert drawn(one).splitlines()[-1].strip().startswith("😂 7")
    assert "🙄 1" not in drawn(one)
    assert "(😂 7) (🙄)" in drawn(one, palette=PLAIN)


def test_notices_are_centred_and_prose_is_indented():
    notice = drawn(entry("", "Jo joined", at(3, 3, 5), "notice")).splitlines()[-1]
    assert abs(len(notice) - len(notice.lstrip()) - (80 - len("Jo joined")) // 2) <= 1
    prose = drawn(entry("", "She puts the phone down. " * 8, at(3, 3, 5), "prose")).splitlines()
    assert all(line.startswith("      ") and len(line) <= 76 for line in prose if line)
    assert "03:05" not in "".join(prose)


@pytest.mark.parametrize("kind", ["in-person", "call"])
@pytest.mark.parametrize("what", ["prose", "speech"])
def test_where_people_meet_again_on_another_day_the_day_is_named(kind: PlaceKind, what: str) -> None:
    there = sheet(kind, airy=True)
    one, other = (entry("Dev" if what == "speech" else "", "It is raining.", at(day, 9, 0), what) for day in (3, 4))
    lay = renderer_for(kind).lay
    assert [line.strip() for line in text_of(lay(there, other, one))][:4] == [
        "",
        "Thursday",
        "",
        text_of(lay(there, one, None))[-1].strip(),
    ]
    assert "Wednesday" not in "".join(text_of(lay(there, one, None))), "the head of the phone says it the first time"
    later = entry("Dev", "Still.", at(4, 9, 30), what)
    assert "Thursday" not in "".join(text_of(lay(there, later, other)))


def test_speech_reads_like_a_script():
    lines = drawn(entry("Marnie", "word " * 30, at(3, 4, 10), "speech"), kind="in-person").splitlines()
    assert lines[1].split()[0] == "Marnie"
    starts = {len(line) - len(line.removeprefix("      Marnie").lstrip()) for line in lines[1:]}
    assert len(starts) == 1, "the words hang in one column"
    first = entry("Marnie", "One", at(3, 4, 10), "speech")
    assert "Marnie" not in drawn(entry("Marnie", "Two", at(3, 4, 10), "speech"), first, kind="call")
    assert drawn(entry("Superintendent Harcourt", "Well", at(3, 4, 10), "speech"), kind="call").splitlines()[1:] == [
        "      Superintendent Harcourt",
        "                  Well",
    ]


def test_a_mask_never_leaks_its_marks():
    for kind, entries in PLACES.values():
        for one in entries:
            assert MASK_OPEN not in drawn(one, kind=kind)


def test_text_is_text():
    """Markup of the terminal library is only letters."""
    assert "[b]no[/b] [@click=app.quit]x[/] {name}" in drawn(
        entry("Col", "[b]no[/b] [@click=app.quit]x[/] {name}", at(3, 3, 5))
    )
    assert "[red]Col" in drawn(entry("[red]Col", "x", at(3, 3, 5)))
    assert "{who} deleted" in drawn(entry("{who}", "x", at(3, 3, 5), state="deleted", deleted_by="{who}"))


def test_a_feed_groups_comments_under_their_posts():
    post, other = entry("Page", "One", at(1, 9, 0), "post", id="p1"), entry("Else", "Two", at(1, 9, 5), "post", id="p2")
    comment = entry("Bea", "mine", at(1, 9, 6), "comment", id="c1", on="p1")
    deeper = entry("Tom", "to Bea", at(1, 9, 7), "comment", id="c2", on="c1")
    lost = entry("Una", "lost", at(1, 9, 8), "comment", id="c3", on="nowhere")
    arranged = Feed().arrange([post, other, comment, deeper, lost])
    assert [one.id for one in arranged] == ["p1", "c1", "c2", "p2", "c3"]


def test_a_card_has_handle_counters_and_a_day():
    one = entry("Calder Council @calder", "Open", at(3, 9, 12), "post", likes=11300, shares=38, comments=6)
    shown = drawn(one, kind="feed")
    assert "Calder Council  @calder" in shown
    assert "Wednesday 09:12" in shown
    assert "♡ 11,300   ↻ 38   💬 6" in shown
    comment = drawn(entry("Bea", "mine", at(3, 9, 20), "comment", on="p", likes=41), one, kind="feed")
    assert all("│" in line for line in comment.splitlines() if line.strip())
    assert "♡ 41" in comment


def test_mail_and_letter_have_heads():
    one = entry("Dana", "Please read.\n\nDana", at(4, 8, 41), "mail", subject="Messages", to="All staff")
    mail = drawn(one, kind="mail").splitlines()
    assert [line.split() for line in mail[3:6]] == [
        ["From", "Dana", "Thursday", "08:41"],
        ["To", "All", "staff"],
        ["Subject", "Messages"],
    ]
    letter = drawn(one, kind="letter")
    assert "To  All staff" in letter
    assert "Messages" in letter
    unsaid = drawn(entry("Dana", "x", at(4, 8, 41), "mail", subject="Hm"), kind="mail").splitlines()
    assert unsaid[4].split() == ["To", "You"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("group", Chat), ("dm", Chat), ("feed", Feed), ("mail", Mail), ("letter", Letter), ("call", Telling), ("in-person", Telling),
     ("records", Notes), ("form", Notes), ("settings", Notes), ("board", Notes)],
)  # fmt: skip
def test_every_kind_of_place_has_a_renderer(kind: PlaceKind, expected: type):
    assert type(renderer_for(kind)) is expected
    assert "words" in drawn(entry("Col", "words", at(1, 9, 0)), kind=kind)


# The widget.


def chat() -> list[Entry]:
    return [
        entry("Marnie", "Whip-round for Janine. Two quid a head, in the tin on my locker. No, Rashid, buttons do not count.", at(2, 19, 2)),
        entry("Rashid", "They were nice buttons", at(2, 19, 4)),
        entry("Rashid", "Pearl, some of them", at(2, 19, 4), reactions=[Reaction("😂", 5, ["Col"])]),
        entry("", "Marnie turned on disappearing messages: 24 hours", at(2, 19, 10), "notice"),
        entry("You", "Welcome Jo. The kettle in the back is the one that works.", at(2, 19, 33), read_by=14,
              reactions=[Reaction("👍", 3, ["Jo"]), Reaction("❤", 1, ["Marnie"])]),
        entry("Dev", "I can do Thursday if somebody takes my Sunday. I have looked at the rota from every side now.", at(2, 23, 48)),
        entry("You", "I can cover Thursday", at(3, 2, 31), reply_to="x", reply_name="Dev", reply_text="I can do Thursday if"),
        entry("Col", "A meme. " + masked("it mocks the residents of one estate and how they speak"), at(3, 3, 5), "picture",
              forwarded=2, reactions=[Reaction("😂", 7, ["Rashid"])], id="meme"),
        entry("Jo", "Anyone got the keys for 14?", at(3, 3, 6)),
        entry("Jo", "…", at(3, 3, 7), state="deleted", deleted_by="Jo"),
        entry("Col", "Listen to this", at(3, 3, 8), "voice", length=12, id="voice"),
        entry("You", "Not for me, that one.", at(3, 3, 11), decided=True, edited="edited", read_by=9),
        entry("Col", "Alright, vicar", at(3, 3, 12)),
    ]  # fmt: skip


def feed() -> list[Entry]:
    return [
        entry("Calder Council @calder", "The new crossing at Mill Lane is open.", at(3, 9, 12), "post", likes=412, comments=1, id="p1"),
        entry("Bea Marsh @beam", "It took a child nearly getting hit.", at(3, 9, 20), "comment", on="p1", likes=41),
        entry("Northside Watch", "Screenshot of a group chat. " + masked("it mocks an estate"), at(4, 18, 20), "picture",
              forwarded=2, likes=11300, shares=2204, reactions=[Reaction("😢", 88, ["Bea"])], id="p2"),
        entry("You", "Is this who comes when I ring?", at(4, 18, 24), "comment", on="p2", decided=True),
    ]  # fmt: skip


def mail() -> list[Entry]:
    return [
        entry("Dana Okafor", "Please read this before Friday.\n\nNothing in it is new.\n\nDana", at(4, 8, 41), "mail", subject="Messages", to="All staff"),
        entry("Standards", "We have received a report about a group of which you are a member.", at(6, 11, 5), "mail", subject="Group “Team 4”"),
    ]  # fmt: skip


def talk() -> list[Entry]:
    return [
        entry("", "The corridor behind the control room. Somebody has left the radio on, very low.", at(3, 4, 10), "prose"),
        entry("Marnie", "You all right, love? You have gone the colour of that wall.", at(3, 4, 10), "speech"),
        entry("You", "Have you seen the group?", at(3, 4, 10), "speech"),
        entry("Superintendent Harcourt", "Everything in order here?", at(3, 4, 12), "speech"),
    ]


PLACES: dict[str, tuple[PlaceKind, list[Entry]]] = {
    "chat": ("group", chat()),
    "feed": ("feed", feed()),
    "mail": ("mail", mail()),
    "letter": ("letter", mail()[:1]),
    "talk": ("in-person", talk()),
    "notes": ("records", mail()),
}


class Phone(Dressed):
    """An app that is one conversation."""

    def __init__(
        self, kind: PlaceKind = "group", entries: list[Entry] | None = None, theme: str = "night", **place: object
    ) -> None:
        super().__init__(theme)
        self.place = PlaceView("p", kind, "Place", **place)  # type: ignore[arg-type]
        self.first = entries if entries is not None else chat()
        self.picked: list[str] = []
        self.ends = 0
        self.conversation = Conversation(day_name, reduced_motion=True)

    def compose(self) -> ComposeResult:
        yield self.conversation

    def on_mount(self) -> None:
        self.conversation.show(self.place, self.first)
        self.conversation.focus()

    def on_conversation_picked(self, event: Conversation.Picked) -> None:
        assert event.control is self.conversation
        self.picked.append(event.entry.id)

    def on_conversation_scrolled_to_end(self, event: Conversation.ScrolledToEnd) -> None:
        assert event.control is self.conversation
        self.ends += 1


def screen_of(app: Phone) -> list[str]:
    """What is on the screen, line by line."""
    view = app.conversation
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def long(count: int = 400) -> list[Entry]:
    return [
        entry(("Col", "Jo", "You")[n // 2 % 3], f"Number {n}. " + "word " * (n * 7 % 60), n * 200, id=f"m{n}")
        for n in range(count)
    ]


async def test_opens_at_the_newest_and_follows():
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        assert "Number 399." in "\n".join(screen_of(app))
        view.append(entry("Col", "And now", 90_000, id="new"))
        await pilot.pause()
        assert "And now" in "\n".join(screen_of(app))
        assert view.following
        assert view.new_below == 0


async def test_a_reader_who_has_scrolled_up_is_left_alone():
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        await pilot.press("pageup", "pageup")
        before = screen_of(app)
        for number in range(3):
            view.append(entry("Col", "And now", 90_000 + number, id=f"new{number}"))
        await pilot.pause()
        after = screen_of(app)
        assert after[:-1] == before[:-1]
        assert after[-1].endswith("↓ 3 new")
        assert view.new_below == 3
        await pilot.press("end")
        assert "And now" in "\n".join(screen_of(app))
        assert view.new_below == 0
        assert view.following
        assert app.ends == 1
        assert "new" not in screen_of(app)[-1]


async def test_the_marker_can_be_read_in_every_theme():
    for theme in ("night", "day", "contrast"):
        app = Phone(entries=long(), theme=theme)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("pageup")
            app.conversation.append(entry("Col", "And now", 90_000, id="new"))
            await pilot.pause()
            style = next(segment.style for segment in app.conversation.render_line(23) if "1 new" in segment.text)
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(style.color.name, style.bgcolor.name) >= 4.5
            await pilot.click(app.conversation, offset=(75, 23))
            assert app.conversation.following


async def test_scrolling_back_by_hand_also_ends_the_count():
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "up")
        assert not app.conversation.following
        app.conversation.append(entry("Col", "x", 90_000, id="new"))
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.conversation.following
        assert app.conversation.new_below == 0
        assert app.ends == 1


async def test_scrolling_all_the_way_up_shows_each_line_once():
    """Estimates become exact on the way; no line may be skipped, shown twice, or jump."""
    entries = long(120)
    app = Phone(entries=entries)
    async with app.run_test(size=(80, 24)):
        view = app.conversation
        seen = screen_of(app)
        for _ in range(3000):
            if view.scroll_offset.y == 0:
                break
            view.action_scroll_up()
            now = screen_of(app)
            assert now[1:] == seen[: len(now) - 1]
            seen = [now[0], *seen]
        numbers = [int(line.split("Number ")[1].split(".")[0]) for line in seen if "Number " in line]
        assert numbers == list(range(120))


async def test_home_shows_the_oldest_and_the_wheel_scrolls():
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        await pilot.press("home")
        assert "Number 0." in "\n".join(screen_of(app))
        top = view.scroll_offset.y
        view.post_message(events.MouseScrollDown(view, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert view.scroll_offset.y > top


async def test_another_width_keeps_the_readers_place():
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pageup", "pageup", "pageup")
        first = next(line for line in screen_of(app) if "Number" in line).split(".")[0].split()[-1]
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert any(f"Number {first}." in line for line in screen_of(app)[:8])
        await pilot.press("end")
        await pilot.resize_terminal(60, 40)
        await pilot.pause()
        assert "Number 399." in "\n".join(screen_of(app))


async def test_an_entry_that_changes_is_drawn_again():
    entries = chat()
    app = Phone(entries=entries)
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.conversation
        last = entries[-1]
        last.reactions.append(Reaction("👍", 4, ["Jo"]))
        height = view.virtual_size.height
        view.refresh_entry(last.id)
        view.refresh_entry("not here")
        await pilot.pause()
        assert any("👍 4" in line for line in screen_of(app))
        assert view.virtual_size.height == height + 1
        last.state, last.deleted_by, last.reactions = "deleted", "Col", []
        view.refresh_entry(last.id)
        await pilot.pause()
        assert "Col deleted this message" in "\n".join(screen_of(app))
        assert "vicar" not in "\n".join(screen_of(app))


async def test_typing_costs_one_line_and_no_layout(monkeypatch: pytest.MonkeyPatch):
    app = Phone(entries=long())
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        size, lines = view.virtual_size, []
        monkeypatch.setattr(view, "refresh", lambda *regions, **how: lines.append((regions, how)))
        view.set_typing(["Marnie"])
        assert [region.height for regions, _how in lines for region in regions] == [1]
        assert not any(how.get("layout") for _regions, how in lines)
        assert view.virtual_size == size
        monkeypatch.undo()
        await pilot.pause()
        assert screen_of(app)[-1].strip() == "Marnie is typing …"
        view.set_typing(["Marnie", "Jo"])
        assert screen_of(app)[-1].strip() == "Marnie and Jo are typing …"
        view.set_typing(["Marnie", "Jo", "Col"])
        assert screen_of(app)[-1].strip() == "Marnie and 2 others are typing …"
        view.set_typing([])
        assert screen_of(app)[-1].strip() == ""


async def test_dots_breathe_unless_motion_is_unwanted():
    app = Phone()
    async with app.run_test(size=(80, 24)):
        view = app.conversation
        view.reduced_motion = False
        app.animation_level = "full"
        view.set_typing(["Marnie"])
        one = [segment.style for segment in view.render_line(23)]
        assert screen_of(app)[-1].strip() == "Marnie is typing •••"
        view._breathe()
        assert [segment.style for segment in view.render_line(23)] != one
        app.animation_level = "none"
        assert screen_of(app)[-1].strip() == "Marnie is typing …"


async def test_the_cursor_walks_over_messages_and_not_over_notices():
    entries = chat()
    app = Phone(entries=entries)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        view.select_next()
        assert view.selected is None
        view.select_previous()
        assert view.selected is entries[-1]
        walked = []
        for _ in range(40):
            walked.append(view.selected)
            view.select_previous()
        assert [one.kind for one in walked if one].count("notice") == 0
        assert view.selected is entries[0]
        assert any("▸" in line for line in screen_of(app))
        for _ in range(40):
            view.select_next()
        assert view.selected is None
        await pilot.pause()
        assert view.following
        view.select("meme")
        assert view.selected is not None
        view.clear_selection()
        assert view.selected is None
        assert not any("▸" in line for line in screen_of(app))


async def test_the_selected_entry_is_always_in_sight():
    app = Phone(entries=long(60))
    async with app.run_test(size=(80, 20)):
        view = app.conversation
        for step in [view.select_previous] * 70 + [view.select_next] * 55:
            step()
            assert view.selected is not None
            assert any("▸" in line for line in screen_of(app)), view.selected.id


async def test_enter_and_click_choose():
    entries = chat()
    app = Phone(entries=entries)
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.conversation
        await pilot.press("enter")
        assert app.picked == []
        view.select_previous()
        await pilot.press("enter")
        assert app.picked == [entries[-1].id]
        row = next(y for y, line in enumerate(screen_of(app)) if "keys for 14" in line)
        await pilot.click(view, offset=(6, row))
        assert app.picked[1:] == [entries[8].id]
        assert view.selected is entries[8]
        await pilot.click(view, offset=(70, row))
        assert len(app.picked) == 2, "beside the bubble is nothing"
        assert view.entry_at(6, row) is entries[8]
        assert view.entry_at(6, row - 1) is not entries[8], "a name is no message"


async def test_a_drag_is_no_click():
    app = Phone()
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, line in enumerate(screen_of(app)) if "keys for 14" in line)
        await pilot.mouse_down(app.conversation, offset=(6, row))
        await pilot.hover(app.conversation, offset=(20, row + 2))
        await pilot.mouse_up(app.conversation, offset=(20, row + 2))
        await pilot.pause()
        assert app.picked == []
        assert app.screen.get_selected_text()


async def test_selected_text_is_what_was_said():
    app = Phone()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        row = next(y for y, line in enumerate(screen_of(app)) if "keys for 14" in line)
        line = view.scroll_offset.y + row
        found = view.get_selection(Selection(Offset(0, line), Offset(20, line)))
        assert found == ("Anyone got the ke", "\n")
        whole = view.get_selection(SELECT_ALL)
        assert whole is not None
        assert "Jo: Anyone got the keys for 14?" in whole[0].splitlines()
        assert "Jo: Jo deleted this message" in whole[0].splitlines()
        view.get_selection(Selection(None, Offset(500, 9000)))
        view.get_selection(Selection(Offset(7, 9000), None))
        app.screen.selections = {view: Selection(Offset(3, line - 2), Offset(12, line + 1))}
        await pilot.pause()
        assert any(segment.style and segment.style.bgcolor for segment in view.render_line(row))
        app.screen.selections = {view: SELECT_ALL}
        await pilot.pause()
        app.screen.clear_selection()
        view.show(PlaceView("empty", "dm", "Nobody"), [])
        assert view.get_selection(SELECT_ALL) is None


async def test_marks_stand_beside_decisions():
    entries = chat()
    app = Phone(entries=entries)
    async with app.run_test(size=(80, 24)) as pilot:
        assert sum("◆" in line for line in screen_of(app)) == 1
        app.conversation.mark("voice")
        await pilot.pause()
        assert sum("◆" in line for line in screen_of(app)) == 2


async def test_a_comment_that_arrives_is_brought_into_sight():
    entries = [entry("Page", f"Post {n}. " + "word " * 40, at(1, 9, n), "post", id=f"p{n}") for n in range(30)]
    app = Phone("feed", entries)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.conversation
        comment = entry("Bea", "Look at this", at(1, 12, 0), "comment", id="c", on="p3")
        view.append(comment)
        await pilot.pause()
        shown = "\n".join(screen_of(app))
        assert "Look at this" in shown
        assert [one.id for one in view.entries][3:6] == ["p3", "c", "p4"]
        view.append(entry("Page", "Newest", at(1, 13, 0), "post", id="last"))
        await pilot.pause()
        assert "Newest" in "\n".join(screen_of(app))


async def test_a_comment_above_does_not_move_the_reader():
    entries = [entry("Page", f"Post {n}. " + "word " * 40, at(1, 9, n), "post", id=f"p{n}") for n in range(30)]
    app = Phone("feed", entries)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pageup", "pageup")
        before = screen_of(app)
        app.conversation.append(entry("Bea", "Look", at(1, 12, 0), "comment", id="c", on="p3"))
        await pilot.pause()
        assert screen_of(app)[:-1] == before[:-1]


async def test_shown_before_it_is_mounted_and_empty_and_tiny():
    view = Conversation(day_name)
    view.show(PlaceView("p", "group", "Place", typing=["Jo"]), chat())
    view.append(entry("Col", "More", at(3, 4, 0)))
    view.mark("meme")
    view.select("meme")
    view.select(None)

    class Late(App[None]):
        def compose(self) -> ComposeResult:
            yield view

    app = Late()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "More" in "\n".join(view.render_line(y).text for y in range(24))
        for size in ((10, 3), (1, 1), (200, 60), (30, 10)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        for kind, entries in PLACES.values():
            view.show(PlaceView("p", kind, "Place"), entries)
            await pilot.pause()
        view.show(PlaceView("p", "dm", "Nobody"), [])
        view.select_previous()
        view.refresh_entry("x")
        await pilot.pause()
        assert all(not view.render_line(y).text.strip() for y in range(view.size.height))


async def test_a_short_chat_stands_at_the_bottom():
    app = Phone(entries=chat()[:2])
    async with app.run_test(size=(80, 20)) as pilot:
        lines = screen_of(app)
        assert "buttons" in lines[-2]
        assert not any(lines[:10])
        assert app.conversation.entry_at(5, 2) is None
        await pilot.press("up", "pageup", "home")
        assert screen_of(app) == lines
        app.conversation.append(entry("Jo", "Third", at(2, 19, 5)))
        await pilot.pause()
        assert "Third" in screen_of(app)[-2]


async def test_another_theme_repaints():
    app = Phone()
    async with app.run_test(size=(80, 24)) as pilot:
        assert NIGHT.incoming.back in app.export_screenshot()
        app.theme = "seenby-day"
        await pilot.pause()
        shown = app.export_screenshot()
        assert themes.DAY.own.back in shown
        assert NIGHT.incoming.back not in shown


async def test_ten_thousand_messages_open_at_once():
    """A bound that only a full layout would break; the figures are in benchmarks/conversation.py."""
    entries = long(10_000)
    app = Phone(entries=[])
    async with app.run_test(size=(100, 40)) as pilot:
        view = app.conversation
        start = perf_counter()
        view.show(app.place, entries)
        await pilot.pause()
        assert perf_counter() - start < 0.5
        assert sum(view._exact) < 200, "only what is near the screen is laid out"
        assert len(view._laid) <= module.KEPT
        await pilot.press("home")
        assert "Number 0." in "\n".join(screen_of(app))
        assert sum(view._exact) < 400


# How it looks.

LOOKS: list[tuple[str, str, tuple[int, int], str]] = [
    ("chat", "night", (80, 20), ""),
    ("chat", "night", (120, 36), ""),
    ("chat", "day", (160, 48), ""),
    ("chat", "contrast", (80, 20), ""),
    ("chat", "plain", (80, 20), ""),
    ("chat", "night", (80, 24), "selected"),
    ("chat", "night", (80, 20), "scrolled"),
    ("feed", "night", (80, 24), ""),
    ("feed", "plain", (80, 24), ""),
    ("feed", "day", (120, 36), ""),
    ("mail", "night", (80, 24), ""),
    ("mail", "contrast", (80, 24), "selected"),
    ("letter", "day", (120, 36), ""),
    ("talk", "night", (120, 36), ""),
    ("talk", "plain", (80, 24), ""),
    ("notes", "night", (80, 24), ""),
]


@pytest.mark.parametrize(
    ("name", "theme", "size", "state"),
    LOOKS,
    ids=["-".join((n, t, f"{s[0]}x{s[1]}", *filter(None, [x]))) for n, t, s, x in LOOKS],
)
def test_looks(snap_compare: Callable[..., bool], name: str, theme: str, size: tuple[int, int], state: str):
    kind, entries = PLACES[name]
    app = Phone(kind, entries, theme, typing=["Marnie"] if name == "chat" else [])

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        if state == "selected":
            app.conversation.select_previous()
            app.conversation.select_previous()
        elif state == "scrolled":
            app.conversation.scroll_to(y=4)
            app.conversation.append(entry("Jo", "Found them", at(3, 3, 20)))

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_looks_of_another_persons_phone(snap_compare: Callable[..., bool]):
    entries = [
        entry("Efua", "Did you see what they called us", at(3, 12, 0)),
        entry("Nadia", "I saw it. I am on my break, I have eleven minutes.", at(3, 12, 1), read_by=1),
        entry("Efua", "Who do you even report that to", at(3, 12, 2)),
    ]
    assert snap_compare(Phone("dm", entries, phone="Nadia"), terminal_size=(80, 24))
