"""What good use looks like (F7)."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def use() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F7.1": Fact(_("Every serious guidance begins with the benefits. Silence has a price: rumours fill it."), _("drawn from the guidance")),
        "F7.2": Fact(
            _("A council’s competition to name two gritting lorries was seen millions of times within two days, and showed that there are people in local government."),
            _("communications trade press, 2017"),
        ),
        "F7.3": Fact(_("A film of a singer in a gritting depot, made for nothing, was watched a quarter of a million times."), _("communications trade press")),
        "F7.4": Fact(
            _("What has worked in winter: a page that answers the myths, twenty seconds from the cab, early warning, and a reminder to look in on a neighbour."),
            _("communications trade press, 2017"),
        ),
        "F7.5": Fact(_("Humour can also flop or be sneered at, and still be worth it."), _("communications trade press, 2016")),
        "F7.6": Fact(
            _("Joking at one’s own expense can make an office human and carry a safety message; it takes skill and a second pair of eyes."),
            _("collection of examples (United States)"),
        ),
        "F7.7": Fact(_("Messages from a source that people trust change what they do, and friendly contact builds that trust."), _("drawn from F5.30 and F5.32")),
        "F7.8": Fact(_("Staff may mostly share what is official and public already, speak of what they know with their limits stated, look for recruits, ask for help, and say thank you."), _("drawn from the guidance")),
        "F7.9": Fact(
            _("A good post has one purpose, is cleared or public already, shows nobody who did not agree, sounds like a person, gives a source or a next step, jokes upwards or at itself, is ready for the first five answers, can be read by everybody, comes after the operation and not during it, and could be read aloud to whoever it is about."),
            _("our summary of the examples"),
        ),
        "F7.10": Fact(_("For somebody new: use the template; ask for two minutes of somebody’s eyes; share ours before you write your own; say what you do not know; correct the fact and not the person."), _("our summary of the examples")),
    }  # fmt: skip
