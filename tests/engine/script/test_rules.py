"""If-then rules have two halves, however they are written."""

from __future__ import annotations

import pytest

from engine.script.rules import first_half, halves, second_half


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("If a picture lands, then I ask whose it is.", ("a picture lands", "ask whose it is")),
        ("if a picture,\n  or a clip, lands, then ask.", ("a picture, or a clip, lands", "ask")),
        ("When nobody answers, I say it once", ("nobody answers", "say it once")),
        ("Wenn ein Bild kommt, frage ich zuerst.", ("Wenn ein Bild kommt", "frage ich zuerst")),
        ("If it is late, then I'm off.", ("it is late", "I'm off")),
        ("Be careful", None),
        ("If so, then I.", None),
        (", then wait", None),
        ("", None),
    ],
)
def test_halves(rule: str, parts: tuple[str, str] | None) -> None:
    assert halves(rule) == parts


def test_what_a_player_types_loses_the_words_that_stand_beside_the_fields() -> None:
    assert first_half(" If the phone buzzes, ") == "the phone buzzes"
    assert first_half("iffy pictures come") == "iffy pictures come"
    assert second_half("then I wait. ") == "wait"
    assert second_half("I ask") == "ask"
    assert second_half("Ignore it") == "Ignore it"
