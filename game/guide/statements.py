"""The 34 statements that scenarios cover, in short and in our own words. A scenario names them under `covers`."""

from __future__ import annotations

from functools import lru_cache

from game.words import _


@lru_cache(maxsize=1)
def _ids() -> tuple[str, ...]:
    return tuple(f"S{number}" for number in range(1, 35))


def statements() -> dict[str, str]:
    """Each statement by its id."""
    words = (
        _("Online we stand for our employer, whether we mean to or not, off duty too."),
        _("With that come obligations about what we do there."),
        _("Secure your profiles, and do not make it easy to see what you do for a living."),
        _("It is not only about security: the public sees posts, and thinks of the organisation by them."),
        _("One bad exchange can settle for good how somebody feels about the whole organisation."),
        _("“My account is locked down” hides less than it seems: where you work is mostly easy to work out."),
        _("A first clue: a list of friends that is full of colleagues."),
        _("A second clue: the groups you like and the things you pass on."),
        _("A third clue: posts and pictures that only people in your line of work have."),
        _("Those are three clues of many."),
        _("What is said passes; what is put online stays for a very long time, perhaps for ever."),
        _("A post, a follow or a like without a thought can have large effects."),
        _("It changes how the people we are there for see us."),
        _("Would somebody from a minority still feel safe to report a crime to an officer who is publicly hostile to them?"),
        _("You may mean it privately; the public may not see the difference."),
        _("Behave online as you would offline."),
        _("A test: would it bring the organisation into disrepute, or would you not say it to a member of the public’s face?"),
        _("If in doubt, do not write it."),
        _("Give it a minute before you post."),
        _("Much recent misconduct that made the news was in group chats."),
        _("A team’s group chat is useful and worth having."),
        _("It is not open to the public in the way that a feed is."),
        _("“It is encrypted, so it is safe” is too simple."),
        _("Messages are kept on phones and on other devices."),
        _("Others in the group may pass on more than you would."),
        _("Nothing inappropriate, offensive or discriminatory."),
        _("Nothing private about colleagues, the organisation or the public."),
        _("Nothing that is sensitive for operations."),
        _("Written in seconds, it can come back after years."),
        _("Who receives such things from colleagues is expected to report them, as the policy and the profession require."),
        _("Do not send it and do not play along with it: your job may depend on it."),
        _("Social media is good for making known what you do."),
        _("It can be fun."),
        _("Enjoy it, and think before you post."),
    )
    return dict(zip(_ids(), words, strict=True))
