"""The facilitator's guide: what stands in it, that texts stay texts, and that the same story gives the same bytes."""

import io
import re
import shutil
import zipfile
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest

from engine import load_story
from engine.script.read import read
from engine.story.compile import compile_story
from game.cli import main
from game.graph.storymap import story_map
from game.guide.aftermath import telling_words
from game.guide.command import GuideProblem, made
from game.guide.conditions import ConditionWords
from game.guide.content import guide
from game.guide.facts import facts
from game.guide.page import page
from game.guide.statements import statements
from game.guide.timings import PLANS, Timings, cut_for, minutes_words
from tests.engine import base
from tests.engine.play.test_stakes import told_story

docx = pytest.importorskip("docx")

SHIPPED = ("nights-team-4", "grit-happens")
NASTY = "</td></p><script>alert(1)</script> & \"q\" 'a' {{x}} <img src=http://example.com/a.png> 😂"
STORY = """
seenby: 1
id: small
title: {title}
blurb: {title}
minutes: 5
begins: Monday 09:00
covers: [S16, S33]
facts: [F5.9, F9.99]
slots: {{policy: our paper}}
cast:
  ana: {{name: {title}}}
  ben: {{is: {title}}}
places:
  team: {{group: {title}, members: 4, with: [ana]}}
flags:
  bold: {{is: you spoke up}}
  roses: {{from: 0, to: 5, is: roses left}}
scenes:
  one:
    title: {title}
    in: team
    script: |
      Ana: The {{policy}} says so, {{ben}}.
      Ana: {plain}
      ... 10 minutes
    ask: {title}
    choices:
      speak:
        label: {title}
        thought: {title}
        send: {title}
        dials: {{team: -1, people: +2}}
        because: {title}
        set: {{bold: yes}}
        script: |
          Ana: Well said.
        later: [{{after: 3 days, scene: thaw, dials: {{team: +1}}, because: It was heard., if: roses >= 1}}]
      report: {{label: Report it late, dials: {{trust: +1}}, because: Late., late: 2 weeks, set: {{told: yes}}}}
      silence: {{label: Say nothing}}
    next: two
  two:
    in: team
    optional: You missed little.
    discuss: {title}
    skip: You look away.
    script: |
      {{if told or (bold and not one.silence)}} > A cup of tea.
    choices:
      silence: {{label: Drink it}}
    next: end
  thaw: {{in: team, script: "> A thaw."}}
endings:
  brave: {{title: {title}, if: bold and team >= 2, epilogue: {title}, support: yes}}
  quiet: {{title: Quiet, epilogue: "One line\\nand its end."}}
codas:
  rose: {{if: roses = 2, text: {title}}}
debrief:
  questions: [{title}]
  cheapest: one
  cheapest-because: {title}
  unseen: {{one: {title}}}
"""


def story_of(text="A plain title", plain="Plain words."):
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
    return compile_story(read(STORY.format(title=quoted, plain=plain).encode(), "small.yaml"))


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request):
    return load_story(resources.files("scenarios") / "induction" / f"{request.param}.yaml")


@pytest.fixture(scope="module")
def printed(shipped):
    """The page of a scenario, made once."""
    return made(shipped, ".html")


@pytest.fixture(scope="module")
def in_word(shipped):
    """The document of a scenario, made once."""
    return made(shipped, ".docx")


class Reader(HTMLParser):
    """Reads a page: tags, text, headings, and whether everything that is opened is closed."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.headings, self.stack, self.words, self.attributes = set(), [], [], [], []
        self.feed(source.decode())
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in ("meta", "col", "br"):
            self.stack.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
        if self.headings and self.stack and re.fullmatch("h[1-6]", self.stack[-1]):
            self.headings[-1][1] += data

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def words_of(document):
    return "\n".join(
        node.text or "" for node in docx.Document(io.BytesIO(document)).element.body.iter() if node.tag.endswith("}t")
    )


# The page


def test_the_page_is_whole_and_needs_nothing_else(printed):
    read_page = Reader(printed)
    outside = [value for tag, name, value in read_page.attributes if name in ("src", "href", "xlink:href", "srcset", "action")]
    assert all(value.startswith("#") for value in outside)
    assert not read_page.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert b"@import" not in printed
    assert b"url(" not in printed
    assert b"@page { size: A4" in printed
    assert b"prefers-color-scheme: dark" in printed
    assert printed.count(b"<h1") == 1


def test_headings_never_skip_a_level_and_links_lead_somewhere(printed):
    read_page = Reader(printed)
    levels = [level for level, _text in read_page.headings]
    assert levels[0] == 1
    # A box may begin with a small heading of its own.
    assert all(later - before <= 1 or later == 4 for before, later in pairwise(levels))
    ids = [value for _tag, name, value in read_page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for tag, name, value in read_page.attributes if tag == "a" and name == "href"} <= set(ids)


def test_everything_of_the_story_stands_in_the_page(shipped, printed):
    text = Reader(printed).text
    found = story_map(shipped)

    def there(words):
        return " ".join(words.split()) in text

    for node in found.nodes.values():
        if node.kind != "finish":
            assert there(node.title), node.key
        for option in node.options:
            assert option.kind == "skip" or there(option.label), option.id
    for scene in shipped.scenes.values():
        for choice in scene.choices.values():
            assert there(found.words and _filled(shipped, choice.effect.because)), choice.ref
            assert there(_filled(shipped, choice.thought)), choice.ref
    for name in shipped.covers:
        assert there(statements()[name])
    for name in shipped.scenario.facts:
        assert there(facts()[name].text)
    for question in shipped.questions:
        assert there(_filled(shipped, question))
    for member in shipped.cast.values():
        assert there(member["is"])
    assert there(shipped.slots["support_line"])
    assert there("In 30 minutes:")


def _filled(story, template):
    from game.graph.texts import on_paper, paper_words

    return " ".join(on_paper(template, {**paper_words(story), "you": story.head.get("you") or "(the player)"}).split())


def test_what_gives_the_story_away_comes_after_the_warning(shipped, printed):
    text = Reader(printed).text
    front, _warning, rest = text.partition("From here on the story is given away.")
    assert rest
    for scene in shipped.scenes.values():
        for choice in scene.choices.values():
            because = _filled(shipped, choice.effect.because)
            assert not because or because not in front
    for ending in shipped.endings:
        for row in ending.epilogue.rows:
            assert not row.text or _filled(shipped, row.text) not in front


def test_the_map_stands_in_the_page(printed):
    source = printed.decode()
    if shutil.which("dot") is None:
        assert "<pre>" in source
    else:
        assert source.count("<svg ") == source.count('role="img" aria-label="') >= 2
        assert "<?xml" not in source
        assert "<!DOCTYPE svg" not in source


def test_without_graphviz_the_map_is_an_outline(shipped, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    source = page(guide(shipped, "svg")).decode()
    assert "<svg" not in source
    assert "After the last scene time runs on" in source


@pytest.mark.parametrize("graphviz", [True, False])
def test_texts_stay_texts_in_the_page(graphviz, monkeypatch):
    if not graphviz:
        monkeypatch.setattr(shutil, "which", lambda name: None)
    plain = Reader(page(guide(story_of(), "svg")))
    nasty = page(guide(story_of(NASTY, NASTY), "svg"))
    read_page = Reader(nasty)
    assert read_page.tags == plain.tags
    assert b"<script" not in nasty
    assert b"<img" not in nasty
    shown = NASTY.replace("{{", "{").replace("}}", "}")
    assert shown in read_page.text
    assert [level for level, _text in read_page.headings] == [level for level, _text in plain.headings]


def test_the_small_story_word_for_word():
    text = Reader(page(guide(story_of(), "svg"))).text
    assert "Ana" not in text.replace("A plain title", "")
    for words in (
        "Team safety −1, People affected +2",
        "Public trust +0.5 (late: the good counts 50 %)",
        "After 3 days: Thaw , if roses left is at least 1",
        "only if “Report it late” in “A plain title” or (“you spoke up” and not “Say nothing” in “A plain title”)",
        "If “you spoke up” and Team safety is at least 2.",
        "One line and its end.",
        "The support line is shown after this ending.",
        "The our paper says so, Ben.",
        "F9.99 not described here",
        "These scenes can be skipped with one key: “Two”",
    ):
        assert words.replace("“", "").replace("”", "") in text.replace("“", "").replace("”", ""), words


# Words for conditions


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("bold", "“you spoke up”"),
        ("not bold", "not “you spoke up”"),
        ("bold and (told or roses > 2)", "“you spoke up” and (“Report it late” in “A plain title” or “roses left” is above 2)"),
        ("one.speak", "“A plain title” in “A plain title”"),
        ("trust >= -2", "Public trust is at least -2"),
        ("trust > own", "Public trust is above Own standing"),
        ("left team", "“you have left A plain title”"),
        ("ana in team", "“A plain title is in A plain title”"),
        ("yes", "always"),
    ],
)
def test_conditions_in_words(condition, said):
    story = story_of()
    assert ConditionWords(story, story_map(story).words).say(condition) == said


# Statements and facts


def test_all_statements_are_there():
    assert list(statements()) == [f"S{number}" for number in range(1, 35)]
    assert len(set(statements().values())) == 34


def test_every_fact_of_the_shipped_scenarios_is_described(shipped):
    assert set(shipped.scenario.facts) <= set(facts())
    assert all(fact.text and fact.source for fact in facts().values())


# Timings


def test_a_scene_takes_its_words_and_its_decision():
    story = story_of()
    times = Timings(story_map(story))
    # 3 words of `ask`, 3 + 3 of the first option, 3 + 2 of the others, 6 + 2 of the script, and the longest reply: 2 + 3 sent.
    assert times.scenes["scene one"] == round((3 + 6 + 5 + 8 + 5) * 60 / 200) + 45
    assert times.play(times.core) < times.play()
    assert times.play(frozenset(["two"])) == times.play(times.core)


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_fills_its_session(shipped, minutes):
    plan = Timings(story_map(shipped)).plan(minutes)
    assert plan.opening + plan.play + plan.talk + plan.debrief + plan.close == minutes
    assert min(plan.opening, plan.play, plan.debrief, plan.close) > 0
    assert plan.fits or plan.until
    assert plan.questions <= len(shipped.questions)


def test_a_longer_session_never_plays_less(shipped):
    plans = [Timings(story_map(shipped)).plan(minutes) for minutes in PLANS]
    assert [plan.play for plan in plans] == sorted(plan.play for plan in plans)
    assert not plans[-1].left_out
    assert plans[-1].fits


def test_a_session_leaves_out_no_more_than_it_must(shipped):
    times = Timings(story_map(shipped))
    for minutes in PLANS:
        plan = times.plan(minutes)
        assert cut_for(shipped, minutes) == plan.left_out
        assert set(plan.left_out) <= times.core
        if plan.left_out:
            room = minutes - plan.opening - plan.debrief - plan.close
            assert len(plan.left_out) == len(times.core) or times.play(frozenset(plan.left_out)) <= room * 60
            assert times.play() > times.play(frozenset(plan.left_out))


@pytest.mark.parametrize(("seconds", "words"), [(5, "½ min"), (60, "1 min"), (95, "1½ min"), (118, "2 min")])
def test_minutes(seconds, words):
    assert minutes_words(seconds) == words


# Word


def test_the_word_document_has_the_same_words(shipped, in_word):
    text = words_of(in_word)
    found = story_map(shipped)
    for node in found.of_kind("decision", "reading", "consequence", "ending"):
        assert node.title in text
    assert "For the facilitator only: scene by scene" in text
    styles = {paragraph.style.name for paragraph in docx.Document(io.BytesIO(in_word)).paragraphs}
    assert {"Title", "Heading 1", "Heading 2"} <= styles
    pictures = [name for name in zipfile.ZipFile(io.BytesIO(in_word)).namelist() if name.startswith("word/media/")]
    assert bool(pictures) == (shutil.which("dot") is not None)


def test_texts_stay_texts_in_word():
    document = made(story_of(NASTY, NASTY), ".docx")
    assert NASTY.replace("{{", "{").replace("}}", "}") in words_of(document)


# Both


def test_the_same_story_gives_the_same_bytes(shipped, printed, in_word):
    assert made(shipped, ".html") == printed
    assert made(shipped, ".docx") == in_word


def test_other_endings_are_refused():
    with pytest.raises(GuideProblem, match=r"\.html .* or \.docx"):
        made(story_of(), ".pdf")


def test_the_command(tmp_path, capsys):
    saves = ["--saves", str(tmp_path)]
    assert main(["guide", "grit-happens", "-o", str(tmp_path / "a.html"), *saves]) == 0
    assert "The guide is in" in capsys.readouterr().out
    assert (tmp_path / "a.html").read_bytes().startswith(b"<!doctype html>")
    assert main(["guide", "grit-happens", "-o", str(tmp_path / "a.odt"), *saves]) == 2
    assert ".docx" in capsys.readouterr().err
    assert main(["guide", "grit-happens", "-o", str(tmp_path / "none" / "a.html"), *saves]) == 2


def test_a_telling_says_how_often_it_comes_or_what_it_tells() -> None:
    plain, odds = base.story_of().scenes["frost"], told_story().scenes["frost"]
    assert [telling_words(plain, each, number) for number, each in enumerate(plain.tellings, 1)] == [
        "Telling 1, in 2 of 3 plays:",
        "Telling 2, in 1 of 3 plays:",
    ]
    assert [telling_words(odds, each, number) for number, each in enumerate(odds.tellings, 1)] == [
        "Telling 1, where somebody passed “quip” on, by the odds of a leak:",
        "Telling 2, where “quip” was found, by the odds of a leak:",
        "Telling 3, where “quip” never came out, by the odds of a leak:",
    ]
    grit = resources.files("scenarios") / "induction" / "grit-happens.yaml"
    spade = load_story(grit).scenes["spade-again"]
    assert telling_words(spade, spade.tellings[2], 3).endswith("by the odds of a leak, in 2 of 3 of these:")
