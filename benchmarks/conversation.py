"""How quick a conversation is at 50, 1,000 and 10,000 messages, beside a plain view with a widget per message.

    python -m benchmarks.conversation

Each figure is the median of several tries in a headless app of 100 x 40 cells, from the call until the frame is drawn. Textual
draws at most 60 frames a second, so up to 17 ms of each is waiting; `key work` is the processor time of a key press alone. The memory is what Python itself allocated.
"""

from __future__ import annotations

import asyncio
import gc
import random
import tracemalloc
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter, process_time

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from benchmarks.measure import Table
from engine.play.phone import Entry, PlaceView, Reaction
from game.themes import dress, variable_defaults
from game.widgets.conversation import Conversation

SIZE = (100, 40)
NAMES = ("Marnie", "Rashid", "Col", "Jo", "Dev", "Tess")
WORDS = [
    "keys",
    "kettle",
    "rota",
    "Thursday",
    "nobody",
    "laughed",
    "until",
    "the",
    "radio",
    "went",
    "quiet",
    "and",
    "somebody",
    "said",
    "what",
    "about",
    "the",
    "woman",
    "at",
    "fourteen",
    "who",
    "rings",
    "every",
    "night",
    "because",
    "the",
    "lift",
    "is",
    "broken",
    "again",
    "😂",
    "fine",
    "then",
    "tomorrow",
    "今夜",
    "I",
    "will",
    "ask",
    "nicely",
    "once",
]

Row = tuple[str, int, float, float, float, float, float, float]
HEAD = ("view", "messages", "open ms", "key ms", "key work ms", "append ms", "resize ms", "memory MB")


def messages(count: int, seed: int = 4) -> list[Entry]:
    """`count` messages of varied length and kind, the same for the same seed."""
    draw = random.Random(seed)
    entries = []
    at = 0
    for number in range(count):
        at += draw.choice((20, 60, 300, 4000))
        name = draw.choice(NAMES)
        you = draw.random() < 0.2
        entry = Entry(
            f"m{number}",
            draw.choice(("text", "text", "text", "text", "picture", "voice")),
            " ".join(draw.choices(WORDS, k=draw.choice((1, 3, 6, 12, 25, 60)))),
            at,
            "you" if you else name.lower(),
            "You" if you else name,
            length=12,
            forwarded=draw.choice((0, 0, 0, 0, 1, 2)),
        )
        if draw.random() < 0.2:
            entry.reactions = [Reaction("😂", draw.randrange(1, 20), [name])]
        entries.append(entry)
    return entries


class Bubble(Static):
    """One message as a widget of its own."""

    DEFAULT_CSS = "Bubble { width: auto; max-width: 70%; padding: 0 1; margin: 0 0 1 0; background: $bubble-in; }"


class Naive(VerticalScroll):
    """A widget per message."""

    async def show(self, _place: PlaceView, entries: list[Entry]) -> None:
        await self.mount_all([Bubble(Content(f"{entry.name}\n{entry.text}")) for entry in entries])
        self.anchor()

    def append(self, entry: Entry) -> None:
        self.mount(Bubble(Content(f"{entry.name}\n{entry.text}")))


class Bench(App[None]):
    """An app with nothing but the view."""

    def __init__(self, make: Callable[[], Conversation | Naive]) -> None:
        super().__init__()
        self.make = make
        dress(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield self.make()


async def _settled(pilot: Pilot[None]) -> None:
    """Wait until every message is handled and the screen is drawn."""
    await pilot._wait_for_screen()
    drawn = asyncio.Event()
    pilot.app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def _median(tries: int, do: Callable[[], Awaitable[None]]) -> float:
    times = []
    for _ in range(tries):
        start = perf_counter()
        await do()
        times.append(perf_counter() - start)
    return median(times) * 1000


async def _show(view: Conversation | Naive, place: PlaceView, entries: list[Entry]) -> None:
    if isinstance(view, Naive):
        await view.show(place, entries)
    else:
        view.show(place, entries)


async def measure(name: str, make: Callable[[], Conversation | Naive], count: int, tries: int = 9) -> Row:
    """All figures of one view at one length."""
    entries = messages(count)
    more = iter(messages(60, seed=9))
    place = PlaceView("team", "group", "Team 4", 41)
    app = Bench(make)
    async with app.run_test(size=SIZE) as pilot:
        view = app.query_one(Conversation if make is Conversation else Naive)
        await _settled(pilot)
        gc.collect()

        async def show() -> None:
            await _show(view, place, entries)
            await _settled(pilot)

        opened = await _median(tries if isinstance(view, Conversation) else 1, show)
        view.focus()
        await _settled(pilot)

        async def key() -> None:
            app.simulate_key("up")
            await _settled(pilot)

        async def add() -> None:
            view.append(next(more))
            await _settled(pilot)

        widths = iter(range(99, 80, -1))

        async def resize() -> None:
            await pilot.resize_terminal(next(widths), SIZE[1])
            await _settled(pilot)

        appended = await _median(tries, add)
        start = process_time()
        pressed = await _median(tries, key)
        worked = (process_time() - start) * 1000 / tries
        resized = await _median(min(tries, 3), resize)
    memory = await _memory(make, entries, place)
    return (name, count, opened, pressed, worked, appended, resized, memory)


async def _memory(make: Callable[[], Conversation | Naive], entries: list[Entry], place: PlaceView) -> float:
    """What showing the entries adds, in MB, without the entries themselves."""
    app = Bench(make)
    async with app.run_test(size=SIZE) as pilot:
        view = app.query_one(Conversation if make is Conversation else Naive)
        await _settled(pilot)
        gc.collect()
        tracemalloc.start()
        await _show(view, place, entries)
        await _settled(pilot)
        gc.collect()
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    return size / 1e6


async def _all() -> list[Row]:
    rows = [await measure("conversation", Conversation, count) for count in (50, 1_000, 10_000)]
    return rows + [await measure("a widget per message", Naive, count, tries=3) for count in (50, 1_000)]


def run() -> Table:
    """Measure both views."""
    figures = list(asyncio.run(_all()))
    plain = {row[1]: row for row in figures if row[0] != "conversation"}
    rows = []
    for row in figures:
        name, count, *times = row
        ratio = f"{float(str(plain[count][2])) / float(str(row[2])):.1f}" if name == "conversation" and count in plain else ""
        rows.append((str(name), f"{count:,}", *(f"{float(str(time)):.1f}" for time in times), ratio))
    says = (
        "Headless, 100 x 40 cells, medians, from the call until the frame is drawn. Textual draws at most 60 frames a second, so up to "
        "17 ms of each is waiting; `key work` is the processor time of a key press alone. Bounds at 10,000 messages: open 100 ms, "
        "key within a frame (16 ms of work), append 50 ms."
    )
    return Table("The conversation", says, (*HEAD, "opens × faster"), rows)


if __name__ == "__main__":
    print(run())
