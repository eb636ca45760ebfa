"""The parts of a scenario of one kind, as they were written, each with its path: scripts, passages, effects, conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.script import format as form
from engine.script.conditions import And, Compare, Condition, Name, Node, Not, Or
from engine.script.findings import Path
from engine.script.lines import AnyLine, Goto, Script
from engine.script.passage import Passage


def scripts_of(scenario: form.Scenario) -> Iterator[tuple[Path, Script]]:
    """Every script of a scenario with the path to it."""
    for place_id, place in scenario.places.items():
        if place.past is not None:
            yield ("places", place_id, "past"), place.past
    for scene_id, scene in scenario.scenes.items():
        path: Path = ("scenes", scene_id)
        if scene.script is not None:
            yield (*path, "script"), scene.script
        for telling_id, telling in scene.tellings.items():
            yield (*path, "tellings", telling_id, "script"), telling.script
        for choice_id, choice in scene.choices.items():
            if choice.script is not None:
                yield (*path, "choices", choice_id, "script"), choice.script
        several: form.Pick | form.Board | None
        for kind, several in (("pick", scene.pick), ("board", scene.board)):
            if several is None:
                continue
            if several.script is not None:
                yield (*path, kind, "script"), several.script
            for rule_id, rule in several.rules.items():
                if rule.script is not None:
                    yield (*path, kind, "rules", rule_id, "script"), rule.script


def witness_scripts(scenario: form.Scenario) -> Iterator[tuple[Path, Script]]:
    """What witnesses say in the debrief, with the path to it. It is no part of the story: nothing happens in it."""
    for name, witness in scenario.debrief.seen_by.items():
        path: Path = ("debrief", "seen-by", name)
        for key, script in (("before", witness.before), ("after", witness.after)):
            if script is not None:
                yield (*path, key), script
        for message, script in witness.on.items():
            yield (*path, "on", message), script


def passages_of(scenario: form.Scenario) -> Iterator[tuple[Path, Passage]]:
    """Every text of which some lines may depend on something, with the path to it."""
    for name, ending in scenario.endings.items():
        yield ("endings", name, "epilogue"), ending.epilogue
    for name, coda in scenario.codas.items():
        yield ("codas", name, "text"), coda.text
    for name, unseen in scenario.debrief.unseen.items():
        yield ("debrief", "unseen", name), unseen


def start_place(scenario: form.Scenario, path: Path) -> str | None:
    """The place in which the script at `path` begins."""
    if path[0] == "places":
        return str(path[1])
    scene = scenario.scenes[str(path[1])]
    if len(path) > 3 and path[2] == "choices":
        return scene.choices[str(path[3])].to or scene.in_
    if len(path) > 3 and path[2] == "pick" and scene.pick is not None:
        return scene.pick.to or scene.in_
    return scene.in_


def placed(lines: Iterable[AnyLine], place: str | None) -> Iterator[tuple[str | None, AnyLine]]:
    """The lines of a script with the place that each is in.

    `in dev:` holds from there on; inside an {if} it holds to the end of that block, so that where the rest is said does not depend
    on lines that may not be played.
    """
    blocks: list[tuple[str, str | None]] = []  # conditions under which the place was changed, and the place before
    for line in lines:
        while blocks and not inside(line.cond, blocks[-1][0]):
            place = blocks.pop()[1]
        if isinstance(line, Goto):
            if line.cond is not None and (not blocks or blocks[-1][0] != line.cond.text):
                blocks.append((line.cond.text, place))
            place = line.place
        yield place, line


def inside(condition: Condition | None, block: str) -> bool:
    """Whether a condition is that of a block, or of one within it; `block` is the text of a condition."""
    return condition is not None and (condition.text == block or condition.text.startswith(f"({block}) and "))


def effects_of(scenario: form.Scenario) -> Iterator[tuple[Path, form.Effects]]:
    """Everything that has effects, with the path to it."""
    for scene_id, scene in scenario.scenes.items():
        path: Path = ("scenes", scene_id)
        yield path, scene
        for choice_id, choice in scene.choices.items():
            yield (*path, "choices", choice_id), choice
        if scene.pick is not None:
            yield (*path, "pick"), scene.pick
            for piece_id, piece in scene.pick.from_.items():
                yield (*path, "pick", "from", piece_id), piece
        several: form.Pick | form.Board | None
        for kind, several in (("pick", scene.pick), ("board", scene.board)):
            if several is None:
                continue
            if kind == "board":
                yield (*path, "board"), several
            for rule_id, rule in several.rules.items():
                yield (*path, kind, "rules", rule_id), rule
    for reckon_id, reckon in scenario.reckoning.items():
        yield ("reckoning", reckon_id), reckon


def conditions_of(scenario: form.Scenario) -> Iterator[Condition]:
    """Every condition of a scenario."""
    yield from deciding_conditions(scenario)
    for _path, script in witness_scripts(scenario):
        yield from (line.cond for line in script.lines if line.cond is not None)
    for _path, passage in passages_of(scenario):
        yield from (row.cond for row in passage.rows if row.cond is not None)


def deciding_conditions(scenario: form.Scenario) -> Iterator[Condition]:
    """The conditions on which it may hang what happens: all but those of what is told when everything has happened."""
    for _path, script in scripts_of(scenario):
        yield from (line.cond for line in script.lines if line.cond is not None)
    for _path, effects in effects_of(scenario):
        condition = getattr(effects, "if_", None)
        if condition is not None:
            yield condition
        for later in effects.later:
            if later.if_ is not None:
                yield later.if_
    for scene in scenario.scenes.values():
        nexts = [scene.next, *(choice.next for choice in scene.choices.values())]
        for branches in nexts:
            if isinstance(branches, list):
                yield from (branch.if_ for branch in branches if branch.if_ is not None)
        if scene.board is not None:
            yield from (card.if_ for card in scene.board.cards.values() if card.if_ is not None)
    yield from (ending.if_ for ending in scenario.endings.values() if ending.if_ is not None)
    yield from (coda.if_ for coda in scenario.codas.values() if coda.if_ is not None)
    for stakeholder in scenario.stakeholders.values():
        yield from (saw.if_ for saw in stakeholder.saw.values() if saw.if_ is not None)


def names_in(conditions: Iterable[Condition]) -> set[str]:
    """The flags, dials and decisions that some conditions ask for by name."""
    return {node.name for condition in conditions for node in nodes_of(condition.node) if isinstance(node, Name)}


def flags_set_in(scenario: form.Scenario) -> dict[str, Path]:
    """The flags that something in a scenario may change, each with the path to the first place."""
    found: dict[str, Path] = {}
    for path, effects in effects_of(scenario):
        for flag in effects.set:
            found.setdefault(flag, (*path, "set", flag))
        for number, later in enumerate(effects.later):
            for flag in later.set:
                found.setdefault(flag, (*path, "later", number, "set", flag))
    for name, scene in scenario.scenes.items():
        for key in ("count", "found") if scene.board is not None else ():
            if (flag := getattr(scene.board, key)) is not None:
                found.setdefault(flag, ("scenes", name, "board", key))
    return found


def nodes_of(node: Node) -> Iterator[Node]:
    """A condition's node and all below it."""
    yield node
    if isinstance(node, Not):
        yield from nodes_of(node.part)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from nodes_of(part)
    elif isinstance(node, Compare):
        yield node.left
        yield node.right
