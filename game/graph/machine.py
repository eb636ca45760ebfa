"""The story's map as a machine that the diagram support of `transitions` draws.

It has one state for each node of the map and one transition for each thing that leads on, with labels; `transitions` merges what is
parallel and hands everything to one of our two graphs, for Graphviz (`dot.py`) or for Mermaid (`mermaid.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from transitions import State
from transitions.extensions.diagrams import GraphMachine

from game.clock import day_name
from game.graph.storymap import FINISH, Node, StoryMap, Way

Cluster = Literal["day", "place", "none"]
Detail = Literal["full", "scenes"]
MANY = 2
"""A consequence that so many scenes bring is told beside each of them."""


class DrawnState(State):  # type: ignore[misc]
    """A state that knows its node."""

    def __init__(self, name: str, node: Node) -> None:
        super().__init__(name)
        self.label = node.title
        self.node = node


class StoryMachine(GraphMachine):  # type: ignore[misc]
    """A story's map, ready to be drawn. Nobody plays it."""

    style_attributes: ClassVar[dict[str, dict[str, Any]]] = {"node": {}, "edge": {}, "graph": {}}

    def __init__(
        self,
        found: StoryMap,
        graph: type,
        cluster: Cluster,
        detail: Detail,
        *,
        down: bool = False,
        legend: bool = True,
        only: frozenset[str] | None = None,
        say: Callable[[str], str] = str,
    ) -> None:
        self.machine_attributes = {"rankdir": "TB" if down else "LR"}
        self.map = found
        self.say = say
        self.cluster = cluster
        self.detail = detail
        self.down = down
        self.legend = legend
        self.only = frozenset(found.nodes) if only is None else only
        """What is drawn; the rest is told by name where a way leads to it."""
        self.names = state_names(found)
        self.gathered = self._gathered()
        """Consequences that stand together in a note."""
        self.ways: dict[str, Way] = {f"way-{number}": way for number, way in enumerate(found.ways)}
        super().__init__(
            model=None,
            states=[DrawnState(self.names[key], node) for key, node in found.nodes.items()],
            initial=self.names[found.start],
            auto_transitions=False,
            title=found.title,
            graph_engine="mermaid",  # the engine that needs nothing installed; ours takes its place below
        )
        for trigger, way in self.ways.items():
            self.add_transition(trigger, self.names[way.source], self.names[way.target])
        self.graph_cls = graph

    def _gathered(self) -> frozenset[str]:
        """Consequences that have no box of their own, since their arrows would cross the whole picture.

        All of them when scenes are enough; else those of the reckoning alone, those that several scenes bring, and those that only such
        a one brings.
        """
        found = self.map
        nodes = found.of_kind("consequence")
        if self.detail == "scenes":
            return frozenset(node.key for node in nodes)
        gathered: set[str] = set()
        for node in nodes:  # what brings a consequence stands before it
            ways = found.to_node(node.key)
            reckoned = all(way.kind == "reckoning" for way in ways) and not found.from_node(node.key, "later")
            if reckoned or len(ways) >= MANY or all(way.source in gathered for way in ways):
                gathered.add(node.key)
        return frozenset(gathered)

    def notes(self, key: str) -> list[tuple[str, list[Way]]]:
        """What comes back from a node, gathered into notes: one for a scene, one for each delay after the last scene, soonest first."""
        if key in self.gathered or key not in self.only:
            return []
        groups: dict[str, list[Way]] = {}
        ways = [way for way in self.map.from_node(key, "later", "reckoning") if way.target in self.gathered]
        for way in sorted(ways, key=lambda way: way.seconds):
            groups.setdefault(way.after[0] if key == FINISH else "", []).append(way)
        return list(groups.items())

    def picture(self) -> Any:
        """The graph: for Graphviz a `Digraph`, for Mermaid something with a `source`."""
        model = _Drawn()
        self.add_model(model)
        return model.get_graph()

    def node(self, state: str) -> Node:
        """The node of a state."""
        found: Node = self.get_state(state).node
        return found

    def when_words(self, node: Node) -> str:
        """The time of a scene, with its weekday where no cluster says the day."""
        words = self.map.when_words(node)
        if not words or self.cluster == "day" or node.at is None:
            return words
        return f"{day_name(self.map.story, node.at)[:3]} {words}"

    def clusters(self) -> list[tuple[str, str, list[Node]]]:
        """What stands together: (id, title, nodes). What belongs to no group comes under an empty id."""
        groups: dict[str, tuple[str, list[Node]]] = {}
        for node in self.map.nodes.values():
            if node.key not in self.only:
                continue
            key, title = self._cluster_of(node)
            groups.setdefault(key, (title, []))[1].append(node)
        return [(key, title, nodes) for key, (title, nodes) in groups.items()]

    def _cluster_of(self, node: Node) -> tuple[str, str]:
        if self.cluster == "day" and node.kind in ("decision", "reading"):
            day = self.map.day(node)
            if day is not None:
                return f"day_{day}".replace("-", "before_"), self.map.day_words(day)
        if self.cluster == "place" and node.place:
            return f"place_{list(self.map.story.places).index(node.place)}", self.map.place_name(node)
        return "", ""


class _Drawn:
    """What `transitions` binds a graph to."""

    state: str = ""
    get_graph: Any


def state_names(found: StoryMap) -> dict[str, str]:
    """A name for each node that any drawing language takes: small letters, digits and underscores."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in found.nodes:
        name = base = "".join(char if char.isascii() and char.isalnum() else "_" for char in key)
        number = 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        names[key] = name
    return names
