"""From a scenario to a story: every field that can hold a slot or a name is checked, and what is not said follows from the rest."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from engine import load_story
from engine.play.play import Play
from engine.script import format as form
from engine.script.findings import ScenarioError
from engine.script.read import Source, read
from engine.story.compile import compile_story
from engine.story.late import late_change, late_percent
from engine.story.model import END
from engine.story.stakes import leak_number
from engine.text import MASK_CLOSE, MASK_OPEN
from tests.engine.base import BASE, changed, story_of, text_of

DAY = 86_400

FULL = """\
seenby: 1
id: full
title: T
blurb: T
minutes: 3
tone: T
sector: T
note: T
author: T
licence: T
begins: Monday 09:00
you: {name: T, is: T}
slots: {canteen: the canteen}
not-now: {like: T}
cast:
  col: {name: T, is: T, handle: T, phone: T, job: T, pronouns: T}
places:
  team: {group: T, audience: T, rule: T, past: T}
  named: {dm: col, name: T}
  page: {feed: T}
  post: {mail: T}
  privacy: {settings: T}
  room: {in-person: T}
  ring: {call: col}
  letter: {letter: T}
  form: {form: T}
  records: {records: T}
  wall: {board: T}
flags:
  spoke: {is: T}
  clues: {from: 0, to: 4}
scenes:
  one:
    title: T
    in: team
    optional: T
    discuss: T
    skip: T
    script: T
    ask: T
    no-silence: T
    not-now: {share: T}
    dials: {team: 1}
    because: T
    choices:
      a:
        label: T
        send: T
        thought: T
        if: spoke
        else: T
        script: T
        dials: {team: 1}
        because: T
        later: [{after: 1 day, scene: later, dials: {team: 1}, because: T}]
      b: {label: T, react: 😂, on: m}
      c: {label: T}
    next: two
  two:
    in: team
    pick:
      ask: T
      done: T
      send: T
      script: T
      dials: {team: 1}
      because: T
      from:
        p: {label: T, thought: T, if: spoke, else: T, dials: {team: 1}, because: T}
      rules:
        r: {if: spoke, dials: {team: 1}, because: T, script: T}
    next: three
  three:
    in: team
    board:
      ask: T
      done: T
      script: T
      dials: {team: 1}
      because: T
      cards: {k: {text: T, from: T, tells: [q]}}
      questions: {q: {ask: T}}
      rules:
        r: {if: spoke, dials: {team: 1}, because: T, script: T}
    next: end
  later:
    in: team
    script: |
      Zed [m]: hm
      T
    tellings: {t: {script: T}}
reckoning:
  r: {after: 1 day, scene: later, dials: {team: 1}, because: T}
endings:
  e: {title: T, epilogue: T}
codas:
  c: {text: T}
stakeholders:
  s: {name: T, saw: {a: {what: T, gain: 0.1}}}
debrief:
  questions: [T]
  cheapest: one
  cheapest-because: T
  unseen: {one: T}
  seen-by:
    w: {name: T, is: T, in: team, before: T, on: {m: T}, after: T}
  rules:
    - |
      it lands, T
"""
"""A scenario in which every text is the letter T. `test_..._every_text` finds out when a text was added to the format and not here."""


def full(at: int, instead: str, rest: str = '"> t"') -> tuple[Source, tuple[int, int]]:
    """FULL with its text number `at` replaced, and where that stands; all others are harmless."""
    pieces = FULL.replace("Zed", "col").split("T")
    places: list[tuple[int, int]] = []
    text = ""
    for number, piece in enumerate(pieces):
        text += piece
        if number == len(pieces) - 1:
            break
        places.append((text.count("\n") + 1, len(text) - text.rfind("\n")))
        block = text.endswith("hm\n      ")
        harmless = "> t" if block else rest
        text += (instead.strip('"') if block else instead) if number == at else harmless
    return read(text.encode(), "full.yaml"), places[at] if at >= 0 else (0, 0)


TEXTS = FULL.count("T")


def test_the_full_scenario_is_valid() -> None:
    source, _place = full(-1, "")
    compile_story(source)
    assert source.findings == []


@pytest.mark.parametrize("number", range(TEXTS))
def test_a_slot_that_is_not_there_is_found_in_every_text(number: int) -> None:
    source, (line, column) = full(number, '"> {nosuch}"')
    with pytest.raises(ScenarioError) as caught:
        compile_story(source)
    found = {(finding.code, finding.line) for finding in caught.value.findings}
    assert found == {("SB220", line)}, caught.value
    (finding,) = caught.value.findings
    inside = source.text.split("\n")[line - 1]
    assert inside[finding.column - 1 :].startswith("{nosuch}"), inside
    assert finding.column > column


NO_TEXT = {("Later", "at"), ("Reckon", "at"), ("Choice", "react")}
"""Times of day and emoji are checked in ways of their own."""


def kinds_of(annotation: Any, name: str) -> Iterator[str]:
    """Kinds of values (`text`, `script`) that a field of the format may hold."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *extras = get_args(annotation)
        for extra in extras:
            if isinstance(extra, msgspec.Meta) and extra.extra and extra.extra.get("kind") == "text":
                yield "text"
                return
        yield from kinds_of(base, name)
    elif origin in (Union, types.UnionType, list, dict):
        for one in get_args(annotation)[1 if origin is dict else 0 :]:
            yield from kinds_of(one, name)
    elif annotation is form.Script:
        yield "script"


def test_the_full_scenario_has_every_text_of_the_format() -> None:
    """A field that holds text and is not in FULL is not known to be checked."""
    written = {
        line.partition(":")[0].strip(" -") for line in FULL.replace("{", "\n").replace(",", "\n").replace("[", "\n").split("\n")
    }
    for one in vars(form).values():
        if isinstance(one, type) and issubclass(one, form.Form) and one is not form.Form:
            hints = get_type_hints(one, include_extras=True)
            for field in msgspec.structs.fields(one):
                if (one.__name__, field.name) in NO_TEXT:
                    continue
                if any(kinds_of(hints[field.name], field.name)):
                    assert field.encode_name in written, f"{one.__name__}.{field.encode_name}"


# What is not said follows from the rest


def choice(lines: str, scene: str = "last") -> Any:
    story = story_of(("        send: Bye.\n", f"        {lines}\n"))
    return story.scenes[scene].choices["bye"]


@pytest.mark.parametrize(
    ("lines", "action"),
    [
        ("send: Bye.", "reply"),
        ("send: Bye.\n        to: page", "post"),
        ("send: Bye.\n        to: page\n        on: quip", "comment"),
        ("react: 😂\n        on: quip", "react"),
        ("forward: quip\n        to: page", "forward"),
        ("do: leave team", "leave"),
        ("do: [timer team off, remove jo from team]", "remove"),
        ("do: timer team off", "go"),
        ("thought: Hm.", "go"),
        ("action: own-up\n        send: Bye.", "own-up"),
        ("look: yes", "look"),
    ],
)
def test_actions_follow(lines: str, action: str) -> None:
    assert choice(lines).action == action


@pytest.mark.parametrize(
    ("place", "label", "sends"),
    [
        ("group: G", "Let it scroll by", "reply"),
        ("feed: F", "Scroll on", "post"),
        ("dm: jo", "Leave it unanswered", "reply"),
        ("mail: M", "Leave it in the inbox", "write"),
        ("call: jo", "Say nothing", "call"),
        ("in-person: R", "Say nothing", "go"),
        ("settings: S", "Leave it as it is", "reply"),
        ("form: F", "Close the form", "write"),
        ("letter: L", "Do nothing for now", "write"),
        ("records: R", "Do nothing for now", "reply"),
    ],
)
def test_the_silence_and_what_is_sent_are_named_by_the_place(place: str, label: str, sends: str) -> None:
    scene = story_of(("jo-dm: {dm: jo}", f"jo-dm: {{{place}}}")).scenes["last"]
    assert scene.choices["silence"].label == label
    assert scene.choices["silence"].action == "wait"
    assert scene.choices["bye"].action == sends


def test_labels_follow() -> None:
    story = story_of(
        ("        label: Laugh\n", ""),
        ("        label: Say bye\n        send: Bye.", "        send: |\n          Bye\n          for now."),
    )
    assert story.scenes["meme"].choices["laugh"].label == "React with 😂"
    assert story.scenes["last"].choices["bye"].label == "Bye for now."
    assert story.scenes["years-on"].title == "Years on"


@pytest.mark.parametrize(
    ("place", "looks"),
    [("settings: S", "switches"), ("form: F", "pieces"), ("letter: L", "pieces"), ("mail: M", "pieces"), ("group: G", "list")],
)
def test_a_pick_looks_as_its_place_asks(place: str, looks: str) -> None:
    story = story_of(
        ("  several:\n    in: team", "  several:\n    in: extra"), ("places:\n", f"places:\n  extra: {{{place}}}\n")
    )
    pick = story.scenes["several"].pick
    assert pick is not None
    assert (pick.looks, pick.done, pick.most) == (looks, "Done", 2)


def test_what_a_pick_may_use_up_is_all_of_it_when_nothing_is_said() -> None:
    pick = story_of(("      most: 2\n", ""), ("three: {label", "three: {cost: 3, label")).scenes["several"].pick
    assert pick is not None
    assert (pick.least, pick.most) == (0, 5)


def test_places() -> None:
    story = story_of(
        ("theirs: {dm: jo, phone: sgt}", "theirs: {dm: jo, phone: sgt, name: Their chat}\n  old: {group: Old, with: col}")
    )
    places = story.places
    play = Play.begin(story, 1)
    assert [play.text(places[name].name) for name in ("team", "jo-dm", "theirs")] == ["Team 4", play.words["jo"], "Their chat"]
    assert (places["team"].members, places["page"].members, places["jo-dm"].members, places["old"].members) == (9, 100, 2, 2)
    assert (places["team"].people, places["team"].admins, places["jo-dm"].people) == (("col", "jo"), ("col",), ("jo",))
    assert (places["theirs"].phone, places["team"].phone) == ("sgt", None)


def test_people_may_be_written_by_name() -> None:
    story = story_of(
        ("  col: {name: Col", "  c1: {name: Col"),
        ("  Col [quip]", "  c1 [quip]"),
        ("from: col", "from: Col"),
        ("{col}", "{c1}"),
    )
    assert story.places["team"].people == ("c1", "jo")
    assert story.places["team"].admins == ("c1",)
    cards = story.scenes["wall"].board
    assert cards is not None
    assert cards.cards["post"].owner == (("slot", "c1"),)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("jo in team", True), ("col in jo-dm", False), ("jo in jo-dm", True), ("Sgt in team", False), ("left team", False), ("muted team", False),
        ("seen quip", False), ("gone quip", False), ("trust", False), ("days = 0", True), ("days < 1 and 1 > days", True),
        ("trust = days", True), ("trust < clues", False), ("yes", True), ("no or days", False), ("not spoke", True),
        ("spoke or days or not (spoke or days)", True), ("1 <= 1 and 2 != 3", True), ("spoke and days and clues", False),
        ("spoke or days or clues or several.one", False),
    ],
)  # fmt: skip
def test_conditions_at_the_start(condition: str, holds: bool) -> None:
    condition = condition.replace("Sgt", "sgt")
    story = story_of(("    if: spoke\n    text", f"    if: {condition}\n    text"))
    guard = story.codas[0].guard
    assert guard is not None
    assert bool(guard.test(story.start_values())) is holds
    assert condition in repr(guard)


def test_dials_are_compared_in_points() -> None:
    story = story_of(
        ("    if: spoke\n    text", "    if: trust >= 2\n    text"),
        ("A biscuit.", "B\n  same:\n    if: days > trust\n    text: C"),
    )
    values = list(story.start_values())
    trust, days = story.var_index["trust"], story.var_index["days"]
    guards = [coda.guard for coda in story.codas]
    assert all(guards)
    for points, first in ((199, False), (200, True), (250, True)):
        values[trust] = points
        assert bool(guards[0] and guards[0].test(values)) is first
    values[trust], values[days] = 250, 2
    assert not (guards[1] and guards[1].test(values)), "two days are not more than two and a half points"
    values[days] = 3
    assert guards[1] is not None
    assert guards[1].test(values)


@pytest.mark.parametrize(
    ("flag", "start", "bounds"),
    [
        ("{from: 2, to: 5}", 2, (2, 5)), ("{from: -3, to: 5}", 0, (-3, 5)), ("{from: -5, to: -2}", -2, (-5, -2)), ("{to: 3}", 0, (0, 3)),
        ("{from: 0, to: 5, starts: 4}", 4, (0, 5)), ("{starts: 1}", 1, (0, 1)), ("{}", 0, (0, 1)), ("{starts: 7}", 1, (0, 1)),
    ],
)  # fmt: skip
def test_where_flags_start(flag: str, start: int, bounds: tuple[int, int]) -> None:
    story = story_of(("  found: {", f"  extra: {flag}\n  found: {{"))
    var = story.vars[story.var_index["extra"]]
    assert (var.start, (var.low, var.high)) == (start, bounds)


@pytest.mark.parametrize(
    ("seconds", "percent"),
    [
        (0, 100), (DAY, 100), (DAY + 1, 80), (3 * DAY, 80), (3 * DAY + 1, 50), (21 * DAY, 50), (21 * DAY + 1, 25),
        (240 * DAY, 25), (240 * DAY + 1, 10), (4 * 365 * DAY, 10),
    ],
)  # fmt: skip
def test_a_late_report_counts_by_the_table(seconds: int, percent: int) -> None:
    assert late_percent(seconds) == percent


@pytest.mark.parametrize(
    ("points", "percent", "hundredths"), [(3, 100, 300), (3, 10, 30), (1, 25, 25), (-3, 10, -300), (-1, 80, -100)]
)
def test_only_the_good_of_a_late_report_counts_less(points: int, percent: int, hundredths: int) -> None:
    assert late_change(points, percent) == hundredths


def test_a_late_choice_says_its_percent() -> None:
    effect = (
        story_of(("dials: {team: -1}", "late: 3 weeks\n        dials: {team: -1, own: +2, people: 0}"))
        .scenes["meme"]
        .choices["speak"]
        .effect
    )
    assert (effect.late, effect.dials) == (50, {"team": -100, "own": 100})


def test_words_of_the_organisation_go_before_the_scenarios_and_those_before_the_packs() -> None:
    source = read(BASE.encode(), "base.yaml")
    story = compile_story(
        source, {"org": "Calder\x1b[1m Water", "union": "the branch"}, {"canteen": "the mess", "union": "U", "extra": "more"}
    )
    assert story.slots["org"] == "Calder Water", "what others wrote is cleaned"
    assert story.slots["canteen"] == "the canteen"
    assert (story.slots["union"], story.slots["extra"]) == ("the branch", "more")
    assert story.slots["policy"] == "the messaging policy"
    head = compile_story(read(text_of(("title: The base", "title: At {org}")).encode(), "base.yaml"), {"org": "{canteen}"})
    assert head.title == "At {canteen}", "words are words, never a slot again"


def test_a_slot_with_a_capital_begins_with_one() -> None:
    text = text_of(
        ("title: The base", 'title: "{Canteen} and {Org}"'), ("> Nobody looks up.", "> {Canteen}. {canteen}? {Col.they} {You}")
    )
    story = compile_story(read(text.encode(), "base.yaml"), {"org": "éclair & Sons"})
    assert story.title == "The canteen and Éclair & Sons"
    told = [getattr(event, "text", "") for event in Play.begin(story, 1, "mo").events]
    assert "The canteen. the canteen? They Mo" in told
    with pytest.raises(ScenarioError, match=r"there is no slot '\{Canten\}'"):
        compile_story(read(text.replace("{Canteen}", "{Canten}").encode(), "base.yaml"))


def test_the_head_of_a_story() -> None:
    story = story_of(("tone: plain", 'tone: "plain, {canteen}"'), ("note: Nothing much.\n", ""))
    assert (story.title, story.blurb, story.minutes, story.tone, story.note) == (
        "The base",
        "A card.",
        3,
        "plain, the canteen",
        None,
    )
    assert (story.id, story.covers, story.head["you.is"], story.weekday, story.start_clock) == (
        "base",
        ["S1", "S34"],
        "the new one",
        0,
        9 * 3600,
    )
    assert story_of().note == "Nothing much."
    assert story_of().scenes["last"].next[0].to == END


def test_masks_and_braces() -> None:
    story = story_of(("A biscuit.", '"{{ {canteen}: masked: a joke about {canteen} }}"'))
    text = Play.begin(story, 1).passage(story.codas[0].text)
    assert text == f"{{ the canteen: {MASK_OPEN}a joke about the canteen }}{MASK_CLOSE}"
    plain = story_of(("A biscuit.", '"so masked: a, masked: b"')).codas[0].text.told(())
    assert plain == [f"so {MASK_OPEN}a, masked: b{MASK_CLOSE}"], "a mask goes to the end of its line"
    two = story_of(("text: A biscuit.", "text: |\n      masked: one\n      unmasked: two\n      masked: three"))
    assert two.codas[0].text.told(()) == [f"{MASK_OPEN}one{MASK_CLOSE}\nunmasked: two\n{MASK_OPEN}three{MASK_CLOSE}"]


def test_a_file_is_loaded_from_a_path_or_a_name(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(BASE, encoding="utf-8")
    one, other = load_story(path), load_story(str(path), {"org": "x"}, {"canteen": "y"})
    assert one.hash == other.hash
    assert other.slots["org"] == "x"
    assert one.file == str(path)
    with pytest.raises(OSError, match="nowhere"):
        load_story(tmp_path / "nowhere.yaml")
    path.write_text("just words", encoding="utf-8")
    with pytest.raises(ScenarioError, match="SB113"):
        load_story(path)


def test_the_machine_is_built_once_and_when_asked() -> None:
    story = story_of()
    assert story.machine is None
    Play.begin(story, 1)
    machine = story.machine
    Play.begin(story, 2)
    assert story.machine is machine


def test_what_could_be_read_of_a_broken_file_is_judged_too() -> None:
    made = changed(
        ("begins: Monday 09:00", "begins: Mornday"), ("next: several", "next: sevral"), ("minutes: 3", "minutes: many")
    )
    codes = {finding.code for finding in made.findings}
    assert "SB204" in codes
    assert len(codes) == 3


def test_numbers_of_the_leak_model_come_with_the_words_of_pack_and_organisation() -> None:
    source = changed(("codas:\n", "leaks: {pass-on: 5 %}\ncodas:\n")).source
    organisation = {"leaks.half-life": "1", "canteen": "the hatch", "leaks.found": "often", "leaks.nosuch": "1"}
    story = compile_story(source, organisation, {"leaks.pass-on": "0.5", "leaks.talker": "4"})
    habits = story.stake.habits
    assert (habits.half_life, habits.pass_on, habits.talker, habits.found) == (1, 0.05, 4, 0.0025)
    assert not any(slot.startswith("leaks") for slot in story.slots), "they are no words"


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [("found", "often", "'often' is no number"), ("nosuch", "1", "no number 'nosuch'"), ("talker", "0.5", "between 1 and 20")],
)
def test_a_number_that_will_not_do_says_why(name: str, words: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        leak_number(name, words)
    assert leak_number("found", " 1 % ") == 0.01


def test_what_is_said_of_contents_reaches_every_part_that_sends() -> None:
    story = story_of(
        ("ask: Two of them.", "ask: Two of them.\n      as: pieces\n      content: dull"),
        (
            "order: {if: several.one > several.two, set: {days: 2}}",
            "order: {if: several.one > several.two, script: 'Col (content: ordinary): so'}",
        ),
        ("send: Bye.", "send: Bye.\n        content: striking"),
        ("audience: and the cat}", "past: 'Jo (gif, content: picture): a cat'}"),
        ('script: "Col: hm"', 'script: "Col (content: dull): hm"'),
    )
    assert story.stake.contents == {
        "several.pick": "dull", "several.order#1": "ordinary", "last.bye": "striking", "team.past#1": "picture", "frost.cold#1": "dull",
    }  # fmt: skip
