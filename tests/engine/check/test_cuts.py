"""What the checker says of short sessions."""

from __future__ import annotations

from engine.check import check
from engine.proof import prove
from engine.proof.cut import lost_in_cut
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.cut import cut_story
from engine.story.model import Story
from tests.engine.play.test_cut import STORY


def said(text: str) -> list[tuple[str, str]]:
    found = check(read(text.encode(), "cut.yaml"))
    return [(one.code, one.message.rpartition(" ")[2]) for one in found if one.code in ("SB317", "SB326", "SB327", "SB328")]


def story(text: str = STORY) -> Story:
    return compile_story(read(text.encode(), "cut.yaml"))


def test_a_consequence_is_never_left_out_and_an_ending_may_be_lost() -> None:
    assert said(STORY) == [("SB317", "out"), ("SB327", "'bright'")]


def test_a_scene_that_stays_and_is_never_come_to_is_named() -> None:
    bold = STORY.replace("  last:\n    in: hall\n", "  last:\n    in: hall\n    if: bold\n")
    assert ("SB326", "'last'") in said(bold)
    assert ("SB326", "'last'") not in said(bold.replace("    if: bold\n", "    if: bold\n    optional: It ends.\n"))
    assert ("SB326", "'last'") not in said(STORY.replace("if: bold, epilogue", "if: bold and not bold, epilogue"))


def test_what_no_play_at_all_comes_to_is_not_named_again() -> None:
    never = STORY.replace("if: bold, epilogue", "if: bold and not bold, epilogue")
    assert not any(code == "SB327" for code, _word in said(never))


def test_what_an_earlier_part_of_a_career_brings_is_not_lost_by_leaving_out() -> None:
    carried = STORY.replace("bold: {is: you spoke}", "bold: {is: you spoke, carried: yes}")
    assert not any(code == "SB327" for code, _word in said(carried))


def test_a_choice_that_acts_on_a_message_which_is_left_out_is_named() -> None:
    asks = STORY.replace("      nod: {label: Nod}\n", "      show: {label: Pass it on, forward: hello, to: team}\n")
    assert [code for code, _word in said(asks)] == ["SB328", "SB317", "SB327"]
    seen = asks.replace("to: team}", "to: team, if: seen hello}")
    assert "SB328" not in [code for code, _word in said(seen)]
    # Where the message is left out, so is what acts on it.
    inside = STORY.replace(
        "      keys: {label: Here they are,",
        "      show: {label: Pass it on, forward: hello, to: team}\n      keys: {label: Here they are,",
    )
    assert "SB328" not in [code for code, _word in said(inside)]


def test_of_a_cut_only_what_was_not_left_out_counts_as_lost() -> None:
    cut = cut_story(story(), ["first"])
    assert lost_in_cut(cut, prove(cut)) == {"endings": ["bright"]}
    assert lost_in_cut(cut, prove(cut), prove(cut)) == {}
    asks = STORY.replace("      nod: {label: Nod}\n", "      nod: {label: Nod}\n      wink: {label: Wink, if: bold}\n")
    cut = cut_story(story(asks), ["first"])
    assert lost_in_cut(cut, prove(cut)) == {"choices": ["second.wink"], "endings": ["bright"]}
