"""`seenby prove FOLDER --career`: what holds of every way through a career, told part by part, and what was abstracted."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from game.prove import LISTED, POINT, ProveProblem, as_data
from game.words import _, n_

if TYPE_CHECKING:
    from engine.proof.career import CareerProof, PartProof
    from engine.story.model import Story
    from game.packs import CareerCard, Pack


def run(args: argparse.Namespace) -> int:
    """Prove the career that was named, or all of the pack. Returns the exit status. Raises ProveProblem, ScenarioError and OSError."""
    from engine.proof.career import prove_career
    from game.packs import load

    if args.witness is not None or args.decisions_dir is not None:
        raise ProveProblem(_("--witness and --decisions-dir are for scenarios. Leave out --career."))
    pack = _pack(args)
    status = 0
    told: list[Any] = []
    for number, career in enumerate(_careers(pack, args.career)):
        cards = {card.id: card for card in pack.cards}
        stories = [load(cards[part.scenario]) for part in career.parts]
        gaps = [part.after for part in career.parts]
        with _no_collecting():
            proof = prove_career(stories, gaps, max_states=args.states, seconds=args.seconds)
        status = max(status, int(not (proof.complete and proof.sound)))
        if args.format == "json":
            told.append(career_data(career, proof))
        else:
            lines = ([""] if number else []) + list(career_text(career.title, stories, proof))
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
    if args.format == "json":
        sys.stdout.write(json.dumps(told if not args.career else told[0], ensure_ascii=False, indent=1) + "\n")
    return status


def _pack(args: argparse.Namespace) -> Pack:
    from game.packs import read_pack

    folder = args.path.expanduser()
    if folder.is_file():
        folder = folder.parent
    pack = read_pack(folder, {}) if folder.is_dir() else None
    if pack is None:
        raise ProveProblem(_("There is no pack in {path}. Name the folder of its pack.yaml.").format(path=args.path))
    return pack


def _careers(pack: Pack, wanted: str) -> list[CareerCard]:
    """The careers to prove. Raises ProveProblem for one that is not there or not sound."""
    from engine.script.findings import did_you_mean

    if not pack.careers:
        raise ProveProblem(_("The pack “{pack}” has no careers.").format(pack=pack.title))
    found = [career for career in pack.careers if wanted in ("", career.id)]
    if not found:
        names = [career.id for career in pack.careers]
        hint = did_you_mean(wanted, names) or _("known are {names}.").format(names=", ".join(names))
        raise ProveProblem(_("There is no career “{name}”; {hint}").format(name=wanted, hint=hint))
    for career in found:
        if career.trouble:
            raise ProveProblem("\n".join(career.trouble))
    return found


# Words


def career_text(title: str, stories: Sequence[Story], proof: CareerProof) -> Iterator[str]:
    """A proof as lines of text."""
    how = _("proved for every way through it") if proof.complete else _("not proved in full")
    yield _("{title}: {how} ({seconds:.1f} s)").format(title=title, how=how, seconds=proof.seconds)
    for number, (part, story) in enumerate(zip(proof.parts, stories, strict=True)):
        yield ""
        yield from _part_text(number, part, story)
    yield ""
    yield _("  What is left out:")
    for words in abstracted_words(proof):
        yield f"    {words}"


def _part_text(number: int, part: PartProof, story: Story) -> Iterator[str]:
    head = _("  {number}. {title}").format(number=number + 1, title=story.title)
    if number:
        count = part.starts.count
        head += n_(", begun in {count} way", ", begun in {count} ways", count).format(count=f"{count:,}")
    yield head
    for name, claim in part.proof.not_proved().items():
        yield _("    not proved: {claim}, stopped by {bound} after {states} states").format(
            claim=name, bound=claim.stopped_by, states=f"{claim.states:,}"
        )
    reached = sum(ending.witness is not None for ending in part.proof.endings.values())
    yield _("    {count} of {all} endings reached").format(count=reached, all=len(part.proof.endings))
    for flag, values in part.never.items():
        yield _("    never arrives: {flag} = {values}").format(flag=flag, values=_values(story, flag, values))
    for kind, names in part.unreachable().items():
        yield _("    cannot be reached in this career: {kind} {names}").format(kind=kind, names=_some(names))
    for kind, names in part.beyond.items():
        if kind == "scenes":  # what brings them is named
            continue
        yield _("    stays out there, since the next part begins before it: {kind} {names}").format(
            kind=kind, names=_some(names)
        )
    for flag, values in part.beyond_flags.items():
        yield _("    set only after the next part has begun: {flag} = {values}").format(
            flag=flag, values=_values(story, flag, values)
        )
    for ending in part.only_career:
        yield _("    only in the career: {ending}{how}").format(ending=ending, how=_begins(story, part.begins.get(ending)))
    for ending in part.only_alone:
        yield _("    only when played alone: {ending}").format(ending=ending)
    ranges = ", ".join(f"{dial} {_points(low)} … {_points(high)}" for dial, (low, high) in part.dials.items())
    yield _("    dials handed on: {ranges}").format(ranges=ranges)


def _some(names: Sequence[str]) -> str:
    """The first of several names."""
    return ", ".join(names[:LISTED]) + (_(" and {count} more").format(count=len(names) - LISTED) if names[LISTED:] else "")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing here is in circles, and a fifth of the time would go into looking for circles among a hundred thousand states."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _values(story: Story, flag: str, values: Sequence[int]) -> str:
    if story.vars[story.var_index[flag]].kind == "number":
        return ", ".join(map(str, values))
    return ", ".join(_("yes") if value else _("no") for value in values)


def _begins(story: Story, flags: Mapping[str, int] | None) -> str:
    """With which flags it begins, where they are not as when it is played alone."""
    if not flags:
        return ""
    starts = {var.name: var.start for var in story.vars}
    other = [f"{flag} = {_values(story, flag, [value])}" for flag, value in flags.items() if value != starts.get(flag)]
    return _(" (begun with {flags})").format(flags=", ".join(other)) if other else ""


def _points(value: int) -> str:
    return f"{value / POINT:+g}" if value else "0"


def abstracted_words(proof: CareerProof) -> Iterator[str]:
    """What the proof leaves out, in sentences."""
    yield _("Dials are not kept together with flags; they are handed on from -10 to +10, as they are shown.")
    for number, part in enumerate(proof.parts, 1):
        free = [one.removeprefix("dials ") for one in part.abstracted if one.startswith("dials ")]
        coarse = [one.removeprefix("points ") for one in part.abstracted if one.startswith("points ")]
        if free:
            yield _(
                "Part {number} asks for {dials}: taken as free among the values with which earlier parts can end. "
                "What is reached may need a dial and flags that never come together."
            ).format(number=number, dials=", ".join(free))
        if coarse:
            yield _(
                "Part {number}: of {dials} only whole points were looked at, so what is not reached is not ruled out."
            ).format(number=number, dials=", ".join(coarse))
        if "flags" in part.abstracted:
            yield _("Part {number}: carried flags hang together in too many ways; some were taken one by one.").format(
                number=number
            )
        if number > 1 and not part.abstracted:
            yield _("Part {number} asks for no dial: nothing of what is said of it was abstracted.").format(number=number)


def career_data(career: CareerCard, proof: CareerProof) -> dict[str, Any]:
    """A proof as plain data. Dials in points."""
    return {
        "career": career.id,
        "proved": proof.complete,
        "seconds": round(proof.seconds, 3),
        "parts": [
            {
                "starts": part.starts.count if number else 1,
                "carried": [{"flags": list(group.flags), "ways": sorted(map(list, group.rows))} for group in part.starts],
                "never_arrives": part.never,
                "only_in_career": part.only_career,
                "only_alone": part.only_alone,
                "beyond": part.beyond,
                "beyond_flags": part.beyond_flags,
                "begins": part.begins,
                "dials": {dial: {"lowest": low / POINT, "highest": high / POINT} for dial, (low, high) in part.dials.items()},
                "abstracted": part.abstracted,
                "proof": as_data(part.proof, part.scenario),
            }
            for number, part in enumerate(proof.parts)
        ],
    }


__all__ = ["abstracted_words", "career_data", "career_text", "run"]
