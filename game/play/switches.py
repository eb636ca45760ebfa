"""A settings page: switches, and how many taps are left."""

from __future__ import annotations

from engine.play.events import Option
from game.play.pick import PickPanel
from game.words import _, n_


class SwitchesPanel(PickPanel):
    """Settings to switch."""

    def sign(self, option: Option) -> str:
        """A switch: to the right is on."""
        return "──●" if option.id in self.picks else "○──"

    def note(self, option: Option) -> str:
        """Why it cannot be switched, or that it takes more than one tap."""
        if not option.available:
            return option.why_not
        if option.cost == 1 or self.says_cost(option):
            return ""
        return n_("{n} tap", "{n} taps", option.cost).format(n=option.cost)

    def verb(self, picked: bool) -> str:
        """What Enter does with a switch."""
        return _("switch back") if picked else _("switch")

    def left_words(self) -> str:
        """Taps left; where the labels count something else, only how many."""
        if any(option.cost > 1 and self.says_cost(option) for option in self.offer.options):
            return super().left_words()
        return n_("{n} tap left", "{n} taps left", self.left).format(n=self.left)

    def full_words(self) -> str:
        """No tap left."""
        return _("No tap left. Switch one back first.")
