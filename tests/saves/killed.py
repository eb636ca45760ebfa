"""Kill a player's process again and again, and look each time whether a decision was lost.

Run as a program: `python -m tests.saves.killed FOLDER KILLS SEED`. Each life is a real process that writes decisions to the file and prints
every one that was acknowledged. The parent kills it with SIGKILL at a random moment, opens the file, and compares. Prints one JSON line, or
fails with what is missing.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import ClassVar

from engine.play.inputs import Input
from saves.errors import Emptied
from saves.store import Store
from tests.killing import Life


class _Story:
    id, title, hash = "tea", "Tea", "h1"
    scenes: ClassVar[dict[str, object]] = {}
    slots: ClassVar[dict[str, str]] = {}
    cut = ()


def live(folder: Path, play_id: str, seed: int, pipe: int) -> None:
    """Write until killed: decisions mostly, and every other kind of change between."""
    draw = random.Random(seed)
    with Store.open(folder) as store:
        journal = store.journal(play_id)
        while True:
            kind = draw.random()
            if kind < 0.05 and journal.path():
                journal.rewind(draw.randrange(max(0, len(journal.path()) - 3), len(journal.path())))
            elif kind < 0.1 and journal.path():
                journal.undo()
            elif kind < 0.15:
                journal.note_draft("joke", "a", "x" * draw.randrange(6000))
            elif kind < 0.2:
                journal.reached("quiet", {"team": seed})
            else:
                choice = f"c{draw.randrange(1000)}"
                node = journal.take(Input("joke", choice=choice), took_ms=seed)
                os.write(pipe, f"{node} {choice}\n".encode())


def born(folder: Path) -> None:
    """Make the very first file, and a player in it."""
    with Store.open(folder) as store:
        store.player("Mara")


def kill_at_birth(folder: Path, draw: random.Random) -> None:
    """Kill a process that is just making its file; the next one must be able to go on."""
    pid = os.fork()
    if pid == 0:
        born(folder)
        os._exit(0)
    time.sleep(draw.uniform(0.0, 0.012))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with Store.open(folder) as store:
        assert all(isinstance(told, Emptied) for told in store.told), store.told
        assert [player.name for player in store.players()] in ([], ["Mara"])
        assert store.player("Mara").name == "Mara"


def main() -> None:
    folder, kills, draw = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    with Store.open(folder) as store:
        play_id = store.begin(store.player("Mara"), _Story(), 1).play_id  # type: ignore[arg-type]
    for birth in range(kills // 10):
        kill_at_birth(folder / f"birth-{birth}", draw)
    acknowledged: dict[int, str] = {}
    hot = 0
    for life in range(kills - kills // 10):
        process = Life(lambda pipe, seed=life: live(folder, play_id, seed, pipe))  # type: ignore[misc]
        if draw.random() < 0.15:
            # Some die while the file is being opened,
            time.sleep(draw.uniform(0.0, 0.004))
        else:
            # most a little after the word of a decision, somewhere in the middle of the next writes.
            process.listen(draw.randint(1, 9))
            time.sleep(draw.uniform(0.0, 0.003))
        said = dict(line.split() for line in process.kill())
        acknowledged |= {int(node): choice for node, choice in said.items()}
        journal_file = folder / "seenby.db-journal"
        hot += journal_file.exists() and journal_file.stat().st_size > 0
        with Store.open(folder) as store:
            assert store.told == (), store.told
            saved = {node.id: node.input.choice for node in store.journal(play_id).nodes}
        lost = {node: choice for node, choice in acknowledged.items() if saved.get(node) != choice}
        assert not lost, f"life {life} lost {lost}"
        # At most the one decision that was being acknowledged is there and was not heard of.
        assert len(saved) - len(acknowledged) <= life + 1
        look = sqlite3.connect(folder / "seenby.db")
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",), f"life {life}"
        assert look.execute("PRAGMA foreign_key_check").fetchall() == []
        look.close()
    print(json.dumps({"kills": kills, "acknowledged": len(acknowledged), "mid_write": hot}))


if __name__ == "__main__":
    main()
