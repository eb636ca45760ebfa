"""From a scenario as written to a story that can be played, with every reference checked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.script import format as form
from engine.script.findings import Path, ScenarioError
from engine.script.lines import Wait
from engine.script.parts import effects_of
from engine.script.read import Source
from engine.script.rules import halves
from engine.script.times import parse_begins
from engine.story.decisions import DecisionCompiler, remember
from engine.story.effects import EffectCompiler
from engine.story.flow import END_WORD, compile_next, find_circle
from engine.story.guards import compile_condition
from engine.story.machine import gated
from engine.story.model import SET, SHOWN, Coda, Cue, Due, Ending, Place, Scene, Story, Telling, Template
from engine.story.passages import compile_passage
from engine.story.registry import PLACE_KINDS, At, Registry
from engine.story.scripts import ScriptCompiler, moves_of, seconds_of
from engine.story.slots import fill, standard_slots
from engine.story.stakes import LEAKS, check_leak, compile_stakes, given_leaks
from engine.story.texts import Texts
from engine.story.witnesses import compile_witnesses
from engine.text import clean

_STATEMENT = re.compile(r"S([1-9]|[12]\d|3[0-4])")
_FACT = re.compile(r"F\d+\.\d+|C\d+")


def compile_story(source: Source, slots: Mapping[str, str] | None = None, defaults: Mapping[str, str] | None = None) -> Story:
    """The story of a scenario that was read.

    `slots` are the organisation's words; they go before the scenario's own, which go before `defaults` (its pack's). Raises ScenarioError with all findings when
    there is an error among them; warnings are left in `source.findings`.
    """
    if source.scenario is None:
        raise ScenarioError(source.findings)
    story = _Compiler(source, slots or {}, defaults or {}).compile()
    source.findings[:] = dict.fromkeys(source.findings)  # what stands once in the file is told once
    if story is None or any(finding.severity == "error" for finding in source.findings):
        raise ScenarioError(source.findings)
    return story


class _Compiler:
    def __init__(self, source: Source, slots: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        assert source.scenario is not None
        self.source = source
        self.scenario = source.scenario
        given = {**defaults, **self.scenario.slots, **slots}
        self.slots = {**standard_slots(), **{slot: clean(words) for slot, words in given.items() if not slot.startswith(LEAKS)}}
        self.given = defaults, slots
        self.registry = Registry(source, self.scenario)
        self.texts = Texts(self.registry, self.slots)
        self.dues: list[Due] = []
        self.start_clock = 0
        self.lost = False
        """Something brings a scene that is not there."""
        self.scripts = ScriptCompiler(self.registry, self.texts, self.dues)
        self.effects = EffectCompiler(self.registry, self.texts, self.dues)
        self.decisions = DecisionCompiler(self.registry, self.texts, self.effects, self.scripts)

    def compile(self) -> Story | None:
        scenario = self.scenario
        begins = parse_begins(scenario.begins)
        self.start_clock = begins[1]
        if not scenario.scenes:
            self.source.add("SB241", ("scenes",), "there are no scenes", "write at least one", key=True)
            return None
        if END_WORD in scenario.scenes:
            message, hint = "`next: end` ends the story, so no scene can be called 'end'", "give it another id"
            self.source.add("SB267", ("scenes", END_WORD), message, hint, key=True)
        self._check_references()
        head = self._head()
        cast = {person: self._cast(person, member) for person, member in scenario.cast.items()}
        places = {name: self._place(name, place) for name, place in scenario.places.items()}
        consequences = self.registry.consequences = self._consequences()
        scenes = {name: self._scene(name, scene, name in consequences) for name, scene in scenario.scenes.items()}
        reckoning = tuple(
            self.effects.due(reckon, ("reckoning", name), f"reckoning>{name}", "reckoning")
            for name, reckon in scenario.reckoning.items()
        )
        endings = self._endings()
        codas = tuple(
            Coda(
                name,
                compile_passage(self.registry, self.texts, coda.text, ("codas", name, "text")),
                compile_condition(coda.if_, At(self.registry, ("codas", name, "if"))),
            )
            for name, coda in scenario.codas.items()
        )
        start = self._start(consequences)
        stake = compile_stakes(self.registry, self.texts, given_leaks(self.given), scenes, places)
        debrief = scenario.debrief
        for scene in debrief.unseen:
            if scene not in scenario.scenes:
                self.registry.unknown("SB204", "scene", scene, scenario.scenes, ("debrief", "unseen", scene), key=True)
        if debrief.cheapest is not None:
            self.registry.scene(debrief.cheapest, ("debrief", "cheapest"))
        rules = self._rules()
        story = Story(
            scenario,
            self.source.hash,
            self.source.name,
            (),
            self.registry.index,
            start,
            begins[1],
            begins[0],
            places,
            scenes,
            tuple(self.dues),
            reckoning,
            endings,
            codas,
            self.slots,
            {
                message: (self.registry.index.get(f"seen {message}", -1), self.registry.index.get(f"gone {message}", -1))
                for message in self.registry.messages
            },
            {
                name: compile_passage(self.registry, self.texts, text, ("debrief", "unseen", name))
                for name, text in debrief.unseen.items()
            },
            tuple(self.texts.compile(text, ("debrief", "questions", number)) for number, text in enumerate(debrief.questions)),
            self.texts.compile(debrief.cheapest_because, ("debrief", "cheapest-because")),
            compile_witnesses(self.registry, self.texts, self.scripts),
            head,
            cast,
            slots_used=frozenset(self.texts.used),
            rules=rules,
            stake=stake,
        )
        remember(self.registry, scenes)
        self.decisions.check_open(scenes)
        self._begin(story, places)
        story.vars = tuple(self.registry.vars)
        circle = find_circle(story)
        if circle:
            self.source.add(
                "SB246",
                ("scenes", circle[0]),
                f"the scenes go round in a circle: {' → '.join(circle)}",
                "every play must end: send one of them on elsewhere, or use `stay: yes` for a choice that comes back",
                key=True,
            )
        if any(finding.severity == "error" for finding in self.source.findings):
            return None
        return story

    def _begin(self, story: Story, places: dict[str, Place]) -> None:
        """What the past of the places leaves behind: what was seen, what is gone, what is yet to go, where the player was removed."""
        variables = self.registry.vars
        values = [var.start for var in variables]
        pending: list[tuple[int, int]] = []
        for place in places.values():
            for cue, at in zip(place.past, place.past_times, strict=True):
                for guard, code, a, b, c, d, _left in cue.moves:
                    if guard is not None and not guard.test(values):
                        continue
                    if code == SET and a >= 0 and variables[a].kind != "in":  # `with` says who is in it
                        values[a] = b
                    elif code == SHOWN:
                        if a >= 0:
                            values[a] = 1
                        lasts = (self.dues[d].after or (values[c] if c >= 0 else 0)) if d >= 0 else 0
                        if lasts and at + lasts <= story.start_clock:
                            values[b] = 1
                        elif lasts:
                            pending.append((at + lasts, d))
        for var, value in zip(variables, values, strict=True):
            var.start = value
        story.start_pending = tuple(sorted(pending))

    def _rules(self) -> tuple[Template, ...]:
        """The rules that a player may begin from, each with its two halves."""
        rules = self.scenario.debrief.rules
        for number, rule in enumerate(rules):
            if halves(rule) is None:
                self.source.add(
                    "SB276",
                    ("debrief", "rules", number),
                    "this rule has no two halves",
                    "say what happens and what one does then: `If it is about somebody who is not here, then I ask who sent it first.`",
                )
        return tuple(self.texts.compile(rule, ("debrief", "rules", number)) for number, rule in enumerate(rules))

    def _start(self, consequences: set[str]) -> str:
        start = self.scenario.start
        first: str = next(iter(self.scenario.scenes))
        if start is not None:
            first = self.registry.scene(start, ("start",)) or first
        if first in consequences:
            path: Path = ("scenes", first) if start is None else ("start",)
            message = f"the story would begin with '{first}', which something else brings as a consequence"
            self.source.add("SB242", path, message, "say with `start: …` where it begins", key=start is None)
        return first

    def _head(self) -> dict[str, str]:
        """What is said of the scenario before anybody plays, with its slots filled."""
        scenario = self.scenario
        you = scenario.you
        texts: tuple[tuple[str, str | None, Path], ...] = (
            ("title", scenario.title, ("title",)), ("blurb", scenario.blurb, ("blurb",)), ("tone", scenario.tone, ("tone",)),
            ("sector", scenario.sector, ("sector",)), ("note", scenario.note, ("note",)), ("author", scenario.author, ("author",)),
            ("licence", scenario.licence, ("licence",)), ("you", you.name, ("you", "name")), ("you.is", you.is_, ("you", "is")),
        )  # fmt: skip
        for name, flag in scenario.flags.items():
            self.texts.compile(flag.is_, ("flags", name, "is"), people=False)
        return {name: self._filled(text, path) for name, text, path in texts if text is not None}

    def _cast(self, person: str, member: form.CastMember) -> dict[str, str]:
        """What the author says of a member of the cast, with slots filled."""
        texts = (
            ("name", member.name), ("is", member.is_), ("handle", member.handle), ("phone", member.phone), ("job", member.job),
            ("pronouns", member.pronouns),
        )  # fmt: skip
        return {name: self._filled(text, ("cast", person, name)) for name, text in texts if text is not None}

    def _filled(self, text: str, path: Path) -> str:
        return fill(self.texts.compile(text, path, people=False), self.slots)

    def _check_references(self) -> None:
        """Warn of statements and facts that are none: they go into reports, where a wrong number leads nowhere."""
        for key, references, pattern, hint in (
            ("covers", self.scenario.covers, _STATEMENT, "statements are numbered from S1 to S34"),
            ("facts", self.scenario.facts, _FACT, "facts are numbered like F1.3 or C12"),
        ):
            for number, reference in enumerate(references):
                if not pattern.fullmatch(reference):
                    what = "statement" if key == "covers" else "fact"
                    self.source.add(
                        "SB218", (key, number), f"'{reference}' is not the number of a {what}", hint, severity="warning"
                    )
        for slot, words in self.scenario.slots.items():
            if "{" in words or "}" in words:
                hint = "write the words out; a slot cannot stand in another"
                self.source.add("SB221", ("slots", slot), f"the words of '{slot}' hold a brace", hint)

    def _consequences(self) -> set[str]:
        found: set[str] = set()
        for _path, effects in effects_of(self.scenario):
            for later in effects.later:
                found |= {later.scene, later.otherwise or later.scene}
            if isinstance(effects, form.Reckon):
                found |= {effects.scene, effects.otherwise or effects.scene}
        self.lost = bool(found - set(self.scenario.scenes))
        return found & set(self.scenario.scenes)

    def _place(self, name: str, place: form.Place) -> Place:
        path: Path = ("places", name)
        kinds = [(attribute, kind) for attribute, kind in PLACE_KINDS if getattr(place, attribute) is not None]
        if len(kinds) != 1:
            what = "no kind" if not kinds else " and ".join(kind for _, kind in kinds)
            self.source.add("SB216", path, f"'{name}' has {what}", "a place is one of: group, dm, feed, mail, settings, in-person, call, "
                            "letter, form, records, board", key=True)  # fmt: skip
            kinds = kinds or [("group", "group")]
        attribute, kind = kinds[0]
        label = getattr(place, attribute) or name
        for number, person in enumerate(place.with_):
            if self.registry.who(person, (*path, "with", number)) == "you":
                hint = "leave `you` out: the player is in it, and counts among `members`"
                self.source.add("SB217", (*path, "with", number), "`with` names the cast, not the player", hint)
        people = tuple(self.registry.people(name))
        shown: Template = self.texts.compile(str(label), (*path, kind))
        if attribute in ("dm", "call"):
            who = self._somebody(str(label), (*path, kind), f"a {kind} is with somebody of the cast")
            shown = (("slot", who),) if who else str(label)
        if place.name:
            shown = self.texts.compile(place.name, (*path, "name"))
        admins = tuple(self.registry.who(admin, (*path, "admin", number)) or "" for number, admin in enumerate(place.admin))
        index = self.registry.index
        past = self.scripts.compile(place.past, (*path, "past"), name, f"{name}.past")
        return Place(
            name,
            kind,
            shown,
            place.members
            if place.members is not None
            else (place.followers or (len(people) + 1 if kind in ("group", "dm") else 0)),
            people,
            self.texts.compile(place.audience, (*path, "audience")),
            admins,
            place.timer.seconds if place.timer else 0,
            index.get(f"timer {name}", -1),
            index.get(f"left {name}", -1),
            index.get(f"muted {name}", -1),
            place.official,
            place.own,
            self._somebody(place.phone, (*path, "phone"), "leave `phone` out for a place on the player's own phone")
            if place.phone
            else None,
            self.texts.compile(place.rule, (*path, "rule")),
            dict(place.habits),
            past,
            self._past_times(past),
        )

    def _past_times(self, past: tuple[Cue, ...]) -> tuple[int, ...]:
        """When the lines of a past were. Without a moment in it, the last was when the story begins."""
        times: list[int] = []
        clock = 0
        dated = False
        for cue in past:
            if isinstance(cue.line, Wait) and cue.line.until is not None:
                if not dated:  # what stands before the first moment leads up to it
                    times = [time - clock + cue.line.until.seconds for time in times]
                clock, dated = cue.line.until.seconds, True
            elif isinstance(cue.line, Wait):
                clock += cue.line.seconds
            times.append(clock)
        if not dated:
            times = [time - clock + self.start_clock for time in times]
        return tuple(min(time, self.start_clock) for time in times)

    def _somebody(self, name: str, path: Path, hint: str) -> str | None:
        """The id of somebody of the cast, or None after reporting. The player is nobody of the cast."""
        who = self.registry.who(name, path)
        if who != "you":
            return who
        self.source.add("SB217", path, "`you` is the player, not somebody of the cast", hint)
        return None

    def _scene(self, name: str, scene: form.Scene, consequence: bool) -> Scene:
        path: Path = ("scenes", name)
        place = self.registry.place(scene.in_, (*path, "in")) if scene.in_ is not None else None
        effect = self.effects.compile(scene, path, name)
        script = self.scripts.compile(scene.script, (*path, "script"), place, name)
        tellings = tuple(
            Telling(
                telling_id,
                telling.weight,
                self.scripts.compile(telling.script, (*path, "tellings", telling_id, "script"), place, f"{name}.{telling_id}"),
                telling.way or "",
            )
            for telling_id, telling in scene.tellings.items()
        )
        self._check_tellings(path, tellings)
        check_leak(self.registry, scene, path)
        compiled = Scene(
            name,
            self.texts.compile(scene.title, (*path, "title")) or name.replace("-", " ").replace("_", " ").capitalize(),
            place,
            effect,
            scene.when.seconds if scene.when else None,
            scene.when.relative if scene.when else False,
            compile_condition(scene.if_, At(self.registry, (*path, "if"))),
            self.texts.compile(scene.skip, (*path, "skip")) if scene.skip else None,
            self.texts.compile(scene.note, (*path, "note")) if scene.note else None,
            self.texts.compile(scene.optional, (*path, "optional")) if scene.optional else None,
            self.texts.compile(scene.discuss, (*path, "discuss")) if scene.discuss else None,
            script,
            tellings,
            max((seconds_of(telling.script) for telling in tellings), default=0),
            consequence=consequence,
        )
        compiled.moves = moves_of(script)
        compiled.leak = scene.leak or ""
        if place is not None:
            compiled.left = self.registry.index.get(f"left {place}", -1)
            compiled.muted = self.registry.index.get(f"muted {place}", -1)
        self.decisions.compile(scene, compiled, path)
        if consequence:
            self._check_consequence(scene, compiled, path)
        else:
            compiled.next = compile_next(self.registry, scene.next, (*path, "next"))
            passable = gated(compiled) or compiled.skip is not None or compiled.optional is not None
            lost = not compiled.decides and self.lost  # it may well be what a misspelled consequence means
            if not compiled.next and (not compiled.choices or passable) and not lost:
                self.source.add("SB243", path, f"'{name}' leads nowhere", "say `next: scene`, or `next: end`", key=True)
        return compiled

    def _check_tellings(self, path: Path, tellings: tuple[Telling, ...]) -> None:
        for telling in tellings:
            if any(move[1] != 0 for cue in telling.script for move in cue.moves):
                self.source.add(
                    "SB248",
                    (*path, "tellings", telling.id),
                    "this telling changes what lasts (members, timers, messages that something asks for, or a moment)",
                    "a draw may only change what is shown: move that line into the scene's `script`",
                    key=True,
                )

    def _check_consequence(self, scene: form.Scene, compiled: Scene, path: Path) -> None:
        if compiled.decides:
            self.source.add(
                "SB244",
                path,
                f"'{compiled.id}' is a consequence and asks for a decision",
                "a consequence is only read",
                key=True,
            )
        if scene.next is not None:
            self.source.add(
                "SB244", (*path, "next"), f"'{compiled.id}' is a consequence and has a `next`", "leave `next` out", key=True
            )
        if scene.when is not None:
            self.source.add(
                "SB244", (*path, "when"), f"'{compiled.id}' is a consequence and has a `when`", "`after` says when", key=True
            )
        if not (scene.script is not None and scene.script.lines) and not scene.tellings:
            self.source.add(
                "SB245", path, f"'{compiled.id}' shows nothing", "a consequence is seen: write its `script`", key=True
            )

    def _endings(self) -> tuple[Ending, ...]:
        endings = tuple(
            Ending(
                name,
                self.texts.compile(ending.title, ("endings", name, "title")),
                compile_passage(self.registry, self.texts, ending.epilogue, ("endings", name, "epilogue")),
                compile_condition(ending.if_, At(self.registry, ("endings", name, "if"))),
                ending.support,
            )
            for name, ending in self.scenario.endings.items()
        )
        if not endings:
            self.source.add("SB249", ("endings",), "there is no ending", "write at least one, without `if`", key=True)
        elif endings[-1].guard is not None:
            last = endings[-1].id
            self.source.add(
                "SB249",
                ("endings", last),
                f"the last ending, '{last}', has an `if`",
                "every play ends: leave its `if` out",
                key=True,
            )
        for ending in endings[:-1]:
            if ending.guard is None:
                self.source.add(
                    "SB249", ("endings", ending.id), f"'{ending.id}' has no `if`, so no later ending is ever reached", "move it to the end",
                    key=True,
                )  # fmt: skip
        return endings
