"""Whether an input fits what is on offer, and which decision it then is. Pure: nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.play import events as ev
from engine.play.events import DecisionOffered
from engine.play.inputs import Input
from engine.story.machine import LINK, PICK, SKIP
from engine.story.model import Scene
from engine.words import _, put


class NotPossible(ValueError):
    """An input that does not fit what is on offer. `index` is its place among the inputs replayed, or -1."""

    def __init__(self, reason: str, given: Input, index: int = -1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.input = given
        self.index = index


class Taking(NamedTuple):
    """A decision that may be taken."""

    trigger: str
    """Of the story's machine."""
    event: ev.DecisionTaken
    picked: tuple[str, ...] | None = None
    """The pieces, in the order that counts; None: it is no pick."""
    linked: tuple[tuple[str, str], ...] | None = None
    """Each question that a card was pinned to, with the card; None: it is no board."""


def taking(given: Input, offer: DecisionOffered | None, scene: Scene | None, at: int) -> Taking:
    """The decision that an input is, taken at story time `at` in the scene of the offer. Raises NotPossible when it is not on offer."""
    if offer is None or scene is None:
        raise NotPossible(_("The story is over."), given)
    if given.scene != offer.scene:
        raise NotPossible(put(_("'{scene}' is not on; '{now}' is."), scene=given.scene, now=offer.scene), given)
    if given.how == "skip":
        if scene.skip is None:
            raise NotPossible(_("This scene cannot be skipped."), given)
        return Taking(f"{scene.id}.{SKIP}", _event(given, at, "", _("Skipped")))
    if offer.kind == "one":
        return _choice(given, offer, scene, at)
    if offer.kind == "several":
        return _pick(given, offer, scene, at)
    return _link(given, offer, scene, at)


def _event(
    given: Input,
    at: int,
    choice: str,
    label: str,
    action: str = "wait",
    labels: Sequence[str] = (),
    picks: tuple[str, ...] = (),
) -> ev.DecisionTaken:
    return ev.DecisionTaken(
        at=at,
        scene=given.scene,
        how=given.how,
        choice=choice,
        label=label,
        action=action,
        picks=picks,
        labels=tuple(labels),
    )


def _choice(given: Input, offer: DecisionOffered, scene: Scene, at: int) -> Taking:
    wanted = given.choice
    if given.how == "lapse":
        if not scene.limit:
            raise NotPossible(_("There is no time limit here."), given)
        wanted = scene.lapse
    elif given.how != "choose":
        raise NotPossible(_("One choice is wanted here."), given)
    for option in offer.options:
        if option.id == wanted:
            if not option.available:
                raise NotPossible(option.why_not, given)
            return Taking(f"{scene.id}.{wanted}", _event(given, at, wanted, option.label, option.action))
    raise NotPossible(put(_("'{choice}' is not on offer here."), choice=wanted), given)


def _pick(given: Input, offer: DecisionOffered, scene: Scene, at: int) -> Taking:
    if given.how != "pick":
        raise NotPossible(_("Several are to be picked here."), given)
    known = {option.id: option for option in offer.options}
    if len(set(given.picks)) != len(given.picks):
        raise NotPossible(_("Something is picked twice."), given)
    for name in given.picks:
        option = known.get(name)
        if option is None or not option.available:
            raise NotPossible(put(_("'{choice}' is not on offer here."), choice=name), given)
    cost = sum(known[name].cost for name in given.picks)
    if len(given.picks) < offer.least:
        raise NotPossible(put(_("Pick at least {count}."), count=str(offer.least)), given)
    if cost > offer.most:
        raise NotPossible(put(_("That is more than {count}."), count=str(offer.most)), given)
    # Where the order does not count, the same pieces are the same decision, in the author's order.
    assert scene.pick is not None
    picked = given.picks if offer.ordered else tuple(name for name in scene.pick.pieces if name in given.picks)
    labels = [known[name].label for name in picked]
    event = _event(given, at, "", offer.done, "write" if labels else "wait", labels, picked)
    return Taking(f"{scene.id}.{PICK}", event, picked=picked)


def _link(given: Input, offer: DecisionOffered, scene: Scene, at: int) -> Taking:
    if given.how != "link":
        raise NotPossible(_("Cards are to be pinned here."), given)
    questions = {question.id: question.ask for question in offer.questions}
    cards = {card.id: card.text for card in offer.cards}
    links: dict[str, str] = {}
    for pick, (question, card) in zip(given.picks, given.links, strict=True):
        if question not in questions or card not in cards or question in links:
            raise NotPossible(put(_("'{choice}' is not on offer here."), choice=pick), given)
        links[question] = card
    linked = tuple((question, links[question]) for question in questions if question in links)
    labels = [f"{questions[question]} {cards[card]}" for question, card in linked]
    picks = tuple(f"{question}={card}" for question, card in linked)
    return Taking(f"{scene.id}.{LINK}", _event(given, at, "", offer.done, "look", labels, picks), linked=linked)
