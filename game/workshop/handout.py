"""A page to print for everybody in the room: what it is about, how the session goes, room to write, a rule of one's own. No spoilers.

The questions of the decisions stand there without their options, and of what an author writes above the options only what asks: the
rest tells what has happened. A question that only some rooms are asked is left out, since it would say what may happen.
"""

from __future__ import annotations

import re

from engine.story.cut import cut_story
from engine.story.model import Scene, Story
from game.graph.texts import one_line
from game.guide.blocks import Block, Box, Bullets, Guide, Heading, Para, Run, Table, words
from game.guide.page import STYLE, page
from game.guide.writer import Writer
from game.words import _

MOST_QUESTIONS = 6
"""Decisions with room to write: what fits onto one side of A4, with the rule."""

_STYLE = """
@page { margin: 13mm 15mm; }
@media print { html { font-size: 10.5pt; } h2 { margin: .9rem 0 .3rem; } h1 { font-size: 2rem; } }
td { height: 3.6rem; }
"""


def handout(story: Story, minutes: int | None = None) -> bytes:
    """The handout as HTML for A4. With `minutes`, only the questions of a session so long."""
    if minutes is not None:
        from game.guide.timings import cut_for

        story = cut_story(story, cut_for(story, minutes))
    made = _Handout(story, "svg")
    guide = Guide(one_line(story.title), _("A handout for the workshop"), story.scenario.language, made.blocks())
    return page(guide).replace(STYLE.encode(), (STYLE + _STYLE).encode(), 1)


class _Handout(Writer):
    def blocks(self) -> list[Block]:
        story = self.story
        blocks: list[Block] = []
        if story.head["blurb"]:
            blocks.append(Para(words(story.head["blurb"]), "lead"))
        if story.note:
            blocks.append(Para(words(Run(_("Before we begin: "), "strong"), story.note)))
        blocks.append(
            Box(
                "care",
                [
                    Heading(4, _("How we do this")),
                    Bullets(
                        [
                            words(_("First everybody decides, then we look. Nobody has to say what they chose.")),
                            words(_("No option is labelled right. Each is something that a decent person could do.")),
                            words(_("We speak for ourselves, and what is said here stays here.")),
                            words(_("Nobody is asked whether something like it has happened to them.")),
                            words(_("You may look away, pass, or leave the room at any time, without a reason.")),
                            words(
                                _("What has to be reported is reported, and by this route: "),
                                Run(story.slots.get("reporting_route", ""), "fill"),
                                ".",
                            ),
                        ]
                    ),
                ],
            )
        )
        asked = self.questions()
        if asked:
            blocks.append(Heading(2, _("What would you do, and why"), "notes"))
            blocks.append(Para(words(_("A word or two before the hands go up, for yourself alone.")), "aside"))
            rows = [[[words(Run(title, "strong")), words(ask)], [words("")]] for title, ask in asked]
            blocks.append(Table([_("When it comes to"), _("I would … because …")], rows, [34, 66]))
        blocks.append(Heading(2, _("My rule"), "rule"))
        blocks.append(
            Para(words(_("One situation that you will meet, and what you do then. Short enough to remember.")), "keep")
        )
        blocks.append(
            Table(
                ["", ""],
                [[[words(Run(_("If"), "strong"))], [words("")]], [[words(Run(_("then I"), "strong"))], [words("")]]],
                [14, 86],
            )
        )
        support = story.slots.get("support_line", "")
        if support:
            blocks.append(
                Para(
                    words(
                        _("If something here came close to home: "),
                        Run(support, "fill"),
                        _(". You need not explain why you call."),
                    )
                )
            )
        return blocks

    def questions(self) -> list[tuple[str, str]]:
        """(title, question) of the decisions that every room meets, in their order."""
        path = self.times.path(frozenset(self.story.cut))
        sure = [
            scene
            for key in path
            if (scene := self.story.scenes.get(self.map.nodes[key].id)) is not None
            and scene.decides
            and scene.guard is None
            and not scene.consequence
        ]
        if len(sure) > MOST_QUESTIONS:
            best = {self.map.nodes[key].id for key in self._worth(sure)}
            sure = [scene for scene in sure if scene.id in best]
        found: list[tuple[str, str]] = []
        for scene in sure:
            ask = scene.ask or (
                scene.pick.ask if scene.pick is not None else scene.board.ask if scene.board is not None else ""
            )
            found.append((one_line(self._text(scene.title)), asking(one_line(self._text(ask)))))
        return found

    def _worth(self, sure: list[Scene]) -> list[str]:
        ids = {scene.id for scene in sure}
        stops = [key for key in self.times.stops(frozenset(self.story.cut)) if self.map.nodes[key].id in ids]
        return stops[:MOST_QUESTIONS]


def asking(text: str) -> str:
    """The sentences of a text that ask something of its own."""
    asks = [part for part in re.split(r"(?<=[.?!…]) ", text) if part.endswith("?")]
    return " ".join(part for part in asks if part.casefold() not in _PLAIN)


_PLAIN = ("what do you do?", "what do you do now?", "what now?")
"""Asks that say no more than that there is a decision."""


__all__ = ["asking", "handout"]
