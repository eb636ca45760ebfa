import pytest

from engine.script.emoji import RISKY, risky
from tests.engine.script.small import labelled, only


@pytest.mark.parametrize("text", ["❤ 😂 👍 ✅ 🔒 ✓ ✓✓ ↪ 🚓 🌹 😇 🎉 🐯", "plain", "café", "日本"])
def test_safe_ones(text):
    assert list(risky(text)) == []


@pytest.mark.parametrize(
    ("emoji", "why", "safe"),
    [
        ("❤️", "U+FE0F", "'❤'"),
        ("⚠️", "U+FE0F", "'❗'"),
        ("☺️", "U+FE0F", "'🙂'"),
        ("👍🏽", "skin tone", "'👍'"),
        ("🏽", "skin tone", "one of"),
        ("👨\u200d👩\u200d👧", "joined", "'👨'"),
        ("🤷🏽\u200d♀️", "joined", "'🤷'"),
        ("🏳️\u200d🌈", "joined", "'🌈'"),
        ("1️⃣", "keycap", "'1'"),
        ("🩷", "newer", "'💗'"),
        ("\U0001fae9", "newer", "one of"),
        ("🇬🇧", "flag", "country"),
        ("\ufe0f", "U+FE0F", "one of"),
    ],
)
def test_risky_ones(emoji, why, safe):
    assert RISKY.search(emoji)
    ((at, found, reason, instead),) = risky(f"ok 😂 {emoji} x")
    assert (at, found) == (5, emoji)
    assert why in reason
    assert safe in instead


def test_several_in_a_line():
    assert [found[0] for found in risky("👍🏽❤️😂🇬🇧🇫🇷")] == [0, 2, 5, 7]


def test_what_is_offered_instead_is_safe_itself():
    for emoji in ("❤️", "⚠️", "☺️", "✔️", "☹️", "✌️", "🩷", "🩵", "🩶", "🫨", "🏳️", "🫷", "🫸", "👍🏽"):
        for _at, _emoji, _why, instead in risky(emoji):
            assert not RISKY.search(instead)


def test_the_finding():
    source = labelled("well ❤️ done")
    finding = only(source)
    assert (finding.code, finding.severity, finding.line, finding.column) == ("SB115", "warning", 17, 21)
    assert "'❤'" in finding.hint
    assert source.ok
    assert source.scenario.scenes["meme"].choices["speak"].label == "well ❤️ done"
