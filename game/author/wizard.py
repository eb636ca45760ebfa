"""`seenby new`: a few questions on plain lines, and a scenario that loads, plays, checks and proves, to be written on.

Questions are asked one a line, so that it works in a pipe. `b` goes back to the question before; an empty line keeps what stands in
brackets; when the input ends, nothing is written. Each question can be answered by an option instead.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.story.slots import standard_slots
from game.author.copying import schema_file
from game.author.edit import AuthorProblem, braced, one_line, quoted
from game.author.kinds import TROUBLES, Option, Trouble
from game.author.people import name_trouble, words_of
from game.words import _

WHERE = {"group": "group", "feed": "feed", "mail": "mail"}
_PEOPLE = (
    ("Sam", "always first, means well"),
    ("Noor", "quiet, notices things"),
    ("Jonah", "laughs along"),
    ("Bridget", "in charge of the shift"),
)
_PLACES = {"group": "The shift", "feed": "Our page", "mail": "Inbox"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a trainer has said. Empty is: not said."""

    title: str = ""
    sector: str = ""
    you: str = ""
    people: tuple[tuple[str, str], ...] = ()
    where: str = ""
    place: str = ""
    kind: str = ""
    what: str = ""
    endings: tuple[str, ...] = ()
    locale: str = ""

    @classmethod
    def given(cls, args: argparse.Namespace) -> Answers:
        """What was answered by options. Raises AuthorProblem when an answer cannot be."""
        people: tuple[tuple[str, str], ...] = ()
        for given in args.person:
            trouble, person = _person(given, people)
            if trouble:
                raise AuthorProblem(trouble)
            people += (person,)
        if len(people) > 4 or len(people) == 1:
            raise AuthorProblem(_("Two to four people are wanted. Say --person once for each."))
        endings = tuple(one_line(one) for one in args.ending if one_line(one))
        trouble = _endings_trouble(endings) if endings else ""
        if trouble:
            raise AuthorProblem(trouble)
        where = _chosen(args.where, tuple(WHERE)) if args.where else ""
        kind = _chosen(args.kind, tuple(TROUBLES)) if args.kind else ""
        for said, found, known in ((args.where, where, WHERE), (args.kind, kind, TROUBLES)):
            if said and not found:
                raise AuthorProblem(
                    _("“{said}” is not known here. Choose one of: {known}.").format(said=one_line(said), known=", ".join(known))
                )
        return cls(
            title=one_line(args.title),
            sector=one_line(args.sector),
            you=one_line(args.you),
            people=people,
            where=where,
            place=one_line(args.place),
            kind=kind,
            what=one_line(args.what),
            endings=endings,
            locale=args.locale,
        )

    def whole(self) -> Answers:
        """These answers with the usual ones where nothing was said."""
        kind = self.kind or ("own" if self.what else "joke")
        where = self.where or "group"
        trouble = TROUBLES[kind]
        return replace(
            self,
            title=self.title or trouble.name,
            sector=self.sector or _("write the trade"),
            you=self.you or _("new here, second week"),
            people=self.people or tuple(_PEOPLE[:3]),
            where=where,
            place=self.place or _PLACES[where],
            kind=kind,
            what=self.what,
            endings=self.endings or tuple(title for title, _epilogue in trouble.endings),
        )


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    ask: Callable[[Answers], list[str]]
    usual: Callable[[Answers], str]
    take: Callable[[Answers, str], tuple[str, Answers]]
    """What is wrong with an answer (or nothing), and the answers with it."""


class Wizard:
    """Asks the questions that no option has answered."""

    def __init__(
        self, answers: Answers, read: Callable[[str], str | None], say: Callable[[str], None], *, prompts: bool = True
    ) -> None:
        self._start = answers
        self._read = read
        self._say = say
        self._prompts = prompts

    def run(self) -> Answers | None:
        """Ask, and return the answers; None when the input ended before the last one."""
        questions = [one for one in _questions() if not getattr(self._start, one.key)]
        history: list[Answers] = []
        answers = self._start
        if questions:
            self._say(
                _("An empty line keeps what stands in brackets. b goes back. Nothing is written before the last question.")
            )
        while len(history) < len(questions):
            question = questions[len(history)]
            for line in question.ask(answers):
                self._say(line)
            usual = question.usual(answers)
            given = self._read(f"[{usual}] ")
            if given is None:
                return None
            given = one_line(given)
            if given.casefold() == "b":
                if history:
                    answers = history.pop()
                else:
                    self._say(_("This is the first question."))
                continue
            trouble, changed = question.take(answers, given or usual)
            if trouble:
                self._say(trouble)
                continue
            history.append(answers)
            answers = changed
        return answers


def _questions() -> list[_Question]:
    def text(key: str, ask: str, usual: Callable[[Answers], str]) -> _Question:
        return _Question(key, lambda _answers: ["", ask], usual, lambda answers, said: ("", replace(answers, **{key: said})))

    def where(answers: Answers, said: str) -> tuple[str, Answers]:
        found = _chosen(said, tuple(WHERE))
        return ("" if found else _("Answer with a number from 1 to 3, or a word of the list."), replace(answers, where=found))

    def kind(answers: Answers, said: str) -> tuple[str, Answers]:
        found = _chosen(said, tuple(TROUBLES))
        if found:
            return "", replace(answers, kind=found)
        if len(said) > 12:  # own words, at once
            return "", replace(answers, kind="own", what=said)
        return _("Answer with a number from 1 to 5, or say it in your own words."), answers

    def people(answers: Answers, said: str) -> tuple[str, Answers]:
        found: tuple[tuple[str, str], ...] = ()
        for one in said.split(";"):
            if one.strip():
                trouble, person = _person(one, found)
                if trouble:
                    return trouble, answers
                found += (person,)
        if not 2 <= len(found) <= 4:
            return _("Two to four people are wanted, with a semicolon between them."), answers
        return "", replace(answers, people=found)

    def endings(answers: Answers, said: str) -> tuple[str, Answers]:
        found = tuple(one.strip() for one in said.split(";") if one.strip())
        return _endings_trouble(found), replace(answers, endings=found)

    def kinds(_answers: Answers) -> list[str]:
        return ["", _("What goes wrong?"), *(f"  {number}. {_(one.name)}" for number, one in enumerate(TROUBLES.values(), 1))]

    def usual_endings(answers: Answers) -> str:
        return "; ".join(title.replace(";", ",") for title, _epilogue in TROUBLES[answers.whole().kind].endings)

    return [
        text("title", _("What is the story called?"), lambda answers: _("An ordinary day")),
        text(
            "sector", _("In which trade does it play? (police, care, council, school, …)"), lambda answers: _("a small office")
        ),
        text("you", _("Who is the player?"), lambda answers: _("new here, second week")),
        _Question(
            "people",
            lambda _answers: [
                "",
                _("Who else is there? Two to four people: Name: who they are; Name: who they are"),
                _("The first starts it, the second is the one it is about, the third looks on, the fourth is in charge."),
            ],
            lambda answers: "; ".join(f"{name}: {about}" for name, about in _PEOPLE[:3]),
            people,
        ),
        _Question(
            "where",
            lambda _answers: ["", _("Where does it happen?"), "  1. group", "  2. feed", "  3. mail"],
            lambda answers: "group",
            where,
        ),
        text("place", _("What is that place called?"), lambda answers: _PLACES[answers.where or "group"]),
        _Question("kind", kinds, lambda answers: "own" if answers.what else "joke", kind),
        text(
            "what",
            _("What exactly is said or shown? Describe it; do not spell out anything hurtful."),
            lambda answers: TROUBLES[answers.kind or "joke"].what.replace("@b", answers.whole().people[1][0]),
        ),
        _Question(
            "endings",
            lambda _answers: [
                "",
                _("How may it come out? Two to four titles, with a semicolon between them."),
                _("In this order: somebody spoke; it was settled between two; the player went along; it was let go by."),
            ],
            usual_endings,
            endings,
        ),
    ]


def _chosen(said: str, known: Sequence[str]) -> str:
    """Which of the known words was meant, by number or by its beginning."""
    said = said.strip().casefold()
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(known):
        return known[int(said) - 1]
    found = [word for word in known if said and word.startswith(said)]
    return found[0] if len(found) == 1 else ""


def _person(said: str, others: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, str]]:
    name, _colon, about = (one_line(part) for part in said.partition(":"))
    person = (name, about or _("write who this is"))
    trouble = name_trouble(name)
    taken = {word for other, _about in others for word in words_of(other)}
    if not trouble and not re.match(r"[^\W\d_]", name):
        trouble = _("A name begins with a letter.")
    if not trouble and taken & set(words_of(name)):
        trouble = _("“{name}” is like another name here. Choose one that cannot be mixed up.").format(name=name)
    return trouble, person


def _endings_trouble(titles: Sequence[str]) -> str:
    if not 2 <= len(titles) <= 4:
        return _("Two to four endings are wanted.")
    if len({title.casefold() for title in titles}) < len(titles):
        return _("Two endings have the same title.")
    return ""


# Writing


def story_text(answers: Answers, scenario: str) -> str:
    """The scenario file for answers that are whole."""
    return _Writer(answers, scenario).text()


class _Writer:
    def __init__(self, answers: Answers, scenario: str) -> None:
        self.answers = answers
        self.scenario = scenario
        self.trouble: Trouble = TROUBLES[answers.kind]
        names = [name for name, _about in answers.people]
        self.ids = _ids(names)
        # With two people there is a third to look on; whoever is in charge may be the third as well.
        onlooker = names[2] if len(names) > 2 else "onlooker"
        self.roles = {"@a": names[0], "@b": names[1], "@c": onlooker, "@d": names[3] if len(names) > 3 else "manager"}
        self.shown = {**self.roles}
        for role, one in (("@c", "onlooker"), ("@d", "manager")):
            if self.roles[role] == one:
                self.shown[role] = f"{{{one}}}"
        self.what = braced(answers.what or self.trouble.what.replace("@b", names[1]))

    def words(self, text: str) -> str:
        """A text with the people in it."""
        return re.sub(
            r"@(what|[abcd])(?!\w)",
            lambda found: (self.what.rstrip(".") or self.what) if found[1] == "what" else self.shown[found[0]],
            text,
        )

    def line(self, text: str) -> str:
        """A line of a script: whoever speaks or acts stands as id or name, everybody else by name."""
        head = re.match(r"@[abcd](?=:| \[| \(| reacts | leaves)", text)
        if head is None:
            return self.words(text)
        return self.roles[head[0]] + self.words(text[head.end() :])

    def script(self, lines: Sequence[str], indent: int) -> list[str]:
        return [" " * indent + self.line(line) for line in lines]

    def block(self, key: str, text: str, indent: int) -> list[str]:
        return [f"{' ' * indent}{key}: |", f"{' ' * (indent + 2)}{self.words(text)}"]

    def option(
        self,
        name: str,
        option: Option,
        effects: Mapping[str, str],
        *,
        to: str = "",
        action: str = "",
        comment: Sequence[str] = (),
    ) -> list[str]:
        lines = [f"      # {one}" for one in comment]
        lines += [f"      {name}:", f"        label: {_plain(self.words(option.label))}"]
        if action:
            lines.append(f"        action: {action}")
        if to and option.send:
            lines.append(f"        to: {to}")
        if option.send:
            lines += self.block("send", option.send, 8)
        lines += self.block("thought", option.thought, 8)
        if option.script:
            lines += ["        script: |", *self.script(option.script, 10)]
        for key in ("dials", "because", "set", "later"):
            if key == "because":
                lines += self.block("because", option.because, 8)
            elif key in effects:
                lines.append(f"        {key}: {effects[key]}")
        return lines

    def silence(self, said: tuple[str, str], effects: Mapping[str, str]) -> list[str]:
        return [
            "      silence:",
            *self.block("thought", said[0], 8),
            f"        dials: {effects['dials']}",
            *self.block("because", said[1], 8),
            *(f"        {key}: {effects[key]}" for key in ("set", "later") if key in effects),
        ]

    def text(self) -> str:
        answers, trouble = self.answers, self.trouble
        lines = [
            f"# yaml-language-server: $schema={schema_file()}",
            "# This story plays as it is. Make it yours: change the words first, then the choices, then what comes of them.",
            "# Lines that begin with # are for you; no player sees them.",
            "seenby: 1",
            "# Saved plays know the story by its id. Choose it once.",
            f"id: {self.scenario}",
            f"title: {_plain(braced(answers.title))}",
            f"blurb: {_plain(self.words(trouble.blurb))}",
            "minutes: 8",
            f"sector: {_plain(braced(answers.sector))}",
        ]
        if trouble.note:
            lines += [
                "# Say what happens in it, so that nobody walks into it unprepared.",
                f"note: {_plain(self.words(trouble.note))}",
            ]
        lines += [
            "begins: Tuesday 10:40",
            f"you: {{is: {_flow(braced(answers.you))}}}",
            "# Law, rules and routes differ from place to place: they are slots, such as {{policy}}. Your organisation's words fill them.".replace(
                "{{", "{"
            ).replace("}}", "}"),
            "",
            "cast:",
            *self.cast(),
            "",
            "places:",
            *self.places(),
            "",
            "scenes:",
            *self.opening(),
            "",
            *self.moment(),
            "",
            *self.price(),
            "",
            *self.consequences(),
            "",
            *self.ends(),
        ]
        return "\n".join(lines) + "\n"

    def cast(self) -> list[str]:
        lines = [
            f"  {one}: {{name: {_flow(name)}, is: {_flow(braced(about))}}}"
            for one, (name, about) in zip(self.ids, self.answers.people, strict=True)
        ]
        locale = f", locale: {self.answers.locale.replace('-', '_')}" if self.answers.locale else ""
        extra = [one for one in ("onlooker", "manager") if one in self.roles.values()]
        if extra:
            lines.append("  # No name: one is made up for each play, so that nobody in the room is meant.")
        abouts = {"onlooker": "sees everything, says little", "manager": "in charge of the shift"}
        return [*lines, *(f"  {one}: {{is: {_flow(abouts[one])}{locale}}}" for one in extra)]

    def places(self) -> list[str]:
        name = _plain(braced(self.answers.place))
        inside = ", ".join(self.cast_id(role) for role in ("@a", "@b", "@c"))
        main = {
            "group": [
                f"    group: {name}",
                "    members: 23",
                f"    with: [{inside}]",
                "    audience: and whoever they show it to",
            ],
            "feed": [f"    feed: {name}", "    followers: 2400", f"    with: [{inside}]", "    audience: and anyone they tag"],
            "mail": [
                f"    mail: {name}",
                "    members: 23",
                f"    with: [{inside}]",
                "    audience: all of them in the copy line",
            ],
        }[self.answers.where]
        return [
            "  # The number stands beside every draft: so many people can read it.",
            "  main:",
            *main,
            f"  alone: {{dm: {self.cast_id('@b')}}}",
            f"  aside: {{dm: {self.cast_id('@a')}}}",
            f"  upstairs: {{dm: {self.cast_id('@d')}}}",
            "  world: {in-person: Round about}",
        ]

    def cast_id(self, role: str) -> str:
        name = self.roles[role]
        names = [one for one, _about in self.answers.people]
        return self.ids[names.index(name)] if name in names else name

    def to(self, option: Option) -> str:
        """Where what is written alone goes: to the one whom it is about, or to the one who started it."""
        return "alone" if "@b" in option.label else "aside"

    def opening(self) -> list[str]:
        one = self.trouble
        return [
            "  # First a reason to like it here. Who has nothing to lose has nothing to decide.",
            "  opening:",
            "    title: To begin with",
            "    in: main",
            "    script: |",
            *self.script(one.opening, 6),
            f"    ask: {_plain(self.words(one.opening_ask))}",
            "    choices:",
            *self.option(
                "careful", one.careful, {"dials": "{own: +1, team: -1}"},
                to="upstairs" if "@d" in one.careful.label else "",
                action="" if one.careful.send else ("ask" if "@d" in one.careful.label else "settings"),
                comment=("The careful thing costs something too, or careful always wins.",),
            ),
            *self.option(
                "warm", one.warm, {"dials": "{team: +1, own: -1}"},
                comment=("The thought is the inner voice: a sentence that a decent person could think.",),
            ),
            "      # Silence is always there, and is a choice like any other. It needs a price, or doing nothing is the best way to play.",
            *self.silence(one.opening_silence, {"dials": "{team: -1}"}),
            "    next: moment",
        ]  # fmt: skip

    def moment(self) -> list[str]:
        one = self.trouble
        later = "[{after: 5 days, at: 09:00, scene: %s, dials: %s, because: %s}]"

        def comes(scene: str, dials: str) -> str:
            return later % (scene, dials, _flow(self.words(one.days_because[scene.removeprefix("days-")])))

        lines = [
            "  # This is the moment. To make it hard: ask three colleagues what they would do. If they agree, it is a quiz.",
            "  # Give the tempting option a real gain now and its cost later; give the brave one a price now and its gain later.",
            "  moment:",
            "    title: Everybody can read it",
            "    when: day 2, 11:20",
            "    in: main",
            "    script: |",
        ]
        if self.answers.kind != "account":
            lines.append("      {if opening.warm} > They have been quoting your line since yesterday.")
        lines += [
            *self.script(one.moment, 6),
            f"    ask: {_plain(self.words(one.moment_ask))}",
            "    choices:",
            *self.option(
                "join", one.join, {"dials": "{team: +2, people: -1}", "set": "{joined: yes}", "later": comes("days-join", "{people: -1, trust: -1}")},
                action="" if one.join.send else "delete",
                comment=(
                    "`send` stands as a draft first, with its audience. Sending is a second act.",
                    "`because` says what happened, not whether it was right. It is what people read in the debrief.",
                ),
            ),
            *self.option(
                "tell", one.tell, {"dials": "{own: -1, trust: +1}", "set": "{told: yes}", "later": comes("days-tell", "{people: +1, team: -1}")},
                to="upstairs", action="report" if one.tell.send else "call",
            ),
            *self.option(
                "speak", one.speak, {"dials": "{people: +1, team: -2}", "set": "{spoke: yes}", "later": comes("days-speak", "{trust: +1, team: +1}")},
                to="main",
            ),
            *self.option(
                "alone", one.alone, {"dials": "{team: +1, trust: -1}", "set": "{asked: yes}", "later": comes("days-alone", "{people: +1}")},
                to=self.to(one.alone), action="" if one.alone.send else "call",
            ),
            *self.silence(one.moment_silence, {"dials": "{own: +1, people: -1}", "later": comes("days-silence", "{trust: -1}")}),
            "    next: price",
        ]  # fmt: skip
        return lines

    def price(self) -> list[str]:
        one = self.trouble
        return [
            "  # Late honesty has to count: somebody who owns up here should find that it was worth it.",
            "  price:",
            "    title: The same evening",
            "    when: day 2, 22:40",
            "    in: alone",
            "    script: |",
            *self.script(one.price, 6),
            f"    ask: {_plain(self.words(one.price_ask))}",
            "    choices:",
            *self.option("soothe", one.soothe, {"dials": "{own: +1, people: -1}"}),
            *self.option("truth", one.truth, {"dials": "{people: +2, own: -2}", "set": "{owned: yes}"}),
            *self.silence(one.price_silence, {"dials": "{people: -1, team: -1}"}),
            "    next: end",
        ]

    def consequences(self) -> list[str]:
        one = self.trouble
        lines = ["  # What comes back after days. These scenes are brought by `later`, and have no decision of their own."]
        for key, script in one.days.items():
            place = (
                "alone" if key == "alone" and script[0].startswith("@b") else "main" if script[0].startswith("@") else "world"
            )
            lines += [
                f"  days-{key}:",
                "    title: Five days later",
                f"    in: {place}",
                "    script: |",
                *self.script(script, 6),
                "",
            ]
        for key, script in one.months.items():
            if key == "owned":
                lines += [
                    "  months-owned:",
                    "    title: One message",
                    "    in: alone",
                    "    script: |",
                    *self.script(script, 6),
                    "",
                ]
        said, quiet, always = (one.months[key] for key in ("said", "quiet", "always"))
        lines += [
            "  # And after months, counted from the last decision. One thing here is nobody's fault, and one was read by chance.",
            "  months:",
            "    title: Months later",
            "    in: world",
            "    script: |",
            "      {if spoke or told}",
            *self.script(said, 6),
            "      {else}",
            *self.script(quiet, 6),
            "      {end}",
            *self.script(always, 6),
        ]
        return lines

    def ends(self) -> list[str]:
        one, titles = self.trouble, self.answers.endings
        spoke, alone, joined, by = (epilogue for _title, epilogue in one.endings)
        plan = {
            2: (("spoke or told or asked", spoke), ("", by)),
            3: (("spoke or told", spoke), ("asked", alone), ("", by)),
            4: (("spoke or told", spoke), ("asked", alone), ("joined", joined), ("", by)),
        }[len(titles)]
        lines = [
            "reckoning:",
            "  after-all: {after: 4 months, at: 10:00, scene: months}",
            "  thanks: {after: 5 months, at: 19:00, if: owned, scene: months-owned}",
            "",
            "# Tried from the top; the first whose `if` holds is told. The last has none, so that every play has an end.",
            "# Ask for flags (what somebody did) before dials. One ending in which nothing ever came of it belongs in every story.",
            "endings:",
        ]
        for number, (title, (condition, epilogue)) in enumerate(zip(titles, plan, strict=True), 1):
            lines += [f"  ending-{number}:"]
            if condition:
                lines.append(f"    if: {condition}")
            lines += [f"    title: {_plain(braced(title))}", *self.block("epilogue", epilogue, 4)]
        return [
            *lines,
            "",
            "debrief:",
            "  # Ask when it was cheapest before anybody asks who was wrong.",
            "  questions:",
            *(f"    - {_plain(question)}" for question in one.questions),
            "    - Which of the other choices would a good colleague of yours have taken?",
            "  cheapest: opening" if self.answers.kind in ("photo", "account", "rumour") else "  cheapest: moment",
            f"  cheapest-because: {_plain(self.words(one.cheapest))}",
        ]


def _ids(names: Sequence[str]) -> list[str]:
    """An id for each name; none that means something else."""
    taken = {
        *standard_slots(),
        "null",
        "yes",
        "no",
        "true",
        "false",
        "on",
        "off",
        "you",
        "not",
        "and",
        "or",
        "in",
        "they",
        "them",
        "their",
        "onlooker",
        "manager",
        "end",
    }
    found: list[str] = []
    for name in names:
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-").lstrip("0123456789-") or "somebody"
        one, number = base, 2
        # An id that is somebody else's name could be either.
        others = {other.casefold() for other in names if other != name}
        while one in taken or one in others:
            one, number = f"{base}-{number}", number + 1
        taken.add(one)
        found.append(one)
    return found


def _plain(words: str) -> str:
    """Words as a value on a line of its own."""
    return quoted(words)


def _flow(words: str) -> str:
    """Words as a value inside braces, where a comma would end them."""
    value = quoted(words)
    return value if value[0] in "\"'" or not re.search(r"[,\[\]{}]", value) else f'"{value}"'
