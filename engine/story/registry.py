"""All the names of a scenario: what exists, what a reference means, and the values that a play keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, TypedDict

from engine.script import format as form
from engine.script.conditions import WORDS, Asks, IsIn, Name
from engine.script.findings import Path
from engine.script.lines import Change, Membership, Say, Timer
from engine.script.parts import conditions_of, effects_of, nodes_of, placed, scripts_of, start_place
from engine.script.read import Source
from engine.story.model import Var
from engine.story.slots import PLAYER_WORDS, standard_slots

VarKind = Literal["dial", "flag", "number", "taken", "piece", "left", "muted", "timer", "in", "seen", "gone"]
ALWAYS = 10**9

PLACE_KINDS: tuple[tuple[str, str], ...] = (
    ("group", "group"), ("dm", "dm"), ("feed", "feed"), ("mail", "mail"), ("settings", "settings"), ("in_person", "in-person"),
    ("call", "call"), ("letter", "letter"), ("form", "form"), ("records", "records"), ("board", "board"),
)  # fmt: skip
_HEADS = re.compile(r"\{\s*if\b[^{}]*\}")


@dataclass
class Registry:
    """Names and values of one scenario while it is compiled."""

    source: Source
    scenario: form.Scenario
    vars: list[Var] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    """Message id to the place it is shown in (as far as can be told before scripts are compiled)."""
    asked: set[str] = field(default_factory=set)
    """Names that some condition asks for."""
    speakers: dict[str, str] = field(default_factory=dict)
    """People as they may be written, in lower case, to their ids."""
    viral: set[str] = field(default_factory=set)
    """Messages that were forwarded many times."""
    consequences: set[str] = field(default_factory=set)
    """Scenes that something brings after a delay."""

    def __post_init__(self) -> None:
        for dial in form.DIALS:
            self.new(dial, "dial", 0, -ALWAYS, ALWAYS)
        self._speakers()
        self._messages()
        self._flags()
        for condition in conditions_of(self.scenario):
            for node in nodes_of(condition.node):
                if isinstance(node, Name):
                    self.asked.add(node.name)
                elif isinstance(node, Asks):
                    self.asked.add(f"{node.what} {node.target}")
                elif isinstance(node, IsIn):
                    self.asked.add(f"{node.person} in {node.place}")
        self._places()

    # Values

    def new(self, name: str, kind: VarKind, start: int, low: int, high: int) -> int:
        """The index of a value, made if it is new."""
        known = self.index.get(name)
        if known is not None:
            return known
        index = len(self.vars)
        self.vars.append(Var(name, kind, index, start, low, high))
        self.index[name] = index
        return index

    def flag_names(self) -> list[str]:
        """Names of all flags."""
        return [var.name for var in self.vars if var.kind in ("flag", "number")]

    def _flags(self) -> None:
        for name, flag in self.scenario.flags.items():
            if name in form.DIALS:
                self.source.add("SB209", ("flags", name), f"'{name}' is a dial", "give the flag another name", key=True)
                continue
            if name in WORDS:
                self._word_as_flag(name, ("flags", name))
            if flag.from_ is None and flag.to is None:
                self.new(name, "flag", min(1, max(0, flag.starts or 0)), 0, 1)
                continue
            low = flag.from_ or 0
            high = flag.to if flag.to is not None else low
            if high <= low or high - low > 10_000:
                self.source.add(
                    "SB210",
                    ("flags", name),
                    f"'{name}' goes from {low} to {high}",
                    "give `from` and a larger `to`, at most 10000 apart",
                )
                high = low + 1
            start = flag.starts if flag.starts is not None else max(low, min(0, high))
            if not low <= start <= high:
                self.source.add(
                    "SB210",
                    ("flags", name, "starts"),
                    f"'{name}' starts at {start}, outside {low} to {high}",
                    "mend `starts`, or the bounds",
                )
                start = low
            self.new(name, "number", start, low, high)
        for path, effects in effects_of(self.scenario):
            self._flags_set(path, effects.set)
            for number, later in enumerate(effects.later):
                self._flags_set((*path, "later", number), later.set)

    def _flags_set(self, path: Path, changes: dict[str, form.Change]) -> None:
        for name, change in changes.items():
            if name in form.DIALS:
                self.source.add("SB209", (*path, "set", name), f"'{name}' is a dial", "write it under `dials`", key=True)
                continue
            if name not in self.index and name in WORDS:
                self._word_as_flag(name, (*path, "set", name))
            if self.vars[self.new(name, "flag", 0, 0, 1)].kind == "flag" and (change.by or change.value not in (0, 1)):
                declared = "stands under `flags` as a yes or no" if name in self.scenario.flags else "is not declared"
                self.source.add(
                    "SB211",
                    (*path, "set", name),
                    f"'{name}' is given the number {change.text or change.value}, but {declared}",
                    f"under `flags`, say between which numbers it lies: `{name}: {{from: 0, to: 9}}`",
                )

    def _word_as_flag(self, name: str, path: Path) -> None:
        self.source.add("SB209", path, f"'{name}' means something else in an `if`", "give the flag another name", key=True)

    def _places(self) -> None:
        left = {target for what, _, target in (name.partition(" ") for name in self.asked) if what == "left"}
        muted = {target for what, _, target in (name.partition(" ") for name in self.asked) if what == "muted"}
        timed = {name for name, place in self.scenario.places.items() if place.timer is not None}
        self.deleted: set[str] = set()
        for _path, effects in effects_of(self.scenario):
            for lasting in effects.do_:
                if lasting.verb == "leave" and lasting.place:
                    left.add(lasting.place)
                elif lasting.verb in ("mute", "unmute") and lasting.place:
                    muted.add(lasting.place)
                elif lasting.verb == "timer" and lasting.place:
                    timed.add(lasting.place)
                elif lasting.verb == "delete" and lasting.message:
                    self.deleted.add(lasting.message)
                elif lasting.verb == "remove" and lasting.place and lasting.person == "you":
                    left.add(lasting.place)
        for path, script in scripts_of(self.scenario):
            for place, line in placed(script.lines, start_place(self.scenario, path)):
                if (
                    isinstance(line, Membership)
                    and place
                    and line.who.casefold() == "you"
                    and line.how in ("leaves", "removes")
                ):
                    left.add(place)
                elif isinstance(line, Timer) and place:
                    timed.add(place)
                elif isinstance(line, Change) and line.how == "deleted":
                    self.deleted.add(line.message)
                elif isinstance(line, Say) and line.id and line.expires:
                    self.deleted.add(line.id)
        for name, place_form in self.scenario.places.items():
            if name in left:
                self.new(f"left {name}", "left", 0, 0, 1)
            if name in muted:
                self.new(f"muted {name}", "muted", 0, 0, ALWAYS)
            if name in timed:
                self.new(f"timer {name}", "timer", place_form.timer.seconds if place_form.timer else 0, 0, ALWAYS)
        self.timed = timed
        actors = set()
        for scene in self.scenario.scenes.values():
            actors |= {choice.on for choice in scene.choices.values() if choice.on}
            actors |= {choice.forward for choice in scene.choices.values() if choice.forward}
        for message, place in self.messages.items():
            if f"seen {message}" in self.asked:
                self.new(f"seen {message}", "seen", 0, 0, 1)
            can_go = message in self.deleted or place in timed
            if f"gone {message}" in self.asked or (can_go and message in actors):
                self.new(f"gone {message}", "gone", 0, 0, 1)
        for name in sorted(self.asked):
            person, word, place = name.partition(" in ")
            if word and place in self.scenario.places:
                person = self.speakers.get(person.casefold(), person)
                self.new(f"{person} in {place}", "in", int(person in self.people(place)), 0, 1)

    # Names

    def people(self, place: str) -> list[str]:
        """Ids of those of the cast who are in a place when the story begins, as far as they are known."""
        written = self.scenario.places[place]
        names = written.with_ or [name for name in (written.dm, written.call) if name is not None]
        found = (self.speakers.get(name.casefold()) for name in names)
        return [person for person in dict.fromkeys(found) if person is not None and person != "you"]

    def kind_of(self, place: str | None) -> str:
        """The kind of a place, or nothing for none and for one without a kind."""
        written = self.scenario.places.get(place) if place else None
        kinds = (kind for attribute, kind in PLACE_KINDS if getattr(written, attribute, None) is not None)
        return next(kinds, "")

    def _speakers(self) -> None:
        self.speakers["you"] = "you"
        for slot in PLAYER_WORDS:
            if slot in self.scenario.slots:
                hint = "give the slot another id"
                self.source.add("SB208", ("slots", slot), f"`{{{slot}}}` stands for the player", hint, key=True)
        standard = standard_slots()
        for person in self.scenario.cast:
            if person in PLAYER_WORDS:
                self.source.add(
                    "SB212",
                    ("cast", person),
                    f"`{{{person}}}` stands for the player",
                    "give the cast member another id",
                    key=True,
                )
                continue
            if person in self.scenario.slots:
                self.source.add(
                    "SB208",
                    ("slots", person),
                    f"`{{{person}}}` would be a slot and somebody of the cast",
                    "give one of them another id",
                    key=True,
                )
            elif person in standard:
                hint = "give the cast member another id"
                self.source.add(
                    "SB208", ("cast", person), f"`{{{person}}}` is a slot that every organisation has", hint, key=True
                )
            self.speakers[person.casefold()] = person
        for person, member in self.scenario.cast.items():
            if member.name is not None and person in self.speakers:
                other = self.speakers.get(member.name.casefold(), person)
                if other != person:
                    self.source.add(
                        "SB213",
                        ("cast", person, "name"),
                        f"'{member.name}' is also '{other}'",
                        "write ids in scripts, or rename one of them",
                    )
                self.speakers[member.name.casefold()] = person

    def _messages(self) -> None:
        for path, script in scripts_of(self.scenario):
            sure: dict[str, bool] = {}
            for place, line in placed(script.lines, start_place(self.scenario, path)):
                if not isinstance(line, Say) or line.id is None:
                    continue
                # Two that depend on something may be one or the other; one that is always there is there beside any other.
                if line.id in sure and (line.cond is None or sure[line.id]):
                    self.source.add(
                        "SB214", path, f"two messages are called '{line.id}'", "give one another id", row=line.row, col=line.col
                    )
                sure[line.id] = sure.get(line.id, False) or line.cond is None
                if line.forwarded == 2:
                    self.viral.add(line.id)
                self.messages.setdefault(line.id, place or "")

        for scene_id, scene in self.scenario.scenes.items():
            path = ("scenes", scene_id)
            senders: list[tuple[Path, form.Choice | form.Pick]] = [
                ((*path, "choices", name), choice) for name, choice in scene.choices.items()
            ]
            if scene.pick is not None:
                senders.append(((*path, "pick"), scene.pick))
            for where, sender in senders:
                if sender.sent is None:
                    continue
                if sender.sent in self.messages:
                    self.source.add(
                        "SB214", (*where, "sent"), f"two messages are called '{sender.sent}'", "give one another id"
                    )
                self.messages.setdefault(sender.sent, sender.to or scene.in_ or "")

    def unknown(
        self,
        code: str,
        what: str,
        name: str,
        known: Iterable[str],
        path: Path,
        *,
        row: int = 0,
        col: int = 0,
        key: bool = False,
    ) -> None:
        """Report a reference to something that is not there."""
        known = list(known)
        # Capital letters make nobody another person, but a hint is spelled as it is to be written.
        if name[:1].isupper():
            known.sort(key=lambda one: not one[:1].isupper())
        spelled = {one.casefold(): one for one in reversed(known)}
        near = get_close_matches(name.casefold(), spelled, n=1)
        if near:
            hint = f"did you mean '{spelled[near[0]]}'?"
        else:
            hint = f"known: {', '.join(known[:12])}" if known else f"the scenario has no {what}s yet"
        self.source.add(code, path, f"there is no {what} '{name}'", hint, row=row, col=col, key=key)

    def who(self, name: str, path: Path, *, row: int = 0, col: int = 0) -> str | None:
        """The id of somebody as written (id or name), or None after reporting."""
        found = self.speakers.get(name.casefold())
        if found is None:
            known = [*self.scenario.cast, *(member.name for member in self.scenario.cast.values() if member.name)]
            self.unknown("SB201", "person", name, known, path, row=row, col=col)
        return found

    def place(self, name: str, path: Path, *, row: int = 0, col: int = 0) -> str | None:
        """`name` when it is a place, or None after reporting."""
        if name in self.scenario.places:
            return name
        self.unknown("SB202", "place", name, self.scenario.places, path, row=row, col=col)
        return None

    def message(self, name: str, path: Path, *, row: int = 0, col: int = 0) -> str | None:
        """`name` when it is a message, or None after reporting."""
        if name in self.messages:
            return name
        self.unknown("SB203", "message", name, self.messages, path, row=row, col=col)
        return None

    def scene(self, name: str, path: Path) -> str | None:
        """`name` when it is a scene, or None after reporting."""
        if name in self.scenario.scenes:
            return name
        self.unknown("SB204", "scene", name, self.scenario.scenes, path)
        return None


class Spot(TypedDict):
    """A place inside a value, counted from 0."""

    row: int
    col: int


@dataclass
class At:
    """Resolves the names of one condition, reporting at its place in the file. Satisfies `guards.Names`."""

    registry: Registry
    path: Path
    row: int = 0
    col: int = 0
    rows: tuple[str, ...] = ()
    """The rows of the script or passage, for a condition that stands in one."""

    def _at(self, word: str, at: int) -> Spot:
        """Row and column of a word of the condition: of a script, the nearest {if} upwards that has it."""
        if not self.rows:
            return {"row": self.row, "col": self.col + at}
        asked = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w.-])")
        for row in range(self.row, -1, -1):
            for head in reversed(list(_HEADS.finditer(self.rows[row]))):
                found = asked.search(head[0])
                if found is not None:
                    return {"row": row, "col": head.start() + found.start()}
        return {"row": self.row, "col": self.col}

    def value(self, name: str, at: int) -> int:
        """Index of a flag, a dial, or `scene.choice`."""
        registry = self.registry
        known = registry.index.get(name)
        if known is not None:
            return known
        scene_id, dot, part = name.partition(".")
        if not dot:
            registry.unknown("SB205", "flag", name, [*registry.flag_names(), *form.DIALS], self.path, **self._at(name, at))
            return -1
        scene = registry.scenario.scenes.get(scene_id)
        if scene is None:
            registry.unknown("SB204", "scene", scene_id, registry.scenario.scenes, self.path, **self._at(name, at))
            return -1
        if part in scene.choices:
            return registry.new(name, "taken", 0, 0, 1)
        if scene.pick is not None and part in scene.pick.from_:
            return registry.new(name, "piece", 0, 0, len(scene.pick.from_))
        if scene.board is not None and part in scene.board.questions:
            return registry.new(name, "taken", 0, 0, 1)
        parts = [*scene.choices]
        if scene.pick is not None:
            parts += scene.pick.from_
        if scene.board is not None:
            parts += scene.board.questions
        registry.unknown("SB206", "choice", name, [f"{scene_id}.{one}" for one in parts], self.path, **self._at(name, at))
        return -1

    def asks(self, what: str, target: str, at: int) -> int:
        """Index of `left place`, `muted place`, `seen message`, `gone message`."""
        registry = self.registry
        known = registry.index.get(f"{what} {target}")
        if known is not None:
            return known
        if what in ("left", "muted"):
            registry.place(target, self.path, **self._at(target, at + len(what) + 1))
        else:
            registry.message(target, self.path, **self._at(target, at + len(what) + 1))
        return -1

    def is_in(self, person: str, place: str, at: int) -> int:
        """Index of `person in place`."""
        registry = self.registry
        who = registry.who(person, self.path, **self._at(person, at))
        where = registry.place(place, self.path, **self._at(place, at + len(person) + 4))
        if who == "you" and where is not None:
            hint = f"write `not (left {place})`, or `left {place}` for the opposite"
            registry.source.add("SB207", self.path, "`in` asks for somebody of the cast", hint, **self._at(person, at))
            return -1
        if who is None or where is None:
            return -1
        return registry.index.get(f"{who} in {where}", -1)
