"""Law that training mentions (F2): neutral words, not advice."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def law() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F2.1": Fact(
            _("In England and Wales it is an offence to send something grossly offensive over a public network."),
            _("Communications Act 2003, section 127"),
        ),
        "F2.2": Fact(
            _("That has been applied to a closed group chat. The court held that the offence is complete when the message is sent, whether or not anybody in the group minds."),
            "[2024] EWHC 1908 (Admin)",
        ),
        "F2.3": Fact(
            _("In the United Kingdom it is an offence to send what one knows to be false, meaning to harm those who are likely to see it; those to whom it may foreseeably be forwarded count. Passing on in good faith what turns out to be wrong is not that offence. It can do harm all the same."),
            _("Online Safety Act 2023, part 10"),
        ),
        "F2.4": Fact(_("An older act reaches messages that are indecent or grossly offensive and meant to distress."), _("Malicious Communications Act 1988, section 1")),
        "F2.6": Fact(
            _("Looking up or passing on personal data without the employer’s consent can be an offence of one’s own. Those who are prosecuted are mostly ordinary staff who were curious."),
            _("Data Protection Act 2018, section 170; law firms on its prosecutions"),
        ),
        "F2.7": Fact(_("A public officer who abuses the public’s trust badly enough commits an offence; people have gone to prison for pictures they took on duty and shared."), _("police complaints watchdog")),
        "F2.8": Fact(_("A bill of 2025 would put a duty of candour and new offences in its place. Look up where it stands."), _("law firms on the bill, 2025 to 2026")),
        "F2.13": Fact(
            _("Harassment is unwanted conduct, to do with who somebody is, whose purpose or effect is to violate their dignity. It need not be meant. A work chat can count, out of hours and on private phones."),
            _("Equality Act 2010, section 26; a law firm on group chats"),
        ),
        "F2.14": Fact(_("Not every post is the employer’s business: an offensive picture on a private page was not posted in the course of the work. The poster was warned all the same."), "UKEAT/0174/18"),
        "F2.15": Fact(
            _("Employers in Great Britain must take steps to prevent sexual harassment, and a report of it can be protected as whistleblowing. The duty has been growing; look up how far it goes now."),
            _("a law firm’s summary, 2026"),
        ),
        "F2.16": Fact(
            _("To dismiss somebody takes a fair reason, a fair process and a sense of proportion. Employers who sacked people over a like, with no policy and no process, have lost; one with a clear policy and training has won."),
            _("employment lawyers on tribunal cases"),
        ),
        "F2.17": Fact(
            _("A school that dismissed somebody for what they had reposted on a private page lost on appeal: an employer may mind the manner of an opinion, but must answer in proportion."),
            "[2025] EWCA Civ 109",
        ),
        "F2.18": Fact(
            _("Most people can expect a chat to be private; officers who are bound by conduct standards could not, for such messages."),
            "[2020] CSIH 61",
        ),
        "F2.19": Fact(
            _("Leaving somebody out can be unlawful as well: a worker off sick was kept out of a group that carried safety information, and a tribunal called it discrimination."),
            _("a chamber of commerce on a case of 2023"),
        ),
        "F2.20": Fact(_("Employment tribunals mention group chats about three times as often as they did a few years ago."), _("human resources press, figures for 2020 and 2024")),
        "F2.21": Fact(
            _("Whistleblowers are protected when they disclose certain wrongs in the public interest. The further from the employer they go, to a regulator, to the press, to the whole world, the harder the tests become."),
            _("Protect; public bodies on the Public Interest Disclosure Act 1998"),
        ),
        "F2.22": Fact(_("When a team uses a chat that nobody approved for other people’s data, it is the employer who answers for it."), _("data protection authority, 2023")),
        "F2.24": Fact(
            _("In the United States, public servants who speak as citizens have rights that are weighed against disruption, and workers may talk together about pay and conditions. Finance firms have paid billions for business on private chats."),
            _("law blogs and press, 2011 to 2024"),
        ),
        "F2.25": Fact(
            _("In the European Union those who report inside or to an authority are protected, and going public is protected only under conditions. Germany’s highest labour court held in 2023 that even a chat of seven friends is not simply confidential."),
            _("Directive (EU) 2019/1937; 2 AZR 17/23, as law firms summarise it"),
        ),
        "F2.26": Fact(_("Several High Courts in India have held that whoever runs a group is not guilty of a crime merely because of what a member posts."), _("press report, Kerala High Court, 2022")),
        "F2.27": Fact(_("In Australia those who disclose are protected when they go to the proper authority, and are asked for discretion."), _("Western Australia, Public Sector Commission")),
    }  # fmt: skip
