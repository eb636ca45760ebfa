"""What every part of a guide needs: the story, its map, its words and its timings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.debrief import dial_labels
from engine.story.model import DIAL_UNIT, Cue, Effect, Passage, Story, Template
from game.graph.labels import bare_words
from game.graph.storymap import StoryMap, story_map
from game.graph.texts import on_paper, one_line
from game.guide.blocks import Run, ScriptLine, Words, words
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
        return self._flowed((template,))

    def _flowed(self, lines: Iterable[Template]) -> str:
        paragraphs = "\n".join(on_paper(line, self.words) for line in lines).split("\n\n")
        return "\n".join(one_line(paragraph) for paragraph in paragraphs)

    def _passage(self, passage: Passage) -> Words:
        """A passage as a whole: what depends on something stands on lines of its own, with what it depends on."""
        found: list[Run | str] = []
        for guard, lines in passage.parts():
            found.append("\n" if found else "")
            if guard is not None:
                found.append(Run(_("(if {condition})").format(condition=self.said.say(guard.text)) + " ", "quiet"))
            found.append(self._flowed(lines))
        return words(*found)

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
