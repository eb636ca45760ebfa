"""The story as a map: what it holds, what it looks like in each language, and that texts stay texts."""

import argparse
import random
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from importlib import resources
from pathlib import Path

import pytest

from engine import load_story
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.machine import GO, machine_of
from engine.story.model import END
from game.cli import main
from game.graph.command import GraphProblem, picture, wanted
from game.graph.dot import digraph, draw
from game.graph.mermaid import mermaid
from game.graph.outline import ASCII, outline, signs_for
from game.graph.storymap import FINISH, story_map
from game.graph.texts import folded, shortened
from game.guide.blocks import Outline
from game.guide.maps import map_blocks
from game.widgets.wrap import cells
from tests.engine.random_story import random_story

SHIPPED = ("nights-team-4", "grit-happens")
HEAD = """
seenby: 1
id: small
title: {title}
minutes: 5
begins: Monday 09:00
cast:
  ana: {{name: Ana}}
places:
  team: {{group: {group}, members: 4, with: [ana]}}
  room: {{in-person: The room}}
"""
SMALL = (
    HEAD.format(title="Small", group="Team")
    + """
flags:
  bold: {is: you spoke up}
scenes:
  one:
    when: day 1, 09:00
    in: team
    script: |
      Ana: Hello.
    choices:
      speak:
        label: Speak up
        set: {bold: yes}
        later:
          - {after: 3 days, scene: thaw, if: not tired, otherwise: frost}
        next: three
      look: {label: Look around, look: yes, script: "> Nobody."}
      mutter: {label: Mutter, set: {tired: yes}, later: [{after: 1 hour, scene: ring}]}
      silence: {label: Say nothing}
    next: [{if: bold, go: two}, {go: three}]
  two:
    when: day 2, 10:00
    in: room
    if: bold
    optional: Somebody waited in the room.
    script: |
      > A chair.
    next: three
  three:
    when: +20 minutes
    in: team
    pick:
      from:
        tea: {label: Tea}
        cake: {label: Cake, later: [{after: 2 hours, scene: frost}]}
      rules:
        both: {if: three.tea and three.cake, later: [{after: 1 day, scene: thaw}]}
    next: end
  island:
    in: room
    script: |
      > No way leads here.
    next: end
  thaw: {in: room, script: "> A thaw.", later: [{after: 1 day, scene: spring}]}
  spring: {in: room, script: "> Spring."}
  ring: {in: room, script: "> It rings."}
  frost: {in: room, script: "> A frost."}
  years: {in: room, script: "> Years."}
reckoning:
  years: {after: 4 years, if: bold, scene: years}
endings:
  brave: {title: Brave, if: bold, epilogue: You spoke.}
  quiet: {title: Quiet, epilogue: You did not.}
"""
)
OUTLINE = """\
Small
4 scenes · 2 decisions · 5 consequences · 2 endings
■ decision  □ to read  ▸ choice  – silence  → goes on  ↳ comes back

Day 1, Monday
  ■ One  (09:00 · Team · one)
    ▸ Speak up
      → Three
      ↳ after 3 days: Thaw (if not tired)
        ↳ after 1 day: Spring
      ↳ after 3 days: Frost (if not (not tired))
    ○ Look around
    ▸ Mutter
      → if bold: Two
      → otherwise: Three
      ↳ after 1 hour: Ring
    – Say nothing
      → if bold: Two
      → otherwise: Three

Day 2, Tuesday
  □ Two  (10:00 · The room · two · optional · if bold)
  ■ Three  (about 10:20 · Team · three)
    + Tea
    + Cake
      ↳ after 2 hours: Frost
    ↳ after 1 day: Thaw (rule “Both”)
      ↳ after 1 day: Spring
    → Time runs on

  □ Island  (The room · island)
    ✗ no way leads here

After the last scene time runs on
  ↳ after 4 years: Years (if bold)

Endings, the first that holds
  ◎ 1. Brave: if bold
  ◎ 2. Quiet: otherwise"""
NASTY = (
    'End" ] --> x{ } ; <b>&amp;</b> | #quot; `a` %%{init}%% \\N \\l 😂',
    "<script>alert(1)</script>",
    "]]> --> [*]",
    "-->|x| y: z",
    "<B>not bold</B>",
)


def story_of(text):
    return compile_story(read(text.encode(), "small.yaml"))


@pytest.fixture(scope="module")
def small():
    return story_map(story_of(SMALL))


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request):
    return story_map(load_story(resources.files("scenarios") / "induction" / f"{request.param}.yaml"))


def options(**more):
    return argparse.Namespace(**{"cluster": "day", "scenes": False, "down": False, "output": None, **more})


def way(found, source, target):
    return next(way for way in found.ways if (way.source, way.target) == (source, target))


def large(count=80):
    """A story of many scenes over a fortnight, with a fork now and then and things that come back."""
    lines = [HEAD.format(title="A long one", group="Team"), "scenes:"]
    for number in range(count):
        following = f"s{number + 1}" if number + 1 < count else "end"
        lines += [
            f"  s{number}:",
            f"    title: The scene with the number {number}",
            f"    when: day {1 + number // 6}, {8 + number % 6:02}:00",
            "    in: team",
            "    choices:",
            "      speak:",
            f"        label: Say what you think about thing number {number}",
            f"        later: [{{after: 3 days, scene: c{number % 9}}}]"
            if number % 4 == 0
            else f"        set: {{f{number % 5}: yes}}",
        ]
        if number % 10 == 3 and number + 2 < count:
            lines += ["      leap:", "        label: Leave that out", f"        next: s{number + 2}"]
        lines += ["      silence: {label: Say nothing}", f"    next: {following}"]
    lines += [f"  c{number}: {{in: room, script: '> Back.'}}" for number in range(9)]
    lines += ["endings:", "  bold: {title: Bold, if: f1, epilogue: Well.}", "  end-all: {title: The end, epilogue: Well.}"]
    return "\n".join(lines)


# What the map holds


def test_gates_and_junctions_are_folded_away(small):
    assert not [key for key in small.nodes if key.endswith(("?", ">"))]
    assert {way.target for way in small.from_node("scene one", "next")} == {"scene two", "scene three"}
    assert small.nodes["scene two"].condition == "bold"


def test_every_way_on_is_one_of_the_machine(shipped):
    """From scene to scene the map leads exactly where the machine does, over gates and junctions."""
    steps = {}
    for event in machine_of(shipped.story).events.values():
        for source, transitions in event.transitions.items():
            steps.setdefault(source, set()).update(step.dest for step in transitions if step.dest)

    def ends(state):
        if state.endswith(">"):
            return set().union(*(ends(dest) for dest in steps[state]))
        return {state.removesuffix("?")}

    for node in shipped.of_kind("decision", "reading"):
        expected = set().union(*(ends(dest) for dest in steps[node.id]))
        for passed in steps.get(f"{node.id}?", ()):
            expected |= ends(passed) - {node.id}
        found = {
            FINISH if way.target == FINISH else way.target.removeprefix("scene ") for way in shipped.from_node(node.key, "next")
        }
        assert found == {FINISH if name == END else name for name in expected}
    assert GO in machine_of(shipped.story).events


def test_parallel_ways_are_one(shipped):
    pairs = [(way.source, way.target, way.kind) for way in shipped.ways]
    assert len(pairs) == len(set(pairs))


def test_a_way_knows_which_options_take_it_and_when(small):
    on = way(small, "scene one", "scene three")
    assert [option.label for option in on.options] == ["Speak up", "Mutter", "Say nothing"]
    by_label = {option.label: on.conditions(option) for option in on.options}
    assert by_label == {"Speak up": [], "Mutter": ["otherwise"], "Say nothing": ["otherwise"]}
    assert on.mixed


def test_consequences_hang_on_what_brings_them(small):
    thaw, frost = way(small, "scene one", "scene thaw"), way(small, "scene one", "scene frost")
    assert [option.label for option in thaw.options] == ["Speak up"]
    assert (thaw.after, thaw.conditions()) == (["3 days"], ["not tired"])
    assert frost.conditions() == ["not (not tired)"]
    assert [option.kind for option in way(small, "scene three", "scene thaw").options] == ["rule"]
    assert way(small, "scene thaw", "scene spring").after == ["1 day"]
    assert way(small, FINISH, "scene years").kind == "reckoning"


def test_endings_in_order_with_their_conditions(small):
    assert [(node.title, node.condition) for node in small.of_kind("ending")] == [("1. Brave", "bold"), ("2. Quiet", "")]


def test_what_no_way_leads_to(small):
    assert [node.id for node in small.nodes.values() if not node.reached] == ["island"]


def test_what_leads_nowhere():
    story = story_of(SMALL)
    story.scenes["three"].next = ()
    found = story_map(story)
    assert {node.id for node in found.nodes.values() if node.dead} == {"one", "two", "three"}
    assert "✗ no way leads on to the end" in "\n".join(outline(found))


def test_nothing_shipped_is_out_of_reach_or_leads_nowhere(shipped):
    assert all(node.reached and not node.dead for node in shipped.nodes.values())


def test_days_and_hours(small):
    assert [(small.day(node), small.when_words(node)) for node in small.of_kind("decision", "reading") if node.reached] == [
        (1, "09:00"),
        (2, "10:00"),
        (2, "about 10:20"),
    ]
    assert small.day_words(2) == "Day 2, Tuesday"


def test_nothing_stands_before_what_leads_to_it(shipped):
    order = {key: number for number, key in enumerate(shipped.nodes)}
    assert all(order[way.source] < order[way.target] for way in shipped.ways)


# Texts


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 10, "one two…"),
        ("abcdefghijkl", 6, "abcde…"),
        ("a\n  b", 9, "a b"),
        ("😂😂😂", 4, "😂…"),
    ],
)
def test_short_labels(text, limit, short):
    assert shortened(text, limit) == short
    assert cells(shortened(text, limit)) <= limit


def test_folded_labels():
    assert folded("one two three four", 8, 2) == ["one two", "three…"]
    assert folded("one two", 8, 2) == ["one two"]


# A terminal


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("cluster", ["day", "place", "none"])
def test_the_outline_keeps_to_its_width(shipped, width, cluster):
    lines = outline(shipped, width, cluster)
    assert max(cells(line) for line in lines) <= width
    text = " ".join(" ".join(lines).split())
    for node in shipped.nodes.values():
        if node.kind != "finish":
            assert " ".join(node.title.split()) in text


def test_the_outline_word_for_word(small):
    assert "\n".join(outline(small, 72)) == OUTLINE


def test_signs_that_a_terminal_lacks(small):
    assert signs_for("latin-1") is ASCII
    text = "\n".join(outline(small, 72, "day", ASCII))
    assert not set(text) & set("■□→↳◎▸○")
    assert "~> after 3 days: Thaw" in text


# Graphviz and Mermaid


@pytest.mark.parametrize("cluster", ["day", "place", "none"])
@pytest.mark.parametrize("detail", ["full", "scenes"])
@pytest.mark.parametrize("down", [False, True])
def test_the_same_story_gives_the_same_pictures(cluster, detail, down):
    one, other = (story_map(story_of(SMALL)) for _ in range(2))
    assert digraph(one, cluster, detail, down=down).source == digraph(other, cluster, detail, down=down).source
    assert mermaid(one, cluster, detail, down=down) == mermaid(other, cluster, detail, down=down)


def test_dot_shows_by_shape_and_line_what_a_thing_is(small):
    source = digraph(small).source
    assert re.search(r"scene_ring \[.*shape=note", source)
    assert re.search(r"scene_one:o2:e -> scene_ring \[.*style=dashed", source)
    assert "1 hour" in source
    assert re.search(r"ending_brave \[.*peripheries=2", source)
    assert re.search(r"scene_island \[.*style=\"filled,dotted\"", source)
    assert "no way leads here" in source
    assert re.search(r"scene_two \[.*shape=tab", source)
    assert source.count("subgraph cluster_day_") == 2


def test_what_many_scenes_bring_is_told_beside_each():
    text = re.sub(r"scene: c\d", "scene: c0", re.sub(r"(?m)^  c[1-9]: .*$", "", large(24)))
    source = digraph(story_map(story_of(text))).source
    assert "scene_c0 [" not in source
    assert len(re.findall(r"scene_s\d+ -> scene_s\d+_later_0", source)) == 6
    once = text.replace("scene: c0", "scene: once", 1).replace("endings:", "  once: {in: room, script: '> Once.'}\nendings:")
    source = digraph(story_map(story_of(once))).source
    assert "scene_once [" in source
    assert len(re.findall(r"scene_s\d+ -> scene_s\d+_later_0", source)) == 5


def test_the_reckoning_stands_together(small):
    source = digraph(small).source
    assert "after 4 years" in source
    assert "scene_years [" not in source


def test_scenes_only_leaves_the_options_out(small):
    assert "Mutter" in digraph(small).source
    scenes = digraph(small, detail="scenes").source
    assert "○ Look around" not in scenes
    assert "PORT=" not in scenes


def test_mermaid_says_what_a_thing_is(small):
    source = mermaid(small)
    assert source.startswith('---\ntitle: "Small"\n---\nstateDiagram-v2\n')
    assert "direction LR" in source
    assert "class scene_ring s_later" in source
    assert "class scene_island s_nowhere" in source
    assert "class ending_brave s_ending" in source
    assert "[*] --> scene_one" in source
    assert "ending_quiet --> [*]" in source
    assert "stroke-dasharray" in source
    assert 'state "Day 1, Monday" as day_1 {' in source


def nasty(text):
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", re.sub(r"([{}])", r"\1\1", text)) + '"'
    story = SMALL.replace("title: Small", f"title: {quoted}").replace("group: Team,", f"group: {quoted},")
    story = story.replace("label: Speak up", f"label: {quoted}").replace("title: Brave", f"title: {quoted}")
    return story_map(story_of(story.replace("    when: day 1, 09:00", f"    when: day 1, 09:00\n    title: {quoted}")))


@pytest.mark.parametrize("text", NASTY)
def test_texts_stay_texts_in_mermaid(text):
    found = nasty(text)
    plain = mermaid(story_map(story_of(SMALL)))
    source = mermaid(found)
    # The same bones: every line says the same but for what is quoted or stands behind the colon.
    bones = [re.sub(r'"[^"]*"', '""', line).split(": ")[0] for line in plain.splitlines()]
    assert [re.sub(r'"[^"]*"', '""', line).split(": ")[0] for line in source.splitlines()] == bones
    for line in source.splitlines()[3:]:
        said = [*re.findall(r'"([^"]*)"', line), *line.partition(" --> ")[2].partition(": ")[2:]]
        for words in said:
            words = re.sub(r"#\d+;|<br>|: ", "", words)
            assert not set(words) & set('<>{}[]|`&%"\\:#;')


@pytest.mark.parametrize("text", NASTY)
def test_texts_stay_texts_in_dot(text):
    def bones(found):
        source = re.sub(r"<<TABLE.*</TABLE>>", "<>", digraph(found).source)
        source = re.sub(r'"(?:\\.|[^"\\])*"', '""', source)
        return re.sub(r"tooltip=\w+", 'tooltip=""', source)

    assert bones(nasty(text)) == bones(story_map(story_of(SMALL)))
    labels = re.findall(r"<(<TABLE.*</TABLE>)>", digraph(nasty(text)).source)
    assert labels
    for label in labels:
        assert {one.tag for one in ElementTree.fromstring(label).iter()} <= {"TABLE", "TR", "TD", "B", "FONT"}
        assert all(not list(one) for one in ElementTree.fromstring(label).iter("B"))


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("text", NASTY)
def test_texts_stay_texts_in_svg(text):
    plain = ElementTree.fromstring(draw(digraph(story_map(story_of(SMALL))), "svg"))
    tree = ElementTree.fromstring(draw(digraph(nasty(text)), "svg"))

    def count(root):
        return len([one for one in root.iter() if one.get("class") in ("node", "edge")])

    assert count(tree) == count(plain)
    assert {one.tag for one in tree.iter()} <= {one.tag for one in plain.iter()}
    words = " ".join(" ".join(one.itertext()) for one in tree.iter() if one.tag.endswith("title") or one.tag.endswith("text"))
    assert shortened(text, 20).rstrip("…")[:8] in words


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_a_story_of_eighty_scenes_stays_readable():
    found = story_map(story_of(large()))
    assert len(found.of_kind("decision", "reading")) == 80
    drawn = digraph(found)
    tree = ElementTree.fromstring(draw(drawn, "svg"))
    wide, high = (float(tree.get(side).removesuffix("pt")) for side in ("width", "height"))
    assert wide > 5 * high, "left to right"
    # No hairball: hardly more arrows than scenes, consequences and endings ask for.
    assert drawn.source.count("->") < 130
    assert drawn.source.count("subgraph cluster_day_") == 14
    labels = re.findall(r">([^<>]+)</FONT>", drawn.source)
    assert max(cells(label) for label in labels) <= 60
    again = [line for line in outline(found, 80) if cells(line) > 80]
    assert again == []


# The command


def test_formats():
    assert wanted(None, None, terminal=True) == "tree"
    assert wanted(None, None, terminal=False) == "mermaid"
    assert wanted(None, Path("a.SVG"), terminal=True) == "svg"
    assert wanted(None, Path("a.gv"), terminal=True) == "dot"
    assert wanted("png", Path("a.txt"), terminal=True) == "png"
    with pytest.raises(GraphProblem, match="which format"):
        wanted(None, Path("a.bmp"), terminal=True)


def test_without_graphviz_it_says_where_to_get_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(GraphProblem, match=r"Install the package `graphviz`"):
        picture(story_of(SMALL), "svg", options())
    assert picture(story_of(SMALL), "dot", options()).startswith(b"digraph")


def test_when_graphviz_fails_it_says_so_and_the_guide_has_an_outline(monkeypatch):
    calls = []

    def broken(command, **more):
        calls.append(command)
        return subprocess.CompletedProcess(command, 1, b"", b"Error: lost\nmore")

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dot")
    monkeypatch.setattr(Path, "exists", lambda self: True)
    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(GraphProblem, match="Error: lost"):
        picture(story_of(SMALL), "svg", options())
    assert [("-Gsplines=line" in call) for call in calls] == [False, True]
    assert [type(block) for block in map_blocks(story_map(story_of(SMALL)), "svg", str)] == [Outline]


@pytest.mark.parametrize("seed", range(12))
def test_any_story_can_be_drawn(seed):
    found = story_map(random_story(random.Random(seed), 7, rich=bool(seed % 2)))
    drawn = set()
    for cluster in ("day", "place", "none"):
        for detail in ("full", "scenes"):
            source = digraph(found, cluster, detail, down=bool(seed % 3)).source
            assert source.count("{") == source.count("}")
            for kind in ("scene", "ending"):
                drawn |= set(re.findall(rf"(?m)^\s*({kind}_\w+) \[label", source))
            assert "stateDiagram-v2" in mermaid(found, cluster, detail)
        assert max(cells(line) for line in outline(found, 60, cluster)) <= 60
    expected = {
        key.replace(" ", "_").replace("-", "_")
        for key, node in found.nodes.items()
        if node.kind not in ("consequence", "finish")
    }
    assert expected <= drawn


def test_the_command(tmp_path, capsys):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, "utf-8")
    saves = ["--saves", str(tmp_path)]
    assert main(["graph", str(file), *saves]) == 0
    assert capsys.readouterr().out.startswith("---\ntitle:")
    assert main(["graph", str(file), "--format", "tree", *saves]) == 0
    assert "■ One" in capsys.readouterr().out
    assert main(["graph", str(file), "-o", str(tmp_path / "small.md"), *saves]) == 0
    assert (tmp_path / "small.md").read_text("utf-8").startswith("```mermaid\n---\n")
    assert main(["graph", str(file), "-o", str(tmp_path / "small.bmp"), *saves]) == 2
    assert "which format" in capsys.readouterr().err
    assert main(["graph", str(tmp_path / "none.yaml"), *saves]) == 2
    file.write_text(SMALL.replace("next: end", "next: nowhere"), "utf-8")
    assert main(["graph", str(file), *saves]) == 2
    assert "nowhere" in capsys.readouterr().err
