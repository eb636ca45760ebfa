"""Whatever the bytes, reading yields findings and never raises; and the quick way never disagrees with the thorough one."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.script.codes import CODES
from engine.script.read import _quick, _thorough, read
from engine.text import unsafe_at
from tests.engine.script.small import SMALL

ROOT = Path(__file__).parents[3]
SEEDS = [SMALL.encode(), *(path.read_bytes() for path in sorted((ROOT / "tests" / "fixtures" / "beats").glob("*.yaml")))]
BITS = [
    b"\n", b" ", b"  ", b"\t", b":", b": ", b"#", b" #x", b"- ", b"{", b"}", b"[", b"]", b"'", b'"', b"\\", b"\\x1b", b"|", b">", b"&a ", b"*a", b"!t ",
    b"---\n", b"...\n", b"\x00", b"\x1b", b"\xff", b"\xc3\xa9", b"\xe2\x80\xae", b"\xef\xb8\x8f", b"\r\n", b"?", b"? ", b"%", b"@", b",", b"~", b"yes",
    b"+1", b"label: ", b"script: |\n", b"<<: ", b"{if a}", b"if: ", b"99999999999999999999", b"\xf0\x9f\x98\x82", b"\xe2\x80\xa8",
]  # fmt: skip


def judged(data: bytes) -> None:
    source = read(data, "x.yaml")
    rows = data.count(b"\n") + data.count(b"\r") + 2
    for finding in source.findings:
        assert finding.code in CODES
        assert finding.severity == CODES[finding.code].severity
        assert finding.file == "x.yaml"
        assert 1 <= finding.line <= rows
        assert finding.column >= 1
        assert finding.message
        assert unsafe_at(str(finding)) is None
    if source.scenario is None:
        assert any(finding.severity == "error" for finding in source.findings)
    for path in ((), ("scenes",), ("scenes", "meme", "script"), ("cast", "col", "name")):
        line, column = source.find(path, row=2, col=3)
        assert line >= 1
        assert column >= 1


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        drop = draw(st.integers(0, 12))
        data = data[:at] + draw(st.sampled_from(BITS) | st.binary(max_size=3)) + data[at + drop :]
    return data


@given(mutated())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_scenarios_with_something_wrong(data):
    judged(data)


@given(st.binary(max_size=200) | st.lists(st.sampled_from(BITS), max_size=30).map(b"".join))
@settings(max_examples=300, deadline=None)
@example(b"a: &a [*a]")
@example(b"? ? ? ? a")
@example(b"{" * 200)
@example(b"- " * 200)
@example(b"a: 'x\n")
@example(b'"\\ud800"')
def test_any_bytes(data):
    judged(data)


@given(mutated())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_quick_way_agrees_with_the_thorough_one(data):
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    if "\r" in text:
        return
    quick = _quick(data)
    if quick is not None:
        thorough = _thorough(text, "x")
        assert thorough.findings == []
        assert thorough.scenario == quick


def test_clean_files_take_the_quick_way():
    for seed in SEEDS:
        assert _quick(seed) is not None
