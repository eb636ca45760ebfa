"""What every part of a guide needs: the story, its map, its words and its timings."""

from __future__ import annotations

from typing import Literal

from engine.debrief import dial_labels
from engine.story.model import DIAL_UNIT, Cue, Effect, Story, Template
from game.graph.labels import bare_words
from game.graph.storymap import StoryMap, story_map
from game.graph.texts import on_paper, one_line
from game.guide.blocks import ScriptLine
from game.guide.conditions import ConditionWords
from game.guide.timings import Timings
from game.guide.transcript import transcript
from game.words import _

Pictures = Literal["svg", "png"]


class Writer:
    """Holds what the parts of a guide share."""

    def __init__(self, story: Story, pictures: Pictures) -> None:
        self.story = story
        self.pictures = pictures
        self.map: StoryMap = story_map(story)
        self.words = {**self.map.words, "you": story.head.get("you") or _("(the player)")}
        self.said = ConditionWords(story, self.words)
        self.times = Timings(self.map)
        self.labels = dial_labels()
        self.numbers = {node.key: number for number, node in enumerate(self.map.of_kind("decision", "reading"), 1)}

    def _text(self, template: Template) -> str:
        """A text with its slots filled. Line ends inside a paragraph are the author's, not the reader's."""
        paragraphs = on_paper(template, self.words).split("\n\n")
        return "\n".join(one_line(paragraph) for paragraph in paragraphs)

    def _place(self, name: str) -> str:
        place = self.story.places[name]
        shown = one_line(self._text(place.name))
        return _("{place}, on {person}’s phone").format(place=shown, person=self.words[place.phone]) if place.phone else shown

    def _script(self, cues: tuple[Cue, ...], place: str) -> list[ScriptLine]:
        return [ScriptLine(*line) for line in transcript(self.story, self.words, self.said, cues, place)]

    def _changes(self, effect: Effect) -> str:
        return ", ".join(f"{self.labels[dial]} {points(change)}" for dial, change in effect.dials.items())

    def _condition(self, condition: str) -> str:
        if condition in bare_words():
            return condition
        return _("if {condition}").format(condition=self.said.say(condition))


def points(change: int) -> str:
    """Hundredths of a point as one shows them: `+2`, `-0.5`, with a true minus."""
    points = change / DIAL_UNIT
    return f"{points:+g}".replace("-", "−")
