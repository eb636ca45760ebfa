"""The map for Mermaid: a state diagram, which many wikis and editors draw.

A state diagram has no dashed arrows, so what comes back later is told by the dashed line of its box and by the delay on its arrow.
"""

from __future__ import annotations

from typing import Any, ClassVar

from transitions.extensions.diagrams_mermaid import Graph

from game.graph.labels import node_lines, note_lines, way_lines
from game.graph.machine import Cluster, Detail, StoryMachine
from game.graph.storymap import Node, StoryMap, Way
from game.words import _

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,?!'()/+*=_-’“”‘…·–—↳▸✗○↺»")


class StoryMermaid(Graph):  # type: ignore[misc]
    """Draws a `StoryMachine` as a Mermaid state diagram."""

    machine: StoryMachine

    def get_graph(self, title: str | None = None, roi_state: Any = None) -> Any:
        """The picture; its `source` is Mermaid."""
        return super().get_graph(f'title: "{_yaml(title or self.machine.title)}"', roi_state)

    def _add_nodes(self, states: list[dict[str, Any]], container: list[str]) -> None:
        del states
        self._classes: list[str] = []  # Mermaid heeds them outside the clusters only
        for group, title, nodes in self.machine.clusters():
            drawn = [node for node in nodes if node.key not in self.machine.gathered]
            if group and drawn:
                container.append(f'state "{_text(title)}" as {group} {{')
            for node in drawn:
                lines = node_lines(self.machine, node)
                alone = self._alone(node)
                if alone is not None:
                    lines += self._lines(alone)
                self._state(container, self.machine.names[node.key], lines, _style(node))
            if group and drawn:
                container.append("}")
        for key in self.machine.map.nodes:
            for number, (after, ways) in enumerate(self.machine.notes(key)):
                lines = [_("after {time}").format(time=after)] if after else []
                for way in ways:
                    lines += [text for _strong, text in note_lines(self.machine, way, told=bool(after))]
                self._state(container, f"{self.machine.names[key]}_later_{number}", lines, "later")
        container.extend(self._classes)

    def _state(self, container: list[str], name: str, lines: list[str], style: str) -> None:
        container.append(f'state "{"<br>".join(_text(line) for line in lines)}" as {name}')
        self._classes.append(f"class {name} s_{style}")

    def _add_edges(self, transitions: list[dict[str, Any]], container: list[str]) -> None:
        for transition in transitions:
            way = self.machine.ways[transition["trigger"]]
            if not {way.source, way.target} & self.machine.gathered:
                told = self._alone(self.machine.map.nodes[way.target]) is not None
                self._edge(container, transition["source"], transition["dest"], [] if told else self._lines(way))
        for key, name in self.machine.names.items():
            for number, _note in enumerate(self.machine.notes(key)):
                self._edge(container, name, f"{name}_later_{number}", [])
        container.extend(f"{self.machine.names[node.key]} --> [*]" for node in self.machine.map.of_kind("ending"))

    def _edge(self, container: list[str], source: str, target: str, lines: list[str]) -> None:
        label = f": {'<br>'.join(_text(line) for line in lines)}" if lines else ""
        container.append(f"{source} --> {target}{label}")

    def _alone(self, node: Node) -> Way | None:
        """The only way to a consequence: what it says stands in the box, since labels of many arrows from one scene would overlap."""
        ways = self.machine.map.to_node(node.key)
        return ways[0] if node.kind == "consequence" and len(ways) == 1 else None

    def _lines(self, way: Way) -> list[str]:
        if way.kind == "ending":
            return []
        alone = self.machine.detail == "full" and len(self.machine.map.from_node(way.source, "next")) == 1
        after = [_("after {time}").format(time=time) for time in way.after]
        return [*after, *way_lines(self.machine, way, named=not way.whole or alone)]


def _style(node: Node) -> str:
    if not node.reached or node.dead:
        return "nowhere"
    return {"consequence": "later", "finish": "ending"}.get(node.kind, node.kind)


def _text(words: str) -> str:
    """Words that Mermaid reads as words: everything but letters, digits and harmless signs is written as a numbered character."""
    return "".join(
        char if char in _SAFE or (ord(char) > 0xBF and char.isalnum()) else f"#{ord(char)};" if char != "\n" else " "
        for char in words
    )


def _yaml(words: str) -> str:
    """Words between double quotes in YAML, which is what stands at the head: every sign is written by its number."""
    return "".join(char if char in _SAFE or char.isalnum() else f"\\U{ord(char):08x}" for char in words)


class MermaidMachine(StoryMachine):
    """A story's map with Mermaid's looks: lines carry the meaning, colours only repeat it."""

    style_attributes: ClassVar[dict[str, dict[str, Any]]] = {
        "node": {
            "decision": {"fill": "#ffffff", "stroke": "#1b2733", "stroke-width": "2px", "color": "#1b2733"},
            "reading": {"fill": "#ffffff", "stroke": "#8a94a0", "stroke-width": "1px", "color": "#1b2733"},
            "later": {"fill": "#fff4e0", "stroke": "#9a5b00", "stroke-dasharray": "5 4", "color": "#5f3800"},
            "ending": {"fill": "#e6f2fa", "stroke": "#0a5a8f", "stroke-width": "4px", "color": "#0a3a5c"},
            "nowhere": {
                "fill": "#ffffff",
                "stroke": "#a83a00",
                "stroke-width": "3px",
                "stroke-dasharray": "2 3",
                "color": "#a83a00",
            },
        },
        "edge": {},
        "graph": {},
    }


def mermaid(found: StoryMap, cluster: Cluster = "day", detail: Detail = "full", *, down: bool = False) -> str:
    """The map as Mermaid."""
    source: str = MermaidMachine(found, StoryMermaid, cluster, detail, down=down).picture().source
    return source + "\n"
