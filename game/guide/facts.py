"""The facts that the shipped scenarios lean on, in short and in our own words, with where they come from.

As read in November 2026. What apps do changes fastest: look again before you quote it. Cases are types, with everything left out that
could point at a person.
"""

from __future__ import annotations

from typing import NamedTuple

from game.words import _


class Fact(NamedTuple):
    """What is so, and where it was read."""

    text: str
    source: str


def facts() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F1.3": Fact(
            _("In England and Wales the yardstick in a misconduct case is the Standards of Professional Behaviour; challenging and reporting improper conduct is one of the ten. The Code of Ethics of 2024 stands beside them and is not itself the yardstick."),
            _("College of Policing; conduct regulations"),
        ),
        "F1.5": Fact(
            _("The watchdog’s lessons from one station, published in 2022, named three things side by side: discriminatory messages, failing to report or challenge them, and deleting them."),
            _("police complaints watchdog, thematic learning, 2022"),
        ),
        "F1.6": Fact(
            _("Government guidance: the principles are the same as in any other medium, on duty or off. Check what you post; it is hard to take back."),
            _("Government Communication Service"),
        ),
        "F1.7": Fact(
            _("Civil servants are encouraged to use social media to talk with citizens, with the same standards online as offline."),
            _("Cabinet Office guidance, 2014"),
        ),
        "F1.8": Fact(
            _("Advice for councillors: it is useful; what you would not say face to face is probably wrong online; who passes something on shares responsibility for it."),
            _("Local Government Association"),
        ),
        "F2.1": Fact(
            _("In England and Wales it is an offence to send something grossly offensive over a public network."),
            _("Communications Act 2003, section 127"),
        ),
        "F2.2": Fact(
            _("That has been applied to a closed group chat. The court held that the offence is complete when the message is sent, whether or not anybody in the group minds."),
            "[2024] EWHC 1908 (Admin)",
        ),
        "F2.18": Fact(
            _("Most people can expect a chat to be private; officers who are bound by conduct standards could not, for such messages."),
            "[2020] CSIH 61",
        ),
        "F4.2": Fact(
            _("Disappearing messages can be kept, forwarded, quoted, photographed, and found in a backup made before."),
            _("the app’s own help pages"),
        ),
        "F4.7": Fact(
            _("Reporting to the app sends the last few messages to the company. It does not reach your employer, and the box that clears the chat can destroy your own copy."),
            _("reports on the app’s reporting function"),
        ),
        "F4.8": Fact(
            _("When somebody leaves a group only its admins are told; the number stays on a list of former members for a while."),
            _("reports on the app’s groups"),
        ),
        "F5.4": Fact(
            _("Five everyday beliefs keep people quiet at work, even where nobody threatens: that it will hurt their career, embarrass the boss, go over somebody’s head, lack proof, or be taken personally."),
            _("Detert and Edmondson, 2011"),
        ),
        "F5.5": Fact(_("Silence often feels like tact, not like fear."), _("Detert and Edmondson, 2011")),
        "F5.6": Fact(
            _("People mostly report to somebody they know: in one survey more than half told their own supervisor, and fewer than one in twenty used a hotline."),
            _("Ethics Resource Center, 2012 (United States)"),
        ),
        "F5.8": Fact(
            _("When a remark comes as a joke it is less often seen for what it is, and less often challenged."),
            _("Mallett, Ford and Woodzicka, 2016"),
        ),
        "F5.9": Fact(
            _("What the others visibly do decides: shared disapproval makes it likely that somebody speaks, amusement makes it unlikely."),
            _("Thomas and others, 2020"),
        ),
        "F5.10": Fact(
            _("Overhearing demeaning talk raises anger, which pushes towards speaking, and fear, which pushes away from it."),
            _("Chawla and others, 2024"),
        ),
        "F5.11": Fact(
            _("People who are challenged are cross with whoever did it, and less likely to do it again, whatever the tone."),
            _("Czopp, Monteith and Mark, 2006"),
        ),
        "F5.12": Fact(
            _("Somebody who is not the target is less easily dismissed as a complainer. So nobody should wait for the target to speak."),
            _("study of confronting racism and sexism, 2012"),
        ),
        "F5.31": Fact(
            _("Corrections by peers work best early, with a source, and on the point; the tone matters less than one would think."),
            _("Bode, Vraga and Tully"),
        ),
        "F5.33": Fact(_("Many more people see corrections than make them."), _("survey in four countries, Misinformation Review")),
        "F7.2": Fact(
            _("A council’s competition to name two gritting lorries was seen millions of times within two days, and showed that there are people in local government."),
            _("communications trade press, 2017"),
        ),
        "F7.3": Fact(_("A film of a singer in a gritting depot, made for nothing, was watched a quarter of a million times."), _("communications trade press")),
        "F7.4": Fact(
            _("What has worked in winter: a page that answers the myths, twenty seconds from the cab, early warning, and a reminder to look in on a neighbour."),
            _("communications trade press, 2017"),
        ),
        "F7.5": Fact(
            _("Humour can also flop or be sneered at, and still be worth it."),
            _("communications trade press, 2016"),
        ),
        "F7.6": Fact(
            _("Joking at one’s own expense can make an office human and carry a safety message; it takes skill and a second pair of eyes."),
            _("collection of examples (United States)"),
        ),
        "C2": Fact(
            _("A type of case: a chat of seven colleagues, found when one phone was examined for something else; from message to final judgment five years. Not challenging counted."),
            _("court judgment and news reports, 2022 to 2024"),
        ),
        "C4": Fact(
            _("A type of case: colleagues who received pictures and did not report them had written warnings two years later."),
            _("news reports, 2022"),
        ),
        "C6": Fact(
            _("A type of case: somebody objected in the chat, left it, and told nobody above. Four years later a final warning for not having done enough; the panel saw how hard it had been."),
            _("news reports, 2025"),
        ),
        "C7": Fact(
            _("A type of case: a chat with supervisors in it, found on the phone of a former member years later."),
            _("news reports, 2025"),
        ),
        "C25": Fact(
            _("A type of case: one angry post on an official account was up for some ten minutes and passed on tens of thousands of times."),
            _("news reports, 2020"),
        ),
    }  # fmt: skip
