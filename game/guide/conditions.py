"""A condition in words that somebody who writes no conditions can read: `reported and not lied` and the like."""

from __future__ import annotations

from collections.abc import Iterator

from engine.debrief import dial_labels
from engine.script.conditions import And, Asks, Compare, IsIn, Name, Node, Not, Number, Or, parse_condition
from engine.script.format import DIALS
from engine.story.model import Scene, Story
from game.graph.texts import name_of_id, on_paper, one_line
from game.words import _


class ConditionWords:
    """Puts the conditions of one story into words."""

    def __init__(self, story: Story, words: dict[str, str]) -> None:
        self.story = story
        self.words = words
        self.set_by = self._setters()

    def say(self, text: str) -> str:
        """The condition `text`, as an author wrote it, in words."""
        return self._node(parse_condition(text).node, 0)

    def _node(self, node: Node, depth: int) -> str:
        if isinstance(node, And | Or):
            joint = _(" and ") if isinstance(node, And) else _(" or ")
            said = joint.join(self._node(part, depth + 1) for part in node.parts)
            return f"({said})" if depth else said
        if isinstance(node, Not):
            return _("not {fact}").format(fact=self._node(node.part, depth + 1))
        if isinstance(node, Compare):
            operator = {
                "=": _("is"), "!=": _("is not"), "<": _("is below"), "<=": _("is at most"), ">": _("is above"), ">=": _("is at least"),
            }[node.op]  # fmt: skip
            return f"{self._value(node.left)} {operator} {self._value(node.right)}"
        if isinstance(node, Asks):
            return self._asks(node)
        if isinstance(node, IsIn):
            person = self.words.get(node.person, node.person) if node.person != "you" else _("you")
            return _("“{person} is in {place}”").format(person=person, place=self._place(node.place))
        if isinstance(node, Number):
            return _("always") if node.value > 0 else _("never")
        return self._fact(node.name)

    def _value(self, value: Name | Number) -> str:
        if isinstance(value, Number):
            return str(value.value)
        if value.name in DIALS:
            return dial_labels()[value.name]
        return self._fact(value.name)

    def _asks(self, node: Asks) -> str:
        if node.what == "left":
            return _("“you have left {place}”").format(place=self._place(node.target))
        if node.what == "muted":
            return _("“you have muted {place}”").format(place=self._place(node.target))
        if node.what == "seen":
            return _("“you have seen the message {message}”").format(message=node.target)
        return _("“the message {message} is gone”").format(message=node.target)

    def _place(self, place: str) -> str:
        found = self.story.places.get(place)
        return one_line(on_paper(found.name, self.words)) if found is not None else place

    def _fact(self, name: str) -> str:
        if name in DIALS:
            return _("{dial} is above 0").format(dial=dial_labels()[name])
        scene, dot, option = name.partition(".")
        if dot and scene in self.story.scenes:
            label = dict(_labels(self.story.scenes[scene])).get(option)
            if label is not None:
                return self._chosen(scene, label)
        declared = self.story.scenario.flags.get(name)
        if declared is not None and declared.is_:
            return f"“{one_line(declared.is_)}”"
        setters = self.set_by.get(name, [])
        if 1 <= len(setters) <= 2:
            return _(" or ").join(setters) if len(setters) == 1 else f"({_(' or ').join(setters)})"
        return f"“{name_of_id(name).lower()}”"

    def _chosen(self, scene: str, label: object) -> str:
        title = one_line(on_paper(self.story.scenes[scene].title, self.words))
        return _("“{label}” in “{scene}”").format(label=one_line(on_paper(label, self.words)), scene=title)  # type: ignore[arg-type]

    def _setters(self) -> dict[str, list[str]]:
        """For each flag the options that set it, when options are all that does; a flag that something else sets has no entry."""
        found: dict[str, list[str]] = {}
        other: set[str] = set()
        for scene in self.story.scenes.values():
            options = [(choice.effect, choice.label) for choice in scene.choices.values()]
            if scene.pick is not None:
                options += [(piece.effect, piece.label) for piece in scene.pick.pieces.values()]
            for effect, label in options:
                for flag, _index in effect.flags:
                    found.setdefault(flag, []).append(self._chosen(scene.id, label))
            rest = [scene.effect]
            for decision in (scene.pick, scene.board):
                if decision is not None:
                    rest += [decision.effect, *(rule.effect for rule in decision.rules)]
            other |= {flag for effect in rest for flag, _index in effect.flags}
        other |= {flag for due in self.story.dues if due.effect is not None for flag, _index in due.effect.flags}
        return {flag: setters for flag, setters in found.items() if flag not in other}


def _labels(scene: Scene) -> Iterator[tuple[str, object]]:
    yield from ((choice.id, choice.label) for choice in scene.choices.values())
    if scene.pick is not None:
        yield from ((piece.id, piece.label) for piece in scene.pick.pieces.values())
    if scene.board is not None:
        yield from ((question.id, question.ask) for question in scene.board.questions.values())
