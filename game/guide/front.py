"""The first part of a guide, which may be shown to anybody: what it is, how to run it, who is in it."""

from __future__ import annotations

from game.graph.storymap import scene_key
from game.graph.texts import one_line
from game.guide.blocks import Block, Box, Bullets, Cell, Heading, Para, Run, Table, Words, words
from game.guide.statements import statements
from game.guide.timings import DECISION_SECONDS, PLANS, WORDS_A_MINUTE, Plan, minutes_words
from game.guide.writer import Writer
from game.words import _, n_


class Front(Writer):
    """Writes what gives nothing away."""

    def _synopsis(self) -> list[Block]:
        head = self.story.head
        minutes = n_("{count} minute", "{count} minutes", self.story.minutes).format(count=self.story.minutes)
        blocks: list[Block] = []
        if head["blurb"]:
            blocks.append(Para(words(head["blurb"]), "lead"))
        counted = [len(self.map.of_kind(kind)) for kind in ("decision", "ending")]
        rows = [
            (_("Plays"), _("about {minutes} for one person, {decisions} decisions, {endings} endings").format(
                minutes=minutes, decisions=counted[0], endings=counted[1])),
            (_("You are"), head.get("you.is", "")),
            (_("Where"), head["sector"]),
            (_("Tone"), head["tone"]),
            (_("Begins"), self.story.scenario.begins),
            (_("Before you play"), head.get("note", "")),
            (_("Written by"), " · ".join(part for part in (head.get("author", ""), head.get("licence", "")) if part)),
        ]  # fmt: skip
        blocks.append(_facts_table(rows))
        return blocks

    def _before(self) -> list[Block]:
        blocks: list[Block] = [Heading(2, _("Before you begin"), "before")]
        slots = self.story.slots
        skips = [one_line(self._text(scene.title)) for scene in self.story.scenes.values() if scene.skip is not None]
        care: list[Words] = [
            words(_("Say beforehand what the story is about, in the words of the content note, and that anybody may stop, look away or leave the room at any moment without a reason.")),
            words(_("Nobody is asked whether something like it has happened to them. If somebody tells you anyway, thank them, do not go into it before the group, and speak with them afterwards.")),
            words(_("If somebody tells you of something that has to be reported, say so kindly and at once, and use the route that your policy names: "), Run(slots.get("reporting_route", ""), "fill"), "."),
            words(_("Support for anybody who wants it, during and after: "), Run(slots.get("support_line", ""), "fill"), _(". Put the number where everybody can see it.")),
            words(_("Offensive content is described and never shown. Do not spell it out, and ask the room not to.")),
            words(_("No option is labelled right or wrong, and neither should you. The talk is worth more than the answer.")),
        ]  # fmt: skip
        if skips:
            care.append(words(_("These scenes can be skipped with one key: "), ", ".join(f"“{title}”" for title in skips), "."))
        blocks.append(Box("care", [Heading(4, _("Looking after the people in the room")), Bullets(care)]))
        blocks.append(Heading(3, _("Words to fill in")))
        used = [
            name
            for name in slots
            if name in self.story.slots_used or name in self.story.scenario.slots or name == "support_line"
        ]
        rows: list[list[Cell]] = [[[words(f"{{{name}}}")], [words(slots[name])], [words("")]] for name in used]
        blocks.append(
            Para(
                words(
                    _(
                        "The story speaks of your routes and your policy. It uses the words in the middle until you put your own in organisation.yaml; pencil them in here first."
                    )
                )
            )
        )
        blocks.append(Table([_("Slot"), _("Says now"), _("At our place it is called")], rows, [26, 32, 42]))
        blocks.append(
            Para(
                words(
                    _(
                        "Where a duty or a law is mentioned, your own policy and local law decide. This is training material, not legal advice."
                    )
                ),
                "aside",
            )
        )
        return blocks

    def _running(self) -> list[Block]:
        blocks: list[Block] = [Heading(2, _("Running it"), "running")]
        full, core = self.times.play(), self.times.play(self.times.core)
        told = _("Reading every word at {speed} words a minute and taking {seconds} seconds for each decision, the longest way through takes {full}.").format(
            speed=WORDS_A_MINUTE, seconds=DECISION_SECONDS, full=_minutes(full))  # fmt: skip
        if core < full:
            told += " " + _("Without the optional scenes it takes {core}.").format(core=_minutes(core))
        blocks.append(Para(words(told, " ", _("A person alone reads faster than a room that is read to."))))
        plans = [self.times.plan(minutes) for minutes in PLANS]
        rows: list[list[Cell]] = [
            [[words(name)], *([words(f"{part(plan)} min" if part(plan) else "–")] for plan in plans)]
            for name, part in (
                (_("Opening: what this is, and the content note"), lambda plan: plan.opening),
                (_("Playing, reading and deciding together"), lambda plan: plan.play),
                (_("Stopping to talk at a decision"), lambda plan: plan.talk),
                (_("Debrief, with questions"), lambda plan: plan.debrief),
                (_("Close: routes, support, one thing to take along"), lambda plan: plan.close),
            )
        ]
        heads = [_("{minutes} minutes").format(minutes=plan.minutes) for plan in plans]
        blocks.append(Table(["", *heads], rows, [49, 17, 17, 17]))
        blocks += [
            Para(words(Run(_("In {minutes} minutes: ").format(minutes=plan.minutes), "strong"), self._plan(plan)), "keep")
            for plan in plans
        ]
        optional = [node for node in self.map.of_kind("decision", "reading") if node.optional]
        if optional:
            blocks.append(Heading(3, _("What a short session leaves out")))
            lines = [
                words(Run(node.title, "strong"), f" ({minutes_words(self.times.scenes[node.key])}): ", self._text(self.story.scenes[node.id].optional or ""))
                for node in optional
            ]  # fmt: skip
            blocks += [Para(words(_("The game reads one line to the room instead:"))), Bullets(lines)]
        blocks.append(Heading(3, _("How to play with a room")))
        blocks.append(Bullets([
            words(_("Put the phone on the big screen. Read aloud, or let people read the parts.")),
            words(_("At a decision, let everybody commit before anybody speaks: fingers, cards or phones. Then ask the smallest group first.")),
            words(_("Play what most have chosen. Note what the others wanted; the debrief can go back to it.")),
            words(_("Do not say what an option leads to. The story does, hours or years later.")),
            words(_("Saying nothing is an option too. Count it.")),
        ], ordered=True))  # fmt: skip
        return blocks

    def _plan(self, plan: Plan) -> str:
        if not plan.fits:
            until = self.map.nodes[plan.until].title if plan.until else ""
            alone = _(
                "the whole story does not fit. Let people play it on their own beforehand and spend the time on the debrief"
            )
            if not until:
                return alone + "."
            return alone + _("; or play without the optional scenes as far as “{scene}”, and go on another day.").format(
                scene=until
            )
        said = self._played(plan)
        if plan.stops:
            said += _("; stop to talk at {scenes}").format(
                scenes=", ".join(f"“{self.map.nodes[key].title}”" for key in plan.stops)
            )
        elif plan.talk < 2:
            said += _("; decide quickly and keep the talk for the debrief")
        asked = n_("ask {count} of the questions", "ask {count} of the questions", plan.questions).format(count=plan.questions)
        return f"{said}; {asked}." if plan.questions else f"{said}."

    def _played(self, plan: Plan) -> str:
        if not plan.left_out:
            return _("play everything")
        if len(plan.left_out) == len(self.times.core):
            return _("leave the optional scenes out")
        titles = ", ".join(f"“{self.map.nodes[scene_key(name)].title}”" for name in plan.left_out)
        return _("leave {scenes} out").format(scenes=titles)

    def _covers(self) -> list[Block]:
        known = statements()
        rows: list[list[Cell]] = [[[words(name)], [words(known[name])]] for name in self.story.covers if name in known]
        if not rows:
            return []
        return [Heading(2, _("What it covers"), "covers"), Table([_("No."), _("Statement")], rows, [10, 90])]

    def _people(self) -> list[Block]:
        blocks: list[Block] = [Heading(2, _("People and places"), "people")]
        rows: list[list[Cell]] = [
            [[words(Run(self.story.head.get("you") or _("You"), "strong"))], [words(self.story.head.get("you.is", ""))]]
        ]
        for person, given in self.story.cast.items():
            made_up = "" if given.get("name") else " " + _("(the name is made up anew for each play)")
            rows.append([[words(Run(self.words[person], "strong"))], [words(given.get("is", ""), Run(made_up, "quiet"))]])
        blocks.append(Table([_("Who"), _("What they are")], rows, [26, 74]))
        alike: dict[str, list[str]] = {}
        for name in self.story.places:
            alike.setdefault(self._about_place(name), []).append(self._place(name))
        places: list[list[Cell]] = [
            [[words(Run(", ".join(dict.fromkeys(names)), "strong"))], [words(about)]] for about, names in alike.items()
        ]
        blocks.append(Table([_("Place"), _("What it is")], places, [40, 60]))
        return blocks

    def _about_place(self, name: str) -> str:
        place = self.story.places[name]
        kinds = {
            "group": _("a group chat"), "dm": _("direct messages"), "feed": _("a public feed"), "mail": _("mail"), "settings": _("settings"),
            "in-person": _("in person"), "call": _("a call"), "letter": _("a letter"), "form": _("a form"), "records": _("a records screen"),
            "board": _("a board of cards"),
        }  # fmt: skip
        said = [kinds.get(place.kind, place.kind)]
        if place.members and place.kind in ("group", "feed"):
            count = f"{place.members:,}"
            said.append(
                _("{count} followers").format(count=count)
                if place.kind == "feed"
                else n_("{count} member", "{count} members", place.members).format(count=count)
            )
        if place.people and place.kind == "group":
            said.append(_("among them {names}").format(names=", ".join(self.words[person] for person in place.people)))
        if place.official:
            said.append(_("run by the employer"))
        if place.own:
            said.append(_("the player’s own"))
        return "; ".join(said)


def _minutes(seconds: int) -> str:
    count = round(seconds / 60)
    return n_("about {count} minute", "about {count} minutes", count).format(count=count)


def _facts_table(rows: list[tuple[str, str]]) -> Table:
    return Table(["", ""], [[[words(Run(name, "strong"))], [words(text)]] for name, text in rows if text], [22, 78])
