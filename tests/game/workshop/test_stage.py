"""The projector's screen: telling, votes by hands and by tables, ties, second votes, the countdown, leaving, and coming back."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from engine.room.inputs import Setup, Tell
from game.workshop.follow import RoomFollower
from game.workshop.host import RoomHost
from game.workshop.screens.aside import help_lines
from game.workshop.screens.letters import can_draw, draw, figures, width, wrap
from game.workshop.steering import BackOne, Command, CountdownDo, Cover, Onward
from saves.store import Store
from tests.game.workshop.wall import LOW, MIDDLE, Wall, roomful

HANDS = Setup(7, size=10)


@pytest.mark.parametrize("size", [LOW, MIDDLE], ids=str)
async def test_the_first_page_has_a_line_of_eighty_to_measure_by(size: tuple[int, int]) -> None:
    wall = Wall()
    async with wall.app.run_test(size=size) as pilot:
        await pilot.pause()
        line = next(line for line in wall.text.splitlines() if line.startswith("├"))
        assert len(line) == 80
        assert "Ctrl and +" in wall.text


async def test_space_tells_one_thing_and_back_takes_it_away() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.press(pilot, "space")
        first = wall.text
        assert "Team 4" in first
        assert "Monday 20:00" in first
        await wall.press(pilot, "pagedown")
        assert "[picture]" in wall.text
        assert "it mocks" not in wall.text  # in large letters, which are no words to a test
        assert "who has the keys for 14" in wall.text  # stepped back
        await wall.press(pilot, "pageup")
        assert wall.text == first
        await wall.press(pilot, "backspace", "backspace")
        assert wall.said == "This is the beginning."


async def test_what_is_told_last_stands_on_the_wall_before_the_question() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.press(pilot, "space", "space", "space")
        assert "😂" in wall.text
        assert "Seven people laugh." not in wall.text
        await wall.press(pilot, "space")
        assert "Decide for yourself first" in wall.text
        assert wall.phase == "ask"
        await wall.press(pilot, "left")
        assert "😂" in wall.text
        await wall.press(pilot, "left")
        assert "😂" not in wall.text
        assert wall.phase == "telling"
        await wall.press(pilot, "j", "end", "enter")
        assert "Decide for yourself first" in wall.text


async def test_no_thought_and_no_count_is_shown_before_all_are_in() -> None:
    wall = Wall()
    async with wall.app.run_test(size=MIDDLE) as pilot:
        await wall.on_to(pilot, "ask")
        assert "Somebody goes first" not in wall.text
        assert "Nobody would hear it." in wall.text
        await wall.press(pilot, "space", wall.number("speak"), wall.number("laugh"))
        assert wall.text.count("✓") == 2
        assert "Somebody goes first" not in wall.text
        assert "Table C has not said yet." in wall.text
        await wall.press(pilot, "space")
        assert wall.phase == "first"
        await wall.press(pilot, wall.number("speak"))
        # Silence before it is shown: no list, no ticks. Whoever wants to look again may.
        assert "Space shows it." in wall.text
        assert "✓" not in wall.text
        await wall.press(pilot, "up")
        assert wall.text.count("✓") == 3
        await wall.press(pilot, "space")
        assert wall.phase == "reveal"
        assert "2 tables" in wall.text
        assert "Somebody goes first" not in wall.text  # first the votes alone
        await wall.press(pilot, "space")
        assert wall.phase == "reveal"
        assert "“Somebody goes first.”" in wall.text
        await wall.press(pilot, "left")
        assert "Somebody goes first" not in wall.text
        split = wall.host.room.split
        assert split is not None
        assert {row.key: row.voters for row in split.rows if row.first} == {
            "speak": ("table-a", "table-c"),
            "laugh": ("table-b",),
        }


async def test_what_most_want_is_done_and_the_message_is_sent() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, wall.number("speak"), wall.number("speak"), wall.number("laugh"), "space", "space", "space")
        assert wall.phase == "talk"
        await wall.press(pilot, "space")
        assert "This is what most of you want." in wall.text
        await wall.press(pilot, "space")
        assert wall.phase == "telling"
        assert wall.host.room.state.visits[0].by == "room"
        assert "Most of you want this." in wall.text
        await wall.press(pilot, "space")
        assert "You" in wall.text


async def test_a_tie_asks() -> None:
    wall = Wall(Setup(7, tables=2))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, wall.number("speak"), wall.number("laugh"), "space", "space", "space", "space")
        assert wall.phase == "decide"
        assert "A tie." in wall.text
        assert wall.text.count("tied") == 2
        await wall.press(pilot, "space")
        assert wall.phase == "decide"
        assert "tie" in wall.said
        await wall.press(pilot, wall.number("laugh"))
        assert "Enter does this." in wall.text
        await wall.press(pilot, "enter")
        assert wall.phase == "telling"
        assert wall.host.room.state.visits[0].by == "tie"


async def test_the_facilitator_may_pick_something_else() -> None:
    wall = Wall(Setup(7, tables=2))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, wall.number("speak"), wall.number("speak"), "space", "d", "0", "backspace")
        assert "This is what most of you want." in wall.text
        await wall.press(pilot, wall.number("shout"))
        assert wall.said == "Nobody would hear it."
        await wall.press(pilot, "0", "enter")
        assert wall.host.room.state.visits[0].by == "facilitator"


async def test_a_look_at_the_hands_is_enough_where_nothing_is_counted() -> None:
    wall = Wall(HANDS)
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "d")
        assert "What do most of you want?" in wall.text
        await wall.press(pilot, "space")
        assert wall.said == "Nothing was counted: take what most want, by its number."
        await wall.press(pilot, wall.number("speak"), "enter")
        assert "So you do it." in wall.text
        assert wall.host.room.state.visits[0].by == "facilitator"


async def test_a_second_vote_shows_what_moved() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        speak, laugh = wall.number("speak"), wall.number("laugh")
        await wall.press(pilot, speak, laugh, laugh, "space", "space", "v")
        assert wall.phase == "second"
        await wall.press(pilot, speak, speak, laugh, "space")
        assert wall.phase == "shift"
        assert f"B {laugh} → {speak}" in wall.text
        await wall.press(pilot, "space")
        assert wall.host.room.outcome().sure == ("speak",)


async def test_hands_are_typed_and_the_missing_are_counted() -> None:
    wall = Wall(HANDS)
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        assert "Hands up for" in wall.text
        keys = [item.key for _group, item in wall.app.stage.view.rows]
        await wall.press(pilot, "6", "enter")
        assert "6 of 10 hands are in." in wall.text
        assert wall.host.room.ballot().counted(keys[0]) == 6
        await wall.press(pilot, "u")
        assert wall.app.stage.view.row[1].key == keys[0]  # it is to be counted again
        await wall.press(pilot, "6", "enter")
        await wall.press(pilot, "2", "down", "1", "space")
        assert "1 hand is missing." in wall.text
        await wall.press(pilot, "plus")
        assert wall.host.room.ballot().counted(keys[2]) == 2
        assert "Space shows it." in wall.text
        await wall.press(pilot, "up")
        assert "Hands up for" in wall.text
        await wall.press(pilot, "up", "3", "enter")
        assert "1 hand more than there are people." in wall.text
        await wall.press(pilot, "u")  # a mistyped count
        assert wall.host.room.ballot().counted(keys[1]) == 2
        await wall.press(pilot, "space")
        assert wall.phase == "reveal"
        assert "█" in wall.text


async def test_with_somebody_missing_space_asks_once_and_then_goes_on() -> None:
    wall = Wall(HANDS)
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, "space")
        assert wall.phase == "first"
        await wall.press(pilot, "4", "enter", "9", "enter", "space")
        assert wall.said == "3 hands more than there are people. Space again goes on all the same."
        await wall.press(pilot, "u", "space")
        assert wall.said == "6 hands are missing. Space again goes on all the same."
        await wall.press(pilot, "space")
        assert wall.phase == "reveal"


async def test_the_shift_of_hands_has_bars_before_and_after() -> None:
    wall = Wall(HANDS)
    async with wall.app.run_test(size=MIDDLE) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, "7", "enter", "3", "enter", "0", "enter", "space", "v")
        await wall.press(pilot, "4", "enter", "6", "enter", "0", "enter", "space")
        assert wall.phase == "shift"
        assert "▼ −3" in wall.text
        assert "▲ +3" in wall.text
        assert "▒" in wall.text
        assert "█" in wall.text


async def test_a_table_is_gone_back_to_and_corrected() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, wall.number("speak"), wall.number("speak"))
        await wall.press(pilot, "a", wall.number("laugh"))
        ballot = wall.host.room.ballot()
        assert ballot.vote("table-a") == ("laugh",)
        assert wall.app.stage.view.voter == "table-c"  # the one that is missing
        await wall.press(pilot, "b", "minus")
        assert wall.host.room.ballot().vote("table-b") is None
        await wall.press(pilot, "9")
        assert wall.said == "There is no 9 here."


async def test_several_and_a_board_by_tables() -> None:
    wall = Wall(Setup(7, tables=2))
    async with wall.app.run_test(size=MIDDLE) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, "0", "0", "space", "d", "space")
        await wall.on_to(pilot, "first", "pieces")
        await wall.press(pilot, wall.number("photo"), wall.number("own"), wall.number("faces"))
        assert "more than 2" in wall.said
        await wall.press(pilot, "enter", wall.number("own"), "enter", "space")
        assert wall.phase == "reveal"
        await wall.press(pilot, "d")
        found = wall.host.room.outcome()
        assert found.sure == ("own", "photo")
        await wall.press(pilot, "space")
        await wall.on_to(pilot, "ask", "stranger")
        assert wall.app.stage.view.group.ask == "Where is it?"
        await wall.press(pilot, "space")
        assert wall.app.stage.view.group.ask == "When is nobody in?"
        assert wall.phase == "ask"
        await wall.press(pilot, "space", "1", "2", "1", "0", "space")
        assert wall.phase == "reveal"
        assert wall.host.room.ballot().vote("table-b") == ("where=sign", "when=")
        await wall.press(pilot, "d")
        assert "When is nobody in?" in wall.text  # the one that is tied
        assert wall.host.room.outcome().why == "tie"
        await wall.press(pilot, "2", "enter")
        assert wall.phase in ("telling", "ended")


async def test_of_several_what_is_sure_is_taken_without_what_is_tied() -> None:
    wall = Wall(Setup(7, tables=3))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "d", wall.number("speak"), "enter")
        while wall.host.room.question is None or wall.host.room.question.kind != "several":
            await wall.press(pilot, "d" if wall.phase == "ask" else "space")
            if wall.phase == "decide":
                await wall.press(pilot, "0", "enter")
        await wall.on_to(pilot, "first")
        photo, faces, own = (wall.number(key) for key in ("photo", "faces", "own"))
        await wall.press(pilot, photo, "enter", photo, faces, "enter", photo, own, "enter", "space", "d")
        assert wall.host.room.outcome().why == "tie"
        assert wall.text.count("tied") == 2
        assert "1–9 choose" in wall.text
        assert "do it" not in wall.text
        await wall.press(pilot, "enter")
        visit = wall.host.room.decided_visit(wall.host.room.state.node)
        assert visit is not None
        assert visit.decided is not None
        assert (visit.decided.picks, visit.by) == (("photo",), "tie")


async def test_what_can_be_skipped_is_skipped_with_one_key() -> None:
    wall = Wall(Setup(7, tables=1))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.press(pilot, "s")
        assert wall.said == "There is nothing to skip here."
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "d", "0", "enter")
        await wall.press(pilot, "space")
        assert "later" in wall.text or "day 2" in wall.text
        await wall.press(pilot, "s")
        assert wall.host.room.state.visits[0].by == "facilitator"
        assert wall.host.room.state.visits[1].by == "skip"
        await wall.press(pilot, "space")
        assert "s skip this part" in wall.text
        await wall.press(pilot, "s")
        assert "Skipped" in wall.text
        await wall.on_to(pilot, "ask", "stranger")
        assert not any("four pages" in getattr(event, "text", "") for event in wall.host.room.told_events)


async def test_hands_on_a_board_are_counted_question_by_question() -> None:
    wall = Wall(Setup(7, size=4))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "d", "0", "enter")
        await wall.on_to(pilot, "ask", "pieces")
        await wall.press(pilot, "s")  # skipped
        assert wall.host.room.state.visits[-1].by == "skip"
        await wall.on_to(pilot, "first", "stranger")
        assert "Where is it?" in wall.text
        await wall.press(pilot, "4", "enter", "0", "enter", "0", "enter")
        assert "When is nobody in?" in wall.text
        await wall.press(pilot, "0", "enter", "1", "enter", "3", "enter", "space")
        assert wall.host.room.outcome().sure == ("where=sign", "when=")


async def test_the_countdown_runs_by_the_clock_stops_and_is_given_more() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "t")
        assert wall.host.countdown_left() == 75  # as the story says
        wall.pass_time(30)
        await pilot.pause()
        assert "".join(figures("0:45")[0].split()) in "".join(wall.text.split())
        await wall.press(pilot, "t")
        wall.pass_time(100)
        assert wall.host.countdown_left() == 45
        assert "paused" in wall.text
        await wall.press(pilot, "x", "t")
        wall.pass_time(61)
        await pilot.pause()
        assert "time is up" in wall.text
        assert wall.phase == "ask"  # nothing moves by itself
        await wall.press(pilot, "t")
        assert wall.host.countdown_left() == 75
        await wall.press(pilot, "T")
        assert wall.host.countdown_left() is None
        await wall.press(pilot, "l")
        assert wall.host.room.state.visits[0].by == "lapse"


async def test_a_countdown_ends_with_the_vote_it_was_for() -> None:
    wall = Wall(Setup(7, tables=1))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "t", "space", "0", "space")
        assert wall.phase == "reveal"
        assert wall.host.countdown_left() is None


async def test_it_goes_on_by_itself_only_when_asked_and_stops_at_the_question() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        wall.hand.advance(600)
        assert wall.host.room.state.told == 0
        await wall.press(pilot, "a")
        assert wall.host.room.state.told == 1
        wall.hand.advance(60)
        assert wall.phase == "ask"
        assert wall.hand.pending == 0
        await wall.press(pilot, "backspace", "backspace", "a", "m")
        told = wall.host.room.state.told
        wall.hand.advance(60)
        assert wall.host.room.state.told == told


async def test_breaks_recaps_the_plan_and_the_keys_lie_over_the_picture() -> None:
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, "0", "0", "0", "space", "d", "space", "r")
        assert "The joke" in wall.text
        await wall.press(pilot, "space")
        assert wall.phase == "telling"
        assert wall.host.room.state.told == 0  # that space only took the recap away
        await wall.press(pilot, "question_mark")
        assert all(words[:30] in wall.text for _key, words in help_lines())
        await wall.press(pilot, "escape", "b", "t")
        assert wall.host.countdown_left() == 600
        await wall.press(pilot, "space")
        assert wall.host.countdown_left() is None  # the clock of a break is no clock of a vote
        await wall.press(pilot, "p")
        assert "The plan" in wall.text


async def test_the_other_road_is_taken_and_compared() -> None:
    wall = Wall(Setup(7, tables=1, rehearsal=True))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        await wall.press(pilot, "d", wall.number("speak"), "enter")
        await wall.on_to(pilot, "ended")
        assert wall.host.room.play.ending == "spoke"
        await wall.press(pilot, "j", "2")
        assert wall.phase == "ask"
        await wall.press(pilot, "d", wall.number("laugh"), "enter")
        await wall.on_to(pilot, "ended")
        pages = [title for title, _draw in wall.app.stage.look_back.pages]
        for _turn in range(pages.index("The other road")):
            await wall.press(pilot, "space")
        assert "They part at “The joke”" in wall.text
        assert "Not said" in wall.text
        assert "Said" in wall.text
        await wall.press(pilot, "j", "end", "enter")
        assert wall.host.room.play.ending == "spoke"


async def test_looking_back_has_every_page_and_an_end() -> None:
    wall = Wall(Setup(7, tables=3, rehearsal=True))
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ended")
        seen = set()
        for _turn in range(40):
            seen.add(wall.text)
            await wall.press(pilot, "space")
            if wall.said:
                break
        text = "\n".join(seen)
        for words in (
            "Public trust",
            "of 100 worlds",
            "Seen by",
            "Two people had seen it.",
            "The joke",
            "This room",
            "handout",
        ):
            assert words in text
        assert "last page" in wall.said
        assert "1/" not in wall.text.splitlines()[0]
        await wall.press(pilot, "left")
        assert wall.said == ""


async def test_a_power_cut_leaves_the_room_where_it_was(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    story = roomful()
    host = RoomHost.begin(store, story, Setup(7, tables=3))
    wall = Wall(host=host)
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "first")
        await wall.press(pilot, wall.number("speak"), wall.number("laugh"))
        before = wall.text
        host.close()  # the lock is the system's; nothing else is done in leaving
    again = RoomHost.resume(Store.open(tmp_path), host.id, story)
    wall = Wall(host=again)
    wall.app.stage.aside = "recap"
    async with wall.app.run_test(size=LOW) as pilot:
        await pilot.pause()
        assert "So far" in wall.text
        await wall.press(pilot, "space")
        assert wall.phase == "first"
        assert wall.text == before
        await wall.press(pilot, wall.number("speak"), "space")
        assert wall.phase == "reveal"
        await wall.press(pilot, "q")
    assert wall.app.return_code == 0
    again.close()


async def test_steered_from_the_notes_no_page_is_left_out(tmp_path: Path) -> None:
    story = roomful()
    texts: list[list[str]] = []
    for steered in (False, True):
        folder = tmp_path / str(steered)
        host = RoomHost.begin(Store.open(folder), story, Setup(7, tables=2, rehearsal=True))
        follower = RoomFollower.find(Store.open(folder), lambda _info: story)
        wall = Wall(host=host)
        texts.append([])
        async with wall.app.run_test(size=(60, 16)) as pilot:
            for _turn in range(44):
                if steered:
                    follower.send(Onward())
                    wall.app.stage.beat()
                else:
                    await pilot.press("space")
                await pilot.pause()
                texts[-1].append("\n".join(wall.text.splitlines()[:-2]))
        host.close()
    assert len(set(texts[0])) > 25
    assert [text for text in texts[1] if text not in texts[0]] == []
    assert list(dict.fromkeys(texts[0])) == list(dict.fromkeys(texts[1]))


async def test_a_break_is_laid_over_the_wall_from_the_notes_and_taken_away_again(tmp_path: Path) -> None:
    story = roomful()
    host = RoomHost.begin(Store.open(tmp_path), story, Setup(7, tables=2))
    follower = RoomFollower.find(Store.open(tmp_path), lambda _info: story)
    wall = Wall(host=host)
    stage = wall.app.stage

    def steer(*commands: Command) -> tuple[str, int]:
        for command in commands:
            follower.send(command)
        stage.beat()
        return stage.aside, host.room.state.told

    async with wall.app.run_test(size=LOW) as pilot:
        await wall.press(pilot, "space")
        assert steer(Cover("pause")) == ("pause", 1)
        empty = wall.text
        assert steer(CountdownDo("start", 300)) == ("pause", 1)
        await pilot.pause()
        assert wall.text != empty
        # One key on takes the break away with its clock, and no more.
        assert steer(Onward()) == ("", 1)
        assert host.countdown_left() is None
        assert steer(Cover("pause"), Cover("recap")) == ("recap", 1)
        assert steer(Cover("recap")) == ("", 1)
        assert steer(Cover("pause"), BackOne()) == ("", 1)
        await wall.press(pilot, "b")
        assert steer(Onward(), Onward()) == ("", 2)
        # Whatever else is asked for is done, and to be seen.
        assert steer(Cover("pause")) == ("pause", 2)
        assert steer(Tell(0)) == ("", 0)
    assert all(not answer.problem for answer in follower.answers())
    host.close()


async def test_without_colours_everything_is_in_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    wall = Wall()
    async with wall.app.run_test(size=LOW) as pilot:
        await wall.on_to(pilot, "ask")
        styles = [segment.style for strip in wall.app.screen._compositor.render_strips() for segment in strip if segment.style]
        for line_filter in wall.app.get_line_filters():
            styles = [segment.style for segment in line_filter.apply([Segment("x", style) for style in styles], Color(0, 0, 0))]
        inks = {ink for style in styles if style is not None for ink in (style.color, style.bgcolor) if ink is not None}
        assert all(ink.is_default for ink in inks)
        assert any(style is not None and style.bold for style in styles)
        await wall.press(pilot, "c")
        assert wall.said == "This terminal shows no colours."


async def test_the_mouse_does_it_too() -> None:
    wall = Wall(Setup(7, tables=2))
    async with wall.app.run_test(size=LOW) as pilot:
        await pilot.click("#slide", offset=(5, 5))
        assert wall.host.room.state.told == 1
        await wall.on_to(pilot, "first")
        slide = wall.app.stage.slide
        item = next(spot for spot in slide.page.spots if spot.act == ("item", "speak"))
        await pilot.click("#slide", offset=(20, item.top + 2))
        assert wall.host.room.ballot().vote("table-a") == ("speak",)
        tile = next(spot for spot in slide.page.spots if spot.act == ("table", "a"))
        await pilot.click("#slide", offset=(tile.left, tile.top + 2))
        assert wall.app.stage.view.voter == "table-a"


async def test_the_picture_fits_whatever_the_size() -> None:
    wall = Wall(Setup(7, tables=8, rehearsal=True))
    async with wall.app.run_test(size=LOW) as pilot:
        while wall.phase != "ended":
            for size in ((60, 20), LOW, (200, 60)):
                page = wall.app.stage.slide.draw(*size)
                assert all(sum(len(words) for words, _style in line) <= size[0] + 4 for line in page.lines)
                assert len(page.lines) <= size[1] - 2 or size == (60, 20)
            await wall.press(pilot, "space")


def test_letters_are_as_wide_as_they_say() -> None:
    for cut in ("wide", "narrow"):
        for text in ("Who could have stopped it?", "Zoë 80 % “no”", "i", "WWW"):
            rows = draw(text, cut)
            assert len(rows) == 4
            assert {len(row) for row in rows} == {width(text, cut)}
    assert can_draw("naïve café… 😬 ok")
    assert draw("a 😬", "narrow")[2].endswith("😬")
    assert not can_draw("時")
    assert wrap("one two three", "wide", 40) == ["one two", "three"]
    assert wrap("incomprehensibilities", "wide", 40) is None
    assert len(figures("10")) == 3
