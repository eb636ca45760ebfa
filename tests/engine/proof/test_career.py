"""What is proved of a career, held against walking through all of it; and what is abstracted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import product

import pytest

from engine.play.stepper import Stepper
from engine.proof.before import carried
from engine.proof.career import CareerProof, asked_dials, prove_career
from engine.proof.relation import Relation
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.given import Given, begun_with, flags_of
from engine.story.horizon import up_to
from engine.story.model import DIAL_UNIT, Story
from tests.engine.random_story import FLAGS, NUMBERS, scenario
from tests.tea import tea_story

DIALS = ("trust", "team", "people", "own", "security")
ALL = (*FLAGS, *NUMBERS)
DAY = 86_400

# Relations


def test_a_relation_is_a_product_of_what_hangs_together() -> None:
    chance = random.Random(5)
    for _time in range(60):
        pairs = {(a, b) for a in range(2) for b in range(3) if chance.random() < 0.6} or {(0, 0)}
        odd = chance.choice((0, 1))
        parity = [row for row in product((0, 1), repeat=3) if sum(row) % 2 == odd]  # by threes, and not by twos
        rows = {(*pair, *row, 7) for pair in pairs for row in parity}
        relation = Relation.of("abcdef", rows)
        back = {tuple(row[flag] for flag in "abcdef") for row in _rows(relation)}
        assert back == rows
        assert relation.count == len(rows)
        assert relation.onto("ab").count == len(pairs)
        assert all(relation.holds(dict(zip("abcdef", row, strict=True))) for row in rows)
        assert not relation.holds({"f": 6})
    assert {group.flags for group in Relation.of("abc", {(0, 1, 1), (1, 0, 1)})} == {("a", "b"), ("c",)}
    assert Relation.free({"a": (0, 1), "b": (2, 4)}).count == 6
    assert Relation().count == 1


def _rows(relation: Relation) -> Iterable[dict[str, int]]:
    for parts in product(*(group.starts() for group in relation)):
        yield {flag: value for part in parts for flag, value in part.items()}


# Against walking


def walk(stories: Sequence[Story], gaps: Sequence[int] = ()) -> list[tuple[set[tuple[int, ...]], set[str]]]:
    """For each part: the ways in which its carried flags begin, and the endings, by going through every play."""
    coming = {Given()}
    found = []
    for story, horizon in zip(stories, [*gaps[1:], *[None] * len(stories)], strict=False):
        names = [*carried(story)]
        begins, endings, going = set(), set(), set()
        for given in coming:
            begun = up_to(begun_with(story, given), horizon)
            starts = flags_of(begun, begun.start_values())
            begins.add(tuple(starts[name] for name in names))
            stepper = Stepper(begun)
            seen, waiting = set(), [stepper.start()]
            while waiting:
                state = waiting.pop()
                if state in seen:
                    continue
                seen.add(state)
                waiting += [stepper.step(state, one) for one in stepper.inputs(state)]
                if stepper.ended(state):
                    endings.add(stepper.ending(state))
                    values = {**dict(given.flags), **flags_of(begun, state.values)}
                    dials = {dial: state.values[place] for place, dial in enumerate(DIALS)}
                    going.add(Given.of(values, dials))
        found.append((begins, endings))
        coming = going
    return found


def random_career(seed: int, *, dials: bool) -> list[Story]:
    chance = random.Random(seed)
    stories: list[Story] = []
    while len(stories) < 3:
        text = scenario(chance, 3)
        here = [name for name in ALL if chance.random() < 0.7] if stories else []
        for name in here:
            text = text.replace(f"  {name}: {{}}", f"  {name}: {{carried: yes}}")
            text = text.replace(f"  {name}: {{from: 0, to: 4}}", f"  {name}: {{from: 0, to: 4, carried: yes}}")
        if not dials:
            lines = [line for line in text.split("\n") if "dials:" not in line and "because:" not in line]
            text = "\n".join(lines)
        story = compile_story(read(text.replace("id: random", f"id: part-{len(stories)}").encode(), "random.yaml"))
        stories.append(story)
    return stories


@pytest.mark.parametrize("seed", range(24))
def test_what_is_proved_is_what_happens(seed: int) -> None:
    stories = random_career(seed, dials=seed % 3 == 0)
    # Half of them are told up to where the next part begins, and half to the very end.
    gaps = [0, *random.Random(seed).choices((3600, 5400, DAY, 3 * 7 * DAY, 300 * DAY), k=2)] if seed % 2 else []
    proof = prove_career(stories, gaps)
    assert proof.complete
    free = False
    for part, story, (begins, endings) in zip(proof.parts, stories, walk(stories, gaps), strict=True):
        names = [*carried(story)]
        claimed = {tuple(row[name] for name in names) for row in _rows(part.starts)} if part is not proof.parts[0] else {()}
        reached = {name for name, ending in part.proof.endings.items() if ending.witness is not None}
        free = free or bool(asked_dials(story) and part is not proof.parts[0])
        if part is proof.parts[0]:
            assert reached == endings
            continue
        assert begins <= claimed
        assert endings <= reached
        if not free:
            assert (begins, endings) == (claimed, reached)
            assert part.never == {
                name: missing
                for place, (name, (low, high)) in enumerate(carried(story).items())
                if (missing := sorted(set(range(low, high + 1)) - {row[place] for row in begins}))
            }
        assert bool(asked_dials(story)) == any(one.startswith("dials") for one in part.abstracted)


# What is told of it

FIRST = tea_story(
    "first",
    "The first week",
    """\
scenes:
  joke:
    in: team
    script: |
      Col: Who pays for the tea?
    choices:
      pay: {label: Pay for all, set: {paid: yes}, dials: {team: +2}, because: They had tea.}
      more: {label: Pay twice, set: {paid: yes}, dials: {team: +3, trust: -1}, because: They had more tea.}
      silence: {thought: It is four pounds.}
    next: end
endings:
  home: {title: Home, epilogue: You went home.}
""",
)
SECOND = tea_story(
    "second",
    "A year on",
    """\
flags:
  paid: {is: you paid for the tea, carried: yes}
  never-set: {is: nothing brings it, carried: yes}
scenes:
  joke:
    in: team
    script: |
      Col: Tea?
    choices:
      yes-please: {label: Say yes, if: paid}
      no: {label: Say no, dials: {team: -1}, because: He had put the kettle on.}
      silence: {thought: It is hot.}
    next: end
endings:
  never: {title: Never, if: never-set, epilogue: This does not come.}
  tea: {title: Tea, if: joke.yes-please, epilogue: You have tea.}
  liked: {title: Liked, if: team >= 2, epilogue: They like you.}
  alone: {title: Alone, epilogue: You have none.}
""",
)


def career(*texts: str) -> CareerProof:
    return prove_career([compile_story(read(text.encode(), "part.yaml")) for text in texts])


def test_findings_of_a_career() -> None:
    part = career(FIRST, SECOND).parts[1]
    assert part.never == {"never-set": [1]}
    assert part.only_career == ["tea", "liked"]
    assert part.only_alone == []
    assert part.proof.unreachable() == {"endings": ["never"]}
    assert part.begins["tea"] == {"paid": 1, "never-set": 0}
    witness = part.proof.endings["tea"].witness
    assert witness is not None
    assert [str(given) for given in witness] == ["joke: yes-please"]
    assert part.abstracted == ["dials team"]
    assert part.dials["team"] == (-DIAL_UNIT, 3 * DIAL_UNIT)
    assert part.dials["trust"] == (-DIAL_UNIT, 0)


LATE = FIRST.replace(
    "endings:",
    """\
  years: {in: team, title: Years, script: "Col: Four years on."}
reckoning:
  years: {after: 4 years, if: paid, scene: years, set: {found: yes}}
endings:
  found: {title: Found, if: found, epilogue: They found it.}
""",
).replace("epilogue: You went home.}", "epilogue: You went home.}\ncodas:\n  late: {if: found, text: It took four years.}")


@pytest.mark.parametrize(("days", "apart"), [(330, True), (1461, False)])
def test_what_lies_beyond_the_next_part_is_named(days: int, apart: bool) -> None:
    second = SECOND.replace("never-set: {is: nothing brings it", "found: {is: they found it").replace("never-set", "found")
    stories = [compile_story(read(text.encode(), "part.yaml")) for text in (LATE, second)]
    proof = prove_career(stories, [0, days * DAY])
    first, later = proof.parts
    late = {"consequences": ["reckoning>years"], "scenes": ["years"], "endings": ["found"], "codas": ["late"]}
    assert first.beyond == (late if apart else {})
    assert first.beyond_flags == ({"found": [1]} if apart else {})
    assert first.unreachable() == {}
    assert later.never == ({"found": [1]} if apart else {})
    assert ("never" in later.unreachable().get("endings", ())) == apart


def test_an_ending_that_the_career_takes_away() -> None:
    always = FIRST.replace("silence: {thought", "silence: {set: {paid: yes}, thought")
    part = career(always, SECOND.replace("if: joke.yes-please", "if: not paid")).parts[1]
    assert part.only_alone == ["tea"]
    assert part.never == {"never-set": [1], "paid": [0]}


def test_what_a_part_does_not_know_goes_past_it() -> None:
    middle = FIRST.replace("id: first", "id: middle").replace("set: {paid: yes}, ", "")
    proof = career(FIRST, middle, SECOND)
    assert proof.parts[2].starts.values("paid") == {0, 1}
    own = middle.replace("scenes:", "flags:\n  paid: {is: something else}\nscenes:")
    assert career(FIRST, own, SECOND).parts[2].never == {"never-set": [1], "paid": [1]}


def test_a_dial_of_many_values_is_looked_at_in_whole_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.proof.career.MOST_VALUES", 2)
    part = career(FIRST, SECOND).parts[1]
    assert part.abstracted == ["dials team", "points team"]
    assert part.only_career == ["tea", "liked"]


def test_flags_in_too_many_ways_are_taken_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    two = FIRST.replace("set: {paid: yes}", "set: {paid: yes, never-set: yes}")
    assert career(two, SECOND).parts[1].starts.count == 2
    monkeypatch.setattr("engine.proof.career.MOST_ROWS", 1)
    part = career(two, SECOND).parts[1]
    assert part.abstracted == ["flags", "dials team"]
    assert part.starts.count == 4


def test_a_bound_is_told() -> None:
    stories = [compile_story(read(text.encode(), "part.yaml")) for text in (FIRST, SECOND)]
    proof = prove_career(stories, max_states=1)
    assert not proof.complete
    assert proof.parts[1].abstracted == ["flags", "dials team", "points team"]
    assert proof.parts[1].starts.count == 2
    assert proof.parts[1].dials == dict.fromkeys(DIALS, (-1000, 1000))


def test_what_is_only_told_at_the_end_makes_no_proof_larger() -> None:
    told = "{title: Alone, epilogue: '{if trust > team and paid} You have none.'}"
    second = SECOND.replace("if: team >= 2", "if: paid").replace("{title: Alone, epilogue: You have none.}", told)
    assert told in second
    part = career(FIRST, second).parts[1]
    assert part.abstracted == []
    assert part.proof.states == career(FIRST, SECOND.replace("if: team >= 2", "if: paid")).parts[1].proof.states
