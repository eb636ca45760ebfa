"""What holds of every way through a career.

Each part is proved from every set of carried flags with which the parts before it can end: these sets are the ends that the prover
finds there, seen only as far as later parts ask for them. So what is said of a part is said of the plays that really come before it.

Two things are abstracted, and the proof says so (`PartProof.abstracted`):

* Dials are not kept together with the flags. Where a part asks for a dial, it is taken as free among the values with which earlier
  parts can end. What cannot be reached so cannot be reached; what can be reached may need flags and a dial that do not go together.
* Where flags hang together in too many ways, they are taken one by one, each free among its values.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from engine.play.stepper import Stepper
from engine.proof.before import Start, apart, carried, from_these
from engine.proof.chart import Chart
from engine.proof.explore import Bounds, Graph, explore
from engine.proof.model import ENDINGS, Proof, Witness, coda_claim, dial_claim
from engine.proof.need import Question, need
from engine.proof.prover import MAX_SECONDS, MAX_STATES, prove
from engine.proof.relation import Group, Relation
from engine.proof.slices import Slice
from engine.proof.world import Undecided
from engine.script.format import DIALS
from engine.script.parts import deciding_conditions, names_in
from engine.story.flags import flags_set, known_flags
from engine.story.given import DIAL_LIMIT
from engine.story.horizon import fates, up_to
from engine.story.model import END, SET, Coda, Guard, Passage, Story, Test, Var

MOST_ROWS = 4_000
"""Ways in which flags that hang together can stand, at most."""
MOST_VALUES = 64
"""Values of a dial that are tried, at most; of more, whole points."""
POINT = 100

Flags = dict[str, int]


@dataclass(slots=True)
class PartProof:
    """What holds of one part, however the parts before it were played."""

    scenario: str
    proof: Proof
    """Of all its plays in the career. Its counts of plays and odds are those of no player: every set of flags counts once."""
    starts: Relation = field(default_factory=Relation)
    """The sets of carried flags with which it can begin."""
    never: dict[str, list[int]] = field(default_factory=dict)
    """Carried flag to the values that never arrive, though it may have them."""
    only_career: list[str] = field(default_factory=list)
    """Endings that are reached in the career and not when it is played alone."""
    only_alone: list[str] = field(default_factory=list)
    """Endings that are reached when it is played alone and not in the career."""
    begins: dict[str, Flags] = field(default_factory=dict)
    """Ending to the carried flags with which the play begins that shows it (`proof.endings[…].witness`)."""
    dials: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Lowest and highest of each dial at the end of the part, as it is handed on: hundredths, from -1000 to 1000."""
    beyond: dict[str, list[str]] = field(default_factory=dict)
    """What is not reached because it lies beyond the beginning of the next part, by kind: `consequences scenes endings codas`."""
    beyond_flags: dict[str, list[int]] = field(default_factory=dict)
    """Flag to the values that are handed on no more, since they are set beyond the beginning of the next part."""
    abstracted: list[str] = field(default_factory=list)
    """What was left out, by name: `flags` (taken one by one), `dials NAME` (free), `points NAME` (only whole points of it)."""

    @property
    def complete(self) -> bool:
        """Every claim about it is proved."""
        return self.proof.complete

    def unreachable(self) -> dict[str, list[str]]:
        """What no way through the career reaches, by kind; what lies beyond the beginning of the next part is not in it."""
        found = {
            kind: [name for name in names if name.partition(" (")[0] not in self.beyond.get(kind, ())]
            for kind, names in self.proof.unreachable().items()
        }
        return {kind: names for kind, names in found.items() if names}


@dataclass(slots=True)
class CareerProof:
    """What holds of a career, part by part."""

    parts: list[PartProof] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Every claim about every part is proved."""
        return all(part.complete for part in self.parts)

    @property
    def sound(self) -> bool:
        """Nothing was found that an author has to mend: all is reached, and every value arrives."""
        return not any(part.unreachable() or part.never or part.only_alone for part in self.parts)


def prove_career(
    stories: Sequence[Story], gaps: Sequence[int] = (), *, max_states: int = MAX_STATES, seconds: float = MAX_SECONDS
) -> CareerProof:
    """Prove what holds of every way through a career, whose parts are `stories`. The bounds are as for `prove`, for each part.

    `gaps` are the seconds between the last decision of the part before and the beginning of each part: that far each part is told.
    Without them every part is told to its very end.
    """
    horizons = [*gaps[1:], *[None] * (len(stories) - len(gaps[1:]))]
    told = [up_to(story, horizon) for story, horizon in zip(stories, horizons, strict=True)]
    return _CareerProver(told, max_states, seconds).run()


def asked_dials(story: Story) -> list[str]:
    """The dials that some condition of a story asks for, beside those of what is told at the end."""
    names = names_in(deciding_conditions(story.scenario))
    return [dial for dial in DIALS if dial in names]


class _CareerProver:
    def __init__(self, stories: Sequence[Story], max_states: int, seconds: float) -> None:
        self.stories = stories
        self.max_states = max_states
        self.seconds = seconds
        self.handed: Relation = Relation()
        """The flags that later parts ask for, as they can stand."""
        self.loose: set[str] = set()
        """Those of them that were taken one by one somewhere."""
        self.dial_values: dict[str, set[int]] | None = {dial: {0} for dial in DIALS}
        """The values with which each dial can arrive; None: not proved."""

    def run(self) -> CareerProof:
        begun = time.perf_counter()
        result = CareerProof()
        for number in range(len(self.stories)):
            result.parts.append(self._part(number))
        result.seconds = time.perf_counter() - begun
        return result

    def _part(self, number: int) -> PartProof:
        story = self.stories[number]
        part = PartProof(story.id, Proof(story.id, story.hash))
        if number:
            self._begin(part, story)
        dials = self._dial_steps(part, story) if number else []
        steps = [group.starts() for group in part.starts]
        proof = prove(from_these(story, *steps, *dials) if number else story, max_states=self.max_states, seconds=self.seconds)
        part.proof = apart(proof)
        if number:
            self._compare(part, story)
            for name, ending in proof.endings.items():
                if ending.witness is not None:
                    part.begins[name] = begins_of(ending.witness, steps)
        self._find_dials(part)
        if story.horizon is not None:
            self._find_beyond(part, story, [*steps, *dials])
        if number + 1 < len(self.stories):
            self._hand_on(part, number, dials)
        return part

    # What lies beyond

    def _find_beyond(self, part: PartProof, story: Story, steps: Sequence[Sequence[Start]]) -> None:
        """Which of what is not reached would be, were the part told to its very end."""
        lost = part.proof.unreachable()
        late = fates(story)
        if not lost or not late.out | late.unsure:
            return
        whole = from_these(up_to(story, None), *steps)
        found: dict[str, list[str]] = {}
        scenes: set[str] = set()
        consequences = lost.get("consequences", [])
        for due in story.dues:
            if due.index not in late.out | late.unsure or not any(name.startswith(f"{due.id} (") for name in consequences):
                continue
            if due.index in late.unsure:
                graph = self._explore(whole, Question("beyond", dues=frozenset((due.index,))))
                if not any(tag.startswith(f"due {due.index} ") for tag in graph.first):
                    continue
            found.setdefault("consequences", []).append(due.id)
            scenes |= {name for name in (due.scene, due.otherwise) if name is not None}
        found["scenes"] = [name for name in lost.get("scenes", ()) if name in scenes]
        if "endings" in lost:
            graph = self._explore(whole, Question(ENDINGS, endings=True))
            reached = {graph.part.stepper.ending(state) for state in graph.states if state.scene == END}
            found["endings"] = [name for name in lost["endings"] if name in reached]
        for name in lost.get("codas", ()):
            if f"coda {name}" in self._explore(whole, Question(coda_claim(name), coda=name)).first:
                found.setdefault("codas", []).append(name)
        part.beyond = {kind: names for kind, names in found.items() if names}

    # How it begins

    def _begin(self, part: PartProof, story: Story) -> None:
        mine = carried(story)
        alone = {flag: story.vars[story.var_index[flag]].start for flag in mine}
        here = _within(self.handed.onto(mine), mine)
        part.starts = here.joined(Relation.of([*alone], [tuple(alone.values())]).onto(alone.keys() - here.flags))
        if self.loose & mine.keys():
            part.abstracted.append("flags")
        for flag, (low, high) in mine.items():
            missing = sorted(set(range(low, high + 1)) - part.starts.values(flag))
            if missing:
                part.never[flag] = missing

    def _dial_steps(self, part: PartProof, story: Story) -> list[list[Start]]:
        steps: list[list[Start]] = []
        for dial in asked_dials(story):
            values = self.dial_values[dial] if self.dial_values is not None else set()
            part.abstracted.append(f"dials {dial}")
            if not values or len(values) > MOST_VALUES:
                low, high = (min(values), max(values)) if values else (-DIAL_LIMIT, DIAL_LIMIT)
                values = {low, *range(-(-low // POINT) * POINT, high + 1, POINT), high}
                part.abstracted.append(f"points {dial}")
            steps.append([{dial: value} for value in sorted(values)])
        return steps

    # What holds

    def _compare(self, part: PartProof, story: Story) -> None:
        """Endings that are reached only in the career, or only alone."""
        graph = self._explore(story, Question(ENDINGS, endings=True))
        alone = {graph.part.stepper.ending(state) for state in graph.states if state.scene == END}
        career = {name for name, ending in part.proof.endings.items() if ending.witness is not None}
        if graph.complete:
            part.only_career = [ending.id for ending in story.endings if ending.id in career - alone]
        if part.proof.proved(ENDINGS):
            part.only_alone = [ending.id for ending in story.endings if ending.id in alone - career]

    def _find_dials(self, part: PartProof) -> None:
        """The values with which each dial can be handed on."""
        proof = part.proof
        if self.dial_values is None or not proof.proved(ENDINGS, *(dial_claim(dial) for dial in DIALS)):
            self.dial_values = None
            part.dials = dict.fromkeys(DIALS, (-DIAL_LIMIT, DIAL_LIMIT))
            return
        found: dict[str, set[int]] = {}
        for dial in DIALS:
            ends = {value for ending in proof.endings.values() if dial in ending.dials for value in ending.dials[dial].counts}
            # Where a dial was free to begin with, its values at the end have that in them.
            free = f"dials {dial}" in part.abstracted
            sums = ends if free else {start + end for start in self.dial_values[dial] for end in ends}
            found[dial] = {max(-DIAL_LIMIT, min(DIAL_LIMIT, value)) for value in sums}
            part.dials[dial] = (min(found[dial]), max(found[dial]))
        self.dial_values = found

    # What is handed on

    def _hand_on(self, part: PartProof, number: int, dials: Sequence[Sequence[Start]]) -> None:
        """The flags that later parts ask for, as they can stand after this part; `dials` are the ways in which they can begin."""
        plain = self.stories[number]
        wanted: dict[str, Var] = {}
        for later in self.stories[number + 1 :]:
            for flag in carried(later):
                wanted.setdefault(flag, later.vars[later.var_index[flag]])
        known = known_flags(plain).keys()
        mine = carried(plain) if number else {}
        # What the part has a flag of its own for is forgotten; what it never asks for or sets goes past it, with all that hangs on it.
        coming = _within(self.handed.onto(self.handed.flags - (known - mine.keys())), mine)
        touched = _touched(plain)
        inside = Relation(tuple(group for group in coming if touched & set(group.flags)))
        past = Relation(tuple(group for group in coming if not touched & set(group.flags))).onto(wanted)
        kept = [flag for flag in wanted if flag in inside.flags or (flag in known and flag not in past.flags)]
        if not kept:
            self.handed = past
            return
        passing = [flag for flag in kept if flag not in known]
        story = _with_values(plain, [wanted[flag] for flag in passing])
        inside = inside.onto({*kept, *known})
        starts = [*(group.starts() for group in inside), *dials] if number else []
        graph = self._ends(story, kept, starts)
        get = itemgetter(*(story.var_index[flag] for flag in kept))
        ends = [state.values for state in graph.states if state.scene == END]
        rows = {(get(values),) for values in ends} if len(kept) == 1 else set(map(get, ends))
        bounds = {flag: (wanted[flag].low, wanted[flag].high) for flag in kept}
        found = Relation.of(kept, rows) if graph.complete and rows else Relation.free(bounds)
        if not graph.complete:
            self.loose |= set(kept)
        if graph.complete:
            part.beyond_flags = self._flags_beyond(story, kept, starts, found)
        for group in found:
            if len(group.rows) > MOST_ROWS:
                self.loose |= set(group.flags)
                single = Relation(tuple(group.onto((flag,)) for flag in group.flags))
                found = Relation(tuple(one for one in found if one is not group)).joined(single)
        self.handed = past.joined(found)

    def _ends(self, story: Story, flags: Sequence[str], starts: Sequence[Sequence[Start]]) -> Graph:
        """All ends of a story, as far as these flags go."""
        marks = [coda for flag in flags for coda in _marks(story.vars[story.var_index[flag]])]
        begins = from_these(replace(story, codas=tuple(marks), machine=None), *starts)
        return self._explore(begins, Question("carried", marks=frozenset(coda.id for coda in marks)))

    def _flags_beyond(
        self, story: Story, flags: Sequence[str], starts: Sequence[Sequence[Start]], ends: Relation
    ) -> dict[str, list[int]]:
        """The values that flags would have, were the part told to its very end, and never have."""
        late = fates(story)
        written: set[int] = set()
        for due in (story.dues[index] for index in late.out | late.unsure):
            scenes = [story.scenes[name] for name in (due.scene, due.otherwise) if name is not None]
            for effect in (due.effect, *(scene.effect for scene in scenes)):
                written |= {op[0] for op in effect.ops} if effect is not None else set()
            written |= {move[2] for scene in scenes for move in scene.moves if move[1] == SET}
        found: dict[str, list[int]] = {}
        for flag in flags:
            at = story.var_index[flag]
            if at in written:
                graph = self._ends(up_to(story, None), [flag], starts)
                whole = {state.values[at] for state in graph.states if state.scene == END}
                missing = sorted(whole - ends.values(flag))
                if missing:
                    found[flag] = missing
        return found

    def _explore(self, story: Story, question: Question) -> Graph:
        chart = Chart(Stepper(story))
        bounds = Bounds(self.max_states, time.perf_counter() + self.seconds, f"the time allowed ({self.seconds:g} s)")
        try:
            return explore(Slice(chart, question, need(chart, question)), bounds)
        except Undecided:
            return explore(Slice(chart, question, need(chart, question, exact=True)), bounds)


def _within(relation: Relation, bounds: Mapping[str, tuple[int, int]]) -> Relation:
    """With numbers kept within the bounds of the part that takes them."""
    groups = []
    for group in relation:
        limits = [bounds.get(flag) for flag in group.flags]
        rows = frozenset(
            tuple(
                [
                    value if limit is None else max(limit[0], min(limit[1], value))
                    for value, limit in zip(row, limits, strict=True)
                ]
            )
            for row in group.rows
        )
        groups.append(Group(group.flags, rows))
    return Relation(tuple(groups))


def _touched(story: Story) -> set[str]:
    """The flags that something in a story asks for or may change."""
    return names_in(deciding_conditions(story.scenario)) | flags_set(story)


def begins_of(witness: Witness, steps: Sequence[Sequence[Start]]) -> Flags:
    """The flags with which the play begins that a witness of `from_these` tells of; `steps` as they were given there."""
    flags: Flags = {}
    for given, starts in zip(witness, steps, strict=False):
        flags |= starts[int(given.choice)]
    return flags


def _with_values(story: Story, more: Sequence[Var]) -> Story:
    """The story with values that it does not know, and hands on as they came."""
    if not more:
        return story
    first = len(story.vars)
    added = tuple(replace(var, index=first + number) for number, var in enumerate(more))
    return replace(
        story, vars=(*story.vars, *added), var_index={**story.var_index, **{var.name: var.index for var in added}}, machine=None
    )


def _marks(var: Var) -> list[Coda]:
    """Codas that tell the values of a flag apart."""

    def at_least(index: int, number: int) -> Test:
        return lambda values: values[index] >= number

    return [
        Coda(
            f"(is) {var.name} {number}",
            Passage(),
            Guard(
                at_least(var.index, number),
                frozenset((var.index,)),
                f"{var.name} >= {number}",
                (var.index, number),
                frozenset(((var.index, number),)),
            ),
        )
        for number in range(var.low + 1, var.high + 1)
    ]


__all__ = ["CareerProof", "PartProof", "asked_dials", "prove_career"]
