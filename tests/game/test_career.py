"""A career on the screen, on plain lines and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

import game.app as game_app
from game.app import SeenbyApp
from game.career.command import newest, play_plain, story_of
from game.career.gap import GapScreen
from game.career.screen import CareerScreen
from game.career.table import Table
from game.career.words import since_words
from game.cli import main
from game.debrief.export.making import made
from game.debrief.screen import DebriefScreen
from game.decisions_file import Scripted, ScriptProblem
from game.home.cards import CardView
from game.packs import library
from game.play.ending import EndingScreen
from game.play.rows import Rows
from game.play.screen import PlayScreen
from saves.store import Store
from tests.game.shell import NOON, inputs, make_app, person, settle
from tests.game.stage import Dressed
from tests.tea import tea_story

FIRST = tea_story(
    "first",
    "The first week",
    """\
scenes:
  tin:
    in: team
    script: |
      Col: Who pays for the tea?
    choices:
      pay: {label: Pay for all, set: {paid: yes}, dials: {team: +2}, because: They had tea.}
      say: {label: Say that you will, send: I will bring it tomorrow}
      silence: {thought: It is four pounds.}
    next: end
endings:
  paid: {title: A round of tea, if: paid, epilogue: You paid.}
  home: {title: Nobody paid, epilogue: You went home.}
""",
)
SECOND = (
    FIRST.replace("id: first", "id: second")
    .replace("The first week", "A year on")
    .replace("scenes:", "flags:\n  paid: {is: you paid for the tea, carried: yes}\nscenes:")
    .replace("      Col: Who pays", "      {if paid} Col: You paid last time.\n      Col: Who pays")
)
PACK = """\
id: tea
title: Tea
careers:
  tea:
    title: Two years of tea
    blurb: Somebody has to pay for it.
    parts:
      - first
      - {scenario: second, after: 11 months}
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs" / "tea"
    folder.mkdir(parents=True)
    for name, text in (("first", FIRST), ("second", SECOND), ("pack", PACK)):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder.parent


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    folder = tmp_path / "saves"
    person(folder, pace="off", reduced_motion=True)
    return folder


def table(store: Store, packs: Path, *lines: str) -> Table:
    """A career of Mara's after these decisions."""
    cards = library(user=packs)
    card = cards.get_career("tea")
    player = store.player("Mara")
    info = newest(store, player, card)
    stories = story_of(cards, card)
    found = Table.resume(card, stories, store, info) if info else Table.new(card, stories, store, player, 7, "Mara")
    for given in inputs(lines):
        found.session().take(given)
        found.reload()
    return found


# At the table


def test_a_table_knows_where_the_career_stands(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        at = table(store, packs)
        assert [(face.title, face.state) for face in at.faces()] == [("The first week", "open"), ("A year on", "ahead")]
        assert (at.carried_on(), at.following, at.ended) == ([], None, False)
        at = table(store, packs, "tin: pay")
        assert [(face.state, face.ending) for face in at.faces()] == [("over", "A round of tea"), ("next", "")]
        assert at.carried_on() == ["you paid for the tea"]
        session = at.session()
        assert "You paid last time." in " ".join(str(event) for event in session.play.events)
        assert (session.told, session.later_parts, session.career) == (0, 0, "Two years of tea")
        session.take(inputs(["tin: say"])[0])
        assert session.still_out is not None
        assert session.still_out() == []
        at.reload()
        assert at.ended
        assert at.session(0).later_parts == 1
        at.session(0).rewind(0)
        at.reload()
        assert ([face.state for face in at.faces()], at.aside()) == (["open", "ahead"], 1)


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_still_out_there_is_exported_and_names_nobody(saves: Path, packs: Path, kept: bool) -> None:
    for name in ("first", "second"):
        file = packs / "tea" / f"{name}.yaml"
        file.write_text(file.read_text("utf-8").replace("group: Team 4", "group: 'The team of {you}'"), "utf-8")
    with Store.open(saves, now=lambda: NOON) as store:
        if kept:
            at = table(store, packs, "tin: say", "tin: silence")
        else:
            cards = library(user=packs)
            at = Table.unsaved(cards.get_career("tea"), story_of(cards, cards.get_career("tea")), 7, "Mara")
            for given in inputs(["tin: say", "tin: silence"]):
                at.session().take(given)
        session = at.session(1)
        assert session.still_out is not None
        (out,) = session.still_out()
        assert out.startswith("Your message in The team of Mara, 11 months ago: out by now in ")
        text = made(session, "markdown").decode()
        assert "### Still out there, from earlier parts" in text
        assert out.replace("Mara", "You") in text
        assert "Mara" not in text
        assert "Still out there" not in made(at.session(0), "markdown").decode()
        second = session.journal.play_id if session.journal is not None else ""
    if kept:
        file = saves / "second.md"
        assert (
            main(["saves", "debrief", second, "--markdown", str(file), "--saves", str(saves), "--pack", str(packs / "tea")])
            == 0
        )
        assert file.read_text("utf-8") == text


def test_a_career_that_is_not_kept(packs: Path) -> None:
    cards = library(user=packs)
    card = cards.get_career("tea")
    at = Table.unsaved(card, story_of(cards, card), 7, "Alex")
    assert not at.saved
    at.session().take(inputs(["tin: pay"])[0])
    assert at.following == ("second", card.parts[1].after)
    second = at.session()
    assert second.play.given is not None
    second.take(inputs(["tin: silence"])[0])
    assert at.ended
    assert at.debrief().handed_on == [("you paid for the tea", 0, 1)]
    assert at.session(0).later_parts == 1
    at.session(0).rewind(0)
    at.reload()
    assert [face.state for face in at.faces()] == ["open", "ahead"]
    assert (at.changed(), at.aside()) == ([], 0)


# On plain lines


def plainly(at: Table, *answers: str, script: tuple[str, ...] = (), interactive: bool = True) -> list[str]:
    said: list[str] = []
    waiting = list(answers)

    def read(_prompt: str) -> str | None:
        return waiting.pop(0) if waiting else None

    scripted = [Scripted(number, given) for number, given in enumerate(inputs(script), 1)]
    play_plain(at, read, said.append, script=scripted, script_name="way.txt", interactive=interactive)
    return said


def test_a_career_on_plain_lines(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        at = table(store, packs, "tin: pay")
        said = plainly(at, "", "0", "", "n")
        text = "\n".join(said)
        assert said[:3] == [
            "Two years of tea",
            "1. The first week (ended with “A round of tea”)",
            "2. Eleven months later: A year on (comes next)",
        ]
        for words in (
            "What you bring with you:\n  You paid for the tea.",
            "Public trust 0, Team safety +2",
            "What you brought with you:\n  You paid for the tea.",
            "n looks back on all of it.",
            "What came back from “The first week”:\n    You paid for the tea.",
            "  Tin: Pay for all",
        ):
            assert words in text, words
        assert at.ended


def test_going_back_on_plain_lines_says_what_becomes_of_later_parts(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        at = table(store, packs, "tin: pay", "tin: silence")
        from game.plain import Plain

        said: list[str] = []
        answers = ["b", "1", "q"]
        Plain(at.session(0), lambda _prompt: answers.pop(0) if answers else None, said.append).run()
        assert any("The part that came after this one stays in your saves too" in line for line in said)


def test_a_file_of_decisions_goes_through_all_parts(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        at = table(store, packs)
        said = plainly(at, script=("tin: pay", "tin: silence"), interactive=False)
        assert at.ended
        assert "2 parts, 11 months." in said
    with Store.open(saves, now=lambda: NOON) as store, pytest.raises(ScriptProblem, match="after the end of the career"):
        plainly(table(store, packs), script=("tin: pay",), interactive=False)


def test_the_command(saves: Path, packs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--pack", str(packs), "--saves", str(saves)]
    assert main(["career", *where]) == 0
    assert "tea  Two years of tea · 2 parts · 6 minutes · New" in capsys.readouterr().out.replace("tea        ", "tea  ")
    way = tmp_path / "way.txt"
    way.write_text("tin: pay\n", "utf-8")
    assert main(["career", "tea", "--plain", "--seed", "7", "--decisions", str(way), *where]) == 0
    capsys.readouterr()
    assert main(["career", *where]) == 0
    assert "Before part 2 of 2" in capsys.readouterr().out
    assert main(["career", "teh", *where, "--plain"]) == 2
    assert "There is no career “teh”. Did you mean 'tea'?" in capsys.readouterr().err
    assert main(["career", "tea", "--plain", "--no-save", "--decisions", str(way), *where]) == 0
    with Store.open(saves) as store:
        assert len(store.careers()) == 1
        career = store.careers()[0].id
    assert main(["career", "tea", "--plain", "--new", "--decisions", str(way), *where]) == 0
    capsys.readouterr()
    assert main(["saves", "list", *where]) == 0
    assert "Two years of tea, part 1: The first week" in capsys.readouterr().out
    assert main(["saves", "show", career, *where]) == 0
    assert "1. The first week (ended with “A round of tea”)" in capsys.readouterr().out
    assert main(["saves", "forget", career, "--yes", *where]) == 0
    with Store.open(saves) as store:
        assert [info.id for info in store.careers()] != [career]


def test_a_career_that_cannot_be_played_says_why(saves: Path, packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (packs / "tea" / "pack.yaml").write_text(PACK.replace("scenario: second", "scenario: secnod"), "utf-8")
    assert main(["career", "tea", "--plain", "--pack", str(packs), "--saves", str(saves)]) == 2
    assert "pack.yaml:9:9: SB341 error: there is no scenario 'secnod' in this pack" in capsys.readouterr().err
    assert main(["career", "--pack", str(packs), "--saves", str(saves)]) == 0
    assert "cannot be played" in capsys.readouterr().out


def test_prove_a_career(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(packs / "tea"), "--career", "tea"]) == 0
    out = capsys.readouterr().out
    for words in (
        "Two years of tea: proved for every way",
        "2. A year on, begun in 2 ways",
        "2 of 2 endings reached",
        "no dial",
    ):
        assert words in out, words
    assert main(["prove", str(packs / "tea"), "--career", "--format", "json"]) == 0
    assert '"never_arrives": {}' in capsys.readouterr().out
    for wrong, words in ((["--career", "cofee"], "There is no career"), (["--career", "tea", "--witness", "x"], "Leave out")):
        assert main(["prove", str(packs / "tea"), *wrong]) == 2
        assert words in capsys.readouterr().err
    assert main(["check", str(packs / "tea")]) == 0


def test_a_proof_says_what_it_leaves_out_and_finds(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = SECOND.replace("flags:\n", "flags:\n  lost: {carried: yes}\n").replace("if: paid,", "if: paid and team >= 1,")
    odd = second.replace("paid: {title", "odd: {if: lost, title: Odd, epilogue: O.}\n  paid: {title")
    (packs / "tea" / "second.yaml").write_text(odd, "utf-8")
    assert main(["prove", str(packs / "tea"), "--career", "tea"]) == 1
    out = capsys.readouterr().out
    for words in (
        "never arrives: lost = yes",
        "cannot be reached in this career: endings odd",
        "Part 2 asks for team: taken as free",
    ):
        assert words in out, words


# On the screen


async def until(pilot: Pilot[None], kind: type) -> None:
    for _time in range(120):
        await pilot.pause()
        if isinstance(pilot.app.screen, kind):
            await settle(pilot)
            return
        await pilot.app.workers.wait_for_complete()
    raise AssertionError(f"{pilot.app.screen} is not {kind}")


async def test_a_career_from_home_to_its_end(saves: Path, packs: Path) -> None:
    app: SeenbyApp = make_app(saves, packs)
    async with app.run_test(size=(100, 32)) as pilot:
        await settle(pilot)
        cards = {card.key: card for card in app.screen.query(CardView)}
        assert "tea/tea" in cards
        assert "tea/second" not in cards, "what a career leads to has no card of its own"
        assert (cards["tea/tea"].face.state, cards["tea/tea"].face.warm) == ("new", False)
        assert cards["tea/first"].has_focus, "whoever is new begins with one story"
        cards["tea/tea"].focus()
        await pilot.press("enter")
        await until(pilot, PlayScreen)
        for number in range(2):
            screen = app.screen
            assert isinstance(screen, PlayScreen)
            screen._take(inputs(["tin: pay"])[0])
            for _time in range(60):
                await pilot.pause()
                if isinstance(app.screen, EndingScreen):
                    break
                await pilot.press("space")
            await pilot.press("enter")
            await until(pilot, DebriefScreen)
            await pilot.press("q")
            await until(pilot, CareerScreen)
            page = app.screen
            assert isinstance(page, CareerScreen)
            assert page.standing == f"part {number + 1} of 2"
            if number == 0:
                await pilot.press("enter")
                await until(pilot, GapScreen)
                await pilot.press("enter")
                await until(pilot, PlayScreen)
        assert page.table.ended
        assert page.debrief.handed_on == [("you paid for the tea", 0, 1)]
        await pilot.press("n", "escape", "l")
        assert page.answer.words == "Choose a part first, with the arrow keys."
        await pilot.press("d", "q")
        await settle(pilot)
        cards = {card.key: card for card in app.screen.query(CardView)}
        assert cards["tea/tea"].face.state == "played to its end"


async def test_home_says_how_far_a_career_is_and_goes_on_with_it(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        table(store, packs, "tin: pay")
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cards = {card.key: card for card in app.screen.query(CardView)}
        assert cards["open"].face.title == "Two years of tea"
        assert cards["open"].face.state == "eleven months later, part 2 of 2"
        assert cards["open"].face.blurb == "Next is “A year on”."
        await pilot.press("c")
        await until(pilot, CareerScreen)
        page = app.screen
        assert isinstance(page, CareerScreen)
        await pilot.press("down", "l")
        await settle(pilot)
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("down", "p", "y")
        await until(pilot, PlayScreen)
        with Store.open(saves) as store:
            assert store.careers()[0].playing is not None


async def test_past_plays_name_the_career_open_an_older_one_and_forget_it_as_a_whole(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        old = table(store, packs, "tin: pay", "tin: silence").info
        cards = library(user=packs)
        card = cards.get_career("tea")
        new = Table.new(card, story_of(cards, card), store, store.player("Mara"), 8, "Mara").info
        assert old is not None
        assert new is not None
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        rows = app.screen.query_one(Rows)
        assert all("Two years of tea" in row.second for row in rows.rows)
        place = next(number for number, row in enumerate(rows.rows) if row.id == old.parts[1].play)
        await pilot.press(*["down"] * place, "enter")
        await until(pilot, CareerScreen)
        screen = app.screen
        assert isinstance(screen, CareerScreen)
        assert screen.table.info is not None
        assert (screen.table.info.id, screen.table.ended) == (old.id, True)
        await pilot.press("q", "f")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        with Store.open(saves) as store:
            assert [career.id for career in store.careers()] == [new.id]
            assert [info.id for info in store.plays()] == [new.parts[0].play]


def test_how_long_a_career_has_lasted_is_told_to_the_month() -> None:
    month = 365 * 86_400 // 12
    assert [since_words(at) for at in (0, 2 * month, 12 * month, 26 * month + 5)] == [
        "the beginning",
        "2 months in",
        "1 year in",
        "2 years 2 months in",
    ]


async def test_a_part_is_no_open_play_of_its_scenario(saves: Path, packs: Path) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        table(store, packs)
    app = make_app(saves, packs)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        faces = {card.key: card.face for card in app.screen.query(CardView)}
        assert (faces["open"].state, faces["open"].blurb) == ("part 1 of 2", "In “The first week”.")
        assert faces["tea/first"].state == "begun"


class Page(Dressed):
    """Shows the page of a career."""

    CSS_PATH = Path(game_app.__file__).with_name("app.tcss")

    def __init__(self, at: Table, theme: str) -> None:
        super().__init__(theme)
        self.at = at

    def on_mount(self) -> None:
        self.push_screen(CareerScreen(self.at))


@pytest.mark.parametrize(
    ("lines", "theme", "size"),
    [
        (("tin: say",), "seenby-day", (80, 24)),
        (("tin: pay", "tin: say"), "seenby-night", (80, 34)),
        (("tin: pay", "tin: say"), "seenby-day", (120, 36)),
    ],
    ids=["between parts", "over", "over, with room"],
)
def test_looks(
    snap_compare: Callable[..., bool], saves: Path, packs: Path, lines: tuple[str, ...], theme: str, size: tuple[int, int]
) -> None:
    with Store.open(saves, now=lambda: NOON) as store:
        assert snap_compare(Page(table(store, packs, *lines), theme), terminal_size=size)
