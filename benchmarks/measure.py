"""What every benchmark shares: best of several runs, and a table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass
class Table:
    """A table of figures with a sentence that says what it shows."""

    title: str
    says: str
    head: Row
    rows: list[Row]

    def __str__(self) -> str:
        lines = [f"## {self.title}", "", self.says, "", "| " + " | ".join(self.head) + " |", "|" + " --- |" * len(self.head)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines) + "\n"


def best_rate(work: Callable[[], int], runs: int = 5) -> float:
    """Pieces of work a second, in the best of several runs. `work` returns how many pieces it did."""
    best = 0.0
    for _ in range(runs):
        begun = time.perf_counter()
        done = work()
        best = max(best, done / (time.perf_counter() - begun))
    return best


def best_time(work: Callable[[], object], runs: int = 5) -> float:
    """Seconds that the best of several runs takes."""
    best = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best
