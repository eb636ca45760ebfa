"""What bodies that set standards say about it (F1)."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def guidance() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F1.1": Fact(
            _("The police code of ethics of 2014 asked for social media to be used safely and responsibly, and for nothing to be published that people could fairly see as discriminatory, abusive, bullying or harmful to confidence in the police. Messages on phones counted too."),
            _("College of Policing, 2014, text as reproduced"),
        ),
        "F1.2": Fact(
            _("The code that took its place in England and Wales in January 2024 has three principles: courage; respect and empathy; public service."),
            _("a police force’s page on the code"),
        ),
        "F1.3": Fact(
            _("In England and Wales the yardstick in a misconduct case is the Standards of Professional Behaviour; challenging and reporting improper conduct is one of the ten. The Code of Ethics of 2024 stands beside them and is not itself the yardstick."),
            _("College of Policing; conduct regulations"),
        ),
        "F1.4": Fact(
            _("Since May 2025 police regulations in England and Wales presume dismissal where gross misconduct is found, and vetting rests on regulations of its own."),
            _("SI 2025/558 and a police force’s account of it"),
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
        "F1.10": Fact(
            _("A charity that uses social media is expected to have a policy, to follow it, and to say in it what holds for the private accounts of those who work there. Campaigning is allowed."),
            _("Charity Commission, 2023, as lawyers and funders summarise it"),
        ),
        "F1.11": Fact(
            _("Advice to employers since 2011: write the policy down, judge what is done online as you would offline, ask what effect it is likely to have, and do not spy."),
            _("Acas"),
        ),
        "F1.12": Fact(
            _("Guidance for nurses begins with the benefits. What puts a registration at risk: confidential information, pictures of people in care without their consent, improper remarks about them, bullying."),
            _("Nursing and Midwifery Council"),
        ),
        "F1.13": Fact(
            _("The same guidance: networks are not the place to raise a concern, and not to be used to talk anybody out of raising one."),
            _("nursing press on the council’s guidance"),
        ),
        "F1.14": Fact(
            _("Guidance for doctors weighs belief, privacy and free expression against the effect on others. What is posted without a name can often be traced. Not every slip is serious: judgement counts."),
            _("General Medical Council, 2024"),
        ),
        "F1.15": Fact(_("Details add up: a patient can be known by their sum, with no name given."), _("General Medical Council, as a law firm summarises it")),
        "F1.16": Fact(
            _("The standards of the other health professions have, since September 2024, words of their own on social media, boundaries and privacy."),
            _("Health and Care Professions Council"),
        ),
        "F1.17": Fact(
            _("Health service guidance allows messages where nothing else is practical and the good outweighs the risk: say as little as will do, use an approved app, put what was decided into the record and then clear the working note. The chat is not the record, and it can be asked for."),
            _("NHS England; some trusts forbid it outright"),
        ),
        "F1.18": Fact(
            _("Solicitors are warned that messages meant to be private, posts under another name and passed-on content all count."),
            _("Solicitors Regulation Authority, since 2017"),
        ),
        "F1.19": Fact(
            _("Advice to the armed forces: do use social media; think what a picture gives away, mind the place stamp, look at the settings often. It does not want to frighten anybody off."),
            _("Ministry of Defence, “Think before you share”"),
        ),
        "F1.20": Fact(
            _("More than ten thousand people in the United Kingdom were approached through false professional profiles in five years. A shared contact proves nothing; give the least detail that will do; recognise, realise, report, remove."),
            _("“Think before you link”, figure of 2021"),
        ),
        "F1.22": Fact(
            _("Rules for the United States defence department: a private account must not look official, and nothing that is harmless piece by piece may be put together into something that is not. What is public already may be shared."),
            _("DoD Instruction 5400.17, 2022"),
        ),
        "F1.23": Fact(
            _("The training that goes with them: look for passes, keys and screens in the picture; no places, strengths or procedures of a unit."),
            _("training pages of the defence department"),
        ),
        "F1.24": Fact(_("A model policy for police in the United States sees the value of social media and says what private use can do to an officer’s official role."), _("International Association of Chiefs of Police, as reproduced")),
        "F1.27": Fact(_("New Zealand runs a campaign of its own against false professional contacts."), _("Protective Security Requirements, New Zealand")),
        "F1.28": Fact(
            _("In Australia over 35,000 people hinted on one professional network at access to secrets, and nearly 2,500 named a clearance. Earlier advice had cut such boasts by about 85 in a hundred: advice helps."),
            _("reports of a speech by the security service, 2025"),
        ),
        "F1.29": Fact(
            _("In one Indian state public servants are told: separate accounts; no emblem, uniform, vehicle or office building in private posts; nothing discriminatory, posted or forwarded. Chat apps may be used to get the work done, and good schemes may be shared without praise of oneself."),
            _("Maharashtra, 2025, as reported"),
        ),
        "F1.30": Fact(
            _("Another Indian administration goes further, to the pages that its staff follow, and says that they may clear up misunderstandings. How far such limits may go differs widely between countries."),
            _("Jammu and Kashmir, circulars since 2017, as reported"),
        ),
        "F1.31": Fact(_("One Canadian province offers its staff questions to ask themselves instead of a list of bans."), _("British Columbia, social media toolkit")),
    }  # fmt: skip
