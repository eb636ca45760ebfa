"""Kill a projector's process again and again, and look each time whether the room stands where it was last shown.

Run as a program: `python -m tests.game.workshop.killed_room FOLDER STORY KILLS SEED`. Each life is a real process that goes on with the
room, votes, decides, goes back, and says after each step how the room stands. The parent meanwhile sends commands as the notes terminal
does, kills the process at a random moment, and compares. Prints one JSON line, or fails with what is missing.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

from engine import load_story
from engine.room.inputs import Go, Hands, Setup, Tell, Turn, Undo, encode
from engine.room.room import NotNow, Room
from engine.room.steps import onward
from engine.story.model import Story
from game.workshop.host import RoomHost, read_room
from game.workshop.steering import BackOne, Onward, encode_command
from saves.errors import Locked
from saves.rooms import NoProjector, Rooms
from saves.store import Store
from tests.killing import Life


def standing(room: Room) -> str:
    """How a room stands, in a word that is as good as the whole."""
    return f"{len(room.inputs)}:{encode(room.inputs[-1]) if room.inputs else ''}".replace("\n", " ")


def live(folder: Path, story: Story, room_id: str, seed: int, pipe: int) -> None:
    """Go on with the room until killed."""
    draw = random.Random(seed)
    with Store.open(folder, patience=5.0) as store:
        host = RoomHost.resume(store, room_id, story)
        os.write(pipe, f"{standing(host.room)}\n".encode())
        while True:
            kind = draw.random()
            try:
                if kind < 0.25:
                    host.poll()
                elif kind < 0.3:
                    host.do(Go(draw.randrange(len(host.room.state.nodes)), keep=True))
                elif kind < 0.35:
                    host.do(Undo())
                elif kind < 0.4:
                    host.countdown_start(60)
                elif host.room.phase in ("first", "second") and kind < 0.8:
                    keys = [item.key for item in host.room.question.items] if host.room.question else []
                    round_ = 1 if host.room.phase == "first" else 2
                    host.do(Hands(draw.choice(keys), draw.randrange(20), round_))
                elif host.room.phase == "ended":
                    host.do(Go(0))
                else:
                    host.do(*(onward(host.room) or (Turn("decide"),)))
            except NotNow:
                host.do(Tell(99))
            # One write to the pipe, made only after it came back: now the room would see it.
            os.write(pipe, f"{standing(host.room)}\n".encode())
            time.sleep(0.005)  # as a facilitator does, a little shorter


def main() -> None:
    folder, kills, draw = Path(sys.argv[1]), int(sys.argv[3]), random.Random(int(sys.argv[4]))
    story = load_story(Path(sys.argv[2]))
    with Store.open(folder) as store:
        room_id = store.rooms.begin(story, Setup(7, rehearsal=True)).room_id
    shown = asked = refused = 0
    for life in range(kills):
        process = Life(lambda pipe, seed=life: live(folder, story, room_id, seed, pipe))  # type: ignore[misc]
        wanted = draw.randint(1, 12)
        with Store.open(folder, patience=10.0) as store:
            notes = store.rooms.open(room_id)
            while process.hears(wanted):
                if draw.random() < 0.3:
                    with suppress(Locked, NoProjector):  # whoever writes without a pause leaves nobody else room to
                        notes.send(encode_command(draw.choice([Onward(), BackOne()])))
                        asked += 1
            time.sleep(draw.uniform(0.0, 0.003))
            heard = process.kill()
        last = heard[-1]
        with Store.open(folder) as store:
            assert store.told == (), store.told
            rooms: Rooms = store.rooms
            assert not rooms.live(room_id), "the dead hold nothing"
            journal = rooms.open(room_id)
            found = read_room(journal.info, journal.inputs, story)
            assert found.kept == len(journal.inputs)
            count = int(last.partition(":")[0])
            assert len(journal.inputs) - count in range(3), f"life {life}: {count} shown, {len(journal.inputs)} kept"
            again = standing(Room.replay(story, journal.info.setup, journal.inputs[:count]))
            assert again == last, f"life {life}: {last} shown, {again} kept"
            shown += len(heard)
            answers = journal.answers(0)
            assert [one.number for one in answers] == sorted({one.number for one in answers})
            refused += len(journal.waiting())
            journal.show("late").release()
            assert not journal.waiting()
    print(json.dumps({"kills": kills, "shown": shown, "asked": asked, "refused": refused}))


if __name__ == "__main__":
    main()
