"""Random scenarios for property tests: valid ones, with everything that changes state in them."""

from __future__ import annotations

import random

from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.model import Story

FLAGS = ("bold", "kind", "late")
NUMBERS = ("days", "clues")
PEOPLE = ("ana", "ben", "cal")
PLACES = ("team", "ana-dm", "page", "room")
DIALS = ("trust", "team", "people", "own", "security")


def condition(draw: random.Random, scenes: list[str], messages: list[str], depth: int = 2) -> str:
    """A condition over what exists so far."""
    kinds = ["flag", "number", "dial", "left", "muted", "in"]
    if scenes:
        kinds.append("taken")
    if messages:
        kinds += ["seen", "gone"]
    if depth:
        kinds += ["and", "or", "not"]
    kind = draw.choice(kinds)
    if kind == "flag":
        return draw.choice(FLAGS)
    if kind == "number":
        return f"{draw.choice(NUMBERS)} {draw.choice(['=', '!=', '<', '<=', '>', '>='])} {draw.randint(0, 4)}"
    if kind == "dial":
        return f"{draw.choice(DIALS)} {draw.choice(['<', '>='])} {draw.randint(-2, 2)}"
    if kind in ("left", "muted"):
        return f"{kind} {draw.choice(('team', 'ana-dm'))}"
    if kind == "in":
        return f"{draw.choice(PEOPLE)} in team"
    if kind == "taken":
        return f"{draw.choice(scenes)}.{draw.choice(('one', 'silence'))}"
    if kind in ("seen", "gone"):
        return f"{kind} {draw.choice(messages)}"
    if kind == "not":
        return f"not ({condition(draw, scenes, messages, depth - 1)})"
    inner = [condition(draw, scenes, messages, depth - 1) for _ in range(2)]
    return f"({inner[0]}) {kind} ({inner[1]})"


def effects(draw: random.Random, indent: str) -> list[str]:
    """Random dials, flags and lasting effects."""
    lines = []
    if draw.random() < 0.5:
        lines += [f"{indent}dials: {{{draw.choice(DIALS)}: {draw.choice(['+2', '-3', '1'])}}}", f"{indent}because: It moved."]
        if draw.random() < 0.3:
            lines.append(f"{indent}late: {draw.choice(['2 days', '2 weeks', '5 months'])}")
    if draw.random() < 0.6:
        changes = [f"{draw.choice(FLAGS)}: {draw.choice(['yes', 'no'])}"]
        if draw.random() < 0.5:
            changes.append(f"{draw.choice(NUMBERS)}: {draw.choice(['+1', '-1', '3', '+2'])}")
        lines.append(f"{indent}set: {{{', '.join(changes)}}}")
    if draw.random() < 0.25:
        lines.append(
            f"{indent}do: [{draw.choice(['leave team', 'mute team 2 hours', 'unmute team', 'remove ben from team', 'timer team 1 hour'])}]"
        )
    return lines


def later(draw: random.Random, indent: str, scenes: list[str], messages: list[str]) -> list[str]:
    """Something that comes due, sometimes."""
    if draw.random() < 0.6:
        return []
    entry = f"after: {draw.choice(['1 hour', '1 day', '3 weeks'])}, scene: later-{draw.randint(0, 2)}"
    if draw.random() < 0.5:
        entry += f", if: '{condition(draw, scenes, messages, 1)}', otherwise: later-3"
    if draw.random() < 0.5:
        entry += ", set: {days: +1}, dials: {team: -1}, because: It came."
    return [f"{indent}later: [{{{entry}}}]"]


def script(draw: random.Random, indent: str, scene: str, scenes: list[str], messages: list[str], new: list[str]) -> list[str]:
    """A few lines of script."""
    lines = []
    lines.append(f"Ana: so begins {scene}")
    for number in range(draw.randint(1, 4)):
        guard = f"{{if {condition(draw, scenes, messages, 1)}}} " if draw.random() < 0.3 else ""
        kind = draw.choice(["say", "say", "id", "wait", "react", "delete", "timer", "leave", "goto", "add"])
        if kind == "id":
            name = f"m-{scene}-{number}"
            new.append(name)
            lines.append(f"{guard}Ana [{name}]: this is {name}")
        elif kind == "wait":
            lines.append(f"{guard}... {draw.choice(['40 seconds', '2 hours', '5 minutes'])}")
        elif kind == "react" and messages:
            lines.append(f"{guard}Ben reacts 😂 to {draw.choice(messages)}")
        elif kind == "delete" and messages:
            lines.append(f"{guard}* Ana deletes {draw.choice(messages)}")
        elif kind == "timer":
            lines.append(f"{guard}* Cal turns on disappearing messages: {draw.choice(['1 hour', '24 hours'])}")
        elif kind == "leave":
            lines.append(f"{guard}* Ben leaves")
        elif kind == "add":
            lines.append(f"{guard}* Ana adds Ben")
        elif kind == "goto":
            lines.append(f"in {draw.choice(PLACES)}:")
        else:
            lines.append(f"{guard}Cal: line {number} of {scene}")
    return [f"{indent}script: |", *(f"{indent}  {line}" for line in lines)]


def scenario(draw: random.Random, most_scenes: int = 7, *, rich: bool = False) -> str:
    """A whole scenario as YAML. With `rich` also codas, and more in the reckoning."""
    count = draw.randint(2, most_scenes)
    lines = [
        "seenby: 1", "id: random", "title: Random", "minutes: 5", "begins: Monday 09:00", "cast:",
        "  ana: {name: Ana}", "  ben: {name: Ben}", "  cal: {name: Cal}", "places:",
        "  team: {group: Team, members: 12, with: [ana, ben, cal], past: 'Ana [old]: so'}", "  ana-dm: {dm: ana}", "  page: {feed: Page, followers: 100}",
        "  room: {in-person: A room}", "flags:", *(f"  {name}: {{from: 0, to: 4}}" for name in NUMBERS),
        *(f"  {name}: {{}}" for name in FLAGS), "scenes:",
    ]  # fmt: skip
    done: list[str] = []
    messages: list[str] = []
    for number in range(count):
        name = f"s{number}"
        new: list[str] = []
        ways = [f"s{other}" for other in range(number + 1, count)] + ["end"]
        following = ways[0]
        lines += [f"  {name}:", f"    in: {draw.choice(PLACES)}"]
        if draw.random() < 0.5:
            lines.append(f"    when: {draw.choice([f'day {number + 1}, 10:00', '+30 minutes', '+2 days'])}")
        if number and draw.random() < 0.3:
            lines.append(f"    if: '{condition(draw, done, messages)}'")
        if draw.random() < 0.8:
            lines += script(draw, "    ", name, done, messages, new)
        lines += effects(draw, "    ") if draw.random() < 0.3 else []
        if draw.random() < 0.2:
            if number % 2:
                lines += ["    tellings:", "      a: {weight: 2, script: 'Ana: so'}", "      b: {script: 'Ana: or so'}"]
            else:  # drawn by the odds that something in the past of the team is out by now
                lines += [
                    "    leak: old", "    tellings:", "      a: {way: out, script: 'Ana: so'}",
                    "      b: {way: never, script: '... 20 minutes'}",
                ]  # fmt: skip
        if draw.random() < 0.2:
            lines.append("    skip: You look away.")
        kind = draw.choice(["choices", "choices", "choices", "pick", "board", "read"])
        if kind == "choices":
            lines += choices(draw, name, done, messages + new, ways)
        elif kind == "pick":
            lines += [
                "    pick:",
                f"      most: {draw.randint(1, 2)}",
                f"      ordered: {draw.choice(['yes', 'no'])}",
                "      from:",
            ]
            for piece in ("one", "two", "silence"):
                lines += [f"        {piece}:", f"          label: Piece {piece}", *effects(draw, "          ")]
            lines += ["      rules:", "        r:", f"          if: {name}.one > {name}.two", "          set: {clues: +1}"]
        elif kind == "board":
            lines += [
                "    board:", "      cards:", f"        a: {{text: A, tells: [q], if: '{condition(draw, done, messages, 1)}'}}",
                "        b: {text: B}", "      questions:", "        q: {ask: Where?}", "      count: clues", "      found: days",
            ]  # fmt: skip
        if draw.random() < 0.3 and len(ways) > 1:
            lines.append(
                f"    next: [{{if: '{condition(draw, done, messages, 1)}', go: {draw.choice(ways)}}}, {{go: {following}}}]"
            )
        else:
            lines.append(f"    next: {following}")
        if kind == "choices":
            done.append(name)
        messages += new
    for number in range(4):
        lines += [
            f"  later-{number}:",
            f"    in: {draw.choice(PLACES)}",
            *script(draw, "    ", f"later{number}", done, messages, []),
        ]
        lines += effects(draw, "    ")
    lines += [
        "reckoning:",
        f"  r: {{after: 8 months, scene: later-0, if: '{condition(draw, done, messages)}', otherwise: later-1}}",
    ]
    if rich:
        lines[-1] = lines[-1][:-1] + f", dials: {{{draw.choice(DIALS)}: +1}}, because: It was late.}}"
        lines += [
            f"  r4: {{after: 3 weeks, scene: later-1, if: '{condition(draw, done, messages)}', set: {{kind: yes, days: +1}}}}"
        ]
    lines += ["  r2: {after: 4 years, scene: later-2}", "  r3: {after: 1 hour, scene: later-3, if: bold}"]
    lines += [
        "endings:",
        f"  first: {{title: First, if: '{condition(draw, done, messages)}', epilogue: One.}}",
        "  last: {title: Last, epilogue: Two.}",
    ]
    if rich:
        lines += ["codas:", *codas(draw, done, messages)]
    return "\n".join(lines) + "\n"


def codas(draw: random.Random, scenes: list[str], messages: list[str]) -> list[str]:
    """Two codas."""
    return [f"  coda-{number}: {{text: So., if: '{condition(draw, scenes, messages)}'}}" for number in range(2)]


def choices(draw: random.Random, scene: str, done: list[str], messages: list[str], ways: list[str]) -> list[str]:
    """Three choices and the silence."""
    lines = []
    if draw.random() < 0.3:
        lines.append("    limit: {seconds: 60}")
    lines.append("    choices:")
    for name in ("one", "two", "three"):
        lines += [f"      {name}:", f"        label: Choice {name}"]
        kind = draw.random()
        if kind < 0.15:
            lines += ["        look: yes", "        script: 'Ben: you looked'"]
            if draw.random() < 0.5:
                lines.append("        set: {bold: yes}")
            continue
        if kind < 0.3:
            lines.append("        stay: yes")
        elif kind < 0.6:
            lines.append(f"        next: {draw.choice(ways)}")
        if draw.random() < 0.4:
            lines.append(f"        if: '{condition(draw, done, messages)}'")
        if draw.random() < 0.3:
            lines.append("        send: Something to say")
        if messages and draw.random() < 0.3:
            lines.append(f"        on: {draw.choice(messages)}")
        if draw.random() < 0.2:
            lines.append("        takes: 3 hours")
        lines += effects(draw, "        ")
        lines += later(draw, "        ", done, messages)
        if draw.random() < 0.4:
            lines += script(draw, "        ", f"{scene}{name}", done, messages, [])
    lines += [
        "      silence:",
        "        thought: Nothing.",
        *effects(draw, "        "),
        *later(draw, "        ", done, messages),
    ]
    return lines


def random_story(draw: random.Random, most_scenes: int = 7, *, rich: bool = False) -> Story:
    """A random scenario, compiled."""
    return compile_story(read(scenario(draw, most_scenes, rich=rich).encode(), "random.yaml"))
