"""The map and the scenes, one by one: what the room sees, and what only the facilitator should."""

from __future__ import annotations

from engine.script.times import duration_words
from engine.story.model import Choice, Cue, Due, Effect, Scene, Template
from game.clock import day_name
from game.graph.storymap import Node, scene_key
from game.graph.texts import one_line
from game.guide.blocks import Block, Box, Bullets, Cell, Heading, Para, Run, Script, ScriptLine, Table, Words, words
from game.guide.maps import map_blocks
from game.guide.timings import minutes_words
from game.guide.transcript import transcript
from game.guide.writer import Writer
from game.words import _


class Scenes(Writer):
    """Writes the story as it can go."""

    def _map(self) -> list[Block]:
        spoilers = _("From here on the story is given away. Do not hand these pages out before everybody has played.")
        legend = _(
            "A box is a decision, a rounded box is a scene to read, a tab marks an optional scene. What stands in a dashed note comes back later, with the option that brings it. A double line is an ending: they are tried in order and the first that holds is told."
        )
        return [
            Heading(2, _("For the facilitator only: the map"), "map", fresh=True),
            Box("spoiler", [Para(words(Run(spoilers, "strong")))]),
            Para(words(legend), "aside"),
            *map_blocks(self.map, self.pictures, self.said.say),
        ]  # fmt: skip

    def _scenes(self) -> list[Block]:
        blocks: list[Block] = [Heading(2, _("For the facilitator only: scene by scene"), "scenes", fresh=True)]
        for node in self.map.of_kind("decision", "reading"):
            blocks += self._scene(node)
        return blocks

    def _scene(self, node: Node) -> list[Block]:
        scene = self.story.scenes[node.id]
        about = [self._when(node), self.map.place_name(node), minutes_words(self.times.scenes[node.key])]
        if node.optional:
            about.append(_("optional"))
        blocks: list[Block] = [
            Heading(3, f"{self.numbers[node.key]}. {node.title}", f"scene-{node.id}"),
            Para(words(" · ".join(part for part in about if part)), "aside"),
        ]
        if scene.guard is not None:
            blocks.append(Para(words(Run(_("Only if "), "later"), Run(self.said.say(scene.guard.text), "later")), "aside"))
        lines = self._script(scene.script, scene.place or "")
        for telling in scene.tellings:
            lines += [ScriptLine("", _("One way it may be told:")), *self._script(telling.script, scene.place or "")]
        if lines:
            blocks.append(Script(lines))
        if node.kind == "decision":
            blocks += self._decision(scene)
        spoilers = self._spoilers(scene)
        if spoilers:
            blocks.append(Box("spoiler", [Heading(4, _("For the facilitator only")), *spoilers]))
        return blocks

    def _when(self, node: Node) -> str:
        if node.at is None:
            return ""
        return _("Day {number}, {weekday} {time}").format(
            number=self.map.day(node), weekday=day_name(self.story, node.at), time=self.map.when_words(node)
        )

    def _decision(self, scene: Scene) -> list[Block]:
        """What the room sees: the options with their inner voices."""
        ask = scene.ask or (scene.pick.ask if scene.pick is not None else scene.board.ask if scene.board is not None else "")
        blocks: list[Block] = [Para(words(Run(self._text(ask) or _("What do you do?"), "strong")), "keep")]
        if scene.limit:
            blocks.append(
                Para(
                    words(_("There are {seconds} seconds to decide; then the silence is taken.").format(seconds=scene.limit)),
                    "aside",
                )
            )
        items: list[Words] = [
            self._option(choice.label, choice.thought, choice.guard.text if choice.guard else "", choice.look, choice.send)
            for choice in scene.choices.values()
        ]
        if scene.pick is not None:
            most = _("as many as fit") if scene.pick.most else _("any number")
            blocks.append(Para(words(_("Several can be picked ({count}).").format(count=most)), "aside"))
            items += [self._option(p.label, p.thought, p.guard.text if p.guard else "") for p in scene.pick.pieces.values()]
        if scene.board is not None:
            items += [words(Run(self._text(question.ask), "strong")) for question in scene.board.questions.values()]
            items += [words(_("Card: "), self._text(card.text)) for card in scene.board.cards.values()]
        blocks.append(Bullets(items))
        if scene.discuss is not None:
            blocks.append(Para(words(Run(_("To talk about: "), "strong"), self._text(scene.discuss)), "aside"))
        if scene.no_silence:
            blocks.append(Para(words(_("There is no silence here: "), self._text(scene.no_silence)), "aside"))
        return blocks

    def _option(
        self, label: Template, thought: Template, condition: str, look: bool = False, send: Template | None = None
    ) -> Words:
        sent = one_line(self._text(send)) if send else ""
        label_words = one_line(self._text(label))
        return words(
            Run(label_words, "strong"),
            Run(_(" (only looking)") if look else "", "quiet"),
            Run(_(" (only if {condition})").format(condition=self.said.say(condition)) if condition else "", "quiet"),
            Run(f" {one_line(self._text(thought))}" if thought else "", "soft"),
            Run(f"  → “{sent}”" if sent and sent != label_words else "", "quiet"),
        )

    def _spoilers(self, scene: Scene) -> list[Block]:
        """What each option changes, why, and what it sets in motion; and what nobody saw."""
        rows: list[list[Cell]] = []
        blocks: list[Block] = []
        if self._changes(scene.effect) or scene.effect.later:
            rows.append([[words(_("Whatever is chosen"))], self._changed(scene.effect), self._motion(scene.effect)])
        rows += [
            [
                [words(Run(one_line(self._text(choice.label)), "strong"))],
                self._changed(choice.effect),
                self._motion(choice.effect, choice, scene.place),
            ]
            for choice in scene.choices.values()
            if not choice.look
        ]
        for decision in (scene.pick, scene.board):
            if decision is None:
                continue
            if scene.pick is decision:
                rows += [
                    [[words(Run(self._text(p.label), "strong"))], self._changed(p.effect), self._motion(p.effect)]
                    for p in scene.pick.pieces.values()
                ]
            if self._changes(decision.effect) or decision.effect.later or decision.script:
                rows.append(
                    [
                        [words(_("When it is done"))],
                        self._changed(decision.effect),
                        [*self._at_once(decision.script, scene.place), *self._motion(decision.effect)],
                    ]
                )
            for rule in decision.rules:
                when = _("If {condition}").format(condition=self.said.say(rule.guard.text))
                rows.append(
                    [
                        [words(Run(when, "quiet"))],
                        self._changed(rule.effect),
                        [*self._at_once(rule.script, scene.place), *self._motion(rule.effect)],
                    ]
                )
        if rows:
            blocks.append(Table([_("Option"), _("What it changes, and why"), _("What it sets in motion")], rows, [24, 40, 36]))
        branches = [way for way in self.map.from_node(scene_key(scene.id), "next") if way.conditions() or not way.whole]
        if branches:
            blocks.append(
                Bullets(
                    [
                        self._branch(way.target, way.conditions(), [o.label for o in way.options] if not way.whole else [])
                        for way in branches
                    ]
                )
            )
        unseen = self.story.unseen.get(scene.id)
        if unseen is not None and unseen.rows:
            blocks.append(Para(words(Run(_("Nobody saw this: "), "strong"), *self._passage(unseen))))
        return blocks

    def _branch(self, target: str, conditions: list[str], options: list[str]) -> Words:
        title = self.map.nodes[target].title
        number = self.numbers.get(target)
        where = f"{number}. {title}" if number else _("the end")
        said = [self._condition(condition) for condition in conditions]
        after = _("after {options}").format(options=", ".join(f"“{label}”" for label in options)) if options else ""
        about = "; ".join(part for part in (*said, after) if part)
        return words(_("Goes on with {scene}").format(scene=where), f" ({about})" if about else "")

    def _changed(self, effect: Effect) -> Cell:
        changes = self._changes(effect)
        if effect.late != 100:
            changes += _(" (late: the good counts {percent} %)").format(percent=effect.late)
        cell = [words(Run(changes, "strong"))] if changes else []
        because = one_line(self._text(effect.because))
        return [*cell, words(because)] if because else cell or [words(Run(_("nothing that is counted"), "quiet"))]

    def _motion(self, effect: Effect, choice: Choice | None = None, place: str | None = None) -> Cell:
        cell: list[Words] = []
        if choice is not None:
            cell += self._at_once(choice.script, choice.to or place)
            if choice.takes:
                cell.append(words(Run(_("It takes {time}.").format(time=duration_words(choice.takes, 2)), "quiet")))
        cell += [words(Run(self._lasts(one.verb, one.place, one.person), "quiet")) for one in effect.lasting]
        for index in effect.later:
            due = self.story.dues[index]
            if due.scene is not None:
                cell.append(self._due(due))
        return cell or [words(Run("–", "quiet"))]

    def _lasts(self, verb: str, place: str, person: str) -> str:
        where = self._place(place) if place else ""
        who = _("you") if person == "you" else self.words.get(person, person)
        return {
            "leave": _("You are out of {place} for good."), "mute": _("{place} is muted: you read it late."), "unmute": _("{place} is heard again."),
            "remove": _("{person} is out of {place}."), "add": _("{person} is in {place}."), "delete": _("A message in {place} is gone."),
            "timer": _("Messages in {place} disappear."),
        }[verb].format(place=where, person=who)  # fmt: skip

    def _at_once(self, script: tuple[Cue, ...], place: str | None) -> list[Words]:
        lines = transcript(self.story, self.words, self.said, script, place or "")
        said = [f"{line.who}: {line.text}" if line.who else line.text for line in lines]
        return [words(Run(_("At once: "), "quiet"), Run(" / ".join(one_line(line) for line in said), "quiet"))] if said else []

    def _due(self, due: Due) -> Words:
        assert due.scene is not None
        title = one_line(self._text(self.story.scenes[due.scene].title))
        said = _("After {time}: {title}").format(time=duration_words(due.after, 2), title=title)
        if due.promise:
            said += _(" (what you promised yourself)")
        rest = ""
        if due.guard is not None:
            rest = _(", if {condition}").format(condition=self.said.say(due.guard.text))
            if due.otherwise is not None:
                rest += _("; otherwise {title}").format(title=one_line(self._text(self.story.scenes[due.otherwise].title)))
        return words(Run(said, "later"), rest, ".")
