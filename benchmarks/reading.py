"""Reading a scenario of 1,000 scenes against `yaml.compose` with the C loader on the same bytes."""

from __future__ import annotations

import gc
import time

import yaml

from benchmarks.measure import Table, best_time
from engine.script.read import read
from engine.story.compile import compile_story

SCENE = """\
  s{0}:
    when: day {1}, 10:00
    in: team
    script: |
      Col [meme{0}] (picture, forwarded many times): masked: it mocks the residents of one estate #nights
      Rashid reacts 😂 to meme{0}
      ... {1} seconds
      {{if challenged and not s{3}.silence}} Rashid: ta for that last night, all {0} of you
    choices:
      speak-up:
        label: Say it is not for you, time {0}
        send: |
          Not for me, that one.
        thought: |
          Somebody goes first, mate.
        dials: {{team: -1, people: +1}}
        because: |
          One plain line changes what is posted next.
        set: {{challenged: yes}}
      silence:
        thought: |
          Three weeks in. Not my place.
        set: {{silent: yes}}
    next: {2}
"""


def large(scenes: int = 1000) -> bytes:
    """A scenario of so many scenes, each like a scene that a person would write."""
    head = (
        "seenby: 1\nid: large\ntitle: Large\nminutes: 25\nbegins: Monday 21:10\ncast:\n  col: {name: Col}\n  rashid: {name: Rashid}\n"
        "places:\n  team: {group: Team 4, members: 41, with: [col, rashid]}\nscenes:\n"
    )
    body = "".join(SCENE.format(n, n + 1, f"s{n + 1}" if n + 1 < scenes else "end", max(0, n - 1)) for n in range(scenes))
    return (head + body + "endings:\n  last: {title: Over, epilogue: It is over.}\n").encode()


def run() -> Table:
    """Measure it."""
    data = large()
    source = read(data, "large.yaml")
    assert source.scenario is not None
    assert not source.findings
    rows = []
    ratio = 0.0
    begun = time.perf_counter()
    read(data, "large.yaml")
    first = time.perf_counter() - begun
    for label, collect in (("collector on", True), ("collector off", False)):
        (gc.enable if collect else gc.disable)()
        floor = best_time(lambda: yaml.compose(data, Loader=yaml.CLoader))
        reading = best_time(lambda: read(data, "large.yaml"))
        compiling = best_time(lambda: compile_story(read(data, "large.yaml"))) - reading
        ratio = ratio or reading / floor
        rows += [
            (f"`yaml.compose`, C loader ({label})", f"{floor * 1000:.0f} ms", "1.00"),
            (
                f"read: typed, checked, scripts and conditions parsed ({label})",
                f"{reading * 1000:.0f} ms",
                f"{reading / floor:.2f}",
            ),
            (f"compiled on top ({label})", f"{compiling * 1000:.0f} ms", f"{compiling / floor:.2f}"),
        ]
    gc.enable()
    says = (
        f"{len(data):,} bytes, 1,000 scenes. Reading takes {ratio:.2f} times `yaml.compose` on the same bytes (bound 1.5); the very first "
        f"time, with nothing warm, {first * 1000:.0f} ms."
    )
    return Table("Reading", says, ("what", "best of five", "÷ compose"), rows)


if __name__ == "__main__":
    print(run())
