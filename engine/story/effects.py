"""Effects compiled: what a choice, a piece, a rule or an arrival changes, and what it leaves to come."""

from __future__ import annotations

from dataclasses import dataclass

from engine.script import format as form
from engine.script.findings import Path, Unread
from engine.script.times import parse_clock
from engine.story.guards import compile_condition
from engine.story.late import late_change, late_percent
from engine.story.model import Due, Effect, Lasting, Op
from engine.story.registry import ALWAYS, At, Registry
from engine.story.texts import Texts

MUTE_SECONDS = 2 * 3600
"""How late a muted place is looked at when the author does not say."""


@dataclass
class EffectCompiler:
    """Compiles effects of one scenario."""

    registry: Registry
    texts: Texts
    dues: list[Due]

    def compile(self, effects: form.Effects, path: Path, source: str) -> Effect:
        """The effect of `effects`; `source` is its stable id, e.g. `meme.speak-up`."""
        percent = late_percent(effects.late.seconds) if effects.late is not None else 100
        effect = self._changes(effects.dials, effects.because, effects.set, path, source, percent)
        lasting: list[Lasting] = []
        ops = list(effect.ops)
        for number, line in enumerate(effects.do_):
            compiled = self._lasting(line, (*path, "do", number))
            if compiled is not None:
                lasting.append(compiled[0])
                if compiled[1] is not None:
                    ops.append(compiled[1])
        effect.ops = tuple(ops)
        effect.lasting = tuple(lasting)
        effect.later = self._later(effects.later, path, source)
        effect.affects = self._affects(effects.affects, path)
        return effect

    def _affects(self, people: list[str], path: Path) -> tuple[str, ...]:
        """Those of the cast whom something touches."""
        found: list[str] = []
        for number, person in enumerate(people):
            here = (*path, "affects", number)
            who = self.registry.who(person, here)
            if who == "you":
                hint = "leave `you` out: what becomes of the player is told by the dials"
                self.registry.source.add("SB217", here, "`affects` names the cast, not the player", hint)
            elif who is not None:
                found.append(who)
        return tuple(dict.fromkeys(found))

    def _changes(
        self,
        dials: dict[form.DialName, int],
        because: str | None,
        sets: dict[str, form.Change],
        path: Path,
        source: str,
        percent: int,
    ) -> Effect:
        ops: list[Op] = []
        changes: dict[str, int] = {}
        for dial, points in dials.items():
            if not points:
                continue
            changes[dial] = late_change(points, percent)
            ops.append((self.registry.index[dial], True, changes[dial], -ALWAYS, ALWAYS))
        if changes and not because:
            self.registry.source.add(
                "SB230",
                (*path, "dials"),
                "dials move without a reason",
                "add `because: |` with the sentence that the debrief shows",
                key=True,
            )
        flags: list[tuple[str, int]] = []
        for name, change in sets.items():
            index = self.registry.index.get(name)
            if index is None or name in form.DIALS:
                continue
            var = self.registry.vars[index]
            if var.kind == "number" and not change.by and not var.low <= change.value <= var.high:
                self.registry.source.add(
                    "SB231",
                    (*path, "set", name),
                    f"'{name}' cannot be {change.value}; it goes from {var.low} to {var.high}",
                    "mend the number, or the bounds under `flags`",
                )
            ops.append((index, change.by, change.value, var.low, var.high))
            flags.append((name, index))
        text = self.texts.compile(because, (*path, "because"))
        good = any(points > 0 for points in dials.values())
        return Effect(source, tuple(ops), changes, text, percent if good else 100, tuple(flags))

    def _lasting(self, line: form.Lasting, path: Path) -> tuple[Lasting, Op | None] | None:
        registry = self.registry
        place = registry.place(line.place, path) if line.place is not None else ""
        person = registry.who(line.person, path) if line.person is not None else ""
        message = registry.message(line.message, path) if line.message is not None else ""
        if place is None or person is None or message is None:
            return None
        name, value = "", 1
        if line.verb == "leave":
            name = f"left {place}"
        elif line.verb in ("mute", "unmute"):
            name = f"muted {place}"
            value = (line.seconds or MUTE_SECONDS) if line.verb == "mute" else 0
        elif line.verb in ("remove", "add"):
            gone = line.verb == "remove"
            name = f"left {place}" if person == "you" else f"{person} in {place}"
            value = int(gone == (person == "you"))
        elif line.verb == "delete":
            name = f"gone {message}"
            place = registry.messages.get(message, "")
        elif line.verb == "timer":
            name, value = f"timer {place}", line.seconds
        index = registry.index.get(name, -1)
        seconds = value if line.verb == "mute" else line.seconds
        op = (index, False, value, 0, ALWAYS) if index >= 0 else None
        return Lasting(line.verb, place, person, message, seconds), op

    def _later(self, laters: list[form.Later], path: Path, source: str) -> tuple[int, ...]:
        indices: list[int] = []
        seen: set[str] = set()
        for number, later in enumerate(laters):
            here = (*path, "later", number)
            if later.scene in seen:
                self.registry.source.add(
                    "SB232", (*here, "scene"), f"'{later.scene}' is brought twice by the same choice", "write a scene for each"
                )
            seen.add(later.scene)
            indices.append(self.due(later, here, f"{source}>{later.scene}", source, promise=later.promise))
        return tuple(indices)

    def due(self, entry: form.Later | form.Reckon, path: Path, name: str, made_by: str, *, promise: bool = False) -> int:
        """The index of a new thing that may come due."""
        registry = self.registry
        scene = registry.scene(entry.scene, (*path, "scene"))
        otherwise = registry.scene(entry.otherwise, (*path, "otherwise")) if entry.otherwise is not None else None
        if entry.otherwise is not None and entry.if_ is None:
            registry.source.add(
                "SB233", (*path, "otherwise"), "`otherwise` without `if`", "say when with `if`, or leave it out", key=True
            )
        guard = compile_condition(entry.if_, At(registry, (*path, "if")))
        if isinstance(entry, form.Reckon):
            effect = self.compile(entry, path, name)
        else:
            effect = self._changes(entry.dials, entry.because, entry.set, path, name, 100)
            effect.affects = self._affects(entry.affects, path)
        due = Due(name, len(self.dues), made_by, entry.after.seconds, scene, otherwise, guard, promise, effect)
        due.time_of_day = self._time_of_day(entry.at, (*path, "at"))
        self.dues.append(due)
        return due.index

    def _time_of_day(self, written: str | None, path: Path) -> int:
        if written is None:
            return -1
        try:
            moment = parse_clock(written)
        except Unread:
            moment = None
        if moment is None or not moment.clock:
            self.registry.source.add(
                "SB234", path, f"'{written}' is no time of day", "write hours and minutes, such as `10:00`"
            )
            return -1
        return moment.seconds
