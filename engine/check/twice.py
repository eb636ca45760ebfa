"""What a player would see twice, or could not tell apart: notices beside `do`, and places that are called alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.check.case import Case, Check, Found
from engine.script import format as form
from engine.script.findings import Path
from engine.script.lines import Notice, Script
from engine.script.parts import effects_of, placed, start_place

_OWN_DOING = {
    "leave": re.compile(r"you (?:leave|left)\b", re.IGNORECASE),
    "timer": re.compile(r"you (?:turn|turned|switch|switched) (?:on|off) disappearing", re.IGNORECASE),
    "delete": re.compile(r"you (?:delete|deleted)\b|.*\b(?:was|is|has been|were|are) deleted\b", re.IGNORECASE),
}
"""How a notice begins that tells the player's own doing."""
_TO_SOMEBODY = {
    "remove": re.compile(r"\bremove[sd]?\b", re.IGNORECASE),
    "add": re.compile(r"\b(?:adds?|added|joins?|joined)\b", re.IGNORECASE),
}
"""What a notice says beside the name."""


def told_twice(case: Case) -> Iterator[Found]:
    """Notices that say what `do` beside them makes the phone say by itself."""
    for path, effects in effects_of(case.scenario):
        doing = getattr(effects, "do_", ())
        for where, script in _beside(case, path) if doing else ():
            begins = start_place(case.scenario, where)
            for place, line in placed(script.lines, begins):
                if not isinstance(line, Notice):
                    continue
                same = next((one for one in doing if _tells(case, one, line.text, place, begins)), None)
                if same is not None:
                    message = f"the phone says by itself what `do: {same.text}` does, so this is told twice"
                    yield Found("SB332", where, message, "leave this line out", line.row, line.col)


def _beside(case: Case, path: Path) -> Iterator[tuple[Path, Script]]:
    """The scripts that are told where something with effects happens: its own; for a piece, that of its pick."""
    wanted = path[: path.index("pick") + 1] if "pick" in path and "from" in path else path
    return ((where, script) for where, script in case.scripts if where[:-1] == wanted)


def _tells(case: Case, doing: form.Lasting, text: str, place: str | None, begins: str | None) -> bool:
    """Whether a notice in a place says what is done there."""
    if doing.verb in _OWN_DOING:
        there = doing.verb == "delete" or place == (doing.place or begins)
        return there and _OWN_DOING[doing.verb].match(text) is not None
    if doing.verb not in _TO_SOMEBODY or place != (doing.place or begins):
        return False
    return _TO_SOMEBODY[doing.verb].search(text) is not None and _names(case, doing.person or "", text)


def _names(case: Case, person: str, text: str) -> bool:
    """Whether a text names somebody of the cast."""
    if f"{{{person}}}" in text:
        return True
    somebody = case.scenario.cast.get(person)
    words = {person, *((somebody.name or "").split() if somebody is not None else ())}
    said = {word.casefold() for word in re.findall(r"[^\W_]+", text)}
    return any(word.casefold() in said for word in words if len(word) > 1)


def alike(case: Case) -> Iterator[Found]:
    """Places of one phone that have the same name. A call says so beside its name, and may share that of a chat."""
    first: dict[tuple[str, str | None, bool], str] = {}
    for name, place in case.story.places.items():
        shown = " ".join(str(place.name).casefold().split())
        other = first.setdefault((shown, place.phone, place.kind == "call"), name)
        if other != name:
            message = f"'{name}' has the same name as '{other}', and looks like it in the list of places"
            yield Found("SB331", ("places", name), message, "give one of them another `name`", key=True)


CHECKS: tuple[Check, ...] = (told_twice, alike)

__all__ = ["CHECKS", "alike", "told_twice"]
