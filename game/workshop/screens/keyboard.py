"""Votes and choices from a keyboard: hands and tables as they are counted, what the facilitator picks. For the wall and for the notes alike."""

from __future__ import annotations

from collections.abc import Callable

from engine.room.inputs import AnyInput, Decide, Hands, Vote
from engine.room.question import Item
from engine.room.room import NotNow
from game.words import _
from game.workshop.screens.view import View

MOST_TYPED = 3


class Keyboard:
    """What keys mean while something is counted or chosen. What is typed stands in the view's hand until it is done."""

    def __init__(self, view: View, do: Callable[[AnyInput], None], *, hushes: bool = True) -> None:
        """`do` does something in the room, or asks for it; it may raise NotNow. `hushes`: what is counted is out of sight once all are in."""
        self.view = view
        self._hushes = hushes
        self._do = do

    def press(self, key: str, character: str) -> bool:
        """A key; returns whether it meant something here. Raises NotNow for what cannot be."""
        if self.view.counting:
            if self._hushes and self.view.hushed and key in ("up", "down", "tab", "shift+tab"):
                self.view.hand.opened = True  # the list again; whoever moves in it does so with the next key
                return True
            return self._count(key, character)
        return self.view.room.phase == "decide" and self._choose(key, character)

    def settle(self) -> None:
        """The room has come to another place: begin with what is missing there."""
        if self.view.counting:
            self.view.hand.cursor = self._first_missing()
        if self.view.room.phase == "decide":
            self.view.hand.group = self._open_group()

    def click(self, what: str, name: str) -> bool:
        """A click on a row, a table or an item."""
        view = self.view
        if what == "row" and view.counting:
            self.put_count()
            view.hand.cursor = next(at for at, (_group, item) in enumerate(view.rows) if item.key == name)
        elif what == "table" and view.counting:
            self._to_table([voter.rpartition("-")[2] for voter in view.room.setup.voters].index(name), looking=True)
        elif what == "item" and (view.counting or view.room.phase == "decide"):
            item = view.question.item(name)
            if item is not None:
                self._pick(item)
        else:
            return False
        return True

    # Counting

    def _first_missing(self) -> int:
        view = self.view
        ballot = view.room.ballot(view.round)
        if view.room.setup.tables:
            voters = view.room.setup.voters
            return next((at for at, voter in enumerate(voters) if ballot.vote(voter) is None), len(voters) - 1)
        return next((at for at, (_group, item) in enumerate(view.rows) if ballot.counted(item.key) is None), 0)

    def _count(self, key: str, character: str) -> bool:
        if self.view.room.setup.tables:
            return self._count_tables(key, character)
        view = self.view
        hand = view.hand
        if character.isascii() and character.isdigit():
            hand.typed = (hand.typed + character)[-MOST_TYPED:]
            return True
        if hand.typed and key in ("backspace", "delete"):
            hand.typed = hand.typed[:-1]
            return True
        if key in ("up", "down", "enter", "space", "tab", "right", "pagedown"):
            typed = bool(hand.typed)
            self.put_count()
            hand.opened = hand.opened and not typed
            if key == "up":
                hand.cursor = max(hand.cursor - 1, 0)
                return True
            if key in ("down", "enter", "tab") or typed:
                at = hand.cursor
                hand.cursor = min(at + 1, len(view.rows) - 1)
                return key != "enter" or typed or at < len(view.rows) - 1
            return False
        if key in ("plus", "minus", "equals_sign"):
            item = view.row[1].key
            count = int(hand.typed) if hand.typed else view.room.ballot(view.round).counted(item) or 0
            self._do(Hands(item, max(count + (-1 if key == "minus" else 1), 0), view.round))
            hand.typed = ""
            return True
        return False

    def put_count(self) -> None:
        """What was typed is counted; where that cannot be done just now, it stays typed."""
        view = self.view
        if view.hand.typed:
            self._do(Hands(view.row[1].key, int(view.hand.typed), view.round))
            view.hand.typed = ""

    def _count_tables(self, key: str, character: str) -> bool:
        view = self.view
        hand, voters = view.hand, view.room.setup.voters
        letters = [voter.rpartition("-")[2] for voter in voters]
        if key in letters:
            self._to_table(letters.index(key), looking=True)
            return True
        if key in ("up", "down", "tab", "shift+tab"):
            self._to_table((hand.cursor + (1 if key in ("down", "tab") else -1)) % len(voters), looking=True)
            return True
        if key in ("backspace", "delete") and (hand.tray or hand.typed or hand.touched):
            hand.tray, hand.typed, hand.touched, hand.group = (), "", False, 0
            return True
        if key == "minus":
            self._do(Vote(view.voter, None, view.round))
            hand.tray, hand.touched, hand.group = (), False, 0
            return True
        item = self._numbered(key, character)
        if item is not None:
            self._pick(item)
            return True
        if key == "enter" and view.question.kind != "one":
            if not hand.touched and view.room.ballot(view.round).vote(view.voter) is not None:
                return False
            self._cast(hand.tray)
            return True
        return bool(hand.typed)

    def _to_table(self, at: int, *, looking: bool = False) -> None:
        hand = self.view.hand
        hand.cursor, hand.tray, hand.typed, hand.touched, hand.group, hand.looking = at, (), "", False, 0, looking
        hand.opened = False

    def _numbered(self, key: str, character: str) -> Item | None:
        """The item whose number was typed; numbers of two figures wait for the second, or for Enter."""
        view = self.view
        items, hand = view.group.items, view.hand
        if not (character.isascii() and character.isdigit()):
            if key == "enter" and hand.typed:
                found = next((item for item in items if str(item.number) == hand.typed), None)
                hand.typed = ""
                if found is None:
                    raise NotNow(_("There is no such number here."))
                return found
            return None
        typed = hand.typed + character
        longer = [item for item in items if str(item.number).startswith(typed) and str(item.number) != typed]
        found = next((item for item in items if str(item.number) == typed), None)
        if longer:
            hand.typed = typed
            return None
        hand.typed = ""
        if found is None:
            raise NotNow(_("There is no {number} here.").format(number=typed))
        return found

    def _pick(self, item: Item) -> None:
        """A number was typed: for a table, or by the facilitator in deciding."""
        view = self.view
        hand, question = view.hand, view.question
        if not item.available:
            raise NotNow(item.why_not)
        counting = view.counting
        if question.kind == "one":
            if counting:
                self._cast((item.key,))
            else:
                hand.tray, hand.touched = (item.key,), True
            return
        before = hand.tray if hand.touched or counting else view.room.outcome().sure
        if question.kind == "several":
            tray = tuple(key for key in before if key != item.key) if item.key in before else (*before, item.key)
            if sum(one.cost for one in question.items if one.key in tray) > question.most:
                raise NotNow(_("That is more than {count}. Take another out first.").format(count=question.most))
            hand.tray, hand.touched = tray, True
            return
        group = question.group_of(item.key)
        tray = (*(key for key in before if question.group_of(key) is not group), item.key)
        hand.tray, hand.touched = tray, True
        if hand.group < len(question.groups) - 1:
            hand.group += 1
        elif counting:
            self._cast(tray)

    def _cast(self, items: tuple[str, ...]) -> None:
        """A table's choice is in; on to the next that is missing."""
        view = self.view
        voters, ballot, here = view.room.setup.voters, view.room.ballot(view.round), view.hand.cursor
        self._do(Vote(view.voter, items, view.round))
        order = [*range(here + 1, len(voters)), *range(here)]
        self._to_table(next((at for at in order if ballot.vote(voters[at]) is None), here))

    # Deciding

    def _open_group(self) -> int:
        """The first question of a board about which the votes are not sure."""
        room = self.view.room
        if room.question is None or room.question.kind != "board":
            return 0
        sure = {key.partition("=")[0] for key in room.outcome().sure}
        return next((at for at, group in enumerate(room.question.groups) if group.id not in sure), 0)

    def _choose(self, key: str, character: str) -> bool:
        view = self.view
        hand, question = view.hand, view.question
        if key in ("up", "down", "tab") and len(question.groups) > 1:
            hand.group = (hand.group + (-1 if key == "up" else 1)) % len(question.groups)
            return True
        if key in ("backspace", "delete") and hand.touched:
            hand.tray, hand.touched, hand.typed = (), False, ""
            return True
        item = self._numbered(key, character)
        if item is not None:
            self._pick(item)
            return True
        if key == "enter" and not hand.touched and question.kind == "several" and view.room.outcome().why != "majority":
            # As it stands, without what is tied.
            hand.tray, hand.touched = view.room.outcome().sure, True
        if key in ("enter", "space") and hand.touched:
            if question.kind == "board":
                given = {question.group_of(pick): pick for pick in hand.tray}
                tray = tuple(given[group] for group in question.groups if group in given)
                open_ = [group for group in question.groups if group not in given]
                if open_:
                    hand.group = question.groups.index(open_[0])
                    raise NotNow(_("One question is still open; 0 leaves it open."))
            else:
                tray = hand.tray
            self._do(Decide(question.input(tray)))
            return True
        return bool(hand.typed)


__all__ = ["Keyboard"]
