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

from collections.abc import Callable, Iterator
from itertools import combinations, permutations, product
from typing import Any

from engine.play.inputs import Input
from engine.play.world import FOREVER, State, World
from engine.story.machine import GO, LINK, PICK, SKIP, Do, Holds, machine_of
from engine.story.model import END, Guard, Op, Scene, Story, Test

_state = tuple.__new__
"""Makes a State without the call of its constructor, which is most of what a quick step costs."""

NOT_SIMPLE = (-1, 0)

Arrival = tuple[Test | None, str, int, int, tuple[str, ...]]
"""Where one comes to rest without anything happening on the way: (condition, the state of the machine, the clock is at least this
then, nothing may be due until this, the scenes that are passed through)."""

Leap = tuple[str, Test | None, tuple[Op, ...], tuple[Arrival, ...]]
"""A step in place: (source, condition, ops, arrivals in order, the last without a condition)."""

MOST_ARRIVALS = 16

Hop = tuple[int, int, str, tuple[Op, ...], str | None, int, int, "list[Hop] | None"]
"""A choice that a simulated player takes in place: (value that is asked, at least this, trigger, ops, the state of the machine (None:
not in place), the clock is at least this then, nothing may be due until this, the choices there)."""

ALWAYS = (0, -(1 << 62))
"""Asks of some value that it be at least what every value is: a choice without a condition, tested as the others are."""


class _Row:
    """One transition for one trigger."""

    __slots__ = ("dest", "do", "guard", "test")

    def __init__(self, guard: Guard | None, dest: str | None, do: Do | None) -> None:
        self.guard = guard
        self.test = guard.test if guard is not None else None
        self.dest = dest
        self.do = do


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
                        _guard([one_condition.func for one_condition in one.conditions]), one.dest, next(iter(one.before), None)
                    )
                    for one in transitions
                )
                self._rows.setdefault(source, {})[trigger] = rows
        self._tabulate()

    def over(self, story: Story, bound: Callable[[Do], Do]) -> Stepper:
        """The same table over another story that has the same scenes, choices and conditions; `bound` gives each callback anew."""
        twin = Stepper.__new__(Stepper)
        twin.story = story
        twin._enter = {name: bound(do) for name, do in self._enter.items()}
        twin._rows = {
            source: {
                trigger: tuple(_Row(row.guard, row.dest, bound(row.do) if row.do is not None else None) for row in rows)
                for trigger, rows in triggers.items()
            }
            for source, triggers in self._rows.items()
        }
        twin._tabulate()
        return twin

    def _tabulate(self) -> None:
        """Find what can be stepped in place, and how choices are asked for."""
        story = self.story
        self._arrivals: dict[str, tuple[Arrival, ...] | None] = {}
        self._leaps: dict[str, Leap] = {}
        for source, triggers in self._rows.items():
            for trigger, rows in triggers.items():
                leap = self._leap(source, rows)
                if leap is not None:
                    self._leaps[trigger] = leap
        self._choices: dict[str, tuple[tuple[str, int, int, Test | None], ...]] = {}
        for name, scene in story.scenes.items():
            if scene.choices and name in self._rows:
                self._choices[name] = tuple(
                    (
                        choice.ref,
                        *(choice.open.at_least if choice.open is not None else NOT_SIMPLE),
                        self._rows[name][choice.ref][0].test,
                    )
                    for choice in scene.choices.values()
                )
        self._hops: dict[str, list[Hop]] = {
            name: []
            for name, choices in self._choices.items()
            if story.scenes[name].skip is None and all(index >= 0 or test is None for _ref, index, _least, test in choices)
        }
        for name, hops in self._hops.items():
            hops += (
                self._hop(ref, (index, least) if index >= 0 else ALWAYS) for ref, index, least, _test in self._choices[name]
            )

    # States

    def start(self) -> State:
        """The state at the first decision."""
        world = World(self.story)
        self._settle(world, self.first())
        return world.state

    def ended(self, state: State) -> bool:
        """The story is over."""
        return state.scene == END

    def ending(self, state: State) -> str:
        """The ending of a state in which the story is over."""
        return self.story.ending_at(state.values).id

    def triggers(self, state: State) -> list[str]:
        """The choices that can be taken, as triggers of the machine (`scene.choice`). Only for scenes with `choices`."""
        values = state[1]
        found = []
        for ref, index, least, test in self._choices[state[0]]:
            if index >= 0:  # the commonest conditions, read straight off the values: a flag, or a number that is high enough
                if values[index] >= least:
                    found.append(ref)
            elif test is None or test(values):
                found.append(ref)
        return found

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
        glide = self.glide(state, given) if isinstance(given, str) else None
        return glide[0] if glide is not None else self._step(state, given)

    def leap(self, state: State, trigger: str) -> State | None:
        """The state after a trigger, where that is a step in place; None where it is not, or not on offer."""
        glide = self.glide(state, trigger)
        return glide[0] if glide is not None else None

    def glide(self, state: State, trigger: str) -> tuple[State, tuple[str, ...]] | None:
        """As `leap`, with the scenes that are entered on the way."""
        leap = self._leaps.get(trigger)
        if leap is not None:
            source, test, ops, arrivals = leap
            scene, values, clock, pending = state
            if scene == source and (test is None or test(values)):
                changed = list(values)
                for index, add, amount, low, high in ops:
                    if add:
                        amount += changed[index]
                        changed[index] = low if amount < low else high if amount > high else amount
                    else:
                        changed[index] = amount
                for branch, dest, when, free, passed in arrivals:
                    if branch is None or branch(changed):
                        if not pending or (pending[0][0] > free and pending[0][0] > clock):
                            return _state(State, (dest, tuple(changed), when if when > clock else clock, pending)), passed
                        break
        return None

    def _step(self, state: State, given: Input | str) -> State:
        trigger = given if isinstance(given, str) else self._trigger(given)
        for row in self._rows.get(state.scene, {}).get(trigger, ()):
            if row.test is None or row.test(state.values):
                break
        else:
            raise KeyError(f"{trigger} is not on offer")
        if not isinstance(given, str) and not state.pending and trigger in self._leaps:
            return self.step(state, trigger)
        world = World(self.story, state)
        self._act(world, row, given)
        if row.dest is not None:
            self._settle(world, row.dest)
        return world.state

    def act(self, world: World, given: Input) -> str | None:
        """Do what an input does to `world`, and no more: the state of the machine that comes next is returned (None: none).

        With `settle` this is a step in two halves, for those who look at what lies between. Raises KeyError as `step` does.
        """
        trigger = self._trigger(given)
        for row in self._rows.get(world.scene, {}).get(trigger, ()):
            if row.test is None or row.test(world.values):
                self._act(world, row, given)
                return row.dest
        raise KeyError(f"{trigger} is not on offer")

    def way_on(self, state: State, given: Input) -> str | None:
        """The state of the machine to which an input leads. Raises KeyError as `step` does."""
        trigger = self._trigger(given)
        for row in self._rows.get(state.scene, {}).get(trigger, ()):
            if row.test is None or row.test(state.values):
                return row.dest
        raise KeyError(f"{trigger} is not on offer")

    def settle(self, world: World, name: str | None) -> None:
        """Enter a state of the machine and go on until a decision or the end. None: stay where one is."""
        if name is not None:
            self._settle(world, name)

    def first(self) -> str:
        """The state of the machine that a play enters first."""
        gate = f"{self.story.start}?"
        return gate if gate in self._rows else self.story.start

    def quick(self, given: Input) -> bool:
        """The input is a choice that is mostly stepped in place: nothing is shown and nothing comes due on the way."""
        return given.how == "choose" and f"{given.scene}.{given.choice}" in self._leaps

    def ways(self) -> Iterator[tuple[str, str, Guard | None, str, Do | None]]:
        """Every transition of the machine: (source, trigger, condition, dest, callback). An internal one has its source as dest."""
        for source, triggers in self._rows.items():
            for trigger, rows in triggers.items():
                for row in rows:
                    yield source, trigger, row.guard, row.dest or source, row.do

    def _act(self, world: World, row: _Row, given: Input | str) -> None:
        if not isinstance(given, str):
            self._prepare(world, given)
        if row.do is not None:
            row.do(world)

    def wander(self, draw: Callable[[], float], state: State | None = None) -> tuple[State, list[Input | str]]:
        """A simulated player: from `state` (the start without one) to the end of the story, with inputs drawn evenly.

        `draw` gives numbers from 0 up to 1, one for each decision. Returned are the last state and what was taken, triggers for choices
        and inputs for all else, which `step` takes as they are.
        """
        state = state if state is not None else self.start()
        taken: list[Input | str] = []
        while True:
            scene, kept, clock, pending = state
            values, hops = list(kept), self._hops.get(scene)
            due = pending[0][0] if pending else FOREVER + 1
            while hops is not None:
                open_ = [hop for hop in hops if values[hop[0]] >= hop[1]]
                _value, _least, trigger, ops, dest, when, free, onward = open_[int(draw() * len(open_))]
                taken.append(trigger)
                if dest is None or free >= due or clock >= due:
                    state = self._step(_state(State, (scene, tuple(values), clock, pending)), trigger)
                    break
                for index, add, amount, low, high in ops:
                    if add:
                        amount += values[index]
                        values[index] = low if amount < low else high if amount > high else amount
                    else:
                        values[index] = amount
                scene, hops = dest, onward
                if when > clock:
                    clock = when
            else:
                state = _state(State, (scene, tuple(values), clock, pending))
                if scene == END:
                    return state, taken
                open_inputs = self.inputs(state)
                given = open_inputs[int(draw() * len(open_inputs))]
                taken.append(given)
                state = self._step(state, given)

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
            world.linked = given.links

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

    def _hop(self, ref: str, at_least: tuple[int, int]) -> Hop:
        """A choice as a simulated player takes it: in place where it is a leap with one way to arrive."""
        leap = self._leaps.get(ref)
        if leap is None or len(leap[3]) != 1:
            return (*at_least, ref, (), None, 0, 0, None)
        (_branch, dest, when, free, _passed) = leap[3][0]
        return (*at_least, ref, leap[2], dest, when, free, self._hops.get(dest))

    def _quiet(self, scene: Scene) -> bool:
        """Nothing happens on arrival in the scene, whenever that is."""
        effect = scene.effect
        return not (
            effect.ops or effect.later or scene.moves or scene.told_for or (scene.board is not None and scene.board.count >= 0)
        )

    def _arrive(self, name: str) -> tuple[Arrival, ...] | None:
        """Where one comes to rest from a state of the machine; None where something happens on the way."""
        if name not in self._arrivals:
            self._arrivals[name] = self._find_arrivals(name)
        return self._arrivals[name]

    def _find_arrivals(self, name: str) -> tuple[Arrival, ...] | None:
        if name == END:
            return ((None, END, 0, FOREVER, ()),) if not self.story.reckoning else None
        scene = self.story.scenes.get(name)
        timed = scene if scene is not None else self.story.scenes.get(name[:-1]) if name.endswith("?") else None
        if timed is not None and (timed.relative or timed.muted >= 0):
            return None
        moment = timed.when or 0 if timed is not None else 0
        if scene is not None:
            if not self._quiet(scene):
                return None
            if scene.decides:
                return ((None, name, moment, moment, (name,)),)
        found: list[Arrival] = []
        for row in self._rows[name][GO]:
            onward = self._arrive(row.dest) if row.dest is not None else None
            if onward is None:
                return None
            for test, dest, when, free, passed in onward:
                if scene is not None:
                    when, passed = max(when, moment), (name, *passed)
                found.append((_both(row.test, test), dest, when, max(free, moment), passed))
        return tuple(found) if len(found) <= MOST_ARRIVALS else None

    def _leap(self, source: str, rows: tuple[_Row, ...]) -> Leap | None:
        """The row of a trigger as a step in place, where it is one: it changes values only, and leads to where nothing plays."""
        row = rows[0]
        if len(rows) != 1 or row.do is None or row.do.verb != "choose":
            return None
        choice: Any = row.do.what
        if choice.effect.later or choice.takes or choice.moves or any(cue.moves for cue in choice.script):
            return None
        if row.dest is None:
            return source, row.test, choice.effect.ops, ((None, source, 0, -1, ()),)
        arrivals = self._arrive(row.dest)
        return (source, row.test, choice.effect.ops, arrivals) if arrivals is not None else None

    def _picks(self, scene: Scene, state: State) -> Iterator[Input]:
        pick = scene.pick
        assert pick is not None
        values = state.values
        open_ = [name for name, piece in pick.pieces.items() if piece.guard is None or piece.guard.test(values)]
        arrange = permutations if pick.ordered else combinations
        costs = sorted(pick.pieces[name].cost for name in open_)
        for count in range(pick.least, len(open_) + 1):
            if sum(costs[:count]) > pick.most:  # more than these is never allowed, so there is no need to list it
                break
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


def _both(one: Test | None, other: Test | None) -> Test | None:
    if one is None or other is None:
        return one or other
    return lambda values: one(values) and other(values)


def _guard(conditions: list[Holds]) -> Guard | None:
    assert len(conditions) <= 1, "the machine joins conditions into one guard"
    return conditions[0].guard if conditions else None
