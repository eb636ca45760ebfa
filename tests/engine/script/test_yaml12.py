import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.script import yaml12
from engine.script.read import read
from engine.script.yaml12 import FURTHEST, Tree, quoted
from tests.engine.script.small import SMALL

words = st.text(st.sampled_from("abc '\"\\#:,{}-é😂\n"), min_size=1, max_size=25)


def pointed(tree, node, index):
    """The character of the file that a character of a value is found at."""
    row = node.value.count("\n", 0, index)
    col = index - node.value.rfind("\n", 0, index) - 1
    line, column = tree.place(node, row, col)
    return tree.lines[line - 1][column - 1 : column]


@given(words, st.sampled_from(["'", '"', "|", ">", None]), st.sampled_from([12, 80]))
@example("a b\n\nc d", ">", 80)
@example("a\n\n\nb", "'", 80)
@example("  a\n b", "|", 80)
def test_every_letter_is_found_where_it_stands(text, style, width):
    text = text + "z"
    dumped = yaml.dump({"key": {"text": text}}, default_style=None, default_flow_style=False, allow_unicode=True)
    if style is not None:
        node = yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)
        key = yaml.ScalarNode("tag:yaml.org,2002:str", "text")
        dumped = yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", [(key, node)]), allow_unicode=True, width=width)
    tree = Tree(dumped)
    assert tree.root is not None
    node = tree.find(("key", "text")) if style is None else tree.find(("text",))
    assume(node.value.rstrip("\n") == text)  # PyYAML does not write every folded text so that it is read back
    assert tree.slips == []
    for index, char in enumerate(text):
        if char in "abcz#é😂{},-" and (index or node.style in ("", "|", ">")):
            shown = pointed(tree, node, index)
            assert shown == char or (shown == "\\" and not char.isascii()), (dumped, index)


def test_places_in_a_text_over_several_lines():
    tree = Tree("a: one\n  two\n\n  three\nb: 'it''s\n  fine'\nc: \"x\\\n   y\\u0041z\"\n")
    a, b, c = (tree.find((key,)) for key in "abc")
    assert a.value == "one two\nthree"
    assert tree.place(a) == (1, 4)
    assert tree.place(a, 0, 4) == (2, 3)
    assert tree.place(a, 1, 0) == (4, 3)
    assert tree.place(b, 0, 3) == (5, 9)
    assert tree.place(b, 0, 5) == (6, 3)
    assert c.value == "xyAz"
    assert tree.place(c, 0, 1) == (8, 4)
    assert tree.place(c, 0, 3) == (8, 11)
    assert tree.place(c, 0, 99) == (8, 12)
    assert tree.place(c, 9, 99) == (8, 12)


def test_places_in_blocks():
    tree = Tree("a: |2-\n    x\n  y\nb: >\n  one\n  two\n\n  three\nc: |\nd: |\n\n   x\n")
    a, b, c, d = (tree.find((key,)) for key in "abcd")
    assert a.value == "  x\ny"
    assert tree.place(a, 0, 2) == (2, 5)
    assert tree.place(a, 1, 0) == (3, 3)
    assert b.value == "one two\nthree\n"
    assert tree.place(b, 0, 4) == (6, 3)
    assert tree.place(b, 1, 0) == (8, 3)
    assert tree.place(c) == (9, 4)
    assert tree.place(d, 1, 0) == (12, 4)


def test_quoted():
    assert quoted(" a b ") == '"a b"'
    assert quoted('say "x"') == "'say \"x\"'"
    assert quoted("it's \\") == "'it''s \\'"
    for text in ("a", 'b "c"', "it's", "\\", "'\"'"):
        assert yaml.safe_load(quoted(text)) == text


@given(words)
def test_what_is_quoted_is_read_back(text):
    line = text.replace("\n", " ").strip()
    assert yaml.safe_load(f"a: {quoted(line)}") == {"a": line}


def test_far_into_a_long_value_its_own_place_will_do():
    tree = Tree(f"a: '{'x' * (FURTHEST * 2)}'\n")
    a = tree.find(("a",))
    assert tree.place(a, 0, FURTHEST) == (1, FURTHEST + 5)
    assert tree.place(a, 0, FURTHEST + 1) == (1, 4)


@pytest.mark.parametrize(
    "text", [SMALL, SMALL.replace("label: fine", "label: Note: fine"), SMALL.replace("label: fine", "label: fine #lost")]
)
def test_without_the_c_parser_all_is_the_same(text, monkeypatch):
    fast = read(text.encode(), "x")
    monkeypatch.setattr(yaml12, "_Parser", yaml12.PureParser)
    pure = read(text.encode(), "x")
    assert (pure.scenario, pure.findings) == (fast.scenario, fast.findings)
