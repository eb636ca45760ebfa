"""Searching a story for plays: every ending, every choice, with the stepper."""

from __future__ import annotations

import random
from collections import deque

from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.play.world import State
from engine.story.model import Story


def ways_to_endings(story: Story, most_states: int = 60_000, most_inputs: int = 40) -> dict[str, list[Input]]:
    """For each ending that is found, the shortest inputs that lead to it. States that were met are not met again.

    A decision with more than `most_inputs` ways is thinned out evenly, the first and last kept.
    """
    stepper = Stepper(story)
    start = stepper.start()
    came: dict[State, tuple[State, Input] | None] = {start: None}
    queue = deque([start])
    found: dict[str, list[Input]] = {}
    while queue and len(came) < most_states and len(found) < len(story.endings):
        state = queue.popleft()
        if stepper.ended(state):
            found.setdefault(stepper.ending(state), trail(came, state))
            continue
        inputs = stepper.inputs(state)
        if len(inputs) > most_inputs:
            step = (len(inputs) - 1) / (most_inputs - 1)
            inputs = [inputs[round(number * step)] for number in range(most_inputs)]
        for given in inputs:
            onward = stepper.step(state, given)
            if onward not in came:
                came[onward] = (state, given)
                queue.append(onward)
    return found


def trail(came: dict[State, tuple[State, Input] | None], state: State) -> list[Input]:
    """The inputs that led to a state."""
    inputs: list[Input] = []
    while (before := came[state]) is not None:
        state, given = before
        inputs.append(given)
    return inputs[::-1]


def random_play(story: Story, draw: random.Random, seed: int = 0, stepper: Stepper | None = None) -> Play:
    """A play to its end with inputs drawn evenly; lapses now and then where there is a time limit."""
    stepper = stepper or Stepper(story)
    play = Play.begin(story, seed, "Alex")
    while play.offer is not None:
        given = draw.choice(stepper.inputs(play.state))
        if play.offer.limit and draw.random() < 0.2:
            given = Input(play.offer.scene, "lapse")
        play.take(given)
    return play
