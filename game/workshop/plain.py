"""A room on plain lines: for screen readers, for a terminal that can do no more, and for tests.

One line is one thing to do. Nothing moves by itself, and nothing is shown of a vote before all are in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.play.inputs import Input
from engine.room.inputs import AnyInput, Decide, Go, Hands, Tell, Turn, Undo, Vote, table
from engine.room.recap import compare, other_roads, road
from engine.room.room import NotNow
from engine.room.steps import skipping
from engine.text import plain
from game.clock import moment_words
from game.narrate import Narrator
from game.quiet import to_be_seen
from game.words import _, n_
from game.workshop.plan import SessionPlan, plan_lines, standing
from game.workshop.words import decided_words, one_line, recap_lines, table_name

if TYPE_CHECKING:
    from engine.room.ballot import Split
    from engine.room.question import Item, Question
    from game.workshop.host import RoomHost

Read = Callable[[str], str | None]

_COUNT = re.compile(r"(?:(\d+)\.)?(\d+)\s*=\s*(\d+|-)\Z")
_TABLE = re.compile(r"([A-Za-z])\s*=\s*([\d.,\s]*|-)\Z")
BAR = 30
"""Characters of the longest bar."""


class Leave(Exception):
    """The facilitator leaves, or the input has ended."""


class PlainRoom:
    """Shows a room on plain lines."""

    def __init__(
        self,
        host: RoomHost,
        read: Read,
        write: Callable[[str], None],
        *,
        plan: SessionPlan | None = None,
        resumed: bool = False,
    ) -> None:
        self.host = host
        self._read = read
        self._write = write
        self._plan = plan
        self._resumed = resumed
        self._shown = -1
        """Up to which event the telling was said."""
        self._node = -1
        self._phase = ""
        self._offered: object = None
        """What s would skip, as it was said."""
        self._narrator = self._fresh_narrator()

    def run(self) -> None:
        """Go on until the facilitator leaves or the input has ended."""
        room = self.host.room
        self._say(*self.host.changed)
        if self._resumed:
            self._say(room.story.title)
            self._say(_("Where the room was:"), *(f"  {line}" for line in recap_lines(room)))
            self._jump()
        elif room.story.note:
            self._say(plain(room.story.note))
        self._say(_("Enter goes on, ? lists what else there is."))
        try:
            while True:
                self._show()
                answer = self._read(f"{self._prompt()} ")
                if answer is None:
                    raise Leave
                self._answer(answer.strip())
        except Leave:
            self._say(_("Saved. See you.") if self.host.saved else _("See you."))
            if self.host.saved:
                self._say(_("To go on: seenby workshop --continue {id}").format(id=self.host.id))

    # Saying

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._write(line)

    def _fresh_narrator(self) -> Narrator:
        play = self.host.room.play
        return Narrator(self.host.room.story, play.phone(empty=True))

    def _jump(self) -> None:
        """Go on from where the room stands, without saying again what came before."""
        room = self.host.room
        phone = room.play.phone(empty=True)
        phone.apply_all(room.told_events)
        self._narrator.jump(phone)
        self._shown = len(room.told_events)
        self._node = room.state.node

    def _show(self) -> None:
        """Say what is new: of the telling, and of the phase."""
        room = self.host.room
        told = room.told_events
        until = len(told)
        if self._shown < 0:
            self._shown = 0
            self._node = room.state.node
        if room.state.node != self._node and room.state.nodes[room.state.node].parent == self._node:
            self._node = room.state.node
            if until == self._shown:
                self._say(_("Decided. Enter goes on."))
        elif room.state.node != self._node or until < self._shown:
            self._jump()
            self._say(_("The room is here:"), recap_lines(room)[-1])
        if until > self._shown:
            self._say(*self._narrator.tell(to_be_seen(told[self._shown :])))
            self._shown = until
            ahead = skipping(room) if room.phase == "telling" else None
            if ahead is not None and ahead != self._offered:
                self._say(_("(s skips the part that comes.)"))
            self._offered = ahead
        here = f"{room.state.node} {room.phase} {room.visit.id if room.visit else ''}"
        if here != self._phase:
            self._phase = here
            self._say_phase()

    def _say_phase(self) -> None:
        room = self.host.room
        if room.phase == "ask":
            self._question()
        elif room.phase in ("first", "second"):
            self._say("", _("Hands up.") if not room.setup.tables else _("The tables decide."), self._how())
        elif room.phase in ("reveal", "shift"):
            self._split()
        elif room.phase == "talk":
            self._say("", _("To talk about:"), plain(room.discuss))
        elif room.phase == "decide":
            self._say("", self._outcome())
        elif room.phase == "ended":
            self._ended()

    def _question(self) -> None:
        room = self.host.room
        question = room.question
        assert question is not None
        self._say("")
        if question.ask:
            self._say(plain(question.ask))
        if question.kind == "several":
            self._say(
                n_("At most {count}.", "At most {count}.", question.most).format(count=question.most)
                if question.capped
                else _("As many as you like.")
            )
        for number, group in enumerate(question.groups, 1):
            if question.kind == "board":
                self._say(_("Question {number}: {ask}").format(number=number, ask=plain(group.ask)))
            for item in group.items:
                line = f"{item.number}. {one_line(item.label)}"
                if not item.available:
                    line = _("{option} Not possible: {reason}").format(option=f"{line}.", reason=plain(item.why_not))
                self._say(line)
        if question.limit:
            self._say(_("Somebody alone would have {count} seconds here; c starts a countdown.").format(count=question.limit))
        if question.skip:
            self._say(_("s skips this part."))

    def _how(self) -> str:
        if self.host.room.setup.tables:
            return _("Type A=2 for table A and option 2 (A=1,3 for several; A=- takes it away), then r to reveal.")
        if self.host.room.question is not None and self.host.room.question.kind == "board":
            return _("Type 1.2=5 for question 1, card 2, five hands, then r to reveal.")
        return _("Type 2=12 for option 2 and twelve hands, for each option, then r to reveal.")

    def _split(self) -> None:
        room = self.host.room
        split, question = room.split, room.question
        assert split is not None
        assert question is not None
        self._say("", _("How the room voted, first and then:") if room.phase == "shift" else _("How the room voted:"))
        most = split.most()
        for number, group in enumerate(question.groups, 1):
            if question.kind == "board":
                self._say(_("Question {number}: {ask}").format(number=number, ask=plain(group.ask)))
            for item in group.items:
                self._say(*self._row(item, split, most))
        for move in split.moves:
            was, now = (self._items(question, items) for items in (move.first, move.second))
            self._say(_("Table {name}: from {was} to {now}.").format(name=table_name(move.voter), was=was, now=now))

    def _row(self, item: Item, split: Split, most: int) -> list[str]:
        row = next(row for row in split.rows if row.key == item.key)
        counts = [row.first] if row.second is None else [row.first, row.second]
        change = f" ({row.change:+d})" if row.change else ""
        lines = [f"{item.number}. {one_line(item.label)}: {_(' then ').join(map(str, counts))}{change}"]
        lines += [f"   {'#' * round(count * BAR / most)}".rstrip() for count in counts if count]
        if item.thought and row.second is None:
            lines.append(f"   “{one_line(item.thought)}”")
        return lines

    def _items(self, question: Question, keys: tuple[str, ...]) -> str:
        found = (question.item(key) for key in keys)
        return ", ".join(str(item.number) for item in found if item is not None) or _("none")

    def _outcome(self) -> str:
        room = self.host.room
        found, question = room.outcome(), room.question
        assert question is not None
        names = {item.key: f"{item.number}. {one_line(item.label)}" for item in question.items}
        if found.why == "majority":
            what = "; ".join(names[key] for key in found.sure) or _("none of them")
            return _("The room goes for: {what}. Enter does it, d and a number does another.").format(what=what)
        if found.why == "tie":
            tied = "; ".join(names[key] for key in found.tied)
            return _("A tie between: {what}. Choose: d and a number.").format(what=tied)
        if not room.ballot(1):
            return _("Nothing was counted. Take what most want: d and its number.")
        return _("The votes decide nothing. Choose: d and a number.")

    def _ended(self) -> None:
        from engine.debrief import build
        from game.lookback import lookback

        room = self.host.room
        self._say("", *lookback(build(room.as_read()), room.story))
        if other_roads(room):
            self._say("", _("x compares the roads that you took; o goes back to a decision and takes another."))
        else:
            self._say("", _("o goes back to a decision and takes another road."))

    def _prompt(self) -> str:
        room = self.host.room
        left = self.host.countdown_left()
        if left is not None:
            return f"[{round(left)} s]>"
        return {"first": _("Count:"), "second": _("Count again:"), "decide": _("Decide:")}.get(room.phase, ">")

    # Doing

    def _answer(self, answer: str) -> None:
        from saves.errors import SaveError

        if self.host.poll():
            self._show()
        try:
            self._do(answer)
        except NotNow as reason:
            self._say(str(reason))
        except SaveError as problem:
            self._say(problem.message, problem.mend)

    def _do(self, answer: str) -> None:
        room, host = self.host.room, self.host
        if not answer:
            if not host.onward():
                self._say(host.waits_for())
            return
        vote = self._vote(answer)
        if vote is not None:
            host.do(vote)
            gap = room.missing(_round(room.phase))
            self._say(room.missing_words(gap) if gap else _("All are in. r reveals."))
            return
        word, _space, rest = answer.partition(" ")
        command = _COMMANDS.get(word.lower())
        if command is None:
            self._say(_("“{answer}” is nothing to do here. ? lists what there is.").format(answer=answer[:40]))
            return
        command(self, rest.strip())

    def _vote(self, answer: str) -> AnyInput | None:
        """A count or a table's choice; None when it is neither."""
        room = self.host.room
        round_ = _round(room.phase)
        counted = _COUNT.match(answer)
        if counted is not None:
            group, number, count = counted.groups()
            key = self._key(int(group) if group else 1, int(number))
            return Hands(key, None if count == "-" else int(count[:6]), round_)
        said = _TABLE.match(answer)
        if said is not None:
            items = None if said[2].strip() == "-" else self._keys(said[2])
            return Vote(table(said[1]), items, round_)
        return None

    def _key(self, group: int, number: int) -> str:
        question = self.host.room.question
        if question is None or self.host.room.phase == "telling":
            raise NotNow(_("There is nothing to vote on yet."))
        if not 1 <= group <= len(question.groups):
            raise NotNow(_("There is no question {number}.").format(number=group))
        found = next((item.key for item in question.groups[group - 1].items if item.number == number), None)
        if found is None:
            raise NotNow(_("There is no number {number} here.").format(number=number))
        return found

    def _keys(self, text: str) -> tuple[str, ...]:
        """Items by their numbers: `2`, `1,3`, on a board `1.2,2.0`."""
        keys: list[str] = []
        for part in text.replace(",", " ").split():
            group, dot, number = part.rpartition(".")
            if not number.isdigit() or (dot and not group.isdigit()) or len(part) > 8:
                raise NotNow(_("“{text}” is no number.").format(text=part[:20]))
            keys.append(self._key(int(group) if dot else 1, int(number)))
        return tuple(keys)

    def _reveal(self, rest: str) -> None:
        to = "shift" if self.host.room.phase == "second" else "reveal"
        self.host.do(Turn(to, anyway=rest == "!"))  # type: ignore[arg-type]

    def _decide(self, rest: str) -> None:
        question = self.host.room.question
        keys = self._keys(rest)
        if question is None or (not keys and question.kind == "one"):
            raise NotNow(_("Say which: d and a number."))
        self.host.do(Decide(question.input(keys)))

    def _skip(self, rest: str) -> None:
        passing = skipping(self.host.room)
        if passing is None:
            raise NotNow(_("There is nothing to skip here."))
        self.host.do(passing)

    def _lapse(self, rest: str) -> None:
        offer = self.host.room.offer
        if offer is None or not offer.limit:
            raise NotNow(_("There is no time limit here."))
        self.host.do(Decide(Input(offer.scene, "lapse")))

    def _countdown(self, rest: str) -> None:
        host = self.host
        if rest in ("p", "stop", ""):
            found = host.room.state.countdown
            if rest == "stop":
                host.countdown_stop()
            elif found is None:
                question = host.room.question
                host.countdown_start(question.limit if question is not None and question.limit else 60)
            elif found.running:
                host.countdown_pause()
            else:
                host.countdown_resume()
        elif rest.lstrip("+").isdigit() and len(rest) < 6:
            if rest.startswith("+"):
                host.countdown_extend(int(rest))
            else:
                host.countdown_start(int(rest))
        else:
            raise NotNow(_("c starts, pauses and goes on; c 60 starts with 60 seconds, c +30 gives 30 more, c stop ends it."))
        left = host.countdown_left()
        self._say(_("{count} seconds left.").format(count=round(left)) if left is not None else _("No countdown."))

    def _other(self, rest: str) -> None:
        """Go back to a decision: to take another road, or with its votes to correct them."""
        steps = road(self.host.room).steps
        number, _space, how = rest.partition(" ")
        if not number:
            self._say(_("Go back to which decision? What you leave is kept."))
            for at, step in enumerate(steps, 1):
                self._say(
                    _("{number}. {moment}, {scene}: {choice}").format(
                        number=at,
                        moment=moment_words(self.host.room.story, step.at),
                        scene=one_line(step.title),
                        choice=decided_words(step),
                    )
                )
            self._say(_("o and a number goes there; o 3 count keeps the votes, to correct them."))
            return
        if not number.isdigit() or len(number) > 5 or not 1 <= int(number) <= len(steps):
            raise NotNow(_("There is no decision {number}.").format(number=number[:20]))
        self.host.do(Go(steps[int(number) - 1].node, keep=how == "count"))

    def _compare(self, rest: str) -> None:
        room = self.host.room
        roads = other_roads(room)
        if not roads:
            raise NotNow(_("The room has taken one road only. o takes another."))
        fork = compare(room, room.state.node, roads[0])
        for name, step, found in zip((_("This road"), _("The other road")), fork.parted, (fork.one, fork.other), strict=True):
            what = decided_words(step) if step is not None else _("it ends before")
            end = found.ending_title or _("not over yet")
            dials = ", ".join(f"{dial} {value / 100:+g}" for dial, value in found.dials.items())
            self._say(_("{road}: {what}. Ending: {ending}. {dials}.").format(road=name, what=what, ending=end, dials=dials))

    def _show_plan(self, rest: str) -> None:
        if self._plan is None:
            raise NotNow(_("There is no plan; begin with --minutes 30, 60 or 90."))
        self._say(*plan_lines(self._plan))
        now = standing(self._plan, self.host.room, self.host.elapsed())
        self._say(_("{count} minutes left.").format(count=max(now.left // 60, 0)))

    def _help(self, rest: str) -> None:
        self._say(
            _("Enter    goes on"),
            _("b        one step back"),
            _("u        takes the last thing back"),
            _("j        tells everything up to the next decision"),
            _("2=12     twelve hands for option 2; A=2 table A wants option 2"),
            _("r        reveals the vote; r ! though some are missing"),
            _("t        what to talk about"),
            _("v        votes again"),
            _("g        goes on to what is decided"),
            _("d 2      does option 2, whatever the vote was"),
            _("l        lets the time run out; s skips this part"),
            _("c        a countdown: c 60, c +30, c stop"),
            _("w        what happened so far, for latecomers"),
            _("h        everything that was said here"),
            _("o        back to a decision, to take another road; x compares the roads"),
            _("p        the plan of the session"),
            _("q        leaves; it is saved") if self.host.saved else _("q        leaves; this room is not kept"),
        )

    def _recap(self, rest: str) -> None:
        self._say(*recap_lines(self.host.room))

    def _history(self, rest: str) -> None:
        place = self._narrator.phone.here
        self._say(*(self._narrator.history(place) if place is not None else [_("You are in no place just now.")]))

    def _leave(self, rest: str) -> None:
        raise Leave

    def _back(self, rest: str) -> None:
        if not self.host.back():
            self._say(_("This is the beginning."))

    def _undo(self, rest: str) -> None:
        self.host.do(Undo())

    def _to_decision(self, rest: str) -> None:
        self.host.do(Tell(len(self.host.room.stops)))

    def _talk(self, rest: str) -> None:
        self.host.do(Turn("talk"))

    def _again(self, rest: str) -> None:
        self.host.do(Turn("second"))

    def _go_on(self, rest: str) -> None:
        self.host.do(Turn("decide"))


_COMMANDS: dict[str, Callable[[PlainRoom, str], None]] = {
    "?": PlainRoom._help,
    "b": PlainRoom._back,
    "u": PlainRoom._undo,
    "j": PlainRoom._to_decision,
    "r": PlainRoom._reveal,
    "t": PlainRoom._talk,
    "v": PlainRoom._again,
    "g": PlainRoom._go_on,
    "d": PlainRoom._decide,
    "l": PlainRoom._lapse,
    "s": PlainRoom._skip,
    "c": PlainRoom._countdown,
    "w": PlainRoom._recap,
    "h": PlainRoom._history,
    "o": PlainRoom._other,
    "x": PlainRoom._compare,
    "p": PlainRoom._show_plan,
    "q": PlainRoom._leave,
}


def _round(phase: str) -> int:
    return 2 if phase == "second" else 1


__all__ = ["PlainRoom"]
