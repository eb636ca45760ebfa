"""What is known of silence, of speaking, of reports, of what it does to people, of trust and of rumours (F5)."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def people() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F5.1": Fact(_("Five ways for a bystander: distract, delegate, document, delay, direct. Four of the five are indirect."), _("Right To Be, guide")),
        "F5.2": Fact(
            _("Document only when somebody is helping already; ask the person harmed what is to become of it, and never post it without their leave."),
            _("guides to the five ways"),
        ),
        "F5.3": Fact(
            _("In a chat that may mean: post the rota; write to whoever runs the group; note the time, the group and who; write to the person it was about; or say one short line."),
            _("our translation of the five ways"),
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
        "F5.7": Fact(
            _("In a large health service about seven in ten would feel secure raising unsafe practice, and fewer believe that anything would be done. Futility silences as much as fear does."),
            _("staff survey, 2022 and 2024; National Guardian’s Office"),
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
        "F5.13": Fact(_("Even where prejudice is normal, people who were challenged corrected themselves more than anybody had predicted."), _("a recent thesis")),
        "F5.15": Fact(
            _("A good report: see first whether anybody is in danger. Do not delete, forward, post or edit. Note when, where, who, and whether a timer runs. Tell the right person and ask how to keep it. Say what you did yourself. Ask when you will hear. Look after the person harmed. Do not investigate, and do not talk about it."),
            _("our summary of whistleblowing and personnel advice"),
        ),
        "F5.16": Fact(_("Where a message is about to disappear, one copy for the report may be right, made once, in the way the policy says, and handed over."), _("our judgement; it depends on the policy")),
        "F5.17": Fact(_("Confidential is not anonymous. In a small group people may guess who it was; a good organisation says so and plans for it."), _("New South Wales Ombudsman")),
        "F5.18": Fact(_("Going public first weakens the protection of whoever reports, and takes the matter out of the hands of the person harmed."), _("drawn from F2.21 and F5.2")),
        "F5.19": Fact(_("Late is better than never: say that it is late, and say it."), _("drawn from F3.5")),
        "F5.20": Fact(_("A careless accusation does harm too. Report what you saw and not what you think somebody is."), _("our summary of advice on reporting")),
        "F5.21": Fact(_("Only to know that colleagues are being harassed goes with worse health and worse work, for those of the same group and for others."), _("Low and others, 2007")),
        "F5.22": Fact(_("The families of people who were photographed speak of a second injury. Regulators weigh that even where hardly anybody saw it."), _("drawn from the types of case")),
        "F5.23": Fact(_("Those who were the target said that they felt unsafe beside colleagues whom they had to rely on."), _("police press, 2022")),
        "F5.24": Fact(_("A remark in a group can reach the person it was about: it has been read aloud to them years later."), _("human resources press on a tribunal")),
        "F5.25": Fact(_("Being treated fairly and with respect makes people see an authority as rightful, and more willing to work with it."), _("Bolger and Walters, 2019, a review of many studies")),
        "F5.26": Fact(_("After a series of scandals, for the first time in one series of polls more people in Britain lacked confidence in the police than had it."), _("YouGov, October 2021")),
        "F5.27": Fact(
            _("Trust in one large force fell in the quarter after a report on its group chats, and most among those who had least. Many things happened at that time; it does not prove the cause."),
            _("evidence to a parliamentary committee"),
        ),
        "F5.28": Fact(_("A court named the harm to confidence as what stood out in such a case."), _("news report of a judgment, 2024")),
        "F5.30": Fact(_("Trust can be built: one friendly visit at the door, with nothing to enforce, still showed in people’s attitudes three weeks later."), _("Peyton and others, 2019")),
        "F5.31": Fact(
            _("Corrections by peers work best early, with a source, and on the point; the tone matters less than one would think."),
            _("Bode, Vraga and Tully"),
        ),
        "F5.32": Fact(_("Short messages from an organisation that people trusted changed what they knew and did, in a study with 27,000 subscribers."), _("randomised study, Zimbabwe, 2020")),
        "F5.33": Fact(_("Many more people see corrections than make them."), _("survey in four countries, Misinformation Review")),
        "F5.34": Fact(_("A false name reached huge audiences within a day of an attack; the police had to deny it, and disorder followed."), _("news reports, 2024")),
    }  # fmt: skip
