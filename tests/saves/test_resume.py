"""Going on with a play, in the same scenario and in one that was edited since."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import load_story
from engine.play.events import DecisionOffered, DraftTakenBack, encode
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.story.model import Story
from saves.journal import Journal
from saves.resume import Resumed, resume
from saves.sitting import Sitting
from saves.store import Store

BEATS = sorted((Path(__file__).parents[1] / "fixtures" / "beats").glob("*.yaml"))

SPEAK, LAUGH = Input("joke", choice="speak-up"), Input("joke", choice="laugh")
ASK, TEA = Input("after", choice="ask"), Input("after", choice="tea")
ROTA = Input("rota", "pick", picks=("early", "night"))


@pytest.fixture
def played(store: Store, story: Story) -> Callable[..., Journal]:
    """A journal with these inputs, taken in the unedited story."""

    def play(*inputs: Input, story: Story = story) -> Journal:
        sitting = Sitting.begin(store, store.player("Mara"), story, 7, "Mara")
        for given in inputs:
            sitting.take(given, took_ms=1000)
        return store.journal(sitting.journal.play_id)

    return play


def why(resumed: Resumed) -> list[str]:
    return [change.kind for change in resumed.changed]


def any_input(offer: DecisionOffered, draw: random.Random) -> Input:
    """Something that can be done now."""
    if offer.kind == "one":
        options = [option for option in offer.options if option.available]
        choice = draw.choice(options).id
        if offer.limit and draw.random() < 0.3:
            return Input(offer.scene, "lapse")
        if offer.skip and draw.random() < 0.3:
            return Input(offer.scene, "skip")
        return Input(offer.scene, choice=choice)
    if offer.kind == "several":
        pieces = [option for option in offer.options if option.available]
        draw.shuffle(pieces)
        picked: list[str] = []
        cost = 0
        for piece in pieces[: draw.randint(offer.least, len(pieces))]:
            if cost + piece.cost <= offer.most:
                picked.append(piece.id)
                cost += piece.cost
        return Input(offer.scene, "pick", picks=tuple(picked))
    cards = [card.id for card in offer.cards]
    links = [f"{question.id}={draw.choice(cards)}" for question in offer.questions if cards and draw.random() < 0.7]
    return Input(offer.scene, "link", picks=tuple(links))


# The same scenario


@pytest.mark.parametrize("path", BEATS, ids=lambda path: path.stem)
def test_every_beat_saves_and_resumes_to_the_same_events(store, path):
    """Byte for byte, at every decision, with drafts taken back on the way."""
    story = load_story(path)
    draw = random.Random(path.stem)
    for seed in range(6):
        sitting = Sitting.begin(store, store.player("Mara"), story, seed, "Mara", "she")
        while sitting.play.offer is not None:
            if draw.random() < 0.4 and sitting.play.offer.options:
                sitting.note_draft(draw.choice(sitting.play.offer.options).id)
            sitting.take(any_input(sitting.play.offer, draw), took_ms=10)
            resumed = resume(store.journal(sitting.journal.play_id), load_story(path))
            assert encode(resumed.play.events) == encode(sitting.play.events)
            assert (resumed.changed, resumed.complete, resumed.left) == ((), True, ())
            assert resumed.taken == len(sitting.play.inputs)
        (reached,) = [end for end in store.endings() if end.play == sitting.journal.play_id]
        assert reached.ending == sitting.play.ending
        assert reached.dials == sitting.play.dials


def test_a_play_that_has_only_begun_resumes(played, story):
    resumed = resume(played(), story)
    assert (why(resumed), resumed.complete, resumed.taken) == ([], True, 0)
    assert resumed.play.offer.scene == "joke"


def test_a_journal_of_another_scenario_is_refused(played, make_story):
    with pytest.raises(ValueError, match="of scenario 'tea', not 'coffee'"):
        resume(played(), make_story(("id: tea\n", "id: coffee\n")))


def test_looking_at_an_old_play_writes_nothing(played, make_story, store):
    journal = played(LAUGH, TEA)
    before = store.path.read_bytes()
    resumed = resume(journal, make_story(("      laugh:", "      grin:")))
    assert not resumed.complete
    assert journal.path() == ()
    assert store.path.read_bytes() == before
    assert store.journal(journal.play_id).path() == (LAUGH, TEA)


# Edits that change nothing of the way


def test_other_words_are_told_and_go_on(played, make_story):
    resumed = resume(played(LAUGH, TEA), make_story(("Col: tea anyone", "Col: tea, anyone")))
    assert (why(resumed), resumed.complete, resumed.taken) == (["edited"], True, 2)
    assert resumed.changed[0].words == "The story was edited since you played it. All your decisions still fit."
    assert resumed.play.offer.scene == "rota"


def test_other_dials_are_told_and_go_on(played, make_story):
    resumed = resume(played(SPEAK, TEA), make_story(("dials: {team: -1, people: +1}", "dials: {team: -2, people: +1}")))
    assert (why(resumed), resumed.complete) == (["edited", "counts-differ"], True)
    assert resumed.changed[1].words == "1 of your decisions counts otherwise for the dials now."
    assert resumed.play.dials["team"] == -200


def test_dials_that_moved_before_do_not_count_twice(played, make_story):
    edited = make_story(
        ("dials: {team: -1, people: +1}", "dials: {team: -2, people: +1}"), ("dials: {team: +1}", "dials: {team: +2}")
    )
    resumed = resume(played(SPEAK, TEA, ROTA), edited)
    assert [change.words for change in resumed.changed if change.kind == "counts-differ"] == [
        "1 of your decisions counts otherwise for the dials now."
    ]


def test_a_new_choice_beside_the_one_taken_changes_nothing(played, make_story):
    edited = make_story(("      laugh:\n", "      report:\n        label: Report it\n      laugh:\n"))
    assert why(resume(played(LAUGH, TEA), edited)) == ["edited"]


def test_a_flag_that_is_new_or_gone_stops_nobody(played, make_story):
    new = make_story(("        react: 😂\n", "        react: 😂\n        set: {laughed: yes}\n"))
    assert why(resume(played(LAUGH, TEA), new)) == ["edited"]
    gone = make_story(
        ("flags:\n  spoke: {is: you said something}\n", ""),
        ("        set: {spoke: yes}\n", ""),
        ("        if: spoke\n        else: You laughed. It is late to ask.\n", ""),
        ("{title: You spoke, if: spoke,", "{title: You spoke, if: joke.speak-up,"),
    )
    assert why(resume(played(SPEAK, ASK), gone)) == ["edited"]


# Edits that stop the play


def check_stop(journal: Journal, resumed: Resumed, kind: str, taken: int, *words: str) -> None:
    """It stands where the decisions still fit, says why, and the rest is kept."""
    recorded = journal.branches()[0].inputs
    assert why(resumed)[0] == kind
    assert not resumed.complete
    assert resumed.taken == taken
    assert tuple(resumed.play.inputs) == recorded[:taken]
    assert resumed.left == recorded[taken:]
    said = resumed.changed[0].words
    for word in words:
        assert word in said
    assert "The story was edited. You stand" in said
    assert "as an old branch." in said


def test_a_renamed_choice(played, make_story):
    journal = played(LAUGH, TEA)
    resumed = resume(journal, make_story(("      laugh:", "      grin:")))
    check_stop(
        journal,
        resumed,
        "choice-gone",
        0,
        "“React with a laugh” was taken out of “The joke”.",
        "at the beginning",
        "The 2 that",
    )
    assert resumed.play.offer.scene == "joke"


def test_a_removed_choice(played, make_story):
    journal = played(SPEAK, TEA)
    resumed = resume(journal, make_story(("      tea:\n        label: Ask for tea\n", "")))
    words = "“Ask for tea” was taken out of “Afterwards”. The story was edited. You stand after your first 1 decision. The 1 that came after is kept"
    check_stop(journal, resumed, "choice-gone", 1, words)


def test_a_choice_that_is_closed_now(played, make_story):
    journal = played(SPEAK, ASK)
    resumed = resume(journal, make_story(("if: spoke\n        else: You laughed.", "if: not spoke\n        else: You spoke.")))
    check_stop(
        journal, resumed, "choice-closed", 1, "“Ask Col what that was” is not open to you", "You spoke. It is late to ask."
    )


def test_a_choice_that_is_hidden_now(played, make_story):
    journal = played(SPEAK, ASK)
    resumed = resume(journal, make_story(("if: spoke\n        else: You laughed. It is late to ask.", "if: not spoke")))
    check_stop(
        journal, resumed, "choice-closed", 1, "“Ask Col what that was” is no longer offered at this point of “Afterwards”."
    )


NEW_SCENE = """\
  lift:
    title: The lift
    in: team
    choices:
      silence:
        label: Look at your shoes
    next: after
  after:
"""


def test_an_inserted_scene_waits_for_an_answer(played, make_story):
    journal = played(LAUGH, TEA, ROTA)
    edited = make_story(("    next: after\n", "    next: lift\n"), ("  after:\n", NEW_SCENE))
    resumed = resume(journal, edited)
    check_stop(journal, resumed, "new-scene", 1, "A new scene was added here: “The lift”. “Afterwards” may come later.")
    assert resumed.play.offer.scene == "lift"
    assert resumed.changed[0].scene == "lift"


def test_an_inserted_scene_at_the_end_of_what_was_played_is_told_too(played, make_story):
    edited = make_story(("    next: after\n", "    next: lift\n"), ("  after:\n", NEW_SCENE))
    resumed = resume(played(LAUGH), edited)
    assert (why(resumed), resumed.complete) == (["new-scene"], True)
    assert resumed.play.offer.scene == "lift"


def test_a_renamed_scene(played, make_story):
    journal = played(LAUGH, TEA)
    resumed = resume(
        journal,
        make_story(("  after:\n    title: Afterwards", "  later-on:\n    title: Later on"), ("next: after", "next: later-on")),
    )
    check_stop(journal, resumed, "scene-gone", 1, "“Afterwards” is no longer in this story. “Later on” comes here instead.")


def test_another_way_through_the_same_scenes(played, make_story):
    journal = played(LAUGH, TEA, ROTA)
    resumed = resume(journal, make_story(("    next: after\n", "    next: [{if: spoke, go: after}, {go: rota}]\n")))
    check_stop(
        journal, resumed, "other-scene", 1, "takes another way here now: “The rota” comes, where “Afterwards” came before."
    )


def test_another_way_behind_what_was_played_is_told_too(played, make_story):
    edited = make_story(("    next: after\n", "    next: [{if: spoke, go: after}, {go: rota}]\n"))
    resumed = resume(played(LAUGH), edited)
    assert (why(resumed), resumed.complete) == (["other-scene"], True)
    assert resumed.changed[0].words == "When you stopped, “Afterwards” was next. Now “The rota” is."


def test_a_story_that_ends_earlier(played, make_story):
    edited = make_story(("    next: after\n", "    next: [{if: spoke, go: after}, {go: end}]\n"))
    journal = played(LAUGH, TEA, ROTA)
    resumed = resume(journal, edited)
    check_stop(journal, resumed, "ended", 1, "The story ends here now, where “Afterwards” came before.")
    assert resumed.play.ending == "quiet"
    resumed = resume(played(LAUGH), edited)
    assert (why(resumed), resumed.complete) == (["ended"], True)


def test_a_decision_that_means_something_else_now(played, make_story):
    journal = played(SPEAK, TEA)
    edited = make_story(
        ("        set: {spoke: yes}\n", ""), ("        react: 😂\n", "        react: 😂\n        set: {spoke: yes}\n")
    )
    resumed = resume(journal, edited)
    check_stop(
        journal,
        resumed,
        "other-meaning",
        0,
        "“The joke”, “Say it is not for you”, no longer means the same",
        "of “you said something” the",
    )
    assert resumed.play.offer.scene == "joke"


def test_pieces_that_mean_something_else_now(played, make_story):
    marked = make_story(("early: {label: The early}", "early: {label: The early, set: {spoke: yes}}"))
    resumed = resume(played(LAUGH, TEA, ROTA, story=marked), make_story())
    assert why(resumed) == ["other-meaning"]
    assert "“The rota”, “The early, The night”, no longer means the same" in resumed.changed[0].words


def test_the_same_file_in_an_engine_that_plays_it_otherwise(played, story, store):
    journal = played(LAUGH, TEA)
    with store._file.writing() as connection:
        connection.execute("UPDATE nodes SET input = replace(input, 'tea', 'cake')")
    resumed = resume(store.journal(journal.play_id), story)
    assert why(resumed) == ["choice-gone"]
    assert (
        "This version of Seenby plays the story otherwise. You stand after your first 1 decision." in resumed.changed[0].words
    )


def test_pieces_and_caps(played, make_story):
    journal = played(LAUGH, TEA, ROTA)
    resumed = resume(journal, make_story(("        night: {label: The night}\n", "        days: {label: Days}\n")))
    check_stop(journal, resumed, "choice-gone", 2, "“The night” was taken out of “The rota”.")
    resumed = resume(played(LAUGH, TEA, ROTA), make_story(("      most: 2\n", "      most: 1\n")))
    assert why(resumed) == ["not-possible"]
    assert "What you decided in “The rota” is not possible any more: That is more than 1." in resumed.changed[0].words
    assert resumed.play.offer.scene == "rota"


def test_another_kind_of_decision(played, make_story):
    rota = "    pick:\n      ask: Two shifts.\n      most: 2\n      from:\n        early: {label: The early}\n"
    edited = make_story(
        (rota, "    choices:\n      early: {label: The early}\n      silence: {label: Nothing}\n"),
        ("        late: {label: The late}\n        night: {label: The night}\n", ""),
    )
    resumed = resume(played(LAUGH, TEA, ROTA), edited)
    assert why(resumed) == ["not-possible"]
    assert resumed.taken == 2
    assert "In “The rota” you decide in another way now." in resumed.changed[0].words


def test_a_lapse_without_a_limit_and_a_skip_that_is_gone(played, make_story):
    limited = make_story(
        ("    choices:\n      tea:", "    limit: {seconds: 60}\n    skip: You do not read on.\n    choices:\n      tea:")
    )
    for how in ("lapse", "skip"):
        journal = played(LAUGH, Input("after", how), story=limited)
        assert why(resume(journal, limited)) == []
        resumed = resume(journal, make_story())
        check_stop(journal, resumed, "not-possible", 1, "is not possible any more")


def test_an_ending_that_became_another(played, make_story):
    resumed = resume(played(SPEAK, TEA, ROTA), make_story(("if: spoke, epilogue", "if: spoke and team > 3, epilogue")))
    assert (why(resumed), resumed.complete) == (["other-ending"], True)
    assert resumed.changed[0].words == "Your play ends otherwise now: with “Quiet”, where it was “You spoke”."
    resumed = resume(played(SPEAK, TEA, ROTA), make_story(("  spoke: {title: You spoke", "  said: {title: You said it")))
    assert resumed.changed[0].words == "Your play ends otherwise now: with “You said it”, where it was “spoke”."


def test_a_story_that_goes_on_where_it_ended(played, make_story):
    edited = make_story(
        ("    next: end\n", "    next: lift\n"),
        ("endings:\n", NEW_SCENE.replace("  after:\n", "").replace("next: after", "next: end") + "endings:\n"),
    )
    resumed = resume(played(LAUGH, TEA, ROTA), edited)
    assert (why(resumed), resumed.complete) == (["goes-on"], True)
    assert resumed.changed[0].words == "Your play had ended here. The story goes on now, with “The lift”."


def test_cards_of_a_board(store, tmp_path):
    path = next(path for path in BEATS if path.stem == "board")
    story = load_story(path)
    sitting = Sitting.begin(store, store.player("Mara"), story, 1)
    draw = random.Random(4)
    pinned = ""
    while sitting.play.offer is not None:
        offer = sitting.play.offer
        if offer.kind == "board":
            pinned = offer.cards[0].id
            sitting.take(Input(offer.scene, "link", picks=(f"{offer.questions[0].id}={pinned}",)))
            break
        sitting.take(any_input(offer, draw))
    edited = tmp_path / "board.yaml"
    edited.write_text(path.read_text(encoding="utf-8").replace(f"{pinned}:", "another-card:"), encoding="utf-8")
    resumed = resume(store.journal(sitting.journal.play_id), load_story(edited))
    assert "choice-gone" in why(resumed)
    assert resumed.play.offer.kind == "board"


# Going on afterwards


def test_going_on_after_an_edit_is_recorded_under_the_new_story(played, make_story, store):
    journal = played(LAUGH, TEA)
    edited = make_story(("      tea:\n", "      coffee:\n"))
    sitting = Sitting.resume(journal, edited)
    assert [change.kind for change in sitting.changed] == ["choice-gone"]
    sitting.take(Input("after", choice="coffee"))
    again = store.journal(journal.play_id)
    assert again.path() == (LAUGH, Input("after", choice="coffee"))
    assert [node.hash == edited.hash for node in again.nodes] == [False, False, True]
    assert {branch.inputs for branch in again.branches()} == {(LAUGH, TEA), again.path()}
    assert again.outline(edited.hash)["after"].choices["coffee"] == "Ask for tea"
    # Now it is a play of the edited story, without anything to tell.
    assert resume(store.journal(journal.play_id), edited).changed == ()
    # And the old branch can still be seen for what it is.
    sitting.go_to(2)
    assert [change.kind for change in sitting.changed] == ["choice-gone"]
    assert sitting.play.offer.scene == "after"


def test_a_story_that_was_edited_back_goes_on_where_it_was_left(played, make_story, story, store):
    journal = played(LAUGH, TEA)
    resume(journal, make_story(("      tea:\n", "      coffee:\n")))
    resumed = resume(store.journal(journal.play_id), story)
    assert (resumed.changed, resumed.taken) == ((), 2)


def test_a_journal_without_outcomes_and_outlines_resumes_by_ids(store, story, make_story):
    """As version 1 wrote them, or when a front end records inputs alone."""
    journal = store.begin(store.player("Mara"), story, 7)
    journal.take(LAUGH)
    journal.take(TEA)
    with store._file.writing() as connection:
        connection.execute("DELETE FROM stories")
    journal = store.journal(journal.play_id)
    assert resume(journal, story).changed == ()
    resumed = resume(store.journal(journal.play_id), make_story(("      tea:\n", "      coffee:\n")))
    assert why(resumed) == ["choice-gone"]
    assert "“tea” was taken out of “Afterwards”." in resumed.changed[0].words
    edited = make_story(("    next: after\n", "    next: lift\n"), ("  after:\n", NEW_SCENE))
    assert why(resume(store.journal(journal.play_id), edited)) == ["other-scene"]
    edited = make_story(
        ("  after:\n    title: Afterwards", "  later-on:\n    title: Later on"), ("next: after", "next: later-on")
    )
    resumed = resume(store.journal(journal.play_id), edited)
    assert "The scene “after” is no longer in this story." in resumed.changed[0].words


def test_ids_from_elsewhere_reach_no_terminal_as_commands(store, story):
    journal = store.begin(store.player("Mara"), story, 7)
    journal.take(Input("joke", choice="\x1b[2Jboo"))
    resumed = resume(journal, story)
    assert "“boo” was taken out" in resumed.changed[0].words


def test_never_silently_another_branch(played, make_story, story):
    """Whatever was edited and played: all inputs fit and the scenes are those recorded, or something is said."""
    edits = [
        (("      laugh:", "      grin:"),),
        (("    next: after\n", "    next: rota\n"),),
        (("    next: after\n", "    next: [{if: spoke, go: rota}, {go: after}]\n"),),
        (("    next: after\n", "    next: lift\n"), ("  after:\n", NEW_SCENE)),
        (("        set: {spoke: yes}\n", ""), ("        react: 😂\n", "        react: 😂\n        set: {spoke: yes}\n")),
        (("if: spoke, epilogue", "if: not spoke, epilogue"),),
        (("        night: {label: The night}\n", ""),),
    ]
    for seed in range(12):
        draw = random.Random(seed)
        live = Play.begin(story, 7, "Mara")
        while live.offer is not None and draw.random() < 0.85:
            live.take(any_input(live.offer, draw))
        for edit in edits:
            edited = make_story(*edit)
            resumed = resume(played(*live.inputs), edited)
            assert resumed.changed or not live.inputs
            assert tuple(resumed.play.inputs) == tuple(live.inputs)[: resumed.taken]
            try:
                there = Play.replay(edited, 7, live.inputs, "Mara")
                same = [there.offer and there.offer.scene, there.ending] == [live.offer and live.offer.scene, live.ending]
            except NotPossible:
                same = False
            if live.inputs and (not resumed.complete or not same):
                assert any(change.kind != "edited" for change in resumed.changed)


def test_drafts_are_told_again_in_their_places(store, story):
    sitting = Sitting.begin(store, store.player("Mara"), story, 7, "Mara")
    sitting.note_draft("speak-up")
    sitting.take(LAUGH)
    sitting.note_draft("ask", "What was that?")
    resumed = resume(store.journal(sitting.journal.play_id), story)
    drafts = [event for event in resumed.play.events if isinstance(event, DraftTakenBack)]
    assert [(draft.scene, draft.choice, draft.text) for draft in drafts] == [
        ("joke", "speak-up", "Not for me, that one."),
        ("after", "ask", "What was that?"),
    ]
