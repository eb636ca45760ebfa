import typing

import msgspec
import pytest

from engine.script import format as form
from engine.script.format import DIALS, Action, DialName, Scenario
from engine.script.read import read
from engine.script.typed import StructReader, reader_for, scenario_reader, unwrapped
from tests.engine.script.small import SMALL, changed, only, where

AFTER_LABEL = "        label: fine\n"


def choice(rows: str):
    """The small scenario with more rows in its choice."""
    return changed(AFTER_LABEL, AFTER_LABEL + "".join(f"        {row}\n" for row in rows.split("\n")))


@pytest.mark.parametrize(
    ("row", "code", "column", "words"),
    [
        ("labl: x", "SB120", 9, "did you mean"),
        ("Thought: x", "SB120", 9, "did you mean 'thought'"),
        ("zzz: x", "SB120", 9, "known here: dials"),
        ("epilogue: x", "SB120", 9, "belongs to an ending"),
        ("not_now: x", "SB120", 9, ""),
        ("<<: {}", "SB120", 9, "write things out"),
        ("look: maybe", "SB125", 15, "`yes` or `no`"),
        ("look:", "SB130", 14, "yes or no"),
        ("action: repl", "SB126", 17, "did you mean 'reply'?"),
        ("action: own_up", "SB126", 17, "did you mean 'own-up'?"),
        ("action: zzz", "SB126", 17, "known are: reply"),
        ("action:", "SB130", 16, "write one of"),
        ("to: Team 4", "SB127", 13, "did you mean 'team-4'?"),
        ("to: 4", "SB127", 13, "begin with a letter"),
        ("to: '!'", "SB127", 13, "begin with a letter"),
        (f"to: {'x' * 90}", "SB127", 13, "short"),
        ("to:", "SB130", 12, "an id"),
        ("dials: {team: +4}", "SB124", 23, "from -3 to 3"),
        ("dials: {team: x}", "SB123", 23, "in figures"),
        ("dials: {team: '1.5'}", "SB123", 23, "whole numbers"),
        ("dials: {team: }", "SB130", 23, "whole number"),
        ("dials: {tem: 1}", "SB126", 17, "did you mean 'team'?"),
        ("dials: 3", "SB122", 16, "`key: value`"),
        ("dials: [team]", "SB122", 16, "dashes"),
        ("dials: team:+1", "SB122", 16, "`team: +1`"),
        ("dials: {team: !x 1}", "SB110", 23, "tag"),
        ("dials: {team: &x 1}", "SB111", 23, "anchor"),
        ("dials: {!x team: 1}", "SB110", 17, "tag"),
        ("do: [!x leave team]", "SB110", 14, "tag"),
        ("later: [!x {after: 3 days, scene: meme}]", "SB110", 17, "tag"),
        ("!x to: meme", "SB110", 9, "tag"),
        ("to: !x meme", "SB110", 13, "tag"),
        ("dials: {team: 1, team: 2}", "SB109", 26, "twice"),
        ("dials:", "SB130", 15, "indented"),
        ("set: {A: yes}", "SB127", 15, "did you mean 'a'?"),
        ("set: {a: maybe}", "SB131", 18, "`+1`"),
        ("set: {a: 99999999999}", "SB131", 18, "write `yes`"),
        ("do: leave", "SB132", 13, "`leave team`"),
        ("do: [mute team]", "SB132", 14, "`mute team 2 hours`"),
        ("do: [mute team off]", "SB132", 24, "number and a unit"),
        ("do: [remove jo to team]", "SB132", 14, "`remove jo from team`"),
        ("do: [leave Team]", "SB132", 20, "lower case"),
        ("do: [leav team]", "SB132", 14, "did you mean 'leave'?"),
        ("do: [explode]", "SB132", 14, "known are"),
        (f"do: [leave {'x' * 400}]", "SB132", 14, "one thing"),
        ("do: [{leave: team}]", "SB122", 14, ""),
        ("do:", "SB130", 12, "[one, two]"),
        ("do: {leave: team}", "SB122", 13, "indented too far"),
        ("takes: 3 parsecs", "SB128", 18, "number and a unit"),
        ("takes:", "SB130", 15, "length of time"),
        ("if: a == b", "SB141", 15, "single `=`"),
        ("if:", "SB130", 12, "condition"),
        ("later: {after: 3 days}", "SB121", 16, "`scene: …`"),
        ("later: soon", "SB122", 16, "`after: …`"),
        ("later: [soon]", "SB122", 17, "`after: …`"),
        ("next: [meme]", "SB122", 16, "`go: …`"),
        ("next: {go: The End}", "SB127", 20, "did you mean 'the-end'?"),
        ("script:", "SB130", 16, "its lines"),
        ("script: ''", "SB130", 17, "its lines"),
        ("script: {Col: hi}", "SB107", 17, '`"{Col: hi}"`'),
        ("script: [Col]", "SB107", 17, "quotes"),
        ("script: >\n  Col: hi", "SB134", 11, "`|`"),
        ("thought:\n  Somebody: hello", "SB122", 11, "`|`"),
        ("thought:\n  - Somebody", "SB122", 11, "`|`"),
        ("thought: ~", "SB130", 18, "take the key away"),
        ("thought: null", "SB130", 18, "take the key away"),
        ("thought:", "SB130", 17, "take the key away"),
    ],
)
def test_values_that_will_not_do(row, code, column, words):
    finding = only(choice(row))
    line = 18 + row.count("\n")
    assert (finding.code, finding.line, finding.column) == (code, line, column)
    assert words in f"{finding.message} {finding.hint}"


def test_a_script_as_a_mapping_or_a_list():
    for script in ("script:\n      Col [meme]: hi", "script:\n      - Col [meme]: hi"):
        finding = only(changed("script: |\n      Col [meme]: hi", script))
        assert (finding.code, finding.line, finding.column) == ("SB122", 14, 7)
        assert "`script: |`" in finding.hint


def test_a_script_that_is_not_indented():
    source = changed("script: |\n      Col [meme]: hi", "script: |\n    Col [meme]: hi")
    assert where(source) == [("SB130", 13, 13), ("SB120", 14, 5)]
    assert "indented further than `script`" in source.findings[1].hint


def test_what_is_missing():
    source = changed("{title: Only, epilogue: That is all.}", "{}")
    finding = only(source)
    assert (finding.code, finding.line, finding.column) == ("SB121", 21, 9)
    assert finding.message == "`title` and `epilogue` are missing here"
    assert source.scenario.endings["only"].title == ""


def test_an_ending_that_is_empty():
    finding = only(changed(" {title: Only, epilogue: That is all.}", ""))
    assert (finding.code, finding.line, finding.column) == ("SB121", 21, 8)


def test_a_key_with_nothing_after_it_that_is_needed():
    source = changed("title: Small", "title:")
    assert where(source) == [("SB121", 3, 1)]
    assert source.scenario.title == ""
    source = changed("title: Small", "title: #small")
    assert where(source) == [("SB108", 3, 8)]
    source = changed("minutes: 5", "minutes:")
    assert where(source) == [("SB121", 4, 1)]
    assert source.scenario.minutes == 1


@pytest.mark.parametrize("key", ["seenby: 1", "id: small", "title: Small", "minutes: 5", "begins: Monday 21:10"])
def test_keys_at_the_top_that_are_missing(key):
    source = changed(f"{key}\n", "")
    finding = only(source)
    assert (finding.code, finding.line, finding.column) == ("SB121", 1, 1)
    assert (source.scenario is None) == key.startswith("id")
    if key.startswith("seenby"):
        assert "begin the file" in finding.hint


@pytest.mark.parametrize("section", ["places:\n", "places: []\n", "places: team\n"])
def test_without_places_there_is_no_scenario(section):
    source = changed("places:\n  team: {group: Team 4, with: col}\n", section)
    assert source.scenario is None
    assert only(source).severity == "error"


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "words"),
    [
        ("{name: Col}", "Col", "SB122", 8, "`name: …`"),
        ("{name: Col}", "[Col]", "SB122", 8, "without dashes"),
        ("{name: Col}", "#col", "SB108", 8, "quotes"),
        ("minutes: 5", "minutes: 0", "SB124", 10, "at least 1"),
        ("minutes: 5", "minutes: -5", "SB124", 10, "at least 1"),
        ("minutes: 5", "minutes: 11,300", "SB123", 10, "`11300`"),
        ("minutes: 5", "minutes: 99999999999", "SB124", 10, "thousand million"),
        ("begins: Monday 21:10", "begins: 21:10", "SB129", 9, "Monday 21:10"),
        ("with: col", "with: [Col]", "SB127", 32, "did you mean 'col'?"),
        ("with: col", "with: {a: b}", "SB122", 31, ""),
        ("with: col", "with: ", "SB130", 31, "list"),
        ("  col: {name: Col}", "  Col: {name: Col}", "SB127", 3, "did you mean 'col'?"),
        ("  col: {name: Col}", "  ? [a]\n  : {name: Col}", "SB107", 5, "quotes"),
    ],
)
def test_other_places_of_the_file(old, new, code, column, words):
    source = changed(old, new)
    finding = only(source)
    assert (finding.code, finding.column) == (code, column)
    assert words in f"{finding.message} {finding.hint}"


def test_what_is_wrong_is_left_out_and_the_rest_is_kept():
    source = changed(
        AFTER_LABEL,
        AFTER_LABEL
        + "        dials: {team: +9, own: 1}\n        to: A\n        do: [leave team, bang]\n        later: [{after: x}]\n",
    )
    made = source.scenario.scenes["meme"].choices["speak"]
    assert (made.dials, made.to, [do.text for do in made.do_], made.later) == ({"own": 1}, None, ["leave team"], [])
    assert made.label == "fine"


def test_an_unknown_key_is_not_explained_twice():
    source = changed("title: Small", "title: Small\ntitel: x\ntitlle: y")
    assert [finding.code for finding in source.findings] == ["SB120", "SB120"]


def test_the_names_of_the_types_agree():
    assert typing.get_args(DialName) == DIALS
    assert "own-up" in typing.get_args(Action)


def test_types_that_nothing_reads():
    with pytest.raises(TypeError):
        reader_for(bytes)
    with pytest.raises(TypeError):
        reader_for(int | str)


def test_a_type_is_read_by_one_reader():
    assert reader_for(Scenario) is scenario_reader()
    assert isinstance(reader_for(form.Choice | None), StructReader)
    assert unwrapped(form.Dial) == (int, {"ge": -3, "le": 3})


def structs():
    return [kind for kind in vars(form).values() if isinstance(kind, type) and issubclass(kind, form.Form)]


@pytest.mark.parametrize("cls", structs(), ids=lambda cls: cls.__name__)
def test_every_key_says_what_it_is_for(cls):
    for info in msgspec.structs.fields(cls):
        _kind, meta = unwrapped(info.type)
        assert len(meta.get("description", "")) > 5, info.name
        assert meta["description"].endswith((".", "…", "`"))


def test_a_small_scenario_comes_out_the_same_both_ways():
    from engine.script.read import _quick, _thorough

    quick = _quick(SMALL.encode())
    assert quick is not None
    assert quick == _thorough(SMALL, "x").scenario


LEAKY = b"""\
seenby: 1
id: a
title: A
minutes: 1
begins: Monday 09:00
cast: {col: {name: Col, habit: talker}}
places: {team: {group: T, members: 9, rule: nothing leaves the group, habits: {careful: 3}}}
leaks: {pass-on: 5 %, half-life: .5, chats: +4}
scenes:
  one: {in: team, script: "Col (picture, content: dull): the rota", next: end}
endings: {e: {title: E, epilogue: E}}
"""


def test_numbers_of_the_leak_model_are_read_and_held_to_their_bounds():
    source = read(LEAKY, "a.yaml")
    assert source.findings == []
    assert source.scenario is not None
    assert (source.scenario.leaks.pass_on, source.scenario.leaks.half_life, source.scenario.leaks.chats) == (0.05, 0.5, 4.0)
    assert source.scenario.leaks.found is None
    assert source.scenario.places["team"].habits == {"careful": 3}
    (line,) = source.scenario.scenes["one"].script.lines
    assert line.content == "dull"


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        (b"pass-on: 5 %", b"pass-on: 120 %", "SB124", "from 0 to 1"),
        (b"pass-on: 5 %", b"pass_on: 5 %", "SB120", "'pass-on'"),
        (b"pass-on: 5 %", b"pas-on: 5 %", "SB120", "'pass-on'"),
        (b"pass-on: 5 %", b"pass-on: often", "SB135", "`40 %`"),
        (b"pass-on: 5 %", b'pass-on: "0,05"', "SB135", "write `0.05`"),
        (b"half-life: .5", b"half-life: 0", "SB124", "from 0.01 to 365"),
        (b"half-life: .5", b"half-life: -1", "SB135", "in figures"),
        (b"habit: talker", b"habit: talkers", "SB126", "'talker'"),
        (b"{careful: 3}", b"{carefull: 3}", "SB126", "'careful'"),
        (b"content: dull", b"content: boring", "SB153", "known are dull"),
        (b"content: dull", b"content: strking", "SB153", "'striking'"),
    ],
)  # fmt: skip
def test_what_the_leak_model_does_not_know_is_told_with_a_hint(old, new, code, hint):
    source = read(LEAKY.replace(old, new), "a.yaml")
    assert [finding.code for finding in source.findings] == [code]
    assert hint in source.findings[0].hint
