"""Where a story leads: each finding at its place, and what is no mistake is none."""

from __future__ import annotations

from engine.check.case import Case
from engine.check.flow import CHECKS, not_proved, stuck
from engine.proof import Claim, Proof
from engine.script.findings import words_list
from tests.engine.base import changed
from tests.engine.check.helper import found, only, said


def test_the_base_has_no_errors_and_what_it_has_is_known() -> None:
    told = {finding.code: finding.message for finding in found() if finding.severity != "info"}
    assert set(told) == {"SB301", "SB501", "SB504"}
    assert told["SB301"] == "no play comes to 'frost'"


def test_a_scene_that_nothing_leads_to() -> None:
    finding = only("SB301", ("  thaw:\n", "  ‸alone:\n    in: team\n    script: |\n      Col: hm\n    next: end\n  thaw:\n"))
    assert "no play comes to 'alone'" in finding.message
    assert "no `next`" in finding.hint


def test_a_scene_whose_condition_never_holds() -> None:
    finding = only("SB301", ("  last:\n    in: jo-dm\n    if: not (left team)", "  ‸last:\n    in: jo-dm\n    if: trust >= 3"))
    assert "in every possible play its conditions fail" in finding.hint


def test_options_that_can_never_be_taken() -> None:
    finding = only("SB302", ("      laugh:\n        label", "      ‸laugh:\n        if: trust >= 3\n        label"))
    assert finding.message == "'laugh' can never be taken in 'meme'"
    finding = only("SB302", ("two: {label: The two, if: spoke,", "‸two: {label: The two, if: spoke and trust >= 3,"))
    assert finding.message == "'two' can never be taken in 'several'"
    # That the scene is never seen is told once, for the scene.
    assert said("SB302", ("    if: not (left team)", "    if: trust >= 3")) == []


def test_endings_and_codas() -> None:
    assert (
        "the ending 'good'"
        in only("SB303", ("  good: {title", "  ‸good: {title"), ("if: spoke and trust >= 0", "if: trust >= 3")).message
    )
    assert "the coda 'biscuit'" in only("SB304", ("  biscuit:\n    if: spoke", "  ‸biscuit:\n    if: trust >= 3")).message


def test_consequences_that_never_or_always_come() -> None:
    never = only("SB305", ("scene: thaw, if: spoke", "scene: ‸thaw, if: trust >= 3"))
    assert never.message == "'thaw' never comes from 'meme.speak'"
    always = said("SB306", ("scene: thaw, if: spoke", "scene: thaw, if: spoke"))
    assert [finding.message for finding in always] == ["'thaw' always comes from 'meme.speak': its `if` holds in every play"]
    reckoned = only("SB305", ("scene: years-on, if: spoke", "scene: ‸years-on, if: trust >= 3"))
    assert reckoned.message == "'years-on' never comes from 'reckoning'"


def test_a_proof_that_was_stopped_says_so_and_claims_nothing() -> None:
    findings = found(("    if: not (left team)", "    if: trust >= 3"), states=2)
    codes = {finding.code for finding in findings}
    assert "SB300" in codes
    assert "SB301" not in codes
    # What nothing leads to, conditions aside, is told all the same.
    apart = found(("  thaw:\n", "  alone:\n    in: team\n    script: |\n      Col: hm\n    next: end\n  thaw:\n"), states=2)
    assert {"SB300", "SB301"} <= {finding.code for finding in apart}


def test_many_claims_that_are_not_proved_are_told_in_short() -> None:
    made = changed()
    assert made.story is not None
    proof = Proof(made.story.id, made.story.hash, {f"claim {n}": Claim(False, 7, "3 states") for n in range(6)})
    (finding,) = not_proved(Case(made.source, made.story, proof))
    assert "claim 3 and 2 more" in finding.message
    assert "stopped by 3 states, after 42 states" in finding.message


def test_what_a_proof_finds_stuck_is_an_error() -> None:
    made = changed()
    assert made.story is not None
    proof = Proof(made.story.id, made.story.hash, strands={"meme": ()}, no_lapse={"meme": ()})
    assert [(one.code, one.path) for one in stuck(Case(made.source, made.story, proof))] == [
        ("SB264", ("scenes", "meme")),
        ("SB265", ("scenes", "meme", "limit")),
    ]


def test_without_a_proof_nothing_is_claimed() -> None:
    made = changed()
    assert made.story is not None
    case = Case(made.source, made.story)
    assert not {"SB300", "SB302", "SB303", "SB304", "SB305", "SB306"} & {one.code for check in CHECKS for one in check(case)}


def test_waiting_that_does_not_lead_on() -> None:
    stays = only("SB307", ("      silence:\n        thought: Not my place.", "      ‸silence:\n        stay: yes\n        thought: Not my place."), ("limit: {seconds: 60}", "limit: {seconds: 60, lapse: go}"), ("      look:\n", "      go: {label: Go}\n      look:\n"))  # fmt: skip
    assert "comes back to the decision" in stays.message
    shut = only("SB307", ("      silence: {}", "      ‸silence: {if: spoke}"))
    assert "is not always there" in shut.message


def test_no_silence_is_said() -> None:
    finding = only(
        "SB308",
        ("      silence: {}\n", ""),
        ("    choices:\n      bye:", "    ‸no-silence: She waits.\n    choices:\n      bye:"),
    )
    assert "'last'" in finding.message


def test_flags() -> None:
    assert "'shy' is set" in only("SB311", ("set: {spoke: yes", "set: {‸shy: yes, spoke: yes")).message
    assert "'shy' is set" in only("SB311", ("scene: thaw, if", "set: {‸shy: yes}, scene: thaw, if")).message
    assert (
        "'shy' is asked for"
        in only(
            "SB312", ("  found: {from", "  ‸shy: {}\n  found: {from"), ("    if: not (left team)", "    if: not shy")
        ).message
    )
    assert "'shy' is declared" in only("SB313", ("  found: {from", "  ‸shy: {}\n  found: {from")).message
    # The base counts clues and asks for them nowhere.
    assert [finding.message for finding in said("SB311")] == [
        "'clues' is set, and nothing asks for it",
        "'found' is set, and nothing asks for it",
    ]


def test_what_a_scenario_should_have() -> None:
    assert "'other'" in only("SB314", ("epilogue: It went.}", '‸epilogue: " "}')).message
    assert only("SB315", ("debrief:\n", "‸debrief:\n"), ("  questions: [When was it cheapest?]\n", "")).severity == "info"
    assert only(
        "SB316",
        ("next: wall", "next: gap"),
        ("  thaw:\n", "  gap:\n    ‸skip: You look away.\n    set: {days: +1}\n    next: wall\n  thaw:\n"),
    )
    # A scene to read asks first.
    assert said("SB316", ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    skip: You look away.\n")) == []
    assert only("SB333", ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    ‸note: It thaws.\n"))
    skips = ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    note: It thaws.\n    skip: You look away.\n")
    assert said("SB333", skips) == []
    assert only("SB317", ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    ‸optional: Nobody thaws.\n"))
    assert only("SB319", ("next: wall", "next: gap"), ("  thaw:\n", "  ‸gap:\n    next: wall\n  thaw:\n"))
    # A scene that only shares the ways on, or only changes something, does its part.
    assert (
        said("SB319", ("next: wall", "next: gap"), ("  thaw:\n", "  gap:\n    set: {days: +1}\n    next: wall\n  thaw:\n"))
        == []
    )


POST = "      bye:\n        label: Say bye\n        send: Bye.\n"


def test_who_answers_in_public_by_accident() -> None:
    official = ("page: {feed: The page, followers: 100}", "page: {feed: The page, followers: 100, official: yes}")
    post = "      bye:\n        label: Say bye\n        send: Bye.\n        to: page\n        script: |\n          "
    finding = only("SB318", official, (POST, f"{post}... 1 minute\n          ‸Col: oh no\n"))
    assert "Col says this on 'page', in public" in finding.message
    assert "`in jo-dm:`" in finding.hint
    for line in ("in jo-dm:\n          Jo: oh no", "You: and more", "Col (on bye): oh no", "> Nobody minds."):
        sent = post.replace("send: Bye.\n", "send: Bye.\n        sent: bye\n")
        assert said("SB318", official, (POST, f"{sent}{line}\n")) == [], line
    assert said("SB318", (POST, f"{post}Col: oh no\n")) == [], "a feed of nobody's is anybody's"
    # The page's own account may speak there.
    account = ("  sgt: {name: Sgt Alder", "  it: {name: The page}\n  sgt: {name: Sgt Alder")
    assert said("SB318", official, account, (POST, f"{post}The page: thank you\n")) == []


def test_the_player_speaks_where_they_have_left() -> None:
    leave = ("        react: 😂\n        on: quip\n", "        do: [leave team]\n        script: |\n          ‸You: bye then\n")
    assert "may have left it, in 'meme'" in only("SB320", leave).message
    later = ("        react: 😂\n        on: quip\n", "        do: [leave team]\n")
    finding = only(
        "SB320", later, ("  several:\n    in: team\n", "  several:\n    in: team\n    script: |\n      ‸You: well\n")
    )
    assert "'team'" in finding.message
    asked = ("  several:\n    in: team\n", "  several:\n    in: team\n    script: |\n      {if not left team} You: well\n")
    assert said("SB320", later, asked) == []
    assert said("SB320", ("  several:\n    in: team\n", "  several:\n    in: team\n    script: |\n      You: well\n")) == []


def test_consequences_in_a_place_that_was_left() -> None:
    leave = ("ask: Two of them.", "do: [leave team]\n      ask: Two of them.")
    messages = [finding.message for finding in said("SB321", leave)]
    assert messages == ["'thaw' may come to 'team' when the player has left it, in 'several'"]
    asked = ("scene: thaw, if: spoke", "scene: thaw, if: not left team")
    assert said("SB321", leave, asked) == []
    # Two choices of one decision are never both taken.
    assert said("SB321", ("        react: 😂\n        on: quip\n", "        do: [leave team]\n")) == []
    removed = ("> Nobody looks up.", "* Col removes you")
    assert len(said("SB321", removed)) == 1


def test_lists_of_words() -> None:
    assert [words_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
