"""What holds when a short session leaves out every scene that it may."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.case import Case, Check, Found
from engine.proof import prove
from engine.proof.before import from_any
from engine.proof.cut import lost_in_cut
from engine.script.findings import Path
from engine.script.lines import Say
from engine.story.cut import cut_story, optional_scenes


def never_left_out(case: Case) -> Iterator[Found]:
    """`optional` on what comes as a consequence."""
    for name, scene in case.story.scenes.items():
        if scene.optional is not None and scene.consequence:
            message = f"'{name}' comes as a consequence, so no session leaves it out"
            hint = "take `optional` out, or put it on the scene whose choice brings this one"
            yield Found("SB317", ("scenes", name, "optional"), message, hint, key=True)


def lost(case: Case) -> Iterator[Found]:
    """Scenes and endings that the shortest session cannot come to any more, though they are no part of what is left out.

    Options are not named: one that asks for what an optional scene brought about is gone with it, as its author meant.
    """
    left_out = optional_scenes(case.story)
    if not left_out:
        return
    # As in the whole story, flags that an earlier part of a career may bring are free to begin as anything.
    cut = cut_story(from_any(case.story), left_out)
    proof = prove(cut, max_states=case.limits.states, seconds=case.limits.seconds / 2, beside=frozenset())
    gone = lost_in_cut(cut, proof, case.proof)
    for name in gone.get("scenes", []):
        hint = "mark it `optional` too, or let a scene that stays lead to it"
        yield Found(
            "SB326", ("scenes", name), f"a session that leaves the optional scenes out never comes to '{name}'", hint, key=True
        )
    for name in gone.get("endings", []):
        message = f"a session that leaves the optional scenes out cannot come to the ending '{name}'"
        yield Found("SB327", ("endings", name), message, "that may be as you want it; a room will not find it", key=True)


def messages(case: Case) -> Iterator[Found]:
    """Choices that act on a message which only scenes show that a session may leave out."""
    story = case.story
    left_out = set(optional_scenes(story))
    shown: dict[str, set[str]] = {}
    for at, script in case.scripts:
        for line in script.lines:
            if isinstance(line, Say) and line.id:
                shown.setdefault(line.id, set()).add(str(at[1]) if at[0] == "scenes" else "")
    for scene in story.scenes.values():
        for choice in scene.choices.values():
            if choice.sent:
                shown.setdefault(choice.sent, set()).add(scene.id)
    for scene in story.scenes.values():
        if scene.id in left_out:
            continue
        for choice in scene.choices.values():
            for key, message in (("on", choice.on), ("forward", choice.forward)):
                where = shown.get(message or "", set())
                if where and where <= left_out and choice.guard is None and scene.guard is None:
                    path: Path = ("scenes", scene.id, "choices", choice.id, key)
                    told = f"'{choice.id}' acts on '{message}', and a session that leaves the optional scenes out never sees it"
                    yield Found("SB328", path, told, f"write `if: seen {message}`, or let a scene that stays show it")


CHECKS: tuple[Check, ...] = (never_left_out, lost, messages)
