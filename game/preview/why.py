"""Why something is on offer or not, came or did not: conditions taken apart, each piece with the value that it asks for.

Nothing is evaluated here: a piece of a condition is compiled as the story's own conditions are, and tested on the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.play.rehearsal import NotCome, Rehearsal
from engine.play.world import World
from engine.script.conditions import And, Asks, Compare, Condition, IsIn, Name, Node, Not, Number, Or, parse_condition
from engine.script.findings import Unread
from engine.script.lines import Change, Count, Membership, React, Read
from engine.script.times import duration_words
from engine.story.guards import compile_condition
from engine.story.model import Choice, Cue, Guard, Passage, Scene, Story, Values
from game.clock import moment_words
from game.preview.trial import Trial, value_words
from game.words import _


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a condition. `depth` is how far in it stands; `now` are the values that it asks for."""

    words: str
    holds: bool
    now: str = ""
    depth: int = 0


Standing = Literal["offered", "refused", "hidden"]


@dataclass(frozen=True, slots=True)
class About:
    """One option, scene or consequence, and why it stands as it does."""

    id: str
    label: str
    standing: Standing
    words: str
    condition: str = ""
    pieces: tuple[Piece, ...] = ()
    path: tuple[str, ...] = field(default=())
    """Where it is in the file."""
    row: int = -1
    """The row of the script at `path`, from 0; -1: it is no line of a script."""


class _Names:
    """Finds names in the values of a story. Satisfies `guards.Names`."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def value(self, name: str, at: int) -> int:
        return self.story.var_index.get(name, -1)

    def asks(self, what: str, target: str, at: int) -> int:
        return self.story.var_index.get(f"{what} {target}", -1)

    def is_in(self, person: str, place: str, at: int) -> int:
        who = {member.get("name", "").casefold(): id_ for id_, member in self.story.cast.items()}
        found = self.story.var_index.get(f"{person} in {place}", -1)
        return found if found >= 0 else self.story.var_index.get(f"{who.get(person.casefold(), '')} in {place}", -1)


def pieces_of(condition: str, story: Story, values: Values) -> tuple[Piece, ...]:
    """The pieces of a condition as written, with what each is now."""
    try:
        node = parse_condition(condition).node
    except Unread:  # a condition that the engine put together of several
        return ()
    names = _Names(story)
    return tuple(_pieces(node, story, values, names, 0))


def _pieces(node: Node, story: Story, values: Values, names: _Names, depth: int) -> Iterator[Piece]:
    holds = _holds(node, names, values)
    if isinstance(node, And | Or):
        whole = _("all of these") if isinstance(node, And) else _("one of these")
        if depth or isinstance(node, Or):
            yield Piece(whole, holds, depth=depth)
            depth += 1
        for part in node.parts:
            yield from _pieces(part, story, values, names, depth)
        return
    if isinstance(node, Not) and isinstance(node.part, Not):  # {else} of a line that has a `not`
        yield from _pieces(node.part.part, story, values, names, depth)
        return
    if isinstance(node, Not) and isinstance(node.part, And | Or):
        yield Piece(_("not this"), holds, depth=depth)
        yield from _pieces(node.part, story, values, names, depth + 1)
        return
    now = "; ".join(dict.fromkeys(_now(node, story, values, names)))
    yield Piece(written(node), holds, now, depth)


def _holds(node: Node, names: _Names, values: Values) -> bool:
    guard = compile_condition(Condition(written(node), node), names)
    return guard is None or bool(guard.test(values))


def _now(node: Node, story: Story, values: Values, names: _Names) -> Iterator[str]:
    """What each name in a piece is now, as words."""
    if isinstance(node, Not):
        yield from _now(node.part, story, values, names)
    elif isinstance(node, Compare):
        yield from _now(node.left, story, values, names)
        yield from _now(node.right, story, values, names)
    elif isinstance(node, Name):
        index = names.value(node.name, 0)
        if index >= 0:
            words = value_words(story, node.name, values[index])
            yield _("{name} is {value}").format(name=node.name, value=words)
    elif isinstance(node, Asks | IsIn):
        index = names.asks(node.what, node.target, 0) if isinstance(node, Asks) else names.is_in(node.person, node.place, 0)
        if index >= 0:
            yield _("that is so") if values[index] > 0 else _("that is not so")


def written(node: Node) -> str:
    """A piece of a condition as an author would write it."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Number):
        return str(node.value)
    if isinstance(node, Asks):
        return f"{node.what} {node.target}"
    if isinstance(node, IsIn):
        return f"{node.person} in {node.place}"
    if isinstance(node, Compare):
        return f"{written(node.left)} {node.op} {written(node.right)}"
    if isinstance(node, Not):
        inner = written(node.part)
        return f"not ({inner})" if isinstance(node.part, And | Or) else f"not {inner}"
    word = " and " if isinstance(node, And) else " or "
    parts = (f"({written(part)})" if isinstance(part, And | Or) else written(part) for part in node.parts)
    return word.join(parts)


# What an author asks about


def options_of(trial: Trial, scene: str) -> list[About]:
    """Everything that the author wrote to choose from in a scene, in the order of the file, and how it stands."""
    story, play = trial.story, trial.rehearsal
    found = story.scenes[scene]
    offer = trial.offer
    here = offer if offer is not None and offer.scene == scene else None
    shown = {option.id: option for option in here.options} if here is not None else {}
    abouts: list[About] = []
    for choice in found.choices.values():
        path: tuple[str, ...] = ("scenes", scene, "choices", choice.id)
        if choice.id == "silence":
            path = ("scenes", scene, "silence") if _silent_key(story, scene) else path
        option = shown.get(choice.id)
        if here is None:
            standing, words = _standing(choice.guard, play)
        elif option is None:
            standing, words = "hidden", _why_hidden(choice, play)
        elif option.available:
            standing, words = "offered", _("on offer")
        else:
            standing, words = "refused", _("shown, and refused: {why}").format(why=option.why_not)
        abouts.append(_about(choice.id, trial.play.text(choice.label), standing, words, choice.guard, story, play.values, path))
    if found.pick is not None:
        for piece in found.pick.pieces.values():
            standing, words = _standing(piece.guard, play, shows=piece.else_ is not None)
            path = ("scenes", scene, "pick", "from", piece.id)
            abouts.append(_about(piece.id, play.text(piece.label), standing, words, piece.guard, story, play.values, path))
    if found.board is not None:
        for card in found.board.cards.values():
            standing, words = _standing(card.guard, play)
            path = ("scenes", scene, "board", "cards", card.id)
            abouts.append(_about(card.id, play.text(card.text), standing, words, card.guard, story, play.values, path))
    return abouts


def _silent_key(story: Story, scene: str) -> bool:
    return "silence" not in story.scenario.scenes[scene].choices


def _standing(guard: Guard | None, play: World, *, shows: bool = False) -> tuple[Standing, str]:
    if guard is None or guard.test(play.values):
        return "offered", _("on offer")
    return ("refused", _("shown, and refused")) if shows else ("hidden", _("hidden: its `if` does not hold"))


def _why_hidden(choice: Choice, play: World) -> str:
    values = play.values
    if choice.stay and choice.used >= 0 and values[choice.used]:
        return _("hidden: it was taken already")
    if choice.guard is not None and not choice.guard.test(values):
        return _("hidden: its `if` does not hold")
    if choice.shut >= 0 and values[choice.shut]:
        return _("hidden: the player has left the place")
    if any(values[index] for index in choice.gone):
        return _("hidden: its message is gone")
    return _("hidden")


def _about(
    id_: str,
    label: str,
    standing: Standing,
    words: str,
    guard: Guard | None,
    story: Story,
    values: Sequence[int],
    path: tuple[str, ...],
) -> About:
    text = guard.text if guard is not None else ""
    return About(id_, label, standing, words, text, pieces_of(text, story, values) if text else (), path)


def lines_of(trial: Trial, scene: str) -> list[About]:
    """The lines of a scene's script that stand under an {if}, and whether they would be said as things stand."""
    found: list[About] = []
    compiled: Scene = trial.story.scenes[scene]
    play = trial.rehearsal
    for cue in compiled.script:
        words = _cue_words(cue, play)
        if cue.guard is not None and words:
            found.append(_line(trial, cue.who or "", words, cue.guard, ("scenes", scene, "script"), cue.line.row))
    if scene in trial.story.unseen:
        found += _rows(trial, trial.story.unseen[scene], ("debrief", "unseen", scene))
    return found


def lines_at_the_end(trial: Trial) -> list[About]:
    """The lines that stand under an {if} in the ending that holds as things stand, and in the codas that do."""
    story, values = trial.story, trial.rehearsal.values
    ending = story.ending_at(values)
    found = _rows(trial, ending.epilogue, ("endings", ending.id, "epilogue"))
    for coda in story.codas_at(values):
        found += _rows(trial, coda.text, ("codas", coda.id, "text"))
    return found


def _rows(trial: Trial, passage: Passage, path: tuple[str, ...]) -> list[About]:
    play = trial.rehearsal
    rows = [(row, row.guard) for row in passage.rows if row.text]
    return [
        _line(trial, path[-2], play.text(row.text).strip(), guard, path, row.number) for row, guard in rows if guard is not None
    ]


def _line(trial: Trial, who: str, words: str, guard: Guard, path: tuple[str, ...], row: int) -> About:
    values = trial.rehearsal.values
    standing: Standing = "offered" if guard.test(values) else "hidden"
    said = _("comes as things stand") if standing == "offered" else _("does not come as things stand")
    return replace(_about(who, words, standing, said, guard, trial.story, values, path), row=row)


def _cue_words(cue: Cue, play: Rehearsal) -> str:
    """A line of a script in a word or two; nothing for what only frames others."""
    line = cue.line
    if cue.text:
        return play.text(cue.text).strip().partition("\n")[0]
    if isinstance(line, React):
        return f"{line.emoji} → {line.message}"
    if isinstance(line, Change):
        return f"{line.how} → {line.message}"
    if isinstance(line, Count | Read):
        return _("counts of {message}").format(message=line.message)
    if isinstance(line, Membership):
        return line.how
    return ""


def did_not_come(trial: Trial) -> list[About]:
    """Scenes that were passed over and consequences that were prevented, the latest first, with the values of that moment."""
    story = trial.story
    return [_not_come(one, story) for one in reversed(trial.rehearsal.not_come)]


def _not_come(one: NotCome, story: Story) -> About:
    moment = moment_words(story, one.at)
    if one.id == one.scene:
        words = _("passed over, {moment}").format(moment=moment)
        if one.left and not one.condition:
            words = _("passed over, {moment}: the player has left the place").format(moment=moment)
    else:
        words = _("prevented, {moment}").format(moment=moment)
        if one.instead is not None:
            words = _("prevented, {moment}; “{scene}” came instead").format(moment=moment, scene=one.instead)
    label = one.scene if one.scene is not None and one.scene != one.id else ""
    pieces = pieces_of(one.condition, story, one.values) if one.condition else ()
    return About(one.id, label, "hidden", words, one.condition, pieces, ("scenes", one.scene) if one.scene else ())


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that is to come. `at` is in seconds of story time."""

    id: str
    scene: str
    at: int
    moment: str
    made_by: str
    promise: bool
    condition: str
    holds: bool
    pieces: tuple[Piece, ...]
    otherwise: str


def pending_of(trial: Trial) -> list[Pending]:
    """Consequences that are to come, soonest first; messages that are to disappear are left out."""
    story, play = trial.story, trial.rehearsal
    found: list[Pending] = []
    for at, index in play.pending:
        due = story.dues[index]
        if due.scene is None:
            continue
        text = due.guard.text if due.guard is not None else ""
        holds = due.guard is None or bool(due.guard.test(play.values))
        pieces = pieces_of(text, story, play.values) if text else ()
        found.append(
            Pending(
                due.id,
                due.scene,
                at,
                _when(story, at, play.clock),
                due.made_by,
                due.promise,
                text,
                holds,
                pieces,
                due.otherwise or "",
            )
        )
    return found


def _when(story: Story, at: int, now: int) -> str:
    """A moment that is to come: the day, and how far away it is."""
    moment = moment_words(story, at)
    if at <= now:
        return _("{moment}, overdue: it comes before the next scene").format(moment=moment)
    return _("{moment}, in {duration}").format(moment=moment, duration=duration_words(at - now))


__all__ = [
    "About",
    "Pending",
    "Piece",
    "did_not_come",
    "lines_at_the_end",
    "lines_of",
    "options_of",
    "pending_of",
    "pieces_of",
    "written",
]
