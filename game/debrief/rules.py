"""A rule in words, and what one may begin a rule from. Nothing here knows a screen: plain mode asks for a rule too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.debrief.model import Debrief, Moment
from engine.play.play import Play
from engine.script.rules import halves
from engine.text import plain
from engine.words import put
from game.words import _
from saves.errors import SaveError
from saves.rules import LONGEST

if TYPE_CHECKING:
    from game.session import Session

MOST_STARTERS = 3


class Starter(NamedTuple):
    """A rule to begin one's own from."""

    situation: str
    action: str

    @property
    def words(self) -> str:
        """As a sentence."""
        return rule_words(self.situation, self.action)


def rule_words(situation: str, action: str) -> str:
    """A rule as a sentence. What a player wrote is never read as anything but words."""
    return put(_("If {situation}, then I {action}."), situation=situation, action=action.rstrip("."))


def hardest(debrief: Debrief) -> Moment | None:
    """The moment at which this play cost most: by all that it took from any dial, there and by what it set in motion.

    Where nothing was lost it is one at which something was written and taken back, else the last decision.
    """
    decided = debrief.decisions()
    if not decided:
        return None

    def lost(moment: Moment) -> int:
        reasons = [*moment.reasons, *(reason for motion in moment.motions for reason in motion.reasons)]
        return sum(-change for reason in reasons for change in reason.changes.values() if change < 0)

    worst = max(decided, key=lost)
    if lost(worst):
        return worst
    return next((moment for moment in decided if moment.drafts), decided[-1])


def starters(play: Play, debrief: Debrief) -> list[Starter]:
    """What one may begin from: the author's rules, else neutral ones made from the hardest moment."""
    found: list[Starter] = []
    for template in play.story.rules:
        parts = halves(_one(play.text(template)))
        if parts is not None:
            found.append(Starter(*parts))
    moment = hardest(debrief)
    if not found and moment is not None:
        title = _one(moment.title)
        found.append(
            Starter(put(_("something like “{title}” comes up again"), title=title), _("wait a minute before I answer"))
        )
        scene = play.story.scenes.get(moment.scene)
        place = play.story.places.get(scene.place or "") if scene is not None else None
        if place is not None and place.phone is None and place.kind in ("group", "dm", "feed"):
            where = put(_("I am about to send something to {place}"), place=_one(moment.place))
            found.append(Starter(where, _("ask who else will see it")))
        found.append(Starter(_("everybody else says nothing"), _("say one plain sentence")))
    return [one for one in found if len(one.situation) <= LONGEST and len(one.action) <= LONGEST][:MOST_STARTERS]


def kept_rule(session: Session) -> tuple[str, str] | None:
    """The rule of a play; None too where the saves cannot be read, since it is not what one came for."""
    try:
        return session.rule
    except SaveError:
        return None


def earlier_rule(session: Session) -> tuple[str, str] | None:
    """The rule of another play of the same story, likewise."""
    try:
        return session.last_rule
    except SaveError:
        return None


def _one(text: str) -> str:
    """A text of the story on one line; what is masked is described."""
    return " ".join(plain(text).split())
