"""Types of case (C), and what they say together (F3). What could point at a person or a place is left out, and so are the addresses."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def cases() -> dict[str, Fact]:
    """Each type of case by its id."""
    news = _("news reports")
    return {
        "C1": Fact(_("A type of case: retired colleagues kept a group going; a member showed it to journalists. Sentenced three years after the first messages."), news),
        "C2": Fact(
            _("A type of case: a chat of seven colleagues, found when one phone was examined for something else; from message to final judgment five years. Not challenging counted."),
            _("court judgment and news reports, 2022 to 2024"),
        ),
        "C3": Fact(_("A type of case: pictures taken at a scene went to some forty colleagues. Reported within days; prison eighteen months later; the family spoke of lasting harm."), _("police complaints watchdog; news reports")),
        "C4": Fact(
            _("A type of case: colleagues who received pictures and did not report them had written warnings two years later."),
            _("news reports, 2022"),
        ),
        "C5": Fact(_("A type of case: a team whose chat was “banter” and whose targets were afraid. A complaint of bullying brought it out; the team was disbanded, and the report came four years later."), _("police complaints watchdog, 2022")),
        "C6": Fact(
            _("A type of case: somebody objected in the chat, left it, and told nobody above. Four years later a final warning for not having done enough; the panel saw how hard it had been."),
            _("news reports, 2025"),
        ),
        "C7": Fact(
            _("A type of case: a chat with supervisors in it, found on the phone of a former member years later."),
            _("news reports, 2025"),
        ),
        "C8": Fact(_("A type of case: an unlawful clip came from a relative, seventeen people got it, one reported it. A senior person who had not was dismissed, and reinstated with a final warning a year later."), _("personnel press on the tribunal")),
        "C9": Fact(_("A type of case: an ordinary team chat drifted to unkind pictures of scenes and people. That no supervisor had challenged it was named as a cause."), news),
        "C10": Fact(_("A type of case: what students posted in the group of their course came up years later, when they were in the job."), news),
        "C11": Fact(_("A type of case: a care team put patients’ details in a chat that nobody had approved, meaning well, more than five hundred times in two years. Somebody who did not work there had been added by mistake. The employer was reprimanded."), _("data protection authority, 2023")),
        "C12": Fact(_("A type of case: material of a case on a private phone, and then an attempt to hide it. The hiding weighed more."), news),
        "C13": Fact(_("A type of case: a picture from an operation was taken down within nine hours and hardly seen by anybody. A final warning; and the family was hurt all the same."), news),
        "C14": Fact(_("A type of case: pictures of patients sent to friends to impress them, with part of a name in sight. The job and a training place were lost."), _("a medical insurer on a tribunal, 2024")),
        "C15": Fact(_("A type of case: pictures of a work screen with addresses and mocking remarks in a small chat. Off the register three years later."), _("health regulator, 2025")),
        "C16": Fact(_("A type of case: pictures with patients’ details on a public page. Suspended a year and a half later."), _("health regulator, 2016")),
        "C17": Fact(_("A type of case: a colleague reported pictures from an operating theatre; the room was known by a sign on the wall. Suspended within days."), _("nursing press, about 2010")),
        "C18": Fact(_("A type of case: a group set up for rotas and checks was used to bully a junior. Somebody close to the target complained. “Gallows humour” did not hold as a defence."), _("news reports, 2022")),
        "C19": Fact(_("A type of case: politicians mocked residents and each other in a closed group. Years later it was given to a newspaper; some lost their posts within days."), _("press reports, 2025")),
        "C20": Fact(_("A type of case: operational details in a chat to which somebody had been added by mistake, and nobody noticed."), _("press reports, 2025")),
        "C21": Fact(_("A type of case: seven friends at one firm, for years. A member showed it to a colleague, who passed it to the employer."), _("a law firm on a judgment of 2023")),
        "C22": Fact(_("A type of case: volunteers matched public lists of staff to profiles for two years, and published what they had posted."), _("press reports, 2019")),
        "C23": Fact(_("A type of case: a parent recognised a private page under another surname. Dismissed within months; six years later the employer lost on appeal."), "[2025] EWCA Civ 109"),
        "C24": Fact(_("A type of case: a false name, copied with “if this is true”. Arrested ten days later, let go after four weeks for want of evidence, and in the national press all that time."), _("press reports, 2024")),
        "C25": Fact(
            _("A type of case: one angry post on an official account was up for some ten minutes and passed on tens of thousands of times."),
            _("news reports, 2020"),
        ),
        "C26": Fact(_("A type of case: what somebody had posted as a teenager came back ten years later, with a new job. They had apologised for it, and the employer had known."), _("news report, 2021")),
        "C27": Fact(_("A type of case: a running app drew the paths inside guarded places, and the workouts of guards led to those they guarded."), _("press reports, since 2018")),
        "C28": Fact(_("A type of case: a boast of force, filmed secretly, was not even true. It was gross misconduct all the same."), _("police complaints watchdog; news reports, 2025 to 2026")),
        "C29": Fact(_("A type of case: a clip of somebody being hurt was sent round “for a laugh” instead of being recorded as a crime. A final warning: a moment of madness."), _("report of a hearing, date to be checked")),
    }  # fmt: skip


def together() -> dict[str, Fact]:
    """What the types of case say together, by id."""
    ours = _("drawn from the types of case")
    return {
        "F3.1": Fact(_("How it comes out: a member tells somebody, a phone is examined for something else, a target or their friend complains, a stranger is in the group, a hidden account is recognised, a colleague reports, a journalist. In none of them was the encryption broken."), ours),
        "F3.2": Fact(_("How long it takes: days for a public post, mostly one to four years for a closed chat; and from there some weeks to four years."), ours),
        "F3.3": Fact(_("A small group protects nobody: seven ended as forty did."), ours),
        "F3.4": Fact(_("Who answered for it: whoever sent, encouraged, forwarded, supervised in silence, received in silence, left quietly, or hid evidence. Hiding made each of them worse."), ours),
        "F3.5": Fact(_("What counted in somebody’s favour: saying it soon and in full, taking it down and saying so, remorse, no policy or training to go by, a clean record, a sense of proportion."), ours),
        "F3.6": Fact(_("What did not hold: banter, a private group, coping humour, nobody there minded, I was off duty, I did not write it."), ours),
        "F3.7": Fact(_("Not everything ends in dismissal, and employers who go too far lose too."), ours),
    }  # fmt: skip
