"""A compiled story: what a play needs, with every reference resolved.

All values of a story stand in one tuple of whole numbers: the five dials first (hundredths of a point), then flags, then what the
engine itself remembers (choices taken, pieces picked, places left or muted, messages seen or gone) where something asks for it.
A change of values is an `Op`; whatever changes state while a script runs is a `Move`. Both are plain tuples, so that the play and
the table-driven stepper run the very same programs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.odds import DEFAULTS, Content, Habit, Habits
from engine.script import format as form
from engine.script.lines import AnyLine
from engine.script.times import DAY as DAY
from engine.story.given import Given

DIAL_COUNT = len(form.DIALS)
"""So many of the first values of a story are dials."""
DIAL_UNIT = 100
"""One point of a dial, as it is counted inside: late reports count a quarter or a tenth of their good, which stays exact."""

SILENCE = "silence"
"""The id of the choice that is the silence."""

END = "(end)"
"""The state after the last scene."""

Values = Sequence[int]
Test = Callable[[Values], object]

Op = tuple[int, bool, int, int, int]
"""(index, add?, amount, lowest, highest)"""


class Guard:
    """A compiled condition. `reads` are the indices of the values that it asks for.

    `limits` are the (index, number) pairs such that it asks only on which side of each number a value lies: the value is at least the
    number, or less. None when it compares two values. `at_least` is (index, number) when it asks only whether that value is at least that number, else (-1, 0).
    """

    __slots__ = ("at_least", "limits", "reads", "test", "text")

    def __init__(
        self,
        test: Test,
        reads: frozenset[int],
        text: str,
        at_least: tuple[int, int] = (-1, 0),
        limits: frozenset[tuple[int, int]] | None = None,
    ) -> None:
        self.test = test
        self.reads = reads
        self.text = text
        self.at_least = at_least
        self.limits = limits

    def __repr__(self) -> str:
        return f"Guard({self.text!r})"


@dataclass(slots=True)
class Var:
    """One value of the state."""

    name: str
    kind: Literal["dial", "flag", "number", "taken", "piece", "left", "muted", "timer", "in", "seen", "gone"]
    index: int
    start: int = 0
    low: int = 0
    high: int = 1


Part = tuple[str, str]
Template = str | tuple[str | Part, ...]
"""Text with its slots: plain text, or runs of text and `("slot", name)`."""


# Moves: what a script does to state. (guard or None, code, a, b, c, d)
WAIT, UNTIL, SET, SHOWN = range(4)
Move = tuple[Guard | None, int, int, int, int, int, int]
"""WAIT seconds · UNTIL moment · SET index value · SHOWN seen gone timer due left (indices; -1: not kept)."""


@dataclass(slots=True)
class Cue:
    """One line of a script, resolved."""

    line: AnyLine
    id: str
    place: str
    who: str | None = None
    by: str | None = None
    text: Template = ""
    subject: Template = ""
    to: Template = ""
    guard: Guard | None = None
    moves: tuple[Move, ...] = ()
    simple: bool = False
    """Words that somebody says, and nothing else about them."""


@dataclass(slots=True)
class Lasting:
    """A lasting effect on a place, resolved, for the events that show it."""

    verb: str
    place: str = ""
    person: str = ""
    message: str = ""
    seconds: int = 0


@dataclass(slots=True)
class Effect:
    """What something changes."""

    source: str
    ops: tuple[Op, ...] = ()
    dials: dict[str, int] = field(default_factory=dict)
    because: Template = ""
    late: int = 100
    """Percent at which the good of `dials` counts, for being late; 100 where there is no good in it."""
    flags: tuple[tuple[str, int], ...] = ()
    """(flag, index) of what `set` changes, for the events."""
    lasting: tuple[Lasting, ...] = ()
    later: tuple[int, ...] = ()
    """Indices into `Story.dues`."""
    affects: tuple[str, ...] = ()
    """Those of the cast whom it touches, as the author says."""


@dataclass(slots=True)
class Due:
    """Something that may come due: `after` seconds of delay, or the end of a disappearing message (`scene` None)."""

    id: str
    index: int
    made_by: str
    after: int = 0
    scene: str | None = None
    otherwise: str | None = None
    guard: Guard | None = None
    promise: bool = False
    effect: Effect | None = None
    time_of_day: int = -1
    """Seconds since midnight at which it comes; -1: whenever the delay is over."""

    def due_at(self, since: int) -> int:
        """Story time at which it is due when the delay begins at `since`."""
        due = since + self.after
        if self.time_of_day < 0:
            return due
        wanted = due - due % DAY + self.time_of_day
        return wanted if wanted >= due else wanted + DAY


@dataclass(slots=True)
class Branch:
    """One way on: `to` when `guard` holds."""

    to: str
    guard: Guard | None = None


Next = tuple[Branch, ...]


@dataclass(slots=True)
class Choice:
    """A compiled choice."""

    id: str
    ref: str
    label: Template
    action: str
    effect: Effect
    thought: Template = ""
    on: str | None = None
    to: str | None = None
    send: Template | None = None
    react: str | None = None
    forward: str | None = None
    sent: str = ""
    """Id of the message that it sends."""
    moves: tuple[Move, ...] = ()
    """What sending it does to state."""
    guard: Guard | None = None
    """Its `if`."""
    open: Guard | None = None
    """When it can be taken: its `if`, and the messages that it acts on are still there."""
    gone: tuple[int, ...] = ()
    """Indices of the values that say that such a message is gone."""
    shut: int = -1
    """Index of the value that says that the player has left the place that it goes to."""
    cap: tuple[int, int] = (-1, 0)
    """Index of the value that counts how often its message was forwarded here, and how often the app allows it (F4.1)."""
    else_: Template | None = None
    script: tuple[Cue, ...] = ()
    takes: int = 0
    look: bool = False
    stay: bool = False
    option: Any = None
    """The option as it is offered, kept by the play stage when it is the same for every play."""
    used: int = -1
    """Index of the value that remembers that it was taken; -1 when nothing asks."""
    next: Next = ()


@dataclass(slots=True)
class Piece:
    """A compiled piece of a pick."""

    id: str
    ref: str
    label: Template
    effect: Effect
    thought: Template = ""
    guard: Guard | None = None
    else_: Template | None = None
    cost: int = 1
    at: int = -1
    """Index of the value that holds its place in the order."""


@dataclass(slots=True)
class Rule:
    """A compiled rule of a pick or board."""

    id: str
    guard: Guard
    effect: Effect
    script: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Pick:
    """A compiled pick."""

    pieces: dict[str, Piece]
    ask: Template
    least: int
    most: int
    ordered: bool
    looks: str
    done: Template
    effect: Effect
    rules: tuple[Rule, ...] = ()
    send: Template | None = None
    sent: str = ""
    moves: tuple[Move, ...] = ()
    to: str | None = None
    script: tuple[Cue, ...] = ()
    takes: int = 0


@dataclass(slots=True)
class Card:
    """A compiled clue card."""

    id: str
    text: Template
    owner: Template
    guard: Guard | None
    tells: frozenset[str]
    weight: float | None = None
    """How likely it alone is to give its answers away; None where the author did not say."""


@dataclass(slots=True)
class Question:
    """A compiled question of a board."""

    id: str
    ask: Template
    at: int = -1


@dataclass(slots=True)
class Board:
    """A compiled board."""

    cards: dict[str, Card]
    questions: dict[str, Question]
    ask: Template
    done: Template
    effect: Effect
    count: int = -1
    found: int = -1
    rules: tuple[Rule, ...] = ()
    script: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Telling:
    """A compiled telling."""

    id: str
    weight: int
    script: tuple[Cue, ...]
    way: str = ""
    """Where the scene tells of a leak: `passed-on`, `found`, `out` or `never`."""


@dataclass(slots=True)
class Scene:
    """A compiled scene."""

    id: str
    title: Template
    place: str | None
    effect: Effect
    when: int | None = None
    relative: bool = False
    guard: Guard | None = None
    skip: Template | None = None
    note: Template | None = None
    """What is in it that somebody may not want to read; without one, the story's note says so of all of it."""
    optional: Template | None = None
    discuss: Template | None = None
    """What a room talks about once it has decided here."""
    script: tuple[Cue, ...] = ()
    tellings: tuple[Telling, ...] = ()
    told_for: int = 0
    """Story seconds of the longest telling: what a scene with tellings takes, whichever is told."""
    ask: Template = ""
    limit: int = 0
    lapse: str = ""
    choices: dict[str, Choice] = field(default_factory=dict)
    pick: Pick | None = None
    board: Board | None = None
    no_silence: Template = ""
    not_now: dict[str, Template] = field(default_factory=dict)
    next: Next = ()
    consequence: bool = False
    moves: tuple[Move, ...] = ()
    left: int = -1
    """Index of the value that says that the player has left the scene's place."""
    muted: int = -1
    leak: str = ""
    """The message of which the tellings tell what became of it; empty: their weights draw."""
    cut: bool = False
    """A short session leaves it out: it is passed over, as if its `if` did not hold. See `engine.story.cut`."""

    @property
    def decides(self) -> bool:
        """The player decides something here."""
        return bool(self.choices) or self.pick is not None or self.board is not None


@dataclass(slots=True)
class Place:
    """A compiled place."""

    id: str
    kind: str
    name: Template
    members: int = 0
    people: tuple[str, ...] = ()
    audience: Template = ""
    admins: tuple[str, ...] = ()
    timer: int = 0
    timer_at: int = -1
    left_at: int = -1
    muted_at: int = -1
    official: bool = False
    own: bool = False
    phone: str | None = None
    rule: Template = ""
    """What was said about passing things on; empty: nothing."""
    habits: dict[Habit, int] = field(default_factory=dict)
    """How many of those who are nobody of the cast have a habit."""
    past: tuple[Cue, ...] = ()
    past_times: tuple[int, ...] = ()
    """When each line of the past was, in story time; none is later than the beginning."""


@dataclass(slots=True)
class Row:
    """A row of a passage; empty: it parts paragraphs."""

    number: int
    """Rows that follow each other in the text have numbers that do; between others stood something that is not told."""
    text: Template
    guard: Guard | None = None


@dataclass(slots=True)
class Passage:
    """Words of which some may depend on something: an epilogue, a coda, what nobody saw. Without blocks it is one row."""

    rows: tuple[Row, ...] = ()

    def told(self, values: Values) -> list[Template]:
        """The lines that are told as things stand. What is left out leaves no second empty line behind, and none at either end."""
        lines: list[Template] = []
        gap = run = 0
        last = -2
        for row in self.rows:
            if row.guard is not None and not row.guard.test(values):
                continue
            if row.text == "":
                run = run + 1 if row.number == last + 1 else 1
                gap = max(gap, run)
            else:
                lines += [""] * gap if lines else []
                lines.append(row.text)
                gap = run = 0
            last = row.number
        return lines

    def parts(self) -> list[tuple[Guard | None, list[Template]]]:
        """The lines that stand under one condition, each with it, in order: for whoever reads all of it at once."""
        found: list[tuple[Guard | None, list[Template]]] = []
        before = None
        for row in self.rows:
            asked = row.guard.text if row.guard is not None else ""
            if before == asked:
                found[-1][1].append(row.text)
            elif row.text != "":
                found.append((row.guard, [row.text]))
                before = asked
            else:
                before = None
        return found


@dataclass(slots=True)
class Ending:
    """A compiled ending."""

    id: str
    title: Template
    epilogue: Passage
    guard: Guard | None
    support: bool


@dataclass(slots=True)
class Coda:
    """A compiled coda."""

    id: str
    text: Passage
    guard: Guard | None


@dataclass(slots=True)
class Witness:
    """Somebody who reads the same thread with other eyes, as the author wrote them."""

    id: str
    name: Template
    """Empty for somebody of the cast, and where the usual words will do."""
    what: Template
    places: frozenset[str] | None
    """What reached them; None: what they were in."""
    since: str | None
    """The message that it begins with."""
    only: frozenset[str]
    scenes: frozenset[str]
    before: tuple[Cue, ...] = ()
    on: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    after: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Saw:
    """Something that a stakeholder came to know of. Shares from 0 to 1; see `engine.futures.trust`."""

    id: str
    what: Template
    guard: Guard | None
    gain: float
    severity: float
    reach: float


@dataclass(slots=True)
class Stakeholder:
    """People whose trust the debrief follows."""

    id: str
    name: Template
    starts: float
    saw: tuple[Saw, ...]


@dataclass(slots=True)
class AtStake:
    """What the author says of leaks and of trust. It moves no dial and no ending."""

    habits: Habits = DEFAULTS
    people: dict[str, Habit] = field(default_factory=dict)
    """Habits of the cast, where they are not ordinary."""
    contents: dict[str, Content] = field(default_factory=dict)
    """Message id to its content, where the author said."""
    told: frozenset[str] = frozenset()
    """Messages of which some scene tells what became of them."""
    stakeholders: tuple[Stakeholder, ...] = ()


@dataclass(slots=True)
class Story:
    """A story, ready to play. Holds nothing about any play: many plays share one."""

    scenario: form.Scenario
    hash: str
    file: str
    vars: tuple[Var, ...]
    var_index: dict[str, int]
    start: str
    start_clock: int
    weekday: int
    """Weekday of day 1, Monday is 0."""
    places: dict[str, Place]
    scenes: dict[str, Scene]
    dues: tuple[Due, ...]
    reckoning: tuple[int, ...]
    endings: tuple[Ending, ...]
    codas: tuple[Coda, ...]
    slots: dict[str, str]
    messages: dict[str, tuple[int, int]]
    """Message id to (seen index, gone index), -1 where nothing asks."""
    unseen: dict[str, Passage]
    questions: tuple[Template, ...]
    cheapest_because: Template = ""
    witnesses: tuple[Witness, ...] = ()
    """Who may be asked in the debrief, in the author's order."""
    head: dict[str, str] = field(default_factory=dict)
    """What is said of the scenario before anybody plays: title, blurb, tone, sector, note, author, licence, `you` and `you.is`."""
    cast: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the author says of each member of the cast: name, is, handle, phone, job, pronouns, where given."""
    start_pending: tuple[tuple[int, int], ...] = ()
    """What is to come when the story begins: (story time, index into `dues`), soonest first: old messages that are to go."""
    slots_used: frozenset[str] = frozenset()
    """The slots that some text asks for: `policy`, `jo`, `jo.job`."""
    machine: object = None
    rules: tuple[Template, ...] = ()
    """If-then rules that a player may begin from, at the end of the debrief."""
    stake: AtStake = field(default_factory=AtStake)
    cut: tuple[str, ...] = ()
    """The scenes that are left out, in the order of the file; empty: the whole story."""
    given: Given | None = None
    """What came before, when it begins as a part of a career; its `vars` start with it. See `engine.story.given`."""
    horizon: int | None = None
    """Seconds after the last decision from which on nothing comes due, since the next part of a career begins there; None: no limit.
    See `engine.story.horizon`."""

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.scenario.id

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.head["title"]

    @property
    def blurb(self) -> str:
        """One or two sentences for the card."""
        return self.head["blurb"]

    @property
    def minutes(self) -> int:
        """Minutes that a careful reader takes."""
        return self.scenario.minutes

    @property
    def tone(self) -> str:
        """How it feels."""
        return self.head["tone"]

    @property
    def note(self) -> str | None:
        """What a player may want to know beforehand."""
        return self.head.get("note")

    @property
    def covers(self) -> list[str]:
        """The source statements it covers."""
        return self.scenario.covers

    def ending_at(self, values: Values) -> Ending:
        """The ending that a play comes to with these values: the first that holds. The last always does."""
        return next(one for one in self.endings if one.guard is None or one.guard.test(values))

    def codas_at(self, values: Values) -> list[Coda]:
        """The codas that hold with these values."""
        return [one for one in self.codas if one.guard is None or one.guard.test(values)]

    def start_values(self) -> tuple[int, ...]:
        """The values at the beginning."""
        return tuple(var.start for var in self.vars)
