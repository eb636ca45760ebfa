"""The story that the benchmarks play: fifty scenes of three choices, counters in guards, an impossible ending, a rare one.

`shape(scenes)` gives the decisions as plain data, and from it the same story is written for every engine that is measured.
"""

from __future__ import annotations

from dataclasses import dataclass

COUNTERS = ("nerve", "doubt", "trace")
HIGH = 200


@dataclass(frozen=True)
class Step:
    """One choice: which counter it raises, by how much, and from which value of another counter it is on offer."""

    name: str
    counter: str
    by: int
    guard: tuple[str, int] | None


def shape(scenes: int = 50) -> list[list[Step]]:
    """The choices of every scene. The first is always on offer."""
    story: list[list[Step]] = []
    for number in range(scenes):
        one = Step("go-on", COUNTERS[number % 3], 1, None)
        two = Step("look-twice", COUNTERS[(number + 1) % 3], 1 + number % 2, (COUNTERS[number % 3], number // 6))
        three = Step("hold-back", COUNTERS[(number + 2) % 3], 2, (COUNTERS[(number + 1) % 3], number // 5))
        story.append([one, two, three])
    return story


RARE = {"nerve": 69, "trace": 10}
"""What `rare` asks for: of all the ways of playing fifty scenes exactly one ends with so much of both (see tests/benchmarks)."""
IMPOSSIBLE = {"trace": 150, "doubt": 150, "nerve": 150}


def ends_with(rare: dict[str, int]) -> str:
    """The condition that a play has at least so much of each."""
    return " and ".join(f"{counter} >= {value}" for counter, value in rare.items())


def as_yaml(scenes: int = 50) -> str:
    """The story as a scenario."""
    lines = [
        "seenby: 1", "id: fifty", "title: Fifty", "minutes: 25", "begins: Monday 09:00", "cast:", "  ana: {name: Ana, is: a colleague}",
        "places:", "  team: {group: Team, members: 12, with: [ana]}", "flags:",
        *(f"  {counter}: {{from: 0, to: {HIGH}}}" for counter in COUNTERS), "scenes:",
    ]  # fmt: skip
    for number, steps in enumerate(shape(scenes)):
        following = f"s{number + 1}" if number + 1 < scenes else "end"
        lines += [
            f"  s{number}:",
            "    in: team",
            "    script: |",
            f"      Ana: Message {number}, about nothing much.",
            "    choices:",
        ]
        for step in steps:
            lines += [f"      {step.name}:", f"        label: {step.name.replace('-', ' ')} {number}"]
            lines += ["        thought: It is only a small thing."]
            if step.guard is not None:
                lines += [f"        if: {step.guard[0]} >= {step.guard[1]}"]
            lines += [f"        set: {{{step.counter}: +{step.by}}}"]
        lines += ["    no-silence: This is a benchmark.", f"    next: {following}"]
    lines += [
        "endings:", f"  impossible: {{title: Impossible, if: {ends_with(IMPOSSIBLE)}, epilogue: No.}}",
        f"  rare: {{title: Rare, if: {ends_with(RARE)}, epilogue: Once.}}", "  usual: {title: Usual, epilogue: So it goes.}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def as_ink(scenes: int = 50) -> str:
    """The story in ink, for the C++ engine with Python bindings."""
    lines = [f"VAR {counter} = 0" for counter in COUNTERS] + ["-> s0"]
    for number, steps in enumerate(shape(scenes)):
        following = f"s{number + 1}" if number + 1 < scenes else "over"
        lines += [f"=== s{number} ===", f"Message {number}, about nothing much."]
        for step in steps:
            guard = f"{{ {step.guard[0]} >= {step.guard[1]} }} " if step.guard is not None else ""
            lines += [
                f"+ {guard}[{step.name} {number}]",
                f"  ~ {step.counter} = {step.counter} + {step.by}",
                f"  -> {following}",
            ]
    lines += [
        "=== over ===",
        f"{{ {ends_with(IMPOSSIBLE)}: Impossible | {{ {ends_with(RARE)}: Rare | Usual }} }}",
        "-> END",
    ]
    return "\n".join(lines) + "\n"


def as_bard(scenes: int = 50) -> str:
    """The story for bardic."""
    lines = [":: Start", *(f"~ {counter} = 0" for counter in COUNTERS), "+ [Begin] -> S0", ""]
    for number, steps in enumerate(shape(scenes)):
        following = f"S{number + 1}" if number + 1 < scenes else "Over"
        lines += [f":: S{number}", f"Message {number}, about nothing much."]
        ways = []
        for index, step in enumerate(steps):
            guard = f"{{{step.guard[0]} >= {step.guard[1]}}} " if step.guard is not None else ""
            lines += [f"+ {guard}[{step.name} {number}] -> S{number}x{index}"]
            ways += [f":: S{number}x{index}", f"~ {step.counter} = {step.counter} + {step.by}", f"-> {following}", ""]
        lines += ["", *ways]
    return "\n".join([*lines, ":: Over", "The end.", ""])
