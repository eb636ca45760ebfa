"""A list of members to act on, with what they are to you."""

from __future__ import annotations

from engine.play.events import Option
from game.play.pick import PickPanel


class MembersPanel(PickPanel):
    """People to pick."""

    def note(self, option: Option) -> str:
        """What somebody is, when the label does not begin with somebody unknown."""
        if not option.available:
            return option.why_not
        for name, what in self.people.items():
            if option.label.startswith(name):
                return what
        return ""
