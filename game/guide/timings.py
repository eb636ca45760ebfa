"""How long a scene takes, and plans for a session.

Reading is counted at 200 words a minute, which is slow and aloud-friendly, and a decision at 45 seconds. Both are rules of thumb
for planning, not measurements of anybody.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.story.cut import choose, cut_story, optional_scenes
from engine.story.model import Cue, Passage, Scene, Story
from game.graph.storymap import FINISH, Node, StoryMap, scene_key, story_map
from game.graph.texts import on_paper
from game.guide.transcript import word_count
from game.words import _

WORDS_A_MINUTE = 200
DECISION_SECONDS = 45
QUESTION_MINUTES = 4
"""Minutes for one question of the debrief with a room."""
PLANS = (30, 60, 90)
"""Lengths of a session, in minutes."""
_OPENING = {30: 3, 60: 5, 90: 7}
_DEBRIEF = {30: 7, 60: 14, 90: 22}
_TALK = {30: 5, 60: 15, 90: 24}
"""Rather than with less talk than this, in minutes, a session does without optional scenes: a room learns from what it says to each other
between two votes. It is one talk in half an hour, three in an hour and six in ninety minutes."""
_SHORTEST_DEBRIEF = 6
_CLOSE = {30: 2, 60: 3, 90: 3}


@dataclass(frozen=True, slots=True)
class Plan:
    """A session of `minutes`: what each part gets, in minutes."""

    minutes: int
    opening: int
    play: int
    talk: int
    debrief: int
    close: int
    left_out: tuple[str, ...]
    """Ids of the scenes that are left out, in the order of the file: the cut that `seenby play --cut` plays."""
    fits: bool
    """The story fits, without its optional scenes if need be."""
    until: str
    """Where it does not fit: key of the last scene that does; empty when not even the first does."""
    stops: tuple[str, ...]
    """Keys of the decisions that are most worth a talk."""
    questions: int


class Timings:
    """Estimates for one story, in seconds."""

    def __init__(self, found: StoryMap) -> None:
        self.map = found
        self.scenes = {node.key: self._scene(node) for node in found.of_kind("decision", "reading")}
        self.coming = {key: self._coming(found.nodes[key]) for key in self.scenes}
        """What a choice of this scene brings later, on average over its options."""
        self.after = self._after()
        """The reckoning, of which half is counted, and one ending."""
        self.core = frozenset(optional_scenes(found.story))
        """What is left out of a session that has time for nothing else."""

    def play(self, out: frozenset[str] = frozenset()) -> int:
        """Seconds of the longest way through the story, with what comes back, when the scenes `out` are left out."""
        return self._longest(out)[0] + self.after

    def path(self, out: frozenset[str] = frozenset()) -> list[str]:
        """The scenes on the longest way."""
        return self._longest(out)[1]

    def plan(self, minutes: int) -> Plan:
        """A plan for a session of so many minutes (30, 60 or 90)."""
        opening, debrief, close = _OPENING[minutes], _DEBRIEF[minutes], _CLOSE[minutes]
        room = minutes - opening - debrief - close
        out = choose(self.map.story, (room - _TALK[minutes]) * 60, self.play)
        play = math.ceil(self.play(frozenset(out)) / 60)
        short = play - room
        if 0 < short <= debrief - _SHORTEST_DEBRIEF:  # a few minutes are better taken from the questions than from the story
            room, debrief = room + short, debrief - short
        fits = play <= room
        play = min(play, room)
        talk = room - play
        if talk > debrief:
            debrief, talk = debrief + (talk - debrief) // 2, talk - (talk - debrief) // 2
        stops = self.stops(frozenset(out))[: max(talk // 4, 1 if talk >= 2 else 0)] if fits else []
        until = "" if fits else self._until(room)
        questions = min(len(self.map.story.questions), max(debrief // QUESTION_MINUTES, 1))
        return Plan(minutes, opening, play, talk, debrief, close, out, fits, until, tuple(stops), questions)

    def stops(self, out: frozenset[str] = frozenset()) -> list[str]:
        """The decisions most worth a talk: where acting was cheapest, then those that set most in motion."""
        cheapest = self.map.story.scenario.debrief.cheapest
        on_path = [key for key in self.path(out) if self.map.nodes[key].kind == "decision"]

        def worth(key: str) -> tuple[bool, int, int]:
            node = self.map.nodes[key]
            return node.id == cheapest, len(self.map.from_node(key, "later")), len(node.options)

        return sorted(on_path, key=worth, reverse=True)

    def _until(self, room: int) -> str:
        last, seconds = "", 0
        for key in self.path(self.core):
            seconds += self.scenes[key] + self.coming[key]
            if seconds > room * 60:
                break
            last = key
        return last

    def _longest(self, out: frozenset[str]) -> tuple[int, list[str]]:
        best: dict[str, tuple[int, list[str]]] = {FINISH: (0, [])}
        for key in reversed(self.map.nodes):
            node = self.map.nodes[key]
            if node.kind not in ("decision", "reading"):
                continue
            onward = [best[way.target] for way in self.map.from_node(key, "next") if way.target in best]
            seconds, path = max(onward, key=lambda one: one[0], default=(0, []))
            if node.id in out:
                best[key] = seconds + self._read(len(self._words(self.map.story.scenes[node.id].optional or "").split())), path
            else:
                best[key] = seconds + self.scenes[key] + self.coming[key], [key, *path]
        return best[self.map.start]

    # One scene

    def _words(self, template: object) -> str:
        return on_paper(template, self.map.words)  # type: ignore[arg-type]

    @staticmethod
    def _read(count: int) -> int:
        return round(count * 60 / WORDS_A_MINUTE)

    def _script(self, scene: Scene) -> int:
        told = max((word_count(telling.script, self.map.words) for telling in scene.tellings), default=0)
        return word_count(scene.script, self.map.words) + told

    def _scene(self, node: Node) -> int:
        """Reading the scene and its options, what the longest of them shows at once, and 45 seconds to decide."""
        scene = self.map.story.scenes[node.id]
        count = self._script(scene) + len(self._words(scene.ask).split())
        at_once: list[int] = [0]

        def add(label: object, thought: object, script: Sequence[Cue] = (), send: object = "") -> None:
            nonlocal count
            count += len(self._words(label).split()) + len(self._words(thought).split())
            at_once.append(word_count(script, self.map.words) + len(self._words(send or "").split()))

        for choice in scene.choices.values():
            add(choice.label, choice.thought, choice.script, choice.send)
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                add(piece.label, piece.thought)
            at_once.append(word_count(scene.pick.script, self.map.words))
        if scene.board is not None:
            for card in scene.board.cards.values():
                add(card.text, "")
            for question in scene.board.questions.values():
                add(question.ask, "")
        return self._read(count + max(at_once)) + (DECISION_SECONDS if scene.decides else 0)

    def _coming(self, node: Node) -> int:
        ways = self.map.from_node(node.key, "later")
        options = sum(1 for option in node.options if option.kind in ("choice", "stay", "silence", "piece"))
        seconds = sum(self._brought(way.target) * max(len(way.options), 1) for way in ways)
        return round(seconds / max(options, 1))

    def _brought(self, key: str) -> int:
        return self._read(self._script(self.map.story.scenes[self.map.nodes[key].id]))

    def _length(self, passage: Passage) -> int:
        """Words of a passage. Of what depends on something, a half is told."""
        lengths = {True: 0, False: 0}
        for row in passage.rows:
            lengths[row.guard is None] += len(self._words(row.text).split())
        return lengths[True] + lengths[False] // 2

    def _after(self) -> int:
        story = self.map.story
        targets = {way.target for way in self.map.from_node(FINISH, "reckoning")}
        reckoning = sum(self._brought(key) for key in targets) // 2
        ending = max((self._length(ending.epilogue) for ending in story.endings), default=0)
        codas = sum(self._length(coda.text) for coda in story.codas) // 2
        return reckoning + self._read(ending + codas)


def cut_for(story: Story, minutes: int) -> tuple[str, ...]:
    """The scenes that a session of 30, 60 or 90 minutes leaves out; nothing where the whole story fits."""
    return Timings(story_map(story)).plan(minutes).left_out


def cut_to_fit(story: Story, minutes: int) -> Story:
    """The story as a session of 30, 60 or 90 minutes plays it: the whole of it where that fits."""
    return cut_story(story, cut_for(story, minutes))


def cut_words(story: Story, minutes: int) -> list[str]:
    """What such a cut leaves out, and whether it fits, in sentences."""
    times = Timings(story_map(story))
    plan = times.plan(minutes)
    titles = ", ".join(f"“{times.map.nodes[scene_key(name)].title}”" for name in story.cut)
    if titles:
        lines = [_("Left out for {minutes} minutes: {scenes}.").format(minutes=minutes, scenes=titles)]
    else:
        lines = [_("Nothing has to be left out for {minutes} minutes.").format(minutes=minutes)] if plan.fits else []
    if not plan.fits:
        whole = minutes_words(times.play(frozenset(story.cut)))
        lines.append(_("Even so the story takes about {time}, which is more than such a session has.").format(time=whole))
    return lines


def minutes_words(seconds: int) -> str:
    """Seconds as minutes, to the half: `1½ min`."""
    halves = max(round(seconds / 30), 1)
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} min"
