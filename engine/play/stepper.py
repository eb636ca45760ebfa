"""The table-driven stepper: the machine of a story, flattened, for proofs and simulated players.

It is derived from the machine (every transition, condition and callback is read off it) and runs the same `World`, without events.
A property test holds it equal to the machine over random stories and random plays. What changes no more than values, and leads
straight to a scene that plays nothing, is done in place: that is most steps of most stories.

    stepper = Stepper(story)
    state = stepper.start()
    while choices := stepper.inputs(state):
        state = stepper.step(state, choices[0])
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, permutations, product
from typing import Any

from engine.play.inputs import Input
from engine.play.world import State, World
from engine.story.machine import GO, LINK, PICK, SKIP, Do, Holds, machine_of
from engine.story.model import END, Op, Scene, Story, Test


class _Row:
    """One transition for one trigger."""

    __slots__ = ("branches", "dest", "do", "fast", "ops", "quiet", "test")

    def __init__(self, test: Test | None, dest: str | None, do: Do | None) -> None:
        self.test = test
        self.dest = dest
        self.do = do
        self.fast = False
        """The step changes values only, and ends in `dest` or one of `branches`."""
        self.ops: tuple[Op, ...] = ()
        self.branches: tuple[tuple[Test | None, str], ...] = ()
        self.quiet: dict[str, int] = {}


class Stepper:
    """Steps states of one story. Holds no state itself: one stepper serves any number of plays."""

    def __init__(self, story: Story) -> None:
        self.story = story
        machine: Any = machine_of(story)
        self._enter: dict[str, Do] = {}
        for name, state in machine.states.items():
            for callback in state.on_enter:
                self._enter[name] = callback
        self._rows: dict[str, dict[str, tuple[_Row, ...]]] = {}
        for trigger, event in machine.events.items():
            for source, transitions in event.transitions.items():
                rows = tuple(
                    _Row(
                        _all([condition.func for condition in one.conditions]), one.dest, one.before[0] if one.before else None
                    )
                    for one in transitions
                )
                self._rows.setdefault(source, {})[trigger] = rows
        self._quiet = {name: self._quiet_time(name) for name in machine.states}
        for row in (row for rows in self._rows.values() for row in chain.from_iterable(rows.values())):
            self._speed(row)
        self._choices: dict[str, tuple[tuple[str, Test | None], ...]] = {}
        for name, scene in story.scenes.items():
            if scene.choices and name in self._rows:
                self._choices[name] = tuple(
                    (choice.ref, self._rows[name][choice.ref][0].test) for choice in scene.choices.values()
                )

    # States

    def start(self) -> State:
        """The state at the first decision."""
        world = World(self.story)
        first = self.story.start
        gate = f"{first}?"
        self._settle(world, gate if gate in self._rows else first)
        return world.state

    def ended(self, state: State) -> bool:
        """The story is over."""
        return state.scene == END

    def ending(self, state: State) -> str:
        """The ending of a state in which the story is over."""
        return next(one.id for one in self.story.endings if one.guard is None or one.guard.test(state.values))

    def triggers(self, state: State) -> list[str]:
        """The choices that can be taken, as triggers of the machine (`scene.choice`). Only for scenes with `choices`."""
        values = state.values
        return [ref for ref, test in self._choices[state.scene] if test is None or test(values)]

    def inputs(self, state: State) -> list[Input]:
        """Everything that a player can do now, the silence too; empty when the story is over.

        A time limit's lapse is the choice that it lapses to, so it is not listed twice. For a board, links are listed only up to
        what they tell: for each question a card that tells it, one that does not, and none.
        """
        if state.scene == END:
            return []
        scene = self.story.scenes[state.scene]
        found: list[Input] = []
        if scene.choices:
            skip = len(scene.id) + 1
            found = [Input(scene.id, "choose", ref[skip:]) for ref in self.triggers(state)]
        elif scene.pick is not None:
            found = list(self._picks(scene, state))
        elif scene.board is not None:
            found = list(self._links(scene, state))
        if scene.skip is not None:
            found.append(Input(scene.id, "skip"))
        return found

    # Steps

    def step(self, state: State, given: Input | str) -> State:
        """The state after an input, or after a trigger such as `meme.speak-up`. Raises KeyError on one that is not on offer."""
        if given.__class__ is str:
            trigger: str = given
        else:
            trigger = self._trigger(given)  # type: ignore[arg-type]
        scene, values, clock, pending = state
        for row in self._rows[scene][trigger]:
            test = row.test
            if test is None or test(values):
                break
        else:
            raise KeyError(f"{trigger} is not on offer")
        if row.fast:
            changed = list(values)
            for index, add, amount, low, high in row.ops:
                if add:
                    amount += changed[index]
                    changed[index] = low if amount < low else high if amount > high else amount
                else:
                    changed[index] = amount
            dest: str = row.dest  # type: ignore[assignment]
            for branch, to in row.branches:
                if branch is None or branch(changed):
                    dest = to
                    break
            when = row.quiet[dest]
            if when < clock:
                when = clock
            if not pending or pending[0][0] > when:
                return State(dest, tuple(changed), when, pending)
        world = World(self.story)
        world.restore(state)
        if given.__class__ is not str:
            self._prepare(world, given)  # type: ignore[arg-type]
        if row.do is not None:
            row.do(world)
        if row.dest is not None:
            self._settle(world, row.dest)
        return world.state

    def play(self, inputs: list[Input]) -> State:
        """The state after these inputs."""
        state = self.start()
        for given in inputs:
            state = self.step(state, given)
        return state

    def _trigger(self, given: Input) -> str:
        if given.how == "choose":
            return f"{given.scene}.{given.choice}"
        if given.how == "lapse":
            return f"{given.scene}.{self.story.scenes[given.scene].lapse}"
        return f"{given.scene}.{ {'pick': PICK, 'link': LINK, 'skip': SKIP}[given.how] }"

    def _prepare(self, world: World, given: Input) -> None:
        scene = self.story.scenes[given.scene]
        if given.how == "pick" and scene.pick is not None:
            ordered = scene.pick.ordered
            world.picked = given.picks if ordered else tuple(name for name in scene.pick.pieces if name in given.picks)
        elif given.how == "link":
            pairs = (pick.partition("=") for pick in given.picks)
            world.linked = tuple((question.strip(), card.strip()) for question, _sign, card in pairs)

    def _settle(self, world: World, name: str) -> None:
        """Enter a state of the machine and go on until a decision or the end."""
        while True:
            world.scene = name
            enter = self._enter.get(name)
            if enter is not None:
                enter(world)
            scene = self.story.scenes.get(name)
            if name == END or (scene is not None and scene.decides):
                return
            for row in self._rows[name][GO]:
                if row.test is None or row.test(world.values):
                    break
            if row.do is not None:
                row.do(world)
            name = row.dest  # type: ignore[assignment]

    # Tables

    def _quiet_time(self, name: str) -> int | None:
        """The moment of a scene that does nothing on arrival but ask, or None when it does more."""
        scene = self.story.scenes.get(name)
        if scene is None or not scene.decides or scene.relative or scene.muted >= 0:
            return None
        effect = scene.effect
        if effect.ops or effect.later or scene.moves or scene.told_for or scene.board is not None:
            return None
        return scene.when if scene.when is not None else 0

    def _speed(self, row: _Row) -> None:
        """Mark a row that can be stepped in place."""
        do = row.do
        if do is None or do.verb != "choose" or row.dest is None:
            return
        choice: Any = do.what
        if choice.effect.later or choice.takes or any(cue.moves for cue in choice.script):
            return
        targets = [row.dest]
        if row.dest.endswith(">"):
            branches = self._rows[row.dest][GO]
            row.branches = tuple((one.test, one.dest or "") for one in branches)
            targets = [to for _test, to in row.branches]
        times = {target: self._quiet[target] for target in targets}
        if any(when is None for when in times.values()):
            row.branches = ()
            return
        row.ops = choice.effect.ops
        row.quiet = {target: when for target, when in times.items() if when is not None}
        row.fast = True

    def _picks(self, scene: Scene, state: State) -> Iterator[Input]:
        pick = scene.pick
        assert pick is not None
        values = state.values
        open_ = [name for name, piece in pick.pieces.items() if piece.guard is None or piece.guard.test(values)]
        arrange = permutations if pick.ordered else combinations
        for count in range(pick.least, len(open_) + 1):
            for names in arrange(open_, count):
                if sum(pick.pieces[name].cost for name in names) <= pick.most:
                    yield Input(scene.id, "pick", picks=names)

    def _links(self, scene: Scene, state: State) -> Iterator[Input]:
        board = scene.board
        assert board is not None
        in_sight = [card for card in board.cards.values() if card.guard is None or card.guard.test(state.values)]
        ways: list[list[str]] = []
        for question in board.questions:
            telling = next((card.id for card in in_sight if question in card.tells), None)
            other = next((card.id for card in in_sight if question not in card.tells), None)
            ways.append(["", *(f"{question}={card}" for card in (telling, other) if card is not None)])
        for links in product(*ways):
            yield Input(scene.id, "link", picks=tuple(link for link in links if link))


def _all(conditions: list[Holds]) -> Test | None:
    tests = [condition.guard.test for condition in conditions]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return lambda values: all(test(values) for test in tests)
