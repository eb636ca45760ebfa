"""Decisions: whether waiting is beaten, what is obvious, and wording that gives the answer away.

"Better" is Pareto over the five dials at the end of a play: no dial lower, and one higher. There is no total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from engine.check.case import Case, Check, Found
from engine.check.outcomes import nothing_beats_waiting
from engine.script.findings import words_list
from engine.script.parts import conditions_of, names_in
from engine.story.model import DIAL_COUNT, Choice, Effect, Scene, Template

ALIKE = 5
"""Hundredths of a point: means that differ by no more are taken for alike when options are ranked."""
LUCK = Fraction(1, 20)
"""A pattern is called one when chance alone would show it less often than this: once in twenty."""
LEAST_HITS = 3
"""So often, at least, must the best option stand out before a pattern is spoken of."""
ABSOLUTES = frozenset(
    [
        "always",
        "never",
        "all",
        "none",
        "nobody",
        "nothing",
        "everyone",
        "everybody",
        "everything",
        "only",
        "must",
        "every",
        "entirely",
        "completely",
        "totally",
        "absolutely",
        "immediately",
        "whatever",
    ]
)
"""Words that leave no exception. Item-writing guides warn of them: readers learn that what allows none is mostly wrong."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMMON = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "because",
        "been",
        "before",
        "being",
        "could",
        "does",
        "doing",
        "done",
        "down",
        "from",
        "goes",
        "going",
        "have",
        "having",
        "here",
        "into",
        "just",
        "like",
        "make",
        "more",
        "much",
        "only",
        "other",
        "over",
        "people",
        "some",
        "such",
        "take",
        "tell",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "they",
        "thing",
        "this",
        "those",
        "through",
        "time",
        "under",
        "what",
        "when",
        "where",
        "which",
        "while",
        "whom",
        "with",
        "without",
        "would",
        "your",
        "yours",
        "you",
        "will",
    ]
)


def options_of(scene: Scene) -> list[Choice]:
    """The choices between which a player decides: looking, and what comes back to the decision, is not among them."""
    return [choice for choice in scene.choices.values() if not choice.look and not choice.stay]


def gains(case: Case, choice: Choice) -> tuple[int, ...]:
    """What a choice does to the five dials by itself: at once, and through what it brings later. Hundredths of a point."""
    found = [0] * DIAL_COUNT
    for effect in _effects(case, choice):
        for index, add, amount, _low, _high in effect.ops:
            if add and index < DIAL_COUNT:
                found[index] += amount
    return tuple(found)


def _effects(case: Case, choice: Choice) -> Iterator[Effect]:
    yield choice.effect
    for index in choice.effect.later:
        effect = case.story.dues[index].effect
        if effect is not None:
            yield effect


def compare(case: Case, scene: Scene, one: Choice, other: Choice) -> tuple[int, ...]:
    """By each dial: 1 when plays end higher after `one` than after `other`, -1 lower, 0 alike.

    By the means of all plays (or of drawn ones, where they are too many to count); by what the options do themselves where that is
    not known.
    """
    decision = case.decisions.get(scene.id)
    if decision is not None and one.id in decision.means and other.id in decision.means:
        gaps = [a - b for a, b in zip(decision.means[one.id], decision.means[other.id], strict=True)]
        return tuple((gap > ALIKE) - (gap < -ALIKE) for gap in gaps)
    mine, theirs = gains(case, one), gains(case, other)
    return tuple((a > b) - (a < b) for a, b in zip(mine, theirs, strict=True))


def best_option(case: Case, scene: Scene) -> str | None:
    """The option with the highest sum of ranks over the five dials; None when there is no single one."""
    options = options_of(scene)
    if len(options) < 2:
        return None
    ranks = {one.id: sum(sum(compare(case, scene, one, other)) for other in options if other is not one) for one in options}
    top = max(ranks.values())
    leading = [name for name, rank in ranks.items() if rank == top]
    return leading[0] if len(leading) == 1 else None


def leads(case: Case, scene: Scene) -> str | None:
    """The option that leads every dial in its final outcomes, if there is one."""
    decision = case.decisions.get(scene.id)
    return decision.leader if decision is not None else None


# Over-caution, and the obvious


def over_caution(case: Case) -> Iterator[Found]:
    """The play that always waits, when no active play beats it."""
    if nothing_beats_waiting(case.story):
        message = "a player who always waits is beaten by no other play: none does as well by every dial and better by one"
        hint = "let some act be worth its price: let a dial rise for it, or let waiting cost something"
        yield Found("SB501", ("scenes",), message, hint, key=True)


def obvious(case: Case) -> Iterator[Found]:
    """How many decisions have one option that leads every dial."""
    asked = [scene for scene in case.story.scenes.values() if len(options_of(scene)) > 1]
    if not asked:
        return
    found = {scene.id: option for scene in asked if (option := leads(case, scene)) is not None}
    if not case.decisions:  # too large to know
        return
    count = f"{len(found)} of {len(asked)} decisions"
    if found:
        shown = words_list(f"'{scene}' ({option})" for scene, option in list(found.items())[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        message = f"{count} have one option that leads every dial: {shown}{more}"
    else:
        message = f"none of {len(asked)} decisions has one option that leads every dial"
    drawn = any(decision.sampled for decision in case.decisions.values())
    hint = "by plays that were drawn, the same each time: there are too many to count" if drawn else "over all plays"
    yield Found("SB502", ("scenes",), message, hint, key=True)
    if len(found) * 3 > len(asked) and len(asked) >= LEAST_HITS:
        message = f"{count} have an option that costs nothing beside the others: more than a third"
        hint = "let the good option cost something too: time, a colleague's mood, a dial"
        yield Found("SB503", ("scenes",), message, hint, key=True)


def no_reason(case: Case) -> Iterator[Found]:
    """Options that nobody would take: no temptation, no gain, and nothing of their own to see."""
    asked = names_in(conditions_of(case.scenario))
    for name, scene in case.story.scenes.items():
        for choice in options_of(scene):
            own = choice.script or choice.effect.later or (choice.next and choice.next != scene.next)
            remembered = choice.ref in asked or any(flag in asked for flag, _index in choice.effect.flags)
            if choice.thought or own or remembered or any(gain > 0 for gain in gains(case, choice)):
                continue
            message = f"'{choice.id}' has no thought, gains nothing and leads to nothing of its own"
            hint = "give it a `thought` that a decent person could have, or something to see; an option that nobody takes is no option"
            yield Found("SB504", ("scenes", name, "choices", choice.id), message, hint, key=True)


# Wording that gives the answer away


def wording(case: Case) -> Iterator[Found]:
    """Cues by which the best option can be told without reading what it is about; and whether they are a pattern."""
    trials: dict[str, list[tuple[Fraction, bool]]] = {"SB510": [], "SB511": [], "SB512": []}
    for name, scene in case.story.scenes.items():
        options = [choice for choice in options_of(scene) if "label" in _written(case, name, choice.id)]
        best = best_option(case, scene)
        if len(options) < 3 or best is None or best not in {choice.id for choice in options}:
            continue
        chance = Fraction(1, len(options))
        words = {choice.id: _plain(choice.label) for choice in options}
        path = ("scenes", name, "choices", best, "label")
        for code, stands_out, message, hint in (
            ("SB510", _longest(words), f"the best option, '{best}', is the longest", "let another be as long"),
            (
                "SB511",
                options[0].id,
                f"the best option, '{best}', is written first",
                "move it; who reads the file or the guide sees the order",
            ),
            (
                "SB512",
                _mildest(words),
                f"only the best option, '{best}', has no absolute words",
                "take `always`, `never`, `only` out of the others",
            ),
        ):
            if stands_out is not None:
                trials[code].append((chance, stands_out == best))
                if stands_out == best:
                    yield Found(code, path, message, hint)
        cue = _echo(_plain(scene.ask), words, best)
        if cue:
            yield Found("SB513", path, f"the question points at the best option, '{best}': {cue}", "say it in other words")
    for code, pattern, what in (
        ("SB510", "SB520", "the longest"),
        ("SB511", "SB521", "the first as written"),
        ("SB512", "SB522", "the only one without absolute words"),
    ):
        hits = sum(hit for _chance, hit in trials[code])
        luck = at_least(hits, [chance for chance, _hit in trials[code]])
        if hits >= LEAST_HITS and luck < LUCK:
            message = f"the best option is {what} in {hits} of {len(trials[code])} decisions; by chance that happens in {_percent(luck)}"
            yield Found(pattern, ("scenes",), message, "players learn such a pattern faster than the lesson", key=True)


def _written(case: Case, scene: str, choice: str) -> set[str]:
    written = case.scenario.scenes[scene].choices[choice]
    return {"label"} if written.label or written.send else set()


def _plain(template: Template) -> str:
    return template if isinstance(template, str) else "".join(part if isinstance(part, str) else part[1] for part in template)


def _longest(words: dict[str, str]) -> str | None:
    most = max(len(text) for text in words.values())
    longest = [name for name, text in words.items() if len(text) == most]
    return longest[0] if len(longest) == 1 else None


def _mildest(words: dict[str, str]) -> str | None:
    mild = [name for name, text in words.items() if ABSOLUTES.isdisjoint(word.casefold() for word in _WORD.findall(text))]
    return mild[0] if len(mild) == 1 else None


def _echo(ask: str, words: dict[str, str], best: str) -> str:
    """What in the question fits the best option alone: a word that only it repeats, or an article before its first letter."""
    asked = {word.casefold() for word in _WORD.findall(ask) if len(word) > 3} - _COMMON
    for word in sorted(asked):
        holders = [name for name, text in words.items() if word in {one.casefold() for one in _WORD.findall(text)}]
        if holders == [best]:
            return f"both say “{word}”"
    article = re.search(r"\b(an?)\s*(?:…|\.{3}|:|_+)?\s*$", ask, re.IGNORECASE)
    if article is not None:
        vowel = len(article[1]) == 2
        fitting = [name for name, text in words.items() if text[:1].casefold() and (text[:1].casefold() in "aeiou") == vowel]
        if fitting == [best]:
            return f"it alone fits after “{article[1]}”"
    return ""


def at_least(hits: int, chances: list[Fraction]) -> Fraction:
    """How likely `hits` or more of these trials come true by chance, each with its own chance: the Poisson binomial, exactly.

    With the same number of options in every decision it is the binomial distribution.
    """
    nothing = Fraction(0)
    odds = [Fraction(1)]
    for chance in chances:
        odds = [
            (odds[count] * (1 - chance) if count < len(odds) else nothing) + (odds[count - 1] * chance if count else nothing)
            for count in range(len(odds) + 1)
        ]
    return sum(odds[hits:], nothing)


def _percent(odds: Fraction) -> str:
    share = float(odds) * 100
    return "less than 1 of 100 scenarios" if share < 1 else f"{share:.0f} of 100 scenarios"


CHECKS: tuple[Check, ...] = (over_caution, obvious, no_reason, wording)
