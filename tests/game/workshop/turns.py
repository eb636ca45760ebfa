"""Processes that share a file of saves, taken through every order in which their steps can come.

Each process is a thread here, and only one goes at a time. It gives up its turn where another process could come in between: before a
transaction, and before a lock on a room is taken, looked at or let go of outside of one. A transaction is one step, which SQLite sees to.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from saves.file import SavesFile
from saves.hold import Hold


class Turns:
    """One run: the processes go on in the order that `order` says, and where it ends, the one whose turn it is goes on."""

    def __init__(self, order: Sequence[int]) -> None:
        self._order = list(order)
        self._control = threading.Semaphore(0)
        self._mine: dict[int, threading.Semaphore] = {}
        self._here = threading.local()
        self._done: set[int] = set()
        self.could: list[tuple[int, ...]] = []
        """Who could have had each turn, the one who had it first."""

    def point(self) -> None:
        """Another process may come in here."""
        me = getattr(self._here, "number", None)
        if me is None or self._here.depth:
            return
        self._control.release()
        self._mine[me].acquire()

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """What goes on in here is one step."""
        self._here.depth = getattr(self._here, "depth", 0) + 1
        try:
            yield
        finally:
            self._here.depth -= 1

    def run(self, *processes: Callable[[], object]) -> None:
        """Run them all to their end. Raises what one of them raised."""
        problems: list[BaseException] = []

        def go(number: int, act: Callable[[], object]) -> None:
            self._here.number, self._here.depth = number, 0
            self._mine[number].acquire()
            try:
                act()
            except BaseException as problem:
                problems.append(problem)
            self._done.add(number)
            self._control.release()

        threads = []
        for number, act in enumerate(processes):
            self._mine[number] = threading.Semaphore(0)
            threads.append(threading.Thread(target=go, args=(number, act), daemon=True))
            threads[-1].start()
        last = -1
        while ready := [number for number in range(len(processes)) if number not in self._done]:
            # Whoever went last comes first: to let somebody else go is what is counted.
            ready.sort(key=lambda number: number != last)
            at = len(self.could)
            last = self._order[at] if at < len(self._order) else ready[0]
            self.could.append((last, *(number for number in ready if number != last)))
            self._mine[last].release()
            self._control.acquire()
        for thread in threads:
            thread.join()
        if problems:
            raise problems[0]


def orders(run: Callable[[Turns], object], *, switches: int) -> int:
    """Run it in every order in which a process is interrupted at most so many times. Returns how many there were."""
    count = 0
    left: list[tuple[int, ...]] = [()]
    while left:
        order = left.pop()
        turns = Turns(order)
        run(turns)
        count += 1
        taken = [could[0] for could in turns.could]
        for at in range(len(order), len(taken)):
            for other in turns.could[at][1:]:
                way = (*taken[:at], other)
                if _interruptions(way, turns.could) <= switches:
                    left.append(way)
    return count


def _interruptions(way: Sequence[int], could: Sequence[tuple[int, ...]]) -> int:
    """How often a process that was not done yet had to wait for another."""
    return sum(1 for at in range(1, len(way)) if way[at] != way[at - 1] and way[at - 1] in could[at])


@contextlib.contextmanager
def watched(turns: Turns) -> Iterator[None]:
    """The processes give up their turns where they touch what they share."""

    def single(act: Callable[..., Any]) -> Callable[..., Any]:
        def with_a_turn(*given: object) -> object:
            turns.point()
            with turns.whole():
                return act(*given)

        return with_a_turn

    transaction = SavesFile._transaction

    @contextlib.contextmanager
    def in_turn(self: SavesFile, begin: str) -> Iterator[Any]:
        turns.point()
        with turns.whole(), transaction(self, begin) as connection:
            yield connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SavesFile, "_transaction", in_turn)
        for name in ("take", "taken", "release"):
            patch.setattr(Hold, name, single(getattr(Hold, name)))
        yield


__all__ = ["Turns", "orders", "watched"]
