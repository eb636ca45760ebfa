"""A play as plain lines: told on standard output, decided by numbers on standard input.

For screen readers, pipes and tests. Each message is printed once and nothing is ever redrawn; there are no control sequences. When the
input ends, everything is saved and one leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from re import findall
from time import monotonic
from typing import TYPE_CHECKING

from engine.play.events import DecisionOffered, Event, Option, PlayBegan, SceneBegan, SceneEnded
from engine.play.inputs import Input
from engine.play.play import NotPossible
from engine.play.reading import asks_first, only_reading
from engine.text import plain
from game.decisions_file import Scripted, ScriptProblem
from game.narrate import Narrator
from game.quiet import to_be_seen
from game.session import Session
from game.words import _, n_

if TYPE_CHECKING:
    from saves.errors import SaveError

Read = Callable[[str], str | None]
"""Asks for a line; None when the input has ended. The text is a prompt for those who see one."""


def skip_prompt() -> str:
    """What is asked before a part that can be skipped."""
    return _("s skips the part that comes, Enter reads it:")


class Leave(Exception):
    """Somebody leaves, or the input has ended."""


class Onward(Exception):
    """The part is over, and one goes on to the next part of the career."""


class Again(Exception):
    """The decision is to be offered anew: one has gone to another moment, or taken the draft back."""


class Plain:
    """Plays a session on plain lines."""

    def __init__(
        self,
        session: Session,
        read: Read,
        write: Callable[[str], None],
        *,
        script: Sequence[Scripted] = (),
        script_name: str = "",
        interactive: bool = True,
        clock: Callable[[], float] = monotonic,
        onward: str = "",
        through: bool = False,
    ) -> None:
        self.session = session
        self._read = read
        self._write_line = write
        self._script = list(script)
        self._scripted = bool(script)
        self._script_name = script_name
        self._interactive = interactive
        self._clock = clock
        self._onward = onward
        """What comes after this part of a career, in words; empty when nothing does."""
        self._through = through
        """It comes even when the decisions of a file are over."""
        self._narrator = Narrator(session.story, session.play.phone(empty=True))
        self._ahead = ""
        """An answer that was given to another question, and is the answer to the next."""
        self._said_help = False
        self._said_limit = False
        self._blank = True

    @property
    def left(self) -> list[Scripted]:
        """Decisions of the script that have not been taken."""
        return self._script

    def run(self) -> bool:
        """Play until the end, until somebody leaves, or until the input ends. Returns whether one goes on to the next part of a career.

        Raises ScriptProblem.
        """
        try:
            with suppress(Again):
                self._begin()
            while True:
                with suppress(Again):
                    if self.session.offer is None:
                        self._after_the_end()
                    else:
                        self._decide()
        except Onward:
            return True
        except Leave:
            self._say("", _("Saved. See you.") if self.session.saved else _("See you."))
        return False

    # Saying

    def _say(self, *lines: str) -> None:
        for line in lines:
            # Two empty lines in a row say no more than one.
            if line or not self._blank:
                self._write_line(line)
            self._blank = not line

    def _begin(self) -> None:
        session = self.session
        if session.told:
            self._say(session.story.title, "")
            self._say(*session.resumed_changes)
            self._say(_("Where you were:"), *(f"  {line}" for line in session.recap()))
            self._narrator.jump(session.phone())
            self._tell(session.play.events[session.told :])
            return
        from game.debrief.plainly import last_time

        self._say(*last_time(session))
        title = [event for event in session.play.events[:1] if isinstance(event, PlayBegan)]
        self._say(*self._narrator.tell(title))
        if self._interactive and not self._scripted:
            self._say(*self._card())
        self._tell(session.play.events[len(title) :])

    def _card(self) -> Iterator[str]:
        """What the card on the home screen says under the title: here nobody has seen it. In a pipe there is nobody to say it to."""
        story = self.session.story
        for words in (story.blurb, story.note):
            if words:
                yield from ("", plain(words))

    def _tell(self, events: Sequence[Event]) -> None:
        """Tell these events; before a part that can be skipped, ask. Raises Leave and Again."""
        rest = to_be_seen(events)
        while rest:
            ask = next((at for at, event in enumerate(rest) if self._skippable(event)), None)
            if ask is None:
                self._say(*self._narrator.tell(rest))
                return
            began, part, rest = rest[ask], rest[: ask + 1], rest[ask + 1 :]
            assert isinstance(began, SceneBegan)
            self._say(*self._narrator.tell(part))
            skips = self._wants_to_skip(began.scene)
            if asks_first(self.session.story.scenes[began.scene]):
                self._note_reading(began.scene, not skips)
            if skips:
                rest = self._skip(began.scene, rest)
            else:
                end = next((at for at, event in enumerate(rest) if isinstance(event, SceneBegan)), len(rest))
                self._say(*self._narrator.tell(rest[:end]))
                rest = rest[end:]

    def _skippable(self, event: Event) -> bool:
        """A part begins that somebody may not want to hear. A file of decisions has decided already, and a pipe cannot be asked."""
        scene = self.session.story.scenes.get(event.scene) if isinstance(event, SceneBegan) else None
        if scene is None or scene.skip is None:
            return False
        if self._script:
            return only_reading(self.session.story, self._script[0].input) and self._script[0].input.scene == scene.id
        return self._interactive

    def _note_reading(self, scene: str, read: bool) -> None:
        from saves.errors import SaveError

        try:
            self.session.note_reading(scene, read)
        except SaveError as problem:
            self._trouble(problem)

    def _wants_to_skip(self, scene: str) -> bool:
        """Ask before a part that can be skipped. Raises Leave and Again."""
        if self._script:
            self._script.pop(0)
            return True
        if note := self.session.content_note(scene):
            self._say(plain(note))
        if asks_first(self.session.story.scenes[scene]):
            self.session.told = self.session.where_left()
        while True:
            answer = self._read(f"{skip_prompt()} ")
            if answer is None:
                raise Leave
            answer = answer.strip().lower()
            if answer in ("", "s"):
                return answer == "s"
            if not self._command(answer, None):
                self._say(_("Type s to skip it, or press Enter to read it."))

    def _skip(self, scene: str, rest: Sequence[Event]) -> list[Event]:
        """Pass over a part that has not been told. Returns what is to be told then. Raises Again."""
        if self.session.story.scenes[scene].decides:
            self._narrator.pass_by(rest)
            return to_be_seen(self._taken(Input(scene, "skip"), 0))
        end = next((at for at, event in enumerate(rest) if isinstance(event, SceneEnded)), len(rest))
        self._narrator.pass_by(rest[:end])
        self._say("", plain(self.session.play.text(self.session.story.scenes[scene].skip or "")))
        return list(rest[end:])

    # Deciding

    def _decide(self) -> None:
        """Take the next decision. Raises Leave and Again."""
        offer = self.session.offer
        assert offer is not None
        self.session.told = len(self.session.play.events)
        if self._script:
            self._take_scripted()
            return
        self._offer(offer)
        if self._scripted and not self._interactive:
            raise Leave
        began = self._clock()
        given = self._ask_input(offer)
        self._take(given, int((self._clock() - began) * 1000))

    def _take_scripted(self) -> None:
        scripted = self._script.pop(0)
        try:
            self._tell(self.session.take(scripted.input))
        except NotPossible as problem:
            offer = self.session.offer
            if offer is not None:
                self._offer(offer)
            raise ScriptProblem(
                _("{file}:{line}: “{decision}” cannot be taken here: {reason}").format(
                    file=self._script_name, line=scripted.line, decision=scripted.input, reason=problem.reason
                )
            ) from None

    def _take(self, given: Input, took_ms: int) -> None:
        self._tell(self._taken(given, took_ms))

    def _taken(self, given: Input, took_ms: int) -> list[Event]:
        """Take a decision. Returns what comes of it. Raises Again when it could not be taken."""
        from saves.errors import OpenElsewhere, SaveError

        try:
            return self.session.take(given, took_ms)
        except NotPossible as problem:
            self._say(plain(problem.reason))
            raise Again from None
        except OpenElsewhere as problem:
            self._trouble(problem)
            self.session.reload()
            self._moved(_("Here is where it stands."))
            raise Again from None
        except SaveError as problem:
            self._trouble(problem)
            raise Again from None

    def _trouble(self, problem: SaveError) -> None:
        self._say("", problem.message, problem.mend)

    def _offer(self, offer: DecisionOffered) -> None:
        """Say what is on offer, numbered."""
        self._say("")
        if offer.ask:
            self._say(plain(offer.ask))
        if offer.limit and not self._said_limit:
            self._said_limit = True
            self._say(_("(On the phone screen there is a time limit here. In plain mode there is none.)"))
        if offer.kind == "one":
            for number, option in self._numbered(offer):
                self._say(_option_line(number, option))
        elif offer.kind == "several":
            self._say(_pick_rule(offer))
            for number, option in self._numbered(offer):
                said = str(option.cost) in findall(r"\d+", option.label)
                cost = f" ({_('counts {cost}').format(cost=option.cost)})" if option.cost != 1 and not said else ""
                self._say(_option_line(number, option, cost))
        else:
            for number, card in enumerate(offer.cards, 1):
                owner = _(" (from {name})").format(name=plain(card.owner)) if card.owner else ""
                self._say(f"{number}. {plain(card.text)}{owner}")
            if not offer.cards:
                self._say(_("There are no cards in sight."))
        if offer.kind == "one" and offer.silence is None and offer.no_silence:
            self._say(_("Waiting is not possible: {reason}").format(reason=plain(offer.no_silence)))
        if offer.skip:
            self._say(_("s. Skip this part."))

    @staticmethod
    def _numbered(offer: DecisionOffered) -> list[tuple[int, Option]]:
        """The options with their numbers: silence is 0."""
        numbered: list[tuple[int, Option]] = []
        silence: Option | None = None
        for option in offer.options:
            if offer.kind == "one" and option.id == offer.silence:
                silence = option
            else:
                numbered.append((len(numbered) + 1, option))
        return [*numbered, (0, silence)] if silence is not None else numbered

    def _ask_input(self, offer: DecisionOffered) -> Input:
        if offer.kind == "one":
            return self._ask_one(offer)
        if offer.kind == "several":
            return self._ask_several(offer)
        return self._ask_board(offer)

    def _ask(self, prompt: str, offer: DecisionOffered | None) -> str:
        """A line that is no command of the mode. Raises Leave and Again."""
        while True:
            answer, self._ahead = self._ahead or self._read(f"{prompt} "), ""
            if answer is None:
                raise Leave
            answer = answer.strip()
            if not answer:
                if not self._said_help:
                    self._said_help = True
                    self._say(_("Type a number, or ? for help."))
                continue
            if not self._command(answer.lower(), offer):
                return answer

    def _ask_one(self, offer: DecisionOffered) -> Input:
        options = dict(self._numbered(offer))
        while True:
            answer = self._ask(_("Your choice (? for help):"), offer)
            if answer.lower() == "s" and offer.skip:
                return Input(offer.scene, "skip")
            option = options.get(int(answer)) if answer.isascii() and answer.isdigit() and len(answer) < 4 else None
            if option is None:
                option = next((one for one in options.values() if one.id == answer.lower()), None)
            if option is None:
                if answer == "0":
                    self._say(plain(offer.no_silence) or _("Waiting is not on offer here."))
                else:
                    self._say(self._misunderstood(answer, max(options, default=0)))
                continue
            if not option.available:
                self._say(_("Not possible: {reason}").format(reason=plain(option.why_not)))
                continue
            if option.send is not None or option.forward is not None:
                self._pause(option.id, self._draft_words(option), option.to or offer.place, option.audience)
            return Input(offer.scene, "choose", option.id)

    def _misunderstood(self, answer: str, highest: int) -> str:
        if answer.isdigit():
            return n_("There is only {count}.", "There are only {count} here.", highest).format(count=highest)
        return _("“{answer}” is no number. Type ? for help.").format(answer=answer[:40])

    def _draft_words(self, option: Option) -> str:
        words: list[str] = []
        if option.forward is not None:
            words.append(_("(forwarded) {message}").format(message=self._message_words(option.forward)))
        if option.send is not None:
            words.append(plain(option.send).strip())
        return "\n".join(words)

    def _message_words(self, message: str) -> str:
        for place in self._narrator.phone.places.values():
            entry = place.find(message)
            if entry is not None:
                return f"{entry.name}: {plain(entry.text)}" if entry.name else plain(entry.text)
        return ""

    def _pause(self, choice: str, words: str, place: str | None, audience: str) -> None:
        """What is about to be sent stands as a draft. Raises Again when it is taken back."""
        first, *more = words.splitlines() or [""]
        self._say("", _("Your draft: {text}").format(text=first), *more)
        name = self._narrator.phone.places[place].name if place is not None else ""
        if audience.startswith(name) and audience:
            self._say(_("To {audience}.").format(audience=plain(audience)))
        elif name and audience:
            self._say(_("To {place}: {audience}.").format(place=name, audience=plain(audience)))
        elif name:
            self._say(_("To {place}.").format(place=name))
        self._say(_("1. Send it."), _("2. Take it back."))
        while True:
            answer = self._ask(_("1 send, 2 take it back:"), None)
            if answer == "1":
                return
            if answer == "2":
                from saves.errors import SaveError

                try:
                    self.session.note_draft(choice)
                except SaveError as problem:
                    self._trouble(problem)
                self._say(_("You took it back."))
                raise Again
            self._say(_("Type 1 to send it or 2 to take it back."))

    def _ask_several(self, offer: DecisionOffered) -> Input:
        options = dict(self._numbered(offer))
        while True:
            answer = self._ask(_("Numbers, with commas (? for help):"), offer)
            if answer.lower() == "s" and offer.skip:
                return Input(offer.scene, "skip")
            picks: list[Option] = []
            problem = ""
            for part in [] if answer == "0" else answer.replace(";", ",").replace(" ", ",").split(","):
                if not part:
                    continue
                option = options.get(int(part)) if part.isascii() and part.isdigit() and len(part) < 4 else None
                if option is None:
                    problem = self._misunderstood(part, len(options))
                elif not option.available:
                    problem = _("{number} is not possible: {reason}").format(number=part, reason=plain(option.why_not))
                elif option in picks:
                    problem = _("{number} stands there twice.").format(number=part)
                else:
                    picks.append(option)
            if not problem:
                problem = _pick_problem(offer, picks)
            if problem:
                self._say(problem)
                continue
            sends = offer.send if offer.send is not None else None
            if picks and sends is None and offer.looks == "pieces":
                sends = "\n".join(plain(option.label) for option in picks)
            if picks and sends is not None:
                self._pause("", plain(sends), offer.to or offer.place, offer.audience)
            return Input(offer.scene, "pick", picks=tuple(option.id for option in picks))

    def _ask_board(self, offer: DecisionOffered) -> Input:
        links: list[str] = []
        for question in offer.questions if offer.cards else ():
            self._say("", plain(question.ask))
            while True:
                answer = self._ask(_("Number of a card, or 0 to leave it open:"), offer)
                if answer.lower() == "s" and offer.skip:
                    return Input(offer.scene, "skip")
                if answer == "0":
                    break
                if answer.isascii() and answer.isdigit() and len(answer) < 4 and 1 <= int(answer) <= len(offer.cards):
                    links.append(f"{question.id}={offer.cards[int(answer) - 1].id}")
                    break
                self._say(self._misunderstood(answer, len(offer.cards)))
        if not offer.cards:
            self._ask_enter(offer)
        return Input(offer.scene, "link", picks=tuple(links))

    def _ask_enter(self, offer: DecisionOffered) -> None:
        while self._ask(_("Type 0 to go on:"), offer) != "0":
            self._say(_("Type 0 to go on."))

    # Commands

    def _command(self, word: str, offer: DecisionOffered | None) -> bool:
        """Do what a letter stands for. Returns whether it stood for something."""
        if word in ("q", "quit", "exit"):
            raise Leave
        if word in ("?", "help"):
            self._help(offer)
        elif word == "w" and self.session.offer is not None:
            self._say("", *self.session.recap())
        elif word == "u":
            self._undo()
        elif word == "b":
            self._back()
        elif word == "m":
            place = self._narrator.phone.here
            self._say("", *(self._narrator.members(place) if place is not None else [_("You are in no place just now.")]))
        elif word == "h":
            place = self._narrator.phone.here
            self._say("", *(self._narrator.history(place) if place is not None else [_("You are in no place just now.")]))
        elif word == "d":
            self._say(_("How things stand is shown at the end, with the reasons."))
        elif word == "o" and offer is not None:
            self._offer(offer)
        else:
            return False
        return True

    def _help(self, offer: DecisionOffered | None) -> None:
        lines = [
            "",
            _("A number takes what stands beside it; 0 is to do nothing."),
            _("o  hear again what is on offer"),
            _("w  where you are, and what you did last"),
            _("m  who is here"),
            _("h  everything that was said here"),
            _("u  take back the last decision"),
            _("b  go back to an earlier decision"),
            _("q  leave; it is saved") if self.session.saved else _("q  leave; this play is not kept"),
        ]
        if offer is not None and offer.skip:
            lines.insert(3, _("s  skip this part"))
        self._say(*lines)

    def _undo(self) -> None:
        from saves.errors import NothingToUndo, SaveError

        try:
            self.session.undo()
        except NothingToUndo as nothing:
            self._say(nothing.message)
            return
        except SaveError as problem:
            self._trouble(problem)
            return
        self._moved(_("You took that decision back."))
        raise Again

    def _back(self) -> None:
        from game.career.words import left_parts_words
        from saves.errors import SaveError

        steps = self.session.steps()
        if not steps:
            self._say(_("You are at the beginning."))
            return
        self._say("", _("Go back to which decision? What you leave is kept."))
        if self.session.later_parts:
            self._say(left_parts_words(self.session.later_parts))
        for step in steps:
            self._say(
                _("{number}. {moment}, {scene}: {choice}").format(
                    number=step.number + 1, moment=step.moment, scene=step.scene, choice=step.words
                )
            )
        self._say(_("0. Stay here."))
        while True:
            answer = self._read(f"{_('Number of the decision:')} ")
            if answer is None:
                raise Leave
            answer = answer.strip()
            if answer in ("0", ""):
                return
            if answer.isascii() and answer.isdigit() and len(answer) < 6 and 1 <= int(answer) <= len(steps):
                break
            self._say(self._misunderstood(answer, len(steps)))
        try:
            self.session.rewind(int(answer) - 1)
        except SaveError as problem:
            self._trouble(problem)
            return
        self._moved(
            _("You are back at {moment}, {scene}.").format(
                moment=steps[int(answer) - 1].moment, scene=steps[int(answer) - 1].scene
            )
        )
        raise Again

    def _moved(self, words: str) -> None:
        self._narrator.jump(self.session.phone())
        self._say("", words)
        self._tell(self.session.play.events[self.session.told :])

    # After the end

    def _after_the_end(self) -> None:
        from engine.debrief.build import build
        from game.career.words import before_words
        from game.debrief.futures import FuturesAtHand, plain_answer, plain_hint
        from game.debrief.plainly import PlainKeeping
        from game.debrief.roads_plain import PlainRoads
        from game.lookback import lookback

        futures = FuturesAtHand(self.session.play)
        self._say("", *lookback(build(self.session.play), self.session.story, futures))
        self._say(*before_words(self.session))
        if self._onward and (self._script or (self._through and self._scripted and not self._interactive)):
            raise Onward
        if self._script:
            left = self._script[0]
            raise ScriptProblem(
                _("{file}:{line}: “{decision}” comes after the end of the story.").format(
                    file=self._script_name, line=left.line, decision=left.input
                )
            )
        if self._scripted and not self._interactive:
            raise Leave
        roads = PlainRoads(self.session.play)
        keeping = PlainKeeping(self.session, self._read, self._say)
        if self._interactive:
            self._ahead = keeping.first()
        self._say(
            "",
            roads.hint(),
            *plain_hint(futures),
            keeping.hint(),
            _("s reads it with other eyes, b goes back to an earlier decision, q leaves."),
        )
        if self._onward:
            self._say(self._onward)
        while True:
            answer = self._ask(_("n, s, b or q:") if self._onward else _("s, b or q:"), None)
            if self._onward and answer.lower() == "n":
                raise Onward
            told = plain_answer(futures, answer) or roads.answer(answer)
            if told is not None:
                self._say("", *told)
                continue
            if keeping.answer(answer):
                continue
            if answer.lower() == "s":
                self._other_eyes()
                continue
            self._say(
                _("“{answer}”: the story is over. s reads it with other eyes, b goes back to a decision, q leaves.").format(
                    answer=answer[:40]
                )
            )

    def _other_eyes(self) -> None:
        """Ask whose, and say what they had."""
        from engine.debrief.seenby import witnesses
        from game.lookback import seen_lines, witness_line

        found = witnesses(self.session.play)
        if not found:
            self._say(_("Nobody else had anything of it to read."))
            return
        self._say("", *(witness_line(number, witness) for number, witness in enumerate(found, 1)))
        while True:
            answer = self._ask(_("Whose eyes (0: none):"), None)
            if answer == "0":
                return
            if answer.isascii() and answer.isdigit() and len(answer) < 4 and 1 <= int(answer) <= len(found):
                self._say("", *seen_lines(self.session.play, found[int(answer) - 1]))
                return
            self._say(self._misunderstood(answer, len(found)))


def _option_line(number: int, option: Option, more: str = "") -> str:
    line = f"{number}. {plain(option.label).strip()}{more}"
    line = line if line.endswith((".", "?", "!", "…")) else f"{line}."
    if not option.available:
        return _("{option} Not possible: {reason}").format(option=line, reason=plain(option.why_not))
    thought = " ".join(plain(option.thought).split())
    return f"{line} “{thought}”" if thought else line


def _pick_rule(offer: DecisionOffered) -> str:
    """How many may be picked, in words."""
    count = len(offer.options)
    total = sum(option.cost for option in offer.options)
    if offer.least and offer.least == offer.most:
        words = n_("Pick {count}.", "Pick {count}.", offer.least).format(count=offer.least)
    elif offer.most < total and offer.least:
        words = _("Pick at least {least} and at most {most}.").format(least=offer.least, most=offer.most)
    elif offer.most < total:
        words = _("Pick at most {most}, or 0 for none.").format(most=offer.most)
    elif offer.least:
        words = _("Pick at least {least} of {count}.").format(least=offer.least, count=count)
    else:
        words = _("Pick any, or 0 for none.")
    return f"{words} {_('The order counts.')}" if offer.ordered else words


def _pick_problem(offer: DecisionOffered, picks: Sequence[Option]) -> str:
    if len(picks) < offer.least:
        return n_("Pick at least {count}.", "Pick at least {count}.", offer.least).format(count=offer.least)
    if sum(option.cost for option in picks) > offer.most:
        return _("That is more than {count}.").format(count=offer.most)
    return ""
