import hashlib
import io
import re

import pytest

from engine.script.codes import CODES
from engine.script.findings import ScenarioError, did_you_mean
from engine.script.format import Change, Choice, Lasting, NextIf
from engine.script.lines import Say
from engine.script.read import MOST_ALIKE, Source, read, read_file
from engine.script.readers import MOST_FOUND
from engine.script.times import Duration
from engine.script.yaml12 import DEEPEST, LARGEST, MOST_ALIASES
from tests.engine.script.small import SMALL, changed, labelled, only, where


def label(source: Source):
    return source.scenario.scenes["meme"].choices["speak"].label


# --- what is fine -----------------------------------------------------------------------------------------------


def test_a_clean_file():
    source = read(SMALL.encode(), "small.yaml")
    assert source.ok
    assert source.findings == []
    assert source.name == "small.yaml"
    scenario = source.scenario
    assert (scenario.id, scenario.minutes, scenario.begins) == ("small", 5, "Monday 21:10")
    assert scenario.places["team"].with_ == ["col"]
    assert scenario.scenes["meme"].script.lines == (Say(row=0, who="Col", id="meme", text="hi"),)
    assert scenario.scenes["meme"].choices["silence"] == Choice()
    assert list(scenario.scenes["meme"].choices) == ["speak", "silence"]


def test_all_kinds_of_values():
    source = changed(
        "        label: fine\n",
        "        label: fine\n"
        "        dials: {team: -1, people: +2}\n"
        "        set: {challenged: yes, roses: +1, days: 3, told: off, back: -2}\n"
        "        do: [leave team, mute team 2 hours, unmute team, remove col from team, add you to team, delete meme, timer team off]\n"
        "        late: 3 days\n"
        "        look: on\n"
        "        action: own-up\n"
        "        later: {after: 3 days, scene: meme, promise: YES}\n"
        "        next: [{if: challenged, go: meme}, {go: end}]\n",
    )
    assert source.ok, source.findings
    choice = source.scenario.scenes["meme"].choices["speak"]
    assert choice.dials == {"team": -1, "people": 2}
    assert choice.set == {
        "challenged": Change(1, text="yes"),
        "roses": Change(1, by=True, text="+1"),
        "days": Change(3, text="3"),
        "told": Change(0, text="off"),
        "back": Change(-2, by=True, text="-2"),
    }
    assert choice.do_ == [
        Lasting("leave", place="team", text="leave team"),
        Lasting("mute", place="team", seconds=7200, text="mute team 2 hours"),
        Lasting("unmute", place="team", text="unmute team"),
        Lasting("remove", person="col", place="team", text="remove col from team"),
        Lasting("add", person="you", place="team", text="add you to team"),
        Lasting("delete", message="meme", text="delete meme"),
        Lasting("timer", place="team", text="timer team off"),
    ]
    assert choice.late == Duration(259200, "3 days")
    assert choice.look is True
    assert choice.later[0].promise is True
    assert isinstance(choice.next, list)
    assert isinstance(choice.next[0], NextIf)
    assert [branch.go for branch in choice.next] == ["meme", "end"]


@pytest.mark.parametrize(
    "value",
    ["no", "on", "yes", "23:40", "007", "1e3", "2026-01-01", "1984", "0x1f", "1_000", ".5", "true", "It's: x"[:4], "a:b"],
)
def test_words_are_what_they_look_like(value):
    source = labelled(value)
    assert source.ok, source.findings
    assert label(source) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("'007'", "007"),
        ('"no"', "no"),
        ('""', ""),
        ("'it''s'", "it's"),
        ('"two\\nlines"', "two\nlines"),
        ("|\n          One line.\n          Two lines.\n", "One line.\nTwo lines."),
        ("|\n          One #nights line: {policy} @all *wow*\n", "One #nights line: {policy} @all *wow*"),
        (">\n          One line\n          folded.\n", "One line folded."),
        ("'big #night'", "big #night"),
        ("see # a comment", "see"),
        ("tab\there", "tab here"),
        ("caf\u00e9 😂", "caf\u00e9 😂"),
    ],
)
def test_texts_in_every_style(value, text):
    source = labelled(value)
    assert source.ok, source.findings
    assert source.findings == []
    assert label(source) == text


@pytest.mark.parametrize(("value", "number"), [("5", 5), ("+5", 5), ("1_000", 1000), ("007", 7), ("'5'", 5)])
def test_whole_numbers(value, number):
    source = changed("minutes: 5", f"minutes: {value}")
    assert source.ok, source.findings
    assert source.scenario.minutes == number


def test_a_bom_and_windows_line_ends_change_nothing():
    plain = read(SMALL.encode(), "x")
    windows = read(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(), "x")
    mac = read(SMALL.replace("\n", "\r").encode(), "x")
    assert plain.scenario == windows.scenario == mac.scenario
    assert plain.hash == windows.hash == mac.hash == hashlib.sha256(SMALL.encode()).hexdigest()
    assert windows.ok
    assert windows.findings == []


def test_comments_and_document_marks_are_fine():
    source = read(f"# yaml-language-server: $schema=x\n#nights\n---\n{SMALL}...\n".encode(), "x")
    assert source.ok
    assert source.findings == []


def test_aliases_within_reason():
    source = changed("    choices:\n", "    board: &b\n      cards: {}\n      questions: {}\n    choices:\n")
    assert source.ok, source.findings
    both = read(SMALL.replace("      speak:\n", "      speak: &s\n").replace("silence:\n", "silence: *s\n").encode(), "x")
    assert both.ok, both.findings
    choices = both.scenario.scenes["meme"].choices
    assert choices["speak"] == choices["silence"]


def test_a_file_from_a_folder(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_bytes(SMALL.encode())
    source = read_file(path)
    assert source.ok
    assert source.name == str(path)


def test_a_file_of_which_only_the_beginning_is_read(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (LARGEST * 2))
    assert only(read_file(path)).code == "SB103"


# --- what is refused --------------------------------------------------------------------------------------------


def test_a_file_that_is_too_large():
    finding = only(read(b"x" * (LARGEST + 1), "x"))
    assert finding.code == "SB103"
    assert "2,000,001" in finding.message


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_encodings_with_two_or_four_bytes(codec):
    source = read(SMALL.encode(codec), "x")
    assert source.scenario is None
    assert not source.ok
    assert source.findings
    if codec in ("utf-16", "utf-32"):
        assert only(source).code == "SB101"


def test_latin_1_names_the_byte_and_its_place():
    finding = only(read(SMALL.replace("title: Small", "title: Caf\u00e9 \u00fc").encode("latin-1"), "x"))
    assert (finding.code, finding.line, finding.column) == ("SB101", 3, 11)
    assert "0xe9" in finding.message
    assert "'\u00e9'" in finding.message
    assert "byte 31 " in finding.message
    assert "UTF-8" in finding.hint


def test_a_byte_that_means_nothing_anywhere():
    finding = only(read(b"id: \x81", "x"))
    assert "0x81" in finding.message
    assert "Windows" not in finding.message


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u200b", "\u202e", "\u2028", "\u2066", "\ue000", "\ufeff", "\ufffe"],
)
def test_control_characters(char):
    source = changed("title: Small", f"title: Sm{char}all")
    finding = only(source)
    assert (finding.code, finding.line, finding.column) == ("SB102", 3, 10)
    assert f"U+{ord(char):04X}" in finding.message
    assert source.scenario.title == "Sm\ufffdall"


def test_many_control_characters_are_not_all_listed():
    source = changed("title: Small", f"title: {chr(7) * 500}")
    assert len(source.findings) == MOST_ALIKE


@pytest.mark.parametrize("escape", ["\\x1b", "\\u200e", "\\e", "\\a", "\\0", "\\N", "\\U0000202e"])
def test_control_characters_by_escapes(escape):
    finding = only(changed("title: Small", f'title: "It is {escape}[31m"'))
    assert (finding.code, finding.line, finding.column) == ("SB102", 3, 15)
    assert "\x1b" not in str(finding)


def test_no_finding_carries_an_escape():
    source = read(SMALL.replace("title: Small", 'title: Small\n"\\e[31mred": x\n"\\e[31mred": y').encode(), "x")
    assert {finding.code for finding in source.findings} == {"SB102", "SB109", "SB120"}
    assert "\x1b" not in str(ScenarioError(source.findings))


def test_tabs_that_indent():
    source = read(SMALL.replace("    in: team", "\tin: team").replace("      speak:", "  \t  speak:").encode(), "x")
    assert where(source) == [("SB105", 12, 1), ("SB105", 16, 3)]


@pytest.mark.parametrize(("opening", "column"), [("[", 53), ("{", 51), ("- ", 104)])
def test_nesting(opening, column):
    deep = "a: " + opening * (DEEPEST + 10) if opening == "[" else opening * (DEEPEST + 10)
    findings = read(deep.encode(), "x").findings
    assert findings[0].code == "SB104"
    assert findings[0].line == 1
    if opening != "- ":
        assert findings[0].column == column


def test_several_documents():
    assert where(changed("cast:\n", "---\ncast:\n")) == [("SB112", 6, 1)]


def test_tags():
    source = labelled("!important news")
    assert where(source) == [("SB110", 17, 16)]
    assert '"!important news"' in source.findings[0].hint
    assert where(changed("cast:\n", "cast: !!map\n")) == [("SB110", 6, 7)]


def test_an_anchor_eats_a_word():
    source = labelled("&co says hello")
    assert where(source) == [("SB111", 17, 16)]
    assert '"&co says hello"' in source.findings[0].hint


def test_too_many_aliases():
    many = ", ".join(["*c"] * (MOST_ALIASES + 1))
    source = read(f"a: &c [x]\nb: [{many}]\n".encode(), "x")
    assert [finding.code for finding in source.findings] == ["SB111"]


def test_an_alias_bomb():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 9)]
    source = read("\n".join(rows).encode(), "x")
    assert [finding.code for finding in source.findings] == ["SB111"]
    assert "too much" in source.findings[0].message


def test_aliases_that_nest_too_deeply():
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [[*a{n - 1}]]" for n in range(1, 40)]
    assert [finding.code for finding in read("\n".join(rows).encode(), "x").findings] == ["SB111"]


def test_an_alias_within_itself():
    codes = {finding.code for finding in read(b"cast: &a [*a]", "x").findings}
    assert "SB107" in codes


def test_keys_that_stand_twice():
    source = read(
        SMALL.replace("        label: fine", "        label: fine\n        thought: x\n        label: y").encode(), "x"
    )
    finding = only(source)
    assert (finding.code, finding.line, finding.column) == ("SB109", 19, 9)
    assert "line 17" in finding.message
    assert label(source) == "fine"


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n\n", "---\n"])
def test_empty_files(text):
    source = read(text.encode(), "x")
    assert only(source).code == "SB113"
    assert source.scenario is None


@pytest.mark.parametrize("text", ["hello", "- a\n- b\n", "[a]"])
def test_files_without_keys(text):
    source = read(text.encode(), "x")
    assert where(source) == [("SB113", 1, 1)]
    assert source.scenario is None


@pytest.mark.parametrize(("version", "words"), [("2", "newer Seenby"), ("0", "`seenby: 1`"), ("one", "`seenby: 1`")])
def test_other_versions(version, words):
    finding = only(changed("seenby: 1", f"seenby: {version}"))
    assert (finding.code, finding.line, finding.column) == ("SB133", 1, 9)
    assert words in finding.hint


# --- stumbles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "mend"),
    [
        ("{policy} says so", 'label: "{policy} says so"'),
        ("[photo] gone", 'label: "[photo] gone"'),
        ("@all look", 'label: "@all look"'),
        ("*wow* that", 'label: "*wow* that"'),
        ("*wow", '"*wow"'),
        ("Correction 08:41: I wrote", 'label: "Correction 08:41: I wrote"'),
        ("note: this", 'label: "note: this"'),
        ("% of them", 'label: "% of them"'),
        ("`code`", 'label: "`code`"'),
        ('"so proud" she said', "label: '\"so proud\" she said'"),
        ("'s fine", 'label: "\'s fine"'),
        ('\'tis "fine" now', "label: '''tis \"fine\" now'"),
        ("-", 'label: "-"'),
        ("- dash", 'label: "- dash"'),
        ("? who", 'label: "? who"'),
        ("] x", 'label: "] x"'),
        ('"a\\qb"', "label: 'a\\qb'"),
        ('"Correction: I wrote', 'label: "Correction: I wrote"'),
        ("'@all: look", 'label: "@all: look"'),
        ("{policy}", '"{policy}"'),
        ("[photo]", '"[photo]"'),
        ("| text here", "next line"),
        ("> prose", "next line"),
    ],
)
def test_a_text_that_needs_quotes(value, mend):
    source = labelled(value)
    finding = only(source)
    assert (finding.code, finding.line, finding.column) == ("SB107", 17, 16)
    assert mend in finding.hint
    assert source.scenario is not None


def test_the_hint_names_the_block_too():
    assert "`label: |`" in only(labelled("@all look")).hint


@pytest.mark.parametrize(
    ("value", "read_as", "column", "mend"),
    [
        ("I said #nights", "I said", 23, '"I said #nights"'),
        ("I said  #nights again", "I said", 24, '"I said #nights again"'),
        ("#nights", None, 16, '"#nights"'),
    ],
)
def test_a_lost_hashtag(value, read_as, column, mend):
    source = labelled(value)
    finding = only(source)
    assert (finding.code, finding.severity, finding.line, finding.column) == ("SB108", "warning", 17, column)
    assert mend in finding.hint
    assert source.ok
    assert label(source) == read_as


def test_a_hashtag_lost_in_a_script_of_one_line():
    source = changed("    script: |\n      Col [meme]: hi\n", "    script: > hi #nights\n")
    assert "SB107" in {finding.code for finding in source.findings}
    source = changed("epilogue: That is all.}", "epilogue: all}\ncodas:\n  a:\n    text: hi\n    if: told #x\n")
    assert source.findings == []  # a condition has no hashtags


def test_a_lost_hashtag_beside_a_kept_one():
    source = read(
        SMALL.replace("Col [meme]: hi", "Col [meme]: hi #kept").replace("label: fine", "label: fine #lost").encode(), "x"
    )
    assert where(source) == [("SB108", 17, 21)]


@pytest.mark.parametrize(
    ("flow", "column", "mend"),
    [
        ("{thought: Not my place, mate}", 40, '`thought: "Not my place, mate"`'),
        ("{thought: Not my place, mate, or so, label: x}", 40, '`thought: "Not my place, mate, or so"`'),
        ("{label: x, thought: a,b}", 38, '`thought: "a,b"`'),
        ('{thought: "Not my place", mate}', 42, '`thought: "Not my place, mate"`'),
        ("{thought: 'Not my place', mate}", 42, '`thought: "Not my place, mate"`'),
        ('{thought: Not mine, said "mate"}', 36, """`thought: 'Not mine, said "mate"'`"""),
        ('{thought: He said "no", mate}', 40, """`thought: 'He said "no", mate'`"""),
    ],
)
def test_a_comma_that_cuts_a_text(flow, column, mend):
    finding = only(changed("silence:\n", f"silence: {flow}\n"))
    assert (finding.code, finding.line, finding.column) == ("SB114", 18, column)
    assert mend in finding.hint


@pytest.mark.parametrize(
    ("flow", "column", "mend"),
    [
        ("{label: @all now, thought: x}", 24, '`label: "@all now"`'),
        ("{label: Re: x: y, thought: x}", 24, '`label: "Re: x: y"`'),
        ("{label: big #night, thought: x}", 24, '`label: "big #night"`'),
        ("{label: {policy} says}", 24, '`label: "{policy} says"`'),
        ("{thought: y, label: *wow* x}", 36, '`label: "*wow* x"`'),
    ],
)
def test_a_text_in_braces_that_needs_quotes(flow, column, mend):
    finding = only(changed("silence:\n", f"silence: {flow}\n"))
    assert (finding.code, finding.line, finding.column) == ("SB107", 18, column)
    assert mend in finding.hint


def test_two_stumbles_in_one_line():
    source = changed("silence:\n", 'silence: {label: "so" she, thought: [x] y}\n')
    assert where(source) == [("SB107", 18, 24), ("SB107", 18, 45)]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column", "words"),
    [
        ("title: Small", "title Small", "SB106", 3, 1, "`title: Small`"),
        ("        label: fine", "        label:fine", "SB122", 17, 9, "`label: fine`"),
        ("    in: team", "    in: team\n      x: y", "SB106", 13, 7, "further than the one above"),
        ("    in: team", "   in: team", "SB106", 13, 5, "further than the one above"),
        ("    in: team", "    in: team\n   x: y", "SB106", 13, 4, "`|` block"),
        ("  col: {name: Col}", "  col: {name: Col", "SB106", 7, 8, "never closed"),
        ("with: col", "with: [col", "SB106", 9, 31, "never closed"),
        ("title: Small", 'title:\n  "Small', "SB106", 4, 3, "never closed"),
        ("title: Small", 'title:\n  "Sm\\qall"', "SB106", 4, 6, "backslash"),
        ("title: Small", "title: Small\ncovers:\n  - a\n  b: c", "SB106", 6, 3, "dashes"),
    ],
)
def test_other_mistakes_of_yaml(old, new, code, line, column, words):
    source = changed(old, new)
    first = source.findings[0]
    assert (first.code, first.line, first.column) == (code, line, column), source.findings
    assert words in f"{first.message} {first.hint}"


def test_all_findings_at_once():
    text = (
        SMALL.replace("title: Small", "title: @small")
        .replace("minutes: 5", "minutes: five")
        .replace("group: Team 4", "group: Team 4, really")
        .replace("Col [meme]: hi", "Col [Meme]: hi\n      what is this")
        .replace("label: fine", "label: Note: fine\n        dials: {tem: +1, own: +9}\n        if: a == b\n        titel: x")
        .replace("next: end", "next: The End")
        .replace("title: Only, ", "")
    )
    assert where(read(text.encode(), "x")) == [
        ("SB107", 3, 8),
        ("SB123", 4, 10),
        ("SB114", 9, 25),
        ("SB158", 14, 12),
        ("SB150", 15, 7),
        ("SB107", 18, 16),
        ("SB126", 19, 17),
        ("SB124", 19, 31),
        ("SB141", 20, 15),
        ("SB120", 21, 9),
        ("SB127", 23, 11),
        ("SB121", 25, 9),
    ]


# --- positions --------------------------------------------------------------------------------------------------


def test_places_inside_a_script():
    source = changed(
        "      Col [meme]: hi\n",
        "\n      Col [meme]: hi\n      {if told}\n        Jo (pictur): x\n      {end}\n      {if a && b} Jo: x\n",
    )
    assert where(source) == [("SB153", 17, 13), ("SB141", 19, 13)]


def test_places_inside_a_script_with_an_indentation_mark():
    source = changed("    script: |\n      Col [meme]: hi\n", "    script: |3-\n        Col [meme]: hi\n       what\n")
    assert where(source) == [("SB150", 15, 8)]


@pytest.mark.parametrize(
    ("value", "column"),
    [("told && x", 18), ("'told && x'", 19), ('"told && x"', 19), ('"t\\u006fld && x"', 24), ('"told\\x20&& x"', 22)],
)
def test_places_inside_a_condition(value, column):
    source = changed("label: fine\n", f"label: fine\n        if: {value}\n")
    assert where(source) == [("SB141", 18, column)]


def test_find():
    text = SMALL.replace("silence:", "silence: {later: {after: 3 days, scene: meme}}")
    source = read(text.encode(), "x")
    lines = text.split("\n")

    def words(place):
        line, column = place
        return lines[line - 1][column - 1 :]

    assert words(source.find(("scenes", "meme", "choices", "speak", "label"))) == "fine"
    assert words(source.find(("scenes", "meme", "choices", "speak", "label"), key=True)) == "label: fine"
    assert words(source.find(("scenes", "meme"), key=True)) == "meme:"
    assert words(source.find(("scenes", "meme", "script"))) == "Col [meme]: hi"
    assert words(source.find(("scenes", "meme", "script"), row=0, col=5)) == "meme]: hi"
    assert words(source.find(("places", "team", "with"))) == "col}"
    assert words(source.find(("places", "team", "with", 0))) == "col}"
    silence = ("scenes", "meme", "choices", "silence")
    assert words(source.find((*silence, "later", 0, "scene"))) == "meme}}"
    assert words(source.find((*silence, "later", 0, "if"))).startswith("later: {after")
    assert words(source.find((*silence, "later", "after"), col=2)) == "days, scene: meme}}"
    assert source.find(()) == (1, 1)
    assert words(source.find(("scenes", "nowhere", "x"))) == "scenes:"
    assert words(source.find(("title", "x"))) == "title: Small"
    assert source.find(("nowhere",)) == (1, 1)


def test_find_in_lists():
    source = read(SMALL.replace("with: col", "with: [jo, col]").encode(), "x")
    assert source.find(("places", "team", "with", 1)) == (9, 36)
    assert source.find(("places", "team", "with", 7)) == (9, 25)


def test_the_place_of_nothing_is_the_place_of_its_key():
    source = read(SMALL.encode(), "x")
    assert source.find(("scenes", "meme", "choices", "silence")) == (18, 7)


def test_find_in_a_file_that_holds_nothing():
    assert read(b"", "x").find(("title",)) == (1, 1)
    assert read(b"\xff", "x").find(("title",)) == (1, 1)


def test_find_in_a_file_with_mistakes():
    source = read(SMALL.replace("title: Small", "title: @small\x07").encode(), "x")
    assert source.find(("minutes",)) == (4, 10)


def test_add():
    source = read(SMALL.encode(), "x")
    source.add("SB201", ("scenes", "meme", "next"), "there is no scene 'end'", "did you mean 'meme'?")
    source.add("SB230", ("scenes", "meme", "script"), "nobody is called \x1b[31mCol", severity="warning", row=0, col=5)
    source.add("SB231", ("scenes", "meme"), "x" * 1000, severity="info", key=True)
    first, second, third = source.findings
    assert str(first) == "x:19:11: SB201 error: there is no scene 'end'\n    did you mean 'meme'?"
    assert str(second) == "x:14:12: SB230 warning: nobody is called Col"
    assert (third.severity, third.line, third.column, len(third.message)) == ("info", 11, 3, 400)
    assert not source.ok


# --- how much ---------------------------------------------------------------------------------------------------


def test_not_everything_is_listed_of_a_file_that_is_all_wrong():
    text = SMALL + "".join(f"wrong{n}: x\n" for n in range(1000))
    source = read(text.encode(), "x")
    assert len(source.findings) == MOST_FOUND + 1
    assert "SB117" in {finding.code for finding in source.findings}


def test_many_mistakes_of_yaml_are_mended_one_after_the_other():
    text = SMALL.replace("covers", "").replace(
        "minutes: 5", "minutes: 5\n" + "".join(f"{key}: @x\n" for key in ("blurb", "tone", "sector", "note", "author"))
    )
    assert where(read(text.encode(), "x")) == [
        ("SB107", line, column) for line, column in [(5, 8), (6, 7), (7, 9), (8, 7), (9, 9)]
    ]


def test_more_mistakes_than_one_mends():
    text = SMALL.replace("  col: {name: Col}\n", "".join(f"  c{n}: {{name: @x}}\n" for n in range(60)))
    findings = read(text.encode(), "x").findings
    assert {finding.code for finding in findings} >= {"SB107"}
    assert len(findings) >= 25


READERS = r"SB(?:[12]\d\d|34[0-3])"
"""Codes of the reader and the compiler: of scenarios, and of what the lines of a career say by themselves."""


def test_codes_have_severities_and_titles():
    for code, meaning in CODES.items():
        assert re.fullmatch(READERS, code)
        assert meaning.severity in ("error", "warning", "info")
        assert meaning.title[0].isupper()
        assert not meaning.title.endswith(".")


def test_every_code_is_used_and_known():
    from pathlib import Path

    import engine.script

    script = Path(engine.script.__file__).parent
    used = set()
    for path in (*script.glob("*.py"), *(script.parent / "story").glob("*.py")):
        if path.name != "codes.py":
            used |= set(re.findall(f'"({READERS})"', path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_findings_are_put_in_order():
    source = read(SMALL.replace("minutes: 5", "minutes: x").replace("seenby: 1", "seenby: 3").encode(), "b.yaml")
    error = ScenarioError(reversed(source.findings))
    assert [finding.line for finding in error.findings] == [1, 4]
    assert str(error).startswith("b.yaml:1:9: SB133 error: ")


def test_did_you_mean():
    assert did_you_mean("marni", ["marnie", "col"]) == "did you mean 'marnie'?"
    assert did_you_mean("zzz", ["marnie"]) == ""


def test_a_file_that_is_like_a_path():
    class Resource:
        def open(self, mode):
            assert mode == "rb"
            return io.BytesIO(SMALL.encode())

        def __str__(self):
            return "pack/small.yaml"

    source = read_file(Resource())
    assert source.ok
    assert source.name == "pack/small.yaml"
