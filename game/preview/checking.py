"""The check of a whole story for a preview, in a process of its own: an order in JSON comes in, findings in JSON go out.

Looking at all plays is seconds of work; in the process of the screen it would make every save and every key wait.
"""

from __future__ import annotations

import os
import sys

import msgspec

from game.preview.reading import Order

SECONDS = 2.0
"""The longest that looking at all plays may take."""
STATES = 100_000
"""The most states that are looked at."""


def answer(order: bytes) -> bytes:
    """The findings that an order asks for."""
    from engine.check import Limits, check
    from engine.script.read import read

    wanted = msgspec.json.decode(order, type=Order)
    found = check(read(wanted.data, wanted.name), wanted.slots, wanted.defaults, Limits(seconds=SECONDS, states=STATES))
    return msgspec.json.encode(found)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # whoever writes and plays goes first
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
