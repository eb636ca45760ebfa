"""A room: a play, and a facilitator and voters around it. Story, setup and inputs decide everything.

room = Room(story, Setup(seed=7, tables=6))
room.apply(Tell(to=len(room.stops)))            # the question stands
room.apply(Turn("first"))
room.apply(Vote("table-a", ("speak-up",)))      # ... and so on to F
room.apply(Turn("reveal"))
room.apply(Decide(room.outcome().input))

Nothing here reads a clock or draws by chance, and nothing is written anywhere: `saves.rooms` keeps the inputs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from engine.play.events import DecisionOffered, Event
from engine.play.inputs import Input
from engine.play.play import NotPossible, Play
from engine.room import ballot as votes
from engine.room.ballot import Ballot, Missing, Outcome, Split
from engine.room.inputs import (
    MOST_HANDS,
    AnyInput,
    Clock,
    Decide,
    Go,
    Hands,
    Page,
    Phase,
    RoomInput,
    Setup,
    Skip,
    Tell,
    Turn,
    Undo,
    Vote,
)  # fmt: skip
from engine.room.question import Question
from engine.room.state import By, Countdown, Node, State, Visit
from engine.room.stops import Stop
from engine.room.way import Way
from engine.story.cut import cut_story
from engine.story.model import Story
from engine.story.names import made_up
from engine.words import _, put

_DECIDING: tuple[Phase, ...] = ("ask", "first", "reveal", "talk", "second", "shift", "decide")
"""The phases in which a decision stands."""
_VOTER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
MOST_PAGES = 999


class NotNow(ValueError):
    """Something that cannot be done as the room stands. The message says why, for the facilitator; nothing has changed."""


class Room:
    """A room on its way through a story."""

    def __init__(self, story: Story, setup: Setup) -> None:
        """Raises ValueError for a cut that names a scene that may not be left out."""
        self.setup = setup
        self.full_story = story
        """With everything in it that is left out here."""
        self.story = cut_story(story, setup.cut)
        self.name = name_for(self.story, setup.seed)
        """What the story calls the player; None: nothing but you."""
        self.state = State()
        self.inputs: list[AnyInput] = []
        """Everything that was done, oldest first."""
        self._past: list[State] = []
        self._way = Way(self.story, setup.seed, self.name)
        self._way.look(self.state)
        if not self.stops:
            self.state = self._arrived(self.state)

    @classmethod
    def replay(cls, story: Story, setup: Setup, inputs: Iterable[AnyInput]) -> Room:
        """The room that these inputs give. Raises NotNow at the first that does not fit."""
        room = cls(story, setup)
        for given in inputs:
            room.apply(given)
        return room

    # What it is

    @property
    def play(self) -> Play:
        """The engine's play, with everything in it that comes before the next decision, told or not. Do not take decisions in it."""
        return self._way.play

    @property
    def phase(self) -> Phase:
        """Where the room is."""
        return self.state.phase

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops of this stretch: all that is told between the last decision and the next."""
        return self._way.stops

    @property
    def told_events(self) -> Sequence[Event]:
        """All events that the room has been told, from the beginning."""
        return self._way.told(self.state)

    def as_read(self) -> Play:
        """The play once more, to look back on: it knows of each scene to read whether the room was told it or passed it over."""
        return self._way.as_read(self.state, self.inputs_to(self.state.node))

    @property
    def fresh(self) -> Sequence[Event]:
        """The events of the last stop that was told; none at the beginning of a stretch."""
        return self._way.fresh(self.state)

    @property
    def offer(self) -> DecisionOffered | None:
        """The decision that this stretch leads to, as the play offers it; None when it leads to the end."""
        return self.play.offer

    @property
    def question(self) -> Question | None:
        """The same, as a room is asked; None when the stretch leads to the end."""
        return self._way.question

    @property
    def visit(self) -> Visit | None:
        """The visit that is on."""
        return self.state.visits[self.state.visit] if self.state.visit >= 0 else None

    @property
    def path(self) -> tuple[Node, ...]:
        """The nodes from the beginning to where the room stands, the beginning not among them."""
        return self.path_to(self.state.node)

    def path_to(self, node: int) -> tuple[Node, ...]:
        """The nodes from the beginning to this one, the beginning not among them. Raises NotNow for one that is not there."""
        found: list[Node] = []
        here = self._node(node)
        while here.parent >= 0:
            found.append(here)
            here = self.state.nodes[here.parent]
        return tuple(reversed(found))

    def inputs_to(self, node: int) -> tuple[Input, ...]:
        """The play's decisions on the way to a node."""
        return tuple(one.input for one in self.path_to(node) if one.input is not None)

    def decided_visit(self, node: int) -> Visit | None:
        """The last visit that led to this node; None for the beginning."""
        return next((visit for visit in reversed(self.state.visits) if visit.led_to == node), None)

    def tips(self) -> tuple[Node, ...]:
        """The ends of all roads that were taken, oldest first."""
        parents = {node.parent for node in self.state.nodes}
        return tuple(node for node in self.state.nodes if node.id not in parents)

    # The vote

    def ballot(self, round_: int = 1) -> Ballot:
        """What is in of a round, for those who count. Not for the room's eyes before the split is shown."""
        visit = self.visit
        if visit is None:
            return Ballot()
        return visit.first if round_ == 1 else visit.second

    def missing(self, round_: int = 1) -> Missing:
        """What is not in yet of a round."""
        if self.question is None:
            return Missing()
        return votes.missing(self.question, self.ballot(round_), self.setup)

    @property
    def split(self) -> Split | None:
        """How the room voted; None before the first round was shown. The second round is in it once that was shown too."""
        visit = self.visit
        if visit is None or not visit.revealed or self.question is None:
            return None
        return votes.split(self.question, visit.first, visit.second if visit.shifted else None)

    def outcome(self) -> Outcome:
        """What the room wants, by the last round that was shown (or is in, before any was)."""
        visit = self.visit
        if visit is None or self.question is None:
            return Outcome("nobody")
        return votes.outcome(self.question, visit.second if visit.shifted else visit.first, self.setup)

    @property
    def discuss(self) -> str:
        """What the room talks about here: the author's question, or one that fits everywhere."""
        question = self.question
        if question is None:
            return ""
        written = self.play.text(self.story.scenes[question.scene].discuss or "")
        return written or generic(question)

    # Doing

    def apply(self, given: AnyInput) -> None:
        """Do something. Raises NotNow, with nothing changed, when it cannot be done now."""
        if isinstance(given, Undo):
            if not self._past:
                raise NotNow(_("There is nothing to take back."))
            before = self._past.pop()
            self._settle(replace(before, countdown=self.state.countdown, page=self.state.page))
        elif isinstance(given, Clock):
            self.state = replace(self.state, countdown=_countdown(given))
        elif isinstance(given, Page):
            self.state = self._paged(given)
        else:
            before = self.state
            after = self._done(given)
            if after != before:
                self._past.append(before)
            self._settle(after)
        self.inputs.append(given)

    def _done(self, given: RoomInput) -> State:
        if isinstance(given, Tell):
            return self._tell(given)
        if isinstance(given, Turn):
            return self._turn(given)
        if isinstance(given, Hands):
            return self._hands(given)
        if isinstance(given, Vote):
            return self._vote(given)
        if isinstance(given, Go):
            return self._go(given)
        if isinstance(given, Skip):
            return self._skip(given)
        assert isinstance(given, Decide)
        return self._decide(given)

    def _tell(self, given: Tell) -> State:
        told = min(max(given.to, 0), len(self.stops))
        state = replace(self.state, phase="telling", told=told, countdown=None)
        return self._arrived(state) if told == len(self.stops) else state

    def _skip(self, given: Skip) -> State:
        state = self.state
        scene = self.story.scenes.get(given.scene)
        if scene is None or scene.skip is None or scene.decides:
            raise NotNow(_("This scene cannot be skipped."))
        if state.phase != "telling" or self._ahead() != scene.id or self.stops[state.told].kind == "end":
            raise NotNow(_("There is nothing to skip here."))
        told = state.told + 1
        state = replace(self._way.hushing(state), told=told)
        return self._arrived(state, told) if self._way.stops_with(state)[-1].first == self.stops[told - 1].first else state

    def _ahead(self) -> str:
        """The scene that the next stop belongs to; empty at the end of the stretch."""
        told = self.state.told
        return self.stops[told].scene if told < len(self.stops) else ""

    def _arrived(self, state: State, told: int = -1) -> State:
        """The stretch is told, with so many stops: the question stands, or the story is over."""
        told = len(self.stops) if told < 0 else told
        if self.question is None:
            return replace(state, phase="ended", told=told, visit=-1)
        state = replace(state, phase="ask", told=told)
        if state.visit >= 0:
            return state
        last = _last_visit(state, state.node)
        if last is not None and not last.by:
            return replace(state, visit=last.id)
        visit = Visit(len(state.visits), state.node, self.question.scene)
        return replace(state, visit=visit.id, visits=(*state.visits, visit))

    def _turn(self, given: Turn) -> State:
        state, to = self.state, given.to
        visit = self.visit
        if to not in get_args(Phase) or to in ("telling", "ended"):
            raise NotNow(put(_("'{phase}' is nothing to turn to."), phase=str(to)))
        if visit is None or state.phase not in _DECIDING:
            raise NotNow(_("There is nothing to vote on yet."))
        if to in ("reveal", "shift"):
            visit = self._shown(visit, given, 1 if to == "reveal" else 2)
        elif to in ("talk", "second") and not visit.revealed:
            raise NotNow(_("First show how the room voted."))
        if to == "talk":
            visit = replace(visit, talked=True)
        return replace(_with_visit(state, visit), phase=to)

    def _shown(self, visit: Visit, given: Turn, round_: int) -> Visit:
        """The visit with a round's split shown."""
        if (visit.revealed if round_ == 1 else visit.shifted) and self.ballot(round_):
            return visit
        if round_ == 2 and not visit.revealed:
            raise NotNow(_("First show how the room voted."))
        ballot = self.ballot(round_)
        if not ballot:
            raise NotNow(_("Nothing is counted yet."))
        gap = self.missing(round_)
        if gap and not given.anyway:
            raise NotNow(self.missing_words(gap))
        return replace(visit, revealed=True) if round_ == 1 else replace(visit, shifted=True)

    def missing_words(self, gap: Missing) -> str:
        """What is not in yet, as a sentence."""
        return votes.missing_words(gap, self.question)

    def _counting(self, round_: int) -> tuple[Visit, Question]:
        """The visit whose round is being counted."""
        wanted = {1: "first", 2: "second"}.get(round_)
        visit = self.visit
        if wanted is None or visit is None or self.question is None or self.state.phase != wanted:
            raise NotNow(_("That vote is not open."))
        return visit, self.question

    def _hands(self, given: Hands) -> State:
        visit, question = self._counting(given.round)
        item = question.item(given.item)
        if item is None:
            raise NotNow(put(_("'{choice}' is not on offer here."), choice=given.item))
        if not item.available:
            raise NotNow(item.why_not)
        if given.count is not None and not 0 <= given.count <= MOST_HANDS:
            raise NotNow(put(_("Hands go from 0 to {most}."), most=str(MOST_HANDS)))
        return self._voted(visit, given.round, self.ballot(given.round).with_hands(item.key, given.count))

    def _vote(self, given: Vote) -> State:
        visit, question = self._counting(given.round)
        if not _VOTER.match(given.voter):
            raise NotNow(put(_("'{voter}' is no voter."), voter=given.voter[:40]))
        if given.voter.startswith("table-") and given.voter not in self.setup.voters:
            raise NotNow(put(_("There is no table {name} here."), name=given.voter[6:].upper()))
        problem = votes.refusal(question, given.items) if given.items is not None else ""
        if problem:
            raise NotNow(problem)
        return self._voted(visit, given.round, self.ballot(given.round).with_vote(given.voter, given.items))

    def _voted(self, visit: Visit, round_: int, ballot: Ballot) -> State:
        """The state with this ballot. A split that was shown stays shown, corrected, unless nothing is left of it."""
        if round_ == 1:
            return _with_visit(self.state, replace(visit, first=ballot, revealed=visit.revealed and bool(ballot)))
        return _with_visit(self.state, replace(visit, second=ballot, shifted=visit.shifted and bool(ballot)))

    def _decide(self, given: Decide) -> State:
        state = self.state
        taken = given.input
        if state.phase == "telling" and taken.how == "skip" and self._begun(taken.scene):
            # What is left of it is not said; who came and went in it is told all the same.
            state = self._arrived(self._way.hushing(state) if self._ahead() == taken.scene else state)
        elif state.phase not in _DECIDING:
            raise NotNow(_("There is nothing to decide just now."))
        if state.visit < 0:  # what is told is the last of it
            raise NotNow(_("There is nothing to decide just now."))
        visit = state.visits[state.visit]
        by = self._who(visit, taken)
        try:
            child = next((node for node in state.nodes if node.parent == state.node and node.input == taken), None)
            self._way.take(taken, len(state.nodes) if child is None else child.id)
        except NotPossible as problem:
            raise NotNow(problem.reason) from None
        nodes = state.nodes
        if child is None:
            child = Node(len(nodes), state.node, taken, visit.id)
            nodes = (*nodes, child)
        visit = replace(visit, decided=taken, by=by, led_to=child.id)
        state = replace(
            _with_visit(state, visit), nodes=nodes, node=child.id, phase="telling", told=0, visit=-1, countdown=None, page=0
        )
        self._way.look(state)
        return state if self.stops else self._arrived(state)

    def _who(self, visit: Visit, taken: Input) -> By:
        if taken.how == "lapse":
            return "lapse"
        if taken.how == "skip":
            return "skip"
        assert self.question is not None
        if not visit.revealed:
            return "facilitator"
        found = votes.outcome(self.question, visit.second if visit.shifted else visit.first, self.setup)
        chosen = self.question.chosen(taken)
        if found.why == "majority" and found.input is not None:
            same = chosen == found.sure if self.question.ordered else set(chosen) == set(found.sure)
            return "room" if same else "facilitator"
        if found.why == "tie" and set(found.sure) <= set(chosen) <= {*found.sure, *found.tied}:
            return "tie"
        return "facilitator"

    def _go(self, given: Go) -> State:
        self._node(given.node)
        # Whoever goes back to what was passed over may want to hear it.
        skipped = tuple(one for one in self.state.skipped if one[0] != given.node)
        state = replace(self.state, node=given.node, visit=-1, countdown=None, page=0, skipped=skipped)
        self._way.go(given.node, self.inputs_to(given.node))
        self._way.look(state)
        told = len(self.stops) if given.told < 0 else min(given.told, len(self.stops))
        state = replace(state, phase="telling", told=told)
        if told < len(self.stops):
            return state
        last = _last_visit(state, given.node, voted=True)
        state = self._arrived(state)
        if given.keep and last is not None and last.by and state.visit >= 0:
            fresh = replace(state.visits[state.visit], first=last.first, second=last.second)
            state = replace(_with_visit(state, fresh), phase="first")
        return state

    def _paged(self, given: Page) -> State:
        if self.state.phase != "ended":
            raise NotNow(_("The story is not over yet."))
        return replace(self.state, page=min(max(given.to, 0), MOST_PAGES))

    # Inside

    def _begun(self, scene: str) -> bool:
        """The telling has come to a scene of this stretch, or it comes next."""
        told = self.state.told
        return self._ahead() == scene or (told > 0 and self.stops[told - 1].scene == scene)

    def _node(self, node: int) -> Node:
        if not 0 <= node < len(self.state.nodes):
            raise NotNow(_("The room has not been there."))
        return self.state.nodes[node]

    def _settle(self, state: State) -> None:
        """Be in this state, with the play where it stands."""
        skipped, self.state = self.state.skipped, state
        if self._way.go(state.node, self.inputs_to(state.node)) or skipped != state.skipped:
            self._way.look(state)


def _with_visit(state: State, visit: Visit) -> State:
    if state.visits[visit.id] == visit:
        return state
    return replace(state, visits=(*state.visits[: visit.id], visit, *state.visits[visit.id + 1 :]))


def _last_visit(state: State, node: int, *, voted: bool = False) -> Visit | None:
    """The last visit at a node; `voted`: in which somebody voted."""
    found = (visit for visit in reversed(state.visits) if visit.node == node)
    return next((visit for visit in found if not voted or visit.first or visit.second), None)


def _countdown(given: Clock) -> Countdown | None:
    if given.left is None:
        return None
    return Countdown(max(given.left, 0.0), given.running, given.since)


def name_for(story: Story, seed: int) -> str | None:
    """A name for the player, whom a room is together: made up where a text says one and the author gave none. Nobody's own."""
    if "you" not in story.slots_used or story.head.get("you"):
        return None
    taken = {word for given in story.cast.values() for word in given.get("name", "").casefold().split()}
    return made_up(seed, "room", story.scenario.language, taken)[0]


def generic(question: Question) -> str:
    """A question that fits any decision of its kind."""
    if question.kind == "board":
        return _("What did you know before you looked, and what did somebody else's post tell you?")
    if question.kind == "several":
        return _("What did you leave out, and who would have needed it?")
    return _("What would a decent person say for each of these? Who pays for it, and when?")


__all__ = ["NotNow", "Room", "generic", "name_for"]
