"""`seenby prove`: what holds of every possible play of a scenario, told, and shown by plays.

Status 0: everything is proved and everything can be reached. 1: something cannot be reached, or is not proved. 2: what was given
cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.words import _, n_

if TYPE_CHECKING:
    from engine.proof import DialRange, Proof
    from engine.proof.model import Witness
    from engine.story.model import Story

FORMATS = ("text", "json")
BARS = "▁▂▃▄▅▆▇█"
COLUMNS = 21
"""Columns of a histogram, at most."""
POINT = 100
"""Hundredths of a point, in which dials are counted."""
LISTED = 12
"""Names that are listed in one line before the rest is counted."""


class ProveProblem(Exception):
    """What was given cannot be proved. The text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `seenby prove` takes."""
    parser.add_argument("path", metavar="PATH", type=Path, help=_("a scenario file, or a folder of them"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=_("how to tell it (default: text)"))
    parser.add_argument(
        "--cut",
        metavar="MINUTES",
        type=int,
        choices=(30, 60, 90),
        help=_("prove what `seenby play --cut` plays: what fits into a session of 30, 60 or 90 minutes"),
    )
    parser.add_argument(
        "--witness", metavar="WHAT", help=_("print the shortest play to an ending, a scene, or a choice (`scene.choice`)")
    )
    parser.add_argument("--decisions-dir", metavar="DIR", type=Path, help=_("write a play to each ending into this folder"))
    parser.add_argument(
        "--career",
        metavar="ID",
        nargs="?",
        const="",
        help=_("prove a career of the pack in this folder (without ID, all of them)"),
    )
    parser.add_argument("--seconds", metavar="N", type=_seconds, default=60.0, help=_("how long to search (default: 60)"))
    parser.add_argument(
        "--states", metavar="N", type=_states, default=300_000, help=_("how much to look at for one question (default: 300000)")
    )


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(_("a number of seconds is wanted, not “{text}”").format(text=text))
    return number


def _states(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000_000:
        raise argparse.ArgumentTypeError(_("a whole number above 0 is wanted, not “{text}”").format(text=text))
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Prove what was named and tell it. Returns the exit status. Raises ProveProblem, ScenarioError and OSError."""
    from engine.proof import prove

    if args.career is not None:
        from game.career.proving import run as run_careers

        return run_careers(args)
    files = _files(args.path)
    if args.witness is not None and len(files) != 1:
        raise ProveProblem(_("--witness is for one scenario. Name its file instead of a folder."))
    status = 0
    told: list[Any] = []
    for number, file in enumerate(files):
        story = _story(file)
        if args.cut is not None:
            from game.guide.timings import cut_to_fit

            story = cut_to_fit(story, args.cut)
        proof = prove(story, max_states=args.states, seconds=args.seconds)
        status = max(status, int(not proof.complete or bool(_lost(story, proof))))
        if args.decisions_dir is not None:
            _write_decisions(args.decisions_dir, proof)
        if args.witness is not None:
            return _tell_witness(proof, args.witness)
        if args.format == "json":
            told.append(as_data(proof, str(file), story.cut))
        else:
            lines = ([""] if number else []) + list(as_text(story, proof))
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
    if args.format == "json":
        whole = told if args.path.is_dir() else told[0]
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    return status


def _files(path: Path) -> list[Path]:
    from game.check import scenario_files

    path = path.expanduser()
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ProveProblem(_("There is no file or folder {path}. Check the name.").format(path=path))
    files = scenario_files(path)
    if not files:
        raise ProveProblem(_("There is no scenario in {path}. A scenario is a .yaml file with `seenby: 1`.").format(path=path))
    return files


def _story(file: Path) -> Story:
    from game.packs import card_of_file, load

    return load(card_of_file(file))


# Plays that show it


def find_witness(proof: Proof, what: str) -> tuple[bool, Witness | None]:
    """Whether there is an ending, a scene or a choice of this name; and the shortest play to it, if any."""
    if what in proof.endings:
        return True, proof.endings[what].witness
    for known in (proof.scenes, proof.choices, proof.codas):
        if what in known:
            return True, known[what]
    return False, None


def _tell_witness(proof: Proof, what: str) -> int:
    known, witness = find_witness(proof, what)
    if not known:
        from engine.script.findings import did_you_mean

        names = [*proof.endings, *proof.scenes, *proof.choices, *proof.codas]
        hint = did_you_mean(what, names) or _("name an ending, a scene, or a choice as `scene.choice`.")
        raise ProveProblem(
            _("There is no “{what}” in {scenario}; {hint}").format(what=what, scenario=proof.scenario, hint=hint)
        )
    if witness is None:
        proved = any(what in names for names in proof.unreachable().values())
        words = _("No play comes to “{what}”.") if proved else _("No play to “{what}” was found, and none is ruled out.")
        sys.stderr.write(words.format(what=what) + "\n")
        return 1
    for given in witness:
        sys.stdout.write(f"{given}\n")
    return 0


def _write_decisions(folder: Path, proof: Proof) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for ending in proof.endings.values():
        if ending.witness is not None:
            lines = [f"# ending: {ending.id}", "# seed: 1", *(str(given) for given in ending.witness)]
            (folder / f"{proof.scenario}-{ending.id}.txt").write_text("\n".join(lines) + "\n", "utf-8")


# Words


def as_text(story: Story, proof: Proof) -> Iterator[str]:
    """A proof as lines of text."""
    from engine.proof.model import DECISIONS, ENDINGS

    how = _("proved for every play") if proof.complete else _("not proved in full")
    yield _("{title}: {how} ({states} states, {seconds:.1f} s)").format(
        title=story.title, how=how, states=f"{proof.states:,}", seconds=proof.seconds
    )
    for name, claim in proof.not_proved().items():
        yield _("  not proved: {claim}, stopped by {bound} after {states} states").format(
            claim=name, bound=claim.stopped_by, states=f"{claim.states:,}"
        )
    if proof.plays is not None:
        count = n_("{count} play", "{count} different plays", proof.plays).format(count=f"{proof.plays:,}")
        yield _("  {plays}, of {shortest} to {longest} decisions; every one of them ends").format(
            plays=count, shortest=proof.shortest, longest=proof.longest
        )
    yield _("  reached: {what}").format(what=", ".join(_reached(proof)))
    if story.cut:
        yield _("  a cut: {scenes} left out").format(scenes=_some(list(story.cut)))
    gone = _lost(story, proof)
    for kind, names in gone.items():
        yield _("  cannot be reached, whatever anybody decides: {kind} {names}").format(kind=_kind(kind), names=_some(names))
    open_ = _unsettled(proof)
    if open_:
        yield _("  not found so far, which proves nothing: {names}").format(names=_some(open_))
    yield from _stranding(proof, settled=proof.proved(DECISIONS))
    yield ""
    yield _("  endings, in the order in which they are looked for")
    for ending in story.endings:
        found = proof.endings[ending.id]
        if found.witness is None:
            words = _("cannot be reached") if proof.proved(ENDINGS) else _("not found so far")
            yield f"    {ending.id}: {words}"
            continue
        line = _("shortest play {count} decisions").format(count=len(found.witness))
        if found.plays is not None and found.odds is not None:
            plays = n_("{count} play", "{count} plays", found.plays).format(count=f"{found.plays:,}")
            line = _("{odds} at random, {plays}, {shortest}").format(
                odds=odds_words(float(found.odds)), plays=plays, shortest=line
            )
        yield f"    {ending.id}: {line}"
        for dial, one in found.dials.items():
            yield f"      {dial:9}{_points(one.lowest):>7} … {_points(one.highest):<7}{histogram(one)}"


def _lost(story: Story, proof: Proof) -> dict[str, list[str]]:
    """What no play comes to; of a cut, what was not left out on purpose."""
    from engine.proof.cut import lost_in_cut

    return lost_in_cut(story, proof) if story.cut else proof.unreachable()


def _reached(proof: Proof) -> Iterator[str]:
    kinds: tuple[tuple[str, list[bool]], ...] = (
        (_("scenes"), [way is not None for way in proof.scenes.values()]),
        (_("choices"), [way is not None for way in proof.choices.values()]),
        (_("endings"), [ending.witness is not None for ending in proof.endings.values()]),
        (_("outcomes of consequences"), [way is not None for ways in proof.consequences.values() for way in ways.values()]),
        (_("codas"), [way is not None for way in proof.codas.values()]),
    )
    for words, met in kinds:
        if met:
            yield _("{count} of {all} {what}").format(count=sum(met), all=len(met), what=words)


def _unsettled(proof: Proof) -> list[str]:
    gone = {name for names in proof.unreachable().values() for name in names}
    found = [name for known in (proof.scenes, proof.choices, proof.codas) for name, way in known.items() if way is None]
    found += [name for name, ending in proof.endings.items() if ending.witness is None]
    return [name for name in found if name not in gone]


def _stranding(proof: Proof, *, settled: bool) -> Iterator[str]:
    for scene, way in proof.strands.items():
        yield _("  a player can be stuck in {scene}: {way}").format(scene=scene, way=_way(way))
    for scene, way in proof.no_lapse.items():
        yield _("  the time can run out in {scene} and lead nowhere: {way}").format(scene=scene, way=_way(way))
    if settled and not proof.strands and not proof.no_lapse:
        yield _("  nobody is ever stuck, and time that runs out always leads on")


def _way(way: Witness) -> str:
    return "; ".join(str(given) for given in way) or _("at once")


def _kind(kind: str) -> str:
    return {
        "scenes": _("scenes"), "choices": _("choices"), "endings": _("endings"), "codas": _("codas"),
        "consequences": _("consequences"),
    }[kind]  # fmt: skip


def _some(names: list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (" " + _("and {count} more").format(count=more) if more > 0 else "")


def odds_words(odds: float) -> str:
    """Odds as a percentage that is never rounded to nothing or to all."""
    if 0 < odds < 0.0001:
        return _("1 in {count:.2g}").format(count=1 / odds)
    if 0.9999 < odds < 1:
        return _("all but 1 in {count:.2g}").format(count=1 / (1 - odds))
    return f"{100 * odds:.2f} %"


def _points(value: int) -> str:
    return f"{value / POINT:+g}" if value else "0"


def histogram(dial: DialRange) -> str:
    """How many plays have which value, from the lowest to the highest: the most in any column is full height, any at all is seen."""
    span = dial.highest - dial.lowest
    if not span:
        return ""
    columns = min(COLUMNS, span // POINT + 1) if span >= POINT else 2
    heights = [0] * columns
    for value, count in dial.counts.items():
        heights[min(columns - 1, (value - dial.lowest) * columns // (span + 1))] += count
    most = max(heights)
    return "".join(BARS[(height * (len(BARS) - 1) + most - 1) // most] if height else " " for height in heights)


def as_data(proof: Proof, file: str, left_out: Sequence[str] = ()) -> dict[str, Any]:
    """A proof as plain data: what `--format json` writes. Dials in points, odds as a fraction and as a number.

    `left_out` are the scenes that the story went without, where it is a cut.
    """

    def ways(known: dict[str, Witness | None]) -> dict[str, list[str] | None]:
        return {name: [str(given) for given in way] if way is not None else None for name, way in known.items()}

    return {
        "file": file,
        "scenario": proof.scenario,
        "hash": proof.hash,
        "left_out": list(left_out),
        "proved": proof.complete,
        "seconds": round(proof.seconds, 3),
        "states": proof.states,
        "claims": {
            name: {"proved": claim.proved, "states": claim.states, "stopped_by": claim.stopped_by}
            for name, claim in proof.claims.items()
        },
        "plays": proof.plays,
        "longest": proof.longest,
        "shortest": proof.shortest,
        "unreachable": proof.unreachable(),
        "strands": ways(dict(proof.strands)),
        "no_lapse": ways(dict(proof.no_lapse)),
        "endings": {
            ending.id: {
                "plays": ending.plays,
                "odds": str(ending.odds) if ending.odds is not None else None,
                "odds_about": float(ending.odds) if ending.odds is not None else None,
                "witness": [str(given) for given in ending.witness] if ending.witness is not None else None,
                "dials": {
                    dial: {
                        "lowest": one.lowest / POINT,
                        "highest": one.highest / POINT,
                        "plays": {f"{value / POINT:g}": count for value, count in one.counts.items()},
                    }
                    for dial, one in ending.dials.items()
                },
            }
            for ending in proof.endings.values()
        },
        "scenes": ways(proof.scenes),
        "choices": ways(proof.choices),
        "consequences": {name: ways(found) for name, found in proof.consequences.items()},
        "codas": ways(proof.codas),
    }


__all__ = ["ProveProblem", "add_arguments", "as_data", "as_text", "find_witness", "histogram", "odds_words", "run"]
