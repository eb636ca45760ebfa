"""How the apps work (F4), as they did when it was read. Nothing here changes as fast."""

from __future__ import annotations

from game.guide.facts.fact import Fact
from game.words import _


def apps() -> dict[str, Fact]:
    """Each fact by its id."""
    return {
        "F4.1": Fact(
            _("What has been forwarded says so. After five hops it says “forwarded many times”, and then goes to one chat at a time; before that, to five at once."),
            _("the app’s own help pages; press on its limits"),
        ),
        "F4.2": Fact(
            _("Disappearing messages can be kept, forwarded, quoted, photographed, and found in a backup made before."),
            _("the app’s own help pages"),
        ),
        "F4.4": Fact(_("A message can be edited for a quarter of an hour. It says that it was, and not what stood there before."), _("reports on the app")),
        "F4.5": Fact(
            _("Deleting for everyone leaves a mark, so everybody knows that something was there; it may have been read, quoted or seen as a notification. For how long it can be done has changed more than once: look it up."),
            _("reports on the app, which contradict each other about the time"),
        ),
        "F4.6": Fact(_("Whoever runs a group can be asked by its members to look at a message; nobody else sees that request."), _("the app’s own help pages")),
        "F4.7": Fact(
            _("Reporting to the app sends the last few messages to the company. It does not reach your employer, and the box that clears the chat can destroy your own copy."),
            _("reports on the app’s reporting function"),
        ),
        "F4.8": Fact(
            _("When somebody leaves a group only its admins are told; the number stays on a list of former members for a while."),
            _("reports on the app’s groups"),
        ),
        "F4.9": Fact(_("A group can have up to 1,024 members."), _("reports on the app’s groups")),
        "F4.10": Fact(
            _("Since 2026 whoever adds somebody can send them up to a hundred of the last messages, two weeks back. Everybody is told. What you wrote before somebody joined can reach them."),
            _("reports on the app, February 2026"),
        ),
        "F4.11": Fact(_("A setting for a single chat stops it being exported and its pictures being saved by themselves. It does not stop screenshots."), _("reports on the app, April 2025")),
        "F4.12": Fact(_("Names in place of numbers have been announced, so that one can be reached without showing the number."), _("reports on the app, 2026")),
        "F4.13": Fact(
            _("A chat is kept on every member’s phone, in galleries that save pictures by themselves, and in backups made before a message disappeared."),
            _("the app’s own help pages; health service guidance on galleries"),
        ),
        "F4.17": Fact(_("Asking an assistant inside a chat sends that part out of the encryption. That it “reads all chats” is a rumour, and wrong."), _("explainer by an advocacy group, as copied")),
        "F4.18": Fact(
            _("On one large network likes are hidden from others since 2024, and the author of the post still sees who liked it. Reposts, quotes, follows and replies are public."),
            _("press report, 2024"),
        ),
        "F4.19": Fact(
            _("On another, the profile picture and the cover photo are always public, old profile pictures too unless one restricts them, and a reaction to a public post is seen by whoever sees the post. A hidden list of friends still shows through tags and comments."),
            _("guides to the network’s privacy settings"),
        ),
        "F4.20": Fact(_("A third shows friends what one has reacted to, and has a map of friends on which places that one tagged appear."), _("press reports, August 2025")),
        "F4.23": Fact(
            _("Large networks take the place stamp out of a picture for those who look; a chat app does so for a photo and not for the same file sent as a document. What the picture shows gives more away: a badge, a screen, a skyline, a reflection."),
            _("guides to picture data"),
        ),
        "F4.24": Fact(_("Copies are made by screenshots, quotes, archives and search engines, within minutes."), _("drawn from the types of case")),
        "F4.26": Fact(_("Somebody whose post you like is told at once. Taking the like back does not take that back."), _("guide to a network’s notifications")),
    }  # fmt: skip
