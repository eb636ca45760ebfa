"""The debrief as a file: nothing in it names the player, everything in it is escaped, and it is written whole or not at all."""

from __future__ import annotations

import errno
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from textual.widgets import Input as InputField

from engine import load_story
from engine.debrief import build
from engine.play.inputs import Input
from engine.play.play import Play
from engine.story.model import Story
from engine.text import clean_name
from game.cli import main
from game.debrief.export.content import exported, texts
from game.debrief.export.markdown import markdown
from game.debrief.export.nameless import CUT, nameless, without_names
from game.debrief.export.screen import ExportScreen
from game.debrief.export.writing import ExportProblem, form_of, put_into
from game.debrief.roads_plain import PlainRoads
from game.guide.blocks import Heading, Script
from game.guide.page import page
from game.session import Session
from saves.store import Store
from tests.game.shell import played as played_tour
from tests.game.shell import small_pack
from tests.game.stage import evening, text_of
from tests.game.test_debrief_rule import Alone
from tests.game.test_debrief_screen import Back, played

CALLED = """\
seenby: 1
id: called
title: Called by name
minutes: 2
begins: Monday 09:00
pronouns: yes
cast:
  jo: {is: at the desk}
  will: {name: Will, is: on your team}
places:
  team: {group: "Team {you}", members: 9, with: [jo, will]}
  dm: {dm: jo}
scenes:
  first:
    title: The first
    in: team
    script: |
      Jo [ask] : {you}, have you got the keys? @{you} <b>{they}</b>
      > {you} stood there. {you}'s phone rang.
      Will: masked: it mocks {you}
    choices:
      yes-i:
        label: Say that {you} have them
        send: |
          {you} here. I will.
        thought: |
          {you} always has them.
        dials: {team: +2, own: -1}
        because: |
          {you} had them, and Team four knew.
        later:
          - {after: 3 weeks, scene: back}
      silence:
        label: Say nothing
        dials: {people: -1}
        because: |
          Nobody heard {you}.
    next: second
  second:
    title: The second
    in: dm
    script: |
      Jo: {you}?
    choices:
      tell:
        label: Tell her
        send: |
          It was {you}.
      silence:
        label: Wait
    next: end
  back:
    title: Back
    in: team
    script: |
      Will: {you}, it came back.
endings:
  home: {title: Home, epilogue: "{you} went home. {you}.", support: yes}
debrief:
  questions: ["What would {you} do?"]
  cheapest: first
  cheapest-because: "{you} had the keys."
  unseen:
    first: Jo had written to {you} twice.
"""
HOSTILE = "<script>alert(1)</script> ]]> --> **b** [x](javascript:alert) `c` | & &amp; # 1. <img src=x onerror=y> http://e.example www.e.example $x$ ~~s~~ {{7}}"


def story_of(folder: Path, text: str) -> Story:
    path = folder / "called.yaml"
    path.write_text(text, "utf-8")
    return load_story(path)


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return story_of(tmp_path_factory.mktemp("called"), CALLED)


def at_random(story: Story, name: str, seed: int) -> Play:
    """A play with random decisions and drafts, the same for the same seed."""
    draw = random.Random(seed)
    play = Play.begin(story, seed, name, draw.choice(["they", "she", "he"]))
    while (offer := play.offer) is not None:
        option = draw.choice([option for option in offer.options if option.available])
        if option.send and draw.random() < 0.5:
            play.note_draft(option.id)
        play.take(Input(offer.scene, choice=option.id))
    return play


def both(play: Play, **how: object) -> str:
    guide = exported(play, **how)  # type: ignore[arg-type]
    return page(guide).decode() + markdown(guide).decode()


# Nobody is named

_NAMES = st.one_of(
    st.sampled_from(
        [
            "You", "Will", "Team", "Jo", "you", "<b>Zed</b>", "Zed & Söhne", "Zed\\d+(.*)", "{you}", "[Zed](x)", "Straße", "İpek",
            "Zoë", "Zoe\u0308", "李小龙", "O'Neill", '"Zed"', "a", "Zed Zed", "%s", "&amp;", "|", "🐦 Zed", "…", "None", "The keys",
        ]
    ),
    st.text(min_size=1, max_size=20),
)  # fmt: skip


@given(_NAMES, st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_a_file_is_the_same_whoever_played(called: Story, name: str, seed: int) -> None:
    """The strongest there is: the name has no part in it, so that it cannot be read out of it."""
    bound = {word.casefold() for word in re.findall(r"\w+", clean_name(name))}
    play, other = at_random(called, name, seed), at_random(called, "Quux Otherwise", seed)
    if play.words["jo.full"] != other.words["jo.full"]:  # a made-up name that had to make way
        assert bound
        return
    text, without = both(play, names=(name,)), both(other)
    assert text == without
    if (clean_name(name) or "You") not in without:
        assert name not in text


@given(
    st.sampled_from(["Zedwick", "<b>Zedwick</b>", "Zedwick\\d+", "Zédwick (2)", "Straße", "🐦Zedwick", "Zedwick Quill"]),
    st.integers(0, 8),
)
@settings(max_examples=16, deadline=None)
def test_a_weird_name_is_nowhere_not_in_the_rule_either(called: Story, name: str, seed: int) -> None:
    kept = clean_name(name)
    for spelling in (kept, kept.upper(), kept.lower(), kept.casefold()):
        rule = (f"somebody asks {spelling}, or {spelling}'s friend", f"say: “{spelling}” will wait")
        text = both(at_random(called, name, seed), rule=rule, names=("Other",)).casefold()
        assert kept.casefold() not in text
        for part in re.findall(r"\w{3,}", kept):
            assert part.casefold() not in text
        assert f"somebody asks {CUT}, or {CUT}" in text
        assert "will wait" in text


def test_a_file_says_the_same_on_a_machine_that_is_too_slow_for_a_screen(
    called: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = at_random(called, "Zedwick", 3)
    text = both(play)
    assert "too many ways on" not in text
    monkeypatch.setattr("engine.roads.ahead.SECONDS", 0.0)
    assert both(play) == text
    assert any("too many ways on" in line for line in PlainRoads(play).answer("o") or []), "a screen does not wait"


def test_a_name_that_is_a_word_spoils_no_sentence(called: Story) -> None:
    play = at_random(called, "Will", 1)
    assert "Then I will ask Will’s team".replace("Will", CUT) == without_names(
        "Then I will ask Will’s team", ["Will"], "I will."
    )
    assert without_names("ask the Team first", ["team"], "Team 4 knew") == "ask the Team first"
    assert without_names("goodwill", ["Will"], "") == "goodwill"
    assert without_names("MARA and mara", ["Mara Quill"], "") == f"{CUT} and {CUT}"
    assert without_names("a+b (c)", ["a+b", ""], "") == f"{CUT} (c)"
    assert "Will" in both(play), "one of the cast is called so, and stays"


def test_everybody_else_is_called_what_they_were_called(called: Story) -> None:
    for seed in range(6):
        play = at_random(called, "Zed", seed)
        bare = nameless(play)
        assert {key: word for key, word in bare.words.items() if key != "you"} == {
            key: word for key, word in play.words.items() if key != "you"
        }
        assert bare.ending == play.ending
        assert bare.dials == play.dials
        assert len(bare.events) == len(play.events)


def test_a_protagonist_whom_the_author_named_stays(tmp_path: Path) -> None:
    story = story_of(tmp_path, CALLED.replace("cast:\n", "you: {name: Kit}\ncast:\n"))
    text = both(at_random(story, "Zed", 2))
    assert "Kit, have you got the keys?" in text
    assert "Zed" not in text


def test_no_path_no_user_no_time_of_playing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(variable, "zedaccount")
    with Store.open(tmp_path) as store:
        session = Session.new(store, "Zedwick", evening(), 7, "Zed")
        for choice in (("keys", "silence"), ("late", "speak"), ("yard", "no-me")):
            session.take(Input(choice[0], choice=choice[1]))
        text = both(session.play, names=("Zedwick",))
        assert session.journal is not None
        for secret in (str(tmp_path), session.journal.play_id, str(session.journal.created.year), str(evening().file)):
            assert secret not in text
    assert "zedaccount" not in text


# Everything is escaped


class Reader(HTMLParser):
    """Collects what a page consists of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.said: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href")]
        if tag not in ("meta", "br", "col", "line", "path", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "br", "col", "line", "path", "polyline"):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.said.append(data)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Every text of a story is out for trouble."""
    words = HOSTILE.replace("{{7}}", "x").replace("\\", "\\\\").replace('"', '\\"')
    text = CALLED.replace("title: The first", f'title: "{words}"').replace("label: Say nothing", f'label: "{words}"')
    text = text.replace("Nobody heard {you}.", HOSTILE.replace("{{7}}", "")).replace(
        "{you}, have you got the keys?", HOSTILE.replace("{{7}}", "")
    )
    text = (
        text.replace("What would {you} do?", words)
        .replace("{you} had the keys.", words)
        .replace("title: Home", f'title: "{words}"')
    )
    story = story_of(tmp_path_factory.mktemp("hostile"), text)
    play = Play.begin(story, 1, "Zed")
    play.take(Input("first", choice="silence"))
    play.take(Input("second", choice="tell"))
    return play


def test_a_page_has_only_our_own_markup(hostile: Play) -> None:
    html = page(exported(hostile, rule=(HOSTILE, HOSTILE))).decode()
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert reader.tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "div", "span", "em",
        "strong", "ul", "ol", "li", "blockquote", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure",
        "figcaption", "svg", "desc", "line", "path", "polyline", "text", "br",
    }  # fmt: skip
    assert not any(name.startswith("on") for name in reader.attributes)
    assert reader.links == []
    assert "default-src 'none'" in html
    assert "http" not in re.sub(r"http://(e\.example|www\.w3\.org/2000/svg)|http-equiv", "", html)
    said = " ".join(" ".join(reader.said).split())
    assert said.count("<script>alert(1)</script> ]]> --> **b** [x](javascript:alert) `c` | & &amp;") >= 8


def test_markdown_says_the_words_and_nothing_else(hostile: Play) -> None:
    text = markdown(exported(hostile, rule=(HOSTILE, HOSTILE))).decode()
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    tokens = parser.parse(text)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or []}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "code_inline",
        "code_block",
        "fence",
        "s_open",
        "lheading_open",
    }
    said = [child.content for token in tokens for child in token.children or [] if child.type == "text"]
    assert sum("<script>alert(1)</script> ]]> --> **b** [x](javascript:alert) `c` | & &amp;" in one for one in said) >= 6
    tables = [token for token in tokens if token.type == "table_open"]
    assert len(tables) == 3
    # No cell was torn by a stroke in a text: every row is as wide as its head.
    widths: list[list[int]] = []
    for token in tokens:
        if token.type == "table_open":
            widths.append([])
        elif token.type == "tr_open":
            widths[-1].append(0)
        elif token.type in ("th_open", "td_open"):
            widths[-1][-1] += 1
    assert all(len(set(rows)) == 1 for rows in widths)


@pytest.mark.parametrize(
    "text",
    [
        "# head",
        "1. one",
        "2) two",
        "- dash",
        "+ plus",
        "> said",
        "=====",
        "---",
        "***",
        "    four",
        "\tt",
        "~~~",
        "```",
        ": x",
        "<!--",
    ],
)
def test_nothing_at_the_beginning_of_a_line_is_markup(text: str) -> None:
    from game.guide.blocks import Guide, Para, words

    tokens = MarkdownIt().parse(markdown(Guide("x", "", "en", [Para(words("before")), Para(words(text))])).decode())
    assert [token.type for token in tokens] == [
        "heading_open",
        "inline",
        "heading_close",
        *["paragraph_open", "inline", "paragraph_close"] * 2,
    ]
    assert "".join(child.content for child in tokens[-2].children or []) == " ".join(text.split())


# What stands in it


def test_it_tells_the_whole_play(called: Story) -> None:
    play = Play.begin(called, 1, "Zed")
    play.note_draft("yes-i")
    play.take(Input("first", choice="yes-i"))
    play.take(Input("second", choice="tell"))
    guide = exported(play, rule=("it rings", "answer"), names=("Zed",), date="22 November 2026")
    said = " ".join(texts(guide.blocks))
    for words in (
        "You decided: ", "Say that You have them", "You wrote, and took back: “You here. I will.”", "3 weeks later: Back.",
        "Team safety +2, Own standing -1. You had them, and Team four knew.", "What you did not see: ", "Jo had written to You twice.",
        "You could also have: Say nothing", "Your message to", "about 2 in 100 worlds within a month", "What would You do?",
        "If it rings, then I answer.", "If something here came close to home", "The first. ", "You had the keys.", "[masked: it mocks You]",
    ):  # fmt: skip
        assert words in said, words
    assert guide.subtitle == "Looking back on a play, 22 November 2026"
    html = page(guide).decode()
    assert html.count("<svg") == 2
    assert html.count("<desc>") == 2
    assert html.count("aria-label=") >= 2
    assert "prefers-color-scheme: dark" in html
    assert "@page { size: A4" in html


def test_it_has_all_that_the_debrief_has() -> None:
    from tests.game.test_debrief_plots import a_play

    play = a_play("nights-team-4")
    guide = exported(play)
    heads = [block.text for block in guide.blocks if isinstance(block, Heading) and block.level == 2]
    assert heads == [
        "What you saw and did", "Where it left you", "What could become of it", "Seen by", "Your road, and the others",
        "When it was cheapest to act", "To think about, or to talk about",
    ]  # fmt: skip
    said = list(texts(guide.blocks))
    for witness in build(play).witnesses[:4]:
        assert any(text.startswith(f"Seen by {witness.name}") for text in said)
    assert any("trust goes from" in text for text in said)
    assert any(text.startswith("It touched: ") for text in said)
    assert any(text.startswith("1. Monday 21:10") for text in said)
    # Who said what is told apart there too, and the player is nobody but You.
    start = next(index for index, block in enumerate(guide.blocks) if isinstance(block, Heading) and block.text == "Seen by")
    speakers = {line.who for block in guide.blocks[start:] if isinstance(block, Script) for line in block.lines}
    assert {"", "You", "Col"} <= speakers


def test_a_play_that_is_not_over_and_has_no_rule(called: Story) -> None:
    text = both(Play.begin(called, 1, "Zed"))
    assert "This play is not over." in text
    assert "No dial moved." in text
    assert "The rule for next time" not in text


# Into a file


def test_never_over_another_file_unless_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    put_into(path, b"one")
    with pytest.raises(ExportProblem, match="already") as caught:
        put_into(path, b"two")
    assert caught.value.there
    assert path.read_bytes() == b"one"
    put_into(path, b"two", replace=True)
    link = tmp_path / "link.html"
    link.symlink_to(path)
    put_into(link, b"three", replace=True)
    assert link.is_symlink()
    assert path.read_bytes() == b"three"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.html", "link.html"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "cannot be written to"),
        (errno.ENOENT, "There is no folder"),
        (errno.ENAMETOOLONG, "cannot be the name of a file"),
        (errno.EIO, "cannot be written"),
    ],
)
def test_what_the_disk_refuses_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    import game.debrief.export.writing as writing

    def refuse(_handle: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(writing.os, "fsync", refuse)
    (tmp_path / "a.html").write_bytes(b"old")
    with pytest.raises(ExportProblem, match=says):
        put_into(tmp_path / "a.html", b"new", replace=True)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.html", b"old")]


def test_what_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(ExportProblem, match="is a folder"):
        put_into(tmp_path, b"")
    with pytest.raises(ExportProblem, match="is no file"):
        put_into(Path("/dev/null"), b"", replace=True)
    with pytest.raises(ExportProblem, match="no folder"):
        put_into(tmp_path / "none" / "a.md", b"")
    assert [form_of(Path(name)) for name in ("a.HTML", "a.htm", "a.md", "a.markdown")] == [
        "html",
        "html",
        "markdown",
        "markdown",
    ]
    with pytest.raises(ExportProblem, match="neither a page nor Markdown"):
        form_of(Path("a.pdf"))


# From the command line, and from the screen


def keep_a_play(tmp_path: Path) -> tuple[str, list[str]]:
    """A play of the tour by Zedwick, with a rule; its id, and what every command wants to know."""
    packs, saves = small_pack(tmp_path / "packs"), tmp_path / "saves"
    play = played_tour(saves, name="Zedwick")
    with Store.open(saves) as store:
        store.journal(play).write_rule("Zedwick calls", "will wait")
    return play, ["--saves", str(saves), "--pack", str(packs)]


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play, where = keep_a_play(tmp_path)
    html, md = tmp_path / "a.html", tmp_path / "a.md"
    assert main(["saves", "debrief", play[:6], "--html", str(html), "--markdown", str(md), *where]) == 0
    assert f"Written to {html}." in capsys.readouterr().err
    for file in (html, md):
        text = file.read_text("utf-8")
        assert "zedwick" not in text.lower()
        assert f"If {CUT} calls, then I will wait." in text
        assert "2026" not in text
    assert main(["saves", "debrief", play, "--html", str(html), *where]) == 1
    assert "say --force to replace it" in capsys.readouterr().err
    assert main(["saves", "debrief", play, "--html", str(html), "--force", "--date", *where]) == 0
    assert "20 November 2026" in html.read_text("utf-8")
    assert main(["saves", "debrief", play, "--markdown", "-", *where]) == 0
    assert capsys.readouterr().out == md.read_text("utf-8")


def test_what_the_command_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play, where = keep_a_play(tmp_path)
    assert main(["saves", "debrief", play, *where]) == 2
    assert "--html FILE" in capsys.readouterr().err
    assert main(["saves", "debrief", "nobody", "--html", "x.html", *where]) == 2
    assert main(["saves", "debrief", play, "--html", str(tmp_path / "none" / "x.html"), *where]) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert main(["saves", "debrief", play, "--html", str(tmp_path / "x.html"), *where[:2]]) == 1
    assert "The scenario “tour” is not here" in capsys.readouterr().err


async def test_from_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = Back(played())
    file = tmp_path / f"seenby-{evening().id}.html"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        assert file.read_bytes().startswith(b"<!doctype html>")
        assert "Written to" in text_of(app)
        # It is there now: asked first, and another name is another question.
        file.write_bytes(b"mine")
        await pilot.press("e", "enter")
        await pilot.pause()
        assert "Enter once more replaces it" in " ".join(text_of(app).split())
        await pilot.press("2", "backspace", "tab", "enter")
        await pilot.pause()
        assert file.with_suffix(".md").read_bytes().startswith(b"# ")
        assert file.read_bytes() == b"mine"
        await pilot.press("e", "enter", "enter")
        await pilot.pause()
        assert file.read_bytes() != b"mine"


async def test_what_the_screen_cannot_do(tmp_path: Path) -> None:
    app = Back(played())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        field = app.screen.query_one(InputField)
        for name, says in (
            (str(tmp_path / "a.pdf"), "neither a page nor Markdown"),
            (str(tmp_path / "none" / "a.md"), "There is no folder"),
            ("  ", "Give the file a name."),
        ):
            field.value = name
            await pilot.press("enter")
            await pilot.pause()
            assert says in " ".join(text_of(app).split())
        await pilot.press("tab", "escape")
        await pilot.pause()
        assert app.screen is app.debrief


@pytest.mark.parametrize(("theme", "size"), [("night", (80, 24)), ("day", (120, 36)), ("plain", (80, 24))], ids=str)
def test_looks(snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int]) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: Path("/home/mara"))

    assert snap_compare(Alone(lambda: ExportScreen(played()), theme), terminal_size=size)


def test_what_a_short_session_left_out_is_told_quietly_wherever_one_looks_back() -> None:
    from engine.story.cut import cut_story
    from game.debrief.afterword import opening
    from game.debrief.paper import Paper
    from game.lookback import lookback
    from game.themes import NIGHT
    from tests.engine.play import test_cut

    told = ["Left out in this short session:", "Somebody says hello, Sam.", "Col asks about the keys."]
    for left_out, many in (([], 0), (["first", "third"], 3)):
        play = test_cut.played(cut_story(test_cut.story(), left_out), *(["nod"] if left_out else ["answer", "off"]))
        debrief = build(play)
        spoken = [line.removeprefix("- ") for line in lookback(debrief, play.story)]
        (block,) = opening(debrief, Paper(NIGHT, 80, play.story))
        painted = "\n".join("".join(part for part, _style in line) for line in block.lines)
        written = list(texts(exported(play).blocks))
        assert sum(words in spoken for words in told) == many
        assert sum(words in painted for words in told) == many
        assert sum(words.replace("Sam", "You") in written for words in told) == many
