"""One decision of a finished play, and every option that was on offer there: what each sets going, and one way on from it.

The way on repeats what the player did later, for as long as that is on offer; where it is not, or where the story comes to a
decision that the player never met, the quietest thing is done. It is a play of its own: the player's is not touched, and nor is
anything that is saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from engine.debrief import Moment, build, shown_points
from engine.play.events import CardShown, DecisionOffered, FlagSet, MessageShown, Option, SceneBegan, SetDown
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.play.world import World
from engine.story.model import SILENCE, Effect, Scene
from engine.story.slots import filled
from engine.words import _

MOST_ROADS = 6
"""Other roads that are told of where many ways of picking or pinning were possible."""
MOST_TRIED = 4_096
"""Ways of picking or pinning that are looked at to find those."""


@dataclass(frozen=True, slots=True)
class Shut:
    """An option that was not on offer at that moment."""

    label: str
    why: str
    """The author's or the app's reason, where there is one."""
    condition: str = ""
    """The `if` that did not hold, as written."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A later decision at which the way on could not repeat what the player did."""

    scene: str
    title: str
    why: str
    """What stood in the way, as the story says it; nothing where the player never came to this decision."""
    did: str
    """What was done there instead, in words."""
    known: bool
    """The player had decided here too."""


@dataclass(slots=True)
class Road:
    """One option at a decision, and one way on from it."""

    given: Input
    labels: tuple[str, ...]
    """What it is called; of a pick or a board, each piece. Empty: nothing was picked or pinned."""
    yours: bool
    play: Play
    """The play that takes this road to its end."""
    moment: Moment
    """The decision in that play's debrief: what was said, what it set in motion, why the dials moved."""
    said: tuple[MessageShown, ...] = ()
    """What is shown at once, before anything else comes."""
    flags: tuple[str, ...] = ()
    """What is so from here on, in the author's words (`is`)."""
    later: int = 0
    """Decisions of the player's that there were to repeat."""
    same: int = 0
    """How many of them fitted."""
    partings: tuple[Parting, ...] = ()
    why: str = ""
    """Why this road was chosen among many: `nothing`, `everything`, `rule`; nothing where every option has its road."""

    @property
    def ending_title(self) -> str:
        """Where it ends."""
        ending = next((one for one in self.play.story.endings if one.id == self.play.ending), None)
        return self.play.text(ending.title) if ending is not None else ""

    @property
    def shown(self) -> dict[str, int]:
        """The five dials at its end, in whole points from -10 to +10."""
        return {dial: shown_points(value) for dial, value in self.play.dials.items()}


@dataclass(slots=True)
class Crossing:
    """A decision of a finished play, with its roads."""

    scene: str
    title: str
    at: int
    """Story time of the decision, seconds."""
    number: int
    """How many decisions came before the first that was taken in this scene: going back takes this number."""
    before: tuple[Input, ...]
    """The decisions before the one that led on from here; looks are among them."""
    roads: list[Road] = field(default_factory=list)
    """The player's own first."""
    shut: list[Shut] = field(default_factory=list)
    kind: str = "one"
    """`one`, `several` or `board`."""
    left_out: int = 0
    """Ways of picking or pinning that were possible and have no road of their own (at most so many are counted)."""

    @property
    def yours(self) -> Road:
        """The player's own road."""
        return self.roads[0]

    @property
    def others(self) -> list[Road]:
        """The roads that were not taken."""
        return self.roads[1:]


def crossing(play: Play, number: int) -> Crossing:
    """The roads from the decision before which `number` decisions had been taken, in a play that is over.

    Looks that the player took there are kept on every road, and have none of their own. Raises ValueError when the play is not
    over, when something was set in it by hand (`SetDown`), and when it has no such decision.
    """
    if play.ending is None:
        raise ValueError("the other road is for a play that is over")
    if any(isinstance(event, SetDown) for event in play.events):
        raise ValueError("something was set by hand in this play: its decisions alone do not lead there")
    if not 0 <= number < len(play.inputs):
        raise ValueError(f"there is no decision {number}, the play has {len(play.inputs)}")
    last = _last_of(play, number)
    number = _first_of(play, number)
    there = play.rewound(last)
    offer = there.offer
    assert offer is not None
    began = next(event for event in reversed(there.events) if isinstance(event, SceneBegan) and event.scene == offer.scene)
    found = Crossing(offer.scene, began.title, there.clock, number, tuple(play.inputs[:last]), kind=offer.kind)
    mine = play.inputs[last]
    later = tuple(play.inputs[last + 1 :])
    found.roads.append(_road(there, offer, mine, later, number, None))
    if offer.kind == "one":
        for option in offer.options:
            if option.available and not option.look and option.id != _chosen(there, mine):
                stays = (mine, *later) if option.stay else later
                found.roads.append(_road(there, offer, Input(offer.scene, choice=option.id), stays, number, ""))
        found.shut = _shut(there, offer)
    else:
        ways = list(islice(_ways(there, offer), MOST_TRIED))
        for given, why in _telling(there, offer, mine, ways)[:MOST_ROADS]:
            found.roads.append(_road(there, offer, given, later, number, why))
        found.left_out = max(0, len(ways) - len(found.roads))
        found.shut = _shut_pieces(there, offer)
    return found


def _last_of(play: Play, number: int) -> int:
    """The decision of the same scene that led on; the scene is never come back to."""
    scene = play.inputs[number].scene
    while number + 1 < len(play.inputs) and play.inputs[number + 1].scene == scene:
        number += 1
    return number


def _first_of(play: Play, number: int) -> int:
    scene = play.inputs[number].scene
    while number > 0 and play.inputs[number - 1].scene == scene:
        number -= 1
    return number


def _chosen(there: Play, given: Input) -> str:
    """The choice that an input takes, a lapse too."""
    return there.story.scenes[given.scene].lapse if given.how == "lapse" else given.choice


# One road


def _road(there: Play, offer: DecisionOffered, given: Input, later: tuple[Input, ...], number: int, why: str | None) -> Road:
    """Go down one road. `why` is None for the player's own."""
    play = Play.replay(there.story, there.seed, there.inputs, there.name, there.pronouns)
    mark = len(play.events)
    play.take(given)
    said, flags = _at_once(play, mark)
    same, partings = _go_on(play, later)
    moment = next(one for one in build(play).moments if one.decision == number)
    count = len({one.scene for one in later})
    return Road(given, labels_of(offer, given), why is None, play, moment, said, flags, count, same, partings, why or "")


def labels_of(offer: DecisionOffered, given: Input) -> tuple[str, ...]:
    """What a decision is called: its label, or each piece or pin of it."""
    if given.how == "skip":
        return (_("Skipped"),)
    if given.how == "lapse":
        return (_("The time ran out"),)
    if given.how == "link":
        questions = {question.id: question.ask for question in offer.questions}
        cards = {card.id: card.text for card in offer.cards}
        return tuple(f"{questions[question]} {cards[card]}" for question, card in given.links)
    known = {option.id: option.label for option in offer.options}
    return tuple(known[name] for name in (given.picks if given.how == "pick" else (given.choice,)))


def _at_once(play: Play, mark: int) -> tuple[tuple[MessageShown, ...], tuple[str, ...]]:
    """What is shown, and what is so, after a decision and before the next scene or decision."""
    said: list[MessageShown] = []
    flags: dict[str, str] = {}
    for event in play.events[mark + 1 :]:
        if isinstance(event, SceneBegan | DecisionOffered):
            break
        if isinstance(event, MessageShown):
            said.append(event)
        elif isinstance(event, FlagSet):
            words = _flag_words(play, event.flag)
            if words and event.value:
                flags[event.flag] = words
            else:
                flags.pop(event.flag, None)
    return tuple(said), tuple(flags.values())


def _flag_words(play: Play, flag: str) -> str:
    """What a flag stands for, as its author says it; nothing where they do not, and of a number."""
    declared = play.story.scenario.flags.get(flag)
    if declared is None or not declared.is_ or declared.to is not None:
        return ""
    return filled(declared.is_, play.words)


def _go_on(play: Play, later: tuple[Input, ...]) -> tuple[int, tuple[Parting, ...]]:
    """Repeat what the player did later, as far as it goes; else do the quietest thing. Returns how much fitted."""
    wanted: dict[str, list[Input]] = {}
    for given in later:
        wanted.setdefault(given.scene, []).append(given)
    same = 0
    partings: list[Parting] = []
    while play.offer is not None:
        offer = play.offer
        known = offer.scene in wanted
        why = ""
        for given in wanted.pop(offer.scene, []):
            try:
                play.take(given)
            except NotPossible as problem:
                why = problem.reason
        if play.offer is None or play.offer.scene != offer.scene:
            same += 1
            continue
        rest = _what_is_left(play, later) if known else None
        given = rest if rest is not None else quietest(play)
        title = next(
            event.title for event in reversed(play.events) if isinstance(event, SceneBegan) and event.scene == offer.scene
        )
        labels = labels_of(play.offer, given)
        play.take(given)
        partings.append(Parting(offer.scene, title, why, "; ".join(labels), known))
    return same, tuple(partings)


def _what_is_left(play: Play, later: tuple[Input, ...]) -> Input | None:
    """Of a pick of which some pieces are not there: the rest of it, where that may be picked."""
    offer = play.offer
    assert offer is not None
    picked = next((given for given in later if given.scene == offer.scene and given.how in ("pick", "link")), None)
    if picked is None:
        return None
    if picked.how == "link":
        cards = {card.id for card in offer.cards}
        links = tuple(link for link, (_question, card) in zip(picked.picks, picked.links, strict=True) if card in cards)
        return Input(offer.scene, "link", picks=links)
    there = {option.id: option.cost for option in offer.options if option.available}
    names = tuple(name for name in picked.picks if name in there)
    if len(names) < offer.least or sum(there[name] for name in names) > offer.most:
        return None
    return Input(offer.scene, "pick", picks=names)


def quietest(play: Play) -> Input:
    """What somebody does who says nothing: the silence, else to wait, else the least that leads on, in the author's order."""
    offer = play.offer
    assert offer is not None
    scene = play.story.scenes[offer.scene]
    if offer.kind == "board":
        return Input(scene.id, "link")
    if offer.kind == "several":
        assert scene.pick is not None
        open_ = {option.id: option for option in offer.options if option.available}
        order = [name for name in scene.pick.pieces if name in open_]
        cheap = sorted(order, key=lambda name: open_[name].cost)[: offer.least]
        return Input(scene.id, "pick", picks=tuple(name for name in order if name in cheap))
    places = {name: place for place, name in enumerate(scene.choices)}
    options = sorted((option for option in offer.options if option.available), key=lambda one: (_loud(one), places[one.id]))
    return Input(scene.id, "choose", options[0].id) if options else Input(scene.id, "skip")


def _loud(option: Option) -> int:
    if option.look or option.stay:
        return 3
    return 0 if option.id == SILENCE else 1 if option.action == "wait" else 2


# What was not on offer


def _shut(there: Play, offer: DecisionOffered) -> list[Shut]:
    scene = there.story.scenes[offer.scene]
    values = there.values
    offered = {option.id: option for option in offer.options}
    found: list[Shut] = []
    for choice in scene.choices.values():
        option = offered.get(choice.id)
        if option is not None and option.available:
            continue
        if option is not None:
            found.append(Shut(option.label, option.why_not))
        elif choice.guard is not None and not choice.guard.test(values):
            found.append(Shut(there.text(choice.label), "", choice.guard.text))
    return found


def _shut_pieces(there: Play, offer: DecisionOffered) -> list[Shut]:
    scene = there.story.scenes[offer.scene]
    found = [Shut(option.label, option.why_not) for option in offer.options if not option.available]
    offered = {option.id for option in offer.options}
    if scene.pick is not None:
        pieces = [piece for piece in scene.pick.pieces.values() if piece.id not in offered]
        found += [Shut(there.text(piece.label), "", piece.guard.text) for piece in pieces if piece.guard is not None]
    if scene.board is not None:
        in_sight = {card.id for card in offer.cards}
        cards = [card for card in scene.board.cards.values() if card.id not in in_sight]
        found += [Shut(there.text(card.text), "", card.guard.text) for card in cards if card.guard is not None]
    return found


# Picks and boards: which of many


class _Watch(World):
    """A world that writes down which rules of a pick or a board apply."""

    __slots__ = ("applied",)

    def __init__(self, play: Play) -> None:
        super().__init__(play.story)
        self.restore(play.state)
        self.applied: list[int] = []

    def effect(self, effect: Effect, at: int) -> None:
        """Apply an effect, and remember it."""
        self.applied.append(id(effect))
        super().effect(effect, at)


def _rules_of(there: Play, scene: Scene, given: Input) -> frozenset[str]:
    """The rules that apply to a pick or a board."""
    several = scene.pick or scene.board
    assert several is not None
    world = _Watch(there)
    if scene.pick is not None:
        world.picked = given.picks
        world.pick(scene)
    else:
        world.linked = given.links
        world.link(scene)
    applied = set(world.applied)
    return frozenset(rule.id for rule in several.rules if id(rule.effect) in applied)


def _telling(there: Play, offer: DecisionOffered, mine: Input, ways: list[Input]) -> list[tuple[Input, str]]:
    """The ways of picking or pinning that say most.

    Nothing (or as little as may be), everything, and for each rule of the author's that did not apply to the player's way the
    one nearest to theirs to which it applies.
    """
    scene = there.story.scenes[offer.scene]
    found: dict[frozenset[str], tuple[Input, str]] = {frozenset(mine.picks): (mine, "")} if mine.how != "skip" else {}

    def add(given: Input, why: str) -> None:
        found.setdefault(frozenset(given.picks), (given, why))

    add(quietest(there), "nothing")
    rules = {id(way): _rules_of(there, scene, way) for way in ways}
    several = scene.pick or scene.board
    assert several is not None
    already = _rules_of(there, scene, mine) if mine.how != "skip" else frozenset()
    have = frozenset(mine.picks)
    for rule in several.rules:
        fitting = [way for way in ways if rule.id in rules[id(way)]]
        if rule.id not in already and fitting:
            add(min(fitting, key=lambda way: (len(have ^ frozenset(way.picks)), len(way.picks))), "rule")
    if ways:
        add(max(ways, key=lambda way: len(way.picks)), "everything")
    return [(given, why) for given, why in found.values() if given is not mine]


def _ways(there: Play, offer: DecisionOffered) -> Iterator[Input]:
    """Ways of picking or pinning; where the order counts, each set of pieces in the author's order."""
    scene = there.story.scenes[offer.scene]
    if scene.board is not None:
        yield from _links(scene, offer.cards)
        return
    assert scene.pick is not None
    costs = {option.id: option.cost for option in offer.options if option.available}
    order = [name for name in scene.pick.pieces if name in costs]

    def from_(at: int, taken: tuple[str, ...], cost: int) -> Iterator[Input]:
        if at == len(order):
            if len(taken) >= offer.least:
                yield Input(scene.id, "pick", picks=taken)
            return
        name = order[at]
        if cost + costs[name] <= offer.most:
            yield from from_(at + 1, (*taken, name), cost + costs[name])
        yield from from_(at + 1, taken, cost)

    yield from from_(0, (), 0)


def _links(scene: Scene, cards: tuple[CardShown, ...]) -> Iterator[Input]:
    """For each question nothing, or one card in sight: one that tells it, where there is one."""
    board = scene.board
    assert board is not None
    links: list[str] = []
    for question in board.questions:
        telling = next((card.id for card in cards if question in board.cards[card.id].tells), None)
        if telling is not None:
            links.append(f"{question}={telling}")
    for bits in range(1 << min(len(links), 12)):
        yield Input(scene.id, "link", picks=tuple(link for number, link in enumerate(links) if bits >> number & 1))


__all__ = ["Crossing", "Parting", "Road", "Shut", "crossing", "labels_of", "quietest"]
