"""Whole scenarios played on the play screen by keys, along the walkthroughs that stand beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine import load_story
from engine.play.events import DecisionOffered
from engine.play.inputs import Input, parse_input
from game.play.director import Doing
from game.play.manner import Manner
from game.play.pick import done_key
from tests.game.stage import PlayApp, text_of

PACK = Path(__file__).parents[2] / "scenarios" / "induction"
SHORT = ("nights-team-4/passenger", "grit-happens/safe-and-dull")
REST = [
    f"{file.parent.name}/{file.stem}" for file in sorted(PACK.glob("*/*.txt")) if f"{file.parent.name}/{file.stem}" not in SHORT
]


def keys_for(offer: DecisionOffered, given: Input) -> list[str]:
    """The keys that take a decision, as the screen numbers it."""
    if given.how == "skip":
        return ["s"]
    if given.how == "pick":
        ids = [option.id for option in offer.options]
        return [*(str((1 + ids.index(piece)) % 10) for piece in given.picks), done_key(len(ids))]
    if given.how == "link":
        questions, cards = [one.id for one in offer.questions], [one.id for one in offer.cards]
        pinned = [link.split("=") for link in given.picks]
        return [*(str((1 + at) % 10) for q, c in pinned for at in (questions.index(q), cards.index(c))), "0"]
    if given.choice == offer.silence:
        return ["0"]
    ids = [option.id for option in offer.options if option.id != offer.silence]
    option = next(option for option in offer.options if option.id == given.choice)
    return [str(1 + ids.index(given.choice)), *(["enter"] if option.send is not None or option.forward is not None else [])]


async def to_decision(app: PlayApp, pilot: Pilot[object]) -> None:
    """Read on until something is to be decided, or the play is over."""
    for _ in range(80):
        await pilot.pause()
        app.hand.advance(5)
        await pilot.pause()
        if app.screen is app.play_screen and (app.play_screen.deciding or app.session.ended):
            return
        telling = app.screen is app.play_screen and app.play_screen.director.doing is Doing.TELLING
        await pilot.press("f" if telling else "space" if app.screen is not app.play_screen else "enter")
    raise AssertionError(text_of(app))


async def walk(name: str, size: tuple[int, int]) -> str | None:
    """Play a walkthrough by keys; the ending that was reached."""
    file = PACK / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    inputs = [parse_input(line) for line in lines if line.strip() and not line.startswith("#")]
    app = PlayApp(load_story(PACK / f"{file.parent.name}.yaml"), Manner("off", reduced_motion=True), seed=1)
    async with app.run_test(size=size) as pilot:
        for given in inputs:
            await to_decision(app, pilot)
            offer = app.session.offer
            assert offer is not None
            assert offer.scene == given.scene
            taken = len(app.session.play.inputs)
            if given.how == "lapse":
                app.hand.advance(offer.limit + 60)
                await pilot.pause()
            else:
                for key in keys_for(offer, given):
                    await pilot.press(key)
                    await pilot.pause()
            if len(app.session.play.inputs) == taken:  # a pick that sends stands as a draft first
                await pilot.press("enter")
                await pilot.pause()
            assert len(app.session.play.inputs) == taken + 1, text_of(app)
    return app.session.play.ending


@pytest.mark.parametrize("name", SHORT)
async def test_by_keys_to_the_end(name: str) -> None:
    assert await walk(name, (80, 24)) == ending_of(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", REST)
async def test_every_walkthrough_by_keys(name: str) -> None:
    assert await walk(name, (120, 36)) == ending_of(name)


def ending_of(name: str) -> str:
    """The ending that a walkthrough says it reaches."""
    first = (PACK / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    return first.partition("ending:")[2].strip()
