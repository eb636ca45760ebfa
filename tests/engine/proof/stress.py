"""Stories made to catch a prover out: much comes due within minutes, waits, and decides what can be decided next."""

from __future__ import annotations

import random

SPANS = ("20 seconds", "40 seconds", "60 seconds", "90 seconds", "2 minutes", "3 minutes")
FLAGS = ("a", "b", "c")
DIALS = ("team", "own")


def condition(draw: random.Random) -> str:
    """A condition over few values, so that it often matters."""
    kind = draw.random()
    if kind < 0.5:
        return draw.choice(("", "not ")) + draw.choice(FLAGS)
    if kind < 0.65:
        return f"n {draw.choice(('>=', '<', '='))} {draw.randint(1, 3)}"
    if kind < 0.85:
        return f"{draw.choice(DIALS)} {draw.choice(('>=', '<'))} {draw.randint(-1, 2)}"
    return f"{draw.choice(FLAGS)} {draw.choice(('and', 'or'))} {draw.choice(('', 'not '))}{draw.choice(FLAGS)}"


def changes(draw: random.Random, often: float) -> str:
    """What a choice or a consequence changes."""
    parts = []
    if draw.random() < often:
        parts.append(f"set: {{{draw.choice((*(f'{flag}: yes' for flag in FLAGS), 'a: no', 'n: +1', 'n: +1', 'n: -1'))}}}")
    if draw.random() < 0.4:
        parts.append(f"dials: {{{draw.choice(DIALS)}: {draw.choice(('+1', '-1', '+2'))}}}, because: So.")
    return "".join(f", {part}" for part in parts)


def waits(draw: random.Random) -> list[str]:
    """Lines of a script that take time, some of them only under a condition."""
    lines = []
    for _ in range(draw.randint(0, 2)):
        guard = f"{{if {condition(draw)}}} " if draw.random() < 0.3 else ""
        lines.append(f"{guard}... {draw.choice(SPANS)}")
    return lines


def stressful(draw: random.Random) -> str:
    """A whole scenario as YAML."""
    count = draw.randint(2, 4)
    lines = [
        "seenby: 1", "id: stress", "title: Stress", "minutes: 5", "begins: Monday 09:00", "cast: {ana: {name: Ana}}", "places:",
        "  team: {group: Team, members: 9, with: [ana]}", "flags:", *(f"  {flag}: {{}}" for flag in FLAGS), "  n: {from: 0, to: 4}",
        "scenes:",
    ]  # fmt: skip
    for number in range(count):
        lines += [f"  s{number}:", "    in: team"]
        when = draw.random()
        if when < 0.45:
            lines.append(f"    when: +{draw.choice(SPANS)}")
        elif when < 0.8:
            lines.append(f"    when: day 1, 09:0{2 * number + draw.randint(0, 1)}")
        if number and draw.random() < 0.4:
            lines.append(f"    if: {condition(draw)}")
        lines += ["    script: |", "      Ana: so", *(f"      {line}" for line in waits(draw))]
        lines.append("    choices:")
        for name in ("one", "two"):
            later = [
                f"{{after: {draw.choice(SPANS)}, scene: late-{draw.randint(0, 3)}-{name}"
                + (f", if: {condition(draw)}" if draw.random() < 0.4 else "")
                + changes(draw, 0.6)
                + "}"
                for _ in range(draw.choice((0, 1, 1)))
            ]
            guard = f", if: {condition(draw)}" if draw.random() < 0.4 else ""
            takes = f", takes: {draw.choice(SPANS)}" if draw.random() < 0.2 else ""
            lines.append(f"      {name}: {{label: Do {name}{guard}{takes}{changes(draw, 0.4)}, later: [{', '.join(later)}]}}")
        lines.append(f"      silence: {{{changes(draw, 0.2).removeprefix(', ')}}}")
        onward = f"s{number + 1}" if number + 1 < count else "end"
        lines.append(f"    next: {onward}")
    for name in ("one", "two"):
        for number in range(4):
            if not any(f"scene: late-{number}-{name}" in line for line in lines):
                continue
            lines += [f"  late-{number}-{name}:", "    in: team", "    script: |", "      Ana: late"]
            lines += [f"      {line}" for line in waits(draw)]
            extra = changes(draw, 0.2).removeprefix(", ")
            for part in extra.replace(", because", "\nbecause").replace("}, dials", "}\ndials").splitlines():
                lines.append(f"    {part}")
            if draw.random() < 0.2:
                lines.append(f"    later: [{{after: {draw.choice(SPANS)}, scene: last{changes(draw, 0.7)}}}]")
    lines += ["  last:", "    in: team", "    script: 'Ana: last'", "reckoning:"]
    for number in range(2):
        lines.append(f"  r{number}: {{after: {draw.choice(SPANS)}, scene: last, if: {condition(draw)}{changes(draw, 0.5)}}}")
    lines += [
        "endings:", f"  first: {{title: F, if: {condition(draw)}, epilogue: F.}}",
        f"  second: {{title: S, if: {condition(draw)}, epilogue: S.}}", "  third: {title: T, epilogue: T.}", "codas:",
        f"  coda: {{text: So., if: {condition(draw)}}}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
