"""Where a story leads: what no play comes to, what waits for nothing, and what is said where nobody hears it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.case import Case, Check, Found, lines_of
from engine.proof.model import consequence_claim
from engine.script import format as form
from engine.script.findings import Path, words_list
from engine.script.lines import Goto, Membership, Say
from engine.script.parts import conditions_of, effects_of, flags_set_in, names_in, start_place
from engine.story.flow import leads_to
from engine.story.model import END, Scene, Story

# What no play comes to


def not_proved(case: Case) -> Iterator[Found]:
    """Say what the proof did not answer for every play."""
    missing = case.proof.not_proved() if case.proof is not None else {}
    if case.proof is not None and missing:
        shown = words_list(list(missing)[:4]) + (f" and {len(missing) - 4} more" if len(missing) > 4 else "")
        why = next((claim.stopped_by for claim in missing.values() if claim.stopped_by), "its bounds")
        message = f"not every play was looked at ({shown}): stopped by {why}, after {case.proof.states:,} states"
        hint = "what was not proved is not claimed; scenes were judged by what leads to them, their conditions aside"
        yield Found("SB300", ("id",), message, hint, key=True)


def scenes_never_seen(case: Case) -> Iterator[Found]:
    """Scenes that no play comes to; where that is not proved, those that nothing leads to."""
    proved = set(case.never.get("scenes", ()))
    reached = _reached(case.story)
    for name in case.story.scenes:
        if name not in reached:
            why = "no `next`, `later` or reckoning leads to it"
        elif name in proved:
            why = "in every possible play its conditions fail, or those on the way to it"
        else:
            continue
        yield Found("SB301", ("scenes", name), f"no play comes to '{name}'", f"{why}: lead to it, or take it out", key=True)


def _reached(story: Story) -> set[str]:
    """Scenes that something leads to, conditions aside."""
    begin = [story.start]
    for index in story.reckoning:
        due = story.dues[index]
        begin += [name for name in (due.scene, due.otherwise) if name is not None]
    return onward(story, begin)


def onward(story: Story, begin: list[str]) -> set[str]:
    """These scenes and all that may follow them, or that they may bring later; conditions aside."""
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += leads_to(story, story.scenes[name])
    return seen


def options_never_there(case: Case) -> Iterator[Found]:
    """Choices and pieces that no play can take, of scenes that some play comes to."""
    for ref in case.never.get("choices", ()):
        scene, _dot, name = ref.partition(".")
        path = _option_path(case.story.scenes[scene], name)
        if path is not None and scene not in case.never.get("scenes", ()):
            message = f"'{name}' can never be taken in '{scene}'"
            yield Found(
                "SB302", path, message, "its `if` never holds when a play comes here: mend it, or take it out", key=True
            )


def _option_path(scene: Scene, name: str) -> Path | None:
    path: Path = ("scenes", scene.id)
    if name in scene.choices:
        return (*path, "choices", name)
    if scene.pick is not None and name in scene.pick.pieces:
        return (*path, "pick", "from", name)
    return None


def endings_never_reached(case: Case) -> Iterator[Found]:
    """Endings that no play comes to."""
    for name in case.never.get("endings", ()):
        hint = "its `if` never holds, or an ending before it always comes first: mend the `if`, or move it up"
        yield Found("SB303", ("endings", name), f"no play comes to the ending '{name}'", hint, key=True)


def codas_never_told(case: Case) -> Iterator[Found]:
    """Codas whose `if` never holds."""
    for name in case.never.get("codas", ()):
        yield Found("SB304", ("codas", name), f"the coda '{name}' is never told", "its `if` holds in no play", key=True)


def consequences(case: Case) -> Iterator[Found]:
    """Consequences that never come, and those whose `if` makes no difference."""
    proof = case.proof
    for due in case.story.dues if proof is not None else ():
        ways = proof.consequences.get(due.id) if proof is not None else None
        if proof is None or ways is None or due.scene is None or not proof.proved(consequence_claim(due.id)):
            continue
        path = due_path(case.story, due.made_by, due.id, due.scene)
        came = ways.get("came")
        others = [witness for how, witness in ways.items() if how != "came"]
        if came is None:
            message = f"'{due.scene}' never comes from '{due.made_by}'"
            yield Found(
                "SB305", path, message, "its `if` holds in no play, or nobody can do what brings it: mend it, or take it out"
            )
        elif others and all(witness is None for witness in others):
            message = f"'{due.scene}' always comes from '{due.made_by}': its `if` holds in every play"
            yield Found("SB306", path, message, "leave the `if` out, unless you keep it for a later version")


def due_path(story: Story, made_by: str, due: str, scene: str) -> Path:
    """Where in the file a consequence is brought."""
    for path, effects in effects_of(story.scenario):
        if isinstance(effects, form.Reckon):
            if due == f"reckoning>{path[1]}":
                return (*path, "scene")
            made = due.rpartition(">")[0]
        else:
            made = made_by
        if _source_of(path) == made:
            for number, later in enumerate(effects.later):
                if later.scene == scene:
                    return (*path, "later", number, "scene")
    return ("scenes", scene)


def _source_of(path: Path) -> str:
    """The stable id of what has effects at a path, as the compiler names it."""
    names = [str(part) for part in path]
    if names[0] == "reckoning":
        return f"reckoning>{names[1]}"
    if len(names) == 2:
        return names[1]
    return f"{names[1]}.{names[-1]}"


def stuck(case: Case) -> Iterator[Found]:
    """Decisions in which the proof found a player stuck. The compiler finds them first; this is the net below it."""
    for name in case.proof.strands if case.proof is not None else ():
        hint = "let one of the choices always be there: the silence, say"
        yield Found("SB264", ("scenes", name), f"a player can be stuck in '{name}'", hint, key=True)
    for name in case.proof.no_lapse if case.proof is not None else ():
        hint = "let it lapse to a choice that is always there"
        yield Found("SB265", ("scenes", name, "limit"), f"the time can run out in '{name}' with no way on", hint, key=True)


# Waiting


def waiting(case: Case) -> Iterator[Found]:
    """Decisions that waiting does not get one past."""
    for name, scene in case.story.scenes.items():
        silences = [choice for choice in scene.choices.values() if choice.id == "silence" or choice.action == "wait"]
        if silences and all(choice.stay or choice.open is not None for choice in silences):
            what = "comes back to the decision" if all(choice.stay for choice in silences) else "is not always there"
            message = f"waiting does not lead on from '{name}': its silence {what}"
            hint = "let one silence lead on, without `stay` and without `if`; who waits must come to an end too"
            yield Found("SB307", ("scenes", name, "choices", silences[0].id), message, hint, key=True)
        elif scene.decides and scene.no_silence and not silences:
            message = f"in '{name}' one cannot stay silent, so a player who only waits has to decide here"
            yield Found("SB308", ("scenes", name, "no-silence"), message, "fine where doing nothing is no answer", key=True)


# Flags


def flags(case: Case) -> Iterator[Found]:
    """Flags that are set and never asked for, and the reverse."""
    scenario = case.scenario
    asked = names_in(conditions_of(scenario))
    sets = flags_set_in(scenario)
    for flag, path in sets.items():
        if flag not in asked:
            hint = "ask for it in an `if`, or leave it out"
            yield Found("SB311", path, f"'{flag}' is set, and nothing asks for it", hint, key=path[-1] == flag)
    for flag, declared in scenario.flags.items():
        if declared.carried and flag not in asked:
            # What only counts on from part to part, or is set again for a later one, is of use in a career too.
            if flag not in sets:
                hint = "ask for it in an `if`, or leave it out: what nobody asks for is carried past this part all the same"
                yield Found(
                    "SB325", ("flags", flag, "carried"), f"'{flag}' is carried, and nothing asks for it", hint, key=True
                )
        elif flag not in sets and not declared.carried:
            used = flag in asked
            message = (
                f"'{flag}' is {'asked for, and nothing sets it' if used else 'declared, and nothing sets it or asks for it'}"
            )
            hint = f"write `set: {{{flag}: yes}}` where it comes true, or take it out"
            yield Found("SB312" if used else "SB313", ("flags", flag), message, hint, key=True)


# What a scenario should have


def epilogues(case: Case) -> Iterator[Found]:
    """Endings that tell nothing."""
    for name, ending in case.scenario.endings.items():
        if not any(row.text.strip() for row in ending.epilogue.rows):
            hint = "tell in a few sentences what became of it"
            yield Found("SB314", ("endings", name, "epilogue"), f"the ending '{name}' has no epilogue", hint, key=True)


def questions(case: Case) -> Iterator[Found]:
    """No questions for the people who played."""
    if not any(question.strip() for question in case.scenario.debrief.questions):
        hint = "write `debrief:` with `questions:`, three to six that a room can talk about"
        path: Path = ("debrief",) if "debrief" in case.source.text else ("endings",)
        yield Found("SB315", path, "there are no questions for the debrief", hint, key=True)


def skips(case: Case) -> Iterator[Found]:
    """`skip` where nothing is told that somebody could pass over."""
    for name, scene in case.story.scenes.items():
        if scene.skip is not None and not (scene.decides or scene.script or scene.tellings):
            message = f"'{name}' has a `skip` and tells nothing, so it is never offered"
            hint = "put it on the scene that tells what somebody may not want to read, or leave it out"
            yield Found("SB316", ("scenes", name, "skip"), message, hint, key=True)
        if scene.note is not None and scene.skip is None:
            hint = "write a `skip` with the one line that is told instead, or take the note out"
            yield Found(
                "SB333",
                ("scenes", name, "note"),
                f"'{name}' has a `note` and cannot be skipped, so nobody reads it",
                hint,
                key=True,
            )


def empty_scenes(case: Case) -> Iterator[Found]:
    """Scenes that show nothing, ask nothing, change nothing and lead one way only."""
    for name, scene in case.story.scenes.items():
        quiet = not (scene.script or scene.tellings or scene.decides)
        idle = not (scene.effect.ops or scene.effect.lasting or scene.effect.later) and len(scene.next) < 2
        if quiet and idle and not scene.consequence:
            hint = "write its `script`, or lead past it"
            yield Found("SB319", ("scenes", name), f"'{name}' shows nothing, asks nothing and changes nothing", hint, key=True)


# Who says what where


def public_answers(case: Case) -> Iterator[Found]:
    """Others whose answer lands in the feed that the player posted to, because a choice's script begins there."""
    scenario = case.scenario
    for path, script in case.scripts:
        if len(path) < 5 or path[0] != "scenes" or path[2] not in ("choices", "pick"):
            continue
        scene = scenario.scenes[str(path[1])]
        begins = start_place(scenario, path)
        place = scenario.places.get(begins or "")
        if begins == scene.in_ or place is None or not (place.official or place.own) or not (place.feed or place.form):
            continue
        names = {(place.feed or place.form or "").casefold(), (place.name or "").casefold(), str(begins)}
        for line in script.lines:
            if isinstance(line, Goto):
                break
            if not isinstance(line, Say) or line.who == "you" or line.on is not None or line.reply_to is not None:
                continue
            member = scenario.cast.get(line.who.casefold())
            if line.who.casefold() in names or (member is not None and (member.name or "").casefold() in names):
                continue
            message = f"{line.who} says this on '{begins}', in public: a choice's script begins where the choice goes to"
            hint = f"write `in {scene.in_}:` on a line before it, or `in {begins}:` when it is meant" if scene.in_ else (
                f"write `in place:` on a line before it, or `in {begins}:` when it is meant"
            )  # fmt: skip
            yield Found("SB318", path, message, hint, line.row, line.col)
            break


def _leavings(case: Case) -> Iterator[tuple[Path, str]]:
    """Where the player leaves a place or is removed: the path of what does it, and the place."""
    for path, effects in effects_of(case.scenario):
        for lasting in effects.do_:
            if lasting.place and (lasting.verb == "leave" or (lasting.verb == "remove" and lasting.person == "you")):
                yield path, lasting.place
    for path, place, line in lines_of(case):
        if isinstance(line, Membership) and place and line.who.casefold() == "you" and line.how in ("leaves", "removes"):
            yield path[:-1] if path[0] == "scenes" else path, place


def _after(story: Story, name: str) -> set[str]:
    """Scenes that may follow a scene (it itself not among them)."""
    scene = story.scenes[name]
    seen: set[str] = set()
    waiting = [scene]
    if scene.consequence:
        makers = {due.made_by.partition(".")[0] for due in story.dues if name in (due.scene, due.otherwise)}
        waiting = [story.scenes[maker] for maker in makers if maker in story.scenes]
    while waiting:
        one = waiting.pop()
        for branches in (one.next, *(choice.next for choice in one.choices.values())):
            for branch in branches:
                if branch.to != END and branch.to not in seen:
                    seen.add(branch.to)
                    waiting.append(story.scenes[branch.to])
    return seen


def speaks_where_left(case: Case) -> Iterator[Found]:
    """`You:` in a place that the player may have left by then."""
    story = case.story
    leavings = [(path, place) for path, place in _leavings(case) if path[0] == "scenes"]
    if not leavings:
        return
    after = {str(path[1]): _after(story, str(path[1])) for path, _place in leavings}
    for path, place, line in lines_of(case):
        if path[0] != "scenes" or not isinstance(line, Say) or line.who != "you" or place is None:
            continue
        if _asks(line.cond, place) or _asks(case.scenario.scenes[str(path[1])].if_, place):
            continue
        for left_at, left in leavings:
            scene = str(left_at[1])
            if left == place and (path[1] in after[scene] or (path[1] == scene and path[:-1] == left_at)):
                message = f"the player speaks in '{place}' and may have left it, in '{scene}'"
                hint = f"say it only `{{if not left {place}}}`, or in another place"
                yield Found("SB320", path, message, hint, line.row, line.col)
                break


def comes_where_left(case: Case) -> Iterator[Found]:
    """Consequences that may come to a place that the player has left, where nobody asks whether they have."""
    story = case.story
    leavings = [(path, place) for path, place in _leavings(case) if path[0] == "scenes"]
    told: set[Path] = set()
    for due in story.dues:
        scene = story.scenes.get(due.scene or "")
        if scene is None or scene.place is None or scene.left < 0 or (due.guard is not None and scene.left in due.guard.reads):
            continue
        path = due_path(story, due.made_by, due.id, scene.id)
        for left_at, left in leavings:
            if left == scene.place and path not in told and _together(story, path, left_at):
                told.add(path)
                message = f"'{scene.id}' may come to '{scene.place}' when the player has left it, in '{left_at[1]}'"
                hint = "it is then told in the debrief, as what went on without them; bring it elsewhere if it must be seen"
                yield Found("SB321", path, message, hint)


def _together(story: Story, one: Path, other: Path) -> bool:
    """Whether one play may hold both: what brings a consequence, and what leaves a place."""
    if one[0] == "reckoning":
        return True
    first, second = str(one[1]), str(other[1])
    if first == second:
        owner = one[:-3]
        return owner[: len(other)] == other or other[: len(owner)] == owner or one[2] == other[2] == "pick"
    return second in _after(story, first) or first in _after(story, second)


def _asks(condition: object, place: str) -> bool:
    return condition is not None and f"left {place}" in getattr(condition, "text", "")


CHECKS: tuple[Check, ...] = (
    not_proved, scenes_never_seen, options_never_there, endings_never_reached, codas_never_told, consequences, stuck, waiting, flags,
    epilogues, questions, skips, empty_scenes, public_answers, speaks_where_left, comes_where_left,
)  # fmt: skip
