"""Interface words of the engine, through gettext.

The engine's own words (default labels, notices, audiences) are English until `use` installs another catalogue. A play's events
never depend on the machine's locale, only on what was installed here.
"""

from __future__ import annotations

import gettext as _gettext
import re

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use(catalogue: _gettext.NullTranslations) -> None:
    """Speak with this catalogue from now on."""
    global _catalogue
    _catalogue = catalogue


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue.gettext(text)


def n_(one: str, many: str, count: int) -> str:
    """The singular or plural text for `count`."""
    return _catalogue.ngettext(one, many, count)


_PLACE = re.compile(r"\{(\w+)\}")


def put(text: str, **words: str) -> str:
    """`text` with each `{word}` replaced by what is given for it. What is put in is never looked at again: a name may hold braces."""
    return _PLACE.sub(lambda found: words.get(found[1], found[0]), text)
