"""The deciding half of the play screen: a tap becomes a draft or a decision, and may be undone until the world answers."""

from __future__ import annotations

from textual import on

from engine.play.events import DecisionOffered, Option
from engine.play.inputs import Input
from engine.play.play import NotPossible
from game.play.board import BoardPanel
from game.play.director import Doing
from game.play.draft import Draft, DraftPanel
from game.play.menu import MenuPanel, SayPanel
from game.play.options import ChoicePanel
from game.play.panel import UndoPanel
from game.play.pick import PickPanel
from game.play.places import first_words
from game.play.seen import audience_of
from game.play.telling import TellingScreen
from game.quiet import to_be_seen
from game.widgets.lines import speaker
from game.words import _
from saves.errors import OpenElsewhere, SaveError

SPOKEN = frozenset(("in-person", "call"))
"""Kinds of places in which one speaks."""


class DecidingScreen(TellingScreen):
    """Takes decisions to the session, and what comes of them to the director."""

    @on(ChoicePanel.Chosen)
    @on(MenuPanel.Tapped)
    @on(SayPanel.Tapped)
    def _chosen(self, event: ChoicePanel.Chosen | MenuPanel.Tapped | SayPanel.Tapped) -> None:
        event.stop()
        if self.deciding:
            self.choose(event.option)

    def choose(self, option: Option) -> None:
        """An option was tapped: what is sent stands as a draft first, the rest happens."""
        offer = self.session.offer
        if offer is None:
            return
        if not option.available:
            self.dock.say(option.why_not)
            return
        given = Input(offer.scene, choice=option.id)
        if option.send is not None or option.forward is not None:
            self._pending = given
            self._put(DraftPanel(self._draft_of(option, offer)))
        else:
            self._take(given, hold=not option.look)

    def _draft_of(self, option: Option, offer: DecisionOffered) -> Draft:
        phone = self.pane.phone
        to = phone.places.get(option.to or offer.place or "")
        text, whose = option.send or "", ""
        if option.forward is not None:
            found = next((e for place in phone.places.values() if (e := place.find(option.forward)) is not None), None)
            if found is not None:
                whose = speaker(found)
                text = "\n".join(part for part in (first_words(found), option.send or "") if part)
        return Draft(
            to.name if to is not None else "",
            option.audience,
            text,
            option.id,
            option.forward is not None,
            whose,
            spoken=to is not None and to.kind in SPOKEN,
        )

    @on(PickPanel.Done)
    def _picked(self, event: PickPanel.Done) -> None:
        event.stop()
        offer = self.session.offer
        if offer is None or not self.deciding:
            return
        given = Input(offer.scene, "pick", picks=event.picks)
        if event.picks and (offer.send is not None or event.text):
            place = self.pane.phone.places.get(offer.to or offer.place or "")
            name = place.name if place is not None else ""
            self._pending = given
            audience = offer.audience or (audience_of(place) if place is not None else "")
            self._put(DraftPanel(Draft(name, audience, offer.send or event.text)))
        else:
            self._take(given)

    @on(BoardPanel.Done)
    def _linked(self, event: BoardPanel.Done) -> None:
        event.stop()
        if self.session.offer is not None and self.deciding:
            self._take(Input(self.session.offer.scene, "link", picks=event.links))

    @on(DraftPanel.Sent)
    def _sent(self, event: DraftPanel.Sent) -> None:
        event.stop()
        if self._pending is not None:
            self._take(self._pending)

    @on(DraftPanel.TakenBack)
    def _taken_back(self, event: DraftPanel.TakenBack) -> None:
        event.stop()
        self._pending = None
        answer = _("You took it back.")
        try:
            self.session.note_draft(event.draft.choice)
        except SaveError as trouble:
            answer = f"{answer} {trouble}"
        self._to_decision(answer)

    def _take(self, given: Input, *, hold: bool = False) -> None:
        took = max(int((self._now() - self._offered_at) * 1000), 0)
        self._pending = None
        try:
            new = self.session.take(given, took_ms=took)
        except OpenElsewhere as elsewhere:
            self.session.reload()
            self.begin()
            self.dock.say(str(elsewhere))
            return
        except (NotPossible, SaveError) as refused:
            self._to_decision(str(refused))
            return
        self.pane.conversation.clear_selection()
        self._wait()
        self.director.tell(to_be_seen(new), hold=hold)

    def _lapsed(self) -> None:
        offer = self.session.offer
        if offer is not None and self.deciding:
            self._take(Input(offer.scene, "lapse"))
            self.dock.say(_("The moment has passed."))

    @on(UndoPanel.Undo)
    def _undo(self) -> None:
        if self.director.doing is not Doing.HOLDING:
            return
        try:
            self.session.undo()
        except SaveError as trouble:
            self.dock.say(str(trouble))
            return
        self.begin()
        self.dock.say(_("Not done. Choose again."))

    @on(UndoPanel.Released)
    def _any_key(self) -> None:
        self.director.next()

    @on(ChoicePanel.Refused)
    @on(MenuPanel.Refused)
    @on(SayPanel.Refused)
    @on(PickPanel.Refused)
    @on(BoardPanel.Refused)
    def _refused(self, event: ChoicePanel.Refused) -> None:
        event.stop()
        self.dock.say(event.why)
