"""What a locked account gives away (F6)."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def inference() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F6.1": Fact(_("Friends give one away: in a network of four thousand profiles something private could be told from what friends had said of themselves."), _("Jernigan and Mistree, 2009")),
        "F6.2": Fact(_("Groups give away more: with half of the profiles closed, ties and memberships uncovered what many had hidden."), _("Zheleva and Getoor, 2009")),
        "F6.3": Fact(_("Hiding one’s list is not enough: the ages of more than a million people were estimated through friends who had not hidden theirs."), _("Dey and others")),
        "F6.4": Fact(_("Pages that people like tell traits that they have not told. Taste in music does, too."), _("Kosinski and others, 2013; Chaabane and others, 2012")),
        "F6.5": Fact(_("The town where somebody lives could be told from a profile that hid it, and from its ties."), _("study of 2015")),
        "F6.6": Fact(_("Many profiles can be joined by the user name alone: people use a few, over and over."), _("Perito and others, 2011")),
        "F6.7": Fact(_("One pseudonym brought back some two fifths of what a person had left on ten sites."), _("Irani and others, 2009")),
        "F6.8": Fact(_("What an account says about itself behind the scenes picked one person out of ten thousand nearly every time."), _("Perez and others, 2018")),
        "F6.9": Fact(_("It happens: profiles were matched to lists of staff, a parent recognised a page under another surname, joggers drew the outline of a base."), _("drawn from the types of case")),
        "F6.10": Fact(
            _("Clues, each weak and together strong: a relative’s comment, an old cover photo, an emblem, a lanyard, a permit, the view from a window, posts that follow the shifts, a run to work, names of groups, congratulations, a user name on a market, a new contact who recruits."),
            _("our list, drawn from the studies"),
        ),
        "F6.11": Fact(_("The studies are old, the networks have changed, and the figures are for many people and not for you. What is left: more than you think, from people other than you."), _("our reading of the studies")),
        "F6.12": Fact(
            _("What helps: hide lists, restrict old pictures, review tags, leave groups of one’s trade, use different names, switch off the place, decline strangers, ask the family, and look at yourself from outside. Advice measurably helps."),
            _("drawn from the guidance"),
        ),
        "F6.13": Fact(_("Show what is exposed and not how to find people."), _("our rule for training")),
    }  # fmt: skip
