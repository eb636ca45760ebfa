"""Nobody waits for nothing: what is read stays out of the way of the garbage collector, and a pilot goes on as soon as an app is idle."""

from __future__ import annotations

import asyncio
import gc
from asyncio.base_events import BaseEventLoop
from typing import Any

import pytest
import textual.app
import textual.pilot
import textual.screen
from textual._wait import wait_for_idle

NEAR = 0.02
"""Seconds: a timer that is due within these belongs to what is going on (to draw the screen, to move something)."""
FRAME = 1 / 240
"""Seconds between two looks at what is to be drawn; 1 / 60 in the game, where there are eyes."""

_elsewhere: set[asyncio.Future[Any]] = set()
"""What threads were asked to do, and have not done."""
_run_in_executor = BaseEventLoop.run_in_executor


def _seen(loop: BaseEventLoop, executor: Any, work: Any, *args: Any) -> asyncio.Future[Any]:
    future = _run_in_executor(loop, executor, work, *args)
    _elsewhere.add(future)
    future.add_done_callback(_elsewhere.discard)
    return future


async def until_idle(min_sleep: float = NEAR, max_sleep: float = 1.0) -> None:
    """Wait until the event loop has nothing to do, and will not have at once.

    Textual waits at least 20 milliseconds here, twice for every key, and takes a process for idle that spends no time: on a machine with
    other things to do that may be one that was not let on. This looks at what waits in the loop instead. While a thread is at work it
    waits as Textual does.
    """
    loop: Any = asyncio.get_running_loop()
    latest = loop.time() + 2 * NEAR
    while True:
        await asyncio.sleep(0)
        if any(future.get_loop() is loop and not future.done() for future in _elsewhere):
            await wait_for_idle(min_sleep, max_sleep)
            return
        if loop._ready:
            continue
        now = loop.time()
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=None)
        if due is None or due - now > NEAR or now > latest:
            return
        await asyncio.sleep(max(0.0, due - now))


def pytest_configure() -> None:
    BaseEventLoop.run_in_executor = _seen  # type: ignore[assignment, method-assign]
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = until_idle  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = FRAME  # type: ignore[misc]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the garbage collector from what it was called for over and over: half the time of a screen's tests went there.

    All that was read to collect the tests stays to the end, so it is not looked through any more. And an app makes more than 700 objects
    for every key, so it is looked whether some of them can go only once in 100,000.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
