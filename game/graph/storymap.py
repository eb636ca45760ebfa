"""What is drawn: the scenes of a story and the ways between them, read from its machine.

The machine's gates (`meme?`) and junctions (`meme>`) are folded away: a gate becomes a condition of its scene, a junction becomes
ways with conditions. Consequences are no states of the machine; they are added from what choices leave to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from engine.script.times import duration_words
from engine.story.machine import LINK, PICK, SKIP, machine_of
from engine.story.model import END, Choice, Due, Effect, Scene, Story
from game.clock import DAY, clock_words, day_name
from game.graph.texts import name_of_id, on_paper, one_line, paper_words
from game.words import _

_DONE = frozenset(("pick", "board"))
"""What stands in a source for being done with a pick or a board."""
FINISH = "the end"
"""Id of the node where time runs on after the last scene."""

NodeKind = Literal["decision", "reading", "consequence", "finish", "ending"]
WayKind = Literal["next", "later", "reckoning", "ending"]
OptionKind = Literal["choice", "look", "stay", "silence", "piece", "rule", "done", "skip"]


@dataclass(slots=True)
class Option:
    """One thing that can be done in a scene."""

    id: str
    label: str
    kind: OptionKind
    condition: str = ""


@dataclass(slots=True)
class Node:
    """A scene, a consequence, the end of the last scene, or an ending. `key` is unlike any other."""

    key: str
    id: str
    title: str
    kind: NodeKind
    place: str = ""
    """Id of the place."""
    at: int | None = None
    """Story seconds since the midnight of day 1, where they can be told from the file."""
    exact: bool = False
    options: list[Option] = field(default_factory=list)
    condition: str = ""
    """When it is passed over otherwise, or when this ending is taken."""
    optional: bool = False
    reached: bool = False
    """Some way leads here from the start, conditions aside."""
    dead: bool = False
    """No way leads from here to the end."""


@dataclass(slots=True)
class Way:
    """All that leads from one node to another in one manner: parallel ways are one."""

    source: str
    target: str
    kind: WayKind
    parts: list[tuple[Option | None, str]] = field(default_factory=list)
    """What leads here: an option, or none where arriving does, each with the condition under which it does; empty: always."""
    after: list[str] = field(default_factory=list)
    """How long it takes, in words."""
    seconds: int = 0
    """The shortest of them."""
    whole: bool = False
    """Whatever is chosen leads here, on the same condition."""

    @property
    def options(self) -> list[Option]:
        """The options that lead here, each once."""
        found: list[Option] = []
        for option, _condition in self.parts:
            if option is not None and option not in found:
                found.append(option)
        return found

    def conditions(self, option: Option | None = None) -> list[str]:
        """The conditions under which this option leads here, or any; each once, without the empty one."""
        return list(dict.fromkeys(condition for one, condition in self.parts if condition and option in (None, one)))

    @property
    def mixed(self) -> bool:
        """The options that lead here do so under conditions that differ."""
        return len({tuple(self.conditions(option)) for option in self.options}) > 1


@dataclass(slots=True)
class StoryMap:
    """Scenes and ways in the order of the story."""

    story: Story
    nodes: dict[str, Node]
    ways: list[Way]
    start: str
    words: dict[str, str]

    @property
    def title(self) -> str:
        """The story's title on one line."""
        return one_line(self.story.title)

    def from_node(self, key: str, *kinds: WayKind) -> list[Way]:
        """The ways that leave a node, of these kinds."""
        return [way for way in self.ways if way.source == key and way.kind in kinds]

    def to_node(self, key: str) -> list[Way]:
        """The ways that lead to a node."""
        return [way for way in self.ways if way.target == key]

    def of_kind(self, *kinds: NodeKind) -> list[Node]:
        """The nodes of these kinds, in the order of the story."""
        return [node for node in self.nodes.values() if node.kind in kinds]

    def place_name(self, node: Node) -> str:
        """What the node's place is called."""
        place = self.story.places.get(node.place)
        return one_line(on_paper(place.name, self.words)) if place is not None else ""

    def day(self, node: Node) -> int | None:
        """The day of a scene, as it is counted in the file: day 1 is the day of `begins`."""
        return None if node.at is None else node.at // DAY + 1

    def day_words(self, day: int) -> str:
        """`Day 3, Wednesday`."""
        return _("Day {number}, {weekday}").format(number=day, weekday=day_name(self.story, (day - 1) * DAY))

    def when_words(self, node: Node) -> str:
        """The time of day of a scene; `about` where the file does not say it outright."""
        if node.at is None or node.kind not in ("decision", "reading"):
            return ""
        clock = clock_words(node.at)
        return clock if node.exact else _("about {time}").format(time=clock)


def scene_key(scene: str) -> str:
    """The key of a scene's node."""
    return FINISH if scene == END else f"scene {scene}"


def story_map(story: Story) -> StoryMap:
    """The map of a story."""
    return _Mapper(story).map()


class _Mapper:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.words = paper_words(story)
        self.nodes: dict[str, Node] = {}
        self.ways: dict[tuple[str, str, WayKind], Way] = {}
        self.exits: dict[str, list[tuple[str, str | None, str]]] = defaultdict(list)
        for event in machine_of(story).events.values():
            for source, transitions in event.transitions.items():
                for step in transitions:
                    guard = step.conditions[0].func.guard.text if step.conditions else ""
                    self.exits[source].append((event.name, step.dest, guard))

    def map(self) -> StoryMap:
        for scene in self.story.scenes.values():
            self._node(scene)
        self.nodes[FINISH] = Node(FINISH, FINISH, _("Time runs on"), "finish")
        for number, ending in enumerate(self.story.endings, 1):
            condition = ending.guard.text if ending.guard is not None else ""
            title = f"{number}. {self._text(ending.title)}"
            self.nodes[f"ending {ending.id}"] = Node(f"ending {ending.id}", ending.id, title, "ending", condition=condition)
        for scene in self.story.scenes.values():
            if not scene.consequence:
                self._onward(scene)
            for effect in effects_of(scene):
                for due in effect.later:
                    if self.story.dues[due].scene is not None:
                        self._later(scene_key(scene.id), self._option(effect.source), self.story.dues[due])
        for due in self.story.reckoning:
            self._later(FINISH, None, self.story.dues[due])
        for ending in self.story.endings:
            condition = ending.guard.text if ending.guard is not None else ""
            self._way(FINISH, f"ending {ending.id}", "ending", None, condition)
        found = StoryMap(self.story, self.nodes, list(self.ways.values()), scene_key(self.story.start), self.words)
        self._sorted(found)
        self._clocks(found)
        self._reach(found)
        return found

    def _text(self, template: object) -> str:
        return one_line(on_paper(template, self.words))  # type: ignore[arg-type]

    # Nodes

    def _node(self, scene: Scene) -> None:
        kind: NodeKind = "consequence" if scene.consequence else "decision" if scene.decides else "reading"
        node = Node(scene_key(scene.id), scene.id, self._text(scene.title), kind, scene.place or "")
        node.condition = scene.guard.text if scene.guard is not None else ""
        if scene.left >= 0 and not scene.consequence:
            still = f"not left {scene.place}"
            if not node.condition:
                node.condition = still
            elif still not in node.condition:
                node.condition = f"({node.condition}) and {still}"
        node.optional = scene.optional is not None
        node.options = list(self._options(scene))
        self.nodes[node.key] = node

    def _options(self, scene: Scene) -> Iterator[Option]:
        for choice in scene.choices.values():
            yield Option(choice.ref, self._text(choice.label), _kind(choice), choice.guard.text if choice.guard else "")
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                yield Option(piece.ref, self._text(piece.label), "piece", piece.guard.text if piece.guard else "")
        if scene.board is not None:
            for question in scene.board.questions.values():
                yield Option(f"{scene.id}.{question.id}", self._text(question.ask), "piece")
        if scene.skip is not None and scene.decides:
            yield Option(f"{scene.id}.{SKIP}", _("skip this beat"), "skip")

    def _option(self, source: str) -> Option | None:
        """The option that leaves something to come; None when arriving does, or being done with a pick or a board."""
        scene, dot, name = source.partition(".")
        for one in self.nodes[scene_key(scene)].options:
            if one.id == source:
                return one
        return Option(source, name_of_id(name), "rule") if dot and name not in _DONE else None

    # Ways

    def _way(
        self,
        source: str,
        target: str,
        kind: WayKind,
        option: Option | None,
        condition: str = "",
        after: str = "",
        seconds: int = 0,
    ) -> None:
        way = self.ways.setdefault((source, target, kind), Way(source, target, kind))
        if (option, condition) not in way.parts:
            way.parts.append((option, condition))
        if after and after not in way.after:
            way.seconds = min(way.seconds, seconds) if way.after else seconds
            way.after.append(after)

    def _onward(self, scene: Scene) -> None:
        """The ways on from a scene, gates and junctions folded away."""
        node = self.nodes[scene_key(scene.id)]
        options = {option.id: option for option in node.options}
        for trigger, dest, _guard in self.exits[scene.id]:
            if dest is None:
                continue
            option = options.get(trigger)
            for target, condition in self._ends(dest):
                self._way(node.key, scene_key(target), "next", option, condition)
        leading = sum(1 for option in node.options if option.kind in ("choice", "silence", "skip"))
        for way in self.ways.values():
            if way.source == node.key and way.kind == "next":
                way.whole = (len(way.options) == leading and not way.mixed) or any(
                    trigger in (f"{scene.id}.{PICK}", f"{scene.id}.{LINK}") for trigger, _dest, _guard in self.exits[scene.id]
                )
        for number, (_trigger, dest, _guard) in enumerate(self.exits.get(f"{scene.id}?", ())):
            if number and dest is not None:
                for target, condition in self._ends(dest):
                    if (node.key, scene_key(target), "next") not in self.ways:
                        self._way(node.key, scene_key(target), "next", None, condition or _("passed over"))

    def _ends(self, state: str, condition: str = "") -> Iterator[tuple[str, str]]:
        """The scenes that a state of the machine leads to at once, each with the condition on the way."""
        if state.endswith(">"):
            branches = self.exits[state]
            for trigger, dest, guard in branches:
                del trigger
                if dest is not None:
                    yield from self._ends(dest, guard or (_("otherwise") if len(branches) > 1 else ""))
        else:
            yield state.removesuffix("?"), condition

    def _later(self, source: str, option: Option | None, due: Due) -> None:
        kind: WayKind = "reckoning" if source == FINISH else "later"
        after = duration_words(due.after, 2)
        if due.promise:
            after = _("{time}, promised").format(time=after)
        condition = due.guard.text if due.guard is not None else ""
        if due.scene is not None:
            self._way(source, scene_key(due.scene), kind, option, condition, after, due.after)
        if due.otherwise is not None:
            self._way(source, scene_key(due.otherwise), kind, option, _opposite(condition), after, due.after)

    # What follows from it

    def _sorted(self, found: StoryMap) -> None:
        """Put the scenes into the order of the story: none stands before what leads to it; the file decides the rest."""
        waits = dict.fromkeys(found.nodes, 0)
        for way in found.ways:
            waits[way.target] += 1
        ready = [key for key, count in waits.items() if not count]
        order: list[str] = []
        rank = {key: number for number, key in enumerate(found.nodes)}
        while ready:
            ready.sort(key=rank.__getitem__)
            key = ready.pop(0)
            order.append(key)
            for way in found.ways:
                if way.source == key:
                    waits[way.target] -= 1
                    if not waits[way.target]:
                        ready.append(way.target)
        found.nodes = {key: found.nodes[key] for key in order}
        place = {key: number for number, key in enumerate(order)}
        found.ways.sort(key=lambda way: (place[way.source], place[way.target], way.kind))

    def _clocks(self, found: StoryMap) -> None:
        """When each scene is: as the file says, or as the first way to it makes it."""
        for key, node in found.nodes.items():
            if node.kind not in ("decision", "reading"):
                continue
            scene = self.story.scenes[node.id]
            if scene.when is not None and not scene.relative:
                node.at, node.exact = scene.when, True
                continue
            before = self.story.start_clock if key == found.start else None
            for way in found.to_node(key):
                at = found.nodes[way.source].at
                if way.kind == "next" and at is not None:
                    before = at if before is None else max(before, at)
            if before is not None:
                node.at = before + (scene.when or 0)
                node.exact = key == found.start

    def _reach(self, found: StoryMap) -> None:
        forward: dict[str, list[str]] = defaultdict(list)
        back: dict[str, list[str]] = defaultdict(list)
        for way in found.ways:
            forward[way.source].append(way.target)
            if way.kind == "next":
                back[way.target].append(way.source)
        for key in _spread(found.start, forward):
            found.nodes[key].reached = True
        alive = _spread(FINISH, back)
        for key, node in found.nodes.items():
            node.dead = node.kind in ("decision", "reading") and key not in alive


def effects_of(scene: Scene) -> Iterator[Effect]:
    """Everything in a scene that changes something: arriving, choices, pieces, being done, rules."""
    yield scene.effect
    yield from (choice.effect for choice in scene.choices.values())
    for decision in (scene.pick, scene.board):
        if decision is not None:
            if scene.pick is decision:
                yield from (piece.effect for piece in scene.pick.pieces.values())
            yield decision.effect
            yield from (rule.effect for rule in decision.rules)


def _spread(start: str, steps: dict[str, list[str]]) -> set[str]:
    """Every node that the steps lead to from `start`, itself too."""
    seen, stack = {start}, [start]
    while stack:
        for key in steps.get(stack.pop(), ()):
            if key not in seen:
                seen.add(key)
                stack.append(key)
    return seen


def _opposite(condition: str) -> str:
    """A condition that holds when this one does not, as an author would write it."""
    return f"not {condition}" if " " not in condition else f"not ({condition})"


def _kind(choice: Choice) -> OptionKind:
    if choice.look:
        return "look"
    if choice.stay:
        return "stay"
    return "silence" if choice.id == "silence" else "choice"
