"""The organisation's words: which slots the scenarios ask for, what fills them, and a file to fill them in.

What counts: the organisation's words, then the scenario's own, then its pack's, then the plain ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.script.findings import ScenarioError, did_you_mean
from engine.story.model import Story
from engine.story.slots import standard_slots
from engine.story.stakes import LEAKS
from game.author.edit import AuthorProblem, quoted
from game.own_words import ORGANISATION_FILE, SLOTS_FILE, organisation_file, words_of_file
from game.packs import Card, load, user_folder
from game.words import _, n_

MEANINGS: Mapping[str, str] = {
    "org": "What people here call the organisation.",
    "policy": "What your rules on messaging and social media are called.",
    "reporting_route": "Whom one tells about the conduct of a colleague.",
    "speak_up_person": "Whom one can talk to first, in confidence.",
    "data_route": "Whom one tells when personal data has gone astray.",
    "security_route": "Whom one tells about a lost phone, a leaked code or a strange link.",
    "approved_app": "The messaging app that is allowed for work.",
    "staff_body": "Who represents staff in general.",
    "union": "The union, if there is one.",
    "support_line": "Where a shaken player can turn today. It is shown after hard endings.",
    "official_page": "Your page on social media.",
}
"""What each slot that every scenario may use is for."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A slot that a story asks for and the organisation has no words for; `default` is what is shown instead."""

    slot: str
    default: str


@dataclass(slots=True)
class Use:
    """A slot with the scenarios that ask for it, and what fills it in each."""

    slot: str
    scenarios: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    """What is shown, by scenario."""
    by: dict[str, str] = field(default_factory=dict)
    """What fills it, by scenario: `organisation`, `scenario`, `pack` or `plain`."""


def missing_slots(story: Story, words: Mapping[str, str]) -> list[Missing]:
    """The slots that a story asks for and the organisation's `words` do not fill, in the order of the alphabet, with what is shown instead."""
    asked = sorted(slot for slot in story.slots_used if slot in story.slots)
    return [Missing(slot, story.slots[slot]) for slot in asked if not words.get(slot, "").strip()]


def uses(cards: Sequence[Card]) -> dict[str, Use]:
    """Every slot that the scenarios ask for. Scenarios that cannot be played are passed over."""
    found: dict[str, Use] = {}
    ids = [card.id for card in cards]
    for card in cards:
        if card.trouble:
            continue
        try:
            story = load(card)
        except (ScenarioError, OSError):
            continue
        for slot in story.slots_used:
            if slot not in story.slots:
                continue
            use = found.setdefault(slot, Use(slot))
            name = card.id if ids.count(card.id) == 1 else f"{card.pack}/{card.id}"
            use.scenarios.append(name)
            use.shown[name] = story.slots[slot]
            if slot in card.slots:
                use.by[name] = "organisation"
            elif slot in story.scenario.slots:
                use.by[name] = "scenario"
            else:
                use.by[name] = "pack" if slot in card.defaults else "plain"
    order = list(standard_slots())
    return {
        slot: found[slot] for slot in sorted(found, key=lambda slot: (order.index(slot) if slot in order else len(order), slot))
    }


def given_words() -> tuple[dict[str, str], Path | None]:
    """The organisation's words for every pack, and the file that they mostly come from. Raises AuthorProblem when a file cannot be read."""
    words: dict[str, str] = {}
    source: Path | None = None
    for file in (user_folder() / SLOTS_FILE, user_folder() / ORGANISATION_FILE, organisation_file()):
        if file is None or not file.is_file():
            continue
        more, trouble = words_of_file(file)
        if trouble:
            raise AuthorProblem(trouble)
        words.update(more)
        source = file
    return words, source


def report(found: Mapping[str, Use], words: Mapping[str, str], source: Path | None) -> list[str]:
    """What the scenarios ask for and what fills it, as lines."""
    kinds = {
        "organisation": _("your words"),
        "scenario": _("the scenario's own words"),
        "pack": _("the pack's words"),
        "plain": _("plain words"),
    }
    lines = [
        _("Your words come from {file}.").format(file=source)
        if source is not None
        else _("There is no file with your words yet. `seenby organisation --write` makes one to fill in.")
    ]
    if (user_folder() / SLOTS_FILE).is_file():
        lines.append(
            _("{old} is still read. Its name is {new} now, and what stands there goes before it.").format(
                old=user_folder() / SLOTS_FILE, new=ORGANISATION_FILE
            )
        )
    open_slots = 0
    for slot, use in found.items():
        lines += ("", f"{{{slot}}}  {_(MEANINGS[slot]) if slot in MEANINGS else _('A slot of this scenario only.')}")
        by_words: dict[tuple[str, str], list[str]] = {}
        for name in use.scenarios:
            by_words.setdefault((use.shown[name], use.by[name]), []).append(name)
        for (shown, kind), names in by_words.items():
            lines.append(f"  “{shown}”, {kinds[kind]} ({', '.join(names)})")
        open_slots += any(kind != "organisation" for kind in use.by.values())
    numbers = {slot.removeprefix(LEAKS): number for slot, number in words.items() if slot.startswith(LEAKS)}
    if numbers:
        listed = ", ".join(f"{name} {number}" for name, number in numbers.items())
        lines += ("", _("Numbers of the leak model that are yours: {numbers}.").format(numbers=listed))
    unasked = [slot for slot in words if slot not in found and not slot.startswith(LEAKS)]
    for slot in unasked:
        guess = did_you_mean(slot, found) if slot not in standard_slots() else ""
        lines += (
            "",
            _("No scenario here asks for {{{slot}}}. {guess}").format(slot=slot, guess=guess[:1].upper() + guess[1:]).strip(),
        )
    lines.append("")
    if open_slots:
        lines.append(
            n_(
                "{count} of {all} slots is without words of yours; what is shown above stands in.",
                "{count} of {all} slots are without words of yours; what is shown above stands in.",
                open_slots,
            ).format(count=open_slots, all=len(found))
        )
    else:
        lines.append(_("Every slot has words of yours."))
    return lines


def template(found: Mapping[str, Use], words: Mapping[str, str]) -> str:
    """A file to fill in. What is filled already stands there; the rest waits behind a `#` with what would be shown."""
    lines = [
        "# The words of your organisation. They go before those of every scenario and every pack.",
        "# Take away the # in front of a line and write your own words after the colon.",
        "# Write them as they fit into a sentence: Tell {reporting_route} what is going round.",
        '# Put words with a colon, a # or a quote in quotes: org: "St Brigid: the hospital"',
    ]
    plain = standard_slots()
    slots = [*plain, *(slot for slot in (*found, *words) if slot not in plain and not slot.startswith(LEAKS))]
    for slot in dict.fromkeys(slots):
        use = found.get(slot)
        lines.append("")
        if slot in MEANINGS:
            lines.append(f"# {MEANINGS[slot]}")
        if use is not None:
            lines.append(f"# Asked for in: {', '.join(use.scenarios)}")
        if slot in words:
            lines.append(f"{slot}: {quoted(words[slot])}")
        else:
            shown = next((use.shown[name] for name in use.scenarios), "") if use is not None else plain.get(slot, "")
            lines.append(f"#{slot}: {quoted(shown)}")
    numbers = {slot.removeprefix(LEAKS): number for slot, number in words.items() if slot.startswith(LEAKS)}
    lines += ("", "# Numbers of the leak model, where you know better than we guess: docs/futures.md has them all.")
    if numbers:
        lines += ("leaks:", *(f"  {name}: {number}" for name, number in numbers.items()))
    else:
        lines.append("#leaks: {pass-on: 0.02, half-life: 2}")
    return "\n".join(lines) + "\n"


def write_template(file: Path, text: str, *, force: bool) -> None:
    """Write the file. Raises AuthorProblem when it is there already and `force` was not given, and OSError."""
    if file.exists() and not force:
        raise AuthorProblem(
            _("{file} is there already. --force writes it anew; the words in it are kept, its comments are not.").format(
                file=file
            )
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")
