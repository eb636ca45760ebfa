"""What comes after the scenes: consequences, endings, the debrief, and what is fact."""

from __future__ import annotations

from engine.script.times import duration_words
from engine.story.model import Due, Scene, Telling
from game.graph.storymap import effects_of, scene_key
from game.graph.texts import name_of_id, one_line
from game.guide.blocks import Block, Bullets, Cell, Heading, Para, Run, Script, ScriptLine, Table, Words, words
from game.guide.facts import facts
from game.guide.writer import Writer
from game.words import _


class Aftermath(Writer):
    """Writes what the story comes to."""

    def _comes_back(self) -> list[Block]:
        """Each consequence with what brings it, its text and its effects."""
        nodes = self.map.of_kind("consequence")
        if not nodes:
            return []
        blocks: list[Block] = [
            Heading(2, _("For the facilitator only: what comes back"), "later", fresh=True),
            Para(words(_("No play meets all of these. Each stands with what brings it."))),
        ]
        brought: dict[str, list[tuple[Due, str]]] = {}
        for scene in self.story.scenes.values():
            for effect in effects_of(scene):
                for index in effect.later:
                    self._bring(brought, self.story.dues[index], self._source(effect.source))
        for index in self.story.reckoning:
            self._bring(brought, self.story.dues[index], _("the last scene"))
        for node in nodes:
            scene = self.story.scenes[node.id]
            blocks.append(Heading(3, node.title, f"scene-{node.id}"))
            blocks += [Para(said, "aside") for said in self._bringers(node.id, brought.get(node.id, []))]
            lines = self._script(scene.script, scene.place or "")
            for number, telling in enumerate(scene.tellings, 1):
                lines += [
                    ScriptLine("", telling_words(scene, telling, number)),
                    *self._script(telling.script, scene.place or ""),
                ]
            if lines:
                blocks.append(Script(lines))
            if self._changes(scene.effect):
                blocks.append(
                    Para(words(Run(self._changes(scene.effect), "strong"), " ", one_line(self._text(scene.effect.because))))
                )
        return blocks

    def _bring(self, brought: dict[str, list[tuple[Due, str]]], due: Due, source: str) -> None:
        for scene in dict.fromkeys((due.scene, due.otherwise)):
            if scene is not None:
                brought.setdefault(scene, []).append((due, source))

    def _source(self, source: str) -> str:
        scene, _dot, name = source.partition(".")
        title = self.map.nodes[scene_key(scene)].title
        for option in self.map.nodes[scene_key(scene)].options:
            if option.id == source:
                return _("“{option}” in “{scene}”").format(option=option.label, scene=title)
        rule = name_of_id(name) if name not in ("", "pick", "board") else ""
        return _("“{scene}”: {rule}").format(scene=title, rule=rule) if rule else f"“{title}”"

    def _bringers(self, scene: str, brought: list[tuple[Due, str]]) -> list[Words]:
        """What brings a consequence: when, after what, on what condition, with which effect; what differs only in its source is one."""
        groups: dict[tuple[str, str, str], list[str]] = {}
        for due, source in brought:
            time = duration_words(due.after, 2)
            when = _("{time} after ").format(time=time)
            condition = ""
            if due.guard is not None:
                text = self.said.say(due.guard.text)
                found = _(", if {condition}") if scene == due.scene else _(", unless {condition}")
                condition = found.format(condition=text)
            changes = self._changes(due.effect) if due.effect is not None else ""
            because = one_line(self._text(due.effect.because)) if due.effect is not None else ""
            rest = f" {changes}: {because}" if changes and scene == due.scene else ""
            groups.setdefault((when, condition, rest), []).append(source)
        return [
            words(Run(f"{when}{_(' or ').join(sources)}{condition}.", "later"), rest)
            for (when, condition, rest), sources in groups.items()
        ]

    def _endings(self) -> list[Block]:
        blocks: list[Block] = [
            Heading(2, _("For the facilitator only: how it ends"), "endings", fresh=True),
            Para(words(_("They are tried in this order, and the first that holds is told."))),
        ]
        for number, ending in enumerate(self.story.endings, 1):
            how = (
                _("If {condition}.").format(condition=self.said.say(ending.guard.text))
                if ending.guard is not None
                else _("If none of the others holds.")
            )
            blocks += [
                Heading(3, f"{number}. {one_line(self._text(ending.title))}", f"ending-{ending.id}"),
                Para(words(Run(how, "later")), "keep"),
                Para(self._passage(ending.epilogue), "quote"),
            ]
            if ending.support:
                blocks.append(Para(words(_("The support line is shown after this ending.")), "aside"))
        if self.story.codas:
            blocks.append(Heading(3, _("After any ending, where it holds")))
            blocks.append(Bullets([
                words(*self._passage(coda.text), Run("  " + _("(if {condition})").format(condition=self.said.say(coda.guard.text)) if coda.guard else "", "quiet"))
                for coda in self.story.codas
            ]))  # fmt: skip
        return blocks

    def _debrief(self) -> list[Block]:
        blocks: list[Block] = [Heading(2, _("For the facilitator only: the debrief"), "debrief", fresh=True)]
        if self.story.questions:
            blocks += [
                Heading(3, _("Questions")),
                Bullets([words(self._text(question)) for question in self.story.questions], ordered=True),
            ]
        cheapest = self.story.scenario.debrief.cheapest
        if cheapest is not None:
            title = one_line(self._text(self.story.scenes[cheapest].title))
            blocks += [
                Heading(3, _("Where acting was cheapest")),
                Para(
                    words(
                        Run(f"{self.numbers.get(scene_key(cheapest), '')}. {title}. ".lstrip(". "), "strong"),
                        self._text(self.story.cheapest_because),
                    )
                ),
            ]
        if self.story.rules:
            blocks += [
                Heading(3, _("Rules to begin one’s own from")),
                Bullets([words(self._text(rule)) for rule in self.story.rules]),
            ]
        if self.story.unseen:
            blocks.append(Heading(3, _("What nobody saw")))
            blocks.append(Bullets([
                words(Run(f"{one_line(self._text(self.story.scenes[scene].title))}: ", "strong"), *self._passage(text))
                for scene, text in self.story.unseen.items()
            ]))  # fmt: skip
        blocks += [
            Heading(3, _("The five dials")),
            Para(words(_("There is no total. Each dial runs from -10 to +10 on the screen and is compared on its own: {dials}.").format(dials=", ".join(self.labels.values()).lower()))),
        ]  # fmt: skip
        return blocks

    def _fiction(self) -> list[Block]:
        blocks: list[Block] = [
            Heading(2, _("What is fact and what is fiction"), "facts"),
            Para(words(_("Fiction: every person, place, organisation and message in the story. What follows a choice is one author’s judgement of what might well happen, not a forecast. The scores are there to talk about."))),
        ]  # fmt: skip
        known = facts()
        rows: list[list[Cell]] = []
        for name in self.story.scenario.facts:
            fact = known.get(name)
            rows.append(
                [
                    [words(name)],
                    [
                        words(fact.text)
                        if fact
                        else words(Run(_("not described here: look it up where the author keeps the facts"), "quiet"))
                    ],
                    [words(Run(fact.source if fact else "", "quiet"))],
                ]
            )
        if rows:
            blocks.append(
                Para(
                    words(
                        _(
                            "Fact: the story leans on these. They were read in November 2026; check them, above all what apps do and what the law says where you are, before you quote them to a room."
                        )
                    )
                )
            )
            blocks.append(Table([_("No."), _("What is known"), _("From")], rows, [9, 63, 28]))
        return blocks


def telling_words(scene: Scene, telling: Telling, number: int) -> str:
    """What stands above a telling: how often it comes, or of what it tells where the odds of a leak draw it."""
    ways = {
        "passed-on": _("somebody passed “{message}” on"),
        "found": _("“{message}” was found"),
        "out": _("“{message}” came out, whichever way"),
        "never": _("“{message}” never came out"),
    }
    rivals = [one.weight for one in scene.tellings if one.way == telling.way]
    if not scene.leak:
        return _("Telling {number}, in {weight} of {all} plays:").format(number=number, weight=telling.weight, all=sum(rivals))
    told = ways[telling.way].format(message=scene.leak)
    if len(rivals) == 1:
        return _("Telling {number}, where {told}, by the odds of a leak:").format(number=number, told=told)
    return _("Telling {number}, where {told}, by the odds of a leak, in {weight} of {all} of these:").format(
        number=number, told=told, weight=telling.weight, all=sum(rivals)
    )
