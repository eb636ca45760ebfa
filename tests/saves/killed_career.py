"""Kill somebody's process again and again while they go through careers, and look each time whether anything was lost.

Run as a program: `python -m tests.saves.killed_career FOLDER KILLS SEED`. Each life is a real process that goes on with the newest career
(or begins one when that is over) and prints every step that came back: a career or a part begun, a decision taken. The parent kills it
with SIGKILL at a random moment, opens the file, and compares: what was said to be kept is kept, a career stands before a part or in it,
and what was played is played again, event for event. Prints one JSON line, or fails with what is missing.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import time
from pathlib import Path

from engine.play.career import handed_on
from engine.play.events import encode
from engine.play.inputs import Input
from engine.script.read import read
from engine.story.compile import compile_story
from saves.errors import Emptied
from saves.sitting import Sitting
from saves.store import Store
from saves.way import Way
from tests.killing import Life
from tests.tea import tea_story

DAY = 86_400
TEXT = tea_story(
    "first",
    "The first week",
    """\
flags:
  paid: {is: you paid for the tea, carried: yes}
  roses: {carried: yes, from: 0, to: 40}
scenes:
  one: {in: team, script: "Col: Tea?", choices: {pay: {label: Pay, set: {paid: yes, roses: +1}}, silence: {}}, next: two}
  two: {in: team, when: +3 days, script: "Col: More?", choices: {pay: {label: Pay, set: {roses: +2}}, silence: {}}, next: three}
  three: {in: team, when: +3 days, choices: {pay: {label: Pay, set: {roses: +3}}, silence: {}}, next: end}
  years: {in: team, script: "Col: It is years now."}
reckoning:
  years: {after: 3 years, scene: years, set: {roses: 0}}
  weeks: {after: 3 weeks, if: paid, scene: years, dials: {team: +1}, because: It came back.}
endings:
  paid: {title: Paid, if: paid, epilogue: You paid.}
  home: {title: Home, epilogue: You went home.}
""",
)
PARTS = (("first", 0), ("second", 330 * DAY), ("third", 2 * 365 * DAY))
STORIES = {
    name: compile_story(read(TEXT.replace("id: first", f"id: {name}").encode(), f"{name}.yaml")) for name, _after in PARTS
}


def way_of(store: Store, career: str) -> Way:
    return Way(store, store.career(career), PARTS, STORIES.__getitem__)


def live(folder: Path, seed: int, pipe: int) -> None:
    """Go through careers until killed, and say each step once it came back."""
    draw = random.Random(seed)

    def say(*words: object) -> None:
        os.write(pipe, f"{' '.join(map(str, words))}\n".encode())

    with Store.open(folder) as store:
        player = store.player("Mara")
        while True:
            known = store.careers(player)
            if not known or way_of(store, known[0].id).ended:
                known = [store.begin_career(player, ("tea", "tea"), "Tea", PARTS, STORIES["first"], draw.randrange(99), "Mara")]
                say("career", known[0].id, known[0].parts[0].play)
            way = way_of(store, known[0].id)
            before = len(way.info.parts)
            part = way.go_on()
            if len(way.info.parts) > before:
                say("part", way.info.id, part.play)
            sitting = Sitting.resume(store.journal(part.play), STORIES[part.scenario])
            while sitting.play.offer is not None:
                given = Input(sitting.play.offer.scene, choice=draw.choice(("pay", "silence")))
                sitting.take(given)
                say("took", part.play, sitting.journal.head, given)


def whole(store: Store, folder: Path) -> tuple[dict[str, dict[int, str]], set[tuple[str, str]], int]:
    """What is kept: the decisions of each play, the parts of each career, and how many stand between two parts. All of it plays."""
    decisions: dict[str, dict[int, str]] = {}
    parts: set[tuple[str, str]] = set()
    between = 0
    for info in store.careers():
        way = way_of(store, info.id)
        plays = way.plays()
        assert [part.scenario for part in info.parts] == [name for name, _after in PARTS][: len(info.parts)]
        assert way.changed() == []
        for number, (part, play) in enumerate(zip(info.parts, plays, strict=True)):
            journal = store.journal(part.play)
            assert journal.horizon == ([after for _name, after in PARTS][number + 1 :] or [None])[0]
            if number:
                assert journal.given == handed_on(plays[number - 1])
            assert (play.ending is not None) == part.ended
            again = Sitting.resume(store.journal(part.play), STORIES[part.scenario]).play
            assert encode(again.events) == encode(play.events)
            decisions[part.play] = {node.id: str(node.input) for node in journal.nodes}
            parts.add((info.id, part.play))
        between += way.following is not None
        assert way.ended or way.playing is not None or way.following is not None
    look = sqlite3.connect(folder / "seenby.db")
    assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert look.execute("PRAGMA foreign_key_check").fetchall() == []
    assert look.execute("SELECT count(*) FROM plays WHERE id NOT IN (SELECT play FROM parts)").fetchone() == (0,)
    look.close()
    return decisions, parts, between


def main() -> None:
    folder, kills, draw = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    took: dict[tuple[str, int], str] = {}
    begun: set[tuple[str, str]] = set()
    between = 0
    for life in range(kills):
        process = Life(lambda pipe, seed=life: live(folder, seed, pipe))  # type: ignore[misc]
        # A word is what came back: killed right after it, or a little later, in the middle of the next step.
        process.listen(draw.randint(0, 7))
        time.sleep(draw.uniform(0.0, 0.004))
        for line in process.kill():
            kind, one, other, *rest = line.split(" ", 3)
            if kind == "took":
                took[one, int(other)] = rest[0]
            else:
                begun.add((one, other))
        with Store.open(folder) as store:
            # The very first life may be killed while it makes the file.
            assert all(isinstance(told, Emptied) for told in store.told), store.told
            decisions, parts, stands_between = whole(store, folder)
        between += stands_between
        lost = {where: given for where, given in took.items() if decisions.get(where[0], {}).get(where[1]) != given}
        assert not lost, f"life {life} lost {lost}"
        assert begun <= parts, f"life {life} lost {begun - parts}"
        # At most the one step that was being told is there and was not heard of, for each life.
        assert sum(map(len, decisions.values())) + len(parts) - len(took) - len(begun) <= 2 * (life + 1)
    print(json.dumps({"kills": kills, "decisions": len(took), "parts": len(begun), "between": between}))


if __name__ == "__main__":
    main()
