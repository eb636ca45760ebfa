"""What an author says of leaks and of trust, compiled: habits, contents, the tellings of a leak, stakeholders.

None of it moves a dial or decides an ending; the play draws tellings by it, and `engine.futures` reads the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import chain

from engine.odds import Content, Habits
from engine.script import format as form
from engine.script.findings import Path, Unread
from engine.script.lines import Say
from engine.script.values import parse_number
from engine.story.flow import cues_of_scene
from engine.story.guards import compile_condition
from engine.story.model import AtStake, Place, Saw, Scene, Stakeholder
from engine.story.registry import At, Registry
from engine.story.texts import Texts

LEAKS = "leaks."
"""What the numbers of the leak model are called among the words of an organisation or a pack: `leaks.pass-on: 0.05`."""

LEAKY = ("group", "dm", "feed")
"""The kinds of places from which something gets out: what is said aloud, written in a letter or mailed is not modelled."""

NUMBERS: dict[str, tuple[str, float, float]] = {
    each.name.replace("_", "-"): (each.name, each.metadata["low"], each.metadata["high"]) for each in fields(Habits)
}
"""The numbers of the leak model as they are written: name in code, lowest, highest."""


def leak_number(name: str, words: str) -> float:
    """A number of the leak model that an organisation or a pack sets. Raises ValueError that says what is wrong."""
    known = NUMBERS.get(name)
    if known is None:
        raise ValueError(f"there is no number '{name[:40]}' in the leak model; known are {', '.join(NUMBERS)}")
    try:
        number = parse_number(words.strip())
    except Unread as error:
        raise ValueError(f"{name}: {error.problems[0].message}; {error.problems[0].hint}") from None
    _field, low, high = known
    if not low <= number <= high:
        raise ValueError(f"{name} is {number:g}; it must lie between {low:g} and {high:g}")
    return number


def given_leaks(given: Iterable[Mapping[str, str]]) -> tuple[dict[str, float], ...]:
    """The numbers of the leak model among words: of a pack, then of an organisation. One that will not do counts for nothing."""
    found: list[dict[str, float]] = []
    for words in given:
        numbers: dict[str, float] = {}
        for key, text in words.items():
            if key.startswith(LEAKS):
                try:
                    numbers[NUMBERS[key[len(LEAKS) :]][0]] = leak_number(key[len(LEAKS) :], text)
                except (ValueError, KeyError):
                    continue  # who reads the file says so, with its name
        found.append(numbers)
    return tuple(found)


def compile_stakes(
    registry: Registry,
    texts: Texts,
    given: tuple[dict[str, float], ...],
    scenes: Mapping[str, Scene],
    places: Mapping[str, Place],
) -> AtStake:
    """What the scenario says, with `given` numbers of the pack and of the organisation before and after its own."""
    scenario = registry.scenario
    for name, place in places.items():
        _check_habits(registry, name, place)
    return AtStake(
        _habits(registry, given),
        {person: member.habit for person, member in scenario.cast.items() if member.habit is not None},
        _contents(scenario, scenes, places),
        frozenset(scene.leak for scene in scenes.values() if scene.leak),
        tuple(_stakeholder(registry, texts, name, each) for name, each in scenario.stakeholders.items()),
    )


def _habits(registry: Registry, given: tuple[dict[str, float], ...]) -> Habits:
    own = registry.scenario.leaks
    written = {each.name: getattr(own, each.name) for each in fields(Habits) if getattr(own, each.name) is not None}
    pack, organisation = given
    numbers = {**pack, **written, **organisation}
    try:
        return Habits(**numbers)
    except ValueError:  # each number is within its bounds; two shares of one whole may not be
        message = "`phone` and `backup` are shares of what is found, and together more than all of it"
        registry.source.add("SB124", ("leaks",), message, "let them add up to 1 or less", key=True)
        return Habits()


def _check_habits(registry: Registry, name: str, place: Place) -> None:
    cast = sum(registry.scenario.cast[person].habit is not None for person in place.people)
    known = sum(place.habits.values()) + cast
    others = place.members - 1 if place.kind != "dm" else 1
    if place.habits and known > max(others, 0):
        registry.source.add(
            "SB286",
            ("places", name, "habits"),
            f"{known} people in '{name}' have a habit, and there are {max(others, 0)} others in it",
            "say how many are in it with `members`, or give fewer a habit; those of the cast are counted too",
            key=True,
        )


def _contents(scenario: form.Scenario, scenes: Mapping[str, Scene], places: Mapping[str, Place]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    past = (cue for place in places.values() for cue in place.past)
    for cue in chain(past, *(cues_of_scene(scene) for scene in scenes.values())):
        if isinstance(cue.line, Say) and cue.line.content is not None:
            found[cue.id] = cue.line.content
    for name, scene in scenario.scenes.items():
        for choice in scenes[name].choices.values():
            written = scene.choices[choice.id]
            if written.content is not None:
                found[choice.sent] = written.content
            if choice.forward is not None:  # what is forwarded is what it was
                what = written.content or found.get(choice.forward)
                if what is not None:
                    found[choice.sent if choice.send is None else f"{choice.ref}.forward"] = what
        pick = scenes[name].pick
        if pick is not None and scene.pick is not None and scene.pick.content is not None:
            found[pick.sent] = scene.pick.content
    return found


def check_leak(registry: Registry, scene: form.Scene, path: Path) -> None:
    """Check that the tellings of a scene and what it says of a leak fit each other."""
    ways = {name: telling.way for name, telling in scene.tellings.items()}
    add = registry.source.add
    if scene.leak is None:
        for name, way in ways.items():
            if way is not None:
                hint = "say of which message it tells: `leak: photo` in the scene; or take `way` away and give it a `weight`"
                add("SB285", (*path, "tellings", name, "way"), f"'{name}' tells of a leak, and the scene names none", hint)
        return
    message = registry.message(scene.leak, (*path, "leak"))
    if message is not None:
        place = registry.scenario.places.get(registry.messages[message])
        kind = registry.kind_of(registry.messages[message])
        if place is not None and (kind not in LEAKY or place.phone is not None):
            where = "is on the phone of somebody else" if place.phone is not None else f"is in a place of the kind {kind}"
            hint = "the odds know groups, direct messages and feeds on the player's own phone"
            add("SB285", (*path, "leak"), f"'{message}' {where}, and nothing is known of its odds", hint)
    if not ways:
        hint = "write `tellings:` with a `way` each: passed-on, found, out, never"
        add("SB285", (*path, "leak"), "nothing is told of this leak", hint, key=True)
        return
    without = [name for name, way in ways.items() if way is None]
    for name in without:
        hint = "say `way: passed-on`, `found`, `out` (either of the two) or `never`"
        add("SB285", (*path, "tellings", name), f"nobody can say when '{name}' is told", hint, key=True)
    told = set(ways.values())
    if not without and "out" not in told and not {"passed-on", "found"} <= told:
        lacks = "found" if "passed-on" in told else "passed-on" if "found" in told else "out"
        hint = f"add a telling with `way: {lacks}`, or one with `way: out` for whichever way"
        add(
            "SB285",
            (*path, "tellings"),
            f"nothing is told when it is {lacks.replace('passed-on', 'passed on')}",
            hint,
            key=True,
        )


def _stakeholder(registry: Registry, texts: Texts, name: str, written: form.Stakeholder) -> Stakeholder:
    path: Path = ("stakeholders", name)
    saw: list[Saw] = []
    for key, each in written.saw.items():
        here = (*path, "saw", key)
        if not each.gain and not each.severity * each.reach:
            hint = "say how much it builds, `gain: 0.1`, or how bad it is, `severity: 0.2`"
            registry.source.add("SB287", here, f"'{key}' moves no trust", hint, key=True)
        guard = compile_condition(each.if_, At(registry, (*here, "if")))
        saw.append(Saw(key, texts.compile(each.what, (*here, "what")), guard, each.gain, each.severity, each.reach))
    return Stakeholder(name, texts.compile(written.name, (*path, "name")), written.starts, tuple(saw))
