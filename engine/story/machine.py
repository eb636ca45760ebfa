"""The state machine of a story: scenes are states, choices are triggers, `if` clauses are conditions.

Besides the scenes there are two kinds of states that nobody stays in: a gate `meme?` before a scene that may be passed over, and
a junction `meme>` after a scene (or `meme.laugh>` after a choice) whose way on depends on what the choice has just changed.
They are left at once by the trigger `(go)`, as is a scene without a decision. Consequences are no states: they come due while
time passes on the way into a scene.

The machine has no model of its own. A play is the model: it carries its state in the attribute `scene` and is handed to every
callback, so that one machine serves any number of plays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from engine.story.model import END, Branch, Choice, Guard, Next, Scene, Story

if TYPE_CHECKING:
    from transitions import Machine

GO = "(go)"
PICK = "(pick)"
LINK = "(link)"
SKIP = "(skip)"


class Actor(Protocol):
    """What the machine asks of a play."""

    values: list[int]

    def approach(self, scene: Scene) -> None: ...  # noqa: D102

    def arrive(self, scene: Scene) -> None: ...  # noqa: D102

    def pass_over(self, scene: Scene) -> None: ...  # noqa: D102

    def choose(self, choice: Choice) -> None: ...  # noqa: D102

    def pick(self, scene: Scene) -> None: ...  # noqa: D102

    def link(self, scene: Scene) -> None: ...  # noqa: D102

    def skip(self, scene: Scene) -> None: ...  # noqa: D102

    def finish(self) -> None: ...  # noqa: D102


class Holds:
    """A condition of a transition."""

    __slots__ = ("guard",)

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def __call__(self, actor: Actor) -> bool:
        """It holds now."""
        return bool(self.guard.test(actor.values))


class Do:
    """A callback of a transition or a state: `verb` of the actor, on `what`."""

    __slots__ = ("verb", "what")

    def __init__(self, verb: str, what: Scene | Choice | None = None) -> None:
        self.verb = verb
        self.what = what

    def __call__(self, actor: Actor) -> None:
        """Do it."""
        method = getattr(actor, self.verb)
        if self.what is None:
            method()
        else:
            method(self.what)


def gated(scene: Scene) -> bool:
    """The scene may be passed over: it has an `if`, or its place can be left, or it is left out in this cut."""
    return scene.guard is not None or scene.left >= 0 or scene.cut


def machine_of(story: Story) -> Machine:
    """The machine of a story, built when it is first asked for."""
    if story.machine is None:
        story.machine = build_machine(story)
    machine: Machine = story.machine  # type: ignore[assignment]
    return machine


def build_machine(story: Story) -> Machine:
    """Build the machine of a story."""
    from transitions import Machine, State

    states: list[State] = []
    transitions: list[dict[str, Any]] = []

    def way(name: str) -> str:
        return f"{name}?" if name != END and gated(story.scenes[name]) else name

    def junction(name: str, branches: Next) -> str:
        """The state to go to for `branches`: the only one, or a junction."""
        if len(branches) == 1:
            return way(branches[0].to)
        states.append(State(f"{name}>"))
        transitions.extend(_step(GO, f"{name}>", way(branch.to), branch.guard) for branch in branches)
        return f"{name}>"

    for scene in story.scenes.values():
        if scene.consequence:
            continue
        states.append(State(scene.id, on_enter=[Do("arrive", scene)]))
        onward = junction(scene.id, scene.next) if scene.next else None
        if gated(scene):
            states.append(State(f"{scene.id}?", on_enter=[Do("approach", scene)]))
            if not scene.cut:
                transitions.append(_step(GO, f"{scene.id}?", scene.id, _open(scene)))
            past = onward if onward is not None else END
            transitions.append(_step(GO, f"{scene.id}?", past, None, Do("pass_over", scene)))
        for choice in scene.choices.values():
            target = None if choice.stay else (junction(choice.ref, choice.next) if choice.next else onward)
            transitions.append(_step(choice.ref, scene.id, target, choice.open, Do("choose", choice)))
        if scene.pick is not None:
            transitions.append(_step(f"{scene.id}.{PICK}", scene.id, onward, None, Do("pick", scene)))
        if scene.board is not None:
            transitions.append(_step(f"{scene.id}.{LINK}", scene.id, onward, None, Do("link", scene)))
        if scene.skip is not None and scene.decides:
            past = onward if onward is not None else END
            transitions.append(_step(f"{scene.id}.{SKIP}", scene.id, past, None, Do("skip", scene)))
        if not scene.decides:
            transitions.append(_step(GO, scene.id, onward, None))
    states.append(State(END, on_enter=[Do("finish")]))
    machine = Machine(model=None, states=states, initial=None, auto_transitions=False, model_attribute="scene")
    for transition in transitions:
        machine.add_transition(**transition)
    return machine


def _open(scene: Scene) -> Guard | None:
    from engine.story.guards import none_of

    return none_of(scene.guard, scene.left)


def _step(trigger: str, source: str, dest: str | None, guard: Guard | None, before: Do | None = None) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "source": source,
        "dest": dest,
        "conditions": [Holds(guard)] if guard is not None else [],
        "before": [before] if before is not None else [],
    }


__all__ = ["END", "GO", "LINK", "PICK", "SKIP", "Actor", "Branch", "Do", "Holds", "build_machine", "gated", "machine_of"]
