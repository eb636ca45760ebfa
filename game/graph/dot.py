"""The map for Graphviz.

Shape and line style carry the meaning, colour only repeats it (the colours are Okabe and Ito's, told apart by almost everybody):

* a decision is a box with its options in it; a scene to read is a rounded box; an optional one has a tab;
* what comes back later is a dashed note, and a dashed arrow with its delay leads to it;
* an ending has a double line;
* what no way leads to is dotted and says so, and so is a scene that leads nowhere.
"""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import graphviz
from transitions.extensions.diagrams_graphviz import Graph

from engine.text import clean_name
from game.graph.labels import LABEL_LIMIT, TITLE_LIMIT, note_lines, sign, small_lines, way_lines
from game.graph.machine import Cluster, Detail, StoryMachine
from game.graph.storymap import FINISH, Node, StoryMap, Way
from game.graph.texts import shortened
from game.words import _

INK, PAPER, QUIET = "#1b2733", "#ffffff", "#5a6672"
LATER, LATER_PAPER = "#9a5b00", "#fff4e0"
END_INK, END_PAPER = "#0a5a8f", "#e6f2fa"
WRONG = "#a83a00"
FACE = "Helvetica,Arial,sans-serif"


class StoryGraph(Graph):  # type: ignore[misc]
    """Draws a `StoryMachine` with clusters, tables of options and dashed consequences."""

    machine: StoryMachine

    def get_graph(self, title: str | None = None, roi_state: Any = None) -> graphviz.Digraph:
        """The picture, with its legend."""
        picture = super().get_graph(title, roi_state)
        picture.name = self.machine.map.story.id  # a title could be taken for markup here
        down = self.machine.down
        picture.graph_attr.update(
            rankdir="TB" if down else "LR", label="", fontname=FACE, bgcolor=PAPER, nodesep="0.18", ranksep="0.28" if down else "0.6",
            compound="true", newrank="true", tooltip=graphviz.escape(self.machine.title),
        )  # fmt: skip
        if self.machine.legend:
            words = f"{graphviz.escape(self.machine.title)}\\l{legend()}\\l"
            picture.graph_attr.update(label=words, labelloc="b", labeljust="l", fontsize="12", fontcolor=QUIET)
        picture.node_attr.update(fontname=FACE, fontsize="11", shape="box", style="filled", fillcolor=PAPER, color=INK,
                                 fontcolor=INK, margin="0.08,0.05", height="0.3")  # fmt: skip
        picture.edge_attr.update(fontname=FACE, fontsize="9", color=INK, fontcolor=INK, arrowsize="0.7")
        return picture

    # Nodes

    def _add_nodes(self, states: list[dict[str, Any]], container: graphviz.Digraph) -> None:
        if self.machine.map.start in self.machine.only:
            tip = _("here it begins")
            container.node("start", label="", shape="circle", width="0.18", height="0.18", fillcolor=INK, tooltip=tip)
            container.edge("start", self.machine.names[self.machine.map.start], arrowsize="0.6")
        clustered: set[str] = set()
        for group, title, nodes in self.machine.clusters():
            drawn = [node for node in nodes if node.key not in self.machine.gathered]
            if not group:
                for node in drawn:
                    self._node(container, node)
                continue
            style = {
                "label": graphviz.escape(title),
                "style": "rounded",
                "color": "#b8c0c8",
                "fontcolor": QUIET,
                "labeljust": "l",
            }
            with container.subgraph(name=f"cluster_{group}", graph_attr={**style, "labelloc": "t", "fontsize": "11"}) as inner:
                for node in drawn:
                    self._node(inner, node)
                    if self._beside(node.key):
                        self._notes(inner, node.key)
                clustered |= {node.key for node in drawn if self._beside(node.key)}
        for key in self.machine.map.nodes:
            if key not in clustered:
                self._notes(container, key)

    def _node(self, container: graphviz.Digraph, node: Node) -> None:
        name = self.machine.names[node.key]
        look: dict[str, str] = {"tooltip": graphviz.escape(node.title)}
        if node.kind == "finish":
            look |= {"style": "filled,rounded", "fillcolor": END_PAPER, "color": END_INK, "fontcolor": END_INK}
        elif node.kind == "ending":
            look |= {"peripheries": "2", "fillcolor": END_PAPER, "color": END_INK, "fontcolor": END_INK}
        elif node.kind == "consequence":
            look |= {"shape": "note", **_LATER_LOOK}
        else:
            look |= {"style": "filled" if node.kind == "decision" else "filled,rounded"}
            if node.kind == "decision":
                look |= {"penwidth": "1.4"}
            if node.optional:
                look |= {"shape": "tab"}
        if not node.reached or node.dead:
            look |= {"style": "filled,dotted", "penwidth": "2.2", "color": WRONG, "fontcolor": WRONG, "fillcolor": PAPER}
        container.node(name, label=self._label(node), **look)

    def _label(self, node: Node) -> str:
        rows = [_cell(f"<B>{_text(shortened(node.title, TITLE_LIMIT))}</B>")]
        rows += [_cell(_small(line)) for line in small_lines(self.machine, node)]
        if self.machine.detail == "full" and node.kind == "decision":
            rows += [
                _cell(_small(f"{sign(option)} {shortened(option.label, LABEL_LIMIT)}", "9.5"), number)
                for number, option in enumerate(node.options)
            ]
        return _table(rows)

    def _notes(self, container: graphviz.Digraph, key: str) -> None:
        """What comes back from a scene, in one note beside it; after the last scene one note for each length of time."""
        source = self.machine.names[key]
        for number, (after, group) in enumerate(self.machine.notes(key)):
            name = f"{source}_later_{number}"
            rows = [_cell(f"<B>{_text(_('after {time}').format(time=after))}</B>")] if after else []
            for way in group:
                for strong, line in note_lines(self.machine, way, told=bool(after)):
                    plain = line.removesuffix(strong) if strong else line
                    rows.append(_cell(_small(plain) + (f"<B>{_text(strong)}</B>" if strong else "")))
            container.node(name, label=_table(rows), shape="note", **_LATER_LOOK)
            look = {"style": "dashed", "color": LATER, "constraint": "false" if self._beside(key) else "true"}
            if key == FINISH and self.machine.map.start not in self.machine.only:
                # Drawn alone, the end has its notes on one side and the endings on the other: half as high.
                container.edge(name, source, dir="back", arrowtail="vee", **look)
            else:
                container.edge(source, name, arrowhead="vee", **look)
            if self._beside(key):
                with container.subgraph(graph_attr={"rank": "same"}) as level:
                    level.node(source)
                    level.node(name)

    def _beside(self, key: str) -> bool:
        return self.machine.detail == "scenes" and self.machine.down and key != FINISH

    # Edges

    def _add_edges(self, transitions: list[dict[str, Any]], container: graphviz.Digraph) -> None:
        endings = list(self.machine.map.of_kind("ending"))
        for transition in transitions:
            way = self.machine.ways[transition["trigger"]]
            if (
                way.source in self.machine.gathered
                or way.target in self.machine.gathered
                or way.source not in self.machine.only
            ):
                continue
            if way.target not in self.machine.only:
                elsewhere = f"to_{transition['dest']}"
                title = shortened(self.machine.map.nodes[way.target].title, TITLE_LIMIT)
                container.node(
                    elsewhere,
                    label=graphviz.escape(_("on to: {title}").format(title=title)),
                    shape="plaintext",
                    fillcolor=PAPER,
                    fontcolor=QUIET,
                )
                self._edge(container, transition["source"], elsewhere, way)
                continue
            if way.kind == "ending" and self.machine.down and way.target != endings[0].key:
                # Stacked, so that the page stays narrow; they are tried in this order.
                before = endings[[node.key for node in endings].index(way.target) - 1]
                container.edge(self.machine.names[before.key], transition["dest"], style="dotted", color=END_INK, arrowhead="empty",
                               fontcolor=END_INK, label=_("otherwise"))  # fmt: skip
                continue
            self._edge(container, transition["source"], transition["dest"], way)

    def _edge(self, container: graphviz.Digraph, source: str, target: str, way: Way) -> None:
        node = self.machine.map.nodes[way.source]
        ports = [number for number, option in enumerate(node.options) if any(option.id == one.id for one in way.options)]
        table = self.machine.detail == "full" and node.kind == "decision"
        look: dict[str, str] = {}
        if way.kind in ("later", "reckoning"):
            look |= {"style": "dashed", "color": LATER, "fontcolor": LATER, "arrowhead": "vee"}
        elif way.kind == "ending":
            look |= {"color": END_INK, "arrowhead": "empty"}
        else:
            look |= {"weight": "6", "penwidth": "1.3"}
        named = not way.whole and (not table or len(ports) != 1)
        label = [] if way.kind == "ending" else [*way.after, *way_lines(self.machine, way, named=named)]
        if table and len(ports) == 1 and not way.whole:
            source = f"{source}:o{ports[0]}{'' if self.machine.down else ':e'}"
        lines = "".join(f"{graphviz.escape(line)}\\l" for line in label)
        container.edge(source, target, label=lines, tooltip=graphviz.escape(_tip(way)), **look)


_LATER_LOOK = {"style": "filled,dashed", "fillcolor": LATER_PAPER, "color": LATER, "fontcolor": "#5f3800"}


def _tip(way: Way) -> str:
    return "; ".join([*(option.label for option in way.options), *way.after, *way.conditions()])


def _cell(inside: str, port: int | None = None) -> str:
    named = f' PORT="o{port}"' if port is not None else ""
    return f'<TR><TD ALIGN="LEFT"{named}>{inside}</TD></TR>'


def _table(rows: list[str]) -> str:
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">{"".join(rows)}</TABLE>>'


def _small(words: str, size: str = "9") -> str:
    return f'<FONT POINT-SIZE="{size}">{_text(words)}</FONT>'


def _text(words: str) -> str:
    """Words for an HTML-like label: nothing in them is markup."""
    return html.escape(words, quote=True)


def legend() -> str:
    """What the shapes mean."""
    return _(
        "box: a decision · rounded: to read · tab: optional · dashed note: comes back later · double line: an ending (the first that holds)"
    )


def digraph(
    found: StoryMap,
    cluster: Cluster = "day",
    detail: Detail = "full",
    *,
    down: bool = False,
    legend: bool = True,
    only: frozenset[str] | None = None,
    say: Callable[[str], str] = str,
) -> graphviz.Digraph:
    """The map as a Graphviz picture; its `source` is DOT. `down` draws it from top to bottom, as narrow as it goes; `only` a part of it.

    `say` puts a condition into words; without it, it stands as it is written.
    """
    picture: graphviz.Digraph = StoryMachine(
        found, StoryGraph, cluster, detail, down=down, legend=legend, only=only, say=say
    ).picture()
    return picture


class NoGraphviz(Exception):
    """Graphviz's `dot` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "SVG and PNG need Graphviz, and its program `dot` is not here. Install the package `graphviz` of your system "
                "(apt, dnf, brew, choco or winget have it), or ask for --format dot, mermaid or tree, which need nothing."
            )
        )


class GraphvizFailed(Exception):
    """Graphviz is there and could not draw this. The text says what it said."""

    def __init__(self, said: str) -> None:
        super().__init__(
            _("Graphviz could not draw this: {said}. Ask for --format dot, mermaid or tree, or try --cluster none.").format(
                said=said
            )
        )


def draw(picture: graphviz.Digraph, form: str, dpi: int = 110) -> bytes:
    """The picture as `svg` or `png` (with `dpi` dots an inch). Raises NoGraphviz and GraphvizFailed."""
    program = shutil.which("dot")
    if program is None:
        raise NoGraphviz
    options = [f"-T{form}", *([f"-Gdpi={dpi}"] if form == "png" else [])]
    # Some releases lose their way with curves round clusters; straight lines always work.
    for more in ([], ["-Gsplines=line"]):
        done = subprocess.run([program, *options, *more], input=picture.source.encode(), capture_output=True, check=False)
        if done.returncode == 0 and done.stdout:
            return done.stdout
    raise GraphvizFailed(clean_name(done.stderr.decode(errors="replace").partition("\n")[0], 120))


def has_graphviz() -> bool:
    """`dot` can be run here."""
    found = shutil.which("dot")
    return found is not None and Path(found).exists()
