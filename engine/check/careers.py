"""What is found of a career beyond its own lines: whether its parts hand on what later ones ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.check.codes import CHECK_CODES
from engine.script.career import Career, Careers
from engine.script.findings import Finding, Path
from engine.story.flags import carried_flags, flags_set, known_flags
from engine.story.horizon import fates, up_to
from engine.story.model import SET, Due, Story, Var


def check_careers(careers: Careers, stories: Mapping[str, Story]) -> list[Finding]:
    """Every finding of the careers of a pack, in the order of the file.

    `stories` are the scenarios of the pack that compile, by id; what hangs on one that does not is not judged.
    """
    for name, career in careers.careers.items():
        ids = [part.scenario for part in career.parts]
        if len(set(ids)) == len(ids) and all(one in stories for one in ids):
            parts = [stories[one] for one in ids]
            for check in (_carried, _hidden, _names, _beyond):
                for code, path, message, hint in check(career, parts):
                    careers.add(code, (name, *path), message, hint, CHECK_CODES[code].severity)
    return sorted(dict.fromkeys(careers.findings), key=lambda finding: (finding.line, finding.column, finding.code))


def _carried(_career: Career, parts: Sequence[Story]) -> Iterator[tuple[str, Path, str, str]]:
    """What is carried has to come from somewhere, and to fit."""
    for number, story in enumerate(parts):
        path: Path = ("parts", number)
        for name, var in carried_flags(story).items() if number else ():
            earlier = parts[:number]
            if not any(name in flags_set(one) for one in earlier):
                known = sorted({flag for one in earlier for flag in flags_set(one)})
                hint = f"set it in an earlier part; these are set there: {', '.join(known[:12])}" if known else "set it there"
                yield "SB344", path, f"'{story.id}' carries '{name}', and no earlier part sets it", hint
            for one in earlier:
                theirs = known_flags(one).get(name)
                if theirs is None or (theirs.kind == var.kind and var.low <= theirs.low and theirs.high <= var.high):
                    continue
                hint = f"write it in '{story.id}' as it stands there: {_bounds(theirs)}"
                yield "SB345", path, f"'{name}' is {_bounds(theirs)} in '{one.id}' and {_bounds(var)} in '{story.id}'", hint


def _bounds(var: Var) -> str:
    return f"a number from {var.low} to {var.high}" if var.kind == "number" else "a yes or no"


def _hidden(_career: Career, parts: Sequence[Story]) -> Iterator[tuple[str, Path, str, str]]:
    """A part that has a flag of its own by a name that was set before it and is carried after it."""
    for number, story in enumerate(parts):
        before = {name for one in parts[:number] for name in flags_set(one)}
        after = {name: one.id for one in reversed(parts[number + 1 :]) for name in carried_flags(one)}
        for name in known_flags(story):
            if name in before and name in after and name not in carried_flags(story):
                message = f"'{story.id}' has a flag '{name}' of its own, so '{after[name]}' learns nothing of earlier parts"
                hint = f"write `carried: yes` at '{name}' in '{story.id}', or give its flag another name"
                yield "SB346", ("parts", number), message, hint


def _beyond(career: Career, parts: Sequence[Story]) -> Iterator[tuple[str, Path, str, str]]:
    """An ending that asks for what comes, or may come, when the next part has begun."""
    for number, (story, following) in enumerate(zip(parts, career.parts[1:], strict=False)):
        if following.after is None:
            continue
        late = fates(up_to(story, following.after.seconds))
        made: dict[int, str] = {}
        for index in sorted(late.out | late.unsure):
            for at in _written(story, story.dues[index]):
                made.setdefault(at, story.dues[index].id)
        for ending in story.endings:
            asked = sorted(made.keys() & ending.guard.reads) if ending.guard is not None else []
            if asked:
                message = (
                    f"the ending '{ending.id}' of '{story.id}' asks for '{story.vars[asked[0]].name}', which '{made[asked[0]]}' "
                    f"changes when '{following.scenario}' has begun"
                )
                hint = "in this career it is not told: let it come earlier, let the next part begin later, or leave it to the story played alone"
                yield "SB348", ("parts", number + 1), message, hint


def _written(story: Story, due: Due) -> Iterator[int]:
    """The values that a consequence may change."""
    scenes = [story.scenes[name] for name in (due.scene, due.otherwise) if name is not None]
    for effect in (due.effect, *(scene.effect for scene in scenes)):
        if effect is not None:
            yield from (op[0] for op in effect.ops)
    yield from (move[2] for scene in scenes for move in scene.moves if move[1] == SET)


def _names(_career: Career, parts: Sequence[Story]) -> Iterator[tuple[str, Path, str, str]]:
    """One protagonist goes by one name."""
    first = parts[0].head.get("you") if parts else None
    for number, story in enumerate(parts):
        name = story.head.get("you")
        if name != first:
            words = [f"'{one}'" if one else "by their own name" for one in (first, name)]
            message = f"the player is called {words[0]} in '{parts[0].id}' and {words[1]} in '{story.id}'"
            yield "SB347", ("parts", number), message, "give `you` the same name in every part, or none in any"


__all__ = ["check_careers"]
