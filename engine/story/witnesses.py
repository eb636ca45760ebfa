"""Who may be asked in the debrief how the same thread read to them, compiled and checked."""

from __future__ import annotations

from engine.script import format as form
from engine.script.findings import Path, did_you_mean
from engine.script.lines import Say
from engine.script.parts import scripts_of
from engine.story.model import Witness
from engine.story.registry import Registry
from engine.story.scripts import ScriptCompiler
from engine.story.texts import Texts

KINDS = ("investigator", "public", "stranger")
"""Witnesses whom every scenario has: an export is read, what came out is read, what can be seen from outside is put together."""


def compile_witnesses(registry: Registry, texts: Texts, scripts: ScriptCompiler) -> tuple[Witness, ...]:
    """The witnesses under `seen-by`, in the author's order."""
    found: list[Witness] = []
    for name, written in registry.scenario.debrief.seen_by.items():
        path: Path = ("debrief", "seen-by", name)
        if name not in registry.scenario.cast and name not in KINDS and not written.name:
            near = did_you_mean(name, [*registry.scenario.cast, *KINDS])
            hint = near or f"it is an id of the cast, one of {', '.join(KINDS)}, or an id of your own with a `name`"
            registry.source.add("SB280", path, f"nobody can say who '{name}' is", hint, key=True)
        found.append(_witness(registry, texts, scripts, name, written))
    return tuple(found)


def _witness(registry: Registry, texts: Texts, scripts: ScriptCompiler, name: str, written: form.Witness) -> Witness:
    path: Path = ("debrief", "seen-by", name)
    places: frozenset[str] | None = None
    if written.in_ is not None:
        known = [registry.place(place, (*path, "in", number)) for number, place in enumerate(written.in_)]
        places = frozenset(place for place in known if place is not None)
    only = [registry.message(message, (*path, "only", number)) for number, message in enumerate(written.only)]
    scenes = [registry.scene(scene, (*path, "scenes", number)) for number, scene in enumerate(written.scenes)]
    since = registry.message(written.from_, (*path, "from")) if written.from_ is not None else None
    witness = Witness(
        name,
        texts.compile(written.name, (*path, "name")),
        texts.compile(written.is_, (*path, "is")),
        places,
        since,
        frozenset(message for message in only if message is not None),
        frozenset(scene for scene in scenes if scene is not None),
        scripts.words(written.before, (*path, "before")),
    )
    for message, script in written.on.items():
        here: Path = (*path, "on", message)
        if message not in registry.messages:
            registry.unknown("SB203", "message", message, registry.messages, here, key=True)
        elif not _reaches(registry, witness, message):
            registry.source.add(
                "SB282",
                here,
                f"'{message}' never reaches {name}, so what they say of it is never read",
                "add the message to `only`, its place to `in`, or its scene to `scenes`",
                severity="warning",
                key=True,
            )
        witness.on[message] = scripts.words(script, here)
    witness.after = scripts.words(written.after, (*path, "after"))
    return witness


def _reaches(registry: Registry, witness: Witness, message: str) -> bool:
    """Whether a message can reach a witness at all, by what the author says of them."""
    if message in witness.only or _in_scenes(registry, witness, message):
        return True
    if witness.places is None:
        return not witness.only
    cut = {registry.messages[one] for one in witness.only}
    return registry.messages[message] in witness.places - cut


def _in_scenes(registry: Registry, witness: Witness, message: str) -> bool:
    """Whether a message is said in one of the scenes that a witness saw."""
    return any(
        path[0] == "scenes"
        and path[1] in witness.scenes
        and any(isinstance(line, Say) and line.id == message for line in script.lines)
        for path, script in scripts_of(registry.scenario)
    )
