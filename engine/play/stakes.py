"""What a play has put at stake so far, read from its events and nothing else; and what its seed draws of it.

At stake is what the player sent, and what others sent that a scenario masks, marks with `content`, or that is a picture, in groups, direct
messages and feeds on the player's own phone. Nothing here changes the play: `engine.futures` says it in words, and a scene that names a
`leak` is told by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from engine.odds import DAY, Audience, Circumstances, Content, Fate, Habit, Habits, Odds
from engine.play import events as ev
from engine.play.events import YOU
from engine.story.model import Scene, Story, Telling
from engine.story.names import stream
from engine.story.stakes import LEAKY
from engine.text import segments

PICTURES = frozenset({"picture", "video", "voice", "gif", "document"})
"""Kinds of messages that count as pictures."""

NEVER = frozenset({"prose", "notice", "speech", "mail"})
"""Kinds that nobody passes on from a chat: they are told, said aloud, or sent by mail, which is not modelled."""

HISTORY = 14 * DAY
"""How far back a newcomer may be sent the history, seconds (F4.10)."""

ANGER = 3 * DAY
"""Who leaves of their own accord within this time after a message is taken to have left over it, seconds: our guess."""

Why = Literal["yours", "masked", "marked", "picture", "missed"]
"""Why it is at stake. `missed`: it was said where the player no longer was, and is none of theirs."""


@dataclass(slots=True)
class Risk:
    """A message that is at stake, with what happened to it so far."""

    event: ev.MessageShown
    why: Why
    content: Content
    others: int
    """How many others have it, neither the sender nor the player."""
    habits: Counter[Habit]
    """How many of them have a habit; the rest are ordinary."""
    public: bool
    direct: bool
    rule: bool
    """It was said that nothing leaves the place."""
    newcomers: int = 0
    angry: bool = False
    taken_down: int | None = None
    """Seconds after it was sent."""

    def odds(self, habits: Habits) -> Odds:
        """The odds that it gets out, as it stands."""
        return Odds(self.audience(), self.circumstances(), habits)

    def audience(self) -> Audience:
        """Who else has it. Where members went, those with a habit are no more than are left."""
        left = self.others
        known: dict[Habit, int] = {}
        for habit in ("talker", "outsider", "careful"):
            known[habit] = min(self.habits[habit], left)
            left -= known[habit]
        return Audience(self.others, known["careful"], known["talker"], known["outsider"], self.public)

    def circumstances(self) -> Circumstances:
        """What happened around it."""
        event = self.event
        return Circumstances(
            self.content,
            left_in_anger=self.angry,
            newcomers=self.newcomers,
            rule=self.rule,
            timer=max(0, (event.expires or event.at) - event.at),
            taken_down=self.taken_down,
            forwarded=event.forwarded,
        )


@dataclass(slots=True)
class Stakes:
    """Reads events in their order; keeps who is in each place and what was said there."""

    story: Story
    seen: dict[str, Risk] = field(default_factory=dict)
    """Message id to what is known of it, in the order in which they were sent."""
    members: dict[str, int] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.story.places.values():
            self.members[place.id] = place.members or len(place.people) + 1
            self.people[place.id] = set(place.people)

    @classmethod
    def of(cls, story: Story, events: Iterable[ev.Event]) -> Stakes:
        """What is at stake after these events."""
        stakes = cls(story)
        for event in events:
            stakes.read(event)
        return stakes

    def read(self, event: ev.Event) -> None:
        """Take one event in."""
        if isinstance(event, ev.MessageShown):
            self._shown(event)
        elif isinstance(event, ev.Missed):
            self._shown(
                ev.MessageShown(
                    at=event.at, id=event.id, place=event.place, sender=None, name=event.name, kind="text", text=event.text
                ),
                missed=True,
            )
        elif isinstance(event, ev.Deleted):
            seen = self.seen.get(event.message)
            if seen is not None and seen.taken_down is None:
                seen.taken_down = max(0, event.at - seen.event.at)
        elif isinstance(event, ev.Joined | ev.Left):
            self._moved(event)

    def _shown(self, event: ev.MessageShown, *, missed: bool = False) -> None:
        place = self.story.places[event.place]
        if place.kind not in LEAKY or place.phone is not None or event.kind in NEVER:
            return
        own = event.sender == YOU
        masked = any(run.masked for run in segments(event.text))
        picture = event.kind in PICTURES
        said = self.story.stake.contents.get(event.id)
        told = event.id in self.story.stake.told
        if not (own or told) and (said == "dull" or not (masked or picture or said)):
            return
        others = 1 if place.kind == "dm" else max(0, self.members[event.place] - 1)
        if not own:  # neither who sent it nor the player, whose own doing stands in the play
            others -= 1
        if others <= 0 and place.kind != "feed":
            return
        why: Why = (
            "missed" if missed else "yours" if own else "masked" if masked else "marked" if said or not picture else "picture"
        )
        guess: Content = "striking" if masked else "picture" if picture else "ordinary"
        habits: Counter[Habit] = Counter(place.habits)
        for person in self.people[event.place]:
            habit = self.story.stake.people.get(person)
            if habit is not None and person != event.sender:
                habits[habit] += 1
        self.seen[event.id] = Risk(
            event, why, said or guess, max(0, others), habits, place.kind == "feed", place.kind == "dm", bool(place.rule)
        )

    def _moved(self, event: ev.Joined | ev.Left) -> None:
        if event.past:
            return
        joined = isinstance(event, ev.Joined)
        self.members[event.place] = max(0, self.members[event.place] + (0 if event.who == YOU else 1 if joined else -1))
        if event.who == YOU:
            return
        (self.people[event.place].add if joined else self.people[event.place].discard)(event.who)
        for seen in self.seen.values():
            since = event.at - seen.event.at
            if seen.event.place != event.place or since < 0 or seen.taken_down is not None:
                continue
            if joined:
                seen.newcomers += since <= HISTORY
            else:
                seen.angry = seen.angry or (event.by is None and event.who != seen.event.sender and since <= ANGER)


def fate(story: Story, seed: int, message: str, events: Iterable[ev.Event], clock: int, *, certain: bool = False) -> Fate:
    """What became of a message by story time `clock`, in the world that this seed draws. What was never sent never came out.

    The draws belong to the message: whoever tells of it, and whenever, tells of the same world. With `certain` the story itself says
    that it came out, and only the way is drawn, by the odds among the worlds in which it did.
    """
    risk = Stakes.of(story, events).seen.get(message)
    draw = stream(seed, "leak", message)
    out, way = draw.random(), draw.random()
    became: Fate = "never"
    if risk is not None:
        odds, seconds = risk.odds(story.stake.habits), max(0, clock - risk.event.at)
        became = odds.fate(seconds, out * odds.at(seconds) if certain else out, way)
    return "passed-on" if certain and became == "never" else became


def telling(scene: Scene, story: Story, seed: int, events: Iterable[ev.Event], clock: int) -> Telling:
    """The telling of a scene that this seed draws: by the odds of its `leak`, where it has one; among those that fit, by their weights."""
    fitting = list(scene.tellings)
    if scene.leak:
        never = any(each.way == "never" for each in scene.tellings)
        became = fate(story, seed, scene.leak, events, clock, certain=not never)
        fitting = [each for each in scene.tellings if each.way == became]
        fitting = fitting or [each for each in scene.tellings if each.way == "out"]
    draw = stream(seed, "telling", scene.id).random() * sum(each.weight for each in fitting)
    for each in fitting[:-1]:
        draw -= each.weight
        if draw < 0:
            return each
    return fitting[-1]
