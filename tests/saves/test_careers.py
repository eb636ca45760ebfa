"""Careers: parts that are plays, kept so that nothing is lost between them, whatever happens."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.play.career import handed_on, part_seed
from engine.play.events import ConsequenceDue, encode
from engine.play.inputs import Input
from engine.play.play import Play
from engine.story.given import Given
from engine.story.model import Story
from saves.careers import CareerInfo
from saves.errors import BadExport, NoSuchCareer, NoSuchPlay, NotThere, PartOfCareer
from saves.sitting import Sitting
from saves.store import Store
from saves.way import Way
from tests.tea import tea_story

FIRST = tea_story(
    "first",
    "The first week",
    """\
flags:
  roses: {from: 0, to: 3, is: roses on the sill}
scenes:
  joke:
    in: team
    script: |
      Col: Who pays for the tea?
    choices:
      pay: {label: Pay for all, set: {paid: yes, roses: +2}, dials: {team: +2}, because: They had tea.}
      silence: {thought: It is four pounds.}
    next: end
endings:
  paid: {title: Paid, if: paid, epilogue: You paid.}
  home: {title: Home, epilogue: You went home.}
""",
)
SECOND = (
    FIRST.replace("id: first", "id: second")
    .replace("The first week", "A year on")
    .replace("roses: {from: 0", "paid: {is: you paid for the tea, carried: yes}\n  roses: {carried: yes, from: 0")
    .replace("label: Pay for all", "label: Pay again, if: paid")
)
THIRD = SECOND.replace("id: second", "id: third").replace("A year on", "Four years on")
PARTS = (("first", 0), ("second", 330 * 86400), ("third", 3 * 365 * 86400))
PAY, WAIT = Input("joke", choice="pay"), Input("joke", choice="silence")


@pytest.fixture(scope="module")
def stories(make_story: Callable[..., Story]) -> dict[str, Story]:
    return {text.split("id: ")[1].split("\n")[0]: make_story(text=text) for text in (FIRST, SECOND, THIRD)}


@pytest.fixture(scope="module", autouse=True)
def _session_story(make_story: Callable[..., Story]) -> Callable[..., Story]:
    return make_story


def begin(store: Store, stories: dict[str, Story], seed: int = 7) -> Way:
    player = store.player("Mara")
    info = store.begin_career(player, ("tea", "tea"), "A year of tea", PARTS, stories["first"], seed, "Mara")
    return Way(store, info, PARTS, stories.__getitem__)


def again(store: Store, way: Way, stories: dict[str, Story], parts: tuple[tuple[str, int], ...] = PARTS) -> Way:
    return Way(store, store.career(way.info.id), parts, stories.__getitem__)


def take(store: Store, way: Way, stories: dict[str, Story], *inputs: Input) -> Way:
    """Go on with the career by these decisions, one part after another."""
    for given in inputs:
        part = way.go_on()
        sitting = Sitting.resume(store.journal(part.play), stories[part.scenario])
        sitting.take(given)
        way = again(store, way, stories)
    return way


def test_what_was_done_is_handed_on_from_part_to_part(store: Store, stories: dict[str, Story]) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    assert (way.playing, way.following, way.ended) == (None, PARTS[1], False)
    way = take(store, way, stories, PAY, WAIT)
    plays = way.plays()
    assert [play.ending for play in plays] == ["paid", "paid", "paid"]
    assert plays[1].given == Given.of({"paid": 1, "roses": 2}, {"team": 200})
    assert plays[2].given == Given.of({"paid": 1, "roses": 3}, {"team": 400})
    assert [play.seed for play in plays] == [part_seed(7, scenario) for scenario, _after in PARTS]
    assert plays[2].events == Play.replay(stories["third"], part_seed(7, "third"), [WAIT], "Mara", given=plays[2].given).events
    assert way.ended
    assert [(part.number, part.scenario, part.after) for part in way.info.parts] == [
        (number, *part) for number, part in enumerate(PARTS)
    ]
    with pytest.raises(ValueError, match="is over"):
        way.go_on()
    assert way.changed() == []


def test_the_same_seed_and_decisions_give_the_same_career(store: Store, stories: dict[str, Story]) -> None:
    one, other = (take(store, begin(store, stories), stories, PAY, WAIT) for _time in range(2))
    assert [play.events for play in one.plays()] == [play.events for play in other.plays()]
    assert [handed_on(play) for play in one.plays()] == [handed_on(play) for play in other.plays()]


def test_it_is_resumed_wherever_it_stands(open_store: Callable[..., Store], stories: dict[str, Story]) -> None:
    """Every time in another process: nothing but the file is known."""
    store = open_store()
    way = begin(store, stories)
    career, stands = way.info.id, []
    for given in (PAY, PAY, WAIT):
        for _look in range(2):  # before the part is begun, and in it
            store.close()
            store = open_store()
            way = Way(store, store.career(career), PARTS, stories.__getitem__)
            stands.append((len(way.info.parts), way.playing is not None))
            part = way.go_on()
        Sitting.resume(store.journal(part.play), stories[part.scenario]).take(given)
    assert stands == [(1, True), (1, True), (1, False), (2, True), (2, False), (3, True)]
    assert Way(store, store.career(career), PARTS, stories.__getitem__).ended


def test_a_part_is_begun_as_a_whole_or_not_at_all(
    store: Store, stories: dict[str, Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    plays = len(store.plays())

    def dies(*_given: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("saves.careers.to_json", dies)  # after the play was written, before the part is
        with pytest.raises(KeyboardInterrupt):
            way.go_on()
    assert len(store.plays()) == plays
    assert again(store, way, stories).following == PARTS[1]


def test_two_windows_begin_one_part(open_store: Callable[..., Store], stories: dict[str, Story]) -> None:
    here, there = open_store(), open_store()
    way = take(here, begin(here, stories), stories, PAY)
    other = Way(there, there.career(way.info.id), PARTS, stories.__getitem__)
    assert way.go_on() == other.go_on()
    assert len(here.plays()) == 2


def test_a_career_that_moved_elsewhere_is_not_gone_on_with(open_store: Callable[..., Store], stories: dict[str, Story]) -> None:
    here, there = open_store(), open_store()
    way = take(here, begin(here, stories), stories, PAY)
    there.journal(way.info.parts[0].play).rewind(0)
    with pytest.raises(NotThere):
        here.begin_part(way.info, stories["second"], 0, Given())
    # Looked at again it stands in the first part.
    assert way.go_on().scenario == "first"


def test_going_back_in_an_earlier_part_keeps_what_came_after_it(store: Store, stories: dict[str, Story]) -> None:
    way = take(store, begin(store, stories), stories, PAY, PAY, PAY)
    first, second, third = way.info.parts
    journal = store.journal(first.play)
    journal.rewind(0)
    back = again(store, way, stories)
    assert [part.play for part in back.info.parts] == [first.play]
    assert back.info.aside == 2
    assert back.playing is not None
    new = take(store, back, stories, WAIT, WAIT)
    assert new.info.parts[1].play not in (second.play, third.play)
    assert new.plays()[1].given == Given.of({"paid": 0, "roses": 0}, {})
    assert new.info.aside == 2
    # Back on the branch that was left, everything that hangs on it is there again.
    store.journal(first.play).go_to(first.head)
    old = again(store, way, stories)
    assert [part.play for part in old.info.parts] == [first.play, second.play, third.play]
    assert old.ended
    assert old.info.aside == 1
    assert [play.events for play in old.plays()] == [play.events for play in way.plays()]


def test_rewinding_within_a_later_part_keeps_what_it_began_with(store: Store, stories: dict[str, Story]) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    part = way.go_on()
    sitting = Sitting.resume(store.journal(part.play), stories["second"])
    sitting.take(WAIT)
    assert sitting.rewind(0).dials["team"] == 200
    sitting.take(PAY)
    assert sitting.undo().given == Given.of({"paid": 1, "roses": 2}, {"team": 200})
    assert store.journal(part.play).career == way.info.id
    assert store.journal(part.play).part == 1


# Edits


def test_an_edited_part_says_what_changed(store: Store, stories: dict[str, Story], make_story: Callable[..., Story]) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    way.go_on()
    other = {**stories, "first": make_story(("roses: +2", "roses: +1"), text=FIRST)}
    words = again(store, way, other).changed()
    assert len(words) == 1
    assert words[0].startswith("“The first week” was edited and ")
    assert words[0].endswith("“A year on” goes on as it began.")
    assert again(store, way, other).play(store.career(way.info.id).parts[1]).given == Given.of(
        {"paid": 1, "roses": 2}, {"team": 200}
    )
    gone = {**stories, "first": make_story(("pay: {label", "give: {label"), text=FIRST)}
    words = again(store, way, gone).changed()
    assert words == [
        "“The first week” was edited and does not come to the end that you reached. “A year on” goes on as it began."
    ]


def test_an_edited_part_that_was_just_finished_is_gone_on_with(
    store: Store, stories: dict[str, Story], make_story: Callable[..., Story]
) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    gone = again(store, way, {**stories, "first": make_story(("pay: {label", "give: {label"), text=FIRST)})
    assert gone.following is None
    assert gone.go_on().scenario == "first"
    assert "“Pay for all” was taken out" in gone.changed()[0]


@pytest.mark.parametrize(
    ("parts", "words", "following"),
    [
        (PARTS[:2], "What is still to come was changed since you began: “A year on”.", "second"),
        (PARTS[:1], "What was still to come was taken out since you began. The career ends here now.", None),
        (PARTS[1:], "“The first week” is no longer a part of this career. What you played of it stays.", "second"),
        ((PARTS[2], PARTS[0], PARTS[1]), "What is still to come was changed since you began: “A year on”.", "second"),
        ((("tea", 0), *PARTS), "A part was added before the point where you stand, “tea”. It is passed over.", "second"),
    ],
)
def test_an_edited_pack_says_what_changed(
    store: Store, stories: dict[str, Story], parts: tuple[tuple[str, int], ...], words: str, following: str | None
) -> None:
    way = take(store, begin(store, stories), stories, PAY)
    now = again(store, way, stories, parts)
    assert words in now.changed()
    assert (now.following or (None,))[0] == following


# How far a part is told

FAR = (
    FIRST
    + """\
reckoning:
  months: {after: 8 months, scene: months, dials: {people: +1}, because: It came.}
  years: {after: 4 years, scene: years, dials: {people: -1}, because: It came too.}
"""
)
FAR = FAR.replace(
    "endings:", "  months: {in: team, script: 'Col: Months.'}\n  years: {in: team, script: 'Col: Years.'}\nendings:"
)
MONTH = 30 * 86400


def dues(play: Play) -> list[str]:
    return [event.id for event in play.events if isinstance(event, ConsequenceDue)]


def test_a_part_is_told_up_to_where_the_next_begins(
    open_store: Callable[..., Store], stories: dict[str, Story], make_story: Callable[..., Story], tmp_path: Path
) -> None:
    far = {**stories, "first": make_story(text=FAR), "third": make_story(("id: first", "id: third"), text=FAR)}
    store, other = open_store(), open_store(tmp_path / "other")
    way = take(store, begin(store, far), far, PAY, PAY, WAIT)
    assert [store.journal(part.play).horizon for part in way.info.parts] == [PARTS[1][1], PARTS[2][1], None]
    plays = way.plays()
    assert [dues(play) for play in plays] == [["reckoning>months"], [], ["reckoning>months", "reckoning>years"]]
    assert plays[1].given == Given.of({"paid": 1, "roses": 2}, {"team": 200, "people": 100})
    # Byte for byte, here and elsewhere.
    other.import_(store.export(store.player("Mara")))
    there = Way(other, other.career(way.info.id), PARTS, far.__getitem__)
    again_ = again(store, way, far)
    for one, two, three in zip(plays, again_.plays(), there.plays(), strict=True):
        assert encode(one.events) == encode(two.events) == encode(three.events)
    assert way.changed() == []


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (5, "“The first week” told what came of it beyond the point where “A year on” begins now. It stays as it was told."),
        (60, "“A year on” begins later now than when you played “The first week”. What lies between is not told."),
        (12, ""),
    ],
)
def test_a_pack_that_moves_the_next_part_is_told_and_changes_nothing(
    store: Store, stories: dict[str, Story], make_story: Callable[..., Story], months: int, words: str
) -> None:
    far = {**stories, "first": make_story(text=FAR)}
    way = take(store, begin(store, far), far, PAY)
    moved = (PARTS[0], ("second", months * MONTH), PARTS[2])
    now = again(store, way, far, moved)
    general = "What is still to come was changed since you began: “A year on”, “Four years on”."
    assert now.changed() == [general, *([words] if words else [])]
    assert now.plays()[0].events == way.plays()[0].events
    part = now.go_on()
    assert part.after == months * MONTH
    now = again(store, now, far, moved)
    assert [one for one in now.changed() if one != general] == ([words] if words else [])
    assert now.plays()[0].events == way.plays()[0].events


# Out and in


def test_a_career_is_listed_and_forgotten_as_a_whole(store: Store, stories: dict[str, Story]) -> None:
    way = take(store, begin(store, stories), stories, PAY, PAY)
    alone = Sitting.begin(store, store.player("Mara"), stories["first"], 1)
    infos = {info.id: info.career for info in store.plays()}
    assert infos[alone.journal.play_id] is None
    assert [infos[part.play] for part in way.info.parts] == [way.info.id] * 2
    assert [career.id for career in store.careers(store.player("Mara"))] == [way.info.id]
    assert store.careers(store.player("Jo")) == []
    with pytest.raises(PartOfCareer, match="A year of tea"):
        store.forget(way.info.parts[0].play)
    store.forget_career(way.info.id)
    assert [info.id for info in store.plays()] == [alone.journal.play_id]
    assert store.careers() == []
    for gone in (store.career, store.forget_career):
        with pytest.raises(NoSuchCareer):
            gone(way.info.id)
    with pytest.raises(NoSuchPlay):
        store.journal(way.info.parts[0].play)


def test_forgetting_a_player_leaves_nothing_of_the_career(store: Store, stories: dict[str, Story]) -> None:
    take(store, begin(store, stories), stories, PAY, PAY)
    store.forget_player("Mara")
    connection = sqlite3.connect(store.path)
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("careers", "parts", "plays")]
    connection.close()
    assert counts == [0, 0, 0]


def same(one: CareerInfo, other: CareerInfo) -> bool:
    return (one.key, one.title, one.seed, one.outline, len(one.parts), one.aside) == (
        other.key,
        other.title,
        other.seed,
        other.outline,
        len(other.parts),
        other.aside,
    )


def test_export_and_import_keep_a_career(open_store: Callable[..., Store], stories: dict[str, Story], tmp_path: Path) -> None:
    store, other = open_store(), open_store(tmp_path / "other")
    way = take(store, begin(store, stories), stories, PAY, PAY, PAY)
    store.journal(way.info.parts[1].play).rewind(0)
    way = take(store, again(store, way, stories), stories, WAIT)
    whole = store.export(store.player("Mara"))
    assert store.export(way.info.id)["plays"] == whole["plays"]
    assert store.export(way.info.parts[0].play)["careers"] == whole["careers"]
    assert len(other.import_(whole)) == 3
    there = other.career(way.info.id)
    assert same(there, way.info)
    mine = Way(other, there, PARTS, stories.__getitem__)
    assert [play.events for play in mine.plays()] == [play.events for play in way.plays()]
    # Once more: it is here already.
    other.import_(whole)
    assert len(other.careers()) == 1
    # It went on differently here: both are kept.
    take(other, mine, stories, PAY)
    other.import_(whole)
    careers = other.careers()
    assert len(careers) == 2
    assert len({part.play for career in careers for part in career.parts}) == sum(len(career.parts) for career in careers)
    copy = next(career for career in careers if career.id != way.info.id)
    assert same(copy, way.info)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda career: career["parts"][1].update(from_node=9), "hangs in the air"),
        (lambda career: career["parts"][1].update(from_play="nobody"), "hangs in the air"),
        (lambda career: career["parts"][1].update(play="nobody"), "not what they should be"),
        (lambda career: career["parts"][1].update(play=career["parts"][0]["play"]), "not what they should be"),
        (lambda career: career.update(parts=career["parts"][1:]), "not what they should be"),
        (lambda career: career.update(seed="x"), "no number"),
        (lambda career: career["parts"][1].update(given={"flags": {"a": "b"}}), "Expected `int`"),
    ],
)
def test_a_bad_career_is_not_imported(
    store: Store, stories: dict[str, Story], change: Callable[[dict[str, object]], None], words: str
) -> None:
    way = take(store, begin(store, stories), stories, PAY, PAY)
    data = store.export(way.info.id)
    change(data["careers"][0])
    with pytest.raises(BadExport, match=words):
        store.import_(data)


def test_a_damaged_file_gives_its_careers_back(
    open_store: Callable[..., Store], folder: Path, stories: dict[str, Story]
) -> None:
    store = open_store()
    way = take(store, begin(store, stories), stories, PAY, PAY)
    store.close()
    data = bytearray((folder / "seenby.db").read_bytes())
    data[:100] = b"\0" * 100
    (folder / "seenby.db").write_bytes(bytes(data))
    store = open_store()
    assert store.told
    back = Way(store, store.career(way.info.id), PARTS, stories.__getitem__)
    assert back.info.parts[1].play == way.info.parts[1].play
    assert back.plays()[1].given == way.plays()[1].given
    assert back.following == PARTS[2]
