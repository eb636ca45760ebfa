"""The map as an indented outline for a terminal, or for a page without a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.graph.labels import bare_words, sign
from game.graph.machine import Cluster
from game.graph.storymap import FINISH, Node, Option, StoryMap, Way
from game.graph.texts import name_of_id
from game.widgets.wrap import cells, wrapped
from game.words import _, n_

NARROWEST = 30
"""Cells below which lines are no longer folded."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of an outline."""

    decision: str
    reading: str
    way: str
    later: str
    ending: str
    wrong: str
    plain: bool = False

    def of(self, option: Option) -> str:
        """The sign of an option."""
        return (
            {"look": "o", "stay": "@", "silence": "-", "skip": ">", "piece": "+"}.get(option.kind, "*")
            if self.plain
            else sign(option)
        )


FINE = Signs("■", "□", "→", "↳", "◎", "✗")
ASCII = Signs("#", "=", "->", "~>", "(o)", "X", plain=True)


def signs_for(encoding: str | None) -> Signs:
    """Signs that a stream of this encoding can show."""
    try:
        "■□→↳◎✗▸○↺»".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return FINE


def outline(found: StoryMap, width: int = 80, cluster: Cluster = "day", signs: Signs = FINE) -> list[str]:
    """The whole story as lines of at most `width` cells: scenes with their options, ways on, what comes back when, endings."""
    return list(_Outline(found, max(width, NARROWEST), cluster, signs).lines())


class _Outline:
    def __init__(self, found: StoryMap, width: int, cluster: Cluster, signs: Signs) -> None:
        self.map = found
        self.width = width
        self.cluster = cluster
        self.signs = signs

    def lines(self) -> Iterator[str]:
        yield from self._write(self.map.title, 0)
        yield from self._write(self._counts(), 0)
        yield from self._write(self._legend(), 0)
        scenes = self.map.of_kind("decision", "reading")
        group = ""
        for number, node in enumerate(scenes):
            title = self._group(node)
            if title != group or number == 0:
                group = title
                yield ""
                if title:
                    yield from self._write(title, 0)
            yield from self._scene(node, scenes[number + 1].key if number + 1 < len(scenes) else FINISH)
        yield ""
        yield from self._write(_("After the last scene time runs on"), 0)
        for way in sorted(self.map.from_node(FINISH, "reckoning"), key=lambda way: way.seconds):
            yield from self._later(way, way.conditions(), 1)
        yield ""
        yield from self._write(_("Endings, the first that holds"), 0)
        for node in self.map.of_kind("ending"):
            condition = _("if {condition}").format(condition=node.condition) if node.condition else _("otherwise")
            yield from self._write(f"{node.title}: {condition}", 1, f"{self.signs.ending} ")

    def _counts(self) -> str:
        count = {kind: len(self.map.of_kind(kind)) for kind in ("decision", "reading", "consequence", "ending")}
        scenes = count["decision"] + count["reading"]
        return " · ".join(
            (
                n_("{count} scene", "{count} scenes", scenes).format(count=scenes),
                n_("{count} decision", "{count} decisions", count["decision"]).format(count=count["decision"]),
                n_("{count} consequence", "{count} consequences", count["consequence"]).format(count=count["consequence"]),
                n_("{count} ending", "{count} endings", count["ending"]).format(count=count["ending"]),
            )
        )

    def _legend(self) -> str:
        signs, option = self.signs, Option("", "", "choice")
        return _("{decision} decision  {reading} to read  {choice} choice  {silence} silence  {way} goes on  {later} comes back").format(
            decision=signs.decision, reading=signs.reading, choice=signs.of(option), silence="-" if signs.plain else "–", way=signs.way,
            later=signs.later,
        )  # fmt: skip

    def _group(self, node: Node) -> str:
        if self.cluster == "place":
            return self.map.place_name(node)
        day = self.map.day(node)
        return self.map.day_words(day) if self.cluster == "day" and day is not None else ""

    def _scene(self, node: Node, following: str) -> Iterator[str]:
        about = [self.map.when_words(node), self.map.place_name(node) if self.cluster != "place" else "", node.id]
        if node.optional:
            about.append(_("optional"))
        if node.condition:
            about.append(_("if {condition}").format(condition=node.condition))
        head = f"{node.title}  ({' · '.join(part for part in about if part)})"
        yield from self._write(head, 1, f"{self.signs.decision if node.kind == 'decision' else self.signs.reading} ")
        if not node.reached:
            yield from self._write(_("no way leads here"), 2, f"{self.signs.wrong} ")
        later = self.map.from_node(node.key, "later")
        onward = self.map.from_node(node.key, "next")
        for option in node.options:
            condition = _(" (if {condition})").format(condition=option.condition) if option.condition else ""
            yield from self._write(f"{option.label}{condition}", 2, f"{self.signs.of(option)} ")
            for way in onward:
                if not way.whole and len(onward) > 1 and option in way.options:
                    yield from self._onward(way, way.conditions(option), 3)
            for way in later:
                if option in way.options:
                    yield from self._later(way, way.conditions(option), 3)
        for way in later:
            if not way.options or way.options[0].kind == "rule":
                yield from self._later(way, way.conditions(), 2)
        for way in onward:
            if (way.whole or not way.options) and (way.target != following or way.conditions()):
                yield from self._onward(way, way.conditions(), 2)
        if node.dead:
            yield from self._write(_("no way leads on to the end"), 2, f"{self.signs.wrong} ")

    def _onward(self, way: Way, conditions: list[str], depth: int) -> Iterator[str]:
        title = self.map.nodes[way.target].title
        said = [f"{condition}: " for condition in conditions if condition in bare_words()]
        said += [_("if {condition}: ").format(condition=c) for c in conditions if c not in bare_words()]
        yield from self._write(f"{''.join(said)}{title}", depth, f"{self.signs.way} ")

    def _later(self, way: Way, conditions: list[str], depth: int) -> Iterator[str]:
        """One consequence: when, what, on what condition; and what it brings in its turn."""
        node = self.map.nodes[way.target]
        after = ", ".join(way.after)
        said = [_("if {condition}").format(condition=condition) for condition in conditions]
        rules = [name_of_id(option.id.rpartition(".")[2]) for option in way.options if option.kind == "rule"]
        about = "; ".join([*(_("rule “{name}”").format(name=name) for name in rules), *said])
        words = _("after {time}: {title}").format(time=after, title=node.title)
        yield from self._write(f"{words} ({about})" if about else words, depth, f"{self.signs.later} ")
        for further in self.map.from_node(way.target, "later"):
            yield from self._later(further, further.conditions(), depth + 1)

    def _write(self, text: str, depth: int, mark: str = "") -> Iterator[str]:
        lead = "  " * depth
        room = max(self.width - cells(lead) - cells(mark), NARROWEST // 2)
        for number, line in enumerate(wrapped(text, room)):
            yield f"{lead}{mark if number == 0 else ' ' * cells(mark)}{line}".rstrip()
