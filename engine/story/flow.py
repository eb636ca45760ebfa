"""Where a scene leads: `next` compiled, and the proof that scenes never go round in a circle. And what a scene holds: its effects, its lines."""

from __future__ import annotations

from collections.abc import Iterator

from engine.script import format as form
from engine.script.findings import Path
from engine.story.guards import compile_condition
from engine.story.model import END, Branch, Cue, Effect, Next, Scene, Story
from engine.story.registry import At, Registry

END_WORD = "end"


def compile_next(registry: Registry, written: str | list[form.NextIf] | None, path: Path) -> Next:
    """The branches of a `next`; empty when nothing is written."""
    if written is None:
        return ()
    if isinstance(written, str):
        target = _target(registry, written, path)
        return (Branch(target),) if target is not None else (Branch(END),)
    branches: list[Branch] = []
    for number, branch in enumerate(written):
        target = _target(registry, branch.go, (*path, number, "go"))
        guard = compile_condition(branch.if_, At(registry, (*path, number, "if")))
        last = number == len(written) - 1
        if last and guard is not None:
            registry.source.add(
                "SB250", (*path, number), "the last way on has an `if`", "add a last `{go: scene}` without `if`"
            )
        if not last and guard is None:
            registry.source.add("SB250", (*path, number), "a way on without `if` hides those after it", "move it to the end")
        branches.append(Branch(target or END, guard))
    if not branches:
        registry.source.add("SB250", path, "no way on is given", "write a scene, or `end`")
        return (Branch(END),)
    return tuple(branches)


def _target(registry: Registry, name: str, path: Path) -> str | None:
    if name == END_WORD:
        return END
    found = registry.scene(name, path)
    if found in registry.consequences:
        hint = "a consequence comes when it is due: lead to another scene, or write this one twice"
        registry.source.add("SB251", path, f"'{found}' is a consequence, so nothing leads to it with `next`", hint)
    return found


def effects_of_scene(scene: Scene) -> Iterator[Effect]:
    """Every effect of a scene and its decision."""
    yield scene.effect
    for choice in scene.choices.values():
        yield choice.effect
    if scene.pick is not None:
        yield scene.pick.effect
        yield from (piece.effect for piece in scene.pick.pieces.values())
        yield from (rule.effect for rule in scene.pick.rules)
    if scene.board is not None:
        yield scene.board.effect
        yield from (rule.effect for rule in scene.board.rules)


def cues_of_scene(scene: Scene) -> Iterator[Cue]:
    """Every line of a scene and its decision."""
    yield from scene.script
    for telling in scene.tellings:
        yield from telling.script
    for choice in scene.choices.values():
        yield from choice.script
    for several in (scene.pick, scene.board):
        if several is not None:
            yield from several.script
            for rule in several.rules:
                yield from rule.script


def leads_to(story: Story, scene: Scene) -> Iterator[str]:
    """Every scene that may follow `scene`, or that it may bring later."""
    for branches in (scene.next, *(choice.next for choice in scene.choices.values())):
        yield from (branch.to for branch in branches if branch.to != END)
    for effect in effects_of_scene(scene):
        for index in effect.later:
            due = story.dues[index]
            yield from (target for target in (due.scene, due.otherwise) if target is not None)


def find_circle(story: Story) -> list[str]:
    """Scenes that go round in a circle, the first of them again at the end; empty when every play ends."""
    done: set[str] = set()
    for first in story.scenes:
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, Iterator[str]]] = []

        def enter(name: str) -> None:
            trail.append(name)  # noqa: B023
            on_trail.add(name)  # noqa: B023
            stack.append((name, leads_to(story, story.scenes[name])))  # noqa: B023

        if first in done:
            continue
        enter(first)
        while stack:
            name, onward = stack[-1]
            following = next(onward, None)
            if following is None:
                stack.pop()
                trail.pop()
                on_trail.discard(name)
                done.add(name)
            elif following in on_trail:
                return [*trail[trail.index(following) :], following]
            elif following not in done:
                enter(following)
    return []
