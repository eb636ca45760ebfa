"""Choices a second on the fifty-scene story: live play, the stepper, and the peers, in one run."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.fifty import COUNTERS, as_bard, as_yaml, shape
from benchmarks.measure import Table, best_rate
from engine.play.inputs import Input
from engine.play.play import Play
from engine.play.stepper import Stepper
from engine.script.read import read
from engine.story.compile import compile_story

INK = Path(__file__).parent / "data" / "fifty.ink.json"
PLAYS = 40


def floor() -> int:
    """Plain Python: a dictionary of counters and a loop. Nothing is shown, kept or named."""
    draw, done, story = random.Random(1).random, 0, shape()
    for _ in range(PLAYS):
        values = dict.fromkeys(COUNTERS, 0)
        for steps in story:
            open_ = [step for step in steps if step.guard is None or values[step.guard[0]] >= step.guard[1]]
            step = open_[int(draw() * len(open_))]
            values[step.counter] += step.by
            done += 1
    return done


class Transitions:
    """The `transitions` library alone: states, triggers, conditions and callbacks, driven through its public API."""

    def __init__(self) -> None:
        from transitions import Machine

        self.values = dict.fromkeys(COUNTERS, 0)
        self.story = shape()
        states = [f"s{number}" for number in range(len(self.story) + 1)]
        self.machine = Machine(model=self, states=states, initial="s0", auto_transitions=False)
        for number, steps in enumerate(self.story):
            for step in steps:
                self.machine.add_transition(
                    f"{step.name}_{number}", f"s{number}", f"s{number + 1}",
                    conditions=[self._holds(step.guard)] if step.guard else [], before=[self._adds(step.counter, step.by)],
                )  # fmt: skip

    def _holds(self, guard: tuple[str, int]) -> object:
        return lambda: self.values[guard[0]] >= guard[1]

    def _adds(self, counter: str, by: int) -> object:
        def add() -> None:
            self.values[counter] += by

        return add

    def play(self) -> int:
        """Play it through at random."""
        draw, done = random.Random(1).random, 0
        for _ in range(PLAYS):
            self.state = "s0"
            self.values = dict.fromkeys(COUNTERS, 0)
            for number, steps in enumerate(self.story):
                open_ = [step for step in steps if step.guard is None or self.values[step.guard[0]] >= step.guard[1]]
                self.trigger(f"{open_[int(draw() * len(open_))].name}_{number}")  # type: ignore[attr-defined]
                done += 1
        return done


def bardic() -> int:
    """Bardic: its compiled story and its engine, one `choose` a choice and one for the passage that counts."""
    from bardic import BardCompiler, BardEngine

    story = BardCompiler().compile_string(as_bard())
    draw, done = random.Random(1).random, 0

    def play() -> int:
        nonlocal done
        done = 0
        for _ in range(4):
            engine = BardEngine(story)
            engine.choose(0)
            while engine.has_choices():
                output = engine.current()
                engine.choose(int(draw() * len(output.choices)))
                done += 1
        return done

    return int(best_rate(play, 3))


def inkcpp(how: str, runs: int = 4) -> float:
    """Ink in C++ through its Python bindings.

    `how` is what is done at each choice besides taking it: `blind` nothing; `reads` the choices' words are read, without which
    nobody knows what is taken; `keeps` a snapshot of the state is made, which is what each step of the stepper gives.
    """
    import inkcpp_py

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "fifty.bin"
        inkcpp_py.compile_json(str(INK), str(target))
        story = inkcpp_py.Story.from_file(str(target))

    def play() -> int:
        draw, done = random.Random(1).random, 0
        for _ in range(PLAYS):
            runner = story.new_runner()
            while True:
                while runner.can_continue():
                    runner.getline()
                count = runner.num_choices()
                if not count:
                    break
                if how == "reads":
                    for number in range(count):
                        runner.get_choice(number).text()
                elif how == "keeps":
                    runner.create_snapshot()
                runner.choose(int(draw() * count))
                done += 1
        return done

    return best_rate(play, runs)


def run() -> Table:
    """Measure them all."""
    story = compile_story(read(as_yaml().encode(), "fifty.yaml"))
    stepper = Stepper(story)

    def live() -> int:
        draw, done = random.Random(1).random, 0
        for seed in range(PLAYS):
            play = Play.begin(story, seed)
            while play.offer is not None:
                open_ = [option for option in play.offer.options if option.available]
                play.take(Input(play.offer.scene, choice=open_[int(draw() * len(open_))].id))
                done += 1
        return done

    def step() -> int:
        draw, done = random.Random(1).random, 0
        for _ in range(PLAYS * 5):
            state = stepper.start()
            while not stepper.ended(state):
                open_ = stepper.triggers(state)
                state = stepper.step(state, open_[int(draw() * len(open_))])
                done += 1
        return done

    def wander() -> int:
        draw, done = random.Random(1).random, 0
        for _ in range(PLAYS * 5):
            done += len(stepper.wander(draw)[1])
        return done

    bare = Transitions()
    rates = {
        "plain Python, nothing kept (floor)": best_rate(floor),
        "Seenby, table stepper, simulated players": best_rate(wander),
        "Seenby, table stepper, every state kept": best_rate(step),
        "`transitions` alone": best_rate(bare.play),
        "Seenby, live play with all events": best_rate(live),
        "inkcpp-py, blind": inkcpp("blind"),
        "inkcpp-py, choices read": inkcpp("reads"),
        "inkcpp-py, state kept at each choice": inkcpp("keeps"),
        "bardic": float(bardic()),
    }
    live_rate = rates["Seenby, live play with all events"]
    wander_rate, step_rate = rates["Seenby, table stepper, simulated players"], rates["Seenby, table stepper, every state kept"]
    rows = [
        (name, f"{rate:,.0f}", f"{live_rate / rate:.2f}", f"{wander_rate / rate:.2f}")
        for name, rate in sorted(rates.items(), key=lambda item: -item[1])
    ]
    says = (
        f"Fifty scenes of three choices, counters in guards, random play, same draws for all. Live play costs "
        f"{rates['`transitions` alone'] / live_rate:.2f} times bare `transitions` (bound 2.5). Like against like: simulated players are "
        f"{wander_rate / rates['inkcpp-py, blind']:.1f} times inkcpp-py choosing blindly by number and "
        f"{wander_rate / rates['inkcpp-py, choices read']:.1f} times inkcpp-py reading its choices (ours name what they take); the stepper "
        f"keeping every state is {step_rate / rates['inkcpp-py, state kept at each choice']:.1f} times inkcpp-py keeping its own (bound 5)."
    )
    return Table("Choices a second", says, ("engine", "choices/s", "live play ÷ it", "simulated ÷ it"), rows)


if __name__ == "__main__":
    print(run())
