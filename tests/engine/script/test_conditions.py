import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.script.conditions import (
    WORDS,
    And,
    Asks,
    Compare,
    Condition,
    IsIn,
    Name,
    Not,
    Number,
    Or,
    parse_condition,
)
from engine.script.findings import Unread


def node(text):
    return parse_condition(text).node


def test_a_flag():
    assert parse_condition("challenged") == Condition("challenged", Name("challenged", 0))
    assert node("own-up_2.piece-3") == Name("own-up_2.piece-3", 0)
    assert node("not  told") == Not(Name("told", 5))


def test_the_example_of_the_format():
    text = "challenged and not (left team) and trust >= 2"
    left, trust, two = text.index("left"), text.index("trust"), text.index("2")
    assert node(text) == And(
        (Name("challenged", 0), Not(Asks("left", "team", left)), Compare(Name("trust", trust), ">=", Number(2, two), trust))
    )


def test_and_binds_closer_than_or():
    assert node("a or b and c") == Or((Name("a", 0), And((Name("b", 5), Name("c", 11)))))
    assert node("(a or b) and c") == And((Or((Name("a", 1), Name("b", 6))), Name("c", 13)))
    assert node("not a = 2") == Not(Compare(Name("a", 4), "=", Number(2, 8), 4))
    assert node("not not a") == Not(Not(Name("a", 8)))


@pytest.mark.parametrize("op", ["=", "!=", "<", "<=", ">", ">="])
def test_comparisons(op):
    assert node(f"a{op}2") == Compare(Name("a", 0), op, Number(2, 1 + len(op)), 0)
    assert node(f"2 {op} a").op == op
    assert node(f"statement.age {op} statement.wrong").right.name == "statement.wrong"


def test_yes_and_no_are_numbers():
    assert node("told = yes") == Compare(Name("told", 0), "=", Number(1, 7), 0)
    assert node("told != no").right == Number(0, 8)
    assert node("no") == Number(0, 0)
    assert node("days > -2").right == Number(-2, 7)
    assert node("days > +2").right == Number(2, 7)


@pytest.mark.parametrize("word", ["left", "muted", "seen", "gone"])
def test_what_can_be_asked(word):
    assert node(f"{word} team") == Asks(word, "team", 0)


def test_somebody_in_a_place():
    assert node("not jo in team") == Not(IsIn("jo", "team", 4))


@pytest.mark.parametrize(
    ("text", "code", "col", "words"),
    [
        ("", "SB140", 0, "empty"),
        ("a == 2", "SB141", 2, "single `=`"),
        ("a === 2", "SB141", 2, "single `=`"),
        ("a && b", "SB141", 2, "`and`"),
        ("a || b", "SB141", 2, "`or`"),
        ("a & b", "SB141", 2, "`and`"),
        ("a | b", "SB141", 2, "`or`"),
        ("!a", "SB141", 0, "`not`"),
        ("a => 2", "SB141", 2, "`>=`"),
        ("a =< 2", "SB141", 2, "`<=`"),
        ("a <> 2", "SB141", 2, "`!=`"),
        ("a ≥ 2", "SB141", 2, "`>=`"),
        ("a is 2", "SB141", 2, "write `=`"),
        ("(a is b)", "SB141", 3, "write `=`"),
        ("not (told is yes)", "SB141", 10, "write `=`"),
        ("told > 1 is yes", "SB141", 9, "write `=`"),
        ("told was yes", "SB141", 5, "write `=`"),
        ("trust >= 5%", "SB140", 9, "whole numbers"),
        ("trust >= 2.5", "SB140", 9, "whole numbers"),
        ("trust >= 2,5", "SB140", 9, "whole numbers"),
        ("trust >= %", "SB141", 9, "whole numbers"),
        ("a, b", "SB141", 1, "`and`"),
        ("'a'", "SB141", 0, "without quotes"),
        ("“a”", "SB141", 0, "without quotes"),
        ("{a}", "SB141", 0, "without braces"),
        ("[a]", "SB141", 0, "round brackets"),
        ("a - 1", "SB141", 2, "arithmetic"),
        ("a -1", "SB141", 2, "arithmetic"),
        ("a + 1", "SB141", 2, "arithmetic"),
        ("A", "SB140", 0, "did you mean 'a'"),
        ("a AND b", "SB140", 2, "`and`"),
        ("É", "SB140", 0, "lower case"),
        ("2x", "SB140", 0, "begin with a letter"),
        ("a.b.c", "SB140", 0, "scene.choice"),
        ("a ; b", "SB140", 2, "means nothing"),
        ("a ~ b", "SB140", 2, "means nothing"),
        ("(a", "SB140", 0, "never closed"),
        ("(a b)", "SB140", 3, "join the two"),
        ("()", "SB140", 1, "nothing stands between"),
        ("a)", "SB140", 1, "closes nothing"),
        ("a b", "SB140", 2, "join the two"),
        ("a not b", "SB140", 2, "join the two"),
        ("not", "SB140", 3, "too early"),
        ("a and", "SB140", 5, "too early"),
        ("and a", "SB140", 0, "comes where"),
        ("a >", "SB142", 3, "too early"),
        ("a > (b)", "SB142", 4, "comes where"),
        ("a = = 2", "SB142", 4, "single `=`"),
        ("1 < a < 3", "SB142", 6, "one comparison"),
        ("(a) > 2", "SB142", 4, "a bracket cannot be compared"),
        ("5", "SB142", 0, "alone asks nothing"),
        ("left", "SB140", 4, "`left team`"),
        ("seen and a", "SB140", 5, "`seen meme`"),
        ("gone a.b", "SB140", 5, "`gone meme`"),
        ("jo in", "SB140", 5, "jo in team"),
        ("in team", "SB140", 0, "comes where"),
        ("(jo) in team", "SB140", 5, "jo in team"),
        ("told(a)", "SB140", 0, "no functions"),
        ("a = 1234567890", "SB143", 4, "too large"),
        ("x" * 1001 + " and y", "SB143", 0, "longer than"),
        ("(" * 60 + "a" + ")" * 60, "SB143", 40, "more than 40"),
        ("not " * 60 + "a", "SB143", 160, "more than 40"),
    ],
)
def test_what_cannot_be_read(text, code, col, words):
    with pytest.raises(Unread) as caught:
        parse_condition(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.col) == (code, col)
    assert words in f"{problem.message} {problem.hint}"


names = st.from_regex(r"\A[a-z][a-z0-9_-]{0,5}(\.[a-z][a-z0-9-]{0,3})?\Z").filter(
    lambda name: name not in WORDS and "is" not in name
)
bare = names.map(lambda name: name.split(".")[0]).filter(lambda name: name not in WORDS)
values = st.builds(Name, names) | st.builds(Number, st.integers(-999, 999))
leaves = (
    st.builds(Name, names)
    | st.builds(Asks, st.sampled_from(["left", "muted", "seen", "gone"]), bare)
    | st.builds(IsIn, bare, bare)
    | st.builds(Compare, values, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), values)
)
nodes = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Not, inner)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=8,
)


def written(node):
    match node:
        case Name(name=name):
            return name
        case Number(value=value):
            return str(value)
        case Asks(what=what, target=target):
            return f"{what} {target}"
        case IsIn(person=person, place=place):
            return f"{person} in {place}"
        case Compare(left=left, op=op, right=right):
            return f"{written(left)} {op} {written(right)}"
        case Not(part=part):
            return f"not ({written(part)})"
        case And(parts=parts):
            return " and ".join(f"({written(part)})" for part in parts)
        case Or(parts=parts):
            return " or ".join(f"({written(part)})" for part in parts)
    raise AssertionError(node)


def without_places(node):
    match node:
        case Name(name=name):
            return Name(name)
        case Number(value=value):
            return Number(value)
        case Asks(what=what, target=target):
            return Asks(what, target)
        case IsIn(person=person, place=place):
            return IsIn(person, place)
        case Compare(left=left, op=op, right=right):
            return Compare(without_places(left), op, without_places(right))
        case Not(part=part):
            return Not(without_places(part))
        case And(parts=parts):
            return And(tuple(map(without_places, parts)))
        case Or(parts=parts):
            return Or(tuple(map(without_places, parts)))
    raise AssertionError(node)


@given(nodes)
def test_what_is_written_is_read(tree):
    assert without_places(node(written(tree))) == without_places(tree)


@given(st.text(max_size=40) | st.text("ab()=<>! andortis.19-+&|", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        assert parse_condition(text).text == text
    except Unread as error:
        for problem in error.problems:
            assert problem.code in ("SB140", "SB141", "SB142", "SB143")
            assert 0 <= problem.col <= len(text)
            assert problem.hint
