"""What witnesses say, in the debrief, of words that never reach them. What an author's own `only`, `in` and `scenes` shut out the compiler finds."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.case import Case, Check, Found
from engine.check.flow import onward
from engine.script.findings import Path
from engine.script.lines import Membership, Say
from engine.story.flow import cues_of_scene, effects_of_scene
from engine.story.model import Cue, Scene, Witness


def words_never_read(case: Case) -> Iterator[Found]:
    """Words on what was there before the story, and on what was said where somebody was not, or not yet."""
    story = case.story
    past = {cue.id for place in story.places.values() for cue in place.past}
    said = {
        cue.id: (scene, cue) for scene in story.scenes.values() for cue in cues_of_scene(scene) if isinstance(cue.line, Say)
    }
    for witness in story.witnesses:
        for message in witness.on:
            at: Path = ("debrief", "seen-by", witness.id, "on", message)
            scene, cue = said.get(message, (None, None))
            if message in past or (cue is not None and isinstance(cue.line, Say) and cue.line.archived):
                words = f"'{message}' is from before the story, which no witness is shown; what {witness.id} says of it is never read"
                yield Found("SB282", at, words, "put the words under `before`", key=True)
            elif scene is not None and cue is not None and (why := _not_there(case, witness, scene, cue)):
                hint = "let it reach them with `only`, `in` or `scenes`, or put the words under `after`"
                yield Found("SB282", at, f"{why}; what they say of '{message}' is never read", hint, key=True)


def _not_there(case: Case, witness: Witness, scene: Scene, cue: Cue) -> str:
    """Why somebody of the cast, of whom the author says no more, did not hear something; empty: they may have."""
    who, place = witness.id, case.story.places.get(cue.place)
    if who not in case.story.cast or place is None or place.kind not in ("group", "dm", "call") or place.phone is not None:
        return ""
    if witness.places is not None or witness.only or scene.id in witness.scenes or who in place.people or cue.who == who:
        return ""
    joins = [one for one in case.story.scenes.values() if _joins(one, who, place.id)]
    if not joins:
        return f"{who} is never in '{place.id}'"
    # A consequence may come before or after anything else.
    if scene in joins or any(one.consequence for one in (scene, *joins)):
        return ""
    return "" if scene.id in onward(case.story, [one.id for one in joins]) else f"{who} joins '{place.id}' later"


def _joins(scene: Scene, who: str, place: str) -> bool:
    """Whether somebody comes into a place in a scene."""
    return any(
        isinstance(cue.line, Membership) and cue.line.how in ("joins", "adds") and (cue.who, cue.place) == (who, place)
        for cue in cues_of_scene(scene)
    ) or any(
        one.verb == "add" and (one.person, one.place) == (who, place)
        for effect in effects_of_scene(scene)
        for one in effect.lasting
    )


CHECKS: tuple[Check, ...] = (words_never_read,)

__all__ = ["CHECKS", "words_never_read"]
