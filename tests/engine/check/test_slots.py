"""Slots: words that are missing, left over, written out, or small where a sentence begins."""

from __future__ import annotations

from tests.engine.base import story_of
from tests.engine.check.helper import only, said

WORDS = "slots: {canteen: the canteen}"


def test_words_that_nobody_gave_and_words_that_nobody_asks_for() -> None:
    finding = only("SB322", ("text: A biscuit.", 'text: "A biscuit. See {policy}."'), ("id: base", "‸id: base"))
    assert "{policy} (“the messaging policy”)" in finding.message
    assert only("SB323", (WORDS, "slots: {canteen: the canteen, ‸tin: the tin}"))
    assert said("SB323", (WORDS, "slots: {canteen: the canteen, support_line: Ring 5}"), ("good: {title: Good,", "good: {support: yes, title: Good,")) == []  # fmt: skip
    assert (
        said("SB323", (WORDS, "slots: {canteen: the canteen, org: Calder Water}"), ("title: The base", 'title: "{Org}"')) == []
    ), "a title asks too"
    assert story_of().slots_used >= {"canteen"}


def test_words_that_are_written_out_in_a_text_or_a_name() -> None:
    finding = only("SB324", ("> Nobody looks up.", "‸> Nobody looks up in the canteen."))
    assert "“the canteen” is written out here, and is what the slot 'canteen' stands for" in finding.message
    assert finding.hint.startswith("write {canteen}")
    assert only("SB324", ("text: A biscuit.", "text: ‸The canteen again.")).hint.startswith("write {Canteen}")
    assert said("SB324", ("> Nobody looks up.", "> Nobody looks up in the canteens.")) == [], "another word"
    assert said("SB324", (WORDS, "slots: {canteen: mess}"), ("> Nobody looks up.", "> What a mess.")) == [], "an everyday word"


def test_a_name_of_a_place_or_a_person() -> None:
    assert only("SB324", ("group: Team 4", "group: ‸The canteen")).severity == "warning"
    assert only("SB324", ("name: Sgt Alder", "name: ‸The canteen"))


def test_a_sentence_that_begins_small() -> None:
    assert only("SB329", ("> Nobody looks up.", "‸> {canteen} is quiet.")).hint == "write {Canteen}"
    assert only("SB329", ("> Nobody looks up.", "‸> Nobody looks up. {canteen} is quiet."))
    for fine in ("> {Canteen} is quiet.", "> Nobody in {canteen} looks up.", "Col: {canteen} is quiet."):
        assert said("SB329", ("> Nobody looks up.", fine)) == []
    assert (
        said("SB329", (WORDS, "slots: {canteen: Mrs Alder’s kitchen}"), ("> Nobody looks up.", "> {canteen} is quiet.")) == []
    )
